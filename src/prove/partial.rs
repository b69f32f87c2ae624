//! Partial fractions over ℚ.

use super::engine::Engine;
use crate::number::Rational;
use crate::term::{Node, Store, Symbol, TermId};

/// above/base^exponent, coefficients lowest first.
#[derive(Clone, Debug)]
pub struct Part {
    /// The numerator, of lower degree than the base.
    pub above: Vec<Rational>,
    /// The base.
    pub base: Vec<Rational>,
    /// The exponent; 0 for the polynomial part.
    pub exponent: i64,
}

/// Splits numerator/below, where `below` is a term that is factored into powers of polynomials of
/// degree 1 and 2.
pub fn partial_fractions(
    engine: &mut Engine,
    numerator: &[Rational],
    below: TermId,
    x: Symbol,
) -> Option<Vec<Part>> {
    let factored = engine.field.factored(engine.store, below)?;
    let mut bases: Vec<(Vec<Rational>, i64)> = Vec::new();
    for factor in &factored.factors {
        let coefficients = engine.field.coefficients_in(engine.store, factor.term, x)?;
        let base: Option<Vec<Rational>> = coefficients
            .iter()
            .map(|c| match engine.store.node(*c) {
                Node::Number(n) => Some(n.clone()),
                _ => None,
            })
            .collect();
        let base = base?;
        let exponent = factor.exponent.to_i64()?;
        if !(2..=3).contains(&base.len()) || !(1..=6).contains(&exponent) {
            return None;
        }
        bases.push((base, exponent));
    }
    let mut denominator = vec![factored.coefficient.clone()];
    for (base, exponent) in &bases {
        for _ in 0..*exponent {
            denominator = multiply(&denominator, base);
        }
    }
    let (whole, rest) = divide(numerator, &denominator)?;
    let mut parts = Vec::new();
    if whole.iter().any(|c| !c.is_zero()) {
        parts.push(Part {
            above: whole,
            base: vec![Rational::one()],
            exponent: 0,
        });
    }
    // Unknown numerators: one column for each power of x above each base power.
    let degree = denominator.len() - 1;
    let mut columns: Vec<(usize, i64, usize, Vec<Rational>)> = Vec::new();
    for (place, (base, exponent)) in bases.iter().enumerate() {
        for power in 1..=*exponent {
            let mut cofactor = vec![factored.coefficient.clone()];
            for (other, (b, e)) in bases.iter().enumerate() {
                let count = if other == place { e - power } else { *e };
                for _ in 0..count {
                    cofactor = multiply(&cofactor, b);
                }
            }
            for shift in 0..base.len() - 1 {
                let mut column = vec![Rational::zero(); shift];
                column.extend(cofactor.iter().cloned());
                column.resize(degree, Rational::zero());
                columns.push((place, power, shift, column));
            }
        }
    }
    let mut target = rest;
    target.resize(degree, Rational::zero());
    let matrix: Vec<&Vec<Rational>> = columns.iter().map(|c| &c.3).collect();
    let solution = solve(&matrix, &target)?;
    for (place, (base, exponent)) in bases.iter().enumerate() {
        for power in 1..=*exponent {
            let above: Vec<Rational> = columns
                .iter()
                .zip(&solution)
                .filter(|((p, e, _, _), _)| *p == place && *e == power)
                .map(|(_, value)| value.clone())
                .collect();
            if above.iter().any(|c| !c.is_zero()) {
                parts.push(Part {
                    above,
                    base: base.clone(),
                    exponent: power,
                });
            }
        }
    }
    Some(parts)
}

/// The term of a polynomial with these coefficients, lowest first.
pub fn polynomial(store: &mut Store, coefficients: &[Rational], x: TermId) -> TermId {
    let mut terms = Vec::new();
    for (n, c) in coefficients.iter().enumerate() {
        if c.is_zero() {
            continue;
        }
        let c = store.number(c.clone());
        terms.push(match n {
            0 => c,
            1 => store.mul(&[c, x]),
            _ => {
                let exponent = store.integer(i64::try_from(n).unwrap_or(i64::MAX));
                let power = store.pow(x, exponent);
                store.mul(&[c, power])
            }
        });
    }
    store.add(&terms)
}

fn multiply(a: &[Rational], b: &[Rational]) -> Vec<Rational> {
    let mut product = vec![Rational::zero(); a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            product[i + j] = product[i + j].add(&x.mul(y));
        }
    }
    product
}

fn divide(a: &[Rational], b: &[Rational]) -> Option<(Vec<Rational>, Vec<Rational>)> {
    let leader = b.last()?;
    let mut rest = a.to_vec();
    let mut quotient = vec![Rational::zero(); (a.len() + 1).saturating_sub(b.len()).max(1)];
    while rest.len() >= b.len() {
        let factor = rest.last()?.div(leader)?;
        let shift = rest.len() - b.len();
        for (i, c) in b.iter().enumerate() {
            rest[shift + i] = rest[shift + i].sub(&factor.mul(c));
        }
        quotient[shift] = factor;
        rest.pop();
    }
    Some((quotient, rest))
}

/// Solves Σ xᵢ columnᵢ = target, one solution for each column, if there is exactly one.
fn solve(columns: &[&Vec<Rational>], target: &[Rational]) -> Option<Vec<Rational>> {
    let n = columns.len();
    if n != target.len() {
        return None;
    }
    let mut rows: Vec<Vec<Rational>> = (0..n)
        .map(|r| {
            let mut row: Vec<Rational> = columns.iter().map(|c| c[r].clone()).collect();
            row.push(target[r].clone());
            row
        })
        .collect();
    for k in 0..n {
        let pivot = (k..n).find(|r| !rows[*r][k].is_zero())?;
        rows.swap(k, pivot);
        let leader = rows[k].clone();
        for (r, row) in rows.iter_mut().enumerate() {
            if r == k || row[k].is_zero() {
                continue;
            }
            let factor = row[k].div(&leader[k])?;
            for (c, l) in row.iter_mut().zip(&leader) {
                *c = c.sub(&factor.mul(l));
            }
        }
    }
    rows.iter()
        .enumerate()
        .map(|(k, row)| row[n].div(&row[k]))
        .collect()
}
