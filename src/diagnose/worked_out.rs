//! A counterexample worked out: the values of all parts, innermost first.

use rustc_hash::FxHashSet;

use super::counterexample::value;
use super::wording::statement;
use crate::meaning::{Goal, Shape};
use crate::number::Rational;
use crate::prove::simplify;
use crate::term::{Node, Store, TermId, print};
use crate::theory::evaluate::{Assignment, Value, evaluate};
use crate::theory::facts::Facts;

/// Decimal digits of the values that are shown.
const DIGITS: u32 = 12;
/// How many terms of a sum or product are shown one by one.
const TERMS: i64 = 6;
/// How many lines are shown.
const LINES: usize = 100;

/// That the hypotheses hold at the assignment, and the values of both sides with all their parts.
pub(super) fn worked_out(store: &mut Store, goal: &Goal, at: &Assignment) -> Vec<String> {
    let mut page = Page {
        at,
        seen: FxHashSet::default(),
        lines: Vec::new(),
    };
    for hypothesis in &goal.hypotheses {
        let sort = matches!(store.node(*hypothesis), Node::Element(..));
        if !sort && evaluate(store, *hypothesis, at, DIGITS) == Value::Truth(true) {
            let known = statement(store, *hypothesis);
            page.lines.push(format!("there {known} holds"));
        }
    }
    for side in sides(store, goal) {
        page.parts(store, side, true);
    }
    page.lines.truncate(LINES);
    page.lines
}

/// The terms whose values the counterexample compares.
fn sides(store: &Store, goal: &Goal) -> Vec<TermId> {
    let claim = match &goal.shape {
        Shape::Step(claim) | Shape::Statement(claim) => *claim,
        Shape::Equivalence(a, b) => return vec![*a, *b],
        Shape::UpToConstant { left, right, .. } => return vec![*left, *right],
        Shape::Rounded { term, .. } => return vec![*term],
    };
    match store.node(claim) {
        Node::Relation(_, a, b) => vec![*a, *b],
        _ => vec![claim],
    }
}

struct Page<'a> {
    at: &'a Assignment,
    seen: FxHashSet<TermId>,
    lines: Vec<String>,
}

impl Page<'_> {
    /// The parts of a term that are worth a line, children before parents.
    fn parts(&mut self, store: &mut Store, term: TermId, whole: bool) {
        if self.lines.len() > LINES || !self.seen.insert(term) {
            return;
        }
        let mut children = Vec::new();
        store
            .node(term)
            .for_each_child(|child| children.push(child));
        for child in children {
            self.parts(store, child, false);
        }
        let simple = matches!(
            store.node(term),
            Node::Number(_) | Node::Symbol(_) | Node::Constant(_) | Node::Member(..)
        );
        let negative = matches!(store.node(term), Node::Pow(_, exponent)
            if matches!(store.node(*exponent), Node::Number(n) if n.signum() < 0));
        if simple || negative || !store.is_closed(term) {
            return;
        }
        let mut means = String::new();
        match *store.node(term) {
            Node::Sum(_, _, from, to, _) => self.terms(store, term, from, to),
            Node::Product(_, _, from, to, _) => self.terms(store, term, from, to),
            Node::Derivative(..) => {
                let worked = simplify(store, &Facts::default(), term);
                if worked != term {
                    means = format!(" = {}", print(store, worked));
                }
            }
            _ => {}
        }
        let found = evaluate(store, term, self.at, DIGITS);
        if found == Value::Unknown || (matches!(found, Value::Truth(_)) && !whole) {
            return;
        }
        self.says(format!("{}{means}", print(store, term)), &found);
    }

    /// The terms of a sum or product, each with its value.
    fn terms(&mut self, store: &mut Store, whole: TermId, from: TermId, to: TermId) {
        let bound = |store: &Store, term| match evaluate(store, term, self.at, DIGITS) {
            Value::Exact(number) => number.to_i64(),
            _ => None,
        };
        let (Some(from), Some(to)) = (bound(store, from), bound(store, to)) else {
            return;
        };
        if to.saturating_sub(from) >= TERMS {
            return;
        }
        for index in from..=to {
            let with = store.number(Rational::from(index));
            let opened = store.open(whole, with).unwrap_or_default();
            let &[body, condition] = opened.as_slice() else {
                return;
            };
            if evaluate(store, condition, self.at, DIGITS) != Value::Truth(true) {
                continue;
            }
            let found = evaluate(store, body, self.at, DIGITS);
            if found != Value::Unknown && !matches!(store.node(body), Node::Number(_)) {
                self.says(format!("  term {index}: {}", print(store, body)), &found);
            }
        }
    }

    fn says(&mut self, text: String, found: &Value) {
        let found = value(found);
        let exact = !found.starts_with(['≈', 'b', 'u', 't', 'f']);
        let sign = if exact { "=" } else { "is" };
        self.lines.push(format!("  {text} {sign} {found}"));
    }
}
