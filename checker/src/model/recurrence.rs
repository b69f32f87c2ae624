//! Hypotheses of the form x_(k+1) = f(x_k) for all k, of which a model lists the first members.
//!
//! Where f has a value whatever x_k is, the members go on for ever; for k ∈ ℤ they go back as well
//! where f(x) = M x + c with an invertible M. Members that are not listed have no values, so that
//! nothing else can rest on them.

use std::collections::BTreeSet;

use super::evaluate::Evaluator;
use super::real::Real;
use super::stop::{Found, Stop};
use crate::coordinates::Grid;
use crate::kernel::term::{Binder, Head, Id, Q};

const OTHER: Stop = Stop::Unknown("a statement about all of a set");

impl Evaluator<'_> {
    /// Whether a hypothesis is a recurrence that the model obeys; the family that it is about.
    pub(super) fn recurrence(&mut self, hypothesis: Id) -> Found<u32> {
        let Head::Binder(Binder::ForAll, _) = self.terms.head(hypothesis) else {
            return Err(OTHER);
        };
        let (symbol, name) = self.terms.fresh()?;
        let opened = self.terms.open(hypothesis, name)?;
        let [body, set] = opened.as_slice() else {
            return Err(OTHER);
        };
        let both_ways = match self.terms.head(*set) {
            Head::Naturals => false,
            Head::Integers => true,
            _ => return Err(OTHER),
        };
        let (Head::Equal, [next, value]) = (self.terms.head(*body).clone(), self.terms.args(*body))
        else {
            return Err(OTHER);
        };
        let (next, value) = (*next, *value);
        let Head::Member(family) = *self.terms.head(next) else {
            return Err(OTHER);
        };
        let one = self.terms.integer(1)?;
        let after = self.terms.flat(Head::Add, &[name, one])?;
        if self.terms.args(next) != [after] {
            return Err(OTHER);
        }
        let meaning = self.meaning;
        let listed = meaning.families.get(&(family, 1)).ok_or(OTHER)?;
        if listed.period != 0 || meaning.functions.keys().any(|(f, _)| *f == family) {
            return Err(OTHER);
        }
        let places: BTreeSet<i64> = listed.members.keys().flatten().copied().collect();
        let last = i64::try_from(places.len()).unwrap_or(0) - 1;
        if last < 0 || places != (0..=last).collect() {
            return Err(OTHER);
        }
        let here = self.terms.add(Head::Member(family), vec![name])?;
        let degree = self.degree(value, here, symbol, family)?;
        for k in 0..last {
            let k = self.terms.integer(k)?;
            let step = self.terms.substitute(*body, name, k)?;
            if !self.truth(step, true)? {
                return Err(Stop::Unknown("a recurrence that is not obeyed"));
            }
        }
        // It goes on, with members of the same shape.
        let start = self.starts(family, value, here, name, None)?;
        if both_ways && (degree > 1 || !self.goes_back(family, value, here, name, &start)?) {
            return Err(OTHER);
        }
        Ok(family)
    }

    /// How often x_k stands as a factor, in a value that it always has; what is free of k has a
    /// value.
    fn degree(&mut self, term: Id, here: Id, symbol: u32, family: u32) -> Found<u32> {
        self.terms.spend(1)?;
        if term == here {
            return Ok(1);
        }
        if !self.terms.mentions(term, symbol) && !self.terms.mentions(term, family) {
            if self.is_strange(term) {
                self.settled(term)?;
            } else {
                self.value(term)?;
            }
            return Ok(0);
        }
        let node = self.terms.node(term).clone();
        let mut all = Vec::new();
        match (&node.head, node.args.as_slice()) {
            (Head::Add | Head::Mul | Head::Function("transpose"), args) => {
                for arg in args {
                    all.push(self.degree(*arg, here, symbol, family)?);
                }
            }
            (Head::Pow, [base, exponent]) => {
                let natural = self.terms.value(*exponent).filter(|n| n.is_integer());
                let natural = natural.filter(|n| **n >= Q::from(0)).is_some();
                if !natural {
                    return Err(OTHER);
                }
                return Ok(2 * self.degree(*base, here, symbol, family)?);
            }
            _ => return Err(OTHER),
        }
        Ok(if node.head == Head::Mul {
            all.iter().sum()
        } else {
            all.into_iter().max().unwrap_or(0)
        })
    }

    /// f(x_0) by entries, of the shape of x_0; with another x_0 where one is given.
    fn starts(
        &mut self,
        family: u32,
        value: Id,
        here: Id,
        name: Id,
        instead: Option<&Grid>,
    ) -> Found<Vec<Real>> {
        let zero = self.terms.integer(0)?;
        let array = self.meaning.arrays.contains(&family);
        let shape = self.first(family)?;
        let value = match instead {
            None => self.terms.substitute(value, name, zero)?,
            Some(grid) => {
                let with = match grid.only() {
                    Some(only) if !array => only,
                    _ => {
                        let side = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                        let head = Head::Matrix(side(grid.rows), side(grid.columns));
                        self.terms.add(head, grid.entries.clone())?
                    }
                };
                self.put(value, here, with)?
            }
        };
        let grid = if self.is_strange(value) {
            match self.written(value) {
                Ok(grid) => grid,
                // Zero of whatever size fits.
                Err(_) if instead.is_some() => Grid::constant(shape.rows, shape.columns, zero)?,
                Err(stop) => return Err(stop),
            }
        } else {
            Grid::new(1, 1, vec![value])?
        };
        if (grid.rows, grid.columns) != (shape.rows, shape.columns) {
            return Err(Stop::Unknown("members of different shapes"));
        }
        self.all(&grid.entries)
    }

    fn first(&mut self, family: u32) -> Found<Grid> {
        let zero = self.terms.integer(0)?;
        let first = self.place(family, &[zero])?;
        if self.meaning.arrays.contains(&family) {
            return self.written(first);
        }
        Grid::new(1, 1, vec![first])
    }

    /// A term in the place of another, in sums, products, powers and transposes.
    fn put(&mut self, term: Id, from: Id, to: Id) -> Found<Id> {
        if term == from {
            return Ok(to);
        }
        let node = self.terms.node(term).clone();
        match node.head {
            Head::Add | Head::Mul | Head::Pow | Head::Function("transpose") => {
                let args: Found<Vec<Id>> = node
                    .args
                    .iter()
                    .map(|arg| self.put(*arg, from, to))
                    .collect();
                Ok(self.terms.with(&node.head, args?)?)
            }
            _ => Ok(term),
        }
    }

    /// Whether the linear part of an affine f is invertible.
    fn goes_back(
        &mut self,
        family: u32,
        value: Id,
        here: Id,
        name: Id,
        start: &[Real],
    ) -> Found<bool> {
        // Depends on k through x_k alone.
        let probe = self.terms.integer(0)?;
        let bare = self.put(value, here, probe)?;
        let symbol = match self.terms.head(name) {
            Head::Symbol(symbol) => *symbol,
            _ => return Err(OTHER),
        };
        if self.terms.mentions(bare, symbol) {
            return Ok(false);
        }
        let shape = self.first(family)?;
        let count = start.len();
        let (zero, one) = (self.terms.integer(0)?, self.terms.integer(1)?);
        let still = Grid::constant(shape.rows, shape.columns, zero)?;
        let constant = self.starts(family, value, here, name, Some(&still))?;
        let mut columns = Vec::new();
        for place in 0..count {
            let mut unit = still.clone();
            if let Some(entry) = unit.entries.get_mut(place) {
                *entry = one;
            }
            let moved = self.starts(family, value, here, name, Some(&unit))?;
            let mut column = Vec::new();
            for (x, c) in moved.iter().zip(&constant) {
                let (Some(x), Some(c)) = (x.as_exact(), c.as_exact()) else {
                    return Err(OTHER);
                };
                column.push(self.terms.number(x.clone() - c.clone())?);
            }
            columns.push(column);
        }
        let matrix = Grid::build(count, count, |i, j| {
            let entry = columns.get(j).and_then(|column| column.get(i));
            entry.copied().ok_or(OTHER)
        })?;
        let determinant = matrix.determinant(self.terms)?;
        Ok(self.value(determinant)?.sure_sign()? != 0)
    }
}
