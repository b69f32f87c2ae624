//! E and a derivative that change places although a law depends on the variable.

use std::collections::BTreeSet;

use crate::judge::{Judged, Verdict};
use crate::meaning::{Context, Shape, Step};
use crate::term::{Node, Store, Symbol, TermId, print, print_symbol};
use crate::theory::probability::{is_chance, random_in};

/// What is said of a step on one side of which a derivative stands within E, on the other around
/// it.
pub(super) fn note(
    store: &Store,
    context: &Context,
    step: &Step,
    judged: &Judged,
) -> Option<String> {
    if !matches!(judged.verdict, Verdict::Refuted | Verdict::Undecided) {
        return None;
    }
    let goal = super::counterexample::goal(step)?;
    let (Shape::Step(claim) | Shape::Statement(claim)) = goal.shape else {
        return None;
    };
    let Node::Relation(_, a, b) = *store.node(claim) else {
        return None;
    };
    let (random, events) = context.random();
    let all: BTreeSet<Symbol> = random.union(&events).copied().collect();
    if all.is_empty() {
        return None;
    }
    let mut found: [Vec<(TermId, bool)>; 2] = [Vec::new(), Vec::new()];
    for (side, places) in [a, b].into_iter().zip(&mut found) {
        derivatives(store, side, false, &all, places);
    }
    let within = |places: &[(TermId, bool)], at: TermId| places.contains(&(at, true));
    let [left, right] = &found;
    let at = left
        .iter()
        .chain(right)
        .filter(|(_, inside)| !inside)
        .map(|(at, _)| *at)
        .find(|at| within(left, *at) || within(right, *at))?;
    let varied = store.symbols(at);
    for statement in &context.assumptions {
        let own = random_in(store, *statement, &all);
        let depends = store
            .symbols(*statement)
            .into_iter()
            .find(|s| varied.contains(s) && !all.contains(s));
        if let (Some(symbol), Some(parameter)) = (own.first(), depends) {
            return Some(format!(
                "E and ∂/∂{} are exchanged although the law of {} depends on {}",
                print(store, at),
                print_symbol(store, *symbol),
                print_symbol(store, parameter)
            ));
        }
    }
    None
}

/// The points of derivatives of what is random within E (`true`), and of derivatives around an E.
fn derivatives(
    store: &Store,
    term: TermId,
    within: bool,
    random: &BTreeSet<Symbol>,
    found: &mut Vec<(TermId, bool)>,
) {
    let mut seen = BTreeSet::new();
    let mut stack = vec![(term, within)];
    while let Some((next, within)) = stack.pop() {
        if !seen.insert((next, within)) {
            continue;
        }
        let node = store.node(next);
        if let Node::Derivative(_, body, at) = node
            && store.is_closed(*at)
        {
            let concerned = if within {
                store.symbols(*body).iter().any(|s| random.contains(s))
            } else {
                !random_in(store, *body, random).is_empty()
            };
            if concerned {
                found.push((*at, within));
            }
        }
        let inside = within || matches!(node, Node::Function(f, _) if is_chance(*f));
        node.for_each_child(|child| stack.push((child, inside)));
    }
}
