//! Sums of words with numbers before them.

use std::collections::BTreeMap;

use super::letter::{Letter, Word, Words};
use crate::term::TermId;

const LONGEST: usize = 2000;

/// A matrix of so many rows and columns: words and the numbers before them. The word without
/// letters is the identity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Polynomial {
    /// How many rows.
    pub rows: TermId,
    /// How many columns.
    pub columns: TermId,
    /// Words and numbers.
    pub words: BTreeMap<Word, TermId>,
}

/// The value of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// 0 of any shape.
    Zero,
    /// A number; kernels are symbols in it.
    Scalar(TermId),
    /// A multiple of the identity, of whatever size fits.
    Identity(TermId),
    /// A vector or matrix.
    Matrix(Polynomial),
}

impl Words<'_> {
    /// The product of two numbers.
    pub fn times(&mut self, a: TermId, b: TermId) -> TermId {
        match (self.number_of(a), self.number_of(b)) {
            (Some(x), Some(y)) => {
                let value = x.mul(y);
                self.store.number(value)
            }
            (Some(x), _) if x.is_one() => b,
            (_, Some(y)) if y.is_one() => a,
            _ => self.store.mul(&[a, b]),
        }
    }

    /// The sum of two numbers.
    pub fn plus(&mut self, a: TermId, b: TermId) -> TermId {
        match (self.number_of(a), self.number_of(b)) {
            (Some(x), Some(y)) => {
                let value = x.add(y);
                self.store.number(value)
            }
            (Some(x), _) if x.is_zero() => b,
            (_, Some(y)) if y.is_zero() => a,
            _ => self.store.add(&[a, b]),
        }
    }

    /// A number to a whole power.
    pub fn power_of(&mut self, a: TermId, exponent: i64) -> TermId {
        if a == self.one {
            return a;
        }
        let exponent = self.store.integer(exponent);
        self.store.pow(a, exponent)
    }

    /// The number, or minus it.
    pub fn signed(&mut self, negative: bool, number: TermId) -> TermId {
        if !negative {
            return number;
        }
        let minus = self.store.integer(-1);
        self.times(minus, number)
    }

    /// Whether two numbers are the same wherever they are defined.
    pub fn agree(&mut self, a: TermId, b: TermId) -> bool {
        a == b
            || !(self.number_of(a).is_some() && self.number_of(b).is_some())
                && self.field.equal(self.store, a, b)
    }

    /// 0 of that shape.
    #[must_use]
    pub fn nothing(&self, rows: TermId, columns: TermId) -> Polynomial {
        Polynomial {
            rows,
            columns,
            words: BTreeMap::new(),
        }
    }

    /// A multiple of the identity of that size.
    #[must_use]
    pub fn unit(&self, size: TermId, number: TermId) -> Polynomial {
        let mut unit = self.nothing(size, size);
        unit.words.insert(Word::new(), number);
        unit
    }

    /// A polynomial as a value: of one row and one column, it is a number.
    pub fn value(&mut self, polynomial: Polynomial) -> Value {
        if polynomial.rows != self.one || polynomial.columns != self.one {
            return Value::Matrix(polynomial);
        }
        let numbers = polynomial.words.into_values();
        let sum = numbers.fold(self.zero, |sum, number| self.plus(sum, number));
        Value::Scalar(sum)
    }

    /// Puts a word with a number to a polynomial; the word is brought to its normal form.
    pub fn put(&mut self, to: &mut Polynomial, word: &[Letter], number: TermId) -> Option<()> {
        let (factor, word) = self.split(to.rows, to.columns, word)?;
        let number = self.times(factor, number);
        let sum = match to.words.get(&word) {
            Some(known) => self.plus(*known, number),
            None => number,
        };
        if sum == self.zero {
            to.words.remove(&word);
        } else {
            to.words.insert(word, sum);
        }
        (to.words.len() <= LONGEST).then_some(())
    }

    /// The sum of two values of one shape.
    pub fn sum(&mut self, a: &Value, b: &Value) -> Option<Value> {
        Some(match (a, b) {
            (Value::Zero, other) | (other, Value::Zero) => other.clone(),
            (Value::Scalar(a), Value::Scalar(b)) => Value::Scalar(self.plus(*a, *b)),
            (Value::Identity(a), Value::Identity(b)) => Value::Identity(self.plus(*a, *b)),
            (Value::Identity(number), Value::Matrix(matrix))
            | (Value::Matrix(matrix), Value::Identity(number)) => {
                if matrix.rows != matrix.columns {
                    return None;
                }
                let mut sum = matrix.clone();
                self.put(&mut sum, &[], *number)?;
                Value::Matrix(sum)
            }
            (Value::Matrix(a), Value::Matrix(b)) => {
                if a.rows != b.rows || a.columns != b.columns {
                    return None;
                }
                let mut sum = a.clone();
                for (word, number) in &b.words {
                    self.put(&mut sum, word, *number)?;
                }
                Value::Matrix(sum)
            }
            _ => return None,
        })
    }

    /// A value and a number before it.
    pub fn scaled(&mut self, number: TermId, value: &Value) -> Value {
        match value {
            Value::Zero => Value::Zero,
            Value::Scalar(a) => Value::Scalar(self.times(number, *a)),
            Value::Identity(a) => Value::Identity(self.times(number, *a)),
            Value::Matrix(matrix) => Value::Matrix(self.times_matrix(number, matrix)),
        }
    }

    /// A matrix and a number before it.
    pub fn times_matrix(&mut self, number: TermId, matrix: &Polynomial) -> Polynomial {
        let mut scaled = matrix.clone();
        for known in scaled.words.values_mut() {
            *known = self.times(number, *known);
        }
        scaled
    }

    /// The difference of two values of one shape.
    pub fn minus(&mut self, a: &Value, b: &Value) -> Option<Value> {
        let minus = self.store.integer(-1);
        let b = self.scaled(minus, b);
        self.sum(a, &b)
    }

    /// The product of two matrices that fit.
    pub fn product(&mut self, a: &Polynomial, b: &Polynomial) -> Option<Polynomial> {
        if a.columns != b.rows {
            return None;
        }
        let mut product = self.nothing(a.rows, b.columns);
        for (left, x) in &a.words {
            for (right, y) in &b.words {
                self.spend(5)?;
                let number = self.times(*x, *y);
                let word: Word = left.iter().chain(right).copied().collect();
                if word.len() > 100 {
                    return None;
                }
                self.put(&mut product, &word, number)?;
            }
        }
        Some(product)
    }

    /// The transposed matrix.
    pub fn transposed(&mut self, a: &Polynomial) -> Option<Polynomial> {
        let mut transposed = self.nothing(a.columns, a.rows);
        for (word, number) in &a.words {
            let (negative, word) = self.flipped(word);
            let number = self.signed(negative, *number);
            self.put(&mut transposed, &word, number)?;
        }
        Some(transposed)
    }

    /// The matrix without words whose number is 0.
    pub fn clean(&mut self, matrix: &Polynomial) -> Polynomial {
        let mut clean = self.nothing(matrix.rows, matrix.columns);
        for (word, number) in &matrix.words {
            if !self.agree(*number, self.zero) {
                clean.words.insert(word.clone(), *number);
            }
        }
        clean
    }

    /// Whether a value is 0.
    pub fn is_nothing(&mut self, value: &Value) -> bool {
        match value {
            Value::Zero => true,
            Value::Scalar(number) | Value::Identity(number) => self.agree(*number, self.zero),
            Value::Matrix(matrix) => {
                let zero = self.zero;
                matrix
                    .words
                    .values()
                    .all(|number| self.agree(*number, zero))
            }
        }
    }

    /// Whether two matrices of one shape are the same.
    pub fn same(&mut self, a: &Polynomial, b: &Polynomial) -> bool {
        if a.rows != b.rows || a.columns != b.columns {
            return false;
        }
        let difference = self.minus(&Value::Matrix(a.clone()), &Value::Matrix(b.clone()));
        difference.is_some_and(|difference| self.is_nothing(&difference))
    }
}
