//! Linear inequalities over ℚ, by Fourier and Motzkin.

use std::collections::BTreeMap;

use num_traits::{One, Zero};

use crate::arithmetic::polynomial::{Monomial, Poly};
use crate::kernel::term::{Check, Q, Terms};

/// `poly > 0`, or `poly ≥ 0`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The polynomial; its monomials are the unknowns.
    pub poly: Poly,
    /// Whether 0 is excluded.
    pub strict: bool,
}

const ROWS: usize = 600;

/// Whether no values of the monomials satisfy all rows. `false` also where that got too long. What
/// is linear in the unknowns themselves comes first.
pub fn impossible(rows: &[Row], terms: &mut Terms) -> Check<bool> {
    let linear = |row: &&Row| {
        let alone = |m: &Monomial| m.len() < 2 && m.iter().all(|(_, e)| e.is_one());
        row.poly.0.keys().all(alone)
    };
    let first: Vec<Row> = rows.iter().filter(linear).cloned().collect();
    if first.len() < rows.len() && eliminated(first, terms)? {
        return Ok(true);
    }
    eliminated(rows.to_vec(), terms)
}

/// Eliminates one unknown after the other.
fn eliminated(mut rows: Vec<Row>, terms: &mut Terms) -> Check<bool> {
    loop {
        rows.iter_mut().for_each(scaled);
        rows.sort();
        rows.dedup();
        let false_row = |row: &Row| {
            row.poly
                .as_number()
                .is_some_and(|c| c.is_negative() || (row.strict && c.is_zero()))
        };
        if rows.iter().any(false_row) {
            return Ok(true);
        }
        rows.retain(|row| row.poly.as_number().is_none());
        let Some(unknown) = cheapest(&rows) else {
            return Ok(false);
        };
        let value = |row: &Row| row.poly.0.get(&unknown).cloned().unwrap_or_else(Q::zero);
        let (mut up, mut down, mut rest) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            let c = value(&row);
            if c.is_positive() {
                up.push((row, c));
            } else if c.is_negative() {
                down.push((row, -c));
            } else {
                rest.push(row);
            }
        }
        if rest.len() + up.len() * down.len() > ROWS {
            return Ok(false);
        }
        for (a, x) in &up {
            for (b, y) in &down {
                terms.spend((a.poly.0.len() + b.poly.0.len()) as u64)?;
                rest.push(Row {
                    poly: a.poly.scale(y).add(&b.poly.scale(x)),
                    strict: a.strict || b.strict,
                });
            }
        }
        rows = rest;
    }
}

fn scaled(row: &mut Row) {
    let lead = row.poly.lead().abs();
    if !lead.is_zero() && !lead.is_one() {
        row.poly = row.poly.scale(&lead.recip());
    }
}

/// The unknown whose elimination gives the fewest rows.
fn cheapest(rows: &[Row]) -> Option<Monomial> {
    let mut counts: BTreeMap<&Monomial, (usize, usize)> = BTreeMap::new();
    for row in rows {
        for (monomial, value) in &row.poly.0 {
            if monomial.is_empty() {
                continue;
            }
            let count = counts.entry(monomial).or_default();
            if value.is_positive() {
                count.0 += 1;
            } else {
                count.1 += 1;
            }
        }
    }
    counts
        .into_iter()
        .min_by_key(|(_, (up, down))| up * down)
        .map(|(monomial, _)| monomial.clone())
}
