//! Entries by rows, and their arithmetic: numbers are worked out, all else is written down.

use crate::number::Rational;
use crate::term::{Node, Store, TermId};

/// Entries of the largest matrix.
const MOST: usize = 64;
/// The largest determinant that is expanded.
const LARGEST: usize = 4;

/// A vector or matrix: entries by rows, each a term about numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
    /// The entries, by rows.
    pub entries: Vec<TermId>,
}

fn number(store: &Store, term: TermId) -> Option<&Rational> {
    match store.node(term) {
        Node::Number(value) => Some(value),
        _ => None,
    }
}

/// The product of two terms about numbers.
pub(super) fn product(store: &mut Store, a: TermId, b: TermId) -> TermId {
    if let (Some(x), Some(y)) = (number(store, a), number(store, b)) {
        let value = x.mul(y);
        return store.number(value);
    }
    for (one, other) in [(a, b), (b, a)] {
        if number(store, one).is_some_and(Rational::is_one) {
            return other;
        }
        // A symbol has a value.
        if number(store, one).is_some_and(Rational::is_zero)
            && matches!(store.node(other), Node::Symbol(_))
        {
            return one;
        }
    }
    store.mul(&[a, b])
}

/// The sum of two terms about numbers.
pub(super) fn sum(store: &mut Store, a: TermId, b: TermId) -> TermId {
    if let (Some(x), Some(y)) = (number(store, a), number(store, b)) {
        let value = x.add(y);
        return store.number(value);
    }
    for (zero, other) in [(a, b), (b, a)] {
        if number(store, zero).is_some_and(Rational::is_zero) {
            return other;
        }
    }
    store.add(&[a, b])
}

impl Grid {
    /// Of these entries, by rows.
    #[must_use]
    pub fn new(rows: usize, columns: usize, entries: Vec<TermId>) -> Option<Grid> {
        let count = rows.checked_mul(columns)?;
        (count > 0 && count <= MOST && entries.len() == count).then_some(Grid {
            rows,
            columns,
            entries,
        })
    }

    /// Whose entries this says.
    pub(super) fn build(
        rows: usize,
        columns: usize,
        mut entry: impl FnMut(usize, usize) -> Option<TermId>,
    ) -> Option<Grid> {
        if rows.checked_mul(columns)? > MOST {
            return None;
        }
        let mut entries = Vec::new();
        for i in 0..rows {
            for j in 0..columns {
                entries.push(entry(i, j)?);
            }
        }
        Grid::new(rows, columns, entries)
    }

    pub(super) fn at(&self, row: usize, column: usize) -> Option<TermId> {
        if row >= self.rows || column >= self.columns {
            return None;
        }
        self.entries.get(row * self.columns + column).copied()
    }

    /// The only entry.
    pub(super) fn only(&self) -> Option<TermId> {
        match self.entries.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    pub(super) fn is_square(&self) -> bool {
        self.rows == self.columns
    }

    fn same_shape(&self, other: &Grid) -> Option<()> {
        ((self.rows, self.columns) == (other.rows, other.columns)).then_some(())
    }

    pub(super) fn identity(store: &mut Store, size: usize, multiple: TermId) -> Option<Grid> {
        let zero = store.integer(0);
        Grid::build(size, size, |i, j| {
            Some(if i == j { multiple } else { zero })
        })
    }

    pub(super) fn constant(rows: usize, columns: usize, entry: TermId) -> Option<Grid> {
        Grid::build(rows, columns, |_, _| Some(entry))
    }

    pub(super) fn add(&self, other: &Grid, store: &mut Store) -> Option<Grid> {
        self.same_shape(other)?;
        Grid::build(self.rows, self.columns, |i, j| {
            Some(sum(store, self.at(i, j)?, other.at(i, j)?))
        })
    }

    pub(super) fn scale(&self, factor: TermId, store: &mut Store) -> Option<Grid> {
        Grid::build(self.rows, self.columns, |i, j| {
            Some(product(store, factor, self.at(i, j)?))
        })
    }

    pub(super) fn mul(&self, other: &Grid, store: &mut Store) -> Option<Grid> {
        if self.columns != other.rows {
            return None;
        }
        Grid::build(self.rows, other.columns, |i, j| {
            let mut total = store.integer(0);
            for k in 0..self.columns {
                let part = product(store, self.at(i, k)?, other.at(k, j)?);
                total = sum(store, total, part);
            }
            Some(total)
        })
    }

    pub(super) fn transpose(&self) -> Option<Grid> {
        Grid::build(self.columns, self.rows, |i, j| self.at(j, i))
    }

    pub(super) fn hadamard(&self, other: &Grid, store: &mut Store) -> Option<Grid> {
        self.same_shape(other)?;
        Grid::build(self.rows, self.columns, |i, j| {
            Some(product(store, self.at(i, j)?, other.at(i, j)?))
        })
    }

    pub(super) fn kronecker(&self, other: &Grid, store: &mut Store) -> Option<Grid> {
        let (rows, columns) = (self.rows * other.rows, self.columns * other.columns);
        Grid::build(rows, columns, |i, j| {
            let left = self.at(i / other.rows, j / other.columns)?;
            let right = other.at(i % other.rows, j % other.columns)?;
            Some(product(store, left, right))
        })
    }

    pub(super) fn trace(&self, store: &mut Store) -> Option<TermId> {
        if !self.is_square() {
            return None;
        }
        let mut total = store.integer(0);
        for i in 0..self.rows {
            total = sum(store, total, self.at(i, i)?);
        }
        Some(total)
    }

    pub(super) fn squares(&self, store: &mut Store) -> TermId {
        let mut total = store.integer(0);
        for entry in &self.entries {
            let square = product(store, *entry, *entry);
            total = sum(store, total, square);
        }
        total
    }

    fn minor(&self, row: usize, column: usize) -> Option<Grid> {
        Grid::build(self.rows - 1, self.columns - 1, |i, j| {
            self.at(i + usize::from(i >= row), j + usize::from(j >= column))
        })
    }

    /// The determinant, expanded along the first row.
    pub(super) fn determinant(&self, store: &mut Store) -> Option<TermId> {
        if !self.is_square() || self.rows > LARGEST {
            return None;
        }
        if let Some(only) = self.only() {
            return Some(only);
        }
        let mut total = store.integer(0);
        for j in 0..self.columns {
            let minor = self.minor(0, j)?.determinant(store)?;
            let mut part = product(store, self.at(0, j)?, minor);
            if j % 2 == 1 {
                part = store.neg(part);
            }
            total = sum(store, total, part);
        }
        Some(total)
    }

    /// The inverse, by Cramer's rule.
    pub(super) fn inverse(&self, store: &mut Store) -> Option<Grid> {
        let determinant = self.determinant(store)?;
        let minus = store.integer(-1);
        let below = store.pow(determinant, minus);
        if self.only().is_some() {
            return Grid::new(1, 1, vec![below]);
        }
        Grid::build(self.rows, self.columns, |i, j| {
            let mut minor = self.minor(j, i)?.determinant(store)?;
            if (i + j) % 2 == 1 {
                minor = store.neg(minor);
            }
            Some(store.mul(&[minor, below]))
        })
    }

    pub(super) fn power(&self, exponent: i64, store: &mut Store) -> Option<Grid> {
        if !self.is_square() || exponent.unsigned_abs() > 12 {
            return None;
        }
        let base = if exponent < 0 {
            self.inverse(store)?
        } else {
            self.clone()
        };
        let one = store.integer(1);
        let mut power = Grid::identity(store, self.rows, one)?;
        for _ in 0..exponent.unsigned_abs() {
            power = power.mul(&base, store)?;
        }
        Some(power)
    }
}
