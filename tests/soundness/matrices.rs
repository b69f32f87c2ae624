//! Traps of dimensions, inverses and cancellation: each false line beside its true twin.

use crate::Is::{self, False, True};
use crate::hold;

const SQUARE: &str = "A, B, C, D ∈ ℝ^{n×n}; x, y ∈ ℝ^n; c ∈ ℝ";
const OBLONG: &str = "X ∈ ℝ^{m×n}; Y ∈ ℝ^{n×m}; w ∈ ℝ^n; b ∈ ℝ^m; λ > 0; c ∈ ℝ";
const REGULAR: &str = "A, B, C, D ∈ ℝ^{n×n}; A invertible; x, y ∈ ℝ^n";
const EIGEN: &str = "S ∈ ℝ^{n×n}; S symmetric; M ∈ ℝ^{n×n}; v, u ∈ ℝ^n; S v = μ v; S u = ν u";

/// Products keep their order, inverses are not taken to exist, sizes must fit.
const TRAPS: &[(&str, &str, Is)] = &[
    (SQUARE, "A B = B A", False),
    (SQUARE, "A + B = B + A", True),
    (SQUARE, "A B C = A C B", False),
    (SQUARE, "(A B)^T = A^T B^T", False),
    (SQUARE, "(A B)^T = B^T A^T", True),
    (SQUARE, "(A + B)^2 = A^2 + 2 A B + B^2", False),
    (SQUARE, "tr(A B C) = tr(A C B)", False),
    (SQUARE, "tr(A B C) = tr(C A B)", True),
    (SQUARE, "tr(A B) = tr(A) tr(B)", False),
    (SQUARE, "det(A + B) = det(A) + det(B)", False),
    (SQUARE, "det(c A) = c det(A)", False),
    (SQUARE, "det(c A) = c^n det(A)", True),
    (SQUARE, "x^T A y = y^T A x", False),
    (SQUARE, "x^T A y = y^T A^T x", True),
    (SQUARE, "x y^T = y x^T", False),
    (SQUARE, "x^T y = y^T x", True),
    (SQUARE, "x^T x = 1", False),
    (SQUARE, "x x^T = x^T x I", False),
    (SQUARE, "(x^T y) A = A (x^T y)", True),
    (SQUARE, "(x y^T) A = A (x y^T)", False),
    (SQUARE, "x^T A x ≥ 0", False),
    (SQUARE, "x^T A^T A x ≥ 0", True),
    (SQUARE, "A A^T = A^T A", False),
    (SQUARE, "tr(A A^T) = tr(A^T A)", True),
    (SQUARE, "‖A x‖ = ‖x‖", False),
    (SQUARE, "A B = A C\n⇒ B = C", False),
    (REGULAR, "A B = A C\n⇒ B = C", True),
    (REGULAR, "B A = A C\n⇒ B = C", False),
    (SQUARE, "A B = 0\n⇒ B = 0", False),
    (REGULAR, "A B = 0\n⇒ B = 0", True),
    (SQUARE, "A x = 0\n⇒ x = 0", False),
    (REGULAR, "A x = 0\n⇒ x = 0", True),
    (REGULAR, "A x = y\n⇒ x = A^{-1} y", True),
    (REGULAR, "A x = y\n⇒ x = A y", False),
    (SQUARE, "A^2 = A\n⇒ A = I", False),
    (REGULAR, "A^2 = A\n⇒ A = I", True),
    (SQUARE, "A^2 = I\n⇒ A = I", False),
    (SQUARE, "A^2 = 0\n⇒ A = 0", False),
    (SQUARE, "A B = I\n⇒ B A = B A A B", True),
    (SQUARE, "(A + B)^{-1} = A^{-1} + B^{-1}", False),
    (SQUARE, "(A B)^{-1} = A^{-1} B^{-1}", False),
    (SQUARE, "(A B)^{-1} = B^{-1} A^{-1}", True),
    (REGULAR, "A^T A is invertible", True),
    (REGULAR, "A + B is invertible", False),
    (REGULAR, "A B is invertible", False),
    (OBLONG, "(X^T X)^{-1} = X^{-1} (X^T)^{-1}", False),
    (OBLONG, "X^T X is invertible", False),
    (OBLONG, "X^T X + λ I is invertible", True),
    (OBLONG, "X^T X - λ I is invertible", False),
    (OBLONG, "X^T X + c I is invertible", False),
    (OBLONG, "X (X^T X)^{-1} X^T = I", False),
    (OBLONG, "(X^T X)^{-1} X^T X = I", True),
    (OBLONG, "X Y = Y X", False),
    (OBLONG, "tr(X Y) = tr(Y X)", True),
    (OBLONG, "X w = b\n⇒ X^T X w = X^T b", True),
    (OBLONG, "X^T X w = X^T b\n⇒ X w = b", False),
    (OBLONG, "X^T X w = 0\n⇒ w = 0", False),
    (OBLONG, "X w = X (2 w)\n⇒ w = 0", False),
    (OBLONG, "X^T X is positive definite", False),
    (OBLONG, "X^T X is positive semidefinite", True),
    (OBLONG, "X^T X is symmetric", True),
    (SQUARE, "det(A + x y^T) = det(A) (1 + y^T A^{-1} x)", True),
    (SQUARE, "det(A + x y^T) = det(A) (1 + x^T A^{-1} y)", False),
    (OBLONG, "det(I + X Y) = det(I + Y X)", True),
    (OBLONG, "det(c I + X Y) = det(c I + Y X)", False),
    (OBLONG, "det(I + X Y) = det(I + Y^T X)", False),
    (SQUARE, "A + A^T is symmetric", True),
    (SQUARE, "A - A^T is symmetric", False),
    (SQUARE, "A B is symmetric", False),
    (EIGEN, "S v = ν v", False),
    (EIGEN, "u^T S v = μ u^T v", True),
    (EIGEN, "μ u^T v = ν u^T v", True),
    (EIGEN, "u^T v = 0", False),
    (EIGEN, "(μ - ν) u^T v = 0", True),
    (EIGEN, "(μ + ν) u^T v = 0", False),
    (EIGEN, "M v = μ v", False),
    (EIGEN, "S^2 v = μ^2 v", True),
    ("A ∈ ℝ^{n×n}; A^T = -A; x ∈ ℝ^n", "x^T A x = 0", True),
    ("A ∈ ℝ^{n×n}; A^T = -A; x ∈ ℝ^n", "A x = 0", False),
    (
        "Q ∈ ℝ^{n×n}; Q orthogonal; A ∈ ℝ^{n×n}",
        "Q A Q^T = A",
        False,
    ),
    (
        "Q ∈ ℝ^{n×n}; Q orthogonal; A ∈ ℝ^{n×n}",
        "tr(Q A Q^T) = tr(A)",
        True,
    ),
    ("Q ∈ ℝ^{n×n}; Q orthogonal", "Q^2 = I", False),
    ("Q ∈ ℝ^{n×n}; Q orthogonal", "det(Q) = 1", False),
    ("Q ∈ ℝ^{n×n}; Q orthogonal", "det(Q)^2 = 1", True),
    ("U ∈ ℝ^{m×n}; U^T U = I", "U^T U U^T = U^T", True),
    ("U ∈ ℝ^{m×n}; U^T U = I", "U U^T = I", False),
    (
        "S ∈ ℝ^{m×n}; S diagonal; x ∈ ℝ^n; y ∈ ℝ^m",
        "y^T S x = x^T S^T y",
        True,
    ),
];

/// Derivatives: the layout, the transposes, what does not commute.
const DERIVATIVES: &[(&str, &str, Is)] = &[
    (SQUARE, "∇_x (x^T A x) = 2 A x", False),
    (SQUARE, "∇_x (x^T A x) = (A + A^T) x", True),
    (SQUARE, "∂/∂A tr(A B) = B", False),
    (SQUARE, "∂/∂A tr(A B) = B^T", True),
    (SQUARE, "∂/∂A tr(A^2 B) = 2 A^T B^T", False),
    (SQUARE, "∂/∂A tr(A^2 B) = (A B + B A)^T", True),
    (REGULAR, "∂/∂A det(A) = det(A) A^{-1}", False),
    (REGULAR, "∂/∂A det(A) = det(A) (A^{-1})^T", True),
    (OBLONG, "∇_w ‖X w - b‖^2 = 2 X^T (X w - b)", True),
    (OBLONG, "∇_w ‖X w - b‖^2 = 2 X (X w - b)", False),
    (OBLONG, "∇_w ‖X w - b‖^2 = X^T (X w - b)", False),
    (
        "S ∈ ℝ^{n×n}; S symmetric; T ∈ ℝ^{n×n}",
        "∂/∂S tr(S T) = T",
        False,
    ),
    (
        "S ∈ ℝ^{n×n}; S symmetric; T ∈ ℝ^{n×n}",
        "∂/∂S tr(S T) = T^T",
        True,
    ),
    (
        "A, B ∈ ℝ^{n×n}; t ∈ ℝ",
        "d/dt ((A + t B)^2) = 2 (A + t B) B",
        False,
    ),
    (
        "A, B ∈ ℝ^{n×n}; t ∈ ℝ",
        "d/dt ((A + t B)^2) = (A + t B) B + B (A + t B)",
        True,
    ),
];

/// Powers with a letter for the exponent.
const POWERS: &[(&str, &str, Is)] = &[
    ("A, B ∈ ℝ^{n×n}; k ∈ ℕ", "A^k A = A^(k+1)", True),
    ("A, B ∈ ℝ^{n×n}; k ∈ ℕ", "A^k A = A A^k", True),
    ("A, B ∈ ℝ^{n×n}; k ∈ ℕ", "A^k B = B A^k", False),
    ("A, B ∈ ℝ^{n×n}; k ∈ ℕ", "(A B)^k = A^k B^k", False),
    ("A, B ∈ ℝ^{n×n}; k ∈ ℕ", "(2 A)^k = 2^k A^k", True),
    ("A, B ∈ ℝ^{n×n}; k ∈ ℕ", "(2 A)^k = 2 A^k", False),
    (
        "A, P ∈ ℝ^{n×n}; P invertible; k ∈ ℕ",
        "(P A P^{-1})^k = P A^k P^{-1}",
        True,
    ),
    (
        "A, P ∈ ℝ^{n×n}; P invertible; k ∈ ℕ",
        "(P A P^{-1})^k = P^k A^k P^{-1}",
        False,
    ),
    (
        "H, Q, L ∈ ℝ^{n×n}; Q orthogonal; H = Q L Q^T; k ∈ ℕ; ε > 0",
        "(I - ε H)^k = Q (I - ε L)^k Q^T",
        True,
    ),
    (
        "H, Q, L ∈ ℝ^{n×n}; Q orthogonal; H = Q L Q^T; k ∈ ℕ; ε > 0",
        "(I - ε H)^k = Q (I - ε L) Q^T",
        False,
    ),
];

#[test]
fn products_keep_their_order_and_inverses_are_not_taken_to_exist() {
    hold("matrices", TRAPS);
}

#[test]
fn derivatives_by_vectors_and_matrices_keep_their_order() {
    hold("matrix derivatives", DERIVATIVES);
}

#[test]
fn powers_of_matrices_are_not_those_of_numbers() {
    hold("matrix powers", POWERS);
}
