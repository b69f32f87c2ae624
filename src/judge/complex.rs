//! Steps that are true only for i² = −1: the complex numbers are outside the ground.

use rustc_hash::FxHashMap;

use crate::meaning::{Goal, Shape};
use crate::number::Rational;
use crate::term::{Node, Store, Symbol, TermId};
use crate::theory::field;

/// Whether a refuted equation would hold if its symbol `i` were the imaginary unit: the
/// polynomial in i that is the difference of its sides vanishes modulo i² + 1.
pub(super) fn holds_over_complex_numbers(store: &mut Store, goal: &Goal) -> bool {
    let Shape::Step(relation) = goal.shape else {
        return false;
    };
    let Node::Relation(crate::term::Relation::Equal, a, b) = *store.node(relation) else {
        return false;
    };
    let i = store.symbol("i");
    if !store.mentions(relation, i) {
        return false;
    }
    // i is replaced by (t + t·s)/… — any root of i² + 1 will do: √(−1) as a formal radical is not
    // in the field's ground, so even and odd powers are taken apart by hand.
    let (Some(a), Some(b)) = (reduce(store, a, i), reduce(store, b, i)) else {
        return false;
    };
    let difference = store.sub(a, b);
    let zero = store.integer(0);
    let Some(reduced) = reduce(store, difference, i) else {
        return false;
    };
    field::equal(store, reduced, zero)
}

/// Replaces integer powers of `i` by ±1 and ±i; `None` where i stands elsewhere than in sums,
/// products and natural powers.
fn reduce(store: &mut Store, term: TermId, i: Symbol) -> Option<TermId> {
    let mut seen = FxHashMap::default();
    let (real, imaginary) = parts(store, term, i, &mut seen)?;
    let i = store.add_node(Node::Symbol(i));
    let imaginary = store.mul(&[imaginary, i]);
    Some(store.add(&[real, imaginary]))
}

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
