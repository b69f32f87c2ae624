//! Domains and what differs between two of them, in words.

use super::{compare, domain};
use crate::term::{Node, Relation, Store, TermId};
use crate::theory::facts::Facts;
use crate::theory::field::read_test::read;

fn show(store: &Store, term: TermId) -> String {
    let list = |parts: &[TermId], between: &str| {
        let parts: Vec<String> = parts.iter().map(|p| show(store, *p)).collect();
        format!("({})", parts.join(between))
    };
    match store.node(term) {
        Node::Number(c) => c.to_string(),
        Node::Symbol(s) => store.name(*s).to_owned(),
        Node::Add(parts) => list(parts, " + "),
        Node::Mul(parts) => list(parts, " "),
        Node::Pow(a, b) => format!("{}^{}", show(store, *a), show(store, *b)),
        Node::Function(f, args) => format!("{f:?}{}", list(args, ", ")),
        Node::Or(parts) => list(parts, " or "),
        Node::And(parts) => list(parts, " and "),
        Node::Relation(relation, a, b) => {
            let sign = match relation {
                Relation::Equal => "=",
                Relation::NotEqual => "≠",
                Relation::Less => "<",
                Relation::LessEqual => "≤",
            };
            format!("{} {sign} {}", show(store, *a), show(store, *b))
        }
        Node::Element(a, b) => format!("{} ∈ {}", show(store, *a), show(store, *b)),
        other => format!("{other:?}"),
    }
}

#[track_caller]
fn needs(text: &str, conditions: &[&str], complete: bool) {
    let mut store = Store::new();
    let term = read(&mut store, text);
    let found = domain(&mut store, term);
    let shown: Vec<String> = found.conditions.iter().map(|c| show(&store, *c)).collect();
    assert_eq!(shown, conditions, "{text}");
    assert_eq!(found.complete, complete, "{text}");
}

#[track_caller]
fn differ(left: &str, right: &str, conditions: &[&str]) {
    let mut store = Store::new();
    let (a, b) = (read(&mut store, left), read(&mut store, right));
    let shown: Vec<String> = compare(&mut store, &Facts::default(), a, b)
        .iter()
        .map(|(c, narrower)| {
            let mark = if *narrower { "narrower: " } else { "" };
            format!("{mark}{}", show(&store, *c))
        })
        .collect();
    assert_eq!(shown, conditions, "{left} = {right}");
}

#[test]
fn denominators_do_not_vanish() {
    needs("1/x", &["x ≠ 0"], true);
    needs("1/x^2", &["x ≠ 0"], true);
    needs("1/(x (x - 1))", &["x ≠ 0", "x ≠ 1"], true);
    needs("1/(x^2 + 1)", &[], true);
    needs("1/(2x + 1)", &["x ≠ -1/2"], true);
    needs("1/(x^2 - y^2)", &["(x + y) ≠ 0", "x ≠ y"], true);
    needs("1/(x - x)", &["Truth(false)"], true);
    needs("1/(1 + e^(-x))", &[], true);
    needs("(x/y)/(y/x)", &["y ≠ 0", "x ≠ 0"], true);
}

#[test]
fn roots_logarithms_and_powers_have_their_ranges() {
    needs("sqrt(x)", &["0 ≤ x"], true);
    needs("1/sqrt(x)", &["0 < x"], true);
    needs("sqrt(x^2)", &[], true);
    needs("sqrt(1 - x^2)", &["-1 ≤ x", "x ≤ 1"], true);
    needs("cbrt(x)", &[], true);
    needs("x^(1/3)", &["0 ≤ x"], true);
    needs("log(x)", &["0 < x"], true);
    needs("log(x^2)", &["x ≠ 0"], true);
    needs("log(-x)", &["x < 0"], true);
    needs("log(0 - 1)", &["Truth(false)"], true);
    needs("log(pi - 3)", &[], true);
    needs("tan(x)", &["Cos(x) ≠ 0"], true);
    needs("arcsin(x)", &["-1 ≤ x", "x ≤ 1"], true);
    needs("arcosh(x)", &["1 ≤ x"], true);
    needs("2^x", &[], true);
    needs("factorial(n)", &["n ∈ Naturals"], true);
    needs(
        "x^n",
        &["(0 < x or (x = 0 and 0 ≤ n) or (x ≠ 0 and n ∈ Integers))"],
        true,
    );
}

#[test]
fn two_sides_are_compared_point_by_point() {
    differ("x^2/x", "x", &["x ≠ 0"]);
    differ("x", "x^2/x", &["narrower: x ≠ 0"]);
    differ("log(x^2)", "2 log(x)", &["narrower: 0 < x"]);
    differ("2 log(x)", "log(x^2)", &["0 < x"]);
    differ("1/x + 1/x^2", "(x + 1)/x^2", &[]);
    differ("sqrt(x)^2", "x", &["0 ≤ x"]);
    differ("(x^2 - 1)/(x - 1)", "x + 1", &["x ≠ 1"]);
    differ("log(x) + log(y)", "log(x y)", &["0 < x", "0 < y"]);
    differ("x^(n + 1)", "x x^n", &["narrower: (x ≠ 0 or 0 ≤ n)"]);
    differ("x^n", "x^(n + 1/2)/sqrt(x)", &["narrower: 0 < x"]);
    differ("1/log(x)", "1/x", &["0 < x", "x ≠ 1"]);
}

fn derivative(text: &str) -> (Vec<String>, bool) {
    let mut store = Store::new();
    let body = read(&mut store, text);
    let x = store.symbol("x");
    let at = store.variable("x");
    let term = store.bind(x, &[body], |closed| Node::Derivative(0, closed[0], at));
    let found = domain(&mut store, term);
    let shown = found.conditions.iter().map(|c| show(&store, *c)).collect();
    (shown, found.complete)
}

#[test]
fn derivatives_need_their_bodies_near_the_point() {
    assert_eq!(derivative("1/x"), (vec!["x ≠ 0".to_owned()], true));
    assert_eq!(derivative("log(x)"), (vec!["0 < x".to_owned()], true));
    assert_eq!(derivative("sqrt(x)"), (vec!["0 < x".to_owned()], true));
    assert_eq!(derivative("sqrt(x^2 + 1)"), (vec![], true));
    // √(x⁴) has a derivative at 0, √(x²) has none.
    assert_eq!(derivative("sqrt(x^4)"), (vec![], false));
    assert_eq!(derivative("sqrt(x^2)"), (vec![], false));
    assert!(!derivative("arcsin(1/(1 + x^2))").1);
    assert_eq!(derivative("abs(x)"), (vec![], false));
    assert!(!derivative("sqrt(x^3 + y)").1);
}
