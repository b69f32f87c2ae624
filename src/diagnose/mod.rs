//! Takes: steps and their verdicts. Gives: the sentences a student reads: the reason, what slip was made, what would be right.
//! Never: changes a verdict.
//! Start reading at: `finding.rs`, then `reason.rs`.

mod chance;
mod counterexample;
mod exchange;
mod explanation;
mod finding;
mod reason;
mod slip;
mod wording;
mod worked_out;

pub use explanation::explain;
pub use finding::{Diagnosis, Finding, Witness};

use crate::judge::{Judged, JudgedDerivation};
use crate::meaning::{Context, Derivation, Document, Step};
use crate::term::{Allowance, Store};

/// What is said about every step of a document, in the order of its derivations and steps.
pub fn find(
    store: &mut Store,
    document: &Document,
    judged: &[JudgedDerivation],
) -> Vec<Vec<Finding>> {
    let nothing = Context::default();
    document
        .derivations
        .iter()
        .zip(judged)
        .map(|(derivation, judged)| {
            let mut findings = Vec::with_capacity(derivation.steps.len());
            for (step, judged) in derivation.steps.iter().zip(&judged.steps) {
                store.meter().begin(Allowance::NORMAL);
                let context = document.contexts.get(step.context).unwrap_or(&nothing);
                findings.push(finding(store, context, derivation, step, judged));
            }
            findings
        })
        .collect()
}

fn finding(
    store: &mut Store,
    context: &Context,
    derivation: &Derivation,
    step: &Step,
    judged: &Judged,
) -> Finding {
    let counterexample = counterexample::witness(store, derivation, step, judged);
    let mut notes = reason::notes(judged);
    let exchanged = exchange::note(store, context, step, judged);
    notes.extend(exchanged.clone());
    Finding {
        reason: reason::reason(store, step, judged, counterexample.as_ref()),
        conditions: conditions(store, judged),
        notes,
        diagnosis: slip::diagnose(
            store,
            context,
            derivation,
            step,
            judged,
            exchanged.as_deref(),
        ),
        counterexample,
    }
}

fn conditions(store: &Store, judged: &Judged) -> Vec<String> {
    let crate::judge::Why::Proof(proved) = &judged.why else {
        return Vec::new();
    };
    proved
        .conditions
        .iter()
        .map(|(condition, narrower)| {
            let text = wording::statement(store, *condition);
            if *narrower {
                format!("narrower: {text}")
            } else {
                text
            }
        })
        .collect()
}
