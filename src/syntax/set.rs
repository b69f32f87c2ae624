//! Sets joined by ∪, ∩ and ∖.

use super::parser::{Parser, Read};
use super::token::{Lexeme, SetSign};
use super::tree::{Connective, Kind, Tree};

/// As many sets can be joined.
const MOST: usize = 64;

impl Parser<'_> {
    /// Sets joined by ∪ and ∖, from left to right; an expression where none of these stands.
    pub(super) fn sets(&mut self) -> Read<Tree> {
        let mut tree = self.intersection()?;
        for _ in 0..MOST {
            let Some(Lexeme::Set(sign)) = self.peek() else {
                return Ok(tree);
            };
            self.at += 1;
            let next = self.intersection()?;
            tree = if *sign == SetSign::Difference {
                let rest = Tree {
                    span: next.span,
                    kind: Kind::Not(Box::new(next)),
                };
                joined(Connective::And, tree, rest)
            } else {
                joined(Connective::Or, tree, next)
            };
        }
        self.fail(tree.span, "more sets than can be joined")
    }

    /// Sets joined by ∩.
    fn intersection(&mut self) -> Read<Tree> {
        let mut tree = self.sum()?;
        for _ in 0..MOST {
            if self.peek() != Some(&Lexeme::Set(SetSign::Intersection)) {
                return Ok(tree);
            }
            self.at += 1;
            let next = self.sum()?;
            tree = joined(Connective::And, tree, next);
        }
        self.fail(tree.span, "more sets than can be joined")
    }
}

/// Membership in joined sets is a joined statement, and so they are written in the tree.
fn joined(connective: Connective, left: Tree, right: Tree) -> Tree {
    let span = left.span.to(right.span);
    let mut parts = match left.kind {
        Kind::Joined(known, parts) if known == connective => parts,
        kind => vec![Tree {
            span: left.span,
            kind,
        }],
    };
    parts.push(right);
    Tree {
        span,
        kind: Kind::Joined(connective, parts),
    }
}
