//! What names mean in a section: declarations, definitions, what was met and observed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::elaborate::{self, Elaborated, Head, Unreadable};
use super::goal::{Declaration, Law, Property};
use super::name::canonical;
use super::observe::Observed;
use crate::syntax::Tree;
use crate::term::{Node, Sort, Store, Symbol, TermId, print};

/// A definition: for all values of its parameters, the head is the body. The body is kept as it
/// was written (defined symbols stand in it by name), so that ∂A/∂v can unfold A down to v.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The head's indices and arguments in order; letters among them are parameters.
    pub pattern: Vec<TermId>,
    /// The letters of the pattern.
    pub parameters: Vec<Symbol>,
    /// What it stands for.
    pub body: TermId,
    /// Symbols in the body that are no parameters.
    pub(super) symbols: Vec<Symbol>,
    /// Whether the head has arguments in brackets.
    pub(super) applied: bool,
}

/// What holds for names from heading to heading. A copy is a snapshot: keep a clone before a block
/// and put it back behind it.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub(super) definitions: BTreeMap<Symbol, Vec<Definition>>,
    pub(super) declarations: BTreeMap<Symbol, Declaration>,
    pub(super) laws: Vec<Law>,
    /// Declared and defined names, without their indices.
    pub(super) names: BTreeSet<String>,
    /// Names whose raised letters are indices (`y^k(x) = …`).
    pub(super) upper: BTreeSet<String>,
    /// Declared ranges of indices.
    pub(super) ranges: BTreeMap<Symbol, (TermId, TermId)>,
    /// The variable by which ′ differentiates in this block.
    pub(super) prime_variable: Option<Symbol>,
    /// Symbols whose definitions hold what often means another thing.
    pub(super) doubtful: BTreeSet<Symbol>,
    pub(super) observed: Arc<Observed>,
    pub(super) met: BTreeSet<String>,
    pub(super) functions: BTreeSet<String>,
    families: BTreeSet<Symbol>,
    recurrences: BTreeSet<Symbol>,
}

impl Scope {
    /// A scope in which nothing is known but what the language itself knows.
    #[must_use]
    pub fn new() -> Self {
        Scope::default()
    }

    /// Whether the term holds a symbol whose definition is read with a doubt.
    pub(super) fn is_doubtful(&self, store: &Store, term: TermId) -> bool {
        !self.doubtful.is_empty()
            && store
                .symbols(term)
                .iter()
                .any(|s| self.doubtful.contains(s))
    }

    /// Looks at a tree of the section ahead of its reading: which names stand without arguments,
    /// which with indices. Call it for every tree of the section before the first is elaborated.
    pub fn observe(&mut self, tree: &Tree) {
        Arc::make_mut(&mut self.observed).look(tree);
    }

    /// Looks at what `for i = 1, …, n` behind a statement binds.
    pub(super) fn observe_bound(&mut self, tree: &Tree, bound: &Tree) {
        Arc::make_mut(&mut self.observed).bound(tree, bound);
    }

    /// Looks at names that a sentence mentions, perhaps as functions.
    pub(super) fn mention(&mut self, names: &[&Tree], functions: bool) {
        Arc::make_mut(&mut self.observed).mention(names, functions);
    }

    /// Remembers which symbols a tree holds: they are no longer fresh.
    pub fn meet(&mut self, store: &mut Store, tree: &Tree) {
        super::meet::meet(store, self, tree);
    }

    /// Remembers a symbol, family member or call as met.
    pub(super) fn meet_key(&mut self, key: String) {
        self.met.insert(key);
    }

    /// A premise in which one family stands on both sides holds for all its members: none of them
    /// is fresh any more.
    pub fn meet_recurrence(&mut self, family: Symbol) {
        self.recurrences.insert(family);
    }

    /// Whether the symbol of this head was met before in its section.
    #[must_use]
    pub fn is_met(&self, head: &Head) -> bool {
        self.met.contains(&head.key) || head.applied && self.met.contains(&head.name)
    }

    /// Whether something defines this head: this member, or a rule with a letter for it.
    #[must_use]
    pub fn is_defined(&self, store: &Store, head: &Head) -> bool {
        self.has_definition(store, head.symbol, &head.pattern)
    }

    /// Whether `head = e` would define it (CONTRACT §2, Definitions): met nowhere before, or a
    /// member of a family of which only other members are known.
    #[must_use]
    pub fn is_fresh(&self, store: &Store, head: &Head) -> bool {
        let ruled = self.recurrences.contains(&head.symbol) && !head.pattern.is_empty();
        let known = self.is_met(head) || self.is_defined(store, head);
        !(known || ruled)
    }

    /// Defines the head by the tree `body` and gives the body's meaning. Replaces a definition of
    /// the same head.
    ///
    /// # Errors
    /// The body has no meaning, or the head would be defined by itself.
    pub fn define(
        &mut self,
        store: &mut Store,
        text: &str,
        head: &Head,
        body: &Tree,
    ) -> Result<Elaborated, Unreadable> {
        let elaborated = self.body(store, text, head, body)?;
        self.define_as(store, head, elaborated.written)?;
        Ok(elaborated)
    }

    /// Defines the head by a term in which defined symbols may stand by name
    /// ([`Elaborated::written`]).
    ///
    /// # Errors
    /// The head would be defined by itself.
    pub fn define_as(
        &mut self,
        store: &mut Store,
        head: &Head,
        body: TermId,
    ) -> Result<(), Unreadable> {
        // J(ω) with ω_k in its body is about this family as it stands, not about any other.
        let families = super::unfold::families(store, body);
        let mut parameters = head.parameters.clone();
        parameters.retain(|s| !families.contains(s));
        let mut symbols = store.symbols(body);
        symbols.retain(|s| !parameters.contains(s));
        let definition = Definition {
            pattern: head.pattern.clone(),
            parameters,
            body,
            symbols,
            applied: head.applied,
        };
        if self.leads_back(store, head.symbol, &definition) {
            return Err(Unreadable::new(
                head.span,
                format!("{} would be defined by itself", print(store, head.term)),
            ));
        }
        self.meet_key(head.key.clone());
        self.names.insert(head.name.clone());
        if head.applied {
            self.functions.insert(head.name.clone());
        }
        if head.raised {
            self.upper.insert(head.name.clone());
        }
        self.put(head.symbol, definition);
        Ok(())
    }

    pub(super) fn put(&mut self, symbol: Symbol, definition: Definition) {
        let all = self.definitions.entry(symbol).or_default();
        all.retain(|known| known.pattern != definition.pattern);
        all.push(definition);
    }

    /// How many symbols are defined.
    pub(super) fn definition_count(&self) -> usize {
        self.definitions.len()
    }

    /// Puts a definition in a head's place without meeting it, so that what looks at the block
    /// ahead knows that it will be defined.
    pub(super) fn hold(&mut self, head: &Head, body: TermId) -> bool {
        let definition = Definition {
            pattern: head.pattern.clone(),
            parameters: head.parameters.clone(),
            body,
            symbols: Vec::new(),
            applied: head.applied,
        };
        self.put(head.symbol, definition);
        true
    }

    /// The meaning of what a head is to be defined by: the letters of the head are letters there,
    /// whatever they mean around it.
    ///
    /// # Errors
    /// The body has no meaning.
    pub(super) fn body(
        &self,
        store: &mut Store,
        text: &str,
        head: &Head,
        body: &Tree,
    ) -> Result<Elaborated, Unreadable> {
        let known = |letter: &Symbol| self.definitions.contains_key(letter);
        if !head.raised && !head.applied && !head.parameters.iter().any(known) {
            return elaborate::expression(store, self, text, body);
        }
        let mut inner = self.clone();
        if head.raised {
            inner.upper.insert(head.name.clone());
        }
        for letter in &head.parameters {
            inner.definitions.remove(letter);
            inner.names.insert(store.name(*letter).to_owned());
        }
        elaborate::expression(store, &inner, text, body)
    }

    /// `x ← e`: a new value from here on, which `e` may take from the old one; what was defined
    /// through x before keeps the old one.
    ///
    /// # Errors
    /// The body has no meaning.
    pub fn assign(
        &mut self,
        store: &mut Store,
        text: &str,
        head: &Head,
        body: &Tree,
    ) -> Result<Elaborated, Unreadable> {
        let elaborated = elaborate::expression(store, self, text, body)?;
        // The old value gets a name that nobody writes; whatever was defined through the symbol
        // keeps it.
        let hint = print(store, head.term);
        let old = store.fresh_symbol(&hint);
        let before = store.add_node(Node::Symbol(old));
        let mut table = rustc_hash::FxHashMap::default();
        table.insert(head.term, before);
        let body = store.replace(elaborated.written, &mut table);
        let mut definitions = std::mem::take(&mut self.definitions);
        for definition in definitions.values_mut().flatten() {
            if !definition.parameters.contains(&head.symbol) {
                definition.body = store.replace(definition.body, &mut table);
                definition.symbols = store.symbols(definition.body);
                let parameters = &definition.parameters;
                definition.symbols.retain(|s| !parameters.contains(s));
            }
        }
        self.definitions = definitions;
        let known = self.definitions.get_mut(&head.symbol).and_then(|all| {
            let place = all.iter().position(|d| d.pattern == head.pattern)?;
            Some(all.remove(place))
        });
        if let Some(mut definition) = known {
            definition.pattern = Vec::new();
            self.put(old, definition);
        }
        self.define_as(store, head, body)?;
        let term = self.unfold(store, body).ok_or_else(|| {
            Unreadable::new(head.span, "a term whose definitions can be written out")
        })?;
        Ok(Elaborated {
            term,
            written: body,
            ..elaborated
        })
    }

    /// Forgets the definition of this head (a new section part may define it anew).
    pub fn forget(&mut self, head: &Head) {
        if let Some(all) = self.definitions.get_mut(&head.symbol) {
            all.retain(|d| d.pattern != head.pattern);
            if all.is_empty() {
                self.definitions.remove(&head.symbol);
            }
        }
        self.met.remove(&head.key);
    }

    /// Declared and inferred sorts, in the order of symbols.
    #[must_use]
    pub fn declarations(&self) -> Vec<Declaration> {
        self.declarations.values().cloned().collect()
    }

    /// Laws of random variables.
    #[must_use]
    pub fn laws(&self) -> &[Law] {
        &self.laws
    }

    /// The declared sort of a symbol.
    #[must_use]
    pub fn sort_of(&self, symbol: Symbol) -> Option<Sort> {
        self.declarations.get(&symbol).map(|d| d.sort)
    }

    pub(super) fn has_property(&self, symbol: Symbol, property: Property) -> bool {
        let declared = self.declarations.get(&symbol);
        declared.is_some_and(|d| d.properties.contains(&property))
    }

    /// Whether a name is that of the identity, of which no more is said than that it is square.
    pub(super) fn is_identity(&self, symbol: Symbol, name: &str) -> bool {
        matches!(name, "I" | "𝐈")
            && !self.definitions.contains_key(&symbol)
            && self.declarations.get(&symbol).is_some_and(|d| {
                d.properties.is_empty() && matches!(d.sort, Sort::Matrix(a, b) if a == b)
            })
    }

    /// Whether something is random.
    pub(super) fn has_random(&self) -> bool {
        self.declarations
            .values()
            .any(|d| d.properties.contains(&Property::Random))
    }

    pub(super) fn has_matrices(&self) -> bool {
        self.observed.matrices
            || self
                .declarations
                .values()
                .any(|d| matches!(d.sort, Sort::Matrix(..)))
    }

    /// Whether the declaration is about the members of a family.
    pub(super) fn is_family(&self, symbol: Symbol) -> bool {
        self.families.contains(&symbol)
    }

    /// Whether a name is declared or defined as a function.
    pub(super) fn is_function(&self, name: &str) -> bool {
        self.functions.contains(name)
    }

    /// Whether a name before a bracket is called, as far as the scope tells.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.is_function(name)
            || elaborate::known::is_function_letter(name) && !self.observed.alone.contains(name)
    }

    /// Whether nothing is known of a symbol and it was not met either.
    pub(super) fn is_unknown(&self, symbol: Symbol, name: &str) -> bool {
        !self.definitions.contains_key(&symbol)
            && !self.declarations.contains_key(&symbol)
            && !self.names.contains(name)
            && !self.ranges.contains_key(&symbol)
            && !self.met.contains(name)
            && !self.met.contains(&format!("{name}()"))
            && !self.met.iter().any(|key| {
                key.strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with(['[', '|']))
            })
    }

    /// What a function that is defined by a rule is where it stands without its arguments: its
    /// value at the letters of the rule.
    pub(super) fn function_alone(&self, store: &mut Store, symbol: Symbol) -> Option<TermId> {
        let definitions = self.definitions.get(&symbol)?;
        if definitions.iter().any(|d| d.pattern.is_empty()) {
            return None;
        }
        let rule = definitions.iter().find(|d| {
            d.applied
                && d.pattern
                    .iter()
                    .all(|p| matches!(store.node(*p), Node::Symbol(_)))
        })?;
        let arguments = rule.pattern.clone();
        let orders = vec![0; arguments.len()];
        Some(store.add_node(Node::Call(symbol, orders.into(), arguments.into())))
    }

    /// Whether a sum of the section runs over this letter.
    pub(super) fn ranges_over(&self, letter: &str) -> bool {
        self.observed.sums.contains_key(letter)
    }

    /// Declares a symbol with a sort; properties that it already has are kept.
    pub fn declare(&mut self, store: &Store, symbol: Symbol, sort: Sort) {
        let name = store.name(symbol).to_owned();
        let plain = name.split('|').next().unwrap_or(&name).to_owned();
        if matches!(sort, Sort::Function(_)) {
            self.functions.insert(plain.clone());
        }
        self.names.insert(plain);
        self.declarations
            .entry(symbol)
            .and_modify(|d| {
                // A matrix that is declared is one by presumption no longer.
                if matches!(d.sort, Sort::Matrix(..)) {
                    d.properties.retain(|p| *p != Property::Presumed);
                }
                d.sort = sort;
            })
            .or_insert_with(|| Declaration {
                symbol,
                sort,
                properties: Vec::new(),
            });
    }

    /// Declares that the members of a family have this sort.
    pub(super) fn declare_family(&mut self, store: &Store, symbol: Symbol, sort: Sort) {
        self.declare(store, symbol, sort);
        self.families.insert(symbol);
    }

    pub(super) fn add_property(&mut self, store: &Store, symbol: Symbol, property: Property) {
        if !self.declarations.contains_key(&symbol) {
            self.declare(store, symbol, Sort::Real);
        }
        if let Some(declaration) = self.declarations.get_mut(&symbol)
            && !declaration.properties.contains(&property)
        {
            declaration.properties.push(property);
        }
    }

    /// The name of a tree that is one, for messages.
    pub(super) fn name_of(tree: &Tree) -> Option<String> {
        super::name::peel(tree).map(|p| canonical(p.name))
    }
}
