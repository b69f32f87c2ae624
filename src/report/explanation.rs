//! The steps of one line, explained.

use std::fmt::Write;

use crate::diagnose::{Finding, explain};
use crate::judge::JudgedDerivation;
use crate::meaning::Document;
use crate::source::Source;
use crate::term::Store;

/// The text that explains the steps that begin, or end, on that line; `None` where there is none.
#[must_use]
pub fn explanation(
    source: &Source,
    store: &mut Store,
    document: &Document,
    judged: &[JudgedDerivation],
    findings: &[Vec<Finding>],
    line: u32,
) -> Option<String> {
    let mut text = String::new();
    for ((derivation, judged), findings) in document.derivations.iter().zip(judged).zip(findings) {
        for ((step, judged), finding) in derivation.steps.iter().zip(&judged.steps).zip(findings) {
            let first = source.position(step.span.start).line;
            let last = source.position(step.span.end.saturating_sub(1)).line;
            if !(first..=last).contains(&line) {
                continue;
            }
            let claim = [step.left.as_str(), step.relation, step.right.as_str()].join(" ");
            let verdict = format!("{:?}", judged.verdict).to_lowercase();
            // Writing to a string does not fail.
            let _ = writeln!(text, "{}", claim.trim());
            let _ = writeln!(text, "  {verdict}: {}", finding.reason);
            for line in explain(store, step, judged, finding) {
                let _ = writeln!(text, "    {line}");
            }
        }
    }
    (!text.is_empty()).then_some(text)
}
