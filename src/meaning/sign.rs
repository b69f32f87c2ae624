//! Signs: what a relation sign says of the terms beside it.

use crate::syntax::{Kind, Relation, Tree};
use crate::term::{self, Store, TermId};

/// How reports write the first sign of a chain.
pub(super) fn first_sign(tree: &Tree) -> Option<&'static str> {
    match &tree.kind {
        Kind::Chain(_, rest) => rest.first().and_then(|(relation, _, _)| sign(*relation)),
        _ => None,
    }
}

/// How reports write a sign.
pub(super) fn sign(relation: Relation) -> Option<&'static str> {
    Some(match relation {
        Relation::Equal => "=",
        Relation::NotEqual => "≠",
        Relation::Less => "<",
        Relation::LessEqual => "≤",
        Relation::Greater => ">",
        Relation::GreaterEqual => "≥",
        Relation::Approximately => "≈",
        Relation::Define | Relation::Assign => ":=",
        Relation::Element | Relation::Similar => return None,
    })
}

/// The relation between two terms; none for ∈ and ∝.
pub(super) fn relate(
    store: &mut Store,
    relation: Relation,
    a: TermId,
    b: TermId,
) -> Option<TermId> {
    let (relation, a, b) = match relation {
        Relation::Equal | Relation::Approximately | Relation::Define | Relation::Assign => {
            (term::Relation::Equal, a, b)
        }
        Relation::NotEqual => (term::Relation::NotEqual, a, b),
        Relation::Less => (term::Relation::Less, a, b),
        Relation::LessEqual => (term::Relation::LessEqual, a, b),
        Relation::Greater => (term::Relation::Less, b, a),
        Relation::GreaterEqual => (term::Relation::LessEqual, b, a),
        Relation::Element | Relation::Similar => return None,
    };
    Some(store.relation(relation, a, b))
}

/// How a and c relate if a `first` b and b `second` c.
pub(super) fn compose(first: Relation, second: Relation) -> Option<Relation> {
    use Relation::{Equal, Greater, GreaterEqual, Less, LessEqual};
    match (first, second) {
        (Equal, other @ (Equal | Less | LessEqual | Greater | GreaterEqual))
        | (other @ (Less | LessEqual | Greater | GreaterEqual), Equal) => Some(other),
        (Less | LessEqual, Less | LessEqual) => Some(if first == second { first } else { Less }),
        (Greater | GreaterEqual, Greater | GreaterEqual) => {
            Some(if first == second { first } else { Greater })
        }
        _ => None,
    }
}
