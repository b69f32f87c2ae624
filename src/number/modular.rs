//! Arithmetic modulo a prime: what differs there differs.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::ToPrimitive;

use super::Rational;

/// The prime 2³¹ − 1.
const PRIME: u64 = 2_147_483_647;

/// Polynomials of a higher degree are not looked at.
const MOST: usize = 400;

/// A number modulo the prime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Residue(u64);

#[allow(
    clippy::should_implement_trait,
    reason = "residues are added and multiplied by name, as rationals are"
)]
impl Residue {
    /// 0.
    pub const ZERO: Residue = Residue(0);
    /// 1.
    pub const ONE: Residue = Residue(1);

    /// Of a machine integer.
    #[must_use]
    pub fn small(value: i64) -> Self {
        let size = Residue(value.unsigned_abs() % PRIME);
        if value < 0 { size.neg() } else { size }
    }

    /// Of an integer.
    #[must_use]
    pub fn big(value: &BigInt) -> Self {
        Residue(value.mod_floor(&BigInt::from(PRIME)).to_u64().unwrap_or(0))
    }

    /// Of a rational; `None` where the prime divides its denominator.
    #[must_use]
    pub fn rational(value: &Rational) -> Option<Self> {
        if let Some((n, d)) = value.to_small() {
            let top = Residue::small(n);
            return if d == 1 {
                Some(top)
            } else {
                Some(top.mul(Residue(d % PRIME).inverse()?))
            };
        }
        let below = Residue::big(&value.denominator()).inverse()?;
        Some(Residue::big(&value.numerator()).mul(below))
    }

    /// A scattered value for the variable of that number.
    #[must_use]
    pub fn of_variable(number: u32) -> Self {
        Residue((u64::from(number) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) % PRIME)
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum.
    #[must_use]
    pub fn add(self, other: Self) -> Self {
        Residue((self.0 + other.0) % PRIME)
    }

    /// The negative.
    #[must_use]
    pub fn neg(self) -> Self {
        Residue((PRIME - self.0) % PRIME)
    }

    /// The product.
    #[must_use]
    pub fn mul(self, other: Self) -> Self {
        Residue(self.0 * other.0 % PRIME)
    }

    /// A power.
    #[must_use]
    pub fn pow(self, mut exponent: u64) -> Self {
        let (mut square, mut result) = (self, Residue::ONE);
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = result.mul(square);
            }
            square = square.mul(square);
            exponent >>= 1;
        }
        result
    }

    /// The inverse; `None` of 0.
    #[must_use]
    pub fn inverse(self) -> Option<Self> {
        (!self.is_zero()).then(|| self.pow(PRIME - 2))
    }
}

/// Whether two polynomials in one variable surely have no common divisor but constants. They are
/// given by terms (exponent, coefficient), of which several may have one exponent, and by the
/// degrees they have before they are taken modulo the prime: where both fall, it is not sure.
#[must_use]
pub fn are_coprime(
    left: impl Iterator<Item = (usize, Residue)>,
    right: impl Iterator<Item = (usize, Residue)>,
    degrees: (usize, usize),
) -> bool {
    if degrees.0 > MOST || degrees.1 > MOST {
        return false;
    }
    let (mut a, mut b) = (dense(left, degrees.0), dense(right, degrees.1));
    if a.len() <= degrees.0 && b.len() <= degrees.1 {
        return false;
    }
    while !b.is_empty() {
        if b.len() == 1 {
            return true;
        }
        remainder(&mut a, &b);
        std::mem::swap(&mut a, &mut b);
    }
    a.len() == 1
}

/// The coefficients, without leading zeros.
fn dense(terms: impl Iterator<Item = (usize, Residue)>, degree: usize) -> Vec<Residue> {
    let mut all = vec![Residue::ZERO; degree + 1];
    for (exponent, value) in terms {
        if let Some(place) = all.get_mut(exponent) {
            *place = place.add(value);
        }
    }
    trim(&mut all);
    all
}

fn trim(all: &mut Vec<Residue>) {
    while all.last().is_some_and(|c| c.is_zero()) {
        all.pop();
    }
}

/// Leaves the remainder by `b`, which is not 0.
fn remainder(a: &mut Vec<Residue>, b: &[Residue]) {
    let Some(by) = b.last().and_then(|lead| lead.inverse()) else {
        return;
    };
    while a.len() >= b.len() {
        let Some(top) = a.last() else {
            return;
        };
        let factor = top.mul(by).neg();
        let shift = a.len() - b.len();
        for (place, c) in a.iter_mut().skip(shift).zip(b) {
            *place = place.add(c.mul(factor));
        }
        trim(a);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(all: &[i64]) -> impl Iterator<Item = (usize, Residue)> + '_ {
        all.iter().enumerate().map(|(i, c)| (i, Residue::small(*c)))
    }

    #[test]
    fn a_common_root_is_a_common_divisor() {
        // (x − 1)(x + 2) and (x − 1)(x − 3); then x² + 1 and x − 3.
        assert!(!are_coprime(terms(&[-2, 1, 1]), terms(&[3, -4, 1]), (2, 2)));
        assert!(are_coprime(terms(&[1, 0, 1]), terms(&[-3, 1]), (2, 1)));
        assert!(!are_coprime(terms(&[1, 0]), terms(&[-3, 0]), (1, 1)));
    }

    #[test]
    fn a_fraction_has_a_residue() {
        let half = Rational::new(-1, 2).and_then(|half| Residue::rational(&half));
        assert_eq!(half.map(|h| h.add(h)), Some(Residue::small(-1)));
    }
}
