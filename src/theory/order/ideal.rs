//! Consequences of polynomial equations: Gröbner bases (Buchberger, 1965) under a budget.

use super::polynomial::Polynomial;
use crate::number::Rational;

/// Most elements of a basis, and most monomials of one.
const SIZE: usize = 24;
const TERMS: usize = 120;

/// The remainder of a polynomial by a set of others.
pub fn reduce(polynomial: &Polynomial, by: &[Polynomial]) -> Polynomial {
    let mut rest = polynomial.clone();
    let mut done = Polynomial::default();
    let mut steps = 0;
    while let Some((m, c)) = rest.leading() {
        let (m, c) = (m.clone(), c.clone());
        let hit = by.iter().find_map(|p| {
            let (lead, d) = p.leading()?;
            Some((p, m.divide(lead)?, c.div(d)?))
        });
        match hit {
            Some((p, quotient, factor)) => {
                let mut times = Polynomial::default();
                times.0.insert(quotient, factor);
                rest = rest.sub(&p.mul(&times));
            }
            None => {
                rest.0.remove(&m);
                done.0.insert(m, c);
            }
        }
        steps += 1;
        if steps > 2_000 {
            return done.add(&rest);
        }
    }
    done
}

/// A Gröbner basis of the ideal of these polynomials; where the budget runs out, just some more of
/// its members.
pub fn basis(polynomials: &[Polynomial]) -> Vec<Polynomial> {
    let mut basis: Vec<Polynomial> = Vec::new();
    for p in polynomials {
        let rest = reduce(p, &basis);
        if !rest.is_zero() {
            basis.push(rest.primitive());
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for j in 0..basis.len() {
        for i in 0..j {
            pairs.push((i, j));
        }
    }
    let mut rounds = 0;
    while !pairs.is_empty() {
        rounds += 1;
        if rounds > 80 {
            break;
        }
        // The pair whose leading monomials have the least common multiple first.
        let Some(best) = (0..pairs.len()).min_by_key(|k| {
            let (i, j) = pairs[*k];
            match (basis[i].leading(), basis[j].leading()) {
                (Some((a, _)), Some((b, _))) => (a.lcm(b).degree(), i, j),
                _ => (0, i, j),
            }
        }) else {
            break;
        };
        let (i, j) = pairs.swap_remove(best);
        let Some(s) = s_polynomial(&basis[i], &basis[j]) else {
            continue;
        };
        let rest = reduce(&s, &basis);
        if rest.is_zero() || rest.len() > TERMS {
            continue;
        }
        let rest = rest.primitive();
        if rest.as_constant().is_some() {
            return vec![Polynomial::one()];
        }
        if basis.len() >= SIZE {
            break;
        }
        for k in 0..basis.len() {
            pairs.push((k, basis.len()));
        }
        basis.push(rest);
    }
    // Members that others reduce away are of no use.
    let mut k = 0;
    while k < basis.len() {
        let one = basis.remove(k);
        let rest = reduce(&one, &basis);
        if !rest.is_zero() {
            basis.insert(k, rest.primitive());
            k += 1;
        }
    }
    basis
}

fn s_polynomial(a: &Polynomial, b: &Polynomial) -> Option<Polynomial> {
    let ((m, c), (n, d)) = (a.leading()?, b.leading()?);
    let common = m.lcm(n);
    if common.degree() == m.degree() + n.degree() {
        // Buchberger's first criterion.
        return None;
    }
    let (mut x, mut y) = (Polynomial::default(), Polynomial::default());
    x.0.insert(common.divide(m)?, Rational::one().div(c)?);
    y.0.insert(common.divide(n)?, Rational::one().div(d)?);
    Some(a.mul(&x).sub(&b.mul(&y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consequence_of_equations_reduces_to_zero() {
        // b = a², b² = a: a⁴ − a follows, a − 1 does not.
        let (a, b) = (Polynomial::variable(0), Polynomial::variable(1));
        let basis = basis(&[a.mul(&a).sub(&b), b.mul(&b).sub(&a)]);
        let fourth = a.mul(&a).mul(&a).mul(&a);
        assert!(reduce(&fourth.sub(&a), &basis).is_zero());
        assert!(!reduce(&a.sub(&Polynomial::one()), &basis).is_zero());
    }
}
