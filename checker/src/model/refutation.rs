//! One refutation: its terms, its model, its claim.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::Pow;

use super::evaluate::{Evaluator, Family, Function, MOST, Meaning};
use super::real::Real;
use super::stop::{Found, Stop};
use crate::kernel::load::{load, rational};
use crate::kernel::term::{Binder, Check, Head, Id, Q, Terms};
use crate::wire::{Claim, Refutation, Value};

const LONGEST: usize = 100_000;
const WORK: u64 = 30_000_000;
/// Binary digits, and parts of an integral, that are tried one after another.
const EFFORTS: [(u32, i64); 3] = [(64, 32), (192, 128), (640, 512)];
/// Values of a letter at which a term may have a value that has none at the model.
const OTHERS: [(i64, i64); 7] = [(0, 1), (1, 1), (-1, 1), (2, 1), (1, 3), (-5, 2), (17, 1)];

/// What a symbol may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Real,
    Integer,
    Natural,
    Function,
    Event,
    /// A vector or matrix of so many rows and columns.
    Matrix(Id, Id),
}

/// The value of a side as it was worked out.
enum Side {
    Number(Id),
    Truth(bool),
}

struct Loaded {
    terms: Terms,
    ids: Vec<Id>,
    symbols: u32,
    sorts: BTreeMap<u32, Sort>,
    meaning: Meaning,
    hypotheses: Vec<Id>,
}

/// Works out a refutation.
pub fn recompute(refutation: &Refutation) -> Check<()> {
    let mut loaded = Loaded::read(refutation)?;
    loaded.model(refutation)?;
    let claim = loaded.claim(&refutation.claim)?;
    let solved_for = match refutation.solved_for {
        Some(symbol) => Some(loaded.symbol(symbol)?),
        None => None,
    };
    let mut laws = Vec::new();
    for law in &refutation.laws {
        let law: Check<Vec<Id>> = law.iter().map(|term| loaded.id(*term)).collect();
        laws.push(law?);
    }
    let hypotheses = std::mem::take(&mut loaded.hypotheses);
    let sorts = std::mem::take(&mut loaded.sorts);
    let meaning = std::mem::take(&mut loaded.meaning);
    let mut work = Work {
        evaluator: Evaluator::new(&mut loaded.terms, &meaning),
        solved_for,
    };
    work.sorts(&sorts)?;
    let mut spoken: Vec<Id> = claim.terms();
    spoken.extend(&hypotheses);
    work.whole(&spoken)?;
    work.settle(|e| e.random(&spoken))?;
    for law in laws {
        work.settle(|e| e.independent(&law))?;
    }
    let mut followed = BTreeSet::new();
    for hypothesis in hypotheses {
        match work.settle(|e| e.truth(hypothesis, true)) {
            Ok(true) => {}
            Ok(false) => return Err("a hypothesis is not true".to_owned()),
            Err(reason) => {
                let family = work.settle(|e| e.recurrence(hypothesis));
                let family = family.map_err(|_| reason)?;
                let whole = matches!(sorts.get(&family), Some(Sort::Integer | Sort::Natural));
                if whole || !followed.insert(family) {
                    return Err("a recurrence of another form".to_owned());
                }
            }
        }
    }
    work.fails(&claim, &refutation.left, &refutation.right)
}

/// The claim with its terms.
enum Loads {
    Step(Id),
    Statement(Id),
    Equivalence(Id, Id),
    UpToConstant(Id, Id, u32),
    Rounded(Vec<Id>, Q, i32),
}

impl Loads {
    fn terms(&self) -> Vec<Id> {
        match self {
            Loads::Step(a) | Loads::Statement(a) => vec![*a],
            Loads::Equivalence(a, b) | Loads::UpToConstant(a, b, _) => vec![*a, *b],
            Loads::Rounded(all, ..) => all.clone(),
        }
    }
}

impl Loaded {
    fn read(refutation: &Refutation) -> Check<Loaded> {
        if refutation.terms.len() > LONGEST || refutation.symbols.len() > LONGEST {
            return Err("too long".to_owned());
        }
        let symbols = u32::try_from(refutation.symbols.len()).map_err(|_| "too many symbols")?;
        let names: BTreeSet<&String> = refutation.symbols.iter().collect();
        if names.len() != refutation.symbols.len() {
            return Err("two symbols of one name".to_owned());
        }
        let mut terms = Terms::new(symbols, WORK);
        let mut ids = Vec::with_capacity(refutation.terms.len());
        for term in &refutation.terms {
            ids.push(load(&mut terms, term, &ids, symbols)?);
        }
        let mut loaded = Loaded {
            terms,
            ids,
            symbols,
            sorts: BTreeMap::new(),
            meaning: Meaning::default(),
            hypotheses: Vec::new(),
        };
        for (symbol, sort) in &refutation.sorts {
            let symbol = loaded.symbol(*symbol)?;
            let sort = match sort.as_str() {
                "real" => Sort::Real,
                "integer" => Sort::Integer,
                "natural" => Sort::Natural,
                "function" => Sort::Function,
                "event" => Sort::Event,
                matrix if matrix.starts_with("matrix ") => loaded.size(symbol, matrix)?,
                other => return Err(format!("the sort {other} is not known to the checker")),
            };
            if loaded.sorts.insert(symbol, sort).is_some_and(|s| s != sort) {
                return Err("a symbol of two sorts".to_owned());
            }
        }
        for hypothesis in &refutation.hypotheses {
            let hypothesis = loaded.id(*hypothesis)?;
            loaded.hypotheses.push(hypothesis);
        }
        Ok(loaded)
    }

    /// `matrix ROWS COLUMNS`, both places of terms.
    fn size(&mut self, symbol: u32, sort: &str) -> Check<Sort> {
        let places: Vec<&str> = sort.split(' ').collect();
        let [_, rows, columns] = places.as_slice() else {
            return Err("a matrix without rows and columns".to_owned());
        };
        let place = |text: &str| text.parse::<u32>().map_err(|_| "no such term".to_owned());
        let sort = Sort::Matrix(self.id(place(rows)?)?, self.id(place(columns)?)?);
        self.meaning.arrays.insert(symbol);
        Ok(sort)
    }

    fn id(&self, place: u32) -> Check<Id> {
        let id = self.ids.get(place as usize).copied();
        let id = id.ok_or("no such term")?;
        if self.terms.dangling(id) != 0 {
            return Err("a bound variable without its binder".to_owned());
        }
        Ok(id)
    }

    fn symbol(&self, place: u32) -> Check<u32> {
        if place < self.symbols {
            return Ok(place);
        }
        Err("no such symbol".to_owned())
    }

    fn claim(&self, claim: &Claim) -> Check<Loads> {
        Ok(match claim {
            Claim::Step { statement } => Loads::Step(self.id(*statement)?),
            Claim::Statement { statement } => Loads::Statement(self.id(*statement)?),
            Claim::Equivalence { left, right } => {
                Loads::Equivalence(self.id(*left)?, self.id(*right)?)
            }
            Claim::UpToConstant {
                left,
                right,
                variable,
            } => {
                let variable = self.symbol(*variable)?;
                Loads::UpToConstant(self.id(*left)?, self.id(*right)?, variable)
            }
            Claim::Rounded {
                term,
                others,
                decimal,
                places,
            } => {
                let mut all = vec![self.id(*term)?];
                for other in others {
                    all.push(self.id(*other)?);
                }
                Loads::Rounded(all, rational(decimal)?, *places)
            }
        })
    }

    /// A term in which no symbols stand but these.
    fn value(&self, place: u32, known: impl Fn(u32) -> bool) -> Check<Id> {
        let id = self.id(place)?;
        for part in self.terms.subterms(id, |_, _| true) {
            match self.terms.head(part) {
                Head::Symbol(symbol) if !known(*symbol) => {
                    return Err("a value that speaks of what has none".to_owned());
                }
                Head::Member(_) | Head::Call(..) => {
                    return Err("a value that speaks of a family or function".to_owned());
                }
                _ => {}
            }
        }
        Ok(id)
    }

    fn model(&mut self, refutation: &Refutation) -> Check<()> {
        let model = &refutation.model;
        for (symbol, value) in &model.values {
            let symbol = self.symbol(*symbol)?;
            if matches!(self.sorts.get(&symbol), Some(Sort::Function | Sort::Event)) {
                return Err("a number for a function or an event".to_owned());
            }
            let value = self.value(*value, |s| self.meaning.values.contains_key(&s))?;
            if self.meaning.values.insert(symbol, value).is_some() {
                return Err("two values of a symbol".to_owned());
            }
        }
        for family in &model.families {
            let symbol = self.symbol(family.symbol)?;
            let indices = usize::try_from(family.indices).unwrap_or(usize::MAX);
            let mut read = Family {
                period: family.period.into(),
                ..Family::default()
            };
            for (places, value) in &family.members {
                let value = self.value(*value, |_| false)?;
                let first = read.members.insert(places.clone(), value).is_none();
                if places.len() != indices || !first {
                    return Err("a member listed wrongly".to_owned());
                }
            }
            for value in &family.others {
                read.others.push(self.value(*value, |_| false)?);
            }
            let count = read.period.checked_pow(family.indices);
            let count = count.filter(|_| read.period > 0).unwrap_or(0);
            if i64::try_from(read.others.len()) != Ok(count) {
                return Err("a period with other members than its own".to_owned());
            }
            if self
                .meaning
                .families
                .insert((symbol, indices), read)
                .is_some()
            {
                return Err("two families of one name".to_owned());
            }
        }
        let mut total = Q::from_integer(0.into());
        for weight in &model.weights {
            let id = self.id(*weight)?;
            let weight = self.terms.value(id).cloned().filter(Q::is_positive);
            let weight = weight.ok_or("a weight that is not positive")?;
            total += &weight;
            self.meaning.weights.push(weight);
        }
        if !model.weights.is_empty() && total != Q::from_integer(1.into()) {
            return Err("weights that are not 1 together".to_owned());
        }
        for function in &model.functions {
            let symbol = self.symbol(function.symbol)?;
            let arguments = function.arguments.clone();
            let distinct: BTreeSet<u32> = arguments.iter().copied().collect();
            let fresh = |s: &u32| *s < self.symbols && !self.meaning.values.contains_key(s);
            if distinct.len() != arguments.len() || !arguments.iter().all(fresh) {
                return Err("arguments that are not symbols of their own".to_owned());
            }
            let value = self.value(function.value, |s| distinct.contains(&s))?;
            self.polynomial(value)?;
            let key = (symbol, arguments.len());
            let read = Function { arguments, value };
            if self.meaning.functions.insert(key, read).is_some() {
                return Err("two functions of one name".to_owned());
            }
        }
        Ok(())
    }

    /// A polynomial is smooth everywhere.
    fn polynomial(&self, term: Id) -> Check<()> {
        for part in self
            .terms
            .subterms(term, |node, place| node.head != Head::Pow || place == 0)
        {
            let node = self.terms.node(part);
            let fine = match (&node.head, node.args.as_slice()) {
                (Head::Number(_) | Head::Symbol(_) | Head::Add | Head::Mul, _) => true,
                (Head::Pow, [_, exponent]) => {
                    let natural = |n: &Q| n.is_integer() && *n >= Q::from_integer(0.into());
                    self.terms.value(*exponent).is_some_and(natural)
                }
                _ => false,
            };
            if !fine {
                return Err("a function that is no polynomial".to_owned());
            }
        }
        Ok(())
    }
}

struct Work<'a> {
    evaluator: Evaluator<'a>,
    solved_for: Option<u32>,
}

impl Work<'_> {
    /// Works something out with more and more digits.
    fn settle<T>(&mut self, mut work: impl FnMut(&mut Evaluator) -> Found<T>) -> Check<T> {
        let mut last = Stop::Digits;
        for (bits, parts) in EFFORTS {
            self.evaluator.sharpen(bits, parts);
            match work(&mut self.evaluator) {
                Ok(value) => return Ok(value),
                Err(Stop::Digits) => last = Stop::Digits,
                Err(stop) => return Err(stop.reason().to_owned()),
            }
        }
        Err(last.reason().to_owned())
    }

    /// What symbols and members stand for is of their sorts.
    fn sorts(&mut self, sorts: &BTreeMap<u32, Sort>) -> Check<()> {
        let meaning = self.evaluator.meaning;
        let mut all: Vec<(u32, Id)> = meaning.values.iter().map(|(s, v)| (*s, *v)).collect();
        for ((symbol, _), family) in &meaning.families {
            let members = family.members.values().chain(&family.others);
            all.extend(members.map(|value| (*symbol, *value)));
        }
        all.sort_unstable();
        for (symbol, value) in all {
            if let Some(Sort::Matrix(rows, columns)) = sorts.get(&symbol) {
                self.shape(value, *rows, *columns)?;
                continue;
            }
            let value = self.settle(|e| e.value(value))?;
            let whole = value.as_exact().is_some_and(Q::is_integer);
            let fits = match sorts.get(&symbol) {
                Some(Sort::Integer) => whole,
                Some(Sort::Natural) => whole && value.not_negative(),
                Some(Sort::Event) => matches!(value.as_integer(), Some(0 | 1)),
                Some(Sort::Function | Sort::Matrix(..)) => false,
                Some(Sort::Real) | None => true,
            };
            if !fits {
                return Err("a value that is not of its sort".to_owned());
            }
        }
        Ok(())
    }

    /// A value is a matrix of numbers with so many rows and columns.
    fn shape(&mut self, value: Id, rows: Id, columns: Id) -> Check<()> {
        let sides = self.settle(|e| Ok((e.integer(rows)?, e.integer(columns)?)))?;
        let grid = self.settle(|e| e.written(value))?;
        let size = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        if sides != (size(grid.rows), size(grid.columns)) {
            return Err("a matrix of another shape".to_owned());
        }
        for entry in grid.entries {
            self.settle(|e| e.value(entry))?;
        }
        Ok(())
    }

    /// Symbols in bounds and indices are integers; ranges in which nothing is bound are not empty.
    fn whole(&mut self, spoken: &[Id]) -> Check<()> {
        let mut ranges = BTreeSet::new();
        let mut counts = BTreeSet::new();
        for term in spoken {
            let parts = self.evaluator.terms.subterms(*term, |_, _| true);
            for part in parts {
                let node = self.evaluator.terms.node(part);
                match (&node.head, node.args.as_slice()) {
                    (
                        Head::Binder(Binder::Sum | Binder::Product | Binder::Extremum(_), _),
                        [_, from, to, ..],
                    )
                    | (Head::Range, [from, to]) => {
                        ranges.insert((*from, *to));
                        counts.extend([*from, *to]);
                    }
                    (
                        Head::Member(_) | Head::Function("factorial" | "binomial" | "delta"),
                        args,
                    ) => {
                        counts.extend(args);
                    }
                    (Head::Function("entry"), [_, indices @ ..]) => counts.extend(indices),
                    _ => {}
                }
            }
        }
        let mut symbols = BTreeSet::new();
        for term in counts {
            for part in self.evaluator.terms.subterms(term, |_, _| true) {
                if matches!(self.evaluator.terms.head(part), Head::Symbol(_)) {
                    symbols.insert(part);
                }
            }
        }
        for symbol in symbols {
            let value = self.settle(|e| e.value(symbol))?;
            if !value.as_exact().is_some_and(Q::is_integer) {
                return Err("an index or bound that is no integer".to_owned());
            }
        }
        for (from, to) in ranges {
            let terms = &self.evaluator.terms;
            if terms.dangling(from) != 0 || terms.dangling(to) != 0 {
                continue;
            }
            // A range without an end is not empty; what is said over it is not known.
            let unbounded = |e: &Evaluator, end| e.infinite(end).is_some();
            if unbounded(&self.evaluator, from) || unbounded(&self.evaluator, to) {
                continue;
            }
            let (low, high) = self.settle(|e| Ok((e.integer(from)?, e.integer(to)?)))?;
            if low > high || high.saturating_sub(low) > MOST {
                return Err("a range that is empty or too long".to_owned());
            }
        }
        Ok(())
    }

    fn fails(&mut self, claim: &Loads, left: &Value, right: &Value) -> Check<()> {
        let holds = || Err("the claim does not fail".to_owned());
        match claim {
            Loads::Step(statement) => {
                let node = self.evaluator.terms.node(*statement).clone();
                match (&node.head, node.args.as_slice()) {
                    (Head::Equal | Head::NotEqual | Head::Less | Head::LessEqual, [a, b]) => {
                        if self.settle(|e| e.relation(&node.head, *a, *b))? {
                            return holds();
                        }
                        self.told(left, &Side::Number(*a))?;
                        self.told(right, &Side::Number(*b))
                    }
                    _ => {
                        // Its negation is true, so that no undefined atom decided.
                        if !self.settle(|e| e.truth(*statement, false))? {
                            return holds();
                        }
                        self.told_of_atom(*statement, left, right)
                    }
                }
            }
            Loads::Statement(statement) => {
                if self.settle(|e| e.truth(*statement, true))? {
                    return holds();
                }
                self.no_condition(&[*statement])?;
                self.told_of_atom(*statement, left, right)
            }
            Loads::Equivalence(a, b) => {
                let first = self.settle(|e| e.truth(*a, true))?;
                let second = self.settle(|e| e.truth(*b, true))?;
                if first == second {
                    return holds();
                }
                self.no_condition(&[*a, *b])?;
                self.told(left, &Side::Truth(first))?;
                self.told(right, &Side::Truth(second))
            }
            Loads::UpToConstant(a, b, variable) => {
                let (a, b) = (self.slope(*a, *variable)?, self.slope(*b, *variable)?);
                if self.settle(|e| e.relation(&Head::Equal, a, b))? {
                    return holds();
                }
                self.told(left, &Side::Number(a))?;
                self.told(right, &Side::Number(b))
            }
            Loads::Rounded(all, decimal, places) => {
                self.rounded(all, decimal, *places, left, right)
            }
        }
    }

    /// The derivative at the point, where the rules hold.
    fn slope(&mut self, side: Id, variable: u32) -> Check<Id> {
        let (slope, needs) = self.settle(|e| e.slope(side, variable))?;
        for need in &needs {
            self.settle(|e| e.holds(need))?;
        }
        // What does not move must have a value too.
        let steady = self.steady(side);
        for part in steady {
            self.settle(|e| e.value(part))?;
        }
        Ok(slope)
    }

    /// The greatest parts of a sum of products that hold no antiderivative.
    fn steady(&self, side: Id) -> Vec<Id> {
        let terms = &self.evaluator.terms;
        let open = |id: Id| {
            let all = terms.subterms(id, |_, _| true);
            let mut heads = all.iter().map(|t| terms.head(*t));
            heads.any(|h| matches!(h, Head::Binder(Binder::Antiderivative, _)))
        };
        let mut stack = vec![side];
        let mut found = Vec::new();
        while let Some(next) = stack.pop() {
            if !open(next) {
                found.push(next);
            } else if matches!(terms.head(next), Head::Add | Head::Mul) {
                stack.extend_from_slice(terms.args(next));
            }
        }
        found
    }

    fn rounded(
        &mut self,
        all: &[Id],
        decimal: &Q,
        places: i32,
        left: &Value,
        right: &Value,
    ) -> Check<()> {
        if places.abs() > 400 {
            return Err("too many places".to_owned());
        }
        let half = Q::new(1.into(), 2.into()) * Pow::pow(Q::from_integer(10.into()), -places);
        let (low, high) = (Real::Exact(decimal - &half), Real::Exact(decimal + &half));
        for term in all {
            let beyond = self.settle(|e| {
                let value = e.value(*term)?;
                let below = e.related(&Head::Less, &value, &low)?;
                Ok(below || e.related(&Head::Less, &high, &value)?)
            })?;
            if !beyond {
                return Err("the value rounds to the decimal".to_owned());
            }
        }
        match all.first() {
            Some(term) => self.told(left, &Side::Number(*term))?,
            None => return Err("no term".to_owned()),
        }
        match right {
            Value::Exact(told) if rational(told)? == *decimal => Ok(()),
            _ => Err("another decimal is told".to_owned()),
        }
    }

    /// A value is as it is told.
    fn told(&mut self, told: &Value, side: &Side) -> Check<()> {
        let wrong = || Err("a side has another value than told".to_owned());
        match (told, side) {
            (Value::Truth(told), Side::Truth(found)) if told == found => Ok(()),
            (Value::Exact(told), Side::Number(term)) => {
                let told = Real::Exact(rational(told)?);
                if self.settle(|e| {
                    let value = e.value(*term)?;
                    e.related(&Head::Equal, &value, &told)
                })? {
                    return Ok(());
                }
                wrong()
            }
            (Value::Between(low, high), Side::Number(term)) => {
                let (low, high) = (Real::Exact(rational(low)?), Real::Exact(rational(high)?));
                if self.settle(|e| {
                    let value = e.value(*term)?;
                    let above = e.related(&Head::LessEqual, &low, &value)?;
                    Ok(above && e.related(&Head::LessEqual, &value, &high)?)
                })? {
                    return Ok(());
                }
                wrong()
            }
            (Value::Undefined, Side::Number(term)) => {
                let undefined = self.settle(|e| match e.value(*term) {
                    Err(Stop::Undefined) => Ok(true),
                    Err(stop) => Err(stop),
                    Ok(_) => Ok(false),
                })?;
                if undefined { Ok(()) } else { wrong() }
            }
            (Value::Untold, _) => Ok(()),
            _ => wrong(),
        }
    }

    /// What is told are the values of the sides of one of the statement's atoms.
    fn told_of_atom(&mut self, statement: Id, left: &Value, right: &Value) -> Check<()> {
        if matches!((left, right), (Value::Truth(false), Value::Untold)) {
            return Ok(());
        }
        let mut stack = vec![statement];
        while let Some(next) = stack.pop() {
            let node = self.evaluator.terms.node(next).clone();
            match (&node.head, node.args.as_slice()) {
                (Head::And | Head::Or | Head::Not, parts) => stack.extend(parts),
                (Head::Equal | Head::NotEqual | Head::Less | Head::LessEqual, [a, b]) => {
                    let (a, b) = (Side::Number(*a), Side::Number(*b));
                    if self.told(left, &a).is_ok() && self.told(right, &b).is_ok() {
                        return Ok(());
                    }
                }
                (Head::Has(_), [a]) => {
                    let false_there = Side::Truth(false);
                    if self.told(left, &Side::Number(*a)).is_ok()
                        && self.told(right, &false_there).is_ok()
                    {
                        return Ok(());
                    }
                }
                (Head::In, [a, _]) => {
                    let inside = Side::Truth(false);
                    if self.told(left, &Side::Number(*a)).is_ok()
                        && self.told(right, &inside).is_ok()
                    {
                        return Ok(());
                    }
                }
                _ => {}
            }
        }
        Err("a side has another value than told".to_owned())
    }

    fn has_value(&mut self, part: Id) -> Found<()> {
        if self.evaluator.is_strange(part) {
            return self.evaluator.settled(part);
        }
        self.evaluator.value(part).map(|_| ())
    }

    /// A claim that is solved for a letter does not fail for a term that has no value whatever the
    /// letter is: each term without a value has one at another value of the letter.
    fn no_condition(&mut self, statements: &[Id]) -> Check<()> {
        let Some(symbol) = self.solved_for else {
            return Ok(());
        };
        let mut undefined = Vec::new();
        for statement in statements {
            for part in self.evaluator.terms.subterms(*statement, |_, _| true) {
                let terms = &self.evaluator.terms;
                let value = matches!(
                    terms.head(part),
                    Head::Pow
                        | Head::Function(_)
                        | Head::Piecewise
                        | Head::Binder(Binder::Derivative, _)
                );
                if value
                    && terms.dangling(part) == 0
                    && self.has_value(part).err() == Some(Stop::Undefined)
                {
                    undefined.push(part);
                }
            }
        }
        for part in undefined {
            let mut defined = false;
            for (n, d) in OTHERS {
                let value = Real::Exact(Q::new(n.into(), d.into()));
                let strange = self.evaluator.is_strange(part);
                let there = self.evaluator.with(symbol, value, |e| {
                    if strange {
                        e.settled(part)
                    } else {
                        e.value(part).map(|_| ())
                    }
                });
                defined |= there.is_ok();
            }
            if !defined {
                return Err("a term has no value whatever the letter is".to_owned());
            }
        }
        Ok(())
    }
}
