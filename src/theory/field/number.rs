//! Rationals as the field needs them.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

use super::integer::Integer;
use crate::number::Rational;

/// Primes up to this are divided out of radicands and bases.
const TRIAL: u32 = 1_000;

/// numerator / denominator.
pub(super) fn rational(numerator: &Integer, denominator: &Integer) -> Rational {
    if denominator.is_zero() {
        return Rational::zero();
    }
    Rational::from_big(BigRational::new(numerator.to_big(), denominator.to_big()))
}

/// The integer below or at the value, and the rest in [0, 1).
pub(super) fn fraction_part(value: &Rational) -> Option<(i64, Rational)> {
    let whole = value.numerator().div_floor(&value.denominator()).to_i64()?;
    Some((whole, value.sub(&Rational::from(whole))))
}

/// A positive rational as a product of powers of primes (and of cofactors without small primes).
pub(super) fn factors(value: &Rational) -> Vec<(Rational, i64)> {
    let mut found = Vec::new();
    integer_factors(value.numerator(), 1, &mut found);
    integer_factors(value.denominator(), -1, &mut found);
    found
}

fn integer_factors(mut n: BigInt, sign: i64, found: &mut Vec<(Rational, i64)>) {
    let mut d: u32 = 2;
    while d <= TRIAL && !n.is_one() {
        if BigInt::from(d) * d > n {
            break;
        }
        let mut count = 0;
        loop {
            let (quotient, remainder) = n.div_rem(&BigInt::from(d));
            if !remainder.is_zero() {
                break;
            }
            n = quotient;
            count += 1;
        }
        if count > 0 {
            found.push((Rational::from(i64::from(d)), sign * count));
        }
        d += if d == 2 { 1 } else { 2 };
    }
    if n.is_one() {
        return;
    }
    for power in [2_u32, 3, 5] {
        let root = n.nth_root(power);
        if num_traits::Pow::pow(&root, power) == n {
            found.push((
                Rational::from_big(BigRational::from_integer(root)),
                sign * i64::from(power),
            ));
            return;
        }
    }
    found.push((Rational::from_big(BigRational::from_integer(n)), sign));
}
