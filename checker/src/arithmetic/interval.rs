//! Closed terms between two rational numbers. Every bound is rounded outward to multiples of
//! 2^−BITS; series are cut with their remainder added.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use crate::arithmetic::polynomial::small;
use crate::kernel::term::{Check, Head, Id, Q, Terms};

const BITS: u32 = 160;

/// The numbers from the first to the second.
#[derive(Clone, Debug)]
pub struct Interval(pub Q, pub Q);

fn unit() -> Q {
    Q::new(BigInt::one(), BigInt::one() << BITS)
}

fn down(value: &Q) -> Q {
    (value / unit()).floor() * unit()
}

fn up(value: &Q) -> Q {
    (value / unit()).ceil() * unit()
}

impl Interval {
    fn point(value: Q) -> Interval {
        Interval(value.clone(), value)
    }

    fn rounded(self) -> Interval {
        Interval(down(&self.0), up(&self.1))
    }

    fn wider(self, by: &Q) -> Interval {
        Interval(self.0 - by, self.1 + by).rounded()
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
        let (mut low, mut high) = (all[0].clone(), all[0].clone());
        for value in &all[1..] {
            if *value < low {
                low = value.clone();
            }
            if *value > high {
                high = value.clone();
            }
        }
        Interval(low, high).rounded()
    }

    fn reciprocal(&self) -> Check<Interval> {
        if !self.0.is_positive() && !self.1.is_negative() {
            return Err("a division by what may be 0".to_owned());
        }
        Ok(Interval(self.1.recip(), self.0.recip()).rounded())
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
        (Head::Number(value), _) if value.numer().bits() + value.denom().bits() < 2000 => {
            Ok(Interval::point(value.clone()))
        }
        (Head::Constant("e"), _) => exponential(&Interval::point(Q::one())),
        (Head::Constant("pi"), _) => Ok(pi()),
        (Head::Add, parts) => {
            let zero = Interval::point(Q::zero());
            Ok(parts.iter().fold(zero, |sum, part| sum.add(part)).rounded())
        }
        (Head::Mul, parts) => {
            let one = Interval::point(Q::one());
            Ok(parts.iter().fold(one, |product, part| product.mul(part)))
        }
        (Head::Pow, [base, exponent]) => match terms.value(node.args[1]).cloned() {
            Some(value) if value.is_integer() => {
                let count = small(&value.abs()).filter(|n| *n <= 2000);
                let count = count.ok_or("an exponent too large")?;
                let mut power = Interval::point(Q::one());
                for _ in 0..count {
                    power = power.mul(base);
                    if power.1.numer().bits() > 4000 || power.0.numer().bits() > 4000 {
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
            let root = |value: &Q| {
                let scaled = value * Q::from_integer(BigInt::one() << (BITS * order));
                scaled.floor().to_integer().nth_root(order)
            };
            let (low, high) = (root(&under.0), root(&under.1) + 1);
            let scale = BigInt::one() << BITS;
            Ok(Interval(Q::new(low, scale.clone()), Q::new(high, scale)))
        }
        (Head::Function("log"), [u]) => logarithm(u),
        (Head::Function("sin"), [u]) => circular(u, true),
        (Head::Function("cos"), [u]) => circular(u, false),
        (Head::Function("tan"), [u]) => {
            Ok(circular(u, true)?.mul(&circular(u, false)?.reciprocal()?))
        }
        (Head::Function("abs"), [u]) => Ok(if u.0.is_negative() && u.1.is_positive() {
            let high = if -&u.0 > u.1 { -&u.0 } else { u.1.clone() };
            Interval(Q::zero(), high)
        } else {
            let (a, b) = (u.0.abs(), u.1.abs());
            if a < b {
                Interval(a, b)
            } else {
                Interval(b, a)
            }
        }),
        _ => Err("a value that is not known to the checker".to_owned()),
    }
}

/// e^u, rising.
fn exponential(u: &Interval) -> Check<Interval> {
    let at = |x: &Q| -> Check<Interval> {
        if x.abs() > Q::from_integer(1000.into()) {
            return Err("an exponent too large".to_owned());
        }
        // e^x = (e^(x/2^12))^(2^12), the inner exponent below 1/4
        let r = x / Q::from_integer(4096.into());
        let (mut term, mut sum) = (Interval::point(Q::one()), Interval::point(Q::one()));
        for n in 1..=80u32 {
            let step = Interval::point(&r / Q::from_integer(n.into()));
            term = term.mul(&step);
            sum = sum.add(&term);
        }
        // The rest is less than twice the next term, far below the unit.
        let mut power = sum.wider(&unit());
        for _ in 0..12 {
            power = power.mul(&power.clone());
        }
        Ok(power)
    };
    let (low, high) = (at(&u.0)?, at(&u.1)?);
    let low = if low.0.is_negative() {
        Q::zero()
    } else {
        low.0
    };
    Ok(Interval(low, high.1))
}

/// log u, rising.
fn logarithm(u: &Interval) -> Check<Interval> {
    if !u.0.is_positive() {
        return Err("a logarithm of what may not be positive".to_owned());
    }
    // log m = 2 artanh((m − 1)/(m + 1)) for 1 ≤ m ≤ 2
    let near = |m: &Q| {
        let z = (m - Q::one()) / (m + Q::one());
        let square = Interval::point(&z * &z).rounded();
        let mut power = Interval::point(z).rounded();
        let mut sum = Interval::point(Q::zero());
        for n in 0..90u32 {
            let odd = Q::new(2.into(), (2 * n + 1).into());
            sum = sum.add(&power.mul(&Interval::point(odd)));
            power = power.mul(&square);
        }
        // The rest is at most 9/8·2·(1/3)^181 < 2^−160.
        sum.wider(&unit())
    };
    let two = Q::from_integer(2.into());
    let doubling = near(&two);
    let at = |x: &Q| -> Check<Interval> {
        let (mut m, mut count) = (x.clone(), 0i64);
        while m > two {
            m /= &two;
            count += 1;
        }
        while m < Q::one() {
            m *= &two;
            count -= 1;
        }
        let count = Interval::point(Q::from_integer(count.into()));
        Ok(near(&m).add(&count.mul(&doubling)))
    };
    Ok(Interval(at(&u.0)?.0, at(&u.1)?.1))
}

/// Sine or cosine: at the middle, give or take half the width.
fn circular(u: &Interval, sine: bool) -> Check<Interval> {
    let two = Q::from_integer(2.into());
    let middle = down(&((&u.0 + &u.1) / &two));
    let half = (&u.1 - &middle).max(&middle - &u.0);
    if middle.abs() > Q::from_integer(40.into()) {
        return Err("an angle too large".to_owned());
    }
    let square = Interval::point(-(&middle * &middle));
    let mut term = Interval::point(if sine { middle } else { Q::one() });
    let mut sum = term.clone();
    for n in 0..150u32 {
        let k = 2 * n + if sine { 2 } else { 1 };
        let below = Q::new(BigInt::one(), (u64::from(k) * u64::from(k + 1)).into());
        term = term.mul(&square).mul(&Interval::point(below));
        sum = sum.add(&term);
    }
    // 40^301/301! is far below the unit.
    Ok(sum.wider(&(half + unit())))
}

/// π = 16 arctan(1/5) − 4 arctan(1/239) (Machin 1706).
fn pi() -> Interval {
    let arctangent = |n: i64| {
        let x = Q::new(1.into(), n.into());
        let square = Interval::point(-(&x * &x)).rounded();
        let mut power = Interval::point(x).rounded();
        let mut sum = Interval::point(Q::zero());
        for k in 0..60i64 {
            let odd = Q::new(1.into(), (2 * k + 1).into());
            sum = sum.add(&power.mul(&Interval::point(odd)));
            power = power.mul(&square);
        }
        // The rest is less than (1/5)^121 < 2^−160.
        sum.wider(&unit())
    };
    let times = |n: i64, of: Interval| of.mul(&Interval::point(Q::from_integer(n.into())));
    times(16, arctangent(5)).add(&times(-4, arctangent(239)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(interval: &Interval, digits: i64, places: u32) -> bool {
        let scale = Q::from_integer(BigInt::from(10).pow(places));
        let low = Q::from_integer(digits.into()) / &scale;
        let high = Q::from_integer((digits + 1).into()) / &scale;
        interval.0 > low && interval.1 < high && interval.0 <= interval.1
    }

    #[test]
    fn the_digits_of_known_numbers_are_enclosed() {
        let point = |n: i64| Interval::point(Q::from_integer(n.into()));
        assert!(is(&pi(), 31_415_926_535_897_932, 16));
        assert!(exponential(&point(1)).is_ok_and(|e| is(&e, 27_182_818_284_590_452, 16)));
        assert!(exponential(&point(-3)).is_ok_and(|e| is(&e, 497_870_683_678_639, 16)));
        assert!(logarithm(&point(10)).is_ok_and(|l| is(&l, 23_025_850_929_940_456, 16)));
        assert!(circular(&point(20), true).is_ok_and(|s| is(&s, 9_129_452_507_276_276, 16)));
        assert!(circular(&point(1), false).is_ok_and(|c| is(&c, 5_403_023_058_681_397, 16)));
    }
}
