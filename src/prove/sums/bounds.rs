//! Inequalities term by term: Σ f ≥ 0 where each f is, Σ f ≤ Σ g where each f ≤ g, and
//! |Σ f| ≤ Σ g where each |f| ≤ g; likewise with < where there is a term.

use super::defined::{is_defined, outermost};
use super::means;
use super::range::Range;
use crate::prove::canonical::Canonical;
use crate::prove::engine::Engine;
use crate::term::{Function, Proof, Relation, Store, TermId};
use crate::theory::facts::Facts;
use crate::theory::order;

/// How many sums are compared.
const MOST: usize = 6;

/// A proof of an inequality from what holds of its sums term by term.
pub fn termwise(store: &mut Store, facts: &Facts, claim: TermId) -> Option<Proof> {
    let mut engine = Engine::new(store, facts.clone(), 80);
    let mut known = Known::default();
    let mut ranges = opened(engine.store, outermost(engine.store, claim))?;
    if ranges.is_empty() {
        return None;
    }
    means::with_bounds(engine.store, &facts.statements, &mut ranges, claim);
    spread(&mut engine, &mut known, &mut ranges)?;
    by_signs(&mut engine, &mut known, &ranges, claim);
    let plain = known.facts.len();
    means::cauchy_schwarz(&mut engine, &mut known, &ranges);
    means::by_count(&mut engine, &mut known, &ranges, claim);
    if known.facts.is_empty() {
        return None;
    }
    // With what is seen term by term alone first.
    let mut tried = None;
    if plain > 0 {
        tried = order::decide(engine.store, &facts.with(&known.facts[..plain]), claim);
        if tried.is_some() {
            known.facts.truncate(plain);
        }
    }
    let decided = match tried {
        Some(proof) => proof,
        None if known.facts.len() > plain => {
            order::decide(engine.store, &facts.with(&known.facts), claim)?
        }
        None => return None,
    };
    known.lines.push(decided);
    Some(Proof::Decision {
        theory: "sums",
        method: "termwise",
        statement: claim,
        uses: known.lines,
        witness: known.facts,
    })
}

/// What was found of the sums: statements, and the lines of those that are equations.
#[derive(Default)]
pub(super) struct Known {
    pub(super) facts: Vec<TermId>,
    pub(super) lines: Vec<Proof>,
}

fn opened(store: &mut Store, sums: Vec<TermId>) -> Option<Vec<(TermId, Range)>> {
    let mut ranges = Vec::new();
    for sum in sums.into_iter().take(MOST) {
        let range = Range::open(store, sum)?;
        if !range.product && !range.is_infinite(store) {
            ranges.push((sum, range));
        }
    }
    Some(ranges)
}

/// Sums of sums are taken apart: equations by which the parts are spoken of.
fn spread(engine: &mut Engine, known: &mut Known, ranges: &mut Vec<(TermId, Range)>) -> Option<()> {
    let sums: Vec<TermId> = ranges.iter().map(|(sum, _)| *sum).collect();
    let mut lines = Vec::new();
    for sum in sums {
        let line = Canonical::new(engine).of(sum);
        if line.is_still() || !is_defined(engine, sum) {
            continue;
        }
        let more = outermost(engine.store, line.to);
        if more.len() > MOST || more == [sum] {
            continue;
        }
        for (inner, range) in opened(engine.store, more)? {
            if !ranges.iter().any(|(sum, _)| *sum == inner) {
                ranges.push((inner, range));
            }
        }
        lines.push((sum, line));
    }
    for (sum, line) in lines {
        let Some(proof) = line.proof(engine.store) else {
            continue;
        };
        let fact = engine.store.relation(Relation::Equal, sum, line.to);
        known.facts.push(fact);
        known.lines.push(proof);
    }
    Some(())
}

/// 0 ≤ Σ f, Σ f ≤ Σ g, |Σ f| ≤ Σ g.
fn by_signs(engine: &mut Engine, known: &mut Known, ranges: &[(TermId, Range)], claim: TermId) {
    let zero = engine.store.integer(0);
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
            if engine.under(&within, |engine| engine.holds(each).is_some()) {
                let fact = engine.store.relation(relation, small[1], large[1]);
                known.facts.push(fact);
                return;
            }
        }
    };
    for (sum, range) in ranges {
        learn(engine, range, [zero, zero], [range.body, *sum]);
        learn(engine, range, [range.body, *sum], [zero, zero]);
    }
    for (first, one) in ranges {
        let absolute = |engine: &mut Engine, t: TermId| engine.store.function(Function::Abs, &[t]);
        let size = [absolute(engine, one.body), absolute(engine, *first)];
        let stands = holds(engine.store, claim, size[1]);
        for (second, other) in ranges {
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
}

fn holds(store: &Store, term: TermId, part: TermId) -> bool {
    let mut found = term == part;
    store
        .node(term)
        .for_each_child(|child| found = found || holds(store, child, part));
    found
}
