//! Sentences that say what is random: words and the maths between them, put together and said
//! again as context (`Let $X$ be a random variable with mean $μ$.`).

use crate::source::{Fragment, Item, ItemKind, Placement, Span};
use crate::syntax::premise;

/// Words with which a sentence may say that something holds.
const OPENINGS: &[&str] = &[
    "now",
    "also",
    "further",
    "furthermore",
    "moreover",
    "finally",
    "here",
    "next",
    "and",
    "let",
    "us",
    "we",
    "suppose",
    "assume",
    "assuming",
    "given",
    "where",
    "with",
    "consider",
    "that",
    "throughout",
    "in addition",
    "as usual",
    "the",
    "random variables",
    "random variable",
    "noise",
    "noises",
    "errors",
    "error terms",
    "noise terms",
    "terms",
    "variables",
    "events",
    "samples",
    "observations",
];

/// Words of which a sentence about chance is known; where such a sentence cannot be read, what is
/// wrong without it is not refuted.
const CHANCE: &[&str] = &[
    "independent",
    "independence",
    "independently",
    "uncorrelated",
    "i.i.d",
    "iid",
    "correlated",
    "distributed",
    "zero-mean",
    "zero mean",
    "mean zero",
    "disjoint",
    "mutually exclusive",
    "unbiased",
    "centered",
    "centred",
    "variance",
    "expectation",
    "partition",
];

/// A sentence so far.
#[derive(Default)]
struct Sentence {
    text: String,
    /// Where the pieces of maths stand in the text, and in the file.
    runs: Vec<(u32, u32, bool)>,
    pieces: Vec<String>,
    /// Which of the items they are.
    places: Vec<usize>,
    latex: bool,
    maths: bool,
    start: Option<Span>,
}

/// The items with what their sentences say of chance behind each sentence.
pub(super) fn with_premises(items: &[Item]) -> Vec<Item> {
    let mut out = Vec::with_capacity(items.len());
    let mut sentence = Sentence::default();
    for item in items {
        match &item.kind {
            ItemKind::Prose(words) => {
                let mut rest = words.as_str();
                while let Some(end) = sentence_end(rest) {
                    let (before, behind) = rest.split_at(end);
                    sentence.words(before, item.span);
                    out.push(Item {
                        span: item.span,
                        kind: ItemKind::Prose(before.to_owned()),
                    });
                    std::mem::take(&mut sentence).said(&mut out);
                    rest = behind;
                }
                if !rest.is_empty() {
                    sentence.words(rest, item.span);
                    out.push(Item {
                        span: item.span,
                        kind: ItemKind::Prose(rest.to_owned()),
                    });
                }
            }
            ItemKind::Math(Placement::Inline, fragment) => {
                sentence.places.push(out.len());
                sentence.maths(fragment, item.span);
                out.push(item.clone());
            }
            ItemKind::LineBreak => {
                sentence.text.push(' ');
                out.push(item.clone());
            }
            ItemKind::Math(Placement::Display, _)
            | ItemKind::Blank
            | ItemKind::Heading(..)
            | ItemKind::ItemLabel(_) => {
                std::mem::take(&mut sentence).said(&mut out);
                out.push(item.clone());
            }
            ItemKind::Math(..) => out.push(item.clone()),
        }
    }
    sentence.said(&mut out);
    out
}

/// Where the first sentence of the words ends, behind its stop.
fn sentence_end(words: &str) -> Option<usize> {
    let mut chars = words.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let stops = match c {
            '.' | '!' | '?' => chars.peek().is_none_or(|(_, next)| next.is_whitespace()),
            '。' => true,
            _ => false,
        };
        // `i.i.d. random variables` goes on.
        let short = words.get(..end).is_some_and(|text| {
            ["i.i.d.", "i.e.", "e.g.", "r.v.", "w.r.t.", "resp."]
                .iter()
                .any(|word| text.ends_with(word))
        });
        let goes_on = !words.get(end..).is_some_and(begins_anew);
        if stops && !(short && goes_on && c == '.') && !(c == '.' && before == '.') {
            return Some(end);
        }
        before = c;
    }
    None
}

/// Whether what stands behind a stop that may belong to a short form begins a sentence.
fn begins_anew(rest: &str) -> bool {
    const WORDS: [&str; 22] = [
        "Then", "We", "Let", "Show", "Hence", "Thus", "So", "Define", "Prove", "For", "Since",
        "By", "It", "Also", "Suppose", "Assume", "Now", "Put", "Set", "Compute", "Find", "Write",
    ];
    let word = rest
        .trim_start()
        .split([' ', ',', ':'])
        .next()
        .unwrap_or("");
    WORDS.contains(&word)
}

impl Sentence {
    fn words(&mut self, words: &str, span: Span) {
        self.start.get_or_insert(span);
        self.text.push_str(words);
    }

    fn maths(&mut self, fragment: &Fragment, span: Span) {
        self.start.get_or_insert(span);
        if !self.text.ends_with([' ', '(']) && !self.text.is_empty() {
            self.text.push(' ');
        }
        let at = u32::try_from(self.text.len()).unwrap_or(0);
        let from = fragment.span(Span::new(0, 1)).start;
        self.runs.push((at, from, false));
        self.text.push_str(fragment.text.trim());
        self.pieces.push(fragment.text.trim().to_owned());
        self.text.push(' ');
        self.latex |= fragment.latex;
        self.maths = true;
    }

    /// A bound of a letter that stands in words.
    fn bound_in_words(&self, span: Span) -> Vec<Item> {
        let Some(bound) = bound_of(&self.text) else {
            return Vec::new();
        };
        vec![Item {
            span,
            kind: ItemKind::Math(
                Placement::Words,
                Fragment {
                    text: bound.to_owned(),
                    runs: vec![(0, span.start, false)],
                    latex: false,
                },
            ),
        }]
    }

    /// Puts what it says behind it, as items of context.
    fn said(self, items: &mut Vec<Item>) {
        let Some(span) = self.start else {
            return;
        };
        if !self.maths && !names_letters(&self.text) {
            items.extend(self.bound_in_words(span));
            return;
        }
        let place = self.runs.first().map_or(span.start, |run| run.1);
        let text = self
            .text
            .trim()
            .trim_end_matches(['.', ',', ':', ';', ' ', '!']);
        let mut found = Vec::new();
        let mut unread = false;
        let mut told: Vec<&str> = Vec::new();
        for (place, clause) in clauses(text).into_iter().enumerate() {
            let clause = without_openings(clause);
            // `…, and let y = a + ε`
            if place > 0 && self.pieces.iter().any(|piece| piece == clause) && clause.contains('=')
            {
                found.push(clause.to_owned());
                told.push(clause);
                continue;
            }
            match premise(clause) {
                Some(said) => {
                    found.push(said);
                    told.push(clause);
                }
                None => unread |= self.maths && speaks_of_chance(clause),
            }
        }
        let item = |text: String| Item {
            span,
            kind: ItemKind::Math(
                Placement::Words,
                Fragment {
                    text,
                    runs: vec![(0, place, false)],
                    latex: self.latex,
                },
            ),
        };
        for (piece, place) in self.pieces.iter().zip(&self.places) {
            if let Some(Item {
                kind: ItemKind::Math(placement @ Placement::Inline, _),
                ..
            }) = items.get_mut(*place)
                && told.iter().any(|clause| clause.contains(piece.as_str()))
            {
                *placement = Placement::Told;
            }
        }
        if !found.is_empty() {
            items.push(item(found.join("; ")));
        }
        if unread {
            items.push(item(String::new()));
        }
    }
}

/// `For ε > 0` without marks around the maths: the bound.
fn bound_of(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches(['.', ',', ':', ' ']);
    let bound = ["For all ", "For every ", "For any ", "For "]
        .iter()
        .find_map(|word| text.strip_prefix(word))?;
    let mut words = bound.split_whitespace();
    let (name, sign, value) = (words.next()?, words.next()?, words.next()?);
    let letter = name.chars().count() == 1 && name.chars().all(char::is_alphabetic);
    let number = value.chars().all(|c| c.is_ascii_digit());
    let fine = letter && number && words.next().is_none();
    (fine && matches!(sign, ">" | "<" | "≥" | "≤" | "≠")).then_some(bound)
}

/// `Let X and Y be …`: a sentence of words that begins with letters in the place of names.
fn names_letters(text: &str) -> bool {
    let text = text.trim();
    let opens = ["Let ", "Suppose ", "Assume ", "Consider "];
    if !opens.iter().any(|word| text.starts_with(word)) {
        return false;
    }
    let mut chars = without_openings(text).chars();
    chars
        .next()
        .is_some_and(|c| c.is_uppercase() || !c.is_ascii() && c.is_alphabetic())
        && chars.next().is_some_and(|c| !c.is_alphabetic())
}

fn speaks_of_chance(clause: &str) -> bool {
    let lower = clause.to_lowercase();
    let law = ["\\sim", "∼", " ~ "]
        .iter()
        .any(|sign| clause.contains(sign));
    law || CHANCE.iter().any(|word| lower.contains(word))
}

/// The parts of a sentence that say something each.
fn clauses(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for join in [
        ", and let ",
        " and let ",
        ", let ",
        "; ",
        ", where ",
        " where ",
        ", and assume ",
    ] {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(join))
            .collect();
    }
    parts
}

fn without_openings(clause: &str) -> &str {
    let mut rest = clause.trim();
    loop {
        let before = rest.len();
        for word in OPENINGS {
            let begins = rest
                .get(..word.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(word));
            if begins
                && rest
                    .get(word.len()..)
                    .is_some_and(|behind| behind.starts_with([' ', ',', ':']))
            {
                rest = rest
                    .get(word.len()..)
                    .unwrap_or("")
                    .trim_start_matches([' ', ',', ':']);
            }
        }
        if rest.len() == before {
            return rest;
        }
    }
}
