//! What a law by name says of a certain mean: E[e^(tX)], and the chance of a single value.

use super::goal::{Context, Distribution, Law};
use crate::number::Rational;
use crate::term::{Constant, Function, Node, Relation, Store, Symbol, TermId};
use crate::theory::facts::Facts;
use crate::theory::order;
use crate::theory::probability::spread_out;

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
    let mut tails: Vec<(TermId, TermId)> = Vec::new();
    for part in parts {
        match *store.node(part) {
            Node::Relation(Relation::Less | Relation::LessEqual, a, b) => {
                let strict = matches!(store.node(part), Node::Relation(Relation::Less, ..));
                found.extend(tail(store, context, &facts, (a, b, strict), &mut tails));
            }
            Node::Pow(base, exponent)
                if matches!(store.node(base), Node::Constant(Constant::E)) =>
            {
                found.extend(exponential(store, context, &facts, exponent));
            }
            Node::Function(
                function @ (Function::Expectation | Function::Probability),
                ref arguments,
            ) if arguments.len() == 1 => {
                let u = arguments[0];
                found.extend(alike(store, context, function, u));
            }
            Node::Relation(Relation::Equal, a, b) => {
                found.extend(chance(store, context, &facts, (a, b)));
                found.extend(chance(store, context, &facts, (b, a)));
            }
            _ => {}
        }
    }
    found.extend(both_above(store, context, &facts, &tails));
    found.dedup();
    found
}

/// What is known of P(X > t) and P(X < t), by the event a < b or a ≤ b: the chance that X is greater,
/// where X is a number of which the context tells the law.
fn tail(
    store: &mut Store,
    context: &Context,
    facts: &Facts,
    (a, b, strict): (TermId, TermId, bool),
    tails: &mut Vec<(TermId, TermId)>,
) -> Vec<TermId> {
    let mut found = Vec::new();
    for (x, t, above) in [(b, a, true), (a, b, false)] {
        for x in extremes(store, x) {
            if law_of(store, context, x).is_none() || is_random(store, context, t) {
                continue;
            }
            // X ≤ t where X > t is not, X ≥ t where X < t is not.
            let event = if above == strict {
                tails.push((x, t));
                let event = store.relation(Relation::Less, t, x);
                survival(store, context, facts, x, t).map(|value| (event, value))
            } else {
                let event = store.relation(Relation::Less, x, t);
                below(store, context, facts, x, t).map(|value| (event, value))
            };
            if let Some((event, value)) = event {
                let zero = store.integer(0);
                found.extend(chance(store, context, facts, (x, zero)));
                let chance = store.function(Function::Probability, &[event]);
                found.push(store.relation(Relation::Equal, chance, value));
            }
        }
    }
    found
}

/// What stands in the largest or smallest of several, or itself.
fn extremes(store: &Store, x: TermId) -> Vec<TermId> {
    match store.node(x) {
        Node::Function(Function::Max | Function::Min, arguments) => arguments.to_vec(),
        _ => vec![x],
    }
}

/// P(X > t)
fn survival(
    store: &mut Store,
    context: &Context,
    facts: &Facts,
    x: TermId,
    t: TermId,
) -> Option<TermId> {
    let (distribution, parameters) = law_of(store, context, x)?;
    let (zero, one) = (store.integer(0), store.integer(1));
    Some(match (distribution, parameters.as_slice()) {
        (Distribution::Exponential, [rate]) => {
            let within = store.relation(Relation::LessEqual, zero, t);
            order::decide(store, facts, within)?;
            let product = store.mul(&[*rate, t]);
            let minus = store.neg(product);
            store.exp(minus)
        }
        (Distribution::Uniform, [a, b]) => {
            for (low, high) in [(*a, t), (t, *b)] {
                let within = store.relation(Relation::LessEqual, low, high);
                order::decide(store, facts, within)?;
            }
            let (above, width) = (store.sub(*b, t), store.sub(*b, *a));
            store.div(above, width)
        }
        (Distribution::Geometric, [p]) => {
            let naturals = store.add_node(Node::Naturals);
            let natural = store.add_node(Node::Element(t, naturals));
            order::decide(store, facts, natural)?;
            let other = store.sub(one, *p);
            store.pow(other, t)
        }
        // Of 0, 1, 2, … only 0 is not greater than 0.
        (Distribution::Poisson | Distribution::Binomial, _) if matches!(store.node(t), Node::Number(n) if n.is_zero()) =>
        {
            let event = store.relation(Relation::Equal, x, t);
            let none = store.function(Function::Probability, &[event]);
            store.sub(one, none)
        }
        _ => return None,
    })
}

/// P(X < t)
fn below(
    store: &mut Store,
    context: &Context,
    facts: &Facts,
    x: TermId,
    t: TermId,
) -> Option<TermId> {
    let (distribution, _) = law_of(store, context, x)?;
    let one = store.integer(1);
    let least = match distribution {
        Distribution::Exponential | Distribution::Uniform => t,
        Distribution::Geometric => store.sub(t, one),
        // Of 0, 1, 2, … only 0 is less than 1.
        Distribution::Poisson | Distribution::Binomial => {
            if !matches!(store.node(t), Node::Number(n) if n.is_one()) {
                return None;
            }
            let zero = store.integer(0);
            let event = store.relation(Relation::Equal, x, zero);
            return Some(store.function(Function::Probability, &[event]));
        }
        _ => return None,
    };
    let above = survival(store, context, facts, x, least)?;
    Some(store.sub(one, above))
}

/// P(X > s and X > t) is P(X > t) where s ≤ t.
fn both_above(
    store: &mut Store,
    context: &Context,
    facts: &Facts,
    tails: &[(TermId, TermId)],
) -> Vec<TermId> {
    let mut found = Vec::new();
    for (number, (x, s)) in tails.iter().enumerate().take(6) {
        let others = tails.get(number + 1..).unwrap_or(&[]);
        for (_, t) in others.iter().filter(|(y, t)| y == x && t != s).take(6) {
            for (low, high) in [(*s, *t), (*t, *s)] {
                let ordered = store.relation(Relation::LessEqual, low, high);
                if order::decide(store, facts, ordered).is_none() {
                    continue;
                }
                let Some(value) = survival(store, context, facts, *x, high) else {
                    continue;
                };
                let events = [low, high].map(|t| store.relation(Relation::Less, t, *x));
                let both = store.add_node(Node::And(events.into()));
                let chance = store.function(Function::Probability, &[both]);
                found.push(store.relation(Relation::Equal, chance, value));
                break;
            }
        }
    }
    found
}

/// Of symbols and families with one law the one that stands for all: a symbol, or the first member.
pub(super) fn representative(store: &mut Store, terms: &[TermId]) -> Option<TermId> {
    let is_family = |store: &Store, term: TermId| {
        matches!(store.node(term), Node::Member(_, indices)
            if indices.iter().any(|i| matches!(store.node(*i), Node::Symbol(_))))
    };
    let single = terms.iter().find(|term| !is_family(store, **term));
    if let Some(single) = single {
        return Some(*single);
    }
    let Node::Member(family, indices) = store.node(*terms.first()?).clone() else {
        return None;
    };
    let one = store.integer(1);
    let indices: Vec<TermId> = indices.iter().map(|_| one).collect();
    Some(store.add_node(Node::Member(family, indices.into())))
}

/// E[g(X_i)] = E[g(X_1)] where the X_i have one law, for what stands within E or P: for all i where
/// the index is bound.
fn alike(store: &mut Store, context: &Context, function: Function, u: TermId) -> Option<TermId> {
    let (random, events) = context.random();
    let mut atoms: Vec<TermId> = Vec::new();
    let mut stack = vec![u];
    while let Some(next) = stack.pop() {
        match store.node(next) {
            Node::Symbol(s) | Node::Member(s, _) if random.contains(s) || events.contains(s) => {
                if !atoms.contains(&next) {
                    atoms.push(next);
                }
            }
            node => node.for_each_child(|child| stack.push(child)),
        }
    }
    let [atom] = *atoms else {
        return None;
    };
    for law in &context.laws {
        let Law::Identical(terms, _) = law else {
            continue;
        };
        let covered = terms.iter().any(|term| {
            *term == atom
                || matches!((store.node(*term), store.node(atom)),
                    (Node::Member(s, said), Node::Member(t, there))
                        if s == t && said.len() == 1 && there.len() == 1
                            && matches!(store.node(said[0]), Node::Symbol(_)))
        });
        if !covered {
            continue;
        }
        let first = representative(store, terms)?;
        if first == atom {
            return None;
        }
        let (index, place) = match store.node(atom).clone() {
            Node::Member(family, indices) if !store.is_closed(atom) => {
                let letter = store.fresh_symbol("i");
                let index = store.add_node(Node::Symbol(letter));
                (indices.len() == 1).then_some(())?;
                let member = store.add_node(Node::Member(family, [index].into()));
                (Some(letter), member)
            }
            _ => (None, atom),
        };
        let mut means = Vec::new();
        for by in [place, first] {
            let mut table = rustc_hash::FxHashMap::default();
            table.insert(atom, by);
            let there = store.replace(u, &mut table);
            if !store.is_closed(there) {
                return None;
            }
            means.push(store.function(function, &[there]));
        }
        let said = store.relation(Relation::Equal, means[0], means[1]);
        let Some(letter) = index else {
            return Some(said);
        };
        let integers = store.add_node(Node::Integers);
        return Some(store.bind(letter, &[said], |closed| {
            Node::ForAll(0, closed.first().copied().unwrap_or(integers), integers)
        }));
    }
    None
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

/// Whether what the term is hangs on the outcome, or on what may.
fn is_random(store: &Store, context: &Context, term: TermId) -> bool {
    let (random, events) = context.random();
    let symbols = store.symbols(term);
    symbols
        .iter()
        .any(|s| random.contains(s) || events.contains(s))
}

/// For each part t·X of the exponent: E[e^(tX)].
fn exponential(
    store: &mut Store,
    context: &Context,
    facts: &Facts,
    exponent: TermId,
) -> Vec<TermId> {
    let mut found = Vec::new();
    for part in spread_out(store, exponent) {
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
            if is_random(store, context, t) {
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
    if is_random(store, context, k) {
        return None;
    }
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
