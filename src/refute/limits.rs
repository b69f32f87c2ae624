//! Limits are replaced by their values before anything is evaluated.

use rustc_hash::FxHashMap;

use crate::meaning::{Context, Goal, Shape};
use crate::term::{Node, Store, TermId};
use crate::theory::calculus::limit_under;
use crate::theory::facts::Facts;

/// The goal with the values of limits in the place of the limits that are under no binder; `None`
/// where there is no limit whose value is found.
pub fn without_limits(store: &mut Store, context: &Context, goal: &Goal) -> Option<Goal> {
    let Shape::Step(claim) = goal.shape else {
        return None;
    };
    let mut facts = Facts {
        statements: goal.hypotheses.clone(),
        ..Facts::default()
    };
    for declaration in &context.declarations {
        facts.sorts.insert(declaration.symbol, declaration.sort);
    }
    let mut table: FxHashMap<TermId, TermId> = FxHashMap::default();
    for limit in limits(store, claim) {
        if let Some(value) = limit_under(store, &facts, limit) {
            table.insert(limit, value);
        }
    }
    if table.is_empty() {
        return None;
    }
    let claim = store.replace(claim, &mut table);
    Some(Goal {
        shape: Shape::Step(claim),
        ..goal.clone()
    })
}

fn limits(store: &Store, term: TermId) -> Vec<TermId> {
    let mut found = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if matches!(node, Node::Limit(..)) {
            found.push(next);
        }
        if node.binds().is_none() {
            node.for_each_child(|child| stack.push(child));
        }
    }
    found
}
