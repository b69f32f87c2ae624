//! Laws whose parameters are random themselves: what they say holds given the parameters.

use std::collections::BTreeSet;

use super::goal::Law;
use super::standing::{Standing, Stated};
use crate::term::{Function, Node, Relation, Store, Symbol, TermId};
use crate::theory::probability::is_chance;

/// A mean is a number: where one is said to be a value that is random, it is the mean given that
/// value; a law with such parameters is the law given these, and independence is meant given them.
pub(super) fn given_parameters(store: &mut Store, standing: &mut Standing) {
    if standing.scope.laws().is_empty() && standing.assumptions.is_empty() {
        return;
    }
    let (mut random, events) = standing.context().random();
    random.extend(events);
    if random.is_empty() {
        return;
    }
    let mut told = false;
    let mut hierarchical: BTreeSet<Symbol> = BTreeSet::new();
    for law in standing.scope.laws() {
        if let Law::Distribution(term, _, parameters) = law
            && !parameters
                .iter()
                .all(|p| letters(store, *p, &random).is_empty())
        {
            hierarchical.extend(store.symbols(*term).iter().filter(|s| random.contains(s)));
            told = true;
        }
    }
    for stated in std::mem::take(&mut standing.assumptions) {
        match moment(store, stated.full, &random) {
            None => standing.assumptions.push(stated),
            Some(given) => {
                told = true;
                standing.assumptions.extend(given.map(|given| Stated {
                    full: given,
                    declared: given,
                }));
            }
        }
    }
    if !told {
        return;
    }
    for scope in [&mut standing.scope, &mut standing.declared] {
        scope.laws.retain(|law| {
            let terms = match law {
                Law::Distribution(term, ..) => std::slice::from_ref(term),
                Law::Independent(terms) | Law::Identical(terms, _) => terms.as_slice(),
                Law::Uncorrelated(..) | Law::Unread => &[],
            };
            terms.iter().all(|term| {
                let symbols = store.symbols(*term);
                symbols.iter().all(|s| !hierarchical.contains(s))
            })
        });
        if !scope.laws.contains(&Law::Unread) {
            scope.laws.push(Law::Unread);
        }
    }
}

/// Of a statement that a mean is what is random: the same given that, if it can be said.
fn moment(
    store: &mut Store,
    statement: TermId,
    random: &BTreeSet<Symbol>,
) -> Option<Option<TermId>> {
    let mut core = statement;
    while let Node::ForAll(_, inner, _) = *store.node(core) {
        core = inner;
    }
    let Node::Relation(Relation::Equal, a, b) = *store.node(core) else {
        return None;
    };
    let (side, value) = [(a, b), (b, a)].into_iter().find(|(side, _)| {
        matches!(store.node(*side), Node::Function(f, arguments)
            if is_chance(*f) && !is_conditional(*f) && !arguments.is_empty())
    })?;
    let letters = letters(store, value, random);
    if letters.is_empty() {
        return None;
    }
    let Node::Function(function, arguments) = store.node(side).clone() else {
        return None;
    };
    let conditional = match function {
        Function::Expectation => Function::ConditionalExpectation,
        Function::Variance => Function::ConditionalVariance,
        _ => return Some(None),
    };
    let (&[letter], &[u]) = (letters.as_slice(), &*arguments) else {
        return Some(None);
    };
    if core != statement {
        return Some(None);
    }
    let given = store.function(conditional, &[u, letter]);
    Some(Some(store.relation(Relation::Equal, given, value)))
}

fn is_conditional(function: Function) -> bool {
    matches!(
        function,
        Function::ConditionalExpectation
            | Function::ConditionalVariance
            | Function::ConditionalProbability
            | Function::Indicator
    )
}

/// The random letters and members in a term, outside of means.
fn letters(store: &Store, term: TermId, random: &BTreeSet<Symbol>) -> Vec<TermId> {
    let mut found = Vec::new();
    let mut stack = vec![term];
    let mut seen = BTreeSet::new();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        match store.node(next) {
            Node::Symbol(s) | Node::Member(s, _) if random.contains(s) => found.push(next),
            Node::Function(f, _) if is_chance(*f) && *f != Function::Indicator => {}
            node => node.for_each_child(|child| stack.push(child)),
        }
    }
    found.sort_unstable();
    found
}
