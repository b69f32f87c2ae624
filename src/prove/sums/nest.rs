//! Sums in sums: independent ranges in one order (Fubini), triangles as {j < i} and diagonal, and of
//! the two halves of a square one.

use rustc_hash::FxHashMap;

use super::defined::is_defined;
use super::partition::partition;
use super::range::{Range, distance, plus, within};
use super::reindex::{Nest, fresh, reindex};
use super::solve::solve_for;
use crate::prove::congruence::congruence;
use crate::prove::engine::Engine;
use crate::prove::line::{Line, Why};
use crate::term::{Node, TermId};

/// One step for a sum whose body is a sum, or a product that holds one.
pub fn nest(engine: &mut Engine, line: &mut Line) -> bool {
    let mut inside = line.clone();
    if !push(engine, &mut inside) {
        return false;
    }
    let Some(nest) = Nest::open(engine, inside.to, 2) else {
        return false;
    };
    let [outer, inner] = nest.ranges.as_slice() else {
        return false;
    };
    let (outer, inner) = (*outer, *inner);
    if !outer.is_plain(engine.store) || !inner.is_plain(engine.store) {
        return false;
    }
    let moves = |engine: &Engine, t: TermId| engine.store.mentions(t, outer.symbol);
    let done = match (moves(engine, inner.from), moves(engine, inner.to)) {
        (false, false) => rectangle(engine, &mut inside, &nest),
        (false, true) => lower(engine, &mut inside, &nest),
        (true, false) => upper(engine, &mut inside, &nest),
        (true, true) => false,
    };
    if done {
        *line = inside;
    }
    done
}

/// Goes on to the nest in which the inner sum stands alone, its body in normal form.
fn push(engine: &mut Engine, line: &mut Line) -> bool {
    let Some(outer) = Range::open(engine.store, line.to) else {
        return false;
    };
    let Some(body) = engine.normal(outer.body) else {
        return false;
    };
    let factors = match engine.store.node(body) {
        Node::Mul(factors) => factors.to_vec(),
        _ => vec![body],
    };
    let (sums, others): (Vec<TermId>, Vec<TermId>) = factors
        .iter()
        .partition(|f| matches!(engine.store.node(**f), Node::Sum(..)));
    let [sum] = sums.as_slice() else {
        return false;
    };
    let Some(inner) = Range::open(engine.store, *sum) else {
        return false;
    };
    if inner.is_infinite(engine.store) || !inner.is_plain(engine.store) {
        return false;
    }
    if !others.is_empty() {
        let c = engine.store.mul(&others);
        let pushed = within(engine, line, &outer, |engine| {
            let mut start = Line::start(outer.body);
            let apart = engine.store.mul(&[c, *sum]);
            start.push(apart, Why::Ring);
            let product = engine.store.mul(&[c, inner.body]);
            let whole = Range {
                body: product,
                ..inner
            }
            .close(engine.store);
            let mut out = Line::start(whole);
            let terms = [
                ("c", c),
                ("f", inner.body),
                ("k", inner.k),
                ("a", inner.from),
                ("b", inner.to),
            ];
            if !engine.by_rule(&mut out, "sums.constant-factor-of-any-range", &terms)
                && !engine.by_rule(&mut out, "sums.constant-factor", &terms)
            {
                return None;
            }
            if out.to != apart {
                out.push(apart, Why::Ring);
            }
            start.append(&out.reversed());
            Some(start)
        });
        if !pushed {
            return false;
        }
    }
    tidy(engine, line)
}

/// The body of a nest of two sums in normal form.
fn tidy(engine: &mut Engine, line: &mut Line) -> bool {
    let Some(mut nest) = Nest::open(engine, line.to, 2) else {
        return false;
    };
    let Some(body) = engine.normal(nest.body) else {
        return false;
    };
    nest.body = body;
    let to = nest.close(engine);
    line.push(to, Why::Ring);
    true
}

/// Exchanges the order of two sums with the outer range and the inner one as told.
fn exchange(
    engine: &mut Engine,
    line: &mut Line,
    nest: &Nest,
    ends: impl FnOnce(&mut Engine, TermId) -> [(TermId, TermId); 2],
) -> bool {
    let mut first = fresh(engine, nest.body, nest.body, nest.product);
    let mut second = fresh(engine, nest.body, nest.body, nest.product);
    let [outside, inside] = ends(engine, first.k);
    (first.from, first.to) = outside;
    (second.from, second.to) = inside;
    let [i, j] = [nest.ranges[0].k, nest.ranges[1].k];
    let (old, new) = ([second.k, first.k], [j, i]);
    reindex(engine, line, nest, vec![first, second], &old, &new) && tidy(engine, line)
}

/// Of the two orders the one that comes first.
fn rectangle(engine: &mut Engine, line: &mut Line, nest: &Nest) -> bool {
    let [outer, inner] = [nest.ranges[0], nest.ranges[1]];
    let mut turned = line.clone();
    let ends = |_: &mut Engine, _| [(inner.from, inner.to), (outer.from, outer.to)];
    if exchange(engine, &mut turned, nest, ends) && turned.to < line.to {
        *line = turned;
        return true;
    }
    false
}

/// i from a to b, j from c to i + t.
fn lower(engine: &mut Engine, line: &mut Line, nest: &Nest) -> bool {
    let [outer, inner] = [nest.ranges[0], nest.ranges[1]];
    let Some(t) = distance(engine, inner.to, outer.k) else {
        return diagonals(engine, line, nest);
    };
    // What has nothing to do with i is counted.
    if !engine.store.mentions(nest.body, outer.symbol) {
        let Some(gap) = distance(engine, outer.from, inner.from) else {
            return false;
        };
        // j from c to b + t, i from max(a, j − t) to b: j − t ≥ c − t ≥ a where a − c ≤ −t.
        return gap <= -t
            && exchange(engine, line, nest, |engine, j| {
                let top = plus(engine, outer.to, t);
                let bottom = plus(engine, j, -t);
                [(inner.from, top), (bottom, outer.to)]
            });
    }
    if t >= 0 {
        return peel(engine, line, nest);
    }
    if t < -1 {
        return false;
    }
    match distance(engine, outer.from, inner.from) {
        Some(0) => half(engine, line, nest),
        Some(1) => widen(engine, line, nest),
        Some(gap) if gap < 0 => widen(engine, line, nest),
        _ => false,
    }
}

/// i from a to b, j from i + t to d: j from a + t to d, i from a to j − t.
fn upper(engine: &mut Engine, line: &mut Line, nest: &Nest) -> bool {
    let [outer, inner] = [nest.ranges[0], nest.ranges[1]];
    let Some(t) = distance(engine, inner.from, outer.k) else {
        return false;
    };
    let last = plus(engine, outer.to, t);
    if distance(engine, last, inner.to).is_none_or(|gap| gap < 0) {
        return false;
    }
    if !engine.store.mentions(nest.body, outer.symbol) || t < 2 {
        return exchange(engine, line, nest, |engine, j| {
            let first = plus(engine, outer.from, t);
            let top = plus(engine, j, -t);
            [(first, inner.to), (outer.from, top)]
        });
    }
    false
}

/// i from a to b, j from c to N − i: by diagonals, s = i + j from a + c to N, i from a to s − c.
fn diagonals(engine: &mut Engine, line: &mut Line, nest: &Nest) -> bool {
    let [outer, inner] = [nest.ranges[0], nest.ranges[1]];
    let sum = engine.store.add(&[inner.to, outer.k]);
    let Some(last) = engine.normal(sum) else {
        return false;
    };
    if engine.store.mentions(last, outer.symbol) {
        return false;
    }
    let corner = engine.store.add(&[outer.from, inner.from]);
    let corner = engine.normal(corner).unwrap_or(corner);
    let first = fresh(engine, corner, last, nest.product);
    let top = engine.store.sub(first.k, inner.from);
    let top = engine.normal(top).unwrap_or(top);
    let second = fresh(engine, outer.from, top, nest.product);
    let across = engine.store.sub(first.k, second.k);
    let along = engine.store.add(&[outer.k, inner.k]);
    let (old, new) = ([second.k, across], [along, outer.k]);
    reindex(engine, line, nest, vec![first, second], &old, &new) && tidy(engine, line)
}

/// Takes the last term off the inner sum.
fn peel(engine: &mut Engine, line: &mut Line, nest: &Nest) -> bool {
    let [outer, inner] = [nest.ranges[0], nest.ranges[1]];
    within(engine, line, &outer, |engine| {
        let mut taken = Line::start(outer.body);
        let less = plus(engine, inner.to, -1);
        let terms = [
            ("f", inner.body),
            ("k", inner.k),
            ("a", inner.from),
            ("b", less),
        ];
        engine
            .by_rule(&mut taken, "sums.last-term", &terms)
            .then_some(taken)
    })
}

/// Lets the outer range begin where the inner one does: {c ≤ j < i ≤ b}.
fn widen(engine: &mut Engine, line: &mut Line, nest: &Nest) -> bool {
    let [outer, inner] = [nest.ranges[0], nest.ranges[1]];
    let first = fresh(engine, inner.from, outer.to, nest.product);
    let last = plus(engine, first.k, -1);
    let second = fresh(engine, inner.from, last, nest.product);
    let old = [first.k, second.k];
    let new = [outer.k, inner.k];
    reindex(engine, line, nest, vec![first, second], &old, &new)
}

/// {a ≤ j < i ≤ b}: of f(i, j) and f(j, i) the one that comes first; the other is the square less
/// the diagonal and the first.
fn half(engine: &mut Engine, line: &mut Line, nest: &Nest) -> bool {
    let [outer, inner] = [nest.ranges[0], nest.ranges[1]];
    if nest.product {
        return false;
    }
    // The square, i outside.
    let row = inner.over(engine.store, outer.from, outer.to);
    let square = Range { body: row, ..outer }.close(engine.store);
    let mut whole = Line::start(square);
    let truth = engine.store.add_node(Node::Truth(true));
    let cut = Range { body: row, ..outer };
    let (before, behind) = (plus(engine, outer.k, -1), plus(engine, outer.k, 1));
    let pieces = [
        (outer.from, before, truth),
        (outer.k, outer.k, truth),
        (behind, outer.to, truth),
    ];
    let rows = Range {
        from: outer.from,
        to: outer.to,
        ..inner
    };
    if !is_defined(engine, square) {
        return false;
    }
    let done = within(engine, &mut whole, &cut, |engine| {
        let mut parts = Line::start(row);
        if !partition(engine, &mut parts, &rows, &pieces) {
            return None;
        }
        let single = inner.over(engine.store, outer.k, outer.k);
        let mut one = Line::start(single);
        let terms = [("f", inner.body), ("k", inner.k), ("a", outer.k)];
        if !engine.by_rule(&mut one, "sums.sum-of-one-term", &terms) {
            return None;
        }
        let mut table = FxHashMap::default();
        table.insert(single, one);
        let more = congruence(engine.store, parts.to, &table, 2);
        parts.append(&more);
        Some(parts)
    });
    if !done {
        return false;
    }
    // Three sums, of which the last is turned.
    let below = inner.over(engine.store, outer.from, before);
    let above = inner.over(engine.store, behind, outer.to);
    let diagonal = inner.at(engine.store, outer.k);
    let rest = engine.store.add(&[diagonal, above]);
    let ends = [("k", outer.k), ("a", outer.from), ("b", outer.to)];
    let mut terms = ends.to_vec();
    terms.extend([("f", below), ("g", rest)]);
    if !engine.by_rule(&mut whole, "sums.sum-of-sum", &terms) {
        return false;
    }
    let both = Range {
        body: rest,
        ..outer
    }
    .close(engine.store);
    let mut second = Line::start(both);
    let mut terms = ends.to_vec();
    terms.extend([("f", diagonal), ("g", above)]);
    if !engine.by_rule(&mut second, "sums.sum-of-sum", &terms) {
        return false;
    }
    let mut table = FxHashMap::default();
    table.insert(both, second);
    let more = congruence(engine.store, whole.to, &table, 2);
    whole.append(&more);
    let corner = Range {
        body: above,
        ..outer
    }
    .close(engine.store);
    let mut turned = Line::start(corner);
    let Some(upper) = Nest::open(engine, corner, 2) else {
        return false;
    };
    let (from, to) = (outer.from, outer.to);
    let swapped = exchange(engine, &mut turned, &upper, |engine, j| {
        let top = plus(engine, j, -1);
        [(from, to), (from, top)]
    });
    if !swapped {
        return false;
    }
    let mut table = FxHashMap::default();
    table.insert(corner, turned.clone());
    let more = congruence(engine.store, whole.to, &table, 2);
    whole.append(&more);
    if turned.to == line.to {
        return solve_for(engine, line, 2, &whole);
    }
    if turned.to < line.to {
        return solve_for(engine, line, 1, &whole);
    }
    false
}
