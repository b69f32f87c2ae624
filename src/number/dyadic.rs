//! Integers times powers of two, with directed rounding.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::Rational;

/// Exponents beyond this are not worked with.
pub(super) const LARGEST_EXPONENT: i64 = 400_000;

/// Which way to round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Toward {
    /// Toward −∞.
    Down,
    /// Toward +∞.
    Up,
}

/// `mantissa · 2^exponent`.
#[derive(Clone, Debug)]
pub(super) struct Dyadic {
    pub(super) mantissa: BigInt,
    pub(super) exponent: i64,
}

impl Dyadic {
    pub(super) fn integer(value: i64) -> Self {
        Dyadic {
            mantissa: BigInt::from(value),
            exponent: 0,
        }
    }

    pub(super) fn sign(&self) -> i32 {
        match self.mantissa.sign() {
            num_bigint::Sign::Minus => -1,
            num_bigint::Sign::NoSign => 0,
            num_bigint::Sign::Plus => 1,
        }
    }

    /// The least e with |value| < 2^e; `None` for 0.
    pub(super) fn magnitude(&self) -> Option<i64> {
        let bits = i64::try_from(self.mantissa.bits()).ok()?;
        (bits > 0).then(|| bits.saturating_add(self.exponent))
    }

    /// `n / d` with that many bits; `d` positive.
    pub(super) fn quotient(n: &BigInt, d: &BigInt, bits: u32, toward: Toward) -> Self {
        if n.is_zero() {
            return Dyadic::integer(0);
        }
        let length = |x: &BigInt| i64::try_from(x.bits()).unwrap_or(i64::MAX / 4);
        let shift = i64::from(bits) + 1 - (length(n) - length(d));
        let (top, bottom) = if shift >= 0 {
            (n << shift, d.clone())
        } else {
            (n.clone(), d << -shift)
        };
        Dyadic {
            mantissa: divide(&top, &bottom, toward),
            exponent: -shift,
        }
    }

    /// At most that many bits.
    pub(super) fn rounded(mut self, bits: u32, toward: Toward) -> Self {
        let length = self.mantissa.bits();
        if length > u64::from(bits) {
            let drop = length - u64::from(bits);
            self.mantissa = match toward {
                Toward::Down => self.mantissa >> drop,
                Toward::Up => -(-self.mantissa >> drop),
            };
            self.exponent += i64::try_from(drop).unwrap_or(0);
        }
        self
    }

    pub(super) fn neg(&self) -> Self {
        Dyadic {
            mantissa: -&self.mantissa,
            exponent: self.exponent,
        }
    }

    pub(super) fn add(&self, other: &Self, bits: u32, toward: Toward) -> Self {
        let (high, low) = if self.exponent >= other.exponent {
            (self, other)
        } else {
            (other, self)
        };
        if high.mantissa.is_zero() {
            return low.clone().rounded(bits, toward);
        }
        if low.mantissa.is_zero() {
            return high.clone().rounded(bits, toward);
        }
        let gap = high.exponent - low.exponent;
        // A term far below the last bit only pushes the sum one way.
        if let (Some(top), Some(bottom)) = (high.magnitude(), low.magnitude())
            && top - bottom > i64::from(bits) + 8
            && gap > i64::from(bits) + 8
        {
            let fine = i64::from(bits) + 4 - i64::try_from(high.mantissa.bits()).unwrap_or(0);
            let fine = fine.max(2);
            let push = match toward {
                Toward::Down if low.sign() < 0 => -1,
                Toward::Up if low.sign() > 0 => 1,
                _ => 0,
            };
            return Dyadic {
                mantissa: (&high.mantissa << fine) + BigInt::from(push),
                exponent: high.exponent - fine,
            }
            .rounded(bits, toward);
        }
        Dyadic {
            mantissa: (&high.mantissa << gap) + &low.mantissa,
            exponent: low.exponent,
        }
        .rounded(bits, toward)
    }

    pub(super) fn mul(&self, other: &Self, bits: u32, toward: Toward) -> Self {
        Dyadic {
            mantissa: &self.mantissa * &other.mantissa,
            exponent: self.exponent.saturating_add(other.exponent),
        }
        .rounded(bits, toward)
    }

    /// `1 / self`; 0 must be excluded.
    pub(super) fn inverse(&self, bits: u32, toward: Toward) -> Self {
        let mut one = BigInt::one();
        if self.mantissa.is_negative() {
            one = -one;
        }
        let mut result = Dyadic::quotient(&one, &self.mantissa.abs(), bits, toward);
        result.exponent = result.exponent.saturating_sub(self.exponent);
        result
    }

    /// The root of that degree of a non-negative number.
    pub(super) fn root(&self, degree: u32, bits: u32, toward: Toward) -> Self {
        if self.sign() <= 0 {
            return Dyadic::integer(0);
        }
        let d = i64::from(degree);
        let length = i64::try_from(self.mantissa.bits()).unwrap_or(0);
        let mut shift = (i64::from(bits) + 2).saturating_mul(d) - length;
        shift = shift.max(0);
        // The exponent must be a multiple of the degree.
        let rest = (self.exponent - shift).rem_euclid(d);
        shift += rest;
        let radicand = &self.mantissa << shift;
        let mut root = radicand.nth_root(degree);
        if toward == Toward::Up && root.pow(degree) != radicand {
            root += 1;
        }
        Dyadic {
            mantissa: root,
            exponent: (self.exponent - shift) / d,
        }
    }

    pub(super) fn to_rational(&self) -> Rational {
        let value = if self.exponent >= 0 {
            BigRational::from_integer(&self.mantissa << self.exponent)
        } else {
            BigRational::new(self.mantissa.clone(), BigInt::one() << -self.exponent)
        };
        Rational::from_big(value)
    }
}

/// The quotient rounded to an integer; `d` positive.
fn divide(n: &BigInt, d: &BigInt, toward: Toward) -> BigInt {
    use num_integer::Integer;
    match toward {
        Toward::Down => n.div_floor(d),
        Toward::Up => -((-n).div_floor(d)),
    }
}

impl PartialEq for Dyadic {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Dyadic {}

impl PartialOrd for Dyadic {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Dyadic {
    fn cmp(&self, other: &Self) -> Ordering {
        let signs = self.sign().cmp(&other.sign());
        if signs != Ordering::Equal || self.sign() == 0 {
            return signs;
        }
        let sizes = self.magnitude().cmp(&other.magnitude());
        if sizes != Ordering::Equal {
            return if self.sign() > 0 {
                sizes
            } else {
                sizes.reverse()
            };
        }
        let gap = self.exponent - other.exponent;
        if gap >= 0 {
            (&self.mantissa << gap).cmp(&other.mantissa)
        } else {
            self.mantissa.cmp(&(&other.mantissa << -gap))
        }
    }
}
