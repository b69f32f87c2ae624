//! Context: entries split at `;` and lines.

use super::bounds;
use super::describe::{self, Trait};
use super::description;
use super::element::{Entry, EntryKind};
use super::fragment;
use super::law;
use super::lexer::{Grammar, Rule};
use super::parser::{Parser, list};
use super::token::Lexeme;
use super::tree::{Arrow, Kind, Relation, Tree};
use crate::source::Span;
use pest::Parser as _;

pub(super) fn parse(text: &str, latex: bool) -> Vec<Entry> {
    let mut out = Vec::new();
    let mut offset = 0;
    for line in text.split('\n') {
        for (from, to) in pieces(line) {
            let piece = line.get(from..to).unwrap_or("");
            let trimmed = piece.trim();
            if !trimmed.is_empty() {
                let start = offset + from + (piece.len() - piece.trim_start().len());
                read_entry(trimmed, text, start, latex, &mut out);
            }
        }
        offset += line.len() + 1;
    }
    out
}

/// The parts of a line between semicolons that stand in no brackets.
fn pieces(line: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_i64);
    for (i, c) in line.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ';' if depth <= 0 => {
                parts.push((start, i));
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push((start, line.len()));
    parts
}

fn read_entry(piece: &str, whole: &str, start: usize, latex: bool, out: &mut Vec<Entry>) {
    let at = |i: usize| u32::try_from(start + i).unwrap_or(u32::MAX);
    let span = Span::new(at(0), at(piece.len()));
    match bounds::depth(piece) {
        Err((_, _, message)) => out.push(Entry {
            span,
            kind: EntryKind::Error(message.into()),
            text: None,
        }),
        Ok(depth) => out.extend(bounds::with_room(depth, || {
            let mut found = Vec::new();
            read_piece(piece, whole, start, span, latex, &mut found);
            found
        })),
    }
}

fn read_piece(
    piece: &str,
    whole: &str,
    start: usize,
    span: Span,
    latex: bool,
    out: &mut Vec<Entry>,
) {
    let at = |i: usize| u32::try_from(start + i).unwrap_or(u32::MAX);
    if let Some((kind, end)) = part(piece) {
        out.push(Entry {
            span: Span::new(at(0), at(end)),
            kind,
            text: None,
        });
        let rest = piece.get(end..).unwrap_or("");
        let trimmed = rest.trim_start();
        if !trimmed.is_empty() {
            read_entry(
                trimmed,
                whole,
                start + end + rest.len() - trimmed.len(),
                latex,
                out,
            );
        }
        return;
    }
    let opening = piece.len() - without_opening(piece).len();
    let piece = without_opening(piece);
    if let Some((function, names, words)) = function_with_words(piece) {
        read_piece(function, whole, start + opening, span, latex, out);
        let from = out.len();
        let said = format!("{names} {words}");
        read_piece(&said, &said, 0, span, latex, out);
        for entry in out.iter_mut().skip(from) {
            entry.span = span;
            entry.text = Some(said.clone());
        }
        return;
    }
    if let Some((subject, traits)) = described(piece)
        && let Some(names) = fragment::with_parser(subject, whole, start + opening, latex, subjects)
    {
        out.push(Entry {
            span,
            kind: EntryKind::Described(names, traits),
            text: None,
        });
        return;
    }
    if let Some(entries) = description::described(piece) {
        let from = out.len();
        let mut offset = 0;
        for entry in entries.split("; ") {
            read_piece(entry, &entries, offset, span, latex, out);
            offset += entry.len() + 2;
        }
        for entry in out.iter_mut().skip(from) {
            entry.span = span;
            entry.text = Some(entries.clone());
        }
        return;
    }
    if let Some((names, words)) = property(piece)
        && let Some(names) = names_of(names, whole, start + opening, latex)
    {
        out.push(Entry {
            span,
            kind: EntryKind::Property(names, words),
            text: None,
        });
        return;
    }
    if let Some(kind) = law(piece, whole, start + opening, latex) {
        out.push(Entry {
            span,
            kind,
            text: None,
        });
        return;
    }
    let made = fragment::with_parser(piece, whole, start + opening, latex, statements);
    for (local, kind) in made {
        out.push(Entry {
            span: local.unwrap_or(span),
            kind,
            text: None,
        });
    }
}

/// `f : ℝ → ℝ convex`: the declaration, the names, and the words behind it.
fn function_with_words(piece: &str) -> Option<(&str, &str, &str)> {
    let (names, sets) = piece.split_once([':', '\u{2236}'])?;
    let arrow = ["→", "\\to", "\\rightarrow", "->"];
    if !arrow.iter().any(|sign| sets.contains(sign)) || names.trim().contains(' ') {
        return None;
    }
    let is_word =
        |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let mut end = piece.trim_end_matches(['.', ' ']).len();
    let whole = piece.get(..end)?;
    let mut rest = whole;
    while let Some(at) = rest.rfind([' ', ',', '}']) {
        let word = rest.get(at + 1..)?;
        if !(is_word(word) || matches!(word, "a" | ""))
            || rest.get(at..=at) == Some("}") && !word.is_empty() && !is_word(word)
        {
            break;
        }
        if rest.get(at..=at) == Some("}") {
            if is_word(word) {
                end = at + 1;
            }
            break;
        }
        end = at;
        rest = rest.get(..at)?;
    }
    let words = whole.get(end..)?.trim_matches([' ', ',']);
    (!words.is_empty()).then(|| {
        (
            whole
                .get(..end)
                .unwrap_or(whole)
                .trim_end_matches([' ', ',']),
            names.trim(),
            words,
        )
    })
}

/// Words that open context say nothing here.
fn without_opening(piece: &str) -> &str {
    const WORDS: [&str; 10] = [
        "let", "given", "set", "put", "assume", "where", "suppose", "and", "that", "with",
    ];
    let mut piece = piece;
    loop {
        let lower = piece.split([' ', ':']).next().unwrap_or("").to_lowercase();
        if !WORDS.contains(&lower.as_str()) || lower.len() == piece.len() {
            return piece;
        }
        piece = piece
            .get(lower.len()..)
            .unwrap_or("")
            .trim_start_matches([' ', ':']);
    }
}

/// `lines 131-157:` and `section TITLE:`, with where they end.
fn part(piece: &str) -> Option<(EntryKind, usize)> {
    if !(piece.starts_with("line") || piece.starts_with("section ")) {
        return None;
    }
    let colon = if piece.starts_with("section") {
        piece.rfind(':')?
    } else {
        piece.find(':')?
    };
    let head = piece.get(..=colon)?;
    let found = Grammar::parse(Rule::part, head)
        .ok()?
        .next()?
        .into_inner()
        .next()?;
    let kind = match found.as_rule() {
        Rule::lines => {
            let mut numbers = found
                .into_inner()
                .filter_map(|n| n.as_str().parse::<u32>().ok());
            let first = numbers.next()?;
            EntryKind::Lines(first, numbers.next().unwrap_or(first))
        }
        _ => EntryKind::Section(found.into_inner().next()?.as_str().trim().into()),
    };
    Some((kind, colon + 1))
}

/// Names and the properties behind them.
fn property(piece: &str) -> Option<(&str, Vec<String>)> {
    for (i, c) in piece.char_indices() {
        if !c.is_whitespace() {
            continue;
        }
        let behind = piece.get(i..)?.trim_end_matches(['.', ' ']);
        if !behind
            .trim_start()
            .starts_with(|c: char| c.is_ascii_lowercase())
        {
            continue;
        }
        if let Ok(pairs) = Grammar::parse(Rule::properties, behind) {
            let words: Vec<String> = pairs
                .flatten()
                .filter(|pair| pair.as_rule() == Rule::property)
                .map(|pair| pair.as_str().to_owned())
                .collect();
            if !words.is_empty() {
                return Some((piece.get(..i)?, words));
            }
        }
    }
    None
}

/// What is described, and how: `A is an n×n symmetric matrix`, `X^T X invertible`.
fn described(piece: &str) -> Option<(&str, Vec<Trait>)> {
    for (i, c) in piece.char_indices() {
        if !c.is_whitespace() {
            continue;
        }
        let behind = piece.get(i..)?.trim_end_matches(['.', ' ']);
        if !behind
            .trim_start()
            .starts_with(|c: char| c.is_ascii_lowercase())
        {
            continue;
        }
        if let Some((traits, end)) = describe::behind(behind, true)
            && end == behind.len()
        {
            return Some((piece.get(..i)?, traits));
        }
    }
    None
}

/// `A, X^T X + λ I and B`: expressions, all the tokens there are.
fn subjects(p: &mut Parser<'_>) -> Option<Vec<Tree>> {
    let mut found = vec![p.sum().ok()?];
    while matches!(p.peek(), Some(Lexeme::Comma | Lexeme::Join(_))) {
        p.at += 1;
        found.push(p.sum().ok()?);
    }
    p.peek().is_none().then_some(found)
}

/// `X ~ N(μ, σ²)`
fn law(piece: &str, whole: &str, start: usize, latex: bool) -> Option<EntryKind> {
    let written = law::written(piece)?;
    let names = names_of(written.names.trim_end(), whole, start, latex)?;
    let parameters: Option<Vec<Tree>> = written
        .parameters
        .iter()
        .map(|(at, text)| law::parameter(text, whole, start + at, latex))
        .collect();
    Some(EntryKind::Law(
        names,
        written.distribution,
        parameters?,
        written.independent,
    ))
}

fn names_of(text: &str, whole: &str, start: usize, latex: bool) -> Option<Vec<Tree>> {
    fragment::with_parser(text, whole, start, latex, names)
}

/// `a, b and c`, all the tokens there are.
fn names(p: &mut Parser<'_>) -> Option<Vec<Tree>> {
    let mut names = vec![p.product().ok()?];
    while matches!(p.peek(), Some(Lexeme::Comma | Lexeme::Join(_))) {
        p.at += 1;
        if p.at < p.end {
            names.push(p.product().ok()?);
        }
    }
    (p.at >= p.end).then_some(names)
}

type Made = Vec<(Option<Span>, EntryKind)>;

/// One or several statements with commas between them.
fn statements(p: &mut Parser<'_>) -> Made {
    let mut made = Vec::new();
    while p.at < p.end {
        let start = p.at;
        match statement(p) {
            Ok((span, kind)) => made.push((Some(span), kind)),
            Err(failure) => {
                made.push((Some(failure.span), EntryKind::Error(failure.message)));
                return made;
            }
        }
        while matches!(
            p.peek(),
            Some(
                Lexeme::Comma
                    | Lexeme::Stop
                    | Lexeme::Quad
                    | Lexeme::Row
                    | Lexeme::Label(_)
                    | Lexeme::Ampersand
            )
        ) {
            p.at += 1;
        }
        if matches!(p.peek(), Some(Lexeme::Join(_))) && p.at > start {
            p.at += 1;
        }
        if p.at == start {
            made.push((
                Some(p.span()),
                EntryKind::Error(p.expected("a statement").message),
            ));
            return made;
        }
    }
    made
}

fn statement(p: &mut Parser<'_>) -> super::parser::Read<(Span, EntryKind)> {
    let start = p.span();
    if p.peek() == Some(&Lexeme::ForAll) {
        // `for all k: …`, or `for all k` alone.
        let tree = p.statement()?;
        let span = tree.span;
        return Ok((
            span,
            match tree.kind {
                Kind::ForAll(statement, bound) => EntryKind::Statement(*statement, Some(*bound)),
                _ => EntryKind::Statement(tree, None),
            },
        ));
    }
    // Names before the first relation: `x, y ∈ ℝ`, `f, g : ℝ → ℝ`, `a, b > 0`.
    let mut names = Vec::new();
    let saved = p.at;
    while let Ok(name) = p.product() {
        names.push(name);
        if p.peek() != Some(&Lexeme::Comma) {
            break;
        }
        p.at += 1;
    }
    if p.peek() == Some(&Lexeme::Colon) && p.look(1) != Some(&Lexeme::Relation(Relation::Equal)) {
        p.at += 1;
        return function(p, start, names);
    }
    if names.len() > 1 && matches!(p.peek(), Some(Lexeme::Relation(_))) {
        let first = list(names);
        let mut chain = p.relation()?;
        if let Kind::Chain(left, _) = &mut chain.kind {
            **left = first;
        }
        chain.span = start.to(chain.span);
        return bounded(p, chain);
    }
    p.at = saved;
    let tree = p.statement()?;
    bounded(p, tree)
}

/// Adds what `for …` binds behind a statement.
fn bounded(p: &mut Parser<'_>, tree: Tree) -> super::parser::Read<(Span, EntryKind)> {
    let mut tree = tree;
    let mut bound = None;
    let opens = match p.peek() {
        Some(Lexeme::Words(word)) => {
            matches!(word.as_str(), "for" | "with" | "where" | "if" | "when")
        }
        Some(Lexeme::ForAll) => true,
        _ => false,
    };
    if opens {
        p.at += 1;
        bound = Some(p.bound()?);
    }
    if !matches!(
        p.peek(),
        None | Some(
            Lexeme::Comma
                | Lexeme::Stop
                | Lexeme::Quad
                | Lexeme::Row
                | Lexeme::Label(_)
                | Lexeme::Join(_)
                | Lexeme::Ampersand
        )
    ) {
        return Err(p.expected("the end of the entry"));
    }
    if let (Kind::ForAll(..), None) = (&tree.kind, &bound)
        && let Kind::ForAll(statement, by) = tree.kind
    {
        tree = *statement;
        bound = Some(*by);
    }
    let span = tree.span.to(p.before());
    let kind = match tree.kind {
        Kind::Chain(left, mut links)
            if bound.is_none()
                && matches!(links.as_slice(), [(Relation::Element, _, _)])
                && are_names(&left) =>
        {
            let Some((_, _, set)) = links.pop() else {
                return Err(p.expected("a set"));
            };
            let names = match left.kind {
                Kind::List(items) => items,
                _ => vec![*left],
            };
            EntryKind::Member(names, set)
        }
        kind => EntryKind::Statement(
            Tree {
                span: tree.span,
                kind,
            },
            bound,
        ),
    };
    Ok((span, kind))
}

fn are_names(tree: &Tree) -> bool {
    match &tree.kind {
        Kind::Name(_) => true,
        Kind::Subscript(base, _) | Kind::Superscript(base, _, true) | Kind::Prime(base, _) => {
            are_names(base)
        }
        Kind::List(items) => items
            .iter()
            .all(|t| are_names(t) || t.kind == Kind::Ellipsis),
        _ => false,
    }
}

/// `f : ℝ × ℝ → ℝ`, the cursor behind the colon.
fn function(
    p: &mut Parser<'_>,
    start: Span,
    names: Vec<Tree>,
) -> super::parser::Read<(Span, EntryKind)> {
    let mut sets = Vec::new();
    let from = p.product()?;
    flatten_product(from, &mut sets);
    if !matches!(p.peek(), Some(Lexeme::Arrow(Arrow::Implies))) {
        return Err(p.expected("an arrow"));
    }
    p.at += 1;
    let to = p.product()?;
    Ok((start.to(to.span), EntryKind::Function(names, sets, to)))
}

/// `A × B` is two argument sets.
fn flatten_product(tree: Tree, sets: &mut Vec<Tree>) {
    match tree.kind {
        Kind::Times(a, b) => {
            flatten_product(*a, sets);
            sets.push(*b);
        }
        kind => sets.push(Tree {
            span: tree.span,
            kind,
        }),
    }
}
