//! Bold, underlined and arrowed names: vectors and matrices, whose products keep their order even
//! where no declaration gives their shape.

use std::collections::BTreeSet;

use super::derivation::{Document, Role, Step};
use super::goal::{Declaration, Goal, Shape};
use crate::term::{Dimension, Node, Sort, Store, Symbol, TermId};

/// Whether a name is bold, underlined or arrowed.
pub(super) fn is_styled(name: &str) -> bool {
    name.contains(['\u{332}', '\u{20d7}'])
        || name
            .chars()
            .next()
            .is_some_and(|c| ('𝐀'..='𝐳').contains(&c) || ('𝚨'..='𝛚').contains(&c))
}

/// Whether such a name is that of a vector: a lower-case letter.
pub(super) fn is_vector(name: &str) -> bool {
    is_styled(name)
        && name.chars().next().is_some_and(|c| {
            c.is_lowercase() || ('𝐚'..='𝐳').contains(&c) || ('𝛂'..='𝛚').contains(&c)
        })
}

/// A matrix of unknown shape.
pub(super) fn unknown_shape(store: &mut Store, symbol: Symbol) -> Sort {
    let term = store.add_node(Node::Symbol(symbol));
    let mut size = |word: &str| {
        let function = store.symbol(word);
        Dimension(store.add_node(Node::Call(function, [0].into(), [term].into())))
    };
    Sort::Matrix(size("rows"), size("columns"))
}

/// Declares the styled symbols of the steps that nothing declares.
pub(super) fn declare(store: &mut Store, document: &mut Document, steps: &mut [Step]) {
    let mut symbols = BTreeSet::new();
    for step in steps.iter() {
        for term in terms(step) {
            let found = store.symbols(term);
            symbols.extend(
                found
                    .into_iter()
                    .chain(super::standing::families(store, term)),
            );
        }
    }
    symbols.retain(|symbol| is_styled(store.name(*symbol)));
    if symbols.is_empty() {
        return;
    }
    let numbers: BTreeSet<usize> = steps.iter().map(|step| step.context).collect();
    for number in numbers {
        let Some(context) = document.contexts.get(number) else {
            continue;
        };
        let mut context = context.clone();
        for symbol in &symbols {
            if !context.declarations.iter().any(|d| d.symbol == *symbol) {
                let sort = unknown_shape(store, *symbol);
                context.declarations.push(Declaration {
                    symbol: *symbol,
                    sort,
                    properties: Vec::new(),
                });
            }
        }
        document.contexts.push(context);
        let last = document.contexts.len() - 1;
        for step in steps.iter_mut().filter(|step| step.context == number) {
            step.context = last;
        }
    }
}

fn terms(step: &Step) -> Vec<TermId> {
    let mut all: Vec<TermId> = step.states.iter().copied().collect();
    let mut add = |goal: &Goal| {
        all.extend(&goal.hypotheses);
        match &goal.shape {
            Shape::Step(a) | Shape::Statement(a) => all.push(*a),
            Shape::Equivalence(a, b) => all.extend([*a, *b]),
            Shape::UpToConstant { left, right, .. } => all.extend([*left, *right]),
            Shape::Rounded { term, .. } => all.push(*term),
        }
    };
    let alternatives = step.alternatives.iter().map(|reading| &reading.role);
    for role in std::iter::once(&step.role).chain(alternatives) {
        match role {
            Role::Premise(goal) | Role::Claim(goal) | Role::Follows(goal, _) => add(goal),
            _ => {}
        }
    }
    all
}
