//! `factor`: the sides differ by a factor.
//!
//! The quotient of the sides in lowest terms has few factors: what stands above is lacking on the
//! right, what stands below is there too often.

use super::super::finding::Diagnosis;
use super::suspect::Suspect;
use crate::number::Rational;
use crate::term::{Node, Store, TermId, print};

/// A quotient with more factors than this explains nothing.
const FACTORS: usize = 4;
/// Nor does one that is longer than this in print.
const LENGTH: usize = 60;

pub(super) fn diagnose(store: &mut Store, suspect: &mut Suspect) -> Option<Diagnosis> {
    let (left, right) = suspect.equation(store)?;
    if suspect.holds_matrices(store, left) || suspect.holds_matrices(store, right) {
        return None;
    }
    let message = difference(store, suspect, left, right)?;
    Some(Diagnosis {
        code: "factor".to_owned(),
        message,
        correction: None,
    })
}

/// The sentence that names the factor by which two terms differ.
pub(super) fn difference(
    store: &mut Store,
    suspect: &Suspect,
    left: TermId,
    right: TermId,
) -> Option<String> {
    if store.symbols(left).is_empty() && store.symbols(right).is_empty() {
        return None;
    }
    let left = suspect.worked_out(store, left);
    let right = suspect.worked_out(store, right);
    let ratio = store.div(left, right);
    let factored = suspect.field(store).factored(store, ratio)?;
    if factored.coefficient.is_zero() || factored.factors.len() > FACTORS {
        return None;
    }
    // Without a common factor the quotient only says again what the sides are.
    let mut parts = 0;
    for side in [left, right] {
        parts += suspect
            .field(store)
            .factored(store, side)
            .map_or(0, |f| f.factors.len());
    }
    if factored.factors.len() >= parts {
        return None;
    }
    let (mut lacking, mut surplus) = (Vec::new(), Vec::new());
    let above = Rational::from_integer(factored.coefficient.numerator());
    let below = Rational::from_integer(factored.coefficient.denominator());
    let minus_one = Rational::from(-1);
    if !above.is_one() && above != minus_one {
        lacking.push(store.number(above.clone()));
    }
    if !below.is_one() {
        surplus.push(store.number(below));
    }
    for factor in &factored.factors {
        let exponent = store.number(factor.exponent.abs());
        let power = if factor.exponent.abs().is_one() {
            factor.term
        } else {
            store.pow(factor.term, exponent)
        };
        if factor.exponent.signum() > 0 {
            lacking.push(power)
        } else {
            surplus.push(power)
        }
    }
    let mut negative = factored.coefficient.signum() < 0;
    // −(t − σ) is written as the factor σ − t.
    if negative
        && let Some(sum) = lacking
            .iter_mut()
            .chain(&mut surplus)
            .find(|f| is_sum(store, **f))
    {
        *sum = reversed(store, *sum);
        negative = false;
    }
    let (top, bottom) = (store.mul(&lacking), store.mul(&surplus));
    let quotient = store.div(top, bottom);
    let quotient = if negative {
        store.neg(quotient)
    } else {
        quotient
    };
    let quotient = print(store, quotient);
    if quotient.chars().count() > LENGTH {
        return None;
    }
    let (lacks, has) = (print(store, top), print(store, bottom));
    let sign = if negative {
        " and its sign is wrong"
    } else {
        ""
    };
    Some(match (lacking.is_empty(), surplus.is_empty()) {
        (true, true) => return negative.then(|| "the right side has the wrong sign".to_owned()),
        (false, true) => format!("the right side lacks the factor {lacks}{sign}"),
        (true, false) => format!("the right side has the factor {has} too many{sign}"),
        (false, false) => format!(
            "the two sides differ by the factor {quotient}: the right side lacks the factor {lacks} \
             and has the factor {has} too many"
        ),
    })
}

fn is_sum(store: &Store, term: TermId) -> bool {
    matches!(store.node(term), Node::Add(_))
}

/// The negative of a sum, term by term.
fn reversed(store: &mut Store, sum: TermId) -> TermId {
    let Node::Add(terms) = store.node(sum).clone() else {
        return store.neg(sum);
    };
    let terms: Vec<TermId> = terms
        .iter()
        .rev()
        .map(|term| negated(store, *term))
        .collect();
    store.add(&terms)
}

fn negated(store: &mut Store, term: TermId) -> TermId {
    if let Node::Mul(factors) = store.node(term).clone()
        && let Some((first, rest)) = factors.split_first()
        && let Node::Number(value) = store.node(*first)
    {
        let value = value.neg();
        let mut factors = rest.to_vec();
        if !value.is_one() {
            factors.insert(0, store.number(value));
        }
        return store.mul(&factors);
    }
    store.neg(term)
}
