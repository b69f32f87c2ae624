//! Trees as S-expressions: compact, for tests and for `hence read`.

use super::tree::{
    Accent, Arrow, BigOperator, Bracket, Connective, Kind, Name, Relation, Sign, Style, Tree,
};
use std::fmt;

impl fmt::Display for Tree {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Number(digits) => out.write_str(digits),
            Kind::Name(name) => write!(out, "{name}"),
            Kind::Infinity => out.write_str("∞"),
            Kind::Ellipsis => out.write_str("…"),
            Kind::Text(words) => write!(out, "{words:?}"),
            Kind::Empty => out.write_str("∅"),
            Kind::Group(bracket, inner) => {
                let (open, close) = brackets(*bracket);
                write!(out, "{open}{inner}{close}")
            }
            Kind::List(items) => node(out, "list", items),
            Kind::Given(a, b) => pair(out, "given", a, b),
            Kind::Subscript(a, b) => pair(out, "_", a, b),
            Kind::Superscript(a, b, index) => pair(out, if *index { "^index" } else { "^" }, a, b),
            Kind::Prime(a, n) => write!(out, "(prime {a} {n})"),
            Kind::Factorial(a) => write!(out, "(! {a})"),
            Kind::Fraction(a, b) => pair(out, "frac", a, b),
            Kind::Root(None, a) => write!(out, "(root {a})"),
            Kind::Root(Some(n), a) => write!(out, "(root {a} {n})"),
            Kind::Binomial(a, b) => pair(out, "binomial", a, b),
            Kind::Juxtaposition(items) => node(out, "", items),
            Kind::Times(a, b) => pair(out, "·", a, b),
            Kind::CircledTimes(a, b, hadamard) => {
                pair(out, if *hadamard { "⊙" } else { "⊗" }, a, b)
            }
            Kind::Slash(a, b) => pair(out, "/", a, b),
            Kind::Terms(terms) => {
                out.write_str("(")?;
                for (i, (sign, term)) in terms.iter().enumerate() {
                    let space = if i > 0 { " " } else { "" };
                    let mark = match sign {
                        Sign::Plus => "+",
                        Sign::Minus => "-",
                        Sign::PlusMinus => "±",
                        Sign::MinusPlus => "∓",
                    };
                    write!(out, "{space}{mark} {term}")?;
                }
                out.write_str(")")
            }
            Kind::Derivative {
                partial,
                body,
                by,
                guessed,
            } => {
                write!(
                    out,
                    "({}{}",
                    if *partial { "∂" } else { "d" },
                    guess(*guessed)
                )?;
                for (variable, times) in by {
                    write!(out, " {variable}")?;
                    if *times > 1 {
                        write!(out, ":{times}")?;
                    }
                }
                if let Some(body) = body {
                    write!(out, " {body}")?;
                }
                out.write_str(")")
            }
            Kind::Gradient(by, order, body) => {
                write!(out, "(∇{}", if *order > 1 { "²" } else { "" })?;
                if let Some(by) = by {
                    write!(out, " by {by}")?;
                }
                write!(out, " {body})")
            }
            Kind::Big {
                operator,
                below,
                above,
                body,
                guessed,
            } => {
                write!(out, "({}{}", big(*operator), guess(*guessed))?;
                for limit in [below, above] {
                    match limit {
                        Some(limit) => write!(out, " {limit}")?,
                        None => out.write_str(" _")?,
                    }
                }
                write!(out, " {body})")
            }
            Kind::Integral { limits, body, by } => {
                out.write_str("(∫")?;
                if let Some((a, b)) = limits {
                    write!(out, " {a} {b}")?;
                }
                write!(out, " {body} d{by})")
            }
            Kind::Evaluated(body, below, above) => {
                write!(out, "(at {body}")?;
                for limit in [below, above] {
                    match limit {
                        Some(limit) => write!(out, " {limit}")?,
                        None => out.write_str(" _")?,
                    }
                }
                out.write_str(")")
            }
            Kind::Matrix(rows) => {
                out.write_str("(matrix")?;
                for row in rows {
                    out.write_str(" ")?;
                    node(out, "", row)?;
                }
                out.write_str(")")
            }
            Kind::Cases(rows) => {
                out.write_str("(cases")?;
                for (value, condition) in rows {
                    match condition {
                        Some(condition) => write!(out, " ({value} if {condition})")?,
                        None => write!(out, " ({value} else)")?,
                    }
                }
                out.write_str(")")
            }
            Kind::Underbrace(a, b) => pair(out, "brace", a, b),
            Kind::Boxed(a) => write!(out, "(boxed {a})"),
            Kind::Chain(first, links) => {
                write!(out, "({first}")?;
                for (relation, _, operand) in links {
                    write!(out, " {} {operand}", sign(*relation))?;
                }
                out.write_str(")")
            }
            Kind::Joined(Connective::And, items) => node(out, "and", items),
            Kind::Joined(Connective::Or, items) => node(out, "or", items),
            Kind::Not(a) => write!(out, "(not {a})"),
            Kind::Is(subject, traits) => write!(out, "(is {subject} {traits:?})"),
            Kind::Truth(value) => write!(out, "{value}"),
            Kind::ForAll(a, b) => pair(out, "forall", a, b),
            Kind::Implication(arrow, a, b) => {
                let mark = match arrow {
                    Arrow::Implies => "⇒",
                    Arrow::Iff => "⇔",
                    Arrow::ImpliedBy => "⇐",
                };
                pair(out, mark, a, b)
            }
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.style {
            Style::Plain => {}
            Style::Vector => out.write_str("bold:")?,
            Style::Blackboard => out.write_str("bb:")?,
            Style::Calligraphic => out.write_str("cal:")?,
            Style::Fraktur => out.write_str("frak:")?,
        }
        out.write_str(&self.base)?;
        for accent in &self.accents {
            out.write_str(match accent {
                Accent::Hat => "\u{302}",
                Accent::Bar => "\u{304}",
                Accent::Tilde => "\u{303}",
                Accent::Star => "*",
                Accent::Dot => "\u{307}",
                Accent::DoubleDot => "\u{308}",
            })?;
        }
        if self.run { out.write_str("~") } else { Ok(()) }
    }
}

fn guess(guessed: bool) -> &'static str {
    if guessed { "?" } else { "" }
}

fn node(out: &mut fmt::Formatter<'_>, head: &str, items: &[Tree]) -> fmt::Result {
    write!(out, "({head}")?;
    for (i, item) in items.iter().enumerate() {
        let space = if i > 0 || !head.is_empty() { " " } else { "" };
        write!(out, "{space}{item}")?;
    }
    out.write_str(")")
}

fn pair(out: &mut fmt::Formatter<'_>, head: &str, a: &Tree, b: &Tree) -> fmt::Result {
    write!(out, "({head} {a} {b})")
}

fn brackets(bracket: Bracket) -> (&'static str, &'static str) {
    match bracket {
        Bracket::Round => ("⦅", "⦆"),
        Bracket::Square => ("[", "]"),
        Bracket::Curly => ("{", "}"),
        Bracket::HalfOpenLeft => ("⦅", "]"),
        Bracket::HalfOpenRight => ("[", "⦆"),
        Bracket::Angle => ("⟨", "⟩"),
        Bracket::Floor => ("⌊", "⌋"),
        Bracket::Ceiling => ("⌈", "⌉"),
        Bracket::Bar => ("|", "|"),
        Bracket::DoubleBar => ("‖", "‖"),
    }
}

fn big(operator: BigOperator) -> &'static str {
    match operator {
        BigOperator::Sum => "Σ",
        BigOperator::Product => "Π",
        BigOperator::Limit => "lim",
        BigOperator::Maximum => "max",
        BigOperator::Minimum => "min",
        BigOperator::ArgMaximum => "argmax",
        BigOperator::ArgMinimum => "argmin",
        BigOperator::Union => "⋃",
        BigOperator::Intersection => "⋂",
    }
}

fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "=",
        Relation::NotEqual => "≠",
        Relation::Less => "<",
        Relation::LessEqual => "≤",
        Relation::Greater => ">",
        Relation::GreaterEqual => "≥",
        Relation::Approximately => "≈",
        Relation::Element => "∈",
        Relation::Define => ":=",
        Relation::Assign => "←",
        Relation::Similar => "∼",
    }
}
