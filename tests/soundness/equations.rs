//! Steps that hold nowhere near, or only where somebody did not look: none may be proved.

use hence::meaning::{Context, Goal, Shape};
use hence::prove::{prove, read_term};
use hence::refute::Budget;
use hence::term::{Relation, Store};

fn is_proved(left: &str, right: &str) -> bool {
    follows(&[], left, right)
}

/// Whether the equation is proved under equations.
fn follows(given: &[(&str, &str)], left: &str, right: &str) -> bool {
    let mut store = Store::new();
    let hypotheses = given
        .iter()
        .map(|(x, y)| {
            let x = read_term(&mut store, x).expect("a side");
            let y = read_term(&mut store, y).expect("a side");
            store.relation(Relation::Equal, x, y)
        })
        .collect();
    let a = read_term(&mut store, left).expect("left side");
    let b = read_term(&mut store, right).expect("right side");
    let claim = store.relation(Relation::Equal, a, b);
    let goal = Goal {
        hypotheses,
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

/// Equations that are given, and the two sides of a step.
type Row<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);

#[test]
fn what_does_not_follow_from_equations_is_not_proved() {
    let given: &[Row] = &[
        (&[("x^2", "y")], "sqrt(y)", "x"),
        (&[("x^2", "y^2")], "x", "y"),
        (&[("x*y", "x")], "y", "1"),
        (&[("sin(x)", "3/5")], "cos(x)", "4/5"),
        (&[("sin(x)", "sin(y)")], "x", "y"),
        (&[("e^x", "y")], "x", "log(abs(y)) + 1"),
        (&[("x", "2")], "diff(x*x, x, x)", "0"),
        (&[("x", "y")], "diff(x*y, x, x)", "2*x"),
        (&[("x^2", "y")], "diff(x^2, x, x)", "diff(y, x, x)"),
        (&[("k", "2")], "sum(k^2, k, 1, 3)", "12"),
        (&[("x^2", "y")], "integral(x^2, x, 0, 1)", "y"),
        (&[("h", "1")], "limit(sin(h)/h, h, 0)", "sin(1)"),
        (&[("a + b", "c")], "log(a^2 + b^2)", "log(c^2)"),
        (&[("a + b", "c")], "sqrt(a*a + 2*a*b + b*b)", "c"),
        (&[("x + y", "s"), ("x*y", "p")], "x - y", "sqrt(s^2 - 4*p)"),
        (&[("log(x^2)", "2")], "x", "e"),
        (&[("sqrt(x^2)", "3")], "x", "3"),
        (&[("a*b", "a*c")], "b", "c"),
        (&[("a + b + c", "pi")], "cos(a + b)", "cos(c)"),
    ];
    for (given, left, right) in given {
        assert!(
            !follows(given, left, right),
            "{left} = {right} was proved from {given:?}"
        );
    }
}

#[test]
fn what_follows_beside_it_is_proved() {
    let given: &[Row] = &[
        (&[("x^2", "y")], "sqrt(y)", "abs(x)"),
        (&[("x*y", "x")], "x*y^2", "x"),
        (&[("sin(x)", "3/5")], "cos(x)^2", "16/25"),
        (&[("e^x", "y")], "x", "log(y)"),
        (&[("x", "2")], "diff(x*x, x, x)", "4"),
        (&[("n^2", "m")], "sum(k, k, 1, n^2)", "sum(k, k, 1, m)"),
        (&[("a + b", "c")], "log((a + b)^2)", "log(c^2)"),
        (&[("x + y", "s"), ("x*y", "p")], "(x - y)^2", "s^2 - 4*p"),
        (&[("a*b", "a*c")], "a^2*b", "a^2*c"),
        (&[("a + b + c", "pi")], "cos(a + b)", "-cos(c)"),
    ];
    for (given, left, right) in given {
        assert!(
            follows(given, left, right),
            "{left} = {right} was not proved from {given:?}"
        );
    }
}
