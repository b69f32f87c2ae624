//! Enclosures of any precision: two dyadic numbers, elementary functions by their series.
//!
//! Every series is summed in interval arithmetic, so rounding needs no analysis; what is cut off
//! is bounded by a multiple of the next term (Taylor with Lagrange's remainder, or Leibniz).

use std::sync::OnceLock;

use num_bigint::BigInt;
use num_traits::One;

use super::dyadic::{Dyadic, LARGEST_EXPONENT, Toward};
use super::{Enclosure, Rational};

/// An interval between two dyadic numbers.
#[derive(Clone, Debug)]
pub struct DyadicInterval {
    low: Dyadic,
    high: Dyadic,
    bits: u32,
}

/// π and log 2 are kept at this precision; more is computed when it is asked for.
const KEPT_BITS: u32 = 640;

impl DyadicInterval {
    fn new(low: Dyadic, high: Dyadic, bits: u32) -> Option<Self> {
        for end in [&low, &high] {
            if end.magnitude().is_some_and(|m| m.abs() > LARGEST_EXPONENT) {
                return None;
            }
        }
        Some(DyadicInterval { low, high, bits })
    }

    fn point(value: &Dyadic, bits: u32) -> Self {
        DyadicInterval {
            low: value.clone(),
            high: value.clone(),
            bits,
        }
    }

    fn integer(value: i64, bits: u32) -> Self {
        Self::point(&Dyadic::integer(value), bits)
    }

    fn is_point(&self) -> bool {
        self.low == self.high
    }

    fn with_bits(mut self, bits: u32) -> Self {
        self.low = self.low.rounded(bits, Toward::Down);
        self.high = self.high.rounded(bits, Toward::Up);
        self.bits = bits;
        self
    }

    fn scaled(mut self, power: i64) -> Self {
        self.low.exponent += power;
        self.high.exponent += power;
        self
    }

    fn sub(&self, other: &Self) -> Option<Self> {
        self.add(&other.neg())
    }

    fn over(&self, divisor: i64) -> Option<Self> {
        let d = BigInt::from(divisor);
        let part = |end: &Dyadic, toward| {
            let mut q = Dyadic::quotient(&end.mantissa, &d, self.bits, toward);
            q.exponent += end.exponent;
            q
        };
        Self::new(
            part(&self.low, Toward::Down),
            part(&self.high, Toward::Up),
            self.bits,
        )
    }

    /// The largest absolute value in it.
    fn reach(&self) -> Dyadic {
        let low = self.low.neg();
        if low > self.high {
            low
        } else {
            self.high.clone()
        }
    }

    /// Widened by a bound of an error, either way.
    fn blurred(&self, error: &Dyadic) -> Option<Self> {
        Self::new(
            self.low.add(&error.neg(), self.bits, Toward::Down),
            self.high.add(error, self.bits, Toward::Up),
            self.bits,
        )
    }

    /// Whether all of it is less than 2^power in absolute value.
    fn below_power(&self, power: i64) -> bool {
        self.reach().magnitude().is_none_or(|m| m <= power)
    }

    /// By a growing function of a point.
    fn growing(&self, f: impl Fn(&Dyadic, u32) -> Option<Self>) -> Option<Self> {
        let low = f(&self.low, self.bits)?;
        if self.is_point() {
            return Some(low.with_bits(self.bits));
        }
        let high = f(&self.high, self.bits)?;
        Some(
            DyadicInterval {
                low: low.low,
                high: high.high,
                bits: self.bits,
            }
            .with_bits(self.bits),
        )
    }

    /// By a function of slope at most 1 with values from −1 to 1.
    fn wave(&self, f: impl Fn(&Dyadic, u32) -> Option<Self>) -> Option<Self> {
        let mut middle = self.low.add(&self.high, self.bits, Toward::Down);
        middle.exponent -= 1;
        let up = self.high.add(&middle.neg(), self.bits, Toward::Up);
        let down = middle.add(&self.low.neg(), self.bits, Toward::Up);
        let radius = if up > down { up } else { down };
        let one = Dyadic::integer(1);
        if radius > one {
            return Self::new(one.neg(), one, self.bits);
        }
        let mut value = f(&middle, self.bits)?
            .with_bits(self.bits)
            .blurred(&radius)?;
        if value.low < one.neg() {
            value.low = one.neg();
        }
        if value.high > one {
            value.high = one;
        }
        Some(value)
    }

    /// Σ z^(2k+1)/(2k+1), with alternating signs for the arc tangent, without for its hyperbolic
    /// kin; |z| ≤ 1/2.
    fn odd_series(z: &Self, alternating: bool) -> Option<Self> {
        let bits = z.bits;
        let square = z.square()?;
        let mut power = z.clone();
        let mut sum = z.clone();
        let mut k = 1;
        loop {
            power = power.mul(&square)?;
            let term = power.over(2 * k + 1)?;
            if term.below_power(-i64::from(bits) + z.reach().magnitude().unwrap_or(0)) {
                // What is left is less than twice the next term.
                let mut rest = term.reach();
                rest.exponent += 1;
                return sum.blurred(&rest);
            }
            sum = if alternating && k % 2 == 1 {
                sum.sub(&term)?
            } else {
                sum.add(&term)?
            };
            k += 1;
        }
    }

    fn kept(bits: u32, cell: &OnceLock<Option<Self>>, f: fn(u32) -> Option<Self>) -> Option<Self> {
        if bits > KEPT_BITS {
            return f(bits);
        }
        Some(cell.get_or_init(|| f(KEPT_BITS)).clone()?.with_bits(bits))
    }

    /// Machin's formula: π = 16 arctan 1/5 − 4 arctan 1/239.
    fn machin(bits: u32) -> Option<Self> {
        let work = bits + 16;
        let part = |d: i64| {
            let z = Self::enclose(&Rational::new(1, d)?, work)?;
            Self::odd_series(&z, true)
        };
        let sum = part(5)?.scaled(4).sub(&part(239)?.scaled(2))?;
        Some(sum.with_bits(bits))
    }

    fn log2(bits: u32) -> Option<Self> {
        static CELL: OnceLock<Option<DyadicInterval>> = OnceLock::new();
        Self::kept(bits, &CELL, |bits| {
            let z = Self::enclose(&Rational::new(1, 3)?, bits + 16)?;
            Some(Self::odd_series(&z, false)?.scaled(1).with_bits(bits))
        })
    }

    fn some_pi(bits: u32) -> Option<Self> {
        static CELL: OnceLock<Option<DyadicInterval>> = OnceLock::new();
        Self::kept(bits, &CELL, Self::machin)
    }

    fn point_exp(x: &Dyadic, bits: u32) -> Option<Self> {
        let Some(size) = x.magnitude() else {
            return Some(Self::integer(1, bits));
        };
        if size > 18 {
            return None;
        }
        // e^x = (e^(x/2^k))^(2^k)
        let halvings = (size + 6).max(0);
        let work = bits + u32::try_from(2 * halvings).ok()? + 16;
        let mut r = Self::point(x, work);
        r = r.scaled(-halvings);
        let (mut sum, mut term, mut n) = (Self::integer(1, work), Self::integer(1, work), 1);
        loop {
            term = term.mul(&r)?.over(n)?;
            if term.below_power(-i64::from(work)) {
                let mut rest = term.reach();
                rest.exponent += 1;
                sum = sum.blurred(&rest)?;
                break;
            }
            sum = sum.add(&term)?;
            n += 1;
        }
        for _ in 0..halvings {
            sum = sum.square()?;
        }
        Some(sum)
    }

    fn point_log(x: &Dyadic, bits: u32) -> Option<Self> {
        if x.sign() <= 0 {
            return None;
        }
        let work = bits + 32;
        // x = m · 2^e with m from 1/2 to 1, then from 3/4 to 3/2
        let mut e = x.magnitude()?;
        let mut m = x.clone();
        m.exponent -= e;
        let border = Dyadic {
            mantissa: BigInt::from(3),
            exponent: -2,
        };
        if m < border {
            m.exponent += 1;
            e -= 1;
        }
        let m = Self::point(&m, work);
        let one = Self::integer(1, work);
        let part = if m.sub(&one)?.low.sign() == 0 {
            Self::integer(0, work)
        } else {
            let z = m.sub(&one)?.mul(&m.add(&one)?.inverse()?)?;
            Self::odd_series(&z, false)?.scaled(1)
        };
        if e == 0 {
            return Some(part);
        }
        part.add(&Self::log2(work)?.mul(&Self::integer(e, work))?)
    }

    /// Sine and cosine of a point.
    fn point_waves(x: &Dyadic, bits: u32) -> Option<(Self, Self)> {
        let size = x.magnitude().unwrap_or(0).max(0);
        if size > 64 {
            return None;
        }
        let work = bits + u32::try_from(size).ok()? + 24;
        let quarter = Self::some_pi(work)?.scaled(-1);
        let ratio = Self::point(x, work).mul(&quarter.inverse()?)?;
        let turns = ratio.low.to_rational().round(0);
        let turns_enclosed = Self::enclose(&turns, work)?;
        let r = Self::point(x, work).sub(&turns_enclosed.mul(&quarter)?)?;
        let square = r.square()?;
        // By Lagrange the rest after a term is at most the next one.
        let series = |first: Self, mut n: i64| {
            let (mut sum, mut term) = (first.clone(), first);
            loop {
                term = term.mul(&square)?.over((n + 1) * (n + 2))?.neg();
                if term.below_power(-i64::from(work)) {
                    return sum.blurred(&term.reach());
                }
                sum = sum.add(&term)?;
                n += 2;
            }
        };
        let (s, c) = (series(r.clone(), 1)?, series(Self::integer(1, work), 0)?);
        let quadrant = turns.sub(
            &turns
                .mul(&Rational::new(1, 4)?)
                .floor()
                .mul(&Rational::from(4)),
        );
        Some(match quadrant.to_i64()? {
            0 => (s, c),
            1 => (c, s.neg()),
            2 => (s.neg(), c.neg()),
            _ => (c.neg(), s),
        })
    }

    fn point_arctan(x: &Dyadic, bits: u32) -> Option<Self> {
        let work = bits + 24;
        let point = Self::point(x, work);
        if x.sign() == 0 {
            return Some(point);
        }
        let one = Self::integer(1, work);
        if x.magnitude()? > 1 {
            // arctan x = ±π/2 − arctan 1/x
            let half = Self::some_pi(work)?.scaled(-1);
            let half = if x.sign() > 0 { half } else { half.neg() };
            return half.sub(&Self::small_arctan(&point.inverse()?, &one)?);
        }
        Self::small_arctan(&point, &one)
    }

    /// arctan x = 2 arctan(x / (1 + √(1 + x²))), three times, then the series.
    fn small_arctan(x: &Self, one: &Self) -> Option<Self> {
        let mut z = x.clone();
        for _ in 0..3 {
            let root = one.add(&z.square()?)?.root(2)?;
            z = z.mul(&one.add(&root)?.inverse()?)?;
        }
        Some(Self::odd_series(&z, true)?.scaled(3))
    }

    fn point_arcsin(x: &Dyadic, bits: u32) -> Option<Self> {
        let work = bits + 24;
        let point = Self::point(x, work);
        let one = Self::integer(1, work);
        let rest = one.sub(&point)?.mul(&one.add(&point)?)?;
        match rest.sign() {
            Some(0) => {
                let half = Self::some_pi(work)?.scaled(-1);
                Some(if x.sign() > 0 { half } else { half.neg() })
            }
            Some(1) => point.mul(&rest.root(2)?.inverse()?)?.arctan(),
            _ => None,
        }
    }
}

impl Enclosure for DyadicInterval {
    fn enclose(value: &Rational, bits: u32) -> Option<Self> {
        let (n, d) = (value.numerator(), value.denominator());
        if d.is_one() && n.bits() <= u64::from(bits) {
            let exact = Dyadic {
                mantissa: n,
                exponent: 0,
            };
            return Some(Self::point(&exact, bits));
        }
        Self::new(
            Dyadic::quotient(&n, &d, bits, Toward::Down),
            Dyadic::quotient(&n, &d, bits, Toward::Up),
            bits,
        )
    }

    fn hull(&self, other: &Self) -> Self {
        DyadicInterval {
            low: self.low.clone().min(other.low.clone()),
            high: self.high.clone().max(other.high.clone()),
            bits: self.bits.max(other.bits),
        }
    }

    fn bounds(&self) -> (Rational, Rational) {
        (self.low.to_rational(), self.high.to_rational())
    }

    fn low_sign(&self) -> i32 {
        self.low.sign()
    }

    fn high_sign(&self) -> i32 {
        self.high.sign()
    }

    fn surely_below(&self, other: &Self) -> bool {
        self.high < other.low
    }

    fn surely_not_above(&self, other: &Self) -> bool {
        self.high <= other.low
    }

    fn add(&self, other: &Self) -> Option<Self> {
        let bits = self.bits.max(other.bits);
        Self::new(
            self.low.add(&other.low, bits, Toward::Down),
            self.high.add(&other.high, bits, Toward::Up),
            bits,
        )
    }

    fn neg(&self) -> Self {
        DyadicInterval {
            low: self.high.neg(),
            high: self.low.neg(),
            bits: self.bits,
        }
    }

    fn mul(&self, other: &Self) -> Option<Self> {
        let bits = self.bits.max(other.bits);
        // Which ends give the least and the greatest product follows from the signs.
        let pairs = [
            (&self.low, &other.low),
            (&self.low, &other.high),
            (&self.high, &other.low),
            (&self.high, &other.high),
        ];
        let (least, most): (&[usize], &[usize]) = match (self.sign(), other.sign()) {
            (Some(1), Some(1)) => (&[0], &[3]),
            (Some(-1), Some(-1)) => (&[3], &[0]),
            (Some(1), Some(-1)) => (&[2], &[1]),
            (Some(-1), Some(1)) => (&[1], &[2]),
            _ => (&[0, 1, 2, 3], &[0, 1, 2, 3]),
        };
        let product = |i: &usize, toward| {
            let (a, b) = pairs.get(*i)?;
            Some(a.mul(b, bits, toward))
        };
        let low = least
            .iter()
            .filter_map(|i| product(i, Toward::Down))
            .min()?;
        let high = most.iter().filter_map(|i| product(i, Toward::Up)).max()?;
        Self::new(low, high, bits)
    }

    fn inverse(&self) -> Option<Self> {
        if self.low.sign() <= 0 && self.high.sign() >= 0 {
            return None;
        }
        Self::new(
            self.high.inverse(self.bits, Toward::Down),
            self.low.inverse(self.bits, Toward::Up),
            self.bits,
        )
    }

    fn square(&self) -> Option<Self> {
        let magnitude = self.abs();
        Self::new(
            if magnitude.low.sign() <= 0 || self.sign().is_none() {
                Dyadic::integer(0)
            } else {
                magnitude.low.mul(&magnitude.low, self.bits, Toward::Down)
            },
            magnitude.high.mul(&magnitude.high, self.bits, Toward::Up),
            self.bits,
        )
    }

    fn root(&self, degree: u32) -> Option<Self> {
        if self.low.sign() < 0 || degree == 0 || degree > 10_000 {
            return None;
        }
        Self::new(
            self.low.root(degree, self.bits, Toward::Down),
            self.high.root(degree, self.bits, Toward::Up),
            self.bits,
        )
    }

    fn exp(&self) -> Option<Self> {
        self.growing(Self::point_exp)
    }

    fn log(&self) -> Option<Self> {
        self.growing(Self::point_log)
    }

    fn sin(&self) -> Option<Self> {
        self.wave(|x, bits| Some(Self::point_waves(x, bits)?.0))
    }

    fn cos(&self) -> Option<Self> {
        self.wave(|x, bits| Some(Self::point_waves(x, bits)?.1))
    }

    fn arctan(&self) -> Option<Self> {
        self.growing(Self::point_arctan)
    }

    fn arcsin(&self) -> Option<Self> {
        self.growing(Self::point_arcsin)
    }

    fn pi(bits: u32) -> Self {
        // The formula cannot fail; were it to, 3 and 4 enclose π too.
        Self::some_pi(bits).unwrap_or(DyadicInterval {
            low: Dyadic::integer(3),
            high: Dyadic::integer(4),
            bits,
        })
    }

    fn max(&self, other: &Self) -> Self {
        DyadicInterval {
            low: self.low.clone().max(other.low.clone()),
            high: self.high.clone().max(other.high.clone()),
            bits: self.bits.max(other.bits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::FloatInterval;
    use super::*;
    use proptest::prelude::*;

    fn r(n: i64, d: i64) -> Rational {
        Rational::new(n, d).unwrap()
    }

    type Op<E> = fn(&E) -> Option<E>;

    fn meet<A: Enclosure, B: Enclosure>(a: &A, b: &B) -> bool {
        let ((a, b), (c, d)) = (a.bounds(), b.bounds());
        a <= d && c <= b
    }

    fn operations<E: Enclosure>() -> Vec<Op<E>> {
        vec![
            E::exp,
            E::log,
            E::sin,
            E::cos,
            E::arctan,
            E::arcsin,
            |x| x.root(2),
            |x| x.root(5),
            |x| x.root(3),
            E::inverse,
            E::square,
            |x| x.power(7),
            |x| x.mul(&x.neg()),
            |x| x.add(&x.square()?),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn both_kinds_enclose_the_same_number_and_more_bits_lie_within_fewer(n in -4000i64..4000, d in 1i64..300) {
            let x = r(n, d);
            let fast = FloatInterval::enclose(&x, 0).unwrap();
            let some = DyadicInterval::enclose(&x, 80).unwrap();
            let more = DyadicInterval::enclose(&x, 200).unwrap();
            for (i, (f, g)) in operations::<FloatInterval>().iter().zip(operations::<DyadicInterval>()).enumerate() {
                let (a, b, c) = (f(&fast), g(&some), g(&more));
                // A root of 0 and the like may be in one kind's reach only by its rounding.
                if let (Some(a), Some(b), Some(c)) = (a, b, c) {
                    prop_assert!(meet(&a, &b) && meet(&a, &c) && meet(&b, &c), "operation {i} at {x}");
                    let (low, high) = c.bounds();
                    let width = high.sub(&low);
                    let size = low.abs().add(&Rational::one());
                    prop_assert!(width <= size.mul(&r(1, 2).pow(150).unwrap()), "operation {i} at {x}: {width}");
                } else if i != 0 {
                    prop_assert!(x.signum() <= 0 || x > Rational::one());
                }
            }
        }
    }

    #[test]
    fn known_digits_of_pi_and_e() {
        let pi = DyadicInterval::pi(200);
        let digits =
            Rational::from_decimal("3.14159265358979323846264338327950288419716939937510").unwrap();
        let error = r(1, 10).pow(49).unwrap();
        let (low, high) = pi.bounds();
        assert!(low >= digits && high <= digits.add(&error));
        let e = DyadicInterval::enclose(&Rational::one(), 200)
            .unwrap()
            .exp()
            .unwrap();
        let digits =
            Rational::from_decimal("2.71828182845904523536028747135266249775724709369995").unwrap();
        let (low, high) = e.bounds();
        assert!(low >= digits && high <= digits.add(&error));
    }

    #[test]
    fn wide_intervals_hold_all_values_between() {
        let wide = |n, m| {
            DyadicInterval::enclose(&r(n, 1), 80)
                .unwrap()
                .hull(&DyadicInterval::enclose(&r(m, 1), 80).unwrap())
        };
        let (low, high) = wide(-1, 4).square().unwrap().bounds();
        assert_eq!((low, high), (r(0, 1), r(16, 1)));
        let (low, high) = wide(0, 10).sin().unwrap().bounds();
        assert_eq!((low, high), (r(-1, 1), r(1, 1)));
        assert!(wide(-1, 1).inverse().is_none());
        assert!(wide(0, 1).log().is_none());
    }
}
