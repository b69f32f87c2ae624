//! A step explained: its proof as a person reads it, or its counterexample worked out.

use super::counterexample::goal;
use super::finding::Finding;
use super::wording::statement;
use super::worked_out::worked_out;
use crate::judge::{Judged, Why};
use crate::meaning::Step;
use crate::prove::table;
use crate::term::{Link, Proof, Reason, Store, TermId, Trace, print};

/// Lines of one proof; longer ones are cut, and say so.
const LINES: usize = 400;

/// The lines that explain a judged step, below its verdict and reason.
pub fn explain(store: &mut Store, step: &Step, judged: &Judged, finding: &Finding) -> Vec<String> {
    let mut lines = Vec::new();
    if let Why::Counterexample(found) = &judged.why {
        if let Some(witness) = &finding.counterexample {
            for (atom, value) in &witness.assignment {
                lines.push(format!("take {atom} = {value}"));
            }
        }
        if let Some(goal) = judged.goal.as_ref().or_else(|| goal(step)) {
            lines.extend(worked_out(store, goal, &found.assignment));
        }
    }
    let mut page = Page {
        store,
        hypotheses: judged.goal.as_ref().map_or(&[], |goal| &goal.hypotheses),
        lines,
    };
    if let Why::Proof(proved) = &judged.why {
        page.proof(&proved.proof, 0);
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

struct Page<'a> {
    store: &'a Store,
    hypotheses: &'a [TermId],
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

    /// A line of equal terms. Each stands on a line of its own with the rule that led to it; where
    /// parts of the term were rewritten, these are listed below.
    fn trace(&mut self, trace: &Trace, depth: usize) {
        let Some(first) = trace.links.first() else {
            self.line(depth, "both sides are the same".to_owned());
            return;
        };
        self.line(depth, print(self.store, first.before));
        for (place, link) in trace.links.iter().enumerate() {
            // What is only tidied is shown where the tidying ends.
            let next = trace.links.get(place + 1);
            if is_tidying(link) && next.is_some_and(is_tidying) {
                continue;
            }
            self.link(link, depth);
        }
    }

    fn link(&mut self, link: &Link, depth: usize) {
        let after = print(self.store, link.after);
        if is_tidying(link) {
            self.line(depth, format!("= {after}    [collecting terms]"));
            return;
        }
        let mut rewritten = Vec::new();
        rewritings(link, &mut rewritten);
        if let [only] = rewritten.as_slice() {
            let inside = if only.before == link.before {
                String::new()
            } else {
                format!(" in {}", print(self.store, only.before))
            };
            let why = self.because(only);
            self.line(depth, format!("= {after}    [{why}{inside}]"));
            self.conditions(only, depth + 1);
            return;
        }
        self.line(depth, format!("= {after}"));
        let mut shown = Vec::new();
        for one in rewritten {
            let before = print(self.store, one.before);
            let after = print(self.store, one.after);
            let text = format!("{before} = {after}    [{}]", self.because(one));
            if !shown.contains(&text) {
                self.line(depth + 2, text.clone());
                self.conditions(one, depth + 3);
                shown.push(text);
            }
        }
    }

    /// The name of a rule with its reason, or the hypothesis.
    fn because(&self, link: &Link) -> String {
        match &link.reason {
            Reason::Rule { name, .. } => {
                let rule = table().find(name).and_then(|i| table().rules.get(i));
                rule.map_or_else(|| name.clone(), |rule| format!("{name}: {}", rule.why))
            }
            Reason::Hypothesis(number, _) => match self.hypotheses.get(*number) {
                Some(given) => format!("given {}", statement(self.store, *given)),
                None => "given".to_owned(),
            },
            Reason::Ring | Reason::Evaluate | Reason::Congruence { .. } => {
                "collecting terms".to_owned()
            }
        }
    }

    /// What a rule needed, and why it holds.
    fn conditions(&mut self, link: &Link, depth: usize) {
        let Reason::Rule { conditions, .. } = &link.reason else {
            return;
        };
        for condition in conditions.iter().flatten() {
            match condition {
                Proof::Decision {
                    statement: claim,
                    uses,
                    ..
                } if uses.is_empty() => {
                    let claim = statement(self.store, *claim);
                    self.line(depth, format!("since {claim}"));
                }
                other => {
                    self.line(depth, "since".to_owned());
                    self.proof(other, depth + 1);
                }
            }
        }
    }
}

/// Whether a link only collects terms or computes, itself or within parts.
fn is_tidying(link: &Link) -> bool {
    match &link.reason {
        Reason::Ring | Reason::Evaluate => true,
        Reason::Congruence { parts, .. } => parts
            .iter()
            .all(|(_, trace)| trace.links.iter().all(is_tidying)),
        Reason::Rule { .. } | Reason::Hypothesis(..) => false,
    }
}

/// The rules and hypotheses that were used within a link, in order.
fn rewritings<'a>(link: &'a Link, found: &mut Vec<&'a Link>) {
    match &link.reason {
        Reason::Congruence { parts, .. } => {
            for inner in parts.iter().flat_map(|(_, trace)| &trace.links) {
                rewritings(inner, found);
            }
        }
        Reason::Ring | Reason::Evaluate => {}
        Reason::Rule { .. } | Reason::Hypothesis(..) => found.push(link),
    }
}
