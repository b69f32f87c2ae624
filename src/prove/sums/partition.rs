//! A range cut into ranges, and a range with a condition as ranges without: `sums.partition`.

use std::rc::Rc;

use super::range::{Range, distance};
use crate::prove::engine::Engine;
use crate::prove::line::{Line, Named, Why};
use crate::term::{Node, Relation, TermId};

/// Goes on from a sum to the sum of the sums over these ranges (bounds and condition), which hold
/// the same integers, each once.
pub fn partition(
    engine: &mut Engine,
    line: &mut Line,
    range: &Range,
    pieces: &[(TermId, TermId, TermId)],
) -> bool {
    if range.is_infinite(engine.store) {
        return false;
    }
    let mut ends = vec![range.from, range.to];
    ends.extend(pieces.iter().flat_map(|(a, b, _)| [*a, *b]));
    if !ends.iter().all(|end| engine.is_integer(*end)) {
        return false;
    }
    let pieces: Vec<Range> = pieces
        .iter()
        .map(|(from, to, condition)| Range {
            from: *from,
            to: *to,
            condition: *condition,
            ..*range
        })
        .collect();
    let whole = range.facts(engine.store);
    let parts: Vec<Vec<TermId>> = pieces.iter().map(|p| p.facts(engine.store)).collect();
    // Each piece lies in the whole.
    for part in &parts {
        if !engine.under(part, |engine| {
            whole.iter().all(|fact| engine.holds(*fact).is_some())
        }) {
            return false;
        }
    }
    if !covered(engine, &whole, &pieces, &parts) {
        return false;
    }
    // No two pieces meet.
    let falsehood = engine.store.add_node(Node::Truth(false));
    for (place, part) in parts.iter().enumerate() {
        for other in &parts[place + 1..] {
            let mut both = part.clone();
            both.extend_from_slice(other);
            let apart = engine.under(&both, |engine| {
                separated(engine, part, other) || engine.holds(falsehood).is_some()
            });
            if !apart {
                return false;
            }
        }
    }
    let sums: Vec<TermId> = pieces.iter().map(|p| p.close(engine.store)).collect();
    let to = if range.product {
        engine.store.mul(&sums)
    } else {
        engine.store.add(&sums)
    };
    let named = Named {
        substitution: vec![("k".to_owned(), range.k)],
        conditions: Vec::new(),
    };
    line.push(to, Why::Named("sums.partition", true, Rc::new(named)));
    true
}

/// Whether each integer of the whole lies in a piece.
fn covered(engine: &mut Engine, whole: &[TermId], pieces: &[Range], parts: &[Vec<TermId>]) -> bool {
    // Each piece begins behind the one before: an integer lies behind or it does not.
    let consecutive = pieces
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if distance(engine, b.from, a.to) == Some(1)));
    if consecutive {
        return parts.iter().enumerate().all(|(place, part)| {
            let mut facts = whole.to_vec();
            if place > 0 {
                facts.push(part[1]);
            }
            if place + 1 < parts.len() {
                facts.push(part[2]);
            }
            engine.under(&facts, |engine| {
                part.iter().all(|fact| engine.holds(*fact).is_some())
            })
        });
    }
    let cases: Vec<TermId> = parts
        .iter()
        .map(|part| engine.store.add_node(Node::And(part[1..].into())))
        .collect();
    let either = engine.store.add_node(Node::Or(cases.into()));
    engine.under(whole, |engine| engine.holds(either).is_some())
}

/// Whether the one ends before the other begins.
fn separated(engine: &mut Engine, one: &[TermId], other: &[TermId]) -> bool {
    let ends = |engine: &Engine, facts: &[TermId]| {
        let side = |place: usize, first: bool| match engine.store.node(*facts.get(place)?) {
            Node::Relation(_, a, b) => Some(if first { *a } else { *b }),
            _ => None,
        };
        Some((side(1, true)?, side(2, false)?))
    };
    let (Some((a, b)), Some((c, d))) = (ends(engine, one), ends(engine, other)) else {
        return false;
    };
    [(b, c), (d, a)].into_iter().any(|(end, begin)| {
        let statement = engine.store.relation(Relation::Less, end, begin);
        engine.holds(statement).is_some()
    })
}
