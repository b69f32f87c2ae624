//! Wrong rules that somebody might write, each caught.

use hence::prove::read_family;

use crate::trial::trial;

/// Wrong rules, and beside each, as far as there is one, the same with the condition or the right
/// side that it lacks.
const PLANTED: &[(&str, &str)] = &[
    ("sqrt(x^2) -> x", "sqrt(x^2) -> abs(x)"),
    ("root(4, x^4) -> x", "root(4, x^4) -> x if x >= 0"),
    (
        "root(n, a^n) -> a if root(n)",
        "root(n, a^n) -> a if root(n), odd(n)",
    ),
    ("log(x^2) -> 2*log(x)", "log(x^2) -> 2*log(x) if x > 0"),
    (
        "log(a^n) -> n*log(abs(a)) if n in Z",
        "log(a^n) -> n*log(abs(a)) if even(n)",
    ),
    ("1 + 0*x -> x/x", "x/x -> 1"),
    ("x -> 1/(1/x)", "1/(1/x) -> x"),
    ("x -> sqrt(x)^2", "sqrt(x)^2 -> x"),
    ("a -> e^(log(a))", "e^(log(a)) -> a"),
    (
        "sqrt(a*b) -> sqrt(a)*sqrt(b)",
        "sqrt(a)*sqrt(b) -> sqrt(a*b)",
    ),
    ("(a*b)^c -> a^c*b^c", "(a*b)^c -> a^c*b^c if a > 0, b > 0"),
    (
        "(a*b)^c -> a^c*b^c if a*b > 0",
        "(a*b)^c -> a^c*b^c if a > 0, c in Z",
    ),
    ("log(a*b) -> log(a) + log(b)", "log(a) + log(b) -> log(a*b)"),
    ("log(a/b) -> log(a) - log(b)", "log(a) - log(b) -> log(a/b)"),
    (
        "log(a + b) -> log(a) + log(b)",
        "log(a*b) -> log(a) + log(b) if b > 0",
    ),
    ("(a^b)^c -> a^(b*c)", "(a^b)^c -> a^(b*c) if a > 0"),
    ("a^(m + n) -> a^m*a^n", "a^m*a^n -> a^(m + n)"),
    (
        "a^(m + n) -> a^m*a^n if m in Z, n in Z",
        "a^(m + n) -> a^m*a^n if m in N, n in N",
    ),
    ("0^a -> 0", "0^a -> 0 if a > 0"),
    ("a^0 -> a/a", "a^0 -> 1"),
    ("0^a -> 0 if a in N", "0^a -> 0 if a in N, a >= 1"),
    ("(a + b)^2 -> a^2 + b^2", "(a + b)^2 -> a^2 + 2*a*b + b^2"),
    ("1/(a + b) -> 1/a + 1/b", "1/a + 1/b -> (a + b)/(a*b)"),
    (
        "sqrt(a + b) -> sqrt(a) + sqrt(b)",
        "sqrt(a*b) -> sqrt(a)*sqrt(b) if a >= 0, b >= 0",
    ),
    ("sgn(a) -> a/abs(a)", "sgn(a) -> a/abs(a) if a != 0"),
    ("abs(a) -> a", "abs(a) -> a if a >= 0"),
    ("abs(a + b) -> abs(a) + abs(b)", "abs(a*b) -> abs(a)*abs(b)"),
    ("max(a, b) -> a", "max(a, b) -> a if a >= b"),
    ("relu(a) -> a", "relu(a) -> a if a > 0"),
    ("arcsin(sin(u)) -> u", "sin(arcsin(u)) -> u"),
    ("arctan(tan(u)) -> u", "tan(arctan(u)) -> u"),
    ("arccos(cos(u)) -> abs(u)", "cos(arccos(u)) -> u"),
    (
        "arctan(1/u) -> pi/2 - arctan(u)",
        "arctan(1/u) -> pi/2 - arctan(u) if u > 0",
    ),
    ("sin(u) -> tan(u)*cos(u)", "tan(u)*cos(u) -> sin(u)"),
    ("cos(u) -> cot(u)*sin(u)", "cot(u)*sin(u) -> cos(u)"),
    ("cot(u) -> 1/tan(u)", "1/tan(u) -> cot(u)"),
    (
        "sin(u) -> sqrt(1 - cos(u)^2)",
        "abs(sin(u)) -> sqrt(1 - cos(u)^2)",
    ),
    ("sin(2*u) -> 2*sin(u)", "sin(2*u) -> 2*sin(u)*cos(u)"),
    (
        "cos(arcsin(u)) -> 1 - u^2",
        "cos(arcsin(u)) -> sqrt(1 - u^2)",
    ),
    ("sin(n*pi) -> 0", "sin(n*pi) -> 0 if n in Z"),
    ("cos(n*pi) -> 1 if n in Z", "cos(n*pi) -> (-1)^n if n in Z"),
    ("arcosh(cosh(u)) -> u", "cosh(arcosh(u)) -> u"),
    (
        "artanh(u) -> log((1 + u)/(1 - u))",
        "artanh(u) -> log((1 + u)/(1 - u))/2",
    ),
    (
        "factorial(n) -> n*factorial(n - 1) if n in N",
        "factorial(n) -> n*factorial(n - 1) if n in N, n >= 1",
    ),
    (
        "binomial(n, k) -> factorial(n)/(factorial(k)*factorial(n - k)) if n in N, k in N",
        "binomial(n, k) -> factorial(n)/(factorial(k)*factorial(n - k)) if k in N, n - k in N",
    ),
    (
        "diff(abs(x), x, p) -> 1",
        "diff(abs(x), x, p) -> 1 if p > 0",
    ),
    (
        "diff(abs(x), x, p) -> sgn(p) + 0*log(p)",
        "diff(abs(x), x, p) -> sgn(p)",
    ),
    (
        "diff(f*g, x, p) -> diff(f, x, p)*diff(g, x, p)",
        "diff(f*g, x, p) -> diff(f, x, p)*at(g, x, p) + at(f, x, p)*diff(g, x, p) if smooth(f, x, p), smooth(g, x, p)",
    ),
    (
        "diff(f + g, x, p) -> diff(f, x, p) + diff(g, x, p)",
        "diff(f + g, x, p) -> diff(f, x, p) + diff(g, x, p) if smooth(f, x, p), smooth(g, x, p)",
    ),
    (
        "diff(sin(f), x, p) -> cos(at(f, x, p))",
        "diff(sin(f), x, p) -> cos(at(f, x, p))*diff(f, x, p) if smooth(f, x, p)",
    ),
    (
        "diff(e^f, x, p) -> e^at(f, x, p)",
        "diff(e^f, x, p) -> e^at(f, x, p)*diff(f, x, p) if smooth(f, x, p)",
    ),
    (
        "diff(f^n, x, p) -> n*at(f, x, p)^(n - 1) if free(n, x), n in Z",
        "diff(f^n, x, p) -> n*at(f, x, p)^(n - 1)*diff(f, x, p) if free(n, x), n in N, n >= 1, smooth(f, x, p)",
    ),
    (
        "diff(root(n, f), x, p) -> diff(f, x, p)/(n*root(n, at(f, x, p))^(n - 1)) if root(n), smooth(f, x, p)",
        "diff(root(n, f), x, p) -> diff(f, x, p)/(n*root(n, at(f, x, p))^(n - 1)) if root(n), at(f, x, p) != 0, smooth(f, x, p)",
    ),
    (
        "diff(c*f, x, p) -> c*diff(f, x, p) if smooth(f, x, p)",
        "diff(c*f, x, p) -> c*diff(f, x, p) if free(c, x), smooth(f, x, p)",
    ),
    (
        "diff(log(f), x, p) -> 1/at(f, x, p)",
        "diff(log(f), x, p) -> diff(f, x, p)/at(f, x, p) if smooth(f, x, p)",
    ),
    ("diff(c, x, p) -> 0", "diff(c, x, p) -> 0 if free(c, x)"),
    (
        "sum(c, k, a, b) -> c*(b - a) if free(c, k), a <= b",
        "sum(c, k, a, b) -> c*(b - a + 1) if free(c, k), a <= b",
    ),
    (
        "sum(c, k, a, b) -> c*(b - a + 1) if free(c, k)",
        "sum(c, k, a, b) -> c*(b - a + 1) if free(c, k), a <= b + 1",
    ),
    (
        "sum(c*f, k, a, b) -> c*sum(f, k, a, b)",
        "sum(c*f, k, a, b) -> c*sum(f, k, a, b) if free(c, k), a <= b",
    ),
    (
        "sum(f, k, a, b + 1) -> sum(f, k, a, b) + at(f, k, b)",
        "sum(f, k, a, b + 1) -> sum(f, k, a, b) + at(f, k, b + 1) if a <= b + 1",
    ),
    (
        "sum(f, k, a, b) -> sum(f, k, a, 1) + sum(f, k, 2, b)",
        "sum(f, k, a, b) -> sum(f, k, a, 1) + sum(f, k, 2, b) if a <= 1, 1 <= b",
    ),
    (
        "sum(f, k, a, b) -> at(f, k, a) + sum(f, k, a + 1, b)",
        "sum(f, k, a, b) -> at(f, k, a) + sum(f, k, a + 1, b) if a <= b",
    ),
    (
        "sum(f, k, a, b) -> 0 if b <= a",
        "sum(f, k, a, b) -> 0 if b < a",
    ),
    (
        "sum(f*g, k, a, b) -> sum(f, k, a, b)*sum(g, k, a, b)",
        "sum(f + g, k, a, b) -> sum(f, k, a, b) + sum(g, k, a, b)",
    ),
    (
        "prod(f, k, a, b) -> 0 if b < a",
        "prod(f, k, a, b) -> 1 if b < a",
    ),
    (
        "integral(x, x, a, b) -> b^2/2",
        "integral(x, x, a, b) -> (b^2 - a^2)/2",
    ),
    (
        "integral(1/x, x, a, b) -> log(abs(b)) - log(a)",
        "integral(1/x, x, a, b) -> log(abs(b)) - log(abs(a))",
    ),
];

#[test]
fn every_wrong_rule_is_caught_and_its_true_twin_is_not() {
    let mut missed = Vec::new();
    for (number, (wrong, right)) in PLANTED.iter().enumerate() {
        for (text, is_wrong) in [(wrong, true), (right, false)] {
            let line = format!("planted-{number}: {text} because somebody said so\n");
            let rules = read_family("planted", &line).unwrap_or_else(|e| panic!("{text}: {e}"));
            let found = trial(&rules[0]);
            if found.fault.is_some() != is_wrong {
                missed.push(format!("{text}: {:?}", found.fault));
            } else if !is_wrong && found.seen == 0 {
                missed.push(format!("{text}: never has a value"));
            }
        }
    }
    println!("{} wrong rules and their true twins", PLANTED.len());
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
