//! Every proof is written down and gone through by the independent checker; what is changed in a
//! certificate is noticed.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../files/mod.rs"]
mod files;

mod components;
mod deciding;
mod documents;
mod matrices;
mod mutants;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use documents::DOCUMENTS;
use files::files;
use hence::certify::{self, Certificate, verify};
use hence::meaning::{self, Context, GivenText, Goal, Role, Shape};
use hence::prove::{Proved, prove};
use hence::refute::Budget;
use hence::source::{self, Container, Source};
use hence::term::{Link, Node, Proof, Reason, Relation, Store, Trace};
use hence_checker::wire;

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
            let mut goal = goal;
            goal.hypotheses.extend(context.qualities(&mut store));
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
