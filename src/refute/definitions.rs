//! Hypotheses that only give a name to something, and so restrict nothing else.
//!
//! X = e, where e always has a value and X stands nowhere else, holds for one X whatever the other
//! letters are: every assignment of the others extends. Likewise a recurrence x_(k+1) = f(x_k) for
//! all k, of which the members stand nowhere else.

use std::collections::BTreeMap;

use crate::meaning::Context;
use crate::number::Rational;
use crate::term::{Constant, Function, Node, Relation, Sort, Store, Symbol, TermId};

/// The hypotheses without those that only define a letter which stands nowhere else.
pub(super) fn without_definitions(
    store: &Store,
    context: &Context,
    hypotheses: &[TermId],
    claims: &[TermId],
) -> Vec<TermId> {
    let restricted: BTreeMap<Symbol, bool> = context
        .declarations
        .iter()
        .map(|d| {
            let free = matches!(d.sort, Sort::Real | Sort::Matrix(..)) && d.properties.is_empty();
            (d.symbol, !free)
        })
        .collect();
    let mut left = hypotheses.to_vec();
    loop {
        let droppable = left.iter().position(|hypothesis| {
            defined(store, *hypothesis).into_iter().any(|symbol| {
                !restricted.get(&symbol).copied().unwrap_or(false)
                    && !claims.iter().any(|claim| store.mentions(*claim, symbol))
                    && !left
                        .iter()
                        .any(|other| other != hypothesis && store.mentions(*other, symbol))
            })
        });
        match droppable {
            Some(at) => {
                left.remove(at);
            }
            None => return left,
        }
    }
}

/// The symbols that a hypothesis might only define.
fn defined(store: &Store, hypothesis: TermId) -> Vec<Symbol> {
    match store.node(hypothesis) {
        Node::Relation(Relation::Equal, a, b) => [(*a, *b), (*b, *a)]
            .into_iter()
            .filter_map(|(name, value)| match store.node(name) {
                Node::Symbol(symbol) if !store.mentions(value, *symbol) => {
                    is_total(store, value, 0).then_some(*symbol)
                }
                _ => None,
            })
            .collect(),
        Node::ForAll(number, body, set) if matches!(store.node(*set), Node::Naturals) => {
            match store.node(*body) {
                Node::Relation(Relation::Equal, next, value) => {
                    recurrence(store, *number, *next, *value)
                        .into_iter()
                        .collect()
                }
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// The family of x_(k+1) = f(x_k).
pub(super) fn recurrence(
    store: &Store,
    number: u32,
    next: TermId,
    value: TermId,
) -> Option<Symbol> {
    let Node::Member(family, indices) = store.node(next) else {
        return None;
    };
    let [index] = **indices else { return None };
    let Node::Add(parts) = store.node(index) else {
        return None;
    };
    let is_bound = |t: TermId| *store.node(t) == Node::Bound(number);
    let is_one = |t: TermId| matches!(store.node(t), Node::Number(n) if n.is_one());
    let [k, one] = **parts else { return None };
    if !(is_bound(k) && is_one(one) && is_total(store, value, 0)) {
        return None;
    }
    // Its own members on the other side are x_k alone.
    let mut stack = vec![value];
    while let Some(term) = stack.pop() {
        match store.node(term) {
            Node::Member(other, indices)
                if other == family && !matches!(**indices, [k] if is_bound(k)) =>
            {
                return None;
            }
            Node::Symbol(other) | Node::Call(other, _, _) if other == family => return None,
            _ => {}
        }
        store.node(term).for_each_child(|child| stack.push(child));
    }
    Some(*family)
}

/// Whether a term surely has a value at every assignment.
fn is_total(store: &Store, term: TermId, depth: u32) -> bool {
    if depth > 60 {
        return false;
    }
    let all = |parts: &[TermId]| parts.iter().all(|p| is_total(store, *p, depth + 1));
    match store.node(term) {
        Node::Number(_)
        | Node::Constant(Constant::E | Constant::Pi)
        | Node::Symbol(_)
        | Node::Bound(_) => true,
        Node::Member(_, indices) => all(indices),
        Node::Add(parts) | Node::Mul(parts) => all(parts),
        Node::Pow(base, exponent) => {
            let natural = matches!(store.node(*exponent), Node::Number(n)
                if n.is_integer() && *n >= Rational::zero());
            let exponential = matches!(store.node(*base), Node::Constant(Constant::E));
            (natural || exponential) && all(&[*base, *exponent])
        }
        Node::Function(
            Function::Transpose
            | Function::Identity
            | Function::Ones
            | Function::Vectorized
            | Function::Trace
            | Function::Sin
            | Function::Cos
            | Function::Arctan
            | Function::Tanh
            | Function::Sigmoid,
            arguments,
        ) => all(arguments),
        // All of the above are smooth.
        Node::Derivative(_, body, at) | Node::Gradient(_, body, at, _) => all(&[*body, *at]),
        _ => false,
    }
}
