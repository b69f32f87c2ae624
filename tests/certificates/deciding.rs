//! What the checker decides by itself: each law with a statement that is nearly the same and false.

use hence::source::Container;

use super::certificates;
use super::mutants::rejected;

/// Context, what is true, what is not.
const TWINS: &[(&str, &str, &str)] = &[
    ("", "x^2 = 9 ⇔ x = 3 or x = -3", "x^2 = 9 ⇔ x = 3"),
    ("", "|x| = 2 ⇔ x = 2 or x = -2", "|x| = 2 ⇔ x = 2"),
    ("", "|a| = |b| ⇔ a^2 = b^2", "|a| = |b| ⇔ a = b"),
    ("", "sqrt(x) = 3 ⇔ x = 9", "sqrt(x) = -3 ⇔ x = 9"),
    (
        "a > 0, b > 0",
        "a = b ⇔ sqrt(a) = sqrt(b)",
        "a = b ⇔ sqrt(a) = -sqrt(b)",
    ),
    ("a > 0", "a = b ⇔ a^2 = a b", "a = b ⇔ a^2 = b^2"),
    (
        "",
        "x - 1 = 2 sqrt(x + 2)\n⇒ x^2 - 2 x + 1 = 4 x + 8",
        "x - 1 = 2 sqrt(x + 2) ⇔ x^2 - 2 x + 1 = 4 x + 8",
    ),
    (
        "",
        "a x = b ⇔ (a = 0 and b = 0) or x = b/a",
        "a x = b ⇔ a = 0 or x = b/a",
    ),
    ("a != 0", "a x = b ⇔ x = b/a", "a x = b ⇔ x = b a"),
    (
        "",
        "x = 0 or y/x = 2 ⇔ x = 0 or y = 2 x",
        "y/x = 2 ⇔ y = 2 x",
    ),
    ("", "a^3 = b^3 ⇔ a = b", "a^4 = b^4 ⇔ a = b"),
    (
        "",
        "x = tan(y) ⇔ x = sin(y)/cos(y)",
        "x cos(y) = sin(y) ⇔ x = tan(y)",
    ),
    ("", "2^x = 8 ⇔ x = 3", "2^x = 8 ⇔ x = 4"),
    (
        "",
        "x^2 = 2 ⇔ x = sqrt(2) or x = -sqrt(2)",
        "x^2 = 2 ⇔ x = sqrt(2)",
    ),
    (
        "",
        "(x - 4)^2 >= 12 ⇔ x >= 4 + sqrt(12) or x <= 4 - sqrt(12)",
        "(x - 4)^2 >= 12 ⇔ x >= 4 + sqrt(12)",
    ),
    ("", "max(a, b) >= a", "max(a, b) > a"),
    ("", "|x y| = |x| |y|", "|x + y| = |x| + |y|"),
    ("", "x^2 + y^2 >= 2 x y", "x^2 + y^2 > 2 x y"),
    ("", "x^2 + x y + y^2 = 0\n⇒ x = 0", "x^2 - y^2 = 0\n⇒ x = 0"),
    ("", "x^(n + 1) = x^n x", "x^(n + 1) = x^n"),
    ("n in Z", "(a b)^n = a^n b^n", "(a + b)^n = a^n + b^n"),
    ("n in Z", "(-1)^(2 n) = 1", "(-1)^(3 n) = 1"),
    ("a > 0", "(a^b)^c = a^(b c)", "(a^b)^c = a^(b + c)"),
    ("", "cbrt(x^3) = x", "sqrt(x^2) = x"),
    (
        "",
        "cbrt(a b) = cbrt(a) cbrt(b)",
        "cbrt(a + b) = cbrt(a) + cbrt(b)",
    ),
    ("", "sqrt(cbrt(a)) = a^(1/6)", "sqrt(cbrt(a)) = a^(1/5)"),
    // 0^0 = 1: at n = -1, x = 0 the power is 1.
    ("n in Z, n >= 0, x^(n + 1) = 1", "x != 0", "x > 0"),
    ("x > 2", "x^2 > 4", "x^2 > 5"),
    ("x >= 2", "x^2 >= 4", "x^2 > 4"),
    ("", "for all x: x^2 >= 0", "for all x: x^2 > 0"),
    ("", "∀ n ∈ ℕ: n >= 0", "∀ n ∈ ℤ: n >= 0"),
    ("", "∀ x ∈ (0, 1): x^2 < x", "∀ x ∈ [0, 1]: x^2 < x"),
    ("", "∀ k ∈ {1, …, n}: k <= n", "∀ k ∈ {1, …, n}: k < n"),
    (
        "",
        "∀ x ∈ {1, 2}: x^2 + 2 = 3 x",
        "∀ x ∈ {1, 3}: x^2 + 2 = 3 x",
    ),
    ("", "∀ x ∈ (0, 1): x/x = 1", "∀ x ∈ [0, 1]: x/x = 1"),
    (
        "",
        "a_k = b_k for all k ⇒ a_3 = b_3",
        "a_k = b_k for all k ⇒ a_3 = b_4",
    ),
    (
        "",
        "0 < x_i = y_i < 1 for all i ⇒ x_1 > 0",
        "0 <= x_i = y_i < 1 for all i ⇒ x_1 > 0",
    ),
    (
        "",
        "x_i > 0 for all i ∈ {1, …, 3} ⇒ x_2 > 0",
        "x_i > 0 for all i ∈ {1, …, 3} ⇒ x_4 > 0",
    ),
    ("f(x) >= 0 for all x ∈ ℝ", "f(2) + 1 > 0", "f(2) > 0"),
    (
        "",
        "2/(1 + e^(-t)) - 1 >= 0 ⇒ σ(t) >= 1/2",
        "2/(1 + e^(-t)) - 1 >= 0 ⇒ σ(t) > 1/2",
    ),
    ("", "σ(t) >= 1/2 ⇔ t >= 0", "σ(t) >= 0 ⇔ t >= 0"),
    (
        "n in N",
        "sum_(k=1)^n k^2 = c ⇒ sum_(k=1)^(n+1) k^2 = c + (n+1)^2",
        "sum_(k=1)^n k^2 = c ⇒ sum_(k=1)^(n+1) k^2 = c + n^2",
    ),
    (
        "n in N",
        "sum_(k=1)^n a_k = c ⇒ sum_(k=1)^(n+2) a_k = c + a_(n+1) + a_(n+2)",
        "sum_(k=3)^n a_k = c ⇒ sum_(k=3)^(n+2) a_k = c + a_(n+1) + a_(n+2)",
    ),
    ("", "σ(x) > σ(y) ⇔ x > y", "σ(x) > σ(y) ⇔ x >= y"),
    ("x > 0", "x + 1/x >= 2", "x + 1/x > 2"),
    ("", "∀ x > 0: x + 1/x >= 2", "∀ x >= 0: x + 1/x >= 2"),
    (
        "n in N; n >= 1; a_k >= 0 for all k",
        "sum_(k=1)^(n-1) a_k <= sum_(k=1)^n a_k",
        "sum_(k=1)^(n-1) a_k < sum_(k=1)^n a_k",
    ),
];

fn accepted(text: &str, given: &str) -> bool {
    let all = certificates(text, text, Container::Text, given, true);
    let one = |(_, certificate): &(String, Option<hence::certify::Certificate>)| {
        certificate.as_ref().is_some_and(|c| !rejected(&c.json))
    };
    all.iter().any(one)
}

#[test]
fn a_true_statement_is_decided_and_its_false_twin_is_not() {
    for (given, right, wrong) in TWINS {
        assert!(accepted(right, given), "{right}");
        assert!(!accepted(wrong, given), "{wrong}");
    }
}
