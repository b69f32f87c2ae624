//! Known functions by their definitions.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{One, Pow};

use super::real::Real;
use super::stop::{Found, Stop};
use crate::kernel::term::Q;

/// The largest n of which n! is worked out.
const LARGEST: i64 = 2_000;

fn half(value: &Real, bits: u32) -> Found<Real> {
    value.mul(&Real::Exact(Q::new(1.into(), 2.into())), bits)
}

/// The value of a function.
pub fn apply(name: &str, values: &[Real], bits: u32) -> Found<Real> {
    let one = Real::integer(1);
    let minus = |a: &Real, b: &Real| a.add(&b.neg(), bits);
    let over = |a: &Real, b: &Real| a.mul(&b.reciprocal(bits)?, bits);
    match (name, values) {
        ("root", [order, u]) => {
            let order = order.as_integer().and_then(|n| u32::try_from(n).ok());
            match order {
                Some(order) if (2..=1_000).contains(&order) => u.root(order, bits),
                _ => Err(Stop::Unknown("a root of no order")),
            }
        }
        ("logbase", [base, u]) => logarithm(base, u, bits),
        ("max", [first, rest @ ..]) => {
            let first = first.clone();
            rest.iter()
                .try_fold(first, |best, value| best.max(value, bits))
        }
        ("min", [first, rest @ ..]) => {
            let first = first.neg();
            let least = rest
                .iter()
                .try_fold(first, |best, value| best.max(&value.neg(), bits));
            Ok(least?.neg())
        }
        ("softmax", [component, scores @ ..]) => {
            let place = component
                .as_integer()
                .and_then(|n| usize::try_from(n - 1).ok());
            let own = place.and_then(|place| scores.get(place));
            let own = own.ok_or(Stop::Unknown("a component that is not there"))?;
            // 1/Σ e^(z − own)
            let mut total = Real::integer(0);
            for score in scores {
                total = total.add(&minus(score, own)?.exp(bits)?, bits)?;
            }
            total.reciprocal(bits)
        }
        ("delta", [i, j]) => match (i.as_integer(), j.as_integer()) {
            (Some(i), Some(j)) => Ok(Real::integer(i64::from(i == j))),
            _ => Err(Stop::Unknown("an index that is no integer")),
        },
        ("binomial", [n, k]) => binomial(n, k, bits),
        ("factorial", [n]) => factorial(n),
        ("gamma", [u]) => match u.as_integer() {
            Some(n) if n >= 1 => factorial(&Real::integer(n - 1)),
            Some(_) => Err(Stop::Undefined),
            None => Err(Stop::Unknown("a gamma function")),
        },
        (_, [u]) => {
            let (up, down) = (|| u.exp(bits), || u.neg().exp(bits));
            match name {
                "log" => u.log(bits),
                "abs" => Ok(u.abs()),
                "sgn" => Ok(Real::integer(u.sure_sign()?.into())),
                "floor" => u.floor(bits),
                "ceiling" => Ok(u.neg().floor(bits)?.neg()),
                "sin" => u.circular(true, bits),
                "cos" => u.circular(false, bits),
                "tan" => over(&u.circular(true, bits)?, &u.circular(false, bits)?),
                "cot" => over(&u.circular(false, bits)?, &u.circular(true, bits)?),
                "sec" => u.circular(false, bits)?.reciprocal(bits),
                "csc" => u.circular(true, bits)?.reciprocal(bits),
                "arcsin" => u.arcsin(bits),
                "arccos" => minus(&half(&Real::pi(bits), bits)?, &u.arcsin(bits)?),
                "arctan" => u.arctan(bits),
                // Two conventions differ where u ≤ 0.
                "arccot" => match u.sure_sign()? {
                    1 => minus(&half(&Real::pi(bits), bits)?, &u.arctan(bits)?),
                    _ => Err(Stop::Unknown("arccot of what is not positive")),
                },
                "arcsec" => {
                    let angle = u.reciprocal(bits)?.arcsin(bits)?;
                    minus(&half(&Real::pi(bits), bits)?, &angle)
                }
                "arccsc" => u.reciprocal(bits)?.arcsin(bits),
                "sinh" => half(&minus(&up()?, &down()?)?, bits),
                "cosh" => half(&up()?.add(&down()?, bits)?, bits),
                "sech" => apply("cosh", values, bits)?.reciprocal(bits),
                "csch" => apply("sinh", values, bits)?.reciprocal(bits),
                // 1 − 2/(e^2u + 1)
                "tanh" => {
                    let below = u.add(u, bits)?.exp(bits)?.add(&one, bits)?;
                    minus(&one, &over(&Real::integer(2), &below)?)
                }
                // 1 + 2/(e^2u − 1)
                "coth" => {
                    let below = minus(&u.add(u, bits)?.exp(bits)?, &one)?;
                    one.add(&over(&Real::integer(2), &below)?, bits)
                }
                "arsinh" => {
                    if u.sign() == Some(-1) {
                        return Ok(apply(name, &[u.neg()], bits)?.neg());
                    }
                    let square = u.mul(u, bits)?.abs().add(&one, bits)?;
                    u.add(&square.root(2, bits)?, bits)?.log(bits)
                }
                "arcosh" => match u.compare(&one, bits) {
                    Ok(Ordering::Less) => Err(Stop::Undefined),
                    Ok(_) => {
                        let square = minus(&u.mul(u, bits)?, &one)?;
                        u.add(&square.root(2, bits)?, bits)?.log(bits)
                    }
                    Err(stop) => Err(stop),
                },
                "artanh" => {
                    let ratio = over(&one.add(u, bits)?, &minus(&one, u)?)?;
                    half(&ratio.log(bits)?, bits)
                }
                "arcoth" => {
                    let ratio = over(&u.add(&one, bits)?, &minus(u, &one)?)?;
                    half(&ratio.log(bits)?, bits)
                }
                "arsech" => apply("arcosh", &[u.reciprocal(bits)?], bits),
                "arcsch" => apply("arsinh", &[u.reciprocal(bits)?], bits),
                "sigmoid" => down()?.add(&one, bits)?.reciprocal(bits),
                "relu" => u.max(&Real::integer(0), bits),
                "softplus" => up()?.add(&one, bits)?.log(bits),
                _ => Err(Stop::Unknown("a function")),
            }
        }
        _ => Err(Stop::Unknown("a function of so many arguments")),
    }
}

/// log u/log b, exactly where u is a power of b with a small integer exponent.
fn logarithm(base: &Real, u: &Real, bits: u32) -> Found<Real> {
    if let (Some(b), Some(value)) = (base.as_exact(), u.as_exact())
        && b.is_positive()
        && !b.is_one()
        && value.is_positive()
        && b.numer().bits() + b.denom().bits() < 64
    {
        for exponent in -40..=40i32 {
            if Pow::pow(b, exponent) == *value {
                return Ok(Real::integer(exponent.into()));
            }
        }
    }
    let below = base.log(bits)?;
    u.log(bits)?.mul(&below.reciprocal(bits)?, bits)
}

fn factorial(n: &Real) -> Found<Real> {
    match n.as_integer() {
        Some(n) if (0..=LARGEST).contains(&n) => {
            let product = (2..=n).fold(BigInt::one(), |product, k| product * k);
            Ok(Real::Exact(Q::from_integer(product)))
        }
        // Whether (−1)! or ½! has a value depends on the reader.
        _ => Err(Stop::Unknown("a factorial")),
    }
}

/// n(n − 1)…(n − k + 1)/k! for natural k; 0 for a negative integer k and natural n.
fn binomial(n: &Real, k: &Real, bits: u32) -> Found<Real> {
    let k = k.as_integer().ok_or(Stop::Unknown("a binomial"))?;
    if k < 0 {
        let natural = n.as_integer().is_some_and(|n| n >= 0);
        return if natural {
            Ok(Real::integer(0))
        } else {
            Err(Stop::Unknown("a binomial"))
        };
    }
    if k > LARGEST {
        return Err(Stop::Unknown("a binomial too large"));
    }
    let mut product = Real::integer(1);
    for j in 0..k {
        let factor = n.add(&Real::integer(-j), bits)?;
        let share = Real::Exact(Q::new(BigInt::one(), (j + 1).into()));
        product = product.mul(&factor, bits)?.mul(&share, bits)?;
    }
    Ok(product)
}
