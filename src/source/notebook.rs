//! Jupyter notebooks: the Markdown of their cells, with its places in the JSON.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::builder::Builder;
use super::item::{Item, ItemKind};
use super::mapping::Woven;
use super::markdown;
use super::span::Span;

#[derive(Deserialize)]
struct Notebook<'a> {
    #[serde(borrow)]
    cells: Vec<Cell<'a>>,
}

#[derive(Deserialize)]
struct Cell<'a> {
    #[serde(default)]
    cell_type: String,
    #[serde(borrow)]
    source: &'a RawValue,
}

/// Whether a text is the JSON of a notebook.
#[must_use]
pub fn is_notebook(text: &str) -> bool {
    serde_json::from_str::<Notebook>(text.trim_start_matches('\u{FEFF}')).is_ok()
}

/// The items of a notebook's Markdown cells; none where the text is no notebook.
pub(super) fn items(text: &str) -> Vec<Item> {
    let Ok(notebook) = serde_json::from_str::<Notebook>(text.trim_start_matches('\u{FEFF}')) else {
        return Vec::new();
    };
    let mut all = Builder::default();
    for cell in notebook.cells {
        if cell.cell_type != "markdown" {
            continue;
        }
        let raw = cell.source.get();
        // The raw value is a slice of the text, so the difference of addresses is its place.
        let start = (raw.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let source = unescape(raw, start);
        for item in markdown::items(&source.text) {
            let place = source.span(item.span);
            let kind = match item.kind {
                ItemKind::Math(placement, mut fragment) => {
                    let inner = Woven {
                        text: std::mem::take(&mut fragment.text),
                        runs: std::mem::take(&mut fragment.runs),
                    };
                    let mapped = compose(&inner, &source);
                    fragment.text = mapped.text;
                    fragment.runs = mapped.runs;
                    ItemKind::Math(placement, fragment)
                }
                other => other,
            };
            all.push(place.start as usize, place.end as usize, kind);
        }
        let end = start + raw.len();
        all.blank(end, 0);
    }
    all.finish()
}

/// A text whose places are those of a text whose places are in the file.
fn compose(inner: &Woven, outer: &Woven) -> Woven {
    let mut out = Woven::default();
    for (index, (at, origin, whole)) in inner.runs.iter().enumerate() {
        let next = inner.runs.get(index + 1);
        let end = next.map_or(inner.text.len(), |(next, _, _)| *next as usize);
        let length = end.saturating_sub(*at as usize);
        if *whole {
            out.part(outer, *origin as usize, *origin as usize + length);
        } else {
            let to = next.map_or(*origin, |(_, to, _)| *to);
            let place = outer.span(Span::new(*origin, to));
            let piece = inner.text.get(*at as usize..end).unwrap_or("");
            out.instead(piece, place.start as usize, place.end as usize);
        }
    }
    out
}

/// The text of a JSON string, or of a list of them, that stands at `start` of the file.
fn unescape(raw: &str, start: usize) -> Woven {
    let mut out = Woven::default();
    let mut within = false;
    let mut at = 0;
    while let Some(c) = raw.get(at..).and_then(|rest| rest.chars().next()) {
        let mut next = at + c.len_utf8();
        if c == '"' {
            within = !within;
        } else if within && c == '\\' {
            let (length, meant) = escape(raw.get(at..).unwrap_or(""));
            next = at + length;
            out.instead(meant.encode_utf8(&mut [0; 4]), start + at, start + next);
        } else if within {
            let run = raw.get(at..).and_then(|rest| rest.find(['"', '\\']));
            next = run.map_or(raw.len(), |step| at + step);
            out.verbatim(raw.get(at..next).unwrap_or(""), start + at);
        }
        at = next;
    }
    out
}

/// The length of the escape at the start of `text` and the character it stands for.
fn escape(text: &str) -> (usize, char) {
    let code = |at: usize| {
        text.get(at..at + 4)
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
    };
    match text.as_bytes().get(1) {
        Some(b'n') => (2, '\n'),
        Some(b't') => (2, '\t'),
        Some(b'r') => (2, '\r'),
        Some(b'b' | b'f') => (2, ' '),
        Some(b'u') => {
            let high = code(2).unwrap_or(0xFFFD);
            let paired = (0xD800..0xDC00).contains(&high)
                && text.get(6..8).is_some_and(|escape| escape == "\\u");
            let low = if paired { code(8) } else { None };
            match low.filter(|low| (0xDC00..0xE000).contains(low)) {
                Some(low) => {
                    let point = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                    (12, char::from_u32(point).unwrap_or('\u{FFFD}'))
                }
                None => (6, char::from_u32(high).unwrap_or('\u{FFFD}')),
            }
        }
        Some(byte) => (2, char::from(*byte)),
        None => (1, '\\'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maths_of_a_cell_stands_where_the_json_has_it() {
        let text = r##"{"cells": [
 {"cell_type": "code", "source": ["x = $1$"]},
 {"cell_type": "markdown", "source": ["# الف\n", "Let $\\alpha = \u03b2$ be.\n", "$$x\n=1$$"]}
], "nbformat": 4}"##;
        let items = items(text);
        let maths: Vec<_> = items
            .iter()
            .filter_map(|item| match &item.kind {
                ItemKind::Math(_, fragment) => Some(fragment),
                _ => None,
            })
            .collect();
        assert_eq!(maths.len(), 2);
        assert_eq!(maths[0].text, "\\alpha = β");
        let all = Span::new(0, u32::try_from(maths[0].text.len()).unwrap());
        let place = maths[0].span(all);
        assert_eq!(
            &text[place.start as usize..place.end as usize],
            r"\\alpha = \u03b2"
        );
        let place = maths[0].span(Span::new(0, 6));
        assert_eq!(&text[place.start as usize..place.end as usize], r"\\alpha");
        assert_eq!(maths[1].text, "x\n=1");
    }

    #[test]
    fn what_is_no_notebook_has_no_items() {
        assert!(items("{}").is_empty());
        assert!(items("not json").is_empty());
    }
}
