//! Products by entries (⊙), products of Kronecker (⊗), diagonal matrices of vectors and columns
//! below each other: bilinear, word by word, and what they make of words beside them.

use super::letter::{Base, Letter, Traits, Word, Words};
use super::polynomial::{Polynomial, Value};
use crate::term::{Function, TermId};

/// Factors of one product.
const MOST: usize = 6;

impl Words<'_> {
    /// A word alone.
    fn single(&self, rows: TermId, columns: TermId, word: Word) -> Polynomial {
        let mut matrix = self.nothing(rows, columns);
        matrix.words.insert(word, self.one);
        matrix
    }

    /// The only word of a part.
    fn word_in(part: &Polynomial) -> Option<Word> {
        part.words.keys().next().cloned()
    }

    /// The parts of a letter that is such a function.
    fn parts_of(&self, letter: Letter, wanted: Function) -> Option<Vec<Polynomial>> {
        match &self.atoms[letter.atom].base {
            Base::Function(function, parts) if *function == wanted && !letter.inverse => {
                Some(parts.clone())
            }
            _ => None,
        }
    }

    /// A part transposed; the sign that stands before it.
    fn flipped_part(&mut self, part: &Polynomial) -> Option<(bool, Polynomial)> {
        let (negative, word) = self.flipped(&Self::word_in(part)?);
        let word = self.cancelled(&word)?;
        Some((negative, self.single(part.columns, part.rows, word)))
    }

    /// A value that is bilinear, of two matrices.
    pub(super) fn bilinear(
        &mut self,
        function: Function,
        a: &Polynomial,
        b: &Polynomial,
    ) -> Option<Value> {
        let (rows, columns) = match function {
            Function::Hadamard => {
                if (a.rows, a.columns) != (b.rows, b.columns) {
                    return None;
                }
                (a.rows, a.columns)
            }
            _ => (
                self.size(&[a.rows, b.rows])?,
                self.size(&[a.columns, b.columns])?,
            ),
        };
        let mut sum = self.nothing(rows, columns);
        for (left, x) in &a.words {
            for (right, y) in &b.words {
                self.spend(10)?;
                let one = self.single(a.rows, a.columns, left.clone());
                let two = self.single(b.rows, b.columns, right.clone());
                let (factor, word) = match function {
                    Function::Hadamard => self.entrywise(vec![one, two])?,
                    _ => self.kronecker(vec![one, two])?,
                };
                let number = self.times(*x, *y);
                let number = self.times(number, factor);
                self.put(&mut sum, &word, number)?;
            }
        }
        Some(self.value(sum))
    }

    /// The product of sizes.
    fn size(&mut self, sizes: &[TermId]) -> Option<TermId> {
        let mut product = self.one;
        for size in sizes {
            product = self.times(product, *size);
        }
        if self.number_of(product).is_some() {
            return Some(product);
        }
        self.normal(product)
    }

    /// a ⊙ b ⊙ … of words of one shape: a number and a word.
    fn entrywise(&mut self, parts: Vec<Polynomial>) -> Option<(TermId, Word)> {
        let (rows, columns) = parts.first().map(|part| (part.rows, part.columns))?;
        let mut all = Vec::new();
        let (mut front, mut back) = (Word::new(), Word::new());
        let mut negative = false;
        for part in parts {
            let word = Self::word_in(&part)?;
            if let [letter] = word.as_slice()
                && let Some(inner) = self.parts_of(*letter, Function::Hadamard)
            {
                for part in inner {
                    if letter.transposed {
                        let (sign, part) = self.flipped_part(&part)?;
                        negative ^= sign;
                        all.push(part);
                    } else {
                        all.push(part);
                    }
                }
                continue;
            }
            all.push(part);
        }
        let mut kept = Vec::new();
        for part in all {
            let word = Self::word_in(&part)?;
            // Ones change nothing; u 𝟏ᵀ and 𝟏 vᵀ multiply rows and columns.
            if columns == self.one && matches!(word.as_slice(), [one] if self.is_ones(*one)) {
                continue;
            }
            if columns != self.one
                && rows != self.one
                && let Some((last, column)) = word.split_last()
                && self.is_ones(*last)
                && self.sizes(*last).0 == self.one
            {
                let column = self.single(rows, self.one, column.to_vec());
                if !matches!(Self::word_in(&column)?.as_slice(), [one] if self.is_ones(*one)) {
                    front.push(self.diagonal_letter(column)?);
                }
                continue;
            }
            if columns != self.one
                && rows != self.one
                && let Some((first, row)) = word.split_first()
                && self.is_ones(*first)
                && self.sizes(*first).1 == self.one
            {
                let (sign, column) = self.flipped(row);
                negative ^= sign;
                let column = self.single(columns, self.one, column);
                back.push(self.diagonal_letter(column)?);
                continue;
            }
            kept.push(part);
        }
        let number = self.signed(negative, self.one);
        if kept.len() > MOST {
            return None;
        }
        let middle = match kept.as_slice() {
            [] => {
                let ones = self.ones_letter(rows)?;
                if columns == self.one {
                    vec![ones]
                } else {
                    let row = self.ones_letter(columns)?;
                    vec![ones, self.letter(row.atom, false, true).1]
                }
            }
            [only] => Self::word_in(only)?,
            _ => {
                kept.sort();
                let mut flipped = Vec::new();
                let mut sign = false;
                for part in &kept {
                    let (negative, part) = self.flipped_part(part)?;
                    sign ^= negative;
                    flipped.push(part);
                }
                flipped.sort();
                // Vectors are columns.
                let transposed = rows == self.one || columns != self.one && flipped < kept;
                let symmetric = flipped == kept && !sign;
                let (parts, rows, columns) = if transposed {
                    (flipped, columns, rows)
                } else {
                    (kept, rows, columns)
                };
                let traits = Traits {
                    symmetric,
                    ..Traits::default()
                };
                let base = Base::Function(Function::Hadamard, parts);
                let atom = self.atom(base, rows, columns, traits)?;
                let (other, letter) = self.letter(atom, false, transposed);
                let number = self.signed(other ^ (transposed && sign), number);
                return Some((number, [front, vec![letter], back].concat()));
            }
        };
        Some((number, [front, middle, back].concat()))
    }

    /// a ⊗ b ⊗ …: a number and a word.
    fn kronecker(&mut self, parts: Vec<Polynomial>) -> Option<(TermId, Word)> {
        let mut all = Vec::new();
        let mut negative = false;
        for part in parts {
            let word = Self::word_in(&part)?;
            if let [letter] = word.as_slice()
                && let Some(inner) = self.parts_of(*letter, Function::Kronecker)
            {
                for part in inner {
                    if letter.transposed {
                        let (sign, part) = self.flipped_part(&part)?;
                        negative ^= sign;
                        all.push(part);
                    } else {
                        all.push(part);
                    }
                }
            } else {
                all.push(part);
            }
        }
        if all.len() > MOST {
            return None;
        }
        let number = self.signed(negative, self.one);
        if all.iter().all(|part| part.words.contains_key(&Word::new())) {
            return Some((number, Word::new()));
        }
        let rows: Vec<TermId> = all.iter().map(|part| part.rows).collect();
        let columns: Vec<TermId> = all.iter().map(|part| part.columns).collect();
        let (rows, columns) = (self.size(&rows)?, self.size(&columns)?);
        let mut traits = Traits {
            symmetric: true,
            invertible: true,
            ..Traits::default()
        };
        for part in &all {
            let (sign, flipped) = self.flipped_part(part)?;
            traits.symmetric &= !sign && flipped == *part;
            let word = Self::word_in(part)?;
            let known = |letter: &Letter| self.atoms[letter.atom].traits.invertible;
            traits.invertible &= part.rows == part.columns && word.iter().all(known);
        }
        let base = Base::Function(Function::Kronecker, all);
        let atom = self.atom(base, rows, columns, traits)?;
        self.atoms[atom].traits.invertible |= traits.invertible;
        let (sign, letter) = self.letter(atom, false, false);
        Some((self.signed(sign, number), vec![letter]))
    }

    /// The inverse of each part of a product of Kronecker, where all are square.
    pub(super) fn inverted_parts(&mut self, letter: Letter) -> Option<(TermId, Word)> {
        let parts = self.parts_of(letter, Function::Kronecker)?;
        let mut number = self.one;
        let mut inverses = Vec::new();
        for part in &parts {
            let inverse = self.inverse(part)?;
            let mut words = inverse.words.into_iter();
            let (Some((word, factor)), None) = (words.next(), words.next()) else {
                return None;
            };
            number = self.times(number, factor);
            let mut part = self.single(part.rows, part.rows, word);
            if letter.transposed {
                let (sign, flipped) = self.flipped_part(&part)?;
                number = self.signed(sign, number);
                part = flipped;
            }
            inverses.push(part);
        }
        let (factor, word) = self.kronecker(inverses)?;
        Some((self.times(number, factor), word))
    }

    /// tr(a ⊗ b) = tr a · tr b
    pub(super) fn trace_of_parts(&mut self, letter: Letter) -> Option<Option<TermId>> {
        if let Some(parts) = self.parts_of(letter, Function::Diagonal) {
            let [vector] = parts.as_slice() else {
                return None;
            };
            let ones = self.ones_letter(vector.rows)?;
            let row = self.letter(ones.atom, false, true).1;
            let all = [vec![row], Self::word_in(vector)?].concat();
            let (number, _) = self.split(self.one, self.one, &all)?;
            return Some(Some(number));
        }
        let Some(parts) = self.parts_of(letter, Function::Kronecker) else {
            return Some(None);
        };
        if parts.iter().any(|part| part.rows != part.columns) {
            return Some(None);
        }
        let mut product = self.one;
        for part in &parts {
            let trace = self.trace(part)?;
            product = self.times(product, trace);
        }
        Some(Some(product))
    }

    /// det(a ⊗ b) = det(a)^m · det(b)^n, of an n × n and an m × m matrix.
    pub(super) fn determinant_of_parts(&mut self, letter: Letter) -> Option<Option<TermId>> {
        let Some(parts) = self.parts_of(letter, Function::Kronecker) else {
            return Some(None);
        };
        if parts.iter().any(|part| part.rows != part.columns) {
            return Some(None);
        }
        let mut product = self.one;
        for (place, part) in parts.iter().enumerate() {
            let determinant = self.determinant(part)?;
            let others: Vec<TermId> = parts
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != place)
                .map(|(_, part)| part.rows)
                .collect();
            let exponent = self.size(&others)?;
            let power = self.store.pow(determinant, exponent);
            product = self.times(product, power);
        }
        Some(Some(product))
    }

    /// tr(diag(u) A diag(v) Bᵀ) = uᵀ (A ⊙ B) v
    pub(super) fn between_diagonals(&mut self, word: &[Letter]) -> Option<Option<TermId>> {
        let found: Vec<usize> = (0..word.len())
            .filter(|place| self.parts_of(word[*place], Function::Diagonal).is_some())
            .collect();
        let [first, second] = *found.as_slice() else {
            return Some(None);
        };
        let mut vectors = Vec::new();
        for place in [first, second] {
            vectors.extend(self.parts_of(word[place], Function::Diagonal)?);
        }
        let [u, v] = vectors.as_slice() else {
            return None;
        };
        let one = self.single(u.rows, v.rows, word[first + 1..second].to_vec());
        let rest = [&word[second + 1..], &word[..first]].concat();
        let rest = self.single(v.rows, u.rows, rest);
        let (negative, two) = self.flipped_part(&rest)?;
        let (number, middle) = self.entrywise(vec![one, two])?;
        let (sign, row) = self.flipped(&Self::word_in(u)?);
        let all = [row, middle, Self::word_in(v)?].concat();
        let (factor, _) = self.split(self.one, self.one, &all)?;
        let factor = self.times(number, factor);
        Some(Some(self.signed(negative ^ sign, factor)))
    }

    /// The same function of other parts.
    pub(super) fn refitted(&mut self, function: Function, parts: &[Polynomial]) -> Option<Value> {
        match (function, parts) {
            (Function::Diagonal, [vector]) => self.diagonal(vector),
            (Function::Vectorized, [matrix]) => self.vectorized(matrix),
            (Function::Hadamard | Function::Kronecker, [first, rest @ ..]) => {
                let mut product = first.clone();
                for part in rest {
                    let Value::Matrix(next) = self.bilinear(function, &product, part)? else {
                        return None;
                    };
                    product = next;
                }
                Some(Value::Matrix(product))
            }
            _ => None,
        }
    }

    /// The diagonal matrix of a word.
    fn diagonal_letter(&mut self, column: Polynomial) -> Option<Letter> {
        let size = column.rows;
        let traits = Traits {
            diagonal: true,
            symmetric: true,
            ..Traits::default()
        };
        let base = Base::Function(Function::Diagonal, vec![column]);
        let atom = self.atom(base, size, size, traits)?;
        Some(self.letter(atom, false, false).1)
    }

    /// The diagonal matrix of a vector, word by word: diag(u ⊙ v) = diag(u) diag(v).
    pub(super) fn diagonal(&mut self, vector: &Polynomial) -> Option<Value> {
        let size = vector.rows;
        let mut sum = self.nothing(size, size);
        for (word, number) in &vector.words {
            let mut letters = Word::new();
            let parts = match word.as_slice() {
                [letter] if !letter.transposed => self.parts_of(*letter, Function::Hadamard),
                _ => None,
            };
            if !matches!(word.as_slice(), [one] if self.is_ones(*one)) {
                let alone = self.single(size, self.one, word.clone());
                for part in parts.unwrap_or_else(|| vec![alone]) {
                    letters.push(self.diagonal_letter(part)?);
                }
            }
            self.put(&mut sum, &letters, *number)?;
        }
        Some(self.value(sum))
    }

    /// The columns of a matrix below each other, word by word.
    pub(super) fn vectorized(&mut self, matrix: &Polynomial) -> Option<Value> {
        let rows = self.size(&[matrix.rows, matrix.columns])?;
        let mut sum = self.nothing(rows, self.one);
        for (word, number) in &matrix.words {
            let (factor, word) = self.below(matrix.rows, matrix.columns, word)?;
            let number = self.times(*number, factor);
            self.put(&mut sum, &word, number)?;
        }
        Some(self.value(sum))
    }

    /// vec of a word: vec(u vᵀ) = v ⊗ u.
    fn below(&mut self, rows: TermId, columns: TermId, word: &[Letter]) -> Option<(TermId, Word)> {
        if columns == self.one {
            return Some((self.one, word.to_vec()));
        }
        let chain = self.chain(rows, word)?;
        if let Some(cut) = chain.iter().position(|size| *size == self.one) {
            let (negative, right) = self.flipped(&word[cut..]);
            let left = self.single(rows, self.one, word[..cut].to_vec());
            let right = self.single(columns, self.one, right);
            let (number, word) = if cut == 0 {
                (self.one, Self::word_in(&right)?)
            } else {
                self.kronecker(vec![right, left])?
            };
            return Some((self.signed(negative, number), word));
        }
        let size = self.size(&[rows, columns])?;
        let part = self.single(rows, columns, word.to_vec());
        let base = Base::Function(Function::Vectorized, vec![part]);
        let atom = self.atom(base, size, self.one, Traits::default())?;
        Some((self.one, vec![self.letter(atom, false, false).1]))
    }

    /// A word in which such a letter stands beside others, after one step: a number and a word.
    pub(super) fn joined(
        &mut self,
        rows: TermId,
        word: &[Letter],
    ) -> Option<Option<(TermId, Word)>> {
        if !word
            .iter()
            .any(|letter| matches!(self.atoms[letter.atom].base, Base::Function(..)))
        {
            return Some(None);
        }
        let chain = self.chain(rows, word)?;
        for place in 0..word.len() {
            let letter = word[place];
            if let Some(parts) = self.parts_of(letter, Function::Kronecker) {
                if letter.transposed {
                    let alone = self.single(chain[place], chain[place + 1], vec![letter]);
                    let (number, image) = self.kronecker(vec![alone])?;
                    return self.exchanged(word, place, 1, number, image);
                }
                let Some(next) = word.get(place + 1).copied() else {
                    continue;
                };
                if let Some(others) = self.parts_of(next, Function::Kronecker)
                    && !next.transposed
                    && others.len() == parts.len()
                    && parts.iter().zip(&others).all(|(a, b)| a.columns == b.rows)
                {
                    let mut number = self.one;
                    let mut products = Vec::new();
                    for (a, b) in parts.iter().zip(&others) {
                        let all = [Self::word_in(a)?, Self::word_in(b)?].concat();
                        let (factor, product) = self.split(a.rows, b.columns, &all)?;
                        number = self.times(number, factor);
                        products.push(self.single(a.rows, b.columns, product));
                    }
                    let (factor, image) = self.kronecker(products)?;
                    let number = self.times(number, factor);
                    return self.exchanged(word, place, 2, number, image);
                }
                if let ([c, a], Some([x])) = (
                    parts.as_slice(),
                    self.parts_of(next, Function::Vectorized).as_deref(),
                ) && !next.transposed
                    && a.columns == x.rows
                    && c.columns == x.columns
                {
                    let (negative, last) = self.flipped(&Self::word_in(c)?);
                    let all = [Self::word_in(a)?, Self::word_in(x)?, last].concat();
                    let (factor, product) = self.split(a.rows, c.rows, &all)?;
                    let (number, image) = self.below(a.rows, c.rows, &product)?;
                    let number = self.times(number, factor);
                    let number = self.signed(negative, number);
                    return self.exchanged(word, place, 2, number, image);
                }
            }
            // diag(u) v = u ⊙ v, and vᵀ diag(u) = (u ⊙ v)ᵀ.
            if let Some(parts) = self.parts_of(letter, Function::Diagonal) {
                let [vector] = parts.as_slice() else {
                    return None;
                };
                let end = (place + 2..chain.len()).find(|at| chain[*at] == self.one);
                if let Some(end) = end {
                    let tail = self.single(vector.rows, self.one, word[place + 1..end].to_vec());
                    let (number, image) = self.entrywise(vec![vector.clone(), tail])?;
                    return self.exchanged(word, place, end - place, number, image);
                }
                let start = (0..place).rev().find(|at| chain[*at] == self.one);
                if let Some(start) = start {
                    let (negative, row) = self.flipped(&word[start..place]);
                    let tail = self.single(vector.rows, self.one, row);
                    let (number, image) = self.entrywise(vec![vector.clone(), tail])?;
                    let (other, image) = self.flipped(&image);
                    let number = self.signed(negative ^ other, number);
                    return self.exchanged(word, start, place + 1 - start, number, image);
                }
            }
        }
        Some(None)
    }

    fn exchanged(
        &mut self,
        word: &[Letter],
        start: usize,
        count: usize,
        number: TermId,
        image: Word,
    ) -> Option<Option<(TermId, Word)>> {
        let all = [&word[..start], &image, &word[start + count..]].concat();
        Some(Some((number, all)))
    }

    /// A word with one row and one column of vectors that are multiplied by entries: uᵀ(v ⊙ w) is
    /// 𝟏ᵀ(u ⊙ v ⊙ w), 𝟏ᵀ(A ⊙ B)𝟏 is tr(AᵀB), and vec(A)ᵀ vec(B) too.
    pub(super) fn by_entries(&mut self, word: &[Letter]) -> Option<Option<TermId>> {
        if let [ones, middle, others] = word
            && self.is_ones(*ones)
            && self.is_ones(*others)
            && let Some([a, b]) = self.parts_of(*middle, Function::Hadamard).as_deref()
        {
            let flipped = self.transposed(a)?;
            let product = self.product(&flipped, b)?;
            return self.trace(&product).map(Some);
        }
        if let [a, b] = word
            && let (Some([x]), Some([y])) = (
                self.parts_of(*a, Function::Vectorized).as_deref(),
                self.parts_of(*b, Function::Vectorized).as_deref(),
            )
            && (x.rows, x.columns) == (y.rows, y.columns)
        {
            let flipped = self.transposed(x)?;
            let product = self.product(&flipped, y)?;
            return self.trace(&product).map(Some);
        }
        let (Some(first), Some(last)) = (word.first(), word.last()) else {
            return Some(None);
        };
        let cut = if self.parts_of(*last, Function::Hadamard).is_some() {
            word.len() - 1
        } else if self.parts_of(*first, Function::Hadamard).is_some() {
            1
        } else {
            return Some(None);
        };
        if word.len() < 2 {
            return Some(None);
        }
        let size = self.sizes(word[cut]).0;
        let (negative, row) = self.flipped(&word[..cut]);
        let left = self.single(size, self.one, row);
        let right = self.single(size, self.one, word[cut..].to_vec());
        let (number, image) = self.entrywise(vec![left, right])?;
        let number = self.signed(negative, number);
        let [letter] = image.as_slice() else {
            return Some(None);
        };
        let ones = self.ones_letter(size)?;
        let row = self.letter(ones.atom, false, true).1;
        let all = match self.parts_of(*letter, Function::Hadamard).as_deref() {
            Some([a, b]) => {
                let (sign, row) = self.flipped(&Self::word_in(a)?);
                let all = [row, Self::word_in(b)?].concat();
                let (factor, _) = self.split(self.one, self.one, &all)?;
                let factor = self.signed(sign, factor);
                return Some(Some(self.times(number, factor)));
            }
            _ => vec![row, *letter],
        };
        if all == word {
            return Some(None);
        }
        let symbol = self.symbol(super::kernel::Kernel::Word(all))?;
        Some(Some(self.times(number, symbol)))
    }
}
