//! Elementary functions of intervals: arguments are made small by exact laws, then a power series
//! is summed in integers, each of whose roundings is counted.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::dyadic::{Dyadic, Way, shifted};
use super::interval::Interval;
use super::stop::{Found, Stop};

/// The number s of the largest arguments 2ˢ of e^x.
const LARGEST: i64 = 20;
/// Likewise of sines.
const WIDEST: i64 = 200;

/// e^u, rising.
pub fn exponential(u: &Interval, bits: u32) -> Found<Interval> {
    let low = exponential_at(&u.low, bits)?;
    if u.is_point() {
        return Ok(low);
    }
    Ok(Interval {
        low: low.low,
        high: exponential_at(&u.high, bits)?.high,
    })
}

fn exponential_at(x: &Dyadic, bits: u32) -> Found<Interval> {
    if x.is_zero() {
        return Ok(Interval::integer(1));
    }
    if x.is_negative() {
        return exponential_at(&x.neg(), bits + 4)?.reciprocal(bits);
    }
    if x.size() > LARGEST {
        return Err(Stop::Unknown("an exponential too large"));
    }
    // e^x = (e^r)^(2^k) with r = x/2^k < 2^−8.
    let k = (x.size() + 8).max(0);
    let w = i64::from(bits) + k + 16;
    let r = shifted(x.mantissa(), x.exponent() + w - k);
    let mut term = BigInt::one() << w;
    let mut sum = term.clone();
    let mut n = 0u64;
    while !term.is_zero() {
        n += 1;
        term = shifted(&(&term * &r), -w) / n;
        sum += &term;
    }
    // Each term is too small by at most 4, the terms left out are at most 8 together.
    let mut power = Interval::fixed(sum, 4 * n + 8, -w);
    let digits = u32::try_from(w).unwrap_or(u32::MAX);
    for _ in 0..k {
        power = power.mul(&power, digits)?;
    }
    Ok(power)
}

/// log u for u > 0, rising.
pub fn logarithm(u: &Interval, bits: u32) -> Found<Interval> {
    if !u.low.is_positive() {
        return Err(if u.high.is_positive() {
            Stop::Digits
        } else {
            Stop::Undefined
        });
    }
    let low = logarithm_at(&u.low, bits)?;
    if u.is_point() {
        return Ok(low);
    }
    Ok(Interval {
        low: low.low,
        high: logarithm_at(&u.high, bits)?.high,
    })
}

fn logarithm_at(x: &Dyadic, bits: u32) -> Found<Interval> {
    // x = y·2^n with y = m/2^s from 3/4 to 3/2.
    let length = i64::try_from(x.mantissa().bits()).unwrap_or(i64::MAX / 4);
    let mut s = length - 1;
    let three = BigInt::from(3) << usize::try_from(s).unwrap_or(0);
    if x.mantissa() * 2 >= three {
        s += 1;
    }
    let n = x.exponent() + s;
    let one = BigInt::one() << usize::try_from(s).unwrap_or(0);
    let w = i64::from(bits) + 16;
    let mut near = artanh(&(x.mantissa() - &one), &(x.mantissa() + &one), w);
    if n != 0 {
        let digits = u32::try_from(w).unwrap_or(u32::MAX) + 64;
        let doubling = artanh(&BigInt::one(), &BigInt::from(3), w + 64);
        near = near.add(&doubling.mul(&Interval::integer(n), digits)?, digits)?;
    }
    near.add(&near, bits)
}

/// artanh(a/b) for |a/b| ≤ 1/3.
fn artanh(a: &BigInt, b: &BigInt, w: i64) -> Interval {
    let z = shifted(&a.abs(), w) / b;
    let square = shifted(&(&z * &z), -w);
    let (mut power, mut sum, mut n) = (z.clone(), z, 0u64);
    while !power.is_zero() {
        n += 1;
        power = shifted(&(&power * &square), -w);
        sum += &power / (2 * n + 1);
    }
    let size = Interval::fixed(sum, 6 * n + 8, -w);
    if a.is_negative() { size.neg() } else { size }
}

/// π = 16 arctan(1/5) − 4 arctan(1/239) (Machin 1706).
pub fn pi(bits: u32) -> Interval {
    let w = i64::from(bits) + 16;
    let arctangent = |n: u64| {
        let mut power = shifted(&BigInt::one(), w) / n;
        let (mut sum, mut k) = (power.clone(), 0u64);
        while !power.is_zero() {
            k += 1;
            power /= n * n;
            let term = &power / (2 * k + 1);
            if k.is_multiple_of(2) {
                sum += term;
            } else {
                sum -= term;
            }
        }
        // Each term is off by at most 2.
        (sum - (2 * k + 4), 4 * k + 8)
    };
    let ((a, wide), (b, thin)) = (arctangent(5), arctangent(239));
    let low = &a * 16 - (&b + thin) * 4;
    Interval::fixed(low, 16 * wide + 4 * thin, -w)
}

/// Sine, or cosine: at the middle, give or take half the width.
pub fn circular(u: &Interval, sine: bool, bits: u32) -> Found<Interval> {
    let whole = Interval {
        low: Dyadic::integer(-1),
        high: Dyadic::integer(1),
    };
    let (middle, half) = u.middle(bits + 64)?;
    if half.size() > 1 {
        return Ok(whole);
    }
    if middle.size() > WIDEST {
        return Err(Stop::Unknown("an angle too large"));
    }
    // The middle is q right angles and a rest from −0.9 to 0.9.
    let more = u32::try_from(middle.size().max(0)).unwrap_or(0);
    let digits = bits + more + 24;
    let right = pi(digits);
    let right = Interval {
        low: right.low.half(),
        high: right.high.half(),
    };
    let ratio = middle.rational()? / right.low.rational()?;
    let q = ratio.round().to_integer();
    let turns = Interval::point(Dyadic::new(-&q, 0));
    let rest = Interval::point(middle).add(&right.mul(&turns, digits)?, digits)?;
    let (rest, wide) = rest.middle(digits)?;
    let w = i64::from(digits);
    let c = shifted(rest.mantissa(), rest.exponent() + w);
    let quarter = (&q % 4u32 + 4u32) % 4u32;
    let quarter = u32::try_from(quarter).unwrap_or(0) + u32::from(!sine);
    let value = wave(&c, quarter % 2 == 0, w);
    let value = if quarter % 4 >= 2 { value.neg() } else { value };
    let value = value.wider(&half.add(&wide)?, bits)?;
    let low = if value.low.compare(&whole.low) == Ordering::Less {
        whole.low
    } else {
        value.low
    };
    let high = if value.high.compare(&whole.high) == Ordering::Greater {
        whole.high
    } else {
        value.high
    };
    Ok(Interval { low, high })
}

/// Sine or cosine of a number from −1 to 1, by their series.
fn wave(c: &BigInt, sine: bool, w: i64) -> Interval {
    let square = shifted(&(c * c), -w);
    let one = BigInt::one() << usize::try_from(w).unwrap_or(0);
    let mut term = if sine { c.clone() } else { one };
    let (mut sum, mut n) = (term.clone(), 0u64);
    // Division rounds towards 0, so that a term does not stay at −1.
    while !term.is_zero() {
        let k = 2 * n + if sine { 2 } else { 1 };
        let size = shifted(&(term.abs() * &square), -w) / (k * (k + 1));
        term = if term.is_negative() { size } else { -size };
        sum += &term;
        n += 1;
    }
    let error = 4 * n + 8;
    Interval::fixed(sum - error, 2 * error, -w)
}

/// The arc tangent, rising.
pub fn arctangent(u: &Interval, bits: u32) -> Found<Interval> {
    let low = arctangent_at(&u.low, bits)?;
    if u.is_point() {
        return Ok(low);
    }
    Ok(Interval {
        low: low.low,
        high: arctangent_at(&u.high, bits)?.high,
    })
}

fn arctangent_at(x: &Dyadic, bits: u32) -> Found<Interval> {
    if x.is_negative() {
        return Ok(arctangent_at(&x.neg(), bits)?.neg());
    }
    let digits = bits + 24;
    if x.compare(&Dyadic::integer(1)) == Ordering::Greater {
        let inverse = Interval::point(x.clone()).reciprocal(digits)?;
        let right = pi(digits);
        let right = Interval {
            low: right.low.half(),
            high: right.high.half(),
        };
        return right.add(&arctangent(&inverse, digits)?.neg(), bits);
    }
    // arctan x = 2 arctan(x/(1 + √(1 + x²))), three times.
    let one = Interval::integer(1);
    let mut small = Interval::point(x.clone());
    for _ in 0..3 {
        let square = small.mul(&small, digits)?;
        let root = one.add(&square, digits)?.root(2, digits)?;
        let below = one.add(&root, digits)?.reciprocal(digits)?;
        small = small.mul(&below, digits)?;
    }
    let width = small.high.add(&small.low.neg())?.rounded(digits, Way::Up);
    let w = i64::from(digits);
    let c = shifted(small.low.mantissa(), small.low.exponent() + w);
    let square = shifted(&(&c * &c), -w);
    let (mut power, mut sum, mut n) = (c.clone(), c, 0u64);
    while !power.is_zero() {
        n += 1;
        power = shifted(&(&power * &square), -w);
        let term = &power / (2 * n + 1);
        if n.is_multiple_of(2) {
            sum += term;
        } else {
            sum -= term;
        }
    }
    let error = 4 * n + 8;
    let value = Interval::fixed(sum - error, 2 * error, 3 - w);
    let eight = Dyadic::new(width.mantissa().clone(), width.exponent() + 3);
    value.wider(&eight, bits)
}

/// The arc sine of an interval within −1 … 1, rising.
pub fn arcsine(u: &Interval, bits: u32) -> Found<Interval> {
    let at = |x: &Dyadic| -> Found<Interval> {
        let digits = bits + 24;
        let one = Dyadic::integer(1);
        let below = one.add(&x.mul(x)?.neg())?;
        if below.is_negative() {
            return Err(Stop::Digits);
        }
        if below.is_zero() {
            let right = pi(digits);
            let right = Interval {
                low: right.low.half(),
                high: right.high.half(),
            };
            return Ok(if x.is_negative() { right.neg() } else { right });
        }
        let root = Interval::point(below).root(2, digits)?;
        let slope = Interval::point(x.clone()).mul(&root.reciprocal(digits)?, digits)?;
        arctangent(&slope, bits)
    };
    let low = at(&u.low)?;
    if u.is_point() {
        return Ok(low);
    }
    Ok(Interval {
        low: low.low,
        high: at(&u.high)?.high,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::term::Q;

    fn is(interval: &Interval, digits: i64, places: u32) -> bool {
        let scale = Q::from_integer(BigInt::from(10).pow(places));
        let low = Q::from_integer(digits.into()) / &scale;
        let high = Q::from_integer((digits + 1).into()) / &scale;
        let (a, b) = (interval.low.rational(), interval.high.rational());
        matches!((a, b), (Ok(a), Ok(b)) if a > low && b < high && a <= b)
    }

    fn point(n: i64, d: i64) -> Interval {
        Interval::of(&Q::new(n.into(), d.into()), 90)
    }

    #[test]
    fn the_digits_of_known_numbers_are_enclosed() {
        assert!(is(&pi(80), 31_415_926_535_897_932, 16));
        let exp = |n, d| exponential(&point(n, d), 80).unwrap();
        assert!(is(&exp(1, 1), 27_182_818_284_590_452, 16));
        assert!(is(&exp(-3, 1), 497_870_683_678_639, 16));
        let log = |n, d| logarithm(&point(n, d), 80).unwrap();
        assert!(is(&log(10, 1), 23_025_850_929_940_456, 16));
        assert!(is(&log(1, 10).neg(), 23_025_850_929_940_456, 16));
        assert!(is(&log(3, 2), 4_054_651_081_081_643, 16));
        let sin = |n, d| circular(&point(n, d), true, 80).unwrap();
        let cos = |n, d| circular(&point(n, d), false, 80).unwrap();
        assert!(is(&sin(20, 1), 9_129_452_507_276_276, 16));
        assert!(is(&cos(1, 1), 5_403_023_058_681_397, 16));
        assert!(is(&cos(3, 1).neg(), 9_899_924_966_004_454, 16));
        assert!(is(&sin(-5, 1), 9_589_242_746_631_384, 16));
        assert!(is(&sin(1000, 1), 8_268_795_405_320_025, 16));
        let arctan = |n, d| arctangent(&point(n, d), 80).unwrap();
        assert!(is(&arctan(1, 2), 4_636_476_090_008_061, 16));
        assert!(is(&arctan(7, 1), 14_288_992_721_907_326, 16));
        let arcsin = |n, d| arcsine(&point(n, d), 80).unwrap();
        assert!(is(&arcsin(1, 2), 5_235_987_755_982_988, 16));
        assert!(is(&arcsin(-1, 1).neg(), 15_707_963_267_948_966, 16));
        assert!(is(
            &point(2, 1).root(2, 80).unwrap(),
            14_142_135_623_730_950,
            16
        ));
    }

    #[test]
    fn enclosures_at_few_digits_hold_those_at_many() {
        for n in -40..40i64 {
            let x = Interval::of(&Q::new((7 * n).into(), 11.into()), 300);
            let near = |value: Interval, exact: Interval| {
                assert!(value.low.compare(&exact.low) != Ordering::Greater);
                assert!(value.high.compare(&exact.high) != Ordering::Less);
                let width = value.high.add(&value.low.neg()).unwrap();
                assert!(width.is_zero() || width.size() - exact.high.size().max(0) < -25);
            };
            near(exponential(&x, 40).unwrap(), exponential(&x, 300).unwrap());
            near(
                circular(&x, true, 40).unwrap(),
                circular(&x, true, 300).unwrap(),
            );
            near(
                circular(&x, false, 40).unwrap(),
                circular(&x, false, 300).unwrap(),
            );
            near(arctangent(&x, 40).unwrap(), arctangent(&x, 300).unwrap());
            if n > 0 {
                near(logarithm(&x, 40).unwrap(), logarithm(&x, 300).unwrap());
            }
        }
    }
}
