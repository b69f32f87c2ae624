//! Where the derivative, the mean and a sum change places.

use hence_checker::wire::{Claim, Node};

use crate::writer::{Writer, accepted_under};

const RULES: [(&str, &str); 2] = [
    ("calculus", include_str!("../../../rules/calculus.rules")),
    (
        "probability",
        include_str!("../../../rules/probability.rules"),
    ),
];

/// Whether the one use of a rule is accepted: the substitution, and for each condition the
/// statement that the order decides, or nothing where it is about form.
fn passes(
    name: &str,
    (before, after): (&str, &str),
    substitution: &[(&str, &str)],
    conditions: &[Option<&str>],
) -> bool {
    let mut writer = Writer::default();
    let hypotheses = vec![writer.read("(∈ n integers)"), writer.read("(≤ 1 n)")];
    let (left, right) = (writer.read(before), writer.read(after));
    let statement = writer.read(&format!("(= {before} {after})"));
    let mut nodes = Vec::new();
    let mut evidence = Vec::new();
    for condition in conditions {
        let Some(condition) = condition else {
            evidence.push(None);
            continue;
        };
        evidence.push(Some(u32::try_from(nodes.len()).unwrap()));
        nodes.push(Node::Decision {
            theory: "order".to_owned(),
            method: if condition.contains("(∈ n") {
                "hypothesis"
            } else {
                "integer"
            }
            .to_owned(),
            statement: writer.read(condition),
            uses: Vec::new(),
            witness: Vec::new(),
        });
    }
    let terms = (substitution.iter())
        .map(|(name, term)| ((*name).to_owned(), writer.read(term)))
        .collect();
    nodes.push(Node::Rule {
        before: left,
        after: right,
        name: name.to_owned(),
        forward: true,
        substitution: terms,
        evidence,
    });
    let rule = u32::try_from(nodes.len() - 1).unwrap();
    nodes.push(Node::Line {
        from: left,
        to: right,
        links: vec![rule],
    });
    accepted_under(&RULES, writer, hypotheses, Claim::Step { statement }, nodes)
}

fn derivative_of_sum(to: &str, body: &str) -> bool {
    // `K` is the index, `T` what moves. In the sum the index is the inner variable, behind the derivative the outer one.
    let other = body.replace('K', "y").replace('T', "x");
    let inner = body.replace('K', "x").replace('T', "y");
    let membership = format!("(∈ {to} integers)");
    let conditions = [
        Some("(∈ 1 integers)"),
        Some(membership.as_str()),
        None,
        None,
        None,
    ];
    passes(
        "calculus.finite-sum",
        (
            &format!("(diff-y (sum {inner} 1 {to} true) p)"),
            &format!("(sum-y (diff {other} p) 1 {to} true)"),
        ),
        &[
            ("f", body),
            ("k", "K"),
            ("a", "1"),
            ("b", to),
            ("x", "T"),
            ("p", "p"),
        ],
        &conditions,
    )
}

#[test]
fn the_derivative_goes_into_finite_sums_only() {
    assert!(derivative_of_sum("n", "(tanh (mul K T))"));
    assert!(derivative_of_sum("7", "(tanh (mul K T))"));
    assert!(!derivative_of_sum("infinity", "(tanh (mul K T))"));
    assert!(!derivative_of_sum("m", "(tanh (mul K T))"));
    assert!(!derivative_of_sum("n", "(abs (mul K T))"));
    assert!(!derivative_of_sum("n", "(sum K 1 infinity true)"));
}

fn series(name: &str, body: [&str; 2], from: &str, terms: &[(&str, &str)]) -> bool {
    let conditions: &[Option<&str>] = if name == "power-series" { &[None] } else { &[] };
    let mut substitution = vec![("k", "K"), ("x", "T"), ("p", "p")];
    substitution.extend(terms);
    passes(
        &format!("calculus.{name}"),
        (
            &format!("(diff-y (sum {} {from} infinity true) p)", body[0]),
            &format!("(sum {} 1 infinity true)", body[1]),
        ),
        &substitution,
        conditions,
    )
}

#[test]
fn the_derivative_goes_into_series_in_powers_of_the_variable_alone() {
    let slopes = "(mul x (pow p (add x -1)))";
    assert!(series(
        "power-series-of-ones",
        ["(pow y x)", slopes],
        "0",
        &[]
    ));
    assert!(!series(
        "power-series-of-ones",
        ["(pow y x)", slopes],
        "1",
        &[]
    ));
    assert!(!series(
        "power-series-of-ones",
        ["(pow x y)", slopes],
        "0",
        &[]
    ));
    let call = [
        "(mul (call x) (pow y x))",
        "(mul (call x) x (pow p (add x -1)))",
    ];
    assert!(series("power-series", call, "0", &[("c", "(call K)")]));
    assert!(!series("power-series", call, "1", &[("c", "(call K)")]));
    let moving = [
        "(mul (sin (mul x y)) (pow y x))",
        "(mul (sin (mul x p)) x (pow p (add x -1)))",
    ];
    assert!(!series(
        "power-series",
        moving,
        "0",
        &[("c", "(sin (mul K T))")]
    ));
}

fn derivative_of_mean(body: &str) -> bool {
    let inner = body.replace('W', "x").replace('T', "y");
    let other = body.replace('W', "y").replace('T', "x");
    passes(
        "probability.mean-of-derivative",
        (
            &format!("(diff-y (expectation (outcomes {inner})) p)"),
            &format!("(expectation (outcomes-y (diff {other} p)))"),
        ),
        &[("f", body), ("x", "T"), ("p", "p"), ("w", "W")],
        &[None, None],
    )
}

#[test]
fn the_derivative_goes_into_a_mean_where_its_slope_is_bounded() {
    for body in [
        "(mul T (member W))",
        "(pow (add (member W) (mul -1 T)) 2)",
        "(mul (member W) (pow e (mul T (member W))))",
        "(pow e (mul -1 (pow (add T (mul -1 (member W))) 2)))",
        "(tanh (mul T (member W)))",
        "(mul (call T) (member W))",
    ] {
        assert!(derivative_of_mean(body), "{body}");
    }
    for body in [
        "(mul T T T (pow (member W) -2) (pow e (mul -1 T T (pow (member W) -1))))",
        "(pow e (mul (pow T 2) (member W)))",
        "(pow e (mul T T (member W)))",
        "(call T (member W))",
        "(mul (call T) (pow e (mul -1 T (member W))))",
        "(sin (pow e (mul T (member W))))",
        "(pow (add T (member W)) -1)",
        "(mul (pow T (member W)) (pow e (mul T (member W))))",
    ] {
        assert!(!derivative_of_mean(body), "{body}");
    }
}

#[test]
fn a_mean_goes_into_finite_sums_only() {
    let sum = |to: &str| {
        let membership = format!("(∈ {to} integers)");
        passes(
            "probability.mean-of-finite-sum",
            (
                &format!("(expectation (outcomes-y (sum (member x y) 1 {to} true)))"),
                &format!("(sum-y (expectation (outcomes (member y x))) 1 {to} true)"),
            ),
            &[
                ("f", "(member K W)"),
                ("k", "K"),
                ("a", "1"),
                ("b", to),
                ("w", "W"),
            ],
            &[Some("(∈ 1 integers)"), Some(&membership), None, None],
        )
    };
    assert!(sum("n"));
    assert!(!sum("infinity"));
    assert!(!sum("m"));
}
