//! Identities about vectors and matrices with their slips, the rows of `tests/matrices.txt`: no true one
//! is refuted and no false one proved, each proof gone through by the independent checker; and as many are
//! decided as were when the numbers below were written down. `HENCE_ROWS=1` with `--nocapture`
//! prints those that are not.

use std::path::Path;

use hence::judge::Options;
use hence::meaning::GivenText;
use hence::report::StepVerdict;
use hence::source::{Container, Source};

/// True rows that were proved.
const PROVED: usize = 401;

/// False rows that were refuted or unreadable.
const REFUTED: usize = 403;

/// The verdict on a row: that of its last step, with what is said of it.
fn verdict(given: &str, row: &str) -> (Option<StepVerdict>, String) {
    let given = GivenText {
        source: Source::new("given", given.to_owned()),
    };
    let text = Source::new("row", row.to_owned());
    let options = Options {
        replay: true,
        ..Options::default()
    };
    let report = hence::check(&text, Container::of("row", row), &[given], &options);
    match report.derivations.iter().flat_map(|d| &d.steps).last() {
        Some(step) => (
            Some(step.verdict),
            format!("{} {:?}", step.reason, step.notes),
        ),
        None => (None, "no step".to_owned()),
    }
}

#[test]
fn true_identities_of_matrices_are_proved_and_their_slips_are_refuted() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/matrices.txt");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let show = std::env::var_os("HENCE_ROWS").is_some();
    let (mut truths, mut slips, mut proved, mut refuted, mut unreadable) = (0, 0, 0, 0, 0);
    let mut wrong = Vec::new();
    let mut given = "";
    for line in text.lines() {
        let Some((kind, row)) = line.split_once(' ') else {
            continue;
        };
        let row = row.trim();
        match kind {
            "given" => given = row,
            "true" => {
                truths += 1;
                let (verdict, said) = verdict(given, row);
                match verdict {
                    Some(StepVerdict::Proved) => proved += 1,
                    Some(StepVerdict::Refuted) => {
                        wrong.push(format!("refuted: {row} [{given}]: {said}"));
                    }
                    Some(StepVerdict::Unreadable) | None => unreadable += 1,
                    _ => {}
                }
                if show && verdict != Some(StepVerdict::Proved) {
                    println!("true, {verdict:?}: {row} [{given}]: {said}");
                }
            }
            "false" => {
                slips += 1;
                let (verdict, said) = verdict(given, row);
                match verdict {
                    Some(StepVerdict::Proved) => {
                        wrong.push(format!("proved: {row} [{given}]: {said}"));
                    }
                    Some(StepVerdict::Refuted | StepVerdict::Unreadable) => refuted += 1,
                    _ => {}
                }
                if show
                    && !matches!(
                        verdict,
                        Some(StepVerdict::Refuted | StepVerdict::Unreadable)
                    )
                {
                    println!("false, {verdict:?}: {row} [{given}]: {said}");
                }
            }
            _ => {}
        }
    }
    println!(
        "{truths} true: {proved} proved, {unreadable} unreadable; {slips} false: {refuted} refuted"
    );
    assert!(truths >= 120 && slips >= 120);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(proved >= PROVED, "{proved} proved, {PROVED} before");
    assert!(refuted >= REFUTED, "{refuted} refuted, {REFUTED} before");
}
