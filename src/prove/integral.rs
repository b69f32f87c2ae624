//! Definite integrals, by the fundamental theorem.

use std::rc::Rc;

use super::antiderivative::antiderivative;
use super::engine::Engine;
use super::line::{Line, Named, Why};
use super::step;
use super::sums::is_defined;
use crate::term::{Constant, Node, Relation, TermId};
use crate::theory::domain::domain;

/// The line from an integral to F(b) − F(a), where F is an antiderivative of the integrand between
/// the limits, and defined and continuous from one to the other, both included.
pub fn integrate(engine: &mut Engine, integral: TermId) -> Option<Line> {
    let Node::Integral(_, _, from, to) = *engine.store.node(integral) else {
        return None;
    };
    for end in [from, to] {
        if matches!(
            engine.store.node(end),
            Node::Constant(Constant::Infinity) | Node::Mul(_)
        ) && mentions_infinity(engine, end)
        {
            return None;
        }
    }
    let (symbol, scope) = engine.store.open_fresh(integral)?;
    let f = scope[0];
    let x = engine.store.add_node(Node::Symbol(symbol));
    let found = antiderivative(engine, f, symbol)?;
    // Where x runs: from the smaller to the larger limit, if it is known which that is.
    let upward = engine.store.relation(Relation::LessEqual, from, to);
    let downward = engine.store.relation(Relation::LessEqual, to, from);
    let ends = if engine.holds(upward).is_some() {
        Some((from, to))
    } else if engine.holds(downward).is_some() {
        Some((to, from))
    } else {
        None
    };
    let between = |engine: &mut Engine, relation: Relation| match ends {
        Some((low, high)) => vec![
            engine.store.relation(relation, low, x),
            engine.store.relation(relation, x, high),
        ],
        None => Vec::new(),
    };
    let closed = between(engine, Relation::LessEqual);
    let open = between(engine, Relation::Less);
    let defined = |engine: &mut Engine, term: TermId| {
        let domain = domain(engine.store, term);
        domain.complete
            && domain
                .conditions
                .into_iter()
                .all(|condition| engine.holds(condition).is_some())
            || is_defined(engine, term)
    };
    if !engine.under(&closed, |engine| defined(engine, found)) {
        return None;
    }
    let line = engine.under(&open, |engine| {
        if !defined(engine, f) {
            return None;
        }
        let derivative = engine
            .store
            .bind(symbol, &[found], |scope| Node::Derivative(0, scope[0], x));
        step::equality(engine, derivative, f)
    })?;
    let high = engine.store.substitute(found, symbol, to);
    let low = engine.store.substitute(found, symbol, from);
    let value = engine.store.sub(high, low);
    let proof = line.proof(engine.store)?;
    let named = Named {
        substitution: vec![
            ("f".to_owned(), f),
            ("F".to_owned(), found),
            ("x".to_owned(), x),
            ("a".to_owned(), from),
            ("b".to_owned(), to),
        ],
        conditions: vec![Some(proof)],
    };
    let mut result = Line::start(integral);
    result.push(
        value,
        Why::Named("calculus.fundamental-theorem", true, Rc::new(named)),
    );
    Some(result)
}

fn mentions_infinity(engine: &Engine, term: TermId) -> bool {
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        let node = engine.store.node(next);
        if matches!(node, Node::Constant(Constant::Infinity)) {
            return true;
        }
        node.for_each_child(|child| stack.push(child));
    }
    false
}
