//! Sums of words with numbers before them.

use std::collections::BTreeMap;

use num_traits::{One, Zero};

use crate::arithmetic::ring::Ring;
use crate::kernel::term::{Check, Head, Id};
use crate::matrices::letter::{Word, Words};

const LONGEST: usize = 5000;

/// A matrix of so many rows and columns: words and the numbers before them. The word without
/// letters is the identity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Polynomial {
    pub rows: Id,
    pub columns: Id,
    pub words: BTreeMap<Word, Id>,
}

/// The value of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// 0 of any shape.
    Zero,
    /// A number; kernels are symbols in it.
    Scalar(Id),
    /// A multiple of the identity, of whatever size fits.
    Identity(Id),
    /// A vector or matrix.
    Matrix(Polynomial),
}

/// The reason where shapes do not fit.
pub const MISFIT: &str = "matrices that do not fit";

impl Words<'_, '_> {
    /// The product of two numbers.
    pub fn times(&mut self, a: Id, b: Id) -> Check<Id> {
        let terms = &mut self.checker.terms;
        match (terms.value(a), terms.value(b)) {
            (Some(x), Some(y)) => {
                let value = x * y;
                terms.number(value)
            }
            (Some(x), _) if x.is_one() => Ok(b),
            (_, Some(y)) if y.is_one() => Ok(a),
            _ => terms.flat(Head::Mul, &[a, b]),
        }
    }

    /// The sum of two numbers.
    pub fn plus(&mut self, a: Id, b: Id) -> Check<Id> {
        let terms = &mut self.checker.terms;
        match (terms.value(a), terms.value(b)) {
            (Some(x), Some(y)) => {
                let value = x + y;
                terms.number(value)
            }
            (Some(x), _) if x.is_zero() => Ok(b),
            (_, Some(y)) if y.is_zero() => Ok(a),
            _ => terms.flat(Head::Add, &[a, b]),
        }
    }

    /// A number to a whole power.
    pub fn power_of(&mut self, a: Id, exponent: i64) -> Check<Id> {
        if a == self.one {
            return Ok(a);
        }
        let exponent = self.checker.terms.integer(exponent)?;
        self.checker.terms.add(Head::Pow, vec![a, exponent])
    }

    /// Whether two numbers are the same wherever they are defined.
    pub fn agree(&mut self, a: Id, b: Id) -> Check<bool> {
        if a == b {
            return Ok(true);
        }
        let terms = &mut self.checker.terms;
        if terms.value(a).is_some() && terms.value(b).is_some() {
            return Ok(false);
        }
        let mut ring = Ring::new(terms, &self.scope.known);
        ring.both_defined = true;
        ring.equal(a, b)
    }

    /// 0 of that shape.
    pub fn nothing(&self, rows: Id, columns: Id) -> Polynomial {
        Polynomial {
            rows,
            columns,
            words: BTreeMap::new(),
        }
    }

    /// A multiple of the identity of that size.
    pub fn unit(&self, size: Id, number: Id) -> Polynomial {
        let mut unit = self.nothing(size, size);
        unit.words.insert(Word::new(), number);
        unit
    }

    /// A polynomial as a value: of one row and one column, it is a number.
    pub fn value(&mut self, polynomial: Polynomial) -> Check<Value> {
        if polynomial.rows != self.one || polynomial.columns != self.one {
            return Ok(Value::Matrix(polynomial));
        }
        let mut sum = self.zero;
        for number in polynomial.words.values() {
            sum = self.plus(sum, *number)?;
        }
        Ok(Value::Scalar(sum))
    }

    /// Puts a word with a number to a polynomial; the word is brought to its normal form.
    pub fn put(
        &mut self,
        polynomial: &mut Polynomial,
        word: &[crate::matrices::letter::Letter],
        number: Id,
    ) -> Check<()> {
        let (factor, word) = self.split(polynomial.rows, polynomial.columns, word)?;
        let number = self.times(factor, number)?;
        let sum = match polynomial.words.get(&word) {
            Some(known) => {
                let known = *known;
                self.plus(known, number)?
            }
            None => number,
        };
        if sum == self.zero {
            polynomial.words.remove(&word);
        } else {
            polynomial.words.insert(word, sum);
        }
        if polynomial.words.len() > LONGEST {
            return Err("too many words".to_owned());
        }
        Ok(())
    }

    /// The sum of two values of one shape.
    pub fn sum(&mut self, a: &Value, b: &Value) -> Check<Value> {
        Ok(match (a, b) {
            (Value::Zero, other) | (other, Value::Zero) => other.clone(),
            (Value::Scalar(a), Value::Scalar(b)) => Value::Scalar(self.plus(*a, *b)?),
            (Value::Identity(a), Value::Identity(b)) => Value::Identity(self.plus(*a, *b)?),
            (Value::Identity(number), Value::Matrix(matrix))
            | (Value::Matrix(matrix), Value::Identity(number)) => {
                if matrix.rows != matrix.columns {
                    return Err(MISFIT.to_owned());
                }
                let mut sum = matrix.clone();
                self.put(&mut sum, &[], *number)?;
                Value::Matrix(sum)
            }
            (Value::Matrix(a), Value::Matrix(b)) => {
                if a.rows != b.rows || a.columns != b.columns {
                    return Err(MISFIT.to_owned());
                }
                let mut sum = a.clone();
                for (word, number) in &b.words {
                    self.put(&mut sum, word, *number)?;
                }
                Value::Matrix(sum)
            }
            _ => return Err(MISFIT.to_owned()),
        })
    }

    /// A value and a number before it.
    pub fn scaled(&mut self, number: Id, value: &Value) -> Check<Value> {
        Ok(match value {
            Value::Zero => Value::Zero,
            Value::Scalar(a) => Value::Scalar(self.times(number, *a)?),
            Value::Identity(a) => Value::Identity(self.times(number, *a)?),
            Value::Matrix(matrix) => {
                let mut scaled = matrix.clone();
                for known in scaled.words.values_mut() {
                    *known = self.times(number, *known)?;
                }
                Value::Matrix(scaled)
            }
        })
    }

    /// The difference of two values of one shape.
    pub fn minus(&mut self, a: &Value, b: &Value) -> Check<Value> {
        let minus = self.checker.terms.integer(-1)?;
        let b = self.scaled(minus, b)?;
        self.sum(a, &b)
    }

    /// The product of two matrices that fit.
    pub fn product(&mut self, a: &Polynomial, b: &Polynomial) -> Check<Polynomial> {
        if a.columns != b.rows {
            return Err(MISFIT.to_owned());
        }
        let mut product = self.nothing(a.rows, b.columns);
        for (left, x) in &a.words {
            for (right, y) in &b.words {
                self.checker.terms.spend(5)?;
                let number = self.times(*x, *y)?;
                let word: Word = left.iter().chain(right).copied().collect();
                if word.len() > 200 {
                    return Err("a word that is too long".to_owned());
                }
                self.put(&mut product, &word, number)?;
            }
        }
        Ok(product)
    }

    /// The transposed matrix.
    pub fn transposed(&mut self, a: &Polynomial) -> Check<Polynomial> {
        let mut transposed = self.nothing(a.columns, a.rows);
        for (word, number) in &a.words {
            let (negative, word) = self.flipped(word);
            let number = self.signed(negative, *number)?;
            self.put(&mut transposed, &word, number)?;
        }
        Ok(transposed)
    }

    /// The number, or minus it.
    pub fn signed(&mut self, negative: bool, number: Id) -> Check<Id> {
        if !negative {
            return Ok(number);
        }
        let minus = self.checker.terms.integer(-1)?;
        self.times(minus, number)
    }

    /// The matrix without words whose number is 0.
    pub fn clean(&mut self, matrix: &Polynomial) -> Check<Polynomial> {
        let mut clean = self.nothing(matrix.rows, matrix.columns);
        for (word, number) in &matrix.words {
            if !self.agree(*number, self.zero)? {
                clean.words.insert(word.clone(), *number);
            }
        }
        Ok(clean)
    }

    /// Whether a value is 0.
    pub fn is_nothing(&mut self, value: &Value) -> Check<bool> {
        Ok(match value {
            Value::Zero => true,
            Value::Scalar(number) | Value::Identity(number) => self.agree(*number, self.zero)?,
            Value::Matrix(matrix) => {
                for number in matrix.words.values() {
                    if !self.agree(*number, self.zero)? {
                        return Ok(false);
                    }
                }
                true
            }
        })
    }

    /// Whether two matrices of one shape are the same.
    pub fn same(&mut self, a: &Polynomial, b: &Polynomial) -> Check<bool> {
        if a.rows != b.rows || a.columns != b.columns {
            return Ok(false);
        }
        let difference = self.minus(&Value::Matrix(a.clone()), &Value::Matrix(b.clone()))?;
        self.is_nothing(&difference)
    }
}
