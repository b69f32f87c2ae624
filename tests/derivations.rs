//! Every file in `derivations/` says what it expects, and gets it.

use std::fs;
use std::path::{Path, PathBuf};

use hence::judge::Options;
use hence::meaning::GivenText;
use hence::report::{Overall, Report, StepReport, StepVerdict};
use hence::source::{Container, Source};

const PROVED: StepVerdict = StepVerdict::Proved;
const REFUTED: StepVerdict = StepVerdict::Refuted;
const UNDECIDED: StepVerdict = StepVerdict::Undecided;
const UNREADABLE: StepVerdict = StepVerdict::Unreadable;
const GIVEN: StepVerdict = StepVerdict::Given;
const SKIPPED: StepVerdict = StepVerdict::Skipped;

/// One step of the homework: its line in the original page, the verdicts that are right, and
/// words that the report must say (each a list of ways to say it).
struct Row(
    u32,
    &'static [StepVerdict],
    &'static [&'static [&'static str]],
);

/// The steps of lines 28–126, in order.
const HOMEWORK: &[Row] = &[
    Row(28, &[REFUTED], &[&["481"]]),
    Row(40, &[GIVEN], &[]),
    Row(40, &[GIVEN], &[]),
    Row(40, &[GIVEN], &[]),
    Row(40, &[GIVEN], &[]),
    Row(40, &[GIVEN], &[]),
    Row(
        42,
        &[GIVEN],
        &[&["y_2 is not defined", "y_2 is defined nowhere"], &["ŷ_2"]],
    ),
    Row(42, &[REFUTED], &[&["y_2"]]),
    Row(42, &[PROVED], &[&["carried forward"]]),
    Row(42, &[UNREADABLE], &[&["statement"]]),
    Row(44, &[REFUTED], &[&["z_1 - z_2", "z_1 − z_2"]]),
    Row(44, &[PROVED], &[&["carried forward"]]),
    Row(44, &[PROVED], &[&["carried forward"]]),
    Row(44, &[PROVED], &[&["carried forward"]]),
    Row(46, &[REFUTED, GIVEN], &[]),
    Row(50, &[REFUTED], &[&["W_3"], &["b_3"]]),
    Row(54, &[GIVEN], &[]),
    Row(72, &[GIVEN], &[]),
    Row(72, &[GIVEN], &[]),
    Row(72, &[GIVEN], &[]),
    Row(72, &[GIVEN], &[]),
    Row(72, &[GIVEN], &[]),
    Row(76, &[PROVED], &[]),
    Row(
        76,
        &[REFUTED],
        &[&["σ'", "σ′"], &["λ w", "λ*w", "λ·w", "w λ"]],
    ),
    Row(78, &[PROVED], &[]),
    Row(82, &[PROVED], &[]),
    Row(82, &[PROVED], &[]),
    Row(82, &[PROVED], &[]),
    Row(82, &[PROVED], &[]),
    Row(84, &[PROVED], &[]),
    Row(86, &[REFUTED], &[&["factor"]]),
    Row(86, &[REFUTED], &[&["factor"]]),
    Row(88, &[PROVED], &[]),
    Row(88, &[REFUTED], &[&["factor"]]),
    Row(92, &[PROVED], &[]),
    Row(92, &[REFUTED], &[&["factor"]]),
    Row(96, &[PROVED], &[]),
    Row(96, &[PROVED], &[]),
    Row(96, &[PROVED], &[]),
    Row(96, &[PROVED], &[]),
    Row(96, &[PROVED], &[]),
    Row(105, &[GIVEN], &[]),
    Row(106, &[GIVEN], &[]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[UNDECIDED, REFUTED], &[]),
    Row(107, &[REFUTED], &[&["0.0925"]]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[UNDECIDED, REFUTED], &[]),
    Row(107, &[REFUTED], &[&["0.0075"]]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[REFUTED], &[&["0.1434"]]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[REFUTED], &[&["0.01485"]]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[GIVEN], &[]),
    Row(107, &[GIVEN], &[]),
    Row(112, &[GIVEN], &[]),
    Row(115, &[GIVEN], &[]),
    Row(118, &[GIVEN], &[]),
    Row(122, &[GIVEN], &[]),
    Row(122, &[GIVEN], &[]),
    Row(125, &[GIVEN], &[]),
];

/// The steps of lines 131–133 of the original page: gradient descent.
const DESCENT: &[Row] = &[
    Row(131, &[GIVEN], &[]),
    Row(131, &[PROVED], &[]),
    Row(
        131,
        &[UNREADABLE],
        &[&["n × 1"], &["n × n"], &["(I − ε 𝐇) 𝐰⁽ᵗ⁾ would fit"]],
    ),
    Row(133, &[REFUTED, UNDECIDED, UNREADABLE], &[]),
];

/// Those of lines 137–157: descent in the eigenbasis.
const EIGENBASIS: &[Row] = &[
    Row(137, &[GIVEN, PROVED], &[]),
    Row(137, &[PROVED], &[]),
    Row(137, &[PROVED], &[]),
    Row(139, &[PROVED], &[&["induction"]]),
    Row(145, &[GIVEN, PROVED], &[]),
    Row(145, &[PROVED], &[]),
    Row(145, &[REFUTED], &[]),
    Row(147, &[REFUTED, UNDECIDED, UNREADABLE], &[]),
    Row(151, &[UNREADABLE], &[&["n × n"], &["1 × n"]]),
    Row(151, &[UNREADABLE], &[&["n × n"], &["1 × n"]]),
    Row(153, &[PROVED], &[]),
    Row(153, &[PROVED], &[]),
    Row(157, &[GIVEN, PROVED, REFUTED, UNDECIDED], &[]),
    Row(157, &[PROVED], &[]),
    // 0 < ε < 1/λ_max: the first sign holds.
    Row(157, &[PROVED], &[]),
    Row(157, &[REFUTED], &[&["the bound is 2/"]]),
];

/// Those of lines 159–167: Newton's method.
const NEWTON: &[Row] = &[
    Row(159, &[GIVEN, PROVED], &[]),
    Row(159, &[PROVED], &[]),
    Row(159, &[REFUTED], &[]),
    Row(163, &[GIVEN], &[]),
    Row(163, &[PROVED], &[]),
    Row(163, &[PROVED], &[]),
    Row(165, &[REFUTED, UNDECIDED, UNREADABLE], &[]),
    Row(165, &[REFUTED, UNDECIDED, UNREADABLE], &[]),
    Row(167, &[PROVED], &[&["induction"]]),
    Row(167, &[REFUTED], &[&["t ≥ 1"]]),
];

/// The tables of the page's matrices: the lines of the original page, and how many lines earlier
/// ours has them.
const MATRICES: [(&[Row], u32, u32, u32); 3] = [
    (DESCENT, 131, 133, 31),
    (EIGENBASIS, 137, 157, 29),
    (NEWTON, 159, 167, 27),
];

/// The steps of lines 175–185 of the original page: noise on the weights.
const NOISE: &[Row] = &[
    Row(175, &[GIVEN], &[]),
    Row(179, &[PROVED], &[]),
    Row(
        179,
        &[REFUTED],
        &[
            &["ε_k x_k)(y_d − Σ_(k=1)^n ω_k x_k) is wrong: it is +"],
            &["ε_k x_k)² lacks the factor 1/2"],
        ],
    ),
    Row(179, &[GIVEN], &[]),
    Row(
        181,
        &[REFUTED],
        &[
            &["k_1 is bound by no sum, and the sum over k has no k in it"],
            &["k is meant for k_1"],
            &["law of ε depends on ω"],
        ],
    ),
    Row(181, &[PROVED], &[]),
    Row(
        183,
        &[REFUTED],
        &[
            &["k_1 is bound by no sum, and the sum over k has no k in it"],
            &["with k for k_1 it would be right"],
        ],
    ),
    Row(183, &[REFUTED], &[&["lacks the factor x_k²"]]),
    Row(183, &[PROVED], &[]),
    Row(183, &[PROVED], &[]),
    Row(185, &[PROVED], &[&["carried forward"]]),
];

/// Our own page has these lines so much earlier.
const EARLIER: u32 = 25;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("derivations")
}

fn source(path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    Source::new(path.file_name().unwrap_or_default().to_string_lossy(), text)
}

fn check(path: &Path) -> (Source, Report) {
    let text = source(path);
    let given = path.with_extension("given");
    let given: Vec<GivenText> = if given.is_file() {
        vec![GivenText {
            source: source(&given),
        }]
    } else {
        Vec::new()
    };
    let container = Container::of(text.name(), text.text());
    let report = hence::check(&text, container, &given, &Options::default());
    (text, report)
}

/// Everything that the report says about a step.
fn said(step: &StepReport) -> String {
    let mut words = vec![step.reason.clone()];
    words.extend(step.notes.iter().cloned());
    words.extend(step.conditions.iter().cloned());
    if let Some(diagnosis) = &step.diagnosis {
        words.push(diagnosis.message.clone());
        words.extend(diagnosis.correction.clone());
    }
    words.join(" | ")
}

/// Compares the claims of a page with the rows of the homework, in order; skipped maths between
/// them does not count.
fn compare_with_rows(
    rows: &[Row],
    path: &Path,
    lines: Option<std::ops::RangeInclusive<u32>>,
    earlier: u32,
) -> Vec<String> {
    let (_, report) = check(path);
    let steps: Vec<_> = report
        .derivations
        .iter()
        .flat_map(|d| &d.steps)
        .filter(|s| s.verdict != SKIPPED)
        .filter(|s| lines.as_ref().is_none_or(|l| l.contains(&s.line)))
        .collect();
    let mut wrong = Vec::new();
    for (row, step) in rows.iter().zip(&steps) {
        let Row(line, verdicts, content) = row;
        let said = said(step);
        let place = format!(
            "line {} (original {line}): {} {} {}",
            step.line, step.left, step.relation, step.right
        );
        if lines.is_some() && step.line + earlier != *line {
            wrong.push(format!("{place}: expected a step of line {line}"));
        }
        if !verdicts.contains(&step.verdict) {
            wrong.push(format!(
                "{place}: {:?} where {verdicts:?} is right ({said})",
                step.verdict
            ));
            continue;
        }
        for ways in *content {
            if !ways.iter().any(|way| said.contains(way)) {
                wrong.push(format!("{place}: none of {ways:?} in {said:?}"));
            }
        }
    }
    if steps.len() < rows.len() {
        wrong.push(format!(
            "{} steps where {} are written",
            steps.len(),
            rows.len()
        ));
    }
    wrong
}

#[test]
fn the_homework_gets_the_verdict_and_the_reason_of_every_row() {
    let wrong = compare_with_rows(HOMEWORK, &folder().join("documents/homework.md"), None, 0);
    assert!(
        wrong.is_empty(),
        "{} rows:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn noise_on_the_weights_gets_the_verdict_and_the_reason_of_every_row() {
    let lines = 175 - EARLIER..=185 - EARLIER;
    let page = folder().join("documents/homework.md");
    let wrong = compare_with_rows(NOISE, &page, Some(lines), EARLIER);
    assert!(
        wrong.is_empty(),
        "{} rows:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn vectors_and_matrices_of_the_page_get_the_verdict_and_the_reason_of_every_row() {
    let page = folder().join("documents/homework.md");
    let mut wrong = Vec::new();
    for (rows, first, last, earlier) in MATRICES {
        let lines = first - earlier..=last - earlier;
        wrong.extend(compare_with_rows(rows, &page, Some(lines), earlier));
    }
    assert!(
        wrong.is_empty(),
        "{} rows:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_original_page_gets_the_same_verdicts_where_it_can_be_found() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/homework/homework.md");
    if !path.is_file() {
        println!("skipped: the original page is not here");
        return;
    }
    let mut wrong = compare_with_rows(HOMEWORK, &path, Some(28..=125), 0);
    wrong.extend(compare_with_rows(NOISE, &path, Some(175..=185), 0));
    let mut count = HOMEWORK.len() + NOISE.len();
    for (rows, first, last, _) in MATRICES {
        wrong.extend(compare_with_rows(rows, &path, Some(first..=last), 0));
        count += rows.len();
    }
    println!("{count} rows compared");
    assert!(
        wrong.is_empty(),
        "{} rows:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_corrected_page_is_proved_with_as_many_signs() {
    let (_, wrong_page) = check(&folder().join("documents/homework.md"));
    let (_, right_page) = check(&folder().join("documents/homework-corrected.md"));
    let rest = 131 - 31..=185 - EARLIER;
    let claims = |report: &Report| -> Vec<(StepVerdict, String, String)> {
        let all = report.derivations.iter().flat_map(|d| &d.steps);
        let said = all.filter(|s| s.verdict != SKIPPED);
        said.enumerate()
            .filter(|(place, s)| *place < HOMEWORK.len() || rest.contains(&s.line))
            .map(|(_, s)| {
                (
                    s.verdict,
                    format!("{} {} {}", s.left, s.relation, s.right),
                    s.reason.clone(),
                )
            })
            .collect()
    };
    let (wrong_page, right_page) = (claims(&wrong_page), claims(&right_page));
    assert_eq!(right_page.len(), wrong_page.len(), "as many steps");
    let mut bad = Vec::new();
    for ((before, _, _), (after, text, reason)) in wrong_page.iter().zip(&right_page) {
        let fine = if *before == GIVEN {
            [GIVEN, PROVED].contains(after)
        } else {
            *after == PROVED
        };
        if !fine {
            bad.push(format!("{text}: {after:?} (was {before:?}): {reason}"));
        }
    }
    assert!(bad.is_empty(), "{} steps:\n{}", bad.len(), bad.join("\n"));
}

/// Files below a folder of `derivations/`, sorted.
fn files(kind: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path
                .extension()
                .is_some_and(|e| e == "md" || e == "hence" || e == "tex")
            {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&folder().join(kind), &mut found);
    found.sort();
    found
}

#[test]
fn every_valid_derivation_is_valid() {
    let mut wrong = Vec::new();
    let files = files("valid");
    for path in &files {
        let (_, report) = check(path);
        if report.verdict != Overall::Valid {
            let steps: Vec<String> = report
                .derivations
                .iter()
                .flat_map(|d| &d.steps)
                .filter(|s| ![PROVED, GIVEN, SKIPPED].contains(&s.verdict))
                .map(|s| {
                    format!(
                        "  line {}: {} {} {}: {:?} ({})",
                        s.line, s.left, s.relation, s.right, s.verdict, s.reason
                    )
                })
                .collect();
            wrong.push(format!(
                "{}: {:?}\n{}",
                path.display(),
                report.verdict,
                steps.join("\n")
            ));
        }
    }
    println!("{} files", files.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An invalid derivation carries `<!-- refuted: words -->` (or `unreadable`) on its guilty line.
#[test]
fn every_invalid_derivation_is_invalid_at_its_marked_line() {
    let mut wrong = Vec::new();
    let files = files("invalid");
    for path in &files {
        let (text, report) = check(path);
        let marked = text.text().lines().enumerate().find_map(|(i, line)| {
            let (_, mark) = line.split_once("<!-- ")?;
            let (verdict, words) = mark.trim_end_matches(" -->").split_once(": ")?;
            let verdict = match verdict {
                "refuted" => REFUTED,
                "unreadable" => UNREADABLE,
                // A comment that is context.
                _ => return None,
            };
            Some((i + 1, verdict, words.trim().to_owned()))
        });
        let Some((line, verdict, words)) = marked else {
            wrong.push(format!("{}: no mark", path.display()));
            continue;
        };
        let first = report
            .derivations
            .iter()
            .flat_map(|d| &d.steps)
            .find(|s| s.verdict == REFUTED || s.verdict == UNREADABLE);
        match first {
            Some(step)
                if step.end_line as usize == line
                    && step.verdict == verdict
                    && said(step).contains(&words) => {}
            Some(step) => wrong.push(format!(
                "{}: line {}: {:?} ({})",
                path.display(),
                step.line,
                step.verdict,
                said(step)
            )),
            None => wrong.push(format!("{}: nothing invalid found", path.display())),
        }
    }
    println!("{} files", files.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_undecided_derivation_is_undecided() {
    let files = files("undecided");
    for path in &files {
        let (_, report) = check(path);
        assert_eq!(report.verdict, Overall::Undecided, "{}", path.display());
    }
    println!("{} files", files.len());
}
