//! Each rule is used by a proof of a true line, or it goes.

use std::collections::BTreeSet;
use std::path::Path;

use hence::judge::{self, Options, Verdict, Why};
use hence::meaning::{self, GivenText};
use hence::prove::table;
use hence::source::{self, Container, Source};
use hence::term::{Proof, Reason, Store, Trace};

use crate::files::files;
use crate::lines::{LINES, WITHOUT_RULE};

/// Rules that no pattern can say; they stand in `calculus.rules` and `sums.rules` as words.
const WITHOUT_PATTERN: [&str; 11] = [
    "probability.equation-at-an-outcome",
    "probability.indicator",
    "calculus.unknown-function",
    "calculus.fundamental-theorem",
    "calculus.limit",
    "sums.reindex",
    "sums.partition",
    "sums.log-of-product",
    "sums.power-series",
    "sums.telescoping",
    "sums.binomial-moments",
];

fn in_trace(trace: &Trace, names: &mut BTreeSet<String>) {
    for link in &trace.links {
        match &link.reason {
            Reason::Rule {
                name, conditions, ..
            } => {
                names.insert(name.clone());
                for condition in conditions.iter().flatten() {
                    in_proof(condition, names);
                }
            }
            Reason::Congruence { parts, .. } => {
                parts.iter().for_each(|(_, part)| in_trace(part, names));
            }
            Reason::Ring | Reason::Evaluate | Reason::Hypothesis(..) => {}
        }
    }
}

fn in_proof(proof: &Proof, names: &mut BTreeSet<String>) {
    match proof {
        Proof::Equality(trace) => in_trace(trace, names),
        Proof::Decision { uses, .. } => uses.iter().for_each(|part| in_proof(part, names)),
    }
}

/// The rules that the proofs of a text use, and the lines of it that are not proved.
fn rules_of(text: &str, container: Container, given: &str) -> (BTreeSet<String>, Vec<String>) {
    let given: Vec<GivenText> = if given.is_empty() {
        Vec::new()
    } else {
        vec![GivenText {
            source: Source::new("given", given),
        }]
    };
    let source = Source::new("text", text);
    let mut store = Store::new();
    let items = source::items(&source, container);
    let document = meaning::read(&mut store, &source, &items, &given);
    let judged = judge::judge(&mut store, &document, &Options::default());
    let (mut names, mut open) = (BTreeSet::new(), Vec::new());
    for (derivation, verdicts) in document.derivations.iter().zip(&judged) {
        for (step, judged) in derivation.steps.iter().zip(&verdicts.steps) {
            if let Why::Proof(proved) = &judged.why {
                in_proof(&proved.proof, &mut names);
            }
            let good = matches!(
                judged.verdict,
                Verdict::Proved | Verdict::Given | Verdict::Skipped
            );
            if !good {
                let line = format!("{} {} {}", step.left, step.relation, step.right);
                open.push(format!("{line}: {:?}", judged.verdict));
            }
        }
    }
    (names, open)
}

#[test]
fn every_rule_is_used_by_the_proof_of_its_line() {
    let mut wrong = Vec::new();
    for (rule, given, text) in LINES {
        let (names, open) = rules_of(text, Container::Text, given);
        if !open.is_empty() {
            wrong.push(format!("{rule}: {}", open.join(", ")));
        } else if !names.contains(*rule) {
            wrong.push(format!("{rule}: {text} is proved by {names:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_line_or_is_used_in_a_derivation() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("derivations/valid");
    let mut used: BTreeSet<String> = LINES.iter().map(|(rule, ..)| (*rule).to_owned()).collect();
    for path in files(&root) {
        let text = std::fs::read_to_string(&path).expect("a text");
        let name = path.to_string_lossy();
        used.extend(rules_of(&text, Container::of(&name, &text), "").0);
    }
    let all: BTreeSet<&str> = table()
        .rules
        .iter()
        .map(|rule| rule.name.as_str())
        .chain(WITHOUT_PATTERN)
        .collect();
    let unused: Vec<&&str> = all.iter().filter(|name| !used.contains(**name)).collect();
    assert!(unused.is_empty(), "no proof uses {unused:?}");
    let unknown: Vec<&String> = used.iter().filter(|n| !all.contains(n.as_str())).collect();
    assert!(unknown.is_empty(), "no rule is called {unknown:?}");
}

#[test]
fn what_needs_no_rule_is_proved_without_one() {
    let mut wrong = Vec::new();
    for (given, text) in WITHOUT_RULE {
        wrong.extend(rules_of(text, Container::Text, given).1);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
