//! Takes: a goal about vectors and matrices. Gives: a model of small exact matrices at which it fails, or one at which its hypotheses hold.
//! Never: takes a matrix for symmetric, orthogonal, … that was not tested exactly.
//! Start reading at: this file, then `search.rs`.

mod chance;
mod draw;
mod letters;
mod recurrence;
mod search;
mod shrink;
mod solve;

pub(super) use search::Matrices;

use recurrence::recurrences;

use crate::meaning::Context;
use crate::term::{Function, Node, Sort, Store, Symbol, TermId};

/// Whether vectors or matrices take part in the terms.
pub(super) fn depend(store: &Store, context: &Context, terms: &[TermId]) -> bool {
    let mut arrays = context.declarations.iter();
    arrays.any(|d| {
        matches!(d.sort, Sort::Matrix(..)) && terms.iter().any(|t| is_called(store, *t, d.symbol))
    })
}

/// Whether a symbol is called in a term.
fn is_called(store: &Store, term: TermId, symbol: Symbol) -> bool {
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if !store.mentions(next, symbol) || !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if matches!(node, Node::Call(s, ..) if *s == symbol) {
            return true;
        }
        node.for_each_child(|child| stack.push(child));
    }
    false
}

/// Whether vectors or matrices take part in some terms.
pub(super) fn concern(store: &Store, context: &Context, terms: &[TermId]) -> bool {
    let declared = |symbol| {
        let mut all = context.declarations.iter();
        all.any(|d| d.symbol == symbol && matches!(d.sort, Sort::Matrix(..)))
    };
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = terms.to_vec();
    while let Some(term) = stack.pop() {
        if !seen.insert(term) {
            continue;
        }
        let node = store.node(term);
        let found = match node {
            Node::Symbol(symbol) | Node::Member(symbol, _) | Node::Call(symbol, ..) => {
                declared(*symbol)
            }
            Node::Matrix(..) | Node::Gradient(..) | Node::Has(..) => true,
            Node::Function(function, _) => {
                function.is_of_matrices() && *function != Function::Entry
            }
            _ => false,
        };
        if found {
            return true;
        }
        node.for_each_child(|child| stack.push(child));
    }
    false
}

/// The families of which each member says the next: no other members have values than are listed.
pub(super) fn recurring(store: &Store, hypotheses: &[TermId]) -> Vec<Symbol> {
    let rules = recurrences(store, hypotheses);
    rules.into_iter().map(|rule| rule.family).collect()
}
