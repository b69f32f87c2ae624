//! Numbers m·2ᵉ, rounded to so many binary digits downward or upward.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::stop::{Found, Stop};
use crate::kernel::term::Q;

/// The widest gap between exponents of two numbers that are added.
const GAP: i64 = 200_000;

/// m·2ᵉ
#[derive(Clone, Debug)]
pub struct Dyadic {
    m: BigInt,
    e: i64,
}

/// Which way a number is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To a number that is not larger.
    Down,
    /// To a number that is not smaller.
    Up,
}

/// m·2ˢ rounded down, for s of any sign.
pub fn shifted(m: &BigInt, s: i64) -> BigInt {
    match usize::try_from(s) {
        Ok(left) => m << left,
        // A shift to the right rounds down, of negative numbers too.
        Err(_) => m >> usize::try_from(-s).unwrap_or(usize::MAX),
    }
}

impl Dyadic {
    /// m·2ᵉ
    pub fn new(m: BigInt, e: i64) -> Dyadic {
        Dyadic { m, e }
    }

    /// An integer.
    pub fn integer(value: i64) -> Dyadic {
        Dyadic::new(value.into(), 0)
    }

    /// The number m of m·2ᵉ.
    pub fn mantissa(&self) -> &BigInt {
        &self.m
    }

    /// The number e of m·2ᵉ.
    pub fn exponent(&self) -> i64 {
        self.e
    }

    /// The number rounded.
    pub fn rounded(self, bits: u32, way: Way) -> Dyadic {
        let length = self.m.bits();
        if length <= u64::from(bits) {
            return self;
        }
        let extra = i64::try_from(length - u64::from(bits)).unwrap_or(i64::MAX);
        let m = match way {
            Way::Down => shifted(&self.m, -extra),
            Way::Up => -shifted(&-self.m, -extra),
        };
        Dyadic::new(m, self.e + extra)
    }

    /// A rational number rounded.
    pub fn of(value: &Q, bits: u32, way: Way) -> Dyadic {
        let (n, d) = (value.numer(), value.denom());
        if d.is_one() {
            return Dyadic::new(n.clone(), 0).rounded(bits, way);
        }
        let length = |x: &BigInt| i64::try_from(x.bits()).unwrap_or(i64::MAX / 4);
        let s = (i64::from(bits) + 2 + length(&d) - length(&n)).max(0);
        let m = match way {
            Way::Down => shifted(&n, s).div_floor(&d),
            Way::Up => -shifted(&-n, s).div_floor(&d),
        };
        Dyadic::new(m, -s).rounded(bits, way)
    }

    /// The same as a fraction.
    pub fn rational(&self) -> Found<Q> {
        if self.e.abs() > GAP {
            return Err(Stop::Unknown("a number too large"));
        }
        Ok(if self.e >= 0 {
            Q::from_integer(shifted(&self.m, self.e))
        } else {
            Q::new(self.m.clone(), shifted(&BigInt::one(), -self.e))
        })
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        self.m.is_zero()
    }

    /// Whether it is above 0.
    pub fn is_positive(&self) -> bool {
        self.m.is_positive()
    }

    /// Whether it is below 0.
    pub fn is_negative(&self) -> bool {
        self.m.is_negative()
    }

    /// The number s with |x| < 2ˢ that is least.
    pub fn size(&self) -> i64 {
        i64::try_from(self.m.bits()).unwrap_or(i64::MAX / 4) + self.e
    }

    /// The negative.
    pub fn neg(&self) -> Dyadic {
        Dyadic::new(-&self.m, self.e)
    }

    /// The sum, exactly.
    pub fn add(&self, other: &Dyadic) -> Found<Dyadic> {
        if self.is_zero() {
            return Ok(other.clone());
        }
        if other.is_zero() {
            return Ok(self.clone());
        }
        let gap = self.e.saturating_sub(other.e);
        if gap.abs() > GAP {
            return Err(Stop::Unknown("numbers of sizes too far apart"));
        }
        Ok(if gap >= 0 {
            Dyadic::new(shifted(&self.m, gap) + &other.m, other.e)
        } else {
            Dyadic::new(&self.m + shifted(&other.m, -gap), self.e)
        })
    }

    /// The product, exactly.
    pub fn mul(&self, other: &Dyadic) -> Found<Dyadic> {
        let e = self.e.checked_add(other.e);
        let e = e.filter(|e| e.abs() < 1 << 40);
        Ok(Dyadic::new(
            &self.m * &other.m,
            e.ok_or(Stop::Unknown("a number too large"))?,
        ))
    }

    /// Half of it.
    pub fn half(&self) -> Dyadic {
        Dyadic::new(self.m.clone(), self.e - 1)
    }

    /// 1/x rounded, for x ≠ 0.
    pub fn reciprocal(&self, bits: u32, way: Way) -> Found<Dyadic> {
        if self.is_zero() {
            return Err(Stop::Digits);
        }
        let s = i64::try_from(self.m.bits()).unwrap_or(i64::MAX / 4) + i64::from(bits) + 1;
        let one = shifted(&BigInt::one(), s);
        let m = match way {
            Way::Down => one.div_floor(&self.m),
            Way::Up => -(-one).div_floor(&self.m),
        };
        Ok(Dyadic::new(m, -s - self.e).rounded(bits, way))
    }

    /// The order.
    pub fn compare(&self, other: &Dyadic) -> Ordering {
        let signs = self.m.sign().cmp(&other.m.sign());
        if signs != Ordering::Equal || self.is_zero() {
            return signs;
        }
        let sizes = self.size().cmp(&other.size());
        if sizes != Ordering::Equal {
            return if self.is_negative() {
                sizes.reverse()
            } else {
                sizes
            };
        }
        // Of one size: the gap of exponents is that of the lengths.
        let gap = self.e - other.e;
        if gap >= 0 {
            shifted(&self.m, gap).cmp(&other.m)
        } else {
            self.m.cmp(&shifted(&other.m, -gap))
        }
    }

    /// The largest integer that is not above it.
    pub fn floor(&self) -> Found<BigInt> {
        if self.e > GAP {
            return Err(Stop::Unknown("a number too large"));
        }
        Ok(shifted(&self.m, self.e))
    }
}
