//! Expectations and probabilities over the finitely many outcomes of a model, and the laws that
//! its random symbols must obey.

use super::evaluate::Evaluator;
use super::real::Real;
use super::stop::{Found, Stop};
use crate::kernel::term::{Binder, Head, Id};

/// The most combinations of values that are looked at for a law.
const COMBINATIONS: usize = 20_000;

/// A random symbol or a member of a random family: its name, and its indices without the outcome.
type Atom = ((u32, usize), Vec<i64>);

const STRANGE: Stop = Stop::Unknown("a law of chance");

impl Evaluator<'_> {
    /// The mean of what `at` gives at each outcome.
    fn mean(&mut self, mut at: impl FnMut(&mut Self, i64) -> Found<Real>) -> Found<Real> {
        let weights = &self.meaning.weights;
        if weights.is_empty() {
            return Err(Stop::Unknown("a mean without outcomes"));
        }
        let mut total = Real::integer(0);
        for (weight, outcome) in weights.iter().zip(1..) {
            let value = at(self, outcome)?;
            let part = value.mul(&Real::Exact(weight.clone()), self.bits)?;
            total = total.add(&part, self.bits)?;
        }
        Ok(total)
    }

    fn at(&mut self, variable: Id, outcome: i64, event: bool) -> Found<Real> {
        if !matches!(self.terms.head(variable), Head::Binder(Binder::Outcomes, _)) {
            return Err(STRANGE);
        }
        let (symbol, opened) = self.open(variable)?;
        let body = opened.first().copied().ok_or(STRANGE)?;
        self.with(symbol, Real::integer(outcome), |inner| {
            if event {
                Ok(Real::integer(i64::from(inner.truth(body, true)?)))
            } else {
                inner.value(body)
            }
        })
    }

    fn covariance(&mut self, u: Id, v: Id) -> Found<Real> {
        let bits = self.bits;
        let both = self.mean(|e, w| e.at(u, w, false)?.mul(&e.at(v, w, false)?, bits))?;
        let a = self.mean(|e, w| e.at(u, w, false))?;
        let b = self.mean(|e, w| e.at(v, w, false))?;
        both.add(&a.mul(&b, bits)?.neg(), bits)
    }

    /// The means of f and of f² over the outcomes at which g is y.
    fn given(&mut self, [f, g, y]: [Id; 3]) -> Found<(Real, Real)> {
        let bits = self.bits;
        let wanted = self.value(y)?;
        let weights = self.meaning.weights.clone();
        let (mut total, mut mean) = (Real::integer(0), Real::integer(0));
        let mut square = Real::integer(0);
        for (weight, outcome) in weights.iter().zip(1..) {
            let there = self.at(g, outcome, false)?;
            if there.compare(&wanted, bits)? != std::cmp::Ordering::Equal {
                continue;
            }
            let weight = Real::Exact(weight.clone());
            let value = self.at(f, outcome, false)?;
            let part = value.mul(&weight, bits)?;
            total = total.add(&weight, bits)?;
            mean = mean.add(&part, bits)?;
            square = square.add(&part.mul(&value, bits)?, bits)?;
        }
        // Where g is never y, nothing is the mean.
        let over = total.reciprocal(bits)?;
        Ok((mean.mul(&over, bits)?, square.mul(&over, bits)?))
    }

    /// E, Var, Cov, P and their kin; `None` for other functions.
    pub(super) fn chance(&mut self, name: &str, args: &[Id]) -> Option<Found<Real>> {
        let bits = self.bits;
        Some(match (name, args) {
            ("expectation", [u]) => self.mean(|e, w| e.at(*u, w, false)),
            ("variance", [u]) => self.covariance(*u, *u),
            ("covariance", [u, v]) => self.covariance(*u, *v),
            ("probability", [a]) => self.mean(|e, w| e.at(*a, w, true)),
            ("conditionalprobability", [a, b]) => (|| {
                let both = self.mean(|e, w| e.at(*a, w, true)?.mul(&e.at(*b, w, true)?, bits))?;
                let below = self.mean(|e, w| e.at(*b, w, true))?;
                both.mul(&below.reciprocal(bits)?, bits)
            })(),
            ("correlation", [u, v]) => (|| {
                let both = self.covariance(*u, *v)?;
                let below = self.covariance(*u, *u)?;
                let below = below.mul(&self.covariance(*v, *v)?, bits)?.root(2, bits)?;
                both.mul(&below.reciprocal(bits)?, bits)
            })(),
            ("indicator", [statement]) => match self.truth(*statement, true) {
                Ok(holds) => Ok(Real::integer(i64::from(holds))),
                Err(stop) => Err(stop),
            },
            ("conditionalexpectation", [f, g, y]) => self.given([*f, *g, *y]).map(|(mean, _)| mean),
            ("conditionalvariance", [f, g, y]) => (|| {
                let (mean, square) = self.given([*f, *g, *y])?;
                square.add(&mean.mul(&mean, bits)?.neg(), bits)
            })(),
            _ => return None,
        })
    }

    /// Whether an event happens at an outcome: its member there is 1, not 0.
    pub(super) fn happens(&mut self, outcome: Id, event: Id) -> Found<bool> {
        let (symbol, mut indices) = match self.terms.head(event) {
            Head::Symbol(symbol) => (*symbol, Vec::new()),
            Head::Member(symbol) => (*symbol, self.terms.args(event).to_vec()),
            _ => return Err(STRANGE),
        };
        indices.push(outcome);
        let member = self.terms.add(Head::Member(symbol), indices)?;
        match self.value(member)?.as_integer() {
            Some(0) => Ok(false),
            Some(1) => Ok(true),
            _ => Err(STRANGE),
        }
    }

    /// Random symbols have values at the outcomes alone.
    pub fn random(&mut self, spoken: &[Id]) -> Found<()> {
        let mut outcomes = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        let mut open = spoken.to_vec();
        while let Some(next) = open.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = self.terms.node(next).clone();
            match (&node.head, node.args.as_slice()) {
                (Head::Binder(Binder::Outcomes, _), _) => {
                    let (symbol, opened) = self.open(next)?;
                    outcomes.push(symbol);
                    open.extend(opened);
                    continue;
                }
                (Head::Member(symbol), [written @ .., last]) => {
                    let last = self.terms.head(*last);
                    if matches!(last, Head::Symbol(s) if outcomes.contains(s)) {
                        self.at_outcomes((*symbol, written.len() + 1))?;
                    }
                }
                (Head::In, [_, event]) => match self.terms.head(*event) {
                    Head::Symbol(symbol) => self.at_outcomes((*symbol, 1))?,
                    Head::Member(symbol) => {
                        let places = self.terms.args(*event).len() + 1;
                        self.at_outcomes((*symbol, places))?;
                    }
                    _ => {}
                },
                _ => {}
            }
            open.extend(node.args);
        }
        Ok(())
    }

    fn at_outcomes(&self, name: (u32, usize)) -> Found<()> {
        let family = self.meaning.families.get(&name).ok_or(STRANGE)?;
        let count = i64::try_from(self.meaning.weights.len()).unwrap_or(0);
        let fine = |indices: &Vec<i64>| indices.last().is_some_and(|w| (1..=count).contains(w));
        if family.period == 0 && family.members.keys().all(fine) {
            return Ok(());
        }
        Err(Stop::Unknown(
            "a random symbol with values beyond the outcomes",
        ))
    }

    /// A law of independence: the parts' values are independent of one another.
    pub fn independent(&mut self, law: &[Id]) -> Found<()> {
        let mut parts: Vec<Vec<Atom>> = Vec::new();
        for declared in law {
            let node = self.terms.node(*declared).clone();
            let (symbol, said) = match node.head {
                Head::Symbol(symbol) => (symbol, Vec::new()),
                Head::Member(symbol) => (symbol, node.args),
                _ => return Err(STRANGE),
            };
            let name = (symbol, said.len() + 1);
            // A symbol that is not spoken of is any that obeys the law.
            let Some(family) = self.meaning.families.get(&name) else {
                continue;
            };
            self.at_outcomes(name)?;
            let mut places = std::collections::BTreeSet::new();
            let mut several = false;
            for indices in family.members.keys() {
                let written = indices.split_last().map_or(&[][..], |(_, rest)| rest);
                let mut fits = true;
                for (term, index) in said.iter().zip(written) {
                    match self.terms.head(*term) {
                        Head::Symbol(_) => several = true,
                        Head::Number(n) => {
                            fits &= Real::Exact(n.clone()).as_integer() == Some(*index);
                        }
                        _ => return Err(STRANGE),
                    }
                }
                if fits {
                    places.insert(written.to_vec());
                }
            }
            let members = places.into_iter().map(|place| (name, place));
            if several && law.len() == 1 {
                parts.extend(members.map(|member| vec![member]));
            } else {
                parts.push(members.collect());
            }
        }
        self.product(&parts)
    }

    /// The joint law of the parts is the product of theirs.
    fn product(&mut self, parts: &[Vec<Atom>]) -> Found<()> {
        let weights = self.meaning.weights.clone();
        let meaning = self.meaning;
        // The class of each part's value at each outcome.
        let mut classes: Vec<Vec<usize>> = Vec::new();
        let mut chances: Vec<Vec<Real>> = Vec::new();
        let bits = self.bits;
        for part in parts {
            let mut known: Vec<Vec<Real>> = Vec::new();
            let (mut class, mut chance) = (Vec::new(), Vec::new());
            for (weight, outcome) in weights.iter().zip(1..) {
                let mut values = Vec::new();
                for (name, place) in part {
                    let mut indices = place.clone();
                    indices.push(outcome);
                    let family = meaning.families.get(name).ok_or(STRANGE)?;
                    let value = *family.members.get(&indices).ok_or(STRANGE)?;
                    values.push(self.value(value)?);
                }
                let mut found = known.len();
                for (number, other) in known.iter().enumerate() {
                    let mut same = true;
                    for (a, b) in other.iter().zip(&values) {
                        same &= a.compare(b, bits)? == std::cmp::Ordering::Equal;
                    }
                    if same {
                        found = number;
                    }
                }
                let weight = Real::Exact(weight.clone());
                if found == known.len() {
                    known.push(values);
                    chance.push(weight);
                } else if let Some(sum) = chance.get_mut(found) {
                    *sum = sum.add(&weight, bits)?;
                }
                class.push(found);
            }
            classes.push(class);
            chances.push(chance);
        }
        let mut counts = chances.iter().map(Vec::len);
        let total = counts.try_fold(1usize, usize::checked_mul);
        let total = total.filter(|n| *n <= COMBINATIONS).ok_or(STRANGE)?;
        for combination in 0..total {
            self.terms.spend(20)?;
            let (mut rest, mut expected) = (combination, Real::integer(1));
            let mut wanted = Vec::new();
            for chance in &chances {
                let place = rest % chance.len().max(1);
                rest /= chance.len().max(1);
                expected = expected.mul(chance.get(place).ok_or(STRANGE)?, bits)?;
                wanted.push(place);
            }
            let mut joint = Real::integer(0);
            for (place, weight) in weights.iter().enumerate() {
                let fits = classes.iter().zip(&wanted);
                if fits
                    .into_iter()
                    .all(|(class, w)| class.get(place) == Some(w))
                {
                    joint = joint.add(&Real::Exact(weight.clone()), bits)?;
                }
            }
            if joint.compare(&expected, bits)? != std::cmp::Ordering::Equal {
                return Err(Stop::Unknown("a law of independence does not hold"));
            }
        }
        Ok(())
    }
}
