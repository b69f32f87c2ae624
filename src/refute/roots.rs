//! Roots of a function of one variable that is known only by its values.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::number::{Quadratic, Rational, Residue};

/// Where the function is looked at.
const PROBES: [(i64, i64); 14] = [
    (0, 1),
    (1, 1),
    (-1, 1),
    (2, 1),
    (-2, 1),
    (3, 1),
    (1, 2),
    (-3, 1),
    (5, 1),
    (7, 2),
    (-5, 1),
    (-1, 2),
    (7, 1),
    (-7, 1),
];

/// Coefficients up to this are split into divisors.
const LARGEST_COEFFICIENT: u64 = 1_000_000;

/// Rational and quadratic roots of g, as far as g is a polynomial of degree at most 6, or a fraction of
/// polynomials of degree at most 2, or has a root at one of the probes. They are guesses by
/// interpolation: whoever asks checks them.
pub(super) fn roots(mut g: impl FnMut(&Rational) -> Option<Rational>) -> Vec<Quadratic> {
    let mut points: Vec<(Rational, Rational)> = Vec::new();
    let mut differences = Differences::default();
    let mut missed = 0;
    for (n, d) in PROBES {
        let Some(x) = Rational::new(n, d) else {
            continue;
        };
        match g(&x) {
            Some(y) => {
                differences.extend(&x, &y);
                points.push((x, y));
            }
            None => missed += 1,
        }
        if missed > 8 {
            break;
        }
        // Two points more than the polynomial needs.
        if points.len() >= 3
            && differences.may_fit()
            && let Some(coefficients) = interpolate(&points)
            && coefficients.len() + 1 < points.len()
        {
            return polynomial_roots(&coefficients);
        }
    }
    let mut found: Vec<Quadratic> = points
        .iter()
        .filter(|(_, y)| y.is_zero())
        .map(|(x, _)| x.clone().into())
        .collect();
    // One polynomial on either side of 0, as |x| makes it.
    for side in [1, -1] {
        let half: Vec<(Rational, Rational)> = points
            .iter()
            .filter(|(x, _)| x.signum() * side >= 0)
            .cloned()
            .collect();
        if Differences::of(&half).may_fit()
            && let Some(coefficients) = interpolate(&half)
            && coefficients.len() + 1 < half.len()
        {
            for root in polynomial_roots(&coefficients) {
                if root.signum() * side >= 0 && !found.contains(&root) {
                    found.push(root);
                }
            }
        }
    }
    for degree in 1..=2 {
        if let Some(numerator) = fraction(&points, degree) {
            for root in polynomial_roots(&numerator) {
                if !found.contains(&root) {
                    found.push(root);
                }
            }
            break;
        }
    }
    found
}

/// Newton's divided differences of points that come one after another, modulo a prime.
#[derive(Default)]
struct Differences {
    /// The points.
    points: Vec<(Residue, Residue)>,
    /// Of the last point alone, of the last two, and so on.
    last: Vec<Residue>,
    /// How many of the polynomial's leading coefficients in Newton's form are 0.
    zeros: usize,
    /// Whether a number had the prime in its denominator, so that nothing is seen.
    blind: bool,
}

impl Differences {
    fn of(points: &[(Rational, Rational)]) -> Self {
        let mut all = Differences::default();
        for (x, y) in points {
            all.extend(x, y);
        }
        all
    }

    /// Takes a further point in.
    fn extend(&mut self, x: &Rational, y: &Rational) {
        let (Some(x), Some(y)) = (Residue::rational(x), Residue::rational(y)) else {
            self.blind = true;
            return;
        };
        let mut next = vec![y];
        let mut top = y;
        for (before, (x0, _)) in self.last.iter().zip(self.points.iter().rev()) {
            let Some(width) = x.add(x0.neg()).inverse() else {
                self.blind = true;
                return;
            };
            top = top.add(before.neg()).mul(width);
            next.push(top);
        }
        self.zeros = if top.is_zero() { self.zeros + 1 } else { 0 };
        self.points.push((x, y));
        self.last = next;
    }

    /// Whether the polynomial may need two points less than there are.
    fn may_fit(&self) -> bool {
        self.blind || self.zeros >= 2
    }
}

/// The polynomial through all points by Newton's divided differences, lowest coefficient first,
/// without leading zeros.
fn interpolate(points: &[(Rational, Rational)]) -> Option<Vec<Rational>> {
    let mut table: Vec<Rational> = points.iter().map(|(_, y)| y.clone()).collect();
    let mut newton = Vec::with_capacity(points.len());
    for level in 0..points.len() {
        newton.push(table.first()?.clone());
        let mut next = Vec::with_capacity(table.len());
        for (i, pair) in table.windows(2).enumerate() {
            let [a, b] = pair else { return None };
            let width = points.get(i + level + 1)?.0.sub(&points.get(i)?.0);
            next.push(b.sub(a).div(&width)?);
        }
        table = next;
    }
    // Horner's scheme from the inside.
    let mut coefficients: Vec<Rational> = Vec::new();
    for (value, (x, _)) in newton.iter().zip(points).rev() {
        let mut shifted = vec![Rational::zero()];
        shifted.extend(coefficients.iter().cloned());
        for (low, c) in shifted.iter_mut().zip(&coefficients) {
            *low = low.sub(&c.mul(x));
        }
        if let Some(first) = shifted.first_mut() {
            *first = first.add(value);
        }
        coefficients = shifted;
    }
    while coefficients.last().is_some_and(Rational::is_zero) {
        coefficients.pop();
    }
    Some(coefficients)
}

/// The numerator of the fraction p/q with both degrees at most `degree` through all points.
fn fraction(points: &[(Rational, Rational)], degree: usize) -> Option<Vec<Rational>> {
    let width = 2 * degree + 2;
    // One point more than there are unknowns up to scale, so that it is a test.
    if points.len() < width {
        return None;
    }
    let rows: Vec<Vec<Rational>> = points
        .iter()
        .map(|(x, y)| {
            let mut powers = vec![Rational::one()];
            for _ in 0..degree {
                let next = powers.last().map(|p| p.mul(x));
                powers.extend(next);
            }
            let right: Vec<Rational> = powers.iter().map(|p| p.mul(y).neg()).collect();
            powers.into_iter().chain(right).collect()
        })
        .collect();
    if !may_have_kernel(&rows, width) {
        return None;
    }
    let kernel = kernel_vector(rows, width)?;
    Some(kernel.into_iter().take(degree + 1).collect())
}

/// Whether the rows may send a vector other than 0 to 0: modulo a prime they do.
fn may_have_kernel(rows: &[Vec<Rational>], width: usize) -> bool {
    let residues: Option<Vec<Vec<Residue>>> = rows
        .iter()
        .map(|row| row.iter().map(Residue::rational).collect())
        .collect();
    let Some(mut rows) = residues else {
        return true;
    };
    for column in 0..width {
        let entry = |row: &Vec<Residue>| row.get(column).copied().unwrap_or(Residue::ZERO);
        let Some(at) =
            (column..rows.len()).find(|i| !rows.get(*i).is_none_or(|r| entry(r).is_zero()))
        else {
            return true;
        };
        rows.swap(column, at);
        let Some(pivot) = rows.get(column).cloned() else {
            return true;
        };
        let Some(by) = entry(&pivot).inverse() else {
            return true;
        };
        for row in rows.iter_mut().skip(column + 1) {
            let factor = entry(row).mul(by).neg();
            for (x, p) in row.iter_mut().zip(&pivot) {
                *x = x.add(p.mul(factor));
            }
        }
    }
    false
}

/// A vector other than 0 that all rows send to 0, by Gauss elimination; `None` if there is none.
fn kernel_vector(mut rows: Vec<Vec<Rational>>, width: usize) -> Option<Vec<Rational>> {
    let mut pivots: Vec<usize> = Vec::new();
    for column in 0..width {
        let rank = pivots.len();
        let Some(at) = (rank..rows.len()).find(|i| {
            rows.get(*i)
                .and_then(|row| row.get(column))
                .is_some_and(|x| !x.is_zero())
        }) else {
            continue;
        };
        rows.swap(rank, at);
        let scale = rows.get(rank)?.get(column)?.inverse()?;
        let pivot: Vec<Rational> = rows.get(rank)?.iter().map(|x| x.mul(&scale)).collect();
        for (i, row) in rows.iter_mut().enumerate() {
            if i == rank {
                row.clone_from(&pivot);
                continue;
            }
            let factor = row.get(column)?.clone();
            if factor.is_zero() {
                continue;
            }
            for (x, p) in row.iter_mut().zip(&pivot) {
                *x = x.sub(&p.mul(&factor));
            }
        }
        pivots.push(column);
    }
    let free = (0..width).find(|c| !pivots.contains(c))?;
    let mut kernel = vec![Rational::zero(); width];
    *kernel.get_mut(free)? = Rational::one();
    for (row, column) in rows.iter().zip(&pivots) {
        *kernel.get_mut(*column)? = row.get(free)?.neg();
    }
    Some(kernel)
}

/// The roots of a polynomial, lowest coefficient first: the rational ones, and those of a quadratic
/// factor that is left.
fn polynomial_roots(coefficients: &[Rational]) -> Vec<Quadratic> {
    let mut left = coefficients.to_vec();
    while left.last().is_some_and(Rational::is_zero) {
        left.pop();
    }
    let mut found = Vec::new();
    if left.len() > 1 && left.first().is_some_and(Rational::is_zero) {
        found.push(Rational::zero().into());
        while left.first().is_some_and(Rational::is_zero) {
            left.remove(0);
        }
    }
    while left.len() > 3 {
        let Some(root) = some_root(&left) else {
            return found;
        };
        left = deflate(&left, &root);
        let root = root.into();
        if !found.contains(&root) {
            found.push(root);
        }
    }
    match left.as_slice() {
        [c, b] => found.extend(c.neg().div(b).map(Quadratic::from)),
        [c, b, a] => {
            let four = Rational::from(4);
            let discriminant = b.mul(b).sub(&four.mul(a).mul(c));
            let below = a.add(a).inverse();
            if let (Some(root), Some(below)) = (Quadratic::square_root(&discriminant), below) {
                let minus = Quadratic::from(b.neg());
                for root in [root.clone(), root.neg()] {
                    if let Some(x) = minus
                        .add(&root)
                        .and_then(|top| top.mul(&below.clone().into()))
                        && !found.contains(&x)
                    {
                        found.push(x);
                    }
                }
            }
        }
        _ => {}
    }
    found
}

/// A root by the rational root theorem; the constant coefficient is not 0.
fn some_root(coefficients: &[Rational]) -> Option<Rational> {
    let common = coefficients
        .iter()
        .fold(BigInt::one(), |l, c| l.lcm(&c.denominator()));
    let scaled: Vec<BigInt> = coefficients
        .iter()
        .map(|c| c.numerator() * (&common / c.denominator()))
        .collect();
    let content = scaled.iter().fold(BigInt::zero(), |g, c| g.gcd(c));
    let end = |c: Option<&BigInt>| {
        let c = (c? / &content).abs().to_u64()?;
        (c <= LARGEST_COEFFICIENT).then(|| divisors(c))
    };
    let (tops, bottoms) = (end(scaled.first())?, end(scaled.last())?);
    for q in &bottoms {
        for p in &tops {
            for sign in [1, -1] {
                let x = Rational::new(sign * *p, *q)?;
                if horner(coefficients, &x).is_zero() {
                    return Some(x);
                }
            }
        }
    }
    None
}

fn divisors(n: u64) -> Vec<i64> {
    let mut found = Vec::new();
    let mut d = 1;
    while d * d <= n {
        if n.is_multiple_of(d) {
            found.extend(i64::try_from(d).ok());
            if d * d != n {
                found.extend(i64::try_from(n / d).ok());
            }
        }
        d += 1;
    }
    found.sort_unstable();
    found
}

fn horner(coefficients: &[Rational], x: &Rational) -> Rational {
    coefficients
        .iter()
        .rev()
        .fold(Rational::zero(), |sum, c| sum.mul(x).add(c))
}

/// The polynomial divided by x − root.
fn deflate(coefficients: &[Rational], root: &Rational) -> Vec<Rational> {
    let mut quotient = Vec::with_capacity(coefficients.len());
    let mut carry = Rational::zero();
    for c in coefficients.iter().rev() {
        carry = carry.mul(root).add(c);
        quotient.push(carry.clone());
    }
    quotient.pop();
    quotient.reverse();
    quotient
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(n: i64, d: i64) -> Rational {
        Rational::new(n, d).unwrap()
    }

    fn sorted(xs: Vec<Quadratic>) -> Vec<Rational> {
        let mut xs: Vec<Rational> = xs
            .iter()
            .map(|x| x.as_rational().unwrap().clone())
            .collect();
        xs.sort();
        xs
    }

    #[test]
    fn polynomials_with_rational_roots_are_solved() {
        // (2x − 3)(x + 5)
        let g = |x: &Rational| {
            let a = x.add(x).sub(&r(3, 1));
            Some(a.mul(&x.add(&r(5, 1))))
        };
        assert_eq!(sorted(roots(g)), [r(-5, 1), r(3, 2)]);
        // (x − 11)(x − 12)(x + 13)
        let g = |x: &Rational| {
            let a = x.sub(&r(11, 1)).mul(&x.sub(&r(12, 1)));
            Some(a.mul(&x.add(&r(13, 1))))
        };
        assert_eq!(sorted(roots(g)), [r(-13, 1), r(11, 1), r(12, 1)]);
        // x² − 2 has irrational ones, x² + 2 none
        let g = |x: &Rational| Some(x.mul(x).sub(&r(2, 1)));
        let root = Quadratic::square_root(&r(2, 1)).unwrap();
        assert_eq!(roots(g), [root.clone(), root.neg()]);
        let g = |x: &Rational| Some(x.mul(x).add(&r(2, 1)));
        assert_eq!(roots(g), []);
        // x² has one
        let g = |x: &Rational| Some(x.mul(x));
        assert_eq!(sorted(roots(g)), [r(0, 1)]);
    }

    #[test]
    fn fractions_are_solved_though_they_have_no_value_at_some_probes() {
        // 1/x − 2/5
        let g = |x: &Rational| Some(x.inverse()?.sub(&r(2, 5)));
        assert_eq!(sorted(roots(g)), [r(5, 2)]);
        // (x² − 1/9)/(x − 1)
        let g = |x: &Rational| x.mul(x).sub(&r(1, 9)).div(&x.sub(&r(1, 1)));
        assert_eq!(sorted(roots(g)), [r(-1, 3), r(1, 3)]);
    }

    #[test]
    fn what_is_neither_yields_the_roots_at_the_probes() {
        let g = |x: &Rational| Some(x.abs().sub(&r(3, 1)));
        assert_eq!(sorted(roots(g)), [r(-3, 1), r(3, 1)]);
    }
}
