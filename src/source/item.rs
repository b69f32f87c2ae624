//! What a document consists of, in reading order.

use super::mapping::{place, place_end};
use super::span::Span;

/// How maths stands in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// A display: `$$…$$`, `\[…\]`, an environment, a fenced block, a run of plain lines.
    Display,
    /// Within a sentence: `$…$` with words on its line.
    Inline,
    /// The same, where what its sentence says of it is read from the words.
    Told,
    /// A line of context: `<!-- hence: … -->`, `% hence: …`, a line of a `--given` file, or
    /// one behind a word of context (`given`, `let`, …), without that word.
    Context,
    /// What the words of a sentence say, said again as context; nothing where it was not understood.
    Words,
}

/// A piece of maths: the text to be parsed, and where each of its bytes stands in the file.
///
/// `text` may differ from the file (macros expanded, notebook cells unescaped), so positions go
/// through [`Fragment::span`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// The maths, without its delimiters.
    pub text: String,
    /// Runs of `text`: from this offset on, bytes stand one by one at that place of the file
    /// (`true`), or all at that one place (`false`, for expanded text; it reaches to where the
    /// next run stands). Sorted, the first at 0.
    pub runs: Vec<(u32, u32, bool)>,
    /// Whether `text` is LaTeX (a backslash begins a command) or plain Unicode/ASCII.
    pub latex: bool,
}

impl Fragment {
    /// A fragment that stands in the file byte by byte from `start` on.
    #[must_use]
    pub fn verbatim(text: impl Into<String>, start: u32, latex: bool) -> Self {
        Fragment {
            text: text.into(),
            runs: vec![(0, start, true)],
            latex,
        }
    }

    /// Where the local range `start..end` of `text` stands in the file.
    #[must_use]
    pub fn span(&self, local: Span) -> Span {
        let start = place(&self.runs, local.start);
        let end = if local.end > local.start {
            place_end(&self.runs, local.end)
        } else {
            start
        };
        Span::new(start, end.max(start))
    }
}

/// One item of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Where it stands in the file, delimiters included.
    pub span: Span,
    /// What it is.
    pub kind: ItemKind,
}

/// The kinds of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A heading of the given level (1 is the highest), with its words.
    Heading(u8, String),
    /// An item label at a line's start, such as `2)`, `(b)`, `Problem 3`, `الف)`.
    ItemLabel(String),
    /// Words between the maths.
    Prose(String),
    /// Maths.
    Math(Placement, Fragment),
    /// A blank line.
    Blank,
    /// The end of a line within a paragraph (so that "alone on its line" can be seen).
    LineBreak,
}
