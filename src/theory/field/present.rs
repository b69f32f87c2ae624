//! From fractions back to terms, the same term for the same normal form.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::atom::Relation;
use super::fraction::{Fraction, Stop};
use super::integer::Integer;
use super::monomial::{AtomId, Monomial};
use super::normal::Field;
use super::number::rational;
use super::order::compare;
use super::polynomial::Polynomial;
use crate::number::Rational;
use crate::term::{Constant, Node, Store, TermId};

/// Multiples of canonical terms that stand in one exponent.
type Pieces = Vec<(TermId, Rational)>;

/// The atoms of a polynomial from first to last, and a common multiple of their units.
struct Ranking {
    rank: BTreeMap<AtomId, usize>,
    scale: BTreeMap<AtomId, i64>,
}

impl Field {
    fn ranking(&self, store: &Store, polynomials: &[&Polynomial]) -> Ranking {
        let mut atoms: Vec<AtomId> = polynomials.iter().flat_map(|p| p.atoms()).collect();
        atoms.sort_unstable();
        atoms.dedup();
        let base = |atom: AtomId| self.atoms.get(atom).map(|known| known.base);
        atoms.sort_by(|a, b| match (base(*a), base(*b)) {
            (Some(x), Some(y)) => compare(store, x, y),
            (x, y) => x.cmp(&y),
        });
        let unit = |atom: AtomId| {
            self.atoms
                .get(atom)
                .map_or(1, |known| i64::from(known.unit))
        };
        let common = atoms
            .iter()
            .fold(1_i64, |all, a| num_integer::lcm(all, unit(*a)).min(1 << 30));
        Ranking {
            scale: atoms.iter().map(|a| (*a, common / unit(*a))).collect(),
            rank: atoms.into_iter().enumerate().map(|(i, a)| (a, i)).collect(),
        }
    }

    /// Whether the leading coefficient in the canonical order is negative.
    pub(super) fn looks_negative(&self, store: &Store, fraction: &Fraction) -> bool {
        let mut polynomials = vec![&fraction.numerator];
        polynomials.extend(fraction.factors.keys());
        let ranking = self.ranking(store, &polynomials);
        let mut negative = leads_negative(&fraction.numerator, &ranking);
        for (factor, exponent) in &fraction.factors {
            negative ^= exponent % 2 == 1 && leads_negative(factor, &ranking);
        }
        negative
    }

    /// The canonical term of a fraction: a sum of terms, or a product of a number, powers, one sum
    /// and the inverse of another.
    pub(super) fn present(
        &mut self,
        store: &mut Store,
        fraction: &Fraction,
    ) -> Result<TermId, Stop> {
        let fraction = self.reduced(fraction)?;
        let mut below = Polynomial::one();
        let mut below_monomial: Vec<(AtomId, i64)> = Vec::new();
        for (factor, exponent) in &fraction.factors {
            if let [(monomial, _)] = factor.terms() {
                below_monomial.extend(
                    monomial
                        .factors()
                        .map(|(a, e)| (a, i64::from(e) * i64::from(*exponent))),
                );
                continue;
            }
            let power = factor.pow(*exponent, &mut self.purse).ok_or(Stop::Budget)?;
            below = below.mul(&power, &mut self.purse).ok_or(Stop::Budget)?;
        }
        let ranking = self.ranking(store, &[&fraction.numerator, &below]);
        if below.is_one() && (below_monomial.is_empty() || fraction.numerator.len() == 1) {
            return self.sum_of_terms(
                store,
                &fraction.numerator,
                &fraction.integer,
                &below_monomial,
                &ranking,
            );
        }
        let mut content = fraction.numerator.content();
        let mut above = fraction.numerator.unscale(&content);
        for polynomial in [&mut above, &mut below] {
            if leads_negative(polynomial, &ranking) {
                *polynomial = polynomial.neg();
                content = content.neg();
            }
        }
        let mut factors = Vec::new();
        let number = rational(&content, &fraction.integer);
        if !number.is_one() {
            factors.push(store.number(number));
        }
        if above.len() == 1 {
            let [(monomial, _)] = above.terms() else {
                return Err(Stop::NotMine);
            };
            factors.extend(self.powers(store, monomial, &below_monomial)?);
        } else {
            factors.extend(self.powers(store, &Monomial::one(), &below_monomial)?);
            factors.push(self.sum_of_terms(store, &above, &Integer::ONE, &[], &ranking)?);
        }
        if !below.is_one() {
            let below = self.sum_of_terms(store, &below, &Integer::ONE, &[], &ranking)?;
            let minus = store.integer(-1);
            factors.push(store.pow(below, minus));
        }
        Ok(store.mul(&factors))
    }

    fn sum_of_terms(
        &mut self,
        store: &mut Store,
        polynomial: &Polynomial,
        integer: &Integer,
        below: &[(AtomId, i64)],
        ranking: &Ranking,
    ) -> Result<TermId, Stop> {
        let mut terms: Vec<&(Monomial, Integer)> = polynomial.terms().iter().collect();
        terms.sort_by(|a, b| order(&b.0, &a.0, ranking));
        let mut sum = Vec::with_capacity(terms.len());
        for (monomial, coefficient) in terms {
            let coefficient = rational(coefficient, integer);
            let mut factors = self.powers(store, monomial, below)?;
            if !coefficient.is_one() || factors.is_empty() {
                factors.insert(0, store.number(coefficient));
            }
            sum.push(store.mul(&factors));
        }
        Ok(store.add(&sum))
    }

    /// A power product as factors; exponents of one base stand together, for x^(n+1) has a value
    /// at x = 0, n = −1 and x^n·x has none. √x·x^n and x^(n+½) are one formal power, but each has
    /// values where the other has none: such a product has no canonical term.
    fn powers(
        &mut self,
        store: &mut Store,
        monomial: &Monomial,
        below: &[(AtomId, i64)],
    ) -> Result<Vec<TermId>, Stop> {
        let mut exponents: Vec<(TermId, Rational, Pieces)> = Vec::new();
        let all = monomial
            .factors()
            .map(|(atom, e)| (atom, i64::from(e)))
            .chain(below.iter().map(|(atom, e)| (*atom, -e)));
        for (atom, count) in all {
            let known = self.atoms.get(atom).ok_or(Stop::Budget)?;
            let power = Rational::new(count, i64::from(known.unit)).ok_or(Stop::Budget)?;
            let formal = match store.node(known.base) {
                Node::Pow(base, m)
                    if known.relation == Relation::Free
                        && !matches!(store.node(*m), Node::Number(_))
                        && !matches!(store.node(*base), Node::Number(c) if c.is_zero()) =>
                {
                    Some((*base, *m))
                }
                _ => None,
            };
            let base = formal.map_or(known.base, |(base, _)| base);
            let place = match exponents.iter().position(|(b, _, _)| *b == base) {
                Some(place) => place,
                None => {
                    exponents.push((base, Rational::zero(), Vec::new()));
                    exponents.len() - 1
                }
            };
            let Some(entry) = exponents.get_mut(place) else {
                return Err(Stop::Budget);
            };
            match formal {
                Some((_, m)) => entry.2.push((m, power)),
                None => entry.1 = entry.1.add(&power),
            }
        }
        exponents.sort_by(|a, b| compare(store, a.0, b.0));
        let mut factors = Vec::with_capacity(exponents.len());
        for (base, number, pieces) in exponents {
            if pieces.is_empty() {
                factors.extend(number_power(store, base, &number));
                continue;
            }
            if !self.is_positive_base(store, base) {
                let uneven = pieces.iter().any(|(m, _)| is_uneven(store, *m));
                let alone = matches!(pieces.as_slice(), [(_, power)] if power.is_one());
                if !number.is_integer() || (uneven && !alone) {
                    return Err(Stop::NotMine);
                }
            }
            let mut sum = vec![Fraction::number(&number)];
            for (m, power) in pieces {
                let m = self.fraction(store, m)?;
                let power = Fraction::number(&power);
                sum.push(self.arithmetic().mul(&m, &power)?);
            }
            let sum = self.sum(sum)?;
            let exponent = self.present(store, &sum)?;
            factors.push(store.pow(base, exponent));
        }
        Ok(factors)
    }
}

impl Field {
    fn is_positive_base(&self, store: &Store, base: TermId) -> bool {
        match store.node(base) {
            Node::Constant(Constant::E | Constant::Pi) => true,
            Node::Number(c) => c.signum() > 0,
            _ => self.assumed.positive.contains(&base),
        }
    }
}

/// Whether the exponent of a formal power holds a number: it is then no part of a sum but the
/// whole exponent, see `uneven_power`.
fn is_uneven(store: &Store, exponent: TermId) -> bool {
    matches!(store.node(exponent), Node::Add(_))
}

/// base^(p/q) as it is written: a power, or a power of a root.
fn number_power(store: &mut Store, base: TermId, exponent: &Rational) -> Option<TermId> {
    if exponent.is_zero() {
        return None;
    }
    if exponent.is_one() {
        return Some(base);
    }
    if exponent.is_integer() || matches!(store.node(base), Node::Constant(Constant::E)) {
        let exponent = store.number(exponent.clone());
        return Some(store.pow(base, exponent));
    }
    let big = |n| Rational::from_big(num_rational::BigRational::from_integer(n));
    let index = store.number(big(exponent.denominator()));
    let root = store.function(crate::term::Function::Root, &[index, base]);
    let power = big(exponent.numerator());
    if power.is_one() {
        return Some(root);
    }
    let power = store.number(power);
    Some(store.pow(root, power))
}

fn leads_negative(polynomial: &Polynomial, ranking: &Ranking) -> bool {
    polynomial
        .terms()
        .iter()
        .max_by(|a, b| order(&a.0, &b.0, ranking))
        .is_some_and(|(_, c)| c.is_negative())
}

/// By total degree, then lexicographic in the canonical order of atoms.
fn order(a: &Monomial, b: &Monomial, ranking: &Ranking) -> Ordering {
    let key = |m: &Monomial| {
        let mut total = 0_i64;
        let mut powers: Vec<(usize, i64)> = m
            .factors()
            .map(|(atom, e)| {
                let scale = ranking.scale.get(&atom).copied().unwrap_or(1);
                let power = i64::from(e).saturating_mul(scale);
                total = total.saturating_add(power);
                (
                    ranking.rank.get(&atom).copied().unwrap_or(usize::MAX),
                    power,
                )
            })
            .collect();
        powers.sort_unstable();
        (total, powers)
    };
    let ((total_a, a), (total_b, b)) = (key(a), key(b));
    total_a.cmp(&total_b).then_with(|| {
        for (x, y) in a.iter().zip(&b) {
            let by = y.0.cmp(&x.0).then(x.1.cmp(&y.1));
            if by != Ordering::Equal {
                return by;
            }
        }
        a.len().cmp(&b.len())
    })
}
