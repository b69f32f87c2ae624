//! Where one of two terms is defined and the other is not.

use super::collect::merged;
use super::{Domain, condition, domain_under};
use crate::number::Rational;
use crate::term::{Node, Relation, Store, TermId};
use crate::theory::facts::Facts;
use crate::theory::field::{Assumed, Field};
use crate::theory::logic;

/// The conditions under the facts that one side needs and the other does not give, in solved
/// form: `true` for *narrower* (the right side lacks points at which the left is defined).
pub fn compare(
    store: &mut Store,
    facts: &Facts,
    left: TermId,
    right: TermId,
) -> Vec<(TermId, bool)> {
    if left == right {
        return Vec::new();
    }
    let of_left = domain_under(store, facts, left);
    let of_right = domain_under(store, facts, right);
    let mut found: Vec<(TermId, bool)> = missing(store, facts, &of_right, &of_left)
        .into_iter()
        .map(|condition| (condition, true))
        .collect();
    let wider = missing(store, facts, &of_left, &of_right);
    found.extend(wider.into_iter().map(|condition| (condition, false)));
    found
}

/// The conditions of `needs` that the facts and the conditions of `has` do not give.
fn missing(store: &mut Store, facts: &Facts, needs: &Domain, has: &Domain) -> Vec<TermId> {
    let mut field = Field::new(Assumed::of(store, facts));
    let mut known = Vec::new();
    for statement in facts.statements.iter().chain(&has.conditions) {
        known.push(*statement);
        known.extend(condition::solved(store, &mut field, *statement));
    }
    let around = facts.with(&has.conditions);
    // With what is known to be positive, x·y > 0 may dissolve.
    let mut known_signs = Field::new(Assumed::of(store, &around));
    let mut open: Vec<TermId> = Vec::new();
    for condition in &needs.conditions {
        if let Some(rest) = beside_power(store, &mut field, &known, *condition) {
            open.extend(rest);
            continue;
        }
        if !follows(store, &known, *condition)
            && !condition::solved(store, &mut known_signs, *condition).is_empty()
            && logic::entails(store, &around, *condition).is_none()
        {
            open.push(*condition);
        }
    }
    let open = merged(store, open);
    // x ≠ 0 says nothing beside x > 0.
    let mut kept = Vec::new();
    for (place, condition) in open.iter().enumerate() {
        let others: Vec<TermId> = open
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != place)
            .map(|(_, condition)| *condition)
            .collect();
        if !follows(store, &others, *condition) {
            kept.push(*condition);
        }
    }
    kept
}

/// The condition of a power bᵉ beside that of a known power bᶠ where e − f is an integer: they
/// differ at b = 0 only, where e ≥ 0 is needed. `None` where there is no such power.
fn beside_power(
    store: &mut Store,
    field: &mut Field,
    known: &[TermId],
    condition: TermId,
) -> Option<Vec<TermId>> {
    let (base, exponent) = power_of(store, condition)?;
    let mut found = None;
    for other in known {
        let Some((b, e)) = power_of(store, *other) else {
            continue;
        };
        if b != base {
            continue;
        }
        match field.constant_difference(store, exponent, e) {
            Some(gap) if gap.is_integer() && gap.signum() >= 0 => return Some(Vec::new()),
            Some(gap) if gap.is_integer() => found = Some(()),
            _ => {}
        }
    }
    found?;
    let zero = store.integer(0);
    let mut either = condition::nonzero(store, field, base);
    either.push(store.relation(Relation::LessEqual, zero, exponent));
    Some(vec![store.add_node(Node::Or(either.into()))])
}

/// Base and exponent, if the condition is that of a power with letters in its exponent.
fn power_of(store: &Store, condition: TermId) -> Option<(TermId, TermId)> {
    let Node::Or(cases) = store.node(condition) else {
        return None;
    };
    let [_, middle, _] = **cases else {
        return None;
    };
    let Node::And(parts) = store.node(middle) else {
        return None;
    };
    let [vanishing, sign] = **parts else {
        return None;
    };
    match (store.node(vanishing), store.node(sign)) {
        (Node::Relation(Relation::Equal, base, _), Node::Relation(Relation::LessEqual, _, e)) => {
            Some((*base, *e))
        }
        _ => None,
    }
}

/// Whether a condition follows from one of the known ones (or of a disjunction, one of its parts).
fn follows(store: &Store, known: &[TermId], condition: TermId) -> bool {
    if known.contains(&condition) {
        return true;
    }
    match store.node(condition) {
        Node::Or(parts) => parts.iter().any(|part| follows(store, known, *part)),
        Node::And(parts) => parts.iter().all(|part| follows(store, known, *part)),
        Node::Relation(relation, a, b) => known.iter().any(|other| match store.node(*other) {
            Node::And(parts) => follows(store, parts, condition),
            Node::Relation(given, c, d) => {
                bound_follows(store, (*given, *c, *d), (*relation, *a, *b))
            }
            _ => false,
        }),
        _ => false,
    }
}

type Bound = (Relation, TermId, TermId);

/// Between statements about one term and numbers: x > 1 gives x ≠ 0; a < b gives a ≤ b, a ≠ b.
fn bound_follows(store: &Store, given: Bound, wanted: Bound) -> bool {
    let (relation, c, d) = given;
    let (need, a, b) = wanted;
    let same = a == c && b == d;
    let turned = a == d && b == c;
    let direct = match (relation, need) {
        (Relation::Less, Relation::LessEqual) => same,
        (Relation::Less | Relation::NotEqual, Relation::NotEqual) => same || turned,
        (Relation::Equal, Relation::LessEqual | Relation::Equal) => same || turned,
        _ => false,
    };
    if direct {
        return true;
    }
    let (Some(have), Some(want)) = (bound(store, given), bound(store, wanted)) else {
        return false;
    };
    if have.subject != want.subject {
        return false;
    }
    match (have.side, want.side) {
        // subject ≥ p (or >) against subject ≥ q (or >), and mirrored.
        (Side::Above, Side::Above) => {
            have.number > want.number
                || (have.number == want.number && (have.strict || !want.strict))
        }
        (Side::Below, Side::Below) => {
            have.number < want.number
                || (have.number == want.number && (have.strict || !want.strict))
        }
        (Side::Above, Side::Off) => {
            have.number > want.number || (have.number == want.number && have.strict)
        }
        (Side::Below, Side::Off) => {
            have.number < want.number || (have.number == want.number && have.strict)
        }
        (Side::At, Side::Off) => have.number != want.number,
        (Side::At, Side::Above) => {
            have.number > want.number || (have.number == want.number && !want.strict)
        }
        (Side::At, Side::Below) => {
            have.number < want.number || (have.number == want.number && !want.strict)
        }
        _ => false,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
    Off,
    At,
}

struct Against {
    subject: TermId,
    side: Side,
    strict: bool,
    number: Rational,
}

fn bound(store: &Store, (relation, a, b): Bound) -> Option<Against> {
    let (subject, number, turned) = match (store.node(a), store.node(b)) {
        (_, Node::Number(number)) => (a, number.clone(), false),
        (Node::Number(number), _) => (b, number.clone(), true),
        _ => return None,
    };
    let (side, strict) = match relation {
        Relation::NotEqual => (Side::Off, true),
        Relation::Equal => (Side::At, false),
        Relation::Less | Relation::LessEqual => {
            let side = if turned { Side::Above } else { Side::Below };
            (side, relation == Relation::Less)
        }
    };
    Some(Against {
        subject,
        side,
        strict,
        number,
    })
}
