//! Kernels: what stands for a variable of a polynomial, and what is known of it.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::formula::{Formula, Literal, Sign};
use super::polynomial::Polynomial;
use crate::number::Rational;
use crate::term::{Function, Symbol, TermId};

/// A fraction of polynomials in lowest terms; the denominator is primitive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fraction {
    /// The numerator.
    pub numerator: Polynomial,
    /// The denominator, not 0.
    pub denominator: Polynomial,
}

/// How many monomials a polynomial may have.
pub const TERMS: usize = 400;

impl Fraction {
    /// A polynomial as a fraction.
    pub fn whole(numerator: Polynomial) -> Self {
        Fraction {
            numerator,
            denominator: Polynomial::one(),
        }
    }

    /// A number.
    pub fn number(value: Rational) -> Self {
        Fraction::whole(Polynomial::constant(value))
    }

    /// The quotient in lowest terms.
    pub fn new(numerator: Polynomial, denominator: Polynomial) -> Option<Self> {
        if denominator.is_zero() || numerator.len() > TERMS || denominator.len() > TERMS {
            return None;
        }
        if numerator.is_zero() {
            return Some(Fraction::whole(numerator));
        }
        let (mut n, mut d) = (numerator, denominator);
        if d.as_constant().is_none() {
            let common = n.gcd(&d, TERMS);
            if common.as_constant().is_none() {
                n = n.divide(&common)?;
                d = d.divide(&common)?;
            }
        }
        let by = Rational::one().div(&d.content())?;
        Some(Fraction {
            numerator: n.scale(&by),
            denominator: d.scale(&by),
        })
    }

    /// The sum.
    pub fn add(&self, other: &Self) -> Option<Self> {
        if self.denominator == other.denominator {
            return Fraction::new(
                self.numerator.add(&other.numerator),
                self.denominator.clone(),
            );
        }
        Fraction::new(
            self.numerator
                .mul(&other.denominator)
                .add(&other.numerator.mul(&self.denominator)),
            self.denominator.mul(&other.denominator),
        )
    }

    /// The negative.
    pub fn neg(&self) -> Self {
        Fraction {
            numerator: self.numerator.neg(),
            denominator: self.denominator.clone(),
        }
    }

    /// The product.
    pub fn mul(&self, other: &Self) -> Option<Self> {
        Fraction::new(
            self.numerator.mul(&other.numerator),
            self.denominator.mul(&other.denominator),
        )
    }

    /// The inverse; `None` of 0.
    pub fn inverse(&self) -> Option<Self> {
        Fraction::new(self.denominator.clone(), self.numerator.clone())
    }

    /// A power.
    pub fn pow(&self, exponent: u32) -> Option<Self> {
        Fraction::new(
            self.numerator.pow(exponent, TERMS)?,
            self.denominator.pow(exponent, TERMS)?,
        )
    }

    /// Its value if it is a number.
    pub fn as_number(&self) -> Option<Rational> {
        self.numerator
            .as_constant()?
            .div(&self.denominator.as_constant()?)
    }

    /// The statement that the fraction, which has a value, compares so with 0.
    pub fn compare(&self, sign: Sign) -> Formula {
        match sign {
            Sign::Zero | Sign::NonZero => Formula::compare(self.numerator.clone(), sign),
            _ if self.denominator.as_constant().is_some() => {
                Formula::compare(self.numerator.clone(), sign)
            }
            _ => Formula::compare(self.numerator.mul(&self.denominator), sign),
        }
    }
}

/// What a variable stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kernel {
    /// A free symbol or member of a family, which has a value everywhere.
    Atom(TermId),
    /// π.
    Constant(TermId),
    /// A real root of that degree.
    Root(u32, Key),
    /// e to that power.
    Exp(Key),
    /// The logarithm.
    Log(Key),
    /// The logarithm of an integer ≥ 2.
    LogNumber(num_bigint::BigInt),
    /// A base to a power that is no number.
    Power(Key, Key),
    /// A known function that has a value wherever its arguments have one.
    Function(Function, Vec<Key>),
    /// An unknown smooth function, or a derivative of one.
    Call(Symbol, Box<[u32]>, Vec<Key>),
    /// Anything else.
    Opaque(TermId),
}

/// A fraction as part of a kernel.
pub type Key = std::sync::Arc<FractionKey>;

/// A fraction that can be hashed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FractionKey(pub Fraction);

impl std::hash::Hash for FractionKey {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        for part in [&self.0.numerator, &self.0.denominator] {
            part.0.len().hash(state);
            for (m, c) in &part.0 {
                m.hash(state);
                c.hash(state);
            }
        }
    }
}

/// The kernels of a problem, numbered by first occurrence.
#[derive(Clone, Debug, Default)]
pub struct Kernels {
    table: IndexMap<Kernel, (), FxBuildHasher>,
    /// For opaque kernels: what holds where one has a value, and what where it has none.
    pub domains: BTreeMap<u32, (Formula, Formula)>,
    /// Further laws of opaque kernels.
    pub laws: BTreeMap<u32, Formula>,
}

impl Kernels {
    /// The variable of a kernel.
    pub fn variable(&mut self, kernel: Kernel) -> u32 {
        let (index, _) = self.table.insert_full(kernel, ());
        u32::try_from(index).unwrap_or(u32::MAX)
    }

    /// The kernel of a variable.
    pub fn get(&self, variable: u32) -> Option<&Kernel> {
        self.table.get_index(variable as usize).map(|(k, ())| k)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.table.len()
    }

    /// The arguments of a transcendental or unknown function.
    pub fn parts(&self, variable: u32) -> Vec<&Fraction> {
        match self.get(variable) {
            Some(Kernel::Exp(of) | Kernel::Log(of)) => vec![&of.0],
            Some(Kernel::Power(base, exponent)) => vec![&base.0, &exponent.0],
            Some(Kernel::Function(
                Function::Sin | Function::Cos | Function::Arctan | Function::Arsinh,
                parts,
            )) => parts.iter().map(|p| &p.0).collect(),
            Some(Kernel::Call(_, _, parts)) => parts.iter().map(|p| &p.0).collect(),
            _ => Vec::new(),
        }
    }

    /// Forgets the kernels from that number on.
    pub fn forget(&mut self, from: usize) {
        self.table.truncate(from);
    }

    /// The kernels in order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Kernel)> {
        (0u32..).zip(self.table.keys())
    }

    /// What holds of a kernel wherever it has a value.
    pub fn law(&self, variable: u32) -> Formula {
        let y = Polynomial::variable(variable);
        let at = |p: &Polynomial, s| Formula::compare(p.clone(), s);
        let Some(kernel) = self.get(variable) else {
            return Formula::TRUE;
        };
        match kernel {
            Kernel::Root(degree, of) => {
                let Some(power) = y.pow(*degree, TERMS) else {
                    return Formula::TRUE;
                };
                let equation = power.mul(&of.0.denominator).sub(&of.0.numerator);
                let mut parts = vec![at(&equation, Sign::Zero)];
                if degree % 2 == 0 {
                    parts.push(at(&y, Sign::NonNegative));
                }
                Formula::and(parts)
            }
            Kernel::Exp(of) => {
                let mut parts = vec![at(&y, Sign::Positive)];
                if of.0.as_number().is_some_and(|c| c.is_one()) {
                    parts.push(between(&y, 2_718, 2_719));
                } else if let Some(tangent) =
                    of.0.add(&Fraction::number(Rational::one()))
                        .and_then(|line| Fraction::whole(y.clone()).add(&line.neg()))
                {
                    // e^u ≥ 1 + u
                    parts.push(tangent.compare(Sign::NonNegative));
                }
                Formula::and(parts)
            }
            Kernel::Constant(_) => between(&y, 3_141, 3_142),
            Kernel::LogNumber(n) => log_bounds(n, &y),
            Kernel::Power(base, _) => Formula::or(vec![
                Formula::and(vec![base.0.compare(Sign::Positive), at(&y, Sign::Positive)]),
                base.0.neg().compare(Sign::NonNegative),
            ]),
            Kernel::Function(function, arguments) => {
                let first = arguments.first().map(|k| k.0.clone());
                let second = arguments.get(1).map(|k| k.0.clone());
                self.function_law(*function, first, second, variable)
            }
            Kernel::Opaque(_) => {
                let mut parts = vec![Formula::Literal(Literal::Defined(variable))];
                parts.extend(self.laws.get(&variable).cloned());
                Formula::and(parts)
            }
            _ => Formula::TRUE,
        }
    }

    /// How a logarithm compares with 0.
    pub fn log_law(&self, variable: u32) -> Option<Vec<Formula>> {
        let Kernel::Log(of) = self.get(variable)? else {
            return None;
        };
        let y = Polynomial::variable(variable);
        let over = of.0.add(&Fraction::number(Rational::from(-1)))?;
        let under = over.neg();
        Some(vec![
            Formula::and(vec![
                over.compare(Sign::Positive),
                Formula::compare(y.clone(), Sign::Positive),
            ]),
            Formula::and(vec![
                over.compare(Sign::Zero),
                Formula::compare(y.clone(), Sign::Zero),
            ]),
            Formula::and(vec![
                under.compare(Sign::Positive),
                Formula::compare(y.neg(), Sign::Positive),
            ]),
        ])
    }

    fn function_law(
        &self,
        function: Function,
        first: Option<Fraction>,
        second: Option<Fraction>,
        variable: u32,
    ) -> Formula {
        let y = Fraction::whole(Polynomial::variable(variable));
        let one = Fraction::number(Rational::one());
        let Some(u) = first else {
            return Formula::TRUE;
        };
        // a − b compares with 0.
        let cmp = |a: &Fraction, b: &Fraction, s: Sign| {
            a.add(&b.neg()).map_or(Formula::TRUE, |f| f.compare(s))
        };
        match function {
            Function::Sin | Function::Cos => Formula::and(vec![
                cmp(&one, &y, Sign::NonNegative),
                cmp(&y, &one.neg(), Sign::NonNegative),
            ]),
            Function::Abs => Formula::or(vec![
                Formula::and(vec![u.compare(Sign::NonNegative), cmp(&y, &u, Sign::Zero)]),
                Formula::and(vec![
                    u.neg().compare(Sign::Positive),
                    cmp(&y, &u.neg(), Sign::Zero),
                ]),
            ]),
            Function::Relu => Formula::or(vec![
                Formula::and(vec![u.compare(Sign::NonNegative), cmp(&y, &u, Sign::Zero)]),
                Formula::and(vec![u.neg().compare(Sign::Positive), y.compare(Sign::Zero)]),
            ]),
            Function::Signum => Formula::or(vec![
                Formula::and(vec![u.compare(Sign::Positive), cmp(&y, &one, Sign::Zero)]),
                Formula::and(vec![u.compare(Sign::Zero), y.compare(Sign::Zero)]),
                Formula::and(vec![
                    u.neg().compare(Sign::Positive),
                    cmp(&y, &one.neg(), Sign::Zero),
                ]),
            ]),
            Function::Max | Function::Min => {
                let Some(v) = second else {
                    return Formula::TRUE;
                };
                let (big, small) = if function == Function::Max {
                    (u.clone(), v.clone())
                } else {
                    (v.clone(), u.clone())
                };
                // u ≥ v: max is u, min is v.
                Formula::or(vec![
                    Formula::and(vec![
                        cmp(&u, &v, Sign::NonNegative),
                        cmp(&y, &big, Sign::Zero),
                    ]),
                    Formula::and(vec![
                        cmp(&v, &u, Sign::Positive),
                        cmp(&y, &small, Sign::Zero),
                    ]),
                ])
            }
            Function::Floor => Formula::and(vec![
                cmp(&u, &y, Sign::NonNegative),
                y.add(&one)
                    .map_or(Formula::TRUE, |up| cmp(&up, &u, Sign::Positive)),
                Formula::Literal(Literal::Integer(y.numerator.clone(), true)),
            ]),
            Function::Ceiling => Formula::and(vec![
                cmp(&y, &u, Sign::NonNegative),
                u.add(&one)
                    .map_or(Formula::TRUE, |up| cmp(&up, &y, Sign::Positive)),
                Formula::Literal(Literal::Integer(y.numerator.clone(), true)),
            ]),
            Function::Arctan => Formula::or(vec![
                Formula::and(vec![u.compare(Sign::Positive), y.compare(Sign::Positive)]),
                Formula::and(vec![u.compare(Sign::Zero), y.compare(Sign::Zero)]),
                Formula::and(vec![
                    u.neg().compare(Sign::Positive),
                    y.neg().compare(Sign::Positive),
                ]),
            ]),
            _ => Formula::TRUE,
        }
    }
}

/// Between two multiples of 1/1000.
fn between(y: &Polynomial, low: i64, high: i64) -> Formula {
    let at = |n| Polynomial::constant(Rational::new(n, 1_000).unwrap_or_else(Rational::zero));
    Formula::and(vec![
        Formula::compare(y.sub(&at(low)), Sign::Positive),
        Formula::compare(at(high).sub(y), Sign::Positive),
    ])
}

/// Bounds of log n from 2^a ≤ n^16 < 2^(a+1) and 0.693 < log 2 < 0.694.
fn log_bounds(n: &num_bigint::BigInt, y: &Polynomial) -> Formula {
    let power = num_traits::Pow::pow(n, 16u32);
    let a = i64::try_from(power.bits())
        .unwrap_or(i64::MAX)
        .saturating_sub(1);
    let bound = |bits: i64, log2: i64| {
        Rational::from(bits)
            .mul(&Rational::from(log2))
            .div(&Rational::from(16 * 1_000))
            .unwrap_or_else(Rational::zero)
    };
    let exact = num_bigint::BigInt::from(2) == *n;
    let low = bound(if exact { 16 } else { a }, 693);
    let high = bound(if exact { 16 } else { a.saturating_add(1) }, 694);
    Formula::and(vec![
        Formula::compare(y.sub(&Polynomial::constant(low)), Sign::Positive),
        Formula::compare(Polynomial::constant(high).sub(y), Sign::Positive),
    ])
}
