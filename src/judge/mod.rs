//! Takes: derivations as they were read. Gives: a verdict for each step with its evidence, and each derivation's first invalid step.
//! Never: writes an English sentence.
//! Start reading at: `derivation.rs`, then `ladder.rs`.

mod chain;
mod complex;
mod derivation;
mod events;
mod ladder;
mod moving;
mod opaque;
mod outcome;
mod substitute;
mod truths;
mod unwritten;
mod verdict;

pub use verdict::{Exhausted, Judged, JudgedDerivation, Verdict, Why};

use crate::meaning::Document;
use crate::refute::Budget;
use crate::term::Store;

/// What the judge is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How much may be spent on a step.
    pub budget: Budget,
    /// Whether a step that narrows the domain on an open set is refuted.
    pub strict: bool,
    /// Whether each proof is gone through by the independent checker before it is believed.
    pub replay: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            budget: Budget::NORMAL,
            strict: false,
            replay: true,
        }
    }
}

/// Judges every derivation of a document, each from its first step on.
pub fn judge(store: &mut Store, document: &Document, options: &Options) -> Vec<JudgedDerivation> {
    let mut contexts = vec![None; document.contexts.len()];
    document
        .derivations
        .iter()
        .map(|one| derivation::judge(store, document, &mut contexts, one, options))
        .collect()
}
