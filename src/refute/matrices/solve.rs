//! Equations made true by changing one vector, matrix or number in which they are affine.

use super::search::Matrices;
use crate::number::{FloatInterval, Quadratic, Rational};
use crate::refute::letters::Kind;
use crate::term::{Node, TermId};
use crate::theory::evaluate::{Evaluator, Model, common, truth};

/// Digits to which truth is decided.
const DIGITS: u32 = 20;
/// The most entries that are changed.
const MOST_UNKNOWN: usize = 9;

/// What is changed: the places of a vector or matrix, or a number.
enum Unknown {
    Array(usize),
    Number(TermId),
}

/// Makes an equation true, and keeps those before it so. `None` where that was not found.
pub(super) fn solve(
    matrices: &Matrices<'_>,
    model: &mut Model,
    settled: &[TermId],
    equation: TermId,
    round: u32,
) -> Option<()> {
    let store = matrices.store;
    let Node::Relation(_, a, b) = *store.node(equation) else {
        return None;
    };
    let mut unknowns: Vec<(bool, Unknown)> = Vec::new();
    for (at, letter) in matrices.arrays.letters.iter().enumerate().rev() {
        if !store.mentions(equation, letter.symbol) {
            continue;
        }
        let alone = [a, b].iter().any(|side| match store.node(*side) {
            Node::Symbol(symbol) => *symbol == letter.symbol,
            Node::Member(symbol, _) => *symbol == letter.symbol,
            _ => false,
        });
        unknowns.push((alone, Unknown::Array(at)));
    }
    for letter in &matrices.scalars {
        if letter.kind == Kind::Real
            && let Node::Symbol(symbol) = store.node(letter.atom)
            && store.mentions(equation, *symbol)
        {
            let alone = a == letter.atom || b == letter.atom;
            unknowns.push((alone, Unknown::Number(letter.atom)));
        }
    }
    let count = unknowns.len();
    if count == 0 {
        return None;
    }
    // What stands alone on a side is defined by the equation; the others take turns.
    let turn = usize::try_from(round).unwrap_or(0) % count;
    unknowns.rotate_left(turn);
    unknowns.sort_by_key(|(alone, _)| !alone);
    for (_, unknown) in &unknowns {
        if let Some(changed) = attempt(matrices, model, settled, unknown) {
            *model = changed;
            return Some(());
        }
    }
    None
}

fn attempt(
    matrices: &Matrices<'_>,
    model: &Model,
    settled: &[TermId],
    unknown: &Unknown,
) -> Option<Model> {
    let store = matrices.store;
    let (symbol, space) = match unknown {
        Unknown::Array(at) => {
            let letter = matrices.arrays.letters.get(*at)?;
            let (rows, columns) = model.sizes.get(&letter.symbol).copied()?;
            (letter.symbol, letter.form.space(rows, columns)?)
        }
        Unknown::Number(atom) => match store.node(*atom) {
            Node::Symbol(symbol) => (*symbol, vec![vec![(0, 1)]]),
            _ => return None,
        },
    };
    if space.is_empty() || space.len() > MOST_UNKNOWN {
        return None;
    }
    let system: Vec<TermId> = settled
        .iter()
        .copied()
        .filter(|equation| store.mentions(*equation, symbol))
        .collect();
    let moved = |direction: Option<usize>, by: &Rational, from: &Model| -> Option<Model> {
        let mut moved = from.clone();
        let Some(direction) = direction else {
            return Some(moved);
        };
        match unknown {
            Unknown::Array(at) => {
                let letter = matrices.arrays.letters.get(*at)?;
                let entries = moved
                    .arrays
                    .get_mut(&(letter.symbol, letter.indices.clone()))?;
                for (place, sign) in space.get(direction)? {
                    let entry = entries.get_mut(*place)?;
                    let step = by.mul(&Rational::from(*sign));
                    *entry = entry.as_rational()?.add(&step).into();
                }
            }
            Unknown::Number(_) => {
                let value = moved.symbols.get_mut(&symbol)?;
                *value = value.as_rational()?.add(by).into();
            }
        }
        Some(moved)
    };
    let residuals = |at: &Model| -> Option<Vec<Rational>> {
        let mut all = Vec::new();
        let mut at = at.clone();
        matrices.unroll(&mut at);
        for equation in &system {
            let Node::Relation(_, a, b) = *store.node(*equation) else {
                return None;
            };
            let mut evaluator = Evaluator::<FloatInterval>::new(store, &at, 53);
            let (left, right) = (evaluator.tensor(a).ok()?, evaluator.tensor(b).ok()?);
            let (left, right) = common(&left, &right)?;
            for (x, y) in left.iter().zip(&right) {
                all.push(x.as_exact()?.sub(y.as_exact()?));
            }
        }
        Some(all)
    };
    let one = Rational::one();
    let start = residuals(model)?;
    let mut columns = Vec::with_capacity(space.len());
    for direction in 0..space.len() {
        let there = residuals(&moved(Some(direction), &one, model)?)?;
        if there.len() != start.len() {
            return None;
        }
        let column: Vec<Rational> = there.iter().zip(&start).map(|(x, y)| x.sub(y)).collect();
        columns.push(column);
    }
    let steps = eliminate(&columns, &start)?;
    let mut changed = model.clone();
    for (direction, step) in steps.iter().enumerate() {
        if !step.is_zero() {
            changed = moved(Some(direction), step, &changed)?;
        }
    }
    matrices.unroll(&mut changed);
    let solved = system
        .iter()
        .all(|equation| truth(store, *equation, &changed, DIGITS) == Some(true));
    solved.then_some(changed)
}

/// Steps s with Σ s_k column_k = −start, free ones 0 (Gauss).
fn eliminate(columns: &[Vec<Rational>], start: &[Rational]) -> Option<Vec<Rational>> {
    let mut rows: Vec<Vec<Rational>> = Vec::with_capacity(start.len());
    for (at, value) in start.iter().enumerate() {
        let mut row = Vec::with_capacity(columns.len() + 1);
        for column in columns {
            row.push(column.get(at)?.clone());
        }
        row.push(value.neg());
        rows.push(row);
    }
    let mut pivots: Vec<usize> = Vec::new();
    for column in 0..columns.len() {
        let done = pivots.len();
        let found = rows
            .iter()
            .skip(done)
            .position(|row| row.get(column).is_some_and(|x| !x.is_zero()));
        let Some(found) = found else { continue };
        rows.swap(done, done + found);
        let pivot_row = rows.get(done)?.clone();
        let inverse = Rational::one().div(pivot_row.get(column)?)?;
        let scaled: Vec<Rational> = pivot_row.iter().map(|x| x.mul(&inverse)).collect();
        for (at, row) in rows.iter_mut().enumerate() {
            if at == done {
                *row = scaled.clone();
                continue;
            }
            let factor = row.get(column)?.clone();
            if !factor.is_zero() {
                for (x, y) in row.iter_mut().zip(&scaled) {
                    *x = x.sub(&factor.mul(y));
                }
            }
        }
        pivots.push(column);
    }
    let left_over = rows.iter().skip(pivots.len());
    for row in left_over {
        if row.last().is_some_and(|x| !x.is_zero()) {
            return None;
        }
    }
    let mut steps = vec![Rational::zero(); columns.len()];
    for (row, column) in rows.iter().zip(&pivots) {
        *steps.get_mut(*column)? = row.last()?.clone();
    }
    Some(steps)
}

/// The value of an entry as a small number, if it is one.
pub(super) fn size_of(value: &Quadratic) -> u64 {
    match value.as_rational().and_then(Rational::to_small) {
        Some((n, d)) => {
            n.unsigned_abs().min(1_000_000) * 2 + 3 * (d.min(1_000_000) - 1) + u64::from(n < 0)
        }
        None => 10_000_000,
    }
}
