//! Binders: closing over a symbol, opening again, free symbols, substitution.

use rustc_hash::FxHashMap;

use super::node::{Node, TermId};
use super::store::{Store, bound_bit};
use super::symbol::Symbol;

impl Store {
    /// Builds a binder: `symbol` becomes its bound variable wherever it stands free within the
    /// scope. `build` gets the closed children in the scope, in order, and returns the node with
    /// the number 0, which is then set. Only `scope` is closed; other children are built in by
    /// `build` as they are.
    pub fn bind(
        &mut self,
        symbol: Symbol,
        scope: &[TermId],
        build: impl FnOnce(&[TermId]) -> Node,
    ) -> TermId {
        let number = scope
            .iter()
            .map(|t| self.facts(*t).height)
            .max()
            .unwrap_or(0)
            + 1;
        let variable = self.add_node(Node::Bound(number));
        let mut seen = FxHashMap::default();
        let closed: Vec<TermId> = scope
            .iter()
            .map(|t| self.replace_symbol(*t, symbol, variable, &mut seen))
            .collect();
        let mut node = build(&closed);
        node.renumber(number);
        self.add_node(node)
    }

    /// Opens a binder: puts `with` (a closed term, as a rule a fresh symbol) in the place of the
    /// bound variable, and returns the children that lay in its scope, in order. `None` where the
    /// term is no binder.
    pub fn open(&mut self, binder: TermId, with: TermId) -> Option<Vec<TermId>> {
        if self.facts(with).height > 0 {
            // A term with binders of its own would stand beneath binders of too small a number.
            let (symbol, scope) = self.open_fresh(binder)?;
            return Some(
                scope
                    .into_iter()
                    .map(|t| self.substitute(t, symbol, with))
                    .collect(),
            );
        }
        let node = self.node(binder).clone();
        let number = node.binds()?;
        let mut scope = Vec::new();
        let mut place = 0;
        node.for_each_child(|child| {
            if node.in_scope(place) {
                scope.push(child);
            }
            place += 1;
        });
        let mut seen = FxHashMap::default();
        Some(
            scope
                .into_iter()
                .map(|t| self.replace_bound(t, number, with, &mut seen))
                .collect(),
        )
    }

    /// Opens a binder with a fresh symbol: the symbol and the children that lay in its scope.
    pub fn open_fresh(&mut self, binder: TermId) -> Option<(Symbol, Vec<TermId>)> {
        let symbol = self.fresh_symbol("b");
        let with = self.add_node(Node::Symbol(symbol));
        Some((symbol, self.open(binder, with)?))
    }

    /// Rebuilds a term with each child replaced by `to`; binders are opened with a fresh symbol
    /// and closed again, so that `to` only ever sees closed terms.
    pub fn map(
        &mut self,
        term: TermId,
        to: &mut dyn FnMut(&mut Store, TermId) -> TermId,
    ) -> TermId {
        let node = self.node(term).clone();
        if node.binds().is_some() {
            let Some((symbol, scope)) = self.open_fresh(term) else {
                return term;
            };
            let scope: Vec<TermId> = scope.into_iter().map(|t| to(self, t)).collect();
            let mut place = 0;
            let mut outside = Vec::new();
            node.for_each_child(|child| {
                if !node.in_scope(place) {
                    outside.push(child);
                }
                place += 1;
            });
            let outside: Vec<TermId> = outside.into_iter().map(|t| to(self, t)).collect();
            return self.bind(symbol, &scope, |closed| {
                let (mut inner, mut outer, mut place) = (closed.iter(), outside.iter(), 0);
                node.map_children(|child| {
                    let next = if node.in_scope(place) {
                        inner.next()
                    } else {
                        outer.next()
                    };
                    place += 1;
                    next.copied().unwrap_or(child)
                })
            });
        }
        match &node {
            Node::Add(xs) => {
                let xs: Vec<TermId> = xs.iter().map(|x| to(self, *x)).collect();
                self.add(&xs)
            }
            Node::Mul(xs) => {
                let xs: Vec<TermId> = xs.iter().map(|x| to(self, *x)).collect();
                self.mul(&xs)
            }
            _ => {
                let mut children = Vec::new();
                node.for_each_child(|child| children.push(child));
                let children: Vec<TermId> = children.into_iter().map(|t| to(self, t)).collect();
                let mut next = children.into_iter();
                let node = node.map_children(|child| next.next().unwrap_or(child));
                self.add_node(node)
            }
        }
    }

    /// Whether no bound variable of the term lacks its binder.
    #[must_use]
    pub fn is_closed(&self, term: TermId) -> bool {
        self.facts(term).dangling == 0
    }

    /// Replaces a symbol, wherever it stands free, by a closed term.
    pub fn substitute(&mut self, term: TermId, symbol: Symbol, by: TermId) -> TermId {
        let from = self.add_node(Node::Symbol(symbol));
        let mut table = FxHashMap::default();
        table.insert(from, by);
        self.replace(term, &mut table)
    }

    /// Replaces closed subterms by closed terms, outermost first; `table` grows by what was seen.
    pub fn replace(&mut self, term: TermId, table: &mut FxHashMap<TermId, TermId>) -> TermId {
        if let Some(known) = table.get(&term) {
            return *known;
        }
        let result = self.map(term, &mut |store, child| store.replace(child, table));
        table.insert(term, result);
        result
    }

    /// Whether the symbol stands in the term (also as a family or function).
    #[must_use]
    pub fn mentions(&self, term: TermId, symbol: Symbol) -> bool {
        self.symbols(term).contains(&symbol)
    }

    /// The symbols in a term, families and functions included, sorted.
    #[must_use]
    pub fn symbols(&self, term: TermId) -> Vec<Symbol> {
        let mut found = std::collections::BTreeSet::new();
        let mut seen = rustc_hash::FxHashSet::default();
        let mut stack = vec![term];
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = self.node(next);
            if let Node::Symbol(s) | Node::Member(s, _) | Node::Call(s, _, _) = node {
                found.insert(*s);
            }
            node.for_each_child(|child| stack.push(child));
        }
        found.into_iter().collect()
    }

    fn replace_symbol(
        &mut self,
        term: TermId,
        symbol: Symbol,
        by: TermId,
        seen: &mut FxHashMap<TermId, TermId>,
    ) -> TermId {
        if let Some(known) = seen.get(&term) {
            return *known;
        }
        let node = self.node(term).clone();
        let result = match &node {
            Node::Symbol(s) if *s == symbol => by,
            _ => self.rebuild(&node, &mut |store, child| {
                store.replace_symbol(child, symbol, by, seen)
            }),
        };
        seen.insert(term, result);
        result
    }

    fn replace_bound(
        &mut self,
        term: TermId,
        number: u32,
        by: TermId,
        seen: &mut FxHashMap<TermId, TermId>,
    ) -> TermId {
        if self.facts(term).dangling & bound_bit(number) == 0 {
            return term;
        }
        if let Some(known) = seen.get(&term) {
            return *known;
        }
        let node = self.node(term).clone();
        let result = match &node {
            Node::Bound(n) if *n == number => by,
            _ => self.rebuild(&node, &mut |store, child| {
                store.replace_bound(child, number, by, seen)
            }),
        };
        seen.insert(term, result);
        result
    }

    /// Rebuilds a node child by child without opening binders; heights of inner binders do not
    /// change, because only symbols, bound variables and closed symbols trade places.
    fn rebuild(&mut self, node: &Node, to: &mut dyn FnMut(&mut Store, TermId) -> TermId) -> TermId {
        let mut children = Vec::new();
        node.for_each_child(|child| children.push(child));
        let children: Vec<TermId> = children.into_iter().map(|t| to(self, t)).collect();
        let mut next = children.into_iter();
        let rebuilt = node.map_children(|child| next.next().unwrap_or(child));
        match rebuilt {
            Node::Add(xs) => self.add(&xs),
            Node::Mul(xs) => self.mul(&xs),
            other => self.add_node(other),
        }
    }
}
