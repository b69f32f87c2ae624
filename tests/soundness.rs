//! Steps that hold nowhere near, or only where somebody did not look: none may be proved.
#![allow(clippy::expect_used)]

use hence::meaning::{Context, Goal, Shape};
use hence::prove::{prove, read_term};
use hence::refute::Budget;
use hence::term::{Relation, Store};

fn is_proved(left: &str, right: &str) -> bool {
    let mut store = Store::new();
    let a = read_term(&mut store, left).expect("left side");
    let b = read_term(&mut store, right).expect("right side");
    let claim = store.relation(Relation::Equal, a, b);
    let goal = Goal {
        hypotheses: Vec::new(),
        shape: Shape::Step(claim),
        solved_for: None,
    };
    prove(&mut store, &Context::default(), &goal, &Budget::LARGE).is_some()
}

#[test]
fn what_is_false_somewhere_is_not_proved() {
    for (left, right) in [
        ("sqrt(x^2)", "x"),
        ("abs(x)", "x"),
        ("sqrt(a^2 + b^2)", "a + b"),
        ("root(4, x^4)", "x"),
        ("(x^2)^(1/2)", "x"),
        ("arcsin(sin(x))", "x"),
        ("arctan(tan(x))", "x"),
        ("arctan(1/x) + arctan(x)", "pi/2"),
        ("sgn(x)^2", "1"),
        ("sgn(x)", "x/abs(x) + 1"),
        ("0^x", "0"),
        ("(-1)^n", "1"),
        ("(a*b)^c", "a^c*b^c + 1"),
        ("log(a*b)", "log(abs(a)) + log(b)*2"),
        ("diff(abs(x), x, x)", "1"),
        ("diff(sqrt(x^2), x, x)", "1"),
        ("diff(log(abs(x)), x, x)", "1/abs(x)"),
        ("diff(root(3, x), x, x)", "1/(3*x)"),
        ("integral(1/x^2, x, -1, 1)", "-2"),
        ("integral(1/x, x, -1, 1)", "0"),
        ("integral(1/cos(x)^2, x, 0, pi)", "0"),
        ("integral(sgn(x), x, -1, 2)", "3"),
        ("limit(abs(x)/x, x, 0)", "1"),
        ("limit(sin(1/x), x, 0)", "0"),
        ("limit(1/x, x, 0)", "0"),
        ("sum(k, k, 1, n)", "n*(n + 1)/2 + sin(pi*n)"),
        ("sum(1, k, 1, n)", "n + 1"),
        ("max(a, b)", "a"),
        ("relu(x)", "x"),
    ] {
        assert!(!is_proved(left, right), "{left} = {right} was proved");
    }
}

#[test]
fn what_is_true_beside_it_is_proved() {
    for (left, right) in [
        ("sqrt(x^2)", "abs(x)"),
        ("sqrt(x)^2", "x"),
        ("root(3, x^3)", "x"),
        ("sin(arcsin(x))", "x"),
        ("diff(log(abs(x)), x, x)", "1/x"),
        ("integral(1/x^2, x, 1, 2)", "1/2"),
        ("limit(sin(x)/x, x, 0)", "1"),
        ("max(a, b) + min(a, b)", "a + b"),
        ("relu(x) - relu(-x)", "x"),
    ] {
        assert!(is_proved(left, right), "{left} = {right} was not proved");
    }
}
