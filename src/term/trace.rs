//! Equality proofs as they are found: a line of terms, each got from the one before.

use super::node::TermId;
use super::symbol::Symbol;

/// Why one term of a trace equals the next, at the place where they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A rule of `rules/`, by name, used from left to right (`forward`) or from right to left,
    /// with what its pattern variables stand for, by name.
    Rule {
        /// The rule's name, `family.name`.
        name: String,
        /// From left to right.
        forward: bool,
        /// Pattern variables and their terms.
        substitution: Vec<(String, TermId)>,
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
    /// The whole term before.
    pub before: TermId,
    /// The whole term after.
    pub after: TermId,
    /// The children to go down from the root to the subterm that changes. Going under a binder
    /// opens it with the symbol given in `opened`, in order.
    pub path: Vec<u32>,
    /// The symbols with which the binders along the path are opened.
    pub opened: Vec<Symbol>,
    /// Why.
    pub reason: Reason,
}

/// A proof that the first term equals the last.
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
