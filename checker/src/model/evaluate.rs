//! Walks a term and works out its value at a model.

use std::collections::{BTreeSet, HashMap};

use num_traits::One;

use super::real::Real;
use super::slope::{Condition, Slope, slope};
use super::stop::{Found, Stop};
use crate::kernel::term::{Binder, Head, Id, Q, Terms};

/// The most terms of a sum or product.
pub const MOST: i64 = 2_000;
/// How deep calls may be nested.
const DEEPEST: u32 = 1_000;

/// A family of numbers.
#[derive(Clone, Debug, Default)]
pub struct Family {
    /// The members that are listed.
    pub members: HashMap<Vec<i64>, Id>,
    /// After how many steps of each index the others repeat.
    pub period: i64,
    /// The others.
    pub others: Vec<Id>,
}

/// A function written out.
#[derive(Clone, Debug)]
pub struct Function {
    /// Symbols for its arguments.
    pub arguments: Vec<u32>,
    /// Its value.
    pub value: Id,
}

/// What symbols stand for.
#[derive(Clone, Debug, Default)]
pub struct Meaning {
    /// Symbols.
    pub values: HashMap<u32, Id>,
    /// Families, by name and number of indices.
    pub families: HashMap<(u32, usize), Family>,
    /// Functions, by name and number of arguments.
    pub functions: HashMap<(u32, usize), Function>,
    /// The chances of the outcomes: positive, together 1.
    pub weights: Vec<Q>,
    /// Which symbols and families are vectors or matrices.
    pub arrays: BTreeSet<u32>,
}

/// Works out values at one model.
pub struct Evaluator<'a> {
    pub terms: &'a mut Terms,
    pub meaning: &'a Meaning,
    /// Binary digits of enclosures.
    pub bits: u32,
    /// Into how many parts an integral is cut.
    pub parts: i64,
    locals: HashMap<u32, Real>,
    /// By bit: when a local symbol with that bit last got a value.
    stamps: [u64; 64],
    clock: u64,
    masks: HashMap<Id, u64>,
    bits_of: HashMap<u32, u64>,
    memo: HashMap<Id, (u64, Found<Real>)>,
    opened: HashMap<Id, (u32, Vec<Id>)>,
    slopes: HashMap<(Id, u32), Found<Slope>>,
    /// Which terms are about vectors or matrices.
    pub(super) strange: HashMap<Id, bool>,
    depth: u32,
}

impl<'a> Evaluator<'a> {
    /// For a model.
    pub fn new(terms: &'a mut Terms, meaning: &'a Meaning) -> Self {
        Evaluator {
            terms,
            meaning,
            bits: 64,
            parts: 32,
            locals: HashMap::new(),
            stamps: [0; 64],
            clock: 0,
            masks: HashMap::new(),
            bits_of: HashMap::new(),
            memo: HashMap::new(),
            opened: HashMap::new(),
            slopes: HashMap::new(),
            strange: HashMap::new(),
            depth: 0,
        }
    }

    /// Goes on with so many digits.
    pub fn sharpen(&mut self, bits: u32, parts: i64) {
        if self.bits != bits || self.parts != parts {
            self.memo.clear();
        }
        self.bits = bits;
        self.parts = parts;
    }

    /// Makes a symbol a local one: it gets its values from [`Evaluator::with`].
    fn local(&mut self, symbol: u32) {
        if !self.bits_of.contains_key(&symbol) {
            let place = self.bits_of.len() % 64;
            self.bits_of.insert(symbol, 1 << place);
            self.masks.clear();
        }
    }

    /// The local symbols in a term, a bit each.
    fn mask(&mut self, term: Id) -> u64 {
        if let Some(known) = self.masks.get(&term) {
            return *known;
        }
        let mask = match self.terms.head(term) {
            Head::Symbol(s) => self.bits_of.get(s).copied().unwrap_or(0),
            _ => {
                let args = self.terms.args(term).to_vec();
                args.into_iter().fold(0, |mask, arg| mask | self.mask(arg))
            }
        };
        self.masks.insert(term, mask);
        mask
    }

    /// When a local symbol in the term last got a value.
    fn stamp(&mut self, term: Id) -> u64 {
        let mut mask = self.mask(term);
        let mut last = 0;
        while mask != 0 {
            let place = mask.trailing_zeros() as usize;
            last = last.max(self.stamps.get(place).copied().unwrap_or(u64::MAX));
            mask &= mask - 1;
        }
        last
    }

    /// Works something out with a local symbol of this value.
    pub fn with<T>(
        &mut self,
        symbol: u32,
        value: Real,
        work: impl FnOnce(&mut Self) -> Found<T>,
    ) -> Found<T> {
        self.local(symbol);
        self.moved(symbol);
        let before = self.locals.insert(symbol, value);
        let result = work(self);
        // What is worked out from here on is worked out anew.
        self.moved(symbol);
        match before {
            Some(before) => self.locals.insert(symbol, before),
            None => self.locals.remove(&symbol),
        };
        result
    }

    /// A local symbol has another value.
    fn moved(&mut self, symbol: u32) {
        self.clock += 1;
        let bit = self.bits_of.get(&symbol).copied().unwrap_or(1);
        if let Some(stamp) = self.stamps.get_mut(bit.trailing_zeros() as usize) {
            *stamp = self.clock;
        }
    }

    /// A binder's symbol and its children with that symbol in them.
    pub fn open(&mut self, binder: Id) -> Found<(u32, Vec<Id>)> {
        if let Some(known) = self.opened.get(&binder) {
            return Ok(known.clone());
        }
        let (symbol, name) = self.terms.fresh()?;
        self.local(symbol);
        let opened = (symbol, self.terms.open(binder, name)?);
        self.opened.insert(binder, opened.clone());
        Ok(opened)
    }

    /// The derivative of a term by a symbol.
    pub fn slope(&mut self, term: Id, symbol: u32) -> Found<Slope> {
        if let Some(known) = self.slopes.get(&(term, symbol)) {
            return known.clone();
        }
        let found = slope(self.terms, term, symbol);
        self.slopes.insert((term, symbol), found.clone());
        found
    }

    /// The value of a term.
    pub fn value(&mut self, term: Id) -> Found<Real> {
        match self.terms.head(term) {
            Head::Number(value) => return Ok(Real::Exact(value.clone())),
            Head::Symbol(symbol) => {
                if let Some(value) = self.locals.get(symbol) {
                    return Ok(value.clone());
                }
            }
            _ => {}
        }
        let stamp = self.stamp(term);
        if let Some((known, value)) = self.memo.get(&term)
            && *known == stamp
        {
            return value.clone();
        }
        self.terms.spend(2 + u64::from(self.bits / 32))?;
        if self.depth >= DEEPEST {
            return Err(Stop::Unknown("a term nested too deeply"));
        }
        self.depth += 1;
        let result = if self.is_strange(term) {
            self.plain(term).and_then(|plain| self.value(plain))
        } else {
            self.inner(term)
        };
        self.depth -= 1;
        self.memo.insert(term, (stamp, result.clone()));
        result
    }

    fn inner(&mut self, term: Id) -> Found<Real> {
        let node = self.terms.node(term).clone();
        let args = node.args.as_slice();
        let bits = self.bits;
        match (&node.head, args) {
            (Head::Symbol(symbol), _) => match self.meaning.values.get(symbol) {
                Some(value) => self.value(*value),
                None => Err(Stop::Unknown("a symbol without a value")),
            },
            (Head::Constant("e"), _) => Real::integer(1).exp(bits),
            (Head::Constant("pi"), _) => Ok(Real::pi(bits)),
            (Head::Add, _) => {
                let values = self.all(args)?;
                let zero = Real::integer(0);
                values
                    .iter()
                    .try_fold(zero, |sum, value| sum.add(value, bits))
            }
            (Head::Mul, _) => {
                let values = self.all(args)?;
                let one = Real::integer(1);
                values
                    .iter()
                    .try_fold(one, |product, value| product.mul(value, bits))
            }
            (Head::Pow, [base, exponent]) => {
                if matches!(self.terms.head(*base), Head::Constant("e")) {
                    return self.value(*exponent)?.exp(bits);
                }
                let values = self.all(args)?;
                match values.as_slice() {
                    [base, exponent] => base.power(exponent, bits),
                    _ => Err(Stop::Unknown("a power")),
                }
            }
            (Head::Function(name), _) => {
                if let Some(found) = self.chance(name, args) {
                    return found;
                }
                let values = self.all(args)?;
                super::functions::apply(name, &values, bits)
            }
            (Head::Member(symbol), _) => self.member(*symbol, args),
            (Head::Call(symbol, orders), _) => self.call(*symbol, orders, args),
            (Head::Piecewise, _) => self.piecewise(args),
            (Head::Binder(kind, _), _) => self.binder(*kind, term),
            _ => Err(Stop::Unknown("a term")),
        }
    }

    /// The values of all; undefined if one of them is, even where another is not known.
    pub fn all(&mut self, terms: &[Id]) -> Found<Vec<Real>> {
        let mut values = Vec::with_capacity(terms.len());
        let mut stop: Option<Stop> = None;
        for term in terms {
            match self.value(*term) {
                Ok(value) => values.push(value),
                Err(Stop::Undefined) => return Err(Stop::Undefined),
                Err(other) => stop = Some(stop.map_or(other, |before| before.worse(other))),
            }
        }
        stop.map_or(Ok(values), Err)
    }

    /// The value of a term that must be a small integer.
    pub fn integer(&mut self, term: Id) -> Found<i64> {
        let value = self.value(term)?.as_integer();
        value.ok_or(Stop::Unknown("an index or bound that is no integer"))
    }

    fn member(&mut self, symbol: u32, indices: &[Id]) -> Found<Real> {
        let value = self.place(symbol, indices)?;
        self.value(value)
    }

    /// What a member of a family stands for.
    pub(super) fn place(&mut self, symbol: u32, indices: &[Id]) -> Found<Id> {
        let mut numbers = Vec::with_capacity(indices.len());
        for index in indices {
            numbers.push(self.integer(*index)?);
        }
        let missing = Stop::Unknown("a member without a value");
        let meaning = self.meaning;
        let family = meaning.families.get(&(symbol, numbers.len()));
        let family = family.ok_or(missing)?;
        if let Some(value) = family.members.get(&numbers) {
            return Ok(*value);
        }
        if family.period == 0 {
            return Err(missing);
        }
        let place = numbers.iter().fold(0, |place, index| {
            place * family.period + index.rem_euclid(family.period)
        });
        let place = usize::try_from(place).map_err(|_| missing)?;
        family.others.get(place).copied().ok_or(missing)
    }

    /// An unknown function, or one of its derivatives.
    fn call(&mut self, symbol: u32, orders: &[u32], args: &[Id]) -> Found<Real> {
        let values = self.all(args)?;
        let meaning = self.meaning;
        let function = meaning.functions.get(&(symbol, args.len()));
        let function = function.ok_or(Stop::Unknown("a function without a value"))?;
        let mut value = function.value;
        for (argument, order) in function.arguments.iter().zip(orders) {
            for _ in 0..*order {
                // Of a polynomial: it needs nothing.
                value = self.slope(value, *argument)?.0;
            }
        }
        self.called(value, &function.arguments, &values)
    }

    fn called(&mut self, term: Id, arguments: &[u32], values: &[Real]) -> Found<Real> {
        match (arguments, values) {
            ([argument, arguments @ ..], [value, values @ ..]) => {
                let value = value.clone();
                self.local(*argument);
                self.with(*argument, value, |inner| {
                    inner.called(term, arguments, values)
                })
            }
            _ => self.value(term),
        }
    }

    fn piecewise(&mut self, args: &[Id]) -> Found<Real> {
        for pair in args.chunks(2) {
            let [value, statement] = pair else {
                return Err(Stop::Unknown("a value without its condition"));
            };
            if self.truth(*statement, true)? {
                return self.value(*value);
            }
        }
        Err(Stop::Undefined)
    }

    fn binder(&mut self, kind: Binder, term: Id) -> Found<Real> {
        match kind {
            Binder::Derivative => self.derivative(term),
            Binder::Sum => self.sum(term, false),
            Binder::Product => self.sum(term, true),
            Binder::Extremum(largest) => self.extremum(term, largest),
            Binder::Integral => self.integral(term),
            Binder::Limit(_) => self.limit(term),
            _ => Err(Stop::Unknown("a binder of this kind")),
        }
    }

    fn derivative(&mut self, term: Id) -> Found<Real> {
        let (symbol, opened) = self.open(term)?;
        let [body, at] = opened.as_slice() else {
            return Err(Stop::Unknown("a derivative"));
        };
        let point = self.value(*at)?;
        let slope = self.slope(*body, symbol);
        self.with(symbol, point, |inner| {
            // Without a value there is no derivative.
            inner.value(*body)?;
            let (slope, needs) = slope?;
            for need in &needs {
                inner.holds(need)?;
            }
            let value = inner.value(slope);
            value.map_err(|stop| stop.at_most_unknown("a derivative"))
        })
    }

    /// The condition surely holds.
    pub fn holds(&mut self, condition: &Condition) -> Found<()> {
        let fails = Stop::Unknown("a derivative where its rule does not hold");
        let known = |value: Found<Real>| value.map_err(|stop| stop.at_most_unknown("a derivative"));
        let sure = |holds: bool| if holds { Ok(()) } else { Err(fails) };
        let bits = self.bits;
        match condition {
            Condition::Positive(u) => sure(known(self.value(*u))?.sure_sign()? > 0),
            Condition::NonZero(u) => sure(known(self.value(*u))?.sure_sign()? != 0),
            Condition::Broken(u) => sure(!known(self.value(*u))?.is_integer(bits)?),
            Condition::Defined(u) => known(self.value(*u)).map(|_| ()),
            Condition::Power(base, exponent) => {
                let (base, exponent) = (known(self.value(*base))?, known(self.value(*exponent))?);
                let whole = exponent.as_exact().filter(|e| e.is_integer());
                if whole.is_some_and(|e| *e >= Q::one()) {
                    return Ok(());
                }
                let sign = base.sure_sign()?;
                sure(sign > 0 || sign != 0 && whole.is_some())
            }
            Condition::Each(term, symbol, needs) => {
                let name = self.terms.add(Head::Symbol(*symbol), Vec::new())?;
                self.local(*symbol);
                let opened = self.terms.open(*term, name)?;
                let [_, from, to, filter] = opened.as_slice() else {
                    return Err(fails);
                };
                let (low, high) = self.range(*from, *to)?;
                for k in low..=high {
                    self.with(*symbol, Real::integer(k), |inner| {
                        if inner.truth(*filter, true)? {
                            for need in needs {
                                inner.holds(need)?;
                            }
                        }
                        Ok(())
                    })?;
                }
                Ok(())
            }
            Condition::Cases(cases) => {
                for (statement, settled, needs) in cases {
                    for need in settled {
                        self.holds(need)?;
                    }
                    if self.truth(*statement, true)? {
                        for need in needs {
                            self.holds(need)?;
                        }
                        return Ok(());
                    }
                }
                Err(fails)
            }
        }
    }

    /// The integers from the one to the other, if they are few.
    pub fn range(&mut self, from: Id, to: Id) -> Found<(i64, i64)> {
        let (low, high) = (self.integer(from)?, self.integer(to)?);
        // A range that runs backwards by more than one has no agreed meaning.
        match high.checked_sub(low) {
            Some(-1..MOST) => Ok((low, high)),
            _ => Err(Stop::Unknown("a range that is too long or runs backwards")),
        }
    }

    fn sum(&mut self, term: Id, product: bool) -> Found<Real> {
        let (symbol, opened) = self.open(term)?;
        let [body, from, to, filter] = opened.as_slice() else {
            return Err(Stop::Unknown("a sum"));
        };
        let (low, high) = self.range(*from, *to)?;
        let bits = self.bits;
        let mut total = Real::integer(i64::from(product));
        let mut stop: Option<Stop> = None;
        for k in low..=high {
            let value = self.with(symbol, Real::integer(k), |inner| {
                if inner.truth(*filter, true)? {
                    inner.value(*body).map(Some)
                } else {
                    Ok(None)
                }
            });
            match value {
                Ok(Some(value)) if product => total = total.mul(&value, bits)?,
                Ok(Some(value)) => total = total.add(&value, bits)?,
                Ok(None) => {}
                Err(Stop::Undefined) => return Err(Stop::Undefined),
                Err(other) => stop = Some(stop.map_or(other, |before| before.worse(other))),
            }
        }
        stop.map_or(Ok(total), Err)
    }

    fn extremum(&mut self, term: Id, largest: bool) -> Found<Real> {
        let (symbol, opened) = self.open(term)?;
        let [body, from, to] = opened.as_slice() else {
            return Err(Stop::Unknown("an extremum"));
        };
        let (low, high) = self.range(*from, *to)?;
        let bits = self.bits;
        let mut best: Option<Real> = None;
        for k in low..=high {
            let value = self.with(symbol, Real::integer(k), |inner| inner.value(*body))?;
            let value = if largest { value } else { value.neg() };
            best = Some(match best {
                None => value,
                Some(best) => best.max(&value, bits)?,
            });
        }
        let best = best.ok_or(Stop::Unknown("an extremum of nothing"))?;
        Ok(if largest { best } else { best.neg() })
    }
}
