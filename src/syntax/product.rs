//! Sums and products: signs, implied and written multiplication, operators that bind an index.

use super::environment::{Purpose, purpose};
use super::parser::{Parser, Read};
use super::token::{Lexeme, Macro};
use super::tree::{BigOperator, Kind, Name, Sign, Tree};
use super::{calculus, names, reach};

/// Trees of `·` and `/` lean to the left; deeper ones are not built.
const MOST_OPERATORS: u32 = 256;

impl Parser<'_> {
    /// A sum: terms with their signs.
    pub(super) fn sum(&mut self) -> Read<Tree> {
        let start = self.span();
        let mut terms: Vec<(Sign, Tree)> = Vec::new();
        let mut signed = false;
        loop {
            let sign = match self.peek() {
                Some(Lexeme::Sign(sign)) => {
                    self.at += 1;
                    signed = true;
                    *sign
                }
                _ if terms.is_empty() => Sign::Plus,
                _ => break,
            };
            if signed
                && terms.is_empty()
                && !self.term_ahead()
                && self.nesting > 0
                && self.at >= self.end
            {
                // `0^{+}`: a sign alone.
                let empty = self.empty();
                terms.push((sign, empty));
                break;
            }
            self.continue_row();
            let term = self.product()?;
            match reach::extend(&mut terms, sign, term) {
                None => {}
                Some(term) => terms.push((sign, term)),
            }
            // A sign at the beginning of the next row goes on with this sum within brackets.
            if self.nesting > 0 {
                let saved = self.at;
                self.skip_layout();
                if !matches!(self.peek(), Some(Lexeme::Sign(_))) {
                    self.at = saved;
                }
            }
        }
        if !signed && terms.len() == 1 {
            return Ok(terms.swap_remove(0).1);
        }
        Ok(Tree {
            span: start.to(self.before()),
            kind: Kind::Terms(terms),
        })
    }

    fn term_ahead(&self) -> bool {
        self.starts_operand()
            || matches!(
                self.peek(),
                Some(Lexeme::Sign(_) | Lexeme::Bar | Lexeme::DoubleBar)
            )
    }

    /// A row that ends with an operator goes on in the next.
    fn continue_row(&mut self) {
        let saved = self.at;
        while matches!(
            self.peek(),
            Some(Lexeme::Row | Lexeme::Ampersand | Lexeme::Quad)
        ) {
            self.at += 1;
        }
        if !self.term_ahead() {
            self.at = saved;
        }
    }

    /// A product: factors side by side, `·`, `/`, left to right.
    pub(super) fn product(&mut self) -> Read<Tree> {
        let start = self.span();
        if let Some(Lexeme::Sign(sign)) = self.peek() {
            // A second sign: `a · −b`, `Σ −2x`.
            let sign = *sign;
            self.at += 1;
            let inner = self.deeper(Parser::product)?;
            return Ok(Tree {
                span: start.to(inner.span),
                kind: Kind::Terms(vec![(sign, inner)]),
            });
        }
        let mut left: Option<(Operator, Tree)> = None;
        let mut run: Vec<Tree> = Vec::new();
        let mut written = 0;
        loop {
            if self.nesting > 0 && !run.is_empty() {
                self.skip_within_product();
            }
            if self.in_integral
                && (left.is_none() || !run.is_empty())
                && calculus::differential_ahead(self)
            {
                break;
            }
            if self.factor_ahead(run.is_empty()) {
                let Some(factor) = self.factor(run.is_empty())? else {
                    continue;
                };
                run.push(factor);
                continue;
            }
            let operator = match self.peek() {
                Some(Lexeme::Times) if !run.is_empty() => Operator::Times,
                Some(Lexeme::Slash) if !run.is_empty() => Operator::Slash,
                Some(Lexeme::Circled(hadamard)) if !run.is_empty() => Operator::Circled(*hadamard),
                Some(Lexeme::Bar)
                    if !run.is_empty() && self.evaluation_ahead() && written < MOST_OPERATORS =>
                {
                    written += 1;
                    let whole = fold(left.take(), run);
                    let evaluated = self.evaluation(whole)?;
                    run = vec![evaluated];
                    continue;
                }
                Some(Lexeme::Macro(Macro::Over | Macro::Choose))
                    if !run.is_empty() && self.nesting > 0 =>
                {
                    break;
                }
                _ => break,
            };
            self.at += 1;
            written += 1;
            if written > MOST_OPERATORS {
                return self.fail(
                    self.before(),
                    "a product of more than 256 factors with signs between them",
                );
            }
            left = Some((operator, fold(left.take(), std::mem::take(&mut run))));
            self.continue_row();
            if matches!(self.peek(), Some(Lexeme::Sign(_))) {
                let sign_at = self.span();
                let Some(Lexeme::Sign(sign)) = self.peek() else {
                    break;
                };
                let sign = *sign;
                self.at += 1;
                let factor = self.signed_factor()?;
                run.push(Tree {
                    span: sign_at.to(factor.span),
                    kind: Kind::Terms(vec![(sign, factor)]),
                });
            }
        }
        if run.is_empty() {
            if left.is_none() && self.in_integral && calculus::differential_ahead(self) {
                return Ok(self.empty());
            }
            return Err(self.expected("a term"));
        }
        Ok(fold(left, run))
    }

    /// The factor behind `· −`.
    fn signed_factor(&mut self) -> Read<Tree> {
        self.deeper(|p| match p.peek() {
            Some(Lexeme::Sign(sign)) => {
                let (sign, start) = (*sign, p.span());
                p.at += 1;
                let inner = p.signed_factor()?;
                Ok(Tree {
                    span: start.to(inner.span),
                    kind: Kind::Terms(vec![(sign, inner)]),
                })
            }
            _ => {
                if p.factor_ahead(true)
                    && let Some(factor) = p.factor(true)?
                {
                    return Ok(factor);
                }
                Err(p.expected("a factor"))
            }
        })
    }

    /// Layout between factors within brackets says nothing, but before anything else it stays.
    fn skip_within_product(&mut self) {
        let saved = self.at;
        self.skip_layout();
        if self.at > saved
            && !self.factor_ahead(false)
            && !matches!(self.peek(), Some(Lexeme::Times | Lexeme::Slash))
        {
            self.at = saved;
        }
    }

    fn factor_ahead(&self, first: bool) -> bool {
        match self.peek() {
            Some(Lexeme::Words(_)) => first || self.nesting > 0,
            Some(Lexeme::Bar) => !self.evaluation_ahead() && self.bar_opens(first),
            Some(Lexeme::DoubleBar) => self.bar_opens(first),
            Some(Lexeme::Begin(name)) => {
                first || self.nesting > 0 || matches!(purpose(name), Some(Purpose::Matrix(_)))
            }
            Some(Lexeme::Up) => first && self.nesting > 0 && self.tokens.get(self.at + 1).is_some(),
            _ => self.starts_operand(),
        }
    }

    /// Bars pair from the left; behind an operand an odd bar parts (`P(A | B)`).
    fn bar_opens(&self, first: bool) -> bool {
        if first {
            return true;
        }
        let left = self.bars_left.get(self.at).copied().unwrap_or(0);
        // `P || Q`: two bars that pair with none.
        let parts = left % 4 == 2 && self.double_bar();
        !self.in_bars && left % 2 == 0 && !parts
    }

    /// Whether two bars stand at the cursor side by side.
    pub(super) fn double_bar(&self) -> bool {
        self.peek() == Some(&Lexeme::Bar)
            && self.look(1) == Some(&Lexeme::Bar)
            && self
                .tokens
                .get(self.at + 1)
                .is_some_and(|next| next.span.start == self.span().end)
    }

    /// Whether the bar at the cursor is one of `F|_a^b`.
    fn evaluation_ahead(&self) -> bool {
        !self.in_bars
            && matches!(self.peek(), Some(Lexeme::Bar))
            && matches!(self.look(1), Some(Lexeme::Under | Lexeme::Up))
    }

    fn evaluation(&mut self, whole: Tree) -> Read<Tree> {
        self.at += 1;
        let (below, above) = self.limits()?;
        Ok(Tree {
            span: whole.span.to(self.before()),
            kind: Kind::Evaluated(Box::new(whole), below.map(Box::new), above.map(Box::new)),
        })
    }

    /// What stands below and above, in either order.
    pub(super) fn limits(&mut self) -> Read<(Option<Tree>, Option<Tree>)> {
        let (mut below, mut above) = (None, None);
        loop {
            match self.peek() {
                Some(Lexeme::Macro(Macro::Limits)) => self.at += 1,
                Some(Lexeme::Under) if below.is_none() => {
                    self.at += 1;
                    below = Some(self.argument()?);
                }
                Some(Lexeme::Up) if above.is_none() => {
                    self.at += 1;
                    above = Some(self.argument()?);
                }
                _ => return Ok((below, above)),
            }
        }
    }

    /// One factor; `None` where only layout (`{}`) stood there.
    fn factor(&mut self, first: bool) -> Read<Option<Tree>> {
        let start = self.span();
        match self.peek() {
            Some(Lexeme::Big(operator)) => {
                let operator = *operator;
                self.at += 1;
                self.deeper(|p| p.big(operator, start)).map(Some)
            }
            Some(Lexeme::Word(word)) if !self.latex => {
                if let Some(operator) = names::big_operator(word)
                    && self.look(1) == Some(&Lexeme::Under)
                {
                    self.at += 1;
                    return self.deeper(|p| p.big(operator, start)).map(Some);
                }
                if calculus::ahead(self) {
                    return self.deeper(calculus::operator).map(Some);
                }
                self.scripted(first)
            }
            Some(Lexeme::Integral(_)) => self.deeper(calculus::integral).map(Some),
            Some(Lexeme::Nabla) => self.deeper(calculus::gradient).map(Some),
            _ if calculus::ahead(self) => self.deeper(calculus::operator).map(Some),
            _ => self.scripted(first),
        }
    }

    /// Σ, Π, lim, max: the product to the right is the body.
    pub(super) fn big(&mut self, operator: BigOperator, start: crate::source::Span) -> Read<Tree> {
        let (below, above) = self.limits()?;
        self.big_with(operator, start, below, above)
    }

    /// The same with the index read already.
    pub(super) fn big_with(
        &mut self,
        operator: BigOperator,
        start: crate::source::Span,
        below: Option<Tree>,
        above: Option<Tree>,
    ) -> Read<Tree> {
        let function = !matches!(
            operator,
            BigOperator::Sum
                | BigOperator::Product
                | BigOperator::Limit
                | BigOperator::Union
                | BigOperator::Intersection
        );
        if function && below.is_none() {
            // `max(a, b)`: a function by that name.
            let name = Tree {
                span: start,
                kind: Kind::Name(Name {
                    base: names::operator_name(operator).into(),
                    ..Name::default()
                }),
            };
            return Ok(name);
        }
        self.continue_row();
        let body = self.product()?;
        Ok(Tree {
            span: start.to(body.span),
            kind: Kind::Big {
                operator,
                below: below.map(Box::new),
                above: above.map(Box::new),
                body: Box::new(body),
                guessed: false,
            },
        })
    }
}

#[derive(Clone, Copy)]
enum Operator {
    Times,
    Slash,
    Circled(bool),
}

/// Joins the factors `run` to what stands left of their operator.
fn fold(left: Option<(Operator, Tree)>, mut run: Vec<Tree>) -> Tree {
    let right = if run.len() == 1 {
        run.swap_remove(0)
    } else {
        let span = run
            .iter()
            .map(|t| t.span)
            .reduce(crate::source::Span::to)
            .unwrap_or_default();
        Tree {
            span,
            kind: Kind::Juxtaposition(run),
        }
    };
    let Some((operator, left)) = left else {
        return right;
    };
    let span = left.span.to(right.span);
    let (left, right) = (Box::new(left), Box::new(right));
    let kind = match operator {
        Operator::Times => Kind::Times(left, right),
        Operator::Slash => Kind::Slash(left, right),
        Operator::Circled(hadamard) => Kind::CircledTimes(left, right, hadamard),
    };
    Tree { span, kind }
}
