//! Equations that are solved line by line.

use super::check;

#[test]
fn plain_lines_that_end_in_a_solved_form_are_a_solution() {
    check(&[
        (
            "2x + 3 = 7\n2x = 4\nx = 2",
            "",
            &[
                "1 premise true: 2x + 3 = 7",
                "2 follows true: 2x = 4",
                "3 follows true: x = 2 else 2x + 3 = 7 ⇔ x = 2",
            ],
        ),
        (
            "x^2 = 4\nx = 2, x = -2",
            "",
            &[
                "1 premise true: x² = 4",
                "2 follows true: x = 2 or x = −2",
                "2 follows true: x = 2 or x = −2 else x² = 4 ⇔ x = 2 or x = −2",
            ],
        ),
        (
            "x + y = 3\nx - y = 1\nx = 2, y = 1",
            "",
            &[
                "1 premise true: x + y = 3",
                "2 premise true: x − y = 1",
                "3 follows true: x = 2",
                "3 follows true: y = 1 else x + y = 3 and x − y = 1 ⇔ x = 2 and y = 1",
            ],
        ),
        (
            "2x > 4\nx > 2",
            "",
            &[
                "1 premise true: 4 < 2x",
                "2 follows true: 2 < x else 4 < 2x ⇔ 2 < x",
            ],
        ),
        (
            "x^2 = -1\nno solution",
            "",
            &[
                "1 premise true: x² = −1",
                "2 follows true: false else x² = −1 ⇔ false",
            ],
        ),
        (
            "(x+1)^2 = 4\nx = -1 ± 2",
            "",
            &[
                "1 premise true: (x + 1)² = 4",
                "2 follows true: x = −1 + 2 or x = −1 − 2 else (x + 1)² = 4 ⇔ x = −1 + 2 or x = −1 − 2",
            ],
        ),
        (
            "(x+1)^2 = 4\nx ∈ {1, -3}",
            "",
            &[
                "1 premise true: (x + 1)² = 4",
                "2 follows true: x ∈ {1, −3} else (x + 1)² = 4 ⇔ x ∈ {1, −3}",
            ],
        ),
        (
            "P V = n R T\nT = P V/(n R)",
            "",
            &[
                "1 premise true: P V = n R T",
                "2 follows true: T = P V/(n R) else P V = n R T ⇔ T = P V/(n R)",
            ],
        ),
        // No solution: the first defines.
        (
            "y = 2x + 3\ny - 3 = 2x",
            "",
            &["1 y := 2x + 3", "2 claim 2x + 3 − 3 = 2x"],
        ),
        // No solution: a letter that is not in the premises.
        ("2x = 4\nx = a", "", &["1 claim 2x = 4", "2 x := a"]),
        // No solution: the last is no solved form.
        ("2x = 4\n4x = 8", "", &["1 claim 2x = 4", "2 claim 4x = 8"]),
        (
            "Solve for x:\n2x = 4\nx = 2",
            "",
            &[
                "2 premise true: 2x = 4",
                "3 follows true: x = 2 else 2x = 4 ⇔ x = 2",
            ],
        ),
        ("x^2 = 4", "", &["1 claim x² = 4"]),
        ("x > 2", "", &["1 claim 2 < x"]),
    ]);
}
