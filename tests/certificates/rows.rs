//! The labelled rows: what is proved of the valid ones is accepted, nothing that says the invalid ones is.

use std::collections::BTreeSet;
use std::path::Path;

use hence::certify::verify;
use hence::source::Container;
use serde_json::Value;

use super::mutants::rejected;
use super::{certificates, print, proofs, rates};

#[test]
fn labelled_rows_are_certified() {
    for file in ["steps.jsonl", "chains.jsonl", "stack.jsonl", "rubi.jsonl"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../shared/cases")
            .join(file);
        let Ok(text) = std::fs::read_to_string(&path) else {
            println!("skipped: {file} is not here");
            continue;
        };
        let mut all = Vec::new();
        let (mut valid, mut wrong) = (0, 0);
        // All rows where that is asked for; a sample otherwise.
        let every = if std::env::var("HENCE_ALL").is_ok() {
            1
        } else {
            25
        };
        for line in text.lines().step_by(every) {
            let row: Value = serde_json::from_str(line).unwrap();
            let get = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or("");
            let container = match get("format") {
                "text" => Container::Text,
                "latex" => Container::Latex,
                "markdown" => Container::Markdown,
                "tex" => Container::Tex,
                _ => Container::guess(get("text")),
            };
            let found = proofs(get("id"), get("text"), container, get("given"));
            if get("expect") == "valid" {
                valid += 1;
                all.extend(found);
            } else if get("expect") == "invalid" && found.len() == 1 {
                // The only step of an invalid row has no certificate that is accepted.
                let accepted = found.iter().any(|(_, certificate)| {
                    certificate
                        .as_ref()
                        .is_some_and(|c| verify(&c.json).is_ok())
                });
                if accepted {
                    println!("ACCEPTED THOUGH INVALID: {line}");
                    wrong += 1;
                }
            }
        }
        let list = std::env::var("HENCE_LIST").is_ok();
        let found = rates(&all, list);
        print(&format!("{file} ({valid} valid rows)"), &found);
        assert_eq!(wrong, 0);
    }
}

#[test]
fn no_invalid_step_has_a_certificate_whatever_is_written_in_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut forgeries, mut wrong, mut right) = (0, Vec::new(), 0);
    for file in ["steps.jsonl", "stack.jsonl", "rubi.jsonl"] {
        let Ok(text) = std::fs::read_to_string(root.join("../shared/cases").join(file)) else {
            println!("skipped: {file} is not here");
            continue;
        };
        let every = if std::env::var("HENCE_ALL").is_ok() {
            1
        } else {
            10
        };
        for line in text.lines().step_by(every) {
            let row: Value = serde_json::from_str(line).unwrap();
            let get = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or("");
            let container = match get("format") {
                "text" => Container::Text,
                "latex" => Container::Latex,
                "markdown" => Container::Markdown,
                "tex" => Container::Tex,
                _ => Container::guess(get("text")),
            };
            let all = certificates(get("id"), get("text"), container, get("given"), true);
            let steps: BTreeSet<&String> = all.iter().map(|(t, _)| t).collect();
            let single = steps.len() == 1;
            for (title, certificate) in &all {
                let accepted = !rejected(&certificate.as_ref().unwrap().json);
                if get("expect") == "invalid" && single {
                    forgeries += 1;
                    if accepted {
                        wrong.push(format!("{file}: {title}"));
                    }
                } else if get("expect") == "valid" {
                    right += usize::from(accepted);
                }
            }
        }
    }
    println!(
        "{forgeries} forgeries, {} accepted; {right} of valid steps",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
}
