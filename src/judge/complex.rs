//! Steps that are true only for i² = −1: the complex numbers are outside the ground.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::meaning::{Context, Goal, Shape};
use crate::number::Rational;
use crate::prove::prove;
use crate::refute::Budget;
use crate::term::{Constant, Function, Node, Relation, Store, Symbol, TermId};

/// Whether a refuted goal would or might hold if its symbol `i` were the imaginary unit: an
/// equation whose sides agree for i² = −1, or in which i stands where only complex functions have
/// a meaning; a solved form whose values satisfy the other statement.
pub(super) fn holds_over_complex_numbers(
    store: &mut Store,
    context: &Context,
    goal: &Goal,
) -> bool {
    let i = store.symbol("i");
    let known = context.declarations.iter().any(|d| d.symbol == i)
        || context.assumptions.iter().any(|a| store.mentions(*a, i));
    // So is what is an integer.
    let letter = store.add_node(Node::Symbol(i));
    let whole = goal.hypotheses.iter().any(|h| {
        matches!(store.node(*h), Node::Element(x, set)
            if *x == letter && matches!(store.node(*set), Node::Integers | Node::Naturals))
    });
    if known || whole {
        return false;
    }
    match goal.shape {
        Shape::Step(relation) => equation_holds(store, &goal.hypotheses, relation, i),
        Shape::Equivalence(a, b) => roots_hold(store, a, b, i) || roots_hold(store, b, a, i),
        Shape::Statement(claim) => {
            let premises = goal.hypotheses.clone();
            premises.iter().any(|p| roots_hold(store, *p, claim, i))
        }
        _ => false,
    }
}

fn equation_holds(store: &mut Store, hypotheses: &[TermId], relation: TermId, i: Symbol) -> bool {
    let Node::Relation(Relation::Equal, a, b) = *store.node(relation) else {
        return false;
    };
    if !store.mentions(relation, i) || is_index(store, relation, i) {
        return false;
    }
    let difference = store.sub(a, b);
    let Some((real, imaginary)) = parts(store, difference, i, &mut FxHashMap::default()) else {
        // Within a function: its value at a complex number is outside the ground.
        return true;
    };
    vanish(store, hypotheses, [real, imaginary])
}

/// Whether real and imaginary part are both proved to be zero.
fn vanish(store: &mut Store, hypotheses: &[TermId], parts: [TermId; 2]) -> bool {
    let zero = store.integer(0);
    parts.into_iter().all(|part| {
        let claim = store.relation(Relation::Equal, part, zero);
        let goal = Goal {
            hypotheses: hypotheses.to_vec(),
            shape: Shape::Step(claim),
            solved_for: None,
        };
        prove(store, &Context::default(), &goal, &Budget::SMALL).is_some()
    })
}

/// Whether every value with i in it that `forms` gives a letter satisfies the equation in that
/// letter, in which there is no i.
fn roots_hold(store: &mut Store, equation: TermId, forms: TermId, i: Symbol) -> bool {
    let Node::Relation(Relation::Equal, a, b) = *store.node(equation) else {
        return false;
    };
    if store.mentions(equation, i) {
        return false;
    }
    let difference = store.sub(a, b);
    let values: Vec<TermId> = match store.node(forms) {
        Node::Or(values) => values.to_vec(),
        _ => vec![forms],
    };
    let mut complex = 0;
    for form in values {
        if !store.mentions(form, i) {
            continue;
        }
        complex += 1;
        let Node::Relation(Relation::Equal, x, value) = *store.node(form) else {
            return false;
        };
        let Node::Symbol(x) = *store.node(x) else {
            return false;
        };
        let at = store.substitute(difference, x, value);
        let Some((real, imaginary)) = parts(store, at, i, &mut FxHashMap::default()) else {
            return false;
        };
        if !vanish(store, &[], [real, imaginary]) {
            return false;
        }
    }
    complex > 0
}

/// Whether i stands as the index of a family, which is no number.
fn is_index(store: &Store, term: TermId, i: Symbol) -> bool {
    let mut stack = vec![term];
    let mut seen = FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) || !store.mentions(next, i) {
            continue;
        }
        if let Node::Member(_, indices) = store.node(next)
            && indices.iter().any(|index| store.mentions(*index, i))
        {
            return true;
        }
        store.node(next).for_each_child(|child| stack.push(child));
    }
    false
}

/// Real and imaginary part of a term; none is found where i stands elsewhere than in sums,
/// products, natural powers, reciprocals and exponents of e.
type Parts = (TermId, TermId);

fn parts(
    store: &mut Store,
    term: TermId,
    i: Symbol,
    seen: &mut FxHashMap<TermId, Parts>,
) -> Option<Parts> {
    if let Some(known) = seen.get(&term) {
        return Some(*known);
    }
    let zero = store.integer(0);
    let one = store.integer(1);
    let result = match store.node(term).clone() {
        Node::Symbol(s) if s == i => (zero, one),
        _ if !store.mentions(term, i) => (term, zero),
        Node::Add(terms) => {
            let (mut real, mut imaginary) = (Vec::new(), Vec::new());
            for t in terms {
                let (a, b) = parts(store, t, i, seen)?;
                real.push(a);
                imaginary.push(b);
            }
            (store.add(&real), store.add(&imaginary))
        }
        Node::Mul(factors) => {
            let mut product = (one, zero);
            for f in factors {
                let factor = parts(store, f, i, seen)?;
                product = multiply(store, product, factor);
            }
            product
        }
        // Euler: e^(a + bi) = e^a (cos b + i sin b).
        Node::Pow(base, exponent) if matches!(store.node(base), Node::Constant(Constant::E)) => {
            let (a, b) = parts(store, exponent, i, seen)?;
            let modulus = store.exp(a);
            let cosine = store.function(Function::Cos, &[b]);
            let sine = store.function(Function::Sin, &[b]);
            (store.mul(&[modulus, cosine]), store.mul(&[modulus, sine]))
        }
        Node::Pow(base, exponent) if matches!(store.node(exponent), Node::Number(n) if n.to_i64() == Some(-1)) =>
        {
            let (a, b) = parts(store, base, i, seen)?;
            let two = store.integer(2);
            let squares = [store.pow(a, two), store.pow(b, two)];
            let modulus = store.add(&squares);
            let minus = store.neg(b);
            (store.div(a, modulus), store.div(minus, modulus))
        }
        Node::Pow(base, exponent) => {
            let Node::Number(n) = store.node(exponent) else {
                return None;
            };
            let n = n.to_i64().filter(|n| (0..=64).contains(n))?;
            let base = parts(store, base, i, seen)?;
            let mut product = (one, zero);
            for _ in 0..n {
                product = multiply(store, product, base);
            }
            product
        }
        _ => return None,
    };
    seen.insert(term, result);
    Some(result)
}

fn multiply(store: &mut Store, (a, b): Parts, (c, d): Parts) -> Parts {
    let (ac, bd) = (store.mul(&[a, c]), store.mul(&[b, d]));
    let (ad, bc) = (store.mul(&[a, d]), store.mul(&[b, c]));
    let minus = store.number(Rational::from(-1));
    let minus_bd = store.mul(&[minus, bd]);
    (store.add(&[ac, minus_bd]), store.add(&[ad, bc]))
}
