//! Random variables of which a difference may be the mean: for the chance of a deviation what Markov
//! and Chebyshev put above it, for the variance of what lies between bounds the product of its
//! distances from them.

use super::super::engine::Engine;
use crate::term::{Function, Node, Relation, Store, Symbol, TermId};
use crate::theory::facts::Facts;

/// What a difference may be the mean of.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The name of the outcome.
    pub outcome: Symbol,
    /// The value there.
    pub body: TermId,
    /// Statements about constants that help to see that it is not negative.
    pub bounds: Vec<TermId>,
    /// Parts of which nothing has to be known: a letter stands for each.
    pub any: Vec<TermId>,
    /// Besides the mean, the square of this.
    pub square: Option<TermId>,
}

/// As many are tried.
const MOST: usize = 12;

/// What the difference b − a may be the mean of.
pub fn candidates(
    store: &mut Store,
    facts: &Facts,
    (a, b): (TermId, TermId),
    difference: TermId,
    fuel: u32,
) -> Vec<Candidate> {
    let outcome = {
        let mut engine = Engine::new(store, facts.clone(), 1);
        super::outcome::fresh(&mut engine, &[a, b, difference])
    };
    let w = store.add_node(Node::Symbol(outcome));
    let mut found = deviations(store, difference, (outcome, w));
    found.extend(between(store, facts, difference, (outcome, w)));
    found.extend(residuals(store, difference, (outcome, w)));
    found.extend(linear(store, facts, difference, (outcome, w), fuel));
    found.truncate(MOST);
    found
}

/// The arguments of such a function outside of other binders, in order.
fn arguments_of(store: &Store, term: TermId, function: Function) -> Vec<Vec<TermId>> {
    let mut found: Vec<Vec<TermId>> = Vec::new();
    let mut stack = vec![term];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        match store.node(next) {
            Node::Function(f, arguments) if *f == function => {
                found.push(arguments.to_vec());
            }
            node if node.binds().is_none() => node.for_each_child(|child| stack.push(child)),
            _ => {}
        }
    }
    found.sort_unstable();
    found
}

/// Of P(u ≥ t): (u/t)² − 1{u ≥ t} and u/t − 1{u ≥ t}; of P(u < t): 1{u < t} − 1 with the same.
fn deviations(
    store: &mut Store,
    difference: TermId,
    (outcome, w): (Symbol, TermId),
) -> Vec<Candidate> {
    let mut found = Vec::new();
    for arguments in arguments_of(store, difference, Function::Probability) {
        let event = arguments
            .first()
            .and_then(|whole| store.open(*whole, w))
            .and_then(|scope| scope.first().copied());
        let Some(event) = event else {
            continue;
        };
        let Node::Relation(Relation::Less | Relation::LessEqual, p, q) = *store.node(event) else {
            continue;
        };
        let moves = [p, q].map(|side| store.mentions(side, outcome));
        let (u, t, above) = match moves {
            [false, true] => (q, p, true),
            [true, false] => (p, q, false),
            _ => continue,
        };
        let indicator = store.function(Function::Indicator, &[event]);
        let base = match store.node(u) {
            Node::Function(Function::Abs, inner) => inner.first().copied().unwrap_or(u),
            _ => u,
        };
        let two = store.integer(2);
        let (square, level) = (store.pow(base, two), store.pow(t, two));
        let ratios = [(store.div(square, level), true), (store.div(u, t), false)];
        let one = store.integer(1);
        for (ratio, with_square) in ratios {
            let rest = if above {
                store.neg(indicator)
            } else {
                store.sub(indicator, one)
            };
            let zero = store.integer(0);
            found.push(Candidate {
                outcome,
                body: store.add(&[ratio, rest]),
                bounds: vec![store.relation(Relation::Less, zero, t)],
                any: if matches!(store.node(base), Node::Member(..)) || !with_square {
                    Vec::new()
                } else {
                    vec![base]
                },
                square: None,
            });
        }
    }
    found
}

/// (X − E[X ∣ Y])², and (E[X ∣ Y] − E X)².
fn residuals(
    store: &mut Store,
    difference: TermId,
    (outcome, w): (Symbol, TermId),
) -> Vec<Candidate> {
    let mut pairs: Vec<(TermId, TermId)> = Vec::new();
    let mut stack = vec![difference];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next).clone();
        if let Node::Function(
            Function::ConditionalExpectation | Function::ConditionalVariance,
            arguments,
        ) = &node
            && let [u, v, ..] = **arguments
            && store.is_closed(u)
            && store.is_closed(v)
            && !pairs.contains(&(u, v))
        {
            pairs.push((u, v));
        }
        node.for_each_child(|child| stack.push(child));
    }
    pairs.sort_unstable();
    pairs.truncate(2);
    let mut found = Vec::new();
    for (u, v) in pairs {
        let there = |store: &mut Store, whole: TermId| store.open(whole, w)?.first().copied();
        let (Some(value), Some(given)) = (there(store, u), there(store, v)) else {
            continue;
        };
        let known = store.function(Function::ConditionalExpectation, &[u, v, given]);
        let mean = store.function(Function::Expectation, &[u]);
        let two = store.integer(2);
        for off in [store.sub(value, known), store.sub(known, mean)] {
            found.push(Candidate {
                outcome,
                body: store.pow(off, two),
                bounds: Vec::new(),
                any: vec![off],
                square: None,
            });
        }
    }
    found
}

/// (X − a)(b − X) + (E X − (a + b)/2)², where a ≤ X ≤ b.
fn between(
    store: &mut Store,
    facts: &Facts,
    difference: TermId,
    (outcome, w): (Symbol, TermId),
) -> Vec<Candidate> {
    if arguments_of(store, difference, Function::Variance).is_empty() {
        return Vec::new();
    }
    let known = super::outcome::almost_sure(store, &facts.statements, w);
    let (mut below, mut above) = (Vec::new(), Vec::new());
    let mut open = known;
    while let Some(fact) = open.pop() {
        match store.node(fact).clone() {
            Node::And(parts) => open.extend(parts.iter()),
            Node::Relation(Relation::Less | Relation::LessEqual, p, q) => {
                match [p, q].map(|side| store.mentions(side, outcome)) {
                    [false, true] => below.push((q, p)),
                    [true, false] => above.push((p, q)),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (x, low) in &below {
        for (_, high) in above.iter().filter(|(y, _)| y == x) {
            let whole = store.bind(outcome, &[*x], |scope| Node::Outcomes(0, scope[0]));
            let mean = store.function(Function::Expectation, &[whole]);
            let two = store.integer(2);
            let (from, to) = (store.sub(*x, *low), store.sub(*high, *x));
            let product = store.mul(&[from, to]);
            let sum = store.add(&[*low, *high]);
            let middle = store.div(sum, two);
            found.push(Candidate {
                outcome,
                body: product,
                bounds: Vec::new(),
                any: Vec::new(),
                square: Some(store.sub(mean, middle)),
            });
        }
    }
    found
}

/// Of a difference in which sums of means stand, if it is linear in them: what these are the means of.
fn linear(
    store: &mut Store,
    facts: &Facts,
    difference: TermId,
    (outcome, w): (Symbol, TermId),
    fuel: u32,
) -> Option<Candidate> {
    let sums = |store: &Store, term: TermId| {
        let mut stack = vec![term];
        while let Some(next) = stack.pop() {
            match store.node(next) {
                Node::Sum(..) => return true,
                node if node.binds().is_none() => node.for_each_child(|child| stack.push(child)),
                _ => {}
            }
        }
        false
    };
    if !sums(store, difference) {
        return None;
    }
    let reduced = super::order::reduced(store, facts, difference, fuel);
    let body = value_at(store, reduced, w, 0)?;
    Some(Candidate {
        outcome,
        body,
        bounds: Vec::new(),
        any: Vec::new(),
        square: None,
    })
}

/// A term that is linear in means, with what they are the means of in their places.
fn value_at(store: &mut Store, term: TermId, w: TermId, depth: u32) -> Option<TermId> {
    if depth > 40 {
        return None;
    }
    match store.node(term).clone() {
        Node::Function(Function::Expectation, arguments) => {
            store.open(*arguments.first()?, w)?.first().copied()
        }
        Node::Add(parts) => {
            let mut values = Vec::with_capacity(parts.len());
            for part in parts.iter() {
                values.push(value_at(store, *part, w, depth + 1)?);
            }
            Some(store.add(&values))
        }
        Node::Mul(factors) => {
            let (with, mut values): (Vec<TermId>, Vec<TermId>) = factors
                .iter()
                .partition(|factor| holds_mean(store, **factor));
            match with.as_slice() {
                [] => {}
                [one] => values.push(value_at(store, *one, w, depth + 1)?),
                _ => return None,
            }
            Some(store.mul(&values))
        }
        Node::Sum(_, _, from, to, condition)
            if matches!(store.node(condition), Node::Truth(true)) =>
        {
            let (index, scope) = store.open_fresh(term)?;
            let value = value_at(store, *scope.first()?, w, depth + 1)?;
            let truth = store.add_node(Node::Truth(true));
            Some(store.bind(index, &[value, truth], |closed| {
                Node::Sum(0, closed[0], from, to, closed[1])
            }))
        }
        _ => (!holds_mean(store, term)).then_some(term),
    }
}

fn holds_mean(store: &Store, term: TermId) -> bool {
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        match store.node(next) {
            Node::Function(f, _) if crate::theory::probability::is_chance(*f) => return true,
            node => node.for_each_child(|child| stack.push(child)),
        }
    }
    false
}
