//! Premises, claims and the arrows between them.

use super::check;

#[test]
fn the_statement_before_the_first_arrow_is_a_premise_and_others_are_claims() {
    check(&[
        (
            "2x = 4 ⇒ x = 2",
            "",
            &["1 premise true: 2x = 4", "1 follows true: x = 2"],
        ),
        (
            "2x = 4\n⇒ x = 2",
            "",
            &["1 premise true: 2x = 4", "2 follows true: x = 2"],
        ),
        (
            "2x = 4\nso x = 2",
            "",
            &["1 premise true: 2x = 4", "2 follows true: x = 2"],
        ),
        (
            "2x = 4\ntherefore x = 2",
            "",
            &["1 premise true: 2x = 4", "2 follows true: x = 2"],
        ),
        (
            "2x = 4\n∴ x = 2",
            "",
            &["1 premise true: 2x = 4", "2 follows true: x = 2"],
        ),
        (
            "$$2x = 4 \\implies x = 2$$",
            "",
            &["1 premise true: 2x = 4", "1 follows true: x = 2"],
        ),
        (
            "$$2x = 4 \\therefore x = 2$$",
            "",
            &["1 premise true: 2x = 4", "1 follows true: x = 2"],
        ),
        // Only the statement just before the arrow.
        (
            "x > 3, 2x = 4 ⇒ x = 2",
            "",
            &[
                "1 claim 3 < x",
                "1 premise true: 2x = 4",
                "1 follows true: x = 2",
            ],
        ),
        (
            "x > 3 and 2x = 4 ⇒ x = 2",
            "",
            &["1 premise true: 3 < x and 2x = 4", "1 follows true: x = 2"],
        ),
        (
            "2x = 4 ⇒ x = 2 ⇒ x^2 = 4",
            "",
            &[
                "1 premise true: 2x = 4",
                "1 follows true: x = 2",
                "1 follows true: x² = 4",
            ],
        ),
        // A claim behind a premise stands under it.
        (
            "2x = 4 ⇒ x = 2\nx + 1 = 3",
            "",
            &[
                "1 premise true: 2x = 4",
                "1 follows true: x = 2",
                "2 claim [2x = 4] x + 1 = 3",
            ],
        ),
        (
            "x + 1 = 3\n\n2x = 4 ⇒ x = 2",
            "",
            &[
                "1 claim x + 1 = 3",
                "| 3 premise true: 2x = 4",
                "3 follows true: x = 2",
            ],
        ),
        // With a chain as its conclusion each sign is a step.
        (
            "2x = 4 ⇒ x = 4/2 = 2",
            "",
            &[
                "1 premise true: 2x = 4",
                "1 follows true: x = 2",
                "1 follows true: 2 = 2",
            ],
        ),
        (
            "-2 < x < 2 ⇒ x^2 < 4",
            "",
            &[
                "1 premise true: −2 < x",
                "1 premise true: x < 2",
                "1 follows true: x² < 4",
            ],
        ),
        // A system is a premise as a whole.
        (
            "$$\\begin{cases} x + y = 3 \\\\ x - y = 1 \\end{cases} \\Rightarrow x = 2$$",
            "",
            &[
                "1 premise true: x + y = 3",
                "1 premise true: x − y = 1",
                "1 follows true: x = 2",
            ],
        ),
    ]);
}

#[test]
fn equivalences_claim_both_ways_against_the_statement_just_before() {
    check(&[
        (
            "x^2 = 4\n⇔ x = 2 or x = -2",
            "",
            &["1 premise true: x² = 4", "2 claim x² = 4 ⇔ x = 2 or x = −2"],
        ),
        (
            "x^2=4 iff x=2",
            "",
            &["1 premise true: x² = 4", "1 claim x² = 4 ⇔ x = 2"],
        ),
        (
            "x=1\n⇔ X=1",
            "",
            &["1 premise true: x = 1", "2 claim x = 1 ⇔ X = 1"],
        ),
        (
            "true\n⇔ false",
            "",
            &["1 premise true: true", "2 claim true ⇔ false"],
        ),
        (
            "x^2 = -1 ⇔ no solution",
            "",
            &["1 premise true: x² = −1", "1 claim x² = −1 ⇔ false"],
        ),
        (
            "x = 2 ⇔ 2x = 4 ⇔ x + 1 = 3",
            "",
            &[
                "1 premise true: x = 2",
                "1 claim x = 2 ⇔ 2x = 4",
                "1 claim 2x = 4 ⇔ x + 1 = 3",
            ],
        ),
        (
            "x^2 = 4 ⇐ x = 2",
            "",
            &["1 premise true: x² = 4", "1 claim [x = 2] true: x² = 4"],
        ),
        (
            "-2 < x < 2 ⇔ x^2 < 4",
            "",
            &[
                "1 premise true: −2 < x",
                "1 premise true: x < 2",
                "1 claim −2 < x < 2 ⇔ x² < 4",
            ],
        ),
        (
            "x^2 < 4 ⇔ -2 < x < 2",
            "",
            &["1 premise true: x² < 4", "1 claim x² < 4 ⇔ −2 < x < 2"],
        ),
        (
            "x + 1 ⇔ x = 2",
            "",
            &["1 skipped x + 1", "1 unreadable x = 2"],
        ),
    ]);
}

#[test]
fn what_stands_behind_an_arrow_with_definitions_alone_before_it_is_a_claim() {
    check(&[
        ("x = 2 ⇒ x^2 = 4", "", &["1 x := 2", "1 claim 2² = 4"]),
        (
            "x = 2, y = 3 ⇒ x y = 6",
            "",
            &["1 x := 2", "1 y := 3", "1 claim 2·3 = 6"],
        ),
        ("⇒ 2 + 2 = 4", "", &["1 claim 2 + 2 = 4"]),
        // Not so where a premise comes before.
        (
            "2x = 4 ⇒ x = 2",
            "",
            &["1 premise true: 2x = 4", "1 follows true: x = 2"],
        ),
    ]);
}

#[test]
fn labels_on_arrows_define_or_assume() {
    check(&[
        (
            "$$\\frac{1}{a+b} > 0 \\xrightarrow{a + b = t} \\frac{1}{t} > 0$$",
            "",
            &[
                "1 premise true: 0 < 1/(a + b)",
                "1 follows true: 0 < 1/(a + b)",
            ],
        ),
        (
            "$$y = (1-s)^2 \\ge 0 \\xrightarrow{s=1} y = 0$$",
            "",
            &[
                "1 y := (1-s)^2",
                "1 claim 0 ≤ (1 − s)²",
                "1 follows [s = 1] true: (1 − s)² = 0",
            ],
        ),
        (
            "$$x > 1 \\xrightarrow{\\text{square}} x^2 > 1$$",
            "",
            &["1 premise true: 1 < x", "1 follows true: 1 < x²"],
        ),
    ]);
}

#[test]
fn braces_with_a_relation_are_steps_or_definitions() {
    check(&[
        (
            "$$(a+b)^2 = \\underbrace{a^2 + 2ab}_{= a(a+2b)} + b^2$$",
            "",
            &[
                "1 claim (a + b)² = a² + 2a b + b²",
                "1 claim a² + 2a b = a·(a + 2b)",
            ],
        ),
        (
            "$$(a+b)^2 = \\underbrace{a^2 + 2ab}_{= Q} + b^2$$",
            "",
            &["1 claim (a + b)² = a² + 2a b + b²", "1 a^2 + 2ab := Q"],
        ),
        (
            "$$(a+b)^2 = \\underbrace{a^2 + 2ab}_{\\text{first}} + b^2$$",
            "",
            &["1 claim (a + b)² = a² + 2a b + b²"],
        ),
        (
            "$$\\sum_{k=1}^n \\underbrace{(k + k)}_{= 2k} = n(n+1)$$",
            "",
            &[
                "1 claim [k ∈ ℤ, 1 ≤ k, k ≤ n] k + k = 2k",
                "1 claim [n ∈ ℤ, 1 ≤ n] Σ_(k=1)^n (k + k) = n·(n + 1)",
            ],
        ),
    ]);
}
