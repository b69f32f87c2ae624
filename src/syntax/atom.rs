//! Operands: numbers, names, brackets, fractions, roots, and the scripts behind them.

use super::parser::{Parser, Read, list};
use super::token::{Delimiter, Lexeme, Macro};
use super::tree::{Accent, Bracket, Kind, Name, Relation, Sign, Style, Tree};
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
        self.fail(self.span(), "more than 64 marks, indices and powers behind one term")
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
    fn exponent(&mut self) -> Read<(Tree, bool)> {
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
            Ok((p.scripts(inner)?, false))
        })
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

    fn macro_call(&mut self, made: Macro) -> Read<Tree> {
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

/// Puts a mark over the name that `tree` consists of; says whether it is one.
fn mark_name(tree: &mut Tree, mark: Accent) -> bool {
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
