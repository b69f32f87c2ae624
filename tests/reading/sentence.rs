//! Maths within a sentence.

use super::check;

#[test]
fn maths_within_a_sentence_is_a_remark_unless_it_says_otherwise() {
    check(&[
        ("Here $x = 2$ is meant.", "", &["1 skipped x = 2"]),
        ("Note that $2 + 2 = 4$ holds.", "", &["1 claim 2 + 2 = 4"]),
        ("We put aside $x := 2$ here.", "", &["1 x := 2"]),
        ("The value $x^2$ grows.", "", &["1 skipped x^2"]),
        (
            "$$2x = 4$$\n\nHence $x = 2$ follows.",
            "",
            &["1 premise true: 2x = 4", "3 follows true: x = 2"],
        ),
        (
            "$$2x = 4$$\n\nand so we have $x = 2$.",
            "",
            &["1 premise true: 2x = 4", "3 follows true: x = 2"],
        ),
        (
            "$$2x = 4$$\n\nor perhaps $x = 2$.",
            "",
            &["1 claim 2x = 4", "3 skipped x = 2"],
        ),
        ("$x y = y x$", "", &["1 claim x y = y x"]),
        (
            "$$\\text{condition: } 0 < x < 1$$",
            "",
            &["1 skipped 0 < x < 1"],
        ),
        ("$$\\text{Hence } 2 + 2 = 4$$", "", &["1 claim 2 + 2 = 4"]),
    ]);
}
