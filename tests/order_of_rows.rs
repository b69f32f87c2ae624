//! A row's report depends on the row alone: not on threads, on the rows around it, or on whether
//! another process has the others.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod files;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use files::files;
use serde_json::{Value, json};

fn batch(rows: &[Value], arguments: &[&str]) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_hence"))
        .arg("batch")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let text: String = rows.iter().map(|row| format!("{row}\n")).collect();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(str::to_owned).collect()
}

/// The project's own derivations, tables of small claims right and wrong, and what is hard.
fn rows() -> Vec<Value> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut texts: Vec<(String, &str)> = Vec::new();
    for path in files(&root.join("derivations")) {
        let format = match path.extension().and_then(|ending| ending.to_str()) {
            Some("md") => "markdown",
            Some("tex") => "tex",
            Some("hence" | "txt") => "text",
            _ => continue,
        };
        texts.push((fs::read_to_string(&path).unwrap(), format));
    }
    let most = if cfg!(debug_assertions) { 6 } else { 20 };
    for n in 2..most {
        let (square, twice, next) = (n * n, 2 * n, n + 1);
        for claim in [
            format!("(x + {n})^2 = x^2 + {twice} x + {square}"),
            format!("(x + {n})^2 = x^2 + {square}"),
            format!("(x^{next} - x^{n})/(x - 1) = x^{n}"),
            format!("d/dx sin({n} x)^2 = {twice} sin({n} x) cos({n} x)"),
            format!("sqrt({square} x) = {n} sqrt(x)"),
            format!("{n} x = {square}\nx = {n}"),
            format!("x^2 = {square} ⇔ x = {n} or x = -{n}"),
            format!("log(x^{n}) = {n} log(x)"),
            format!("sum_(k=1)^n k^{} = {next}", n % 4),
            format!("sin(x_1 + {n}) cos(x_2) + e^(y_{n}) = sin(x_1 + {n}) + 1"),
            format!("y = x^{n}\nz = y + 1\n⇒ z - y = 1"),
            format!("x^{n} + {n}^x = {n}^x + x^{n} + |x| - |x|"),
            format!("1/(1 + 1/(x + {n})) = (x + {n})/(x + {next})"),
        ] {
            texts.push((claim, "text"));
        }
    }
    texts.push(("(x + y + 1)^(10^6) = 1".to_owned(), "text"));
    texts.push(("x + = 3".to_owned(), "text"));
    let numbered = texts.into_iter().enumerate();
    numbered
        .map(|(id, (text, format))| json!({"id": id, "text": text, "format": format}))
        .collect()
}

/// The lines of the output by the row's number.
fn by_id(lines: &[String]) -> BTreeMap<u64, String> {
    let id = |line: &String| serde_json::from_str::<Value>(line).unwrap()["id"].as_u64();
    lines
        .iter()
        .map(|line| (id(line).unwrap(), line.clone()))
        .collect()
}

/// The rows in another order: by a multiplier that is prime to their number.
fn shuffled(rows: &[Value]) -> Vec<Value> {
    let count = rows.len();
    let step = (count / 3..)
        .find(|step| num_integer::gcd(*step, count) == 1)
        .unwrap();
    (0..count)
        .map(|n| rows[(n * step + 5) % count].clone())
        .collect()
}

#[test]
fn threads_neighbours_and_processes_change_no_report() {
    let rows = rows();
    assert!(
        rows.len() > if cfg!(debug_assertions) { 100 } else { 250 },
        "{}",
        rows.len()
    );
    let first = batch(&rows, &["-j", "1"]);
    assert_eq!(first.len(), rows.len());
    let expected = by_id(&first);
    assert_eq!(expected.len(), rows.len());

    let same = |lines: Vec<String>, how: &str| {
        let found = by_id(&lines);
        for (id, line) in &expected {
            assert_eq!(
                found.get(id),
                Some(line),
                "{how}: {}",
                rows[usize::try_from(*id).unwrap()]
            );
        }
    };
    assert_eq!(batch(&rows, &["-j", "2"]), first, "two threads");
    let backwards: Vec<Value> = rows.iter().rev().cloned().collect();
    same(batch(&backwards, &["-j", "1"]), "backwards");
    same(
        batch(&shuffled(&rows), &["-j", "3"]),
        "shuffled, three threads",
    );
    for id in (0..rows.len()).step_by(23) {
        let alone = batch(&rows[id..=id], &[]);
        assert_eq!(
            alone,
            first[id..=id],
            "in a process of its own: {}",
            rows[id]
        );
    }
}

/// What comes before a section says nothing about it: budgets begin anew with each step.
#[test]
fn an_expensive_step_takes_nothing_from_the_next() {
    let hard = "(x + y + z)^(10^5) sin(x)^300 = (1/x + 1/y)^200 e^(x + y)^90\n\n";
    let easy = "# Next\n\n(a + b)^2 = a^2 + 2 a b + b^2\n\nsin(2 t) = 2 sin(t) cos(t)\n\n\
                sum_(k=1)^n k = n (n + 1)/2\n\n(a + b)^2 = a^2 + b^2\n";
    let steps = |text: &str| -> Vec<Value> {
        let row = json!({"id": 1, "text": text, "format": "text"});
        let report: Value = serde_json::from_str(&batch(&[row], &[])[0]).unwrap();
        let derivations = report["derivations"].as_array().unwrap().clone();
        let of = |one: &Value| one["steps"].as_array().unwrap().clone();
        let all = derivations.iter().flat_map(of);
        all.map(|step| json!([step["verdict"], step["reason"], step["counterexample"]]))
            .collect()
    };
    let alone = steps(easy);
    let behind = steps(&format!("{}{easy}", hard.repeat(5)));
    assert_eq!(alone, behind[behind.len() - alone.len()..]);
}
