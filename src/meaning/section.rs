//! Sections: what lies between two headings, or in a part that a `--given` file names.

use std::collections::BTreeMap;

use crate::source::{Item, ItemKind, Source};
use crate::syntax::{Entry, EntryKind, parse_context};

use super::GivenText;

/// What a `--given` text says, part by part.
#[derive(Clone, Debug, Default)]
pub(super) struct GivenPart {
    /// Where it applies.
    pub(super) reach: Reach,
    /// The text in which the spans of its entries count.
    pub(super) text: String,
    /// What it says.
    pub(super) entries: Vec<Entry>,
}

/// Where a part of a `--given` text applies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Reach {
    /// In the whole document.
    #[default]
    Document,
    /// In those lines, which are a section of their own.
    Lines(u32, u32),
    /// In the section of that title.
    Section(String),
}

/// A section: its items, in order, and which parts of the `--given` texts apply there.
#[derive(Clone, Debug, Default)]
pub(super) struct Section<'a> {
    /// The words of its heading.
    pub(super) title: String,
    /// Its items.
    pub(super) items: Vec<&'a Item>,
    /// Which parts apply.
    pub(super) given: Vec<usize>,
}

/// Reads `--given` texts.
pub(super) fn given_parts(given: &[GivenText]) -> Vec<GivenPart> {
    let mut parts = Vec::new();
    for text in given {
        let text = text.source.text();
        let mut part = GivenPart {
            text: text.to_owned(),
            ..GivenPart::default()
        };
        for entry in parse_context(text, false) {
            let reach = match &entry.kind {
                EntryKind::Lines(from, to) => Reach::Lines(*from, *to),
                EntryKind::Section(title) => Reach::Section(plain(title)),
                _ => {
                    part.entries.push(entry);
                    continue;
                }
            };
            parts.push(std::mem::take(&mut part));
            part.reach = reach;
            part.text = text.to_owned();
        }
        parts.push(part);
    }
    parts
}

/// A title without its number, punctuation and case.
fn plain(title: &str) -> String {
    let words = title.trim().trim_end_matches(':').to_lowercase();
    let numbered = |c: char| c.is_ascii_digit() || ".)(§ \t#".contains(c);
    let bare = words.trim_start_matches(numbered);
    let chosen = if bare.is_empty() {
        words.as_str()
    } else {
        bare
    };
    chosen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sections of a document, in the order in which they begin.
pub(super) fn sections<'a>(
    source: &Source,
    items: &'a [Item],
    parts: &[GivenPart],
) -> Vec<Section<'a>> {
    let by_lines: Vec<(usize, u32, u32)> = parts
        .iter()
        .enumerate()
        .filter_map(|(index, part)| match part.reach {
            Reach::Lines(from, to) => Some((index, from, to)),
            _ => None,
        })
        .collect();
    let mut sections: Vec<Section<'a>> = Vec::new();
    let mut places: BTreeMap<(usize, Vec<usize>), usize> = BTreeMap::new();
    let mut heading = 0;
    let mut title = String::new();
    for item in items {
        if let ItemKind::Heading(_, words) = &item.kind {
            heading += 1;
            title.clone_from(words);
            continue;
        }
        let own: Vec<usize> = if by_lines.is_empty() {
            Vec::new()
        } else {
            let line = source.position(item.span.start).line;
            by_lines
                .iter()
                .filter(|(_, from, to)| (*from..=*to).contains(&line))
                .map(|(index, ..)| *index)
                .collect()
        };
        let place = *places.entry((heading, own.clone())).or_insert_with(|| {
            let name = plain(&title);
            let given = parts
                .iter()
                .enumerate()
                .filter(|(index, part)| match &part.reach {
                    Reach::Document => true,
                    Reach::Lines(..) => own.contains(index),
                    Reach::Section(wanted) => *wanted == name,
                })
                .map(|(index, _)| index)
                .collect();
            sections.push(Section {
                title: title.clone(),
                items: Vec::new(),
                given,
            });
            sections.len() - 1
        });
        if let Some(section) = sections.get_mut(place) {
            section.items.push(item);
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Fragment, Placement, Span};

    fn line_items(text: &str) -> Vec<Item> {
        let mut at = 0;
        let mut items = Vec::new();
        for line in text.split_inclusive('\n') {
            let start = at;
            at += u32::try_from(line.len()).unwrap();
            let line = line.trim_end();
            let kind = match line.strip_prefix("# ") {
                Some(words) => ItemKind::Heading(1, words.to_owned()),
                None => ItemKind::Math(Placement::Display, Fragment::verbatim(line, start, false)),
            };
            items.push(Item {
                span: Span::new(start, at),
                kind,
            });
        }
        items
    }

    fn shape(text: &str, parts: &[GivenPart]) -> Vec<(String, usize, Vec<usize>)> {
        let source = Source::new("t", text);
        let items = line_items(text);
        sections(&source, &items, parts)
            .into_iter()
            .map(|s| (s.title, s.items.len(), s.given))
            .collect()
    }

    fn part(reach: Reach) -> GivenPart {
        GivenPart {
            reach,
            ..GivenPart::default()
        }
    }

    #[test]
    fn a_section_runs_from_heading_to_heading() {
        assert_eq!(
            shape("a\nb\n# Two\nc\n", &[]),
            [(String::new(), 2, vec![]), ("Two".to_owned(), 1, vec![])]
        );
    }

    #[test]
    fn lines_of_a_given_file_are_a_section_of_their_own_and_the_rest_goes_on() {
        let parts = [part(Reach::Document), part(Reach::Lines(2, 2))];
        assert_eq!(
            shape("a\nb\nc\n", &parts),
            [(String::new(), 2, vec![0]), (String::new(), 1, vec![0, 1])]
        );
    }

    #[test]
    fn a_part_for_a_section_is_found_by_its_title() {
        let parts = [part(Reach::Section(plain("Chain Rule")))];
        assert_eq!(
            shape("# 2. Chain rule\na\n# Other\nb\n", &parts),
            [
                ("2. Chain rule".to_owned(), 1, vec![0]),
                ("Other".to_owned(), 1, vec![])
            ]
        );
    }
}
