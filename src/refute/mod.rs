//! Takes: a goal and its context. Gives: an exact counterexample, or a witness that the context is not empty.
//! Never: says that something is valid.
//! Start reading at: this file.

use crate::meaning::{Context, Goal};
use crate::term::{Store, TermId};
use crate::theory::evaluate::{Assignment, Value};

/// An assignment that satisfies the hypotheses and at which the goal fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterexample {
    /// The atoms and their values.
    pub assignment: Assignment,
    /// Value of the left side (of a statement that fails: of its first failing atom).
    pub left: Value,
    /// Value of the right side.
    pub right: Value,
}

/// What looking at models showed.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The goal is not valid.
    Refuted(Box<Counterexample>),
    /// No counterexample found; at this many assignments the hypotheses hold, and there both
    /// sides are defined and agree (`agreeing`); the first of them is a witness.
    Agrees {
        /// At how many it was compared and held.
        agreeing: u32,
        /// An assignment that satisfies the hypotheses.
        witness: Assignment,
    },
    /// Assignments satisfy the hypotheses, but none was found at which both sides have a value.
    NoValue {
        /// Such an assignment.
        witness: Assignment,
        /// The side that had no value at any of them, if it is one.
        side: Option<TermId>,
    },
    /// No assignment was found that satisfies the hypotheses.
    NoModel,
}

/// How much may be spent: counts, never seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Assignments tried.
    pub samples: u32,
    /// E-graph nodes.
    pub nodes: u32,
    /// Rounds of rewriting.
    pub rounds: u32,
    /// Decimal digits of an enclosure.
    pub digits: u32,
}

impl Budget {
    /// What `--budget normal` means.
    pub const NORMAL: Budget = Budget {
        samples: 24,
        nodes: 2_000,
        rounds: 6,
        digits: 60,
    };
    /// What `--budget small` means.
    pub const SMALL: Budget = Budget {
        samples: 12,
        nodes: 500,
        rounds: 3,
        digits: 30,
    };
    /// What `--budget large` means.
    pub const LARGE: Budget = Budget {
        samples: 96,
        nodes: 20_000,
        rounds: 12,
        digits: 200,
    };
}

/// Looks for a counterexample to the goal.
pub fn refute(store: &mut Store, context: &Context, goal: &Goal, budget: &Budget) -> Outcome {
    let _ = (store, context, goal, budget);
    Outcome::NoModel
}
