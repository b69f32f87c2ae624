//! Closed numeric equations with a decimal: the value, rounded to the digits shown, is the decimal.

use crate::number::Rational;
use crate::refute::Budget;
use crate::term::{Limit, Proof, Relation, Store, TermId};
use crate::theory::evaluate::{Assignment, Value, evaluate};

/// Digits beyond those shown with which a value is enclosed at first.
const SPARE: u32 = 6;

/// A proof that one of the terms, rounded half away from zero to that many places, is the decimal
/// (for a tie either neighbour). The witness is an enclosure of the term's value: the term, its
/// lower and its upper bound, both of which round to the decimal.
pub(super) fn rounded(
    store: &mut Store,
    terms: &[TermId],
    decimal: &Rational,
    places: i32,
    budget: &Budget,
) -> Option<Proof> {
    terms.iter().find_map(|term| {
        let shown = u32::try_from(places).unwrap_or(0);
        let mut digits = shown.saturating_add(SPARE).min(budget.digits);
        loop {
            let (low, high) = match evaluate(store, *term, &Assignment::new(), digits) {
                Value::Exact(value) => (value.clone(), value),
                Value::Between(low, high) => (low, high),
                _ => return None,
            };
            if rounds_to(&low, decimal, places) && rounds_to(&high, decimal, places) {
                return Some(proof(store, *term, decimal, low, high));
            }
            if digits >= budget.digits {
                let digits = u64::from(digits);
                store.meter().note(Limit::Digits, digits);
                return None;
            }
            digits = (digits * 2).min(budget.digits);
        }
    })
}

/// Whether a number rounds to the decimal: it is at most half a unit of the last place away.
fn rounds_to(value: &Rational, decimal: &Rational, places: i32) -> bool {
    let Some(unit) = Rational::from(10).pow(-i64::from(places)) else {
        return false;
    };
    let Some(half) = unit.div(&Rational::from(2)) else {
        return false;
    };
    value.sub(decimal).abs() <= half
}

fn proof(
    store: &mut Store,
    term: TermId,
    decimal: &Rational,
    low: Rational,
    high: Rational,
) -> Proof {
    let number = store.number(decimal.clone());
    let statement = store.relation(Relation::Equal, term, number);
    let (low, high) = (store.number(low), store.number(high));
    Proof::Decision {
        theory: "decimals",
        method: "enclosure",
        statement,
        uses: Vec::new(),
        witness: vec![term, low, high],
    }
}
