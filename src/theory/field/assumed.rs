//! What the field may assume of symbols.

use std::collections::BTreeSet;

use crate::term::{Node, Relation, Sort, Store, Symbol, TermId};
use crate::theory::facts::Facts;

/// What is taken from the facts: matrices do not commute, exponents of integers split, roots of
/// positive factors split.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assumed {
    /// Symbols (also of families and functions) whose products keep their order.
    pub matrices: BTreeSet<Symbol>,
    /// Symbols with integer values.
    pub integers: BTreeSet<Symbol>,
    /// Terms that are positive.
    pub positive: BTreeSet<TermId>,
}

impl Assumed {
    /// Reads sorts and the statements `t > c`, `t ≥ c`, `t ∈ (c, d)` with a number c.
    #[must_use]
    pub fn of(store: &Store, facts: &Facts) -> Self {
        let mut assumed = Assumed::default();
        for (symbol, sort) in &facts.sorts {
            match sort {
                Sort::Matrix(..) => assumed.matrices.insert(*symbol),
                Sort::Integer | Sort::Natural => assumed.integers.insert(*symbol),
                _ => false,
            };
        }
        let mut open: Vec<TermId> = facts.statements.clone();
        while let Some(statement) = open.pop() {
            match store.node(statement) {
                Node::And(parts) => open.extend_from_slice(parts),
                Node::Element(x, set) => {
                    if let Node::Interval(low, ..) = store.node(*set)
                        && let Node::Number(bound) = store.node(*low)
                        && (bound.signum() > 0 || (bound.is_zero() && is_open_below(store, *set)))
                    {
                        assumed.positive.insert(*x);
                    }
                }
                Node::Relation(relation, a, b) => {
                    let Node::Number(bound) = store.node(*a) else {
                        continue;
                    };
                    let positive = match relation {
                        Relation::Less => bound.signum() >= 0,
                        Relation::LessEqual => bound.signum() > 0,
                        _ => false,
                    };
                    if positive {
                        assumed.positive.insert(*b);
                    }
                }
                _ => {}
            }
        }
        assumed
    }
}

fn is_open_below(store: &Store, set: TermId) -> bool {
    matches!(store.node(set), Node::Interval(_, _, false, _))
}
