//! Which bracket closes which, and which bars stand in pairs: one linear pass.

use super::token::{Delimiter, Lexeme, Token};

/// Finds the partner of every bracket. A bracket without one keeps itself as partner, and is an
/// error where the parser meets it.
pub(super) fn pair(tokens: &mut [Token]) {
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

/// For each bar, how many of its kind stand at its level from it on, itself included: an odd
/// number behind an operand means that it parts (`P(A | B)`) and pairs with none.
pub(super) fn bars_left(tokens: &[Token]) -> Vec<u32> {
    let mut left = vec![0; tokens.len()];
    let mut counts: Vec<[u32; 2]> = vec![[0; 2]];
    for at in (0..tokens.len()).rev() {
        match tokens[at].lexeme {
            Lexeme::Close(..) | Lexeme::CloseBrace | Lexeme::End if tokens[at].partner != at => {
                counts.push([0; 2])
            }
            Lexeme::Open(..) | Lexeme::OpenBrace | Lexeme::Begin(_) if tokens[at].partner != at => {
                counts.pop();
            }
            Lexeme::Comma | Lexeme::Semicolon | Lexeme::Row if counts.len() == 1 => {
                counts[0] = [0; 2]
            }
            Lexeme::Bar | Lexeme::DoubleBar => {
                if let Some(count) = counts.last_mut() {
                    let count = &mut count[usize::from(tokens[at].lexeme == Lexeme::DoubleBar)];
                    *count += 1;
                    left[at] = *count;
                }
            }
            _ => {}
        }
        if counts.is_empty() {
            counts.push([0; 2]);
        }
    }
    left
}
