//! Environments: matrices, cases, and rows that are read one after another.

use super::parser::{Parser, Read};
use super::token::Lexeme;
use super::tree::{Bracket, Kind, Tree};

/// What an environment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Entries of a matrix, with the brackets around it.
    Matrix(Option<Bracket>),
    Cases,
    /// An `array`: a matrix, or rows, as what stands around it says.
    Array,
    /// Lines of a derivation.
    Rows,
}

/// What the environment of this name is for; `None` where it is not known.
pub(super) fn purpose(name: &str) -> Option<Purpose> {
    Some(match name {
        "matrix" | "smallmatrix" => Purpose::Matrix(None),
        "pmatrix" => Purpose::Matrix(Some(Bracket::Round)),
        "bmatrix" => Purpose::Matrix(Some(Bracket::Square)),
        "Bmatrix" => Purpose::Matrix(Some(Bracket::Curly)),
        "vmatrix" => Purpose::Matrix(Some(Bracket::Bar)),
        "Vmatrix" => Purpose::Matrix(Some(Bracket::DoubleBar)),
        "cases" | "dcases" | "rcases" => Purpose::Cases,
        "array" | "tabular" | "subarray" => Purpose::Array,
        "aligned" | "align" | "split" | "gather" | "gathered" | "equation" | "eqnarray"
        | "multline" | "alignat" | "alignedat" | "flalign" | "math" | "displaymath"
        | "multlined" | "subequations" | "empheq" | "xalignat" | "IEEEeqnarray" | "dmath" => {
            Purpose::Rows
        }
        _ => return None,
    })
}

/// Whether the environment takes an argument for its columns.
fn has_columns(name: &str) -> bool {
    matches!(
        name,
        "array"
            | "tabular"
            | "subarray"
            | "alignat"
            | "alignedat"
            | "xalignat"
            | "IEEEeqnarray"
            | "empheq"
    )
}

/// Steps over `\begin{…}` and its columns; the cursor then stands at the contents.
pub(super) fn enter(p: &mut Parser<'_>) {
    let columns = matches!(p.peek(), Some(Lexeme::Begin(name)) if has_columns(name));
    p.at += 1;
    if columns
        && p.peek() == Some(&Lexeme::OpenBrace)
        && let Some(close) = p.partner()
    {
        p.at = close + 1;
    }
}

/// The token ranges of the rows from the cursor to `close`.
pub(super) fn rows(p: &Parser<'_>, close: usize) -> Vec<(usize, usize)> {
    split(p, p.at, close, &Lexeme::Row)
}

pub(super) fn split(
    p: &Parser<'_>,
    from: usize,
    to: usize,
    at_lexeme: &Lexeme,
) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (from, from);
    while at < to {
        let Some(token) = p.tokens.get(at) else { break };
        if token.lexeme == *at_lexeme {
            parts.push((start, at));
            at += 1;
            start = at;
        } else {
            at = token.partner.max(at) + 1;
        }
    }
    parts.push((start, to));
    parts
}

/// An environment that stands where an operand is expected.
pub(super) fn value(p: &mut Parser<'_>) -> Read<Tree> {
    let start = p.span();
    let Some(close) = p.partner() else {
        return Err(p.expected("an environment that ends"));
    };
    let Some(Lexeme::Begin(name)) = p.peek() else {
        return Err(p.expected("a term"));
    };
    let Some(purpose) = purpose(name) else {
        return p.fail(start, format!("the environment {name} is not known"));
    };
    enter(p);
    let tree = match purpose {
        Purpose::Matrix(bracket) => {
            let matrix = matrix(p, close)?;
            match bracket {
                Some(bracket @ (Bracket::Bar | Bracket::DoubleBar | Bracket::Curly)) => {
                    Kind::Group(bracket, Box::new(matrix))
                }
                _ => matrix.kind,
            }
        }
        Purpose::Array => matrix(p, close)?.kind,
        Purpose::Cases => cases(p, close)?.kind,
        Purpose::Rows => p.whole(close, Parser::contents)?.kind,
    };
    p.at = close + 1;
    Ok(Tree {
        span: start.to(p.before()),
        kind: tree,
    })
}

fn matrix(p: &mut Parser<'_>, close: usize) -> Read<Tree> {
    let start = p.span();
    let mut entries = Vec::new();
    for (from, to) in rows(p, close) {
        if from == to {
            continue;
        }
        let mut row = Vec::new();
        for (from, to) in split(p, from, to, &Lexeme::Ampersand) {
            p.at = from;
            row.push(p.whole(to, Parser::contents)?);
        }
        entries.push(row);
    }
    p.at = close;
    Ok(Tree {
        span: start.to(p.before()),
        kind: Kind::Matrix(entries),
    })
}

/// Values and their conditions.
pub(super) fn cases(p: &mut Parser<'_>, close: usize) -> Read<Tree> {
    let start = p.span();
    let mut out = Vec::new();
    for (from, to) in rows(p, close) {
        if from == to {
            continue;
        }
        p.at = from;
        let row = p.within(to, |p| {
            // Words and `&` end a value, as they end a statement.
            let nesting = std::mem::take(&mut p.nesting);
            let value = p.sum();
            p.nesting = nesting;
            let value = value?;
            while matches!(
                p.peek(),
                Some(
                    Lexeme::Comma
                        | Lexeme::Ampersand
                        | Lexeme::Semicolon
                        | Lexeme::Quad
                        | Lexeme::Stop
                        | Lexeme::Colon
                )
            ) {
                p.at += 1;
            }
            let mut otherwise = false;
            let mut words = None;
            while let Some(Lexeme::Words(said)) = p.peek() {
                otherwise |= matches!(
                    said.trim_matches(['.', ',', ';', ' ']),
                    "otherwise" | "else"
                );
                words = Some(Tree {
                    span: p.span(),
                    kind: Kind::Text(said.clone()),
                });
                p.at += 1;
            }
            while matches!(p.peek(), Some(Lexeme::Ampersand | Lexeme::Quad)) {
                p.at += 1;
            }
            let condition = if p.at < p.end && !otherwise {
                Some(p.contents()?)
            } else if otherwise {
                None
            } else {
                words
            };
            while matches!(
                p.peek(),
                Some(Lexeme::Stop | Lexeme::Words(_) | Lexeme::Quad | Lexeme::Label(_))
            ) {
                p.at += 1;
            }
            if p.at < p.end {
                Err(p.expected("the end of the row"))
            } else {
                Ok((value, condition))
            }
        })?;
        out.push(row);
    }
    p.at = close;
    Ok(Tree {
        span: start.to(p.before()),
        kind: Kind::Cases(out),
    })
}

/// Whether the rows of the environment at the cursor are statements: a relation or an arrow
/// stands in the first column.
pub(super) fn holds_statements(p: &Parser<'_>, close: usize) -> bool {
    let mut at = p.at + 1;
    let mut columns = 0;
    let mut clean = true;
    while at < close {
        let Some(token) = p.tokens.get(at) else { break };
        match &token.lexeme {
            Lexeme::Relation(_) | Lexeme::NotElement | Lexeme::Arrow(_)
                if columns == 0 || clean =>
            {
                return true;
            }
            Lexeme::Begin(_) => return true,
            Lexeme::Ampersand => columns += 1,
            Lexeme::Row => {
                columns = 0;
                clean = true;
            }
            Lexeme::Words(_) => clean = false,
            // `x &= 1`: the column that begins with the relation is still the first statement.
            _ if columns > 0 => clean = false,
            _ => {}
        }
        at = token.partner.max(at) + 1;
    }
    false
}
