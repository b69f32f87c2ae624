//! Terms that are integers because others are.

use num_traits::One;

use crate::arithmetic::fraction::Fraction;
use crate::arithmetic::polynomial::{Poly, small};
use crate::arithmetic::ring::Ring;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Check, Head, Id, Q, Terms};

/// How many of the facts may be used for one term.
const DEPTH: u32 = 3;
/// How many are looked at.
const FACTS: usize = 12;

/// Whether the term, known to be defined, is an integer: by its form, or because a sum or
/// difference of it and of terms that are known to be integers is a polynomial in integers with
/// integer coefficients.
pub fn is_integer(terms: &mut Terms, scope: &Scope, term: Id) -> Check<bool> {
    if scope.is_integer(terms, term) {
        return Ok(true);
    }
    let mut ring = Ring::new(terms, &scope.known);
    let Some(poly) = polynomial(&mut ring, term)? else {
        return Ok(false);
    };
    let mut facts = Vec::new();
    for statement in &scope.statements {
        let node = ring.terms.node(*statement).clone();
        if let (Head::In, [x, set]) = (&node.head, node.args.as_slice())
            && matches!(
                ring.terms.head(*set),
                Head::Integers | Head::Naturals | Head::Range
            )
            && facts.len() < FACTS
            && let Some(fact) = polynomial(&mut ring, *x)?
        {
            facts.push(fact);
        }
    }
    search(&mut ring, scope, &poly, &facts, DEPTH)
}

fn polynomial(ring: &mut Ring, term: Id) -> Check<Option<Poly>> {
    let Ok(fraction) = ring.fraction(term) else {
        return Ok(None);
    };
    Ok(fraction.below.is_empty().then_some(fraction.above))
}

fn search(ring: &mut Ring, scope: &Scope, poly: &Poly, facts: &[Poly], depth: u32) -> Check<bool> {
    ring.terms.spend(5)?;
    if whole(ring, scope, poly)? {
        return Ok(true);
    }
    if depth == 0 {
        return Ok(false);
    }
    for (place, fact) in facts.iter().enumerate() {
        for sign in [-Q::one(), Q::one()] {
            let rest = poly.add(&fact.scale(&sign));
            if search(ring, scope, &rest, &facts[place..], depth - 1)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether it is a polynomial in integers with integer coefficients.
fn whole(ring: &mut Ring, scope: &Scope, poly: &Poly) -> Check<bool> {
    for (monomial, value) in &poly.0 {
        if !value.is_integer() {
            return Ok(false);
        }
        for (generator, exponent) in monomial {
            let term = ring.term(&Fraction::generator(*generator))?;
            if small(exponent).is_none() || !scope.is_integer(ring.terms, term) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_from_integers_by_an_integer_is_one() {
        let mut terms = Terms::new(3, 100_000);
        let symbol = |terms: &mut Terms, s: u32| terms.add(Head::Symbol(s), Vec::new());
        let mut check = || -> Check<Vec<bool>> {
            let (n, k, x) = (
                symbol(&mut terms, 0)?,
                symbol(&mut terms, 1)?,
                symbol(&mut terms, 2)?,
            );
            let naturals = terms.add(Head::Naturals, Vec::new())?;
            let minus_two = terms.integer(-2)?;
            let one = terms.integer(1)?;
            let half = terms.number(Q::new(1.into(), 2.into()))?;
            let below = terms.flat(Head::Add, &[n, minus_two])?;
            let mut scope = Scope::default();
            for known in [below, k] {
                let statement = terms.add(Head::In, vec![known, naturals])?;
                scope.assume(&mut terms, statement)?;
            }
            let mut found = Vec::new();
            let candidates = [
                terms.flat(Head::Add, &[n, one])?,
                terms.minus(n, k)?,
                terms.flat(Head::Mul, &[minus_two, n])?,
                terms.flat(Head::Add, &[n, n, k])?,
                terms.flat(Head::Add, &[n, half])?,
                terms.flat(Head::Mul, &[half, n])?,
                x,
                terms.flat(Head::Add, &[n, x])?,
                terms.add(Head::Pow, vec![n, minus_two])?,
            ];
            for candidate in candidates {
                found.push(is_integer(&mut terms, &scope, candidate)?);
            }
            Ok(found)
        };
        let expected = [true, true, true, true, false, false, false, false, false];
        assert_eq!(check(), Ok(expected.to_vec()));
    }
}
