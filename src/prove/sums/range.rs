//! A sum or product taken apart: its body under a fresh name, its bounds, its condition.

use crate::prove::engine::Engine;
use crate::prove::line::{Line, Why};
use crate::term::{Constant, Node, Relation, Store, Symbol, TermId};

/// A sum (or product) with a symbol for its bound variable.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// Whether it is a product.
    pub product: bool,
    /// The name.
    pub symbol: Symbol,
    /// The name as a term.
    pub k: TermId,
    /// The body.
    pub body: TermId,
    /// The lower bound.
    pub from: TermId,
    /// The upper bound.
    pub to: TermId,
    /// The condition.
    pub condition: TermId,
}

impl Range {
    /// Opens a sum or product.
    pub fn open(store: &mut Store, term: TermId) -> Option<Self> {
        let (product, from, to) = match *store.node(term) {
            Node::Sum(_, _, from, to, _) => (false, from, to),
            Node::Product(_, _, from, to, _) => (true, from, to),
            _ => return None,
        };
        let (symbol, scope) = store.open_fresh(term)?;
        let k = store.add_node(Node::Symbol(symbol));
        Some(Range {
            product,
            symbol,
            k,
            body: *scope.first()?,
            from,
            to,
            condition: *scope.get(1)?,
        })
    }

    /// The term again.
    pub fn close(&self, store: &mut Store) -> TermId {
        let (from, to, product) = (self.from, self.to, self.product);
        store.bind(self.symbol, &[self.body, self.condition], |closed| {
            let body = closed.first().copied().unwrap_or(self.body);
            let condition = closed.get(1).copied().unwrap_or(self.condition);
            if product {
                Node::Product(0, body, from, to, condition)
            } else {
                Node::Sum(0, body, from, to, condition)
            }
        })
    }

    /// The same body over another range.
    pub fn over(&self, store: &mut Store, from: TermId, to: TermId) -> TermId {
        let condition = store.add_node(Node::Truth(true));
        Range {
            from,
            to,
            condition,
            ..*self
        }
        .close(store)
    }

    /// Whether there is no condition.
    pub fn is_plain(&self, store: &Store) -> bool {
        matches!(store.node(self.condition), Node::Truth(true))
    }

    /// Whether a bound is not finite.
    pub fn is_infinite(&self, store: &Store) -> bool {
        [self.from, self.to]
            .iter()
            .any(|end| holds_infinity(store, *end))
    }

    /// What is known of the name.
    pub fn facts(&self, store: &mut Store) -> Vec<TermId> {
        let integers = store.add_node(Node::Integers);
        let mut facts = vec![
            store.add_node(Node::Element(self.k, integers)),
            store.relation(Relation::LessEqual, self.from, self.k),
            store.relation(Relation::LessEqual, self.k, self.to),
        ];
        if !self.is_plain(store) {
            facts.push(self.condition);
        }
        facts
    }

    /// The value of the body at a place.
    pub fn at(&self, store: &mut Store, place: TermId) -> TermId {
        store.substitute(self.body, self.symbol, place)
    }
}

fn holds_infinity(store: &Store, term: TermId) -> bool {
    let node = store.node(term);
    if matches!(node, Node::Constant(Constant::Infinity)) {
        return true;
    }
    let mut found = false;
    node.for_each_child(|child| found |= holds_infinity(store, child));
    found
}

/// Goes on along the line within the body of the sum at its end, which was opened as `range`, under
/// what is known of its name.
pub fn within(
    engine: &mut Engine,
    line: &mut Line,
    range: &Range,
    work: impl FnOnce(&mut Engine) -> Option<Line>,
) -> bool {
    let facts = range.facts(engine.store);
    engine.indices.push(range.symbol);
    let inner = engine.under(&facts, work);
    engine.indices.pop();
    let Some(inner) = inner.filter(|inner| !inner.is_still()) else {
        return false;
    };
    let after = Range {
        body: inner.to,
        ..*range
    }
    .close(engine.store);
    line.push(after, Why::parts(Some(range.symbol), vec![(0, inner)]));
    true
}

/// `a + c`, multiplied out.
pub fn plus(engine: &mut Engine, a: TermId, c: i64) -> TermId {
    let c = engine.store.integer(c);
    let sum = engine.store.add(&[a, c]);
    engine.normal(sum).unwrap_or(sum)
}

/// Whether a ≤ b is seen or decided.
pub fn at_most(engine: &mut Engine, a: TermId, b: TermId) -> bool {
    if a == b {
        return true;
    }
    let statement = engine.store.relation(Relation::LessEqual, a, b);
    engine.holds(statement).is_some()
}

/// The integer a − b, if it is one.
pub fn distance(engine: &mut Engine, a: TermId, b: TermId) -> Option<i64> {
    if a == b {
        return Some(0);
    }
    let difference = engine.field.constant_difference(engine.store, a, b)?;
    difference.is_integer().then(|| difference.to_i64())?
}
