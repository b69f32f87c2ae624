//! Finding antiderivatives: linearity, a table, parts for polynomials times exponentials and
//! circular functions, partial fractions, substitution. What is found is only a guess: whoever
//! uses it differentiates it.

use rustc_hash::FxHashMap;

use super::derive::without_derivatives;
use super::engine::Engine;
use super::sums::Range;
use crate::number::Rational;
use crate::term::{Constant, Function, Node, Symbol, TermId};

/// A guess at an antiderivative of f in x.
pub fn antiderivative(engine: &mut Engine, f: TermId, x: Symbol) -> Option<TermId> {
    let variable = engine.store.add_node(Node::Symbol(x));
    Finder {
        engine,
        x,
        variable,
        fuel: 200,
    }
    .of(f, 3)
}

struct Finder<'e, 'a> {
    engine: &'e mut Engine<'a>,
    x: Symbol,
    variable: TermId,
    fuel: u32,
}

impl Finder<'_, '_> {
    fn moves(&self, term: TermId) -> bool {
        self.engine.store.mentions(term, self.x)
    }

    fn over(&mut self, a: TermId, b: TermId) -> TermId {
        self.engine.store.div(a, b)
    }

    fn of(&mut self, f: TermId, depth: u32) -> Option<TermId> {
        self.fuel = self.fuel.checked_sub(1)?;
        if !self.moves(f) {
            return Some(self.engine.store.mul(&[f, self.variable]));
        }
        if let Node::Add(parts) = self.engine.store.node(f).clone() {
            let found: Option<Vec<TermId>> = parts.iter().map(|p| self.of(*p, depth)).collect();
            if let Some(found) = found {
                return Some(self.engine.store.add(&found));
            }
            return self.substitution(f, depth);
        }
        if matches!(self.engine.store.node(f), Node::Sum(..)) {
            return self.sum(f, depth);
        }
        let factors = match self.engine.store.node(f) {
            Node::Mul(factors) => factors.to_vec(),
            _ => vec![f],
        };
        let (moving, still): (Vec<TermId>, Vec<TermId>) =
            factors.iter().partition(|factor| self.moves(**factor));
        if !still.is_empty() {
            let rest = self.engine.store.mul(&moving);
            let found = self.of(rest, depth)?;
            let mut product = still;
            product.push(found);
            return Some(self.engine.store.mul(&product));
        }
        if let Some(found) = self.table(f) {
            return Some(found);
        }
        if let Some(found) = self.by_parts(&moving) {
            return Some(found);
        }
        if let Some(found) = self.rational(f) {
            return Some(found);
        }
        if let Some(found) = self.circular_products(&moving, depth) {
            return Some(found);
        }
        if let Some(found) = self.substitution(f, depth) {
            return Some(found);
        }
        // Multiplied out it may be a sum.
        let normal = self.engine.normal(f)?;
        if depth > 0 && normal != f && matches!(self.engine.store.node(normal), Node::Add(_)) {
            return self.of(normal, depth - 1);
        }
        None
    }

    /// Of a finite sum the sum of those of its terms.
    fn sum(&mut self, f: TermId, depth: u32) -> Option<TermId> {
        let range = Range::open(self.engine.store, f)?;
        let ends = [range.from, range.to];
        if range.is_infinite(self.engine.store) || ends.iter().any(|end| self.moves(*end)) {
            return None;
        }
        let facts = range.facts(self.engine.store);
        let (x, variable, fuel) = (self.x, self.variable, self.fuel);
        let (body, fuel) = self.engine.under(&facts, |engine| {
            let mut within = Finder {
                engine,
                x,
                variable,
                fuel,
            };
            (within.of(range.body, depth), within.fuel)
        });
        self.fuel = fuel;
        let body = body?;
        Some(Range { body, ..range }.close(self.engine.store))
    }

    /// The slope and height of a linear term a x + b, a not 0 by its form.
    fn linear(&mut self, u: TermId) -> Option<TermId> {
        let coefficients = self
            .engine
            .field
            .coefficients_in(self.engine.store, u, self.x)?;
        match coefficients.as_slice() {
            [_, slope] => Some(*slope),
            _ => None,
        }
    }

    /// One function of a linear argument.
    fn table(&mut self, f: TermId) -> Option<TermId> {
        let node = self.engine.store.node(f).clone();
        match node {
            Node::Symbol(_) => {
                let two = self.engine.store.integer(2);
                let square = self.engine.store.pow(f, two);
                Some(self.over(square, two))
            }
            Node::Pow(base, exponent) => self.power(f, base, exponent),
            Node::Function(function, arguments) => {
                let u = *arguments.last()?;
                let slope = self.linear(u)?;
                let store = &mut *self.engine.store;
                let inner = match function {
                    Function::Sin => {
                        let cosine = store.function(Function::Cos, &[u]);
                        store.neg(cosine)
                    }
                    Function::Cos => store.function(Function::Sin, &[u]),
                    Function::Sinh => store.function(Function::Cosh, &[u]),
                    Function::Cosh => store.function(Function::Sinh, &[u]),
                    Function::Tan | Function::Cot => {
                        let other = if function == Function::Tan {
                            Function::Cos
                        } else {
                            Function::Sin
                        };
                        let inner = store.function(other, &[u]);
                        let size = store.function(Function::Abs, &[inner]);
                        let log = store.function(Function::Log, &[size]);
                        if function == Function::Tan {
                            store.neg(log)
                        } else {
                            log
                        }
                    }
                    Function::Tanh => {
                        let inner = store.function(Function::Cosh, &[u]);
                        store.function(Function::Log, &[inner])
                    }
                    Function::Log => {
                        let product = store.mul(&[u, f]);
                        store.sub(product, u)
                    }
                    Function::Arctan => {
                        let product = store.mul(&[u, f]);
                        let two = store.integer(2);
                        let square = store.pow(u, two);
                        let one = store.integer(1);
                        let sum = store.add(&[one, square]);
                        let log = store.function(Function::Log, &[sum]);
                        let half = store.div(log, two);
                        store.sub(product, half)
                    }
                    Function::Root => {
                        // ∫ ⁿ√u = n/(n + 1) u ⁿ√u
                        let Node::Number(n) = store.node(arguments[0]).clone() else {
                            return None;
                        };
                        let factor = n.div(&n.add(&Rational::one()))?;
                        let factor = store.number(factor);
                        store.mul(&[factor, u, f])
                    }
                    Function::Sigmoid => store.function(Function::Softplus, &[u]),
                    _ => return None,
                };
                Some(self.over(inner, slope))
            }
            _ => None,
        }
    }

    fn power(&mut self, f: TermId, base: TermId, exponent: TermId) -> Option<TermId> {
        if !self.moves(base) {
            let slope = self.linear(exponent)?;
            let below = if matches!(self.engine.store.node(base), Node::Constant(Constant::E)) {
                slope
            } else {
                let log = self.engine.store.function(Function::Log, &[base]);
                self.engine.store.mul(&[slope, log])
            };
            return Some(self.over(f, below));
        }
        if self.moves(exponent) {
            return None;
        }
        if let Node::Function(function @ (Function::Sin | Function::Cos), arguments) =
            self.engine.store.node(base).clone()
        {
            return self.circular_power(base, function, arguments[0], exponent);
        }
        let slope = self.linear(base)?;
        let one = self.engine.store.integer(1);
        if matches!(self.engine.store.node(exponent), Node::Number(n) if *n == Rational::from(-1)) {
            let size = self.engine.store.function(Function::Abs, &[base]);
            let log = self.engine.store.function(Function::Log, &[size]);
            return Some(self.over(log, slope));
        }
        let higher = self.engine.store.add(&[exponent, one]);
        let higher = self.engine.normal(higher)?;
        let above = self.engine.store.pow(base, higher);
        let below = self.engine.store.mul(&[higher, slope]);
        Some(self.over(above, below))
    }

    /// sin² = (1 − cos 2u)/2, cos² = (1 + cos 2u)/2, 1/cos² and 1/sin².
    fn circular_power(
        &mut self,
        base: TermId,
        function: Function,
        u: TermId,
        exponent: TermId,
    ) -> Option<TermId> {
        let slope = self.linear(u)?;
        let n = match self.engine.store.node(exponent) {
            Node::Number(n) => n.to_i64()?,
            _ => return None,
        };
        let store = &mut *self.engine.store;
        let sine = store.function(Function::Sin, &[u]);
        let cosine = store.function(Function::Cos, &[u]);
        let inner = match n {
            -2 if function == Function::Cos => store.div(sine, cosine),
            -2 => {
                let quotient = store.div(cosine, sine);
                store.neg(quotient)
            }
            2.. => {
                // cosⁿ = cosⁿ⁻¹ sin / n + (n − 1)/n ∫ cosⁿ⁻²
                let one_less = store.integer(n - 1);
                let two_less = store.integer(n - 2);
                let power = store.pow(base, one_less);
                let other = if function == Function::Cos {
                    sine
                } else {
                    store.neg(cosine)
                };
                let count = store.integer(n);
                let first = store.mul(&[power, other]);
                let first = store.div(first, count);
                let first = store.div(first, slope);
                let rest = if n == 2 {
                    store.integer(1)
                } else if n == 3 {
                    base
                } else {
                    store.pow(base, two_less)
                };
                let rest = self.of(rest, 0)?;
                let store = &mut *self.engine.store;
                let factor = store.div(one_less, count);
                let rest = store.mul(&[factor, rest]);
                return Some(store.add(&[first, rest]));
            }
            _ => return None,
        };
        Some(self.over(inner, slope))
    }

    /// A polynomial times an exponential and at most one sine or cosine, of linear arguments; or
    /// a polynomial times a logarithm or an arctangent.
    fn by_parts(&mut self, factors: &[TermId]) -> Option<TermId> {
        let (mut exponents, mut circular, mut others) = (Vec::new(), None, Vec::new());
        for factor in factors {
            match self.engine.store.node(*factor).clone() {
                Node::Pow(base, exponent) if !self.moves(base) => {
                    if matches!(self.engine.store.node(base), Node::Constant(Constant::E)) {
                        exponents.push(exponent);
                    } else {
                        let log = self.engine.store.function(Function::Log, &[base]);
                        exponents.push(self.engine.store.mul(&[exponent, log]));
                    }
                }
                Node::Function(
                    function @ (Function::Sin | Function::Cos | Function::Log | Function::Arctan),
                    arguments,
                ) if circular.is_none() => circular = Some((function, arguments[0])),
                _ => others.push(*factor),
            }
        }
        let polynomial = self.engine.store.mul(&others);
        if let Some((function @ (Function::Log | Function::Arctan), u)) = circular {
            if !exponents.is_empty() {
                return None;
            }
            return self.log_by_parts(polynomial, function, u);
        }
        if exponents.is_empty() && circular.is_none() {
            return None;
        }
        let exponent = self.engine.store.add(&exponents);
        let zero = self.engine.store.integer(0);
        let alpha = if self.moves(exponent) {
            self.linear(exponent)?
        } else {
            zero
        };
        let beta = match circular {
            Some((_, u)) => self.linear(u)?,
            None => zero,
        };
        // With E = e^(αx+…), the pair (a, b) stands for E (a cos + b sin). The antiderivative of
        // E cos is E (α cos + β sin)/(α² + β²), of E sin it is E (α sin − β cos)/(α² + β²).
        let sine_first = matches!(circular, Some((Function::Sin, _)));
        let store = &mut *self.engine.store;
        let two = store.integer(2);
        let squares = [store.pow(alpha, two), store.pow(beta, two)];
        let below = store.add(&squares);
        let below = self.engine.normal(below)?;
        let mut pair = if sine_first {
            (zero, polynomial)
        } else {
            (polynomial, zero)
        };
        let mut total = (Vec::new(), Vec::new());
        for round in 0..12 {
            let (p, q) = pair;
            let store = &mut *self.engine.store;
            let products = [
                store.mul(&[p, alpha]),
                store.mul(&[q, beta]),
                store.mul(&[p, beta]),
                store.mul(&[q, alpha]),
            ];
            let cosine = store.sub(products[0], products[1]);
            let sine = store.add(&[products[2], products[3]]);
            let cosine = store.div(cosine, below);
            let sine = store.div(sine, below);
            let (cosine, sine) = (self.engine.normal(cosine)?, self.engine.normal(sine)?);
            let minus = round % 2 == 1;
            let store = &mut *self.engine.store;
            total.0.push(if minus { store.neg(cosine) } else { cosine });
            total.1.push(if minus { store.neg(sine) } else { sine });
            pair = (self.slope_of(cosine)?, self.slope_of(sine)?);
            let done = |engine: &Engine, t: TermId| matches!(engine.store.node(t), Node::Number(n) if n.is_zero());
            if done(self.engine, pair.0) && done(self.engine, pair.1) {
                let store = &mut *self.engine.store;
                let a = store.add(&total.0);
                let b = store.add(&total.1);
                let inner = match circular {
                    Some((_, u)) => {
                        let cosine = store.function(Function::Cos, &[u]);
                        let sine = store.function(Function::Sin, &[u]);
                        let parts = [store.mul(&[a, cosine]), store.mul(&[b, sine])];
                        store.add(&parts)
                    }
                    None => a,
                };
                let exponential = store.exp(exponent);
                return Some(if exponents.is_empty() {
                    inner
                } else {
                    store.mul(&[inner, exponential])
                });
            }
        }
        None
    }

    /// ∫ P log u = Q log u − ∫ Q u′/u with Q′ = P.
    fn log_by_parts(
        &mut self,
        polynomial: TermId,
        function: Function,
        u: TermId,
    ) -> Option<TermId> {
        self.engine
            .field
            .coefficients_in(self.engine.store, polynomial, self.x)?;
        let outer = self.of(polynomial, 1)?;
        let kernel = self.engine.store.function(function, &[u]);
        let slope = self.derivative(kernel)?;
        let product = self.engine.store.mul(&[outer, slope]);
        let product = self.engine.normal(product)?;
        let rest = self.of(product, 1)?;
        let first = self.engine.store.mul(&[outer, kernel]);
        Some(self.engine.store.sub(first, rest))
    }

    /// The derivative of a polynomial in x.
    fn slope_of(&mut self, polynomial: TermId) -> Option<TermId> {
        let coefficients =
            self.engine
                .field
                .coefficients_in(self.engine.store, polynomial, self.x)?;
        let mut terms = Vec::new();
        for (n, c) in coefficients.iter().enumerate().skip(1) {
            let store = &mut *self.engine.store;
            let count = store.integer(i64::try_from(n).ok()?);
            let exponent = store.integer(i64::try_from(n).ok()? - 1);
            let power = store.pow(self.variable, exponent);
            terms.push(store.mul(&[count, *c, power]));
        }
        let sum = self.engine.store.add(&terms);
        self.engine.normal(sum)
    }

    fn derivative(&mut self, term: TermId) -> Option<TermId> {
        let at = self.variable;
        let derivative = self
            .engine
            .store
            .bind(self.x, &[term], |scope| Node::Derivative(0, scope[0], at));
        let line = without_derivatives(self.engine, derivative)?;
        Some(line.to)
    }

    /// f = h(g) g′: integrates h where g is an inner part of f.
    fn substitution(&mut self, f: TermId, depth: u32) -> Option<TermId> {
        if depth == 0 {
            return None;
        }
        let mut inner: Vec<TermId> = Vec::new();
        let mut stack = vec![f];
        while let Some(term) = stack.pop() {
            if inner.len() > 40 || !self.engine.store.is_closed(term) {
                break;
            }
            let node = self.engine.store.node(term).clone();
            node.for_each_child(|child| {
                if self.engine.store.mentions(child, self.x)
                    && child != self.variable
                    && !inner.contains(&child)
                {
                    inner.push(child);
                    stack.push(child);
                }
            });
        }
        for g in inner {
            let Some(slope) = self.derivative(g) else {
                continue;
            };
            let t = self.engine.store.fresh_symbol("t");
            let name = self.engine.store.add_node(Node::Symbol(t));
            let mut table = FxHashMap::default();
            table.insert(g, name);
            let replaced = self.engine.store.replace(f, &mut table);
            let quotient = self.engine.store.div(replaced, slope);
            let Some(quotient) = self.engine.normal(quotient) else {
                continue;
            };
            // The slope may hold g too: that of √x is 1/(2√x).
            let again = self.engine.store.replace(quotient, &mut table);
            let Some(quotient) = self.engine.normal(again) else {
                continue;
            };
            if self.moves(quotient) {
                continue;
            }
            let mut within = Finder {
                engine: self.engine,
                x: t,
                variable: name,
                fuel: self.fuel,
            };
            if let Some(found) = within.of(quotient, depth - 1) {
                return Some(self.engine.store.substitute(found, t, g));
            }
        }
        None
    }

    /// Products of two sines or cosines become sums.
    fn circular_products(&mut self, factors: &[TermId], depth: u32) -> Option<TermId> {
        if depth == 0 {
            return None;
        }
        let kernels: Vec<(usize, Function, TermId)> = factors
            .iter()
            .enumerate()
            .filter_map(|(place, factor)| match self.engine.store.node(*factor) {
                Node::Function(f @ (Function::Sin | Function::Cos), xs) => Some((place, *f, xs[0])),
                _ => None,
            })
            .collect();
        let [(i, f, u), (j, g, v), ..] = kernels.as_slice() else {
            return None;
        };
        let store = &mut *self.engine.store;
        let sum = store.add(&[*u, *v]);
        let difference = store.sub(*u, *v);
        let (head, signs) = match (f, g) {
            (Function::Sin, Function::Sin) => (Function::Cos, (1, -1)),
            (Function::Cos, Function::Cos) => (Function::Cos, (1, 1)),
            (Function::Sin, _) => (Function::Sin, (1, 1)),
            _ => (Function::Sin, (-1, 1)),
        };
        let (sum, difference) = (self.engine.normal(sum)?, self.engine.normal(difference)?);
        let store = &mut *self.engine.store;
        let first = store.function(head, &[difference]);
        let second = store.function(head, &[sum]);
        let half = |store: &mut crate::term::Store, sign: i64| {
            Rational::new(sign, 2).map(|h| store.number(h))
        };
        let (a, b) = (half(store, signs.0)?, half(store, signs.1)?);
        let mut rest: Vec<TermId> = factors
            .iter()
            .enumerate()
            .filter(|(place, _)| place != i && place != j)
            .map(|(_, factor)| *factor)
            .collect();
        rest.push(first);
        rest.push(a);
        let left = store.mul(&rest);
        rest.truncate(rest.len() - 2);
        rest.push(second);
        rest.push(b);
        let right = store.mul(&rest);
        let left = self.of(left, depth - 1)?;
        let right = self.of(right, depth - 1)?;
        Some(self.engine.store.add(&[left, right]))
    }

    /// Partial fractions, with numbers for coefficients.
    fn rational(&mut self, f: TermId) -> Option<TermId> {
        let (above, below) = self.engine.field.quotient(self.engine.store, f)?;
        let numerator = self.numbers(above)?;
        let denominator = self.numbers(below)?;
        if denominator.len() < 2 {
            return None;
        }
        let parts = super::partial::partial_fractions(self.engine, &numerator, below, self.x)?;
        let mut found = Vec::new();
        for part in parts {
            found.push(self.part(&part)?);
        }
        Some(self.engine.store.add(&found))
    }

    fn numbers(&mut self, term: TermId) -> Option<Vec<Rational>> {
        let coefficients = self
            .engine
            .field
            .coefficients_in(self.engine.store, term, self.x)?;
        coefficients
            .iter()
            .map(|c| match self.engine.store.node(*c) {
                Node::Number(n) => Some(n.clone()),
                _ => None,
            })
            .collect()
    }

    /// The antiderivative of numerator/baseⁿ with a base of degree 1 or 2, or of a polynomial.
    fn part(&mut self, part: &super::partial::Part) -> Option<TermId> {
        let numerator = super::partial::polynomial(self.engine.store, &part.above, self.variable);
        if part.exponent == 0 {
            return self.of(numerator, 0);
        }
        let base = super::partial::polynomial(self.engine.store, &part.base, self.variable);
        let exponent = self.engine.store.integer(-part.exponent);
        if part.base.len() == 2 {
            let power = self.engine.store.pow(base, exponent);
            let inner = self.power(power, base, exponent)?;
            return Some(self.engine.store.mul(&[numerator, inner]));
        }
        if part.exponent != 1 || part.base.len() != 3 {
            return None;
        }
        // (p x + q)/(a x² + b x + c) with 4ac − b² > 0
        let (c, b, a) = (&part.base[0], &part.base[1], &part.base[2]);
        let zero = Rational::zero();
        let q = part.above.first().unwrap_or(&zero);
        let p = part.above.get(1).unwrap_or(&zero);
        let two = Rational::from(2);
        let discriminant = Rational::from(4).mul(a).mul(c).sub(&b.mul(b));
        if discriminant.signum() <= 0 {
            return None;
        }
        let front = p.div(&two.mul(a))?;
        let rest = q.sub(&front.mul(b));
        let store = &mut *self.engine.store;
        let log = store.function(Function::Log, &[base]);
        let front = store.number(front);
        let first = store.mul(&[front, log]);
        let root = store.number(discriminant);
        let root = store.sqrt(root);
        let slope = store.number(two.mul(a));
        let height = store.number(b.clone());
        let product = store.mul(&[slope, self.variable]);
        let line = store.add(&[product, height]);
        let ratio = store.div(line, root);
        let ratio = self.engine.normal(ratio).unwrap_or(ratio);
        let store = &mut *self.engine.store;
        let arctan = store.function(Function::Arctan, &[ratio]);
        let factor = store.number(two.mul(&rest));
        let second = store.mul(&[factor, arctan]);
        let second = store.div(second, root);
        Some(store.add(&[first, second]))
    }
}
