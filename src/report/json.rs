//! Reports as JSON.

use schemars::schema_for;

use super::model::Report;

/// The report as one line of JSON.
#[must_use]
pub fn json(report: &Report) -> String {
    // Nothing in a report can fail to be written: its keys are strings.
    serde_json::to_string(report).unwrap_or_default()
}

/// The JSON Schema of reports.
#[must_use]
pub fn schema() -> String {
    let schema = schema_for!(Report);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
