//! Entries by rows, and their arithmetic: numbers are worked out, all else is written down.

use num_traits::{One, Zero};

use crate::kernel::term::{Head, Id, Terms};
use crate::model::stop::{Found, Stop};

/// Entries of the largest matrix.
const MOST: usize = 64;
/// The largest determinant that is expanded.
const LARGEST: usize = 5;

const MISFIT: Stop = Stop::Unknown("matrices that do not fit");

/// A vector or matrix: entries by rows, each a term about numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
    /// The entries, by rows.
    pub entries: Vec<Id>,
}

/// The product of two terms about numbers.
pub fn product(terms: &mut Terms, a: Id, b: Id) -> Found<Id> {
    if let (Some(x), Some(y)) = (terms.value(a), terms.value(b)) {
        let value = x.clone() * y.clone();
        return Ok(terms.number(value)?);
    }
    for (one, other) in [(a, b), (b, a)] {
        if terms.value(one).is_some_and(One::is_one) {
            return Ok(other);
        }
        // A symbol has a value.
        if terms.value(one).is_some_and(Zero::is_zero)
            && matches!(terms.head(other), Head::Symbol(_))
        {
            return Ok(one);
        }
    }
    Ok(terms.flat(Head::Mul, &[a, b])?)
}

/// The sum of two terms about numbers.
pub fn sum(terms: &mut Terms, a: Id, b: Id) -> Found<Id> {
    if let (Some(x), Some(y)) = (terms.value(a), terms.value(b)) {
        let value = x.clone() + y.clone();
        return Ok(terms.number(value)?);
    }
    for (zero, other) in [(a, b), (b, a)] {
        if terms.value(zero).is_some_and(Zero::is_zero) {
            return Ok(other);
        }
    }
    Ok(terms.flat(Head::Add, &[a, b])?)
}

fn negative(terms: &mut Terms, a: Id) -> Found<Id> {
    Ok(terms.negative(a)?)
}

impl Grid {
    /// Of these entries, by rows.
    pub fn new(rows: usize, columns: usize, entries: Vec<Id>) -> Found<Grid> {
        let count = rows.checked_mul(columns).ok_or(MISFIT)?;
        if count == 0 || count > MOST || entries.len() != count {
            return Err(MISFIT);
        }
        Ok(Grid {
            rows,
            columns,
            entries,
        })
    }

    /// Whose entries this says.
    pub fn build(
        rows: usize,
        columns: usize,
        mut entry: impl FnMut(usize, usize) -> Found<Id>,
    ) -> Found<Grid> {
        if rows.saturating_mul(columns) > MOST {
            return Err(MISFIT);
        }
        let mut entries = Vec::new();
        for i in 0..rows {
            for j in 0..columns {
                entries.push(entry(i, j)?);
            }
        }
        Grid::new(rows, columns, entries)
    }

    /// The entry of a row and a column, from 0.
    pub fn at(&self, row: usize, column: usize) -> Found<Id> {
        if row >= self.rows || column >= self.columns {
            return Err(Stop::Unknown("an entry outside its matrix"));
        }
        let place = row * self.columns + column;
        self.entries.get(place).copied().ok_or(MISFIT)
    }

    /// The only entry.
    pub fn only(&self) -> Option<Id> {
        match self.entries.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Whether there are as many rows as columns.
    pub fn is_square(&self) -> bool {
        self.rows == self.columns
    }

    fn same_shape(&self, other: &Grid) -> Found<()> {
        if (self.rows, self.columns) == (other.rows, other.columns) {
            return Ok(());
        }
        Err(MISFIT)
    }

    /// A multiple of the identity.
    pub fn identity(terms: &mut Terms, size: usize, multiple: Id) -> Found<Grid> {
        let zero = terms.integer(0)?;
        Grid::build(size, size, |i, j| Ok(if i == j { multiple } else { zero }))
    }

    /// The same entry everywhere.
    pub fn constant(rows: usize, columns: usize, entry: Id) -> Found<Grid> {
        Grid::build(rows, columns, |_, _| Ok(entry))
    }

    /// The sum.
    pub fn add(&self, other: &Grid, terms: &mut Terms) -> Found<Grid> {
        self.same_shape(other)?;
        Grid::build(self.rows, self.columns, |i, j| {
            sum(terms, self.at(i, j)?, other.at(i, j)?)
        })
    }

    /// The product with a number.
    pub fn scale(&self, factor: Id, terms: &mut Terms) -> Found<Grid> {
        Grid::build(self.rows, self.columns, |i, j| {
            product(terms, factor, self.at(i, j)?)
        })
    }

    /// The product.
    pub fn mul(&self, other: &Grid, terms: &mut Terms) -> Found<Grid> {
        if self.columns != other.rows {
            return Err(MISFIT);
        }
        Grid::build(self.rows, other.columns, |i, j| {
            let mut total = terms.integer(0)?;
            for k in 0..self.columns {
                let part = product(terms, self.at(i, k)?, other.at(k, j)?)?;
                total = sum(terms, total, part)?;
            }
            Ok(total)
        })
    }

    /// Rows and columns exchanged.
    pub fn transpose(&self) -> Found<Grid> {
        Grid::build(self.columns, self.rows, |i, j| self.at(j, i))
    }

    /// Entry by entry.
    pub fn hadamard(&self, other: &Grid, terms: &mut Terms) -> Found<Grid> {
        self.same_shape(other)?;
        Grid::build(self.rows, self.columns, |i, j| {
            product(terms, self.at(i, j)?, other.at(i, j)?)
        })
    }

    /// Each entry times the whole other.
    pub fn kronecker(&self, other: &Grid, terms: &mut Terms) -> Found<Grid> {
        let (rows, columns) = (self.rows * other.rows, self.columns * other.columns);
        Grid::build(rows, columns, |i, j| {
            let left = self.at(i / other.rows, j / other.columns)?;
            product(terms, left, other.at(i % other.rows, j % other.columns)?)
        })
    }

    /// The sum of the diagonal.
    pub fn trace(&self, terms: &mut Terms) -> Found<Id> {
        if !self.is_square() {
            return Err(MISFIT);
        }
        let mut total = terms.integer(0)?;
        for i in 0..self.rows {
            total = sum(terms, total, self.at(i, i)?)?;
        }
        Ok(total)
    }

    /// The sum of all squares.
    pub fn squares(&self, terms: &mut Terms) -> Found<Id> {
        let mut total = terms.integer(0)?;
        for entry in &self.entries {
            let square = product(terms, *entry, *entry)?;
            total = sum(terms, total, square)?;
        }
        Ok(total)
    }

    fn minor(&self, row: usize, column: usize) -> Found<Grid> {
        Grid::build(self.rows - 1, self.columns - 1, |i, j| {
            self.at(i + usize::from(i >= row), j + usize::from(j >= column))
        })
    }

    /// The determinant, expanded along the first row.
    pub fn determinant(&self, terms: &mut Terms) -> Found<Id> {
        if !self.is_square() || self.rows > LARGEST {
            return Err(Stop::Unknown("a determinant"));
        }
        if let Some(only) = self.only() {
            return Ok(only);
        }
        let mut total = terms.integer(0)?;
        for j in 0..self.columns {
            let minor = self.minor(0, j)?.determinant(terms)?;
            let mut part = product(terms, self.at(0, j)?, minor)?;
            if j % 2 == 1 {
                part = negative(terms, part)?;
            }
            total = sum(terms, total, part)?;
        }
        Ok(total)
    }

    /// The inverse, by Cramer's rule; without a value where the determinant is 0.
    pub fn inverse(&self, terms: &mut Terms) -> Found<Grid> {
        let determinant = self.determinant(terms)?;
        let minus = terms.integer(-1)?;
        let below = terms.add(Head::Pow, vec![determinant, minus])?;
        if self.only().is_some() {
            return Grid::new(1, 1, vec![below]);
        }
        Grid::build(self.rows, self.columns, |i, j| {
            let mut minor = self.minor(j, i)?.determinant(terms)?;
            if (i + j) % 2 == 1 {
                minor = negative(terms, minor)?;
            }
            // Nothing is dropped: where the determinant is 0 no entry has a value.
            Ok(terms.flat(Head::Mul, &[minor, below])?)
        })
    }

    /// The power with an integer exponent.
    pub fn power(&self, exponent: i64, terms: &mut Terms) -> Found<Grid> {
        if !self.is_square() || exponent.unsigned_abs() > 64 {
            return Err(Stop::Unknown("a power of a matrix"));
        }
        let base = if exponent < 0 {
            self.inverse(terms)?
        } else {
            self.clone()
        };
        let one = terms.integer(1)?;
        let mut power = Grid::identity(terms, self.rows, one)?;
        for _ in 0..exponent.unsigned_abs() {
            power = power.mul(&base, terms)?;
        }
        Ok(power)
    }
}
