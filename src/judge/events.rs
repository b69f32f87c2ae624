//! What equations about chances of events say of means of indicators.

use std::collections::{BTreeMap, BTreeSet};

use crate::number::Rational;
use crate::term::{Function, Node, Relation, Store, TermId};

/// The most products of indicators of one event.
const MOST: usize = 16;

/// A sum of numbers times products of indicators of bare events.
type Products = BTreeMap<BTreeSet<TermId>, Rational>;

/// Of an equation that holds: P(B) ≠ 0 for each P(A ∣ B) in it, and P(A) = c, with means in the
/// place of chances of joined bare events.
pub(super) fn in_means(store: &mut Store, statement: TermId) -> Vec<TermId> {
    let Node::Relation(Relation::Equal, left, right) = *store.node(statement) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (side, other) in [(left, right), (right, left)] {
        let (event, given) = match store.node(side) {
            Node::Function(Function::Probability, arguments) => (arguments.first().copied(), false),
            Node::Function(Function::ConditionalProbability, arguments) => {
                (arguments.get(1).copied(), true)
            }
            _ => continue,
        };
        let Some(mean) = event.and_then(|event| mean(store, event)) else {
            continue;
        };
        let zero = store.integer(0);
        if given {
            found.push(store.relation(Relation::NotEqual, mean, zero));
        } else if !matches!(store.node(other), Node::Function(..)) {
            found.push(store.relation(Relation::Equal, mean, other));
        }
    }
    found
}

/// The chance of an event that is made of bare events by means of products of indicators.
fn mean(store: &mut Store, event: TermId) -> Option<TermId> {
    let symbol = store.fresh_symbol("ω");
    let w = store.add_node(Node::Symbol(symbol));
    let body = *store.open(event, w)?.first()?;
    let products = products(store, body, 0)?;
    let mut terms = Vec::new();
    for (events, number) in products {
        let factor = store.number(number);
        if events.is_empty() {
            terms.push(factor);
            continue;
        }
        let indicators: Vec<TermId> = events
            .iter()
            .map(|event| store.function(Function::Indicator, &[*event]))
            .collect();
        let product = store.mul(&indicators);
        let whole = store.bind(symbol, &[product], |scope| {
            Node::Outcomes(0, scope.first().copied().unwrap_or(product))
        });
        let mean = store.function(Function::Expectation, &[whole]);
        terms.push(store.mul(&[factor, mean]));
    }
    Some(store.add(&terms))
}

/// The indicator of a statement made of bare events at an outcome.
fn products(store: &Store, statement: TermId, depth: u32) -> Option<Products> {
    if depth > 8 {
        return None;
    }
    match store.node(statement) {
        Node::Element(_, event)
            if matches!(store.node(*event), Node::Symbol(_) | Node::Member(..)) =>
        {
            Some(Products::from([(
                BTreeSet::from([statement]),
                Rational::one(),
            )]))
        }
        Node::Not(inner) => Some(complement(products(store, *inner, depth + 1)?)),
        Node::And(parts) => {
            let mut all = Products::from([(BTreeSet::new(), Rational::one())]);
            for part in parts.iter() {
                all = times(&all, &products(store, *part, depth + 1)?)?;
            }
            Some(all)
        }
        Node::Or(parts) => {
            let mut none = Products::from([(BTreeSet::new(), Rational::one())]);
            for part in parts.iter() {
                none = times(&none, &complement(products(store, *part, depth + 1)?))?;
            }
            Some(complement(none))
        }
        _ => None,
    }
}

fn complement(products: Products) -> Products {
    let mut other = Products::from([(BTreeSet::new(), Rational::one())]);
    for (events, number) in products {
        add(&mut other, events, &number.neg());
    }
    other
}

fn times(a: &Products, b: &Products) -> Option<Products> {
    let mut all = Products::new();
    for (left, x) in a {
        for (right, y) in b {
            add(&mut all, left.union(right).copied().collect(), &x.mul(y));
        }
    }
    (all.len() <= MOST).then_some(all)
}

fn add(products: &mut Products, events: BTreeSet<TermId>, number: &Rational) {
    let sum = products
        .get(&events)
        .map_or_else(|| number.clone(), |known| known.add(number));
    if sum.is_zero() {
        products.remove(&events);
    } else {
        products.insert(events, sum);
    }
}
