//! Expectations of something of which nothing is known, as numbers without a name: what follows
//! whatever they are, follows.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::term::{Node, Store, TermId, print};
use crate::theory::probability::{Spelling, is_chance};

/// The expectations that a goal speaks of without saying of what, each with its letter.
#[derive(Debug, Default)]
pub(super) struct Opaque {
    letters: BTreeMap<TermId, TermId>,
    /// Those that stand in a relation that is known to hold, so that they have a value.
    known: FxHashSet<TermId>,
}

impl Opaque {
    /// The parts of a hypothesis that have a meaning once such expectations are letters.
    pub(super) fn hypotheses(
        &mut self,
        store: &mut Store,
        spelling: &mut Spelling,
        statement: TermId,
    ) -> Vec<TermId> {
        let parts = match store.node(statement) {
            Node::And(parts) => parts.to_vec(),
            _ => vec![statement],
        };
        let mut found = Vec::new();
        for part in parts {
            if !matches!(store.node(part), Node::Relation(..)) {
                continue;
            }
            let covered = self.covered(store, spelling, part, true);
            found.extend(covered.and_then(|part| spelling.term(store, part)));
        }
        found
    }

    /// The claim with letters for the expectations that a hypothesis speaks of.
    pub(super) fn claim(
        &mut self,
        store: &mut Store,
        spelling: &mut Spelling,
        claim: TermId,
    ) -> Option<TermId> {
        self.covered(store, spelling, claim, false)
    }

    fn covered(
        &mut self,
        store: &mut Store,
        spelling: &mut Spelling,
        term: TermId,
        holds: bool,
    ) -> Option<TermId> {
        let mut table = FxHashMap::default();
        let mut stack = vec![term];
        let mut seen = FxHashSet::default();
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = store.node(next).clone();
            if matches!(&node, Node::Function(function, _) if is_chance(*function)) {
                if spelling.term(store, next).is_some() {
                    continue;
                }
                if holds {
                    self.known.insert(next);
                } else if !self.known.contains(&next) {
                    return None;
                }
                let letter = *self.letters.entry(next).or_insert_with(|| {
                    let name = print(store, next);
                    let symbol = store.fresh_symbol(&name);
                    store.add_node(Node::Symbol(symbol))
                });
                table.insert(next, letter);
                continue;
            }
            // Within a binder it may stand for many numbers, in a case for none.
            if node.binds().is_none() && !matches!(node, Node::Piecewise(_)) {
                node.for_each_child(|child| stack.push(child));
            }
        }
        Some(store.replace(term, &mut table))
    }
}
