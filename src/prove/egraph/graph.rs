//! The e-graph of one step: terms with a value wherever the step is looked at, their classes, and
//! the line that justifies each union.

use egg::{EGraph, Id};
use rustc_hash::FxHashMap;

use super::explain::Explainer;
use super::language::{Heads, Operation, arguments};
use crate::prove::line::Line;
use crate::term::{Limit, Node, Store, TermId};

/// Terms and their classes.
pub struct Graph {
    pub(super) egg: EGraph<Operation, ()>,
    pub(super) heads: Heads,
    /// The lines of unions, by their ends.
    pub(super) lines: FxHashMap<(TermId, TermId), Line>,
    ids: FxHashMap<TermId, Id>,
    terms: Vec<TermId>,
    limit: usize,
}

impl Graph {
    /// Without terms; it takes no more than `limit` of them.
    pub fn new(limit: usize) -> Self {
        Graph {
            egg: EGraph::new(())
                .with_explanations_enabled()
                .without_explanation_length_optimization(),
            heads: Heads::default(),
            lines: FxHashMap::default(),
            ids: FxHashMap::default(),
            terms: Vec::new(),
            limit,
        }
    }

    /// The terms in the order in which they came.
    pub fn terms(&self) -> &[TermId] {
        &self.terms
    }

    /// Puts in a term and its parts. The caller vouches that it has a value wherever the
    /// hypotheses hold and both sides of the step have one. `None` where there is no more room.
    pub fn insert(&mut self, store: &mut Store, term: TermId) -> Option<Id> {
        if let Some(id) = self.ids.get(&term) {
            return Some(*id);
        }
        if self.terms.len() >= self.limit {
            let limit = u64::try_from(self.limit).unwrap_or(u64::MAX);
            store.meter().note(Limit::Nodes, limit);
            return None;
        }
        let node = store.node(term).clone();
        let mut children = Vec::new();
        for child in arguments(&node) {
            children.push(self.insert(store, child)?);
        }
        let head = self.heads.number(store, &node);
        // Not the class but this very term, so that explanations are about it.
        let id = self.egg.add_uncanonical(Operation::new(head, children));
        self.ids.insert(term, id);
        self.terms.push(term);
        Some(id)
    }

    /// Unites the classes of a line's ends; whether they were two.
    pub fn unite(&mut self, store: &mut Store, line: Line) -> bool {
        let ends = (line.from, line.to);
        let (Some(from), Some(to)) = (self.insert(store, ends.0), self.insert(store, ends.1))
        else {
            return false;
        };
        if self.egg.find(from) == self.egg.find(to) {
            return false;
        }
        self.lines.entry(ends).or_insert(line);
        self.egg.union_trusted(from, to, "line")
    }

    /// Draws the conclusions by congruence.
    pub fn rebuild(&mut self) {
        self.egg.rebuild();
    }

    /// The class of a term.
    pub fn class(&self, term: TermId) -> Option<Id> {
        self.ids.get(&term).map(|id| self.egg.find(*id))
    }

    /// Whether both are in one class.
    pub fn same(&self, a: TermId, b: TermId) -> bool {
        self.class(a)
            .is_some_and(|class| Some(class) == self.class(b))
    }

    /// The classes of two or more terms, in the order of their first terms.
    pub fn classes(&self) -> Vec<Vec<TermId>> {
        let mut order: Vec<Vec<TermId>> = Vec::new();
        let mut place: FxHashMap<Id, usize> = FxHashMap::default();
        for term in &self.terms {
            let Some(class) = self.class(*term) else {
                continue;
            };
            let at = *place.entry(class).or_insert_with(|| {
                order.push(Vec::new());
                order.len() - 1
            });
            order[at].push(*term);
        }
        order.retain(|class| class.len() > 1);
        order
    }

    /// Whether two numbers are in one class: then the hypotheses hold nowhere.
    pub fn is_contradictory(&self, store: &Store) -> bool {
        self.classes().iter().any(|class| {
            let numbers = class
                .iter()
                .filter(|term| matches!(store.node(**term), Node::Number(_)));
            numbers.count() > 1
        })
    }

    /// A line from one term to another of its class.
    pub fn line(&mut self, store: &mut Store, a: TermId, b: TermId) -> Option<Line> {
        if a == b {
            return Some(Line::start(a));
        }
        let (from, to) = (*self.ids.get(&a)?, *self.ids.get(&b)?);
        if self.egg.find(from) != self.egg.find(to) {
            return None;
        }
        let explanation = self.egg.explain_id_equivalence(from, to);
        let line = Explainer::new(self, store).line(&explanation.explanation_trees)?;
        (line.from == a && line.to == b).then_some(line)
    }
}
