//! A refuted step under suspicion: its goal, and what is asked of variants of it.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::judge::{Judged, Why};
use crate::meaning::{Context, Derivation, Goal, Role, Shape, Step};
use crate::prove::{in_basis, prove, simplify};
use crate::refute::{Budget, agrees, concerns_matrices};
use crate::term::{Node, Relation, Sort, Store, TermId};
use crate::theory::evaluate::{Assignment, Value, evaluate};
use crate::theory::facts::Facts;
use crate::theory::field::{Assumed, Field};
use crate::theory::probability::is_chance;

/// Decimal digits with which variants are compared before they are proved.
const DIGITS: u32 = 12;

/// A refuted step, ready to be varied.
pub(super) struct Suspect<'a> {
    context: &'a Context,
    /// The goal with the hypotheses it was judged under.
    goal: Goal,
    /// What a ⇒ line could be carried forward from.
    carried: Option<Vec<TermId>>,
    /// The counterexample's assignment.
    point: Assignment,
    facts: Facts,
    /// Terms whose derivatives were worked out.
    worked_out: RefCell<FxHashMap<TermId, TermId>>,
    /// Values of sides at the counterexample.
    values: RefCell<FxHashMap<TermId, Value>>,
}

impl<'a> Suspect<'a> {
    /// The suspect of a step that was refuted by a counterexample.
    pub(super) fn new(
        _store: &mut Store,
        context: &'a Context,
        derivation: &Derivation,
        step: &Step,
        judged: &Judged,
    ) -> Option<Self> {
        let Why::Counterexample(found) = &judged.why else {
            return None;
        };
        let (Role::Claim(goal) | Role::Follows(goal, _)) = &step.role else {
            return None;
        };
        let context_alone = goal.hypotheses.clone();
        // As it was judged: what is random at an outcome.
        let mut goal = judged.goal.clone().unwrap_or_else(|| goal.clone());
        let carried: Vec<TermId> = judged
            .tried_from
            .iter()
            .filter_map(|i| derivation.steps.get(*i)?.states)
            .collect();
        let earlier = judged
            .from
            .iter()
            .filter_map(|i| derivation.steps.get(*i)?.states);
        for statement in earlier {
            if judged.goal.is_none() {
                goal.hypotheses.push(statement);
            }
        }
        let facts = Facts {
            statements: goal.hypotheses.clone(),
            sorts: context
                .declarations
                .iter()
                .map(|d| (d.symbol, d.sort))
                .collect(),
            ..Facts::default()
        };
        Some(Suspect {
            context,
            goal,
            carried: (!carried.is_empty())
                .then(|| context_alone.into_iter().chain(carried).collect()),
            point: found.assignment.clone(),
            facts,
            worked_out: RefCell::default(),
            values: RefCell::default(),
        })
    }

    /// The statement that was claimed.
    pub(super) fn claim(&self) -> Option<TermId> {
        match self.goal.shape {
            Shape::Step(claim) | Shape::Statement(claim) => Some(claim),
            _ => None,
        }
    }

    /// Whether vectors or matrices take part in a term.
    pub(super) fn is_about_matrices(&self, store: &Store, term: TermId) -> bool {
        concerns_matrices(store, self.context, &[term])
    }

    /// The two sides, if the claim is an equation between expressions.
    pub(super) fn equation(&self, store: &Store) -> Option<(TermId, TermId)> {
        match store.node(self.claim()?) {
            Node::Relation(Relation::Equal, a, b) => Some((*a, *b)),
            _ => None,
        }
    }

    /// The term with its derivatives worked out.
    pub(super) fn worked_out(&self, store: &mut Store, term: TermId) -> TermId {
        if let Some(known) = self.worked_out.borrow().get(&term) {
            return *known;
        }
        let result = if holds_mean(store, term) {
            in_basis(store, &self.facts, term)
        } else {
            simplify(store, &self.facts, term)
        };
        self.worked_out.borrow_mut().insert(term, result);
        result
    }

    /// The field of the step's facts.
    pub(super) fn field(&self, store: &Store) -> Field {
        Field::new(Assumed::of(store, &self.facts))
    }

    /// Whether another claim in this one's place would be right: compared at the counterexample
    /// first, then proved. A ⇒ line may follow from what was carried forward, too; but one that
    /// holds without any premise says nothing about this line.
    pub(super) fn would_be_right(&self, store: &mut Store, claim: TermId) -> bool {
        let shape = match self.goal.shape {
            Shape::Step(_) => Shape::Step(claim),
            _ => Shape::Statement(claim),
        };
        if self.may_hold(store, claim) && self.is_proved(store, &shape, &self.goal.hypotheses) {
            let inequality = self.equation(store).is_none();
            return !(inequality && self.is_proved(store, &shape, &[]));
        }
        self.carried.as_ref().is_some_and(|carried| {
            self.is_proved(store, &shape, carried) && !self.is_proved(store, &shape, &[])
        })
    }

    /// What the step was judged under.
    pub(super) fn hypotheses(&self) -> Vec<TermId> {
        self.goal.hypotheses.clone()
    }

    /// Whether a vector or matrix stands in a term: then a quotient of sides says nothing.
    pub(super) fn holds_matrices(&self, store: &Store, term: TermId) -> bool {
        self.facts
            .sorts
            .iter()
            .any(|(symbol, sort)| matches!(sort, Sort::Matrix(..)) && store.mentions(term, *symbol))
    }

    /// The letters of a claim that are natural numbers, or integers.
    pub(super) fn naturals(&self, store: &mut Store, claim: TermId) -> Vec<TermId> {
        let mut found = Vec::new();
        for symbol in store.symbols(claim) {
            if matches!(
                self.facts.sorts.get(&symbol),
                Some(Sort::Natural | Sort::Integer)
            ) {
                found.push(store.add_node(Node::Symbol(symbol)));
            }
        }
        found
    }

    /// The value of a letter at the counterexample, if it is a small natural number.
    pub(super) fn whole(&self, store: &Store, letter: TermId) -> Option<i64> {
        match self.value(store, letter) {
            Value::Exact(value) => value.to_i64().filter(|n| (0..=2).contains(n)),
            _ => None,
        }
    }

    /// Whether a claim follows where one more thing is known.
    pub(super) fn follows_with(&self, store: &mut Store, claim: TermId, known: TermId) -> bool {
        let mut hypotheses = self.goal.hypotheses.clone();
        hypotheses.push(known);
        hypotheses.extend(self.context.qualities(store));
        let goal = Goal {
            hypotheses,
            shape: Shape::Step(claim),
            solved_for: None,
        };
        prove(store, self.context, &goal, &Budget::SMALL).is_some()
    }

    fn is_proved(&self, store: &mut Store, shape: &Shape, hypotheses: &[TermId]) -> bool {
        let goal = Goal {
            hypotheses: hypotheses.to_vec(),
            shape: shape.clone(),
            solved_for: self.goal.solved_for,
        };
        // What is defined nowhere is proved of nothing: the claim must be met somewhere.
        agrees(store, self.context, &goal, &Budget::SMALL)
            && prove(store, self.context, &goal, &Budget::SMALL).is_some()
    }

    /// Whether the claim is not false at the counterexample.
    fn may_hold(&self, store: &Store, claim: TermId) -> bool {
        if let Node::Relation(Relation::Equal, a, b) = store.node(claim) {
            let (a, b) = (self.value(store, *a), self.value(store, *b));
            return match (bounds(&a), bounds(&b)) {
                (Some((a, b)), Some((c, d))) => a <= d && c <= b,
                _ => evaluate(store, claim, &self.point, DIGITS) != Value::Truth(false),
            };
        }
        evaluate(store, claim, &self.point, DIGITS) != Value::Truth(false)
    }

    /// The value of a term at the counterexample.
    fn value(&self, store: &Store, term: TermId) -> Value {
        if let Some(known) = self.values.borrow().get(&term) {
            return known.clone();
        }
        let value = evaluate(store, term, &self.point, DIGITS);
        self.values.borrow_mut().insert(term, value.clone());
        value
    }
}

/// Whether an expectation stands in the term.
fn holds_mean(store: &Store, term: TermId) -> bool {
    let mut stack = vec![term];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = stack.pop() {
        let node = store.node(next);
        if matches!(node, Node::Function(function, _) if is_chance(*function)) {
            return true;
        }
        if seen.insert(next) {
            node.for_each_child(|child| stack.push(child));
        }
    }
    false
}

fn bounds(value: &Value) -> Option<(&crate::number::Rational, &crate::number::Rational)> {
    match value {
        Value::Exact(x) => Some((x, x)),
        Value::Between(low, high) => Some((low, high)),
        _ => None,
    }
}
