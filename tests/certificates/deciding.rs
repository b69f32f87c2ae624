//! What the checker decides by itself: each law with a statement that is nearly the same and false.

use hence::certify;
use hence::judge::Options;
use hence::meaning::GivenText;
use hence::source::{Container, Source};
use hence_checker::wire;

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

/// About means: context, what is proved, what is not.
const MEANS: &[(&str, &str, &str)] = &[
    ("X random", "E[X]^2 <= E[X^2]", "E[X^2] <= E[X]^2"),
    (
        "X random; X >= 0; a > 0",
        "a P(X >= a) <= E[X]",
        "E[X] <= a P(X >= a)",
    ),
    (
        "X random",
        "P(X > 0) + P(X <= 0) = 1",
        "P(X > 0) + P(X < 0) = 1",
    ),
    (
        "X, Y random",
        "E[X Y]^2 <= E[X^2] E[Y^2]",
        "E[X Y]^2 <= E[X^2] E[Y]",
    ),
    ("X random", "|E[X]| <= E[|X|]", "E[|X|] <= |E[X]|"),
    ("X random", "e^(E[X]) <= E[e^X]", "E[e^X] <= e^(E[X])"),
    (
        "X, Y random; E[X∣Y] = a Y",
        "E[X Y] = a E[Y^2]",
        "E[X Y] = a E[Y]^2",
    ),
    (
        "X, Y random",
        "E[max(X, Y)] >= max(E[X], E[Y])",
        "E[max(X, Y)] <= max(E[X], E[Y])",
    ),
    ("X, Y random", "|Corr(X, Y)| <= 1", "|Corr(X, Y)| <= 1/2"),
    (
        "X, Y random",
        "|Cov(X, Y)| <= sqrt(Var(X) Var(Y))",
        "|Cov(X, Y)| <= sqrt(Var(X) + Var(Y))",
    ),
    (
        "X random; Var(X) = σ^2; E[X] = μ; σ > 0; k > 0",
        "P(|X - μ| >= k σ) <= 1/k^2",
        "P(|X - μ| >= k σ) <= 1/k^4",
    ),
    (
        "X random; a <= X <= b",
        "Var(X) <= (b - a)^2/4",
        "Var(X) <= (b - a)^2/5",
    ),
    (
        "X random; f convex",
        "f(E[X]) <= E[f(X)]",
        "f(E[X]) >= E[f(X)]",
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

/// The proofs of a text's steps.
fn proofs(text: &str, given: &str) -> Vec<wire::Proof> {
    let given = [GivenText {
        source: Source::new("given", given),
    }];
    let source = Source::new("text", text);
    let options = Options::default();
    let certified = hence::certify(&source, Container::Text, &given, &options);
    let steps = certified.certificates.iter().flat_map(|certificate| {
        let read: wire::Certificate = serde_json::from_str(&certificate.json).unwrap();
        read.steps
    });
    steps
        .filter_map(|step| match step.evidence {
            wire::Evidence::Proof(proof) => Some(proof),
            wire::Evidence::Refutation(_) => None,
        })
        .collect()
}

#[test]
fn an_inequality_of_means_has_a_proof_and_what_is_changed_in_it_is_noticed() {
    for (given, right, wrong) in MEANS {
        let found = proofs(right, given);
        assert_eq!(found.len(), 1, "{right}");
        assert!(proofs(wrong, given).is_empty(), "{wrong}");
        for proof in found {
            assert!(certify::replay(&proof).is_ok(), "{right}");
            let wire::Claim::Step { statement } = proof.claim else {
                continue;
            };
            // The other way round.
            let mut turned = proof.clone();
            let relation = &mut turned.terms[statement as usize];
            if relation.name != "equal" && relation.name != "=" {
                relation.args.reverse();
                assert!(certify::replay(&turned).is_err(), "{right}, turned round");
            }
            let wholes: Vec<u32> = (0..)
                .zip(&proof.terms)
                .filter(|(_, term)| term.op == "outcomes")
                .map(|(place, _)| place)
                .collect();
            for (number, node) in proof.nodes.iter().enumerate() {
                let wire::Node::Decision {
                    theory,
                    uses,
                    witness,
                    ..
                } = node
                else {
                    continue;
                };
                if theory != "probability" {
                    continue;
                }
                let first = uses.first().copied();
                let known = witness.first().copied();
                let mut other = proof.clone();
                if let wire::Node::Decision { uses, .. } = &mut other.nodes[number]
                    && first.is_some()
                {
                    uses.remove(0);
                    assert!(
                        certify::replay(&other).is_err(),
                        "{right}, without its line"
                    );
                }
                for whole in wholes
                    .iter()
                    .filter(|whole| known.is_some_and(|k| k != **whole))
                {
                    let mut other = proof.clone();
                    if let wire::Node::Decision { witness, .. } = &mut other.nodes[number] {
                        witness[0] = *whole;
                    }
                    assert!(certify::replay(&other).is_err(), "{right}, by another mean");
                }
            }
        }
    }
}

/// Sums of differences, and what is nearly the same and false.
const DIFFERENCES: &[(&str, &str, &str)] = &[
    (
        "n in N",
        "sum_(k=1)^n 1/(k(k+1)) = n/(n+1)",
        "sum_(k=1)^n 1/(k(k+1)) = (n-1)/(n+1)",
    ),
    (
        "",
        "sum_(k=1)^oo 1/(k(k+2)) = 3/4",
        "sum_(k=1)^oo 1/(k(k+2)) = 1/2",
    ),
    (
        "n in N; n >= 1",
        "sum_(k=1)^n 1/(sqrt(k+1) + sqrt(k)) = sqrt(n+1) - 1",
        "sum_(k=1)^n 1/(sqrt(k+1) + sqrt(k)) = sqrt(n) - 1",
    ),
];

#[test]
fn a_sum_of_differences_has_the_value_that_its_ends_and_its_limit_give() {
    for (given, right, wrong) in DIFFERENCES {
        let found = proofs(right, given);
        assert_eq!(found.len(), 1, "{right}");
        assert!(proofs(wrong, given).is_empty(), "{wrong}");
        let (proof, mut seen) = (&found[0], 0);
        assert!(certify::replay(proof).is_ok(), "{right}");
        for (number, node) in proof.nodes.iter().enumerate() {
            let wire::Node::Rule {
                name, substitution, ..
            } = node
            else {
                continue;
            };
            if name != "sums.telescoping" {
                continue;
            }
            seen += 1;
            // Another antiderivative, another limit, none.
            for place in 1..substitution.len() {
                for other in 0..u32::try_from(proof.terms.len()).unwrap() {
                    if other == substitution[place].1 {
                        continue;
                    }
                    let mut changed = proof.clone();
                    if let wire::Node::Rule { substitution, .. } = &mut changed.nodes[number] {
                        substitution[place].1 = other;
                    }
                    assert!(
                        certify::replay(&changed).is_err(),
                        "{right}: {place}, {other}"
                    );
                }
                let mut changed = proof.clone();
                if let wire::Node::Rule { substitution, .. } = &mut changed.nodes[number] {
                    substitution.remove(place);
                }
                assert!(
                    certify::replay(&changed).is_err(),
                    "{right}, without {place}"
                );
            }
        }
        assert!(seen > 0, "{right}");
    }
}
