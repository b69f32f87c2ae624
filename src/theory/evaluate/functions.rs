//! Known functions, and unknown ones as the polynomials that a model puts in their place.

use super::evaluator::Evaluator;
use super::quantity::Quantity;
use super::real::{Real, Result, Stop};
use crate::number::{Enclosure, Rational};
use crate::term::{Function, Symbol, TermId};

/// The largest n of which n! is worked out.
const LARGEST_FACTORIAL: i64 = 2_000;

/// The value of a known function.
pub(super) fn apply<E: Enclosure>(
    evaluator: &mut Evaluator<'_, E>,
    function: Function,
    arguments: &[TermId],
) -> Result<Quantity<E>> {
    let bits = evaluator.bits;
    match function {
        Function::Softmax => {
            let [component, scores @ ..] = arguments else {
                return Err(Stop::Unknown);
            };
            let place = evaluator.integer(*component)?;
            let scores = evaluator.all(scores)?;
            return softmax(place, &scores, bits);
        }
        Function::Indicator => {
            let [statement] = arguments else {
                return Err(Stop::Unknown);
            };
            return match evaluator.truth(*statement, true) {
                Some(value) => Ok(Quantity::integer(i64::from(value))),
                None => Err(evaluator.hesitation()),
            };
        }
        _ if crate::theory::probability::is_chance(function) => {
            return evaluator.chance(function, arguments);
        }
        _ => {}
    }
    let values = match function {
        Function::Root
        | Function::Log
        | Function::LogBase
        | Function::Abs
        | Function::Signum
        | Function::Floor
        | Function::Ceiling
        | Function::Factorial
        | Function::Binomial
        | Function::Max
        | Function::Min
        | Function::KroneckerDelta
        | Function::Gamma => evaluator.all(arguments)?,
        _ if is_elementary(function) => evaluator.all(arguments)?,
        _ => return Err(Stop::Unknown),
    };
    match (function, values.as_slice()) {
        (Function::Root, [degree, u]) => {
            let degree = degree.as_exact().and_then(Rational::to_i64);
            let degree = degree.and_then(|d| u32::try_from(d).ok());
            match degree {
                Some(degree) if (1..=1_000).contains(&degree) => u.root(degree, bits),
                _ => Err(Stop::Unknown),
            }
        }
        (Function::LogBase, [base, u]) => log_base(base, u, bits),
        (Function::Max, [first, rest @ ..]) => {
            let mut best = first.clone();
            for value in rest {
                best = best.max(value, bits)?;
            }
            Ok(best)
        }
        (Function::Min, [first, rest @ ..]) => {
            let mut best = first.neg();
            for value in rest {
                best = best.max(&value.neg(), bits)?;
            }
            Ok(best.neg())
        }
        (Function::Factorial, [n]) => factorial(n),
        (Function::Gamma, [u]) => gamma(u),
        (Function::Binomial, [n, k]) => binomial(n, k, bits),
        (Function::KroneckerDelta, [i, j]) => match (i.as_exact(), j.as_exact()) {
            (Some(i), Some(j)) => Ok(Quantity::integer(i64::from(i == j))),
            _ => Err(Stop::Unknown),
        },
        (_, [u]) => one(function, u, bits),
        _ => Err(Stop::Unknown),
    }
}

fn is_elementary(function: Function) -> bool {
    use Function as F;
    matches!(
        function,
        F::Sin
            | F::Cos
            | F::Tan
            | F::Cot
            | F::Sec
            | F::Csc
            | F::Arcsin
            | F::Arccos
            | F::Arctan
            | F::Arccot
            | F::Arcsec
            | F::Arccsc
            | F::Sinh
            | F::Cosh
            | F::Tanh
            | F::Coth
            | F::Sech
            | F::Csch
            | F::Arsinh
            | F::Arcosh
            | F::Artanh
            | F::Arcoth
            | F::Arsech
            | F::Arcsch
            | F::Sigmoid
            | F::Relu
            | F::Softplus
    )
}

/// A function of one argument, by its definition.
pub(super) fn one<E: Enclosure>(
    function: Function,
    u: &Quantity<E>,
    bits: u32,
) -> Result<Quantity<E>> {
    use Function as F;
    let number = |n: i64| Quantity::<E>::integer(n);
    let half = |q: Quantity<E>| {
        q.mul(
            &Quantity::exact(Rational::new(1, 2).ok_or(Stop::Unknown)?),
            bits,
        )
    };
    match function {
        F::Log => u.log(bits),
        F::Abs => u.abs(bits),
        F::Signum => u.signum(bits),
        F::Floor => u.floor(bits),
        F::Ceiling => Ok(u.neg().floor(bits)?.neg()),
        F::Sin => u.sin(bits),
        F::Cos => u.cos(bits),
        F::Tan => u.sin(bits)?.div(&u.cos(bits)?, bits),
        F::Cot => u.cos(bits)?.div(&u.sin(bits)?, bits),
        F::Sec => u.cos(bits)?.inverse(bits),
        F::Csc => u.sin(bits)?.inverse(bits),
        F::Arcsin => u.arcsin(bits),
        F::Arccos => right_angle(bits)?.sub(&u.arcsin(bits)?, bits),
        F::Arctan => u.arctan(bits),
        // Two conventions differ where u ≤ 0.
        F::Arccot => match u.value().sign() {
            Some(1) => right_angle(bits)?.sub(&u.arctan(bits)?, bits),
            Some(_) => Err(Stop::Unknown),
            None => Err(Stop::Precision),
        },
        F::Arcsec => right_angle(bits)?.sub(&u.inverse(bits)?.arcsin(bits)?, bits),
        F::Arccsc => u.inverse(bits)?.arcsin(bits),
        F::Sinh => {
            let (up, down) = (u.exp(bits)?, u.neg().exp(bits)?);
            half(up.sub(&down, bits)?)
        }
        F::Cosh => {
            let (up, down) = (u.exp(bits)?, u.neg().exp(bits)?);
            half(up.add(&down, bits)?)
        }
        F::Tanh => {
            let square = u.add(u, bits)?.exp(bits)?;
            let below = square.add(&number(1), bits)?;
            number(1).sub(&number(2).div(&below, bits)?, bits)
        }
        F::Coth => {
            let square = u.add(u, bits)?.exp(bits)?;
            let below = square.sub(&number(1), bits)?;
            number(1).add(&number(2).div(&below, bits)?, bits)
        }
        F::Sech => one(F::Cosh, u, bits)?.inverse(bits),
        F::Csch => one(F::Sinh, u, bits)?.inverse(bits),
        F::Arsinh => {
            let square = u.integer_power(2, bits)?.add(&number(1), bits)?;
            u.add(&square.root(2, bits)?, bits)?.log(bits)
        }
        F::Arcosh => {
            let below = u.sub(&number(1), bits)?;
            match below.value().sign() {
                Some(-1) => Err(Stop::Undefined),
                None => Err(Stop::Precision),
                _ => {
                    let square = u.integer_power(2, bits)?.sub(&number(1), bits)?;
                    u.add(&square.root(2, bits)?, bits)?.log(bits)
                }
            }
        }
        F::Artanh => {
            let (up, down) = (number(1).add(u, bits)?, number(1).sub(u, bits)?);
            half(up.div(&down, bits)?.log(bits)?)
        }
        F::Arcoth => {
            let (up, down) = (u.add(&number(1), bits)?, u.sub(&number(1), bits)?);
            half(up.div(&down, bits)?.log(bits)?)
        }
        F::Arsech => one(F::Arcosh, &u.inverse(bits)?, bits),
        F::Arcsch => one(F::Arsinh, &u.inverse(bits)?, bits),
        F::Sigmoid => {
            let below = u.neg().exp(bits)?.add(&number(1), bits)?;
            below.inverse(bits)
        }
        F::Relu => u.max(&number(0), bits),
        F::Softplus => u.exp(bits)?.add(&number(1), bits)?.log(bits),
        _ => Err(Stop::Unknown),
    }
}

fn right_angle<E: Enclosure>(bits: u32) -> Result<Quantity<E>> {
    let half = Rational::new(1, 2).ok_or(Stop::Unknown)?;
    Quantity::Real(Real::pi(bits)).mul(&Quantity::exact(half), bits)
}

fn log_base<E: Enclosure>(base: &Quantity<E>, u: &Quantity<E>, bits: u32) -> Result<Quantity<E>> {
    // log_b of a power of b is exact where both are.
    if let (Some(b), Some(value)) = (base.as_exact(), u.as_exact())
        && b.signum() > 0
        && !b.is_one()
        && value.signum() > 0
    {
        for exponent in -40..=40 {
            if b.pow(exponent).as_ref() == Some(value) {
                return Ok(Quantity::integer(exponent));
            }
        }
    }
    u.log(bits)?.div(&base.log(bits)?, bits)
}

fn softmax<E: Enclosure>(place: i64, scores: &[Quantity<E>], bits: u32) -> Result<Quantity<E>> {
    let place = usize::try_from(place).map_err(|_| Stop::Unknown)?;
    let own = place
        .checked_sub(1)
        .and_then(|p| scores.get(p))
        .ok_or(Stop::Unknown)?
        .exp(bits)?;
    let mut total = Quantity::integer(0);
    for score in scores {
        total = total.add(&score.exp(bits)?, bits)?;
    }
    own.div(&total, bits)
}

fn factorial<E: Enclosure>(n: &Quantity<E>) -> Result<Quantity<E>> {
    let value = n.as_exact().ok_or(Stop::Unknown)?;
    match value.to_i64() {
        Some(n) if (0..=LARGEST_FACTORIAL).contains(&n) => {
            let product = (2..=n).fold(num_bigint::BigInt::from(1), |p, k| p * k);
            Ok(Quantity::exact(Rational::from_integer(product)))
        }
        // Whether (−1)! or ½! has a value depends on the reader.
        _ => Err(Stop::Unknown),
    }
}

fn gamma<E: Enclosure>(u: &Quantity<E>) -> Result<Quantity<E>> {
    let value = u.as_exact().ok_or(Stop::Unknown)?;
    match value.to_i64() {
        Some(n) if n >= 1 => factorial(&Quantity::integer(n - 1)),
        Some(_) => Err(Stop::Undefined),
        None => Err(Stop::Unknown),
    }
}

/// n(n − 1)…(n − k + 1)/k! for natural k; 0 for a negative integer k and natural n.
fn binomial<E: Enclosure>(n: &Quantity<E>, k: &Quantity<E>, bits: u32) -> Result<Quantity<E>> {
    let k = k
        .as_exact()
        .and_then(Rational::to_i64)
        .ok_or(Stop::Unknown)?;
    if k < 0 {
        let natural = n
            .as_exact()
            .is_some_and(|n| n.is_integer() && n.signum() >= 0);
        return if natural {
            Ok(Quantity::integer(0))
        } else {
            Err(Stop::Unknown)
        };
    }
    if k > LARGEST_FACTORIAL {
        return Err(Stop::Unknown);
    }
    let mut product = Quantity::integer(1);
    for j in 0..k {
        let factor = n.sub(&Quantity::integer(j), bits)?;
        let share = Quantity::exact(Rational::new(1, j + 1).ok_or(Stop::Unknown)?);
        product = product.mul(&factor, bits)?.mul(&share, bits)?;
    }
    Ok(product)
}

/// The value of an unknown function, or of one of its derivatives.
pub(super) fn call<E: Enclosure>(
    evaluator: &mut Evaluator<'_, E>,
    symbol: Symbol,
    orders: &[u32],
    arguments: &[Quantity<E>],
) -> Result<Quantity<E>> {
    let bits = evaluator.bits;
    let polynomial = evaluator
        .model
        .polynomial(evaluator.store, symbol, arguments.len())
        .ok_or(Stop::Unknown)?;
    let mut total = Quantity::integer(0);
    for (powers, coefficient) in polynomial {
        let mut term = Quantity::exact(coefficient);
        for ((power, argument), order) in powers.iter().zip(arguments).zip(orders) {
            if order > power {
                term = Quantity::integer(0);
                break;
            }
            // The derivative of x^p of order m: p(p − 1)…(p − m + 1) x^(p − m).
            for j in 0..*order {
                term = term.mul(&Quantity::integer(i64::from(power - j)), bits)?;
            }
            let rest = argument.integer_power(i64::from(power - order), bits)?;
            term = term.mul(&rest, bits)?;
        }
        total = total.add(&term, bits)?;
    }
    let exact: Option<Vec<Rational>> = arguments.iter().map(|a| a.as_exact().cloned()).collect();
    if let (Some(exact), Some(value)) = (exact, total.as_exact()) {
        evaluator.model.note_call(symbol, orders, &exact, value);
    }
    Ok(total)
}
