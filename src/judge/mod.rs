//! Takes: derivations as they were read. Gives: a verdict for each step with its evidence, and each derivation's first invalid step.
//! Never: writes an English sentence.
//! Start reading at: `verdict.rs`.

mod verdict;

pub use verdict::{Judged, JudgedDerivation, Verdict, Why};
