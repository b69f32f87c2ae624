//! A cursor over tokens, and statements: relations, connectives, quantifiers, arrows within
//! brackets. Operators bind by precedence climbing (Pratt, "Top down operator precedence", 1973).

use super::describe::{self, Trait};
use super::token::{Lexeme, Macro, Token};
use super::tree::{Bracket, Connective, Kind, Relation, Sign, Tree};
use crate::source::Span;

/// Why a piece of text cannot be read, and where.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub span: Span,
    pub message: String,
}

pub(super) type Read<T> = Result<T, Box<Failure>>;

/// A cursor over the tokens of a fragment.
pub(super) struct Parser<'a> {
    pub tokens: &'a [Token],
    pub text: &'a str,
    pub latex: bool,
    /// See [`super::nest::bars_left`].
    pub bars_left: &'a [u32],
    pub at: usize,
    pub end: usize,
    /// How many brackets stand around the cursor.
    pub nesting: u32,
    /// How deep the recursion is.
    pub depth: u32,
    /// Whether the next bar closes.
    pub in_bars: bool,
    /// Whether a differential ends the product.
    pub in_integral: bool,
    /// How many environments around the cursor were flattened.
    pub flattened: u32,
    /// The differential that stood in a numerator.
    pub differential: Option<Tree>,
}

impl<'a> Parser<'a> {
    pub(super) fn peek(&self) -> Option<&'a Lexeme> {
        self.look(0)
    }

    /// The lexeme `ahead` tokens further on.
    pub(super) fn look(&self, ahead: usize) -> Option<&'a Lexeme> {
        let at = self.at + ahead;
        if at >= self.end {
            None
        } else {
            self.tokens.get(at).map(|t| &t.lexeme)
        }
    }

    pub(super) fn span(&self) -> Span {
        if self.at < self.end
            && let Some(token) = self.tokens.get(self.at)
        {
            return token.span;
        }
        // The place right behind the last token read.
        let end = self.before().end;
        Span::new(end, end)
    }

    /// The span of the token before the cursor.
    pub(super) fn before(&self) -> Span {
        self.at
            .checked_sub(1)
            .and_then(|i| self.tokens.get(i))
            .map_or(Span::new(0, 0), |t| t.span)
    }

    pub(super) fn eat(&mut self, lexeme: &Lexeme) -> bool {
        let found = self.peek() == Some(lexeme);
        self.at += usize::from(found);
        found
    }

    /// Whether no white space stands before the next token.
    pub(super) fn adjacent(&self) -> bool {
        self.at > 0 && self.before().end == self.span().start
    }

    pub(super) fn partner(&self) -> Option<usize> {
        let partner = self.tokens.get(self.at)?.partner;
        (partner != self.at && partner < self.end).then_some(partner)
    }

    /// Runs `read` one level deeper.
    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth as usize >= super::bounds::DEEPEST {
            return self.fail(self.span(), super::bounds::TOO_DEEP);
        }
        self.depth += 1;
        let outcome = read(self);
        self.depth -= 1;
        outcome
    }

    /// Runs `read` on the tokens from the cursor to `end`, as within brackets, and goes on
    /// behind `end`.
    pub(super) fn within<T>(
        &mut self,
        end: usize,
        read: impl FnOnce(&mut Self) -> Read<T>,
    ) -> Read<T> {
        let saved = (self.end, self.in_bars, self.in_integral);
        self.end = end;
        self.in_bars = false;
        self.in_integral = false;
        self.nesting += 1;
        let outcome = self.deeper(read);
        self.nesting -= 1;
        (self.end, self.in_bars, self.in_integral) = saved;
        let value = outcome?;
        self.at = end;
        Ok(value)
    }

    /// Reads all tokens up to `end` with `read`; what is left over is a failure.
    pub(super) fn whole<T>(
        &mut self,
        end: usize,
        read: impl FnOnce(&mut Self) -> Read<T>,
    ) -> Read<T> {
        self.within(end, |p| {
            let value = read(p)?;
            p.skip_layout();
            if p.at < p.end {
                Err(p.expected("an operator, a comma or the closing bracket"))
            } else {
                Ok(value)
            }
        })
    }

    /// Within brackets, layout says nothing.
    pub(super) fn skip_layout(&mut self) {
        while matches!(
            self.peek(),
            Some(Lexeme::Quad | Lexeme::Row | Lexeme::Ampersand | Lexeme::Label(_))
        ) {
            self.at += 1;
        }
    }

    pub(super) fn fail<T>(&self, span: Span, message: impl Into<String>) -> Read<T> {
        Err(Box::new(Failure {
            span,
            message: message.into(),
        }))
    }

    /// A failure at the cursor: what was found, and what was expected.
    pub(super) fn expected(&self, what: &str) -> Box<Failure> {
        let span = self.span();
        let source = self.source(span);
        let message = match self.peek() {
            None if self.nesting == 0 => format!("the statement ends where {what} was expected"),
            None => format!("the brackets end where {what} was expected"),
            Some(Lexeme::Unknown) => format!("the command {source} is not known"),
            Some(Lexeme::Other) => format!("the sign {source} is not known"),
            Some(Lexeme::Open(..) | Lexeme::OpenBrace | Lexeme::Begin(_))
                if self.partner().is_none() =>
            {
                format!("{source} is not closed")
            }
            Some(Lexeme::Close(..) | Lexeme::CloseBrace | Lexeme::End) => {
                format!("{source} closes nothing that is open")
            }
            Some(_) => format!("found {source} where {what} was expected"),
        };
        Box::new(Failure { span, message })
    }

    pub(super) fn source(&self, span: Span) -> &'a str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    pub(super) fn empty(&self) -> Tree {
        let at = self.span().start;
        Tree {
            span: Span::new(at, at),
            kind: Kind::Empty,
        }
    }

    /// A statement within brackets or an index: arrows may stand in it.
    pub(super) fn inner_statement(&mut self) -> Read<Tree> {
        self.skip_layout();
        let left = self.statement()?;
        self.skip_layout();
        if let Some(Lexeme::Arrow(arrow)) = self.peek() {
            let arrow = *arrow;
            self.at += 1;
            let right = self.deeper(Parser::inner_statement)?;
            let span = left.span.to(right.span);
            return Ok(Tree {
                span,
                kind: Kind::Implication(arrow, Box::new(left), Box::new(right)),
            });
        }
        Ok(left)
    }

    /// A statement or expression: `A or B`, with what `for all` binds behind it.
    pub(super) fn statement(&mut self) -> Read<Tree> {
        let mut tree = self.joined(Connective::Or)?;
        if self.peek() == Some(&Lexeme::ForAll) {
            self.at += 1;
            let bound = self.bound()?;
            tree = Tree {
                span: tree.span.to(bound.span),
                kind: Kind::ForAll(Box::new(tree), Box::new(bound)),
            };
        }
        Ok(tree)
    }

    fn joined(&mut self, connective: Connective) -> Read<Tree> {
        let mut parts = vec![self.operand_of(connective)?];
        while self.joins(connective) {
            if self.peek() == Some(&Lexeme::ForAll) && connective == Connective::And {
                break;
            }
            parts.push(self.operand_of(connective)?);
        }
        if parts.len() == 1 {
            return Ok(parts.swap_remove(0));
        }
        let span = parts
            .iter()
            .map(|t| t.span)
            .reduce(Span::to)
            .unwrap_or_else(|| self.span());
        Ok(Tree {
            span,
            kind: Kind::Joined(connective, parts),
        })
    }

    /// Steps over the connective at the cursor, and the layout around it.
    fn joins(&mut self, connective: Connective) -> bool {
        let saved = self.at;
        while matches!(
            self.peek(),
            Some(Lexeme::Quad | Lexeme::Ampersand | Lexeme::Comma)
        ) {
            self.at += 1;
        }
        if self.peek() != Some(&Lexeme::Join(connective)) {
            self.at = saved;
            return false;
        }
        self.at += 1;
        while matches!(
            self.peek(),
            Some(Lexeme::Quad | Lexeme::Ampersand | Lexeme::Row)
        ) {
            self.at += 1;
        }
        true
    }

    fn operand_of(&mut self, connective: Connective) -> Read<Tree> {
        if connective == Connective::Or {
            self.joined(Connective::And)
        } else {
            self.negation()
        }
    }

    pub(super) fn negation(&mut self) -> Read<Tree> {
        let start = self.span();
        match self.peek() {
            Some(Lexeme::Not) => {
                self.at += 1;
                let inner = self.deeper(Parser::negation)?;
                Ok(super::set::negated(inner, start))
            }
            Some(Lexeme::ForAll) => {
                self.at += 1;
                let bound = self.bound()?;
                let saved = self.at;
                let comma = self.eat(&Lexeme::Colon) || self.eat(&Lexeme::Comma);
                self.skip_layout();
                let statement =
                    if comma && (self.starts_operand() || self.peek() == Some(&Lexeme::Bar)) {
                        self.deeper(Parser::statement)?
                    } else {
                        self.at = saved;
                        self.empty()
                    };
                Ok(Tree {
                    span: start.to(bound.span).to(statement.span),
                    kind: Kind::ForAll(Box::new(statement), Box::new(bound)),
                })
            }
            Some(Lexeme::Truth(value)) => {
                self.at += 1;
                Ok(Tree {
                    span: start,
                    kind: Kind::Truth(*value),
                })
            }
            _ => self.relation(),
        }
    }

    /// What `for all` binds: `k`, `i, j`, `i and j`, `x ∈ ℝ`, `i = 1, …, n`.
    pub(super) fn bound(&mut self) -> Read<Tree> {
        self.skip_layout();
        let mut items = vec![self.relation()?];
        while matches!(
            self.peek(),
            Some(Lexeme::Comma | Lexeme::Join(Connective::And))
        ) {
            let single = matches!(self.look(1), Some(Lexeme::Name(_) | Lexeme::Word(_)));
            let last = matches!(
                self.look(2),
                None | Some(
                    Lexeme::Comma
                        | Lexeme::Colon
                        | Lexeme::Arrow(_)
                        | Lexeme::Relation(Relation::Element)
                        | Lexeme::Stop
                        | Lexeme::Semicolon
                        | Lexeme::Row
                )
            );
            if !(single && last) {
                break;
            }
            self.at += 1;
            items.push(self.relation()?);
        }
        if items.len() == 1 {
            return Ok(items.swap_remove(0));
        }
        Ok(list(items))
    }

    /// `a = b ≤ c`. The first operand may be missing, and so may the last.
    pub(super) fn relation(&mut self) -> Read<Tree> {
        let first = match self.peek() {
            Some(Lexeme::Relation(_) | Lexeme::NotElement) => self.empty(),
            Some(Lexeme::Macro(_)) if self.relation_here()?.is_some() => self.empty(),
            _ => self.operand(true)?,
        };
        if let Some(tree) = self.described(&first)? {
            return Ok(tree);
        }
        let mut links: Vec<(Relation, Span, Tree)> = Vec::new();
        let mut negated = false;
        loop {
            let saved = self.at;
            if self.nesting > 0 {
                self.skip_layout();
            } else {
                while self.peek() == Some(&Lexeme::Ampersand) {
                    self.at += 1;
                }
            }
            let Some((relation, negates, span)) = self.take_relation()? else {
                self.at = saved;
                break;
            };
            negated |= negates;
            while matches!(self.peek(), Some(Lexeme::Ampersand)) {
                self.at += 1;
            }
            let operand = match self.peek() {
                None
                | Some(
                    Lexeme::Comma
                    | Lexeme::Semicolon
                    | Lexeme::Stop
                    | Lexeme::Arrow(_)
                    | Lexeme::Close(..)
                    | Lexeme::Row
                    | Lexeme::Label(_),
                ) => self.empty(),
                Some(Lexeme::Quad) => {
                    self.at += 1;
                    if self.starts_operand() {
                        self.operand(false)?
                    } else {
                        self.empty()
                    }
                }
                _ => self.operand(false)?,
            };
            links.push((relation, span, operand));
        }
        if links.is_empty() {
            return Ok(first);
        }
        let end = links
            .last()
            .map_or(first.span, |(_, sign, t)| sign.to(t.span));
        let start = if first.kind == Kind::Empty {
            links.first().map_or(first.span, |(_, sign, _)| *sign)
        } else {
            first.span
        };
        let chain = Tree {
            span: start.to(end),
            kind: Kind::Chain(Box::new(first), links),
        };
        if !negated {
            return Ok(chain);
        }
        Ok(Tree {
            span: chain.span,
            kind: Kind::Not(Box::new(chain)),
        })
    }

    /// `A ≻ B`, `XᵀX \text{ is symmetric}`: what is said of the operand before the cursor.
    fn described(&mut self, first: &Tree) -> Read<Option<Tree>> {
        if let Some(Lexeme::Words(words)) = self.peek() {
            let Some((traits, end)) = describe::behind(words, false) else {
                return Ok(None);
            };
            if words.get(end..).is_some_and(|rest| rest.trim().is_empty()) {
                let span = first.span.to(self.span());
                self.at += 1;
                return Ok(Some(Tree {
                    span,
                    kind: Kind::Is(Box::new(first.clone()), traits),
                }));
            }
            return Ok(None);
        }
        let mut parts = Vec::new();
        let mut left = first.clone();
        let saved = self.at;
        while self.peek() == Some(&Lexeme::Ampersand) {
            self.at += 1;
        }
        while let Some(Lexeme::Definite(strict, reversed)) = self.peek() {
            let (strict, reversed) = (*strict, *reversed);
            self.at += 1;
            while self.peek() == Some(&Lexeme::Ampersand) {
                self.at += 1;
            }
            let right = self.sum()?;
            let span = left.span.to(right.span);
            let subject = if reversed {
                difference(right.clone(), left)
            } else {
                difference(left, right.clone())
            };
            let name = if strict {
                "positive definite"
            } else {
                "positive semidefinite"
            };
            parts.push(Tree {
                span,
                kind: Kind::Is(Box::new(subject), vec![Trait::Quality(name)]),
            });
            left = right;
        }
        if parts.is_empty() {
            self.at = saved;
            return Ok(None);
        }
        if parts.len() == 1 {
            return Ok(parts.pop());
        }
        let span = first.span.to(self.before());
        Ok(Some(Tree {
            span,
            kind: Kind::Joined(Connective::And, parts),
        }))
    }

    /// The relation at the cursor with whether it is negated, and its span.
    fn take_relation(&mut self) -> Read<Option<(Relation, bool, Span)>> {
        let span = self.span();
        match self.peek() {
            Some(Lexeme::Relation(relation)) => {
                self.at += 1;
                // `: =` and `= :` are no signs of ours, but `< =` is met in print.
                Ok(Some((*relation, false, span)))
            }
            Some(Lexeme::NotElement) => {
                self.at += 1;
                Ok(Some((Relation::Element, true, span)))
            }
            Some(Lexeme::Colon)
                if self.look(1) == Some(&Lexeme::Relation(Relation::Equal))
                    && self.nesting == 0 =>
            {
                self.at += 2;
                Ok(Some((Relation::Define, false, span.to(self.before()))))
            }
            Some(Lexeme::Macro(_)) => {
                let Some((relation, negated, end)) = self.relation_here()? else {
                    return Ok(None);
                };
                self.at = end;
                Ok(Some((relation, negated, span.to(self.before()))))
            }
            _ => Ok(None),
        }
    }

    /// An expression as the operand of a relation; with an ellipsis, a list (`1, …, n`).
    fn operand(&mut self, leads: bool) -> Read<Tree> {
        let first = self.sets()?;
        if leads && self.nesting > 0
            || self.peek() != Some(&Lexeme::Comma)
            || self.in_bars
            || !self.range_ahead()
        {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.peek() == Some(&Lexeme::Comma) {
            if !(self.range_ahead() || items.last().is_some_and(|t| t.kind == Kind::Ellipsis)) {
                break;
            }
            self.at += 1;
            items.push(self.sum()?);
        }
        Ok(list(items))
    }

    /// Whether the commas from the cursor on lead to an ellipsis before anything else than items.
    fn range_ahead(&self) -> bool {
        let mut at = self.at;
        for _ in 0..48 {
            let Some(token) = self.tokens.get(at).filter(|_| at < self.end) else {
                return false;
            };
            match &token.lexeme {
                Lexeme::Ellipsis => return true,
                Lexeme::Relation(_)
                | Lexeme::NotElement
                | Lexeme::Arrow(_)
                | Lexeme::Row
                | Lexeme::Quad
                | Lexeme::Semicolon
                | Lexeme::Words(_)
                | Lexeme::Sign(_)
                | Lexeme::Times
                | Lexeme::Join(_)
                | Lexeme::Stop => return false,
                _ => at = token.partner.max(at) + 1,
            }
        }
        false
    }

    /// Whether the `\overset` at the cursor labels a relation or an arrow.
    fn sign_under_label(&self) -> bool {
        let label = self.at + 1;
        let Some(token) = self.tokens.get(label) else {
            return false;
        };
        let next = if token.lexeme == Lexeme::OpenBrace {
            token.partner.max(label) + 1
        } else {
            label + 1
        };
        let sign = |at: usize| {
            matches!(
                self.tokens.get(at).map(|t| &t.lexeme),
                Some(Lexeme::Relation(_) | Lexeme::Arrow(_))
            )
        };
        let braced = self
            .tokens
            .get(next)
            .is_some_and(|t| t.lexeme == Lexeme::OpenBrace);
        if braced { sign(next + 1) } else { sign(next) }
    }

    /// Whether an operand can begin at the cursor.
    pub(super) fn starts_operand(&self) -> bool {
        match self.peek() {
            None => false,
            Some(lexeme) => match lexeme {
                Lexeme::Number(_)
                | Lexeme::Name(_)
                | Lexeme::Word(_)
                | Lexeme::Infinity
                | Lexeme::Ellipsis
                | Lexeme::Open(..)
                | Lexeme::OpenBrace
                | Lexeme::Big(_)
                | Lexeme::Integral(_)
                | Lexeme::Partial
                | Lexeme::Nabla
                | Lexeme::RootSign(_)
                | Lexeme::Fraction(..)
                | Lexeme::EmptySet => true,
                Lexeme::Begin(_) => self.nesting > 0 || self.partner().is_some(),
                Lexeme::Macro(Macro::Overset | Macro::Underset) => !self.sign_under_label(),
                Lexeme::Macro(made) => super::atom::starts_operand(*made),
                Lexeme::Bullet => self.nesting > 0,
                _ => false,
            },
        }
    }
}

/// a − b, where b is not 0.
fn difference(a: Tree, b: Tree) -> Tree {
    if matches!(&b.kind, Kind::Number(zero) if zero == "0") {
        return a;
    }
    let span = a.span.to(b.span);
    let b = Tree {
        span: b.span,
        kind: Kind::Group(Bracket::Round, Box::new(b)),
    };
    Tree {
        span,
        kind: Kind::Terms(vec![(Sign::Plus, a), (Sign::Minus, b)]),
    }
}

/// Items side by side, as a list with their common span.
pub(super) fn list(items: Vec<Tree>) -> Tree {
    let span = items
        .iter()
        .map(|t| t.span)
        .reduce(Span::to)
        .unwrap_or_default();
    Tree {
        span,
        kind: Kind::List(items),
    }
}
