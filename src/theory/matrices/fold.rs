//! Sums and means of words: what is free of the index stands outside, before and behind the part
//! that is summed, which is a letter of its own. Σ_k A x_k (x_kᵀ w) is A S w with S = Σ_k x_k x_kᵀ.

use super::kernel::Kernel;
use super::letter::{Base, Letter, Traits, Word, Words};
use super::polynomial::{Polynomial, Value};
use crate::term::{Constant, Function, Node, Relation, Sort, Symbol, TermId};
use crate::theory::probability::independent;

/// Parts of a number that is multiplied out.
const MOST: usize = 64;

/// How words are put together.
#[derive(Clone, Copy, Debug)]
pub(super) enum Head {
    /// The lower and upper bound and the condition, in which the index is open.
    Sum(TermId, TermId, TermId),
    /// Over all outcomes.
    Mean,
}

/// What is summed over: the open index, and how it runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fold {
    pub(super) head: Head,
    pub(super) index: Symbol,
    /// Whether there is anything to be summed.
    pub(super) nonempty: bool,
}

/// A product of numbers, taken apart.
struct Factors {
    /// Free of the index.
    free: TermId,
    /// Made of no matrices, or of such as stand in a function.
    plain: TermId,
    /// Words with one row and one column.
    words: Vec<Word>,
    /// Words of which there is the trace.
    traces: Vec<Word>,
}

impl Words<'_> {
    /// The value of a sum in which vectors or matrices stand.
    pub(super) fn summed(&mut self, term: TermId) -> Option<Value> {
        let Node::Sum(_, _, lower, upper, _) = *self.store.node(term) else {
            return None;
        };
        if self.is_strange(lower)
            || self.is_strange(upper)
            || [lower, upper]
                .iter()
                .any(|bound| matches!(self.store.node(*bound), Node::Constant(Constant::Infinity)))
        {
            return None;
        }
        self.defined(lower)?;
        self.defined(upper)?;
        let (mut fold, body) = self.opened(term)?;
        let Head::Sum(_, _, condition) = fold.head else {
            return None;
        };
        if self.is_strange(condition) {
            return None;
        }
        let variable = self.store.add_node(Node::Symbol(fold.index));
        let above = self.store.relation(Relation::LessEqual, lower, variable);
        let below = self.store.relation(Relation::LessEqual, variable, upper);
        let some = self.store.relation(Relation::LessEqual, lower, upper);
        let always = matches!(self.store.node(condition), Node::Truth(true));
        fold.nonempty = always && self.holds(some);
        self.inside(fold, body, &[above, below])
    }

    /// The value of a mean in which vectors or matrices stand.
    pub(super) fn averaged(&mut self, mean: TermId) -> Option<Value> {
        let (fold, body) = self.opened(mean)?;
        self.inside(fold, body, &[])
    }

    /// Cov(u, v) = E[u vᵀ] − E[u] E[v]ᵀ
    pub(super) fn covariance(&mut self, u: TermId, v: TermId) -> Option<Value> {
        let index = self.store.symbol("ω#ω");
        let variable = self.store.variable("ω#ω");
        let mut bodies = Vec::new();
        for part in [u, v] {
            bodies.push(*self.store.open(part, variable)?.first()?);
        }
        let row = self.store.function(Function::Transpose, &[bodies[1]]);
        let product = self.store.mul(&[bodies[0], row]);
        let mut values = Vec::new();
        for body in [product, bodies[0], row] {
            let outcomes = self
                .store
                .bind(index, &[body], |scope| Node::Outcomes(0, scope[0]));
            let mean = self.store.function(Function::Expectation, &[outcomes]);
            values.push(self.averaged(mean)?);
        }
        let means = self.multiply(&values[1], &values[2])?;
        self.minus(&values[0], &means)
    }

    /// What is said of the index holds within alone. Nothing is presumed of the terms of a sum that
    /// may be empty.
    fn inside(&mut self, fold: Fold, body: TermId, said: &[TermId]) -> Option<Value> {
        let before = self.facts.clone();
        let known = self.truths.len();
        let presumed = self.presumed;
        self.presumed = presumed && fold.nonempty;
        self.facts.sorts.insert(fold.index, Sort::Integer);
        self.facts.statements.extend_from_slice(said);
        self.refresh();
        self.depth += 1;
        let value = self.spell(body).and_then(|value| self.folded(fold, &value));
        self.depth -= 1;
        self.presumed = presumed;
        self.facts = before;
        let truths = self.truths[known..].to_vec();
        self.facts.statements.extend(truths);
        self.refresh();
        value
    }

    /// The sum of a value.
    pub(super) fn folded(&mut self, fold: Fold, value: &Value) -> Option<Value> {
        Some(match value {
            Value::Zero => Value::Zero,
            Value::Scalar(number) => Value::Scalar(self.folded_number(fold, *number)?),
            Value::Identity(number) => Value::Identity(self.folded_number(fold, *number)?),
            Value::Matrix(matrix) => {
                let mut sum = self.nothing(matrix.rows, matrix.columns);
                for (word, number) in &matrix.words {
                    for part in self.parts(fold.index, *number)? {
                        let factors = self.factored(fold.index, part)?;
                        self.put_folded(fold, &mut sum, word, factors)?;
                    }
                }
                Value::Matrix(sum)
            }
        })
    }

    /// A number as a sum of products, where it depends on the index.
    fn parts(&mut self, index: Symbol, number: TermId) -> Option<Vec<TermId>> {
        if !self.depends(number, index) {
            return Some(vec![number]);
        }
        self.spend(2)?;
        let parts = match self.store.node(number).clone() {
            Node::Add(parts) => {
                let mut all = Vec::new();
                for part in &parts {
                    all.extend(self.parts(index, *part)?);
                }
                all
            }
            Node::Mul(factors) => {
                let mut all = vec![self.one];
                for factor in &factors {
                    let more = self.parts(index, *factor)?;
                    all = self.crossed(&all, &more)?;
                }
                all
            }
            Node::Pow(base, exponent)
                if matches!(self.store.node(base), Node::Add(_))
                    && let Some(count @ 2..=4) =
                        self.number_of(exponent).and_then(|n| n.to_i64()) =>
            {
                let base = self.parts(index, base)?;
                let mut all = base.clone();
                for _ in 1..count {
                    all = self.crossed(&all, &base)?;
                }
                all
            }
            _ => vec![number],
        };
        (parts.len() <= MOST).then_some(parts)
    }

    fn crossed(&mut self, some: &[TermId], others: &[TermId]) -> Option<Vec<TermId>> {
        if some.len() * others.len() > MOST {
            return None;
        }
        let mut all = Vec::new();
        for a in some {
            for b in others {
                all.push(self.times(*a, *b));
            }
        }
        Some(all)
    }

    /// The factors of a product.
    fn factored(&mut self, index: Symbol, product: TermId) -> Option<Factors> {
        let factors = match self.store.node(product).clone() {
            Node::Mul(factors) => factors.to_vec(),
            _ => vec![product],
        };
        let mut found = Factors {
            free: self.one,
            plain: self.one,
            words: Vec::new(),
            traces: Vec::new(),
        };
        for factor in factors {
            if !self.depends(factor, index) {
                found.free = self.times(found.free, factor);
                continue;
            }
            let (base, count) = match *self.store.node(factor) {
                Node::Pow(base, exponent) => {
                    match self.number_of(exponent).and_then(|n| n.to_i64()) {
                        Some(count @ 2..=6) => (base, count),
                        _ => (factor, 1),
                    }
                }
                _ => (factor, 1),
            };
            if let Some((Kernel::Trace(word), _)) =
                self.kernels.iter().find(|(_, known)| *known == base)
            {
                let word = word.clone();
                found.traces.extend((0..count).map(|_| word.clone()));
                continue;
            }
            match self.word_of(base) {
                Some(word) => found.words.extend((0..count).map(|_| word.clone())),
                None => found.plain = self.times(found.plain, factor),
            }
        }
        Some(found)
    }

    /// The word of a number that is one; entries are products with unit vectors.
    fn word_of(&mut self, number: TermId) -> Option<Word> {
        let kernel = self.kernels.iter().find(|(_, known)| *known == number);
        match kernel?.0.clone() {
            Kernel::Word(word) => Some(word),
            Kernel::Entry(word, indices) => self.with_units(&word, &indices),
            _ => None,
        }
    }

    /// Whether a number depends on a symbol, perhaps through what its kernels are made of.
    pub(super) fn depends(&self, number: TermId, symbol: Symbol) -> bool {
        let symbols = self.store.symbols(number);
        if symbols.contains(&symbol) {
            return true;
        }
        self.kernels.iter().any(|(kernel, known)| {
            let Node::Symbol(name) = self.store.node(*known) else {
                return false;
            };
            symbols.contains(name)
                && match kernel {
                    Kernel::Word(word) | Kernel::Trace(word) => self.word_depends(word, symbol),
                    Kernel::Determinant(atom) => self.atom_depends(*atom, symbol),
                    Kernel::Entry(word, indices) => {
                        self.word_depends(word, symbol)
                            || indices.iter().any(|i| self.depends(*i, symbol))
                    }
                    Kernel::Folded(term) => self.store.symbols(*term).contains(&symbol),
                }
        })
    }

    fn word_depends(&self, word: &[Letter], symbol: Symbol) -> bool {
        word.iter()
            .any(|letter| self.atom_depends(letter.atom, symbol))
    }

    fn atom_depends(&self, atom: usize, symbol: Symbol) -> bool {
        let of = |matrix: &Polynomial| {
            let mut words = matrix.words.iter();
            words.any(|(word, number)| {
                self.word_depends(word, symbol) || self.depends(*number, symbol)
            })
        };
        match &self.atoms[atom].base {
            Base::Term(term) => self.store.symbols(*term).contains(&symbol),
            Base::Whole(matrix) => of(matrix),
            Base::Power(matrix, exponent) => of(matrix) || self.depends(*exponent, symbol),
            Base::Function(_, parts) => parts.iter().any(of),
        }
    }

    /// The first and last letter that depend on the index.
    fn middle(&self, index: Symbol, word: &[Letter]) -> Option<(usize, usize)> {
        let depends = |letter: &Letter| self.atom_depends(letter.atom, index);
        let first = word.iter().position(depends)?;
        let last = word.iter().rposition(depends)?;
        Some((first, last))
    }

    /// Puts Σ number·word to a polynomial.
    fn put_folded(
        &mut self,
        fold: Fold,
        sum: &mut Polynomial,
        word: &[Letter],
        mut factors: Factors,
    ) -> Option<()> {
        if self.middle(fold.index, word).is_none() {
            let number = self.folded_factors(fold, factors)?;
            return self.put(sum, word, number);
        }
        let mut word = word.to_vec();
        // A number that begins or ends with what is free of the index, (x_kᵀ w) x_k: x_k x_kᵀ w.
        let chain = self.chain(sum.rows, &word)?;
        let (first, last) = self.middle(fold.index, &word)?;
        let (at_front, at_back) = (chain[first] == self.one, chain[last + 1] == self.one);
        if at_back && let Some(more) = self.ending(fold.index, &mut factors.words, false) {
            let rest = word.split_off(last + 1);
            word.extend(more);
            word.extend(rest);
        } else if at_front && let Some(more) = self.ending(fold.index, &mut factors.words, true) {
            word.splice(first..first, more);
        }
        self.put_middle(fold, sum, &word, factors)
    }

    /// Takes from the numbers one that, read in one of both directions, ends (or begins) with a
    /// letter that is free of the index.
    fn ending(&self, index: Symbol, numbers: &mut Vec<Word>, begins: bool) -> Option<Word> {
        let mut best: Option<(bool, Word, usize)> = None;
        for (place, number) in numbers.iter().enumerate() {
            let (negative, flipped) = self.flipped(number);
            let mut ways = vec![number.clone()];
            if !negative {
                ways.push(flipped);
            }
            for way in ways {
                let Some((first, last)) = self.middle(index, &way) else {
                    continue;
                };
                let (near, far) = if begins {
                    (last + 1 < way.len(), first > 0)
                } else {
                    (first > 0, last + 1 < way.len())
                };
                // What depends on the index on its inner side comes first.
                if far
                    && best
                        .as_ref()
                        .is_none_or(|(inner, known, _)| (near, &way) < (*inner, known))
                {
                    best = Some((near, way, place));
                }
            }
        }
        let (_, word, place) = best?;
        numbers.remove(place);
        Some(word)
    }

    /// Puts Σ number·word, what is free of the index being taken out.
    fn put_middle(
        &mut self,
        fold: Fold,
        sum: &mut Polynomial,
        word: &[Letter],
        factors: Factors,
    ) -> Option<()> {
        let (first, last) = self.middle(fold.index, word)?;
        let (front, back) = (&word[..first], &word[last + 1..]);
        let middle = &word[first..=last];
        let number = self.multiplied(&factors)?;
        if number == self.one
            && let Some((left, right)) = self.apart(fold, middle)
        {
            let trivial = || Factors {
                free: self.one,
                plain: self.one,
                words: Vec::new(),
                traces: Vec::new(),
            };
            let between = self.sizes(*right.first()?).0;
            let (above, beside) = (self.sizes(*left.first()?).0, self.sizes(*right.last()?).1);
            let (one, two) = (trivial(), trivial());
            let mut before = self.nothing(above, between);
            self.put_middle(fold, &mut before, &left, one)?;
            let mut behind = self.nothing(between, beside);
            self.put_middle(fold, &mut behind, &right, two)?;
            for (left, a) in &before.words {
                for (right, b) in &behind.words {
                    let all = [front, left, right, back].concat();
                    let number = self.times(*a, *b);
                    let number = self.times(number, factors.free);
                    self.put(sum, &all, number)?;
                }
            }
            return Some(());
        }
        if number == self.one
            && let Some(image) = self.contracted(fold, middle)
        {
            let all = [front, &image, back].concat();
            return self.put(sum, &all, factors.free);
        }
        let (negative, letter) = self.folded_letter(fold, number, middle)?;
        let all = [front, &[letter], back].concat();
        let number = self.signed(negative, factors.free);
        self.put(sum, &all, number)
    }

    /// Of a mean, two parts of a word that are independent.
    fn apart(&mut self, fold: Fold, word: &[Letter]) -> Option<(Word, Word)> {
        if !matches!(fold.head, Head::Mean) || self.facts.laws.independent.is_empty() {
            return None;
        }
        let outcome = self.store.add_node(Node::Symbol(fold.index));
        let laws = self.facts.laws.clone();
        (1..word.len()).find_map(|cut| {
            let (left, right) = word.split_at(cut);
            let both = (self.present_word(left), self.present_word(right));
            independent(self.store, &laws, both, outcome, &mut |_, _, _| false)
                .then(|| (left.to_vec(), right.to_vec()))
        })
    }

    /// The part of a product that depends on the index.
    fn multiplied(&mut self, factors: &Factors) -> Option<TermId> {
        let mut number = factors.plain;
        for word in &factors.words {
            let mut one = self.nothing(self.one, self.one);
            self.put(&mut one, word, self.one)?;
            let value = self.value(one);
            let factor = self.plain(&value)?;
            number = self.times(number, factor);
        }
        for word in &factors.traces {
            let factor = self.symbol(Kernel::Trace(word.clone()))?;
            number = self.times(number, factor);
        }
        Some(number)
    }

    /// The letter of a sum of words each of whose ends depends on the index.
    fn folded_letter(
        &mut self,
        fold: Fold,
        number: TermId,
        middle: &[Letter],
    ) -> Option<(bool, Letter)> {
        let rows = self.sizes(*middle.first()?).0;
        let columns = self.sizes(*middle.last()?).1;
        let (negative, flipped) = self.flipped(middle);
        let transposed = flipped.as_slice() < middle;
        let same = flipped == middle;
        let form = number == self.one && self.is_square_form(middle);
        let (word, shape) = if transposed {
            (flipped, (columns, rows))
        } else {
            (middle.to_vec(), (rows, columns))
        };
        let number = self.present_number(number);
        let body = self.before(number, &word);
        let term = self.closed(fold, body);
        let traits = Traits {
            symmetric: same && !negative,
            skew: same && negative,
            semidefinite: form && same && !negative,
            ..Traits::default()
        };
        let atom = self.atom(Base::Term(term), shape.0, shape.1, traits)?;
        let (sign, letter) = self.letter(atom, false, transposed);
        Some((sign ^ (transposed && negative), letter))
    }

    /// The term of a sum.
    fn closed(&mut self, fold: Fold, body: TermId) -> TermId {
        match fold.head {
            Head::Sum(lower, upper, condition) => {
                self.store.bind(fold.index, &[body, condition], |scope| {
                    Node::Sum(0, scope[0], lower, upper, scope[1])
                })
            }
            Head::Mean => {
                let outcomes = self
                    .store
                    .bind(fold.index, &[body], |scope| Node::Outcomes(0, scope[0]));
                self.store.function(Function::Expectation, &[outcomes])
            }
        }
    }

    /// A sum of numbers.
    pub(super) fn folded_number(&mut self, fold: Fold, number: TermId) -> Option<TermId> {
        let mut sum = self.zero;
        for part in self.parts(fold.index, number)? {
            let factors = self.factored(fold.index, part)?;
            let part = self.folded_factors(fold, factors)?;
            sum = self.plus(sum, part);
        }
        Some(sum)
    }

    fn folded_factors(&mut self, fold: Fold, mut factors: Factors) -> Option<TermId> {
        let (free, plain) = (factors.free, factors.plain);
        if factors.words.is_empty() && factors.traces.is_empty() {
            let sum = if !self.depends(plain, fold.index) {
                let count = self.count(fold)?;
                self.times(plain, count)
            } else {
                let body = self.present_number(plain);
                let term = self.closed(fold, body);
                if self.is_strange(term) {
                    self.symbol(Kernel::Folded(term))?
                } else {
                    term
                }
            };
            return Some(self.times(free, sum));
        }
        // wᵀ x_k (x_kᵀ v): wᵀ (Σ x_k x_kᵀ) v.
        if let Some(back) = self.ending(fold.index, &mut factors.words, false) {
            let mut word = back;
            if let Some(mut front) = self.ending(fold.index, &mut factors.words, true) {
                front.extend(word);
                word = front;
            }
            let mut sum = self.nothing(self.one, self.one);
            self.put_middle(fold, &mut sum, &word, factors)?;
            let value = self.value(sum);
            return self.plain(&value);
        }
        // x_kᵀ A x_k is the trace of A x_k x_kᵀ.
        let (word, outside) = self.turning(fold.index, &mut factors)?;
        let size = self.sizes(*word.first()?).0;
        let columns = self.sizes(*word.last()?).1;
        let mut sum = self.nothing(size, columns);
        self.put_middle(fold, &mut sum, &word, factors)?;
        let mut whole = self.nothing(size, size);
        for (word, number) in &sum.words {
            let all = [word.as_slice(), &outside].concat();
            self.put(&mut whole, &all, *number)?;
        }
        self.trace(&whole)
    }

    /// Takes a word or trace from the factors and turns it round so that as much as can be that is
    /// free of the index stands at its end: what stands before, and this.
    fn turning(&self, index: Symbol, factors: &mut Factors) -> Option<(Word, Word)> {
        let word = match factors.words.iter().min().cloned() {
            Some(word) => {
                let place = factors.words.iter().position(|other| *other == word)?;
                factors.words.remove(place)
            }
            None => {
                let word = factors.traces.iter().min().cloned()?;
                let place = factors.traces.iter().position(|other| *other == word)?;
                factors.traces.remove(place)
            }
        };
        let (negative, flipped) = self.flipped(&word);
        let mut ways = vec![word];
        if !negative {
            ways.push(flipped);
        }
        let mut best: Option<(usize, Word, Word)> = None;
        for way in ways {
            for cut in 0..way.len() {
                let mut turned = way.clone();
                turned.rotate_left(cut);
                let Some((0, last)) = self.middle(index, &turned) else {
                    continue;
                };
                // Between a column and a row nothing but a number would be left.
                if self.sizes(turned[0]).0 == self.one {
                    continue;
                }
                let outside = turned.split_off(last + 1);
                let known = best
                    .as_ref()
                    .map(|(count, word, rest)| (*count, word, rest));
                if known.is_none_or(|(count, word, rest)| {
                    (std::cmp::Reverse(outside.len()), &turned, &outside)
                        < (std::cmp::Reverse(count), word, rest)
                }) {
                    best = Some((outside.len(), turned, outside));
                }
            }
        }
        best.map(|(_, word, outside)| (word, outside))
    }

    /// How many there are.
    fn count(&mut self, fold: Fold) -> Option<TermId> {
        let Head::Sum(lower, upper, condition) = fold.head else {
            return Some(self.one);
        };
        if !matches!(self.store.node(condition), Node::Truth(true)) {
            return None;
        }
        let end = self.store.add(&[upper, self.one]);
        let some = self.store.relation(Relation::LessEqual, lower, end);
        if !self.holds(some) {
            return None;
        }
        let count = self.store.sub(end, lower);
        self.normal(count)
    }

    /// Whether the index runs from 1 to a size.
    fn runs_through(&self, fold: Fold, size: TermId) -> bool {
        match fold.head {
            Head::Sum(lower, upper, condition) => {
                lower == self.one
                    && upper == size
                    && matches!(self.store.node(condition), Node::Truth(true))
            }
            Head::Mean => false,
        }
    }

    /// The unit vector of an index, as a letter.
    fn unit_letter(&mut self, index: TermId, size: TermId) -> Option<Letter> {
        if size == self.one {
            return None;
        }
        let term = self.store.function(Function::Unit, &[index, size]);
        let atom = self.atom(Base::Term(term), size, self.one, Traits::default())?;
        Some(self.letter(atom, false, false).1)
    }

    /// The index of a unit vector.
    pub(super) fn unit_of(&self, letter: Letter) -> Option<TermId> {
        let Base::Term(term) = self.atoms[letter.atom].base else {
            return None;
        };
        match self.store.node(term) {
            Node::Function(Function::Unit, xs) => xs.first().copied(),
            _ => None,
        }
    }

    /// e_iᵀ w e_j
    fn with_units(&mut self, word: &[Letter], indices: &[TermId]) -> Option<Word> {
        let rows = self.sizes(*word.first()?).0;
        let columns = self.sizes(*word.last()?).1;
        let mut all = Word::new();
        let (row, column) = match indices {
            [i, j] => (Some(*i), Some(*j)),
            [i] if columns == self.one => (Some(*i), None),
            [j] if rows == self.one => (None, Some(*j)),
            _ => return None,
        };
        if let Some(row) = row {
            let unit = self.unit_letter(row, rows)?;
            all.push(self.letter(unit.atom, false, true).1);
        }
        all.extend_from_slice(word);
        if let Some(column) = column {
            all.push(self.unit_letter(column, columns)?);
        }
        Some(all)
    }

    /// Whether a letter is the unit vector of the index, which runs through its places.
    fn is_running_unit(&self, fold: Fold, letter: Letter) -> bool {
        let atom = &self.atoms[letter.atom];
        self.unit_of(letter)
            .is_some_and(|at| matches!(self.store.node(at), Node::Symbol(s) if *s == fold.index))
            && self.runs_through(fold, atom.rows)
    }

    /// Σ_k e_k e_kᵀ = I and Σ_k e_k = 𝟏.
    fn contracted(&mut self, fold: Fold, middle: &[Letter]) -> Option<Word> {
        match middle {
            [a, b]
                if self.is_running_unit(fold, *a)
                    && a.atom == b.atom
                    && !a.transposed
                    && b.transposed =>
            {
                Some(Word::new())
            }
            [a] if self.is_running_unit(fold, *a) => {
                let size = self.atoms[a.atom].rows;
                let ones = self.ones_letter(size)?;
                Some(vec![self.letter(ones.atom, false, a.transposed).1])
            }
            _ => None,
        }
    }

    /// The vector of ones, as a letter.
    pub(super) fn ones_letter(&mut self, size: TermId) -> Option<Letter> {
        let term = self.store.function(Function::Ones, &[size]);
        let traits = Traits {
            nonzero: true,
            ..Traits::default()
        };
        let atom = self.atom(Base::Term(term), size, self.one, traits)?;
        Some(self.letter(atom, false, false).1)
    }

    /// Whether a letter is a vector of ones.
    pub(super) fn is_ones(&self, letter: Letter) -> bool {
        let Base::Term(term) = self.atoms[letter.atom].base else {
            return false;
        };
        matches!(self.store.node(term), Node::Function(Function::Ones, _))
    }

    /// A sum or mean that was read before: what is summed, with the index open.
    fn opened(&mut self, term: TermId) -> Option<(Fold, TermId)> {
        match self.store.node(term).clone() {
            Node::Sum(_, _, lower, upper, _) => {
                let name = format!("ι#{}·{lower:?}·{upper:?}", self.depth);
                let index = self.store.symbol(&name);
                let variable = self.store.variable(&name);
                let opened = self.store.open(term, variable)?;
                let [body, condition] = *opened.as_slice() else {
                    return None;
                };
                let head = Head::Sum(lower, upper, condition);
                let fold = Fold {
                    head,
                    index,
                    nonempty: false,
                };
                Some((fold, body))
            }
            Node::Function(Function::Expectation, xs) => {
                let name = format!("ω#{}", self.depth);
                let index = self.store.symbol(&name);
                let variable = self.store.variable(&name);
                let body = *self.store.open(*xs.first()?, variable)?.first()?;
                let fold = Fold {
                    head: Head::Mean,
                    index,
                    nonempty: true,
                };
                Some((fold, body))
            }
            _ => None,
        }
    }

    /// Works with what is summed in a sum that was read before, and so has a value.
    pub(super) fn opening<T>(
        &mut self,
        term: TermId,
        work: impl FnOnce(&mut Self, Fold, Value) -> Option<T>,
    ) -> Option<T> {
        let (fold, body) = self.opened(term)?;
        let presumed = std::mem::replace(&mut self.presumed, true);
        let facts = self.facts.clone();
        let known = self.truths.len();
        self.depth += 1;
        let value = self.spell(body);
        let done = value.and_then(|value| work(self, fold, value));
        self.depth -= 1;
        self.presumed = presumed;
        if self.facts.statements.len() != facts.statements.len() {
            self.facts = facts;
            let truths = self.truths[known..].to_vec();
            self.facts.statements.extend(truths);
            self.refresh();
        }
        done
    }
}
