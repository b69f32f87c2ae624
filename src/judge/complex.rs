//! Steps that are true only for i² = −1: the complex numbers are outside the ground.

use rustc_hash::FxHashMap;

use crate::meaning::{Context, Goal, Shape};
use crate::number::Rational;
use crate::prove::prove;
use crate::refute::Budget;
use crate::term::{Constant, Function, Node, Relation, Store, Symbol, TermId};

/// Whether a refuted equation would hold if its symbol `i` were the imaginary unit: the
/// polynomial in i that is the difference of its sides vanishes modulo i² + 1.
pub(super) fn holds_over_complex_numbers(store: &mut Store, goal: &Goal) -> bool {
    let Shape::Step(relation) = goal.shape else {
        return false;
    };
    let Node::Relation(Relation::Equal, a, b) = *store.node(relation) else {
        return false;
    };
    let i = store.symbol("i");
    if !store.mentions(relation, i) {
        return false;
    }
    let mut seen = FxHashMap::default();
    let (Some(a), Some(b)) = (parts(store, a, i, &mut seen), parts(store, b, i, &mut seen)) else {
        return false;
    };
    let empty = Context::default();
    [(a.0, b.0), (a.1, b.1)].into_iter().all(|(x, y)| {
        let claim = store.relation(Relation::Equal, x, y);
        let goal = Goal {
            hypotheses: goal.hypotheses.clone(),
            shape: Shape::Step(claim),
            solved_for: None,
        };
        prove(store, &empty, &goal, &Budget::SMALL).is_some()
    })
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
