//! Expectations under a derivative by a letter on which their law depends: they stand for what the
//! context gives them as functions of that letter.

use rustc_hash::FxHashMap;

use super::law::Laws;
use super::matching::matches;
use crate::term::{Function, Node, Relation, Store, TermId};

/// The body of a derivative by the letter at `at`, with `variable` for it, in which each moment
/// that the statements give is replaced by its value there; others stay.
pub(super) fn given_moments(
    store: &mut Store,
    statements: &[TermId],
    laws: &Laws,
    body: TermId,
    (variable, at): (TermId, TermId),
) -> TermId {
    let mut table = FxHashMap::default();
    let mut stack = vec![body];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next).clone();
        if matches!(node, Node::Function(Function::Expectation, _)) && store.is_closed(next) {
            if let Some(value) = moment(store, statements, laws, next) {
                let value = moved(store, value, (variable, at));
                table.insert(next, value);
            }
            continue;
        }
        if node.binds().is_some() {
            continue;
        }
        node.for_each_child(|child| stack.push(child));
    }
    if !table.is_empty() {
        return store.replace(body, &mut table);
    }
    // Within binders one by one.
    let mut changed = |store: &mut Store, child: TermId| {
        if child == body {
            child
        } else {
            given_moments(store, statements, laws, child, (variable, at))
        }
    };
    if matches!(store.node(body), Node::Function(Function::Expectation, _)) {
        return body;
    }
    store.map(body, &mut changed)
}

/// What the statements give for E[…], or for a product of two members of an independent family.
fn moment(store: &mut Store, statements: &[TermId], laws: &Laws, mean: TermId) -> Option<TermId> {
    if let Some(value) = statements.iter().find_map(|s| instance(store, *s, mean)) {
        return Some(value);
    }
    let Node::Function(_, arguments) = store.node(mean).clone() else {
        return None;
    };
    let Node::Mul(factors) = store.node(*arguments.first()?).clone() else {
        return None;
    };
    let [a, b] = *factors else {
        return None;
    };
    let (Node::Member(family, i), Node::Member(other, j)) = (store.node(a), store.node(b)) else {
        return None;
    };
    let ([i], [j], true) = (i.as_ref(), j.as_ref(), family == other) else {
        return None;
    };
    let (family, i, j) = (*family, *i, *j);
    let alone = laws.independent.iter().any(|law| {
        matches!(law.as_slice(), [one] if matches!(store.node(*one), Node::Member(s, indices)
            if *s == family && indices.len() == 1
                && matches!(store.node(indices[0]), Node::Symbol(_))))
    });
    if !alone {
        return None;
    }
    // E[X_i X_j] = E[X_i] E[X_j] + δ_ij (E[X_i²] − E[X_i]²)
    let two = store.integer(2);
    let square = store.pow(a, two);
    let [left, right, both] =
        [a, b, square].map(|part| store.function(Function::Expectation, &[part]));
    let mut known = Vec::new();
    for part in [left, right, both] {
        known.push(statements.iter().find_map(|s| instance(store, *s, part))?);
    }
    let [left, right, both] = known.try_into().ok()?;
    let product = store.mul(&[left, right]);
    let own = store.mul(&[left, left]);
    let spread = store.sub(both, own);
    let delta = store.function(Function::KroneckerDelta, &[i, j]);
    let more = store.mul(&[delta, spread]);
    Some(store.add(&[product, more]))
}

/// The other side of an equation for this mean, or of one for all integers of which it is a case.
fn instance(store: &mut Store, statement: TermId, mean: TermId) -> Option<TermId> {
    let (letter, body) = match *store.node(statement) {
        Node::ForAll(_, _, set) if matches!(store.node(set), Node::Integers) => {
            let (symbol, scope) = store.open_fresh(statement)?;
            (Some(symbol), *scope.first()?)
        }
        _ => (None, statement),
    };
    let Node::Relation(Relation::Equal, a, b) = *store.node(body) else {
        return None;
    };
    if a == mean {
        return Some(b);
    }
    let letter = letter?;
    let mut found = Vec::new();
    if !matches(store, a, mean, &[letter], &mut found) {
        return None;
    }
    let (_, place) = *found.first()?;
    Some(store.substitute(b, letter, place))
}

/// The value with the variable for what is differentiated by: ω_k becomes ω_k + δ_ki (v − ω_i).
fn moved(store: &mut Store, value: TermId, (variable, at): (TermId, TermId)) -> TermId {
    let mut table = FxHashMap::default();
    let mut stack = vec![value];
    while let Some(next) = stack.pop() {
        let node = store.node(next).clone();
        if next == at {
            table.insert(next, variable);
            continue;
        }
        if let (Node::Member(s, i), Node::Member(t, j)) = (&node, store.node(at).clone())
            && *s == t
            && let ([k], [i]) = (i.as_ref(), j.as_ref())
        {
            let delta = store.function(Function::KroneckerDelta, &[*k, *i]);
            let off = store.sub(variable, at);
            let change = store.mul(&[delta, off]);
            let there = store.add(&[next, change]);
            table.insert(next, there);
            continue;
        }
        node.for_each_child(|child| stack.push(child));
    }
    store.replace(value, &mut table)
}
