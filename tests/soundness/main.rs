//! An attack on the verdicts: what is false is never proved, what is true is never refuted. Truth
//! is known beside the program: from tables, from how a line was made, or from the values that
//! this test works out itself from what is written.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails"
)]

#[path = "../files/mod.rs"]
mod files;

mod claims;
mod contexts;
mod dice;
mod equations;
mod float;
mod identities;
mod matrices;
mod pairs;
mod rows;
mod slips;
mod traps;

use hence::judge::Options;
use hence::meaning::GivenText;
use hence::report::{Report, StepVerdict};
use hence::source::{Container, Source};

/// The report of a text.
fn report(given: &str, text: &str, container: Container) -> Report {
    let given: Vec<GivenText> = if given.is_empty() {
        Vec::new()
    } else {
        vec![GivenText {
            source: Source::new("given", given),
        }]
    };
    let source = Source::new("attack", text);
    hence::check(&source, container, &given, &Options::default())
}

/// The verdict of a text's last line.
fn last(given: &str, text: &str) -> StepVerdict {
    let report = report(given, text, Container::of("attack.hence", text));
    let mut steps = report.derivations.iter().flat_map(|d| &d.steps);
    steps
        .next_back()
        .map_or(StepVerdict::Skipped, |step| step.verdict)
}

/// What becomes of a text: its last line, or the line of it that is not valid.
fn outcome(given: &str, text: &str) -> StepVerdict {
    let report = report(given, text, Container::of("attack.hence", text));
    let steps = report.derivations.iter().flat_map(|d| &d.steps);
    let all: Vec<StepVerdict> = steps.map(|step| step.verdict).collect();
    let bad = [StepVerdict::Refuted, StepVerdict::Unreadable];
    let wrong = all.iter().find(|verdict| bad.contains(verdict));
    let open = all.iter().find(|v| **v == StepVerdict::Undecided);
    let found = wrong.or(open).or(all.last());
    found.copied().unwrap_or(StepVerdict::Skipped)
}

/// Whether the long form is asked for.
fn long() -> bool {
    std::env::var("HENCE_LONG").is_ok_and(|long| long == "1")
}

/// What is expected of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Is {
    /// Not valid: never proved.
    False,
    /// Valid: never refuted.
    True,
}

/// Goes through a table of context, text and what its last line is.
fn hold(what: &str, rows: &[(&str, &str, Is)]) {
    let (mut wrong, mut open) = (Vec::new(), Vec::new());
    let (mut refuted, mut proved, mut falsehoods) = (0, 0, 0);
    let unclear = [StepVerdict::Skipped, StepVerdict::Given];
    for (given, text, is) in rows {
        let verdict = outcome(given, text);
        falsehoods += usize::from(*is == Is::False);
        match (is, verdict) {
            (_, verdict) if unclear.contains(&verdict) => {
                wrong.push(format!("{verdict:?}: [{given}] {text}"));
            }
            (Is::False, StepVerdict::Proved) => wrong.push(format!("proved: [{given}] {text}")),
            (Is::True, StepVerdict::Refuted | StepVerdict::Unreadable) => {
                wrong.push(format!("{verdict:?}: [{given}] {text}"));
            }
            (Is::False, StepVerdict::Refuted) => refuted += 1,
            (Is::True, StepVerdict::Proved) => proved += 1,
            _ => open.push(format!("{is:?}, {verdict:?}: [{given}] {text}")),
        }
    }
    println!(
        "{what}: {falsehoods} false lines ({refuted} refuted), {} true lines ({proved} proved)",
        rows.len() - falsehoods
    );
    for line in open {
        println!("  {}", line.replace('\n', " / "));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
