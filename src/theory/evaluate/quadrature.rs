//! Definite integrals, rigorously: the midpoint rule with its error enclosed.

use super::evaluator::Evaluator;
use super::quantity::Quantity;
use super::real::{Real, Result, Stop};
use crate::number::{Enclosure, Rational};
use crate::term::TermId;

/// Into how many parts the interval is cut.
const PARTS: i64 = 64;
/// How often a part on which the integrand could not be enclosed is halved.
const HALVINGS: u32 = 6;

impl<E: Enclosure> Evaluator<'_, E> {
    /// The integral of a body that is evaluable on the whole compact interval.
    pub(super) fn integral(
        &mut self,
        number: u32,
        body: TermId,
        lower: TermId,
        upper: TermId,
    ) -> Result<Quantity<E>> {
        if self.infinite(lower).is_some() || self.infinite(upper).is_some() {
            return Err(Stop::Unknown);
        }
        let (low, high) = (self.real(lower)?, self.real(upper)?);
        if self
            .bound
            .iter()
            .any(|(_, value)| value.as_real().is_none())
        {
            // A derivative of an integral is not worked out here.
            return Err(Stop::Unknown);
        }
        let width = high.add(&low.neg(), self.bits)?;
        if width.is_zero() {
            // The integrand must have a value there all the same.
            self.integrand(number, body, low)?;
            return Ok(Quantity::integer(0));
        }
        self.coarse = true;
        let share = Rational::new(1, PARTS).ok_or(Stop::Unknown)?;
        let step = width.mul(&Real::Exact(share), self.bits)?;
        let mut total = Real::integer(0);
        for k in 0..PARTS {
            let from = low.add(&step.mul(&Real::integer(k), self.bits)?, self.bits)?;
            let to = low.add(&step.mul(&Real::integer(k + 1), self.bits)?, self.bits)?;
            let part = self.part(number, body, &from, &to, HALVINGS)?;
            total = total.add(&part, self.bits)?;
        }
        Ok(Quantity::Real(total))
    }

    /// The integral over one part, by f(m)·h + f″·h³/24 for some value of f″ in between.
    fn part(
        &mut self,
        number: u32,
        body: TermId,
        from: &Real<E>,
        to: &Real<E>,
        halvings: u32,
    ) -> Result<Real<E>> {
        let bits = self.bits;
        let half = Real::Exact(Rational::new(1, 2).ok_or(Stop::Unknown)?);
        let step = to.add(&from.neg(), bits)?;
        let middle = from.add(to, bits)?.mul(&half, bits)?;
        let whole = Real::Near(from.near(bits)?.hull(&to.near(bits)?));
        let second = self.second_derivative(number, body, &whole);
        match second {
            Ok(second) => {
                let value = self.integrand(number, body, middle)?;
                let cube = step.integer_power(3, bits)?;
                let share = Real::Exact(Rational::new(1, 24).ok_or(Stop::Unknown)?);
                let error = second.mul(&cube, bits)?.mul(&share, bits)?;
                value.mul(&step, bits)?.add(&error, bits)
            }
            Err(Stop::Undefined) => Err(Stop::Unknown),
            Err(_) if halvings > 0 => {
                let left = self.part(number, body, from, &middle, halvings - 1)?;
                let right = self.part(number, body, &middle, to, halvings - 1)?;
                left.add(&right, bits)
            }
            Err(_) => {
                // Not smooth here: the range of the integrand still encloses.
                let value = self.integrand(number, body, whole)?;
                value.mul(&step, bits)
            }
        }
    }

    /// The integrand at a point or on a part. Where it has no value the integral may have one.
    fn integrand(&mut self, number: u32, body: TermId, at: Real<E>) -> Result<Real<E>> {
        let value = self.with(number, Quantity::Real(at), |inner| inner.quantity(body));
        let value = value.map_err(|_| Stop::Unknown)?;
        value.as_real().cloned().ok_or(Stop::Unknown)
    }

    fn second_derivative(&mut self, number: u32, body: TermId, at: &Real<E>) -> Result<Real<E>> {
        let (first, second) = (self.level + 1, self.level + 2);
        self.level = second;
        let inner = Quantity::dual(first, Quantity::Real(at.clone()), Quantity::integer(1));
        let outer = Quantity::dual(second, inner, Quantity::integer(1));
        let value = self.with(number, outer, |inner| inner.quantity(body));
        self.level = first - 1;
        let derivative = value?.split(second).1.split(first).1;
        derivative.as_real().cloned().ok_or(Stop::Unknown)
    }
}
