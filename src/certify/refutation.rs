//! Counterexamples as they are written down: a model that says everything, and the two values.

use std::collections::BTreeSet;

use hence_checker::wire::{Family, Function, Model, Refutation, Value};

use super::term::Terms;
use super::{claim, sorts};
use crate::meaning::{Context, Goal, Shape};
use crate::number::{Quadratic, Rational};
use crate::refute::{Counterexample, recurring, smooth_functions, whole_families};
use crate::term::{Node, Relation, Sort, Store, Symbol, TermId};
use crate::theory::evaluate::{self, PERIOD, WEIGHTS};
use crate::theory::matrices::Sizes;

/// Digits of the ends between which a value is told to lie.
const DIGITS: i32 = 12;
/// The most members of a period that are written down.
const MOST_MEMBERS: i64 = 600;

/// A goal's counterexample as it is written down.
#[must_use]
pub fn refutation(
    store: &Store,
    context: &Context,
    goal: &Goal,
    counterexample: &Counterexample,
) -> Refutation {
    let mut terms = Terms::new(store);
    let hypotheses = goal.hypotheses.iter().map(|h| terms.term(*h)).collect();
    let claim = claim(&mut terms, goal);
    let solved_for = goal.solved_for.and_then(|symbol| terms.known(symbol));
    let mut spoken = goal.hypotheses.clone();
    spoken.extend(claims(&goal.shape));
    let arrays = evaluate::Model::of(store, &counterexample.assignment);
    let mut atoms = Atoms::of(store, &spoken);
    for declaration in &context.declarations {
        if let Sort::Matrix(rows, columns) = declaration.sort
            && terms.known(declaration.symbol).is_some()
        {
            let sizes = Atoms::of(store, &[rows.0, columns.0]);
            atoms.symbols.extend(sizes.symbols);
        }
    }
    let laws = context
        .drawn()
        .independent
        .iter()
        .map(|law| law.iter().map(|term| terms.term(*term)).collect())
        .collect();
    let mut sorts = sorts(&mut terms, context, &Sizes::new());
    sorts.retain(|(_, sort)| !sort.starts_with("matrix"));
    let (random, events) = context.random();
    let mut writer = Writer {
        terms,
        drawn: match counterexample.seed {
            Some(seed) => {
                evaluate::Model::drawing(seed, &smooth_functions(context), &whole_families(context))
            }
            None => evaluate::Model::default(),
        },
        counterexample,
        random: random.union(&events).copied().collect(),
        arrays: evaluate::Model::default(),
    };
    for declaration in &context.declarations {
        let Sort::Matrix(rows, columns) = declaration.sort else {
            continue;
        };
        let Some(symbol) = writer.terms.known(declaration.symbol) else {
            continue;
        };
        let size = arrays.sizes.get(&declaration.symbol);
        let rows = writer.size(rows.0, size.map(|size| size.0));
        let columns = writer.size(columns.0, size.map(|size| size.1));
        sorts.push((symbol, format!("matrix {rows} {columns}")));
    }
    if arrays.has_arrays {
        let listed = recurring(store, &goal.hypotheses);
        writer.random.extend(listed);
    }
    writer.drawn.sizes.clone_from(&arrays.sizes);
    writer.arrays = arrays;
    let model = Model {
        values: writer.values(&atoms, &goal.hypotheses),
        families: writer.families(&atoms),
        functions: writer.functions(&atoms),
        weights: writer.weights(),
    };
    Refutation {
        symbols: writer.terms.names,
        terms: writer.terms.terms,
        sorts,
        hypotheses,
        laws,
        claim,
        solved_for,
        model,
        left: told(&counterexample.left),
        right: told(&counterexample.right),
    }
}

fn claims(shape: &Shape) -> Vec<TermId> {
    match shape {
        Shape::Step(claim) | Shape::Statement(claim) => vec![*claim],
        Shape::Equivalence(a, b) => vec![*a, *b],
        Shape::Rounded { term, others, .. } => {
            let mut all = vec![*term];
            all.extend_from_slice(others);
            all
        }
        Shape::UpToConstant { left, right, .. } => vec![*left, *right],
    }
}

/// A value as it is told: ends with a few digits.
fn told(value: &evaluate::Value) -> Value {
    let ends = |low: &Rational, high: &Rational| {
        let width = high.sub(low);
        let size = low.abs().max(high.abs());
        let mut places = 0;
        // As many places as show the larger of so many digits and the width.
        while places < 400 && size.mul(&ten(places)) < ten(DIGITS) {
            places += 1;
        }
        while places > 0 && width.mul(&ten(places)) > Rational::from(100) {
            places -= 1;
        }
        let scale = ten(places);
        let below = low.mul(&scale).floor().sub(&Rational::one());
        let above = high.mul(&scale).ceil().add(&Rational::one());
        let text = |end: Rational| match end.div(&scale) {
            Some(end) => end.to_big().to_string(),
            None => String::new(),
        };
        Value::Between(text(below), text(above))
    };
    match value {
        evaluate::Value::Exact(value) => Value::Exact(value.to_big().to_string()),
        evaluate::Value::Between(low, high) => ends(low, high),
        evaluate::Value::Undefined => Value::Undefined,
        evaluate::Value::Truth(value) => Value::Truth(*value),
        evaluate::Value::Matrix(..) | evaluate::Value::Unknown => Value::Untold,
    }
}

fn ten(places: i32) -> Rational {
    Rational::from(10)
        .pow(places.into())
        .unwrap_or_else(Rational::one)
}

/// What stands in the terms: symbols, families and functions with how many places they have.
#[derive(Default)]
struct Atoms {
    symbols: BTreeSet<Symbol>,
    families: BTreeSet<(Symbol, usize)>,
    functions: BTreeSet<(Symbol, usize)>,
}

impl Atoms {
    fn of(store: &Store, terms: &[TermId]) -> Atoms {
        let mut atoms = Atoms::default();
        let mut seen = BTreeSet::new();
        let mut stack = terms.to_vec();
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = store.node(next);
            match node {
                Node::Symbol(symbol) => {
                    atoms.symbols.insert(*symbol);
                }
                Node::Member(symbol, indices) => {
                    atoms.families.insert((*symbol, indices.len()));
                }
                Node::Element(_, event) => match store.node(*event) {
                    Node::Symbol(symbol) => {
                        atoms.families.insert((*symbol, 1));
                    }
                    Node::Member(symbol, indices) => {
                        atoms.families.insert((*symbol, indices.len() + 1));
                    }
                    _ => {}
                },
                Node::Call(symbol, _, arguments) => {
                    atoms.functions.insert((*symbol, arguments.len()));
                }
                _ => {}
            }
            node.for_each_child(|child| stack.push(child));
        }
        atoms
    }
}

struct Writer<'a> {
    terms: Terms<'a>,
    drawn: evaluate::Model,
    counterexample: &'a Counterexample,
    /// Symbols whose last index is an outcome.
    random: BTreeSet<Symbol>,
    /// The vectors and matrices.
    arrays: evaluate::Model,
}

impl Writer<'_> {
    fn number(&mut self, value: &Rational) -> u32 {
        let digits = value.to_big().to_string();
        self.terms.plain("number", &digits, Vec::new(), Vec::new())
    }

    /// a + b√d
    fn quadratic(&mut self, value: &Quadratic) -> u32 {
        let (a, b, d) = value.parts();
        let first = self.number(a);
        if b.is_zero() {
            return first;
        }
        let two = self.number(&Rational::from(2));
        let digits = d.to_string();
        let under = self.terms.plain("number", &digits, Vec::new(), Vec::new());
        let root = self
            .terms
            .plain("function", "root", Vec::new(), vec![two, under]);
        let factor = self.number(b);
        let second = self.terms.plain("mul", "", Vec::new(), vec![factor, root]);
        self.terms.plain("add", "", Vec::new(), vec![first, second])
    }

    /// A dimension: as it is declared, or the number where nobody wrote one.
    fn size(&mut self, declared: TermId, size: Option<usize>) -> u32 {
        match (self.terms.store.node(declared), size) {
            (Node::Call(..), Some(size)) => {
                let size = i64::try_from(size).unwrap_or(i64::MAX);
                self.number(&Rational::from(size))
            }
            _ => self.terms.term(declared),
        }
    }

    /// A matrix by its entries.
    fn array(&mut self, (rows, columns): (usize, usize), entries: &[Quadratic]) -> u32 {
        let entries = entries.iter().map(|entry| self.quadratic(entry)).collect();
        let side = |size: usize| u32::try_from(size).unwrap_or(u32::MAX);
        let data = vec![side(rows), side(columns)];
        self.terms.plain("matrix", "", data, entries)
    }

    /// The symbols that have a value; then those that a hypothesis only gives to something.
    fn values(&mut self, atoms: &Atoms, hypotheses: &[TermId]) -> Vec<(u32, u32)> {
        let store = self.terms.store;
        let mut known = BTreeSet::new();
        let mut values = Vec::new();
        let arrays = self.arrays.arrays.clone();
        for ((symbol, indices), entries) in &arrays {
            if let (true, Some(size)) = (indices.is_empty(), self.arrays.sizes.get(symbol)) {
                known.insert(*symbol);
                let value = self.array(*size, entries);
                values.push((self.terms.symbol(*symbol), value));
            }
        }
        for (atom, value) in &self.counterexample.assignment {
            if let Node::Symbol(symbol) = store.node(*atom)
                && atoms.symbols.contains(symbol)
            {
                known.insert(*symbol);
                let value = self.quadratic(value);
                values.push((self.terms.symbol(*symbol), value));
            }
        }
        loop {
            let named = hypotheses.iter().find_map(|hypothesis| {
                let Node::Relation(Relation::Equal, a, b) = store.node(*hypothesis) else {
                    return None;
                };
                [(*a, *b), (*b, *a)].into_iter().find_map(|(name, term)| {
                    let Node::Symbol(symbol) = store.node(name) else {
                        return None;
                    };
                    let spoken = Atoms::of(store, &[term]);
                    let closed = spoken.families.is_empty()
                        && spoken.functions.is_empty()
                        && spoken.symbols.is_subset(&known);
                    (closed && !known.contains(symbol)).then_some((*symbol, term))
                })
            });
            let Some((symbol, term)) = named else {
                return values;
            };
            known.insert(symbol);
            values.push((self.terms.symbol(symbol), self.terms.term(term)));
        }
    }

    fn families(&mut self, atoms: &Atoms) -> Vec<Family> {
        let store = self.terms.store;
        let mut families = Vec::new();
        for (symbol, places) in &atoms.families {
            let mut members = Vec::new();
            for (atom, value) in &self.counterexample.assignment {
                if let Node::Member(family, indices) = store.node(*atom)
                    && (*family, indices.len()) == (*symbol, *places)
                {
                    let numbers: Option<Vec<i64>> = indices
                        .iter()
                        .map(|index| match store.node(*index) {
                            Node::Number(n) => n.to_i64(),
                            _ => None,
                        })
                        .collect();
                    if let Some(numbers) = numbers {
                        members.push((numbers, self.quadratic(value)));
                    }
                }
            }
            let size = self.arrays.sizes.get(symbol).copied();
            if let Some(size) = size {
                let listed = self.arrays.arrays.clone();
                for ((family, indices), entries) in &listed {
                    if (*family, indices.len()) == (*symbol, *places) {
                        members.push((indices.clone(), self.array(size, entries)));
                    }
                }
            }
            let indices = u32::try_from(*places).unwrap_or(u32::MAX);
            let count = PERIOD.checked_pow(indices).unwrap_or(i64::MAX);
            let mut others = Vec::new();
            let drawn = self.drawn.seed.is_some() && !self.random.contains(symbol);
            if drawn && count <= MOST_MEMBERS {
                for place in 0..count {
                    let mut rest = place;
                    let mut at = Vec::new();
                    for _ in 0..*places {
                        at.push(rest % PERIOD);
                        rest /= PERIOD;
                    }
                    at.reverse();
                    if let Some(size) = size {
                        if let Some(entries) = self.drawn.array(store, *symbol, &at) {
                            others.push(self.array(size, &entries));
                        }
                    } else if let Some(value) = self.drawn.member(store, *symbol, at) {
                        others.push(self.quadratic(&value));
                    }
                }
            }
            families.push(Family {
                symbol: self.terms.symbol(*symbol),
                indices,
                members,
                period: if others.is_empty() {
                    0
                } else {
                    u32::try_from(PERIOD).unwrap_or(0)
                },
                others,
            });
        }
        families
    }

    /// The chances of the outcomes.
    fn weights(&mut self) -> Vec<u32> {
        let store = self.terms.store;
        let Some(weights) = store.find_symbol(WEIGHTS) else {
            return Vec::new();
        };
        let mut found = std::collections::BTreeMap::new();
        for (atom, value) in &self.counterexample.assignment {
            if let Node::Member(family, indices) = store.node(*atom)
                && *family == weights
                && let [outcome] = **indices
                && let Node::Number(outcome) = store.node(outcome)
            {
                found.insert(outcome.to_i64(), value.clone());
            }
        }
        found.values().map(|value| self.quadratic(value)).collect()
    }

    /// The polynomials that stand for unknown functions.
    fn functions(&mut self, atoms: &Atoms) -> Vec<Function> {
        let store = self.terms.store;
        let mut functions = Vec::new();
        for (symbol, places) in &atoms.functions {
            let Some(polynomial) = self.drawn.polynomial(store, *symbol, *places) else {
                continue;
            };
            let arguments: Vec<u32> = (0..*places).map(|_| self.terms.fresh()).collect();
            let names: Vec<u32> = arguments
                .iter()
                .map(|symbol| self.terms.plain("symbol", "", vec![*symbol], Vec::new()))
                .collect();
            let mut monomials = Vec::new();
            for (powers, coefficient) in polynomial {
                let mut factors = vec![self.number(&coefficient)];
                for (power, name) in powers.iter().zip(&names) {
                    if *power > 0 {
                        let exponent = self.number(&Rational::from(i64::from(*power)));
                        factors.push(self.terms.plain(
                            "pow",
                            "",
                            Vec::new(),
                            vec![*name, exponent],
                        ));
                    }
                }
                monomials.push(match factors[..] {
                    [only] => only,
                    _ => self.terms.plain("mul", "", Vec::new(), factors),
                });
            }
            let value = match monomials[..] {
                [only] => only,
                _ => self.terms.plain("add", "", Vec::new(), monomials),
            };
            functions.push(Function {
                symbol: self.terms.symbol(*symbol),
                arguments,
                value,
            });
        }
        functions
    }
}
