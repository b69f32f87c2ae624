//! From explanations of the e-graph to lines. An explanation is a row of terms: each is got from
//! the one before by a union, whose line is known, and then has its children replaced.

use std::rc::Rc;

use egg::TreeTerm;
use rustc_hash::FxHashMap;

use super::graph::Graph;
use super::language::{Operation, places};
use crate::prove::congruence::with_parts;
use crate::prove::line::Line;
use crate::term::Store;

type Tree = Rc<TreeTerm<Operation>>;

/// Turns explanations into lines.
pub struct Explainer<'g> {
    graph: &'g Graph,
    store: &'g mut Store,
    /// Lines of trees by their address: explanations share them.
    known: FxHashMap<*const TreeTerm<Operation>, Option<Line>>,
}

impl<'g> Explainer<'g> {
    /// For explanations of this graph.
    pub fn new(graph: &'g Graph, store: &'g mut Store) -> Self {
        Explainer {
            graph,
            store,
            known: FxHashMap::default(),
        }
    }

    /// The line of a row of terms; `None` where a union has no line.
    pub fn line(&mut self, row: &[Tree]) -> Option<Line> {
        let (first, others) = row.split_first()?;
        let mut line = self.children(first)?;
        for tree in others {
            let inner = self.children(tree)?;
            let (from, to) = (line.to, inner.from);
            if from != to {
                let union = match self.graph.lines.get(&(from, to)) {
                    Some(known) => known.clone(),
                    None => self.graph.lines.get(&(to, from))?.reversed(),
                };
                line.append(&union);
            }
            line.append(&inner);
        }
        Some(line)
    }

    /// The line from the tree's first term to its last: its children are replaced.
    fn children(&mut self, tree: &Tree) -> Option<Line> {
        let address = Rc::as_ptr(tree);
        if let Some(known) = self.known.get(&address) {
            return known.clone();
        }
        let result = self.replace(tree);
        self.known.insert(address, result.clone());
        result
    }

    fn replace(&mut self, tree: &Tree) -> Option<Line> {
        let mut lines = Vec::with_capacity(tree.child_proofs.len());
        for row in &tree.child_proofs {
            lines.push(self.line(row)?);
        }
        let first: Vec<_> = lines.iter().map(|line| line.from).collect();
        let heads = &self.graph.heads;
        let from = heads.build(self.store, tree.node.head(), &first)?;
        let places = places(self.store.node(from));
        let parts = places
            .into_iter()
            .zip(lines)
            .filter(|(_, line)| !line.is_still())
            .map(|(place, line)| (u32::try_from(place).unwrap_or(u32::MAX), line))
            .collect();
        Some(with_parts(self.store, from, parts))
    }
}
