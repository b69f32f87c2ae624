//! The value of a term about vectors and matrices, and what is made of values.

use super::grid::{Grid, product, sum};
use crate::kernel::term::{Head, Id, Terms};
use crate::model::stop::{Found, Stop};

const STRANGE: Stop = Stop::Unknown("a term about matrices");

/// The value of a term.
#[derive(Clone, Debug)]
pub enum Value {
    /// A number.
    Scalar(Id),
    /// The number 0 as it is written, or zeros of whatever size fits.
    Zero,
    /// A multiple of the identity of whatever size fits.
    Identity(Id),
    /// Ones in a column, or in a row, of whatever size fits.
    Ones(bool),
    /// A vector or matrix; one row and one column make a number too.
    Full(Grid),
}

impl Value {
    /// The number that it is.
    pub fn number(&self, terms: &mut Terms) -> Found<Id> {
        match self {
            Value::Scalar(id) => Ok(*id),
            Value::Zero => Ok(terms.integer(0)?),
            Value::Full(grid) => grid.only().ok_or(STRANGE),
            _ => Err(STRANGE),
        }
    }

    pub(super) fn scalar(&self) -> Option<Id> {
        match self {
            Value::Scalar(id) => Some(*id),
            Value::Full(grid) => grid.only(),
            _ => None,
        }
    }
}

pub(super) fn inverse(terms: &mut Terms, id: Id) -> Found<Id> {
    let minus = terms.integer(-1)?;
    Ok(terms.add(Head::Pow, vec![id, minus])?)
}

/// Ones in a column or a row.
fn ones(terms: &mut Terms, size: usize, row: bool) -> Found<Grid> {
    let one = terms.integer(1)?;
    if row {
        Grid::constant(1, size, one)
    } else {
        Grid::constant(size, 1, one)
    }
}

pub(super) fn added(terms: &mut Terms, a: &Value, b: &Value) -> Found<Value> {
    Ok(match (a, b) {
        (Value::Zero, other) | (other, Value::Zero) => other.clone(),
        (Value::Full(a), Value::Full(b)) => Value::Full(a.add(b, terms)?),
        (Value::Full(grid), Value::Identity(m)) | (Value::Identity(m), Value::Full(grid)) => {
            if !grid.is_square() {
                return Err(STRANGE);
            }
            let identity = Grid::identity(terms, grid.rows, *m)?;
            Value::Full(grid.add(&identity, terms)?)
        }
        (Value::Full(grid), Value::Ones(row)) | (Value::Ones(row), Value::Full(grid)) => {
            let size = if *row { grid.columns } else { grid.rows };
            let ones = ones(terms, size, *row)?;
            Value::Full(grid.add(&ones, terms)?)
        }
        (Value::Identity(a), Value::Identity(b)) => Value::Identity(sum(terms, *a, *b)?),
        (a, b) => match (a.scalar(), b.scalar()) {
            (Some(a), Some(b)) => Value::Scalar(sum(terms, a, b)?),
            _ => return Err(STRANGE),
        },
    })
}

/// The product in order. What is a number within it is a factor of its own, for products in
/// brackets were written out.
pub(super) fn multiplied(terms: &mut Terms, values: Vec<Value>) -> Found<Value> {
    let mut factor = terms.integer(1)?;
    let mut zero = false;
    let mut stack: Vec<Value> = Vec::new();
    for value in values {
        let mut last = value;
        loop {
            if let Some(number) = last.scalar() {
                factor = product(terms, factor, number)?;
                break;
            }
            if matches!(last, Value::Zero) {
                zero = true;
                break;
            }
            let Some(before) = stack.pop() else {
                stack.push(last);
                break;
            };
            match beside(terms, &before, &last)? {
                Some(joined) => last = joined,
                None => {
                    stack.extend([before, last]);
                    break;
                }
            }
        }
    }
    if zero {
        let nought = terms.integer(0)?;
        factor = product(terms, nought, factor)?;
    }
    let mut rest = stack.into_iter();
    match (rest.next(), rest.next()) {
        (None, _) => Ok(if zero && terms.value(factor).is_some() {
            Value::Zero
        } else {
            Value::Scalar(factor)
        }),
        (Some(Value::Full(grid)), None) => Ok(Value::Full(grid.scale(factor, terms)?)),
        (Some(Value::Identity(multiple)), None) => {
            Ok(Value::Identity(product(terms, factor, multiple)?))
        }
        _ => Err(STRANGE),
    }
}

/// The product of two that are no numbers; `None` where they do not fit.
fn beside(terms: &mut Terms, a: &Value, b: &Value) -> Found<Option<Value>> {
    Ok(match (a, b) {
        (Value::Identity(a), Value::Identity(b)) => Some(Value::Identity(product(terms, *a, *b)?)),
        (Value::Identity(m), Value::Full(grid)) | (Value::Full(grid), Value::Identity(m)) => {
            Some(Value::Full(grid.scale(*m, terms)?))
        }
        (Value::Full(a), Value::Full(b)) if a.columns == b.rows => {
            Some(Value::Full(a.mul(b, terms)?))
        }
        (Value::Full(_), Value::Full(_)) => None,
        (Value::Full(a), Value::Ones(false)) => {
            let ones = ones(terms, a.columns, false)?;
            Some(Value::Full(a.mul(&ones, terms)?))
        }
        (Value::Ones(true), Value::Full(b)) => {
            let ones = ones(terms, b.rows, true)?;
            Some(Value::Full(ones.mul(b, terms)?))
        }
        _ => return Err(STRANGE),
    })
}

/// A matrix written out, of numbers or of blocks.
pub(super) fn written(
    terms: &mut Terms,
    rows: usize,
    columns: usize,
    values: &[Value],
) -> Found<Value> {
    let zero = terms.integer(0)?;
    let plain: Option<Vec<Id>> = values
        .iter()
        .map(|value| match value {
            Value::Zero => Some(zero),
            other => other.scalar(),
        })
        .collect();
    if let Some(entries) = plain {
        return Grid::new(rows, columns, entries).map(Value::Full);
    }
    let mut heights: Vec<Option<usize>> = vec![None; rows];
    let mut widths: Vec<Option<usize>> = vec![None; columns];
    for _ in 0..2 {
        for (place, value) in values.iter().enumerate() {
            let (i, j) = (place / columns, place % columns);
            let (high, wide) = (
                heights.get(i).copied().flatten(),
                widths.get(j).copied().flatten(),
            );
            let (height, width) = match value {
                Value::Full(grid) => (Some(grid.rows), Some(grid.columns)),
                Value::Scalar(_) => (Some(1), Some(1)),
                Value::Identity(_) => (wide, high),
                Value::Zero | Value::Ones(_) => (None, None),
            };
            for (slot, size) in [(heights.get_mut(i), height), (widths.get_mut(j), width)] {
                if let (Some(slot), Some(size)) = (slot, size) {
                    if slot.is_some_and(|known| known != size) {
                        return Err(STRANGE);
                    }
                    *slot = Some(size);
                }
            }
        }
    }
    let all = |sizes: Vec<Option<usize>>| sizes.into_iter().collect::<Option<Vec<usize>>>();
    let (Some(heights), Some(widths)) = (all(heights), all(widths)) else {
        return Err(STRANGE);
    };
    let place = |sizes: &[usize], mut at: usize| {
        for (block, size) in sizes.iter().enumerate() {
            if at < *size {
                return Ok((block, at));
            }
            at -= size;
        }
        Err(STRANGE)
    };
    let one = terms.integer(1)?;
    Grid::build(heights.iter().sum(), widths.iter().sum(), |i, j| {
        let ((a, i), (b, j)) = (place(&heights, i)?, place(&widths, j)?);
        match values.get(a * columns + b).ok_or(STRANGE)? {
            Value::Full(grid) => grid.at(i, j),
            Value::Scalar(id) => Ok(*id),
            Value::Identity(multiple) if i == j => Ok(*multiple),
            Value::Identity(_) | Value::Zero => Ok(zero),
            Value::Ones(_) => Ok(one),
        }
    })
    .map(Value::Full)
}

/// The entry at these places, from 0.
pub(super) fn entry(terms: &mut Terms, value: &Value, places: &[usize]) -> Found<Id> {
    match (value, places) {
        (Value::Full(grid), [i, j]) => grid.at(*i, *j),
        (Value::Full(grid), [i]) if grid.columns == 1 => grid.at(*i, 0),
        (Value::Full(grid), [j]) if grid.rows == 1 => grid.at(0, *j),
        (Value::Identity(multiple), [i, j]) if i == j => Ok(*multiple),
        (Value::Identity(_), [_, _]) => Ok(terms.integer(0)?),
        _ => Err(STRANGE),
    }
}

/// The entries of two values of one shape, side by side.
pub fn alike(terms: &mut Terms, a: &Value, b: &Value) -> Found<Vec<(Id, Id)>> {
    let zero = terms.integer(0)?;
    let number = |value: &Value| match value {
        Value::Zero => Some(zero),
        other => other.scalar(),
    };
    if let (Some(a), Some(b)) = (number(a), number(b)) {
        return Ok(vec![(a, b)]);
    }
    let like = |terms: &mut Terms, grid: &Grid, value: &Value| -> Found<Grid> {
        let same = match value {
            Value::Full(other) => other.clone(),
            Value::Zero => Grid::constant(grid.rows, grid.columns, zero)?,
            Value::Identity(multiple) if grid.is_square() => {
                Grid::identity(terms, grid.rows, *multiple)?
            }
            Value::Ones(row) => {
                let size = if *row { grid.columns } else { grid.rows };
                ones(terms, size, *row)?
            }
            _ => return Err(STRANGE),
        };
        if (same.rows, same.columns) != (grid.rows, grid.columns) {
            return Err(STRANGE);
        }
        Ok(same)
    };
    let (left, right) = match (a, b) {
        (Value::Full(grid), other) => (grid.clone(), like(terms, grid, other)?),
        (other, Value::Full(grid)) => (like(terms, grid, other)?, grid.clone()),
        (Value::Identity(a), Value::Identity(b)) => return Ok(vec![(*a, *b)]),
        (Value::Identity(a), Value::Zero) => return Ok(vec![(*a, zero)]),
        (Value::Zero, Value::Identity(b)) => return Ok(vec![(zero, *b)]),
        _ => return Err(STRANGE),
    };
    Ok(left.entries.into_iter().zip(right.entries).collect())
}

/// The transposed value.
pub(super) fn turned(value: &Value) -> Found<Value> {
    Ok(match value {
        Value::Full(grid) => Value::Full(grid.transpose()?),
        Value::Ones(row) => Value::Ones(!row),
        other => other.clone(),
    })
}
