//! Takes: the two sides of a step and equations among its hypotheses. Gives: a line from one side to the other that uses the equations, from either side and at any place.
//! Never: holds a term that may have no value where the hypotheses hold and both sides have one; uses hypotheses that contradict each other.
//! Start reading at: `graph.rs`, then `join.rs` and `saturate.rs`.
//!
//! It is used where directed rewriting of both sides does not settle a step. The terms of the two
//! sides and of the equations go into one e-graph; congruence closes it; classes are united where
//! polynomials in the kernels have one remainder by the ideal of all that is known to be equal.
//! Sums and products are flat and compared by that normal form alone: there are no rules of
//! associativity or commutativity. Every union has a line of small steps, and what comes out is
//! put together of those.

mod eliminate;
mod explain;
mod given;
mod graph;
mod join;
mod kernels;
mod language;
mod saturate;
#[cfg(test)]
mod tests;

use super::engine::Engine;
use super::line::Line;
use super::step;
use crate::refute::Budget;
use crate::term::{Node, Store, TermId};
use crate::theory::domain::domain;
use crate::theory::facts::Facts;
use eliminate::{Eliminated, eliminate};
use given::Equation;
use saturate::Saturation;

/// A line from a to b by the equations among the hypotheses. The facts must say that a and b are
/// defined.
pub fn equality(
    store: &mut Store,
    facts: &Facts,
    hypotheses: &[TermId],
    [a, b]: [TermId; 2],
    budget: &Budget,
) -> Option<Line> {
    if !given::is_plain(store, a) || !given::is_plain(store, b) {
        return None;
    }
    let given = given::equations(store, hypotheses, a, b);
    if given.is_empty() {
        return None;
    }
    // An equation is true only where its sides have values.
    let mut facts = facts.clone();
    for side in given.iter().flat_map(|e| [e.line.from, e.line.to]) {
        for condition in domain(store, side).conditions {
            if matches!(store.node(condition), Node::Truth(false)) {
                return None;
            }
            if !facts.statements.contains(&condition) {
                facts.statements.push(condition);
            }
        }
    }
    let mut engine = Engine::new(store, facts, (budget.nodes / 100).min(40));
    if let Some(line) = saturate(&mut engine, &given, [a, b], budget) {
        return Some(line);
    }
    let Eliminated {
        sides: [mut left, right],
        given,
    } = eliminate(&mut engine, &given, [a, b])?;
    let between = step::equality(&mut engine, left.to, right.to)
        .or_else(|| saturate(&mut engine, &given, [left.to, right.to], budget))?;
    left.append(&between);
    left.append(&right.reversed());
    Some(left)
}

fn saturate(
    engine: &mut Engine,
    given: &[Equation],
    ends: [TermId; 2],
    budget: &Budget,
) -> Option<Line> {
    if given.is_empty() {
        return None;
    }
    Saturation::new(engine, given, ends, budget)?.run(budget)
}
