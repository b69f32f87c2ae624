//! Where something stands in a file.

/// A half-open range of bytes of the original file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Span { start, end }
    }

    /// Whether the other lies within this one.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// A 1-based line and column; columns count Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// A file as it is on disk: its name, its text, and where its lines begin.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<u32>,
    /// How many Unicode scalar values stand before each multiple of [`STRIDE`] bytes, so that a
    /// column far out on a long line is found without counting from its start.
    counted: Vec<u32>,
}

/// Bytes between two entries of [`Source::counted`].
const STRIDE: usize = 1024;

/// How many Unicode scalar values begin in these bytes of UTF-8.
fn scalars(bytes: &[u8]) -> u32 {
    let count = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Source {
    /// A source from a name (shown in reports) and a text.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut line_starts = vec![0];
        for (i, byte) in text.bytes().enumerate() {
            if byte == b'\n' {
                line_starts.push(u32::try_from(i + 1).unwrap_or(u32::MAX));
            }
        }
        let mut before = 0u32;
        let mut counted = Vec::with_capacity(text.len() / STRIDE + 1);
        for chunk in text.as_bytes().chunks(STRIDE) {
            counted.push(before);
            before = before.saturating_add(scalars(chunk));
        }
        Source {
            name: name.into(),
            text,
            line_starts,
            counted,
        }
    }

    /// The name under which reports speak of it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty where the span is not within the text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// The line and column of a byte offset.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let line = self
            .line_starts
            .partition_point(|start| *start <= offset)
            .max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let column = self.scalars_before(offset) - self.scalars_before(start) + 1;
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column,
        }
    }

    /// How many Unicode scalar values begin before a byte offset.
    fn scalars_before(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.text.len());
        let Some(before) = self.counted.get(offset / STRIDE) else {
            let all = self.counted.last().copied().unwrap_or(0);
            let from = self.counted.len().saturating_sub(1) * STRIDE;
            return all + scalars(self.text.as_bytes().get(from..).unwrap_or(&[]));
        };
        let from = offset / STRIDE * STRIDE;
        before + scalars(self.text.as_bytes().get(from..offset).unwrap_or(&[]))
    }

    /// The text of a 1-based line without its line break; empty beyond the end.
    #[must_use]
    pub fn line(&self, line: u32) -> &str {
        let index = (line as usize).saturating_sub(1);
        let Some(start) = self.line_starts.get(index) else {
            return "";
        };
        let end = self
            .line_starts
            .get(index + 1)
            .map_or(self.text.len(), |next| *next as usize);
        self.text
            .get(*start as usize..end)
            .unwrap_or("")
            .trim_end_matches(['\n', '\r'])
    }

    /// How many lines there are.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_scalar_values_from_one() {
        let source = Source::new("a", "الف x\r\ny = 2");
        let x = u32::try_from("الف ".len()).unwrap();
        assert_eq!(source.position(x), Position { line: 1, column: 5 });
        let two = u32::try_from("الف x\r\ny = ".len()).unwrap();
        assert_eq!(source.position(two), Position { line: 2, column: 5 });
        assert_eq!(source.position(two + 1), Position { line: 2, column: 6 });
        assert_eq!(source.line(1), "الف x");
    }

    #[test]
    fn columns_on_a_long_line_are_those_of_counting() {
        let text = format!("\n{}", "aé€𝑥 ".repeat(2_000));
        let source = Source::new("a", text.as_str());
        for (count, (offset, _)) in text.char_indices().enumerate().skip(1).step_by(97) {
            let position = source.position(u32::try_from(offset).unwrap());
            assert_eq!((position.line, position.column as usize), (2, count));
        }
        let end = source.position(u32::try_from(text.len()).unwrap());
        assert_eq!(end.column as usize, text.chars().count());
    }

    #[test]
    fn an_empty_text_has_one_line() {
        let source = Source::new("a", "");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.line_count(), 1);
    }
}
