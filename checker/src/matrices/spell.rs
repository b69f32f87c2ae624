//! From terms to values.

use num_traits::ToPrimitive;

use crate::kernel::domain::{Need, need};
use crate::kernel::term::{Binder, Check, Head, Id, Node};
use crate::matrices::letter::{Base, Traits, Words};
use crate::matrices::polynomial::{MISFIT, Polynomial, Value};

const HIGHEST: i64 = 12;

impl Words<'_, '_> {
    /// The value of a term. Where nothing is presumed, it is shown to be defined.
    pub fn spell(&mut self, term: Id) -> Check<Value> {
        self.checker.terms.spend(5)?;
        if !self.checker.terms.is_strange(term) {
            if self
                .checker
                .terms
                .value(term)
                .is_some_and(num_traits::Zero::is_zero)
            {
                return Ok(Value::Zero);
            }
            if self.presumed {
                self.scope.define(&mut self.checker.terms, term)?;
            } else {
                let mut local = self.scope.clone();
                if !self.checker.define(&mut local, term, 0)? {
                    return Err("a number that may be undefined".to_owned());
                }
            }
            return Ok(Value::Scalar(term));
        }
        let node = self.checker.terms.node(term).clone();
        match (&node.head, node.args.as_slice()) {
            (Head::Symbol(symbol) | Head::Member(symbol), indices) => {
                self.named(term, *symbol, indices)
            }
            // A vector or matrix that depends on a number.
            (Head::Call(symbol, _), [argument]) if !self.checker.terms.is_strange(*argument) => {
                self.spell(*argument)?;
                self.called(term, *symbol)
            }
            (Head::Add, parts) => {
                let mut sum = Value::Zero;
                for part in parts {
                    let part = self.spell(*part)?;
                    sum = self.sum(&sum, &part)?;
                }
                Ok(sum)
            }
            (Head::Mul, factors) => self.factors(factors),
            (Head::Pow, [base, exponent]) => self.power(&node, *base, *exponent),
            (Head::Function("expectation"), [_]) => self.averaged(term),
            (Head::Function("variance"), [u]) => self.covariance(*u, *u),
            (Head::Function("covariance"), [u, v]) => self.covariance(*u, *v),
            (Head::Function(name), arguments) => self.function(name, arguments, &node),
            (Head::Binder(Binder::Sum, _), _) => self.summed(term),
            (Head::Binder(Binder::Gradient(order), _), _) => self.gradient(term, *order),
            (Head::Binder(Binder::Derivative, _), _) => self.derivative(term),
            _ => Err("a term that the theory of matrices does not know".to_owned()),
        }
    }

    /// A symbol, or a member of a family, that is a vector or matrix.
    fn named(&mut self, term: Id, symbol: u32, indices: &[Id]) -> Check<Value> {
        let Some((rows, columns)) = self.checker.sizes.get(&symbol).copied() else {
            return Err("a member of no shape".to_owned());
        };
        if indices.iter().any(|i| self.checker.terms.is_strange(*i)) {
            return Err("an index that is a matrix".to_owned());
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
            let others = self.checker.terms.args(known).to_vec();
            if known != term
                && *self.checker.terms.head(known) == Head::Member(symbol)
                && others.len() == indices.len()
            {
                let mut same = true;
                for (a, b) in indices.iter().zip(others) {
                    same = same && self.agree(*a, b)?;
                }
                if same {
                    return self.alone(atom);
                }
            }
        }
        let atom = self.atom(Base::Term(term), rows, columns, traits)?;
        self.alone(atom)
    }

    /// The value of a smooth function, or a derivative of it, that is a vector or matrix. What is
    /// said of the symbol is said of no value.
    pub(super) fn called(&mut self, term: Id, symbol: u32) -> Check<Value> {
        let Some((rows, columns)) = self.checker.sizes.get(&symbol).copied() else {
            return Err("a value of no shape".to_owned());
        };
        let atom = self.atom(Base::Term(term), rows, columns, Traits::default())?;
        self.alone(atom)
    }

    fn alone(&mut self, atom: usize) -> Check<Value> {
        let (rows, columns) = (self.atoms[atom].rows, self.atoms[atom].columns);
        let (_, letter) = self.letter(atom, false, false);
        let mut matrix = self.nothing(rows, columns);
        self.put(&mut matrix, &[letter], self.one)?;
        self.value(matrix)
    }

    /// A product. What is in brackets was written out, so that A (xᵀ y) is A xᵀ y: factors are
    /// put together from the right as they fit, and a number within is a factor of its own.
    fn factors(&mut self, factors: &[Id]) -> Check<Value> {
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
                        number = self.times(number, value)?;
                        break;
                    }
                    Value::Identity(_) | Value::Matrix(_) => {}
                }
                let fits = match (stack.last(), &last) {
                    (Some(Value::Matrix(a)), Value::Matrix(b)) => a.columns == b.rows,
                    (Some(_), _) => true,
                    (None, _) => false,
                };
                if !fits {
                    stack.push(last);
                    break;
                }
                if let Some(before) = stack.pop() {
                    last = self.multiply(&before, &last)?;
                }
            }
        }
        let value = match (stack.pop(), stack.is_empty()) {
            (Some(value), true) => self.scaled(number, &value)?,
            (None, _) => Value::Scalar(number),
            _ => return Err(MISFIT.to_owned()),
        };
        if !nothing {
            return Ok(value);
        }
        Ok(match value {
            Value::Matrix(matrix) => Value::Matrix(self.nothing(matrix.rows, matrix.columns)),
            _ => Value::Zero,
        })
    }

    /// The product of two values.
    pub fn multiply(&mut self, a: &Value, b: &Value) -> Check<Value> {
        Ok(match (a, b) {
            (Value::Zero, _) | (_, Value::Zero) => Value::Zero,
            (Value::Scalar(number), other)
            | (other, Value::Scalar(number))
            | (Value::Identity(number), other)
            | (other, Value::Identity(number)) => self.scaled(*number, other)?,
            (Value::Matrix(a), Value::Matrix(b)) => {
                let product = self.product(a, b)?;
                self.value(product)?
            }
        })
    }

    fn power(&mut self, node: &Node, base: Id, exponent: Id) -> Check<Value> {
        let value = self.spell(base)?;
        let whole = self
            .checker
            .terms
            .value(exponent)
            .filter(|e| e.is_integer())
            .and_then(|e| e.to_integer().to_i64());
        match value {
            Value::Matrix(matrix) => {
                if matrix.rows != matrix.columns {
                    return Err(MISFIT.to_owned());
                }
                let Some(count) = whole.filter(|n| n.abs() <= HIGHEST) else {
                    let exponent = self.spell(exponent)?;
                    let exponent = self.plain(&exponent)?;
                    self.must_be_natural(exponent)?;
                    let power = self.raised(&matrix, exponent)?;
                    return Ok(Value::Matrix(power));
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
                self.value(product)
            }
            // The root of a square, squared: (√u)² = u.
            Value::Scalar(root)
                if whole == Some(2)
                    && *self.checker.terms.head(root) == Head::Function("root")
                    && self.checker.terms.args(root).first().is_some_and(|order| {
                        self.checker
                            .terms
                            .value(*order)
                            .is_some_and(|n| *n == crate::kernel::term::Q::whole(2))
                    }) =>
            {
                Ok(Value::Scalar(self.checker.terms.args(root)[1]))
            }
            Value::Scalar(_) | Value::Zero => {
                let exponent = self.spell(exponent)?;
                let args = [value, exponent].map(|value| self.plain(&value));
                let [base, exponent] = args;
                self.rebuilt(&node.head, vec![base?, exponent?])
            }
            Value::Identity(number) if whole == Some(-1) => {
                self.nonzero(number)?;
                Ok(Value::Identity(self.power_of(number, -1)?))
            }
            Value::Identity(number) => {
                let Some(count) = whole.filter(|n| (0..=HIGHEST).contains(n)) else {
                    return Err("a power of a matrix that is no small integer".to_owned());
                };
                Ok(Value::Identity(self.power_of(number, count)?))
            }
        }
    }

    /// A value as a number.
    pub fn plain(&self, value: &Value) -> Check<Id> {
        match value {
            Value::Zero => Ok(self.zero),
            Value::Scalar(number) => Ok(*number),
            _ => Err("a matrix where a number is expected".to_owned()),
        }
    }

    /// A function of numbers.
    fn rebuilt(&mut self, head: &Head, args: Vec<Id>) -> Check<Value> {
        let term = self.checker.terms.with(head, args)?;
        if self.presumed {
            self.scope.define(&mut self.checker.terms, term)?;
        } else {
            let statements = match need(&mut self.checker.terms, term)? {
                Need::All(statements) => statements,
                _ => return Err("a number that may be undefined".to_owned()),
            };
            let scope = self.scope.clone();
            for statement in statements {
                if !self.checker.decided(&scope, statement)? {
                    return Err("a number that may be undefined".to_owned());
                }
            }
        }
        Ok(Value::Scalar(term))
    }

    fn function(&mut self, name: &'static str, arguments: &[Id], node: &Node) -> Check<Value> {
        match (name, arguments) {
            ("identity", []) => return Ok(Value::Identity(self.one)),
            ("identity", [size]) => {
                self.must_be_size(*size)?;
                let unit = self.unit(*size, self.one);
                return self.value(unit);
            }
            ("ones", [size]) => {
                self.must_be_size(*size)?;
                let ones = self.ones(*size)?;
                return self.alone(ones);
            }
            ("unit", [index, size]) => {
                if !self.presumed {
                    return Err("a unit vector that may not exist".to_owned());
                }
                self.must_be_size(*size)?;
                let index = self.spell(*index)?;
                let index = self.plain(&index)?;
                let term = self
                    .checker
                    .terms
                    .add(Head::Function("unit"), vec![index, *size])?;
                let atom = self.atom(Base::Term(term), *size, self.one, Traits::default())?;
                return self.alone(atom);
            }
            ("identity" | "ones" | "unit", _) => {
                return Err("a vector or matrix of unknown size".to_owned());
            }
            _ => {}
        }
        let mut values = Vec::new();
        for argument in arguments {
            values.push(self.spell(*argument)?);
        }
        match (name, values.as_slice()) {
            ("transpose", [Value::Matrix(matrix)]) => {
                let transposed = self.transposed(matrix)?;
                Ok(Value::Matrix(transposed))
            }
            // Of whatever size.
            ("determinant", [Value::Identity(number)]) if *number == self.one => {
                Ok(Value::Scalar(self.one))
            }
            ("transpose", [other]) => Ok(other.clone()),
            ("inverse", [Value::Matrix(matrix)]) => {
                let inverse = self.inverse(matrix)?;
                Ok(Value::Matrix(inverse))
            }
            ("inverse", [Value::Scalar(number)]) => {
                self.nonzero(*number)?;
                Ok(Value::Scalar(self.power_of(*number, -1)?))
            }
            ("inverse", [Value::Identity(number)]) => {
                self.nonzero(*number)?;
                Ok(Value::Identity(self.power_of(*number, -1)?))
            }
            ("trace", [Value::Matrix(matrix)]) => Ok(Value::Scalar(self.trace(matrix)?)),
            ("trace" | "determinant", [Value::Scalar(number)]) => Ok(Value::Scalar(*number)),
            ("determinant", [Value::Matrix(matrix)]) => {
                Ok(Value::Scalar(self.determinant(matrix)?))
            }
            // Of a matrix that of Frobenius, which of a vector is the Euclidean one.
            ("norm", [Value::Matrix(matrix)]) => {
                let norm = self.norm(matrix)?;
                Ok(Value::Scalar(norm))
            }
            ("norm", [Value::Scalar(number)]) => {
                let size = self
                    .checker
                    .terms
                    .add(Head::Function("abs"), vec![*number])?;
                Ok(Value::Scalar(size))
            }
            ("entry", [Value::Matrix(matrix), indices @ ..]) if !indices.is_empty() => {
                if !self.presumed {
                    return Err("an entry that may not exist".to_owned());
                }
                let indices: Check<Vec<Id>> = indices.iter().map(|i| self.plain(i)).collect();
                let entry = self.entry(matrix, &indices?)?;
                Ok(Value::Scalar(entry))
            }
            ("hadamard" | "kronecker", [Value::Matrix(a), Value::Matrix(b)]) => {
                self.bilinear(name, a, b)
            }
            ("hadamard", [Value::Identity(number), Value::Matrix(matrix)])
            | ("hadamard", [Value::Matrix(matrix), Value::Identity(number)])
                if matrix.rows == matrix.columns =>
            {
                let unit = self.unit(matrix.rows, *number);
                self.bilinear(name, &unit, matrix)
            }
            ("kronecker", [Value::Scalar(number), other])
            | ("kronecker", [other, Value::Scalar(number)]) => self.scaled(*number, other),
            ("diagonal", [Value::Matrix(vector)]) if vector.columns == self.one => {
                self.diagonal(vector)
            }
            ("vectorized", [Value::Matrix(matrix)]) => self.vectorized(matrix),
            _ => {
                let numbers: Check<Vec<Id>> =
                    values.iter().map(|value| self.plain(value)).collect();
                let known = crate::table::function::known(crate::table::function::FUNCTIONS, name);
                if known.is_none() {
                    return Err(format!("the function {name} of a matrix"));
                }
                self.rebuilt(&node.head, numbers?)
            }
        }
    }

    /// A size is 1, 2, 3, …
    fn must_be_size(&mut self, size: Id) -> Check<()> {
        let other = || "a size that may be none".to_owned();
        let terms = &self.checker.terms;
        if let Some(value) = terms.value(size) {
            let whole = value.is_integer() && num_traits::Signed::is_positive(value);
            return whole.then_some(()).ok_or_else(other);
        }
        let Head::Symbol(symbol) = *terms.head(size) else {
            return Err(other());
        };
        let above = self
            .checker
            .terms
            .add(Head::LessEqual, vec![self.one, size])?;
        let scope = self.scope.clone();
        let known =
            self.scope.known.integers.contains(&symbol) && self.checker.decided(&scope, above)?;
        if known {
            return Ok(());
        }
        if !self.presumed {
            return Err(other());
        }
        self.scope.known.integers.insert(symbol);
        self.scope.known.naturals.insert(symbol);
        self.scope.assume(&mut self.checker.terms, above)
    }

    /// √tr(AᵀA); of c·A it is |c| times that of A, and ‖x yᵀ‖ is ‖x‖·‖y‖.
    fn norm(&mut self, matrix: &Polynomial) -> Check<Id> {
        let matrix = self.clean(matrix)?;
        let mut words = matrix.words.iter();
        let (Some((word, number)), None) = (words.next(), words.next()) else {
            return self.root_of_square(&matrix);
        };
        let size = match self.checker.terms.value(*number) {
            Some(value) => {
                let size = num_traits::Signed::abs(value);
                self.checker.terms.number(size)?
            }
            None => self
                .checker
                .terms
                .add(Head::Function("abs"), vec![*number])?,
        };
        let chain = self.chain(matrix.rows, word)?;
        let cut = (1..word.len()).find(|place| chain[*place] == self.one);
        let mut norm = size;
        let parts = match cut {
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
            norm = self.times(norm, root)?;
        }
        Ok(norm)
    }

    fn root_of_square(&mut self, matrix: &Polynomial) -> Check<Id> {
        if !self.norms.contains(matrix) {
            self.norms.push(matrix.clone());
        }
        let flipped = self.transposed(matrix)?;
        let square = self.product(&flipped, matrix)?;
        let square = self.trace(&square)?;
        let two = self.checker.terms.integer(2)?;
        self.checker
            .terms
            .add(Head::Function("root"), vec![two, square])
    }
}
