//! Terms as polynomials in their kernels: letters, values of functions, reciprocals.

use rustc_hash::FxHashMap;

use crate::number::Rational;
use crate::term::{Node, Store, TermId};
use crate::theory::order::polynomial::Polynomial;

/// Most monomials of a polynomial, and the highest power that is multiplied out.
const TERMS: usize = 60;
const POWER: i64 = 12;

/// Kernels by number, and the polynomials of terms.
#[derive(Debug, Default)]
pub struct Kernels {
    kernels: Vec<TermId>,
    numbers: FxHashMap<TermId, u32>,
    polynomials: FxHashMap<TermId, Option<Polynomial>>,
}

impl Kernels {
    /// The polynomial of a term; `None` where it is too large.
    pub fn polynomial(&mut self, store: &mut Store, term: TermId) -> Option<Polynomial> {
        if let Some(known) = self.polynomials.get(&term) {
            return known.clone();
        }
        let result = self.build(store, term).filter(|p| p.len() <= TERMS);
        self.polynomials.insert(term, result.clone());
        result
    }

    fn build(&mut self, store: &mut Store, term: TermId) -> Option<Polynomial> {
        match store.node(term).clone() {
            Node::Number(value) => Some(Polynomial::constant(value)),
            Node::Add(terms) => {
                let mut sum = Polynomial::default();
                for term in &terms {
                    sum = sum.add(&self.polynomial(store, *term)?);
                }
                Some(sum)
            }
            Node::Mul(factors) => {
                let mut product = Polynomial::one();
                for factor in &factors {
                    let factor = self.polynomial(store, *factor)?;
                    if product.len() * factor.len() > 4 * TERMS {
                        return None;
                    }
                    product = product.mul(&factor);
                }
                Some(product)
            }
            Node::Pow(base, exponent) => {
                let Some(n) = whole(store, exponent) else {
                    return Some(self.kernel(term));
                };
                let power = u32::try_from(n.unsigned_abs()).ok()?;
                if n >= 0 {
                    let base = self.polynomial(store, base)?;
                    return base.pow(power, TERMS);
                }
                let reciprocal = reciprocal(store, base);
                self.kernel(reciprocal).pow(power, TERMS)
            }
            _ => Some(self.kernel(term)),
        }
    }

    fn kernel(&mut self, term: TermId) -> Polynomial {
        let next = u32::try_from(self.kernels.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(term).or_insert(next);
        if number == next {
            self.kernels.push(term);
        }
        Polynomial::variable(number)
    }

    /// The kernel of that number.
    pub fn kernel_of(&self, number: u32) -> Option<TermId> {
        self.kernels.get(number as usize).copied()
    }

    /// The term of a polynomial.
    pub fn term(&self, store: &mut Store, polynomial: &Polynomial) -> Option<TermId> {
        let mut terms = Vec::with_capacity(polynomial.len());
        for (monomial, coefficient) in polynomial.0.iter().rev() {
            let mut factors = Vec::new();
            if !coefficient.is_one() || monomial.0.is_empty() {
                factors.push(store.number(coefficient.clone()));
            }
            for (number, power) in &monomial.0 {
                let kernel = self.kernel_of(*number)?;
                factors.push(if *power == 1 {
                    kernel
                } else {
                    let power = store.integer(i64::from(*power));
                    store.pow(kernel, power)
                });
            }
            terms.push(store.mul(&factors));
        }
        Some(store.add(&terms))
    }
}

/// 1/u as a kernel.
pub fn reciprocal(store: &mut Store, of: TermId) -> TermId {
    let minus = store.integer(-1);
    store.pow(of, minus)
}

/// The exponent, if it is a small whole number.
pub fn whole(store: &Store, exponent: TermId) -> Option<i64> {
    match store.node(exponent) {
        Node::Number(value) if value.is_integer() => {
            value.to_i64().filter(|n| (-POWER..=POWER).contains(n))
        }
        _ => None,
    }
}

/// Whether a term is opaque to polynomials: a kernel whose children are looked at by themselves.
pub fn is_kernel(store: &Store, term: TermId) -> bool {
    match store.node(term) {
        Node::Number(_) | Node::Add(_) | Node::Mul(_) => false,
        Node::Pow(_, exponent) => whole(store, *exponent).is_none(),
        _ => true,
    }
}

/// A polynomial with the leading coefficient 1, to see whether two say the same.
pub fn monic(polynomial: &Polynomial) -> Polynomial {
    match polynomial
        .leading()
        .and_then(|(_, c)| Rational::one().div(c))
    {
        Some(inverse) => polynomial.scale(&inverse),
        None => polynomial.clone(),
    }
}
