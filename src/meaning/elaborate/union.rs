//! ⋂ and ⋃ of events with an index.

use super::Unreadable;
use super::reader::{Read, Reader};
use super::sum::Index;
use crate::syntax::{BigOperator, Kind, Tree};
use crate::term::{Constant, Node, TermId};

impl Reader<'_> {
    /// ⋂ and ⋃ of events: that all of them happen, that not none of them does.
    pub(super) fn joined_over(&mut self, tree: &Tree) -> Read {
        let Kind::Big {
            operator,
            below,
            above,
            body,
            ..
        } = &tree.kind
        else {
            return Err(Unreadable::new(tree.span, "⋃ is expected here"));
        };
        self.over(tree, *operator, below, above, body)
    }

    /// ∀ over the ranges; of a union the negation of it for the complements.
    pub(super) fn all_or_some(
        &mut self,
        tree: &Tree,
        operator: BigOperator,
        event: TermId,
        indices: &[Index],
        ranges: &[(TermId, TermId)],
    ) -> Read {
        let union = operator == BigOperator::Union;
        let ([index], [(lower, upper)]) = (indices, ranges) else {
            return Err(Unreadable::beyond(tree.span, "one index is expected below"));
        };
        if *self.store.node(*upper) == Node::Constant(Constant::Infinity) {
            return Err(Unreadable::beyond(tree.span, "a finite range is expected"));
        }
        let symbol = self.store.symbol(&index.name);
        let range = self.store.add_node(Node::Range(*lower, *upper));
        let body = if union {
            self.store.add_node(Node::Not(event))
        } else {
            event
        };
        let all = self.store.bind(symbol, &[body], |closed| {
            Node::ForAll(0, closed.first().copied().unwrap_or(body), range)
        });
        Ok(if union {
            self.store.add_node(Node::Not(all))
        } else {
            all
        })
    }
}
