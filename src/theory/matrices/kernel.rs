//! Numbers that are made of matrices: xᵀAy, tr(A), det(A), entries. Each is a symbol in what the
//! ring looks at; words that say the same number have the same symbol.

use crate::number::Rational;
use crate::term::{Function, Relation, TermId};

use super::letter::{Atom, Base, Letter, Traits, Word, Words};
use super::polynomial::Polynomial;

/// A number made of matrices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// A word with one row and one column.
    Word(Word),
    /// The trace of a word.
    Trace(Word),
    /// The determinant of an atom.
    Determinant(usize),
    /// The entry of a word at these indices.
    Entry(Word, Vec<TermId>),
    /// A sum or mean of numbers, as a term.
    Folded(TermId),
}

impl Words<'_> {
    /// The symbol of a kernel.
    pub fn symbol(&mut self, kernel: Kernel) -> Option<TermId> {
        if let Some((_, known)) = self.kernels.iter().find(|(known, _)| *known == kernel) {
            return Some(*known);
        }
        if self.kernels.len() > 200 {
            return None;
        }
        let symbol = self.store.variable(&format!("κ#{}", self.kernels.len()));
        let fact = match &kernel {
            Kernel::Word(word) if self.is_positive_form(word) => Some(Relation::Less),
            Kernel::Trace(word) if self.is_definite_form_turned(word) => Some(Relation::Less),
            Kernel::Word(word) | Kernel::Trace(word) if self.is_form_turned(word) => {
                Some(Relation::LessEqual)
            }
            Kernel::Determinant(atom) if self.atoms[*atom].traits.definite => Some(Relation::Less),
            Kernel::Determinant(atom) if self.atoms[*atom].traits.invertible => {
                Some(Relation::NotEqual)
            }
            _ => None,
        };
        if let Some(relation) = fact {
            let (a, b) = match relation {
                Relation::NotEqual => (symbol, self.zero),
                _ => (self.zero, symbol),
            };
            let fact = self.store.relation(relation, a, b);
            self.truths.push(fact);
            self.assume(fact);
        }
        if let Kernel::Determinant(atom) = &kernel
            && self.atoms[*atom].traits.orthogonal
        {
            // det(Q)² = det(QᵀQ) = 1
            let square = self.power_of(symbol, 2);
            let fact = self.store.relation(Relation::Equal, square, self.one);
            self.truths.push(fact);
            self.assume(fact);
        }
        self.kernels.push((kernel, symbol));
        Some(symbol)
    }

    /// Rows and columns between the letters, from the first to the last.
    pub fn chain(&self, rows: TermId, word: &[Letter]) -> Option<Vec<TermId>> {
        let mut chain = vec![rows];
        for letter in word {
            let (above, beside) = self.sizes(*letter);
            if chain.last() != Some(&above) {
                return None;
            }
            chain.push(beside);
        }
        Some(chain)
    }

    /// A word's normal form: what has one row and one column within it is a number before it.
    pub fn split(
        &mut self,
        rows: TermId,
        columns: TermId,
        word: &[Letter],
    ) -> Option<(TermId, Word)> {
        let mut number = self.one;
        let mut word = self.cancelled(word)?;
        loop {
            if let Some((factor, next)) = self.joined(rows, &word)? {
                number = self.times(number, factor);
                word = self.cancelled(&next)?;
                continue;
            }
            let chain = self.chain(rows, &word)?;
            if chain.last() != Some(&columns) {
                return None;
            }
            let mut cuts = (0..chain.len()).filter(|place| chain[*place] == self.one);
            let (Some(first), Some(second)) = (cuts.next(), cuts.next()) else {
                return Some((number, word));
            };
            let factor = self.number(&word[first..second])?;
            number = self.times(number, factor);
            word.drain(first..second);
            word = self.cancelled(&word)?;
        }
    }

    /// The number of a word with one row and one column that has no such part.
    fn number(&mut self, word: &[Letter]) -> Option<TermId> {
        if word.is_empty() {
            return Some(self.one);
        }
        if let Some(number) = self.picked(word)? {
            return Some(number);
        }
        if let Some(number) = self.by_entries(word)? {
            return Some(number);
        }
        let (negative, flipped) = self.flipped(word);
        let flipped = self.cancelled(&flipped)?;
        if flipped == word && negative {
            return Some(self.zero);
        }
        if flipped.as_slice() < word {
            let symbol = self.symbol(Kernel::Word(flipped))?;
            return Some(self.signed(negative, symbol));
        }
        self.symbol(Kernel::Word(word.to_vec()))
    }

    /// What a unit vector picks out, and how many ones there are.
    fn picked(&mut self, word: &[Letter]) -> Option<Option<TermId>> {
        let (Some(first), Some(last)) = (word.first(), word.last()) else {
            return Some(None);
        };
        let (row, column) = (self.unit_of(*first), self.unit_of(*last));
        if let [a, b] = word
            && self.is_ones(*a)
            && self.is_ones(*b)
        {
            return Some(Some(self.atoms[a.atom].rows));
        }
        let (inner, indices) = match (row, column) {
            (Some(i), Some(j)) => (&word[1..word.len() - 1], vec![i, j]),
            (Some(i), None) => (&word[1..], vec![i]),
            (None, Some(j)) => (&word[..word.len() - 1], vec![j]),
            (None, None) => return Some(None),
        };
        if inner.is_empty() {
            return Some(Some(
                self.store.function(Function::KroneckerDelta, &indices),
            ));
        }
        let rows = self.sizes(inner[0]).0;
        let columns = self.sizes(inner[inner.len() - 1]).1;
        let mut matrix = self.nothing(rows, columns);
        matrix.words.insert(inner.to_vec(), self.one);
        self.entry(&matrix, &indices).map(Some)
    }

    /// The trace of a square matrix.
    pub fn trace(&mut self, matrix: &Polynomial) -> Option<TermId> {
        if matrix.rows != matrix.columns {
            return None;
        }
        let mut sum = self.zero;
        for (word, number) in &matrix.words {
            let trace = self.trace_of(matrix.rows, word)?;
            let part = self.times(*number, trace);
            sum = self.plus(sum, part);
        }
        Some(sum)
    }

    /// The trace of a word: the same for each way round, and for the transposed word.
    fn trace_of(&mut self, size: TermId, word: &[Letter]) -> Option<TermId> {
        let mut word = self.cancelled(word)?;
        loop {
            if word.is_empty() {
                return Some(size);
            }
            let chain = self.chain(self.sizes(word[0]).0, &word)?;
            if let Some(cut) = (0..word.len()).find(|place| chain[*place] == self.one) {
                word.rotate_left(cut);
                let (one, rest) = (self.one, word);
                let (number, left) = self.split(one, one, &rest)?;
                if !left.is_empty() {
                    return None;
                }
                return Some(number);
            }
            if let [letter] = word.as_slice()
                && let Some(trace) = self.trace_of_parts(*letter)?
            {
                return Some(trace);
            }
            if let Some((number, next)) = self.joined(self.sizes(word[0]).0, &word)? {
                let trace = self.trace_of(size, &next)?;
                return Some(self.times(number, trace));
            }
            if let Some(trace) = self.between_diagonals(&word)? {
                return Some(trace);
            }
            let mut best: Option<(Word, bool)> = None;
            let mut shorter = None;
            let (sign, flipped) = self.flipped(&word);
            let mut zero = false;
            for (negative, way) in [(false, word.clone()), (sign, flipped)] {
                for cut in 0..way.len() {
                    let mut turned = way.clone();
                    turned.rotate_left(cut);
                    let turned = self.cancelled(&turned)?;
                    if turned.len() < word.len() {
                        // Only where the sign stays may it be gone on with.
                        if !negative {
                            shorter = Some(turned);
                        }
                        continue;
                    }
                    match &best {
                        Some((known, other)) if *known == turned => zero |= *other != negative,
                        Some((known, _)) if *known < turned => {}
                        _ => {
                            zero = false;
                            best = Some((turned, negative));
                        }
                    }
                }
            }
            if let Some(shorter) = shorter {
                word = shorter;
                continue;
            }
            if zero {
                return Some(self.zero);
            }
            let (word, negative) = best?;
            let symbol = self.symbol(Kernel::Trace(word))?;
            return Some(self.signed(negative, symbol));
        }
    }

    /// A word in blocks that are square: where it has an inverse, each of them has.
    pub fn blocks(&self, size: TermId, word: &[Letter]) -> Option<Vec<Word>> {
        let chain = self.chain(size, word)?;
        let mut blocks = Vec::new();
        let mut start = 0;
        for end in 1..chain.len() {
            if chain[end] == size {
                blocks.push(word[start..end].to_vec());
                start = end;
            }
        }
        if start != word.len() {
            return None;
        }
        Some(blocks)
    }

    /// A square matrix as a letter: a number before it, the atom, and whether it is transposed.
    pub fn whole(&mut self, matrix: &Polynomial) -> Option<(TermId, usize, bool)> {
        let matrix = self.clean(matrix);
        let mut number = self.one;
        let mut monic = matrix.clone();
        if let Some(first) = matrix.words.values().next()
            && let Some(value) = self.number_of(*first).cloned()
            && !value.is_zero()
            && !value.is_one()
        {
            number = *first;
            let inverse = self.store.number(Rational::from(1).div(&value)?);
            monic = self.times_matrix(inverse, &matrix);
        }
        if let Some((atom, transposed)) = self.known_whole(&monic)? {
            return Some((number, atom, transposed));
        }
        let flipped = self.transposed(&monic)?;
        // Its transpose with another word at the front: −1 may stand before it.
        let symmetric = self.same(&flipped, &monic);
        let traits = Traits {
            symmetric,
            ..Traits::default()
        };
        let atom = self.atom(
            Base::Whole(monic.clone()),
            monic.rows,
            monic.columns,
            traits,
        )?;
        let strength = self.strength(&monic);
        let traits = &mut self.atoms[atom].traits;
        traits.semidefinite |= strength.is_some();
        traits.definite |= strength == Some(true);
        traits.invertible |= strength == Some(true);
        Some((number, atom, false))
    }

    pub(super) fn known_whole(&mut self, matrix: &Polynomial) -> Option<Option<(usize, bool)>> {
        for atom in 0..self.atoms.len() {
            let Base::Whole(known) = self.atoms[atom].base.clone() else {
                continue;
            };
            if self.same(&known, matrix) {
                return Some(Some((atom, false)));
            }
            let flipped = self.transposed(&known)?;
            if self.same(&flipped, matrix) {
                return Some(Some((atom, true)));
            }
        }
        Some(None)
    }

    /// Adds an atom.
    pub fn atom(
        &mut self,
        base: Base,
        rows: TermId,
        columns: TermId,
        traits: Traits,
    ) -> Option<usize> {
        if let Some(known) = self.atoms.iter().position(|atom| atom.base == base) {
            return Some(known);
        }
        if self.atoms.len() > 200 {
            return None;
        }
        self.atoms.push(Atom {
            base,
            rows,
            columns,
            traits,
        });
        Some(self.atoms.len() - 1)
    }

    /// The inverse of a square matrix, which exists: this is presumed, or shown.
    pub fn inverse(&mut self, matrix: &Polynomial) -> Option<Polynomial> {
        if matrix.rows != matrix.columns {
            return None;
        }
        let size = matrix.rows;
        let matrix = self.clean(matrix);
        let mut words = matrix.words.iter();
        let mut inverse = self.nothing(size, size);
        if let (Some((word, number)), None) = (words.next(), words.next()) {
            self.nonzero(*number)?;
            let number = self.power_of(*number, -1);
            let mut letters = Word::new();
            let mut scale = self.one;
            let mut sign = false;
            for block in self.blocks(size, word)?.into_iter().rev() {
                if let [letter] = block.as_slice()
                    && let Some((factor, word)) = self.inverted_parts(*letter)
                {
                    scale = self.times(scale, factor);
                    letters.extend(word);
                    continue;
                }
                let (negative, letter) = match block.as_slice() {
                    [letter] => self.letter(letter.atom, !letter.inverse, letter.transposed),
                    _ => {
                        let mut part = self.nothing(size, size);
                        part.words.insert(block, self.one);
                        let (_, atom, transposed) = self.whole(&part)?;
                        self.letter(atom, true, transposed)
                    }
                };
                sign ^= negative;
                self.must_be_invertible(letter.atom)?;
                letters.push(letter);
            }
            let number = self.signed(sign, number);
            let number = self.times(scale, number);
            self.put(&mut inverse, &letters, number)?;
            return Some(inverse);
        }
        if let Some((first, last, inner)) = self.similar(&matrix) {
            let middle = self.inverse(&inner)?;
            for (word, number) in &middle.words {
                let all = [&[first], word.as_slice(), &[last]].concat();
                self.put(&mut inverse, &all, *number)?;
            }
            return Some(inverse);
        }
        let (number, atom, transposed) = self.whole(&matrix)?;
        self.must_be_invertible(atom)?;
        let number = self.power_of(number, -1);
        let (negative, letter) = self.letter(atom, true, transposed);
        let number = self.signed(negative, number);
        self.put(&mut inverse, &[letter], number)?;
        Some(inverse)
    }

    /// The determinant of a square matrix.
    pub fn determinant(&mut self, matrix: &Polynomial) -> Option<TermId> {
        if matrix.rows != matrix.columns {
            return None;
        }
        let size = matrix.rows;
        let matrix = self.clean(matrix);
        if let Some((_, _, inner)) = self.similar(&matrix) {
            return self.determinant(&inner);
        }
        let words: Vec<(Word, TermId)> = matrix.words.clone().into_iter().collect();
        match words.as_slice() {
            [] => Some(self.zero),
            [(word, _)] if self.is_narrow(size, word)? => Some(self.zero),
            [(word, number)] => {
                let mut product = self.raised_to_size(*number, size)?;
                for block in self.blocks(size, word)? {
                    let factor = match block.as_slice() {
                        [letter] if let Some(number) = self.determinant_of_parts(*letter)? => {
                            number
                        }
                        [letter] => {
                            let symbol = self.symbol(Kernel::Determinant(letter.atom))?;
                            if letter.inverse {
                                self.power_of(symbol, -1)
                            } else {
                                symbol
                            }
                        }
                        _ => {
                            let mut part = self.nothing(size, size);
                            part.words.insert(block, self.one);
                            let (_, atom, _) = self.whole(&part)?;
                            self.symbol(Kernel::Determinant(atom))?
                        }
                    };
                    product = self.times(product, factor);
                }
                Some(product)
            }
            [(unit, c), (word, d)] if unit.is_empty() && self.cut(size, word)?.is_some() => {
                // det(c + d·uvᵀ) = c^(n−1)·(c + d·vᵀu)
                let cut = self.cut(size, word)??;
                let mut turned = word.clone();
                turned.rotate_left(cut);
                let (factor, _) = self.split(self.one, self.one, &turned)?;
                let part = self.times(*d, factor);
                let part = self.plus(*c, part);
                if *c == self.one {
                    return Some(part);
                }
                let less = self.store.sub(size, self.one);
                let power = self.store.pow(*c, less);
                Some(self.times(power, part))
            }
            _ => {
                if let Some(found) = self.lemma(&words, size)? {
                    return Some(found);
                }
                let (number, atom, _) = self.whole(&matrix)?;
                let power = self.raised_to_size(number, size)?;
                let symbol = self.symbol(Kernel::Determinant(atom))?;
                Some(self.times(power, symbol))
            }
        }
    }

    /// Whether a square word goes through fewer columns than it has: its determinant is 0.
    fn is_narrow(&mut self, size: TermId, word: &[Letter]) -> Option<bool> {
        for between in self.chain(size, word)? {
            if between != size {
                let less = self.store.relation(Relation::Less, between, size);
                if self.holds(less) {
                    return Some(true);
                }
            }
        }
        Some(false)
    }

    /// det(cA + d w) = det(cA)·det(I + d/c A⁻¹w), where A is a product of what has an inverse, and
    /// det(I + d uv) = det(I + d vu) (Sylvester): of all ways round the first.
    fn lemma(&mut self, words: &[(Word, TermId)], size: TermId) -> Option<Option<TermId>> {
        let [first, second] = words else {
            return Some(None);
        };
        for ((plain, c), (word, d)) in [(first, second), (second, first)] {
            let known = |letter: &Letter| self.atoms[letter.atom].traits.invertible;
            if word.is_empty() || word.iter().all(known) || !plain.iter().all(known) {
                continue;
            }
            let presumed = std::mem::replace(&mut self.presumed, false);
            let divided = self.nonzero(*c);
            self.presumed = presumed;
            if divided.is_none() {
                continue;
            }
            let mut matrix = self.nothing(size, size);
            matrix.words.insert(plain.clone(), *c);
            let inverse = self.inverse(&matrix)?;
            let Some((front, number)) = inverse.words.into_iter().next() else {
                continue;
            };
            let outside = self.determinant(&matrix)?;
            let number = self.times(number, *d);
            let whole = self.cancelled(&[front.as_slice(), word].concat())?;
            let found = self.around(&whole, number)?;
            return Some(Some(self.times(outside, found)));
        }
        Some(None)
    }

    /// det(I + d w), the same for each way round and for the transposed word.
    fn around(&mut self, word: &[Letter], number: TermId) -> Option<TermId> {
        let (negative, flipped) = self.flipped(word);
        let mut best: Option<Word> = None;
        let ways = if negative {
            vec![word.to_vec()]
        } else {
            vec![word.to_vec(), flipped]
        };
        for way in ways {
            for cut in 0..way.len() {
                let mut turned = way.clone();
                turned.rotate_left(cut);
                let turned = self.cancelled(&turned)?;
                let shorter = best
                    .as_ref()
                    .is_none_or(|known| (turned.len(), &turned) < (known.len(), known));
                if shorter && !turned.is_empty() {
                    best = Some(turned);
                }
            }
        }
        let mut best = best?;
        let size = self.sizes(best[0]).0;
        if let Some(cut) = self.cut(size, &best)? {
            best.rotate_left(cut);
            let (factor, _) = self.split(self.one, self.one, &best)?;
            let part = self.times(number, factor);
            return Some(self.plus(self.one, part));
        }
        let mut matrix = self.unit(size, self.one);
        self.put(&mut matrix, &best, number)?;
        let (factor, atom, _) = self.whole(&matrix)?;
        let power = self.raised_to_size(factor, size)?;
        let symbol = self.symbol(Kernel::Determinant(atom))?;
        Some(self.times(power, symbol))
    }

    /// cⁿ
    fn raised_to_size(&mut self, number: TermId, size: TermId) -> Option<TermId> {
        if number == self.one {
            return Some(number);
        }
        Some(self.store.pow(number, size))
    }

    /// Where a square word is a column times a row.
    fn cut(&self, size: TermId, word: &[Letter]) -> Option<Option<usize>> {
        let chain = self.chain(size, word)?;
        Some((0..word.len()).find(|place| chain[*place] == self.one))
    }

    /// The entry of a matrix at these indices (one for a vector).
    pub fn entry(&mut self, matrix: &Polynomial, indices: &[TermId]) -> Option<TermId> {
        let mut sum = self.zero;
        for (word, number) in &matrix.words {
            let entry = match (word.as_slice(), indices) {
                ([], [i, j]) => self.store.function(Function::KroneckerDelta, &[*i, *j]),
                ([letter], [_]) if self.is_ones(*letter) => self.one,
                ([letter], [i]) if letter.transposed => {
                    let (_, plain) = self.letter(letter.atom, letter.inverse, false);
                    self.symbol(Kernel::Entry(vec![plain], vec![*i]))?
                }
                ([letter], [i, j]) if letter.transposed => {
                    let (_, plain) = self.letter(letter.atom, letter.inverse, false);
                    self.symbol(Kernel::Entry(vec![plain], vec![*j, *i]))?
                }
                _ => self.symbol(Kernel::Entry(word.clone(), indices.to_vec()))?,
            };
            let part = self.times(*number, entry);
            sum = self.plus(sum, part);
        }
        Some(sum)
    }
}
