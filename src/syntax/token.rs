//! Tokens: what the grammar finds, with the spellings of one thing already united.

use super::tree::{Accent, Arrow, BigOperator, Bracket, Connective, Name, Relation, Sign, Style};
use crate::source::Span;

/// A token of one fragment.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub lexeme: Lexeme,
    pub span: Span,
    /// The index of the bracket that closes or opens it; itself where there is none.
    pub partner: usize,
}

/// Marks that stand left or right of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delimiter {
    Round,
    Square,
    Curly,
    Angle,
    Floor,
    Ceiling,
    Bar,
    DoubleBar,
    /// `\left.` and `\right.`
    Nothing,
}

impl Delimiter {
    pub(super) fn bracket(self) -> Bracket {
        match self {
            Delimiter::Round | Delimiter::Nothing => Bracket::Round,
            Delimiter::Square => Bracket::Square,
            Delimiter::Curly => Bracket::Curly,
            Delimiter::Angle => Bracket::Angle,
            Delimiter::Floor => Bracket::Floor,
            Delimiter::Ceiling => Bracket::Ceiling,
            Delimiter::Bar => Bracket::Bar,
            Delimiter::DoubleBar => Bracket::DoubleBar,
        }
    }
}

/// Commands that take arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Macro {
    Fraction,
    Binomial,
    Root,
    Accent(Accent),
    /// A bar over its argument: an accent over a name, `\overline`.
    Style(Style),
    /// `\mathrm`, `\mathit`: letters as they are, several make one name.
    Upright,
    /// `\operatorname`
    Operator,
    Underbrace,
    Overbrace,
    /// `\overset{a}{b}`, `\stackrel`
    Overset,
    Underset,
    Boxed,
    Substack,
    /// `\pdv` (true), `\dv`
    Derivative(bool),
    /// An arrow with a label.
    Arrow(Arrow),
    /// `\cancel` and others that leave their argument as it is.
    Transparent,
    /// `\textcolor{red}{a}`: the first argument says nothing.
    Coloured,
    /// `\not`
    Negated,
    /// `\abs`, `\norm`, `\ceil` and others that stand for brackets.
    Delimited(Delimiter),
    /// `a \over b`, `n \choose k`
    Over,
    Choose,
    /// `\pmod{n}` and others that are no ground of ours are unknown.
    Limits,
}

impl Macro {
    /// How many arguments without braces may follow it.
    pub(super) fn arity(self) -> usize {
        match self {
            Macro::Fraction | Macro::Binomial | Macro::Overset | Macro::Underset => 2,
            Macro::Root
            | Macro::Accent(_)
            | Macro::Style(_)
            | Macro::Upright
            | Macro::Boxed
            | Macro::Transparent => 1,
            _ => 0,
        }
    }
}

/// Signs between sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SetSign {
    Union,
    Intersection,
    Difference,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Lexeme {
    Number(String),
    Name(Name),
    /// A run of letters in plain text, not yet looked at.
    Word(String),
    Words(String),
    /// `≻ ⪰ ≺ ⪯`: whether strictly, and whether turned round.
    Definite(bool, bool),
    Infinity,
    Ellipsis,
    Sign(Sign),
    Times,
    Circled(bool),
    Slash,
    Relation(Relation),
    /// `∉`
    NotElement,
    Arrow(Arrow),
    Join(Connective),
    /// `∪`, `∩`, `∖`
    Set(SetSign),
    Not,
    ForAll,
    Truth(bool),
    /// `(`; the flag: with `\left`.
    Open(Delimiter, bool),
    Close(Delimiter, bool),
    OpenBrace,
    CloseBrace,
    Bar,
    DoubleBar,
    Under,
    Up,
    Prime(u32),
    Bang,
    Comma,
    Semicolon,
    Colon,
    Quad,
    Row,
    Ampersand,
    Stop,
    Big(BigOperator),
    Integral(u32),
    Partial,
    Nabla,
    Macro(Macro),
    RootSign(u32),
    Fraction(u32, u32),
    Begin(String),
    End,
    Label(String),
    Bullet,
    EmptySet,
    /// A command that is not known.
    Unknown,
    /// A sign that is not known.
    Other,
}
