//! Equality of two terms: the normal form, directed rewriting, the theorem of Pythagoras.

use rustc_hash::FxHashMap;

use super::angles::Angles;
use super::canonical::Canonical;
use super::congruence::{congruence, with_parts};
use super::engine::Engine;
use super::factorials::over_the_smallest;
use super::line::{Line, Why};
use super::sums::meet;
use crate::term::{Function, Node, Relation, TermId};

/// A line from a to b, where both are defined.
pub fn equality(engine: &mut Engine, a: TermId, b: TermId) -> Option<Line> {
    let mut line = Line::start(a);
    if a == b {
        return Some(line);
    }
    if engine.ring(a, b) {
        line.push(b, Why::Ring);
        return Some(line);
    }
    let mut canonical = Canonical::new(engine);
    let mut left = canonical.of(a);
    let mut right = canonical.of(b);
    if let Some(line) = join(engine, &left, &right) {
        return Some(line);
    }
    if meet(engine, &mut left, &mut right) {
        if let Some(line) = join(engine, &left, &right) {
            return Some(line);
        }
        for line in [&mut left, &mut right] {
            let more = Canonical::new(engine).of(line.to);
            line.append(&more);
        }
        if let Some(line) = join(engine, &left, &right) {
            return Some(line);
        }
    }
    if over_the_smallest(engine, &mut left, &mut right)
        && let Some(line) = join(engine, &left, &right)
    {
        return Some(line);
    }
    if let Some(mut angles) = Angles::of(engine.store, &[left.to, right.to]) {
        let more = angles.expand(engine, left.to);
        left.append(&more);
        let more = angles.expand(engine, right.to);
        right.append(&more);
        if let Some(line) = join(engine, &left, &right) {
            return Some(line);
        }
    }
    squared(engine, &left, &right)
}

/// The same, after hypotheses that give the value of a symbol, member or unknown function's value
/// are used: in each equation the atom that stands alone on a side is replaced by the other side,
/// outside the scope of binders.
pub fn equality_with(
    engine: &mut Engine,
    hypotheses: &[TermId],
    a: TermId,
    b: TermId,
) -> Option<Line> {
    let (mut left, mut right) = (Line::start(a), Line::start(b));
    let mut used = rustc_hash::FxHashSet::default();
    // Each equation once, until nothing changes: what is put in may hold an atom of another.
    for _ in 0..4 {
        let mut changed = false;
        for (number, hypothesis) in hypotheses.iter().enumerate() {
            let Node::Relation(Relation::Equal, x, y) = *engine.store.node(*hypothesis) else {
                continue;
            };
            let Some((atom, value, forward)) = replacement(engine, x, y) else {
                continue;
            };
            if used.contains(&number) {
                continue;
            }
            let mut inner = Line::start(atom);
            inner.push(value, Why::Hypothesis(number, forward));
            let mut table = FxHashMap::default();
            table.insert(atom, inner);
            for line in [&mut left, &mut right] {
                let more = congruence(engine.store, line.to, &table, 64);
                if !more.is_still() {
                    line.append(&more);
                    changed = true;
                    used.insert(number);
                }
            }
        }
        if !changed {
            break;
        }
    }
    if used.is_empty() {
        return None;
    }
    let between = equality(engine, left.to, right.to)?;
    left.append(&between);
    left.append(&right.reversed());
    Some(left)
}

/// The atom of an equation, what it is equal to, and whether it stands on the left.
fn replacement(engine: &Engine, x: TermId, y: TermId) -> Option<(TermId, TermId, bool)> {
    let atom = |t: TermId| {
        matches!(
            engine.store.node(t),
            Node::Symbol(_) | Node::Member(..) | Node::Call(..)
        )
    };
    let holds = |whole: TermId, part: TermId| {
        let mut stack = vec![whole];
        while let Some(next) = stack.pop() {
            if next == part {
                return true;
            }
            engine.store.node(next).for_each_child(|c| stack.push(c));
        }
        false
    };
    if atom(x) && !holds(y, x) {
        Some((x, y, true))
    } else if atom(y) && !holds(x, y) {
        Some((y, x, false))
    } else {
        None
    }
}

/// One line of two that end in equal terms.
fn join(engine: &mut Engine, left: &Line, right: &Line) -> Option<Line> {
    if !engine.ring(left.to, right.to) {
        return None;
    }
    let mut line = left.clone();
    line.push(right.to, Why::Ring);
    line.append(&right.reversed());
    Some(line)
}

/// Squares of sines become 1 − cos², squares of |u| become u²: the difference of the two sides, multiplied out, vanishes.
fn squared(engine: &mut Engine, left: &Line, right: &Line) -> Option<Line> {
    let difference = engine.store.sub(left.to, right.to);
    let expanded = engine.normal(difference)?;
    // left = right + (left − right) = right + expanded = right + reduced = right
    let mut line = left.clone();
    let sum = engine.store.add(&[right.to, expanded]);
    line.push(sum, Why::Ring);
    let count = |engine: &Engine, term: TermId| match engine.store.node(term) {
        Node::Add(parts) => parts.to_vec(),
        _ => vec![term],
    };
    let offset = count(engine, right.to).len();
    let mut parts = Vec::new();
    for (place, part) in count(engine, expanded).into_iter().enumerate() {
        let reduced = squares(engine, part);
        if !reduced.is_still() {
            parts.push((u32::try_from(offset + place).ok()?, reduced));
        }
    }
    if parts.is_empty() {
        return None;
    }
    let reduced = with_parts(engine.store, sum, parts);
    line.append(&reduced);
    if !engine.ring(line.to, right.to) {
        return None;
    }
    line.push(right.to, Why::Ring);
    line.append(&right.reversed());
    Some(line)
}

/// Replaces sin(u)^k, k ≥ 2, everywhere outside arguments of functions.
fn squares(engine: &mut Engine, term: TermId) -> Line {
    let mut table = FxHashMap::default();
    let mut stack = vec![term];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = engine.store.node(next).clone();
        match &node {
            Node::Function(..) => {}
            Node::Pow(base, exponent) => {
                let count = match engine.store.node(*exponent) {
                    Node::Number(n) => n.to_i64(),
                    _ => None,
                };
                let (index, inner) = match engine.store.node(*base) {
                    Node::Function(Function::Root, xs) => match engine.store.node(xs[0]) {
                        Node::Number(n) => (n.to_i64().unwrap_or(1), xs[1]),
                        _ => (1, *base),
                    },
                    _ => (1, *base),
                };
                let sine = match engine.store.node(inner) {
                    Node::Function(Function::Sin | Function::Abs, xs) => Some((inner, xs[0])),
                    _ => None,
                };
                match (sine, count) {
                    (Some((sine, u)), Some(n)) if n >= 2 * index => {
                        let power = Power {
                            base: *base,
                            index,
                            sine,
                            u,
                            n,
                        };
                        if let Some(line) = power_of_sine(engine, next, &power) {
                            table.insert(next, line);
                        }
                    }
                    (None, Some(n)) if n > 0 => stack.push(*base),
                    _ => {}
                }
            }
            _ if node.binds().is_some() => {}
            _ => node.for_each_child(|child| stack.push(child)),
        }
    }
    congruence(engine.store, term, &table, 24)
}

/// baseⁿ, where baseᵏ is sin u, or |u|, for the index k.
struct Power {
    base: TermId,
    index: i64,
    sine: TermId,
    u: TermId,
    n: i64,
}

/// sin(u)^n = (1 − cos²u)^⌊n/2⌋ (· sin u), also for powers of roots of the sine.
fn power_of_sine(engine: &mut Engine, term: TermId, power: &Power) -> Option<Line> {
    let mut line = Line::start(term);
    let count = power.n / (2 * power.index);
    let left = power.n % (2 * power.index);
    let two = engine.store.integer(2);
    let square = engine.store.pow(power.sine, two);
    let mut spelled = if count == 1 {
        square
    } else {
        let count = engine.store.integer(count);
        engine.store.pow(square, count)
    };
    if left > 0 {
        let left = engine.store.integer(left);
        let rest = engine.store.pow(power.base, left);
        spelled = engine.store.mul(&[spelled, rest]);
    }
    line.push(spelled, Why::Ring);
    let u = power.u;
    let mut inner = Line::start(square);
    let (name, variable) = match engine.store.node(power.sine) {
        Node::Function(Function::Abs, _) => ("powers.abs-square", "a"),
        _ => ("trigonometry.pythagoras", "u"),
    };
    if !engine.by_rule(&mut inner, name, &[(variable, u)]) {
        return None;
    }
    let mut table = FxHashMap::default();
    table.insert(square, inner);
    let rest = congruence(engine.store, line.to, &table, 3);
    line.append(&rest);
    Some(line)
}
