//! Powers of square matrices with natural numbers that are not told, and matrices that are similar.

use num_traits::Zero;

use crate::kernel::term::{Check, Head, Id};
use crate::matrices::letter::{Base, Letter, Traits, Words};
use crate::matrices::polynomial::{Polynomial, Value};

impl Words<'_, '_> {
    /// An exponent must be shown to be 0, 1, 2, …
    pub fn must_be_natural(&mut self, exponent: Id) -> Check<()> {
        if self.scope.is_natural(&self.checker.terms, exponent) {
            return Ok(());
        }
        let naturals = self.checker.terms.add(Head::Naturals, Vec::new())?;
        let statement = self.checker.terms.add(Head::In, vec![exponent, naturals])?;
        let scope = self.scope.clone();
        if self.checker.decided(&scope, statement)? {
            return Ok(());
        }
        Err("an exponent that may be no natural number".to_owned())
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
    pub fn raised(&mut self, matrix: &Polynomial, exponent: Id) -> Check<Polynomial> {
        let matrix = self.clean(matrix)?;
        let size = matrix.rows;
        if let Some((first, last, inner)) = self.similar(&matrix) {
            let power = self.raised(&inner, exponent)?;
            let mut product = self.nothing(size, size);
            for (word, number) in &power.words {
                let all = [&[first], word.as_slice(), &[last]].concat();
                self.put(&mut product, &all, *number)?;
            }
            return Ok(product);
        }
        // Mᵗ⁺ᶜ = Mᵗ Mᶜ, where t is natural too.
        if *self.checker.terms.head(exponent) == Head::Add {
            let parts = self.checker.terms.args(exponent).to_vec();
            let (numbers, rest): (Vec<Id>, Vec<Id>) = parts
                .into_iter()
                .partition(|part| self.checker.terms.value(*part).is_some());
            let rest = self.checker.terms.flat(Head::Add, &rest)?;
            if let [number] = numbers.as_slice()
                && let Some(count) = self.checker.terms.value(*number).cloned()
                && (1..=12).any(|n| count == crate::kernel::term::Q::whole(n))
                && self.must_be_natural(rest).is_ok()
            {
                let mut power = self.raised(&matrix, rest)?;
                let mut count = count;
                while !count.is_zero() {
                    power = self.product(&power, &matrix)?;
                    count -= crate::kernel::term::Q::whole(1);
                }
                return Ok(power);
            }
        }
        let mut words = matrix.words.iter();
        let (mut number, mut base) = (self.one, matrix.clone());
        if let (Some((word, factor)), None) = (words.next(), words.next()) {
            number = *factor;
            base = self.nothing(size, size);
            base.words.insert(word.clone(), self.one);
            if word.is_empty() {
                let factor = self.checker.terms.add(Head::Pow, vec![number, exponent])?;
                return Ok(self.unit(size, factor));
            }
        }
        let (atom, transposed) = self.power_atom(&base, exponent)?;
        let (negative, letter) = self.letter(atom, false, transposed);
        let mut power = self.nothing(size, size);
        if number != self.one {
            number = self.checker.terms.add(Head::Pow, vec![number, exponent])?;
        }
        let number = self.signed(negative, number)?;
        self.put(&mut power, &[letter], number)?;
        Ok(power)
    }

    fn power_atom(&mut self, base: &Polynomial, exponent: Id) -> Check<(usize, bool)> {
        for atom in 0..self.atoms.len() {
            let Base::Power(known, other) = self.atoms[atom].base.clone() else {
                continue;
            };
            if !self.agree(other, exponent)? {
                continue;
            }
            if self.same(&known, base)? {
                return Ok((atom, false));
            }
            let flipped = self.transposed(&known)?;
            if self.same(&flipped, base)? {
                return Ok((atom, true));
            }
        }
        let flipped = self.transposed(base)?;
        let traits = Traits {
            symmetric: self.same(&flipped, base)?,
            ..Traits::default()
        };
        let size = base.rows;
        let atom = self.atom(Base::Power(base.clone(), exponent), size, size, traits)?;
        Ok((atom, false))
    }

    /// M Mᵗ and Mᵗ M, which are the same.
    pub fn commuting(&mut self, atom: usize) -> Check<(Value, Value)> {
        let Base::Power(matrix, _) = self.atoms[atom].base.clone() else {
            return Err("a power expected".to_owned());
        };
        let (_, letter) = self.letter(atom, false, false);
        let mut power = self.nothing(matrix.rows, matrix.columns);
        self.put(&mut power, &[letter], self.one)?;
        let left = self.product(&matrix, &power)?;
        let right = self.product(&power, &matrix)?;
        Ok((Value::Matrix(left), Value::Matrix(right)))
    }
}
