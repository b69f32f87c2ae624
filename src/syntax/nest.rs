//! Which bracket closes which, and which bars stand in pairs: one linear pass.

use super::token::{Delimiter, Lexeme, Token};
use crate::source::Span;

/// Finds the partner of every bracket. A bracket without one keeps itself as partner, and is an
/// error where the parser meets it.
pub(super) fn pair(tokens: &mut Vec<Token>, text: &str) {
    split_double_bars(tokens, text);
    let mut open: Vec<usize> = Vec::new();
    let mut strong_open = 0_usize;
    for at in 0..tokens.len() {
        match tokens[at].lexeme {
            Lexeme::Open(..) | Lexeme::OpenBrace | Lexeme::Begin(_) => {
                strong_open += usize::from(strong(&tokens[at].lexeme));
                open.push(at);
            }
            Lexeme::Close(..) | Lexeme::CloseBrace | Lexeme::End => {
                // A strong bracket closes over weak ones (without `\left`), never the other way.
                // The look back is bounded, so that the pass stays linear.
                let is_strong = strong(&tokens[at].lexeme);
                if is_strong && strong_open == 0 {
                    continue;
                }
                let nearest = open
                    .iter()
                    .rev()
                    .take(if is_strong { usize::MAX } else { 64 });
                let mut found = None;
                for (back, &i) in nearest.enumerate() {
                    if fits(&tokens[i].lexeme, &tokens[at].lexeme) {
                        found = Some(open.len() - 1 - back);
                        break;
                    }
                    if strong(&tokens[i].lexeme) {
                        break;
                    }
                }
                let Some(found) = found else { continue };
                let opener = open[found];
                open.truncate(found);
                strong_open -= usize::from(is_strong);
                tokens[opener].partner = at;
                tokens[at].partner = opener;
            }
            _ => {}
        }
    }
}

fn strong(lexeme: &Lexeme) -> bool {
    matches!(
        lexeme,
        Lexeme::Open(_, true)
            | Lexeme::Close(_, true)
            | Lexeme::OpenBrace
            | Lexeme::CloseBrace
            | Lexeme::Begin(_)
            | Lexeme::End
    )
}

fn fits(open: &Lexeme, close: &Lexeme) -> bool {
    use Delimiter::{Round, Square};
    match (open, close) {
        (Lexeme::OpenBrace, Lexeme::CloseBrace)
        | (Lexeme::Begin(_), Lexeme::End)
        | (Lexeme::Open(_, true), Lexeme::Close(_, true)) => true,
        (Lexeme::Open(a, false), Lexeme::Close(b, false)) => {
            a == b || (matches!(a, Round | Square) && matches!(b, Round | Square))
        }
        _ => false,
    }
}

/// `||x|| ` is a norm; in `||x| - 1|` the signs are two bars.
fn split_double_bars(tokens: &mut Vec<Token>, text: &str) {
    let ascii = |t: &Token| {
        t.lexeme == Lexeme::DoubleBar
            && text
                .get(t.span.start as usize..)
                .is_some_and(|rest| rest.starts_with("||"))
    };
    if !tokens.iter().any(|t| ascii(t)) || !tokens.iter().any(|t| t.lexeme == Lexeme::Bar) {
        return;
    }
    let mut out = Vec::with_capacity(tokens.len() + 8);
    let mut norm = false;
    for at in 0..tokens.len() {
        let token = &tokens[at];
        let is_double = ascii(token);
        let pairs = is_double && {
            let next = tokens[at + 1..]
                .iter()
                .find(|t| matches!(t.lexeme, Lexeme::Bar | Lexeme::DoubleBar));
            norm || next.is_some_and(|t| t.lexeme == Lexeme::DoubleBar)
        };
        if is_double && !pairs {
            let (start, end) = (token.span.start, token.span.end);
            for span in [Span::new(start, start + 1), Span::new(start + 1, end)] {
                out.push(Token {
                    lexeme: Lexeme::Bar,
                    span,
                    partner: 0,
                });
            }
        } else {
            if is_double {
                norm = !norm;
            }
            out.push(token.clone());
        }
    }
    for (at, token) in out.iter_mut().enumerate() {
        token.partner = at;
    }
    *tokens = out;
}

/// For each bar, how many bars stand at its level from it on, itself included: an odd number
/// behind an operand means that it parts (`P(A | B)`) and pairs with none.
pub(super) fn bars_left(tokens: &[Token]) -> Vec<u32> {
    let mut left = vec![0; tokens.len()];
    let mut counts: Vec<u32> = vec![0];
    for at in (0..tokens.len()).rev() {
        match tokens[at].lexeme {
            Lexeme::Close(..) | Lexeme::CloseBrace | Lexeme::End if tokens[at].partner != at => {
                counts.push(0)
            }
            Lexeme::Open(..) | Lexeme::OpenBrace | Lexeme::Begin(_) if tokens[at].partner != at => {
                counts.pop();
            }
            Lexeme::Comma | Lexeme::Semicolon | Lexeme::Row if counts.len() == 1 => counts[0] = 0,
            Lexeme::Bar => {
                if let Some(count) = counts.last_mut() {
                    *count += 1;
                    left[at] = *count;
                }
            }
            _ => {}
        }
        if counts.is_empty() {
            counts.push(0);
        }
    }
    left
}
