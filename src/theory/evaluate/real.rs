//! A real number: exact as long as it can be, else enclosed.

use std::cmp::Ordering;

use crate::number::{DyadicInterval, Enclosure, Quadratic, Rational};

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Surely undefined.
    Undefined,
    /// More digits may settle it.
    Precision,
    /// Not this room's, or the budget ran out.
    Unknown,
}

/// A value, or why there is none.
pub type Result<T> = std::result::Result<T, Stop>;

/// Exact numbers longer than this go on as enclosures.
const EXACT_BITS: u64 = 40_000;
/// Likewise for irrational ones.
const SURD_BITS: u64 = 2_000;
/// Bits of the ends between which an irrational number is said to lie.
const SURD_DIGITS: u32 = 160;

/// A real number.
#[derive(Clone, Debug)]
pub enum Real<E> {
    /// Exactly this number.
    Exact(Rational),
    /// Exactly this irrational number.
    Surd(Box<Quadratic>),
    /// Somewhere in this interval.
    Near(E),
}

impl<E: Enclosure> Real<E> {
    /// An integer.
    #[must_use]
    pub fn integer(value: i64) -> Self {
        Real::Exact(Rational::from(value))
    }

    /// An enclosure of it.
    pub fn near(&self, bits: u32) -> Result<E> {
        match self {
            Real::Exact(value) => E::enclose(value, bits).ok_or(Stop::Precision),
            Real::Surd(value) => value.enclose(bits).ok_or(Stop::Precision),
            Real::Near(value) => Ok(value.clone()),
        }
    }

    /// A number of the form a + b√d.
    #[must_use]
    pub fn quadratic(value: Quadratic) -> Self {
        match value.as_rational() {
            Some(rational) => Real::Exact(rational.clone()),
            None => Real::Surd(Box::new(value)),
        }
    }

    /// The exact number, if it is of the form a + b√d.
    #[must_use]
    pub fn as_quadratic(&self) -> Option<Quadratic> {
        match self {
            Real::Exact(value) => Some(value.clone().into()),
            Real::Surd(value) => Some((**value).clone()),
            Real::Near(_) => None,
        }
    }

    /// Joins two numbers of which one at least is irrational, if the result is of that form.
    fn join(
        &self,
        other: &Self,
        join: impl Fn(&Quadratic, &Quadratic) -> Option<Quadratic>,
    ) -> Option<Self> {
        if !matches!((self, other), (Real::Surd(_), _) | (_, Real::Surd(_))) {
            return None;
        }
        let joined = join(&self.as_quadratic()?, &other.as_quadratic()?)?;
        (joined.bits() <= SURD_BITS).then(|| Real::quadratic(joined))
    }

    fn exact(value: Rational, bits: u32) -> Result<Self> {
        if value.bits() > EXACT_BITS {
            return Ok(Real::Near(E::enclose(&value, bits).ok_or(Stop::Precision)?));
        }
        Ok(Real::Exact(value))
    }

    /// The exact value, if it is known.
    #[must_use]
    pub fn as_exact(&self) -> Option<&Rational> {
        match self {
            Real::Exact(value) => Some(value),
            Real::Surd(_) | Real::Near(_) => None,
        }
    }

    /// Whether it is exactly 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.as_exact().is_some_and(Rational::is_zero)
    }

    /// −1, 0 or 1 where the sign is sure.
    #[must_use]
    pub fn sign(&self) -> Option<i32> {
        match self {
            Real::Exact(value) => Some(value.signum()),
            Real::Surd(value) => Some(value.signum()),
            Real::Near(value) => value.sign(),
        }
    }

    /// Whether it is surely at least 0.
    #[must_use]
    pub fn surely_not_negative(&self) -> bool {
        match self {
            Real::Exact(value) => value.signum() >= 0,
            Real::Surd(value) => value.signum() >= 0,
            Real::Near(value) => value.low_sign() >= 0,
        }
    }

    /// Whether it is surely at most 0.
    #[must_use]
    pub fn surely_not_positive(&self) -> bool {
        match self {
            Real::Exact(value) => value.signum() <= 0,
            Real::Surd(value) => value.signum() <= 0,
            Real::Near(value) => value.high_sign() <= 0,
        }
    }

    /// The ends between which it lies.
    #[must_use]
    pub fn bounds(&self) -> (Rational, Rational) {
        match self {
            Real::Exact(value) => (value.clone(), value.clone()),
            Real::Surd(value) => {
                let enclosure: Option<DyadicInterval> = value.enclose(SURD_DIGITS);
                enclosure.map_or_else(|| value.crude_bounds(), |enclosure| enclosure.bounds())
            }
            Real::Near(value) => value.bounds(),
        }
    }

    /// The order of the two where it is sure.
    pub fn compare(&self, other: &Self, bits: u32) -> Option<Ordering> {
        if let (Real::Exact(a), Real::Exact(b)) = (self, other) {
            return Some(a.cmp(b));
        }
        if let (Some(a), Some(b)) = (self.as_quadratic(), other.as_quadratic())
            && let Some(order) = a.compare(&b)
        {
            return Some(order);
        }
        let (a, b) = (self.near(bits).ok()?, other.near(bits).ok()?);
        if a.surely_below(&b) {
            Some(Ordering::Less)
        } else if b.surely_below(&a) {
            Some(Ordering::Greater)
        } else {
            None
        }
    }

    /// Whether `self ≤ other`, where that is sure.
    pub fn at_most(&self, other: &Self, bits: u32) -> Option<bool> {
        if let (Real::Exact(a), Real::Exact(b)) = (self, other) {
            return Some(a <= b);
        }
        if let (Some(a), Some(b)) = (self.as_quadratic(), other.as_quadratic())
            && let Some(order) = a.compare(&b)
        {
            return Some(order != Ordering::Greater);
        }
        let (a, b) = (self.near(bits).ok()?, other.near(bits).ok()?);
        if a.surely_not_above(&b) {
            Some(true)
        } else if b.surely_below(&a) {
            Some(false)
        } else {
            None
        }
    }

    /// The sum.
    pub fn add(&self, other: &Self, bits: u32) -> Result<Self> {
        if let (Real::Exact(a), Real::Exact(b)) = (self, other) {
            return Self::exact(a.add(b), bits);
        }
        if self.is_zero() {
            return Ok(other.clone());
        }
        if other.is_zero() {
            return Ok(self.clone());
        }
        if let Some(sum) = self.join(other, Quadratic::add) {
            return Ok(sum);
        }
        let sum = self.near(bits)?.add(&other.near(bits)?);
        sum.map(Real::Near).ok_or(Stop::Precision)
    }

    /// The negative.
    #[must_use]
    pub fn neg(&self) -> Self {
        match self {
            Real::Exact(value) => Real::Exact(value.neg()),
            Real::Surd(value) => Real::Surd(Box::new(value.neg())),
            Real::Near(value) => Real::Near(value.neg()),
        }
    }

    /// The product.
    pub fn mul(&self, other: &Self, bits: u32) -> Result<Self> {
        match (self, other) {
            (Real::Exact(a), Real::Exact(b)) => Self::exact(a.mul(b), bits),
            (Real::Exact(a), rest) | (rest, Real::Exact(a)) if a.is_zero() || a.is_one() => {
                Ok(if a.is_zero() {
                    Real::integer(0)
                } else {
                    rest.clone()
                })
            }
            _ => {
                if let Some(product) = self.join(other, Quadratic::mul) {
                    return Ok(product);
                }
                let product = self.near(bits)?.mul(&other.near(bits)?);
                product.map(Real::Near).ok_or(Stop::Precision)
            }
        }
    }

    /// The inverse; undefined of 0.
    pub fn inverse(&self) -> Result<Self> {
        match self {
            Real::Exact(value) => value.inverse().map(Real::Exact).ok_or(Stop::Undefined),
            Real::Surd(value) => value.inverse().map(Real::quadratic).ok_or(Stop::Undefined),
            Real::Near(value) => match value.sign() {
                Some(0) => Err(Stop::Undefined),
                _ => value.inverse().map(Real::Near).ok_or(Stop::Precision),
            },
        }
    }

    /// The power with an integer exponent; 0⁰ is 1.
    pub fn integer_power(&self, exponent: i64, bits: u32) -> Result<Self> {
        if exponent == 0 {
            return Ok(Real::integer(1));
        }
        match self {
            Real::Exact(value) => {
                if value.is_zero() && exponent < 0 {
                    return Err(Stop::Undefined);
                }
                if let Some(power) = value.pow(exponent) {
                    return Self::exact(power, bits);
                }
                Real::Near(self.near(bits)?).integer_power(exponent, bits)
            }
            Real::Surd(_) if exponent.unsigned_abs() <= 64 => {
                let mut power = self.clone();
                for _ in 1..exponent.unsigned_abs() {
                    power = power.mul(self, bits)?;
                }
                if exponent < 0 {
                    power.inverse()
                } else {
                    Ok(power)
                }
            }
            Real::Surd(_) => Real::Near(self.near(bits)?).integer_power(exponent, bits),
            Real::Near(value) => {
                let power = value.power(exponent.unsigned_abs());
                let power = Real::Near(power.ok_or(Stop::Precision)?);
                if exponent < 0 {
                    power.inverse()
                } else {
                    Ok(power)
                }
            }
        }
    }

    /// The real root of that degree.
    pub fn root(&self, degree: u32, bits: u32) -> Result<Self> {
        if self.is_zero() {
            return Ok(self.clone());
        }
        match self.sign() {
            Some(-1) if degree.is_multiple_of(2) => return Err(Stop::Undefined),
            Some(-1) => return Ok(self.neg().root(degree, bits)?.neg()),
            None if degree % 2 == 1 && !self.surely_not_negative() => {
                // Around 0 an odd root grows: take it at both ends.
                let (low, high) = self.bounds();
                let low = Self::Exact(low).root(degree, bits)?.near(bits)?;
                let high = Self::Exact(high).root(degree, bits)?.near(bits)?;
                return Ok(Real::Near(low.hull(&high)));
            }
            None if !self.surely_not_negative() => return Err(Stop::Precision),
            _ => {}
        }
        if let Real::Exact(value) = self
            && let Some(root) = value.exact_root(degree)
        {
            return Ok(Real::Exact(root));
        }
        if degree == 2
            && let Real::Exact(value) = self
            && let Some(root) = Quadratic::square_root(value)
        {
            return Ok(Real::quadratic(root));
        }
        let root = self.near(bits)?.root(degree);
        root.map(Real::Near).ok_or(Stop::Precision)
    }

    /// e to the power of it.
    pub fn exp(&self, bits: u32) -> Result<Self> {
        if self.is_zero() {
            return Ok(Real::integer(1));
        }
        let value = self.near(bits)?.exp();
        value.map(Real::Near).ok_or(Stop::Precision)
    }

    /// The natural logarithm.
    pub fn log(&self, bits: u32) -> Result<Self> {
        if self.as_exact().is_some_and(Rational::is_one) {
            return Ok(Real::integer(0));
        }
        if self.surely_not_positive() {
            return Err(Stop::Undefined);
        }
        if self.sign() != Some(1) {
            return Err(Stop::Precision);
        }
        let value = self.near(bits)?.log();
        value.map(Real::Near).ok_or(Stop::Precision)
    }

    /// The sine.
    pub fn sin(&self, bits: u32) -> Result<Self> {
        if self.is_zero() {
            return Ok(Real::integer(0));
        }
        let value = self.near(bits)?.sin();
        value.map(Real::Near).ok_or(Stop::Precision)
    }

    /// The cosine.
    pub fn cos(&self, bits: u32) -> Result<Self> {
        if self.is_zero() {
            return Ok(Real::integer(1));
        }
        let value = self.near(bits)?.cos();
        value.map(Real::Near).ok_or(Stop::Precision)
    }

    /// The arc tangent.
    pub fn arctan(&self, bits: u32) -> Result<Self> {
        if self.is_zero() {
            return Ok(Real::integer(0));
        }
        let value = self.near(bits)?.arctan();
        value.map(Real::Near).ok_or(Stop::Precision)
    }

    /// The arc sine.
    pub fn arcsin(&self, bits: u32) -> Result<Self> {
        if self.is_zero() {
            return Ok(Real::integer(0));
        }
        let one = Real::integer(1);
        match (self.at_most(&one, bits), one.neg().at_most(self, bits)) {
            (Some(false), _) | (_, Some(false)) => Err(Stop::Undefined),
            (Some(true), Some(true)) => {
                let value = self.near(bits)?.arcsin();
                value.map(Real::Near).ok_or(Stop::Precision)
            }
            _ => Err(Stop::Precision),
        }
    }

    /// The ratio of circumference to diameter.
    #[must_use]
    pub fn pi(bits: u32) -> Self {
        Real::Near(E::pi(bits))
    }

    /// The absolute value.
    #[must_use]
    pub fn abs(&self) -> Self {
        match self {
            Real::Exact(value) => Real::Exact(value.abs()),
            Real::Surd(value) if value.signum() < 0 => self.neg(),
            Real::Surd(_) => self.clone(),
            Real::Near(value) => Real::Near(value.abs()),
        }
    }

    /// The larger of two.
    pub fn max(&self, other: &Self, bits: u32) -> Result<Self> {
        match self.compare(other, bits) {
            Some(Ordering::Less) => Ok(other.clone()),
            Some(_) => Ok(self.clone()),
            None => Ok(Real::Near(self.near(bits)?.max(&other.near(bits)?))),
        }
    }

    /// The largest integer that is not above it.
    pub fn floor(&self) -> Result<Self> {
        let (low, high) = self.bounds();
        let (low, high) = (low.floor(), high.floor());
        if low == high {
            Ok(Real::Exact(low))
        } else {
            Err(Stop::Precision)
        }
    }
}
