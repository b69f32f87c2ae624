//! Sparse polynomials over ℚ in numbered variables, as the decisions of order need them:
//! arithmetic, exact division, greatest common divisors, pseudo-remainders.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;

use crate::number::{Rational, Residue, are_coprime};

/// A product of variables with exponents ≥ 1, by rising variable; ordered by degree, then
/// lexicographically with lower variables first (a monomial order).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Monomial(pub Vec<(u32, u32)>);

impl Monomial {
    /// The total degree.
    pub fn degree(&self) -> u32 {
        self.0.iter().map(|(_, e)| *e).sum()
    }

    /// The exponent of a variable.
    pub fn exponent(&self, variable: u32) -> u32 {
        self.0
            .iter()
            .find(|(v, _)| *v == variable)
            .map_or(0, |(_, e)| *e)
    }

    /// The product.
    pub fn mul(&self, other: &Self) -> Self {
        let mut out = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        loop {
            match (a.peek(), b.peek()) {
                (Some((v, e)), Some((w, f))) => match v.cmp(w) {
                    Ordering::Less => {
                        out.push((*v, *e));
                        a.next();
                    }
                    Ordering::Greater => {
                        out.push((*w, *f));
                        b.next();
                    }
                    Ordering::Equal => {
                        out.push((*v, e + f));
                        a.next();
                        b.next();
                    }
                },
                (Some(x), None) => {
                    out.push(**x);
                    a.next();
                }
                (None, Some(x)) => {
                    out.push(**x);
                    b.next();
                }
                (None, None) => return Monomial(out),
            }
        }
    }

    /// The quotient if `other` divides it.
    pub fn divide(&self, other: &Self) -> Option<Self> {
        let mut out = self.0.clone();
        for (v, e) in &other.0 {
            let place = out.iter_mut().find(|(w, _)| w == v)?;
            place.1 = place.1.checked_sub(*e)?;
        }
        out.retain(|(_, e)| *e > 0);
        Some(Monomial(out))
    }

    /// The least common multiple.
    pub fn lcm(&self, other: &Self) -> Self {
        let mut table: BTreeMap<u32, u32> = self.0.iter().copied().collect();
        for (v, e) in &other.0 {
            let place = table.entry(*v).or_insert(0);
            *place = (*place).max(*e);
        }
        Monomial(table.into_iter().collect())
    }
}

impl Ord for Monomial {
    fn cmp(&self, other: &Self) -> Ordering {
        self.degree().cmp(&other.degree()).then_with(|| {
            for (a, b) in self.0.iter().zip(&other.0) {
                match a.0.cmp(&b.0) {
                    Ordering::Equal => {}
                    unequal => return unequal.reverse(),
                }
                match a.1.cmp(&b.1) {
                    Ordering::Equal => {}
                    unequal => return unequal,
                }
            }
            self.0.len().cmp(&other.0.len())
        })
    }
}

impl PartialOrd for Monomial {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A polynomial: its monomials with their non-zero coefficients.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Polynomial(pub BTreeMap<Monomial, Rational>);

impl Polynomial {
    /// The constant polynomial.
    pub fn constant(value: Rational) -> Self {
        let mut out = Polynomial::default();
        out.put(Monomial::default(), &value);
        out
    }

    /// The polynomial 1.
    pub fn one() -> Self {
        Polynomial::constant(Rational::one())
    }

    /// A variable.
    pub fn variable(variable: u32) -> Self {
        let mut out = Polynomial::default();
        out.put(Monomial(vec![(variable, 1)]), &Rational::one());
        out
    }

    fn put(&mut self, monomial: Monomial, value: &Rational) {
        if value.is_zero() {
            return;
        }
        match self.0.get_mut(&monomial) {
            Some(old) => {
                let sum = old.add(value);
                if sum.is_zero() {
                    self.0.remove(&monomial);
                } else {
                    *old = sum;
                }
            }
            None => {
                self.0.insert(monomial, value.clone());
            }
        }
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// Its value if it is constant.
    pub fn as_constant(&self) -> Option<Rational> {
        match self.0.len() {
            0 => Some(Rational::zero()),
            1 => self.0.get(&Monomial::default()).cloned(),
            _ => None,
        }
    }

    /// How many monomials it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The total degree; 0 of constants.
    pub fn degree(&self) -> u32 {
        self.0.keys().next_back().map_or(0, Monomial::degree)
    }

    /// The degree in one variable.
    pub fn degree_in(&self, variable: u32) -> u32 {
        self.0
            .keys()
            .map(|m| m.exponent(variable))
            .max()
            .unwrap_or(0)
    }

    /// The variables in it, rising.
    pub fn variables(&self) -> Vec<u32> {
        let mut all: Vec<u32> = self
            .0
            .keys()
            .flat_map(|m| m.0.iter().map(|(v, _)| *v))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The leading monomial and coefficient.
    pub fn leading(&self) -> Option<(&Monomial, &Rational)> {
        self.0.iter().next_back()
    }

    /// The sum.
    pub fn add(&self, other: &Self) -> Self {
        let mut out = self.clone();
        for (m, c) in &other.0 {
            out.put(m.clone(), c);
        }
        out
    }

    /// The difference.
    pub fn sub(&self, other: &Self) -> Self {
        let mut out = self.clone();
        for (m, c) in &other.0 {
            out.put(m.clone(), &c.neg());
        }
        out
    }

    /// The negative.
    pub fn neg(&self) -> Self {
        Polynomial(self.0.iter().map(|(m, c)| (m.clone(), c.neg())).collect())
    }

    /// A multiple.
    pub fn scale(&self, by: &Rational) -> Self {
        if by.is_zero() {
            return Polynomial::default();
        }
        Polynomial(self.0.iter().map(|(m, c)| (m.clone(), c.mul(by))).collect())
    }

    /// The multiple by a monomial and a number that is not 0.
    pub fn mul_monomial(&self, monomial: &Monomial, by: &Rational) -> Self {
        Polynomial(
            self.0
                .iter()
                .map(|(m, c)| (m.mul(monomial), c.mul(by)))
                .collect(),
        )
    }

    /// The product.
    pub fn mul(&self, other: &Self) -> Self {
        let mut out = Polynomial::default();
        for (m, c) in &self.0 {
            for (n, d) in &other.0 {
                out.put(m.mul(n), &c.mul(d));
            }
        }
        out
    }

    /// A power; `None` where it would grow beyond `terms` monomials.
    pub fn pow(&self, exponent: u32, terms: usize) -> Option<Self> {
        let mut out = Polynomial::one();
        for _ in 0..exponent {
            out = out.mul(self);
            if out.len() > terms {
                return None;
            }
        }
        Some(out)
    }

    /// The quotient if `other` divides it without remainder.
    pub fn divide(&self, other: &Self) -> Option<Self> {
        let (lead, by) = other.leading()?;
        let mut rest = self.clone();
        let mut quotient = Polynomial::default();
        while let Some((m, c)) = rest.leading() {
            let (monomial, factor) = (m.divide(lead)?, c.div(by)?);
            rest = rest.sub(&other.mul_monomial(&monomial, &factor));
            quotient.put(monomial, &factor);
        }
        Some(quotient)
    }

    /// Its coefficients as a polynomial in one variable, from the constant one upwards.
    pub fn coefficients(&self, variable: u32) -> Vec<Polynomial> {
        let mut out = vec![Polynomial::default(); self.degree_in(variable) as usize + 1];
        for (m, c) in &self.0 {
            let exponent = m.exponent(variable) as usize;
            let rest = Monomial(
                m.0.iter()
                    .copied()
                    .filter(|(v, _)| *v != variable)
                    .collect(),
            );
            if let Some(place) = out.get_mut(exponent) {
                place.put(rest, c);
            }
        }
        out
    }

    /// Puts `numerator / denominator` in the place of a variable and multiplies by
    /// `denominator ^ max(degree, power)`: the numerator of the result.
    pub fn substitute(
        &self,
        variable: u32,
        numerator: &Polynomial,
        denominator: &Polynomial,
        power: u32,
    ) -> Polynomial {
        let coefficients = self.coefficients(variable);
        let degree = coefficients.len() - 1;
        let total = degree.max(power as usize);
        let mut out = Polynomial::default();
        let mut up = Polynomial::one();
        let mut powers = vec![Polynomial::one()];
        for i in 0..total {
            let next = powers[i].mul(denominator);
            powers.push(next);
        }
        for (i, coefficient) in coefficients.iter().enumerate() {
            out = out.add(&coefficient.mul(&up).mul(&powers[total - i]));
            up = up.mul(numerator);
        }
        out
    }

    /// The derivative by a variable.
    pub fn derivative(&self, variable: u32) -> Polynomial {
        let mut out = Polynomial::default();
        for (m, c) in &self.0 {
            let exponent = m.exponent(variable);
            if let Some(rest) = m.divide(&Monomial(vec![(variable, 1)])) {
                out.put(rest, &c.mul(&Rational::from(i64::from(exponent))));
            }
        }
        out
    }

    /// The remainder of `lc(other)^k · self` by `other` as polynomials in one variable, and k.
    pub fn pseudo_remainder(&self, other: &Self, variable: u32) -> (Polynomial, u32) {
        let degree = other.degree_in(variable);
        let by = other
            .coefficients(variable)
            .last()
            .cloned()
            .unwrap_or_default();
        let mut rest = self.clone();
        let mut times = 0;
        while !rest.is_zero() && rest.degree_in(variable) >= degree {
            let d = rest.degree_in(variable);
            let lead = rest
                .coefficients(variable)
                .last()
                .cloned()
                .unwrap_or_default();
            let shift = Monomial(if d == degree {
                Vec::new()
            } else {
                vec![(variable, d - degree)]
            });
            rest = rest
                .mul(&by)
                .sub(&other.mul(&lead).mul_monomial(&shift, &Rational::one()));
            times += 1;
            if degree == 0 {
                return (Polynomial::default(), times);
            }
        }
        (rest, times)
    }

    /// The rational c for which `self / c` has coprime integer coefficients, the leading one
    /// positive.
    pub fn content(&self) -> Rational {
        if let Some(content) = self.small_content() {
            return content;
        }
        let (mut numerator, mut denominator) = (BigInt::from(0), BigInt::from(1));
        for c in self.0.values() {
            numerator = numerator.gcd(&c.numerator());
            denominator = denominator.lcm(&c.denominator());
        }
        let content = Rational::from_big(BigRational::new(numerator, denominator));
        if self.leading().is_some_and(|(_, c)| c.signum() < 0) {
            content.neg()
        } else {
            content
        }
    }

    /// The same where all coefficients are short.
    fn small_content(&self) -> Option<Rational> {
        let (mut numerator, mut denominator) = (0u64, 1u64);
        for c in self.0.values() {
            let (n, d) = c.to_small()?;
            numerator = numerator.gcd(&n.unsigned_abs());
            denominator = denominator.checked_mul(d / denominator.gcd(&d))?;
        }
        let sign = self.leading().map_or(1, |(_, c)| i64::from(c.signum()));
        let numerator = i64::try_from(numerator).ok()?;
        Rational::new(sign * numerator, i64::try_from(denominator).ok()?)
    }

    /// Divided by its [`Polynomial::content`]: coprime integers, the leading one positive.
    pub fn primitive(&self) -> Polynomial {
        if self.is_zero() {
            return self.clone();
        }
        let content = self.content();
        if content.is_one() {
            return self.clone();
        }
        match Rational::one().div(&content) {
            Some(by) => self.scale(&by),
            None => self.clone(),
        }
    }

    /// The greatest common divisor, primitive; 1 where it would take more than `terms` monomials
    /// (a common divisor all the same).
    pub fn gcd(&self, other: &Self, terms: usize) -> Polynomial {
        self.try_gcd(other, terms).unwrap_or_else(Polynomial::one)
    }

    fn try_gcd(&self, other: &Self, terms: usize) -> Option<Polynomial> {
        if self.is_zero() {
            return Some(other.primitive());
        }
        if other.is_zero() {
            return Some(self.primitive());
        }
        let (mine, theirs) = (self.variables(), other.variables());
        let shared = || mine.iter().copied().filter(|v| theirs.contains(v));
        if shared().all(|v| self.is_coprime_in(other, v)) {
            return Some(Polynomial::one());
        }
        let Some(variable) = mine.iter().copied().find(|v| theirs.contains(v)) else {
            return Some(Polynomial::one());
        };
        let (a, b) = (
            self.content_in(variable, terms)?,
            other.content_in(variable, terms)?,
        );
        let common = a.try_gcd(&b, terms)?;
        let mut a = self.divide(&a)?.primitive();
        let mut b = other.divide(&b)?.primitive();
        if a.degree_in(variable) < b.degree_in(variable) {
            std::mem::swap(&mut a, &mut b);
        }
        while !b.is_zero() {
            if b.degree_in(variable) == 0 {
                return Some(common.primitive());
            }
            let (rest, _) = a.pseudo_remainder(&b, variable);
            if rest.len() > terms {
                return None;
            }
            a = b;
            b = if rest.is_zero() {
                rest
            } else {
                let content = rest.content_in(variable, terms)?;
                rest.divide(&content)?.primitive()
            };
        }
        Some(a.mul(&common).primitive())
    }

    /// Whether the polynomials surely have no common divisor with that variable: at values of the
    /// others, modulo a prime, they have none.
    fn is_coprime_in(&self, other: &Self, variable: u32) -> bool {
        let (Some(left), Some(right)) = (self.image(variable), other.image(variable)) else {
            return false;
        };
        let degrees = (
            self.degree_in(variable) as usize,
            other.degree_in(variable) as usize,
        );
        are_coprime(left.into_iter(), right.into_iter(), degrees)
    }

    /// Exponents of a variable with their coefficients at values of the others modulo a prime.
    fn image(&self, variable: u32) -> Option<Vec<(usize, Residue)>> {
        let term = |(m, c): (&Monomial, &Rational)| {
            let mut value = Residue::rational(c)?;
            let mut exponent = 0;
            for (v, e) in &m.0 {
                if *v == variable {
                    exponent = *e as usize;
                } else {
                    value = value.mul(Residue::of_variable(*v).pow(u64::from(*e)));
                }
            }
            Some((exponent, value))
        };
        self.0.iter().map(term).collect()
    }

    /// The greatest common divisor of its coefficients in one variable.
    pub fn content_in(&self, variable: u32, terms: usize) -> Option<Polynomial> {
        let mut content = Polynomial::default();
        for coefficient in self.coefficients(variable) {
            content = content.try_gcd(&coefficient, terms)?;
            if content.as_constant().is_some_and(|c| !c.is_zero()) {
                return Some(Polynomial::one());
            }
        }
        Some(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn x() -> Polynomial {
        Polynomial::variable(0)
    }
    fn y() -> Polynomial {
        Polynomial::variable(1)
    }

    #[test]
    fn a_difference_of_cubes_has_the_difference_as_a_factor() {
        let (x, y) = (x(), y());
        let cubes = x.mul(&x).mul(&x).sub(&y.mul(&y).mul(&y));
        let quotient = cubes.divide(&x.sub(&y)).unwrap();
        assert_eq!(quotient, x.mul(&x).add(&x.mul(&y)).add(&y.mul(&y)));
        assert!(cubes.divide(&x.add(&y)).is_none());
        let squares = x.mul(&x).sub(&y.mul(&y));
        assert_eq!(squares.gcd(&cubes, 100), x.sub(&y).primitive());
    }

    #[test]
    fn a_fraction_is_substituted_and_cleared() {
        // x² − 2 at x = y/3 is (y² − 18)/9.
        let p = x().mul(&x()).sub(&Polynomial::constant(Rational::from(2)));
        let q = p.substitute(0, &y(), &Polynomial::constant(Rational::from(3)), 0);
        assert_eq!(
            q,
            y().mul(&y()).sub(&Polynomial::constant(Rational::from(18)))
        );
    }
}
