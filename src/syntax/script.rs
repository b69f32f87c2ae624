//! What stands raised, lowered or behind an operand.

use super::atom::named;
use super::call::mark_name;
use super::names;
use super::parser::{Parser, Read};
use super::token::{Delimiter, Lexeme, Macro};
use super::tree::{Accent, Bracket, Kind, Tree};

impl Parser<'_> {
    /// What stands raised, lowered or behind: indices bind first, then primes, then powers.
    pub(super) fn scripts(&mut self, mut base: Tree) -> Read<Tree> {
        let mut index: Option<Tree> = None;
        let mut primes = 0;
        let mut power: Option<(Tree, bool)> = None;
        for _ in 0..64 {
            match self.peek() {
                Some(Lexeme::Macro(Macro::Limits)) => self.at += 1,
                Some(Lexeme::Under) => {
                    if index.is_some() {
                        base = self.finish(base, &mut index, &mut primes, &mut power);
                    }
                    self.at += 1;
                    index = Some(self.argument()?);
                }
                Some(Lexeme::Prime(n)) => {
                    primes += n;
                    self.at += 1;
                }
                Some(Lexeme::Up) => {
                    if power.is_some() {
                        base = self.finish(base, &mut index, &mut primes, &mut power);
                    }
                    self.at += 1;
                    if let Some(n) = self.primes_ahead() {
                        primes += n;
                        continue;
                    }
                    if self.star_ahead() {
                        base = self.finish(base, &mut index, &mut primes, &mut power);
                        base = starred(base);
                        continue;
                    }
                    power = Some(self.exponent()?);
                }
                Some(Lexeme::Bang) => {
                    base = self.finish(base, &mut index, &mut primes, &mut power);
                    let span = base.span.to(self.span());
                    self.at += 1;
                    base = Tree {
                        span,
                        kind: Kind::Factorial(Box::new(base)),
                    };
                }
                Some(Lexeme::Times) if !self.latex && self.star_behind(&base) => {
                    base = self.finish(base, &mut index, &mut primes, &mut power);
                    self.at += 1;
                    base = starred(base);
                }
                _ => return Ok(self.finish(base, &mut index, &mut primes, &mut power)),
            }
        }
        self.fail(
            self.span(),
            "more than 64 marks, indices and powers behind one term",
        )
    }

    /// `x*` in plain text: a star right behind a name that multiplies nothing.
    fn star_behind(&self, base: &Tree) -> bool {
        matches!(base.kind, Kind::Name(_))
            && self.adjacent()
            && matches!(
                self.look(1),
                None | Some(
                    Lexeme::Relation(_)
                        | Lexeme::Sign(_)
                        | Lexeme::Close(..)
                        | Lexeme::Comma
                        | Lexeme::Semicolon
                        | Lexeme::Arrow(_)
                        | Lexeme::CloseBrace
                )
            )
            // `2*-3` multiplies.
            && !(matches!(self.look(1), Some(Lexeme::Sign(_)))
                && self.tokens.get(self.at + 1).is_some_and(|t| t.span.start == self.span().end))
    }

    fn finish(
        &self,
        mut base: Tree,
        index: &mut Option<Tree>,
        primes: &mut u32,
        power: &mut Option<(Tree, bool)>,
    ) -> Tree {
        let span = base.span.to(self.before());
        if let Some(index) = index.take() {
            base = Tree {
                span: base.span.to(index.span),
                kind: Kind::Subscript(Box::new(base), Box::new(index)),
            };
        }
        if *primes > 0 {
            base = Tree {
                span: base.span,
                kind: Kind::Prime(Box::new(base), *primes),
            };
            *primes = 0;
        }
        if let Some((exponent, upper)) = power.take() {
            let both = (&base.kind, exponent.span);
            // `[F]_a^b` is F(b) − F(a).
            if let (Kind::Subscript(inner, below), _) = both
                && let Kind::Group(Bracket::Square, body) = &inner.kind
            {
                return Tree {
                    span,
                    kind: Kind::Evaluated(
                        body.clone(),
                        Some(below.clone()),
                        Some(Box::new(exponent)),
                    ),
                };
            }
            base = Tree {
                span,
                kind: Kind::Superscript(Box::new(base), Box::new(exponent), upper),
            };
        }
        base.span = base.span.to(span);
        base
    }

    /// `^\prime`, `^{\prime\prime}`, `^{'}`
    fn primes_ahead(&mut self) -> Option<u32> {
        match self.peek()? {
            Lexeme::Prime(n) => {
                self.at += 1;
                Some(*n)
            }
            Lexeme::OpenBrace => {
                let close = self.partner()?;
                let mut total = 0;
                for token in self.tokens.get(self.at + 1..close)? {
                    let Lexeme::Prime(n) = token.lexeme else {
                        return None;
                    };
                    total += n;
                }
                (total > 0).then(|| {
                    self.at = close + 1;
                    total
                })
            }
            _ => None,
        }
    }

    /// `^*`, `^{*}`, `^\star`
    fn star_ahead(&mut self) -> bool {
        match self.peek() {
            Some(Lexeme::Times) => {
                self.at += 1;
                true
            }
            Some(Lexeme::OpenBrace)
                if self.look(1) == Some(&Lexeme::Times)
                    && self.look(2) == Some(&Lexeme::CloseBrace) =>
            {
                self.at += 3;
                true
            }
            _ => false,
        }
    }

    /// What stands behind `^`: the exponent, and whether its place marks it as an index.
    pub(super) fn exponent(&mut self) -> Read<(Tree, bool)> {
        if self.peek() == Some(&Lexeme::OpenBrace) {
            let inner = self.argument()?;
            if let Kind::Group(Bracket::Round, index) = inner.kind {
                return Ok((*index, true));
            }
            return Ok((inner, false));
        }
        self.deeper(|p| {
            if let Some(Lexeme::Sign(sign)) = p.peek() {
                let (sign, start) = (*sign, p.span());
                p.at += 1;
                let value = if p.adjacent() && p.starts_operand() {
                    p.exponent()?.0
                } else {
                    p.empty()
                };
                return Ok((
                    Tree {
                        span: start.to(p.before()),
                        kind: Kind::Terms(vec![(sign, value)]),
                    },
                    false,
                ));
            }
            let inner = p.argument()?;
            if p.latex {
                return Ok((inner, false));
            }
            // In plain text powers go right to left and take what is bound tighter with them.
            let function =
                matches!(&inner.kind, Kind::Name(n) if names::function(&n.base).is_some());
            if function && matches!(p.peek(), Some(Lexeme::Open(Delimiter::Round, _))) {
                let argument = p.group()?;
                return Ok((
                    Tree {
                        span: inner.span.to(argument.span),
                        kind: Kind::Juxtaposition(vec![inner, argument]),
                    },
                    false,
                ));
            }
            // `x^2_i`: a number has no index, so it is one of what has the power.
            if matches!(inner.kind, Kind::Number(_)) && p.peek() == Some(&Lexeme::Under) {
                return Ok((inner, false));
            }
            Ok((p.scripts(inner)?, false))
        })
    }
}

/// `x*`: another symbol than x; what is no name keeps the star as a power.
fn starred(mut tree: Tree) -> Tree {
    if mark_name(&mut tree, Accent::Star) {
        return tree;
    }
    let span = tree.span;
    Tree {
        span,
        kind: Kind::Superscript(Box::new(tree), Box::new(named(span, "*")), false),
    }
}
