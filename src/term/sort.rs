//! What kind of value a term has.

use super::node::TermId;

/// A dimension: a number or a term (`n`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dimension(pub TermId);

/// The sort of a symbol or term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// A real number.
    Real,
    /// An integer.
    Integer,
    /// 0, 1, 2, …
    Natural,
    /// A column of n numbers is n × 1, a row is 1 × n.
    Matrix(Dimension, Dimension),
    /// A statement.
    Statement,
    /// A set of numbers.
    Set,
    /// A function of so many real arguments with a real value.
    Function(u32),
}
