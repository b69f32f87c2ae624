//! What is said of the variable of an antiderivative while it moves.

use crate::meaning::{Goal, Shape};
use crate::term::{Node, Relation, Store, Symbol, TermId};

/// The goal itself, but where it claims equality up to a constant: there the variable moves, so
/// a hypothesis that holds it in one place (x = 2, x ∈ ℤ) says nothing, and of one that bounds it
/// (x ≥ 0) the inner points count.
pub(super) fn moving(store: &mut Store, goal: &Goal) -> Goal {
    let Shape::UpToConstant { variable, .. } = goal.shape else {
        return goal.clone();
    };
    let hypotheses = goal.hypotheses.iter();
    Goal {
        hypotheses: hypotheses
            .filter_map(|hypothesis| inner(store, *hypothesis, variable))
            .collect(),
        ..goal.clone()
    }
}

/// The statement at inner points; `None` where it holds the variable in place.
fn inner(store: &mut Store, statement: TermId, variable: Symbol) -> Option<TermId> {
    if !store.mentions(statement, variable) {
        return Some(statement);
    }
    match store.node(statement).clone() {
        Node::Relation(Relation::LessEqual, a, b) => Some(store.relation(Relation::Less, a, b)),
        Node::Relation(Relation::Less | Relation::NotEqual, ..) | Node::ForAll(..) => {
            Some(statement)
        }
        // About an unknown function of the variable it is an identity.
        Node::Relation(Relation::Equal, ..) => {
            holds_function(store, statement, variable).then_some(statement)
        }
        Node::Element(x, set) => match *store.node(set) {
            Node::Interval(from, to, _, _) => {
                let open = store.add_node(Node::Interval(from, to, false, false));
                Some(store.add_node(Node::Element(x, open)))
            }
            Node::Reals => Some(statement),
            _ => None,
        },
        Node::And(parts) => {
            let parts: Vec<TermId> = parts
                .iter()
                .filter_map(|part| inner(store, *part, variable))
                .collect();
            Some(store.add_node(Node::And(parts.into())))
        }
        Node::Or(parts) => {
            let parts: Option<Vec<TermId>> = parts
                .iter()
                .map(|part| inner(store, *part, variable))
                .collect();
            Some(store.add_node(Node::Or(parts?.into())))
        }
        _ => None,
    }
}

/// Whether an unknown function of the variable stands in the term.
fn holds_function(store: &Store, term: TermId, variable: Symbol) -> bool {
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        let node = store.node(next);
        if matches!(node, Node::Call(..)) && store.mentions(next, variable) {
            return true;
        }
        node.for_each_child(|child| stack.push(child));
    }
    false
}
