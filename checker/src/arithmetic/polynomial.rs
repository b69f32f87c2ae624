//! Sparse polynomials over ℚ in numbered generators. Exponents of positive generators are any
//! rational numbers, those of others are natural.

use std::collections::BTreeMap;

use num_traits::{One, Zero};

use crate::kernel::term::{Check, Q, Terms};

/// A product of powers of generators, sorted by generator, without exponents 0.
pub type Monomial = Vec<(u32, Q)>;

/// Monomials and their coefficients, none of them 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Poly(pub BTreeMap<Monomial, Q>);

const TERMS: usize = 4_000;
const BITS: u64 = 20_000;

/// The product of two monomials.
#[must_use]
pub fn times(a: &Monomial, b: &Monomial) -> Monomial {
    let mut all: BTreeMap<u32, Q> = a.iter().cloned().collect();
    for (generator, exponent) in b {
        *all.entry(*generator).or_insert_with(Q::zero) += exponent;
    }
    all.into_iter().filter(|(_, e)| !e.is_zero()).collect()
}

impl Poly {
    /// A number.
    #[must_use]
    pub fn number(value: Q) -> Poly {
        Poly::term(Monomial::new(), value)
    }

    /// One term.
    #[must_use]
    pub fn term(monomial: Monomial, value: Q) -> Poly {
        let mut poly = Poly::default();
        poly.plus(monomial, &value);
        poly
    }

    /// Adds one term.
    pub fn plus(&mut self, monomial: Monomial, value: &Q) {
        let sum = self.0.remove(&monomial).unwrap_or_else(Q::zero) + value;
        if !sum.is_zero() {
            self.0.insert(monomial, sum);
        }
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// Its value, if it is a number.
    #[must_use]
    pub fn as_number(&self) -> Option<Q> {
        match self.0.len() {
            0 => Some(Q::zero()),
            1 => self.0.get(&Monomial::new()).cloned(),
            _ => None,
        }
    }

    /// Its only term.
    #[must_use]
    pub fn single(&self) -> Option<(&Monomial, &Q)> {
        let mut all = self.0.iter();
        all.next().filter(|_| all.next().is_none())
    }

    /// The coefficient of its last monomial.
    #[must_use]
    pub fn lead(&self) -> Q {
        self.0.values().next_back().cloned().unwrap_or_else(Q::one)
    }

    /// The sum.
    #[must_use]
    pub fn add(&self, other: &Poly) -> Poly {
        let mut sum = self.clone();
        for (monomial, value) in &other.0 {
            sum.plus(monomial.clone(), value);
        }
        sum
    }

    /// A multiple.
    #[must_use]
    pub fn scale(&self, by: &Q) -> Poly {
        if by.is_zero() {
            return Poly::default();
        }
        Poly(self.0.iter().map(|(m, c)| (m.clone(), c * by)).collect())
    }

    /// The product.
    pub fn mul(&self, other: &Poly, terms: &mut Terms) -> Check<Poly> {
        terms.spend((self.0.len() * other.0.len()) as u64 + 1)?;
        let mut product = Poly::default();
        for (a, x) in &self.0 {
            for (b, y) in &other.0 {
                product.plus(times(a, b), &(x * y));
                if product.0.len() > TERMS {
                    return Err("a polynomial with too many terms".to_owned());
                }
            }
        }
        let long = |c: &Q| c.bits() > BITS;
        if product.0.values().any(long) {
            return Err("numbers with too many digits".to_owned());
        }
        Ok(product)
    }

    /// A natural power.
    pub fn pow(&self, exponent: u32, terms: &mut Terms) -> Check<Poly> {
        let mut power = Poly::number(Q::one());
        for _ in 0..exponent {
            power = power.mul(self, terms)?;
        }
        Ok(power)
    }

    /// The generators in it.
    #[must_use]
    pub fn generators(&self) -> std::collections::BTreeSet<u32> {
        self.0.keys().flatten().map(|(g, _)| *g).collect()
    }

    /// The coefficients of the powers of a generator, from 0 on; `None` where an exponent is no
    /// natural number or above 64.
    #[must_use]
    pub fn coefficients(&self, generator: u32) -> Option<Vec<Poly>> {
        let mut all = Vec::new();
        for (monomial, value) in &self.0 {
            let mut rest = monomial.clone();
            let place = rest.iter().position(|(g, _)| *g == generator);
            let exponent = place.map_or_else(Q::zero, |place| rest.remove(place).1);
            let exponent = small(&exponent).filter(|e| *e <= 64)? as usize;
            if all.len() <= exponent {
                all.resize(exponent + 1, Poly::default());
            }
            all.get_mut(exponent)?.plus(rest, value);
        }
        Some(all)
    }

    /// The negative exponents in it, for each generator the least.
    fn lowest(&self) -> Monomial {
        let mut all: BTreeMap<u32, Q> = BTreeMap::new();
        for (generator, exponent) in self.0.keys().flatten() {
            if exponent.is_negative() {
                let least = all.entry(*generator).or_insert_with(Q::zero);
                if exponent < least {
                    *least = exponent.clone();
                }
            }
        }
        all.into_iter().collect()
    }

    /// The product with a monomial.
    fn shifted(&self, by: &Monomial) -> Poly {
        let all = self.0.iter();
        Poly(all.map(|(m, c)| (times(m, by), c.clone())).collect())
    }

    /// The quotient, if the other divides it: by the lexicographic order of exponents.
    pub fn divide(&self, other: &Poly, terms: &mut Terms) -> Check<Option<Poly>> {
        // Negative exponents (of positive generators) are taken out first: without them the order
        // of monomials is a good one, and division ends.
        let (low, below) = (self.lowest(), other.lowest());
        if !low.is_empty() || !below.is_empty() {
            let inverse = |m: &Monomial| -> Monomial { m.iter().map(|(g, e)| (*g, -e)).collect() };
            let whole = self.shifted(&inverse(&low));
            let divisor = other.shifted(&inverse(&below));
            let back = times(&low, &inverse(&below));
            let quotient = whole.divide(&divisor, terms)?;
            return Ok(quotient.map(|quotient| quotient.shifted(&back)));
        }
        let lead = |p: &Poly| {
            let all =
                p.0.iter()
                    .map(|(m, c)| (lexicographic(m), m.clone(), c.clone()));
            all.max_by(|a, b| a.0.cmp(&b.0))
        };
        let Some((_, below, divisor)) = lead(other) else {
            return Ok(None);
        };
        let (mut rest, mut quotient) = (self.clone(), Poly::default());
        for _ in 0..200 {
            terms.spend(rest.0.len() as u64 + 1)?;
            let Some((_, above, value)) = lead(&rest) else {
                return Ok(Some(quotient));
            };
            let inverse: Monomial = below.iter().map(|(g, e)| (*g, -e)).collect();
            let step = times(&above, &inverse);
            if step.iter().any(|(_, e)| e.is_negative()) {
                return Ok(None);
            }
            let step = Poly::term(step, value / &divisor);
            rest = rest.add(&other.mul(&step, terms)?.scale(&-Q::one()));
            quotient = quotient.add(&step);
        }
        Ok(None)
    }
}

/// A key that orders monomials as division needs it: an exponent of an earlier generator counts
/// more than all of the later.
fn lexicographic(monomial: &Monomial) -> Vec<(std::cmp::Reverse<u32>, Q)> {
    monomial
        .iter()
        .map(|(g, e)| (std::cmp::Reverse(*g), e.clone()))
        .collect()
}

/// A small natural number.
#[must_use]
pub fn small(value: &Q) -> Option<u32> {
    value.to_u32()
}
