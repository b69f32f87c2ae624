//! Proofs about vectors and matrices: what the checker must see in them for itself.

use hence::source::Container;
use hence_checker::wire;

use super::mutants::rejected;
use super::{alone, proofs, read};

/// Context and a step, which is proved.
const STEPS: &[(&str, &str)] = &[
    ("A, B ∈ ℝ^{n×n}", "A + B = B + A"),
    ("A, B ∈ ℝ^{n×n}", "tr(A B) = tr(B A)"),
    ("A, B ∈ ℝ^{n×n}", "(A B)^{-1} = B^{-1} A^{-1}"),
    (
        "U ∈ ℝ^{n×k}; V ∈ ℝ^{k×n}",
        "(I + U V)^{-1} U = U (I + V U)^{-1}",
    ),
    ("A, B, C ∈ ℝ^{n×n}; A invertible", "A B = A C\n⇒ B = C"),
    (
        "A ∈ ℝ^{n×n}; A invertible; x, y ∈ ℝ^n",
        "A x = 2 y\n⇒ x = 2 A^{-1} y",
    ),
    ("S ∈ ℝ^{n×n}; S symmetric; x, y ∈ ℝ^n", "x^T S y = y^T S x"),
    ("Q, A ∈ ℝ^{n×n}; Q orthogonal", "tr(Q A Q^T) = tr(A)"),
    ("A, B ∈ ℝ^{n×n}; A B = I", "B A B = B"),
    ("X ∈ ℝ^{m×n}; λ > 0", "X^T X + λ I is invertible"),
    ("S ∈ ℝ^{n×n}; S symmetric; x ∈ ℝ^n", "∇_x (x^T S x) = 2 S x"),
];

/// The last proof of a text.
fn proof(given: &str, text: &str) -> wire::Proof {
    let all = proofs(text, text, Container::Text, given);
    let json = all.into_iter().rev().find_map(|(_, found)| found);
    read(&json.unwrap_or_else(|| panic!("no proof of {text}")).json)
}

fn is_rejected(proof: wire::Proof) -> bool {
    rejected(&alone(proof).json)
}

/// The place of the term that is true everywhere.
fn truth(proof: &mut wire::Proof) -> u32 {
    proof.terms.push(wire::Term {
        op: "truth".to_owned(),
        data: vec![1],
        ..wire::Term::default()
    });
    u32::try_from(proof.terms.len() - 1).unwrap()
}

#[test]
fn proofs_about_matrices_are_accepted() {
    for (given, text) in STEPS {
        assert!(!is_rejected(proof(given, text)), "{text}");
    }
}

#[test]
fn without_what_is_said_of_the_matrices_nothing_follows() {
    for (given, text) in STEPS.iter().skip(4) {
        let mut without = proof(given, text);
        let truth = truth(&mut without);
        // Sizes say nothing: what remains is about any matrices.
        without.hypotheses.fill(truth);
        assert!(is_rejected(without), "{text}");
    }
}

#[test]
fn the_same_steps_about_products_are_not_accepted() {
    let (given, text) = STEPS[0];
    let mut product = proof(given, text);
    for term in &mut product.terms {
        if term.op == "add" {
            term.op = "mul".to_owned();
        }
    }
    assert!(is_rejected(product), "A B = B A");
    let (given, text) = STEPS[1];
    let mut norm = proof(given, text);
    for term in &mut norm.terms {
        if term.name == "trace" {
            term.name = "norm".to_owned();
        }
    }
    assert!(is_rejected(norm), "‖AB‖ = ‖BA‖");
}

#[test]
fn matrices_of_other_shapes_do_not_fit() {
    // XᵀX + λI fits for any number of rows.
    for (given, text) in STEPS.iter().filter(|(_, text)| !text.contains('λ')) {
        let mut other = proof(given, text);
        let truth = truth(&mut other);
        let mut changed = false;
        for (_, sort) in &mut other.sorts {
            if sort.starts_with("matrix") && !changed {
                // Rows of a size that is no other's.
                let columns = sort.split(' ').nth(2).unwrap_or_default();
                *sort = format!("matrix {truth} {columns}");
                changed = true;
            }
        }
        assert!(changed && is_rejected(other), "{text}");
    }
}

#[test]
fn a_combination_with_another_number_or_equation_is_not_one() {
    let mut tried = 0;
    for (given, text) in STEPS {
        let good = proof(given, text);
        for place in 0..good.nodes.len() {
            let wire::Node::Decision { witness, uses, .. } = &good.nodes[place] else {
                continue;
            };
            for number in 0..witness.len() {
                let mut other = good.clone();
                if let wire::Node::Decision { witness, .. } = &mut other.nodes[place] {
                    witness.truncate(number);
                }
                tried += 1;
                assert!(is_rejected(other), "{text}: a witness that ends early");
            }
            if !uses.is_empty() {
                let mut other = good.clone();
                if let wire::Node::Decision { uses, .. } = &mut other.nodes[place] {
                    uses.clear();
                }
                tried += 1;
                assert!(is_rejected(other), "{text}: without its equations");
            }
        }
    }
    assert!(tried > 40, "{tried}");
}

#[test]
fn matrices_are_for_their_own_theory_alone() {
    for (given, text) in STEPS {
        for theory in ["order", "logic"] {
            let mut other = proof(given, text);
            for node in &mut other.nodes {
                if let wire::Node::Decision { theory: named, .. } = node {
                    *named = theory.to_owned();
                }
            }
            assert!(is_rejected(other), "{text} by {theory}");
        }
    }
}
