//! Terms as fractions of polynomials over ℚ in kernels. Two terms with one normal form are equal
//! wherever both are defined; that is all that is ever claimed.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::arithmetic::fraction::Fraction;
use crate::arithmetic::polynomial::{Monomial, Poly, small};
use crate::kernel::term::{Binder, Check, Head, Id, Q, Terms};

/// What a kernel is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// A term as it is.
    Exact(Id),
    /// A head and its children.
    Apply(Head, Vec<Part>),
    /// A positive integer under roots and other powers.
    Integer(Q),
    /// e to that power.
    Exponential(Fraction),
    /// A positive generator to that power.
    Positive(u32, Fraction),
    /// Any base to any power.
    Power(Fraction, Fraction),
    /// −1 to that power, where that is an integer.
    Sign(Fraction),
    /// The root of that order.
    Root(u32, Fraction),
}

/// A child of a kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Up to the normal form.
    Value(Fraction),
    /// As it is.
    Exact(Id),
}

/// What the ring may take as known; it holds wherever the terms are looked at.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Terms that are positive.
    pub positive: BTreeSet<Id>,
    /// Symbols that are integers.
    pub integers: BTreeSet<u32>,
    /// Symbols that are natural numbers.
    pub naturals: BTreeSet<u32>,
}

/// Normal forms under what is known.
#[derive(Debug)]
pub struct Ring<'a> {
    /// The terms.
    pub terms: &'a mut Terms,
    pub(crate) known: &'a Known,
    /// The kernels by generator, and whether each is positive.
    pub kernels: Vec<(Kernel, bool)>,
    seen: FxHashMap<Id, Fraction>,
    /// Whether both terms that are compared are defined, and nothing else is asked.
    pub(crate) both_defined: bool,
}

impl<'a> Ring<'a> {
    /// A ring without kernels.
    pub fn new(terms: &'a mut Terms, known: &'a Known) -> Self {
        Ring {
            terms,
            known,
            kernels: Vec::new(),
            seen: FxHashMap::default(),
            both_defined: false,
        }
    }

    /// Whether both terms have one normal form.
    pub fn equal(&mut self, a: Id, b: Id) -> Check<bool> {
        let left = self.fraction(a)?;
        let right = self.fraction(b)?;
        Ok(left == right || self.difference(&left, &right)?.above.is_zero())
    }

    /// Whether the generator is positive.
    #[must_use]
    pub fn is_positive(&self, generator: u32) -> bool {
        self.kernels
            .get(generator as usize)
            .is_some_and(|(_, positive)| *positive)
    }

    pub fn generator(&mut self, kernel: Kernel, positive: bool) -> Check<u32> {
        for place in 0..self.kernels.len() {
            let known = self.kernels[place].0.clone();
            if self.same(&known, &kernel)? {
                return u32::try_from(place).map_err(|_| "too many kernels".to_owned());
            }
        }
        if self.kernels.len() > 300 {
            return Err("too many kernels".to_owned());
        }
        self.kernels.push((kernel, positive));
        u32::try_from(self.kernels.len() - 1).map_err(|_| "too many kernels".to_owned())
    }

    /// Whether two kernels are the same, their children up to the normal form.
    fn same(&mut self, a: &Kernel, b: &Kernel) -> Check<bool> {
        self.terms.spend(1)?;
        if a == b {
            return Ok(true);
        }
        Ok(match (a, b) {
            (Kernel::Apply(f, xs), Kernel::Apply(g, ys)) if f == g && xs.len() == ys.len() => {
                for (x, y) in xs.iter().zip(ys) {
                    let same = match (x, y) {
                        (Part::Value(x), Part::Value(y)) => self.agree(x, y)?,
                        (x, y) => x == y,
                    };
                    if !same {
                        return Ok(false);
                    }
                }
                true
            }
            (Kernel::Exponential(x), Kernel::Exponential(y)) => self.agree(x, y)?,
            (Kernel::Positive(b, x), Kernel::Positive(c, y)) => b == c && self.agree(x, y)?,
            (Kernel::Power(b, x), Kernel::Power(c, y)) => self.agree(b, c)? && self.agree(x, y)?,
            (Kernel::Sign(x), Kernel::Sign(y)) => self.agree(x, y)?,
            (Kernel::Root(n, x), Kernel::Root(m, y)) => n == m && self.agree(x, y)?,
            _ => false,
        })
    }

    fn agree(&mut self, a: &Fraction, b: &Fraction) -> Check<bool> {
        Ok(a == b || self.difference(a, b)?.above.is_zero())
    }

    /// The fraction of a term with real values.
    pub fn fraction(&mut self, term: Id) -> Check<Fraction> {
        if let Some(known) = self.seen.get(&term) {
            return Ok(known.clone());
        }
        self.terms.spend(1)?;
        let node = self.terms.node(term).clone();
        let result = match &node.head {
            Head::Number(value) => Fraction::number(value.clone()),
            Head::Constant("e") => self.exponential(&Fraction::number(Q::one()))?,
            Head::Constant("infinity") => return Err("∞ is no number".to_owned()),
            Head::Constant(_) => Fraction::generator(self.generator(Kernel::Exact(term), true)?),
            Head::Symbol(_) | Head::Bound(_) => {
                let positive = self.known.positive.contains(&term);
                Fraction::generator(self.generator(Kernel::Exact(term), positive)?)
            }
            Head::Add => {
                let mut sum = Fraction::default();
                for arg in &node.args {
                    let part = self.fraction(*arg)?;
                    sum = self.sum(&sum, &part)?;
                }
                sum
            }
            Head::Mul => {
                let mut product = Fraction::number(Q::one());
                for arg in &node.args {
                    let part = self.fraction(*arg)?;
                    product = self.product(&product, &part)?;
                }
                product
            }
            Head::Pow => {
                let exponent = self.fraction(node.args[1])?;
                if *self.terms.head(node.args[0]) == Head::Constant("e") {
                    self.exponential(&exponent)?
                } else {
                    let base = self.fraction(node.args[0])?;
                    self.power(&base, &exponent)?
                }
            }
            Head::Function("root") => {
                let order = self.terms.value(node.args[0]).and_then(small);
                let order = order
                    .filter(|n| (2..=64).contains(n))
                    .ok_or("a root of no order")?;
                let base = self.fraction(node.args[1])?;
                self.root(order, &base)?
            }
            Head::Function(
                "log" | "logbase" | "tan" | "sec" | "cot" | "csc" | "sin" | "cos" | "abs",
            ) => {
                let mut values = Vec::with_capacity(node.args.len());
                for arg in &node.args {
                    values.push(self.fraction(*arg)?);
                }
                let value = self.applied(node.head.clone(), values)?;
                if self.known.positive.contains(&term)
                    && let Some(([(generator, e)], c)) =
                        value.above.single().map(|(m, c)| (m.as_slice(), c))
                    && e.is_one()
                    && c.is_one()
                    && value.below.is_empty()
                    && let Some(kernel) = self.kernels.get_mut(*generator as usize)
                {
                    kernel.1 = true;
                }
                value
            }
            Head::Function(_) | Head::Member(_) | Head::Call(..) | Head::Binder(..) => {
                self.apply(term, &node)?
            }
            Head::Piecewise => Fraction::generator(self.generator(Kernel::Exact(term), false)?),
            _ => return Err("a statement or set where a number is needed".to_owned()),
        };
        self.seen.insert(term, result.clone());
        Ok(result)
    }

    fn apply(&mut self, term: Id, node: &crate::kernel::term::Node) -> Check<Fraction> {
        let head = match &node.head {
            Head::Binder(Binder::ForAll, _) => return Err("a statement for a number".to_owned()),
            other => other.clone(),
        };
        let mut parts = Vec::with_capacity(node.args.len());
        for arg in &node.args {
            let exact = matches!(
                self.terms.head(*arg),
                Head::Truth(_) | Head::Constant("infinity") | Head::Binder(Binder::ForAll, _)
            );
            let value = if exact {
                None
            } else {
                self.fraction(*arg).ok()
            };
            parts.push(value.map_or(Part::Exact(*arg), Part::Value));
        }
        // Where the index does not stand in what is summed, its number says nothing.
        let still = matches!(parts.first(), Some(Part::Value(body))
            if body.above.as_number().is_some() && body.below.is_empty());
        let plain = node
            .args
            .get(3)
            .is_some_and(|condition| *self.terms.head(*condition) == Head::Truth(true));
        let head = match head {
            Head::Binder(Binder::Sum, _) if still && plain => Head::Binder(Binder::Sum, 1),
            other => other,
        };
        let positive = self.known.positive.contains(&term)
            || matches!(
                head,
                Head::Function("cosh" | "sech" | "sigmoid" | "softplus" | "softmax" | "factorial")
            );
        Ok(Fraction::generator(
            self.generator(Kernel::Apply(head, parts), positive)?,
        ))
    }

    /// e^u, term by term of u.
    pub fn exponential(&mut self, exponent: &Fraction) -> Check<Fraction> {
        let mut product = Monomial::new();
        for (monomial, value) in exponent.above.0.clone() {
            let unit = Fraction {
                above: Poly::term(monomial, Q::one()),
                below: exponent.below.clone(),
            };
            let generator = self.generator(Kernel::Exponential(unit), true)?;
            product = crate::arithmetic::polynomial::times(&product, &vec![(generator, value)]);
        }
        Ok(Fraction::of(Poly::term(product, Q::one())))
    }

    /// Whether the symbol is a natural number.
    #[must_use]
    pub fn known_natural(&self, symbol: u32) -> bool {
        self.known.naturals.contains(&symbol)
    }

    /// Replaces powers of roots by what stands under them, squares of (−1)^u by 1, and integer
    /// powers of integers by numbers.
    pub fn radicals(&mut self, poly: Poly) -> Check<Fraction> {
        let mut plain = Poly::default();
        let mut changed: Vec<(Fraction, Poly)> = Vec::new();
        for (monomial, value) in poly.0 {
            let (mut rest, mut value) = (monomial.clone(), value);
            let mut replaced = None;
            for (generator, exponent) in monomial {
                let kernel = self.kernels.get(generator as usize).map(|(k, _)| k.clone());
                let set = |rest: &mut Monomial, left: Q| {
                    rest.retain(|(g, _)| *g != generator);
                    if !left.is_zero() {
                        rest.push((generator, left));
                        rest.sort();
                    }
                };
                match kernel {
                    Some(Kernel::Integer(prime))
                        if exponent >= Q::one() || exponent.is_negative() =>
                    {
                        let whole = exponent.floor();
                        let count = whole.to_integer().to_i32().filter(|n| n.abs() <= 512);
                        value *= num_traits::Pow::pow(&prime, count.ok_or("a number too large")?);
                        set(&mut rest, exponent - whole);
                    }
                    Some(Kernel::Sign(_)) if exponent > Q::one() => {
                        let two = Q::whole(2);
                        let left = &exponent - (&exponent / &two).floor() * &two;
                        set(&mut rest, left);
                    }
                    Some(Kernel::Root(order, under)) if replaced.is_none() => {
                        let order = Q::from_integer(order.into());
                        if exponent >= order {
                            let count = (&exponent / &order).floor();
                            set(&mut rest, &exponent - &count * &order);
                            replaced = Some((under, small(&count).ok_or("a power too high")?));
                        }
                    }
                    _ => {}
                }
            }
            match replaced {
                None => plain.plus(rest, &value),
                Some((under, count)) => {
                    let power = self.natural_power(&under, count)?;
                    changed.push((power, Poly::term(rest, value)));
                }
            }
        }
        let mut sum = Fraction::of(plain);
        for (power, rest) in changed {
            let part = self.product(&power, &Fraction::of(rest))?;
            sum = self.sum(&sum, &part)?;
        }
        Ok(sum)
    }
}

/// The prime factors of a positive integer; what is left after trial division counts as one.
pub fn primes(number: &num_bigint::BigInt) -> Vec<(Q, u32)> {
    let mut found = Vec::new();
    if let Some(mut rest) = number.to_u64() {
        let mut p = 2u64;
        while p < 2000 && p * p <= rest {
            let mut count = 0;
            while rest % p == 0 {
                rest /= p;
                count += 1;
            }
            if count > 0 {
                found.push((Q::from_integer(p.into()), count));
            }
            p += 1;
        }
        if rest > 1 {
            found.push((Q::from_integer(rest.into()), 1));
        }
        return found;
    }
    let mut rest = number.clone();
    for p in 2u32..2000 {
        let mut count = 0;
        while (&rest % p).is_zero() && count < 4000 {
            rest /= p;
            count += 1;
        }
        if count > 0 {
            found.push((Q::from_integer(p.into()), count));
        }
    }
    if !rest.is_one() {
        found.push((Q::from_integer(rest), 1));
    }
    found
}
