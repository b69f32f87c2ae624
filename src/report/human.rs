//! Reports as a compiler prints them.

use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::model::{DerivationReport, Overall, Report, StepReport, StepVerdict};
use crate::source::Source;

/// How much is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The summary alone.
    Summary,
    /// Each derivation's first invalid line, else its first undecided one, and the summary.
    First,
    /// Every step, and what is wrong with each.
    Every,
}

/// Lines longer than this are not shown whole.
const LONG: usize = 2_000;

/// The report as text. `source` is what it reports about.
#[must_use]
pub fn human(report: &Report, source: &Source, detail: Detail, color: bool) -> String {
    let mut out = String::new();
    let renderer = if color {
        Renderer::styled().decor_style(DecorStyle::Unicode)
    } else {
        Renderer::plain()
    };
    if let Some(error) = &report.error {
        let _ = writeln!(out, "{}: {error}", source.name());
        return out;
    }
    if detail != Detail::Summary {
        for derivation in &report.derivations {
            if detail == Detail::Every {
                every(&mut out, source, derivation);
            }
            let wrong = derivation.steps.iter().filter(|step| wrong(step.verdict));
            let shown: Vec<_> = match detail {
                Detail::Every => wrong.collect(),
                _ => first(derivation).into_iter().collect(),
            };
            for step in shown {
                let _ = writeln!(out, "{}\n", snippet(&renderer, source, step));
            }
        }
    }
    let _ = writeln!(out, "{}", summary(report, source));
    out
}

fn wrong(verdict: StepVerdict) -> bool {
    use StepVerdict::{Refuted, Undecided, Unreadable};
    matches!(verdict, Refuted | Unreadable | Undecided)
}

/// The step that decides a derivation's verdict.
fn first(derivation: &DerivationReport) -> Option<&StepReport> {
    derivation
        .steps
        .iter()
        .find(|step| match derivation.verdict {
            Overall::Invalid => {
                matches!(step.verdict, StepVerdict::Refuted | StepVerdict::Unreadable)
            }
            Overall::Undecided => step.verdict == StepVerdict::Undecided,
            _ => false,
        })
}

/// Source text on one line, without signs that would steer a terminal.
fn flat(text: &str) -> String {
    let mut flat = String::new();
    for word in text.split_whitespace() {
        if !flat.is_empty() {
            flat.push(' ');
        }
        flat.extend(word.chars().filter(|c| !c.is_control()));
    }
    shorten(flat)
}

/// Both sides of a step on one line; what has no right side is one text.
pub(super) fn flat_step(left: &str, relation: &str, right: &str) -> String {
    let (left, right) = (flat(left), flat(right));
    if right.is_empty() {
        left
    } else {
        format!("{left} {relation} {right}").trim().to_owned()
    }
}

fn shorten(text: String) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text,
    }
}

fn word(verdict: StepVerdict) -> &'static str {
    match verdict {
        StepVerdict::Proved => "proved",
        StepVerdict::Refuted => "refuted",
        StepVerdict::Undecided => "undecided",
        StepVerdict::Unreadable => "unreadable",
        StepVerdict::Given => "given",
        StepVerdict::Skipped => "skipped",
    }
}

fn every(out: &mut String, source: &Source, derivation: &DerivationReport) {
    let title = flat(&derivation.title);
    let _ = writeln!(out, "{}:{}: {title}", source.name(), derivation.line);
    for step in &derivation.steps {
        let written = flat_step(&step.left, step.relation, &step.right);
        let (line, column, verdict) = (step.line, step.column, word(step.verdict));
        let _ = writeln!(out, "  {line}:{column}  {verdict:<10} {written}");
        if wrong(step.verdict) {
            continue;
        }
        if !step.reason.is_empty() {
            let _ = writeln!(out, "      {}", step.reason);
        }
        for condition in &step.conditions {
            let _ = writeln!(out, "      condition: {condition}");
        }
        for note in &step.notes {
            let _ = writeln!(out, "      note: {note}");
        }
    }
    let _ = writeln!(out);
}

/// The step in its line, with the reason and the counterexample.
fn snippet(renderer: &Renderer, source: &Source, step: &StepReport) -> String {
    let level = match step.verdict {
        StepVerdict::Undecided => Level::WARNING,
        _ => Level::ERROR,
    };
    let level = level.with_name(word(step.verdict));
    let reason = if step.reason.is_empty() {
        flat_step(&step.left, step.relation, &step.right)
    } else {
        step.reason.clone()
    };
    let mut title = level.primary_title(reason);
    if let Some(slip) = &step.diagnosis {
        title = title.id(slip.code.clone());
    }
    let mut group = place(title, source, step);
    if let Some(example) = &step.counterexample {
        let values = example
            .assignment
            .iter()
            .map(|(name, value)| format!("{name} = {value}"))
            .collect::<Vec<_>>()
            .join(", ");
        let sides = format!(
            "the left side is {}, the right side is {}",
            example.left, example.right
        );
        let text = if values.is_empty() {
            sides
        } else {
            format!("at {values}: {sides}")
        };
        let level = Level::NOTE.with_name("counterexample");
        group = group.element(level.message(text));
    }
    if let Some(slip) = &step.diagnosis {
        if slip.message != step.reason {
            group = group.element(Level::NOTE.message(slip.message.clone()));
        }
        if let Some(correction) = &slip.correction {
            group = group.element(Level::HELP.message(format!("right would be: {correction}")));
        }
    }
    for condition in &step.conditions {
        group = group.element(Level::NOTE.message(format!("condition: {condition}")));
    }
    for note in &step.notes {
        group = group.element(Level::NOTE.message(note.clone()));
    }
    renderer.render(&[group])
}

fn place<'a>(
    title: annotate_snippets::Title<'a>,
    source: &'a Source,
    step: &StepReport,
) -> Group<'a> {
    let text = source.text();
    let (from, to) = (step.span.start as usize, step.span.end as usize);
    let start = text
        .get(..from)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |at| at + 1);
    let behind = text.get(to..).and_then(|rest| rest.find('\n'));
    let end = behind.map_or(text.len(), |step| to + step);
    let lines = text.get(start..end).unwrap_or("");
    let whole = lines.lines().all(|line| line.len() <= LONG);
    if !whole || from > to {
        let origin = Origin::path(source.name())
            .line(step.line as usize)
            .char_column(step.column as usize);
        let excerpt = flat_step(&step.left, step.relation, &step.right);
        return Group::with_title(title)
            .element(origin)
            .element(Level::NOTE.message(shorten(excerpt)));
    }
    let lines = lines.trim_end_matches('\r');
    let span = (from - start)..(to - start).min(lines.len());
    title.element(
        Snippet::source(lines)
            .line_start(step.line as usize)
            .path(source.name())
            .annotation(AnnotationKind::Primary.span(span)),
    )
}

/// One line about the whole.
fn summary(report: &Report, source: &Source) -> String {
    let name = source.name();
    let verdict = match report.verdict {
        Overall::Valid => "valid",
        Overall::Invalid => "invalid",
        Overall::Undecided => "undecided",
        Overall::Unreadable => "unreadable",
        Overall::Empty => return format!("{name}: empty: no maths that makes a claim"),
    };
    let counts = &report.counts;
    let counted = [
        (counts.proved, "proved"),
        (counts.refuted, "refuted"),
        (counts.undecided, "undecided"),
        (counts.unreadable, "unreadable"),
        (counts.given, "given"),
        (counts.skipped, "skipped"),
    ];
    let counted: Vec<String> = counted
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let place = report.first_invalid.or(report.first_undecided);
    let first = place.map_or(String::new(), |place| {
        let what = if report.first_invalid.is_some() {
            "invalid"
        } else {
            "undecided"
        };
        format!(
            "; first {what} step at line {}, column {}",
            place.line, place.column
        )
    });
    format!("{name}: {verdict}: {}{first}", counted.join(", "))
}
