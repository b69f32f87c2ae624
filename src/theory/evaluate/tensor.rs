//! The values of terms about vectors and matrices.

use super::Value;
use super::array::Array;
use super::entrywise::{entry, entrywise};
use super::evaluator::Evaluator;
use super::quantity::Quantity;
use super::real::{Real, Result, Stop};
use crate::number::{Enclosure, Rational};
use crate::term::{Function, Node, Relation, TermId};

/// The value of a term that may be a number, a vector or a matrix.
#[derive(Clone, Debug)]
pub enum Tensor<E> {
    /// A number.
    Scalar(Quantity<E>),
    /// The number 0 as it is written, or a vector or matrix of zeros.
    Zero,
    /// A multiple of the identity of whatever size fits.
    Identity(Quantity<E>),
    /// Ones in a column, or in a row, of whatever size fits.
    Ones(bool),
    /// A vector or matrix; one row and one column make a number too.
    Full(Array<E>),
}

use Tensor::{Full, Identity, Ones, Scalar, Zero};

impl<E: Enclosure> Tensor<E> {
    /// The transposed value.
    fn row(&self) -> Result<Self> {
        Ok(match self {
            Full(array) => Full(array.transpose()?),
            Ones(row) => Ones(!row),
            other => other.clone(),
        })
    }

    /// The number that it is.
    pub fn scalar(self) -> Result<Quantity<E>> {
        match self {
            Scalar(value) => Ok(value),
            Zero => Ok(Quantity::integer(0)),
            Full(array) if array.entries().len() == 1 => {
                array.entries().first().cloned().ok_or(Stop::Unknown)
            }
            _ => Err(Stop::Unknown),
        }
    }

    /// A number, or a matrix of one row and one column.
    fn as_scalar(&self) -> Option<&Quantity<E>> {
        match self {
            Scalar(value) => Some(value),
            Full(array) if array.entries().len() == 1 => array.entries().first(),
            _ => None,
        }
    }

    fn add(&self, other: &Self, bits: u32) -> Result<Self> {
        Ok(match (self, other) {
            (Zero, value) | (value, Zero) => value.clone(),
            (Full(a), Full(b)) => Full(a.add(b, bits)?),
            (Full(a), Identity(b)) | (Identity(b), Full(a)) => Full(a.add_identity(b, bits)?),
            (Full(a), Ones(row)) | (Ones(row), Full(a)) => Full(a.add(&ones_like(a, *row)?, bits)?),
            (Identity(a), Identity(b)) => Identity(a.add(b, bits)?),
            (a, b) => match (a.as_scalar(), b.as_scalar()) {
                (Some(a), Some(b)) => Scalar(a.add(b, bits)?),
                _ => return Err(Stop::Unknown),
            },
        })
    }

    /// The product of two that stand side by side; `None` where they do not fit.
    fn join(&self, other: &Self, bits: u32) -> Result<Option<Self>> {
        Ok(Some(match (self, other) {
            (Zero, _) | (_, Zero) => Zero,
            (Scalar(a), Scalar(b)) => Scalar(a.mul(b, bits)?),
            (Scalar(a), Identity(b)) | (Identity(b), Scalar(a)) => Identity(a.mul(b, bits)?),
            (Scalar(a), Full(b)) | (Full(b), Scalar(a)) => Full(b.scale(a, bits)?),
            (Identity(a), Identity(b)) => Identity(a.mul(b, bits)?),
            (Identity(a), Full(b)) | (Full(b), Identity(a)) => Full(b.scale(a, bits)?),
            (Full(a), Full(b)) if a.columns() == b.rows() => Full(a.mul(b, bits)?),
            (Full(_), Full(_)) => return Ok(None),
            (Full(a), Ones(false)) => Full(a.mul(&ones(a.columns(), false)?, bits)?),
            (Ones(true), Full(b)) => Full(ones(b.rows(), true)?.mul(b, bits)?),
            (Full(a), Ones(true)) if a.columns() != 1 => return Ok(None),
            (Ones(false), Full(b)) if b.rows() != 1 => return Ok(None),
            _ => return Err(Stop::Unknown),
        }))
    }
}

/// Ones in a column or a row.
fn ones<E: Enclosure>(size: usize, row: bool) -> Result<Array<E>> {
    let entries = vec![Quantity::integer(1); size];
    if row {
        Array::new(1, size, entries)
    } else {
        Array::new(size, 1, entries)
    }
}

/// The ones that fit beside a vector.
fn ones_like<E: Enclosure>(array: &Array<E>, row: bool) -> Result<Array<E>> {
    if row {
        ones(array.columns(), true)
    } else {
        ones(array.rows(), false)
    }
}

impl<E: Enclosure> Evaluator<'_, E> {
    /// Whether vectors or matrices take part in a term.
    pub fn is_about_arrays(&mut self, term: TermId) -> bool {
        if !self.has_arrays {
            return false;
        }
        let closed = self.store.is_closed(term);
        if closed && let Some(known) = self.about.get(&term) {
            return *known;
        }
        let store = self.store;
        let own = match store.node(term) {
            Node::Symbol(symbol) | Node::Member(symbol, _) => self.model.sizes.contains_key(symbol),
            Node::Bound(number) => self.bound_arrays.iter().any(|(n, _)| n == number),
            Node::Matrix(..) | Node::Gradient(..) => true,
            Node::Function(function, _) => {
                function.is_of_matrices() && *function != Function::Entry
            }
            _ => false,
        };
        let mut about = own;
        if !about {
            let mut children = Vec::new();
            store
                .node(term)
                .for_each_child(|child| children.push(child));
            about = children
                .into_iter()
                .any(|child| self.is_about_arrays(child));
        }
        if closed {
            self.about.insert(term, about);
        }
        about
    }

    /// The value of a term, whatever its shape.
    pub fn tensor(&mut self, term: TermId) -> Result<Tensor<E>> {
        if !self.is_about_arrays(term) {
            return match self.store.node(term) {
                Node::Number(value) if value.is_zero() => Ok(Zero),
                _ => self.quantity(term).map(Scalar),
            };
        }
        let closed = self.store.is_closed(term);
        let memo = if closed {
            &self.closed_arrays
        } else {
            &self.open_arrays
        };
        if let Some(known) = memo.get(&term) {
            return known.clone();
        }
        self.enter(term)?;
        let result = self.tensor_of(term);
        self.leave();
        let memo = if closed {
            &mut self.closed_arrays
        } else {
            &mut self.open_arrays
        };
        memo.insert(term, result.clone());
        result
    }

    fn tensor_of(&mut self, term: TermId) -> Result<Tensor<E>> {
        let store = self.store;
        let bits = self.bits;
        match store.node(term) {
            Node::Symbol(symbol) => self.declared(*symbol, &[]),
            Node::Member(symbol, indices) if self.model.sizes.contains_key(symbol) => {
                let mut numbers = Vec::with_capacity(indices.len());
                for index in indices {
                    numbers.push(self.integer(*index)?);
                }
                self.declared(*symbol, &numbers)
            }
            Node::Bound(number) => {
                let mut bound = self.bound_arrays.iter().rev();
                let found = bound.find(|(n, _)| n == number);
                found
                    .map(|(_, array)| Full(array.clone()))
                    .ok_or(Stop::Unknown)
            }
            Node::Add(parts) => {
                let values = self.tensors(parts)?;
                let mut total = Zero;
                for value in &values {
                    total = total.add(value, bits)?;
                }
                Ok(total)
            }
            Node::Mul(factors) => {
                let values = self.tensors(factors)?;
                product(values, bits)
            }
            Node::Pow(base, exponent) => self.tensor_power(*base, *exponent),
            Node::Matrix(rows, columns, entries) => {
                let values = self.tensors(entries)?;
                literal(*rows as usize, *columns as usize, &values)
            }
            Node::Function(function, arguments) => self.tensor_function(term, *function, arguments),
            Node::Sum(number, body, lower, upper, condition) => {
                let mut total = Zero;
                for k in self.places(*lower, *upper)? {
                    let value = self.with(*number, Quantity::integer(k), |inner| {
                        match inner.truth(*condition, true) {
                            Some(true) => inner.tensor(*body).map(Some),
                            Some(false) => Ok(None),
                            None => Err(inner.hesitation()),
                        }
                    })?;
                    if let Some(value) = value {
                        total = total.add(&value, bits)?;
                    }
                }
                Ok(total)
            }
            Node::Derivative(number, body, at) => self.rate(*number, *body, *at),
            Node::Gradient(number, body, at, order) => self.gradient(*number, *body, *at, *order),
            Node::Piecewise(parts) => {
                for pair in parts.chunks(2) {
                    let [value, condition] = pair else { break };
                    match self.truth(*condition, true) {
                        Some(true) => return self.tensor(*value),
                        Some(false) => {}
                        None => return Err(self.hesitation()),
                    }
                }
                Err(Stop::Undefined)
            }
            _ => self.plain(term).map(Scalar),
        }
    }

    fn declared(&mut self, symbol: crate::term::Symbol, indices: &[i64]) -> Result<Tensor<E>> {
        let Some((rows, columns)) = self.model.sizes.get(&symbol).copied() else {
            return Err(Stop::Unknown);
        };
        let entries = self.model.array(self.store, symbol, indices);
        let entries = entries.ok_or(Stop::Unknown)?;
        let entries = entries.into_iter().map(Quantity::quadratic).collect();
        Array::new(rows, columns, entries).map(Full)
    }

    /// The values of all; undefined if one of them is, even where another is unknown.
    fn tensors(&mut self, terms: &[TermId]) -> Result<Vec<Tensor<E>>> {
        let mut values = Vec::with_capacity(terms.len());
        let mut stop = None;
        for term in terms {
            match self.tensor(*term) {
                Ok(value) => values.push(value),
                Err(Stop::Undefined) => return Err(Stop::Undefined),
                Err(Stop::Unknown) => stop = Some(Stop::Unknown),
                Err(Stop::Precision) => stop = stop.or(Some(Stop::Precision)),
            }
        }
        match stop {
            Some(stop) => Err(stop),
            None => Ok(values),
        }
    }

    fn tensor_power(&mut self, base: TermId, exponent: TermId) -> Result<Tensor<E>> {
        let bits = self.bits;
        if let Node::Function(Function::Norm, arguments) = self.store.node(base)
            && let [inner] = **arguments
            && matches!(self.store.node(exponent), Node::Number(n) if *n == Rational::from(2))
        {
            // ‖v‖² is exact where ‖v‖ is not.
            return self.squared_norm(inner).map(Scalar);
        }
        let both = self.tensors(&[base, exponent])?;
        let [base, exponent] = both.as_slice() else {
            return Err(Stop::Unknown);
        };
        let exponent = match exponent {
            Zero => Quantity::integer(0),
            other => other.as_scalar().cloned().ok_or(Stop::Unknown)?,
        };
        if let Some(base) = base.as_scalar() {
            return base.power(&exponent, bits).map(Scalar);
        }
        let exponent = exponent.as_exact().and_then(Rational::to_i64);
        let exponent = exponent.ok_or(Stop::Unknown)?;
        match base {
            Full(array) => array.power(exponent, bits).map(Full),
            Identity(multiple) => multiple.integer_power(exponent, bits).map(Identity),
            Zero if exponent > 0 => Ok(Zero),
            _ => Err(Stop::Unknown),
        }
    }

    fn tensor_function(
        &mut self,
        term: TermId,
        function: Function,
        arguments: &[TermId],
    ) -> Result<Tensor<E>> {
        let bits = self.bits;
        match (function, arguments) {
            (Function::Identity, []) => return Ok(Identity(Quantity::integer(1))),
            (Function::Identity, [size]) => {
                let size = self.size(*size)?;
                return Array::diagonal(&vec![Quantity::integer(1); size]).map(Full);
            }
            (Function::Ones, []) => return Ok(Ones(false)),
            (Function::Ones, [size]) => {
                let size = self.size(*size)?;
                return Array::build(size, 1, |_, _| Ok(Quantity::integer(1))).map(Full);
            }
            (Function::Unit, [place, size]) => {
                let (place, size) = (self.integer(*place)?, self.size(*size)?);
                let place = usize::try_from(place - 1).map_err(|_| Stop::Unknown)?;
                if place >= size {
                    return Err(Stop::Undefined);
                }
                let entry = |i: usize| Quantity::integer(i64::from(i == place));
                return Array::build(size, 1, |i, _| Ok(entry(i))).map(Full);
            }
            (Function::Expectation, [u]) => return self.tensor_mean(&[*u]),
            (Function::Variance, [u]) => return self.tensor_covariance(*u, *u),
            (Function::Covariance, [u, v]) => return self.tensor_covariance(*u, *v),
            (Function::Norm, [inner]) => {
                return self.squared_norm(*inner)?.root(2, bits).map(Scalar);
            }
            (Function::Entry, [of, indices @ ..]) => {
                let value = self.tensor(*of);
                let mut places = Vec::new();
                for index in indices {
                    let place = self.integer(*index)?;
                    places.push(usize::try_from(place - 1).map_err(|_| Stop::Unknown)?);
                }
                return entry(&value?, &places).map(Scalar);
            }
            (
                Function::Transpose
                | Function::Inverse
                | Function::Trace
                | Function::Determinant
                | Function::Diagonal
                | Function::Vectorized
                | Function::Kronecker
                | Function::Hadamard,
                _,
            ) => {}
            (_, [inner]) if function.is_elementwise() => {
                let value = self.tensor(*inner)?;
                return entrywise(function, &value, bits);
            }
            _ => return self.plain(term).map(Scalar),
        }
        let values = self.tensors(arguments)?;
        Ok(match (function, values.as_slice()) {
            (Function::Transpose, [value]) => match value {
                Full(array) => Full(array.transpose()?),
                Ones(row) => Ones(!row),
                other => other.clone(),
            },
            (Function::Inverse, [value]) => match value {
                Full(array) if array.is_square() => Full(array.inverse(bits)?),
                Identity(multiple) => Identity(multiple.inverse(bits)?),
                Scalar(value) => Scalar(value.inverse(bits)?),
                _ => return Err(Stop::Unknown),
            },
            (Function::Trace, [value]) => match value {
                Full(array) => Scalar(array.trace(bits)?),
                Scalar(value) => Scalar(value.clone()),
                Zero => Zero,
                _ => return Err(Stop::Unknown),
            },
            (Function::Determinant, [value]) => match value {
                Full(array) => Scalar(array.determinant(bits)?),
                Scalar(value) => Scalar(value.clone()),
                Identity(multiple) => match multiple.as_exact() {
                    Some(one) if one.is_one() => Scalar(Quantity::integer(1)),
                    _ => return Err(Stop::Unknown),
                },
                _ => return Err(Stop::Unknown),
            },
            (Function::Diagonal, [Full(array)]) if array.columns() == 1 => {
                Full(Array::diagonal(array.entries())?)
            }
            (Function::Diagonal, values) if values.len() > 1 => {
                let entries: Option<Vec<_>> =
                    values.iter().map(|v| v.as_scalar().cloned()).collect();
                Full(Array::diagonal(&entries.ok_or(Stop::Unknown)?)?)
            }
            (Function::Hadamard, [Full(a), Full(b)]) => Full(a.hadamard(b, bits)?),
            (Function::Vectorized, [Full(array)]) => {
                let rows = array.rows();
                let count = array.entries().len();
                Full(Array::build(count, 1, |i, _| {
                    array.entry(i % rows, i / rows).cloned()
                })?)
            }
            (Function::Kronecker, [Full(a), Full(b)]) => Full(a.kronecker(b, bits)?),
            _ => return Err(Stop::Unknown),
        })
    }

    /// Cov(u, v) = E[u vᵀ] − E[u] E[v]ᵀ
    fn tensor_covariance(&mut self, u: TermId, v: TermId) -> Result<Tensor<E>> {
        let bits = self.bits;
        let both = self.tensor_mean(&[u, v])?;
        let (u, v) = (self.tensor_mean(&[u])?, self.tensor_mean(&[v])?);
        let means = product(vec![u, v.row()?], bits)?;
        let minus = Scalar(Quantity::integer(-1));
        both.add(&product(vec![minus, means], bits)?, bits)
    }

    /// E[u], or E[u vᵀ].
    fn tensor_mean(&mut self, parts: &[TermId]) -> Result<Tensor<E>> {
        let bits = self.bits;
        let mut total = Zero;
        for (outcome, weight) in self.outcomes()? {
            if weight.is_zero() {
                continue;
            }
            let mut factors = vec![Scalar(Quantity::exact(weight))];
            for (place, part) in parts.iter().enumerate() {
                let (number, body) = self.opened(*part)?;
                let value = self.with(number, Quantity::integer(outcome), |inner| {
                    inner.tensor(body)
                })?;
                factors.push(if place == 0 { value } else { value.row()? });
            }
            total = total.add(&product(factors, bits)?, bits)?;
        }
        Ok(total)
    }

    /// How many rows or columns a size says.
    fn size(&mut self, size: TermId) -> Result<usize> {
        let size = usize::try_from(self.integer(size)?).map_err(|_| Stop::Undefined)?;
        if size == 0 {
            return Err(Stop::Undefined);
        }
        Ok(size)
    }

    /// ‖v‖² of a vector; of a matrix the norm of Frobenius.
    fn squared_norm(&mut self, inner: TermId) -> Result<Quantity<E>> {
        let bits = self.bits;
        match self.tensor(inner)? {
            Scalar(value) => value.mul(&value, bits),
            Zero => Ok(Quantity::integer(0)),
            Full(array) => array.squares(bits),
            _ => Err(Stop::Unknown),
        }
    }

    /// The derivative by a number.
    fn rate(&mut self, number: u32, body: TermId, at: TermId) -> Result<Tensor<E>> {
        let point = self.quantity(at)?;
        let (level, value) = self.deeper(|inner, level| {
            let variable = Quantity::dual(level, point, Quantity::integer(1));
            inner.with(number, variable, |inner| inner.tensor(body))
        })?;
        Ok(match value {
            Scalar(value) => Scalar(value.split(level).1),
            Identity(value) => Identity(value.split(level).1),
            Zero | Ones(_) => Zero,
            Full(array) => Full(array.map(|entry| Ok(entry.split(level).1))?),
        })
    }

    /// The gradient of a number, of the shape of what it is by; the Jacobian ∂y_i/∂x_j of a
    /// column by a column; of order 2 the Hessian of a number by a column.
    fn gradient(&mut self, number: u32, body: TermId, at: TermId, order: u32) -> Result<Tensor<E>> {
        let point = match self.tensor(at)? {
            Full(array) => array,
            _ => return Err(Stop::Unknown),
        };
        let count = point.entries().len();
        if order == 2 {
            if point.columns() != 1 {
                return Err(Stop::Unknown);
            }
            return Array::build(count, count, |i, j| self.second(number, body, &point, i, j))
                .map(Full);
        }
        let mut columns = Vec::with_capacity(count);
        for (k, entry) in point.entries().iter().enumerate() {
            let (level, value) = self.deeper(|inner, level| {
                let moving = Quantity::dual(level, entry.clone(), Quantity::integer(1));
                inner.with_array(number, point.with(k, moving), |inner| inner.tensor(body))
            })?;
            columns.push(match value {
                Zero => vec![Quantity::integer(0)],
                Scalar(value) => vec![value.split(level).1],
                Full(array) if array.columns() == 1 => {
                    let all = array.entries().iter();
                    all.map(|entry| entry.split(level).1).collect()
                }
                _ => return Err(Stop::Unknown),
            });
        }
        let height = columns.iter().map(Vec::len).max().unwrap_or(0);
        let cell = |i: usize, k: usize| {
            let entry = columns.get(k).and_then(|column: &Vec<_>| column.get(i));
            entry.cloned().ok_or(Stop::Unknown)
        };
        if height == 1 {
            let wide = point.columns();
            return Array::build(point.rows(), wide, |i, j| cell(0, i * wide + j)).map(Full);
        }
        if point.columns() != 1 {
            return Err(Stop::Unknown);
        }
        Array::build(height, count, cell).map(Full)
    }

    /// The second derivative by two entries of a column.
    fn second(
        &mut self,
        number: u32,
        body: TermId,
        point: &Array<E>,
        i: usize,
        j: usize,
    ) -> Result<Quantity<E>> {
        let (outer, value) = self.deeper(|inner, outer| {
            let one = || Quantity::integer(1);
            let entry = point.entry(i, 0)?.clone();
            let first = point.with(i, Quantity::dual(outer, entry, one()));
            inner.deeper(|inner, level| {
                let entry = first.entry(j, 0)?.clone();
                let moving = first.with(j, Quantity::dual(level, entry, one()));
                let value = inner.with_array(number, moving, |inner| inner.tensor(body))?;
                Ok(value.scalar()?.split(level).1)
            })
        })?;
        Ok(value.1.split(outer).1)
    }

    /// Works with a bound vector or matrix of this value.
    fn with_array<T>(
        &mut self,
        number: u32,
        value: Array<E>,
        work: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.bound_arrays.push((number, value));
        // A number that is bound within hides nothing: binders have numbers of their own.
        let result = self.afresh(work);
        self.bound_arrays.pop();
        result
    }

    /// The value of a term that is no number, to show.
    pub(super) fn matrix(&mut self, term: TermId) -> Option<Value> {
        match self.tensor(term) {
            Ok(Full(array)) if array.entries().len() > 1 => {
                let shown = array.entries().iter().map(|entry| match entry.value() {
                    Real::Exact(value) => Value::Exact(value.clone()),
                    other => {
                        let (low, high) = other.bounds();
                        Value::Between(low, high)
                    }
                });
                Some(Value::Matrix(
                    array.rows(),
                    array.columns(),
                    shown.collect(),
                ))
            }
            Ok(Zero) => Some(Value::Exact(Rational::zero())),
            Ok(Identity(_) | Ones(_)) => Some(Value::Unknown),
            _ => None,
        }
    }

    /// Whether a relation between two terms of which one is about vectors or matrices holds.
    pub fn tensors_hold(
        &mut self,
        relation: Relation,
        a: &Tensor<E>,
        b: &Tensor<E>,
    ) -> Option<bool> {
        let zero = || Scalar(Quantity::integer(0));
        match (a, b) {
            (Zero, Zero) => return self.tensors_hold(relation, &zero(), &zero()),
            (Zero, other) if other.as_scalar().is_some() => {
                return self.tensors_hold(relation, &zero(), other);
            }
            (other, Zero) if other.as_scalar().is_some() => {
                return self.tensors_hold(relation, other, &zero());
            }
            _ => {}
        }
        if let (Some(a), Some(b)) = (a.as_scalar(), b.as_scalar()) {
            return self.holds(relation, a, b);
        }
        let (left, right) = common(a, b)?;
        let mut unsure = false;
        let equal = 'all: {
            for (x, y) in left.iter().zip(&right) {
                match self.holds(Relation::Equal, x, y) {
                    Some(true) => {}
                    Some(false) => break 'all false,
                    None => unsure = true,
                }
            }
            if unsure {
                return None;
            }
            true
        };
        match relation {
            Relation::Equal => Some(equal),
            Relation::NotEqual => Some(!equal),
            // ⪯ between matrices has more than one meaning.
            Relation::Less | Relation::LessEqual => None,
        }
    }
}

/// Entries by rows.
type Entries<E> = Vec<Quantity<E>>;

/// The entries of two values of one shape.
#[must_use]
pub fn common<E: Enclosure>(a: &Tensor<E>, b: &Tensor<E>) -> Option<(Entries<E>, Entries<E>)> {
    let like = |array: &Array<E>, value: &Tensor<E>| -> Option<Vec<Quantity<E>>> {
        let (rows, columns) = (array.rows(), array.columns());
        let other = match value {
            Full(other) if (other.rows(), other.columns()) == (rows, columns) => other.clone(),
            Zero => Array::build(rows, columns, |_, _| Ok(Quantity::integer(0))).ok()?,
            Identity(multiple) if array.is_square() => {
                Array::diagonal(&vec![multiple.clone(); rows]).ok()?
            }
            Ones(row) => {
                let ones = ones_like(array, *row).ok()?;
                if (ones.rows(), ones.columns()) != (rows, columns) {
                    return None;
                }
                ones
            }
            _ => return None,
        };
        Some(other.entries().to_vec())
    };
    let number = |value: &Tensor<E>| match value {
        Zero => Some(Quantity::integer(0)),
        other => other.as_scalar().cloned(),
    };
    if let (Some(a), Some(b)) = (number(a), number(b)) {
        return Some((vec![a], vec![b]));
    }
    match (a, b) {
        (Full(array), other) => Some((array.entries().to_vec(), like(array, other)?)),
        (other, Full(array)) => Some((like(array, other)?, array.entries().to_vec())),
        (Identity(a), Identity(b)) => Some((vec![a.clone()], vec![b.clone()])),
        (Identity(a), Zero) => Some((vec![a.clone()], vec![Quantity::integer(0)])),
        (Zero, Identity(b)) => Some((vec![Quantity::integer(0)], vec![b.clone()])),
        _ => None,
    }
}

/// The product of values in order; what makes a number within it is a factor of its own.
fn product<E: Enclosure>(values: Vec<Tensor<E>>, bits: u32) -> Result<Tensor<E>> {
    let mut factor = Quantity::integer(1);
    let mut zero = false;
    let mut stack: Vec<Tensor<E>> = Vec::new();
    for value in values {
        match value {
            Scalar(value) => {
                factor = factor.mul(&value, bits)?;
                continue;
            }
            Zero => {
                zero = true;
                continue;
            }
            _ => {}
        }
        let mut last = value;
        loop {
            if let Full(array) = &last
                && array.entries().len() == 1
            {
                factor = factor.mul(array.entry(0, 0)?, bits)?;
                break;
            }
            let Some(before) = stack.pop() else {
                stack.push(last);
                break;
            };
            match before.join(&last, bits)? {
                Some(joined) => last = joined,
                None => {
                    stack.push(before);
                    stack.push(last);
                    break;
                }
            }
        }
    }
    let mut rest = stack.into_iter();
    let result = match (rest.next(), rest.next()) {
        (None, _) => Scalar(factor),
        (Some(value), None) => Scalar(factor).join(&value, bits)?.ok_or(Stop::Unknown)?,
        _ => return Err(Stop::Unknown),
    };
    if !zero {
        return Ok(result);
    }
    Ok(match result {
        Full(array) => Full(array.scale(&Quantity::integer(0), bits)?),
        _ => Zero,
    })
}

/// A matrix written out, of numbers or of blocks.
fn literal<E: Enclosure>(rows: usize, columns: usize, values: &[Tensor<E>]) -> Result<Tensor<E>> {
    let at = |i: usize, j: usize| values.get(i * columns + j).ok_or(Stop::Unknown);
    let number = |value: &Tensor<E>| match value {
        Zero => Some(Quantity::integer(0)),
        other => other.as_scalar().cloned(),
    };
    let plain: Option<Vec<_>> = values.iter().map(number).collect();
    if let Some(entries) = plain {
        return Array::new(rows, columns, entries).map(Full);
    }
    let mut heights = vec![None; rows];
    let mut widths = vec![None; columns];
    for _ in 0..2 {
        for i in 0..rows {
            for j in 0..columns {
                let (height, width) = match at(i, j)? {
                    Full(array) => (Some(array.rows()), Some(array.columns())),
                    Scalar(_) => (Some(1), Some(1)),
                    Identity(_) => (
                        widths.get(j).copied().flatten(),
                        heights.get(i).copied().flatten(),
                    ),
                    Zero | Ones(_) => (None, None),
                };
                for (sizes, place, size) in [(&mut heights, i, height), (&mut widths, j, width)] {
                    if let (Some(slot), Some(size)) = (sizes.get_mut(place), size) {
                        if slot.is_some_and(|known| known != size) {
                            return Err(Stop::Unknown);
                        }
                        *slot = Some(size);
                    }
                }
            }
        }
    }
    let heights: Option<Vec<usize>> = heights.into_iter().collect();
    let widths: Option<Vec<usize>> = widths.into_iter().collect();
    let (Some(heights), Some(widths)) = (heights, widths) else {
        return Err(Stop::Unknown);
    };
    let place = |sizes: &[usize], mut at: usize| {
        for (block, size) in sizes.iter().enumerate() {
            if at < *size {
                return Ok((block, at));
            }
            at -= size;
        }
        Err(Stop::Unknown)
    };
    Array::build(heights.iter().sum(), widths.iter().sum(), |i, j| {
        let ((a, i), (b, j)) = (place(&heights, i)?, place(&widths, j)?);
        match at(a, b)? {
            Full(array) => array.entry(i, j).cloned(),
            Scalar(value) => Ok(value.clone()),
            Identity(multiple) if i == j => Ok(multiple.clone()),
            Identity(_) | Zero => Ok(Quantity::integer(0)),
            Ones(_) => Ok(Quantity::integer(1)),
        }
    })
    .map(Full)
}
