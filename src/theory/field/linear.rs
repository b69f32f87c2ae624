//! Linear combinations of terms, by their normal forms.

use std::collections::BTreeMap;

use super::Field;
use crate::number::Rational;
use crate::term::{Node, Store, TermId};

/// A sum as numbers before products; 0 is empty.
pub type Parts = BTreeMap<TermId, Rational>;

impl Field {
    /// The term multiplied out.
    pub fn parts(&mut self, store: &mut Store, term: TermId) -> Option<Parts> {
        let normal = self.normal(store, term)?;
        let terms = match store.node(normal) {
            Node::Add(terms) => terms.to_vec(),
            _ => vec![normal],
        };
        let mut found = Parts::new();
        for term in terms {
            let (coefficient, rest) = coefficient(store, term);
            if !coefficient.is_zero() {
                found.insert(rest, coefficient);
            }
        }
        Some(found)
    }
}

/// The number before a product, and the rest of it.
pub fn coefficient(store: &mut Store, term: TermId) -> (Rational, TermId) {
    match store.node(term).clone() {
        Node::Number(value) => (value, store.integer(1)),
        Node::Mul(factors) => match store.node(factors[0]).clone() {
            Node::Number(value) => (value, store.mul(&factors[1..])),
            _ => (Rational::one(), term),
        },
        _ => (Rational::one(), term),
    }
}

/// Numbers c by which Σ c·row is what is wanted, by elimination, and whether there is no other
/// choice of them.
#[must_use]
pub fn combination(wanted: &Parts, all: &[Parts]) -> Option<(Vec<Rational>, bool)> {
    // Each row: what is left of it, and of which rows it is made.
    let mut rows: Vec<(Parts, Vec<Rational>)> = Vec::new();
    let unit = |place: usize| -> Vec<Rational> {
        (0..all.len())
            .map(|i| Rational::from(i64::from(i == place)))
            .collect()
    };
    for (place, parts) in all.iter().enumerate() {
        let mut row = (parts.clone(), unit(place));
        for other in &rows {
            subtract(&mut row, other);
        }
        if !row.0.is_empty() {
            rows.push(row);
        }
    }
    let mut rest = (wanted.clone(), unit(all.len()));
    for row in &rows {
        subtract(&mut rest, row);
    }
    let unique = rows.len() == all.len();
    let numbers = rest.1.iter().map(Rational::neg).collect();
    rest.0.is_empty().then_some((numbers, unique))
}

/// Takes the multiple of the other row away that rids this one of its first term.
fn subtract(row: &mut (Parts, Vec<Rational>), other: &(Parts, Vec<Rational>)) {
    let Some((pivot, scale)) = other.0.first_key_value() else {
        return;
    };
    let Some(factor) = row.0.get(pivot).and_then(|c| c.div(scale)) else {
        return;
    };
    for (term, c) in &other.0 {
        let entry = row.0.entry(*term).or_insert_with(|| Rational::from(0));
        *entry = entry.sub(&factor.mul(c));
    }
    row.0.retain(|_, c| !c.is_zero());
    for (own, c) in row.1.iter_mut().zip(&other.1) {
        *own = own.sub(&factor.mul(c));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(store: &mut Store, of: &[(&str, i64)]) -> Parts {
        of.iter()
            .map(|(name, c)| (store.variable(name), Rational::from(*c)))
            .collect()
    }

    #[test]
    fn a_combination_is_found_where_there_is_one() {
        let mut store = Store::new();
        let wanted = parts(&mut store, &[("x", 2), ("y", 4)]);
        let rows = [
            parts(&mut store, &[("x", 1), ("y", 1)]),
            parts(&mut store, &[("y", 2)]),
        ];
        let two = Rational::from(2);
        let one = Rational::one();
        assert_eq!(combination(&wanted, &rows), Some((vec![two, one], true)));
        assert_eq!(combination(&wanted, &rows[..1]), None);
    }

    #[test]
    fn rows_that_depend_on_each_other_leave_a_choice() {
        let mut store = Store::new();
        let wanted = parts(&mut store, &[("x", 2)]);
        let rows = [
            parts(&mut store, &[("x", 1)]),
            parts(&mut store, &[("x", 3)]),
        ];
        assert!(combination(&wanted, &rows).is_some_and(|(_, unique)| !unique));
    }
}
