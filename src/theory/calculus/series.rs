//! Laurent series in one variable t > 0, cut off: coefficients are terms without t.

use crate::number::Rational;
use crate::term::{Node, Store, TermId};
use crate::theory::field::Field;

/// Σ coefficient[i]·t^(start + i) + o(t^end), where end = start + number of coefficients − 1.
#[derive(Clone, Debug)]
pub struct Series {
    /// The exponent of the first coefficient.
    pub start: i64,
    /// The coefficients.
    pub coefficients: Vec<TermId>,
}

/// Arithmetic of series.
pub struct Arithmetic<'a> {
    /// The terms.
    pub store: &'a mut Store,
    /// Normal forms of coefficients.
    pub field: Field,
    /// How many coefficients are kept.
    pub length: usize,
}

impl Arithmetic<'_> {
    /// The canonical term of a coefficient.
    pub fn settle(&mut self, term: TermId) -> Option<TermId> {
        self.field.normal(self.store, term)
    }

    /// Whether the coefficient is 0 by its form.
    pub fn is_zero(&self, term: TermId) -> bool {
        matches!(self.store.node(term), Node::Number(n) if n.is_zero())
    }

    /// A term without t.
    pub fn constant(&mut self, term: TermId) -> Option<Series> {
        let term = self.settle(term)?;
        let zero = self.store.integer(0);
        let mut coefficients = vec![term];
        coefficients.resize(self.length, zero);
        Some(Series {
            start: 0,
            coefficients,
        })
    }

    /// A number.
    pub fn number(&mut self, value: Rational) -> Option<Series> {
        let term = self.store.number(value);
        self.constant(term)
    }

    /// t
    pub fn variable(&mut self) -> Option<Series> {
        let mut series = self.number(Rational::one())?;
        series.start = 1;
        Some(series)
    }

    /// What goes to 0 faster than t^end.
    pub fn small(&mut self, end: i64) -> Series {
        let zero = self.store.integer(0);
        Series {
            start: end,
            coefficients: vec![zero],
        }
    }

    /// Leading coefficients that are 0 taken off, and what is beyond the length.
    pub fn trim(&self, mut series: Series) -> Series {
        let zeros = series
            .coefficients
            .iter()
            .take_while(|c| self.is_zero(**c))
            .count()
            .min(series.coefficients.len().saturating_sub(1));
        series.coefficients.drain(..zeros);
        series.start += i64::try_from(zeros).unwrap_or(0);
        series.coefficients.truncate(self.length);
        series
    }

    /// The sum.
    pub fn add(&mut self, a: &Series, b: &Series) -> Option<Series> {
        let start = a.start.min(b.start);
        let end = a.end().min(b.end());
        if end < start {
            // One of them is not known as far as the other begins.
            return Some(self.small(end));
        }
        let mut coefficients = Vec::new();
        for exponent in start..=end {
            let parts: Vec<TermId> = [a.at(exponent), b.at(exponent)]
                .into_iter()
                .flatten()
                .collect();
            let sum = self.store.add(&parts);
            coefficients.push(self.settle(sum)?);
        }
        Some(self.trim(Series {
            start,
            coefficients,
        }))
    }

    /// The product.
    pub fn mul(&mut self, a: &Series, b: &Series) -> Option<Series> {
        let start = a.start.checked_add(b.start)?;
        let end = (a.start + b.end()).min(b.start + a.end());
        let mut coefficients = Vec::new();
        for exponent in start..=end {
            let mut parts = Vec::new();
            for (i, c) in a.coefficients.iter().enumerate() {
                let here = a.start + i64::try_from(i).ok()?;
                if self.is_zero(*c) {
                    continue;
                }
                if let Some(d) = b.at(exponent - here)
                    && !self.is_zero(d)
                {
                    parts.push(self.store.mul(&[*c, d]));
                }
            }
            let sum = self.store.add(&parts);
            coefficients.push(self.settle(sum)?);
        }
        Some(self.trim(Series {
            start,
            coefficients,
        }))
    }

    /// The series times a term without t.
    pub fn scale(&mut self, a: &Series, by: TermId) -> Option<Series> {
        let coefficients: Option<Vec<TermId>> = a
            .coefficients
            .iter()
            .map(|c| {
                let product = self.store.mul(&[*c, by]);
                self.settle(product)
            })
            .collect();
        Some(Series {
            start: a.start,
            coefficients: coefficients?,
        })
    }

    /// Σ factor(k)·uᵏ for a series u that goes to 0; `None` where it does not.
    pub fn compose(
        &mut self,
        u: &Series,
        mut factor: impl FnMut(&mut Store, i64) -> TermId,
    ) -> Option<Series> {
        if u.end() < 0 || (u.start < 1 && u.coefficients.iter().any(|c| !self.is_zero(*c))) {
            return None;
        }
        if u.start < 1 {
            // Only known to go to 0.
            let first = factor(self.store, 0);
            let mut series = self.constant(first)?;
            series.coefficients.truncate(1);
            return Some(series);
        }
        let first = factor(self.store, 0);
        let mut sum = self.constant(first)?;
        let mut power = self.number(Rational::one())?;
        let rounds = i64::try_from(self.length).ok()?;
        for k in 1..=rounds {
            power = self.mul(&power, u)?;
            let c = factor(self.store, k);
            let part = self.scale(&power, c)?;
            sum = self.add(&sum, &part)?;
            if power.start > sum.end() {
                break;
            }
        }
        // Later powers of u are beyond t^rounds.
        let keep = usize::try_from((rounds - sum.start + 1).max(1)).ok()?;
        sum.coefficients.truncate(keep);
        Some(sum)
    }
}

impl Series {
    /// The last exponent whose coefficient is known.
    pub fn end(&self) -> i64 {
        self.start + i64::try_from(self.coefficients.len()).unwrap_or(i64::MAX / 4) - 1
    }

    /// The coefficient of an exponent, if there is one below the end and not before the start.
    pub fn at(&self, exponent: i64) -> Option<TermId> {
        usize::try_from(exponent - self.start)
            .ok()
            .and_then(|place| self.coefficients.get(place))
            .copied()
    }
}
