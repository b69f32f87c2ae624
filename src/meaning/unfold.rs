//! Definitions written out: all of them, or only down to a symbol.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::scope::{Definition, Scope};
use crate::number::Rational;
use crate::term::{Node, Store, Symbol, TermId};

/// Terms that one unfolding may visit.
const BUDGET: usize = 200_000;

/// A definition by its symbol and place.
type Id = (Symbol, usize);

/// What stops an unfolding.
#[derive(Clone, Debug)]
pub(super) enum Target {
    /// A symbol: its own definitions stay as they are.
    Symbol(Symbol),
    /// A member of a family: other members that are defined through it are unfolded.
    Member(Symbol, TermId),
}

impl Scope {
    /// Writes out every defined symbol of a term; nothing where the result would be too large.
    pub fn unfold(&self, store: &mut Store, term: TermId) -> Option<TermId> {
        if self.definitions.is_empty() {
            return Some(term);
        }
        Unfolding::new(self, None).finish(store, term)
    }

    /// Writes out every defined symbol but this one, which varies whatever it is defined to be.
    pub(super) fn unfold_but(
        &self,
        store: &mut Store,
        term: TermId,
        variable: Symbol,
    ) -> Option<TermId> {
        if !self.definitions.contains_key(&variable) {
            return self.unfold(store, term);
        }
        let mut without = self.clone();
        without.definitions.remove(&variable);
        without.unfold(store, term)
    }

    /// Writes out what is defined through the target, and nothing else.
    pub(super) fn expose(
        &self,
        store: &mut Store,
        term: TermId,
        target: &Target,
    ) -> Option<TermId> {
        if self.definitions.is_empty() {
            return Some(term);
        }
        let only = self.dependents(store, target);
        if only.is_empty() {
            return Some(term);
        }
        Unfolding::new(self, Some(only)).finish(store, term)
    }

    /// Definitions in which the target stands, or another such definition's symbol.
    fn dependents(&self, store: &Store, target: &Target) -> BTreeSet<Id> {
        let mut found: BTreeSet<Id> = BTreeSet::new();
        let own = match target {
            Target::Symbol(s) | Target::Member(s, _) => *s,
        };
        let mut symbols = BTreeSet::from([own]);
        loop {
            let before = found.len();
            for (symbol, definitions) in &self.definitions {
                for (place, definition) in definitions.iter().enumerate() {
                    let id = (*symbol, place);
                    if found.contains(&id) || definition.parameters.contains(&own) {
                        continue;
                    }
                    if *symbol == own && !self.other_member(store, target, definition) {
                        continue;
                    }
                    let depends = definition.symbols.iter().any(|s| {
                        symbols.contains(s)
                            && (*s != own || self.touches(store, target, definition.body))
                    });
                    if depends {
                        found.insert(id);
                        symbols.insert(*symbol);
                    }
                }
            }
            if found.len() == before {
                return found;
            }
        }
    }

    /// Whether a definition of the target's own family is about another member.
    fn other_member(&self, store: &Store, target: &Target, definition: &Definition) -> bool {
        match target {
            Target::Symbol(_) => false,
            Target::Member(_, member) => match store.node(*member) {
                Node::Member(_, indices) => **indices != *definition.pattern,
                _ => false,
            },
        }
    }

    fn touches(&self, store: &Store, target: &Target, body: TermId) -> bool {
        match target {
            Target::Symbol(_) => true,
            Target::Member(family, _) => store.mentions(body, *family),
        }
    }

    /// Whether a definition of `symbol` with this body would lead back to itself.
    pub(super) fn leads_back(&self, store: &Store, symbol: Symbol, new: &Definition) -> bool {
        let mut seen = BTreeSet::new();
        let mut stack = vec![new];
        while let Some(definition) = stack.pop() {
            for (s, arguments) in occurrences(store, definition.body) {
                if s == symbol && matches_any(store, new, arguments.as_deref()) {
                    return true;
                }
                let Some(definitions) = self.definitions.get(&s) else {
                    continue;
                };
                for (place, next) in definitions.iter().enumerate() {
                    if matches_any(store, next, arguments.as_deref()) && seen.insert((s, place)) {
                        stack.push(next);
                    }
                }
            }
        }
        false
    }

    /// Whether some definition is about this symbol with these indices or arguments.
    pub(super) fn has_definition(
        &self,
        store: &Store,
        symbol: Symbol,
        arguments: &[TermId],
    ) -> bool {
        let definitions = self.definitions.get(&symbol);
        definitions.into_iter().flatten().any(|definition| {
            definition.pattern.len() == arguments.len()
                && definition.pattern.iter().zip(arguments).all(|(p, a)| {
                    p == a
                        || match store.node(*p) {
                            Node::Symbol(s) => definition.parameters.contains(s),
                            Node::Member(..) | Node::Add(_) => true,
                            _ => false,
                        }
                })
        })
    }

    /// The definition that says what this symbol with these indices or arguments is, and what its
    /// pattern stands for; one for exactly this member goes before a rule.
    pub(super) fn definition_of(
        &self,
        store: &mut Store,
        symbol: Symbol,
        arguments: &[TermId],
    ) -> Option<(usize, Vec<(TermId, TermId)>)> {
        let definitions = self.definitions.get(&symbol)?;
        let mut rule = None;
        for (place, definition) in definitions.iter().enumerate().rev() {
            if definition.pattern.len() != arguments.len() {
                continue;
            }
            if *definition.pattern == *arguments && definition.parameters.is_empty() {
                return Some((place, Vec::new()));
            }
            if rule.is_none()
                && let Some(table) = match_pattern(store, definition, arguments)
            {
                rule = Some((place, table));
            }
        }
        rule
    }
}

/// The families whose members stand in a term.
pub(super) fn families(store: &Store, term: TermId) -> BTreeSet<Symbol> {
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = vec![term];
    let mut found = BTreeSet::new();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if let Node::Member(s, _) = node {
            found.insert(*s);
        }
        node.for_each_child(|child| stack.push(child));
    }
    found
}

/// Symbols in a term with their indices or arguments, where they have some.
fn occurrences(store: &Store, term: TermId) -> Vec<(Symbol, Option<Vec<TermId>>)> {
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = vec![term];
    let mut found = Vec::new();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        match node {
            Node::Symbol(s) => found.push((*s, None)),
            Node::Member(s, xs) | Node::Call(s, _, xs) => found.push((*s, Some(xs.to_vec()))),
            _ => {}
        }
        node.for_each_child(|child| stack.push(child));
    }
    found
}

/// Whether a definition may be about a symbol with these arguments.
fn matches_any(store: &Store, definition: &Definition, arguments: Option<&[TermId]>) -> bool {
    let arguments = arguments.unwrap_or(&[]);
    if arguments.len() != definition.pattern.len() {
        return false;
    }
    definition
        .pattern
        .iter()
        .zip(arguments)
        .all(|(p, a)| match (store.node(*p), store.node(*a)) {
            (Node::Number(x), Node::Number(y)) => x == y,
            _ => true,
        })
}

/// What the pattern's letters stand for when it is laid over these arguments.
fn match_pattern(
    store: &mut Store,
    definition: &Definition,
    arguments: &[TermId],
) -> Option<Vec<(TermId, TermId)>> {
    let mut table: Vec<(TermId, TermId)> = Vec::new();
    for (pattern, argument) in definition.pattern.iter().zip(arguments) {
        let (letter, value) = match store.node(*pattern).clone() {
            Node::Symbol(s) if definition.parameters.contains(&s) => (*pattern, *argument),
            Node::Member(..) => (*pattern, *argument),
            // `a_(n+1) := …` says what a_m is for n = m − 1.
            Node::Add(terms) => {
                let [letter, shift] = *terms else { return None };
                let Node::Number(shift) = store.node(shift).clone() else {
                    return None;
                };
                if !matches!(store.node(letter), Node::Symbol(_)) {
                    return None;
                }
                (letter, minus(store, *argument, &shift))
            }
            _ if pattern == argument => continue,
            _ => return None,
        };
        if let Some((_, known)) = table.iter().find(|(l, _)| *l == letter) {
            if *known != value {
                return None;
            }
            continue;
        }
        table.push((letter, value));
    }
    Some(table)
}

/// `term − shift`, taken together where the term ends in a number.
fn minus(store: &mut Store, term: TermId, shift: &Rational) -> TermId {
    let parts: Vec<TermId> = match store.node(term) {
        Node::Add(parts) => parts.to_vec(),
        _ => vec![term],
    };
    let mut number = shift.neg();
    let mut rest = Vec::new();
    for part in parts {
        match store.node(part) {
            Node::Number(value) => number = number.add(value),
            _ => rest.push(part),
        }
    }
    if !number.is_zero() || rest.is_empty() {
        let number = store.number(number);
        rest.push(number);
    }
    store.add(&rest)
}

struct Unfolding<'a> {
    scope: &'a Scope,
    /// Which definitions are written out; all if none are named.
    only: Option<BTreeSet<Id>>,
    /// Bodies with what is to be written out in them, their letters kept.
    bodies: BTreeMap<Id, TermId>,
    memo: FxHashMap<TermId, TermId>,
    exceeded: bool,
    visited: usize,
}

impl<'a> Unfolding<'a> {
    fn new(scope: &'a Scope, only: Option<BTreeSet<Id>>) -> Self {
        Unfolding {
            scope,
            only,
            bodies: BTreeMap::new(),
            memo: FxHashMap::default(),
            exceeded: false,
            visited: 0,
        }
    }

    fn finish(mut self, store: &mut Store, term: TermId) -> Option<TermId> {
        let result = self.run(store, term);
        (!self.exceeded).then_some(result)
    }

    fn run(&mut self, store: &mut Store, term: TermId) -> TermId {
        if let Some(known) = self.memo.get(&term) {
            return *known;
        }
        self.visited += 1;
        if self.visited > BUDGET || store.len() > 40 * BUDGET {
            self.exceeded = true;
            return term;
        }
        let result = match store.node(term).clone() {
            Node::Symbol(s) => self.apply(store, s, &[]).unwrap_or(term),
            Node::Member(s, indices) => {
                let indices: Vec<TermId> = indices.iter().map(|i| self.run(store, *i)).collect();
                match self.apply(store, s, &indices) {
                    Some(value) => value,
                    None => store.add_node(Node::Member(s, indices.into())),
                }
            }
            Node::Call(s, orders, arguments) => {
                let arguments: Vec<TermId> =
                    arguments.iter().map(|a| self.run(store, *a)).collect();
                let value = if orders.iter().all(|o| *o == 0) {
                    self.apply(store, s, &arguments)
                } else {
                    self.apply_derivative(store, s, &orders, &arguments)
                };
                match value {
                    Some(value) => value,
                    None => store.add_node(Node::Call(s, orders, arguments.into())),
                }
            }
            node if node.binds().is_some() && !self.concerns(store, term) => term,
            _ => store.map(term, &mut |store, child| self.run(store, child)),
        };
        self.memo.insert(term, result);
        result
    }

    /// Whether anything in the term is defined.
    fn concerns(&self, store: &Store, term: TermId) -> bool {
        store
            .symbols(term)
            .iter()
            .any(|s| self.scope.definitions.contains_key(s))
    }

    fn apply(&mut self, store: &mut Store, symbol: Symbol, arguments: &[TermId]) -> Option<TermId> {
        let (place, table) = self.scope.definition_of(store, symbol, arguments)?;
        let body = self.body(store, (symbol, place))?;
        let mut table: FxHashMap<TermId, TermId> = table.into_iter().collect();
        table.retain(|letter, value| letter != value);
        if table.is_empty() {
            return Some(body);
        }
        Some(store.replace(body, &mut table))
    }

    /// The body of a definition, unfolded as far as is asked, and wherever something in it is
    /// defined through its letters.
    fn body(&mut self, store: &mut Store, id: Id) -> Option<TermId> {
        if self.only.as_ref().is_some_and(|only| !only.contains(&id)) {
            return None;
        }
        if let Some(known) = self.bodies.get(&id) {
            return Some(*known);
        }
        let definition = self.scope.definitions.get(&id.0)?.get(id.1)?.clone();
        let result = if definition.parameters.is_empty() {
            self.run(store, definition.body)
        } else {
            let only = self.only.as_ref().map(|only| {
                let mut only = only.clone();
                for letter in &definition.parameters {
                    only.extend(self.scope.dependents(store, &Target::Symbol(*letter)));
                }
                only
            });
            // The letters of the pattern are no defined symbols within the body.
            let mut scope = self.scope.clone();
            for letter in &definition.parameters {
                scope.definitions.remove(letter);
            }
            let mut inner = Unfolding::new(&scope, only);
            inner.visited = self.visited;
            let result = inner.run(store, definition.body);
            self.visited = inner.visited;
            self.exceeded |= inner.exceeded;
            result
        };
        self.bodies.insert(id, result);
        Some(result)
    }

    /// `f''(u)` of a function that is defined by a rule with letters for its arguments.
    fn apply_derivative(
        &mut self,
        store: &mut Store,
        symbol: Symbol,
        orders: &[u32],
        arguments: &[TermId],
    ) -> Option<TermId> {
        let definitions = self.scope.definitions.get(&symbol)?;
        let place = definitions.iter().rposition(|definition| {
            definition.pattern.len() == arguments.len()
                && definition.pattern.iter().zip(orders).all(|(p, order)| {
                    *order == 0
                        || matches!(store.node(*p), Node::Symbol(s) if definition.parameters.contains(s))
                })
        })?;
        let pattern = definitions.get(place)?.pattern.clone();
        let matched = match_pattern(
            store,
            self.scope.definitions.get(&symbol)?.get(place)?,
            arguments,
        )?;
        let mut body = self.body(store, (symbol, place))?;
        for (letter, order) in pattern.iter().zip(orders) {
            let Node::Symbol(s) = *store.node(*letter) else {
                continue;
            };
            for _ in 0..*order {
                body = store.bind(s, &[body], |closed| {
                    Node::Derivative(0, closed.first().copied().unwrap_or(*letter), *letter)
                });
            }
        }
        let mut table: FxHashMap<TermId, TermId> =
            matched.into_iter().filter(|(l, v)| l != v).collect();
        Some(store.replace(body, &mut table))
    }
}
