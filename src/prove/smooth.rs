//! Differentiability: the test `smooth(f, x, p)` of the rules of calculus.

use super::engine::Engine;
use super::pattern::symbol_of;
use super::sums::Range;
use crate::number::Rational;
use crate::term::{Constant, Function, Node, Relation, Store, Symbol, TermId};

/// Whether f is differentiable in x at p, if it is defined around p: it is built of functions that
/// are smooth where they are defined, and at the others' exceptional points it is not.
pub fn smooth(engine: &mut Engine, f: TermId, x: TermId, p: TermId) -> bool {
    let Some(symbol) = symbol_of(engine.store, x) else {
        return false;
    };
    if f == x || !engine.store.mentions(f, symbol) {
        return true;
    }
    let all =
        |engine: &mut Engine, parts: &[TermId]| parts.iter().all(|part| engine.smooth(*part, x, p));
    match engine.store.node(f).clone() {
        Node::Add(parts) | Node::Mul(parts) | Node::Call(_, _, parts) => all(engine, &parts),
        Node::Pow(base, exponent) => {
            if !engine.smooth(base, x, p) || !engine.smooth(exponent, x, p) {
                return false;
            }
            let at = engine.store.substitute(base, symbol, p);
            if engine.store.mentions(exponent, symbol) {
                return engine.is_positive(at);
            }
            if engine.is_integer(exponent) {
                return true;
            }
            let one = engine.store.integer(1);
            let above = engine.store.relation(Relation::Less, one, exponent);
            engine.holds(above).is_some() || engine.is_positive(at)
        }
        // The mean over outcomes whose weights do not depend on x.
        Node::Function(Function::Expectation | Function::Variance, arguments) => {
            all(engine, &arguments)
        }
        Node::Outcomes(..) => {
            let around = engine.facts.statements.clone();
            let symbol = super::chance::fresh(engine, &[f, p]);
            let w = engine.store.add_node(Node::Symbol(symbol));
            let Some(body) = engine.store.open(f, w).and_then(|s| s.first().copied()) else {
                return false;
            };
            let facts = super::chance::almost_sure(engine.store, &around, w);
            engine.under(&facts, |engine| {
                super::dominated::dominated(engine, body, x, w) && engine.smooth(body, x, p)
            })
        }
        Node::Function(function, arguments) => {
            all(engine, &arguments) && at_no_corner(engine, function, &arguments, symbol, p)
        }
        Node::Sum(_, _, from, to, condition) | Node::Product(_, _, from, to, condition) => {
            let mut held = [from, to, condition].into_iter();
            if held.any(|part| engine.store.mentions(part, symbol)) {
                return false;
            }
            // The limit of functions that have a derivative need not have one.
            if !engine.is_integer(from) || !engine.is_integer(to) {
                return is_power_series(engine.store, f, x);
            }
            // At each integer of the range.
            let Some(range) = Range::open(engine.store, f) else {
                return false;
            };
            let facts = range.facts(engine.store);
            engine.indices.push(range.symbol);
            let all = engine.under(&facts, |engine| engine.smooth(range.body, x, p));
            engine.indices.pop();
            all
        }
        _ => false,
    }
}

/// Whether this is Σ c·x^k or Σ x^k to ∞, with c and the lower bound free of x: where it converges
/// around a point, that is inside of the circle of convergence.
fn is_power_series(store: &mut Store, f: TermId, x: TermId) -> bool {
    let Node::Sum(_, _, from, to, condition) = *store.node(f) else {
        return false;
    };
    let (Some((index, scope)), Some(symbol)) = (store.open_fresh(f), symbol_of(store, x)) else {
        return false;
    };
    if !matches!(store.node(to), Node::Constant(Constant::Infinity))
        || !matches!(store.node(from), Node::Number(n) if n.is_integer() && n.signum() >= 0)
        || !matches!(store.node(condition), Node::Truth(true))
    {
        return false;
    }
    let k = store.add_node(Node::Symbol(index));
    let power = store.pow(x, k);
    let factors = match store.node(scope[0]) {
        Node::Mul(factors) => factors.to_vec(),
        _ => vec![scope[0]],
    };
    let rest: Vec<&TermId> = factors.iter().filter(|factor| **factor != power).collect();
    rest.len() + 1 == factors.len() && rest.iter().all(|c| !store.mentions(**c, symbol))
}

fn at_no_corner(
    engine: &mut Engine,
    function: Function,
    arguments: &[TermId],
    symbol: Symbol,
    p: TermId,
) -> bool {
    match critical(engine.store, function, arguments) {
        Critical::Nowhere => true,
        Critical::Unknown => false,
        Critical::Zero(term) => {
            let at = engine.store.substitute(term, symbol, p);
            engine.is_not_zero(at)
        }
    }
}

/// Where a function is not differentiable though it is defined around a point.
pub enum Critical {
    /// Nowhere.
    Nowhere,
    /// Where this term is 0.
    Zero(TermId),
    /// Not known.
    Unknown,
}

/// The term whose zeros are the critical points of a function.
pub fn critical(store: &mut Store, function: Function, arguments: &[TermId]) -> Critical {
    use Function as F;
    let Some(u) = arguments.last().copied() else {
        return Critical::Nowhere;
    };
    match function {
        F::Log
        | F::LogBase
        | F::Sin
        | F::Cos
        | F::Tan
        | F::Cot
        | F::Sec
        | F::Csc
        | F::Arctan
        | F::Sinh
        | F::Cosh
        | F::Tanh
        | F::Coth
        | F::Sech
        | F::Csch
        | F::Arsinh
        | F::Artanh
        | F::Arcoth
        | F::Arcsch
        | F::Sigmoid
        | F::Softplus => Critical::Nowhere,
        F::Root | F::Abs | F::Relu | F::Arccot => Critical::Zero(u),
        F::Arcsin | F::Arccos | F::Arsech => Critical::Zero(one_less_square(store, u, 1)),
        F::Arcsec | F::Arccsc => Critical::Zero(one_less_square(store, u, -1)),
        F::Arcosh => {
            let two = store.integer(2);
            let square = store.pow(u, two);
            let one = store.integer(1);
            Critical::Zero(store.sub(square, one))
        }
        F::Max | F::Min if arguments.len() == 2 => {
            Critical::Zero(store.sub(arguments[0], arguments[1]))
        }
        _ => Critical::Unknown,
    }
}

/// 1 − u², or 1 − 1/u², spelled as the rules of calculus do.
fn one_less_square(store: &mut Store, u: TermId, sign: i64) -> TermId {
    let one = store.integer(1);
    let two = store.number(Rational::from(2));
    let square = store.pow(u, two);
    if sign > 0 {
        return store.sub(one, square);
    }
    let minus = store.integer(-1);
    let inverse = store.pow(square, minus);
    store.sub(one, inverse)
}
