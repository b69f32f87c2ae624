//! Equality proofs as they are found: a line of terms, each got from the one before.

use super::node::TermId;
use super::symbol::Symbol;

/// Why one term of a trace equals the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A rule of `rules/`, used on the whole term: up to the order of terms and factors, `before`
    /// is the rule's left side and `after` its right side under the substitution (or the other
    /// way round, from right to left). If the substitution holds the name `_`, both are that plus
    /// (or times, whichever the rule's left side is) the term of `_`.
    Rule {
        /// The rule's name, `family.name`.
        name: String,
        /// From left to right.
        forward: bool,
        /// Pattern variables and their terms, by name.
        substitution: Vec<(String, TermId)>,
        /// Proofs of the rule's conditions, in order; `None` where a condition is about the form
        /// of a term alone (`x` does not stand in it) and is seen by looking.
        conditions: Vec<Option<Proof>>,
    },
    /// The heads are the same, and the children of those places are equal by those traces; for a
    /// binder, its scope is opened with that symbol in them. `after` is `before` with its children
    /// replaced (and a sum within a sum, or a product within a product, made flat). If not
    /// `forward`, all this is said of the link read from `after` to `before`.
    Congruence {
        /// From before to after.
        forward: bool,
        /// What stands for the bound variable, if `before` is a binder.
        opened: Option<Symbol>,
        /// Places of children, in order, and why they are equal.
        parts: Vec<(u32, Trace)>,
    },
    /// Both have one normal form as fractions of polynomials over ℚ in their kernels.
    Ring,
    /// Both are closed and have one exact value.
    Evaluate,
    /// The hypothesis of that number in the goal (an equation), left to right or back.
    Hypothesis(usize, bool),
}

/// One step of a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The term before.
    pub before: TermId,
    /// The term after.
    pub after: TermId,
    /// Why they are equal.
    pub reason: Reason,
}

/// A proof that the first term equals the last; without links, that a term equals itself.
///
/// The links of a proof of `a = b` go from a forward, each to a term that is defined wherever the
/// one before is, and then, from some link on, backward: read from b, each again goes to a term
/// that is defined wherever the one before is. So every term of the line is defined where a and b
/// are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// The links, each beginning where the one before ended.
    pub links: Vec<Link>,
}

/// A proof that a statement holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Two terms are equal by a line of rewrites.
    Equality(Trace),
    /// A theory decided it: which theory, by which method, for which statement, from what proofs
    /// and facts, and with what witness (numbers, intervals, multipliers, in that method's order).
    Decision {
        /// The theory (`order`, `logic`, `calculus`, …).
        theory: &'static str,
        /// The method (`sturm`, `farkas`, `cases`, …).
        method: &'static str,
        /// What is proved.
        statement: TermId,
        /// What it rests on.
        uses: Vec<Proof>,
        /// Terms that let another checker verify it without a search.
        witness: Vec<TermId>,
    },
}
