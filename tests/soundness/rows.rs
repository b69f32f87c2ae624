//! Slips in the valid derivations of the house and in labelled rows: what they make false is not
//! proved, what they leave true is not refuted.

use std::collections::BTreeMap;
use std::path::Path;

use hence::report::Overall;
use hence::source::Container;
use serde_json::Value;

use crate::claims::Text;
use crate::dice::Dice;
use crate::files::files;
use crate::float::{Truth, function};
use crate::slips::{Slip, slips};
use crate::{long, report};

/// What came of some texts.
#[derive(Debug, Default)]
struct Count {
    texts: usize,
    understood: usize,
    mutants: usize,
    by_kind: BTreeMap<&'static str, usize>,
    refuted: usize,
    harmless: usize,
    wrong: Vec<String>,
}

impl Count {
    /// Looks at a valid text and at slips in it.
    fn look(
        &mut self,
        dice: &mut Dice,
        given: &str,
        text: &str,
        container: Container,
        most: usize,
    ) {
        self.texts += 1;
        let Some(read) = Text::read(given, text, container) else {
            return;
        };
        if read.truth() != Truth::Holds {
            return;
        }
        self.understood += 1;
        let base = report(given, text, container);
        if base.verdict == Overall::Invalid {
            self.wrong
                .push(format!("refuted, but true: [{given}] {text}"));
        }
        if !given.is_empty()
            && Text::read("", text, container).map(|t| t.truth()) == Some(Truth::Fails)
        {
            self.mutant("lost condition", "", text, container, base.counts.proved);
        }
        let mut all = Vec::new();
        for (fragment, tree) in &read.formulas {
            let mut found = Vec::new();
            let letters = names(tree);
            slips(tree, &fragment.text, &letters, false, &mut found);
            all.extend(found.into_iter().map(|slip| Slip {
                place: fragment.span(slip.place),
                ..slip
            }));
        }
        for _ in 0..most {
            if all.is_empty() {
                break;
            }
            let slip = all.swap_remove(dice.roll(all.len()));
            let (start, end) = (slip.place.start as usize, slip.place.end as usize);
            let (Some(head), Some(tail)) = (text.get(..start), text.get(end..)) else {
                continue;
            };
            let mutant = format!("{head}{}{tail}", slip.text);
            let Some(read) = Text::read(given, &mutant, container) else {
                continue;
            };
            match read.truth() {
                Truth::Fails => {
                    self.mutant(slip.kind, given, &mutant, container, base.counts.proved);
                }
                Truth::Holds if read.is_sure() => {
                    self.harmless += 1;
                    if report(given, &mutant, container).verdict == Overall::Invalid {
                        let kind = slip.kind;
                        self.wrong
                            .push(format!("refuted, but true ({kind}): [{given}] {mutant}"));
                    }
                }
                _ => {}
            }
        }
    }

    /// Looks at a text that is false.
    fn mutant(
        &mut self,
        kind: &'static str,
        given: &str,
        text: &str,
        container: Container,
        proved: usize,
    ) {
        self.mutants += 1;
        *self.by_kind.entry(kind).or_default() += 1;
        let report = report(given, text, container);
        self.refuted += usize::from(report.verdict == Overall::Invalid);
        if report.verdict == Overall::Valid && report.counts.proved >= proved.max(1) {
            self.wrong
                .push(format!("proved, but false ({kind}): [{given}] {text}"));
        }
    }

    fn conclude(self, what: &str) {
        println!(
            "{what}: {} texts, {} understood, {} mutants ({} refuted), {} harmless slips, {:?}",
            self.texts, self.understood, self.mutants, self.refuted, self.harmless, self.by_kind
        );
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
    }
}

fn names(tree: &hence::syntax::Tree) -> Vec<String> {
    let mut found = BTreeMap::new();
    if function(tree).is_none() {
        crate::float::letters(tree, false, &mut found);
    }
    let constants = ["e", "π", "C", "d"];
    found
        .into_keys()
        .filter(|name| !constants.contains(&name.as_str()))
        .collect()
}

#[test]
fn no_slip_in_a_valid_derivation_is_proved() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("derivations/valid");
    let (mut count, mut dice) = (Count::default(), Dice(41));
    for path in files(&root) {
        let text = std::fs::read_to_string(&path).unwrap();
        let container = Container::of(&path.to_string_lossy(), &text);
        count.look(
            &mut dice,
            "",
            &text,
            container,
            if long() { 1000 } else { 6 },
        );
    }
    count.conclude("derivations");
}

fn rows(file: &str, seed: u64, ordinary: usize, most: usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/cases")
        .join(file);
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: {file} is not here");
        return;
    };
    let (mut count, mut dice) = (Count::default(), Dice(seed));
    let valid: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|row: &Value| row.get("expect").and_then(Value::as_str) == Some("valid"))
        .collect();
    let every = if long() {
        1
    } else {
        (valid.len() / ordinary).max(1)
    };
    for row in valid.iter().step_by(every) {
        let get = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or("");
        let container = match get("format") {
            "text" => Container::Text,
            "latex" => Container::Latex,
            "markdown" => Container::Markdown,
            _ => Container::guess(get("text")),
        };
        count.look(
            &mut dice,
            get("given"),
            get("text"),
            container,
            if long() { 1000 } else { most },
        );
    }
    count.conclude(&format!("{file} ({} valid rows)", valid.len()));
}

#[test]
fn no_slip_in_a_step_is_proved() {
    rows("steps.jsonl", 42, 130, 3);
}

#[test]
fn no_slip_in_an_antiderivative_is_proved() {
    rows("rubi.jsonl", 43, 40, 2);
}

#[test]
fn no_slip_in_an_equivalence_is_proved() {
    rows("stack.jsonl", 44, 190, 2);
}
