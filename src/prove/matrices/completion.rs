//! Completion: equations between words are turned around, overlapped and multiplied, until what is
//! asked for follows by rewriting (Buchberger's algorithm without commutativity, cut off by a count).

use std::collections::BTreeSet;

use crate::number::Rational;
use crate::term::{Function, Link, Node, Proof, Reason, Relation, TermId, Trace};
use crate::theory::matrices::{Base, Kernel, Letter, Polynomial, Rules, Value, Word, Words};

/// Rules and pairs that are looked at.
const RULES: usize = 40;
const PAIRS: usize = 400;
const LONGEST: usize = 24;

/// What was found.
pub(super) struct Outcome {
    /// Equations that are given, and those of inverses.
    pub(super) uses: Vec<Proof>,
    /// How many lemmas, and each of them.
    pub(super) witness: Vec<TermId>,
    /// The equations that rewrite the claim.
    pub(super) rules: BTreeSet<usize>,
    /// Parts of a combination that are taken off the claim.
    pub(super) parts: Vec<(usize, TermId)>,
}

/// A part of a combination: the equation (−1 − its place: transposed), and what stands left and
/// right of it.
type Part = (i64, TermId, TermId);

/// An equation to be looked at: a value that is 0, and of what it is combined.
struct Pending {
    size: usize,
    value: Value,
    parts: Vec<Part>,
}

/// An equation that was turned around: its left side is one word.
struct Lemma {
    left: TermId,
    right: TermId,
    parts: Vec<Part>,
    rules: BTreeSet<usize>,
    word: Option<Lead>,
}

struct Lead {
    word: Word,
    rows: TermId,
    columns: TermId,
    image: Value,
}

/// The search.
pub(super) struct Completion<'w, 's> {
    words: &'w mut Words<'s>,
    base: Vec<Proof>,
    lemmas: Vec<Lemma>,
    rules: Rules,
    pending: Vec<Pending>,
    /// Numbers that are 0 and could not be solved for a letter, each with its lemma.
    zeros: Vec<(usize, TermId)>,
    pairs: usize,
    /// Whether an equation says what a letter is that stands alone in it.
    letters: bool,
}

impl<'w, 's> Completion<'w, 's> {
    /// The equations among the hypotheses, and those of what is inverted.
    pub(super) fn new(words: &'w mut Words<'s>, hypotheses: &[TermId]) -> Self {
        let mut completion = Completion {
            words,
            base: Vec::new(),
            lemmas: Vec::new(),
            rules: Rules::default(),
            pending: Vec::new(),
            zeros: Vec::new(),
            pairs: 0,
            letters: false,
        };
        for (number, hypothesis) in hypotheses.iter().enumerate() {
            let _ = completion.given(number, *hypothesis);
        }
        for atom in 0..completion.words.atoms.len() {
            let _ = completion.inverse(atom);
            let _ = completion.power(atom);
        }
        completion
    }

    /// The same, where an equation says what a letter is that stands alone in it.
    pub(super) fn of_letters(words: &'w mut Words<'s>, hypotheses: &[TermId]) -> Self {
        Completion {
            letters: true,
            ..Completion::new(words, hypotheses)
        }
    }

    /// A number of a witness.
    pub(super) fn count(&mut self, number: usize) -> TermId {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        self.words.store.integer(number)
    }

    /// How many places, and each of them.
    pub(super) fn list(&mut self, witness: &mut Vec<TermId>, places: &BTreeSet<usize>) {
        let count = self.count(places.len());
        witness.push(count);
        for place in places {
            let place = self.count(*place);
            witness.push(place);
        }
    }

    /// A hypothesis that is an equation.
    fn given(&mut self, number: usize, hypothesis: TermId) -> Option<()> {
        let Node::Relation(Relation::Equal, a, b) = *self.words.store.node(hypothesis) else {
            return None;
        };
        self.words.presumed = true;
        let sides = self.words.spell(a).zip(self.words.spell(b));
        self.words.presumed = false;
        let (left, right) = sides?;
        let value = self.words.minus(&left, &right)?;
        let link = Link {
            before: a,
            after: b,
            reason: Reason::Hypothesis(number, true),
        };
        self.begin(Proof::Equality(Trace { links: vec![link] }), value);
        Some(())
    }

    /// M Mᵗ = Mᵗ M
    fn power(&mut self, atom: usize) -> Option<()> {
        let (left, right) = self.words.commuting(atom)?;
        let value = self.words.minus(&left, &right)?;
        let power = self.words.present_letter(Letter {
            atom,
            inverse: false,
            transposed: false,
        });
        let unit = self.words.store.relation(Relation::Equal, power, power);
        let proof = super::decision("power", unit, Vec::new(), vec![power]);
        self.begin(proof, value);
        Some(())
    }

    /// P P⁻¹ = I and P⁻¹ P = I of a sum or product that is inverted as a whole.
    fn inverse(&mut self, atom: usize) -> Option<()> {
        let known = self.words.atoms[atom].clone();
        let Base::Whole(matrix) = known.base else {
            return None;
        };
        if !known.traits.invertible {
            return None;
        }
        let inverse = self.words.inverse(&matrix)?;
        let term = self.words.present_matrix(&matrix);
        let inverted = self.words.store.function(Function::Inverse, &[term]);
        let unit = self.words.store.function(Function::Identity, &[]);
        for first in [true, false] {
            let (a, b, product) = if first {
                let product = self.words.product(&inverse, &matrix)?;
                (inverted, term, product)
            } else {
                (term, inverted, self.words.product(&matrix, &inverse)?)
            };
            let statement = self.words.store.mul(&[a, b]);
            let statement = self.words.store.relation(Relation::Equal, statement, unit);
            let first = self.words.store.integer(i64::from(first));
            let proof = super::decision("inverse", statement, Vec::new(), vec![term, first]);
            let one = Value::Identity(self.words.one);
            let value = self.words.minus(&Value::Matrix(product), &one)?;
            self.begin(proof, value);
        }
        Some(())
    }

    /// An equation to begin with.
    fn begin(&mut self, proof: Proof, value: Value) {
        let place = i64::try_from(self.base.len()).unwrap_or(i64::MAX);
        self.base.push(proof);
        let one = self.words.one;
        self.push(value, vec![(place, one, one)]);
    }

    fn push(&mut self, value: Value, parts: Vec<Part>) {
        let size = match &value {
            Value::Matrix(matrix) => {
                let longest = matrix.words.keys().map(Vec::len).max().unwrap_or(0);
                if longest > LONGEST {
                    return;
                }
                longest * 4 + matrix.words.len()
            }
            _ => 0,
        };
        self.pending.push(Pending { size, value, parts });
    }

    /// Looks until what is asked for follows.
    pub(super) fn search(
        &mut self,
        follows: &mut impl FnMut(&mut Words<'s>, &mut Rules) -> Option<bool>,
    ) -> Option<Outcome> {
        if let Some(found) = self.attempt(follows) {
            return Some(found);
        }
        // Definitions are put in; more than that was tried before.
        let most = if self.letters {
            self.base.len() + 2
        } else {
            RULES
        };
        while !self.pending.is_empty() && self.lemmas.len() < most {
            let smallest = (0..self.pending.len()).min_by_key(|place| self.pending[*place].size)?;
            let pending = self.pending.remove(smallest);
            if self.learn(pending).is_some()
                && let Some(found) = self.attempt(follows)
            {
                return Some(found);
            }
        }
        None
    }

    fn attempt(
        &mut self,
        follows: &mut impl FnMut(&mut Words<'s>, &mut Rules) -> Option<bool>,
    ) -> Option<Outcome> {
        if !self.words.store.spend(20) {
            return None;
        }
        self.rules.used.clear();
        if follows(self.words, &mut self.rules) != Some(true) {
            return None;
        }
        let rules = self.rules.used.clone();
        Some(self.written(rules, None))
    }

    /// Where the search has ended: whether what must be 0 is a multiple of a number that is.
    pub(super) fn multiple(&mut self, difference: &Value) -> Option<Outcome> {
        self.rules.used.clear();
        let Value::Scalar(number) = self.words.reduced(&mut self.rules, difference)? else {
            return None;
        };
        let rules = self.rules.used.clone();
        for (place, zero) in self.zeros.clone() {
            if let Some(ratio) = self.words.ratio(number, zero) {
                let ratio = self.words.store.number(ratio);
                return Some(self.written(rules, Some((place, ratio))));
            }
        }
        None
    }

    /// The lemmas that are needed, with their places among those that are.
    fn written(&mut self, rules: BTreeSet<usize>, part: Option<(usize, TermId)>) -> Outcome {
        let base = self.base.len();
        let mut needed: BTreeSet<usize> = BTreeSet::new();
        let mut open: Vec<usize> = rules.iter().copied().collect();
        open.extend(part.iter().map(|(place, _)| *place));
        while let Some(next) = open.pop() {
            if !needed.insert(next) || next < base {
                continue;
            }
            let lemma = &self.lemmas[next - base];
            open.extend(lemma.rules.iter().copied());
            open.extend(lemma.parts.iter().map(|part| place(part.0)));
        }
        let places: Vec<usize> = needed.iter().copied().collect();
        let at = |old: usize| places.iter().position(|known| *known == old).unwrap_or(0);
        let uses = needed
            .iter()
            .filter(|place| **place < base)
            .map(|place| self.base[*place].clone())
            .collect();
        let mut witness = Vec::new();
        let lemmas: Vec<usize> = needed.iter().copied().filter(|p| *p >= base).collect();
        witness.push(self.count(lemmas.len()));
        for number in lemmas {
            let lemma = &self.lemmas[number - base];
            let (left, right) = (lemma.left, lemma.right);
            let (parts, used) = (lemma.parts.clone(), lemma.rules.clone());
            witness.extend([left, right]);
            witness.push(self.count(parts.len()));
            for (which, left, right) in parts {
                let new = i64::try_from(at(place(which))).unwrap_or(i64::MAX);
                let new = if which < 0 { -new - 1 } else { new };
                witness.push(self.words.store.integer(new));
                witness.extend([left, right]);
            }
            self.list(&mut witness, &used.iter().map(|old| at(*old)).collect());
        }
        Outcome {
            uses,
            witness,
            rules: rules.iter().map(|old| at(*old)).collect(),
            parts: part.iter().map(|(old, ratio)| (at(*old), *ratio)).collect(),
        }
    }

    /// Takes an equation as a rule, and thinks of what follows from it and those before.
    fn learn(&mut self, pending: Pending) -> Option<()> {
        self.rules.used.clear();
        let value = self.words.reduced(&mut self.rules, &pending.value)?;
        if self.words.is_nothing(&value) {
            return None;
        }
        let used = self.rules.used.clone();
        let place = self.base.len() + self.lemmas.len();
        let (factor, left, right, lead) = match &value {
            Value::Matrix(matrix) => self.turned(matrix)?,
            Value::Scalar(number) => match self.solved(*number) {
                Some(solved) => solved,
                None => {
                    let left = self.words.present(&value);
                    self.zeros.push((place, *number));
                    self.lemmas.push(Lemma {
                        left,
                        right: self.words.zero,
                        parts: pending.parts,
                        rules: used,
                        word: None,
                    });
                    return Some(());
                }
            },
            _ => return None,
        };
        let (left_term, right_term) = (self.words.present(&left), self.words.present(&right));
        let factor = self.words.present_number(factor);
        let parts = pending
            .parts
            .iter()
            .map(|(which, before, after)| {
                let before = if factor == self.words.one {
                    *before
                } else {
                    self.words.store.mul(&[factor, *before])
                };
                (*which, before, *after)
            })
            .collect();
        for rule in self.words.rewrites(&left, &right)? {
            self.rules.rules.push((place, rule));
        }
        self.lemmas.push(Lemma {
            left: left_term,
            right: right_term,
            parts,
            rules: used,
            word: lead,
        });
        self.consequences(place);
        Some(())
    }

    /// A matrix that is 0, solved for its longest word: what it is multiplied by, the word and
    /// what it is equal to.
    fn turned(&mut self, matrix: &Polynomial) -> Option<(TermId, Value, Value, Option<Lead>)> {
        let matrix = self.words.clean(matrix);
        let mut order: Vec<&Word> = matrix.words.keys().filter(|w| !w.is_empty()).collect();
        order.sort_by_key(|word| {
            (
                std::cmp::Reverse(word.len()),
                std::cmp::Reverse((*word).clone()),
            )
        });
        if self.letters {
            let words = &*self.words;
            order.sort_by_key(|word| {
                let [letter] = word.as_slice() else {
                    return true;
                };
                let base = &words.atoms[letter.atom].base;
                let symbol = matches!(base, Base::Term(t)
                    if matches!(words.store.node(*t), Node::Symbol(_)));
                letter.inverse || !symbol
            });
        }
        // The longest word before which a number stands that is known not to be 0.
        let order: Vec<Word> = order.into_iter().cloned().collect();
        // It stands in no other word, else rewriting would not end.
        let within = |word: &Word, other: &Word| {
            other.len() > word.len() && other.windows(word.len()).any(|part| part == word)
        };
        let lead = order.into_iter().find(|word| {
            let number = matrix.words.get(word).copied();
            let (_, flipped) = self.words.flipped(word);
            let mut others = matrix.words.keys();
            !others.any(|other| within(word, other) || within(&flipped, other))
                && number.is_some_and(|number| self.words.nonzero(number).is_some())
        })?;
        let number = *matrix.words.get(&lead)?;
        let factor = match self.words.number_of(number) {
            Some(value) => {
                let inverse = Rational::from(1).div(value)?;
                self.words.store.number(inverse)
            }
            None => self.words.power_of(number, -1),
        };
        let minus = self.words.store.integer(-1);
        let minus = self.words.times(minus, factor);
        let mut rest = matrix.clone();
        rest.words.remove(&lead);
        let image = self.words.times_matrix(minus, &rest);
        let mut left = self.words.nothing(matrix.rows, matrix.columns);
        left.words.insert(lead.clone(), self.words.one);
        let image = Value::Matrix(image);
        let known = Lead {
            word: lead,
            rows: matrix.rows,
            columns: matrix.columns,
            image: image.clone(),
        };
        Some((factor, Value::Matrix(left), image, Some(known)))
    }

    /// A number that is 0, solved for a kernel or symbol in which it is linear.
    fn solved(&mut self, number: TermId) -> Option<(TermId, Value, Value, Option<Lead>)> {
        let mut symbols: Vec<TermId> = Vec::new();
        let mut kernels: Vec<(usize, TermId)> = self
            .words
            .kernels
            .iter()
            .map(|(kernel, symbol)| match kernel {
                Kernel::Word(word) | Kernel::Trace(word) => (word.len(), *symbol),
                _ => (1, *symbol),
            })
            .collect();
        kernels.sort_by_key(|(length, symbol)| (std::cmp::Reverse(*length), *symbol));
        symbols.extend(kernels.iter().map(|(_, symbol)| *symbol));
        let standing = self.words.store.symbols(number);
        for name in &standing {
            let symbol = self.words.store.add_node(Node::Symbol(*name));
            if !symbols.contains(&symbol) {
                symbols.push(symbol);
            }
        }
        for symbol in symbols {
            let Node::Symbol(name) = *self.words.store.node(symbol) else {
                continue;
            };
            if !standing.contains(&name) {
                continue;
            }
            let (zero, one) = (self.words.zero, self.words.one);
            let without = self.words.store.substitute(number, name, zero);
            let with = self.words.store.substitute(number, name, one);
            let slope = self.words.store.sub(with, without);
            let Some(slope) = self.words.normal(slope) else {
                continue;
            };
            let Some(without) = self.words.normal(without) else {
                continue;
            };
            if self.words.store.symbols(slope).contains(&name) || slope == zero {
                continue;
            }
            let product = self.words.times(slope, symbol);
            let linear = self.words.plus(product, without);
            if !self.words.agree(linear, number) || self.words.nonzero(slope).is_none() {
                continue;
            }
            let factor = self.words.power_of(slope, -1);
            let factor = self.words.normal(factor)?;
            let minus = self.words.store.integer(-1);
            let image = self.words.store.mul(&[minus, factor, without]);
            let image = self.words.normal(image)?;
            let lead = self.words.kernels.iter().find(|(_, k)| *k == symbol);
            let lead = match lead {
                Some((Kernel::Word(word), _)) => Some(Lead {
                    word: word.clone(),
                    rows: one,
                    columns: one,
                    image: Value::Scalar(image),
                }),
                _ => None,
            };
            return Some((factor, Value::Scalar(symbol), Value::Scalar(image), lead));
        }
        None
    }

    /// What follows from the new rule: overlaps with others, and products by which it becomes
    /// shorter.
    fn consequences(&mut self, place: usize) {
        let last = self.lemmas.len() - 1;
        let _ = self.multiplied(place, last);
        for other in 0..=last {
            if self.pairs > PAIRS {
                return;
            }
            let _ = self.overlaps(last, other);
            if other != last {
                let _ = self.overlaps(other, last);
            }
        }
    }

    /// The word and image of a lemma, perhaps transposed.
    fn sided(&mut self, lemma: usize, transposed: bool) -> Option<(Word, Value, TermId, TermId)> {
        let lead = self.lemmas[lemma].word.as_ref()?;
        let (word, image) = (lead.word.clone(), lead.image.clone());
        let (rows, columns) = (lead.rows, lead.columns);
        if !transposed {
            return Some((word, image, rows, columns));
        }
        let (negative, flipped) = self.words.flipped(&word);
        let image = match image {
            Value::Matrix(matrix) => Value::Matrix(self.words.transposed(&matrix)?),
            other => other,
        };
        let minus = self.words.store.integer(-1);
        let image = if negative {
            self.words.scaled(minus, &image)
        } else {
            image
        };
        Some((flipped, image, columns, rows))
    }

    /// The factors of two rules of which the second is taken from the first: −1, and what stands in
    /// front; the other way round where a rule is transposed and its word thereby turns its sign.
    fn signs(
        &mut self,
        first: (usize, bool),
        second: (usize, bool),
        front: Value,
    ) -> (TermId, Value) {
        let [one, two] = [first, second].map(|(lemma, transposed)| {
            let lead = self.lemmas.get(lemma).and_then(|lemma| lemma.word.as_ref());
            transposed && lead.is_some_and(|lead| self.words.flipped(&lead.word).0)
        });
        let minus = self.words.store.integer(-1);
        let front = if two {
            self.words.scaled(minus, &front)
        } else {
            front
        };
        (if one { self.words.one } else { minus }, front)
    }

    /// A word as a value.
    fn alone(&mut self, rows: TermId, columns: TermId, word: &[Letter]) -> Option<Value> {
        if word.is_empty() {
            return Some(Value::Identity(self.words.one));
        }
        let mut matrix = self.words.nothing(rows, columns);
        self.words.put(&mut matrix, word, self.words.one)?;
        Some(self.words.value(matrix))
    }

    /// Overlaps of the end of one left side with the beginning of another, and left sides within
    /// left sides.
    fn overlaps(&mut self, first: usize, second: usize) -> Option<()> {
        let base = self.base.len();
        for (flip, flop) in [(false, false), (true, false), (false, true)] {
            let (a, p, rows, inner) = self.sided(first, flip)?;
            let (b, q, begin, columns) = self.sided(second, flop)?;
            let sizes = |words: &Words<'_>, rows: TermId, word: &[Letter]| words.chain(rows, word);
            // a = u v, b = v z: u v z both ways.
            for length in 1..a.len().min(b.len()) {
                let (u, v) = a.split_at(a.len() - length);
                let (w, z) = b.split_at(length);
                if v != w || u.len() + b.len() > LONGEST {
                    continue;
                }
                self.pairs += 1;
                let front = self.alone(rows, begin, u)?;
                let end = sizes(self.words, begin, w)?.last().copied()?;
                // What stands between the two must be where the second one begins and ends.
                if sizes(self.words, rows, u)?.last() != Some(&begin) || end != inner {
                    continue;
                }
                let back = self.alone(inner, columns, z)?;
                let one = self.words.multiply(&p, &back)?;
                let two = self.words.multiply(&front, &q)?;
                let Some(value) = self.words.minus(&one, &two) else {
                    continue;
                };
                let (minus, front) = self.signs((first, flip), (second, flop), front);
                let (front, back) = (self.words.present(&front), self.words.present(&back));
                let unit = self.words.one;
                self.push(
                    value,
                    vec![
                        (which(base + first, flip), minus, back),
                        (which(base + second, flop), front, unit),
                    ],
                );
            }
            // b within a.
            if first != second && b.len() <= a.len() && !(b.len() == a.len() && flip) {
                for start in 0..=a.len() - b.len() {
                    if a[start..start + b.len()] != b[..] {
                        continue;
                    }
                    self.pairs += 1;
                    let (u, z) = (&a[..start], &a[start + b.len()..]);
                    let front = self.alone(rows, begin, u)?;
                    let back = self.alone(columns, inner, z)?;
                    let middle = self.words.multiply(&front, &q)?;
                    let middle = self.words.multiply(&middle, &back)?;
                    let Some(value) = self.words.minus(&p, &middle) else {
                        continue;
                    };
                    let (minus, front) = self.signs((first, flip), (second, flop), front);
                    let (front, back) = (self.words.present(&front), self.words.present(&back));
                    let unit = self.words.one;
                    self.push(
                        value,
                        vec![
                            (which(base + first, flip), minus, unit),
                            (which(base + second, flop), front, back),
                        ],
                    );
                }
            }
        }
        Some(())
    }

    /// The rule multiplied by the inverse of its first letter from the left, of its last letter
    /// from the right.
    fn multiplied(&mut self, place: usize, lemma: usize) -> Option<()> {
        let (word, image, rows, columns) = self.sided(lemma, false)?;
        let whole = self.alone(rows, columns, &word)?;
        let value = self.words.minus(&whole, &image)?;
        for front in [true, false] {
            let letter = *if front { word.first()? } else { word.last()? };
            // What is inverted as a whole has equations of its own.
            if !matches!(self.words.atoms[letter.atom].base, Base::Term(_)) {
                continue;
            }
            let traits = self.words.atoms[letter.atom].traits;
            let factor = if traits.invertible {
                self.words
                    .letter(letter.atom, !letter.inverse, letter.transposed)
            } else if traits.idempotent {
                (false, letter)
            } else {
                continue;
            };
            let (above, beside) = self.words.sizes(factor.1);
            let factor = self.alone(above, beside, &[factor.1])?;
            let product = if front {
                self.words.multiply(&factor, &value)?
            } else {
                self.words.multiply(&value, &factor)?
            };
            let term = self.words.present(&factor);
            let one = self.words.one;
            let which = i64::try_from(place).unwrap_or(i64::MAX);
            let part = if front {
                (which, term, one)
            } else {
                (which, one, term)
            };
            self.pairs += 1;
            self.push(product, vec![part]);
        }
        self.towards_kernels(place, &word, &value, columns)
    }

    /// The rule multiplied from the right so that its last letters become a number that stands
    /// somewhere: of … vᵀA⁻¹ and the kernel vᵀA⁻¹u, by u.
    fn towards_kernels(
        &mut self,
        place: usize,
        word: &[Letter],
        value: &Value,
        columns: TermId,
    ) -> Option<()> {
        let which = i64::try_from(place).unwrap_or(i64::MAX);
        for (kernel, _) in self.words.kernels.clone() {
            let Kernel::Word(kernel) = kernel else {
                continue;
            };
            let (_, flipped) = self.words.flipped(&kernel);
            for kernel in [kernel, flipped] {
                for cut in 1..kernel.len() {
                    let (front, back) = kernel.split_at(cut);
                    if word.len() <= front.len()
                        || !word.ends_with(front)
                        || self.words.sizes(back[0]).0 != columns
                    {
                        continue;
                    }
                    let factor = self.alone(columns, self.words.one, back)?;
                    let product = self.words.multiply(value, &factor)?;
                    let term = self.words.present(&factor);
                    self.pairs += 1;
                    self.push(product, vec![(which, self.words.one, term)]);
                }
            }
        }
        Some(())
    }
}

/// The place of an equation that a part names.
fn place(which: i64) -> usize {
    usize::try_from(if which < 0 { -which - 1 } else { which }).unwrap_or(usize::MAX)
}

fn which(place: usize, transposed: bool) -> i64 {
    let place = i64::try_from(place).unwrap_or(i64::MAX);
    if transposed { -place - 1 } else { place }
}
