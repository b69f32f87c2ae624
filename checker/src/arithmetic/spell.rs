//! From normal forms back to terms.

use num_traits::One;

use crate::arithmetic::fraction::Fraction;
use crate::arithmetic::polynomial::{Monomial, Poly};
use crate::arithmetic::ring::{Kernel, Part, Ring};
use crate::kernel::term::{Check, Head, Id, Q};

impl Ring<'_> {
    /// A term that is defined and has that value wherever the kernels are defined and nothing
    /// below is 0.
    pub fn term(&mut self, fraction: &Fraction) -> Check<Id> {
        let mut factors = vec![self.polynomial(&fraction.above)?];
        for (poly, exponent) in &fraction.below {
            let base = self.polynomial(poly)?;
            let exponent = self.terms.integer(-i64::from(*exponent))?;
            factors.push(self.terms.add(Head::Pow, vec![base, exponent])?);
        }
        if factors.len() > 1 && self.terms.value(factors[0]).is_some_and(Q::is_one) {
            factors.remove(0);
        }
        self.terms.flat(Head::Mul, &factors)
    }

    fn polynomial(&mut self, poly: &Poly) -> Check<Id> {
        let mut parts = Vec::new();
        for (monomial, value) in &poly.0 {
            let mut factors = Vec::new();
            if !value.is_one() || monomial.is_empty() {
                factors.push(self.terms.number(value.clone())?);
            }
            self.factors(monomial, &mut factors)?;
            parts.push(self.terms.flat(Head::Mul, &factors)?);
        }
        self.terms.flat(Head::Add, &parts)
    }

    fn factors(&mut self, monomial: &Monomial, factors: &mut Vec<Id>) -> Check<()> {
        for (generator, exponent) in monomial {
            let kernel = self.kernels.get(*generator as usize);
            let kernel = kernel.map(|(kernel, _)| kernel.clone());
            let base = self.kernel(&kernel.ok_or("no such kernel")?)?;
            factors.push(if exponent.is_one() {
                base
            } else {
                let exponent = self.terms.number(exponent.clone())?;
                self.terms.add(Head::Pow, vec![base, exponent])?
            });
        }
        Ok(())
    }

    fn kernel(&mut self, kernel: &Kernel) -> Check<Id> {
        self.terms.spend(1)?;
        let power = |ring: &mut Self, base: Id, exponent: &Fraction| {
            let exponent = ring.term(exponent)?;
            ring.terms.add(Head::Pow, vec![base, exponent])
        };
        match kernel {
            Kernel::Exact(term) => Ok(*term),
            Kernel::Apply(head, parts) => {
                let mut args = Vec::with_capacity(parts.len());
                for part in parts {
                    args.push(match part {
                        Part::Value(value) => self.term(value)?,
                        Part::Exact(term) => *term,
                    });
                }
                if matches!(head, Head::Binder(..)) {
                    return Err("a binder in a coefficient".to_owned());
                }
                self.terms.with(head, args)
            }
            Kernel::Integer(value) => self.terms.number(value.clone()),
            Kernel::Exponential(u) => {
                let e = self.terms.add(Head::Constant("e"), Vec::new())?;
                power(self, e, u)
            }
            Kernel::Positive(generator, u) => {
                let mut base = Vec::new();
                self.factors(&vec![(*generator, Q::one())], &mut base)?;
                let base = self.terms.flat(Head::Mul, &base)?;
                power(self, base, u)
            }
            Kernel::Power(base, u) => {
                let base = self.term(base)?;
                power(self, base, u)
            }
            Kernel::Sign(u) => {
                let minus = self.terms.integer(-1)?;
                power(self, minus, u)
            }
            Kernel::Root(order, under) => {
                let order = self.terms.integer(i64::from(*order))?;
                let under = self.term(under)?;
                self.terms.add(Head::Function("root"), vec![order, under])
            }
        }
    }
}
