//! Reads the blocks of a section one after the other, line by line.

use crate::source::{Fragment, Source, Span};
use crate::syntax::{Arrow, EntryKind, Kind, Relation, Trait, Tree, parse_context};
use crate::term::{Store, TermId};

use super::block::{Block, Part, Said};
use super::chain::Chain;
use super::definition::Reach;
use super::derivation::{Carry, Derivation, Document, Role, Step};
use super::elaborate::{self, Elaborated, Unreadable};
use super::goal::{Goal, Shape};
use super::line::{Line, Stand};
use super::sequence::{Place, sequence};
use super::solution::{self, Solution};
use super::standing::{Standing, Stated};
use super::tree_walk;
use super::word::Word;

/// Reads one section.
pub(super) struct Reader<'r, 'a> {
    pub(super) store: &'r mut Store,
    pub(super) source: &'r Source,
    pub(super) document: &'r mut Document,
    pub(super) standing: Standing,
    /// Closed terms and the decimals that lines gave for them.
    pub(super) decimals: Vec<(TermId, TermId)>,
    pub(super) block: BlockState<'a>,
    /// How many notes about undefined symbols were written.
    pub(super) undefined: usize,
}

/// What is known of the block that is read.
#[derive(Default)]
pub(super) struct BlockState<'a> {
    pub(super) steps: Vec<Step>,
    /// Premises so far.
    pub(super) premises: Vec<Stated>,
    /// Premises from labels of arrows.
    pub(super) labels: Vec<Stated>,
    /// Conditions of the sentence that is read.
    pub(super) conditions: Vec<Stated>,
    /// The chain that a line opening with a relation goes on with.
    pub(super) chain: Option<Chain<'a>>,
    /// The statement just before: the step that holds it, what it says, and where it stands.
    pub(super) last: Option<Last>,
    /// How many statements that are no definitions came before.
    pub(super) statements: usize,
    /// Whether arrows stand in the block, so that lines may be carried forward.
    pub(super) carries: bool,
    /// The solution that the block is.
    pub(super) solution: Option<Solution>,
    /// Context that the steps refer to.
    pub(super) context: usize,
    /// Whether a symbol was given a new value.
    pub(super) assigned: bool,
}

/// A statement of the block.
#[derive(Clone, Debug)]
pub(super) struct Last {
    pub(super) step: usize,
    pub(super) stated: Option<Stated>,
    pub(super) text: String,
}

/// What is known of a line before it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Situation {
    /// The part it plays by its place.
    pub(super) place: Place,
    /// Whether ⇔ stands in its run of arrows.
    pub(super) equivalence: bool,
    /// Whether the next line goes on with its chain.
    pub(super) goes_on: bool,
    /// Whether the symbol on its left was met before its block.
    pub(super) met_before: bool,
    /// Which line of the block it is.
    pub(super) index: usize,
}

impl<'a> Reader<'_, 'a> {
    /// Reads a block and adds its derivation to the document.
    pub(super) fn block(&mut self, block: Block<'a>) {
        let block = super::listed::joined(block);
        let places = sequence(&block);
        let trees: Vec<&Tree> = block.lines().map(|line| &line.tree).collect();
        self.block = BlockState {
            carries: places.has_arrow,
            ..BlockState::default()
        };
        for part in &block.parts {
            match part {
                Part::Context(said) if said.word == Word::Where => self.say(said),
                Part::Restricted(names) => {
                    for name in names {
                        let symbol = self.store.symbol(name);
                        self.standing.restricted.insert(symbol);
                    }
                }
                _ => {}
            }
        }
        for line in block.lines() {
            if line.stand == Stand::Context(Word::Where) {
                self.say_line(line, Word::Where);
            }
        }
        let lines: Vec<&Line<'a>> = block.lines().collect();
        let mut entered = self.standing.scope.declare_transposed(self.store);
        let _ = self.standing.declared.declare_transposed(self.store);
        if trees.iter().any(|tree| tree_walk::has_derivative(tree)) {
            let may_define = lines.iter().filter(|line| Self::may_define(line));
            let mut defining: Vec<&Tree> = may_define.map(|line| &line.tree).collect();
            for part in &block.parts {
                if let Part::Context(said) = part {
                    defining.extend(said.entries.iter().filter_map(|entry| match &entry.kind {
                        EntryKind::Statement(tree, _) => Some(tree),
                        _ => None,
                    }));
                }
            }
            let planned = self.planned(&defining);
            entered.extend(self.standing.enter_block(self.store, &trees, &planned));
        }
        let met: Vec<bool> = lines.iter().map(|line| self.is_met(line)).collect();
        self.block.solution = solution::find(self, &block, &lines, &places);
        self.look_ahead(&lines);
        self.refresh_context();
        let conditions = Conditions::of(&block);
        let mut index = 0;
        for part in block.parts {
            match part {
                Part::Context(said) => {
                    if said.word != Word::Where && said.units.is_none() {
                        self.close_chain();
                        self.say(&said);
                        self.refresh_context();
                    }
                }
                Part::Error(fragment, span, message) => self.error(fragment, span, message),
                Part::Ended(names) => self.end_condition(names.as_deref()),
                Part::Restricted(_) => {}
                Part::Line(line) => {
                    let situation = Situation {
                        place: places.places.get(index).copied().unwrap_or(Place::Plain),
                        equivalence: places.equivalence.get(index).copied().unwrap_or(false),
                        goes_on: places.goes_on.get(index).copied().unwrap_or(false),
                        met_before: met.get(index).copied().unwrap_or(false),
                        index,
                    };
                    index += 1;
                    self.conditions(&conditions, &line);
                    self.line(line, situation);
                }
            }
        }
        self.close_chain();
        self.standing.leave_block();
        self.finish(block.title, entered);
    }

    fn finish(&mut self, title: String, notes: Vec<String>) {
        let mut steps = std::mem::take(&mut self.block.steps);
        super::styled::declare(self.store, self.document, &mut steps);
        // What could not be read may be the premise of what follows.
        let mut unread = false;
        for step in &mut steps {
            match step.role {
                Role::Follows(..) => step.unread |= unread,
                Role::Beyond(_) => unread = true,
                Role::Unreadable(_) | Role::Premise(_) => unread |= step.unread || step.doubtful,
                _ => {}
            }
        }
        let Some(first) = steps.first_mut() else {
            return;
        };
        for note in notes {
            if !first.notes.contains(&note) {
                first.notes.push(note);
            }
        }
        let span = steps
            .iter()
            .map(|step| step.span)
            .reduce(Span::to)
            .unwrap_or_default();
        self.document
            .derivations
            .push(Derivation { title, span, steps });
    }

    fn is_met(&mut self, line: &Line<'a>) -> bool {
        let tree = match &line.tree.kind {
            Kind::Chain(first, _) => first.as_ref(),
            _ => return false,
        };
        elaborate::head(self.store, &self.standing.scope, tree)
            .is_some_and(|head| self.standing.scope.is_met(&head))
    }

    /// Sets the context that steps refer to to what holds now.
    pub(super) fn refresh_context(&mut self) {
        super::hierarchy::given_parameters(self.store, &mut self.standing);
        let context = self.standing.context();
        if self.document.contexts.last() != Some(&context) {
            self.document.contexts.push(context);
        }
        self.block.context = self.document.contexts.len() - 1;
    }

    /// Takes the conditions of the sentence that a line stands in.
    fn conditions(&mut self, conditions: &Conditions<'a>, line: &Line<'a>) {
        self.block.conditions.clear();
        for said in &conditions.sentences {
            if said
                .units
                .as_ref()
                .is_some_and(|units| units.contains(&line.unit))
            {
                let stated = self.statements(said);
                self.block.conditions.extend(stated);
            }
        }
        for (alone, condition) in &conditions.displays {
            if std::ptr::eq(condition.fragment, line.fragment)
                && (*alone || condition.row == line.row)
            {
                let stated = self.condition(condition);
                self.block.conditions.extend(stated);
            }
        }
    }

    /// Reads a line.
    pub(super) fn line(&mut self, line: Line<'a>, situation: Situation) {
        if is_law(&line.tree) && line.stand != Stand::Sentence && self.law_line(&line) {
            return;
        }
        match line.stand {
            Stand::Context(Word::Where) => return,
            Stand::Context(word) => {
                self.close_chain();
                if word == Word::Given || word == Word::Assume {
                    self.say_line(&line, word);
                    self.refresh_context();
                } else {
                    self.stated_in_passing(&line);
                }
                return;
            }
            Stand::Sentence if !self.is_claim_in_sentence(&line) => {
                if !self.defined_in_sentence(&line) {
                    self.remark(&line);
                }
                return;
            }
            _ => {}
        }
        if let Some((subject, traits)) = self.introduced(&line) {
            self.close_chain();
            let text = &line.fragment.text;
            let outcome = self.described_entry(text, &[subject], &traits, Word::Given);
            self.said(line.fragment, line.tree.span, outcome, None);
            self.refresh_context();
            return;
        }
        if let Some(lead) = &line.lead {
            self.labels(&line, &lead.label.clone());
        }
        if line.continues() {
            self.go_on(line, situation);
        } else {
            self.close_chain();
            match &line.tree.kind {
                Kind::Chain(..)
                    if !matches!(situation.place, Place::Equivalent | Place::ImpliedBy)
                        && !super::chain::is_whole(&line.tree) =>
                {
                    self.begin(line, situation);
                }
                _ if line.is_expression() => self.begin(line, situation),
                _ => self.whole(line, situation),
            }
        }
    }

    /// `A is symmetric` of a name that nothing defines says what A is: there is nothing from which
    /// it could follow.
    fn introduced(&mut self, line: &Line<'a>) -> Option<(Tree, Vec<Trait>)> {
        let Kind::Is(subject, traits) = &line.tree.kind else {
            return None;
        };
        if line.lead.is_some() || !super::line::is_name(subject) {
            return None;
        }
        let head = elaborate::head(self.store, &self.standing.scope, subject)?;
        let given = self
            .standing
            .assumptions
            .iter()
            .any(|known| self.store.mentions(known.full, head.symbol));
        let said = |d: &super::goal::Declaration| {
            d.symbol == head.symbol && d.properties.iter().any(|p| p.quality().is_some())
        };
        let given = given || self.standing.scope.declarations().iter().any(said);
        (!self.standing.is_defined(self.store, &head) && !given)
            .then(|| ((**subject).clone(), traits.clone()))
    }

    /// A condition that stands in a display: a step that is given.
    fn stated_in_passing(&mut self, line: &Line<'a>) {
        let mut step = self.step(line.fragment, line.tree.span, Role::Given);
        step.notes.push("read as a condition".to_owned());
        self.block.steps.push(step);
    }

    fn error(&mut self, fragment: &'a Fragment, span: Span, message: String) {
        self.close_chain();
        let text = self.source.slice(span).to_owned();
        let _ = fragment;
        let mut step = self.step_at(span, text, Role::Unreadable(message));
        step.sign = span;
        step.unread = true;
        self.block.steps.push(step);
        self.block.last = None;
        self.block.statements += 1;
    }

    /// A step without sides of its own.
    pub(super) fn step(&self, fragment: &Fragment, local: Span, role: Role) -> Step {
        self.step_at(
            fragment.span(local),
            text_of(fragment, local).to_owned(),
            role,
        )
    }

    pub(super) fn step_at(&self, span: Span, left: String, role: Role) -> Step {
        Step {
            span,
            sign: span,
            relation: "=",
            left,
            right: String::new(),
            role,
            states: None,
            declared: None,
            chain: Vec::new(),
            alternatives: Vec::new(),
            notes: Vec::new(),
            context: self.block.context,
            implied: Vec::new(),
            unread: self.standing.unread,
            doubtful: false,
        }
    }

    /// A statement that is no chain of relations, or that ⇔ or ⇐ joins with the one before.
    fn whole(&mut self, line: Line<'a>, situation: Situation) {
        let fragment = line.fragment;
        let meaning =
            elaborate::statement(self.store, &self.standing.scope, &fragment.text, &line.tree);
        let undefined = self.standing.own && self.block.carries;
        let declared = undefined.then(|| {
            elaborate::statement(
                self.store,
                &self.standing.declared,
                &fragment.text,
                &line.tree,
            )
        });
        self.standing.scope.meet(self.store, &line.tree);
        let mut step = self.step(fragment, line.tree.span, Role::Given);
        step.relation = super::sign::first_sign(&line.tree).unwrap_or("⇒");
        std::mem::swap(&mut step.left, &mut step.right);
        let meaning = match meaning {
            Ok(meaning) => meaning,
            Err(problem) => {
                step.role = unread(&problem);
                step.sign = fragment.span(problem.span);
                step.relation = "=";
                std::mem::swap(&mut step.left, &mut step.right);
                let text = step.left.clone();
                self.block.steps.push(step);
                self.block.last = Some(Last {
                    step: self.block.steps.len() - 1,
                    stated: None,
                    text,
                });
                self.block.statements += 1;
                return;
            }
        };
        let stated = Stated {
            full: meaning.term,
            declared: declared
                .and_then(Result::ok)
                .map_or(meaning.term, |e| e.term),
        };
        let index = self.block.steps.len();
        step.role = self.role(&meaning, stated, situation, &mut step.chain);
        step.alternatives = self.readings(&meaning, &step.role);
        step.notes.clone_from(&meaning.notes);
        self.doubt(stated.full, &mut step);
        step.doubtful |= meaning.doubtful;
        if let Some(lead) = &line.lead {
            step.relation = match lead.kind {
                Arrow::Implies => "⇒",
                Arrow::Iff => "⇔",
                Arrow::ImpliedBy => "⇒",
            };
            step.sign = lead.span;
            if let Some(last) = &self.block.last {
                step.left.clone_from(&last.text);
            }
        }
        let text = step.right.clone();
        if situation.place != Place::ImpliedBy {
            step.states = Some(stated.full);
            step.declared = (stated.declared != stated.full).then_some(stated.declared);
            step.implied.clone_from(&meaning.implied);
        }
        self.block.steps.push(step);
        if situation.place == Place::Premise {
            self.block.premises.push(stated);
            self.standing.rule_for_block(self.store, stated.full);
        }
        self.block.statements += 1;
        self.block.last = Some(Last {
            step: index,
            stated: Some(stated),
            text,
        });
    }

    /// Marks a step that rests on a name of which nothing says what it is.
    pub(super) fn doubt(&self, statement: TermId, step: &mut Step) {
        if let Some(note) = super::doubt::doubt(self.store, &self.standing.scope, statement) {
            step.unread = true;
            step.notes.push(note);
        }
        let restricted = &self.standing.restricted;
        if !restricted.is_empty() {
            let symbols = self.store.symbols(statement);
            step.unread |= symbols.iter().any(|symbol| restricted.contains(symbol));
        }
    }

    fn role(
        &mut self,
        meaning: &Elaborated,
        stated: Stated,
        situation: Situation,
        chain: &mut Vec<usize>,
    ) -> Role {
        let implied = &meaning.implied;
        let statement = Shape::Statement(stated.full);
        match situation.place {
            Place::Premise => Role::Premise(self.goal(statement, implied)),
            Place::Follows => self.follows(stated, statement, implied),
            Place::Equivalent => {
                let Some(last) = self.block.last.clone() else {
                    return Role::Claim(self.goal_under_premises(statement, implied));
                };
                let Some(before) = last.stated else {
                    return Role::Unreadable("a statement is expected before ⇔".to_owned());
                };
                chain.push(last.step);
                let mut goal = self.goal(Shape::Equivalence(before.full, stated.full), implied);
                goal.solved_for = solution::solved_letter(self.store, stated.full);
                Role::Claim(goal)
            }
            Place::ImpliedBy => {
                let Some(before) = self.block.last.as_ref().and_then(|last| last.stated) else {
                    return Role::Unreadable("a statement is expected before ⇐".to_owned());
                };
                let mut goal = self.goal(Shape::Statement(before.full), implied);
                goal.hypotheses.push(stated.full);
                Role::Claim(goal)
            }
            _ if self.block.solution.is_some() => {
                self.in_solution(situation, stated, statement, implied)
            }
            _ => {
                let shape = self.presumed(statement);
                Role::Claim(self.goal_under_premises(shape, implied))
            }
        }
    }

    /// The shape of a claim: what relations say (one, or several joined by `and`) is presumed to
    /// have a meaning.
    fn presumed(&self, shape: Shape) -> Shape {
        use crate::term::Node;
        let Shape::Statement(claim) = shape else {
            return shape;
        };
        let atom = |claim: &crate::term::TermId| {
            matches!(
                self.store.node(*claim),
                Node::Relation(..) | Node::Element(..) | Node::Has(..)
            )
        };
        match self.store.node(claim) {
            Node::And(parts) if parts.iter().all(atom) => Shape::Step(claim),
            _ if atom(&claim) => Shape::Step(claim),
            _ => shape,
        }
    }

    /// A ⇒ line, judged from the statements of its block before it; with nothing but definitions
    /// before it, a claim.
    pub(super) fn follows(&mut self, stated: Stated, shape: Shape, implied: &[TermId]) -> Role {
        if self.block.statements == 0 && self.block.labels.is_empty() {
            let shape = self.presumed(shape);
            return Role::Claim(self.goal_under_premises(shape, implied));
        }
        let mut goal = self.goal(shape, implied);
        goal.solved_for = solution::solved_letter(self.store, stated.full);
        let plain = (stated.declared != stated.full).then_some(match goal.shape {
            Shape::Step(_) => Shape::Step(stated.declared),
            _ => Shape::Statement(stated.declared),
        });
        let carry = Carry {
            premises: 0..self.block.steps.len(),
            declared: self.declared_hypotheses(implied),
            plain,
            converse: None,
        };
        Role::Follows(goal, carry)
    }

    /// What is taken as true: assumptions, rules, conditions and what goes without saying.
    pub(super) fn hypotheses(&self, implied: &[TermId]) -> Vec<TermId> {
        let standing = &self.standing;
        let all = standing
            .assumptions
            .iter()
            .chain(&standing.case)
            .chain(&self.block.conditions)
            .chain(&self.block.labels)
            .map(|stated| stated.full)
            .chain(standing.rules.iter().copied())
            .chain(implied.iter().copied());
        unique(all)
    }

    fn declared_hypotheses(&self, implied: &[TermId]) -> Vec<TermId> {
        let standing = &self.standing;
        let all = standing
            .assumptions
            .iter()
            .chain(&standing.case)
            .chain(&self.block.conditions)
            .chain(&self.block.labels)
            .map(|stated| stated.declared)
            .chain(implied.iter().copied());
        unique(all)
    }

    /// A goal in the context alone.
    pub(super) fn goal(&self, shape: Shape, implied: &[TermId]) -> Goal {
        Goal {
            hypotheses: self.hypotheses(implied),
            shape,
            solved_for: None,
        }
    }

    /// A goal in the context and under the premises of the block so far.
    pub(super) fn goal_under_premises(&self, shape: Shape, implied: &[TermId]) -> Goal {
        let mut goal = self.goal(shape, implied);
        let premises = self.block.premises.iter().map(|stated| stated.full);
        goal.hypotheses = unique(goal.hypotheses.iter().copied().chain(premises));
        goal
    }

    /// Steps for the context that the document itself states.
    fn say(&mut self, said: &Said<'a>) {
        if said.word.is_condition() && !said.again {
            self.standing.case.clear();
            self.standing.ended.clear();
        }
        let before = self.qualities();
        for entry in &said.entries {
            let known = self.standing.scope.definition_count();
            let outcome = self.entry(&said.fragment.text, entry, said.word);
            let defined = self.standing.scope.definition_count() > known;
            if said.in_words && outcome.is_err() {
                for scope in [&mut self.standing.scope, &mut self.standing.declared] {
                    scope.laws.push(super::goal::Law::Unread);
                }
                continue;
            }
            let tree = match &entry.kind {
                EntryKind::Statement(tree, _) if defined => Some(tree),
                _ => None,
            };
            self.said(said.fragment, entry.span, outcome, tree);
        }
        self.say_condition(said, &before);
    }

    /// `X ∼ N(μ, σ²)` on a line of its own declares; behind an arrow it makes no claim that can be
    /// checked. Returns whether it was read.
    fn law_line(&mut self, line: &Line<'a>) -> bool {
        let text = text_of(line.fragment, line.tree.span).to_owned();
        let entries = parse_context(&text, line.fragment.latex);
        let mut read = line.lead.is_none() && !entries.is_empty();
        for entry in &entries {
            read = read
                && matches!(entry.kind, EntryKind::Law(..))
                && self.entry(&text, entry, Word::Given).is_ok();
        }
        if !read {
            for scope in [&mut self.standing.scope, &mut self.standing.declared] {
                scope.laws.push(super::goal::Law::Unread);
            }
            return false;
        }
        self.close_chain();
        let step = self.step(line.fragment, line.tree.span, Role::Given);
        self.block.steps.push(step);
        self.refresh_context();
        true
    }

    fn say_line(&mut self, line: &Line<'a>, word: Word) {
        let known = self.standing.scope.definition_count();
        let outcome = self.statement_entry(&line.fragment.text, &line.tree, None, word);
        let defined = self.standing.scope.definition_count() > known;
        let tree = defined.then_some(&line.tree);
        self.said(line.fragment, line.tree.span, outcome, tree);
    }

    fn said(
        &mut self,
        fragment: &'a Fragment,
        span: Span,
        outcome: Result<Vec<String>, Unreadable>,
        definition: Option<&Tree>,
    ) {
        let step = match outcome {
            Ok(notes) => {
                let mut step = match definition.map(|tree| &tree.kind) {
                    Some(Kind::Chain(left, rest)) if rest.len() == 1 => {
                        let (_, sign, right) = &rest[0];
                        let sign = (":=", fragment.span(*sign));
                        self.sided_step((fragment, left), sign, (fragment, right))
                    }
                    _ => self.step(fragment, span, Role::Given),
                };
                step.notes = notes;
                step
            }
            Err(problem) => {
                self.standing.unread = true;
                let mut step = self.step(fragment, span, unread(&problem));
                step.sign = fragment.span(problem.span);
                step
            }
        };
        self.block.steps.push(step);
    }

    /// Where a definition by a line in this situation reaches.
    pub(super) fn reach(&self, situation: Situation) -> Reach {
        match situation.place {
            Place::Plain => Reach::Section,
            _ => Reach::Block,
        }
    }
}

/// Whether a tree is `X ∼ …`.
pub(super) fn is_law(tree: &Tree) -> bool {
    matches!(&tree.kind, Kind::Chain(first, rest)
        if first.kind != Kind::Empty && matches!(rest.as_slice(), [(Relation::Similar, _, _)]))
}

/// Conditions that reach no further than their sentence.
struct Conditions<'a> {
    /// In sentences.
    sentences: Vec<Said<'a>>,
    /// In displays: whether it is a row of its own (then it is about them all).
    displays: Vec<(bool, Line<'a>)>,
}

impl<'a> Conditions<'a> {
    fn of(block: &Block<'a>) -> Conditions<'a> {
        let mut conditions = Conditions {
            sentences: Vec::new(),
            displays: Vec::new(),
        };
        for part in &block.parts {
            match part {
                Part::Context(said) if said.units.is_some() => {
                    conditions.sentences.push(said.clone());
                }
                Part::Line(line) if matches!(line.stand, Stand::Context(word) if word.is_condition()) =>
                {
                    let shared = block.lines().any(|other| {
                        std::ptr::eq(other.fragment, line.fragment)
                            && other.row == line.row
                            && other.stand == Stand::Alone
                    });
                    conditions.displays.push((!shared, line.clone()));
                }
                _ => {}
            }
        }
        conditions
    }
}

/// The role of text that cannot be read.
pub(super) fn unread(problem: &Unreadable) -> Role {
    if problem.beyond {
        Role::Beyond(problem.message.clone())
    } else {
        Role::Unreadable(problem.message.clone())
    }
}

/// The text of a place of a fragment.
pub(super) fn text_of(fragment: &Fragment, local: Span) -> &str {
    fragment
        .text
        .get(local.start as usize..local.end as usize)
        .unwrap_or("")
        .trim()
}

/// The terms without repetitions, in order.
pub(super) fn unique(terms: impl Iterator<Item = TermId>) -> Vec<TermId> {
    let mut seen = std::collections::BTreeSet::new();
    terms.filter(|term| seen.insert(*term)).collect()
}
