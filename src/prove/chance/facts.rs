//! What is known of terms at an outcome besides what the context says: tangents of exponentials,
//! logarithms and convex functions, bounds of correlations and of products of complements.

use super::super::engine::Engine;
use crate::term::{Constant, Function, Node, Relation, Store, Symbol, TermId};
use crate::theory::facts::Facts;

/// Of exponentials and logarithms in the term, each beside each other: e^v (1 + u − v) ≤ e^u, and
/// log u ≤ log v + (u − v)/v; and what the statements say of an unknown function at all pairs of
/// numbers, at those of which it is taken there.
pub(super) fn tangents(store: &mut Store, statements: &[TermId], term: TermId) -> Vec<TermId> {
    let mut found = at_pairs(store, statements, term);
    found.extend(tangents_of_known(store, term));
    found
}

/// ∀ x ∈ ℝ ∀ y ∈ ℝ of an inequality about f, at the pairs of different arguments of f.
fn at_pairs(store: &mut Store, statements: &[TermId], term: TermId) -> Vec<TermId> {
    let mut found = Vec::new();
    for statement in statements {
        let Some((function, _)) = about_pairs(store, *statement) else {
            continue;
        };
        let mut places = Vec::new();
        let mut stack = vec![term];
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = store.node(next);
            if let Node::Call(symbol, _, arguments) = node
                && *symbol == function
                && let [u] = **arguments
                && store.is_closed(u)
                && !places.contains(&u)
            {
                places.push(u);
            }
            if node.binds().is_none() {
                node.for_each_child(|child| stack.push(child));
            }
        }
        places.sort_unstable();
        places.truncate(4);
        for u in &places {
            for v in places.iter().filter(|v| *v != u) {
                let inner = store.open(*statement, *u).and_then(|s| s.first().copied());
                let fact = inner.and_then(|inner| store.open(inner, *v)?.first().copied());
                found.extend(fact);
            }
        }
    }
    found
}

/// The one function that an inequality for all pairs of reals speaks of.
fn about_pairs(store: &Store, statement: TermId) -> Option<(Symbol, TermId)> {
    let Node::ForAll(_, inner, outer_set) = *store.node(statement) else {
        return None;
    };
    let Node::ForAll(_, body, set) = *store.node(inner) else {
        return None;
    };
    let reals = |set: TermId| matches!(store.node(set), Node::Reals);
    if !reals(set) || !reals(outer_set) || !matches!(store.node(body), Node::Relation(..)) {
        return None;
    }
    let mut function = None;
    let mut stack = vec![body];
    while let Some(next) = stack.pop() {
        let node = store.node(next);
        if let Node::Call(symbol, ..) = node {
            if function.is_some_and(|known| known != *symbol) {
                return None;
            }
            function = Some(*symbol);
        }
        node.for_each_child(|child| stack.push(child));
    }
    Some((function?, body))
}

fn tangents_of_known(store: &mut Store, term: TermId) -> Vec<TermId> {
    let (mut powers, mut logarithms) = (Vec::new(), Vec::new());
    let (mut correlations, mut products) = (Vec::new(), Vec::new());
    let mut stack = vec![term];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        match node {
            Node::Pow(base, exponent)
                if matches!(store.node(*base), Node::Constant(Constant::E)) =>
            {
                powers.push((next, *exponent));
            }
            Node::Function(Function::Log, arguments) => {
                logarithms.extend(arguments.first().map(|u| (next, *u)));
            }
            Node::Function(Function::Correlation, _) => correlations.push(next),
            Node::Product(..) => products.push(next),
            _ => {}
        }
        if node.binds().is_none() && !matches!(node, Node::Function(Function::Indicator, _)) {
            node.for_each_child(|child| stack.push(child));
        }
    }
    powers.sort_unstable();
    logarithms.sort_unstable();
    let one = store.integer(1);
    let mut found = Vec::new();
    correlations.sort_unstable();
    for correlation in correlations.iter().take(4) {
        let minus = store.integer(-1);
        found.push(store.relation(Relation::LessEqual, *correlation, one));
        found.push(store.relation(Relation::LessEqual, minus, *correlation));
    }
    products.sort_unstable();
    for product in products.into_iter().take(4) {
        found.extend(below_product(store, product));
    }
    for (first, u) in powers.iter().take(4) {
        for (second, v) in powers.iter().take(4).filter(|(second, _)| second != first) {
            let off = store.sub(*u, *v);
            let slope = store.add(&[one, off]);
            let below = store.mul(&[*second, slope]);
            found.push(store.relation(Relation::LessEqual, below, *first));
        }
    }
    for (first, u) in logarithms.iter().take(4) {
        for (second, v) in logarithms
            .iter()
            .take(4)
            .filter(|(second, _)| second != first)
        {
            let off = store.sub(*u, *v);
            let slope = store.div(off, *v);
            let above = store.add(&[*second, slope]);
            found.push(store.relation(Relation::LessEqual, *first, above));
        }
    }
    found
}

/// 1 − Σ x_k ≤ Π (1 − x_k) where each x_k is an indicator.
fn below_product(store: &mut Store, product: TermId) -> Option<TermId> {
    let Node::Product(_, _, from, to, condition) = *store.node(product) else {
        return None;
    };
    let always = matches!(store.node(condition), Node::Truth(true));
    let endless = [from, to]
        .iter()
        .any(|end| matches!(store.node(*end), Node::Constant(Constant::Infinity)));
    let (index, scope) = store.open_fresh(product)?;
    let body = *scope.first()?;
    let (indicator, _) = indicator(store, body)?;
    let one = store.integer(1);
    let other = store.sub(one, indicator);
    let mut engine = Engine::new(store, Facts::default(), 10);
    if !always || endless || !engine.ring(body, other) {
        return None;
    }
    let truth = store.add_node(Node::Truth(true));
    let sum = store.bind(index, &[indicator, truth], |closed| {
        Node::Sum(0, closed[0], from, to, closed[1])
    });
    let below = store.sub(one, sum);
    Some(store.relation(Relation::LessEqual, below, product))
}

/// The first indicator that stands within no binder, and its statement.
pub(super) fn indicator(store: &Store, term: TermId) -> Option<(TermId, TermId)> {
    let mut stack = vec![term];
    let mut seen = rustc_hash::FxHashSet::default();
    let mut found: Option<(TermId, TermId)> = None;
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        match store.node(next) {
            Node::Function(Function::Indicator, arguments) => {
                let event = *arguments.first()?;
                if store.is_closed(next) && found.is_none_or(|(known, _)| next < known) {
                    found = Some((next, event));
                }
            }
            node if node.binds().is_none() => node.for_each_child(|child| stack.push(child)),
            _ => {}
        }
    }
    found
}
