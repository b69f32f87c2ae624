//! Context: what declarations, definitions and assumptions add to what holds.

use crate::syntax::{Entry, EntryKind, Kind, Relation, Trait, Tree};
use crate::term::{Function, Node, Sort, Store, Symbol, TermId};

use super::block::Said;
use super::distribution;
use super::elaborate::{self, Elaborated, Unreadable};
use super::goal::Law;
use super::line::Line;
use super::observe::bound_range;
use super::reader::Reader;
use super::standing::{Stated, index_letters};
use super::word::Word;

impl<'a> Reader<'_, 'a> {
    /// Adds what an entry of the context says.
    pub(super) fn entry(
        &mut self,
        text: &str,
        entry: &Entry,
        word: Word,
    ) -> Result<Vec<String>, Unreadable> {
        let text = entry.text.as_deref().unwrap_or(text);
        match &entry.kind {
            EntryKind::Member(names, set) => {
                let full = self
                    .standing
                    .scope
                    .declare_member(self.store, text, names, set)?;
                let _ = self
                    .standing
                    .declared
                    .declare_member(self.store, text, names, set);
                for statement in full {
                    self.assume(
                        Stated {
                            full: statement,
                            declared: statement,
                        },
                        word,
                    );
                }
                Ok(Vec::new())
            }
            EntryKind::Function(names, arguments, value) => {
                for scope in [&mut self.standing.scope, &mut self.standing.declared] {
                    scope.declare_function(self.store, text, names, arguments, value)?;
                }
                Ok(Vec::new())
            }
            EntryKind::Property(names, words) => {
                let mut terms = Vec::new();
                for scope in [&mut self.standing.scope, &mut self.standing.declared] {
                    terms = scope.declare_property(self.store, names, words)?;
                }
                for shape in words {
                    let shape = shape.trim().to_lowercase();
                    if super::declare::is_shape_of_function(&shape) {
                        for name in &terms {
                            self.shape_of_function(*name, &shape, word);
                        }
                    }
                }
                let alike = ["iid", "i.i.d.", "identically distributed"];
                if words.iter().any(|word| alike.contains(&word.trim())) {
                    self.identical(&terms, word);
                }
                if words.iter().any(|word| word == "uncorrelated") {
                    for family in terms {
                        self.uncorrelated(family, word);
                    }
                }
                Ok(Vec::new())
            }
            EntryKind::Described(subjects, traits) => {
                self.described_entry(text, subjects, traits, word)
            }
            EntryKind::Statement(tree, None) if is_description(tree) => {
                let Kind::Is(subject, traits) = &tree.kind else {
                    return Ok(Vec::new());
                };
                let subjects = match &subject.kind {
                    Kind::List(parts) => parts.clone(),
                    _ => vec![(**subject).clone()],
                };
                self.described_entry(text, &subjects, traits, word)
            }
            // `A(t) ∈ ℝ^{n×n}`: the values of a function.
            EntryKind::Statement(tree, _) if self.says_values(text, tree) => {
                let Kind::Chain(left, rest) = &tree.kind else {
                    return Ok(Vec::new());
                };
                let names = match &left.kind {
                    Kind::List(parts) => parts.clone(),
                    _ => vec![(**left).clone()],
                };
                let Some((_, _, set)) = rest.first() else {
                    return Ok(Vec::new());
                };
                let kind = EntryKind::Member(names, set.clone());
                let said = Entry {
                    span: entry.span,
                    kind,
                    text: None,
                };
                self.entry(text, &said, word)
            }
            EntryKind::Statement(tree, bound) => {
                self.statement_entry(text, tree, bound.as_ref(), word)
            }
            EntryKind::Law(names, name, parameters, independent) => {
                self.law_entry(text, entry, (names, name, parameters), *independent, word)
            }
            EntryKind::Lines(..) | EntryKind::Section(_) => Ok(Vec::new()),
            EntryKind::Error(message) => Err(Unreadable::new(entry.span, message.clone())),
        }
    }

    /// Whether a statement says that values of functions are vectors or matrices.
    fn says_values(&mut self, text: &str, tree: &Tree) -> bool {
        let Kind::Chain(left, rest) = &tree.kind else {
            return false;
        };
        let [(Relation::Element, _, set)] = rest.as_slice() else {
            return false;
        };
        let applied =
            |name: &Tree| matches!(&name.kind, Kind::Juxtaposition(parts) if parts.len() == 2);
        let all = match &left.kind {
            Kind::List(parts) => parts.iter().all(applied),
            _ => applied(left),
        };
        let scope = &self.standing.scope;
        let sort = elaborate::sort_of_set(self.store, scope, text, set);
        all && matches!(sort, Ok((Sort::Matrix(..), _)))
    }

    /// `A is symmetric`: declares names, and assumes what is said of them.
    pub(super) fn described_entry(
        &mut self,
        text: &str,
        subjects: &[Tree],
        traits: &[Trait],
        word: Word,
    ) -> Result<Vec<String>, Unreadable> {
        let store = &mut *self.store;
        let full = self
            .standing
            .scope
            .declare_described(store, text, subjects, traits)?;
        let _ = self
            .standing
            .declared
            .declare_described(store, text, subjects, traits);
        for statement in full {
            self.assume(
                Stated {
                    full: statement,
                    declared: statement,
                },
                word,
            );
        }
        Ok(Vec::new())
    }

    /// `X ~ N(μ, σ²)`: the symbols are random, with the moments of that distribution.
    fn law_entry(
        &mut self,
        text: &str,
        entry: &Entry,
        (names, name, parameters): (&[Tree], &str, &[Tree]),
        independent: bool,
        word: Word,
    ) -> Result<Vec<String>, Unreadable> {
        let Some(distribution) = distribution::named(name, parameters.len()) else {
            return Err(Unreadable::beyond(
                entry.span,
                format!("no distribution {name} with so many parameters is known"),
            ));
        };
        let mut values = Vec::with_capacity(parameters.len());
        for parameter in parameters {
            let meaning = elaborate::expression(self.store, &self.standing.scope, text, parameter)?;
            values.push(meaning.term);
            self.standing.scope.meet(self.store, parameter);
        }
        let mut symbols = Vec::new();
        for scope in [&mut self.standing.scope, &mut self.standing.declared] {
            symbols = scope.declare_law(self.store, names, distribution, &values, independent)?;
        }
        let letters: Vec<Symbol> = symbols
            .iter()
            .flat_map(|symbol| index_letters(self.store, *symbol))
            .collect();
        let same = |value: &TermId| letters.iter().all(|l| !self.store.mentions(*value, *l));
        if values.iter().all(same) {
            for scope in [&mut self.standing.scope, &mut self.standing.declared] {
                let law = Law::Identical(symbols.clone(), Vec::new());
                scope.laws.push(law);
            }
        }
        for symbol in symbols {
            let letters: Vec<Symbol> = index_letters(self.store, symbol).into_iter().collect();
            for statement in distribution::statements(self.store, distribution, symbol, &values) {
                let statement = self.for_all(statement, &letters);
                self.assume(
                    Stated {
                        full: statement,
                        declared: statement,
                    },
                    word,
                );
            }
        }
        Ok(Vec::new())
    }

    /// A convex function lies above its tangents: f(x) + f′(x)(y − x) ≤ f(y); an even one is the same
    /// on both sides.
    fn shape_of_function(&mut self, name: TermId, shape: &str, word: Word) {
        let store = &mut *self.store;
        let Node::Symbol(function) = *store.node(name) else {
            return;
        };
        let letters = ["x", "y"].map(|letter| store.fresh_symbol(letter));
        let [x, y] = letters.map(|letter| store.add_node(Node::Symbol(letter)));
        let call = |store: &mut Store, order: u32, place: TermId| {
            store.add_node(Node::Call(function, [order].into(), [place].into()))
        };
        let here = call(store, 0, x);
        let (said, letters) = match shape {
            "convex" | "concave" => {
                let (slope, there) = (call(store, 1, x), call(store, 0, y));
                let off = store.sub(y, x);
                let rise = store.mul(&[slope, off]);
                let tangent = store.add(&[here, rise]);
                let (below, above) = if shape == "convex" {
                    (tangent, there)
                } else {
                    (there, tangent)
                };
                let said = store.relation(crate::term::Relation::LessEqual, below, above);
                (said, vec![letters[1], letters[0]])
            }
            _ => {
                let minus = store.neg(x);
                let there = call(store, 0, minus);
                let value = if shape == "even" {
                    here
                } else {
                    store.neg(here)
                };
                let said = store.relation(crate::term::Relation::Equal, there, value);
                (said, vec![letters[0]])
            }
        };
        let reals = store.add_node(Node::Reals);
        let mut statement = said;
        for letter in letters {
            statement = store.bind(letter, &[statement], |closed| {
                Node::ForAll(0, closed.first().copied().unwrap_or(reals), reals)
            });
        }
        self.assume(
            Stated {
                full: statement,
                declared: statement,
            },
            word,
        );
    }

    /// Symbols or the members of a family have one law, and so the moments of the first of them.
    fn identical(&mut self, terms: &[TermId], word: Word) {
        let Some(first) = super::generating::representative(self.store, terms) else {
            return;
        };
        let mut said = Vec::new();
        for term in terms.iter().filter(|term| **term != first) {
            let letters: Vec<Symbol> = index_letters(self.store, *term).into_iter().collect();
            for order in 1..=4 {
                let store = &mut *self.store;
                let exponent = store.integer(order);
                let means = [*term, first].map(|x| {
                    let power = if order == 1 {
                        x
                    } else {
                        store.pow(x, exponent)
                    };
                    store.function(Function::Expectation, &[power])
                });
                let statement = store.relation(crate::term::Relation::Equal, means[0], means[1]);
                said.push(self.for_all(statement, &letters));
            }
        }
        for scope in [&mut self.standing.scope, &mut self.standing.declared] {
            scope
                .laws
                .push(Law::Identical(terms.to_vec(), said.clone()));
        }
        for statement in said {
            self.assume(
                Stated {
                    full: statement,
                    declared: statement,
                },
                word,
            );
        }
    }

    /// The members of a family are uncorrelated:
    /// E[X_i X_j] = E[X_i] E[X_j] + δ_ij (E[X_i²] − E[X_i]²).
    fn uncorrelated(&mut self, family: TermId, word: Word) {
        let Node::Member(symbol, indices) = self.store.node(family).clone() else {
            return;
        };
        let [index] = *indices else {
            return;
        };
        let Node::Symbol(first) = *self.store.node(index) else {
            return;
        };
        let second = self.store.fresh_symbol("j");
        let j = self.store.add_node(Node::Symbol(second));
        let other = self.store.add_node(Node::Member(symbol, [j].into()));
        let store = &mut *self.store;
        let two = store.integer(2);
        let (product, square) = (store.mul(&[family, other]), store.pow(family, two));
        let [both, left, right, own] = [product, family, other, square]
            .map(|part| store.function(Function::Expectation, &[part]));
        let (apart, mean) = (store.mul(&[left, right]), store.mul(&[left, left]));
        let spread = store.sub(own, mean);
        let delta = store.function(Function::KroneckerDelta, &[index, j]);
        let more = store.mul(&[delta, spread]);
        let value = store.add(&[apart, more]);
        let statement = store.relation(crate::term::Relation::Equal, both, value);
        let integers = store.add_node(Node::Integers);
        let mut said = statement;
        for letter in [second, first] {
            said = store.bind(letter, &[said], |closed| {
                Node::ForAll(0, closed.first().copied().unwrap_or(integers), integers)
            });
        }
        for scope in [&mut self.standing.scope, &mut self.standing.declared] {
            scope.laws.push(Law::Uncorrelated(family, said));
        }
        self.assume(
            Stated {
                full: said,
                declared: said,
            },
            word,
        );
    }

    /// A definition or an assumption.
    pub(super) fn statement_entry(
        &mut self,
        text: &str,
        tree: &Tree,
        bound: Option<&Tree>,
        word: Word,
    ) -> Result<Vec<String>, Unreadable> {
        let fixed = matches!(word, Word::Assume | Word::Suppose);
        let mut fitted = self.fit(text, tree);
        if matches!(word, Word::Given | Word::Where)
            && let Some(notes) = self.definition_entry(text, tree, bound)?
        {
            fitted.extend(notes);
            return Ok(fitted);
        }
        // What is said for i = 1, …, n is said for these alone.
        let within = bound.filter(|bound| bound_range(bound).is_some());
        let ranged = within.map(|bound| Tree {
            span: tree.span,
            kind: Kind::ForAll(Box::new(tree.clone()), Box::new(bound.clone())),
        });
        let (tree, bound) = match &ranged {
            Some(ranged) => (ranged, None),
            None => (tree, bound),
        };
        let meaning = elaborate::statement(self.store, &self.standing.scope, text, tree)?;
        let declared = self.declared_statement(text, tree, &meaning);
        self.standing.unread |= meaning.doubtful;
        let mut letters: Vec<Symbol> = Vec::new();
        if bound.is_some() || !fixed {
            letters.extend(index_letters(self.store, meaning.term));
        }
        if let Some(bound) = bound {
            letters.extend(self.bound_letters(text, bound));
        }
        let stated = Stated {
            full: self.for_all(meaning.term, &letters),
            declared: self.for_all(declared, &letters),
        };
        // A law tells of its symbols no more than a range does: they stay fresh.
        if let (Kind::Chain(left, rest), true) = (&tree.kind, is_law(self.store, meaning.term)) {
            // The parameters of a law stand for numbers that are known.
            if let (Node::Relation(_, a, b), [(_, _, right)]) =
                (self.store.node(meaning.term).clone(), rest.as_slice())
            {
                for (side, tree) in [(a, left.as_ref()), (b, right)] {
                    if !is_law(self.store, side) {
                        self.standing.scope.meet(self.store, tree);
                    }
                }
            }
        }
        if is_equation(tree) && !is_law(self.store, meaning.term) {
            self.standing.scope.meet(self.store, tree);
            if let Node::Relation(_, a, b) = *self.store.node(meaning.term) {
                for side in [a, b] {
                    if let Node::Member(symbol, indices) = self.store.node(side)
                        && indices.iter().any(|i| !self.store.symbols(*i).is_empty())
                    {
                        self.standing.ruled.insert(*symbol);
                    }
                }
            }
        }
        self.assume(stated, word);
        for statement in meaning.implied {
            if letters.iter().all(|l| !self.store.mentions(statement, *l)) {
                self.assume(
                    Stated {
                        full: statement,
                        declared: statement,
                    },
                    word,
                );
            }
        }
        fitted.extend(meaning.notes);
        Ok(fitted)
    }

    fn declared_statement(&mut self, text: &str, tree: &Tree, meaning: &Elaborated) -> TermId {
        if !self.standing.own {
            return meaning.term;
        }
        elaborate::statement(self.store, &self.standing.declared, text, tree)
            .map_or(meaning.term, |declared| declared.term)
    }

    /// The letters that `for all k`, `for v ∈ ℝ^n` binds.
    fn bound_letters(&mut self, text: &str, bound: &Tree) -> Vec<Symbol> {
        let name = match &bound.kind {
            Kind::Chain(first, _) => first.as_ref(),
            _ => bound,
        };
        let names: Vec<&Tree> = match &name.kind {
            Kind::List(names) => names.iter().collect(),
            _ => vec![name],
        };
        let mut letters = Vec::new();
        for name in names {
            if let Ok(meaning) = elaborate::expression(self.store, &self.standing.scope, text, name)
            {
                letters.extend(self.store.symbols(meaning.written));
            }
        }
        letters
    }

    /// A definition among the context; `None` if the statement is none.
    fn definition_entry(
        &mut self,
        text: &str,
        tree: &Tree,
        bound: Option<&Tree>,
    ) -> Result<Option<Vec<String>>, Unreadable> {
        let Kind::Chain(left, rest) = &tree.kind else {
            return Ok(None);
        };
        let [(relation @ (Relation::Equal | Relation::Define | Relation::Assign), _, right)] =
            rest.as_slice()
        else {
            return Ok(None);
        };
        // `for v ∈ ℝ^n` says what the letters of the head are, there alone.
        let inner = bound.and_then(|bound| {
            let Kind::Chain(name, rest) = &bound.kind else {
                return None;
            };
            let [(Relation::Element, _, set)] = rest.as_slice() else {
                return None;
            };
            let names: Vec<Tree> = match &name.kind {
                Kind::List(names) => names.clone(),
                _ => vec![name.as_ref().clone()],
            };
            let mut inner = self.standing.scope.clone();
            inner
                .declare_member(self.store, text, &names, set)
                .ok()
                .map(|_| inner)
        });
        let scope = inner.as_ref().unwrap_or(&self.standing.scope);
        let Some(head) = elaborate::head(self.store, scope, left) else {
            return Ok(None);
        };
        if *relation == Relation::Equal
            && (!self.standing.is_fresh(self.store, &head) || self.is_bare_pair(&head, right))
        {
            return Ok(None);
        }
        let scope = inner.as_ref().unwrap_or(&self.standing.scope);
        let meaning = scope.body(self.store, text, &head, right)?;
        if super::standing::contains(self.store, meaning.written, head.term)
            || (!head.parameters.is_empty()
                && super::standing::families(self.store, meaning.written).contains(&head.symbol))
        {
            return Ok(None);
        }
        if self
            .standing
            .scope
            .define_as(self.store, &head, meaning.written)
            .is_err()
        {
            return Ok(None);
        }
        let _ = self
            .standing
            .declared
            .define_as(self.store, &head, meaning.written);
        if meaning.doubtful {
            self.standing.scope.doubtful.insert(head.symbol);
        }
        self.standing.scope.meet(self.store, right);
        // What the definition's sums say of their bounds holds wherever it is used.
        for statement in meaning.implied {
            let mut own = head.parameters.iter();
            if !head.applied || own.all(|p| !self.store.mentions(statement, *p)) {
                let stated = Stated {
                    full: statement,
                    declared: statement,
                };
                self.assume(stated, Word::Given);
            }
        }
        Ok(Some(meaning.notes))
    }

    fn assume(&mut self, stated: Stated, word: Word) {
        if word.is_condition() {
            self.standing.case.push(stated);
        } else {
            self.standing.assumptions.push(stated);
        }
    }

    /// The statements of a condition that reaches no further than its sentence.
    pub(super) fn statements(&mut self, said: &Said<'a>) -> Vec<Stated> {
        let text = &said.fragment.text;
        let mut all = Vec::new();
        for entry in &said.entries {
            let text = entry.text.as_ref().unwrap_or(text);
            match &entry.kind {
                EntryKind::Statement(tree, _) => all.extend(self.condition_tree(text, tree)),
                EntryKind::Member(names, set) => {
                    if let Ok(statements) = self
                        .standing
                        .scope
                        .clone()
                        .declare_member(self.store, text, names, set)
                    {
                        all.extend(statements.into_iter().map(|statement| Stated {
                            full: statement,
                            declared: statement,
                        }));
                    }
                }
                _ => {}
            }
        }
        all
    }

    /// The statement of a condition in a display.
    pub(super) fn condition(&mut self, line: &Line<'a>) -> Vec<Stated> {
        self.condition_tree(&line.fragment.text, &line.tree)
            .into_iter()
            .collect()
    }

    fn condition_tree(&mut self, text: &str, tree: &Tree) -> Option<Stated> {
        let meaning = elaborate::statement(self.store, &self.standing.scope, text, tree).ok()?;
        let declared = self.declared_statement(text, tree, &meaning);
        self.standing.unread |= meaning.doubtful;
        Some(Stated {
            full: meaning.term,
            declared,
        })
    }
}

/// Whether a statement is about expectations or probabilities.
fn is_law(store: &Store, statement: TermId) -> bool {
    let mut stack = vec![statement];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if let Node::Function(
            Function::Expectation
            | Function::ConditionalExpectation
            | Function::Variance
            | Function::ConditionalVariance
            | Function::Covariance
            | Function::Correlation
            | Function::Probability
            | Function::ConditionalProbability,
            _,
        ) = node
        {
            return true;
        }
        node.for_each_child(|child| stack.push(child));
    }
    false
}

/// Whether a statement is an equation, which fixes its symbols.
fn is_equation(tree: &Tree) -> bool {
    matches!(&tree.kind, Kind::Chain(_, rest)
        if rest.iter().any(|(relation, _, _)| *relation == Relation::Equal))
}

/// Whether a statement says of a vector or matrix what it is.
fn is_description(tree: &Tree) -> bool {
    matches!(tree.kind, Kind::Is(..))
}
