//! Generators replaced by what they equal, in polynomials, fractions and the parts of kernels.

use num_traits::One;

use crate::arithmetic::fraction::Fraction;
use crate::arithmetic::polynomial::Poly;
use crate::arithmetic::ring::{Kernel, Part, Ring};
use crate::kernel::term::{Check, Head, Q};

impl Ring<'_> {
    /// Whether a generator stands in the parts of a kernel, at any depth.
    pub fn depends(&self, kernel: u32, on: u32, depth: u32) -> bool {
        if depth > 20 {
            return true;
        }
        let within = |f: &Fraction| {
            let below = f.below.keys().flat_map(Poly::generators);
            f.above
                .generators()
                .into_iter()
                .chain(below)
                .any(|g| g == on || self.depends(g, on, depth + 1))
        };
        match self.kernels.get(kernel as usize) {
            Some((Kernel::Apply(_, parts), _)) => parts.iter().any(|part| match part {
                Part::Value(f) => within(f),
                Part::Exact(_) => false,
            }),
            Some((Kernel::Exponential(f) | Kernel::Sign(f) | Kernel::Root(_, f), _)) => within(f),
            Some((Kernel::Positive(base, f), _)) => {
                *base == on || self.depends(*base, on, depth + 1) || within(f)
            }
            Some((Kernel::Power(base, f), _)) => within(base) || within(f),
            _ => false,
        }
    }

    /// A polynomial at the points where the generator has that value; `None` where that cannot be
    /// written.
    pub fn put(&mut self, into: &Poly, generator: u32, by: &Fraction) -> Check<Option<Fraction>> {
        if !into.generators().contains(&generator) {
            return Ok(Some(Fraction::of(into.clone())));
        }
        let Some(coefficients) = into.coefficients(generator) else {
            return self.put_powers(into, generator, by);
        };
        let mut sum = Fraction::default();
        for coefficient in coefficients.into_iter().rev() {
            sum = self.product(&sum, by)?;
            sum = self.sum(&sum, &Fraction::of(coefficient))?;
        }
        Ok(Some(sum))
    }

    /// The same where exponents are any rational numbers, so that the generator is positive.
    fn put_powers(
        &mut self,
        into: &Poly,
        generator: u32,
        by: &Fraction,
    ) -> Check<Option<Fraction>> {
        let mut sum = Fraction::default();
        for (monomial, value) in &into.0 {
            let mut rest = monomial.clone();
            let place = rest.iter().position(|(g, _)| *g == generator);
            let mut part = match place.map(|place| rest.remove(place).1) {
                Some(exponent) => match self.rational_power(by, &exponent) {
                    Ok(power) => power,
                    Err(_) => return Ok(None),
                },
                None => Fraction::number(Q::one()),
            };
            part = self.product(&part, &Fraction::of(Poly::term(rest, value.clone())))?;
            sum = self.sum(&sum, &part)?;
        }
        Ok(Some(sum))
    }

    /// The same of a fraction.
    pub fn put_in(
        &mut self,
        into: &Fraction,
        generator: u32,
        by: &Fraction,
    ) -> Check<Option<Fraction>> {
        let Some(mut result) = self.put(&into.above, generator, by)? else {
            return Ok(None);
        };
        for (factor, exponent) in &into.below {
            let Some(factor) = self.put(factor, generator, by)? else {
                return Ok(None);
            };
            let inverse = self.reciprocal(&factor)?;
            let power = self.natural_power(&inverse, *exponent)?;
            result = self.product(&result, &power)?;
        }
        Ok(Some(result))
    }

    /// What a kernel that has a value equals where a generator in its parts has that value; `None`
    /// where that is not known, or nothing changes.
    pub fn again(&mut self, kernel: u32, generator: u32, by: &Fraction) -> Check<Option<Fraction>> {
        if kernel == generator || !self.depends(kernel, generator, 0) {
            return Ok(None);
        }
        let Some((kernel, _)) = self.kernels.get(kernel as usize).cloned() else {
            return Ok(None);
        };
        let put = |ring: &mut Self, f: &Fraction| ring.put_in(f, generator, by);
        Ok(match kernel {
            Kernel::Apply(head, parts) => {
                if !matches!(head, Head::Function(_) | Head::Member(_) | Head::Call(..)) {
                    return Ok(None);
                }
                let mut all = Vec::new();
                for part in parts {
                    let Part::Value(f) = part else {
                        return Ok(None);
                    };
                    match put(self, &f)? {
                        Some(f) => all.push(f),
                        None => return Ok(None),
                    }
                }
                Some(self.applied(head, all)?)
            }
            Kernel::Exponential(f) => match put(self, &f)? {
                Some(f) => Some(self.exponential(&f)?),
                None => None,
            },
            Kernel::Root(order, f) => match put(self, &f)? {
                Some(f) => Some(self.root(order, &f)?),
                None => None,
            },
            Kernel::Sign(f) => match put(self, &f)? {
                Some(f) => Some(self.sign(&f)?),
                None => None,
            },
            Kernel::Positive(base, f) if base != generator => match put(self, &f)? {
                Some(f) => Some(self.power(&Fraction::generator(base), &f)?),
                None => None,
            },
            Kernel::Power(base, f) => match (put(self, &base)?, put(self, &f)?) {
                (Some(base), Some(f)) => Some(self.power(&base, &f)?),
                _ => None,
            },
            _ => None,
        })
    }

    /// A function, family or unknown function of these values.
    pub fn applied(&mut self, head: Head, values: Vec<Fraction>) -> Check<Fraction> {
        if let Head::Function(name) = head {
            match (name, values.as_slice()) {
                ("log", [u]) => return self.logarithm(u),
                ("logbase", [b, u]) => {
                    let below = self.logarithm(b)?;
                    let below = self.reciprocal(&below)?;
                    let above = self.logarithm(u)?;
                    return self.product(&above, &below);
                }
                ("tan" | "sec" | "cot" | "csc", [u]) => {
                    let mut of = |name| {
                        let parts = vec![Part::Value(u.clone())];
                        self.of_kernel(Kernel::Apply(Head::Function(name), parts), false)
                    };
                    let (sin, cos) = (of("sin")?, of("cos")?);
                    let below = if matches!(name, "tan" | "sec") {
                        &cos
                    } else {
                        &sin
                    };
                    let below = self.reciprocal(below)?;
                    return match name {
                        "tan" => self.product(&sin, &below),
                        "cot" => self.product(&cos, &below),
                        _ => Ok(below),
                    };
                }
                ("abs", [u]) => {
                    if let Some(value) = u.as_number() {
                        return Ok(Fraction::number(value.abs()));
                    }
                }
                ("sin", [u]) if u.above.is_zero() => return Ok(Fraction::default()),
                ("cos", [u]) if u.above.is_zero() => return Ok(Fraction::number(Q::one())),
                _ => {}
            }
        }
        let positive = matches!(
            head,
            Head::Function("cosh" | "sech" | "sigmoid" | "softplus" | "softmax" | "factorial")
        );
        let parts = values.into_iter().map(Part::Value).collect();
        self.of_kernel(Kernel::Apply(head, parts), positive)
    }

    /// log u where it is defined: of products of what is seen to be positive, the sum.
    pub fn logarithm(&mut self, u: &Fraction) -> Check<Fraction> {
        let single = u.above.single().filter(|_| u.below.is_empty());
        let Some((monomial, value)) = single
            .filter(|(m, c)| crate::arithmetic::fraction::plainly_positive(self, m, c))
            .map(|(m, c)| (m.clone(), c.clone()))
        else {
            let parts = vec![Part::Value(u.clone())];
            return self.of_kernel(Kernel::Apply(Head::Function("log"), parts), false);
        };
        let mut sum = Fraction::default();
        for (whole, sign) in [(value.numer(), 1), (value.denom(), -1)] {
            for (prime, count) in crate::arithmetic::ring::primes(&whole) {
                let parts = vec![Part::Value(Fraction::number(prime))];
                let log = self.of_kernel(Kernel::Apply(Head::Function("log"), parts), false)?;
                let count = Fraction::number(Q::from(i64::from(count) * sign));
                let part = self.product(&log, &count)?;
                sum = self.sum(&sum, &part)?;
            }
        }
        for (generator, exponent) in monomial {
            let kernel = self.kernels.get(generator as usize).map(|(k, _)| k.clone());
            let log = match kernel {
                Some(Kernel::Exponential(unit)) => unit,
                Some(Kernel::Positive(base, unit)) => {
                    let base = self.logarithm(&Fraction::generator(base))?;
                    self.product(&base, &unit)?
                }
                Some(Kernel::Integer(prime)) => self.logarithm(&Fraction::number(prime))?,
                _ => {
                    let parts = vec![Part::Value(Fraction::generator(generator))];
                    self.of_kernel(Kernel::Apply(Head::Function("log"), parts), false)?
                }
            };
            let part = self.product(&log, &Fraction::number(exponent))?;
            sum = self.sum(&sum, &part)?;
        }
        Ok(sum)
    }

    /// The kernel as a fraction.
    fn of_kernel(&mut self, kernel: Kernel, positive: bool) -> Check<Fraction> {
        Ok(Fraction::generator(self.generator(kernel, positive)?))
    }
}

/// A fraction that compares with 0 as the polynomials do: its numerator, times its denominator
/// where the sign matters; and what is not 0 below.
pub fn cleared(ring: &mut Ring, fraction: Fraction, sign_matters: bool) -> Check<Poly> {
    let mut above = fraction.above;
    if sign_matters && !above.is_zero() {
        for (factor, exponent) in &fraction.below {
            if exponent % 2 == 1 {
                above = above.mul(factor, ring.terms)?;
            }
        }
        let reduced = ring.radicals(above.clone())?;
        if reduced.below.is_empty() {
            above = reduced.above;
        }
    }
    Ok(above)
}
