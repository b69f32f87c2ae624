//! Enclosures by two machine floats: fast, about 15 digits.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};

use super::{Enclosure, Rational};

/// An interval between two finite machine floats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FloatInterval {
    low: f64,
    high: f64,
}

impl FloatInterval {
    /// The interval whose ends are these and one unit in the last place further out.
    fn widened(low: f64, high: f64) -> Option<Self> {
        Self::between(low.next_down(), high.next_up())
    }

    /// The interval with these ends.
    fn between(low: f64, high: f64) -> Option<Self> {
        (low.is_finite() && high.is_finite() && low <= high).then_some(FloatInterval { low, high })
    }

    /// A value by a function that grows everywhere, whose error is less than a unit in the last
    /// place.
    fn growing(self, f: impl Fn(f64) -> f64) -> Option<Self> {
        Self::widened(f(self.low), f(self.high))
    }

    /// A value by a function whose slope is at most 1, from −1 to 1.
    fn wave(self, f: impl Fn(f64) -> f64) -> Option<Self> {
        let middle = self.low + (self.high - self.low) / 2.0;
        let radius = (self.high - middle).max(middle - self.low).next_up();
        let value = f(middle);
        if !value.is_finite() || !radius.is_finite() {
            return Self::between(-1.0, 1.0);
        }
        let low = (value.next_down() - radius).next_down().max(-1.0);
        let high = (value.next_up() + radius).next_up().min(1.0);
        Self::between(low, high)
    }
}

/// The number as a fraction, exactly.
fn exact(value: f64) -> Rational {
    let bits = value.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let raw = i64::try_from((bits >> 52) & 0x7ff).unwrap_or(0);
    let (mantissa, exponent) = if raw == 0 {
        (fraction, -1074)
    } else {
        (fraction | (1 << 52), raw - 1075)
    };
    let mantissa = i64::try_from(mantissa).unwrap_or(0);
    let signed = Rational::from(if value < 0.0 { -mantissa } else { mantissa });
    match Rational::from(2).pow(exponent) {
        Some(scale) => signed.mul(&scale),
        None => signed,
    }
}

/// Two floats around n·2^−shift / d, for big n and d.
fn around(n: &BigInt, d: &BigInt) -> Option<(f64, f64)> {
    let shift = 62 - (i64::try_from(n.bits()).ok()? - i64::try_from(d.bits()).ok()?);
    let magnitude = n.abs();
    let quotient = if shift >= 0 {
        (magnitude << shift) / d
    } else {
        magnitude / (d << -shift)
    };
    let low = quotient.to_i64()?;
    let high = low.checked_add(1)?;
    if !(-950..=950).contains(&shift) {
        return None;
    }
    let scale = 2f64.powi(i32::try_from(-shift).ok()?);
    let low = ((low as f64).next_down() * scale).next_down();
    let high = ((high as f64).next_up() * scale).next_up();
    Some(if n.is_negative() {
        (-high, -low)
    } else {
        (low, high)
    })
}

impl Enclosure for FloatInterval {
    fn enclose(value: &Rational, _bits: u32) -> Option<Self> {
        match value.to_small() {
            Some((n, d)) => {
                const WHOLE: u64 = 1 << 53;
                let (a, b) = (n as f64, d as f64);
                let q = a / b;
                if n.unsigned_abs() <= WHOLE && d <= WHOLE {
                    // Both conversions are exact: one rounding, none if the denominator is a
                    // power of two.
                    if d.is_power_of_two() {
                        return Self::between(q, q);
                    }
                    return Self::widened(q, q);
                }
                Self::widened(
                    q.next_down().next_down().next_down(),
                    q.next_up().next_up().next_up(),
                )
            }
            None => {
                let (low, high) = around(&value.numerator(), &value.denominator())?;
                Self::between(low, high)
            }
        }
    }

    fn hull(&self, other: &Self) -> Self {
        FloatInterval {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }

    fn bounds(&self) -> (Rational, Rational) {
        (exact(self.low), exact(self.high))
    }

    fn low_sign(&self) -> i32 {
        sign(self.low)
    }

    fn high_sign(&self) -> i32 {
        sign(self.high)
    }

    fn surely_below(&self, other: &Self) -> bool {
        self.high < other.low
    }

    fn surely_not_above(&self, other: &Self) -> bool {
        self.high <= other.low
    }

    fn add(&self, other: &Self) -> Option<Self> {
        Self::widened(self.low + other.low, self.high + other.high)
    }

    fn neg(&self) -> Self {
        FloatInterval {
            low: -self.high,
            high: -self.low,
        }
    }

    fn mul(&self, other: &Self) -> Option<Self> {
        let products = [
            self.low * other.low,
            self.low * other.high,
            self.high * other.low,
            self.high * other.high,
        ];
        let low = products.iter().copied().fold(f64::INFINITY, f64::min);
        let high = products.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Self::widened(low, high)
    }

    fn inverse(&self) -> Option<Self> {
        if self.low <= 0.0 && self.high >= 0.0 {
            return None;
        }
        Self::widened(1.0 / self.high, 1.0 / self.low)
    }

    fn square(&self) -> Option<Self> {
        let (a, b) = (self.low * self.low, self.high * self.high);
        if self.low <= 0.0 && self.high >= 0.0 {
            return Self::between(0.0, a.max(b).next_up());
        }
        Self::between(a.min(b).next_down().max(0.0), a.max(b).next_up())
    }

    fn root(&self, degree: u32) -> Option<Self> {
        if self.low < 0.0 {
            return None;
        }
        match degree {
            1 => Some(*self),
            2 => Self::between(
                self.low.sqrt().next_down().max(0.0),
                self.high.sqrt().next_up(),
            ),
            3 => Self::between(
                core_math::cbrt(self.low).next_down().max(0.0),
                core_math::cbrt(self.high).next_up(),
            ),
            _ => {
                let power = FloatInterval::enclose(&Rational::new(1, i64::from(degree))?, 53)?;
                let high = if self.high > 0.0 {
                    FloatInterval {
                        low: self.high,
                        high: self.high,
                    }
                    .log()?
                    .mul(&power)?
                    .exp()?
                    .high
                } else {
                    0.0
                };
                let low = if self.low > 0.0 {
                    FloatInterval {
                        low: self.low,
                        high: self.low,
                    }
                    .log()?
                    .mul(&power)?
                    .exp()?
                    .low
                } else {
                    0.0
                };
                Self::between(low, high)
            }
        }
    }

    fn exp(&self) -> Option<Self> {
        let result = self.growing(core_math::exp)?;
        // e^u is positive even where the float below it is not.
        Some(FloatInterval {
            low: result.low.max(0.0),
            ..result
        })
    }

    fn log(&self) -> Option<Self> {
        if self.low <= 0.0 {
            return None;
        }
        self.growing(core_math::log)
    }

    fn sin(&self) -> Option<Self> {
        self.wave(core_math::sin)
    }

    fn cos(&self) -> Option<Self> {
        self.wave(core_math::cos)
    }

    fn arctan(&self) -> Option<Self> {
        self.growing(core_math::atan)
    }

    fn arcsin(&self) -> Option<Self> {
        if self.low < -1.0 || self.high > 1.0 {
            return None;
        }
        self.growing(core_math::asin)
    }

    fn pi(_bits: u32) -> Self {
        FloatInterval {
            low: std::f64::consts::PI.next_down(),
            high: std::f64::consts::PI.next_up(),
        }
    }

    fn max(&self, other: &Self) -> Self {
        FloatInterval {
            low: self.low.max(other.low),
            high: self.high.max(other.high),
        }
    }
}

fn sign(value: f64) -> i32 {
    if value > 0.0 {
        1
    } else if value < 0.0 {
        -1
    } else {
        0
    }
}
