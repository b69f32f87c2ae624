//! Terms with sums that are shown to be defined: the body is, for each integer of the range.

use rustc_hash::FxHashMap;

use super::range::Range;
use crate::prove::engine::Engine;
use crate::term::{Function, Node, Store, TermId};
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
    for (choice, n, k) in choices(engine.store, term) {
        if !is_choice(engine, n, k) || ![n, k].iter().all(|t| defined(engine, *t, depth - 1)) {
            return false;
        }
        let hole = engine.store.fresh_symbol("s");
        holes.insert(choice, engine.store.add_node(Node::Symbol(hole)));
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

/// Whether the binomial coefficient has a value: k ∈ ℕ, or k ∈ ℤ and n ∈ ℕ.
fn is_choice(engine: &mut Engine, n: TermId, k: TermId) -> bool {
    let naturals = engine.store.add_node(Node::Naturals);
    let [above, below] = [n, k].map(|t| engine.store.add_node(Node::Element(t, naturals)));
    engine.holds(below).is_some() || engine.is_integer(k) && engine.holds(above).is_some()
}

/// The binomial coefficients in a term that stand under no binder, with n and k.
fn choices(store: &Store, term: TermId) -> Vec<(TermId, TermId, TermId)> {
    let (mut found, mut stack) = (Vec::new(), vec![term]);
    while let Some(next) = stack.pop() {
        let node = store.node(next);
        if let Node::Function(Function::Binomial, arguments) = node
            && let [n, k] = **arguments
        {
            found.push((next, n, k));
        } else if node.binds().is_none() {
            node.for_each_child(|child| stack.push(child));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
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
