//! Definite integrals: the midpoint rule with its error enclosed.

use super::evaluate::Evaluator;
use super::interval::Interval;
use super::real::Real;
use super::slope::Slope;
use super::stop::{Found, Stop};
use crate::kernel::term::{Id, Q};

/// How often a part is halved on which the integrand was not enclosed.
const HALVINGS: u32 = 8;

/// An integrand with its second derivative, if it has one by the rules.
struct Integrand {
    body: Id,
    symbol: u32,
    slopes: Option<(Slope, Slope)>,
}

fn unknown(stop: Stop) -> Stop {
    stop.at_most_unknown("an integrand without a value")
}

impl Evaluator<'_> {
    /// The integral of what is bounded and piecewise continuous on the whole compact interval.
    pub(super) fn integral(&mut self, term: Id) -> Found<Real> {
        let (symbol, opened) = self.open(term)?;
        let [body, from, to] = opened.as_slice() else {
            return Err(Stop::Unknown("an integral"));
        };
        if self.infinite(*from).is_some() || self.infinite(*to).is_some() {
            return Err(Stop::Unknown("an integral to infinity"));
        }
        let sides = self.all(&[*from, *to])?;
        let [low, high] = sides.as_slice() else {
            return Err(Stop::Unknown("an integral"));
        };
        let bits = self.bits;
        let width = high.add(&low.neg(), bits)?;
        let mut integrand = Integrand {
            body: *body,
            symbol,
            slopes: None,
        };
        if width.is_zero() {
            // The integrand must have a value there all the same.
            self.integrand(&integrand, low.clone())?;
            return Ok(Real::integer(0));
        }
        if let Ok(first) = self.slope(*body, symbol)
            && let Ok(second) = self.slope(first.0, symbol)
        {
            integrand.slopes = Some((first, second));
        }
        let mut total = Real::integer(0);
        for k in 0..self.parts {
            let end = |k: i64| {
                let share = Real::Exact(Q::new(k.into(), self.parts.into()));
                low.add(&width.mul(&share, bits)?, bits)
            };
            let part = self.part(&integrand, &end(k)?, &end(k + 1)?, HALVINGS)?;
            total = total.add(&part, bits)?;
        }
        Ok(total)
    }

    /// The integral over one part: f(m)·h + f″·h³/24 for some value of f″ in between.
    fn part(
        &mut self,
        integrand: &Integrand,
        from: &Real,
        to: &Real,
        halvings: u32,
    ) -> Found<Real> {
        let bits = self.bits;
        let step = to.add(&from.neg(), bits)?;
        let half = Real::Exact(Q::new(1.into(), 2.into()));
        let middle = from.add(to, bits)?.mul(&half, bits)?;
        let whole = from.near(bits)?.hull(&to.near(bits)?);
        match self.second(integrand, whole.clone()) {
            Ok(second) => {
                let value = self.integrand(integrand, middle)?;
                let cube = step.mul(&step, bits)?.mul(&step, bits)?;
                let share = Real::Exact(Q::new(1.into(), 24.into()));
                let error = second.mul(&cube, bits)?.mul(&share, bits)?;
                value.mul(&step, bits)?.add(&error, bits)
            }
            Err(_) if halvings > 0 => {
                let left = self.part(integrand, from, &middle, halvings - 1)?;
                let right = self.part(integrand, &middle, to, halvings - 1)?;
                left.add(&right, bits)
            }
            // Not smooth here: the range of the integrand still encloses.
            Err(_) => self
                .integrand(integrand, Real::Near(whole))?
                .mul(&step, bits),
        }
    }

    /// The integrand at a point, or all its values on a part.
    fn integrand(&mut self, integrand: &Integrand, at: Real) -> Found<Real> {
        let body = integrand.body;
        self.with(integrand.symbol, at, |inner| inner.value(body))
            .map_err(unknown)
    }

    /// All values of the second derivative on a part, throughout which the rules hold.
    fn second(&mut self, integrand: &Integrand, whole: Interval) -> Found<Real> {
        let (first, second) = integrand.slopes.as_ref().ok_or(Stop::Digits)?;
        let body = integrand.body;
        self.with(integrand.symbol, Real::Near(whole), |inner| {
            inner.value(body)?;
            for need in first.1.iter().chain(&second.1) {
                inner.holds(need)?;
            }
            inner.value(second.0)
        })
    }
}
