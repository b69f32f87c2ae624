//! Every proof is written down and gone through by the independent checker; what is changed in a
//! certificate is noticed.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hence::certify::{Certificate, certificate, verify};
use hence::meaning::{self, GivenText, Goal, Role};
use hence::prove::prove;
use hence::refute::Budget;
use hence::source::{self, Container, Source};
use hence::term::Store;
use hence_checker::wire;
use serde_json::Value;

/// Small documents: context, text.
const DOCUMENTS: &[(&str, &str)] = &[
    ("", "(a + b)^2 = a^2 + 2 a b + b^2"),
    ("", "(x - 1)(x + 1) = x^2 - 1"),
    ("", "x^2/x = x"),
    ("", "1/x + 1/y = (x + y)/(x y)"),
    ("", "(x^3 - 1)/(x - 1) = x^2 + x + 1"),
    ("", "sqrt(12) = 2 sqrt(3)"),
    ("", "1/(sqrt(2) + 1) = sqrt(2) - 1"),
    ("", "e^(a + b) = e^a e^b"),
    ("", "e^(2 x) = (e^x)^2"),
    ("x > 0", "sqrt(x^2) = x"),
    ("", "sqrt(x^2) = |x|"),
    ("x > 0, y > 0", "log(x y) = log(x) + log(y)"),
    ("", "log(x) + log(y) = log(x y)"),
    ("x > 0", "log(x^3) = 3 log(x)"),
    ("", "log(e^x) = x"),
    ("", "e^(log(x)) = x"),
    ("", "sin(x)^2 + cos(x)^2 = 1"),
    ("", "sin(2 x) = 2 sin(x) cos(x)"),
    ("", "cos(2 x) = 1 - 2 sin(x)^2"),
    ("", "tan(x) cos(x) = sin(x)"),
    ("", "sin(a + b) + sin(a - b) = 2 sin(a) cos(b)"),
    ("", "cosh(x)^2 - sinh(x)^2 = 1"),
    ("", "tanh(x) = (e^(2 x) - 1)/(e^(2 x) + 1)"),
    ("", "sin(pi/6) = 1/2"),
    ("", "cos(pi/4)^2 = 1/2"),
    ("", "sigmoid(-x) = 1 - sigmoid(x)"),
    ("", "d/dx x^3 = 3 x^2"),
    ("", "d/dx (x^2 sin(x)) = 2 x sin(x) + x^2 cos(x)"),
    ("", "d/dx e^(x^2) = 2 x e^(x^2)"),
    ("", "d/dx log(x) = 1/x"),
    ("", "d/dx (x/(x + 1)) = 1/(x + 1)^2"),
    ("", "d/dx sigmoid(x) = sigmoid(x) (1 - sigmoid(x))"),
    ("", "d/dx sqrt(x) = 1/(2 sqrt(x))"),
    ("", "d/dx tan(x) = 1/cos(x)^2"),
    ("", "∂/∂w (w x + b - t)^2 = 2 x (w x + b - t)"),
    ("", "∫ x^2 dx = x^3/3"),
    ("", "∫ cos(x) dx = sin(x)"),
    ("", "∫_0^1 x^2 dx = 1/3"),
    ("", "∫_0^pi sin(x) dx = 2"),
    ("n in N", "sum_(k=1)^n k = n (n + 1)/2"),
    ("n in N", "sum_(k=1)^n (2 k - 1) = n^2"),
    ("", "sum_(k=1)^3 k^2 = 14"),
    (
        "",
        "sum_(k=1)^n (a_k + b_k) = sum_(k=1)^n a_k + sum_(k=1)^n b_k",
    ),
    ("x > 0", "x + 1 > 0"),
    ("", "x^2 + 1 > 0"),
    ("", "x^2 + y^2 >= 2 x y"),
    ("x > 2", "x^2 > 4"),
    ("0 < x, x < 1", "x^2 < x"),
    ("", "2 x + 3 = 7\n⇒ x = 2"),
    ("", "x^2 = 4\n⇔ x = 2 or x = -2"),
    ("", "x^2 - 5 x + 6 = 0\n⇒ x = 2 or x = 3"),
    ("", "x^2 < 4\n⇔ -2 < x < 2"),
    ("", "x + y = 3, x - y = 1\n⇒ x = 2"),
    ("", "x^2 = -1\n⇒ no solution"),
    ("", "3 x > 6\n⇔ x > 2"),
    ("n in N", "2^(n + 1) = 2 2^n"),
    ("", "|x y| = |x| |y|"),
    ("", "|x|^2 = x^2"),
    ("", "max(a, b) + min(a, b) = a + b"),
    ("", "x^2 + 2 x + 2 = (x + 1)^2 + 1"),
    ("a != 0", "a x + b = a (x + b/a)"),
    ("", "(-8)/2 = -4"),
    ("", "x = 2\n⇒ x^2 = 4"),
    ("x >= 0", "sqrt(x) sqrt(x) = x"),
    ("a > 0", "a^x a^y = a^(x + y)"),
    ("n in Z", "cos(n pi)^2 = 1"),
];

/// The proofs of a text: each with its step's text.
fn proofs(
    name: &str,
    text: &str,
    container: Container,
    given: &str,
) -> Vec<(String, Option<Certificate>)> {
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
    let mut found = Vec::new();
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
            let context = &document.contexts[step.context];
            let t = std::time::Instant::now();
            let proved = prove(&mut store, context, &goal, &Budget::NORMAL);
            println!("PROVE {:?} {}", t.elapsed(), step.left);
            let title = format!("{} {} {}", step.left, step.relation, step.right);
            found.push((
                title,
                proved.map(|proved| certificate(&store, context, &goal, &proved)),
            ));
        }
    }
    found
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

fn all() -> Vec<(String, Option<Certificate>)> {
    let mut all = Vec::new();
    for (given, text) in DOCUMENTS {
        all.extend(proofs(text, text, Container::Text, given));
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("derivations/valid");
    for path in files(&root) {
        let text = std::fs::read_to_string(&path).unwrap();
        let container = match path.extension().and_then(|e| e.to_str()) {
            Some("md") => Container::Markdown,
            _ => Container::Text,
        };
        all.extend(proofs("file", &text, container, ""));
    }
    all
}

/// How often something was accepted and not.
type Rates = BTreeMap<String, (usize, usize)>;

fn rates(all: &[(String, Option<Certificate>)], list: bool) -> (usize, usize, Rates) {
    let (mut accepted, mut proved, mut kinds) = (0, 0, Rates::new());
    for (title, certificate) in all {
        let Some(certificate) = certificate else {
            continue;
        };
        proved += 1;
        let t = std::time::Instant::now();
        let verdict = verify(&certificate.json);
        println!("TIME {:?} {title}", t.elapsed());
        accepted += usize::from(verdict.is_ok());
        for (kind, _) in &certificate.kinds {
            let kind = kind.split('.').next().unwrap().to_owned();
            let rate = kinds.entry(kind).or_default();
            if verdict.is_ok() {
                rate.0 += 1;
            } else {
                rate.1 += 1;
            }
        }
        if let Err(rejection) = verdict
            && list
        {
            println!("{title}: node {:?}: {}", rejection.node, rejection.reason);
        }
    }
    (accepted, proved, kinds)
}

fn print(name: &str, (accepted, proved, kinds): &(usize, usize, Rates)) {
    println!("{name}: {accepted} of {proved} certificates accepted");
    for (kind, (accepted, rejected)) in kinds {
        println!("  {kind}: in {accepted} accepted, {rejected} rejected");
    }
}

#[test]
fn the_checker_accepts_most_proofs() {
    let all = all();
    let found = rates(&all, true);
    print("documents", &found);
    assert!(found.1 >= 60, "{} proofs", found.1);
    assert!(found.0 * 10 >= found.1 * 8, "{} of {}", found.0, found.1);
}

#[test]
fn labelled_rows_are_certified() {
    for file in ["steps.jsonl", "chains.jsonl", "stack.jsonl", "rubi.jsonl"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../shared/cases")
            .join(file);
        let Ok(text) = std::fs::read_to_string(&path) else {
            println!("skipped: {file} is not here");
            continue;
        };
        let mut all = Vec::new();
        let (mut valid, mut wrong) = (0, 0);
        // All rows where that is asked for; a sample otherwise.
        let every = if std::env::var("HENCE_ALL").is_ok() {
            1
        } else {
            25
        };
        for line in text.lines().step_by(every) {
            let row: Value = serde_json::from_str(line).unwrap();
            let get = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or("");
            let container = match get("format") {
                "text" => Container::Text,
                "latex" => Container::Latex,
                "markdown" => Container::Markdown,
                "tex" => Container::Tex,
                _ => Container::guess(get("text")),
            };
            let found = proofs(get("id"), get("text"), container, get("given"));
            if get("expect") == "valid" {
                valid += 1;
                all.extend(found);
            } else if found.len() == 1 {
                // The only step of an invalid row has no certificate that is accepted.
                let accepted = found.iter().any(|(_, certificate)| {
                    certificate
                        .as_ref()
                        .is_some_and(|c| verify(&c.json).is_ok())
                });
                if accepted {
                    println!("ACCEPTED THOUGH INVALID: {line}");
                    wrong += 1;
                }
            }
        }
        let list = std::env::var("HENCE_LIST").is_ok();
        let found = rates(&all, list);
        print(&format!("{file} ({valid} valid rows)"), &found);
        assert_eq!(wrong, 0);
    }
}

/// The certificate with something changed, its digest made anew.
fn changed(json: &str, change: impl FnOnce(&mut wire::Certificate)) -> String {
    let mut certificate: wire::Certificate = serde_json::from_str(json).unwrap();
    change(&mut certificate);
    certificate.content = String::new();
    certificate.content = hence_checker::content(&certificate);
    serde_json::to_string(&certificate).unwrap()
}
