//! Inequalities between whole sums: Cauchy and Schwarz, and as many terms as the range has.

use super::bounds::Known;
use super::range::Range;
use crate::prove::engine::Engine;
use crate::term::{Node, Relation, Store, TermId};

/// Most sums over one range, the count of its terms among them.
const MOST: usize = 6;

/// What is summed, with the sum: the number of terms is the sum of 1.
type Summed = (TermId, TermId);

/// (Σ h)² ≤ (Σ p)(Σ q) where h² = p q and 0 ≤ p, 0 ≤ q.
pub fn cauchy_schwarz(engine: &mut Engine, known: &mut Known, ranges: &[(TermId, Range)]) {
    for (place, (_, first)) in ranges.iter().enumerate() {
        let before = &ranges[..place];
        if !is_counted(engine, first) || before.iter().any(|(_, r)| over_the_same(r, first)) {
            continue;
        }
        let one = engine.store.integer(1);
        let count = count(engine, first);
        let mut sums: Vec<Summed> = vec![(one, count)];
        for (sum, range) in ranges {
            if over_the_same(range, first) && range.is_plain(engine.store) {
                sums.push((range.at(engine.store, first.k), *sum));
            }
        }
        sums.truncate(MOST);
        within(engine, known, first, &sums);
    }
}

fn within(engine: &mut Engine, known: &mut Known, range: &Range, sums: &[Summed]) {
    let facts = range.facts(engine.store);
    let zero = engine.store.integer(0);
    let two = engine.store.integer(2);
    let positive: Vec<bool> = sums
        .iter()
        .map(|(body, _)| {
            let above = engine.store.relation(Relation::LessEqual, zero, *body);
            engine.under(&facts, |engine| engine.holds(above).is_some())
        })
        .collect();
    for (i, (p, first)) in sums.iter().enumerate() {
        for (j, (q, second)) in sums.iter().enumerate().skip(i + 1) {
            if !positive[i] || !positive[j] {
                continue;
            }
            let product = engine.store.mul(&[*p, *q]);
            for (n, (h, middle)) in sums.iter().enumerate() {
                if n == i || n == j {
                    continue;
                }
                let square = engine.store.pow(*h, two);
                if !engine.ring(square, product) {
                    continue;
                }
                let left = engine.store.add_node(Node::Pow(*middle, two));
                let right = engine.store.add_node(Node::Mul([*first, *second].into()));
                let fact = engine.store.relation(Relation::LessEqual, left, right);
                known.facts.push(fact);
            }
        }
    }
}

/// Σ f ≤ c N where f ≤ c; c N ≤ Σ f where c ≤ f; c ≤ Σ f where 0 ≤ f and c is f at an extremum.
pub fn by_count(engine: &mut Engine, known: &mut Known, ranges: &[(TermId, Range)], claim: TermId) {
    let extrema = extrema(engine.store, claim);
    let one = engine.store.integer(1);
    let zero = engine.store.integer(0);
    for (sum, range) in ranges {
        if !is_counted(engine, range) {
            continue;
        }
        let facts = range.facts(engine.store);
        let mut bounds = vec![(one, false)];
        for extremum in &extrema {
            if let Some(there) = at_extremum(engine.store, range, *extremum) {
                bounds.push((there, true));
            }
        }
        let count = count(engine, range);
        for (bound, attained) in bounds {
            let multiple = engine.store.add_node(Node::Mul([bound, count].into()));
            for (small, large, fact) in [
                (range.body, bound, [*sum, multiple]),
                (bound, range.body, [multiple, *sum]),
            ] {
                let each = engine.store.relation(Relation::LessEqual, small, large);
                if engine.under(&facts, |engine| engine.holds(each).is_some()) {
                    let fact = engine.store.relation(Relation::LessEqual, fact[0], fact[1]);
                    known.facts.push(fact);
                }
            }
            let above = engine.store.relation(Relation::LessEqual, zero, range.body);
            let some = engine
                .store
                .relation(Relation::LessEqual, range.from, range.to);
            if attained
                && engine.holds(some).is_some()
                && engine.under(&facts, |engine| engine.holds(above).is_some())
            {
                let fact = engine.store.relation(Relation::LessEqual, bound, *sum);
                known.facts.push(fact);
            }
        }
    }
}

/// Adds the sums in which a bound stands in the place of what it bounds: Σ p M beside Σ p a where
/// M = max a, or where a ≤ M is said of all members.
pub fn with_bounds(
    store: &mut Store,
    statements: &[TermId],
    ranges: &mut Vec<(TermId, Range)>,
    claim: TermId,
) {
    let extrema = extrema(store, claim);
    let mut more = Vec::new();
    for (_, range) in ranges.iter() {
        let mut bodies = Vec::new();
        for extremum in extrema.iter().take(2) {
            bodies.extend(with_extremum(store, range, *extremum));
        }
        for statement in statements {
            bodies.extend(with_bound(store, range, *statement));
        }
        for body in bodies {
            if store.mentions(body, range.symbol) {
                let other = Range { body, ..*range };
                more.push((other.close(store), other));
            }
        }
    }
    more.truncate(4);
    for (sum, range) in more {
        if !ranges.iter().any(|(known, _)| *known == sum) {
            ranges.push((sum, range));
        }
    }
}

/// Whether the range is one without a condition whose terms can be counted.
fn is_counted(engine: &mut Engine, range: &Range) -> bool {
    let one = engine.store.integer(1);
    let behind = engine.store.add(&[range.to, one]);
    let some = engine
        .store
        .relation(Relation::LessEqual, range.from, behind);
    range.is_plain(engine.store)
        && engine.is_integer(range.from)
        && engine.is_integer(range.to)
        && engine.holds(some).is_some()
}

fn over_the_same(one: &Range, other: &Range) -> bool {
    (one.from, one.to) == (other.from, other.to)
}

/// How many terms there are.
fn count(engine: &mut Engine, range: &Range) -> TermId {
    let one = engine.store.integer(1);
    let less = engine.store.sub(range.to, range.from);
    let count = engine.store.add(&[less, one]);
    engine.normal(count).unwrap_or(count)
}

/// The extrema in a term that stand under no binder.
fn extrema(store: &Store, term: TermId) -> Vec<TermId> {
    let mut found = Vec::new();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        let node = store.node(next);
        if matches!(node, Node::Extremum(..)) {
            if !found.contains(&next) {
                found.push(next);
            }
        } else if node.binds().is_none() {
            node.for_each_child(|child| stack.push(child));
        }
    }
    found
}

/// What is summed, with the extremum in the place of that of which it is one, if nothing else of
/// the index is left.
fn at_extremum(store: &mut Store, range: &Range, extremum: TermId) -> Option<TermId> {
    let there = with_extremum(store, range, extremum)?;
    (!store.mentions(there, range.symbol)).then_some(there)
}

/// What is summed, with c in the place of a(k), where a(k) ≤ c, or c ≤ a(k), is said of all k.
fn with_bound(store: &mut Store, range: &Range, statement: TermId) -> Option<TermId> {
    if !matches!(store.node(statement), Node::ForAll(..)) {
        return None;
    }
    let said = *store.open(statement, range.k)?.first()?;
    let Node::Relation(Relation::Less | Relation::LessEqual, a, b) = *store.node(said) else {
        return None;
    };
    let (member, bound) = match (store.node(a), store.node(b)) {
        (Node::Member(..), _) if !store.mentions(b, range.symbol) => (a, b),
        (_, Node::Member(..)) if !store.mentions(a, range.symbol) => (b, a),
        _ => return None,
    };
    let mut table = rustc_hash::FxHashMap::default();
    table.insert(member, bound);
    let there = store.replace(range.body, &mut table);
    (there != range.body).then_some(there)
}

fn with_extremum(store: &mut Store, range: &Range, extremum: TermId) -> Option<TermId> {
    let Node::Extremum(_, _, from, to, _) = *store.node(extremum) else {
        return None;
    };
    if (from, to) != (range.from, range.to) {
        return None;
    }
    let member = *store.open(extremum, range.k)?.first()?;
    let mut table = rustc_hash::FxHashMap::default();
    table.insert(member, extremum);
    let there = store.replace(range.body, &mut table);
    (there != range.body).then_some(there)
}
