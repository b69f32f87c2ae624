//! From a term about vectors and matrices of fixed sizes to its entries, each a term about numbers.
//!
//! What is a number within a product (xᵀy in A xᵀ y) is a factor of its own, for products in
//! brackets were written out. The checker does the same by its own code, term by term.

use rustc_hash::FxHashMap;

use super::grid::{Grid, product, sum};
use crate::number::Rational;
use crate::term::{Function, Node, Relation, Store, Symbol, TermId};

/// The most terms of a sum that is written out.
const MOST: i64 = 20;
/// How deep terms may be nested.
const DEEPEST: u32 = 200;

/// The value of a term.
#[derive(Clone, Debug)]
pub enum Coordinates {
    /// A number.
    Scalar(TermId),
    /// The number 0 as it is written, or zeros of whatever size fits.
    Zero,
    /// A multiple of the identity of whatever size fits.
    Identity(TermId),
    /// Ones in a column, or in a row, of whatever size fits.
    Ones(bool),
    /// A vector or matrix; one row and one column make a number too.
    Full(Grid),
}

use Coordinates::{Full, Identity, Ones, Scalar, Zero};

impl Coordinates {
    fn number(&self, store: &mut Store) -> Option<TermId> {
        match self {
            Scalar(term) => Some(*term),
            Zero => Some(store.integer(0)),
            Full(grid) => grid.only(),
            _ => None,
        }
    }

    fn scalar(&self) -> Option<TermId> {
        match self {
            Scalar(term) => Some(*term),
            Full(grid) => grid.only(),
            _ => None,
        }
    }
}

/// Writes terms out by entries.
pub struct Expander<'a> {
    store: &'a mut Store,
    letters: FxHashMap<Symbol, Grid>,
    about: FxHashMap<TermId, bool>,
    /// Terms about numbers that must have a value, though they may stand in no entry.
    pub needs: Vec<TermId>,
    depth: u32,
}

impl<'a> Expander<'a> {
    /// The letters stand for these.
    pub fn new(store: &'a mut Store, letters: FxHashMap<Symbol, Grid>) -> Self {
        Expander {
            store,
            letters,
            about: FxHashMap::default(),
            needs: Vec::new(),
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

    fn number(&mut self, term: TermId) -> Option<TermId> {
        let value = self.value(term)?;
        value.number(self.store)
    }

    fn integer(&mut self, term: TermId) -> Option<i64> {
        match self.store.node(term) {
            Node::Number(value) => value.to_i64(),
            _ => None,
        }
    }

    /// The value of a term; `None` where its entries cannot be written down.
    pub fn value(&mut self, term: TermId) -> Option<Coordinates> {
        if !self.is_about(term) {
            return Some(match self.store.node(term) {
                Node::Number(value) if value.is_zero() => Zero,
                _ => Scalar(term),
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

    fn find(&mut self, term: TermId) -> Option<Coordinates> {
        match self.store.node(term).clone() {
            Node::Symbol(symbol) => self.letters.get(&symbol).cloned().map(Full),
            Node::Add(parts) => {
                let values = self.all(&parts)?;
                let mut total = Zero;
                for value in &values {
                    total = added(self.store, &total, value)?;
                }
                Some(total)
            }
            Node::Mul(factors) => {
                let values = self.all(&factors)?;
                multiplied(self.store, values)
            }
            Node::Pow(base, exponent) => self.power(base, exponent),
            Node::Matrix(rows, columns, entries) => {
                let values = self.all(&entries)?;
                let own = values.iter().filter_map(Coordinates::scalar);
                self.needs.extend(own);
                written(self.store, rows as usize, columns as usize, &values)
            }
            Node::Function(function, arguments) => self.function(function, &arguments),
            Node::Sum(_, _, lower, upper, condition) => {
                let always = matches!(self.store.node(condition), Node::Truth(true));
                let (low, high) = (self.integer(lower)?, self.integer(upper)?);
                if !always || !(-1..MOST).contains(&high.saturating_sub(low)) {
                    return None;
                }
                let mut total = Zero;
                for k in low..=high {
                    let number = self.store.integer(k);
                    let body = *self.store.open(term, number)?.first()?;
                    let value = self.value(body)?;
                    total = added(self.store, &total, &value)?;
                }
                Some(total)
            }
            Node::Derivative(_, _, at) => {
                let (symbol, opened) = self.store.open_fresh(term)?;
                let at = self.number(at)?;
                let before = self.needs.len();
                let value = self.value(*opened.first()?)?;
                self.settle(before, &[symbol], &[at]);
                let store = &mut *self.store;
                let mut rate = |entry: TermId| {
                    store.bind(symbol, &[entry], |closed| {
                        Node::Derivative(0, closed.first().copied().unwrap_or(entry), at)
                    })
                };
                Some(match value {
                    Scalar(entry) => Scalar(rate(entry)),
                    Identity(entry) => Identity(rate(entry)),
                    Zero | Ones(_) => Zero,
                    Full(grid) => Full(Grid::build(grid.rows, grid.columns, |i, j| {
                        Some(rate(grid.at(i, j)?))
                    })?),
                })
            }
            Node::Gradient(_, _, at, order) => {
                let (symbol, opened) = self.store.open_fresh(term)?;
                self.gradient(order, symbol, *opened.first()?, at)
            }
            _ => None,
        }
    }

    fn all(&mut self, terms: &[TermId]) -> Option<Vec<Coordinates>> {
        terms.iter().map(|term| self.value(*term)).collect()
    }

    fn power(&mut self, base: TermId, exponent: TermId) -> Option<Coordinates> {
        if let Node::Function(Function::Norm, inner) = self.store.node(base).clone()
            && let [inner] = *inner
            && matches!(self.store.node(exponent), Node::Number(n) if *n == Rational::from(2))
        {
            return self.squared(inner).map(Scalar);
        }
        // e^z of a vector is taken entry by entry.
        let exponent = match self.value(exponent)? {
            Full(grid) if grid.only().is_none() && (grid.rows == 1 || grid.columns == 1) => {
                let base = self.value(base)?.scalar()?;
                let entries = grid
                    .entries
                    .iter()
                    .map(|entry| self.store.pow(base, *entry));
                return Some(Full(Grid::new(grid.rows, grid.columns, entries.collect())?));
            }
            other => other.number(self.store)?,
        };
        let base = self.value(base)?;
        if let Some(base) = base.scalar() {
            return Some(Scalar(self.store.pow(base, exponent)));
        }
        let number = self.integer(exponent)?;
        match base {
            Full(grid) => {
                if number < 0 {
                    self.invertible(&grid)?;
                }
                grid.power(number, self.store).map(Full)
            }
            Identity(multiple) => Some(Identity(self.store.pow(multiple, exponent))),
            Zero if number > 0 => Some(Zero),
            _ => None,
        }
    }

    fn invertible(&mut self, grid: &Grid) -> Option<()> {
        let determinant = grid.determinant(self.store)?;
        let below = inverse(self.store, determinant);
        self.needs.push(below);
        Some(())
    }

    /// ‖u‖²
    fn squared(&mut self, inner: TermId) -> Option<TermId> {
        match self.value(inner)? {
            Full(grid) => Some(grid.squares(self.store)),
            Zero => Some(self.store.integer(0)),
            Scalar(term) => Some(product(self.store, term, term)),
            _ => None,
        }
    }

    fn function(&mut self, function: Function, arguments: &[TermId]) -> Option<Coordinates> {
        match (function, arguments) {
            (Function::Identity, []) => return Some(Identity(self.store.integer(1))),
            (Function::Ones, []) => return Some(Ones(false)),
            (Function::Norm, [inner]) => {
                let square = self.squared(*inner)?;
                return Some(Scalar(self.store.sqrt(square)));
            }
            (Function::Entry, [of, indices @ ..]) => {
                let value = self.value(*of)?;
                let mut places = Vec::new();
                for index in indices {
                    places.push(usize::try_from(self.integer(*index)? - 1).ok()?);
                }
                return entry(self.store, &value, &places).map(Scalar);
            }
            _ => {}
        }
        let values = self.all(arguments)?;
        if let (Function::Inverse, [Full(grid)]) = (function, values.as_slice()) {
            self.invertible(grid)?;
        }
        let store = &mut *self.store;
        Some(match (function, values.as_slice()) {
            (Function::Transpose, [value]) => match value {
                Full(grid) => Full(grid.transpose()?),
                Ones(row) => Ones(!row),
                other => other.clone(),
            },
            (Function::Inverse, [value]) => match value {
                Full(grid) if grid.is_square() => Full(grid.inverse(store)?),
                Identity(multiple) => Identity(inverse(store, *multiple)),
                Scalar(term) => Scalar(inverse(store, *term)),
                _ => return None,
            },
            (Function::Trace, [Full(grid)]) => Scalar(grid.trace(store)?),
            (Function::Determinant, [Full(grid)]) => Scalar(grid.determinant(store)?),
            (Function::Trace | Function::Determinant, [Scalar(term)]) => Scalar(*term),
            (Function::Trace, [Zero]) => Zero,
            (Function::Diagonal, [Full(grid)]) if grid.columns == 1 => {
                let zero = store.integer(0);
                let size = grid.rows;
                Full(Grid::build(size, size, |i, j| {
                    if i == j { grid.at(i, 0) } else { Some(zero) }
                })?)
            }
            (Function::Hadamard, [Full(a), Full(b)]) => Full(a.hadamard(b, store)?),
            (Function::Kronecker, [Full(a), Full(b)]) => Full(a.kronecker(b, store)?),
            (function, [Full(grid)])
                if function.is_elementwise()
                    && grid.only().is_none()
                    && (grid.rows == 1 || grid.columns == 1) =>
            {
                let entries = grid.entries.iter();
                let entries = entries.map(|entry| store.function(function, &[*entry]));
                Full(Grid::new(grid.rows, grid.columns, entries.collect())?)
            }
            _ if !function.is_of_matrices() => {
                let mut numbers = Vec::new();
                for value in &values {
                    numbers.push(value.number(store)?);
                }
                Scalar(store.function(function, &numbers))
            }
            _ => return None,
        })
    }

    /// Each entry is a derivative by an entry, the others standing still.
    fn gradient(
        &mut self,
        order: u32,
        symbol: Symbol,
        body: TermId,
        at: TermId,
    ) -> Option<Coordinates> {
        let Full(point) = self.value(at)? else {
            return None;
        };
        let names: Vec<Symbol> = point
            .entries
            .iter()
            .map(|_| self.store.fresh_symbol("v"))
            .collect();
        let entries = names
            .iter()
            .map(|name| self.store.add_node(Node::Symbol(*name)))
            .collect();
        let moving = Grid::new(point.rows, point.columns, entries)?;
        self.letters.insert(symbol, moving);
        // What was open is about matrices now.
        self.about.clear();
        let before = self.needs.len();
        let value = self.value(body)?;
        self.settle(before, &names, &point.entries);
        let count = names.len();
        let column = point.columns == 1;
        let grid = match (order, value) {
            (1, Zero) => {
                let zero = self.store.integer(0);
                Grid::constant(point.rows, point.columns, zero)
            }
            (1, Full(grid)) if grid.only().is_none() => {
                if !(column && grid.columns == 1) {
                    return None;
                }
                Grid::build(grid.rows, count, |i, j| {
                    self.partial(grid.at(i, 0)?, &names, &point, &[j])
                })
            }
            (1, value) => {
                let body = value.number(self.store)?;
                let wide = point.columns;
                Grid::build(point.rows, wide, |i, j| {
                    self.partial(body, &names, &point, &[i * wide + j])
                })
            }
            (2, value) if column => {
                let body = value.number(self.store)?;
                Grid::build(count, count, |i, j| {
                    self.partial(body, &names, &point, &[j, i])
                })
            }
            _ => None,
        };
        grid.map(Full)
    }

    /// What must have a value must have it at the point.
    fn settle(&mut self, before: usize, names: &[Symbol], at: &[TermId]) {
        for need in self.needs.iter_mut().skip(before) {
            for (name, value) in names.iter().zip(at) {
                *need = self.store.substitute(*need, *name, *value);
            }
        }
    }

    fn partial(
        &mut self,
        body: TermId,
        names: &[Symbol],
        point: &Grid,
        by: &[usize],
    ) -> Option<TermId> {
        let mut body = body;
        for place in by {
            let name = *names.get(*place)?;
            let at = self.store.add_node(Node::Symbol(name));
            body = self.store.bind(name, &[body], |closed| {
                Node::Derivative(0, closed.first().copied().unwrap_or(body), at)
            });
        }
        for (name, value) in names.iter().zip(&point.entries) {
            body = self.store.substitute(body, *name, *value);
        }
        Some(body)
    }

    /// The two sides of an equation by entries.
    pub fn written(&mut self, statement: TermId) -> Option<Vec<(TermId, TermId)>> {
        match *self.store.node(statement) {
            Node::Relation(Relation::Equal, a, b) => self.alike(a, b),
            _ => None,
        }
    }

    /// The entries of two terms of one shape, side by side.
    pub fn alike(&mut self, a: TermId, b: TermId) -> Option<Vec<(TermId, TermId)>> {
        let (a, b) = (self.value(a)?, self.value(b)?);
        let store = &mut *self.store;
        let zero = store.integer(0);
        let number = |value: &Coordinates| match value {
            Zero => Some(zero),
            other => other.scalar(),
        };
        if let (Some(a), Some(b)) = (number(&a), number(&b)) {
            return Some(vec![(a, b)]);
        }
        let like = |store: &mut Store, grid: &Grid, value: &Coordinates| -> Option<Grid> {
            let same = match value {
                Full(other) => other.clone(),
                Zero => Grid::constant(grid.rows, grid.columns, zero)?,
                Identity(multiple) if grid.is_square() => {
                    Grid::identity(store, grid.rows, *multiple)?
                }
                Ones(row) => {
                    let size = if *row { grid.columns } else { grid.rows };
                    ones(store, size, *row)?
                }
                _ => return None,
            };
            ((same.rows, same.columns) == (grid.rows, grid.columns)).then_some(same)
        };
        let (left, right) = match (&a, &b) {
            (Full(grid), other) => (grid.clone(), like(store, grid, other)?),
            (other, Full(grid)) => (like(store, grid, other)?, grid.clone()),
            (Identity(a), Identity(b)) => return Some(vec![(*a, *b)]),
            _ => return None,
        };
        Some(left.entries.into_iter().zip(right.entries).collect())
    }
}

fn inverse(store: &mut Store, term: TermId) -> TermId {
    let minus = store.integer(-1);
    store.pow(term, minus)
}

/// Ones in a column or a row.
fn ones(store: &mut Store, size: usize, row: bool) -> Option<Grid> {
    let one = store.integer(1);
    if row {
        Grid::constant(1, size, one)
    } else {
        Grid::constant(size, 1, one)
    }
}

fn added(store: &mut Store, a: &Coordinates, b: &Coordinates) -> Option<Coordinates> {
    Some(match (a, b) {
        (Zero, other) | (other, Zero) => other.clone(),
        (Full(a), Full(b)) => Full(a.add(b, store)?),
        (Full(grid), Identity(multiple)) | (Identity(multiple), Full(grid)) => {
            if !grid.is_square() {
                return None;
            }
            let identity = Grid::identity(store, grid.rows, *multiple)?;
            Full(grid.add(&identity, store)?)
        }
        (Full(grid), Ones(row)) | (Ones(row), Full(grid)) => {
            let size = if *row { grid.columns } else { grid.rows };
            let ones = ones(store, size, *row)?;
            Full(grid.add(&ones, store)?)
        }
        (Identity(a), Identity(b)) => Identity(sum(store, *a, *b)),
        (a, b) => Scalar(sum(store, a.scalar()?, b.scalar()?)),
    })
}

fn multiplied(store: &mut Store, values: Vec<Coordinates>) -> Option<Coordinates> {
    let mut factor = store.integer(1);
    let mut zero = false;
    let mut stack: Vec<Coordinates> = Vec::new();
    for value in values {
        let mut last = value;
        loop {
            if let Some(number) = last.scalar() {
                factor = product(store, factor, number);
                break;
            }
            if matches!(last, Zero) {
                zero = true;
                break;
            }
            let Some(before) = stack.pop() else {
                stack.push(last);
                break;
            };
            match beside(store, &before, &last)? {
                Some(joined) => last = joined,
                None => {
                    stack.extend([before, last]);
                    break;
                }
            }
        }
    }
    if zero {
        let nought = store.integer(0);
        factor = product(store, nought, factor);
    }
    let mut rest = stack.into_iter();
    match (rest.next(), rest.next()) {
        (None, _) => Some(if zero && matches!(store.node(factor), Node::Number(_)) {
            Zero
        } else {
            Scalar(factor)
        }),
        (Some(Full(grid)), None) => Some(Full(grid.scale(factor, store)?)),
        (Some(Identity(multiple)), None) => Some(Identity(product(store, factor, multiple))),
        _ => None,
    }
}

/// The product of two that are no numbers; `Some(None)` where they do not fit.
fn beside(store: &mut Store, a: &Coordinates, b: &Coordinates) -> Option<Option<Coordinates>> {
    Some(match (a, b) {
        (Identity(a), Identity(b)) => Some(Identity(product(store, *a, *b))),
        (Identity(multiple), Full(grid)) | (Full(grid), Identity(multiple)) => {
            Some(Full(grid.scale(*multiple, store)?))
        }
        (Full(a), Full(b)) if a.columns == b.rows => Some(Full(a.mul(b, store)?)),
        (Full(_), Full(_)) => None,
        (Full(a), Ones(false)) => {
            let ones = ones(store, a.columns, false)?;
            Some(Full(a.mul(&ones, store)?))
        }
        (Ones(true), Full(b)) => {
            let ones = ones(store, b.rows, true)?;
            Some(Full(ones.mul(b, store)?))
        }
        _ => return None,
    })
}

/// A matrix written out by numbers.
fn written(
    store: &mut Store,
    rows: usize,
    columns: usize,
    values: &[Coordinates],
) -> Option<Coordinates> {
    let zero = store.integer(0);
    let entries: Option<Vec<TermId>> = values
        .iter()
        .map(|value| match value {
            Zero => Some(zero),
            other => other.scalar(),
        })
        .collect();
    Grid::new(rows, columns, entries?).map(Full)
}

/// The entry at these places, from 0.
fn entry(store: &mut Store, value: &Coordinates, places: &[usize]) -> Option<TermId> {
    match (value, places) {
        (Full(grid), [i, j]) => grid.at(*i, *j),
        (Full(grid), [i]) if grid.columns == 1 => grid.at(*i, 0),
        (Full(grid), [j]) if grid.rows == 1 => grid.at(0, *j),
        (Identity(multiple), [i, j]) if i == j => Some(*multiple),
        (Identity(_), [_, _]) => Some(store.integer(0)),
        _ => None,
    }
}
