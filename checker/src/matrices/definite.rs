//! What is shown of matrices: that they have inverses, are definite, or symmetric.

use crate::kernel::term::{Check, Head, Id};
use crate::matrices::letter::{Letter, Words};
use crate::matrices::polynomial::{Polynomial, Value};

impl Words<'_, '_> {
    /// Whether the word reads M Mᵀ or M S Mᵀ with a positive semidefinite S.
    pub fn is_square_form(&self, word: &[Letter]) -> bool {
        self.square_form(word).is_some()
    }

    /// Whether it reads so from some letter on, around the end: its trace is then not negative.
    pub fn is_form_turned(&self, word: &[Letter]) -> bool {
        (0..word.len().max(1)).any(|cut| {
            let mut turned = word.to_vec();
            turned.rotate_left(cut);
            self.is_square_form(&turned)
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
    pub fn strength(&mut self, matrix: &Polynomial) -> Check<Option<bool>> {
        if matrix.rows != matrix.columns || matrix.words.is_empty() {
            return Ok(None);
        }
        let mut definite = false;
        for (word, number) in &matrix.words {
            let Some(form) = self.square_form(word) else {
                return Ok(None);
            };
            if self.sign(Head::Less, *number)? {
                definite |= form;
            } else if !self.sign(Head::LessEqual, *number)? {
                return Ok(None);
            }
        }
        Ok(Some(definite))
    }

    /// Whether 0 < c, or 0 ≤ c, is known of a number.
    fn sign(&mut self, head: Head, number: Id) -> Check<bool> {
        let statement = self.checker.terms.add(head, vec![self.zero, number])?;
        let scope = self.scope.clone();
        self.checker.decided(&scope, statement)
    }

    /// Where nothing is presumed, a number that is divided by must be known not to be 0.
    pub fn nonzero(&mut self, number: Id) -> Check<()> {
        if self.presumed {
            return Ok(());
        }
        let statement = self
            .checker
            .terms
            .add(Head::NotEqual, vec![number, self.zero])?;
        let scope = self.scope.clone();
        if self.checker.decided(&scope, statement)? {
            return Ok(());
        }
        Err("a number that may be 0".to_owned())
    }

    /// Where it is presumed, the atom has an inverse from now on; else it must be known.
    pub fn must_be_invertible(&mut self, atom: usize) -> Check<()> {
        let traits = &mut self.atoms[atom].traits;
        traits.invertible |= self.presumed;
        if traits.semidefinite && traits.invertible {
            traits.definite = true;
        }
        if traits.invertible {
            return Ok(());
        }
        Err("an inverse that may not exist".to_owned())
    }

    /// Whether the matrix has the quality of that name.
    pub fn has(&mut self, quality: &str, value: &Value) -> Check<bool> {
        let Value::Matrix(matrix) = value else {
            return Ok(false);
        };
        let size = matrix.rows;
        if size != matrix.columns {
            return Ok(false);
        }
        let whole = Value::Matrix(matrix.clone());
        let flipped = self.transposed(matrix)?;
        let unit = self.unit(size, self.one);
        Ok(match quality {
            "symmetric" => self.same(&flipped, matrix)?,
            "skew-symmetric" => {
                let sum = self.sum(&whole, &Value::Matrix(flipped))?;
                self.is_nothing(&sum)?
            }
            "orthogonal" => {
                // For square matrices one of the two is enough.
                let product = self.product(&flipped, matrix)?;
                self.same(&product, &unit)?
            }
            "idempotent" => {
                let product = self.product(matrix, matrix)?;
                self.same(&product, matrix)?
            }
            "invertible" => {
                let presumed = std::mem::replace(&mut self.presumed, false);
                let found = self.inverse(matrix).is_ok();
                self.presumed = presumed;
                found
            }
            "positive-semidefinite" => {
                let clean = self.clean(matrix)?;
                self.strength(&clean)?.is_some()
            }
            "positive-definite" => {
                let clean = self.clean(matrix)?;
                self.strength(&clean)? == Some(true)
            }
            _ => false,
        })
    }
}
