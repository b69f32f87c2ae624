//! Proofs by the entries of matrices whose sizes are letters, and about inner products: what the
//! checker must see in them for itself.

use hence::source::Container;
use hence_checker::wire;

use super::mutants::rejected;
use super::{alone, proofs, read};

/// Context and a step, which is proved by entries.
const ENTRIES: &[(&str, &str)] = &[
    (
        "A ∈ ℝ^{m×n}; B ∈ ℝ^{n×p}",
        "tr(A B (A B)^T) = Σ_{i=1}^m Σ_{j=1}^p (Σ_{k=1}^n A_ik B_kj)^2",
    ),
    ("A, B ∈ ℝ^{n×n}", "((A B)^T)_ij = Σ_{k=1}^n A_jk B_ki"),
    (
        "A ∈ ℝ^{n×n}; x ∈ ℝ^n",
        "∂(x^T A x)/∂x_k = Σ_{j=1}^n (A_kj + A_jk) x_j",
    ),
    (
        "S ∈ ℝ^{n×n}; x ∈ ℝ^n; S symmetric",
        "∂(x^T S x)/∂x_k = 2 Σ_j S_kj x_j",
    ),
    ("D ∈ ℝ^{n×n}; x ∈ ℝ^n; D diagonal", "(D x)_i = D_ii x_i"),
    (
        "z ∈ ℝ^n",
        "∂softmax(z)/∂z = diag(softmax(z)) - softmax(z) softmax(z)^T",
    ),
];

/// Context and a step about inner products.
const PRODUCTS: &[(&str, &str)] = &[
    ("x, y ∈ ℝ^n", "(x^T y)^2 ≤ ‖x‖^2 ‖y‖^2"),
    ("x, y ∈ ℝ^n", "‖x + y‖ ≤ ‖x‖ + ‖y‖"),
    ("x, y ∈ ℝ^n; ε > 0", "x^T y ≤ ε/2 ‖x‖^2 + 1/(2ε) ‖y‖^2"),
    ("x, y ∈ ℝ^n", "‖x + y‖^2 ≤ 2‖x‖^2 + 2‖y‖^2"),
];

/// Context and a step that follows from an equation multiplied by rows.
const ROWS: &[(&str, &str)] = &[
    (
        "A ∈ ℝ^{n×n}; v ∈ ℝ^n; A positive definite; v ≠ 0; A v = λ v",
        "λ > 0",
    ),
    (
        "Q ∈ ℝ^{n×n}; v ∈ ℝ^n; Q orthogonal; v ≠ 0; Q v = λ v",
        "λ^2 = 1",
    ),
    ("A ∈ ℝ^{m×n}; x ∈ ℝ^n", "A^T A x = 0\n⇒ A x = 0"),
    ("A ∈ ℝ^{m×n}; A^T A = 0", "A = 0"),
];

/// Context and a step about products of Kronecker, by entries, and columns below each other: what
/// it says with other letters is false.
const FORMS: &[(&str, &str)] = &[
    ("A, B ∈ ℝ^{n×n}", "(A ⊗ B)^T = A^T ⊗ B^T"),
    ("A, X ∈ ℝ^{n×n}", "vec(A X) = (I_n ⊗ A) vec(X)"),
    ("A, B ∈ ℝ^{n×n}", "vec(A)^T vec(B) = tr(A^T B)"),
    ("A, B, C, D ∈ ℝ^{n×n}", "(A ⊗ B)(C ⊗ D) = (A C) ⊗ (B D)"),
    (
        "A, B ∈ ℝ^{n×n}; x, y ∈ ℝ^n",
        "x^T (A ∘ B) y = tr(diag(x) A diag(y) B^T)",
    ),
    ("x, y, u ∈ ℝ^n", "(x u^T) ∘ (y u^T) = (x ∘ y)(u ∘ u)^T"),
];

/// The last proof of a text.
fn proof(given: &str, text: &str) -> wire::Proof {
    let all = proofs(text, text, Container::Text, given);
    let json = all.into_iter().rev().find_map(|(_, found)| found);
    read(&json.unwrap_or_else(|| panic!("no proof of {text}")).json)
}

/// The proofs that go by entries.
fn by_entries() -> Vec<(wire::Proof, &'static str)> {
    let all = ENTRIES
        .iter()
        .map(|(given, text)| (proof(given, text), *text));
    let found: Vec<(wire::Proof, &str)> = all
        .filter(|(proof, _)| goes_by(proof, "components"))
        .collect();
    assert!(found.len() >= 3, "{} proofs by entries", found.len());
    found
}

fn goes_by(proof: &wire::Proof, wanted: &str) -> bool {
    proof
        .nodes
        .iter()
        .any(|node| matches!(node, wire::Node::Decision { method, .. } if method == wanted))
}

fn is_rejected(proof: wire::Proof) -> bool {
    rejected(&alone(proof).json)
}

/// Each proof with its decision of that method changed.
fn changed(proof: &wire::Proof, methods: &[&str], change: &dyn Fn(&mut Vec<u32>)) -> wire::Proof {
    let mut other = proof.clone();
    let mut done = false;
    for node in &mut other.nodes {
        if let wire::Node::Decision {
            method, witness, ..
        } = node
            && methods.contains(&method.as_str())
        {
            change(witness);
            done = true;
        }
    }
    assert!(done, "a decision by {methods:?}");
    other
}

#[test]
fn proofs_by_entries_and_by_inner_products_are_accepted() {
    for (given, text) in ENTRIES.iter().chain(PRODUCTS).chain(ROWS) {
        assert!(!is_rejected(proof(given, text)), "{text}");
    }
}

#[test]
fn letters_have_families_of_their_own() {
    for (good, text) in by_entries() {
        // Both letters have the one family; the row is the column; a letter without entries.
        let shared = changed(&good, &["components"], &|witness| {
            let last = witness.len() - 1;
            witness[3] = if last > 3 { witness[last] } else { witness[0] };
        });
        assert!(is_rejected(shared), "{text}: one family for two letters");
        let same = changed(&good, &["components"], &|witness| witness[0] = witness[1]);
        assert!(is_rejected(same), "{text}: one symbol for row and column");
        let family = changed(&good, &["components"], &|witness| witness[0] = witness[3]);
        assert!(is_rejected(family), "{text}: a family for a row");
        let without = changed(&good, &["components"], &|witness| {
            witness.truncate(witness.len() - 2)
        });
        assert!(is_rejected(without), "{text}: a letter without entries");
        let letter = changed(&good, &["components"], &|witness| witness[3] = witness[2]);
        assert!(is_rejected(letter), "{text}: a letter for its own entries");
    }
}

#[test]
fn entries_are_real_numbers_of_which_nothing_is_said() {
    for (good, text) in by_entries() {
        let mut sorted = good.clone();
        for node in &good.nodes {
            let wire::Node::Decision {
                method, witness, ..
            } = node
            else {
                continue;
            };
            if method == "components" {
                let symbol = &good.terms[witness[3] as usize];
                sorted.sorts.push((symbol.data[0], "integer".to_owned()));
            }
        }
        assert!(is_rejected(sorted), "{text}: a family of integers");
    }
}

#[test]
fn what_is_said_of_a_matrix_is_needed() {
    for (given, text) in ENTRIES[3..5].iter().chain(ROWS) {
        let mut without = proof(given, text);
        without.terms.push(wire::Term {
            op: "truth".to_owned(),
            data: vec![1],
            ..wire::Term::default()
        });
        let truth = u32::try_from(without.terms.len() - 1).unwrap();
        without.hypotheses.fill(truth);
        assert!(is_rejected(without), "{text}");
    }
}

#[test]
fn products_of_other_indices_are_others() {
    for (given, text) in ENTRIES {
        let mut other = proof(given, text);
        let mut done = false;
        for term in &mut other.terms {
            if term.name == "transpose" || term.name == "diagonal" {
                term.name = "trace".to_owned();
                done = true;
            }
        }
        assert!(!done || is_rejected(other), "{text}");
    }
}

#[test]
fn inequalities_hold_in_one_direction_only() {
    for (given, text) in PRODUCTS.iter().chain(&ROWS[..1]) {
        let mut other = proof(given, text);
        let wire::Claim::Step { statement } = other.claim else {
            panic!("a step expected: {text}");
        };
        let claim = &mut other.terms[statement as usize];
        assert!(
            matches!(claim.op.as_str(), "≤" | "<"),
            "{text}: {}",
            claim.op
        );
        claim.args.reverse();
        assert!(is_rejected(other), "{text}");
    }
}

#[test]
fn what_is_not_linear_in_inner_products_is_no_quadratic_form() {
    // (xᵀy)² ≤ ‖x‖²‖y‖² holds of numbers with equality: so would the false converse.
    let (given, text) = PRODUCTS[0];
    let mut other = proof(given, text);
    for node in &mut other.nodes {
        if let wire::Node::Decision { method, .. } = node
            && method == "inequality"
        {
            *method = "quadratic".to_owned();
        }
    }
    assert!(is_rejected(other), "{text}");
}

#[test]
fn products_of_forms_keep_their_factors() {
    for (given, text) in FORMS {
        let good = proof(given, text);
        assert!(!is_rejected(good.clone()), "{text}");
        let mut changed = 0;
        for place in 0..good.terms.len() {
            let mut other = good.clone();
            let term = &mut other.terms[place];
            let wanted = ["kronecker", "vectorized", "diagonal", "transpose"];
            if term.op == "function" && wanted.contains(&term.name.as_str()) {
                match term.name.as_str() {
                    "kronecker" if term.args[0] != term.args[1] => term.args[1] = term.args[0],
                    "kronecker" => continue,
                    "transpose" => term.name = "vectorized".to_owned(),
                    _ => term.name = "transpose".to_owned(),
                }
                changed += 1;
                assert!(is_rejected(other), "{text}: term {place}");
            }
        }
        assert!(changed > 0, "{text}");
    }
}

#[test]
fn inverses_from_one_side_are_those_of_square_matrices() {
    let good = proof("A, B ∈ ℝ^{n×n}; A B = I", "B A = I");
    assert!(!is_rejected(good.clone()));
    let mut without = good.clone();
    without.terms.push(wire::Term {
        op: "truth".to_owned(),
        data: vec![1],
        ..wire::Term::default()
    });
    let truth = u32::try_from(without.terms.len() - 1).unwrap();
    without.hypotheses.fill(truth);
    assert!(is_rejected(without), "nothing is said of the product");
    let mut other = good.clone();
    let m = u32::try_from(other.symbols.len()).unwrap();
    other.symbols.push("m".to_owned());
    other.terms.push(wire::Term {
        op: "symbol".to_owned(),
        data: vec![m],
        ..wire::Term::default()
    });
    let size = u32::try_from(other.terms.len() - 1).unwrap();
    let mut rows = true;
    for (_, sort) in &mut other.sorts {
        let parts: Vec<String> = sort.split(' ').map(str::to_owned).collect();
        if let [kind, n, _] = parts.as_slice()
            && kind == "matrix"
        {
            *sort = if rows {
                format!("matrix {size} {n}")
            } else {
                format!("matrix {n} {size}")
            };
            rows = false;
        }
    }
    assert!(
        is_rejected(other),
        "an inverse of a matrix that is not square"
    );
}

#[test]
fn blocks_keep_their_places() {
    let given = "A, B, C, D, K, L ∈ ℝ^{n×n}";
    let text = "\\begin{pmatrix} A & B \\\\ C & D \\end{pmatrix} \\begin{pmatrix} K \\\\ L \\end{pmatrix} = \\begin{pmatrix} A K + B L \\\\ C K + D L \\end{pmatrix}";
    let good = proof(given, text);
    assert!(goes_by(&good, "blocks") && !is_rejected(good.clone()));
    let mut changed = 0;
    for place in 0..good.terms.len() {
        let term = &good.terms[place];
        if matches!(term.op.as_str(), "matrix" | "mul") && term.args.len() >= 2 {
            let mut other = good.clone();
            other.terms[place].args.reverse();
            changed += 1;
            assert!(is_rejected(other), "term {place}");
        }
    }
    assert!(changed >= 3);
}

#[test]
fn rows_that_are_left_out_are_missed() {
    for (given, text) in ROWS {
        let good = proof(given, text);
        let without = changed(&good, &["inequality", "square"], &|witness| {
            witness.truncate(1);
        });
        assert!(is_rejected(without), "{text}");
        let odd = changed(&good, &["inequality", "square"], &|witness| {
            witness.pop();
        });
        assert!(is_rejected(odd), "{text}: a hypothesis without a row");
    }
}

#[test]
fn the_factors_of_a_product_that_is_differentiated_keep_their_order() {
    let given = "A : ℝ → ℝ^{n×n}; B : ℝ → ℝ^{n×n}";
    let text = "d/dt (A(t) B(t)) = A'(t) B(t) + A(t) B'(t)";
    let good = proof(given, text);
    assert!(!is_rejected(good.clone()));
    let mut other = good.clone();
    for term in &mut other.terms {
        if term.op == "add" {
            let first = term.args[0];
            term.args = vec![first, first];
        }
    }
    assert!(is_rejected(other), "A′B + A′B");
}
