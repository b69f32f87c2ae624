//! `x_1, …, x_n`: lists with dots, which name the members of a family from one index to another.

use crate::syntax::{Kind, Name, Relation, Style, Tree};

/// What a list names: a single thing, or the members of a family.
pub(super) struct Members {
    /// `y`, or `x_i`.
    pub member: Tree,
    /// Where the index runs.
    pub through: Option<Through>,
}

/// From where to where an index runs.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Through {
    /// The name of the index.
    pub letter: String,
    /// Its first value.
    pub lower: Tree,
    /// Its last value.
    pub upper: Tree,
}

impl Through {
    /// `i`
    pub fn index(&self) -> Tree {
        Tree {
            span: self.upper.span,
            kind: index(&self.letter),
        }
    }

    /// `1 ≤ i ≤ n`
    pub fn bound(&self) -> Tree {
        let (span, letter) = (self.upper.span, self.index());
        let links = vec![
            (Relation::LessEqual, span, letter),
            (Relation::LessEqual, span, self.upper.clone()),
        ];
        Tree {
            span,
            kind: Kind::Chain(Box::new(self.lower.clone()), links),
        }
    }
}

/// Whether dots stand in a list.
fn has_dots(parts: &[Tree]) -> bool {
    parts.iter().any(|part| part.kind == Kind::Ellipsis)
}

/// What the parts of a list name; `None` where dots leave out what nothing tells.
pub(super) fn members(parts: &[Tree]) -> Option<Vec<Members>> {
    let single = |tree: &Tree| Members {
        member: tree.clone(),
        through: None,
    };
    if !has_dots(parts) {
        return Some(parts.iter().map(single).collect());
    }
    let letter = ["i", "j", "k", "l", "m"]
        .into_iter()
        .find(|letter| !parts.iter().any(|part| names(part, letter)))?;
    let mut runs = parts.split(|part| part.kind == Kind::Ellipsis);
    let mut found = Vec::new();
    let mut before: &[Tree] = runs.next()?;
    for behind in runs {
        let (last, rest) = behind.split_first()?;
        let (from, family) = (0..before.len())
            .find_map(|from| Some((from, family(before.get(from..)?, last, letter)?)))?;
        found.extend(before.iter().take(from).map(single));
        found.push(family);
        before = rest;
    }
    found.extend(before.iter().map(single));
    Some(found)
}

/// The family of which these members are the first ones, each behind the other, and the last.
fn family(leading: &[Tree], last: &Tree, letter: &str) -> Option<Members> {
    let mut first: Option<Members> = None;
    for (tree, place) in leading.iter().zip(0..) {
        let mut ends = None;
        let member = between(tree, last, letter, false, &mut ends)?;
        let (lower, upper) = ends?;
        let Some(Through { lower: begin, .. }) = first.as_ref().and_then(|f| f.through.as_ref())
        else {
            let letter = letter.to_owned();
            first = Some(Members {
                member,
                through: Some(Through {
                    letter,
                    lower,
                    upper,
                }),
            });
            continue;
        };
        let [begin, lower] = [begin, &lower].map(|tree| tree.to_string().parse::<i64>().ok());
        if begin?.checked_add(place) != lower {
            return None;
        }
    }
    first
}

/// The tree that is `a` at one index and `b` at another, with the letter for the index.
fn between(
    a: &Tree,
    b: &Tree,
    letter: &str,
    within: bool,
    ends: &mut Option<(Tree, Tree)>,
) -> Option<Tree> {
    let (one, other) = (a.to_string(), b.to_string());
    if one == other {
        return Some(b.clone());
    }
    let both = |x: &Tree, y: &Tree, within: bool, ends: &mut Option<(Tree, Tree)>| {
        between(x, y, letter, within, ends).map(Box::new)
    };
    let all = |x: &[Tree], y: &[Tree], ends: &mut Option<(Tree, Tree)>| -> Option<Vec<Tree>> {
        let pairs = x.iter().zip(y);
        (x.len() == y.len())
            .then(|| pairs.map(|(x, y)| between(x, y, letter, within, ends)))?
            .collect()
    };
    let kind = match (&a.kind, &b.kind) {
        (Kind::Subscript(x, i), Kind::Subscript(y, j)) if !within => {
            Kind::Subscript(both(x, y, false, ends)?, both(i, j, true, ends)?)
        }
        (Kind::Superscript(x, i, true), Kind::Superscript(y, j, true)) if !within => {
            Kind::Superscript(both(x, y, false, ends)?, both(i, j, true, ends)?, true)
        }
        (Kind::Group(round, x), Kind::Group(other, y)) if round == other => {
            Kind::Group(*round, both(x, y, within, ends)?)
        }
        (Kind::List(x), Kind::List(y)) => Kind::List(all(x, y, ends)?),
        (Kind::Juxtaposition(x), Kind::Juxtaposition(y)) if within && x.len() == y.len() => {
            Kind::Juxtaposition(all(x, y, ends)?)
        }
        _ if within => {
            if let Some((lower, upper)) = ends
                && (lower.to_string(), upper.to_string()) != (one, other)
            {
                return None;
            }
            ends.get_or_insert_with(|| (a.clone(), b.clone()));
            index(letter)
        }
        _ => return None,
    };
    Some(Tree { span: b.span, kind })
}

fn index(letter: &str) -> Kind {
    Kind::Name(Name {
        base: letter.to_owned(),
        style: Style::default(),
        accents: Vec::new(),
        run: false,
    })
}

fn names(tree: &Tree, letter: &str) -> bool {
    super::tree_walk::any(
        tree,
        &mut |part| matches!(&part.kind, Kind::Name(name) if name.base.contains(letter)),
    )
}
