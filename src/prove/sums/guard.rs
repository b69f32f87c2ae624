//! Conditions below the sign: j ≠ i, i < j become ranges; where the body is defined at i, the sum
//! without i is the whole sum less the term at i.

use super::defined::is_defined;
use super::partition::partition;
use super::range::{Range, plus};
use super::solve::solve_for;
use crate::prove::congruence::congruence;
use crate::prove::engine::Engine;
use crate::prove::line::Line;
use crate::term::{Node, Relation, TermId};
use rustc_hash::FxHashMap;

/// One step for a sum with a condition.
pub fn guard(engine: &mut Engine, line: &mut Line) -> bool {
    let Some(range) = Range::open(engine.store, line.to) else {
        return false;
    };
    let mut parts = match engine.store.node(range.condition) {
        Node::And(parts) => parts.to_vec(),
        _ => vec![range.condition],
    };
    // What says nothing of the name and holds anyway is no condition; else it is left alone.
    if let Some(place) = (0..parts.len()).find(|place| {
        !engine.store.mentions(parts[*place], range.symbol) && engine.holds(parts[*place]).is_some()
    }) {
        parts.remove(place);
        let rest = joined(engine, &parts);
        return partition(engine, line, &range, &[(range.from, range.to, rest)]);
    }
    let Some(place) = parts
        .iter()
        .position(|part| bound(engine, &range, *part).is_some())
    else {
        return false;
    };
    let Some((relation, end)) = bound(engine, &range, parts.remove(place)) else {
        return false;
    };
    let rest = joined(engine, &parts);
    let (from, to) = (range.from, range.to);
    let whole = Range {
        condition: rest,
        ..range
    };
    match relation {
        Side::Below(offset) => {
            let end = plus(engine, end, offset);
            [to, end]
                .into_iter()
                .any(|last| partition(engine, line, &range, &[(from, last, rest)]))
        }
        Side::Above(offset) => {
            let end = plus(engine, end, offset);
            [from, end]
                .into_iter()
                .any(|first| partition(engine, line, &range, &[(first, to, rest)]))
        }
        Side::At => partition(engine, line, &range, &[(end, end, rest)]),
        Side::Off => {
            if partition(engine, line, &range, &[(from, to, rest)])
                || without(engine, line, &range, &whole, end)
            {
                return true;
            }
            let (before, behind) = (plus(engine, end, -1), plus(engine, end, 1));
            partition(
                engine,
                line,
                &range,
                &[(from, before, rest), (behind, to, rest)],
            )
        }
    }
}

fn joined(engine: &mut Engine, parts: &[TermId]) -> TermId {
    match parts {
        [] => engine.store.add_node(Node::Truth(true)),
        [one] => *one,
        _ => engine.store.add_node(Node::And(parts.into())),
    }
}

/// Where the name lies beside a place.
enum Side {
    /// At most the place and so many.
    Below(i64),
    /// At least the place and so many.
    Above(i64),
    At,
    Off,
}

/// A condition k R place.
fn bound(engine: &mut Engine, range: &Range, condition: TermId) -> Option<(Side, TermId)> {
    let (relation, a, b) = match *engine.store.node(condition) {
        Node::Relation(relation, a, b) => (relation, a, b),
        _ => return None,
    };
    let free = |engine: &Engine, t: TermId| !engine.store.mentions(t, range.symbol);
    if a == range.k && free(engine, b) {
        let side = match relation {
            Relation::Equal => Side::At,
            Relation::NotEqual => Side::Off,
            Relation::Less => Side::Below(-1),
            Relation::LessEqual => Side::Below(0),
        };
        return Some((side, b));
    }
    if b == range.k && free(engine, a) {
        let side = match relation {
            Relation::Equal => Side::At,
            Relation::NotEqual => Side::Off,
            Relation::Less => Side::Above(1),
            Relation::LessEqual => Side::Above(0),
        };
        return Some((side, a));
    }
    None
}

/// The sum over k ≠ place is the sum over all k less the term there.
fn without(
    engine: &mut Engine,
    line: &mut Line,
    range: &Range,
    whole: &Range,
    place: TermId,
) -> bool {
    if range.product {
        return false;
    }
    let there = range.at(engine.store, place);
    if !is_defined(engine, there) {
        return false;
    }
    let all = whole.close(engine.store);
    let mut cut = Line::start(all);
    let pieces = [
        (range.from, range.to, range.condition),
        (place, place, whole.condition),
    ];
    if !whole.is_plain(engine.store) || !partition(engine, &mut cut, whole, &pieces) {
        return false;
    }
    let single = Range {
        from: place,
        to: place,
        ..*whole
    }
    .close(engine.store);
    let mut one = Line::start(single);
    let terms = [("f", range.body), ("k", range.k), ("a", place)];
    if !engine.by_rule(&mut one, "sums.sum-of-one-term", &terms) {
        return false;
    }
    let mut table = FxHashMap::default();
    table.insert(single, one);
    let more = congruence(engine.store, cut.to, &table, 2);
    cut.append(&more);
    solve_for(engine, line, 1, &cut)
}
