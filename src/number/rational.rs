//! Exact rationals.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// The number of bits that no numerator or denominator of a power may pass.
const POWER_BITS: u64 = 100_000;

/// How a rational is held. A value that fits `Small` is never `Big`, so equal values are equal
/// representations.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    /// Numerator and positive denominator, in lowest terms.
    Small(i64, u64),
    /// Anything else, in lowest terms.
    Big(Box<BigRational>),
}

/// An exact rational number in lowest terms.
#[derive(Clone, PartialEq, Eq)]
pub struct Rational(Repr);

impl Hash for Rational {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl Rational {
    /// The number 0.
    #[must_use]
    pub const fn zero() -> Self {
        Rational(Repr::Small(0, 1))
    }

    /// The number 1.
    #[must_use]
    pub const fn one() -> Self {
        Rational(Repr::Small(1, 1))
    }

    /// `numerator / denominator`; `None` where the denominator is 0.
    #[must_use]
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let common = gcd(numerator.unsigned_abs(), denominator.unsigned_abs());
        let sign = if denominator < 0 { -1 } else { 1 };
        let numerator = sign * i128::from(numerator) / i128::from(common);
        Some(Self::lowest(
            numerator,
            u128::from(denominator.unsigned_abs() / common),
        ))
    }

    /// The integer `value`.
    #[must_use]
    pub fn from_integer(value: BigInt) -> Self {
        match value.to_i64() {
            Some(small) => Rational(Repr::Small(small, 1)),
            None => Rational(Repr::Big(Box::new(BigRational::from_integer(value)))),
        }
    }

    /// From a big fraction.
    #[must_use]
    pub fn from_big(value: BigRational) -> Self {
        match (value.numer().to_i64(), value.denom().to_u64()) {
            (Some(numerator), Some(denominator)) if denominator > 0 => {
                Rational(Repr::Small(numerator, denominator))
            }
            _ => Rational(Repr::Big(Box::new(value))),
        }
    }

    /// A fraction that is known to be in lowest terms.
    fn lowest(numerator: i128, denominator: u128) -> Self {
        match (i64::try_from(numerator), u64::try_from(denominator)) {
            (Ok(numerator), Ok(denominator)) => Rational(Repr::Small(numerator, denominator)),
            _ => Rational(Repr::Big(Box::new(BigRational::new_raw(
                BigInt::from(numerator),
                BigInt::from(denominator),
            )))),
        }
    }

    /// As a big fraction.
    #[must_use]
    pub fn to_big(&self) -> BigRational {
        match &self.0 {
            Repr::Small(n, d) => BigRational::new_raw(BigInt::from(*n), BigInt::from(*d)),
            Repr::Big(value) => (**value).clone(),
        }
    }

    /// Reads digits with at most one point (`12`, `0.25`, `.5`).
    #[must_use]
    pub fn from_decimal(digits: &str) -> Option<Self> {
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{part}");
        if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let numerator: BigInt = all.parse().ok()?;
        let denominator = BigInt::from(10).pow(u32::try_from(part.len()).ok()?);
        Some(Self::from_big(BigRational::new(numerator, denominator)))
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small(0, _))
    }

    /// Whether it is 1.
    #[must_use]
    pub fn is_one(&self) -> bool {
        matches!(self.0, Repr::Small(1, 1))
    }

    /// Whether it is an integer.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Small(_, d) => *d == 1,
            Repr::Big(value) => value.is_integer(),
        }
    }

    /// −1, 0 or 1.
    #[must_use]
    pub fn signum(&self) -> i32 {
        match &self.0 {
            Repr::Small(n, _) => match n.cmp(&0) {
                Ordering::Less => -1,
                Ordering::Equal => 0,
                Ordering::Greater => 1,
            },
            Repr::Big(value) if value.is_negative() => -1,
            Repr::Big(_) => 1,
        }
    }

    /// The value as an `i64` if it is a small integer.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Small(n, 1) => Some(n),
            _ => None,
        }
    }

    /// Numerator and denominator where both are small.
    #[must_use]
    pub fn to_small(&self) -> Option<(i64, u64)> {
        match self.0 {
            Repr::Small(n, d) => Some((n, d)),
            Repr::Big(_) => None,
        }
    }

    /// The numerator, with the sign.
    #[must_use]
    pub fn numerator(&self) -> BigInt {
        match &self.0 {
            Repr::Small(n, _) => BigInt::from(*n),
            Repr::Big(value) => value.numer().clone(),
        }
    }

    /// The denominator, positive.
    #[must_use]
    pub fn denominator(&self) -> BigInt {
        match &self.0 {
            Repr::Small(_, d) => BigInt::from(*d),
            Repr::Big(value) => value.denom().clone(),
        }
    }

    /// The number of bits of the longer of numerator and denominator.
    #[must_use]
    pub fn bits(&self) -> u64 {
        match &self.0 {
            Repr::Small(n, d) => {
                64 - u64::from(n.unsigned_abs().leading_zeros().min(d.leading_zeros()))
            }
            Repr::Big(value) => value.numer().bits().max(value.denom().bits()),
        }
    }

    /// The number of bits of the numerator.
    #[must_use]
    pub fn numerator_bits(&self) -> u64 {
        match &self.0 {
            Repr::Small(n, _) => 64 - u64::from(n.unsigned_abs().leading_zeros()),
            Repr::Big(value) => value.numer().bits(),
        }
    }

    /// The sum.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0) {
            if *b == 1
                && *d == 1
                && let Some(sum) = a.checked_add(*c)
            {
                return Rational(Repr::Small(sum, 1));
            }
            if let Some(sum) = small_sum((*a, *b), (*c, *d)) {
                return sum;
            }
        }
        big_sum(&self.to_big(), &other.to_big())
    }

    /// The difference.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Self {
        self.add(&other.neg())
    }

    /// The product.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0) {
            if *b == 1
                && *d == 1
                && let Some(product) = a.checked_mul(*c)
            {
                return Rational(Repr::Small(product, 1));
            }
            let (left, right) = (a.unsigned_abs(), c.unsigned_abs());
            let (g, h) = (gcd(left, *d), gcd(right, *b));
            let size = u128::from(left / g) * u128::from(right / h);
            let denominator = u128::from(*b / h) * u128::from(*d / g);
            if let Ok(size) = i128::try_from(size) {
                let numerator = if (*a < 0) == (*c < 0) { size } else { -size };
                return Self::lowest(numerator, denominator);
            }
        }
        big_product(&self.to_big(), &other.to_big())
    }

    /// The quotient; `None` where `other` is 0.
    #[must_use]
    pub fn div(&self, other: &Self) -> Option<Self> {
        Some(self.mul(&other.inverse()?))
    }

    /// The inverse; `None` of 0.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        match &self.0 {
            Repr::Small(0, _) => None,
            Repr::Small(n, d) => Some(Self::lowest(
                i128::from(*d) * i128::from(n.signum()),
                u128::from(n.unsigned_abs()),
            )),
            Repr::Big(value) => Some(Self::from_big(value.recip())),
        }
    }

    /// The negative.
    #[must_use]
    pub fn neg(&self) -> Self {
        match &self.0 {
            Repr::Small(n, d) => match n.checked_neg() {
                Some(n) => Rational(Repr::Small(n, *d)),
                None => Self::lowest(-i128::from(*n), u128::from(*d)),
            },
            Repr::Big(value) => Self::from_big(-(**value).clone()),
        }
    }

    /// The absolute value.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.signum() < 0 {
            self.neg()
        } else {
            self.clone()
        }
    }

    /// An integer power; `None` for 0 to a negative power, or where the result would have more
    /// than about 100,000 bits.
    #[must_use]
    pub fn pow(&self, exponent: i64) -> Option<Self> {
        if exponent == 0 || self.is_one() {
            return Some(Self::one());
        }
        if self.is_zero() {
            return (exponent > 0).then(Self::zero);
        }
        if self.neg().is_one() {
            return Some(if exponent % 2 == 0 {
                Self::one()
            } else {
                self.clone()
            });
        }
        // A base other than 0 and ±1 has a part of two bits or more, so the result has at least
        // `exponent` bits.
        let times = exponent.unsigned_abs();
        if self.bits().saturating_sub(1).max(1).checked_mul(times)? > POWER_BITS {
            return None;
        }
        let (mut result, mut square, mut left) = (Self::one(), self.clone(), times);
        loop {
            if left & 1 == 1 {
                result = result.mul(&square);
            }
            left >>= 1;
            if left == 0 {
                break;
            }
            square = square.mul(&square);
        }
        if exponent < 0 {
            result.inverse()
        } else {
            Some(result)
        }
    }

    /// The largest integer that is not above it.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Repr::Small(_, 1) => self.clone(),
            Repr::Small(n, d) => {
                Self::lowest(Integer::div_floor(&i128::from(*n), &i128::from(*d)), 1)
            }
            Repr::Big(value) => Self::from_big(value.floor()),
        }
    }

    /// The smallest integer that is not below it.
    #[must_use]
    pub fn ceil(&self) -> Self {
        self.neg().floor().neg()
    }

    /// Rounded to so many places after the point (negative: before it), half away from zero.
    #[must_use]
    pub fn round(&self, places: i32) -> Self {
        let Some(unit) = Self::from(10).pow(i64::from(places)) else {
            return self.clone();
        };
        let half = Self::lowest(1, 2);
        let scaled = self.abs().mul(&unit).add(&half).floor();
        let rounded = scaled.div(&unit).unwrap_or_else(Self::zero);
        if self.signum() < 0 {
            rounded.neg()
        } else {
            rounded
        }
    }

    /// The decimal with so many places after the point (negative: zeros before it), rounded half
    /// away from zero.
    #[must_use]
    pub fn to_decimal(&self, places: i32) -> String {
        let rounded = self.round(places);
        let places = usize::try_from(places).unwrap_or(0);
        let scale = num_bigint::BigInt::from(10).pow(u32::try_from(places).unwrap_or(0));
        let digits = (rounded.abs().numerator() * scale / rounded.denominator()).to_string();
        let digits = format!("{digits:0>width$}", width = places + 1);
        let (whole, part) = digits.split_at(digits.len() - places);
        let sign = if rounded.signum() < 0 { "−" } else { "" };
        if part.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{part}")
        }
    }

    /// The non-negative root of that degree (≥ 1) of a non-negative number, if it is rational.
    #[must_use]
    pub fn exact_root(&self, degree: u32) -> Option<Self> {
        if degree == 0 || self.signum() < 0 {
            return None;
        }
        if self.is_zero() || self.is_one() {
            return Some(self.clone());
        }
        if u64::from(degree) > self.bits() {
            return None;
        }
        let root = |n: BigInt| {
            let r = n.nth_root(degree);
            (r.pow(degree) == n).then_some(r)
        };
        let numerator = root(self.numerator())?;
        let denominator = root(self.denominator())?;
        Some(Self::from_big(BigRational::new_raw(numerator, denominator)))
    }

    /// The rational of smallest denominator (then of smallest absolute value) between `low` and
    /// `high`, both included, by descent in the Stern–Brocot tree; `low` where they are crossed.
    #[must_use]
    pub fn simplest_between(low: &Self, high: &Self) -> Self {
        if low > high {
            return low.clone();
        }
        if low.signum() <= 0 && high.signum() >= 0 {
            return Self::zero();
        }
        if high.signum() < 0 {
            return Self::simplest_between(&high.neg(), &low.neg()).neg();
        }
        // Continued fraction of the two ends as far as they agree.
        let (mut low, mut high) = (low.clone(), high.clone());
        let mut parts = Vec::new();
        loop {
            let whole = low.floor();
            if whole == low {
                parts.push(whole);
                break;
            }
            let next = whole.add(&Self::one());
            if next <= high {
                parts.push(next);
                break;
            }
            let (a, b) = (high.sub(&whole), low.sub(&whole));
            parts.push(whole);
            match (a.inverse(), b.inverse()) {
                (Some(a), Some(b)) => (low, high) = (a, b),
                _ => break,
            }
        }
        let mut value = parts.pop().unwrap_or_else(Self::zero);
        while let Some(part) = parts.pop() {
            value = part.add(&value.inverse().unwrap_or_else(Self::zero));
        }
        value
    }
}

/// The sum of two small fractions by Knuth's method; `None` where it overflows.
fn small_sum((a, b): (i64, u64), (c, d): (i64, u64)) -> Option<Rational> {
    let g = gcd(b, d);
    let left = i128::from(a).checked_mul(i128::from(d / g))?;
    let right = i128::from(c).checked_mul(i128::from(b / g))?;
    let sum = left.checked_add(right)?;
    if sum == 0 {
        return Some(Rational::zero());
    }
    if g == 1 {
        return Some(Rational::lowest(sum, u128::from(b) * u128::from(d)));
    }
    let rest = u64::try_from(sum.unsigned_abs() % u128::from(g)).ok()?;
    let h = gcd(rest, g);
    Some(Rational::lowest(
        sum / i128::from(h),
        u128::from(b / g) * u128::from(d / h),
    ))
}

/// The sum of two long fractions.
fn big_sum(x: &BigRational, y: &BigRational) -> Rational {
    if x.denom().is_one() && y.denom().is_one() {
        return Rational::from_integer(x.numer() + y.numer());
    }
    let common = big_gcd(x.denom(), y.denom());
    let (left, right) = (y.denom() / &common, x.denom() / &common);
    let numerator = x.numer() * &left + y.numer() * &right;
    // What divides the sum and its denominator divides the common part.
    let rest = big_gcd(&numerator, &common);
    let denominator = right * (y.denom() / &rest);
    Rational::from_big(BigRational::new_raw(numerator / rest, denominator))
}

/// The product of two long fractions.
fn big_product(x: &BigRational, y: &BigRational) -> Rational {
    if x.denom().is_one() && y.denom().is_one() {
        return Rational::from_integer(x.numer() * y.numer());
    }
    let (g, h) = (big_gcd(x.numer(), y.denom()), big_gcd(y.numer(), x.denom()));
    Rational::from_big(BigRational::new_raw(
        (x.numer() / &g) * (y.numer() / &h),
        (x.denom() / &h) * (y.denom() / &g),
    ))
}

/// The greatest common divisor, at least 1; where one of them is much shorter the other is first
/// divided by it.
fn big_gcd(a: &BigInt, b: &BigInt) -> BigInt {
    let (long, short) = if a.bits() >= b.bits() { (a, b) } else { (b, a) };
    if short.is_zero() {
        return if long.is_zero() {
            BigInt::one()
        } else {
            long.abs()
        };
    }
    if short.bits() == 1 {
        return BigInt::one();
    }
    if long.bits() > short.bits() + 8 {
        let rest = long % short;
        return match (short.abs().to_u64(), rest.abs().to_u64()) {
            (Some(short), Some(rest)) => BigInt::from(gcd(short, rest)),
            _ => short.gcd(&rest),
        };
    }
    long.gcd(short)
}

/// The greatest common divisor; `gcd(0, b) = b`, and 1 for two zeros.
fn gcd(mut a: u64, mut b: u64) -> u64 {
    if a == 1 || b == 1 {
        return 1;
    }
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(a, b), Repr::Small(c, d)) => {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            }
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<i64> for Rational {
    fn from(value: i64) -> Self {
        Rational(Repr::Small(value, 1))
    }
}

impl From<BigInt> for Rational {
    fn from(value: BigInt) -> Self {
        Self::from_integer(value)
    }
}

impl std::ops::Neg for &Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        Rational::neg(self)
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident) => {
        impl std::ops::$trait for &Rational {
            type Output = Rational;
            fn $method(self, other: &Rational) -> Rational {
                Rational::$method(self, other)
            }
        }
        impl std::ops::$trait for Rational {
            type Output = Rational;
            fn $method(self, other: Rational) -> Rational {
                Rational::$method(&self, &other)
            }
        }
    };
}
operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Small(n, 1) => write!(f, "{n}"),
            Repr::Small(n, d) => write!(f, "{n}/{d}"),
            Repr::Big(value) if value.is_integer() => write!(f, "{}", value.numer()),
            Repr::Big(value) => write!(f, "{}/{}", value.numer(), value.denom()),
        }
    }
}

impl One for Rational {
    fn one() -> Self {
        Rational::one()
    }
}

impl Zero for Rational {
    fn zero() -> Self {
        Rational::zero()
    }
    fn is_zero(&self) -> bool {
        Rational::is_zero(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn r(n: i64, d: i64) -> Rational {
        Rational::new(n, d).unwrap()
    }

    fn edge() -> impl Strategy<Value = i64> {
        prop_oneof![
            any::<i64>(),
            -20i64..20,
            Just(i64::MIN),
            Just(i64::MAX),
            Just(0)
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn small_arithmetic_agrees_with_big(a in edge(), b in edge(), c in edge(), d in edge()) {
            prop_assume!(b != 0 && d != 0);
            let (x, y) = (r(a, b), r(c, d));
            let (p, q) = (
                BigRational::new(a.into(), b.into()),
                BigRational::new(c.into(), d.into()),
            );
            prop_assert_eq!(x.to_big(), p.clone());
            prop_assert_eq!(x.add(&y), Rational::from_big(&p + &q));
            prop_assert_eq!(x.sub(&y), Rational::from_big(&p - &q));
            prop_assert_eq!(x.mul(&y), Rational::from_big(&p * &q));
            prop_assert_eq!(x.cmp(&y), p.cmp(&q));
            prop_assert_eq!(x.neg(), Rational::from_big(-p.clone()));
            prop_assert_eq!(x.floor(), Rational::from_big(p.floor()));
            prop_assert_eq!(x.ceil(), Rational::from_big(p.ceil()));
            if c != 0 {
                prop_assert_eq!(x.div(&y), Some(Rational::from_big(&p / &q)));
            }
        }

        #[test]
        fn the_simplest_between_is_between(a in -50i64..50, b in 1i64..30, c in -50i64..50, d in 1i64..30) {
            let (x, y) = (r(a, b), r(c, d));
            let (low, high) = if x <= y { (x, y) } else { (y, x) };
            let s = Rational::simplest_between(&low, &high);
            prop_assert!(low <= s && s <= high);
            prop_assert!(s.denominator() <= low.denominator());
        }
    }

    #[test]
    fn powers_of_0_1_and_minus_1_have_any_exponent_and_others_stay_in_bounds() {
        assert_eq!(r(1, 1).pow(i64::MAX), Some(r(1, 1)));
        assert_eq!(r(-1, 1).pow(i64::MIN), Some(r(1, 1)));
        assert_eq!(r(-1, 1).pow(i64::MAX), Some(r(-1, 1)));
        assert_eq!(r(0, 1).pow(i64::MAX), Some(r(0, 1)));
        assert_eq!(r(0, 1).pow(0), Some(r(1, 1)));
        assert_eq!(r(0, 1).pow(-1), None);
        assert_eq!(r(2, 1).pow(1_000_000_000), None);
        assert_eq!(r(1, 2).pow(-3), Some(r(8, 1)));
        assert_eq!(r(-2, 3).pow(3), Some(r(-8, 27)));
    }

    #[test]
    fn rounding_is_half_away_from_zero() {
        assert_eq!(r(5, 2).round(0), r(3, 1));
        assert_eq!(r(-5, 2).round(0), r(-3, 1));
        assert_eq!(r(12345, 100).round(1), r(1235, 10));
        assert_eq!(r(1250, 1).round(-2), r(1300, 1));
        assert_eq!(r(2, 3).round(2), r(67, 100));
    }

    #[test]
    fn roots_are_given_only_where_they_are_rational() {
        assert_eq!(r(8, 27).exact_root(3), Some(r(2, 3)));
        assert_eq!(r(2, 1).exact_root(2), None);
        assert_eq!(r(-8, 1).exact_root(3), None);
        assert_eq!(r(7, 1).exact_root(1), Some(r(7, 1)));
    }

    #[test]
    fn simplest_between_finds_small_denominators() {
        assert_eq!(
            Rational::simplest_between(&r(314, 100), &r(315, 100)),
            r(22, 7)
        );
        assert_eq!(Rational::simplest_between(&r(-3, 10), &r(-1, 4)), r(-1, 4));
        assert_eq!(Rational::simplest_between(&r(5, 2), &r(9, 2)), r(3, 1));
    }
}
