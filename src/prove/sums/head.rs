//! One step at the head of a sum: written out, split, constants out, closed forms, one name for the
//! same sum, one order for nested sums.

use super::anchor::{anchor, endless};
use super::closed::powers;
use super::guard::guard;
use super::nest::nest;
use super::range::Range;
use super::written_out::written_out;
use crate::prove::engine::Engine;
use crate::prove::line::Line;
use crate::term::{Function, Node, TermId};

/// One step at the sum at the line's end; whether there was one.
pub fn sum(engine: &mut Engine, line: &mut Line) -> bool {
    let Some(range) = Range::open(engine.store, line.to) else {
        return false;
    };
    if range.is_infinite(engine.store) {
        return range.is_plain(engine.store) && endless(engine, line, &range);
    }
    if !range.is_plain(engine.store) {
        return guard(engine, line);
    }
    let rules = ["sums.sum-of-one-term", "sums.empty", "sums.last-term"];
    if let Some(done) = written_out(engine, line, &range, rules) {
        return done;
    }
    let (k, a, b) = (("k", range.k), ("a", range.from), ("b", range.to));
    let Some(body) = engine.normal(range.body) else {
        return false;
    };
    if !engine.store.mentions(body, range.symbol) {
        let terms = [("c", body), k, a, b];
        return engine.by_rule(line, "sums.sum-of-constant", &terms)
            || engine.by_rule(line, "sums.sum-of-constant-of-any-range", &terms);
    }
    match engine.store.node(body).clone() {
        Node::Add(parts) => {
            let rest = engine.store.add(&parts[1..]);
            let terms = [("f", parts[0]), ("g", rest), k, a, b];
            return engine.by_rule(line, "sums.sum-of-sum", &terms);
        }
        Node::Mul(factors) => {
            let (moving, still): (Vec<TermId>, Vec<TermId>) = factors
                .iter()
                .partition(|f| engine.store.mentions(**f, range.symbol));
            if !still.is_empty() {
                let c = engine.store.mul(&still);
                let f = engine.store.mul(&moving);
                let terms = [("c", c), ("f", f), k, a, b];
                return engine.by_rule(line, "sums.constant-factor", &terms)
                    || engine.by_rule(line, "sums.constant-factor-of-any-range", &terms);
            }
            if powers_apart(engine, line, &range, &factors) {
                return true;
            }
        }
        Node::Pow(..) if powers_apart(engine, line, &range, &[body]) => return true,
        _ => {}
    }
    delta(engine, line, &range, body)
        || powers(engine, line)
        || anchor(engine, line)
        || nest(engine, line)
}

/// Σ e^(u + v) = e^v Σ e^u where v does not depend on the index.
fn powers_apart(engine: &mut Engine, line: &mut Line, range: &Range, factors: &[TermId]) -> bool {
    let (mut still, mut moving) = (Vec::new(), Vec::new());
    for factor in factors {
        let split = match *engine.store.node(*factor) {
            Node::Pow(base, exponent) if !engine.store.mentions(base, range.symbol) => {
                match engine.store.node(exponent).clone() {
                    Node::Add(parts) => {
                        let (with, without): (Vec<TermId>, Vec<TermId>) = parts
                            .iter()
                            .partition(|part| engine.store.mentions(**part, range.symbol));
                        (!without.is_empty()).then_some((base, with, without))
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        let Some((base, with, without)) = split else {
            moving.push(*factor);
            continue;
        };
        let store = &mut *engine.store;
        let (with, without) = (store.add(&with), store.add(&without));
        moving.push(store.pow(base, with));
        still.push(store.pow(base, without));
    }
    if still.is_empty() {
        return false;
    }
    let c = engine.store.mul(&still);
    let f = engine.store.mul(&moving);
    let terms = [
        ("c", c),
        ("f", f),
        ("k", range.k),
        ("a", range.from),
        ("b", range.to),
    ];
    engine.by_rule(line, "sums.constant-factor", &terms)
        || engine.by_rule(line, "sums.constant-factor-of-any-range", &terms)
}

/// Σ δ(k, i) f(k) = f(i) for an i in the range.
fn delta(engine: &mut Engine, line: &mut Line, range: &Range, body: TermId) -> bool {
    let factors = match engine.store.node(body) {
        Node::Mul(factors) => factors.to_vec(),
        _ => vec![body],
    };
    for (place, factor) in factors.iter().enumerate() {
        let Node::Function(Function::KroneckerDelta, arguments) =
            engine.store.node(*factor).clone()
        else {
            continue;
        };
        let [i, j] = arguments.as_ref() else {
            continue;
        };
        let other = if *i == range.k {
            *j
        } else if *j == range.k {
            *i
        } else {
            continue;
        };
        let mut rest = factors.clone();
        rest.remove(place);
        let f = engine.store.mul(&rest);
        let mut longer = line.clone();
        if *i != range.k {
            let turned = super::range::within(engine, &mut longer, range, |engine| {
                let mut inner = Line::start(range.body);
                let spelled = engine.store.mul(&[*factor, f]);
                inner.push(spelled, crate::prove::line::Why::Ring);
                let mut table = rustc_hash::FxHashMap::default();
                let mut turn = Line::start(*factor);
                if !engine.by_rule(
                    &mut turn,
                    "sums.delta-is-symmetric",
                    &[("i", *i), ("j", *j)],
                ) {
                    return None;
                }
                table.insert(*factor, turn);
                let more = crate::prove::congruence::congruence(engine.store, spelled, &table, 2);
                inner.append(&more);
                Some(inner)
            });
            if !turned {
                continue;
            }
        }
        let terms = [
            ("k", range.k),
            ("i", other),
            ("f", f),
            ("a", range.from),
            ("b", range.to),
        ];
        if engine.by_rule(&mut longer, "sums.delta", &terms) {
            *line = longer;
            return true;
        }
    }
    false
}
