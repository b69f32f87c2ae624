//! Takes: statements and facts. Gives: proofs that a statement holds wherever the facts do, by signs, linear inequalities, sums of squares, real roots and polynomial identities.
//! Never: says yes where it is not sure; what is not its ground is left out of the facts, and not decided as a claim.
//! Start reading at: `translate.rs` (what statements become), then `search.rs` (how they are refuted).

mod branch;
mod build;
mod formula;
mod ideal;
mod kernel;
mod monotone;
mod polynomial;
mod search;
mod simplex;
mod translate;
mod univariate;

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use crate::term::{Node, Proof, Sort, Store, TermId};
use branch::Branch;
use formula::Formula;
use kernel::Kernel;
use search::Search;
use translate::Translator;

/// Decides a statement under the facts: a proof that it holds (and is defined) wherever they do,
/// or `None` where that was not found. (A proof of the negation is a proof of `Not(statement)`.)
pub fn decide(store: &mut Store, facts: &Facts, statement: TermId) -> Option<Proof> {
    refuted(store, facts, statement, 60, false).then(|| Proof::Decision {
        theory: "order",
        method: "branches",
        statement,
        uses: Vec::new(),
        witness: Vec::new(),
    })
}

/// Whether the facts and the failing of the statement were shown to hold nowhere together.
pub(super) fn refuted(
    store: &mut Store,
    facts: &Facts,
    statement: TermId,
    branches: u32,
    thorough: bool,
) -> bool {
    let mut translator = Translator {
        store,
        facts,
        kernels: kernel::Kernels::default(),
        foreign: false,
        depth: 0,
        places: Vec::new(),
        general: Vec::new(),
    };
    let fails = translator.fails(statement);
    if fails == Formula::TRUE && translator.foreign {
        return false;
    }
    let mut branch = Branch::default();
    for fact in &facts.statements {
        let holds = translator.holds(*fact);
        branch.add(&holds);
    }
    branch.add(&fails);
    for formula in translator.instances(&facts.statements) {
        branch.add(&formula);
    }
    let kernels = translator.kernels;
    let (mut integers, mut naturals) = (BTreeSet::new(), BTreeSet::new());
    for (v, kernel) in kernels.iter() {
        if let Kernel::Atom(term) = kernel
            && let Node::Symbol(s) | Node::Member(s, _) = store.node(*term)
        {
            match facts.sorts.get(s) {
                Some(Sort::Integer) => {
                    integers.insert(v);
                }
                Some(Sort::Natural) => {
                    integers.insert(v);
                    naturals.insert(v);
                }
                _ => {}
            }
        }
    }
    let mut search = Search {
        kernels,
        integers,
        naturals,
        branches,
        fuel: if thorough { 200_000 } else { 20_000 },
        lines: BTreeMap::new(),
        thorough,
    };
    branch.closed || search.refute(branch, 0)
}
