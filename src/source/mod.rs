//! Takes: the bytes of a file and its name. Gives: items in reading order (headings, prose, maths fragments) with positions in the original file.
//! Never: parses an expression, or knows what a statement is.
//! Start reading at: `span.rs`, then `item.rs`.

mod item;
mod span;

pub use item::{Fragment, Item, ItemKind, Placement};
pub use span::{Position, Source, Span};
