//! Steps that follow from equations, beside steps that do not.

use std::collections::BTreeMap;

use super::*;
use crate::number::{Quadratic, Rational};
use crate::prove::engine::alike;
use crate::prove::{read_term, table};
use crate::term::{Link, Reason, Relation, TermId, Trace};
use crate::theory::evaluate::{Assignment, Value, evaluate};

struct Step {
    store: Store,
    hypotheses: Vec<TermId>,
    ends: [TermId; 2],
    facts: Facts,
}

fn statement(store: &mut Store, text: &str) -> TermId {
    for (sign, relation) in [
        (" != ", Relation::NotEqual),
        (" >= ", Relation::LessEqual),
        (" > ", Relation::Less),
        (" = ", Relation::Equal),
    ] {
        if let Some((a, b)) = text.split_once(sign) {
            let a = read_term(store, a).expect("a term");
            let b = read_term(store, b).expect("a term");
            return if sign.contains('>') {
                store.relation(relation, b, a)
            } else {
                store.relation(relation, a, b)
            };
        }
    }
    panic!("{text} is no statement");
}

fn step(hypotheses: &[&str], left: &str, right: &str) -> Step {
    let mut store = Store::new();
    let hypotheses: Vec<TermId> = hypotheses
        .iter()
        .map(|text| statement(&mut store, text))
        .collect();
    let ends = [left, right].map(|side| read_term(&mut store, side).expect("a side"));
    let mut facts = Facts {
        statements: hypotheses.clone(),
        ..Facts::default()
    };
    for end in ends {
        facts.statements.extend(domain(&mut store, end).conditions);
    }
    Step {
        store,
        hypotheses,
        ends,
        facts,
    }
}

/// Whether the e-graph joins both sides; each link of the line is looked at by itself.
fn joins(hypotheses: &[&str], left: &str, right: &str) -> bool {
    let mut step = step(hypotheses, left, right);
    let line = equality(
        &mut step.store,
        &step.facts,
        &step.hypotheses,
        step.ends,
        &Budget::NORMAL,
    );
    let Some(line) = line else {
        return false;
    };
    let mut facts = step.facts.clone();
    for hypothesis in &step.hypotheses {
        if let Node::Relation(Relation::Equal, a, b) = *step.store.node(*hypothesis) {
            for side in [a, b] {
                let conditions = domain(&mut step.store, side).conditions;
                facts.statements.extend(conditions);
            }
        }
    }
    let [a, b] = step.ends;
    check(
        &mut step.store,
        &facts,
        &step.hypotheses,
        &line.trace(),
        [a, b],
    );
    true
}

fn check(
    store: &mut Store,
    facts: &Facts,
    hypotheses: &[TermId],
    trace: &Trace,
    [from, to]: [TermId; 2],
) {
    let mut at = from;
    for link in &trace.links {
        assert_eq!(link.before, at);
        check_link(store, facts, hypotheses, link);
        at = link.after;
    }
    assert_eq!(at, to);
}

fn check_link(store: &mut Store, facts: &Facts, hypotheses: &[TermId], link: &Link) {
    let (before, after) = (link.before, link.after);
    match &link.reason {
        Reason::Ring => {
            let mut engine = Engine::new(store, facts.clone(), 0);
            assert!(engine.ring(before, after));
        }
        Reason::Hypothesis(number, forward) => {
            let (a, b) = if *forward {
                (before, after)
            } else {
                (after, before)
            };
            let said = store.relation(Relation::Equal, a, b);
            assert_eq!(said, hypotheses[*number]);
        }
        Reason::Congruence {
            forward,
            opened: None,
            parts,
        } => {
            let (whole, other) = if *forward {
                (before, after)
            } else {
                (after, before)
            };
            let node = store.node(whole).clone();
            let mut children = Vec::new();
            node.for_each_child(|c| children.push(c));
            for (place, part) in parts {
                let place = *place as usize;
                assert!(!node.in_scope(place));
                let end = part.links.last().map_or(children[place], |l| l.after);
                check(store, facts, hypotheses, part, [children[place], end]);
                children[place] = end;
            }
            let mut next = children.into_iter();
            let rebuilt = match node.map_children(|c| next.next().unwrap_or(c)) {
                Node::Add(xs) => store.add(&xs),
                Node::Mul(xs) => store.mul(&xs),
                node => store.add_node(node),
            };
            assert_eq!(rebuilt, other);
        }
        Reason::Rule {
            name,
            forward,
            substitution,
            ..
        } => {
            let Some(number) = table().find(name) else {
                return;
            };
            let rule = &table().rules[number];
            let value = |name: &str| {
                substitution
                    .iter()
                    .find(|(n, _)| n == name)
                    .map(|(_, t)| *t)
            };
            let terms: Vec<TermId> = rule
                .variables
                .iter()
                .map(|name| value(name).expect("a value"))
                .collect();
            let (mut left, mut right) = (
                rule.left.fill(store, &terms).expect("a left side"),
                rule.right.fill(store, &terms).expect("a right side"),
            );
            if let Some(rest) = value("_") {
                let sum = matches!(rule.left, crate::prove::Pattern::Sum(_));
                [left, right] = [left, right].map(|side| {
                    if sum {
                        store.add(&[side, rest])
                    } else {
                        store.mul(&[side, rest])
                    }
                });
            }
            let (x, y) = if *forward {
                (before, after)
            } else {
                (after, before)
            };
            assert!(alike(store, left, x) && alike(store, right, y), "{name}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn equations_combine() {
    let given = ["x + y = s", "x*y = p"];
    assert!(joins(&given, "x^2 + y^2", "s^2 - 2*p"));
    assert!(!joins(&given, "x^2 + y^2", "s^2 + 2*p"));
    assert!(joins(&given, "x^3 + y^3", "s^3 - 3*s*p"));
    assert!(joins(&given, "1/x + 1/y", "s/p"));
    assert!(joins(&["x^2 = y"], "x^4 + x^2", "y^2 + y"));
    assert!(!joins(&["x^2 = y"], "x^3", "y*y"));
    assert!(joins(&["a*b = c", "b*d = k"], "c*d", "a*k"));
    assert!(joins(&["1/u + 1/v = 1/f"], "f", "u*v/(u + v)"));
    assert!(joins(&["x*y = x", "x != 0"], "y", "1"));
    assert!(!joins(&["x*y = x"], "y", "1"));
}

#[test]
fn equals_are_replaced_within_functions() {
    assert!(joins(&["x^2 = y"], "sin(x^2 + 1)", "sin(y + 1)"));
    assert!(joins(&["a + b = c"], "log(a^2 + 2*a*b + b^2)", "log(c^2)"));
    assert!(joins(&["a + b = c"], "e^(a/2)*e^(b/2)", "e^(c/2)"));
    assert!(!joins(&["a + b = c"], "log(a^2 + b^2)", "log(c^2)"));
    assert!(joins(&["x^2 = y", "x >= 0"], "sqrt(y)", "x"));
    assert!(!joins(&["x^2 = y"], "sqrt(y)", "x"));
    assert!(joins(&["x^2 = y"], "sqrt(y)", "abs(x)"));
    assert!(joins(&["log(x) + log(y) = 2"], "x*y", "e^2"));
    assert!(joins(&["e^x = 3"], "x", "log(3)"));
    assert!(joins(&["sqrt(x) = 3"], "x", "9"));
}

#[test]
fn circular_functions_have_their_values() {
    assert!(joins(&["sin(x) = 3/5"], "cos(x)^2", "16/25"));
    assert!(joins(&["sin(x) = 3/5"], "cos(2*x)", "7/25"));
    assert!(!joins(&["sin(x) = 3/5"], "cos(x)", "4/5"));
    assert!(joins(&["sin(x) + cos(x) = t"], "sin(2*x)", "t^2 - 1"));
    assert!(joins(&["x*y = 1"], "sin(2*x*y)", "2*sin(1)*cos(1)"));
    assert!(!joins(&["x*y = 1"], "sin(2*x*y)", "2*sin(1)*cos(2)"));
    assert!(joins(&["x^2 = 3"], "cos(2*x^2)", "2*cos(3)^2 - 1"));
    assert!(joins(&["x*y = z"], "cos(2*x*y)", "1 - 2*sin(z)^2"));
    assert!(joins(&["tan(x) = 2", "cos(x) != 0"], "sin(x)", "2*cos(x)"));
}

#[test]
fn letters_are_eliminated() {
    assert!(joins(&["a + b + c = pi"], "sin(a + b)", "sin(c)"));
    assert!(!joins(&["a + b + c = pi"], "sin(a + b)", "-sin(c)"));
    let given = ["2*u + v = 3*x", "u - v = y"];
    assert!(joins(&given, "cos(u)", "cos(x + y/3)"));
    assert!(!joins(&given, "cos(u)", "cos(x - y/3)"));
    assert!(joins(&["x + y = 1"], "diff(t^2, t, x + y)", "2"));
    // A letter that stands elsewhere too is not solved for.
    assert!(!joins(&["x + sin(x) = 1"], "cos(x)", "cos(1)"));
    assert!(!joins(&["x = 1", "x = 2"], "sin(x)", "sin(x + 1)"));
}

#[test]
fn what_a_binder_binds_is_not_replaced() {
    assert!(!joins(&["x = 2"], "diff(x*x, x, x)", "0"));
    assert!(!joins(&["x*x = y"], "diff(x*x, x, x)", "diff(y, x, x)"));
    assert!(!joins(&["k = 2"], "sum(k^2, k, 1, n)", "4*n"));
    assert!(!joins(&["x^2 = y"], "integral(x^2, x, 0, 1)", "y"));
    assert!(joins(&["n^2 = m"], "sum(k, k, 1, n^2)", "sum(k, k, 1, m)"));
}

#[test]
fn a_name_for_something_restricts_nothing() {
    let given = ["s = sqrt(x)*sqrt(x)"];
    assert!(!joins(&given, "abs(x)", "x"));
    // Where it is spoken of, both sides of the equation have values.
    assert!(joins(&given, "s + abs(x)", "2*x"));
}

#[test]
fn nothing_follows_from_a_contradiction() {
    assert!(!joins(&["x = 2", "x = 3"], "x", "x + 1"));
    assert!(!joins(&["x*y = 1", "x = 0"], "x", "5"));
    assert!(!joins(&["x^2 = 2", "x^2 = 3"], "sin(x^2)", "7"));
}

/// Terms in x and y, many of them equal for some signs only.
const TERMS: &[&str] = &[
    "1",
    "x",
    "y",
    "x^2",
    "x*y",
    "y/x",
    "abs(x)",
    "sqrt(y)",
    "sqrt(x^2)",
    "sqrt(x)^2",
    "sqrt(x^2*y)",
    "x*sqrt(y)",
    "y^(3/2)",
    "log(x^2)",
    "2*log(x)",
    "log(y)",
    "2*log(abs(x))",
    "e^log(x)",
    "e^(log(y)/2)",
    "sin(y)",
    "abs(sin(x))",
    "max(x, y)",
    "1/(x - 1)",
];

#[test]
fn what_is_joined_is_equal_at_every_point_that_satisfies_the_equations() {
    let given: &[&[&str]] = &[
        &["x^2 = y"],
        &["x*y = x"],
        &["sqrt(y) = x"],
        &["log(y) = 2*log(x)"],
        &["x + y = 1"],
    ];
    let values: Vec<Quadratic> = [-4, -2, -1, 0, 1, 2, 4]
        .iter()
        .map(|n| Rational::from(*n))
        .chain(
            [(1, 2), (-1, 2), (1, 4), (-1, 4)]
                .iter()
                .filter_map(|(a, b)| Rational::from(*a).div(&Rational::from(*b))),
        )
        .map(Quadratic::from)
        .collect();
    let (mut joined, mut compared) = (0, 0);
    for given in given {
        for (place, left) in TERMS.iter().enumerate() {
            for right in &TERMS[place + 1..] {
                if !joins(given, left, right) {
                    continue;
                }
                joined += 1;
                let Step {
                    mut store,
                    hypotheses,
                    ends: [a, b],
                    ..
                } = step(given, left, right);
                let [x, y] = ["x", "y"].map(|name| store.variable(name));
                for at in values
                    .iter()
                    .flat_map(|v| values.iter().map(move |w| (v, w)))
                {
                    let at: Assignment = BTreeMap::from([(x, at.0.clone()), (y, at.1.clone())]);
                    let satisfied = hypotheses
                        .iter()
                        .all(|h| evaluate(&store, *h, &at, 30) == Value::Truth(true));
                    if !satisfied {
                        continue;
                    }
                    let [a, b] = [a, b].map(|side| range(&evaluate(&store, side, &at, 30)));
                    let (Some((a, b)), Some((c, d))) = (a, b) else {
                        continue;
                    };
                    compared += 1;
                    let apart = b.sub(&c).signum() < 0 || d.sub(&a).signum() < 0;
                    assert!(!apart, "{given:?}: {left} = {right} at {at:?}");
                }
            }
        }
    }
    println!("{joined} joined, compared at {compared} points");
    assert!(joined > 100 && compared > 200);
}

fn range(value: &Value) -> Option<(Rational, Rational)> {
    match value {
        Value::Exact(value) => Some((value.clone(), value.clone())),
        Value::Between(a, b) => Some((a.clone(), b.clone())),
        _ => None,
    }
}
