//! Indicators of joined events.

use std::rc::Rc;

use super::super::canonical::Canonical;
use super::super::engine::Engine;
use super::super::line::{Line, Why};
use crate::term::{Function, Node, Relation, Store, TermId};
use crate::theory::domain::domain;

/// Whether the body of a random variable is an event.
pub fn is_event(store: &Store, body: TermId) -> bool {
    matches!(
        store.node(body),
        Node::Truth(_)
            | Node::Relation(..)
            | Node::Element(..)
            | Node::Has(..)
            | Node::And(_)
            | Node::Or(_)
            | Node::Not(_)
            | Node::ForAll(..)
    )
}

/// Whether a term has a value wherever the facts hold.
fn defined(canonical: &mut Canonical, term: TermId) -> bool {
    let domain = domain(canonical.engine.store, term);
    domain.complete
        && domain
            .conditions
            .into_iter()
            .all(|condition| canonical.engine.holds(condition).is_some())
}

/// The indicator of "and" is a product, that of "or" and "not" a polynomial. A statement that is
/// undefined is not true, and neither is its negation: so "not" is taken of bare events and of
/// relations between defined terms alone.
pub fn indicator(canonical: &mut Canonical, line: &mut Line, statement: TermId) -> bool {
    let store = &mut *canonical.engine.store;
    let one = store.integer(1);
    let of = |store: &mut Store, s: TermId| store.function(Function::Indicator, &[s]);
    let node = store.node(statement).clone();
    let between = match &node {
        Node::Relation(_, a, b) => Some((*a, *b)),
        Node::Not(inner) => match *store.node(*inner) {
            Node::Relation(_, a, b) => Some((a, b)),
            _ => None,
        },
        _ => None,
    };
    if let Some((a, b)) = between
        && !(defined(canonical, a) && defined(canonical, b))
    {
        return false;
    }
    let store = &mut *canonical.engine.store;
    let after = match node {
        Node::Truth(value) => store.integer(i64::from(value)),
        Node::And(parts) => {
            let all: Vec<TermId> = parts.iter().map(|p| of(store, *p)).collect();
            store.mul(&all)
        }
        Node::Or(parts) => {
            let none: Vec<TermId> = parts
                .iter()
                .map(|p| {
                    let p = of(store, *p);
                    store.sub(one, p)
                })
                .collect();
            let none = store.mul(&none);
            store.sub(one, none)
        }
        Node::Relation(relation @ (Relation::Less | Relation::LessEqual), a, b)
            if of_extreme(store, relation, a, b).is_some() =>
        {
            let Some(joined) = of_extreme(store, relation, a, b) else {
                return false;
            };
            of(store, joined)
        }
        Node::Relation(relation @ (Relation::LessEqual | Relation::NotEqual), a, b) => {
            let other = match relation {
                Relation::LessEqual => store.relation(Relation::Less, b, a),
                _ => store.relation(Relation::Equal, a, b),
            };
            let other = of(store, other);
            store.sub(one, other)
        }
        Node::Not(inner) if matches!(store.node(inner), Node::Relation(..)) => {
            let inner = of(store, inner);
            store.sub(one, inner)
        }
        Node::Not(inner) if is_bare(store, inner) => {
            let inner = of(store, inner);
            store.sub(one, inner)
        }
        Node::ForAll(_, _, set) => match product_over(store, statement, set) {
            Some(product) => product,
            None => return false,
        },
        Node::Not(inner) if matches!(store.node(inner), Node::ForAll(..)) => {
            let all = match *store.node(inner) {
                Node::ForAll(_, _, set) => product_over(store, inner, set),
                _ => None,
            };
            let Some(all) = all else {
                return false;
            };
            store.sub(one, all)
        }
        Node::Not(inner) => match store.node(inner).clone() {
            Node::And(parts) | Node::Or(parts) => {
                let negated: Vec<TermId> = parts
                    .iter()
                    .map(|p| store.add_node(Node::Not(*p)))
                    .collect();
                let both = matches!(store.node(inner), Node::Or(_));
                let joined = store.add_node(if both {
                    Node::And(negated.into())
                } else {
                    Node::Or(negated.into())
                });
                of(store, joined)
            }
            Node::Not(again) if is_bare(store, again) => of(store, again),
            _ => return false,
        },
        _ => return false,
    };
    line.push(
        after,
        Why::Named("probability.indicator", true, Rc::default()),
    );
    true
}

/// The product of the indicators of events of which all are to happen, each bare or not bare.
fn product_over(store: &mut Store, all: TermId, set: TermId) -> Option<TermId> {
    let Node::Range(from, to) = *store.node(set) else {
        return None;
    };
    let (index, scope) = store.open_fresh(all)?;
    let event = *scope.first()?;
    let plain = match *store.node(event) {
        Node::Not(inner) => inner,
        _ => event,
    };
    if !is_bare(store, plain) {
        return None;
    }
    let indicator = store.function(Function::Indicator, &[event]);
    let truth = store.add_node(Node::Truth(true));
    Some(store.bind(index, &[indicator, truth], |closed| {
        Node::Product(0, closed[0], from, to, closed[1])
    }))
}

/// t < min(u, v) is t < u and t < v; t < max(u, v) is t < u or t < v; and so on.
fn of_extreme(store: &mut Store, relation: Relation, a: TermId, b: TermId) -> Option<TermId> {
    let (parts, all): (Vec<TermId>, bool) = match (store.node(a).clone(), store.node(b).clone()) {
        (_, Node::Function(function @ (Function::Min | Function::Max), arguments)) => {
            let parts = arguments.iter().map(|u| store.relation(relation, a, *u));
            (parts.collect(), function == Function::Min)
        }
        (Node::Function(function @ (Function::Min | Function::Max), arguments), _) => {
            let parts = arguments.iter().map(|u| store.relation(relation, *u, b));
            (parts.collect(), function == Function::Max)
        }
        _ => return None,
    };
    Some(store.add_node(if all {
        Node::And(parts.into())
    } else {
        Node::Or(parts.into())
    }))
}

/// Whether it is an event at an outcome, which is true or false.
fn is_bare(store: &Store, statement: TermId) -> bool {
    matches!(store.node(statement), Node::Element(_, event)
        if matches!(store.node(*event), Node::Symbol(_) | Node::Member(..)))
}

/// Whether it is an indicator.
pub fn is_indicator(store: &Store, term: TermId) -> bool {
    matches!(store.node(term), Node::Function(Function::Indicator, _))
}

/// 1ⁿ and 0ⁿ are 1 and 0 for a positive n.
pub fn indicator_power(
    engine: &mut Engine,
    line: &mut Line,
    base: TermId,
    exponent: TermId,
) -> bool {
    let Node::Function(_, arguments) = engine.store.node(base).clone() else {
        return false;
    };
    let terms = [("s", arguments[0]), ("n", exponent)];
    engine.by_rule(line, "probability.indicator-power", &terms)
}

/// Whether a power of an indicator stands in the term.
pub fn holds_power(store: &Store, term: TermId) -> bool {
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        match store.node(next) {
            Node::Pow(base, _) if is_indicator(store, *base) => return true,
            node @ (Node::Add(_) | Node::Mul(_)) => node.for_each_child(|c| stack.push(c)),
            _ => {}
        }
    }
    false
}
