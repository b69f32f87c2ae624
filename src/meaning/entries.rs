//! Vectors and matrices by their entries: `𝐱 = (x_1, …, x_n)ᵀ`, `A = (a_{ij})`, and x_i beside 𝐱,
//! a_{ij} beside A.

use super::elaborate::is_transposition;
use super::goal::{Declaration, Property};
use super::members::{Through, members};
use super::name::{bold, single};
use super::scope::Scope;
use super::styled::{is_styled, unknown_shape};
use crate::syntax::{Bracket, Kind, Relation, Tree};
use crate::term::{Dimension, Node, Sort, Store};

/// A vector or matrix that is given by its entries.
pub(super) struct ByEntries {
    /// Its name.
    pub name: Tree,
    /// That an entry of it is what it is: `𝐱_i = x_i`.
    pub entry: Tree,
    /// Where the index of a vector runs.
    pub through: Option<Through>,
    /// The set it is said to be of.
    pub set: Option<Tree>,
}

/// `𝐱 = (x_1, …, x_n)ᵀ ∈ ℝⁿ`, `A = (a_{ij})`.
pub(super) fn by_entries(tree: &Tree) -> Option<ByEntries> {
    let Kind::Chain(name, rest) = &tree.kind else {
        return None;
    };
    let (sign, right, set) = match rest.as_slice() {
        [(sign, _, right)] => (sign, right, None),
        [(sign, _, right), (Relation::Element, _, set)] => (sign, right, Some(set.clone())),
        _ => return None,
    };
    let whole = matches!(name.kind, Kind::Name(_));
    if !whole || !matches!(sign, Relation::Equal | Relation::Define) {
        return None;
    }
    let bracket = match &right.kind {
        Kind::Superscript(base, exponent, _) if is_transposition(exponent).is_some() => base,
        _ => right,
    };
    let Kind::Group(Bracket::Round | Bracket::Square, inner) = &bracket.kind else {
        return None;
    };
    let (member, index, through) = match &inner.kind {
        Kind::List(parts) => {
            let Ok([family]) = <[_; 1]>::try_from(members(parts)?) else {
                return None;
            };
            let through = family.through?;
            if through.lower.to_string() != "1" {
                return None;
            }
            (family.member, through.index(), Some(through))
        }
        Kind::Subscript(family, index) if matches!(family.kind, Kind::Name(_)) => {
            let letters = match &index.kind {
                Kind::Group(_, inner) => letters_of(inner),
                _ => letters_of(index),
            };
            if letters != 2 {
                return None;
            }
            ((**inner).clone(), (**index).clone(), None)
        }
        _ => return None,
    };
    let span = tree.span;
    let tree = |kind| Tree { span, kind };
    let own = tree(Kind::Subscript(name.clone(), Box::new(index)));
    let links = vec![(Relation::Equal, span, member)];
    Some(ByEntries {
        name: (**name).clone(),
        entry: tree(Kind::Chain(Box::new(own), links)),
        through,
        set,
    })
}

/// How many letters an index has, where it has nothing else.
fn letters_of(index: &Tree) -> usize {
    match &index.kind {
        Kind::Name(name) if name.accents.is_empty() => name.base.chars().count(),
        Kind::List(parts) | Kind::Juxtaposition(parts)
            if parts.iter().all(|part| letters_of(part) == 1) =>
        {
            parts.len()
        }
        _ => 0,
    }
}

impl Scope {
    /// The vector or matrix whose entries are written as members of that family, of which nothing
    /// else is said.
    pub(super) fn carrier(
        &self,
        store: &mut Store,
        family: &str,
        indices: usize,
    ) -> Option<String> {
        if self.is_said(store, family) {
            return None;
        }
        carriers(family, indices).into_iter().find(|name| {
            let symbol = store.symbol(name);
            match self.sort_of(symbol) {
                Some(Sort::Matrix(_, columns)) => {
                    let one = matches!(store.node(columns.0), Node::Number(n) if n.is_one());
                    !self.is_family(symbol) && one == (indices == 1)
                }
                _ => false,
            }
        })
    }

    /// Whether the context says what the name is.
    fn is_said(&self, store: &mut Store, name: &str) -> bool {
        let symbol = store.symbol(name);
        self.names.contains(name)
            || self.definitions.contains_key(&symbol)
            || self.declarations.contains_key(&symbol)
    }

    /// Bold letters of which nothing is said, beside which there are members with the plain letter:
    /// vectors and
    /// matrices, by presumption.
    pub(super) fn declare_carriers(&mut self, store: &mut Store) {
        let observed = self.observed.clone();
        let written = observed.indexed.keys().map(|(family, _)| family);
        for family in written.chain(observed.members.keys()) {
            let grid = observed.indexed.contains_key(&(family.clone(), 1));
            for name in carriers(family, if grid { 2 } else { 1 }) {
                let known = self.is_said(store, &name) || self.is_said(store, family);
                if known || !is_styled(&name) || !observed.alone.contains(&name) {
                    continue;
                }
                let symbol = store.symbol(&name);
                let Sort::Matrix(rows, columns) = unknown_shape(store, symbol) else {
                    continue;
                };
                let one = Dimension(store.integer(1));
                let declaration = Declaration {
                    symbol,
                    sort: Sort::Matrix(rows, if grid { columns } else { one }),
                    properties: vec![Property::Presumed],
                };
                self.declarations.insert(symbol, declaration);
            }
        }
    }
}

/// What the vector or matrix would be called: 𝐱 of x_i; 𝐀 or A of A_{ij} and a_{ij}.
fn carriers(family: &str, indices: usize) -> Vec<String> {
    let Some(letter) = single(family) else {
        return Vec::new();
    };
    let upper: Vec<char> = letter.to_uppercase().collect();
    let mut found = Vec::new();
    match (indices, upper.as_slice()) {
        (1, _) => found.extend(bold(letter)),
        (2, [upper]) => {
            found.extend(bold(*upper));
            if *upper != letter {
                found.push(*upper);
            }
        }
        _ => {}
    }
    found.into_iter().map(String::from).collect()
}
