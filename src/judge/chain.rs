//! What a chain states as a whole: that its ends are equal.

use crate::meaning::{Context, Derivation, Goal, Role, Shape, Step};
use crate::refute::{Counterexample, Outcome, refute};
use crate::term::{Node, Relation, Store, TermId};

use super::Options;
use super::ladder;
use super::outcome::{self, Spelled};
use super::verdict::{Judged, Verdict, Why};

/// How the ends of a chain of proved steps relate.
pub(super) enum Ends {
    /// They were shown equal (or every step was proved without a condition).
    Equal,
    /// They differ at a point at which both are defined.
    Differ(Goal, Box<Counterexample>),
    /// Neither was shown: later lines may not use it.
    Unknown,
}

/// Looks at the ends of a chain all of whose steps are proved.
pub(super) fn ends(
    store: &mut Store,
    context: &Context,
    derivation: &Derivation,
    step: &Step,
    judged: &[Judged],
    options: &Options,
) -> Ends {
    let unconditional = step.chain.iter().copied().all(|i| {
        judged.get(i).is_some_and(|j| match &j.why {
            Why::Proof(proved) => proved.conditions.is_empty(),
            _ => false,
        })
    });
    if unconditional && judged.last().is_some_and(is_unconditional) {
        return Ends::Equal;
    }
    let first = step.chain.first().and_then(|i| derivation.steps.get(*i));
    let (Some(start), Some((hypotheses, end))) = (
        first.and_then(|s| operands(store, s)).map(|(_, a, _)| a),
        last_operand(store, step),
    ) else {
        return Ends::Unknown;
    };
    let claim = store.relation(Relation::Equal, start, end);
    let goal = Goal {
        hypotheses,
        shape: Shape::Step(claim),
        solved_for: None,
    };
    let strong = match outcome::spelled(store, context, &goal) {
        Spelled::Same => goal.clone(),
        Spelled::Beyond => return Ends::Unknown,
        Spelled::Goals(goals) => match goals.refuted {
            Some(goal) => goal,
            None => return Ends::Unknown,
        },
    };
    if let Outcome::Refuted(found) = refute(store, context, &strong, &options.budget) {
        return Ends::Differ(strong, found);
    }
    if ladder::decide(store, context, &goal, options).is_proved() {
        Ends::Equal
    } else {
        Ends::Unknown
    }
}

/// The step of a chain that narrowed the domain first.
pub(super) fn narrowing_step(step: &Step, last: usize, judged: &[Judged]) -> usize {
    step.chain
        .iter()
        .copied()
        .chain([last])
        .find(|i| {
            judged.get(*i).is_some_and(|j| match &j.why {
                Why::Proof(proved) => proved.conditions.iter().any(|(_, narrower)| *narrower),
                _ => false,
            })
        })
        .unwrap_or(last)
}

/// Whether every step of the chain before this one is an equality and proved.
pub(super) fn all_proved_equal(
    store: &Store,
    derivation: &Derivation,
    step: &Step,
    judged: &[Judged],
) -> bool {
    !step.chain.is_empty()
        && step.chain.iter().all(|i| {
            judged.get(*i).is_some_and(|j| j.verdict == Verdict::Proved)
                && derivation
                    .steps
                    .get(*i)
                    .and_then(|s| operands(store, s))
                    .is_some_and(|(relation, _, _)| relation == Relation::Equal)
        })
}

fn is_unconditional(judged: &Judged) -> bool {
    matches!(&judged.why, Why::Proof(proved) if proved.conditions.is_empty())
}

fn goal_of(step: &Step) -> Option<&Goal> {
    match &step.role {
        Role::Claim(goal) | Role::Follows(goal, _) | Role::Premise(goal) => Some(goal),
        _ => None,
    }
}

fn operands(store: &Store, step: &Step) -> Option<(Relation, TermId, TermId)> {
    let (Shape::Step(relation) | Shape::Statement(relation)) = goal_of(step)?.shape else {
        return None;
    };
    match store.node(relation) {
        Node::Relation(relation, a, b) => Some((*relation, *a, *b)),
        _ => None,
    }
}

fn last_operand(store: &Store, step: &Step) -> Option<(Vec<TermId>, TermId)> {
    let (relation, _, end) = operands(store, step)?;
    (relation == Relation::Equal)
        .then(|| (goal_of(step).map(|g| g.hypotheses.clone()), end))
        .and_then(|(hypotheses, end)| hypotheses.map(|h| (h, end)))
}
