//! Simpler matrices at which a claim still fails.

use super::search::Matrices;
use super::solve::size_of;
use crate::number::{Quadratic, Rational};
use crate::term::Node;
use crate::theory::evaluate::{Model, Value};

/// Models tried.
const MOST: u32 = 60;

/// A model at which the claim fails, with the values of its sides.
type Failing = (Model, Value, Value);

/// Puts 0, 1 and other small numbers in place of entries and letters, one after the other.
pub(super) fn shrunk(matrices: &Matrices<'_>, failing: Failing) -> Failing {
    let mut best = failing;
    let mut left = MOST;
    for letter in &matrices.arrays.letters {
        let key = (letter.symbol, letter.indices.clone());
        let Some((rows, columns)) = best.0.sizes.get(&letter.symbol).copied() else {
            continue;
        };
        let Some(space) = letter.form.space(rows, columns) else {
            continue;
        };
        for places in space {
            for simple in [0, 1, 2] {
                let Some((first, _)) = places.first() else {
                    break;
                };
                let current = best.0.arrays.get(&key).and_then(|e| e.get(*first));
                let value = Quadratic::from(Rational::from(simple));
                let gain = current.is_some_and(|old| size_of(&value) < size_of(old));
                if !gain || left == 0 {
                    break;
                }
                left -= 1;
                let mut trial = best.0.clone();
                let _ = trial.take_drawn();
                if let Some(entries) = trial.arrays.get_mut(&key) {
                    for (place, sign) in &places {
                        if let Some(entry) = entries.get_mut(*place) {
                            *entry = Rational::from(simple * sign).into();
                        }
                    }
                }
                matrices.unroll(&mut trial);
                if let Some(simpler) = matrices.failing(trial) {
                    best = simpler;
                    break;
                }
            }
        }
    }
    for letter in &matrices.scalars {
        let Node::Symbol(symbol) = matrices.store.node(letter.atom) else {
            continue;
        };
        for simple in [0, 1, 2, -1] {
            let value = Quadratic::from(Rational::from(simple));
            let current = best.0.symbols.get(symbol);
            let gain = current.is_some_and(|old| size_of(&value) < size_of(old));
            if !gain || left == 0 {
                continue;
            }
            left -= 1;
            let mut trial = best.0.clone();
            let _ = trial.take_drawn();
            trial.symbols.insert(*symbol, value);
            matrices.unroll(&mut trial);
            if let Some(simpler) = matrices.failing(trial) {
                best = simpler;
                break;
            }
        }
    }
    // Only what the failing claim looks at is reported.
    let _ = best.0.take_drawn();
    match matrices.failing(best.0.clone()) {
        Some(again) => again,
        None => best,
    }
}
