//! One name for the same sum: Σ a_{k+1} from 0 is Σ a_k from 1, and Σ a_{n−k} runs backwards. The
//! simplest term of the body in which k stands with a distance becomes k.

use super::range::Range;
use super::reindex::{Nest, fresh, reindex};
use crate::prove::engine::Engine;
use crate::prove::line::Line;
use crate::term::{Function, Node, TermId};

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
    let mut best: Option<(u8, String, bool, TermId)> = None;
    for (rank, name, term) in candidates(engine, &range, body) {
        let Some((reversed, shift)) = linear(engine, &range, term) else {
            continue;
        };
        let better = match &best {
            None => true,
            Some((known, other, backwards, least)) => {
                let key = (rank, name.as_str(), reversed);
                let than = (*known, other.as_str(), *backwards);
                key < than || key == than && below(engine, shift, *least)
            }
        };
        if better {
            best = Some((rank, name, reversed, shift));
        }
    }
    let Some((_, _, reversed, shift)) = best else {
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
