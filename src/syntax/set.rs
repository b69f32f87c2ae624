//! Sets joined by ∪, ∩ and ∖.

use super::parser::{Parser, Read};
use super::token::{Lexeme, SetSign};
use super::tree::{Connective, Kind, Tree};
use crate::source::Span;

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
            let next = if self.peek() == Some(&Lexeme::Not) {
                self.negation()?
            } else {
                self.intersection()?
            };
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
            let next = self.complement()?;
            tree = joined(Connective::And, tree, next);
        }
        self.fail(tree.span, "more sets than can be joined")
    }

    /// `¬B` behind a sign between sets.
    fn complement(&mut self) -> Read<Tree> {
        let start = self.span();
        if !self.eat(&Lexeme::Not) {
            return self.sum();
        }
        let inner = self.deeper(Parser::complement)?;
        Ok(Tree {
            span: start.to(inner.span),
            kind: Kind::Not(Box::new(inner)),
        })
    }
}

/// ¬ before sets joined by ∩ and ∪ belongs to the first of them.
pub(super) fn negated(tree: Tree, start: Span) -> Tree {
    let span = start.to(tree.span);
    let kind = match tree.kind {
        Kind::Joined(connective, mut parts) if !parts.is_empty() => {
            let first = parts.remove(0);
            parts.insert(0, negated(first, start));
            Kind::Joined(connective, parts)
        }
        kind => Kind::Not(Box::new(Tree {
            span: tree.span,
            kind,
        })),
    };
    Tree { span, kind }
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
