//! Which hypotheses are used: equations of numbers that speak, directly or through each other, of
//! the letters of the step.

use std::collections::BTreeSet;

use crate::prove::line::{Line, Why};
use crate::term::{Constant, Node, Relation, Store, Symbol, TermId};

/// Most equations used.
const MOST: usize = 12;

/// An equation that holds under the hypotheses.
#[derive(Clone, Debug)]
pub struct Equation {
    /// From its left side to its right side.
    pub line: Line,
}

impl Equation {
    fn hypothesis(number: usize, left: TermId, right: TermId) -> Self {
        let mut line = Line::start(left);
        line.push(right, Why::Hypothesis(number, true));
        Equation { line }
    }
}

/// The number of a hypothesis and its sides.
type Found = (usize, TermId, TermId);

/// The equations that may bear on `a = b`. One that does no more than name something, by a
/// letter that stands nowhere else, is none: it restricts nothing.
pub fn equations(store: &Store, hypotheses: &[TermId], a: TermId, b: TermId) -> Vec<Equation> {
    let mut found: Vec<(Found, BTreeSet<Symbol>)> = Vec::new();
    for (number, hypothesis) in hypotheses.iter().enumerate() {
        if let Node::Relation(Relation::Equal, left, right) = *store.node(*hypothesis)
            && is_plain(store, left)
            && is_plain(store, right)
        {
            found.push((
                (number, left, right),
                store.symbols(*hypothesis).into_iter().collect(),
            ));
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
        .map(|(((number, left, right), _), _)| Equation::hypothesis(number, left, right))
        .take(MOST)
        .collect()
}

/// Leaves out, again and again, `s = …` where s stands nowhere else.
fn drop_names(
    store: &Store,
    hypotheses: &[TermId],
    letters: &BTreeSet<Symbol>,
    found: &mut Vec<(Found, BTreeSet<Symbol>)>,
) {
    let mut dropped: BTreeSet<usize> = BTreeSet::new();
    loop {
        let before = found.len();
        found.retain(|((own, left, right), _)| {
            let names = |side: TermId, other: TermId| match store.node(side) {
                Node::Symbol(s) => {
                    !letters.contains(s)
                        && !store.mentions(other, *s)
                        && hypotheses.iter().enumerate().all(|(number, hypothesis)| {
                            number == *own
                                || dropped.contains(&number)
                                || !store.mentions(*hypothesis, *s)
                        })
                }
                _ => false,
            };
            let drop = names(*left, *right) || names(*right, *left);
            if drop {
                dropped.insert(*own);
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
