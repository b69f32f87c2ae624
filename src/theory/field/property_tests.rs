//! Random terms: normal forms keep values, true equations are found, perturbed ones are not.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::read_test::read;
use super::{Assumed, Field, equal, equal_under};
use crate::number::Rational;
use crate::term::{Relation, Sort, Store, TermId};
use crate::theory::evaluate::{Assignment, Value, evaluate};
use crate::theory::facts::Facts;

/// A random term as text; `radical` lets roots and unusual exponents in.
fn expression(radical: bool) -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("x".to_owned()),
        Just("y".to_owned()),
        Just("n".to_owned()),
        (0..5_i64).prop_map(|n| n.to_string()),
        Just("(1/2)".to_owned()),
    ];
    leaf.prop_recursive(4, 16, 3, move |inner| {
        let plain = prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}+{b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}-{b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}*{b})")),
            (inner.clone(), 0..4_i64).prop_map(|(a, n)| format!("({a})^{n}")),
        ];
        if !radical {
            return plain.boxed();
        }
        prop_oneof![
            3 => plain,
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}/({b}))")),
            1 => inner.clone().prop_map(|a| format!("sqrt({a})")),
            1 => inner.clone().prop_map(|a| format!("cbrt({a})")),
            1 => (inner.clone(), 1..5_i64, 2..5_i64)
                .prop_map(|(a, p, q)| format!("(({a})^({p}/{q}))")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("(({a})^({b}))")),
            1 => inner.clone().prop_map(|a| format!("e^({a})")),
            1 => inner.clone().prop_map(|a| format!("abs({a})")),
            1 => (-3..4_i64, inner).prop_map(|(c, a)| format!("(({c})^({a}))")),
        ]
        .boxed()
    })
}

fn points(store: &mut Store) -> Vec<Assignment> {
    let values = [
        [(0, 1), (1, 1), (-1, 1)],
        [(-1, 1), (-2, 1), (1, 2)],
        [(2, 1), (3, 1), (2, 1)],
        [(1, 2), (-1, 1), (3, 1)],
        [(-8, 1), (4, 1), (1, 3)],
        [(0, 1), (0, 1), (0, 1)],
        [(-2, 1), (-1, 2), (-2, 1)],
        [(3, 1), (-3, 1), (-1, 2)],
        [(4, 1), (-1, 1), (-1, 1)],
        [(1, 2), (0, 1), (2, 1)],
        [(9, 1), (-2, 1), (0, 1)],
    ];
    let names = ["x", "y", "n"].map(|name| store.variable(name));
    values
        .iter()
        .map(|row| {
            names
                .iter()
                .zip(row)
                .map(|(name, (p, q))| (*name, Rational::new(*p, *q).unwrap().into()))
                .collect::<BTreeMap<_, _>>()
        })
        .collect()
}

fn disjoint(a: &Value, b: &Value) -> bool {
    let range = |value: &Value| match value {
        Value::Exact(v) => Some((v.clone(), v.clone())),
        Value::Between(low, high) => Some((low.clone(), high.clone())),
        _ => None,
    };
    match (range(a), range(b)) {
        (Some((low, high)), Some((other_low, other_high))) => high < other_low || other_high < low,
        _ => false,
    }
}

fn agree(store: &mut Store, a: TermId, b: TermId, wider: bool) -> Result<(), String> {
    agree_under(store, &Facts::default(), a, b, wider)
}

/// Compares at the points at which the facts hold (n an integer where it has a sort).
fn agree_under(
    store: &mut Store,
    facts: &Facts,
    a: TermId,
    b: TermId,
    wider: bool,
) -> Result<(), String> {
    let n = store.variable("n");
    for at in points(store) {
        let holds = |statement: &TermId| evaluate(store, *statement, &at, 12) == Value::Truth(true);
        let integer = at.get(&n).and_then(|n| n.as_rational()?.to_i64()).is_some();
        if !facts.statements.iter().all(holds) || (!facts.sorts.is_empty() && !integer) {
            continue;
        }
        let left = evaluate(store, a, &at, 12);
        let right = evaluate(store, b, &at, 12);
        if disjoint(&left, &right) {
            return Err(format!("{left:?} and {right:?} at {at:?}"));
        }
        let has_value = matches!(left, Value::Exact(_) | Value::Between(..));
        if wider && has_value && right == Value::Undefined {
            return Err(format!("{left:?} but undefined at {at:?}"));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_product_equals_its_expansion_and_no_perturbed_one(a in expression(false), b in expression(false), c in 1..9_i64) {
        let mut store = Store::new();
        let product = read(&mut store, &format!("({a})*({b})"));
        let mut field = Field::new(Assumed::default());
        let expanded = field.normal(&mut store, product).unwrap();
        prop_assert!(equal(&mut store, product, expanded));
        let one = store.integer(c);
        let perturbed = store.add(&[expanded, one]);
        prop_assert!(!equal(&mut store, product, perturbed));
        let squared = read(&mut store, &format!("({a}+{b})^2"));
        let open = read(&mut store, &format!("({a})^2+2*({a})*({b})+({b})^2"));
        prop_assert!(equal(&mut store, squared, open));
        let slip = read(&mut store, &format!("({a})^2+({b})^2"));
        if let Err(why) = agree(&mut store, squared, slip, false) {
            prop_assert!(!equal(&mut store, squared, slip), "{}", why);
        }
    }

    #[test]
    fn a_canonical_term_has_the_values_of_the_term(a in expression(true)) {
        let mut store = Store::new();
        let term = read(&mut store, &a);
        let mut field = Field::new(Assumed::default());
        if field.never_defined(&mut store, term) {
            for at in points(&mut store) {
                let value = evaluate(&store, term, &at, 12);
                prop_assert!(!matches!(value, Value::Exact(_) | Value::Between(..)), "{:?}", at);
            }
        }
        if let Some(normal) = field.normal(&mut store, term) {
            let found = agree(&mut store, term, normal, true);
            prop_assert!(found.is_ok(), "{}", found.unwrap_err());
            let again = field.normal(&mut store, normal);
            prop_assert!(again == Some(normal) || again.is_none());
        }
    }

    #[test]
    fn equal_terms_have_equal_values(a in expression(true), b in expression(true), place in 0..6_usize) {
        let mut store = Store::new();
        // Pairs that are equal more often than random ones.
        let (left, right) = match place {
            0 => (format!("sqrt({a})*sqrt({b})"), format!("sqrt(({a})*({b}))")),
            1 => (format!("(({a})^2)^(1/2)"), a.clone()),
            2 => (format!("(({a})^({b}))^2"), format!("({a})^(2*({b}))")),
            3 => (format!("(({a})*({b}))^n"), format!("({a})^n*({b})^n")),
            4 => (format!("({a})^(n+({b}))"), format!("({a})^n*({a})^({b})")),
            _ => (format!("(({a})^n)^({b})"), format!("({a})^(n*({b}))")),
        };
        let (left, right) = (read(&mut store, &left), read(&mut store, &right));
        if equal(&mut store, left, right) {
            let found = agree(&mut store, left, right, false);
            prop_assert!(found.is_ok(), "{}", found.unwrap_err());
        }
        let mut facts = Facts::default();
        let (zero, x) = (store.integer(0), store.variable("x"));
        facts.statements.push(store.relation(Relation::Less, zero, x));
        let n = store.symbol("n");
        facts.sorts.insert(n, Sort::Integer);
        if equal_under(&mut store, &facts, left, right) {
            let found = agree_under(&mut store, &facts, left, right, false);
            prop_assert!(found.is_ok(), "{}", found.unwrap_err());
        }
        let mut field = Field::new(Assumed::of(&store, &facts));
        if let Some(normal) = field.normal(&mut store, left) {
            let found = agree_under(&mut store, &facts, left, normal, true);
            prop_assert!(found.is_ok(), "{}", found.unwrap_err());
        }
    }

    #[test]
    fn a_term_has_no_value_outside_of_its_domain(a in expression(true)) {
        let mut store = Store::new();
        let term = read(&mut store, &a);
        let domain = crate::theory::domain::domain(&mut store, term);
        for at in points(&mut store) {
            let value = evaluate(&store, term, &at, 12);
            let inside: Vec<Value> = domain
                .conditions
                .iter()
                .map(|c| evaluate(&store, *c, &at, 12))
                .collect();
            if matches!(value, Value::Exact(_) | Value::Between(..)) {
                prop_assert!(!inside.contains(&Value::Truth(false)), "a value outside at {:?}: {:?}", at, inside);
            }
            if value == Value::Undefined && domain.complete {
                prop_assert!(
                    inside.iter().any(|v| *v != Value::Truth(true)),
                    "no value inside at {:?}: {:?}", at, domain.conditions.iter().map(|c| store.node(*c).clone()).collect::<Vec<_>>()
                );
            }
        }
    }
}
