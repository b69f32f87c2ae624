//! Labelled steps, where they can be found: no wrong verdict, and every row is read.
#![allow(
    clippy::float_arithmetic,
    clippy::expect_used,
    reason = "shares of a count are printed and compared, and a test that cannot go on fails"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hence::judge::Options;
use hence::meaning::GivenText;
use hence::report::{Overall, Report, StepVerdict};
use hence::source::{Container, Source};
use serde_json::Value;

/// How the rows of one kind came out.
#[derive(Default)]
struct Tally {
    valid: [usize; 4],
    invalid: [usize; 4],
}

/// Rows that the contract calls unreadable, with the reason.
const UNREADABLE: &[(&str, &str)] = &[(
    "equiv-138-1-⇔",
    "an expression stands where ⇔ needs a statement",
)];

/// Rows whose mark is certainly wrong under the contract, with the reason.
const LEFT_OUT: &[(&str, &str)] = &[];

fn field<'a>(row: &'a Value, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or("")
}

fn check(row: &Value) -> Report {
    let text = field(row, "text");
    let source = Source::new(field(row, "id"), text);
    let container = match field(row, "format") {
        "text" => Container::Text,
        "latex" => Container::Latex,
        "markdown" => Container::Markdown,
        "tex" => Container::Tex,
        _ => Container::guess(text),
    };
    let given = field(row, "given");
    let given: Vec<GivenText> = if given.is_empty() {
        Vec::new()
    } else {
        vec![GivenText {
            source: Source::new("given", given),
        }]
    };
    hence::check(&source, container, &given, &Options::default())
}

/// Runs a file; prints the table of verdicts by kind; returns wrong and unread rows and the table.
fn run(file: &str) -> Option<(Vec<String>, BTreeMap<String, Tally>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/cases")
        .join(file);
    let Ok(text) = fs::read_to_string(&path) else {
        println!("skipped: {file} is not here");
        return None;
    };
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut count = 0;
    let list = std::env::var("HENCE_LIST").is_ok();
    for line in text.lines() {
        let row: Value = serde_json::from_str(line).expect("a row of the file");
        let id = field(&row, "id");
        if LEFT_OUT.iter().any(|(left_out, _)| *left_out == id) {
            continue;
        }
        count += 1;
        let report = check(&row);
        let valid = field(&row, "expect") == "valid";
        let unread = report.derivations.is_empty()
            || report
                .derivations
                .iter()
                .flat_map(|d| &d.steps)
                .any(|s| s.verdict == StepVerdict::Unreadable);
        let outcome = match report.verdict {
            Overall::Valid => 0,
            _ if unread => 3,
            Overall::Invalid => 1,
            Overall::Undecided => 2,
            _ => 3,
        };
        let tally = tallies.entry(field(&row, "kind").to_owned()).or_default();
        if valid {
            tally.valid[outcome] += 1;
        } else {
            tally.invalid[outcome] += 1;
        }
        let describe = || {
            let steps: Vec<String> = report
                .derivations
                .iter()
                .flat_map(|d| &d.steps)
                .map(|s| {
                    format!(
                        "{:?} {} {} {}: {} {:?}",
                        s.verdict, s.left, s.relation, s.right, s.reason, s.notes
                    )
                })
                .collect();
            format!(
                "{id} (expected {}): {:?}\n    {}\n    {}",
                field(&row, "expect"),
                report.verdict,
                field(&row, "text").replace('\n', " ⏎ "),
                steps.join("\n    ")
            )
        };
        let unreadable = UNREADABLE.iter().any(|(row, _)| *row == id);
        if (outcome == 3) != unreadable || (valid && outcome == 1) || (!valid && outcome == 0) {
            wrong.push(describe());
        } else if list && outcome == 2 {
            println!("{}", describe());
        }
    }
    println!("{file}: {count} rows");
    println!(
        "{:14} {:>28} {:>28}",
        "kind", "valid: proved/ref/und/unread", "invalid: accepted/ref/und/unread"
    );
    for (kind, Tally { valid, invalid }) in &tallies {
        println!("{kind:14} {:>7?} {:>7?}", valid, invalid);
    }
    Some((wrong, tallies))
}

fn share(part: usize, of: &[usize; 4]) -> f64 {
    let all: usize = of.iter().sum();
    if all == 0 {
        1.0
    } else {
        part as f64 / all as f64
    }
}

#[test]
fn no_step_is_judged_wrongly_and_the_polynomial_and_differential_kinds_are_decided() {
    let Some((wrong, tallies)) = run("steps.jsonl") else {
        return;
    };
    let mut short = Vec::new();
    for kind in ["expand", "factor", "apart", "together", "diff", "pdiff"] {
        let Some(Tally { valid, invalid }) = tallies.get(kind) else {
            continue;
        };
        let (proved, refuted) = (share(valid[0], valid), share(invalid[1], invalid));
        if proved < 0.99 || refuted < 0.99 {
            short.push(format!("{kind}: {proved:.3} proved, {refuted:.3} refuted"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong or unread:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(short.is_empty(), "{}", short.join("\n"));
}

#[test]
fn no_known_antiderivative_is_judged_wrongly() {
    let Some((wrong, _)) = run("rubi.jsonl") else {
        return;
    };
    assert!(
        wrong.is_empty(),
        "{} wrong or unread:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn no_pair_of_lines_is_judged_wrongly() {
    let Some((wrong, _)) = run("stack.jsonl") else {
        return;
    };
    assert!(
        wrong.is_empty(),
        "{} wrong or unread:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
