//! Kernels in normal form: roots, exponentials and logarithms as products and sums of simpler ones.

use num_bigint::BigInt;
use num_traits::Zero;

use super::kernel::{Fraction, FractionKey, Kernel, Kernels, Key, TERMS};
use super::polynomial::Polynomial;
use crate::number::Rational;
use crate::term::Function;

/// How many kernels a problem may have before no more are made on the way.
const KERNELS: usize = 40;

/// A fraction as part of a kernel.
pub fn key(of: Fraction) -> Key {
    Key::new(FractionKey(of))
}

impl Kernels {
    fn kernel(&mut self, kernel: Kernel) -> Fraction {
        let variable = self.variable(kernel);
        Fraction::whole(Polynomial::variable(variable))
    }

    /// The kernel's value where each variable in its parts is replaced: `None` if nothing changes
    /// or it is not mine.
    pub fn again(
        &mut self,
        variable: u32,
        to: &dyn Fn(&Fraction) -> Option<Fraction>,
    ) -> Option<Fraction> {
        let kernel = self.get(variable)?.clone();
        let before = self.len();
        // Laws say all about these: nothing is gained by further ones.
        let algebraic = matches!(
            kernel,
            Kernel::Root(..)
                | Kernel::Function(
                    Function::Abs
                        | Function::Max
                        | Function::Min
                        | Function::Relu
                        | Function::Signum
                        | Function::Floor
                        | Function::Ceiling,
                    _
                )
        );
        let out = match &kernel {
            Kernel::Root(degree, of) => {
                let of = to(&of.0)?;
                self.root(*degree, &of)?
            }
            Kernel::Exp(of) => {
                let of = to(&of.0)?;
                self.exp(&of)
            }
            Kernel::Log(of) => {
                let of = to(&of.0)?;
                self.log(&of)?
            }
            Kernel::Function(function, parts) => {
                let parts = parts
                    .iter()
                    .map(|p| to(&p.0).map(key))
                    .collect::<Option<Vec<_>>>()?;
                self.kernel(Kernel::Function(*function, parts))
            }
            Kernel::Call(symbol, orders, parts) => {
                let parts = parts
                    .iter()
                    .map(|p| to(&p.0).map(key))
                    .collect::<Option<Vec<_>>>()?;
                self.kernel(Kernel::Call(*symbol, orders.clone(), parts))
            }
            Kernel::Power(base, exponent) => {
                let base = to(&base.0).map(key)?;
                let exponent = to(&exponent.0).map(key)?;
                self.kernel(Kernel::Power(base, exponent))
            }
            _ => return None,
        };
        if self.len() > before && (algebraic || before > KERNELS) {
            self.forget(before);
            return None;
        }
        let same = Fraction::whole(Polynomial::variable(variable));
        (out != same).then_some(out)
    }

    /// The real root of something whose conditions stand already.
    pub fn root(&mut self, degree: u32, u: &Fraction) -> Option<Fraction> {
        if let Some(value) = u.as_number() {
            if let Some(exact) = exact_root(degree, &value) {
                return Some(Fraction::number(exact));
            }
            // √(a/b) = √(ab)/b, the square factors of ab taken out.
            if value.signum() > 0 && degree == 2 {
                let product = value.numerator() * value.denominator();
                let (outside, inside) = square_part(&product);
                let inner = Rational::from_big(inside.into());
                let outer = Rational::from_big(outside.into())
                    .div(&Rational::from_big(value.denominator().into()))?;
                let root = self.kernel(Kernel::Root(2, key(Fraction::number(inner))));
                return root.mul(&Fraction::number(outer));
            }
        }
        // A square taken out of a square root is an absolute value.
        if degree == 2
            && u.denominator.as_constant().is_some_and(|c| c.is_one())
            && let Some(side) = square_root(&u.numerator)
        {
            let argument = Fraction::whole(side);
            return Some(self.kernel(Kernel::Function(Function::Abs, vec![key(argument)])));
        }
        Some(self.kernel(Kernel::Root(degree, key(u.clone()))))
    }

    /// e^u, split into factors along the monomials of u.
    pub fn exp(&mut self, u: &Fraction) -> Fraction {
        let whole = |t: &mut Kernels| t.kernel(Kernel::Exp(key(u.clone())));
        let Some(denominator) = u.denominator.as_constant() else {
            return whole(self);
        };
        if u.numerator.len() > 12 {
            return whole(self);
        }
        let mut product = Fraction::number(Rational::one());
        for (monomial, coefficient) in u.numerator.0.clone() {
            let Some(coefficient) = coefficient.div(&denominator) else {
                return whole(self);
            };
            let up = Rational::from_big(coefficient.numerator().into()).to_i64();
            let Some(up) = up.filter(|n| n.abs() <= 12) else {
                return whole(self);
            };
            let unit = Rational::from_big(coefficient.denominator().into());
            let Some(unit) = Rational::one().div(&unit) else {
                return whole(self);
            };
            let mut part = Polynomial::default();
            part.0.insert(monomial.clone(), unit.clone());
            // e^(log c) is c.
            let known = match monomial.0.as_slice() {
                [(v, 1)] if unit.is_one() => match self.get(*v) {
                    Some(Kernel::LogNumber(n)) => {
                        Some(Fraction::number(Rational::from_big(n.clone().into())))
                    }
                    Some(Kernel::Log(of)) => Some(of.0.clone()),
                    _ => None,
                },
                _ => None,
            };
            let factor = known.unwrap_or_else(|| {
                let part = key(Fraction::whole(part.clone()));
                self.kernel(Kernel::Exp(part))
            });
            let size = u32::try_from(up.abs()).unwrap_or(0);
            let power = if up < 0 {
                factor.inverse().and_then(|f| f.pow(size))
            } else {
                factor.pow(size)
            };
            let Some(next) = power.and_then(|p| product.mul(&p)) else {
                return whole(self);
            };
            product = next;
        }
        product
    }

    /// log of a positive rational as a combination of logarithms of primes (or of what is left of
    /// large numbers).
    pub fn log_number(&mut self, value: &Rational) -> Option<Fraction> {
        let mut sum = Fraction::number(Rational::zero());
        for (part, sign) in [(value.numerator(), 1), (value.denominator(), -1)] {
            for (prime, times) in factors(part) {
                let log = self.kernel(Kernel::LogNumber(prime));
                sum = sum.add(&log.mul(&Fraction::number(Rational::from(sign * times)))?)?;
            }
        }
        Some(sum)
    }

    /// log of something positive.
    pub fn log(&mut self, u: &Fraction) -> Option<Fraction> {
        if let Some(value) = u.as_number() {
            if value.signum() > 0 {
                return self.log_number(&value);
            }
            return Some(Fraction::number(Rational::zero()));
        }
        // log(c · e^v) = log c + v.
        if let (1, 1) = (u.numerator.len(), u.denominator.len())
            && let (Some((up, c)), Some((down, d))) =
                (u.numerator.leading(), u.denominator.leading())
            && let Some(c) = c.div(d)
            && c.signum() > 0
        {
            let parts =
                up.0.iter()
                    .map(|(v, e)| (*v, i64::from(*e)))
                    .chain(down.0.iter().map(|(v, e)| (*v, -i64::from(*e))));
            let mut known = Vec::new();
            for (v, e) in parts {
                match self.get(v) {
                    Some(Kernel::Exp(of)) => known.push((of.0.clone(), e)),
                    _ => return Some(self.kernel(Kernel::Log(key(u.clone())))),
                }
            }
            let mut sum = self.log_number(&c)?;
            for (of, e) in known {
                sum = sum.add(&of.mul(&Fraction::number(Rational::from(e)))?)?;
            }
            return Some(sum);
        }
        Some(self.kernel(Kernel::Log(key(u.clone()))))
    }
}

/// The rational n-th root, if there is one (for even n of a number ≥ 0).
fn exact_root(degree: u32, value: &Rational) -> Option<Rational> {
    if value.signum() < 0 && degree.is_multiple_of(2) {
        return None;
    }
    let part = |n: &BigInt| {
        let root = num_integer::Roots::nth_root(n, degree);
        (num_traits::Pow::pow(&root, degree) == *n).then_some(root)
    };
    let (above, below) = (part(&value.numerator())?, part(&value.denominator())?);
    Rational::from_big(above.into()).div(&Rational::from_big(below.into()))
}

/// `n = a² · b`, with small square factors all in a.
fn square_part(n: &BigInt) -> (BigInt, BigInt) {
    let (mut outside, mut inside) = (BigInt::from(1), BigInt::from(1));
    for (prime, times) in factors(n.clone()) {
        for _ in 0..times / 2 {
            outside *= &prime;
        }
        if times % 2 == 1 {
            inside *= &prime;
        }
    }
    (outside, inside)
}

/// Prime factors up to 1000 with multiplicity, and what is left.
fn factors(mut n: BigInt) -> Vec<(BigInt, i64)> {
    let mut out = Vec::new();
    if n.is_zero() {
        return out;
    }
    let mut p = BigInt::from(2);
    while p <= BigInt::from(1000) && &p * &p <= n {
        let mut times = 0;
        while (&n % &p).is_zero() {
            n /= &p;
            times += 1;
        }
        if times > 0 {
            out.push((p.clone(), times));
        }
        p += 1;
    }
    if n > BigInt::from(1) {
        // A square of a large prime would spoil nothing: the factor is then merely composite.
        out.push((n, 1));
    }
    out
}

/// The polynomial whose square it is, up to sign, if it is one.
pub fn square_root(polynomial: &Polynomial) -> Option<Polynomial> {
    if polynomial.is_zero() {
        return Some(Polynomial::default());
    }
    let (lead, c) = polynomial.leading()?;
    let first = super::polynomial::Monomial(
        lead.0
            .iter()
            .map(|(v, e)| (e % 2 == 0).then_some((*v, e / 2)))
            .collect::<Option<Vec<_>>>()?,
    );
    let c = exact_root(2, c)?;
    let mut root = Polynomial::default();
    root.0.insert(first.clone(), c.clone());
    let twice = c.mul(&Rational::from(2));
    for _ in 0..TERMS.min(40) {
        let rest = polynomial.sub(&root.mul(&root));
        let Some((m, d)) = rest.leading() else {
            return Some(root);
        };
        let next = m.divide(&first)?;
        if root.0.contains_key(&next) {
            return None;
        }
        root.0.insert(next, d.div(&twice)?);
    }
    None
}
