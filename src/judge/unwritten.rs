//! Sums whose range is left out, beside members of their families of which nobody knows whether
//! they belong to it: what fails for one range may hold for the one that is meant.

use std::collections::{BTreeMap, BTreeSet};

use crate::meaning::{Goal, Shape};
use crate::term::{Node, Relation, Store, Symbol, TermId};

/// A family and the place of an index.
type Place = (Symbol, usize);

/// What runs through a family, and what else stands as its index.
#[derive(Default)]
struct Seen {
    /// Names of bound indices, and the end of their range that nobody wrote; nothing for what
    /// holds for all members.
    ends: BTreeMap<Symbol, Option<TermId>>,
    through: BTreeMap<Place, BTreeSet<TermId>>,
    beside: BTreeSet<(Place, TermId)>,
}

/// Whether the goal holds a sum (or the like) without a range, and a member of a family that it
/// runs through with an index that is not known to lie in that range.
pub(super) fn rests_on_unwritten_range(store: &mut Store, goal: &Goal) -> bool {
    let mut terms = goal.hypotheses.clone();
    match &goal.shape {
        Shape::Step(a) | Shape::Statement(a) => terms.push(*a),
        Shape::Equivalence(a, b) => terms.extend([*a, *b]),
        Shape::UpToConstant { left, right, .. } => terms.extend([*left, *right]),
        Shape::Rounded { term, .. } => terms.push(*term),
    }
    let left_out = terms.iter().any(|term| holds_unwritten(store, *term));
    if !left_out {
        return false;
    }
    let mut seen = Seen::default();
    for term in terms {
        look(store, &mut seen, term);
    }
    let one = store.integer(1);
    let beside = std::mem::take(&mut seen.beside);
    beside.into_iter().any(|(place, index)| {
        let Some(ends) = seen.through.get(&place) else {
            return false;
        };
        let known = |end: TermId, store: &mut Store| {
            let within = store.relation(Relation::LessEqual, index, end);
            index == one || goal.hypotheses.contains(&within)
        };
        !ends.iter().all(|end| known(*end, store))
    }) || seen.through.values().any(|ends| ends.len() > 1)
}

fn holds_unwritten(store: &Store, term: TermId) -> bool {
    let symbols = store.symbols(term);
    symbols.iter().any(|s| is_unwritten(store, *s))
}

fn is_unwritten(store: &Store, symbol: Symbol) -> bool {
    store.name(symbol).ends_with("#range")
}

/// Looks through a term; depth is bounded by that of what was parsed.
fn look(store: &mut Store, seen: &mut Seen, term: TermId) {
    let node = store.node(term).clone();
    if let Node::Member(family, indices) = &node {
        for (number, index) in indices.iter().enumerate() {
            let end = match store.node(*index) {
                Node::Symbol(letter) => seen.ends.get(letter).copied(),
                _ => None,
            };
            let place = (*family, number);
            match end {
                Some(Some(end)) => {
                    seen.through.entry(place).or_default().insert(end);
                }
                Some(None) => {}
                None => {
                    seen.beside.insert((place, *index));
                }
            }
        }
    }
    if node.binds().is_none() {
        node.for_each_child(|child| look(store, seen, child));
        return;
    }
    let end = match node {
        Node::Sum(_, _, _, to, _) | Node::Product(_, _, _, to, _) => Some(to),
        Node::Extremum(_, _, _, to, _) => Some(to),
        _ => None,
    };
    let end = end.filter(|end| holds_unwritten(store, *end));
    let Some((letter, scope)) = store.open_fresh(term) else {
        return;
    };
    if end.is_some() || matches!(node, Node::ForAll(..)) {
        seen.ends.insert(letter, end);
    }
    let mut inside = scope.into_iter();
    let mut place = 0;
    let mut parts = Vec::new();
    node.for_each_child(|child| {
        let part = if node.in_scope(place) {
            inside.next()
        } else {
            Some(child)
        };
        parts.extend(part);
        place += 1;
    });
    for part in parts {
        look(store, seen, part);
    }
}
