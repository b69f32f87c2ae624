//! Items as they are gathered, line by line.

use super::item::{Fragment, Item, ItemKind, Placement};
use super::label;
use super::mapping::Woven;
use super::span::Span;

/// Gathers the items of a document. Ranges are byte offsets of the text that is scanned.
#[derive(Debug, Default)]
pub(super) struct Builder {
    items: Vec<Item>,
    /// Where the items of the current line begin.
    line: usize,
}

/// The span of a range of bytes.
pub(super) fn span(from: usize, to: usize) -> Span {
    let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(narrow(from), narrow(to))
}

/// Whether a character says nothing: white space, a byte order mark, a mark of direction.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether the text is LaTeX: a backslash with a letter behind it.
pub(super) fn is_latex(text: &str) -> bool {
    text.as_bytes()
        .windows(2)
        .any(|pair| pair[0] == b'\\' && pair[1].is_ascii_alphabetic())
}

/// The words of links without their targets: `the [mean](/D/mean)` is `the mean`.
fn unlink(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, target)) = rest.split_once("](") {
        let Some((_, behind)) = target.split_once(')') else {
            break;
        };
        match before.rsplit_once('[') {
            Some((words, link)) => {
                out.push_str(words);
                out.push_str(link);
            }
            None => out.push_str(before),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

impl Builder {
    pub(super) fn push(&mut self, from: usize, to: usize, kind: ItemKind) {
        self.items.push(Item {
            span: span(from, to),
            kind,
        });
    }

    /// Words, without the white space and the marks of emphasis around them.
    pub(super) fn prose(&mut self, text: &str, from: usize, to: usize) {
        let piece = text.get(from..to).unwrap_or("");
        let words = piece.trim_matches(|c| is_blank(c) || c == '*');
        if words.is_empty() {
            return;
        }
        let start = from + piece.find(words).unwrap_or(0);
        let end = start + words.len();
        let clean = unlink(&words.replace("**", "").replace("__", ""));
        self.push(start, end, ItemKind::Prose(clean));
    }

    /// Maths that stands in the text as it is.
    pub(super) fn math(
        &mut self,
        text: &str,
        outer: (usize, usize),
        inner: (usize, usize),
        placement: Placement,
        latex: bool,
    ) {
        let piece = text.get(inner.0..inner.1).unwrap_or("");
        let fragment = Fragment::verbatim(piece, span(inner.0, inner.1).start, latex);
        self.push(outer.0, outer.1, ItemKind::Math(placement, fragment));
    }

    /// Maths that was put together.
    pub(super) fn woven(&mut self, outer: (usize, usize), maths: Woven, placement: Placement) {
        let fragment = Fragment {
            text: maths.text,
            runs: maths.runs,
            latex: true,
        };
        self.push(outer.0, outer.1, ItemKind::Math(placement, fragment));
    }

    /// Takes the labels that open the rest of a line and gives where what follows them begins.
    pub(super) fn labels(&mut self, text: &str, from: usize, to: usize) -> usize {
        let line = text.get(from..to).unwrap_or("");
        let labels = label::leading(line);
        let mut rest = from;
        for (start, end) in labels {
            let name = line.get(start..end).unwrap_or("").to_owned();
            self.push(from + start, from + end, ItemKind::ItemLabel(name));
            rest = from + end;
        }
        rest
    }

    /// A heading; it stands apart from what is around it.
    pub(super) fn heading(&mut self, from: usize, to: usize, level: u8, words: &str) {
        self.blank(from, 0);
        let words = words.replace("**", "");
        self.push(from, to, ItemKind::Heading(level, words.trim().to_owned()));
        self.blank(to, 0);
    }

    /// Ends a line: inline maths without words on its line is a display.
    pub(super) fn end_line(&mut self, at: usize, length: usize) {
        let Some(line) = self.items.get_mut(self.line..) else {
            return;
        };
        let says_something = |item: &Item| match &item.kind {
            ItemKind::Prose(words) => words.chars().any(char::is_alphabetic),
            _ => false,
        };
        if !line.iter().any(says_something) {
            for item in line.iter_mut() {
                if let ItemKind::Math(placement @ Placement::Inline, _) = &mut item.kind {
                    *placement = Placement::Display;
                }
            }
        }
        if !line.is_empty() {
            self.push(at, at + length, ItemKind::LineBreak);
        }
        self.line = self.items.len();
    }

    /// A blank line; a run of them is one item.
    pub(super) fn blank(&mut self, at: usize, length: usize) {
        if matches!(
            self.items.last().map(|item| &item.kind),
            Some(ItemKind::LineBreak)
        ) {
            self.items.pop();
        }
        let blank_already = self
            .items
            .last()
            .is_none_or(|item| item.kind == ItemKind::Blank);
        if !blank_already {
            self.push(at, at + length, ItemKind::Blank);
        }
        self.line = self.items.len();
    }

    /// Whether a line has been begun and not ended.
    pub(super) fn within_line(&self) -> bool {
        self.line < self.items.len()
    }

    /// The items; no line break or blank line stands at the end.
    pub(super) fn finish(mut self) -> Vec<Item> {
        self.end_line(0, 0);
        while matches!(
            self.items.last().map(|item| &item.kind),
            Some(ItemKind::LineBreak | ItemKind::Blank)
        ) {
            self.items.pop();
        }
        self.items
    }
}
