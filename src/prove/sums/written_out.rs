//! Sums and products that are written out: of one term, of none, of a few from number to number.

use super::range::{Range, plus};
use crate::prove::engine::Engine;
use crate::prove::line::Line;
use crate::term::Node;

/// How many terms of a sum or product with numbers as bounds are written out.
const LONGEST: i64 = 40;

/// One step by the rule for one term, for none, or for the last one; `None` where the range is of
/// another kind, else whether the rule could be used.
pub(super) fn written_out(
    engine: &mut Engine,
    line: &mut Line,
    range: &Range,
    [one, none, last]: [&str; 3],
) -> Option<bool> {
    let (k, a, b) = (("k", range.k), ("a", range.from), ("b", range.to));
    let f = ("f", range.body);
    if range.from == range.to || engine.ring(range.from, range.to) {
        return Some(engine.by_rule(line, one, &[f, k, a]));
    }
    let (Node::Number(low), Node::Number(high)) =
        (engine.store.node(range.from), engine.store.node(range.to))
    else {
        return None;
    };
    let distance = high.sub(low);
    if distance.signum() < 0 {
        return Some(engine.by_rule(line, none, &[f, k, a, b]));
    }
    if distance.to_i64().is_some_and(|d| d <= LONGEST) {
        let less = plus(engine, range.to, -1);
        return Some(engine.by_rule(line, last, &[f, k, a, ("b", less)]));
    }
    None
}
