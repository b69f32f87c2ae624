//! The linear inequalities over monomials that a case gives.

use std::collections::BTreeSet;

use num_integer::Integer;
use num_traits::One;

use crate::arithmetic::polynomial::{Monomial, Poly, small};
use crate::arithmetic::ring::Ring;
use crate::decide::case::Case;
use crate::decide::linear::Row;
use crate::decide::roots::Sign;
use crate::kernel::term::{Check, Q};

/// The linear inequalities over monomials: what is known, the signs of monomials, and, if asked
/// for, products of pairs.
pub fn rows(ring: &mut Ring, case: &Case, products: bool) -> Check<Vec<Row>> {
    let mut rows = Vec::new();
    for (poly, sign) in &case.atoms {
        let minus = poly.scale(&-Q::one());
        match *sign {
            Sign::Positive => rows.push(sharpened(poly.clone(), case)),
            Sign::NotNegative => rows.push(Row {
                poly: poly.clone(),
                strict: false,
            }),
            Sign::Zero => rows.extend([poly.clone(), minus].map(|poly| Row {
                poly,
                strict: false,
            })),
            Sign::NotZero => {}
        }
    }
    let mut first: Vec<Row> = rows.clone();
    if first.len() > 12 {
        // Those that speak of what stands in products alone.
        let mixed: BTreeSet<u32> = first
            .iter()
            .flat_map(|row| row.poly.0.keys())
            .filter(|m| is_mixed(m))
            .flat_map(|m| m.iter().map(|(g, _)| *g))
            .collect();
        first.retain(|row| {
            let mut variables = row.poly.0.keys().flatten();
            variables.all(|(g, _)| mixed.contains(g))
        });
    }
    if products && first.len() <= 12 {
        for (place, a) in first.iter().enumerate() {
            for b in first.iter().skip(place) {
                if a.poly.0.len() * b.poly.0.len() > 40 {
                    continue;
                }
                let product = a.poly.mul(&b.poly, ring.terms)?;
                let reduced = ring.radicals(product)?;
                if reduced.below.is_empty() {
                    rows.push(Row {
                        poly: reduced.above,
                        strict: a.strict && b.strict,
                    });
                }
            }
        }
    }
    if products && first.len() <= 12 {
        // Products with what is positive, or at least not negative.
        let above = |g: u32| {
            let unit = Poly::term(vec![(g, Q::one())], Q::one());
            [Sign::Positive, Sign::NotNegative]
                .into_iter()
                .any(|sign| case.atoms.contains(&(unit.clone(), sign)))
        };
        let not_negative = |m: &Monomial| {
            let whole = |e: &Q| small(e).is_some_and(|e| e > 0);
            m.len() > 1
                && m.iter()
                    .all(|(g, e)| ring.is_positive(*g) || whole(e) && above(*g))
        };
        let positive = |m: &Monomial| m.iter().all(|(g, _)| ring.is_positive(*g));
        let units: BTreeSet<(bool, Monomial)> = first
            .iter()
            .flat_map(|row| row.poly.0.keys())
            .filter(|m| !m.is_empty() && (positive(m) || not_negative(m)))
            .map(|m| (!positive(m), m.clone()))
            .collect();
        for (perhaps_zero, unit) in units.into_iter().take(4) {
            let unit = Poly::term(unit, Q::one());
            for row in &first {
                let product = row.poly.mul(&unit, ring.terms)?;
                let reduced = ring.radicals(product)?;
                if reduced.below.is_empty() {
                    rows.push(Row {
                        poly: reduced.above,
                        strict: row.strict && !perhaps_zero,
                    });
                }
            }
        }
    }
    let monomials: BTreeSet<Monomial> =
        rows.iter().flat_map(|r| r.poly.0.keys().cloned()).collect();
    let two = Q::whole(2);
    for monomial in monomials {
        let even = |e: &Q| (e / &two).is_integer() && e.is_positive();
        if !monomial.is_empty()
            && monomial
                .iter()
                .all(|(g, e)| ring.is_positive(*g) || even(e))
        {
            let strict = monomial.iter().all(|(g, _)| ring.is_positive(*g));
            rows.push(Row {
                poly: Poly::term(monomial, Q::one()),
                strict,
            });
        }
    }
    Ok(rows)
}

/// Whether a monomial is no number and no variable.
fn is_mixed(monomial: &Monomial) -> bool {
    match monomial.as_slice() {
        [] => false,
        [(_, exponent)] => !exponent.is_one(),
        _ => true,
    }
}

/// p > 0 for integers is p ≥ 1.
fn sharpened(poly: Poly, case: &Case) -> Row {
    let natural = |m: &Monomial| {
        m.iter()
            .all(|(g, e)| case.integers.contains(g) && small(e).is_some())
    };
    if !poly.0.keys().all(natural) {
        return Row { poly, strict: true };
    }
    let common = poly
        .0
        .values()
        .fold(num_bigint::BigInt::one(), |l, c| l.lcm(&c.denom()));
    let mut whole = poly.scale(&Q::from_integer(common));
    whole.plus(Monomial::new(), &-Q::one());
    Row {
        poly: whole,
        strict: false,
    }
}
