//! Expectation and probability, true and false side by side: the rows of `tests/probability.txt`, each proof
//! gone through by the independent checker.

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
        "not proved" => step.verdict != StepVerdict::Proved,
        _ => false,
    };
    (!fine).then(|| {
        format!(
            "{row}: {:?}: {} {:?}",
            step.verdict, step.reason, step.notes
        )
    })
}

#[test]
fn true_rows_are_proved_and_false_ones_are_not() {
    let rows = std::env::var("HENCE_ROWS").ok();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/probability.txt");
    let text = std::fs::read_to_string(rows.as_deref().unwrap_or(path)).unwrap_or_default();
    let rows = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let (mut wrong, mut count) = (Vec::new(), 0);
    for row in rows {
        count += 1;
        wrong.extend(fault(row));
    }
    println!("{count} rows");
    assert!(count > 0);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_step_of_the_derivations_of_probability_is_accepted_by_the_checker() {
    let folder = std::env::var("HENCE_DERIVATIONS").unwrap_or_else(|_| {
        concat!(env!("CARGO_MANIFEST_DIR"), "/derivations/valid/probability").to_owned()
    });
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.sort();
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
    println!("{steps} steps of {} files", files.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
