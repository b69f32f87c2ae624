//! Takes: a term and values for its atoms. Gives: its value, exact where possible, else enclosed; the truth of statements.
//! Never: answers with a number that the term might not have.
//! Start reading at: this file, then `evaluator.rs`.

mod array;
mod chance;
mod entrywise;
mod evaluator;
mod functions;
mod germ;
mod limit;
mod model;
mod quadrature;
mod quality;
mod quantity;
mod real;
mod series;
mod slope;
mod statement;
mod tensor;

use std::collections::BTreeMap;

pub use array::Array;
pub use chance::WEIGHTS;
pub use evaluator::Evaluator;
pub use model::{Drawn, Mixer, Model, PERIOD};
pub use quantity::Quantity;
pub use real::{Real, Stop};
pub use tensor::{Tensor, common};

use crate::number::{DyadicInterval, Enclosure, FloatInterval, Quadratic, Rational};
use crate::term::{Node, Store, TermId};

/// Values for the atoms of a term: free symbols, and members of families or calls of unknown
/// functions with closed arguments.
pub type Assignment = BTreeMap<TermId, Quadratic>;

/// The value of a term under an assignment.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Exactly this number.
    Exact(Rational),
    /// A real number between these two, both included.
    Between(Rational, Rational),
    /// Surely undefined.
    Undefined,
    /// A vector or matrix: rows, columns, and the values of its entries by rows.
    Matrix(usize, usize, Vec<Value>),
    /// A statement's truth.
    Truth(bool),
    /// Not known: not mine, or the budget ran out.
    Unknown,
}

/// How often the precision is doubled before a question is left open.
const DOUBLINGS: u32 = 2;

/// The value of `term`; `digits` is how many decimal digits an enclosure should have.
pub fn evaluate(store: &Store, term: TermId, at: &Assignment, digits: u32) -> Value {
    value(store, term, &Model::of(store, at), digits)
}

/// The value of a term at a model; `digits` is how many decimal digits an enclosure should have.
#[must_use]
pub fn value(store: &Store, term: TermId, model: &Model, digits: u32) -> Value {
    if is_statement(store, term) {
        return match truth(store, term, model, digits) {
            Some(value) => Value::Truth(value),
            None => Value::Unknown,
        };
    }
    let mut fast = Evaluator::<FloatInterval>::new(store, model, 53);
    if fast.is_about_arrays(term)
        && let Some(value) = fast.matrix(term)
    {
        return value;
    }
    let first = fast.quantity(term);
    let mut best = match settled(&first, digits) {
        Ok(value) => return value,
        Err(best) if fast.coarse && first.is_ok() => return best,
        Err(best) => best,
    };
    let mut bits = bits_of(digits);
    for _ in 0..=DOUBLINGS {
        let result = Evaluator::<DyadicInterval>::new(store, model, bits).quantity(term);
        match settled(&result, digits) {
            Ok(value) => return value,
            Err(Value::Unknown) => {}
            Err(better) => best = better,
        }
        bits *= 2;
    }
    best
}

/// Whether a statement is true at a model; `None` where that was not decided.
#[must_use]
pub fn truth(store: &Store, statement: TermId, model: &Model, digits: u32) -> Option<bool> {
    let mut fast = Evaluator::<FloatInterval>::new(store, model, 53);
    let answer = fast.truth(statement, true);
    if answer.is_some() || !fast.wants_digits || fast.coarse {
        return answer;
    }
    let mut bits = bits_of(digits);
    for _ in 0..=DOUBLINGS {
        let mut evaluator = Evaluator::<DyadicInterval>::new(store, model, bits);
        let answer = evaluator.truth(statement, true);
        if answer.is_some() {
            return answer;
        }
        bits *= 2;
    }
    None
}

/// Whether a term is a statement.
#[must_use]
pub fn is_statement(store: &Store, term: TermId) -> bool {
    matches!(
        store.node(term),
        Node::Truth(_)
            | Node::Relation(..)
            | Node::Element(..)
            | Node::Has(..)
            | Node::And(_)
            | Node::Or(_)
            | Node::Not(_)
            | Node::ForAll(..)
    )
}

/// Bits for that many decimal digits, with some to spare.
fn bits_of(digits: u32) -> u32 {
    digits.min(10_000) * 10 / 3 + 40
}

/// The value if it is good enough, else the best so far.
fn settled<E: Enclosure>(
    result: &std::result::Result<Quantity<E>, Stop>,
    digits: u32,
) -> std::result::Result<Value, Value> {
    match result {
        Err(Stop::Undefined) => Ok(Value::Undefined),
        Err(Stop::Unknown) => Ok(Value::Unknown),
        Err(Stop::Precision) => Err(Value::Unknown),
        Ok(quantity) => match quantity.value() {
            Real::Exact(value) => Ok(Value::Exact(value.clone())),
            other => {
                let (low, high) = other.bounds();
                let size = low.abs().max(high.abs());
                let unit = Rational::from(10).pow(-i64::from(digits));
                let allowed = unit.map(|unit| unit.mul(&size));
                let enough = allowed.is_some_and(|allowed| high.sub(&low) <= allowed);
                let value = Value::Between(low, high);
                if enough { Ok(value) } else { Err(value) }
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::{Constant, Function, Relation, Symbol};

    struct Bench {
        store: Store,
        at: Assignment,
    }

    impl Bench {
        fn new() -> Self {
            Bench {
                store: Store::new(),
                at: Assignment::new(),
            }
        }
        fn let_be(&mut self, name: &str, n: i64, d: i64) -> TermId {
            let x = self.store.variable(name);
            self.at.insert(x, Rational::new(n, d).unwrap().into());
            x
        }
        fn n(&mut self, n: i64) -> TermId {
            self.store.integer(n)
        }
        fn q(&mut self, n: i64, d: i64) -> TermId {
            self.store.number(Rational::new(n, d).unwrap())
        }
        fn f(&mut self, function: Function, xs: &[TermId]) -> TermId {
            self.store.function(function, xs)
        }
        fn value(&self, term: TermId) -> Value {
            evaluate(&self.store, term, &self.at, 20)
        }
        fn symbol(&mut self, name: &str) -> Symbol {
            self.store.symbol(name)
        }
        fn derivative(&mut self, name: &str, body: TermId, at: TermId) -> TermId {
            let x = self.symbol(name);
            self.store
                .bind(x, &[body], |b| Node::Derivative(0, b[0], at))
        }
        fn near(&self, term: TermId, digits: &str) {
            let wanted = Rational::from_decimal(digits.trim_start_matches('-')).unwrap();
            let wanted = if digits.starts_with('-') {
                wanted.neg()
            } else {
                wanted
            };
            let slack = Rational::from(10).pow(-6).unwrap();
            match self.value(term) {
                Value::Between(low, high) => assert!(
                    low.sub(&slack) <= wanted && wanted <= high.add(&slack),
                    "{low} … {high} against {digits}"
                ),
                other => panic!("{other:?} against {digits}"),
            }
        }
    }

    fn exact(n: i64, d: i64) -> Value {
        Value::Exact(Rational::new(n, d).unwrap())
    }

    #[test]
    fn rational_expressions_have_exact_values_and_division_by_zero_none() {
        let mut b = Bench::new();
        let x = b.let_be("x", 2, 3);
        let three = b.n(3);
        let cube = b.store.pow(x, three);
        let one = b.n(1);
        let sum = b.store.add(&[cube, one]);
        assert_eq!(b.value(sum), exact(35, 27));
        let zero = b.store.sub(x, x);
        let bad = b.store.div(one, zero);
        assert_eq!(b.value(bad), Value::Undefined);
        let y = b.store.variable("y");
        let sum = b.store.add(&[y, bad]);
        assert_eq!(b.value(sum), Value::Undefined);
        assert_eq!(b.value(y), Value::Unknown);
    }

    #[test]
    fn powers_follow_the_contract() {
        let mut b = Bench::new();
        let (zero, minus, two) = (b.n(0), b.n(-8), b.n(2));
        let third = b.q(1, 3);
        let p = b.store.pow(zero, zero);
        assert_eq!(b.value(p), exact(1, 1));
        let p = b.store.pow(minus, third);
        assert_eq!(b.value(p), Value::Undefined);
        let three = b.n(3);
        let p = b.f(Function::Root, &[three, minus]);
        assert_eq!(b.value(p), exact(-2, 1));
        let p = b.f(Function::Root, &[two, minus]);
        assert_eq!(b.value(p), Value::Undefined);
        let p = b.store.pow(zero, third);
        assert_eq!(b.value(p), exact(0, 1));
        let half = b.q(-1, 2);
        let p = b.store.pow(zero, half);
        assert_eq!(b.value(p), Value::Undefined);
        let pi = b.store.constant(Constant::Pi);
        let p = b.store.pow(minus, pi);
        assert_eq!(b.value(p), Value::Undefined);
        let p = b.store.pow(two, pi);
        b.near(p, "8.824977827");
    }

    #[test]
    fn what_is_too_large_is_unknown_at_once() {
        let mut b = Bench::new();
        let ten = b.n(10);
        let big = b.n(10_000_000_000);
        let p = b.store.pow(ten, big);
        assert_eq!(b.value(p), Value::Unknown);
        let q = b.store.pow(ten, p);
        assert_eq!(b.value(q), Value::Unknown);
        let f = b.f(Function::Factorial, &[big]);
        assert_eq!(b.value(f), Value::Unknown);
        let e = b.store.exp(big);
        assert_eq!(b.value(e), Value::Unknown);
        let one = b.n(1);
        let p = b.store.pow(one, big);
        assert_eq!(b.value(p), exact(1, 1));
    }

    #[test]
    fn elementary_functions_are_enclosed_and_undefined_outside_their_domain() {
        let mut b = Bench::new();
        let (one, two, zero, minus) = (b.n(1), b.n(2), b.n(0), b.n(-1));
        for (function, argument, digits) in [
            (Function::Log, two, "0.69314718"),
            (Function::Sin, one, "0.84147098"),
            (Function::Tan, one, "1.55740772"),
            (Function::Arccos, minus, "3.14159265"),
            (Function::Arcsin, one, "1.57079632"),
            (Function::Tanh, one, "0.76159415"),
            (Function::Arsinh, minus, "-0.88137358"),
            (Function::Arcosh, two, "1.31695789"),
            (Function::Sigmoid, one, "0.73105857"),
            (Function::Softplus, zero, "0.69314718"),
        ] {
            let t = b.f(function, &[argument]);
            b.near(t, digits);
        }
        for (function, argument) in [
            (Function::Log, zero),
            (Function::Log, minus),
            (Function::Arcsin, two),
            (Function::Arcosh, zero),
            (Function::Artanh, one),
            (Function::Cot, zero),
            (Function::Arcsec, zero),
            (Function::Arsech, two),
        ] {
            let t = b.f(function, &[argument]);
            assert_eq!(b.value(t), Value::Undefined, "{function:?}");
        }
        for (function, argument, value) in [
            (Function::Sin, zero, 0),
            (Function::Cos, zero, 1),
            (Function::Log, one, 0),
            (Function::Tanh, zero, 0),
            (Function::Abs, minus, 1),
            (Function::Relu, minus, 0),
        ] {
            let t = b.f(function, &[argument]);
            assert_eq!(b.value(t), exact(value, 1), "{function:?}");
        }
    }

    #[test]
    fn derivatives_are_exact_where_the_function_is_smooth() {
        let mut b = Bench::new();
        let x = b.store.variable("x");
        let three = b.n(3);
        let cube = b.store.pow(x, three);
        let at = b.q(1, 2);
        let d = b.derivative("x", cube, at);
        assert_eq!(b.value(d), exact(3, 4));
        // d²/dx² x³ = 6x
        let point = b.store.variable("y");
        let inner = b.derivative("x", cube, point);
        let d = b.derivative("y", inner, at);
        assert_eq!(b.value(d), exact(3, 1));
        let log = b.f(Function::Log, &[x]);
        let (minus, zero) = (b.n(-1), b.n(0));
        let d = b.derivative("x", log, at);
        assert_eq!(b.value(d), exact(2, 1));
        let d = b.derivative("x", log, minus);
        assert_eq!(b.value(d), Value::Undefined);
        let abs = b.f(Function::Abs, &[x]);
        let d = b.derivative("x", abs, minus);
        assert_eq!(b.value(d), exact(-1, 1));
        let d = b.derivative("x", abs, zero);
        assert_eq!(b.value(d), Value::Unknown);
        let power = b.store.pow(x, x);
        let one = b.n(1);
        let d = b.derivative("x", power, one);
        assert_eq!(b.value(d), exact(1, 1));
    }

    #[test]
    fn a_derivative_within_a_derivative_does_not_confuse_its_variables() {
        // d/dx (x · d/dy (x + y)) at 1 is 1
        let mut b = Bench::new();
        let (x, y) = (b.store.variable("x"), b.store.variable("y"));
        let one = b.n(1);
        let sum = b.store.add(&[x, y]);
        let inner = b.derivative("y", sum, one);
        let product = b.store.mul(&[x, inner]);
        let d = b.derivative("x", product, one);
        assert_eq!(b.value(d), exact(1, 1));
    }

    #[test]
    fn finite_sums_and_products_are_added_up() {
        let mut b = Bench::new();
        let n = b.let_be("n", 4, 1);
        let k = b.store.variable("k");
        let symbol = b.symbol("k");
        let two = b.n(2);
        let square = b.store.pow(k, two);
        let (one, yes) = (b.n(1), b.store.add_node(Node::Truth(true)));
        let sum = b
            .store
            .bind(symbol, &[square, yes], |c| Node::Sum(0, c[0], one, n, c[1]));
        assert_eq!(b.value(sum), exact(30, 1));
        let not_two = b.store.relation(Relation::NotEqual, k, two);
        let product = b.store.bind(symbol, &[k, not_two], |c| {
            Node::Product(0, c[0], one, n, c[1])
        });
        assert_eq!(b.value(product), exact(12, 1));
    }

    #[test]
    fn definite_integrals_are_enclosed_and_improper_ones_left_open() {
        let mut b = Bench::new();
        let x = b.store.variable("x");
        let symbol = b.symbol("x");
        let sin = b.f(Function::Sin, &[x]);
        let (zero, one) = (b.n(0), b.n(1));
        let integral = b
            .store
            .bind(symbol, &[sin], |c| Node::Integral(0, c[0], zero, one));
        b.near(integral, "0.459697694");
        let root = b.store.sqrt(x);
        let integral = b
            .store
            .bind(symbol, &[root], |c| Node::Integral(0, c[0], zero, one));
        let Value::Between(low, high) = b.value(integral) else {
            panic!("√x has an integral from 0 to 1");
        };
        let third = Rational::new(2, 3).unwrap();
        assert!(low <= third && third <= high);
        let inverse = b.store.div(one, x);
        let integral = b
            .store
            .bind(symbol, &[inverse], |c| Node::Integral(0, c[0], zero, one));
        assert_eq!(b.value(integral), Value::Unknown);
    }

    #[test]
    fn limits_are_worked_out_by_series() {
        let mut b = Bench::new();
        let x = b.store.variable("x");
        let symbol = b.symbol("x");
        let (zero, one, two) = (b.n(0), b.n(1), b.n(2));
        let infinity = b.store.constant(Constant::Infinity);
        let limit = |b: &mut Bench, body, to| {
            b.store.bind(symbol, &[body], |c| {
                Node::Limit(0, c[0], to, crate::term::Direction::Both)
            })
        };
        let sin = b.f(Function::Sin, &[x]);
        let body = b.store.div(sin, x);
        let l = limit(&mut b, body, zero);
        assert_eq!(b.value(l), exact(1, 1));
        let cos = b.f(Function::Cos, &[x]);
        let top = b.store.sub(one, cos);
        let square = b.store.pow(x, two);
        let body = b.store.div(top, square);
        let l = limit(&mut b, body, zero);
        assert_eq!(b.value(l), exact(1, 2));
        // (1 + 1/x)^x → e, x²/e^x → 0
        let inverse = b.store.div(one, x);
        let base = b.store.add(&[one, inverse]);
        let body = b.store.pow(base, x);
        let l = limit(&mut b, body, infinity);
        b.near(l, "2.718281828");
        let e = b.store.exp(x);
        let body = b.store.div(square, e);
        let l = limit(&mut b, body, infinity);
        assert_eq!(b.value(l), exact(0, 1));
        // √(x² + x) − x → 1/2
        let sum = b.store.add(&[square, x]);
        let root = b.store.sqrt(sum);
        let body = b.store.sub(root, x);
        let l = limit(&mut b, body, infinity);
        assert_eq!(b.value(l), exact(1, 2));
        // |x|/x has no limit at 0; 1/x none that is finite; (x² − 4)/(x − 2) → 4
        let size = b.f(Function::Abs, &[x]);
        let body = b.store.div(size, x);
        let l = limit(&mut b, body, zero);
        assert_eq!(b.value(l), Value::Unknown);
        let l = limit(&mut b, inverse, zero);
        assert_eq!(b.value(l), Value::Unknown);
        let four = b.n(4);
        let (top, below) = (b.store.sub(square, four), b.store.sub(x, two));
        let body = b.store.div(top, below);
        let l = limit(&mut b, body, two);
        assert_eq!(b.value(l), exact(4, 1));
        let log = b.store.add(&[x, one]);
        let log = b.f(Function::Log, &[log]);
        let body = b.store.div(log, x);
        let l = limit(&mut b, body, zero);
        assert_eq!(b.value(l), exact(1, 1));
    }

    #[test]
    fn an_atom_without_a_value_is_not_true_and_neither_is_its_negation() {
        let mut b = Bench::new();
        let x = b.let_be("x", 0, 1);
        let (one, zero) = (b.n(1), b.n(0));
        let bad = b.store.div(one, x);
        let atom = b.store.relation(Relation::Equal, bad, one);
        let negation = b.store.add_node(Node::Not(atom));
        assert_eq!(b.value(atom), Value::Truth(false));
        assert_eq!(b.value(negation), Value::Truth(false));
        let other = b.store.relation(Relation::Equal, x, zero);
        let either = b.store.add_node(Node::Or([other, atom].into()));
        assert_eq!(b.value(either), Value::Truth(true));
    }

    #[test]
    fn equality_of_enclosures_is_never_claimed() {
        let mut b = Bench::new();
        let two = b.n(2);
        let three = b.n(3);
        let root = b.f(Function::Root, &[three, two]);
        let cube = b.store.mul(&[root, root, root]);
        let equal = b.store.relation(Relation::Equal, cube, two);
        assert_eq!(b.value(equal), Value::Unknown);
        let less = b.store.relation(Relation::Less, root, two);
        assert_eq!(b.value(less), Value::Truth(true));
        // Square roots are exact.
        let root = b.store.sqrt(two);
        let square = b.store.mul(&[root, root]);
        let equal = b.store.relation(Relation::Equal, square, two);
        assert_eq!(b.value(equal), Value::Truth(true));
    }

    #[test]
    fn unknown_functions_are_smooth_and_agree_with_their_derivatives() {
        let mut b = Bench::new();
        let f = b.symbol("f");
        let x = b.store.variable("x");
        let two = b.n(2);
        let call = b.store.add_node(Node::Call(f, [0].into(), [x].into()));
        let outer = b.derivative("x", call, two);
        let prime = b.store.add_node(Node::Call(f, [1].into(), [two].into()));
        let model = Model::drawing(1, &[f].into(), &BTreeMap::new());
        let (a, c) = (
            value(&b.store, outer, &model, 10),
            value(&b.store, prime, &model, 10),
        );
        assert_eq!(a, c);
        assert!(matches!(a, Value::Exact(_)));
        assert_eq!(b.value(prime), Value::Unknown);
    }
}
