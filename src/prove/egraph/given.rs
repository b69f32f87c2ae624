//! Which hypotheses are used: equations of numbers that speak, directly or through each other, of
//! the letters of the step.

use std::collections::BTreeSet;

use crate::term::{Constant, Node, Relation, Store, Symbol, TermId};

/// Most equations used.
const MOST: usize = 12;

/// An equation among the hypotheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Equation {
    /// Its number there.
    pub number: usize,
    /// Its left side.
    pub left: TermId,
    /// Its right side.
    pub right: TermId,
}

/// The equations that may bear on `a = b`. One that does no more than name something, by a
/// letter that stands nowhere else, is none: it restricts nothing.
pub fn equations(store: &Store, hypotheses: &[TermId], a: TermId, b: TermId) -> Vec<Equation> {
    let mut found: Vec<(Equation, BTreeSet<Symbol>)> = Vec::new();
    for (number, hypothesis) in hypotheses.iter().enumerate() {
        if let Node::Relation(Relation::Equal, left, right) = *store.node(*hypothesis)
            && is_plain(store, left)
            && is_plain(store, right)
        {
            let equation = Equation {
                number,
                left,
                right,
            };
            found.push((equation, store.symbols(*hypothesis).into_iter().collect()));
        }
    }
    let mut letters: BTreeSet<Symbol> = store.symbols(a).into_iter().collect();
    letters.extend(store.symbols(b));
    drop_names(store, hypotheses, &letters, &mut found);
    let mut used = vec![false; found.len()];
    loop {
        let mut changed = false;
        for (place, (_, symbols)) in found.iter().enumerate() {
            if !used[place] && !letters.is_disjoint(symbols) {
                letters.extend(symbols.iter().copied());
                used[place] = true;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    found
        .into_iter()
        .zip(used)
        .filter(|(_, used)| *used)
        .map(|((equation, _), _)| equation)
        .take(MOST)
        .collect()
}

/// Leaves out, again and again, `s = …` where s stands nowhere else.
fn drop_names(
    store: &Store,
    hypotheses: &[TermId],
    letters: &BTreeSet<Symbol>,
    found: &mut Vec<(Equation, BTreeSet<Symbol>)>,
) {
    let mut dropped: BTreeSet<usize> = BTreeSet::new();
    loop {
        let before = found.len();
        found.retain(|(equation, _)| {
            let names = |side: TermId, other: TermId| match store.node(side) {
                Node::Symbol(s) => {
                    !letters.contains(s)
                        && !store.mentions(other, *s)
                        && hypotheses.iter().enumerate().all(|(number, hypothesis)| {
                            number == equation.number
                                || dropped.contains(&number)
                                || !store.mentions(*hypothesis, *s)
                        })
                }
                _ => false,
            };
            let (left, right) = (equation.left, equation.right);
            let drop = names(left, right) || names(right, left);
            if drop {
                dropped.insert(equation.number);
            }
            !drop
        });
        if found.len() == before {
            return;
        }
    }
}

/// Whether it is a number for sure, and one that is fixed: no ∞, no antiderivative (which is one
/// of many), no matrix, no statement.
pub fn is_plain(store: &Store, term: TermId) -> bool {
    let mut stack = vec![term];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if let Node::Limit(_, body, _, _) = node {
            // ∞ is a place to go to.
            stack.push(*body);
            continue;
        }
        let odd = matches!(
            node,
            Node::Antiderivative(..)
                | Node::Gradient(..)
                | Node::Matrix(..)
                | Node::Constant(Constant::Infinity | Constant::ImaginaryUnit)
                | Node::ForAll(..)
                | Node::Finite(_)
                | Node::Interval(..)
                | Node::Range(..)
                | Node::Reals
                | Node::Integers
                | Node::Naturals
        );
        if odd {
            return false;
        }
        node.for_each_child(|child| stack.push(child));
    }
    true
}
