//! One goal through the ladder: refute first, then prove.

use crate::certify;
use crate::meaning::{Context, Goal, Property, Shape};
use crate::prove::{Proved, inverted, prove};
use crate::refute::{Budget, Counterexample, Outcome, refute};
use crate::term::{Node, Proof, Quality, Relation, Sort, Store, TermId};
use crate::theory::domain::domain;
use crate::theory::evaluate::{Assignment, Model, Value, evaluate};
use crate::theory::facts::Facts;
use crate::theory::logic;

use super::Options;
use super::moving::moving;
use super::outcome::{self, Spelled};
use super::truths::without_gradients;
use super::unwritten::rests_on_unwritten_range;
use super::verdict::{Exhausted, Verdict, Why};

/// What the ladder found about a goal.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) verdict: Verdict,
    pub(super) why: Why,
    /// What the evidence is about.
    pub(super) goal: Goal,
    /// Whether an assignment was found that satisfies the hypotheses.
    pub(super) witnessed: bool,
}

impl Found {
    fn new(goal: &Goal, verdict: Verdict, why: Why, witnessed: bool) -> Self {
        Found {
            verdict,
            why,
            goal: goal.clone(),
            witnessed,
        }
    }

    /// Whether the goal was proved.
    pub(super) fn is_proved(&self) -> bool {
        self.verdict == Verdict::Proved
    }
}

/// Decides a goal in a context that is not known to be contradictory.
pub(super) fn decide(
    store: &mut Store,
    context: &Context,
    goal: &Goal,
    options: &Options,
) -> Found {
    let goal = &moving(store, goal);
    let goal = &goal.sized(store, context).unwrap_or_else(|| goal.clone());
    let spelled = match outcome::spelled(store, context, goal) {
        Spelled::Same => None,
        Spelled::Beyond => {
            return Found::new(goal, Verdict::Undecided, Why::Nothing, false);
        }
        Spelled::Goals(goals) => Some(goals),
    };
    let (goal, strong) = match &spelled {
        Some(goals) => (&goals.proved, goals.refuted.as_ref()),
        None => (goal, Some(goal)),
    };
    let mut outcome = strong.map_or(Outcome::NoModel, |strong| {
        refute(store, context, strong, &options.budget)
    });
    let mut refuted = goal.clone();
    if outcome == Outcome::NoModel
        && spelled.is_none()
        && let Some(fewer) = without_gradients(store, context, goal)
    {
        outcome = refute(store, context, &fewer, &options.budget);
        refuted = fewer;
    }
    let (witnessed, agreeing) = match outcome {
        Outcome::Refuted(_) if spelled.as_ref().is_some_and(|goals| !goals.surely) => {
            return Found::new(goal, Verdict::Undecided, Why::Nothing, true);
        }
        Outcome::Refuted(_)
            if rests_on_presumed_matrices(store, context, goal)
                || rests_on_unwritten_range(store, goal) =>
        {
            return Found::new(goal, Verdict::Undecided, Why::Nothing, true);
        }
        Outcome::Refuted(counterexample) => {
            let goal = &with_qualities(store, context, &refuted, &counterexample.assignment);
            return Found::new(
                goal,
                Verdict::Refuted,
                Why::Counterexample(*counterexample),
                true,
            );
        }
        Outcome::NoValue { .. } => {
            if let Some(side) = side_without_value(store, context, goal) {
                return Found::new(goal, Verdict::Unreadable, Why::NoValue(side), true);
            }
            (true, None)
        }
        Outcome::Agrees { agreeing, .. } => (true, Some(agreeing)),
        Outcome::NoModel => {
            if let Some(side) = side_without_value(store, context, goal) {
                return Found::new(goal, Verdict::Unreadable, Why::NoValue(side), false);
            }
            (false, None)
        }
    };
    // A step that was compared nowhere says nothing about its sides: a proof about points at
    // which both have values would be a proof about no point.
    let nowhere = matches!(goal.shape, Shape::Step(_)) && witnessed && agreeing.is_none();
    if nowhere && both_nowhere(store, context, goal) {
        return Found::new(goal, Verdict::Undecided, Why::NowhereBoth, witnessed);
    }
    let mut goal = goal.clone();
    goal.hypotheses.extend(context.qualities(store));
    let goal = &goal;
    let mut found = prove(store, context, goal, &options.budget);
    let conditional;
    let goal = match &found {
        None if !options.strict => match on_condition(store, context, goal, options) {
            Some((narrower, proved)) => {
                found = Some(proved);
                conditional = narrower;
                &conditional
            }
            None => goal,
        },
        _ => goal,
    };
    match found {
        Some(proved) => {
            if options.strict
                && let Some((goal, counterexample)) =
                    narrowed(store, context, goal, &proved, options)
            {
                return Found::new(
                    &goal,
                    Verdict::Refuted,
                    Why::Counterexample(counterexample),
                    witnessed,
                );
            }
            if options.replay
                && let Err(rejection) =
                    certify::replay(&certify::proof(store, context, goal, &proved))
            {
                return Found::new(
                    goal,
                    Verdict::Undecided,
                    Why::Rejected(rejection),
                    witnessed,
                );
            }
            Found::new(goal, Verdict::Proved, Why::Proof(proved), witnessed)
        }
        None => {
            let agreeing = agreeing.filter(|n| *n > 0);
            let why = match (store.meter().met().first(), agreeing) {
                (Some((limit, count)), _) => Why::Exhausted(Exhausted {
                    limit: *limit,
                    count: *count,
                    agreeing,
                    largest: options.budget == Budget::LARGE,
                }),
                (None, Some(count)) => Why::Agreed(count),
                (None, None) => Why::Nothing,
            };
            Found::new(goal, Verdict::Undecided, why, witnessed)
        }
    }
}

/// Whether a letter of the claim is taken for a vector or matrix though nobody says so: nothing is
/// refuted by it.
fn rests_on_presumed_matrices(store: &Store, context: &Context, goal: &Goal) -> bool {
    let claims: Vec<TermId> = match &goal.shape {
        Shape::Step(a) | Shape::Statement(a) => vec![*a],
        Shape::Equivalence(a, b) => vec![*a, *b],
        Shape::UpToConstant { left, right, .. } => vec![*left, *right],
        Shape::Rounded { term, .. } => vec![*term],
    };
    context.declarations.iter().any(|d| {
        matches!(d.sort, Sort::Matrix(..))
            && d.properties.contains(&Property::Presumed)
            && claims.iter().any(|claim| store.mentions(*claim, d.symbol))
    })
}

/// The goal with what is declared of the matrices that have values.
fn with_qualities(
    store: &mut Store,
    context: &Context,
    goal: &Goal,
    assignment: &Assignment,
) -> Goal {
    let mut goal = goal.clone();
    let sizes = Model::of(store, assignment).sizes;
    for quality in context.qualities(store) {
        let spoken = store.symbols(quality);
        if spoken.iter().all(|symbol| sizes.contains_key(symbol))
            && !goal.hypotheses.contains(&quality)
        {
            goal.hypotheses.push(quality);
        }
    }
    goal
}

/// A solved form, where each place at which a term has no value whatever the letter is becomes a
/// condition: the goal under these conditions, of which an example is known, and its proof.
fn on_condition(
    store: &mut Store,
    context: &Context,
    goal: &Goal,
    options: &Options,
) -> Option<(Goal, Proved)> {
    let (Shape::Statement(claim), Some(letter)) = (&goal.shape, goal.solved_for) else {
        return None;
    };
    let Node::Relation(_, a, b) = *store.node(*claim) else {
        return None;
    };
    let mut conditions = Vec::new();
    for side in [a, b] {
        let inverted = inverted(store, side).into_iter();
        for matrix in inverted {
            conditions.push(store.add_node(Node::Has(Quality::Invertible, matrix)));
        }
        conditions.extend(domain(store, side).conditions);
    }
    conditions.retain(|condition| {
        !goal.hypotheses.contains(condition) && !store.symbols(*condition).contains(&letter)
    });
    if conditions.is_empty() {
        return None;
    }
    let mut narrower = goal.clone();
    narrower.hypotheses.extend_from_slice(&conditions);
    let mut proved = prove(store, context, &narrower, &options.budget)?;
    // Conditions that nothing satisfies would prove everything.
    let outcome = refute(store, context, &narrower, &options.budget);
    if !matches!(outcome, Outcome::Agrees { agreeing, .. } if agreeing > 0) {
        return None;
    }
    for condition in conditions {
        if !proved
            .conditions
            .iter()
            .any(|(known, _)| *known == condition)
        {
            proved.conditions.push((condition, true));
        }
    }
    Some((narrower, proved))
}

/// The sides of a step, if the goal is one.
pub(super) fn sides(store: &Store, goal: &Goal) -> Option<(TermId, TermId)> {
    match goal.shape {
        Shape::Step(relation) => match store.node(relation) {
            Node::Relation(_, a, b) => Some((*a, *b)),
            _ => None,
        },
        Shape::UpToConstant { left, right, .. } => Some((left, right)),
        _ => None,
    }
}

/// The facts of a goal: its hypotheses and the sorts of its context.
pub(super) fn facts(context: &Context, hypotheses: &[TermId]) -> Facts {
    Facts {
        statements: hypotheses.to_vec(),
        sorts: context
            .declarations
            .iter()
            .map(|d| (d.symbol, d.sort))
            .collect(),
        ..Facts::default()
    }
}

/// A proof that the statements cannot hold together.
pub(super) fn contradiction(
    store: &mut Store,
    context: &Context,
    statements: &[TermId],
) -> Option<Proof> {
    let falsehood = store.add_node(Node::Truth(false));
    let facts = facts(context, statements);
    logic::entails(store, &facts, falsehood)
}

/// A side that is shown to have a value nowhere under the hypotheses.
fn side_without_value(store: &mut Store, context: &Context, goal: &Goal) -> Option<TermId> {
    let (a, b) = match goal.shape {
        Shape::Rounded { term, .. } => (term, term),
        _ => sides(store, goal)?,
    };
    // What a premise excludes is the premise's doing: the context alone counts, and the
    // hypotheses only where they are the context's own.
    [a, b]
        .into_iter()
        .find(|side| has_value_nowhere(store, context, &goal.hypotheses, *side))
}

fn has_value_nowhere(
    store: &mut Store,
    context: &Context,
    hypotheses: &[TermId],
    side: TermId,
) -> bool {
    if store.symbols(side).is_empty() {
        return evaluate(store, side, &Assignment::new(), 20) == Value::Undefined;
    }
    let conditions = domain(store, side).conditions;
    if conditions.is_empty() {
        return false;
    }
    let mut statements = hypotheses.to_vec();
    statements.extend_from_slice(&conditions);
    contradiction(store, context, &statements).is_some()
        && contradiction(store, context, hypotheses).is_none()
}

/// Whether it is shown that both sides never have a value together.
fn both_nowhere(store: &mut Store, context: &Context, goal: &Goal) -> bool {
    let Some((a, b)) = sides(store, goal) else {
        return false;
    };
    let mut statements = goal.hypotheses.clone();
    statements.extend(domain(store, a).conditions);
    statements.extend(domain(store, b).conditions);
    contradiction(store, context, &statements).is_some()
}

/// Under `--strict`: a point of an open set at which the left side has a value and the right side
/// has none, and the statement about the domain that fails there.
fn narrowed(
    store: &mut Store,
    context: &Context,
    goal: &Goal,
    proved: &Proved,
    options: &Options,
) -> Option<(Goal, Counterexample)> {
    let (left, _) = sides(store, goal)?;
    let defined = domain(store, left).conditions;
    for (condition, narrower) in &proved.conditions {
        let open = matches!(
            store.node(*condition),
            Node::Relation(Relation::Less | Relation::LessEqual, _, _)
        );
        if !narrower || !open {
            continue;
        }
        let mut hypotheses = goal.hypotheses.clone();
        hypotheses.extend_from_slice(&defined);
        let goal = Goal {
            hypotheses,
            shape: Shape::Statement(*condition),
            solved_for: None,
        };
        if let Outcome::Refuted(mut found) = refute(store, context, &goal, &options.budget) {
            let digits = options.budget.digits;
            found.left = evaluate(store, left, &found.assignment, digits);
            found.right = Value::Undefined;
            return Some((goal, *found));
        }
    }
    None
}
