//! Text to tokens, by the grammar.

use super::command;
use super::names;
use super::token::{Delimiter, Lexeme, SetSign, Token};
use super::tree::{Accent, Arrow, BigOperator, Connective, Name, Relation, Sign, Style};
use crate::source::Span;
use pest::Parser as _;
use pest::iterators::Pair;
use unicode_normalization::UnicodeNormalization as _;

/// The grammar's parser.
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/tokens.pest"]
#[grammar = "../grammar/expression.pest"]
#[grammar = "../grammar/latex.pest"]
#[grammar = "../grammar/derivation.pest"]
#[grammar = "../grammar/context.pest"]
pub(super) struct Grammar;

/// The tokens of `text`, whose first byte stands at `offset` of the fragment.
pub(super) fn tokens(text: &str, offset: u32, latex: bool) -> Vec<Token> {
    let rule = if latex { Rule::latex } else { Rule::text };
    let mut lexer = Lexer {
        tokens: Vec::with_capacity(text.len() / 2 + 4),
        offset,
        latex,
        digits: 0,
    };
    // Every character is a token, so this cannot fail.
    if let Ok(mut pairs) = Grammar::parse(rule, text)
        && let Some(whole) = pairs.next()
    {
        for pair in whole.into_inner() {
            lexer.take(&pair, text);
        }
    }
    lexer.tokens
}

struct Lexer {
    tokens: Vec<Token>,
    offset: u32,
    latex: bool,
    /// How many single digits the commands before take as arguments without braces.
    digits: usize,
}

impl Lexer {
    fn span(&self, start: usize, end: usize) -> Span {
        let at = |i: usize| {
            u32::try_from(i)
                .unwrap_or(u32::MAX)
                .saturating_add(self.offset)
        };
        Span::new(at(start), at(end))
    }

    fn push(&mut self, lexeme: Lexeme, span: Span) {
        let partner = self.tokens.len();
        self.tokens.push(Token {
            lexeme,
            span,
            partner,
        });
    }

    fn take(&mut self, pair: &Pair<'_, Rule>, whole: &str) {
        let source = pair.as_span();
        let (start, end, text) = (source.start(), source.end(), pair.as_str());
        let span = self.span(start, end);
        let digits = std::mem::take(&mut self.digits);
        let lexeme = match pair.as_rule() {
            Rule::number => {
                self.number(text, start, digits);
                return;
            }
            Rule::word if self.latex => {
                self.letters(text, start, end, whole);
                return;
            }
            Rule::word => Lexeme::Word(text.into()),
            Rule::letter => Lexeme::Name(marked(text)),
            Rule::command => {
                let name = text.trim_start_matches('\\');
                let plain = name.trim_end_matches('*');
                let known = if plain == name || name == "operatorname*" {
                    command::command(name)
                } else {
                    // `\alpha*b`: the star is an operator.
                    let lexeme = command::command(plain);
                    self.command(lexeme, self.span(start, end - 1), digits);
                    self.push(Lexeme::Times, self.span(end - 1, end));
                    return;
                };
                self.command(known, span, digits);
                return;
            }
            Rule::escaped => match text {
                "\\{" => Lexeme::Open(Delimiter::Curly, false),
                "\\}" => Lexeme::Close(Delimiter::Curly, false),
                "\\|" => Lexeme::DoubleBar,
                "\\," | "\\;" | "\\:" | "\\!" | "\\ " | "\\/" | "\\>" | "\\-" | "\\\n" | "\\&" => {
                    self.digits = digits;
                    return;
                }
                "\\(" | "\\)" | "\\[" | "\\]" => return,
                _ => Lexeme::Unknown,
            },
            Rule::sup_run | Rule::sub_run => {
                self.script(text, start, pair.as_rule() == Rule::sup_run);
                return;
            }
            Rule::mark if text == "||" => {
                // Two bars: a norm where they pair up so.
                self.push(Lexeme::Bar, self.span(start, start + 1));
                Lexeme::Bar
            }
            Rule::words
                if text.starts_with("\\textbf") && inner(pair).trim().chars().count() == 1 =>
            {
                Lexeme::Name(Name {
                    style: Style::Vector,
                    ..plain(inner(pair).trim())
                })
            }
            Rule::words => said(
                inner(pair).trim(),
                whole.get(end..).unwrap_or("").trim_start(),
            ),
            Rule::foreign => {
                // Neighbouring words of another script are one text.
                if let Some(Token {
                    lexeme: Lexeme::Words(words),
                    span: before,
                    ..
                }) = self.tokens.last_mut()
                {
                    words.push(' ');
                    words.push_str(text);
                    *before = before.to(span);
                    return;
                }
                Lexeme::Words(text.into())
            }
            Rule::reference => Lexeme::Words(format!("({})", inner(pair).trim())),
            Rule::aside => Lexeme::Words(text.into()),
            Rule::tag => Lexeme::Label(inner(pair).trim().into()),
            Rule::ring => Lexeme::Label(
                inner(pair)
                    .trim()
                    .trim_start_matches("\\textcircled")
                    .trim()
                    .into(),
            ),
            Rule::ring_number => Lexeme::Label(ring_number(text)),
            Rule::dropped if is_wide(text) => Lexeme::Quad,
            Rule::dropped | Rule::EOI => return,
            Rule::begin => Lexeme::Begin(inner(pair).trim_end_matches('*').into()),
            Rule::end => Lexeme::End,
            Rule::left => Lexeme::Open(delimiter(&inner(pair)), true),
            Rule::right => Lexeme::Close(delimiter(&inner(pair)), true),
            Rule::prime => Lexeme::Prime(match text {
                "″" => 2,
                "‴" => 3,
                _ => u32::try_from(text.chars().count()).unwrap_or(1),
            }),
            Rule::mark if matches!(text, "_" | "^" | "**") => {
                self.digits = usize::from(self.latex && text != "**");
                if text == "_" {
                    Lexeme::Under
                } else {
                    Lexeme::Up
                }
            }
            Rule::row => Lexeme::Row,
            Rule::similar => Lexeme::Relation(Relation::Similar),
            Rule::said => word_sign(text),
            _ => mark(text),
        };
        let span = if pair.as_rule() == Rule::mark && text == "||" {
            self.span(start + 1, end)
        } else {
            span
        };
        self.push(lexeme, span);
    }

    fn command(&mut self, known: Option<Lexeme>, span: Span, digits: usize) {
        let Some(lexeme) = known else {
            self.digits = digits;
            return;
        };
        if let Lexeme::Macro(made) = lexeme {
            self.digits = made.arity();
        }
        self.push(lexeme, span);
    }

    /// `\frac134` is (1/3)·4 and `x^23` is x²·3 in LaTeX: an argument without braces is one digit.
    fn number(&mut self, text: &str, start: usize, digits: usize) {
        let clean = text.replace("{,}", "");
        if digits == 0 || !text.starts_with(|c: char| c.is_ascii_digit()) || text.len() == 1 {
            self.digits = digits.saturating_sub(1);
            let span = self.span(start, start + text.len());
            self.push(Lexeme::Number(clean), span);
            return;
        }
        let mut left = digits;
        for (i, c) in text.char_indices() {
            if left == 0 || !c.is_ascii_digit() {
                let span = self.span(start + i, start + text.len());
                let rest = text.get(i..).unwrap_or("").replace("{,}", "");
                self.push(Lexeme::Number(rest), span);
                return;
            }
            let span = self.span(start + i, start + i + 1);
            self.push(Lexeme::Number(c.to_string()), span);
            left -= 1;
        }
        self.digits = left;
    }

    /// Letters of LaTeX are single, but `sin(x)` without its backslash is still the sine.
    fn letters(&mut self, text: &str, start: usize, end: usize, whole: &str) {
        let bracket = whole.get(end..).is_some_and(|rest| rest.starts_with('('));
        if (text.len() > 2 || (bracket && text.len() == 2))
            && !matches!(
                self.tokens.last().map(|t| &t.lexeme),
                Some(Lexeme::Under | Lexeme::Up)
            )
            && let Some(name) = names::function(text)
        {
            let span = self.span(start, end);
            self.push(Lexeme::Name(plain(name)), span);
            return;
        }
        for (i, c) in text.char_indices() {
            let span = self.span(start + i, start + i + 1);
            self.push(Lexeme::Name(plain(c)), span);
        }
    }

    /// Raised and lowered characters become a script with its argument in braces.
    fn script(&mut self, text: &str, start: usize, raised: bool) {
        let span = self.span(start, start + text.len());
        self.push(
            if raised { Lexeme::Up } else { Lexeme::Under },
            Span::new(span.start, span.start),
        );
        self.push(Lexeme::OpenBrace, Span::new(span.start, span.start));
        for (i, c) in text.char_indices() {
            let here = self.span(start + i, start + i + c.len_utf8());
            let lexeme = match base_of(c) {
                '+' => Lexeme::Sign(Sign::Plus),
                '-' => Lexeme::Sign(Sign::Minus),
                '=' => Lexeme::Relation(Relation::Equal),
                '(' => Lexeme::Open(Delimiter::Round, false),
                ')' => Lexeme::Close(Delimiter::Round, false),
                digit if digit.is_ascii_digit() => {
                    if let Some(Token {
                        lexeme: Lexeme::Number(number),
                        span,
                        ..
                    }) = self.tokens.last_mut()
                    {
                        number.push(digit);
                        *span = span.to(here);
                        continue;
                    }
                    Lexeme::Number(digit.into())
                }
                letter => Lexeme::Name(plain(letter)),
            };
            self.push(lexeme, here);
        }
        self.push(Lexeme::CloseBrace, Span::new(span.end, span.end));
    }
}

/// What `\text{…}` says: a word that joins statements, a name (`\text{Var}(x)`), or just words.
fn said(words: &str, behind: &str) -> Lexeme {
    let lower = words.trim_end_matches([',', ':', ' ']).to_lowercase();
    if let Some(arrow) = names::arrow_words(&lower) {
        return Lexeme::Arrow(arrow);
    }
    match lower.as_str() {
        "and" => return Lexeme::Join(Connective::And),
        "or" => return Lexeme::Join(Connective::Or),
        "not" => return Lexeme::Not,
        "for all" | "for every" | "for each" | "for any" => return Lexeme::ForAll,
        "true" => return Lexeme::Truth(true),
        "false" | "no solution" | "no solutions" | "no real solution" | "no real solutions" => {
            return Lexeme::Truth(false);
        }
        _ => {}
    }
    let name = !words.is_empty() && words.chars().all(char::is_alphabetic);
    let applied = ["(", "[", "_", "^", "\\left", "\\{", "\\big", "\\Big"]
        .iter()
        .any(|sign| behind.starts_with(sign));
    match names::function(words) {
        Some(function) => Lexeme::Name(plain(function)),
        None if name && (applied || words.chars().count() == 1) => Lexeme::Name(plain(words)),
        None => Lexeme::Words(words.into()),
    }
}

fn plain(base: impl Into<String>) -> Name {
    Name {
        base: base.into(),
        ..Name::default()
    }
}

/// The text of a command's argument.
fn inner(pair: &Pair<'_, Rule>) -> String {
    pair.clone()
        .into_inner()
        .flatten()
        .last()
        .map_or_else(|| pair.as_str().to_owned(), |last| last.as_str().to_owned())
}

fn ring_number(text: &str) -> String {
    text.chars()
        .next()
        .map_or_else(String::new, |c| (u32::from(c) - 0x2460 + 1).to_string())
}

/// A letter with its marks; the order of composition does not matter (NFD, never NFKD: it would
/// turn ² into 2).
fn marked(text: &str) -> Name {
    let mut name = Name::default();
    for c in text.nfd() {
        match c {
            '\u{302}' => name.accents.push(Accent::Hat),
            '\u{304}' | '\u{305}' => name.accents.push(Accent::Bar),
            '\u{303}' => name.accents.push(Accent::Tilde),
            '\u{307}' => name.accents.push(Accent::Dot),
            '\u{308}' => name.accents.push(Accent::DoubleDot),
            '\u{332}' | '\u{20D7}' => name.style = Style::Vector,
            'ℝ' | 'ℕ' | 'ℤ' | 'ℚ' | 'ℂ' | 'ℙ' | '𝟙' => {
                name.style = Style::Blackboard;
                name.base.push(match c {
                    'ℝ' => 'R',
                    'ℕ' => 'N',
                    'ℤ' => 'Z',
                    'ℚ' => 'Q',
                    'ℂ' => 'C',
                    'ℙ' => 'P',
                    _ => '1',
                });
            }
            '\u{1D400}'..='\u{1D6A3}' => {
                let index = u32::from(c) - 0x1D400;
                name.style = match index / 52 {
                    0 | 2 | 9 | 11 => Style::Vector,
                    3 | 4 => Style::Calligraphic,
                    5 | 7 => Style::Fraktur,
                    6 => Style::Blackboard,
                    _ => Style::Plain,
                };
                let letter = index % 52;
                let base = if letter < 26 {
                    u32::from('A') + letter
                } else {
                    u32::from('a') + letter - 26
                };
                name.base.extend(char::from_u32(base));
            }
            other => name.base.push(command::unite(other)),
        }
    }
    name
}

fn delimiter(text: &str) -> Delimiter {
    match text {
        "(" | ")" => Delimiter::Round,
        "[" | "]" | "\\lbrack" | "\\rbrack" => Delimiter::Square,
        "\\{" | "\\}" | "\\lbrace" | "\\rbrace" => Delimiter::Curly,
        "|" | "∣" | "\\vert" | "\\lvert" | "\\rvert" | "\\mid" => Delimiter::Bar,
        "\\|" | "‖" | "\\Vert" | "\\lVert" | "\\rVert" => Delimiter::DoubleBar,
        "⟨" | "⟩" | "<" | ">" | "\\langle" | "\\rangle" => Delimiter::Angle,
        "⌊" | "⌋" | "\\lfloor" | "\\rfloor" => Delimiter::Floor,
        "⌈" | "⌉" | "\\lceil" | "\\rceil" => Delimiter::Ceiling,
        _ => Delimiter::Nothing,
    }
}

/// Words between statements.
fn word_sign(text: &str) -> Lexeme {
    let lower = text.to_lowercase();
    match lower.as_str() {
        "and" => Lexeme::Join(Connective::And),
        "or" => Lexeme::Join(Connective::Or),
        "not" => Lexeme::Not,
        "in" => Lexeme::Relation(Relation::Element),
        "oo" | "inf" | "infinity" => Lexeme::Infinity,
        "true" => Lexeme::Truth(true),
        "iff" | "if and only if" => Lexeme::Arrow(Arrow::Iff),
        word if word.starts_with("for") => Lexeme::ForAll,
        word if word.starts_with("no ") || word == "false" => Lexeme::Truth(false),
        _ => Lexeme::Arrow(Arrow::Implies),
    }
}

/// Signs, by their text.
fn mark(text: &str) -> Lexeme {
    use Lexeme as L;
    match text {
        "(" | "[" | "⟨" | "⌊" | "⌈" => L::Open(delimiter(text), false),
        ")" | "]" | "⟩" | "⌋" | "⌉" => L::Close(delimiter(text), false),
        "{" => L::OpenBrace,
        "}" => L::CloseBrace,
        "+" => L::Sign(Sign::Plus),
        "-" | "−" | "–" => L::Sign(Sign::Minus),
        "±" | "+/-" => L::Sign(Sign::PlusMinus),
        "∓" => L::Sign(Sign::MinusPlus),
        "*" | "·" | "⋅" | "×" | "∙" | "∗" => L::Times,
        "/" | "÷" | "∕" | "⁄" => L::Slash,
        "⊙" | "∘" => L::Circled(true),
        "⊗" => L::Circled(false),
        "=" | "==" => L::Relation(Relation::Equal),
        ":=" | "≔" | "≜" | "≡" => L::Relation(Relation::Define),
        "!=" | "=/=" | "≠" => L::Relation(Relation::NotEqual),
        "<=" | "=<" | "≤" | "⩽" => L::Relation(Relation::LessEqual),
        ">=" | "≥" | "⩾" => L::Relation(Relation::GreaterEqual),
        "<" => L::Relation(Relation::Less),
        ">" => L::Relation(Relation::Greater),
        "≈" | "≃" | "≅" => L::Relation(Relation::Approximately),
        "∈" => L::Relation(Relation::Element),
        "∪" => L::Set(SetSign::Union),
        "∩" => L::Set(SetSign::Intersection),
        "∖" => L::Set(SetSign::Difference),
        "∉" => L::NotElement,
        "←" => L::Relation(Relation::Assign),
        "∝" | "∼" => L::Relation(Relation::Similar),
        "≻" => L::Definite(true, false),
        "⪰" | "≽" => L::Definite(false, false),
        "≺" => L::Definite(true, true),
        "⪯" | "≼" => L::Definite(false, true),
        "<=>" | "<==>" | "<->" | "⇔" | "⟺" | "↔" | "⟷" => L::Arrow(Arrow::Iff),
        "⇐" | "⟸" => L::Arrow(Arrow::ImpliedBy),
        "=>" | "==>" | "->" | "-->" | "⇒" | "→" | "⟹" | "⟶" | "↦" | "∴" => {
            L::Arrow(Arrow::Implies)
        }
        "," | "،" => L::Comma,
        ";" | "؛" => L::Semicolon,
        "." | "。" => L::Stop,
        ":" => L::Colon,
        "&" => L::Ampersand,
        "|" | "∣" => L::Bar,
        "‖" | "∥" => L::DoubleBar,
        "!" => L::Bang,
        "..." | "…" | "⋯" | "⋮" | "⋱" => L::Ellipsis,
        "∑" | "Σ" => L::Big(BigOperator::Sum),
        "∏" | "Π" => L::Big(BigOperator::Product),
        "⋃" => L::Big(BigOperator::Union),
        "⋂" => L::Big(BigOperator::Intersection),
        "∫" => L::Integral(1),
        "∬" => L::Integral(2),
        "∭" => L::Integral(3),
        "∂" => L::Partial,
        "∇" => L::Nabla,
        "√" => L::RootSign(2),
        "∛" => L::RootSign(3),
        "∜" => L::RootSign(4),
        "∞" => L::Infinity,
        "∧" => L::Join(Connective::And),
        "∨" => L::Join(Connective::Or),
        "¬" => L::Not,
        "∀" => L::ForAll,
        "∅" => L::EmptySet,
        "•" | "↓" | "↑" | "∎" | "□" | "■" | "✓" | "✔" => L::Bullet,
        _ => match vulgar(text) {
            Some((a, b)) => L::Fraction(a, b),
            None => L::Other,
        },
    }
}

fn vulgar(text: &str) -> Option<(u32, u32)> {
    Some(match text {
        "⅓" => (1, 3),
        "⅔" => (2, 3),
        "¼" => (1, 4),
        "¾" => (3, 4),
        "⅕" => (1, 5),
        "⅖" => (2, 5),
        "⅗" => (3, 5),
        "⅘" => (4, 5),
        "⅙" => (1, 6),
        "⅚" => (5, 6),
        "⅛" => (1, 8),
        "⅜" => (3, 8),
        "⅝" => (5, 8),
        "⅞" => (7, 8),
        "½" => (1, 2),
        _ => return None,
    })
}

/// The character that a raised or lowered one stands for.
fn base_of(c: char) -> char {
    const PAIRS: [(&str, &str); 2] = [
        (
            "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵝᵞᵟ",
            "0123456789+-=()niTabcdefghjklmoprstuvwxyzβγδ",
        ),
        (
            "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢᵣᵤᵥⱼᵦᵧᵨᵩᵪ",
            "0123456789+-=()aeoxhklmnpstiruvjβγρφχ",
        ),
    ];
    PAIRS
        .iter()
        .find_map(|(from, to)| from.chars().zip(to.chars()).find(|(f, _)| *f == c))
        .map_or(c, |(_, t)| t)
}

/// Whether a space is as wide as `\quad`, which keeps statements apart.
fn is_wide(space: &str) -> bool {
    if !space.starts_with("\\hs") {
        return false;
    }
    let inner = space.split_once('{').map_or("", |(_, inner)| inner);
    let length = inner.trim_end_matches('}').trim();
    let digits = length.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    // In tenths of the unit, so that no fraction is needed.
    let (whole, part) = digits.trim().split_once('.').unwrap_or((digits.trim(), ""));
    let tenths = whole.parse::<u32>().unwrap_or(0).saturating_mul(10)
        + part
            .chars()
            .next()
            .and_then(|c| c.to_digit(10))
            .unwrap_or(0);
    match length.get(digits.len()..).unwrap_or("") {
        "em" => tenths >= 10,
        "ex" => tenths >= 20,
        "in" => tenths >= 2,
        "cm" => tenths >= 4,
        "mm" => tenths >= 40,
        "pt" => tenths >= 100,
        _ => false,
    }
}
