//! Goals about what is random, spelled at an outcome.

use super::events::in_means;
use super::opaque::Opaque;
use super::substitute;
use crate::meaning::{Context, Goal, Law, Shape, by_laws};
use crate::term::{Node, Store, TermId};
use crate::theory::evaluate::WEIGHTS;
use crate::theory::probability::{Spelling, is_chance};

/// A goal as it is judged.
pub(super) enum Spelled {
    /// It is not about anything random.
    Same,
    /// It is, in a way that is not known here.
    Beyond,
    /// It is.
    Goals(Box<Goals>),
}

/// A goal at an outcome. What a premise says of a random symbol may be meant of one outcome or of
/// all: what is proved holds in the weaker sense, what is refuted fails in the stronger.
pub(super) struct Goals {
    /// Premises hold at the outcome in question.
    pub(super) proved: Goal,
    /// Premises hold at every outcome; `None` where a law has no model.
    pub(super) refuted: Option<Goal>,
    /// Whether what is random is said to be so.
    pub(super) surely: bool,
}

/// Spells a goal at an outcome.
pub(super) fn spelled(store: &mut Store, context: &Context, goal: &Goal) -> Spelled {
    let (random, events) = context.random();
    let mut terms = goal.hypotheses.clone();
    match &goal.shape {
        Shape::Step(a) | Shape::Statement(a) => terms.push(*a),
        Shape::Equivalence(a, b) => terms.extend([*a, *b]),
        Shape::UpToConstant { left, right, .. } => terms.extend([*left, *right]),
        Shape::Rounded { .. } => return Spelled::Same,
    }
    let concerned = terms.iter().any(|t| {
        holds_chance(store, *t)
            || store
                .symbols(*t)
                .iter()
                .any(|s| random.contains(s) || events.contains(s))
    });
    if !concerned {
        return Spelled::Same;
    }
    if let Shape::UpToConstant { .. } = goal.shape {
        return Spelled::Beyond;
    }
    // What nobody calls random may be meant otherwise, or hang together as nobody says.
    let presumed = context.presumed();
    let surely = !context.laws.contains(&Law::Unread)
        && !terms
            .iter()
            .any(|t| store.symbols(*t).iter().any(|s| presumed.contains(s)));
    let _ = store.symbol(WEIGHTS);
    // What a premise says of a mean may tell on what a law depends, too.
    let mut told = context.assumptions.clone();
    told.extend_from_slice(&goal.hypotheses);
    let modelled = substitute::hypotheses(store, context, goal);
    let claims = terms.split_off(goal.hypotheses.len());
    let more = by_laws(store, context, &goal.hypotheses, &claims);
    let mut spelling = Spelling::new(
        store,
        random,
        events,
        &told,
        &context.assumptions,
        context.independence(),
    );
    spelling.presume(presumed);
    let mut opaque = Opaque::default();
    let goals = (|| {
        let (mut weak, mut strong, mut whole) = (Vec::new(), Vec::new(), true);
        for hypothesis in &goal.hypotheses {
            let Some(all) = spelling.assumption(store, *hypothesis) else {
                // What is proved without it, or whatever its means are, is proved.
                whole = false;
                weak.extend(opaque.hypotheses(store, &mut spelling, *hypothesis));
                continue;
            };
            let drawn = context.laws.iter().any(|law| match law {
                Law::Uncorrelated(_, said) => said == hypothesis,
                Law::Identical(_, said) => said.contains(hypothesis),
                _ => false,
            });
            if !drawn && modelled.as_ref().is_some_and(|m| m.contains(hypothesis)) {
                strong.extend_from_slice(&all);
            }
            let count = if context.assumptions.contains(hypothesis) {
                all.len()
            } else {
                1
            };
            weak.extend(all.into_iter().take(count));
        }
        for statement in weak.clone() {
            for told in in_means(store, statement) {
                if !weak.contains(&told) {
                    weak.push(told);
                }
            }
        }
        for statement in &more {
            weak.extend(spelling.term(store, *statement));
        }
        let mut term = |t: TermId| {
            if let Some(spelled) = spelling.term(store, t) {
                return Some(spelled);
            }
            whole = false;
            let covered = opaque.claim(store, &mut spelling, t)?;
            spelling.term(store, covered)
        };
        let shape = match &goal.shape {
            Shape::Step(a) => Shape::Step(term(*a)?),
            Shape::Statement(a) => Shape::Statement(term(*a)?),
            Shape::Equivalence(a, b) => Shape::Equivalence(term(*a)?, term(*b)?),
            other => other.clone(),
        };
        let with = |hypotheses| Goal {
            hypotheses,
            shape: shape.clone(),
            solved_for: goal.solved_for,
        };
        Some(Goals {
            proved: with(weak),
            refuted: (modelled.is_some() && whole).then(|| with(strong)),
            surely,
        })
    })();
    match goals {
        Some(goals) => Spelled::Goals(Box::new(goals)),
        None => Spelled::Beyond,
    }
}

/// Whether the term holds an expectation or the like.
fn holds_chance(store: &Store, term: TermId) -> bool {
    let mut stack = vec![term];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if matches!(node, Node::Function(function, _) if is_chance(*function)) {
            return true;
        }
        node.for_each_child(|child| stack.push(child));
    }
    false
}
