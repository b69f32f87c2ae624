//! Contexts that nothing satisfies, assumptions that must not reach under a binder, and what must
//! not be used at all.

use hence::report::StepVerdict;

use crate::Is::{self, False, True};
use crate::{hold, outcome};

/// Contexts that are satisfied by nothing.
const CONTRADICTORY: &[&str] = &[
    "x > 0; x < 0",
    "x >= 0; x <= -1",
    "x = x + 1",
    "x = 1; x = 2",
    "x^2 = -1",
    "x^2 + y^2 < 0",
    "x^2 + y^2 + 1 = 0",
    "e^x = 0",
    "e^x = -1",
    "|x| < 0",
    "|x| = -2",
    "sin(x) = 2",
    "sin(x)^2 + cos(x)^2 = 2",
    "cosh(x) = 0",
    "n in N; n < 0",
    "n in N; 0 < n; n < 1",
    "n in Z; 2 n = 3",
    "n in Z; n^2 = 2",
    "x > y; y > z; z > x",
    "x > y; y > x",
    "x + y = 1; x + y = 2",
    "x + y = 1; 2 x + 2 y = 3",
    "x in (1, 0)",
    "x in (0, 1); x > 1",
    "log(x) = 1; x < 0",
    "1/x = 0",
    "sqrt(x) = -1",
    "sqrt(x) < 0",
    "0 = 1",
    "false",
    "x != x",
    "x = y; y = z; x != z",
    "x = y; x != y",
    "x^2 = 2; x^2 = 3",
    "x y = 1; x = 0",
    "1/x = 2; x = 0",
    "1/x = 1/x + 1",
    "a_1 = 1; a_1 = 2",
    "x > 1; x^2 < 1",
    "x > 2; y > 2; x y < 4",
    "f(2) = 3; f(2) = 4",
    "x > 0 and x < 0",
    "x = 1 or x = 2; x = 3",
    "log(-1) = x",
    "x = 1/0",
    "x^2 < x; x > 1",
    "x^3 = 8; x < 0",
    "tanh(x) > 1",
    "arctan(x) > 2",
    "x^4 + x^2 + 1 = 0",
    "max(x, y) < x",
];
/// Claims: false everywhere, false somewhere, about letters of the context, and true ones.
const CLAIMS: [&str; 7] = [
    "1 = 2",
    "u = u + 1",
    "x = 7",
    "x^2 = 2 x",
    "u > 0",
    "sqrt(u^2) = u",
    "(u + v)^2 = u^2 + v^2",
];

#[test]
fn what_nothing_satisfies_proves_nothing() {
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for given in CONTRADICTORY {
        let prose = format!("given {}\n\n", given.replace(';', "\ngiven"));
        for claim in CLAIMS {
            for (given, text) in [(*given, claim.to_owned()), ("", format!("{prose}{claim}"))] {
                tried += 1;
                if outcome(given, &text) == StepVerdict::Proved {
                    wrong.push(format!("[{given}] {text}").replace('\n', " / "));
                }
            }
        }
    }
    println!("{tried} claims under {} contexts", CONTRADICTORY.len());
    assert!(wrong.is_empty(), "proved:\n{}", wrong.join("\n"));
}

/// An assumption about a letter says nothing about the letter that a binder binds.
const BINDERS: &[(&str, &str, Is)] = &[
    ("x = 2", "d/dx x^2 = 0", False),
    ("x = 2", "d/dx x^2 = 4", True),
    ("x = 2", "d/dx x^2 = 2 x", True),
    ("x = 2", "d/dx x^2 = d/dx (2 x)", False),
    ("x = 2", "d/dx x^2 = d/dx 4", False),
    ("x = 2", "d/dx (x^3 - 4 x) = 0", False),
    ("x = 2", "d/dx (x^3 - 4 x) = 8", True),
    ("x = 2", "d²/dx² x^3 = 0", False),
    ("x = 2", "sum_(x=1)^3 x^2 = 12", False),
    ("x = 2", "sum_(x=1)^3 x^2 = 14", True),
    ("x = 2", "sum_(x=1)^3 x = sum_(k=1)^3 2", True),
    ("x = 2", "sum_(x=1)^4 x = sum_(k=1)^4 2", False),
    ("x = 2", "∏_(x=1)^3 x = 8", False),
    ("x = 2", "∏_(x=1)^3 x = 6", True),
    ("x = 2", "∫_0^1 x dx = 2", False),
    ("x = 2", "∫_0^1 x dx = 1/2", True),
    ("x = 2", "∫_0^1 x^2 dx = ∫_0^1 4 dx", False),
    ("x = 2", "∫ x dx = 2 x + C", False),
    ("x = 2", "∫ x dx = x^2/2 + C", True),
    ("", "x = 2\n⇒ ∫ x dx = 2 x + C", False),
    ("x >= 2; x <= 2", "∫ x dx = 2 x + C", False),
    ("(x - 2)^2 <= 0", "∫ x dx = 2 x + C", False),
    ("x in {2}", "∫ x dx = 2 x + C", False),
    ("x in [2, 2]", "∫ x dx = 2 x + C", False),
    ("x in Z", "∫ sin(pi x) dx = 5 + C", False),
    ("x in Z", "d/dx sin(pi x) = 0", False),
    ("x in Z", "∫_0^1 sin(pi x) dx = 0", False),
    ("x in Z", "lim_(x→1/2) sin(pi x) = 0", False),
    ("x y = 1", "∫ y dx = log(|x|) + C", False),
    ("x y = 1", "∫ y dx = x y + C", True),
    ("y = x^2; x > 1", "∫ y^2 dx = y^2 x + C", False),
    ("x = t^2", "∫ x dx = x^5 + C", False),
    ("x = t^2", "∫ x dx = x^2/2 + C", True),
    ("", "x = t^2\n\n∫ x dx = x^5 + C", False),
    ("", "x = 3\n\n∫ x^2 dx = 9 x + C", False),
    ("", "u = x^2\n\n∫ u dx = x^3/3 + C", True),
    ("", "u = x^2\n\n∫ u du = x^4/2 + C", False),
    ("", "u = x^2\n\n∫ u du = x^4/2 + C = u^2 + C", False),
    ("", "∫ x dx + ∫ y dy = x^2/2 + y^9 + C", False),
    ("", "∫ x dx = y^2/2 + C", False),
    ("", "d/dx (∫ y dy) = y", False),
    ("x = 2", "[x^2]_0^1 = 0", False),
    ("x = 2", "[x^2]_0^1 = 1", True),
    ("x = 2; f(x) = x^2", "f(3) = 4", False),
    ("x = 2; f(x) = x^2", "f(3) = 9", True),
    ("x = 2; y = x^2", "dy/dx = 0", False),
    ("x = 2; y = x^2", "dy/dx = 4", True),
    ("x = 2; y = x^2", "∫ y dx = 4 x + C", False),
    ("x = 2; y = x^2", "∫_0^1 y dx = 4", False),
    ("x = 2; y = x^2", "∫_0^1 y dx = 1/3", True),
    ("x = 2; y = x^2", "sum_(x=1)^2 y = 8", False),
    ("x = 2; y = x^2", "lim_(x→0) y = 4", False),
    ("k = 2; a_k = k^2", "a_3 = 4", False),
    ("", "∫ x dx = x^3 and 1 = 1", False),
    ("", "∫ x dx > 0", False),
    ("", "∫ x dx = x^2/2 + 1\n∫ x dx = x^2/2 + 2\n⇒ 1 = 2", False),
    ("", "x^2/2 + 1 = ∫ x dx = x^2/2 + 2\n⇒ 1 = 2", False),
    (
        "",
        "x^2/2 + 1 = ∫ x dx = x^2/2 + 2\n⇒ x^2/2 + 1 = x^2/2 + 2",
        False,
    ),
    ("", "∫ 0 dx = 1\n⇒ ∫ 0 dx = 2\n⇒ 1 = 2", False),
    ("", "∫ 2 x dx = x^2\n⇒ ∫ 2 x dx + 1 = x^2 + 1", True),
    ("x >= 0", "∫ |x| dx = x^2/2 + C", True),
    ("x > 0", "∫ 1/x dx = log(x) + C", True),
    ("sin(x) = x", "∫ sin(x) dx = x^2/2 + C", False),
    ("f : R -> R; f'(x) = 2 x", "∫ 2 x dx = f(x) + C", True),
    ("x = 2", "lim_(x→0) x = 2", False),
    ("x = 2", "lim_(x→0) x = 0", True),
    ("x = 2", "lim_(x→0) (x + 1) = 3", False),
    ("x = 2", "x = 2 for all x", False),
    ("x = 2", "x^2 = 4 for all x", False),
    ("x = 2", "x^2 >= 0 for all x", True),
    ("x > 0", "x > 0 for all x", False),
    ("x > 0", "∫_(-1)^1 |x| dx = ∫_(-1)^1 x dx", False),
    ("x > 0", "∫_(-1)^1 |x| dx = 0", False),
    ("x > 0", "sum_(x=-2)^2 |x| = 0", False),
    ("x > 0", "sum_(x=-2)^2 |x| = 6", True),
    ("x > 0", "lim_(x→-1) |x| = -1", False),
    ("x > 0", "lim_(x→-1) |x| = 1", True),
    ("x > 0", "lim_(x→0) |x|/x = 1", False),
    ("x < 0", "lim_(x→∞) |x|/x = -1", False),
    ("x > 0", "d/dx |x| = 1", True),
    ("x = 0", "d/dx e^x = 1", True),
    ("x = 0", "d/dx e^x = 0", False),
    ("x = 0", "d/dx (x sin(x)) = 0", True),
    ("x = 0", "d/dx sin(x) = 0", False),
    ("k = 2", "sum_(k=1)^3 a_k = 3 a_2", False),
    ("k = 2", "sum_(k=1)^3 k^2 = 12", False),
    ("k = 2", "sum_(k=1)^3 k^2 = 14", True),
    ("a_k = 1", "sum_(k=1)^n b_k = n", False),
    ("n = 3", "sum_(k=1)^n k = 6", True),
    ("n = 3", "sum_(n=1)^2 n = 6", False),
    ("y = x^2 + 1; x = 3", "∂/∂x (x + 1) = 0", False),
    ("sin(x) = 1/2", "d/dx sin(x) = 0", False),
    ("sin(x) = 1/2", "∫_0^(pi/2) sin(x) dx = pi/4", False),
    ("sin(x) = 1/2", "∫_0^(pi/2) sin(x) dx = 1", True),
    ("e^x = 1 + x", "d/dx e^x = 1", True),
    ("e^t = 1 + t", "d/dx e^x = 1", False),
    ("x = y", "d/dx (x y) = 2 x", False),
    ("x = y", "d/dx (x y) = y", True),
    ("x = y", "∂/∂x (x - y) = 0", False),
    ("x = y", "∂/∂x (x - y) = 1", True),
    ("x y = 1", "∂/∂x (x y) = 0", False),
    ("x y = 1", "∂/∂x (x y) = 1/x", True),
    ("x + y = 1", "∂/∂x (x + y) = 0", False),
    ("x^2 + y^2 = 1", "∂/∂x (x^2 + y^2) = 0", False),
    ("t = 1", "∫_0^t t dt = t", False),
    ("x = 1", "∫_0^x t dt = 1/2", True),
    ("x = 1", "d/dx (∫_0^x t^2 dt) = 0", False),
    (
        "h = 1",
        "lim_(h→0) (f(x + h) - f(x))/h = f(x + 1) - f(x)",
        False,
    ),
    ("i = j", "sum_(i=1)^3 sum_(j=1)^3 i j = 14", False),
    ("i = j", "sum_(i=1)^3 sum_(j=1)^3 i j = 36", True),
    ("f : R -> R; f(2) = 3", "f'(2) = 0", False),
];

#[test]
fn an_assumption_does_not_reach_under_a_binder() {
    hold("binders", BINDERS);
}

/// What is written but must not be used.
const UNUSABLE: &[(&str, &str, Is)] = &[
    // A definition whose terms have values for some letters only.
    ("", "let s = sqrt(x) sqrt(x)\n\nx = |x|", False),
    ("let s = sqrt(x) sqrt(x)", "x = |x|", False),
    ("let s = log(x)", "sqrt(x^2) = x", False),
    ("let r = 1/x", "x/x = 1\n⇔ 1 = 1", False),
    ("let s = log(x)", "|x| = x", False),
    ("let s = log(x); s = 1", "|x| = x", True),
    ("", "s := sqrt(x)\n\n|x| = x", False),
    ("let f(t) = sqrt(t)", "|x| = x", False),
    ("let a = 1/(x - 1)", "x != 1", False),
    // Equations that hold to the digits shown.
    ("", "pi = 3.14\n\nsin(3.14) = 0", False),
    ("", "π = 3.14\nsin(3.14) = 0", False),
    ("", "1/3 = 0.33\n\n1 = 0.99", False),
    ("", "1/3 = 0.33\n1 = 3 · 0.33", False),
    ("", "sqrt(2) = 1.41\n⇒ 2 = 1.41^2", False),
    ("", "sqrt(2) ≈ 1.41\n⇒ 2 = 19881/10000", False),
    ("", "e = 2.718\nlog(2.718) = 1.0000000", False),
    ("", "2/3 = 0.67\n⇒ x 2/3 = 0.67 x", False),
    ("", "x = 2/3 = 0.67\n⇒ 3 x = 2.02", False),
    // A refuted line beside the premise that it contradicts.
    ("", "x = 2\n⇒ x^2 = 5\n⇒ 1 = 0", False),
    ("", "x^2 = 4\n⇒ x = 3\n⇒ x = 7", False),
    ("", "x = 1\n⇒ x = 2\n⇒ y = y + 1", False),
    ("", "1 = 2\n\n3 = 4", False),
    ("", "x > 1\n⇒ x < 0\n⇒ x = 5", False),
    (
        "",
        "a = b\n⇒ a^2 = a b\n⇒ a^2 - b^2 = a b - b^2\n⇒ (a - b)(a + b) = b (a - b)\n⇒ a + b = b",
        False,
    ),
    // Chains whose steps hold and whose ends do not.
    ("", "x = sqrt(x)^2 = |x|", False),
    ("", "x = e^(log(x)) = e^(log(|x|)) = |x|", False),
    ("", "x = sqrt(x) sqrt(x) = sqrt(x^2) = |x|", False),
    ("", "sqrt(x^2) = |x| = x", False),
    ("", "1 = x/x = x^2/x^2 = 1", True),
    ("", "x = x^2/x = |x|^2/x = |x| |x|/x", True),
    ("", "-1 = cbrt(-1) = (-1)^(1/3) = (-1)^(2/6) = 1", False),
    ("", "-1 = (-1)^1 = ((-1)^2)^(1/2) = 1", False),
    (
        "",
        "1 = sqrt(1) = sqrt((-1)(-1)) = sqrt(-1) sqrt(-1) = -1",
        False,
    ),
    // A premise speaks of its letters as they stand.
    ("", "x = 2\n⇒ x + y = 2 + y", True),
    ("", "x = 2\n⇒ x = y", False),
    ("", "x^2 = 4\n\nx^4 = 16", False),
    ("", "x^2 = 4\n⇒ d/dx x^2 = 0", False),
    ("", "x = 1\n⇒ sum_(x=1)^3 x = 3", False),
    // Assumptions of another section.
    (
        "",
        "# A\n\nLet $x > 0$.\n\n$$|x| = x$$\n\n# B\n\n$$\\sqrt{x^2} = x$$",
        False,
    ),
    ("", "case x > 0\n\n|x| = x\n\ncase x < 0\n\n|x| = -x", True),
    ("", "case x > 0\n\n|x| = x\n\ncase x < 0\n\n|x| = x", False),
];

#[test]
fn what_must_not_be_used_is_not_used() {
    hold("unusable", UNUSABLE);
}
