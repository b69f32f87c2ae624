//! Derivatives by differentials: of a number by a vector or matrix (df = tr(Gᵀ dX)), of a vector by
//! a vector (dy = J dx), of anything by a number.

use num_traits::One;

use crate::kernel::term::{Check, Head, Id, Q};
use crate::matrices::kernel::Kernel;
use crate::matrices::letter::{Base, Letter, Traits, Word, Words};
use crate::matrices::polynomial::{Polynomial, Value};
use crate::matrices::reduce::Rewrite;

/// By what is differentiated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Variable {
    /// A matrix: the atom.
    Atom(usize),
    /// A number: the symbol.
    Number(Id),
}

/// A place of the variable in a word: what stands left and right of it, whether it is transposed,
/// and the number before all.
struct Place {
    left: Word,
    right: Word,
    transposed: bool,
    number: Id,
}

/// The differential of words: places of the variable, and words whose numbers depend on it.
#[derive(Default)]
struct Differential {
    places: Vec<Place>,
    /// Words, what is constant before them, and a number of which the differential stands there.
    numbers: Vec<(Word, Id, Id)>,
}

impl Words<'_, '_> {
    /// The gradient, Jacobian or Hessian: the body with the variable open, at a symbol or member.
    pub fn gradient(&mut self, term: Id, order: u8) -> Check<Value> {
        let at = self.checker.terms.args(term)[1];
        let point = self.spell(at)?;
        let Value::Matrix(matrix) = &point else {
            return Err("a gradient by what is no vector or matrix".to_owned());
        };
        let (rows, columns) = (matrix.rows, matrix.columns);
        let traits = match matrix.words.keys().next().map(Vec::as_slice) {
            Some([letter])
                if matches!(
                    self.checker.terms.head(at),
                    Head::Symbol(_) | Head::Member(_)
                ) =>
            {
                self.atoms[letter.atom].traits
            }
            _ => return Err("a gradient at what is no letter".to_owned()),
        };
        let (symbol, name) = self.checker.terms.fresh_matrix()?;
        self.checker.sizes.insert(symbol, (rows, columns));
        // Entries of the variable are free of one another: it is not symmetric, say.
        let told = Traits {
            invertible: traits.invertible,
            ..Traits::default()
        };
        self.told.insert(symbol, told);
        // The body has a value at the point, and around it.
        let body = self.checker.terms.open(term, name)?[0];
        let there = self.checker.terms.substitute(body, name, at)?;
        self.spell(there)?;
        let variable = self.spell(name)?;
        let mut rules = self.rewrites(&variable, &point)?;
        rules.push(Rewrite::Inside(name, at));
        let presumed = std::mem::replace(&mut self.presumed, true);
        let outer = std::mem::replace(&mut self.pointed, rules.clone());
        let done = self.slope(body, name, order);
        self.presumed = presumed;
        self.pointed = outer;
        self.reduced(&rules, &done?)
    }

    fn slope(&mut self, body: Id, name: Id, order: u8) -> Check<Value> {
        let Value::Matrix(variable) = self.spell(name)? else {
            return Err("a gradient by what is no vector or matrix".to_owned());
        };
        let Some([letter]) = variable.words.keys().next().map(Vec::as_slice) else {
            return Err("a gradient by what is no letter".to_owned());
        };
        let atom = letter.atom;
        let value = self.spell(body)?;
        let slope = match (value, order) {
            (Value::Zero, 1) => Value::Zero,
            (Value::Scalar(number), 1) => Value::Matrix(self.gradient_of(number, atom)?),
            (Value::Scalar(number), 2) => {
                let gradient = self.gradient_of(number, atom)?;
                Value::Matrix(self.jacobian(&gradient, atom)?)
            }
            (Value::Zero, 2) => Value::Zero,
            (Value::Matrix(matrix), 1) => Value::Matrix(self.jacobian(&matrix, atom)?),
            _ => return Err("a derivative of another form".to_owned()),
        };
        Ok(match slope {
            Value::Matrix(matrix) => self.value(matrix)?,
            other => other,
        })
    }

    /// The derivative of anything by a number, at a symbol.
    pub fn derivative(&mut self, term: Id) -> Check<Value> {
        let at = self.checker.terms.args(term)[1];
        if !matches!(self.checker.terms.head(at), Head::Symbol(_))
            || self.checker.terms.is_strange(at)
        {
            return Err("a derivative at what is no symbol".to_owned());
        }
        if let Head::Symbol(symbol) = self.checker.terms.head(at)
            && self.scope.known.integers.contains(symbol)
        {
            return Err("a derivative by an integer".to_owned());
        }
        let there = self.checker.terms.open(term, at)?[0];
        // What is constant must not be taken for the variable.
        let (_, name) = self.checker.terms.fresh()?;
        let open = self.checker.terms.open(term, name)?[0];
        if self.checker.terms.subterms(open, |_, _| true).contains(&at) {
            return Err("a derivative at its own constant".to_owned());
        }
        let value = self.spell(there)?;
        let presumed = std::mem::replace(&mut self.presumed, true);
        let done = match value {
            Value::Zero => Ok(Value::Zero),
            Value::Scalar(number) => self.rate(number, Variable::Number(at)).map(Value::Scalar),
            Value::Identity(number) => self.rate(number, Variable::Number(at)).map(Value::Identity),
            Value::Matrix(matrix) => self.rate_of(&matrix, at).map(Value::Matrix),
        };
        self.presumed = presumed;
        done
    }

    /// d/dt of a matrix.
    fn rate_of(&mut self, matrix: &Polynomial, by: Id) -> Check<Polynomial> {
        let by = Variable::Number(by);
        let mut sum = self.nothing(matrix.rows, matrix.columns);
        for (word, number) in &matrix.words {
            let slope = self.rate(*number, by)?;
            self.put(&mut sum, word, slope)?;
            for (word, factor) in self.rates(word, by)? {
                let factor = self.times(*number, factor)?;
                self.put(&mut sum, &word, factor)?;
            }
        }
        Ok(sum)
    }

    /// d/dt of a word: inverses of what depends on t.
    fn rates(&mut self, word: &[Letter], by: Variable) -> Check<Vec<(Word, Id)>> {
        let differential = self.differential(word, by)?;
        if !differential.places.is_empty() {
            return Err("a matrix where a number is expected".to_owned());
        }
        let mut rates = Vec::new();
        for (word, constant, number) in differential.numbers {
            let rate = self.rate(number, by)?;
            rates.push((word, self.times(constant, rate)?));
        }
        Ok(rates)
    }

    /// d/dt of a number.
    fn rate(&mut self, number: Id, by: Variable) -> Check<Id> {
        let Variable::Number(symbol) = by else {
            return Err("a number expected".to_owned());
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
                    let value = self.value(matrix)?;
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
                    if self.is_nothing(&Value::Matrix(slope.clone()))? {
                        continue;
                    }
                    let inverse = self.known_inverse(atom)?;
                    let product = self.product(&inverse, &slope)?;
                    let trace = self.trace(&product)?;
                    self.times(name, trace)?
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
                    return Err("an entry that depends on the variable".to_owned());
                }
            };
            let part = self.times(slope, rate)?;
            sum = self.plus(sum, part)?;
        }
        Ok(sum)
    }

    /// A law may depend on the variable, though nobody says so.
    fn no_mean(&self, term: Id) -> Check<()> {
        let mean = Head::Function("expectation");
        let terms = &self.checker.terms;
        if terms
            .subterms(term, |_, _| true)
            .iter()
            .any(|part| *terms.head(*part) == mean)
        {
            return Err("the derivative of a mean".to_owned());
        }
        Ok(())
    }

    /// An atom as a matrix.
    fn of_letter(&mut self, atom: usize) -> Check<Polynomial> {
        let (rows, columns) = (self.atoms[atom].rows, self.atoms[atom].columns);
        let (_, letter) = self.letter(atom, false, false);
        let mut matrix = self.nothing(rows, columns);
        self.put(&mut matrix, &[letter], self.one)?;
        Ok(matrix)
    }

    /// The inverse of an atom that is known to have one.
    fn known_inverse(&mut self, atom: usize) -> Check<Polynomial> {
        if !self.atoms[atom].traits.invertible {
            return Err("an inverse that may not exist".to_owned());
        }
        let size = self.atoms[atom].rows;
        let (negative, letter) = self.letter(atom, true, false);
        let number = self.signed(negative, self.one)?;
        let mut inverse = self.nothing(size, size);
        self.put(&mut inverse, &[letter], number)?;
        Ok(inverse)
    }

    /// The gradient of a number: df = tr(Gᵀ dX).
    fn gradient_of(&mut self, number: Id, atom: usize) -> Check<Polynomial> {
        let (rows, columns) = (self.atoms[atom].rows, self.atoms[atom].columns);
        let mut sum = self.nothing(rows, columns);
        for (kernel, name) in self.kernels.clone() {
            let slope = self.partial(number, name)?;
            if slope == self.zero {
                continue;
            }
            let part = self.gradient_of_kernel(&kernel, name, atom)?;
            let part = self.scaled(slope, &Value::Matrix(part))?;
            let Value::Matrix(whole) = self.sum(&Value::Matrix(sum), &part)? else {
                return Err("a gradient of another shape".to_owned());
            };
            sum = whole;
        }
        Ok(sum)
    }

    fn gradient_of_kernel(&mut self, kernel: &Kernel, name: Id, atom: usize) -> Check<Polynomial> {
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
                        let number = self.times(name, *number)?;
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
                        return Ok(sum);
                    }
                    let inverse = self.known_inverse(*known)?;
                    let Some((front, sign)) = inverse.words.into_iter().next() else {
                        return Ok(sum);
                    };
                    let factor = self.times(name, sign)?;
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
                let term = *term;
                self.no_mean(term)?;
                let Base::Term(variable) = self.atoms[atom].base else {
                    return Err("a gradient by what is no letter".to_owned());
                };
                if !self.stands(term, variable) {
                    return Ok(sum);
                }
                let gradient = self.opening(term, |words, fold, value| {
                    let number = words.plain(&value)?;
                    let gradient = words.gradient_of(number, atom)?;
                    words.folded(fold, &Value::Matrix(gradient))
                })?;
                let Value::Matrix(gradient) = gradient else {
                    return Err("a gradient of another shape".to_owned());
                };
                sum = gradient;
            }
            Kernel::Entry(word, _) => {
                let differential = self.differential(word, by)?;
                if !differential.places.is_empty() || !differential.numbers.is_empty() {
                    return Err("the gradient of an entry".to_owned());
                }
            }
        }
        Ok(sum)
    }

    /// tr(u dX v) = tr(v u dX) and tr(u dXᵀ v) = tr(uᵀ vᵀ dX): what stands before dX, transposed.
    fn traced(
        &mut self,
        sum: &mut Polynomial,
        differential: Differential,
        factor: Id,
        atom: usize,
    ) -> Check<()> {
        for place in differential.places {
            let number = self.times(place.number, factor)?;
            let before = [place.right.as_slice(), &place.left].concat();
            if place.transposed {
                self.put(sum, &before, number)?;
            } else {
                let (negative, flipped) = self.flipped(&before);
                let number = self.signed(negative, number)?;
                self.put(sum, &flipped, number)?;
            }
        }
        for (word, constant, number) in differential.numbers {
            let size = match word.first() {
                Some(letter) => self.sizes(*letter).0,
                None => return Err("a trace without letters".to_owned()),
            };
            let mut alone = self.nothing(size, size);
            self.put(&mut alone, &word, self.one)?;
            let trace = self.trace(&alone)?;
            let trace = self.times(trace, factor)?;
            let trace = self.times(trace, constant)?;
            let gradient = self.gradient_of(number, atom)?;
            for (word, number) in &gradient.words {
                let number = self.times(trace, *number)?;
                self.put(sum, word, number)?;
            }
        }
        Ok(())
    }

    /// The Jacobian of a column by a column: dy = J dx.
    fn jacobian(&mut self, matrix: &Polynomial, atom: usize) -> Check<Polynomial> {
        let (size, one) = (self.atoms[atom].rows, self.one);
        if matrix.columns != one || self.atoms[atom].columns != one {
            return Err("the Jacobian of what is no column".to_owned());
        }
        let mut sum = self.nothing(matrix.rows, size);
        let mut all = Differential::default();
        self.spread(&mut all, &[], matrix, &[], one, Variable::Atom(atom))?;
        for place in all.places {
            let (left, number) = if place.transposed {
                // u dxᵀ v = u vᵀ dx
                let (negative, flipped) = self.flipped(&place.right);
                let number = self.signed(negative, place.number)?;
                ([place.left.as_slice(), &flipped].concat(), number)
            } else {
                let (factor, rest) = self.split(one, one, &place.right)?;
                if !rest.is_empty() {
                    return Err("the Jacobian of another form".to_owned());
                }
                let number = self.times(place.number, factor)?;
                (place.left, number)
            };
            self.put(&mut sum, &left, number)?;
        }
        for (word, constant, number) in all.numbers {
            let gradient = self.gradient_of(number, atom)?;
            let row = self.transposed(&gradient)?;
            for (right, number) in &row.words {
                let number = self.times(constant, *number)?;
                let all = [word.as_slice(), right].concat();
                self.put(&mut sum, &all, number)?;
            }
        }
        Ok(sum)
    }

    /// The differential of a word.
    fn differential(&mut self, word: &[Letter], by: Variable) -> Check<Differential> {
        let mut all = Differential::default();
        self.join(&mut all, &[], word, &[], self.one, by)?;
        Ok(all)
    }

    /// The differential of constant·front·matrix·back.
    fn spread(
        &mut self,
        all: &mut Differential,
        front: &[Letter],
        matrix: &Polynomial,
        back: &[Letter],
        constant: Id,
        by: Variable,
    ) -> Check<()> {
        for (word, number) in &matrix.words {
            if self.checker.terms.value(*number).is_none() {
                let whole = [front, word, back].concat();
                all.numbers.push((whole, constant, *number));
            }
            let constant = self.times(constant, *number)?;
            self.join(all, front, word, back, constant, by)?;
        }
        Ok(())
    }

    /// The differential of constant·front·word·back in which front and back are constant.
    fn join(
        &mut self,
        all: &mut Differential,
        front: &[Letter],
        word: &[Letter],
        back: &[Letter],
        constant: Id,
        by: Variable,
    ) -> Check<()> {
        self.checker.terms.spend(5 + word.len() as u64)?;
        if all.places.len() + all.numbers.len() > 2000 {
            return Err("too many words".to_owned());
        }
        for (place, letter) in word.iter().enumerate() {
            let mut left = [front, &word[..place]].concat();
            let mut right = [&word[place + 1..], back].concat();
            let mut number = constant;
            if letter.inverse {
                // d(M⁻¹) = −M⁻¹ dM M⁻¹
                left.push(*letter);
                right.insert(0, *letter);
                number = self.signed(true, constant)?;
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
                            _ => return Err("a gradient by what is no letter".to_owned()),
                        },
                    };
                    if self.stands(term, symbol) {
                        if matches!(by, Variable::Atom(_)) {
                            return Err("a letter that depends on the variable".to_owned());
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
                                return Err("a power that depends on the variable".to_owned());
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
                        return Err("the derivative of a function of matrices".to_owned());
                    }
                }
            }
        }
        Ok(())
    }

    /// d A(u) = A′(u) du: the letter of A′(u), and u.
    fn slope_of_value(&mut self, term: Id, transposed: bool) -> Check<(Word, Id)> {
        let node = self.checker.terms.node(term).clone();
        let (Head::Call(symbol, orders), [argument]) = (node.head, node.args.as_slice()) else {
            return Err("a letter that depends on the variable".to_owned());
        };
        let [order] = orders.as_slice() else {
            return Err("a letter that depends on the variable".to_owned());
        };
        let next = order
            .checked_add(1)
            .ok_or("a derivative of too high an order")?;
        let head = Head::Call(symbol, vec![next]);
        let slope = self.checker.terms.add(head, vec![*argument])?;
        let Value::Matrix(slope) = self.called(slope, symbol)? else {
            return Err("a derivative of another shape".to_owned());
        };
        let slope = if transposed {
            self.transposed(&slope)?
        } else {
            slope
        };
        let word = slope.words.into_keys().next();
        Ok((word.ok_or("a derivative of another shape")?, *argument))
    }

    /// The partial derivative of a number by a symbol. Each part is smooth around the point: that
    /// is so by its form where it has a value, or shown.
    fn partial(&mut self, number: Id, by: Id) -> Check<Id> {
        self.checker.terms.spend(2)?;
        if number == by {
            return Ok(self.one);
        }
        if !self.stands(number, by) {
            return Ok(self.zero);
        }
        let node = self.checker.terms.node(number).clone();
        let minus = self.checker.terms.number(-Q::one())?;
        let (u, outer) = match (&node.head, node.args.as_slice()) {
            (Head::Add, parts) => {
                let mut sum = self.zero;
                for part in parts {
                    let slope = self.partial(*part, by)?;
                    sum = self.plus(sum, slope)?;
                }
                return Ok(sum);
            }
            (Head::Mul, parts) => {
                let mut sum = self.zero;
                for (place, part) in parts.iter().enumerate() {
                    let mut product = self.partial(*part, by)?;
                    if product == self.zero {
                        continue;
                    }
                    for (other, factor) in parts.iter().enumerate() {
                        if other != place {
                            product = self.times(product, *factor)?;
                        }
                    }
                    sum = self.plus(sum, product)?;
                }
                return Ok(sum);
            }
            (Head::Pow, [base, exponent]) if !self.stands(*exponent, by) => {
                let whole = self
                    .checker
                    .terms
                    .value(*exponent)
                    .is_some_and(Q::is_integer);
                if !whole {
                    self.positive(*base)?;
                }
                let less = self.plus(*exponent, minus)?;
                let power = self.checker.terms.add(Head::Pow, vec![*base, less])?;
                let power = if less == self.zero { self.one } else { power };
                let power = if less == self.one { *base } else { power };
                (*base, self.times(*exponent, power)?)
            }
            (Head::Pow, [base, exponent]) if !self.stands(*base, by) => {
                if *self.checker.terms.head(*base) != Head::Constant("e") {
                    self.positive(*base)?;
                    let log = self.checker.terms.add(Head::Function("log"), vec![*base])?;
                    (*exponent, self.times(number, log)?)
                } else {
                    (*exponent, number)
                }
            }
            (Head::Function("root"), [order, u]) if self.checker.terms.value(*order).is_some() => {
                self.positive(*u)?;
                let below = self.times(*order, *u)?;
                let below = self.power_of(below, -1)?;
                (*u, self.times(number, below)?)
            }
            // Where log |v| has a value, v is not 0.
            (Head::Function("log"), [u])
                if *self.checker.terms.head(*u) == Head::Function("abs") =>
            {
                let inner = self.checker.terms.args(*u)[0];
                (inner, self.power_of(inner, -1)?)
            }
            (Head::Function(name), [u]) => {
                let outer = match *name {
                    "log" => self.power_of(*u, -1)?,
                    "sin" => self.checker.terms.add(Head::Function("cos"), vec![*u])?,
                    "cos" => {
                        let sin = self.checker.terms.add(Head::Function("sin"), vec![*u])?;
                        self.times(minus, sin)?
                    }
                    "sinh" => self.checker.terms.add(Head::Function("cosh"), vec![*u])?,
                    "cosh" => self.checker.terms.add(Head::Function("sinh"), vec![*u])?,
                    "softplus" => self
                        .checker
                        .terms
                        .add(Head::Function("sigmoid"), vec![*u])?,
                    "sigmoid" => {
                        let other = self.times(minus, number)?;
                        let other = self.plus(self.one, other)?;
                        self.times(number, other)?
                    }
                    "tanh" => {
                        let square = self.power_of(number, 2)?;
                        let square = self.times(minus, square)?;
                        self.plus(self.one, square)?
                    }
                    "arctan" => {
                        let square = self.power_of(*u, 2)?;
                        let sum = self.plus(self.one, square)?;
                        self.power_of(sum, -1)?
                    }
                    "abs" => {
                        let off = self
                            .checker
                            .terms
                            .add(Head::NotEqual, vec![*u, self.zero])?;
                        self.known(off)?;
                        let below = self.power_of(number, -1)?;
                        self.times(*u, below)?
                    }
                    _ => return Err("a function without a derivative here".to_owned()),
                };
                (*u, outer)
            }
            _ => return Err("a number without a derivative here".to_owned()),
        };
        let inner = self.partial(u, by)?;
        self.times(outer, inner)
    }

    fn positive(&mut self, number: Id) -> Check<()> {
        let statement = self
            .checker
            .terms
            .add(Head::Less, vec![self.zero, number])?;
        self.known(statement)
    }

    /// A condition at the point.
    fn known(&mut self, statement: Id) -> Check<()> {
        let rules = self.pointed.clone();
        let node = self.checker.terms.node(statement).clone();
        let mut sides = Vec::new();
        for side in node.args {
            let side = self.reduced(&rules, &Value::Scalar(side))?;
            sides.push(self.plain(&side)?);
        }
        let statement = self.checker.terms.add(node.head, sides)?;
        let scope = self.scope.clone();
        if self.checker.decided(&scope, statement)? {
            return Ok(());
        }
        Err("a function that may not be smooth there".to_owned())
    }
}
