//! The vectors and matrices of a goal, what is said of each alone, and their dimensions.

use std::collections::{BTreeMap, BTreeSet};

use crate::meaning::Context;
use crate::term::{Function, Node, Quality, Relation, Sort, Store, Symbol, TermId};
use crate::theory::matrices::{Sizes, infer};

/// A vector or matrix that takes entries.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// The symbol, of a family with the indices of the member.
    pub(super) symbol: Symbol,
    pub(super) indices: Vec<i64>,
    /// How its entries are drawn.
    pub(super) form: Form,
    /// Statements about it alone, and about it as a member of a family.
    pub(super) name: String,
}

/// What is asked of a matrix when it is drawn; whether it is so is tested afterwards.
#[derive(Clone, Debug, Default)]
pub(super) struct Form {
    /// Symmetric, orthogonal, …
    pub(super) qualities: BTreeSet<Quality>,
    /// Columns of length 1 at right angles: QᵀQ = I.
    pub(super) columns: bool,
    /// Rows of length 1 at right angles: QQᵀ = I.
    pub(super) rows: bool,
    /// A vector of length 1.
    pub(super) unit: bool,
    /// A² = 0.
    pub(super) nilpotent: bool,
    /// A² = I.
    pub(super) involution: bool,
}

impl Form {
    fn has(&self, quality: Quality) -> bool {
        self.qualities.contains(&quality)
    }

    /// Whether the matrices of this form make a linear space; which entries are free, given the
    /// size: each with the places that it fills, and the factor there.
    pub(super) fn space(&self, rows: usize, columns: usize) -> Option<Vec<Vec<(usize, i64)>>> {
        let curved = self.columns
            || self.rows
            || self.unit
            || self.nilpotent
            || self.involution
            || self.has(Quality::Orthogonal)
            || self.has(Quality::PositiveDefinite)
            || self.has(Quality::PositiveSemidefinite)
            || self.has(Quality::Idempotent)
            || self.has(Quality::Triangular);
        if curved {
            return None;
        }
        let symmetric = self.has(Quality::Symmetric);
        let skew = self.has(Quality::SkewSymmetric);
        let upper = self.has(Quality::UpperTriangular) || self.has(Quality::Diagonal);
        let lower = self.has(Quality::LowerTriangular) || self.has(Quality::Diagonal);
        let mut free = Vec::new();
        for i in 0..rows {
            for j in 0..columns {
                if upper && i > j || lower && i < j || skew && i == j {
                    continue;
                }
                let at = i * columns + j;
                if (symmetric || skew) && rows == columns && i != j {
                    if i < j {
                        let sign = if skew { -1 } else { 1 };
                        free.push(vec![(at, 1), (j * columns + i, sign)]);
                    }
                } else {
                    free.push(vec![(at, 1)]);
                }
            }
        }
        Some(free)
    }
}

/// The vectors and matrices in some terms.
pub(super) struct Arrays {
    /// Those that take entries of their own.
    pub(super) letters: Vec<Letter>,
    /// Rows and columns of each symbol.
    pub(super) sizes: Vec<(Symbol, TermId, TermId)>,
    /// Letters for numbers that are dimensions, in order.
    pub(super) dimensions: Vec<TermId>,
    /// Families of which a quality is said of each member.
    pub(super) bound_families: BTreeSet<Symbol>,
}

impl Arrays {
    /// Those of the terms, hypotheses saying more of them.
    pub(super) fn of(
        store: &Store,
        context: &Context,
        terms: &[TermId],
        hypotheses: &[TermId],
    ) -> Arrays {
        let mut sorts: Sizes = context
            .declarations
            .iter()
            .filter_map(|d| match d.sort {
                Sort::Matrix(rows, columns) => Some((d.symbol, (rows.0, columns.0))),
                _ => None,
            })
            .collect();
        infer(store, &mut sorts, terms);
        let mut atoms: Vec<(Symbol, Vec<i64>)> = Vec::new();
        let mut symbols: Vec<Symbol> = Vec::new();
        let mut members: BTreeSet<Symbol> = BTreeSet::new();
        let mut told = Vec::new();
        let mut seen = BTreeSet::new();
        let mut stack: Vec<TermId> = terms.iter().rev().copied().collect();
        while let Some(term) = stack.pop() {
            if !seen.insert(term) {
                continue;
            }
            let node = store.node(term);
            match node {
                Node::Symbol(symbol) if sorts.contains_key(symbol) => {
                    if !symbols.contains(symbol) {
                        symbols.push(*symbol);
                    }
                    atoms.push((*symbol, Vec::new()));
                }
                Node::Member(symbol, indices) if sorts.contains_key(symbol) => {
                    members.insert(*symbol);
                    if !symbols.contains(symbol) {
                        symbols.push(*symbol);
                    }
                    let numbers: Option<Vec<i64>> = indices
                        .iter()
                        .map(|index| match store.node(*index) {
                            Node::Number(n) => n.to_i64(),
                            _ => None,
                        })
                        .collect();
                    if let Some(numbers) = numbers {
                        atoms.push((*symbol, numbers));
                    }
                }
                Node::Function(Function::Identity | Function::Ones, xs) if xs.len() == 1 => {
                    collect_dimensions(store, xs[0], &mut told);
                }
                Node::Function(Function::Unit, xs) if xs.len() == 2 => {
                    collect_dimensions(store, xs[1], &mut told);
                }
                _ => {}
            }
            let mut children = Vec::new();
            node.for_each_child(|child| children.push(child));
            stack.extend(children.into_iter().rev());
        }
        let mut forms: BTreeMap<(Symbol, Vec<i64>), Form> = BTreeMap::new();
        let mut bound_families = BTreeSet::new();
        for hypothesis in hypotheses {
            if let Some((atom, note)) = said(store, *hypothesis) {
                if atom.1.is_empty() && members.contains(&atom.0) {
                    bound_families.insert(atom.0);
                }
                note(forms.entry(atom).or_default());
            }
        }
        // A bare symbol that names a family stands in statements about its members alone.
        atoms.retain(|(symbol, indices)| !(indices.is_empty() && members.contains(symbol)));
        let letters = atoms
            .into_iter()
            .map(|(symbol, indices)| {
                let mut form = forms
                    .get(&(symbol, indices.clone()))
                    .cloned()
                    .unwrap_or_default();
                if let Some(all) = forms.get(&(symbol, Vec::new())) {
                    form.qualities.extend(all.qualities.iter().copied());
                }
                Letter {
                    symbol,
                    name: format!("{}{indices:?}", store.name(symbol)),
                    indices,
                    form,
                }
            })
            .collect();
        let mut sizes = Vec::new();
        let mut dimensions = Vec::new();
        for symbol in symbols {
            if let Some((rows, columns)) = sorts.get(&symbol) {
                sizes.push((symbol, *rows, *columns));
                for size in [*rows, *columns] {
                    collect_dimensions(store, size, &mut dimensions);
                }
            }
        }
        for size in told {
            if !dimensions.contains(&size) {
                dimensions.push(size);
            }
        }
        Arrays {
            letters,
            sizes,
            dimensions,
            bound_families,
        }
    }
}

impl Arrays {
    /// Of a family of which each member says the next, the first alone takes entries of its own.
    pub(super) fn begin(&mut self, store: &Store, family: Symbol) {
        if !self.sizes.iter().any(|(symbol, _, _)| *symbol == family) {
            return;
        }
        self.letters.retain(|letter| letter.symbol != family);
        self.letters.push(Letter {
            symbol: family,
            indices: vec![0],
            form: Form::default(),
            name: store.name(family).to_owned(),
        });
    }
}

/// The letters of a dimension.
fn collect_dimensions(store: &Store, size: TermId, found: &mut Vec<TermId>) {
    let node = store.node(size);
    if matches!(node, Node::Symbol(_) | Node::Call(..) | Node::Member(..)) {
        if !found.contains(&size) {
            found.push(size);
        }
        return;
    }
    node.for_each_child(|child| collect_dimensions(store, child, found));
}

type Atom = (Symbol, Vec<i64>);
type Note = Box<dyn Fn(&mut Form)>;

/// What a hypothesis says of one vector or matrix alone, if that tells how to draw it.
fn said(store: &Store, hypothesis: TermId) -> Option<(Atom, Note)> {
    match store.node(hypothesis) {
        Node::Has(quality, of) => {
            let quality = *quality;
            Some((
                atom(store, *of)?,
                Box::new(move |form| {
                    form.qualities.insert(quality);
                }),
            ))
        }
        Node::Relation(Relation::Equal, a, b) => {
            equation(store, *a, *b).or_else(|| equation(store, *b, *a))
        }
        _ => None,
    }
}

fn equation(store: &Store, a: TermId, b: TermId) -> Option<(Atom, Note)> {
    let is_identity = matches!(store.node(b), Node::Function(Function::Identity, _));
    let is_one = matches!(store.node(b), Node::Number(n) if n.is_one());
    match store.node(a) {
        Node::Mul(factors) => {
            let [first, second] = **factors else {
                return None;
            };
            if first == second {
                return square(store, first, b);
            }
            let transposed = |t: TermId| match store.node(t) {
                Node::Function(Function::Transpose, xs) => xs.first().copied(),
                _ => None,
            };
            if transposed(first) == Some(second) && is_identity {
                return Some((atom(store, second)?, Box::new(|form| form.columns = true)));
            }
            if transposed(first) == Some(second) && is_one {
                return Some((atom(store, second)?, Box::new(|form| form.unit = true)));
            }
            if transposed(second) == Some(first) && is_identity {
                return Some((atom(store, first)?, Box::new(|form| form.rows = true)));
            }
            None
        }
        Node::Pow(base, exponent) => {
            let two = matches!(store.node(*exponent), Node::Number(n) if n.to_i64() == Some(2));
            if two && let Some(found) = square(store, *base, b) {
                return Some(found);
            }
            match store.node(*base) {
                Node::Function(Function::Norm, xs) if two && is_one => Some((
                    atom(store, *xs.first()?)?,
                    Box::new(|form| form.unit = true),
                )),
                _ => None,
            }
        }
        Node::Function(Function::Norm, xs) if is_one => Some((
            atom(store, *xs.first()?)?,
            Box::new(|form| form.unit = true),
        )),
        Node::Function(Function::Transpose, xs) if xs.first() == Some(&b) => Some((
            atom(store, b)?,
            Box::new(|form| {
                form.qualities.insert(Quality::Symmetric);
            }),
        )),
        _ => None,
    }
}

/// A² = A, A² = 0, A² = I.
fn square(store: &Store, of: TermId, value: TermId) -> Option<(Atom, Note)> {
    let of = atom(store, of)?;
    let note: Note = match store.node(value) {
        _ if atom(store, value).as_ref() == Some(&of) => Box::new(|form| {
            form.qualities.insert(Quality::Idempotent);
        }),
        Node::Number(n) if n.is_zero() => Box::new(|form| form.nilpotent = true),
        Node::Function(Function::Identity, _) => Box::new(|form| form.involution = true),
        _ => return None,
    };
    Some((of, note))
}

fn atom(store: &Store, term: TermId) -> Option<Atom> {
    match store.node(term) {
        Node::Symbol(symbol) => Some((*symbol, Vec::new())),
        Node::Member(symbol, indices) => {
            let numbers: Option<Vec<i64>> = indices
                .iter()
                .map(|index| match store.node(*index) {
                    Node::Number(n) => n.to_i64(),
                    _ => None,
                })
                .collect();
            Some((*symbol, numbers?))
        }
        _ => None,
    }
}
