//! Rewriting by equations: wherever the word on the left stands, what is on the right may stand.

use super::kernel::Kernel;
use super::letter::{Base, Letter, Word, Words};
use super::polynomial::{Polynomial, Value};
use crate::term::{Node, Symbol, TermId};

const ROUNDS: usize = 60;
/// Words of a matrix that is being rewritten.
const MANY: usize = 300;

/// An equation read from left to right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rewrite {
    /// A word of more than one row or column is this matrix.
    Word(Word, Polynomial),
    /// A word with one row and one column is this number.
    Number(Word, TermId),
    /// A symbol is this number.
    Symbol(TermId, TermId),
    /// A symbol is this vector or matrix, also where it stands in what is summed.
    Inside(Symbol, TermId),
}

/// What rewriting did so far: an equation that it used is noted by its place.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Places of equations, and how they are read.
    pub rules: Vec<(usize, Rewrite)>,
    /// Places of those that were used.
    pub used: std::collections::BTreeSet<usize>,
}

impl Words<'_> {
    /// An equation whose left side is one word (or one symbol) as rewriting, also transposed.
    pub fn rewrites(&mut self, left: &Value, right: &Value) -> Option<Vec<Rewrite>> {
        match left {
            Value::Matrix(matrix) => {
                let mut words = matrix.words.iter();
                let (Some((word, number)), None) = (words.next(), words.next()) else {
                    return None;
                };
                if *number != self.one || word.is_empty() {
                    return None;
                }
                let right = match right {
                    Value::Zero => self.nothing(matrix.rows, matrix.columns),
                    Value::Matrix(right) => right.clone(),
                    Value::Identity(number) => self.unit(matrix.rows, *number),
                    Value::Scalar(_) => return None,
                };
                if (right.rows, right.columns) != (matrix.rows, matrix.columns) {
                    return None;
                }
                let (negative, flipped) = self.flipped(word);
                let mut image = self.transposed(&right)?;
                if negative {
                    let minus = self.store.integer(-1);
                    image = self.times_matrix(minus, &image);
                }
                // A word that is its transpose is so in one direction.
                let same = right.words.len() == 1 && right.words.contains_key(&flipped);
                let mut rules = vec![Rewrite::Word(word.clone(), right)];
                if !same {
                    rules.push(Rewrite::Word(flipped, image));
                }
                Some(rules)
            }
            Value::Scalar(symbol) => {
                let right = self.plain(right)?;
                if !matches!(self.store.node(*symbol), Node::Symbol(_)) {
                    return None;
                }
                let kernel = self.kernels.iter().find(|(_, known)| known == symbol);
                if let Some((Kernel::Word(word), _)) = kernel {
                    let word = word.clone();
                    let (negative, flipped) = self.flipped(&word);
                    let image = self.signed(negative, right);
                    return Some(vec![
                        Rewrite::Number(word, right),
                        Rewrite::Number(flipped, image),
                        Rewrite::Symbol(*symbol, right),
                    ]);
                }
                Some(vec![Rewrite::Symbol(*symbol, right)])
            }
            _ => None,
        }
    }

    /// The value after rewriting, everywhere.
    pub fn reduced(&mut self, rules: &mut Rules, value: &Value) -> Option<Value> {
        if rules.rules.is_empty() {
            return Some(value.clone());
        }
        let mut value = value.clone();
        for _ in 0..ROUNDS {
            let next = self.once(rules, &value)?;
            if next == value {
                return Some(value);
            }
            value = next;
        }
        None
    }

    fn once(&mut self, rules: &mut Rules, value: &Value) -> Option<Value> {
        Some(match value {
            Value::Zero => Value::Zero,
            Value::Scalar(number) => Value::Scalar(self.reduced_number(rules, *number)?),
            Value::Identity(number) => Value::Identity(self.reduced_number(rules, *number)?),
            Value::Matrix(matrix) => {
                let clean = self.clean(matrix);
                let mut sum = self.nothing(matrix.rows, matrix.columns);
                for (word, number) in &clean.words {
                    let number = self.reduced_number(rules, *number)?;
                    match self.rewritten(rules, matrix.rows, matrix.columns, word)? {
                        Some(image) => {
                            for (word, factor) in &image.words {
                                let number = self.times(number, *factor);
                                self.put(&mut sum, word, number)?;
                            }
                        }
                        None => self.put(&mut sum, word, number)?,
                    }
                }
                if sum.words.len() > MANY {
                    return None;
                }
                Value::Matrix(sum)
            }
        })
    }

    /// The word after one step, if there is one.
    fn rewritten(
        &mut self,
        rules: &mut Rules,
        rows: TermId,
        columns: TermId,
        word: &[Letter],
    ) -> Option<Option<Polynomial>> {
        self.spend(word.len() as u64)?;
        for start in 0..word.len() {
            let found = rules.rules.iter().find(|(_, rule)| match rule {
                Rewrite::Word(left, _) | Rewrite::Number(left, _) => {
                    word[start..].starts_with(left)
                }
                Rewrite::Symbol(..) | Rewrite::Inside(..) => false,
            });
            let (length, image) = match found {
                Some((place, Rewrite::Word(left, image))) => {
                    rules.used.insert(*place);
                    (left.len(), image.clone())
                }
                Some((place, Rewrite::Number(left, number))) => {
                    rules.used.insert(*place);
                    (left.len(), self.unit(self.one, *number))
                }
                // What is inverted is rewritten within.
                _ => match self.within(rules, word[start])? {
                    Some(image) => (1, image),
                    None => continue,
                },
            };
            let mut sum = self.nothing(rows, columns);
            for (middle, number) in &image.words {
                let back = &word[start + length..];
                let all: Word = [&word[..start], middle, back].concat();
                self.put(&mut sum, &all, *number)?;
            }
            return Some(Some(sum));
        }
        Some(None)
    }

    /// A letter that is made of others, if rewriting changes these.
    fn within(&mut self, rules: &mut Rules, letter: Letter) -> Option<Option<Polynomial>> {
        let atom = self.atoms[letter.atom].clone();
        let (matrix, exponent) = match atom.base {
            Base::Whole(matrix) => (matrix, None),
            Base::Power(matrix, exponent) => (matrix, Some(exponent)),
            Base::Function(function, parts) if self.nested <= 2 && !letter.inverse => {
                self.nested += 1;
                let mut images = Vec::new();
                for part in &parts {
                    images.push(self.reduced(rules, &Value::Matrix(part.clone())));
                }
                self.nested -= 1;
                let mut matrices = Vec::new();
                for image in images {
                    let Value::Matrix(matrix) = image? else {
                        return Some(None);
                    };
                    matrices.push(matrix);
                }
                if matrices == parts {
                    return Some(None);
                }
                let Value::Matrix(mut image) = self.refitted(function, &matrices)? else {
                    return Some(None);
                };
                if letter.transposed {
                    image = self.transposed(&image)?;
                }
                return Some(Some(image));
            }
            Base::Term(term) if let Some(other) = self.said_inside(rules, term) => {
                let value = self.spell(other)?;
                let Value::Matrix(mut image) = value else {
                    return None;
                };
                if letter.inverse {
                    image = self.inverse(&image)?;
                }
                if letter.transposed {
                    image = self.transposed(&image)?;
                }
                return Some(Some(image));
            }
            _ => return self.inverted(rules, letter),
        };
        if self.nested > 2 {
            return Some(None);
        }
        self.nested += 1;
        let before = Value::Matrix(matrix);
        let image = self.reduced(rules, &before);
        self.nested -= 1;
        let Value::Matrix(mut image) = image? else {
            return Some(None);
        };
        if Value::Matrix(image.clone()) == before {
            return Some(None);
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
        Some(Some(image))
    }

    /// The term of a sum in which a symbol is replaced.
    fn said_inside(&mut self, rules: &Rules, term: TermId) -> Option<TermId> {
        if matches!(self.store.node(term), Node::Symbol(_) | Node::Member(..)) {
            return None;
        }
        let (symbol, image) = rules.rules.iter().find_map(|(_, rule)| match rule {
            Rewrite::Inside(symbol, image) if self.store.mentions(term, *symbol) => {
                Some((*symbol, *image))
            }
            _ => None,
        })?;
        Some(self.store.substitute(term, symbol, image))
    }

    /// The inverse of a letter that is rewritten.
    fn inverted(&mut self, rules: &mut Rules, letter: Letter) -> Option<Option<Polynomial>> {
        let plain = [Letter {
            inverse: false,
            ..letter
        }];
        let image = rules.rules.iter().find_map(|(place, rule)| match rule {
            Rewrite::Word(left, image) if left[..] == plain && letter.inverse => {
                Some((*place, image.clone()))
            }
            _ => None,
        });
        let Some((place, image)) = image else {
            return Some(None);
        };
        rules.used.insert(place);
        let known = self.atoms[letter.atom].traits.invertible;
        let presumed = std::mem::replace(&mut self.presumed, known);
        let inverse = self.inverse(&image);
        self.presumed = presumed;
        inverse.map(Some)
    }

    /// A number with its kernels rewritten.
    fn reduced_number(&mut self, rules: &mut Rules, number: TermId) -> Option<TermId> {
        if self.number_of(number).is_some() {
            return Some(number);
        }
        let mut number = number;
        for place in 0..self.kernels.len() {
            let (kernel, symbol) = self.kernels[place].clone();
            if !self.stands(number, symbol) {
                continue;
            }
            let image = match kernel {
                Kernel::Word(word) => match self.rewritten(rules, self.one, self.one, &word)? {
                    Some(image) => {
                        let value = self.value(image);
                        Some(self.plain(&value)?)
                    }
                    None => None,
                },
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
                Kernel::Folded(term) => match self.said_inside(rules, term) {
                    Some(other) => {
                        let value = self.spell(other)?;
                        Some(self.plain(&value)?)
                    }
                    None => None,
                },
                Kernel::Entry(..) => None,
            };
            if let Some(image) = image {
                number = self.replaced(number, symbol, image);
            }
        }
        let symbols: Vec<(usize, TermId, TermId)> = rules
            .rules
            .iter()
            .filter_map(|(place, rule)| match rule {
                Rewrite::Symbol(symbol, image) => Some((*place, *symbol, *image)),
                _ => None,
            })
            .collect();
        for (place, symbol, image) in symbols {
            if self.stands(number, symbol) {
                rules.used.insert(place);
                number = self.replaced(number, symbol, image);
            }
        }
        Some(number)
    }

    fn replaced(&mut self, number: TermId, symbol: TermId, image: TermId) -> TermId {
        match *self.store.node(symbol) {
            Node::Symbol(symbol) => self.store.substitute(number, symbol, image),
            _ => number,
        }
    }

    pub(super) fn stands(&self, number: TermId, symbol: TermId) -> bool {
        match self.store.node(symbol) {
            Node::Symbol(symbol) => self.store.symbols(number).contains(symbol),
            _ => false,
        }
    }

    /// The trace of a word after one step somewhere around.
    fn turned(&mut self, rules: &mut Rules, word: &[Letter]) -> Option<Option<TermId>> {
        for cut in 0..word.len() {
            let mut turned = word.to_vec();
            turned.rotate_left(cut);
            let size = self.sizes(turned[0]).0;
            if let Some(image) = self.rewritten(rules, size, size, &turned)? {
                return Some(Some(self.trace(&image)?));
            }
        }
        Some(None)
    }
}
