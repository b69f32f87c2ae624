//! Limits.

use hence_checker::wire::{Claim, Node};

use crate::writer::{Writer, accepted};

fn rule(before: u32, after: u32, forward: bool) -> Node {
    Node::Rule {
        before,
        after,
        name: "calculus.limit".to_owned(),
        forward,
        substitution: Vec::new(),
        evidence: Vec::new(),
    }
}

/// Whether `limit = value` is accepted under the hypotheses.
fn under(hypotheses: &[&str], limit: &str, value: &str) -> bool {
    let mut writer = Writer::default();
    let (a, b) = (writer.read(limit), writer.read(value));
    let statement = writer.push("=", "", vec![], vec![a, b]);
    let hypotheses = hypotheses.iter().map(|h| writer.read(h)).collect();
    let line = Node::Line {
        from: a,
        to: b,
        links: vec![0],
    };
    let nodes = vec![rule(a, b, true), line];
    accepted(writer, hypotheses, Claim::Step { statement }, nodes)
}

fn is(limit: &str, value: &str) -> bool {
    under(&[], limit, value)
}

#[test]
fn leading_coefficients_are_recomputed() {
    let quotient = "(both (mul (sin (mul 4 x)) (pow x -1)) 0)";
    assert!(is(quotient, "4"));
    assert!(!is(quotient, "3"));
    let third = "(both (mul (add (sin x) (mul -1 x) (mul 1/6 (pow x 3))) (pow x -5)) 0)";
    assert!(is(third, "1/120"));
    assert!(!is(third, "0"));
    assert!(is(
        "(both (mul (add (tan x) (mul -1 x)) (pow x -3)) 0)",
        "1/3"
    ));
    assert!(!is(
        "(both (mul (add (tan x) (mul -1 x)) (pow x -3)) 0)",
        "1/6"
    ));
    let removable = "(both (mul (add (pow x 2) -4) (pow (add x -2) -1)) 2)";
    assert!(is(removable, "4"));
    assert!(!is(removable, "2"));
    let compound = "(both (pow (add 1 (mul a (pow x -1))) x) infinity)";
    assert!(is(compound, "(pow e a)"));
    assert!(!is(compound, "1"));
    let slope = "(both (mul (add (sin (add a x)) (mul -1 (sin a))) (pow x -1)) 0)";
    assert!(is(slope, "(cos a)"));
    assert!(!is(slope, "(sin a)"));
}

#[test]
fn the_two_sides_must_agree() {
    for (body, above, below) in [
        ("(mul (abs x) (pow x -1))", "1", "-1"),
        ("(mul (root 2 (pow x 2)) (pow x -1))", "1", "-1"),
        ("(arctan (pow x -1))", "(mul 1/2 pi)", "(mul -1/2 pi)"),
        ("(pow (add 1 (pow e (pow x -1))) -1)", "0", "1"),
    ] {
        let limit = |side: &str, value: &str| is(&format!("({side} {body} 0)"), value);
        assert!(limit("above", above), "{body}");
        assert!(limit("below", below), "{body}");
        assert!(!limit("above", below), "{body}");
        assert!(!limit("below", above), "{body}");
        assert!(!limit("both", above) && !limit("both", below), "{body}");
    }
    let body = "(pow e (pow x -1))";
    assert!(is(&format!("(below {body} 0)"), "0"));
    assert!(!is(&format!("(above {body} 0)"), "0"));
    assert!(!is(&format!("(both {body} 0)"), "0"));
    assert!(is("(both (pow e (mul -1 (pow x -2))) 0)", "0"));
}

#[test]
fn what_is_unbounded_or_oscillates_has_no_limit() {
    for body in [
        "(pow x -1)",
        "(pow x -2)",
        "(sin (pow x -1))",
        "(log (abs x))",
        "(mul x (pow e (pow x -2)))",
        "(add (pow x -1) (sin (pow x -1)))",
        "(floor x)",
    ] {
        for value in ["0", "1", "-1"] {
            assert!(!is(&format!("(both {body} 0)"), value), "{body}");
        }
    }
    assert!(is("(both (mul x (sin (pow x -1))) 0)", "0"));
    assert!(!is("(both (mul x (sin (pow x -1))) 0)", "1"));
    assert!(!is("(both (cos x) infinity)", "0"));
    assert!(!is("(both (cos x) infinity)", "1"));
    assert!(is("(both (mul (cos x) (pow x -1)) infinity)", "0"));
}

#[test]
fn infinity_has_a_sign() {
    assert!(is("(both (pow e x) (mul -1 infinity))", "0"));
    assert!(!is("(both (pow e x) infinity)", "0"));
    assert!(is("(both (arctan x) infinity)", "(mul 1/2 pi)"));
    assert!(!is("(both (arctan x) (mul -1 infinity))", "(mul 1/2 pi)"));
    assert!(!is("(both (pow x -1) (mul 0 infinity))", "0"));
    assert!(!is("(both (pow x -1) (mul a infinity))", "0"));
}

#[test]
fn a_function_is_defined_near_the_point() {
    // On the one side alone.
    assert!(is("(above (root 2 (add 1 x)) 0)", "1"));
    assert!(!is("(both (mul (root 2 (pow x 3)) (pow x -1)) 0)", "0"));
    assert!(!is("(both (log x) 0)", "0"));
    assert!(!is("(both (root 2 (add -1 x)) 0)", "0"));
    assert!(!is("(both (mul x (log (add -1 x))) 0)", "0"));
    assert!(!is("(both (mul x (pow 0 -1)) 0)", "0"));
    assert!(!is("(both (pow (add (pow x 2) (mul -1 x x)) -1) 0)", "0"));
}

#[test]
fn a_coefficient_that_may_vanish_is_no_leading_one() {
    let limit = "(both (mul (sin (mul a x)) (pow (mul a x) -1)) 0)";
    assert!(under(&["(≠ a 0)"], limit, "1"));
    assert!(under(&["(< 0 a)"], limit, "1"));
    assert!(!under(&[], limit, "1"));
    assert!(!under(&["(≤ 0 a)"], limit, "1"));
    let far = "(both (pow e (mul a x)) infinity)";
    assert!(under(&["(< a 0)"], far, "0"));
    assert!(!under(&["(≤ a 0)"], far, "0"));
    assert!(!under(&["(< 0 a)"], far, "0"));
}

#[test]
fn an_unknown_function_has_its_taylor_expansion() {
    let quotient = "(both (mul (add (f (add a x)) (mul -1 (f a))) (pow x -1)) 0)";
    assert!(is(quotient, "(f' a)"));
    assert!(!is(quotient, "(f a)"));
    assert!(!is("(both (f (pow x -1)) 0)", "(f 0)"));
}

#[test]
fn a_limit_used_backwards_is_defined() {
    // 0 = lim x·u = 0
    let by = |hypotheses: &[&str], u: &str| {
        let mut writer = Writer::default();
        let limit = format!("(both (mul x {u}) 0)");
        let (zero, limit) = (writer.read("0"), writer.read(&limit));
        let statement = writer.push("=", "", vec![], vec![zero, zero]);
        let hypotheses = hypotheses.iter().map(|h| writer.read(h)).collect();
        let line = Node::Line {
            from: zero,
            to: zero,
            links: vec![0, 1],
        };
        let nodes = vec![rule(zero, limit, false), rule(limit, zero, true), line];
        accepted(writer, hypotheses, Claim::Step { statement }, nodes)
    };
    let through = |hypotheses: &[&str]| by(hypotheses, "(log a)");
    assert!(through(&["(< 0 a)"]));
    assert!(!through(&["(< a 0)"]));
    assert!(!through(&[]));
    assert!(by(&[], "(logbase 2 (add 3 x))"));
    assert!(!by(&[], "(logbase 1 (add 3 x))"));
    assert!(!by(&[], "(logbase -2 (add 3 x))"));
    assert!(!by(&[], "(logbase a (add 3 x))"));
    assert!(by(&[], "(root 2 (add 3 x))"));
    assert!(!by(&[], "(root 2 (add -3 x))"));
    assert!(!by(&[], "(pow (mul 0 x) -1)"));
    assert!(!by(&[], "(pow (add a (mul -1 a) (mul 0 x)) -1)"));
}
