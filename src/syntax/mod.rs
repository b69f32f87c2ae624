//! Takes: the text of one fragment of maths. Gives: surface trees with local positions: lines, statements, expressions as written.
//! Never: decides what a name means, or whether `f(x)` is an application.
//! Start reading at: `tree.rs`, then `element.rs`; how it is read: `lexer.rs`, `parser.rs`, `fragment.rs`.

mod atom;
mod bounds;
mod bracket;
mod calculus;
mod call;
mod children;
mod clue;
mod command;
mod context;
pub mod describe;
mod description;
mod element;
mod environment;
mod fragment;
mod law;
mod lexer;
mod names;
mod nest;
mod parser;
mod product;
mod reach;
mod rules;
mod script;
mod set;
mod sexpr;
mod token;
mod tree;

pub use describe::Trait;
pub use description::premise;
pub use element::{Element, ElementKind, Entry, EntryKind, Separator};
pub use rules::{RuleCondition, RuleText, RuleTree, parse_rules};
pub use tree::{
    Accent, Arrow, BigOperator, Bracket, Connective, Kind, Name, Relation, Sign, Style, Tree,
};

/// Reads a fragment of maths. Never fails: what cannot be parsed is an element that says so.
#[must_use]
pub fn parse(text: &str, latex: bool) -> Vec<Element> {
    fragment::parse(text, latex)
}

/// Reads context: definitions, declarations, assumptions, in the same spellings.
#[must_use]
pub fn parse_context(text: &str, latex: bool) -> Vec<Entry> {
    context::parse(text, latex)
}
