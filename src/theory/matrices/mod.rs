//! Takes: terms about vectors and matrices. Gives: their shapes, and normal forms as polynomials whose words keep their order.
//! Never: guesses a shape; what is not declared is unknown. Takes no inverse to exist that is not shown to.
//! Start reading at: `shape.rs`, then `letter.rs`, `polynomial.rs`, `spell.rs`.

mod blocks;
mod component;
mod coordinates;
mod definite;
mod differential;
mod fold;
mod forms;
mod grid;
mod inequality;
mod infer;
mod kernel;
mod letter;
mod polynomial;
mod power;
mod present;
mod reduce;
mod shape;
mod sizing;
mod spell;

pub use component::{Components, Family, Form};
pub use coordinates::{Coordinates, Expander};
pub use grid::Grid;
pub use infer::{Sizes, infer};
pub use kernel::Kernel;
pub use letter::{Atom, Base, Letter, Traits, Word, Words};
pub use polynomial::{Polynomial, Value};
pub use reduce::{Rewrite, Rules};
pub use shape::{Misfit, Shape, Shapes, Sorts};
pub use sizing::{holds_sized, is_unsized, sized};
