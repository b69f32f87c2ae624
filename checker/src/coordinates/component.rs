//! From a term about vectors and matrices whose sizes are letters to a term about their entries:
//! (A x)_i is Σ_k A_ik x_k. The entry of a matrix is written with two symbols that stand for its
//! row and column.

use std::collections::BTreeMap;

use num_traits::{ToPrimitive, Zero};

use super::expand::is_elementwise;
use super::grid::{product, sum};
use crate::kernel::term::{Binder, Check, Head, Id, Q, Terms};
use crate::model::stop::Stop;
use crate::table::function::{MATRICES, known};

/// How deep terms may be nested.
const DEEPEST: u32 = 150;
/// The largest power that is written out.
const HIGHEST: i64 = 4;

const STRANGE: &str = "a term whose entries are not known";

/// The value of a term.
#[derive(Clone, Copy, Debug)]
pub enum Component {
    /// A number.
    Number(Id),
    /// The number 0 as it is written, or zeros of whatever size fits.
    Zero,
    /// A multiple of the identity of whatever size fits.
    Identity(Id),
    /// Ones in a column, or in a row, of whatever size fits.
    Ones(bool),
    /// A vector or matrix: rows, columns, and the entry.
    Full(Id, Id, Id),
}

use Component::{Full, Identity, Number, Ones};

/// What a letter stands for.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// How many rows.
    pub rows: Id,
    /// How many columns.
    pub columns: Id,
    /// The family of its entries: of a vector by one index, of a matrix by two, those of the
    /// family that it may belong to before them.
    pub entries: u32,
    /// What the entries of a square matrix are made of.
    pub form: Form,
}

/// How the entries a_ij are made of those of the family, f_ij.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// f_ij
    Any,
    /// (f_ij + f_ji)/2
    Symmetric,
    /// (f_ij − f_ji)/2
    Skew,
    /// δ_ij f_i
    Diagonal,
}

/// A place of a letter that is varied: by which number, where, and the value there.
type Varied = (Id, [Id; 2], Id);

/// Writes entries down.
pub struct Components<'a> {
    /// Where terms are.
    pub terms: &'a mut Terms,
    letters: BTreeMap<u32, Family>,
    varied: BTreeMap<u32, Varied>,
    row: Id,
    column: Id,
    one: Id,
    depth: u32,
}

fn plain(stop: &Stop) -> String {
    stop.reason().to_owned()
}

impl<'a> Components<'a> {
    /// The letters stand for these; two symbols for a row and a column.
    pub fn new(
        terms: &'a mut Terms,
        letters: BTreeMap<u32, Family>,
        row: Id,
        column: Id,
    ) -> Check<Self> {
        let one = terms.integer(1)?;
        Ok(Components {
            terms,
            letters,
            varied: BTreeMap::new(),
            row,
            column,
            one,
            depth: 0,
        })
    }

    /// The value of a term.
    pub fn value(&mut self, term: Id) -> Check<Component> {
        if !self.terms.is_strange(term) {
            let zero = self.terms.value(term).is_some_and(Zero::is_zero);
            return Ok(if zero { Component::Zero } else { Number(term) });
        }
        self.terms.spend(10)?;
        if self.depth >= DEEPEST {
            return Err("terms nested too deeply".to_owned());
        }
        self.depth += 1;
        let value = self.find(term);
        self.depth -= 1;
        value
    }

    /// The entries of two sides of an equation, of one shape: rows, columns and both; numbers have
    /// one row and one column.
    pub fn alike(&mut self, a: Id, b: Id) -> Check<(Id, Id, Id, Id)> {
        let (a, b) = (self.value(a)?, self.value(b)?);
        let (rows, columns) = match (a, b) {
            (Full(m, n, _), Full(k, l, _)) if (m, n) == (k, l) => (m, n),
            (Full(m, n, _), Component::Zero) | (Component::Zero, Full(m, n, _)) => (m, n),
            (Full(m, n, _), Identity(_)) | (Identity(_), Full(m, n, _)) if m == n => (m, n),
            (Full(m, n, _), Ones(false)) | (Ones(false), Full(m, n, _)) if n == self.one => (m, n),
            (Number(_) | Component::Zero, Number(_) | Component::Zero) => (self.one, self.one),
            _ => return Err("sides of different shapes".to_owned()),
        };
        Ok((rows, columns, self.entry(a)?, self.entry(b)?))
    }

    /// The entry at the row and column.
    fn entry(&mut self, value: Component) -> Check<Id> {
        match value {
            Number(term) | Full(_, _, term) => Ok(term),
            Component::Zero => self.terms.integer(0),
            Ones(_) => Ok(self.one),
            Identity(number) => {
                let delta = self.delta(self.row, self.column)?;
                self.product(number, delta)
            }
        }
    }

    fn delta(&mut self, a: Id, b: Id) -> Check<Id> {
        self.terms.add(Head::Function("delta"), vec![a, b])
    }

    fn product(&mut self, a: Id, b: Id) -> Check<Id> {
        product(self.terms, a, b).map_err(|stop| plain(&stop))
    }

    fn sum(&mut self, a: Id, b: Id) -> Check<Id> {
        sum(self.terms, a, b).map_err(|stop| plain(&stop))
    }

    fn number(&mut self, term: Id) -> Check<Id> {
        match self.value(term)? {
            Number(term) => Ok(term),
            Component::Zero => self.terms.integer(0),
            _ => Err("a number expected".to_owned()),
        }
    }

    /// One row and one column make a number.
    fn full(&mut self, rows: Id, columns: Id, entry: Id) -> Check<Component> {
        if rows != self.one || columns != self.one {
            return Ok(Full(rows, columns, entry));
        }
        let entry = self.at(entry, self.row, self.one)?;
        Ok(Number(self.at(entry, self.column, self.one)?))
    }

    fn at(&mut self, entry: Id, symbol: Id, place: Id) -> Check<Id> {
        self.terms.substitute(entry, symbol, place)
    }

    /// Σ over a symbol from 1 to a size.
    fn total(&mut self, symbol: Id, size: Id, body: Id) -> Check<Id> {
        if size == self.one {
            return self.at(body, symbol, self.one);
        }
        let always = self.terms.add(Head::Truth(true), Vec::new())?;
        self.terms
            .bind(Binder::Sum, symbol, &[body, self.one, size, always])
    }

    fn find(&mut self, term: Id) -> Check<Component> {
        let node = self.terms.node(term).clone();
        match (&node.head, node.args.as_slice()) {
            (Head::Symbol(symbol), _) => self.letter(*symbol, &[]),
            (Head::Member(symbol), indices) if self.letters.contains_key(symbol) => {
                let mut places = Vec::new();
                for index in indices {
                    places.push(self.number(*index)?);
                }
                self.letter(*symbol, &places)
            }
            (Head::Add, parts) => {
                let mut total = Component::Zero;
                for part in parts {
                    let part = self.value(*part)?;
                    total = self.added(total, part)?;
                }
                Ok(total)
            }
            (Head::Mul, factors) => self.factors(factors),
            (Head::Pow, [base, exponent]) => self.power(*base, *exponent),
            (Head::Function(name), arguments) => self.function(name, arguments),
            (Head::Binder(Binder::Sum, _), [_, lower, upper, _]) => {
                if self.terms.is_strange(*lower) || self.terms.is_strange(*upper) {
                    return Err("a bound that is a matrix".to_owned());
                }
                let (_, name) = self.terms.fresh()?;
                let opened = self.terms.open(term, name)?;
                let (body, condition) = (opened[0], opened[3]);
                if self.terms.is_strange(condition) {
                    return Err("a condition on matrices".to_owned());
                }
                let value = self.value(body)?;
                let mut all = |body: Id| {
                    let parts = [body, *lower, *upper, condition];
                    self.terms.bind(Binder::Sum, name, &parts)
                };
                Ok(match value {
                    Number(body) => Number(all(body)?),
                    Identity(body) => Identity(all(body)?),
                    Full(rows, columns, body) => Full(rows, columns, all(body)?),
                    Component::Zero => Component::Zero,
                    Ones(_) => return Err(STRANGE.to_owned()),
                })
            }
            (Head::Binder(Binder::Derivative, _), [_, at]) => {
                let at = self.number(*at)?;
                let (_, name) = self.terms.fresh()?;
                let body = self.terms.open(term, name)?[0];
                match self.value(body)? {
                    Number(entry) => Ok(Number(self.rate(name, entry, at)?)),
                    Full(rows, columns, entry) => {
                        Ok(Full(rows, columns, self.rate(name, entry, at)?))
                    }
                    _ => Err(STRANGE.to_owned()),
                }
            }
            (Head::Binder(Binder::Gradient(1), _), [_, at]) => {
                let (symbol, name) = self.terms.fresh_matrix()?;
                let body = self.terms.open(term, name)?[0];
                self.gradient(symbol, body, *at)
            }
            _ => Err(STRANGE.to_owned()),
        }
    }

    fn rate(&mut self, name: Id, entry: Id, at: Id) -> Check<Id> {
        self.terms.bind(Binder::Derivative, name, &[entry, at])
    }

    /// The entry of a letter at the row and column.
    fn letter(&mut self, symbol: u32, indices: &[Id]) -> Check<Component> {
        let family = *self
            .letters
            .get(&symbol)
            .ok_or("a letter without entries")?;
        let mut entry = self.of_family(family, indices, [self.row, self.column])?;
        if let Some((variable, varied, point)) = self.varied.get(&symbol).copied() {
            // Every entry a_k is a_k + δ(k, p) (v − a_p).
            let mut factors = Vec::new();
            let sides = [
                (family.rows, self.row, varied[0]),
                (family.columns, self.column, varied[1]),
            ];
            for (size, here, there) in sides {
                if size != self.one {
                    factors.push(self.delta(here, there)?);
                }
            }
            factors.push(self.terms.minus(variable, point)?);
            let step = self.terms.flat(Head::Mul, &factors)?;
            entry = self.terms.flat(Head::Add, &[entry, step])?;
        }
        self.full(family.rows, family.columns, entry)
    }

    fn of_family(&mut self, family: Family, indices: &[Id], at: [Id; 2]) -> Check<Id> {
        let head = Head::Member(family.entries);
        let [i, j] = at;
        match family.form {
            Form::Any => {
                let mut places = indices.to_vec();
                for (size, place) in [(family.rows, i), (family.columns, j)] {
                    if size != self.one {
                        places.push(place);
                    }
                }
                self.terms.add(head, places)
            }
            Form::Diagonal => {
                let delta = self.delta(i, j)?;
                let entry = self.terms.add(head, [indices, &[i]].concat())?;
                self.terms.flat(Head::Mul, &[delta, entry])
            }
            Form::Symmetric | Form::Skew => {
                let a = self.terms.add(head.clone(), [indices, &[i, j]].concat())?;
                let mut b = self.terms.add(head, [indices, &[j, i]].concat())?;
                if family.form == Form::Skew {
                    b = self.terms.negative(b)?;
                }
                let sum = self.terms.flat(Head::Add, &[a, b])?;
                let half = self.terms.number(Q::new(1.into(), 2.into()))?;
                self.terms.flat(Head::Mul, &[half, sum])
            }
        }
    }

    fn added(&mut self, a: Component, b: Component) -> Check<Component> {
        Ok(match (a, b) {
            (Component::Zero, other) | (other, Component::Zero) => other,
            (Number(x), Number(y)) => Number(self.sum(x, y)?),
            (Identity(x), Identity(y)) => Identity(self.sum(x, y)?),
            (Full(m, n, x), Full(k, l, y)) if (m, n) == (k, l) => Full(m, n, self.sum(x, y)?),
            (Full(m, n, x), other @ Identity(_)) | (other @ Identity(_), Full(m, n, x))
                if m == n =>
            {
                let y = self.entry(other)?;
                Full(m, n, self.sum(x, y)?)
            }
            (Full(m, n, x), Ones(false)) | (Ones(false), Full(m, n, x)) if n == self.one => {
                Full(m, n, self.sum(x, self.one)?)
            }
            _ => return Err("a sum that does not fit".to_owned()),
        })
    }

    /// Factors are put together from the right as they fit, and a number within is a factor of
    /// its own.
    fn factors(&mut self, factors: &[Id]) -> Check<Component> {
        let mut number = self.one;
        let mut stack: Vec<Component> = Vec::new();
        let mut nothing = false;
        for factor in factors {
            let mut last = self.value(*factor)?;
            loop {
                match last {
                    Component::Zero => {
                        nothing = true;
                        break;
                    }
                    Number(value) => {
                        number = self.product(number, value)?;
                        break;
                    }
                    _ => {}
                }
                let fits = match (stack.last(), &last) {
                    (Some(Full(_, columns, _)), Full(rows, ..)) => columns == rows,
                    (Some(_), _) => true,
                    (None, _) => false,
                };
                match stack.pop() {
                    Some(before) if fits => last = self.multiplied(before, last)?,
                    before => {
                        stack.extend(before);
                        stack.push(last);
                        break;
                    }
                }
            }
        }
        let value = match (stack.pop(), stack.is_empty()) {
            (Some(value), true) => self.multiplied(Number(number), value)?,
            (None, _) => Number(number),
            _ => return Err("a product that does not fit".to_owned()),
        };
        Ok(if nothing { Component::Zero } else { value })
    }

    fn multiplied(&mut self, a: Component, b: Component) -> Check<Component> {
        match (a, b) {
            (Number(x), Number(y)) => Ok(Number(self.product(x, y)?)),
            (Number(x), Identity(y)) | (Identity(y), Number(x)) | (Identity(x), Identity(y)) => {
                Ok(Identity(self.product(x, y)?))
            }
            (Number(x) | Identity(x), Full(m, n, y)) | (Full(m, n, y), Number(x) | Identity(x)) => {
                Ok(Full(m, n, self.product(x, y)?))
            }
            (Number(x), Ones(row)) | (Ones(row), Number(x)) if x == self.one => Ok(Ones(row)),
            (Full(m, n, x), Ones(false)) if n != self.one => {
                let entry = self.total(self.column, n, x)?;
                self.full(m, self.one, entry)
            }
            (Ones(true), Full(m, n, y)) if m != self.one => {
                let entry = self.total(self.row, m, y)?;
                self.full(self.one, n, entry)
            }
            (Full(m, n, x), Full(k, l, y)) if n == k => {
                let (_, between) = self.terms.fresh()?;
                let x = self.at(x, self.column, between)?;
                let y = self.at(y, self.row, between)?;
                let body = self.product(x, y)?;
                let entry = self.total(between, n, body)?;
                self.full(m, l, entry)
            }
            _ => Err("a product that does not fit".to_owned()),
        }
    }

    fn power(&mut self, base: Id, exponent: Id) -> Check<Component> {
        let count = self.terms.value(exponent).cloned();
        if *self.terms.head(base) == Head::Function("norm") && count == Some(Q::from(2)) {
            let inner = self.terms.args(base)[0];
            return Ok(Number(self.squared(inner)?));
        }
        let base = self.value(base)?;
        // e^z of a vector is taken entry by entry.
        if let (Number(base), Full(m, n, z)) = (base, self.value(exponent)?)
            && (m == self.one || n == self.one)
        {
            return Ok(Full(m, n, self.terms.add(Head::Pow, vec![base, z])?));
        }
        let exponent = self.number(exponent)?;
        match base {
            Number(base) => Ok(Number(self.terms.add(Head::Pow, vec![base, exponent])?)),
            base @ Full(..) => {
                let count = count.filter(Q::is_integer).and_then(|n| n.to_i64());
                let count = count.filter(|n| (1..=HIGHEST).contains(n));
                let mut power = base;
                for _ in 1..count.ok_or("a power that is not written out")? {
                    power = self.multiplied(power, base)?;
                }
                Ok(power)
            }
            _ => Err(STRANGE.to_owned()),
        }
    }

    /// ‖u‖²
    fn squared(&mut self, inner: Id) -> Check<Id> {
        let two = self.terms.integer(2)?;
        match self.value(inner)? {
            Full(rows, columns, entry) => {
                let square = self.terms.add(Head::Pow, vec![entry, two])?;
                let square = self.total(self.column, columns, square)?;
                self.total(self.row, rows, square)
            }
            Number(term) => self.terms.add(Head::Pow, vec![term, two]),
            _ => Err(STRANGE.to_owned()),
        }
    }

    fn function(&mut self, name: &'static str, arguments: &[Id]) -> Check<Component> {
        match (name, arguments) {
            ("identity", []) => return Ok(Identity(self.one)),
            ("ones", []) => return Ok(Ones(false)),
            ("norm", [inner]) => {
                let square = self.squared(*inner)?;
                let two = self.terms.integer(2)?;
                let root = self.terms.add(Head::Function("root"), vec![two, square])?;
                return Ok(Number(root));
            }
            ("entry", [of, indices @ ..]) => {
                let mut places = Vec::new();
                for index in indices {
                    places.push(self.number(*index)?);
                }
                return match (self.value(*of)?, places.as_slice()) {
                    (Full(_, columns, entry), [i]) if columns == self.one => {
                        Ok(Number(self.at(entry, self.row, *i)?))
                    }
                    (value @ (Full(..) | Identity(_)), [i, j]) => {
                        let entry = self.entry(value)?;
                        let entry = self.at(entry, self.row, *i)?;
                        Ok(Number(self.at(entry, self.column, *j)?))
                    }
                    _ => Err(STRANGE.to_owned()),
                };
            }
            _ => {}
        }
        let mut values = Vec::new();
        for argument in arguments {
            values.push(self.value(*argument)?);
        }
        Ok(match (name, values.as_slice()) {
            ("transpose", [Full(rows, columns, entry)]) => {
                let (_, between) = self.terms.fresh()?;
                let entry = self.at(*entry, self.row, between)?;
                let entry = self.at(entry, self.column, self.row)?;
                let entry = self.at(entry, between, self.column)?;
                Full(*columns, *rows, entry)
            }
            ("transpose", [Ones(row)]) => Ones(!row),
            ("transpose", [other]) => *other,
            ("trace", [Full(rows, columns, entry)]) if rows == columns => {
                let entry = self.at(*entry, self.column, self.row)?;
                Number(self.total(self.row, *rows, entry)?)
            }
            ("trace" | "determinant", [Number(number)]) => Number(*number),
            ("diagonal", [Full(rows, columns, entry)]) if *columns == self.one => {
                let delta = self.delta(self.row, self.column)?;
                Full(*rows, *rows, self.product(delta, *entry)?)
            }
            ("hadamard", [Full(m, n, x), Full(k, l, y)]) if (m, n) == (k, l) => {
                Full(*m, *n, self.product(*x, *y)?)
            }
            (_, [Full(m, n, entry)])
                if is_elementwise(name) && (*m == self.one || *n == self.one) =>
            {
                Full(*m, *n, self.terms.add(Head::Function(name), vec![*entry])?)
            }
            _ if known(MATRICES, name).is_none() => {
                let mut numbers = Vec::new();
                for value in &values {
                    numbers.push(match value {
                        Number(term) => *term,
                        Component::Zero => self.terms.integer(0)?,
                        _ => return Err(STRANGE.to_owned()),
                    });
                }
                Number(self.terms.add(Head::Function(name), numbers)?)
            }
            _ => return Err(STRANGE.to_owned()),
        })
    }

    /// The derivative by each entry, the others standing still.
    fn gradient(&mut self, symbol: u32, body: Id, at: Id) -> Check<Component> {
        let Head::Symbol(letter) = *self.terms.head(at) else {
            return Err("a gradient at what is no letter".to_owned());
        };
        let family = *self
            .letters
            .get(&letter)
            .ok_or("a letter without entries")?;
        let (_, variable) = self.terms.fresh()?;
        let (_, p) = self.terms.fresh()?;
        let (_, q) = self.terms.fresh()?;
        let point = self.of_family(family, &[], [p, q])?;
        self.letters.insert(symbol, family);
        self.varied.insert(symbol, (variable, [p, q], point));
        let (rows, columns, entry) = match self.value(body)? {
            Number(entry) => {
                let rate = self.rate(variable, entry, point)?;
                let rate = self.at(rate, p, self.row)?;
                (family.rows, family.columns, self.at(rate, q, self.column)?)
            }
            // The Jacobian ∂y_i/∂x_j.
            Full(rows, one, entry) if one == self.one && family.columns == self.one => {
                let rate = self.rate(variable, entry, point)?;
                (rows, family.rows, self.at(rate, p, self.column)?)
            }
            _ => return Err(STRANGE.to_owned()),
        };
        self.full(rows, columns, entry)
    }
}
