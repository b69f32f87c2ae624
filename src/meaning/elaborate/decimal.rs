//! Decimals: the value and how many digits were shown.

use crate::number::Rational;
use crate::source::Span;
use crate::syntax::{Bracket, Kind, Sign, Tree};
use crate::term::{Node, Relation, Store, TermId};

/// A bare decimal, perhaps with a sign or a power of ten: its value and the digits shown after
/// the point (negative: before it). An integer is none.
pub(super) fn decimal(tree: &Tree) -> Option<(Rational, i32)> {
    match &tree.kind {
        Kind::Number(digits) => {
            let (_, after) = digits.split_once('.')?;
            let places = i32::try_from(after.len()).ok()?;
            Some((Rational::from_decimal(digits)?, places))
        }
        Kind::Terms(terms) => {
            let [(sign, term)] = terms.as_slice() else {
                return None;
            };
            let (value, places) = decimal(term)?;
            match sign {
                Sign::Plus => Some((value, places)),
                Sign::Minus => Some((value.neg(), places)),
                Sign::PlusMinus | Sign::MinusPlus => None,
            }
        }
        Kind::Group(Bracket::Round, inner) | Kind::Boxed(inner) => decimal(inner),
        Kind::Times(a, b) => scaled(a, b),
        Kind::Juxtaposition(factors) => match factors.as_slice() {
            [a, b] => scaled(a, b),
            _ => None,
        },
        _ => None,
    }
}

fn scaled(a: &Tree, b: &Tree) -> Option<(Rational, i32)> {
    let (value, places) = decimal(a)?;
    let exponent = power_of_ten(b)?;
    let scale = Rational::from(10).pow(i64::from(exponent))?;
    Some((value.mul(&scale), places.checked_sub(exponent)?))
}

fn power_of_ten(tree: &Tree) -> Option<i32> {
    let Kind::Superscript(base, exponent, _) = &tree.kind else {
        return None;
    };
    if base.kind != Kind::Number("10".to_owned()) {
        return None;
    }
    integer(exponent).filter(|e| e.abs() <= 400)
}

fn integer(tree: &Tree) -> Option<i32> {
    match &tree.kind {
        Kind::Number(digits) => digits.parse().ok(),
        Kind::Group(_, inner) => integer(inner),
        Kind::Terms(terms) => match terms.as_slice() {
            [(Sign::Minus, term)] => integer(term)?.checked_neg(),
            [(Sign::Plus, term)] => integer(term),
            _ => None,
        },
        _ => None,
    }
}

/// That a value rounds to a decimal with these places: it is no further from it than half of the
/// last digit's unit (a tie accepts either neighbour).
pub(in crate::meaning) fn near(
    store: &mut Store,
    value: TermId,
    decimal: &Rational,
    places: i32,
) -> Option<TermId> {
    let unit = Rational::from(10).pow(-i64::from(places))?;
    let half = unit.div(&Rational::from(2))?;
    let (low, high) = (decimal.sub(&half), decimal.add(&half));
    let (low, high) = (store.number(low), store.number(high));
    let from = store.relation(Relation::LessEqual, low, value);
    let to = store.relation(Relation::LessEqual, value, high);
    Some(store.add_node(Node::And([from, to].into())))
}

/// `1e3`, `2.5e-4`: what is written there may be a number.
pub(super) fn scientific(text: &str, span: Span) -> Option<&str> {
    let text = text.get(span.start as usize..span.end as usize)?;
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    for (at, _) in text.match_indices(['e', 'E']) {
        let behind = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        if !at.checked_sub(1).is_some_and(digit) || !digit(behind) {
            continue;
        }
        let from = text
            .get(..at)?
            .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let to = (behind..bytes.len()).find(|place| !digit(*place));
        // `x_1e3` and `10^2e3` hold no such number.
        if !from.ends_with(['^', '_', '\\']) {
            return text.get(from.len()..to.unwrap_or(bytes.len()));
        }
    }
    None
}

/// `1,5` at an end of what stands there: a comma between digits may belong to a number.
pub(in crate::meaning) fn decimal_comma(text: &str, span: Span) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (Some(before), Some(inner), Some(behind)) = (
        text.get(..span.start as usize),
        text.get(span.start as usize..span.end as usize),
        text.get(span.end as usize..),
    ) else {
        return false;
    };
    let opens = digit(inner.chars().next())
        && (before.strip_suffix(',')).is_some_and(|rest| digit(rest.chars().next_back()));
    let ends = digit(inner.chars().next_back())
        && (behind.strip_prefix(',')).is_some_and(|rest| digit(rest.chars().next()));
    opens || ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn tree(kind: Kind) -> Tree {
        Tree {
            span: Span::default(),
            kind,
        }
    }

    fn number(digits: &str) -> Tree {
        tree(Kind::Number(digits.to_owned()))
    }

    #[test]
    fn a_decimal_shows_its_digits_and_an_integer_shows_none() {
        assert_eq!(
            decimal(&number("0.1372")),
            Some((Rational::new(1372, 10000).unwrap(), 4))
        );
        assert_eq!(decimal(&number("12")), None);
    }

    #[test]
    fn a_power_of_ten_moves_the_digits_shown() {
        let minus_four = tree(Kind::Terms(vec![(Sign::Minus, number("4"))]));
        let ten = tree(Kind::Superscript(
            Box::new(number("10")),
            Box::new(minus_four),
            false,
        ));
        let value = tree(Kind::Times(Box::new(number("1.9")), Box::new(ten)));
        let signed = tree(Kind::Terms(vec![(Sign::Minus, value)]));
        assert_eq!(
            decimal(&signed),
            Some((Rational::new(-19, 100_000).unwrap(), 5))
        );
    }
}
