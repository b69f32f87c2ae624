//! TeX: sections, paragraphs, items, comments, and maths in its delimiters and environments.

use super::builder::{Builder, is_latex};
use super::delimiter::{Delimiter, Finder, Found, environment_name, escape};
use super::item::{Item, ItemKind, Placement};
use super::macros::{Macros, command, group, skip_space};
use super::mapping::Woven;
use super::markdown::line_end;

/// Commands of sections and their levels.
const SECTIONS: &[(&str, u8)] = &[
    ("\\part", 1),
    ("\\chapter", 1),
    ("\\section", 2),
    ("\\subsection", 3),
    ("\\subsubsection", 4),
    ("\\paragraph", 5),
    ("\\subparagraph", 6),
    ("\\title", 1),
];

/// Commands whose arguments are no words.
const SILENT: &[&str] = &[
    "\\label",
    "\\ref",
    "\\eqref",
    "\\cref",
    "\\Cref",
    "\\autoref",
    "\\cite",
    "\\citep",
    "\\citet",
    "\\vspace",
    "\\hspace",
    "\\includegraphics",
    "\\input",
    "\\include",
    "\\usepackage",
    "\\bibliography",
    "\\bibliographystyle",
    "\\pagestyle",
    "\\setlength",
    "\\index",
    "\\url",
    "\\documentclass",
    "\\theoremstyle",
    "\\newtheorem",
    "\\addtocounter",
    "\\setcounter",
    "\\allowdisplaybreaks",
    "\\tag",
];

/// Environments in which a dollar is no maths.
const VERBATIM: &[&str] = &[
    "verbatim",
    "lstlisting",
    "minted",
    "comment",
    "tikzpicture",
    "thebibliography",
    "filecontents",
];

/// How far the end of a display is looked for that opens with the document's own command.
const LONGEST: usize = 1 << 16;

/// Environments that open an item.
const PROBLEMS: &[&str] = &["problem", "exercise", "question", "solution", "example"];

/// The items of a TeX text.
pub(super) fn items(text: &str) -> Vec<Item> {
    let mut reader = Reader {
        text,
        at: 0,
        finder: Finder::new(text),
        macros: Macros::default(),
        builder: Builder::default(),
        words: String::new(),
        prose: None,
        opens: true,
    };
    if let Some(body) = text.find("\\begin{document}") {
        reader.preamble(body);
        reader.at = body + "\\begin{document}".len();
    }
    while reader.at < text.len() {
        reader.step();
    }
    reader.flush();
    reader.builder.finish()
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    finder: Finder<'a>,
    macros: Macros,
    builder: Builder,
    /// The words gathered since the last item, and the range they stand in.
    words: String,
    prose: Option<(usize, usize)>,
    /// Whether nothing stands on this line yet.
    opens: bool,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Before the document only definitions and context count.
    fn preamble(&mut self, body: usize) {
        while let Some(step) = self
            .text
            .get(self.at..body)
            .and_then(|rest| rest.find(['\\', '%']))
        {
            self.at += step;
            if self.rest().starts_with('%') {
                self.comment();
            } else if let Some(end) = self.macros.define(self.text, self.at) {
                self.at = end;
            } else {
                self.at += escape(self.text, self.at);
            }
        }
    }

    fn step(&mut self) {
        let text = self.text;
        let at = self.at;
        match self.rest().chars().next() {
            Some('\n') => self.newline(),
            Some('%') => {
                self.flush();
                self.comment();
            }
            Some('$') => match self.finder.at(at) {
                Some(found) => self.maths(found),
                None => self.at += 1,
            },
            Some('\\') => self.command(),
            Some('{' | '}') => self.at += 1,
            Some(c) => {
                if self.opens && !c.is_whitespace() {
                    let (end, _) = line_end(text, at);
                    let rest = self.builder.labels(text, at, end);
                    self.opens = false;
                    if rest > at {
                        self.at = rest;
                        return;
                    }
                }
                self.at += c.len_utf8();
                self.word(if c == '~' { ' ' } else { c }, at);
            }
            None => {}
        }
    }

    fn word(&mut self, c: char, at: usize) {
        if c.is_whitespace() && self.words.is_empty() {
            return;
        }
        self.words.push(c);
        if !c.is_whitespace() {
            let start = self.prose.map_or(at, |(start, _)| start);
            self.prose = Some((start, at + c.len_utf8()));
        }
    }

    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        if let Some((start, end)) = self.prose.take() {
            let words = words.trim().to_owned();
            self.builder.push(start, end, ItemKind::Prose(words));
        }
    }

    fn newline(&mut self) {
        self.flush();
        let before = self.text.get(..self.at).unwrap_or("");
        let before = before.trim_end_matches([' ', '\t', '\r']);
        if before.is_empty() || before.ends_with('\n') {
            self.builder.blank(self.at, 1);
        } else {
            self.builder.end_line(self.at, 1);
        }
        self.at += 1;
        self.opens = true;
    }

    /// `% hence: …` is context; any comment ends with its line, and takes the line break along.
    fn comment(&mut self) {
        let at = self.at;
        let (end, next) = line_end(self.text, at);
        let words = self.text.get(at..end).unwrap_or("").trim_start_matches('%');
        if let Some(context) = words.trim_start().strip_prefix("hence:") {
            let start = end - context.len();
            let latex = is_latex(context);
            self.builder.math(
                self.text,
                (at, end),
                (start, end),
                Placement::Context,
                latex,
            );
        }
        if self.builder.within_line() {
            self.builder.end_line(end, next - end);
        }
        self.at = next;
        self.opens = true;
    }

    fn maths(&mut self, found: Found) {
        self.flush();
        self.opens = false;
        let placement = if found.delimiter.displays() {
            Placement::Display
        } else {
            Placement::Inline
        };
        let maths = self.uncommented(found.inner);
        let maths = self.macros.expand(maths);
        if !maths.text.trim().is_empty() {
            self.builder.woven(found.outer, maths, placement);
        }
        self.at = found.outer.1.max(self.at + 1);
    }

    /// The text of a range without its comments.
    fn uncommented(&self, (from, to): (usize, usize)) -> Woven {
        let mut woven = Woven::default();
        let (mut at, mut kept) = (from, from);
        while let Some(step) = self
            .text
            .get(at..to)
            .and_then(|rest| rest.find(['%', '\\']))
        {
            at += step;
            if self
                .text
                .get(at..)
                .is_some_and(|rest| rest.starts_with('%'))
            {
                woven.verbatim(self.text.get(kept..at).unwrap_or(""), kept);
                at = line_end(self.text, at).1.min(to);
                kept = at;
            } else {
                at += escape(self.text, at);
            }
        }
        woven.verbatim(self.text.get(kept..to).unwrap_or(""), kept);
        woven
    }

    fn command(&mut self) {
        let text = self.text;
        let at = self.at;
        let Some(name) = command(self.rest()) else {
            self.at += 1;
            return;
        };
        let after = at + name.len();
        match name {
            "\\\\" => {
                self.flush();
                self.builder.end_line(at, 2);
                self.at = after;
            }
            "\\par" => self.paragraph(after),
            "\\begin" | "\\end" => self.environment(name, after),
            "\\item" => {
                self.flush();
                self.builder.end_line(at, 0);
                self.at = after;
                self.opens = true;
                let open = skip_space(text, after);
                if let Some((label, end)) = group(text, open, '[', ']') {
                    let kind = ItemKind::ItemLabel(label.trim().to_owned());
                    self.builder.push(open, end, kind);
                    self.at = end;
                }
            }
            "\\(" | "\\[" => match self.finder.at(at) {
                Some(found) => self.maths(found),
                None => self.at = after,
            },
            _ => {
                if let Some(end) = self.macros.define(text, at) {
                    self.at = end;
                } else if let Some(end) = self.shorthand(name, after) {
                    self.maths(Found {
                        delimiter: Delimiter::Environment,
                        outer: (at, end),
                        inner: (at, end),
                    });
                } else if let Some((_, level)) = SECTIONS.iter().find(|(n, _)| *n == name) {
                    self.section(*level, after);
                } else if SILENT.contains(&name) {
                    self.at = arguments_end(text, after);
                } else {
                    self.at = after;
                    if let Some(sign) = name
                        .strip_prefix('\\')
                        .filter(|n| matches!(*n, "$" | "%" | "&" | "#" | "_"))
                    {
                        self.word(sign.chars().next().unwrap_or(' '), at);
                    }
                }
            }
        }
    }

    /// For a command that stands for the beginning of a display (`\be`), where what closes it
    /// ends: another such command (`\ee`), or what it stands for.
    fn shorthand(&self, name: &str, after: usize) -> Option<usize> {
        let open = self.macros.body(name)?;
        let close = if open == "\\[" {
            "\\]".to_owned()
        } else {
            let environment = environment_name(open, 0)?;
            format!("\\end{{{environment}}}")
        };
        if open.contains(&close) {
            return None;
        }
        let mut at = after;
        loop {
            at += self.text.get(at..)?.find('\\')?;
            let rest = self.text.get(at..)?;
            let named = command(rest)?;
            let body = self.macros.body(named).unwrap_or("");
            if rest.starts_with(&close) {
                return Some(at + close.len());
            }
            at += named.len();
            if body.starts_with(&close) {
                return Some(at);
            }
            if at > after + LONGEST {
                return None;
            }
        }
    }

    fn paragraph(&mut self, after: usize) {
        self.flush();
        self.builder.end_line(self.at, 0);
        self.builder.blank(self.at, after - self.at);
        self.at = after;
        self.opens = true;
    }

    fn section(&mut self, level: u8, after: usize) {
        let text = self.text;
        let star = usize::from(text.get(after..).is_some_and(|rest| rest.starts_with('*')));
        let mut open = skip_space(text, after + star);
        if let Some((_, end)) = group(text, open, '[', ']') {
            open = skip_space(text, end);
        }
        let Some((title, end)) = group(text, open, '{', '}') else {
            self.at = after;
            return;
        };
        self.flush();
        self.builder.end_line(self.at, 0);
        self.builder.heading(self.at, end, level, title);
        self.at = end;
        self.opens = true;
    }

    fn environment(&mut self, command: &str, after: usize) {
        let text = self.text;
        if command == "\\begin" && environment_name(text, self.at).is_some() {
            match self.finder.at(self.at) {
                Some(found) => self.maths(found),
                None => self.at = after,
            }
            return;
        }
        let Some((name, end)) = group(text, after, '{', '}') else {
            self.at = after;
            return;
        };
        let at = self.at;
        self.paragraph(end);
        let plain = name.trim_end_matches('*');
        if command == "\\end" && plain == "document" {
            self.at = text.len();
        } else if command == "\\begin" && VERBATIM.contains(&plain) {
            let close = format!("\\end{{{name}}}");
            let body = text.get(end..).unwrap_or("");
            self.at = body
                .find(&close)
                .map_or(text.len(), |step| end + step + close.len());
        } else if command == "\\begin" && PROBLEMS.contains(&plain) {
            self.builder
                .push(at, end, ItemKind::ItemLabel(plain.to_owned()));
        }
    }
}

/// Where the bracketed arguments behind a command end.
fn arguments_end(text: &str, after: usize) -> usize {
    let mut end = after + usize::from(text.get(after..).is_some_and(|rest| rest.starts_with('*')));
    loop {
        let next = group(text, end, '[', ']').or_else(|| group(text, end, '{', '}'));
        match next {
            Some((_, after)) => end = after,
            None => return end,
        }
    }
}
