//! Doubts: names that often mean more than a number, where nothing says what they are. A step that
//! rests on one may be proved as it is read, but is not refuted.

use crate::term::{Node, Store, TermId};

use super::scope::Scope;

/// What may have been meant by a name of the term, if that is another thing than how it is read.
pub(super) fn doubt(store: &Store, scope: &Scope, term: TermId) -> Option<String> {
    let mut seen = std::collections::BTreeSet::new();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        match node {
            Node::Pow(base, exponent)
                if !matches!(store.node(*base), Node::Number(_))
                    && matches!(store.node(*exponent), Node::Symbol(t) if store.name(*t) == "T")
                    && !scope.observed.alone.contains("T")
                    && !scope.names.contains("T") =>
            {
                return Some(
                    "read T as an exponent; where it transposes, declare the vector: x ∈ ℝ^n"
                        .to_owned(),
                );
            }
            Node::Member(family, indices) if !scope.names.contains(store.name(*family)) => {
                let letter = match indices.iter().as_slice() {
                    [one] => match store.node(*one) {
                        Node::Symbol(letter) => store.name(*letter),
                        _ => "",
                    },
                    _ => "",
                };
                let first = letter.chars().next();
                let capital = first.is_some_and(|c| c.is_uppercase() || !c.is_alphabetic());
                match store.name(*family) {
                    "I" if !letter.is_empty() && !scope.ranges_over(letter) => {
                        return Some(format!(
                            "read I_{letter} as a number; the identity matrix is \\mathbf{{I}}"
                        ));
                    }
                    "E" if capital => {
                        return Some(format!(
                            "read E_{letter} as a number; an expectation is written E[…]"
                        ));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        node.for_each_child(|child| stack.push(child));
    }
    None
}
