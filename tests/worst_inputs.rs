//! The most expensive texts that we know: each gets a report, an undecided step says which budget
//! ran out, and one process that has gone through all of them stays below 500 MiB.
//!
//! Each ends within a second of an idle machine; no clock is looked at here.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

fn repeated(times: usize, open: &str, inside: &str, close: &str) -> String {
    format!("{}{inside}{}", open.repeat(times), close.repeat(times))
}

/// `part(first)`, …, `part(last)` with a sign between.
fn joined(range: std::ops::Range<usize>, sign: &str, part: impl Fn(usize) -> String) -> String {
    let parts: Vec<String> = range.map(part).collect();
    parts.join(sign)
}

const FUNCTIONS: [&str; 8] = ["sin", "cos", "exp", "log", "sqrt", "tanh", "arctan", "σ"];

/// A kernel in another: no two are the same.
fn kernel(function: usize, letter: usize) -> String {
    let (outer, inner) = (FUNCTIONS[function % 8], FUNCTIONS[function / 8 % 8]);
    format!("{outer}({inner}(x_{letter}) + x_{})", letter + 1)
}

/// 1/(a + 1/(… + b)), so many times.
fn fraction(depth: usize, letters: &[&str]) -> String {
    (0..depth).fold("x".to_owned(), |inside, n| {
        let a = letters[n % letters.len()];
        let b = letters[(n + 1) % letters.len()];
        format!("1/({a} + 1/({inside} + {b}))")
    })
}

/// A determinant or matrix in LaTeX.
fn table(kind: &str, size: usize, entry: impl Fn(usize, usize) -> String) -> String {
    let row = |i: usize| joined(0..size, " & ", |j| entry(i, j));
    let rows = joined(0..size, r" \\ ", row);
    format!(r"\begin{{{kind}}} {rows} \end{{{kind}}}")
}

#[allow(clippy::too_many_lines, reason = "a table")]
fn texts() -> Vec<(&'static str, String)> {
    let letters = ["a", "b", "c", "d"];
    let mut all = vec![
        (
            "ten megabytes on a line",
            format!("{}x = 1", "x + ".repeat(2_500_000)),
        ),
        (
            "ten megabytes of words",
            format!("{}\n2 + 2 = 4", "word ".repeat(2_000_000)),
        ),
        (
            "ten thousand terms",
            format!("{} = 10001 x", joined(0..10_000, " + ", |_| "x".to_owned())),
        ),
        ("ten thousand letters", {
            let sum = joined(0..10_000, " + ", |n| format!("a_{n}"));
            format!("{sum} = {sum} + 1")
        }),
        (
            "three thousand factors",
            format!(
                "{} = {}",
                joined(0..3000, " ", |n| format!("x_{n}")),
                joined(0..3000, " ", |n| format!("x_{}", 2999 - n)),
            ),
        ),
        (
            "deep brackets",
            format!("{} = x", repeated(100_000, "(", "x", ")")),
        ),
        (
            "brackets that are read",
            format!("{} = x + 250", repeated(250, "(", "x", " + 1)")),
        ),
        (
            "deep roots",
            format!("{} = x", repeated(200, "sqrt(", "x", " + 1)")),
        ),
        (
            "two hundred products of kernels",
            format!(
                "{} = {}",
                joined(0..200, " + ", |n| format!("sin(x_{n}) cos(x_{})", n + 1)),
                joined(0..200, " + ", |n| format!("sin(x_{}) cos(x_{n})", n + 1)),
            ),
        ),
        (
            "two hundred mixed kernels",
            format!(
                "{} = {}",
                joined(0..200, " + ", |n| kernel(n, n)),
                joined(0..200, " + ", |n| kernel(n, n + 3)),
            ),
        ),
        (
            "two hundred kernels in another order",
            format!(
                "{} = {}",
                joined(0..200, " + ", |n| kernel(n, n)),
                joined(0..200, " + ", |n| kernel(199 - n, 199 - n)),
            ),
        ),
        (
            "kernels nested",
            format!(
                "{} = {}",
                repeated(40, "sin(", "x", " + y)"),
                repeated(40, "cos(", "y", " + x)"),
            ),
        ),
        (
            "a product of kernels",
            format!(
                "{} = {}",
                joined(0..60, " ", |n| format!("({} + 1)", kernel(n, n))),
                joined(0..60, " ", |n| format!("({} + 1)", kernel(n, n + 3))),
            ),
        ),
        (
            "nested fractions",
            format!(
                "{} = {}",
                fraction(12, &letters),
                fraction(12, &["d", "c", "b", "a"])
            ),
        ),
        (
            "equal nested fractions",
            format!("{0} = {0} + x - x", fraction(12, &letters)),
        ),
        (
            "a nested fraction's derivative",
            format!("d/dx {} = 1", fraction(12, &letters)),
        ),
        (
            "a product of many sums",
            format!(
                "{} = {}",
                joined(0..20, " ", |n| format!("(a_{n} + b_{n} + c_{n})")),
                joined(0..20, " ", |n| format!("(a_{n} + b_{n} - c_{n})")),
            ),
        ),
        (
            "many linear factors",
            format!("{} = x^120", joined(0..120, " ", |n| format!("(x + {n})"))),
        ),
        (
            "determinant of sums",
            format!(
                "$${} = 1$$",
                table("vmatrix", 8, |i, j| {
                    format!("a_{{{i}{j}}} + b_{{{i}{j}}} + x^{{{i}}}")
                })
            ),
        ),
        (
            "large determinant",
            format!(
                "$${} = 1$$",
                table("vmatrix", 20, |i, j| format!("a + {i} b^{{{j}}}"))
            ),
        ),
        (
            "power of a matrix",
            format!(
                "$${}^{{10}} = {}$$",
                table("pmatrix", 4, |i, j| format!("a_{{{i}{j}}}")),
                table("pmatrix", 4, |i, j| format!("b_{{{i}{j}}}")),
            ),
        ),
        (
            "many fractions",
            format!(
                "{} = {}",
                joined(1..15, " + ", |n| format!("1/(x^{n} + y^{n} + {n})")),
                joined(1..15, " + ", |n| format!("1/(x^{n} + y^{n} + {n} + z)")),
            ),
        ),
        (
            "long rationals",
            format!(
                "{} = 5",
                joined(1..400, " + ", |n| format!("{n}/{}", n * n + 1))
            ),
        ),
        (
            "long numbers",
            format!(
                "{} * {} = {}",
                "1".repeat(5000),
                "7".repeat(5000),
                "3".repeat(10_000)
            ),
        ),
        (
            "thirty equations given",
            format!(
                "given {}\nx_0 + x_1 = x_2",
                joined(0..30, "; ", |n| format!(
                    "x_{n}^2 + x_{} x_{} = {n}",
                    n + 1,
                    n * 7 % 30
                )),
            ),
        ),
        (
            "thirty inequalities given",
            format!(
                "given {}\nx_0 < x_1 x_2",
                joined(0..30, "; ", |n| {
                    format!(
                        "x_{n} + 2 x_{} < x_{} + {n}",
                        (n * 3 + 1) % 30,
                        (n * 7 + 2) % 30
                    )
                }),
            ),
        ),
        (
            "thirty alternatives given",
            format!(
                "given {}\nx_0 + x_5 <= x_2^2",
                joined(0..30, "; ", |n| format!("x_{n} = 1 or x_{n} = x_{}", n + 1)),
            ),
        ),
        (
            "a large system",
            format!(
                "{}\n⇒ x_0 = 1",
                joined(0..20, "\n", |i| {
                    format!(
                        "{} = {i}",
                        joined(0..20, " + ", |j| format!("{} x_{j}", i * j * 7 % 11 + 1))
                    )
                }),
            ),
        ),
        (
            "nested maxima",
            format!(
                "{} = {}",
                repeated(15, "max(", "x", ", y + 1)"),
                repeated(14, "min(x, ", "y", ")"),
            ),
        ),
        (
            "rectifiers nested",
            format!("{} = relu(x - 30)", repeated(30, "relu(", "x", " - 1)")),
        ),
        (
            "many absolute values",
            format!(
                "{} >= 30 x - 3",
                joined(0..30, " + ", |n| format!("abs(x - {n})"))
            ),
        ),
        ("cases nested", {
            let inside = (0..8).fold("x".to_owned(), |inside, n| {
                format!(r"\begin{{cases}} {inside} & x > {n} \\ x^2 & x \le {n} \end{{cases}}")
            });
            format!("$${inside} = x$$")
        }),
        (
            "a sum of sums",
            "sum_(i=1)^100 sum_(j=1)^100 sum_(k=1)^100 (i j + k)^2 = 17".to_owned(),
        ),
        (
            "derivatives of derivatives",
            format!("{}(1/(x^2+1)) = 0", "d/dx ".repeat(30)),
        ),
        (
            "integrals of integrals",
            format!(
                "{}sin(x y z) e^(x + y) {}= 1",
                "∫_0^1 ".repeat(6),
                "dx ".repeat(6),
            ),
        ),
        (
            "sums of roots",
            format!(
                "1/({}) = x y",
                joined(2..14, " + ", |n| format!("sqrt({n})"))
            ),
        ),
        (
            "products of roots",
            format!(
                "{} = 1",
                joined(2..20, " ", |n| {
                    format!("(sqrt(x) + {n} sqrt(y) + sqrt({n}))")
                })
            ),
        ),
        (
            "exponentials over their sums",
            format!(
                "{} = 1",
                joined(0..12, " ", |i| {
                    format!(
                        "e^(z_{i})/({})",
                        joined(0..12, " + ", |j| format!("e^(z_{j} + {i})"))
                    )
                })
            ),
        ),
        (
            "a long chain",
            format!(
                "x = x + 1 - 1\n{}",
                joined(0..500, "\n", |n| format!("= x + {n} - {n}"))
            ),
        ),
        (
            "conclusions from conclusions",
            format!(
                "x_0 = 1\n{}",
                joined(1..300, "\n", |n| format!("⇒ x_{n} = {n} + x_{}^2", n - 1)),
            ),
        ),
        (
            "definitions that double",
            format!(
                "z_0 := y\n{}\n\nz_59 = 1",
                joined(1..60, "\n", |n| format!("z_{n} := z_{0} z_{0} + y", n - 1)),
            ),
        ),
        (
            "equations of sines",
            format!(
                "given {}\nsin(x_0 + x_1)^2 = e^(cos(x_5) x_3)",
                joined(0..12, "; ", |n| format!(
                    "sin(x_{n}) = cos(x_{}) + x_{}",
                    n + 1,
                    n + 2
                )),
            ),
        ),
    ];
    let short = [
        "x^(10^9) x = x^(10^9 + 1)",
        "(x + y + 1)^(10^6) = 1",
        "2^(2^(2^(2^(2^2)))) = 1",
        "(10^6)! = 1",
        "sum_(k=1)^(10^12) k = 1",
        "10^(10^10) = 1",
        "1e999999999 = 1",
        "(x + y + z + w)^60 = (x + y + z + w)^30 (x + y + z + w)^30",
        "(x + 1)^5000 = (x + 1)^2500 (x + 1)^2500",
        "3^(10^5) = 3^(10^5 - 1) 3",
        "x^(x^(x^(x^(x^(x^(x^x)))))) = y^(y^(y^(y^y)))",
        "e^(e^(e^(e^(e^(e^x))))) = e^(e^(e^(e^(e^(e^x) + 1))))",
        "(x^40 + 3 x^17 y^5 - 7 y^40 + 2)^2/((x^40 + 3 x^17 y^5 - 7 y^40 + 2)(x^29 + y^31 - 5)) = x",
        "(a^5 + b^5 + c^5 + d^5 + 1)^3/(a + b + c + d)^7 + (a - b + c)^9/(a^4 + b^4 - c)^3 = 1/(a b c d + 1)^5 + x/(a^2 + b)^6",
        "(n + 40)!/n! = (n + 1)^40",
        "x^20 - 3 x^7 + 2 x - 5 = 0 ⇒ x = 1 or x = 2",
        "x^12 y^4 - 3 x^7 + 2 x y^9 + z^6 >= x y z - 10",
        "given x = y^3 + 1; y = z^4 - x; z^5 = x y + w; w^2 = x + y + z\n(x + y + z + w)^6 = (x^2 y^2 + z w)^3",
        "sin(x)^40 cos(x)^40 + sin(y)^30 = sin(x + y)^30 cos(x - y)^20",
        "lim_(x→0) (sin(tan(x)) - tan(sin(x)))/(arcsin(arctan(x)) - arctan(arcsin(x))) = 1",
        "∫ x^20 e^x sin(x)^10 dx = x",
        "((((x^2 + 1)^2 + x)^2 + 1)^2 + x)^2 = (((((x^2 + 1)^2 + x)^2 + 1)^2 + x) ((((x^2 + 1)^2 + x)^2 + 1)^2 + x))",
    ];
    all.extend(short.map(|text| ("a short one", text.to_owned())));
    all
}

/// The most rows that `hence batch` takes at once for each thread.
const CHUNK: usize = 64;

/// A process that has gone through these rows: their reports, and the most memory it ever had in
/// MiB, where the system says so.
fn gone_through(rows: &[Value]) -> (Vec<Value>, Option<u64>) {
    gone_through_with(rows, "normal")
}

fn gone_through_with(rows: &[Value], budget: &str) -> (Vec<Value>, Option<u64>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_hence"))
        .args(["batch", "-j", "1", "--budget", budget])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    // Rows are checked a chunk at a time, so a chunk of others behind them makes sure that all of
    // them are; the input stays open, so that the process is still there when they are done.
    let mut lines: String = rows.iter().map(|row| format!("{row}\n")).collect();
    lines.push_str(&format!("{}\n", json!({"text": "1 = 1"})).repeat(CHUNK));
    let writer = std::thread::spawn(move || {
        input.write_all(lines.as_bytes()).unwrap();
        input
    });
    let reports: Vec<Value> = rows
        .iter()
        .map(|_| serde_json::from_str(&output.next().unwrap().unwrap()).unwrap())
        .collect();
    let input = writer.join().unwrap();
    let status = fs::read_to_string(format!("/proc/{}/status", child.id()));
    let peak = status.ok().and_then(|status| {
        let line = status
            .lines()
            .find(|line| line.starts_with("VmHWM:"))?
            .to_owned();
        let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes / 1024)
    });
    drop(input);
    output.for_each(drop);
    child.wait().unwrap();
    (reports, peak)
}

#[test]
fn the_worst_inputs_end_within_500_mebibytes() {
    if cfg!(debug_assertions) {
        println!("skipped: this takes minutes without optimisation");
        return;
    }
    let texts = texts();
    let rows: Vec<Value> = texts
        .iter()
        .map(|(name, text)| json!({"id": name, "text": text}))
        .collect();
    let (reports, peak) = gone_through(&rows);
    for (report, (name, text)) in reports.iter().zip(&texts) {
        let text: String = text.chars().take(80).collect();
        let error = report["error"].as_str().unwrap_or("");
        assert!(!error.contains("internal error"), "{name}: {text}: {error}");
        let derivations = report["derivations"].as_array().unwrap();
        let steps = derivations
            .iter()
            .flat_map(|one| one["steps"].as_array().unwrap());
        for step in steps {
            assert_ne!(step["reason"].as_str().unwrap(), "", "{name}: {text}");
        }
    }
    match peak {
        Some(peak) => {
            println!("{peak} MiB at most");
            assert!(peak < 500, "{peak} MiB");
        }
        None => println!("skipped: this system does not say how much memory a process had"),
    }
}

/// The reason of a text's last step.
fn reason(text: &str) -> String {
    reason_with(text, "normal")
}

fn reason_with(text: &str, budget: &str) -> String {
    let (reports, _) = gone_through_with(&[json!({"text": text})], budget);
    let derivations = reports[0]["derivations"].as_array().unwrap();
    let steps = derivations
        .iter()
        .flat_map(|one| one["steps"].as_array().unwrap());
    let last = steps.last().unwrap();
    assert_eq!(last["verdict"], "undecided", "{text}: {last}");
    last["reason"].as_str().unwrap().to_owned()
}

#[test]
fn an_undecided_step_names_the_budget_that_ran_out() {
    let sums = joined(0..200, " + ", |n| kernel(n, n));
    let back = joined(0..200, " + ", |n| kernel(199 - n, 199 - n));
    let said = reason(&format!("{sums} = {back}"));
    assert!(said.contains("400,000 products of two terms"), "{said}");
    assert!(said.contains("--budget large"), "{said}");
    assert!(said.contains("the two sides agree at"), "{said}");

    let alternatives = joined(0..12, " + ", |n| format!("abs(x_{n} - y_{n})"));
    let inside = joined(0..12, " + ", |n| format!("x_{n} - y_{n}"));
    let said = reason(&format!("{alternatives} >= abs({inside})"));
    assert!(said.contains("60 cases"), "{said}");

    // More may be spent with a larger budget, and beyond the largest there is none to try.
    let said = reason_with(&format!("{alternatives} >= abs({inside})"), "large");
    assert!(said.contains("300 cases"), "{said}");
    assert!(!said.contains("--budget"), "{said}");
}

#[test]
fn a_step_that_lacks_a_rule_blames_no_budget() {
    let said = reason("∫_0^∞ e^(-x^2) sin(x)/x dx = 1/(1 + e^(1/3))");
    assert!(!said.contains("budget"), "{said}");
}
