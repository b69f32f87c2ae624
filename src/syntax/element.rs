//! What a fragment of maths consists of, before anyone asks what it claims.

use super::describe::Trait;
use super::tree::{Arrow, Tree};
use crate::source::Span;

/// How two neighbouring statements are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `\quad`, `\qquad`, a wide gap
    Quad,
    /// `\\` or a row of an environment
    Row,
    /// A line break in plain text
    Line,
}

/// One element of a fragment, with its place in the fragment's text. Nested `aligned`, `cases`
/// (where its rows are statements), `\left\{ … \right.` and `\begin{array}` are flattened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Where it stands in the fragment's text.
    pub span: Span,
    /// What it is.
    pub kind: ElementKind,
}

/// The kinds of elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ElementKind {
    /// An expression or statement. A row that begins with a relation is a chain whose first
    /// operand is `Kind::Empty`; one that begins with `+` or `−` is a sum with that sign.
    Formula(Tree),
    /// An arrow between statements (a sign, or an arrow word such as `so`, `then`, `iff`), with
    /// the formulas of its label (`\xrightarrow{z_1+z_2=t}`) and the label's words.
    Arrow(Arrow, Vec<Tree>, String),
    /// Between two statements.
    Separator(Separator),
    /// `(3)`, `\tag{3}`, `①:`, `\textcircled{1}:`, `\label{…}` are labels.
    Label(String),
    /// Words.
    Text(String),
    /// A bullet, `↓`, or anything else that says nothing.
    Bullet,
    /// Text that cannot be parsed: what was expected, in one sentence.
    Error(String),
}

/// A word of context (`given`, `let`, `assume`, `where`, …) or of sort (`random`, `symmetric`) is
/// recognised by `meaning`; this is one entry of the context language, split at `;` and lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: EntryKind,
    /// Where words are said again as entries: those, in which the positions of its trees are.
    pub text: Option<String>,
}

/// The kinds of entries of the context language (CONTRACT §3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// `x, y ∈ ℝ^n`, `n in N`, `i ∈ {1, …, n}`: names and the set as a tree.
    Member(Vec<Tree>, Tree),
    /// `f : ℝ → ℝ`: names, argument sets, value set.
    Function(Vec<Tree>, Vec<Tree>, Tree),
    /// `H symmetric`, `X, Y independent`, `ε_k random, independent`, `f, g functions`,
    /// `A, B events`, `P positive definite`: names and the words, one property each.
    Property(Vec<Tree>, Vec<String>),
    /// `A is an n×n symmetric matrix`, `X has full column rank`: names and what is said of them.
    Described(Vec<Tree>, Vec<Trait>),
    /// `X ~ N(μ, σ²)`, `X_i ∼ Poisson(λ) i.i.d.`: names, the distribution's name, its parameters,
    /// and whether all are independent.
    Law(Vec<Tree>, String, Vec<Tree>, bool),
    /// A definition or assumption, with what `for …` binds behind it (`for all t`, `for v ∈ ℝ^n`).
    Statement(Tree, Option<Tree>),
    /// `lines 131-157:`: a part for those lines.
    Lines(u32, u32),
    /// `section TITLE:`: a part for that section.
    Section(String),
    /// Text that cannot be parsed: what was expected, in one sentence.
    Error(String),
}
