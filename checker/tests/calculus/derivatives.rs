//! What follows from a derivative's being defined.

use hence_checker::wire::{Claim, Node};

use crate::writer::{Writer, accepted};

/// Whether the statement is accepted where the derivative of the body at p is defined.
fn follows(hypotheses: &[&str], body: &str, statement: &str) -> bool {
    let mut writer = Writer::default();
    let derivative = format!("(= (diff {body} p) c)");
    let mut given: Vec<u32> = hypotheses.iter().map(|h| writer.read(h)).collect();
    given.push(writer.read(&derivative));
    let statement = writer.read(statement);
    let nodes = vec![Node::Decision {
        theory: "order".to_owned(),
        method: "branches".to_owned(),
        statement,
        uses: Vec::new(),
        witness: Vec::new(),
    }];
    accepted(writer, given, Claim::Statement { statement }, nodes)
}

#[test]
fn a_radicand_is_positive_where_its_slope_is_not_zero() {
    assert!(follows(&[], "(root 2 x)", "(< 0 p)"));
    assert!(!follows(&[], "(root 2 x)", "(< 1 p)"));
    assert!(!follows(&[], "(root 3 x)", "(< 0 p)"));
    assert!(!follows(&[], "(root 2 (pow x 2))", "(≠ p 0)"));
    assert!(!follows(&[], "(root 2 (pow x 4))", "(≠ p 0)"));
    assert!(follows(&[], "(root 2 (pow x 3))", "(≤ 0 p)"));
    assert!(!follows(&[], "(root 2 (pow x 3))", "(< 0 p)"));
    assert!(follows(
        &[],
        "(root 2 (add 1 (mul -1 (pow x 2))))",
        "(< p 1)"
    ));
    assert!(!follows(
        &[],
        "(root 2 (pow (add 1 (mul -1 x)) 2))",
        "(< p 1)"
    ));
    // A root that stands at a fixed point says nothing of p.
    assert!(!follows(&[], "(mul x (root 2 p))", "(< 0 p)"));
    assert!(follows(&[], "(mul x (root 2 p))", "(≤ 0 p)"));
}

#[test]
fn a_slope_that_may_vanish_says_nothing() {
    let body = "(root 2 (mul a x))";
    assert!(follows(&["(≠ a 0)"], body, "(< 0 (mul a p))"));
    assert!(follows(&["(< 0 a)"], body, "(< 0 p)"));
    assert!(!follows(&[], body, "(< 0 (mul a p))"));
    assert!(!follows(&["(≤ 0 a)"], body, "(≠ p 0)"));
}

#[test]
fn the_ends_of_a_range_are_not_met() {
    assert!(follows(&[], "(arcsin x)", "(< p 1)"));
    assert!(follows(&[], "(arccos (pow x 3))", "(< p 1)"));
    assert!(!follows(&[], "(arcsin (sin x))", "(< (sin p) 1)"));
    assert!(!follows(&[], "(arctan x)", "(< p 1)"));
    assert!(follows(&[], "(arcosh (mul 2 x))", "(< 1/2 p)"));
}

#[test]
fn what_is_not_zero_has_no_factor_zero() {
    let given = |known: &str, statement: &str| follows(&[known], "(sin x)", statement);
    assert!(given("(≠ (mul a p) 0)", "(≠ p 0)"));
    assert!(!given("(≠ (add a p) 0)", "(≠ p 0)"));
    assert!(given("(≠ (root 2 p) 0)", "(< 0 p)"));
    assert!(given("(≠ (root 3 p) 0)", "(≠ p 0)"));
    assert!(!given("(≠ (root 3 p) 0)", "(< 0 p)"));
    assert!(given("(≠ (pow p 3/2) 0)", "(< 0 p)"));
    assert!(!given("(≠ (pow p 2) 0)", "(< 0 p)"));
    assert!(!given("(≠ (pow p 0) 0)", "(≠ p 0)"));
    assert!(!given("(≠ (mul a p) 1)", "(≠ p 0)"));
}

#[test]
fn a_double_zero_of_a_radicand_is_no_edge() {
    // √(b x² + c x⁴) at a p that is not 0
    let body = "(root 2 (add (mul b (pow x 2)) (mul c (pow x 4))))";
    let positive = "(< 0 (add (mul b (pow p 2)) (mul c (pow p 4))))";
    assert!(follows(&["(≠ p 0)", "(≠ c 0)"], body, positive));
    assert!(!follows(&["(≠ p 0)"], body, positive));
    assert!(!follows(&["(≠ c 0)"], body, positive));
}

#[test]
fn an_unknown_beside_a_root_has_a_sign() {
    let given = |known: &str, statement: &str| follows(&[known], "(sin x)", statement);
    let less = "(< 0 (add p (root 2 (add -1 (pow p 2)))))";
    assert!(given(less, "(≤ 1 p)"));
    assert!(!given(less, "(< 1 p)"));
    let more = "(< 0 (add p (root 2 (add 1 (pow p 2)))))";
    assert!(!given(more, "(≤ 0 p)"));
}
