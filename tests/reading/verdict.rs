//! What is said of whole texts, rule by rule: true and false twins.

use hence::judge::Options;
use hence::meaning::GivenText;
use hence::report::StepVerdict;
use hence::source::{Container, Source};

/// A text, its context, and the verdicts of its steps: Proved, Refuted, Undecided, Given,
/// Skipped, and X for unreadable.
const ROWS: &[(&str, &str, &str)] = &[
    ("x^2/x = x", "", "P"),
    ("x^2/x = 2x", "", "R"),
    ("log(x^2) = 2 log(x)", "", "P"),
    ("x = (√x)^2 = |x|", "", "R P"),
    ("x = (√(x^2))^2/x = x", "", "P P"),
    ("x^2/x = 0 ⇔ x = 0", "", "G R"),
    ("x = 0 or y/x = 2 ⇐ x = 0", "", "G P"),
    ("x^2 = -1 ⇒ no solution", "", "G P"),
    ("x^2 = 1 ⇒ no solution", "", "G R"),
    ("r = 1/x\nx·r = 1", "", "G P"),
    ("assume x > 0 and x < 0\nx = x + 1", "", "G U"),
    ("1/0 = 1", "", "X"),
    ("√(-1) = 1", "", "X"),
    ("(x+1)^2\n= x^2 + 2x + 1\n= x^2 + 1", "", "P R"),
    ("x^2 = 4\n⇒ x = 2 or x = -2\n⇒ x^2 = 5", "", "G P R"),
    ("2x = 4 ⇒ x = 3 ⇒ 2x = 6", "", "G R P"),
    ("2x = 4 ⇒ x = 3 ⇒ x = 2", "", "G R P"),
    ("a a = a^2; b b = 2b", "", "P R"),
    ("① a a = a^2\n(2) a a = 2a", "", "P R"),
    ("2x = 4 so x = 2", "", "G P"),
    ("2x = 4 so x = 3", "", "G R"),
    ("2x = 4 hence x = 2", "", "G P"),
    ("2x = 4 hence x = 3", "", "G R"),
    ("2x = 4 thus x = 2", "", "G P"),
    ("2x = 4 thus x = 3", "", "G R"),
    ("2x = 4 then x = 2", "", "G P"),
    ("2x = 4 then x = 3", "", "G R"),
    ("2x = 4 therefore x = 2", "", "G P"),
    ("2x = 4 therefore x = 3", "", "G R"),
    ("2x = 4 implies x = 2", "", "G P"),
    ("2x = 4 implies x = 3", "", "G R"),
    ("2x = 4 gives x = 2", "", "G P"),
    ("2x = 4 gives x = 3", "", "G R"),
    ("2x = 4 yields x = 2", "", "G P"),
    ("2x = 4 yields x = 3", "", "G R"),
    ("2x = 4 it follows that x = 2", "", "G P"),
    ("2x = 4 it follows that x = 3", "", "G R"),
    ("2x = 4 we get x = 2", "", "G P"),
    ("2x = 4 we get x = 3", "", "G R"),
    ("2x = 4 iff x = 2", "", "G P"),
    ("x^2 = 4 iff x = 2", "", "G R"),
    ("x = 2 ⇐ 2x = 4", "", "G P"),
    ("x = 2 ⇐ x^2 = 4", "", "G R"),
    ("x > 0 ⇒ x + 1 > 1", "", "G P"),
    ("x > 0 ⇒ x > 1", "", "G R"),
    ("x + 1 = 2", "", "R"),
    ("a_k = b_k for all k ⇒ a_3 = b_3", "", "G P"),
    ("$$x + y > 0 \\xrightarrow{x + y = t} t > 0$$", "", "G P"),
    ("$$x + y > 0 \\xrightarrow{x + y = t} t > 1$$", "", "G R"),
    ("$$s y > 2 \\xrightarrow{s=1} y > 2$$", "", "G P"),
    ("$$s y > 2 \\xrightarrow{s=2} y > 2$$", "", "G R"),
    ("2x + 3 = 7\n2x = 4\nx = 2", "", "G P P"),
    ("2x + 3 = 7\n2x = 10\nx = 5", "", "G R P"),
    ("x^2 = 4\nx = 2", "", "G R"),
    ("x^2 = 4\nx = ±2", "", "G P"),
    ("x + y = 3\nx - y = 1\nx = 2, y = 1", "", "G G P P"),
    ("x + y = 3\nx - y = 1\nx = 2, y = 2", "", "G G P R"),
    ("x^2 = 4\nx ∈ {2, -2}", "", "G P"),
    ("x^2 < 4\n-2 < x < 2", "", "G P P"),
    ("solve for x:\n2x = 4\nx = 2", "", "G P"),
    ("solve\n2x = 4\nx = 3", "", "G R"),
    ("y := 2\ny = 2", "", "G P"),
    ("x = 1\nx ← x + 1\nx = 2", "", "G G P"),
    ("x = 1\nx ← x + 1\nx = 1", "", "G G R"),
    ("2 + 3 = 5 = s\ns = 5", "", "P G P"),
    ("2+3 = 5 = s\ns = 6", "", "P G R"),
    ("v = u + a t\nu = 3\nv = 3 + a t", "", "G G P"),
    ("If $x > 0$ then $|x| = x$.", "", "G P"),
    ("If $x < 0$ then $|x| = x$.", "", "G R"),
    ("We have $2 + 2 = 4$ here.", "", "P"),
    ("We have $2+2=5$ here.", "", "R"),
    ("let alpha = 2\nα^2 = 4", "", "G P"),
    ("lambda = lam", "", "P"),
    ("x=2 ⇒ x^2 = 4 and x > 1", "", "G P"),
    ("for all x: x^2 ≥ 0", "", "P"),
    ("for all x: x^2 > 0", "", "R"),
    ("not (x^2 < 0)", "", "P"),
    ("$x^2 < 0 \\lor x^2 \\ge 0$", "", "P"),
    ("i^2 = -1", "", "U"),
    ("let e = 2\ne^2 = 4", "", "G P"),
    ("e^2 = 4", "", "R"),
    ("a_(10) = a_10", "", "P"),
    ("f(x + 0) = f(x)", "", "P"),
    ("k(x + 1) = kx + k", "", "P"),
    ("σ²(z) = σ(z)^2", "", "P"),
    ("σ'(z) = σ(z)(1-σ(z))", "", "P"),
    ("σ'(z) = σ(z)", "", "R"),
    ("y = v^2\ndy/dv = 2v", "", "G P"),
    ("dA/dv = 2v", "", "U"),
    ("d/dv(A + v) = dA/dv + 1", "", "P"),
    ("x^2 = 4 ⇒ 2x = 0", "", "G R"),
    ("sum_(k=1)^n k = n(n+1)/2", "", "P"),
    ("sum_(k=1)^n k = n^2", "", "R"),
    ("1/2x = x/2", "", "P"),
    ("a/bc = a/(bc)", "", "U"),
    ("1/3 = 0.33", "", "P"),
    ("1/3 = 0.34", "", "R"),
    ("0.125 = 0.13", "", "P"),
    ("0.125 = 0.12", "", "P"),
    ("-x^2 = -(x^2)", "", "P"),
    ("-x^2 = x^2", "", "R"),
    ("2^n-1 = (2^n) - 1", "", "P"),
    ("sin(x)^2 = (sin x)^2", "", "P"),
    ("log(x+1)^2 = (log(x+1))^2", "", "P"),
    ("sin 2x y = sin(2xy)", "", "P"),
    ("sin x^2 = sin(x^2)", "", "P"),
    ("sin^2 x = (sin x)^2", "", "P"),
    ("$\\sin^{-1} x = \\arcsin x$", "", "P"),
    ("|a|b|c| = |a|·b·|c|", "", "P"),
    ("0^0 = 1", "", "P"),
    ("$x_i^2 = (x_i)^2$", "", "P"),
    ("$x^2_i = (x_i)^2$", "", "P"),
    ("x^(n+1) = x^n x", "", "P"),
    ("∫ 2x dx = x^2 + C", "", "P"),
    ("∫ 2x dx = x^2", "", "P"),
    ("∫ 2x dx = x^3 + C", "", "R"),
    ("$[x^2]_1^3 = 8$", "", "P"),
    ("$[x^2]_1^3 = 9$", "", "R"),
    ("√(x^2) = x", "x > 0", "P"),
    ("√(x^2) = x", "x < 0", "R"),
    (
        "case x > 0:\n|x| = x\n\ncase x < 0:\n|x| = x",
        "",
        "G P G R",
    ),
    ("x = (1 +\n2) + 3\nx = 6", "", "G P"),
    ("(a +\nb)^2 = a^2 + 2ab + b^2", "", "P"),
    ("x^2 < 4\n⇔ (-2 < x and x < 2)", "", "G P"),
    ("x^2 < 4\n⇔ (-2 < x or x < 2)", "", "G R"),
    ("0 < x_i = y_i < 1 for all i ⇒ x_1 > 0", "", "G P"),
    ("(3) x = 2\nx = 2 by (3)", "", "G P"),
    ("$x = 2 \\quad (3)$\n\n$x^2 \\overset{(3)}{=} 4$", "", "G P"),
    ("$x = 2 \\quad (3)$\n\n$x^2 \\overset{(3)}{=} 5$", "", "G R"),
    ("x + 1 = 3 (1)\n\nx = 2 by (1)", "", "R R"),
];

fn verdicts(text: &str, given: &str) -> String {
    let container = if text.contains('$') {
        Container::Markdown
    } else {
        Container::Text
    };
    let given: Vec<GivenText> = (!given.is_empty())
        .then(|| GivenText {
            source: Source::new("given", given),
        })
        .into_iter()
        .collect();
    let source = Source::new("text", text);
    let report = hence::check(&source, container, &given, &Options::default());
    let steps = report.derivations.iter().flat_map(|d| &d.steps);
    let letters: Vec<&str> = steps
        .map(|step| match step.verdict {
            StepVerdict::Proved => "P",
            StepVerdict::Refuted => "R",
            StepVerdict::Undecided => "U",
            StepVerdict::Unreadable => "X",
            StepVerdict::Given => "G",
            StepVerdict::Skipped => "S",
        })
        .collect();
    letters.join(" ")
}

#[test]
fn each_rule_tells_true_from_false() {
    let mut wrong = Vec::new();
    for (text, given, expected) in ROWS {
        let found = verdicts(text, given);
        if found != *expected {
            wrong.push(format!("{text:?} given {given:?}: {found}, not {expected}"));
        }
    }
    println!("{} rows", ROWS.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
