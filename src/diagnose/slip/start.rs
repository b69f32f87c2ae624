//! `start`: a claim about all n that fails for the first n only.

use super::super::finding::Diagnosis;
use super::suspect::Suspect;
use crate::term::{Node, Relation, Store, TermId, print};

/// Exponents and indices of which the first value is looked at.
const LETTERS: usize = 3;

pub(super) fn diagnose(store: &mut Store, suspect: &mut Suspect) -> Option<Diagnosis> {
    let claim = suspect.claim()?;
    for letter in suspect.naturals(store, claim).into_iter().take(LETTERS) {
        let Some(first) = suspect.whole(store, letter) else {
            continue;
        };
        let next = store.integer(first + 1);
        let later = store.relation(Relation::LessEqual, next, letter);
        if holds(store, suspect, claim, later) {
            let letter = print(store, letter);
            return Some(Diagnosis {
                code: "start".to_owned(),
                message: format!(
                    "it holds for {letter} ≥ {} only: at {letter} = {first} it fails",
                    first + 1
                ),
                correction: None,
            });
        }
    }
    None
}

/// Whether the claim is proved where one more thing is known: as it stands, or since it says that
/// what is known to be a product is 0, and one of the factors is.
fn holds(store: &mut Store, suspect: &Suspect, claim: TermId, known: TermId) -> bool {
    if suspect.follows_with(store, claim, known) {
        return true;
    }
    let Node::Relation(Relation::Equal, left, right) = *store.node(claim) else {
        return false;
    };
    if !matches!(store.node(right), Node::Number(n) if n.is_zero()) {
        return false;
    }
    for hypothesis in suspect.hypotheses() {
        let Node::Relation(Relation::Equal, a, b) = *store.node(hypothesis) else {
            continue;
        };
        let Node::Mul(factors) = store.node(b).clone() else {
            continue;
        };
        for factor in factors.iter().filter(|_| a == left) {
            if !matches!(store.node(*factor), Node::Pow(..)) {
                continue;
            }
            let zero = store.integer(0);
            let vanishes = store.relation(Relation::Equal, *factor, zero);
            if suspect.follows_with(store, vanishes, known) {
                return true;
            }
        }
    }
    false
}
