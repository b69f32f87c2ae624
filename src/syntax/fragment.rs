//! A fragment: statements, arrows, separators, labels, words. One bad statement spoils no other.

use super::bounds::{self, LONGEST_STATEMENT, TOO_LONG};
use super::element::{Element, ElementKind, Separator};
use super::environment::{self, Purpose};
use super::lexer;
use super::nest;
use super::parser::Parser;
use super::token::{Delimiter, Lexeme, Macro, Token};
use super::tree::{Arrow, Bracket, Kind, Tree};
use crate::source::{Span, closing_line};

pub(super) fn parse(text: &str, latex: bool) -> Vec<Element> {
    let mut out = Vec::new();
    if latex {
        piece(text, text, 0, true, &mut out);
        return out;
    }
    let mut offset = 0;
    while offset <= text.len() {
        if offset > 0 {
            let at = offset_of(offset - 1);
            out.push(element(
                Span::new(at, at + 1),
                ElementKind::Separator(Separator::Line),
            ));
        }
        let rest = text.get(offset..).unwrap_or("");
        let end = offset + rest.find('\n').unwrap_or(rest.len());
        let whole = closing_line(text, offset, end);
        let line = text.get(offset..whole).unwrap_or("");
        if whole > end {
            piece(&line.replace('\n', " "), text, offset, false, &mut out);
        } else {
            piece(line, text, offset, false, &mut out);
        }
        offset = whole + 1;
    }
    out
}

fn offset_of(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn element(span: Span, kind: ElementKind) -> Element {
    Element { span, kind }
}

fn piece(text: &str, whole: &str, offset: usize, latex: bool, out: &mut Vec<Element>) {
    match bounds::depth(text) {
        Err((from, to, message)) => {
            let span = Span::new(offset_of(offset + from), offset_of(offset + to));
            out.push(element(span, ElementKind::Error(message.into())));
        }
        Ok(depth) => out.extend(bounds::with_room(depth, || {
            let mut found = Vec::new();
            with_parser(text, whole, offset, latex, |p| elements(p, &mut found));
            found
        })),
    }
}

/// Runs `read` on a parser over all tokens of `text`.
pub(super) fn with_parser<T>(
    text: &str,
    whole: &str,
    offset: usize,
    latex: bool,
    read: impl FnOnce(&mut Parser<'_>) -> T,
) -> T {
    let mut tokens: Vec<Token> = lexer::tokens(text, offset_of(offset), latex);
    nest::pair(&mut tokens);
    let bars_left = nest::bars_left(&tokens);
    let mut parser = Parser {
        tokens: &tokens,
        text: whole,
        latex,
        bars_left: &bars_left,
        at: 0,
        end: tokens.len(),
        nesting: 0,
        depth: 0,
        in_bars: false,
        in_integral: false,
        flattened: 0,
        differential: None,
    };
    read(&mut parser)
}

/// Reads elements from the cursor to the end of its range.
fn elements(p: &mut Parser<'_>, out: &mut Vec<Element>) {
    // Whether a statement may begin here with a bullet or a label.
    let mut fresh = true;
    while p.at < p.end {
        let span = p.span();
        let Some(lexeme) = p.peek() else { break };
        let kind = match lexeme {
            Lexeme::Comma => Some(ElementKind::Separator(Separator::Comma)),
            Lexeme::Semicolon => Some(ElementKind::Separator(Separator::Semicolon)),
            Lexeme::Quad => Some(ElementKind::Separator(Separator::Quad)),
            Lexeme::Row => Some(ElementKind::Separator(Separator::Row)),
            Lexeme::Arrow(arrow) => Some(ElementKind::Arrow(*arrow, Vec::new(), String::new())),
            Lexeme::Words(words) if words == "solve for" => {
                solve_for(p, out);
                fresh = true;
                continue;
            }
            Lexeme::Words(words) => Some(ElementKind::Text(words.clone())),
            Lexeme::Label(label) => Some(ElementKind::Label(label.clone())),
            Lexeme::Bullet => Some(ElementKind::Bullet),
            Lexeme::Times if fresh => Some(ElementKind::Bullet),
            Lexeme::Ampersand => {
                ampersand(p, out);
                p.at += 1;
                continue;
            }
            Lexeme::Join(_) => Some(ElementKind::Text(p.source(span).into())),
            Lexeme::Stop | Lexeme::Colon => {
                p.at += 1;
                continue;
            }
            Lexeme::Macro(Macro::Arrow(arrow)) => {
                labelled_arrow(p, *arrow, out);
                fresh = true;
                continue;
            }
            Lexeme::Macro(Macro::Overset | Macro::Underset) if overset_arrow(p, out) => {
                fresh = true;
                continue;
            }
            Lexeme::Begin(_) | Lexeme::Open(..) if fresh && flatten(p, out) => {
                fresh = false;
                continue;
            }
            Lexeme::Open(Delimiter::Round, _) if fresh && label(p, out) => continue,
            _ => None,
        };
        if let Some(kind) = kind {
            fresh = !matches!(kind, ElementKind::Bullet) || fresh;
            if matches!(kind, ElementKind::Text(_)) {
                fresh = true;
            }
            out.push(element(span, kind));
            p.at += 1;
            continue;
        }
        statement(p, out);
        fresh = false;
    }
}

/// `solve for x, y:` is one text.
fn solve_for(p: &mut Parser<'_>, out: &mut Vec<Element>) {
    let start = p.span();
    p.at += 1;
    for _ in 0..12 {
        match p.peek() {
            Some(
                Lexeme::Name(_)
                | Lexeme::Word(_)
                | Lexeme::Comma
                | Lexeme::Join(_)
                | Lexeme::Under
                | Lexeme::Number(_),
            ) => {
                p.at += 1;
            }
            _ => break,
        }
    }
    let span = start.to(p.before());
    out.push(element(span, ElementKind::Text(p.source(span).into())));
}

/// One statement, or the error that stands for it.
fn statement(p: &mut Parser<'_>, out: &mut Vec<Element>) {
    let start = p.at;
    let from = p.span();
    let end = statement_end(p);
    let length = p
        .tokens
        .get(end.saturating_sub(1))
        .map_or(0, |t| t.span.end.saturating_sub(from.start));
    if length as usize > LONGEST_STATEMENT {
        p.at = end.max(start + 1);
        out.push(element(
            from.to(p.before()),
            ElementKind::Error(TOO_LONG.into()),
        ));
        return;
    }
    p.differential = None;
    (p.depth, p.nesting, p.in_bars, p.in_integral) = (0, 0, false, false);
    let outcome = p.statement().and_then(|tree| {
        if ends_statement(p) && p.at > start {
            Ok(tree)
        } else {
            Err(p.expected("an operator, a relation or the end"))
        }
    });
    match outcome {
        Ok(tree) => {
            let (tree, label) = split_label(p, tree);
            let Some(tree) = attach(tree, out) else {
                return;
            };
            out.push(element(tree.span, ElementKind::Formula(tree)));
            out.extend(label);
        }
        Err(failure) => {
            let reached = p.at;
            p.at = start;
            let end = statement_end(p).max(reached.min(p.end)).max(start + 1);
            p.at = end;
            (p.depth, p.nesting, p.in_bars, p.in_integral) = (0, 0, false, false);
            let span = failure.span;
            out.push(element(span, ElementKind::Error(failure.message)));
        }
    }
}

/// `S \quad ∀ k`: what is bound alone goes to the statement before it.
fn attach(tree: Tree, out: &mut Vec<Element>) -> Option<Tree> {
    let alone = matches!(&tree.kind, Kind::ForAll(statement, _) if statement.kind == Kind::Empty);
    let gap = matches!(
        out.last().map(|e| &e.kind),
        Some(ElementKind::Separator(Separator::Quad | Separator::Comma))
    );
    let mut back = out.len();
    while back > 0
        && matches!(
            out.get(back - 1).map(|e| &e.kind),
            Some(ElementKind::Separator(Separator::Quad | Separator::Comma))
        )
    {
        back -= 1;
    }
    if !alone
        || !gap
        || !matches!(
            out.get(back.wrapping_sub(1)).map(|e| &e.kind),
            Some(ElementKind::Formula(_))
        )
    {
        return Some(tree);
    }
    out.truncate(back);
    if let Some(Element {
        span,
        kind: ElementKind::Formula(statement),
    }) = out.last_mut()
        && let Kind::ForAll(_, bound) = tree.kind
    {
        let inner = std::mem::replace(
            statement,
            Tree {
                span: tree.span,
                kind: Kind::Empty,
            },
        );
        *span = span.to(tree.span);
        *statement = Tree {
            span: *span,
            kind: Kind::ForAll(Box::new(inner), bound),
        };
    }
    None
}

/// Where the statement that begins at the cursor ends at the latest: at a separator or arrow.
fn statement_end(p: &Parser<'_>) -> usize {
    let mut at = p.at;
    while at < p.end {
        let Some(token) = p.tokens.get(at) else { break };
        match token.lexeme {
            Lexeme::Semicolon
            | Lexeme::Quad
            | Lexeme::Row
            | Lexeme::Comma
            | Lexeme::Arrow(_)
            | Lexeme::Macro(Macro::Arrow(_))
            | Lexeme::Label(_)
                if at > p.at =>
            {
                return at;
            }
            _ => at = token.partner.max(at) + 1,
        }
    }
    p.end
}

/// Whether what stands at the cursor may follow a statement.
fn ends_statement(p: &mut Parser<'_>) -> bool {
    match p.peek() {
        None => true,
        Some(lexeme) => match lexeme {
            Lexeme::Comma
            | Lexeme::Semicolon
            | Lexeme::Quad
            | Lexeme::Row
            | Lexeme::Arrow(_)
            | Lexeme::Words(_)
            | Lexeme::Label(_)
            | Lexeme::Bullet
            | Lexeme::Ampersand
            | Lexeme::Stop
            | Lexeme::Colon
            | Lexeme::Begin(_)
            | Lexeme::Macro(Macro::Arrow(_)) => true,
            Lexeme::Macro(Macro::Overset | Macro::Underset) => braced_arrow(p).is_some(),
            _ => false,
        },
    }
}

/// `&` aligns; between two operands it keeps statements apart.
fn ampersand(p: &Parser<'_>, out: &mut Vec<Element>) {
    let operand_before = matches!(out.last().map(|e| &e.kind), Some(ElementKind::Formula(_)));
    let next = p.look(1);
    let ends = matches!(
        next,
        None | Some(Lexeme::Row | Lexeme::Ampersand | Lexeme::Comma | Lexeme::Semicolon)
    );
    if operand_before && !ends {
        out.push(element(p.span(), ElementKind::Separator(Separator::Quad)));
    }
}

/// `(3)` or `(a)` alone, or before a colon.
fn label(p: &mut Parser<'_>, out: &mut Vec<Element>) -> bool {
    let Some(close) = p.partner() else {
        return false;
    };
    let inside = p.tokens.get(p.at + 1..close).unwrap_or_default();
    let [only] = inside else { return false };
    let text = match &only.lexeme {
        Lexeme::Number(digits) if digits.len() <= 3 && !digits.contains('.') => digits.clone(),
        Lexeme::Name(name) if name.base.len() == 1 => name.base.clone(),
        Lexeme::Word(word) if word.len() <= 4 => word.clone(),
        _ => return false,
    };
    let behind = p
        .tokens
        .get(close + 1)
        .filter(|_| close + 1 < p.end)
        .map(|t| &t.lexeme);
    let alone = matches!(
        behind,
        None | Some(
            Lexeme::Row
                | Lexeme::Quad
                | Lexeme::Colon
                | Lexeme::Comma
                | Lexeme::Semicolon
                | Lexeme::Stop
                | Lexeme::Ampersand
        )
    );
    if !alone {
        return false;
    }
    let span = p.span();
    p.at = close + 1;
    let span = span.to(p.before());
    p.eat(&Lexeme::Colon);
    out.push(element(span, ElementKind::Label(text)));
    true
}

/// A label at the end, set off by a wide gap: `x = 2    (3)`.
fn split_label(p: &Parser<'_>, mut tree: Tree) -> (Tree, Option<Element>) {
    let text = p.source(tree.span);
    let Some(at) = text.rfind('(').filter(|_| text.ends_with(')')) else {
        return (tree, None);
    };
    let inside = text.get(at + 1..text.len() - 1).unwrap_or("");
    let gap = text.get(..at).unwrap_or("");
    let wide = gap.ends_with("  ") || gap.ends_with('\t') || gap.ends_with('\u{2003}');
    if !wide
        || inside.is_empty()
        || inside.len() > 3
        || !inside.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        return (tree, None);
    }
    if !drop_last_group(&mut tree) {
        return (tree, None);
    }
    let start = tree.span.start + offset_of(at);
    let label = element(
        Span::new(start, tree.span.end),
        ElementKind::Label(inside.into()),
    );
    tree.span.end = tree.span.start + offset_of(gap.trim_end().len());
    (tree, Some(label))
}

fn drop_last_group(tree: &mut Tree) -> bool {
    match &mut tree.kind {
        Kind::Chain(_, links) => links.last_mut().is_some_and(|(_, _, t)| drop_last_group(t)),
        Kind::Terms(terms) => terms.last_mut().is_some_and(|(_, t)| drop_last_group(t)),
        Kind::Times(_, right) | Kind::Slash(_, right) => drop_last_group(right),
        Kind::Big { body, .. } => drop_last_group(body),
        Kind::Juxtaposition(factors) => {
            let group = matches!(
                factors.last().map(|t| &t.kind),
                Some(Kind::Group(Bracket::Round, _))
            );
            if group && factors.len() > 1 {
                factors.pop();
                if factors.len() == 1 {
                    let only = factors.swap_remove(0);
                    *tree = only;
                }
            }
            group
        }
        _ => false,
    }
}

/// `\xrightarrow[below]{above}`
fn labelled_arrow(p: &mut Parser<'_>, arrow: Arrow, out: &mut Vec<Element>) {
    let span = p.span();
    p.at += 1;
    let mut label = Vec::new();
    for _ in 0..2 {
        let bracketed = matches!(p.peek(), Some(Lexeme::Open(Delimiter::Square, false)));
        if !(bracketed || p.peek() == Some(&Lexeme::OpenBrace)) {
            break;
        }
        let Some(close) = p.partner() else { break };
        p.at += 1;
        part(p, close, &mut label);
        p.at = close + 1;
        if !bracketed {
            break;
        }
    }
    push_arrow(span.to(p.before()), arrow, label, out);
}

/// `\overset{(a)}{\Rightarrow}`
fn overset_arrow(p: &mut Parser<'_>, out: &mut Vec<Element>) -> bool {
    let Some((arrow, from, to, end)) = braced_arrow(p) else {
        return false;
    };
    let span = p.span();
    let mut label = Vec::new();
    p.at = from;
    part(p, to, &mut label);
    p.at = end;
    push_arrow(span.to(p.before()), arrow, label, out);
    true
}

/// The arrow of an `\overset` at the cursor, the range of its label, and where it ends.
fn braced_arrow(p: &Parser<'_>) -> Option<(Arrow, usize, usize, usize)> {
    let brace = p.at + 1;
    let token = p.tokens.get(brace)?;
    let (from, to, next) = if token.lexeme == Lexeme::OpenBrace && token.partner > brace {
        (brace + 1, token.partner, token.partner + 1)
    } else {
        (brace, brace + 1, brace + 1)
    };
    match (
        &p.tokens.get(next)?.lexeme,
        p.tokens.get(next + 1).map(|t| &t.lexeme),
    ) {
        (Lexeme::Arrow(arrow), _) => Some((*arrow, from, to, next + 1)),
        (Lexeme::OpenBrace, Some(Lexeme::Arrow(arrow))) => Some((*arrow, from, to, next + 3)),
        _ => None,
    }
}

fn push_arrow(span: Span, arrow: Arrow, label: Vec<Element>, out: &mut Vec<Element>) {
    // `n → ∞` over an arrow is no formula.
    let tends = label
        .iter()
        .any(|e| matches!(e.kind, ElementKind::Arrow(..)));
    let mut formulas = Vec::new();
    let mut words = String::new();
    for element in label {
        match element.kind {
            ElementKind::Formula(tree) if !tends => formulas.push(tree),
            ElementKind::Text(text) => {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(&text);
            }
            _ => {}
        }
    }
    out.push(element(span, ElementKind::Arrow(arrow, formulas, words)));
}

/// Reads the elements up to `end`, and leaves the cursor there.
fn part(p: &mut Parser<'_>, end: usize, out: &mut Vec<Element>) {
    let saved = p.end;
    p.end = end.min(saved);
    elements(p, out);
    p.end = saved;
    p.at = end;
}

/// An environment, or braces around one, whose rows are statements: its rows become elements.
fn flatten(p: &mut Parser<'_>, out: &mut Vec<Element>) -> bool {
    let Some(close) = p.partner() else {
        return false;
    };
    let saved = p.at;
    let mut frames = 0;
    // `\left\{ \begin{aligned} … \end{aligned} \right.`
    let (mut end, after) = (close, close + 1);
    if matches!(
        p.peek(),
        Some(Lexeme::Open(Delimiter::Curly | Delimiter::Nothing, _))
    ) {
        p.at += 1;
        match (p.peek(), p.partner()) {
            (Some(Lexeme::Begin(_)), Some(inner)) if inner + 1 == close => end = inner,
            _ => {
                p.at = saved;
                return false;
            }
        }
        frames += 1;
    }
    let Some(Lexeme::Begin(name)) = p.peek() else {
        p.at = saved;
        return false;
    };
    let flat = match environment::purpose(name) {
        Some(Purpose::Rows) => frames > 0 || !followed_by_operator(p, after),
        Some(Purpose::Cases | Purpose::Array) => {
            environment::holds_statements(p, end) && !followed_by_operator(p, after)
        }
        Some(Purpose::Matrix(_)) | None => false,
    };
    if !flat || nested_too_deep(p) {
        p.at = saved;
        return false;
    }
    environment::enter(p);
    p.flattened += 1;
    part(p, end, out);
    p.flattened -= 1;
    p.at = after;
    true
}

fn nested_too_deep(p: &Parser<'_>) -> bool {
    p.flattened >= 64
}

/// Whether an environment that ends before `at` is an operand of what follows.
fn followed_by_operator(p: &Parser<'_>, at: usize) -> bool {
    matches!(
        p.tokens.get(at).filter(|_| at < p.end).map(|t| &t.lexeme),
        Some(Lexeme::Relation(_) | Lexeme::Sign(_) | Lexeme::Slash | Lexeme::Up | Lexeme::Under)
    )
}
