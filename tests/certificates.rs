//! Every proof is written down and gone through by the independent checker; what is changed in a
//! certificate is noticed.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use hence::certify::{self, Certificate, verify};
use hence::meaning::{self, Context, GivenText, Goal, Role, Shape};
use hence::prove::{Proved, prove};
use hence::refute::Budget;
use hence::source::{self, Container, Source};
use hence::term::{Link, Node, Proof, Reason, Relation, Store, Trace};
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
    ("x y = p, 2 x + 2 y = s", "4 x^3 + 4 y^3 = s^3/2 - 6 s p"),
    ("phi^2 = phi + 1", "phi^5 = 5 phi + 3"),
    ("phi^2 = phi + 1", "1/phi = phi - 1"),
    ("sin(x) = 3/5", "cos(x)^2 = 16/25"),
    ("tan(x) = 2", "sin(2 x) = 4/5"),
    ("1/u + 1/v = 1/w", "w (u + v) = u v"),
    ("log(x) + log(y) = 2", "x y = e^2"),
    ("log(x) + log(y) = 2", "log(x^3 y^3) = 6"),
    ("x^2 + 1 = y + 1, x >= 0", "sqrt(y) = x"),
    ("2 x^2 = y", "sin(2 x^2 + 1) = sin(y + 1)"),
    ("a/b = c/d", "(a^2 + b^2)/b^2 = (c^2 + d^2)/d^2"),
    (
        "alpha + beta + gamma = pi",
        "cos(alpha + beta) = -cos(gamma)",
    ),
    ("2 x + 2 y = s, x y = p", "1/x + 1/y = s/(2 p)"),
    ("x y = x, x != 0", "y = 1"),
];

/// A proof in the place of another: the goal decided outright, and as one ring identity.
fn forged(store: &Store, goal: &Goal) -> Vec<Proved> {
    let decision = |theory, statement| Proof::Decision {
        theory,
        method: "branches",
        statement,
        uses: Vec::new(),
        witness: Vec::new(),
    };
    let mut all = Vec::new();
    match goal.shape {
        Shape::Step(statement) => {
            if let Node::Relation(Relation::Equal, before, after) = *store.node(statement) {
                let reason = Reason::Ring;
                let link = Link {
                    before,
                    after,
                    reason,
                };
                all.push(Proof::Equality(Trace { links: vec![link] }));
            }
            all.push(decision("order", statement));
        }
        Shape::Statement(statement) => all.push(decision("logic", statement)),
        Shape::Equivalence(left, right) => all.push(Proof::Decision {
            theory: "logic",
            method: "equivalence",
            statement: left,
            uses: vec![decision("logic", right), decision("logic", left)],
            witness: Vec::new(),
        }),
        _ => {}
    }
    let proved = |proof| Proved {
        proof,
        conditions: Vec::new(),
    };
    all.into_iter().map(proved).collect()
}

/// A certificate of one step.
fn certificate(store: &Store, context: &Context, goal: &Goal, proved: &Proved) -> Certificate {
    alone(certify::proof(store, context, goal, proved))
}

fn alone(proof: wire::Proof) -> Certificate {
    certify::certificate(vec![wire::Step {
        step: 0,
        line: 1,
        column: 1,
        evidence: wire::Evidence::Proof(proof),
    }])
}

/// The proof of a certificate's only step.
fn read(json: &str) -> wire::Proof {
    let mut certificate: wire::Certificate = serde_json::from_str(json).unwrap();
    match certificate.steps.remove(0).evidence {
        wire::Evidence::Proof(proof) => proof,
        wire::Evidence::Refutation(_) => panic!("no proof"),
    }
}

/// The kinds of nodes of a certificate.
fn kinds(json: &str) -> BTreeSet<String> {
    let kind = |node: wire::Node| match node {
        wire::Node::Line { .. } => "line".to_owned(),
        wire::Node::Rule { name, .. } => format!("rule {}", name.split('.').next().unwrap()),
        wire::Node::Congruence { .. } => "congruence".to_owned(),
        wire::Node::Ring { .. } => "ring".to_owned(),
        wire::Node::Evaluate { .. } => "evaluate".to_owned(),
        wire::Node::Hypothesis { .. } => "hypothesis".to_owned(),
        wire::Node::Decision { theory, method, .. } => format!("{theory}, {method}"),
    };
    read(json).nodes.into_iter().map(kind).collect()
}

/// The proofs of a text: each with its step's text.
fn proofs(
    name: &str,
    text: &str,
    container: Container,
    given: &str,
) -> Vec<(String, Option<Certificate>)> {
    certificates(name, text, container, given, false)
}

/// The same, or forged proofs.
fn certificates(
    name: &str,
    text: &str,
    container: Container,
    given: &str,
    forge: bool,
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
            let title = format!("{} {} {}", step.left, step.relation, step.right);
            if forge {
                for proved in forged(&store, &goal) {
                    let forged = certificate(&store, context, &goal, &proved);
                    found.push((title.clone(), Some(forged)));
                }
                continue;
            }
            let proved = prove(&mut store, context, &goal, &Budget::NORMAL);
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
    let (mut accepted, mut proved, mut found) = (0, 0, Rates::new());
    for (title, certificate) in all {
        let Some(certificate) = certificate else {
            continue;
        };
        proved += 1;
        let verdict = verify(&certificate.json);
        accepted += usize::from(verdict.is_ok());
        for kind in kinds(&certificate.json) {
            let rate = found.entry(kind).or_default();
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
    (accepted, proved, found)
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
            } else if get("expect") == "invalid" && found.len() == 1 {
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

#[test]
fn no_invalid_step_has_a_certificate_whatever_is_written_in_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut forgeries, mut wrong, mut right) = (0, Vec::new(), 0);
    for file in ["steps.jsonl", "stack.jsonl", "rubi.jsonl"] {
        let Ok(text) = std::fs::read_to_string(root.join("../shared/cases").join(file)) else {
            println!("skipped: {file} is not here");
            continue;
        };
        let every = if std::env::var("HENCE_ALL").is_ok() {
            1
        } else {
            10
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
            let all = certificates(get("id"), get("text"), container, get("given"), true);
            let steps: BTreeSet<&String> = all.iter().map(|(t, _)| t).collect();
            let single = steps.len() == 1;
            for (title, certificate) in &all {
                let accepted = !rejected(&certificate.as_ref().unwrap().json);
                if get("expect") == "invalid" && single {
                    forgeries += 1;
                    if accepted {
                        wrong.push(format!("{file}: {title}"));
                    }
                } else if get("expect") == "valid" {
                    right += usize::from(accepted);
                }
            }
        }
    }
    println!(
        "{forgeries} forgeries, {} accepted; {right} of valid steps",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The certificate with something changed in its proof, its digest made anew.
fn changed(json: &str, change: impl FnOnce(&mut wire::Proof)) -> String {
    let mut proof = read(json);
    change(&mut proof);
    alone(proof).json
}

fn rejected(json: &str) -> bool {
    verify(json).is_err()
}

/// Adds a term.
fn added(certificate: &mut wire::Proof, op: &str, name: &str, args: Vec<u32>) -> u32 {
    certificate.terms.push(wire::Term {
        op: op.to_owned(),
        name: name.to_owned(),
        data: Vec::new(),
        args,
    });
    u32::try_from(certificate.terms.len() - 1).unwrap()
}

/// Whether no symbol stands in the claim (which then needs no hypothesis).
fn closed(certificate: &wire::Proof) -> bool {
    let wire::Claim::Statement { statement } = certificate.claim else {
        return false;
    };
    let mut open = vec![statement];
    while let Some(next) = open.pop() {
        let term = &certificate.terms[next as usize];
        if matches!(term.op.as_str(), "symbol" | "member" | "call" | "truth") {
            return false;
        }
        open.extend(&term.args);
    }
    true
}

/// The places of nodes of a certificate for which something holds.
fn nodes(json: &str, which: impl Fn(&wire::Node) -> bool) -> Vec<usize> {
    let certificate = read(json);
    let all = certificate.nodes.iter().enumerate();
    all.filter(|(_, node)| which(node))
        .map(|(place, _)| place)
        .collect()
}

#[test]
fn what_was_changed_after_signing_is_noticed_at_once() {
    for (given, text) in DOCUMENTS.iter().take(12) {
        for (_, certificate) in proofs(text, text, Container::Text, given) {
            let json = certificate.unwrap().json;
            for (from, to) in [
                ("\"=\"", "\"<\""),
                ("\"args\":[0", "\"args\":[1"),
                ("\"forward\":true", "\"forward\":false"),
                ("\"name\":\"2\"", "\"name\":\"3\""),
            ] {
                let other = json.replacen(from, to, 1);
                assert!(other == json || rejected(&other), "{text}");
            }
        }
    }
}

#[test]
fn every_mutant_is_rejected() {
    let (mut mutants, mut survivors) = (0, Vec::new());
    for (title, certificate) in all().into_iter().step_by(3) {
        let Some(json) = certificate.map(|c| c.json).filter(|json| !rejected(json)) else {
            continue;
        };
        let mut judge = |kind: &str, json: String| {
            mutants += 1;
            if !rejected(&json) {
                survivors.push(format!("{kind}: {title}"));
            }
        };
        for place in nodes(&json, |n| matches!(n, wire::Node::Rule { .. })) {
            judge(
                "another rule",
                changed(&json, |c| {
                    if let wire::Node::Rule { name, .. } = &mut c.nodes[place] {
                        *name = if name == "powers.abs-square" {
                            "powers.relu"
                        } else {
                            "powers.abs-square"
                        }
                        .to_owned();
                    }
                }),
            );
            judge(
                "another substitution",
                changed(&json, |c| {
                    let extra = added(c, "number", "17", Vec::new());
                    if let wire::Node::Rule {
                        substitution, name, ..
                    } = &mut c.nodes[place]
                    {
                        match substitution.first_mut() {
                            Some(first) => first.1 = extra,
                            None => name.push('x'),
                        }
                    }
                }),
            );
        }
        for place in nodes(
            &json,
            |n| matches!(n, wire::Node::Rule { evidence, .. } if evidence.iter().any(Option::is_some)),
        ) {
            judge(
                "no evidence",
                changed(&json, |c| {
                    if let wire::Node::Rule { evidence, .. } = &mut c.nodes[place] {
                        evidence.iter_mut().for_each(|e| *e = None);
                    }
                }),
            );
        }
        for place in nodes(
            &json,
            |n| matches!(n, wire::Node::Line { links, .. } if !links.is_empty()),
        ) {
            judge(
                "a link left out",
                changed(&json, |c| {
                    if let wire::Node::Line { links, .. } = &mut c.nodes[place] {
                        links.pop();
                    }
                }),
            );
        }
        for place in nodes(&json, |n| matches!(n, wire::Node::Congruence { .. })) {
            judge(
                "a part left out",
                changed(&json, |c| {
                    if let wire::Node::Congruence { parts, .. } = &mut c.nodes[place] {
                        parts.pop();
                    }
                }),
            );
            judge(
                "another place",
                changed(&json, |c| {
                    if let wire::Node::Congruence { parts, .. } = &mut c.nodes[place] {
                        parts.iter_mut().for_each(|part| part.0 += 1);
                    }
                }),
            );
        }
        for place in nodes(&json, |n| matches!(n, wire::Node::Ring { .. })) {
            judge(
                "another number",
                changed(&json, |c| {
                    let one = added(c, "number", "1", Vec::new());
                    let after = match &c.nodes[place] {
                        wire::Node::Ring { after, .. } => *after,
                        _ => 0,
                    };
                    let more = added(c, "pow", "", vec![after, one]);
                    if let wire::Node::Ring { after, .. } = &mut c.nodes[place] {
                        *after = more;
                    }
                }),
            );
        }
        // The claim itself.
        judge(
            "another claim",
            changed(&json, |c| {
                let claim = c.claim.clone();
                match claim {
                    wire::Claim::Step { statement } => {
                        let term = c.terms[statement as usize].clone();
                        let one = added(c, "number", "-1", Vec::new());
                        let [a, b] = [term.args[0], term.args[1]];
                        // b + 1 for b, or a and b changed for each other and apart.
                        let (x, y) = if term.op == "=" { (a, b) } else { (b, a) };
                        let parts = match c.terms[y as usize].op.as_str() {
                            "add" => {
                                let mut parts = c.terms[y as usize].args.clone();
                                parts.push(one);
                                parts
                            }
                            _ => vec![y, one],
                        };
                        let other = added(c, "add", "", parts);
                        let op = term.op;
                        let statement = added(c, &op, "", vec![x, other]);
                        c.claim = wire::Claim::Step { statement };
                        let root = c.root as usize;
                        match &mut c.nodes[root] {
                            wire::Node::Line { to, links, .. } => {
                                *to = other;
                                let last = links.last().map(|l| *l as usize);
                                if let Some(
                                    wire::Node::Ring { after, .. }
                                    | wire::Node::Rule { after, .. }
                                    | wire::Node::Congruence { after, .. },
                                ) = last.map(|l| &mut c.nodes[l])
                                {
                                    *after = other;
                                }
                            }
                            wire::Node::Decision {
                                statement: told, ..
                            } => *told = statement,
                            _ => {}
                        }
                    }
                    wire::Claim::Statement { statement } => {
                        let not = added(c, "not", "", vec![statement]);
                        c.claim = wire::Claim::Statement { statement: not };
                        let root = c.root as usize;
                        if let wire::Node::Decision {
                            statement: told, ..
                        } = &mut c.nodes[root]
                            && c.terms[statement as usize].op != "truth"
                        {
                            *told = not;
                        }
                    }
                    wire::Claim::Equivalence { left, right } => {
                        let right = added(c, "not", "", vec![right]);
                        c.claim = wire::Claim::Equivalence { left, right };
                        let root = c.root as usize;
                        let uses = match &c.nodes[root] {
                            wire::Node::Decision { uses, .. } => uses.clone(),
                            _ => Vec::new(),
                        };
                        if let Some(wire::Node::Decision { statement, .. }) =
                            uses.first().map(|u| &mut c.nodes[*u as usize])
                        {
                            *statement = right;
                        }
                    }
                    wire::Claim::UpToConstant { left, right, .. } => {
                        if let wire::Claim::UpToConstant { right: r, .. } = &mut c.claim {
                            *r = left.max(right) - 1;
                        }
                    }
                    wire::Claim::Rounded { decimal, .. } => {
                        let other = format!("{}7", decimal.split('/').next().unwrap());
                        if let wire::Claim::Rounded { decimal, .. } = &mut c.claim {
                            *decimal = other;
                        }
                    }
                }
            }),
        );
        let certificate = read(&json);
        let implication = matches!(certificate.claim, wire::Claim::Statement { .. });
        if implication && !certificate.hypotheses.is_empty() && !closed(&certificate) {
            judge(
                "without hypotheses",
                changed(&json, |c| c.hypotheses.clear()),
            );
        }
    }
    println!(
        "{mutants} mutants, {} accepted: {survivors:#?}",
        survivors.len()
    );
    assert!(mutants > 300 && survivors.is_empty(), "{survivors:#?}");
}

#[test]
fn a_root_squared_is_no_way_from_x_to_its_absolute_value() {
    // x = √x·√x = |x|, each link a ring identity or a rule, written by hand.
    let mut json: wire::Proof = {
        let (_, certificate) = proofs("t", "sqrt(x^2) = |x|", Container::Text, "").remove(0);
        read(&certificate.unwrap().json)
    };
    json.terms.clear();
    json.nodes.clear();
    json.conditions.clear();
    json.symbols = vec!["x".to_owned()];
    let c = &mut json;
    c.terms.push(wire::Term {
        op: "symbol".to_owned(),
        data: vec![0],
        ..wire::Term::default()
    });
    let two = added(c, "number", "2", Vec::new());
    let root = added(c, "function", "root", vec![two, 0]);
    let product = added(c, "mul", "", vec![root, root]);
    let square = added(c, "pow", "", vec![0, two]);
    let middle = added(c, "function", "root", vec![two, square]);
    let size = added(c, "function", "abs", vec![0]);
    let claim = added(c, "=", "", vec![0, size]);
    c.claim = wire::Claim::Step { statement: claim };
    c.nodes = vec![
        wire::Node::Ring {
            before: 0,
            after: product,
        },
        wire::Node::Ring {
            before: product,
            after: middle,
        },
        wire::Node::Rule {
            before: middle,
            after: size,
            name: "powers.root-of-square".to_owned(),
            forward: true,
            substitution: vec![("a".to_owned(), 0)],
            evidence: Vec::new(),
        },
        wire::Node::Line {
            from: 0,
            to: size,
            links: vec![0, 1, 2],
        },
    ];
    c.root = 3;
    assert!(rejected(&alone(c.clone()).json));
    // Nor is √x·√x = |x| believed because of √x·√x = √(x²) by the ring.
    c.nodes[0] = wire::Node::Ring {
        before: 0,
        after: middle,
    };
    c.nodes[3] = wire::Node::Line {
        from: 0,
        to: size,
        links: vec![0, 2],
    };
    let rejection = verify(&alone(c.clone()).json).unwrap_err();
    assert!(rejection.reason.contains("differ"), "{}", rejection.reason);
}
