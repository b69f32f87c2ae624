//! Chains: one step for each relation sign.

use crate::source::{Fragment, Span};
use crate::syntax::{Kind, Relation, Tree};
use crate::term::{Node, Store, Symbol, TermId};

use super::definition::Defined;
use super::derivation::{Role, Step};
use super::elaborate::{self, Elaborated, Unreadable};
use super::goal::Shape;
use super::line::{Lead, Line, opened};
use super::reader::{Last, Reader, Situation, text_of, unread};
use super::rounding;
use super::sequence::Place;
use super::shape;
use super::sign::{compose, relate, sign};
use super::standing::Stated;

/// One operand of a chain.
#[derive(Clone, Debug)]
pub(super) struct Operand<'a> {
    pub(super) fragment: &'a Fragment,
    pub(super) tree: Tree,
    pub(super) meaning: Result<Elaborated, Unreadable>,
    /// Its term with what the document's own lines define left as it is written.
    pub(super) declared: Option<TermId>,
    /// Members of families that were met, but of which nothing is known.
    pub(super) newcomers: Vec<TermId>,
}

impl Operand<'_> {
    fn stated(&self) -> Option<Stated> {
        let meaning = self.meaning.as_ref().ok()?;
        Some(Stated {
            full: meaning.term,
            declared: self.declared.unwrap_or(meaning.term),
        })
    }
}

/// A chain as far as it was read.
#[derive(Clone, Debug)]
pub(super) struct Chain<'a> {
    /// The operand that the next sign stands behind.
    left: Operand<'a>,
    /// The first operand.
    start: Option<Stated>,
    situation: Situation,
    /// The arrow before it, until a step has taken it.
    lead: Option<Lead>,
    pub(super) behind_item: bool,
    /// Its steps.
    pub(super) steps: Vec<usize>,
    /// What its signs say.
    relations: Vec<Stated>,
    /// How many steps came before it: what its ⇒ may be concluded from.
    before: usize,
    /// How its ends relate by the signs so far.
    ends: Option<Relation>,
    /// The variable of an integral without limits in it.
    variable: Option<Symbol>,
    /// Whether its first sign defines.
    defines: bool,
    /// Its text.
    text: String,
}

/// Whether a chain is one statement that cannot be taken sign by sign.
pub(super) fn is_whole(tree: &Tree) -> bool {
    match &tree.kind {
        Kind::Chain(first, rest) => {
            rest.iter()
                .any(|(relation, _, _)| *relation == Relation::Element)
                || std::iter::once(first.as_ref())
                    .chain(rest.iter().map(|(_, _, tree)| tree))
                    .any(|tree| {
                        super::tree_walk::has_double_sign(tree, false)
                            || matches!(tree.kind, Kind::List(_))
                    })
        }
        _ => !super::line::is_expression(tree),
    }
}

impl<'a> Reader<'_, 'a> {
    /// Reads one operand; its symbols are met from here on.
    pub(super) fn operand(&mut self, fragment: &'a Fragment, tree: Tree) -> Operand<'a> {
        let meaning =
            elaborate::expression(self.store, &self.standing.scope, &fragment.text, &tree);
        let declared = self.declared_term(fragment, &tree, meaning.as_ref().ok());
        let newcomers = meaning
            .as_ref()
            .map_or_else(|_| Vec::new(), |meaning| self.new_members(meaning));
        self.meet_operand(&tree);
        if let Ok(meaning) = &meaning {
            self.standing.meet_members(self.store, meaning.written);
        }
        Operand {
            fragment,
            tree,
            meaning,
            declared,
            newcomers,
        }
    }

    /// Meets the symbols of an operand; what only the label of a brace holds may be defined there.
    fn meet_operand(&mut self, tree: &Tree) {
        let mut named = super::scope::Scope::default();
        super::tree_walk::any(tree, &mut |part| {
            if let Kind::Underbrace(_, label) = &part.kind {
                named.meet(self.store, label);
            }
            false
        });
        let new: Vec<String> = named
            .met
            .into_iter()
            .filter(|key| !self.standing.scope.met.contains(key))
            .collect();
        self.standing.scope.meet(self.store, tree);
        for key in new {
            self.standing.scope.met.remove(&key);
        }
    }

    /// The term of a tree with the document's own definitions left out, where it may be needed.
    fn declared_term(
        &mut self,
        fragment: &Fragment,
        tree: &Tree,
        meaning: Option<&Elaborated>,
    ) -> Option<TermId> {
        if !(self.standing.own && self.block.carries) {
            return None;
        }
        meaning?;
        elaborate::expression(self.store, &self.standing.declared, &fragment.text, tree)
            .ok()
            .map(|declared| declared.term)
    }

    /// A line that begins a chain (or an expression that one may go on with).
    pub(super) fn begin(&mut self, line: Line<'a>, mut situation: Situation) {
        if matches!(situation.place, Place::BeforeArrow | Place::Follows)
            && !situation.equivalence
            && self.is_pair_line(&line)
        {
            situation.place = Place::Premise;
        }
        let text = text_of(line.fragment, line.tree.span).to_owned();
        let before = self.block.steps.len();
        let defined = self.define_line(&line, situation);
        let fragment = line.fragment;
        let (first, rest) = opened(line.tree);
        let mut rest = rest.into_iter();
        let mut chain = match defined {
            Some(Defined { body }) => {
                let span = rest.next().map_or(first.span, |(_, span, _)| span);
                let mut step = self.sided_step(
                    (fragment, &first),
                    (":=", fragment.span(span)),
                    (fragment, &body.tree),
                );
                match &body.meaning {
                    Ok(meaning) => {
                        step.notes.clone_from(&meaning.notes);
                    }
                    Err(problem) => {
                        step.role = unread(problem);
                    }
                }
                if situation.equivalence {
                    step.notes.clear();
                }
                self.block.steps.push(step);
                Chain::new(body, situation, None, text, before, true)
            }
            None => {
                let left = self.operand(fragment, first);
                Chain::new(left, situation, line.lead, text, before, false)
            }
        };
        chain.behind_item = line.behind_item;
        self.braces(&chain.left);
        self.signs(&mut chain, rest, fragment, situation);
        self.block.chain = Some(chain);
    }

    /// A line that opens with a relation.
    pub(super) fn go_on(&mut self, line: Line<'a>, situation: Situation) {
        let fragment = line.fragment;
        let (first, rest) = opened(line.tree);
        let mut rest = rest.into_iter().peekable();
        let Some(mut chain) = self.block.chain.take() else {
            // Nothing stands before it: the first sign has no left side.
            let Some((_, span, tree)) = rest.next() else {
                return;
            };
            let mut step = self.step(
                fragment,
                first.span.to(tree.span),
                if rest.peek().is_some() || situation.goes_on {
                    Role::Skipped("nothing stands on the left of this sign".to_owned())
                } else {
                    Role::Unreadable("something is expected on the left of this sign".to_owned())
                },
            );
            step.sign = fragment.span(span);
            step.relation = "=";
            step.right = text_of(fragment, tree.span).to_owned();
            step.left.clear();
            self.block.steps.push(step);
            let text = text_of(fragment, tree.span).to_owned();
            let left = self.operand(fragment, tree);
            let before = self.block.steps.len();
            let mut chain = Chain::new(left, situation, None, text, before, true);
            self.signs(&mut chain, rest, fragment, situation);
            self.block.chain = Some(chain);
            return;
        };
        self.signs(&mut chain, rest, fragment, situation);
        self.block.chain = Some(chain);
    }

    /// A step with two sides.
    pub(super) fn sided_step(
        &self,
        left: (&Fragment, &Tree),
        sign: (&'static str, Span),
        right: (&Fragment, &Tree),
    ) -> Step {
        let (left_span, right_span) = (left.0.span(left.1.span), right.0.span(right.1.span));
        let line = |at| self.source.position(at).line;
        // A left side on an earlier line is quoted, but the step stands where its sign stands.
        let start = if line(left_span.start) == line(sign.1.start) {
            left_span.start.min(sign.1.start)
        } else {
            sign.1.start
        };
        let span = Span::new(start, right_span.end.max(sign.1.end));
        let mut step = self.step_at(span, text_of(left.0, left.1.span).to_owned(), Role::Given);
        step.sign = sign.1;
        step.relation = sign.0;
        text_of(right.0, right.1.span).clone_into(&mut step.right);
        step
    }

    /// The signs of a chain on one line, from left to right.
    fn signs(
        &mut self,
        chain: &mut Chain<'a>,
        signs: impl Iterator<Item = (Relation, Span, Tree)>,
        fragment: &'a Fragment,
        situation: Situation,
    ) {
        let mut signs = signs.peekable();
        while let Some((relation, span, tree)) = signs.next() {
            let last = signs.peek().is_none() && !situation.goes_on;
            self.sign(chain, relation, fragment.span(span), fragment, tree, last);
        }
    }

    /// One sign of a chain.
    fn sign(
        &mut self,
        chain: &mut Chain<'a>,
        relation: Relation,
        sign_span: Span,
        fragment: &'a Fragment,
        tree: Tree,
        last: bool,
    ) {
        if last
            && relation == Relation::Equal
            && let Some(step) = self.name_value(chain, sign_span, fragment, &tree)
        {
            chain.defines = true;
            self.block.steps.push(step);
            return;
        }
        let met = self.names_met(&chain.left);
        let right = self.operand(fragment, tree);
        let mut step = self.sided_step(
            (chain.left.fragment, &chain.left.tree),
            (sign(relation).unwrap_or("="), sign_span),
            (right.fragment, &right.tree),
        );
        if let Some(lead) = chain.lead.take() {
            step.relation = "⇒";
            step.sign = lead.span;
            step.right = format!(
                "{} {} {}",
                step.left,
                sign(relation).unwrap_or("∼"),
                step.right
            );
            step.left = self
                .block
                .last
                .as_ref()
                .map_or_else(String::new, |last| last.text.clone());
            step.span = step.span.to(lead.span);
        }
        let index = self.block.steps.len();
        if relation == Relation::Define {
            let note = self.no_definition(&chain.left, &right);
            step.notes.extend(note);
        }
        let mut exact = false;
        match (&chain.left.meaning, &right.meaning) {
            (Ok(_), Ok(_)) => {
                exact = self.relate_sides(chain, relation, &right, &mut step);
                if met && let Ok(meaning) = &right.meaning {
                    let notes =
                        self.undefined_notes(meaning, &right.newcomers, chain.variable.is_some());
                    step.notes.extend(notes);
                }
            }
            (_, Err(problem)) => {
                step.role = unread(problem);
                step.sign = fragment.span(problem.span);
            }
            (Err(problem), _) => {
                step.role = unread(problem);
                step.sign = chain.left.fragment.span(problem.span);
            }
        }
        chain.ends = match (chain.ends, exact) {
            (Some(ends), true) => compose(ends, relation),
            _ => None,
        };
        self.block.steps.push(step);
        chain.steps.push(index);
        self.braces(&right);
        chain.left = right;
    }

    /// Whether the left side has been read (so that what is new on the right can be told).
    fn names_met(&self, left: &Operand<'a>) -> bool {
        left.meaning.is_ok()
    }

    /// Sets role, statement, readings and notes of a step whose sides have a meaning. Whether
    /// what it says may be used as it is written.
    fn relate_sides(
        &mut self,
        chain: &mut Chain<'a>,
        relation: Relation,
        right: &Operand<'a>,
        step: &mut Step,
    ) -> bool {
        let (Ok(a), Ok(b)) = (&chain.left.meaning, &right.meaning) else {
            return false;
        };
        let (a, b) = (a.clone(), b.clone());
        step.notes.extend(joined(&a.notes, &b.notes));
        let mut implied = a.implied.clone();
        implied.extend(b.implied.iter().copied().filter(|t| !a.implied.contains(t)));
        let Some(full) = relate(self.store, relation, a.term, b.term) else {
            step.role = Role::Skipped("this sign makes no claim that can be checked".to_owned());
            return false;
        };
        self.doubt(full, step);
        step.doubtful |= a.doubtful || b.doubtful;
        let closed = [a.written, b.written]
            .iter()
            .all(|side| self.store.symbols(*side).is_empty());
        step.doubtful |= closed
            && [&chain.left, right]
                .iter()
                .any(|side| elaborate::decimal_comma(&side.fragment.text, side.tree.span));
        let span = right.tree.span;
        if let Err(problem) = shape::fits(self.store, &self.standing.scope, span, a.term, b.term) {
            step.role = unread(&problem);
            step.sign = right.fragment.span(problem.span);
            return false;
        }
        let declared = match (chain.left.declared, right.declared) {
            (None, None) => full,
            (x, y) => relate(
                self.store,
                relation,
                x.unwrap_or(a.term),
                y.unwrap_or(b.term),
            )
            .unwrap_or(full),
        };
        let stated = Stated { full, declared };
        chain.relations.push(stated);
        chain.variable = chain.variable.or(a.antiderivative).or(b.antiderivative);
        let place = chain.situation.place;
        let (shape, exact) = if let Some(rounded) = rounding::shape(self, relation, &a, &b) {
            (rounded, false)
        } else if relation == Relation::Approximately {
            step.role =
                Role::Skipped("≈ between symbols makes no claim that can be checked".to_owned());
            return false;
        } else if let Some(either) = rounding::with_stand_ins(self, full) {
            step.notes
                .push("the decimal that an earlier line gave may stand for its number".to_owned());
            (Shape::Statement(either), false)
        } else if let Some(variable) = chain.variable.filter(|_| relation == Relation::Equal) {
            let scope = &self.standing.scope;
            let mut vary = |side: &Elaborated| {
                let term = scope.unfold_but(self.store, side.written, variable);
                term.unwrap_or(side.term)
            };
            let (left, right) = (vary(&a), vary(&b));
            let shape = Shape::UpToConstant {
                left,
                right,
                variable,
            };
            (shape, false)
        } else {
            let concluded = place == Place::Follows
                || place == Place::Premise && !chain.defines
                || self.block.solution.is_some();
            (
                if concluded {
                    Shape::Statement(full)
                } else {
                    Shape::Step(full)
                },
                true,
            )
        };
        step.role = match place {
            Place::Premise if !chain.defines => Role::Premise(self.goal(shape, &implied)),
            Place::Follows => {
                let mut role = self.follows(stated, shape, &implied);
                if let Role::Follows(_, carry) = &mut role {
                    carry.premises = 0..chain.before;
                }
                role
            }
            _ if self.block.solution.is_some() => {
                self.sign_in_solution(chain.situation, chain.before, stated, shape, &implied)
            }
            _ => Role::Claim(self.goal_under_premises(shape, &implied)),
        };
        if self.is_joined_form(chain.situation) && chain.steps.is_empty() {
            step.notes.push(
                "read together with the other values of the same letter, joined by or".to_owned(),
            );
        }
        step.alternatives = self.side_readings(relation, &a, &b, &step.role);
        self.item_guess(chain, step);
        if exact {
            let general = matches!(step.role, Role::Premise(_));
            let usable = if general {
                let (usable, variables) = self.as_identity(stated);
                for variable in variables {
                    step.notes
                        .push(format!("differentiated as an identity in {variable}"));
                }
                self.for_all_letters(usable)
            } else {
                stated
            };
            step.states = Some(usable.full);
            step.implied = implied;
            step.declared = (usable.declared != usable.full).then_some(usable.declared);
            if general {
                self.block.premises.push(usable);
            }
        }
        exact
    }

    /// Ends the chain that is read.
    pub(super) fn close_chain(&mut self) {
        let Some(chain) = self.block.chain.take() else {
            return;
        };
        if chain.steps.is_empty() && !chain.defines {
            self.lone_expression(chain);
            return;
        }
        if let (Some(last), Some(start), Some(end), Some(ends)) = (
            chain.steps.last().copied(),
            chain.start,
            chain.left.stated(),
            chain.ends,
        ) && chain.steps.len() > 1
            && let Some(full) = relate(self.store, ends, start.full, end.full)
            && let Some(declared) = relate(self.store, ends, start.declared, end.declared)
            && let Some(step) = self.block.steps.get_mut(last)
        {
            step.chain = chain
                .steps
                .iter()
                .copied()
                .take(chain.steps.len() - 1)
                .collect();
            let plain = step.declared.or(step.states);
            step.states = step.states.map(|own| conjunction(self.store, &[own, full]));
            step.declared = plain
                .map(|own| conjunction(self.store, &[own, declared]))
                .filter(|declared| Some(*declared) != step.states);
        }
        let stated = (!chain.relations.is_empty()).then(|| {
            let full: Vec<TermId> = chain.relations.iter().map(|s| s.full).collect();
            let declared: Vec<TermId> = chain.relations.iter().map(|s| s.declared).collect();
            Stated {
                full: conjunction(self.store, &full),
                declared: conjunction(self.store, &declared),
            }
        });
        if !chain.relations.is_empty() || !chain.defines {
            self.block.statements += 1;
        }
        self.block.last = Some(Last {
            step: self.block.steps.len().saturating_sub(1),
            stated,
            text: chain.text,
        });
    }

    /// An expression that no relation goes on with.
    fn lone_expression(&mut self, chain: Chain<'a>) {
        let fragment = chain.left.fragment;
        let span = chain.left.tree.span;
        let role = match (&chain.left.meaning, &chain.lead) {
            (_, Some(_)) => {
                Role::Unreadable("a statement is expected here, not an expression".to_owned())
            }
            (Err(problem), _) => unread(problem),
            _ => Role::Skipped("an expression by itself makes no claim".to_owned()),
        };
        let mut step = self.step(fragment, span, role);
        if let Some(lead) = &chain.lead {
            step.relation = "⇒";
            step.right = std::mem::take(&mut step.left);
            if let Some(last) = &self.block.last {
                step.left.clone_from(&last.text);
            }
            step.span = step.span.to(lead.span);
        }
        self.block.last = Some(Last {
            step: self.block.steps.len(),
            stated: None,
            text: chain.text,
        });
        self.block.steps.push(step);
    }
}

impl<'a> Chain<'a> {
    fn new(
        left: Operand<'a>,
        situation: Situation,
        lead: Option<Lead>,
        text: String,
        before: usize,
        defines: bool,
    ) -> Self {
        Chain {
            start: left.stated(),
            left,
            situation,
            lead,
            behind_item: false,
            steps: Vec::new(),
            relations: Vec::new(),
            before,
            ends: Some(Relation::Equal),
            variable: None,
            defines,
            text,
        }
    }

    /// The operand that stands last.
    pub(super) fn left(&self) -> &Operand<'a> {
        &self.left
    }

    /// What is known of its line.
    pub(super) fn situation(&self) -> Situation {
        self.situation
    }
}

/// All of the statements.
pub(super) fn conjunction(store: &mut Store, statements: &[TermId]) -> TermId {
    let mut all = Vec::new();
    for statement in statements {
        if !all.contains(statement) || all.len() > 64 {
            all.push(*statement);
        }
    }
    match all.as_slice() {
        [one] => *one,
        _ => store.add_node(Node::And(all.into())),
    }
}

fn joined(a: &[String], b: &[String]) -> Vec<String> {
    let mut all = a.to_vec();
    all.extend(b.iter().filter(|note| !a.contains(note)).cloned());
    all
}
