//! Takes: the items of a document and the surface trees of its maths. Gives: derivations: steps with their goals, the context each stands in, and how everything was read.
//! Never: decides whether a step is valid.
//! Start reading at: `goal.rs`, then `derivation.rs`.

mod derivation;
pub mod elaborate;
mod goal;
mod scope;

pub use derivation::{Carry, Derivation, Document, Reading, Role, Step};
pub use goal::{Context, Declaration, Goal, Law, Property, Shape, Side};
pub use scope::{Definition, Scope};

use crate::source::{Item, Source};
use crate::term::Store;

/// A file of context, or the text of a `--given` option.
#[derive(Clone, Debug)]
pub struct GivenText {
    /// Its name and text.
    pub source: Source,
}

/// Reads a document: blocks, chains, premises, definitions, context.
pub fn read(store: &mut Store, source: &Source, items: &[Item], given: &[GivenText]) -> Document {
    let _ = (store, source, items, given);
    Document::default()
}
