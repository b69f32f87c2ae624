//! Signs that can be seen: a cheap look before `theory::order` is asked.

use rustc_hash::FxHashMap;

use crate::number::Rational;
use crate::term::{Constant, Function, Node, Relation, Sort, Store, Symbol, TermId};
use crate::theory::facts::Facts;

/// Which signs a term may have: bits for negative, zero, positive.
pub type Mask = u8;

/// Negative.
pub const NEGATIVE: Mask = 1;
/// Zero.
pub const ZERO: Mask = 2;
/// Positive.
pub const POSITIVE: Mask = 4;
/// Nothing is known.
pub const ANY: Mask = 7;

/// Signs under facts.
#[derive(Clone, Debug, Default)]
pub struct Signs {
    known: FxHashMap<TermId, Mask>,
    seen: FxHashMap<TermId, Mask>,
    integers: Vec<Symbol>,
    /// Members of families that are integers (k₁ where k is a family).
    members: Vec<TermId>,
    naturals: Vec<Symbol>,
}

impl Signs {
    /// The signs that the facts give.
    pub fn new(store: &mut Store, facts: &Facts) -> Self {
        let mut signs = Signs::default();
        for (symbol, sort) in &facts.sorts {
            match sort {
                Sort::Natural => signs.naturals.push(*symbol),
                Sort::Integer => signs.integers.push(*symbol),
                _ => {}
            }
        }
        for statement in &facts.statements {
            signs.learn(store, *statement);
        }
        signs
    }

    /// Takes a statement as true.
    pub fn learn(&mut self, store: &mut Store, statement: TermId) {
        match store.node(statement).clone() {
            Node::And(parts) => parts.iter().for_each(|part| self.learn(store, *part)),
            Node::Relation(relation, a, b) => self.learn_relation(store, relation, a, b),
            Node::Element(a, set) => {
                if let Node::Symbol(symbol) = *store.node(a) {
                    match store.node(set) {
                        Node::Naturals => self.naturals.push(symbol),
                        Node::Integers => self.integers.push(symbol),
                        _ => {}
                    }
                } else if matches!(store.node(a), Node::Member(..))
                    && matches!(store.node(set), Node::Naturals | Node::Integers)
                {
                    self.members.push(a);
                }
            }
            _ => {}
        }
        self.seen.clear();
    }

    fn learn_relation(&mut self, store: &mut Store, relation: Relation, a: TermId, b: TermId) {
        let zero =
            |store: &Store, t: TermId| matches!(store.node(t), Node::Number(n) if n.is_zero());
        let (less, greater) = match relation {
            Relation::Less => (NEGATIVE, POSITIVE),
            Relation::LessEqual => (NEGATIVE | ZERO, POSITIVE | ZERO),
            Relation::NotEqual => (NEGATIVE | POSITIVE, NEGATIVE | POSITIVE),
            Relation::Equal => (ZERO, ZERO),
        };
        // a R b says that a − b has a sign in `less`, and b − a one in `greater`.
        if zero(store, b) {
            self.narrow(store, a, less);
        } else if zero(store, a) {
            self.narrow(store, b, greater);
        } else {
            let difference = store.sub(a, b);
            self.narrow(store, difference, less);
            let difference = store.sub(b, a);
            self.narrow(store, difference, greater);
            let bound = self.mask(store, a);
            if less & POSITIVE == 0 && bound & NEGATIVE == 0 {
                // b > a ≥ 0
                let strict = less & ZERO == 0 || bound & ZERO == 0;
                self.narrow(store, b, if strict { POSITIVE } else { POSITIVE | ZERO });
            }
            let bound = self.mask(store, b);
            if less & POSITIVE == 0 && bound & POSITIVE == 0 {
                let strict = less & ZERO == 0 || bound & ZERO == 0;
                self.narrow(store, a, if strict { NEGATIVE } else { NEGATIVE | ZERO });
            }
        }
    }

    fn narrow(&mut self, store: &Store, term: TermId, mask: Mask) {
        *self.known.entry(term).or_insert(ANY) &= mask;
        self.seen.clear();
        if mask & ZERO != 0 {
            return;
        }
        // What is not 0 has factors, bases and radicands that are not 0.
        match store.node(term) {
            Node::Mul(factors) => {
                for factor in factors.clone() {
                    self.narrow(store, factor, NEGATIVE | POSITIVE);
                }
            }
            Node::Pow(base, exponent) => {
                let (base, exponent) = (*base, *exponent);
                if matches!(store.node(exponent), Node::Number(n) if n.signum() != 0) {
                    self.narrow(store, base, NEGATIVE | POSITIVE);
                }
            }
            Node::Function(Function::Root, arguments) => {
                if let Some(radicand) = arguments.get(1).copied() {
                    self.narrow(store, radicand, NEGATIVE | POSITIVE);
                }
            }
            Node::Function(Function::Abs, arguments) => {
                if let Some(inner) = arguments.first().copied() {
                    self.narrow(store, inner, NEGATIVE | POSITIVE);
                }
            }
            _ => {}
        }
    }

    /// Whether the term is seen to be an integer.
    pub fn is_integer(&self, store: &Store, term: TermId) -> bool {
        match store.node(term) {
            Node::Number(value) => value.is_integer(),
            Node::Symbol(symbol) => {
                self.integers.contains(symbol) || self.naturals.contains(symbol)
            }
            Node::Member(..) => self.members.contains(&term),
            Node::Add(parts) | Node::Mul(parts) => {
                parts.iter().all(|part| self.is_integer(store, *part))
            }
            Node::Pow(base, exponent) => {
                self.is_integer(store, *base)
                    && matches!(store.node(*exponent), Node::Number(n) if n.is_integer() && n.signum() >= 0)
            }
            Node::Function(Function::Factorial | Function::Floor | Function::Ceiling, _) => true,
            _ => false,
        }
    }

    /// The signs that the term may have where it is defined.
    pub fn mask(&mut self, store: &mut Store, term: TermId) -> Mask {
        if let Some(mask) = self.seen.get(&term) {
            return *mask;
        }
        let known = self.known.get(&term).copied().unwrap_or(ANY);
        let mask = known & self.shape(store, term);
        self.seen.insert(term, mask);
        mask
    }

    fn shape(&mut self, store: &mut Store, term: TermId) -> Mask {
        match store.node(term).clone() {
            Node::Number(value) => of_number(&value),
            Node::Constant(Constant::E | Constant::Pi | Constant::Infinity) => POSITIVE,
            Node::Symbol(symbol) if self.naturals.contains(&symbol) => ZERO | POSITIVE,
            Node::Add(parts) => {
                let masks: Vec<Mask> = parts.iter().map(|p| self.mask(store, *p)).collect();
                sum(&masks)
            }
            Node::Mul(parts) => parts
                .iter()
                .map(|p| self.mask(store, *p))
                .fold(POSITIVE, product),
            Node::Pow(base, exponent) => self.power(store, base, exponent),
            Node::Function(function, arguments) => self.function(store, function, &arguments),
            _ => ANY,
        }
    }

    fn power(&mut self, store: &mut Store, base: TermId, exponent: TermId) -> Mask {
        let below = self.mask(store, base);
        if below == POSITIVE {
            return POSITIVE;
        }
        let Node::Number(value) = store.node(exponent) else {
            return ANY;
        };
        let value = value.clone();
        let mut mask = 0;
        if below & POSITIVE != 0 {
            mask |= POSITIVE;
        }
        if below & ZERO != 0 {
            match value.signum() {
                0 => mask |= POSITIVE,
                1 => mask |= ZERO,
                _ => {}
            }
        }
        if below & NEGATIVE != 0 && value.is_integer() {
            let half = value.div(&Rational::from(2));
            mask |= if half.is_some_and(|half| half.is_integer()) {
                POSITIVE
            } else {
                NEGATIVE
            };
        }
        mask
    }

    fn function(&mut self, store: &mut Store, function: Function, arguments: &[TermId]) -> Mask {
        let Some(last) = arguments.last().copied() else {
            return ANY;
        };
        let inner = self.mask(store, last);
        match function {
            Function::Root => {
                let even = matches!(store.node(arguments[0]), Node::Number(n)
                    if n.div(&Rational::from(2)).is_some_and(|half| half.is_integer()));
                if even { inner & !NEGATIVE } else { inner }
            }
            Function::Abs => (inner & ZERO) | if inner & !ZERO == 0 { 0 } else { POSITIVE },
            Function::Cosh
            | Function::Sech
            | Function::Sigmoid
            | Function::Softplus
            | Function::Factorial
            | Function::Softmax => POSITIVE,
            Function::Relu | Function::Arccos | Function::Arcosh | Function::Arsech => {
                ZERO | POSITIVE
            }
            Function::Sinh
            | Function::Tanh
            | Function::Arctan
            | Function::Arsinh
            | Function::Arcsin
            | Function::Artanh
            | Function::Signum => inner,
            Function::Norm | Function::Variance => ZERO | POSITIVE,
            _ => ANY,
        }
    }
}

fn of_number(value: &Rational) -> Mask {
    match value.signum() {
        0 => ZERO,
        1 => POSITIVE,
        _ => NEGATIVE,
    }
}

fn sum(masks: &[Mask]) -> Mask {
    let all = masks.iter().fold(0, |a, b| a | b);
    let somewhere_not_zero = masks.iter().any(|m| m & ZERO == 0);
    if all & NEGATIVE == 0 {
        if somewhere_not_zero { POSITIVE } else { all }
    } else if all & POSITIVE == 0 {
        if somewhere_not_zero { NEGATIVE } else { all }
    } else {
        ANY
    }
}

fn product(a: Mask, b: Mask) -> Mask {
    let mut mask = 0;
    for (x, y, z) in [
        (POSITIVE, POSITIVE, POSITIVE),
        (NEGATIVE, NEGATIVE, POSITIVE),
        (POSITIVE, NEGATIVE, NEGATIVE),
        (NEGATIVE, POSITIVE, NEGATIVE),
    ] {
        if a & x != 0 && b & y != 0 {
            mask |= z;
        }
    }
    if (a | b) & ZERO != 0 {
        mask |= ZERO;
    }
    mask
}
