//! Sums of binomial coefficients that become known ones by another index, or with more terms.

use rustc_hash::FxHashMap;

use super::closed::known;
use super::range::{Range, within};
use super::reindex::{Nest, fresh, reindex};
use super::solve::solve_for;
use crate::prove::congruence::congruence;
use crate::prove::engine::Engine;
use crate::prove::line::{Line, Why};
use crate::term::{Function, Node, TermId};

/// How far a sum is begun earlier.
const FURTHEST: i64 = 3;

/// The sum of a body with one binomial coefficient, n over `below`, by way of another sum.
pub fn choose(
    engine: &mut Engine,
    term: TermId,
    range: &Range,
    (n, below): (TermId, TermId),
) -> Option<Line> {
    if let Some(rest) = apart(engine, n, range)
        && !engine.store.mentions(rest, range.symbol)
    {
        return along_the_diagonal(engine, term, range, (n, below), rest);
    }
    if engine.store.mentions(n, range.symbol) {
        return None;
    }
    absorbed(engine, term, range, (n, below)).or_else(|| {
        let distance = apart(engine, below, range)?;
        let zero = matches!(engine.store.node(distance), Node::Number(c) if c.is_zero());
        if zero {
            return earlier(engine, term, range);
        }
        let line = shifted(engine, term, distance)?;
        onward(engine, line)
    })
}

/// The term less the index.
fn apart(engine: &mut Engine, term: TermId, range: &Range) -> Option<TermId> {
    let rest = engine.store.sub(term, range.k);
    let rest = engine.normal(rest)?;
    (!engine.store.mentions(rest, range.symbol) && engine.is_integer(rest)).then_some(rest)
}

/// Goes on from a sum to its closed form.
fn onward(engine: &mut Engine, mut line: Line) -> Option<Line> {
    let more = known(engine, line.to)?;
    line.append(&more);
    Some(line)
}

/// The sum over k + distance.
fn shifted(engine: &mut Engine, term: TermId, distance: TermId) -> Option<Line> {
    let nest = Nest::open(engine, term, 1)?;
    let [range] = nest.ranges.as_slice() else {
        return None;
    };
    let range = *range;
    let mut moved = |end: TermId| {
        let sum = engine.store.add(&[end, distance]);
        engine.normal(sum).unwrap_or(sum)
    };
    let (from, to) = (moved(range.from), moved(range.to));
    let next = fresh(engine, from, to, false);
    let old = engine.store.sub(next.k, distance);
    let new = engine.store.add(&[range.k, distance]);
    let mut line = Line::start(term);
    if !reindex(engine, &mut line, &nest, vec![next], &[old], &[new]) {
        return None;
    }
    let range = Range::open(engine.store, line.to)?;
    within(engine, &mut line, &range, |engine| {
        let mut inner = Line::start(range.body);
        let normal = engine.normal(range.body)?;
        inner.push(normal, Why::Ring);
        Some(inner)
    });
    Some(line)
}

/// Σ binomial(n, k)/(k + 1) = 1/(n + 1) Σ binomial(n + 1, k + 1).
fn absorbed(
    engine: &mut Engine,
    term: TermId,
    range: &Range,
    (n, below): (TermId, TermId),
) -> Option<Line> {
    let Node::Mul(factors) = engine.store.node(range.body).clone() else {
        return None;
    };
    let one = engine.store.integer(1);
    let behind = engine.store.add(&[below, one]);
    let divides = factors.iter().any(|factor| {
        let Node::Pow(base, exponent) = *engine.store.node(*factor) else {
            return false;
        };
        matches!(engine.store.node(exponent), Node::Number(c) if c.to_i64() == Some(-1))
            && engine.ring(base, behind)
    });
    if factors.len() != 2 || !divides {
        return None;
    }
    let mut line = Line::start(term);
    let done = within(engine, &mut line, range, |engine| {
        let choices = engine.store.function(Function::Binomial, &[n, below]);
        let written = engine.store.div(choices, behind);
        let mut inner = Line::start(range.body);
        inner.push(written, Why::Ring);
        let terms = [("n", n), ("k", below)];
        (engine.by_rule(&mut inner, "factorials.absorption", &terms)).then_some(inner)
    });
    if !done {
        return None;
    }
    let over = Range::open(engine.store, line.to)?;
    let above = engine.store.add(&[n, one]);
    let minus = engine.store.integer(-1);
    let c = engine.store.pow(above, minus);
    let beyond = engine.store.add(&[n, one]);
    let beside = engine.store.add(&[below, one]);
    let beside = engine.store.substitute(beside, range.symbol, over.k);
    let f = engine.store.function(Function::Binomial, &[beyond, beside]);
    let terms = [
        ("c", c),
        ("f", f),
        ("k", over.k),
        ("a", range.from),
        ("b", range.to),
    ];
    if !engine.by_rule(&mut line, "sums.constant-factor", &terms) {
        return None;
    }
    let sum = Range { body: f, ..over }.close(engine.store);
    let inner = known(engine, sum)?;
    put(engine, &mut line, sum, inner);
    Some(line)
}

fn put(engine: &mut Engine, line: &mut Line, sum: TermId, inner: Line) {
    let mut table = FxHashMap::default();
    table.insert(sum, inner);
    let more = congruence(engine.store, line.to, &table, 4);
    line.append(&more);
}

/// A sum that begins with 1, 2 or 3 is one that begins with 0, less the terms before.
fn earlier(engine: &mut Engine, term: TermId, range: &Range) -> Option<Line> {
    let Node::Number(first) = engine.store.node(range.from) else {
        return None;
    };
    let first = first.to_i64().filter(|n| (1..=FURTHEST).contains(n))?;
    let begin = engine.store.integer(first - 1);
    let wide = range.over(engine.store, begin, range.to);
    let inner = known(engine, wide);
    let inner = inner?;
    let mut whole = Line::start(wide);
    let terms = [
        ("f", range.body),
        ("k", range.k),
        ("a", begin),
        ("b", range.to),
    ];
    let mut line = Line::start(term);
    if !engine.by_rule(&mut whole, "sums.first-term", &terms)
        || !solve_for(engine, &mut line, 1, &whole)
    {
        return None;
    }
    put(engine, &mut line, wide, inner);
    Some(line)
}

/// Σ binomial(m + k, k) and Σ binomial(m + k, m): the upper number is the index.
fn along_the_diagonal(
    engine: &mut Engine,
    term: TermId,
    range: &Range,
    (n, below): (TermId, TermId),
    distance: TermId,
) -> Option<Line> {
    let mut line = Line::start(term);
    if engine.store.mentions(below, range.symbol) {
        apart(engine, below, range)?;
        let choices = engine.store.function(Function::Binomial, &[n, below]);
        if range.body != choices {
            return None;
        }
        let done = within(engine, &mut line, range, |engine| {
            let mut inner = Line::start(choices);
            let terms = [("n", n), ("k", below)];
            if !engine.by_rule(&mut inner, "factorials.symmetry", &terms) {
                return None;
            }
            let normal = engine.normal(inner.to)?;
            inner.push(normal, Why::Ring);
            Some(inner)
        });
        if !done {
            return None;
        }
        return onward(engine, line);
    }
    if matches!(engine.store.node(distance), Node::Number(c) if c.is_zero()) {
        return None;
    }
    let line = shifted(engine, line.to, distance)?;
    onward(engine, line)
}
