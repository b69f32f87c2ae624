//! From a term about vectors and matrices whose sizes are letters to a term about their entries:
//! (A x)_i is Σ_k A_ik x_k. The checker does the same by its own code, term by term.
//!
//! The entry of a matrix is written with two symbols that stand for its row and column.

use rustc_hash::FxHashMap;

use super::grid::{product, sum};
use crate::number::Rational;
use crate::term::{Function, Node, Store, Symbol, TermId};

/// How deep terms may be nested.
const DEEPEST: u32 = 100;
/// The largest power that is written out.
const HIGHEST: i64 = 4;

/// The value of a term.
#[derive(Clone, Copy, Debug)]
pub enum Component {
    /// A number.
    Number(TermId),
    /// The number 0 as it is written, or zeros of whatever size fits.
    Zero,
    /// A multiple of the identity of whatever size fits.
    Identity(TermId),
    /// Ones in a column, or in a row, of whatever size fits.
    Ones(bool),
    /// A vector or matrix: rows, columns, and the entry.
    Full(TermId, TermId, TermId),
}

use Component::{Full, Identity, Number, Ones, Zero};

/// What a letter stands for.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// How many rows.
    pub rows: TermId,
    /// How many columns.
    pub columns: TermId,
    /// The family of its entries: of a vector by one index, of a matrix by two, those of the
    /// family that it may belong to before them.
    pub entries: Symbol,
    /// What the entries of a square matrix are made of.
    pub form: Form,
}

/// How the entries a_ij are made of those of the family, f_ij.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// f_ij
    #[default]
    Any,
    /// (f_ij + f_ji)/2
    Symmetric,
    /// (f_ij − f_ji)/2
    Skew,
    /// δ_ij f_i
    Diagonal,
}

/// Writes entries down.
pub struct Components<'a> {
    /// Where terms are.
    pub store: &'a mut Store,
    letters: FxHashMap<Symbol, Family>,
    /// Variables of gradients: the letter, and the place in it that is varied, with its value.
    varied: FxHashMap<Symbol, (TermId, [TermId; 2], TermId)>,
    row: Symbol,
    column: Symbol,
    one: TermId,
    about: FxHashMap<TermId, bool>,
    depth: u32,
}

impl<'a> Components<'a> {
    /// The letters stand for these; two symbols for a row and a column.
    pub fn new(
        store: &'a mut Store,
        letters: FxHashMap<Symbol, Family>,
        row: Symbol,
        column: Symbol,
    ) -> Self {
        let one = store.integer(1);
        Components {
            store,
            letters,
            varied: FxHashMap::default(),
            row,
            column,
            one,
            about: FxHashMap::default(),
            depth: 0,
        }
    }

    /// Whether vectors or matrices take part in a term.
    pub fn is_about(&mut self, term: TermId) -> bool {
        if let Some(known) = self.about.get(&term) {
            return *known;
        }
        let own = match self.store.node(term) {
            Node::Symbol(symbol) | Node::Member(symbol, _) | Node::Call(symbol, ..) => {
                self.letters.contains_key(symbol)
            }
            Node::Function(function, _) => function.is_of_matrices(),
            Node::Has(..) | Node::Matrix(..) | Node::Gradient(..) => true,
            _ => false,
        };
        let mut children = Vec::new();
        self.store
            .node(term)
            .for_each_child(|child| children.push(child));
        let about = own || children.into_iter().any(|child| self.is_about(child));
        self.about.insert(term, about);
        about
    }

    /// The value of a term; `None` where its entries cannot be written down.
    pub fn value(&mut self, term: TermId) -> Option<Component> {
        if !self.is_about(term) {
            return Some(match self.store.node(term) {
                Node::Number(value) if value.is_zero() => Zero,
                _ => Number(term),
            });
        }
        if self.depth >= DEEPEST || !self.store.spend(4) {
            return None;
        }
        self.depth += 1;
        let value = self.find(term);
        self.depth -= 1;
        value
    }

    /// The entries of two sides of an equation, of one shape: rows, columns and both; numbers have
    /// one row and one column.
    pub fn alike(&mut self, a: TermId, b: TermId) -> Option<(TermId, TermId, TermId, TermId)> {
        let (a, b) = (self.value(a)?, self.value(b)?);
        let (rows, columns) = match (a, b) {
            (Full(m, n, _), Full(k, l, _)) if (m, n) == (k, l) => (m, n),
            (Full(m, n, _), Zero) | (Zero, Full(m, n, _)) => (m, n),
            (Full(m, n, _), Identity(_)) | (Identity(_), Full(m, n, _)) if m == n => (m, n),
            (Full(m, n, _), Ones(false)) | (Ones(false), Full(m, n, _)) if n == self.one => (m, n),
            (Number(_) | Zero, Number(_) | Zero) => (self.one, self.one),
            _ => return None,
        };
        Some((rows, columns, self.entry(a)?, self.entry(b)?))
    }

    /// The entry at the row and column.
    fn entry(&mut self, value: Component) -> Option<TermId> {
        Some(match value {
            Number(term) | Full(_, _, term) => term,
            Zero => self.store.integer(0),
            Ones(_) => self.one,
            Identity(number) => {
                let (row, column) = (self.symbol(self.row), self.symbol(self.column));
                let delta = self
                    .store
                    .function(Function::KroneckerDelta, &[row, column]);
                product(self.store, number, delta)
            }
        })
    }

    fn symbol(&mut self, symbol: Symbol) -> TermId {
        self.store.add_node(Node::Symbol(symbol))
    }

    fn number(&mut self, term: TermId) -> Option<TermId> {
        match self.value(term)? {
            Number(term) => Some(term),
            Zero => Some(self.store.integer(0)),
            _ => None,
        }
    }

    /// One row and one column make a number.
    fn full(&mut self, rows: TermId, columns: TermId, entry: TermId) -> Component {
        if rows != self.one || columns != self.one {
            return Full(rows, columns, entry);
        }
        let (row, column) = (self.row, self.column);
        let entry = self.at(entry, row, self.one);
        Number(self.at(entry, column, self.one))
    }

    fn at(&mut self, entry: TermId, symbol: Symbol, place: TermId) -> TermId {
        self.store.substitute(entry, symbol, place)
    }

    /// Σ over a symbol from 1 to a size.
    fn total(&mut self, symbol: Symbol, size: TermId, body: TermId) -> TermId {
        if size == self.one {
            return self.at(body, symbol, self.one);
        }
        let (one, always) = (self.one, self.store.add_node(Node::Truth(true)));
        self.store.bind(symbol, &[body], |closed| {
            let body = closed.first().copied().unwrap_or(body);
            Node::Sum(0, body, one, size, always)
        })
    }

    fn find(&mut self, term: TermId) -> Option<Component> {
        match self.store.node(term).clone() {
            Node::Symbol(symbol) => self.letter(symbol, &[]),
            Node::Member(symbol, indices) if self.letters.contains_key(&symbol) => {
                let mut places = Vec::new();
                for index in &indices {
                    places.push(self.number(*index)?);
                }
                self.letter(symbol, &places)
            }
            Node::Add(parts) => {
                let mut total = Zero;
                for part in &parts {
                    let part = self.value(*part)?;
                    total = self.added(total, part)?;
                }
                Some(total)
            }
            Node::Mul(factors) => self.factors(&factors),
            Node::Pow(base, exponent) => self.power(base, exponent),
            Node::Function(function, arguments) => self.function(function, &arguments),
            Node::Sum(_, _, lower, upper, condition) => {
                if [lower, upper, condition]
                    .into_iter()
                    .any(|part| self.is_about(part))
                {
                    return None;
                }
                let (symbol, opened) = self.store.open_fresh(term)?;
                let (body, condition) = (*opened.first()?, *opened.get(1)?);
                let value = self.value(body)?;
                let store = &mut *self.store;
                let mut all = |body: TermId| {
                    store.bind(symbol, &[body, condition], |closed| {
                        let body = closed.first().copied().unwrap_or(body);
                        let condition = closed.get(1).copied().unwrap_or(condition);
                        Node::Sum(0, body, lower, upper, condition)
                    })
                };
                Some(match value {
                    Number(body) => Number(all(body)),
                    Identity(body) => Identity(all(body)),
                    Full(rows, columns, body) => Full(rows, columns, all(body)),
                    Zero => Zero,
                    Ones(_) => return None,
                })
            }
            Node::Derivative(_, _, at) => {
                let at = self.number(at)?;
                let (symbol, opened) = self.store.open_fresh(term)?;
                let value = self.value(*opened.first()?)?;
                let mut rate = |entry: TermId| self.rate(symbol, entry, at);
                Some(match value {
                    Number(entry) => Number(rate(entry)),
                    Full(rows, columns, entry) => Full(rows, columns, rate(entry)),
                    _ => return None,
                })
            }
            Node::Gradient(_, _, at, 1) => {
                let (symbol, opened) = self.store.open_fresh(term)?;
                self.gradient(symbol, *opened.first()?, at)
            }
            _ => None,
        }
    }

    fn rate(&mut self, symbol: Symbol, entry: TermId, at: TermId) -> TermId {
        self.store.bind(symbol, &[entry], |closed| {
            Node::Derivative(0, closed.first().copied().unwrap_or(entry), at)
        })
    }

    /// The entry of a letter at the row and column.
    fn letter(&mut self, symbol: Symbol, indices: &[TermId]) -> Option<Component> {
        let family = *self.letters.get(&symbol)?;
        let (row, column) = (self.symbol(self.row), self.symbol(self.column));
        let mut entry = self.of_family(family, indices, [row, column])?;
        if let Some((variable, varied, point)) = self.varied.get(&symbol).copied() {
            // Every entry a_k is a_k + δ(k, p) (v − a_p).
            let mut factors = Vec::new();
            let sides = [
                (family.rows, row, varied[0]),
                (family.columns, column, varied[1]),
            ];
            for (size, here, there) in sides {
                if size != self.one {
                    factors.push(
                        self.store
                            .function(Function::KroneckerDelta, &[here, there]),
                    );
                }
            }
            factors.push(self.store.sub(variable, point));
            let step = self.store.mul(&factors);
            entry = self.store.add(&[entry, step]);
        }
        Some(self.full(family.rows, family.columns, entry))
    }

    fn of_family(&mut self, family: Family, indices: &[TermId], at: [TermId; 2]) -> Option<TermId> {
        let member = |store: &mut Store, at: &[TermId]| {
            let places = [indices, at].concat();
            store.add_node(Node::Member(family.entries, places.into()))
        };
        let [i, j] = at;
        Some(match family.form {
            Form::Any => {
                let mut places = Vec::new();
                for (size, place) in [(family.rows, i), (family.columns, j)] {
                    if size != self.one {
                        places.push(place);
                    }
                }
                member(self.store, &places)
            }
            Form::Diagonal => {
                let delta = self.store.function(Function::KroneckerDelta, &at);
                let entry = member(self.store, &[i]);
                self.store.mul(&[delta, entry])
            }
            Form::Symmetric | Form::Skew => {
                let (a, mut b) = (member(self.store, &[i, j]), member(self.store, &[j, i]));
                if family.form == Form::Skew {
                    b = self.store.neg(b);
                }
                let sum = self.store.add(&[a, b]);
                let half = self.store.number(Rational::new(1, 2)?);
                self.store.mul(&[half, sum])
            }
        })
    }

    fn added(&mut self, a: Component, b: Component) -> Option<Component> {
        Some(match (a, b) {
            (Zero, other) | (other, Zero) => other,
            (Number(x), Number(y)) => Number(sum(self.store, x, y)),
            (Identity(x), Identity(y)) => Identity(sum(self.store, x, y)),
            (Full(m, n, x), Full(k, l, y)) if (m, n) == (k, l) => Full(m, n, sum(self.store, x, y)),
            (Full(m, n, x), other @ Identity(_)) | (other @ Identity(_), Full(m, n, x))
                if m == n =>
            {
                let y = self.entry(other)?;
                Full(m, n, sum(self.store, x, y))
            }
            (Full(m, n, x), Ones(false)) | (Ones(false), Full(m, n, x)) if n == self.one => {
                Full(m, n, sum(self.store, x, self.one))
            }
            _ => return None,
        })
    }

    /// Factors are put together from the right as they fit, and a number within is a factor of
    /// its own.
    fn factors(&mut self, factors: &[TermId]) -> Option<Component> {
        let mut number = self.one;
        let mut stack: Vec<Component> = Vec::new();
        let mut nothing = false;
        for factor in factors {
            let mut last = self.value(*factor)?;
            loop {
                match last {
                    Zero => {
                        nothing = true;
                        break;
                    }
                    Number(value) => {
                        number = product(self.store, number, value);
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
            _ => return None,
        };
        Some(if nothing { Zero } else { value })
    }

    fn multiplied(&mut self, a: Component, b: Component) -> Option<Component> {
        Some(match (a, b) {
            (Number(x), Number(y)) => Number(product(self.store, x, y)),
            (Number(x), Identity(y)) | (Identity(y), Number(x)) | (Identity(x), Identity(y)) => {
                Identity(product(self.store, x, y))
            }
            (Number(x) | Identity(x), Full(m, n, y)) | (Full(m, n, y), Number(x) | Identity(x)) => {
                Full(m, n, product(self.store, x, y))
            }
            (Number(x), Ones(row)) | (Ones(row), Number(x)) if x == self.one => Ones(row),
            (Full(m, n, x), Ones(false)) if n != self.one => {
                let entry = self.total(self.column, n, x);
                self.full(m, self.one, entry)
            }
            (Ones(true), Full(m, n, y)) if m != self.one => {
                let entry = self.total(self.row, m, y);
                self.full(self.one, n, entry)
            }
            (Full(m, n, x), Full(k, l, y)) if n == k => {
                let between = self.store.fresh_symbol("k");
                let place = self.symbol(between);
                let x = self.at(x, self.column, place);
                let y = self.at(y, self.row, place);
                let body = product(self.store, x, y);
                let entry = self.total(between, n, body);
                self.full(m, l, entry)
            }
            _ => return None,
        })
    }

    fn power(&mut self, base: TermId, exponent: TermId) -> Option<Component> {
        if let Node::Function(Function::Norm, inner) = self.store.node(base).clone()
            && let [inner] = *inner
            && matches!(self.store.node(exponent), Node::Number(n) if *n == Rational::from(2))
        {
            return self.squared(inner).map(Number);
        }
        let base = self.value(base)?;
        // e^z of a vector is taken entry by entry.
        if let (Number(base), Full(m, n, z)) = (base, self.value(exponent)?)
            && (m == self.one || n == self.one)
        {
            return Some(Full(m, n, self.store.pow(base, z)));
        }
        let exponent = self.number(exponent)?;
        match base {
            Number(base) => Some(Number(self.store.pow(base, exponent))),
            base @ Full(..) => {
                let count = match self.store.node(exponent) {
                    Node::Number(value) => value.to_i64()?,
                    _ => return None,
                };
                if !(1..=HIGHEST).contains(&count) {
                    return None;
                }
                let mut power = base;
                for _ in 1..count {
                    power = self.multiplied(power, base)?;
                }
                Some(power)
            }
            _ => None,
        }
    }

    /// ‖u‖²
    fn squared(&mut self, inner: TermId) -> Option<TermId> {
        let two = self.store.integer(2);
        match self.value(inner)? {
            Full(rows, columns, entry) => {
                let square = self.store.pow(entry, two);
                let square = self.total(self.column, columns, square);
                Some(self.total(self.row, rows, square))
            }
            Number(term) => Some(self.store.pow(term, two)),
            _ => None,
        }
    }

    fn function(&mut self, function: Function, arguments: &[TermId]) -> Option<Component> {
        match (function, arguments) {
            (Function::Identity, []) => return Some(Identity(self.one)),
            (Function::Ones, []) => return Some(Ones(false)),
            (Function::Norm, [inner]) => {
                let square = self.squared(*inner)?;
                return Some(Number(self.store.sqrt(square)));
            }
            (Function::Entry, [of, indices @ ..]) => {
                let mut places = Vec::new();
                for index in indices {
                    places.push(self.number(*index)?);
                }
                return match (self.value(*of)?, places.as_slice()) {
                    (Full(_, columns, entry), [i]) if columns == self.one => {
                        Some(Number(self.at(entry, self.row, *i)))
                    }
                    (value @ (Full(..) | Identity(_)), [i, j]) => {
                        let entry = self.entry(value)?;
                        // The one after the other: neither place holds the other symbol.
                        let entry = self.at(entry, self.row, *i);
                        Some(Number(self.at(entry, self.column, *j)))
                    }
                    _ => None,
                };
            }
            _ => {}
        }
        let mut values = Vec::new();
        for argument in arguments {
            values.push(self.value(*argument)?);
        }
        Some(match (function, values.as_slice()) {
            (Function::Transpose, [Full(rows, columns, entry)]) => {
                let between = self.store.fresh_symbol("k");
                let places = [between, self.row, self.column].map(|s| self.symbol(s));
                let entry = self.at(*entry, self.row, places[0]);
                let entry = self.at(entry, self.column, places[1]);
                let entry = self.at(entry, between, places[2]);
                Full(*columns, *rows, entry)
            }
            (Function::Transpose, [Ones(row)]) => Ones(!row),
            (Function::Transpose, [other]) => *other,
            (Function::Trace, [Full(rows, columns, entry)]) if rows == columns => {
                let place = self.symbol(self.row);
                let entry = self.at(*entry, self.column, place);
                Number(self.total(self.row, *rows, entry))
            }
            (Function::Trace | Function::Determinant, [Number(number)]) => Number(*number),
            (Function::Diagonal, [Full(rows, columns, entry)]) if *columns == self.one => {
                let places = [self.row, self.column].map(|s| self.symbol(s));
                let delta = self.store.function(Function::KroneckerDelta, &places);
                Full(*rows, *rows, product(self.store, delta, *entry))
            }
            (Function::Hadamard, [Full(m, n, x), Full(k, l, y)]) if (m, n) == (k, l) => {
                Full(*m, *n, product(self.store, *x, *y))
            }
            (function, [Full(m, n, entry)])
                if function.is_elementwise() && (*m == self.one || *n == self.one) =>
            {
                Full(*m, *n, self.store.function(function, &[*entry]))
            }
            _ if !function.is_of_matrices() => {
                let mut numbers = Vec::new();
                for value in &values {
                    numbers.push(match value {
                        Number(term) => *term,
                        Zero => self.store.integer(0),
                        _ => return None,
                    });
                }
                Number(self.store.function(function, &numbers))
            }
            _ => return None,
        })
    }

    /// The derivative by each entry, the others standing still.
    fn gradient(&mut self, symbol: Symbol, body: TermId, at: TermId) -> Option<Component> {
        let Node::Symbol(letter) = *self.store.node(at) else {
            return None;
        };
        let family = *self.letters.get(&letter)?;
        let names = ["v", "p", "q"].map(|name| self.store.fresh_symbol(name));
        let [variable, p, q] = names.map(|name| self.symbol(name));
        let point = self.of_family(family, &[], [p, q])?;
        self.letters.insert(symbol, family);
        self.varied.insert(symbol, (variable, [p, q], point));
        let value = self.value(body)?;
        let (row, column) = (self.symbol(self.row), self.symbol(self.column));
        let (rows, columns, entry) = match value {
            Number(entry) => {
                let rate = self.rate(names[0], entry, point);
                let rate = self.at(rate, names[1], row);
                (family.rows, family.columns, self.at(rate, names[2], column))
            }
            // The Jacobian ∂y_i/∂x_j.
            Full(rows, one, entry) if one == self.one && family.columns == self.one => {
                let rate = self.rate(names[0], entry, point);
                (rows, family.rows, self.at(rate, names[1], column))
            }
            _ => return None,
        };
        Some(self.full(rows, columns, entry))
    }
}
