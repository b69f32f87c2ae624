//! A report as data, with the keys of the contract in their order.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::source::Span;

/// What `hence` says about one file or one row of a batch.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Report {
    /// `hence/1`
    pub schema: &'static str,
    /// The row's own name, where it comes from a batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Value>,
    /// The file's name, where it comes from a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The verdict on the whole.
    pub verdict: Overall,
    /// The first step that is refuted or unreadable.
    pub first_invalid: Option<Place>,
    /// The first step that is undecided.
    pub first_undecided: Option<Place>,
    /// How many steps have which verdict.
    pub counts: Counts,
    /// The derivations in order.
    pub derivations: Vec<DerivationReport>,
    /// Why nothing could be read at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// The verdict on a derivation or a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Overall {
    /// Every claim is proved.
    Valid,
    /// A step is refuted or unreadable.
    Invalid,
    /// No step is invalid, but one is undecided.
    Undecided,
    /// The row or file could not be read at all.
    Unreadable,
    /// No maths that makes a claim.
    Empty,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// Number of the derivation, from 0.
    pub derivation: usize,
    /// Number of the step in it, from 0.
    pub step: usize,
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
}

/// How many steps have which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(missing_docs, reason = "each counts the verdict of that name")]
pub struct Counts {
    pub proved: usize,
    pub refuted: usize,
    pub undecided: usize,
    pub unreadable: usize,
    pub given: usize,
    pub skipped: usize,
}

/// What is said about one derivation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DerivationReport {
    /// The heading or sentence it stands under.
    pub title: String,
    /// Line where it begins, from 1.
    pub line: u32,
    /// Its verdict.
    pub verdict: Overall,
    /// Its steps in order.
    pub steps: Vec<StepReport>,
}

/// The verdict on a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StepVerdict {
    /// It is valid.
    Proved,
    /// It is not valid; a counterexample says so.
    Refuted,
    /// Neither was shown.
    Undecided,
    /// The text has no meaning.
    Unreadable,
    /// A definition, assumption, declaration or premise.
    Given,
    /// Maths that makes no claim.
    Skipped,
}

/// What is said about one step.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StepReport {
    /// Line of its first character, from 1.
    pub line: u32,
    /// Column of its first character in Unicode scalar values, from 1.
    pub column: u32,
    /// Line behind its last character.
    pub end_line: u32,
    /// Column behind its last character.
    pub end_column: u32,
    /// The relation: `=`, `≤`, `⇒`, `:=`, …
    pub relation: &'static str,
    /// Source text of the left side.
    pub left: String,
    /// Source text of the right side.
    pub right: String,
    /// The verdict.
    pub verdict: StepVerdict,
    /// One sentence that a student understands.
    pub reason: String,
    /// Places where one side is defined and the other is not.
    pub conditions: Vec<String>,
    /// Values at which the step fails.
    pub counterexample: Option<Counterexample>,
    /// The slip, if it was recognised.
    pub diagnosis: Option<Diagnosis>,
    /// Digest of the certificate, if one was written.
    pub certificate: Option<String>,
    /// How it was read, and further remarks.
    pub notes: Vec<String>,
    /// Where it stands in bytes.
    #[serde(skip)]
    pub span: Span,
}

/// Exact values at which a step fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counterexample {
    /// Symbols and their values.
    #[serde(serialize_with = "as_map")]
    #[schemars(with = "BTreeMap<String, String>")]
    pub assignment: Vec<(String, String)>,
    /// Value of the left side.
    pub left: String,
    /// Value of the right side.
    pub right: String,
}

/// A recognised slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Diagnosis {
    /// Its code (`missing-term`).
    pub code: String,
    /// The sentence that names it.
    pub message: String,
    /// Source text that would be right, if it is known.
    pub correction: Option<String>,
}

fn as_map<S: Serializer>(pairs: &[(String, String)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(pairs.iter().map(|(name, value)| (name, value)))
}
