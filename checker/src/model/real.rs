//! A real number: exact as long as it can be, else enclosed.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};

use super::dyadic::Dyadic;
use super::interval::Interval;
use super::series;
use super::stop::{Found, Stop};
use crate::kernel::term::Q;

/// Exact numbers longer than this go on as enclosures.
const LONGEST: u64 = 20_000;
/// Squares of primes up to this are taken out of a radicand.
const PRIMES: u32 = 100;

/// A real number, or all that it may be.
#[derive(Clone, Debug)]
pub enum Real {
    /// Exactly this number.
    Exact(Q),
    /// Exactly a + b√d, d ≥ 2.
    Surd(Box<(Q, Q, BigInt)>),
    /// One of these; of a variable that runs over an interval, each of them.
    Near(Interval),
}

fn length(value: &Q) -> u64 {
    value.numer().bits() + value.denom().bits()
}

/// The sign as a number.
fn sign(value: &Q) -> i32 {
    i32::from(value.is_positive()) - i32::from(value.is_negative())
}

impl Real {
    /// An integer.
    pub fn integer(value: i64) -> Real {
        Real::Exact(Q::from_integer(value.into()))
    }

    /// a + b√d
    fn surd(a: Q, b: Q, d: BigInt, bits: u32) -> Found<Real> {
        if b.is_zero() {
            return Real::exact(a, bits);
        }
        let value = Real::Surd(Box::new((a, b, d)));
        match &value {
            Real::Surd(parts) if length(&parts.0).max(length(&parts.1)) > 2000 => {
                Ok(Real::Near(value.near(bits)?))
            }
            _ => Ok(value),
        }
    }

    fn exact(value: Q, bits: u32) -> Found<Real> {
        if length(&value) > LONGEST {
            return Ok(Real::Near(Interval::of(&value, bits)));
        }
        Ok(Real::Exact(value))
    }

    /// The exact number, if it is rational and known to be.
    pub fn as_exact(&self) -> Option<&Q> {
        match self {
            Real::Exact(value) => Some(value),
            _ => None,
        }
    }

    /// As a small integer.
    pub fn as_integer(&self) -> Option<i64> {
        let value = self.as_exact().filter(|value| value.is_integer())?;
        value.numer().to_i64()
    }

    fn parts(&self) -> Option<(Q, Q, BigInt)> {
        match self {
            Real::Exact(value) => Some((value.clone(), Q::zero(), BigInt::zero())),
            Real::Surd(parts) => Some((**parts).clone()),
            Real::Near(_) => None,
        }
    }

    /// An enclosure.
    pub fn near(&self, bits: u32) -> Found<Interval> {
        match self {
            Real::Exact(value) => Ok(Interval::of(value, bits)),
            Real::Surd(parts) => {
                let (a, b, d) = &**parts;
                let root = Interval::point(Dyadic::new(d.clone(), 0)).root(2, bits + 8)?;
                let part = Interval::of(b, bits + 8).mul(&root, bits + 8)?;
                Interval::of(a, bits + 8).add(&part, bits)
            }
            Real::Near(value) => Ok(value.clone()),
        }
    }

    /// −1, 0 or 1 where the sign is sure.
    pub fn sign(&self) -> Option<i32> {
        match self {
            Real::Exact(value) => Some(sign(value)),
            Real::Surd(parts) => {
                let (a, b, d) = &**parts;
                let (s, t) = (sign(a), sign(b));
                if s == t || t == 0 {
                    return Some(s);
                }
                if s == 0 {
                    return Some(t);
                }
                // They pull apart: the larger of a² and b²d decides.
                let d = Q::from_integer(d.clone());
                Some(match (a * a).cmp(&(b * b * d)) {
                    Ordering::Greater => s,
                    Ordering::Less => t,
                    Ordering::Equal => 0,
                })
            }
            Real::Near(value) => value.sign(),
        }
    }

    /// The sign, which more digits may settle.
    pub fn sure_sign(&self) -> Found<i32> {
        self.sign().ok_or(Stop::Digits)
    }

    /// Whether it is surely at least 0.
    pub fn not_negative(&self) -> bool {
        match self {
            Real::Near(value) => !value.low.is_negative(),
            _ => self.sign().is_some_and(|s| s >= 0),
        }
    }

    /// Whether it is surely at most 0.
    pub fn not_positive(&self) -> bool {
        match self {
            Real::Near(value) => !value.high.is_positive(),
            _ => self.sign().is_some_and(|s| s <= 0),
        }
    }

    /// Whether it is surely 0.
    pub fn is_zero(&self) -> bool {
        self.sign() == Some(0)
    }

    /// The order where it is sure.
    pub fn compare(&self, other: &Real, bits: u32) -> Found<Ordering> {
        if let (Real::Exact(a), Real::Exact(b)) = (self, other) {
            return Ok(a.cmp(b));
        }
        let difference = self.add(&other.neg(), bits)?;
        if !matches!(difference, Real::Near(_)) {
            return Ok(difference.sure_sign()?.cmp(&0));
        }
        let (a, b) = (self.near(bits)?, other.near(bits)?);
        a.compare(&b).ok_or(Stop::Digits)
    }

    /// Whether `self ≤ other`, where that is sure.
    pub fn at_most(&self, other: &Real, bits: u32) -> Found<bool> {
        match self.compare(other, bits) {
            Ok(order) => Ok(order != Ordering::Greater),
            Err(stop) => {
                let (a, b) = (self.near(bits)?, other.near(bits)?);
                if a.high.compare(&b.low) == Ordering::Greater {
                    return Err(stop);
                }
                Ok(true)
            }
        }
    }

    /// The negative.
    pub fn neg(&self) -> Real {
        match self {
            Real::Exact(value) => Real::Exact(-value),
            Real::Surd(parts) => Real::Surd(Box::new((-&parts.0, -&parts.1, parts.2.clone()))),
            Real::Near(value) => Real::Near(value.neg()),
        }
    }

    /// The sum.
    pub fn add(&self, other: &Real, bits: u32) -> Found<Real> {
        if let (Real::Exact(a), Real::Exact(b)) = (self, other) {
            return Real::exact(a + b, bits);
        }
        if let (Some((a, b, d)), Some((p, q, e))) = (self.parts(), other.parts())
            && (d == e || d.is_zero() || e.is_zero())
        {
            return Real::surd(a + p, b + q, d.max(e), bits);
        }
        Ok(Real::Near(self.near(bits)?.add(&other.near(bits)?, bits)?))
    }

    /// The product.
    pub fn mul(&self, other: &Real, bits: u32) -> Found<Real> {
        match (self, other) {
            (Real::Exact(a), Real::Exact(b)) => return Real::exact(a * b, bits),
            (Real::Exact(a), rest) | (rest, Real::Exact(a)) if a.is_zero() || a.is_one() => {
                return Ok(if a.is_zero() {
                    Real::integer(0)
                } else {
                    rest.clone()
                });
            }
            _ => {}
        }
        if let (Some((a, b, d)), Some((p, q, e))) = (self.parts(), other.parts()) {
            if d == e || d.is_zero() || e.is_zero() {
                let d = d.max(e);
                let square = Q::from_integer(d.clone());
                return Real::surd(&a * &p + &b * &q * square, a * q + b * p, d, bits);
            }
            if a.is_zero() && p.is_zero() && d.bits() + e.bits() < 120 {
                let root = Real::square_root(&Q::from_integer(d * e), bits)?;
                return root.mul(&Real::Exact(b * q), bits);
            }
        }
        Ok(Real::Near(self.near(bits)?.mul(&other.near(bits)?, bits)?))
    }

    /// The reciprocal; undefined of 0.
    pub fn reciprocal(&self, bits: u32) -> Found<Real> {
        match self {
            Real::Exact(value) if value.is_zero() => Err(Stop::Undefined),
            Real::Exact(value) => Ok(Real::Exact(value.recip())),
            Real::Surd(parts) => {
                // 1/(a + b√d) = (a − b√d)/(a² − b²d)
                let (a, b, d) = &**parts;
                let norm = a * a - b * b * Q::from_integer(d.clone());
                if norm.is_zero() {
                    return Err(Stop::Unknown("a root that is rational"));
                }
                Real::surd(a / &norm, -b / &norm, d.clone(), bits)
            }
            Real::Near(value) => Ok(Real::Near(value.reciprocal(bits)?)),
        }
    }

    /// The power with an integer exponent; 0⁰ is 1.
    pub fn integer_power(&self, exponent: &BigInt, bits: u32) -> Found<Real> {
        if exponent.is_zero() {
            return Ok(Real::integer(1));
        }
        if exponent.is_negative() {
            return self.reciprocal(bits)?.integer_power(&-exponent, bits);
        }
        if let Real::Exact(value) = self
            && (value.is_zero() || value.is_one())
        {
            return Ok(self.clone());
        }
        if let Real::Exact(value) = self
            && (-value).is_one()
        {
            return Ok(Real::integer(if exponent.is_even() { 1 } else { -1 }));
        }
        let exponent = exponent.to_u64().filter(|e| *e < 1 << 30);
        let exponent = exponent.ok_or(Stop::Unknown("an exponent too large"))?;
        match self {
            Real::Exact(value) if length(value).saturating_mul(exponent) < LONGEST => {
                Ok(Real::Exact(Pow::pow(value, exponent)))
            }
            Real::Surd(_) if exponent <= 64 => {
                let mut power = self.clone();
                for _ in 1..exponent {
                    power = power.mul(self, bits)?;
                }
                Ok(power)
            }
            _ => Ok(Real::Near(self.near(bits)?.power(exponent, bits)?)),
        }
    }

    /// √(p/q) = √(pq)/q, squares of small primes taken out.
    fn square_root(value: &Q, bits: u32) -> Found<Real> {
        let below = value.denom().clone();
        let mut under = value.numer() * &below;
        if under.bits() > 400 {
            let root = Interval::of(value, bits + 8).root(2, bits)?;
            return Ok(Real::Near(root));
        }
        let mut outside = BigInt::one();
        let root = under.sqrt();
        if &root * &root == under {
            return Ok(Real::Exact(Q::new(root, below)));
        }
        for prime in 2..PRIMES {
            let square = BigInt::from(prime * prime);
            while under.is_multiple_of(&square) {
                under /= &square;
                outside *= prime;
            }
        }
        // The rest may be a square times a small number.
        for small in 2..PRIMES {
            if under.is_multiple_of(&small.into()) {
                let rest = &under / small;
                let root = rest.sqrt();
                if &root * &root == rest {
                    under = small.into();
                    outside *= root;
                    break;
                }
            }
        }
        Real::surd(Q::zero(), Q::new(outside, below), under, bits)
    }

    /// The real root of that order.
    pub fn root(&self, order: u32, bits: u32) -> Found<Real> {
        if self.is_zero() {
            return Ok(Real::integer(0));
        }
        match self.sign() {
            Some(-1) if order.is_multiple_of(2) => return Err(Stop::Undefined),
            Some(-1) => return Ok(self.neg().root(order, bits)?.neg()),
            None if order.is_multiple_of(2) && !self.not_negative() => return Err(Stop::Digits),
            None if !self.not_negative() => {
                // An odd root is rising.
                let near = self.near(bits)?;
                let below = Interval::point(near.low.neg()).root(order, bits)?.neg();
                let above = Interval::point(near.high.clone());
                if above.high.is_negative() {
                    return Err(Stop::Digits);
                }
                return Ok(Real::Near(below.hull(&above.root(order, bits)?)));
            }
            _ => {}
        }
        match self {
            Real::Exact(value) if order == 2 => Real::square_root(value, bits),
            Real::Exact(value) => {
                let (n, d) = (value.numer().nth_root(order), value.denom().nth_root(order));
                if Pow::pow(&n, order) == value.numer() && Pow::pow(&d, order) == value.denom() {
                    return Ok(Real::Exact(Q::new(n, d)));
                }
                Ok(Real::Near(self.near(bits + 8)?.root(order, bits)?))
            }
            _ => Ok(Real::Near(self.near(bits + 8)?.root(order, bits)?)),
        }
    }

    /// e^u
    pub fn exp(&self, bits: u32) -> Found<Real> {
        if self.is_zero() {
            return Ok(Real::integer(1));
        }
        Ok(Real::Near(series::exponential(&self.near(bits)?, bits)?))
    }

    /// The natural logarithm.
    pub fn log(&self, bits: u32) -> Found<Real> {
        if self.as_exact().is_some_and(One::is_one) {
            return Ok(Real::integer(0));
        }
        if self.not_positive() {
            return Err(Stop::Undefined);
        }
        Ok(Real::Near(series::logarithm(&self.near(bits)?, bits)?))
    }

    /// The sine, or the cosine.
    pub fn circular(&self, sine: bool, bits: u32) -> Found<Real> {
        if self.is_zero() {
            return Ok(Real::integer(i64::from(!sine)));
        }
        // Large angles need digits before the point too.
        let more = match self.near(32)?.high.size() {
            size if size > 0 => u32::try_from(size).unwrap_or(0).min(400),
            _ => 0,
        };
        let near = self.near(bits + more)?;
        Ok(Real::Near(series::circular(&near, sine, bits)?))
    }

    /// The arc tangent.
    pub fn arctan(&self, bits: u32) -> Found<Real> {
        if self.is_zero() {
            return Ok(Real::integer(0));
        }
        Ok(Real::Near(series::arctangent(&self.near(bits)?, bits)?))
    }

    /// The arc sine.
    pub fn arcsin(&self, bits: u32) -> Found<Real> {
        if self.is_zero() {
            return Ok(Real::integer(0));
        }
        let one = Real::integer(1);
        match (self.at_most(&one, bits), one.neg().at_most(self, bits)) {
            (Ok(false), _) | (_, Ok(false)) => Err(Stop::Undefined),
            (Ok(true), Ok(true)) => {
                // Not rounded, so that it stays within −1 … 1.
                let near = match self {
                    Real::Near(value) => value.clone(),
                    _ => clipped(self.near(bits + 8)?),
                };
                Ok(Real::Near(series::arcsine(&near, bits)?))
            }
            _ => Err(Stop::Digits),
        }
    }

    /// π
    pub fn pi(bits: u32) -> Real {
        Real::Near(series::pi(bits))
    }

    /// The absolute value.
    pub fn abs(&self) -> Real {
        match self {
            Real::Near(value) => Real::Near(value.abs()),
            _ if self.sign() == Some(-1) => self.neg(),
            _ => self.clone(),
        }
    }

    /// The larger of two.
    pub fn max(&self, other: &Real, bits: u32) -> Found<Real> {
        Ok(match self.compare(other, bits) {
            Ok(Ordering::Less) => other.clone(),
            Ok(_) => self.clone(),
            Err(_) => Real::Near(self.near(bits)?.max(&other.near(bits)?)),
        })
    }

    /// The largest integer that is not above it.
    pub fn floor(&self, bits: u32) -> Found<Real> {
        match self {
            Real::Exact(value) => Ok(Real::Exact(value.floor())),
            _ => Ok(Real::Exact(Q::from_integer(self.near(bits)?.floor()?))),
        }
    }

    /// Whether it is an integer, where that is sure.
    pub fn is_integer(&self, bits: u32) -> Found<bool> {
        match self {
            Real::Exact(value) => Ok(value.is_integer()),
            Real::Surd(_) | Real::Near(_) => {
                if self.near(bits)?.holds_no_integer() {
                    Ok(false)
                } else {
                    Err(Stop::Digits)
                }
            }
        }
    }

    /// The power: with a natural exponent for every base, with an integer for a base other than 0,
    /// with any other for a positive one; 0 to a positive power is 0.
    pub fn power(&self, exponent: &Real, bits: u32) -> Found<Real> {
        if let Some(number) = exponent.as_exact() {
            if number.is_integer() {
                return self.integer_power(&number.numer(), bits);
            }
            return self.fractional_power(number, bits);
        }
        match self.sign() {
            Some(1) => exponent.mul(&self.log(bits)?, bits)?.exp(bits),
            Some(0) => match exponent.sure_sign()? {
                1 => Ok(Real::integer(0)),
                -1 => Err(Stop::Undefined),
                _ => Ok(Real::integer(1)),
            },
            Some(_) if !exponent.is_integer(bits)? => Err(Stop::Undefined),
            _ => Err(Stop::Digits),
        }
    }

    fn fractional_power(&self, exponent: &Q, bits: u32) -> Found<Real> {
        match self.sign() {
            Some(1) => {}
            Some(0) if exponent.is_positive() => return Ok(Real::integer(0)),
            Some(_) => return Err(Stop::Undefined),
            None if self.not_positive() && exponent.is_negative() => return Err(Stop::Undefined),
            None if exponent.is_negative() || !self.not_negative() => return Err(Stop::Digits),
            None => {}
        }
        let order = exponent.denom().to_u32().filter(|q| *q <= 64);
        let small = exponent.numer().bits() <= 7;
        if let Some(order) = order.filter(|_| small) {
            return self
                .root(order, bits)?
                .integer_power(&exponent.numer(), bits);
        }
        if self.sign() != Some(1) {
            return Err(Stop::Digits);
        }
        let log = self.log(bits)?;
        log.mul(&Real::Exact(exponent.clone()), bits)?.exp(bits)
    }
}

/// An interval within −1 … 1 as it is, but for what rounding put beyond.
fn clipped(value: Interval) -> Interval {
    let one = Dyadic::integer(1);
    let keep = |x: Dyadic| {
        if x.compare(&one) == Ordering::Greater {
            one.clone()
        } else if x.compare(&one.neg()) == Ordering::Less {
            one.neg()
        } else {
            x
        }
    };
    Interval {
        low: keep(value.low),
        high: keep(value.high),
    }
}
