//! Takes: statements and facts. Gives: proofs that a statement holds wherever the facts do, by signs, linear inequalities, sums of squares, real roots and polynomial identities.
//! Never: says yes where it is not sure; what is not its ground is left out of the facts, and not decided as a claim.
//! Start reading at: `translate.rs` (what statements become), then `search.rs` (how they are refuted).

mod branch;
mod build;
mod formula;
mod ideal;
mod instances;
mod kernel;
pub(crate) mod membership;
mod monotone;
mod points;
pub(crate) mod polynomial;
mod search;
mod simplex;
mod translate;
mod univariate;

use std::collections::BTreeMap;

use super::exception::exception;
use super::facts::Facts;
use crate::number::Quadratic;
use crate::term::{Limit, Proof, Store, TermId};
use formula::Formula;
use kernel::Kernel;
use search::Search;
use translate::Translator;

/// Decides a statement under the facts. The method `branches` claims: the facts and "the statement
/// is false or undefined" hold nowhere together, since each branch of their case distinction is
/// closed by one of: a constant atom; signs of monomials or a sum of squares; Sturm's theorem on
/// atoms in one variable; Farkas' lemma over monomials; the ideal of the equations. It is found in
/// a fixed order under counted budgets, so it can be replayed; there is no witness term yet.
///
/// A proof that it holds (and is defined) wherever they do,
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
    if exception(store, facts, statement) || !store.spend(10) {
        return false;
    }
    let mut translator = Translator::new(store, facts);
    let fails = translator.fails(statement);
    if fails == Formula::TRUE && translator.foreign {
        return false;
    }
    let mut branch = translator.facts_branch();
    branch.add(&fails);
    for formula in translator.instances(&facts.statements) {
        branch.add(&formula);
    }
    let kernels = translator.kernels;
    let percent = store.meter().allowance().cases;
    let branches = branches.saturating_mul(percent) / 100;
    let mut search = Search::new(store, facts, kernels, branches, thorough);
    let closed = branch.closed || search.refute(branch, 0);
    store.spend(search.work + 20 * u64::from(branches - search.branches));
    if !closed && (search.fuel == 0 || search.branches == 0) {
        store.meter().note(Limit::Cases, u64::from(branches));
    }
    closed
}

/// Candidates for points at which the facts hold: values of their atoms. Not every one satisfies
/// the facts.
pub(super) fn points(store: &mut Store, facts: &Facts) -> Vec<BTreeMap<TermId, Quadratic>> {
    let mut translator = Translator::new(store, facts);
    let branch = translator.facts_branch();
    let kernels = translator.kernels;
    let atoms = kernels
        .iter()
        .filter_map(|(v, kernel)| match kernel {
            Kernel::Atom(term) => Some((v, *term)),
            _ => None,
        })
        .collect();
    let mut search = Search::new(store, facts, kernels, 0, false);
    points::candidates(&mut search, branch, &atoms)
}
