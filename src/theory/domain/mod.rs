//! Takes: terms. Gives: where they are defined, as statements in solved form, and where one of two terms is defined and the other is not.
//! Never: leaves out a condition and calls the rest complete.
//! Start reading at: `collect.rs`, then `condition.rs` and `compare.rs`.

mod collect;
mod compare;
mod condition;
mod function;
#[cfg(test)]
mod tests;

pub use compare::compare;

use super::facts::Facts;
use super::field::{Assumed, Field};
use crate::term::{Store, TermId};

/// Def(term) as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Domain {
    /// Statements that hold exactly where the term is defined (their conjunction), without
    /// duplicates, each itself defined wherever the ones before it hold. `Truth(false)` where the
    /// term is defined nowhere.
    pub conditions: Vec<TermId>,
    /// Whether the conditions say all: if not, they are necessary, but something more (the
    /// existence of a derivative, limit, integral or infinite sum) may be needed.
    pub complete: bool,
}

/// Where the term is defined.
pub fn domain(store: &mut Store, term: TermId) -> Domain {
    domain_under(store, &Facts::default(), term)
}

/// Where the term is defined among the points at which the facts hold: conditions that the facts
/// give by a sort or a sign are left out.
pub fn domain_under(store: &mut Store, facts: &Facts, term: TermId) -> Domain {
    let mut field = Field::new(Assumed::of(store, facts));
    let mut collector = collect::Collector::new(&mut field, facts);
    collector.visit(store, term);
    collector.finish(store)
}

/// A condition in solved form (x² − x ≠ 0 becomes x ≠ 0 and x ≠ 1), given that its terms are
/// defined: statements whose conjunction is equivalent to it. None where it always holds;
/// `Truth(false)` where it never does.
pub fn solved(store: &mut Store, facts: &Facts, condition: TermId) -> Vec<TermId> {
    let mut field = Field::new(Assumed::of(store, facts));
    condition::solved(store, &mut field, condition)
}
