//! Takes: the items of a document and the surface trees of its maths. Gives: derivations: steps with their goals, the context each stands in, and how everything was read.
//! Never: decides whether a step is valid.
//! Start reading at: `goal.rs`, then `derivation.rs`.

mod derivation;
mod goal;

pub use derivation::{Carry, Derivation, Document, Reading, Role, Step};
pub use goal::{Context, Declaration, Goal, Law, Property, Shape, Side};
