//! Derivatives, gradients and integrals, in the spellings of Leibniz and Nabla.

use super::atom::{named, spelled};
use super::parser::{Parser, Read};
use super::token::{Delimiter, Lexeme, Macro};
use super::tree::{Kind, Tree};
use crate::source::Span;

/// The `d` or `∂` at a token: which it is, where what follows begins, and the letters behind a
/// `d` that stand in one word with it (`dx`).
struct Head<'t> {
    partial: bool,
    next: usize,
    rest: Option<&'t str>,
}

fn head<'t>(p: &Parser<'t>, at: usize) -> Option<Head<'t>> {
    let lexeme = |i: usize| p.tokens.get(i).filter(|_| i < p.end).map(|t| &t.lexeme);
    let plain = |next| Head {
        partial: false,
        next,
        rest: None,
    };
    match lexeme(at)? {
        Lexeme::Partial => Some(Head {
            partial: true,
            next: at + 1,
            rest: None,
        }),
        Lexeme::Name(name) if name.base == "d" && name.accents.is_empty() => Some(plain(at + 1)),
        Lexeme::Macro(Macro::Upright) => match (lexeme(at + 1)?, lexeme(at + 2)?) {
            (Lexeme::Name(name), _) if name.base == "d" => Some(plain(at + 2)),
            (Lexeme::OpenBrace, Lexeme::Name(name)) if name.base == "d" => match lexeme(at + 3)? {
                Lexeme::CloseBrace => Some(plain(at + 4)),
                _ => None,
            },
            _ => None,
        },
        Lexeme::Word(word) => match word.strip_prefix('d')? {
            "" => Some(plain(at + 1)),
            _ if super::names::function(word).is_some()
                || super::command::greek(word).is_some() =>
            {
                None
            }
            rest => Some(Head {
                partial: false,
                next: at + 1,
                rest: Some(rest),
            }),
        },
        _ => None,
    }
}

/// Whether a letter follows the head: what it differentiates by.
fn has_variable(p: &Parser<'_>, head: &Head<'_>) -> bool {
    head.rest.is_some()
        || match p
            .tokens
            .get(head.next)
            .filter(|_| head.next < p.end)
            .map(|t| &t.lexeme)
        {
            Some(Lexeme::Name(name)) => super::names::function(&name.base).is_none(),
            Some(
                Lexeme::Word(_)
                | Lexeme::Macro(Macro::Style(_) | Macro::Accent(_) | Macro::Upright),
            ) => true,
            _ => false,
        }
}

/// Whether a differential (`dx`) stands at the cursor.
pub(super) fn differential_ahead(p: &Parser<'_>) -> bool {
    head(p, p.at).is_some_and(|h| !h.partial && has_variable(p, &h) && !slash_derivative(p))
}

/// Whether a derivative stands at the cursor.
pub(super) fn ahead(p: &Parser<'_>) -> bool {
    match p.peek() {
        Some(Lexeme::Macro(Macro::Fraction)) => {
            let Some((above, behind)) = argument_range(p, p.at + 1) else {
                return false;
            };
            let Some((below, _)) = argument_range(p, behind) else {
                return false;
            };
            is_derivative(p, above, below)
        }
        Some(Lexeme::Macro(Macro::Derivative(_))) => true,
        Some(Lexeme::Partial) => p.look(1) == Some(&Lexeme::Under) || slash_derivative(p),
        Some(Lexeme::Name(_) | Lexeme::Word(_) | Lexeme::Macro(Macro::Upright)) => {
            slash_derivative(p)
        }
        _ => false,
    }
}

type Range = (usize, usize);

/// The tokens of the argument at `at`, and where the next begins.
fn argument_range(p: &Parser<'_>, at: usize) -> Option<(Range, usize)> {
    let token = p.tokens.get(at).filter(|_| at < p.end)?;
    if token.lexeme == Lexeme::OpenBrace && token.partner > at {
        Some(((at + 1, token.partner), token.partner + 1))
    } else {
        Some(((at, at + 1), at + 1))
    }
}

fn is_derivative(p: &Parser<'_>, above: Range, below: Range) -> bool {
    let (Some(top), Some(bottom)) = (head(p, above.0), head(p, below.0)) else {
        return false;
    };
    if top.partial != bottom.partial
        || top.next > above.1
        || bottom.next > below.1
        || !has_variable(p, &bottom)
    {
        return false;
    }
    // `\frac{d + 1}{dx}` is none: behind the head stands an order, a function or nothing.
    let after = p
        .tokens
        .get(top.next)
        .filter(|_| top.next < above.1)
        .map(|t| &t.lexeme);
    if matches!(
        after,
        Some(
            Lexeme::Sign(_)
                | Lexeme::Times
                | Lexeme::Slash
                | Lexeme::Under
                | Lexeme::Prime(_)
                | Lexeme::Relation(_)
        )
    ) {
        return false;
    }
    // Below stand differentials alone: no sign, no bracket.
    let mut at = below.0;
    while at < below.1 {
        let Some(token) = p.tokens.get(at) else {
            return false;
        };
        match &token.lexeme {
            Lexeme::Sign(_)
            | Lexeme::Times
            | Lexeme::Slash
            | Lexeme::Open(..)
            | Lexeme::Macro(Macro::Fraction) => {
                return false;
            }
            Lexeme::Up | Lexeme::Under => {
                let Some((_, next)) = argument_range(p, at + 1) else {
                    return false;
                };
                at = next;
            }
            _ => at = token.partner.max(at) + 1,
        }
    }
    true
}

/// Whether `∂A/∂v` or `dA/dv` begins at the cursor.
fn slash_derivative(p: &Parser<'_>) -> bool {
    slash_place(p).is_some()
}

fn slash_place(p: &Parser<'_>) -> Option<usize> {
    let top = head(p, p.at)?;
    let mut at = top.next;
    for _ in 0..24 {
        let token = p.tokens.get(at).filter(|_| at < p.end)?;
        match &token.lexeme {
            Lexeme::Slash => {
                let mut below = at + 1;
                if matches!(
                    p.tokens.get(below)?.lexeme,
                    Lexeme::Open(Delimiter::Round, _)
                ) {
                    below += 1;
                }
                let bottom = head(p, below)?;
                return (bottom.partial == top.partial && has_variable(p, &bottom)).then_some(at);
            }
            // `\mathrm{d}` alone is no function.
            Lexeme::Name(_)
            | Lexeme::Word(_)
            | Lexeme::Number(_)
            | Lexeme::Under
            | Lexeme::Up
            | Lexeme::OpenBrace
            | Lexeme::Prime(_)
            | Lexeme::Open(..)
            | Lexeme::Bar
            | Lexeme::DoubleBar
            | Lexeme::Macro(
                Macro::Style(_)
                | Macro::Accent(_)
                | Macro::Upright
                | Macro::Operator
                | Macro::Fraction
                | Macro::Root,
            ) => at = token.partner.max(at) + 1,
            _ => return None,
        }
    }
    None
}

/// A derivative at the cursor; where it is an operator alone, with the product to its right.
pub(super) fn operator(p: &mut Parser<'_>) -> Read<Tree> {
    let start = p.span();
    match p.peek() {
        Some(Lexeme::Macro(Macro::Fraction)) => {
            p.at += 1;
            let tree = fraction(p, start)?;
            p.scripts(tree)
        }
        Some(Lexeme::Macro(Macro::Derivative(partial))) => {
            let partial = *partial;
            p.at += 1;
            command(p, start, partial)
        }
        Some(Lexeme::Partial) if p.look(1) == Some(&Lexeme::Under) => {
            p.at += 2;
            let by = p.argument()?;
            finish(p, start, true, None, vec![(by, 1)])
        }
        _ => slash(p),
    }
}

/// The order behind a head: `^2`, `²`, `^{n}`; 1 where none stands.
fn order(p: &mut Parser<'_>) -> Read<u32> {
    if !p.eat(&Lexeme::Up) {
        return Ok(1);
    }
    let tree = p.argument()?;
    match &tree.kind {
        Kind::Number(digits) => match digits.parse() {
            Ok(n @ 1..=64) => Ok(n),
            _ => p.fail(
                tree.span,
                "the order of a derivative is a number from 1 to 64",
            ),
        },
        _ => p.fail(
            tree.span,
            format!(
                "found {} where the order of a derivative was expected",
                p.source(tree.span)
            ),
        ),
    }
}

/// What stands below: differentials up to `end`, `order` of them in all.
fn variables(p: &mut Parser<'_>, total: u32, partial: bool) -> Read<Vec<(Tree, u32)>> {
    let mut by: Vec<(Tree, u32)> = Vec::new();
    while let Some(next) = head(p, p.at) {
        if next.partial != partial
            || !has_variable(p, &next)
            || (!by.is_empty() && by.iter().map(|b| b.1).sum::<u32>() >= total)
        {
            break;
        }
        let start = p.span();
        let variable = if let Some(rest) = next.rest {
            p.at = next.next;
            let span = Span::new(start.start + 1, start.end);
            let base = Tree {
                span,
                kind: Kind::Name(spelled(rest)),
            };
            p.scripts(base)?
        } else {
            p.at = next.next;
            match p.scripted(true)? {
                Some(variable) => variable,
                None => return Err(p.expected("a variable")),
            }
        };
        match variable.kind {
            Kind::Superscript(base, exponent, false) if total > 1 => match &exponent.kind {
                Kind::Number(digits) => {
                    let times = digits.parse().unwrap_or(1);
                    by.push((*base, times));
                }
                _ => {
                    let span = variable.span;
                    by.push((
                        Tree {
                            span,
                            kind: Kind::Superscript(base, exponent, false),
                        },
                        1,
                    ));
                }
            },
            kind => by.push((
                Tree {
                    span: variable.span,
                    kind,
                },
                1,
            )),
        }
    }
    Ok(by)
}

fn checked(p: &Parser<'_>, span: Span, by: Vec<(Tree, u32)>, total: u32) -> Read<Vec<(Tree, u32)>> {
    let sum: u32 = by.iter().map(|b| b.1).fold(0, u32::saturating_add);
    if by.is_empty() || sum != total {
        return p.fail(
            span,
            "the order of the derivative does not fit the variables below",
        );
    }
    Ok(by)
}

/// `∂A/∂v`, `d/dx (…)`
fn slash(p: &mut Parser<'_>) -> Read<Tree> {
    let start = p.span();
    let (Some(slash), Some(top)) = (slash_place(p), head(p, p.at)) else {
        return Err(p.expected("a derivative"));
    };
    p.at = top.next;
    let mut body = None;
    let mut total = 1;
    let mut base = None;
    if let Some(rest) = top.rest {
        let span = Span::new(start.start + 1, start.end);
        base = Some(Tree {
            span,
            kind: Kind::Name(spelled(rest)),
        });
    } else {
        total = order(p)?;
    }
    if let Some(base) = base {
        // `dL_reg/dw`: the letters behind the d begin the function.
        body = Some(p.within(slash, |p| {
            let first = p.scripts(base)?;
            if p.at >= p.end {
                return Ok(first);
            }
            let rest = p.product()?;
            let span = first.span.to(rest.span);
            let mut factors = vec![first];
            match rest.kind {
                Kind::Juxtaposition(more) => factors.extend(more),
                _ => factors.push(rest),
            }
            Ok(Tree {
                span,
                kind: Kind::Juxtaposition(factors),
            })
        })?);
    } else if p.at < slash {
        body = Some(p.within(slash, Parser::product)?);
    }
    p.at = slash + 1;
    let by = if matches!(p.peek(), Some(Lexeme::Open(..))) {
        let Some(close) = p.partner() else {
            return Err(p.expected("a closed bracket"));
        };
        p.at += 1;
        let by = p.whole(close, |p| variables(p, total, top.partial))?;
        p.at = close + 1;
        by
    } else {
        variables(p, total, top.partial)?
    };
    let by = checked(p, start.to(p.before()), by, total)?;
    finish(p, start, top.partial, body, by)
}

/// The fraction whose command stands right before the cursor: a derivative, or a fraction.
pub(super) fn fraction(p: &mut Parser<'_>, start: Span) -> Read<Tree> {
    if let Some((above, behind)) = argument_range(p, p.at)
        && let Some((below, end)) = argument_range(p, behind)
        && is_derivative(p, above, below)
        && let Some(top) = head(p, above.0)
    {
        p.at = top.next;
        let (body, total) = p.within(above.1, |p| {
            let total = order(p)?;
            let body = if p.at < p.end {
                Some(p.contents()?)
            } else {
                None
            };
            Ok((body, total))
        })?;
        p.at = below.0;
        let by = p.whole(below.1, |p| variables(p, total, top.partial))?;
        p.at = end;
        let by = checked(p, start.to(p.before()), by, total)?;
        return finish(p, start, top.partial, body, by);
    }
    let above = if p.in_integral && p.differential.is_none() {
        numerator(p)?
    } else {
        p.argument()?
    };
    let below = p.argument()?;
    Ok(Tree {
        span: start.to(p.before()),
        kind: Kind::Fraction(Box::new(above), Box::new(below)),
    })
}

/// A numerator that may end in the differential of the integral around it: `\frac{x dx}{x + 1}`.
fn numerator(p: &mut Parser<'_>) -> Read<Tree> {
    let Some(close) = p.partner().filter(|_| p.peek() == Some(&Lexeme::OpenBrace)) else {
        return p.argument();
    };
    p.at += 1;
    let tree = p.whole(close, |p| {
        p.in_integral = true;
        let tree = if p.at >= p.end {
            p.empty()
        } else {
            p.contents()?
        };
        if differential_ahead(p) {
            let variable = differential(p)?;
            p.differential = Some(variable);
        }
        Ok(tree)
    })?;
    p.at = close + 1;
    Ok(one_for_nothing(tree))
}

fn one_for_nothing(tree: Tree) -> Tree {
    if tree.kind == Kind::Empty {
        return Tree {
            span: tree.span,
            kind: Kind::Number("1".into()),
        };
    }
    tree
}

/// `\pdv{f}{x}`, `\dv[2]{f}{x}`, `\pdv{x}`: the command stands right before the cursor.
pub(super) fn command(p: &mut Parser<'_>, start: Span, partial: bool) -> Read<Tree> {
    let mut total = 1;
    p.eat(&Lexeme::Times);
    if let (Some(Lexeme::Open(Delimiter::Square, false)), Some(close)) = (p.peek(), p.partner()) {
        p.at += 1;
        let tree = p.whole(close, Parser::contents)?;
        p.at = close + 1;
        total = match &tree.kind {
            Kind::Number(digits) => digits.parse().unwrap_or(1),
            _ => return p.fail(tree.span, "the order of a derivative is a number"),
        };
    }
    let mut arguments = vec![p.argument()?];
    while p.peek() == Some(&Lexeme::OpenBrace) && arguments.len() < 3 {
        arguments.push(p.argument()?);
    }
    let body = (arguments.len() > 1).then(|| arguments.remove(0));
    let by = if arguments.len() == 1 {
        arguments.into_iter().map(|t| (t, total)).collect()
    } else {
        arguments.into_iter().map(|t| (t, 1)).collect()
    };
    finish(p, start, partial, body, by)
}

/// Gives an operator alone the product to its right.
fn finish(
    p: &mut Parser<'_>,
    start: Span,
    partial: bool,
    body: Option<Tree>,
    by: Vec<(Tree, u32)>,
) -> Read<Tree> {
    let mut guessed = false;
    let body = match body {
        Some(body) => Some(body),
        None if p.starts_operand()
            || matches!(
                p.peek(),
                Some(Lexeme::Sign(_) | Lexeme::Bar | Lexeme::DoubleBar)
            ) =>
        {
            let body = p.deeper(Parser::product)?;
            guessed = match &body.kind {
                Kind::Juxtaposition(factors) => factors.first().is_some_and(bracketed),
                Kind::Times(left, _) | Kind::Slash(left, _) => bracketed(left),
                _ => false,
            };
            Some(body)
        }
        None => None,
    };
    Ok(Tree {
        span: start.to(p.before()),
        kind: Kind::Derivative {
            partial,
            body: body.map(Box::new),
            by,
            guessed,
        },
    })
}

fn bracketed(tree: &Tree) -> bool {
    match &tree.kind {
        Kind::Group(..) => true,
        Kind::Superscript(base, ..) => bracketed(base),
        Kind::Juxtaposition(factors) => factors.first().is_some_and(bracketed),
        Kind::Times(left, _) | Kind::Slash(left, _) => bracketed(left),
        _ => false,
    }
}

/// The variable of the differential at the cursor.
fn differential(p: &mut Parser<'_>) -> Read<Tree> {
    let Some(found) = head(p, p.at) else {
        return Err(p.expected("d and a variable"));
    };
    let span = p.span();
    p.at = found.next;
    if let Some(rest) = found.rest {
        let base = Tree {
            span: Span::new(span.start + 1, span.end),
            kind: Kind::Name(spelled(rest)),
        };
        return p.scripts(base);
    }
    match p.scripted(true)? {
        Some(variable) => Ok(variable),
        None => Err(p.expected("a variable")),
    }
}

/// `∫_a^b f dx`: everything up to its `dx`.
pub(super) fn integral(p: &mut Parser<'_>) -> Read<Tree> {
    let start = p.span();
    let folds = match p.peek() {
        Some(Lexeme::Integral(n)) => *n,
        _ => 1,
    };
    p.at += 1;
    let (below, above) = p.limits()?;
    let saved = (p.in_integral, p.differential.take());
    p.in_integral = true;
    let body = p.sum();
    p.in_integral = saved.0;
    let mut body = body?;
    let mut by = Vec::new();
    for _ in 0..folds {
        if differential_ahead(p) {
            by.push(differential(p)?);
        }
    }
    if let Some(variable) = std::mem::replace(&mut p.differential, saved.1)
        && by.is_empty()
    {
        by.push(variable);
    }
    if body.kind == Kind::Empty {
        // `∫ dx f`: the differential first.
        body = if p.starts_operand() && !differential_ahead(p) {
            p.product()?
        } else {
            one_for_nothing(body)
        };
    }
    if by.is_empty() {
        by.push(p.empty());
    }
    let limits = match (below, above) {
        (None, None) => None,
        (below, above) => {
            let below = below.unwrap_or_else(|| p.empty());
            let above = above.unwrap_or_else(|| p.empty());
            Some((Box::new(below), Box::new(above)))
        }
    };
    let span = start.to(p.before());
    let mut limits = Some(limits);
    let count = by.len();
    let mut tree = body;
    for (i, variable) in by.into_iter().enumerate() {
        let limits = if i + 1 == count {
            limits.take().flatten()
        } else {
            None
        };
        tree = Tree {
            span,
            kind: Kind::Integral {
                limits,
                body: Box::new(tree),
                by: Box::new(variable),
            },
        };
    }
    Ok(tree)
}

/// `∇f(w)`, `∇_θ f`, `∇²f`.
pub(super) fn gradient(p: &mut Parser<'_>) -> Read<Tree> {
    let start = p.span();
    p.at += 1;
    let (by, power) = p.limits()?;
    let order = match power.as_ref().map(|t| &t.kind) {
        None => 1,
        Some(Kind::Number(digits)) if digits == "2" => 2,
        Some(_) => {
            return p.fail(
                start.to(p.before()),
                "∇ stands to the first or second power only",
            );
        }
    };
    let bars = matches!(p.peek(), Some(Lexeme::Bar | Lexeme::DoubleBar)) && !p.in_bars;
    if !p.starts_operand() && !bars {
        return Ok(named(start, "∇"));
    }
    let body = if ahead(p) || matches!(p.peek(), Some(Lexeme::Big(_) | Lexeme::Integral(_))) {
        p.product()?
    } else if matches!(p.peek(), Some(Lexeme::Open(..))) || bars {
        let saved = p.at;
        let group = if bars { p.bars()? } else { p.group()? };
        let said = (start, by.clone(), order);
        let tree = raised(p, said, group)?;
        // As ∂/∂x, ∇_x takes the product to its right: `∇_x (bᵀ x)/(xᵀ x)`.
        if by.is_none() || !goes_on(p) || !matches!(tree.kind, Kind::Gradient(..)) {
            return Ok(tree);
        }
        p.at = saved;
        p.product()?
    } else {
        let saved = p.at;
        let Some(function) = p.scripted(true)? else {
            return Err(p.expected("a function"));
        };
        let called = matches!(p.peek(), Some(Lexeme::Open(..)));
        let plain = match function.kind {
            Kind::Number(_) | Kind::Fraction(..) => true,
            Kind::Name(_) => !called,
            _ => false,
        };
        if by.is_some() && plain && goes_on(p) {
            // `∇_w 1/2 ‖w‖²`, `∇_w λ ‖w‖²`
            p.at = saved;
            let body = p.product()?;
            return Ok(applied(p, (start, by, order), body));
        }
        if by.is_some() && is_transposed(&function) {
            // `∇_x xᵀ A x`
            p.at = saved;
            let body = p.product()?;
            return Ok(applied(p, (start, by, order), body));
        }
        if matches!(
            p.peek(),
            Some(Lexeme::Open(Delimiter::Round | Delimiter::Square, _))
        ) && p.partner().is_some()
        {
            let argument = p.group()?;
            Tree {
                span: function.span.to(argument.span),
                kind: Kind::Juxtaposition(vec![function, argument]),
            }
        } else {
            function
        }
    };
    let tree = applied(p, (start, by, order), body);
    p.scripts(tree)
}

/// ∇ of a body, and what is said of it: where it begins, the variable, the order.
fn applied(p: &Parser<'_>, (start, by, order): (Span, Option<Tree>, u32), body: Tree) -> Tree {
    Tree {
        span: start.to(p.before()),
        kind: Kind::Gradient(by.map(Box::new), order, Box::new(body)),
    }
}

/// Whether further factors follow.
fn goes_on(p: &Parser<'_>) -> bool {
    let bars = matches!(p.peek(), Some(Lexeme::Bar | Lexeme::DoubleBar)) && !p.in_bars;
    bars || p.peek() == Some(&Lexeme::Slash) || p.starts_operand()
}

/// `∇_x (f)²` is the gradient of the power; `∇_x (f)ᵀ` is transposed as a whole.
fn raised(p: &mut Parser<'_>, said: (Span, Option<Tree>, u32), group: Tree) -> Read<Tree> {
    let body = p.scripts(group)?;
    if !is_transposed(&body) {
        return Ok(applied(p, said, body));
    }
    let Kind::Superscript(base, exponent, surely) = body.kind else {
        return Ok(applied(p, said, body));
    };
    let tree = applied(p, said, *base);
    Ok(Tree {
        span: tree.span.to(body.span),
        kind: Kind::Superscript(Box::new(tree), exponent, surely),
    })
}

/// Whether a tree is written with an exponent that transposes.
fn is_transposed(tree: &Tree) -> bool {
    let Kind::Superscript(_, exponent, _) = &tree.kind else {
        return false;
    };
    match &exponent.kind {
        Kind::Name(name) => matches!(name.base.as_str(), "T" | "⊤" | "⊺" | "ᵀ" | "top"),
        Kind::Text(word) => word.trim() == "T",
        _ => false,
    }
}
