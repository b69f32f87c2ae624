//! The expectation of sums, multiples and products.

use super::super::canonical::Canonical;
use super::super::line::Line;
use super::{condition, opened};
use crate::term::{Node, TermId};

/// One step at the head of E[u].
pub fn expectation(canonical: &mut Canonical, line: &mut Line, u: TermId) -> bool {
    let Some((symbol, w, bodies)) = opened(canonical, &[u]) else {
        return false;
    };
    let body = bodies[0];
    let engine = &mut *canonical.engine;
    if !engine.store.mentions(body, symbol) {
        let terms = [("c", body), ("w", w)];
        return engine.by_rule(line, "probability.mean-of-constant", &terms);
    }
    match engine.store.node(body).clone() {
        Node::Add(parts) => {
            let rest = engine.store.add(&parts[1..]);
            let terms = [("f", parts[0]), ("g", rest), ("w", w)];
            engine.by_rule(line, "probability.mean-of-sum", &terms)
        }
        Node::Mul(factors) => {
            let (moving, still): (Vec<TermId>, Vec<TermId>) = factors
                .iter()
                .partition(|f| engine.store.mentions(**f, symbol));
            if !still.is_empty() && !moving.is_empty() {
                let c = engine.store.mul(&still);
                let f = engine.store.mul(&moving);
                let terms = [("c", c), ("f", f), ("w", w)];
                return engine.by_rule(line, "probability.mean-of-multiple", &terms);
            }
            if let Some((f, g)) = independent_groups(canonical, &factors, w) {
                let terms = [("f", f), ("g", g), ("w", w)];
                return canonical
                    .engine
                    .by_rule(line, "probability.mean-of-product", &terms);
            }
            condition::tower(canonical, line, body, w) || super::given::use_moment(canonical, line)
        }
        Node::Sum(_, _, from, to, _) => {
            let Some((index, scope)) = engine.store.open_fresh(body) else {
                return false;
            };
            let k = engine.store.add_node(Node::Symbol(index));
            let terms = [("f", scope[0]), ("k", k), ("a", from), ("b", to), ("w", w)];
            engine.by_rule(line, "probability.mean-of-finite-sum", &terms)
        }
        _ => {
            condition::tower(canonical, line, body, w) || super::given::use_moment(canonical, line)
        }
    }
}

/// Two groups of factors that are independent of each other.
fn independent_groups(
    canonical: &mut Canonical,
    factors: &[TermId],
    w: TermId,
) -> Option<(TermId, TermId)> {
    if canonical.engine.facts.laws.independent.is_empty() || factors.len() > 12 {
        return None;
    }
    let (first, others) = factors.split_first()?;
    let mut group = vec![*first];
    let mut rest: Vec<TermId> = others.to_vec();
    loop {
        let before = group.len();
        let mut kept = Vec::new();
        for factor in rest {
            let apart = group
                .iter()
                .all(|member| canonical.engine.independent(*member, factor, w));
            if apart {
                kept.push(factor);
            } else {
                group.push(factor);
            }
        }
        rest = kept;
        if group.len() == before {
            break;
        }
    }
    if rest.is_empty() {
        return None;
    }
    let store = &mut *canonical.engine.store;
    Some((store.mul(&group), store.mul(&rest)))
}

/// The term multiplied out: a sum over one denominator as a sum of fractions.
pub fn spread(canonical: &mut Canonical, term: TermId) -> Option<TermId> {
    let engine = &mut *canonical.engine;
    let normal = engine.normal(term)?;
    let Node::Mul(factors) = engine.store.node(normal).clone() else {
        return Some(normal);
    };
    let Some(place) = factors
        .iter()
        .position(|f| matches!(engine.store.node(*f), Node::Add(_)))
    else {
        return Some(normal);
    };
    let Node::Add(parts) = engine.store.node(factors[place]).clone() else {
        return Some(normal);
    };
    let mut terms = Vec::with_capacity(parts.len());
    for part in parts.iter() {
        let mut product = factors.to_vec();
        product[place] = *part;
        let product = engine.store.mul(&product);
        terms.push(engine.normal(product).unwrap_or(product));
    }
    Some(engine.store.add(&terms))
}
