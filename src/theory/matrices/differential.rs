//! Derivatives by differentials: of a number by a vector or matrix (df = tr(Gᵀ dX)), of a vector by
//! a vector (dy = J dx), of anything by a number.

use super::kernel::Kernel;
use super::letter::{Base, Letter, Traits, Word, Words};
use super::polynomial::{Polynomial, Value};
use super::reduce::{Rewrite, Rules};
use crate::term::{Constant, Function, Node, Relation, Sort, TermId};

/// By what is differentiated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Variable {
    /// A matrix: the atom.
    Atom(usize),
    /// A number: the symbol.
    Number(TermId),
}

/// A place of the variable in a word: what stands left and right of it, whether it is transposed,
/// and the number before all.
struct Place {
    left: Word,
    right: Word,
    transposed: bool,
    number: TermId,
}

/// The differential of words: places of the variable, and words whose numbers depend on it.
#[derive(Default)]
struct Differential {
    places: Vec<Place>,
    /// Words, what is constant before them, and a number of which the differential stands there.
    numbers: Vec<(Word, TermId, TermId)>,
}

impl Words<'_> {
    /// The gradient, Jacobian or Hessian: the body with the variable open, at a symbol or member.
    pub fn gradient(&mut self, term: TermId, at: TermId, order: u32) -> Option<Value> {
        let point = self.spell(at)?;
        let Value::Matrix(matrix) = &point else {
            return None;
        };
        let (rows, columns) = (matrix.rows, matrix.columns);
        let letter = matches!(self.store.node(at), Node::Symbol(_) | Node::Member(..));
        let traits = match matrix.words.keys().next().map(Vec::as_slice) {
            Some([only]) if letter => self.atoms[only.atom].traits,
            _ => return None,
        };
        let symbol = self.store.fresh_symbol("z");
        let name = self.store.add_node(Node::Symbol(symbol));
        self.shapes.insert(symbol, (rows, columns));
        // Entries of the variable are free of one another: it is not symmetric, say.
        let told = Traits {
            invertible: traits.invertible,
            ..Traits::default()
        };
        self.told.insert(symbol, told);
        // The body has a value at the point, and around it.
        let body = *self.store.open(term, name)?.first()?;
        let there = self.store.substitute(body, symbol, at);
        self.spell(there)?;
        let variable = self.spell(name)?;
        let rules = self.rewrites(&variable, &point)?;
        let inside = Rewrite::Inside(symbol, at);
        let rules = Rules {
            rules: rules
                .into_iter()
                .chain([inside])
                .map(|rule| (0, rule))
                .collect(),
            ..Rules::default()
        };
        let presumed = std::mem::replace(&mut self.presumed, true);
        let outer = std::mem::replace(&mut self.pointed, rules.clone());
        let done = self.slope(body, name, order);
        self.presumed = presumed;
        self.pointed = outer;
        let mut rules = rules;
        self.reduced(&mut rules, &done?)
    }

    fn slope(&mut self, body: TermId, name: TermId, order: u32) -> Option<Value> {
        let Value::Matrix(variable) = self.spell(name)? else {
            return None;
        };
        let Some([letter]) = variable.words.keys().next().map(Vec::as_slice) else {
            return None;
        };
        let atom = letter.atom;
        let slope = match (self.spell(body)?, order) {
            (Value::Zero, 1 | 2) => return Some(Value::Zero),
            (Value::Scalar(number), 1) => self.gradient_of(number, atom)?,
            (Value::Scalar(number), 2) => {
                let gradient = self.gradient_of(number, atom)?;
                self.jacobian(&gradient, atom)?
            }
            (Value::Matrix(matrix), 1) => self.jacobian(&matrix, atom)?,
            _ => return None,
        };
        Some(self.value(slope))
    }

    /// The derivative of anything by a number, at a symbol.
    pub fn derivative(&mut self, term: TermId, at: TermId) -> Option<Value> {
        let Node::Symbol(symbol) = *self.store.node(at) else {
            return None;
        };
        let sort = self.facts.sorts.get(&symbol);
        if sort.is_some_and(|sort| *sort != Sort::Real) {
            return None;
        }
        let there = *self.store.open(term, at)?.first()?;
        // What is constant must not be taken for the variable.
        let (_, open) = self.store.open_fresh(term)?;
        if self.store.symbols(*open.first()?).contains(&symbol) {
            return None;
        }
        let value = self.spell(there)?;
        let presumed = std::mem::replace(&mut self.presumed, true);
        let by = Variable::Number(at);
        let done = match value {
            Value::Zero => Some(Value::Zero),
            Value::Scalar(number) => self.rate(number, by).map(Value::Scalar),
            Value::Identity(number) => self.rate(number, by).map(Value::Identity),
            Value::Matrix(matrix) => self.rate_of(&matrix, at).map(Value::Matrix),
        };
        self.presumed = presumed;
        done
    }

    /// d/dt of a matrix.
    fn rate_of(&mut self, matrix: &Polynomial, by: TermId) -> Option<Polynomial> {
        let by = Variable::Number(by);
        let mut sum = self.nothing(matrix.rows, matrix.columns);
        for (word, number) in &matrix.words {
            let slope = self.rate(*number, by)?;
            self.put(&mut sum, word, slope)?;
            for (word, factor) in self.rates(word, by)? {
                let factor = self.times(*number, factor);
                self.put(&mut sum, &word, factor)?;
            }
        }
        Some(sum)
    }

    /// d/dt of a word: inverses of what depends on t.
    fn rates(&mut self, word: &[Letter], by: Variable) -> Option<Vec<(Word, TermId)>> {
        let differential = self.differential(word, by)?;
        if !differential.places.is_empty() {
            return None;
        }
        let mut rates = Vec::new();
        for (word, constant, number) in differential.numbers {
            let rate = self.rate(number, by)?;
            rates.push((word, self.times(constant, rate)));
        }
        Some(rates)
    }

    /// d/dt of a number.
    fn rate(&mut self, number: TermId, by: Variable) -> Option<TermId> {
        let Variable::Number(symbol) = by else {
            return None;
        };
        let mut sum = self.partial(number, symbol)?;
        for (kernel, name) in self.kernels.clone() {
            let slope = self.partial(number, name)?;
            if slope == self.zero {
                continue;
            }
            let rate = match kernel {
                Kernel::Word(word) => {
                    let mut matrix = self.nothing(self.one, self.one);
                    for (word, factor) in self.rates(&word, by)? {
                        self.put(&mut matrix, &word, factor)?;
                    }
                    let value = self.value(matrix);
                    self.plain(&value)?
                }
                Kernel::Trace(word) => {
                    let size = self.sizes(word[0]).0;
                    let mut matrix = self.nothing(size, size);
                    for (word, factor) in self.rates(&word, by)? {
                        self.put(&mut matrix, &word, factor)?;
                    }
                    self.trace(&matrix)?
                }
                Kernel::Determinant(atom) => {
                    let matrix = match self.atoms[atom].base.clone() {
                        Base::Whole(matrix) => matrix,
                        _ => self.of_letter(atom)?,
                    };
                    let slope = self.rate_of(&matrix, symbol)?;
                    if self.is_nothing(&Value::Matrix(slope.clone())) {
                        continue;
                    }
                    let inverse = self.known_inverse(atom)?;
                    let product = self.product(&inverse, &slope)?;
                    let trace = self.trace(&product)?;
                    self.times(name, trace)
                }
                Kernel::Folded(term) => {
                    self.no_mean(term)?;
                    if !self.stands(term, symbol) {
                        continue;
                    }
                    self.opening(term, |words, fold, value| {
                        let number = words.plain(&value)?;
                        let rate = words.rate(number, by)?;
                        words.folded_number(fold, rate)
                    })?
                }
                Kernel::Entry(word, _) => {
                    if self.rates(&word, by)?.is_empty() {
                        continue;
                    }
                    return None;
                }
            };
            let part = self.times(slope, rate);
            sum = self.plus(sum, part);
        }
        Some(sum)
    }

    /// A law may depend on the variable, though nobody says so.
    fn no_mean(&self, term: TermId) -> Option<()> {
        let mut stack = vec![term];
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some(next) = stack.pop() {
            let node = self.store.node(next);
            if matches!(node, Node::Function(Function::Expectation, _)) {
                return None;
            }
            if seen.insert(next) {
                node.for_each_child(|child| stack.push(child));
            }
        }
        Some(())
    }

    /// An atom as a matrix.
    fn of_letter(&mut self, atom: usize) -> Option<Polynomial> {
        let (rows, columns) = (self.atoms[atom].rows, self.atoms[atom].columns);
        let (_, letter) = self.letter(atom, false, false);
        let mut matrix = self.nothing(rows, columns);
        self.put(&mut matrix, &[letter], self.one)?;
        Some(matrix)
    }

    /// The inverse of an atom that is known to have one.
    fn known_inverse(&mut self, atom: usize) -> Option<Polynomial> {
        if !self.atoms[atom].traits.invertible {
            return None;
        }
        let size = self.atoms[atom].rows;
        let (negative, letter) = self.letter(atom, true, false);
        let number = self.signed(negative, self.one);
        let mut inverse = self.nothing(size, size);
        self.put(&mut inverse, &[letter], number)?;
        Some(inverse)
    }

    /// The gradient of a number: df = tr(Gᵀ dX).
    fn gradient_of(&mut self, number: TermId, atom: usize) -> Option<Polynomial> {
        let (rows, columns) = (self.atoms[atom].rows, self.atoms[atom].columns);
        let mut sum = self.nothing(rows, columns);
        for (kernel, name) in self.kernels.clone() {
            let slope = self.partial(number, name)?;
            if slope == self.zero {
                continue;
            }
            let part = self.gradient_of_kernel(&kernel, name, atom)?;
            let part = self.scaled(slope, &Value::Matrix(part));
            let Value::Matrix(whole) = self.sum(&Value::Matrix(sum), &part)? else {
                return None;
            };
            sum = whole;
        }
        Some(sum)
    }

    fn gradient_of_kernel(
        &mut self,
        kernel: &Kernel,
        name: TermId,
        atom: usize,
    ) -> Option<Polynomial> {
        let (rows, columns) = (self.atoms[atom].rows, self.atoms[atom].columns);
        let mut sum = self.nothing(rows, columns);
        let by = Variable::Atom(atom);
        match kernel {
            Kernel::Word(word) | Kernel::Trace(word) => {
                let differential = self.differential(word, by)?;
                self.traced(&mut sum, differential, self.one, atom)?;
            }
            Kernel::Determinant(known) => match self.atoms[*known].base.clone() {
                _ if *known == atom => {
                    let inverse = self.known_inverse(atom)?;
                    let inverse = self.transposed(&inverse)?;
                    for (word, number) in &inverse.words {
                        let number = self.times(name, *number);
                        self.put(&mut sum, word, number)?;
                    }
                }
                base => {
                    let matrix = match base {
                        Base::Whole(matrix) => matrix,
                        _ => self.of_letter(*known)?,
                    };
                    let mut all = Differential::default();
                    self.spread(&mut all, &[], &matrix, &[], self.one, by)?;
                    if all.places.is_empty() && all.numbers.is_empty() {
                        return Some(sum);
                    }
                    let inverse = self.known_inverse(*known)?;
                    let Some((front, sign)) = inverse.words.into_iter().next() else {
                        return Some(sum);
                    };
                    let factor = self.times(name, sign);
                    for place in &mut all.places {
                        place.left = [front.as_slice(), &place.left].concat();
                    }
                    for (word, ..) in &mut all.numbers {
                        *word = [front.as_slice(), word].concat();
                    }
                    self.traced(&mut sum, all, factor, atom)?;
                }
            },
            Kernel::Folded(term) => {
                self.no_mean(*term)?;
                let Base::Term(variable) = self.atoms[atom].base else {
                    return None;
                };
                if !self.stands(*term, variable) {
                    return Some(sum);
                }
                let gradient = self.opening(*term, |words, fold, value| {
                    let number = words.plain(&value)?;
                    let gradient = words.gradient_of(number, atom)?;
                    words.folded(fold, &Value::Matrix(gradient))
                })?;
                let Value::Matrix(gradient) = gradient else {
                    return None;
                };
                sum = gradient;
            }
            Kernel::Entry(word, _) => {
                let differential = self.differential(word, by)?;
                if !differential.places.is_empty() || !differential.numbers.is_empty() {
                    return None;
                }
            }
        }
        Some(sum)
    }

    /// tr(u dX v) = tr(v u dX) and tr(u dXᵀ v) = tr(uᵀ vᵀ dX): what stands before dX, transposed.
    fn traced(
        &mut self,
        sum: &mut Polynomial,
        differential: Differential,
        factor: TermId,
        atom: usize,
    ) -> Option<()> {
        for place in differential.places {
            let number = self.times(place.number, factor);
            let before = [place.right.as_slice(), &place.left].concat();
            if place.transposed {
                self.put(sum, &before, number)?;
            } else {
                let (negative, flipped) = self.flipped(&before);
                let number = self.signed(negative, number);
                self.put(sum, &flipped, number)?;
            }
        }
        for (word, constant, number) in differential.numbers {
            let size = match word.first() {
                Some(letter) => self.sizes(*letter).0,
                None => return None,
            };
            let mut alone = self.nothing(size, size);
            self.put(&mut alone, &word, self.one)?;
            let trace = self.trace(&alone)?;
            let trace = self.times(trace, factor);
            let trace = self.times(trace, constant);
            let gradient = self.gradient_of(number, atom)?;
            for (word, number) in &gradient.words {
                let number = self.times(trace, *number);
                self.put(sum, word, number)?;
            }
        }
        Some(())
    }

    /// The Jacobian of a column by a column: dy = J dx.
    fn jacobian(&mut self, matrix: &Polynomial, atom: usize) -> Option<Polynomial> {
        let (size, one) = (self.atoms[atom].rows, self.one);
        if matrix.columns != one || self.atoms[atom].columns != one {
            return None;
        }
        let mut sum = self.nothing(matrix.rows, size);
        let mut all = Differential::default();
        self.spread(&mut all, &[], matrix, &[], one, Variable::Atom(atom))?;
        for place in all.places {
            let (left, number) = if place.transposed {
                // u dxᵀ v = u vᵀ dx
                let (negative, flipped) = self.flipped(&place.right);
                let number = self.signed(negative, place.number);
                ([place.left.as_slice(), &flipped].concat(), number)
            } else {
                let (factor, rest) = self.split(one, one, &place.right)?;
                if !rest.is_empty() {
                    return None;
                }
                let number = self.times(place.number, factor);
                (place.left, number)
            };
            self.put(&mut sum, &left, number)?;
        }
        for (word, constant, number) in all.numbers {
            let gradient = self.gradient_of(number, atom)?;
            let row = self.transposed(&gradient)?;
            for (right, number) in &row.words {
                let number = self.times(constant, *number);
                let all = [word.as_slice(), right].concat();
                self.put(&mut sum, &all, number)?;
            }
        }
        Some(sum)
    }

    /// The differential of a word.
    fn differential(&mut self, word: &[Letter], by: Variable) -> Option<Differential> {
        let mut all = Differential::default();
        self.join(&mut all, &[], word, &[], self.one, by)?;
        Some(all)
    }

    /// The differential of constant·front·matrix·back.
    fn spread(
        &mut self,
        all: &mut Differential,
        front: &[Letter],
        matrix: &Polynomial,
        back: &[Letter],
        constant: TermId,
        by: Variable,
    ) -> Option<()> {
        for (word, number) in &matrix.words {
            if self.number_of(*number).is_none() {
                let whole = [front, word, back].concat();
                all.numbers.push((whole, constant, *number));
            }
            let constant = self.times(constant, *number);
            self.join(all, front, word, back, constant, by)?;
        }
        Some(())
    }

    /// The differential of constant·front·word·back in which front and back are constant.
    fn join(
        &mut self,
        all: &mut Differential,
        front: &[Letter],
        word: &[Letter],
        back: &[Letter],
        constant: TermId,
        by: Variable,
    ) -> Option<()> {
        self.spend(5 + word.len() as u64)?;
        if all.places.len() + all.numbers.len() > 2000 {
            return None;
        }
        for (place, letter) in word.iter().enumerate() {
            let mut left = [front, &word[..place]].concat();
            let mut right = [&word[place + 1..], back].concat();
            let mut number = constant;
            if letter.inverse {
                // d(M⁻¹) = −M⁻¹ dM M⁻¹
                left.push(*letter);
                right.insert(0, *letter);
                number = self.signed(true, constant);
            }
            if by == Variable::Atom(letter.atom) {
                all.places.push(Place {
                    left,
                    right,
                    transposed: letter.transposed,
                    number,
                });
                continue;
            }
            match self.atoms[letter.atom].base.clone() {
                Base::Term(term) => {
                    self.no_mean(term)?;
                    let symbol = match by {
                        Variable::Number(symbol) => symbol,
                        Variable::Atom(atom) => match self.atoms[atom].base {
                            Base::Term(symbol) => symbol,
                            _ => return None,
                        },
                    };
                    if self.stands(term, symbol) {
                        if matches!(by, Variable::Atom(_)) {
                            return None;
                        }
                        let (slope, inner) = self.slope_of_value(term, letter.transposed)?;
                        let whole = [left.as_slice(), &slope, &right].concat();
                        all.numbers.push((whole, number, inner));
                    }
                }
                Base::Whole(matrix) => {
                    let matrix = if letter.transposed {
                        self.transposed(&matrix)?
                    } else {
                        matrix
                    };
                    self.spread(all, &left, &matrix, &right, number, by)?;
                }
                base @ (Base::Function(..) | Base::Power(..)) => {
                    let parts = match base {
                        Base::Function(_, parts) => parts,
                        Base::Power(part, exponent) => {
                            if let Variable::Number(symbol) = by
                                && self.stands(exponent, symbol)
                            {
                                return None;
                            }
                            vec![part]
                        }
                        _ => Vec::new(),
                    };
                    let mut inside = Differential::default();
                    for part in parts {
                        self.spread(&mut inside, &[], &part, &[], self.one, by)?;
                    }
                    if !inside.places.is_empty() || !inside.numbers.is_empty() {
                        return None;
                    }
                }
            }
        }
        Some(())
    }

    /// d A(u) = A′(u) du: the letter of A′(u), and u.
    fn slope_of_value(&mut self, term: TermId, transposed: bool) -> Option<(Word, TermId)> {
        let Node::Call(symbol, orders, arguments) = self.store.node(term).clone() else {
            return None;
        };
        let ([order], [argument]) = (&*orders, &*arguments) else {
            return None;
        };
        let slope = Node::Call(symbol, [order + 1].into(), arguments.clone());
        let slope = self.store.add_node(slope);
        let Value::Matrix(slope) = self.called(slope, symbol)? else {
            return None;
        };
        let slope = if transposed {
            self.transposed(&slope)?
        } else {
            slope
        };
        let word = slope.words.into_keys().next()?;
        Some((word, *argument))
    }

    /// The partial derivative of a number by a symbol. Each part is smooth around the point: that
    /// is so by its form where it has a value, or shown.
    fn partial(&mut self, number: TermId, by: TermId) -> Option<TermId> {
        self.spend(2)?;
        if number == by {
            return Some(self.one);
        }
        if !self.stands(number, by) {
            return Some(self.zero);
        }
        let minus = self.store.integer(-1);
        let (u, outer) = match self.store.node(number).clone() {
            Node::Add(parts) => {
                let mut sum = self.zero;
                for part in &parts {
                    let slope = self.partial(*part, by)?;
                    sum = self.plus(sum, slope);
                }
                return Some(sum);
            }
            Node::Mul(parts) => {
                let mut sum = self.zero;
                for (place, part) in parts.iter().enumerate() {
                    let mut product = self.partial(*part, by)?;
                    if product == self.zero {
                        continue;
                    }
                    for (other, factor) in parts.iter().enumerate() {
                        if other != place {
                            product = self.times(product, *factor);
                        }
                    }
                    sum = self.plus(sum, product);
                }
                return Some(sum);
            }
            Node::Pow(base, exponent) if !self.stands(exponent, by) => {
                if !self.number_of(exponent).is_some_and(|n| n.is_integer()) {
                    self.positive(base)?;
                }
                let less = self.plus(exponent, minus);
                let power = if less == self.zero {
                    self.one
                } else if less == self.one {
                    base
                } else {
                    self.store.pow(base, less)
                };
                (base, self.times(exponent, power))
            }
            Node::Pow(base, exponent) if !self.stands(base, by) => {
                if *self.store.node(base) == Node::Constant(Constant::E) {
                    (exponent, number)
                } else {
                    self.positive(base)?;
                    let log = self.store.function(Function::Log, &[base]);
                    (exponent, self.times(number, log))
                }
            }
            Node::Function(Function::Root, xs) => {
                let [order, u] = *xs else { return None };
                self.number_of(order)?;
                self.positive(u)?;
                let below = self.times(order, u);
                let below = self.power_of(below, -1);
                (u, self.times(number, below))
            }
            // Where log |v| has a value, v is not 0.
            Node::Function(Function::Log, xs)
                if let Some(Node::Function(Function::Abs, within)) =
                    xs.first().map(|u| self.store.node(*u)) =>
            {
                let inner = *within.first()?;
                (inner, self.power_of(inner, -1))
            }
            Node::Function(function, xs) => {
                let [u] = *xs else { return None };
                (u, self.outer(function, number, u)?)
            }
            _ => return None,
        };
        let inner = self.partial(u, by)?;
        Some(self.times(outer, inner))
    }

    /// The derivative of a function at u, where it has this value.
    fn outer(&mut self, function: Function, value: TermId, u: TermId) -> Option<TermId> {
        let minus = self.store.integer(-1);
        Some(match function {
            Function::Log => self.power_of(u, -1),
            Function::Sin => self.store.function(Function::Cos, &[u]),
            Function::Cos => {
                let sin = self.store.function(Function::Sin, &[u]);
                self.times(minus, sin)
            }
            Function::Sinh => self.store.function(Function::Cosh, &[u]),
            Function::Cosh => self.store.function(Function::Sinh, &[u]),
            Function::Softplus => self.store.function(Function::Sigmoid, &[u]),
            Function::Sigmoid => {
                let other = self.times(minus, value);
                let other = self.plus(self.one, other);
                self.times(value, other)
            }
            Function::Tanh => {
                let square = self.power_of(value, 2);
                let square = self.times(minus, square);
                self.plus(self.one, square)
            }
            Function::Arctan => {
                let square = self.power_of(u, 2);
                let sum = self.plus(self.one, square);
                self.power_of(sum, -1)
            }
            Function::Abs => {
                let off = self.store.relation(Relation::NotEqual, u, self.zero);
                self.known(off)?;
                let below = self.power_of(value, -1);
                self.times(u, below)
            }
            _ => return None,
        })
    }

    fn positive(&mut self, number: TermId) -> Option<()> {
        let statement = self.store.relation(Relation::Less, self.zero, number);
        self.known(statement)
    }

    /// A condition at the point.
    fn known(&mut self, statement: TermId) -> Option<()> {
        let Node::Relation(relation, a, b) = *self.store.node(statement) else {
            return None;
        };
        let mut rules = self.pointed.clone();
        let a = self.reduced(&mut rules, &Value::Scalar(a))?;
        let b = self.reduced(&mut rules, &Value::Scalar(b))?;
        let (a, b) = (self.plain(&a)?, self.plain(&b)?);
        let statement = self.store.relation(relation, a, b);
        self.holds(statement).then_some(())
    }
}
