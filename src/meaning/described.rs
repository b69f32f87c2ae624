//! Maths of which the words around it say what it is: `Let $A$ be a symmetric matrix`, `Hence
//! $XᵀX$ is invertible`.

use crate::source::{Fragment, Item, ItemKind, Placement};
use crate::syntax::{
    Arrow, Element, ElementKind, Entry, EntryKind, Kind, Relation, Separator, Tree, describe, parse,
};

use super::block::{Grouping, Said, shared};
use super::line::{self, Lead, Piece, Stand};
use super::word;

impl<'a> Grouping<'_, 'a> {
    /// Maths that words say something of (`Let $A$ be a symmetric matrix`, `Hence $XᵀX$ is
    /// invertible`): how many items that took, if it is read as that.
    pub(super) fn described(&mut self, items: &[&'a Item], index: usize) -> Option<usize> {
        let Some(ItemKind::Math(Placement::Inline | Placement::Told, fragment)) =
            items.get(index).map(|i| &i.kind)
        else {
            return None;
        };
        let behind = Following::of(items, index + 1);
        // `Let A ∈ …, P invertible`
        let governed = self.governed.is_some() && self.after_maths;
        let (others, shared_to) = self.sharing(fragment, &behind.text);
        let rest = behind.text.get(shared_to..).unwrap_or("");
        let said = describe::behind(rest, governed && others.is_empty())
            .map(|(traits, end)| (traits, end + shared_to));
        let before = describe::before(word::last_sentence(&self.prose)).unwrap_or_default();
        if said.is_none() && before.is_empty() {
            return None;
        }
        let (mut traits, end) = said.unwrap_or_default();
        traits.extend(before);
        let mut elements = parse(&fragment.text, fragment.latex);
        let mut arrow = word::arrow(&self.prose);
        if let Some(ElementKind::Arrow(kind, ..)) = elements.first().map(|e| &e.kind) {
            arrow = Some(*kind);
            elements.remove(0);
        }
        let subjects = subjects(elements)?;
        if end > 0 || !traits.is_empty() {
            self.freed_names(subjects.iter().map(|(tree, _)| tree));
        }
        let others = if end > shared_to { others } else { Vec::new() };
        let begins = index
            .checked_sub(1)
            .and_then(|before| items.get(before))
            .is_none_or(|before| matches!(before.kind, ItemKind::LineBreak | ItemKind::Blank));
        let lone = !self.sentence.chars().any(char::is_alphanumeric)
            && (!self.after_maths
                || begins && !items.get(index).is_some_and(|i| self.delimited(i)));
        let rest = behind.text.get(end..).unwrap_or("");
        let over = rest.trim_start().is_empty() || rest.trim_start().starts_with(['.', '!']);
        let names = subjects.iter().all(|(tree, _)| line::is_name(tree));
        let governed = self.governed.or_else(|| {
            let opening = word::context(&self.sentence).map(|(word, _)| (word, false));
            opening.filter(|_| names)
        });
        if let Some((word, within)) = governed
            && arrow.is_none()
        {
            let mut entries: Vec<Entry> = Vec::new();
            for (tree, set) in subjects {
                let span = tree.span;
                if let Some(set) = set {
                    entries.push(Entry {
                        span,
                        kind: EntryKind::Member(vec![tree.clone()], set),
                        text: None,
                    });
                }
                entries.push(Entry {
                    span,
                    kind: EntryKind::Described(vec![tree], traits.clone()),
                    text: None,
                });
            }
            for other in others {
                // Where it stands is told by the name before it.
                let span = entries.first().map(|entry| entry.span).unwrap_or_default();
                for (tree, _) in self::subjects(parse(&other, fragment.latex))? {
                    entries.push(Entry {
                        span,
                        kind: EntryKind::Described(vec![tree], traits.clone()),
                        text: Some(other.clone()),
                    });
                }
            }
            self.prose.clear();
            self.context_part(Said {
                word,
                fragment,
                entries,
                units: within.then_some(self.sentence_unit..=self.unit),
                again: self.said,
                in_words: false,
            });
            self.said = true;
            self.after_maths = true;
            self.governed = Some((word, within));
        } else if end > 0 && others.is_empty() && (arrow.is_some() || lone && over) {
            let elements: Vec<Element> = subjects
                .into_iter()
                .map(|(tree, _)| Element {
                    span: tree.span,
                    kind: ElementKind::Formula(Tree {
                        span: tree.span,
                        kind: Kind::Is(Box::new(tree), traits.clone()),
                    }),
                })
                .collect();
            self.claimed(fragment, elements, arrow);
        } else {
            return None;
        }
        Some(1 + self.skip(&behind, end))
    }

    /// The names behind a name that share what is said of it, and where the last one ends.
    fn sharing(&self, fragment: &Fragment, behind: &str) -> (Vec<String>, usize) {
        let (others, end) = describe::sharing(behind);
        let name = |text: &str| {
            let said = subjects(parse(text, fragment.latex));
            matches!(said.as_deref(), Some([(tree, None)]) if line::is_name(tree))
        };
        if name(&fragment.text) && others.iter().all(|other| name(other)) {
            (others, end)
        } else {
            (Vec::new(), 0)
        }
    }

    /// Statements that words make of maths, behind an arrow word or by themselves.
    fn claimed(&mut self, fragment: &'a Fragment, elements: Vec<Element>, arrow: Option<Arrow>) {
        self.concluded |= arrow.is_some()
            && (self.governed).is_some_and(|(word, within)| word.is_condition() && !within);
        self.unit += 1;
        let mut pieces = line::pieces(fragment, elements, self.unit, Stand::Alone);
        if let Some(kind) = arrow
            && let Some(Piece::Line(line)) = pieces.first_mut()
        {
            line.lead = Some(Lead {
                kind,
                span: fragment.span(line.tree.span),
                label: Vec::new(),
            });
        }
        if !self.open && arrow.is_none() {
            self.start();
        }
        self.open = true;
        self.blank = false;
        self.new_unit = true;
        self.after_maths = true;
        self.prose.clear();
        self.push(pieces);
    }

    /// Steps over what was read of the words behind; how many items that are.
    fn skip(&mut self, behind: &Following, end: usize) -> usize {
        let mut used = 0;
        for (from, to, words) in &behind.parts {
            if *from >= end {
                break;
            }
            used += 1;
            if *words && *to > end {
                let rest = behind.text.get(end..*to).unwrap_or("").to_owned();
                self.words(&rest);
            }
        }
        used
    }
}

/// The words and the maths behind a formula, up to the end of the paragraph.
struct Following {
    /// The words, with maths between marks.
    text: String,
    /// Where each item's text begins and ends, and whether it is words.
    parts: Vec<(usize, usize, bool)>,
}

impl Following {
    /// As many items are looked at.
    const MOST: usize = 8;

    fn of(items: &[&Item], from: usize) -> Self {
        let mut following = Following {
            text: String::new(),
            parts: Vec::new(),
        };
        for item in items.iter().skip(from).take(Self::MOST) {
            let start = following.text.len();
            let words = match &item.kind {
                ItemKind::Prose(words) => {
                    following.text.push_str(words);
                    true
                }
                ItemKind::Math(Placement::Inline | Placement::Told, fragment) => {
                    following.text.push(describe::OPEN);
                    following.text.push_str(&fragment.text);
                    following.text.push(describe::CLOSE);
                    false
                }
                ItemKind::LineBreak => {
                    following.text.push(' ');
                    false
                }
                _ => break,
            };
            following.parts.push((start, following.text.len(), words));
        }
        following
    }
}

/// Expressions kept apart by commas, each perhaps with the set that it belongs to.
fn subjects(elements: Vec<Element>) -> Option<Vec<(Tree, Option<Tree>)>> {
    let mut found = Vec::new();
    for element in shared(elements) {
        match element.kind {
            ElementKind::Formula(tree) if line::is_expression(&tree) => found.push((tree, None)),
            ElementKind::Formula(Tree {
                kind: Kind::Chain(first, mut rest),
                ..
            }) if matches!(rest.as_slice(), [(Relation::Element, ..)]) => {
                let (_, _, set) = rest.pop()?;
                match first.kind {
                    Kind::List(names) => {
                        found.extend(names.into_iter().map(|name| (name, Some(set.clone()))));
                    }
                    _ => found.push((*first, Some(set))),
                }
            }
            ElementKind::Separator(Separator::Comma) => {}
            _ => return None,
        }
    }
    (!found.is_empty()).then_some(found)
}
