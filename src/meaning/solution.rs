//! Solutions: equations solved without arrows, a line each.

use std::collections::{BTreeMap, BTreeSet};

use crate::syntax::{Kind, Relation as Sign, Tree};
use crate::term::{Node, Relation, Store, Symbol, TermId};

use super::block::Block;
use super::derivation::{Carry, Role};
use super::elaborate;
use super::goal::Shape;
use super::line::{Line, Stand};
use super::reader::{Reader, Situation};
use super::sequence::Sequence;
use super::standing::Stated;
use super::tree_walk;

/// A block of plain statements that is a solution.
#[derive(Clone, Debug, Default)]
pub(super) struct Solution {
    /// The lines that are premises.
    premises: BTreeSet<usize>,
    /// For a line that is a solved form at the end: what it states, joined with the other solved
    /// forms of its letter by `or`.
    forms: BTreeMap<usize, TermId>,
    /// The last line.
    last: usize,
    /// Premises and solved forms as statements, for ⇔.
    premise: Option<TermId>,
    conclusion: Option<TermId>,
    /// The letter, if one is solved for.
    letter: Option<Symbol>,
    /// Lines whose joined reading is a guess.
    guessed: BTreeSet<usize>,
}

/// The letters for which a statement is a solved form: each relates a letter to something
/// without it.
pub(super) fn solved(store: &Store, statement: TermId) -> Option<BTreeSet<TermId>> {
    match store.node(statement) {
        Node::Relation(relation, a, b) => {
            let left = is_letter(store, *a) && !super::standing::contains(store, *b, *a);
            let right = is_letter(store, *b) && !super::standing::contains(store, *a, *b);
            let chosen = match (left, right) {
                (true, true) if matches!(relation, Relation::Equal | Relation::NotEqual) => *a,
                (true, _) => *a,
                (false, true) => *b,
                (false, false) => return None,
            };
            Some(BTreeSet::from([chosen]))
        }
        Node::Element(a, set) => (is_letter(store, *a)
            && !super::standing::contains(store, *set, *a))
        .then(|| BTreeSet::from([*a])),
        Node::And(all) | Node::Or(all) => {
            let joined = matches!(store.node(statement), Node::And(_));
            let mut letters = BTreeSet::new();
            let mut others = Vec::new();
            for one in all {
                match solved(store, *one) {
                    Some(own) => letters.extend(own),
                    None if joined => others.push(*one),
                    None => return None,
                }
            }
            // x = 12/3 = 4 says more of the value, nothing more of the letter.
            let aside = |one: &TermId| {
                letters
                    .iter()
                    .all(|letter| !super::standing::contains(store, *one, *letter))
            };
            if !others.is_empty() && (letters.is_empty() || !others.iter().all(aside)) {
                return None;
            }
            let all: Vec<TermId> = all
                .iter()
                .copied()
                .filter(|one| !others.contains(one))
                .collect();
            // Each letter stands alone on one side only.
            let between = all
                .iter()
                .all(|one| matches!(store.node(*one), Node::Relation(..)));
            (!between || letters.len() == 1 || values_are_free(store, &all, &letters))
                .then_some(letters)
        }
        Node::Truth(false) => Some(BTreeSet::new()),
        Node::Not(inner) => solved(store, *inner),
        _ => None,
    }
}

fn values_are_free(store: &Store, all: &[TermId], letters: &BTreeSet<TermId>) -> bool {
    all.iter().all(|one| match store.node(*one) {
        Node::Relation(_, a, b) => {
            let value = if letters.contains(a) { *b } else { *a };
            letters
                .iter()
                .all(|letter| !super::standing::contains(store, value, *letter))
        }
        _ => true,
    })
}

fn is_letter(store: &Store, term: TermId) -> bool {
    match store.node(term) {
        Node::Symbol(_) => true,
        Node::Member(_, indices) => indices
            .iter()
            .all(|index| matches!(store.node(*index), Node::Number(_))),
        _ => false,
    }
}

/// The one letter for which a statement is a solved form.
pub(super) fn solved_letter(store: &Store, statement: TermId) -> Option<Symbol> {
    let letters = solved(store, statement)?;
    let mut letters = letters.into_iter();
    let first = letters.next()?;
    if letters.next().is_some() {
        return None;
    }
    match store.node(first) {
        Node::Symbol(symbol) => Some(*symbol),
        _ => None,
    }
}

/// A statement of the block: its lines and what they say together.
struct Whole {
    lines: Vec<usize>,
    term: TermId,
    /// Whether ≈ stands in it: it says less than a value does.
    rounded: bool,
    /// What its first sign says, where it is a chain that is judged sign by sign.
    first: Option<TermId>,
}

impl Whole {
    /// What the step of its first sign concludes.
    fn concluded(&self) -> TermId {
        self.first.unwrap_or(self.term)
    }
}

/// Finds out whether a block is a solution.
pub(super) fn find<'a>(
    reader: &mut Reader<'_, 'a>,
    block: &Block<'a>,
    lines: &[&Line<'a>],
    sequence: &Sequence,
) -> Option<Solution> {
    if sequence.has_arrow {
        return None;
    }
    let plain: Vec<(usize, &Line<'a>)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.stand == Stand::Alone)
        .map(|(index, line)| (index, *line))
        .collect();
    let (first, last) = (plain.first()?.1, plain.last()?.1);
    let could_end = |tree: &Tree| !tree_walk::has_derivative(tree);
    if plain.len() < 2
        || first.continues()
        || first.is_expression()
        || plain.iter().any(|(_, line)| line.is_expression())
        || tree_walk::has_derivative(&first.tree)
        || !could_end(&last.tree)
    {
        return None;
    }
    if !block.solve && reader.would_define(first, false) {
        return None;
    }
    // The last statement decides in most blocks; only then the others are read.
    let begin = plain.iter().rposition(|(_, line)| !line.continues())?;
    let end = statement_of(reader, plain.get(begin..)?)?;
    solved(reader.store, end.term)?;
    let mut wholes = Vec::new();
    let mut from = 0;
    while from < plain.len() {
        let mut to = from + 1;
        while plain.get(to).is_some_and(|(_, line)| line.continues()) {
            to += 1;
        }
        wholes.push(statement_of(reader, plain.get(from..to)?)?);
        from = to;
    }
    assemble(reader, &wholes, block.solve)
}

fn statement_of<'a>(reader: &mut Reader<'_, 'a>, lines: &[(usize, &Line<'a>)]) -> Option<Whole> {
    let mut terms = Vec::new();
    for (_, line) in lines {
        if line.continues() {
            continue;
        }
        let meaning = elaborate::statement(
            reader.store,
            &reader.standing.scope,
            &line.fragment.text,
            &line.tree,
        )
        .ok()?;
        terms.push(meaning.term);
    }
    let first = match (lines.first(), terms.first()) {
        (Some((_, line)), Some(term)) if !super::chain::is_whole(&line.tree) => {
            match reader.store.node(*term) {
                // x = 12/3 = 4: its other signs speak of the value alone.
                Node::And(signs) => signs.first().copied().filter(|first| {
                    let letters = solved(reader.store, *first).unwrap_or_default();
                    let others = signs.iter().skip(1);
                    letters.iter().all(|letter| {
                        let mut others = others.clone();
                        others.all(|sign| !super::standing::contains(reader.store, *sign, *letter))
                    })
                }),
                _ => None,
            }
        }
        _ => None,
    };
    let first = first.filter(|first| solved(reader.store, *first).is_some());
    Some(Whole {
        first,
        lines: lines.iter().map(|(index, _)| *index).collect(),
        term: super::chain::conjunction(reader.store, &terms),
        rounded: lines.iter().any(|(_, line)| has_rounding(&line.tree)),
    })
}

fn has_rounding(tree: &Tree) -> bool {
    tree_walk::any(tree, &mut |tree| {
        matches!(&tree.kind, Kind::Chain(_, rest)
            if rest.iter().any(|(sign, _, _)| *sign == Sign::Approximately))
    })
}

fn assemble(reader: &mut Reader<'_, '_>, wholes: &[Whole], said: bool) -> Option<Solution> {
    let store = &mut *reader.store;
    if wholes.len() < 2 {
        return None;
    }
    let is_form = |store: &Store, whole: &Whole| solved(store, whole.term).is_some();
    let mut tail = wholes.len();
    while tail > 1
        && wholes
            .get(tail - 1)
            .is_some_and(|whole| is_form(store, whole))
    {
        tail -= 1;
    }
    let mut letters: BTreeSet<TermId> = BTreeSet::new();
    for whole in wholes.get(tail..).unwrap_or(&[]) {
        letters.extend(solved(store, whole.term).unwrap_or_default());
    }
    // Letters whose value is found on the way count as solved at the end.
    for whole in wholes.get(1..tail).unwrap_or(&[]) {
        if let Node::Relation(Relation::Equal, a, b) = *store.node(whole.term) {
            for (letter, value) in [(a, b), (b, a)] {
                if is_letter(store, letter) && store.symbols(value).is_empty() {
                    letters.insert(letter);
                }
            }
        }
    }
    let count = letters.len().max(1).min(tail.max(1));
    let premises = wholes.get(..count)?;
    let mut known = BTreeSet::new();
    for whole in premises {
        known.extend(store.symbols(whole.term));
    }
    let foreign = wholes
        .iter()
        .any(|whole| store.symbols(whole.term).iter().any(|s| !known.contains(s)));
    if foreign && !said {
        return None;
    }
    let forms_from = tail.max(count);
    let mut by_letter: BTreeMap<Vec<TermId>, Vec<&Whole>> = BTreeMap::new();
    for whole in wholes.get(forms_from..).unwrap_or(&[]) {
        let own = solved(store, whole.term).unwrap_or_default();
        by_letter
            .entry(own.into_iter().collect())
            .or_default()
            .push(whole);
    }
    let mut solution = Solution {
        premises: premises
            .iter()
            .flat_map(|whole| whole.lines.iter().copied())
            .collect(),
        last: *wholes.last()?.lines.first()?,
        ..Solution::default()
    };
    let mut joined = Vec::new();
    for group in by_letter.values() {
        let terms: Vec<TermId> = group.iter().map(|whole| whole.concluded()).collect();
        let either = if terms.len() == 1 {
            terms.first().copied()?
        } else {
            store.add_node(Node::Or(terms.into()))
        };
        joined.push(either);
        for whole in group {
            if let Some(line) = whole.lines.first() {
                solution.forms.insert(*line, either);
                if group.len() > 1 {
                    solution.guessed.insert(*line);
                }
            }
        }
    }
    let premise: Vec<TermId> = premises.iter().map(|whole| whole.term).collect();
    solution.premise = Some(super::chain::conjunction(store, &premise));
    let rounded = wholes
        .get(forms_from..)
        .is_some_and(|forms| forms.iter().any(|whole| whole.rounded));
    if !joined.is_empty() && !rounded {
        solution.conclusion = Some(super::chain::conjunction(store, &joined));
    }
    let mut letters = letters.into_iter();
    solution.letter = match (letters.next(), letters.next()) {
        (Some(one), None) => match store.node(one) {
            Node::Symbol(symbol) => Some(*symbol),
            _ => None,
        },
        _ => None,
    };
    Some(solution)
}

impl<'a> Reader<'_, 'a> {
    /// The role of a sign of a chain in a solution.
    pub(super) fn sign_in_solution(
        &mut self,
        situation: Situation,
        before: usize,
        stated: Stated,
        shape: Shape,
        implied: &[TermId],
    ) -> Role {
        let first = before == self.block.steps.len();
        self.role_in_solution(situation, before, first, stated, shape, implied)
    }

    /// The role of a whole statement in a solution.
    pub(super) fn in_solution(
        &mut self,
        situation: Situation,
        stated: Stated,
        shape: Shape,
        implied: &[TermId],
    ) -> Role {
        let before = self.block.steps.len();
        self.role_in_solution(situation, before, true, stated, shape, implied)
    }

    fn role_in_solution(
        &mut self,
        situation: Situation,
        before: usize,
        first: bool,
        stated: Stated,
        shape: Shape,
        implied: &[TermId],
    ) -> Role {
        let Some(solution) = self.block.solution.clone() else {
            return Role::Claim(self.goal_under_premises(shape, implied));
        };
        if solution.premises.contains(&situation.index) {
            return Role::Premise(self.goal(shape, implied));
        }
        let form = solution.forms.get(&situation.index).copied();
        let chained = matches!(form.map(|form| self.store.node(form)), Some(Node::And(_)));
        let shape = match (form, shape) {
            (Some(form), Shape::Statement(_)) if first && !chained => Shape::Statement(form),
            (_, shape) => shape,
        };
        let mut goal = self.goal(shape, implied);
        goal.solved_for = solution
            .letter
            .or_else(|| solved_letter(self.store, stated.full));
        let mut carry = Carry {
            premises: 0..before,
            declared: goal.hypotheses.clone(),
            plain: None,
            converse: None,
        };
        if situation.index == solution.last
            && first
            && let (Some(premise), Some(conclusion)) = (solution.premise, solution.conclusion)
        {
            let mut converse = self.goal(Shape::Equivalence(premise, conclusion), implied);
            converse.solved_for = goal.solved_for;
            carry.converse = Some(converse);
        }
        Role::Follows(goal, carry)
    }

    /// Whether solved forms of one letter were joined by `or` here.
    pub(super) fn is_joined_form(&self, situation: Situation) -> bool {
        self.block
            .solution
            .as_ref()
            .is_some_and(|solution| solution.guessed.contains(&situation.index))
    }
}
