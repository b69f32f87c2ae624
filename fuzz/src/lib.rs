//! What each fuzz target does with its input.
//!
//! Every body takes bytes and gives how much work they were, in the body's own count; it panics
//! where the program breaks a promise. `tests/fuzz_corpus.rs` runs the same bodies over the corpus
//! with an ordinary compiler.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a body that cannot go on has found something"
)]

use std::sync::OnceLock;
use std::thread;

use hence::certify as certificates;
use hence::judge::Options;
use hence::meaning::{self, GivenText};
use hence::prove::read_family;
use hence::refute::Budget;
use hence::source::{self, Container, ItemKind, Source};
use hence::syntax::{self, ElementKind};
use hence::term::Store;
use hence_checker::wire;
use serde_json::Value;

/// A body: what it does with bytes.
pub type Body = fn(&[u8]) -> usize;

/// All targets by name.
pub const TARGETS: [(&str, Body); 10] = [
    ("text", text),
    ("markdown", markdown),
    ("tex", tex),
    ("notebook", notebook),
    ("formula", formula),
    ("context", context),
    ("rules", rules),
    ("row", row),
    ("certificate", certificate),
    ("mutant", mutant),
];

/// Longer inputs say nothing that shorter ones do not; `tests/bad_input.rs` has the long ones.
const LONGEST: usize = 8 << 10;

/// The input as a text.
fn words(data: &[u8]) -> String {
    let data = data.get(..LONGEST).unwrap_or(data);
    String::from_utf8_lossy(data).into_owned()
}

/// A file of plain lines: taken apart and read.
pub fn text(data: &[u8]) -> usize {
    page(data, Container::Text)
}

/// A Markdown file.
pub fn markdown(data: &[u8]) -> usize {
    page(data, Container::Markdown)
}

/// A TeX file.
pub fn tex(data: &[u8]) -> usize {
    page(data, Container::Tex)
}

/// A notebook: the input as it is, and as the Markdown cell of one.
pub fn notebook(data: &[u8]) -> usize {
    let cell = serde_json::json!({
        "cells": [{"cell_type": "markdown", "source": [words(data)]}],
    });
    page(data, Container::Notebook) + page(cell.to_string().as_bytes(), Container::Notebook)
}

/// Items stand in order and within the text, and can be read. Gives the number of terms.
fn page(data: &[u8], container: Container) -> usize {
    let source = Source::new("page", words(data));
    let end = u32::try_from(source.text().len()).unwrap();
    let items = source::items(&source, container);
    assert!(
        items.len() <= 4 * source.text().len() + 16,
        "more items than text"
    );
    for item in &items {
        assert!(
            item.span.start <= item.span.end && item.span.end <= end,
            "an item outside the text: {:?}",
            item.span
        );
        let position = source.position(item.span.start);
        assert!(position.line as usize <= source.line_count());
        if let ItemKind::Math(_, fragment) = &item.kind {
            let all = syntax::parse(&fragment.text, fragment.latex);
            for element in &all {
                let span = fragment.span(element.span);
                assert!(span.end <= end, "an element outside the text: {span:?}");
            }
        }
    }
    on_large_stack(|| {
        let mut store = Store::new();
        let document = meaning::read(&mut store, &source, &items, &[]);
        for derivation in &document.derivations {
            for step in &derivation.steps {
                assert!(
                    step.span.end <= end,
                    "a step outside the text: {:?} of {end}",
                    step.span
                );
            }
        }
        store.len()
    })
}

/// What `work` gives where the front door would run it.
fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(64 << 20);
        match thread.spawn_scoped(scope, work).unwrap().join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// A formula in both spellings. Gives the length of what was read.
pub fn formula(data: &[u8]) -> usize {
    let text = words(data);
    let mut size = 0;
    for latex in [false, true] {
        let elements = syntax::parse(&text, latex);
        assert!(elements.len() <= text.len() + 1, "more elements than text");
        for element in &elements {
            within(&text, element.span);
            if let ElementKind::Formula(tree) = &element.kind {
                size += tree.to_string().len();
            }
        }
    }
    size
}

/// Context in both spellings.
pub fn context(data: &[u8]) -> usize {
    let text = words(data);
    let mut size = 0;
    for latex in [false, true] {
        for entry in syntax::parse_context(&text, latex) {
            within(&text, entry.span);
            size += 1;
        }
    }
    let given = GivenText {
        source: Source::new("given", text),
    };
    let source = Source::new("page", "x + y = y + x\n");
    let items = source::items(&source, Container::Text);
    on_large_stack(|| {
        let mut store = Store::new();
        let _ = meaning::read(&mut store, &source, &items, &[given]);
        size + store.len()
    })
}

/// A place lies in the text, on the border of a character.
fn within(text: &str, span: source::Span) {
    let place = span.start as usize..span.end as usize;
    assert!(text.get(place).is_some(), "{span:?} in {text:?}");
}

/// A file of rules, read by the prover and by the checker.
pub fn rules(data: &[u8]) -> usize {
    let text = words(data);
    let ours = read_family("test", &text);
    let theirs = hence_checker::Rules::read(&[("test", &text)]);
    ours.map_or(0, |rules| rules.len()) + usize::from(theirs.is_ok())
}

/// A row of `hence batch` from its JSON to its report; a text that is no JSON is taken for the
/// row's text.
pub fn row(data: &[u8]) -> usize {
    let line = match serde_json::from_slice::<Value>(data) {
        Ok(_) => data.to_vec(),
        Err(_) => serde_json::json!({"id": 1, "text": words(data)})
            .to_string()
            .into_bytes(),
    };
    let options = Options {
        budget: Budget::SMALL,
        ..Options::default()
    };
    let report = hence::cli::check_row(&line, &[], &options);
    let said = report.error.as_deref().unwrap_or("");
    assert!(!said.starts_with("an internal error"), "{said}");
    hence::report::json(&report).len()
}

/// A certificate as it comes.
pub fn certificate(data: &[u8]) -> usize {
    let text = words(data);
    verified(&text);
    // The checker looks at what is inside only where the digests fit.
    match serde_json::from_str::<wire::Certificate>(&text) {
        Ok(inside) => {
            let again = certificates::certificate(inside.steps);
            verified(&again.json)
        }
        Err(_) => 0,
    }
}

/// The nodes of a certificate that is accepted; the checker may reject but must finish.
fn verified(json: &str) -> usize {
    match certificates::verify(json) {
        Ok(accepted) => accepted.nodes,
        Err(rejection) => {
            let reason = rejection.reason;
            assert!(reason != "the checker could not finish", "{json}");
            0
        }
    }
}

/// Texts with evidence of many kinds; context stands before the bar.
const DECIDED: [&str; 28] = [
    "|(a + b)^2 = a^2 + 2 a b + b^2",
    "|(x^3 - 1)/(x - 1) = x^2 + x + 1",
    "|sqrt(12) = 2 sqrt(3)",
    "|1/(sqrt(2) + 1) = sqrt(2) - 1",
    "|sqrt(x^2) = |x|",
    "x > 0, y > 0|log(x y) = log(x) + log(y)",
    "|sin(2 x) = 2 sin(x) cos(x)",
    "|tanh(x) = (e^(2 x) - 1)/(e^(2 x) + 1)",
    "|d/dx (x^2 sin(x)) = 2 x sin(x) + x^2 cos(x)",
    "|d/dx sigmoid(x) = sigmoid(x) (1 - sigmoid(x))",
    "|∫ x cos(x) dx = x sin(x) + cos(x)",
    "|∫_0^1 x^2 dx = 1/3",
    "n in N|sum_(k=1)^n k = n (n + 1)/2",
    "|sum_(k=1)^n (a_k + b_k) = sum_(k=1)^n a_k + sum_(k=1)^n b_k",
    "|x^2 + y^2 >= 2 x y",
    "0 < x, x < 1|x^2 < x",
    "|x^2 - 5 x + 6 = 0 ⇒ x = 2 or x = 3",
    "|x^2 < 4 ⇔ -2 < x < 2",
    "|x + y = 3, x - y = 1 ⇒ x = 2",
    "|1/3 = 0.333",
    "|pi = 3.14159",
    "|lim_(x→0) sin(x)/x = 1",
    "x y = 1|sin(2 x y) = sin(2)",
    "n in N|(n + 1)! = (n + 1) n!",
    "|(a + b)^2 = a^2 + b^2",
    "|sqrt(x^2) = x",
    "|x^2 = 4 ⇒ x = 2",
    "n in N|sum_(k=1)^n k = n^2",
];

/// The steps of the certificates of [`DECIDED`], as JSON.
fn originals() -> &'static [Value] {
    static ALL: OnceLock<Vec<Value>> = OnceLock::new();
    ALL.get_or_init(|| DECIDED.iter().flat_map(|one| evidence(one)).collect())
}

fn evidence(one: &str) -> Vec<Value> {
    let (given, text) = one.split_once('|').unwrap();
    let given = GivenText {
        source: Source::new("given", given),
    };
    let source = Source::new("page", text);
    let found = hence::certify(&source, Container::Text, &[given], &Options::default());
    let steps = found.certificates.iter().flat_map(|certificate| {
        let read: wire::Certificate = serde_json::from_str(&certificate.json).unwrap();
        read.steps
    });
    steps
        .map(|step| serde_json::to_value(step).unwrap())
        .collect()
}

/// A true certificate with some of its numbers, names and places changed: the first byte says
/// which, then four bytes say what is changed into what.
pub fn mutant(data: &[u8]) -> usize {
    let Some((first, edits)) = data.split_first() else {
        return 0;
    };
    let all = originals();
    let mut step = all[usize::from(*first) % all.len()].clone();
    let count = leaves(&mut step).len();
    let pool: Vec<Value> = leaves(&mut step)
        .into_iter()
        .map(|leaf| leaf.clone())
        .collect();
    for edit in edits.chunks_exact(4).take(16) {
        let at = usize::from(u16::from_le_bytes([edit[0], edit[1]])) % count;
        let from = usize::from(edit[3]);
        let mut places = leaves(&mut step);
        let leaf = &mut *places[at];
        *leaf = match (edit[2] % 4, &*leaf) {
            (0, Value::Number(n)) => Value::from(n.as_i64().unwrap_or(0).wrapping_add(1)),
            (1, Value::Number(n)) => Value::from(n.as_i64().unwrap_or(0).wrapping_sub(1)),
            (2, Value::Number(_)) => Value::from(edit[3]),
            (0..=2, Value::String(text)) => {
                let mut text: Vec<char> = text.chars().collect();
                match (edit[2] % 4, text.is_empty()) {
                    (0, false) => {
                        let place = from % text.len();
                        text.remove(place);
                    }
                    (1, false) => {
                        let place = from % text.len();
                        text[place] = char::from(b"-/0123456789anx<="[from % 17]);
                    }
                    _ => text.push(char::from(edit[3] % 128)),
                }
                Value::from(text.into_iter().collect::<String>())
            }
            (_, Value::Bool(yes)) => Value::from(!yes),
            // Something else of the same kind, from elsewhere in the certificate.
            (_, old) => (0..pool.len())
                .map(|n| &pool[(n + from * 7) % pool.len()])
                .find(|new| {
                    *new != old
                        && new.is_number() == old.is_number()
                        && new.is_string() == old.is_string()
                })
                .unwrap_or(old)
                .clone(),
        };
    }
    let Ok(step) = serde_json::from_value::<wire::Step>(step) else {
        return 0;
    };
    verified(&certificates::certificate(vec![step]).json)
}

/// The numbers, strings and truth values of a JSON value, in order.
fn leaves(value: &mut Value) -> Vec<&mut Value> {
    match value {
        Value::Array(parts) => parts.iter_mut().flat_map(leaves).collect(),
        Value::Object(parts) => parts
            .iter_mut()
            .flat_map(|(_, part)| leaves(part))
            .collect(),
        leaf => vec![leaf],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_decided_has_a_certificate_that_is_accepted() {
        assert!(originals().len() >= 20, "{}", originals().len());
        for original in originals() {
            let step: wire::Step = serde_json::from_value(original.clone()).unwrap();
            let json = certificates::certificate(vec![step]).json;
            assert_eq!(certificates::verify(&json).map(|_| ()), Ok(()), "{json}");
        }
    }
}
