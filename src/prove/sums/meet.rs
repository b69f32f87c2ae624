//! Sums of one body over ranges that differ: terms are taken off, and ranges are cut at each
//! other's ends, until the ranges are the same.

use rustc_hash::FxHashMap;

use super::defined::{is_defined, outermost};
use super::partition::partition;
use super::range::{Range, at_most, distance, plus};
use super::solve::solve_for;
use crate::prove::congruence::congruence;
use crate::prove::engine::Engine;
use crate::prove::line::Line;
use crate::term::TermId;
use crate::theory::power_series::is_endless;

/// How many terms are taken off.
const FURTHEST: i64 = 12;
const ROUNDS: u32 = 16;

/// Goes on along both lines; whether anything changed.
pub fn meet(engine: &mut Engine, left: &mut Line, right: &mut Line) -> bool {
    let mut changed = false;
    for _ in 0..ROUNDS {
        let Some((sum, step)) = step(engine, left.to, right.to) else {
            break;
        };
        let mut table = FxHashMap::default();
        table.insert(sum, step);
        for line in [&mut *left, &mut *right] {
            let more = congruence(engine.store, line.to, &table, 64);
            line.append(&more);
        }
        changed = true;
    }
    changed
}

/// A sum of the two terms, and the line on which it goes towards another one.
fn step(engine: &mut Engine, a: TermId, b: TermId) -> Option<(TermId, Line)> {
    let mut sums = outermost(engine.store, a);
    sums.extend(outermost(engine.store, b));
    sums.sort_unstable();
    sums.dedup();
    sums.truncate(12);
    let mut ranges: Vec<(TermId, Range)> = Vec::new();
    for sum in sums {
        let Some(range) = Range::open(engine.store, sum) else {
            continue;
        };
        let endless = !range.product && is_endless(engine.store, range.to);
        if range.is_plain(engine.store) && (endless || !range.is_infinite(engine.store)) {
            ranges.push((sum, range));
        }
    }
    for (first, one) in &ranges {
        for (second, other) in &ranges {
            let endless = [one, other].map(|range| is_endless(engine.store, range.to));
            if first == second || one.product != other.product || endless[0] != endless[1] {
                continue;
            }
            let same = other.at(engine.store, one.k);
            if same != one.body && !engine.ring(same, one.body) {
                continue;
            }
            if let Some(line) = towards(engine, *first, one, other) {
                return Some((*first, line));
            }
        }
    }
    None
}

/// One step from a sum to one over the range of another.
fn towards(engine: &mut Engine, sum: TermId, one: &Range, other: &Range) -> Option<Line> {
    let mut line = Line::start(sum);
    let (a, b) = (("a", one.from), ("b", one.to));
    let fk = [("f", one.body), ("k", one.k)];
    let truth = one.condition;
    let first = distance(engine, other.from, one.from);
    if is_endless(engine.store, one.to) {
        let begins_later = first.is_some_and(|d| (1..=FURTHEST).contains(&d));
        let terms = [fk[0], fk[1], a];
        return (begins_later && engine.by_rule(&mut line, "sums.first-term-of-series", &terms))
            .then_some(line);
    }
    let last = distance(engine, one.to, other.to);
    if last.is_some_and(|d| (1..=FURTHEST).contains(&d)) {
        let less = plus(engine, one.to, -1);
        let name = if one.product {
            "sums.last-factor"
        } else {
            "sums.last-term"
        };
        if engine.by_rule(&mut line, name, &[fk[0], fk[1], a, ("b", less)]) {
            return Some(line);
        }
    }
    if first.is_some_and(|d| (1..=FURTHEST).contains(&d)) {
        // The other begins later.
        let name = if one.product {
            "sums.first-factor"
        } else {
            "sums.first-term"
        };
        if engine.by_rule(&mut line, name, &[fk[0], fk[1], a, b]) {
            return Some(line);
        }
    }
    if !one.product && first.is_some_and(|d| (-FURTHEST..=-1).contains(&d)) {
        // The other begins earlier: this one is longer by a term, less that term.
        let begin = plus(engine, one.from, -1);
        let there = one.at(engine.store, begin);
        if is_defined(engine, there) {
            let wide = one.over(engine.store, begin, one.to);
            let mut whole = Line::start(wide);
            let terms = [fk[0], fk[1], ("a", begin), b];
            if engine.by_rule(&mut whole, "sums.first-term", &terms)
                && solve_for(engine, &mut line, 1, &whole)
            {
                return Some(line);
            }
        }
    }
    // Ranges that begin (or end) together, or meet, are cut.
    let cut_at = [plus(engine, other.to, 1), other.from];
    for begin in cut_at {
        if distance(engine, begin, one.from).is_some_and(|d| d <= 0) {
            continue;
        }
        let end = plus(engine, begin, -1);
        if distance(engine, end, one.to).is_some_and(|d| d >= 0) {
            continue;
        }
        if !at_most(engine, one.from, begin) || !at_most(engine, end, one.to) {
            continue;
        }
        let pieces = [(one.from, end, truth), (begin, one.to, truth)];
        if partition(engine, &mut line, one, &pieces) {
            return Some(line);
        }
    }
    None
}
