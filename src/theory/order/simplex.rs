//! Linear inequalities without a solution: Farkas' lemma by an exact simplex method.

use std::collections::{BTreeMap, BTreeSet};

use super::polynomial::{Monomial, Polynomial};
use crate::number::Rational;

/// Multipliers λ ≥ 0 with Σ λᵢ gᵢ = 0 as polynomials and λᵢ > 0 for some strict gᵢ > 0: they show
/// that the gᵢ ≥ 0 (strict ones: > 0) hold nowhere together. Monomials count as independent
/// variables. `None` if there are none, or the fuel (one unit for a changed number, more for a long one) ran out.
pub fn farkas(constraints: &[(Polynomial, bool)], fuel: &mut u64) -> Option<Vec<Rational>> {
    let monomials: BTreeSet<&Monomial> = constraints.iter().flat_map(|(p, _)| p.0.keys()).collect();
    let row_of: BTreeMap<&Monomial, usize> =
        monomials.iter().enumerate().map(|(i, m)| (*m, i)).collect();
    // Rows: each monomial's coefficient is 0; the strict multipliers' sum is 1. A column for each
    // constraint, one for the constant 1 > 0, and an artificial one for the last row, which alone
    // has a right side.
    let n = constraints.len() + 1;
    let height = row_of.len() + 1;
    let mut one_row = row_of.get(&Monomial::default()).copied();
    let height = if one_row.is_none() {
        one_row = Some(height - 1);
        height + 1
    } else {
        height
    };
    let last = height - 1;
    let mut rows = vec![vec![Rational::zero(); n + 1]; height];
    for (j, (p, strict)) in constraints.iter().enumerate() {
        for (m, c) in &p.0 {
            rows[row_of[m]][j] = c.clone();
        }
        if *strict {
            rows[last][j] = Rational::one();
        }
    }
    rows[one_row?][n - 1] = Rational::one();
    rows[last][n - 1] = Rational::one();
    rows[last][n] = Rational::one();
    // Phase one: minimise the sum of artificial variables, one for each row, Bland's rule.
    let mut basis: Vec<usize> = (0..height).map(|i| n + 1 + i).collect();
    let mut cost = vec![Rational::zero(); n + 1];
    for row in &rows {
        for (c, v) in cost.iter_mut().zip(row) {
            *c = c.add(v);
        }
    }
    loop {
        if cost[n].is_zero() {
            let mut out = vec![Rational::zero(); constraints.len()];
            for (i, b) in basis.iter().enumerate() {
                if let Some(place) = out.get_mut(*b) {
                    *place = rows[i][n].clone();
                }
            }
            return Some(out);
        }
        let enter = (0..n).find(|j| cost[*j].signum() > 0)?;
        let mut leave: Option<(Rational, usize)> = None;
        for i in 0..height {
            if rows[i][enter].signum() > 0 {
                let ratio = rows[i][n].div(&rows[i][enter])?;
                let better = match &leave {
                    None => true,
                    Some((least, k)) => ratio < *least || (ratio == *least && basis[i] < basis[*k]),
                };
                if better {
                    leave = Some((ratio, i));
                }
            }
        }
        let (_, i) = leave?;
        let pivot = rows[i][enter].clone();
        let by = Rational::one().div(&pivot)?;
        for v in &mut rows[i] {
            *v = v.mul(&by);
        }
        let row = rows[i].clone();
        let mut spent = 1;
        for (k, other) in rows.iter_mut().enumerate() {
            if k != i && !other[enter].is_zero() {
                let factor = other[enter].clone();
                for (v, w) in other.iter_mut().zip(&row) {
                    if !w.is_zero() {
                        *v = v.sub(&factor.mul(w));
                        spent += 1 + v.numerator_bits() / 16;
                    }
                }
            }
        }
        *fuel = fuel.checked_sub(spent)?;
        let factor = cost[enter].clone();
        for (v, w) in cost.iter_mut().zip(&row) {
            *v = v.sub(&factor.mul(w));
        }
        basis[i] = enter;
    }
}

/// Writes a polynomial as Σ dᵢ lᵢ² + c, all dᵢ > 0 and c ≥ 0: as a quadratic form in the monomials
/// whose squares occur in it. The pairs are (dᵢ, lᵢ); c stands as (c, 1). `None` if none was found.
pub fn squares(polynomial: &Polynomial) -> Option<Vec<(Rational, Polynomial)>> {
    if polynomial.degree() % 2 == 1 || polynomial.len() > 20 {
        return None;
    }
    if polynomial.degree() <= 2 {
        return complete(polynomial);
    }
    let halves: Vec<Monomial> = polynomial
        .0
        .keys()
        .filter(|m| m.degree() > 0 && m.0.iter().all(|(_, e)| e % 2 == 0))
        .map(|m| Monomial(m.0.iter().map(|(v, e)| (*v, e / 2)).collect()))
        .collect();
    let number = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
    let mut form = Polynomial::default();
    for (m, c) in &polynomial.0 {
        let mut image = None;
        if m.degree() == 0 {
            image = Some(Polynomial::one());
        }
        for (i, h) in halves.iter().enumerate() {
            if image.is_none() && h.mul(h) == *m {
                image = Some(Polynomial::variable(number(i)).mul(&Polynomial::variable(number(i))));
            }
        }
        for (i, h) in halves.iter().enumerate() {
            if image.is_some() {
                break;
            }
            if h == m {
                image = Some(Polynomial::variable(number(i)));
            }
            for (j, k) in halves.iter().enumerate().skip(i) {
                if image.is_none() && h.mul(k) == *m {
                    image =
                        Some(Polynomial::variable(number(i)).mul(&Polynomial::variable(number(j))));
                }
            }
        }
        form = form.add(&image?.scale(c));
    }
    let back = |l: &Polynomial| {
        let mut out = Polynomial::default();
        for (m, c) in &l.0 {
            let monomial = match m.0.as_slice() {
                [(v, 1)] => halves.get(*v as usize)?.clone(),
                _ => Monomial::default(),
            };
            let mut part = Polynomial::default();
            part.0.insert(monomial, c.clone());
            out = out.add(&part);
        }
        Some(out)
    };
    complete(&form)?
        .into_iter()
        .map(|(d, l)| Some((d, back(&l)?)))
        .collect()
}

/// Completes the squares of a polynomial of degree 2 (Lagrange).
fn complete(polynomial: &Polynomial) -> Option<Vec<(Rational, Polynomial)>> {
    let mut rest = polynomial.clone();
    let mut out = Vec::new();
    while let Some(v) = rest.variables().first().copied() {
        let coefficients = rest.coefficients(v);
        let [_, b, a] = coefficients.as_slice() else {
            return None;
        };
        let a = a.as_constant()?;
        if a.signum() <= 0 {
            return None;
        }
        // a v² + b v = a (v + b/2a)² − b²/4a
        let half = Rational::one().div(&a.mul(&Rational::from(2)))?;
        let form = Polynomial::variable(v).add(&b.scale(&half));
        rest = rest.sub(&form.mul(&form).scale(&a));
        out.push((a, form));
    }
    let c = rest.as_constant()?;
    match c.signum() {
        0 => Some(out),
        1 => {
            out.push((c, Polynomial::one()));
            Some(out)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(n: i64) -> Polynomial {
        Polynomial::constant(Rational::from(n))
    }

    #[test]
    fn contradictory_inequalities_have_multipliers() {
        let (x, y) = (Polynomial::variable(0), Polynomial::variable(1));
        // x − y > 0, y − 1 ≥ 0, 1 − x ≥ 0
        let bad = [
            (x.sub(&y), true),
            (y.sub(&c(1)), false),
            (c(1).sub(&x), false),
        ];
        let multipliers = farkas(&bad, &mut 1_000).unwrap();
        let mut sum = Polynomial::default();
        for ((p, _), m) in bad.iter().zip(&multipliers) {
            sum = sum.add(&p.scale(m));
        }
        assert!(sum.is_zero());
        let good = [
            (x.sub(&y), false),
            (y.sub(&c(1)), false),
            (c(1).sub(&x), false),
        ];
        assert_eq!(farkas(&good, &mut 1_000), None);
    }

    #[test]
    fn a_definite_quadratic_is_a_sum_of_squares() {
        let (x, y) = (Polynomial::variable(0), Polynomial::variable(1));
        let form = x.mul(&x).add(&x.mul(&y)).add(&y.mul(&y));
        let sum = squares(&form).unwrap();
        let mut back = Polynomial::default();
        for (d, l) in &sum {
            back = back.add(&l.mul(l).scale(d));
        }
        assert_eq!(back, form);
        // x²y² + x y z + z² is a form in xy and z.
        let (xy, z) = (x.mul(&y), Polynomial::variable(2));
        let form = xy.mul(&xy).add(&xy.mul(&z)).add(&z.mul(&z));
        assert!(squares(&form).is_some());
        assert!(squares(&x.mul(&y)).is_none());
        assert!(squares(&x.mul(&x).sub(&c(1))).is_none());
    }
}
