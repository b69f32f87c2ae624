//! Derivatives, by the rules of `rules/calculus.rules`.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::congruence::{congruence, with_parts};
use super::engine::Engine;
use super::line::{Line, Why};
use super::pattern::symbol_of;
use super::smooth::{Critical, critical};
use crate::term::{Constant, Function, Node, Relation, Symbol, TermId};

/// The line from a derivative to a term without it.
pub fn derive(engine: &mut Engine, derivative: TermId) -> Option<Line> {
    let Node::Derivative(_, _, at) = *engine.store.node(derivative) else {
        return None;
    };
    let (symbol, scope) = engine.store.open_fresh(derivative)?;
    let body = scope[0];
    let interior = interior(engine, body, symbol, at);
    engine.under(&interior, |engine| {
        let variable = engine.store.add_node(Node::Symbol(symbol));
        Derivation {
            engine,
            symbol,
            x: variable,
            p: at,
            fuel: 400,
        }
        .of(body)
    })
}

/// What holds at p because the body is defined around p: a radicand whose slope is not 0 is
/// positive, for else it would be negative on one side.
fn interior(engine: &mut Engine, body: TermId, symbol: Symbol, p: TermId) -> Vec<TermId> {
    let mut found = Vec::new();
    let mut stack = vec![body];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(term) = stack.pop() {
        if !seen.insert(term) || !engine.store.mentions(term, symbol) {
            continue;
        }
        let node = engine.store.node(term).clone();
        if node.binds().is_some() || matches!(node, Node::Piecewise(_)) {
            continue;
        }
        node.for_each_child(|child| stack.push(child));
        let edge = match &node {
            Node::Function(Function::Root, arguments) => {
                let even = matches!(engine.store.node(arguments[0]), Node::Number(n)
                    if n.to_i64().is_some_and(|n| n % 2 == 0));
                even.then(|| arguments[1])
            }
            Node::Pow(base, exponent) => {
                (matches!(engine.store.node(*exponent), Node::Number(n) if !n.is_integer())
                    && engine.store.mentions(*base, symbol))
                .then_some(*base)
            }
            Node::Function(
                function @ (Function::Arcsin | Function::Arccos | Function::Arcosh),
                arguments,
            ) => {
                // |u| = 1 and u′ ≠ 0 would put u out of its range on one side.
                let critical = critical(engine.store, *function, arguments);
                if let Critical::Zero(term) = critical
                    && slope(engine, arguments[0], symbol)
                {
                    let at = engine.store.substitute(term, symbol, p);
                    let zero = engine.store.integer(0);
                    found.push(engine.store.relation(Relation::Less, zero, at));
                }
                None
            }
            _ => None,
        };
        if let Some(radicand) = edge
            && (slope(engine, radicand, symbol) || crosses(engine, radicand, symbol, p))
        {
            let at = engine.store.substitute(radicand, symbol, p);
            let zero = engine.store.integer(0);
            found.push(engine.store.relation(Relation::Less, zero, at));
        }
    }
    found
}

/// Whether the slope of a polynomial at p is not 0 if the polynomial is 0 there.
fn crosses(engine: &mut Engine, radicand: TermId, symbol: Symbol, p: TermId) -> bool {
    let coefficients = engine
        .field
        .coefficients_in(engine.store, radicand, symbol)
        .unwrap_or_default();
    if !(3..=5).contains(&coefficients.len()) {
        return false;
    }
    let mut terms = Vec::new();
    for (n, c) in (0_i64..).zip(coefficients).skip(1) {
        let count = engine.store.integer(n);
        let exponent = engine.store.integer(n - 1);
        let power = engine.store.pow(p, exponent);
        terms.push(engine.store.mul(&[count, c, power]));
    }
    let slope = engine.store.add(&terms);
    let at = engine.store.substitute(radicand, symbol, p);
    let zero = engine.store.integer(0);
    let vanishes = engine.store.relation(Relation::Equal, at, zero);
    engine.under(&[vanishes], |engine| {
        // If it cannot vanish there, nothing is to be shown.
        engine.is_not_zero(slope)
    })
}

/// Whether the term is linear in the symbol with a slope that is not 0.
fn slope(engine: &mut Engine, term: TermId, symbol: Symbol) -> bool {
    let parts: Vec<TermId> = match engine.store.node(term) {
        Node::Add(parts) => parts.to_vec(),
        _ => vec![term],
    };
    let mut moving = parts
        .into_iter()
        .filter(|part| engine.store.mentions(*part, symbol))
        .collect::<Vec<_>>();
    let (Some(part), true) = (moving.pop(), moving.is_empty()) else {
        return false;
    };
    if symbol_of(engine.store, part) == Some(symbol) {
        return true;
    }
    let Node::Mul(factors) = engine.store.node(part).clone() else {
        return false;
    };
    let mut once = 0;
    for factor in factors.iter() {
        if symbol_of(engine.store, *factor) == Some(symbol) {
            once += 1;
        } else if engine.store.mentions(*factor, symbol) || !engine.is_not_zero(*factor) {
            return false;
        }
    }
    once == 1
}

struct Derivation<'e, 'a> {
    engine: &'e mut Engine<'a>,
    symbol: Symbol,
    x: TermId,
    p: TermId,
    fuel: u32,
}

impl Derivation<'_, '_> {
    fn diff(&mut self, f: TermId) -> TermId {
        let p = self.p;
        self.engine
            .store
            .bind(self.symbol, &[f], |scope| Node::Derivative(0, scope[0], p))
    }

    fn moves(&self, f: TermId) -> bool {
        self.engine.store.mentions(f, self.symbol)
    }

    fn at(&mut self, f: TermId) -> TermId {
        self.engine.store.substitute(f, self.symbol, self.p)
    }

    /// The line from the derivative of f.
    fn of(&mut self, f: TermId) -> Option<Line> {
        self.fuel = self.fuel.checked_sub(1)?;
        let start = self.diff(f);
        let mut line = Line::start(start);
        if !self.moves(f) {
            return self.rule(line, "constant", &[("c", f)], &[]);
        }
        if f == self.x {
            return self.rule(line, "identity", &[], &[]);
        }
        match self.engine.store.node(f).clone() {
            Node::Add(parts) => {
                let (first, rest) = self.split(&parts, true);
                self.rule(line, "sum", &[("f", first), ("g", rest)], &[first, rest])
            }
            Node::Mul(parts) => {
                let (first, rest) = self.split(&parts, false);
                if self.moves(first) {
                    self.rule(
                        line,
                        "product",
                        &[("f", first), ("g", rest)],
                        &[first, rest],
                    )
                } else {
                    self.rule(
                        line,
                        "constant-factor",
                        &[("c", first), ("f", rest)],
                        &[rest],
                    )
                }
            }
            Node::Pow(base, exponent) => self.power(line, base, exponent),
            Node::Function(Function::Expectation, arguments) => self.mean(line, arguments[0]),
            Node::Function(function, arguments) => {
                if let Some(name) = rule_of(function) {
                    let u = *arguments.last()?;
                    if arguments.len() == 2 && function == Function::Root {
                        return self.rule(line, name, &[("n", arguments[0]), ("f", u)], &[u]);
                    }
                    if arguments.len() == 1 {
                        return self.rule(line, name, &[("f", u)], &[u]);
                    }
                }
                self.by_definition(line, f)
            }
            Node::Call(function, orders, arguments) => {
                self.unknown(&mut line, function, &orders, &arguments)?;
                Some(line)
            }
            Node::Sum(_, _, _, _, condition)
                if !matches!(self.engine.store.node(condition), Node::Truth(true)) =>
            {
                let mut inner = Line::start(f);
                if !super::sums::guard(self.engine, &mut inner) {
                    return None;
                }
                self.onward(line, inner)
            }
            Node::Sum(_, _, from, to, _) => {
                let (index, scope) = self.engine.store.open_fresh(f)?;
                let k = self.engine.store.add_node(Node::Symbol(index));
                let body = scope[0];
                let terms = [("f", body), ("k", k), ("a", from), ("b", to)];
                if !matches!(
                    self.engine.store.node(to),
                    Node::Constant(Constant::Infinity)
                ) {
                    let within = self.rule(line.clone(), "finite-sum", &terms, &[]);
                    let done = within.and_then(|line| self.within_sum(line));
                    return done.or_else(|| self.behind_zero(line, f, &terms));
                }
                let mut closed = Line::start(f);
                if super::sums::sum(self.engine, &mut closed)
                    && super::sums::outermost(self.engine.store, closed.to).is_empty()
                {
                    return self.onward(line, closed);
                }
                self.power_series(line, body, (k, from))
            }
            Node::Antiderivative(_, _, at) if at == self.x => {
                let (inner, scope) = self.engine.store.open_fresh(f)?;
                let t = self.engine.store.add_node(Node::Symbol(inner));
                self.rule(line, "antiderivative", &[("f", scope[0]), ("t", t)], &[])
            }
            Node::Derivative(..) => {
                // The inner one first.
                let mut inner = derive(self.engine, f)?;
                if let Some(normal) = self.engine.normal(inner.to) {
                    inner.push(normal, Why::Ring);
                }
                self.onward(line, inner)
            }
            _ => None,
        }
    }

    /// The derivative of a power series in the variable goes through it term by term.
    fn power_series(
        &mut self,
        line: Line,
        body: TermId,
        (k, from): (TermId, TermId),
    ) -> Option<Line> {
        let power = self.engine.store.pow(self.x, k);
        let mut rest = match self.engine.store.node(body) {
            Node::Mul(factors) => factors.to_vec(),
            _ => vec![body],
        };
        let place = rest.iter().position(|factor| *factor == power)?;
        rest.remove(place);
        let mut terms = vec![("k", k), ("a", from)];
        if rest.is_empty() {
            let terms = [("k", k)];
            return self.rule(line, "power-series-of-ones", &terms, &[]);
        }
        terms.push(("c", self.engine.store.mul(&rest)));
        let zero = matches!(self.engine.store.node(from), Node::Number(n) if n.is_zero());
        let name = if zero {
            "power-series"
        } else {
            "power-series-from-one"
        };
        self.rule(line, name, &terms, &[])
    }

    /// Goes on from the derivative of the first term of a line to that of the last.
    fn onward(&mut self, mut line: Line, inner: Line) -> Option<Line> {
        let after = inner.to;
        let next = self.diff(after);
        line.push(next, Why::parts(Some(self.symbol), vec![(0, inner)]));
        let rest = self.of(after)?;
        line.append(&rest);
        Some(line)
    }

    /// Splits a sum or product in two: what does not move, or else the first part, and the rest.
    fn split(&mut self, parts: &[TermId], sum: bool) -> (TermId, TermId) {
        let (still, moving): (Vec<TermId>, Vec<TermId>) =
            parts.iter().partition(|part| !self.moves(**part));
        let (first, rest) = if still.is_empty() {
            (vec![parts[0]], parts[1..].to_vec())
        } else {
            (still, moving)
        };
        let store = &mut self.engine.store;
        if sum {
            (store.add(&first), store.add(&rest))
        } else {
            (store.mul(&first), store.mul(&rest))
        }
    }

    /// The term at 0 of a sum that begins there apart: k x^(k − 1) is no slope at x = 0 for k = 0.
    fn behind_zero(&mut self, line: Line, sum: TermId, terms: &[(&str, TermId)]) -> Option<Line> {
        let begins = terms.iter().any(|(name, term)| {
            *name == "a" && matches!(self.engine.store.node(*term), Node::Number(n) if n.is_zero())
        });
        let mut inner = Line::start(sum);
        if !begins || !(self.engine).by_rule(&mut inner, "sums.first-term", terms) {
            return None;
        }
        if let Some(normal) = self.engine.normal(inner.to) {
            inner.push(normal, Why::Ring);
        }
        self.onward(line, inner)
    }

    /// Uses a rule of calculus, and goes on with the derivatives of `inner`.
    fn rule(
        &mut self,
        mut line: Line,
        name: &str,
        terms: &[(&str, TermId)],
        inner: &[TermId],
    ) -> Option<Line> {
        let mut all = vec![("x", self.x), ("p", self.p)];
        all.extend_from_slice(terms);
        if !self
            .engine
            .by_rule(&mut line, &format!("calculus.{name}"), &all)
        {
            return None;
        }
        let mut table = FxHashMap::default();
        for f in inner {
            let next = self.of(*f)?;
            table.insert(next.from, next);
        }
        let rest = congruence(self.engine.store, line.to, &table, 4);
        line.append(&rest);
        Some(line)
    }

    /// E and the derivative change places, and the derivative is worked out at each outcome.
    fn mean(&mut self, mut line: Line, whole: TermId) -> Option<Line> {
        let around = self.engine.facts.statements.clone();
        let outcome = super::chance::fresh(self.engine, &[whole, self.p]);
        let store = &mut *self.engine.store;
        let w = store.add_node(Node::Symbol(outcome));
        let body = *store.open(whole, w)?.first()?;
        let terms = [("f", body), ("w", w), ("x", self.x), ("p", self.p)];
        let name = "probability.mean-of-derivative";
        if !self.engine.by_rule(&mut line, name, &terms) {
            return None;
        }
        let facts = super::chance::almost_sure(self.engine.store, &around, w);
        let (symbol, x, p, fuel) = (self.symbol, self.x, self.p, self.fuel);
        self.engine.outcomes.push(outcome);
        let inner = self.engine.under(&facts, |engine| {
            let mut within = Derivation {
                engine,
                symbol,
                x,
                p,
                fuel,
            };
            within.of(body)
        });
        self.engine.outcomes.pop();
        let inner = inner?;
        super::chance::inside(self.engine, &mut line, outcome, &inner).then_some(line)
    }

    fn power(&mut self, line: Line, base: TermId, exponent: TermId) -> Option<Line> {
        if matches!(self.engine.store.node(base), Node::Constant(Constant::E)) {
            return self.rule(line, "exponential", &[("f", exponent)], &[exponent]);
        }
        if !self.moves(exponent) {
            let whole = self.engine.is_integer(exponent);
            let names: &[(&str, &str)] = if whole {
                &[("natural-power", "n"), ("integer-power", "n")]
            } else {
                &[("real-power", "r"), ("power-above-one", "r")]
            };
            return names.iter().find_map(|(name, variable)| {
                self.rule(
                    line.clone(),
                    name,
                    &[("f", base), (variable, exponent)],
                    &[base],
                )
            });
        }
        if !self.moves(base) {
            return self.rule(
                line,
                "constant-base",
                &[("c", base), ("g", exponent)],
                &[exponent],
            );
        }
        self.rule(
            line,
            "general-power",
            &[("f", base), ("g", exponent)],
            &[base, exponent],
        )
    }

    /// Replaces the function by its definition first.
    fn by_definition(&mut self, line: Line, f: TermId) -> Option<Line> {
        let name = match self.engine.store.node(f) {
            Node::Function(Function::LogBase, _) => "exp-log.log-to-base",
            Node::Function(Function::Max, _) => "powers.maximum",
            Node::Function(Function::Min, _) => "powers.minimum",
            _ => return None,
        };
        let mut inner = Line::start(f);
        let number = super::table::table().find(name)?;
        if !self.engine.by_match(&mut inner, number) {
            return None;
        }
        self.onward(line, inner)
    }

    /// The chain rule for an unknown smooth function.
    fn unknown(
        &mut self,
        line: &mut Line,
        function: Symbol,
        orders: &[u32],
        arguments: &[TermId],
    ) -> Option<()> {
        if !arguments
            .iter()
            .all(|argument| self.engine.smooth(*argument, self.x, self.p))
        {
            return None;
        }
        let mut terms = Vec::new();
        let mut table = FxHashMap::default();
        let at: Vec<TermId> = arguments.iter().map(|a| self.at(*a)).collect();
        for (place, argument) in arguments.iter().enumerate() {
            if !self.moves(*argument) {
                continue;
            }
            let mut higher = orders.to_vec();
            *higher.get_mut(place)? += 1;
            let partial =
                self.engine
                    .store
                    .add_node(Node::Call(function, higher.into(), at.clone().into()));
            let slope = self.diff(*argument);
            terms.push(self.engine.store.mul(&[partial, slope]));
            let inner = self.of(*argument)?;
            table.insert(slope, inner);
        }
        let after = self.engine.store.add(&terms);
        line.push(
            after,
            Why::Named("calculus.unknown-function", true, Rc::default()),
        );
        let rest = congruence(self.engine.store, after, &table, 3);
        line.append(&rest);
        Some(())
    }

    /// Differentiates what stands under a sum.
    fn within_sum(&mut self, mut line: Line) -> Option<Line> {
        let Some(range) = super::sums::Range::open(self.engine.store, line.to) else {
            return Some(line);
        };
        super::sums::within(self.engine, &mut line, &range, |engine| {
            derive(engine, range.body)
        })
        .then_some(line)
    }
}

fn rule_of(function: Function) -> Option<&'static str> {
    use Function as F;
    Some(match function {
        F::Root => "root",
        F::Log => "logarithm",
        F::Abs => "absolute-value",
        F::Sin => "sine",
        F::Cos => "cosine",
        F::Tan => "tangent",
        F::Cot => "cotangent",
        F::Sec => "secant",
        F::Csc => "cosecant",
        F::Arcsin => "arcsine",
        F::Arccos => "arccosine",
        F::Arctan => "arctangent",
        F::Arccot => "arccotangent",
        F::Arcsec => "arcsecant",
        F::Arccsc => "arccosecant",
        F::Sinh => "hyperbolic-sine",
        F::Cosh => "hyperbolic-cosine",
        F::Tanh => "hyperbolic-tangent",
        F::Coth => "hyperbolic-cotangent",
        F::Sech => "hyperbolic-secant",
        F::Csch => "hyperbolic-cosecant",
        F::Arsinh => "area-sine",
        F::Arcosh => "area-cosine",
        F::Artanh => "area-tangent",
        F::Arcoth => "area-cotangent",
        F::Arsech => "area-secant",
        F::Arcsch => "area-cosecant",
        F::Sigmoid => "sigmoid",
        F::Softplus => "softplus",
        F::Relu => "relu",
        _ => return None,
    })
}

/// Replaces every derivative in a term, innermost positions included, where that can be done.
pub fn without_derivatives(engine: &mut Engine, term: TermId) -> Option<Line> {
    let node = engine.store.node(term).clone();
    if matches!(node, Node::Derivative(..)) {
        return derive(engine, term);
    }
    let mut children = Vec::new();
    node.for_each_child(|child| children.push(child));
    let mut parts = Vec::new();
    for (place, child) in children.into_iter().enumerate() {
        if node.in_scope(place) || !holds_derivative(engine, child) {
            continue;
        }
        let line = without_derivatives(engine, child)?;
        parts.push((u32::try_from(place).unwrap_or(u32::MAX), line));
    }
    Some(with_parts(engine.store, term, parts))
}

fn holds_derivative(engine: &Engine, term: TermId) -> bool {
    let mut stack = vec![term];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = stack.pop() {
        let node = engine.store.node(next);
        if matches!(node, Node::Derivative(..)) {
            return true;
        }
        if seen.insert(next) {
            node.for_each_child(|child| stack.push(child));
        }
    }
    false
}
