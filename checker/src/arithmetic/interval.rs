//! Closed terms between two rational numbers. Every bound is rounded outward to multiples of
//! 2^−BITS; series are cut with their remainder added.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use crate::arithmetic::polynomial::small;
use crate::kernel::term::{Check, Head, Id, Q, Terms};

const BITS: u32 = 160;

/// The numbers from the first to the second, both in units of 2^−BITS.
#[derive(Clone, Debug)]
pub struct Interval(BigInt, BigInt);

fn scale(value: BigInt) -> BigInt {
    value << BITS
}

/// The greatest multiple of the unit that is not above the quotient.
fn below(above: &BigInt, by: &BigInt) -> BigInt {
    above.div_floor(by)
}

/// The least multiple of the unit that is not below it.
fn beyond(above: &BigInt, by: &BigInt) -> BigInt {
    -(-above).div_floor(by)
}

impl Interval {
    fn point(value: &Q) -> Interval {
        let (above, by) = (scale(value.numer()), value.denom());
        Interval(below(&above, &by), beyond(&above, &by))
    }

    fn integer(value: i64) -> Interval {
        let value = scale(value.into());
        Interval(value.clone(), value)
    }

    /// The left end.
    #[must_use]
    pub fn low(&self) -> Q {
        Q::new(self.0.clone(), scale(BigInt::one()))
    }

    /// The right end.
    #[must_use]
    pub fn high(&self) -> Q {
        Q::new(self.1.clone(), scale(BigInt::one()))
    }

    /// Whether all numbers here lie below all numbers there.
    #[must_use]
    pub fn is_below(&self, other: &Interval) -> bool {
        self.1 < other.0
    }

    /// Whether no number here lies above one there.
    #[must_use]
    pub fn is_at_most(&self, other: &Interval) -> bool {
        self.1 <= other.0
    }

    /// Wider by so many units on both sides.
    fn wider(self, by: &BigInt) -> Interval {
        Interval(self.0 - by, self.1 + by)
    }

    fn add(&self, other: &Interval) -> Interval {
        Interval(&self.0 + &other.0, &self.1 + &other.1)
    }

    fn mul(&self, other: &Interval) -> Interval {
        let all = [
            &self.0 * &other.0,
            &self.0 * &other.1,
            &self.1 * &other.0,
            &self.1 * &other.1,
        ];
        let (mut low, mut high) = (&all[0], &all[0]);
        for value in &all[1..] {
            low = low.min(value);
            high = high.max(value);
        }
        // A shift to the right rounds down.
        Interval(low >> BITS, -(-high >> BITS))
    }

    /// Divided by a positive integer.
    fn shared(&self, by: u64) -> Interval {
        let by = by.into();
        Interval(below(&self.0, &by), beyond(&self.1, &by))
    }

    fn reciprocal(&self) -> Check<Interval> {
        if !self.0.is_positive() && !self.1.is_negative() {
            return Err("a division by what may be 0".to_owned());
        }
        let one = BigInt::one() << (2 * BITS);
        Ok(Interval(below(&one, &self.1), beyond(&one, &self.0)))
    }
}

/// Encloses the value of a closed term; an error where the term may have none, or is not of those
/// that are known.
pub fn enclose(terms: &mut Terms, term: Id, depth: u32) -> Check<Interval> {
    terms.spend(2000)?;
    if depth > 60 {
        return Err("a term nested too deeply".to_owned());
    }
    let node = terms.node(term).clone();
    let mut parts = Vec::new();
    if !matches!(node.head, Head::Binder(..)) {
        for arg in &node.args {
            parts.push(enclose(terms, *arg, depth + 1)?);
        }
    }
    match (&node.head, parts.as_slice()) {
        (Head::Number(value), _) if value.bits() < 2000 => Ok(Interval::point(value)),
        (Head::Constant("e"), _) => exponential(&Interval::integer(1)),
        (Head::Constant("pi"), _) => Ok(pi()),
        (Head::Add, parts) => {
            let zero = Interval::integer(0);
            Ok(parts.iter().fold(zero, |sum, part| sum.add(part)))
        }
        (Head::Mul, parts) => {
            let one = Interval::integer(1);
            Ok(parts.iter().fold(one, |product, part| product.mul(part)))
        }
        (Head::Pow, [base, exponent]) => match terms.value(node.args[1]).cloned() {
            Some(value) if value.is_integer() => {
                let count = small(&value.abs()).filter(|n| *n <= 2000);
                let count = count.ok_or("an exponent too large")?;
                let mut power = Interval::integer(1);
                for _ in 0..count {
                    power = power.mul(base);
                    if power.1.bits() > 4000 || power.0.bits() > 4000 {
                        return Err("a number too large".to_owned());
                    }
                }
                if value.is_negative() {
                    return power.reciprocal();
                }
                Ok(power)
            }
            _ => exponential(&logarithm(base)?.mul(exponent)),
        },
        (Head::Function("root"), [_, under]) => {
            let order = terms.value(node.args[0]).and_then(small);
            let order = order
                .filter(|n| (2..=20).contains(n))
                .ok_or("a root of no order")?;
            if under.0.is_negative() {
                return Err("a root of what may be negative".to_owned());
            }
            let root = |value: &BigInt| (value << (BITS * (order - 1))).nth_root(order);
            Ok(Interval(root(&under.0), root(&under.1) + 1))
        }
        (Head::Function("log"), [u]) => logarithm(u),
        (Head::Function("sin"), [u]) => circular(u, true),
        (Head::Function("cos"), [u]) => circular(u, false),
        (Head::Function("tan"), [u]) => {
            Ok(circular(u, true)?.mul(&circular(u, false)?.reciprocal()?))
        }
        (Head::Function("abs"), [u]) => Ok(if u.0.is_negative() && u.1.is_positive() {
            Interval(BigInt::zero(), (-&u.0).max(u.1.clone()))
        } else {
            let (a, b) = (u.0.abs(), u.1.abs());
            Interval(a.clone().min(b.clone()), a.max(b))
        }),
        _ => Err("a value that is not known to the checker".to_owned()),
    }
}

/// e^u, rising.
fn exponential(u: &Interval) -> Check<Interval> {
    let at = |x: &BigInt| -> Check<Interval> {
        if x.abs() > scale(1000.into()) {
            return Err("an exponent too large".to_owned());
        }
        // e^x = (e^(x/2^12))^(2^12), the inner exponent below 1/4
        let r = Interval(x.clone(), x.clone()).shared(4096);
        let (mut term, mut sum) = (Interval::integer(1), Interval::integer(1));
        for n in 1..=40u64 {
            term = term.mul(&r).shared(n);
            sum = sum.add(&term);
        }
        // The rest is less than twice the next term, at most 2·(1/4)^41/41!, far below the unit.
        let mut power = sum.wider(&BigInt::one());
        for _ in 0..12 {
            power = power.mul(&power);
        }
        Ok(power)
    };
    let (low, high) = (at(&u.0)?, at(&u.1)?);
    Ok(Interval(low.0.max(BigInt::zero()), high.1))
}

/// log u, rising.
fn logarithm(u: &Interval) -> Check<Interval> {
    if !u.0.is_positive() {
        return Err("a logarithm of what may not be positive".to_owned());
    }
    // log m = 2 artanh((m − 1)/(m + 1)) for 1 ≤ m ≤ 2
    let near = |m: &Interval| -> Check<Interval> {
        let z = m
            .add(&Interval::integer(-1))
            .mul(&m.add(&Interval::integer(1)).reciprocal()?);
        let square = z.mul(&z);
        let (mut power, mut sum) = (z, Interval::integer(0));
        for n in 0..90u64 {
            sum = sum.add(&power.shared(2 * n + 1));
            power = power.mul(&square);
        }
        // The rest of the half is at most 9/8·(1/3)^181 < 2^−160.
        let half = sum.wider(&BigInt::one());
        Ok(half.add(&half))
    };
    let (one, two) = (scale(1.into()), scale(2.into()));
    let at = |x: &BigInt| -> Check<Interval> {
        let (mut m, mut count) = (Interval(x.clone(), x.clone()), 0i64);
        while m.1 > two {
            m = m.shared(2);
            count += 1;
        }
        while m.0 < one {
            m = m.add(&m);
            count -= 1;
        }
        if count == 0 {
            return near(&m);
        }
        let doubling = near(&Interval::integer(2))?;
        Ok(near(&m)?.add(&Interval::integer(count).mul(&doubling)))
    };
    Ok(Interval(at(&u.0)?.0, at(&u.1)?.1))
}

/// Sine or cosine: at the middle, give or take half the width.
fn circular(u: &Interval, sine: bool) -> Check<Interval> {
    let middle: BigInt = (&u.0 + &u.1) >> 1;
    let half = (&u.1 - &middle).max(&middle - &u.0);
    if middle.abs() > scale(40.into()) {
        return Err("an angle too large".to_owned());
    }
    let middle = Interval(middle.clone(), middle);
    let square = middle.mul(&middle).mul(&Interval::integer(-1));
    let mut term = if sine { middle } else { Interval::integer(1) };
    let mut sum = term.clone();
    for n in 0..150u64 {
        let k = 2 * n + if sine { 2 } else { 1 };
        term = term.mul(&square).shared(k * (k + 1));
        sum = sum.add(&term);
        if n > 40 && term.0.abs().max(term.1.abs()) <= BigInt::one() {
            // From here on the terms fall by more than a half each.
            return Ok(sum.wider(&(half + 2)));
        }
    }
    // 40^301/301! is far below the unit.
    Ok(sum.wider(&(half + 1)))
}

/// π = 16 arctan(1/5) − 4 arctan(1/239) (Machin 1706).
fn pi() -> Interval {
    let arctangent = |n: u64| {
        let mut power = Interval::integer(1).shared(n);
        let mut sum = Interval::integer(0);
        for k in 0..60u64 {
            let term = power.shared(2 * k + 1);
            sum = sum.add(&if k % 2 == 0 {
                term
            } else {
                Interval(-term.1, -term.0)
            });
            power = power.shared(n * n);
        }
        // The rest is less than (1/5)^121 < 2^−160.
        sum.wider(&BigInt::one())
    };
    let times = |n: i64, of: Interval| of.mul(&Interval::integer(n));
    times(16, arctangent(5)).add(&times(-4, arctangent(239)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(interval: &Interval, digits: i64, places: u32) -> bool {
        let scale = Q::from_integer(BigInt::from(10).pow(places));
        let low = Q::from_integer(digits.into()) / &scale;
        let high = Q::from_integer((digits + 1).into()) / &scale;
        interval.low() > low && interval.high() < high && interval.0 <= interval.1
    }

    #[test]
    fn the_digits_of_known_numbers_are_enclosed() {
        let point = |n: i64| Interval::integer(n);
        assert!(is(&pi(), 31_415_926_535_897_932, 16));
        assert!(exponential(&point(1)).is_ok_and(|e| is(&e, 27_182_818_284_590_452, 16)));
        assert!(exponential(&point(-3)).is_ok_and(|e| is(&e, 497_870_683_678_639, 16)));
        assert!(logarithm(&point(10)).is_ok_and(|l| is(&l, 23_025_850_929_940_456, 16)));
        assert!(circular(&point(20), true).is_ok_and(|s| is(&s, 9_129_452_507_276_276, 16)));
        assert!(circular(&point(1), false).is_ok_and(|c| is(&c, 5_403_023_058_681_397, 16)));
    }
}
