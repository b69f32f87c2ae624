//! The document's own commands: `\newcommand`, `\def`, `\DeclareMathOperator`, and their expansion.

use std::collections::BTreeMap;

use super::builder::span;
use super::mapping::Woven;

/// How deep expansions may stand in one another.
const DEPTH: u32 = 32;
/// How many expansions one fragment may take, and how long its text may become by them.
const CALLS: usize = 10_000;
const LENGTH: usize = 1 << 18;

/// The commands that a document has defined so far.
#[derive(Debug, Default)]
pub(super) struct Macros {
    table: BTreeMap<String, Macro>,
}

#[derive(Clone, Debug)]
struct Macro {
    arity: usize,
    /// What the first argument is where it is left out (then it stands in square brackets).
    default: Option<String>,
    body: String,
    /// Whether a star or a size in square brackets may stand behind the name.
    decorated: bool,
}

/// What is left to spend on one fragment.
struct Budget {
    calls: usize,
    length: usize,
}

const DEFINING: &[&str] = &[
    "\\newcommand",
    "\\renewcommand",
    "\\providecommand",
    "\\def",
    "\\gdef",
    "\\let",
    "\\DeclareMathOperator",
    "\\DeclarePairedDelimiter",
    "\\DeclareRobustCommand",
];

/// The command at the start of `text`: its name with the backslash.
pub(super) fn command(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('\\')?;
    let letters = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    let length = if letters > 0 {
        letters
    } else {
        rest.chars().next()?.len_utf8()
    };
    text.get(..=length)
}

/// Skips white space from `at` on.
pub(super) fn skip_space(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + (rest.len() - rest.trim_start().len())
}

/// The inside of the group in these brackets at `at`, and where it ends with its bracket.
pub(super) fn group(text: &str, at: usize, open: char, close: char) -> Option<(&str, usize)> {
    let rest = text.get(at..)?.strip_prefix(open)?;
    let mut depth = 0usize;
    let mut chars = rest.char_indices();
    while let Some((index, c)) = chars.next() {
        if c == '\\' {
            chars.next();
        } else if c == close && depth == 0 {
            return Some((rest.get(..index)?, at + 1 + index + 1));
        } else if c == '{' || c == open {
            depth += 1;
        } else if c == '}' || c == close {
            depth = depth.checked_sub(1)?;
        }
    }
    None
}

/// An argument at `at`: a group, a command, or one character.
fn argument(text: &str, at: usize) -> Option<(&str, usize)> {
    let at = skip_space(text, at);
    let rest = text.get(at..)?;
    match rest.chars().next()? {
        '{' => group(text, at, '{', '}'),
        '\\' => command(rest).map(|name| (name, at + name.len())),
        '}' => None,
        c => Some((rest.get(..c.len_utf8())?, at + c.len_utf8())),
    }
}

/// Joins a piece to a text so that a command at its end keeps its name.
fn join(out: &mut String, piece: &str) {
    let tail = out.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let named = tail.len() < out.len() && tail.ends_with('\\');
    if named && piece.starts_with(|c: char| c.is_ascii_alphabetic()) {
        out.push(' ');
    }
    out.push_str(piece);
}

impl Macros {
    /// Whether nothing is defined and the text defines nothing.
    fn is_idle(&self, text: &str) -> bool {
        self.table.is_empty() && !DEFINING.iter().any(|word| text.contains(word))
    }

    /// What a command without arguments stands for.
    pub(super) fn body(&self, name: &str) -> Option<&str> {
        let made = self.table.get(name).filter(|made| made.arity == 0)?;
        Some(made.body.trim())
    }

    /// Takes the definition that begins at `at` and gives where it ends.
    pub(super) fn define(&mut self, text: &str, at: usize) -> Option<usize> {
        let name = command(text.get(at..)?)?;
        if !DEFINING.contains(&name) {
            return None;
        }
        let mut from = at + name.len();
        let starred = text.get(from..)?.starts_with('*');
        from = skip_space(text, from + usize::from(starred));
        let (defined, rest) = argument(text, from)?;
        let defined = command(defined.trim())?.to_owned();
        let rest = skip_space(text, rest);
        let (end, made) = match name {
            "\\def" | "\\gdef" => primitive(text, rest)?,
            "\\let" => {
                let rest = rest + usize::from(text.get(rest..)?.starts_with('='));
                let (body, end) = argument(text, rest)?;
                (
                    end,
                    self.table
                        .get(body)
                        .cloned()
                        .or_else(|| Some(Macro::plain(0, body))),
                )
            }
            "\\DeclareMathOperator" => {
                let (body, end) = argument(text, rest)?;
                let star = if starred { "*" } else { "" };
                (
                    end,
                    Some(Macro::plain(0, &format!("\\operatorname{star}{{{body}}}"))),
                )
            }
            "\\DeclarePairedDelimiter" => {
                let (left, middle) = argument(text, rest)?;
                let (right, end) = argument(text, middle)?;
                let mut made = Macro::plain(1, &format!("{left} #1 {right}"));
                made.decorated = true;
                (end, Some(made))
            }
            _ => latex(text, rest)?,
        };
        if let Some(made) = made {
            self.table.insert(defined, made);
        }
        Some(end)
    }

    /// The text with the document's commands written out; definitions in it are taken out.
    pub(super) fn expand(&mut self, woven: Woven) -> Woven {
        if self.is_idle(&woven.text) {
            return woven;
        }
        let text = woven.text.as_str();
        let mut out = Woven::default();
        let mut budget = Budget {
            calls: CALLS,
            length: LENGTH,
        };
        let (mut at, mut kept) = (0, 0);
        while let Some(step) = text.get(at..).and_then(|rest| rest.find('\\')) {
            at += step;
            if let Some(end) = self.define(text, at) {
                out.part(&woven, kept, at);
                at = end;
                kept = at;
            } else if let Some((expansion, end)) = self.call(text, at, 0, &mut budget) {
                out.part(&woven, kept, at);
                let place = woven.span(span(at, end));
                let mut expansion = expansion;
                if text
                    .get(end..)
                    .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
                {
                    // so that `\alpha` made from a call keeps its name before a letter
                    expansion.push(' ');
                }
                out.instead(&expansion, place.start as usize, place.end as usize);
                at = end;
                kept = at;
            } else {
                at += command(text.get(at..).unwrap_or("")).map_or(1, str::len);
            }
        }
        out.part(&woven, kept, text.len());
        out
    }

    /// The expansion of the call at `at` and where the call ends.
    fn call(
        &self,
        text: &str,
        at: usize,
        depth: u32,
        budget: &mut Budget,
    ) -> Option<(String, usize)> {
        let name = command(text.get(at..)?)?;
        let made = self.table.get(name)?;
        if depth >= DEPTH || budget.calls == 0 {
            return None;
        }
        budget.calls -= 1;
        let mut end = at + name.len();
        if made.decorated {
            end += usize::from(text.get(end..)?.starts_with('*'));
            if let Some((_, after)) = group(text, end, '[', ']') {
                end = after;
            }
        }
        let mut arguments = Vec::with_capacity(made.arity);
        if let (Some(default), true) = (&made.default, made.arity > 0) {
            let open = skip_space(text, end);
            match group(text, open, '[', ']') {
                Some((given, after)) => {
                    arguments.push(given);
                    end = after;
                }
                None => arguments.push(default.as_str()),
            }
        }
        while arguments.len() < made.arity {
            let (given, after) = argument(text, end)?;
            arguments.push(given);
            end = after;
        }
        let body = fill(&made.body, &arguments);
        budget.length = budget.length.checked_sub(body.len())?;
        Some((self.write_out(&body, depth + 1, budget), end))
    }

    /// A body with the commands in it written out.
    fn write_out(&self, text: &str, depth: u32, budget: &mut Budget) -> String {
        let mut out = String::with_capacity(text.len());
        let (mut at, mut kept) = (0, 0);
        while let Some(step) = text.get(at..).and_then(|rest| rest.find('\\')) {
            at += step;
            match self.call(text, at, depth, budget) {
                Some((expansion, end)) => {
                    join(&mut out, text.get(kept..at).unwrap_or(""));
                    join(&mut out, &expansion);
                    at = end;
                    kept = at;
                }
                None => at += command(text.get(at..).unwrap_or("")).map_or(1, str::len),
            }
        }
        join(&mut out, text.get(kept..).unwrap_or(""));
        out
    }
}

impl Macro {
    fn plain(arity: usize, body: &str) -> Self {
        Macro {
            arity,
            default: None,
            body: body.to_owned(),
            decorated: false,
        }
    }
}

/// A body with its arguments in the places of `#1` … `#9`.
fn fill(body: &str, arguments: &[&str]) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(step) = rest.find('#') {
        join(&mut out, rest.get(..step).unwrap_or(""));
        let behind = rest.get(step + 1..).unwrap_or("");
        let number = behind.chars().next().and_then(|c| c.to_digit(10));
        let given = number.and_then(|n| arguments.get((n as usize).checked_sub(1)?));
        match given {
            Some(given) => {
                join(&mut out, given);
                rest = behind.get(1..).unwrap_or("");
            }
            None => {
                out.push('#');
                rest = behind.strip_prefix('#').unwrap_or(behind);
            }
        }
    }
    join(&mut out, rest);
    out
}

/// `[2][default]{body}` behind the name.
fn latex(text: &str, at: usize) -> Option<(usize, Option<Macro>)> {
    let mut at = at;
    let mut made = Macro::plain(0, "");
    if let Some((arity, after)) = group(text, at, '[', ']') {
        made.arity = arity.trim().parse().ok().filter(|arity| *arity <= 9)?;
        at = skip_space(text, after);
        if let Some((default, after)) = group(text, at, '[', ']') {
            made.default = Some(default.to_owned());
            at = skip_space(text, after);
        }
    }
    let (body, end) = argument(text, at)?;
    made.body = body.to_owned();
    Some((end, Some(made)))
}

/// `#1#2{body}` behind the name. With anything else between the marks nothing is defined.
fn primitive(text: &str, at: usize) -> Option<(usize, Option<Macro>)> {
    let open = at + text.get(at..)?.find('{')?;
    let marks = text.get(at..open)?.trim();
    let (body, end) = group(text, open, '{', '}')?;
    let arity = marks.matches('#').count();
    let expected: String = (1..=arity).map(|n| format!("#{n}")).collect();
    let simple = marks == expected && arity <= 9;
    Some((end, simple.then(|| Macro::plain(arity, body))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn expand(text: &str) -> String {
        let mut woven = Woven::default();
        woven.verbatim(text, 0);
        Macros::default().expand(woven).text
    }

    #[test]
    fn commands_are_written_out_with_their_arguments() {
        assert_eq!(
            expand("\\newcommand{\\R}{\\mathbb{R}}x \\in \\R"),
            "x \\in \\mathbb{R}"
        );
        assert_eq!(
            expand("\\newcommand\\pd[2]{\\frac{\\partial #1}{\\partial #2}}\\pd fx"),
            "\\frac{\\partial f}{\\partial x}"
        );
        assert_eq!(
            expand("\\newcommand{\\p}[2][n]{#2_#1}\\p{x} + \\p[m]{y}"),
            "x_n + y_m"
        );
        assert_eq!(expand("\\def\\a#1#2{#1+#2}\\a{x}{y}"), "x+y");
        assert_eq!(
            expand("\\DeclareMathOperator{\\sgn}{sgn}\\sgn x"),
            "\\operatorname{sgn} x"
        );
        assert_eq!(
            expand("\\DeclarePairedDelimiter{\\abs}{\\lvert}{\\rvert}\\abs*{x}"),
            "\\lvert x \\rvert"
        );
        assert_eq!(
            expand("\\def\\b{\\beta}\\newcommand{\\v}[1]{\\bm#1\\b}\\v{x}y"),
            "\\bm x\\beta y"
        );
        assert_eq!(expand("\\let\\eps=\\varepsilon \\eps"), " \\varepsilon");
    }

    #[test]
    fn an_expansion_that_never_ends_is_left() {
        assert!(expand("\\def\\x{\\x}\\x = 1").ends_with("= 1"));
        assert!(expand("\\def\\x{\\x\\x}\\x").len() < 1 << 21);
        assert!(expand("\\def\\a{\\b\\b}\\def\\b{\\c\\c}\\def\\c{\\a\\a}\\a").len() < 1 << 22);
    }

    #[test]
    fn what_is_no_definition_stays() {
        assert_eq!(expand("\\newcommand"), "\\newcommand");
        assert_eq!(expand("\\newcommand{\\x}[1]{#1"), "\\newcommand{\\x}[1]{#1");
        assert_eq!(expand("\\def\\x(#1){#1}\\x(1)"), "\\x(1)");
    }

    #[test]
    fn positions_behind_an_expansion_are_those_of_the_file() {
        let text = "\\def\\R{\\mathbb{R}}x \\in \\R + y";
        let mut woven = Woven::default();
        woven.verbatim(text, 0);
        let woven = Macros::default().expand(woven);
        let y = u32::try_from(woven.text.find('y').unwrap()).unwrap();
        let place = woven.span(Span::new(y, y + 1));
        assert_eq!(&text[place.start as usize..place.end as usize], "y");
        let r = u32::try_from(woven.text.find("\\mathbb").unwrap()).unwrap();
        let place = woven.span(Span::new(r, r + 10));
        assert_eq!(&text[place.start as usize..place.end as usize], "\\R");
    }
}
