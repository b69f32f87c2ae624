//! Commands with their arguments.

use super::parser::{Parser, Read, list};
use super::token::{Delimiter, Lexeme, Macro};
use super::tree::{Accent, Kind, Name, Relation, Sign, Style, Tree};
use super::{calculus, environment, names};
use crate::source::Span;

impl Parser<'_> {
    pub(super) fn macro_call(&mut self, made: Macro) -> Read<Tree> {
        let start = self.span();
        self.at += 1;
        let kind = match made {
            Macro::Fraction => return calculus::fraction(self, start),
            Macro::Derivative(partial) => return calculus::command(self, start, partial),
            Macro::Binomial => {
                let above = self.argument()?;
                let below = self.argument()?;
                Kind::Binomial(Box::new(above), Box::new(below))
            }
            Macro::Root => {
                let degree = if let (Some(Lexeme::Open(Delimiter::Square, false)), Some(close)) =
                    (self.peek(), self.partner())
                {
                    self.at += 1;
                    let degree = self.whole(close, Parser::contents)?;
                    self.at = close + 1;
                    Some(Box::new(degree))
                } else {
                    None
                };
                Kind::Root(degree, Box::new(self.argument()?))
            }
            Macro::Accent(mark) => {
                let mut tree = self.argument()?;
                tree.span = start.to(self.before());
                if mark == Accent::Bar && matches!(tree.kind, Kind::Joined(..)) {
                    // The complement of joined events.
                    return Ok(Tree {
                        span: tree.span,
                        kind: Kind::Not(Box::new(tree)),
                    });
                }
                if !mark_name(&mut tree, mark) {
                    let what = self.source(tree.span);
                    return self.fail(
                        tree.span,
                        format!("found {what} where a mark over a name was expected"),
                    );
                }
                return Ok(tree);
            }
            Macro::Style(style) => {
                let mut tree = self.argument()?;
                restyle(&mut tree, style);
                tree.span = start.to(self.before());
                return Ok(tree);
            }
            Macro::Upright | Macro::Operator => return self.upright(start),
            Macro::Underbrace | Macro::Overbrace => {
                let body = self.argument()?;
                let sign = if made == Macro::Underbrace {
                    Lexeme::Under
                } else {
                    Lexeme::Up
                };
                if !self.eat(&sign) {
                    return Ok(Tree {
                        span: start.to(self.before()),
                        kind: body.kind,
                    });
                }
                let label = self.label_argument()?;
                Kind::Underbrace(Box::new(body), Box::new(label))
            }
            Macro::Boxed => Kind::Boxed(Box::new(self.argument()?)),
            Macro::Transparent => {
                let inner = self.argument()?;
                return Ok(Tree {
                    span: start.to(self.before()),
                    kind: inner.kind,
                });
            }
            Macro::Coloured => {
                self.skip_argument();
                let inner = self.argument()?;
                return Ok(Tree {
                    span: start.to(self.before()),
                    kind: inner.kind,
                });
            }
            Macro::Overset => {
                self.skip_argument();
                let inner = self.argument()?;
                return Ok(Tree {
                    span: start.to(self.before()),
                    kind: inner.kind,
                });
            }
            Macro::Underset => return self.underset(start),
            Macro::Substack => return self.substack(start),
            Macro::Delimited(delimiter) => {
                self.eat(&Lexeme::Times);
                let inner = self.argument()?;
                Kind::Group(delimiter.bracket(), Box::new(inner))
            }
            Macro::Arrow(_) | Macro::Negated | Macro::Over | Macro::Choose | Macro::Limits => {
                self.at -= 1;
                return Err(self.expected("a term"));
            }
        };
        Ok(Tree {
            span: start.to(self.before()),
            kind,
        })
    }

    /// An argument whose letters are one name if there are several: `\mathrm{reg}`.
    fn upright(&mut self, start: Span) -> Read<Tree> {
        if self.peek() == Some(&Lexeme::OpenBrace)
            && let Some(close) = self.partner()
        {
            let inside = self.tokens.get(self.at + 1..close).unwrap_or_default();
            let mut base = String::new();
            let mut plain = !inside.is_empty();
            for token in inside {
                match &token.lexeme {
                    Lexeme::Name(name) if name.accents.is_empty() && name.style == Style::Plain => {
                        base.push_str(&name.base);
                    }
                    Lexeme::Word(word) => base.push_str(word),
                    Lexeme::Number(digits) if !base.is_empty() => base.push_str(digits),
                    Lexeme::Big(operator) => base.push_str(names::operator_name(*operator)),
                    Lexeme::Sign(Sign::Minus) if !base.is_empty() => base.push('-'),
                    _ => plain = false,
                }
            }
            if plain && !base.is_empty() {
                self.at = close + 1;
                let span = start.to(self.before());
                if let Some(operator) = names::big_operator(&base)
                    && matches!(
                        self.peek(),
                        Some(Lexeme::Under | Lexeme::Macro(Macro::Limits))
                    )
                {
                    return self.deeper(|p| p.big(operator, span));
                }
                let base = names::function(&base).map_or(base, str::to_owned);
                return Ok(Tree {
                    span,
                    kind: Kind::Name(Name {
                        base,
                        ..Name::default()
                    }),
                });
            }
        }
        let inner = self.argument()?;
        Ok(Tree {
            span: start.to(self.before()),
            kind: inner.kind,
        })
    }

    fn skip_argument(&mut self) {
        self.at = match self.partner() {
            Some(close) if self.peek() == Some(&Lexeme::OpenBrace) => close + 1,
            _ => (self.at + 1).min(self.end),
        };
    }

    /// The label of a brace: words, or a formula that may begin with a relation.
    fn label_argument(&mut self) -> Read<Tree> {
        if self.peek() != Some(&Lexeme::OpenBrace) {
            return self.argument();
        }
        let Some(close) = self.partner() else {
            return Err(self.expected("a label"));
        };
        let start = self.span();
        let saved = self.at;
        self.at += 1;
        match self.whole(close, Parser::contents) {
            Ok(tree) => {
                self.at = close + 1;
                Ok(tree)
            }
            Err(failure) => {
                // Words and signs mixed are words.
                let words = self
                    .tokens
                    .get(saved..close)
                    .is_some_and(|t| t.iter().any(|t| matches!(t.lexeme, Lexeme::Words(_))));
                if !words {
                    return Err(failure);
                }
                self.at = close + 1;
                let span = start.to(self.before());
                Ok(Tree {
                    span,
                    kind: Kind::Text(self.source(span).trim_matches(['{', '}']).into()),
                })
            }
        }
    }

    /// `\underset{x → 0}{\lim}`, `\underset{k}{\operatorname{argmax}}`
    fn underset(&mut self, start: Span) -> Read<Tree> {
        let below = self.argument()?;
        let operator = match self.peek() {
            Some(Lexeme::OpenBrace) => self.partner().and_then(|close| {
                let inside = self.tokens.get(self.at + 1..close)?;
                let name = inside.iter().fold(String::new(), |mut name, token| {
                    match &token.lexeme {
                        Lexeme::Name(n) => name.push_str(&n.base),
                        Lexeme::Word(w) => name.push_str(w),
                        Lexeme::Big(o) => name.push_str(names::operator_name(*o)),
                        _ => {}
                    }
                    name
                });
                names::big_operator(&name).map(|operator| (operator, close + 1))
            }),
            Some(Lexeme::Big(operator)) => Some((*operator, self.at + 1)),
            _ => None,
        };
        if let Some((operator, end)) = operator {
            self.at = end;
            return self.deeper(|p| p.big_with(operator, start, Some(below), None));
        }
        let inner = self.argument()?;
        Ok(Tree {
            span: start.to(self.before()),
            kind: inner.kind,
        })
    }

    /// `\substack{a \\ b}`: a list.
    fn substack(&mut self, start: Span) -> Read<Tree> {
        let Some(close) = self.partner() else {
            return Err(self.expected("an argument"));
        };
        self.at += 1;
        let rows = environment::rows(self, close);
        let mut items = Vec::new();
        for (from, to) in rows {
            if from == to {
                continue;
            }
            self.at = from;
            items.push(self.whole(to, Parser::contents)?);
        }
        self.at = close + 1;
        let mut tree = if items.len() == 1 {
            items.swap_remove(0)
        } else {
            list(items)
        };
        tree.span = start.to(self.before());
        Ok(tree)
    }

    /// A relation in disguise at the cursor: `\overset{(a)}{=}`, `\stackrel{d}{=}`, `\not=`; with
    /// whether it is negated, and where it ends.
    pub(super) fn relation_here(&mut self) -> Read<Option<(Relation, bool, usize)>> {
        let (Some(Lexeme::Macro(made)), at) = (self.peek(), self.at) else {
            return Ok(None);
        };
        match made {
            Macro::Negated => Ok(match self.look(1) {
                Some(Lexeme::Relation(Relation::Equal)) => {
                    Some((Relation::NotEqual, false, at + 2))
                }
                Some(Lexeme::Relation(relation)) => Some((*relation, true, at + 2)),
                _ => None,
            }),
            Macro::Overset | Macro::Underset => {
                self.at += 1;
                let label = self.at;
                self.skip_argument();
                let found = self.braced_relation();
                let defines = self.tokens.get(label..self.at).is_some_and(|t| {
                    t.iter()
                        .any(|t| matches!(&t.lexeme, Lexeme::Words(w) if w.starts_with("def")))
                });
                self.at = at;
                Ok(found.map(|(relation, end)| {
                    let relation = if defines && relation == Relation::Equal {
                        Relation::Define
                    } else {
                        relation
                    };
                    (relation, false, end)
                }))
            }
            _ => Ok(None),
        }
    }

    fn braced_relation(&self) -> Option<(Relation, usize)> {
        match (self.peek()?, self.look(1), self.look(2)) {
            (Lexeme::Relation(relation), _, _) => Some((*relation, self.at + 1)),
            (Lexeme::OpenBrace, Some(Lexeme::Relation(relation)), Some(Lexeme::CloseBrace)) => {
                Some((*relation, self.at + 3))
            }
            _ => None,
        }
    }
}

/// Puts a mark over the name that `tree` consists of; says whether it is one.
pub(super) fn mark_name(tree: &mut Tree, mark: Accent) -> bool {
    match &mut tree.kind {
        Kind::Name(name) => {
            name.accents.push(mark);
            true
        }
        Kind::Subscript(base, _) | Kind::Superscript(base, _, _) | Kind::Prime(base, _) => {
            mark_name(base, mark)
        }
        Kind::Text(words) if words.chars().all(char::is_alphabetic) => {
            tree.kind = Kind::Name(Name {
                base: std::mem::take(words),
                accents: vec![mark],
                ..Name::default()
            });
            true
        }
        // A bar over several letters makes one name of them.
        Kind::Juxtaposition(items) => {
            let mut base = String::new();
            for item in items.iter() {
                match &item.kind {
                    Kind::Name(name) if name.accents.is_empty() => base.push_str(&name.base),
                    _ => return false,
                }
            }
            tree.kind = Kind::Name(Name {
                base,
                accents: vec![mark],
                ..Name::default()
            });
            true
        }
        _ => false,
    }
}

/// Sets all letters of `tree` in a style.
fn restyle(tree: &mut Tree, style: Style) {
    match &mut tree.kind {
        Kind::Name(name) => name.style = style,
        Kind::Number(digits) if style != Style::Plain => {
            tree.kind = Kind::Name(Name {
                base: std::mem::take(digits),
                style,
                ..Name::default()
            });
        }
        Kind::Subscript(base, _) | Kind::Superscript(base, _, _) | Kind::Prime(base, _) => {
            restyle(base, style)
        }
        Kind::Juxtaposition(items) => items.iter_mut().for_each(|item| restyle(item, style)),
        _ => {}
    }
}
