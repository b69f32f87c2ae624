//! Markdown: headings, lists, quotes, fences, comments, and maths between its delimiters.
//!
//! Block structure is read line by line and maths takes precedence over emphasis and indented
//! code, as it does in every renderer that knows `$$`.

use super::builder::{Builder, is_blank, is_latex};
use super::delimiter::{self, Finder};
use super::item::{Item, ItemKind, Placement};
use super::macros::Macros;
use super::mapping::Woven;

/// The items of a Markdown text.
pub(super) fn items(text: &str) -> Vec<Item> {
    let mut reader = Reader {
        text,
        at: 0,
        finder: Finder::new(text),
        macros: Macros::default(),
        builder: Builder::default(),
        quoted: false,
    };
    while reader.at < text.len() {
        reader.line();
    }
    reader.builder.finish()
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    finder: Finder<'a>,
    macros: Macros,
    builder: Builder,
    /// Whether the current line stands behind a `>`.
    quoted: bool,
}

/// The line that begins at `at`: where its text ends, and where the next line begins.
pub(super) fn line_end(text: &str, at: usize) -> (usize, usize) {
    let rest = text.get(at..).unwrap_or("");
    match rest.find('\n') {
        Some(step) => {
            let line = rest.get(..step).unwrap_or("");
            (at + line.trim_end_matches('\r').len(), at + step + 1)
        }
        None => (text.len(), text.len()),
    }
}

/// The fence that opens a line: its character, how many, and what is written behind.
fn fence(line: &str) -> Option<(char, usize, &str)> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = line.trim_start_matches(mark);
    let count = line.len() - info.len();
    (count >= 3 && !info.contains('`')).then_some((mark, count, info.trim()))
}

impl Reader<'_> {
    fn line(&mut self) {
        let text = self.text;
        let (end, next) = line_end(text, self.at);
        let mut start = self.at;
        self.quoted = false;
        loop {
            let line = text.get(start..end).unwrap_or("");
            start += line.len() - line.trim_start_matches(is_blank).len();
            if !text.get(start..end).unwrap_or("").starts_with('>') {
                break;
            }
            self.quoted = true;
            start += 1;
        }
        let line = text.get(start..end).unwrap_or("");
        if line.is_empty() || is_rule(line) {
            self.builder.blank(self.at, next - self.at);
            self.at = next;
        } else if let Some((mark, count, info)) = fence(line) {
            self.fenced(start, next, (mark, count), info);
        } else if let Some((level, words)) = heading(line) {
            self.builder.heading(start, end, level, words);
            self.at = next;
        } else if let Some(title) = admonition(line) {
            self.builder.heading(start, end, 6, title);
            self.at = next;
        } else if let Some(level) = self.underline(next, line) {
            let (_, after) = line_end(text, next);
            self.builder.heading(start, end, level, line);
            self.at = after;
        } else {
            let bullet = bullet(line);
            let rest = self.builder.labels(text, start + bullet, end);
            self.run(rest);
        }
    }

    /// The level of a heading that is underlined on the next line.
    fn underline(&self, next: usize, line: &str) -> Option<u8> {
        let (end, _) = line_end(self.text, next);
        let below = self.text.get(next..end)?.trim();
        let level = match below.chars().next()? {
            '=' => 1,
            '-' => 2,
            _ => return None,
        };
        let mark = below.chars().next()?;
        let whole = below.len() >= 3 && below.chars().all(|c| c == mark);
        (whole && !line.contains(['$', '\\']) && bullet(line) == 0).then_some(level)
    }

    /// Running text from `from` to the end of its line, or of the maths that goes beyond it.
    fn run(&mut self, from: usize) {
        let text = self.text;
        let mut prose = from;
        let mut at = from;
        loop {
            let rest = text.get(at..).unwrap_or("");
            let Some(step) = rest.find(['\n', '$', '\\', '`', '<']) else {
                self.builder.prose(text, prose, text.len());
                self.builder.end_line(text.len(), 0);
                self.at = text.len();
                return;
            };
            at += step;
            match text.as_bytes().get(at) {
                Some(b'\n') => {
                    self.builder.prose(text, prose, at);
                    self.builder.end_line(at, 1);
                    self.at = at + 1;
                    return;
                }
                Some(b'`') => at = code(text, at),
                Some(b'<') => match comment(text, at) {
                    Some(end) => {
                        self.builder.prose(text, prose, at);
                        self.comment(at, end);
                        at = end;
                        prose = at;
                    }
                    None => at += 1,
                },
                _ => match self.finder.at(at) {
                    Some(found) => {
                        self.builder.prose(text, prose, at);
                        self.maths(found);
                        at = found.outer.1;
                        prose = at;
                    }
                    None => at += delimiter::escape(text, at),
                },
            }
        }
    }

    fn maths(&mut self, found: delimiter::Found) {
        let placement = if found.delimiter.displays() {
            Placement::Display
        } else {
            Placement::Inline
        };
        let (from, to) = found.inner;
        let mut maths = Woven::default();
        let piece = self.text.get(from..to).unwrap_or("");
        if self.quoted && piece.contains('\n') {
            let mut at = from;
            for (index, line) in piece.split_inclusive('\n').enumerate() {
                let bare = if index == 0 {
                    line
                } else {
                    line.trim_start_matches([' ', '\t', '>'])
                };
                maths.verbatim(bare, at + (line.len() - bare.len()));
                at += line.len();
            }
        } else {
            maths.verbatim(piece, from);
        }
        let maths = self.macros.expand(maths);
        if !maths.text.trim().is_empty() {
            self.builder.woven(found.outer, maths, placement);
        }
    }

    /// `<!-- hence: … -->` is context, any other comment is passed over.
    fn comment(&mut self, at: usize, end: usize) {
        let (from, to) = (at + 4, end.saturating_sub(3).max(at + 4));
        let inner = self.text.get(from..to).unwrap_or("");
        let trimmed = inner.trim_start();
        if let Some(context) = trimmed.strip_prefix("hence:") {
            let start = to - context.len();
            self.builder.math(
                self.text,
                (at, end),
                (start, to),
                Placement::Context,
                is_latex(context),
            );
        }
    }

    fn fenced(&mut self, start: usize, body: usize, (mark, count): (char, usize), info: &str) {
        let text = self.text;
        let language = info
            .trim_start_matches(['{', '.'])
            .split([' ', ',', '}'])
            .next()
            .unwrap_or("");
        let mut at = body;
        let mut close = (text.len(), text.len());
        while at < text.len() {
            let (end, next) = line_end(text, at);
            let line = text.get(at..end).unwrap_or("").trim();
            if line.len() >= count && line.chars().all(|c| c == mark) {
                close = (at, next);
                break;
            }
            at = next;
        }
        match language {
            "math" | "latex" | "tex" | "katex" => {
                let mut maths = Woven::default();
                maths.verbatim(text.get(body..close.0).unwrap_or(""), body);
                let maths = self.macros.expand(maths);
                if !maths.text.trim().is_empty() {
                    self.builder
                        .woven((start, close.1), maths, Placement::Display);
                }
            }
            "hence" => context_lines(&mut self.builder, text, body, close.0),
            _ => self
                .builder
                .push(start, close.1, ItemKind::Prose("```".into())),
        }
        self.builder.end_line(close.1, 0);
        self.at = close.1;
    }
}

/// A line of context each; `#` begins a remark.
pub(super) fn context_lines(builder: &mut Builder, text: &str, from: usize, to: usize) {
    let mut at = from;
    while at < to {
        let (end, next) = line_end(text, at);
        let line = text.get(at..end).unwrap_or("");
        let words = line.trim_matches(is_blank);
        if words.is_empty() {
            builder.blank(at, next - at);
        } else if !words.starts_with('#') {
            let start = at + line.find(words).unwrap_or(0);
            let stop = start + words.len();
            builder.math(
                text,
                (start, stop),
                (start, stop),
                Placement::Context,
                is_latex(words),
            );
            builder.end_line(end, next - end);
        }
        at = next;
    }
}

/// Whether a line is a rule across the page.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let Some(mark) = line.chars().next().filter(|c| matches!(c, '-' | '*' | '_')) else {
        return false;
    };
    let marks = line.chars().filter(|c| *c == mark).count();
    marks >= 3 && line.chars().all(|c| c == mark || c == ' ')
}

/// The level and the words of a heading with `#`.
pub(super) fn heading(line: &str) -> Option<(u8, &str)> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    let spaced = words.is_empty() || words.starts_with(char::is_whitespace);
    let level = u8::try_from(level)
        .ok()
        .filter(|level| (1..=6).contains(level))?;
    spaced.then(|| (level, words.trim().trim_end_matches('#').trim_end()))
}

/// The title of `??? note "Title"` or `!!! note "Title"`, as several site makers know it.
fn admonition(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix("???")
        .or_else(|| line.strip_prefix("!!!"))?;
    let rest = rest.strip_prefix('+').unwrap_or(rest);
    let (_, title) = rest.split_once('"')?;
    let title = title.trim_end().strip_suffix('"')?;
    (rest.starts_with(' ') && !title.contains('"')).then_some(title)
}

/// The length of the bullet that opens a line, with the white space behind it.
fn bullet(line: &str) -> usize {
    let Some(rest) = line.strip_prefix(['-', '*', '+', '•', '–', '▪', '◦']) else {
        return 0;
    };
    let words = rest.trim_start();
    if words.len() == rest.len() {
        return 0;
    }
    // `[ ]` and `[x]` of a list of tasks
    let words = ["[ ] ", "[x] ", "[X] "]
        .iter()
        .find_map(|tick| words.strip_prefix(tick))
        .unwrap_or(words);
    line.len() - words.len()
}

/// Where the code between backticks ends that begins at `at`.
fn code(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let line = rest.split('\n').next().unwrap_or("");
    let mark = "`".repeat(ticks);
    let body = line.get(ticks..).unwrap_or("");
    match body.find(&mark) {
        Some(close) => at + ticks + close + ticks,
        None => at + ticks,
    }
}

/// Where the comment ends that begins at `at`.
fn comment(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?.strip_prefix("<!--")?;
    let close = rest
        .find("-->")
        .map_or(text.len(), |close| at + 4 + close + 3);
    Some(close)
}
