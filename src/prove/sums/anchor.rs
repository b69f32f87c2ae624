//! One name for the same sum: Σ a_{k+1} from 0 is Σ a_k from 1, and Σ a_{n−k} runs backwards. The
//! simplest term of the body in which k stands with a distance becomes k.

use super::range::{Range, within};
use super::reindex::{Nest, fresh, reindex};
use crate::prove::engine::Engine;
use crate::prove::line::{Line, Why};
use crate::term::{Function, Node, TermId};
use crate::theory::power_series::is_endless;

/// Shifts or reverses the sum at the line's end; whether there was something to do.
pub fn anchor(engine: &mut Engine, line: &mut Line) -> bool {
    let Some(nest) = Nest::open(engine, line.to, 1) else {
        return false;
    };
    let [range] = nest.ranges.as_slice() else {
        return false;
    };
    let range = *range;
    let Some(body) = engine.normal(range.body) else {
        return false;
    };
    let Some((reversed, shift)) = simplest(engine, &range, body, true) else {
        return false;
    };
    if !reversed && matches!(engine.store.node(shift), Node::Number(c) if c.is_zero()) {
        return false;
    }
    // j = k + shift, or j = shift − k.
    let (old_from, old_to) = (range.from, range.to);
    let (from, to) = if reversed {
        (
            difference(engine, shift, old_to),
            difference(engine, shift, old_from),
        )
    } else {
        (sum(engine, old_from, shift), sum(engine, old_to, shift))
    };
    let next = fresh(engine, from, to, range.product);
    let (old, new) = if reversed {
        (
            engine.store.sub(shift, next.k),
            engine.store.sub(shift, range.k),
        )
    } else {
        (
            engine.store.sub(next.k, shift),
            engine.store.add(&[range.k, shift]),
        )
    };
    reindex(engine, line, &nest, vec![next], &[old], &[new])
}

/// How far k stands from 0 in the simplest term that it has a distance in, and whether it runs
/// backwards there.
fn simplest(
    engine: &mut Engine,
    range: &Range,
    body: TermId,
    backwards: bool,
) -> Option<(bool, TermId)> {
    let mut best: Option<(u8, String, bool, TermId)> = None;
    for (rank, name, term) in candidates(engine, range, body) {
        let Some((reversed, shift)) = linear(engine, range, term) else {
            continue;
        };
        if reversed && !backwards {
            continue;
        }
        let better = match &best {
            None => true,
            Some((known, other, turned, least)) => {
                let key = (rank, name.as_str(), reversed);
                let than = (*known, other.as_str(), *turned);
                key < than || key == than && below(engine, shift, *least)
            }
        };
        if better {
            best = Some((rank, name, reversed, shift));
        }
    }
    best.map(|(_, _, reversed, shift)| (reversed, shift))
}

/// Shifts the sum to ∞ at the line's end, or takes a constant factor out; whether there was
/// something to do.
pub fn endless(engine: &mut Engine, line: &mut Line, range: &Range) -> bool {
    if range.product || !is_endless(engine.store, range.to) || !engine.is_integer(range.from) {
        return false;
    }
    let (k, a) = (("k", range.k), ("a", range.from));
    let Some(body) = engine.normal(range.body) else {
        return false;
    };
    if let Node::Mul(factors) = engine.store.node(body).clone() {
        let (moving, still): (Vec<TermId>, Vec<TermId>) = factors
            .iter()
            .partition(|f| engine.store.mentions(**f, range.symbol));
        let c = engine.store.mul(&still);
        if !still.is_empty() && engine.is_not_zero(c) {
            let f = engine.store.mul(&moving);
            let terms = [("c", c), ("f", f), k, a];
            return engine.by_rule(line, "sums.constant-factor-of-series", &terms);
        }
    }
    // Multiplied out (k + 1)² shows no distance.
    let found =
        simplest(engine, range, body, false).or_else(|| simplest(engine, range, range.body, false));
    let Some((_, shift)) = found else {
        return false;
    };
    if matches!(engine.store.node(shift), Node::Number(c) if c.is_zero()) {
        return false;
    }
    let begin = sum(engine, range.from, shift);
    let back = engine.store.sub(range.k, shift);
    let body = engine.store.substitute(range.body, range.symbol, back);
    let Some(body) = engine.normal(body) else {
        return false;
    };
    let other = Range {
        from: begin,
        body,
        ..*range
    }
    .close(engine.store);
    match [line.to, other].map(|series| from_zero(engine, series)) {
        [Some(here), Some(there)] if here.to == there.to && other != line.to => {
            line.append(&here);
            line.append(&there.reversed());
            true
        }
        _ => false,
    }
}

/// The line to the same series from 0 on, its body in normal form.
fn from_zero(engine: &mut Engine, series: TermId) -> Option<Line> {
    let range = Range::open(engine.store, series)?;
    let mut line = Line::start(series);
    if !matches!(engine.store.node(range.from), Node::Number(n) if n.is_zero()) {
        let terms = [("f", range.body), ("k", range.k), ("a", range.from)];
        if !engine.by_rule(&mut line, "sums.series-from-zero", &terms) {
            return None;
        }
    }
    let range = Range::open(engine.store, line.to)?;
    within(engine, &mut line, &range, |engine| {
        let mut inner = Line::start(range.body);
        inner.push(engine.normal(range.body)?, Why::Ring);
        Some(inner)
    });
    Some(line)
}

fn sum(engine: &mut Engine, a: TermId, b: TermId) -> TermId {
    let sum = engine.store.add(&[a, b]);
    engine.normal(sum).unwrap_or(sum)
}

fn difference(engine: &mut Engine, a: TermId, b: TermId) -> TermId {
    let difference = engine.store.sub(a, b);
    engine.normal(difference).unwrap_or(difference)
}

/// Whether a is less than b by a number, or comes first otherwise.
fn below(engine: &mut Engine, a: TermId, b: TermId) -> bool {
    match engine.field.constant_difference(engine.store, a, b) {
        Some(difference) => difference.signum() < 0,
        None => a < b,
    }
}

/// Terms in which the name may be linear, with their rank.
fn candidates(engine: &Engine, range: &Range, body: TermId) -> Vec<(u8, String, TermId)> {
    let mut found = Vec::new();
    if range.product {
        found.push((4, String::new(), body));
    }
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = vec![body];
    while let Some(next) = stack.pop() {
        if !seen.insert(next) || found.len() > 30 || !engine.store.mentions(next, range.symbol) {
            continue;
        }
        let node = engine.store.node(next);
        match node {
            Node::Member(family, indices) => {
                let name = engine.store.name(*family);
                for (place, index) in indices.iter().enumerate() {
                    found.push((0, format!("{name} {place}"), *index));
                }
            }
            Node::Call(function, _, arguments) => {
                let name = engine.store.name(*function);
                for (place, argument) in arguments.iter().enumerate() {
                    found.push((1, format!("{name} {place}"), *argument));
                }
            }
            Node::Function(Function::Binomial, _) => {}
            Node::Function(function, arguments) => {
                for argument in arguments {
                    found.push((2, format!("{function:?}"), *argument));
                }
            }
            Node::Pow(base, exponent) => {
                let below = matches!(engine.store.node(*exponent), Node::Number(c)
                    if c.signum() < 0 || !c.is_integer());
                if below || !matches!(engine.store.node(*exponent), Node::Number(_)) {
                    found.push((3, String::new(), *base));
                }
            }
            _ => {}
        }
        node.for_each_child(|child| stack.push(child));
    }
    // What an inner sum binds is no distance.
    found.retain(|(_, _, term)| engine.store.is_closed(*term));
    found
}

/// Whether the term is shift − k (or k + shift), and the shift.
fn linear(engine: &mut Engine, range: &Range, term: TermId) -> Option<(bool, TermId)> {
    for reversed in [false, true] {
        let rest = if reversed {
            engine.store.add(&[term, range.k])
        } else {
            engine.store.sub(term, range.k)
        };
        let rest = engine.normal(rest)?;
        let local = engine
            .store
            .symbols(rest)
            .into_iter()
            .any(|s| s == range.symbol || engine.indices.contains(&s));
        if !local && engine.is_integer(rest) {
            return Some((reversed, rest));
        }
    }
    None
}
