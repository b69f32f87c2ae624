//! Maths within a sentence: a definition, a claim, or a remark.

use crate::syntax::{Kind, Relation};

use super::elaborate;
use super::line::{Line, Stand};
use super::reader::{Reader, Situation, unread};
use super::sequence::Place;

impl<'a> Reader<'_, 'a> {
    /// Whether the line may define what it has on a side: maths within a sentence does so with `:=`
    /// and `←` alone.
    pub(super) fn may_define(line: &Line<'a>) -> bool {
        let outright = match &line.tree.kind {
            Kind::Chain(_, rest) => rest
                .iter()
                .any(|(relation, ..)| matches!(relation, Relation::Define | Relation::Assign)),
            _ => false,
        };
        line.stand != Stand::Sentence || line.lead.is_some() || outright
    }

    /// Whether maths in a sentence is a claim: behind an arrow or arrow word, or closed.
    pub(super) fn is_claim_in_sentence(&mut self, line: &Line<'a>) -> bool {
        if line.is_expression() || line.continues() {
            return false;
        }
        if line.lead.is_some() {
            return true;
        }
        elaborate::statement(
            self.store,
            &self.standing.scope,
            &line.fragment.text,
            &line.tree,
        )
        .is_ok_and(|meaning| self.store.symbols(meaning.written).is_empty())
    }

    /// Defines what `:=` or `←` in a sentence defines; false if there is neither.
    pub(super) fn defined_in_sentence(&mut self, line: &Line<'a>) -> bool {
        let Kind::Chain(left, rest) = &line.tree.kind else {
            return false;
        };
        let Some((Relation::Define | Relation::Assign, sign, right)) = rest.first() else {
            return false;
        };
        let situation = Situation {
            place: Place::Plain,
            equivalence: false,
            goes_on: false,
            met_before: false,
            index: usize::MAX,
        };
        let Some(defined) = self.define_line(line, situation) else {
            return false;
        };
        let fragment = line.fragment;
        let mut step = self.sided_step(
            (fragment, left),
            (":=", fragment.span(*sign)),
            (fragment, right),
        );
        if let Err(problem) = defined.body.meaning {
            step.role = unread(&problem);
        }
        self.block.steps.push(step);
        true
    }
}
