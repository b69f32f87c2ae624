//! Fields of mathematics, true and false lines side by side: the rows of `tests/sums.txt` and
//! `tests/probability.txt`, and the derivations of these fields; each proof gone through by the
//! independent checker.

mod files;

use std::path::Path;

use files::files;
use hence::judge::Options;
use hence::meaning::GivenText;
use hence::report::StepVerdict;
use hence::source::{Container, Source};

/// What is wrong with a row: given | steps, parted by `;;` | verdict of the last step.
fn fault(row: &str) -> Option<String> {
    let parts: Vec<&str> = row.split(" | ").map(str::trim).collect();
    let [given, text, expected] = parts.as_slice() else {
        return Some(format!("no row: {row}"));
    };
    let given = GivenText {
        source: Source::new("given", (*given).to_owned()),
    };
    let text = Source::new("row", text.replace(" ;; ", "\n"));
    let options = Options {
        replay: true,
        ..Options::default()
    };
    let report = hence::check(&text, Container::of("row", text.text()), &[given], &options);
    let Some(step) = report.derivations.iter().flat_map(|d| &d.steps).last() else {
        return Some(format!("no step: {row}"));
    };
    let fine = match *expected {
        "proved" => step.verdict == StepVerdict::Proved,
        "refuted" => step.verdict == StepVerdict::Refuted,
        "not refuted" => step.verdict != StepVerdict::Refuted,
        "not proved" => step.verdict != StepVerdict::Proved,
        "undecided" => step.verdict == StepVerdict::Undecided,
        _ => false,
    };
    (!fine).then(|| {
        format!(
            "{row}: {:?}: {} {:?}",
            step.verdict, step.reason, step.notes
        )
    })
}

/// The rows of a table have their verdicts.
fn rows(table: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(table);
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let rows = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let (mut wrong, mut count) = (Vec::new(), 0);
    for row in rows {
        count += 1;
        wrong.extend(fault(row));
    }
    println!("{table}: {count} rows");
    assert!(count > 0);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every step of the derivations of a field is proved.
fn derivations(field: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("derivations/valid");
    let files = files(&root.join(field));
    assert!(!files.is_empty());
    let options = Options {
        replay: true,
        ..Options::default()
    };
    let (mut wrong, mut steps) = (Vec::new(), 0);
    for path in &files {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let source = Source::new(name.clone(), text);
        let container = Container::of(source.name(), source.text());
        let report = hence::check(&source, container, &[], &options);
        for step in report.derivations.iter().flat_map(|d| &d.steps) {
            match step.verdict {
                StepVerdict::Proved => steps += 1,
                StepVerdict::Given | StepVerdict::Skipped => {}
                other => wrong.push(format!(
                    "{name}: line {}: {other:?}: {} {:?}",
                    step.line, step.reason, step.notes
                )),
            }
        }
    }
    println!("{field}: {steps} steps of {} files", files.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn true_sums_are_proved_and_false_ones_are_not() {
    rows("sums.txt");
}

#[test]
fn every_step_of_the_derivations_of_sums_is_accepted_by_the_checker() {
    derivations("sums");
}

#[test]
fn true_rows_of_probability_are_proved_and_false_ones_are_not() {
    rows("probability.txt");
}

#[test]
fn every_step_of_the_derivations_of_probability_is_accepted_by_the_checker() {
    derivations("probability");
}

#[test]
fn every_step_of_the_derivations_of_matrices_is_accepted_by_the_checker() {
    derivations("matrices");
}

#[test]
fn what_rests_on_a_doubtful_reading_is_not_refuted() {
    rows("doubts.txt");
}
