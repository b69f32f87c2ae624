//! Laws with infinitely many values: whether a law on a few values with the same mean and mean
//! square may stand for one where a claim is refuted.

use std::collections::BTreeSet;

use crate::meaning::{Context, Distribution, Goal, Law, Shape};
use crate::term::{Function, Node, Relation, Store, Symbol, TermId};
use crate::theory::probability::is_chance;

/// The degree up to which moments are met; of normal variables up to [`NORMAL`].
const DEGREE: i64 = 2;

/// The degree up to which moments of normal variables are met.
const NORMAL: i64 = 4;

/// The hypotheses for refuting: all of them, or, where laws are substituted, without the moments
/// that are not met; `None` where the claim asks for more than the first two moments.
pub(super) fn hypotheses(store: &Store, context: &Context, goal: &Goal) -> Option<Vec<TermId>> {
    let mut laws: Vec<TermId> = Vec::new();
    let mut most = NORMAL;
    for law in &context.laws {
        if let Law::Distribution(term, distribution, _) = law
            && *distribution != Distribution::Bernoulli
        {
            laws.push(*term);
            if *distribution != Distribution::Normal {
                most = DEGREE;
            }
        }
    }
    if laws.is_empty() {
        return Some(goal.hypotheses.clone());
    }
    let symbols: BTreeSet<Symbol> = laws.iter().filter_map(|t| named(store, *t)).collect();
    let independent = context.independence().independent;
    let apart = |term: &TermId| independent.iter().any(|law| law.contains(term));
    let single = matches!(laws.as_slice(), [one] if matches!(store.node(*one), Node::Symbol(_)));
    if !single && !laws.iter().all(apart) {
        return None;
    }
    let claims = match &goal.shape {
        Shape::Step(a) | Shape::Statement(a) => vec![*a],
        Shape::Equivalence(a, b) => vec![*a, *b],
        _ => return None,
    };
    // What hangs together with such a symbol has its part in what the law allows.
    let (random, events) = context.random();
    let all: BTreeSet<Symbol> = random.union(&events).copied().collect();
    // As few moments as the claim asks for.
    let low = |degree: i64| claims.iter().all(|c| is_low(store, *c, &all, degree));
    if low(DEGREE) {
        most = DEGREE;
    } else if most == DEGREE || !low(most) {
        return None;
    }
    // What is drawn for symbols with one law has one law.
    let alike: BTreeSet<TermId> = (context.laws.iter())
        .filter_map(|law| match law {
            Law::Identical(_, said) => Some(said),
            _ => None,
        })
        .flatten()
        .copied()
        .collect();
    let mut kept = Vec::new();
    for hypothesis in goal.hypotheses.iter().filter(|h| !alike.contains(h)) {
        match order(store, *hypothesis, &symbols) {
            Some(order) if order > most => {}
            Some(_) => kept.push(*hypothesis),
            None if mentions(store, *hypothesis, &symbols) => return None,
            None => kept.push(*hypothesis),
        }
    }
    Some(kept)
}

fn named(store: &Store, term: TermId) -> Option<Symbol> {
    match store.node(term) {
        Node::Symbol(symbol) | Node::Member(symbol, _) => Some(*symbol),
        _ => None,
    }
}

fn mentions(store: &Store, term: TermId, symbols: &BTreeSet<Symbol>) -> bool {
    store.symbols(term).iter().any(|s| symbols.contains(s))
}

/// The order of the moment of which a statement tells, if it tells of one of a symbol alone.
fn order(store: &Store, statement: TermId, symbols: &BTreeSet<Symbol>) -> Option<i64> {
    match store.node(statement) {
        Node::ForAll(_, body, _) => order(store, *body, symbols),
        Node::Relation(Relation::Equal, a, b) if !mentions(store, *b, symbols) => {
            let Node::Function(Function::Expectation, arguments) = store.node(*a) else {
                return None;
            };
            let argument = *arguments.first()?;
            if named(store, argument).is_some() {
                return Some(1);
            }
            match store.node(argument) {
                Node::Pow(base, exponent) if named(store, *base).is_some() => {
                    match store.node(*exponent) {
                        Node::Number(n) => n.to_i64(),
                        _ => None,
                    }
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether the symbols stand within E, Var and Cov alone, and in low degree.
fn is_low(store: &Store, term: TermId, symbols: &BTreeSet<Symbol>, degrees: i64) -> bool {
    if !mentions(store, term, symbols) {
        return true;
    }
    if let Node::Function(function, arguments) = store.node(term)
        && is_chance(*function)
    {
        let most = match function {
            Function::Expectation => degrees,
            Function::Variance | Function::Covariance => degrees / 2,
            _ => return false,
        };
        return arguments
            .iter()
            .all(|u| degree(store, *u, symbols).is_some_and(|d| d <= most));
    }
    if matches!(store.node(term), Node::Symbol(_) | Node::Member(..)) {
        return false;
    }
    let mut low = true;
    store
        .node(term)
        .for_each_child(|child| low = low && is_low(store, child, symbols, degrees));
    low
}

/// The degree of a polynomial in random symbols; every symbol within counts, for others may be
/// random too.
fn degree(store: &Store, term: TermId, symbols: &BTreeSet<Symbol>) -> Option<i64> {
    match store.node(term) {
        Node::Symbol(s) | Node::Member(s, _) => Some(i64::from(symbols.contains(s))),
        Node::Add(parts) => parts
            .iter()
            .map(|p| degree(store, *p, symbols))
            .try_fold(0, |most, d| Some(most.max(d?))),
        Node::Mul(parts) => parts
            .iter()
            .map(|p| degree(store, *p, symbols))
            .try_fold(0, |sum, d| Some(sum + d?)),
        Node::Pow(base, exponent) => {
            let inner = degree(store, *base, symbols)?;
            if inner == 0 {
                return (!mentions(store, *exponent, symbols)).then_some(0);
            }
            match store.node(*exponent) {
                Node::Number(n) if n.signum() >= 0 => Some(inner * n.to_i64()?.min(100)),
                _ => None,
            }
        }
        Node::Sum(_, body, _, _, _) => degree(store, *body, symbols),
        _ => (!mentions(store, term, symbols)).then_some(0),
    }
}
