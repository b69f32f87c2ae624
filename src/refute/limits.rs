//! Limits and series are replaced by their values before anything is evaluated.

use rustc_hash::FxHashMap;

use crate::meaning::{Context, Goal, Shape};
use crate::term::{Node, Relation, Store, TermId};
use crate::theory::calculus::limit_under;
use crate::theory::facts::Facts;
use crate::theory::field::{Assumed, Field};
use crate::theory::power_series::{PowerSeries, is_endless};

/// The goal with the values of limits and series in the place of those that are under no binder;
/// `None` where there is none whose value is found.
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
        let value = limit_under(store, &facts, limit).or_else(|| series(store, &facts, limit));
        if let Some(value) = value {
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

/// The sum of a series of polynomials times powers, where it converges.
fn series(store: &mut Store, facts: &Facts, term: TermId) -> Option<TermId> {
    let Node::Sum(_, _, from, to, condition) = *store.node(term) else {
        return None;
    };
    if !is_endless(store, to) || !matches!(store.node(condition), Node::Truth(true)) {
        return None;
    }
    let (symbol, scope) = store.open_fresh(term)?;
    let mut field = Field::new(Assumed::of(store, facts));
    let series = PowerSeries::read(store, &mut field, *scope.first()?, symbol, from)?;
    let value = series.sum(store);
    let (low, high) = (store.integer(-1), store.integer(1));
    let mut small = Vec::new();
    for powers in &series.geometric {
        small.push(store.relation(Relation::Less, low, powers.base));
        small.push(store.relation(Relation::Less, powers.base, high));
    }
    if small.is_empty() {
        return Some(value);
    }
    let converges = store.add_node(Node::And(small.into()));
    Some(store.add_node(Node::Piecewise([value, converges].into())))
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
        if matches!(node, Node::Limit(..) | Node::Sum(..)) {
            found.push(next);
        }
        if node.binds().is_none() {
            node.for_each_child(|child| stack.push(child));
        }
    }
    found
}
