//! Terms with sums that are shown to be defined: the body is, for each integer of the range.

use rustc_hash::FxHashMap;

use super::range::Range;
use crate::prove::engine::Engine;
use crate::term::{Node, Store, TermId};
use crate::theory::domain::domain_under;

/// Whether the term is defined wherever the facts hold.
pub fn is_defined(engine: &mut Engine, term: TermId) -> bool {
    defined(engine, term, 8)
}

fn defined(engine: &mut Engine, term: TermId, depth: u32) -> bool {
    if depth == 0 {
        return false;
    }
    let mut holes = FxHashMap::default();
    for sum in outermost(engine.store, term) {
        let Some(range) = Range::open(engine.store, sum) else {
            return false;
        };
        let ends = [range.from, range.to];
        if range.is_infinite(engine.store)
            || !ends
                .iter()
                .all(|end| engine.is_integer(*end) && defined(engine, *end, depth - 1))
        {
            return false;
        }
        let facts = range.facts(engine.store);
        if !engine.under(&facts, |engine| defined(engine, range.body, depth - 1)) {
            return false;
        }
        let hole = engine.store.fresh_symbol("s");
        holes.insert(sum, engine.store.add_node(Node::Symbol(hole)));
    }
    let rest = if holes.is_empty() {
        term
    } else {
        engine.store.replace(term, &mut holes)
    };
    let facts = engine.facts.clone();
    let domain = domain_under(engine.store, &facts, rest);
    domain.complete
        && domain
            .conditions
            .into_iter()
            .all(|condition| engine.holds(condition).is_some())
}

/// The sums and products in a term that stand under no binder.
pub fn outermost(store: &Store, term: TermId) -> Vec<TermId> {
    let mut found = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if matches!(node, Node::Sum(..) | Node::Product(..)) {
            found.push(next);
        } else if node.binds().is_none() {
            node.for_each_child(|child| stack.push(child));
        }
    }
    found.sort_unstable();
    found
}
