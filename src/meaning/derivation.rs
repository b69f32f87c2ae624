//! A document as it was read: derivations and their steps.

use std::ops::Range;

use crate::meaning::goal::{Context, Goal, Shape};
use crate::source::Span;
use crate::term::TermId;

/// What part a step plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A definition, declaration or assumption: `given`.
    Given,
    /// A premise: `given`, or `proved` where the context already gives it (the goal says so).
    Premise(Goal),
    /// A claim, or one sign of a chain: decided in its context under its premises.
    Claim(Goal),
    /// A ⇒ line: judged from the good statements before it, failing that from the last refuted
    /// one (see [`Carry`]). The goal's hypotheses are those of the declared context alone.
    Follows(Goal, Carry),
    /// Maths that makes no claim, with the reason.
    Skipped(String),
    /// Text without a meaning: what was expected there.
    Unreadable(String),
    /// Text that may have a meaning, but none that is read here: undecided, with that reason.
    Beyond(String),
}

/// From which earlier statements a ⇒ line may be concluded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carry {
    /// Steps of this derivation before it whose statements ([`Step::states`]) it may use if they
    /// are good. A range, so that long derivations stay small.
    pub premises: Range<usize>,
    /// Hypotheses of the declared context without what the document's own lines define: used
    /// when the line is judged from a refuted one.
    pub declared: Vec<TermId>,
    /// The claim with the document's own definitions left out, to be judged from
    /// [`Step::declared`] of the refuted line; absent where it is the goal's.
    pub plain: Option<Shape>,
    /// For the last line of a solution: if every step in `premises` is good, this is claimed in
    /// the goal's place (⇔ with the premises; nothing of `premises` is a hypothesis of it).
    pub converse: Option<Goal>,
}

/// A reading of a step: what it is under it, and how that reading is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What the step is when read so.
    pub role: Role,
    /// How to write it so that it is read so (`(1/2)*x`).
    pub written: String,
}

/// One step: one relation sign, definition, premise, or fragment without a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// From the left side's first byte to the right side's last, in the original file.
    pub span: Span,
    /// Where the relation sign or arrow stands (the whole span if there is none).
    pub sign: Span,
    /// The relation as the report writes it: `=`, `≤`, `⇒`, `:=`, …
    pub relation: &'static str,
    /// Source text of the left side.
    pub left: String,
    /// Source text of the right side.
    pub right: String,
    /// What it is, and what has to be decided.
    pub role: Role,
    /// The statement that later ⇒ lines may use if this step is good: for the last step of a
    /// chain, also that its ends are equal.
    pub states: Option<TermId>,
    /// The same with the document's own definitions left out, where that differs: what is carried
    /// forward if this step is refuted.
    pub declared: Option<TermId>,
    /// Indices of the steps of this chain before this one, where this step's `states` includes
    /// the equality of the ends, or the statement that a ⇔ compares with (so all of them must be
    /// good).
    pub chain: Vec<usize>,
    /// Other readings, where the reading is a guess.
    pub alternatives: Vec<Reading>,
    /// How it was read, guesses included.
    pub notes: Vec<String>,
    /// Which of the document's contexts it stands in.
    pub context: usize,
    /// What goes without saying of the letters in its statement (bounds of sums are integers):
    /// wherever the statement is used, that is known too.
    pub implied: Vec<TermId>,
    /// Something that it may rest on could not be read, so it is not refuted.
    pub unread: bool,
    /// It rests on what often means another thing than how it is read, so it is not refuted.
    pub doubtful: bool,
}

/// A derivation: the steps of one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derivation {
    /// The heading or sentence it stands under.
    pub title: String,
    /// Where it begins.
    pub span: Span,
    /// Its steps in order of writing.
    pub steps: Vec<Step>,
}

/// A document as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its derivations in order.
    pub derivations: Vec<Derivation>,
    /// The contexts that steps refer to.
    pub contexts: Vec<Context>,
    /// What is wrong with the `--given` texts, a sentence each.
    pub problems: Vec<String>,
}
