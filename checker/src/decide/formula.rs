//! Statements as combinations of polynomial conditions. A condition on a polynomial says that all
//! its kernels have values, too.

use num_traits::One;

use crate::arithmetic::polynomial::Poly;
use crate::arithmetic::ring::Ring;
use crate::decide::roots::Sign;
use crate::kernel::domain::{Need, is_strict, need};
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
    /// What holds nowhere.
    pub const FALSE: Formula = Formula::Or(Vec::new());
}

/// What is said where the statement is true, hence its terms defined, or, if not `holds`, where it
/// is false or undefined. What cannot be said is left out: the formula then says less.
pub fn formula(ring: &mut Ring, scope: &Scope, statement: Id, holds: bool) -> Check<Formula> {
    signed(ring, scope, statement, true, holds)
}

/// The same of the statement or, if not `positive`, of its negation.
fn signed(
    ring: &mut Ring,
    scope: &Scope,
    statement: Id,
    positive: bool,
    holds: bool,
) -> Check<Formula> {
    ring.terms.spend(1)?;
    let node = ring.terms.node(statement).clone();
    Ok(match (&node.head, node.args.as_slice()) {
        (Head::Truth(value), _) if (*value == positive) == holds => Formula::TRUE,
        (Head::Truth(_), _) => Formula::FALSE,
        (Head::Not, [inner]) => signed(ring, scope, *inner, !positive, holds)?,
        (Head::And | Head::Or, parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.push(signed(ring, scope, *part, positive, holds)?);
            }
            if ((node.head == Head::And) == positive) == holds {
                Formula::And(all)
            } else {
                Formula::Or(all)
            }
        }
        (Head::Equal | Head::NotEqual | Head::Less | Head::LessEqual, [a, b]) => {
            let said = relation(ring, &node.head, (*a, *b), positive == holds)?;
            where_defined(ring, scope, &[*a, *b], said, holds)?
        }
        (Head::In, [x, set]) => {
            let said = member(ring, scope, *x, *set, positive == holds)?;
            let mut parts = vec![*x];
            parts.extend(ring.terms.args(*set));
            parts.retain(|part| !ring.terms.is_infinite(*part));
            where_defined(ring, scope, &parts, said, holds)?
        }
        _ => Formula::TRUE,
    })
}

/// What an atom says: `said` where its terms are defined; if it need not hold, they may be
/// undefined instead: the first of their parts that is, and those before it are not.
fn where_defined(
    ring: &mut Ring,
    scope: &Scope,
    terms: &[Id],
    said: Formula,
    holds: bool,
) -> Check<Formula> {
    let mut parts = Vec::new();
    for term in terms {
        inner_first(ring, scope, *term, &mut parts, 0)?;
    }
    let (mut before, mut all) = (Vec::new(), Vec::new());
    for part in parts {
        let needs = match need(ring.terms, part)? {
            Need::All(statements) => statements,
            // Where the base is positive, the power is defined.
            Need::Power(base, exponent) => {
                if !holds {
                    let zero = ring.terms.integer(0)?;
                    if scope.is_natural(ring.terms, exponent) {
                        continue;
                    }
                    let integer = scope.is_integer(ring.terms, exponent);
                    let head = if integer {
                        Head::Equal
                    } else {
                        Head::LessEqual
                    };
                    let mut here = before.clone();
                    here.push(relation(ring, &head, (base, zero), true)?);
                    all.push(Formula::And(here));
                }
                continue;
            }
            Need::Choice(..) | Need::Unknown if holds => continue,
            Need::Choice(..) | Need::Unknown => return Ok(Formula::TRUE),
        };
        for statement in needs {
            let node = ring.terms.node(statement).clone();
            let [a, b] = node.args.as_slice() else {
                return Ok(Formula::TRUE);
            };
            let (met, failed) = if node.head == Head::In {
                let failed = if scope.is_integer(ring.terms, *a) {
                    let zero = ring.terms.integer(0)?;
                    relation(ring, &Head::Less, (*a, zero), true)?
                } else {
                    Formula::TRUE
                };
                (member(ring, scope, *a, *b, true)?, failed)
            } else {
                (
                    relation(ring, &node.head, (*a, *b), true)?,
                    relation(ring, &node.head, (*a, *b), false)?,
                )
            };
            if !holds {
                let mut here = before.clone();
                here.push(failed);
                all.push(Formula::And(here));
            }
            before.push(met);
        }
    }
    before.push(said);
    all.push(Formula::And(before));
    Ok(if all.len() == 1 {
        all.swap_remove(0)
    } else {
        Formula::Or(all)
    })
}

/// The parts of a term that may be undefined, each behind its own parts.
fn inner_first(
    ring: &mut Ring,
    scope: &Scope,
    term: Id,
    found: &mut Vec<Id>,
    depth: u32,
) -> Check<()> {
    ring.terms.spend(1)?;
    if scope.defined.contains(&term) || found.contains(&term) || depth > 100 {
        return Ok(());
    }
    let node = ring.terms.node(term).clone();
    for (place, arg) in node.args.iter().enumerate() {
        if is_strict(&node.head, place) {
            inner_first(ring, scope, *arg, found, depth + 1)?;
        }
    }
    match need(ring.terms, term)? {
        Need::All(statements) if statements.is_empty() => {}
        _ => found.push(term),
    }
    Ok(())
}

fn relation(ring: &mut Ring, head: &Head, (a, b): (Id, Id), holds: bool) -> Check<Formula> {
    if ring.terms.is_infinite(a) || ring.terms.is_infinite(b) {
        return Ok(Formula::TRUE);
    }
    let zero = ring.terms.integer(0)?;
    let (a, b) = match (a == zero, b == zero) {
        (true, _) => (a, lowered(ring, b, 0)?),
        (_, true) => (lowered(ring, a, 0)?, b),
        _ => (a, b),
    };
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

/// A product with the sign and the zeros of the given one: exponents above 2 become 1 or 2.
fn lowered(ring: &mut Ring, term: Id, depth: u32) -> Check<Id> {
    let node = ring.terms.node(term).clone();
    match (&node.head, node.args.as_slice()) {
        (Head::Mul, parts) if depth < 50 => {
            let mut all = Vec::new();
            for part in parts {
                all.push(lowered(ring, *part, depth + 1)?);
            }
            ring.terms.flat(Head::Mul, &all)
        }
        (Head::Pow, [base, exponent]) => {
            let value = ring.terms.value(*exponent).and_then(Q::to_u32);
            match value.filter(|n| *n > 2) {
                Some(n) if n % 2 == 1 => lowered(ring, *base, depth + 1),
                Some(_) => {
                    let two = ring.terms.integer(2)?;
                    ring.terms.add(Head::Pow, vec![*base, two])
                }
                None => Ok(term),
            }
        }
        _ => Ok(term),
    }
}

fn member(ring: &mut Ring, scope: &Scope, x: Id, set: Id, holds: bool) -> Check<Formula> {
    let set = ring.terms.node(set).clone();
    let mut all = Vec::new();
    let all_of = match (&set.head, set.args.as_slice()) {
        (Head::Interval(left, right), [low, high]) => {
            let head = |closed: bool| if closed { Head::LessEqual } else { Head::Less };
            for (a, b, closed) in [(*low, x, *left), (x, *high, *right)] {
                if !ring.terms.is_infinite(a) && !ring.terms.is_infinite(b) {
                    all.push(relation(ring, &head(closed), (a, b), holds)?);
                }
            }
            true
        }
        (Head::Range, [low, high]) if holds || scope.is_integer(ring.terms, x) => {
            for (a, b) in [(*low, x), (x, *high)] {
                if !ring.terms.is_infinite(a) && !ring.terms.is_infinite(b) {
                    all.push(relation(ring, &Head::LessEqual, (a, b), holds)?);
                }
            }
            true
        }
        (Head::Finite, parts) => {
            for part in parts {
                all.push(relation(ring, &Head::Equal, (x, *part), holds)?);
            }
            false
        }
        (Head::Naturals, _) if holds || scope.is_integer(ring.terms, x) => {
            let zero = ring.terms.integer(0)?;
            all.push(relation(ring, &Head::LessEqual, (zero, x), holds)?);
            true
        }
        (Head::Integers, _) if !holds && scope.is_integer(ring.terms, x) => {
            return Ok(Formula::FALSE);
        }
        (Head::Reals, _) if !holds => return Ok(Formula::FALSE),
        _ => return Ok(Formula::TRUE),
    };
    Ok(if all_of == holds {
        Formula::And(all)
    } else {
        Formula::Or(all)
    })
}
