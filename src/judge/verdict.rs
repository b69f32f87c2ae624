//! What was found about a step, as data.

use crate::meaning::Goal;
use crate::prove::Proved;
use crate::refute::Counterexample;
use crate::term::{Limit, TermId};

/// The six verdicts of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is the verdict of that name")]
pub enum Verdict {
    Proved,
    Refuted,
    Undecided,
    Unreadable,
    Given,
    Skipped,
}

/// Why a verdict is what it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// A proof.
    Proof(Proved),
    /// A counterexample.
    Counterexample(Counterexample),
    /// A proof was found that the independent checker does not accept.
    Rejected(hence_checker::Rejection),
    /// No counterexample and no proof: at so many assignments both sides agreed.
    Agreed(u32),
    /// No counterexample and no proof before a limit was met.
    Exhausted(Exhausted),
    /// Nothing could be evaluated, nothing was proved.
    Nothing,
    /// The context is satisfied by nothing that was found or is contradictory.
    NoModel,
    /// Both sides have values, but nowhere both.
    NowhereBoth,
    /// This side has a value nowhere in the context.
    NoValue(TermId),
    /// Refuted as read, but the alternative reading of that number would be proved.
    OtherReading(usize),
    /// True only for i² = −1.
    Complex,
    /// Refuted as far as the text was read, but something that it may rest on was not.
    Unread,
    /// A definition, assumption or declaration.
    Stated,
    /// What the reader already said (skipped, unreadable).
    AsRead,
}

/// The limit that was met first of those that are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted {
    /// Which.
    pub limit: Limit,
    /// How many it allows.
    pub count: u64,
    /// At how many assignments both sides agreed, if at any.
    pub agreeing: Option<u32>,
    /// Whether there is no larger budget.
    pub largest: bool,
}

/// A judged step.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub why: Why,
    /// What the proof or counterexample is about, with all its hypotheses.
    pub goal: Option<Goal>,
    /// The hypotheses from earlier steps that were used (indices of steps).
    pub from: Vec<usize>,
    /// A ⇒ line that follows from neither: the refuted line and what was concluded from it, from
    /// which it was tried too.
    pub tried_from: Vec<usize>,
    /// Judged from a refuted line, in the declared context alone.
    pub carried_forward: bool,
    /// The line is carried forward from an error but follows from the good lines too.
    pub returns_to_truth: bool,
    /// A premise that holds for some values only.
    pub holds_for_some: bool,
    /// No assignment was found that satisfies the hypotheses.
    pub without_witness: bool,
    /// Proved by itself, but it narrowed the domain so that the ends of its chain differ at the
    /// counterexample.
    pub ends_differ: bool,
    /// Last step of a chain whose ends were not shown equal: later lines cannot use it.
    pub ends_unknown: bool,
}

/// The judged steps of a derivation, in the order of its steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JudgedDerivation {
    /// One for each step.
    pub steps: Vec<Judged>,
}
