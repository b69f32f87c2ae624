//! Events of which one always happens: where Σ g_k = c at every outcome, Σ E[h g_k] is E[h c].

use std::rc::Rc;

use super::super::congruence::with_parts;
use super::super::engine::Engine;
use super::super::line::{Line, Why};
use crate::term::{Function, Node, Relation, TermId};

/// One step at a sum of means; whether there was one.
pub fn partition(engine: &mut Engine, line: &mut Line) -> bool {
    match joined(engine, line.to) {
        Some(more) => {
            line.append(&more);
            true
        }
        None => false,
    }
}

fn joined(engine: &mut Engine, sum: TermId) -> Option<Line> {
    let Node::Sum(_, body, from, to, condition) = *engine.store.node(sum) else {
        return None;
    };
    let mean = matches!(
        engine.store.node(body),
        Node::Function(Function::Expectation, _)
    );
    if !mean || !matches!(engine.store.node(condition), Node::Truth(true)) {
        return None;
    }
    let outcome = super::outcome::fresh(engine, &[sum]);
    let store = &mut *engine.store;
    let w = store.add_node(Node::Symbol(outcome));
    let statements = engine.facts.statements.clone();
    let known = super::outcome::almost_sure(store, &statements, w);
    let is_sum = |fact: &TermId| {
        matches!(store.node(*fact), Node::Relation(Relation::Equal, a, b)
            if [a, b].iter().any(|side| matches!(store.node(**side), Node::Sum(..))))
    };
    let known: Vec<TermId> = known.into_iter().filter(is_sum).collect();
    if known.is_empty() {
        return None;
    }
    let (index, scope) = store.open_fresh(sum)?;
    let k = store.add_node(Node::Symbol(index));
    let Node::Function(_, arguments) = store.node(*scope.first()?).clone() else {
        return None;
    };
    let inner = *store.open(*arguments.first()?, w)?.first()?;
    let factors = match store.node(inner) {
        Node::Mul(factors) => factors.to_vec(),
        _ => vec![inner],
    };
    let (moving, still): (Vec<TermId>, Vec<TermId>) = factors
        .iter()
        .partition(|factor| store.mentions(**factor, index));
    let g = store.mul(&moving);
    let truth = store.add_node(Node::Truth(true));
    let gathered = store.bind(index, &[g, truth], |closed| {
        Node::Sum(0, closed[0], from, to, closed[1])
    });
    let value = known.into_iter().find_map(|fact| {
        let Node::Relation(_, a, b) = *store.node(fact) else {
            return None;
        };
        [(a, b), (b, a)]
            .into_iter()
            .find_map(|(side, value)| (side == gathered).then_some(value))
    })?;
    // Σ h g_k = h Σ g_k = h c at an outcome
    let h = store.mul(&still);
    let mut inside = if still.is_empty() {
        Line::start(gathered)
    } else {
        let product = store.mul(&[h, gathered]);
        let mut spread = Line::start(product);
        let terms = [("g", h), ("f", g), ("k", k), ("a", from), ("b", to)];
        if !engine.by_rule(&mut spread, "sums.factor-into-sum", &terms) {
            return None;
        }
        spread.reversed()
    };
    let first = inside.from;
    let Node::Sum(_, _, _, _, _) = *engine.store.node(first) else {
        return None;
    };
    let mut known = Line::start(gathered);
    known.push(
        value,
        Why::Named("probability.equation-at-an-outcome", true, Rc::default()),
    );
    if still.is_empty() {
        inside.append(&known);
    } else {
        let mut place = None;
        let mut number = 0;
        engine.store.node(inside.to).for_each_child(|child| {
            if child == gathered {
                place = Some(number);
            }
            number += 1;
        });
        let more = with_parts(engine.store, inside.to, vec![(place?, known)]);
        inside.append(&more);
    }
    // Σ E[h g_k] = E[Σ h g_k]
    let store = &mut *engine.store;
    let whole = store.bind(outcome, &[first], |scope| Node::Outcomes(0, scope[0]));
    let start = store.function(Function::Expectation, &[whole]);
    let (_, opened) = (index, store.open(first, k)?);
    let f = *opened.first()?;
    let mut moved = Line::start(start);
    let terms = [("f", f), ("k", k), ("a", from), ("b", to), ("w", w)];
    if !engine.by_rule(&mut moved, "probability.mean-of-finite-sum", &terms) {
        return None;
    }
    let mut line = Line::start(sum);
    if moved.to != sum {
        if !engine.ring(sum, moved.to) {
            return None;
        }
        line.push(moved.to, Why::Ring);
    }
    line.append(&moved.reversed());
    super::outcome::inside(engine, &mut line, outcome, &inside).then_some(line)
}
