//! How documents are read (CONTRACT §2 and §3): one row a rule, true and false rows side by side.

mod arrow;
mod block;
mod context;
mod definition;
mod number;
mod remark;
mod sentence;
mod solution;
mod symbol;
mod verdict;

use hence::meaning::{Document, GivenText, Goal, Role, Shape, Step, read};
use hence::source::{Container, Source, items};
use hence::term::{Store, TermId, print};

/// The steps of a text, one line each: line, role, and what is claimed from what.
fn listing(text: &str, given: &str) -> Vec<String> {
    let container = if text.contains('$')
        || text.contains("<!--")
        || text.contains("```")
        || text.contains("# ")
    {
        Container::Markdown
    } else {
        Container::Text
    };
    let source = Source::new("text", text);
    let given: Vec<GivenText> = if given.is_empty() {
        Vec::new()
    } else {
        vec![GivenText {
            source: Source::new("given", given),
        }]
    };
    let mut store = Store::new();
    let document = read(&mut store, &source, &items(&source, container), &given);
    list(&store, &source, &document)
}

fn list(store: &Store, source: &Source, document: &Document) -> Vec<String> {
    let mut lines: Vec<String> = document
        .problems
        .iter()
        .map(|problem| format!("problem {problem}"))
        .collect();
    for (number, derivation) in document.derivations.iter().enumerate() {
        for step in &derivation.steps {
            let line = source.position(step.span.start).line;
            let begins = if number > 0 && std::ptr::eq(step, &raw const derivation.steps[0]) {
                "| "
            } else {
                ""
            };
            lines.push(format!("{begins}{line} {}", shown(store, step)));
        }
    }
    lines
}

fn shown(store: &Store, step: &Step) -> String {
    match &step.role {
        Role::Given if step.relation == ":=" => format!("{} := {}", step.left, step.right),
        Role::Given => format!("given {}", step.left),
        Role::Premise(goal) => format!("premise {}", claim(store, goal)),
        Role::Claim(goal) => format!("claim {}{}", hypotheses(store, goal), claim(store, goal)),
        Role::Follows(goal, carry) => {
            let whole = carry.converse.as_ref().map_or(String::new(), |goal| {
                format!(" else {}", claim(store, goal))
            });
            format!(
                "follows {}{}{whole}",
                hypotheses(store, goal),
                claim(store, goal)
            )
        }
        Role::Skipped(_) => format!("skipped {}", step.left),
        Role::Unreadable(_) => format!("unreadable {}", step.right.trim()),
        Role::Beyond(_) => format!("beyond {}", step.right.trim()),
    }
}

fn terms(store: &Store, terms: &[TermId]) -> String {
    let all: Vec<String> = terms.iter().map(|t| print(store, *t)).collect();
    all.join(", ")
}

fn hypotheses(store: &Store, goal: &Goal) -> String {
    if goal.hypotheses.is_empty() {
        String::new()
    } else {
        format!("[{}] ", terms(store, &goal.hypotheses))
    }
}

fn claim(store: &Store, goal: &Goal) -> String {
    match &goal.shape {
        Shape::Step(t) => print(store, *t),
        Shape::Statement(t) => format!("true: {}", print(store, *t)),
        Shape::Equivalence(a, b) => format!("{} ⇔ {}", print(store, *a), print(store, *b)),
        Shape::Rounded {
            term,
            others,
            decimal,
            places,
        } => {
            let or = if others.is_empty() {
                String::new()
            } else {
                format!(" or {}", terms(store, others))
            };
            format!(
                "{}{or} rounds to {decimal} in {places}",
                print(store, *term)
            )
        }
        Shape::UpToConstant { left, right, .. } => format!(
            "{} = {} up to a constant",
            print(store, *left),
            print(store, *right)
        ),
    }
}

/// A text, its context, and how it is to be read.
type Row = (&'static str, &'static str, &'static [&'static str]);

fn check(rows: &[Row]) {
    let mut wrong = Vec::new();
    for (text, given, expected) in rows {
        let found = listing(text, given);
        if found != *expected {
            wrong.push(format!(
                "{text:?} given {given:?}\n   is read as\n      {}\n   not as\n      {}",
                found.join("\n      "),
                expected.join("\n      ")
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} rows of {}:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}
