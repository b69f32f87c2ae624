//! Points at which statements hold, near the places where they begin or cease to.

use std::collections::BTreeMap;

use crate::number::Quadratic;
use crate::term::{Store, TermId};
use crate::theory::evaluate::{Assignment, Model, truth};
use crate::theory::facts::Facts;
use crate::theory::order;

/// How many points are given at most.
const POINTS: usize = 24;

/// Points that satisfy the facts and the statements, each checked by evaluation: where equations
/// are solved, at the roots (rational ones, and square roots), between the places at which
/// inequalities change, and at small numbers for what is free.
#[must_use]
pub fn samples(store: &mut Store, facts: &Facts, statements: &[TermId]) -> Vec<Assignment> {
    let facts = facts.with(statements);
    let mut found: Vec<Assignment> = Vec::new();
    for point in order::points(store, &facts) {
        let point: BTreeMap<TermId, Quadratic> = point;
        let model = Model::of(store, &point);
        let holds = facts
            .statements
            .iter()
            .all(|s| truth(store, *s, &model, 30) == Some(true));
        if holds && !found.contains(&point) {
            found.push(point);
            if found.len() >= POINTS {
                break;
            }
        }
    }
    found
}
