//! `bound`: the bound of an inequality is too narrow by a small factor.

use super::super::finding::Diagnosis;
use super::suspect::Suspect;
use crate::number::Rational;
use crate::term::{Node, Relation, Store, TermId, print};

/// Factors that are tried, as numerator and denominator, the nearest first.
const FACTORS: [(i64, i64); 8] = [
    (2, 1),
    (1, 2),
    (3, 1),
    (1, 3),
    (3, 2),
    (2, 3),
    (4, 1),
    (1, 4),
];

pub(super) fn diagnose(store: &mut Store, suspect: &mut Suspect) -> Option<Diagnosis> {
    let claim = suspect.claim()?;
    let Node::Relation(relation @ (Relation::Less | Relation::LessEqual), a, b) =
        *store.node(claim)
    else {
        return None;
    };
    // The bound is the side that is no bare symbol or number; the right one if both may be.
    for (bound, left) in [(b, false), (a, true)] {
        if matches!(store.node(bound), Node::Number(_) | Node::Symbol(_)) {
            continue;
        }
        for (above, below) in FACTORS {
            let Some(factor) = Rational::new(above, below) else {
                continue;
            };
            let other = scaled(store, bound, &factor);
            let varied = if left {
                store.relation(relation, other, b)
            } else {
                store.relation(relation, a, other)
            };
            if varied != claim && suspect.would_be_right(store, varied) {
                let (was, is) = (print(store, bound), print(store, other));
                return Some(Diagnosis {
                    code: "bound".to_owned(),
                    message: format!(
                        "the bound is {is}, not {was}: with it the line would be right"
                    ),
                    correction: Some(is),
                });
            }
        }
    }
    None
}

/// The term times a number, with one number in front.
fn scaled(store: &mut Store, term: TermId, factor: &Rational) -> TermId {
    if let Node::Mul(factors) = store.node(term).clone()
        && let Some((first, rest)) = factors.split_first()
        && let Node::Number(value) = store.node(*first)
    {
        let value = value.mul(factor);
        let mut factors = rest.to_vec();
        if !value.is_one() {
            factors.insert(0, store.number(value));
        }
        return store.mul(&factors);
    }
    let factor = store.number(factor.clone());
    store.mul(&[factor, term])
}
