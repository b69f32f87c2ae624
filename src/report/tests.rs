//! How a report looks.

use super::*;
use crate::source::{Source, Span};

fn step(source: &Source, left: &str, right: &str, verdict: StepVerdict) -> StepReport {
    let start = source.text().find(left).unwrap();
    let end = source.text().rfind(right).unwrap() + right.len();
    let span = Span::new(u32::try_from(start).unwrap(), u32::try_from(end).unwrap());
    let (from, to) = (source.position(span.start), source.position(span.end));
    StepReport {
        line: from.line,
        column: from.column,
        end_line: to.line,
        end_column: to.column,
        relation: "=",
        left: left.to_owned(),
        right: right.to_owned(),
        verdict,
        reason: "the two sides differ".to_owned(),
        conditions: Vec::new(),
        counterexample: None,
        diagnosis: None,
        certificate: None,
        notes: Vec::new(),
        span,
    }
}

fn report_of(source: &Source, steps: Vec<StepReport>) -> Report {
    let mut report = unreadable(None, Some(source.name().to_owned()), String::new());
    report.error = None;
    report.verdict = Overall::Invalid;
    report.counts.refuted = steps.len();
    report.first_invalid = steps.first().map(|step| Place {
        derivation: 0,
        step: 0,
        line: step.line,
        column: step.column,
    });
    report.derivations.push(DerivationReport {
        title: "عنوان".to_owned(),
        line: 1,
        verdict: Overall::Invalid,
        steps,
    });
    report
}

#[test]
fn a_wrong_step_is_underlined_behind_persian_words() {
    let source = Source::new("page.md", "# عنوان\n\nپس داریم $\\frac{1}{2} = 2$ و\n");
    let mut wrong = step(&source, "\\frac{1}{2}", "2", StepVerdict::Refuted);
    wrong.counterexample = Some(Counterexample {
        assignment: vec![("x".into(), "1".into()), ("y".into(), "-1/2".into())],
        left: "1/2".into(),
        right: "2".into(),
    });
    wrong.diagnosis = Some(Diagnosis {
        code: "inverted".into(),
        message: "the fraction is upside down".into(),
        correction: Some("\\frac{1}{2}".into()),
    });
    wrong.notes.push("read as a fraction".into());
    let report = report_of(&source, vec![wrong]);
    let expected = "\
refuted[inverted]: the two sides differ
 --> page.md:3:11
  |
3 | پس داریم $\\frac{1}{2} = 2$ و
  |           ^^^^^^^^^^^^^^^
  |
  = counterexample: at x = 1, y = -1/2: the left side is 1/2, the right side is 2
  = note: the fraction is upside down
  = help: right would be: \\frac{1}{2}
  = note: read as a fraction

page.md: invalid: 1 refuted; first invalid step at line 3, column 11
";
    assert_eq!(human(&report, &source, Detail::First, false), expected);
}

#[test]
fn a_step_over_two_lines_is_marked_on_both() {
    let source = Source::new("page.md", "$$\na\r\n = b\n$$\n");
    let report = report_of(
        &source,
        vec![step(&source, "a", "b", StepVerdict::Unreadable)],
    );
    let text = human(&report, &source, Detail::First, false);
    assert!(
        text.starts_with("unreadable: the two sides differ\n --> page.md:2:1\n"),
        "{text}"
    );
    assert!(text.contains("3 | |  = b"), "{text}");
}

#[test]
fn a_line_too_long_to_show_is_named_by_its_place() {
    let source = Source::new("page.md", format!("{} = y\n", "x + ".repeat(10_000)));
    let left = "x + ".repeat(10_000);
    let report = report_of(
        &source,
        vec![step(&source, left.trim_end(), "y", StepVerdict::Refuted)],
    );
    let text = human(&report, &source, Detail::First, false);
    assert!(text.contains("--> page.md:1:1\n"), "{text}");
    assert!(text.len() < 1_000, "{text}");
}

#[test]
fn the_summary_alone_is_one_line() {
    let source = Source::new("page.md", "a = b");
    let report = report_of(&source, vec![step(&source, "a", "b", StepVerdict::Refuted)]);
    let text = human(&report, &source, Detail::Summary, false);
    assert_eq!(text.lines().count(), 1);
    let every = human(&report, &source, Detail::Every, false);
    assert!(every.contains("1:1  refuted    a = b"), "{every}");
}

#[test]
fn an_empty_place_at_the_end_can_be_shown() {
    let source = Source::new("page.md", "a =");
    let mut end = step(&source, "a", "=", StepVerdict::Unreadable);
    end.span = Span::new(3, 3);
    let report = report_of(&source, vec![end]);
    assert!(human(&report, &source, Detail::First, true).contains("unreadable"));
}
