//! Takes: a term about vectors and matrices, and how large its letters are. Gives: its entries, each a term about numbers.
//! Never: guesses a size, or drops a part that may have no value.
//! Start reading at: `grid.rs`, then `expand.rs`.

mod component;
mod expand;
mod grid;
mod value;

pub use component::{Components, Family, Form};
pub use expand::{Expander, Ground, is_about};
pub use grid::Grid;
pub use value::{Value, alike};
