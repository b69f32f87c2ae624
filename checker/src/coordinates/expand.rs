//! From a term about vectors and matrices to its entries.

use std::collections::HashMap;

use num_traits::Zero;

use super::grid::{Grid, product};
use super::value::{Value, added, entry, inverse, multiplied, turned, written};
use crate::kernel::term::{Binder, Head, Id, Q, Terms};
use crate::model::stop::{Found, Stop};
use crate::table::function::{MATRICES, known};

/// The most terms of a sum that is written out.
const MOST: i64 = 60;
/// How deep terms may be nested.
const DEEPEST: u32 = 300;

const STRANGE: Stop = Stop::Unknown("a term about matrices");

/// What the letters stand for.
pub trait Ground {
    /// All terms.
    fn terms(&mut self) -> &mut Terms;
    /// Whether a symbol (or the members of that family) is a vector or matrix.
    fn is_array(&self, symbol: u32) -> bool;
    /// The entries of a symbol, or of the member of a family with these indices.
    fn letter(&mut self, symbol: u32, indices: &[Id]) -> Found<Grid>;
    /// The value of a term that is a small integer.
    fn integer(&mut self, term: Id) -> Found<i64>;
    /// Whether a statement is true.
    fn truth(&mut self, statement: Id) -> Found<bool>;
    /// The chances of the outcomes, numbered from 1; none where there are none.
    fn weights(&self) -> Vec<Q> {
        Vec::new()
    }
}

/// Whether vectors or matrices take part in a term.
pub fn is_about(terms: &Terms, term: Id, is_array: &dyn Fn(u32) -> bool) -> bool {
    terms
        .subterms(term, |_, _| true)
        .iter()
        .any(|part| match terms.head(*part) {
            Head::Symbol(s) | Head::Member(s) | Head::Call(s, _) => is_array(*s),
            Head::Function(name) => known(MATRICES, name).is_some(),
            Head::Has(_) | Head::Matrix(..) | Head::Binder(Binder::Gradient(_), _) => true,
            _ => false,
        })
}

/// Functions that are taken of a vector entry by entry.
pub fn is_elementwise(name: &str) -> bool {
    matches!(
        name,
        "log"
            | "sin"
            | "cos"
            | "sinh"
            | "cosh"
            | "tanh"
            | "arctan"
            | "sigmoid"
            | "softplus"
            | "relu"
    )
}

/// Writes terms out by entries.
pub struct Expander<'g, G> {
    ground: &'g mut G,
    /// Symbols that stand for the variables of gradients.
    locals: HashMap<u32, Grid>,
    about: HashMap<Id, bool>,
    /// Terms about numbers that must have a value, though they may stand in no entry.
    pub needs: Vec<Id>,
    seen: HashMap<Id, Found<Value>>,
    depth: u32,
}

impl<'g, G: Ground> Expander<'g, G> {
    /// On that ground.
    pub fn new(ground: &'g mut G) -> Self {
        Expander {
            ground,
            locals: HashMap::new(),
            about: HashMap::new(),
            needs: Vec::new(),
            seen: HashMap::new(),
            depth: 0,
        }
    }

    fn is_about(&mut self, term: Id) -> bool {
        if let Some(known) = self.about.get(&term) {
            return *known;
        }
        let head = self.ground.terms().head(term).clone();
        let own = match &head {
            Head::Symbol(s) | Head::Member(s) | Head::Call(s, _) => {
                self.locals.contains_key(s) || self.ground.is_array(*s)
            }
            Head::Function(name) => known(MATRICES, name).is_some(),
            Head::Has(_) | Head::Matrix(..) | Head::Binder(Binder::Gradient(_), _) => true,
            _ => false,
        };
        let args = self.ground.terms().args(term).to_vec();
        let about = own || args.into_iter().any(|arg| self.is_about(arg));
        self.about.insert(term, about);
        about
    }

    /// A term about numbers that has the value of the term.
    pub fn number(&mut self, term: Id) -> Found<Id> {
        let value = self.value(term)?;
        value.number(self.ground.terms())
    }

    /// The value of a term.
    pub fn value(&mut self, term: Id) -> Found<Value> {
        if !self.is_about(term) {
            let zero = self.ground.terms().value(term).is_some_and(Zero::is_zero);
            return Ok(if zero {
                Value::Zero
            } else {
                Value::Scalar(term)
            });
        }
        if let Some(known) = self.seen.get(&term) {
            return known.clone();
        }
        self.ground.terms().spend(1)?;
        if self.depth >= DEEPEST {
            return Err(STRANGE);
        }
        self.depth += 1;
        let value = self.find(term);
        self.depth -= 1;
        self.seen.insert(term, value.clone());
        value
    }

    fn find(&mut self, term: Id) -> Found<Value> {
        let node = self.ground.terms().node(term).clone();
        let args = node.args.as_slice();
        match (&node.head, args) {
            (Head::Symbol(symbol), _) => match self.locals.get(symbol) {
                Some(grid) => Ok(Value::Full(grid.clone())),
                None => self.ground.letter(*symbol, &[]).map(Value::Full),
            },
            (Head::Member(symbol), indices) if self.ground.is_array(*symbol) => {
                self.ground.letter(*symbol, indices).map(Value::Full)
            }
            (Head::Add, parts) => {
                let values = self.all(parts)?;
                let mut total = Value::Zero;
                for value in &values {
                    total = added(self.ground.terms(), &total, value)?;
                }
                Ok(total)
            }
            (Head::Mul, factors) => {
                let values = self.all(factors)?;
                multiplied(self.ground.terms(), values)
            }
            (Head::Pow, [base, exponent]) => self.power(*base, *exponent),
            (Head::Matrix(rows, columns), entries) => {
                let values = self.all(entries)?;
                self.needs.extend(values.iter().filter_map(Value::scalar));
                written(
                    self.ground.terms(),
                    *rows as usize,
                    *columns as usize,
                    &values,
                )
            }
            (Head::Function(name), args) => self.function(name, args),
            (Head::Binder(kind, _), _) => self.binder(*kind, term),
            (Head::Piecewise, parts) => {
                for pair in parts.chunks(2) {
                    let [value, statement] = pair else { break };
                    if self.ground.truth(*statement)? {
                        return self.value(*value);
                    }
                }
                Err(Stop::Undefined)
            }
            _ => Err(STRANGE),
        }
    }

    fn all(&mut self, terms: &[Id]) -> Found<Vec<Value>> {
        terms.iter().map(|term| self.value(*term)).collect()
    }

    fn power(&mut self, base: Id, exponent: Id) -> Found<Value> {
        let terms = self.ground.terms();
        if let (Head::Function("norm"), [inner]) = (terms.head(base).clone(), terms.args(base))
            && terms.value(exponent).is_some_and(|n| *n == 2.into())
        {
            let inner = *inner;
            return self.squared(inner).map(Value::Scalar);
        }
        // e^z of a vector is taken entry by entry.
        let exponent = match self.value(exponent)? {
            Value::Full(grid) if grid.only().is_none() && (grid.rows == 1 || grid.columns == 1) => {
                let base = self.value(base)?.scalar().ok_or(STRANGE)?;
                let terms = self.ground.terms();
                let entries = grid.entries.iter();
                let entries: Result<Vec<Id>, String> = entries
                    .map(|entry| terms.add(Head::Pow, vec![base, *entry]))
                    .collect();
                return Ok(Value::Full(Grid::new(grid.rows, grid.columns, entries?)?));
            }
            other => other.number(self.ground.terms())?,
        };
        let base = self.value(base)?;
        if let Some(base) = base.scalar() {
            let power = self.ground.terms().add(Head::Pow, vec![base, exponent])?;
            return Ok(Value::Scalar(power));
        }
        let exponent = self.ground.integer(exponent)?;
        match base {
            Value::Full(grid) => {
                if exponent < 0 {
                    self.invertible(&grid)?;
                }
                grid.power(exponent, self.ground.terms()).map(Value::Full)
            }
            Value::Identity(multiple) => {
                let terms = self.ground.terms();
                let exponent = terms.integer(exponent)?;
                let power = terms.add(Head::Pow, vec![multiple, exponent])?;
                Ok(Value::Identity(power))
            }
            Value::Zero if exponent > 0 => Ok(Value::Zero),
            _ => Err(STRANGE),
        }
    }

    /// The inverse is there.
    fn invertible(&mut self, grid: &Grid) -> Found<()> {
        let terms = self.ground.terms();
        let determinant = grid.determinant(terms)?;
        let below = inverse(terms, determinant)?;
        self.needs.push(below);
        Ok(())
    }

    /// How many rows or columns a size says.
    fn size(&mut self, size: Id) -> Found<usize> {
        let size = self.ground.integer(size)?;
        let size = usize::try_from(size).ok().filter(|size| *size > 0);
        size.ok_or(Stop::Undefined)
    }

    /// E[u vᵀ] − E[u] E[v]ᵀ
    fn covariance(&mut self, u: Id, v: Id) -> Found<Value> {
        let both = self.mean(&[u, v])?;
        let (u, v) = (self.mean(&[u])?, turned(&self.mean(&[v])?)?);
        let terms = self.ground.terms();
        let minus = Value::Scalar(terms.integer(-1)?);
        let means = multiplied(terms, vec![minus, u, v])?;
        added(terms, &both, &means)
    }

    /// E[u], or E[u vᵀ].
    fn mean(&mut self, parts: &[Id]) -> Found<Value> {
        let weights = self.ground.weights();
        if weights.is_empty() {
            return Err(Stop::Unknown("a mean without outcomes"));
        }
        let mut total = Value::Zero;
        for (outcome, weight) in (1..).zip(weights) {
            let weight = self.ground.terms().number(weight)?;
            let mut factors = vec![Value::Scalar(weight)];
            for (place, part) in parts.iter().enumerate() {
                let terms = self.ground.terms();
                if !matches!(terms.head(*part), Head::Binder(Binder::Outcomes, _)) {
                    return Err(STRANGE);
                }
                let (_, name) = terms.fresh()?;
                let body = terms.open(*part, name)?[0];
                let outcome = terms.integer(outcome)?;
                let body = terms.substitute(body, name, outcome)?;
                let value = self.value(body)?;
                factors.push(if place == 0 { value } else { turned(&value)? });
            }
            let part = multiplied(self.ground.terms(), factors)?;
            total = added(self.ground.terms(), &total, &part)?;
        }
        Ok(total)
    }

    /// ‖u‖²
    fn squared(&mut self, inner: Id) -> Found<Id> {
        let value = self.value(inner)?;
        let terms = self.ground.terms();
        match value {
            Value::Full(grid) => grid.squares(terms),
            Value::Zero => Ok(terms.integer(0)?),
            Value::Scalar(id) => product(terms, id, id),
            _ => Err(STRANGE),
        }
    }

    fn function(&mut self, name: &'static str, args: &[Id]) -> Found<Value> {
        match (name, args) {
            ("identity", []) => {
                let one = self.ground.terms().integer(1)?;
                return Ok(Value::Identity(one));
            }
            ("ones", []) => return Ok(Value::Ones(false)),
            ("identity", [size]) => {
                let size = self.size(*size)?;
                let terms = self.ground.terms();
                let one = terms.integer(1)?;
                return Grid::identity(terms, size, one).map(Value::Full);
            }
            ("ones", [size]) => {
                let size = self.size(*size)?;
                let one = self.ground.terms().integer(1)?;
                return Grid::build(size, 1, |_, _| Ok(one)).map(Value::Full);
            }
            ("unit", [place, size]) => {
                let (place, size) = (self.ground.integer(*place)?, self.size(*size)?);
                let place = usize::try_from(place - 1).ok().filter(|at| *at < size);
                let place = place.ok_or(Stop::Undefined)?;
                let terms = self.ground.terms();
                let (zero, one) = (terms.integer(0)?, terms.integer(1)?);
                let entry = |i| Ok(if i == place { one } else { zero });
                return Grid::build(size, 1, |i, _| entry(i)).map(Value::Full);
            }
            ("expectation", [u]) => return self.mean(&[*u]),
            ("variance", [u]) => return self.covariance(*u, *u),
            ("covariance", [u, v]) => return self.covariance(*u, *v),
            ("norm", [inner]) => {
                let square = self.squared(*inner)?;
                let terms = self.ground.terms();
                let two = terms.integer(2)?;
                let norm = terms.add(Head::Function("root"), vec![two, square])?;
                return Ok(Value::Scalar(norm));
            }
            ("entry", [of, indices @ ..]) => {
                let value = self.value(*of)?;
                let mut places = Vec::new();
                for index in indices {
                    let place = self.ground.integer(*index)?;
                    let outside = Stop::Unknown("an entry outside its matrix");
                    places.push(usize::try_from(place - 1).map_err(|_| outside)?);
                }
                return entry(self.ground.terms(), &value, &places).map(Value::Scalar);
            }
            _ => {}
        }
        let values = self.all(args)?;
        if let ("inverse", [Value::Full(grid)]) = (name, values.as_slice()) {
            self.invertible(grid)?;
        }
        let terms = self.ground.terms();
        Ok(match (name, values.as_slice()) {
            ("transpose", [value]) => turned(value)?,
            ("inverse", [value]) => match value {
                Value::Full(grid) if grid.is_square() => Value::Full(grid.inverse(terms)?),
                Value::Identity(multiple) => Value::Identity(inverse(terms, *multiple)?),
                Value::Scalar(id) => Value::Scalar(inverse(terms, *id)?),
                _ => return Err(STRANGE),
            },
            ("trace", [Value::Full(grid)]) => Value::Scalar(grid.trace(terms)?),
            ("determinant", [Value::Full(grid)]) => Value::Scalar(grid.determinant(terms)?),
            ("trace" | "determinant", [Value::Scalar(id)]) => Value::Scalar(*id),
            ("trace", [Value::Zero]) => Value::Zero,
            ("determinant", [Value::Identity(one)])
                if terms.value(*one).is_some_and(num_traits::One::is_one) =>
            {
                Value::Scalar(*one)
            }
            ("diagonal", [Value::Full(grid)]) if grid.columns == 1 => {
                let zero = terms.integer(0)?;
                let size = grid.rows;
                let diagonal =
                    Grid::build(
                        size,
                        size,
                        |i, j| {
                            if i == j { grid.at(i, 0) } else { Ok(zero) }
                        },
                    );
                Value::Full(diagonal?)
            }
            ("vectorized", [Value::Full(grid)]) => {
                let (rows, count) = (grid.rows, grid.entries.len());
                Value::Full(Grid::build(count, 1, |i, _| grid.at(i % rows, i / rows))?)
            }
            ("hadamard", [Value::Full(a), Value::Full(b)]) => Value::Full(a.hadamard(b, terms)?),
            ("kronecker", [Value::Full(a), Value::Full(b)]) => Value::Full(a.kronecker(b, terms)?),
            (_, [Value::Full(grid)])
                if is_elementwise(name)
                    && grid.only().is_none()
                    && (grid.rows == 1 || grid.columns == 1) =>
            {
                let entries = grid.entries.iter();
                let entries: Result<Vec<Id>, String> = entries
                    .map(|entry| terms.add(Head::Function(name), vec![*entry]))
                    .collect();
                Value::Full(Grid::new(grid.rows, grid.columns, entries?)?)
            }
            _ if known(MATRICES, name).is_none() => {
                // A function of numbers.
                let mut numbers = Vec::new();
                for value in &values {
                    numbers.push(value.number(terms)?);
                }
                Value::Scalar(terms.add(Head::Function(name), numbers)?)
            }
            _ => return Err(STRANGE),
        })
    }

    fn binder(&mut self, kind: Binder, term: Id) -> Found<Value> {
        let (symbol, name) = self.ground.terms().fresh()?;
        let opened = self.ground.terms().open(term, name)?;
        match (kind, opened.as_slice()) {
            (Binder::Sum, [body, from, to, condition]) => {
                let (low, high) = (self.ground.integer(*from)?, self.ground.integer(*to)?);
                if !(-1..MOST).contains(&high.saturating_sub(low)) {
                    return Err(Stop::Unknown("a range that is too long or runs backwards"));
                }
                let mut total = Value::Zero;
                for k in low..=high {
                    let terms = self.ground.terms();
                    let number = terms.integer(k)?;
                    let condition = terms.substitute(*condition, name, number)?;
                    let body = terms.substitute(*body, name, number)?;
                    if self.ground.truth(condition)? {
                        let value = self.value(body)?;
                        total = added(self.ground.terms(), &total, &value)?;
                    }
                }
                Ok(total)
            }
            (Binder::Derivative, [body, at]) => {
                let at = self.number(*at)?;
                let before = self.needs.len();
                let value = self.value(*body)?;
                self.settle(before, &[name], &[at])?;
                let terms = self.ground.terms();
                let mut rate = |entry: Id| -> Found<Id> {
                    Ok(terms.bind(Binder::Derivative, name, &[entry, at])?)
                };
                Ok(match value {
                    Value::Scalar(id) => Value::Scalar(rate(id)?),
                    Value::Identity(id) => Value::Identity(rate(id)?),
                    Value::Zero | Value::Ones(_) => Value::Zero,
                    Value::Full(grid) => {
                        Value::Full(Grid::build(grid.rows, grid.columns, |i, j| {
                            rate(grid.at(i, j)?)
                        })?)
                    }
                })
            }
            (Binder::Gradient(order), [body, at]) => self.gradient(order, symbol, *body, *at),
            _ => Err(STRANGE),
        }
    }

    /// The gradient of a number, of the shape of what it is by; the Jacobian ∂y_i/∂x_j; the
    /// Hessian. Each entry is a derivative by an entry, the others standing still.
    fn gradient(&mut self, order: u8, symbol: u32, body: Id, at: Id) -> Found<Value> {
        let point = match self.value(at)? {
            Value::Full(grid) => grid,
            _ => return Err(STRANGE),
        };
        let mut names = Vec::new();
        for _ in &point.entries {
            names.push(self.ground.terms().fresh()?.1);
        }
        let moving = Grid::new(point.rows, point.columns, names.clone())?;
        self.locals.insert(symbol, moving);
        let before = self.needs.len();
        let value = self.value(body)?;
        self.settle(before, &names, &point.entries)?;
        let count = names.len();
        let column = point.columns == 1;
        match (order, value) {
            (1, Value::Zero) => {
                let zero = self.ground.terms().integer(0)?;
                Grid::constant(point.rows, point.columns, zero).map(Value::Full)
            }
            (1, Value::Full(grid)) if grid.only().is_none() => {
                if !(column && grid.columns == 1) {
                    return Err(STRANGE);
                }
                Grid::build(grid.rows, count, |i, j| {
                    self.partial(grid.at(i, 0)?, &names, &point, &[j])
                })
                .map(Value::Full)
            }
            (1, value) => {
                let body = value.number(self.ground.terms())?;
                let wide = point.columns;
                Grid::build(point.rows, wide, |i, j| {
                    self.partial(body, &names, &point, &[i * wide + j])
                })
                .map(Value::Full)
            }
            (2, value) if column => {
                let body = value.number(self.ground.terms())?;
                Grid::build(count, count, |i, j| {
                    self.partial(body, &names, &point, &[j, i])
                })
                .map(Value::Full)
            }
            _ => Err(STRANGE),
        }
    }

    /// What must have a value must have it at the point.
    fn settle(&mut self, before: usize, names: &[Id], at: &[Id]) -> Found<()> {
        let terms = self.ground.terms();
        for need in self.needs.iter_mut().skip(before) {
            for (name, value) in names.iter().zip(at) {
                *need = terms.substitute(*need, *name, *value)?;
            }
        }
        Ok(())
    }

    /// The derivative by entries, one after the other, at the point.
    fn partial(&mut self, body: Id, names: &[Id], point: &Grid, by: &[usize]) -> Found<Id> {
        let terms = self.ground.terms();
        let mut body = body;
        for place in by {
            let name = *names.get(*place).ok_or(STRANGE)?;
            // At the entry itself, so that it can be differentiated again.
            body = terms.bind(Binder::Derivative, name, &[body, name])?;
        }
        // All but the last stand still; the derivative is taken at the point.
        for (name, value) in names.iter().zip(&point.entries) {
            body = terms.substitute(body, *name, *value)?;
        }
        Ok(body)
    }
}
