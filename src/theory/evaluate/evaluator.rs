//! Walks a term and works out its value at a model.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::array::Array;
use super::functions;
use super::model::Model;
use super::quantity::Quantity;
use super::real::{Real, Result, Stop};
use super::tensor::Tensor;
use crate::number::{Enclosure, Rational};
use crate::term::{Constant, Node, Relation, Store, Symbol, TermId};

/// Derivatives within one another that are worked out: each doubles the parts of a quantity.
const MOST_DERIVATIVES: u32 = 8;

/// How deep a term may be.
const DEEPEST: u32 = 400;
/// How many nodes may be visited.
const FUEL: u32 = 60_000;
/// How many terms a sum, product or range may have.
pub(super) const MOST_TERMS: i64 = 2_000;

/// Works out values of terms at one model, with enclosures of one kind and precision.
pub struct Evaluator<'a, E> {
    pub(super) store: &'a Store,
    pub(super) model: &'a Model,
    pub(super) bits: u32,
    pub(super) bound: Vec<(u32, Quantity<E>)>,
    pub(super) level: u32,
    closed: FxHashMap<TermId, Result<Quantity<E>>>,
    open: FxHashMap<TermId, Result<Quantity<E>>>,
    depth: u32,
    fuel: u32,
    /// A letter that is differentiated by, with its value.
    pub(super) moving: Option<(Symbol, Quantity<E>)>,
    /// Whether a statement was left undecided for want of digits.
    pub wants_digits: bool,
    /// Whether a quadrature took part, which more digits do not sharpen.
    pub coarse: bool,
    /// Whether vectors and matrices have values at the model.
    pub(super) has_arrays: bool,
    /// Which closed terms are about vectors or matrices.
    pub(super) about: FxHashMap<TermId, bool>,
    pub(super) bound_arrays: Vec<(u32, Array<E>)>,
    pub(super) closed_arrays: FxHashMap<TermId, Result<Tensor<E>>>,
    pub(super) open_arrays: FxHashMap<TermId, Result<Tensor<E>>>,
}

impl<'a, E: Enclosure> Evaluator<'a, E> {
    /// For a model; `bits` is the precision of enclosures.
    #[must_use]
    pub fn new(store: &'a Store, model: &'a Model, bits: u32) -> Self {
        Evaluator {
            store,
            model,
            bits,
            bound: Vec::new(),
            level: 0,
            closed: FxHashMap::default(),
            open: FxHashMap::default(),
            depth: 0,
            fuel: FUEL,
            moving: None,
            wants_digits: false,
            coarse: false,
            has_arrays: model.has_arrays,
            about: FxHashMap::default(),
            bound_arrays: Vec::new(),
            closed_arrays: FxHashMap::default(),
            open_arrays: FxHashMap::default(),
        }
    }

    /// The value of a term.
    pub fn quantity(&mut self, term: TermId) -> Result<Quantity<E>> {
        let simple = match self.store.node(term) {
            Node::Number(value) => Some(Ok(Quantity::exact(value.clone()))),
            Node::Symbol(symbol) => Some(match (&self.moving, self.model.symbols.get(symbol)) {
                (Some((letter, value)), _) if letter == symbol => Ok(value.clone()),
                (_, Some(value)) => Ok(Quantity::quadratic(value.clone())),
                (_, None) => Err(Stop::Unknown),
            }),
            Node::Bound(number) => Some(
                self.bound
                    .iter()
                    .rev()
                    .find(|(n, _)| n == number)
                    .map(|(_, value)| value.clone())
                    .ok_or(Stop::Unknown),
            ),
            _ => None,
        };
        if let Some(simple) = simple {
            return simple;
        }
        let is_closed = self.store.is_closed(term);
        let memo = if is_closed { &self.closed } else { &self.open };
        if let Some(known) = memo.get(&term) {
            return known.clone();
        }
        let result = if self.is_about_arrays(term) {
            self.tensor(term).and_then(Tensor::scalar)
        } else {
            self.enter(term)?;
            let result = self.plain(term);
            self.leave();
            result
        };
        let memo = if is_closed {
            &mut self.closed
        } else {
            &mut self.open
        };
        memo.insert(term, result.clone());
        result
    }

    /// Counts a term that is looked into.
    pub(super) fn enter(&mut self, term: TermId) -> Result<()> {
        let cost = self.cost(term);
        if self.depth >= DEEPEST || self.fuel == 0 || !self.store.meter().spend(cost) {
            return Err(Stop::Unknown);
        }
        self.depth += 1;
        self.fuel -= 1;
        Ok(())
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// The value of a term as a number that does not depend on what is differentiated by.
    pub fn real(&mut self, term: TermId) -> Result<Real<E>> {
        match self.quantity(term)? {
            Quantity::Real(value) => Ok(value),
            Quantity::Dual(..) => Err(Stop::Unknown),
        }
    }

    /// What a value costs: functions with many digits take long.
    fn cost(&self, term: TermId) -> u64 {
        let bits = u64::from(self.bits);
        match self.store.node(term) {
            _ if bits <= 64 => 2,
            Node::Function(..) | Node::Pow(..) => bits,
            _ => 2 + bits / 64,
        }
    }

    /// The value of a term whose parts are numbers.
    pub(super) fn plain(&mut self, term: TermId) -> Result<Quantity<E>> {
        let store = self.store;
        match store.node(term) {
            Node::Add(terms) => self.fold(terms, Quantity::integer(0), Quantity::add),
            Node::Mul(factors) => self.fold(factors, Quantity::integer(1), Quantity::mul),
            Node::Pow(base, exponent) => self.power(*base, *exponent),
            Node::Function(function, arguments) => functions::apply(self, *function, arguments),
            Node::Constant(constant) => self.constant(*constant),
            Node::Member(symbol, indices) => {
                if let Some(value) = self.model.atoms.get(&term) {
                    return Ok(Quantity::quadratic(value.clone()));
                }
                let mut numbers = Vec::with_capacity(indices.len());
                for index in indices {
                    numbers.push(self.integer(*index)?);
                }
                let value = self.model.member(store, *symbol, numbers);
                value.map(Quantity::quadratic).ok_or(Stop::Unknown)
            }
            Node::Call(symbol, orders, arguments) => {
                if let Some(value) = self.model.atoms.get(&term) {
                    return Ok(Quantity::quadratic(value.clone()));
                }
                let arguments = self.all(arguments)?;
                functions::call(self, *symbol, orders, &arguments)
            }
            Node::Derivative(number, body, at) => self.derivative(*number, *body, *at),
            Node::Sum(number, body, lower, upper, condition) => {
                self.sum(*number, [*body, *lower, *upper, *condition], false)
            }
            Node::Product(number, body, lower, upper, condition) => {
                self.sum(*number, [*body, *lower, *upper, *condition], true)
            }
            Node::Extremum(number, body, lower, upper, maximum) => {
                self.extremum(*number, *body, *lower, *upper, *maximum)
            }
            Node::Piecewise(parts) => self.piecewise(parts),
            Node::Integral(number, body, lower, upper) => {
                self.integral(*number, *body, *lower, *upper)
            }
            Node::Limit(number, body, to, direction) => self.limit(*number, *body, *to, *direction),
            _ => match self.model.atoms.get(&term) {
                Some(value) => Ok(Quantity::quadratic(value.clone())),
                None => Err(Stop::Unknown),
            },
        }
    }

    /// The values of all; undefined if one of them is, even where another is unknown.
    pub(super) fn all(&mut self, terms: &[TermId]) -> Result<Vec<Quantity<E>>> {
        let mut values = Vec::with_capacity(terms.len());
        let mut stop = None;
        for term in terms {
            match self.quantity(*term) {
                Ok(value) => values.push(value),
                Err(Stop::Undefined) => return Err(Stop::Undefined),
                Err(other) => stop = Some(worse(stop, other)),
            }
        }
        match stop {
            Some(stop) => Err(stop),
            None => Ok(values),
        }
    }

    fn fold(
        &mut self,
        terms: &[TermId],
        start: Quantity<E>,
        join: impl Fn(&Quantity<E>, &Quantity<E>, u32) -> Result<Quantity<E>>,
    ) -> Result<Quantity<E>> {
        let mut so_far = Ok(start);
        for term in terms {
            match (self.quantity(*term), &so_far) {
                (Err(Stop::Undefined), _) => return Err(Stop::Undefined),
                (Err(stop), Ok(_)) => so_far = Err(stop),
                (Err(stop), Err(before)) => so_far = Err(worse(Some(*before), stop)),
                (Ok(value), Ok(before)) => so_far = join(before, &value, self.bits),
                (Ok(_), Err(_)) => {}
            }
        }
        so_far
    }

    fn constant(&mut self, constant: Constant) -> Result<Quantity<E>> {
        match constant {
            Constant::E => Ok(Quantity::Real(Real::integer(1).exp(self.bits)?)),
            Constant::Pi => Ok(Quantity::Real(Real::pi(self.bits))),
            Constant::Infinity | Constant::ImaginaryUnit => Err(Stop::Unknown),
        }
    }

    fn power(&mut self, base: TermId, exponent: TermId) -> Result<Quantity<E>> {
        if matches!(self.store.node(base), Node::Constant(Constant::E)) {
            return self.quantity(exponent)?.exp(self.bits);
        }
        let both = self.all(&[base, exponent])?;
        match both.as_slice() {
            [base, exponent] => base.power(exponent, self.bits),
            _ => Err(Stop::Unknown),
        }
    }

    /// The value of a term that must be a small integer.
    pub(super) fn integer(&mut self, term: TermId) -> Result<i64> {
        let value = self.real(term)?;
        value
            .as_exact()
            .and_then(Rational::to_i64)
            .ok_or(Stop::Unknown)
    }

    /// Works something out with a bound variable that has this value.
    pub fn with<T>(
        &mut self,
        number: u32,
        value: Quantity<E>,
        work: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.bound.push((number, value));
        let result = self.afresh(work);
        self.bound.pop();
        result
    }

    /// Works something out without what is known of open terms, which depend on what is bound.
    pub(super) fn afresh<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::take(&mut self.open);
        let arrays = std::mem::take(&mut self.open_arrays);
        let result = work(self);
        self.open = outer;
        self.open_arrays = arrays;
        result
    }

    /// Works with a further variable that is differentiated by: its level, and the result.
    pub(super) fn deeper<T>(
        &mut self,
        work: impl FnOnce(&mut Self, u32) -> Result<T>,
    ) -> Result<(u32, T)> {
        if self.level >= MOST_DERIVATIVES {
            return Err(Stop::Unknown);
        }
        self.level += 1;
        let level = self.level;
        let result = work(self, level);
        self.level -= 1;
        Ok((level, result?))
    }

    fn derivative(&mut self, number: u32, body: TermId, at: TermId) -> Result<Quantity<E>> {
        let point = self.quantity(at)?;
        let (level, value) = self.deeper(|inner, level| {
            let variable = Quantity::dual(level, point, Quantity::integer(1));
            inner.with(number, variable, |inner| inner.quantity(body))
        })?;
        Ok(value.split(level).1)
    }

    /// The integers from lower to upper, in order, if they are few.
    pub(super) fn places(
        &mut self,
        lower: TermId,
        upper: TermId,
    ) -> Result<std::ops::RangeInclusive<i64>> {
        let (low, high) = self.range(lower, upper)?;
        Ok(low..=high)
    }

    /// The integers from lower to upper, if they are few.
    fn range(&mut self, lower: TermId, upper: TermId) -> Result<(i64, i64)> {
        let (low, high) = (self.integer(lower)?, self.integer(upper)?);
        let count = high.checked_sub(low).ok_or(Stop::Unknown)?;
        // A range that runs backwards by more than one has no agreed meaning.
        if (-1..MOST_TERMS).contains(&count) {
            Ok((low, high))
        } else {
            Err(Stop::Unknown)
        }
    }

    fn sum(&mut self, number: u32, parts: [TermId; 4], product: bool) -> Result<Quantity<E>> {
        let [body, lower, upper, condition] = parts;
        if !product
            && self.infinite(upper) == Some(1)
            && matches!(self.store.node(condition), Node::Truth(true))
        {
            return self.series(number, body, lower);
        }
        let (low, high) = self.range(lower, upper)?;
        let mut total = Quantity::integer(i64::from(product));
        for k in low..=high {
            let value = self.with(number, Quantity::integer(k), |inner| {
                match inner.truth(condition, true) {
                    Some(true) => inner.quantity(body).map(Some),
                    Some(false) => Ok(None),
                    None => Err(inner.hesitation()),
                }
            })?;
            if let Some(value) = value {
                total = if product {
                    total.mul(&value, self.bits)?
                } else {
                    total.add(&value, self.bits)?
                };
            }
        }
        Ok(total)
    }

    fn extremum(
        &mut self,
        number: u32,
        body: TermId,
        lower: TermId,
        upper: TermId,
        maximum: bool,
    ) -> Result<Quantity<E>> {
        let (low, high) = self.range(lower, upper)?;
        let mut best: Option<Quantity<E>> = None;
        for k in low..=high {
            let value = self.with(number, Quantity::integer(k), |inner| inner.quantity(body))?;
            let value = if maximum { value } else { value.neg() };
            best = Some(match best {
                None => value,
                Some(best) => best.max(&value, self.bits)?,
            });
        }
        let best = best.ok_or(Stop::Unknown)?;
        Ok(if maximum { best } else { best.neg() })
    }

    fn piecewise(&mut self, parts: &[TermId]) -> Result<Quantity<E>> {
        for pair in parts.chunks(2) {
            let [value, condition] = pair else {
                return Err(Stop::Unknown);
            };
            match self.truth(*condition, true) {
                Some(true) => return self.quantity(*value),
                Some(false) => {}
                None => return Err(self.hesitation()),
            }
        }
        Err(Stop::Undefined)
    }

    /// Why a statement was left undecided.
    pub(super) fn hesitation(&self) -> Stop {
        if self.wants_digits {
            Stop::Precision
        } else {
            Stop::Unknown
        }
    }

    /// Whether a relation between two values holds; `None` where that is not sure, or where it
    /// might change in any neighbourhood of what is differentiated by.
    pub fn holds(
        &mut self,
        relation: Relation,
        left: &Quantity<E>,
        right: &Quantity<E>,
    ) -> Option<bool> {
        let (a, b) = (left.value(), right.value());
        let order = a.compare(b, self.bits);
        let moving = left.as_real().is_none() || right.as_real().is_none();
        if moving && order == Some(Ordering::Equal) {
            return None;
        }
        let answer = match (relation, order) {
            (Relation::Equal, Some(order)) => Some(order == Ordering::Equal),
            (Relation::NotEqual, Some(order)) => Some(order != Ordering::Equal),
            (Relation::Less, Some(order)) => Some(order == Ordering::Less),
            (Relation::LessEqual, Some(order)) => Some(order != Ordering::Greater),
            (Relation::LessEqual, None) if !moving => a.at_most(b, self.bits),
            (Relation::Less, None) if !moving => b.at_most(a, self.bits).and_then(|r| {
                // b ≤ a denies a < b; that it fails says nothing new.
                r.then_some(false)
            }),
            _ => None,
        };
        if answer.is_none() {
            self.wants_digits = true;
        }
        answer
    }
}

/// Of two reasons the one that more digits do not mend.
fn worse(before: Option<Stop>, now: Stop) -> Stop {
    match (before, now) {
        (Some(Stop::Undefined), _) | (_, Stop::Undefined) => Stop::Undefined,
        (Some(Stop::Unknown), _) | (_, Stop::Unknown) => Stop::Unknown,
        _ => Stop::Precision,
    }
}
