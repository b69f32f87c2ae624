//! A step explained: its proof as a person reads it, or its counterexample worked out.

use rustc_hash::FxHashSet;

use super::counterexample::{goal, value};
use super::finding::Finding;
use super::wording::statement;
use crate::judge::{Judged, Why};
use crate::meaning::{Shape, Step};
use crate::prove::table;
use crate::term::{Link, Node, Proof, Reason, Store, TermId, Trace, print};
use crate::theory::evaluate::{Assignment, Value, evaluate};

/// Lines of one explanation; longer ones are cut, and say so.
const LINES: usize = 400;
/// Decimal digits of the values that are shown.
const DIGITS: u32 = 12;

/// The lines that explain a judged step, below its verdict and reason.
pub fn explain(store: &Store, step: &Step, judged: &Judged, finding: &Finding) -> Vec<String> {
    let mut page = Page {
        store,
        lines: Vec::new(),
    };
    match &judged.why {
        Why::Proof(proved) => page.proof(&proved.proof, 0),
        Why::Counterexample(found) => {
            if let Some(witness) = &finding.counterexample {
                for (atom, value) in &witness.assignment {
                    page.line(0, format!("take {atom} = {value}"));
                }
            }
            for side in sides(store, step) {
                page.worked_out(side, &found.assignment);
            }
        }
        _ => {}
    }
    for condition in &finding.conditions {
        page.line(0, format!("needs {condition}"));
    }
    for note in step.notes.iter().chain(&finding.notes) {
        page.line(0, format!("note: {note}"));
    }
    if let Some(diagnosis) = &finding.diagnosis {
        page.line(
            0,
            format!("slip ({}): {}", diagnosis.code, diagnosis.message),
        );
    }
    page.lines
}

/// The terms whose values the counterexample compares.
fn sides(store: &Store, step: &Step) -> Vec<TermId> {
    let claim = match goal(step).map(|g| &g.shape) {
        Some(Shape::Step(claim) | Shape::Statement(claim)) => *claim,
        Some(Shape::Equivalence(a, b)) => return vec![*a, *b],
        Some(Shape::UpToConstant { left, right, .. }) => return vec![*left, *right],
        Some(Shape::Rounded { term, .. }) => return vec![*term],
        None => return Vec::new(),
    };
    match store.node(claim) {
        Node::Relation(_, a, b) => vec![*a, *b],
        _ => vec![claim],
    }
}

struct Page<'a> {
    store: &'a Store,
    lines: Vec<String>,
}

impl Page<'_> {
    fn line(&mut self, depth: usize, text: String) {
        match self.lines.len() {
            n if n < LINES => self.lines.push(format!("{}{text}", "  ".repeat(depth))),
            LINES => self.lines.push("… (cut here)".to_owned()),
            _ => {}
        }
    }

    fn proof(&mut self, proof: &Proof, depth: usize) {
        match proof {
            Proof::Equality(trace) => self.trace(trace, depth),
            Proof::Decision {
                theory,
                method,
                statement: claim,
                uses,
                witness,
            } => {
                let claim = statement(self.store, *claim);
                self.line(depth, format!("{claim}: by {theory} ({method})"));
                if !witness.is_empty() {
                    let witness: Vec<String> =
                        witness.iter().map(|t| print(self.store, *t)).collect();
                    self.line(depth + 1, format!("with {}", witness.join("; ")));
                }
                for used in uses {
                    self.proof(used, depth + 1);
                }
            }
        }
    }

    fn trace(&mut self, trace: &Trace, depth: usize) {
        let Some(first) = trace.links.first() else {
            self.line(depth, "both sides are the same".to_owned());
            return;
        };
        self.line(depth, print(self.store, first.before));
        for link in &trace.links {
            self.link(link, depth);
        }
    }

    fn link(&mut self, link: &Link, depth: usize) {
        let after = print(self.store, link.after);
        match &link.reason {
            Reason::Rule {
                name, conditions, ..
            } => {
                let why = table().find(name).and_then(|i| table().rules.get(i));
                let why = why.map_or(String::new(), |rule| format!(": {}", rule.why));
                self.line(depth, format!("= {after}    [{name}{why}]"));
                for condition in conditions.iter().flatten() {
                    self.line(depth + 1, "since".to_owned());
                    self.proof(condition, depth + 2);
                }
            }
            Reason::Congruence { parts, .. } => {
                self.line(depth, format!("= {after}    [inside]"));
                for (_, trace) in parts {
                    self.trace(trace, depth + 1);
                }
            }
            Reason::Ring => self.line(depth, format!("= {after}    [collecting terms]")),
            Reason::Evaluate => self.line(depth, format!("= {after}    [its value]")),
            Reason::Hypothesis(number, _) => {
                self.line(depth, format!("= {after}    [given, {}]", number + 1));
            }
        }
    }

    /// Every closed part of a term with its value, innermost first.
    fn worked_out(&mut self, term: TermId, at: &Assignment) {
        let mut parts = Vec::new();
        parts_of(self.store, term, &mut FxHashSet::default(), &mut parts);
        for part in parts {
            let found = evaluate(self.store, part, at, DIGITS);
            if found != Value::Unknown {
                let text = print(self.store, part);
                let found = value(&found);
                let sign = if found.starts_with(['≈', 'b', 'u', 't', 'f']) {
                    "is"
                } else {
                    "="
                };
                self.line(1, format!("{text} {sign} {found}"));
            }
        }
    }
}

/// The closed parts of a term that are not single symbols or numbers, children before parents.
fn parts_of(store: &Store, term: TermId, seen: &mut FxHashSet<TermId>, found: &mut Vec<TermId>) {
    if !seen.insert(term) {
        return;
    }
    let mut children = Vec::new();
    store
        .node(term)
        .for_each_child(|child| children.push(child));
    for child in children {
        parts_of(store, child, seen, found);
    }
    let simple = matches!(
        store.node(term),
        Node::Number(_) | Node::Symbol(_) | Node::Constant(_) | Node::Member(..)
    );
    let negative = matches!(store.node(term), Node::Pow(_, exponent)
        if matches!(store.node(*exponent), Node::Number(n) if n.signum() < 0));
    if !simple && !negative && store.is_closed(term) {
        found.push(term);
    }
}
