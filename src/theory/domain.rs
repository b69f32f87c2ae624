//! Where a term is defined: Def(term).

use crate::term::{Store, TermId};

/// Def(term) as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Domain {
    /// Statements that hold exactly where the term is defined (their conjunction), without
    /// duplicates, each itself defined wherever the ones before it hold.
    pub conditions: Vec<TermId>,
    /// Whether the conditions say all: if not, they are necessary, but something more (the
    /// existence of a derivative, limit, integral or infinite sum) may be needed.
    pub complete: bool,
}

/// Where the term is defined.
pub fn domain(store: &mut Store, term: TermId) -> Domain {
    let _ = (store, term);
    Domain::default()
}
