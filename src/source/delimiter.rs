//! Where maths begins and ends in running text.

/// How maths is set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delimiter {
    /// `$…$`
    Dollar,
    /// `$$…$$`
    Dollars,
    /// `\(…\)`
    Round,
    /// `\[…\]`
    Square,
    /// `\begin{align}…\end{align}`
    Environment,
}

/// Maths that was found, with its delimiters and without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) delimiter: Delimiter,
    pub(super) outer: (usize, usize),
    pub(super) inner: (usize, usize),
}

impl Delimiter {
    /// Whether the maths is a display.
    pub(super) fn displays(self) -> bool {
        matches!(
            self,
            Delimiter::Dollars | Delimiter::Square | Delimiter::Environment
        )
    }
}

/// Environments of maths, without their stars.
const ENVIRONMENTS: &[&str] = &[
    "equation",
    "align",
    "aligned",
    "alignat",
    "alignedat",
    "flalign",
    "gather",
    "gathered",
    "multline",
    "eqnarray",
    "split",
    "displaymath",
    "math",
    "dmath",
    "dgroup",
    "IEEEeqnarray",
    "subequations",
    "cases",
    "array",
    "matrix",
    "pmatrix",
    "bmatrix",
    "vmatrix",
];

/// How many bytes a backslash at `at` takes with what it escapes; 1 for any other character.
pub(super) fn escape(text: &str, at: usize) -> usize {
    let mut chars = text.get(at..).unwrap_or("").chars();
    match chars.next() {
        Some('\\') => 1 + chars.next().map_or(0, char::len_utf8),
        Some(other) => other.len_utf8(),
        None => 1,
    }
}

/// Finds maths in a text from its beginning on, and looks at no place more than a few times.
#[derive(Debug)]
pub(super) struct Finder<'a> {
    text: &'a str,
    /// The last paragraph that was looked at.
    paragraph: (usize, usize),
    /// For each closing bracket, from where it was looked for last and where it was found.
    closing: [Option<(usize, Option<usize>)>; 4],
}

/// Brackets, what closes them, and what they are.
const BRACKETS: [(&str, &str, Delimiter); 4] = [
    ("\\\\[", "\\\\]", Delimiter::Square),
    ("\\\\(", "\\\\)", Delimiter::Round),
    ("\\[", "\\]", Delimiter::Square),
    ("\\(", "\\)", Delimiter::Round),
];

impl<'a> Finder<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Finder {
            text,
            paragraph: (0, 0),
            closing: [None; 4],
        }
    }

    /// The maths that begins at `at`, where a `$` or a backslash stands; `None` if none does.
    ///
    /// A display without its closing delimiter reaches to the end of its paragraph; a lone `$`
    /// or `\(` is no maths.
    pub(super) fn at(&mut self, at: usize) -> Option<Found> {
        let rest = self.text.get(at..)?;
        if rest.starts_with("$$") {
            return Some(self.dollars(at));
        }
        if rest.starts_with('$') {
            return self.dollar(at);
        }
        let bracket = BRACKETS
            .iter()
            .position(|(open, _, _)| rest.starts_with(open));
        match bracket {
            Some(index) => self.bracketed(at, index),
            None => self.environment(at),
        }
    }

    /// The end of the paragraph in which `at` stands: where a blank line or the text ends.
    fn paragraph_end(&mut self, at: usize) -> usize {
        let (start, end) = self.paragraph;
        if start <= at && at < end {
            return end;
        }
        let mut from = at;
        let end = loop {
            let Some(step) = self.text.get(from..).and_then(|rest| rest.find('\n')) else {
                break self.text.len();
            };
            let next = from + step + 1;
            let line = self.text.get(next..).unwrap_or("");
            let line = line.split('\n').next().unwrap_or("");
            if line.trim().is_empty() {
                break from + step;
            }
            from = next;
        };
        self.paragraph = (at, end);
        end
    }

    fn dollars(&mut self, at: usize) -> Found {
        let text = self.text;
        // `$$` twice in a row is one delimiter, and so is what closes it.
        let doubled = another(text, at + 2);
        let from = doubled.unwrap_or(at + 2);
        let paragraph = self.paragraph_end(from);
        let mut search = from;
        let mut close = None;
        while let Some(found) = unescaped(text, '$', search, text.len()) {
            if text.get(found..).is_some_and(|rest| rest.starts_with("$$")) {
                close = Some(found);
                break;
            }
            search = found + 1;
        }
        // Across a blank line only where nothing but maths can stand between.
        let close = close.filter(|close| {
            *close <= paragraph
                || text
                    .get(from..*close)
                    .is_some_and(|maths| !maths.contains('$') && !reads_as_prose(maths))
        });
        let (inner, outer) = match close {
            Some(close) => {
                let again = doubled.and_then(|_| another(text, close + 2));
                (close, again.unwrap_or(close + 2))
            }
            None => (paragraph, paragraph),
        };
        Found {
            delimiter: Delimiter::Dollars,
            outer: (at, outer),
            inner: (from, inner),
        }
    }

    fn dollar(&mut self, at: usize) -> Option<Found> {
        let text = self.text;
        let from = at + 1;
        let end = self.paragraph_end(from);
        let close = unescaped(text, '$', from, end)?;
        let maths = text.get(from..close)?;
        let next = text.get(close + 1..)?.chars().next();
        let price = maths.starts_with(|c: char| c.is_ascii_digit())
            && (maths.ends_with(char::is_whitespace) || next.is_some_and(|c| c.is_ascii_digit()));
        let lopsided = maths.starts_with(char::is_whitespace)
            != maths.ends_with(char::is_whitespace)
            && !maths.contains(['\\', '=', '<', '>', '^', '_', '+']);
        if maths.trim().is_empty() || price || lopsided {
            return None;
        }
        let ticked = maths.len() > 2 && maths.starts_with('`') && maths.ends_with('`');
        let inner = if ticked {
            (from + 1, close - 1)
        } else {
            (from, close)
        };
        Some(Found {
            delimiter: Delimiter::Dollar,
            outer: (at, close + 1),
            inner,
        })
    }

    fn bracketed(&mut self, at: usize, index: usize) -> Option<Found> {
        let (open, close, delimiter) = BRACKETS.get(index).copied()?;
        let from = at + open.len();
        let known = self.closing.get(index).copied().flatten();
        let found = match known {
            Some((searched, found)) if searched <= from && found.is_none_or(|at| at >= from) => {
                found
            }
            _ => {
                let mut search = from;
                let found = loop {
                    let step = self.text.get(search..).and_then(|rest| rest.find(close));
                    match step.map(|step| search + step) {
                        // In `\\]` the bracket stands behind a line break.
                        Some(found) if escaped_before(self.text, from, found) => search = found + 1,
                        other => break other,
                    }
                };
                if let Some(memory) = self.closing.get_mut(index) {
                    *memory = Some((from, found));
                }
                found
            }
        };
        let paragraph = self.paragraph_end(from);
        match (found, delimiter) {
            (Some(inner), Delimiter::Square)
                if inner <= paragraph || !reads_as_prose(self.text.get(from..inner)?) =>
            {
                Some(Found {
                    delimiter,
                    outer: (at, inner + close.len()),
                    inner: (from, inner),
                })
            }
            (Some(inner), Delimiter::Round) if inner <= paragraph => Some(Found {
                delimiter,
                outer: (at, inner + close.len()),
                inner: (from, inner),
            }),
            (_, Delimiter::Square) => Some(Found {
                delimiter,
                outer: (at, paragraph),
                inner: (from, paragraph),
            }),
            _ => None,
        }
    }

    /// An environment ends within its paragraph: TeX allows no blank line in maths.
    fn environment(&mut self, at: usize) -> Option<Found> {
        let name = environment_name(self.text, at)?;
        let end = self.paragraph_end(at);
        let (begins, ends) = (format!("\\begin{{{name}}}"), format!("\\end{{{name}}}"));
        let mut depth = 0usize;
        let mut search = at;
        let close = loop {
            let Some(step) = self.text.get(search..end).and_then(|rest| rest.find('\\')) else {
                break end;
            };
            search += step;
            let rest = self.text.get(search..end)?;
            if rest.starts_with(&begins) {
                depth += 1;
                search += begins.len();
            } else if rest.starts_with(&ends) {
                depth = depth.saturating_sub(1);
                search += ends.len();
                if depth == 0 {
                    break search;
                }
            } else {
                search += escape(self.text, search);
            }
        };
        Some(Found {
            delimiter: Delimiter::Environment,
            outer: (at, close),
            inner: (at, close),
        })
    }
}

/// Where `needle` stands unescaped in `from..to`.
fn unescaped(text: &str, needle: char, from: usize, to: usize) -> Option<usize> {
    let mut at = from;
    while at < to {
        let step = text.get(at..to)?.find([needle, '\\'])?;
        at += step;
        if text.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        at += escape(text, at);
    }
    None
}

/// Where a `$$` ends that stands at `at` with nothing but a line break or spaces before it.
fn another(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let next = rest.trim_start();
    let gap = rest.get(..rest.len() - next.len())?;
    (next.starts_with("$$") && gap.matches('\n').count() <= 1).then(|| at + gap.len() + 2)
}

/// Whether a text that crosses a blank line holds a line of words.
fn reads_as_prose(text: &str) -> bool {
    text.lines().any(|line| {
        let words = line
            .split_whitespace()
            .filter(|word| word.chars().count() > 1 && word.chars().all(char::is_alphabetic));
        words.count() >= 3 || line.trim_start().starts_with('#')
    })
}

/// Whether an odd number of backslashes stands right before `at`.
fn escaped_before(text: &str, from: usize, at: usize) -> bool {
    let before = text.get(from..at).unwrap_or("");
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

/// The name of the environment that begins at `at`, if it is one of maths.
pub(super) fn environment_name(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?.strip_prefix("\\begin{")?;
    let name = rest.get(..rest.find('}')?)?;
    let plain = name.trim_end_matches('*');
    ENVIRONMENTS.contains(&plain).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Option<&str> {
        Finder::new(text)
            .at(0)
            .map(|found| &text[found.inner.0..found.inner.1])
    }

    #[test]
    fn each_delimiter_has_its_end() {
        assert_eq!(inner("$x$ y"), Some("x"));
        assert_eq!(inner("$ x = 1 $ y"), Some(" x = 1 "));
        assert_eq!(inner("$`x`$"), Some("x"));
        assert_eq!(inner("$$\na\n$$ y$"), Some("\na\n"));
        assert_eq!(inner("$$a \\$ b$$"), Some("a \\$ b"));
        assert_eq!(inner("$$\n$$ a\n$$\n$$"), Some(" a\n"));
        assert_eq!(inner("\\[a \\\\[2pt] b\\]"), Some("a \\\\[2pt] b"));
        assert_eq!(inner("\\(a\\) b\\)"), Some("a"));
        assert_eq!(
            inner("\\begin{split}\\begin{split}a\\end{split}\\end{split} b"),
            Some("\\begin{split}\\begin{split}a\\end{split}\\end{split}")
        );
    }

    #[test]
    fn prices_and_lone_signs_are_no_maths() {
        assert_eq!(inner("$5 and $10"), None);
        assert_eq!(inner("$5, or $ 10"), None);
        assert_eq!(inner("$x\n\ny$"), None);
        assert_eq!(inner("\\(x"), None);
        assert_eq!(inner("\\begin{verbatim}x\\end{verbatim}"), None);
    }

    #[test]
    fn an_unclosed_display_ends_with_its_paragraph() {
        assert_eq!(inner("$$x = 1\n\ny is a word here $$z$$"), Some("x = 1"));
        assert_eq!(inner("\\[x = 1\n\ny"), Some("x = 1"));
        assert_eq!(inner("$$a\n\n= b$$"), Some("a\n\n= b"));
    }
}
