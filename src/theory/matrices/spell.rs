//! From terms to values.

use super::letter::{Base, Traits, Words};
use super::polynomial::{Polynomial, Value};
use crate::term::{Function, Node, Relation, Sort, Symbol, TermId};
use crate::theory::domain::domain;

const HIGHEST: i64 = 12;

impl Words<'_> {
    /// The value of a term. Where nothing is presumed, it is shown to be defined.
    pub fn spell(&mut self, term: TermId) -> Option<Value> {
        self.spend(5)?;
        if !self.is_strange(term) {
            if self.number_of(term).is_some_and(|value| value.is_zero()) {
                return Some(Value::Zero);
            }
            self.defined(term)?;
            return Some(Value::Scalar(term));
        }
        match self.store.node(term).clone() {
            Node::Symbol(symbol) => self.named(term, symbol, &[]),
            Node::Member(symbol, indices) => self.named(term, symbol, &indices),
            // A vector or matrix that depends on a number.
            Node::Call(symbol, _, arguments) => {
                let [argument] = *arguments else { return None };
                if self.is_strange(argument) {
                    return None;
                }
                self.spell(argument)?;
                self.called(term, symbol)
            }
            Node::Add(parts) => {
                let mut sum = Value::Zero;
                for part in &parts {
                    let part = self.spell(*part)?;
                    sum = self.sum(&sum, &part)?;
                }
                Some(sum)
            }
            Node::Mul(factors) => self.factors(&factors),
            Node::Pow(base, exponent) => self.power(base, exponent),
            Node::Function(function, arguments) => self.function(function, &arguments),
            Node::Sum(..) => self.summed(term),
            Node::Gradient(_, _, at, order) => self.gradient(term, at, order),
            Node::Derivative(_, _, at) => self.derivative(term, at),
            _ => None,
        }
    }

    /// Where nothing is presumed, a number must be shown to have a value.
    pub(super) fn defined(&mut self, number: TermId) -> Option<()> {
        if self.number_of(number).is_some() {
            return Some(());
        }
        let domain = domain(self.store, number);
        if self.presumed {
            for condition in domain.conditions {
                self.assume(condition);
            }
            return Some(());
        }
        if !domain.complete {
            return None;
        }
        for condition in domain.conditions {
            if !self.holds(condition) {
                return None;
            }
        }
        Some(())
    }

    /// A symbol, or a member of a family, that is a vector or matrix.
    fn named(&mut self, term: TermId, symbol: Symbol, indices: &[TermId]) -> Option<Value> {
        let (rows, columns) = self.shapes.get(&symbol).copied()?;
        for index in indices {
            if self.is_strange(*index) {
                return None;
            }
        }
        // What is said of matrices that need not be square is left out.
        let traits = match self.told.get(&symbol) {
            Some(traits) if rows == columns => *traits,
            Some(traits) => Traits {
                nonzero: traits.nonzero && indices.is_empty(),
                ..Traits::default()
            },
            None => Traits::default(),
        };
        for atom in 0..self.atoms.len() {
            // Members of one family whose indices are the same numbers.
            let Base::Term(known) = self.atoms[atom].base else {
                continue;
            };
            let Node::Member(family, others) = self.store.node(known).clone() else {
                continue;
            };
            if known != term
                && family == symbol
                && others.len() == indices.len()
                && indices.iter().zip(&others).all(|(a, b)| self.agree(*a, *b))
            {
                return self.alone(atom);
            }
        }
        let atom = self.atom(Base::Term(term), rows, columns, traits)?;
        self.alone(atom)
    }

    /// The value of a smooth function, or a derivative of it, that is a vector or matrix. What is
    /// said of the symbol is said of no value.
    pub(super) fn called(&mut self, term: TermId, symbol: Symbol) -> Option<Value> {
        let (rows, columns) = self.shapes.get(&symbol).copied()?;
        let atom = self.atom(Base::Term(term), rows, columns, Traits::default())?;
        self.alone(atom)
    }

    fn alone(&mut self, atom: usize) -> Option<Value> {
        let (rows, columns) = (self.atoms[atom].rows, self.atoms[atom].columns);
        let (_, letter) = self.letter(atom, false, false);
        let mut matrix = self.nothing(rows, columns);
        self.put(&mut matrix, &[letter], self.one)?;
        Some(self.value(matrix))
    }

    /// A product. What is in brackets was written out, so that A (xᵀ y) is A xᵀ y: factors are
    /// put together from the right as they fit, and a number within is a factor of its own.
    fn factors(&mut self, factors: &[TermId]) -> Option<Value> {
        let mut number = self.one;
        let mut stack: Vec<Value> = Vec::new();
        let mut nothing = false;
        for factor in factors {
            let mut last = self.spell(*factor)?;
            loop {
                match last {
                    Value::Zero => {
                        nothing = true;
                        break;
                    }
                    Value::Scalar(value) => {
                        number = self.times(number, value);
                        break;
                    }
                    Value::Identity(_) | Value::Matrix(_) => {}
                }
                let fits = match (stack.last(), &last) {
                    (Some(Value::Matrix(a)), Value::Matrix(b)) => a.columns == b.rows,
                    (Some(_), _) => true,
                    (None, _) => false,
                };
                match stack.pop() {
                    Some(before) if fits => last = self.multiply(&before, &last)?,
                    before => {
                        stack.extend(before);
                        stack.push(last);
                        break;
                    }
                }
            }
        }
        let value = match (stack.pop(), stack.is_empty()) {
            (Some(value), true) => self.scaled(number, &value),
            (None, _) => Value::Scalar(number),
            _ => return None,
        };
        Some(match value {
            value if !nothing => value,
            Value::Matrix(matrix) => Value::Matrix(self.nothing(matrix.rows, matrix.columns)),
            _ => Value::Zero,
        })
    }

    /// The product of two values.
    pub fn multiply(&mut self, a: &Value, b: &Value) -> Option<Value> {
        Some(match (a, b) {
            (Value::Zero, _) | (_, Value::Zero) => Value::Zero,
            (Value::Scalar(number), other)
            | (other, Value::Scalar(number))
            | (Value::Identity(number), other)
            | (other, Value::Identity(number)) => self.scaled(*number, other),
            (Value::Matrix(a), Value::Matrix(b)) => {
                let product = self.product(a, b)?;
                self.value(product)
            }
        })
    }

    fn power(&mut self, base: TermId, exponent: TermId) -> Option<Value> {
        let value = self.spell(base)?;
        let whole = self.number_of(exponent).and_then(|e| e.to_i64());
        match value {
            Value::Matrix(matrix) => {
                if matrix.rows != matrix.columns {
                    return None;
                }
                let Some(count) = whole.filter(|n| n.abs() <= HIGHEST) else {
                    let exponent = self.spell(exponent)?;
                    let exponent = self.plain(&exponent)?;
                    self.must_be_natural(exponent)?;
                    return self.raised(&matrix, exponent).map(Value::Matrix);
                };
                let base = if count < 0 {
                    self.inverse(&matrix)?
                } else {
                    matrix
                };
                let mut product = self.unit(base.rows, self.one);
                for _ in 0..count.abs() {
                    product = self.product(&product, &base)?;
                }
                Some(self.value(product))
            }
            // The root of a square, squared: (√u)² = u.
            Value::Scalar(root)
                if whole == Some(2)
                    && let Node::Function(Function::Root, xs) = self.store.node(root)
                    && let [order, under] = **xs
                    && self.number_of(order).and_then(|n| n.to_i64()) == Some(2) =>
            {
                Some(Value::Scalar(under))
            }
            Value::Scalar(_) | Value::Zero => {
                let base = self.plain(&value)?;
                let exponent = self.spell(exponent)?;
                let exponent = self.plain(&exponent)?;
                let power = self.store.pow(base, exponent);
                self.rebuilt(power)
            }
            Value::Identity(number) if whole == Some(-1) => {
                self.nonzero(number)?;
                Some(Value::Identity(self.power_of(number, -1)))
            }
            Value::Identity(number) => {
                let count = whole.filter(|n| (0..=HIGHEST).contains(n))?;
                Some(Value::Identity(self.power_of(number, count)))
            }
        }
    }

    /// A value as a number.
    #[must_use]
    pub fn plain(&self, value: &Value) -> Option<TermId> {
        match value {
            Value::Zero => Some(self.zero),
            Value::Scalar(number) => Some(*number),
            _ => None,
        }
    }

    /// A function of numbers.
    fn rebuilt(&mut self, number: TermId) -> Option<Value> {
        self.defined(number)?;
        Some(Value::Scalar(number))
    }

    fn function(&mut self, function: Function, arguments: &[TermId]) -> Option<Value> {
        match (function, arguments) {
            (Function::Identity, [size]) => {
                self.must_be_size(*size)?;
                let unit = self.unit(*size, self.one);
                return Some(self.value(unit));
            }
            (Function::Identity, _) => return Some(Value::Identity(self.one)),
            (Function::Ones, [size]) => {
                self.must_be_size(*size)?;
                let term = self.store.function(function, arguments);
                let traits = Traits {
                    nonzero: true,
                    ..Traits::default()
                };
                let atom = self.atom(Base::Term(term), *size, self.one, traits)?;
                return self.alone(atom);
            }
            (Function::Unit, [index, size]) if self.presumed => {
                self.must_be_size(*size)?;
                let index = self.spell(*index)?;
                let index = self.plain(&index)?;
                let term = self.store.function(function, &[index, *size]);
                let atom = self.atom(Base::Term(term), *size, self.one, Traits::default())?;
                return self.alone(atom);
            }
            (Function::Variance, [u]) => return self.covariance(*u, *u),
            (Function::Covariance, [u, v]) => return self.covariance(*u, *v),
            (Function::Expectation, [_]) => {
                let mean = self.store.function(function, arguments);
                return self.averaged(mean);
            }
            _ => {}
        }
        let mut values = Vec::new();
        for argument in arguments {
            values.push(self.spell(*argument)?);
        }
        Some(match (function, values.as_slice()) {
            (Function::Transpose, [Value::Matrix(matrix)]) => {
                Value::Matrix(self.transposed(matrix)?)
            }
            // Of whatever size.
            (Function::Determinant, [Value::Identity(number)]) if *number == self.one => {
                Value::Scalar(self.one)
            }
            (Function::Transpose, [other]) => other.clone(),
            (Function::Inverse, [Value::Matrix(matrix)]) => Value::Matrix(self.inverse(matrix)?),
            (Function::Inverse, [Value::Scalar(number)]) => {
                self.nonzero(*number)?;
                Value::Scalar(self.power_of(*number, -1))
            }
            (Function::Inverse, [Value::Identity(number)]) => {
                self.nonzero(*number)?;
                Value::Identity(self.power_of(*number, -1))
            }
            (Function::Trace, [Value::Matrix(matrix)]) => Value::Scalar(self.trace(matrix)?),
            (Function::Trace | Function::Determinant, [Value::Scalar(number)]) => {
                Value::Scalar(*number)
            }
            (Function::Determinant, [Value::Matrix(matrix)]) => {
                Value::Scalar(self.determinant(matrix)?)
            }
            // Of a matrix that of Frobenius, which of a vector is the Euclidean one.
            (Function::Norm, [Value::Matrix(matrix)]) => Value::Scalar(self.norm(matrix)?),
            (Function::Norm, [Value::Scalar(number)]) => {
                Value::Scalar(self.store.function(Function::Abs, &[*number]))
            }
            (Function::Entry, [Value::Matrix(matrix), indices @ ..]) if !indices.is_empty() => {
                if !self.presumed {
                    return None;
                }
                let indices: Option<Vec<TermId>> = indices.iter().map(|i| self.plain(i)).collect();
                Value::Scalar(self.entry(matrix, &indices?)?)
            }
            (Function::Hadamard | Function::Kronecker, [Value::Matrix(a), Value::Matrix(b)]) => {
                return self.bilinear(function, a, b);
            }
            (Function::Hadamard, [Value::Identity(number), Value::Matrix(matrix)])
            | (Function::Hadamard, [Value::Matrix(matrix), Value::Identity(number)])
                if matrix.rows == matrix.columns =>
            {
                let unit = self.unit(matrix.rows, *number);
                return self.bilinear(function, &unit, matrix);
            }
            (Function::Kronecker, [Value::Scalar(number), other])
            | (Function::Kronecker, [other, Value::Scalar(number)]) => self.scaled(*number, other),
            (Function::Diagonal, [Value::Matrix(vector)]) if vector.columns == self.one => {
                return self.diagonal(vector);
            }
            (Function::Vectorized, [Value::Matrix(matrix)]) => return self.vectorized(matrix),
            _ if function.is_of_matrices() => return None,
            _ => {
                let numbers: Option<Vec<TermId>> = values.iter().map(|v| self.plain(v)).collect();
                let number = self.store.function(function, &numbers?);
                return self.rebuilt(number);
            }
        })
    }

    /// A size is 1, 2, 3, …
    fn must_be_size(&mut self, size: TermId) -> Option<()> {
        if let Some(value) = self.number_of(size) {
            return (value.to_i64()? > 0).then_some(());
        }
        let Node::Symbol(symbol) = *self.store.node(size) else {
            return None;
        };
        let above = self.store.relation(Relation::LessEqual, self.one, size);
        if self.facts.sorts.get(&symbol) != Some(&Sort::Natural) {
            if !self.presumed {
                return None;
            }
            self.facts.sorts.insert(symbol, Sort::Natural);
        }
        if !self.holds(above) {
            if !self.presumed {
                return None;
            }
            self.assume(above);
        }
        Some(())
    }

    /// √tr(AᵀA); of c·A it is |c| times that of A, and ‖x yᵀ‖ is ‖x‖·‖y‖.
    fn norm(&mut self, matrix: &Polynomial) -> Option<TermId> {
        let matrix = self.clean(matrix);
        let mut words = matrix.words.iter();
        let (Some((word, number)), None) = (words.next(), words.next()) else {
            return self.root_of_square(&matrix);
        };
        let mut norm = match self.number_of(*number) {
            Some(value) => {
                let size = value.abs();
                self.store.number(size)
            }
            None => self.store.function(Function::Abs, &[*number]),
        };
        let chain = self.chain(matrix.rows, word)?;
        let parts = match (1..word.len()).find(|place| chain[*place] == self.one) {
            Some(cut) => vec![
                (matrix.rows, self.one, &word[..cut]),
                (self.one, matrix.columns, &word[cut..]),
            ],
            None => vec![(matrix.rows, matrix.columns, word.as_slice())],
        };
        for (rows, columns, part) in parts {
            let mut alone = self.nothing(rows, columns);
            alone.words.insert(part.to_vec(), self.one);
            let root = self.root_of_square(&alone)?;
            norm = self.times(norm, root);
        }
        Some(norm)
    }

    fn root_of_square(&mut self, matrix: &Polynomial) -> Option<TermId> {
        if !self.norms.contains(matrix) {
            self.norms.push(matrix.clone());
        }
        let flipped = self.transposed(matrix)?;
        let square = self.product(&flipped, matrix)?;
        let square = self.trace(&square)?;
        Some(self.store.sqrt(square))
    }
}
