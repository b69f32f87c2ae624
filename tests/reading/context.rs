//! Context: definitions, declarations and assumptions.

use super::check;

#[test]
fn context_words_state_and_their_reach_differs() {
    check(&[
        (
            "let x > 0\n√(x²) = x",
            "",
            &["1 given x > 0", "2 claim [0 < x] √(x²) = x"],
        ),
        (
            "assume x > 0\n√(x²) = x",
            "",
            &["1 given x > 0", "2 claim [0 < x] √(x²) = x"],
        ),
        (
            "Let $x > 0$.\n\n$$\\sqrt{x^2} = x$$",
            "",
            &["1 given x > 0", "3 claim [0 < x] √(x²) = x"],
        ),
        (
            "We see $x > 0$.\n\n$$\\sqrt{x^2} = x$$",
            "",
            &["1 skipped x > 0", "3 claim √(x²) = x"],
        ),
        (
            "<!-- hence: x > 0 -->\n\n$$\\sqrt{x^2} = x$$",
            "",
            &["1 given x > 0", "3 claim [0 < x] √(x²) = x"],
        ),
        (
            "given y = x + 1\ny - 1 = x",
            "",
            &["1 y := x + 1", "2 claim x + 1 − 1 = x"],
        ),
        (
            "let a = b\na^2 = b^2",
            "",
            &["1 given a = b", "2 claim [a = b] a² = b²"],
        ),
        // `where` reaches the block before it too.
        (
            "$$\\sqrt{x^2} = x$$\n\nwhere $x > 0$.",
            "",
            &["3 given x > 0", "1 claim [0 < x] √(x²) = x"],
        ),
        // A later case takes the place of the earlier.
        (
            "Case x > 0:\n|x| = x\n\nCase x < 0:\n|x| = -x",
            "",
            &[
                "1 given x > 0",
                "2 claim [0 < x] |x| = x",
                "| 4 given x < 0",
                "5 claim [x < 0] |x| = −x",
            ],
        ),
        (
            "If $x > 0$ and $y > 0$, then\n\n$$|x y| = x y$$",
            "",
            &[
                "1 given x > 0",
                "1 given y > 0",
                "3 claim [0 < x, 0 < y] |x y| = x y",
            ],
        ),
        (
            "Suppose $x > 0$. Then $|x| = x$.",
            "",
            &["1 given x > 0", "1 claim [0 < x] |x| = x"],
        ),
        // Elsewhere in a sentence it reaches no further.
        (
            "$$|x| = x$$\nfor $x > 0$.\n\n$$|x| = x$$",
            "",
            &["1 claim [0 < x] |x| = x", "| 4 claim |x| = x"],
        ),
        (
            "$$|x| = x \\quad \\text{if } x > 0$$",
            "",
            &["1 claim [0 < x] |x| = x", "1 given x > 0"],
        ),
        // To the end of its section.
        (
            "# A\nLet $x > 0$.\n\n$$|x| = x$$\n# B\n$$|x| = x$$",
            "",
            &[
                "2 given x > 0",
                "4 claim [0 < x] |x| = x",
                "| 6 claim |x| = x",
            ],
        ),
    ]);
}

#[test]
fn given_texts_apply_to_the_document_or_to_their_part() {
    check(&[
        ("√(x²) = x", "x > 0", &["1 claim [0 < x] √(x²) = x"]),
        (
            "√(x²) = x",
            "x > 0; y > 0",
            &["1 claim [0 < x, 0 < y] √(x²) = x"],
        ),
        (
            "z - b = w x",
            "let z = w x + b",
            &["1 claim w x + b − b = w x"],
        ),
        (
            "|x| = x\n\n|x| = x",
            "lines 3-3:\nx > 0",
            &["1 claim |x| = x", "| 3 claim [0 < x] |x| = x"],
        ),
        (
            "# One\n$$|x| = x$$\n# Two\n$$|x| = x$$",
            "section Two:\nx > 0",
            &["2 claim |x| = x", "| 4 claim [0 < x] |x| = x"],
        ),
        (
            "x = 2\n\nx = 3",
            "lines 3-3:\ny > 0",
            &["1 x := 2", "| 3 x := 3"],
        ),
        (
            "a_3 ≥ 0",
            "a_i > 0",
            &["1 claim [0 < a_k for all k ∈ ℤ] 0 ≤ a_3"],
        ),
    ]);
}

#[test]
fn an_assumption_of_the_document_is_about_fixed_letters() {
    check(&[
        (
            "assume a_k > 0\na_k ≥ 0",
            "",
            &["1 given a_k > 0", "2 claim [0 < a_k, k ∈ ℤ] 0 ≤ a_k"],
        ),
        (
            "let a_k > 0\na_k ≥ 0",
            "",
            &[
                "1 given a_k > 0",
                "2 claim [0 < a_k for all k ∈ ℤ, k ∈ ℤ] 0 ≤ a_k",
            ],
        ),
        (
            "assume a_k > 0 for all k\na_3 ≥ 0",
            "",
            &[
                "1 given a_k > 0 for all k",
                "2 claim [0 < a_k for all k ∈ ℤ] 0 ≤ a_3",
            ],
        ),
    ]);
}
