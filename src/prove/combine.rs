//! Equality by a linear combination of hypotheses: a − b is Σ c (x − y) over equations x = y among
//! them, once all of these terms are brought to the basis.

use super::canonical::Canonical;
use super::congruence::with_parts;
use super::engine::Engine;
use super::line::{Line, Why};
use crate::number::Rational;
use crate::term::{Node, Store, TermId};
use crate::theory::field::combination;

/// Most equations that are looked at.
const EQUATIONS: usize = 12;

/// An equation with the lines of its sides to the basis.
struct Equation {
    number: usize,
    left: Line,
    right: Line,
}

/// A line from a to b, where both are defined, by the equations among the hypotheses.
pub fn equality(engine: &mut Engine, hypotheses: &[TermId], a: TermId, b: TermId) -> Option<Line> {
    let mut known = Vec::new();
    for (number, hypothesis) in hypotheses.iter().enumerate() {
        if let Node::Relation(crate::term::Relation::Equal, x, y) = *engine.store.node(*hypothesis)
            && known.len() < EQUATIONS
        {
            known.push((number, x, y));
        }
    }
    if known.is_empty() {
        return None;
    }
    let mut canonical = Canonical::new(engine);
    let (left, right) = (canonical.of(a), canonical.of(b));
    let lines: Vec<(usize, Line, Line)> = known
        .into_iter()
        .map(|(number, x, y)| (number, canonical.of(x), canonical.of(y)))
        .collect();
    let mut difference = |left: &Line, right: &Line| {
        let difference = engine.store.sub(left.to, right.to);
        engine.field.parts(engine.store, difference)
    };
    let wanted = difference(&left, &right)?;
    let (mut equations, mut rows) = (Vec::new(), Vec::new());
    for (number, left, right) in lines {
        if let Some(parts) = difference(&left, &right) {
            equations.push(Equation {
                number,
                left,
                right,
            });
            rows.push(parts);
        }
    }
    let (weights, _) = combination(&wanted, &rows)?;
    written(engine, a, &right, &left, &equations, &weights)
}

/// a = Σ c x + (a − Σ c x) = Σ c y + (a − Σ c x) = b.
fn written(
    engine: &mut Engine,
    a: TermId,
    right: &Line,
    left: &Line,
    equations: &[Equation],
    weights: &[Rational],
) -> Option<Line> {
    let store = &mut *engine.store;
    let (mut before, mut onward, mut back) = (Vec::new(), Vec::new(), Vec::new());
    for (equation, weight) in equations.iter().zip(weights) {
        if weight.is_zero() {
            continue;
        }
        let (x, y) = (equation.left.from, equation.right.from);
        let mut swap = Line::start(x);
        swap.push(y, Why::Hypothesis(equation.number, true));
        swap.append(&equation.right);
        let swap = scaled(store, weight, &swap);
        before.push(swap.from);
        onward.push(swap);
        back.push(scaled(store, &weight.neg(), &equation.left));
    }
    let own = scaled(store, &Rational::one(), left);
    let starts: Vec<TermId> = before
        .into_iter()
        .chain([own.from])
        .chain(back.iter().map(|line| line.from))
        .collect();
    let spelled = store.add_node(Node::Add(starts.into()));
    let parts: Vec<(u32, Line)> = onward
        .into_iter()
        .chain([own])
        .chain(back)
        .enumerate()
        .filter(|(_, line)| !line.is_still())
        .map(|(place, line)| (u32::try_from(place).unwrap_or(u32::MAX), line))
        .collect();
    let inner = with_parts(store, spelled, parts);
    let mut line = Line::start(a);
    line.push(spelled, Why::Ring);
    line.append(&inner);
    if !engine.ring(line.to, right.to) {
        return None;
    }
    line.push(right.to, Why::Ring);
    line.append(&right.reversed());
    Some(line)
}

/// The line of c times a term. A sum or product is held together by the exponent 1.
fn scaled(store: &mut Store, weight: &Rational, line: &Line) -> Line {
    let one = store.integer(1);
    let loose =
        |store: &Store, term: TermId| matches!(store.node(term), Node::Add(_) | Node::Mul(_));
    let stops = line.steps().iter().map(|step| step.after);
    let held = stops.chain([line.from]).any(|term| loose(store, term));
    let mut line = line.clone();
    if held {
        let power = store.add_node(Node::Pow(line.from, one));
        line = part(store, power, 0, line);
    }
    if weight.is_one() {
        return line;
    }
    let c = store.number(weight.clone());
    let product = store.add_node(Node::Mul([c, line.from].into()));
    part(store, product, 1, line)
}

fn part(store: &mut Store, whole: TermId, place: u32, line: Line) -> Line {
    let parts = if line.is_still() {
        Vec::new()
    } else {
        vec![(place, line)]
    };
    with_parts(store, whole, parts)
}
