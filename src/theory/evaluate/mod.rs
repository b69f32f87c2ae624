//! Values of terms: exact where possible, else enclosed.

use std::collections::BTreeMap;

use crate::number::Rational;
use crate::term::{Store, TermId};

/// Values for the atoms of a term: free symbols, and members of families or calls of unknown
/// functions with closed arguments.
pub type Assignment = BTreeMap<TermId, Rational>;

/// The value of a term under an assignment.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Exactly this number.
    Exact(Rational),
    /// A real number between these two, both included.
    Between(Rational, Rational),
    /// Surely undefined.
    Undefined,
    /// A statement's truth.
    Truth(bool),
    /// Not known: not mine, or the budget ran out.
    Unknown,
}

/// The value of `term`; `digits` is how many decimal digits an enclosure should have.
pub fn evaluate(store: &mut Store, term: TermId, at: &Assignment, digits: u32) -> Value {
    let _ = (store, term, at, digits);
    Value::Unknown
}
