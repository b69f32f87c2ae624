//! `missing-term`, `extra-term`: the sides differ by one term.

use super::super::finding::Diagnosis;
use super::suspect::Suspect;
use crate::term::{Node, Store, TermId, print};

/// A term that is longer than this in print explains nothing.
const LENGTH: usize = 40;

pub(super) fn diagnose(store: &mut Store, suspect: &mut Suspect) -> Option<Diagnosis> {
    let (left, right) = suspect.equation(store)?;
    let (code, message) = difference(store, suspect, left, right)?;
    Some(Diagnosis {
        code: code.to_owned(),
        message,
        correction: None,
    })
}

/// The code and the sentence that names the one term by which two sides differ.
pub(super) fn difference(
    store: &mut Store,
    suspect: &Suspect,
    left: TermId,
    right: TermId,
) -> Option<(&'static str, String)> {
    if store.symbols(left).is_empty() && store.symbols(right).is_empty() {
        return None;
    }
    let left = suspect.worked_out(store, left);
    let right = suspect.worked_out(store, right);
    if !is_sum(store, left) && !is_sum(store, right) {
        return None;
    }
    let difference = store.sub(left, right);
    let mut field = suspect.field(store);
    // A sum in normal form has a sum among its factors.
    if field
        .normal(store, difference)
        .is_some_and(|normal| is_sum(store, normal))
    {
        return None;
    }
    let factored = field.factored(store, difference)?;
    let single = !factored.coefficient.is_zero()
        && factored
            .factors
            .iter()
            .all(|f| f.exponent.signum() > 0 && !is_sum(store, f.term));
    if !single {
        return None;
    }
    let mut factors = vec![store.number(factored.coefficient.abs())];
    if factored.coefficient.abs().is_one() && !factored.factors.is_empty() {
        factors.clear();
    }
    for factor in &factored.factors {
        let exponent = store.number(factor.exponent.clone());
        let power = if factor.exponent.is_one() {
            factor.term
        } else {
            store.pow(factor.term, exponent)
        };
        factors.push(power);
    }
    let term = store.mul(&factors);
    let term = print(store, term);
    if term.chars().count() > LENGTH {
        return None;
    }
    Some(if factored.coefficient.signum() > 0 {
        (
            "missing-term",
            format!("the term {term} is missing on the right side"),
        )
    } else {
        (
            "extra-term",
            format!("the right side has the term {term} too many"),
        )
    })
}

fn is_sum(store: &Store, term: TermId) -> bool {
    matches!(store.node(term), Node::Add(_))
}
