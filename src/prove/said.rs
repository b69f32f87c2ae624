//! Terms that are defined because a statement that holds speaks of them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::term::{Node, Proof, Relation, Store, TermId};
use crate::theory::domain::domain;
use crate::theory::facts::Facts;
use crate::theory::order;

/// Proofs of all that the term needs to be defined, besides the parts of it that stand in a
/// relation among the facts: a relation holds only where its terms have values.
pub fn defined(store: &mut Store, facts: &Facts, term: TermId) -> Option<Vec<Proof>> {
    let plain = needs(store, facts, term);
    if plain.is_some() {
        return plain;
    }
    let told = told(store, &facts.statements);
    let mut holes = FxHashMap::default();
    let mut stack = vec![term];
    let mut seen = FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next).clone();
        let atom = matches!(node, Node::Number(_) | Node::Constant(_) | Node::Symbol(_));
        if !atom && told.contains(&next) {
            let hole = store.fresh_symbol("s");
            holes.insert(next, store.add_node(Node::Symbol(hole)));
        } else if node.binds().is_none() {
            node.for_each_child(|child| stack.push(child));
        }
    }
    if holes.is_empty() {
        return None;
    }
    let rest = store.replace(term, &mut holes);
    needs(store, facts, rest)
}

fn needs(store: &mut Store, facts: &Facts, term: TermId) -> Option<Vec<Proof>> {
    let domain = domain(store, term);
    if !domain.complete {
        return None;
    }
    let decide = |condition| {
        order::decide(store, facts, condition)
            .or_else(|| super::sums::termwise(store, facts, condition))
    };
    domain.conditions.into_iter().map(decide).collect()
}

/// The terms of relations that hold, and their parts outside of binders.
fn told(store: &Store, statements: &[TermId]) -> FxHashSet<TermId> {
    let mut found = FxHashSet::default();
    let mut relations = statements.to_vec();
    let mut stack = Vec::new();
    while let Some(next) = relations.pop() {
        match store.node(next) {
            Node::And(parts) => relations.extend(parts.iter().copied()),
            Node::Relation(
                Relation::Equal | Relation::NotEqual | Relation::Less | Relation::LessEqual,
                a,
                b,
            ) => stack.extend([*a, *b]),
            _ => {}
        }
    }
    while let Some(next) = stack.pop() {
        if !found.insert(next) {
            continue;
        }
        let node = store.node(next);
        // A value of a case that is not met may be undefined.
        let strict = node.binds().is_none() && !matches!(node, Node::Piecewise(_));
        let strict = strict && !is_statement_or_set(node);
        if strict && !matches!(node, Node::Function(crate::term::Function::Indicator, _)) {
            node.for_each_child(|child| stack.push(child));
        }
    }
    found
}

fn is_statement_or_set(node: &Node) -> bool {
    matches!(
        node,
        Node::Relation(..)
            | Node::Element(..)
            | Node::And(_)
            | Node::Or(_)
            | Node::Not(_)
            | Node::ForAll(..)
            | Node::Range(..)
            | Node::Interval(..)
            | Node::Finite(_)
    )
}
