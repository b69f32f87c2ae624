//! Blocks, chains and what separates statements.

use super::check;

#[test]
fn lines_without_a_blank_one_and_displays_without_prose_are_one_block() {
    check(&[
        (
            "a^2 = a a\nb^2 = b b",
            "",
            &["1 claim a² = a a", "2 claim b² = b b"],
        ),
        (
            "a^2 = a a\n\nb^2 = b b",
            "",
            &["1 claim a² = a a", "| 3 claim b² = b b"],
        ),
        (
            "$$a^2 = aa$$\n\n$$b^2 = bb$$",
            "",
            &["1 claim a² = a a", "3 claim b² = b b"],
        ),
        (
            "$$a^2 = aa$$\n\nNow another.\n\n$$b^2 = bb$$",
            "",
            &["1 claim a² = a a", "| 5 claim b² = b b"],
        ),
        // A colon before it joins it to the block.
        (
            "$$a^2 = aa$$\n\nAnd the other one:\n\n$$b^2 = bb$$",
            "",
            &["1 claim a² = a a", "5 claim b² = b b"],
        ),
        (
            "# One\n$$a^2 = aa$$\n# Two\n\nNamely:\n\n$$b^2 = bb$$",
            "",
            &["2 claim a² = a a", "| 7 claim b² = b b"],
        ),
        (
            "1) a^2 = a a\n2) b^2 = b b",
            "",
            &["1 claim a² = a a", "| 2 claim b² = b b"],
        ),
    ]);
}

#[test]
fn what_opens_with_a_relation_or_an_arrow_goes_on_across_prose() {
    check(&[
        (
            "$$(a+b)^2 = a^2+2ab+b^2$$\n\nwhich is\n\n$$= b^2+2ab+a^2$$",
            "",
            &[
                "1 claim (a + b)² = a² + 2a b + b²",
                "5 claim a² + 2a b + b² = b² + 2a b + a²",
            ],
        ),
        (
            "$$x^2 = 4$$\n\nNow we see\n\n$$\\Rightarrow x = 2$$",
            "",
            &["1 premise true: x² = 4", "5 follows true: x = 2"],
        ),
        (
            "$$x^2 = 4$$\n\nHence\n\n$$x = 2$$",
            "",
            &["1 premise true: x² = 4", "5 follows true: x = 2"],
        ),
        (
            "$$x^2 = 4$$\n\nIt follows that:\n\n$$x = 2$$",
            "",
            &["1 premise true: x² = 4", "5 follows true: x = 2"],
        ),
        (
            "$$x^2 = 4$$\n\nThis is well known.\n\n$$x = 2$$",
            "",
            &["1 claim x² = 4", "| 5 claim x = 2"],
        ),
        ("= 5", "", &["1 unreadable 5"]),
    ]);
}

#[test]
fn a_chain_makes_one_step_for_each_sign() {
    check(&[
        (
            "2 + 3 = 5 = 4 + 1",
            "",
            &["1 claim 2 + 3 = 5", "1 claim 5 = 4 + 1"],
        ),
        (
            "(x+1)^2\n= x^2 + 2x + 1\n= 1 + 2x + x^2",
            "",
            &[
                "2 claim (x + 1)² = x² + 2x + 1",
                "3 claim x² + 2x + 1 = 1 + 2x + x²",
            ],
        ),
        (
            "x^2 + 1 > x^2 ≥ 0",
            "",
            &["1 claim x² < x² + 1", "1 claim 0 ≤ x²"],
        ),
        (
            "$$\\begin{aligned} (x+1)^2 &= x^2 + x \\\\ &+ x + 1 \\\\ &= (1+x)^2 \\end{aligned}$$",
            "",
            &[
                "1 claim (x + 1)² = x² + x + x + 1",
                "1 claim x² + x + x + 1 = (1 + x)²",
            ],
        ),
        (
            "$$\\begin{aligned} (x+1)^2 &= \\\\ & x^2 + 2x + 1 \\end{aligned}$$",
            "",
            &["1 claim (x + 1)² = x² + 2x + 1"],
        ),
        ("x^2 + 1", "", &["1 skipped x^2 + 1"]),
        (
            "x^2 = 4 ⇒ x + 1",
            "",
            &["1 premise true: x² = 4", "1 unreadable x + 1"],
        ),
        ("x^2 \\propto 2", "", &["1 skipped x^2"]),
    ]);
}

#[test]
fn statements_are_kept_apart_by_separators() {
    check(&[
        (
            "x = 1 ⇔ (x = 1)",
            "",
            &["1 premise true: x = 1", "1 claim x = 1 ⇔ x = 1"],
        ),
        (
            "$$\\begin{aligned} &= a a \\\\ &= a^2 \\end{aligned}$$",
            "",
            &["1 skipped ", "1 claim a a = a²"],
        ),
        (
            "a a = a^2, b b = b^2",
            "",
            &["1 claim a a = a²", "1 claim b b = b²"],
        ),
        (
            "a a = a^2; b b = b^2",
            "",
            &["1 claim a a = a²", "1 claim b b = b²"],
        ),
        (
            "$$aa = a^2 \\quad bb = b^2$$",
            "",
            &["1 claim a a = a²", "1 claim b b = b²"],
        ),
        (
            "$$aa = a^2 \\\\ bb = b^2$$",
            "",
            &["1 claim a a = a²", "1 claim b b = b²"],
        ),
        (
            "a a = a^2 and b b = b^2",
            "",
            &["1 claim a a = a² and b b = b²"],
        ),
        ("$$aa = a^2 \\tag{3}$$", "", &["1 claim a a = a²"]),
        ("x^2 = 4 →", "", &["1 claim x² = 4"]),
    ]);
}
