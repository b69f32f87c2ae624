//! Fractions of polynomials. Where a term is defined, no factor below is 0 and the term's value
//! is that of the fraction; nothing is claimed elsewhere.

use std::collections::BTreeMap;

use num_traits::{One, Zero};

use crate::arithmetic::polynomial::{Monomial, Poly, times};
use crate::arithmetic::ring::Ring;
use crate::kernel::term::{Check, Q};

/// A polynomial over a product of powers of polynomials.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fraction {
    /// Above.
    pub above: Poly,
    /// Below: factors and exponents.
    pub below: BTreeMap<Poly, u32>,
}

impl Fraction {
    /// A polynomial.
    #[must_use]
    pub fn of(above: Poly) -> Fraction {
        Fraction {
            above,
            below: BTreeMap::new(),
        }
    }

    /// A number.
    #[must_use]
    pub fn number(value: Q) -> Fraction {
        Fraction::of(Poly::number(value))
    }

    /// One generator.
    #[must_use]
    pub fn generator(generator: u32) -> Fraction {
        Fraction::of(Poly::term(vec![(generator, Q::one())], Q::one()))
    }

    /// Its value, if it is a number.
    #[must_use]
    pub fn as_number(&self) -> Option<Q> {
        self.above.as_number().filter(|_| self.below.is_empty())
    }
}

impl Ring<'_> {
    /// The sum.
    pub fn sum(&mut self, a: &Fraction, b: &Fraction) -> Check<Fraction> {
        let mut below = a.below.clone();
        for (factor, exponent) in &b.below {
            let known = below.entry(factor.clone()).or_insert(0);
            *known = (*known).max(*exponent);
        }
        let left = self.lift(a, &below)?;
        let right = self.lift(b, &below)?;
        self.settled(left.add(&right), below)
    }

    /// The difference.
    pub fn difference(&mut self, a: &Fraction, b: &Fraction) -> Check<Fraction> {
        let minus = Fraction {
            above: b.above.scale(&-Q::one()),
            below: b.below.clone(),
        };
        self.sum(a, &minus)
    }

    fn lift(&mut self, a: &Fraction, below: &BTreeMap<Poly, u32>) -> Check<Poly> {
        let mut above = a.above.clone();
        for (factor, exponent) in below {
            let missing = exponent.saturating_sub(a.below.get(factor).copied().unwrap_or(0));
            let power = factor.pow(missing, self.terms)?;
            above = above.mul(&power, self.terms)?;
        }
        Ok(above)
    }

    /// The product.
    pub fn product(&mut self, a: &Fraction, b: &Fraction) -> Check<Fraction> {
        let mut below = a.below.clone();
        for (factor, exponent) in &b.below {
            let sum = below
                .get(factor)
                .copied()
                .unwrap_or(0)
                .saturating_add(*exponent);
            if sum > 64 {
                return Err("a power too high".to_owned());
            }
            below.insert(factor.clone(), sum);
        }
        let above = a.above.mul(&b.above, self.terms)?;
        self.settled(above, below)
    }

    /// The power with a natural exponent.
    pub fn natural_power(&mut self, a: &Fraction, exponent: u32) -> Check<Fraction> {
        let mut power = Fraction::number(Q::one());
        for _ in 0..exponent {
            power = self.product(&power, a)?;
        }
        Ok(power)
    }

    /// The reciprocal, where the fraction is not 0.
    pub fn reciprocal(&mut self, a: &Fraction) -> Check<Fraction> {
        if a.above.is_zero() {
            return Err("a division by 0".to_owned());
        }
        let mut above = Poly::number(Q::one());
        for (factor, exponent) in &a.below {
            let power = factor.pow(*exponent, self.terms)?;
            above = above.mul(&power, self.terms)?;
        }
        // What all terms have in common, and the rest.
        let content = common(&a.above);
        let inverse: Monomial = content.iter().map(|(g, e)| (*g, -e)).collect();
        let lead = a.above.lead();
        let rest = a
            .above
            .mul(&Poly::term(inverse, lead.recip()), self.terms)?;
        let mut below = BTreeMap::new();
        let mut positive = Monomial::new();
        for (generator, exponent) in content {
            if self.is_positive(generator) {
                positive.push((generator, -exponent));
                continue;
            }
            if self.is_sign(generator) {
                // Its square is 1.
                positive.push((generator, exponent));
                continue;
            }
            let count = crate::arithmetic::polynomial::small(&exponent).filter(|e| *e <= 64);
            let factor = Poly::term(vec![(generator, Q::one())], Q::one());
            below.insert(factor, count.ok_or("a power too high")?);
        }
        above = above.mul(&Poly::term(positive, lead.recip()), self.terms)?;
        if rest.as_number().is_none() {
            below.insert(rest, 1);
        }
        self.settled(above, below)
    }

    /// Brings the polynomial above to its normal form and takes out what it has in common with
    /// factors below that are one generator.
    fn settled(&mut self, above: Poly, mut below: BTreeMap<Poly, u32>) -> Check<Fraction> {
        let mut above = self.radicals(above)?;
        if !above.below.is_empty() {
            let more = Fraction {
                above: Poly::number(Q::one()),
                below,
            };
            return self.product(&above, &more);
        }
        if above.above.is_zero() {
            return Ok(Fraction::default());
        }
        let content = common(&above.above);
        let mut taken = Monomial::new();
        for (generator, exponent) in content {
            let factor = Poly::term(vec![(generator, Q::one())], Q::one());
            let Some(count) = below.get(&factor).copied() else {
                continue;
            };
            let shared = crate::arithmetic::polynomial::small(&exponent)
                .unwrap_or(0)
                .min(count);
            taken.push((generator, -Q::from_integer(shared.into())));
            below.insert(factor, count - shared);
        }
        taken.retain(|(_, e)| !e.is_zero());
        below.retain(|_, exponent| *exponent > 0);
        if !taken.is_empty() {
            above.above = above.above.mul(&Poly::term(taken, Q::one()), self.terms)?;
        }
        let mut left = BTreeMap::new();
        for (factor, mut exponent) in below {
            while exponent > 0 && above.above.0.len() > 1 && above.above.0.len() < 60 {
                let Some(quotient) = above.above.divide(&factor, self.terms)? else {
                    break;
                };
                above.above = quotient;
                exponent -= 1;
            }
            if exponent > 0 {
                left.insert(factor, exponent);
            }
        }
        above.below = left;
        Ok(above)
    }
}

/// The greatest monomial in all terms (of positive generators too, with their least exponents).
#[must_use]
pub fn common(poly: &Poly) -> Monomial {
    let mut all = poly.0.keys();
    let mut shared: Monomial = all.next().cloned().unwrap_or_default();
    for monomial in all {
        shared = shared
            .into_iter()
            .filter_map(|(g, e)| {
                let (_, other) = monomial.iter().find(|(known, _)| *known == g)?;
                let least = if *other < e { other.clone() } else { e };
                (!least.is_zero()).then_some((g, least))
            })
            .collect();
    }
    shared
}

/// Whether a monomial times its coefficient is seen to be positive by its form.
#[must_use]
pub fn plainly_positive(ring: &Ring, monomial: &Monomial, value: &Q) -> bool {
    value.is_positive() && monomial.iter().all(|(g, _)| ring.is_positive(*g))
}

/// The monomial to a rational power.
#[must_use]
pub fn monomial_power(monomial: &Monomial, exponent: &Q) -> Monomial {
    let powered: Monomial = monomial.iter().map(|(g, e)| (*g, e * exponent)).collect();
    times(&powered, &Monomial::new())
}
