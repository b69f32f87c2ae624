//! Sums to ∞ whose terms are a fraction of k times a power cᵏ and factorials: some terms are added up,
//! and the rest is smaller than a geometric series, a sum of 1/k², or (with alternating signs) its
//! first term.

use super::evaluator::Evaluator;
use super::quantity::Quantity;
use super::real::{Real, Result, Stop};
use crate::number::{Enclosure, Rational};
use crate::term::{Constant, Function, Node, TermId};

/// How many terms are added up before the rest is estimated.
const LENGTHS: [i64; 3] = [12, 40, 200];
/// The highest degree of a polynomial.
const DEGREE: usize = 24;
/// The largest shift and rate in a factorial or exponent.
const LARGEST: i64 = 12;

type Polynomial = Vec<Rational>;

/// numerator/denominator · base^k · Π (rate·k + shift)!^exponent.
#[derive(Clone, Debug)]
struct Term {
    above: Polynomial,
    below: Polynomial,
    base: Rational,
    factorials: Vec<(i64, i64, i64)>,
}

impl Term {
    fn polynomial(above: Polynomial) -> Self {
        Term {
            above,
            below: vec![Rational::one()],
            base: Rational::one(),
            factorials: Vec::new(),
        }
    }

    fn times(mut self, other: Term) -> Option<Self> {
        self.above = multiply(&self.above, &other.above)?;
        self.below = multiply(&self.below, &other.below)?;
        self.base = self.base.mul(&other.base);
        self.factorials.extend(other.factorials);
        Some(self)
    }

    fn plus(self, other: Term) -> Option<Self> {
        if self.base != other.base || self.factorials != other.factorials {
            return None;
        }
        let left = multiply(&self.above, &other.below)?;
        let right = multiply(&other.above, &self.below)?;
        Some(Term {
            above: add(&left, &right),
            below: multiply(&self.below, &other.below)?,
            ..self
        })
    }

    fn power(&self, exponent: i64) -> Option<Self> {
        let mut result = Term::polynomial(vec![Rational::one()]);
        for _ in 0..exponent.abs() {
            result = result.times(self.clone())?;
        }
        if exponent < 0 {
            std::mem::swap(&mut result.above, &mut result.below);
            result.base = Rational::one().div(&result.base)?;
            for factorial in &mut result.factorials {
                factorial.2 = -factorial.2;
            }
        }
        Some(result)
    }

    /// P and Q with t(k + 1)·Q(k) = P(k)·t(k).
    fn ratio(&self) -> Option<(Polynomial, Polynomial)> {
        let one = Rational::one();
        let mut above = multiply(&shifted(&self.above, &one)?, &self.below)?;
        let mut below = multiply(&self.above, &shifted(&self.below, &one)?)?;
        above = multiply(&above, std::slice::from_ref(&self.base))?;
        for (rate, shift, exponent) in &self.factorials {
            for step in 1..=*rate {
                let factor = [Rational::from(shift + step), Rational::from(*rate)];
                for _ in 0..exponent.abs() {
                    if *exponent > 0 {
                        above = multiply(&above, &factor)?;
                    } else {
                        below = multiply(&below, &factor)?;
                    }
                }
            }
        }
        Some((above, below))
    }
}

impl<E: Enclosure> Evaluator<'_, E> {
    /// Σ from lower to ∞ of the body.
    pub(super) fn series(
        &mut self,
        number: u32,
        body: TermId,
        lower: TermId,
    ) -> Result<Quantity<E>> {
        let first = self.integer(lower)?;
        if self.moving.is_some() || self.bound.iter().any(|(_, v)| v.as_real().is_none()) {
            return Err(Stop::Unknown);
        }
        self.coarse = true;
        let whole = self.read(number, body, 12);
        let parts = match (whole, self.store.node(body)) {
            (Some(whole), _) => vec![(body, whole)],
            (None, Node::Add(parts)) => {
                let mut read = Vec::new();
                for part in parts.clone().iter() {
                    let term = self.read(number, *part, 12).ok_or(Stop::Unknown)?;
                    read.push((*part, term));
                }
                read
            }
            _ => return Err(Stop::Unknown),
        };
        let mut total = Real::integer(0);
        for (part, term) in parts {
            let value = self.one_series(number, part, &term, first)?;
            total = total.add(&value, self.bits)?;
        }
        Ok(Quantity::Real(total))
    }

    fn one_series(
        &mut self,
        number: u32,
        body: TermId,
        term: &Term,
        first: i64,
    ) -> Result<Real<E>> {
        if term.below.iter().all(Rational::is_zero) {
            return Err(Stop::Undefined);
        }
        if term.above.iter().all(Rational::is_zero) {
            return Ok(Real::integer(0));
        }
        let (mut total, mut place) = (Real::integer(0), first);
        for length in LENGTHS {
            let from = first.checked_add(length).ok_or(Stop::Unknown)?;
            while place < from {
                let value = self.at_place(number, body, place)?;
                total = total.add(&Real::Near(value.near(self.bits)?), self.bits)?;
                place += 1;
            }
            let last = self.at_place(number, body, from)?;
            let Some(rest) = self.rest(term, from, &last, length == LENGTHS[2]) else {
                continue;
            };
            let rest = rest?.near(self.bits)?;
            let around = Real::Near(rest.neg().hull(&rest));
            return total.add(&around, self.bits);
        }
        Err(Stop::Unknown)
    }

    fn at_place(&mut self, number: u32, body: TermId, place: i64) -> Result<Real<E>> {
        let value = self.with(number, Quantity::integer(place), |inner| {
            inner.quantity(body)
        })?;
        value.as_real().cloned().ok_or(Stop::Unknown)
    }

    /// How large the sum of the terms from `from` on is at most, where the first of them is `value`.
    fn rest(
        &self,
        term: &Term,
        from: i64,
        value: &Real<E>,
        slowly: bool,
    ) -> Option<Result<Real<E>>> {
        let start = Rational::from(from);
        let (above, below) = term.ratio()?;
        let (above, below) = (shifted(&above, &start)?, shifted(&below, &start)?);
        let below = positive(below)?;
        for (share, rest) in [((1, 2), 2), ((9, 10), 10), ((99, 100), 100)] {
            let share = Rational::new(share.0, share.1)?;
            let bound: Polynomial = below.iter().map(|c| c.mul(&share)).collect();
            if is_within(&above, &bound) {
                return Some(value.abs().mul(&Real::integer(rest), self.bits));
            }
        }
        if !slowly || !term.factorials.is_empty() {
            return None;
        }
        let top = positive(shifted(&term.above, &start)?)?;
        let bottom = positive(shifted(&term.below, &start)?)?;
        let one = Rational::one();
        if term.base == one.neg() && top.len() < bottom.len() {
            // Alternating, falling to 0.
            let next = (shifted(&top, &one)?, shifted(&bottom, &one)?);
            let (here, there) = (multiply(&top, &next.1)?, multiply(&next.0, &bottom)?);
            let falls = add(&here, &there.iter().map(Rational::neg).collect::<Vec<_>>());
            let falls = falls.iter().all(|c| c.signum() >= 0);
            return falls.then(|| Ok(value.abs()));
        }
        if term.base != one && term.base != one.neg() || top.len() + 2 > bottom.len() || from < 2 {
            return None;
        }
        // |t(k)| ≤ C/k², and Σ 1/k² from n on is at most 1/(n − 1).
        let square = [start.mul(&start), start.add(&start), one.clone()];
        let grown = multiply(&top, &square)?;
        let leading = top.last()?.div(bottom.last()?)?;
        for factor in [Rational::new(11, 10)?, Rational::from(2), Rational::from(8)] {
            let c = leading.mul(&factor);
            let bound: Polynomial = bottom.iter().map(|b| b.mul(&c)).collect();
            if is_within(&grown, &bound) {
                let size = c.div(&Rational::from(from - 1))?;
                return Some(Ok(Real::Exact(size)));
            }
        }
        None
    }

    /// The terms as far as they are of that form; numbers in them have their values at the model.
    fn read(&mut self, number: u32, term: TermId, depth: u32) -> Option<Term> {
        let depth = depth.checked_sub(1)?;
        if self.store.is_closed(term) {
            let value = self.real(term).ok()?.as_exact()?.clone();
            return Some(Term::polynomial(vec![value]));
        }
        match self.store.node(term) {
            Node::Bound(bound) => (*bound == number)
                .then(|| Term::polynomial(vec![Rational::zero(), Rational::one()])),
            Node::Add(parts) => {
                let mut sum: Option<Term> = None;
                for part in parts.clone().iter() {
                    let part = self.read(number, *part, depth)?;
                    sum = Some(match sum {
                        None => part,
                        Some(sum) => sum.plus(part)?,
                    });
                }
                sum
            }
            Node::Mul(factors) => {
                let mut product = Term::polynomial(vec![Rational::one()]);
                for factor in factors.clone().iter() {
                    product = product.times(self.read(number, *factor, depth)?)?;
                }
                Some(product)
            }
            Node::Pow(base, exponent) => {
                let (base, exponent) = (*base, *exponent);
                if let Node::Number(exponent) = self.store.node(exponent) {
                    let exponent = exponent.to_i64().filter(|e| e.abs() <= LARGEST)?;
                    return self.read(number, base, depth)?.power(exponent);
                }
                if !self.store.is_closed(base)
                    || matches!(self.store.node(base), Node::Constant(Constant::E))
                {
                    return None;
                }
                let value = self.real(base).ok()?.as_exact()?.clone();
                let (rate, shift) = self.linear(number, exponent, depth)?;
                if value.is_zero() {
                    return None;
                }
                let mut result = Term::polynomial(vec![power(&value, shift)?]);
                result.base = power(&value, rate)?;
                Some(result)
            }
            Node::Function(Function::Factorial, arguments) => {
                let argument = *arguments.first()?;
                let (rate, shift) = self.linear(number, argument, depth)?;
                let mut result = Term::polynomial(vec![Rational::one()]);
                (rate > 0).then(|| {
                    result.factorials.push((rate, shift, 1));
                    result
                })
            }
            _ => None,
        }
    }

    /// a and b of a k + b, small integers.
    fn linear(&mut self, number: u32, term: TermId, depth: u32) -> Option<(i64, i64)> {
        let read = self.read(number, term, depth)?;
        let plain = read.factorials.is_empty() && read.base == Rational::one();
        let scale = match read.below.as_slice() {
            [one] if plain => one.clone(),
            _ => return None,
        };
        let small = |c: &Rational| {
            let value = c.div(&scale)?;
            let whole = value.is_integer().then(|| value.to_i64()).flatten()?;
            (whole.abs() <= LARGEST).then_some(whole)
        };
        match read.above.as_slice() {
            [shift, rate] => Some((small(rate)?, small(shift)?)),
            _ => None,
        }
    }
}

fn power(base: &Rational, exponent: i64) -> Option<Rational> {
    let mut result = Rational::one();
    for _ in 0..exponent.abs() {
        result = result.mul(base);
    }
    if exponent < 0 {
        return Rational::one().div(&result);
    }
    Some(result)
}

fn trimmed(mut a: Polynomial) -> Polynomial {
    while a.len() > 1 && a.last().is_some_and(Rational::is_zero) {
        a.pop();
    }
    a
}

fn add(a: &[Rational], b: &[Rational]) -> Polynomial {
    let zero = Rational::zero();
    let sum = (0..a.len().max(b.len()))
        .map(|i| a.get(i).unwrap_or(&zero).add(b.get(i).unwrap_or(&zero)))
        .collect();
    trimmed(sum)
}

fn multiply(a: &[Rational], b: &[Rational]) -> Option<Polynomial> {
    if a.is_empty() || b.is_empty() || a.len() + b.len() > DEGREE {
        return None;
    }
    let mut product = vec![Rational::zero(); a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            product[i + j] = product[i + j].add(&x.mul(y));
        }
    }
    Some(trimmed(product))
}

/// p(k + by).
fn shifted(p: &[Rational], by: &Rational) -> Option<Polynomial> {
    let mut result = vec![Rational::zero()];
    for c in p.iter().rev() {
        result = multiply(&result, &[by.clone(), Rational::one()])?;
        result = add(&result, std::slice::from_ref(c));
    }
    Some(result)
}

/// The polynomial or its negative, if it is seen to be positive at 0, 1, 2, ….
fn positive(p: Polynomial) -> Option<Polynomial> {
    let first = p.first()?.signum();
    let p: Polynomial = if first < 0 {
        p.iter().map(Rational::neg).collect()
    } else {
        p
    };
    (first != 0 && p.iter().all(|c| c.signum() >= 0)).then_some(p)
}

/// Whether −b ≤ a ≤ b is seen at 0, 1, 2, ….
fn is_within(a: &[Rational], b: &[Rational]) -> bool {
    let minus: Polynomial = a.iter().map(Rational::neg).collect();
    [a, &minus]
        .into_iter()
        .all(|a| add(a, b).iter().all(|c| c.signum() >= 0))
}
