//! Hypotheses about gradients, worked out so that models can be tested on them: those that hold
//! everywhere restrict nothing.

use crate::meaning::{Context, Declaration, Goal, Shape};
use crate::prove::prove;
use crate::refute::Budget;
use crate::term::{Node, Relation, Sort, Store, Symbol, TermId};
use crate::theory::facts::Facts;
use crate::theory::matrices::Words;

/// The goal with its hypotheses about gradients worked out: left out where they hold, their terms
/// defined, whatever the context. `None` where nothing is worked out.
pub(super) fn without_gradients(store: &mut Store, context: &Context, goal: &Goal) -> Option<Goal> {
    let mut hypotheses = Vec::with_capacity(goal.hypotheses.len());
    for hypothesis in &goal.hypotheses {
        if !has_gradient(store, *hypothesis) {
            hypotheses.push(*hypothesis);
        } else if !is_true(store, context, *hypothesis) {
            hypotheses.push(worked_out(store, context, *hypothesis).unwrap_or(*hypothesis));
        }
    }
    (hypotheses != goal.hypotheses).then(|| Goal {
        hypotheses,
        ..goal.clone()
    })
}

/// An equation, or one for all members of a set, with the sides that hold gradients in normal form,
/// to which they are equal, and defined, whatever the context.
fn worked_out(store: &mut Store, context: &Context, hypothesis: TermId) -> Option<TermId> {
    let opened = opened(store, context, hypothesis);
    let (claim, wider) = match &opened {
        Some((_, body, wider)) => (*body, wider),
        None => (hypothesis, context),
    };
    let Node::Relation(Relation::Equal, a, b) = *store.node(claim) else {
        return None;
    };
    let mut sides = [a, b];
    for side in &mut sides {
        if !has_gradient(store, *side) {
            continue;
        }
        let normal = normal(store, wider, *side)?;
        let same = store.relation(Relation::Equal, *side, normal);
        if !holds(store, wider, same) {
            return None;
        }
        *side = normal;
    }
    let [a, b] = sides;
    let equation = store.relation(Relation::Equal, a, b);
    match opened {
        None => Some(equation),
        Some((symbol, ..)) => {
            let Node::ForAll(_, _, set) = *store.node(hypothesis) else {
                return None;
            };
            Some(store.bind(symbol, &[equation], |closed| {
                Node::ForAll(0, closed.first().copied().unwrap_or(equation), set)
            }))
        }
    }
}

/// The normal form of a vector or matrix.
fn normal(store: &mut Store, context: &Context, term: TermId) -> Option<TermId> {
    let mut facts = Facts::default();
    for declaration in &context.declarations {
        facts.sorts.insert(declaration.symbol, declaration.sort);
    }
    facts.statements.extend(&context.assumptions);
    let mut words = Words::new(store, &facts);
    for declaration in &context.declarations {
        for quality in declaration.properties.iter().filter_map(|p| p.quality()) {
            words.tell(declaration.symbol, quality);
        }
    }
    let value = words.spell(term)?;
    Some(words.present(&value))
}

/// What is said of all members of a set, of a fresh one, in a context that knows it.
fn opened(
    store: &mut Store,
    context: &Context,
    statement: TermId,
) -> Option<(Symbol, TermId, Context)> {
    let Node::ForAll(_, _, set) = *store.node(statement) else {
        return None;
    };
    let sort = match store.node(set) {
        Node::Naturals => Sort::Natural,
        Node::Integers => Sort::Integer,
        _ => return None,
    };
    let (symbol, scope) = store.open_fresh(statement)?;
    let body = scope.first().copied()?;
    let place = store.add_node(Node::Symbol(symbol));
    let mut wider = context.clone();
    wider.declarations.push(Declaration {
        symbol,
        sort,
        properties: Vec::new(),
    });
    wider
        .assumptions
        .push(store.add_node(Node::Element(place, set)));
    Some((symbol, body, wider))
}

fn has_gradient(store: &Store, term: TermId) -> bool {
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        let node = store.node(next);
        if matches!(node, Node::Gradient(..)) {
            return true;
        }
        if seen.insert(next) {
            node.for_each_child(|child| stack.push(child));
        }
    }
    false
}

/// Whether a statement is true whatever is assumed, given only what is declared.
fn is_true(store: &mut Store, context: &Context, statement: TermId) -> bool {
    if let Some((_, body, wider)) = opened(store, context, statement) {
        return holds(store, &wider, body);
    }
    !matches!(store.node(statement), Node::ForAll(..)) && holds(store, context, statement)
}

/// Whether a statement follows from what is declared of matrices, and of which sort letters are.
fn holds(store: &mut Store, context: &Context, statement: TermId) -> bool {
    let mut hypotheses = context.qualities(store);
    for said in &context.assumptions {
        if matches!(store.node(*said), Node::Element(..)) {
            hypotheses.push(*said);
        }
    }
    let goal = Goal {
        hypotheses,
        shape: Shape::Statement(statement),
        solved_for: None,
    };
    prove(store, context, &goal, &Budget::SMALL).is_some_and(|proved| proved.conditions.is_empty())
}
