//! The store of hash-consed terms.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::function::{Constant, Function};
use super::meter::{Limit, Meter};
use super::node::{Node, Relation, TermId};
use super::symbol::Symbol;
use crate::number::Rational;

/// What is known of a term without looking at it again.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// The highest number of a binder in it; 0 if it has none.
    pub(super) height: u32,
    /// The numbers of its `Bound`s that have no binder in it, a bit each; 63 and above share one.
    pub(super) dangling: u64,
}

/// The bit of a bound variable's number.
pub(super) fn bound_bit(number: u32) -> u64 {
    1 << number.min(63)
}

/// All terms of a document. Terms are only ever added.
#[derive(Clone, Debug, Default)]
pub struct Store {
    names: IndexSet<String, FxBuildHasher>,
    nodes: IndexSet<Node, FxBuildHasher>,
    facts: Vec<Facts>,
    fresh: u32,
    /// How much room the terms take, in units of a small term.
    room: u64,
    meter: Meter,
}

/// The most room that the terms of a document may take: some 200 MB.
const MOST_ROOM: u64 = 1_500_000;

impl Store {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Store::default()
    }

    /// The symbol of a name.
    pub fn symbol(&mut self, name: &str) -> Symbol {
        if let Some(index) = self.names.get_index_of(name) {
            return Symbol(u32::try_from(index).unwrap_or(u32::MAX));
        }
        let (index, _) = self.names.insert_full(name.to_owned());
        Symbol(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The symbol of a name that was met.
    #[must_use]
    pub fn find_symbol(&self, name: &str) -> Option<Symbol> {
        let index = self.names.get_index_of(name)?;
        u32::try_from(index).ok().map(Symbol)
    }

    /// A symbol that stands nowhere else; its name begins with `hint` and holds a `#`, which no
    /// written name does.
    pub fn fresh_symbol(&mut self, hint: &str) -> Symbol {
        loop {
            self.fresh += 1;
            let name = format!("{hint}#{}", self.fresh);
            if !self.names.contains(&name) {
                return self.symbol(&name);
            }
        }
    }

    /// The name of a symbol.
    #[must_use]
    pub fn name(&self, symbol: Symbol) -> &str {
        self.names
            .get_index(symbol.0 as usize)
            .map_or("?", String::as_str)
    }

    /// The node of a term of this store.
    #[must_use]
    #[allow(clippy::missing_panics_doc, reason = "ids come from this store only")]
    pub fn node(&self, term: TermId) -> &Node {
        &self.nodes[term.index()]
    }

    /// How many terms there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no term yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    pub(super) fn facts(&self, term: TermId) -> Facts {
        self.facts.get(term.index()).copied().unwrap_or_default()
    }

    /// Adds a node as it is (children must be of this store). Prefer the builders below for sums,
    /// products and binders.
    pub fn add_node(&mut self, node: Node) -> TermId {
        if let Some(index) = self.nodes.get_index_of(&node) {
            return TermId(u32::try_from(index).unwrap_or(u32::MAX));
        }
        let facts = self.compute_facts(&node);
        self.room += room(&node);
        if self.room > MOST_ROOM {
            self.meter.note(Limit::Document, MOST_ROOM);
        }
        let (index, _) = self.nodes.insert_full(node);
        self.facts.push(facts);
        TermId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    fn compute_facts(&self, node: &Node) -> Facts {
        let mut facts = Facts::default();
        if let Node::Bound(number) = node {
            facts.dangling = bound_bit(*number);
        }
        let own = node
            .binds()
            .filter(|number| *number < 63)
            .map_or(0, bound_bit);
        let mut place = 0;
        node.for_each_child(|child| {
            let inner = self.facts(child);
            facts.height = facts.height.max(inner.height);
            facts.dangling |= if node.in_scope(place) {
                inner.dangling & !own
            } else {
                inner.dangling
            };
            place += 1;
        });
        facts.height = facts.height.max(node.binds().unwrap_or(0));
        facts
    }

    /// What the current step spends.
    #[must_use]
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Spends so many operations of the current step. Whether there were so many, and the document
    /// has room for more terms.
    pub fn spend(&self, count: u64) -> bool {
        let room = self.has_room();
        self.meter.spend(count) && room
    }

    /// Whether the document has room for more terms.
    #[must_use]
    pub fn has_room(&self) -> bool {
        let room = self.room <= MOST_ROOM;
        if !room {
            self.meter.note(Limit::Document, MOST_ROOM);
        }
        room
    }

    /// The number `value`.
    pub fn number(&mut self, value: Rational) -> TermId {
        self.add_node(Node::Number(value))
    }

    /// The integer `value`.
    pub fn integer(&mut self, value: i64) -> TermId {
        self.number(Rational::from(value))
    }

    /// The integer `value`, if it stands anywhere.
    #[must_use]
    pub fn find_integer(&self, value: i64) -> Option<TermId> {
        let index = self
            .nodes
            .get_index_of(&Node::Number(Rational::from(value)))?;
        u32::try_from(index).ok().map(TermId)
    }

    /// The symbol of that name as a term.
    pub fn variable(&mut self, name: &str) -> TermId {
        let symbol = self.symbol(name);
        self.add_node(Node::Symbol(symbol))
    }

    /// A constant.
    pub fn constant(&mut self, constant: Constant) -> TermId {
        self.add_node(Node::Constant(constant))
    }

    /// A known function applied to arguments.
    pub fn function(&mut self, function: Function, arguments: &[TermId]) -> TermId {
        self.add_node(Node::Function(function, arguments.into()))
    }

    /// The sum: flat, 0 for none, the term itself for one; nothing else is simplified.
    pub fn add(&mut self, terms: &[TermId]) -> TermId {
        let mut flat = Vec::with_capacity(terms.len());
        for term in terms {
            match self.node(*term) {
                Node::Add(inner) => flat.extend_from_slice(inner),
                _ => flat.push(*term),
            }
        }
        match flat.as_slice() {
            [] => self.integer(0),
            [one] => *one,
            _ => self.add_node(Node::Add(flat.into())),
        }
    }

    /// The product in order: flat, 1 for none, the factor itself for one; nothing else is
    /// simplified.
    pub fn mul(&mut self, factors: &[TermId]) -> TermId {
        let mut flat = Vec::with_capacity(factors.len());
        for factor in factors {
            match self.node(*factor) {
                Node::Mul(inner) => flat.extend_from_slice(inner),
                _ => flat.push(*factor),
            }
        }
        match flat.as_slice() {
            [] => self.integer(1),
            [one] => *one,
            _ => self.add_node(Node::Mul(flat.into())),
        }
    }

    /// The terms that a sum adds; of another term, the term.
    #[must_use]
    pub fn summands(&self, term: TermId) -> Vec<TermId> {
        match self.node(term) {
            Node::Add(terms) => terms.to_vec(),
            _ => vec![term],
        }
    }

    /// The factors of a product; of another term, the term.
    #[must_use]
    pub fn factors(&self, term: TermId) -> Vec<TermId> {
        match self.node(term) {
            Node::Mul(factors) => factors.to_vec(),
            _ => vec![term],
        }
    }

    /// `−a`; of a number, the negative number.
    pub fn neg(&mut self, a: TermId) -> TermId {
        if let Node::Number(value) = self.node(a) {
            let value = value.neg();
            return self.number(value);
        }
        let minus = self.integer(-1);
        self.mul(&[minus, a])
    }

    /// `a − b`.
    pub fn sub(&mut self, a: TermId, b: TermId) -> TermId {
        let b = self.neg(b);
        self.add(&[a, b])
    }

    /// `a / b`; of two numbers with b ≠ 0, the quotient.
    pub fn div(&mut self, a: TermId, b: TermId) -> TermId {
        if let (Node::Number(x), Node::Number(y)) = (self.node(a), self.node(b))
            && let Some(value) = x.div(y)
        {
            return self.number(value);
        }
        let minus = self.integer(-1);
        let inverse = self.pow(b, minus);
        self.mul(&[a, inverse])
    }

    /// `a ^ b`, as it is.
    pub fn pow(&mut self, a: TermId, b: TermId) -> TermId {
        self.add_node(Node::Pow(a, b))
    }

    /// `e ^ a`.
    pub fn exp(&mut self, a: TermId) -> TermId {
        let e = self.constant(Constant::E);
        self.pow(e, a)
    }

    /// `√a`.
    pub fn sqrt(&mut self, a: TermId) -> TermId {
        let two = self.integer(2);
        self.function(Function::Root, &[two, a])
    }

    /// A relation between two terms.
    pub fn relation(&mut self, relation: Relation, a: TermId, b: TermId) -> TermId {
        self.add_node(Node::Relation(relation, a, b))
    }
}

/// The room of a node: 1, and more for many children or long numbers.
fn room(node: &Node) -> u64 {
    let mut children = 0;
    node.for_each_child(|_| children += 1);
    let bits = match node {
        Node::Number(value) => value.bits(),
        _ => 0,
    };
    1 + children / 32 + bits / 1024
}
