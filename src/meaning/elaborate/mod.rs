//! Takes: one surface tree, the text it stands in, and the scope. Gives: its term with definitions written out, how it was read, and the other readings where it is a guess.
//! Never: decides what a statement is for (definition, premise, claim), or changes the scope.
//! Start reading at: the types here, then `expression`.

use super::scope::Scope;
use crate::number::Rational;
use crate::source::Span;
use crate::syntax::Tree;
use crate::term::{Store, Symbol, TermId};

/// Text without a meaning: where (in the fragment) and what was expected, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where in the fragment's text.
    pub span: Span,
    /// What was expected, in one sentence.
    pub message: String,
}

/// Another reading of the whole tree where one place of it is a guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The term under the other reading.
    pub term: TermId,
    /// How that place is written so that it is read the other way.
    pub written: String,
    /// How that place is written so that it is surely read as it was.
    pub kept: String,
    /// How it was read (also among the notes).
    pub note: String,
}

/// A tree's meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elaborated {
    /// The term, every defined symbol written out.
    pub term: TermId,
    /// The term as it was written, defined symbols by name (what [`Scope::define_as`] takes).
    pub written: TermId,
    /// How it was read.
    pub notes: Vec<String>,
    /// Other readings, one for each place that is a guess.
    pub guesses: Vec<Guess>,
    /// Statements that go without saying: bounds of Σ and Π are integers and the range is not
    /// empty; an index is an integer in its range. To be added to the goal's hypotheses.
    pub implied: Vec<TermId>,
    /// For a bare decimal (perhaps with a sign or · 10^k): its value and the digits shown after
    /// the point (negative: before it).
    pub decimal: Option<(Rational, i32)>,
    /// The variable of an integral without limits in it.
    pub antiderivative: Option<Symbol>,
    /// Symbols without a definition or declaration that it holds, in order of writing: the ones
    /// not met before in the section.
    pub fresh: Vec<Symbol>,
}

/// What could be defined: a symbol, perhaps with indices and arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Where it stands.
    pub span: Span,
    /// Under which name the scope remembers that it was met: the symbol, and for a family the
    /// closed indices (`w⁽¹⁾` and `w⁽⁰⁾` have different keys).
    pub key: String,
    /// The symbol, family or function.
    pub symbol: Symbol,
    /// Indices and arguments in order.
    pub pattern: Vec<TermId>,
    /// The letters of the pattern, which the definition is about all values of.
    pub parameters: Vec<Symbol>,
    /// The head as a term (`Symbol`, `Member` or `Call`).
    pub term: TermId,
}

/// The head that a tree is, if it could be defined: a symbol, a symbol with indices, or with
/// arguments that are letters or numbers.
pub fn head(store: &mut Store, scope: &Scope, tree: &Tree) -> Option<Head> {
    let _ = (store, scope, tree);
    None
}

/// The meaning of an expression.
///
/// # Errors
/// The tree has no meaning, or is a statement.
pub fn expression(
    store: &mut Store,
    scope: &Scope,
    text: &str,
    tree: &Tree,
) -> Result<Elaborated, Unreadable> {
    let _ = (store, scope, text);
    Err(Unreadable {
        span: tree.span,
        message: "an expression is expected here".to_owned(),
    })
}

/// The meaning of a statement: a chain of relations (all of them), ∧, ∨, ¬, ∀, ∈, true, false.
/// `a = b`, one relation between two expressions, comes back as one [`crate::term::Node::Relation`];
/// `>` and `≥` are turned round; `≈` is read as `=`.
///
/// # Errors
/// The tree has no meaning, or is an expression.
pub fn statement(
    store: &mut Store,
    scope: &Scope,
    text: &str,
    tree: &Tree,
) -> Result<Elaborated, Unreadable> {
    let _ = (store, scope, text);
    Err(Unreadable {
        span: tree.span,
        message: "a statement is expected here".to_owned(),
    })
}
