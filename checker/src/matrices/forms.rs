//! Products by entries and of Kronecker, diagonal matrices of vectors, and columns below each
//! other: bilinear, word by word, and what they make of words beside them.

use crate::kernel::term::{Check, Head, Id};
use crate::matrices::kernel::Kernel;
use crate::matrices::letter::{Base, Letter, Traits, Word, Words};
use crate::matrices::polynomial::{MISFIT, Polynomial, Value};

/// Factors of one product.
const MOST: usize = 10;

fn misfit() -> String {
    MISFIT.to_owned()
}

/// The only word of a part.
fn word_in(part: &Polynomial) -> Check<Word> {
    let mut words = part.words.keys();
    match (words.next(), words.next()) {
        (Some(word), None) => Ok(word.clone()),
        _ => Err("a part of more than one word".to_owned()),
    }
}

impl Words<'_, '_> {
    fn single(&self, rows: Id, columns: Id, word: Word) -> Polynomial {
        let mut matrix = self.nothing(rows, columns);
        matrix.words.insert(word, self.one);
        matrix
    }

    /// The parts of a letter that is such a function and not inverted.
    fn parts_of(&self, letter: Letter, wanted: &str) -> Option<Vec<Polynomial>> {
        match &self.atoms[letter.atom].base {
            Base::Function(name, parts) if *name == wanted && !letter.inverse => {
                Some(parts.clone())
            }
            _ => None,
        }
    }

    /// The same of a letter that has one, or two of them.
    fn one_part(&self, letter: Letter, wanted: &str) -> Option<Polynomial> {
        let parts = self.parts_of(letter, wanted)?;
        (parts.len() == 1).then(|| parts[0].clone())
    }

    fn two_parts(&self, letter: Letter, wanted: &str) -> Option<(Polynomial, Polynomial)> {
        let parts = self.parts_of(letter, wanted)?;
        (parts.len() == 2).then(|| (parts[0].clone(), parts[1].clone()))
    }

    fn flipped_part(&mut self, part: &Polynomial) -> Check<(bool, Polynomial)> {
        let (negative, word) = self.flipped(&word_in(part)?);
        let word = self.cancelled(&word)?;
        Ok((negative, self.single(part.columns, part.rows, word)))
    }

    /// The product of sizes, in one order.
    fn size(&mut self, sizes: &[Id]) -> Check<Id> {
        let (mut number, mut letters) = (self.one, Vec::new());
        for size in sizes {
            let node = self.checker.terms.node(*size).clone();
            let parts = match node.head {
                Head::Mul => node.args,
                _ => vec![*size],
            };
            for part in parts {
                if self.checker.terms.value(part).is_some() {
                    number = self.times(number, part)?;
                } else {
                    letters.push(part);
                }
            }
        }
        letters.sort();
        let letters = self.checker.terms.flat(Head::Mul, &letters)?;
        self.times(number, letters)
    }

    /// A product by entries, or of Kronecker, of two matrices.
    pub(super) fn bilinear(
        &mut self,
        name: &'static str,
        a: &Polynomial,
        b: &Polynomial,
    ) -> Check<Value> {
        let entries = name == "hadamard";
        let (rows, columns) = if entries {
            (a.rows, a.columns)
        } else {
            let rows = self.size(&[a.rows, b.rows])?;
            (rows, self.size(&[a.columns, b.columns])?)
        };
        if entries && (a.rows, a.columns) != (b.rows, b.columns) {
            return Err(misfit());
        }
        let mut sum = self.nothing(rows, columns);
        for (left, x) in &a.words {
            for (right, y) in &b.words {
                self.checker.terms.spend(10)?;
                let parts = vec![
                    self.single(a.rows, a.columns, left.clone()),
                    self.single(b.rows, b.columns, right.clone()),
                ];
                let (factor, word) = if entries {
                    self.entrywise(parts)?
                } else {
                    self.kronecker(parts)?
                };
                let number = self.times(*x, *y)?;
                let number = self.times(number, factor)?;
                self.put(&mut sum, &word, number)?;
            }
        }
        self.value(sum)
    }

    /// Parts that are such products are taken apart; the sign that stands before all.
    fn taken_apart(
        &mut self,
        name: &str,
        parts: Vec<Polynomial>,
    ) -> Check<(bool, Vec<Polynomial>)> {
        let (mut negative, mut all) = (false, Vec::new());
        for part in parts {
            let word = word_in(&part)?;
            let inner = match word.as_slice() {
                [letter] => self.parts_of(*letter, name).map(|inner| (*letter, inner)),
                _ => None,
            };
            match inner {
                Some((letter, inner)) if letter.transposed => {
                    for part in inner {
                        let (sign, part) = self.flipped_part(&part)?;
                        negative ^= sign;
                        all.push(part);
                    }
                }
                Some((_, inner)) => all.extend(inner),
                None => all.push(part),
            }
        }
        if all.len() > MOST {
            return Err("a product of too many factors".to_owned());
        }
        Ok((negative, all))
    }

    /// The product by entries of words of one shape: a number and a word. Ones change nothing,
    /// u 𝟏ᵀ multiplies rows, 𝟏 vᵀ columns.
    fn entrywise(&mut self, parts: Vec<Polynomial>) -> Check<(Id, Word)> {
        let (rows, columns) = parts
            .first()
            .map(|part| (part.rows, part.columns))
            .ok_or_else(misfit)?;
        let vectors = rows == self.one || columns == self.one;
        let (mut negative, all) = self.taken_apart("hadamard", parts)?;
        let (mut front, mut back, mut kept) = (Word::new(), Word::new(), Vec::new());
        for part in all {
            let word = word_in(&part)?;
            if let ([only], true) = (word.as_slice(), columns == self.one)
                && self.is_ones(*only)
            {
                continue;
            }
            if let (Some((last, column)), false) = (word.split_last(), vectors)
                && self.is_ones(*last)
                && last.transposed
            {
                let only = matches!(column, [only] if self.is_ones(*only));
                let column = self.single(rows, self.one, column.to_vec());
                if !only {
                    front.push(self.diagonal_letter(column)?);
                }
                continue;
            }
            if let (Some((first, row)), false) = (word.split_first(), vectors)
                && self.is_ones(*first)
                && !first.transposed
            {
                let (sign, column) = self.flipped(row);
                negative ^= sign;
                let column = self.single(columns, self.one, column);
                back.push(self.diagonal_letter(column)?);
                continue;
            }
            kept.push(part);
        }
        let middle = match kept.as_slice() {
            [] => {
                let mut middle = Word::new();
                for (size, transposed) in [(rows, false), (columns, true)] {
                    if size != self.one {
                        let ones = self.ones(size)?;
                        middle.push(self.letter(ones, false, transposed).1);
                    }
                }
                middle
            }
            [only] => word_in(only)?,
            _ => {
                let (mut sign, mut flipped) = (false, Vec::new());
                for part in &kept {
                    let (negative, part) = self.flipped_part(part)?;
                    sign ^= negative;
                    flipped.push(part);
                }
                kept.sort();
                flipped.sort();
                // Vectors are columns.
                let transposed = rows == self.one || columns != self.one && flipped < kept;
                let traits = Traits {
                    symmetric: flipped == kept && !sign,
                    ..Traits::default()
                };
                let (parts, rows, columns) = if transposed {
                    (flipped, columns, rows)
                } else {
                    (kept, rows, columns)
                };
                let atom = self.atom(Base::Function("hadamard", parts), rows, columns, traits)?;
                let (other, letter) = self.letter(atom, false, transposed);
                negative ^= other ^ (transposed && sign);
                vec![letter]
            }
        };
        let number = self.signed(negative, self.one)?;
        Ok((number, [front, middle, back].concat()))
    }

    /// The product of Kronecker of words: a number and a word.
    fn kronecker(&mut self, parts: Vec<Polynomial>) -> Check<(Id, Word)> {
        let (negative, all) = self.taken_apart("kronecker", parts)?;
        let number = self.signed(negative, self.one)?;
        if all.iter().all(|part| part.words.contains_key(&Word::new())) {
            return Ok((number, Word::new()));
        }
        let rows: Vec<Id> = all.iter().map(|part| part.rows).collect();
        let columns: Vec<Id> = all.iter().map(|part| part.columns).collect();
        let (rows, columns) = (self.size(&rows)?, self.size(&columns)?);
        let mut symmetric = true;
        for part in &all {
            let (sign, flipped) = self.flipped_part(part)?;
            symmetric &= !sign && flipped == *part;
        }
        let traits = Traits {
            symmetric,
            ..Traits::default()
        };
        let atom = self.atom(Base::Function("kronecker", all), rows, columns, traits)?;
        let (sign, letter) = self.letter(atom, false, false);
        Ok((self.signed(sign, number)?, vec![letter]))
    }

    /// The inverse of each part of a product of Kronecker, where all are square.
    pub(super) fn inverted_parts(&mut self, letter: Letter) -> Check<Option<(Id, Word)>> {
        let Some(parts) = self.parts_of(letter, "kronecker") else {
            return Ok(None);
        };
        let (mut number, mut inverses) = (self.one, Vec::new());
        for part in &parts {
            let inverse = self.inverse(part)?;
            let word = word_in(&inverse)?;
            let factor = inverse.words.values().next().copied().ok_or_else(misfit)?;
            number = self.times(number, factor)?;
            let mut part = self.single(part.rows, part.rows, word);
            if letter.transposed {
                let (sign, flipped) = self.flipped_part(&part)?;
                number = self.signed(sign, number)?;
                part = flipped;
            }
            inverses.push(part);
        }
        let (factor, word) = self.kronecker(inverses)?;
        Ok(Some((self.times(number, factor)?, word)))
    }

    /// The square parts of a product of Kronecker.
    fn square_parts(&self, letter: Letter) -> Option<Vec<Polynomial>> {
        let parts = self.parts_of(letter, "kronecker")?;
        parts
            .iter()
            .all(|part| part.rows == part.columns)
            .then_some(parts)
    }

    /// The trace of such a letter: of a ⊗ b that of a by that of b, of diag(v) the sum of v.
    pub(super) fn trace_of_parts(&mut self, letter: Letter) -> Check<Option<Id>> {
        if let Some(vector) = self.one_part(letter, "diagonal") {
            let ones = self.ones(vector.rows)?;
            let row = self.letter(ones, false, true).1;
            let all = [vec![row], word_in(&vector)?].concat();
            return Ok(Some(self.split(self.one, self.one, &all)?.0));
        }
        let Some(parts) = self.square_parts(letter) else {
            return Ok(None);
        };
        let mut product = self.one;
        for part in &parts {
            let trace = self.trace(part)?;
            product = self.times(product, trace)?;
        }
        Ok(Some(product))
    }

    /// det(a ⊗ b) = det(a)^m · det(b)^n, of an n × n and an m × m matrix.
    pub(super) fn determinant_of_parts(&mut self, letter: Letter) -> Check<Option<Id>> {
        let Some(parts) = self.square_parts(letter) else {
            return Ok(None);
        };
        let mut product = self.one;
        for place in 0..parts.len() {
            let determinant = self.determinant(&parts[place])?;
            let mut others: Vec<Id> = parts.iter().map(|part| part.rows).collect();
            others.remove(place);
            let exponent = self.size(&others)?;
            let power = self
                .checker
                .terms
                .add(Head::Pow, vec![determinant, exponent])?;
            product = self.times(product, power)?;
        }
        Ok(Some(product))
    }

    /// tr(diag(u) A diag(v) Bᵀ) = uᵀ (A ⊙ B) v
    pub(super) fn between_diagonals(&mut self, word: &[Letter]) -> Check<Option<Id>> {
        let mut found = Vec::new();
        for (place, letter) in word.iter().enumerate() {
            if let Some(vector) = self.one_part(*letter, "diagonal") {
                found.push((place, vector));
            }
        }
        let [(first, u), (second, v)] = found.as_slice() else {
            return Ok(None);
        };
        let one = self.single(u.rows, v.rows, word[first + 1..*second].to_vec());
        let rest = [&word[second + 1..], &word[..*first]].concat();
        let rest = self.single(v.rows, u.rows, rest);
        let (negative, two) = self.flipped_part(&rest)?;
        let (number, middle) = self.entrywise(vec![one, two])?;
        let (sign, row) = self.flipped(&word_in(u)?);
        let all = [row, middle, word_in(v)?].concat();
        let (factor, _) = self.split(self.one, self.one, &all)?;
        let factor = self.times(number, factor)?;
        Ok(Some(self.signed(negative ^ sign, factor)?))
    }

    /// The same function of other parts.
    pub(super) fn refitted(&mut self, name: &'static str, parts: &[Polynomial]) -> Check<Value> {
        match (name, parts) {
            ("diagonal", [vector]) => self.diagonal(vector),
            ("vectorized", [matrix]) => self.vectorized(matrix),
            ("hadamard" | "kronecker", [first, rest @ ..]) => {
                let mut product = first.clone();
                for part in rest {
                    let Value::Matrix(next) = self.bilinear(name, &product, part)? else {
                        return Err(misfit());
                    };
                    product = next;
                }
                Ok(Value::Matrix(product))
            }
            _ => Err("a function of other parts".to_owned()),
        }
    }

    fn diagonal_letter(&mut self, column: Polynomial) -> Check<Letter> {
        let size = column.rows;
        let traits = Traits {
            diagonal: true,
            symmetric: true,
            ..Traits::default()
        };
        let atom = self.atom(Base::Function("diagonal", vec![column]), size, size, traits)?;
        Ok(self.letter(atom, false, false).1)
    }

    /// The diagonal matrix of a vector, word by word: of a product by entries the product.
    pub(super) fn diagonal(&mut self, vector: &Polynomial) -> Check<Value> {
        let size = vector.rows;
        let mut sum = self.nothing(size, size);
        for (word, number) in &vector.words {
            let mut parts = vec![self.single(size, self.one, word.clone())];
            if let [letter] = word.as_slice()
                && !letter.transposed
            {
                if self.is_ones(*letter) {
                    parts.clear();
                } else if let Some(inner) = self.parts_of(*letter, "hadamard") {
                    parts = inner;
                }
            }
            let mut letters = Word::new();
            for part in parts {
                letters.push(self.diagonal_letter(part)?);
            }
            self.put(&mut sum, &letters, *number)?;
        }
        self.value(sum)
    }

    /// The columns of a matrix below each other, word by word.
    pub(super) fn vectorized(&mut self, matrix: &Polynomial) -> Check<Value> {
        let rows = self.size(&[matrix.rows, matrix.columns])?;
        let mut sum = self.nothing(rows, self.one);
        for (word, number) in &matrix.words {
            let (factor, word) = self.below(matrix.rows, matrix.columns, word)?;
            let number = self.times(*number, factor)?;
            self.put(&mut sum, &word, number)?;
        }
        self.value(sum)
    }

    /// vec of a word: of a column itself, vec(u vᵀ) = v ⊗ u.
    fn below(&mut self, rows: Id, columns: Id, word: &[Letter]) -> Check<(Id, Word)> {
        if columns == self.one {
            return Ok((self.one, word.to_vec()));
        }
        let chain = self.chain(rows, word)?;
        if let Some(cut) = chain.iter().position(|size| *size == self.one) {
            let (negative, right) = self.flipped(&word[cut..]);
            let number = self.signed(negative, self.one)?;
            if cut == 0 {
                return Ok((number, right));
            }
            let left = self.single(rows, self.one, word[..cut].to_vec());
            let right = self.single(columns, self.one, right);
            let (factor, word) = self.kronecker(vec![right, left])?;
            return Ok((self.times(number, factor)?, word));
        }
        let size = self.size(&[rows, columns])?;
        let part = self.single(rows, columns, word.to_vec());
        let base = Base::Function("vectorized", vec![part]);
        let atom = self.atom(base, size, self.one, Traits::default())?;
        Ok((self.one, vec![self.letter(atom, false, false).1]))
    }

    /// A word in which such a letter stands beside others, after one step: a number and a word.
    pub(super) fn joined(&mut self, rows: Id, word: &[Letter]) -> Check<Option<(Id, Word)>> {
        let special = |letter: &Letter| {
            matches!(self.atoms[letter.atom].base, Base::Function(..)) && !letter.inverse
        };
        if !word.iter().any(special) {
            return Ok(None);
        }
        let chain = self.chain(rows, word)?;
        for place in 0..word.len() {
            let found = match self.parts_of(word[place], "kronecker") {
                Some(parts) => self.beside_kronecker(&chain, word, place, &parts)?,
                None => self.beside_diagonal(&chain, word, place)?,
            };
            if let Some((start, count, number, image)) = found {
                let all = [&word[..start], &image, &word[start + count..]].concat();
                return Ok(Some((number, all)));
            }
        }
        Ok(None)
    }

    /// (a ⊗ b)(c ⊗ d) = ac ⊗ bd, (c ⊗ a) vec(x) = vec(a x cᵀ), (a ⊗ b)ᵀ = aᵀ ⊗ bᵀ.
    fn beside_kronecker(
        &mut self,
        chain: &[Id],
        word: &[Letter],
        place: usize,
        parts: &[Polynomial],
    ) -> Check<Option<(usize, usize, Id, Word)>> {
        let letter = word[place];
        if letter.transposed {
            let alone = self.single(chain[place], chain[place + 1], vec![letter]);
            let (number, image) = self.kronecker(vec![alone])?;
            return Ok(Some((place, 1, number, image)));
        }
        let Some(next) = word.get(place + 1).copied().filter(|next| !next.transposed) else {
            return Ok(None);
        };
        if let Some(others) = self.parts_of(next, "kronecker") {
            let fit = others.len() == parts.len()
                && parts.iter().zip(&others).all(|(a, b)| a.columns == b.rows);
            if !fit {
                return Ok(None);
            }
            let (mut number, mut products) = (self.one, Vec::new());
            for (a, b) in parts.iter().zip(&others) {
                let all = [word_in(a)?, word_in(b)?].concat();
                let (factor, product) = self.split(a.rows, b.columns, &all)?;
                number = self.times(number, factor)?;
                products.push(self.single(a.rows, b.columns, product));
            }
            let (factor, image) = self.kronecker(products)?;
            return Ok(Some((place, 2, self.times(number, factor)?, image)));
        }
        if let ([c, a], Some(x)) = (parts, self.one_part(next, "vectorized"))
            && a.columns == x.rows
            && c.columns == x.columns
        {
            let (negative, last) = self.flipped(&word_in(c)?);
            let all = [word_in(a)?, word_in(&x)?, last].concat();
            let (factor, product) = self.split(a.rows, c.rows, &all)?;
            let (number, image) = self.below(a.rows, c.rows, &product)?;
            let number = self.times(number, factor)?;
            return Ok(Some((place, 2, self.signed(negative, number)?, image)));
        }
        Ok(None)
    }

    /// diag(u) v = u ⊙ v, and vᵀ diag(u) = (u ⊙ v)ᵀ.
    fn beside_diagonal(
        &mut self,
        chain: &[Id],
        word: &[Letter],
        place: usize,
    ) -> Check<Option<(usize, usize, Id, Word)>> {
        let Some(vector) = self.one_part(word[place], "diagonal") else {
            return Ok(None);
        };
        let size = vector.rows;
        if let Some(end) = (place + 2..chain.len()).find(|at| chain[*at] == self.one) {
            let tail = self.single(size, self.one, word[place + 1..end].to_vec());
            let (number, image) = self.entrywise(vec![vector, tail])?;
            return Ok(Some((place, end - place, number, image)));
        }
        let Some(start) = (0..place).rev().find(|at| chain[*at] == self.one) else {
            return Ok(None);
        };
        let (negative, row) = self.flipped(&word[start..place]);
        let tail = self.single(size, self.one, row);
        let (number, image) = self.entrywise(vec![vector, tail])?;
        let (other, image) = self.flipped(&image);
        let number = self.signed(negative ^ other, number)?;
        Ok(Some((start, place + 1 - start, number, image)))
    }

    /// A word with one row and one column of vectors that are multiplied by entries: uᵀ(v ⊙ w) is
    /// 𝟏ᵀ(u ⊙ v ⊙ w), 𝟏ᵀ(A ⊙ B)𝟏 is tr(AᵀB), and vec(A)ᵀ vec(B) too.
    pub(super) fn by_entries(&mut self, word: &[Letter]) -> Check<Option<Id>> {
        let pair = match word {
            [a, b, c] if self.is_ones(*a) && self.is_ones(*c) => self.two_parts(*b, "hadamard"),
            [a, b] => self
                .one_part(*a, "vectorized")
                .zip(self.one_part(*b, "vectorized"))
                .filter(|(x, y)| (x.rows, x.columns) == (y.rows, y.columns)),
            _ => None,
        };
        if let Some((a, b)) = pair {
            let flipped = self.transposed(&a)?;
            let product = self.product(&flipped, &b)?;
            return self.trace(&product).map(Some);
        }
        let [first, .., last] = word else {
            return Ok(None);
        };
        let cut = if self.parts_of(*last, "hadamard").is_some() {
            word.len() - 1
        } else if self.parts_of(*first, "hadamard").is_some() {
            1
        } else {
            return Ok(None);
        };
        let size = self.sizes(word[cut]).0;
        let (negative, row) = self.flipped(&word[..cut]);
        let left = self.single(size, self.one, row);
        let right = self.single(size, self.one, word[cut..].to_vec());
        let (number, image) = self.entrywise(vec![left, right])?;
        let number = self.signed(negative, number)?;
        let [letter] = image.as_slice() else {
            return Ok(None);
        };
        let factor = if let Some((a, b)) = self.two_parts(*letter, "hadamard") {
            let (sign, row) = self.flipped(&word_in(&a)?);
            let all = [row, word_in(&b)?].concat();
            let (factor, _) = self.split(self.one, self.one, &all)?;
            self.signed(sign, factor)?
        } else {
            let ones = self.ones(size)?;
            let all = vec![self.letter(ones, false, true).1, *letter];
            if all == word {
                return Ok(None);
            }
            self.symbol(Kernel::Word(all))?
        };
        self.times(number, factor).map(Some)
    }
}
