//! Vectors and matrices of quantities, and their arithmetic.

use super::quantity::Quantity;
use super::real::{Result, Stop};
use crate::number::Enclosure;

/// Entries of the largest matrix that is worked with.
const MOST_ENTRIES: usize = 64;
/// The largest determinant that is expanded.
const LARGEST_DETERMINANT: usize = 5;

/// A matrix, its entries by rows; a vector is one column.
#[derive(Clone, Debug)]
pub struct Array<E> {
    rows: usize,
    columns: usize,
    entries: Vec<Quantity<E>>,
}

impl<E: Enclosure> Array<E> {
    /// A matrix of these entries, by rows.
    pub fn new(rows: usize, columns: usize, entries: Vec<Quantity<E>>) -> Result<Self> {
        if rows == 0 || columns == 0 || entries.len() != rows * columns {
            return Err(Stop::Unknown);
        }
        if entries.len() > MOST_ENTRIES {
            return Err(Stop::Unknown);
        }
        Ok(Array {
            rows,
            columns,
            entries,
        })
    }

    /// The matrix whose entries this says.
    pub fn build(
        rows: usize,
        columns: usize,
        mut entry: impl FnMut(usize, usize) -> Result<Quantity<E>>,
    ) -> Result<Self> {
        if rows.saturating_mul(columns) > MOST_ENTRIES {
            return Err(Stop::Unknown);
        }
        let mut entries = Vec::with_capacity(rows * columns);
        for i in 0..rows {
            for j in 0..columns {
                entries.push(entry(i, j)?);
            }
        }
        Array::new(rows, columns, entries)
    }

    /// How many rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// All entries, by rows.
    #[must_use]
    pub fn entries(&self) -> &[Quantity<E>] {
        &self.entries
    }

    /// Whether there are as many rows as columns.
    #[must_use]
    pub fn is_square(&self) -> bool {
        self.rows == self.columns
    }

    /// The entry of a row and a column, from 0.
    pub fn entry(&self, row: usize, column: usize) -> Result<&Quantity<E>> {
        if column >= self.columns {
            return Err(Stop::Unknown);
        }
        let at = row * self.columns + column;
        self.entries.get(at).ok_or(Stop::Unknown)
    }

    /// The same with another entry.
    #[must_use]
    pub fn with(&self, at: usize, value: Quantity<E>) -> Self {
        let mut changed = self.clone();
        if let Some(entry) = changed.entries.get_mut(at) {
            *entry = value;
        }
        changed
    }

    /// Each entry changed.
    pub fn map(&self, to: impl Fn(&Quantity<E>) -> Result<Quantity<E>>) -> Result<Self> {
        let entries: Result<Vec<_>> = self.entries.iter().map(to).collect();
        Array::new(self.rows, self.columns, entries?)
    }

    /// The sum.
    pub fn add(&self, other: &Self, bits: u32) -> Result<Self> {
        if (self.rows, self.columns) != (other.rows, other.columns) {
            return Err(Stop::Unknown);
        }
        Array::build(self.rows, self.columns, |i, j| {
            self.entry(i, j)?.add(other.entry(i, j)?, bits)
        })
    }

    /// The sum with a multiple of the identity.
    pub fn add_identity(&self, multiple: &Quantity<E>, bits: u32) -> Result<Self> {
        if !self.is_square() {
            return Err(Stop::Unknown);
        }
        Array::build(self.rows, self.columns, |i, j| {
            let entry = self.entry(i, j)?;
            if i == j {
                entry.add(multiple, bits)
            } else {
                Ok(entry.clone())
            }
        })
    }

    /// The product with a number.
    pub fn scale(&self, factor: &Quantity<E>, bits: u32) -> Result<Self> {
        self.map(|entry| entry.mul(factor, bits))
    }

    /// The product.
    pub fn mul(&self, other: &Self, bits: u32) -> Result<Self> {
        if self.columns != other.rows {
            return Err(Stop::Unknown);
        }
        Array::build(self.rows, other.columns, |i, j| {
            let mut total = Quantity::integer(0);
            for k in 0..self.columns {
                let part = self.entry(i, k)?.mul(other.entry(k, j)?, bits)?;
                total = total.add(&part, bits)?;
            }
            Ok(total)
        })
    }

    /// Rows and columns exchanged.
    pub fn transpose(&self) -> Result<Self> {
        Array::build(self.columns, self.rows, |i, j| {
            Ok(self.entry(j, i)?.clone())
        })
    }

    /// The product of the entries of both.
    pub fn hadamard(&self, other: &Self, bits: u32) -> Result<Self> {
        if (self.rows, self.columns) != (other.rows, other.columns) {
            return Err(Stop::Unknown);
        }
        Array::build(self.rows, self.columns, |i, j| {
            self.entry(i, j)?.mul(other.entry(i, j)?, bits)
        })
    }

    /// The Kronecker product.
    pub fn kronecker(&self, other: &Self, bits: u32) -> Result<Self> {
        let (rows, columns) = (self.rows * other.rows, self.columns * other.columns);
        Array::build(rows, columns, |i, j| {
            let left = self.entry(i / other.rows, j / other.columns)?;
            left.mul(other.entry(i % other.rows, j % other.columns)?, bits)
        })
    }

    /// The matrix with these entries on its diagonal.
    pub fn diagonal(entries: &[Quantity<E>]) -> Result<Self> {
        Array::build(entries.len(), entries.len(), |i, j| match entries.get(i) {
            Some(entry) if i == j => Ok(entry.clone()),
            _ => Ok(Quantity::integer(0)),
        })
    }

    /// The sum of the diagonal.
    pub fn trace(&self, bits: u32) -> Result<Quantity<E>> {
        if !self.is_square() {
            return Err(Stop::Unknown);
        }
        let mut total = Quantity::integer(0);
        for i in 0..self.rows {
            total = total.add(self.entry(i, i)?, bits)?;
        }
        Ok(total)
    }

    /// The sum of the squares of all entries.
    pub fn squares(&self, bits: u32) -> Result<Quantity<E>> {
        let mut total = Quantity::integer(0);
        for entry in &self.entries {
            total = total.add(&entry.mul(entry, bits)?, bits)?;
        }
        Ok(total)
    }

    /// Without a row and a column.
    fn minor(&self, row: usize, column: usize) -> Result<Self> {
        Array::build(self.rows - 1, self.columns - 1, |i, j| {
            let (i, j) = (i + usize::from(i >= row), j + usize::from(j >= column));
            Ok(self.entry(i, j)?.clone())
        })
    }

    /// The determinant, expanded along the first row.
    pub fn determinant(&self, bits: u32) -> Result<Quantity<E>> {
        if !self.is_square() || self.rows > LARGEST_DETERMINANT {
            return Err(Stop::Unknown);
        }
        if self.rows == 1 {
            return Ok(self.entry(0, 0)?.clone());
        }
        let mut total = Quantity::integer(0);
        for j in 0..self.columns {
            let entry = self.entry(0, j)?;
            if matches!(entry, Quantity::Real(value) if value.is_zero()) {
                continue;
            }
            let part = entry.mul(&self.minor(0, j)?.determinant(bits)?, bits)?;
            let part = if j % 2 == 0 { part } else { part.neg() };
            total = total.add(&part, bits)?;
        }
        Ok(total)
    }

    /// The inverse, by Cramer's rule; undefined where the determinant is 0.
    pub fn inverse(&self, bits: u32) -> Result<Self> {
        let below = self.determinant(bits)?.inverse(bits)?;
        if self.rows == 1 {
            return Array::new(1, 1, vec![below]);
        }
        Array::build(self.rows, self.columns, |i, j| {
            let minor = self.minor(j, i)?.determinant(bits)?;
            let value = minor.mul(&below, bits)?;
            Ok(if (i + j) % 2 == 0 { value } else { value.neg() })
        })
    }

    /// The power with an integer exponent; of exponent 0 the identity.
    pub fn power(&self, exponent: i64, bits: u32) -> Result<Self> {
        if !self.is_square() || exponent.unsigned_abs() > 64 {
            return Err(Stop::Unknown);
        }
        let base = if exponent < 0 {
            self.inverse(bits)?
        } else {
            self.clone()
        };
        let ones = vec![Quantity::integer(1); self.rows];
        let mut power = Array::diagonal(&ones)?;
        for _ in 0..exponent.unsigned_abs() {
            power = power.mul(&base, bits)?;
        }
        Ok(power)
    }
}
