//! Series in powers of t > 0, t → 0, cut off; their coefficients are fractions without t.

use num_traits::{One, Zero};

use crate::arithmetic::fraction::Fraction;
use crate::arithmetic::ring::Ring;
use crate::kernel::term::{Check, Q};

/// Σ coefficient[i]·t^(start + i) + o(t^end), where end is the last of these exponents. There is
/// always a coefficient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The first exponent.
    pub start: i64,
    /// The coefficients.
    pub coefficients: Vec<Fraction>,
}

impl Series {
    /// A term without t.
    pub fn constant(value: Fraction, length: usize) -> Series {
        let mut coefficients = vec![Fraction::default(); length.max(1)];
        coefficients[0] = value;
        Series {
            start: 0,
            coefficients,
        }
    }

    /// A power of t.
    pub fn power_of_t(exponent: i64, length: usize) -> Series {
        let mut series = Series::constant(Fraction::number(Q::one()), length);
        series.start = exponent;
        series
    }

    /// o(t^end)
    pub fn small(end: i64) -> Series {
        Series {
            start: end,
            coefficients: vec![Fraction::default()],
        }
    }

    /// The last exponent whose coefficient is known.
    pub fn end(&self) -> i64 {
        let count = i64::try_from(self.coefficients.len()).unwrap_or(i64::MAX / 4);
        self.start + count - 1
    }

    /// The coefficient of a power, if it is written down.
    pub fn at(&self, exponent: i64) -> Option<&Fraction> {
        let place = usize::try_from(exponent - self.start).ok()?;
        self.coefficients.get(place)
    }

    /// Whether all coefficients are 0.
    pub fn vanishes(&self) -> bool {
        self.coefficients.iter().all(|c| c.above.is_zero())
    }

    /// Without leading zeros, and no longer than that.
    pub fn trimmed(mut self, length: usize) -> Series {
        let zeros = self.coefficients.iter().take_while(|c| c.above.is_zero());
        let zeros = zeros.count().min(self.coefficients.len() - 1);
        self.coefficients.drain(..zeros);
        self.start += i64::try_from(zeros).unwrap_or(0);
        self.coefficients.truncate(length.max(1));
        self
    }
}

impl Ring<'_> {
    /// The sum of two series.
    pub fn series_sum(&mut self, a: &Series, b: &Series, length: usize) -> Check<Series> {
        let start = a.start.min(b.start);
        let end = a.end().min(b.end());
        if end < start {
            return Ok(Series::small(end));
        }
        let mut coefficients = Vec::new();
        for exponent in start..=end {
            coefficients.push(match (a.at(exponent), b.at(exponent)) {
                (Some(c), Some(d)) => self.plus(c, d)?,
                (Some(c), None) | (None, Some(c)) => c.clone(),
                (None, None) => Fraction::default(),
            });
        }
        let sum = Series {
            start,
            coefficients,
        };
        Ok(sum.trimmed(length))
    }

    /// The product of two series: what is beyond the one's end meets the other's start.
    pub fn series_product(&mut self, a: &Series, b: &Series, length: usize) -> Check<Series> {
        let start = a.start + b.start;
        let end = (a.start + b.end()).min(b.start + a.end());
        if start.abs() > 1000 || end > 1000 {
            return Err("a power too high".to_owned());
        }
        let mut coefficients = Vec::new();
        for exponent in start..=end {
            let mut sum = Fraction::default();
            for (here, c) in (a.start..).zip(&a.coefficients) {
                if let Some(d) = b.at(exponent - here)
                    && !c.above.is_zero()
                    && !d.above.is_zero()
                {
                    let part = self.times(c, d)?;
                    sum = self.plus(&sum, &part)?;
                }
            }
            coefficients.push(sum);
        }
        let product = Series {
            start,
            coefficients,
        };
        Ok(product.trimmed(length))
    }

    /// The series times a term without t.
    pub fn series_scaled(&mut self, a: &Series, by: &Fraction) -> Check<Series> {
        let mut coefficients = Vec::with_capacity(a.coefficients.len());
        for c in &a.coefficients {
            coefficients.push(self.times(c, by)?);
        }
        Ok(Series {
            start: a.start,
            coefficients,
        })
    }

    /// f(u) for a u that goes to 0, where f has derivatives at 0: `factor(k)` is the k-th one
    /// over k!. What is left out is o(uᵏ) for the last k.
    pub fn series_composed(
        &mut self,
        u: &Series,
        length: usize,
        mut factor: impl FnMut(&mut Ring, u32) -> Check<Fraction>,
    ) -> Check<Series> {
        let u = u.clone().trimmed(length);
        if u.end() < 0 || (u.start < 1 && !u.vanishes()) {
            return Err("an expansion around a point that is not approached".to_owned());
        }
        let first = factor(self, 0)?;
        if u.start < 1 {
            return Ok(Series::constant(first, 1));
        }
        let mut sum = Series::constant(first, length);
        let mut power = Series::constant(Fraction::number(Q::one()), length);
        let last = u32::try_from(length).map_err(|_| "too long")?;
        for k in 1..=last {
            power = self.series_product(&power, &u, length)?;
            if power.start > sum.end() {
                return Ok(sum);
            }
            let c = factor(self, k)?;
            let part = self.series_scaled(&power, &c)?;
            sum = self.series_sum(&sum, &part, length)?;
        }
        // u is o(1), so that later powers, and the remainder, are o(t^last).
        let keep = i64::from(last) - sum.start + 1;
        let keep = usize::try_from(keep.max(1)).map_err(|_| "too long")?;
        sum.coefficients.truncate(keep);
        Ok(sum)
    }

    fn plus(&mut self, a: &Fraction, b: &Fraction) -> Check<Fraction> {
        match (a.as_number(), b.as_number()) {
            (Some(x), Some(y)) => Ok(Fraction::number(x + y)),
            (Some(x), None) if x.is_zero() => Ok(b.clone()),
            (None, Some(y)) if y.is_zero() => Ok(a.clone()),
            _ => self.sum(a, b),
        }
    }

    fn times(&mut self, a: &Fraction, b: &Fraction) -> Check<Fraction> {
        match (a.as_number(), b.as_number()) {
            (Some(x), Some(y)) => Ok(Fraction::number(x * y)),
            (Some(x), None) if x.is_one() => Ok(b.clone()),
            (None, Some(y)) if y.is_one() => Ok(a.clone()),
            _ => self.product(a, b),
        }
    }
}
