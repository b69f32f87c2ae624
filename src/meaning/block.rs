//! Blocks: runs of lines or displays that make one derivation.

use std::ops::RangeInclusive;

use crate::source::{Fragment, Item, ItemKind, Placement, Source, Span};
use crate::syntax::{
    Element, ElementKind, Entry, EntryKind, Kind, Relation, Separator, Tree, parse, parse_context,
};

use super::line::{self, Lead, Line, Piece, Stand};
use super::observe::bound_range;
use super::remark::{self, Remark};
use super::section::Section;
use super::word::{self, Opening, Word};

/// One thing that a block consists of, in order of writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// A statement or expression.
    Line(Line<'a>),
    /// Context that stands here.
    Context(Said<'a>),
    /// Text that cannot be parsed.
    Error(&'a Fragment, Span, String),
    /// A condition ends: all of it, or what it says of these names.
    Ended(Option<Vec<String>>),
    /// Names of which words say something that is not read.
    Restricted(Vec<String>),
}

/// What a word of context says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said<'a> {
    /// The word.
    pub(super) word: Word,
    /// Where it stands.
    pub(super) fragment: &'a Fragment,
    /// What is said.
    pub(super) entries: Vec<Entry>,
    /// It reaches no further than the sentence that these displays and formulas stand in.
    pub(super) units: Option<RangeInclusive<usize>>,
    /// Whether it goes on with what the word said before it (`if $x > 0$ and $y > 0$`).
    pub(super) again: bool,
    /// Whether it is what words of a sentence say: what is not understood is passed over.
    pub(super) in_words: bool,
}

/// A block.
#[derive(Clone, Debug, Default)]
pub(super) struct Block<'a> {
    /// The heading or sentence it stands under.
    pub(super) title: String,
    /// What it consists of.
    pub(super) parts: Vec<Part<'a>>,
    /// Whether `solve` stands before it.
    pub(super) solve: bool,
}

impl<'a> Block<'a> {
    /// Its lines.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Line<'a>> {
        self.parts.iter().filter_map(|part| match part {
            Part::Line(line) => Some(line),
            _ => None,
        })
    }
}

/// The blocks of a section.
pub(super) fn blocks<'a>(source: &Source, section: &Section<'a>) -> Vec<Block<'a>> {
    let mut grouping = Grouping {
        source,
        title: section.title.clone(),
        blocks: Vec::new(),
        pending: Vec::new(),
        open: false,
        plain: false,
        blank: true,
        prose: String::new(),
        sentence: String::new(),
        after_maths: false,
        governed: None,
        concluded: false,
        quantified: None,
        said: false,
        unit: 0,
        sentence_unit: 1,
        new_unit: true,
        item_label: false,
        display_ended: true,
    };
    let mut index = 0;
    while let Some(item) = section.items.get(index) {
        match grouping.described(&section.items, index) {
            Some(used) => index += used,
            None => {
                grouping.item(item, &section.items, index);
                index += 1;
            }
        }
    }
    if !grouping.pending.is_empty() {
        grouping.here();
    }
    grouping.blocks
}

/// The words behind maths in its sentence.
fn words_behind(items: &[&Item], index: usize) -> String {
    let mut words = String::new();
    for item in items.iter().skip(index + 1).take(8) {
        match &item.kind {
            ItemKind::Prose(prose) => words.push_str(prose),
            ItemKind::Math(Placement::Inline | Placement::Told, _) | ItemKind::LineBreak => {
                words.push(' ');
            }
            _ => break,
        }
    }
    words
}

/// Whether inline maths has no words on its line.
fn alone(items: &[&Item], index: usize) -> bool {
    let quiet = |item: &&Item| match &item.kind {
        ItemKind::Prose(words) => !words.chars().any(char::is_alphanumeric),
        _ => true,
    };
    let on_line = |item: &&&Item| {
        !matches!(
            item.kind,
            ItemKind::Blank | ItemKind::LineBreak | ItemKind::Heading(..)
        ) && !matches!(&item.kind, ItemKind::Math(Placement::Display, _))
    };
    let before = items.get(..index).unwrap_or(&[]);
    let behind = items.get(index + 1..).unwrap_or(&[]);
    before.iter().rev().take_while(on_line).all(quiet)
        && behind.iter().take_while(on_line).all(quiet)
}

pub(super) struct Grouping<'s, 'a> {
    pub(super) source: &'s Source,
    pub(super) title: String,
    pub(super) blocks: Vec<Block<'a>>,
    /// Context and remarks that stand before the block to come.
    pub(super) pending: Vec<Part<'a>>,
    /// Whether what comes next belongs to the last block if nothing stands between.
    pub(super) open: bool,
    /// Whether the last maths was a plain line.
    pub(super) plain: bool,
    /// Whether a blank line stands between the last maths and here.
    pub(super) blank: bool,
    /// The prose since the last maths.
    pub(super) prose: String,
    /// The words of the sentence so far, on its line.
    pub(super) sentence: String,
    /// Whether maths stands in the sentence before.
    pub(super) after_maths: bool,
    /// The word of context that governs maths that comes next.
    pub(super) governed: Option<(Word, bool)>,
    /// Whether the sentence has drawn the conclusion of its condition.
    pub(super) concluded: bool,
    /// The word that governed the maths before “for all”: it goes on behind what that binds.
    pub(super) quantified: Option<(Word, bool)>,
    /// Whether that word has said something already.
    pub(super) said: bool,
    pub(super) unit: usize,
    /// The unit before the first of this sentence.
    pub(super) sentence_unit: usize,
    pub(super) new_unit: bool,
    pub(super) item_label: bool,
    /// Whether the last display ended its sentence.
    pub(super) display_ended: bool,
}

impl<'a> Grouping<'_, 'a> {
    fn item(&mut self, item: &'a Item, items: &[&'a Item], index: usize) {
        match &item.kind {
            ItemKind::Heading(..) => self.open = false,
            ItemKind::LineBreak => {
                if self.plain {
                    self.new_sentence();
                } else {
                    // A word of context may stand at a line's start.
                    self.sentence.clear();
                }
                if self.governed.is_some_and(|(_, within)| !within) && self.plain {
                    self.governed = None;
                }
            }
            ItemKind::Blank => {
                self.blank = true;
                self.new_unit = true;
                self.new_sentence();
                self.governed = None;
                if self.plain {
                    self.open = false;
                }
            }
            ItemKind::ItemLabel(_) => {
                self.open = false;
                self.item_label = true;
                self.new_unit = true;
                self.new_sentence();
                self.prose.clear();
            }
            ItemKind::Prose(words) => self.words(words),
            ItemKind::Math(Placement::Context, fragment) => self.context(fragment),
            ItemKind::Math(Placement::Words, fragment) => self.premise(fragment),
            ItemKind::Math(Placement::Display, fragment) => self.display(item, fragment),
            ItemKind::Math(placement @ (Placement::Inline | Placement::Told), fragment) => {
                if self.governed.is_none() && alone(items, index) {
                    self.display(item, fragment);
                } else {
                    let remark = match placement {
                        Placement::Told => Remark::default(),
                        _ => Remark::of(&self.sentence, &words_behind(items, index))
                            .placed(self.after_maths),
                    };
                    self.inline(item, fragment, remark);
                }
            }
        }
    }

    pub(super) fn words(&mut self, words: &str) {
        if word::solve(words) || words.chars().any(char::is_alphanumeric) && !self.plain_run() {
            self.open = false;
        }
        if !word::is_light(words) {
            self.quantified = self.governed.filter(|_| word::quantifies(words));
            self.governed = None;
        }
        if word::ends_sentence(words) {
            self.governed = None;
            self.conclude();
            self.new_sentence();
        }
        if let Some(names) = remark::restricted_names(words) {
            self.aside(Part::Restricted(names));
        }
        let last = word::last_sentence(words);
        self.freed_in_words(last);
        let opens = !self.sentence.chars().any(char::is_alphanumeric);
        // Behind maths of the same sentence a condition is about that maths alone.
        let within = self.after_maths && last.trim_start().starts_with(char::is_lowercase);
        if !self.sentence.is_empty() {
            self.sentence.push(' ');
        }
        self.sentence.push_str(last);
        self.prose.push_str(words);
        if opens {
            self.said = false;
            self.governed = word::context(&self.sentence)
                .filter(|(_, rest)| word::is_light(rest))
                .map(|(word, _)| (word, within && word.is_condition()));
        }
        if self.governed.is_none()
            && let Some(word) = word::condition(last)
        {
            self.said = false;
            self.governed = Some(match word::chooses(&self.sentence) {
                true => (Word::Suppose, false),
                false => (word, true),
            });
        }
    }

    fn new_sentence(&mut self) {
        self.concluded = false;
        self.sentence.clear();
        self.after_maths = false;
        self.sentence_unit = self.unit + 1;
    }

    /// Whether the last maths was a plain line and no blank line has come since.
    fn plain_run(&self) -> bool {
        self.plain && !self.blank
    }

    fn context(&mut self, fragment: &'a Fragment) {
        let word = word::context(word::last_sentence(&self.prose))
            .filter(|(_, rest)| word::is_light(rest))
            .map(|(word, _)| word);
        let mut entries = parse_context(&fragment.text, fragment.latex);
        if word.is_some() {
            // In prose, what cannot be read as context is only words.
            entries.retain(|entry| !matches!(entry.kind, EntryKind::Error(_)));
        }
        let word = word.unwrap_or(Word::Given);
        self.context_part(Said {
            word,
            fragment,
            entries,
            units: None,
            again: false,
            in_words: false,
        });
        self.prose.clear();
        self.after_maths = true;
        self.governed = None;
    }

    /// What a sentence says of chance holds from there on.
    fn premise(&mut self, fragment: &'a Fragment) {
        let mut entries = parse_context(&fragment.text, fragment.latex);
        if fragment.text.is_empty() {
            entries.push(Entry {
                span: Span::new(0, 0),
                kind: EntryKind::Error(String::new()),
                text: None,
            });
        }
        let said = Said {
            word: Word::Given,
            fragment,
            entries,
            units: None,
            again: false,
            in_words: true,
        };
        let running = self.open && !self.blocks.is_empty();
        if running {
            self.here().push(Part::Context(said));
        } else {
            self.pending.push(Part::Context(said));
        }
    }

    /// Context belongs to the block before where it is about it, or stands in its run of lines;
    /// else to the one to come.
    pub(super) fn context_part(&mut self, said: Said<'a>) {
        let behind = said.word == Word::Where || said.units.is_some();
        let running = self.open && self.plain_run();
        if !self.blocks.is_empty() && (behind || running) {
            self.here().push(Part::Context(said));
        } else {
            self.pending.push(Part::Context(said));
            self.open = false;
        }
    }

    /// What the last block consists of, and what stands between it and here.
    pub(super) fn here(&mut self) -> &mut Vec<Part<'a>> {
        if self.blocks.is_empty() {
            self.start();
            self.open = false;
        }
        let last = self.blocks.len() - 1;
        let parts = &mut self.blocks[last].parts;
        parts.append(&mut self.pending);
        parts
    }

    pub(super) fn start(&mut self) {
        let sentence = word::last_sentence(self.prose.trim().trim_end_matches(['.', ':', ',']));
        let title = if self.title.is_empty() {
            let sentence = sentence.trim();
            let long = sentence.split_whitespace().nth(1).is_some();
            sentence.chars().take(if long { 80 } else { 0 }).collect()
        } else {
            self.title.clone()
        };
        self.blocks.push(Block {
            title,
            parts: std::mem::take(&mut self.pending),
            solve: word::solve(&self.prose),
        });
        self.open = true;
    }

    fn display(&mut self, item: &Item, fragment: &'a Fragment) {
        let delimited = self.delimited(item);
        let elements = parse(&fragment.text, fragment.latex);
        if !elements.iter().any(says_something) {
            return;
        }
        self.freed(&elements);
        // `If x > 0, then |x| = x.` on one line is a sentence by itself.
        self.concluded = !delimited
            && self.after_maths
            && self
                .governed
                .is_some_and(|(word, within)| word.is_condition() && !within)
            && word::arrow(&self.prose).is_some();
        // The `then` of `if … then` concludes from what `if` says.
        let arrow = word::arrow(&self.prose).filter(|_| self.governed.is_none());
        let continues = self.open
            || opens_with_relation_or_arrow(&elements)
            || word::ends_in_colon(&self.prose) && !word::solve(&self.prose)
            || arrow.is_some();
        let carried = self
            .blocks
            .iter()
            .any(|block| block.lines().next().is_some());
        if !(continues && carried) || self.item_label && !self.open {
            self.start();
        }
        self.open = true;
        if delimited || !self.plain || self.new_unit || self.blank {
            self.unit += 1;
        }
        let mut pieces = line::pieces(fragment, elements, self.unit, Stand::Alone);
        if let Some(kind) = arrow
            && let Some(Piece::Line(line)) = pieces.first_mut()
            && line.lead.is_none()
            && !line.continues()
        {
            line.lead = Some(Lead {
                kind,
                span: fragment.span(line.tree.span),
                label: Vec::new(),
            });
        }
        self.push(pieces);
        self.plain = !delimited;
        self.blank = false;
        self.new_unit = false;
        self.display_ended = fragment.text.trim_end().ends_with('.');
        self.prose.clear();
        if self.display_ended {
            self.conclude();
            self.new_sentence();
        } else {
            self.sentence.clear();
            self.after_maths = true;
        }
        self.governed = None;
    }

    fn inline(&mut self, item: &Item, fragment: &'a Fragment, remark: Remark) {
        let arrow = word::arrow(&self.prose);
        let quantifies = word::quantifies(&self.prose);
        self.prose.clear();
        let mut elements = parse(&fragment.text, fragment.latex);
        self.freed(&elements);
        let quantified = self.quantified.take();
        if quantifies && self.after_maths && self.binds(&elements) {
            self.governed = quantified;
            return;
        }
        if remark.declares()
            && let [entry] = parse_context(&fragment.text, fragment.latex).as_slice()
            && matches!(entry.kind, EntryKind::Function(..))
        {
            // `f : ℝ → ℝ` declares f wherever it stands.
            self.context_part(Said {
                word: Word::Given,
                fragment,
                entries: vec![entry.clone()],
                units: None,
                again: false,
                in_words: false,
            });
            self.after_maths = true;
            return;
        }
        let mut stand = Stand::Sentence;
        let concludes = arrow.is_some() && self.governed.is_some();
        let arrow = arrow.filter(|_| !concludes);
        if concludes {
            stand = Stand::Alone;
            self.concluded =
                (self.governed).is_some_and(|(word, within)| word.is_condition() && !within);
            self.governed = None;
        } else if let Some((word, within)) = self.governed {
            elements = shared(elements);
            let rest = elements.split_off(governed(&elements));
            let said = Said {
                word,
                fragment,
                entries: elements.into_iter().filter_map(entry).collect(),
                units: within.then_some(self.sentence_unit..=self.unit),
                again: self.said,
                in_words: false,
            };
            self.said = true;
            if !said.entries.is_empty() {
                self.context_part(said);
            }
            elements = rest;
            if !elements.iter().any(says_something) {
                self.after_maths = true;
                return;
            }
            // What follows on a plain line stands by itself.
            if !self.delimited(item) {
                stand = Stand::Alone;
            }
        }
        self.after_maths = true;
        self.unit += 1;
        let mut pieces = line::pieces(fragment, elements, self.unit, stand);
        for piece in &mut pieces {
            if let Piece::Line(line) = piece {
                line.remark = remark;
            }
        }
        if let Some(kind) = arrow
            && let Some(Piece::Line(line)) = pieces.first_mut()
            && line.lead.is_none()
        {
            line.lead = Some(Lead {
                kind,
                span: fragment.span(line.tree.span),
                label: Vec::new(),
            });
        }
        if stand == Stand::Alone && !concludes {
            if !self.open {
                self.start();
            }
            self.plain = true;
            self.blank = false;
            self.push(pieces);
            return;
        }
        self.new_unit = true;
        let follows = matches!(pieces.first(), Some(Piece::Line(line)) if line.lead.is_some());
        if follows || self.open {
            self.push(pieces);
        } else {
            self.pending.extend(pieces.into_iter().map(part));
        }
        if fragment.text.trim_end().ends_with('.') {
            self.conclude();
            self.new_sentence();
        }
    }

    /// “Assume S for all t”: what was said just before holds for all values of the letter.
    fn binds(&mut self, elements: &[Element]) -> bool {
        let [
            Element {
                kind: ElementKind::Formula(tree),
                ..
            },
        ] = elements
        else {
            return false;
        };
        let said = match self.pending.last_mut() {
            Some(part) => Some(part),
            None => (self.blocks.last_mut()).and_then(|block| block.parts.last_mut()),
        };
        let Some(Part::Context(said)) = said else {
            return false;
        };
        if said.units.is_some() || said.in_words {
            return false;
        }
        let Some(Entry { kind, span, .. }) = said.entries.last_mut() else {
            return false;
        };
        let EntryKind::Statement(_, bound @ None) = kind else {
            return false;
        };
        let Some(letter) = self::bound(tree, *span) else {
            return false;
        };
        *bound = Some(letter);
        true
    }

    /// Whether maths stands between delimiters, and is no plain line.
    pub(super) fn delimited(&self, item: &Item) -> bool {
        self.source
            .slice(item.span)
            .starts_with(['$', '\\', '`', '<'])
    }

    pub(super) fn push(&mut self, pieces: Vec<Piece<'a>>) {
        let item_label = std::mem::take(&mut self.item_label);
        let here = self.here();
        for (index, piece) in pieces.into_iter().enumerate() {
            let mut part = part(piece);
            if let Part::Line(line) = &mut part {
                line.behind_item = item_label && index == 0;
            }
            here.push(part);
        }
    }
}

fn part(piece: Piece<'_>) -> Part<'_> {
    match piece {
        Piece::Line(line) => Part::Line(line),
        Piece::Error(fragment, span, message) => Part::Error(fragment, span, message),
    }
}

/// `m, n ∈ ℕ`, `a, b > 0`: the names before a statement about a name share what it says.
pub(super) fn shared(elements: Vec<Element>) -> Vec<Element> {
    let mut found: Vec<Element> = Vec::new();
    // Where names that are kept apart by commas begin.
    let mut from = 0;
    for element in elements {
        let name = |tree: &Tree| super::name::peel(tree).is_some();
        let bare = matches!(&element.kind, ElementKind::Formula(tree) if name(tree));
        let comma = element.kind == ElementKind::Separator(Separator::Comma);
        let ElementKind::Formula(Tree {
            span,
            kind: Kind::Chain(first, rest),
        }) = &element.kind
        else {
            found.push(element);
            if !bare && !comma {
                from = found.len();
            }
            continue;
        };
        let said = rest.iter().all(|(sign, ..)| *sign != Relation::Equal);
        let mut names: Vec<Tree> = Vec::new();
        if said && name(first) {
            for before in found.drain(from..) {
                if let ElementKind::Formula(tree) = before.kind {
                    names.push(tree);
                }
            }
        }
        names.push((**first).clone());
        let begin = names.first().map_or(span.start, |tree| tree.span.start);
        let whole = Span::new(begin, span.end);
        let formula = |span: Span, first: Tree| Element {
            span,
            kind: ElementKind::Formula(Tree {
                span,
                kind: Kind::Chain(Box::new(first), rest.clone()),
            }),
        };
        if names.len() < 2 {
            found.push(element);
        } else if matches!(rest.as_slice(), [(Relation::Element, ..)]) {
            let span = Span::new(begin, first.span.end);
            let kind = Kind::List(names);
            found.push(formula(whole, Tree { span, kind }));
        } else {
            let last = names.len() - 1;
            for (place, tree) in names.into_iter().enumerate() {
                let span = Span::new(tree.span.start, span.end);
                found.push(formula(span, tree));
                if place < last {
                    found.push(Element {
                        span,
                        kind: ElementKind::Separator(Separator::Comma),
                    });
                }
            }
        }
        from = found.len();
    }
    found
}

/// How many elements a word of context governs: statements up to an arrow, or to the first
/// statement that no separator keeps apart.
fn governed(elements: &[Element]) -> usize {
    let mut count = 0;
    let mut apart = true;
    for element in elements {
        match &element.kind {
            ElementKind::Formula(tree) if apart && !line::is_expression(tree) => apart = false,
            ElementKind::Separator(_) => apart = true,
            _ => break,
        }
        count += 1;
    }
    count
}

/// The letter, the letter and the set, or the index and its range behind “for all”, as if it stood
/// at that place.
fn bound(tree: &Tree, span: Span) -> Option<Tree> {
    let set = match &tree.kind {
        Kind::Chain(first, rest) => {
            matches!(rest.as_slice(), [(Relation::Element, _, _)])
                && matches!(first.kind, Kind::Name(_))
        }
        kind => matches!(kind, Kind::Name(_)),
    };
    (set || bound_range(tree).is_some())
        .then(|| placed(tree, span))
        .flatten()
}

/// The tree with that place for each of its parts.
fn placed(tree: &Tree, span: Span) -> Option<Tree> {
    let all = |parts: &[Tree]| -> Option<Vec<Tree>> {
        parts.iter().map(|part| placed(part, span)).collect()
    };
    let kind = match &tree.kind {
        Kind::Name(_) | Kind::Number(_) | Kind::Ellipsis => tree.kind.clone(),
        Kind::Group(bracket, inner) => Kind::Group(*bracket, Box::new(placed(inner, span)?)),
        Kind::List(parts) => Kind::List(all(parts)?),
        Kind::Juxtaposition(parts) => Kind::Juxtaposition(all(parts)?),
        Kind::Terms(terms) => {
            let terms = terms
                .iter()
                .map(|(sign, term)| Some((*sign, placed(term, span)?)));
            Kind::Terms(terms.collect::<Option<_>>()?)
        }
        Kind::Chain(first, rest) => {
            let rest = rest
                .iter()
                .map(|(relation, _, part)| Some((*relation, span, placed(part, span)?)));
            Kind::Chain(Box::new(placed(first, span)?), rest.collect::<Option<_>>()?)
        }
        _ => return None,
    };
    Some(Tree { span, kind })
}

/// A statement as an entry of the context.
fn entry(element: Element) -> Option<Entry> {
    let ElementKind::Formula(tree) = element.kind else {
        return None;
    };
    if super::reader::is_law(&tree) {
        // Laws are read with the words around them.
        return None;
    }
    let kind = match tree.kind {
        Kind::Chain(first, mut rest)
            if rest.len() == 1 && rest.iter().all(|(sign, ..)| *sign == Relation::Element) =>
        {
            let names = match first.kind {
                Kind::List(names) => names,
                kind => vec![Tree {
                    span: first.span,
                    kind,
                }],
            };
            EntryKind::Member(names, rest.pop()?.2)
        }
        Kind::ForAll(statement, bound) if statement.kind != Kind::Empty => {
            EntryKind::Statement(*statement, Some(*bound))
        }
        kind => EntryKind::Statement(
            Tree {
                span: tree.span,
                kind,
            },
            None,
        ),
    };
    Some(Entry {
        span: element.span,
        kind,
        text: None,
    })
}

fn says_something(element: &Element) -> bool {
    !matches!(
        element.kind,
        ElementKind::Separator(_) | ElementKind::Bullet
    )
}

/// Whether the first thing that is said is a relation sign or an arrow.
fn opens_with_relation_or_arrow(elements: &[Element]) -> bool {
    for element in elements {
        match &element.kind {
            ElementKind::Arrow(..) => return true,
            ElementKind::Formula(tree) => {
                return matches!(&tree.kind, Kind::Chain(first, _) if first.kind == Kind::Empty);
            }
            ElementKind::Text(words) => {
                if word::arrow(words).is_some() {
                    return true;
                }
                if word::opening(words) == Some(Opening::Other) {
                    return false;
                }
            }
            ElementKind::Error(_) => return false,
            ElementKind::Label(_) | ElementKind::Separator(_) | ElementKind::Bullet => {}
        }
    }
    false
}
