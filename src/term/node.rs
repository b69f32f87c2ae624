//! The shape of a term.

use super::function::{Constant, Function};
use super::symbol::Symbol;
use crate::number::Rational;

/// A hash-consed term of a [`super::Store`]: two ids of one store are equal iff the terms are
/// the same up to the names of bound variables. Children have smaller ids than their parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub(super) u32);

impl TermId {
    /// Its place in the store.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A relation between two terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// `=`
    Equal,
    /// `≠`
    NotEqual,
    /// `<`
    Less,
    /// `≤`
    LessEqual,
}

/// What may be said of a matrix besides equations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is the property of that name")]
pub enum Quality {
    Symmetric,
    SkewSymmetric,
    Orthogonal,
    Diagonal,
    UpperTriangular,
    LowerTriangular,
    /// Upper or lower triangular.
    Triangular,
    /// Symmetric, and xᵀAx > 0 for each x ≠ 0.
    PositiveDefinite,
    /// Symmetric, and xᵀAx ≥ 0 for each x.
    PositiveSemidefinite,
    Idempotent,
    Invertible,
}

/// From which side a limit is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From both sides (or along ±∞).
    Both,
    /// From below, x ↑ a.
    Below,
    /// From above, x ↓ a.
    Above,
}

/// A term: its head and its children. `a − b` is `Add[a, Mul[−1, b]]`, `a / b` is
/// `Mul[a, Pow(b, −1)]`, `−a` is `Mul[−1, a]`. `Add` and `Mul` have two or more children in the
/// order of writing, are flat (no `Add` in an `Add`, no `Mul` in a `Mul`), and are not otherwise
/// simplified; products of matrices keep their order.
///
/// Binders are nodes whose bound variable is `Bound(n)`. The number n is one more than the highest
/// number of a binder inside the body, so alpha-equivalent terms are identical. Never build or take
/// apart a binder by hand: use [`super::Store::bind`] and [`super::Store::open`], which put a
/// fresh symbol in the place of the bound name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A rational number.
    Number(Rational),
    /// A constant.
    Constant(Constant),
    /// A free symbol.
    Symbol(Symbol),
    /// A member of a family: `a_k`, `W_{nk}`, `x^{(i)}`; one or more indices.
    Member(Symbol, Box<[TermId]>),
    /// A symbol for a function applied to arguments; `orders` counts by which argument it is
    /// differentiated how often (`f''(x)` has `[2]`; all zero for the function itself).
    Call(Symbol, Box<[u32]>, Box<[TermId]>),
    /// A known function applied to its arguments.
    Function(Function, Box<[TermId]>),
    /// A sum of two or more terms.
    Add(Box<[TermId]>),
    /// A product of two or more factors, in order.
    Mul(Box<[TermId]>),
    /// A power: base and exponent. Contract: bᵉ with e ∈ ℕ for every b, 0⁰ = 1; e ∈ ℤ for b ≠ 0;
    /// any other e for b > 0, and 0ᵉ = 0 for e > 0.
    Pow(TermId, TermId),
    /// The variable of the binder of that number around it.
    Bound(u32),
    /// `Derivative(n, body, at)`: the derivative of `body` by `Bound(n)`, at the point `at`.
    Derivative(u32, TermId, TermId),
    /// `Integral(n, body, lower, upper)`: the definite integral by `Bound(n)`.
    Integral(u32, TermId, TermId, TermId),
    /// `Antiderivative(n, body, at)`: some antiderivative of `body` by `Bound(n)`, at the point
    /// `at`; equations that hold one are equalities up to a constant.
    Antiderivative(u32, TermId, TermId),
    /// `Limit(n, body, to, direction)`.
    Limit(u32, TermId, TermId, Direction),
    /// `Sum(n, body, lower, upper, condition)`: over integers from lower to upper for which the
    /// condition (a statement, `Truth(true)` if none) holds.
    Sum(u32, TermId, TermId, TermId, TermId),
    /// `Product(n, body, lower, upper, condition)`.
    Product(u32, TermId, TermId, TermId, TermId),
    /// `Extremum(n, body, lower, upper, maximum)`: the largest (or smallest) over a range.
    Extremum(u32, TermId, TermId, TermId, bool),
    /// The gradient of a scalar by a vector (order 1) or the Hessian (order 2), at a point.
    Gradient(u32, TermId, TermId, u32),
    /// Entries by rows: rows, columns, entries.
    Matrix(u32, u32, Box<[TermId]>),
    /// `Outcomes(n, body)`: the random variable (or event) whose value at the outcome `Bound(n)` is
    /// `body`. A random symbol X is `Member(X, […, ω])`, its outcome ω behind its other indices.
    Outcomes(u32, TermId),
    /// `Piecewise`: (value, condition) pairs in order, flattened; the first that holds counts.
    Piecewise(Box<[TermId]>),
    // ---- statements ----
    /// True or false.
    Truth(bool),
    /// A relation; `a > b` is `Less(b, a)`.
    Relation(Relation, TermId, TermId),
    /// `x ∈ S`, S a set term.
    Element(TermId, TermId),
    /// The matrix has that quality; of a bare symbol that names a family, each member has it.
    Has(Quality, TermId),
    /// All of them (two or more).
    And(Box<[TermId]>),
    /// At least one of them (two or more).
    Or(Box<[TermId]>),
    /// The negation; not true either where an atom is undefined.
    Not(TermId),
    /// `ForAll(n, body, set)`: for all `Bound(n)` in the set.
    ForAll(u32, TermId, TermId),
    // ---- sets ----
    /// `{a, b, …}`
    Finite(Box<[TermId]>),
    /// The interval from the first to the second; whether each end belongs to it.
    Interval(TermId, TermId, bool, bool),
    /// `{a, …, b}` of integers.
    Range(TermId, TermId),
    /// All reals.
    Reals,
    /// All integers.
    Integers,
    /// 0, 1, 2, …
    Naturals,
}

impl Node {
    /// Calls `visit` on each child, in order.
    pub fn for_each_child(&self, mut visit: impl FnMut(TermId)) {
        match self {
            Node::Number(_)
            | Node::Constant(_)
            | Node::Symbol(_)
            | Node::Bound(_)
            | Node::Truth(_)
            | Node::Reals
            | Node::Integers
            | Node::Naturals => {}
            Node::Member(_, xs)
            | Node::Call(_, _, xs)
            | Node::Function(_, xs)
            | Node::Add(xs)
            | Node::Mul(xs)
            | Node::Matrix(_, _, xs)
            | Node::Piecewise(xs)
            | Node::And(xs)
            | Node::Or(xs)
            | Node::Finite(xs) => xs.iter().copied().for_each(visit),
            Node::Not(a) | Node::Outcomes(_, a) | Node::Has(_, a) => visit(*a),
            Node::Pow(a, b)
            | Node::Derivative(_, a, b)
            | Node::Antiderivative(_, a, b)
            | Node::Limit(_, a, b, _)
            | Node::Gradient(_, a, b, _)
            | Node::Relation(_, a, b)
            | Node::Element(a, b)
            | Node::ForAll(_, a, b)
            | Node::Interval(a, b, _, _)
            | Node::Range(a, b) => {
                visit(*a);
                visit(*b);
            }
            Node::Integral(_, a, b, c) | Node::Extremum(_, a, b, c, _) => {
                visit(*a);
                visit(*b);
                visit(*c);
            }
            Node::Sum(_, a, b, c, d) | Node::Product(_, a, b, c, d) => {
                visit(*a);
                visit(*b);
                visit(*c);
                visit(*d);
            }
        }
    }

    /// The same node with each child replaced.
    #[must_use]
    pub fn map_children(&self, mut to: impl FnMut(TermId) -> TermId) -> Node {
        let mut node = self.clone();
        match &mut node {
            Node::Number(_)
            | Node::Constant(_)
            | Node::Symbol(_)
            | Node::Bound(_)
            | Node::Truth(_)
            | Node::Reals
            | Node::Integers
            | Node::Naturals => {}
            Node::Member(_, xs)
            | Node::Call(_, _, xs)
            | Node::Function(_, xs)
            | Node::Add(xs)
            | Node::Mul(xs)
            | Node::Matrix(_, _, xs)
            | Node::Piecewise(xs)
            | Node::And(xs)
            | Node::Or(xs)
            | Node::Finite(xs) => xs.iter_mut().for_each(|x| *x = to(*x)),
            Node::Not(a) | Node::Outcomes(_, a) | Node::Has(_, a) => *a = to(*a),
            Node::Pow(a, b)
            | Node::Derivative(_, a, b)
            | Node::Antiderivative(_, a, b)
            | Node::Limit(_, a, b, _)
            | Node::Gradient(_, a, b, _)
            | Node::Relation(_, a, b)
            | Node::Element(a, b)
            | Node::ForAll(_, a, b)
            | Node::Interval(a, b, _, _)
            | Node::Range(a, b) => {
                *a = to(*a);
                *b = to(*b);
            }
            Node::Integral(_, a, b, c) | Node::Extremum(_, a, b, c, _) => {
                *a = to(*a);
                *b = to(*b);
                *c = to(*c);
            }
            Node::Sum(_, a, b, c, d) | Node::Product(_, a, b, c, d) => {
                *a = to(*a);
                *b = to(*b);
                *c = to(*c);
                *d = to(*d);
            }
        }
        node
    }

    /// For a binder: its number and how many of its first children lie within its scope
    /// (the body; for Σ and Π the condition too, see [`Node::in_scope`]).
    #[must_use]
    pub fn binds(&self) -> Option<u32> {
        match self {
            Node::Derivative(n, ..)
            | Node::Integral(n, ..)
            | Node::Antiderivative(n, ..)
            | Node::Limit(n, ..)
            | Node::Sum(n, ..)
            | Node::Product(n, ..)
            | Node::Extremum(n, ..)
            | Node::Gradient(n, ..)
            | Node::Outcomes(n, ..)
            | Node::ForAll(n, ..) => Some(*n),
            _ => None,
        }
    }

    /// Whether the child of that place lies within the binder's scope: the body (place 0), and for
    /// Σ and Π also the condition (place 3).
    #[must_use]
    pub fn in_scope(&self, place: usize) -> bool {
        match self {
            Node::Sum(..) | Node::Product(..) => place == 0 || place == 3,
            _ => self.binds().is_some() && place == 0,
        }
    }

    /// Replaces the binder's number; other nodes stay as they are.
    pub(super) fn renumber(&mut self, number: u32) {
        match self {
            Node::Derivative(n, ..)
            | Node::Integral(n, ..)
            | Node::Antiderivative(n, ..)
            | Node::Limit(n, ..)
            | Node::Sum(n, ..)
            | Node::Product(n, ..)
            | Node::Extremum(n, ..)
            | Node::Gradient(n, ..)
            | Node::Outcomes(n, ..)
            | Node::ForAll(n, ..) => *n = number,
            _ => {}
        }
    }
}
