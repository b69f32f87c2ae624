//! Sums of differences: f(k) = F(k + 1) − F(k) for an F that is found by partial fractions, or from
//! two parts of f of which one is the other some places on (`sums.telescoping`).

use std::rc::Rc;

use super::defined::is_defined;
use super::range::Range;
use crate::number::Rational;
use crate::prove::engine::Engine;
use crate::prove::line::{Line, Named, Why};
use crate::prove::partial::{Part, partial_fractions};
use crate::term::{Constant, Direction, Node, Relation, TermId};
use crate::theory::calculus::limit_under;
use crate::theory::power_series::is_endless;

/// By how many places two parts may be apart.
const FURTHEST: i64 = 8;
/// How many parts of a sum are compared.
const MOST: usize = 6;

/// Goes from a sum of differences to what is left of it.
pub fn telescoping(engine: &mut Engine, term: TermId, range: &Range) -> Option<Line> {
    let endless = is_endless(engine.store, range.to);
    if !endless && range.is_infinite(engine.store) {
        return None;
    }
    let facts = range.facts(engine.store);
    let whole = by_fractions(engine, range)
        .or_else(|| engine.under(&facts, |engine| by_parts(engine, range)))?;
    if !engine.is_integer(range.from)
        || !engine.under(&facts, |engine| is_defined(engine, range.body))
    {
        return None;
    }
    let one = engine.store.integer(1);
    let beyond = engine.store.add(&[range.to, one]);
    let longer = if endless {
        *range
    } else {
        Range {
            to: beyond,
            ..*range
        }
    };
    let there = longer.facts(engine.store);
    if !engine.under(&there, |engine| is_defined(engine, whole)) {
        return None;
    }
    let first = engine.store.substitute(whole, range.symbol, range.from);
    let mut substitution = vec![("k".to_owned(), range.k), ("F".to_owned(), whole)];
    let far = if endless {
        let infinity = engine.store.add_node(Node::Constant(Constant::Infinity));
        let limit = engine.store.bind(range.symbol, &[whole], |closed| {
            let body = closed.first().copied().unwrap_or(whole);
            Node::Limit(0, body, infinity, Direction::Both)
        });
        let facts = engine.facts.clone();
        let far = limit_under(engine.store, &facts, limit)?;
        substitution.push(("L".to_owned(), far));
        far
    } else {
        let some = (engine.store).relation(Relation::LessEqual, range.from, beyond);
        engine.holds(some)?;
        engine.store.substitute(whole, range.symbol, beyond)
    };
    let to = engine.store.sub(far, first);
    let mut line = Line::start(term);
    let named = Named {
        substitution,
        conditions: Vec::new(),
    };
    line.push(to, Why::Named("sums.telescoping", true, Rc::new(named)));
    Some(line)
}

/// A fraction over ℚ whose partial fractions c/(k + α)^e have, for each e, numbers α that differ by
/// integers and numbers c that add up to 0.
fn by_fractions(engine: &mut Engine, range: &Range) -> Option<TermId> {
    let (above, below) = engine.field.quotient(engine.store, range.body)?;
    let numerator = numbers(engine, above, range)?;
    if numbers(engine, below, range)?.len() < 3 {
        return None;
    }
    let parts = partial_fractions(engine, &numerator, below, range.symbol)?;
    let mut left: Vec<(i64, Rational, Rational)> = Vec::new();
    for part in &parts {
        left.push(simple(part)?);
    }
    let mut found = Vec::new();
    while let Some((exponent, shift, _)) = left.first().cloned() {
        let alike = |other: &(i64, Rational, Rational)| {
            other.0 == exponent && other.1.sub(&shift).is_integer()
        };
        let (group, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(alike);
        left = rest;
        let total = group
            .iter()
            .fold(Rational::zero(), |total, part| total.add(&part.2));
        let least = group.iter().map(|part| part.1.clone()).min()?;
        if !total.is_zero() || group.len() > MOST {
            return None;
        }
        // 1/(k + α + d)^e − 1/(k + α)^e are the differences of Σ_{j<d} 1/(k + α + j)^e.
        for (_, shift, c) in group {
            let distance = shift.sub(&least).to_i64().filter(|d| *d <= FURTHEST)?;
            for j in 0..distance {
                let shift = engine.store.number(least.add(&Rational::from(j)));
                let base = engine.store.add(&[range.k, shift]);
                let exponent = engine.store.integer(-exponent);
                let power = engine.store.pow(base, exponent);
                let c = engine.store.number(c.clone());
                found.push(engine.store.mul(&[c, power]));
            }
        }
    }
    (!found.is_empty()).then(|| engine.store.add(&found))
}

/// e, α and c of c/(k + α)^e.
fn simple(part: &Part) -> Option<(i64, Rational, Rational)> {
    let ([c], [still, rate]) = (part.above.as_slice(), part.base.as_slice()) else {
        return None;
    };
    let mut c = c.clone();
    for _ in 0..part.exponent {
        c = c.div(rate)?;
    }
    Some((part.exponent, still.div(rate)?, c))
}

fn numbers(engine: &mut Engine, term: TermId, range: &Range) -> Option<Vec<Rational>> {
    let coefficients = (engine.field).coefficients_in(engine.store, term, range.symbol)?;
    coefficients
        .into_iter()
        .map(|c| match engine.store.node(c) {
            Node::Number(value) => Some(value.clone()),
            _ => None,
        })
        .collect()
}

/// f(k) = p(k) − p(k − d) for a part p of f: F(k) = p(k − 1) + … + p(k − d).
fn by_parts(engine: &mut Engine, range: &Range) -> Option<TermId> {
    let body = engine.normal(range.body)?;
    let body = without_root_below(engine, body).unwrap_or(body);
    let Node::Add(parts) = engine.store.node(body).clone() else {
        return None;
    };
    if parts.len() > MOST {
        return None;
    }
    for part in parts.iter() {
        if !engine.store.mentions(*part, range.symbol) {
            return None;
        }
    }
    for distance in 1..=FURTHEST.min(4) {
        for part in parts.iter() {
            let mut back = Vec::new();
            for step in 1..=distance {
                let step = engine.store.integer(-step);
                let place = engine.store.add(&[range.k, step]);
                back.push(engine.store.substitute(*part, range.symbol, place));
            }
            let last = *back.last()?;
            let difference = engine.store.sub(*part, last);
            if engine.ring(difference, body) {
                return Some(engine.store.add(&back));
            }
        }
    }
    None
}

/// 1/(u + v) = (u − v)/(u² − v²), where u² − v² is a number.
fn without_root_below(engine: &mut Engine, body: TermId) -> Option<TermId> {
    let Node::Pow(base, exponent) = *engine.store.node(body) else {
        return None;
    };
    if !matches!(engine.store.node(exponent), Node::Number(c) if c.to_i64() == Some(-1)) {
        return None;
    }
    let Node::Add(parts) = engine.store.node(base).clone() else {
        return None;
    };
    let [u, v] = *parts.as_ref() else {
        return None;
    };
    let less = engine.store.sub(u, v);
    let product = engine.store.mul(&[base, less]);
    let below = engine.normal(product)?;
    if !matches!(engine.store.node(below), Node::Number(c) if !c.is_zero()) {
        return None;
    }
    let fraction = engine.store.div(less, below);
    engine.normal(fraction)
}
