//! Vectors and matrices at a model: their entries, and what is said of them.

use super::evaluate::Evaluator;
use super::stop::{Found, Stop};
use crate::coordinates::{Expander, Grid, Ground, Value, alike, is_about};
use crate::kernel::term::{Head, Id, Q, Terms};

const STRANGE: Stop = Stop::Unknown("a statement about matrices");

impl Ground for Evaluator<'_> {
    fn terms(&mut self) -> &mut Terms {
        self.terms
    }

    fn is_array(&self, symbol: u32) -> bool {
        self.meaning.arrays.contains(&symbol)
    }

    fn letter(&mut self, symbol: u32, indices: &[Id]) -> Found<Grid> {
        let missing = Stop::Unknown("a matrix without a value");
        let value = if indices.is_empty() {
            *self.meaning.values.get(&symbol).ok_or(missing)?
        } else {
            self.place(symbol, indices)?
        };
        match (self.terms.head(value), self.terms.args(value)) {
            (Head::Matrix(rows, columns), entries) => {
                Grid::new(*rows as usize, *columns as usize, entries.to_vec())
            }
            // What a hypothesis gives a name to.
            _ => self.written(value),
        }
    }

    fn integer(&mut self, term: Id) -> Found<i64> {
        Evaluator::integer(self, term)
    }

    fn truth(&mut self, statement: Id) -> Found<bool> {
        Evaluator::truth(self, statement, true)
    }

    fn weights(&self) -> Vec<Q> {
        self.meaning.weights.clone()
    }
}

impl Evaluator<'_> {
    /// Whether vectors or matrices take part in a term.
    pub fn is_strange(&mut self, term: Id) -> bool {
        if let Some(known) = self.strange.get(&term) {
            return *known;
        }
        let arrays = &self.meaning.arrays;
        let strange = is_about(self.terms, term, &|symbol| arrays.contains(&symbol));
        self.strange.insert(term, strange);
        strange
    }

    /// A term about matrices by its entries; all that must have a value has one.
    fn expanded(&mut self, term: Id) -> Found<Value> {
        let (value, needs) = {
            let mut expander = Expander::new(self);
            let value = expander.value(term)?;
            (value, std::mem::take(&mut expander.needs))
        };
        for need in needs {
            self.value(need)?;
        }
        Ok(value)
    }

    /// A term about numbers in which there is no matrix, of the same value.
    pub(super) fn plain(&mut self, term: Id) -> Found<Id> {
        let value = self.expanded(term)?;
        value.number(self.terms)
    }

    /// The entries of a value that is given as a term.
    pub(super) fn written(&mut self, value: Id) -> Found<Grid> {
        match self.expanded(value)? {
            Value::Full(grid) => Ok(grid),
            Value::Scalar(id) => Grid::new(1, 1, vec![id]),
            _ => Err(Stop::Unknown("a matrix without a value")),
        }
    }

    /// All entries have a value.
    pub(super) fn settled(&mut self, term: Id) -> Found<()> {
        let entries = match self.expanded(term)? {
            Value::Full(grid) => grid.entries,
            Value::Scalar(id) | Value::Identity(id) => vec![id],
            Value::Zero | Value::Ones(_) => Vec::new(),
        };
        for entry in entries {
            self.value(entry)?;
        }
        Ok(())
    }

    /// Whether a relation holds between two terms about matrices.
    pub(super) fn arrays_relate(&mut self, head: &Head, a: Id, b: Id) -> Found<bool> {
        // Undefined where one of them is, even where another is not known.
        let sides = (self.expanded(a), self.expanded(b));
        if let (Err(Stop::Undefined), _) | (_, Err(Stop::Undefined)) = &sides {
            return Err(Stop::Undefined);
        }
        let (left, right) = (sides.0?, sides.1?);
        let pairs = alike(self.terms, &left, &right)?;
        let mut values = Vec::new();
        for (x, y) in pairs {
            let both = self.all(&[x, y])?;
            let [x, y] = both.as_slice() else {
                return Err(STRANGE);
            };
            values.push((x.clone(), y.clone()));
        }
        if let ([(x, y)], Head::Less | Head::LessEqual) = (values.as_slice(), head) {
            return self.related(head, x, y);
        }
        let wanted = match head {
            Head::Equal => true,
            Head::NotEqual => false,
            _ => return Err(STRANGE),
        };
        let mut stop = None;
        for (x, y) in &values {
            match self.related(&Head::Equal, x, y) {
                Ok(true) => {}
                Ok(false) => return Ok(!wanted),
                Err(other) => stop = Some(other),
            }
        }
        stop.map_or(Ok(wanted), Err)
    }

    /// Whether a matrix is symmetric, orthogonal, definite, …; of a family, whether each of its
    /// members is that has a value.
    pub(super) fn has(&mut self, quality: &str, of: Id) -> Found<bool> {
        if let Head::Symbol(symbol) = *self.terms.head(of)
            && !self.meaning.values.contains_key(&symbol)
        {
            let meaning = self.meaning;
            let mut members = Vec::new();
            for ((name, _), family) in &meaning.families {
                if *name == symbol {
                    members.extend(family.members.values().chain(&family.others).copied());
                }
            }
            members.sort_unstable();
            if members.is_empty() {
                return Err(STRANGE);
            }
            for member in members {
                if !self.has(quality, member)? {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        let grid = match self.expanded(of)? {
            Value::Full(grid) => grid,
            Value::Scalar(id) => Grid::new(1, 1, vec![id])?,
            _ => return Err(STRANGE),
        };
        for entry in &grid.entries {
            self.value(*entry)?;
        }
        if !grid.is_square() {
            return Ok(false);
        }
        let zero = self.terms.integer(0)?;
        match quality {
            "symmetric" => self.same(&grid, &grid.transpose()?),
            "skew-symmetric" => {
                let sum = grid.add(&grid.transpose()?, self.terms)?;
                self.same(&sum, &Grid::constant(grid.rows, grid.rows, zero)?)
            }
            "orthogonal" => {
                let product = grid.transpose()?.mul(&grid, self.terms)?;
                let one = self.terms.integer(1)?;
                let identity = Grid::identity(self.terms, grid.rows, one)?;
                self.same(&product, &identity)
            }
            "idempotent" => {
                let square = grid.mul(&grid, self.terms)?;
                self.same(&square, &grid)
            }
            "diagonal" => self.empty(&grid, |i, j| i != j),
            "upper-triangular" => self.empty(&grid, |i, j| i > j),
            "lower-triangular" => self.empty(&grid, |i, j| i < j),
            "triangular" => {
                Ok(self.empty(&grid, |i, j| i > j)? || self.empty(&grid, |i, j| i < j)?)
            }
            "invertible" => {
                let determinant = grid.determinant(self.terms)?;
                Ok(self.value(determinant)?.sure_sign()? != 0)
            }
            "positive-definite" => self.definite(&grid, true),
            "positive-semidefinite" => self.definite(&grid, false),
            _ => Err(STRANGE),
        }
    }

    fn same(&mut self, a: &Grid, b: &Grid) -> Found<bool> {
        for (x, y) in a.entries.iter().zip(&b.entries) {
            let (x, y) = (self.value(*x)?, self.value(*y)?);
            if !self.related(&Head::Equal, &x, &y)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the entries at these places are 0.
    fn empty(&mut self, grid: &Grid, at: impl Fn(usize, usize) -> bool) -> Found<bool> {
        for i in 0..grid.rows {
            for j in 0..grid.columns {
                if at(i, j) && self.value(grid.at(i, j)?)?.sure_sign()? != 0 {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Symmetric, every principal minor positive (or none negative).
    fn definite(&mut self, grid: &Grid, strictly: bool) -> Found<bool> {
        if !self.same(grid, &grid.transpose()?)? {
            return Ok(false);
        }
        if grid.rows > 5 {
            return Err(STRANGE);
        }
        for kept in 1..1_usize << grid.rows {
            let places: Vec<usize> = (0..grid.rows).filter(|k| kept >> k & 1 == 1).collect();
            let minor = Grid::build(places.len(), places.len(), |i, j| {
                match (places.get(i), places.get(j)) {
                    (Some(i), Some(j)) => grid.at(*i, *j),
                    _ => Err(STRANGE),
                }
            })?;
            let determinant = minor.determinant(self.terms)?;
            let sign = self.value(determinant)?.sure_sign()?;
            if sign < 0 || strictly && sign == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
