//! Greatest common divisors of polynomials, by primitive remainder sequences (Collins 1967).

use super::fraction::{Fraction, Stop};
use super::integer::Integer;
use super::monomial::{AtomId, Monomial};
use super::normal::Field;
use super::polynomial::{Polynomial, Purse};
use crate::number::{Residue, are_coprime};

/// How much one greatest common divisor may cost.
const WORK: u64 = 60_000;

/// The greatest common divisor with positive leading coefficient; `None` where it costs too much.
pub(super) fn gcd(a: &Polynomial, b: &Polynomial, purse: &mut Purse) -> Option<Polynomial> {
    if a.is_zero() {
        return Some(normal_sign(b));
    }
    if b.is_zero() {
        return Some(normal_sign(a));
    }
    let (content_a, content_b) = (a.content(), b.content());
    let content = content_a.gcd(&content_b);
    let (mono_a, mono_b) = (a.monomial_content(), b.monomial_content());
    let monomial = mono_a.gcd(&mono_b);
    let a = a.unscale(&content_a).div_monomial(&mono_a);
    let b = b.unscale(&content_b).div_monomial(&mono_b);
    let common = gcd_primitive(&a, &b, purse)?;
    common.shift(&monomial, &content)
}

fn normal_sign(a: &Polynomial) -> Polynomial {
    if a.content().is_negative() {
        a.neg()
    } else {
        a.clone()
    }
}

/// Of polynomials without integer or monomial content.
fn gcd_primitive(a: &Polynomial, b: &Polynomial, purse: &mut Purse) -> Option<Polynomial> {
    purse.spend(a.len() as u64 + b.len() as u64)?;
    if a.as_constant().is_some() || b.as_constant().is_some() {
        return Some(Polynomial::one());
    }
    if a == b {
        return Some(normal_sign(a));
    }
    let (atoms_a, atoms_b) = (a.atoms(), b.atoms());
    let mut shared = atoms_a.iter().filter(|x| atoms_b.contains(x));
    if shared.all(|x| are_coprime_in(a, b, *x)) {
        return Some(Polynomial::one());
    }
    // An atom of one alone: the divisor divides each of its coefficients.
    if let Some(atom) = atoms_a.iter().find(|x| !atoms_b.contains(x)) {
        return gcd_with_coefficients(b, a, *atom, purse);
    }
    if let Some(atom) = atoms_b.iter().find(|x| !atoms_a.contains(x)) {
        return gcd_with_coefficients(a, b, *atom, purse);
    }
    let main = *atoms_a
        .iter()
        .min_by_key(|x| a.degree(**x).max(b.degree(**x)))?;
    let (content_a, mut p) = primitive_part(a, main, purse)?;
    let (content_b, mut q) = primitive_part(b, main, purse)?;
    let content = gcd(&content_a, &content_b, purse)?;
    if p.degree(main) < q.degree(main) {
        std::mem::swap(&mut p, &mut q);
    }
    while !q.is_zero() {
        if q.degree(main) == 0 {
            return Some(content);
        }
        let remainder = pseudo_remainder(&p, &q, main, purse)?;
        p = q;
        q = if remainder.is_zero() {
            remainder
        } else {
            primitive_part(&remainder, main, purse)?.1
        };
    }
    Some(normal_sign(&p.mul(&content, purse)?))
}

/// Whether two polynomials surely have no common divisor with that atom: at values of the other
/// atoms, modulo a prime, they have none.
fn are_coprime_in(a: &Polynomial, b: &Polynomial, atom: AtomId) -> bool {
    let degree = |p: &Polynomial| usize::try_from(p.degree(atom)).ok();
    let (Some(left), Some(right)) = (degree(a), degree(b)) else {
        return false;
    };
    are_coprime(image(a, atom), image(b, atom), (left, right))
}

/// Exponents of an atom with their coefficients at values of the others modulo a prime.
fn image(p: &Polynomial, atom: AtomId) -> impl Iterator<Item = (usize, Residue)> + '_ {
    p.terms().iter().map(move |(monomial, coefficient)| {
        let mut value = coefficient.residue();
        let mut exponent = 0;
        for (other, count) in monomial.factors() {
            if other == atom {
                exponent = usize::try_from(count).unwrap_or(usize::MAX);
            } else {
                let count = u64::try_from(count).unwrap_or(0);
                value = value.mul(Residue::of_variable(other).pow(count));
            }
        }
        (exponent, value)
    })
}

fn gcd_with_coefficients(
    a: &Polynomial,
    b: &Polynomial,
    atom: AtomId,
    purse: &mut Purse,
) -> Option<Polynomial> {
    let mut common = a.clone();
    for coefficient in b.coefficients(atom).values() {
        common = gcd(&common, coefficient, purse)?;
        if common.as_constant().is_some() {
            return Some(Polynomial::one());
        }
    }
    Some(common)
}

fn primitive_part(
    a: &Polynomial,
    main: AtomId,
    purse: &mut Purse,
) -> Option<(Polynomial, Polynomial)> {
    let mut content = Polynomial::default();
    for coefficient in a.coefficients(main).values() {
        content = gcd(&content, coefficient, purse)?;
        if content.is_one() {
            return Some((content, a.clone()));
        }
    }
    let rest = a.div_exact(&content, purse)?;
    Some((content, rest))
}

fn pseudo_remainder(
    p: &Polynomial,
    q: &Polynomial,
    main: AtomId,
    purse: &mut Purse,
) -> Option<Polynomial> {
    let degree = q.degree(main);
    let lead = q.coefficients(main).remove(&degree)?;
    let mut rest = p.clone();
    while !rest.is_zero() && rest.degree(main) >= degree {
        let at = rest.degree(main);
        let top = rest.coefficients(main).remove(&at)?;
        let shifted = q.shift(&Monomial::power(main, at - degree), &Integer::ONE)?;
        let left = rest.mul(&lead, purse)?;
        let right = shifted.mul(&top, purse)?;
        rest = left.add(&right.neg());
    }
    Some(rest)
}

impl Field {
    /// The same fraction with common divisors cancelled, as far as the budget allows.
    pub(super) fn reduced(&mut self, fraction: &Fraction) -> Result<Fraction, Stop> {
        let mut result = Fraction {
            factors: std::collections::BTreeMap::new(),
            ..fraction.clone()
        };
        let mut work: Vec<(Polynomial, u32)> = fraction
            .factors
            .iter()
            .map(|(f, e)| (f.clone(), *e))
            .collect();
        while let Some((factor, exponent)) = work.pop() {
            let mut purse = Purse::new(WORK.min(self.purse.left));
            let before = purse.left;
            let common = gcd(&result.numerator, &factor, &mut purse);
            self.purse
                .spend(before.saturating_sub(purse.left))
                .ok_or(Stop::Budget)?;
            let parts = common.filter(|c| c.as_constant().is_none()).and_then(|c| {
                let mut purse = Purse::new(WORK);
                let numerator = result.numerator.div_exact(&c, &mut purse)?;
                let rest = factor.div_exact(&c, &mut purse)?;
                Some((numerator, rest))
            });
            match parts {
                Some((numerator, rest)) => {
                    result.numerator = numerator;
                    if exponent > 1 {
                        work.push((factor, exponent - 1));
                    }
                    if rest.as_constant().is_none() {
                        work.push((rest, 1));
                    }
                }
                None => *result.factors.entry(factor).or_insert(0) += exponent,
            }
        }
        Ok(result)
    }
}
