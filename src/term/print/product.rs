//! Products, fractions and powers.

use super::word::superscript;
use super::{Level, Printer};
use crate::number::Rational;
use crate::term::function::Constant;
use crate::term::node::{Node, TermId};

/// A product as it is shown: a sign, and what stands above and below the stroke.
struct Fraction {
    negative: bool,
    above: Vec<Factor>,
    below: Vec<Factor>,
}

/// A factor: a number without its sign, or a base with an exponent.
enum Factor {
    Number(Rational),
    Power(TermId, Option<Exponent>),
}

enum Exponent {
    Term(TermId),
    Number(Rational),
}

impl Printer<'_> {
    /// A `Mul` or `Pow`.
    pub(super) fn product(&mut self, term: TermId) -> (String, Level) {
        let store = self.store;
        let mut fraction = Fraction {
            negative: false,
            above: Vec::new(),
            below: Vec::new(),
        };
        match store.node(term) {
            Node::Mul(factors) => {
                for factor in factors {
                    self.sort(*factor, &mut fraction);
                }
            }
            _ => self.sort(term, &mut fraction),
        }
        let (mut text, mut level) = self.row(&fraction.above);
        if !fraction.below.is_empty() {
            let (below, below_level) = self.row(&fraction.below);
            let below = if below_level < Level::Power {
                format!("({below})")
            } else {
                below
            };
            if level < Level::Product {
                text = format!("({text})");
            }
            text = format!("{text}/{below}");
            level = Level::Product;
        }
        if fraction.negative {
            if level < Level::Product {
                text = format!("({text})");
            }
            return (format!("−{text}"), Level::Sum);
        }
        (text, level)
    }

    fn sort(&mut self, factor: TermId, fraction: &mut Fraction) {
        let store = self.store;
        match store.node(factor) {
            Node::Number(value) => {
                let first = fraction.above.is_empty() && fraction.below.is_empty();
                if value.signum() < 0 && !first {
                    // A negative number further on stays where it is, in brackets.
                    fraction.above.push(Factor::Power(factor, None));
                    return;
                }
                if value.signum() < 0 {
                    fraction.negative = !fraction.negative;
                }
                let value = if value.signum() < 0 {
                    value.neg()
                } else {
                    value.clone()
                };
                let above = Rational::from_big(value.numerator().into());
                let below = Rational::from_big(value.denominator().into());
                if !above.is_one() || (below.is_one() && !fraction.negative) {
                    fraction.above.push(Factor::Number(above));
                }
                if !below.is_one() {
                    fraction.below.push(Factor::Number(below));
                }
            }
            Node::Pow(base, exponent) => match store.node(*exponent) {
                Node::Number(value) if value.signum() < 0 => {
                    let value = value.neg();
                    let exponent = (!value.is_one()).then_some(Exponent::Number(value));
                    fraction.below.push(Factor::Power(*base, exponent));
                }
                _ => fraction
                    .above
                    .push(Factor::Power(*base, Some(Exponent::Term(*exponent)))),
            },
            _ => fraction.above.push(Factor::Power(factor, None)),
        }
    }

    /// Factors side by side.
    fn row(&mut self, factors: &[Factor]) -> (String, Level) {
        let factors: Vec<&Factor> = factors.iter().collect();
        match factors.as_slice() {
            [] => ("1".to_owned(), Level::Atom),
            [one] => match one {
                Factor::Number(value) => (value.to_string(), Level::Atom),
                Factor::Power(base, None) => self.bare(*base),
                Factor::Power(base, Some(exponent)) => (self.power(*base, exponent), Level::Power),
            },
            _ => {
                let mut text = String::new();
                let mut bracket = false;
                let last = factors.len() - 1;
                for (place, factor) in factors.iter().enumerate() {
                    let part = match factor {
                        Factor::Number(value) => value.to_string(),
                        // A Σ or ∫ at the end needs no brackets.
                        Factor::Power(base, None) if place == last => self.at(*base, Level::Factor),
                        Factor::Power(base, None) => self.at(*base, Level::Power),
                        Factor::Power(base, Some(exponent)) => self.power(*base, exponent),
                    };
                    if place > 0 {
                        text.push_str(separator(&text, bracket, &part));
                    }
                    bracket = part.starts_with('(') && part.ends_with(')');
                    text.push_str(&part);
                }
                (text, Level::Product)
            }
        }
    }

    fn power(&mut self, base: TermId, exponent: &Exponent) -> String {
        let store = self.store;
        let base = match store.node(base) {
            Node::Constant(Constant::E) => "e".to_owned(),
            _ => self.at(base, Level::Atom),
        };
        let raised = |value: &Rational| {
            (value.is_integer() && value.signum() >= 0)
                .then(|| format!("{base}{}", superscript(&value.to_string())))
        };
        match exponent {
            Exponent::Number(value) => raised(value).unwrap_or_else(|| format!("{base}^({value})")),
            Exponent::Term(term) => {
                if let Node::Number(value) = store.node(*term)
                    && let Some(text) = raised(value)
                {
                    return text;
                }
                format!("{base}^{}", self.at(*term, Level::Atom))
            }
        }
    }
}

/// What keeps two factors apart; `bracket`: the one before is a bracket.
fn separator(before: &str, bracket: bool, after: &str) -> &'static str {
    let last = before.chars().next_back().unwrap_or(' ');
    let first = after.chars().next().unwrap_or(' ');
    if first.is_ascii_digit() {
        return "·";
    }
    if last.is_ascii_digit() && before.chars().all(|c| c.is_ascii_digit()) {
        let word = after.chars().take_while(|c| c.is_alphabetic()).count();
        return if word > 1 { " " } else { "" };
    }
    // A name or value before a bracket could be read as a function.
    if first == '(' {
        return if bracket { "" } else { "·" };
    }
    " "
}
