//! `unbound-index`: a sum's own index does not stand in what it sums up, another letter stands in
//! its place that nothing binds.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::super::finding::Diagnosis;
use super::suspect::Suspect;
use crate::meaning::Step;
use crate::term::{Node, Store, TermId, print};

/// What a reading's note says of such a letter.
const LOOSE: &str = " is bound by no sum";

pub(super) fn diagnose(
    store: &mut Store,
    suspect: &mut Suspect,
    step: &Step,
    exchanged: Option<&str>,
) -> Option<Diagnosis> {
    let note = step.notes.iter().find(|note| note.contains(LOOSE))?;
    let (letter, rest) = note.split_once(LOOSE)?;
    let own = rest.split_once("the sum over ")?.1.split(' ').next()?;
    let claim = suspect.claim()?;
    let mut message = note.clone();
    let varied = bound(store, claim, letter);
    if varied != claim && suspect.would_be_right(store, varied) {
        message = format!("{message}: with {own} for {letter} it would be right");
    } else {
        message = format!("{message}: {own} is meant for {letter}");
    }
    if let Some(exchanged) = exchanged {
        message = format!("{message}; besides, {exchanged}");
    }
    Some(Diagnosis {
        code: "unbound-index".to_owned(),
        message,
        correction: None,
    })
}

/// The term with the index of each sum whose body does not hold it in the letter's place there.
fn bound(store: &mut Store, term: TermId, letter: &str) -> TermId {
    let mut table = FxHashMap::default();
    let mut stack = vec![term];
    let mut seen = BTreeSet::new();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next).clone();
        if let Node::Sum(_, _, from, to, _) = node
            && store.is_closed(next)
            && let Some((symbol, scope)) = store.open_fresh(next)
            && !scope.iter().any(|part| store.mentions(*part, symbol))
        {
            let index = store.add_node(Node::Symbol(symbol));
            let mut places = FxHashMap::default();
            for part in &scope {
                for loose in letters(store, *part, letter) {
                    places.insert(loose, index);
                }
            }
            if places.is_empty() {
                continue;
            }
            let parts: Vec<TermId> = scope
                .iter()
                .map(|part| store.replace(*part, &mut places.clone()))
                .collect();
            let closed = store.bind(symbol, &parts, |scope| {
                Node::Sum(0, scope[0], from, to, scope[1])
            });
            table.insert(next, closed);
            continue;
        }
        if node.binds().is_some() {
            // What a derivative does not touch may be looked at within it.
            if let Node::Derivative(_, _, at) = node
                && let Some((symbol, scope)) = store.open_fresh(next)
            {
                let body = bound(store, scope[0], letter);
                if body != scope[0] {
                    let after =
                        store.bind(symbol, &[body], |scope| Node::Derivative(0, scope[0], at));
                    table.insert(next, after);
                }
            }
            continue;
        }
        node.for_each_child(|child| stack.push(child));
    }
    if table.is_empty() {
        return term;
    }
    store.replace(term, &mut table)
}

/// The parts of a term that are written so.
fn letters(store: &Store, term: TermId, letter: &str) -> Vec<TermId> {
    let mut found = Vec::new();
    let mut stack = vec![term];
    let mut seen = BTreeSet::new();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if matches!(node, Node::Symbol(_) | Node::Member(..))
            && store.is_closed(next)
            && print(store, next) == letter
        {
            found.push(next);
        }
        node.for_each_child(|child| stack.push(child));
    }
    found
}
