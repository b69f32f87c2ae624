//! Takes: terms about vectors and matrices. Gives: their shapes.
//! Never: guesses a shape; what is not declared is unknown.
//! Start reading at: `shape.rs`.

mod shape;

pub use shape::{Misfit, Shape, Shapes, Sorts};
