//! Slopes of plain terms, worked out by the rules of differentiation.

use num_traits::One;

use crate::kernel::term::{Check, Head, Id, Q, Terms};

/// The derivative of the term by the symbol, where the term is defined around a point; `None` for
/// what is not everywhere differentiable inside its domain, or not known here.
pub fn slope(terms: &mut Terms, term: Id, symbol: u32) -> Check<Option<Id>> {
    terms.spend(2)?;
    if !terms.mentions(term, symbol) {
        return Ok(Some(terms.integer(0)?));
    }
    let node = terms.node(term).clone();
    match (&node.head, node.args.as_slice()) {
        (Head::Symbol(_), _) => Ok(Some(terms.integer(1)?)),
        (Head::Add, parts) => {
            let mut sum = Vec::new();
            for part in parts {
                if !terms.mentions(*part, symbol) {
                    continue;
                }
                let Some(next) = slope(terms, *part, symbol)? else {
                    return Ok(None);
                };
                sum.push(next);
            }
            Ok(Some(terms.flat(Head::Add, &sum)?))
        }
        (Head::Mul, parts) => {
            let mut sum = Vec::new();
            for (place, part) in parts.iter().enumerate() {
                if !terms.mentions(*part, symbol) {
                    continue;
                }
                let Some(next) = slope(terms, *part, symbol)? else {
                    return Ok(None);
                };
                let mut factors = parts.to_vec();
                factors[place] = next;
                sum.push(product(terms, &factors)?);
            }
            Ok(Some(terms.flat(Head::Add, &sum)?))
        }
        (Head::Pow, [base, exponent]) => {
            let value = terms.value(*exponent).filter(|n| n.is_integer()).cloned();
            let outer = match value {
                Some(n) => {
                    let less = terms.number(&n - Q::one())?;
                    let power = if n == Q::one() + Q::one() {
                        *base
                    } else {
                        terms.add(Head::Pow, vec![*base, less])?
                    };
                    terms.flat(Head::Mul, &[*exponent, power])?
                }
                None if *terms.head(*base) == Head::Constant("e") => term,
                None => return Ok(None),
            };
            let inner = if *terms.head(*base) == Head::Constant("e") {
                *exponent
            } else {
                *base
            };
            chain(terms, outer, inner, symbol)
        }
        (Head::Function(name), [u]) => {
            let Some(outer) = outer(terms, name, term, *u)? else {
                return Ok(None);
            };
            chain(terms, outer, *u, symbol)
        }
        _ => Ok(None),
    }
}

fn chain(terms: &mut Terms, outer: Id, inner: Id, symbol: u32) -> Check<Option<Id>> {
    let Some(inner) = slope(terms, inner, symbol)? else {
        return Ok(None);
    };
    Ok(Some(product(terms, &[outer, inner])?))
}

/// The product without factors 1.
fn product(terms: &mut Terms, factors: &[Id]) -> Check<Id> {
    let one = terms.integer(1)?;
    let others: Vec<Id> = factors.iter().copied().filter(|f| *f != one).collect();
    terms.flat(Head::Mul, &others)
}

/// The derivative of a function at u; `whole` is the function at u.
fn outer(terms: &mut Terms, name: &str, whole: Id, u: Id) -> Check<Option<Id>> {
    let one = terms.integer(1)?;
    let two = terms.integer(2)?;
    let square = terms.add(Head::Pow, vec![whole, two])?;
    Ok(Some(match name {
        "sin" => terms.add(Head::Function("cos"), vec![u])?,
        "cos" => {
            let sin = terms.add(Head::Function("sin"), vec![u])?;
            terms.negative(sin)?
        }
        "sinh" => terms.add(Head::Function("cosh"), vec![u])?,
        "cosh" => terms.add(Head::Function("sinh"), vec![u])?,
        "tan" => terms.flat(Head::Add, &[one, square])?,
        "cot" => {
            let sum = terms.flat(Head::Add, &[one, square])?;
            terms.negative(sum)?
        }
        "tanh" | "coth" => terms.minus(one, square)?,
        _ => return Ok(None),
    }))
}
