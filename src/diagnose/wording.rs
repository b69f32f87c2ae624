//! How a statement is written for a reader.

use crate::term::{Node, Relation, Store, TermId, print};

/// The statement with its number on the right: `x > 0`, not `0 < x`.
pub(super) fn statement(store: &Store, statement: TermId) -> String {
    if let Node::Relation(relation, a, b) = store.node(statement)
        && matches!(store.node(*a), Node::Number(_))
        && !matches!(store.node(*b), Node::Number(_))
    {
        let sign = match relation {
            Relation::Less => ">",
            Relation::LessEqual => "≥",
            Relation::Equal => "=",
            Relation::NotEqual => "≠",
        };
        return format!("{} {sign} {}", print(store, *b), print(store, *a));
    }
    print(store, statement)
}
