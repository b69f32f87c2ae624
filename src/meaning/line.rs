//! Lines: each statement or expression of a fragment, with the arrow, label and words before it.

use crate::source::{Fragment, Span};
use crate::syntax::{
    Arrow, Bracket, Connective, Element, ElementKind, Kind, Relation, Separator, Sign, Tree,
};

use super::remark::Remark;
use super::word::{self, Opening, Word};

/// An arrow before a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lead {
    /// Its kind.
    pub(super) kind: Arrow,
    /// Where it stands in the file.
    pub(super) span: Span,
    /// The formulas of its label.
    pub(super) label: Vec<Tree>,
}

/// What part words give to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// A statement by itself.
    Alone,
    /// Within a sentence, or in a display behind words that are no relation.
    Sentence,
    /// What a word of context (CONTRACT §3) says.
    Context(Word),
}

/// A statement or expression as it stands in its fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// The fragment it stands in.
    pub(super) fragment: &'a Fragment,
    /// Which display or run of lines of its section it belongs to.
    pub(super) unit: usize,
    /// What is written.
    pub(super) tree: Tree,
    /// The arrow before it.
    pub(super) lead: Option<Lead>,
    /// The label before or behind it.
    pub(super) label: Option<String>,
    /// What part words give to it.
    pub(super) stand: Stand,
    /// Whether it stands behind an item label.
    pub(super) behind_item: bool,
    /// The row of its fragment.
    pub(super) row: usize,
    /// What the words of its sentence make of it.
    pub(super) remark: Remark,
    /// The system (`cases`, `\left\{`) of its fragment that it belongs to.
    pub(super) system: Option<usize>,
}

/// What a fragment consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A statement or expression.
    Line(Line<'a>),
    /// Text that cannot be parsed: where in the file, and what was expected.
    Error(&'a Fragment, Span, String),
}

impl Line<'_> {
    /// Whether it goes on with the chain before it.
    pub(super) fn continues(&self) -> bool {
        matches!(&self.tree.kind, Kind::Chain(first, _) if first.kind == Kind::Empty)
    }

    /// Whether it stands in a sentence that makes no claim of it.
    pub(super) fn is_remark(&self) -> bool {
        self.stand == Stand::Sentence && self.lead.is_none()
    }

    /// Whether it is an expression, no statement.
    pub(super) fn is_expression(&self) -> bool {
        is_expression(&self.tree)
    }
}

/// Whether a tree is an expression, no statement.
pub(super) fn is_expression(tree: &Tree) -> bool {
    !matches!(
        tree.kind,
        Kind::Chain(..)
            | Kind::Joined(..)
            | Kind::Not(_)
            | Kind::Truth(_)
            | Kind::ForAll(..)
            | Kind::Is(..)
            | Kind::Implication(..)
    )
}

/// Whether a tree is a name, perhaps with indices.
pub(super) fn is_name(tree: &Tree) -> bool {
    match &tree.kind {
        Kind::Name(_) => true,
        Kind::Subscript(base, _) | Kind::Superscript(base, _, true) => is_name(base),
        _ => false,
    }
}

/// Takes frames off the outside of a tree.
fn unframed(tree: Tree) -> Tree {
    let mut tree = tree;
    loop {
        tree = match tree.kind {
            Kind::Boxed(inner) => *inner,
            Kind::Group(Bracket::Round, inner) if !is_expression(&inner) => *inner,
            kind => {
                return Tree {
                    span: tree.span,
                    kind,
                };
            }
        };
    }
}

/// The lines of a fragment's elements.
pub(super) fn pieces<'a>(
    fragment: &'a Fragment,
    elements: Vec<Element>,
    unit: usize,
    stand: Stand,
) -> Vec<Piece<'a>> {
    let mut gathering = Gathering {
        fragment,
        unit,
        stand,
        pieces: Vec::new(),
        lead: None,
        label: None,
        words: None,
        remark: Remark::default(),
        row: true,
        rows: 0,
        joined_row: None,
        systems: systems(&fragment.text),
    };
    for element in elements {
        gathering.element(element);
    }
    joined_systems(gathering.pieces)
}

/// Where systems of statements stand in LaTeX: `cases` and what `\left\{` opens, outermost.
fn systems(text: &str) -> Vec<(u32, u32)> {
    const MARKS: [(&str, i32); 4] = [
        ("\\begin{cases}", 1),
        ("\\left\\{", 1),
        ("\\end{cases}", -1),
        ("\\right", -1),
    ];
    let mut found = Vec::new();
    if !text.contains("\\begin{cases}") && !text.contains("\\left\\{") {
        return found;
    }
    let mut depth = 0;
    let mut start = 0;
    // Other `\left` … `\right` pairs stand within statements: they are counted to be skipped.
    let mut inner = 0;
    for (at, _) in text.match_indices('\\') {
        let rest = text.get(at..).unwrap_or("");
        let mark = MARKS.iter().find(|(mark, _)| rest.starts_with(mark));
        let Some((mark, step)) = mark else {
            if rest.starts_with("\\left") && !rest.starts_with("\\leftarrow") {
                inner += 1;
            }
            continue;
        };
        if *mark == "\\right" && (rest.starts_with("\\rightarrow") || inner > 0) {
            if inner > 0 && !rest.starts_with("\\rightarrow") {
                inner -= 1;
            }
            continue;
        }
        if *step > 0 && depth == 0 {
            start = at;
        }
        depth = (depth + step).max(0);
        if *step < 0 && depth == 0 {
            let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
            found.push((narrow(start), narrow(at)));
        }
    }
    found
}

/// Statements of a system behind ⇒ all stand behind it; a system that ⇔ joins is one statement.
fn joined_systems(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut result: Vec<Piece<'_>> = Vec::with_capacity(pieces.len());
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let Piece::Line(first) = piece else {
            result.push(piece);
            continue;
        };
        if first.system.is_none() {
            result.push(Piece::Line(first));
            continue;
        }
        let mut group = vec![first];
        while let Some(Piece::Line(next)) = pieces.next_if(|piece| {
            matches!(piece, Piece::Line(line) if line.lead.is_none()
                && line.stand == Stand::Alone
                && line.system == group.first().and_then(|first| first.system))
        }) {
            group.push(next);
        }
        let arrow = |line: &Line<'_>| line.lead.as_ref().map(|lead| lead.kind);
        let behind = match pieces.peek() {
            Some(Piece::Line(line)) => arrow(line),
            _ => None,
        };
        let lead = group.first().and_then(arrow);
        let equivalent = [lead, behind].contains(&Some(Arrow::Iff))
            || lead == Some(Arrow::ImpliedBy)
            || behind == Some(Arrow::ImpliedBy);
        if equivalent && group.len() > 1 && group.iter().all(|line| !line.is_expression()) {
            let mut lines = group.into_iter();
            let Some(mut whole) = lines.next() else {
                continue;
            };
            let mut parts = vec![whole.tree.clone()];
            parts.extend(lines.map(|line| line.tree));
            let span = parts
                .iter()
                .map(|tree| tree.span)
                .reduce(Span::to)
                .unwrap_or_default();
            whole.tree = Tree {
                span,
                kind: Kind::Joined(Connective::And, parts),
            };
            result.push(Piece::Line(whole));
            continue;
        }
        let shared = group.first().and_then(|first| first.lead.clone());
        for (index, mut line) in group.into_iter().enumerate() {
            if index > 0 && !line.continues() {
                line.lead = shared.clone().map(|lead| Lead {
                    label: Vec::new(),
                    ..lead
                });
            }
            result.push(Piece::Line(line));
        }
    }
    result
}

struct Gathering<'a> {
    fragment: &'a Fragment,
    unit: usize,
    stand: Stand,
    pieces: Vec<Piece<'a>>,
    lead: Option<Lead>,
    label: Option<String>,
    words: Option<Opening>,
    remark: Remark,
    /// Whether a row has just begun.
    row: bool,
    rows: usize,
    systems: Vec<(u32, u32)>,
    /// The sign before whose right side a row ended.
    joined_row: Option<(Relation, Span)>,
}

impl<'a> Gathering<'a> {
    fn element(&mut self, element: Element) {
        match element.kind {
            ElementKind::Formula(tree) => self.formula(unframed(tree)),
            ElementKind::Arrow(kind, label, _) => {
                let span = self.fragment.span(element.span);
                let mut labels = self.lead.take().map_or(Vec::new(), |lead| lead.label);
                labels.extend(label);
                self.lead = Some(Lead {
                    kind,
                    span,
                    label: labels,
                });
                self.words = None;
                self.row = false;
            }
            ElementKind::Separator(separator) => {
                if matches!(separator, Separator::Row | Separator::Line) {
                    self.words = None;
                    self.row = true;
                    self.rows += 1;
                }
            }
            ElementKind::Label(label) => self.labelled(label),
            ElementKind::Text(words) => self.words(&words, element.span),
            ElementKind::Bullet => {}
            ElementKind::Error(message) => {
                let span = self.fragment.span(element.span);
                self.lead = None;
                self.pieces.push(Piece::Error(self.fragment, span, message));
                self.row = false;
            }
        }
    }

    fn labelled(&mut self, label: String) {
        if self.row || self.pieces.is_empty() {
            self.label = Some(label);
        } else if let Some(Piece::Line(line)) = self.pieces.last_mut()
            && line.label.is_none()
        {
            line.label = Some(label);
        } else {
            self.label = Some(label);
        }
    }

    fn words(&mut self, words: &str, span: Span) {
        if let Some(kind) = word::arrow(words) {
            self.lead = Some(Lead {
                kind,
                span: self.fragment.span(span),
                label: Vec::new(),
            });
            self.words = None;
        } else {
            self.words = word::opening(words);
            self.remark = Remark::of(words, "");
        }
    }

    fn formula(&mut self, tree: Tree) {
        let row = std::mem::replace(&mut self.row, false);
        let Some(tree) = self.bound_behind(tree) else {
            return;
        };
        let tree = match self.joined(tree, row) {
            Some(tree) => tree,
            None => return,
        };
        let stand = match self.words.take() {
            Some(Opening::Context(word)) => Stand::Context(word),
            Some(Opening::Other) if self.lead.is_none() => Stand::Sentence,
            _ => self.stand,
        };
        let system = self
            .systems
            .iter()
            .position(|(from, to)| (*from..*to).contains(&tree.span.start));
        self.pieces.push(Piece::Line(Line {
            fragment: self.fragment,
            unit: self.unit,
            tree,
            lead: self.lead.take(),
            label: self.label.take(),
            stand,
            behind_item: false,
            row: self.rows,
            remark: std::mem::take(&mut self.remark),
            system,
        }));
    }

    /// `∀ i` behind a statement binds it; gives any other tree back.
    fn bound_behind(&mut self, tree: Tree) -> Option<Tree> {
        let Kind::ForAll(statement, bound) = tree.kind else {
            return Some(tree);
        };
        if statement.kind != Kind::Empty {
            return Some(Tree {
                span: tree.span,
                kind: Kind::ForAll(statement, bound),
            });
        }
        if let Some(Piece::Line(line)) = self.pieces.last_mut()
            && line.row == self.rows
            && self.lead.is_none()
            && !line.is_expression()
        {
            let several = matches!(&line.tree.kind, Kind::Chain(_, rest) if rest.len() != 1);
            if !several && !line.continues() {
                let empty = Tree {
                    span: line.tree.span,
                    kind: Kind::Empty,
                };
                let span = line.tree.span.to(tree.span);
                let inner = std::mem::replace(&mut line.tree, empty);
                line.tree = Tree {
                    span,
                    kind: Kind::ForAll(Box::new(inner), bound),
                };
            }
            return None;
        }
        Some(Tree {
            span: tree.span,
            kind: Kind::ForAll(statement, bound),
        })
    }

    /// Rows that go on with the row before: `a =` and then `b`; a row that begins with `+`.
    /// Gives the tree back if it is a line of its own.
    fn joined(&mut self, tree: Tree, row: bool) -> Option<Tree> {
        if self.lead.is_some() || !self.same_stand() {
            self.joined_row = None;
            return Some(self.cut(tree));
        }
        let plus = row && begins_with_plus(self.fragment, &tree);
        let Some(Piece::Line(line)) = self.pieces.last_mut() else {
            return Some(self.cut(tree));
        };
        if let Some((relation, span)) = self.joined_row.take() {
            if let Kind::Chain(_, rest) = &mut line.tree.kind {
                let (first, more) = opened(tree);
                line.tree.span = line.tree.span.to(first.span);
                rest.push((relation, span, first));
                rest.extend(more);
            }
            self.joined_row = cut_open_end(&mut line.tree);
            return None;
        }
        if plus && !matches!(line.stand, Stand::Context(_)) {
            let (first, more) = opened(tree);
            line.tree.span = line.tree.span.to(first.span);
            append(&mut line.tree, first, more);
            self.joined_row = cut_open_end(&mut line.tree);
            return None;
        }
        Some(self.cut(tree))
    }

    fn same_stand(&self) -> bool {
        self.words.is_none()
    }

    fn cut(&mut self, mut tree: Tree) -> Tree {
        self.joined_row = cut_open_end(&mut tree);
        tree
    }
}

/// Takes a chain's last sign off if nothing stands behind it.
fn cut_open_end(tree: &mut Tree) -> Option<(Relation, Span)> {
    let Kind::Chain(first, rest) = &mut tree.kind else {
        return None;
    };
    let (_, _, last) = rest.last()?;
    if last.kind != Kind::Empty || first.kind == Kind::Empty && rest.len() == 1 {
        return None;
    }
    let (relation, span, _) = rest.pop()?;
    if rest.is_empty() {
        let empty = Tree {
            span: first.span,
            kind: Kind::Empty,
        };
        let first = std::mem::replace(first.as_mut(), empty);
        // The line stays a chain, so that the next row finds where to go on.
        tree.kind = Kind::Chain(Box::new(first), Vec::new());
    }
    Some((relation, span))
}

/// A tree as the first operand of a chain and what follows it.
pub(super) fn opened(tree: Tree) -> (Tree, Vec<(Relation, Span, Tree)>) {
    match tree.kind {
        Kind::Chain(first, rest) => (*first, rest),
        kind => (
            Tree {
                span: tree.span,
                kind,
            },
            Vec::new(),
        ),
    }
}

fn begins_with_plus(fragment: &Fragment, tree: &Tree) -> bool {
    let first = match &tree.kind {
        Kind::Chain(first, _) => first.as_ref(),
        _ => tree,
    };
    let signed = matches!(&first.kind, Kind::Terms(terms)
        if terms.first().is_some_and(|(sign, _)| *sign == Sign::Plus));
    signed
        && fragment
            .text
            .get(first.span.start as usize..)
            .is_some_and(|text| text.trim_start().starts_with('+'))
}

/// Adds terms to the last operand of a tree, and then further signs.
fn append(tree: &mut Tree, terms: Tree, more: Vec<(Relation, Span, Tree)>) {
    let span = tree.span;
    let last = match &mut tree.kind {
        Kind::Chain(first, rest) => match rest.last_mut() {
            Some((_, _, last)) => last,
            None => first.as_mut(),
        },
        _ => {
            let whole = std::mem::replace(
                tree,
                Tree {
                    span,
                    kind: Kind::Empty,
                },
            );
            tree.kind = Kind::Chain(Box::new(whole), Vec::new());
            match &mut tree.kind {
                Kind::Chain(first, _) => first.as_mut(),
                _ => return,
            }
        }
    };
    let added = match terms.kind {
        Kind::Terms(added) => added,
        kind => vec![(
            Sign::Plus,
            Tree {
                span: terms.span,
                kind,
            },
        )],
    };
    let joined = last.span.to(terms.span);
    let before = std::mem::replace(
        last,
        Tree {
            span: joined,
            kind: Kind::Empty,
        },
    );
    let mut sum = match before.kind {
        Kind::Terms(sum) => sum,
        Kind::Empty => Vec::new(),
        kind => vec![(
            Sign::Plus,
            Tree {
                span: before.span,
                kind,
            },
        )],
    };
    sum.extend(added);
    last.kind = Kind::Terms(sum);
    if let Kind::Chain(_, rest) = &mut tree.kind {
        rest.extend(more);
    }
    if let Kind::Chain(first, rest) = &mut tree.kind
        && rest.is_empty()
    {
        let empty = Tree {
            span,
            kind: Kind::Empty,
        };
        let first = std::mem::replace(first.as_mut(), empty);
        *tree = first;
    }
}
