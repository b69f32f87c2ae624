//! Other readings of a step: what its guesses might have meant.

use crate::syntax::Relation;
use crate::term::TermId;

use super::chain::Chain;
use super::derivation::{Reading, Role, Step};
use super::elaborate::{self, Elaborated};
use super::goal::Shape;
use super::reader::Reader;
use super::sign::relate;

impl<'a> Reader<'_, 'a> {
    /// Other readings of a step between two sides, one for each guess.
    pub(super) fn side_readings(
        &mut self,
        relation: Relation,
        a: &Elaborated,
        b: &Elaborated,
        role: &Role,
    ) -> Vec<Reading> {
        let mut readings = Vec::new();
        let sides = a
            .guesses
            .iter()
            .map(|guess| (guess.term, b.term, guess))
            .chain(b.guesses.iter().map(|guess| (a.term, guess.term, guess)));
        for (left, right, guess) in sides {
            if let Some(other) = relate(self.store, relation, left, right)
                && let Some(role) = with_claim(role, other, left, right)
            {
                readings.push(Reading {
                    role,
                    written: guess.written.clone(),
                });
            }
        }
        readings
    }

    /// Other readings of a whole statement.
    pub(super) fn readings(&mut self, meaning: &Elaborated, role: &Role) -> Vec<Reading> {
        meaning
            .guesses
            .iter()
            .filter_map(|guess| {
                Some(Reading {
                    role: with_claim(role, guess.term, guess.term, guess.term)?,
                    written: guess.written.clone(),
                })
            })
            .collect()
    }

    /// Behind an item label an equation about a symbol that is defined may define it anew.
    pub(super) fn item_guess(&mut self, chain: &Chain<'a>, step: &mut Step) {
        if !chain.behind_item || !chain.steps.is_empty() || step.relation != "=" {
            return;
        }
        let head = elaborate::head(self.store, &self.standing.scope, &chain.left().tree);
        if head.is_some_and(|head| self.standing.is_defined(self.store, &head)) {
            let name = step.left.clone();
            step.notes.push(format!(
                "read as a claim about {name}, not as a new definition"
            ));
            step.alternatives.push(Reading {
                role: Role::Given,
                written: format!("{name} := {}", step.right),
            });
        }
    }
}

/// The role with another claim in the place of its own.
fn with_claim(role: &Role, claim: TermId, left: TermId, right: TermId) -> Option<Role> {
    let change = |shape: &Shape| {
        Some(match shape {
            Shape::Step(_) => Shape::Step(claim),
            Shape::Statement(_) => Shape::Statement(claim),
            Shape::Equivalence(before, _) => Shape::Equivalence(*before, claim),
            Shape::UpToConstant { variable, .. } => Shape::UpToConstant {
                left,
                right,
                variable: *variable,
            },
            Shape::Rounded { .. } => return None,
        })
    };
    let mut role = role.clone();
    match &mut role {
        Role::Claim(goal) | Role::Premise(goal) => goal.shape = change(&goal.shape)?,
        Role::Follows(goal, carry) => {
            goal.shape = change(&goal.shape)?;
            carry.plain = None;
            carry.converse = None;
        }
        _ => return None,
    }
    Some(role)
}
