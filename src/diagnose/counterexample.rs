//! A counterexample as it is written in reports.

use std::collections::BTreeSet;

use crate::judge::{Judged, Why};
use crate::meaning::{Derivation, Goal, Role, Shape, Step};
use crate::number::Rational;
use crate::term::{Function, Node, Store, Symbol, TermId, print};
use crate::theory::evaluate::{Assignment, Value};

use super::chance;
use super::finding::Witness;

/// The counterexample of a refuted step.
pub(super) fn witness(
    store: &Store,
    derivation: &Derivation,
    step: &Step,
    judged: &Judged,
) -> Option<Witness> {
    let Why::Counterexample(found) = &judged.why else {
        return None;
    };
    let concerned = concerned(store, derivation, step, judged);
    let (laws, spent) = chance::laws(store, &found.assignment, &concerned);
    let arrays = arrays(store, &found.assignment);
    let is_concerned = |atom: TermId| symbol(store, atom).is_none_or(|s| concerned.contains(&s));
    let mut assignment: Vec<(String, String)> = found
        .assignment
        .iter()
        .filter(|(atom, _)| !spent.contains(atom))
        .filter(|(atom, _)| !arrays.iter().any(|(_, entries, _)| entries.contains(atom)))
        .filter(|(atom, _)| is_concerned(**atom))
        .map(|(atom, value)| (print(store, *atom), value.to_string()))
        .collect();
    let shown = arrays.iter().filter(|(of, _, _)| is_concerned(*of));
    assignment.extend(shown.map(|(of, _, text)| (print(store, *of), text.clone())));
    assignment.extend(laws);
    let (left, right) = (value(&found.left), value(&found.right));
    Some(Witness {
        assignment,
        left,
        right,
    })
}

/// The symbols that the claim speaks of, and those that its hypotheses tie to them; what the
/// counterexample says of other letters concerns nobody. Internal symbols (with a `#` in their
/// name) are not among them.
fn concerned(
    store: &Store,
    derivation: &Derivation,
    step: &Step,
    judged: &Judged,
) -> BTreeSet<Symbol> {
    let Some(goal) = goal(step) else {
        return BTreeSet::new();
    };
    let claims = match goal.shape {
        Shape::Step(a) | Shape::Statement(a) | Shape::Rounded { term: a, .. } => vec![a],
        Shape::Equivalence(a, b)
        | Shape::UpToConstant {
            left: a, right: b, ..
        } => vec![a, b],
    };
    let mut found: BTreeSet<Symbol> = claims.iter().flat_map(|t| store.symbols(*t)).collect();
    let earlier = judged
        .from
        .iter()
        .filter_map(|i| derivation.steps.get(*i)?.states);
    let mut hypotheses: Vec<Vec<Symbol>> = goal
        .hypotheses
        .iter()
        .copied()
        .chain(earlier)
        .map(|h| store.symbols(h))
        .collect();
    // What was known holds at the counterexample: of a statement all of it is shown.
    if matches!(goal.shape, Shape::Statement(_)) && found.is_empty() {
        found.extend(hypotheses.iter().flatten());
    }
    loop {
        let before = hypotheses.len();
        hypotheses.retain(|symbols| {
            let tied = symbols.iter().any(|s| found.contains(s));
            if tied {
                found.extend(symbols);
            }
            !tied
        });
        if hypotheses.len() == before {
            break;
        }
    }
    found.retain(|s| !store.name(*s).contains('#'));
    found
}

/// The symbol of an atom.
fn symbol(store: &Store, atom: TermId) -> Option<Symbol> {
    match store.node(atom) {
        Node::Symbol(s) | Node::Member(s, _) | Node::Call(s, _, _) => Some(*s),
        _ => None,
    }
}

/// A matrix by its rows; a column by its entries.
fn array(rows: usize, columns: usize, entries: &[String]) -> String {
    if columns == 1 && rows > 1 {
        return format!("[{}]", entries.join(", "));
    }
    let rows: Vec<String> = entries
        .chunks(columns.max(1))
        .map(|row| format!("[{}]", row.join(", ")))
        .collect();
    format!("[{}]", rows.join(", "))
}

/// An entry: its atom, its row and column, its value.
type Cell = (TermId, Vec<i64>, String);

/// The vectors and matrices of an assignment, and which atoms are their entries.
fn arrays(store: &Store, found: &Assignment) -> Vec<(TermId, BTreeSet<TermId>, String)> {
    let mut entries: Vec<(TermId, Vec<Cell>)> = Vec::new();
    for (atom, value) in found {
        let Node::Function(Function::Entry, parts) = store.node(*atom) else {
            continue;
        };
        let Some((of, places)) = parts.split_first() else {
            continue;
        };
        let places = places.iter().map(|place| match store.node(*place) {
            Node::Number(n) => n.to_i64().unwrap_or(0),
            _ => 0,
        });
        let entry = (*atom, places.collect(), value.to_string());
        match entries.iter_mut().find(|(known, _)| known == of) {
            Some((_, all)) => all.push(entry),
            None => entries.push((*of, vec![entry])),
        }
    }
    let mut shown = Vec::new();
    for (of, mut all) in entries {
        all.sort_by(|a, b| a.1.cmp(&b.1));
        let last = all.last().map(|(_, places, _)| places.clone());
        let columns = match last.as_deref() {
            Some([_, columns]) => usize::try_from(*columns).unwrap_or(1),
            _ => 1,
        };
        let texts: Vec<String> = all.iter().map(|(_, _, text)| text.clone()).collect();
        let atoms = all.iter().map(|(atom, _, _)| *atom).collect();
        shown.push((
            of,
            atoms,
            array(texts.len() / columns.max(1), columns, &texts),
        ));
    }
    shown
}

/// A value in words: exact, or as an enclosing interval.
pub(super) fn value(found: &Value) -> String {
    match found {
        Value::Exact(x) => x.to_string(),
        Value::Between(low, high) => between(low, high),
        Value::Matrix(rows, columns, entries) => {
            let entries: Vec<String> = entries.iter().map(value).collect();
            array(*rows, *columns, &entries)
        }
        Value::Undefined => "undefined".to_owned(),
        Value::Truth(true) => "true".to_owned(),
        Value::Truth(false) => "false".to_owned(),
        Value::Unknown => "not known".to_owned(),
    }
}

/// An enclosure, by the digits on which both ends agree, or by its ends.
fn between(low: &Rational, high: &Rational) -> String {
    for places in (0..=6).rev() {
        let (a, b) = (low.round(places), high.round(places));
        if a == b {
            return format!("≈ {}", a.to_decimal(places));
        }
    }
    format!("between {low} and {high}")
}

/// Whether the step's goal speaks of closed numbers alone.
pub(super) fn is_closed(store: &Store, step: &Step) -> bool {
    goal(step).is_some_and(|goal| match &goal.shape {
        Shape::Step(t) => store.symbols(*t).is_empty(),
        Shape::Rounded { .. } => true,
        _ => false,
    })
}

/// The goal of a step, if it has one.
pub(super) fn goal(step: &Step) -> Option<&Goal> {
    match &step.role {
        Role::Premise(goal) | Role::Claim(goal) | Role::Follows(goal, _) => Some(goal),
        _ => None,
    }
}
