//! Decimals and constants of integration.

use super::check;

#[test]
fn decimals_are_judged_to_the_digits_shown() {
    check(&[
        ("π = 3.14", "", &["1 claim π rounds to 157/50 in 2"]),
        (
            "(1 + 1)^2 = 4 = e",
            "",
            &["1 claim (1 + 1)² = 4", "1 claim 4 = e"],
        ),
        ("e = y - t", "", &["1 e := y - t"]),
        ("1/3 = 0.33", "", &["1 claim 1/3 rounds to 33/100 in 2"]),
        ("0.33 = 1/3", "", &["1 claim 1/3 rounds to 33/100 in 2"]),
        ("1/3 ≈ 0.33", "", &["1 claim 1/3 rounds to 33/100 in 2"]),
        ("1/3 = 1/3", "", &["1 claim 1/3 = 1/3"]),
        (
            "0.333 = 0.33",
            "",
            &["1 claim 333/1000 rounds to 33/100 in 2"],
        ),
        ("a ≈ b + 1", "", &["1 skipped a"]),
        (
            "v = 20/3 = 6.67",
            "",
            &["1 v := 20/3", "1 claim 20/3 rounds to 667/100 in 2"],
        ),
        ("g = 9.81", "", &["1 g := 9.81"]),
        (
            "3x = 2 ⇒ x ≈ 0.67",
            "",
            &[
                "1 premise true: 3x = 2",
                "1 follows true: 133/200 ≤ x ≤ 27/40",
            ],
        ),
        (
            "v = 20/3 = 6.67\nv^2 = 44.5",
            "",
            &[
                "1 v := 20/3",
                "1 claim 20/3 rounds to 667/100 in 2",
                "2 claim (20/3)² or (667/100)² rounds to 89/2 in 1",
            ],
        ),
        ("2.5 > 2", "", &["1 claim 2 < 5/2"]),
    ]);
}

#[test]
fn integrals_without_limits_are_equal_up_to_a_constant() {
    check(&[
        (
            "$$\\int 2x\\, dx = x^2 + C$$",
            "",
            &["1 claim ∫ 2x dx = x² + C up to a constant"],
        ),
        (
            "$$\\int_0^1 2x\\, dx = 1$$",
            "",
            &["1 claim ∫_0^1 2x dx = 1"],
        ),
        (
            "$$\\int 2x\\, dx = x^2 + C = (x+1)(x-1) + C$$",
            "",
            &[
                "1 claim ∫ 2x dx = x² + C up to a constant",
                "1 claim x² + C = (x + 1)(x − 1) + C up to a constant",
            ],
        ),
    ]);
}
