//! A part of a whole is the whole without the rest.

use super::defined::is_defined;
use crate::number::Rational;
use crate::prove::congruence::with_parts;
use crate::prove::engine::Engine;
use crate::prove::line::{Line, Why};
use crate::term::TermId;

/// Goes on from a term t, where a line leads from a whole w to e that holds c times t: t is
/// w/c − e/c + t, in which t falls out. The whole must be defined.
pub fn solve_for(engine: &mut Engine, line: &mut Line, count: i64, whole: &Line) -> bool {
    let term = line.to;
    if !is_defined(engine, whole.from) {
        return false;
    }
    let Some(share) = Rational::new(1, count) else {
        return false;
    };
    let store = &mut *engine.store;
    let negative = store.number(share.neg());
    let share = store.number(share);
    let product =
        |engine: &mut Engine, by: TermId, w: TermId| -> TermId { engine.store.mul(&[by, w]) };
    let first = product(engine, share, whole.from);
    let second = product(engine, negative, whole.from);
    let spelled = engine.store.add(&[first, second, term]);
    let mut longer = line.clone();
    longer.push(spelled, Why::Ring);
    let inner = with_parts(engine.store, second, vec![(1, whole.clone())]);
    let middle = with_parts(engine.store, spelled, vec![(1, inner)]);
    longer.append(&middle);
    let Some(normal) = engine.normal(longer.to) else {
        return false;
    };
    longer.push(normal, Why::Ring);
    if longer.to == term || holds(engine, longer.to, term) {
        return false;
    }
    *line = longer;
    true
}

/// Whether a part stands in a term, outside of binders.
fn holds(engine: &Engine, term: TermId, part: TermId) -> bool {
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if next == part {
            return true;
        }
        let node = engine.store.node(next);
        if node.binds().is_none() {
            node.for_each_child(|child| stack.push(child));
        }
    }
    false
}
