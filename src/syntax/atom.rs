//! Operands: numbers, names, brackets, fractions, roots, and the scripts behind them.

use super::parser::{Parser, Read};
use super::token::{Delimiter, Lexeme, Macro};
use super::tree::{Bracket, Kind, Name, Tree};
use super::{calculus, command, environment, names};
use crate::source::Span;

/// Whether a command begins an operand.
pub(super) fn starts_operand(made: Macro) -> bool {
    !matches!(
        made,
        Macro::Arrow(_) | Macro::Negated | Macro::Limits | Macro::Over | Macro::Choose
    )
}

impl Parser<'_> {
    /// An operand with its scripts; `None` for `{}`.
    pub(super) fn scripted(&mut self, first: bool) -> Read<Option<Tree>> {
        let start = self.at;
        let base = match self.peek() {
            // `{}^n`, `^n C`: a script without a base.
            Some(Lexeme::Up | Lexeme::Under) if first => self.empty(),
            _ => self.atom()?,
        };
        let bare = base.kind == Kind::Empty;
        let tree = self.scripts(base)?;
        if bare && tree.kind == Kind::Empty && self.at > start && !(first && self.at >= self.end) {
            return Ok(None);
        }
        Ok(Some(tree))
    }

    /// An argument: what stands in braces or parentheses, or the next operand alone.
    pub(super) fn argument(&mut self) -> Read<Tree> {
        match self.peek() {
            Some(Lexeme::OpenBrace) => {
                let Some(close) = self.partner() else {
                    return Err(self.expected("an argument"));
                };
                self.at += 1;
                let inner = self.whole(close, Parser::contents)?;
                self.at = close + 1;
                Ok(inner)
            }
            Some(Lexeme::Open(Delimiter::Round, false)) => {
                let group = self.group()?;
                let span = group.span;
                if let Kind::Group(Bracket::Round, inner) = group.kind {
                    return Ok(Tree {
                        span,
                        kind: inner.kind,
                    });
                }
                Ok(group)
            }
            Some(Lexeme::Number(_)) => Ok(self.number()),
            Some(Lexeme::Bullet) => {
                let span = self.span();
                self.at += 1;
                Ok(named(span, "•"))
            }
            // `f_+`
            Some(Lexeme::Sign(sign)) => {
                let tree = Tree {
                    span: self.span(),
                    kind: Kind::Terms(vec![(*sign, self.empty())]),
                };
                self.at += 1;
                Ok(tree)
            }
            Some(Lexeme::Words(_)) => self.atom(),
            // `√|x|`: where an argument must come, a bar opens.
            Some(Lexeme::Bar | Lexeme::DoubleBar) => self.deeper(Parser::atom),
            _ if self.starts_operand() => self.deeper(Parser::atom),
            _ => Err(self.expected("an argument")),
        }
    }

    /// An operand without scripts.
    fn atom(&mut self) -> Read<Tree> {
        let span = self.span();
        let Some(lexeme) = self.peek() else {
            return Err(self.expected("a term"));
        };
        let kind = match lexeme {
            Lexeme::Number(_) => return Ok(self.number()),
            Lexeme::Name(name) => Kind::Name(name.clone()),
            Lexeme::Word(word) => return self.word(word),
            Lexeme::Words(words) => Kind::Text(words.clone()),
            Lexeme::Infinity => Kind::Infinity,
            Lexeme::Ellipsis => Kind::Ellipsis,
            Lexeme::Bullet => Kind::Name(Name {
                base: "•".into(),
                ..Name::default()
            }),
            Lexeme::EmptySet => Kind::Group(Bracket::Curly, Box::new(self.empty())),
            Lexeme::Partial => Kind::Name(Name {
                base: "∂".into(),
                ..Name::default()
            }),
            Lexeme::Fraction(a, b) => {
                let part = |n: &u32| {
                    Box::new(Tree {
                        span,
                        kind: Kind::Number(n.to_string()),
                    })
                };
                Kind::Fraction(part(a), part(b))
            }
            Lexeme::Open(..) => return self.group(),
            Lexeme::OpenBrace => return self.braces(),
            Lexeme::Bar | Lexeme::DoubleBar => return self.bars(),
            Lexeme::Begin(_) => return environment::value(self),
            Lexeme::RootSign(degree) => return self.root_sign(*degree),
            Lexeme::Macro(made) => return self.macro_call(*made),
            Lexeme::Big(operator) => {
                self.at += 1;
                return self.big(*operator, span);
            }
            Lexeme::Integral(_) => return calculus::integral(self),
            Lexeme::Nabla => {
                self.at += 1;
                return Ok(named(span, "∇"));
            }
            _ => return Err(self.expected("a term")),
        };
        self.at += 1;
        Ok(Tree { span, kind })
    }

    /// Digits; commas between groups of three are no list where none is meant.
    fn number(&mut self) -> Tree {
        let start = self.span();
        let Some(Lexeme::Number(first)) = self.peek() else {
            return self.empty();
        };
        let mut digits = first.clone();
        let opened = matches!(
            self.at
                .checked_sub(1)
                .and_then(|i| self.tokens.get(i))
                .map(|t| &t.lexeme),
            Some(Lexeme::Open(..) | Lexeme::OpenBrace | Lexeme::Comma)
        );
        let mut end = self.at + 1;
        let mut joined = digits.clone();
        if digits.len() <= 3
            && !digits.starts_with('0')
            && digits.bytes().all(|b| b.is_ascii_digit())
        {
            while let (Some(comma), Some(group)) = (self.tokens.get(end), self.tokens.get(end + 1))
                && end + 1 < self.end
                && comma.lexeme == Lexeme::Comma
                && let Lexeme::Number(more) = &group.lexeme
                && more.find('.').unwrap_or(more.len()) == 3
                && comma.span.end == group.span.start
                && self
                    .tokens
                    .get(end - 1)
                    .is_some_and(|t| t.span.end == comma.span.start)
            {
                joined.push_str(more);
                end += 2;
                if more.contains('.') {
                    break;
                }
            }
        }
        if end > self.at + 1 {
            let behind = self
                .tokens
                .get(end)
                .filter(|_| end < self.end)
                .map(|t| &t.lexeme);
            let listed = self.nesting > 0 && opened && matches!(behind, None | Some(Lexeme::Comma));
            if listed {
                end = self.at + 1;
            } else {
                digits = joined;
            }
        }
        self.at = end;
        Tree {
            span: start.to(self.before()),
            kind: Kind::Number(digits),
        }
    }

    /// A run of letters in plain text.
    fn word(&mut self, word: &str) -> Read<Tree> {
        let span = self.span();
        self.at += 1;
        if matches!(word, "sqrt" | "cbrt")
            && matches!(self.peek(), Some(Lexeme::Open(..) | Lexeme::OpenBrace))
        {
            let degree = (word == "cbrt").then(|| {
                Box::new(Tree {
                    span,
                    kind: Kind::Number("3".into()),
                })
            });
            let radicand = self.argument()?;
            return Ok(Tree {
                span: span.to(self.before()),
                kind: Kind::Root(degree, Box::new(radicand)),
            });
        }
        if matches!(word, "binomial" | "binom" | "choose" | "frac")
            && matches!(self.peek(), Some(Lexeme::Open(..)))
        {
            let arguments = self.argument()?;
            let whole = span.to(self.before());
            let Kind::List(mut items) = arguments.kind else {
                return self.fail(whole, format!("{word} takes two arguments"));
            };
            let (Some(lower), Some(upper), true) = (items.pop(), items.pop(), items.is_empty())
            else {
                return self.fail(whole, format!("{word} takes two arguments"));
            };
            let (a, b) = (Box::new(upper), Box::new(lower));
            let kind = if word == "frac" {
                Kind::Fraction(a, b)
            } else {
                Kind::Binomial(a, b)
            };
            return Ok(Tree { span: whole, kind });
        }
        Ok(Tree {
            span,
            kind: Kind::Name(spelled(word)),
        })
    }

    /// `{ … }`: invisible in LaTeX, a set in plain text.
    fn braces(&mut self) -> Read<Tree> {
        let start = self.span();
        let Some(close) = self.partner() else {
            return Err(self.expected("a term"));
        };
        self.at += 1;
        let over = self.fraction_bar(close);
        let inner = match over {
            Some(tree) => tree?,
            None => self.whole(close, Parser::contents)?,
        };
        self.at = close + 1;
        let span = start.to(self.before());
        if !self.latex || matches!(inner.kind, Kind::List(_)) {
            return Ok(Tree {
                span,
                kind: Kind::Group(Bracket::Curly, Box::new(inner)),
            });
        }
        Ok(Tree {
            span,
            kind: inner.kind,
        })
    }

    /// `{a \over b}`, `{n \choose k}`
    fn fraction_bar(&mut self, close: usize) -> Option<Read<Tree>> {
        let mut at = self.at;
        let made = loop {
            let token = self.tokens.get(at).filter(|_| at < close)?;
            if let Lexeme::Macro(made @ (Macro::Over | Macro::Choose)) = token.lexeme {
                break made;
            }
            at = token.partner.max(at) + 1;
        };
        let start = self.span();
        let mut read = || {
            let above = self.whole(at, Parser::contents)?;
            self.at = at + 1;
            let below = self.whole(close, Parser::contents)?;
            let span = start.to(below.span);
            let (above, below) = (Box::new(above), Box::new(below));
            let kind = if made == Macro::Over {
                Kind::Fraction(above, below)
            } else {
                Kind::Binomial(above, below)
            };
            Ok(Tree { span, kind })
        };
        Some(read())
    }

    fn root_sign(&mut self, degree: u32) -> Read<Tree> {
        let start = self.span();
        self.at += 1;
        let radicand = if matches!(self.peek(), Some(Lexeme::Number(_))) {
            self.number()
        } else {
            self.argument()?
        };
        let degree = (degree > 2).then(|| {
            Box::new(Tree {
                span: start,
                kind: Kind::Number(degree.to_string()),
            })
        });
        Ok(Tree {
            span: start.to(self.before()),
            kind: Kind::Root(degree, Box::new(radicand)),
        })
    }
}

/// The name that a run of letters in plain text spells.
pub(super) fn spelled(word: &str) -> Name {
    let known = command::greek(word).or_else(|| names::function(word));
    Name {
        base: known.unwrap_or(word).into(),
        run: known.is_none() && word.len() > 1,
        ..Name::default()
    }
}

pub(super) fn named(span: Span, base: &str) -> Tree {
    Tree {
        span,
        kind: Kind::Name(Name {
            base: base.into(),
            ..Name::default()
        }),
    }
}
