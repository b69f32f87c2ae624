//! Fractions of polynomials with factored denominators.

use std::collections::BTreeMap;

use super::atom::{Atoms, Relation};
use super::integer::Integer;
use super::monomial::Monomial;
use super::polynomial::{Polynomial, Purse};
use crate::number::Rational;

/// A fraction. The denominator is a positive integer times powers of primitive polynomials with
/// positive leading coefficients, single atoms among them; it need not be prime to the numerator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fraction {
    /// The numerator.
    pub numerator: Polynomial,
    /// The integer in the denominator, positive.
    pub integer: Integer,
    /// The other factors of the denominator.
    pub factors: BTreeMap<Polynomial, u32>,
}

/// Why there is no normal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A subterm has a value nowhere.
    Undefined,
    /// The budget ran out.
    Budget,
    /// A base has met an exponent with a new denominator: begin again.
    Again,
    /// The term is not of this theory.
    NotMine,
}

impl Fraction {
    /// A polynomial over 1.
    #[must_use]
    pub fn whole(numerator: Polynomial) -> Self {
        Fraction {
            numerator,
            integer: Integer::ONE,
            factors: BTreeMap::new(),
        }
    }

    /// A rational number.
    #[must_use]
    pub fn number(value: &Rational) -> Self {
        Fraction {
            numerator: Polynomial::constant(Integer::from_big(value.numerator())),
            integer: Integer::from_big(value.denominator()),
            factors: BTreeMap::new(),
        }
    }

    /// 1
    #[must_use]
    pub fn one() -> Self {
        Fraction::whole(Polynomial::one())
    }

    /// Its value if it is a rational number.
    #[must_use]
    pub fn as_number(&self) -> Option<Rational> {
        if !self.factors.is_empty() {
            return None;
        }
        let value = self.numerator.as_constant()?;
        Some(Rational::from_big(num_rational::BigRational::new(
            value.to_big(),
            self.integer.to_big(),
        )))
    }

    /// The factors of the denominator multiplied out, without the integer.
    pub fn denominator(&self, purse: &mut Purse) -> Result<Polynomial, Stop> {
        let mut product = Polynomial::one();
        for (factor, exponent) in &self.factors {
            let power = factor.pow(*exponent, purse).ok_or(Stop::Budget)?;
            product = product.mul(&power, purse).ok_or(Stop::Budget)?;
        }
        Ok(product)
    }

    fn divide_by(&mut self, factor: Polynomial, exponent: u32) -> Result<(), Stop> {
        let entry = self.factors.entry(factor).or_insert(0);
        *entry = entry.checked_add(exponent).ok_or(Stop::Budget)?;
        Ok(())
    }

    /// Divides by a polynomial: content, monomial and the rest go apart.
    fn divide_by_any(&mut self, divisor: &Polynomial) -> Result<(), Stop> {
        if divisor.is_zero() {
            return Err(Stop::Undefined);
        }
        let content = divisor.content();
        let monomial = divisor.monomial_content();
        let rest = divisor.unscale(&content).div_monomial(&monomial);
        if content.is_negative() {
            self.numerator = self.numerator.neg();
            self.integer = self.integer.mul(&content.neg());
        } else {
            self.integer = self.integer.mul(&content);
        }
        for (atom, exponent) in monomial.factors() {
            let exponent = u32::try_from(exponent).map_err(|_| Stop::Budget)?;
            self.divide_by(Polynomial::atom(atom, 1), exponent)?;
        }
        if !rest.is_one() {
            self.divide_by(rest, 1)?;
        }
        Ok(())
    }

    /// Cancels the integer content and monomials.
    fn lighten(mut self) -> Self {
        if self.numerator.is_zero() {
            return Fraction::whole(Polynomial::default());
        }
        if !self.integer.is_one() {
            let common = self.numerator.content().gcd(&self.integer);
            if !common.is_one() {
                self.numerator = self.numerator.unscale(&common);
                self.integer = self.integer.div_exact(&common).unwrap_or(self.integer);
            }
        }
        if self.factors.is_empty() {
            return self;
        }
        let monomial = self.numerator.monomial_content();
        let mut cancelled = Monomial::one();
        for (atom, exponent) in monomial.factors() {
            let key = Polynomial::atom(atom, 1);
            let Some(below) = self.factors.get_mut(&key) else {
                continue;
            };
            let common = (*below).min(exponent.unsigned_abs());
            *below -= common;
            if *below == 0 {
                self.factors.remove(&key);
            }
            let power = Monomial::power(atom, i32::try_from(common).unwrap_or(0));
            cancelled = cancelled.mul(&power).unwrap_or(cancelled);
        }
        self.numerator = self.numerator.div_monomial(&cancelled);
        let keys: Vec<Polynomial> = self
            .factors
            .keys()
            .filter(|f| f.len() > 1)
            .cloned()
            .collect();
        for key in keys {
            // A factor that divides the numerator evenly goes: x² − 1 over x − 1.
            while self.numerator.len() >= key.len() && self.numerator.len() <= 64 {
                let mut purse = Purse::new(512);
                let Some(quotient) = self.numerator.div_exact(&key, &mut purse) else {
                    break;
                };
                self.numerator = quotient;
                if let Some(below) = self.factors.get_mut(&key) {
                    *below -= 1;
                    if *below == 0 {
                        self.factors.remove(&key);
                        break;
                    }
                }
            }
        }
        self
    }

    /// The negative.
    #[must_use]
    pub fn neg(&self) -> Self {
        Fraction {
            numerator: self.numerator.neg(),
            ..self.clone()
        }
    }
}

/// Arithmetic of fractions under the relations of their atoms.
pub struct Arithmetic<'a> {
    /// The atoms.
    pub atoms: &'a Atoms,
    /// What may still be spent.
    pub purse: &'a mut Purse,
}

impl Arithmetic<'_> {
    /// Brings powers of roots and signs below their bounds.
    fn reduce(&mut self, polynomial: Polynomial) -> Result<Fraction, Stop> {
        let found = polynomial.terms().iter().find_map(|(m, _)| {
            m.factors().find_map(|(atom, exponent)| {
                let known = self.atoms.get(atom)?;
                match &known.relation {
                    Relation::Free => None,
                    Relation::Sign => (exponent > 1).then(|| (atom, 2, Fraction::one())),
                    Relation::Root(base) => {
                        (exponent >= known.unit).then(|| (atom, known.unit, base.clone()))
                    }
                }
            })
        });
        let Some((atom, unit, base)) = found else {
            return Ok(Fraction::whole(polynomial));
        };
        let mut parts: BTreeMap<i32, Vec<(Monomial, Integer)>> = BTreeMap::new();
        for (m, c) in polynomial.terms() {
            let exponent = m.exponent(atom);
            let rest = m
                .without(atom)
                .mul(&Monomial::power(atom, exponent % unit))
                .ok_or(Stop::Budget)?;
            parts
                .entry(exponent / unit)
                .or_default()
                .push((rest, c.clone()));
        }
        let mut sum = Fraction::whole(Polynomial::default());
        for (exponent, terms) in parts {
            let part = self.reduce(Polynomial::collect(terms))?;
            let power = self.pow(&base, i64::from(exponent))?;
            let product = self.mul(&part, &power)?;
            sum = self.add(&sum, &product)?;
        }
        Ok(sum)
    }

    fn product(&mut self, a: &Polynomial, b: &Polynomial) -> Result<Polynomial, Stop> {
        a.mul(b, self.purse).ok_or(Stop::Budget)
    }

    /// Multiplies by a polynomial and reduces.
    fn over(&mut self, numerator: Polynomial, below: &Fraction) -> Result<Fraction, Stop> {
        let mut result = self.reduce(numerator)?;
        result.integer = result.integer.mul(&below.integer);
        for (factor, exponent) in &below.factors {
            result.divide_by(factor.clone(), *exponent)?;
        }
        Ok(result.lighten())
    }

    /// The product.
    pub fn mul(&mut self, a: &Fraction, b: &Fraction) -> Result<Fraction, Stop> {
        let numerator = self.product(&a.numerator, &b.numerator)?;
        let mut below = a.clone();
        below.integer = below.integer.mul(&b.integer);
        for (factor, exponent) in &b.factors {
            below.divide_by(factor.clone(), *exponent)?;
        }
        self.over(numerator, &below)
    }

    /// What the numerator has to be multiplied with to stand over the common denominator.
    fn raise(&mut self, from: &Fraction, to: &Fraction) -> Result<Polynomial, Stop> {
        let integer = to.integer.div_exact(&from.integer).ok_or(Stop::Budget)?;
        let mut product = from.numerator.scale(&integer);
        for (factor, exponent) in &to.factors {
            let have = from.factors.get(factor).copied().unwrap_or(0);
            let power = factor
                .pow(exponent.saturating_sub(have), self.purse)
                .ok_or(Stop::Budget)?;
            if !power.is_one() {
                product = self.product(&product, &power)?;
            }
        }
        Ok(product)
    }

    /// The sum.
    pub fn add(&mut self, a: &Fraction, b: &Fraction) -> Result<Fraction, Stop> {
        if a.integer == b.integer && a.factors == b.factors {
            let numerator = a.numerator.add(&b.numerator);
            return Ok(Fraction {
                numerator,
                ..a.clone()
            }
            .lighten());
        }
        let common = a.integer.gcd(&b.integer);
        let other = b.integer.div_exact(&common).ok_or(Stop::Budget)?;
        let mut below = Fraction {
            numerator: Polynomial::one(),
            integer: a.integer.mul(&other),
            factors: a.factors.clone(),
        };
        for (factor, exponent) in &b.factors {
            let entry = below.factors.entry(factor.clone()).or_insert(0);
            *entry = (*entry).max(*exponent);
        }
        let left = self.raise(a, &below)?;
        let right = self.raise(b, &below)?;
        self.over(left.add(&right), &below)
    }

    /// The inverse; the zero fraction has none.
    pub fn inverse(&mut self, a: &Fraction) -> Result<Fraction, Stop> {
        let mut numerator = Polynomial::constant(a.integer.clone());
        for (factor, exponent) in &a.factors {
            let power = factor.pow(*exponent, self.purse).ok_or(Stop::Budget)?;
            numerator = self.product(&numerator, &power)?;
        }
        let mut divisor = a.numerator.clone();
        // Roots go from a denominator that is one term: 1/√2 = √2/2.
        if let [(monomial, _)] = divisor.terms() {
            let mut complement = Monomial::one();
            for (atom, exponent) in monomial.factors() {
                let Some(known) = self.atoms.get(atom) else {
                    continue;
                };
                let missing = match known.relation {
                    Relation::Free => 0,
                    Relation::Sign => 2 - exponent,
                    Relation::Root(_) => known.unit - exponent,
                };
                complement = complement
                    .mul(&Monomial::power(atom, missing.max(0)))
                    .ok_or(Stop::Budget)?;
            }
            if !complement.is_one() {
                let complement = Polynomial::monomial(complement, Integer::ONE);
                numerator = self.product(&numerator, &complement)?;
                divisor = self.product(&divisor, &complement)?;
            }
        }
        let divisor = self.reduce(divisor)?;
        let mut result = self.reduce(numerator)?;
        if !divisor.factors.is_empty() || !divisor.integer.is_one() {
            let above = Fraction::whole(divisor.denominator(self.purse)?.scale(&divisor.integer));
            result = self.mul(&result, &above)?;
        }
        result.divide_by_any(&divisor.numerator)?;
        Ok(result.lighten())
    }

    /// An integer power.
    pub fn pow(&mut self, a: &Fraction, exponent: i64) -> Result<Fraction, Stop> {
        if exponent == 0 {
            return Ok(Fraction::one());
        }
        if exponent < 0 {
            let positive = self.pow(a, exponent.checked_neg().ok_or(Stop::Budget)?)?;
            return self.inverse(&positive);
        }
        let exponent = u32::try_from(exponent).map_err(|_| Stop::Budget)?;
        affordable(&a.numerator, exponent).inspect_err(|_| self.purse.met_products = true)?;
        let numerator = a.numerator.pow(exponent, self.purse).ok_or(Stop::Budget)?;
        let mut below = Fraction::one();
        below.integer = a.integer.pow(exponent).ok_or(Stop::Budget)?;
        for (factor, e) in &a.factors {
            let e = e.checked_mul(exponent).ok_or(Stop::Budget)?;
            below.divide_by(factor.clone(), e)?;
        }
        self.over(numerator, &below)
    }
}

/// Whether the power can be multiplied out: an estimate of the work, beforehand.
fn affordable(base: &Polynomial, exponent: u32) -> Result<(), Stop> {
    const WORK: u64 = 150_000;
    let k = base.len() as u64;
    if k <= 1 {
        return Ok(());
    }
    // C(n + k − 1, k − 1) terms at most; each power costs k products a term.
    let mut terms: u64 = 1;
    for i in 1..k {
        terms = terms.saturating_mul(u64::from(exponent) + i) / i;
        if terms > WORK {
            return Err(Stop::Budget);
        }
    }
    let work = terms.saturating_mul(u64::from(exponent)).saturating_mul(k) / k.min(3);
    if work > WORK {
        Err(Stop::Budget)
    } else {
        Ok(())
    }
}
