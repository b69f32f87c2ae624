//! Slips in what is written: each a place of the text and what is written there instead.

use hence::source::Span;
use hence::syntax::{Bracket, Kind, Relation, Tree};

use crate::float::function;

/// A slip: its kind, where, and what stands there then.
pub struct Slip {
    pub kind: &'static str,
    pub place: Span,
    pub text: String,
}

fn slice(text: &str, span: Span) -> &str {
    text.get(span.start as usize..span.end as usize)
        .unwrap_or("")
}

fn swapped(name: &str) -> Option<&'static str> {
    Some(match name {
        "sin" => "cos",
        "cos" => "sin",
        "tan" => "sin",
        "cot" => "tan",
        "sec" => "csc",
        "csc" => "sec",
        "sinh" => "cosh",
        "cosh" => "sinh",
        "tanh" => "coth",
        "coth" => "tanh",
        "log" => "exp",
        "exp" => "log",
        "arctan" => "tan",
        _ => return None,
    })
}

/// All slips at the tree's places in `text`; `letters` are those that may be mixed up.
pub fn slips(tree: &Tree, text: &str, letters: &[String], exponent: bool, all: &mut Vec<Slip>) {
    let mut put = |kind: &'static str, place: Span, text: String| {
        all.push(Slip { kind, place, text });
    };
    let own = slice(text, tree.span);
    match &tree.kind {
        Kind::Number(digits) => {
            if let Ok(n) = digits.parse::<i64>() {
                let kind = if exponent { "exponent" } else { "coefficient" };
                put(kind, tree.span, (n + 1).to_string());
                if n > 1 {
                    put(kind, tree.span, (n - 1).to_string());
                    put(kind, tree.span, (n * 2).to_string());
                }
            }
        }
        Kind::Name(name) if function(tree).is_some() => {
            if let Some(other) = swapped(&name.base)
                && own.ends_with(&name.base)
            {
                put("function", tree.span, own.replace(&name.base, other));
            }
        }
        Kind::Name(name) if own == name.base => {
            if let Some(place) = letters.iter().position(|letter| *letter == name.base)
                && letters.len() > 1
            {
                let other = &letters[(place + 1) % letters.len()];
                put("letter", tree.span, other.clone());
            }
        }
        Kind::Terms(parts) => {
            for (place, (_, part)) in parts.iter().enumerate() {
                let before = text.get(..part.span.start as usize).unwrap_or("");
                let sign = before
                    .char_indices()
                    .next_back()
                    .filter(|(at, _)| *at >= tree.span.start as usize);
                let trimmed = before.trim_end();
                let sign = sign.and(trimmed.char_indices().next_back());
                match sign {
                    Some((at, c)) if "+-−".contains(c) => {
                        let start = u32::try_from(at).unwrap();
                        let end = u32::try_from(at + c.len_utf8()).unwrap();
                        let other = if c == '+' { "-" } else { "+" };
                        put("sign", Span::new(start, end), other.to_owned());
                        if parts.len() > 1 && place > 0 {
                            put(
                                "dropped term",
                                Span::new(start, part.span.end),
                                String::new(),
                            );
                        }
                    }
                    _ if place == 0 => {
                        let at = Span::new(part.span.start, part.span.start);
                        put("sign", at, "-".to_owned());
                    }
                    _ => {}
                }
            }
        }
        Kind::Fraction(a, b) | Kind::Slash(a, b) if a.span.end <= b.span.start => {
            let (over, under) = (slice(text, a.span), slice(text, b.span));
            let between = slice(text, Span::new(a.span.end, b.span.start));
            let place = Span::new(a.span.start, b.span.end);
            put("order", place, format!("{under}{between}{over}"));
        }
        Kind::Root(_, inner) => {
            put(
                "lost root",
                tree.span,
                format!("({})", slice(text, inner.span)),
            );
        }
        Kind::Group(Bracket::Bar, inner) => {
            put(
                "lost bars",
                tree.span,
                format!("({})", slice(text, inner.span)),
            );
        }
        Kind::Big {
            above: Some(above), ..
        } if matches!(above.kind, Kind::Name(_)) => {
            let bound = slice(text, above.span);
            let (open, close) = if text.contains('\\') {
                ("", "")
            } else {
                ("(", ")")
            };
            put("bound", above.span, format!("{open}{bound} + 1{close}"));
            put("bound", above.span, format!("{open}{bound} - 1{close}"));
        }
        Kind::Chain(_, parts) => {
            for (relation, sign, _) in parts {
                let other = match relation {
                    Relation::Less | Relation::LessEqual => ">",
                    Relation::Greater | Relation::GreaterEqual => "<",
                    _ => continue,
                };
                put("relation", *sign, other.to_owned());
            }
        }
        _ => {}
    }
    for child in tree.children() {
        let raised = match &tree.kind {
            Kind::Superscript(_, exponent, _) => std::ptr::eq(&**exponent, child),
            _ => exponent,
        };
        slips(child, text, letters, raised, all);
    }
}
