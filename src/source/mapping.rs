//! From a text that was put together to the file it was taken from.

use super::span::Span;

/// A run: from this offset of the text on, bytes stand one by one at that place of the file
/// (`true`), or all at that one place (`false`).
pub(super) type Run = (u32, u32, bool);

fn run(runs: &[Run], local: u32) -> Option<(usize, Run)> {
    let index = runs
        .partition_point(|(at, _, _)| *at <= local)
        .checked_sub(1)?;
    Some((index, *runs.get(index)?))
}

/// Where a byte of the text stands in the file.
pub(super) fn place(runs: &[Run], local: u32) -> u32 {
    match run(runs, local) {
        Some((_, (at, origin, true))) => origin + (local - at),
        Some((_, (_, origin, false))) => origin,
        None => local,
    }
}

/// Where a range of the text that ends before `local` (which is not 0) ends in the file.
pub(super) fn place_end(runs: &[Run], local: u32) -> u32 {
    match run(runs, local.saturating_sub(1)) {
        Some((_, (at, origin, true))) => origin + (local - at),
        Some((index, (_, origin, false))) => runs
            .get(index + 1)
            .map_or(origin + 1, |(_, next, _)| (*next).max(origin + 1)),
        None => local,
    }
}

/// A text under construction that remembers where its bytes come from.
#[derive(Clone, Debug, Default)]
pub(super) struct Woven {
    /// The text.
    pub(super) text: String,
    /// Where it stands in the file.
    pub(super) runs: Vec<Run>,
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

impl Woven {
    /// Adds text that stands in the file as it is, from `origin` on.
    pub(super) fn verbatim(&mut self, text: &str, origin: usize) {
        if text.is_empty() {
            return;
        }
        let at = narrow(self.text.len());
        let origin = narrow(origin);
        let continues = self
            .runs
            .last()
            .is_some_and(|(start, from, whole)| *whole && from + (at - start) == origin);
        if !continues {
            self.runs.push((at, origin, true));
        }
        self.text.push_str(text);
    }

    /// Adds text that stands for the range `from..to` of the file.
    pub(super) fn instead(&mut self, text: &str, from: usize, to: usize) {
        if text.is_empty() {
            return;
        }
        self.runs
            .push((narrow(self.text.len()), narrow(from), false));
        self.text.push_str(text);
        self.runs.push((narrow(self.text.len()), narrow(to), true));
    }

    /// Adds a range of another woven text.
    pub(super) fn part(&mut self, other: &Woven, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let Some((index, (start, origin, whole))) = run(&other.runs, narrow(at)) else {
                return;
            };
            let next = other
                .runs
                .get(index + 1)
                .map_or(other.text.len(), |(next, _, _)| *next as usize);
            let stop = next.min(to);
            let piece = other.text.get(at..stop).unwrap_or("");
            if whole {
                self.verbatim(piece, origin as usize + (at - start as usize));
            } else {
                let end = place_end(&other.runs, narrow(stop)) as usize;
                self.instead(piece, origin as usize, end);
            }
            if stop == at {
                return;
            }
            at = stop;
        }
    }

    /// Where a range of the text stands in the file.
    pub(super) fn span(&self, local: Span) -> Span {
        let start = place(&self.runs, local.start);
        let end = if local.end > local.start {
            place_end(&self.runs, local.end)
        } else {
            start
        };
        Span::new(start, end.max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expanded_text_stands_where_its_call_stands() {
        // file: `a\R b`, text: `a\mathbb{R} b`
        let mut woven = Woven::default();
        woven.verbatim("a", 0);
        woven.instead("\\mathbb{R}", 1, 3);
        woven.verbatim(" b", 3);
        assert_eq!(woven.text, "a\\mathbb{R} b");
        assert_eq!(woven.span(Span::new(1, 11)), Span::new(1, 3));
        assert_eq!(woven.span(Span::new(4, 6)), Span::new(1, 3));
        assert_eq!(woven.span(Span::new(0, 13)), Span::new(0, 5));
        assert_eq!(woven.span(Span::new(12, 13)), Span::new(4, 5));
    }

    #[test]
    fn a_part_of_a_woven_text_keeps_its_places() {
        let mut cell = Woven::default();
        cell.verbatim("x ", 10);
        cell.instead("\\", 12, 14);
        cell.verbatim("pi", 14);
        let mut part = Woven::default();
        part.part(&cell, 2, 5);
        assert_eq!(part.text, "\\pi");
        assert_eq!(part.span(Span::new(0, 1)), Span::new(12, 14));
        assert_eq!(part.span(Span::new(0, 3)), Span::new(12, 16));
        assert_eq!(part.span(Span::new(1, 2)), Span::new(14, 15));
    }
}
