//! Small exact matrices: symmetric, orthogonal by Cayley's transform, definite as L Lᵀ, …

use super::letters::Form;
use crate::number::{FloatInterval, Rational};
use crate::term::Quality;
use crate::theory::evaluate::{Array, Mixer, Quantity};

/// A matrix of exact numbers.
type Exact = Array<FloatInterval>;

/// Bits of the enclosures that are never needed.
const BITS: u32 = 53;

/// The entries by rows of a matrix of that form and size. The round decides how special it is.
pub(super) fn draw(
    form: &Form,
    (rows, columns): (usize, usize),
    mixer: &mut Mixer,
    round: u32,
) -> Option<Vec<Rational>> {
    let mut source = Source { mixer, round };
    let matrix = if rows == columns {
        source.square(form, rows)
    } else {
        source.oblong(form, rows, columns)
    }?;
    let exact = matrix
        .entries()
        .iter()
        .map(|entry| entry.as_exact().cloned());
    exact.collect()
}

struct Source<'a> {
    mixer: &'a mut Mixer,
    round: u32,
}

impl Source<'_> {
    /// A small integer.
    fn small(&mut self) -> i64 {
        const SMALL: [i64; 8] = [1, 2, 0, -1, 1, 2, -2, 3];
        let at = usize::try_from(self.mixer.below(8)).unwrap_or(0);
        SMALL.get(at).copied().unwrap_or(1)
    }

    /// A small integer other than 0.
    fn nonzero(&mut self) -> i64 {
        const NONZERO: [i64; 6] = [1, 2, -1, 3, -2, 1];
        let at = usize::try_from(self.mixer.below(6)).unwrap_or(0);
        NONZERO.get(at).copied().unwrap_or(1)
    }

    fn build(
        rows: usize,
        columns: usize,
        mut entry: impl FnMut(usize, usize) -> i64,
    ) -> Option<Exact> {
        Array::build(rows, columns, |i, j| Ok(Quantity::integer(entry(i, j)))).ok()
    }

    fn free(&mut self, rows: usize, columns: usize) -> Option<Exact> {
        Self::build(rows, columns, |_, _| self.small())
    }

    fn oblong(&mut self, form: &Form, rows: usize, columns: usize) -> Option<Exact> {
        if form.unit {
            return self.unit(rows, columns);
        }
        if form.columns && rows > columns || form.rows && columns > rows {
            let whole = self.orthogonal(rows.max(columns))?;
            return Array::build(rows, columns, |i, j| Ok(whole.entry(i, j)?.clone())).ok();
        }
        if self.round % 4 == 3 && rows > 1 && columns > 1 {
            let (column, row) = (self.free(rows, 1)?, self.free(1, columns)?);
            return column.mul(&row, BITS).ok();
        }
        self.free(rows, columns)
    }

    /// A vector of length 1, by Pythagorean triples.
    fn unit(&mut self, rows: usize, columns: usize) -> Option<Exact> {
        let size = rows.max(columns);
        let whole = self.orthogonal(size)?;
        Array::build(rows, columns, |i, j| Ok(whole.entry(i.max(j), 0)?.clone())).ok()
    }

    fn square(&mut self, form: &Form, size: usize) -> Option<Exact> {
        let has = |quality| form.qualities.contains(&quality);
        let diagonal = has(Quality::Diagonal);
        let symmetric = has(Quality::Symmetric);
        if form.unit && size == 1 {
            return Self::build(1, 1, |_, _| self.sign());
        }
        if has(Quality::Orthogonal) || form.columns || form.rows {
            return if diagonal {
                Self::build(size, size, |i, j| if i == j { self.sign() } else { 0 })
            } else if symmetric {
                self.reflection(size)
            } else {
                self.orthogonal(size)
            };
        }
        if form.nilpotent {
            return self.nilpotent(size);
        }
        if form.involution {
            let projection = self.projection(size, diagonal, symmetric)?;
            let twice = projection.scale(&Quantity::integer(2), BITS).ok()?;
            return twice.add_identity(&Quantity::integer(-1), BITS).ok();
        }
        if has(Quality::PositiveDefinite) {
            return self.definite(size, diagonal, false);
        }
        if has(Quality::PositiveSemidefinite) {
            let flat = self.round.is_multiple_of(2);
            return self.definite(size, diagonal, flat);
        }
        if has(Quality::Idempotent) {
            return self.projection(size, diagonal, symmetric);
        }
        let invertible = has(Quality::Invertible);
        let upper = has(Quality::UpperTriangular)
            || diagonal
            || has(Quality::Triangular) && self.round.is_multiple_of(2);
        let lower = has(Quality::LowerTriangular)
            || diagonal
            || has(Quality::Triangular) && !self.round.is_multiple_of(2);
        if has(Quality::SkewSymmetric) {
            return self.skew(size);
        }
        if upper || lower {
            return Self::build(size, size, |i, j| {
                if upper && i > j || lower && i < j {
                    0
                } else if i == j && invertible {
                    self.nonzero()
                } else {
                    self.small()
                }
            });
        }
        if symmetric {
            return self.symmetric(size);
        }
        if self.round % 8 == 6 && size > 1 {
            return self.skew(size);
        }
        if !invertible && self.round % 3 == 1 && size > 1 {
            let (column, row) = (self.vector(size, 1)?, self.vector(1, size)?);
            return column.mul(&row, BITS).ok();
        }
        self.free(size, size)
    }

    /// A vector other than 0.
    fn vector(&mut self, rows: usize, columns: usize) -> Option<Exact> {
        let first = self.nonzero();
        Self::build(
            rows,
            columns,
            |i, j| {
                if i + j == 0 { first } else { self.small() }
            },
        )
    }

    fn sign(&mut self) -> i64 {
        if self.mixer.below(2) == 0 { 1 } else { -1 }
    }

    fn symmetric(&mut self, size: usize) -> Option<Exact> {
        let half = self.free(size, size)?;
        Array::build(size, size, |i, j| {
            Ok(half.entry(i.min(j), i.max(j))?.clone())
        })
        .ok()
    }

    fn skew(&mut self, size: usize) -> Option<Exact> {
        let half = Self::build(size, size, |_, _| self.nonzero())?;
        Array::build(size, size, |i, j| {
            Ok(match i.cmp(&j) {
                std::cmp::Ordering::Less => half.entry(i, j)?.clone(),
                std::cmp::Ordering::Equal => Quantity::integer(0),
                std::cmp::Ordering::Greater => half.entry(j, i)?.neg(),
            })
        })
        .ok()
    }

    /// (I − S)(I + S)⁻¹ with S skew (Cayley 1846), rows with other signs.
    fn orthogonal(&mut self, size: usize) -> Option<Exact> {
        let skew = self.skew(size)?;
        let one = Quantity::integer(1);
        let minus = skew.map(|entry| Ok(entry.neg())).ok()?;
        let left = minus.add_identity(&one, BITS).ok()?;
        let right = skew.add_identity(&one, BITS).ok()?;
        let turn = left.mul(&right.inverse(BITS).ok()?, BITS).ok()?;
        let signs: Vec<_> = (0..size).map(|_| Quantity::integer(self.sign())).collect();
        Array::diagonal(&signs).ok()?.mul(&turn, BITS).ok()
    }

    /// u vᵀ with vᵀu = 0.
    fn nilpotent(&mut self, size: usize) -> Option<Exact> {
        let (a, b) = (self.nonzero(), self.small());
        let column = Self::build(size, 1, |i, _| match i {
            _ if size == 1 => 0,
            0 => a,
            1 => b,
            _ => 0,
        })?;
        let row = Self::build(1, size, |_, j| match j {
            0 => -b,
            1 => a,
            _ => 0,
        })?;
        column.mul(&row, BITS).ok()
    }

    /// I − 2 v vᵀ/(vᵀv) (Householder 1958).
    fn reflection(&mut self, size: usize) -> Option<Exact> {
        let projector = self.projector(size)?;
        let twice = projector.scale(&Quantity::integer(-2), BITS).ok()?;
        twice.add_identity(&Quantity::integer(1), BITS).ok()
    }

    /// v vᵀ/(vᵀv)
    fn projector(&mut self, size: usize) -> Option<Exact> {
        let vector = self.vector(size, 1)?;
        let below = vector.squares(BITS).ok()?.inverse(BITS).ok()?;
        let outer = vector.mul(&vector.transpose().ok()?, BITS).ok()?;
        outer.scale(&below, BITS).ok()
    }

    /// L Lᵀ, where `flat` with a zero on the diagonal of L.
    fn definite(&mut self, size: usize, diagonal: bool, flat: bool) -> Option<Exact> {
        let last = size.saturating_sub(1);
        let factor = Self::build(size, size, |i, j| {
            if i == j {
                if flat && i == last {
                    0
                } else {
                    self.nonzero().abs()
                }
            } else if i > j && !diagonal {
                self.small()
            } else {
                0
            }
        })?;
        factor.mul(&factor.transpose().ok()?, BITS).ok()
    }

    /// U D U⁻¹ with zeros and ones on the diagonal of D.
    fn projection(&mut self, size: usize, diagonal: bool, symmetric: bool) -> Option<Exact> {
        let first = self.round.is_multiple_of(5);
        let zeros_and_ones: Vec<_> = (0..size)
            .map(|i| Quantity::integer(i64::from(i == 0 || first)))
            .collect();
        if diagonal || first {
            return Array::diagonal(&zeros_and_ones).ok();
        }
        if symmetric {
            return self.projector(size);
        }
        let basis = Self::build(size, size, |i, j| match i.cmp(&j) {
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Less => self.nonzero(),
            std::cmp::Ordering::Greater => 0,
        })?;
        let middle = Array::diagonal(&zeros_and_ones).ok()?;
        let left = basis.mul(&middle, BITS).ok()?;
        left.mul(&basis.inverse(BITS).ok()?, BITS).ok()
    }
}
