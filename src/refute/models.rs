//! Assignments that satisfy hypotheses: small values first, then scattered ones; one letter of
//! each equation is worked out from the others.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::chance::Chances;
use super::guide::{Guide, Region};
use super::letters::{Kind, Letter};
use super::roots::roots;
use crate::number::{FloatInterval, Quadratic, Rational};
use crate::term::{Node, Store, Symbol, TermId};
use crate::theory::evaluate::{Evaluator, Mixer, Model, truth};

/// Values by round and letter: the small ones that tell most functions apart, and the borders.
const FIRST: [i64; 10] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29];

/// The most equations of which a letter is worked out.
const MOST_EQUATIONS: usize = 4;

/// The most solutions that are followed at a time.
const MOST_SOLUTIONS: usize = 6;

/// Digits for deciding hypotheses.
const DIGITS: u32 = 20;

/// Proposes assignments.
pub(super) struct Models<'a> {
    pub(super) store: &'a Store,
    pub(super) letters: &'a [Letter],
    /// What has to be surely true.
    pub(super) hypotheses: &'a [TermId],
    /// Unknown functions in whose place a smooth one may be put.
    pub(super) functions: &'a BTreeSet<Symbol>,
    /// Families of integers; whether of natural numbers.
    pub(super) whole: &'a BTreeMap<Symbol, bool>,
    /// Terms whose ranges must not be empty.
    pub(super) ranges: Vec<(TermId, TermId)>,
    /// The random symbols, if there are any.
    pub(super) chances: Option<&'a Chances>,
    /// How often the sides of an equation were worked out.
    pub(super) effort: Cell<u32>,
}

impl Models<'_> {
    /// The wish for a letter in a round.
    fn wish(letter: &Letter, place: usize, round: u32) -> Rational {
        let prime = FIRST.get(place % FIRST.len()).copied().unwrap_or(2);
        let small = i64::try_from(place % 7).unwrap_or(0);
        if letter.kind != Kind::Real {
            let value = match round {
                0 => 2 + small,
                1 => 3,
                2 => 1,
                3 => 0,
                4 => 4 + small,
                5 => -1,
                6 => 5,
                _ => {
                    let mut mixer = Mixer::new(u64::from(round), &letter.name);
                    i64::try_from(mixer.below(9)).unwrap_or(0) - 2
                }
            };
            return Rational::from(value);
        }
        let fraction = |n: i64, d: i64| Rational::new(n, d).unwrap_or_else(Rational::one);
        match round {
            0 => Rational::from(prime),
            1 => Rational::from(-prime),
            2 => fraction(1, prime),
            3 => Rational::zero(),
            4 => Rational::one(),
            5 => Rational::from(-1),
            6 => fraction(-1, prime),
            7 => Rational::from(if place.is_multiple_of(2) {
                prime
            } else {
                -prime
            }),
            8 => Rational::from(10 * prime + 1),
            9 => Rational::from(if place.is_multiple_of(2) { 0 } else { prime }),
            10 => Rational::from(if place.is_multiple_of(2) { -prime } else { 0 }),
            _ => {
                let mut mixer = Mixer::new(u64::from(round), &letter.name);
                mixer.mix(u64::try_from(place).unwrap_or(0));
                match mixer.below(4) {
                    0 => mixer.rational(true),
                    1 => mixer.rational(true).neg(),
                    _ => mixer.rational(false),
                }
            }
        }
    }

    /// The assignments of a round under a guide.
    pub(super) fn round(&self, guide: &Guide, round: u32) -> Vec<Model> {
        let mut model = Model::drawing(u64::from(round), self.functions, self.whole);
        let free = Region::default();
        let region = |atom: &TermId| guide.regions.get(atom).unwrap_or(&free);
        let mut wishes: Vec<(TermId, Rational)> = Vec::with_capacity(self.letters.len());
        for (place, letter) in self.letters.iter().enumerate() {
            let mut wish = Self::wish(letter, place, round);
            if self.chances.is_some() && letter.kind != Kind::Real {
                // Families have values for a few members only.
                let small = wish.to_i64().unwrap_or(1);
                wish = Rational::from(if small > 3 { small % 3 + 1 } else { small });
            }
            wishes.push((letter.atom, region(&letter.atom).fit(&wish)));
        }
        order(&mut wishes, guide);
        for (atom, value) in wishes {
            self.set(&mut model, atom, value.into());
        }
        if let Some(chances) = self.chances
            && !chances.draw(self.store, &mut model, round)
        {
            return Vec::new();
        }
        self.complete(guide, model, round)
    }

    /// The model with one letter given another value and the equations solved again.
    pub(super) fn changed(
        &self,
        guide: &Guide,
        model: &Model,
        atom: TermId,
        value: Quadratic,
        round: u32,
    ) -> Vec<Model> {
        let mut model = model.clone();
        self.set(&mut model, atom, value);
        self.complete(guide, model, round)
    }

    /// Gives a letter its value; the indices of a member are worked out first.
    pub(super) fn set(&self, model: &mut Model, atom: TermId, value: Quadratic) {
        if let Node::Member(symbol, indices) = self.store.node(atom) {
            let numbers: Option<Vec<i64>> = {
                let mut evaluator = Evaluator::<FloatInterval>::new(self.store, model, 53);
                indices
                    .iter()
                    .map(|i| {
                        let value = evaluator.real(*i).ok()?;
                        value.as_exact()?.to_i64()
                    })
                    .collect()
            };
            if let Some(numbers) = numbers {
                model.members.insert((*symbol, numbers), value);
            }
            return;
        }
        model.set(self.store, atom, value);
    }

    /// Works out one letter of each equation; only models at which all hypotheses are surely true.
    fn complete(&self, guide: &Guide, model: Model, round: u32) -> Vec<Model> {
        let mut done = Vec::new();
        if guide.equations.is_empty() {
            if self.satisfies(&model) {
                done.push(model);
            }
            return done;
        }
        for attempt in 0..3 {
            let pivots = self.pivots(guide, round.wrapping_add(attempt));
            let mut budget = 400;
            for model in self.solve(&pivots, model.clone(), &mut budget) {
                if self.satisfies(&model) {
                    done.push(model);
                }
            }
            if !done.is_empty() {
                break;
            }
        }
        done
    }

    /// For each equation the letter to solve it for; which one changes with `turn`.
    fn pivots(&self, guide: &Guide, turn: u32) -> Vec<(TermId, TermId, TermId)> {
        let mut used: Vec<TermId> = Vec::new();
        let mut pivots = Vec::new();
        for (a, b) in guide.equations.iter().take(MOST_EQUATIONS) {
            let mut candidates: Vec<&Letter> = self
                .letters
                .iter()
                .filter(|letter| {
                    !used.contains(&letter.atom)
                        && (contains(self.store, *a, letter.atom)
                            || contains(self.store, *b, letter.atom))
                })
                .collect();
            // A letter that stands alone on one side, then reals.
            candidates.sort_by_key(|letter| {
                (
                    letter.atom != *a && letter.atom != *b,
                    letter.kind != Kind::Real,
                )
            });
            if candidates.is_empty() {
                continue;
            }
            let turn = usize::try_from(turn).unwrap_or(0) % candidates.len();
            if let Some(letter) = candidates.get(turn) {
                used.push(letter.atom);
                pivots.push((*a, *b, letter.atom));
            }
        }
        pivots
    }

    /// Solves equations for their letters, the last one outermost.
    fn solve(
        &self,
        pivots: &[(TermId, TermId, TermId)],
        model: Model,
        budget: &mut u32,
    ) -> Vec<Model> {
        let Some(((a, b, atom), rest)) = pivots.split_last() else {
            return vec![model];
        };
        if *budget == 0 {
            return Vec::new();
        }
        *budget -= 1;
        let coupled = rest
            .iter()
            .any(|(c, d, _)| contains(self.store, *c, *atom) || contains(self.store, *d, *atom));
        let mut found = Vec::new();
        if coupled {
            // An equation that follows from the others holds for every value of its letter.
            let zero = Rational::zero();
            let mut as_drawn = self.solve(rest, model.clone(), budget);
            as_drawn.retain(|solved| self.difference(*a, *b, solved).as_ref() == Some(&zero));
            found.extend(as_drawn);
            let values = roots(|x| {
                let mut trial = model.clone();
                self.set(&mut trial, *atom, x.clone().into());
                let solved = self.solve(rest, trial, budget);
                self.difference(*a, *b, solved.first()?)
            });
            for value in values {
                let mut next = model.clone();
                self.set(&mut next, *atom, value);
                found.extend(self.solve(rest, next, budget));
            }
        } else {
            for solved in self.solve(rest, model, budget) {
                if self.difference(*a, *b, &solved) == Some(Rational::zero()) {
                    found.push(solved.clone());
                }
                let mut trial = solved.clone();
                let values = roots(|x| {
                    self.set(&mut trial, *atom, x.clone().into());
                    self.difference(*a, *b, &trial)
                });
                for value in values {
                    let mut next = solved.clone();
                    self.set(&mut next, *atom, value);
                    found.push(next);
                }
            }
        }
        found.truncate(MOST_SOLUTIONS);
        found
    }

    /// The exact difference of two terms.
    pub(super) fn difference(&self, a: TermId, b: TermId, model: &Model) -> Option<Rational> {
        self.effort.set(self.effort.get().saturating_add(1));
        let mut evaluator = Evaluator::<FloatInterval>::new(self.store, model, 53);
        let a = evaluator.real(a).ok()?;
        let a = a.as_exact()?;
        let b = evaluator.real(b).ok()?;
        Some(a.sub(b.as_exact()?))
    }

    /// Whether all hypotheses are surely true, and no range is empty.
    pub(super) fn satisfies(&self, model: &Model) -> bool {
        let whole = self.letters.iter().all(|letter| {
            let Node::Symbol(symbol) = self.store.node(letter.atom) else {
                return true;
            };
            match (letter.kind, model.symbols.get(symbol)) {
                (Kind::Real, _) => true,
                (Kind::Integer, Some(value)) => {
                    value.as_rational().is_some_and(Rational::is_integer)
                }
                (Kind::Natural, Some(value)) => {
                    value.as_rational().is_some_and(Rational::is_integer) && value.signum() >= 0
                }
                (_, None) => false,
            }
        });
        if !whole || !model.respects_sorts() {
            return false;
        }
        let nonempty = self.ranges.iter().all(|(low, high)| {
            let mut evaluator = Evaluator::<FloatInterval>::new(self.store, model, 53);
            match (evaluator.real(*low), evaluator.real(*high)) {
                (Ok(low), Ok(high)) => low.at_most(&high, 53) == Some(true),
                _ => true,
            }
        });
        nonempty
            && self.hypotheses.iter().all(|h| {
                let law = self.chances.is_some_and(|c| c.meets(self.store, model, *h));
                law || truth(self.store, *h, model, DIGITS) == Some(true)
            })
    }
}

/// Exchanges or shifts values so that the first of each pair is the smaller.
fn order(wishes: &mut [(TermId, Rational)], guide: &Guide) {
    let free = Region::default();
    for _ in 0..3 {
        for (a, b) in &guide.pairs {
            let place = |atom: &TermId| wishes.iter().position(|(other, _)| other == atom);
            let (Some(i), Some(j)) = (place(a), place(b)) else {
                continue;
            };
            let value = |i: usize| wishes.get(i).map(|(_, v)| v.clone());
            let (Some(x), Some(y)) = (value(i), value(j)) else {
                continue;
            };
            let region = |atom| guide.regions.get(atom).unwrap_or(&free);
            if x < y {
                continue;
            }
            let above = x.add(&Rational::one());
            let (x, y) = if x > y && region(a).holds(&y) && region(b).holds(&x) {
                (y, x)
            } else if region(b).holds(&above) {
                (x, above)
            } else {
                let below = y.sub(&Rational::one());
                (region(a).fit(&below), y)
            };
            if let Some(slot) = wishes.get_mut(i) {
                slot.1 = x;
            }
            if let Some(slot) = wishes.get_mut(j) {
                slot.1 = y;
            }
        }
    }
}

/// Whether a term holds another.
pub(super) fn contains(store: &Store, term: TermId, part: TermId) -> bool {
    if term == part {
        return true;
    }
    if term < part {
        // Children have smaller ids than their parents.
        return false;
    }
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if next == part {
            return true;
        }
        if next < part || !seen.insert(next) {
            continue;
        }
        store.node(next).for_each_child(|child| stack.push(child));
    }
    false
}
