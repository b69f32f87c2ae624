//! The evidence of each derivation as it is written down.

use hence_checker::wire;

use super::model::Report;
use crate::certify::{self, Certificate};
use crate::judge::{Judged, JudgedDerivation, Why};
use crate::meaning::{Context, Document, Step};
use crate::source::Source;
use crate::term::Store;

/// The certificates of the derivations for whose steps there is evidence that the checker accepts;
/// the report is told which belongs to which step.
#[must_use]
pub fn certificates(
    source: &Source,
    store: &Store,
    document: &Document,
    judged: &[JudgedDerivation],
    report: &mut Report,
) -> Vec<Certificate> {
    let nothing = Context::default();
    let mut all = Vec::new();
    for (place, derivation) in document.derivations.iter().enumerate() {
        let judged = judged.get(place).map_or(&[][..], |one| &one.steps);
        let mut steps = Vec::new();
        for (number, (step, judged)) in derivation.steps.iter().zip(judged).enumerate() {
            let context = document.contexts.get(step.context).unwrap_or(&nothing);
            if let Some(evidence) = evidence(store, context, judged) {
                steps.push(written(source, number, step, evidence));
            }
        }
        if steps.is_empty() {
            continue;
        }
        let numbers: Vec<u32> = steps.iter().map(|step| step.step).collect();
        let certificate = certify::certificate(steps);
        for number in numbers {
            let derivation = report.derivations.get_mut(place);
            if let Some(step) = derivation.and_then(|d| d.steps.get_mut(number as usize)) {
                step.certificate = Some(certificate.digest.clone());
            }
        }
        all.push(certificate);
    }
    all
}

/// Why the step is proved or refuted, if the checker agrees.
fn evidence(store: &Store, context: &Context, judged: &Judged) -> Option<wire::Evidence> {
    let goal = judged.goal.as_ref()?;
    match &judged.why {
        Why::Proof(proved) => {
            let proof = certify::proof(store, context, goal, proved);
            let accepted = certify::replay(&proof).is_ok();
            accepted.then_some(wire::Evidence::Proof(proof))
        }
        Why::Counterexample(found) => {
            let refutation = certify::refutation(store, context, goal, found);
            let accepted = certify::recompute(&refutation).is_ok();
            accepted.then_some(wire::Evidence::Refutation(refutation))
        }
        _ => None,
    }
}

fn written(source: &Source, number: usize, step: &Step, evidence: wire::Evidence) -> wire::Step {
    let at = source.position(step.span.start);
    wire::Step {
        step: u32::try_from(number).unwrap_or(u32::MAX),
        line: at.line,
        column: at.column,
        evidence,
    }
}
