//! Takes: steps and their verdicts. Gives: the sentences a student reads: the reason, what slip was made, what would be right.
//! Never: changes a verdict.
//! Start reading at: `finding.rs`.

mod finding;

pub use finding::{Diagnosis, Finding, Witness};
