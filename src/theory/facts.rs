//! What may be taken as true where a term is looked at.

use std::collections::BTreeMap;

use super::probability::Laws;
use crate::term::{Sort, Symbol, TermId};

/// Statements that hold at every assignment in question, and the sorts of symbols.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Statements taken as true: assumptions, premises, and that the sides of a step are defined.
    pub statements: Vec<TermId>,
    /// Sorts; a symbol without one is real.
    pub sorts: BTreeMap<Symbol, Sort>,
    /// What is known of how random symbols hang together.
    pub laws: Laws,
}

impl Facts {
    /// The same facts and further statements.
    #[must_use]
    pub fn with(&self, more: &[TermId]) -> Facts {
        let mut facts = self.clone();
        facts.statements.extend_from_slice(more);
        facts
    }
}
