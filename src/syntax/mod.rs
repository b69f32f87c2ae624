//! Takes: the text of one fragment of maths. Gives: surface trees with local positions: lines, statements, expressions as written.
//! Never: decides what a name means, or whether `f(x)` is an application.
//! Start reading at: `tree.rs`, then `element.rs`.

mod element;
mod rules;
mod tree;

pub use element::{Element, ElementKind, Entry, EntryKind, Separator};
pub use rules::{RuleCondition, RuleText, RuleTree, parse_rules};
pub use tree::{
    Accent, Arrow, BigOperator, Bracket, Connective, Kind, Name, Relation, Sign, Style, Tree,
};

/// Reads a fragment of maths. Never fails: what cannot be parsed is an element that says so.
#[must_use]
pub fn parse(text: &str, latex: bool) -> Vec<Element> {
    let _ = (text, latex);
    Vec::new()
}

/// Reads context: definitions, declarations, assumptions, in the same spellings.
#[must_use]
pub fn parse_context(text: &str, latex: bool) -> Vec<Entry> {
    let _ = (text, latex);
    Vec::new()
}
