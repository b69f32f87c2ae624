//! What is shown of matrices: that they have inverses, are definite, or symmetric.

use super::letter::{Letter, Words};
use super::polynomial::{Polynomial, Value};
use super::reduce::Rules;
use crate::term::{Quality, Relation, TermId};
use crate::theory::order;

impl Words<'_> {
    /// Whether the word reads M Mᵀ or M S Mᵀ with a positive semidefinite S.
    #[must_use]
    pub fn is_square_form(&self, word: &[Letter]) -> bool {
        self.square_form(word).is_some()
    }

    /// Whether a word with one row and one column reads vᵀ M S Mᵀ v with a vector v that is not 0, M
    /// invertible, S positive definite: it is a positive number.
    #[must_use]
    pub fn is_positive_form(&self, word: &[Letter]) -> bool {
        let [first, inner @ .., last] = word else {
            return false;
        };
        let (negative, flipped) = self.flipped(&[*last]);
        let vector = self.atoms[last.atom].traits.nonzero && !last.inverse;
        !negative
            && vector
            && flipped == [*first]
            && (inner.is_empty() || self.square_form(inner) == Some(true))
    }

    /// Whether it reads so from some letter on, around the end: its trace is then not negative.
    #[must_use]
    pub fn is_form_turned(&self, word: &[Letter]) -> bool {
        (0..word.len().max(1)).any(|cut| {
            let mut turned = word.to_vec();
            turned.rotate_left(cut);
            self.is_square_form(&turned)
        })
    }

    /// The same of a positive definite matrix: its trace is positive.
    #[must_use]
    pub fn is_definite_form_turned(&self, word: &[Letter]) -> bool {
        (0..word.len()).any(|cut| {
            let mut turned = word.to_vec();
            turned.rotate_left(cut);
            self.square_form(&turned) == Some(true)
        })
    }

    /// The same; whether it is positive definite. Nothing else is asked of M than its shape, but
    /// for definiteness it must be invertible.
    fn square_form(&self, word: &[Letter]) -> Option<bool> {
        let half = word.len() / 2;
        let (front, back) = (&word[..half], &word[word.len() - half..]);
        let (negative, flipped) = self.flipped(back);
        if negative || flipped != front {
            return None;
        }
        let middle = match word.get(half) {
            Some(letter) if word.len() % 2 == 1 => {
                let traits = self.atoms[letter.atom].traits;
                if !traits.semidefinite || letter.inverse && !traits.definite {
                    return None;
                }
                traits.definite
            }
            _ => true,
        };
        let invertible = |letter: &Letter| self.atoms[letter.atom].traits.invertible;
        Some(middle && front.iter().all(invertible))
    }

    /// Whether a matrix is positive semidefinite, as a sum of words that are, and whether it is
    /// positive definite, as one of them is.
    pub fn strength(&mut self, matrix: &Polynomial) -> Option<bool> {
        if matrix.rows != matrix.columns || matrix.words.is_empty() {
            return None;
        }
        if let Some((atom, _)) = self.known_whole(matrix).flatten()
            && self.atoms[atom].traits.definite
        {
            return Some(true);
        }
        let mut definite = false;
        for (word, number) in &matrix.words {
            let mut form = self.square_form(word)?;
            if !form {
                let mut alone = self.nothing(matrix.rows, matrix.columns);
                alone.words.insert(word.clone(), self.one);
                let known = self.known_whole(&alone).flatten();
                form = known.is_some_and(|(atom, _)| self.atoms[atom].traits.definite);
            }
            if self.sign(Relation::Less, *number) {
                definite |= form;
            } else if !self.sign(Relation::LessEqual, *number) {
                return None;
            }
        }
        Some(definite)
    }

    /// Takes a matrix to be positive definite.
    pub fn is_definite(&mut self, matrix: &Polynomial) -> Option<()> {
        let (number, atom, _) = self.whole(matrix)?;
        if number == self.one {
            let traits = &mut self.atoms[atom].traits;
            traits.definite = true;
            traits.semidefinite = true;
            traits.invertible = true;
        }
        Some(())
    }

    /// Whether 0 < c, or 0 ≤ c, is known of a number.
    fn sign(&mut self, relation: Relation, number: TermId) -> bool {
        if let Some(value) = self.number_of(number) {
            let sign = value.signum();
            return sign > 0 || sign == 0 && relation == Relation::LessEqual;
        }
        let statement = self.store.relation(relation, self.zero, number);
        self.holds(statement)
    }

    /// Whether a statement about numbers holds.
    pub fn holds(&mut self, statement: TermId) -> bool {
        self.facts.statements.contains(&statement)
            || order::decide(self.store, &self.facts, statement).is_some()
    }

    /// Where nothing is presumed, a number that is divided by must be known not to be 0.
    pub fn nonzero(&mut self, number: TermId) -> Option<()> {
        if self.presumed {
            return Some(());
        }
        if let Some(value) = self.number_of(number) {
            return (!value.is_zero()).then_some(());
        }
        let statement = self.store.relation(Relation::NotEqual, number, self.zero);
        self.holds(statement).then_some(())
    }

    /// Where it is presumed, the atom has an inverse from now on; else it must be known.
    pub fn must_be_invertible(&mut self, atom: usize) -> Option<()> {
        let traits = &mut self.atoms[atom].traits;
        traits.invertible |= self.presumed;
        if traits.semidefinite && traits.invertible {
            traits.definite = true;
        }
        traits.invertible.then_some(())
    }

    /// Whether two matrices are the same after rewriting.
    fn alike(&mut self, a: &Polynomial, b: &Polynomial, rules: &mut Rules) -> Option<bool> {
        let difference = self.minus(&Value::Matrix(a.clone()), &Value::Matrix(b.clone()))?;
        let difference = self.reduced(rules, &difference)?;
        Some(self.is_nothing(&difference))
    }

    /// Whether the matrix has that quality.
    pub fn has(&mut self, quality: Quality, value: &Value, rules: &mut Rules) -> Option<bool> {
        let Value::Matrix(matrix) = value else {
            return None;
        };
        let size = matrix.rows;
        if size != matrix.columns {
            return None;
        }
        let flipped = self.transposed(matrix)?;
        let unit = self.unit(size, self.one);
        Some(match quality {
            Quality::Symmetric => self.alike(&flipped, matrix, rules)?,
            Quality::SkewSymmetric => {
                let sum = self.sum(value, &Value::Matrix(flipped))?;
                let sum = self.reduced(rules, &sum)?;
                self.is_nothing(&sum)
            }
            Quality::Orthogonal => {
                // For square matrices one of the two is enough.
                let product = self.product(&flipped, matrix)?;
                self.alike(&product, &unit, rules)?
            }
            Quality::Idempotent => {
                let product = self.product(matrix, matrix)?;
                self.alike(&product, matrix, rules)?
            }
            Quality::Invertible => {
                let presumed = std::mem::replace(&mut self.presumed, false);
                let found = self.inverse(matrix).is_some();
                self.presumed = presumed;
                found
            }
            Quality::Diagonal => {
                let clean = self.clean(matrix);
                let diagonal = |letter: &Letter| self.atoms[letter.atom].traits.diagonal;
                clean.words.keys().flatten().all(diagonal)
            }
            Quality::PositiveSemidefinite => {
                let clean = self.clean(matrix);
                self.strength(&clean).is_some()
            }
            Quality::PositiveDefinite => {
                let clean = self.clean(matrix);
                self.strength(&clean) == Some(true)
            }
            _ => false,
        })
    }
}
