//! Conditions against zero in solved form.

use std::collections::BTreeMap;

use crate::number::Rational;
use crate::term::{Function, Node, Relation, Store, TermId};
use crate::theory::evaluate::{Value, evaluate};
use crate::theory::field::{Factor, Field};

/// How many digits are looked at to decide a closed condition.
const DIGITS: u32 = 20;

/// Equivalent statements wherever the terms of the condition are defined.
pub(super) fn solved(store: &mut Store, field: &mut Field, condition: TermId) -> Vec<TermId> {
    let zero = store.integer(0);
    match *store.node(condition) {
        Node::Relation(Relation::NotEqual, a, b) => {
            let u = if b == zero { a } else { store.sub(a, b) };
            nonzero(store, field, u)
        }
        Node::Relation(Relation::Less, a, b) => {
            let u = if a == zero { b } else { store.sub(b, a) };
            sign(store, field, u, true)
        }
        Node::Relation(Relation::LessEqual, a, b) => {
            let u = if a == zero { b } else { store.sub(b, a) };
            sign(store, field, u, false)
        }
        _ => vec![condition],
    }
}

/// u ≠ 0.
pub(super) fn nonzero(store: &mut Store, field: &mut Field, u: TermId) -> Vec<TermId> {
    match closed_sign(store, u) {
        Some(0) => return vec![falsum(store)],
        Some(_) => return Vec::new(),
        None => {}
    }
    let zero = store.integer(0);
    let Some(factored) = field.factored(store, u) else {
        return vec![store.relation(Relation::NotEqual, u, zero)];
    };
    if factored.coefficient.is_zero() {
        return vec![falsum(store)];
    }
    let mut conditions = Vec::new();
    for factor in factored.factors {
        if is_positive(store, &factor) || factor.unit || factor.exponent.signum() < 0 {
            continue;
        }
        conditions.extend(factor_nonzero(store, field, &factor));
    }
    conditions
}

fn factor_nonzero(store: &mut Store, field: &mut Field, factor: &Factor) -> Vec<TermId> {
    if closed_sign(store, factor.term).is_some_and(|s| s != 0) {
        return Vec::new();
    }
    if let Some((x, root)) = &factor.root {
        let (x, root) = (*x, root.clone());
        if root.is_zero()
            && let Node::Function(f, arguments) = store.node(x).clone()
            && let [u] = *arguments
        {
            match f {
                Function::Abs
                | Function::Sinh
                | Function::Tanh
                | Function::Arctan
                | Function::Arcsin
                | Function::Arsinh
                | Function::Artanh
                | Function::Signum => return nonzero(store, field, u),
                Function::Log => {
                    let one = store.integer(1);
                    let difference = store.sub(u, one);
                    return nonzero(store, field, difference);
                }
                _ => {}
            }
        }
        let root = store.number(root);
        return vec![store.relation(Relation::NotEqual, x, root)];
    }
    let (positive, negative) = apart(store, factor.term);
    vec![store.relation(Relation::NotEqual, positive, negative)]
}

/// u > 0 (strict) or u ≥ 0.
pub(super) fn sign(store: &mut Store, field: &mut Field, u: TermId, strict: bool) -> Vec<TermId> {
    if let Some(sign) = closed_sign(store, u) {
        return if sign > 0 || (sign == 0 && !strict) {
            Vec::new()
        } else {
            vec![falsum(store)]
        };
    }
    let whole = |store: &mut Store, u: TermId| {
        let (positive, negative) = apart(store, u);
        let relation = if strict {
            Relation::Less
        } else {
            Relation::LessEqual
        };
        vec![store.relation(relation, negative, positive)]
    };
    let Some(factored) = field.factored(store, u) else {
        return whole(store, u);
    };
    let mut positive = factored.coefficient.signum() > 0;
    if factored.coefficient.is_zero() {
        return if strict {
            vec![falsum(store)]
        } else {
            Vec::new()
        };
    }
    // Even powers and even roots are not negative; the sign is that of what remains.
    let mut even: Vec<Factor> = Vec::new();
    let mut odd: Vec<Factor> = Vec::new();
    for factor in factored.factors {
        if is_positive(store, &factor) {
            continue;
        }
        match closed_sign(store, factor.term) {
            Some(1) => continue,
            Some(-1) if factor.exponent.is_integer() => {
                positive ^= !is_even(&factor.exponent.numerator());
                continue;
            }
            _ => {}
        }
        let nonnegative =
            is_even(&factor.exponent.numerator()) || is_even(&factor.exponent.denominator());
        if nonnegative {
            if factor.exponent.signum() > 0 {
                even.push(factor);
            }
        } else {
            odd.push(factor);
        }
    }
    if !strict && !even.is_empty() {
        return if odd.is_empty() && positive {
            Vec::new()
        } else {
            let normal = field.normal(store, u).unwrap_or(u);
            whole(store, normal)
        };
    }
    let mut conditions: Vec<TermId> = Vec::new();
    for factor in &even {
        conditions.extend(factor_nonzero(store, field, factor));
    }
    // The roots of a denominator are left out already.
    let open = strict || odd.iter().all(|factor| factor.exponent.signum() < 0);
    match odd.as_slice() {
        [] if positive => {}
        [] => return vec![falsum(store)],
        [one] => conditions.push(one_sided(store, field, one, positive, open)),
        [one, two] if strict && between(one, two).is_some() => {
            if let Some((x, low, high)) = between(one, two) {
                conditions.extend(quadratic(store, x, low, high, positive, open));
            }
        }
        [one, two]
            if one.exponent.signum() > 0
                && two.exponent.signum() > 0
                && between(one, two).is_some() =>
        {
            if let Some((x, low, high)) = between(one, two) {
                conditions.extend(quadratic(store, x, low, high, positive, open));
            }
        }
        _ => {
            let normal = field.normal(store, u).unwrap_or(u);
            conditions.extend(whole(store, normal));
        }
    }
    conditions
}

/// factor > 0, or < 0; or with equality.
fn one_sided(
    store: &mut Store,
    field: &mut Field,
    factor: &Factor,
    positive: bool,
    open: bool,
) -> TermId {
    let relation = if open {
        Relation::Less
    } else {
        Relation::LessEqual
    };
    let _ = field;
    let (above, below) = match &factor.root {
        Some((x, root)) => {
            let root = store.number(root.clone());
            (*x, root)
        }
        None => apart(store, factor.term),
    };
    if positive {
        store.relation(relation, below, above)
    } else {
        store.relation(relation, above, below)
    }
}

/// Two linear factors in one symbol: the symbol and the roots in order.
fn between(one: &Factor, two: &Factor) -> Option<(TermId, Rational, Rational)> {
    let ((x, p), (y, q)) = (one.root.as_ref()?, two.root.as_ref()?);
    if x != y {
        return None;
    }
    if p <= q {
        Some((*x, p.clone(), q.clone()))
    } else {
        Some((*x, q.clone(), p.clone()))
    }
}

fn quadratic(
    store: &mut Store,
    x: TermId,
    low: Rational,
    high: Rational,
    positive: bool,
    open: bool,
) -> Vec<TermId> {
    let relation = if open {
        Relation::Less
    } else {
        Relation::LessEqual
    };
    let low = store.number(low);
    let high = store.number(high);
    if positive {
        let left = store.relation(relation, x, low);
        let right = store.relation(relation, high, x);
        vec![store.add_node(Node::Or([left, right].into()))]
    } else {
        let left = store.relation(relation, low, x);
        let right = store.relation(relation, x, high);
        vec![left, right]
    }
}

/// A sum as its terms with positive and its terms with negative coefficients.
fn apart(store: &mut Store, u: TermId) -> (TermId, TermId) {
    let Node::Add(terms) = store.node(u).clone() else {
        let zero = store.integer(0);
        return (u, zero);
    };
    let (mut positive, mut negative) = (Vec::new(), Vec::new());
    for term in terms {
        match store.node(term).clone() {
            Node::Number(c) if c.signum() < 0 => negative.push(store.number(c.neg())),
            Node::Mul(factors) => match factors.split_first() {
                Some((first, rest)) => match store.node(*first).clone() {
                    Node::Number(c) if c.signum() < 0 => {
                        let mut factors = Vec::new();
                        if c != Rational::from(-1) {
                            factors.push(store.number(c.neg()));
                        }
                        factors.extend_from_slice(rest);
                        negative.push(store.mul(&factors));
                    }
                    _ => positive.push(term),
                },
                None => positive.push(term),
            },
            _ => positive.push(term),
        }
    }
    (store.add(&positive), store.add(&negative))
}

fn is_positive(store: &Store, factor: &Factor) -> bool {
    factor.positive
        || matches!(
            store.node(factor.term),
            Node::Function(
                Function::Cosh | Function::Sech | Function::Sigmoid | Function::Softplus,
                _
            )
        )
}

fn is_even(n: &num_bigint::BigInt) -> bool {
    !n.bit(0)
}

/// The sign of a term without symbols, where its enclosure shows it.
fn closed_sign(store: &mut Store, u: TermId) -> Option<i32> {
    if !store.symbols(u).is_empty() || !store.is_closed(u) {
        return None;
    }
    match evaluate(store, u, &BTreeMap::new(), DIGITS) {
        Value::Exact(value) => Some(value.signum()),
        Value::Between(low, _) if low.signum() > 0 => Some(1),
        Value::Between(_, high) if high.signum() < 0 => Some(-1),
        _ => None,
    }
}

pub(super) fn falsum(store: &mut Store) -> TermId {
    store.add_node(Node::Truth(false))
}
