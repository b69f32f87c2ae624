//! Exact rationals.

use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// An exact rational number in lowest terms.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rational(BigRational);

impl Rational {
    /// The number 0.
    #[must_use]
    pub fn zero() -> Self {
        Rational(BigRational::zero())
    }

    /// The number 1.
    #[must_use]
    pub fn one() -> Self {
        Rational(BigRational::one())
    }

    /// `numerator / denominator`; `None` where the denominator is 0.
    #[must_use]
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        (denominator != 0).then(|| {
            Rational(BigRational::new(
                BigInt::from(numerator),
                BigInt::from(denominator),
            ))
        })
    }

    /// From a big fraction.
    #[must_use]
    pub fn from_big(value: BigRational) -> Self {
        Rational(value)
    }

    /// As a big fraction.
    #[must_use]
    pub fn to_big(&self) -> BigRational {
        self.0.clone()
    }

    /// Reads digits with at most one point (`12`, `0.25`, `.5`).
    #[must_use]
    pub fn from_decimal(digits: &str) -> Option<Self> {
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{part}");
        if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let numerator: BigInt = all.parse().ok()?;
        let denominator = BigInt::from(10).pow(u32::try_from(part.len()).ok()?);
        Some(Rational(BigRational::new(numerator, denominator)))
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is 1.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.0.is_one()
    }

    /// Whether it is an integer.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    /// −1, 0 or 1.
    #[must_use]
    pub fn signum(&self) -> i32 {
        if self.0.is_zero() {
            0
        } else if self.0.is_positive() {
            1
        } else {
            -1
        }
    }

    /// The value as an `i64` if it is a small integer.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        if self.0.is_integer() {
            self.0.to_integer().to_i64()
        } else {
            None
        }
    }

    /// The numerator, with the sign.
    #[must_use]
    pub fn numerator(&self) -> BigInt {
        self.0.numer().clone()
    }

    /// The denominator, positive.
    #[must_use]
    pub fn denominator(&self) -> BigInt {
        self.0.denom().clone()
    }

    /// The sum.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        Rational(&self.0 + &other.0)
    }

    /// The difference.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Self {
        Rational(&self.0 - &other.0)
    }

    /// The product.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        Rational(&self.0 * &other.0)
    }

    /// The quotient; `None` where `other` is 0.
    #[must_use]
    pub fn div(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            None
        } else {
            Some(Rational(&self.0 / &other.0))
        }
    }

    /// The negative.
    #[must_use]
    pub fn neg(&self) -> Self {
        Rational(-&self.0)
    }

    /// An integer power; `None` for 0 to a negative power, or where the result would have more
    /// than about 100,000 bits.
    #[must_use]
    pub fn pow(&self, exponent: i64) -> Option<Self> {
        if self.is_zero() && exponent < 0 {
            return None;
        }
        let bits = self.0.numer().bits().max(self.0.denom().bits());
        if bits.checked_mul(exponent.unsigned_abs())? > 100_000 && bits > 1 {
            return None;
        }
        let exponent = i32::try_from(exponent).ok()?;
        Some(Rational(num_traits::Pow::pow(&self.0, exponent)))
    }
}

impl From<i64> for Rational {
    fn from(value: i64) -> Self {
        Rational(BigRational::from_integer(BigInt::from(value)))
    }
}

impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_integer() {
            write!(f, "{}", self.0.numer())
        } else {
            write!(f, "{}/{}", self.0.numer(), self.0.denom())
        }
    }
}
