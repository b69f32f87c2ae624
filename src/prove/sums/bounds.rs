//! Inequalities term by term: Σ f ≥ 0 where each f is, Σ f ≤ Σ g where each f ≤ g, and
//! |Σ f| ≤ Σ g where each |f| ≤ g; likewise with < where there is a term.

use super::defined::outermost;
use super::range::Range;
use crate::prove::engine::Engine;
use crate::term::{Function, Proof, Relation, Store, TermId};
use crate::theory::facts::Facts;
use crate::theory::order;

/// How many sums are compared.
const MOST: usize = 6;

/// A proof of an inequality from what holds of its sums term by term.
pub fn termwise(store: &mut Store, facts: &Facts, claim: TermId) -> Option<Proof> {
    let mut ranges: Vec<(TermId, Range)> = Vec::new();
    for sum in outermost(store, claim).into_iter().take(MOST) {
        let range = Range::open(store, sum)?;
        if !range.product && !range.is_infinite(store) {
            ranges.push((sum, range));
        }
    }
    if ranges.is_empty() {
        return None;
    }
    let mut engine = Engine::new(store, facts.clone(), 60);
    let engine = &mut engine;
    let zero = engine.store.integer(0);
    let (mut found, mut uses) = (Vec::new(), Vec::new());
    let mut learn = |engine: &mut Engine, range: &Range, small: [TermId; 2], large: [TermId; 2]| {
        if !engine.is_integer(range.from) || !engine.is_integer(range.to) {
            return;
        }
        let within = range.facts(engine.store);
        let some = range.is_plain(engine.store) && {
            let some = engine
                .store
                .relation(Relation::LessEqual, range.from, range.to);
            engine.holds(some).is_some()
        };
        let strict = some.then_some(Relation::Less);
        for relation in strict.into_iter().chain([Relation::LessEqual]) {
            let each = engine.store.relation(relation, small[0], large[0]);
            if let Some(proof) = engine.under(&within, |engine| engine.holds(each)) {
                uses.push(proof);
                let fact = engine.store.relation(relation, small[1], large[1]);
                found.push(fact);
                return;
            }
        }
    };
    for (sum, range) in &ranges {
        learn(engine, range, [zero, zero], [range.body, *sum]);
        learn(engine, range, [range.body, *sum], [zero, zero]);
    }
    for (first, one) in &ranges {
        let absolute = |engine: &mut Engine, t: TermId| engine.store.function(Function::Abs, &[t]);
        let size = [absolute(engine, one.body), absolute(engine, *first)];
        let stands = holds(engine.store, claim, size[1]);
        for (second, other) in &ranges {
            let same = (one.from, one.to) == (other.from, other.to)
                && one.is_plain(engine.store)
                && other.is_plain(engine.store);
            if first == second || !same {
                continue;
            }
            let body = other.at(engine.store, one.k);
            learn(engine, one, [one.body, *first], [body, *second]);
            if stands {
                learn(engine, one, size, [body, *second]);
            }
        }
    }
    if found.is_empty() {
        return None;
    }
    let facts = facts.with(&found);
    uses.push(order::decide(engine.store, &facts, claim)?);
    Some(Proof::Decision {
        theory: "sums",
        method: "termwise",
        statement: claim,
        uses,
        witness: found,
    })
}

fn holds(store: &Store, term: TermId, part: TermId) -> bool {
    let mut found = term == part;
    store
        .node(term)
        .for_each_child(|child| found = found || holds(store, child, part));
    found
}
