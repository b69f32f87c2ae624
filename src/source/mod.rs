//! Takes: the bytes of a file and its name. Gives: items in reading order (headings, prose, maths fragments) with positions in the original file.
//! Never: parses an expression, or knows what a statement is.
//! Start reading at: `span.rs`, then `item.rs`, then `markdown.rs`.

mod bracket;
mod builder;
mod container;
mod delimiter;
mod item;
mod label;
mod macros;
mod mapping;
mod markdown;
mod notebook;
mod plain;
mod span;
mod tex;
mod words;

#[cfg(test)]
mod tests;

pub use bracket::closing_line;
pub use container::Container;
pub use item::{Fragment, Item, ItemKind, Placement};
pub use notebook::is_notebook;
pub use span::{Position, Source, Span};

/// Splits a document into items in reading order.
///
/// Lines that follow one another are kept apart by a [`ItemKind::LineBreak`], a run of blank
/// lines is one [`ItemKind::Blank`]; neither stands at the end. Bullets of lists are left out.
/// Inline maths without words on its line has [`Placement::Display`].
#[must_use]
pub fn items(source: &Source, container: Container) -> Vec<Item> {
    match container {
        Container::Text => plain::items(source.text()),
        Container::Markdown => markdown::items(source.text()),
        Container::Tex => tex::items(source.text()),
        Container::Notebook => notebook::items(source.text()),
        Container::Latex => plain::formula(source.text()),
    }
}
