//! Words and numbers as terms again, in one order.

use crate::kernel::term::{Check, Head, Id};
use crate::matrices::kernel::Kernel;
use crate::matrices::letter::{Base, Letter, Words};
use crate::matrices::polynomial::Polynomial;

impl Words<'_, '_> {
    /// The term of a word with a number before it; the word without letters is the identity.
    pub(super) fn present(&mut self, number: Id, word: &[Letter]) -> Check<Id> {
        let mut factors = Vec::new();
        if number != self.one {
            factors.push(self.present_number(number)?);
        }
        for letter in word {
            factors.push(self.present_letter(*letter)?);
        }
        if word.is_empty() {
            let unit = self
                .checker
                .terms
                .add(Head::Function("identity"), Vec::new())?;
            factors.push(unit);
        }
        self.checker.terms.flat(Head::Mul, &factors)
    }

    fn present_letter(&mut self, letter: Letter) -> Check<Id> {
        let mut term = self.present_atom(letter.atom)?;
        for (name, wanted) in [
            ("inverse", letter.inverse),
            ("transpose", letter.transposed),
        ] {
            if wanted {
                term = self.checker.terms.add(Head::Function(name), vec![term])?;
            }
        }
        Ok(term)
    }

    fn present_atom(&mut self, atom: usize) -> Check<Id> {
        match self.atoms[atom].base.clone() {
            Base::Term(term) => Ok(term),
            Base::Whole(matrix) => self.present_matrix(&matrix),
            Base::Power(matrix, exponent) => {
                let matrix = self.present_matrix(&matrix)?;
                self.checker.terms.add(Head::Pow, vec![matrix, exponent])
            }
            Base::Function(name, parts) => {
                let mut args = Vec::new();
                for part in &parts {
                    args.push(self.present_matrix(part)?);
                }
                self.checker.terms.add(Head::Function(name), args)
            }
        }
    }

    fn present_matrix(&mut self, matrix: &Polynomial) -> Check<Id> {
        let mut parts = Vec::new();
        for (word, number) in &matrix.words {
            parts.push(self.present(*number, word)?);
        }
        self.checker.terms.flat(Head::Add, &parts)
    }

    /// The term of a number: what its kernels stand for is written out.
    pub(super) fn present_number(&mut self, number: Id) -> Check<Id> {
        let mut number = number;
        for place in (0..self.kernels.len()).rev() {
            let (kernel, symbol) = self.kernels[place].clone();
            if !self.stands(number, symbol) {
                continue;
            }
            let term = match kernel {
                Kernel::Word(word) => self.present(self.one, &word)?,
                Kernel::Trace(word) => {
                    let word = self.present(self.one, &word)?;
                    self.checker
                        .terms
                        .add(Head::Function("trace"), vec![word])?
                }
                Kernel::Determinant(atom) => {
                    let atom = self.present_atom(atom)?;
                    self.checker
                        .terms
                        .add(Head::Function("determinant"), vec![atom])?
                }
                Kernel::Entry(word, indices) => {
                    let mut args = vec![self.present(self.one, &word)?];
                    args.extend(indices);
                    self.checker.terms.add(Head::Function("entry"), args)?
                }
                Kernel::Folded(term) => term,
            };
            number = self.checker.terms.substitute(number, symbol, term)?;
        }
        Ok(number)
    }

    /// The same term with sums, and numbers before what is made of matrices, in one order.
    pub(super) fn tidied(&mut self, term: Id) -> Check<Id> {
        self.checker.terms.spend(1)?;
        let node = self.checker.terms.node(term).clone();
        let mut args = Vec::with_capacity(node.args.len());
        for arg in &node.args {
            args.push(self.tidied(*arg)?);
        }
        let terms = &mut self.checker.terms;
        match node.head {
            Head::Add => args.sort(),
            Head::Mul => {
                let (mut plain, strange): (Vec<Id>, Vec<Id>) =
                    args.iter().partition(|arg| !terms.is_strange(**arg));
                plain.sort();
                args = [plain, strange].concat();
            }
            _ => {}
        }
        terms.add(node.head, args)
    }
}
