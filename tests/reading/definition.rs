//! What an equation defines.

use hence::meaning::{Role, read};
use hence::source::{Container, Source, items};
use hence::term::Store;

use super::check;

#[test]
fn a_fresh_symbol_is_defined_by_an_equation() {
    check(&[
        (
            "z = w x + b\nz - b = w x",
            "",
            &["1 z := w x + b", "2 claim w x + b − b = w x"],
        ),
        ("x = x^2", "", &["1 claim x = x²"]),
        (
            "f(x) = x^2\nf(3) = 9",
            "",
            &["1 f(x) := x^2", "2 claim 3² = 9"],
        ),
        ("a_n = 2n\na_3 = 6", "", &["1 a_n := 2n", "2 claim 2·3 = 6"]),
        ("y = 2\ny = 3", "", &["1 y := 2", "2 claim 2 = 3"]),
        (
            "x + 1 = 3\nx = 5\nx = x",
            "",
            &["1 claim x + 1 = 3", "2 x := 5", "3 claim 5 = 5"],
        ),
        // Context that tells range or sort leaves it fresh, an equation does not.
        ("x = 3", "x > 0", &["1 x := 3"]),
        ("x = 3", "x ∈ (0, 5)", &["1 x := 3"]),
        ("x = 3", "2x = y", &["1 claim [2x = y] x = 3"]),
        ("x = 3", "x = 4", &["1 claim 4 = 3"]),
        // Defined in one section, free again in the next.
        (
            "# A\n$$x = 2$$\n# B\n$$x = 3$$",
            "",
            &["2 x := 2", "| 4 x := 3"],
        ),
        (
            "$$x = 2$$\n\nText.\n\n$$x = 3$$",
            "",
            &["1 x := 2", "| 5 claim 2 = 3"],
        ),
        ("w^{(0)} = 1", "", &["1 w^{(0)} := 1"]),
        (
            "$$w^{(0)} = 1,\\ w^{(1)} = w^{(0)} + 1 = 2$$",
            "",
            &[
                "1 w^{(0)} := 1",
                "1 w^{(1)} := w^{(0)} + 1",
                "1 claim 1 + 1 = 2",
            ],
        ),
        ("x := 2\nx = 3", "", &["1 x := 2", "2 claim 2 = 3"]),
    ]);
}

#[test]
fn the_end_of_a_chain_may_be_named() {
    check(&[
        (
            "2 + 3 = 5 = s\ns = 5",
            "",
            &["1 claim 2 + 3 = 5", "1 5 := s", "2 claim 5 = 5"],
        ),
        (
            "x + y = s\ns - y = x",
            "",
            &["1 x + y := s", "2 claim x + y − y = x"],
        ),
        ("x^2 = x", "", &["1 claim x² = x"]),
    ]);
}

#[test]
fn assignments_give_new_values() {
    check(&[
        (
            "x = 1\nx ← x + 1\nx = 2",
            "",
            &["1 x := 1", "2 x := x + 1", "3 claim 1 + 1 = 2"],
        ),
        (
            "$$m_t \\leftarrow \\beta m_{t-1} + g$$",
            "",
            &["1 m_t := \\beta m_{t-1} + g"],
        ),
    ]);
}

#[test]
fn definitions_behind_arrows_hold_for_their_block_alone() {
    check(&[
        (
            "x = 2 ⇒ x^2 = 4\n\nx = 5",
            "",
            &["1 x := 2", "1 claim 2² = 4", "| 3 x := 5"],
        ),
        (
            "x = 2\nx^2 = 4\n\nx = 5",
            "",
            &["1 x := 2", "2 claim 2² = 4", "| 4 claim 2 = 5"],
        ),
        (
            "y^2 = 4 ⇒ z = y + 1 ⇒ z > y",
            "",
            &[
                "1 premise true: y² = 4",
                "1 z := y + 1",
                "1 follows true: y < y + 1",
            ],
        ),
        // Between two bare fresh letters it is a premise.
        (
            "a = b ⇒ a^2 = b^2",
            "",
            &["1 premise true: a = b", "1 follows true: a² = b²"],
        ),
        ("a = b\na^2 = b^2", "", &["1 a := b", "2 claim b² = b²"]),
        // With ⇔ it is a premise or claim like any other.
        (
            "x = 2 ⇔ x + 1 = 3",
            "",
            &["1 premise true: x = 2", "1 claim x = 2 ⇔ x + 1 = 3"],
        ),
    ]);
}

#[test]
fn a_plain_line_may_define_what_its_block_only_used() {
    check(&[
        (
            "v = u + a t\nu = 3\nv = 3 + a t",
            "",
            &["1 v := u + a t", "2 u := 3", "3 claim 3 + a t = 3 + a t"],
        ),
        (
            "L = 1/2 (y - t)^2\ny = σ(z)",
            "",
            &["1 L := 1/2 (y - t)^2", "2 y := σ(z)"],
        ),
        // Not what an earlier block used.
        (
            "(u + 1)^2 = u^2 + 2u + 1\n\nu = 3",
            "",
            &["1 claim (u + 1)² = u² + 2u + 1", "| 3 claim u = 3"],
        ),
        // Not behind a premise.
        (
            "2u = v^2 ⇒ u = v^2/2\nv = 3",
            "",
            &[
                "1 premise true: 2u = v²",
                "1 follows true: u = v²/2",
                "2 claim [2u = v²] v = 3",
            ],
        ),
        (
            "$$L = y^2$$\n\nwhere $y = 3$",
            "",
            &["3 y := 3", "1 L := y^2"],
        ),
    ]);
}

#[test]
fn recurrences_hold_for_all_values_of_their_letters() {
    check(&[
        (
            "w_(t+1) = 2 w_t\nw_(t+2) = 4 w_t",
            "",
            &[
                "1 w_(t+1) := 2 w_t",
                "2 claim [w_(k + 1) = 2w_k for all k ∈ ℤ, t ∈ ℤ] w_(t + 2) = 4w_t",
            ],
        ),
        (
            "w_1 = 2 w_0",
            "w_(t+1) = 2 w_t for all t",
            &["1 claim [w_(k + 1) = 2w_k for all k ∈ ℤ] w_1 = 2w_0"],
        ),
        ("w_1 = 2 w_0", "", &["1 w_1 := 2 w_0"]),
    ]);
}

#[test]
fn item_labels_make_definitions_a_guess() {
    let source = Source::new("t", "1) x = 2\n2) x = 3");
    let mut store = Store::new();
    let document = read(&mut store, &source, &items(&source, Container::Text), &[]);
    let step = &document.derivations[1].steps[0];
    assert!(matches!(step.role, Role::Claim(_)));
    assert_eq!(step.alternatives.len(), 1);
    assert_eq!(step.alternatives[0].role, Role::Given);
    let source = Source::new("t", "x = 2\n\nx = 3");
    let document = read(&mut store, &source, &items(&source, Container::Text), &[]);
    assert!(document.derivations[1].steps[0].alternatives.is_empty());
}
