//! Statements as combinations of polynomial conditions.

use num_traits::One;

use crate::arithmetic::polynomial::Poly;
use crate::arithmetic::ring::Ring;
use crate::decide::roots::Sign;
use crate::kernel::domain::{Need, need};
use crate::kernel::scope::Scope;
use crate::kernel::term::{Check, Head, Id, Q};

/// A combination of conditions on polynomials in kernels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// All of them (`And` of none is true).
    And(Vec<Formula>),
    /// One of them (`Or` of none is false).
    Or(Vec<Formula>),
    /// A condition.
    Atom(Sign, Poly),
}

impl Formula {
    /// Nothing is said.
    pub const TRUE: Formula = Formula::And(Vec::new());
}

/// What is said where the statement holds (its terms are defined there), or, if not `holds`, where
/// its terms are defined and it fails. What cannot be said is left out: the formula then says less.
pub fn formula(ring: &mut Ring, scope: &Scope, statement: Id, holds: bool) -> Check<Formula> {
    ring.terms.spend(1)?;
    let node = ring.terms.node(statement).clone();
    Ok(match (&node.head, node.args.as_slice()) {
        (Head::Truth(value), _) if *value == holds => Formula::TRUE,
        (Head::Truth(_), _) => Formula::Or(Vec::new()),
        (Head::Not, [inner]) => formula(ring, scope, *inner, !holds)?,
        (Head::And | Head::Or, parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.push(formula(ring, scope, *part, holds)?);
            }
            if (node.head == Head::And) == holds {
                Formula::And(all)
            } else {
                Formula::Or(all)
            }
        }
        (Head::Equal | Head::NotEqual | Head::Less | Head::LessEqual, [a, b]) => {
            relation(ring, scope, &node.head, (*a, *b), holds)?
        }
        (Head::In, [x, set]) => member(ring, scope, *x, *set, holds)?,
        _ => Formula::TRUE,
    })
}

fn relation(
    ring: &mut Ring,
    scope: &Scope,
    head: &Head,
    (a, b): (Id, Id),
    holds: bool,
) -> Check<Formula> {
    let infinite = |ring: &Ring, t: Id| *ring.terms.head(t) == Head::Constant("infinity");
    if infinite(ring, a) || infinite(ring, b) {
        return Ok(Formula::TRUE);
    }
    // Nothing is said of terms that may be undefined here.
    if !total(ring, scope, a)? || !total(ring, scope, b)? {
        return Ok(Formula::TRUE);
    }
    let (Ok(left), Ok(right)) = (ring.fraction(a), ring.fraction(b)) else {
        return Ok(Formula::TRUE);
    };
    let difference = ring.difference(&right, &left)?;
    let mut above = difference.above;
    let mut all = Vec::new();
    for (factor, exponent) in &difference.below {
        if exponent % 2 == 1 {
            above = above.mul(factor, ring.terms)?;
        }
        all.push(Formula::Atom(Sign::NotZero, factor.clone()));
    }
    let minus = above.scale(&-Q::one());
    // `above` is b − a, times a square.
    all.push(match (head, holds) {
        (Head::Equal, true) | (Head::NotEqual, false) => Formula::Atom(Sign::Zero, above),
        (Head::Equal, false) | (Head::NotEqual, true) => Formula::Atom(Sign::NotZero, above),
        (Head::Less, true) => Formula::Atom(Sign::Positive, above),
        (Head::Less, false) => Formula::Atom(Sign::NotNegative, minus),
        (_, true) => Formula::Atom(Sign::NotNegative, above),
        (_, false) => Formula::Atom(Sign::Positive, minus),
    });
    Ok(Formula::And(all))
}

fn member(ring: &mut Ring, scope: &Scope, x: Id, set: Id, holds: bool) -> Check<Formula> {
    let set = ring.terms.node(set).clone();
    let mut all = Vec::new();
    let all_of = match (&set.head, set.args.as_slice()) {
        (Head::Interval(left, right), [low, high]) => {
            let head = |closed: bool| if closed { Head::LessEqual } else { Head::Less };
            for (a, b, closed) in [(*low, x, *left), (x, *high, *right)] {
                if !is_infinite(ring, a) && !is_infinite(ring, b) {
                    all.push(relation(ring, scope, &head(closed), (a, b), holds)?);
                }
            }
            true
        }
        (Head::Range, [low, high]) if holds => {
            for (a, b) in [(*low, x), (x, *high)] {
                if !is_infinite(ring, a) && !is_infinite(ring, b) {
                    all.push(relation(ring, scope, &Head::LessEqual, (a, b), holds)?);
                }
            }
            true
        }
        (Head::Finite, parts) => {
            for part in parts {
                all.push(relation(ring, scope, &Head::Equal, (x, *part), holds)?);
            }
            false
        }
        (Head::Naturals, _) if holds => {
            let zero = ring.terms.integer(0)?;
            all.push(relation(ring, scope, &Head::LessEqual, (zero, x), holds)?);
            true
        }
        (Head::Reals, _) if !holds => return Ok(Formula::Or(Vec::new())),
        _ => return Ok(Formula::TRUE),
    };
    Ok(if all_of == holds {
        Formula::And(all)
    } else {
        Formula::Or(all)
    })
}

/// Whether the term is known to be defined, or defined everywhere.
fn total(ring: &mut Ring, scope: &Scope, term: Id) -> Check<bool> {
    let mut open = vec![term];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(next) = open.pop() {
        if scope.defined.contains(&next) || !seen.insert(next) {
            continue;
        }
        match need(ring.terms, next)? {
            Need::All(statements) if statements.is_empty() => {}
            _ => return Ok(false),
        }
        open.extend_from_slice(ring.terms.args(next));
    }
    Ok(true)
}

/// ∞, or a product that holds it.
fn is_infinite(ring: &Ring, term: Id) -> bool {
    ring.terms.is_infinite(term)
}
