//! From verdicts to a report.

use serde_json::Value;

use super::model::{
    Counterexample, Counts, DerivationReport, Diagnosis, Overall, Place, Report, StepReport,
    StepVerdict,
};
use crate::diagnose::Finding;
use crate::judge::{Judged, JudgedDerivation, Verdict};
use crate::meaning::{Document, Step};
use crate::source::Source;

/// The version of the report's form.
const SCHEMA: &str = "hence/1";

/// The report on a document: a verdict and a finding for each step, in the order of its steps.
#[must_use]
pub fn report(
    source: &Source,
    document: &Document,
    judged: &[JudgedDerivation],
    findings: &[Vec<Finding>],
) -> Report {
    let mut derivations = Vec::with_capacity(document.derivations.len());
    for (index, derivation) in document.derivations.iter().enumerate() {
        let judged = judged.get(index).map_or(&[][..], |one| &one.steps);
        let findings = findings.get(index).map_or(&[][..], Vec::as_slice);
        let steps: Vec<StepReport> = derivation
            .steps
            .iter()
            .zip(judged)
            .enumerate()
            .map(|(at, (written, judged))| step(source, written, judged, findings.get(at)))
            .collect();
        derivations.push(DerivationReport {
            title: derivation.title.clone(),
            line: source.position(derivation.span.start).line,
            verdict: overall(steps.iter().map(|step| step.verdict)),
            steps,
        });
    }
    let invalid =
        |step: &StepReport| matches!(step.verdict, StepVerdict::Refuted | StepVerdict::Unreadable);
    let undecided = |step: &StepReport| step.verdict == StepVerdict::Undecided;
    Report {
        schema: SCHEMA,
        id: None,
        file: Some(source.name().to_owned()),
        verdict: overall(all(&derivations).map(|step| step.verdict)),
        first_invalid: first(&derivations, invalid),
        first_undecided: first(&derivations, undecided),
        counts: counts(&derivations),
        derivations,
        error: None,
    }
}

/// The report on what could not be read at all.
#[must_use]
pub fn unreadable(id: Option<Value>, file: Option<String>, error: String) -> Report {
    Report {
        schema: SCHEMA,
        id,
        file,
        verdict: Overall::Unreadable,
        first_invalid: None,
        first_undecided: None,
        counts: Counts::default(),
        derivations: Vec::new(),
        error: Some(error),
    }
}

fn step(source: &Source, step: &Step, judged: &Judged, finding: Option<&Finding>) -> StepReport {
    let start = source.position(step.span.start);
    let end = source.position(step.span.end);
    let finding = finding.cloned().unwrap_or_default();
    let mut notes = step.notes.clone();
    for note in finding.notes {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    StepReport {
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        relation: step.relation,
        left: step.left.clone(),
        right: step.right.clone(),
        verdict: match judged.verdict {
            Verdict::Proved => StepVerdict::Proved,
            Verdict::Refuted => StepVerdict::Refuted,
            Verdict::Undecided => StepVerdict::Undecided,
            Verdict::Unreadable => StepVerdict::Unreadable,
            Verdict::Given => StepVerdict::Given,
            Verdict::Skipped => StepVerdict::Skipped,
        },
        reason: finding.reason,
        conditions: finding.conditions,
        counterexample: finding.counterexample.map(|witness| Counterexample {
            assignment: witness.assignment,
            left: witness.left,
            right: witness.right,
        }),
        diagnosis: finding.diagnosis.map(|slip| Diagnosis {
            code: slip.code,
            message: slip.message,
            correction: slip.correction,
        }),
        certificate: None,
        notes,
        span: step.span,
    }
}

/// The verdict on steps: invalid before undecided before valid; empty where nothing is claimed.
fn overall(verdicts: impl Iterator<Item = StepVerdict>) -> Overall {
    let mut found = Overall::Empty;
    for verdict in verdicts {
        found = match (found, verdict) {
            (_, StepVerdict::Refuted | StepVerdict::Unreadable) => return Overall::Invalid,
            (_, StepVerdict::Undecided) => Overall::Undecided,
            (Overall::Empty, StepVerdict::Proved) => Overall::Valid,
            (before, _) => before,
        };
    }
    found
}

fn all(derivations: &[DerivationReport]) -> impl Iterator<Item = &StepReport> {
    derivations.iter().flat_map(|one| &one.steps)
}

fn first(derivations: &[DerivationReport], is: impl Fn(&StepReport) -> bool) -> Option<Place> {
    derivations
        .iter()
        .enumerate()
        .find_map(|(derivation, one)| {
            let (step, found) = one.steps.iter().enumerate().find(|(_, step)| is(step))?;
            Some(Place {
                derivation,
                step,
                line: found.line,
                column: found.column,
            })
        })
}

fn counts(derivations: &[DerivationReport]) -> Counts {
    let mut counts = Counts::default();
    for step in all(derivations) {
        *match step.verdict {
            StepVerdict::Proved => &mut counts.proved,
            StepVerdict::Refuted => &mut counts.refuted,
            StepVerdict::Undecided => &mut counts.undecided,
            StepVerdict::Unreadable => &mut counts.unreadable,
            StepVerdict::Given => &mut counts.given,
            StepVerdict::Skipped => &mut counts.skipped,
        } += 1;
    }
    counts
}
