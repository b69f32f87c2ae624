//! Factorials whose arguments differ by an integer are written over the smallest of them.

use rustc_hash::FxHashMap;

use super::congruence::congruence;
use super::engine::Engine;
use super::line::Line;
use crate::term::{Function, Node, Store, TermId};

/// By how much arguments may differ.
const LARGEST_STEP: i64 = 12;
/// How many factorials are compared.
const MOST: usize = 24;

/// Goes on along both lines, so that no two factorials in their ends differ by an integer in their
/// arguments, as far as the arguments are known to be natural numbers; whether anything changed.
pub fn over_the_smallest(engine: &mut Engine, left: &mut Line, right: &mut Line) -> bool {
    let mut found = Vec::new();
    for end in [left.to, right.to] {
        collect(engine.store, end, &mut found);
    }
    let mut table = FxHashMap::default();
    for factorial in &found {
        let Some(argument) = argument(engine.store, *factorial) else {
            continue;
        };
        let Some((smallest, step)) = smallest(engine, argument, &found) else {
            continue;
        };
        let line = unfold(engine, *factorial, smallest, step);
        if !line.is_still() {
            table.insert(*factorial, line);
        }
    }
    let mut changed = false;
    for line in [left, right] {
        let more = congruence(engine.store, line.to, &table, 64);
        changed |= !more.is_still();
        line.append(&more);
    }
    changed
}

/// The factorials in a term, outside binders, in order of first occurrence.
fn collect(store: &Store, term: TermId, found: &mut Vec<TermId>) {
    let mut stack = vec![term];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) || !store.is_closed(next) || found.len() >= MOST {
            continue;
        }
        let node = store.node(next);
        if matches!(node, Node::Function(Function::Factorial, _)) && !found.contains(&next) {
            found.push(next);
        }
        if node.binds().is_none() {
            node.for_each_child(|child| stack.push(child));
        }
    }
}

fn argument(store: &Store, factorial: TermId) -> Option<TermId> {
    match store.node(factorial) {
        Node::Function(Function::Factorial, arguments) => arguments.first().copied(),
        _ => None,
    }
}

/// The smallest argument that lies an integer below this one, and by how much.
fn smallest(engine: &mut Engine, of: TermId, all: &[TermId]) -> Option<(TermId, i64)> {
    let mut best: Option<(TermId, i64)> = None;
    for other in all {
        let Some(other) = argument(engine.store, *other) else {
            continue;
        };
        let difference = engine.field.constant_difference(engine.store, of, other);
        let Some(step) = difference.and_then(|d| d.to_i64()) else {
            continue;
        };
        if (1..=LARGEST_STEP).contains(&step) && best.is_none_or(|(_, most)| step > most) {
            best = Some((other, step));
        }
    }
    best
}

/// (m + step)! = (m + step)·(m + step − 1)!, and so on down to m!.
fn unfold(engine: &mut Engine, factorial: TermId, m: TermId, step: i64) -> Line {
    let mut line = Line::start(factorial);
    if step == 0 {
        return line;
    }
    let below = if step == 1 {
        m
    } else {
        let lower = engine.store.integer(step - 1);
        let sum = engine.store.add(&[m, lower]);
        engine.normal(sum).unwrap_or(sum)
    };
    if engine.by_rule(&mut line, "factorials.successor", &[("n", below)]) {
        let inner = engine.store.function(Function::Factorial, &[below]);
        let rest = unfold(engine, inner, m, step - 1);
        if !rest.is_still() {
            let mut table = FxHashMap::default();
            table.insert(inner, rest);
            let more = congruence(engine.store, line.to, &table, 64);
            line.append(&more);
        }
    }
    line
}
