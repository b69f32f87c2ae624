//! Brackets and bars, and what stands in them.

use super::parser::{Parser, Read};
use super::token::{Delimiter, Lexeme};
use super::tree::{Bracket, Kind, Relation, Tree};

impl Parser<'_> {
    /// What stands in brackets: `a, b`, `a ∣ b`, statements.
    pub(super) fn contents(&mut self) -> Read<Tree> {
        self.skip_layout();
        if self.at >= self.end {
            return Ok(self.empty());
        }
        let left = self.items()?;
        if matches!(
            self.peek(),
            Some(Lexeme::Bar | Lexeme::Colon | Lexeme::DoubleBar)
        ) {
            self.at += 1 + usize::from(self.double_bar());
            let right = self.items()?;
            return Ok(Tree {
                span: left.span.to(right.span),
                kind: Kind::Given(Box::new(left), Box::new(right)),
            });
        }
        Ok(left)
    }

    fn items(&mut self) -> Read<Tree> {
        let mut items = Vec::new();
        loop {
            self.skip_layout();
            match self.peek() {
                None | Some(Lexeme::Comma | Lexeme::Semicolon) => items.push(self.empty()),
                // `K(·, y)`: a place that is left open.
                Some(Lexeme::Times)
                    if matches!(self.look(1), None | Some(Lexeme::Comma | Lexeme::Bar)) =>
                {
                    items.push(super::atom::named(self.span(), "·"));
                    self.at += 1;
                }
                _ => items.push(self.inner_statement()?),
            }
            self.skip_layout();
            while self.peek() == Some(&Lexeme::Stop) {
                self.at += 1;
            }
            match self.peek() {
                Some(Lexeme::Comma | Lexeme::Semicolon) => {
                    self.at += 1;
                    if self.at >= self.end {
                        break;
                    }
                }
                _ => break,
            }
        }
        if items.len() == 1 {
            return Ok(items.swap_remove(0));
        }
        Ok(super::parser::list(items))
    }

    /// `( … )` and its like, from the opening to behind the closing bracket.
    pub(super) fn group(&mut self) -> Read<Tree> {
        let start = self.span();
        let Some(close) = self.partner() else {
            return Err(self.expected("a closed bracket"));
        };
        let (open, closed) = match (self.peek(), self.tokens.get(close).map(|t| &t.lexeme)) {
            (Some(Lexeme::Open(open, _)), Some(Lexeme::Close(close, _))) => (*open, *close),
            _ => (Delimiter::Curly, Delimiter::Curly),
        };
        self.at += 1;
        if open == Delimiter::Curly
            && closed == Delimiter::Nothing
            && matches!(self.peek(), Some(Lexeme::Begin(_)))
            && let Some(end) = self.partner()
            && end + 1 == close
        {
            // `\left\{ \begin{array} … \end{array} \right.`: cases by another name.
            super::environment::enter(self);
            let tree = self.deeper(|p| super::environment::cases(p, end))?;
            self.at = close + 1;
            return Ok(Tree {
                span: start.to(self.before()),
                kind: tree.kind,
            });
        }
        let inner = self.whole(close, Parser::contents)?;
        self.at = close + 1;
        let bracket = match (open, closed) {
            (Delimiter::Round, Delimiter::Square) => Bracket::HalfOpenLeft,
            (Delimiter::Square, Delimiter::Round) => Bracket::HalfOpenRight,
            (Delimiter::Nothing, Delimiter::Bar) => {
                let (below, above) = self.limits()?;
                return Ok(Tree {
                    span: start.to(self.before()),
                    kind: Kind::Evaluated(
                        Box::new(inner),
                        below.map(Box::new),
                        above.map(Box::new),
                    ),
                });
            }
            (Delimiter::Nothing, other) => other.bracket(),
            (other, _) => other.bracket(),
        };
        // A matrix keeps no brackets but bars.
        if matches!(inner.kind, Kind::Matrix(_))
            && matches!(bracket, Bracket::Round | Bracket::Square)
        {
            return Ok(inner);
        }
        Ok(Tree {
            span: start.to(self.before()),
            kind: Kind::Group(bracket, Box::new(inner)),
        })
    }

    /// `|x|` and `‖x‖`, between signs that do not say which side they stand on.
    pub(super) fn bars(&mut self) -> Read<Tree> {
        let start = self.span();
        let double = self.peek() == Some(&Lexeme::DoubleBar);
        let sign = if double {
            Lexeme::DoubleBar
        } else {
            Lexeme::Bar
        };
        self.at += 1;
        let saved = (self.in_bars, self.in_integral, self.nesting);
        self.in_bars = true;
        self.in_integral = false;
        self.nesting += 1;
        let inner = self.deeper(|p| {
            if p.peek() == Some(&Lexeme::Relation(Relation::Equal)) {
                Err(p.expected("a term"))
            } else {
                p.sum()
            }
        });
        (self.in_bars, self.in_integral, self.nesting) = saved;
        let inner = inner?;
        if !self.eat(&sign) {
            return self.fail(start, format!("{} is not closed", self.source(start)));
        }
        // `||x||`
        if let Kind::Group(Bracket::Bar, norm) = &inner.kind
            && !double
            && inner.span.start == start.end
            && inner.span.end == self.before().start
        {
            return Ok(Tree {
                span: start.to(self.before()),
                kind: Kind::Group(Bracket::DoubleBar, norm.clone()),
            });
        }
        let bracket = if double {
            Bracket::DoubleBar
        } else {
            Bracket::Bar
        };
        Ok(Tree {
            span: start.to(self.before()),
            kind: Kind::Group(bracket, Box::new(inner)),
        })
    }
}
