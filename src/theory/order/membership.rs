//! Membership in an ideal with the multipliers that show it: Buchberger's algorithm (1965) that
//! remembers how each element of the basis is combined of the generators.

use std::collections::BTreeMap;

use super::polynomial::Polynomial;
use crate::number::Rational;

/// Most elements of a basis, most monomials of one or of its multipliers, most pairs looked at,
/// most steps of one reduction.
const SIZE: usize = 32;
const TERMS: usize = 60;
const PAIRS: usize = 60;
const STEPS: usize = 400;

/// What each generator is multiplied by; those that are missing by 0.
pub type Multipliers = BTreeMap<usize, Polynomial>;

/// A polynomial of the ideal: the sum of the generators times their multipliers.
#[derive(Clone, Debug)]
struct Member {
    polynomial: Polynomial,
    multipliers: Multipliers,
}

impl Member {
    /// Scaled to the leading coefficient 1.
    fn monic(mut self) -> Self {
        let Some(inverse) = self
            .polynomial
            .leading()
            .and_then(|(_, c)| Rational::one().div(c))
        else {
            return self;
        };
        self.polynomial = self.polynomial.scale(&inverse);
        for multiplier in self.multipliers.values_mut() {
            *multiplier = multiplier.scale(&inverse);
        }
        self
    }

    fn is_large(&self) -> bool {
        let parts: usize = self.multipliers.values().map(Polynomial::len).sum();
        self.polynomial.len() > TERMS || parts > 2 * TERMS
    }
}

/// The ideal of some generators.
#[derive(Clone, Debug, Default)]
pub struct Ideal {
    basis: Vec<Member>,
}

/// `p − Σ multipliers[i]·generators[i]`, for a polynomial p.
#[derive(Clone, Debug)]
pub struct Remainder {
    /// What is left.
    pub rest: Polynomial,
    /// The multipliers.
    pub multipliers: Multipliers,
}

/// Adds `by·factor` to the multipliers.
pub fn add_multiple(to: &mut Multipliers, by: &Multipliers, factor: &Polynomial) {
    for (generator, multiplier) in by {
        let more = multiplier.mul(factor);
        let sum = match to.get(generator) {
            Some(old) => old.add(&more),
            None => more,
        };
        if sum.is_zero() {
            to.remove(generator);
        } else {
            to.insert(*generator, sum);
        }
    }
}

impl Ideal {
    /// The ideal; where the budget runs out, reduction finds less.
    #[must_use]
    pub fn of(generators: &[Polynomial]) -> Self {
        let mut ideal = Ideal::default();
        for (number, generator) in generators.iter().enumerate() {
            let multipliers = Multipliers::from([(number, Polynomial::one())]);
            ideal.take(generator, multipliers);
        }
        ideal.complete();
        ideal
    }

    /// Whether 1 belongs to it: the generators vanish nowhere together.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.basis
            .iter()
            .any(|member| member.polynomial.as_constant().is_some())
    }

    /// Reduces a polynomial.
    #[must_use]
    pub fn remainder(&self, polynomial: &Polynomial) -> Remainder {
        let mut rest = polynomial.clone();
        let mut done = Polynomial::default();
        let mut multipliers = Multipliers::new();
        for _ in 0..STEPS {
            let Some((m, c)) = rest.leading() else {
                break;
            };
            let (m, c) = (m.clone(), c.clone());
            let hit = self.basis.iter().find_map(|member| {
                let (lead, _) = member.polynomial.leading()?;
                Some((member, m.divide(lead)?))
            });
            let Some((member, quotient)) = hit else {
                rest.0.remove(&m);
                done.0.insert(m, c);
                continue;
            };
            let factor = Polynomial::one().mul_monomial(&quotient, &c);
            rest = rest.sub(&member.polynomial.mul_monomial(&quotient, &c));
            add_multiple(&mut multipliers, &member.multipliers, &factor);
        }
        Remainder {
            rest: done.add(&rest),
            multipliers,
        }
    }

    /// Takes up what is left of a member; whether anything was.
    fn take(&mut self, polynomial: &Polynomial, multipliers: Multipliers) -> bool {
        let reduced = self.remainder(polynomial);
        let mut member = Member {
            polynomial: reduced.rest,
            multipliers,
        };
        if member.polynomial.is_zero() {
            return false;
        }
        let minus = Polynomial::one().neg();
        add_multiple(&mut member.multipliers, &reduced.multipliers, &minus);
        if member.is_large() {
            return false;
        }
        self.basis.push(member.monic());
        true
    }

    fn complete(&mut self) {
        let mut pairs: Vec<(usize, usize)> = (0..self.basis.len())
            .flat_map(|j| (0..j).map(move |i| (i, j)))
            .collect();
        for _ in 0..PAIRS {
            // The pair whose leading monomials have the least common multiple first.
            let degree = |(i, j): (usize, usize)| {
                let (a, b) = (
                    self.basis[i].polynomial.leading()?,
                    self.basis[j].polynomial.leading()?,
                );
                let common = a.0.lcm(b.0).degree();
                // Buchberger's first criterion.
                (common < a.0.degree() + b.0.degree()).then_some((common, i, j))
            };
            pairs.retain(|pair| degree(*pair).is_some());
            let Some(best) = (0..pairs.len()).min_by_key(|place| degree(pairs[*place])) else {
                return;
            };
            let (i, j) = pairs.swap_remove(best);
            let Some((s, multipliers)) = self.s_polynomial(i, j) else {
                continue;
            };
            if self.basis.len() >= SIZE || self.is_everything() {
                return;
            }
            if self.take(&s, multipliers) {
                let new = self.basis.len() - 1;
                pairs.extend((0..new).map(|k| (k, new)));
            }
        }
    }

    fn s_polynomial(&self, i: usize, j: usize) -> Option<(Polynomial, Multipliers)> {
        let (a, b) = (self.basis.get(i)?, self.basis.get(j)?);
        let ((m, _), (n, _)) = (a.polynomial.leading()?, b.polynomial.leading()?);
        let common = m.lcm(n);
        let one = Rational::one();
        let left = Polynomial::one().mul_monomial(&common.divide(m)?, &one);
        let right = Polynomial::one().mul_monomial(&common.divide(n)?, &one.neg());
        let mut multipliers = Multipliers::new();
        add_multiple(&mut multipliers, &a.multipliers, &left);
        add_multiple(&mut multipliers, &b.multipliers, &right);
        let s = a.polynomial.mul(&left).add(&b.polynomial.mul(&right));
        Some((s, multipliers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(multipliers: &Multipliers, generators: &[Polynomial]) -> Polynomial {
        multipliers
            .iter()
            .fold(Polynomial::default(), |sum, (i, m)| {
                sum.add(&m.mul(&generators[*i]))
            })
    }

    #[test]
    fn a_consequence_is_a_combination_of_the_generators() {
        // b = a², b² = a: a⁴ − a follows, a − 1 does not.
        let (a, b) = (Polynomial::variable(0), Polynomial::variable(1));
        let generators = [a.mul(&a).sub(&b), b.mul(&b).sub(&a)];
        let ideal = Ideal::of(&generators);
        let claim = a.mul(&a).mul(&a).mul(&a).sub(&a);
        let found = ideal.remainder(&claim);
        assert!(found.rest.is_zero());
        assert_eq!(sum(&found.multipliers, &generators), claim);
        let other = a.sub(&Polynomial::one());
        let found = ideal.remainder(&other);
        assert!(!found.rest.is_zero());
        assert_eq!(found.rest.add(&sum(&found.multipliers, &generators)), other);
    }

    #[test]
    fn contradictory_generators_make_everything() {
        let (a, one) = (Polynomial::variable(0), Polynomial::one());
        let generators = [a.clone(), a.mul(&a).sub(&one)];
        assert!(Ideal::of(&generators).is_everything());
        assert!(!Ideal::of(&generators[..1]).is_everything());
    }
}
