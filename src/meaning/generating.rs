//! What a law by name says of a certain mean: E[e^(tX)], and the chance of a single value.

use super::goal::{Context, Distribution, Law};
use crate::number::Rational;
use crate::term::{Constant, Function, Node, Relation, Store, Symbol, TermId};
use crate::theory::facts::Facts;
use crate::theory::order;

/// Equations that hold by the context's laws, for the means that stand in the terms.
pub fn by_laws(
    store: &mut Store,
    context: &Context,
    hypotheses: &[TermId],
    terms: &[TermId],
) -> Vec<TermId> {
    let mut found = Vec::new();
    let facts = Facts {
        statements: hypotheses.to_vec(),
        sorts: context
            .declarations
            .iter()
            .map(|d| (d.symbol, d.sort))
            .collect(),
        ..Facts::default()
    };
    let mut parts = Vec::new();
    let mut stack = terms.to_vec();
    let mut seen = std::collections::BTreeSet::new();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        parts.push(next);
        if parts.len() > 2_000 {
            return found;
        }
        store.node(next).for_each_child(|child| stack.push(child));
    }
    parts.sort_unstable();
    for part in parts {
        match *store.node(part) {
            Node::Pow(base, exponent)
                if matches!(store.node(base), Node::Constant(Constant::E)) =>
            {
                found.extend(exponential(store, context, &facts, exponent));
            }
            Node::Relation(Relation::Equal, a, b) => {
                found.extend(chance(store, context, &facts, (a, b)));
                found.extend(chance(store, context, &facts, (b, a)));
            }
            _ => {}
        }
    }
    found.dedup();
    found
}

/// The law of a symbol or of the members of its family, the parameters at that member.
fn law_of(store: &Store, context: &Context, x: TermId) -> Option<(Distribution, Vec<TermId>)> {
    context.laws.iter().find_map(|law| match law {
        Law::Distribution(term, distribution, parameters) => {
            let same = *term == x
                || match (store.node(*term), store.node(x)) {
                    (Node::Member(s, said), Node::Member(t, _)) => {
                        // A law with parameters that go with the index is of no use here.
                        let letters: Vec<Symbol> = said
                            .iter()
                            .filter_map(|i| match store.node(*i) {
                                Node::Symbol(letter) => Some(*letter),
                                _ => None,
                            })
                            .collect();
                        s == t
                            && letters.len() == said.len()
                            && parameters
                                .iter()
                                .all(|p| letters.iter().all(|l| !store.mentions(*p, *l)))
                    }
                    _ => false,
                };
            same.then(|| (*distribution, parameters.clone()))
        }
        _ => None,
    })
}

/// For each part t·X of the exponent: E[e^(tX)].
fn exponential(
    store: &mut Store,
    context: &Context,
    facts: &Facts,
    exponent: TermId,
) -> Vec<TermId> {
    let parts = match store.node(exponent) {
        Node::Add(parts) => parts.to_vec(),
        _ => vec![exponent],
    };
    let mut found = Vec::new();
    for part in parts {
        let factors = match store.node(part) {
            Node::Mul(factors) => factors.to_vec(),
            _ => vec![part],
        };
        for (place, x) in factors.iter().enumerate() {
            let Some((distribution, parameters)) = law_of(store, context, *x) else {
                continue;
            };
            let mut others = factors.clone();
            others.remove(place);
            let t = store.mul(&others);
            let (random, events) = context.random();
            if store
                .symbols(t)
                .iter()
                .any(|s| random.contains(s) || events.contains(s))
            {
                continue;
            }
            let Some(value) = generating(store, facts, distribution, &parameters, t) else {
                continue;
            };
            let power = store.exp(part);
            let mean = store.function(Function::Expectation, &[power]);
            found.push(store.relation(Relation::Equal, mean, value));
        }
    }
    found
}

/// M(t), where it exists.
fn generating(
    store: &mut Store,
    facts: &Facts,
    distribution: Distribution,
    parameters: &[TermId],
    t: TermId,
) -> Option<TermId> {
    let one = store.integer(1);
    let power = store.exp(t);
    Some(match (distribution, parameters) {
        (Distribution::Normal, [mean, variance]) => {
            let half = store.number(Rational::new(1, 2)?);
            let two = store.integer(2);
            let square = store.pow(t, two);
            let first = store.mul(&[*mean, t]);
            let second = store.mul(&[half, *variance, square]);
            let exponent = store.add(&[first, second]);
            store.exp(exponent)
        }
        (Distribution::Poisson, [rate]) => {
            let less = store.sub(power, one);
            let exponent = store.mul(&[*rate, less]);
            store.exp(exponent)
        }
        (Distribution::Bernoulli, [p]) => mixed(store, *p, power),
        (Distribution::Binomial, [n, p]) => {
            let single = mixed(store, *p, power);
            store.pow(single, *n)
        }
        (Distribution::Exponential, [rate]) => {
            let below = store.relation(Relation::Less, t, *rate);
            order::decide(store, facts, below)?;
            let off = store.sub(*rate, t);
            store.div(*rate, off)
        }
        _ => return None,
    })
}

/// 1 − p + p e^t
fn mixed(store: &mut Store, p: TermId, power: TermId) -> TermId {
    let one = store.integer(1);
    let other = store.sub(one, p);
    let rest = store.mul(&[p, power]);
    store.add(&[other, rest])
}

/// P(X = k) for a number k that X may be.
fn chance(
    store: &mut Store,
    context: &Context,
    facts: &Facts,
    (x, k): (TermId, TermId),
) -> Option<TermId> {
    let (distribution, parameters) = law_of(store, context, x)?;
    let naturals = store.add_node(Node::Naturals);
    let natural = store.add_node(Node::Element(k, naturals));
    order::decide(store, facts, natural)?;
    let one = store.integer(1);
    let value = match (distribution, parameters.as_slice()) {
        (Distribution::Bernoulli, [p]) => match store.node(k) {
            Node::Number(n) if n.is_one() => *p,
            Node::Number(n) if n.is_zero() => store.sub(one, *p),
            _ => return None,
        },
        (Distribution::Poisson, [rate]) => {
            let minus = store.neg(*rate);
            let (power, decay) = (store.pow(*rate, k), store.exp(minus));
            let product = store.mul(&[decay, power]);
            let below = store.function(Function::Factorial, &[k]);
            store.div(product, below)
        }
        (Distribution::Binomial, [n, p]) => {
            let within = store.relation(Relation::LessEqual, k, *n);
            order::decide(store, facts, within)?;
            let ways = store.function(Function::Binomial, &[*n, k]);
            let (other, rest) = (store.sub(one, *p), store.sub(*n, k));
            let (first, second) = (store.pow(*p, k), store.pow(other, rest));
            store.mul(&[ways, first, second])
        }
        (Distribution::Geometric, [p]) => {
            let within = store.relation(Relation::LessEqual, one, k);
            order::decide(store, facts, within)?;
            let (other, rest) = (store.sub(one, *p), store.sub(k, one));
            let failures = store.pow(other, rest);
            store.mul(&[*p, failures])
        }
        _ => return None,
    };
    let event = store.relation(Relation::Equal, x, k);
    let mean = store.function(Function::Probability, &[event]);
    Some(store.relation(Relation::Equal, mean, value))
}
