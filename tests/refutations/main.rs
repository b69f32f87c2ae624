//! Every counterexample is written down and worked out anew by the independent checker; what is
//! changed in one is noticed, and none is accepted for a valid step.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod documents;
#[path = "../files/mod.rs"]
mod files;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

use documents::DOCUMENTS;
use files::files;
use hence::certify::{self, recompute};
use hence::judge::{Options, Verdict, Why, judge};
use hence::meaning::{self, Context, Document, GivenText, Goal, Role};
use hence::refute::{Counterexample, witness};
use hence::source::{self, Container, Source};
use hence::term::Store;
use hence::theory::evaluate::{Assignment, Mixer, Value as Untold};
use hence_checker::wire::{Claim, Refutation, Term, Value as Told};
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
    let (mut store, document) = read(name, text, container, given);
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

/// A refutation of each step of a text that is refuted.
fn refutations(
    name: &str,
    text: &str,
    container: Container,
    given: &str,
) -> Vec<(String, Refutation)> {
    refuted(name, text, container, given, &Options::default())
}

fn refuted(
    name: &str,
    text: &str,
    container: Container,
    given: &str,
    options: &Options,
) -> Vec<(String, Refutation)> {
    let (store, document) = read(name, text, container, given);
    let mut store = store;
    let judged = judge(&mut store, &document, options);
    let mut all = Vec::new();
    for (derivation, judged) in document.derivations.iter().zip(&judged) {
        for (step, judged) in derivation.steps.iter().zip(&judged.steps) {
            let (Verdict::Refuted, Why::Counterexample(found)) = (&judged.verdict, &judged.why)
            else {
                continue;
            };
            let goal = judged.goal.as_ref().unwrap();
            let context = &document.contexts[step.context];
            let title = format!("{name}: {} {} {}", step.left, step.relation, step.right);
            all.push((title, certify::refutation(&store, context, goal, found)));
        }
    }
    all
}

fn read(name: &str, text: &str, container: Container, given: &str) -> (Store, Document) {
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
    (store, document)
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

/// Every slip of `tests/matrices.txt` that is refuted: its matrices are worked out anew. None of
/// the true rows has a refutation.
#[test]
fn refuted_claims_about_matrices_are_worked_out_anew() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/matrices.txt");
    let text = std::fs::read_to_string(path).unwrap();
    let mut tally = Tally::default();
    let mut given = "";
    for line in text.lines() {
        let Some((kind, row)) = line.split_once(' ') else {
            continue;
        };
        match kind {
            "given" => given = row.trim(),
            "false" => {
                let kind = Container::of("row", row);
                for (title, refutation) in refutations(row, row.trim(), kind, given) {
                    tally.look(&title, &refutation);
                }
            }
            "true" => {
                let kind = Container::of("row", row);
                goals("row", row.trim(), kind, given, |mut found| {
                    for refutation in forged(&mut found, 2) {
                        assert!(recompute(&refutation).is_err(), "{given}: {row}");
                    }
                });
            }
            _ => {}
        }
    }
    tally.print("matrices");
    assert!(tally.accepted > 240, "{} accepted", tally.accepted);
    assert_eq!(
        tally.reasons.values().sum::<usize>(),
        0,
        "{:?}",
        tally.reasons
    );
}

#[test]
fn small_documents_are_worked_out_anew() {
    let mut tally = Tally::default();
    for (given, text) in DOCUMENTS {
        let found = refutations(text, text, Container::Text, given);
        if found.is_empty() && std::env::var("HENCE_LIST").is_ok() {
            println!("not refuted: {text}");
        }
        for (title, refutation) in found {
            tally.look(&title, &refutation);
        }
    }
    tally.print("documents");
}

#[test]
fn a_recurrence_is_obeyed_by_the_members_that_are_listed() {
    let given = "w^{(t)} ∈ ℝ^n; H ∈ ℝ^{n×n}; ε ∈ ℝ; w^{(t+1)} = w^{(t)} - ε H w^{(t)} for all t";
    for text in [
        "w^{(1)} = (I + ε H) w^{(0)}",
        "w^{(2)} = (I - ε H^2) w^{(0)}",
        "w^{(t)} = w^{(0)} - t ε H w^{(0)}",
    ] {
        let found = refutations(text, text, Container::Text, given);
        assert_eq!(found.len(), 1, "{text}");
        for (_, refutation) in found {
            assert_eq!(recompute(&refutation), Ok(()), "{text}");
            // Another member than the recurrence says.
            for family in 0..refutation.model.families.len() {
                let mut other = refutation.clone();
                let place = |terms: &Vec<Term>| u32::try_from(terms.len()).unwrap();
                let seven = Term {
                    op: "number".to_owned(),
                    name: "77".to_owned(),
                    ..Term::default()
                };
                let member = other.model.families[family].members.last().unwrap().1;
                let mut matrix = other.terms[member as usize].clone();
                matrix.args = vec![place(&other.terms); matrix.args.len()];
                other.terms.push(seven);
                other.model.families[family].members.last_mut().unwrap().1 = place(&other.terms);
                other.terms.push(matrix);
                assert!(recompute(&other).is_err(), "{text}");
            }
            // Without the first there is nothing to go on from.
            let mut other = refutation.clone();
            for family in &mut other.model.families {
                family.members.retain(|(places, _)| *places != [0]);
            }
            assert!(recompute(&other).is_err(), "{text}");
        }
    }
}

#[test]
fn members_of_a_family_of_integers_are_integers() {
    for (given, text, refuted) in [
        ("a_k in N", "sum_(k=1)^n |a_k| = sum_(k=1)^n a_k", false),
        ("a_k in Z", "sum_(k=1)^n |a_k| = sum_(k=1)^n a_k", true),
        ("a_k in Z", "sum_(k=1)^n cos(2 pi a_k) = n", false),
        (
            "a_k in Z",
            "sum_(k=1)^n floor(a_k) = sum_(k=1)^n a_k",
            false,
        ),
        ("", "sum_(k=1)^n floor(a_k) = sum_(k=1)^n a_k", true),
        ("a_k in N", "floor(a_3) = a_3", false),
        ("a_k in N", "a_3 >= 0", false),
        ("a_k in N", "a_3 >= 1", true),
    ] {
        let found = refutations(text, text, Container::Text, given);
        assert_eq!(!found.is_empty(), refuted, "{given}: {text}");
        for (_, refutation) in found {
            assert_eq!(recompute(&refutation), Ok(()), "{given}: {text}");
        }
    }
}

/// Refutations of a goal at chance models: those of a witness of its hypotheses, and small numbers.
fn forged(found: &mut Found, trials: u64) -> Vec<Refutation> {
    let mut all = Vec::new();
    let witness = witness(found.store, found.context, &found.goal.hypotheses);
    let mut chance = Mixer::new(7, &found.title);
    for trial in 0..trials {
        let counterexample = Counterexample {
            assignment: match &witness {
                Some(witness) if trial % 3 != 2 => witness.clone(),
                _ => Assignment::new(),
            },
            seed: Some(trial),
            left: Untold::Unknown,
            right: Untold::Unknown,
        };
        let goal = &found.goal;
        let mut forged = certify::refutation(found.store, found.context, goal, &counterexample);
        let symbols: BTreeSet<u32> = forged
            .terms
            .iter()
            .filter(|term| term.op == "symbol")
            .filter_map(|term| term.data.first().copied())
            .filter(|symbol| !forged.symbols[*symbol as usize].starts_with('#'))
            .collect();
        for symbol in symbols {
            const VALUES: [&str; 14] = [
                "0", "1", "-1", "2", "3", "-2", "1/2", "-1/2", "-3", "5", "4", "3/2", "1/3", "7",
            ];
            let known = forged.model.values.iter().position(|(s, _)| *s == symbol);
            // Of those that have a value some get another.
            if known.is_some() && (trial < 1 || chance.below(3) > 0) {
                continue;
            }
            let value = VALUES[chance.below(VALUES.len() as u64) as usize];
            forged.terms.push(Term {
                op: "number".to_owned(),
                name: value.to_owned(),
                ..Term::default()
            });
            let value = u32::try_from(forged.terms.len() - 1).unwrap();
            match known {
                Some(place) => forged.model.values[place].1 = value,
                None => forged.model.values.insert(0, (symbol, value)),
            }
        }
        if !matches!(forged.claim, Claim::Equivalence { .. }) {
            all.push(forged);
            continue;
        }
        for (left, right) in [(true, false), (false, true)] {
            all.push(Refutation {
                left: Told::Truth(left),
                right: Told::Truth(right),
                ..forged.clone()
            });
        }
    }
    all
}

#[test]
fn no_valid_step_has_a_refutation_whatever_the_model() {
    let every = if std::env::var("HENCE_ALL").is_ok() {
        1
    } else {
        12
    };
    let only = std::env::var("HENCE_ONLY").unwrap_or_default();
    let (mut wrong, mut count) = (Vec::new(), 0);
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for file in ["steps.jsonl", "stack.jsonl", "rubi.jsonl"] {
        for row in rows(file).iter().step_by(every) {
            if field(row, "expect") != "valid" || !field(row, "id").contains(&only) {
                continue;
            }
            let text = field(row, "text");
            let kind = container(field(row, "format"), text);
            goals(
                field(row, "id"),
                text,
                kind,
                field(row, "given"),
                |mut found| {
                    for refutation in forged(&mut found, 12) {
                        count += 1;
                        match recompute(&refutation) {
                            Ok(()) => wrong.push((found.title.clone(), refutation)),
                            Err(rejection) => *reasons.entry(rejection.reason).or_default() += 1,
                        }
                    }
                },
            );
        }
    }
    println!("{count} forged refutations, {} accepted", wrong.len());
    for (reason, count) in &reasons {
        println!("  {count} × {reason}");
    }
    for (title, refutation) in &wrong {
        println!("ACCEPTED: {title}");
        if std::env::var("HENCE_LIST").is_ok() {
            println!("  {}", serde_json::to_string(refutation).unwrap());
        }
    }
    assert!(wrong.is_empty());
}

/// A term added to a refutation.
fn added(refutation: &mut Refutation, op: &str, name: &str, args: Vec<u32>) -> u32 {
    refutation.terms.push(Term {
        op: op.to_owned(),
        name: name.to_owned(),
        data: Vec::new(),
        args,
    });
    u32::try_from(refutation.terms.len() - 1).unwrap()
}

/// The value told, and one more.
fn shifted(told: &Told) -> Option<Told> {
    let more = |digits: &str| {
        let (above, below) = digits.split_once('/').unwrap_or((digits, "1"));
        let (above, below): (i128, i128) = (above.parse().ok()?, below.parse().ok()?);
        Some(format!("{}/{below}", above.checked_add(below)?))
    };
    match told {
        Told::Exact(value) => more(value).map(Told::Exact),
        Told::Between(low, high) => Some(Told::Between(more(low)?, more(high)?)),
        Told::Undefined => Some(Told::Exact("0".to_owned())),
        Told::Truth(value) => Some(Told::Truth(!value)),
        Told::Untold => None,
    }
}

/// What a refutation must not become: each change with its name.
fn mutants(right: &Refutation) -> Vec<(&'static str, Refutation)> {
    let mut all = Vec::new();
    let mut change = |name, change: &dyn Fn(&mut Refutation) -> Option<()>| {
        let mut changed = right.clone();
        if change(&mut changed).is_some() {
            all.push((name, changed));
        }
    };
    change("another value on the left", &|r| {
        r.left = shifted(&r.left)?;
        Some(())
    });
    change("another value on the right", &|r| {
        r.right = shifted(&r.right)?;
        Some(())
    });
    change("the sides exchanged", &|r| {
        std::mem::swap(&mut r.left, &mut r.right);
        (r.left != r.right && r.left != Told::Untold).then_some(())
    });
    change("a hypothesis that is false", &|r| {
        let (a, b) = (
            added(r, "number", "1", vec![]),
            added(r, "number", "2", vec![]),
        );
        let equal = added(r, "=", "", vec![a, b]);
        r.hypotheses.push(equal);
        Some(())
    });
    change("a hypothesis without a value", &|r| {
        let zero = added(r, "number", "0", vec![]);
        let minus = added(r, "number", "-1", vec![]);
        let inverse = added(r, "pow", "", vec![zero, minus]);
        let equal = added(r, "=", "", vec![inverse, inverse]);
        r.hypotheses.push(equal);
        Some(())
    });
    change("a claim that is true", &|r| {
        let zero = added(r, "number", "0", vec![]);
        let statement = added(r, "=", "", vec![zero, zero]);
        r.claim = Claim::Step { statement };
        (r.left, r.right) = (Told::Untold, Told::Untold);
        Some(())
    });
    change("a side without a value", &|r| {
        let zero = added(r, "number", "0", vec![]);
        let minus = added(r, "number", "-1", vec![]);
        let inverse = added(r, "pow", "", vec![zero, minus]);
        let statement = added(r, "=", "", vec![inverse, zero]);
        r.claim = Claim::Step { statement };
        (r.left, r.right) = (Told::Untold, Told::Untold);
        Some(())
    });
    change("a claim about what has no value", &|r| {
        r.symbols.push("#new".to_owned());
        let symbol = u32::try_from(r.symbols.len() - 1).unwrap();
        r.terms.push(Term {
            op: "symbol".to_owned(),
            data: vec![symbol],
            ..Term::default()
        });
        let new = u32::try_from(r.terms.len() - 1).unwrap();
        let zero = added(r, "number", "0", vec![]);
        let statement = added(r, "=", "", vec![new, zero]);
        r.claim = Claim::Step { statement };
        (r.left, r.right) = (Told::Untold, Told::Untold);
        Some(())
    });
    for (place, (symbol, value)) in right.model.values.iter().enumerate() {
        change("a symbol without its value", &|r| {
            r.model.values.remove(place);
            Some(())
        });
        change("a value that is not of its sort", &|r| {
            let half = added(r, "number", "1/2", vec![]);
            r.model.values[place].1 = half;
            r.sorts.retain(|(s, _)| s != symbol);
            r.sorts.push((*symbol, "integer".to_owned()));
            Some(())
        });
        change("a negative natural number", &|r| {
            let minus = added(r, "number", "-3", vec![]);
            r.model.values[place].1 = minus;
            r.sorts.retain(|(s, _)| s != symbol);
            r.sorts.push((*symbol, "natural".to_owned()));
            Some(())
        });
        change("two values", &|r| {
            r.model.values.push((*symbol, *value));
            Some(())
        });
        change("a hypothesis that denies a value", &|r| {
            r.terms.push(Term {
                op: "symbol".to_owned(),
                data: vec![*symbol],
                ..Term::default()
            });
            let name = u32::try_from(r.terms.len() - 1).unwrap();
            let denial = added(r, "≠", "", vec![name, *value]);
            r.hypotheses.push(denial);
            Some(())
        });
    }
    for place in 0..right.model.functions.len() {
        change("another function", &|r| {
            let value = r.model.functions[place].value;
            let two = added(r, "number", "2", vec![]);
            let args: Vec<u32> = match r.terms[value as usize].op.as_str() {
                "mul" => r.terms[value as usize].args.clone(),
                _ => vec![value],
            };
            let other = added(r, "mul", "", [vec![two], args].concat());
            r.model.functions[place].value = other;
            Some(())
        });
        change("a function that is not smooth", &|r| {
            let value = r.model.functions[place].value;
            let size = added(r, "function", "abs", vec![value]);
            r.model.functions[place].value = size;
            Some(())
        });
        change("no function", &|r| {
            r.model.functions.remove(place);
            Some(())
        });
    }
    if !right.model.weights.is_empty() {
        change("weights that are not 1 together", &|r| {
            r.model.weights.pop().map(|_| ())
        });
        change("a weight that is negative", &|r| {
            let (three, minus) = (
                added(r, "number", "3", vec![]),
                added(r, "number", "-2", vec![]),
            );
            r.model.weights = vec![three, minus];
            Some(())
        });
        // Independent of itself is only what does not vary.
        change("a law that does not hold", &|r| {
            let family = r.model.families.iter().find(|f| f.members.len() > 1)?;
            let symbol = family.symbol;
            r.terms.push(Term {
                op: "symbol".to_owned(),
                data: vec![symbol],
                ..Term::default()
            });
            let name = u32::try_from(r.terms.len() - 1).unwrap();
            r.laws.push(vec![name, name]);
            Some(())
        });
    }
    for place in 0..right.model.families.len() {
        change("no family", &|r| {
            r.model.families.remove(place);
            Some(())
        });
        change("a period that is cut off", &|r| {
            r.model.families[place].others.pop().map(|_| ())
        });
    }
    all
}

#[test]
fn a_changed_refutation_is_noticed() {
    let mut rates: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (given, text) in DOCUMENTS {
        for (_, refutation) in refutations(text, text, Container::Text, given) {
            if recompute(&refutation).is_err() {
                continue;
            }
            for (name, mutant) in mutants(&refutation) {
                let rate = rates.entry(name).or_default();
                match recompute(&mutant) {
                    Err(_) => rate.0 += 1,
                    Ok(()) => {
                        rate.1 += 1;
                        println!("{text}: {name} is accepted");
                    }
                }
            }
        }
    }
    for (name, (rejected, accepted)) in &rates {
        println!("{name}: {rejected} rejected, {accepted} accepted");
    }
    assert!(rates.values().all(|(_, accepted)| *accepted == 0));
    assert!(rates.len() > 15);
}
