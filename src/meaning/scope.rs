//! What names mean in a section: declarations, definitions, what was met and observed.

use std::collections::{BTreeMap, BTreeSet};

use super::elaborate::{Elaborated, Head, Unreadable};
use super::goal::{Declaration, Law};
use crate::syntax::Tree;
use crate::term::{Store, Symbol, TermId};

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
}

/// What holds for names from heading to heading. A copy is a snapshot: keep a clone before a block
/// and put it back behind it.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub(super) definitions: BTreeMap<Symbol, Vec<Definition>>,
    pub(super) met: BTreeSet<String>,
    pub(super) declarations: BTreeMap<Symbol, Declaration>,
    pub(super) laws: Vec<Law>,
}

impl Scope {
    /// A scope in which nothing is known but what the language itself knows.
    #[must_use]
    pub fn new() -> Self {
        Scope::default()
    }

    /// Looks at a tree of the section ahead of its reading: which names stand without arguments,
    /// which with indices. Call it for every tree of the section before the first is elaborated.
    pub fn observe(&mut self, tree: &Tree) {
        let _ = tree;
    }

    /// Looks at the trees of a block ahead of their reading, when the definitions before it are
    /// known: `dA/dv` of an undefined A makes A an unknown smooth function of v. Returns notes.
    pub fn enter_block(&mut self, store: &mut Store, trees: &[&Tree]) -> Vec<String> {
        let _ = (store, trees);
        Vec::new()
    }

    /// Remembers which symbols a tree holds: they are no longer fresh.
    pub fn meet(&mut self, store: &mut Store, tree: &Tree) {
        let _ = (store, tree);
    }

    /// `x, y ∈ ℝ^n`, `i ∈ {1, …, n}`, `x ∈ (0, 1]`: sorts and ranges. What restricts values
    /// comes back as a statement (an assumption for every member of a family).
    ///
    /// # Errors
    /// The set or a name has no meaning.
    pub fn declare_member(
        &mut self,
        store: &mut Store,
        text: &str,
        names: &[Tree],
        set: &Tree,
    ) -> Result<Vec<TermId>, Unreadable> {
        let _ = (store, text, names, set);
        Ok(Vec::new())
    }

    /// `f : ℝ → ℝ`.
    ///
    /// # Errors
    /// A name or set has no meaning.
    pub fn declare_function(
        &mut self,
        store: &mut Store,
        names: &[Tree],
        arguments: &[Tree],
        value: &Tree,
    ) -> Result<(), Unreadable> {
        let _ = (store, names, arguments, value);
        Ok(())
    }

    /// `H symmetric`, `X, Y random, independent`, `f, g functions`.
    ///
    /// # Errors
    /// A word is no property that is known.
    pub fn declare_property(
        &mut self,
        store: &mut Store,
        names: &[Tree],
        words: &[String],
    ) -> Result<(), Unreadable> {
        let _ = (store, names, words);
        Ok(())
    }

    /// Whether the symbol of this head was met before in its section.
    #[must_use]
    pub fn is_met(&self, head: &Head) -> bool {
        self.met.contains(&head.key)
    }

    /// Whether something defines this head: this member, or a rule with a letter for it.
    #[must_use]
    pub fn is_defined(&self, store: &Store, head: &Head) -> bool {
        let _ = store;
        self.definitions.contains_key(&head.symbol)
    }

    /// Whether `head = e` would define it (CONTRACT §2, Definitions): met nowhere before, or a
    /// member of a family of which only other members are known.
    #[must_use]
    pub fn is_fresh(&self, store: &Store, head: &Head) -> bool {
        !self.is_met(head) && !self.is_defined(store, head)
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
        let elaborated = super::elaborate::expression(store, self, text, body)?;
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
        let _ = store;
        self.met.insert(head.key.clone());
        self.definitions
            .entry(head.symbol)
            .or_default()
            .push(Definition {
                pattern: head.pattern.clone(),
                parameters: head.parameters.clone(),
                body,
            });
        Ok(())
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
        self.define(store, text, head, body)
    }

    /// Writes out every defined symbol of a term.
    pub fn unfold(&self, store: &mut Store, term: TermId) -> TermId {
        let _ = store;
        term
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
}
