//! The judge believes a proof when the independent checker has gone through it. Turning that off
//! changes no verdict: what we prove, the checker accepts.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod files;

use std::fs;
use std::path::Path;

use files::files;
use hence::meaning::GivenText;
use hence::report::StepVerdict;
use hence::source::{Container, Source};
use hence::{Options, check};
use serde_json::Value;

/// The verdicts on a text, one for each step, with the checker and without.
fn verdicts(text: &str, container: Container, given: &str, replay: bool) -> Vec<StepVerdict> {
    let given: Vec<GivenText> = match given {
        "" => Vec::new(),
        given => vec![GivenText {
            source: Source::new("given", given),
        }],
    };
    let options = Options {
        replay,
        ..Options::default()
    };
    let report = check(&Source::new("text", text), container, &given, &options);
    let steps = report.derivations.iter().flat_map(|d| &d.steps);
    steps.map(|step| step.verdict).collect()
}

/// How many steps there are, which change their verdict, and which are decided by the checker's
/// doing.
#[derive(Default)]
struct Changes {
    steps: usize,
    changed: Vec<String>,
    decided: Vec<String>,
}

impl Changes {
    fn look(&mut self, name: &str, text: &str, container: Container, given: &str) {
        let with = verdicts(text, container, given, true);
        let without = verdicts(text, container, given, false);
        assert_eq!(with.len(), without.len(), "{name}");
        self.steps += with.len();
        for (place, (with, without)) in with.iter().zip(&without).enumerate() {
            if with != without {
                let what = format!("{name}, step {place}: {without:?} is {with:?}");
                if matches!(with, StepVerdict::Proved | StepVerdict::Refuted) {
                    self.decided.push(what.clone());
                }
                self.changed.push(what);
            }
        }
    }
}

#[test]
fn derivations_have_the_same_verdicts_without_the_checker() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("derivations");
    let mut changes = Changes::default();
    for path in files(&root) {
        if path.extension().is_some_and(|e| e == "given") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let given = fs::read_to_string(path.with_extension("given")).unwrap_or_default();
        let name = path.display().to_string();
        changes.look(&name, &text, Container::of(&name, &text), &given);
    }
    println!("{} steps, {} changed", changes.steps, changes.changed.len());
    assert!(changes.changed.is_empty(), "{:#?}", changes.changed);
}

#[test]
fn labelled_rows_have_the_same_verdicts_without_the_checker() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases");
    for file in ["steps.jsonl", "stack.jsonl", "rubi.jsonl", "chains.jsonl"] {
        let Ok(text) = fs::read_to_string(root.join(file)) else {
            println!("skipped: {file} is not here");
            continue;
        };
        let mut changes = Changes::default();
        for line in text.lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            let get = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or("");
            let container = match get("format") {
                "latex" => Container::Latex,
                "markdown" => Container::Markdown,
                "tex" => Container::Tex,
                _ => Container::guess(get("text")),
            };
            changes.look(get("id"), get("text"), container, get("given"));
        }
        println!(
            "{file}: {} steps, {} changed",
            changes.steps,
            changes.changed.len()
        );
        // Displays torn out of documents hold much that the checker does not read yet; there a
        // proof may be lost, never anything else.
        if file == "chains.jsonl" {
            for change in &changes.changed {
                println!("  {change}");
            }
            assert!(changes.decided.is_empty(), "{:#?}", changes.decided);
        } else {
            assert!(changes.changed.is_empty(), "{file}: {:#?}", changes.changed);
        }
    }
}
