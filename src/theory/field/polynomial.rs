//! Sparse polynomials with integer coefficients.

use rustc_hash::FxHashMap;

use super::integer::Integer;
use super::monomial::{AtomId, Monomial};
use crate::term::Allowance;

/// A polynomial: monomials in decreasing order with coefficients other than 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Polynomial {
    terms: Vec<(Monomial, Integer)>,
}

/// What an operation may still spend.
#[derive(Clone, Copy, Debug)]
pub struct Purse {
    /// Products of two terms.
    pub left: u64,
    /// How many terms a product may have.
    pub terms: usize,
    /// Whether a product had more.
    pub met_terms: bool,
    /// Whether something cost more than was left.
    pub met_products: bool,
}

impl Purse {
    /// A purse for so many products of two terms.
    #[must_use]
    pub fn new(left: u64) -> Self {
        Purse {
            left,
            terms: Allowance::NORMAL.terms as usize,
            met_terms: false,
            met_products: false,
        }
    }

    /// Takes so many from it; `None` where it has not that many.
    pub fn spend(&mut self, count: u64) -> Option<()> {
        let left = self.left.checked_sub(count);
        self.met_products |= left.is_none();
        self.left = left?;
        Some(())
    }
}

impl Polynomial {
    /// A constant.
    #[must_use]
    pub fn constant(value: Integer) -> Self {
        Polynomial::monomial(Monomial::one(), value)
    }

    /// The polynomial 1.
    #[must_use]
    pub fn one() -> Self {
        Polynomial::constant(Integer::ONE)
    }

    /// A coefficient times a monomial.
    #[must_use]
    pub fn monomial(monomial: Monomial, coefficient: Integer) -> Self {
        let terms = if coefficient.is_zero() {
            Vec::new()
        } else {
            vec![(monomial, coefficient)]
        };
        Polynomial { terms }
    }

    /// One atom to a power.
    #[must_use]
    pub fn atom(atom: AtomId, exponent: i32) -> Self {
        Polynomial::monomial(Monomial::power(atom, exponent), Integer::ONE)
    }

    /// From terms in any order, like terms gathered.
    #[must_use]
    pub fn collect(mut terms: Vec<(Monomial, Integer)>) -> Self {
        terms.sort_unstable_by(|a, b| b.0.cmp(&a.0));
        let mut merged: Vec<(Monomial, Integer)> = Vec::with_capacity(terms.len());
        for (monomial, coefficient) in terms {
            match merged.last_mut() {
                Some(last) if last.0 == monomial => last.1 = last.1.add(&coefficient),
                _ => {
                    if merged.last().is_some_and(|last| last.1.is_zero()) {
                        merged.pop();
                    }
                    merged.push((monomial, coefficient));
                }
            }
        }
        if merged.last().is_some_and(|last| last.1.is_zero()) {
            merged.pop();
        }
        Polynomial { terms: merged }
    }

    /// Its terms in decreasing order.
    #[must_use]
    pub fn terms(&self) -> &[(Monomial, Integer)] {
        &self.terms
    }

    /// How many terms it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether it is the zero polynomial.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether it is the polynomial 1.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.as_constant().is_some_and(|c| c.is_one())
    }

    /// Its value if it is a constant.
    #[must_use]
    pub fn as_constant(&self) -> Option<Integer> {
        match self.terms.as_slice() {
            [] => Some(Integer::ZERO),
            [(monomial, c)] if monomial.is_one() => Some(c.clone()),
            _ => None,
        }
    }

    /// The sum.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        let mut terms = Vec::with_capacity(self.len() + other.len());
        let (mut left, mut right) = (self.terms.iter().peekable(), other.terms.iter().peekable());
        loop {
            match (left.peek(), right.peek()) {
                (None, None) => return Polynomial { terms },
                (Some(_), None) => terms.extend(left.by_ref().cloned()),
                (None, Some(_)) => terms.extend(right.by_ref().cloned()),
                (Some(a), Some(b)) => match a.0.cmp(&b.0) {
                    std::cmp::Ordering::Greater => terms.extend(left.next().cloned()),
                    std::cmp::Ordering::Less => terms.extend(right.next().cloned()),
                    std::cmp::Ordering::Equal => {
                        let sum = a.1.add(&b.1);
                        if !sum.is_zero() {
                            terms.push((a.0.clone(), sum));
                        }
                        left.next();
                        right.next();
                    }
                },
            }
        }
    }

    /// The negative.
    #[must_use]
    pub fn neg(&self) -> Self {
        self.map_coefficients(Integer::neg)
    }

    fn map_coefficients(&self, to: impl Fn(&Integer) -> Integer) -> Self {
        Polynomial {
            terms: self.terms.iter().map(|(m, c)| (m.clone(), to(c))).collect(),
        }
    }

    /// Each coefficient multiplied.
    #[must_use]
    pub fn scale(&self, factor: &Integer) -> Self {
        if factor.is_zero() {
            return Polynomial::default();
        }
        if factor.is_one() {
            return self.clone();
        }
        self.map_coefficients(|c| c.mul(factor))
    }

    /// Each coefficient divided, which must leave no remainder.
    #[must_use]
    pub fn unscale(&self, divisor: &Integer) -> Self {
        if divisor.is_one() {
            return self.clone();
        }
        self.map_coefficients(|c| c.div_exact(divisor).unwrap_or_else(|| c.clone()))
    }

    /// Multiplied by a term.
    #[must_use]
    pub fn shift(&self, monomial: &Monomial, coefficient: &Integer) -> Option<Self> {
        let mut terms = Vec::with_capacity(self.len());
        for (m, c) in &self.terms {
            terms.push((m.mul(monomial)?, c.mul(coefficient)));
        }
        Some(Polynomial { terms })
    }

    /// The product.
    pub fn mul(&self, other: &Self, purse: &mut Purse) -> Option<Self> {
        let (small, large) = if self.len() <= other.len() {
            (self, other)
        } else {
            (other, self)
        };
        let length = large.terms.first().map_or(0, |(m, _)| m.factors().count()) as u64;
        purse.spend(small.len() as u64 * large.len() as u64 * (1 + length / 4))?;
        match small.terms.as_slice() {
            [] => return Some(Polynomial::default()),
            [(monomial, coefficient)] => return large.shift(monomial, coefficient),
            _ => {}
        }
        if small.len() * large.len() <= 256 {
            let mut terms = Vec::with_capacity(small.len() * large.len());
            for (m, c) in &small.terms {
                for (n, d) in &large.terms {
                    terms.push((m.mul(n)?, c.mul(d)));
                }
            }
            return Some(Polynomial::collect(terms));
        }
        let mut table: FxHashMap<Monomial, Integer> = FxHashMap::default();
        for (m, c) in &small.terms {
            for (n, d) in &large.terms {
                let entry = table.entry(m.mul(n)?).or_insert(Integer::ZERO);
                *entry = entry.add(&c.mul(d));
            }
            if table.len() > purse.terms {
                purse.met_terms = true;
                return None;
            }
        }
        let mut terms: Vec<_> = table.into_iter().filter(|(_, c)| !c.is_zero()).collect();
        terms.sort_unstable_by(|a, b| b.0.cmp(&a.0));
        Some(Polynomial { terms })
    }

    /// The power by repeated multiplication, which suits sparse bases.
    pub fn pow(&self, exponent: u32, purse: &mut Purse) -> Option<Self> {
        if let [(monomial, coefficient)] = self.terms.as_slice() {
            let monomial = monomial.pow(i32::try_from(exponent).ok()?)?;
            return Some(Polynomial::monomial(monomial, coefficient.pow(exponent)?));
        }
        let mut result = Polynomial::one();
        for _ in 0..exponent {
            result = result.mul(self, purse)?;
        }
        Some(result)
    }

    /// The greatest common divisor of the coefficients, with the sign of the leading one.
    #[must_use]
    pub fn content(&self) -> Integer {
        let mut content = Integer::ZERO;
        for (_, c) in &self.terms {
            content = content.gcd(c);
            if content.is_one() {
                break;
            }
        }
        match self.terms.first() {
            Some((_, c)) if c.is_negative() => content.neg(),
            _ => content,
        }
    }

    /// The greatest monomial that divides each term.
    #[must_use]
    pub fn monomial_content(&self) -> Monomial {
        let mut terms = self.terms.iter();
        let Some((first, _)) = terms.next() else {
            return Monomial::one();
        };
        let mut content = first.clone();
        for (m, _) in terms {
            if content.is_one() {
                break;
            }
            content = content.gcd(m);
        }
        content
    }

    /// Divided by a monomial that divides each term.
    #[must_use]
    pub fn div_monomial(&self, monomial: &Monomial) -> Self {
        if monomial.is_one() {
            return self.clone();
        }
        Polynomial {
            terms: self
                .terms
                .iter()
                .filter_map(|(m, c)| Some((m.div(monomial)?, c.clone())))
                .collect(),
        }
    }

    /// The quotient if there is no remainder.
    pub fn div_exact(&self, divisor: &Self, purse: &mut Purse) -> Option<Self> {
        let (lead, lead_coefficient) = divisor.terms.first()?;
        if divisor.len() == 1 {
            let mut terms = Vec::with_capacity(self.len());
            for (m, c) in &self.terms {
                terms.push((m.div(lead)?, c.div_exact(lead_coefficient)?));
            }
            return Some(Polynomial { terms });
        }
        // The remainder is kept as a map so that its greatest term is at hand.
        let mut rest: std::collections::BTreeMap<Monomial, Integer> =
            self.terms.iter().cloned().collect();
        let mut quotient = Vec::new();
        while let Some((m, c)) = rest.last_key_value() {
            let m = m.div(lead)?;
            let c = c.div_exact(lead_coefficient)?;
            purse.spend(divisor.len() as u64)?;
            let minus = c.neg();
            for (n, d) in &divisor.terms {
                let at = n.mul(&m)?;
                let sum = rest
                    .get(&at)
                    .map_or_else(|| d.mul(&minus), |old| old.add(&d.mul(&minus)));
                if sum.is_zero() {
                    rest.remove(&at);
                } else {
                    rest.insert(at, sum);
                }
            }
            quotient.push((m, c));
        }
        Some(Polynomial { terms: quotient })
    }

    /// The degree in an atom.
    #[must_use]
    pub fn degree(&self, atom: AtomId) -> i32 {
        self.terms
            .iter()
            .map(|(m, _)| m.exponent(atom))
            .max()
            .unwrap_or(0)
    }

    /// The atoms in it, in increasing order.
    #[must_use]
    pub fn atoms(&self) -> Vec<AtomId> {
        let mut atoms: Vec<AtomId> = self
            .terms
            .iter()
            .flat_map(|(m, _)| m.factors().map(|(atom, _)| atom))
            .collect();
        atoms.sort_unstable();
        atoms.dedup();
        atoms
    }

    /// The coefficients as a polynomial in one atom, by exponent, lowest first.
    #[must_use]
    pub fn coefficients(&self, atom: AtomId) -> std::collections::BTreeMap<i32, Polynomial> {
        let mut parts: std::collections::BTreeMap<i32, Vec<(Monomial, Integer)>> =
            std::collections::BTreeMap::new();
        for (m, c) in &self.terms {
            parts
                .entry(m.exponent(atom))
                .or_default()
                .push((m.without(atom), c.clone()));
        }
        parts
            .into_iter()
            .map(|(e, terms)| (e, Polynomial::collect(terms)))
            .collect()
    }
}
