//! Statements over polynomials: what the terms of a statement are translated to.

use super::polynomial::Polynomial;

/// How a polynomial compares with 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// `= 0`
    Zero,
    /// `≠ 0`
    NonZero,
    /// `> 0`
    Positive,
    /// `≥ 0`
    NonNegative,
}

/// An atom that holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Literal {
    /// A polynomial in kernels compares with 0 (and all its kernels have a value).
    Compare(Polynomial, Sign),
    /// An opaque kernel has a value.
    Defined(u32),
    /// An opaque kernel has none.
    Undefined(u32),
    /// A polynomial's value is an integer (or is none).
    Integer(Polynomial, bool),
}

/// A statement without negations; an atom stands for "defined and true".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// An atom.
    Literal(Literal),
    /// All hold; none is true.
    And(Vec<Formula>),
    /// One holds; none is false.
    Or(Vec<Formula>),
}

impl Formula {
    /// How many terms its polynomials have.
    pub fn size(&self) -> usize {
        match self {
            Formula::Literal(Literal::Compare(p, _)) => 1 + p.len(),
            Formula::Literal(_) => 1,
            Formula::And(parts) | Formula::Or(parts) => parts.iter().map(Formula::size).sum(),
        }
    }

    /// What is true always.
    pub const TRUE: Formula = Formula::And(Vec::new());
    /// What is true never.
    pub const FALSE: Formula = Formula::Or(Vec::new());

    /// A comparison, decided at once where the polynomial is constant.
    pub fn compare(polynomial: Polynomial, sign: Sign) -> Formula {
        match polynomial.as_constant() {
            Some(c) => {
                let holds = match sign {
                    Sign::Zero => c.is_zero(),
                    Sign::NonZero => !c.is_zero(),
                    Sign::Positive => c.signum() > 0,
                    Sign::NonNegative => c.signum() >= 0,
                };
                if holds { Formula::TRUE } else { Formula::FALSE }
            }
            None => Formula::Literal(Literal::Compare(polynomial, sign)),
        }
    }

    /// Both.
    pub fn and(parts: Vec<Formula>) -> Formula {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Formula::And(inner) => flat.extend(inner),
                Formula::Or(inner) if inner.is_empty() => return Formula::FALSE,
                other => flat.push(other),
            }
        }
        if flat.len() == 1 {
            return flat.remove(0);
        }
        Formula::And(flat)
    }

    /// One of them.
    pub fn or(parts: Vec<Formula>) -> Formula {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Formula::Or(inner) => flat.extend(inner),
                Formula::And(inner) if inner.is_empty() => return Formula::TRUE,
                other => flat.push(other),
            }
        }
        if flat.len() == 1 {
            return flat.remove(0);
        }
        Formula::Or(flat)
    }
}

/// The negation of an atom whose kernels all have values.
pub fn opposite(literal: &Literal) -> Formula {
    match literal {
        Literal::Compare(p, Sign::Zero) => Formula::compare(p.clone(), Sign::NonZero),
        Literal::Compare(p, Sign::NonZero) => Formula::compare(p.clone(), Sign::Zero),
        Literal::Compare(p, Sign::Positive) => Formula::compare(p.neg(), Sign::NonNegative),
        Literal::Compare(p, Sign::NonNegative) => Formula::compare(p.neg(), Sign::Positive),
        Literal::Defined(k) => Formula::Literal(Literal::Undefined(*k)),
        Literal::Undefined(k) => Formula::Literal(Literal::Defined(*k)),
        Literal::Integer(p, is) => Formula::Literal(Literal::Integer(p.clone(), !is)),
    }
}
