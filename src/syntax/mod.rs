//! Takes: the text of one fragment of maths. Gives: surface trees with local positions: lines, statements, expressions as written.
//! Never: decides what a name means, or whether `f(x)` is an application.
//! Start reading at: `tree.rs`.

mod tree;

pub use tree::{
    Accent, Arrow, BigOperator, Bracket, Connective, Kind, Name, Relation, Sign, Style, Tree,
};
