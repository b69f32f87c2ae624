//! Which terms the checker can read.

use rustc_hash::FxHashSet;

use super::term::function_name;
use crate::meaning::Context;
use crate::term::{Node, Sort, Store, Symbol, TermId};

/// Tells what the checker can read from what it cannot: sets.
pub(super) struct Known<'a> {
    store: &'a Store,
    strange: FxHashSet<Symbol>,
}

impl<'a> Known<'a> {
    pub(super) fn new(store: &'a Store, context: &Context) -> Self {
        let matrices = context
            .declarations
            .iter()
            .filter(|declaration| matches!(declaration.sort, Sort::Set))
            .map(|declaration| declaration.symbol);
        Known {
            store,
            strange: matrices.collect(),
        }
    }

    /// Whether the checker can read the term.
    pub(super) fn is_readable(&self, term: TermId) -> bool {
        let mut seen = FxHashSet::default();
        let mut open = vec![term];
        while let Some(next) = open.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = self.store.node(next);
            let readable = match node {
                Node::Function(function, _) => {
                    hence_checker::knows_function(&function_name(*function))
                }
                Node::Symbol(symbol) | Node::Member(symbol, _) | Node::Call(symbol, ..) => {
                    !self.strange.contains(symbol)
                }
                _ => true,
            };
            if !readable {
                return false;
            }
            node.for_each_child(|child| open.push(child));
        }
        true
    }
}
