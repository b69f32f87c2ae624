//! The search for an assignment at which a claim fails.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::Budget;
use super::chance::Chances;
use super::compare::{Check, check};
use super::definitions::without_definitions;
use super::guide::{Guide, guides};
use super::letters::{Letter, letters};
use super::models::{Models, contains};
use super::roots::roots;
use crate::meaning::{Context, Goal, Shape};
use crate::number::{Quadratic, Rational};
use crate::term::{Node, Store, Symbol, TermId};
use crate::theory::evaluate::{Drawn, Model, Value};

/// Rounds tried for each assignment that is wanted.
const ROUNDS_PER_SAMPLE: u32 = 3;
/// Assignments tried near the places where a relation of the claim changes.
const MOST_CRITICAL: usize = 48;
/// Assignments tried to make a counterexample simpler.
const MOST_SHRINKS: u32 = 160;

/// Values of equations worked out to make a counterexample simpler.
const SHRINK_EFFORT: u32 = 4_000;

/// What the search found.
pub(super) enum Found {
    /// A model at which the claim fails, with the values of its sides.
    Failing(Box<Model>, Value, Value),
    /// At how many it held, and a model of the hypotheses.
    Agrees(u32, Box<Model>),
    /// Hypotheses have a model, but a side (which, if it is one) has a value at none.
    NoValue(Box<Model>, Option<TermId>),
    /// The hypotheses have no model that was found.
    NoModel,
}

/// A goal with what is needed to look for models.
pub(super) struct Search<'a> {
    store: &'a Store,
    goal: &'a Goal,
    /// The hypotheses that restrict anything.
    hypotheses: Vec<TermId>,
    letters: Vec<Letter>,
    functions: BTreeSet<Symbol>,
    whole: BTreeMap<Symbol, bool>,
    guides: Vec<Guide>,
    ranges: Vec<(TermId, TermId)>,
    chances: Option<Chances>,
    /// Whether nothing is free, so that one assignment says all.
    closed: bool,
    /// Whether a counterexample is made simple.
    simplify: bool,
}

/// What was seen at the models so far.
#[derive(Default)]
struct Tally {
    tested: u32,
    agreeing: u32,
    open: u32,
    undefined: u32,
    left_undefined: u32,
    right_undefined: u32,
    witness: Option<Model>,
}

impl<'a> Search<'a> {
    pub(super) fn new(store: &'a Store, context: &Context, goal: &'a Goal) -> Self {
        let claims = claims(&goal.shape);
        let hypotheses = without_definitions(store, context, &goal.hypotheses, &claims);
        let mut terms = hypotheses.clone();
        terms.extend_from_slice(&claims);
        let mut letters = letters(store, context, &terms);
        let chances = Chances::of(store, context, &terms, &hypotheses);
        if let Some(chances) = &chances {
            letters.retain(|letter| !chances.owns(store, letter.atom));
        }
        let functions = super::smooth_functions(context);
        let whole = super::whole_families(context);
        let mut all = guides(store, &letters, &hypotheses);
        // The solutions of what is claimed are where statements part.
        let extra: Vec<TermId> = match &goal.shape {
            Shape::Equivalence(a, b) => vec![*a, *b],
            _ => Vec::new(),
        };
        for statement in extra {
            let mut with = hypotheses.clone();
            with.push(statement);
            all.extend(guides(store, &letters, &with));
        }
        let ranges = ranges(store, &terms);
        let closed = letters.is_empty() && !has_atoms(store, &terms);
        Search {
            store,
            goal,
            hypotheses,
            letters,
            functions,
            whole,
            guides: all,
            ranges,
            chances,
            closed,
            simplify: true,
        }
    }

    /// Takes a counterexample as it is found.
    pub(super) fn without_simplifying(mut self) -> Self {
        self.simplify = false;
        self
    }

    pub(super) fn run(&self, budget: &Budget) -> Found {
        let models = Models {
            store: self.store,
            letters: &self.letters,
            hypotheses: &self.hypotheses,
            functions: &self.functions,
            whole: &self.whole,
            ranges: self.ranges.clone(),
            chances: self.chances.as_ref(),
            effort: Cell::new(0),
        };
        let mut tally = Tally::default();
        let ways = u32::try_from(self.guides.len().max(1)).unwrap_or(1);
        let (samples, rounds) = if self.closed {
            (1, 1)
        } else {
            (
                budget.samples,
                budget.samples.saturating_mul(ROUNDS_PER_SAMPLE),
            )
        };
        let mut bases: Vec<(usize, Model)> = Vec::new();
        for step in 0..rounds.saturating_add(ways) {
            let way = usize::try_from(step % ways).unwrap_or(0);
            let Some(guide) = self.guides.get(way) else {
                break;
            };
            let round = step / ways;
            for model in models.round(guide, round) {
                if bases.len() < 4 {
                    bases.push((way, model.clone()));
                }
                if let Some((left, right)) = self.look(&model, &mut tally) {
                    return self.shrunk(&models, guide, round, model, left, right);
                }
            }
            if tally.tested >= samples && step + 1 >= ways {
                break;
            }
        }
        if self.has_borders() {
            for (way, base) in &bases {
                let Some(guide) = self.guides.get(*way) else {
                    continue;
                };
                for model in self.critical(&models, guide, base) {
                    if let Some((left, right)) = self.look(&model, &mut tally) {
                        return self.shrunk(&models, guide, 0, model, left, right);
                    }
                }
            }
        }
        self.conclude(tally)
    }

    fn conclude(&self, tally: Tally) -> Found {
        let Some(witness) = tally.witness else {
            return Found::NoModel;
        };
        let witness = Box::new(witness);
        if tally.agreeing == 0 && tally.open == 0 && tally.undefined > 0 {
            let side = match &self.goal.shape {
                Shape::Step(claim) => match self.store.node(*claim) {
                    Node::Relation(_, a, b) => Some((*a, *b)),
                    _ => None,
                },
                Shape::Rounded { term, .. } => Some((*term, *term)),
                Shape::UpToConstant { left, right, .. } => Some((*left, *right)),
                Shape::Statement(_) | Shape::Equivalence(..) => None,
            };
            let side = side.and_then(|(left, right)| {
                if tally.left_undefined == tally.undefined {
                    Some(left)
                } else if tally.right_undefined == tally.undefined {
                    Some(right)
                } else {
                    None
                }
            });
            return Found::NoValue(witness, side);
        }
        Found::Agrees(tally.agreeing, witness)
    }

    /// Looks at one model; the values of the sides where the claim fails.
    fn look(&self, model: &Model, tally: &mut Tally) -> Option<(Value, Value)> {
        tally.tested += 1;
        if tally.witness.is_none() {
            tally.witness = Some(model.clone());
        }
        match check(self.store, &self.goal.shape, self.goal.solved_for, model) {
            Check::Fails(left, right) => return Some((left, right)),
            Check::Holds => {
                if tally.agreeing == 0 {
                    tally.witness = Some(model.clone());
                }
                tally.agreeing += 1;
            }
            Check::NoValue(left, right) => {
                tally.undefined += 1;
                tally.left_undefined += u32::from(left);
                tally.right_undefined += u32::from(right);
            }
            Check::Open => tally.open += 1,
        }
        None
    }

    /// Whether the claim is one that changes at the borders of its relations.
    fn has_borders(&self) -> bool {
        match &self.goal.shape {
            Shape::Statement(_) | Shape::Equivalence(..) => true,
            Shape::Step(claim) => !matches!(
                self.store.node(*claim),
                Node::Relation(crate::term::Relation::Equal, ..)
            ),
            Shape::Rounded { .. } | Shape::UpToConstant { .. } => false,
        }
    }

    /// Models at and beside the places where a relation in the claim or the hypotheses changes.
    fn critical(&self, models: &Models<'_>, guide: &Guide, base: &Model) -> Vec<Model> {
        let mut atoms = Vec::new();
        for statement in claims(&self.goal.shape).iter().chain(&self.hypotheses) {
            relations(self.store, *statement, &mut atoms, 0);
        }
        let half = Rational::new(1, 2).unwrap_or_else(Rational::one);
        let mut found = Vec::new();
        for letter in &self.letters {
            if !matches!(self.store.node(letter.atom), Node::Symbol(_)) {
                continue;
            }
            let mut values: Vec<Quadratic> = Vec::new();
            for (a, b) in &atoms {
                if !contains(self.store, *a, letter.atom) && !contains(self.store, *b, letter.atom)
                {
                    continue;
                }
                let mut trial = base.clone();
                let zeros = roots(|x| {
                    models.set(&mut trial, letter.atom, x.clone().into());
                    models.difference(*a, *b, &trial)
                });
                values.extend(zeros);
            }
            values.sort_by_key(Quadratic::nearby);
            values.dedup();
            let mut near = values.clone();
            let mut last: Option<Rational> = None;
            for value in values.iter().map(Quadratic::nearby) {
                near.push(Quadratic::from(match &last {
                    None => value.sub(&Rational::one()),
                    Some(last) => last.add(&value).mul(&half),
                }));
                last = Some(value);
            }
            near.extend(last.map(|last| Quadratic::from(last.add(&Rational::one()))));
            for value in near {
                found.extend(models.changed(guide, base, letter.atom, value, 0));
                if found.len() >= MOST_CRITICAL {
                    return found;
                }
            }
        }
        found
    }

    /// The simplest failing model found by putting simple values in place of the others, one
    /// letter at a time.
    fn shrunk(
        &self,
        models: &Models<'_>,
        guide: &Guide,
        round: u32,
        model: Model,
        left: Value,
        right: Value,
    ) -> Found {
        const SIMPLE: [(i64, i64); 12] = [
            (0, 1),
            (1, 1),
            (2, 1),
            (-1, 1),
            (3, 1),
            (-2, 1),
            (4, 1),
            (1, 2),
            (5, 1),
            (-3, 1),
            (-1, 2),
            (10, 1),
        ];
        if !self.simplify {
            return Found::Failing(Box::new(model), left, right);
        }
        let mut best = (model, left, right);
        let mut left_to_try = MOST_SHRINKS;
        models.effort.set(0);
        for pass in 0..2 {
            let mut changed = false;
            for letter in &self.letters {
                for (n, d) in SIMPLE {
                    if left_to_try == 0 || models.effort.get() > SHRINK_EFFORT {
                        break;
                    }
                    let Some(value) = Rational::new(n, d) else {
                        continue;
                    };
                    let value = Quadratic::from(value);
                    if pass == 0 && current(&best.0, self.store, letter) == Some(&value) {
                        break;
                    }
                    left_to_try -= 1;
                    let simpler = models
                        .changed(guide, &best.0, letter.atom, value, round)
                        .into_iter()
                        .filter(|m| cost(m) < cost(&best.0))
                        .find_map(|m| self.failing(m));
                    if let Some(simpler) = simpler {
                        best = simpler;
                        changed = true;
                        break;
                    }
                }
            }
            if !changed {
                break;
            }
        }
        self.shrink_members(models, &mut best, left_to_try);
        // Only what the failing claim looks at is reported.
        let _ = best.0.take_drawn();
        let (model, left, right) = match self.failing(best.0.clone()) {
            Some(again) => again,
            None => best,
        };
        Found::Failing(Box::new(model), left, right)
    }

    /// Puts simple numbers in place of drawn members of families.
    fn shrink_members(
        &self,
        models: &Models<'_>,
        best: &mut (Model, Value, Value),
        mut left_to_try: u32,
    ) {
        let _ = best.0.take_drawn();
        if self.failing(best.0.clone()).is_none() {
            return;
        }
        let _ = check(self.store, &self.goal.shape, self.goal.solved_for, &best.0);
        for drawn in best.0.take_drawn() {
            let Drawn::Member(symbol, indices, value) = drawn else {
                continue;
            };
            let key = (symbol, indices);
            best.0.members.insert(key.clone(), value.into());
            for simple in [0, 1, 2, -1, 3] {
                if left_to_try == 0 {
                    break;
                }
                left_to_try -= 1;
                let mut trial = best.0.clone();
                trial
                    .members
                    .insert(key.clone(), Rational::from(simple).into());
                if models.satisfies(&trial)
                    && let Some(simpler) = self.failing(trial)
                {
                    *best = simpler;
                    break;
                }
            }
        }
    }

    fn failing(&self, model: Model) -> Option<(Model, Value, Value)> {
        match check(self.store, &self.goal.shape, self.goal.solved_for, &model) {
            Check::Fails(left, right) => Some((model, left, right)),
            _ => None,
        }
    }
}

fn current<'m>(model: &'m Model, store: &Store, letter: &Letter) -> Option<&'m Quadratic> {
    match store.node(letter.atom) {
        Node::Symbol(symbol) => model.symbols.get(symbol),
        _ => None,
    }
}

/// How far a model is from simple: sizes of numerators and denominators, a little for a sign.
fn cost(model: &Model) -> u64 {
    model
        .symbols
        .values()
        .chain(model.members.values())
        .map(
            |value| match value.as_rational().and_then(Rational::to_small) {
                Some((0, _)) => 0,
                Some((n, d)) => {
                    let size = n.unsigned_abs().min(1_000_000) * 2 + 3 * (d.min(1_000_000) - 1);
                    4 + size + u64::from(n < 0)
                }
                None => 10_000_000 + value.bits(),
            },
        )
        .sum()
}

/// The terms that a shape speaks of.
pub(super) fn claims(shape: &Shape) -> Vec<TermId> {
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

/// The bounds of sums, products and ranges that stand free in the terms.
pub(super) fn ranges(store: &Store, terms: &[TermId]) -> Vec<(TermId, TermId)> {
    let mut found = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = terms.to_vec();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if let Node::Sum(_, _, low, high, _)
        | Node::Product(_, _, low, high, _)
        | Node::Extremum(_, _, low, high, _)
        | Node::Range(low, high) = node
            && store.is_closed(*low)
            && store.is_closed(*high)
        {
            found.push((*low, *high));
        }
        node.for_each_child(|child| stack.push(child));
    }
    found
}

/// Whether the terms hold a symbol, a member of a family or an unknown function at all.
fn has_atoms(store: &Store, terms: &[TermId]) -> bool {
    terms.iter().any(|term| !store.symbols(*term).is_empty())
}

/// The sides of all relations in a statement.
fn relations(store: &Store, statement: TermId, found: &mut Vec<(TermId, TermId)>, depth: u32) {
    if depth > 8 || found.len() > 16 {
        return;
    }
    match store.node(statement) {
        Node::Relation(_, a, b) => found.push((*a, *b)),
        Node::Not(inner) => relations(store, *inner, found, depth + 1),
        Node::And(parts) | Node::Or(parts) => {
            for part in parts {
                relations(store, *part, found, depth + 1);
            }
        }
        Node::Element(x, set) => {
            if let Node::Interval(low, high, ..) | Node::Range(low, high) = store.node(*set) {
                found.push((*x, *low));
                found.push((*x, *high));
            }
        }
        _ => {}
    }
}
