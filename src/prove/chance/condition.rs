//! Conditional expectation and variance.

use rustc_hash::FxHashMap;

use super::super::canonical::Canonical;
use super::super::engine::alike;
use super::super::line::Line;
use super::opened;
use crate::term::{Function, Node, Symbol, TermId};

/// Var(f | g) by the two moments.
pub fn variance(canonical: &mut Canonical, line: &mut Line, [f, g, y]: [TermId; 3]) -> bool {
    let Some((_, v, bodies)) = opened(canonical, &[f, g]) else {
        return false;
    };
    let terms = [("f", bodies[0]), ("g", bodies[1]), ("v", v), ("y", y)];
    canonical
        .engine
        .by_rule(line, "probability.conditional-variance", &terms)
}

/// One step at the head of E[f | g].
pub fn expectation(canonical: &mut Canonical, line: &mut Line, [f, g, y]: [TermId; 3]) -> bool {
    let symbol = super::outcome::fresh(canonical.engine, &[f, g, y]);
    let store = &mut *canonical.engine.store;
    let v = store.add_node(Node::Symbol(symbol));
    let (Some(body), Some(known)) = (
        store.open(f, v).and_then(|s| s.first().copied()),
        store.open(g, v).and_then(|s| s.first().copied()),
    ) else {
        return false;
    };
    let around = [("g", known), ("v", v), ("y", y)];
    let engine = &mut *canonical.engine;
    if !engine.store.mentions(body, symbol) {
        let mut terms = vec![("c", body)];
        terms.extend(around);
        return engine.by_rule(line, "probability.conditional-constant", &terms);
    }
    if let Node::Add(parts) = engine.store.node(body).clone() {
        let rest = engine.store.add(&parts[1..]);
        let mut terms = vec![("f", parts[0]), ("h", rest)];
        terms.extend(around);
        return engine.by_rule(line, "probability.conditional-sum", &terms);
    }
    let t = engine.store.fresh_symbol("t");
    let place = engine.store.add_node(Node::Symbol(t));
    if let Some(h) = function_of(canonical, body, known, symbol, place) {
        let mut terms = vec![("h", h), ("t", place)];
        terms.extend(around);
        return canonical.engine.by_rule(line, "probability.known", &terms);
    }
    let engine = &mut *canonical.engine;
    if let Node::Mul(factors) = engine.store.node(body).clone() {
        let (moving, still): (Vec<TermId>, Vec<TermId>) = factors
            .iter()
            .partition(|f| engine.store.mentions(**f, symbol));
        if !still.is_empty() {
            let c = engine.store.mul(&still);
            let f = engine.store.mul(&moving);
            let mut terms = vec![("c", c), ("f", f)];
            terms.extend(around);
            return engine.by_rule(line, "probability.conditional-multiple", &terms);
        }
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        for factor in factors.iter() {
            match function_of(canonical, *factor, known, symbol, place) {
                Some(h) => inside.push(h),
                None => outside.push(*factor),
            }
        }
        if !inside.is_empty() {
            let store = &mut *canonical.engine.store;
            let h = store.mul(&inside);
            let f = store.mul(&outside);
            let mut terms = vec![("h", h), ("t", place), ("f", f)];
            terms.extend(around);
            return canonical
                .engine
                .by_rule(line, "probability.known-factor", &terms);
        }
    }
    if canonical.engine.independent(body, known, v) {
        let mut terms = vec![("f", body)];
        terms.extend(around);
        return canonical
            .engine
            .by_rule(line, "probability.conditional-independence", &terms);
    }
    super::given::use_moment(canonical, line)
}

/// The term with `place` for g, if it depends on the outcome through g alone.
fn function_of(
    canonical: &mut Canonical,
    term: TermId,
    g: TermId,
    outcome: Symbol,
    place: TermId,
) -> Option<TermId> {
    let mut table = FxHashMap::default();
    table.insert(g, place);
    let store = &mut *canonical.engine.store;
    let replaced = store.replace(term, &mut table);
    (!store.mentions(replaced, outcome)).then_some(replaced)
}

/// E[h·E[f | g]]: by the tower rule, or with h conditioned as well.
pub fn tower(canonical: &mut Canonical, line: &mut Line, body: TermId, w: TermId) -> bool {
    let store = &mut *canonical.engine.store;
    let Node::Symbol(outcome) = *store.node(w) else {
        return false;
    };
    let factors = match store.node(body) {
        Node::Mul(factors) => factors.to_vec(),
        _ => vec![body],
    };
    for (number, factor) in factors.iter().enumerate() {
        let store = &mut *canonical.engine.store;
        let Node::Function(Function::ConditionalExpectation, arguments) = store.node(*factor)
        else {
            continue;
        };
        let [f, g, y] = **arguments else {
            continue;
        };
        let symbol = super::outcome::fresh(canonical.engine, &[f, g, body, w]);
        let store = &mut *canonical.engine.store;
        let v = store.add_node(Node::Symbol(symbol));
        let (Some(inner), Some(known)) = (
            store.open(f, v).and_then(|s| s.first().copied()),
            store.open(g, v).and_then(|s| s.first().copied()),
        ) else {
            continue;
        };
        let here = store.substitute(known, symbol, w);
        if !alike(store, here, y) {
            continue;
        }
        let mut rest = factors.clone();
        rest.remove(number);
        let around = [("f", inner), ("g", known), ("v", v), ("w", w)];
        if rest.is_empty() {
            return canonical.engine.by_rule(line, "probability.tower", &around);
        }
        let rest = store.mul(&rest);
        // A power of E[f | g] stays: nothing is gained by conditioning it again.
        if holds_condition(canonical, rest, g) {
            continue;
        }
        let store = &mut *canonical.engine.store;
        let t = store.fresh_symbol("t");
        let place = store.add_node(Node::Symbol(t));
        if let Some(h) = function_of(canonical, rest, y, outcome, place) {
            let mut terms = vec![("h", h), ("t", place)];
            terms.extend(around);
            return canonical
                .engine
                .by_rule(line, "probability.tower-with-factor", &terms);
        }
        let h = canonical.engine.store.substitute(rest, outcome, v);
        let mut terms = vec![("h", h)];
        terms.extend(around);
        return canonical
            .engine
            .by_rule(line, "probability.projection", &terms);
    }
    false
}

/// Whether an expectation given g stands in the term.
pub fn still_given(canonical: &Canonical, term: TermId, g: TermId) -> bool {
    holds_condition(canonical, term, g)
}

fn holds_condition(canonical: &Canonical, term: TermId, g: TermId) -> bool {
    let store = &canonical.engine.store;
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        let node = store.node(next);
        if let Node::Function(Function::ConditionalExpectation, arguments) = node
            && arguments.get(1) == Some(&g)
        {
            return true;
        }
        node.for_each_child(|child| stack.push(child));
    }
    false
}
