//! The fundamental theorem: the integral of F′ from a to b.

use hence_checker::wire::{Claim, Node};

use crate::writer::{Writer, accepted};

/// Whether the integral of F′ is accepted to be F(b) − F(a); F is a term in `x`.
fn integrates(hypotheses: &[&str], big: &str, (a, b): (&str, &str), add: &str) -> bool {
    let mut writer = Writer::default();
    let at = |by: &str| big.replace('x', by);
    let integral = writer.read(&format!("(integral (diff {big} y) {a} {b})"));
    let low = format!("(mul -1 {})", at(a));
    let value = writer.read(&format!("(add {} {low} {add})", at(b)));
    let given = hypotheses.iter().map(|h| writer.read(h)).collect();
    let statement = writer.push("=", "", vec![], vec![integral, value]);
    let f = writer.read(&format!("(diff {big} t)"));
    let terms = [("f", f)]
        .into_iter()
        .chain([("F", at("t")), ("x", "t".to_owned())].map(|(n, t)| (n, writer.read(&t))))
        .chain([("a", a), ("b", b)].map(|(n, t)| (n, writer.read(t))));
    let substitution = terms.map(|(n, t)| (n.to_owned(), t)).collect();
    let nodes = vec![
        Node::Line {
            from: f,
            to: f,
            links: Vec::new(),
        },
        Node::Rule {
            before: integral,
            after: value,
            name: "calculus.fundamental-theorem".to_owned(),
            forward: true,
            substitution,
            evidence: vec![Some(0)],
        },
        Node::Line {
            from: integral,
            to: value,
            links: vec![1],
        },
    ];
    accepted(writer, given, Claim::Step { statement }, nodes)
}

fn holds(big: &str, ends: (&str, &str)) -> bool {
    integrates(&[], big, ends, "")
}

#[test]
fn an_antiderivative_is_defined_between_the_ends() {
    assert!(holds("(pow x -1)", ("1", "2")));
    assert!(holds("(pow x -1)", ("2", "1")));
    assert!(!holds("(pow x -1)", ("-1", "1")));
    assert!(!holds("(pow x -1)", ("a", "b")));
    assert!(integrates(
        &["(< 0 a)", "(< a b)"],
        "(pow x -1)",
        ("a", "b"),
        ""
    ));
    assert!(!integrates(
        &["(< 0 b)", "(< a b)"],
        "(pow x -1)",
        ("a", "b"),
        ""
    ));
    assert!(holds("(sin x)", ("a", "b")));
    assert!(!holds("(tan x)", ("0", "pi")));
    assert!(!holds("(arctan (pow x -1))", ("-1", "1")));
}

#[test]
fn an_antiderivative_is_smooth_between_the_ends_alone() {
    assert!(holds("(root 2 x)", ("0", "1")));
    assert!(holds("(arcsin x)", ("0", "1")));
    assert!(holds("(abs x)", ("0", "1")));
    assert!(!holds("(root 3 x)", ("-1", "1")));
    assert!(!holds("(floor x)", ("0", "1")));
    assert!(!holds("(sgn x)", ("-1", "1")));
    assert!(!holds("(sgn x)", ("0", "1")));
    assert!(!holds("(arccot x)", ("-1", "1")));
    assert!(!holds("(arccot x)", ("0", "1")));
    assert!(holds("(arccot x)", ("1", "2")));
    // 0^x jumps at 0.
    assert!(!holds("(pow 0 x)", ("0", "1")));
}

#[test]
fn the_value_is_the_difference() {
    assert!(!integrates(&[], "(sin x)", ("a", "b"), "1"));
    assert!(!integrates(
        &[],
        "(pow x 2)",
        ("0", "1"),
        "(mul 2 (pow 3 -1))"
    ));
}

#[test]
fn infinite_ends_are_refused() {
    assert!(!holds("(pow x -1)", ("1", "infinity")));
    assert!(!holds("(sin x)", ("1", "(mul 2 infinity)")));
}
