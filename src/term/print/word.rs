//! Names of known functions, and letters that can be raised.

use crate::term::function::Function;
use crate::term::node::Quality;

/// How a function is called; signs for those that stand between their arguments.
pub(super) fn function_word(function: Function) -> &'static str {
    match function {
        Function::Root => "root",
        Function::Log => "log",
        Function::LogBase => "log",
        Function::Sin => "sin",
        Function::Cos => "cos",
        Function::Tan => "tan",
        Function::Cot => "cot",
        Function::Sec => "sec",
        Function::Csc => "csc",
        Function::Arcsin => "arcsin",
        Function::Arccos => "arccos",
        Function::Arctan => "arctan",
        Function::Arccot => "arccot",
        Function::Arcsec => "arcsec",
        Function::Arccsc => "arccsc",
        Function::Sinh => "sinh",
        Function::Cosh => "cosh",
        Function::Tanh => "tanh",
        Function::Coth => "coth",
        Function::Sech => "sech",
        Function::Csch => "csch",
        Function::Arsinh => "arsinh",
        Function::Arcosh => "arcosh",
        Function::Artanh => "artanh",
        Function::Arcoth => "arcoth",
        Function::Arsech => "arsech",
        Function::Arcsch => "arcsch",
        Function::Sigmoid => "σ",
        Function::Softmax => "softmax",
        Function::Relu => "ReLU",
        Function::Softplus => "softplus",
        Function::Abs => "abs",
        Function::Signum => "sgn",
        Function::Floor => "floor",
        Function::Ceiling => "ceil",
        Function::Factorial => "factorial",
        Function::Binomial => "binom",
        Function::Gamma => "Γ",
        Function::Max => "max",
        Function::Min => "min",
        Function::Norm => "norm",
        Function::Transpose => "transpose",
        Function::Inverse => "inverse",
        Function::Trace => "tr",
        Function::Determinant => "det",
        Function::Diagonal => "diag",
        Function::Identity => "I",
        Function::Ones => "𝟏",
        Function::Unit => "e",
        Function::Vectorized => "vec",
        Function::Kronecker => "⊗",
        Function::Hadamard => "⊙",
        Function::Entry => "entry",
        Function::Expectation | Function::ConditionalExpectation => "E",
        Function::Variance | Function::ConditionalVariance => "Var",
        Function::Covariance => "Cov",
        Function::Correlation => "Corr",
        Function::Probability | Function::ConditionalProbability => "P",
        Function::Indicator => "𝟙",
        Function::KroneckerDelta => "δ",
    }
}

const RAISED: &[(char, char)] = &[
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('−', '⁻'),
    ('a', 'ᵃ'),
    ('b', 'ᵇ'),
    ('c', 'ᶜ'),
    ('d', 'ᵈ'),
    ('e', 'ᵉ'),
    ('f', 'ᶠ'),
    ('g', 'ᵍ'),
    ('h', 'ʰ'),
    ('i', 'ⁱ'),
    ('j', 'ʲ'),
    ('k', 'ᵏ'),
    ('l', 'ˡ'),
    ('m', 'ᵐ'),
    ('n', 'ⁿ'),
    ('o', 'ᵒ'),
    ('p', 'ᵖ'),
    ('r', 'ʳ'),
    ('s', 'ˢ'),
    ('t', 'ᵗ'),
    ('u', 'ᵘ'),
    ('v', 'ᵛ'),
    ('w', 'ʷ'),
    ('x', 'ˣ'),
    ('y', 'ʸ'),
    ('z', 'ᶻ'),
];

fn raise(letter: char) -> Option<char> {
    RAISED
        .iter()
        .find(|(low, _)| *low == letter)
        .map(|(_, high)| *high)
}

/// The text in raised letters, without its spaces, if there are such letters.
pub(super) fn script(text: &str) -> Option<String> {
    text.chars().filter(|c| *c != ' ').map(raise).collect()
}

/// The text with every letter raised that can be.
pub(super) fn superscript(text: &str) -> String {
    text.chars().map(|c| raise(c).unwrap_or(c)).collect()
}

/// The word of a quality.
pub(super) fn quality(quality: Quality) -> &'static str {
    match quality {
        Quality::Symmetric => "symmetric",
        Quality::SkewSymmetric => "skew-symmetric",
        Quality::Orthogonal => "orthogonal",
        Quality::Diagonal => "diagonal",
        Quality::UpperTriangular => "upper triangular",
        Quality::LowerTriangular => "lower triangular",
        Quality::Triangular => "triangular",
        Quality::PositiveDefinite => "positive definite",
        Quality::PositiveSemidefinite => "positive semidefinite",
        Quality::Idempotent => "idempotent",
        Quality::Invertible => "invertible",
    }
}
