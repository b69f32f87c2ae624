//! The form of reports that other programs rely on.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use hence::source::{Container, Source};
use hence::{Options, check, report};
use serde_json::Value;

const ROW: &[&str] = &[
    "schema",
    "file",
    "verdict",
    "first_invalid",
    "first_undecided",
    "counts",
    "derivations",
];
const COUNTS: &[&str] = &[
    "proved",
    "refuted",
    "undecided",
    "unreadable",
    "given",
    "skipped",
];
const DERIVATION: &[&str] = &["title", "line", "verdict", "steps"];
const STEP: &[&str] = &[
    "line",
    "column",
    "end_line",
    "end_column",
    "relation",
    "left",
    "right",
    "verdict",
    "reason",
    "conditions",
    "counterexample",
    "diagnosis",
    "certificate",
    "notes",
];

fn checked(text: &str) -> Value {
    let source = Source::new("file.md", text);
    let report = check(&source, Container::Markdown, &[], &Options::default());
    serde_json::from_str(&report::json(&report)).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn every_key_is_there_in_its_order() {
    let report = checked("# Title\n\n$$(x+1)^2 = x^2 + 2x + 1 = x^2 + 1$$\n\nthen $y$ is\n");
    assert_eq!(keys(&report), ROW);
    assert_eq!(report["schema"], "hence/1");
    assert_eq!(keys(&report["counts"]), COUNTS);
    for derivation in report["derivations"].as_array().unwrap() {
        assert_eq!(keys(derivation), DERIVATION);
        for step in derivation["steps"].as_array().unwrap() {
            assert_eq!(keys(step), STEP);
        }
    }
}

#[test]
fn a_text_without_maths_is_empty() {
    let report = checked("Only words.\n");
    assert_eq!(report["verdict"], "empty");
    assert_eq!(report["derivations"], Value::Array(Vec::new()));
    assert_eq!(checked("")["verdict"], "empty");
}

#[test]
fn the_schema_in_docs_is_that_of_the_types() {
    let written = include_str!("../docs/report.schema.json");
    let generated = report::schema();
    assert!(
        written == generated,
        "docs/report.schema.json is not what the types say:\n{generated}"
    );
}
