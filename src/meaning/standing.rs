//! What holds at a place of the document: the scope, and the statements that are taken as true.

use std::collections::{BTreeMap, BTreeSet};

use crate::syntax::Tree;
use crate::term::{Node, Store, Symbol, TermId};

use super::elaborate::Head;
use super::goal::{Context, Property};
use super::scope::{Definition, Scope};

/// A statement as it is with all definitions written out, and with the declared ones alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    /// With all definitions written out.
    pub(super) full: TermId,
    /// With what the document's own lines define left as it is written.
    pub(super) declared: TermId,
}

/// What holds at a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    /// Every declaration and definition.
    pub(super) scope: Scope,
    /// The declared ones alone (CONTRACT §3), for lines that are carried forward.
    pub(super) declared: Scope,
    /// Assumptions to the end of the section.
    pub(super) assumptions: Vec<Stated>,
    /// Assumptions until the next of their kind.
    pub(super) case: Vec<Stated>,
    /// What such assumptions say of matrices.
    pub(super) case_qualities: Vec<(Symbol, Property)>,
    /// What such assumptions said that ended: nothing is proved from it.
    pub(super) ended: Vec<TermId>,
    /// Rules that the document's own lines define (recurrences).
    pub(super) rules: Vec<TermId>,
    /// Families and functions for which a rule is known.
    pub(super) ruled: BTreeSet<Symbol>,
    /// The members of families that were met, with letters as indices too.
    members: BTreeSet<TermId>,
    /// Whether a line of the document has defined something.
    pub(super) own: bool,
    /// Whether some of the context could not be read.
    pub(super) unread: bool,
    /// Letters of which a sentence says something that is not read.
    pub(super) restricted: BTreeSet<Symbol>,
    /// Statements that sentences mention, from which nothing is proved.
    pub(super) remarks: Vec<TermId>,
    /// Rules that this block has for itself: how many stand before them, and their families.
    block_rules: Option<usize>,
    block_ruled: Vec<Symbol>,
    /// What was defined before for symbols that this block defines for itself.
    undo: BTreeMap<Symbol, Option<Vec<Definition>>>,
    /// Unknown functions of this block.
    unknown: Vec<Symbol>,
    /// Names that only this block has met.
    unmet: Vec<String>,
}

impl Standing {
    /// Whether `head = e` would define the head.
    pub(super) fn is_fresh(&self, store: &Store, head: &Head) -> bool {
        if self.ruled.contains(&head.symbol) {
            return false;
        }
        if !head.applied && !head.parameters.is_empty() {
            // Another member of its family may have been met, but not this one.
            return !self.members.contains(&head.term)
                && !self.has_rule(head.symbol)
                && !self.scope.is_defined(store, head);
        }
        self.scope.is_fresh(store, head)
    }

    /// Remembers the members of families that stand in a term.
    pub(super) fn meet_members(&mut self, store: &Store, term: TermId) {
        let mut seen = BTreeSet::new();
        let mut stack = vec![term];
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = store.node(next);
            if matches!(node, Node::Member(..)) {
                self.members.insert(next);
            }
            node.for_each_child(|child| stack.push(child));
        }
    }

    /// Whether nothing is known of this member though others of its family were met.
    pub(super) fn is_new_member(
        &self,
        store: &Store,
        member: TermId,
        family: Symbol,
        indices: &[TermId],
    ) -> bool {
        let known = self.members.contains(&member)
            || self.ruled.contains(&family)
            || self.scope.sort_of(family).is_some()
            || self.scope.has_definition(store, family, indices)
            || indices
                .iter()
                .any(|index| !matches!(store.node(*index), Node::Number(_)));
        let runs = |other: &TermId| match store.node(*other) {
            Node::Member(symbol, indices) => {
                *symbol == family
                    && indices
                        .iter()
                        .any(|index| !matches!(store.node(*index), Node::Number(_)))
            }
            _ => false,
        };
        !known && !self.members.iter().any(runs)
    }

    /// Whether a definition or rule for the head is known.
    pub(super) fn is_defined(&self, store: &Store, head: &Head) -> bool {
        self.ruled.contains(&head.symbol) || self.scope.is_defined(store, head)
    }

    /// Remembers what is known of a head, to be put back by [`Standing::leave_block`].
    pub(super) fn remember(&mut self, head: &Head) {
        if !self.scope.is_met(head) {
            self.unmet.push(head.key.clone());
        }
        self.undo
            .entry(head.symbol)
            .or_insert_with(|| self.scope.definitions.get(&head.symbol).cloned());
    }

    /// Looks at the trees of a block ahead: what is differentiated and defined by nothing, not by
    /// the block itself either, is an unknown function until the block ends.
    pub(super) fn enter_block(
        &mut self,
        store: &mut Store,
        trees: &[&Tree],
        planned: &[Head],
    ) -> Vec<String> {
        let placeholder = store.integer(0);
        let mut held = Vec::new();
        for head in planned {
            for scope in [&mut self.scope, &mut self.declared] {
                if !scope.definitions.contains_key(&head.symbol) && scope.hold(head, placeholder) {
                    held.push(head.symbol);
                }
            }
        }
        let before: BTreeSet<Symbol> = self.scope.definitions.keys().copied().collect();
        let notes = self.scope.enter_block(store, trees);
        let _ = self.declared.enter_block(store, trees);
        for symbol in held {
            self.scope.definitions.remove(&symbol);
            self.declared.definitions.remove(&symbol);
        }
        let found = self
            .scope
            .definitions
            .keys()
            .filter(|s| !before.contains(s));
        self.unknown.extend(found.copied());
        notes
    }

    /// Whether the block has unknown functions.
    pub(super) fn has_unknown(&self) -> bool {
        !self.unknown.is_empty()
    }

    /// Forgets what was defined for the block alone.
    pub(super) fn leave_block(&mut self) {
        for symbol in self.unknown.drain(..) {
            self.scope.definitions.remove(&symbol);
            self.declared.definitions.remove(&symbol);
        }
        for (symbol, before) in std::mem::take(&mut self.undo) {
            match before {
                Some(before) => {
                    self.scope.definitions.insert(symbol, before);
                }
                None => {
                    self.scope.definitions.remove(&symbol);
                }
            }
        }
        if let Some(before) = self.block_rules.take() {
            self.rules.truncate(before);
        }
        for symbol in self.block_ruled.drain(..) {
            self.ruled.remove(&symbol);
        }
        for key in self.unmet.drain(..) {
            self.scope.met.remove(&key);
        }
    }

    /// Whether a definition with a letter for the index is known.
    pub(super) fn has_rule(&self, symbol: Symbol) -> bool {
        self.scope
            .definitions
            .get(&symbol)
            .is_some_and(|all| all.iter().any(|one| !one.parameters.is_empty()))
    }

    /// An equation for all members of families rules them until the block ends.
    pub(super) fn rule_for_block(&mut self, store: &Store, statement: TermId) {
        let Node::ForAll(_, body, _) = store.node(statement) else {
            return;
        };
        if !matches!(
            store.node(*body),
            Node::Relation(crate::term::Relation::Equal, ..)
        ) {
            return;
        }
        for symbol in families(store, *body) {
            if self.ruled.insert(symbol) {
                self.block_ruled.push(symbol);
            }
        }
    }

    /// Adds a rule of the document's own.
    pub(super) fn add_rule(&mut self, symbol: Symbol, rule: TermId, for_block: bool) {
        if for_block {
            self.block_rules.get_or_insert(self.rules.len());
            if self.ruled.insert(symbol) {
                self.block_ruled.push(symbol);
            }
            self.rules.push(rule);
            return;
        }
        self.ruled.insert(symbol);
        match &mut self.block_rules {
            Some(before) => {
                self.rules.insert(*before, rule);
                *before += 1;
            }
            None => self.rules.push(rule),
        }
    }

    /// The context of a step: sorts, assumptions and laws.
    pub(super) fn context(&self) -> Context {
        let mut context = Context {
            declarations: self.scope.declarations(),
            assumptions: Vec::new(),
            laws: self.scope.laws().to_vec(),
            remarks: self.remarks.iter().chain(&self.ended).copied().collect(),
        };
        for stated in self.assumptions.iter().chain(&self.case) {
            if !context.assumptions.contains(&stated.full) {
                context.assumptions.push(stated.full);
            }
        }
        context
    }
}

/// The symbols of indices in a term: letters that stand in the indices of families.
pub(super) fn index_letters(store: &Store, term: TermId) -> BTreeSet<Symbol> {
    let mut letters = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if let Node::Member(_, indices) = node {
            for index in indices {
                letters.extend(store.symbols(*index));
            }
        }
        node.for_each_child(|child| stack.push(child));
    }
    letters
}

/// The families that stand in a term.
pub(super) fn families(store: &Store, term: TermId) -> BTreeSet<Symbol> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if let Node::Member(symbol, _) | Node::Call(symbol, _, _) = node {
            found.insert(*symbol);
        }
        node.for_each_child(|child| stack.push(child));
    }
    found
}

/// Whether `part` stands in `term`.
pub(super) fn contains(store: &Store, term: TermId, part: TermId) -> bool {
    let mut seen = BTreeSet::new();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if next == part {
            return true;
        }
        // Children have smaller ids than their parents.
        if next < part || !seen.insert(next) {
            continue;
        }
        store.node(next).for_each_child(|child| stack.push(child));
    }
    false
}
