//! The same points by other indices, or in another order: `sums.reindex`.

use super::range::Range;
use crate::prove::engine::Engine;
use crate::prove::line::{Line, Named, Why};
use crate::term::{Node, Relation, Symbol, TermId};
use std::rc::Rc;

/// Ranges around a body, the outermost first.
#[derive(Clone, Debug)]
pub struct Nest {
    /// Products instead of sums.
    pub product: bool,
    /// The ranges: the bodies in them do not count.
    pub ranges: Vec<Range>,
    /// The body.
    pub body: TermId,
}

impl Nest {
    /// Opens so many sums that stand directly in each other.
    pub fn open(engine: &mut Engine, term: TermId, depth: usize) -> Option<Nest> {
        let mut ranges: Vec<Range> = Vec::new();
        let mut body = term;
        for _ in 0..depth {
            let range = Range::open(engine.store, body)?;
            if range.is_infinite(engine.store)
                || ranges.first().is_some_and(|r| r.product != range.product)
            {
                return None;
            }
            body = range.body;
            ranges.push(range);
        }
        Some(Nest {
            product: ranges.first()?.product,
            ranges,
            body,
        })
    }

    /// The term again.
    pub fn close(&self, engine: &mut Engine) -> TermId {
        self.ranges.iter().rev().fold(self.body, |body, range| {
            Range { body, ..*range }.close(engine.store)
        })
    }

    /// What is known within.
    fn facts(&self, engine: &mut Engine) -> Vec<TermId> {
        let ranges = self.ranges.clone();
        ranges
            .iter()
            .flat_map(|range| range.facts(engine.store))
            .collect()
    }

    /// Whether all bounds are integers.
    fn bounds_are_integers(&self, engine: &mut Engine) -> bool {
        let facts = self.facts(engine);
        let ranges = self.ranges.clone();
        engine.under(&facts, |engine| {
            ranges
                .iter()
                .all(|r| engine.is_integer(r.from) && engine.is_integer(r.to))
        })
    }

    /// Whether these terms for the names lie in the ranges.
    fn holds_at(&self, engine: &mut Engine, places: &[TermId]) -> bool {
        let map: Vec<(Symbol, TermId)> = self
            .ranges
            .iter()
            .map(|r| r.symbol)
            .zip(places.iter().copied())
            .collect();
        let integers = engine.store.add_node(Node::Integers);
        for (range, place) in self.ranges.clone().iter().zip(places) {
            let mut statements = vec![
                engine.store.add_node(Node::Element(*place, integers)),
                engine
                    .store
                    .relation(Relation::LessEqual, range.from, *place),
                engine.store.relation(Relation::LessEqual, *place, range.to),
            ];
            if !range.is_plain(engine.store) {
                statements.push(range.condition);
            }
            for statement in statements {
                let there = put(engine, statement, &map);
                if engine.holds(there).is_none() {
                    return false;
                }
            }
        }
        true
    }
}

/// A term with terms for symbols that do not stand in them.
fn put(engine: &mut Engine, term: TermId, map: &[(Symbol, TermId)]) -> TermId {
    map.iter().fold(term, |term, (symbol, by)| {
        engine.store.substitute(term, *symbol, *by)
    })
}

/// Goes on from a nest of sums to one over the same points, where `old` are the old names in terms
/// of the new ones, and `new` the new in terms of the old. The new body is the old one with `old`
/// for its names.
pub fn reindex(
    engine: &mut Engine,
    line: &mut Line,
    before: &Nest,
    ranges: Vec<Range>,
    old: &[TermId],
    new: &[TermId],
) -> bool {
    let map: Vec<(Symbol, TermId)> = before
        .ranges
        .iter()
        .map(|r| r.symbol)
        .zip(old.iter().copied())
        .collect();
    let body = put(engine, before.body, &map);
    let after = Nest {
        product: before.product,
        ranges,
        body,
    };
    if !before.bounds_are_integers(engine) || !after.bounds_are_integers(engine) {
        return false;
    }
    let forth = before.facts(engine);
    if !engine.under(&forth, |engine| after.holds_at(engine, new)) {
        return false;
    }
    let back = after.facts(engine);
    if !engine.under(&back, |engine| before.holds_at(engine, old)) {
        return false;
    }
    let mut substitution = Vec::new();
    for (number, range) in before.ranges.iter().enumerate() {
        substitution.push((format!("i{number}"), range.k));
    }
    for (number, range) in after.ranges.iter().enumerate() {
        substitution.push((format!("j{number}"), range.k));
    }
    for (number, term) in old.iter().enumerate() {
        substitution.push((format!("u{number}"), *term));
    }
    for (number, term) in new.iter().enumerate() {
        substitution.push((format!("v{number}"), *term));
    }
    let to = after.close(engine);
    if to == line.to {
        return false;
    }
    let named = Named {
        substitution,
        conditions: Vec::new(),
    };
    line.push(to, Why::Named("sums.reindex", true, Rc::new(named)));
    true
}

/// A fresh name over a range.
pub fn fresh(engine: &mut Engine, from: TermId, to: TermId, product: bool) -> Range {
    let symbol = engine.store.fresh_symbol("b");
    let k = engine.store.add_node(Node::Symbol(symbol));
    let condition = engine.store.add_node(Node::Truth(true));
    Range {
        product,
        symbol,
        k,
        body: k,
        from,
        to,
        condition,
    }
}
