//! The atoms of a goal that take values: letters, and members of families.

use std::collections::{BTreeMap, BTreeSet};

use crate::meaning::Context;
use crate::term::{Function, Node, Sort, Store, Symbol, TermId};

/// What numbers a letter may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// 0, 1, 2, …
    Natural,
    /// An integer.
    Integer,
    /// A real number.
    Real,
}

/// An atom that takes values.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// The atom: a symbol, or a member of a family with closed indices.
    pub(super) atom: TermId,
    /// What it may stand for.
    pub(super) kind: Kind,
    /// Its name, which seeds its values.
    pub(super) name: String,
}

/// The letters of some terms, in the order of their kinds (indices and bounds first), then of
/// their first occurrence. Symbols of sorts that get no values here are left out, so that terms
/// with them stay unknown.
pub(super) fn letters(store: &Store, context: &Context, terms: &[TermId]) -> Vec<Letter> {
    let sorts: BTreeMap<Symbol, Sort> = context
        .declarations
        .iter()
        .map(|d| (d.symbol, d.sort))
        .collect();
    let mut walk = Walk {
        store,
        seen: BTreeSet::new(),
        atoms: Vec::new(),
        whole: BTreeSet::new(),
    };
    for term in terms {
        walk.visit(*term);
    }
    let mut found: Vec<Letter> = walk
        .atoms
        .iter()
        .filter_map(|atom| {
            let symbol = match store.node(*atom) {
                Node::Symbol(symbol) | Node::Member(symbol, _) => Some(*symbol),
                _ => None,
            };
            let sort = symbol.and_then(|s| sorts.get(&s));
            let kind = match sort {
                Some(Sort::Natural) => Kind::Natural,
                Some(Sort::Integer) => Kind::Integer,
                Some(Sort::Matrix(..) | Sort::Statement | Sort::Set | Sort::Function(_)) => {
                    return None;
                }
                _ if symbol.is_some_and(|s| walk.whole.contains(&s)) => Kind::Integer,
                _ => Kind::Real,
            };
            Some(Letter {
                atom: *atom,
                kind,
                name: symbol.map_or_else(String::new, |s| store.name(s).to_owned()),
            })
        })
        .collect();
    // Members come last: their indices must have values first.
    found.sort_by_key(|letter| {
        let member = matches!(store.node(letter.atom), Node::Member(..));
        (member, letter.kind)
    });
    found
}

struct Walk<'a> {
    store: &'a Store,
    seen: BTreeSet<TermId>,
    atoms: Vec<TermId>,
    /// Symbols that stand in bounds and indices.
    whole: BTreeSet<Symbol>,
}

impl Walk<'_> {
    fn visit(&mut self, term: TermId) {
        if !self.seen.insert(term) {
            return;
        }
        let store = self.store;
        let node = store.node(term);
        match node {
            Node::Symbol(_) => self.atoms.push(term),
            Node::Member(_, indices) => {
                for index in indices {
                    self.whole_symbols(*index);
                }
                if store.is_closed(term) {
                    self.atoms.push(term);
                }
            }
            Node::Sum(_, _, lower, upper, _)
            | Node::Product(_, _, lower, upper, _)
            | Node::Extremum(_, _, lower, upper, _)
            | Node::Range(lower, upper) => {
                self.whole_symbols(*lower);
                self.whole_symbols(*upper);
            }
            Node::Function(
                Function::Factorial | Function::Binomial | Function::KroneckerDelta,
                arguments,
            ) => {
                for argument in arguments {
                    self.whole_symbols(*argument);
                }
            }
            _ => {}
        }
        // Depth is bounded by the reader's nesting and by what definitions add to it.
        let mut children = Vec::new();
        node.for_each_child(|child| children.push(child));
        for child in children {
            self.visit(child);
        }
    }

    fn whole_symbols(&mut self, term: TermId) {
        for symbol in self.store.symbols(term) {
            self.whole.insert(symbol);
        }
    }
}
