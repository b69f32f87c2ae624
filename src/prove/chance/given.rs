//! Given moments: an equation of the context, or an instance of one that holds for all indices,
//! solved for its largest moment.

use std::rc::Rc;

use super::super::canonical::Canonical;
use super::super::congruence::with_parts;
use super::super::line::{Line, Why};
use crate::number::Rational;
use crate::term::{Function, Node, Relation, Store, Symbol, TermId, print};
use crate::theory::probability::matches;

/// Goes on by a given moment, if the line ends in one.
pub fn use_moment(canonical: &mut Canonical, line: &mut Line) -> bool {
    if canonical.engine.solving {
        return false;
    }
    let given = std::mem::take(&mut canonical.engine.given);
    canonical.engine.solving = true;
    let found = (0..given)
        .find_map(|number| by_hypothesis(canonical, number, line.to))
        .or_else(|| by_fact(canonical, line.to));
    canonical.engine.given = given;
    canonical.engine.solving = false;
    match found {
        Some(more) => {
            line.append(&more);
            true
        }
        None => false,
    }
}

/// By an equation that holds at the outcome around.
fn by_fact(canonical: &mut Canonical, target: TermId) -> Option<Line> {
    let outcome = *canonical.engine.outcomes.last()?;
    if !is_moment(canonical.engine.store, target)
        || !canonical.engine.store.mentions(target, outcome)
    {
        return None;
    }
    let facts: Vec<TermId> = canonical.engine.facts.statements.clone();
    facts.into_iter().rev().find_map(|fact| {
        let Node::Relation(Relation::Equal, a, b) = *canonical.engine.store.node(fact) else {
            return None;
        };
        if !canonical.engine.store.mentions(fact, outcome) || !shares(canonical, fact, target) {
            return None;
        }
        solved(canonical, None, (a, b), target)
    })
}

/// E[f] is the mean of E[f ∣ g], where the context gives that.
pub fn by_condition(canonical: &mut Canonical, line: &mut Line, outcome: Symbol) -> bool {
    if canonical.engine.solving || !canonical.engine.outcomes.is_empty() {
        return false;
    }
    let Node::Function(Function::Expectation, arguments) =
        canonical.engine.store.node(line.to).clone()
    else {
        return false;
    };
    let [whole] = *arguments else {
        return false;
    };
    let store = &mut *canonical.engine.store;
    let w = store.add_node(Node::Symbol(outcome));
    let Some(body) = store.open(whole, w).and_then(|s| s.first().copied()) else {
        return false;
    };
    let statements = canonical.engine.facts.statements.clone();
    let facts = super::outcome::almost_sure(canonical.engine.store, &statements, w);
    for fact in facts {
        let Some((f, g)) = condition_in(canonical.engine.store, fact) else {
            continue;
        };
        let store = &mut *canonical.engine.store;
        let (known, asked) = (store.symbols(f), store.symbols(whole));
        if !known.iter().any(|s| asked.contains(s)) {
            continue;
        }
        let Some(known) = store.open(g, w).and_then(|s| s.first().copied()) else {
            continue;
        };
        // E[E[f ∣ g]] → E[f], read backwards.
        let fresh = super::outcome::fresh(canonical.engine, &[whole, g, w, fact]);
        let store = &mut *canonical.engine.store;
        let v = store.add_node(Node::Symbol(fresh));
        let (inner, given) = (
            store.substitute(body, outcome, v),
            store.substitute(known, outcome, v),
        );
        let mean = store.function(Function::ConditionalExpectation, &[whole, g, known]);
        let outer = store.bind(outcome, &[mean], |scope| Node::Outcomes(0, scope[0]));
        let start = store.function(Function::Expectation, &[outer]);
        let mut tower = Line::start(start);
        let terms = [("f", inner), ("g", given), ("v", v), ("w", w)];
        if !canonical
            .engine
            .by_rule(&mut tower, "probability.tower", &terms)
            || tower.to != line.to
        {
            continue;
        }
        let within = super::outcome::within(canonical, outer);
        if within.is_still() || super::condition::still_given(canonical, within.to, g) {
            continue;
        }
        line.append(&tower.reversed());
        let more = with_parts(canonical.engine.store, line.to, vec![(0, within)]);
        line.append(&more);
        return true;
    }
    false
}

/// A conditional expectation or variance in a statement: of what, and given what.
fn condition_in(store: &Store, statement: TermId) -> Option<(TermId, TermId)> {
    let mut stack = vec![statement];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if let Node::Function(
            Function::ConditionalExpectation | Function::ConditionalVariance,
            arguments,
        ) = node
        {
            return Some((*arguments.first()?, *arguments.get(1)?));
        }
        if node.binds().is_none() {
            node.for_each_child(|child| stack.push(child));
        }
    }
    None
}

fn by_hypothesis(canonical: &mut Canonical, number: usize, target: TermId) -> Option<Line> {
    let hypothesis = *canonical.engine.facts.statements.get(number)?;
    if !is_moment(canonical.engine.store, target) || !shares(canonical, hypothesis, target) {
        return None;
    }
    if let Node::Relation(Relation::Equal, a, b) = *canonical.engine.store.node(hypothesis) {
        return solved(canonical, Some(number), (a, b), target);
    }
    // For all indices: which of them make the largest moment the one that is looked for?
    let (letters, body) = opened(canonical.engine.store, hypothesis)?;
    let Node::Relation(Relation::Equal, a, b) = *canonical.engine.store.node(body) else {
        return None;
    };
    let sides = canonical.under(&[], |canonical| [canonical.of(a).to, canonical.of(b).to]);
    let pattern = largest(canonical.engine.store, &sides)?;
    let mut found: Vec<(Symbol, TermId)> = Vec::new();
    let store = &*canonical.engine.store;
    if !matches(store, pattern, target, &letters, &mut found)
        || !found.iter().all(|(_, place)| store.is_closed(*place))
    {
        return None;
    }
    let mut instance = hypothesis;
    for letter in &letters {
        let (_, place) = *found.iter().find(|(known, _)| known == letter)?;
        let Node::ForAll(_, _, set) = *canonical.engine.store.node(instance) else {
            return None;
        };
        let inside = canonical.engine.store.add_node(Node::Element(place, set));
        if !matches!(canonical.engine.store.node(set), Node::Reals) {
            canonical.engine.holds(inside)?;
        }
        instance = *canonical.engine.store.open(instance, place)?.first()?;
    }
    let Node::Relation(Relation::Equal, a, b) = *canonical.engine.store.node(instance) else {
        return None;
    };
    solved(canonical, Some(number), (a, b), target)
}

/// The letters of a statement for all, fresh, and its body.
fn opened(store: &mut Store, statement: TermId) -> Option<(Vec<Symbol>, TermId)> {
    let (mut letters, mut body) = (Vec::new(), statement);
    while matches!(store.node(body), Node::ForAll(..)) {
        let (symbol, scope) = store.open_fresh(body)?;
        letters.push(symbol);
        body = *scope.first()?;
    }
    (!letters.is_empty()).then_some((letters, body))
}

/// The line from the moment that the equation is solved for.
fn solved(
    canonical: &mut Canonical,
    number: Option<usize>,
    (a, b): (TermId, TermId),
    target: TermId,
) -> Option<Line> {
    if a == b {
        return None;
    }
    // With a memory of its own: here moments stand for themselves.
    let (left, right) = canonical.under(&[], |canonical| (canonical.of(a), canonical.of(b)));
    if largest(canonical.engine.store, &[left.to, right.to]) != Some(target) {
        return None;
    }
    let engine = &mut *canonical.engine;
    for (from, to, reached, forward) in [(a, b, &left, true), (b, a, &right, false)] {
        let Some(coefficient) = coefficient(engine.store, reached.to, target) else {
            continue;
        };
        let mut known = Line::start(from);
        let why = match number {
            Some(number) => Why::Hypothesis(number, forward),
            None => Why::Named("probability.equation-at-an-outcome", true, Rc::default()),
        };
        known.push(to, why);
        if reached.to == target {
            let mut line = reached.reversed();
            line.append(&known);
            return Some(line);
        }
        // target = s·from + (target − s·reached), s one over the coefficient
        let scale = coefficient.inverse()?;
        let scaled = |store: &mut Store, term: TermId| {
            if scale.is_one() {
                return term;
            }
            let s = store.number(scale.clone());
            store.mul(&[s, term])
        };
        let multiple = scaled(engine.store, reached.to);
        let difference = engine.store.sub(target, multiple);
        let rest = engine.normal(difference)?;
        let around = |store: &mut Store, inner: &Line| {
            let product = scaled(store, inner.from);
            let start = store.add(&[product, rest]);
            let inner = if scale.is_one() {
                inner.clone()
            } else {
                with_parts(store, product, vec![(1, inner.clone())])
            };
            with_parts(store, start, vec![(0, inner)])
        };
        // Where the given side is a product or sum, its parts would run into what is around it.
        if matches!(engine.store.node(from), Node::Add(_) | Node::Mul(_)) {
            return None;
        }
        let there = around(engine.store, reached);
        let mut line = Line::start(target);
        line.push(there.to, Why::Ring);
        line.append(&there.reversed());
        let onward = around(engine.store, &known);
        line.append(&onward);
        return Some(line);
    }
    None
}

/// The number before the moment in a sum in which it stands alone in one term.
fn coefficient(store: &Store, sum: TermId, moment: TermId) -> Option<Rational> {
    let parts = match store.node(sum) {
        Node::Add(parts) => parts.to_vec(),
        _ => vec![sum],
    };
    let mut found = None;
    for part in parts {
        if part == moment {
            found = Some(Rational::one());
            continue;
        }
        if let Node::Mul(factors) = store.node(part)
            && let [number, single] = **factors
            && single == moment
            && let Node::Number(value) = store.node(number)
        {
            found = Some(value.clone());
            continue;
        }
        if holds(store, part, moment) {
            return None;
        }
    }
    found
}

fn holds(store: &Store, term: TermId, part: TermId) -> bool {
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if next == part {
            return true;
        }
        if next > part {
            store.node(next).for_each_child(|child| stack.push(child));
        }
    }
    false
}

fn is_moment(store: &Store, term: TermId) -> bool {
    matches!(
        store.node(term),
        Node::Function(Function::Expectation | Function::ConditionalExpectation, _)
    )
}

/// The largest moment of some terms, by size and then by how it is written.
fn largest(store: &Store, terms: &[TermId]) -> Option<TermId> {
    let mut found = Vec::new();
    let mut stack = terms.to_vec();
    let mut seen = std::collections::BTreeSet::new();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        if is_moment(store, next) && store.is_closed(next) {
            found.push(next);
        }
        store.node(next).for_each_child(|child| stack.push(child));
    }
    found
        .into_iter()
        .map(|term| (weight(store, term, 0), print(store, term), term))
        .max()
        .map(|(_, _, term)| term)
}

/// Degrees count more than letters.
fn weight(store: &Store, term: TermId, depth: u32) -> i64 {
    if depth > 60 {
        return 1;
    }
    let mut total = match store.node(term) {
        Node::Number(_) => 0,
        Node::Pow(_, exponent) => match store.node(*exponent) {
            Node::Number(n) => n.to_i64().unwrap_or(1).abs(),
            _ => 1,
        },
        _ => 1,
    };
    store
        .node(term)
        .for_each_child(|child| total += weight(store, child, depth + 1));
    total
}

/// Whether the hypothesis speaks of a moment of something that the target speaks of.
fn shares(canonical: &Canonical, hypothesis: TermId, target: TermId) -> bool {
    let store = &canonical.engine.store;
    let wanted = store.symbols(target);
    let known = store.symbols(hypothesis);
    known.iter().any(|s| wanted.contains(s))
}
