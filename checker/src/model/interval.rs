//! Real numbers between two dyadic ones; every bound is rounded outward.

use std::cmp::Ordering;

use num_bigint::BigInt;

use super::dyadic::{Dyadic, Way, shifted};
use super::stop::{Found, Stop};
use crate::kernel::term::Q;

/// The numbers from `low` to `high`.
#[derive(Clone, Debug)]
pub struct Interval {
    pub low: Dyadic,
    pub high: Dyadic,
}

fn lesser(a: &Dyadic, b: &Dyadic) -> Dyadic {
    if a.compare(b) == Ordering::Greater {
        b.clone()
    } else {
        a.clone()
    }
}

fn greater(a: &Dyadic, b: &Dyadic) -> Dyadic {
    if a.compare(b) == Ordering::Less {
        b.clone()
    } else {
        a.clone()
    }
}

impl Interval {
    /// One number.
    pub fn point(value: Dyadic) -> Interval {
        Interval {
            low: value.clone(),
            high: value,
        }
    }

    /// An integer.
    pub fn integer(value: i64) -> Interval {
        Interval::point(Dyadic::integer(value))
    }

    /// A rational number.
    pub fn of(value: &Q, bits: u32) -> Interval {
        Interval {
            low: Dyadic::of(value, bits, Way::Down),
            high: Dyadic::of(value, bits, Way::Up),
        }
    }

    /// The integers from m to m + more, times 2ᵉ.
    pub fn fixed(m: BigInt, more: u64, e: i64) -> Interval {
        let high = Dyadic::new(&m + more, e);
        Interval {
            low: Dyadic::new(m, e),
            high,
        }
    }

    fn rounded(self, bits: u32) -> Interval {
        Interval {
            low: self.low.rounded(bits, Way::Down),
            high: self.high.rounded(bits, Way::Up),
        }
    }

    /// The smallest interval that holds both.
    pub fn hull(&self, other: &Interval) -> Interval {
        Interval {
            low: lesser(&self.low, &other.low),
            high: greater(&self.high, &other.high),
        }
    }

    /// −1, 0 or 1 where the sign is sure.
    pub fn sign(&self) -> Option<i32> {
        if self.low.is_positive() {
            Some(1)
        } else if self.high.is_negative() {
            Some(-1)
        } else if self.low.is_zero() && self.high.is_zero() {
            Some(0)
        } else {
            None
        }
    }

    /// The order where it is sure.
    pub fn compare(&self, other: &Interval) -> Option<Ordering> {
        if self.high.compare(&other.low) == Ordering::Less {
            Some(Ordering::Less)
        } else if self.low.compare(&other.high) == Ordering::Greater {
            Some(Ordering::Greater)
        } else {
            None
        }
    }

    /// The negative.
    pub fn neg(&self) -> Interval {
        Interval {
            low: self.high.neg(),
            high: self.low.neg(),
        }
    }

    /// The sum.
    pub fn add(&self, other: &Interval, bits: u32) -> Found<Interval> {
        let low = self.low.add(&other.low)?;
        let high = self.high.add(&other.high)?;
        Ok(Interval { low, high }.rounded(bits))
    }

    /// Wider by a number that is not negative.
    pub fn wider(&self, by: &Dyadic, bits: u32) -> Found<Interval> {
        let low = self.low.add(&by.neg())?;
        let high = self.high.add(by)?;
        Ok(Interval { low, high }.rounded(bits))
    }

    /// The product.
    pub fn mul(&self, other: &Interval, bits: u32) -> Found<Interval> {
        if !self.low.is_negative() && !other.low.is_negative() {
            let low = self.low.mul(&other.low)?;
            let high = self.high.mul(&other.high)?;
            return Ok(Interval { low, high }.rounded(bits));
        }
        let first = self.low.mul(&other.low)?;
        let mut product = Interval::point(first);
        for value in [
            self.low.mul(&other.high)?,
            self.high.mul(&other.low)?,
            self.high.mul(&other.high)?,
        ] {
            product = product.hull(&Interval::point(value));
        }
        Ok(product.rounded(bits))
    }

    /// The reciprocal; more digits are asked for where 0 may be in it.
    pub fn reciprocal(&self, bits: u32) -> Found<Interval> {
        match self.sign() {
            Some(0) => Err(Stop::Undefined),
            None => Err(Stop::Digits),
            Some(_) => Ok(Interval {
                low: self.high.reciprocal(bits, Way::Down)?,
                high: self.low.reciprocal(bits, Way::Up)?,
            }),
        }
    }

    /// The absolute value.
    pub fn abs(&self) -> Interval {
        if !self.low.is_negative() {
            self.clone()
        } else if !self.high.is_positive() {
            self.neg()
        } else {
            Interval {
                low: Dyadic::integer(0),
                high: greater(&self.low.neg(), &self.high),
            }
        }
    }

    /// The power with a natural exponent.
    pub fn power(&self, exponent: u64, bits: u32) -> Found<Interval> {
        let even = exponent.is_multiple_of(2);
        if even && self.low.is_negative() {
            return self.abs().power(exponent, bits);
        }
        if self.low.is_negative() {
            // An odd power is rising.
            let (low, high) = (Interval::point(self.low.neg()), self.high.clone());
            let below = low.power(exponent, bits)?.neg();
            let above = if high.is_negative() {
                let size = Interval::point(high.neg());
                size.power(exponent, bits)?.neg()
            } else {
                Interval::point(high).power(exponent, bits)?
            };
            return Ok(below.hull(&above));
        }
        let (mut power, mut square, mut left) = (Interval::integer(1), self.clone(), exponent);
        while left > 0 {
            if !left.is_multiple_of(2) {
                power = power.mul(&square, bits + 16)?;
            }
            left /= 2;
            if left > 0 {
                square = square.mul(&square, bits + 16)?;
            }
        }
        Ok(power.rounded(bits))
    }

    /// The root of an interval from 0 up.
    pub fn root(&self, order: u32, bits: u32) -> Found<Interval> {
        let at = |x: &Dyadic| {
            let n = i64::from(order);
            let length = i64::try_from(x.mantissa().bits()).unwrap_or(i64::MAX / 4);
            let mut s = (n * (i64::from(bits) + 2) - length).max(0);
            s += (x.exponent() - s).rem_euclid(n);
            let whole = shifted(x.mantissa(), s);
            let root = whole.nth_root(order);
            let exact = root.pow(order) == whole;
            let e = (x.exponent() - s) / n;
            Interval::fixed(root, u64::from(!exact), e)
        };
        if self.low.is_negative() {
            return Err(Stop::Digits);
        }
        Ok(Interval {
            low: at(&self.low).low,
            high: at(&self.high).high,
        }
        .rounded(bits))
    }

    /// The integer below it, where it is the same for all numbers in it.
    pub fn floor(&self) -> Found<BigInt> {
        let (low, high) = (self.low.floor()?, self.high.floor()?);
        if low == high {
            Ok(low)
        } else {
            Err(Stop::Digits)
        }
    }

    /// Whether no integer is in it.
    pub fn holds_no_integer(&self) -> bool {
        match (self.low.floor(), self.high.floor()) {
            (Ok(low), Ok(high)) => {
                let whole = self.low.exponent() >= 0
                    || shifted(&low, -self.low.exponent()) == *self.low.mantissa();
                low == high && !whole
            }
            _ => false,
        }
    }

    /// The larger of two numbers.
    pub fn max(&self, other: &Interval) -> Interval {
        Interval {
            low: greater(&self.low, &other.low),
            high: greater(&self.high, &other.high),
        }
    }

    /// A number in the middle, and the distance to the ends.
    pub fn middle(&self, bits: u32) -> Found<(Dyadic, Dyadic)> {
        let middle = self.low.add(&self.high)?.half().rounded(bits, Way::Down);
        let left = middle.add(&self.low.neg())?;
        let right = self.high.add(&middle.neg())?;
        Ok((middle.clone(), greater(&left, &right)))
    }

    /// Whether it is one number.
    pub fn is_point(&self) -> bool {
        self.low.compare(&self.high) == Ordering::Equal
    }
}
