//! The surface tree: what was written, with ambiguity kept for `meaning` to settle.

use super::describe::Trait;
use crate::source::Span;

/// A node of the surface tree. `span` counts bytes of the fragment's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Where it stands in the fragment.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// How a letter is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// As usual.
    #[default]
    Plain,
    /// Bold, underlined or arrowed: a vector (lower case) or matrix (upper case).
    Vector,
    /// `\mathbb`.
    Blackboard,
    /// `\mathcal`, `\mathscr`.
    Calligraphic,
    /// `\mathfrak`.
    Fraktur,
}

/// What stands over or behind a letter and makes it another symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Accent {
    /// `x̂`
    Hat,
    /// `x̄`
    Bar,
    /// `x̃`
    Tilde,
    /// `x*`
    Star,
    /// `ẋ`
    Dot,
    /// `ẍ`
    DoubleDot,
}

/// A name as it is written, spelling variants already united (`alpha`, `\alpha`, `α` are `α`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// The letters: one letter (`x`, `α`, `ℓ`), or several (`softmax`, from `\operatorname`, a
    /// known function, or a run of ASCII letters that `meaning` may split).
    pub base: String,
    /// How it is set.
    pub style: Style,
    /// Its accents, inside out.
    pub accents: Vec<Accent>,
    /// Whether `base` is a run of letters in plain text, which is a product of single letters
    /// unless it is a known or declared name.
    pub run: bool,
}

/// A relation sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// `=`
    Equal,
    /// `≠`
    NotEqual,
    /// `<`
    Less,
    /// `≤`
    LessEqual,
    /// `>`
    Greater,
    /// `≥`
    GreaterEqual,
    /// `≈`
    Approximately,
    /// `∈`, `in`
    Element,
    /// `:=`, `≡` in a definition, `\triangleq`
    Define,
    /// `←`
    Assign,
    /// `∝`, `∼`, `\propto`, `\sim`: read, no claim is made of it
    Similar,
}

/// An arrow between statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Arrow {
    /// `⇒ → ⟹ ∴ so hence thus …`
    Implies,
    /// `⇔ ⟺ iff`
    Iff,
    /// `⇐`
    ImpliedBy,
}

/// Joins statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Connective {
    /// `and ∧ \land`
    And,
    /// `or ∨ \lor`
    Or,
}

/// A pair of brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bracket {
    /// `( )`
    Round,
    /// `[ ]`
    Square,
    /// `\{ \}`
    Curly,
    /// `( ]`
    HalfOpenLeft,
    /// `[ )`
    HalfOpenRight,
    /// `⟨ ⟩`
    Angle,
    /// `⌊ ⌋`
    Floor,
    /// `⌈ ⌉`
    Ceiling,
    /// `| |`
    Bar,
    /// `‖ ‖`
    DoubleBar,
}

/// An operator that binds an index or a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BigOperator {
    /// `Σ`
    Sum,
    /// `Π`
    Product,
    /// `lim`
    Limit,
    /// `max` with an index below
    Maximum,
    /// `min` with an index below
    Minimum,
    /// `argmax`
    ArgMaximum,
    /// `argmin`
    ArgMinimum,
    /// `⋃`
    Union,
    /// `⋂`
    Intersection,
}

/// The kinds of surface nodes. Lists keep the order of writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Digits with at most one point, thousands separators taken out: `0.25`, `10000`.
    Number(String),
    /// A name without indices.
    Name(Name),
    /// `∞`, `oo`, `inf`.
    Infinity,
    /// `…`, `\cdots`, `\ldots`, `...`.
    Ellipsis,
    /// Words inside the maths (`\text{if }`, `\mbox`).
    Text(String),
    /// Nothing stands where an operand should (`= b` at a line's start, `x^{}`); never an error by itself.
    Empty,
    /// Brackets with what is inside (a [`Kind::List`] where commas stand inside).
    Group(Bracket, Box<Tree>),
    /// `a, b, c` (or with `;`) inside brackets or indices.
    List(Vec<Tree>),
    /// `a ∣ b` inside brackets (conditional, set builder).
    Given(Box<Tree>, Box<Tree>),
    /// `base_index`; several letters of an index in braces are a [`Kind::Juxtaposition`] or a name.
    Subscript(Box<Tree>, Box<Tree>),
    /// `base^exponent` in any spelling (also `²`). What it means (power, index, transpose,
    /// inverse function) is for `meaning`. The flag: the exponent stood in parentheses or was
    /// written `⁽ⁱ⁾`, and so is an index, never a power (LaTeX and Unicode only).
    Superscript(Box<Tree>, Box<Tree>, bool),
    /// `f'`, `f''`: the number of primes.
    Prime(Box<Tree>, u32),
    /// `n!`
    Factorial(Box<Tree>),
    /// `\frac{a}{b}`
    Fraction(Box<Tree>, Box<Tree>),
    /// `\sqrt[n]{x}`, `√x`, `∛x`: degree (absent: 2) and radicand.
    Root(Option<Box<Tree>>, Box<Tree>),
    /// `\binom{n}{k}`
    Binomial(Box<Tree>, Box<Tree>),
    /// Factors that stand side by side without a sign, two or more, left to right; function
    /// names and their arguments are among them (`sin x cos y`, `2 σ ( z )`, `f ( x )`).
    Juxtaposition(Vec<Tree>),
    /// `a · b`, `a × b`, `a * b`.
    Times(Box<Tree>, Box<Tree>),
    /// `a ⊗ b` (Kronecker) and `a ⊙ b` (Hadamard, true).
    CircledTimes(Box<Tree>, Box<Tree>, bool),
    /// `a / b`, `a ÷ b`.
    Slash(Box<Tree>, Box<Tree>),
    /// A sum: each term with its sign; the first sign may be left out.
    Terms(Vec<(Sign, Tree)>),
    /// `∂A/∂v`, `dA/dv`, `∂/∂v A`, `∂²A/∂x∂y`, `d/dx A`. `body` is absent for a bare operator.
    Derivative {
        /// Whether it was written with ∂.
        partial: bool,
        /// What is differentiated; `None` where the operator stands alone.
        body: Option<Box<Tree>>,
        /// The variables, with how often by each.
        by: Vec<(Tree, u32)>,
        /// The body stood behind the operator as a bracket that more factors follow (a guess).
        guessed: bool,
    },
    /// `∇f`, `∇_x f`, `∇²f`: variable, order 1 or 2, and what it applies to.
    Gradient(Option<Box<Tree>>, u32, Box<Tree>),
    /// `Σ_{below}^{above} body`. `body` reaches over the product to its right and, for Σ and Π,
    /// over following terms that use the index free (`guessed`).
    Big {
        /// Which operator.
        operator: BigOperator,
        /// What stands below: `k=1`, `k`, `i<j`, `x → 0`, several conditions as a list.
        below: Option<Box<Tree>>,
        /// What stands above.
        above: Option<Box<Tree>>,
        /// The body.
        body: Box<Tree>,
        /// Whether the body was extended through following terms.
        guessed: bool,
    },
    /// `∫_a^b f dx`.
    Integral {
        /// Lower and upper limit.
        limits: Option<(Box<Tree>, Box<Tree>)>,
        /// The integrand.
        body: Box<Tree>,
        /// The variable of integration.
        by: Box<Tree>,
    },
    /// `[F]_a^b`, `F|_a^b`: F(b) − F(a).
    Evaluated(Box<Tree>, Option<Box<Tree>>, Option<Box<Tree>>),
    /// Rows of entries (`\begin{bmatrix}`).
    Matrix(Vec<Vec<Tree>>),
    /// `\begin{cases}` where it is a value: value and condition a row.
    Cases(Vec<(Tree, Option<Tree>)>),
    /// `\underbrace{A}_{label}`; in the label a leading relation has [`Kind::Empty`] on its left.
    Underbrace(Box<Tree>, Box<Tree>),
    /// `\boxed{A}` and other frames that change nothing.
    Boxed(Box<Tree>),
    // ---- statements ----
    /// `a = b ≤ c`: first operand, then (relation, operand). The first or last operand may be
    /// [`Kind::Empty`]. The span of a sign stands beside it.
    Chain(Box<Tree>, Vec<(Relation, Span, Tree)>),
    /// `A and B`, `A or B`, two or more.
    Joined(Connective, Vec<Tree>),
    /// `not A`
    Not(Box<Tree>),
    /// `XᵀX is symmetric`, `P ≻ 0`: what is said of a vector or matrix.
    Is(Box<Tree>, Vec<Trait>),
    /// `true`, `false`, `no solution` (false).
    Truth(bool),
    /// `for all k`, `∀ i = 1, …, n`: the statement (Empty if it stands alone) and what is bound.
    ForAll(Box<Tree>, Box<Tree>),
    /// `A ⇒ B` inside one statement where it is not a step of a sequence.
    Implication(Arrow, Box<Tree>, Box<Tree>),
}

/// The sign before a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sign {
    /// `+`, or none before the first term.
    Plus,
    /// `−`
    Minus,
    /// `±`
    PlusMinus,
    /// `∓`
    MinusPlus,
}
