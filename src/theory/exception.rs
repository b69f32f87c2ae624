//! Points at which facts hold and a statement fails: where there is one, nothing need be decided.

use rustc_hash::FxHashSet;

use super::evaluate::{Evaluator, Model};
use super::facts::Facts;
use crate::number::{FloatInterval, Rational};
use crate::term::{Node, Sort, Store, TermId};

/// Bits of the enclosures.
const BITS: u32 = 53;
/// The most atoms that get values.
const MOST_ATOMS: usize = 24;
/// Values by the place of an atom.
const PRIMES: [i64; 10] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29];

/// What the atoms stand for at a point.
#[derive(Clone, Copy)]
enum Way {
    Positive,
    Negative,
    Alternating,
    Turned,
    Zero,
    Small,
    EvenZero,
    OddZero,
}

const WAYS: [Way; 8] = [
    Way::Positive,
    Way::Negative,
    Way::Alternating,
    Way::Turned,
    Way::Zero,
    Way::Small,
    Way::EvenZero,
    Way::OddZero,
];

/// Whether a point was found at which all facts are surely true and the statement surely is not
/// (it is false, or a term of it has no value).
#[must_use]
pub fn exception(store: &Store, facts: &Facts, statement: TermId) -> bool {
    let Some(atoms) = atoms(store, facts, statement) else {
        return false;
    };
    WAYS.iter().any(|way| {
        let mut model = Model::default();
        for (place, (atom, sort)) in atoms.iter().enumerate() {
            model.set(store, *atom, value(*way, place, *sort).into());
        }
        let mut evaluator = Evaluator::<FloatInterval>::new(store, &model, BITS);
        evaluator.truth(statement, true) == Some(false)
            && facts
                .statements
                .iter()
                .all(|fact| evaluator.truth(*fact, true) == Some(true))
    })
}

/// The symbols and members in the facts and the statement, with their sorts; `None` where there
/// are many, or where a term takes long to evaluate.
fn atoms(store: &Store, facts: &Facts, statement: TermId) -> Option<Vec<(TermId, Option<Sort>)>> {
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    let mut stack: Vec<TermId> = facts.statements.iter().rev().copied().collect();
    stack.push(statement);
    while let Some(term) = stack.pop() {
        if !seen.insert(term) {
            continue;
        }
        let node = store.node(term);
        match node {
            Node::Integral(..) | Node::Limit(..) => return None,
            Node::Symbol(symbol) => {
                let sort = facts.sorts.get(symbol).copied();
                if is_number(sort) {
                    found.push((term, sort));
                }
            }
            Node::Member(symbol, _) if store.is_closed(term) => {
                let sort = facts.sorts.get(symbol).copied();
                if is_number(sort) {
                    found.push((term, sort));
                }
            }
            _ => {}
        }
        if found.len() > MOST_ATOMS {
            return None;
        }
        node.for_each_child(|child| stack.push(child));
    }
    Some(found)
}

fn is_number(sort: Option<Sort>) -> bool {
    matches!(
        sort,
        None | Some(Sort::Real | Sort::Integer | Sort::Natural)
    )
}

fn value(way: Way, place: usize, sort: Option<Sort>) -> Rational {
    let prime = PRIMES.get(place % PRIMES.len()).copied().unwrap_or(2);
    let even = place.is_multiple_of(2);
    let value = match way {
        Way::Positive => prime,
        Way::Negative => -prime,
        Way::Alternating => {
            if even {
                prime
            } else {
                -prime
            }
        }
        Way::Turned => {
            if even {
                -prime
            } else {
                prime
            }
        }
        Way::Zero => 0,
        Way::Small => {
            let whole = matches!(sort, Some(Sort::Integer | Sort::Natural));
            let denominator = if whole { 1 } else { prime };
            return Rational::new(1, denominator).unwrap_or_else(Rational::one);
        }
        Way::EvenZero => {
            if even {
                0
            } else {
                prime
            }
        }
        Way::OddZero => {
            if even {
                prime
            } else {
                0
            }
        }
    };
    Rational::from(if sort == Some(Sort::Natural) {
        value.abs()
    } else {
        value
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::Relation;

    #[test]
    fn what_does_not_follow_has_an_exception_and_what_follows_has_none() {
        let mut store = Store::new();
        let x = store.variable("x");
        let zero = store.integer(0);
        let positive = store.relation(Relation::Less, zero, x);
        let nonzero = store.relation(Relation::NotEqual, x, zero);
        let facts = Facts {
            statements: vec![nonzero],
            ..Facts::default()
        };
        assert!(exception(&store, &facts, positive));
        assert!(exception(&store, &Facts::default(), nonzero));
        let facts = Facts {
            statements: vec![positive],
            ..Facts::default()
        };
        assert!(!exception(&store, &facts, nonzero));
    }
}
