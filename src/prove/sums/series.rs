//! Sums of polynomials times powers: to ∞ (`sums.power-series`), and times binomial coefficients
//! (`sums.binomial-moments`).

use std::rc::Rc;

use super::range::Range;
use crate::prove::engine::Engine;
use crate::prove::line::{Line, Named, Why};
use crate::term::{Relation, TermId};
use crate::theory::power_series::{PowerSeries, Powers, falling, is_endless};

/// Goes from a series whose terms are polynomials times powers to its sum.
pub fn power_series(engine: &mut Engine, term: TermId, range: &Range) -> Option<Line> {
    if !is_endless(engine.store, range.to) {
        return None;
    }
    let series = PowerSeries::read(
        engine.store,
        &mut engine.field,
        range.body,
        range.symbol,
        range.from,
    )?;
    if !series.needs_small_base(engine.store) {
        for powers in &series.geometric {
            let (low, high) = (engine.store.integer(-1), engine.store.integer(1));
            for (a, b) in [(low, powers.base), (powers.base, high)] {
                let statement = engine.store.relation(Relation::Less, a, b);
                engine.holds(statement)?;
            }
        }
    }
    let first = engine.store.integer(series.first);
    let mut substitution = vec![
        ("k".to_owned(), range.k),
        ("s".to_owned(), series.shift),
        ("a".to_owned(), first),
    ];
    spell(&mut substitution, "x", &series.geometric);
    spell(&mut substitution, "y", &series.exponential);
    let to = series.sum(engine.store);
    named(term, to, "sums.power-series", substitution)
}

/// Goes from Σ P(k) binomial(n, k) xᵏ yⁿ⁻ᵏ to its closed form; the sum of the rest of the factors
/// of its body is the polynomial.
pub fn binomial_moments(
    engine: &mut Engine,
    term: TermId,
    range: &Range,
    [n, x, y]: [TermId; 3],
    polynomial: TermId,
) -> Option<Line> {
    let coefficients = falling(engine.store, &mut engine.field, polynomial, range.symbol)?;
    let powers = Powers {
        base: x,
        coefficients,
    };
    let whole = engine.store.add(&[x, y]);
    let degree = i64::try_from(powers.coefficients.len()).ok()? - 1;
    let degree = engine.store.integer(degree);
    let enough = engine.store.relation(Relation::LessEqual, degree, n);
    if engine.holds(enough).is_none() && !engine.is_not_zero(whole) {
        return None;
    }
    let mut substitution = vec![
        ("k".to_owned(), range.k),
        ("n".to_owned(), n),
        ("y".to_owned(), y),
    ];
    spell(&mut substitution, "x", std::slice::from_ref(&powers));
    let store = &mut *engine.store;
    let sum = powers.by_degree(store, |store, degree| {
        let mut parts = Vec::new();
        for place in 0..degree {
            let place = store.integer(place);
            parts.push(store.sub(n, place));
        }
        let degree = store.integer(degree);
        let rest = store.sub(n, degree);
        parts.push(store.pow(whole, rest));
        parts
    });
    let to = store.add(&sum);
    named(term, to, "sums.binomial-moments", substitution)
}

fn named(
    from: TermId,
    to: TermId,
    name: &'static str,
    substitution: Vec<(String, TermId)>,
) -> Option<Line> {
    let mut line = Line::start(from);
    let named = Named {
        substitution,
        conditions: Vec::new(),
    };
    line.push(to, Why::Named(name, true, Rc::new(named)));
    Some(line)
}

fn spell(substitution: &mut Vec<(String, TermId)>, letter: &str, all: &[Powers]) {
    for (number, powers) in all.iter().enumerate() {
        substitution.push((format!("{letter}{number}"), powers.base));
        for (degree, c) in powers.coefficients.iter().enumerate() {
            substitution.push((format!("{letter}{number}.{degree}"), *c));
        }
    }
}
