//! Sums and means of words: what is free of the index stands outside, before and behind the part
//! that is summed, which is a letter of its own.

use crate::kernel::term::{Binder, Check, Head, Id};
use crate::matrices::kernel::Kernel;
use crate::matrices::letter::{Base, Letter, Traits, Word, Words};
use crate::matrices::polynomial::{MISFIT, Polynomial, Value};

/// Parts of a number that is multiplied out.
const MOST: usize = 200;

/// A sum over an index (lower and upper bound, condition), or a mean over all outcomes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fold {
    bounds: Option<(Id, Id, Id)>,
    index: u32,
    variable: Id,
}

/// A product of numbers: what is free of the index, what is not, and of that the words with one
/// row and one column and those of which there is the trace.
struct Factors {
    free: Id,
    plain: Id,
    words: Vec<Word>,
    traces: Vec<Word>,
}

fn many() -> String {
    "a sum of too many parts".to_owned()
}

impl Words<'_, '_> {
    /// The value of a sum in which vectors or matrices stand. Nothing is presumed of the terms of
    /// a sum that may be empty, and what is said of the index holds within alone.
    pub(super) fn summed(&mut self, term: Id) -> Check<Value> {
        let (fold, body) = self.opened(term)?;
        let Some((lower, upper, condition)) = fold.bounds else {
            return Err("a sum expected".to_owned());
        };
        for part in [lower, upper, condition] {
            let terms = &self.checker.terms;
            if terms.is_strange(part) || terms.is_infinite(part) {
                return Err("a sum with bounds that are no numbers".to_owned());
            }
        }
        self.spell(lower)?;
        self.spell(upper)?;
        let some = self
            .checker
            .terms
            .add(Head::LessEqual, vec![lower, upper])?;
        let all = *self.checker.terms.head(condition) == Head::Truth(true);
        let presumed = self.presumed && all && self.holds(some)?;
        let mut said = Vec::new();
        for sides in [vec![lower, fold.variable], vec![fold.variable, upper]] {
            said.push(self.checker.terms.add(Head::LessEqual, sides)?);
        }
        self.inside(fold, body, presumed, &said)
    }

    /// The value of a mean in which vectors or matrices stand.
    pub(super) fn averaged(&mut self, term: Id) -> Check<Value> {
        let (fold, body) = self.opened(term)?;
        self.inside(fold, body, self.presumed, &[])
    }

    /// Cov(u, v) = E[u vᵀ] − E[u] E[v]ᵀ
    pub(super) fn covariance(&mut self, u: Id, v: Id) -> Check<Value> {
        let (_, variable) = self.index(None)?;
        let mut bodies = Vec::new();
        for part in [u, v] {
            bodies.push(self.checker.terms.open(part, variable)?[0]);
        }
        let terms = &mut self.checker.terms;
        let row = terms.add(Head::Function("transpose"), vec![bodies[1]])?;
        let product = terms.flat(Head::Mul, &[bodies[0], row])?;
        let mut means = Vec::new();
        for body in [product, bodies[0], row] {
            let terms = &mut self.checker.terms;
            let outcomes = terms.bind(Binder::Outcomes, variable, &[body])?;
            let mean = terms.add(Head::Function("expectation"), vec![outcomes])?;
            means.push(self.averaged(mean)?);
        }
        let both = self.multiply(&means[1], &means[2])?;
        self.minus(&means[0], &both)
    }

    fn inside(&mut self, fold: Fold, body: Id, presumed: bool, said: &[Id]) -> Check<Value> {
        let outside = self.scope.clone();
        let known = self.truths.len();
        let before = std::mem::replace(&mut self.presumed, presumed);
        self.scope.known.integers.insert(fold.index);
        for statement in said {
            self.scope.assume(&mut self.checker.terms, *statement)?;
        }
        self.depth += 1;
        let value = self.spell(body).and_then(|value| self.folded(fold, &value));
        self.depth -= 1;
        self.presumed = before;
        self.scope = outside;
        for truth in self.truths[known..].iter().copied() {
            self.scope.assume(&mut self.checker.terms, truth)?;
        }
        value
    }

    fn holds(&mut self, statement: Id) -> Check<bool> {
        let scope = self.scope.clone();
        self.checker.decided(&scope, statement)
    }

    /// What is summed, with the index open: sums with the same bounds, as deep within one another,
    /// have the same index.
    fn opened(&mut self, term: Id) -> Check<(Fold, Id)> {
        let node = self.checker.terms.node(term).clone();
        match (&node.head, node.args.as_slice()) {
            (Head::Binder(Binder::Sum, _), [_, lower, upper, _]) => {
                let (index, variable) = self.index(Some((*lower, *upper)))?;
                let opened = self.checker.terms.open(term, variable)?;
                let fold = Fold {
                    bounds: Some((*lower, *upper, opened[3])),
                    index,
                    variable,
                };
                Ok((fold, opened[0]))
            }
            (Head::Function("expectation"), [outcomes]) => {
                let (index, variable) = self.index(None)?;
                if !matches!(
                    self.checker.terms.head(*outcomes),
                    Head::Binder(Binder::Outcomes, _)
                ) {
                    return Err("an expectation of no random variable".to_owned());
                }
                let opened = self.checker.terms.open(*outcomes, variable)?;
                let fold = Fold {
                    bounds: None,
                    index,
                    variable,
                };
                Ok((fold, opened[0]))
            }
            _ => Err("neither a sum nor a mean".to_owned()),
        }
    }

    fn index(&mut self, bounds: Option<(Id, Id)>) -> Check<(u32, Id)> {
        let key = (self.depth, bounds);
        if let Some(known) = self.indices.get(&key) {
            return Ok(*known);
        }
        let fresh = self.checker.terms.fresh()?;
        self.indices.insert(key, fresh);
        Ok(fresh)
    }

    /// The sum of a value.
    pub(super) fn folded(&mut self, fold: Fold, value: &Value) -> Check<Value> {
        Ok(match value {
            Value::Zero => Value::Zero,
            Value::Scalar(number) => Value::Scalar(self.folded_number(fold, *number)?),
            Value::Identity(number) => Value::Identity(self.folded_number(fold, *number)?),
            Value::Matrix(matrix) => {
                let mut sum = self.nothing(matrix.rows, matrix.columns);
                for (word, number) in &matrix.words {
                    for part in self.parts(fold, *number)? {
                        let factors = self.factored(fold, part)?;
                        self.put_folded(fold, &mut sum, word, factors)?;
                    }
                }
                Value::Matrix(sum)
            }
        })
    }

    /// A sum of numbers.
    pub(super) fn folded_number(&mut self, fold: Fold, number: Id) -> Check<Id> {
        let mut sum = self.zero;
        for part in self.parts(fold, number)? {
            let factors = self.factored(fold, part)?;
            let part = self.folded_factors(fold, factors)?;
            sum = self.plus(sum, part)?;
        }
        Ok(sum)
    }

    /// A number as a sum of products, where it depends on the index.
    fn parts(&mut self, fold: Fold, number: Id) -> Check<Vec<Id>> {
        if !self.depends(number, fold.index) {
            return Ok(vec![number]);
        }
        self.checker.terms.spend(2)?;
        let node = self.checker.terms.node(number).clone();
        let mut all = Vec::new();
        match (&node.head, node.args.as_slice()) {
            (Head::Add, parts) => {
                for part in parts {
                    all.extend(self.parts(fold, *part)?);
                }
            }
            (Head::Mul, factors) => {
                all.push(self.one);
                for factor in factors {
                    let more = self.parts(fold, *factor)?;
                    all = self.crossed(&all, &more)?;
                }
            }
            (Head::Pow, [base, exponent])
                if *self.checker.terms.head(*base) == Head::Add
                    && self.small(*exponent).is_some_and(|n| n <= 4) =>
            {
                all.push(self.one);
                let more = self.parts(fold, *base)?;
                for _ in 0..self.small(*exponent).unwrap_or(0) {
                    all = self.crossed(&all, &more)?;
                }
            }
            _ => all.push(number),
        }
        if all.len() > MOST {
            return Err(many());
        }
        Ok(all)
    }

    fn crossed(&mut self, some: &[Id], others: &[Id]) -> Check<Vec<Id>> {
        if some.len() * others.len() > MOST {
            return Err(many());
        }
        let mut all = Vec::new();
        for a in some {
            for b in others {
                all.push(self.times(*a, *b)?);
            }
        }
        Ok(all)
    }

    /// A whole number from 2 to 6.
    fn small(&self, exponent: Id) -> Option<usize> {
        let value = self.checker.terms.value(exponent)?;
        let value = value.is_integer().then(|| value.to_integer())?;
        let value = num_traits::ToPrimitive::to_usize(&value)?;
        (2..=6).contains(&value).then_some(value)
    }

    /// The factors of a product.
    fn factored(&mut self, fold: Fold, product: Id) -> Check<Factors> {
        let node = self.checker.terms.node(product).clone();
        let factors = match node.head {
            Head::Mul => node.args,
            _ => vec![product],
        };
        let mut found = Factors {
            free: self.one,
            plain: self.one,
            words: Vec::new(),
            traces: Vec::new(),
        };
        for factor in factors {
            if !self.depends(factor, fold.index) {
                found.free = self.times(found.free, factor)?;
                continue;
            }
            let node = self.checker.terms.node(factor).clone();
            let (base, count) = match (&node.head, node.args.as_slice()) {
                (Head::Pow, [base, exponent]) => match self.small(*exponent) {
                    Some(count) => (*base, count),
                    None => (factor, 1),
                },
                _ => (factor, 1),
            };
            let known = self.kernels.iter().find(|(_, known)| *known == base);
            if let Some((Kernel::Trace(word), _)) = known {
                found
                    .traces
                    .extend(std::iter::repeat_n(word.clone(), count));
                continue;
            }
            match self.word_of(base)? {
                Some(word) => found.words.extend(std::iter::repeat_n(word, count)),
                None => found.plain = self.times(found.plain, factor)?,
            }
        }
        Ok(found)
    }

    /// The word of a number that is one; entries are products with unit vectors.
    fn word_of(&mut self, number: Id) -> Check<Option<Word>> {
        let Some((kernel, _)) = self.kernels.iter().find(|(_, known)| *known == number) else {
            return Ok(None);
        };
        match kernel.clone() {
            Kernel::Word(word) => Ok(Some(word)),
            Kernel::Entry(word, indices) => self.with_units(&word, &indices),
            _ => Ok(None),
        }
    }

    /// Whether a number depends on a symbol, perhaps through what its kernels are made of.
    fn depends(&self, number: Id, symbol: u32) -> bool {
        let terms = &self.checker.terms;
        if terms.mentions(number, symbol) {
            return true;
        }
        self.kernels.iter().any(|(kernel, known)| {
            self.stands(number, *known)
                && match kernel {
                    Kernel::Word(word) | Kernel::Trace(word) => self.word_depends(word, symbol),
                    Kernel::Determinant(atom) => self.atom_depends(*atom, symbol),
                    Kernel::Entry(word, indices) => {
                        self.word_depends(word, symbol)
                            || indices.iter().any(|i| self.depends(*i, symbol))
                    }
                    Kernel::Folded(term) => terms.mentions(*term, symbol),
                }
        })
    }

    fn word_depends(&self, word: &[Letter], symbol: u32) -> bool {
        word.iter()
            .any(|letter| self.atom_depends(letter.atom, symbol))
    }

    fn atom_depends(&self, atom: usize, symbol: u32) -> bool {
        let of = |matrix: &Polynomial| {
            matrix.words.iter().any(|(word, number)| {
                self.word_depends(word, symbol) || self.depends(*number, symbol)
            })
        };
        match &self.atoms[atom].base {
            Base::Term(term) => self.checker.terms.mentions(*term, symbol),
            Base::Whole(matrix) => of(matrix),
            Base::Power(matrix, exponent) => of(matrix) || self.depends(*exponent, symbol),
            Base::Function(_, parts) => parts.iter().any(of),
        }
    }

    /// The first and last letter that depend on the index.
    fn middle(&self, fold: Fold, word: &[Letter]) -> Option<(usize, usize)> {
        let depends = |letter: &Letter| self.atom_depends(letter.atom, fold.index);
        let first = word.iter().position(depends)?;
        let last = word.iter().rposition(depends)?;
        Some((first, last))
    }

    /// Puts Σ number·word to a polynomial. A number that begins or ends with what is free of the
    /// index goes on with the word: (x_k w) x_k is x_k x_k w, where x_k has one column.
    fn put_folded(
        &mut self,
        fold: Fold,
        sum: &mut Polynomial,
        word: &[Letter],
        mut factors: Factors,
    ) -> Check<()> {
        let Some((first, last)) = self.middle(fold, word) else {
            let number = self.folded_factors(fold, factors)?;
            return self.put(sum, word, number);
        };
        let chain = self.chain(sum.rows, word)?;
        let mut word = word.to_vec();
        if chain[last + 1] == self.one
            && let Some(more) = self.ending(fold, &mut factors.words, false)
        {
            word.splice(last + 1..last + 1, more);
        } else if chain[first] == self.one
            && let Some(more) = self.ending(fold, &mut factors.words, true)
        {
            word.splice(first..first, more);
        }
        self.put_middle(fold, sum, &word, factors)
    }

    /// Takes from the numbers one that, read in one of both directions, ends (or begins) with a
    /// letter that is free of the index; the first in order.
    fn ending(&self, fold: Fold, numbers: &mut Vec<Word>, begins: bool) -> Option<Word> {
        let mut best: Option<(bool, Word, usize)> = None;
        for (place, number) in numbers.iter().enumerate() {
            let (negative, flipped) = self.flipped(number);
            let mut ways = vec![number.clone()];
            if !negative {
                ways.push(flipped);
            }
            for way in ways {
                let Some((first, last)) = self.middle(fold, &way) else {
                    continue;
                };
                let (mut near, mut far) = (first > 0, last + 1 < way.len());
                if begins {
                    std::mem::swap(&mut near, &mut far);
                }
                let better = match &best {
                    None => true,
                    Some((inner, known, _)) => (near, &way) < (*inner, known),
                };
                if far && better {
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
    ) -> Check<()> {
        let (first, last) = self.middle(fold, word).ok_or(MISFIT)?;
        let (front, back) = (&word[..first], &word[last + 1..]);
        let middle = &word[first..=last];
        let number = self.multiplied(&factors)?;
        if number == self.one
            && let Some(cut) = self.apart(fold, middle)?
        {
            let (left, right) = middle.split_at(cut);
            let (Some(first), Some(next), Some(last)) = (left.first(), right.first(), right.last())
            else {
                return Err(MISFIT.to_owned());
            };
            let (rows, between) = (self.sizes(*first).0, self.sizes(*next).0);
            let columns = self.sizes(*last).1;
            let mut means = Vec::new();
            for (part, rows, columns) in [(left, rows, between), (right, between, columns)] {
                let alone = Factors {
                    free: self.one,
                    plain: self.one,
                    words: Vec::new(),
                    traces: Vec::new(),
                };
                let mut mean = self.nothing(rows, columns);
                self.put_middle(fold, &mut mean, part, alone)?;
                means.push(mean);
            }
            let product = self.product(&means[0], &means[1])?;
            for (word, number) in &product.words {
                let all = [front, word.as_slice(), back].concat();
                let number = self.times(*number, factors.free)?;
                self.put(sum, &all, number)?;
            }
            return Ok(());
        }
        if number == self.one
            && let Some(image) = self.contracted(fold, middle)?
        {
            let all = [front, &image, back].concat();
            return self.put(sum, &all, factors.free);
        }
        let (negative, letter) = self.folded_letter(fold, number, middle)?;
        let all = [front, &[letter], back].concat();
        let number = self.signed(negative, factors.free)?;
        self.put(sum, &all, number)
    }

    /// Of a mean, where a word has two parts that are independent.
    fn apart(&mut self, fold: Fold, word: &[Letter]) -> Check<Option<usize>> {
        if fold.bounds.is_some() {
            return Ok(None);
        }
        for cut in 1..word.len() {
            let left = self.present(self.one, &word[..cut])?;
            let right = self.present(self.one, &word[cut..])?;
            let scope = self.scope.clone();
            if self
                .checker
                .independent(&scope, left, right, fold.variable)?
            {
                return Ok(Some(cut));
            }
        }
        Ok(None)
    }

    /// The part of a product that depends on the index.
    fn multiplied(&mut self, factors: &Factors) -> Check<Id> {
        let mut number = factors.plain;
        for word in &factors.words {
            let (factor, rest) = self.split(self.one, self.one, word)?;
            if !rest.is_empty() {
                return Err(MISFIT.to_owned());
            }
            number = self.times(number, factor)?;
        }
        for word in &factors.traces {
            let factor = self.symbol(Kernel::Trace(word.clone()))?;
            number = self.times(number, factor)?;
        }
        Ok(number)
    }

    /// The letter of a sum of words each of whose ends depends on the index.
    fn folded_letter(
        &mut self,
        fold: Fold,
        number: Id,
        middle: &[Letter],
    ) -> Check<(bool, Letter)> {
        let (Some(first), Some(last)) = (middle.first(), middle.last()) else {
            return Err(MISFIT.to_owned());
        };
        let (rows, columns) = (self.sizes(*first).0, self.sizes(*last).1);
        let (negative, flipped) = self.flipped(middle);
        let same = flipped == middle;
        let transposed = flipped.as_slice() < middle;
        let form = same && !negative && number == self.one && self.is_square_form(middle);
        let (word, rows, columns) = if transposed {
            (flipped, columns, rows)
        } else {
            (middle.to_vec(), rows, columns)
        };
        let body = self.present(number, &word)?;
        let term = self.closed(fold, body)?;
        let traits = Traits {
            symmetric: same && !negative,
            skew: same && negative,
            semidefinite: form,
            ..Traits::default()
        };
        let atom = self.atom(Base::Term(term), rows, columns, traits)?;
        let (sign, letter) = self.letter(atom, false, transposed);
        Ok((sign ^ (transposed && negative), letter))
    }

    /// The term of a sum.
    fn closed(&mut self, fold: Fold, body: Id) -> Check<Id> {
        let terms = &mut self.checker.terms;
        let term = match fold.bounds {
            Some((lower, upper, condition)) => {
                let args = [body, lower, upper, condition];
                terms.bind(Binder::Sum, fold.variable, &args)?
            }
            None => {
                let outcomes = terms.bind(Binder::Outcomes, fold.variable, &[body])?;
                terms.add(Head::Function("expectation"), vec![outcomes])?
            }
        };
        self.tidied(term)
    }

    fn folded_factors(&mut self, fold: Fold, mut factors: Factors) -> Check<Id> {
        let free = factors.free;
        if factors.words.is_empty() && factors.traces.is_empty() {
            let sum = if self.depends(factors.plain, fold.index) {
                let body = self.present_number(factors.plain)?;
                let term = self.closed(fold, body)?;
                if self.checker.terms.is_strange(term) {
                    self.symbol(Kernel::Folded(term))?
                } else {
                    term
                }
            } else {
                let count = self.count(fold)?;
                self.times(factors.plain, count)?
            };
            return self.times(free, sum);
        }
        // (w x_k)(x_k v) is w (Σ x_k x_k) v.
        if let Some(back) = self.ending(fold, &mut factors.words, false) {
            let mut word = self
                .ending(fold, &mut factors.words, true)
                .unwrap_or_default();
            word.extend(back);
            let mut sum = self.nothing(self.one, self.one);
            self.put_middle(fold, &mut sum, &word, factors)?;
            let value = self.value(sum)?;
            return self.plain(&value);
        }
        // x_k A x_k is the trace of A x_k x_k.
        let (word, outside) = self.turning(fold, &mut factors)?;
        let (Some(first), Some(last)) = (word.first(), word.last()) else {
            return Err(MISFIT.to_owned());
        };
        let (rows, columns) = (self.sizes(*first).0, self.sizes(*last).1);
        let mut sum = self.nothing(rows, columns);
        self.put_middle(fold, &mut sum, &word, factors)?;
        let mut whole = self.nothing(rows, rows);
        for (word, number) in &sum.words {
            let all = [word.as_slice(), &outside].concat();
            self.put(&mut whole, &all, *number)?;
        }
        self.trace(&whole)
    }

    /// Takes a word or trace from the factors, turned round so that as much as can be that is free
    /// of the index stands at its end: what stands before, and this.
    fn turning(&self, fold: Fold, factors: &mut Factors) -> Check<(Word, Word)> {
        let from = if factors.words.is_empty() {
            &mut factors.traces
        } else {
            &mut factors.words
        };
        from.sort();
        if from.is_empty() {
            return Err("a sum of no words".to_owned());
        }
        let word = from.remove(0);
        let (negative, flipped) = self.flipped(&word);
        let ways = if negative {
            vec![word]
        } else {
            vec![word, flipped]
        };
        let mut found: Vec<(usize, Word, Word)> = Vec::new();
        for way in ways {
            for cut in 0..way.len() {
                let mut turned = way.clone();
                turned.rotate_left(cut);
                // Between a column and a row nothing but a number would be left.
                if self.sizes(turned[0]).0 == self.one {
                    continue;
                }
                if let Some((0, last)) = self.middle(fold, &turned) {
                    let outside = turned.split_off(last + 1);
                    found.push((turned.len(), turned, outside));
                }
            }
        }
        // What stands before is as short as can be.
        found.sort();
        let (_, word, outside) = found.into_iter().next().ok_or(MISFIT)?;
        Ok((word, outside))
    }

    /// How many there are.
    fn count(&mut self, fold: Fold) -> Check<Id> {
        let Some((lower, upper, condition)) = fold.bounds else {
            return Ok(self.one);
        };
        let unknown = || "a sum of which it is not known how many terms it has".to_owned();
        if *self.checker.terms.head(condition) != Head::Truth(true) {
            return Err(unknown());
        }
        let end = self.checker.terms.flat(Head::Add, &[upper, self.one])?;
        let some = self.checker.terms.add(Head::LessEqual, vec![lower, end])?;
        if !self.holds(some)? {
            return Err(unknown());
        }
        self.checker.terms.minus(end, lower)
    }

    /// Whether the index runs from 1 to a size.
    fn runs_through(&self, fold: Fold, size: Id) -> bool {
        fold.bounds.is_some_and(|(lower, upper, condition)| {
            lower == self.one
                && upper == size
                && *self.checker.terms.head(condition) == Head::Truth(true)
        })
    }

    /// The unit vector of an index, as a letter.
    fn unit_letter(&mut self, index: Id, size: Id, transposed: bool) -> Check<Letter> {
        if size == self.one {
            return Err("an entry of a number".to_owned());
        }
        let term = self
            .checker
            .terms
            .add(Head::Function("unit"), vec![index, size])?;
        let atom = self.atom(Base::Term(term), size, self.one, Traits::default())?;
        Ok(self.letter(atom, false, transposed).1)
    }

    /// The index of a unit vector.
    pub(super) fn unit_of(&self, letter: Letter) -> Option<Id> {
        let Base::Term(term) = self.atoms[letter.atom].base else {
            return None;
        };
        let node = self.checker.terms.node(term);
        match node.head {
            Head::Function("unit") => node.args.first().copied(),
            _ => None,
        }
    }

    /// A word between unit vectors.
    fn with_units(&mut self, word: &[Letter], indices: &[Id]) -> Check<Option<Word>> {
        let (Some(first), Some(last)) = (word.first(), word.last()) else {
            return Ok(None);
        };
        let (rows, columns) = (self.sizes(*first).0, self.sizes(*last).1);
        let (row, column) = match indices {
            [i, j] => (Some(*i), Some(*j)),
            [i] if columns == self.one => (Some(*i), None),
            [j] if rows == self.one => (None, Some(*j)),
            _ => return Ok(None),
        };
        let mut all = Word::new();
        if let Some(row) = row {
            all.push(self.unit_letter(row, rows, true)?);
        }
        all.extend_from_slice(word);
        if let Some(column) = column {
            all.push(self.unit_letter(column, columns, false)?);
        }
        Ok(Some(all))
    }

    /// Whether a letter is the unit vector of the index, which runs through its places.
    fn is_running_unit(&self, fold: Fold, letter: Letter) -> bool {
        self.unit_of(letter) == Some(fold.variable)
            && self.runs_through(fold, self.atoms[letter.atom].rows)
    }

    /// Σ_k e_k e_kᵀ = I and Σ_k e_k = 𝟏.
    fn contracted(&mut self, fold: Fold, middle: &[Letter]) -> Check<Option<Word>> {
        match middle {
            [a, b]
                if self.is_running_unit(fold, *a)
                    && a.atom == b.atom
                    && !a.transposed
                    && b.transposed =>
            {
                Ok(Some(Word::new()))
            }
            [a] if self.is_running_unit(fold, *a) => {
                let size = self.atoms[a.atom].rows;
                let ones = self.ones(size)?;
                Ok(Some(vec![self.letter(ones, false, a.transposed).1]))
            }
            _ => Ok(None),
        }
    }

    /// The vector of ones.
    pub(super) fn ones(&mut self, size: Id) -> Check<usize> {
        let term = self.checker.terms.add(Head::Function("ones"), vec![size])?;
        let traits = Traits {
            nonzero: true,
            ..Traits::default()
        };
        self.atom(Base::Term(term), size, self.one, traits)
    }

    /// Whether a letter is a vector of ones.
    pub(super) fn is_ones(&self, letter: Letter) -> bool {
        let Base::Term(term) = self.atoms[letter.atom].base else {
            return false;
        };
        *self.checker.terms.head(term) == Head::Function("ones")
    }

    /// Works with what is summed in a sum that was read before, and so has a value.
    pub(super) fn opening<T>(
        &mut self,
        term: Id,
        work: impl FnOnce(&mut Self, Fold, Value) -> Check<T>,
    ) -> Check<T> {
        let (fold, body) = self.opened(term)?;
        let presumed = std::mem::replace(&mut self.presumed, true);
        let outside = self.scope.clone();
        let known = self.truths.len();
        self.depth += 1;
        let value = self.spell(body);
        let done = value.and_then(|value| work(self, fold, value));
        self.depth -= 1;
        self.presumed = presumed;
        self.scope = outside;
        for truth in self.truths[known..].iter().copied() {
            self.scope.assume(&mut self.checker.terms, truth)?;
        }
        done
    }
}
