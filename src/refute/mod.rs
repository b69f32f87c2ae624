//! Takes: a goal and its context. Gives: an exact counterexample, or a witness that the context is not empty.
//! Never: says that something is valid.
//! Start reading at: this file, then `search.rs`.

mod chance;
mod compare;
mod definitions;
mod guide;
mod letters;
mod limits;
mod matrices;
mod models;
mod points;
mod roots;
mod search;

use std::collections::{BTreeMap, BTreeSet};

use crate::meaning::{Context, Goal, Property, Shape};
use crate::number::Quadratic;
use crate::term::{Allowance, Function, Node, Sort, Store, Symbol, TermId};
use crate::theory::evaluate::{Assignment, Drawn, Model, Value};

use matrices::Matrices;
use search::{Found, Search};

/// An assignment that satisfies the hypotheses and at which the goal fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterexample {
    /// The atoms and their values.
    pub assignment: Assignment,
    /// From which members of families that are not assigned, and unknown functions, are drawn.
    pub seed: Option<u64>,
    /// Value of the left side (of a statement that fails: of its first failing atom; of ⇔ the
    /// truth of the left statement; of two antiderivatives the value of the left one's derivative).
    pub left: Value,
    /// Value of the right side (`Truth(false)` where it is a set in which the left value is not).
    pub right: Value,
}

/// What looking at models showed.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The goal is not valid.
    Refuted(Box<Counterexample>),
    /// No counterexample found; at this many assignments the hypotheses hold, and there both
    /// sides are defined and agree (`agreeing`); the first of them is a witness.
    Agrees {
        /// At how many it was compared and held.
        agreeing: u32,
        /// An assignment that satisfies the hypotheses.
        witness: Assignment,
    },
    /// Assignments satisfy the hypotheses, but none was found at which both sides have a value.
    NoValue {
        /// Such an assignment.
        witness: Assignment,
        /// The side that had no value at any of them, if it is one.
        side: Option<TermId>,
    },
    /// No assignment was found that satisfies the hypotheses.
    NoModel,
}

/// How much may be spent: counts, never seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Assignments tried.
    pub samples: u32,
    /// E-graph nodes.
    pub nodes: u32,
    /// Rounds of rewriting.
    pub rounds: u32,
    /// Decimal digits of an enclosure.
    pub digits: u32,
    /// What the theories may spend on a step.
    pub theories: Allowance,
}

impl Budget {
    /// What `--budget normal` means.
    pub const NORMAL: Budget = Budget {
        samples: 24,
        nodes: 2_000,
        rounds: 6,
        digits: 60,
        theories: Allowance::NORMAL,
    };
    /// What `--budget small` means.
    pub const SMALL: Budget = Budget {
        samples: 12,
        nodes: 500,
        rounds: 3,
        digits: 30,
        theories: Allowance::SMALL,
    };
    /// What `--budget large` means.
    pub const LARGE: Budget = Budget {
        samples: 96,
        nodes: 20_000,
        rounds: 12,
        digits: 200,
        theories: Allowance::LARGE,
    };
}

/// Looks for a counterexample to the goal.
pub fn refute(store: &mut Store, context: &Context, goal: &Goal, budget: &Budget) -> Outcome {
    let valued = limits::without_limits(store, context, goal);
    let known = valued.is_some();
    let goal = valued.as_ref().unwrap_or(goal);
    let found = search(store, context, goal, budget, true);
    match found {
        Found::Failing(model, left, right) => Outcome::Refuted(Box::new(Counterexample {
            assignment: assignment(store, &model),
            seed: model.seed,
            left,
            right,
        })),
        Found::Agrees(agreeing, model) => Outcome::Agrees {
            agreeing,
            witness: assignment(store, &model),
        },
        Found::NoValue(model, side) => Outcome::NoValue {
            witness: assignment(store, &model),
            side: side.filter(|_| !known),
        },
        Found::NoModel => Outcome::NoModel,
    }
}

/// Whether the goal was compared somewhere, and held wherever it was compared.
pub fn agrees(store: &mut Store, context: &Context, goal: &Goal, budget: &Budget) -> bool {
    let valued = limits::without_limits(store, context, goal);
    let goal = valued.as_ref().unwrap_or(goal);
    let found = search(store, context, goal, budget, false);
    matches!(found, Found::Agrees(agreeing, _) if agreeing > 0)
}

/// Looks for a model at which the goal fails: of numbers, or of matrices where the goal is about
/// such.
fn search(
    store: &mut Store,
    context: &Context,
    goal: &Goal,
    budget: &Budget,
    simplify: bool,
) -> Found {
    let mut terms = goal.hypotheses.clone();
    terms.extend(search::claims(&goal.shape));
    if matrices::depend(store, context, &terms) {
        return Found::NoModel;
    }
    if matrices::concern(store, context, &terms) {
        let qualities = context.qualities(store);
        store.integer(1);
        let claims = search::claims(&goal.shape);
        if !matrices::concern(store, context, &claims) {
            // A claim about numbers: numbers first, then matrices that go with them.
            let mut plain = goal.clone();
            plain
                .hypotheses
                .retain(|h| !matrices::concern(store, context, &[*h]));
            let numbers = Search::new(store, context, &plain).run(budget);
            if let Found::Failing(model, ..) = numbers {
                let matrices = Matrices::new(store, context, goal, &qualities);
                if let Some((model, left, right)) = matrices.completed(&model) {
                    return Found::Failing(Box::new(model), left, right);
                }
            }
        }
        let matrices = Matrices::new(store, context, goal, &qualities);
        return matrices.run(budget, simplify);
    }
    let search = Search::new(store, context, goal);
    if simplify {
        search.run(budget)
    } else {
        search.without_simplifying().run(budget)
    }
}

/// An assignment at which all hypotheses are surely true, if one was found.
pub fn witness(store: &mut Store, context: &Context, hypotheses: &[TermId]) -> Option<Assignment> {
    let truth = store.add_node(Node::Truth(true));
    let goal = Goal {
        hypotheses: hypotheses.to_vec(),
        shape: Shape::Statement(truth),
        solved_for: None,
    };
    let budget = Budget {
        samples: 1,
        ..Budget::NORMAL
    };
    match search(store, context, &goal, &budget, true) {
        Found::Agrees(_, model) => Some(assignment(store, &model)),
        _ => None,
    }
}

/// The unknown functions in whose place a smooth one may be put.
pub(crate) fn smooth_functions(context: &Context) -> BTreeSet<Symbol> {
    let smooth = context.declarations.iter().filter(|d| {
        matches!(d.sort, Sort::Function(_)) || d.properties.contains(&Property::Smooth)
    });
    smooth.map(|d| d.symbol).collect()
}

/// The families of integers; whether of natural numbers.
pub(crate) fn whole_families(context: &Context) -> BTreeMap<Symbol, bool> {
    let whole = context.declarations.iter().filter_map(|d| match d.sort {
        Sort::Integer => Some((d.symbol, false)),
        Sort::Natural => Some((d.symbol, true)),
        _ => None,
    });
    whole.collect()
}

/// Whether vectors or matrices take part in some terms.
pub(crate) fn concerns_matrices(store: &Store, context: &Context, terms: &[TermId]) -> bool {
    matrices::concern(store, context, terms)
}

/// The families of vectors and the like of which each member says the next: a model lists all
/// members that have values.
pub(crate) fn recurring(store: &Store, hypotheses: &[TermId]) -> Vec<Symbol> {
    matrices::recurring(store, hypotheses)
}

/// A model as values of terms: letters, members of families and values of unknown functions.
fn assignment(store: &mut Store, model: &Model) -> Assignment {
    let mut values = Assignment::new();
    for (symbol, value) in &model.symbols {
        let atom = store.add_node(Node::Symbol(*symbol));
        values.insert(atom, value.clone());
    }
    for ((symbol, indices), value) in &model.members {
        let atom = member(store, *symbol, indices);
        values.insert(atom, value.clone());
    }
    for ((symbol, indices), entries) in &model.arrays {
        let size = model.sizes.get(symbol).copied().unwrap_or((1, 1));
        list(
            store,
            &mut values,
            (*symbol, indices),
            size,
            entries.clone(),
        );
    }
    for drawn in model.take_drawn() {
        match drawn {
            Drawn::Array(symbol, indices, entries) => {
                let size = model.sizes.get(&symbol).copied().unwrap_or((1, 1));
                let entries = entries.into_iter().map(Quadratic::from).collect();
                list(store, &mut values, (symbol, &indices), size, entries);
            }
            Drawn::Member(symbol, indices, value) => {
                let atom = member(store, symbol, &indices);
                values.insert(atom, value.into());
            }
            Drawn::Call(symbol, orders, arguments, value) => {
                let arguments = arguments.into_iter().map(|x| store.number(x)).collect();
                let atom = store.add_node(Node::Call(symbol, orders.into(), arguments));
                values.insert(atom, value.into());
            }
        }
    }
    values
}

/// The entries of a vector or matrix as atoms: a column has rows alone.
fn list(
    store: &mut Store,
    values: &mut Assignment,
    (symbol, indices): (Symbol, &[i64]),
    (_, columns): (usize, usize),
    entries: Vec<Quadratic>,
) {
    let of = if indices.is_empty() {
        store.add_node(Node::Symbol(symbol))
    } else {
        member(store, symbol, indices)
    };
    let mut place = |at: usize| store.integer(i64::try_from(at + 1).unwrap_or(i64::MAX));
    let columns = columns.max(1);
    let mut atoms = Vec::with_capacity(entries.len());
    for at in 0..entries.len() {
        atoms.push((place(at / columns), place(at % columns)));
    }
    for ((row, column), value) in atoms.into_iter().zip(entries) {
        let atom = if columns == 1 {
            store.function(Function::Entry, &[of, row])
        } else {
            store.function(Function::Entry, &[of, row, column])
        };
        values.insert(atom, value);
    }
}

fn member(store: &mut Store, symbol: Symbol, indices: &[i64]) -> TermId {
    let indices = indices.iter().map(|i| store.integer(*i)).collect();
    store.add_node(Node::Member(symbol, indices))
}
