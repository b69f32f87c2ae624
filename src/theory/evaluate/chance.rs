//! Expectations and probabilities over the finitely many outcomes of a model.

use super::evaluator::Evaluator;
use super::quantity::Quantity;
use super::real::{Result, Stop};
use crate::number::{Enclosure, Rational};
use crate::term::{Function, Node, Relation, TermId};

/// The family of the outcomes' weights: `Member(WEIGHTS, [ω])` for ω = 1, 2, …, which add up to 1.
pub const WEIGHTS: &str = "weight#";

/// The most outcomes of a model.
const MOST_OUTCOMES: i64 = 512;

impl<E: Enclosure> Evaluator<'_, E> {
    /// The outcomes with their weights.
    pub(super) fn outcomes(&self) -> Result<Vec<(i64, Rational)>> {
        let weights = self.store.find_symbol(WEIGHTS).ok_or(Stop::Unknown)?;
        let mut found = Vec::new();
        for outcome in 1..=MOST_OUTCOMES {
            let Some(weight) = self.model.members.get(&(weights, vec![outcome])) else {
                break;
            };
            let weight = weight.as_rational().ok_or(Stop::Unknown)?;
            found.push((outcome, weight.clone()));
        }
        if found.is_empty() {
            return Err(Stop::Unknown);
        }
        Ok(found)
    }

    /// The mean of what `at` gives at the outcomes of positive weight.
    fn mean(
        &mut self,
        mut at: impl FnMut(&mut Self, i64) -> Result<Quantity<E>>,
    ) -> Result<Quantity<E>> {
        let mut total = Quantity::integer(0);
        for (outcome, weight) in self.outcomes()? {
            if weight.is_zero() {
                continue;
            }
            let value = at(self, outcome)?;
            let part = value.mul(&Quantity::exact(weight), self.bits)?;
            total = total.add(&part, self.bits)?;
        }
        Ok(total)
    }

    /// Whether an event happens at an outcome: its member there is 1.
    pub(super) fn happens(&mut self, outcome: TermId, event: TermId) -> Option<bool> {
        let (symbol, indices) = match self.store.node(event) {
            Node::Symbol(symbol) => (*symbol, [].as_slice()),
            Node::Member(symbol, indices) => (*symbol, indices.as_ref()),
            _ => return None,
        };
        let mut numbers = Vec::with_capacity(indices.len() + 1);
        for index in indices.iter().chain([&outcome]) {
            numbers.push(self.integer(*index).ok()?);
        }
        let value = self.model.members.get(&(symbol, numbers))?;
        Some(value.as_rational()?.is_one())
    }

    /// What stands in the scope of an outcome.
    pub(super) fn opened(&self, term: TermId) -> Result<(u32, TermId)> {
        match self.store.node(term) {
            Node::Outcomes(number, body) => Ok((*number, *body)),
            _ => Err(Stop::Unknown),
        }
    }

    fn at(&mut self, term: TermId, outcome: i64) -> Result<Quantity<E>> {
        let (number, body) = self.opened(term)?;
        self.with(number, Quantity::integer(outcome), |inner| {
            inner.quantity(body)
        })
    }

    fn event(&mut self, term: TermId, outcome: i64) -> Result<Quantity<E>> {
        let (number, body) = self.opened(term)?;
        let holds = self.with(number, Quantity::integer(outcome), |inner| {
            inner.truth(body, true)
        });
        match holds {
            Some(holds) => Ok(Quantity::integer(i64::from(holds))),
            None => Err(self.hesitation()),
        }
    }

    fn covariance(&mut self, u: TermId, v: TermId) -> Result<Quantity<E>> {
        let bits = self.bits;
        let product = self.mean(|e, w| e.at(u, w)?.mul(&e.at(v, w)?, bits))?;
        let (u, v) = (self.mean(|e, w| e.at(u, w))?, self.mean(|e, w| e.at(v, w))?);
        product.add(&u.mul(&v, bits)?.neg(), bits)
    }

    fn quotient(&mut self, above: &Quantity<E>, below: &Quantity<E>) -> Result<Quantity<E>> {
        above.mul(&below.power(&Quantity::integer(-1), self.bits)?, self.bits)
    }

    /// The value of E, Var, Cov, P and their kin.
    pub(super) fn chance(
        &mut self,
        function: Function,
        arguments: &[TermId],
    ) -> Result<Quantity<E>> {
        let bits = self.bits;
        match (function, arguments) {
            (Function::Expectation, [u]) => self.mean(|e, w| e.at(*u, w)),
            (Function::Variance, [u]) => self.covariance(*u, *u),
            (Function::Covariance, [u, v]) => self.covariance(*u, *v),
            (Function::Correlation, [u, v]) => {
                let both = self.covariance(*u, *v)?;
                let (a, b) = (self.covariance(*u, *u)?, self.covariance(*v, *v)?);
                let below = a.mul(&b, bits)?.root(2, bits)?;
                self.quotient(&both, &below)
            }
            (Function::Probability, [a]) => self.mean(|e, w| e.event(*a, w)),
            (Function::ConditionalProbability, [a, b]) => {
                let both = self.mean(|e, w| e.event(*a, w)?.mul(&e.event(*b, w)?, bits))?;
                let below = self.mean(|e, w| e.event(*b, w))?;
                self.quotient(&both, &below)
            }
            (Function::ConditionalExpectation, [u, v, here]) => {
                let here = self.quantity(*here)?;
                self.given(*v, &here, |e, w| e.at(*u, w))
            }
            (Function::ConditionalVariance, [u, v, here]) => {
                let here = self.quantity(*here)?;
                let square = self.given(*v, &here, |e, w| {
                    let value = e.at(*u, w)?;
                    value.mul(&value, bits)
                })?;
                let mean = self.given(*v, &here, |e, w| e.at(*u, w))?;
                square.add(&mean.mul(&mean, bits)?.neg(), bits)
            }
            _ => Err(Stop::Unknown),
        }
    }

    /// The mean over the outcomes at which v has that value.
    fn given(
        &mut self,
        v: TermId,
        here: &Quantity<E>,
        mut at: impl FnMut(&mut Self, i64) -> Result<Quantity<E>>,
    ) -> Result<Quantity<E>> {
        let mut weight = Rational::zero();
        let mut total = Quantity::integer(0);
        for (outcome, chance) in self.outcomes()? {
            if chance.is_zero() {
                continue;
            }
            let there = self.at(v, outcome)?;
            match self.holds(Relation::Equal, &there, here) {
                Some(true) => {
                    let value = at(self, outcome)?;
                    let part = value.mul(&Quantity::exact(chance.clone()), self.bits)?;
                    total = total.add(&part, self.bits)?;
                    weight = weight.add(&chance);
                }
                Some(false) => {}
                None => return Err(self.hesitation()),
            }
        }
        if weight.is_zero() {
            return Err(Stop::Undefined);
        }
        self.quotient(&total, &Quantity::exact(weight))
    }
}
