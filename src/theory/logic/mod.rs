//! Takes: statements and facts. Gives: proofs that one follows from others, or that two say the same.
//! Never: proves an implication that fails at a point where a term is undefined.
//! Start reading at: this file.

mod samples;

pub use samples::samples;

use super::facts::Facts;
use super::order;
use crate::term::{Proof, Store, TermId};

/// A proof that `claim` is true (hence defined) wherever the facts hold.
pub fn entails(store: &mut Store, facts: &Facts, claim: TermId) -> Option<Proof> {
    order::refuted(store, facts, claim, 400, true).then(|| Proof::Decision {
        theory: "logic",
        method: "branches",
        statement: claim,
        uses: Vec::new(),
        witness: Vec::new(),
    })
}

/// A proof that two statements are true at the same points where the facts hold: each follows
/// from the other.
pub fn equivalent(store: &mut Store, facts: &Facts, a: TermId, b: TermId) -> Option<Proof> {
    let there = entails(store, &facts.with(&[a]), b)?;
    let back = entails(store, &facts.with(&[b]), a)?;
    Some(Proof::Decision {
        theory: "logic",
        method: "both ways",
        statement: b,
        uses: vec![there, back],
        witness: vec![a, b],
    })
}
