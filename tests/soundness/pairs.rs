//! Laws and their false twins about terms drawn at random: what is true is known by the law, what
//! is false by values.

use hence::report::{Overall, StepVerdict};
use hence::source::Container;

use crate::claims::Text;
use crate::dice::Dice;
use crate::float::Truth;
use crate::{long, outcome, report};

/// Laws about terms U and V, each beside a twin that is false for most terms.
const LAWS: &[(&str, &str)] = &[
    // Fields.
    (
        "(U + V)^2 = U^2 + 2 U V + V^2",
        "(U + V)^2 = U^2 + U V + V^2",
    ),
    ("(U - V)^2 = U^2 - 2 U V + V^2", "(U - V)^2 = U^2 - V^2"),
    ("(U - V) (U + V) = U^2 - V^2", "(U - V) (U + V) = U^2 + V^2"),
    (
        "(U + V)^3 = U^3 + 3 U^2 V + 3 U V^2 + V^3",
        "(U + V)^3 = U^3 + V^3",
    ),
    ("U (V + 1) - U V = U", "U (V + 1) - U V = V"),
    ("1/U + 1/V = (U + V)/(U V)", "1/U + 1/V = 1/(U + V)"),
    ("1/U - 1/V = (V - U)/(U V)", "1/U - 1/V = (U - V)/(U V)"),
    ("U/V - 1 = (U - V)/V", "U/V - 1 = (U - 1)/V"),
    ("U/(U V) = 1/V", "U/(U + V) = 1/V"),
    ("1/(1/U) = U", "1/(1/U) = 1/U"),
    ("U - (V - U) = 2 U - V", "U - (V - U) = -V"),
    ("(U^2 - V^2)/(U - V) = U + V", "(U^2 + V^2)/(U + V) = U + V"),
    // Powers, roots, bars.
    ("sqrt(U^2) = |U|", "sqrt(U^2) = U"),
    ("sqrt(U)^2 = U", "sqrt(U)^2 = -U"),
    ("sqrt(U^2 V^2) = |U| |V|", "sqrt(U^2 V^2) = U V"),
    ("sqrt(U^4) = U^2", "sqrt(U^6) = U^3"),
    (
        "sqrt(U) sqrt(V) = sqrt(U V)",
        "sqrt(U) + sqrt(V) = sqrt(U + V)",
    ),
    (
        "sqrt(U)/sqrt(V) = sqrt(U/V)",
        "sqrt(U) - sqrt(V) = sqrt(U - V)",
    ),
    ("cbrt(U^3) = U", "cbrt(U^3) = |U|"),
    (
        "cbrt(U V) = cbrt(U) cbrt(V)",
        "cbrt(U + V) = cbrt(U) + cbrt(V)",
    ),
    ("(U^2)^(1/2) = |U|", "(U^2)^(1/2) = U"),
    ("(U^2)^(3/2) = |U|^3", "(U^2)^(3/2) = U^3"),
    ("U^(1/2) U^(3/2) = U^2", "U^(1/2) U^(3/2) = U^(3/4)"),
    ("U^2 U^3 = U^5", "U^2 U^3 = U^6"),
    ("(U^2)^3 = U^6", "(U^2)^3 = U^5"),
    ("U^(-2) = 1/U^2", "U^(-2) = -U^2"),
    ("(U V)^3 = U^3 V^3", "(U V)^3 = U V^3"),
    ("|U V| = |U| |V|", "|U + V| = |U| + |V|"),
    ("|U|^2 = U^2", "|U|^3 = U^3"),
    ("|-U| = |U|", "|-U| = -U"),
    ("|U|/|V| = |U/V|", "|U| - |V| = |U - V|"),
    ("max(U, V) + min(U, V) = U + V", "|U - V| = U - V"),
    // exp and log.
    ("e^(U + V) = e^U e^V", "e^(U + V) = e^U + e^V"),
    ("e^(U - V) = e^U/e^V", "e^(U V) = e^U e^V"),
    ("(e^U)^2 = e^(2 U)", "(e^U)^2 = e^(U^2)"),
    ("log(e^U) = U", "log(e^U) = -U"),
    ("e^(log(U)) = U", "e^(-log(U)) = -U"),
    ("e^(2 log(U)) = U^2", "e^(2 log(U)) = 2 U"),
    ("log(U) + log(V) = log(U V)", "log(U) + log(V) = log(U + V)"),
    ("log(U) - log(V) = log(U/V)", "log(U)/log(V) = log(U - V)"),
    ("log(U^2) = 2 log(|U|)", "log(U^2) = log(2 |U|)"),
    ("log(U^3) = 3 log(U)", "log(U)^3 = 3 log(U)"),
    ("log(U^2) = 2 log(U)", "log(U^2) = log(U)^2"),
    ("log(sqrt(U)) = log(U)/2", "log(sqrt(U)) = sqrt(log(U))"),
    ("log(1/U) = -log(U)", "log(1/U) = 1/log(U)"),
    // Circular and hyperbolic functions.
    ("sin(U)^2 + cos(U)^2 = 1", "sin(U)^2 - cos(U)^2 = 1"),
    (
        "sin(U + V) = sin(U) cos(V) + cos(U) sin(V)",
        "sin(U + V) = sin(U) + sin(V)",
    ),
    (
        "cos(U + V) = cos(U) cos(V) - sin(U) sin(V)",
        "cos(U + V) = cos(U) cos(V) + sin(U) sin(V)",
    ),
    ("sin(2 U) = 2 sin(U) cos(U)", "sin(2 U) = 2 sin(U)"),
    ("cos(2 U) = 1 - 2 sin(U)^2", "cos(2 U) = 1 - sin(U)^2"),
    ("cos(2 U) = 2 cos(U)^2 - 1", "cos(2 U) = 1 - 2 cos(U)^2"),
    ("tan(U) cos(U) = sin(U)", "tan(U) sin(U) = cos(U)"),
    ("1 + tan(U)^2 = 1/cos(U)^2", "1 - tan(U)^2 = 1/cos(U)^2"),
    ("sin(-U) = -sin(U)", "cos(-U) = -cos(U)"),
    ("sin(U + pi) = -sin(U)", "sin(U + pi) = sin(U)"),
    ("cos(pi/2 - U) = sin(U)", "cos(pi/2 + U) = sin(U)"),
    ("sin(arcsin(U)) = U", "arcsin(sin(U)) = U"),
    ("cos(arcsin(U)) = sqrt(1 - U^2)", "cos(arcsin(U)) = 1 - U^2"),
    ("tan(arctan(U)) = U", "arctan(tan(U)) = U"),
    (
        "arcsin(U) + arccos(U) = pi/2",
        "arcsin(U) - arccos(U) = pi/2",
    ),
    (
        "|sin(U)| = sqrt(1 - cos(U)^2)",
        "sin(U) = sqrt(1 - cos(U)^2)",
    ),
    ("cosh(U)^2 - sinh(U)^2 = 1", "cosh(U)^2 + sinh(U)^2 = 1"),
    (
        "sinh(2 U) = 2 sinh(U) cosh(U)",
        "sinh(2 U) = sinh(U) cosh(U)",
    ),
    ("cosh(U) + sinh(U) = e^U", "cosh(U) - sinh(U) = e^U"),
    ("tanh(U) cosh(U) = sinh(U)", "tanh(U) sinh(U) = cosh(U)"),
    // Derivatives.
    (
        "d/dx (U V) = V (d/dx U) + U (d/dx V)",
        "d/dx (U V) = (d/dx U) (d/dx V)",
    ),
    (
        "d/dx (U + V) = (d/dx U) + (d/dx V)",
        "d/dx (U + V) = (d/dx U) - (d/dx V)",
    ),
    ("d/dx sin(U) = cos(U) (d/dx U)", "d/dx sin(U) = cos(U)"),
    (
        "d/dx cos(U) = -sin(U) (d/dx U)",
        "d/dx cos(U) = sin(U) (d/dx U)",
    ),
    ("d/dx e^U = e^U (d/dx U)", "d/dx e^U = U e^(U - 1)"),
    ("d/dx log(U) = (d/dx U)/U", "d/dx log(U) = 1/U"),
    ("d/dx (1/U) = -(d/dx U)/U^2", "d/dx (1/U) = 1/(d/dx U)"),
    ("d/dx U^3 = 3 U^2 (d/dx U)", "d/dx U^3 = 3 U^2"),
    (
        "d/dx sqrt(U) = (d/dx U)/(2 sqrt(U))",
        "d/dx sqrt(U) = 1/(2 sqrt(U))",
    ),
    (
        "d/dx arctan(U) = (d/dx U)/(1 + U^2)",
        "d/dx arctan(U) = (d/dx U)/(1 - U^2)",
    ),
    (
        "d/dx tanh(U) = (1 - tanh(U)^2) (d/dx U)",
        "d/dx tanh(U) = (1 + tanh(U)^2) (d/dx U)",
    ),
    // Inequalities.
    ("U^2 >= 0", "U^2 < 0"),
    ("U^2 + 1 > 0", "U^2 - 1 > 0"),
    ("U^2 + V^2 >= 2 U V", "U^2 + V^2 <= 2 U V"),
    ("|U + V| <= |U| + |V|", "|U + V| >= |U| + |V|"),
    ("|U| >= U", "|U| <= U"),
    ("e^U > 0", "e^U < 0"),
    ("e^U >= 1 + U", "e^U <= 1 + U"),
    ("sin(U) <= 1", "sin(U) >= 1"),
    ("cosh(U) >= 1", "cosh(U) <= 1"),
];

/// A term in x and y, in brackets.
fn term(dice: &mut Dice, depth: usize) -> String {
    if depth == 0 || dice.roll(4) == 0 {
        return match dice.roll(6) {
            0 | 1 => "(x)".to_owned(),
            2 => "(y)".to_owned(),
            3 => "(x + 1)".to_owned(),
            4 => format!("({} x)", dice.number()),
            _ => format!("(x^2 + {})", dice.number().abs()),
        };
    }
    let a = term(dice, depth - 1);
    match dice.roll(9) {
        0 => format!("({a} + {})", term(dice, depth - 1)),
        1 => format!("({a} - {})", term(dice, depth - 1)),
        2 => format!("({a} {})", term(dice, depth - 1)),
        3 => format!("({a}/{})", term(dice, depth - 1)),
        4 => format!("({a}^{})", 2 + dice.roll(2)),
        5 => format!("(sin({a}))"),
        6 => format!("(e^{a})"),
        7 => format!("(log({a}))"),
        _ => format!("({a} + {})", dice.number()),
    }
}

/// What came of the lines.
#[derive(Default)]
struct Count {
    falsehoods: usize,
    refuted: usize,
    truths: usize,
    proved: usize,
    wrong: Vec<String>,
}

impl Count {
    fn look(&mut self, given: &str, text: &str, is_true: bool) {
        if is_true {
            self.truths += 1;
            match outcome(given, text) {
                StepVerdict::Proved => self.proved += 1,
                verdict @ (StepVerdict::Refuted | StepVerdict::Unreadable) => {
                    self.wrong
                        .push(format!("{verdict:?}, but true: [{given}] {text}"));
                }
                _ => {}
            }
        } else {
            self.falsehoods += 1;
            let found = report(given, text, Container::Text);
            self.refuted += usize::from(found.verdict == Overall::Invalid);
            if found.verdict == Overall::Valid && found.counts.proved > 0 {
                self.wrong
                    .push(format!("proved, but false: [{given}] {text}"));
            }
        }
    }

    fn conclude(self, what: &str) {
        println!(
            "{what}: {} false lines ({} refuted), {} true lines ({} proved)",
            self.falsehoods, self.refuted, self.truths, self.proved
        );
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
    }
}

fn truth(given: &str, text: &str) -> Truth {
    Text::read(given, text, Container::Text).map_or(Truth::Unclear, |text| text.truth())
}

#[test]
fn laws_are_not_refuted_and_their_twins_not_proved() {
    let (mut dice, mut count) = (Dice(51), Count::default());
    for _ in 0..if long() { 160 } else { 6 } {
        for (law, twin) in LAWS {
            let depth = dice.roll(3);
            let (u, v) = (term(&mut dice, depth), term(&mut dice, depth));
            let fill = |law: &str| law.replace('U', &u).replace('V', &v);
            let (law, twin) = (fill(law), fill(twin));
            if truth("", &law) == Truth::Holds {
                count.look("", &law, true);
            }
            if truth("", &twin) == Truth::Fails {
                count.look("", &twin, false);
            }
        }
    }
    count.conclude("laws");
}

/// A context, a text, and whether it is true.
type Line = (String, String, bool);

/// Equations, inequalities, sums, integrals and limits with numbers drawn at random.
fn problem(dice: &mut Dice) -> Vec<Line> {
    let (a, b, p, mut q) = (dice.number(), dice.number(), dice.number(), dice.number());
    if q == p {
        q += 7;
    }
    let (low, high) = (p.min(q), p.max(q));
    let m = i64::try_from(dice.roll(3)).unwrap() + 1;
    let lines: Vec<(&str, String, String)> = match dice.roll(22) {
        0 => vec![(
            "",
            format!("{a} x + {b} = 0\n⇔ x = {}/{}", -b, a),
            format!("{a} x + {b} = 0\n⇔ x = {b}/{a}"),
        )],
        1 => vec![(
            "",
            format!("(x - {p})(x - {q}) = 0\n⇔ x = {p} or x = {q}"),
            format!("(x - {p})(x - {q}) = 0\n⇔ x = {p}"),
        )],
        2 => vec![(
            "",
            format!("(x - {p})^2 = {}\n⇔ x = {} or x = {}", m * m, p + m, p - m),
            format!("(x - {p})^2 = {}\n⇒ x = {}", m * m, p + m),
        )],
        3 => vec![(
            "",
            format!("|x - {p}| = {m}\n⇔ x = {} or x = {}", p + m, p - m),
            format!("|x - {p}| = {m}\n⇔ x = {}", p + m),
        )],
        4 => vec![(
            "",
            format!("x < {p}\n⇔ -x > {}", -p),
            format!("x < {p}\n⇔ -x < {}", -p),
        )],
        5 => vec![(
            "",
            format!("sqrt(x) = {m}\n⇔ x = {}", m * m),
            format!("sqrt(x) = {}\n⇔ x = {}", -m, m * m),
        )],
        6 => vec![(
            "",
            format!("(x - {low})(x - {high}) < 0\n⇔ {low} < x < {high}"),
            format!("(x - {low})(x - {high}) > 0\n⇔ {low} < x < {high}"),
        )],
        7 => vec![(
            "",
            format!("1/(x - {p}) = {q}\n⇔ x = {p} + 1/{q}"),
            format!("1/(x - {p}) = {q}\n⇔ x = {p} - 1/{q}"),
        )],
        8 => vec![(
            "",
            format!("x^2 = {p} x\n⇒ x = 0 or x = {p}"),
            format!("x^2 = {p} x\n⇒ x = {p}"),
        )],
        9 => vec![(
            "",
            format!("x = {p}\n⇒ x^2 = {}", p * p),
            format!("x = {p}\n⇔ x^2 = {}", p * p),
        )],
        10 => vec![(
            "",
            format!("e^x = {m}\n⇔ x = log({m})"),
            format!("e^(2 x) = {}\n⇔ x = log({})", m + 1, m + 1),
        )],
        11 => vec![(
            "",
            format!("sum_(k=1)^n ({a} k + {b}) = {a} n (n + 1)/2 + {b} n"),
            format!("sum_(k=1)^n ({a} k + {b}) = {a} n (n - 1)/2 + {b} n"),
        )],
        12 => vec![(
            "",
            format!("sum_(k=1)^n {a} k^2 = {a} n (n + 1) (2 n + 1)/6"),
            format!("sum_(k=1)^n {a} k^2 = {a} n (n + 1)^2/6"),
        )],
        13 => vec![(
            "",
            format!("sum_(k=1)^n ({a} u_k + {b} v_k) = {a} sum_(k=1)^n u_k + {b} sum_(k=1)^n v_k"),
            format!("sum_(k=1)^n ({a} u_k + {b}) = {a} sum_(k=1)^n u_k + {b} + n"),
        )],
        14 => vec![(
            "",
            format!("sum_(k=1)^n u_(k + {m}) = sum_(k={})^(n + {m}) u_k", 1 + m),
            format!("sum_(k=1)^n u_(k + {m}) = sum_(k={})^(n + {m}) u_k", 2 + m),
        )],
        15 => vec![(
            "",
            format!(
                "∫_({low})^({high}) ({a} x + {b}) dx = {a} ({})/2 + {b} ({})",
                high * high - low * low,
                high - low
            ),
            format!(
                "∫_({low})^({high}) ({a} x + {b}) dx = {a} ({})/2 + {b} ({}) + 1",
                high * high - low * low,
                high - low
            ),
        )],
        16 => vec![(
            "",
            format!("∫ ({a} x^2 + {b} x) dx = {a} x^3/3 + {b} x^2/2 + C"),
            format!("∫ ({a} x^2 + {b} x) dx = {a} x^3/3 + {b} x^2 + C"),
        )],
        17 => vec![(
            "",
            format!("lim_(x→{p}) (x^2 - {})/(x - {p}) = {}", p * p, 2 * p),
            format!("lim_(x→{p}) (x^2 - {})/(x - {p}) = {p}", p * p),
        )],
        18 => vec![(
            "",
            format!("lim_(x→0) sin({a} x)/({b} x) = {a}/{b}"),
            format!("lim_(x→0) sin({a} x)/({b} x) = {a}"),
        )],
        19 => vec![(
            "",
            format!("d/dx sin({a} x^2 + {b}) = 2 ({a}) x cos({a} x^2 + {b})"),
            format!("d/dx sin({a} x^2 + {b}) = ({a}) x cos({a} x^2 + {b})"),
        )],
        20 => vec![(
            "x > 0",
            format!("x^(1/{}) x^({m}) = x^({m} + 1/{})", m + 1, m + 1),
            format!("x^(1/{}) x^({m}) = x^({m}/{})", m + 1, m + 1),
        )],
        _ => vec![(
            "x > 1",
            format!("x + {m} > 1 + {m}"),
            format!("x^2 > {}", m + 3),
        )],
    };
    let lines = lines.into_iter().flat_map(|(given, law, twin)| {
        let given = given.to_owned();
        [(given.clone(), law, true), (given, twin, false)]
    });
    lines.collect()
}

#[test]
fn problems_are_not_refuted_and_their_twins_not_proved() {
    let (mut dice, mut count) = (Dice(52), Count::default());
    for _ in 0..if long() { 8_000 } else { 300 } {
        for (given, text, is_true) in problem(&mut dice) {
            let text = text.replace("- -", "+ ").replace("+ -", "- ");
            if is_true || truth(&given, &text) == Truth::Fails {
                count.look(&given, &text, is_true);
            }
        }
    }
    count.conclude("problems");
}
