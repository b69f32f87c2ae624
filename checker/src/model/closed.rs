//! Closed terms between two rational numbers.

use std::cmp::Ordering;

use super::evaluate::{Evaluator, Meaning};
use super::stop::Found;
use crate::kernel::term::{Check, Id, Q, Terms};

/// Binary digits of enclosures, one after another until they suffice.
const DIGITS: [u32; 2] = [64, 192];

/// Two rational numbers between which the value of a closed term lies; an error where the term may
/// have none, or is not of those that are known.
pub fn enclose(terms: &mut Terms, term: Id) -> Check<(Q, Q)> {
    let meaning = Meaning::default();
    let mut evaluator = Evaluator::new(terms, &meaning);
    let mut ends = || -> Found<(Q, Q)> {
        let bits = DIGITS[1];
        evaluator.sharpen(bits, 1);
        let near = evaluator.value(term)?.near(bits)?;
        Ok((near.low.rational()?, near.high.rational()?))
    };
    ends().map_err(|stop| stop.reason().to_owned())
}

/// How the values of two closed terms compare, where that is seen; `None` too where one of them
/// may have no value.
pub fn compare(terms: &mut Terms, a: Id, b: Id) -> Option<Ordering> {
    let meaning = Meaning::default();
    let mut evaluator = Evaluator::new(terms, &meaning);
    DIGITS.into_iter().find_map(|bits| {
        evaluator.sharpen(bits, 1);
        let (a, b) = (evaluator.value(a).ok()?, evaluator.value(b).ok()?);
        a.compare(&b, bits).ok()
    })
}
