//! Walks a term and gathers what its parts need.

use indexmap::IndexSet;
use rustc_hash::FxHashSet;

use super::Domain;
use super::condition;
use crate::term::{Constant, Function, Node, Relation, Sort, Store, Symbol, TermId};
use crate::theory::facts::Facts;
use crate::theory::field::Field;
use crate::theory::power_series::{PowerSeries, is_endless};

/// How deep terms may be nested.
const DEPTH: u32 = 400;

/// What was gathered so far.
pub(super) struct Collector<'a> {
    pub(super) field: &'a mut Field,
    pub(super) facts: &'a Facts,
    conditions: IndexSet<TermId>,
    seen: FxHashSet<TermId>,
    pub(super) complete: bool,
    depth: u32,
}

impl<'a> Collector<'a> {
    pub(super) fn new(field: &'a mut Field, facts: &'a Facts) -> Self {
        Collector {
            field,
            facts,
            conditions: IndexSet::new(),
            seen: FxHashSet::default(),
            complete: true,
            depth: 0,
        }
    }

    pub(super) fn finish(self, store: &mut Store) -> Domain {
        Domain {
            conditions: merged(store, self.conditions.into_iter().collect()),
            complete: self.complete,
        }
    }

    /// What a part needs by itself.
    fn inner(&mut self, store: &mut Store, term: TermId) -> Domain {
        let mut collector = Collector::new(self.field, self.facts);
        collector.depth = self.depth;
        collector.visit(store, term);
        collector.finish(store)
    }

    pub(super) fn require(&mut self, condition: TermId) {
        self.conditions.insert(condition);
    }

    pub(super) fn require_nonzero(&mut self, store: &mut Store, u: TermId) {
        for condition in condition::nonzero(store, self.field, u) {
            self.require(condition);
        }
    }

    pub(super) fn require_sign(&mut self, store: &mut Store, u: TermId, strict: bool) {
        for condition in condition::sign(store, self.field, u, strict) {
            self.require(condition);
        }
    }

    /// a < b or a ≤ b.
    pub(super) fn require_less(&mut self, store: &mut Store, a: TermId, b: TermId, strict: bool) {
        let difference = store.sub(b, a);
        self.require_sign(store, difference, strict);
    }

    pub(super) fn visit(&mut self, store: &mut Store, term: TermId) {
        if !self.seen.insert(term) {
            return;
        }
        if self.depth >= DEPTH {
            self.complete = false;
            return;
        }
        self.depth += 1;
        self.gather(store, term);
        self.depth -= 1;
    }

    fn children(&mut self, store: &mut Store, term: TermId) {
        let mut children = Vec::new();
        store
            .node(term)
            .for_each_child(|child| children.push(child));
        for child in children {
            self.visit(store, child);
        }
    }

    fn gather(&mut self, store: &mut Store, term: TermId) {
        match store.node(term).clone() {
            Node::Pow(base, exponent) => {
                self.visit(store, base);
                self.visit(store, exponent);
                self.power(store, base, exponent);
            }
            Node::Function(function, arguments) => self.function(store, function, &arguments),
            Node::Derivative(_, _, at) => {
                self.visit(store, at);
                self.derivative(store, term, at);
            }
            Node::Antiderivative(_, _, at) => {
                self.visit(store, at);
                self.derivative(store, term, at);
                self.complete = false;
            }
            Node::Integral(_, _, low, high) => self.integral(store, term, low, high),
            Node::Limit(_, _, to, _) => {
                self.visit(store, to);
                self.outside(store, term);
                self.complete = false;
            }
            Node::Sum(_, _, low, high, condition) | Node::Product(_, _, low, high, condition) => {
                self.range(store, term, low, high, condition);
            }
            Node::Extremum(_, _, low, high, _) => self.extremum(store, term, low, high),
            Node::Gradient(_, _, at, _) => {
                self.visit(store, at);
                self.complete = false;
            }
            Node::Outcomes(..) => self.outcomes(store, term),
            Node::Piecewise(parts) => self.piecewise(store, &parts),
            Node::Has(..) | Node::And(_) | Node::Or(_) | Node::Not(_) | Node::ForAll(..) => {
                // An atom that is undefined is merely not true.
                self.complete = false;
            }
            _ => self.children(store, term),
        }
    }

    /// bᵉ: e ∈ ℕ for every b; e ∈ ℤ for b ≠ 0; any other e for b > 0, and e > 0 for b = 0.
    fn power(&mut self, store: &mut Store, base: TermId, exponent: TermId) {
        let normal = self.field.normal(store, exponent).unwrap_or(exponent);
        if let Node::Number(number) = store.node(normal).clone() {
            match (number.is_integer(), number.signum()) {
                (true, 0 | 1) => {}
                (true, _) => {
                    if self.field.is_ordered(store, base) {
                        self.complete = false;
                    } else {
                        self.require_nonzero(store, base);
                    }
                }
                (false, 1) => self.require_sign(store, base, false),
                (false, _) => self.require_sign(store, base, true),
            }
            return;
        }
        if matches!(store.node(base), Node::Constant(Constant::E | Constant::Pi)) {
            return;
        }
        if self.field.is_ordered(store, base) {
            self.complete = false;
            return;
        }
        if condition::sign(store, self.field, base, true).is_empty() {
            return;
        }
        match self.kind(store, normal) {
            Some(Sort::Natural) => {}
            Some(_) => {
                let zero = store.integer(0);
                let natural = store.relation(Relation::LessEqual, zero, normal);
                let nonzero = condition::nonzero(store, self.field, base);
                self.require_one(store, &[nonzero, vec![natural]]);
            }
            None => self.real_power(store, base, normal),
        }
    }

    /// b > 0, or b = 0 and e ≥ 0 (0⁰ = 1), or b < 0 and e ∈ ℤ.
    fn real_power(&mut self, store: &mut Store, base: TermId, exponent: TermId) {
        let zero = store.integer(0);
        let integers = store.add_node(Node::Integers);
        let integral = store.add_node(Node::Element(exponent, integers));
        let positive = condition::sign(store, self.field, base, true);
        let mut nonzero = condition::nonzero(store, self.field, base);
        nonzero.push(integral);
        let vanishing = store.relation(Relation::Equal, base, zero);
        let exponent_not_negative = store.relation(Relation::LessEqual, zero, exponent);
        self.require_one(
            store,
            &[positive, vec![vanishing, exponent_not_negative], nonzero],
        );
    }

    /// At least one of the conjunctions.
    fn require_one(&mut self, store: &mut Store, cases: &[Vec<TermId>]) {
        let falsum = condition::falsum(store);
        let mut either = Vec::new();
        for case in cases {
            if case.contains(&falsum) {
                continue;
            }
            match case.as_slice() {
                [] => return,
                [one] => either.push(*one),
                _ => either.push(store.add_node(Node::And(case.clone().into()))),
            }
        }
        let condition = match either.as_slice() {
            [] => falsum,
            [one] => *one,
            _ => store.add_node(Node::Or(either.into())),
        };
        self.require(condition);
    }

    /// Whether the term is a natural number or an integer by the sorts of its symbols.
    pub(super) fn kind(&self, store: &Store, term: TermId) -> Option<Sort> {
        match store.node(term) {
            Node::Number(c) if c.is_integer() => Some(if c.signum() >= 0 {
                Sort::Natural
            } else {
                Sort::Integer
            }),
            Node::Symbol(s) | Node::Member(s, _) => match self.facts.sorts.get(s) {
                Some(sort @ (Sort::Natural | Sort::Integer)) => Some(*sort),
                _ => None,
            },
            Node::Add(parts) | Node::Mul(parts) => {
                let mut all = Sort::Natural;
                for part in parts {
                    if self.kind(store, *part)? == Sort::Integer {
                        all = Sort::Integer;
                    }
                }
                Some(all)
            }
            Node::Pow(base, exponent) => match self.kind(store, *exponent)? {
                Sort::Natural => self.kind(store, *base),
                _ => None,
            },
            Node::Function(Function::Factorial, _) => Some(Sort::Natural),
            Node::Function(Function::Floor | Function::Ceiling, _) => Some(Sort::Integer),
            _ => None,
        }
    }

    /// What a random variable needs at each outcome holds almost surely.
    fn outcomes(&mut self, store: &mut Store, binder: TermId) {
        let Some((symbol, body)) = opened(store, binder) else {
            self.complete = false;
            return;
        };
        let inner = self.inner(store, body);
        self.complete &= inner.complete;
        let one = store.integer(1);
        for condition in inner.conditions {
            if !store.mentions(condition, symbol) {
                self.require(condition);
                continue;
            }
            let event = store.bind(symbol, &[condition], |scope| {
                Node::Outcomes(0, scope.first().copied().unwrap_or(condition))
            });
            let chance = store.function(Function::Probability, &[event]);
            let certain = store.relation(Relation::Equal, chance, one);
            self.require(certain);
        }
    }

    /// What of the body's conditions does not depend on the bound variable.
    fn outside(&mut self, store: &mut Store, binder: TermId) {
        let Some((symbol, body)) = opened(store, binder) else {
            self.complete = false;
            return;
        };
        for condition in self.inner(store, body).conditions {
            if !store.mentions(condition, symbol) {
                self.require(condition);
            }
        }
    }

    /// The derivative at a point: the body is defined near it, and smooth there.
    fn derivative(&mut self, store: &mut Store, binder: TermId, at: TermId) {
        let Some((symbol, body)) = opened(store, binder) else {
            self.complete = false;
            return;
        };
        let inner = self.inner(store, body);
        let falsum = condition::falsum(store);
        let mut near = Vec::with_capacity(inner.conditions.len());
        for condition in inner.conditions {
            // A set that is open with the point is open around it. Of the closed ones, u ≥ 0 near
            // a point where u is linear means u > 0 there.
            let node = store.node(condition).clone();
            near.push(match node {
                _ if !store.mentions(condition, symbol) => condition,
                Node::Relation(Relation::NotEqual | Relation::Less, _, _) => condition,
                Node::Relation(Relation::LessEqual, a, b)
                    if self.is_linear(store, a, b, symbol) =>
                {
                    store.relation(Relation::Less, a, b)
                }
                _ => {
                    self.complete = false;
                    condition
                }
            });
        }
        self.complete &= inner.complete && self.is_smooth(store, body, symbol, &near);
        for condition in near {
            let there = store.substitute(condition, symbol, at);
            let mut parts = condition::solved(store, self.field, there);
            if parts.contains(&falsum) {
                parts = vec![falsum];
            }
            for part in parts {
                self.require(part);
            }
        }
    }

    /// Whether b − a is linear in the symbol with a slope that is a number other than 0.
    fn is_linear(&mut self, store: &mut Store, a: TermId, b: TermId, symbol: Symbol) -> bool {
        let difference = store.sub(b, a);
        match self.field.coefficients_in(store, difference, symbol) {
            Some(coefficients) => match coefficients.as_slice() {
                [_, slope] => matches!(store.node(*slope), Node::Number(_)),
                _ => false,
            },
            None => false,
        }
    }

    fn integral(&mut self, store: &mut Store, term: TermId, low: TermId, high: TermId) {
        self.visit(store, low);
        self.visit(store, high);
        let Some((symbol, body)) = opened(store, term) else {
            self.complete = false;
            return;
        };
        let inner = self.inner(store, body);
        let infinite = is_infinite(store, low) || is_infinite(store, high);
        let depends = inner
            .conditions
            .iter()
            .any(|condition| store.mentions(*condition, symbol));
        // A continuous integrand that is defined everywhere has an integral over a segment.
        self.complete &=
            inner.complete && !infinite && !depends && self.is_smooth(store, body, symbol, &[]);
        for condition in inner.conditions {
            if !store.mentions(condition, symbol) {
                self.require(condition);
            }
        }
    }

    fn range(
        &mut self,
        store: &mut Store,
        term: TermId,
        low: TermId,
        high: TermId,
        condition: TermId,
    ) {
        self.visit(store, low);
        self.visit(store, high);
        let Some((symbol, body)) = opened(store, term) else {
            self.complete = false;
            return;
        };
        let inner = self.inner(store, body);
        let finite = !is_infinite(store, high) && !is_infinite(store, low);
        self.complete &= inner.complete && (finite || self.series(store, term));
        if inner.conditions.is_empty() {
            return;
        }
        // An empty sum needs nothing of its body.
        let nonempty = match (store.node(low), store.node(high)) {
            (Node::Number(a), Node::Number(b)) => a <= b,
            (Node::Number(_), _) => is_infinite(store, high),
            _ => false,
        };
        let said = store.relation(Relation::LessEqual, low, high);
        let nonempty = (nonempty || self.facts.statements.contains(&said))
            && matches!(store.node(condition), Node::Truth(true));
        for condition in inner.conditions {
            if nonempty && !store.mentions(condition, symbol) {
                self.require(condition);
            } else {
                self.complete = false;
            }
        }
    }

    /// The largest or smallest over a range that is not empty.
    fn extremum(&mut self, store: &mut Store, term: TermId, low: TermId, high: TermId) {
        self.visit(store, low);
        self.visit(store, high);
        let Some((_, body)) = opened(store, term) else {
            self.complete = false;
            return;
        };
        let inner = self.inner(store, body);
        self.complete &= inner.complete
            && inner.conditions.is_empty()
            && !is_infinite(store, high)
            && !is_infinite(store, low);
        let integers = store.add_node(Node::Integers);
        for end in [low, high] {
            if !matches!(store.node(end), Node::Number(n) if n.is_integer()) {
                let whole = store.add_node(Node::Element(end, integers));
                self.require(whole);
            }
        }
        let nonempty = store.relation(Relation::LessEqual, low, high);
        self.require(nonempty);
    }

    /// Whether it is known where a series has a sum; what is needed for it.
    fn series(&mut self, store: &mut Store, term: TermId) -> bool {
        let Node::Sum(_, _, from, to, condition) = *store.node(term) else {
            return false;
        };
        let plain = matches!(store.node(condition), Node::Truth(true));
        let Some((symbol, body)) = opened(store, term).filter(|_| plain && is_endless(store, to))
        else {
            return false;
        };
        let Some(series) = PowerSeries::read(store, self.field, body, symbol, from) else {
            return false;
        };
        if series.needs_small_base(store) {
            let (low, high) = (store.integer(-1), store.integer(1));
            for powers in &series.geometric {
                self.require_less(store, low, powers.base, true);
                self.require_less(store, powers.base, high, true);
            }
            return true;
        }
        series.geometric.is_empty()
    }

    /// A case is needed only where its condition holds.
    fn piecewise(&mut self, store: &mut Store, parts: &[TermId]) {
        let mut total = false;
        for pair in parts.chunks(2) {
            let [value, condition] = *pair else {
                self.complete = false;
                continue;
            };
            let inner = self.inner(store, value);
            self.complete &= inner.complete && inner.conditions.is_empty();
            total = matches!(store.node(condition), Node::Truth(true));
        }
        self.complete &= total;
    }
}

/// x ≥ 0 and x ≠ 0 together are x > 0.
pub(super) fn merged(store: &mut Store, mut conditions: Vec<TermId>) -> Vec<TermId> {
    let mut place = 0;
    while let Some(condition) = conditions.get(place).copied() {
        place += 1;
        let Node::Relation(Relation::LessEqual, a, b) = *store.node(condition) else {
            continue;
        };
        let off = conditions.iter().position(|other| {
            matches!(*store.node(*other), Node::Relation(Relation::NotEqual, c, d)
                if (a, b) == (c, d) || (a, b) == (d, c))
        });
        if let Some(off) = off {
            if let Some(here) = conditions.get_mut(place - 1) {
                *here = store.relation(Relation::Less, a, b);
            }
            conditions.remove(off);
            place = 0;
        }
    }
    conditions
}

fn opened(store: &mut Store, binder: TermId) -> Option<(Symbol, TermId)> {
    let (symbol, scope) = store.open_fresh(binder)?;
    Some((symbol, *scope.first()?))
}

fn is_infinite(store: &Store, term: TermId) -> bool {
    match store.node(term) {
        Node::Constant(Constant::Infinity) => true,
        Node::Mul(factors) | Node::Add(factors) => {
            factors.iter().any(|factor| is_infinite(store, *factor))
        }
        _ => false,
    }
}

impl Collector<'_> {
    /// Whether the body is a smooth function of the symbol where these conditions hold: no |·|,
    /// floor, odd root or the like, and no case split, of anything that depends on it; even roots
    /// and arcs only inside of their ranges.
    fn is_smooth(
        &mut self,
        store: &mut Store,
        body: TermId,
        symbol: Symbol,
        given: &[TermId],
    ) -> bool {
        let mut stack = vec![body];
        let mut seen = FxHashSet::default();
        while let Some(term) = stack.pop() {
            if !seen.insert(term) || !store.mentions(term, symbol) {
                continue;
            }
            let node = store.node(term).clone();
            if let Node::Sum(_, _, from, to, condition) = node {
                let mut held = [from, to, condition].into_iter();
                if held.any(|part| store.mentions(part, symbol) || is_infinite(store, part)) {
                    return false;
                }
            } else if !is_smooth_head(store, &node) {
                return false;
            }
            for inside in insides(store, &node) {
                let strict = condition::sign(store, self.field, inside, true);
                if !strict.iter().all(|c| given.contains(c)) {
                    return false;
                }
            }
            node.for_each_child(|child| stack.push(child));
        }
        true
    }
}

/// What must be positive for a root or an arc to be smooth.
fn insides(store: &mut Store, node: &Node) -> Vec<TermId> {
    let one = store.integer(1);
    match node {
        Node::Pow(base, exponent) => match store.node(*exponent) {
            Node::Number(c) if !c.is_integer() => vec![*base],
            _ => Vec::new(),
        },
        Node::Function(Function::Root, arguments) => {
            arguments.get(1).copied().into_iter().collect()
        }
        Node::Function(Function::Arcsin | Function::Arccos, arguments) => match **arguments {
            [u] => vec![store.add(&[one, u]), store.sub(one, u)],
            _ => Vec::new(),
        },
        Node::Function(Function::Arcosh, arguments) => match **arguments {
            [u] => vec![store.sub(u, one)],
            _ => Vec::new(),
        },
        Node::Function(Function::Arsech, arguments) => match **arguments {
            [u] => vec![store.sub(one, u)],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn is_smooth_head(store: &Store, node: &Node) -> bool {
    match node {
        Node::Number(_)
        | Node::Constant(_)
        | Node::Symbol(_)
        | Node::Add(_)
        | Node::Mul(_)
        | Node::Call(..) => true,
        // xˣ and the like have conditions that say what they need, but not openly.
        Node::Pow(base, exponent) => {
            matches!(store.node(*exponent), Node::Number(_))
                || matches!(
                    store.node(*base),
                    Node::Constant(Constant::E | Constant::Pi)
                )
                || matches!(store.node(*base), Node::Number(c) if c.signum() > 0)
        }
        Node::Function(f, arguments) => match f {
            Function::Root => matches!(
                arguments.first().map(|n| store.node(*n)),
                Some(Node::Number(n)) if n.to_i64().is_some_and(|n| n % 2 == 0)
            ),
            Function::Log
            | Function::LogBase
            | Function::Sin
            | Function::Cos
            | Function::Tan
            | Function::Cot
            | Function::Sec
            | Function::Csc
            | Function::Arcsin
            | Function::Arccos
            | Function::Arctan
            | Function::Sinh
            | Function::Cosh
            | Function::Tanh
            | Function::Coth
            | Function::Sech
            | Function::Csch
            | Function::Arsinh
            | Function::Arcosh
            | Function::Artanh
            | Function::Arcoth
            | Function::Arsech
            | Function::Arcsch
            | Function::Sigmoid
            | Function::Softmax
            | Function::Softplus => true,
            _ => false,
        },
        _ => false,
    }
}
