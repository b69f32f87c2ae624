//! Polynomials in one unknown: signs at all real points, by Sturm's theorem.

use num_traits::{One, Zero};

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

/// Whether no real number satisfies all conditions.
pub fn impossible(conditions: &[(Univariate, Sign)], terms: &mut Terms) -> Check<bool> {
    let mut all = vec![Q::one()];
    for (poly, _) in conditions {
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
    let Some(bound) = bound(&all) else {
        return Ok(false);
    };
    let mut found = Vec::new();
    if !isolate(&chain, &all, (-bound.clone(), bound.clone()), 0, &mut found) {
        return Ok(false);
    }
    // Points between the roots, then the roots themselves.
    let mut points = vec![-bound.clone(), bound];
    points.extend(
        found
            .iter()
            .flat_map(|(low, high)| [low.clone(), high.clone()]),
    );
    let fails_at = |point: &Q| {
        let wrong = |(poly, sign): &(Univariate, Sign)| !sign.allows(sign_at(poly, point));
        conditions.iter().any(wrong)
    };
    if !points.iter().all(fails_at) {
        return Ok(false);
    }
    for interval in found {
        let mut holds = true;
        for (poly, sign) in conditions {
            match sign_at_root(&chain, &all, &interval, poly) {
                Some(value) => holds &= sign.allows(value),
                None => return Ok(false),
            }
        }
        if holds {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The value's sign.
fn sign_at(poly: &[Q], point: &Q) -> i32 {
    signum(&value(poly, point))
}

fn signum(value: &Q) -> i32 {
    i32::from(value.is_positive()) - i32::from(value.is_negative())
}

fn value(poly: &[Q], point: &Q) -> Q {
    poly.iter().rev().fold(Q::zero(), |sum, c| sum * point + c)
}

fn trimmed(mut poly: Vec<Q>) -> Univariate {
    while poly.last().is_some_and(Zero::is_zero) {
        poly.pop();
    }
    poly
}

fn derivative(poly: &[Q]) -> Univariate {
    let times = |(n, c): (usize, &Q)| c * Q::from_integer((n as u64).into());
    trimmed(poly.iter().enumerate().skip(1).map(times).collect())
}

fn times(a: &[Q], b: &[Q]) -> Univariate {
    let mut product = vec![Q::zero(); (a.len() + b.len()).saturating_sub(1)];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            product[i + j] += x * y;
        }
    }
    trimmed(product)
}

/// Quotient and remainder.
fn divide(a: &[Q], b: &[Q]) -> (Univariate, Univariate) {
    let (mut rest, mut quotient) = (a.to_vec(), vec![Q::zero(); a.len()]);
    let Some(lead) = b.last() else {
        return (Vec::new(), rest);
    };
    while rest.len() >= b.len() {
        let Some(top) = rest.last() else { break };
        let (factor, shift) = (top / lead, rest.len() - b.len());
        for (place, c) in b.iter().enumerate() {
            rest[place + shift] -= &factor * c;
        }
        quotient[shift] = factor;
        rest.pop();
        rest = trimmed(rest);
    }
    (trimmed(quotient), rest)
}

fn gcd(a: &[Q], b: &[Q]) -> Univariate {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    while !b.is_empty() {
        let rest = divide(&a, &b).1;
        (a, b) = (b, monic(rest));
    }
    monic(a)
}

fn monic(poly: Univariate) -> Univariate {
    let lead = poly.last().cloned().unwrap_or_else(Q::one);
    poly.into_iter().map(|c| c / &lead).collect()
}

fn sturm(poly: &[Q]) -> Vec<Univariate> {
    let mut chain = vec![poly.to_vec(), derivative(poly)];
    while let [.., a, b] = chain.as_slice() {
        if b.is_empty() {
            chain.pop();
            break;
        }
        let rest: Vec<Q> = divide(a, b).1.into_iter().map(|c| -c).collect();
        chain.push(rest);
    }
    chain
}

fn changes(chain: &[Univariate], point: &Q) -> usize {
    let signs: Vec<i32> = chain
        .iter()
        .map(|p| sign_at(p, point))
        .filter(|s| *s != 0)
        .collect();
    signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// All real roots lie strictly between −bound and bound (Cauchy).
fn bound(poly: &[Q]) -> Option<Q> {
    let lead = poly.last()?;
    let most = poly.iter().map(|c| (c / lead).abs()).max()?;
    Some(most + Q::whole(2))
}

/// Intervals whose ends are no roots, each with one root.
fn isolate(
    chain: &[Univariate],
    poly: &[Q],
    (low, high): (Q, Q),
    depth: u32,
    found: &mut Vec<(Q, Q)>,
) -> bool {
    let count = changes(chain, &low).saturating_sub(changes(chain, &high));
    if count == 0 {
        return true;
    }
    if count == 1 {
        found.push((low, high));
        return true;
    }
    let Some(middle) = middle(poly, &low, &high).filter(|_| depth < 60) else {
        return false;
    };
    isolate(chain, poly, (low, middle.clone()), depth + 1, found)
        && isolate(chain, poly, (middle, high), depth + 1, found)
}

/// A point between that is no root.
fn middle(poly: &[Q], low: &Q, high: &Q) -> Option<Q> {
    (1..40)
        .map(|n| {
            let share = Q::new((n + 20).into(), (2 * n + 39).into());
            low + (high - low) * share
        })
        .find(|point| sign_at(poly, point) != 0)
}

/// The sign of another polynomial at the root between.
fn sign_at_root(
    chain: &[Univariate],
    poly: &[Q],
    (low, high): &(Q, Q),
    other: &[Q],
) -> Option<i32> {
    let shared = gcd(poly, other);
    let has_root = |p: &[Q], low: &Q, high: &Q| {
        let chain = sturm(p);
        changes(&chain, low) > changes(&chain, high)
    };
    if shared.len() > 1 && has_root(&shared, low, high) {
        return Some(0);
    }
    if other.len() <= 1 {
        return Some(other.first().map_or(0, signum));
    }
    let other_free = divide(other, &gcd(other, &derivative(other))).0;
    let (mut low, mut high) = (low.clone(), high.clone());
    for _ in 0..80 {
        let ends = sign_at(other, &low) != 0 && sign_at(other, &high) != 0;
        if ends && !has_root(&other_free, &low, &high) {
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
