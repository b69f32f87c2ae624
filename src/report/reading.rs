//! How a document was read, as text.

use std::fmt::Write as _;

use super::human::flat_step;
use crate::meaning::{Document, Role, Step};
use crate::source::Source;

/// How each step was read: what it is, where, and which readings were guesses.
#[must_use]
pub fn reading(source: &Source, document: &Document) -> String {
    let mut out = String::new();
    for derivation in &document.derivations {
        let line = source.position(derivation.span.start).line;
        let _ = writeln!(out, "{}:{line}: {}", source.name(), derivation.title);
        for step in &derivation.steps {
            one(&mut out, source, step);
        }
    }
    out
}

fn one(out: &mut String, source: &Source, step: &Step) {
    let at = source.position(step.span.start);
    let (part, remark) = match &step.role {
        Role::Given => ("given", None),
        Role::Premise(_) => ("premise", None),
        Role::Claim(_) => ("claim", None),
        Role::Follows(..) => ("follows", None),
        Role::Skipped(why) => ("skipped", Some(why)),
        Role::Unreadable(why) => ("unreadable", Some(why)),
        Role::Beyond(why) => ("beyond", Some(why)),
    };
    let written = flat_step(&step.left, step.relation, &step.right);
    let _ = writeln!(out, "  {}:{}  {part:<10} {written}", at.line, at.column);
    if let Some(remark) = remark {
        let _ = writeln!(out, "      {remark}");
    }
    for note in &step.notes {
        let _ = writeln!(out, "      {note}");
    }
    for other in &step.alternatives {
        let _ = writeln!(out, "      another reading: {}", other.written);
    }
}
