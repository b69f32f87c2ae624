//! Rewriting by equations: wherever the word on the left stands, what is on the right may stand.

use crate::kernel::term::{Check, Head, Id};
use crate::matrices::kernel::Kernel;
use crate::matrices::letter::{Base, Letter, Word, Words};
use crate::matrices::polynomial::{Polynomial, Value};

const ROUNDS: usize = 400;

/// An equation read from left to right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rewrite {
    /// A word of more than one row or column is this matrix.
    Word(Word, Polynomial),
    /// A word with one row and one column is this number.
    Number(Word, Id),
    /// A symbol is this number.
    Symbol(Id, Id),
    /// A symbol is this vector or matrix, also where it stands in what is summed.
    Inside(Id, Id),
}

impl Words<'_, '_> {
    /// An equation whose left side is one word (or one symbol) as rewriting, also transposed.
    pub fn rewrites(&mut self, left: &Value, right: &Value) -> Check<Vec<Rewrite>> {
        let other = || "no word on the left side".to_owned();
        match left {
            Value::Matrix(matrix) => {
                let mut words = matrix.words.iter();
                let (Some((word, number)), None) = (words.next(), words.next()) else {
                    return Err(other());
                };
                if *number != self.one || word.is_empty() {
                    return Err(other());
                }
                let zero = self.nothing(matrix.rows, matrix.columns);
                let right = match right {
                    Value::Zero => zero,
                    Value::Matrix(right) => right.clone(),
                    Value::Identity(number) => self.unit(matrix.rows, *number),
                    Value::Scalar(_) => return Err(other()),
                };
                if (right.rows, right.columns) != (matrix.rows, matrix.columns) {
                    return Err(other());
                }
                let (negative, flipped) = self.flipped(word);
                let mut image = self.transposed(&right)?;
                if negative {
                    let minus = self.checker.terms.integer(-1)?;
                    if let Value::Matrix(scaled) =
                        self.scaled(minus, &Value::Matrix(image.clone()))?
                    {
                        image = scaled;
                    }
                }
                // A word that is its transpose is so in one direction.
                let same = right.words.len() == 1 && right.words.contains_key(&flipped);
                let mut rules = vec![Rewrite::Word(word.clone(), right)];
                if !same {
                    rules.push(Rewrite::Word(flipped, image));
                }
                Ok(rules)
            }
            Value::Scalar(symbol) => {
                let right = self.plain(right)?;
                if !self.checker.terms.args(*symbol).is_empty() {
                    return Err(other());
                }
                let kernel = self.kernels.iter().find(|(_, known)| known == symbol);
                if let Some((Kernel::Word(word), _)) = kernel {
                    let word = word.clone();
                    let (negative, flipped) = self.flipped(&word);
                    let image = self.signed(negative, right)?;
                    return Ok(vec![
                        Rewrite::Number(word, right),
                        Rewrite::Number(flipped, image),
                        Rewrite::Symbol(*symbol, right),
                    ]);
                }
                Ok(vec![Rewrite::Symbol(*symbol, right)])
            }
            _ => Err(other()),
        }
    }

    /// The value after rewriting, everywhere.
    pub fn reduced(&mut self, rules: &[Rewrite], value: &Value) -> Check<Value> {
        if rules.is_empty() {
            return Ok(value.clone());
        }
        let mut value = value.clone();
        for _ in 0..ROUNDS {
            let next = self.once(rules, &value)?;
            if next == value {
                return Ok(value);
            }
            value = next;
        }
        Err("rewriting that does not end".to_owned())
    }

    fn once(&mut self, rules: &[Rewrite], value: &Value) -> Check<Value> {
        Ok(match value {
            Value::Zero => Value::Zero,
            Value::Scalar(number) => Value::Scalar(self.reduced_number(rules, *number)?),
            Value::Identity(number) => Value::Identity(self.reduced_number(rules, *number)?),
            Value::Matrix(matrix) => {
                let clean = self.clean(matrix)?;
                let mut sum = self.nothing(matrix.rows, matrix.columns);
                for (word, number) in &clean.words {
                    let number = self.reduced_number(rules, *number)?;
                    match self.rewritten(rules, matrix.rows, matrix.columns, word)? {
                        Some(image) => {
                            for (word, factor) in &image.words {
                                let number = self.times(number, *factor)?;
                                self.put(&mut sum, word, number)?;
                            }
                        }
                        None => self.put(&mut sum, word, number)?,
                    }
                }
                Value::Matrix(sum)
            }
        })
    }

    /// The word after one step, if there is one.
    fn rewritten(
        &mut self,
        rules: &[Rewrite],
        rows: Id,
        columns: Id,
        word: &[Letter],
    ) -> Check<Option<Polynomial>> {
        self.checker.terms.spend(word.len() as u64)?;
        for start in 0..word.len() {
            for rule in rules {
                let (left, image) = match rule {
                    Rewrite::Word(left, image) => (left, Ok(image)),
                    Rewrite::Number(left, number) => (left, Err(*number)),
                    Rewrite::Symbol(..) | Rewrite::Inside(..) => continue,
                };
                if !word[start..].starts_with(left) {
                    continue;
                }
                let mut sum = self.nothing(rows, columns);
                let (front, back) = (&word[..start], &word[start + left.len()..]);
                match image {
                    Ok(image) => {
                        for (middle, number) in &image.words {
                            let all = front.iter().chain(middle).chain(back);
                            let all: Word = all.copied().collect();
                            self.put(&mut sum, &all, *number)?;
                        }
                    }
                    Err(number) => {
                        let all: Word = front.iter().chain(back).copied().collect();
                        self.put(&mut sum, &all, number)?;
                    }
                }
                return Ok(Some(sum));
            }
            // What is inverted, or the argument of a function, is rewritten within.
            if let Some(image) = self.within(rules, word[start])? {
                let mut sum = self.nothing(rows, columns);
                for (middle, number) in &image.words {
                    let all = word[..start].iter().chain(middle).chain(&word[start + 1..]);
                    let all: Word = all.copied().collect();
                    self.put(&mut sum, &all, *number)?;
                }
                return Ok(Some(sum));
            }
        }
        Ok(None)
    }

    /// A letter that is made of others, if rewriting changes these.
    fn within(&mut self, rules: &[Rewrite], letter: Letter) -> Check<Option<Polynomial>> {
        let atom = self.atoms[letter.atom].clone();
        let (matrix, exponent) = match atom.base {
            Base::Whole(matrix) => (matrix, None),
            Base::Power(matrix, exponent) => (matrix, Some(exponent)),
            Base::Function(name, parts) if self.nested <= 2 && !letter.inverse => {
                self.nested += 1;
                let images: Vec<Check<Value>> = parts
                    .iter()
                    .map(|part| self.reduced(rules, &Value::Matrix(part.clone())))
                    .collect();
                self.nested -= 1;
                let mut matrices = Vec::new();
                for image in images {
                    let Value::Matrix(matrix) = image? else {
                        return Ok(None);
                    };
                    matrices.push(matrix);
                }
                if matrices == parts {
                    return Ok(None);
                }
                let Value::Matrix(mut image) = self.refitted(name, &matrices)? else {
                    return Ok(None);
                };
                if letter.transposed {
                    image = self.transposed(&image)?;
                }
                return Ok(Some(image));
            }
            Base::Term(term) if let Some(other) = self.said_inside(rules, term)? => {
                let Value::Matrix(mut image) = self.spell(other)? else {
                    return Ok(None);
                };
                if letter.inverse {
                    image = self.inverse(&image)?;
                }
                if letter.transposed {
                    image = self.transposed(&image)?;
                }
                return Ok(Some(image));
            }
            _ => return self.inverted(rules, letter),
        };
        if self.nested > 2 {
            return Ok(None);
        }
        self.nested += 1;
        let before = Value::Matrix(matrix);
        let image = self.reduced(rules, &before);
        self.nested -= 1;
        let Value::Matrix(mut image) = image? else {
            return Ok(None);
        };
        if Value::Matrix(image.clone()) == before {
            return Ok(None);
        }
        if let Some(exponent) = exponent {
            image = self.raised(&image, exponent)?;
        }
        if letter.inverse {
            // It is the same matrix, and it has an inverse.
            let presumed = std::mem::replace(&mut self.presumed, atom.traits.invertible);
            let inverse = self.inverse(&image);
            self.presumed = presumed;
            image = inverse?;
        }
        if letter.transposed {
            image = self.transposed(&image)?;
        }
        Ok(Some(image))
    }

    /// The term of a sum in which a symbol is replaced.
    fn said_inside(&mut self, rules: &[Rewrite], term: Id) -> Check<Option<Id>> {
        let binder = matches!(
            self.checker.terms.head(term),
            Head::Binder(..) | Head::Function("expectation")
        );
        for rule in rules {
            if let Rewrite::Inside(symbol, image) = *rule
                && binder
                && self.stands(term, symbol)
            {
                let other = self.checker.terms.substitute(term, symbol, image)?;
                return Ok(Some(other));
            }
        }
        Ok(None)
    }

    /// The inverse of a letter that is rewritten.
    fn inverted(&mut self, rules: &[Rewrite], letter: Letter) -> Check<Option<Polynomial>> {
        let plain = [Letter {
            inverse: false,
            ..letter
        }];
        let image = rules.iter().find_map(|rule| match rule {
            Rewrite::Word(left, image) if left[..] == plain && letter.inverse => Some(image),
            _ => None,
        });
        let Some(image) = image else { return Ok(None) };
        let known = self.atoms[letter.atom].traits.invertible;
        let presumed = std::mem::replace(&mut self.presumed, known);
        let inverse = self.inverse(image);
        self.presumed = presumed;
        inverse.map(Some)
    }

    /// A number with its kernels rewritten.
    fn reduced_number(&mut self, rules: &[Rewrite], number: Id) -> Check<Id> {
        if self.checker.terms.value(number).is_some() {
            return Ok(number);
        }
        let mut number = number;
        for place in 0..self.kernels.len() {
            let (kernel, symbol) = self.kernels[place].clone();
            if !self.stands(number, symbol) {
                continue;
            }
            let image = match kernel {
                Kernel::Word(word) => {
                    let (one, zero) = (self.one, self.zero);
                    match self.rewritten(rules, one, one, &word)? {
                        Some(image) => {
                            let value = self.value(image)?;
                            Some(self.plain(&value)?)
                        }
                        None => None,
                    }
                    .map(|image| if image == zero { zero } else { image })
                }
                Kernel::Trace(word) => self.turned(rules, &word)?,
                Kernel::Determinant(atom) => {
                    let letter = Letter {
                        atom,
                        inverse: false,
                        transposed: false,
                    };
                    let size = self.atoms[atom].rows;
                    match self.rewritten(rules, size, size, &[letter])? {
                        Some(image) => Some(self.determinant(&image)?),
                        None => None,
                    }
                }
                Kernel::Folded(term) => match self.said_inside(rules, term)? {
                    Some(other) => {
                        let value = self.spell(other)?;
                        Some(self.plain(&value)?)
                    }
                    None => None,
                },
                Kernel::Entry(..) => None,
            };
            if let Some(image) = image {
                number = self.checker.terms.substitute(number, symbol, image)?;
            }
        }
        for rule in rules {
            if let Rewrite::Symbol(symbol, image) = rule
                && self.stands(number, *symbol)
            {
                number = self.checker.terms.substitute(number, *symbol, *image)?;
            }
        }
        Ok(number)
    }

    pub(super) fn stands(&self, number: Id, symbol: Id) -> bool {
        self.checker
            .terms
            .subterms(number, |_, _| true)
            .contains(&symbol)
    }

    /// The trace of a word after one step somewhere around.
    fn turned(&mut self, rules: &[Rewrite], word: &[Letter]) -> Check<Option<Id>> {
        for cut in 0..word.len() {
            let mut turned = word.to_vec();
            turned.rotate_left(cut);
            let size = self.sizes(turned[0]).0;
            if let Some(image) = self.rewritten(rules, size, size, &turned)? {
                return Ok(Some(self.trace(&image)?));
            }
        }
        Ok(None)
    }
}
