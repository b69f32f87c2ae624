//! Letters of words: matrices that are not taken apart, and what is known of each.

use std::collections::BTreeMap;

use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Check, Head, Id};
use crate::matrices::kernel::Kernel;
use crate::matrices::polynomial::Polynomial;
use crate::matrices::reduce::Rewrite;

/// A matrix of a word, perhaps inverted and transposed (which change places).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    Term(Id),
    /// A square matrix that is inverted, or of which a power or determinant is taken, as a whole.
    Whole(Polynomial),
    /// A power with a natural number that is not told.
    Power(Polynomial, Id),
    /// A function of matrices that is not taken apart.
    Function(&'static str, Vec<Polynomial>),
}

/// A letter's matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atom {
    pub base: Base,
    pub rows: Id,
    pub columns: Id,
    pub traits: Traits,
}

/// What is known of a matrix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(
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
    /// Also has the quality of that name.
    pub fn learn(&mut self, quality: &str) {
        match quality {
            "symmetric" => self.symmetric = true,
            "skew-symmetric" => self.skew = true,
            "orthogonal" => {
                self.orthogonal = true;
                self.invertible = true;
            }
            "diagonal" => {
                self.diagonal = true;
                self.symmetric = true;
            }
            "idempotent" => self.idempotent = true,
            "invertible" => self.invertible = true,
            "positive-semidefinite" => {
                self.semidefinite = true;
                self.symmetric = true;
            }
            "positive-definite" => {
                self.definite = true;
                self.semidefinite = true;
                self.symmetric = true;
                self.invertible = true;
            }
            _ => {}
        }
    }
}

/// Indices of sums, each by how many sums are open around it and its bounds: its symbol, and the letter itself.
pub(super) type Indices = BTreeMap<(u32, Option<(Id, Id)>), (u32, Id)>;

/// Letters, kernels, and what is known of them.
pub struct Words<'w, 'a> {
    pub(crate) checker: &'w mut Checker<'a>,
    /// What holds of numbers.
    pub(crate) scope: Scope,
    pub(crate) atoms: Vec<Atom>,
    /// Numbers made of matrices, each with the symbol that stands for it.
    pub(crate) kernels: Vec<(Kernel, Id)>,
    /// What hypotheses say of symbols, or of each member of families.
    pub(crate) told: BTreeMap<u32, Traits>,
    /// Whether the terms that are read are presumed to have values.
    pub(crate) presumed: bool,
    /// What is known of kernels, whatever is presumed.
    pub(super) truths: Vec<Id>,
    /// How many sums are open, and the indices of sums: by how many are open around, and bounds.
    pub(super) depth: u32,
    pub(super) indices: Indices,
    /// Of what norms are taken.
    pub(super) norms: Vec<Polynomial>,
    /// How many inverses are being rewritten within one another.
    pub(super) nested: u32,
    /// What a variable by which is differentiated stands for.
    pub(super) pointed: Vec<Rewrite>,
    pub(crate) one: Id,
    pub(crate) zero: Id,
}

impl<'w, 'a> Words<'w, 'a> {
    /// No letters yet.
    pub fn new(checker: &'w mut Checker<'a>, scope: &Scope) -> Check<Self> {
        let one = checker.terms.integer(1)?;
        let zero = checker.terms.integer(0)?;
        let mut scope = scope.clone();
        // Rows and columns are counted from 1.
        for (rows, columns) in checker.sizes.clone().into_values() {
            for size in [rows, columns] {
                if let Head::Symbol(symbol) = *checker.terms.head(size) {
                    scope.known.integers.insert(symbol);
                    scope.known.naturals.insert(symbol);
                    let above = checker.terms.add(Head::LessEqual, vec![one, size])?;
                    scope.assume(&mut checker.terms, above)?;
                }
            }
        }
        Ok(Words {
            checker,
            scope,
            atoms: Vec::new(),
            kernels: Vec::new(),
            told: BTreeMap::new(),
            presumed: false,
            truths: Vec::new(),
            depth: 0,
            indices: BTreeMap::new(),
            norms: Vec::new(),
            nested: 0,
            pointed: Vec::new(),
            one,
            zero,
        })
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
    pub fn sizes(&self, letter: Letter) -> (Id, Id) {
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
    pub fn cancelled(&mut self, word: &[Letter]) -> Check<Word> {
        self.checker.terms.spend(word.len() as u64)?;
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
                return Ok(word);
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
