//! Integer coefficients: machine words while they fit, big integers beyond.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::number::Residue;

/// An integer; `Big` only where it does not fit an `i64`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Integer {
    /// One word.
    Small(i64),
    /// More than one word.
    Big(BigInt),
}

impl Integer {
    /// 0
    pub const ZERO: Integer = Integer::Small(0);
    /// 1
    pub const ONE: Integer = Integer::Small(1);

    /// From a big integer.
    #[must_use]
    pub fn from_big(value: BigInt) -> Self {
        match value.to_i64() {
            Some(small) => Integer::Small(small),
            None => Integer::Big(value),
        }
    }

    fn from_wide(value: i128) -> Self {
        match i64::try_from(value) {
            Ok(small) => Integer::Small(small),
            Err(_) => Integer::Big(BigInt::from(value)),
        }
    }

    /// As a big integer.
    #[must_use]
    pub fn to_big(&self) -> BigInt {
        match self {
            Integer::Small(a) => BigInt::from(*a),
            Integer::Big(a) => a.clone(),
        }
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(self, Integer::Small(0))
    }

    /// Modulo a prime.
    #[must_use]
    pub fn residue(&self) -> Residue {
        match self {
            Integer::Small(a) => Residue::small(*a),
            Integer::Big(a) => Residue::big(a),
        }
    }

    /// Whether it is 1.
    #[must_use]
    pub fn is_one(&self) -> bool {
        matches!(self, Integer::Small(1))
    }

    /// Whether it is below 0.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match self {
            Integer::Small(a) => *a < 0,
            Integer::Big(a) => a.is_negative(),
        }
    }

    /// The sum.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        match (self, other) {
            (Integer::Small(a), Integer::Small(b)) => {
                Integer::from_wide(i128::from(*a) + i128::from(*b))
            }
            _ => Integer::from_big(self.to_big() + other.to_big()),
        }
    }

    /// The product.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        match (self, other) {
            (Integer::Small(a), Integer::Small(b)) => {
                Integer::from_wide(i128::from(*a) * i128::from(*b))
            }
            (Integer::Big(a), Integer::Small(b)) | (Integer::Small(b), Integer::Big(a)) => {
                Integer::from_big(a * *b)
            }
            (Integer::Big(a), Integer::Big(b)) => Integer::from_big(a * b),
        }
    }

    /// The negative.
    #[must_use]
    pub fn neg(&self) -> Self {
        match self {
            Integer::Small(a) => Integer::from_wide(-i128::from(*a)),
            Integer::Big(a) => Integer::from_big(-a),
        }
    }

    /// The greatest common divisor, not negative.
    #[must_use]
    pub fn gcd(&self, other: &Self) -> Self {
        match (self, other) {
            (Integer::Small(a), Integer::Small(b)) => {
                Integer::from_wide(i128::from(a.unsigned_abs().gcd(&b.unsigned_abs())))
            }
            _ => Integer::from_big(self.to_big().gcd(&other.to_big())),
        }
    }

    /// The quotient if there is no remainder.
    #[must_use]
    pub fn div_exact(&self, other: &Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        if let (Integer::Small(a), Integer::Small(b)) = (self, other) {
            let (a, b) = (i128::from(*a), i128::from(*b));
            return (a % b == 0).then(|| Integer::from_wide(a / b));
        }
        let (quotient, remainder) = self.to_big().div_rem(&other.to_big());
        remainder.is_zero().then(|| Integer::from_big(quotient))
    }

    /// A power; `None` where it would have more than about 20,000 bits.
    #[must_use]
    pub fn pow(&self, exponent: u32) -> Option<Self> {
        match self {
            Integer::Small(0) => return Some(if exponent == 0 { Self::ONE } else { Self::ZERO }),
            Integer::Small(1) => return Some(Self::ONE),
            Integer::Small(-1) => {
                return Some(Integer::Small(if exponent.is_multiple_of(2) {
                    1
                } else {
                    -1
                }));
            }
            _ => {}
        }
        let big = self.to_big();
        if big.bits().checked_mul(u64::from(exponent))? > 20_000 {
            return None;
        }
        Some(Integer::from_big(num_traits::Pow::pow(big, exponent)))
    }
}

impl PartialOrd for Integer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Integer {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Integer::Small(a), Integer::Small(b)) => a.cmp(b),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}
