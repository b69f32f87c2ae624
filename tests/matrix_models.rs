//! Claims about vectors and matrices that small exact matrices refute, and their true twins, which
//! are not refuted.

use hence::judge::Options;
use hence::meaning::GivenText;
use hence::report::StepVerdict;
use hence::source::{Container, Source};

/// The verdict on the last step of a text, with what is said of it.
fn verdict(given: &str, text: &str) -> (StepVerdict, String) {
    let given = GivenText {
        source: Source::new("given", given.to_owned()),
    };
    let source = Source::new("row", text.to_owned());
    let report = hence::check(
        &source,
        Container::of("row", text),
        &[given],
        &Options::default(),
    );
    match report.derivations.iter().flat_map(|d| &d.steps).last() {
        Some(step) => (
            step.verdict,
            format!("{} {:?} {:?}", step.reason, step.notes, step.counterexample),
        ),
        None => (StepVerdict::Unreadable, "no step".to_owned()),
    }
}

/// A context, false claims and true ones.
type Row = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const SQUARE: &str = "A, B, C ∈ ℝ^{n×n}; x, y, b ∈ ℝ^n; c ∈ ℝ";

const ROWS: &[Row] = &[
    (
        SQUARE,
        &[
            "A B = B A",
            "(A + B)^2 = A^2 + 2 A B + B^2",
            "tr(A B) = tr(A) tr(B)",
            "det(A + B) = det(A) + det(B)",
            "det(2 A) = 2 det(A)",
            "(A B)^T = A^T B^T",
            "(A B)^{-1} = A^{-1} B^{-1}",
            "(A + B)^{-1} = A^{-1} + B^{-1}",
            "∇_x (x^T A x) = 2 A x",
            "∇_x ‖A x - b‖^2 = A^T (A x - b)",
            "A A^T = A^T A",
            "‖x + y‖ = ‖x‖ + ‖y‖",
            "x^T A y = y^T A x",
            "A^2 = A",
            "(A B)^2 = A^2 B^2",
            "x^T y = 0",
            "x y^T = y x^T",
            "tr(A^2) = tr(A)^2",
            "|A| = tr(A)",
            "∇_x (b^T x)/(x^T x) = b/(x^T x)",
            "x^T A x ≥ 0",
            "x^T x > 0",
            "A^T A is invertible",
            "A + A^T is positive semidefinite",
        ],
        &[
            "A B = A B",
            "(A + B)^2 = A^2 + A B + B A + B^2",
            "tr(A B) = tr(B A)",
            "det(A B) = det(A) det(B)",
            "(A B)^T = B^T A^T",
            "(A B)^{-1} = B^{-1} A^{-1}",
            "∇_x (x^T A x) = (A + A^T) x",
            "∇_x ‖A x - b‖^2 = 2 A^T (A x - b)",
            "x^T A y = y^T A^T x",
            "(x^T y)^2 ≤ (x^T x) (y^T y)",
            "x^T x ≥ 0",
            "x^T A^T A x ≥ 0",
            "A^T A is positive semidefinite",
            "A + A^T is symmetric",
            "A (x^T y) = (x^T y) A",
            "A x y^T x = A x (x^T y)",
            "∇_x (b^T x)/(x^T x) = b/(x^T x) - 2 (b^T x) x/(x^T x)^2",
        ],
    ),
    (
        SQUARE,
        &[
            "A B = A C ⇒ B = C",
            "A B = 0 ⇒ A = 0 or B = 0",
            "A^2 = 0 ⇒ A = 0",
            "A^2 = I ⇒ A = I",
            "A x = 0 ⇒ x = 0",
            "x^T A x = 0 ⇒ A x = 0",
            "A x = b ⇒ x = A b",
            "x^T y = 0 ⇒ x = 0 or y = 0",
            "A B = I ⇒ A = B",
            "A^T = A ⇒ A^2 = A",
            "det(A) = 0 ⇒ A = 0",
            "A x = 2 x ⇒ A = 2 I",
        ],
        &[
            "A B = I ⇒ B A = I",
            "A x = b ⇒ x^T A^T = b^T",
            "A^T = A ⇒ (A^2)^T = A^2",
            "A x = 2 x ⇒ A^2 x = 4 x",
            "x^T y = 0 ⇒ ‖x + y‖^2 = ‖x‖^2 + ‖y‖^2",
            "A^2 = A ⇒ (I - A)^2 = I - A",
        ],
    ),
    (
        "A, B, C ∈ ℝ^{n×n}; A invertible",
        &["A B = B A", "A + B is invertible", "A = A^T"],
        &[
            "A B = A C ⇒ B = C",
            "A B = 0 ⇒ B = 0",
            "A^{-1} A = I",
            "A^T A is invertible",
        ],
    ),
    (
        "X ∈ ℝ^{m×n}; y ∈ ℝ^m; w ∈ ℝ^n; λ > 0",
        &[
            "X^T X is invertible",
            "X X^T is invertible",
            "X^T X w = X^T y ⇒ X w = y",
        ],
        &[
            "X^T X + λ I is invertible",
            "X^T X is positive semidefinite",
            "X^T X w = X^T y ⇒ X^T (y - X w) = 0",
            "(X^T X + λ I)^{-1} X^T = X^T (X X^T + λ I)^{-1}",
            "∇_w ‖X w - y‖^2 = 2 X^T (X w - y)",
            "∇_w 1/2 ‖X w - y‖^2 = X^T (X w - y)",
            "∇_w (1/2) ‖X w - y‖^2 = X^T (X w - y)",
            "∇_w λ ‖w‖^2 = 2 λ w",
            "∇_w (1/(2 m)) ‖X w - y‖^2 = (1/m) X^T (X w - y)",
            "tr(X X^T) = tr(X^T X)",
        ],
    ),
    (
        "Q ∈ ℝ^{m×n}; Q^T Q = I; x ∈ ℝ^n",
        &["Q Q^T = I", "‖Q x‖ = 2 ‖x‖"],
        &["(Q Q^T)^2 = Q Q^T", "‖Q x‖^2 = ‖x‖^2"],
    ),
    (
        "Q ∈ ℝ^{n×n}; Q orthogonal; D ∈ ℝ^{n×n}; D diagonal; S ∈ ℝ^{n×n}; S symmetric; K ∈ ℝ^{n×n}; K skew-symmetric; P ∈ ℝ^{n×n}; P positive definite; x ∈ ℝ^n",
        &[
            "det(Q) = 1",
            "Q^T = Q",
            "D S = S D",
            "P S = S P",
            "K^2 = 0",
            "P S is symmetric",
            "S^2 is positive definite",
            "K is invertible",
            "P^2 = P",
            "x^T P x > 0",
            "Q S Q^T = S",
        ],
        &[
            "det(Q)^2 = 1",
            "Q Q^T = I",
            "D^T = D",
            "x^T K x = 0",
            "P is invertible",
            "P^{-1} is symmetric",
            "∇_x (x^T S x) = 2 S x",
            "Q D Q^T is symmetric",
            "P + S^2 is positive definite",
            "x^T P x ≥ 0",
        ],
    ),
    ("A ∈ ℝ^{n×n}; n even", &[], &["det(-A) = det(A)"]),
    (
        "A ∈ ℝ^{n×n}",
        &["det(-A) = det(A)", "det(-A) = -det(A)"],
        &["det(-A) = (-1)^n det(A)"],
    ),
    (
        "A, B ∈ ℝ^{n×n}; x ∈ ℝ^n; n ≥ 4",
        &["A B = B A", "det(2 A) = 16 det(A)"],
        &["tr(A B) = tr(B A)"],
    ),
    (
        "A ∈ ℝ^{2×2}; x ∈ ℝ^2",
        &["det(2 A) = 2 det(A)", "A^2 = tr(A) A"],
        &["det(2 A) = 4 det(A)", "A^2 - tr(A) A + det(A) I = 0"],
    ),
    (
        "w^{(t)} ∈ ℝ^n; H ∈ ℝ^{n×n}; ε ∈ ℝ; w^{(t+1)} = w^{(t)} - ε H w^{(t)} for all t",
        &[
            "w^{(1)} = (I + ε H) w^{(0)}",
            "w^{(2)} = (I - ε H^2) w^{(0)}",
            "w^{(t)} = (I - ε H)^{t+1} w^{(0)}",
            "w^{(t)} = w^{(0)} - t ε H w^{(0)}",
        ],
        &[
            "w^{(1)} = (I - ε H) w^{(0)}",
            "w^{(2)} = (I - ε H)^2 w^{(0)}",
            "w^{(t)} = (I - ε H)^t w^{(0)}",
        ],
    ),
    (
        "x_i ∈ ℝ^p; y_i ∈ ℝ; w ∈ ℝ^p; n ∈ ℕ; n ≥ 1",
        &[
            "Σ_(i=1)^n x_i x_i^T w = Σ_(i=1)^n x_i^T x_i w",
            "∇_w Σ_(i=1)^n (y_i - w^T x_i)^2 = 2 Σ_(i=1)^n (y_i - w^T x_i) x_i",
        ],
        &[
            "(Σ_(i=1)^n x_i x_i^T) w = Σ_(i=1)^n (x_i^T w) x_i",
            "∇_w Σ_(i=1)^n (y_i - w^T x_i)^2 = -2 Σ_(i=1)^n (y_i - w^T x_i) x_i",
        ],
    ),
    (
        "H, Q, Λ ∈ ℝ^{n×n}; Q orthogonal; Λ diagonal; H = Q Λ Q^T; k ∈ ℕ",
        &[
            "H^2 = Q^2 Λ^2 (Q^T)^2",
            "H = Λ",
            "Q H = H Q",
            "det(H) = tr(Λ)",
        ],
        &[
            "H^T = H",
            "H^k = Q Λ^k Q^T",
            "det(H) = det(Λ)",
            "tr(H) = tr(Λ)",
        ],
    ),
    (
        "A ∈ ℝ^{n×n}; v ∈ ℝ^n; λ ∈ ℝ; A v = λ v; v ≠ 0",
        &["A = λ I", "A^2 v = λ v", "v^T A v = λ"],
        &["A^2 v = λ^2 v", "v^T A v = λ v^T v", "det(A - λ I) = 0"],
    ),
    (
        "x ∈ ℝ^n; S, A, X ∈ ℝ^{n×n}; S symmetric; i, j ∈ {1, …, n}",
        &[
            "∂(x^T S x)/∂x_i = 0",
            "∂(x^T A x)/∂x_i = 2 (A x)_i",
            "∂(tr(A X))/∂X_{i j} = A_{i j}",
        ],
        &[
            "∂(x^T S x)/∂x_i = 2 (S x)_i",
            "∂(tr(A X))/∂X_{i j} = A_{j i}",
            "∂(x^T x)/∂x_i = 2 x_i",
        ],
    ),
];

#[test]
fn false_claims_about_matrices_are_refuted_and_their_true_twins_are_not() {
    let mut wrong = Vec::new();
    for (given, lies, truths) in ROWS {
        for text in *lies {
            let (verdict, said) = verdict(given, text);
            if verdict != StepVerdict::Refuted {
                wrong.push(format!("{verdict:?}, not refuted: {text} [{given}] {said}"));
            }
        }
        for text in *truths {
            let (verdict, said) = verdict(given, text);
            if !matches!(verdict, StepVerdict::Proved | StepVerdict::Undecided) {
                wrong.push(format!("{verdict:?}, but true: {text} [{given}] {said}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
