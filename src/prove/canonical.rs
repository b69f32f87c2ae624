//! Directed rewriting: functions are replaced by the few that the normal forms are made of: sine
//! and cosine, powers, roots, logarithms of what cannot be split, inverse functions as they are.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::congruence::with_parts;
use super::derive::derive;
use super::engine::Engine;
use super::line::{Line, Why};
use super::sums;
use super::table::table;
use crate::number::Rational;
use crate::term::{Constant, Function, Node, Relation, TermId};
use crate::theory::calculus::limit_under;
use crate::theory::field::Factor;
use crate::theory::probability::is_chance;

/// Brings terms to the basis, with memory.
pub struct Canonical<'e, 'a> {
    /// What rules are used with.
    pub engine: &'e mut Engine<'a>,
    memory: FxHashMap<TermId, Line>,
    fuel: u32,
}

impl<'e, 'a> Canonical<'e, 'a> {
    /// Without memory.
    pub fn new(engine: &'e mut Engine<'a>) -> Self {
        Canonical {
            engine,
            memory: FxHashMap::default(),
            fuel: 4_000,
        }
    }

    /// The line to the term in the basis.
    pub fn of(&mut self, term: TermId) -> Line {
        if let Some(known) = self.memory.get(&term) {
            return known.clone();
        }
        if self.fuel == 0 {
            return Line::start(term);
        }
        self.fuel -= 1;
        let closed = sums::known(self.engine, term).filter(|line| line.to != term);
        let is_closed = closed.is_some();
        let mut line = closed.unwrap_or_else(|| self.children(term));
        if (is_closed || self.head(&mut line)) && line.to != term {
            let rest = self.of(line.to);
            line.append(&rest);
        }
        self.memory.insert(term, line.clone());
        line
    }

    fn children(&mut self, term: TermId) -> Line {
        let node = self.engine.store.node(term).clone();
        if matches!(node, Node::Derivative(..)) {
            return Line::start(term);
        }
        if matches!(node, Node::Outcomes(..)) {
            return super::chance::within(self, term);
        }
        if node.binds().is_some() {
            return self.binder(term, &node);
        }
        if matches!(node, Node::Piecewise(_)) || is_statement(&node) {
            return Line::start(term);
        }
        let mut children = Vec::new();
        node.for_each_child(|child| children.push(child));
        let mut parts = Vec::new();
        for (place, child) in children.into_iter().enumerate() {
            let line = self.of(child);
            if !line.is_still() {
                parts.push((u32::try_from(place).unwrap_or(u32::MAX), line));
            }
        }
        with_parts(self.engine.store, term, parts)
    }

    /// Works under further facts.
    pub(super) fn under<T>(
        &mut self,
        facts: &[TermId],
        work: impl FnOnce(&mut Canonical<'_, 'a>) -> T,
    ) -> T {
        let fuel = self.fuel;
        let (result, fuel) = self.engine.under(facts, |engine| {
            let mut within = Canonical {
                engine,
                memory: FxHashMap::default(),
                fuel,
            };
            (work(&mut within), within.fuel)
        });
        self.fuel = fuel;
        result
    }

    /// Under a binder: the body, with what is known of the bound name. A body may be replaced by
    /// one that is defined at more places only where its being undefined leaves no trace: in
    /// finite sums and products.
    fn binder(&mut self, term: TermId, node: &Node) -> Line {
        let (Node::Sum(_, _, from, to, condition) | Node::Product(_, _, from, to, condition)) =
            *node
        else {
            return Line::start(term);
        };
        let Some((symbol, scope)) = self.engine.store.open_fresh(term) else {
            return Line::start(term);
        };
        let k = self.engine.store.add_node(Node::Symbol(symbol));
        let store = &mut *self.engine.store;
        let integers = store.add_node(Node::Integers);
        let mut facts = vec![
            store.add_node(Node::Element(k, integers)),
            store.relation(Relation::LessEqual, from, k),
            store.relation(Relation::LessEqual, k, to),
        ];
        if !matches!(store.node(condition), Node::Truth(true)) {
            facts.push(scope[1]);
        }
        self.engine.indices.push(symbol);
        let inner = self.under(&facts, |within| within.of(scope[0]));
        self.engine.indices.pop();
        let mut line = Line::start(term);
        if inner.is_still() {
            return line;
        }
        let sum = matches!(node, Node::Sum(..));
        let after = self
            .engine
            .store
            .bind(symbol, &[inner.to, scope[1]], |closed| {
                if sum {
                    Node::Sum(0, closed[0], from, to, closed[1])
                } else {
                    Node::Product(0, closed[0], from, to, closed[1])
                }
            });
        line.push(after, Why::parts(Some(symbol), vec![(0, inner)]));
        line
    }

    fn try_rules(&mut self, line: &mut Line, names: &[&str]) -> bool {
        names.iter().any(|name| {
            table()
                .find(name)
                .is_some_and(|number| self.engine.by_match(line, number))
        })
    }

    /// One step at the head of the line's end; whether there was one.
    fn head(&mut self, line: &mut Line) -> bool {
        match self.engine.store.node(line.to).clone() {
            Node::Derivative(..) => match derive(self.engine, line.to) {
                Some(derived) => {
                    line.append(&derived);
                    true
                }
                None => false,
            },
            Node::Integral(..) => match super::integral::integrate(self.engine, line.to) {
                Some(found) => {
                    line.append(&found);
                    true
                }
                None => false,
            },
            Node::Limit(..) => {
                let facts = self.engine.facts.clone();
                match limit_under(self.engine.store, &facts, line.to) {
                    Some(value) => {
                        line.push(value, Why::Named("calculus.limit", true, Rc::default()));
                        true
                    }
                    None => false,
                }
            }
            Node::Sum(..) => {
                super::chance::partition(self.engine, line) || sums::sum(self.engine, line)
            }
            Node::Product(..) => sums::product(self.engine, line),
            Node::Pow(base, exponent) if super::chance::is_indicator(self.engine.store, base) => {
                super::chance::indicator_power(self.engine, line, base, exponent)
            }
            Node::Function(f, _) if is_chance(f) || f == Function::Indicator => {
                super::chance::head(self, line)
            }
            Node::Function(_, arguments) if self.settle(line, &arguments) => true,
            Node::Pow(base, exponent) if self.settle(line, &[base, exponent]) => true,
            Node::Function(Function::Log, arguments) => self.logarithm(line, arguments[0]),
            Node::Pow(base, exponent) if matches!(self.engine.store.node(base), Node::Number(c) if c.is_zero()) => {
                (self.engine).by_rule(line, "powers.power-of-zero", &[("c", exponent)])
            }
            Node::Pow(base, exponent) if matches!(self.engine.store.node(base), Node::Add(_)) => {
                self.rational_power(line, base, exponent)
            }
            Node::Function(Function::Root, arguments) => {
                self.try_rules(line, rules_of(Function::Root)) || self.root(line, &arguments)
            }
            Node::Function(Function::Factorial, arguments) => {
                self.try_rules(line, rules_of(Function::Factorial))
                    || self.factorial_of_number(line, arguments[0])
            }
            Node::Function(function, arguments) => {
                self.try_rules(line, rules_of(function))
                    || arguments
                        .first()
                        .is_some_and(|u| self.value_of_inverse(line, function, *u))
            }
            Node::Pow(base, exponent)
                if matches!(self.engine.store.node(base), Node::Constant(Constant::E)) =>
            {
                self.exponential(line, exponent)
            }
            Node::Pow(base, outer) => {
                let Node::Pow(_, inner) = *self.engine.store.node(base) else {
                    return false;
                };
                self.engine.is_integer(inner)
                    && self.engine.is_integer(outer)
                    && self.try_rules(line, &["field.power-of-power"])
            }
            _ => false,
        }
    }

    /// The angle of a known sine or tangent that is written in another way, such as 1/√3.
    fn value_of_inverse(&mut self, line: &mut Line, function: Function, argument: TermId) -> bool {
        let names = match function {
            Function::Arcsin => ["arcsine-of-half-root-two", "arcsine-of-half-root-three"],
            Function::Arctan => ["arctangent-of-root-three", "arctangent-of-third-root-three"],
            _ => return false,
        };
        self.engine.store.symbols(argument).is_empty()
            && names.iter().any(|name| {
                let name = format!("trigonometry.{name}");
                self.engine.by_rule(line, &name, &[])
            })
    }

    /// Works out arguments without symbols.
    fn settle(&mut self, line: &mut Line, arguments: &[TermId]) -> bool {
        let mut parts = Vec::new();
        for (place, argument) in arguments.iter().enumerate() {
            let node = self.engine.store.node(*argument);
            if !matches!(node, Node::Add(_) | Node::Mul(_) | Node::Pow(..))
                || !self.engine.store.symbols(*argument).is_empty()
            {
                continue;
            }
            let Some(normal) = self.engine.normal(*argument) else {
                continue;
            };
            if matches!(self.engine.store.node(normal), Node::Number(_)) {
                let mut inner = Line::start(*argument);
                inner.push(normal, Why::Ring);
                parts.push((u32::try_from(place).unwrap_or(u32::MAX), inner));
            }
        }
        if parts.is_empty() {
            return false;
        }
        let settled = with_parts(self.engine.store, line.to, parts);
        line.append(&settled);
        true
    }

    /// 3! = 3·2!
    fn factorial_of_number(&mut self, line: &mut Line, n: TermId) -> bool {
        let Node::Number(value) = self.engine.store.node(n) else {
            return false;
        };
        let Some(less) = value.to_i64().filter(|n| (1..=20).contains(n)) else {
            return false;
        };
        let less = self.engine.store.integer(less - 1);
        self.engine
            .by_rule(line, "factorials.successor", &[("n", less)])
    }

    /// log(a + b/c) = log(ac + b) + log(1/c)
    fn logarithm_of_fraction(&mut self, line: &mut Line, u: TermId) -> bool {
        let quotient = self.engine.field.quotient(self.engine.store, u);
        let Some((above, below)) = quotient else {
            return false;
        };
        if matches!(self.engine.store.node(below), Node::Number(_))
            || !self.engine.is_positive(below)
        {
            return false;
        }
        let minus = self.engine.store.integer(-1);
        let inverse = self.engine.store.pow(below, minus);
        let product = self.engine.store.mul(&[above, inverse]);
        let mut inner = Line::start(u);
        inner.push(product, Why::Ring);
        let mut longer = line.clone();
        let spelled = with_parts(self.engine.store, line.to, vec![(0, inner)]);
        longer.append(&spelled);
        let terms = [("a", inverse), ("b", above)];
        let done = (self.engine).by_rule(&mut longer, "exp-log.log-of-product", &terms);
        if done {
            *line = longer;
        }
        done
    }

    fn logarithm(&mut self, line: &mut Line, u: TermId) -> bool {
        match self.engine.store.node(u).clone() {
            Node::Number(value) => self.logarithm_of_number(line, &value),
            Node::Constant(Constant::E) => self.try_rules(line, &["exp-log.log-of-e"]),
            Node::Product(..) => {
                let mut inner = line.clone();
                let used = sums::logarithm(self.engine, &mut inner, u);
                if used {
                    *line = inner;
                }
                used
            }
            Node::Pow(base, _) => {
                if matches!(self.engine.store.node(base), Node::Constant(Constant::E)) {
                    return self.try_rules(line, &["exp-log.log-of-exp"]);
                }
                self.try_rules(
                    line,
                    &[
                        "exp-log.log-of-square",
                        "exp-log.log-of-odd-power",
                        "exp-log.log-of-power",
                        "exp-log.log-of-even-power",
                    ],
                )
            }
            Node::Function(Function::Root, _) => self.try_rules(line, &["exp-log.log-of-root"]),
            // log(1 + 1/k) of an index is log(k + 1) − log k.
            Node::Add(_) if !self.engine.indices.is_empty() => self.logarithm_of_fraction(line, u),
            Node::Mul(factors) => {
                let positive =
                    (0..factors.len()).find(|place| self.engine.is_positive(factors[*place]));
                let Some(place) = positive else {
                    return false;
                };
                let mut rest = factors.to_vec();
                let factor = rest.remove(place);
                let rest = self.engine.store.mul(&rest);
                self.engine.by_rule(
                    line,
                    "exp-log.log-of-product",
                    &[("a", factor), ("b", rest)],
                )
            }
            _ => false,
        }
    }

    /// (…)^(3/2) is a power of a root, where the root is worked on.
    fn rational_power(&mut self, line: &mut Line, base: TermId, exponent: TermId) -> bool {
        let Node::Number(value) = self.engine.store.node(exponent).clone() else {
            return false;
        };
        let whole =
            |n: num_bigint::BigInt| Rational::from_big(num_rational::BigRational::from_integer(n));
        if value.is_integer() {
            return false;
        }
        let store = &mut *self.engine.store;
        let p = store.number(whole(value.numerator()));
        let q = store.number(whole(value.denominator()));
        let root = store.function(Function::Root, &[q, base]);
        if self.of(root).is_still() {
            return false;
        }
        let terms = [("a", base), ("p", p), ("q", q)];
        self.engine.by_rule(line, "powers.rational-power", &terms)
    }

    /// A root of a sum that has factors: √(1 − x²) = √(1 − x) √(1 + x) where both are positive.
    fn root(&mut self, line: &mut Line, arguments: &[TermId]) -> bool {
        let [index, radicand] = *arguments else {
            return false;
        };
        if !matches!(self.engine.store.node(radicand), Node::Add(_)) {
            return false;
        }
        let Some(factored) = self.engine.field.factored(self.engine.store, radicand) else {
            return false;
        };
        let odd = |factor: &Factor| factor.exponent.to_i64().is_some_and(|n| n % 2 != 0);
        if factored.factors.len() < 2 || !factored.factors.iter().all(odd) {
            return false;
        }
        let store = &mut *self.engine.store;
        let mut powers: Vec<TermId> = factored
            .factors
            .iter()
            .map(|factor| {
                if factor.exponent.is_one() {
                    return factor.term;
                }
                let exponent = store.number(factor.exponent.clone());
                store.pow(factor.term, exponent)
            })
            .collect();
        // A negative number in front goes to a factor.
        let mut coefficient = factored.coefficient.clone();
        if coefficient.signum() < 0 {
            for power in &mut powers {
                let minus = store.neg(*power);
                if let Some(minus) = self.engine.field.normal(store, minus) {
                    *power = minus;
                    coefficient = coefficient.neg();
                    break;
                }
            }
        }
        if !coefficient.is_one() {
            powers.push(store.number(coefficient));
        }
        for place in 0..powers.len() {
            let mut rest = powers.clone();
            let first = rest.remove(place);
            let rest = self.engine.store.mul(&rest);
            let terms = [("n", index), ("a", first), ("b", rest)];
            if self.engine.by_rule(line, "powers.root-of-product", &terms) {
                return true;
            }
        }
        false
    }

    fn logarithm_of_number(&mut self, line: &mut Line, value: &Rational) -> bool {
        if value.is_one() {
            return self.try_rules(line, &["exp-log.log-of-one"]);
        }
        if value.signum() <= 0 {
            return false;
        }
        if !value.is_integer() {
            let above =
                Rational::from_big(num_rational::BigRational::from_integer(value.numerator()));
            let below =
                Rational::from_big(num_rational::BigRational::from_integer(value.denominator()));
            let store = &mut *self.engine.store;
            let below = store.number(below);
            if above.is_one() {
                return self
                    .engine
                    .by_rule(line, "exp-log.log-of-reciprocal", &[("a", below)]);
            }
            let above = store.number(above);
            let minus = store.integer(-1);
            let inverse = store.pow(below, minus);
            return self.engine.by_rule(
                line,
                "exp-log.log-of-product",
                &[("a", above), ("b", inverse)],
            );
        }
        let Some(small) = value.to_i64().filter(|n| *n < 1_000_000) else {
            return false;
        };
        let prime = (2..)
            .take_while(|p| p * p <= small)
            .find(|p| small % p == 0);
        let Some(prime) = prime else {
            return false;
        };
        let (mut rest, mut exponent) = (small, 0);
        while rest % prime == 0 {
            rest /= prime;
            exponent += 1;
        }
        let store = &mut *self.engine.store;
        let base = store.integer(prime);
        let exponent = store.integer(exponent);
        if rest == 1 {
            return self.engine.by_rule(
                line,
                "exp-log.log-of-power",
                &[("a", base), ("b", exponent)],
            );
        }
        let power = store.pow(base, exponent);
        let rest = store.integer(rest);
        self.engine
            .by_rule(line, "exp-log.log-of-product", &[("a", power), ("b", rest)])
    }

    /// e^(c log a + …) and e^(c arsinh a + …).
    fn exponential(&mut self, line: &mut Line, exponent: TermId) -> bool {
        if self.exponential_parts(line, exponent) {
            return true;
        }
        // Multiplied out it may show such parts.
        let Some(normal) = self.engine.normal(exponent) else {
            return false;
        };
        if normal == exponent || !holds_logarithm(self.engine, normal) {
            return false;
        }
        let mut inner = Line::start(exponent);
        inner.push(normal, Why::Ring);
        let mut longer = line.clone();
        let spelled = with_parts(self.engine.store, line.to, vec![(1, inner)]);
        longer.append(&spelled);
        if self.exponential_parts(&mut longer, normal) {
            *line = longer;
            return true;
        }
        false
    }

    fn exponential_parts(&mut self, line: &mut Line, exponent: TermId) -> bool {
        let parts: Vec<TermId> = match self.engine.store.node(exponent) {
            Node::Add(parts) => parts.to_vec(),
            _ => vec![exponent],
        };
        for (place, part) in parts.iter().enumerate() {
            let factors: Vec<TermId> = match self.engine.store.node(*part) {
                Node::Mul(factors) => factors.to_vec(),
                _ => vec![*part],
            };
            let Some(at) = factors.iter().position(|factor| {
                matches!(
                    self.engine.store.node(*factor),
                    Node::Function(
                        Function::Log
                            | Function::Arsinh
                            | Function::Arcosh
                            | Function::Artanh
                            | Function::Arcoth
                            | Function::Arsech
                            | Function::Arcsch,
                        _
                    )
                )
            }) else {
                continue;
            };
            let kernel = factors[at];
            let Node::Function(function, arguments) = self.engine.store.node(kernel).clone() else {
                continue;
            };
            if function != Function::Log {
                let mut inner = Line::start(kernel);
                if !self.try_rules(&mut inner, rules_of_area(function)) {
                    continue;
                }
                let mut map = FxHashMap::default();
                map.insert(kernel, inner);
                let rest = super::congruence::congruence(self.engine.store, line.to, &map, 4);
                line.append(&rest);
                return true;
            }
            let mut others = factors.clone();
            others.remove(at);
            let multiple = self.engine.store.mul(&others);
            let inside = arguments[0];
            let single = self.engine.store.exp(*part);
            let mut power = Line::start(single);
            let used = if others.is_empty() {
                self.engine
                    .by_rule(&mut power, "exp-log.exp-of-log", &[("a", inside)])
            } else {
                self.engine.by_rule(
                    &mut power,
                    "exp-log.exp-of-log-multiple",
                    &[("a", inside), ("b", multiple)],
                )
            };
            if !used {
                continue;
            }
            if parts.len() == 1 {
                line.append(&power);
                return true;
            }
            let mut remaining = parts.clone();
            remaining.remove(place);
            let remaining = self.engine.store.add(&remaining);
            if !self.engine.by_rule(
                line,
                "exp-log.exp-of-sum",
                &[("a", *part), ("b", remaining)],
            ) {
                continue;
            }
            let mut map = FxHashMap::default();
            map.insert(single, power);
            let rest = super::congruence::congruence(self.engine.store, line.to, &map, 2);
            line.append(&rest);
            return true;
        }
        false
    }
}

fn is_statement(node: &Node) -> bool {
    matches!(
        node,
        Node::Truth(_)
            | Node::Relation(..)
            | Node::Element(..)
            | Node::Has(..)
            | Node::And(_)
            | Node::Or(_)
            | Node::Not(_)
            | Node::Finite(_)
            | Node::Interval(..)
            | Node::Range(..)
            | Node::Reals
            | Node::Integers
            | Node::Naturals
    )
}

fn holds_logarithm(engine: &Engine, term: TermId) -> bool {
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        match engine.store.node(next) {
            Node::Function(f, _) if *f == Function::Log || !rules_of_area(*f).is_empty() => {
                return true;
            }
            node @ (Node::Add(_) | Node::Mul(_)) => node.for_each_child(|c| stack.push(c)),
            _ => {}
        }
    }
    false
}

/// The rules that take a function to the basis.
fn rules_of(function: Function) -> &'static [&'static str] {
    use Function as F;
    match function {
        F::Factorial => &["factorials.factorial-of-zero"],
        F::Binomial => &["factorials.binomial"],
        F::Tan => &["trigonometry.tangent"],
        F::Cot => &["trigonometry.cotangent"],
        F::Sec => &["trigonometry.secant"],
        F::Csc => &["trigonometry.cosecant"],
        F::Sin => &[
            "trigonometry.sine-of-zero",
            "trigonometry.sine-of-arcsine",
            "trigonometry.sine-of-arctangent",
        ],
        F::Cos => &[
            "trigonometry.cosine-of-zero",
            "trigonometry.cosine-of-arcsine",
            "trigonometry.cosine-of-arctangent",
        ],
        F::Arccos => &["trigonometry.arccosine"],
        F::Arcsec => &["trigonometry.arcsecant"],
        F::Arccsc => &["trigonometry.arccosecant"],
        F::Arctan => &[
            "trigonometry.arctangent-of-zero",
            "trigonometry.arctangent-of-one",
            "trigonometry.arctangent-of-root-three",
            "trigonometry.arctangent-of-third-root-three",
            "trigonometry.arctangent-of-negative",
        ],
        F::Arcsin => &[
            "trigonometry.arcsine-of-zero",
            "trigonometry.arcsine-of-half",
            "trigonometry.arcsine-of-one",
            "trigonometry.arcsine-of-half-root-two",
            "trigonometry.arcsine-of-half-root-three",
            "trigonometry.arcsine-of-negative",
        ],
        F::Sinh => &["hyperbolic.hyperbolic-sine"],
        F::Cosh => &["hyperbolic.hyperbolic-cosine"],
        F::Tanh => &["hyperbolic.hyperbolic-tangent"],
        F::Coth => &["hyperbolic.hyperbolic-cotangent"],
        F::Sech => &["hyperbolic.hyperbolic-secant"],
        F::Csch => &["hyperbolic.hyperbolic-cosecant"],
        F::Sigmoid => &["hyperbolic.sigmoid"],
        F::Softplus => &["hyperbolic.softplus"],
        F::Relu => &["powers.relu"],
        F::Max => &["powers.maximum"],
        F::Min => &["powers.minimum"],
        F::Signum => &["powers.sign"],
        F::KroneckerDelta => &["sums.delta-of-equal", "sums.delta-of-different"],
        F::Abs => &[
            "powers.abs-of-nonnegative",
            "powers.abs-of-nonpositive",
            "powers.abs-of-power",
        ],
        F::LogBase => &["exp-log.log-to-base"],
        F::Root => &[
            "powers.root-of-square",
            "powers.root-of-even-power",
            "powers.root-of-product",
        ],
        _ => &[],
    }
}

fn rules_of_area(function: Function) -> &'static [&'static str] {
    use Function as F;
    match function {
        F::Arsinh => &["hyperbolic.area-sine"],
        F::Arcosh => &["hyperbolic.area-cosine"],
        F::Artanh => &["hyperbolic.area-tangent"],
        F::Arcoth => &["hyperbolic.area-cotangent"],
        F::Arsech => &["hyperbolic.area-secant"],
        F::Arcsch => &["hyperbolic.area-cosecant"],
        _ => &[],
    }
}
