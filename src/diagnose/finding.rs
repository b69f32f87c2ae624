//! What is said about a judged step.

/// The slip that was recognised, and what would be right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// The slip's code (`missing-term`).
    pub code: String,
    /// The sentence that names it.
    pub message: String,
    /// Source text that would be right, if it is known.
    pub correction: Option<String>,
}

/// A counterexample as it is written in reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Witness {
    /// Symbols and their exact values, in the order in which they are shown.
    pub assignment: Vec<(String, String)>,
    /// Value of the left side.
    pub left: String,
    /// Value of the right side.
    pub right: String,
}

/// What is said about one judged step. Notes of the reading are not here: they stand in the step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// One sentence that a student understands.
    pub reason: String,
    /// Places where one side is defined and the other is not.
    pub conditions: Vec<String>,
    /// Further remarks, behind those of the reading.
    pub notes: Vec<String>,
    /// The slip, if one was recognised.
    pub diagnosis: Option<Diagnosis>,
    /// The counterexample, if the step is refuted by one.
    pub counterexample: Option<Witness>,
}
