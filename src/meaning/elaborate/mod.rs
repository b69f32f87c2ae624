//! Takes: one surface tree, the text it stands in, and the scope. Gives: its term with definitions written out, how it was read, and the other readings where it is a guess.
//! Never: decides what a statement is for (definition, premise, claim), or changes the scope.
//! Start reading at: the types here, then `reader.rs`.

mod application;
mod calculus;
mod chance;
mod decimal;
mod described;
mod head;
pub(super) mod known;
mod matrix;
mod name;
mod power;
mod reader;
mod set;
mod statement;
mod sum;
mod union;

pub(super) use chance::{is_chance, sampled};
pub(super) use decimal::near;
pub(super) use head::key;
pub use head::{Head, head};
pub(super) use statement::is_joined_set;
pub(super) use sum::written_range;

use super::scope::Scope;
use crate::number::Rational;
use crate::source::Span;
use crate::syntax::{Connective, Kind, Trait, Tree};
use crate::term::{Sort, Store, Symbol, TermId, print_symbol};
use reader::{Reader, Site};

/// Text without a meaning: where (in the fragment) and what was expected, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where in the fragment's text.
    pub span: Span,
    /// What was expected, in one sentence.
    pub message: String,
    /// It may well have a meaning, but none that this tool reads: its steps are undecided, not
    /// unreadable.
    pub beyond: bool,
}

impl Unreadable {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Unreadable {
            span,
            message: message.into(),
            beyond: false,
        }
    }

    /// What this tool does not read, though it may have a meaning.
    pub(super) fn beyond(span: Span, message: impl Into<String>) -> Self {
        Unreadable {
            beyond: true,
            ..Unreadable::new(span, message)
        }
    }
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
    /// Whether it holds what often means another thing than how it is read: a step that rests on
    /// it may be proved, but is not refuted.
    pub doubtful: bool,
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
    /// Symbols without a definition or declaration that it holds and that were not met before in
    /// the section.
    pub fresh: Vec<Symbol>,
}

/// Guesses of one tree whose other readings are worked out.
const GUESSES: usize = 6;

/// What is asked of a tree.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    Expression,
    Statement,
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
    let mut elaborated = read(store, scope, text, tree, Want::Expression)?;
    elaborated.decimal = decimal::decimal(tree);
    Ok(elaborated)
}

pub(super) use decimal::decimal_comma;

/// The meaning of a statement: a chain of relations (all of them), ∧, ∨, ¬, ∀, ∈, true, false.
/// `a = b`, one relation between two expressions, comes back as one [`crate::term::Node::Relation`];
/// `>` and `≥` are turned round; `s ≈ d` says that s rounds to the decimal d.
///
/// # Errors
/// The tree has no meaning, or is an expression.
pub fn statement(
    store: &mut Store,
    scope: &Scope,
    text: &str,
    tree: &Tree,
) -> Result<Elaborated, Unreadable> {
    read(store, scope, text, tree, Want::Statement)
}

/// One pass over the tree; `flip` is the place that is read the other way.
fn pass<'a>(
    store: &'a mut Store,
    scope: &'a Scope,
    text: &'a str,
    tree: &Tree,
    want: Want,
    flip: Option<Site>,
) -> Result<(TermId, Reader<'a>), Unreadable> {
    let mut reader = Reader::new(store, scope, text, flip);
    let term = match want {
        Want::Expression => reader.term(tree)?,
        Want::Statement => reader.statement(tree)?,
    };
    Ok((term, reader))
}

fn read(
    store: &mut Store,
    scope: &Scope,
    text: &str,
    tree: &Tree,
    want: Want,
) -> Result<Elaborated, Unreadable> {
    let (written, reader) = pass(store, scope, text, tree, want, None)?;
    let (mut notes, sites) = (reader.notes, reader.sites);
    let (implied, antiderivative) = (reader.implied, reader.antiderivative);
    let mut doubtful = reader.doubtful || scope.is_doubtful(store, written);
    // `x = 1,5` may be a list, or a number with a comma.
    if let Kind::Joined(Connective::Or, parts) = &tree.kind {
        doubtful |= parts.iter().any(|part| decimal_comma(text, part.span));
    }
    if let Some(number) = decimal::scientific(text, tree.span) {
        doubtful = true;
        notes.push(format!(
            "read {number} as a product with e, not as a number"
        ));
    }
    let too_large = || Unreadable::new(tree.span, "a term whose definitions can be written out");
    let term = scope.unfold(store, written).ok_or_else(too_large)?;
    super::shape::check(store, scope, tree.span, term)?;
    let mut guesses = Vec::new();
    for found in sites.iter().take(GUESSES) {
        let flip = Some(found.site.clone());
        let Ok((other, _)) = pass(store, scope, text, tree, want, flip) else {
            continue;
        };
        let Some(other) = scope.unfold(store, other) else {
            continue;
        };
        if other != term {
            guesses.push(Guess {
                term: other,
                written: found.written.clone(),
                kept: found.kept.clone(),
                note: found.note.clone(),
            });
        }
    }
    let mut stated = Vec::new();
    for statement in implied {
        let statement = scope.unfold(store, statement).unwrap_or(statement);
        if !stated.contains(&statement) {
            stated.push(statement);
        }
    }
    let fresh = store
        .symbols(written)
        .into_iter()
        .filter(|s| scope.is_unknown(*s, &print_symbol(store, *s)))
        .collect();
    Ok(Elaborated {
        term,
        written,
        notes,
        doubtful,
        guesses,
        implied: stated,
        decimal: None,
        antiderivative,
        fresh,
    })
}

/// That a value belongs to a set.
pub(super) fn belongs(
    store: &mut Store,
    scope: &Scope,
    text: &str,
    element: TermId,
    set: &Tree,
) -> Result<TermId, Unreadable> {
    Reader::new(store, scope, text, None).belongs(element, set)
}

/// The statements that words make of a value.
pub(super) fn described(
    store: &mut Store,
    scope: &Scope,
    span: Span,
    subject: TermId,
    traits: &[Trait],
) -> Result<Vec<TermId>, Unreadable> {
    let said = Reader::new(store, scope, "", None).traits(span, subject, traits)?;
    let too_large = || Unreadable::new(span, "a term whose definitions can be written out");
    said.into_iter()
        .map(|statement| scope.unfold(store, statement).ok_or_else(too_large))
        .collect()
}

/// The sort that membership in a set gives, and the set where it says more than the sort.
pub(super) fn sort_of_set(
    store: &mut Store,
    scope: &Scope,
    text: &str,
    set: &Tree,
) -> Result<(Sort, Option<TermId>), Unreadable> {
    Reader::new(store, scope, text, None).sort_of_set(set)
}
