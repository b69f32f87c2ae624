//! `derivative-for-function`: a derivative stands where the function itself is meant (σ′ for σ).

use rustc_hash::FxHashMap;

use super::super::finding::Diagnosis;
use super::suspect::Suspect;
use super::{factor, term};
use crate::term::{Node, Relation, Store, TermId, print};

/// The right side with every derivative f′(u) of a known function replaced by f(u), and both in
/// print; `None` where there is none.
fn without_primes(store: &mut Store, right: TermId) -> Option<(TermId, String, String)> {
    let mut table = FxHashMap::default();
    let mut first = None;
    let mut stack = vec![right];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) || !store.is_closed(next) {
            continue;
        }
        if let Node::Derivative(_, body, at) = *store.node(next)
            && matches!(store.node(body), Node::Function(..))
        {
            let plain = store
                .open(next, at)
                .and_then(|scope| scope.first().copied())?;
            first.get_or_insert((next, plain));
            table.insert(next, plain);
            continue;
        }
        store.node(next).for_each_child(|child| stack.push(child));
    }
    let (prime, plain) = first?;
    let (prime, plain) = (print(store, prime), print(store, plain));
    let varied = store.replace(right, &mut table);
    Some((varied, prime, plain))
}

pub(super) fn diagnose(store: &mut Store, suspect: &mut Suspect) -> Option<Diagnosis> {
    let (left, right) = suspect.equation(store)?;
    let (varied, prime, plain) = without_primes(store, right)?;
    let claim = store.relation(Relation::Equal, left, varied);
    suspect.would_be_right(store, claim).then(|| Diagnosis {
        code: "derivative-for-function".to_owned(),
        message: format!("{prime} should be {plain}"),
        correction: Some(print(store, varied)),
    })
}

/// Where that alone does not mend it: what is wrong besides.
pub(super) fn with_another_slip(store: &mut Store, suspect: &mut Suspect) -> Option<Diagnosis> {
    let (left, right) = suspect.equation(store)?;
    let (varied, prime, plain) = without_primes(store, right)?;
    let besides = term::difference(store, suspect, left, varied)
        .map(|(_, message)| message)
        .or_else(|| factor::difference(store, suspect, left, varied))?;
    Some(Diagnosis {
        code: "derivative-for-function".to_owned(),
        message: format!("{prime} should be {plain}, and {besides}"),
        correction: None,
    })
}
