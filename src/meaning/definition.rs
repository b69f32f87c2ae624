//! Definitions: what `fresh = e`, `:=`, `←` and `e = fresh` define, when, and how far it reaches.

use crate::source::{Fragment, Span};
use crate::syntax::{Kind, Relation, Tree};
use crate::term::{Node, Relation as TermRelation, Sort, Store, Symbol, TermId};

use super::chain::{Chain, Operand};
use super::derivation::Step;
use super::elaborate::{self, Head};
use super::line::{Line, Stand};
use super::reader::{Reader, Situation};
use super::sequence::Place;
use super::standing::{Stated, contains, families};

/// How far a definition reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// To the end of its section.
    Section,
    /// To the end of its block.
    Block,
}

/// A line whose first sign defines.
#[derive(Clone, Debug)]
pub(super) struct Defined<'a> {
    /// What the symbol stands for.
    pub(super) body: Operand<'a>,
}

/// The sign of a line and the tree behind it.
fn first_sign(tree: &Tree) -> Option<(&Tree, Relation, &Tree)> {
    match &tree.kind {
        Kind::Chain(first, rest) => {
            let (relation, _, second) = rest.first()?;
            Some((first, *relation, second))
        }
        _ => None,
    }
}

impl<'a> Reader<'_, 'a> {
    /// Defines what the first sign of a line defines.
    pub(super) fn define_line(
        &mut self,
        line: &Line<'a>,
        situation: Situation,
    ) -> Option<Defined<'a>> {
        let (left, relation, right) = first_sign(&line.tree)?;
        let fragment = line.fragment;
        match relation {
            Relation::Assign => self.assign(fragment, left, right),
            Relation::Define => {
                let head = elaborate::head(self.store, &self.standing.scope, left)?;
                if self.standing.is_defined(self.store, &head) {
                    return None;
                }
                self.define_head(fragment, &head, right, self.reach(situation))
            }
            Relation::Equal => {
                if self.forbids_definition(situation) {
                    return None;
                }
                let Some(head) = elaborate::head(self.store, &self.standing.scope, left) else {
                    let reach = self.reach(situation);
                    return self.define_rule(fragment, left, right, reach);
                };
                let fresh = self.standing.is_fresh(self.store, &head);
                if !fresh && !self.may_define_used(line, situation, &head) {
                    return None;
                }
                if situation.place != Place::Plain && self.is_bare_pair(&head, right) {
                    return None;
                }
                let reach = self.reach(situation);
                self.define_head(fragment, &head, right, reach)
                    .or_else(|| self.define_rule(fragment, left, right, reach))
            }
            _ => None,
        }
    }

    /// The heads that the lines of a block, and the sentences of context in it, may define.
    pub(super) fn planned(&mut self, trees: &[&Tree]) -> Vec<Head> {
        let mut heads = Vec::new();
        for tree in trees {
            let Kind::Chain(first, rest) = &tree.kind else {
                continue;
            };
            let ends = [
                rest.first()
                    .map(|(relation, ..)| (*relation, first.as_ref())),
                rest.last().map(|(relation, _, tree)| (*relation, tree)),
            ];
            for (relation, tree) in ends.into_iter().flatten() {
                if !matches!(
                    relation,
                    Relation::Equal | Relation::Define | Relation::Assign
                ) {
                    continue;
                }
                if let Some(head) = elaborate::head(self.store, &self.standing.scope, tree)
                    && !self.standing.scope.is_met(&head)
                {
                    heads.push(head);
                }
            }
        }
        heads
    }

    /// Whether `=` defines nothing in this place.
    fn forbids_definition(&self, situation: Situation) -> bool {
        self.block.solution.is_some()
            || situation.equivalence
                && !matches!(situation.place, Place::Plain | Place::BeforeArrow)
    }

    /// A plain line may define a symbol that so far was only used, and only in its own block.
    fn may_define_used(&self, line: &Line<'a>, situation: Situation, head: &Head) -> bool {
        let plain = situation.place == Place::Plain
            || line.stand == Stand::Context(super::word::Word::Where);
        plain
            && !situation.met_before
            && self.block.premises.is_empty()
            && self.block.labels.is_empty()
            && !self.standing.is_defined(self.store, head)
    }

    /// Whether `a = b` stands between two bare fresh letters.
    pub(super) fn is_bare_pair(&mut self, head: &Head, right: &Tree) -> bool {
        head.pattern.is_empty()
            && elaborate::head(self.store, &self.standing.scope, right).is_some_and(|other| {
                other.pattern.is_empty() && self.standing.is_fresh(self.store, &other)
            })
    }

    /// Whether a line is an equation between two bare fresh letters.
    pub(super) fn is_pair_line(&mut self, line: &Line<'a>) -> bool {
        let Some((left, Relation::Equal, right)) = first_sign(&line.tree) else {
            return false;
        };
        elaborate::head(self.store, &self.standing.scope, left).is_some_and(|head| {
            self.standing.is_fresh(self.store, &head) && self.is_bare_pair(&head, right)
        })
    }

    /// Whether the first or last sign of a line would define something here.
    pub(super) fn would_define(&mut self, line: &Line<'a>, met_before: bool) -> bool {
        let Some((left, relation, right)) = first_sign(&line.tree) else {
            return false;
        };
        match relation {
            Relation::Define | Relation::Assign => return true,
            Relation::Equal => {}
            _ => return false,
        }
        let _ = met_before;
        if let Some(head) = elaborate::head(self.store, &self.standing.scope, left)
            && self.standing.is_fresh(self.store, &head)
            && let Ok(body) =
                elaborate::expression(self.store, &self.standing.scope, &line.fragment.text, right)
            && !holds_head(self.store, body.written, &head)
        {
            return true;
        }
        let Kind::Chain(first, rest) = &line.tree.kind else {
            return false;
        };
        let Some((Relation::Equal, _, last)) = rest.last() else {
            return false;
        };
        let before = rest
            .len()
            .checked_sub(2)
            .and_then(|i| rest.get(i))
            .map_or(first.as_ref(), |(_, _, tree)| tree);
        let Some(head) = elaborate::head(self.store, &self.standing.scope, last) else {
            return false;
        };
        !is_constant(&head)
            && self.standing.is_fresh(self.store, &head)
            && elaborate::expression(
                self.store,
                &self.standing.scope,
                &line.fragment.text,
                before,
            )
            .is_ok_and(|e| !holds_head(self.store, e.written, &head))
    }

    fn assign(&mut self, fragment: &'a Fragment, left: &Tree, right: &Tree) -> Option<Defined<'a>> {
        let head = elaborate::head(self.store, &self.standing.scope, left)?;
        if !head.parameters.is_empty()
            && let Some(defined) = self.define_rule(fragment, left, right, Reach::Section)
        {
            return Some(defined);
        }
        let met = self.standing.scope.is_met(&head);
        let meaning = self
            .standing
            .scope
            .assign(self.store, &fragment.text, &head, right);
        self.standing.scope.meet(self.store, right);
        self.standing.own = true;
        self.block.assigned |= met;
        Some(Defined {
            body: Operand {
                fragment,
                tree: right.clone(),
                meaning,
                declared: None,
                newcomers: Vec::new(),
            },
        })
    }

    fn define_head(
        &mut self,
        fragment: &'a Fragment,
        head: &Head,
        right: &Tree,
        reach: Reach,
    ) -> Option<Defined<'a>> {
        let meaning = self
            .standing
            .scope
            .body(self.store, &fragment.text, head, right);
        // `π = 3.14` says something of the constant, `e = y − t` names an error.
        if let Ok(meaning) = &meaning
            && is_constant(head)
            && self.store.symbols(meaning.written).is_empty()
        {
            return None;
        }
        if let Ok(meaning) = &meaning
            && (holds_head(self.store, meaning.written, head)
                || is_recursive(self.store, head, meaning.written))
        {
            return None;
        }
        if reach == Reach::Block {
            self.standing.remember(head);
        }
        if let Ok(meaning) = &meaning {
            self.standing
                .scope
                .define_as(self.store, head, meaning.written)
                .ok()?;
            if meaning.doubtful {
                self.standing.scope.doubtful.insert(head.symbol);
            }
            self.standing.own = true;
        }
        self.standing.scope.meet(self.store, right);
        let declared = (self.standing.own && self.block.carries)
            .then(|| {
                elaborate::expression(self.store, &self.standing.declared, &fragment.text, right)
                    .ok()
                    .map(|declared| declared.term)
            })
            .flatten();
        Some(Defined {
            body: Operand {
                fragment,
                tree: right.clone(),
                meaning,
                declared,
                newcomers: Vec::new(),
            },
        })
    }

    /// `w_(t+1) = … w_t`: a rule for all values of the letters of its index.
    fn define_rule(
        &mut self,
        fragment: &'a Fragment,
        left: &Tree,
        right: &Tree,
        reach: Reach,
    ) -> Option<Defined<'a>> {
        if !matches!(
            left.kind,
            Kind::Subscript(..) | Kind::Superscript(..) | Kind::Juxtaposition(..)
        ) {
            return None;
        }
        let scope = &self.standing.scope;
        let member = elaborate::expression(self.store, scope, &fragment.text, left).ok()?;
        let (symbol, indices) = match self.store.node(member.written) {
            Node::Member(symbol, indices) => (*symbol, indices.clone()),
            _ => return None,
        };
        let letters: Vec<Symbol> = indices
            .iter()
            .flat_map(|index| self.store.symbols(*index))
            .collect();
        if letters.is_empty()
            || self.standing.ruled.contains(&symbol)
            || self.standing.has_rule(symbol)
        {
            return None;
        }
        let meaning =
            elaborate::expression(self.store, &self.standing.scope, &fragment.text, right).ok()?;
        let plain = indices
            .iter()
            .all(|index| matches!(self.store.node(*index), Node::Symbol(_)));
        if contains(self.store, meaning.written, member.written)
            || plain && !families(self.store, meaning.written).contains(&symbol)
        {
            return None;
        }
        let equation = self
            .store
            .relation(TermRelation::Equal, member.term, meaning.term);
        let rule = self.for_all(equation, &letters);
        self.standing.add_rule(symbol, rule, reach == Reach::Block);
        self.standing.own = true;
        self.standing.scope.meet(self.store, left);
        self.standing.scope.meet(self.store, right);
        Some(Defined {
            body: Operand {
                fragment,
                tree: right.clone(),
                meaning: Ok(meaning),
                declared: None,
                newcomers: Vec::new(),
            },
        })
    }

    /// The statement for all values of the letters that their declarations allow.
    pub(super) fn for_all(&mut self, statement: TermId, letters: &[Symbol]) -> TermId {
        let mut statement = statement;
        let mut done = Vec::new();
        for letter in letters {
            if done.contains(letter) || !self.store.mentions(statement, *letter) {
                continue;
            }
            done.push(*letter);
            let set = self.range_of(*letter);
            statement = self.store.bind(*letter, &[statement], |closed| {
                Node::ForAll(0, closed.first().copied().unwrap_or(set), set)
            });
        }
        statement
    }

    /// The set over which an index runs: its declared range or sort, else the integers.
    fn range_of(&mut self, letter: Symbol) -> TermId {
        let term = self.store.add_node(Node::Symbol(letter));
        for stated in &self.standing.assumptions {
            if let Node::Element(element, set) = self.store.node(stated.full)
                && *element == term
            {
                return *set;
            }
        }
        let sort = self
            .standing
            .scope
            .declarations
            .get(&letter)
            .map(|declaration| declaration.sort);
        self.store.add_node(match sort {
            Some(Sort::Natural) => Node::Naturals,
            Some(Sort::Real) => Node::Reals,
            _ => Node::Integers,
        })
    }

    /// A premise about an unknown function of v is an identity in v, so that both sides may be
    /// differentiated; gives the names of such variables.
    pub(super) fn as_identity(&mut self, stated: Stated) -> (Stated, Vec<String>) {
        if !self.standing.has_unknown() {
            return (stated, Vec::new());
        }
        let mut variables: Vec<Symbol> = Vec::new();
        let mut stack = vec![stated.full];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = self.store.node(next);
            if let Node::Call(_, _, arguments) = node {
                for argument in arguments {
                    if let Node::Symbol(variable) = self.store.node(*argument)
                        && !variables.contains(variable)
                    {
                        variables.push(*variable);
                    }
                }
            }
            node.for_each_child(|child| stack.push(child));
        }
        // It need not hold on the whole line (x² + y² = 25), so it is the equality of the
        // derivatives that is stated besides, and nothing about other points.
        let mut full = vec![stated.full];
        let mut declared = vec![stated.declared];
        for variable in &variables {
            full.extend(self.differentiated(stated.full, *variable));
            declared.extend(self.differentiated(stated.declared, *variable));
        }
        let identity = Stated {
            full: super::chain::conjunction(self.store, &full),
            declared: super::chain::conjunction(self.store, &declared),
        };
        let names = variables
            .iter()
            .map(|variable| self.store.name(*variable).to_owned())
            .collect();
        (identity, names)
    }

    /// The equation between the derivatives of the sides of an equation.
    fn differentiated(&mut self, equation: TermId, variable: Symbol) -> Option<TermId> {
        let Node::Relation(TermRelation::Equal, a, b) = *self.store.node(equation) else {
            return None;
        };
        let at = self.store.add_node(Node::Symbol(variable));
        let [a, b] = [a, b].map(|side| {
            self.store.bind(variable, &[side], |closed| {
                Node::Derivative(0, closed.first().copied().unwrap_or(at), at)
            })
        });
        Some(self.store.relation(TermRelation::Equal, a, b))
    }

    /// A premise in which one family stands on both sides holds for all values of its letters.
    pub(super) fn for_all_letters(&mut self, stated: Stated) -> Stated {
        let Node::Relation(_, a, b) = *self.store.node(stated.full) else {
            return stated;
        };
        let shared: Vec<Symbol> = families(self.store, a)
            .intersection(&families(self.store, b))
            .copied()
            .collect();
        if shared.is_empty() {
            return stated;
        }
        let letters: Vec<Symbol> = super::standing::index_letters(self.store, stated.full)
            .into_iter()
            .collect();
        Stated {
            full: self.for_all(stated.full, &letters),
            declared: self.for_all(stated.declared, &letters),
        }
    }

    /// `e = fresh` at the end of a chain names that value.
    pub(super) fn name_value(
        &mut self,
        chain: &Chain<'a>,
        sign_span: Span,
        fragment: &'a Fragment,
        tree: &Tree,
    ) -> Option<Step> {
        let situation = chain.situation();
        if self.forbids_definition(situation) {
            return None;
        }
        let left = chain.left();
        let meaning = left.meaning.as_ref().ok()?;
        let (value, doubtful) = (meaning.written, meaning.doubtful);
        let head = elaborate::head(self.store, &self.standing.scope, tree)?;
        if is_constant(&head)
            || !self.standing.is_fresh(self.store, &head)
            || holds_head(self.store, value, &head)
            || is_recursive(self.store, &head, value)
        {
            return None;
        }
        let bare = matches!(self.store.node(value), Node::Symbol(_)) && head.pattern.is_empty();
        if situation.place != Place::Plain && bare {
            return None;
        }
        if self.reach(situation) == Reach::Block {
            self.standing.remember(&head);
        }
        self.standing
            .scope
            .define_as(self.store, &head, value)
            .ok()?;
        if doubtful {
            self.standing.scope.doubtful.insert(head.symbol);
        }
        self.standing.own = true;
        let mut step = self.sided_step(
            (left.fragment, &left.tree),
            (":=", sign_span),
            (fragment, tree),
        );
        step.notes.push(format!("{} names this value", step.right));
        Some(step)
    }
}

/// Whether the head is the name of a constant.
fn is_constant(head: &Head) -> bool {
    // δ_ij is Kronecker's.
    head.pattern.is_empty() && matches!(head.name.as_str(), "e" | "π")
        || head.pattern.len() == 2 && !head.applied && head.name == "δ"
}

/// Whether the head itself stands in a term.
fn holds_head(store: &Store, term: TermId, head: &Head) -> bool {
    contains(store, term, head.term) || head.pattern.is_empty() && store.mentions(term, head.symbol)
}

/// Whether a head with letters would be defined through other members of its own family.
fn is_recursive(store: &Store, head: &Head, body: TermId) -> bool {
    !head.parameters.is_empty() && families(store, body).contains(&head.symbol)
}
