//! Steps that are proved, beside steps that must not be.

use super::*;
use crate::meaning::{Context, Goal, Shape};

/// Whether the equation is proved under the assumptions, all spelled as in rule files.
fn proves_under(assumptions: &[&str], left: &str, right: &str) -> bool {
    let mut store = Store::new();
    let hypotheses = assumptions
        .iter()
        .map(|text| {
            if let Some(name) = text.strip_suffix(" in Z") {
                let name = read_term(&mut store, name).expect("a name");
                let set = store.add_node(Node::Integers);
                return store.add_node(Node::Element(name, set));
            }
            if let Some((a, b)) = text.split_once(" >= ") {
                let a = read_term(&mut store, a).expect("a term");
                let b = read_term(&mut store, b).expect("a term");
                return store.relation(Relation::LessEqual, b, a);
            }
            if let Some((a, b)) = text.split_once(" = ") {
                let a = read_term(&mut store, a).expect("a term");
                let b = read_term(&mut store, b).expect("a term");
                return store.relation(Relation::Equal, a, b);
            }
            let (a, b) = text.split_once(" > ").expect("an assumption a > b");
            let a = read_term(&mut store, a).expect("a term");
            let b = read_term(&mut store, b).expect("a term");
            store.relation(Relation::Less, b, a)
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
    let proved = prove(&mut store, &Context::default(), &goal, &Budget::NORMAL);
    if let Some(Proved {
        proof: Proof::Equality(trace),
        ..
    }) = &proved
    {
        check_line(&mut store, trace, a, b);
    }
    proved.is_some()
}

fn proves(left: &str, right: &str) -> bool {
    proves_under(&[], left, right)
}

/// Each link begins where the one before ended, and congruences rebuild what they say.
fn check_line(store: &mut Store, trace: &crate::term::Trace, from: TermId, to: TermId) {
    let mut at = from;
    for link in &trace.links {
        assert_eq!(link.before, at);
        if let crate::term::Reason::Congruence {
            forward,
            opened: None,
            parts,
        } = &link.reason
        {
            let mut children = Vec::new();
            let whole = if *forward { link.before } else { link.after };
            store.node(whole).for_each_child(|c| children.push(c));
            for (place, part) in parts {
                let child = children[*place as usize];
                let end = part.links.last().map_or(child, |last| last.after);
                check_line(store, part, child, end);
            }
        }
        at = link.after;
    }
    assert_eq!(at, to);
}

#[test]
fn sums_and_products_are_settled_by_the_ring() {
    assert!(proves("(x + 1)^2", "x^2 + 2*x + 1"));
    assert!(!proves("(x + 1)^2", "x^2 + 1"));
    assert!(proves("x/x", "1"));
}

#[test]
fn circular_functions_meet_at_base_angles() {
    assert!(proves("cos(3*x)", "4*cos(x)^3 - 3*cos(x)"));
    assert!(!proves("cos(3*x)", "4*cos(x)^3 + 3*cos(x)"));
    assert!(proves("sin(3*x)", "3*sin(x) - 4*sin(x)^3"));
    assert!(proves("sin(x)/(1 + cos(x))", "(1 - cos(x))/sin(x)"));
    assert!(proves("sin(x + y)", "sin(x)*cos(y) + sin(y)*cos(x)"));
    assert!(!proves("sin(x + y)", "sin(x)*cos(y) - sin(y)*cos(x)"));
    assert!(proves("(sin(x) + cos(x))^2", "2*sin(x + pi/4)^2"));
    assert!(proves("sin(2*x)/(cos(2*x) + 1)", "sin(x)/cos(x)"));
    assert!(proves("(sin(x) + cos(x))^2", "2*sin(x + pi*4^-1)^2"));
    assert!(proves("tan(x)^2 + 1", "1/cos(x)^2"));
    assert!(proves("sin(x)^2 + cos(x)^2", "1"));
    assert!(!proves("sin(x)^2 - cos(x)^2", "1"));
    assert!(proves("sin(7*pi/12)", "(sqrt(6) + sqrt(2))/4"));
    assert!(proves("cos(-pi/3)", "1/2"));
    assert!(proves("sin(x - 2*pi)", "sin(x)"));
    assert!(proves("cos(2*x + 2*y)", "2*cos(x + y)^2 - 1"));
    assert!(proves("sin(x/2)^2", "(1 - cos(x))/2"));
    assert!(!proves("sin(x/2)^2", "(1 + cos(x))/2"));
}

#[test]
fn hyperbolic_functions_are_exponentials() {
    assert!(proves("cosh(x)^2 - sinh(x)^2", "1"));
    assert!(proves("tanh(x)^2", "(e^x - e^-x)^2/(e^x + e^-x)^2"));
    assert!(proves("sinh(x + y)", "sinh(x)*cosh(y) + sinh(y)*cosh(x)"));
    assert!(!proves("sinh(x + y)", "sinh(x)*cosh(y) - sinh(y)*cosh(x)"));
    assert!(proves("sigmoid(-x)", "1 - sigmoid(x)"));
    assert!(proves("2*sigmoid(2*x) - 1", "tanh(x)"));
    assert!(proves("e^(2*arcoth(a*x))", "(a*x + 1)/(a*x - 1)"));
}

#[test]
fn logarithms_split_over_positive_factors_only() {
    assert!(proves_under(
        &["a > 0", "b > 0"],
        "log(a*b)",
        "log(a) + log(b)"
    ));
    assert!(!proves_under(&[], "log(x^2)", "2*log(y)"));
    assert!(proves("log(x^2)", "2*log(abs(x))"));
    assert!(proves_under(
        &["a > 0", "b > 0"],
        "log(sqrt(a)/b^2)",
        "log(a)/2 - 2*log(b)"
    ));
    assert!(proves("log(12)", "2*log(2) + log(3)"));
    assert!(proves("log(e^x)", "x"));
    assert!(!proves("sqrt(x^2)", "x"));
    assert!(proves("sqrt(x^2)", "abs(x)"));
    assert!(proves("e^(3*log(x))", "x^3"));
}

#[test]
fn derivatives_follow_their_rules() {
    assert!(proves(
        "diff(x^3*sin(x), x, x)",
        "3*x^2*sin(x) + x^3*cos(x)"
    ));
    assert!(!proves("diff(x^3*sin(x), x, x)", "3*x^2*cos(x)"));
    assert!(proves("diff(sqrt(x^2 + 1), x, x)", "x/sqrt(x^2 + 1)"));
    assert!(proves("diff(1/sqrt(x^2 + 1), x, x)", "-x/(x^2 + 1)^(3/2)"));
    assert!(proves(
        "diff(sigmoid(x), x, x)",
        "sigmoid(x)*(1 - sigmoid(x))"
    ));
    assert!(proves(
        "diff(x^5/(1 + e^-x), x, x)",
        "x^4*(x + 5*e^x + 5)/(4*cosh(x/2)^2)"
    ));
    assert!(proves(
        "diff(log(x^2 + 1)^2, x, x)",
        "4*x*log(x^2 + 1)/(x^2 + 1)"
    ));
    assert!(proves(
        "diff(-sin(2*x - 2)*sin(3*x - 3), x, x)",
        "sin(x - 1)/2 - 5*sin(5*x - 5)/2"
    ));
    assert!(proves("diff(diff(x^4, x, y), y, z)", "12*z^2"));
    assert!(proves("diff(sqrt(x), x, x)", "1/(2*sqrt(x))"));
    assert!(proves("diff(2*(b*x)^(5/2)/(5*b), x, x)", "(b*x)^(3/2)"));
    assert!(proves("diff(log(cos(x)), x, x)", "-tan(x)"));
    assert!(proves("diff(arctan(x), x, x)", "1/(1 + x^2)"));
    assert!(proves("diff(arcsin(x), x, x)", "1/sqrt(1 - x^2)"));
    assert!(proves_under(
        &["x > 0"],
        "diff(x^x, x, x)",
        "x^x*(log(x) + 1)"
    ));
}

#[test]
fn a_body_defined_around_a_point_is_inside_its_domain() {
    for (left, right) in [
        (
            "diff(-2*(1 - x)^(3/2)/3, x, x)",
            "sqrt(1 - x^2)/sqrt(x + 1)",
        ),
        (
            "diff(2*sin(x)^(5/2)/5 - 2*sin(x)^(9/2)/9, x, x)",
            "sin(x)^(3/2)*cos(x)^3",
        ),
        (
            "diff(x*log(x + sqrt(x^2 - 1)) - sqrt(x^2 - 1), x, x)",
            "log(x + sqrt(x^2 - 1))",
        ),
        (
            "diff(2*log(a*x + 1) - log(x), x, x)",
            "e^(-2*arcoth(a*x))/x",
        ),
    ] {
        assert!(proves(left, right), "{left}");
    }
}

#[test]
fn a_corner_has_no_derivative() {
    assert!(!proves("diff(abs(x), x, x)", "1"));
    assert!(proves_under(&["x > 0"], "diff(abs(x), x, x)", "1"));
    assert!(!proves("diff(abs(x^2), x, x)", "3*x"));
}

#[test]
fn sums_are_proved_by_induction() {
    let n = &["n >= 1", "n in Z"];
    assert!(proves_under(
        n,
        "sum(k^2, k, 1, n)",
        "n*(n + 1)*(2*n + 1)/6"
    ));
    assert!(!proves_under(
        n,
        "sum(k^2, k, 1, n)",
        "n*(n + 1)*(2*n - 1)/6"
    ));
    assert!(proves_under(
        n,
        "sum(2^k*k, k, 1, n)",
        "2*2^n*n - 2*2^n + 2"
    ));
    assert!(proves_under(n, "sum(1/(k*(k + 1)), k, 1, n)", "n/(n + 1)"));
    assert!(proves_under(n, "sum((1/2)^k, k, 1, n)", "1 - 2^-n"));
    assert!(!proves("sum(k, k, 1, n)", "n*(n + 1)/2"));
    assert!(proves("sum(k*x, k, 1, 3)", "6*x"));
    assert!(proves_under(
        n,
        "sum(a*k + b, k, 1, n)",
        "a*sum(k, k, 1, n) + b*n"
    ));
}

#[test]
fn integrals_follow_the_fundamental_theorem() {
    assert!(proves("integral(x^2, x, 0, 3)", "9"));
    assert!(!proves("integral(x^2, x, 0, 3)", "8"));
    assert!(proves(
        "integral(1/(x^2 + 1), x, -2, 3)",
        "arctan(2) + arctan(3)"
    ));
    assert!(proves(
        "integral(x*cos(x), x, -2, 1)",
        "-2*sin(2) - cos(2) + cos(1) + sin(1)"
    ));
    assert!(proves(
        "integral(e^(2*x), x, a, b)",
        "e^(2*b)/2 - e^(2*a)/2"
    ));
    assert!(proves("integral(1/x, x, 1, 2)", "log(2)"));
    assert!(!proves("integral(1/x^2, x, -1, 1)", "-2"));
    assert!(!proves("integral(1/x, x, -1, 2)", "log(2)"));
    assert!(proves("integral(1/sqrt(x), x, 0, 4)", "4"));
    assert!(proves("integral(sin(x)^2, x, 0, pi)", "pi/2"));
    assert!(proves("integral(x*e^(x^2), x, 0, 1)", "(e - 1)/2"));
    assert!(proves(
        "integral(1/(x^2 - 5*x + 6), x, 0, 1)",
        "2*log(2) - log(3)"
    ));
    assert!(proves("integral(e^x*sin(x), x, 0, pi)", "(e^pi + 1)/2"));
}

#[test]
fn limits_are_leading_coefficients() {
    assert!(proves("limit(sin(4*x)/x, x, 0)", "4"));
    assert!(!proves("limit(sin(4*x)/x, x, 0)", "3"));
    assert!(proves("limit((1 - cos(x))/x^2, x, 0)", "1/2"));
    assert!(proves("limit((e^(-3*x) - 1)/x, x, 0)", "-3"));
    assert!(proves("limit(log(1 + x)/x, x, 0)", "1"));
    assert!(proves("limit((sqrt(1 + x) - 1)/x, x, 0)", "1/2"));
    assert!(proves("limit((x^2 - 4)/(x - 2), x, 2)", "4"));
    assert!(proves("limit((sin(x + h) - sin(x))/h, h, 0)", "cos(x)"));
    assert!(!proves("limit(abs(x)/x, x, 0)", "1"));
    assert!(!proves("limit(1/x, x, 0)", "0"));
    assert!(proves("limit((tan(x) - x)/x^3, x, 0)", "1/3"));
    assert!(proves("limit(x*sin(1/x), x, 0)", "0"));
}

#[test]
fn equations_that_are_given_are_used() {
    assert!(proves_under(
        &["y = sin(x)", "z = y^2"],
        "z + cos(x)^2",
        "1"
    ));
    assert!(!proves_under(&["y = sin(x)"], "y + cos(x)^2", "1"));
    assert!(!proves_under(&["x = 2"], "diff(x*x, x, x)", "0"));
    assert!(proves_under(&["x = 2"], "diff(x*x, x, x)", "4"));
}
