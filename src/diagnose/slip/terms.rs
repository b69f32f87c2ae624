//! `terms`: several terms of the right side have a wrong sign or coefficient.
//!
//! The left side is a combination of the terms on the right with other numbers before some of
//! them, and with no other numbers.

use super::super::finding::Diagnosis;
use super::suspect::Suspect;
use crate::number::Rational;
use crate::term::{Node, Store, TermId, print};
use crate::theory::field::{coefficient, combination};

/// Terms that are looked at.
const TERMS: usize = 12;
/// More slips than these explain nothing.
const SLIPS: usize = 3;

pub(super) fn diagnose(store: &mut Store, suspect: &mut Suspect) -> Option<Diagnosis> {
    let (left, right) = suspect.equation(store)?;
    let Node::Add(terms) = store.node(right).clone() else {
        return None;
    };
    if terms.len() > TERMS || store.symbols(right).is_empty() {
        return None;
    }
    let mut field = suspect.field(store);
    let left = suspect.worked_out(store, left);
    let wanted = field.parts(store, left)?;
    let mut rows = Vec::new();
    for term in &terms {
        let term = suspect.worked_out(store, *term);
        rows.push(field.parts(store, term)?);
    }
    let (numbers, true) = combination(&wanted, &rows)? else {
        return None;
    };
    let slips: Vec<(TermId, Rational)> = terms
        .iter()
        .copied()
        .zip(numbers)
        .filter(|(_, number)| !number.is_one())
        .collect();
    if !(2..=SLIPS).contains(&slips.len()) || slips.len() == terms.len() {
        return None;
    }
    let told: Vec<String> = slips
        .iter()
        .map(|(term, number)| told(store, *term, number))
        .collect();
    let mut right = Vec::new();
    for term in &terms {
        let slip = slips.iter().find(|(wrong, _)| wrong == term);
        right.push(match slip {
            Some((term, number)) if number.is_zero() => store.sub(*term, *term),
            Some((term, number)) => multiple(store, *term, number),
            None => *term,
        });
    }
    right.retain(|term| !slips.iter().any(|(t, n)| n.is_zero() && t == term));
    let right = store.add(&right);
    Some(Diagnosis {
        code: "terms".to_owned(),
        message: told.join("; "),
        correction: Some(print(store, right)),
    })
}

/// What is wrong with one term that should stand there so many times.
fn told(store: &mut Store, term: TermId, number: &Rational) -> String {
    let (own, rest) = coefficient(store, term);
    let shown = print(store, rest);
    if number.is_zero() {
        return format!("the term {} is too many", print(store, term));
    }
    let sign = if number.signum() > 0 {
        None
    } else if own.signum() > 0 {
        Some("−")
    } else {
        Some("+")
    };
    let size = number.abs();
    let factor = (!size.is_one()).then(|| {
        let kept = own.abs().mul(&size);
        // 2ab for ab has a factor too many, a² for a²/2 lacks one.
        match size.inverse() {
            Some(inverse) if kept.is_one() => {
                format!("has the factor {} too many", written(store, &inverse))
            }
            _ => format!("lacks the factor {}", written(store, &size)),
        }
    });
    match (sign, factor) {
        (Some(sign), None) => format!("the sign of {shown} is wrong: it is {sign}"),
        (None, Some(factor)) => format!("the term {shown} {factor}"),
        (Some(sign), Some(factor)) => {
            format!("the sign of {shown} is wrong: it is {sign}; and it {factor}")
        }
        (None, None) => shown,
    }
}

fn written(store: &mut Store, number: &Rational) -> String {
    let number = store.number(number.clone());
    print(store, number)
}

fn multiple(store: &mut Store, term: TermId, number: &Rational) -> TermId {
    let (own, rest) = coefficient(store, term);
    let number = own.mul(number);
    if number.is_one() {
        return rest;
    }
    let number = store.number(number);
    store.mul(&[number, rest])
}
