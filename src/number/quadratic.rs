//! Exact numbers of the form a + b√d.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;

use super::{Enclosure, Rational};

/// Squares of primes up to this are taken out of a radicand.
const LARGEST_PRIME: u64 = 1_000;

/// `a + b·√d` with rational a and b. d ≥ 2 is an integer that is no square; it is 1 where b is 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quadratic {
    rational: Rational,
    factor: Rational,
    radicand: u64,
}

impl From<Rational> for Quadratic {
    fn from(rational: Rational) -> Self {
        Quadratic {
            rational,
            factor: Rational::zero(),
            radicand: 1,
        }
    }
}

impl Quadratic {
    fn new(rational: Rational, factor: Rational, radicand: u64) -> Self {
        if factor.is_zero() {
            return rational.into();
        }
        Quadratic {
            rational,
            factor,
            radicand,
        }
    }

    /// √r, exactly, for r ≥ 0 with a radicand of at most 64 bits.
    #[must_use]
    pub fn square_root(r: &Rational) -> Option<Self> {
        if r.signum() < 0 {
            return None;
        }
        if let Some(root) = r.exact_root(2) {
            return Some(root.into());
        }
        // √(p/q) = √(pq)/q
        let (p, q) = r.to_small()?;
        let mut radicand = p.unsigned_abs().checked_mul(q)?;
        let mut outside = Rational::new(1, i64::try_from(q).ok()?)?;
        let mut prime = 2;
        while prime <= LARGEST_PRIME && prime * prime <= radicand {
            while radicand.is_multiple_of(prime * prime) {
                radicand /= prime * prime;
                outside = outside.mul(&Rational::from(i64::try_from(prime).ok()?));
            }
            prime += 1;
        }
        Some(Quadratic::new(Rational::zero(), outside, radicand))
    }

    /// The rational number that it is, if it is one.
    #[must_use]
    pub fn as_rational(&self) -> Option<&Rational> {
        self.factor.is_zero().then_some(&self.rational)
    }

    /// a, b and d of a + b√d.
    #[must_use]
    pub fn parts(&self) -> (&Rational, &Rational, u64) {
        (&self.rational, &self.factor, self.radicand)
    }

    /// The common radicand of two numbers, if they have one.
    fn common(&self, other: &Self) -> Option<u64> {
        if self.radicand == other.radicand || other.radicand == 1 {
            Some(self.radicand)
        } else if self.radicand == 1 {
            Some(other.radicand)
        } else {
            None
        }
    }

    /// The sum, if it is of this form.
    #[must_use]
    pub fn add(&self, other: &Self) -> Option<Self> {
        let radicand = self.common(other)?;
        Some(Quadratic::new(
            self.rational.add(&other.rational),
            self.factor.add(&other.factor),
            radicand,
        ))
    }

    /// The negative.
    #[must_use]
    pub fn neg(&self) -> Self {
        Quadratic::new(self.rational.neg(), self.factor.neg(), self.radicand)
    }

    /// The product, if it is of this form.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Option<Self> {
        let Some(radicand) = self.common(other) else {
            // √a·√b is a root again where nothing is added to them.
            if !self.rational.is_zero() || !other.rational.is_zero() {
                return None;
            }
            let both = BigInt::from(self.radicand) * BigInt::from(other.radicand);
            let root = Quadratic::square_root(&Rational::from_integer(both))?;
            let outside = self.factor.mul(&other.factor);
            return root.mul(&outside.into());
        };
        let (a, b, c, d) = (&self.rational, &self.factor, &other.rational, &other.factor);
        let square = Rational::from_integer(BigInt::from(radicand));
        Some(Quadratic::new(
            a.mul(c).add(&b.mul(d).mul(&square)),
            a.mul(d).add(&b.mul(c)),
            radicand,
        ))
    }

    /// The inverse; `None` of 0.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        // 1/(a + b√d) = (a − b√d)/(a² − b²d); the norm is 0 for 0 alone, √d being irrational.
        let norm = self.norm().inverse()?;
        Some(Quadratic::new(
            self.rational.mul(&norm),
            self.factor.neg().mul(&norm),
            self.radicand,
        ))
    }

    /// a² − b²d.
    fn norm(&self) -> Rational {
        let square = Rational::from_integer(BigInt::from(self.radicand));
        let part = self.factor.mul(&self.factor).mul(&square);
        self.rational.mul(&self.rational).sub(&part)
    }

    /// −1, 0 or 1.
    #[must_use]
    pub fn signum(&self) -> i32 {
        let (a, b) = (self.rational.signum(), self.factor.signum());
        if a == b || b == 0 {
            return a;
        }
        if a == 0 {
            return b;
        }
        // They pull apart: the larger of a² and b²d decides.
        if self.norm().signum() > 0 { a } else { b }
    }

    /// The order of two numbers with a common radicand.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        Some(self.add(&other.neg())?.signum().cmp(&0))
    }

    /// The number of bits of the longest part.
    #[must_use]
    pub fn bits(&self) -> u64 {
        self.rational.bits().max(self.factor.bits())
    }

    /// Ends between which it surely lies: √d < d.
    #[must_use]
    pub fn crude_bounds(&self) -> (Rational, Rational) {
        let d = Rational::from_integer(BigInt::from(self.radicand));
        let reach = self.factor.abs().mul(&d);
        (self.rational.sub(&reach), self.rational.add(&reach))
    }

    /// A number with two decimals near it.
    #[must_use]
    pub fn nearby(&self) -> Rational {
        match self.as_rational() {
            Some(rational) => rational.clone(),
            None => match self.enclose::<super::DyadicInterval>(80) {
                Some(enclosure) => enclosure.bounds().0.round(2),
                None => self.rational.clone(),
            },
        }
    }

    /// An enclosure.
    pub fn enclose<E: Enclosure>(&self, bits: u32) -> Option<E> {
        let a = E::enclose(&self.rational, bits)?;
        if self.factor.is_zero() {
            return Some(a);
        }
        let b = E::enclose(&self.factor, bits)?;
        let d = Rational::from_integer(BigInt::from(self.radicand));
        let root = E::enclose(&d, bits)?.root(2)?;
        let part = b.mul(&root)?;
        if self.rational.is_zero() {
            return Some(part);
        }
        a.add(&part)
    }
}

impl fmt::Display for Quadratic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.factor.is_zero() {
            return write!(f, "{}", self.rational);
        }
        let negative = self.factor.signum() < 0;
        if self.rational.is_zero() {
            if negative {
                write!(f, "-")?;
            }
        } else {
            write!(f, "{} {} ", self.rational, if negative { "-" } else { "+" })?;
        }
        let size = self.factor.abs();
        let (top, bottom) = (size.numerator(), size.denominator());
        if top != BigInt::from(1) {
            write!(f, "{top}")?;
        }
        write!(f, "√{}", self.radicand)?;
        if bottom != BigInt::from(1) {
            write!(f, "/{bottom}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(n: i64, d: i64) -> Rational {
        Rational::new(n, d).unwrap()
    }

    fn root(n: i64) -> Quadratic {
        Quadratic::square_root(&r(n, 1)).unwrap()
    }

    #[test]
    fn roots_multiply_and_divide_exactly() {
        assert_eq!(root(2).mul(&root(2)), Some(r(2, 1).into()));
        assert_eq!(root(2).mul(&root(3)), Some(root(6)));
        assert_eq!(root(8), root(2).add(&root(2)).unwrap());
        assert_eq!(root(12).mul(&root(3)), Some(r(6, 1).into()));
        let golden = Quadratic::new(r(1, 2), r(1, 2), 5);
        let minus = golden.inverse().unwrap().add(&r(1, 1).into()).unwrap();
        assert_eq!(minus, golden);
        assert_eq!(
            Quadratic::square_root(&r(1, 2)),
            Some(Quadratic::new(r(0, 1), r(1, 2), 2))
        );
        assert_eq!(root(2).add(&root(3)), None);
    }

    #[test]
    fn signs_are_decided_by_squares() {
        let close = Quadratic::new(r(-141_421, 100_000), r(1, 1), 2);
        assert_eq!(close.signum(), 1);
        let beyond = Quadratic::new(r(-141_422, 100_000), r(1, 1), 2);
        assert_eq!(beyond.signum(), -1);
        assert_eq!(root(3).neg().signum(), -1);
        assert_eq!(Quadratic::from(r(0, 1)).signum(), 0);
    }

    #[test]
    fn they_are_written_with_a_root_sign() {
        assert_eq!(root(2).neg().to_string(), "-√2");
        assert_eq!(root(8).to_string(), "2√2");
        assert_eq!(
            Quadratic::new(r(1, 2), r(-3, 2), 5).to_string(),
            "1/2 - 3√5/2"
        );
        assert_eq!(Quadratic::from(r(3, 4)).to_string(), "3/4");
    }
}
