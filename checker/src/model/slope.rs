//! Derivatives of terms by a symbol, with the conditions under which the rules hold. Every
//! condition is open: where it holds at a point it holds around it, and there the term is
//! differentiable, hence continuous, in that symbol, if it has a value at the point.

use std::collections::HashMap;

use num_traits::{One, Zero};

use super::stop::{Found, Stop};
use crate::kernel::term::{Binder, Head, Id, Q, Terms};

/// What has to hold at a point.
#[derive(Clone, Debug)]
pub enum Condition {
    /// The term is above 0.
    Positive(Id),
    /// The term is not 0.
    NonZero(Id),
    /// The term is no integer.
    Broken(Id),
    /// A power whose exponent does not move: its base is above 0, or not 0 and the exponent an
    /// integer, or the exponent an integer from 1 up.
    Power(Id, Id),
    /// The term has a value.
    Defined(Id),
    /// The conditions hold for each value of the symbol in the sum's range.
    Each(Id, u32, Vec<Condition>),
    /// The statements in order, each with what keeps its truth as it is around the point and what
    /// the value behind it needs.
    Cases(Vec<(Id, Vec<Condition>, Vec<Condition>)>),
}

/// A derivative and what it needs.
pub type Slope = (Id, Vec<Condition>);

/// Works out derivatives by one symbol.
struct Slopes<'a> {
    terms: &'a mut Terms,
    symbol: u32,
    seen: HashMap<Id, Id>,
    needs: Vec<Condition>,
    mentions: HashMap<Id, bool>,
}

const STRANGE: Stop = Stop::Unknown("a derivative");

/// The derivative of a term by a symbol.
pub fn slope(terms: &mut Terms, term: Id, symbol: u32) -> Found<Slope> {
    let mut slopes = Slopes {
        terms,
        symbol,
        seen: HashMap::new(),
        needs: Vec::new(),
        mentions: HashMap::new(),
    };
    let derivative = slopes.of(term)?;
    Ok((derivative, slopes.needs))
}

impl Slopes<'_> {
    fn moves(&mut self, term: Id) -> bool {
        if let Some(known) = self.mentions.get(&term) {
            return *known;
        }
        let found = match self.terms.head(term) {
            Head::Symbol(s) => *s == self.symbol,
            _ => {
                let args = self.terms.args(term).to_vec();
                args.into_iter().any(|arg| self.moves(arg))
            }
        };
        self.mentions.insert(term, found);
        found
    }

    fn sum(&mut self, parts: &[Id]) -> Found<Id> {
        let zero = self.terms.integer(0)?;
        let parts: Vec<Id> = parts.iter().copied().filter(|p| *p != zero).collect();
        Ok(self.terms.flat(Head::Add, &parts)?)
    }

    fn product(&mut self, parts: &[Id]) -> Found<Id> {
        let (zero, one) = (self.terms.integer(0)?, self.terms.integer(1)?);
        if parts.contains(&zero) {
            return Ok(zero);
        }
        let parts: Vec<Id> = parts.iter().copied().filter(|p| *p != one).collect();
        Ok(self.terms.flat(Head::Mul, &parts)?)
    }

    fn power(&mut self, base: Id, exponent: i64) -> Found<Id> {
        if exponent == 1 {
            return Ok(base);
        }
        let exponent = self.terms.integer(exponent)?;
        Ok(self.terms.add(Head::Pow, vec![base, exponent])?)
    }

    fn function(&mut self, name: &'static str, args: &[Id]) -> Found<Id> {
        Ok(self.terms.add(Head::Function(name), args.to_vec())?)
    }

    fn minus(&mut self, a: Id, b: Id) -> Found<Id> {
        Ok(self.terms.minus(a, b)?)
    }

    /// The derivative of a term.
    fn of(&mut self, term: Id) -> Found<Id> {
        if let Some(known) = self.seen.get(&term) {
            return Ok(*known);
        }
        self.terms.spend(4)?;
        let found = if self.moves(term) {
            self.inner(term)?
        } else {
            self.terms.integer(0)?
        };
        self.seen.insert(term, found);
        Ok(found)
    }

    fn inner(&mut self, term: Id) -> Found<Id> {
        let node = self.terms.node(term).clone();
        let args = node.args.as_slice();
        match (&node.head, args) {
            (Head::Symbol(_), _) => Ok(self.terms.integer(1)?),
            (Head::Add, _) => {
                let mut parts = Vec::new();
                for arg in args {
                    parts.push(self.of(*arg)?);
                }
                self.sum(&parts)
            }
            (Head::Mul, _) => {
                let mut parts = Vec::new();
                for (place, arg) in args.iter().enumerate() {
                    let mut factors = args.to_vec();
                    if let Some(factor) = factors.get_mut(place) {
                        *factor = self.of(*arg)?;
                    }
                    parts.push(self.product(&factors)?);
                }
                self.sum(&parts)
            }
            (Head::Pow, [base, exponent]) => self.powers(term, *base, *exponent),
            (Head::Function(name), _) => self.functions(name, term, args),
            (Head::Call(symbol, orders), _) => {
                let mut parts = Vec::new();
                for (place, arg) in args.iter().enumerate() {
                    if !self.moves(*arg) {
                        continue;
                    }
                    let inner = self.of(*arg)?;
                    let mut orders = orders.clone();
                    match orders.get_mut(place) {
                        Some(order) if *order < 60 => *order += 1,
                        _ => return Err(STRANGE),
                    }
                    let outer = self.terms.add(Head::Call(*symbol, orders), args.to_vec())?;
                    parts.push(self.product(&[outer, inner])?);
                }
                self.sum(&parts)
            }
            (Head::Piecewise, _) => self.piecewise(args),
            (Head::Binder(kind, _), _) => self.binder(*kind, term, args),
            _ => Err(STRANGE),
        }
    }

    fn powers(&mut self, term: Id, base: Id, exponent: Id) -> Found<Id> {
        let inner = self.of(base)?;
        let one = self.terms.integer(1)?;
        if !self.moves(exponent) {
            match self.terms.value(exponent).cloned() {
                Some(value) if value.is_zero() => return Ok(self.terms.integer(0)?),
                Some(value) if value.is_integer() && value > Q::zero() => {}
                Some(value) if value.is_integer() => self.needs.push(Condition::NonZero(base)),
                Some(_) => self.needs.push(Condition::Positive(base)),
                None => self.needs.push(Condition::Power(base, exponent)),
            }
            let less = match self.terms.value(exponent).cloned() {
                Some(value) => self.terms.number(value - Q::one())?,
                None => self.minus(exponent, one)?,
            };
            let power = if less == one {
                base
            } else if self.terms.value(less).is_some_and(Zero::is_zero) {
                one
            } else {
                self.terms.add(Head::Pow, vec![base, less])?
            };
            return self.product(&[exponent, power, inner]);
        }
        let growth = self.of(exponent)?;
        if matches!(self.terms.head(base), Head::Constant("e")) {
            return self.product(&[term, growth]);
        }
        self.needs.push(Condition::Positive(base));
        let log = self.function("log", &[base])?;
        let first = self.product(&[growth, log])?;
        let below = self.power(base, -1)?;
        let second = self.product(&[exponent, inner, below])?;
        let sum = self.sum(&[first, second])?;
        self.product(&[term, sum])
    }

    fn functions(&mut self, name: &'static str, term: Id, args: &[Id]) -> Found<Id> {
        match (name, args) {
            ("root", [order, u]) => {
                let n = self.terms.value(*order).cloned().ok_or(STRANGE)?;
                let even = (n.numer() % 2u32).is_zero();
                self.needs.push(if even {
                    Condition::Positive(*u)
                } else {
                    Condition::NonZero(*u)
                });
                let inner = self.of(*u)?;
                let share = self.terms.number(n.recip())?;
                let below = self.power(*u, -1)?;
                self.product(&[share, term, below, inner])
            }
            ("logbase", [base, u]) => {
                let (above, below) = (
                    self.function("log", &[*u])?,
                    self.function("log", &[*base])?,
                );
                let below = self.power(below, -1)?;
                let quotient = self.product(&[above, below])?;
                self.of(quotient)
            }
            ("max" | "min", [first, rest @ ..]) if !rest.is_empty() => {
                let second = if let [only] = rest {
                    *only
                } else {
                    self.function(name, rest)?
                };
                let (a, b) = (self.of(*first)?, self.of(second)?);
                let apart = self.minus(*first, second)?;
                self.needs.push(Condition::NonZero(apart));
                // ½(a′ + b′ ± sgn(a − b)(a′ − b′))
                let side = self.function("sgn", &[apart])?;
                let half = self.terms.number(Q::new(1.into(), 2.into()))?;
                let sign = self.terms.integer(if name == "max" { 1 } else { -1 })?;
                let difference = self.minus(a, b)?;
                let turn = self.product(&[sign, side, difference])?;
                let sum = self.sum(&[a, b, turn])?;
                self.product(&[half, sum])
            }
            ("softmax", [component, scores @ ..]) if !self.moves(*component) => {
                let place = self
                    .terms
                    .value(*component)
                    .and_then(crate::arithmetic::polynomial::small);
                let place = place
                    .and_then(|p| usize::try_from(p).ok())
                    .and_then(|p| p.checked_sub(1));
                let own = place.and_then(|p| scores.get(p)).ok_or(STRANGE)?;
                let mut parts = vec![self.of(*own)?];
                for (j, score) in scores.iter().enumerate() {
                    let number = self.terms.integer(i64::try_from(j + 1).unwrap_or(0))?;
                    let mut all = vec![number];
                    all.extend_from_slice(scores);
                    let share = self.function("softmax", &all)?;
                    let inner = self.of(*score)?;
                    let minus = self.terms.integer(-1)?;
                    parts.push(self.product(&[minus, share, inner])?);
                }
                let sum = self.sum(&parts)?;
                self.product(&[term, sum])
            }
            (_, [u]) => {
                let inner = self.of(*u)?;
                let outer = self.one(name, term, *u)?;
                self.product(&[outer, inner])
            }
            _ => Err(STRANGE),
        }
    }

    /// The derivative of a function of one argument.
    fn one(&mut self, name: &str, term: Id, u: Id) -> Found<Id> {
        let one = self.terms.integer(1)?;
        let minus = self.terms.integer(-1)?;
        let square = self.power(u, 2)?;
        let rest = self.minus(one, square)?;
        let beyond = self.minus(square, one)?;
        let half = |this: &mut Self, base: Id, sign: i64| -> Found<Id> {
            // sign/√base
            let two = this.terms.integer(2)?;
            let root = this.function("root", &[two, base])?;
            let below = this.power(root, -1)?;
            let sign = this.terms.integer(sign)?;
            this.product(&[sign, below])
        };
        Ok(match name {
            "log" => {
                self.needs.push(Condition::Positive(u));
                self.power(u, -1)?
            }
            "sin" => self.function("cos", &[u])?,
            "cos" => {
                let sin = self.function("sin", &[u])?;
                self.product(&[minus, sin])?
            }
            "tan" | "sec" => {
                let cos = self.function("cos", &[u])?;
                self.needs.push(Condition::NonZero(cos));
                if name == "tan" {
                    self.power(cos, -2)?
                } else {
                    let tan = self.function("tan", &[u])?;
                    self.product(&[term, tan])?
                }
            }
            "cot" | "csc" => {
                let sin = self.function("sin", &[u])?;
                self.needs.push(Condition::NonZero(sin));
                if name == "cot" {
                    let below = self.power(sin, -2)?;
                    self.product(&[minus, below])?
                } else {
                    let cot = self.function("cot", &[u])?;
                    self.product(&[minus, term, cot])?
                }
            }
            "arcsin" | "arccos" => {
                self.needs.push(Condition::Positive(rest));
                half(self, rest, if name == "arcsin" { 1 } else { -1 })?
            }
            "arctan" | "arccot" => {
                if name == "arccot" {
                    self.needs.push(Condition::NonZero(u));
                }
                let sum = self.sum(&[one, square])?;
                let below = self.power(sum, -1)?;
                if name == "arctan" {
                    below
                } else {
                    self.product(&[minus, below])?
                }
            }
            "arcsec" | "arccsc" => {
                self.needs.push(Condition::Positive(beyond));
                let below = half(self, beyond, if name == "arcsec" { 1 } else { -1 })?;
                let size = self.function("abs", &[u])?;
                let size = self.power(size, -1)?;
                self.product(&[below, size])?
            }
            "sinh" => self.function("cosh", &[u])?,
            "cosh" => self.function("sinh", &[u])?,
            "tanh" | "coth" => {
                if name == "coth" {
                    self.needs.push(Condition::NonZero(u));
                }
                let square = self.power(term, 2)?;
                self.minus(one, square)?
            }
            "sech" => {
                let tanh = self.function("tanh", &[u])?;
                self.product(&[minus, term, tanh])?
            }
            "csch" => {
                self.needs.push(Condition::NonZero(u));
                let coth = self.function("coth", &[u])?;
                self.product(&[minus, term, coth])?
            }
            "arsinh" => {
                let sum = self.sum(&[square, one])?;
                half(self, sum, 1)?
            }
            "arcosh" => {
                let apart = self.minus(u, one)?;
                self.needs.push(Condition::Positive(apart));
                half(self, beyond, 1)?
            }
            "artanh" | "arcoth" => {
                self.needs.push(Condition::Positive(if name == "artanh" {
                    rest
                } else {
                    beyond
                }));
                self.power(rest, -1)?
            }
            "arsech" => {
                self.needs.push(Condition::Positive(u));
                self.needs.push(Condition::Positive(rest));
                let below = half(self, rest, -1)?;
                let inverse = self.power(u, -1)?;
                self.product(&[below, inverse])?
            }
            "arcsch" => {
                self.needs.push(Condition::NonZero(u));
                let sum = self.sum(&[one, square])?;
                let below = half(self, sum, -1)?;
                let size = self.function("abs", &[u])?;
                let size = self.power(size, -1)?;
                self.product(&[below, size])?
            }
            "sigmoid" => {
                let other = self.minus(one, term)?;
                self.product(&[term, other])?
            }
            "softplus" => self.function("sigmoid", &[u])?,
            "abs" => {
                self.needs.push(Condition::NonZero(u));
                self.function("sgn", &[u])?
            }
            "relu" => {
                self.needs.push(Condition::NonZero(u));
                let half = self.terms.number(Q::new(1.into(), 2.into()))?;
                let side = self.function("sgn", &[u])?;
                let sum = self.sum(&[one, side])?;
                self.product(&[half, sum])?
            }
            "sgn" => {
                self.needs.push(Condition::NonZero(u));
                self.terms.integer(0)?
            }
            "floor" | "ceiling" => {
                self.needs.push(Condition::Broken(u));
                self.terms.integer(0)?
            }
            _ => return Err(STRANGE),
        })
    }

    /// What is needed to go on with a part in which other conditions count.
    fn apart<T>(&mut self, work: impl FnOnce(&mut Self) -> Found<T>) -> Found<(T, Vec<Condition>)> {
        let outer = std::mem::take(&mut self.needs);
        // What was worked out before has its conditions elsewhere.
        let seen = std::mem::take(&mut self.seen);
        let result = work(self);
        self.seen = seen;
        let inner = std::mem::replace(&mut self.needs, outer);
        Ok((result?, inner))
    }

    fn piecewise(&mut self, args: &[Id]) -> Found<Id> {
        let mut parts = Vec::new();
        let mut cases = Vec::new();
        for pair in args.chunks(2) {
            let [value, statement] = pair else {
                return Err(STRANGE);
            };
            let ((), settled) = self.apart(|this| this.settled(*statement, 0))?;
            let (slope, needs) = self.apart(|this| this.of(*value))?;
            parts.extend([slope, *statement]);
            cases.push((*statement, settled, needs));
        }
        self.needs.push(Condition::Cases(cases));
        Ok(self.terms.add(Head::Piecewise, parts)?)
    }

    /// Needs what keeps a statement as true or false as it is around the point.
    fn settled(&mut self, statement: Id, depth: u32) -> Found<()> {
        if depth > 50 {
            return Err(STRANGE);
        }
        if !self.moves(statement) {
            return Ok(());
        }
        let node = self.terms.node(statement).clone();
        match (&node.head, node.args.as_slice()) {
            (Head::Equal | Head::NotEqual | Head::Less | Head::LessEqual, [a, b]) => {
                // Differentiable, hence continuous.
                self.of(*a)?;
                self.of(*b)?;
                let apart = self.minus(*a, *b)?;
                self.needs.push(Condition::NonZero(apart));
                Ok(())
            }
            (Head::And | Head::Or | Head::Not, parts) => {
                for part in parts {
                    self.settled(*part, depth + 1)?;
                }
                Ok(())
            }
            _ => Err(STRANGE),
        }
    }

    fn binder(&mut self, kind: Binder, term: Id, args: &[Id]) -> Found<Id> {
        if matches!(kind, Binder::Sum | Binder::Product) {
            return self.summed(kind, term, args);
        }
        let still = |this: &mut Self, t: Id| !this.moves(t);
        let (variable, name) = self.terms.fresh()?;
        let opened = self.terms.open(term, name)?;
        match (kind, opened.as_slice()) {
            (Binder::Derivative, [body, at]) => {
                // The slope of the body at the point, as a function of the symbol.
                let (slope, needs) = slope(self.terms, *body, variable)?;
                let mut seen = HashMap::new();
                for need in &needs {
                    let moved = substituted(self.terms, need, name, *at, &mut seen)?;
                    self.needs.push(moved);
                }
                let there = self.terms.substitute(*body, name, *at)?;
                self.needs.push(Condition::Defined(there));
                // It has a value around the point as well.
                self.of(there)?;
                let slope = self.terms.substitute(slope, name, *at)?;
                self.needs.push(Condition::Defined(slope));
                self.of(slope)
            }
            (Binder::Antiderivative, [body, at]) if still(self, *body) => {
                let there = self.continuous(*body, variable, name, *at)?;
                let inner = self.of(*at)?;
                self.product(&[there, inner])
            }
            (Binder::Integral, [body, from, to]) if still(self, *body) => {
                let mut parts = Vec::new();
                for (end, sign) in [(*to, 1), (*from, -1)] {
                    if self.moves(end) {
                        let there = self.continuous(*body, variable, name, end)?;
                        let inner = self.of(end)?;
                        let sign = self.terms.integer(sign)?;
                        parts.push(self.product(&[sign, there, inner])?);
                    }
                }
                // The integral itself exists at the point; around it the integrand is continuous
                // at the ends.
                self.needs.push(Condition::Defined(term));
                self.sum(&parts)
            }
            _ => Err(STRANGE),
        }
    }

    /// The value of an integrand at an end, where it is continuous.
    fn continuous(&mut self, body: Id, variable: u32, name: Id, at: Id) -> Found<Id> {
        let (_, needs) = slope(self.terms, body, variable)?;
        let mut seen = HashMap::new();
        for need in &needs {
            let moved = substituted(self.terms, need, name, at, &mut seen)?;
            self.needs.push(moved);
        }
        let there = self.terms.substitute(body, name, at)?;
        self.needs.push(Condition::Defined(there));
        Ok(there)
    }

    fn summed(&mut self, kind: Binder, term: Id, args: &[Id]) -> Found<Id> {
        let [_, from, to, _] = args else {
            return Err(STRANGE);
        };
        let (variable, name) = self.terms.fresh()?;
        let opened = self.terms.open(term, name)?;
        let [body, _, _, condition] = opened.as_slice() else {
            return Err(STRANGE);
        };
        let (body, condition) = (*body, *condition);
        if self.moves(*from) || self.moves(*to) || self.moves(condition) {
            return Err(STRANGE);
        }
        let (slope, needs) = self.apart(|this| this.of(body))?;
        if !needs.is_empty() {
            self.needs.push(Condition::Each(term, variable, needs));
        }
        let inner = if kind == Binder::Product {
            // (Π uₖ)′ = Σ uₖ′ Π_{j≠k} uⱼ
            let (_, other) = self.terms.fresh()?;
            let again = self.terms.open(term, other)?;
            let apart = self.terms.add(Head::NotEqual, vec![other, name])?;
            let holds = match again.get(3) {
                Some(given) => self.terms.add(Head::And, vec![*given, apart])?,
                None => apart,
            };
            let body = again.first().copied().ok_or(STRANGE)?;
            let rest = self
                .terms
                .bind(Binder::Product, other, &[body, *from, *to, holds])?;
            self.product(&[slope, rest])?
        } else {
            slope
        };
        Ok(self
            .terms
            .bind(Binder::Sum, name, &[inner, *from, *to, condition])?)
    }
}

/// A condition with a term in the place of a symbol.
fn substituted(
    terms: &mut Terms,
    condition: &Condition,
    symbol: Id,
    by: Id,
    seen: &mut HashMap<Id, Id>,
) -> Found<Condition> {
    let mut put = |terms: &mut Terms, term: Id| -> Found<Id> {
        if let Some(known) = seen.get(&term) {
            return Ok(*known);
        }
        let put = terms.substitute(term, symbol, by)?;
        seen.insert(term, put);
        Ok(put)
    };
    Ok(match condition {
        Condition::Positive(u) => Condition::Positive(put(terms, *u)?),
        Condition::NonZero(u) => Condition::NonZero(put(terms, *u)?),
        Condition::Broken(u) => Condition::Broken(put(terms, *u)?),
        Condition::Defined(u) => Condition::Defined(put(terms, *u)?),
        Condition::Power(u, e) => Condition::Power(put(terms, *u)?, put(terms, *e)?),
        Condition::Each(term, variable, needs) => {
            let term = put(terms, *term)?;
            let mut moved = Vec::new();
            for need in needs {
                moved.push(substituted(terms, need, symbol, by, seen)?);
            }
            Condition::Each(term, *variable, moved)
        }
        Condition::Cases(cases) => {
            let mut all = Vec::new();
            for (statement, settled, needs) in cases {
                let statement = terms.substitute(*statement, symbol, by)?;
                let (mut a, mut b) = (Vec::new(), Vec::new());
                for need in settled {
                    a.push(substituted(terms, need, symbol, by, seen)?);
                }
                for need in needs {
                    b.push(substituted(terms, need, symbol, by, seen)?);
                }
                all.push((statement, a, b));
            }
            Condition::Cases(all)
        }
    })
}
