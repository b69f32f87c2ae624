//! Letters that nobody declared beside vectors and matrices: columns, where an equation fits so and
//! not otherwise.

use super::elaborate;
use super::name::{canonical, peel};
use super::observe::name_and_indices;
use super::reader::Reader;
use super::scope::Scope;
use crate::syntax::{Kind, Tree};
use crate::term::{Dimension, Node, Sort, Store, Symbol, TermId};

/// Letters of an equation that are tried.
const MOST: usize = 8;

/// A letter that may be a column: whether it stands with indices.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Letter {
    symbol: Symbol,
    family: bool,
}

impl Reader<'_, '_> {
    /// Declares letters of an equation of the context as columns, if only so its shapes fit. Gives
    /// what is to be said of it.
    pub(super) fn fit(&mut self, text: &str, tree: &Tree) -> Vec<String> {
        let scope = &self.standing.scope;
        if !scope.has_matrices()
            || !matches!(tree.kind, Kind::Chain(..))
            || elaborate::statement(self.store, scope, text, tree).is_ok()
        {
            return Vec::new();
        }
        let mut letters = Vec::new();
        let mut sizes = Vec::new();
        letters_of(self.store, scope, tree, &mut letters, &mut sizes);
        letters.truncate(MOST);
        let families: Vec<Letter> = letters.iter().filter(|l| l.family).cloned().collect();
        let mut ways = vec![families.clone()];
        for letter in letters.iter().filter(|l| !l.family) {
            ways.push([families.as_slice(), std::slice::from_ref(letter)].concat());
        }
        let one = self.store.integer(1);
        for way in ways.into_iter().filter(|way| !way.is_empty()) {
            for size in &sizes {
                let mut scope = self.standing.scope.clone();
                declare(self.store, &mut scope, &way, *size, one);
                if elaborate::statement(self.store, &scope, text, tree).is_err() {
                    continue;
                }
                self.standing.scope = scope;
                declare(self.store, &mut self.standing.declared, &way, *size, one);
                return way
                    .iter()
                    .map(|letter| {
                        let name = self.store.name(letter.symbol);
                        let size = crate::term::print(self.store, *size);
                        format!("read {name} as a column of {size} numbers")
                    })
                    .collect();
            }
        }
        Vec::new()
    }
}

fn declare(store: &Store, scope: &mut Scope, letters: &[Letter], size: TermId, one: TermId) {
    let sort = Sort::Matrix(Dimension(size), Dimension(one));
    for letter in letters {
        if letter.family {
            scope.declare_family(store, letter.symbol, sort);
        } else {
            scope.declare(store, letter.symbol, sort);
        }
    }
}

/// The letters of which no more is known than that they stand here, and the sizes of the others.
fn letters_of(
    store: &mut Store,
    scope: &Scope,
    tree: &Tree,
    letters: &mut Vec<Letter>,
    sizes: &mut Vec<TermId>,
) {
    let Some((name, indices)) = name_and_indices(tree) else {
        for part in tree.children() {
            letters_of(store, scope, part, letters, sizes);
        }
        return;
    };
    let run = peel(tree).is_some_and(|p| p.name.run && canonical(p.name).chars().count() > 1);
    if run && indices.is_empty() && !scope.names.contains(&name) {
        // A product of letters.
        for letter in name.chars() {
            see(store, scope, &letter.to_string(), false, letters, sizes);
        }
        return;
    }
    see(store, scope, &name, !indices.is_empty(), letters, sizes);
}

fn see(
    store: &mut Store,
    scope: &Scope,
    name: &str,
    family: bool,
    letters: &mut Vec<Letter>,
    sizes: &mut Vec<TermId>,
) {
    let symbol = store.symbol(name);
    let sort = scope.sort_of(symbol);
    if let Some(Sort::Matrix(rows, columns)) = sort {
        for size in [columns, rows] {
            let one = matches!(store.node(size.0), Node::Number(n) if n.is_one());
            if !one && !sizes.contains(&size.0) {
                sizes.push(size.0);
            }
        }
    }
    let vector = match sort {
        Some(Sort::Matrix(_, columns)) => {
            family
                && !scope.is_family(symbol)
                && matches!(store.node(columns.0), Node::Number(n) if n.is_one())
        }
        Some(_) => false,
        None => scope.is_unknown(symbol, name),
    };
    let letter = Letter { symbol, family };
    if vector && !letters.contains(&letter) {
        letters.push(letter);
    }
}
