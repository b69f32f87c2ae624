//! `sign`: one sign is wrong.
//!
//! A term of one sum (wherever that sum stands in the claim, so also where a definition was
//! written out) with the other sign makes the claim right.

use rustc_hash::FxHashMap;

use super::super::finding::Diagnosis;
use super::suspect::Suspect;
use crate::term::{Node, Store, TermId, print};

/// Sums that are looked at.
const SUMS: usize = 24;
/// Terms of a sum that are looked at.
const TERMS: usize = 12;

pub(super) fn diagnose(store: &mut Store, suspect: &mut Suspect) -> Option<Diagnosis> {
    let claim = suspect.claim()?;
    // Innermost first: in e^(a + b) − 1 ≥ 0 the inner sign is the likelier slip.
    for sum in sums(store, claim).into_iter().rev() {
        let Node::Add(terms) = store.node(sum).clone() else {
            continue;
        };
        for place in 0..terms.len().min(TERMS) {
            let mut other = terms.to_vec();
            other[place] = store.neg(terms[place]);
            let other = store.add(&other);
            let mut table = FxHashMap::default();
            table.insert(sum, other);
            let varied = store.replace(claim, &mut table);
            if varied != claim && suspect.would_be_right(store, varied) {
                let (was, is) = (print(store, sum), print(store, other));
                return Some(Diagnosis {
                    code: "sign".to_owned(),
                    message: format!(
                        "the sign of {} is wrong: with {is} in the place of {was} it would be right",
                        print(store, terms[place])
                    ),
                    correction: Some(is),
                });
            }
        }
    }
    // A whole side with the wrong sign.
    let (left, right) = suspect.equation(store)?;
    let other = store.neg(right);
    let varied = store.relation(crate::term::Relation::Equal, left, other);
    suspect.would_be_right(store, varied).then(|| Diagnosis {
        code: "sign".to_owned(),
        message: "the right side has the wrong sign".to_owned(),
        correction: Some(print(store, other)),
    })
}

/// The sums in a term that lie under no binder, outermost first.
fn sums(store: &Store, term: TermId) -> Vec<TermId> {
    let mut found = Vec::new();
    let mut queue = std::collections::VecDeque::from([term]);
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = queue.pop_front() {
        if found.len() >= SUMS {
            break;
        }
        if !store.is_closed(next) || !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if matches!(node, Node::Add(_)) {
            found.push(next);
        }
        node.for_each_child(|child| queue.push_back(child));
    }
    found
}
