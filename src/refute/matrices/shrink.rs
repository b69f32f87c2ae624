//! Simpler matrices at which a claim still fails.

use super::search::Matrices;
use super::solve::size_of;
use crate::number::{Quadratic, Rational};
use crate::refute::compare::Check;
use crate::term::Node;
use crate::theory::evaluate::{Model, Value};

/// Models tried.
const MOST: u32 = 60;

/// A model at which the claim fails, with the values of its sides.
type Failing = (Model, Value, Value);

/// Puts 0, 1 and other small numbers in place of entries and letters, one after the other, as long
/// as the model as a whole gets simpler.
pub(super) fn shrunk(matrices: &Matrices<'_>, failing: Failing, round: u32) -> Failing {
    let mut search = Shrink {
        matrices,
        best: failing,
        left: MOST,
        round,
    };
    search.arrays();
    search.numbers();
    let mut best = search.best;
    matrices.prune(&mut best.0);
    // Only what the failing claim looks at is reported.
    let _ = best.0.take_drawn();
    if let Check::Fails(left, right) = matrices.look(&best.0) {
        (best.1, best.2) = (left, right);
    }
    best
}

struct Shrink<'a, 'b> {
    matrices: &'a Matrices<'b>,
    best: Failing,
    left: u32,
    round: u32,
}

impl Shrink<'_, '_> {
    fn arrays(&mut self) {
        for letter in &self.matrices.arrays.letters {
            let key = (letter.symbol, letter.indices.clone());
            let Some((rows, columns)) = self.best.0.sizes.get(&letter.symbol).copied() else {
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
                    let current = self.best.0.arrays.get(&key).and_then(|e| e.get(*first));
                    let value = Quadratic::from(Rational::from(simple));
                    if current.is_none_or(|old| size_of(&value) >= size_of(old)) {
                        break;
                    }
                    let mut trial = self.best.0.clone();
                    if let Some(entries) = trial.arrays.get_mut(&key) {
                        for (place, sign) in &places {
                            if let Some(entry) = entries.get_mut(*place) {
                                *entry = Rational::from(simple * sign).into();
                            }
                        }
                    }
                    if self.take(trial) {
                        break;
                    }
                }
            }
        }
    }

    fn numbers(&mut self) {
        for letter in &self.matrices.scalars {
            let Node::Symbol(symbol) = self.matrices.store.node(letter.atom) else {
                continue;
            };
            for simple in [0, 1, 2, -1] {
                let value = Quadratic::from(Rational::from(simple));
                let current = self.best.0.symbols.get(symbol);
                if current.is_none_or(|old| size_of(&value) >= size_of(old)) {
                    continue;
                }
                let mut trial = self.best.0.clone();
                trial.symbols.insert(*symbol, value);
                if self.take(trial) {
                    break;
                }
            }
        }
    }

    /// Takes a model, with its equations mended, if it is simpler and the claim fails at it.
    fn take(&mut self, mut trial: Model) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let _ = trial.take_drawn();
        if self.matrices.mend(&mut trial, self.round).is_none()
            || cost(&trial) >= cost(&self.best.0)
        {
            return false;
        }
        match self.matrices.failing(trial) {
            Some(simpler) => {
                self.best = simpler;
                true
            }
            None => false,
        }
    }
}

fn cost(model: &Model) -> u64 {
    let entries = model.arrays.values().flatten();
    entries.chain(model.symbols.values()).map(size_of).sum()
}
