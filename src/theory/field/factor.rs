//! Factors of a term as far as they come cheaply: content, monomials, square-free parts, rational
//! roots, and x² − y² by its ratio x/y.

use num_traits::ToPrimitive;

use super::atom::Relation;
use super::fraction::{Fraction, Stop};
use super::gcd::gcd;
use super::integer::Integer;
use super::monomial::{AtomId, Monomial};
use super::normal::Field;
use super::number::rational;
use super::polynomial::{Polynomial, Purse};
use crate::number::Rational;
use crate::term::{Node, Store, TermId};

/// What one factorisation may cost.
const WORK: u64 = 40_000;

/// A factor to a power.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// The factor, in canonical form.
    pub term: TermId,
    /// Its exponent; negative in denominators, with a denominator for roots.
    pub exponent: Rational,
    /// Whether it is positive wherever it is defined, by its form.
    pub positive: bool,
    /// Whether it is 1 or −1 wherever it is defined.
    pub unit: bool,
    /// For a·x + b with a symbol x and numbers a > 0 and b: the symbol and −b/a.
    pub root: Option<(TermId, Rational)>,
}

/// coefficient · Π factorⁿ, equal to the term wherever that is defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factored {
    /// The number in front.
    pub coefficient: Rational,
    /// The factors, no two of them equal.
    pub factors: Vec<Factor>,
}

impl Field {
    /// The term as a product; `None` where it is not of this theory, never defined or too large.
    /// The zero fraction has the coefficient 0 and no factors.
    pub fn factored(&mut self, store: &mut Store, term: TermId) -> Option<Factored> {
        if !self.takes(store, term) {
            return None;
        }
        self.run(store, |field, store| {
            let fraction = field.fraction(store, term)?;
            let fraction = field.reduced(&fraction)?;
            field.factor_fraction(store, &fraction)
        })
        .ok()
    }

    fn factor_fraction(
        &mut self,
        store: &mut Store,
        fraction: &Fraction,
    ) -> Result<Factored, Stop> {
        if fraction.numerator.is_zero() {
            return Ok(Factored {
                coefficient: Rational::zero(),
                factors: Vec::new(),
            });
        }
        let mut parts: Vec<(Polynomial, i64)> = Vec::new();
        let content = fraction.numerator.content();
        let mut coefficient = rational(&content, &fraction.integer);
        split(&fraction.numerator.unscale(&content), 1, &mut parts);
        for (factor, exponent) in &fraction.factors {
            split(factor, -i64::from(*exponent), &mut parts);
        }
        let mut factors: Vec<Factor> = Vec::new();
        for (polynomial, exponent) in parts {
            if let Some(value) = polynomial.as_constant() {
                let value = rational(&value, &Integer::ONE);
                let value = value.pow(exponent).ok_or(Stop::Budget)?;
                coefficient = coefficient.mul(&value);
                continue;
            }
            let mut fraction = Fraction::whole(polynomial);
            let mut exponent = Rational::from(exponent);
            if fraction.numerator.len() > 1 && self.looks_negative(store, &fraction) {
                fraction = fraction.neg();
                if exponent.to_i64().is_some_and(|e| e % 2 != 0) {
                    coefficient = coefficient.neg();
                }
            }
            let mut unit = false;
            let mut base = None;
            let single = match fraction.numerator.terms() {
                [(monomial, _)] => monomial.factors().next(),
                _ => None,
            };
            if let Some((atom, count)) = single {
                let known = self.atoms.get(atom).ok_or(Stop::Budget)?;
                unit = known.relation == Relation::Sign;
                if unit || known.positive || !is_formal(store, known.base) {
                    let power = Rational::new(i64::from(count), i64::from(known.unit))
                        .ok_or(Stop::Budget)?;
                    exponent = exponent.mul(&power);
                    base = Some(known.base);
                } else if let Some(power) = exponent.to_i64() {
                    let power_count = i64::from(count) * power.abs();
                    let count = i32::try_from(power_count).map_err(|_| Stop::Budget)?;
                    fraction = Fraction::whole(Polynomial::atom(atom, count));
                    exponent = Rational::from(power.signum());
                }
            }
            let positive = self.surely_positive(store, &fraction.numerator);
            let root = self.linear_root(store, &fraction.numerator);
            let term = match base {
                Some(base) => base,
                None => self.present(store, &fraction)?,
            };
            match factors.iter_mut().find(|known| known.term == term) {
                Some(known) => known.exponent = known.exponent.add(&exponent),
                None => factors.push(Factor {
                    term,
                    exponent,
                    positive,
                    unit,
                    root,
                }),
            }
        }
        factors.retain(|factor| !factor.exponent.is_zero());
        factors.sort_by(|a, b| super::order::compare(store, a.term, b.term));
        Ok(Factored {
            coefficient,
            factors,
        })
    }

    /// For a·x + b with a symbol x: the symbol and −b/a.
    fn linear_root(&self, store: &Store, polynomial: &Polynomial) -> Option<(TermId, Rational)> {
        let [atom] = polynomial.atoms().as_slice().try_into().ok()?;
        let known = self.atoms.get(atom)?;
        let symbol = matches!(
            store.node(known.base),
            Node::Symbol(_) | Node::Member(..) | Node::Call(..) | Node::Function(..)
        );
        if !symbol || polynomial.degree(atom) != known.unit {
            return None;
        }
        let parts = polynomial.coefficients(atom);
        if parts.keys().any(|e| *e != 0 && *e != known.unit) {
            return None;
        }
        let slope = parts.get(&known.unit)?.as_constant()?;
        let offset = parts
            .get(&0)
            .map_or(Some(Integer::ZERO), Polynomial::as_constant)?;
        Some((known.base, rational(&offset.neg(), &slope)))
    }

    /// Whether each term of the polynomial is not negative and one is positive, or it is a
    /// quadratic polynomial without real roots.
    pub(super) fn surely_positive(&self, store: &Store, polynomial: &Polynomial) -> bool {
        let mut positive = false;
        let mut all = true;
        for (monomial, coefficient) in polynomial.terms() {
            let mut strict = true;
            for (atom, exponent) in monomial.factors() {
                let Some(known) = self.atoms.get(atom) else {
                    return false;
                };
                if known.positive {
                    continue;
                }
                strict = false;
                // An even power, or a root of even index, is not negative.
                let common = num_integer::gcd(exponent, known.unit);
                let even = (exponent / common) % 2 == 0 || (known.unit / common) % 2 == 0;
                all &= even && !is_formal(store, known.base);
            }
            if coefficient.is_negative() {
                all = false;
            }
            positive |= strict;
        }
        (all && positive) || self.has_no_real_root(polynomial)
    }

    /// Whether numerator and denominator are surely positive.
    pub(super) fn surely_positive_fraction(&self, store: &Store, fraction: &Fraction) -> bool {
        let mut parts = std::iter::once(&fraction.numerator).chain(fraction.factors.keys());
        parts.all(|part| self.surely_positive(store, part))
    }

    fn has_no_real_root(&self, polynomial: &Polynomial) -> bool {
        let atoms = polynomial.atoms();
        let [atom] = atoms.as_slice() else {
            return false;
        };
        if self.atoms.get(*atom).is_none_or(|known| known.unit != 1) {
            return false;
        }
        let parts = polynomial.coefficients(*atom);
        let part = |e: i32| {
            parts
                .get(&e)
                .map_or(Some(Integer::ZERO), Polynomial::as_constant)
        };
        let (Some(c), Some(b), Some(a)) = (part(0), part(1), part(2)) else {
            return false;
        };
        polynomial.degree(*atom) == 2
            && !a.is_negative()
            && b.mul(&b)
                .add(&a.mul(&c).mul(&Integer::Small(-4)))
                .is_negative()
    }
}

/// Whether it is bᵘ with a formal exponent: x^(2n) is x at n = ½, its exponent 2 means nothing.
fn is_formal(store: &Store, base: TermId) -> bool {
    matches!(store.node(base), Node::Pow(_, e) if !matches!(store.node(*e), Node::Number(_)))
}

/// Splits a polynomial; what costs too much stays whole.
fn split(polynomial: &Polynomial, exponent: i64, parts: &mut Vec<(Polynomial, i64)>) {
    let monomial = polynomial.monomial_content();
    for (atom, e) in monomial.factors() {
        parts.push((Polynomial::atom(atom, e), exponent));
    }
    let rest = polynomial.div_monomial(&monomial);
    if rest.as_constant().is_some() {
        parts.push((rest, exponent));
        return;
    }
    let mut found = Vec::new();
    if contents(&rest, exponent, &mut Purse::new(WORK), &mut found).is_none() {
        parts.push((rest, exponent));
        return;
    }
    parts.extend(found);
}

/// Takes out what divides each coefficient by one atom: x·y − x = x·(y − 1).
fn contents(
    polynomial: &Polynomial,
    exponent: i64,
    purse: &mut Purse,
    parts: &mut Vec<(Polynomial, i64)>,
) -> Option<()> {
    let atoms = polynomial.atoms();
    if atoms.len() > 1 {
        for atom in &atoms {
            let mut content = Polynomial::default();
            for coefficient in polynomial.coefficients(*atom).values() {
                content = gcd(&content, coefficient, purse)?;
                if content.as_constant().is_some() {
                    break;
                }
            }
            if content.as_constant().is_none() {
                let rest = polynomial.div_exact(&content, purse)?;
                contents(&content, exponent, purse, parts)?;
                return contents(&rest, exponent, purse, parts);
            }
        }
    }
    square_free(polynomial, exponent, purse, parts)
}

/// Yun's idea in its plain form: f / gcd(f, f′) holds each factor once.
fn square_free(
    polynomial: &Polynomial,
    exponent: i64,
    purse: &mut Purse,
    parts: &mut Vec<(Polynomial, i64)>,
) -> Option<()> {
    let Some(atom) = polynomial.atoms().first().copied() else {
        parts.push((polynomial.clone(), exponent));
        return Some(());
    };
    let mut rest = polynomial.clone();
    while rest.as_constant().is_none() {
        let repeated = gcd(&rest, &derivative(&rest, atom), purse)?;
        let once = rest.div_exact(&repeated, purse)?;
        if repeated.as_constant().is_some() {
            roots(&rest, exponent, purse, parts)?;
            return Some(());
        }
        // `once` holds each factor of `rest` once: take it off as often as it divides.
        let mut count = 0;
        while let Some(quotient) = rest.div_exact(&once, purse) {
            rest = quotient;
            count += 1;
        }
        roots(&once, exponent * count, purse, parts)?;
    }
    parts.push((rest, exponent));
    Some(())
}

fn derivative(polynomial: &Polynomial, atom: AtomId) -> Polynomial {
    let terms = polynomial
        .terms()
        .iter()
        .filter_map(|(m, c)| {
            let e = m.exponent(atom);
            let lower = m.div(&Monomial::power(atom, 1))?;
            Some((lower, c.mul(&Integer::Small(i64::from(e)))))
        })
        .collect();
    Polynomial::collect(terms)
}

/// Linear factors with rational roots, of polynomials in one atom and of homogeneous ones in two.
fn roots(
    polynomial: &Polynomial,
    exponent: i64,
    purse: &mut Purse,
    parts: &mut Vec<(Polynomial, i64)>,
) -> Option<()> {
    let atoms = polynomial.atoms();
    let (main, other) = match atoms.as_slice() {
        [x] => (*x, None),
        [x, y] => (*x, Some(*y)),
        _ => {
            parts.push((polynomial.clone(), exponent));
            return Some(());
        }
    };
    let degree = |m: &Monomial| m.factors().map(|(_, e)| e).sum::<i32>();
    let total = polynomial.terms().iter().map(|(m, _)| degree(m)).max()?;
    if other.is_some() && polynomial.terms().iter().any(|(m, _)| degree(m) != total) {
        parts.push((polynomial.clone(), exponent));
        return Some(());
    }
    let mut rest = polynomial.clone();
    for (p, q) in candidates(&rest, main) {
        if rest.degree(main) < 2 {
            break;
        }
        // q·x − p (or q·x − p·y)
        let constant = other.map_or_else(Monomial::one, |y| Monomial::power(y, 1));
        let linear = Polynomial::collect(vec![
            (Monomial::power(main, 1), Integer::Small(q)),
            (constant, Integer::Small(-p)),
        ]);
        if let Some(quotient) = rest.div_exact(&linear, purse) {
            rest = quotient;
            parts.push((linear, exponent));
        }
        purse.spend(1)?;
    }
    parts.push((rest, exponent));
    Some(())
}

/// p/q with p dividing the last and q the first coefficient.
fn candidates(polynomial: &Polynomial, main: AtomId) -> Vec<(i64, i64)> {
    let by_degree = polynomial.coefficients(main);
    let end = |part: Option<(&i32, &Polynomial)>| -> Option<i64> {
        let (_, p) = part?;
        p.terms().first()?.1.to_big().to_i64()
    };
    let (Some(low), Some(high)) = (
        end(by_degree.first_key_value()),
        end(by_degree.last_key_value()),
    ) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for q in divisors(high.unsigned_abs()) {
        for p in divisors(low.unsigned_abs()) {
            if num_integer::gcd(p, q) == 1 {
                found.push((p, q));
                found.push((-p, q));
            }
        }
    }
    found
}

/// The divisors of a number up to 100,000 (of a larger one: none but the small ones).
fn divisors(n: u64) -> Vec<i64> {
    let mut found = Vec::new();
    for d in 1..=n.min(400) {
        if n.is_multiple_of(d) {
            found.extend(i64::try_from(d));
            if n / d > 400 && n <= 100_000 {
                found.extend(i64::try_from(n / d));
            }
        }
    }
    found
}
