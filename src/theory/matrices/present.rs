//! Values as terms again.

use super::kernel::Kernel;
use super::letter::{Base, Letter, Words};
use super::polynomial::{Polynomial, Value};
use crate::term::{Function, Node, TermId};

impl Words<'_> {
    /// The term of a value.
    pub fn present(&mut self, value: &Value) -> TermId {
        match value {
            Value::Zero => self.zero,
            Value::Scalar(number) => self.present_number(*number),
            Value::Identity(number) => {
                let number = self.present_number(*number);
                self.before(number, &[])
            }
            Value::Matrix(matrix) => self.present_matrix(matrix),
        }
    }

    /// The term of a matrix.
    pub fn present_matrix(&mut self, matrix: &Polynomial) -> TermId {
        let mut parts = Vec::new();
        for (word, number) in &matrix.words {
            let number = self.present_number(*number);
            parts.push(self.before(number, word));
        }
        self.store.add(&parts)
    }

    /// The term of a word; without letters it is the identity.
    pub fn present_word(&mut self, word: &[Letter]) -> TermId {
        self.before(self.one, word)
    }

    pub(super) fn before(&mut self, number: TermId, word: &[Letter]) -> TermId {
        let mut factors = Vec::new();
        if number != self.one {
            factors.push(number);
        }
        for letter in word {
            factors.push(self.present_letter(*letter));
        }
        if word.is_empty() {
            factors.push(self.store.function(Function::Identity, &[]));
        }
        self.store.mul(&factors)
    }

    /// The term of a letter.
    pub fn present_letter(&mut self, letter: Letter) -> TermId {
        let mut term = self.present_atom(letter.atom);
        if letter.inverse {
            term = self.store.function(Function::Inverse, &[term]);
        }
        if letter.transposed {
            term = self.store.function(Function::Transpose, &[term]);
        }
        term
    }

    fn present_atom(&mut self, atom: usize) -> TermId {
        match self.atoms[atom].base.clone() {
            Base::Term(term) => term,
            Base::Whole(matrix) => self.present_matrix(&matrix),
            Base::Power(matrix, exponent) => {
                let matrix = self.present_matrix(&matrix);
                self.store.pow(matrix, exponent)
            }
            Base::Function(function, parts) => {
                let parts: Vec<TermId> = parts.iter().map(|p| self.present_matrix(p)).collect();
                self.store.function(function, &parts)
            }
        }
    }

    /// The term of a number: what its kernels stand for is written out.
    pub fn present_number(&mut self, number: TermId) -> TermId {
        let mut number = number;
        for place in (0..self.kernels.len()).rev() {
            let (kernel, symbol) = self.kernels[place].clone();
            let Node::Symbol(name) = *self.store.node(symbol) else {
                continue;
            };
            if !self.store.symbols(number).contains(&name) {
                continue;
            }
            let term = match kernel {
                Kernel::Word(word) => self.present_word(&word),
                Kernel::Trace(word) => {
                    let word = self.present_word(&word);
                    self.store.function(Function::Trace, &[word])
                }
                Kernel::Determinant(atom) => {
                    let atom = self.present_atom(atom);
                    self.store.function(Function::Determinant, &[atom])
                }
                Kernel::Folded(term) => term,
                Kernel::Entry(word, indices) => {
                    let mut arguments = vec![self.present_word(&word)];
                    arguments.extend(indices);
                    self.store.function(Function::Entry, &arguments)
                }
            };
            number = self.store.substitute(number, name, term);
        }
        number
    }
}
