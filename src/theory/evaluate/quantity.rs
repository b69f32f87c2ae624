//! A real number together with its derivatives: nested dual numbers.
//!
//! A dual number a + b·ε of level l stands for a function of the l-th variable differentiated by:
//! a is its value, b its derivative, both quantities of lower levels (Clifford 1873; nesting as in
//! Siskind and Pearlmutter 2005, whose tags are the levels). A rule is used only where it holds;
//! elsewhere the answer is [`Stop::Unknown`], never a guess.

use std::cmp::Ordering;

use super::real::{Real, Result, Stop};
use crate::number::{Enclosure, Quadratic, Rational};

/// A real number, or a value with its derivative.
#[derive(Clone, Debug)]
pub enum Quantity<E> {
    /// A number that does not depend on what is differentiated by.
    Real(Real<E>),
    /// Level, value and derivative.
    Dual(u32, Box<(Quantity<E>, Quantity<E>)>),
}

impl<E: Enclosure> Quantity<E> {
    /// An integer.
    #[must_use]
    pub fn integer(value: i64) -> Self {
        Quantity::Real(Real::integer(value))
    }

    /// An exact number.
    #[must_use]
    pub fn exact(value: Rational) -> Self {
        Quantity::Real(Real::Exact(value))
    }

    /// A value with its derivative.
    #[must_use]
    pub fn dual(level: u32, value: Self, derivative: Self) -> Self {
        Quantity::Dual(level, Box::new((value, derivative)))
    }

    /// A number of the form a + b√d.
    #[must_use]
    pub fn quadratic(value: Quadratic) -> Self {
        Quantity::Real(Real::quadratic(value))
    }

    fn level(&self) -> u32 {
        match self {
            Quantity::Real(_) => 0,
            Quantity::Dual(level, _) => *level,
        }
    }

    /// Value and derivative as seen from that level.
    #[must_use]
    pub fn split(&self, level: u32) -> (Self, Self) {
        match self {
            Quantity::Dual(own, parts) if *own == level => (parts.0.clone(), parts.1.clone()),
            _ => (self.clone(), Quantity::integer(0)),
        }
    }

    /// The number itself.
    #[must_use]
    pub fn value(&self) -> &Real<E> {
        match self {
            Quantity::Real(value) => value,
            Quantity::Dual(_, parts) => parts.0.value(),
        }
    }

    /// The number, where it does not depend on what is differentiated by.
    #[must_use]
    pub fn as_real(&self) -> Option<&Real<E>> {
        match self {
            Quantity::Real(value) => Some(value),
            Quantity::Dual(..) => None,
        }
    }

    /// The exact number, where it does not depend on what is differentiated by.
    #[must_use]
    pub fn as_exact(&self) -> Option<&Rational> {
        self.as_real()?.as_exact()
    }

    /// The sum.
    pub fn add(&self, other: &Self, bits: u32) -> Result<Self> {
        if let (Quantity::Real(a), Quantity::Real(b)) = (self, other) {
            return Ok(Quantity::Real(a.add(b, bits)?));
        }
        let level = self.level().max(other.level());
        let ((a, da), (b, db)) = (self.split(level), other.split(level));
        Ok(Quantity::dual(level, a.add(&b, bits)?, da.add(&db, bits)?))
    }

    /// The negative.
    #[must_use]
    pub fn neg(&self) -> Self {
        match self {
            Quantity::Real(a) => Quantity::Real(a.neg()),
            Quantity::Dual(level, parts) => Quantity::dual(*level, parts.0.neg(), parts.1.neg()),
        }
    }

    /// The difference.
    pub fn sub(&self, other: &Self, bits: u32) -> Result<Self> {
        self.add(&other.neg(), bits)
    }

    /// The product.
    pub fn mul(&self, other: &Self, bits: u32) -> Result<Self> {
        if let (Quantity::Real(a), Quantity::Real(b)) = (self, other) {
            return Ok(Quantity::Real(a.mul(b, bits)?));
        }
        let level = self.level().max(other.level());
        let ((a, da), (b, db)) = (self.split(level), other.split(level));
        let derivative = a.mul(&db, bits)?.add(&da.mul(&b, bits)?, bits)?;
        Ok(Quantity::dual(level, a.mul(&b, bits)?, derivative))
    }

    /// The quotient.
    pub fn div(&self, other: &Self, bits: u32) -> Result<Self> {
        self.mul(&other.inverse(bits)?, bits)
    }

    /// The value by a function and its derivative by the chain rule.
    fn chain(
        &self,
        bits: u32,
        real: impl Fn(&Real<E>) -> Result<Real<E>>,
        again: impl Fn(&Self) -> Result<Self>,
        slope: impl Fn(&Self, &Self) -> Result<Self>,
    ) -> Result<Self> {
        match self {
            Quantity::Real(value) => Ok(Quantity::Real(real(value)?)),
            Quantity::Dual(level, parts) => {
                let value = again(&parts.0)?;
                let slope = unknown_if_undefined(slope(&parts.0, &value))?;
                Ok(Quantity::dual(*level, value, slope.mul(&parts.1, bits)?))
            }
        }
    }

    /// The inverse.
    pub fn inverse(&self, bits: u32) -> Result<Self> {
        self.chain(
            bits,
            Real::inverse,
            |u| u.inverse(bits),
            |_, v| Ok(v.mul(v, bits)?.neg()),
        )
    }

    /// The power with an integer exponent.
    pub fn integer_power(&self, exponent: i64, bits: u32) -> Result<Self> {
        self.chain(
            bits,
            |u| u.integer_power(exponent, bits),
            |u| u.integer_power(exponent, bits),
            |u, _| {
                if exponent == 0 {
                    return Ok(Quantity::integer(0));
                }
                let power = u.integer_power(exponent - 1, bits)?;
                power.mul(&Quantity::integer(exponent), bits)
            },
        )
    }

    /// The real root of that degree.
    pub fn root(&self, degree: u32, bits: u32) -> Result<Self> {
        self.chain(
            bits,
            |u| u.root(degree, bits),
            |u| u.root(degree, bits),
            |u, v| {
                let below = u.mul(&Quantity::integer(i64::from(degree)), bits)?;
                v.div(&below, bits)
            },
        )
    }

    /// e to the power of it.
    pub fn exp(&self, bits: u32) -> Result<Self> {
        self.chain(bits, |u| u.exp(bits), |u| u.exp(bits), |_, v| Ok(v.clone()))
    }

    /// The natural logarithm.
    pub fn log(&self, bits: u32) -> Result<Self> {
        self.chain(
            bits,
            |u| u.log(bits),
            |u| u.log(bits),
            |u, _| u.inverse(bits),
        )
    }

    /// The sine.
    pub fn sin(&self, bits: u32) -> Result<Self> {
        self.chain(bits, |u| u.sin(bits), |u| u.sin(bits), |u, _| u.cos(bits))
    }

    /// The cosine.
    pub fn cos(&self, bits: u32) -> Result<Self> {
        self.chain(
            bits,
            |u| u.cos(bits),
            |u| u.cos(bits),
            |u, _| Ok(u.sin(bits)?.neg()),
        )
    }

    /// The arc tangent.
    pub fn arctan(&self, bits: u32) -> Result<Self> {
        self.chain(
            bits,
            |u| u.arctan(bits),
            |u| u.arctan(bits),
            |u, _| {
                let square = u.integer_power(2, bits)?;
                square.add(&Quantity::integer(1), bits)?.inverse(bits)
            },
        )
    }

    /// The arc sine.
    pub fn arcsin(&self, bits: u32) -> Result<Self> {
        self.chain(
            bits,
            |u| u.arcsin(bits),
            |u| u.arcsin(bits),
            |u, _| {
                let square = u.integer_power(2, bits)?;
                Quantity::integer(1)
                    .sub(&square, bits)?
                    .root(2, bits)?
                    .inverse(bits)
            },
        )
    }

    /// The absolute value.
    pub fn abs(&self, bits: u32) -> Result<Self> {
        self.chain(
            bits,
            |u| Ok(u.abs()),
            |u| u.abs(bits),
            |u, _| match u.value().sign() {
                Some(0) => Err(Stop::Unknown),
                Some(sign) => Ok(Quantity::integer(i64::from(sign))),
                None => Err(Stop::Precision),
            },
        )
    }

    /// −1, 0 or 1.
    pub fn signum(&self, bits: u32) -> Result<Self> {
        self.chain(
            bits,
            |u| {
                let sign = u.sign().ok_or(Stop::Precision)?;
                Ok(Real::integer(i64::from(sign)))
            },
            |u| u.signum(bits),
            |u, _| match u.value().sign() {
                Some(0) => Err(Stop::Unknown),
                Some(_) => Ok(Quantity::integer(0)),
                None => Err(Stop::Precision),
            },
        )
    }

    /// The largest integer that is not above it.
    pub fn floor(&self, bits: u32) -> Result<Self> {
        self.chain(
            bits,
            Real::floor,
            |u| u.floor(bits),
            |u, v| match u.value().compare(v.value(), bits) {
                // On an integer the floor jumps.
                Some(Ordering::Equal) => Err(Stop::Unknown),
                Some(_) => Ok(Quantity::integer(0)),
                None => Err(Stop::Precision),
            },
        )
    }

    /// The larger of two.
    pub fn max(&self, other: &Self, bits: u32) -> Result<Self> {
        if let (Quantity::Real(a), Quantity::Real(b)) = (self, other) {
            return Ok(Quantity::Real(a.max(b, bits)?));
        }
        match self.value().compare(other.value(), bits) {
            Some(Ordering::Less) => Ok(other.clone()),
            Some(Ordering::Greater) => Ok(self.clone()),
            Some(Ordering::Equal) => Err(Stop::Unknown),
            None => Err(Stop::Precision),
        }
    }

    /// The power, by the contract: ℕ for every base, ℤ for a base other than 0, else a positive
    /// base; 0 to a positive power is 0.
    pub fn power(&self, exponent: &Self, bits: u32) -> Result<Self> {
        if let Some(number) = exponent.as_exact() {
            if let Some(whole) = number.to_i64() {
                return self.integer_power(whole, bits);
            }
            return self.fractional_power(number, bits);
        }
        let base = self.value();
        match base.sign() {
            Some(1) => exponent.mul(&self.log(bits)?, bits)?.exp(bits),
            Some(0) => match (exponent.value().sign(), self, exponent) {
                (Some(1), Quantity::Real(_), Quantity::Real(_)) => Ok(Quantity::integer(0)),
                (Some(-1), _, _) => Err(Stop::Undefined),
                (None, _, _) => Err(Stop::Precision),
                _ => Err(Stop::Unknown),
            },
            Some(_) => {
                // Defined at integers only.
                if let (Some(whole), Quantity::Real(value)) =
                    (exponent.value().as_exact().and_then(Rational::to_i64), self)
                    && exponent.as_real().is_some()
                {
                    return Ok(Quantity::Real(value.integer_power(whole, bits)?));
                }
                let (low, high) = exponent.value().bounds();
                if low.ceil() > high {
                    Err(Stop::Undefined)
                } else if exponent.value().as_exact().is_some() {
                    Err(Stop::Unknown)
                } else {
                    Err(Stop::Precision)
                }
            }
            None => Err(Stop::Precision),
        }
    }

    /// The power with an exact exponent that is no small integer.
    fn fractional_power(&self, exponent: &Rational, bits: u32) -> Result<Self> {
        if let Quantity::Dual(level, parts) = self {
            let value = parts.0.fractional_power(exponent, bits)?;
            let slope = unknown_if_undefined(value.div(&parts.0, bits))?
                .mul(&Quantity::exact(exponent.clone()), bits)?;
            return Ok(Quantity::dual(*level, value, slope.mul(&parts.1, bits)?));
        }
        let base = self.value();
        if exponent.is_integer() {
            // Too large to work out, but for 0 and ±1.
            return match base.as_exact() {
                Some(b) if b.is_one() => Ok(Quantity::integer(1)),
                Some(b) if b.is_zero() && exponent.signum() > 0 => Ok(Quantity::integer(0)),
                Some(b) if b.is_zero() => Err(Stop::Undefined),
                _ => Err(Stop::Unknown),
            };
        }
        match base.sign() {
            Some(1) => {}
            Some(0) if exponent.signum() > 0 => return Ok(Quantity::integer(0)),
            Some(_) => return Err(Stop::Undefined),
            None if exponent.signum() < 0 && base.surely_not_positive() => {
                return Err(Stop::Undefined);
            }
            None => {
                // A base from 0 up, to a positive power.
                if exponent.signum() < 0 || !base.surely_not_negative() {
                    return Err(Stop::Precision);
                }
            }
        }
        let small = exponent.to_small().and_then(|(p, q)| {
            let q = u32::try_from(q).ok().filter(|q| *q <= 64)?;
            (p.unsigned_abs() <= 64).then_some((p, q))
        });
        if let Some((p, q)) = small {
            let root = base.root(q, bits)?;
            return Ok(Quantity::Real(root.integer_power(p, bits)?));
        }
        if base.sign() != Some(1) {
            return Err(Stop::Precision);
        }
        let log = base.log(bits)?;
        let power = log.mul(&Real::Exact(exponent.clone()), bits)?.exp(bits)?;
        Ok(Quantity::Real(power))
    }
}

/// The slope of a function where its rule has no value says nothing about whether the derivative
/// of the whole exists (√(x⁴) at 0).
fn unknown_if_undefined<T>(result: Result<T>) -> Result<T> {
    match result {
        Err(Stop::Undefined) => Err(Stop::Unknown),
        other => other,
    }
}
