//! Powers of square matrices with natural numbers that are not told, and matrices that are similar.

use super::letter::{Base, Letter, Traits, Words};
use super::polynomial::{Polynomial, Value};
use crate::term::{Node, Sort, TermId};

impl Words<'_> {
    /// An exponent must be shown to be 0, 1, 2, …
    pub fn must_be_natural(&mut self, exponent: TermId) -> Option<()> {
        if let Node::Symbol(symbol) = self.store.node(exponent)
            && self.facts.sorts.get(symbol) == Some(&Sort::Natural)
        {
            return Some(());
        }
        let naturals = self.store.add_node(Node::Naturals);
        let statement = self.store.add_node(Node::Element(exponent, naturals));
        self.holds(statement).then_some(())
    }

    /// The matrix M for which the given one is S M S⁻¹, and S: each word but the identity begins
    /// with S and ends with its inverse.
    pub fn similar(&self, matrix: &Polynomial) -> Option<(Letter, Letter, Polynomial)> {
        let mut ends = None;
        let mut inner = self.nothing(matrix.rows, matrix.columns);
        for (word, number) in &matrix.words {
            if word.is_empty() {
                inner.words.insert(word.clone(), *number);
                continue;
            }
            let (first, last) = (*word.first()?, *word.last()?);
            if word.len() < 3 || *ends.get_or_insert((first, last)) != (first, last) {
                return None;
            }
            inner
                .words
                .insert(word[1..word.len() - 1].to_vec(), *number);
        }
        let (first, last) = ends?;
        self.cancels(last, first).then_some((first, last, inner))
    }

    /// The power of a square matrix with a natural number.
    pub fn raised(&mut self, matrix: &Polynomial, exponent: TermId) -> Option<Polynomial> {
        let matrix = self.clean(matrix);
        let size = matrix.rows;
        if let Some((first, last, inner)) = self.similar(&matrix) {
            let power = self.raised(&inner, exponent)?;
            let mut product = self.nothing(size, size);
            for (word, number) in &power.words {
                let all = [&[first], word.as_slice(), &[last]].concat();
                self.put(&mut product, &all, *number)?;
            }
            return Some(product);
        }
        // Mᵗ⁺ᶜ = Mᵗ Mᶜ, where t is natural too.
        if let Node::Add(parts) = self.store.node(exponent).clone() {
            let (numbers, rest): (Vec<TermId>, Vec<TermId>) = parts
                .iter()
                .partition(|part| self.number_of(**part).is_some());
            let rest = self.store.add(&rest);
            if let [number] = numbers.as_slice()
                && let Some(count @ 1..=12) = self.number_of(*number).and_then(|n| n.to_i64())
                && self.must_be_natural(rest).is_some()
            {
                let mut power = self.raised(&matrix, rest)?;
                for _ in 0..count {
                    power = self.product(&power, &matrix)?;
                }
                return Some(power);
            }
        }
        let mut words = matrix.words.iter();
        let (mut number, mut base) = (self.one, matrix.clone());
        if let (Some((word, factor)), None) = (words.next(), words.next()) {
            number = *factor;
            base = self.nothing(size, size);
            base.words.insert(word.clone(), self.one);
            if word.is_empty() {
                let factor = self.store.pow(number, exponent);
                return Some(self.unit(size, factor));
            }
        }
        let (atom, transposed) = self.power_atom(&base, exponent)?;
        let (negative, letter) = self.letter(atom, false, transposed);
        let mut power = self.nothing(size, size);
        if number != self.one {
            number = self.store.pow(number, exponent);
        }
        let number = self.signed(negative, number);
        self.put(&mut power, &[letter], number)?;
        Some(power)
    }

    fn power_atom(&mut self, base: &Polynomial, exponent: TermId) -> Option<(usize, bool)> {
        for atom in 0..self.atoms.len() {
            let Base::Power(known, other) = self.atoms[atom].base.clone() else {
                continue;
            };
            if !self.agree(other, exponent) {
                continue;
            }
            if self.same(&known, base) {
                return Some((atom, false));
            }
            let flipped = self.transposed(&known)?;
            if self.same(&flipped, base) {
                return Some((atom, true));
            }
        }
        let flipped = self.transposed(base)?;
        let traits = Traits {
            symmetric: self.same(&flipped, base),
            ..Traits::default()
        };
        let size = base.rows;
        let atom = self.atom(Base::Power(base.clone(), exponent), size, size, traits)?;
        Some((atom, false))
    }

    /// M Mᵗ and Mᵗ M, which are the same.
    pub fn commuting(&mut self, atom: usize) -> Option<(Value, Value)> {
        let Base::Power(matrix, _) = self.atoms[atom].base.clone() else {
            return None;
        };
        let (_, letter) = self.letter(atom, false, false);
        let mut power = self.nothing(matrix.rows, matrix.columns);
        self.put(&mut power, &[letter], self.one)?;
        let left = self.product(&matrix, &power)?;
        let right = self.product(&power, &matrix)?;
        Some((Value::Matrix(left), Value::Matrix(right)))
    }
}
