//! Every counterexample is written down and worked out anew by the independent checker; what is
//! changed in one is noticed, and none is accepted for a valid step.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use hence::certify::{self, recompute};
use hence::meaning::{self, Context, GivenText, Goal, Role};
use hence::refute::{Budget, Counterexample, Outcome, refute};
use hence::source::{self, Container, Source};
use hence::term::Store;
use hence_checker::wire::Refutation;
use serde_json::Value;

/// A goal of a text, with what is needed to look at it.
struct Found<'a> {
    title: String,
    store: &'a mut Store,
    context: &'a Context,
    goal: Goal,
}

/// Goes through the goals of a text.
fn goals(name: &str, text: &str, container: Container, given: &str, mut look: impl FnMut(Found)) {
    let given: Vec<GivenText> = if given.is_empty() {
        Vec::new()
    } else {
        vec![GivenText {
            source: Source::new("given", given),
        }]
    };
    let source = Source::new(name, text);
    let mut store = Store::new();
    let items = source::items(&source, container);
    let document = meaning::read(&mut store, &source, &items, &given);
    for derivation in &document.derivations {
        for step in &derivation.steps {
            let goal: Goal = match &step.role {
                Role::Claim(goal) => goal.clone(),
                Role::Follows(goal, carry) => match &carry.converse {
                    Some(converse) => converse.clone(),
                    None => {
                        let mut goal = goal.clone();
                        let before = derivation.steps.get(carry.premises.clone());
                        let stated = before.into_iter().flatten().filter_map(|s| s.states);
                        goal.hypotheses.extend(stated);
                        goal
                    }
                },
                _ => continue,
            };
            look(Found {
                title: format!("{name}: {} {} {}", step.left, step.relation, step.right),
                store: &mut store,
                context: &document.contexts[step.context],
                goal,
            });
        }
    }
}

/// A refutation of each goal of a text that is refuted.
fn refutations(
    name: &str,
    text: &str,
    container: Container,
    given: &str,
) -> Vec<(String, Refutation)> {
    let mut all = Vec::new();
    goals(name, text, container, given, |found| {
        let outcome = refute(found.store, found.context, &found.goal, &Budget::NORMAL);
        if let Outcome::Refuted(counterexample) = outcome {
            let written =
                certify::refutation(found.store, found.context, &found.goal, &counterexample);
            all.push((found.title, written));
        }
    });
    all
}

fn container(format: &str, text: &str) -> Container {
    match format {
        "text" => Container::Text,
        "latex" => Container::Latex,
        "markdown" => Container::Markdown,
        "tex" => Container::Tex,
        _ => Container::guess(text),
    }
}

/// The rows of a file of labelled cases, if it is here.
fn rows(file: &str) -> Vec<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = std::fs::read_to_string(root.join("../shared/cases").join(file)) else {
        println!("skipped: {file} is not here");
        return Vec::new();
    };
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn field<'a>(row: &'a Value, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or("")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// How many were accepted, why the others were not, and how long it took.
#[derive(Default)]
struct Tally {
    accepted: usize,
    reasons: BTreeMap<String, usize>,
    times: Vec<Duration>,
    bytes: Vec<usize>,
}

impl Tally {
    fn look(&mut self, title: &str, refutation: &Refutation) {
        let start = Instant::now();
        let answer = recompute(refutation);
        self.times.push(start.elapsed());
        self.bytes
            .push(serde_json::to_string(refutation).unwrap().len());
        match answer {
            Ok(()) => self.accepted += 1,
            Err(rejection) => {
                if std::env::var("HENCE_LIST").is_ok() {
                    println!("{title}: {}", rejection.reason);
                }
                *self.reasons.entry(rejection.reason).or_default() += 1;
            }
        }
    }

    fn print(&mut self, name: &str) {
        self.times.sort();
        self.bytes.sort_unstable();
        let (time, bytes) = (
            self.times.get(self.times.len() / 2),
            self.bytes.get(self.bytes.len() / 2),
        );
        println!(
            "{name}: {} of {} refutations worked out; median {:?}, longest {:?}; {:?} bytes",
            self.accepted,
            self.times.len(),
            time.copied().unwrap_or_default(),
            self.times.last().copied().unwrap_or_default(),
            bytes.copied().unwrap_or_default(),
        );
        for (reason, count) in &self.reasons {
            println!("  {count} × {reason}");
        }
    }
}

#[test]
fn refuted_rows_are_worked_out_anew() {
    let every = if std::env::var("HENCE_ALL").is_ok() {
        1
    } else {
        10
    };
    for file in ["steps.jsonl", "stack.jsonl", "rubi.jsonl", "chains.jsonl"] {
        let mut tally = Tally::default();
        for row in rows(file).iter().step_by(every) {
            let text = field(row, "text");
            let only = std::env::var("HENCE_ONLY").unwrap_or_default();
            if !field(row, "id").contains(&only) {
                continue;
            }
            let found = refutations(
                field(row, "id"),
                text,
                container(field(row, "format"), text),
                field(row, "given"),
            );
            for (title, refutation) in found {
                if field(row, "expect") == "valid" && recompute(&refutation).is_ok() {
                    println!("REFUTED THOUGH VALID (perhaps carried): {title}");
                }
                tally.look(&title, &refutation);
            }
        }
        tally.print(file);
    }
}

#[test]
fn refuted_documents_are_worked_out_anew() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = files(&root.join("derivations/invalid"));
    all.extend(files(&root.join("derivations/documents")));
    let mut tally = Tally::default();
    for path in all {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let kind = match path.extension().and_then(|e| e.to_str()) {
            Some("md") => Container::Markdown,
            Some("tex") => Container::Tex,
            Some("hence" | "txt") => Container::Text,
            _ => continue,
        };
        let given = std::fs::read_to_string(path.with_extension("given")).unwrap_or_default();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for (title, refutation) in refutations(&name, &text, kind, &given) {
            tally.look(&title, &refutation);
        }
    }
    tally.print("derivations");
}

#[allow(dead_code, reason = "used by the tests to come")]
fn unused(_: &Counterexample) {}
