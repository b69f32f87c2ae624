//! Plain lines: each is maths, context, a heading, or words.

use super::bracket::closing_line;
use super::builder::{Builder, is_blank, is_latex};
use super::item::{Item, Placement};
use super::markdown::{heading, line_end};
use super::words::{self, CONTEXT, Token};

/// The items of plain lines.
pub(super) fn items(text: &str) -> Vec<Item> {
    let mut builder = Builder::default();
    let mut at = 0;
    while at < text.len() {
        let (end, next) = line_end(text, at);
        let line = text.get(at..end).unwrap_or("");
        let words = line.trim_matches(is_blank);
        let start = at + line.find(words).unwrap_or(0);
        if words.is_empty() {
            builder.blank(at, next - at);
        } else if let Some((level, title)) = heading(words) {
            builder.heading(start, end, level, title);
        } else {
            let stop = start + words.len();
            let rest = builder.labels(text, start, stop);
            let whole = closing_line(text, rest, stop);
            Line { text, stop: whole }.read(&mut builder, rest);
            if whole > stop {
                let (end, next) = line_end(text, whole);
                builder.end_line(end, next - end);
                at = next;
                continue;
            }
            builder.end_line(end, next - end);
        }
        at = next;
    }
    builder.finish()
}

/// The whole text as one formula in LaTeX.
pub(super) fn formula(text: &str) -> Vec<Item> {
    let mut builder = Builder::default();
    let inner = text.trim_matches(is_blank);
    if !inner.is_empty() {
        let start = text.find(inner).unwrap_or(0);
        let range = (start, start + inner.len());
        builder.math(text, range, range, Placement::Display, true);
    }
    builder.finish()
}

/// A line, or what is left of it.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    stop: usize,
}

/// Signs that relate two expressions or statements.
fn relates(text: &str) -> bool {
    const COMMANDS: &[&str] = &[
        "\\le",
        "\\ge",
        "\\ne",
        "\\in",
        "\\to",
        "\\implies",
        "\\iff",
        "\\approx",
        "\\equiv",
        "\\Rightarrow",
        "\\Leftrightarrow",
        "\\rightarrow",
        "\\sim",
        "\\propto",
        "\\leq",
        "\\geq",
    ];
    text.contains([
        '=', '<', '>', '≤', '≥', '≠', '≈', '∈', '←', '→', '⇒', '⇔', '⇐', '⟹', '⟺', '∴', '≡', '∼',
    ]) || COMMANDS.iter().any(|command| text.contains(command))
}

impl Line<'_> {
    fn read(self, builder: &mut Builder, from: usize) {
        let rest = self.text.get(from..self.stop).unwrap_or("");
        let start = from + (rest.len() - rest.trim_start_matches(is_blank).len());
        let rest = self.text.get(start..self.stop).unwrap_or("");
        if rest.is_empty() {
            return;
        }
        let lower = rest.to_lowercase();
        let opening = CONTEXT.iter().find(|word| {
            lower
                .strip_prefix(**word)
                .is_some_and(|rest| rest.starts_with([' ', ':', '\t']))
        });
        match opening {
            // A word of context is ASCII, so its length is that of what was written.
            // `for all x: x² ≥ 0` states something.
            Some(&"for all") if rest.contains(':') && relates(rest) => {
                self.sentence(builder, start, None);
            }
            Some(word) if self.declares(start + word.len()) => {
                let behind = self.text.get(start + word.len()..self.stop).unwrap_or("");
                let inner = behind.trim_start_matches([' ', '\t', ':']);
                let inner = self.stop - inner.len();
                builder.prose(self.text, start, inner);
                self.context(builder, inner);
            }
            _ => self.sentence(builder, start, None),
        }
    }

    /// Whether what stands from `from` on is in the language of context: maths, and no words but
    /// those of properties. Anything else is a sentence with maths in it.
    fn declares(self, from: usize) -> bool {
        let tokens = tokens(self.text, from, self.clause_end(from));
        let word = |(start, end): (usize, usize)| {
            let token = self.text.get(start..end).unwrap_or("");
            words::is_property(words::core(token))
        };
        let maths = |kind| matches!(kind, Token::Letter | Token::Maths);
        tokens.iter().any(|(kind, _)| maths(*kind))
            && tokens
                .iter()
                .all(|(kind, range)| *kind != Token::Word || word(*range))
    }

    /// Where the next clause of the sentence begins.
    fn clause_end(self, from: usize) -> usize {
        const CLAUSES: &[&str] = &[
            ", we ",
            ", then ",
            ". ",
            ", show ",
            ", prove ",
            " we have ",
            ", it ",
        ];
        let rest = self.text.get(from..self.stop).unwrap_or("");
        let lower = rest.to_ascii_lowercase();
        let clause = CLAUSES.iter().filter_map(|mark| lower.find(mark)).min();
        clause.map_or(self.stop, |step| from + step)
    }

    /// Context up to the next clause of the sentence.
    fn context(self, builder: &mut Builder, from: usize) {
        let to = self.clause_end(from);
        let piece = self.text.get(from..to).unwrap_or("");
        let inner = piece.trim_end_matches(|c| is_blank(c) || c == '.');
        let range = (from, from + inner.len());
        builder.math(self.text, range, range, Placement::Context, is_latex(inner));
        if to < self.stop {
            self.sentence(builder, to, Some(Placement::Inline));
        }
    }

    /// Maths with words before, between and behind.
    fn sentence(self, builder: &mut Builder, from: usize, placement: Option<Placement>) {
        let pieces = pieces(self.text, from, self.stop);
        let mut first = placement.is_none();
        for (index, piece) in pieces.iter().enumerate() {
            let (start, end) = piece.range;
            if piece.prose {
                builder.prose(self.text, start, end);
                first = false;
                continue;
            }
            // Behind its statement a plain line may hold a reason, but a verb makes it a remark.
            let remark = pieces.get(index + 1).is_some_and(|next| {
                let words = self.text.get(next.range.0..next.range.1).unwrap_or("");
                words
                    .split_whitespace()
                    .next()
                    .is_some_and(|word| words::is_verb(words::core(word)))
            });
            let placement = if first && !remark {
                Placement::Display
            } else {
                Placement::Inline
            };
            let maths = self.text.get(start..end).unwrap_or("");
            builder.math(
                self.text,
                piece.range,
                piece.range,
                placement,
                is_latex(maths),
            );
            first = false;
        }
    }
}

/// A stretch of a line that is words or maths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    prose: bool,
    range: (usize, usize),
}

/// A line as stretches of words and of maths.
fn pieces(text: &str, from: usize, to: usize) -> Vec<Piece> {
    let tokens = tokens(text, from, to);
    let line = text.get(from..to).unwrap_or("");
    let words = tokens
        .iter()
        .filter(|(kind, _)| *kind == Token::Word)
        .count();
    let unknown = tokens
        .iter()
        .filter(|(kind, _)| *kind == Token::Unknown)
        .count();
    let whole = |prose| {
        vec![Piece {
            prose,
            range: (from, to),
        }]
    };
    if !relates(line)
        && let Some(verb) = described(text, &tokens)
    {
        let piece = |prose, range| Piece { prose, range };
        return vec![piece(false, (from, verb)), piece(true, (verb, to))];
    }
    let signs = line.contains(['^', '+', '_', '∂', '∫', '∑', '√', '\\']);
    let remark = line.contains(" //") || line.contains(" # ");
    if !remark && words == 0 && (unknown < 2 || relates(line)) {
        return whole(words + unknown > 0 && !relates(line) && !signs);
    }
    if !relates(line) && !signs {
        return whole(true);
    }
    let mut prose = vec![false; tokens.len()];
    mark_words(text, &tokens, &mut prose);
    leave_operands(text, &tokens, &mut prose);
    absorb(&tokens, &mut prose);
    let mut pieces: Vec<Piece> = Vec::new();
    for ((_, (start, end)), prose) in tokens.iter().zip(prose) {
        match pieces.last_mut() {
            Some(last) if last.prose == prose => last.range.1 = *end,
            _ => pieces.push(Piece {
                prose,
                range: (*start, *end),
            }),
        }
    }
    pieces
}

type Ranged = (Token, (usize, usize));

/// Where the verb stands in `XᵀX is symmetric`: maths before it, and behind it no words but those
/// that describe vectors and matrices.
fn described(text: &str, tokens: &[Ranged]) -> Option<usize> {
    let core = |(_, (start, end)): &Ranged| words::core(text.get(*start..*end).unwrap_or(""));
    let verb = tokens
        .iter()
        .position(|token| matches!(core(token), "is" | "are" | "has" | "have"))?;
    let (before, behind) = (tokens.get(..verb)?, tokens.get(verb + 1..)?);
    let maths = |(kind, _): &Ranged| matches!(kind, Token::Letter | Token::Maths | Token::Keyword);
    let plain = !before.is_empty()
        && before.iter().all(maths)
        && behind
            .iter()
            .all(|token| words::is_property(core(token)) || maths(token))
        && behind.iter().any(|token| words::describes(core(token)));
    let (_, (start, _)) = tokens.get(verb)?;
    plain.then_some(*start)
}

fn tokens(text: &str, from: usize, to: usize) -> Vec<Ranged> {
    let line = text.get(from..to).unwrap_or("");
    let mut tokens = Vec::new();
    let mut at = 0;
    for token in line.split(is_blank) {
        if !token.is_empty() {
            tokens.push((words::classify(token), (from + at, from + at + token.len())));
        }
        let gap = line
            .get(at + token.len()..)
            .and_then(|rest| rest.chars().next());
        at += token.len() + gap.map_or(0, char::len_utf8);
    }
    tokens
}

/// Marks words, unknown words beside them, and what stands in brackets that open with a word or
/// behind `//` or `#`.
fn mark_words(text: &str, tokens: &[Ranged], prose: &mut [bool]) {
    let mut open = 0i32;
    let mut remark = false;
    let conditional = tokens.first().is_some_and(|(_, (start, end))| {
        let word = text.get(*start..*end).unwrap_or("").to_lowercase();
        word == "if" || word == "when"
    });
    for (index, (kind, (start, end))) in tokens.iter().enumerate() {
        let token = text.get(*start..*end).unwrap_or("");
        let depth = |text: &str| {
            let count = |c: [char; 2]| i32::try_from(text.matches(c).count()).unwrap_or(0);
            count(['(', '[']) - count([')', ']'])
        };
        remark |= index > 0 && (token.starts_with("//") || token == "#");
        let beside = |index: Option<usize>| {
            index
                .and_then(|index| tokens.get(index))
                .is_some_and(|(kind, _)| matches!(kind, Token::Word | Token::Unknown))
        };
        let word = match kind {
            Token::Word => true,
            Token::Unknown => beside(index.checked_sub(1)) || beside(Some(index + 1)),
            Token::Keyword => conditional && token == "then",
            _ => false,
        };
        if remark {
            // the rest of the line
        } else if open > 0 {
            open += depth(token);
        } else if word && token.starts_with(['(', '[']) {
            open = depth(token);
        } else if !word {
            continue;
        }
        if let Some(mark) = prose.get_mut(index) {
            *mark = true;
        }
    }
}

/// A word right beside an operator is its operand: `area = length * width`.
fn leave_operands(text: &str, tokens: &[Ranged], prose: &mut [bool]) {
    const OPERATORS: [char; 12] = ['=', '<', '>', '≤', '≥', '≠', '≈', '+', '*', '/', '^', '·'];
    let token = |index: Option<usize>| {
        let range = index
            .and_then(|index| tokens.get(index))
            .map(|(_, range)| *range);
        range
            .and_then(|(start, end)| text.get(start..end))
            .unwrap_or("")
    };
    let marked = prose.to_vec();
    let maths = |index: Option<usize>| index.and_then(|index| marked.get(index)) == Some(&false);
    for (index, mark) in prose.iter_mut().enumerate() {
        let (last, next) = (index.checked_sub(1), index.checked_add(1));
        let behind = maths(next) && token(next).starts_with(OPERATORS);
        let before = maths(last) && token(last).ends_with(OPERATORS);
        let own = token(Some(index));
        let ends = own.ends_with([',', '.', ';', ':']);
        if (behind && !ends) || before {
            *mark = false;
        }
    }
}

/// Takes stretches of maths that hold nothing but keywords and letters, with words beside them,
/// as words: `then` in `then we get`, `a` in `is a root`.
fn absorb(tokens: &[Ranged], prose: &mut [bool]) {
    let mut at = 0;
    while at < tokens.len() {
        let is_prose = prose.get(at).copied().unwrap_or(true);
        let mut end = at;
        while end < tokens.len() && prose.get(end).copied() == Some(is_prose) {
            end += 1;
        }
        let stretch = tokens.get(at..end).unwrap_or(&[]);
        let soft = stretch
            .iter()
            .all(|(kind, _)| matches!(kind, Token::Keyword | Token::Letter));
        if !is_prose && soft {
            for mark in prose.get_mut(at..end).unwrap_or(&mut []) {
                *mark = true;
            }
        }
        at = end.max(at + 1);
    }
}
