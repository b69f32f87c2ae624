//! Letters of words: matrices that are not taken apart, and what is known of each.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::kernel::Kernel;
use super::polynomial::Polynomial;
use super::reduce::Rules;
use crate::number::Rational;
use crate::term::{Function, Node, Quality, Relation, Sort, Store, Symbol, TermId};
use crate::theory::facts::Facts;
use crate::theory::field::{Assumed, Field};

/// A matrix of a word, perhaps inverted and transposed (which change places).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is what its name says")]
pub struct Letter {
    pub atom: usize,
    pub inverse: bool,
    pub transposed: bool,
}

/// Letters in the order in which they are multiplied.
pub type Word = Vec<Letter>;

/// What a letter stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// A symbol, or a member of a family.
    Term(TermId),
    /// A square matrix that is inverted, or of which a power or determinant is taken, as a whole.
    Whole(Polynomial),
    /// A power with a natural number that is not told.
    Power(Polynomial, TermId),
    /// A function of matrices that is not taken apart.
    Function(Function, Vec<Polynomial>),
}

/// A letter's matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is what its name says")]
pub struct Atom {
    pub base: Base,
    pub rows: TermId,
    pub columns: TermId,
    pub traits: Traits,
}

/// What is known of a matrix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(
    missing_docs,
    clippy::struct_excessive_bools,
    reason = "each is a quality of its own"
)]
pub struct Traits {
    pub symmetric: bool,
    pub skew: bool,
    pub orthogonal: bool,
    pub diagonal: bool,
    pub idempotent: bool,
    pub invertible: bool,
    pub semidefinite: bool,
    pub definite: bool,
    /// It has an entry that is not 0.
    pub nonzero: bool,
}

impl Traits {
    /// Also has that quality.
    pub fn learn(&mut self, quality: Quality) {
        match quality {
            Quality::Symmetric => self.symmetric = true,
            Quality::SkewSymmetric => self.skew = true,
            Quality::Orthogonal => {
                self.orthogonal = true;
                self.invertible = true;
            }
            Quality::Diagonal => {
                self.diagonal = true;
                self.symmetric = true;
            }
            Quality::Idempotent => self.idempotent = true,
            Quality::Invertible => self.invertible = true,
            Quality::PositiveSemidefinite => {
                self.semidefinite = true;
                self.symmetric = true;
            }
            Quality::PositiveDefinite => {
                self.definite = true;
                self.semidefinite = true;
                self.symmetric = true;
                self.invertible = true;
            }
            Quality::UpperTriangular | Quality::LowerTriangular | Quality::Triangular => {}
        }
    }
}

/// Letters, kernels, and what is known of them.
pub struct Words<'s> {
    pub(crate) store: &'s mut Store,
    /// What holds of numbers.
    pub(crate) facts: Facts,
    pub(super) field: Field,
    pub(crate) atoms: Vec<Atom>,
    /// Numbers made of matrices, each with the symbol that stands for it.
    pub(crate) kernels: Vec<(Kernel, TermId)>,
    /// Rows and columns.
    pub(super) shapes: BTreeMap<Symbol, (TermId, TermId)>,
    /// What hypotheses say of symbols, or of each member of families.
    pub(super) told: BTreeMap<Symbol, Traits>,
    /// Whether the terms that are read are presumed to have values.
    pub(crate) presumed: bool,
    /// What is known of kernels, whatever is presumed.
    pub(super) truths: Vec<TermId>,
    /// How many sums are open.
    pub(super) depth: u32,
    /// Of what norms are taken.
    pub(super) norms: Vec<Polynomial>,
    /// How many inverses are being rewritten within one another.
    pub(super) nested: u32,
    /// What a variable by which is differentiated stands for.
    pub(super) pointed: Rules,
    pub(crate) one: TermId,
    pub(crate) zero: TermId,
    strange: FxHashMap<TermId, bool>,
}

impl<'s> Words<'s> {
    /// No letters yet; of the facts those about numbers.
    pub fn new(store: &'s mut Store, facts: &Facts) -> Self {
        let one = store.integer(1);
        let zero = store.integer(0);
        let mut shapes = BTreeMap::new();
        for (symbol, sort) in &facts.sorts {
            if let Sort::Matrix(rows, columns) = sort {
                shapes.insert(*symbol, (rows.0, columns.0));
            }
        }
        let mut numbers = facts.clone();
        numbers.statements.clear();
        let mut words = Words {
            field: Field::new(Assumed::default()),
            store,
            facts: numbers,
            atoms: Vec::new(),
            kernels: Vec::new(),
            shapes,
            told: BTreeMap::new(),
            presumed: false,
            truths: Vec::new(),
            depth: 0,
            norms: Vec::new(),
            nested: 0,
            pointed: Rules::default(),
            one,
            zero,
            strange: FxHashMap::default(),
        };
        for statement in &facts.statements {
            if !words.is_strange(*statement) {
                words.facts.statements.push(*statement);
            }
        }
        let shapes: Vec<_> = words.shapes.values().copied().collect();
        for (rows, columns) in shapes {
            for size in [rows, columns] {
                if let Node::Symbol(symbol) = *words.store.node(size) {
                    words.facts.sorts.insert(symbol, Sort::Natural);
                    let above = words.store.relation(Relation::LessEqual, one, size);
                    if !words.facts.statements.contains(&above) {
                        words.facts.statements.push(above);
                    }
                }
            }
        }
        words.refresh();
        words
    }

    /// Takes it as true of numbers.
    pub(super) fn assume(&mut self, statement: TermId) {
        if !self.facts.statements.contains(&statement) {
            self.facts.statements.push(statement);
            self.refresh();
        }
    }

    pub(super) fn refresh(&mut self) {
        let mut facts = self.facts.clone();
        facts
            .sorts
            .retain(|_, sort| !matches!(sort, Sort::Matrix(..)));
        self.field = Field::new(Assumed::of(self.store, &facts));
    }

    /// Whether a vector or matrix stands in the term.
    pub fn is_strange(&mut self, term: TermId) -> bool {
        if let Some(known) = self.strange.get(&term) {
            return *known;
        }
        let node = self.store.node(term).clone();
        let mut strange = match &node {
            Node::Symbol(s) | Node::Member(s, _) | Node::Call(s, ..) => self.shapes.contains_key(s),
            Node::Function(function, _) => function.is_of_matrices(),
            Node::Has(..) | Node::Matrix(..) | Node::Gradient(..) => true,
            _ => false,
        };
        let mut children = Vec::new();
        node.for_each_child(|child| children.push(child));
        for child in children {
            strange = self.is_strange(child) || strange;
        }
        self.strange.insert(term, strange);
        strange
    }

    /// Takes what is said of a symbol, or of each member of a family.
    pub fn tell(&mut self, symbol: Symbol, quality: Quality) {
        self.told.entry(symbol).or_default().learn(quality);
    }

    /// A vector or matrix that is not 0.
    pub fn tell_nonzero(&mut self, symbol: Symbol) {
        if self.shapes.contains_key(&symbol) {
            self.told.entry(symbol).or_default().nonzero = true;
        }
    }

    /// Whether a symbol is a vector or matrix.
    #[must_use]
    pub fn is_shaped(&self, symbol: Symbol) -> bool {
        self.shapes.contains_key(&symbol)
    }

    /// Whether a symbol is a square matrix.
    #[must_use]
    pub fn is_square(&self, symbol: Symbol) -> bool {
        let shape = self.shapes.get(&symbol);
        shape.is_some_and(|(rows, columns)| rows == columns)
    }

    /// The rational r with a = r·b, where there is one.
    pub fn ratio(&mut self, a: TermId, b: TermId) -> Option<Rational> {
        self.field.constant_ratio(self.store, a, b)
    }

    /// The normal form of a number.
    pub fn normal(&mut self, number: TermId) -> Option<TermId> {
        self.field.normal(self.store, number)
    }

    /// Takes note of work; nothing where there was too much.
    pub(super) fn spend(&self, work: u64) -> Option<()> {
        self.store.spend(work).then_some(())
    }

    /// The value of a number.
    pub(crate) fn number_of(&self, term: TermId) -> Option<&crate::number::Rational> {
        match self.store.node(term) {
            Node::Number(value) => Some(value),
            _ => None,
        }
    }

    /// The letter of an atom, and whether its sign changes: (Aᵀ)⁻¹ is (A⁻¹)ᵀ, an orthogonal
    /// matrix is inverted by transposing it, a symmetric one is its transpose.
    pub fn letter(&self, atom: usize, inverse: bool, transposed: bool) -> (bool, Letter) {
        let traits = self.atoms[atom].traits;
        let (mut inverse, mut transposed, mut negative) = (inverse, transposed, false);
        if traits.orthogonal && inverse {
            inverse = false;
            transposed = !transposed;
        }
        if traits.symmetric {
            transposed = false;
        } else if traits.skew && transposed {
            transposed = false;
            negative = true;
        }
        let letter = Letter {
            atom,
            inverse,
            transposed,
        };
        (negative, letter)
    }

    /// Rows and columns.
    pub fn sizes(&self, letter: Letter) -> (TermId, TermId) {
        let atom = &self.atoms[letter.atom];
        if letter.transposed {
            (atom.columns, atom.rows)
        } else {
            (atom.rows, atom.columns)
        }
    }

    /// Whether the product of the two is the identity.
    pub(super) fn cancels(&self, a: Letter, b: Letter) -> bool {
        if a.atom != b.atom {
            return false;
        }
        let traits = self.atoms[a.atom].traits;
        if traits.orthogonal {
            traits.symmetric || a.transposed != b.transposed
        } else {
            a.inverse != b.inverse && a.transposed == b.transposed
        }
    }

    /// A word in which nothing cancels: diagonal matrices beside each other are in order, and
    /// projections stand once.
    pub fn cancelled(&mut self, word: &[Letter]) -> Option<Word> {
        self.spend(word.len() as u64)?;
        let mut word = word.to_vec();
        loop {
            let before = word.clone();
            let mut start = 0;
            while start < word.len() {
                let run = word[start..]
                    .iter()
                    .take_while(|l| self.atoms[l.atom].traits.diagonal)
                    .count();
                word[start..start + run].sort_unstable();
                start += run.max(1);
            }
            let mut kept: Word = Vec::with_capacity(word.len());
            for letter in word {
                match kept.last() {
                    Some(last) if self.cancels(*last, letter) => {
                        kept.pop();
                    }
                    Some(last)
                        if *last == letter
                            && !letter.inverse
                            && self.atoms[letter.atom].traits.idempotent => {}
                    _ => kept.push(letter),
                }
            }
            word = kept;
            if word == before {
                return Some(word);
            }
        }
    }

    /// The transposed word, and whether its sign changes.
    pub fn flipped(&self, word: &[Letter]) -> (bool, Word) {
        let mut negative = false;
        let mut flipped = Vec::with_capacity(word.len());
        for letter in word.iter().rev() {
            let (sign, letter) = self.letter(letter.atom, letter.inverse, !letter.transposed);
            negative ^= sign;
            flipped.push(letter);
        }
        (negative, flipped)
    }
}
