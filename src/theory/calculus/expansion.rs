//! The expansion of a term in powers of t > 0, t → 0.

use super::series::{Arithmetic, Series};
use crate::number::Rational;
use crate::term::{Constant, Function, Node, Relation, Store, Symbol, TermId};
use crate::theory::evaluate::{Assignment, Value, evaluate};
use crate::theory::facts::Facts;
use crate::theory::order;

/// How fast exponentials vanish: beyond this power of t.
const FAST: i64 = 48;

/// What a term does as t ↓ 0.
#[derive(Clone, Debug)]
pub enum Growth {
    /// It has an expansion.
    Series(Series),
    /// It stays bounded.
    Bounded,
    /// Its absolute value grows beyond each power of 1/t.
    Huge,
}

/// Expands terms in t.
pub struct Expander<'a> {
    /// Arithmetic of series.
    pub arithmetic: Arithmetic<'a>,
    /// The variable.
    pub t: Symbol,
    /// What is true of the other symbols.
    pub facts: Facts,
    /// Terms still looked at.
    pub fuel: u32,
}

impl Expander<'_> {
    fn store(&mut self) -> &mut Store {
        self.arithmetic.store
    }

    fn integer(&mut self, n: i64) -> TermId {
        self.store().integer(n)
    }

    /// The sign of a coefficient: −1 or 1; 0 by its form. `None` where it is not known.
    fn sign(&mut self, c: TermId) -> Option<i32> {
        if let Node::Number(n) = self.arithmetic.store.node(c) {
            return Some(n.signum());
        }
        match evaluate(self.arithmetic.store, c, &Assignment::new(), 20) {
            Value::Exact(n) => return Some(n.signum()),
            Value::Between(low, _) if low.signum() > 0 => return Some(1),
            Value::Between(_, high) if high.signum() < 0 => return Some(-1),
            _ => {}
        }
        let zero = self.integer(0);
        for (sign, low, high) in [(1, zero, c), (-1, c, zero)] {
            let statement = self.store().relation(Relation::Less, low, high);
            if order::decide(self.arithmetic.store, &self.facts, statement).is_some() {
                return Some(sign);
            }
        }
        None
    }

    /// Whether a coefficient is certainly not 0.
    fn is_not_zero(&mut self, c: TermId) -> bool {
        if self.sign(c).is_some_and(|sign| sign != 0) {
            return true;
        }
        let zero = self.integer(0);
        let statement = self.store().relation(Relation::NotEqual, c, zero);
        order::decide(self.arithmetic.store, &self.facts, statement).is_some()
    }

    /// The leading coefficient, certainly not 0, of a trimmed series.
    fn leader(&mut self, series: Series) -> Option<(TermId, Series)> {
        let series = self.arithmetic.trim(series);
        let leader = *series.coefficients.first()?;
        self.is_not_zero(leader).then_some((leader, series))
    }

    /// What the term does.
    pub fn growth(&mut self, term: TermId) -> Option<Growth> {
        self.fuel = self.fuel.checked_sub(1)?;
        if !self.arithmetic.store.mentions(term, self.t) {
            return Some(Growth::Series(self.arithmetic.constant(term)?));
        }
        match self.arithmetic.store.node(term).clone() {
            Node::Symbol(_) => Some(Growth::Series(self.arithmetic.variable()?)),
            Node::Add(parts) => {
                let mut sum: Option<Growth> = None;
                for part in parts.iter() {
                    let next = self.growth(*part)?;
                    sum = Some(match sum {
                        None => next,
                        Some(sum) => self.sum(sum, next)?,
                    });
                }
                sum
            }
            Node::Mul(factors) => {
                let mut product: Option<Growth> = None;
                for factor in factors.iter() {
                    let next = self.growth(*factor)?;
                    product = Some(match product {
                        None => next,
                        Some(product) => self.product(product, next)?,
                    });
                }
                product
            }
            Node::Pow(base, exponent) => self.power(base, exponent),
            Node::Function(function, arguments) => self.function(function, &arguments),
            Node::Call(f, orders, arguments) => {
                let ([order], [argument]) = (orders.as_ref(), arguments.as_ref()) else {
                    return None;
                };
                // An unknown smooth function: its Taylor expansion.
                let u = self.series(*argument)?;
                let (at, rest) = self.split(&u)?;
                let order = *order;
                self.arithmetic
                    .compose(&rest, |store, k| {
                        let order = order + u32::try_from(k).unwrap_or(0);
                        let value = store.add_node(Node::Call(f, [order].into(), [at].into()));
                        let factorial = inverse_factorial(store, k);
                        store.mul(&[value, factorial])
                    })
                    .map(Growth::Series)
            }
            _ => None,
        }
    }

    /// The expansion of a term that has one.
    pub fn series(&mut self, term: TermId) -> Option<Series> {
        match self.growth(term)? {
            Growth::Series(series) => Some(series),
            _ => None,
        }
    }

    fn sum(&mut self, a: Growth, b: Growth) -> Option<Growth> {
        Some(match (a, b) {
            (Growth::Series(a), Growth::Series(b)) => Growth::Series(self.arithmetic.add(&a, &b)?),
            (Growth::Bounded, Growth::Bounded) => Growth::Bounded,
            (Growth::Bounded, Growth::Series(s)) | (Growth::Series(s), Growth::Bounded) => {
                let s = self.arithmetic.trim(s);
                if s.start >= 0 {
                    Growth::Bounded
                } else {
                    // Known up to the poles.
                    let small = self.arithmetic.small(-1);
                    Growth::Series(self.arithmetic.add(&s, &small)?)
                }
            }
            (Growth::Huge, Growth::Series(_) | Growth::Bounded)
            | (Growth::Series(_) | Growth::Bounded, Growth::Huge) => Growth::Huge,
            _ => return None,
        })
    }

    fn product(&mut self, a: Growth, b: Growth) -> Option<Growth> {
        Some(match (a, b) {
            (Growth::Series(a), Growth::Series(b)) => Growth::Series(self.arithmetic.mul(&a, &b)?),
            (Growth::Bounded, Growth::Bounded) => Growth::Bounded,
            (Growth::Bounded, Growth::Series(s)) | (Growth::Series(s), Growth::Bounded) => {
                let s = self.arithmetic.trim(s);
                let zero = s.coefficients.iter().all(|c| self.arithmetic.is_zero(*c));
                let end = if zero { s.end() } else { s.start - 1 };
                Growth::Series(self.arithmetic.small(end))
            }
            (Growth::Huge, Growth::Series(s)) | (Growth::Series(s), Growth::Huge) => {
                self.leader(s)?;
                Growth::Huge
            }
            _ => return None,
        })
    }

    fn inverse(&mut self, series: Series) -> Option<Series> {
        let (leader, series) = self.leader(series)?;
        let start = series.start;
        let one = self.integer(1);
        let below = self.store().div(one, leader);
        // c t^s (1 + v): 1/c t^−s Σ (−v)ᵏ
        let v = self.tail(&series, below)?;
        let minus = |store: &mut Store, k: i64| store.integer(if k % 2 == 0 { 1 } else { -1 });
        let sum = self.arithmetic.compose(&v, minus)?;
        let mut result = self.arithmetic.scale(&sum, below)?;
        result.start -= start;
        Some(result)
    }

    /// v of c t^s (1 + v).
    fn tail(&mut self, series: &Series, below: TermId) -> Option<Series> {
        let mut scaled = self.arithmetic.scale(series, below)?;
        let zero = self.integer(0);
        scaled.start = 0;
        *scaled.coefficients.first_mut()? = zero;
        let known = scaled.end();
        let trimmed = self.arithmetic.trim(scaled);
        if trimmed.start < 1 {
            return Some(self.arithmetic.small(known.max(0)));
        }
        Some(trimmed)
    }

    fn power(&mut self, base: TermId, exponent: TermId) -> Option<Growth> {
        if matches!(
            self.arithmetic.store.node(base),
            Node::Constant(Constant::E)
        ) {
            return self.exponential(exponent);
        }
        let number = match self.arithmetic.store.node(exponent) {
            Node::Number(n) => Some(n.clone()),
            _ => None,
        };
        if let Some(n) = number.as_ref().and_then(Rational::to_i64) {
            if !(-24..=24).contains(&n) {
                return None;
            }
            return match self.growth(base)? {
                Growth::Series(series) => {
                    let series = if n < 0 { self.inverse(series)? } else { series };
                    let mut power = self.arithmetic.number(Rational::one())?;
                    for _ in 0..n.abs() {
                        power = self.arithmetic.mul(&power, &series)?;
                    }
                    Some(Growth::Series(power))
                }
                Growth::Huge if n < 0 => Some(Growth::Series(self.arithmetic.small(FAST))),
                Growth::Huge if n > 0 => Some(Growth::Huge),
                Growth::Bounded if n > 0 => Some(Growth::Bounded),
                _ => None,
            };
        }
        if !self.arithmetic.store.mentions(exponent, self.t) {
            return self.real_power(base, exponent, false);
        }
        // e^(exponent · log base)
        let log = self.store().function(Function::Log, &[base]);
        let product = self.store().mul(&[exponent, log]);
        self.exponential(product)
    }

    /// base^exponent with an exponent without t, or a root of odd order.
    fn real_power(&mut self, base: TermId, exponent: TermId, odd: bool) -> Option<Growth> {
        let series = self.series(base)?;
        let (leader, series) = self.leader(series)?;
        let sign = self.sign(leader)?;
        if sign < 0 && !odd {
            return None;
        }
        let start = self.integer(series.start);
        let shift = self.store().mul(&[start, exponent]);
        let shift = self.arithmetic.settle(shift)?;
        let shift = match self.arithmetic.store.node(shift) {
            Node::Number(n) => n.to_i64()?,
            _ => return None,
        };
        let one = self.integer(1);
        let below = self.store().div(one, leader);
        let v = self.tail(&series, below)?;
        let sum = self.arithmetic.compose(&v, |store, k| {
            // e (e − 1) … (e − k + 1)/k!
            let mut factors = vec![inverse_factorial(store, k)];
            for i in 0..k {
                let i = store.integer(-i);
                factors.push(store.add(&[exponent, i]));
            }
            store.mul(&factors)
        })?;
        let magnitude = if sign < 0 {
            self.store().neg(leader)
        } else {
            leader
        };
        let mut front = self.store().pow(magnitude, exponent);
        if sign < 0 {
            front = self.store().neg(front);
        }
        let mut result = self.arithmetic.scale(&sum, front)?;
        result.start += shift;
        Some(Growth::Series(result))
    }

    /// The value at t = 0 and the rest, of a series without poles.
    fn split(&mut self, series: &Series) -> Option<(TermId, Series)> {
        let series = self.arithmetic.trim(series.clone());
        let zero = self.integer(0);
        if series.start > 0 {
            return Some((zero, series));
        }
        if series.start < 0 || series.end() < 0 {
            return None;
        }
        let at = *series.coefficients.first()?;
        let mut rest = series;
        *rest.coefficients.first_mut()? = zero;
        let end = rest.end();
        let rest = self.arithmetic.trim(rest);
        if rest.start < 1 {
            return Some((at, self.arithmetic.small(end)));
        }
        Some((at, rest))
    }

    fn exponential(&mut self, exponent: TermId) -> Option<Growth> {
        let series = self.series(exponent)?;
        let trimmed = self.arithmetic.trim(series);
        if trimmed.start < 0 {
            let (leader, _) = self.leader(trimmed)?;
            return Some(if self.sign(leader)? < 0 {
                Growth::Series(self.arithmetic.small(FAST))
            } else {
                Growth::Huge
            });
        }
        let (at, rest) = self.split(&trimmed)?;
        let sum = self.arithmetic.compose(&rest, inverse_factorial)?;
        let front = self.store().exp(at);
        self.arithmetic.scale(&sum, front).map(Growth::Series)
    }

    fn logarithm(&mut self, u: TermId) -> Option<Growth> {
        let series = self.series(u)?;
        let (leader, series) = self.leader(series)?;
        if series.start != 0 || self.sign(leader)? < 0 {
            return None;
        }
        let one = self.integer(1);
        let below = self.store().div(one, leader);
        let v = self.tail(&series, below)?;
        let sum = self.arithmetic.compose(&v, |store, k| {
            let sign = if k % 2 == 0 { -1 } else { 1 };
            let value = Rational::new(sign, k).unwrap_or_else(Rational::zero);
            store.number(if k == 0 { Rational::zero() } else { value })
        })?;
        let is_one = matches!(self.arithmetic.store.node(leader), Node::Number(n) if n.is_one());
        let front = if is_one {
            self.integer(0)
        } else {
            self.store().function(Function::Log, &[leader])
        };
        let front = self.arithmetic.constant(front)?;
        self.arithmetic.add(&front, &sum).map(Growth::Series)
    }

    /// sin or cos.
    fn circular(&mut self, sine: bool, u: TermId) -> Option<Growth> {
        let series = match self.growth(u)? {
            Growth::Series(series) => self.arithmetic.trim(series),
            _ => return Some(Growth::Bounded),
        };
        if series.start < 0 {
            return Some(Growth::Bounded);
        }
        let (at, rest) = self.split(&series)?;
        let alternating = |store: &mut Store, k: i64, odd: bool| {
            if (k % 2 == 1) == odd {
                let factorial = inverse_factorial(store, k);
                if (k / 2) % 2 == 0 {
                    factorial
                } else {
                    store.neg(factorial)
                }
            } else {
                store.integer(0)
            }
        };
        let sines = self
            .arithmetic
            .compose(&rest, |s, k| alternating(s, k, true))?;
        let cosines = self
            .arithmetic
            .compose(&rest, |s, k| alternating(s, k, false))?;
        let (sin, cos) = self.values(at)?;
        // sin(a + v) = sin a cos v + cos a sin v, cos(a + v) = cos a cos v − sin a sin v
        let (first, second) = if sine {
            (
                self.arithmetic.scale(&cosines, sin)?,
                self.arithmetic.scale(&sines, cos)?,
            )
        } else {
            let minus = self.store().neg(sin);
            (
                self.arithmetic.scale(&cosines, cos)?,
                self.arithmetic.scale(&sines, minus)?,
            )
        };
        self.arithmetic.add(&first, &second).map(Growth::Series)
    }

    /// sin and cos of a term without t; worked out at multiples of π/2.
    fn values(&mut self, at: TermId) -> Option<(TermId, TermId)> {
        let pi = self.store().constant(Constant::Pi);
        let quarters = if self.arithmetic.is_zero(at) {
            Some(0)
        } else {
            self.arithmetic
                .field
                .constant_ratio(self.arithmetic.store, at, pi)
                .and_then(|r| r.mul(&Rational::from(2)).to_i64())
        };
        if let Some(quarters) = quarters {
            let (sin, cos) = match quarters.rem_euclid(4) {
                0 => (0, 1),
                1 => (1, 0),
                2 => (0, -1),
                _ => (-1, 0),
            };
            return Some((self.integer(sin), self.integer(cos)));
        }
        let store = self.store();
        Some((
            store.function(Function::Sin, &[at]),
            store.function(Function::Cos, &[at]),
        ))
    }

    fn arctangent(&mut self, u: TermId) -> Option<Growth> {
        let series = self.series(u)?;
        let series = self.arithmetic.trim(series);
        let odd = |store: &mut Store, k: i64| {
            let value = if k % 2 == 1 {
                let sign = if (k / 2) % 2 == 0 { 1 } else { -1 };
                Rational::new(sign, k).unwrap_or_else(Rational::zero)
            } else {
                Rational::zero()
            };
            store.number(value)
        };
        if series.start > 0 {
            return self.arithmetic.compose(&series, odd).map(Growth::Series);
        }
        if series.start < 0 {
            // ±π/2 − arctan(1/u)
            let (leader, series) = self.leader(series)?;
            let half = Rational::new(i64::from(self.sign(leader)?), 2)?;
            let half = self.store().number(half);
            let pi = self.store().constant(Constant::Pi);
            let front = self.store().mul(&[half, pi]);
            let inverse = self.inverse(series)?;
            let sum = self.arithmetic.compose(&inverse, odd)?;
            let minus = self.integer(-1);
            let sum = self.arithmetic.scale(&sum, minus)?;
            let front = self.arithmetic.constant(front)?;
            return self.arithmetic.add(&front, &sum).map(Growth::Series);
        }
        // arctan a + arctan(v/(1 + a² + a v))
        let (at, v) = self.split(&series)?;
        let two = self.integer(2);
        let one = self.integer(1);
        let square = self.store().pow(at, two);
        let sum = self.store().add(&[one, square]);
        let below = self.arithmetic.constant(sum)?;
        let product = self.arithmetic.scale(&v, at)?;
        let below = self.arithmetic.add(&below, &product)?;
        let below = self.inverse(below)?;
        let ratio = self.arithmetic.mul(&v, &below)?;
        let sum = self.arithmetic.compose(&ratio, odd)?;
        let front = self.store().function(Function::Arctan, &[at]);
        let front = self.arithmetic.constant(front)?;
        self.arithmetic.add(&front, &sum).map(Growth::Series)
    }

    fn function(&mut self, function: Function, arguments: &[TermId]) -> Option<Growth> {
        use Function as F;
        let u = *arguments.last()?;
        match function {
            F::Log => self.logarithm(u),
            F::Sin => self.circular(true, u),
            F::Cos => self.circular(false, u),
            F::Arctan => self.arctangent(u),
            F::Root => {
                let n = match self.arithmetic.store.node(arguments[0]) {
                    Node::Number(n) => n.to_i64()?,
                    _ => return None,
                };
                let exponent = Rational::new(1, n)?;
                let exponent = self.store().number(exponent);
                self.real_power(u, exponent, n % 2 == 1)
            }
            F::Abs => {
                let series = self.series(u)?;
                let (leader, series) = self.leader(series)?;
                let sign = self.sign(leader)?;
                let sign = self.integer(i64::from(sign));
                self.arithmetic.scale(&series, sign).map(Growth::Series)
            }
            _ => {
                let spelled = spelled(self.store(), function, arguments)?;
                self.growth(spelled)
            }
        }
    }
}

/// 1/k!
fn inverse_factorial(store: &mut Store, k: i64) -> TermId {
    let mut value = Rational::one();
    for i in 2..=k {
        value = value.div(&Rational::from(i)).unwrap_or_else(Rational::zero);
    }
    store.number(value)
}

/// Functions by others: tan u = sin u / cos u and the like.
fn spelled(store: &mut Store, function: Function, arguments: &[TermId]) -> Option<TermId> {
    use Function as F;
    let u = *arguments.last()?;
    let one = store.integer(1);
    let half = store.number(Rational::new(1, 2)?);
    let quotient = |store: &mut Store, a: F, b: F| {
        let a = store.function(a, &[u]);
        let b = store.function(b, &[u]);
        store.div(a, b)
    };
    let minus = store.neg(u);
    Some(match function {
        F::Tan => quotient(store, F::Sin, F::Cos),
        F::Cot => quotient(store, F::Cos, F::Sin),
        F::Tanh => quotient(store, F::Sinh, F::Cosh),
        F::Coth => quotient(store, F::Cosh, F::Sinh),
        F::Sec | F::Csc | F::Sech | F::Csch => {
            let of = match function {
                F::Sec => F::Cos,
                F::Csc => F::Sin,
                F::Sech => F::Cosh,
                _ => F::Sinh,
            };
            let below = store.function(of, &[u]);
            store.div(one, below)
        }
        F::Sinh | F::Cosh => {
            let (a, b) = (store.exp(u), store.exp(minus));
            let sum = if function == F::Sinh {
                store.sub(a, b)
            } else {
                store.add(&[a, b])
            };
            store.mul(&[half, sum])
        }
        F::Sigmoid => {
            let below = store.exp(minus);
            let below = store.add(&[one, below]);
            store.div(one, below)
        }
        F::Softplus => {
            let power = store.exp(u);
            let sum = store.add(&[one, power]);
            store.function(F::Log, &[sum])
        }
        F::LogBase => {
            let above = store.function(F::Log, &[u]);
            let below = store.function(F::Log, &[arguments[0]]);
            store.div(above, below)
        }
        _ => return None,
    })
}
