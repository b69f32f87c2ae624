//! What holds of a kernel wherever it has a value, by what it is.

use num_traits::{One, Zero};

use crate::arithmetic::fraction::Fraction;
use crate::arithmetic::polynomial::{Monomial, Poly};
use crate::arithmetic::ring::{Kernel, Part, Ring};
use crate::decide::formula::Formula;
use crate::decide::roots::Sign;
use crate::kernel::term::{Check, Head, Q};

/// How a fraction that has a value compares with 0.
pub fn compare(ring: &mut Ring, fraction: &Fraction, sign: Sign) -> Check<Formula> {
    let mut above = fraction.above.clone();
    if matches!(sign, Sign::Positive | Sign::NotNegative) {
        for (factor, exponent) in &fraction.below {
            if exponent % 2 == 1 {
                above = above.mul(factor, ring.terms)?;
            }
        }
    }
    Ok(Formula::Atom(sign, above))
}

/// How a − b compares with 0.
fn less(ring: &mut Ring, a: &Fraction, b: &Fraction, sign: Sign) -> Check<Formula> {
    let difference = ring.difference(a, b)?;
    compare(ring, &difference, sign)
}

/// What holds of that kernel.
pub fn laws(ring: &mut Ring, generator: u32) -> Check<Vec<Formula>> {
    let Some((kernel, positive)) = ring.kernels.get(generator as usize).cloned() else {
        return Ok(Vec::new());
    };
    let unit = Poly::term(vec![(generator, Q::one())], Q::one());
    let y = Fraction::of(unit.clone());
    let mut facts = Vec::new();
    let atom = |poly: Poly, sign| Formula::Atom(sign, poly);
    let near = |low: Q, high: Q, sign| {
        let mut above = unit.clone();
        above.plus(Monomial::new(), &-low);
        let mut below = unit.scale(&-Q::one());
        below.plus(Monomial::new(), &high);
        [atom(above, sign), atom(below, sign)]
    };
    let ratio = |a: i64, b: i64| Q::new(a.into(), b.into());
    let minus = |f: &Fraction| Fraction {
        above: f.above.scale(&-Q::one()),
        below: f.below.clone(),
    };
    let one = Fraction::number(Q::one());
    if positive {
        facts.push(atom(unit.clone(), Sign::Positive));
    }
    match &kernel {
        Kernel::Exact(term) if *ring.terms.head(*term) == Head::Constant("pi") => {
            facts.extend(near(
                ratio(31415, 10000),
                ratio(31416, 10000),
                Sign::Positive,
            ));
        }
        Kernel::Exact(term) => {
            if let Head::Symbol(s) = ring.terms.head(*term)
                && ring.known_natural(*s)
            {
                facts.push(atom(unit, Sign::NotNegative));
            }
        }
        Kernel::Exponential(u) if u.as_number().is_some_and(|c| c.is_one()) => {
            let (low, high) = (ratio(271_828, 100_000), ratio(271_829, 100_000));
            facts.extend(near(low, high, Sign::Positive));
        }
        Kernel::Exponential(u) => {
            // e^u ≥ 1 + u
            let line = ring.sum(u, &one)?;
            facts.push(less(ring, &y, &line, Sign::NotNegative)?);
        }
        Kernel::Root(order, u) if order % 2 == 0 => {
            facts.push(atom(unit, Sign::NotNegative));
            facts.push(compare(ring, u, Sign::NotNegative)?);
        }
        Kernel::Apply(Head::Function("sin" | "cos" | "tanh"), _) => {
            facts.extend(near(-Q::one(), Q::one(), Sign::NotNegative));
        }
        Kernel::Apply(Head::Function(name @ ("sigmoid" | "sech")), parts) => {
            facts.extend(near(Q::zero(), Q::one(), Sign::NotNegative));
            if let (true, [Part::Value(u)]) = (*name == "sigmoid", parts.as_slice()) {
                // σ(u)·(1 + e^(−u)) = 1
                let falling = ring.exponential(&minus(u))?;
                let below = ring.sum(&one, &falling)?;
                facts.push(compare(ring, &below, Sign::Positive)?);
                let product = ring.product(&y, &below)?;
                facts.push(less(ring, &product, &one, Sign::Zero)?);
            }
        }
        Kernel::Apply(Head::Function("cosh" | "factorial"), _) => {
            let [above, _] = near(Q::one(), Q::one(), Sign::NotNegative);
            facts.push(above);
        }
        Kernel::Apply(Head::Function(name), parts) => {
            let values: Option<Vec<&Fraction>> = parts
                .iter()
                .map(|part| match part {
                    Part::Value(value) => Some(value),
                    Part::Exact(_) => None,
                })
                .collect();
            let Some(values) = values else {
                return Ok(facts);
            };
            let mut signs = |f: &Fraction, sign| compare(ring, f, sign);
            match (*name, values.as_slice()) {
                ("abs", [u]) => {
                    facts.push(atom(unit, Sign::NotNegative));
                    for u in [(*u).clone(), minus(u)] {
                        facts.push(less(ring, &y, &u, Sign::NotNegative)?);
                    }
                    let (up, down) = (
                        compare(ring, u, Sign::NotNegative)?,
                        compare(ring, &minus(u), Sign::Positive)?,
                    );
                    let same = less(ring, &y, u, Sign::Zero)?;
                    let other = less(ring, &y, &minus(u), Sign::Zero)?;
                    facts.push(Formula::Or(vec![
                        Formula::And(vec![up, same]),
                        Formula::And(vec![down, other]),
                    ]));
                }
                ("relu", [u]) => {
                    facts.push(atom(unit.clone(), Sign::NotNegative));
                    let up = signs(u, Sign::NotNegative)?;
                    let down = signs(&minus(u), Sign::Positive)?;
                    let same = less(ring, &y, u, Sign::Zero)?;
                    facts.push(Formula::Or(vec![
                        Formula::And(vec![up, same]),
                        Formula::And(vec![down, atom(unit, Sign::Zero)]),
                    ]));
                }
                ("sgn", [u]) => {
                    let cases = [
                        (signs(u, Sign::Positive)?, 1),
                        (signs(u, Sign::Zero)?, 0),
                        (signs(&minus(u), Sign::Positive)?, -1),
                    ];
                    let mut all = Vec::new();
                    for (case, value) in cases {
                        let value = Fraction::number(Q::whole(value));
                        all.push(Formula::And(vec![
                            case,
                            less(ring, &y, &value, Sign::Zero)?,
                        ]));
                    }
                    facts.push(Formula::Or(all));
                }
                ("max" | "min", parts) => {
                    // It is one of them, and none is greater (less).
                    let mut all = Vec::new();
                    for part in parts {
                        all.push(less(ring, &y, part, Sign::Zero)?);
                        let (a, b) = if *name == "max" {
                            (&y, *part)
                        } else {
                            (*part, &y)
                        };
                        facts.push(less(ring, a, b, Sign::NotNegative)?);
                    }
                    facts.push(Formula::Or(all));
                }
                ("floor" | "ceiling", [u]) => {
                    let (a, b) = if *name == "floor" { (*u, &y) } else { (&y, *u) };
                    facts.push(less(ring, a, b, Sign::NotNegative)?);
                    let next = ring.sum(b, &one)?;
                    facts.push(less(ring, &next, a, Sign::Positive)?);
                }
                ("log", [u]) => {
                    facts.push(signs(u, Sign::Positive)?);
                    let over = ring.difference(u, &one)?;
                    facts.push(same_sign(ring, &over, &y)?);
                }
                ("arctan" | "sinh" | "arsinh" | "artanh" | "arcsin", [u]) => {
                    facts.push(same_sign(ring, u, &y)?);
                }
                _ => {}
            }
        }
        _ => {}
    }
    Ok(facts)
}

/// Both are above 0, or both are 0, or both are below 0.
fn same_sign(ring: &mut Ring, a: &Fraction, b: &Fraction) -> Check<Formula> {
    let minus = |f: &Fraction| Fraction {
        above: f.above.scale(&-Q::one()),
        below: f.below.clone(),
    };
    let mut all = Vec::new();
    for (a, b, sign) in [
        (a.clone(), b.clone(), Sign::Positive),
        (a.clone(), b.clone(), Sign::Zero),
        (minus(a), minus(b), Sign::Positive),
    ] {
        all.push(Formula::And(vec![
            compare(ring, &a, sign)?,
            compare(ring, &b, sign)?,
        ]));
    }
    Ok(Formula::Or(all))
}
