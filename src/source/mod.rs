//! Takes: the bytes of a file and its name. Gives: items in reading order (headings, prose, maths fragments) with positions in the original file.
//! Never: parses an expression, or knows what a statement is.
//! Start reading at: `span.rs`, then `item.rs`.

mod item;
mod span;

pub use item::{Fragment, Item, ItemKind, Placement};
pub use span::{Position, Source, Span};

/// The kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Plain lines (`.hence`, `.txt`, standard input without maths delimiters).
    Text,
    /// Markdown (`.md`), also what holds `$$` or `\\[` without another hint.
    Markdown,
    /// TeX (`.tex`).
    Tex,
    /// A Jupyter notebook (`.ipynb`).
    Notebook,
    /// One formula in LaTeX without delimiters (`"format": "latex"`).
    Latex,
}

/// Splits a document into items in reading order.
#[must_use]
pub fn items(source: &Source, container: Container) -> Vec<Item> {
    let _ = (source, container);
    Vec::new()
}
