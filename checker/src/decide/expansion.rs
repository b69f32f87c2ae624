//! Expansions of terms in powers of t > 0, t → 0: of those alone that are defined for all small t.

use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::arithmetic::fraction::Fraction;
use crate::arithmetic::ring::{Kernel, Ring};
use crate::arithmetic::series::Series;
use crate::decide::order;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Check, Head, Id, Q};
use crate::model::closed::enclose;

/// What vanishes exponentially is o(t^FAST).
const FAST: i64 = 48;
/// Terms that are looked at.
const TERMS: u32 = 400;

/// What a term does as t ↓ 0; it is defined for all small t.
#[derive(Clone, Debug)]
enum Growth {
    /// It has an expansion.
    Series(Series),
    /// It stays bounded.
    Bounded,
    /// Its absolute value grows beyond each power of 1/t.
    Huge,
}

/// The expansion of terms in t.
pub struct Expansion<'a> {
    /// Arithmetic of coefficients.
    pub ring: Ring<'a>,
    scope: Scope,
    t: u32,
    length: usize,
    fuel: u32,
}

fn number(value: i64) -> Fraction {
    Fraction::number(Q::from_integer(value.into()))
}

/// 1/k!
fn over_factorial(k: u32) -> Fraction {
    let below = (2..=k).fold(Q::one(), |p, n| p * Q::from_integer(n.into()));
    Fraction::number(below.recip())
}

/// (−1)^⌊k/2⌋/k! for odd k alone, or for even k alone.
fn alternating(k: u32, odd: bool) -> Fraction {
    if (k % 2 == 1) != odd {
        return Fraction::default();
    }
    let value = over_factorial(k).as_number().unwrap_or_else(Q::zero);
    Fraction::number(if (k / 2).is_multiple_of(2) {
        value
    } else {
        -value
    })
}

impl<'a> Expansion<'a> {
    /// Expansions in the symbol t, to so many coefficients.
    pub fn new(ring: Ring<'a>, scope: Scope, t: u32, length: usize) -> Self {
        Expansion {
            ring,
            scope,
            t,
            length,
            fuel: TERMS,
        }
    }

    /// The sign of a coefficient that is not 0 by its form.
    fn sign(&mut self, c: &Fraction) -> Check<i32> {
        if let Some(value) = c.as_number() {
            return Ok(i32::from(value.is_positive()) - i32::from(value.is_negative()));
        }
        let term = self.ring.term(c)?;
        if let Ok((low, high)) = enclose(self.ring.terms, term) {
            if low.is_positive() {
                return Ok(1);
            }
            if high.is_negative() {
                return Ok(-1);
            }
        }
        self.scope.define(self.ring.terms, term)?;
        let zero = self.ring.terms.integer(0)?;
        for (sign, low, high) in [(1, zero, term), (-1, term, zero)] {
            let statement = self.ring.terms.add(Head::Less, vec![low, high])?;
            if order::holds(self.ring.terms, &self.scope, statement)? {
                return Ok(sign);
            }
        }
        Err("a coefficient of unknown sign".to_owned())
    }

    /// The series without leading zeros, its first coefficient certainly not 0.
    fn leading(&mut self, series: Series) -> Check<(Fraction, Series)> {
        let series = series.trimmed(self.length);
        let first = series.coefficients[0].clone();
        if first.above.is_zero() {
            return Err("a leading coefficient that may be 0".to_owned());
        }
        if self.sign(&first).is_ok() {
            return Ok((first, series));
        }
        let term = self.ring.term(&first)?;
        let zero = self.ring.terms.integer(0)?;
        let statement = self.ring.terms.add(Head::NotEqual, vec![term, zero])?;
        if order::holds(self.ring.terms, &self.scope, statement)? {
            return Ok((first, series));
        }
        Err("a leading coefficient that may be 0".to_owned())
    }

    /// The expansion of a term that has one.
    pub fn series(&mut self, term: Id) -> Check<Series> {
        match self.growth(term)? {
            Growth::Series(series) => Ok(series),
            _ => Err("a term without an expansion".to_owned()),
        }
    }

    fn constant(&self, value: Fraction) -> Series {
        Series::constant(value, self.length)
    }

    fn compose(&mut self, u: &Series, factor: impl Fn(u32) -> Fraction) -> Check<Series> {
        self.ring
            .series_composed(u, self.length, |_, k| Ok(factor(k)))
    }

    /// The value of a function at a coefficient at which it is defined.
    fn apply(&mut self, name: &'static str, at: &Fraction) -> Check<Fraction> {
        let at = self.ring.term(at)?;
        let term = self.ring.terms.add(Head::Function(name), vec![at])?;
        self.ring.fraction(term)
    }

    fn growth(&mut self, term: Id) -> Check<Growth> {
        self.fuel = self
            .fuel
            .checked_sub(1)
            .ok_or("a limit of a term too long")?;
        self.ring.terms.spend(20)?;
        if !self.ring.terms.mentions(term, self.t) {
            let value = self.ring.fraction(term)?;
            return Ok(Growth::Series(self.constant(value)));
        }
        let node = self.ring.terms.node(term).clone();
        match (&node.head, node.args.as_slice()) {
            (Head::Symbol(_), _) => Ok(Growth::Series(Series::power_of_t(1, self.length))),
            (Head::Add, [first, rest @ ..]) => {
                let mut sum = self.growth(*first)?;
                for part in rest {
                    let next = self.growth(*part)?;
                    sum = self.sum(sum, next)?;
                }
                Ok(sum)
            }
            (Head::Mul, [first, rest @ ..]) => {
                let mut product = self.growth(*first)?;
                for part in rest {
                    let next = self.growth(*part)?;
                    product = self.product(product, next)?;
                }
                Ok(product)
            }
            (Head::Pow, [base, exponent]) => self.power(*base, *exponent),
            (Head::Function(name), [.., u]) => self.function(name, &node.args, *u),
            (Head::Call(f, orders), [u]) => self.unknown(*f, orders, *u),
            _ => Err("a limit of a term that is not known to the checker".to_owned()),
        }
    }

    fn sum(&mut self, a: Growth, b: Growth) -> Check<Growth> {
        Ok(match (a, b) {
            (Growth::Series(a), Growth::Series(b)) => {
                Growth::Series(self.ring.series_sum(&a, &b, self.length)?)
            }
            (Growth::Bounded, Growth::Bounded) => Growth::Bounded,
            (Growth::Bounded, Growth::Series(s)) | (Growth::Series(s), Growth::Bounded) => {
                let s = s.trimmed(self.length);
                if s.start >= 0 {
                    return Ok(Growth::Bounded);
                }
                Growth::Series(self.ring.series_sum(&s, &Series::small(-1), self.length)?)
            }
            (Growth::Huge, Growth::Series(_) | Growth::Bounded)
            | (Growth::Series(_) | Growth::Bounded, Growth::Huge) => Growth::Huge,
            (Growth::Huge, Growth::Huge) => return Err("∞ − ∞".to_owned()),
        })
    }

    fn product(&mut self, a: Growth, b: Growth) -> Check<Growth> {
        Ok(match (a, b) {
            (Growth::Series(a), Growth::Series(b)) => {
                Growth::Series(self.ring.series_product(&a, &b, self.length)?)
            }
            (Growth::Bounded, Growth::Bounded) => Growth::Bounded,
            (Growth::Bounded, Growth::Series(s)) | (Growth::Series(s), Growth::Bounded) => {
                let s = s.trimmed(self.length);
                // O(t^start), or what is smaller still
                let end = if s.vanishes() { s.end() } else { s.start - 1 };
                Growth::Series(Series::small(end))
            }
            (Growth::Huge, Growth::Series(s)) | (Growth::Series(s), Growth::Huge) => {
                self.leading(s)?;
                Growth::Huge
            }
            (Growth::Huge, Growth::Huge) => Growth::Huge,
            _ => return Err("a product that may be of any size".to_owned()),
        })
    }

    /// v and c in c·t^s·(1 + v), v → 0; s is the start of the series.
    fn factored(&mut self, series: Series) -> Check<(Fraction, i64, Series)> {
        let (first, series) = self.leading(series)?;
        let start = series.start;
        let below = self.ring.reciprocal(&first)?;
        let mut rest = self.ring.series_scaled(&series, &below)?;
        rest.start = 0;
        rest.coefficients[0] = Fraction::default();
        Ok((first, start, rest.trimmed(self.length)))
    }

    fn inverse(&mut self, series: Series) -> Check<Series> {
        let (first, start, v) = self.factored(series)?;
        let sum = self.compose(&v, |k| number(if k % 2 == 0 { 1 } else { -1 }))?;
        let below = self.ring.reciprocal(&first)?;
        let mut result = self.ring.series_scaled(&sum, &below)?;
        result.start -= start;
        Ok(result)
    }

    fn power(&mut self, base: Id, exponent: Id) -> Check<Growth> {
        if *self.ring.terms.head(base) == Head::Constant("e") {
            let exponent = self.series(exponent)?;
            return self.exponential(exponent);
        }
        let value = self.ring.terms.value(exponent).cloned();
        let whole = value.as_ref().filter(|n| n.is_integer());
        if let Some(n) = whole.and_then(ToPrimitive::to_i64) {
            let growth = self.growth(base)?;
            return self.integer_power(growth, n);
        }
        if !self.ring.terms.mentions(exponent, self.t) {
            let exponent = self.ring.fraction(exponent)?;
            return self.real_power(base, &exponent, false);
        }
        // e^(exponent·log base)
        let Growth::Series(log) = self.logarithm(base)? else {
            return Err("a logarithm without an expansion".to_owned());
        };
        let exponent = self.series(exponent)?;
        let product = self.ring.series_product(&exponent, &log, self.length)?;
        self.exponential(product)
    }

    fn integer_power(&mut self, base: Growth, n: i64) -> Check<Growth> {
        if n.abs() > 24 {
            return Err("a power too high".to_owned());
        }
        Ok(match base {
            Growth::Series(series) => {
                let series = if n < 0 { self.inverse(series)? } else { series };
                let mut power = self.constant(number(1));
                for _ in 0..n.abs() {
                    power = self.ring.series_product(&power, &series, self.length)?;
                }
                Growth::Series(power)
            }
            Growth::Huge if n < 0 => Growth::Series(Series::small(FAST)),
            Growth::Huge if n > 0 => Growth::Huge,
            Growth::Bounded if n > 0 => Growth::Bounded,
            _ => return Err("a power of what may be 0".to_owned()),
        })
    }

    /// base^exponent with an exponent without t for a positive base, or a root of odd order.
    fn real_power(&mut self, base: Id, exponent: &Fraction, odd: bool) -> Check<Growth> {
        let series = self.series(base)?;
        let (first, start, v) = self.factored(series)?;
        let sign = self.sign(&first)?;
        if sign < 0 && !odd {
            return Err("a power of what is negative".to_owned());
        }
        let shift = self.ring.product(&number(start), exponent)?;
        let shift = shift.as_number().filter(Q::is_integer);
        let shift = shift.and_then(|n| n.to_i64()).filter(|n| n.abs() < 100);
        let shift = shift.ok_or("a power of t that is no integer")?;
        let sum = self.ring.series_composed(&v, self.length, |ring, k| {
            // e (e − 1) … (e − k + 1)/k!
            let mut product = over_factorial(k);
            for i in 0..k {
                let factor = ring.difference(exponent, &number(i64::from(i)))?;
                product = ring.product(&product, &factor)?;
            }
            Ok(product)
        })?;
        let size = self.ring.product(&number(i64::from(sign)), &first)?;
        // |first|^exponent, as a term: the normal form may need to see that it is positive.
        let front = self.ring.power(&size, exponent)?;
        let front = self.ring.product(&number(i64::from(sign)), &front)?;
        let mut result = self.ring.series_scaled(&sum, &front)?;
        result.start += shift;
        Ok(Growth::Series(result))
    }

    /// The value at t = 0 and the rest, of a series without poles.
    fn at_zero(&mut self, series: Series) -> Check<(Fraction, Series)> {
        let mut series = series.trimmed(self.length);
        if series.start > 0 {
            return Ok((Fraction::default(), series));
        }
        if series.start < 0 || series.end() < 0 {
            return Err("a value at a pole".to_owned());
        }
        let at = std::mem::take(&mut series.coefficients[0]);
        Ok((at, series.trimmed(self.length)))
    }

    fn exponential(&mut self, exponent: Series) -> Check<Growth> {
        let series = exponent.trimmed(self.length);
        if series.start < 0 {
            let (first, _) = self.leading(series)?;
            return Ok(if self.sign(&first)? < 0 {
                Growth::Series(Series::small(FAST))
            } else {
                Growth::Huge
            });
        }
        let (at, rest) = self.at_zero(series)?;
        let sum = self.compose(&rest, over_factorial)?;
        let front = self.ring.exponential(&at)?;
        Ok(Growth::Series(self.ring.series_scaled(&sum, &front)?))
    }

    fn logarithm(&mut self, u: Id) -> Check<Growth> {
        let series = self.series(u)?;
        let (first, start, v) = self.factored(series)?;
        if start != 0 || self.sign(&first)? < 0 {
            return Err("a logarithm without an expansion".to_owned());
        }
        let sum = self.compose(&v, |k| {
            let sign = if k % 2 == 0 { -1 } else { 1 };
            let below = i64::from(k.max(1));
            Fraction::number(
                Q::new(i64::from(k > 0).into(), 1.into()) * Q::new(sign.into(), below.into()),
            )
        })?;
        if first.as_number().is_some_and(|c| c.is_one()) {
            return Ok(Growth::Series(sum));
        }
        let front = self.apply("log", &first)?;
        let front = self.constant(front);
        Ok(Growth::Series(self.ring.series_sum(
            &front,
            &sum,
            self.length,
        )?))
    }

    /// Sine or cosine.
    fn circular(&mut self, sine: bool, u: Id) -> Check<Growth> {
        let series = match self.growth(u)? {
            Growth::Series(series) => series.trimmed(self.length),
            _ => return Ok(Growth::Bounded),
        };
        if series.start < 0 {
            return Ok(Growth::Bounded);
        }
        let (at, rest) = self.at_zero(series)?;
        let sines = self.compose(&rest, |k| alternating(k, true))?;
        let cosines = self.compose(&rest, |k| alternating(k, false))?;
        let (sin, cos) = self.sine_and_cosine(&at)?;
        // sin(a + v) = sin a cos v + cos a sin v, cos(a + v) = cos a cos v − sin a sin v
        let (c, s) = if sine {
            (sin, cos)
        } else {
            let minus = self.ring.product(&number(-1), &sin)?;
            (cos, minus)
        };
        let first = self.ring.series_scaled(&cosines, &c)?;
        let second = self.ring.series_scaled(&sines, &s)?;
        Ok(Growth::Series(self.ring.series_sum(
            &first,
            &second,
            self.length,
        )?))
    }

    /// sin and cos of a coefficient; worked out at multiples of π/2.
    fn sine_and_cosine(&mut self, at: &Fraction) -> Check<(Fraction, Fraction)> {
        let quarters = if at.above.is_zero() {
            Some(Q::zero())
        } else {
            let single = at.above.single().filter(|_| at.below.is_empty());
            single.and_then(|(monomial, value)| match monomial.as_slice() {
                [(generator, e)] if e.is_one() => {
                    let kernel = &self.ring.kernels.get(*generator as usize)?.0;
                    let Kernel::Exact(id) = kernel else {
                        return None;
                    };
                    let pi = *self.ring.terms.head(*id) == Head::Constant("pi");
                    pi.then(|| value * Q::from_integer(2.into()))
                }
                _ => None,
            })
        };
        let quarters = quarters.filter(Q::is_integer).and_then(|q| q.to_i64());
        if let Some(quarters) = quarters {
            let (sin, cos) = [(0, 1), (1, 0), (0, -1), (-1, 0)]
                .get(usize::try_from(quarters.rem_euclid(4)).unwrap_or(0))
                .copied()
                .ok_or("no quarter")?;
            return Ok((number(sin), number(cos)));
        }
        Ok((self.apply("sin", at)?, self.apply("cos", at)?))
    }

    fn arctangent(&mut self, u: Id) -> Check<Growth> {
        let odd = |k: u32| {
            let sign = if k.is_multiple_of(2) {
                0
            } else {
                1 - i64::from(k % 4 == 3) * 2
            };
            Fraction::number(Q::new(sign.into(), i64::from(k.max(1)).into()))
        };
        let series = self.series(u)?.trimmed(self.length);
        if series.start < 0 {
            // ±π/2 − arctan(1/u)
            let (first, series) = self.leading(series)?;
            let sign = self.sign(&first)?;
            let pi = self.ring.terms.add(Head::Constant("pi"), Vec::new())?;
            let pi = self.ring.fraction(pi)?;
            let half = Fraction::number(Q::new(sign.into(), 2.into()));
            let front = self.ring.product(&half, &pi)?;
            let inverse = self.inverse(series)?;
            let sum = self.compose(&inverse, odd)?;
            let sum = self.ring.series_scaled(&sum, &number(-1))?;
            let front = self.constant(front);
            return Ok(Growth::Series(self.ring.series_sum(
                &front,
                &sum,
                self.length,
            )?));
        }
        // arctan a + arctan(v/(1 + a² + a·v))
        let (at, v) = self.at_zero(series)?;
        if at.above.is_zero() {
            return Ok(Growth::Series(self.compose(&v, odd)?));
        }
        let square = self.ring.product(&at, &at)?;
        let below = self.ring.sum(&number(1), &square)?;
        let below = self.constant(below);
        let product = self.ring.series_scaled(&v, &at)?;
        let below = self.ring.series_sum(&below, &product, self.length)?;
        let below = self.inverse(below)?;
        let ratio = self.ring.series_product(&v, &below, self.length)?;
        let sum = self.compose(&ratio, odd)?;
        let front = self.apply("arctan", &at)?;
        let front = self.constant(front);
        Ok(Growth::Series(self.ring.series_sum(
            &front,
            &sum,
            self.length,
        )?))
    }

    /// An unknown function, which is smooth: its Taylor expansion.
    fn unknown(&mut self, f: u32, orders: &[u32], u: Id) -> Check<Growth> {
        let [order] = orders else {
            return Err("a function of several arguments".to_owned());
        };
        let series = self.series(u)?;
        let (at, rest) = self.at_zero(series)?;
        let at = self.ring.term(&at)?;
        let sum = self.ring.series_composed(&rest, self.length, |ring, k| {
            let term = ring.terms.add(Head::Call(f, vec![order + k]), vec![at])?;
            let value = ring.fraction(term)?;
            ring.product(&over_factorial(k), &value)
        })?;
        Ok(Growth::Series(sum))
    }

    fn function(&mut self, name: &str, arguments: &[Id], u: Id) -> Check<Growth> {
        match name {
            "log" => self.logarithm(u),
            "sin" => self.circular(true, u),
            "cos" => self.circular(false, u),
            "arctan" => self.arctangent(u),
            "root" => {
                let order = self
                    .ring
                    .terms
                    .value(arguments[0])
                    .filter(|n| n.is_integer());
                let order = order
                    .and_then(ToPrimitive::to_i64)
                    .filter(|n| (2..=64).contains(n));
                let order = order.ok_or("a root of no order")?;
                let exponent = Fraction::number(Q::new(1.into(), order.into()));
                self.real_power(u, &exponent, order % 2 == 1)
            }
            "abs" => {
                let series = self.series(u)?;
                let (first, series) = self.leading(series)?;
                let sign = number(i64::from(self.sign(&first)?));
                Ok(Growth::Series(self.ring.series_scaled(&series, &sign)?))
            }
            _ => {
                if name == "logbase" {
                    self.is_base(arguments[0])?;
                }
                let spelled = self.spelled(name, arguments, u)?;
                self.growth(spelled)
            }
        }
    }

    /// The base of a logarithm is positive and not 1.
    fn is_base(&mut self, base: Id) -> Check<()> {
        let value = self.ring.fraction(base)?;
        let above_one = self.ring.difference(&value, &number(1))?;
        if self.ring.terms.mentions(base, self.t)
            || self.sign(&value)? <= 0
            || self.sign(&above_one)? == 0
        {
            return Err("a base that may be none".to_owned());
        }
        Ok(())
    }

    /// Functions by others: tan u = sin u/cos u and the like, with the same domain.
    fn spelled(&mut self, name: &str, arguments: &[Id], u: Id) -> Check<Id> {
        let terms = &mut *self.ring.terms;
        let minus = terms.integer(-1)?;
        let one = terms.integer(1)?;
        let e = terms.add(Head::Constant("e"), Vec::new())?;
        let rise = terms.add(Head::Pow, vec![e, u])?;
        let back = terms.negative(u)?;
        let fall = terms.add(Head::Pow, vec![e, back])?;
        let (above, below) = match name {
            "tan" => ("sin", "cos"),
            "cot" => ("cos", "sin"),
            "tanh" => ("sinh", "cosh"),
            "coth" => ("cosh", "sinh"),
            "sec" => ("", "cos"),
            "csc" => ("", "sin"),
            "sech" => ("", "cosh"),
            "csch" => ("", "sinh"),
            "sinh" | "cosh" => {
                let half = terms.number(Q::new(1.into(), 2.into()))?;
                let fall = if name == "sinh" {
                    terms.negative(fall)?
                } else {
                    fall
                };
                let sum = terms.flat(Head::Add, &[rise, fall])?;
                return terms.flat(Head::Mul, &[half, sum]);
            }
            "sigmoid" => {
                let sum = terms.flat(Head::Add, &[one, fall])?;
                return terms.add(Head::Pow, vec![sum, minus]);
            }
            "softplus" => {
                let sum = terms.flat(Head::Add, &[one, rise])?;
                return terms.add(Head::Function("log"), vec![sum]);
            }
            "logbase" => {
                let above = terms.add(Head::Function("log"), vec![u])?;
                let below = terms.add(Head::Function("log"), vec![arguments[0]])?;
                let below = terms.add(Head::Pow, vec![below, minus])?;
                return terms.flat(Head::Mul, &[above, below]);
            }
            _ => {
                return Err(format!(
                    "an expansion of {name} is not known to the checker"
                ));
            }
        };
        let apply = |terms: &mut crate::kernel::term::Terms, name: &'static str| {
            terms.add(Head::Function(name), vec![u])
        };
        let over = apply(terms, below)?;
        let over = terms.add(Head::Pow, vec![over, minus])?;
        if above.is_empty() {
            return Ok(over);
        }
        let above = apply(terms, above)?;
        terms.flat(Head::Mul, &[above, over])
    }
}
