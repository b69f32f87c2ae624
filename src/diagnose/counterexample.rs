//! A counterexample as it is written in reports.

use crate::judge::{Judged, Why};
use crate::meaning::{Goal, Role, Shape, Step};
use crate::number::Rational;
use crate::term::{Node, Store, TermId, print};
use crate::theory::evaluate::Value;

use super::finding::Witness;

/// The counterexample of a refuted step.
pub(super) fn witness(store: &mut Store, step: &Step, judged: &Judged) -> Option<Witness> {
    let Why::Counterexample(found) = &judged.why else {
        return None;
    };
    let assignment = found
        .assignment
        .iter()
        .filter(|(atom, _)| is_shown(store, **atom))
        .map(|(atom, value)| (print(store, *atom), value.to_string()))
        .collect();
    let (left, right) = (value(&found.left), value(&found.right));
    let _ = step;
    Some(Witness {
        assignment,
        left,
        right,
    })
}

/// A value in words: exact, or as an enclosing interval.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Exact(x) => x.to_string(),
        Value::Between(low, high) => between(low, high),
        Value::Undefined => "undefined".to_owned(),
        Value::Truth(true) => "true".to_owned(),
        Value::Truth(false) => "false".to_owned(),
        Value::Unknown => "not known".to_owned(),
    }
}

/// An enclosure, by the digits on which both ends agree, or by its ends.
fn between(low: &Rational, high: &Rational) -> String {
    for places in (0..=6).rev() {
        let (a, b) = (low.round(places), high.round(places));
        if a == b {
            return format!("≈ {}", a.to_decimal(places));
        }
    }
    format!("between {low} and {high}")
}

/// Internal symbols (with a `#` in their name) are not shown.
fn is_shown(store: &Store, atom: TermId) -> bool {
    match store.node(atom) {
        Node::Symbol(s) | Node::Member(s, _) | Node::Call(s, _, _) => !store.name(*s).contains('#'),
        _ => true,
    }
}

/// Whether the step's goal speaks of closed numbers alone.
pub(super) fn is_closed(store: &Store, step: &Step) -> bool {
    goal(step).is_some_and(|goal| match &goal.shape {
        Shape::Step(t) | Shape::Statement(t) => store.symbols(*t).is_empty(),
        Shape::Rounded { .. } => true,
        _ => false,
    })
}

/// The goal of a step, if it has one.
pub(super) fn goal(step: &Step) -> Option<&Goal> {
    match &step.role {
        Role::Premise(goal) | Role::Claim(goal) | Role::Follows(goal, _) => Some(goal),
        _ => None,
    }
}
