//! `matrix`: of vectors and matrices, a transpose is lost or too many, two factors stand in the
//! wrong order, or a factor 2 is lost.

use rustc_hash::FxHashMap;

use super::super::finding::Diagnosis;
use super::suspect::Suspect;
use crate::number::Rational;
use crate::term::{Function, Node, Relation, Store, TermId, print};

/// Products that are looked at.
const PRODUCTS: usize = 12;
/// Factors of a product that are looked at.
const FACTORS: usize = 8;

pub(super) fn diagnose(store: &mut Store, suspect: &mut Suspect) -> Option<Diagnosis> {
    let (left, right) = suspect.equation(store)?;
    number(store, suspect, left, right).or_else(|| {
        let parts = parts(store, right);
        order(store, suspect, (left, right), &parts)
            .or_else(|| transpose(store, suspect, (left, right), &parts))
    })
}

/// Twice as much, or half.
fn number(store: &mut Store, suspect: &Suspect, left: TermId, right: TermId) -> Option<Diagnosis> {
    for (n, d) in [(2, 1), (1, 2), (4, 1), (1, 4)] {
        let factor = store.number(Rational::new(n, d)?);
        let other = store.mul(&[factor, right]);
        let claim = store.relation(Relation::Equal, left, other);
        if suspect.would_be_right(store, claim) {
            let message = if d == 1 {
                format!("the right side lacks the factor {n}")
            } else {
                format!("the right side has the factor {d} too many")
            };
            return Some(Diagnosis {
                code: "factor".to_owned(),
                message,
                correction: None,
            });
        }
    }
    None
}

/// A part of the right side with a transpose more or less.
fn transpose(
    store: &mut Store,
    suspect: &Suspect,
    (left, right): (TermId, TermId),
    parts: &[TermId],
) -> Option<Diagnosis> {
    let mut wholes = vec![right];
    for product in parts {
        if let Node::Mul(factors) = store.node(*product) {
            wholes.extend(factors.iter().take(FACTORS).copied());
        }
    }
    let mut seen = Vec::new();
    for part in wholes {
        let product = matches!(store.node(part), Node::Mul(_) | Node::Add(_));
        if seen.contains(&part) || product || !suspect.is_about_matrices(store, part) {
            continue;
        }
        seen.push(part);
        let other = match store.node(part) {
            Node::Function(Function::Transpose, inner) => *inner.first()?,
            _ => store.function(Function::Transpose, &[part]),
        };
        if let Some(found) = varied(store, suspect, (left, right), part, other) {
            return Some(found);
        }
    }
    None
}

/// Two neighbours in a product of the right side, the other way round.
fn order(
    store: &mut Store,
    suspect: &Suspect,
    sides: (TermId, TermId),
    parts: &[TermId],
) -> Option<Diagnosis> {
    for product in parts {
        let Node::Mul(factors) = store.node(*product).clone() else {
            continue;
        };
        for place in 1..factors.len().min(FACTORS) {
            let (a, b) = (factors[place - 1], factors[place]);
            let both = [a, b].iter().all(|f| suspect.is_about_matrices(store, *f));
            if a == b || !both {
                continue;
            }
            let mut other = factors.to_vec();
            other.swap(place - 1, place);
            let other = store.mul(&other);
            if let Some(found) = varied(store, suspect, sides, *product, other) {
                return Some(found);
            }
        }
    }
    None
}

/// Whether the claim would be right with another part on its right side.
fn varied(
    store: &mut Store,
    suspect: &Suspect,
    (left, right): (TermId, TermId),
    part: TermId,
    other: TermId,
) -> Option<Diagnosis> {
    let mut table = FxHashMap::default();
    table.insert(part, other);
    let changed = store.replace(right, &mut table);
    let claim = store.relation(Relation::Equal, left, changed);
    // That a side is itself explains nothing.
    if changed == right || changed == left || !suspect.would_be_right(store, claim) {
        return None;
    }
    let (was, is) = (print(store, part), print(store, other));
    Some(Diagnosis {
        code: "matrix".to_owned(),
        message: format!("with {is} in the place of {was} it would be right"),
        correction: Some(is),
    })
}

/// The products in a term that lie under no binder.
fn parts(store: &Store, term: TermId) -> Vec<TermId> {
    let mut found = Vec::new();
    let mut queue = std::collections::VecDeque::from([term]);
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = queue.pop_front() {
        if found.len() >= PRODUCTS {
            break;
        }
        if !store.is_closed(next) || !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if matches!(node, Node::Mul(_)) {
            found.push(next);
        }
        node.for_each_child(|child| queue.push_back(child));
    }
    found
}
