//! Polynomials in one unknown: signs at all real points, by Sturm's theorem.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use crate::kernel::term::{Check, Q, Terms};

/// Coefficients from the constant on, the last not 0.
pub type Univariate = Vec<Q>;

/// What a polynomial has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// > 0
    Positive,
    /// ≥ 0
    NotNegative,
    /// = 0
    Zero,
    /// ≠ 0
    NotZero,
}

impl Sign {
    /// Whether a number of that sign (−1, 0, 1) will do.
    #[must_use]
    pub fn allows(self, sign: i32) -> bool {
        match self {
            Sign::Positive => sign > 0,
            Sign::NotNegative => sign >= 0,
            Sign::Zero => sign == 0,
            Sign::NotZero => sign != 0,
        }
    }
}

const DEGREE: usize = 24;

/// Integer coefficients from the constant on, the last not 0: the polynomial up to a positive
/// factor.
type Whole = Vec<BigInt>;

/// m/2^k
#[derive(Clone, Debug)]
struct Point(BigInt, u64);

/// Whether no real number satisfies all conditions.
pub fn impossible(conditions: &[(Univariate, Sign)], terms: &mut Terms) -> Check<bool> {
    let conditions: Vec<(Whole, Sign)> = conditions
        .iter()
        .map(|(poly, sign)| (whole(poly), *sign))
        .collect();
    let mut all: Whole = vec![BigInt::one()];
    for (poly, _) in &conditions {
        if poly.len() > 1 {
            let shared = gcd(&all, poly);
            all = times(&all, &divide(poly, &shared).0);
        }
        if all.len() > DEGREE {
            return Ok(false);
        }
    }
    let all = divide(&all, &gcd(&all, &derivative(&all))).0;
    terms.spend((all.len() * all.len() * 50) as u64)?;
    let chain = sturm(&all);
    let bound = bound(&all);
    let mut found = Vec::new();
    let (low, high) = (Point(-&bound, 0), Point(bound, 0));
    if !isolate(&chain, &all, (low.clone(), high.clone()), 0, &mut found) {
        return Ok(false);
    }
    // Points between the roots, then the roots themselves.
    let mut points = vec![low, high];
    points.extend(
        found
            .iter()
            .flat_map(|(low, high)| [low.clone(), high.clone()]),
    );
    let fails_at = |point: &Point| {
        let wrong = |(poly, sign): &(Whole, Sign)| !sign.allows(sign_at(poly, point));
        conditions.iter().any(wrong)
    };
    if !points.iter().all(fails_at) {
        return Ok(false);
    }
    for interval in found {
        let mut holds = true;
        for (poly, sign) in &conditions {
            match sign_at_root(&chain, &all, &interval, poly) {
                Some(value) => holds &= sign.allows(value),
                None => return Ok(false),
            }
            if !holds {
                break;
            }
        }
        if holds {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The polynomial times a positive number, with coprime integers.
fn whole(poly: &[Q]) -> Whole {
    let common = poly.iter().fold(BigInt::one(), |l, c| l.lcm(&c.denom()));
    let all = poly.iter().map(|c| c.numer() * (&common / c.denom()));
    primitive(all.collect())
}

fn primitive(mut poly: Whole) -> Whole {
    while poly.last().is_some_and(Zero::is_zero) {
        poly.pop();
    }
    let shared = poly.iter().fold(BigInt::zero(), |g, c| g.gcd(c));
    if shared > BigInt::one() {
        poly.iter_mut().for_each(|c| *c /= &shared);
    }
    poly
}

fn signum(value: &BigInt) -> i32 {
    i32::from(value.is_positive()) - i32::from(value.is_negative())
}

/// The value's sign.
fn sign_at(poly: &[BigInt], Point(m, k): &Point) -> i32 {
    let mut sum = BigInt::zero();
    for (n, c) in poly.iter().rev().enumerate() {
        // times 2^(k·n), so that all is whole
        sum = sum * m + (c << (k * n as u64));
    }
    signum(&sum)
}

fn derivative(poly: &[BigInt]) -> Whole {
    let times = |(n, c): (usize, &BigInt)| c * n;
    primitive(poly.iter().enumerate().skip(1).map(times).collect())
}

fn times(a: &[BigInt], b: &[BigInt]) -> Whole {
    let mut product = vec![BigInt::zero(); (a.len() + b.len()).saturating_sub(1)];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            product[i + j] += x * y;
        }
    }
    primitive(product)
}

/// Quotient and remainder, each up to a positive factor.
fn divide(a: &[BigInt], b: &[BigInt]) -> (Whole, Whole) {
    let (mut rest, mut quotient) = (a.to_vec(), vec![BigInt::zero(); a.len()]);
    let Some(lead) = b.last() else {
        return (Vec::new(), rest);
    };
    let size = lead.abs();
    while rest.len() >= b.len() {
        let Some(top) = rest.last() else { break };
        let factor = if lead.is_negative() {
            -top
        } else {
            top.clone()
        };
        let shift = rest.len() - b.len();
        rest.iter_mut().for_each(|c| *c *= &size);
        quotient.iter_mut().for_each(|c| *c *= &size);
        for (place, c) in b.iter().enumerate() {
            rest[place + shift] -= &factor * c;
        }
        quotient[shift] += factor;
        while rest.last().is_some_and(Zero::is_zero) {
            rest.pop();
        }
    }
    (primitive(quotient), primitive(rest))
}

fn gcd(a: &[BigInt], b: &[BigInt]) -> Whole {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    while !b.is_empty() {
        let rest = divide(&a, &b).1;
        (a, b) = (b, rest);
    }
    a
}

fn sturm(poly: &[BigInt]) -> Vec<Whole> {
    let mut chain = vec![poly.to_vec(), derivative(poly)];
    while let [.., a, b] = chain.as_slice() {
        if b.is_empty() {
            chain.pop();
            break;
        }
        let rest = divide(a, b).1.into_iter().map(|c| -c).collect();
        chain.push(rest);
    }
    chain
}

fn changes(chain: &[Whole], point: &Point) -> usize {
    let (mut last, mut count) = (0, 0);
    for poly in chain {
        let sign = sign_at(poly, point);
        count += usize::from(sign * last < 0);
        if sign != 0 {
            last = sign;
        }
    }
    count
}

/// All real roots lie strictly between −bound and bound (Cauchy), a power of 2.
fn bound(poly: &[BigInt]) -> BigInt {
    let lead = poly.last().map_or_else(BigInt::one, BigInt::abs);
    let most = poly.iter().map(BigInt::abs).max().unwrap_or_default();
    let least: BigInt = most / lead + 2;
    BigInt::one() << least.bits()
}

/// Intervals whose ends are no roots, each with one root.
fn isolate(
    chain: &[Whole],
    poly: &[BigInt],
    (low, high): (Point, Point),
    depth: u32,
    found: &mut Vec<(Point, Point)>,
) -> bool {
    let count = changes(chain, &low).saturating_sub(changes(chain, &high));
    if count == 0 {
        return true;
    }
    if count == 1 {
        found.push((low, high));
        return true;
    }
    let Some(middle) = middle(poly, &low, &high).filter(|_| depth < 80) else {
        return false;
    };
    isolate(chain, poly, (low, middle.clone()), depth + 1, found)
        && isolate(chain, poly, (middle, high), depth + 1, found)
}

/// A point between that is no root: the middle, or one near it.
fn middle(poly: &[BigInt], low: &Point, high: &Point) -> Option<Point> {
    let digits = low.1.max(high.1);
    let at = |p: &Point| &p.0 << (digits - p.1);
    let (low, high) = (at(low), at(high));
    // Halfway, then 5/8, 9/16, 17/32, …
    (1u64..40)
        .map(|n| {
            let above: BigInt = if n == 1 {
                BigInt::one()
            } else {
                (BigInt::one() << n) + 1
            };
            let digits_more = if n == 1 { 1 } else { n + 1 };
            let m = (&low << digits_more) + (&high - &low) * above;
            Point(m, digits + digits_more)
        })
        .find(|point| sign_at(poly, point) != 0)
}

/// The sign of another polynomial at the root between.
fn sign_at_root(
    chain: &[Whole],
    poly: &[BigInt],
    (low, high): &(Point, Point),
    other: &[BigInt],
) -> Option<i32> {
    let has_root =
        |chain: &[Whole], low: &Point, high: &Point| changes(chain, low) > changes(chain, high);
    let shared = gcd(poly, other);
    if shared.len() > 1 && has_root(&sturm(&shared), low, high) {
        return Some(0);
    }
    if other.len() <= 1 {
        return Some(other.first().map_or(0, signum));
    }
    let other_chain = sturm(&divide(other, &gcd(other, &derivative(other))).0);
    let (mut low, mut high) = (low.clone(), high.clone());
    for _ in 0..80 {
        let ends = sign_at(other, &low) != 0 && sign_at(other, &high) != 0;
        if ends && !has_root(&other_chain, &low, &high) {
            return Some(sign_at(other, &low));
        }
        let middle = middle(poly, &low, &high)?;
        if changes(chain, &low) > changes(chain, &middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poly(all: &[i64]) -> Univariate {
        all.iter().map(|c| Q::from_integer((*c).into())).collect()
    }

    fn no_point(conditions: &[(&[i64], Sign)]) -> bool {
        let mut terms = Terms::new(0, 1_000_000);
        let all: Vec<_> = conditions.iter().map(|(p, s)| (poly(p), *s)).collect();
        impossible(&all, &mut terms).unwrap_or(false)
    }

    #[test]
    fn a_square_and_one_is_never_zero_but_less_one_is() {
        assert!(no_point(&[(&[1, 0, 1], Sign::Zero)]));
        assert!(!no_point(&[(&[-1, 0, 1], Sign::Zero)]));
        assert!(!no_point(&[(&[0, 0, 1], Sign::Zero)]));
        assert!(!no_point(&[(&[0, 0, -1], Sign::NotNegative)]));
        assert!(no_point(&[(&[0, 0, -1], Sign::Positive)]));
    }

    #[test]
    fn what_holds_at_an_irrational_root_is_seen() {
        // x² = 2 and x⁴ ≠ 4; x² = 2 and x > 1
        assert!(no_point(&[
            (&[-2, 0, 1], Sign::Zero),
            (&[-4, 0, 0, 0, 1], Sign::NotZero)
        ]));
        assert!(!no_point(&[
            (&[-2, 0, 1], Sign::Zero),
            (&[-1, 1], Sign::Positive)
        ]));
        assert!(no_point(&[
            (&[-2, 0, 1], Sign::Zero),
            (&[-2, 1], Sign::Positive)
        ]));
    }
}
