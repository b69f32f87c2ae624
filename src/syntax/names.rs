//! Functions known by name, and words that join statements: tables.

use super::tree::{Arrow, BigOperator};

/// The one spelling of a known function's name.
pub(super) fn function(name: &str) -> Option<&'static str> {
    Some(match name {
        "sin" => "sin",
        "cos" => "cos",
        "tan" | "tg" => "tan",
        "cot" | "ctg" | "cotan" => "cot",
        "sec" => "sec",
        "csc" | "cosec" => "csc",
        "arcsin" | "asin" => "arcsin",
        "arccos" | "acos" => "arccos",
        "arctan" | "atan" | "arctg" => "arctan",
        "arccot" | "acot" | "arcctg" => "arccot",
        "arcsec" | "asec" => "arcsec",
        "arccsc" | "acsc" => "arccsc",
        "sinh" => "sinh",
        "cosh" => "cosh",
        "tanh" => "tanh",
        "coth" => "coth",
        "sech" => "sech",
        "csch" | "cosech" => "csch",
        "arsinh" | "asinh" | "arcsinh" => "arsinh",
        "arcosh" | "acosh" | "arccosh" => "arcosh",
        "artanh" | "atanh" | "arctanh" => "artanh",
        "arcoth" | "acoth" | "arccoth" => "arcoth",
        "arsech" | "asech" | "arcsech" => "arsech",
        "arcsch" | "acsch" | "arccsch" => "arcsch",
        "log" => "log",
        "ln" => "ln",
        "lg" => "lg",
        "exp" => "exp",
        "sigmoid" | "logistic" => "sigmoid",
        "softmax" => "softmax",
        "relu" | "ReLU" => "relu",
        "softplus" => "softplus",
        "abs" => "abs",
        "sgn" | "sign" | "signum" => "sgn",
        "floor" => "floor",
        "ceil" | "ceiling" => "ceil",
        "det" => "det",
        "tr" | "trace" | "Tr" => "tr",
        "diag" => "diag",
        "vec" => "vec",
        "rank" => "rank",
        "norm" => "norm",
        "Var" | "var" => "Var",
        "Cov" | "cov" => "Cov",
        "Corr" | "corr" | "Cor" => "Corr",
        "Pr" => "P",
        "gcd" => "gcd",
        "lcm" => "lcm",
        "mod" => "mod",
        "deg" => "deg",
        "min" => "min",
        "max" => "max",
        "argmax" => "argmax",
        "argmin" => "argmin",
        "erf" => "erf",
        _ => return None,
    })
}

/// The operator that a word spells where an index stands below it.
pub(super) fn big_operator(name: &str) -> Option<BigOperator> {
    Some(match name {
        "sum" => BigOperator::Sum,
        "prod" | "product" => BigOperator::Product,
        "lim" | "limit" => BigOperator::Limit,
        "max" => BigOperator::Maximum,
        "min" => BigOperator::Minimum,
        "argmax" => BigOperator::ArgMaximum,
        "argmin" => BigOperator::ArgMinimum,
        _ => return None,
    })
}

/// The name of an operator that stands as a function (`max(a, b)`).
pub(super) fn operator_name(operator: BigOperator) -> &'static str {
    match operator {
        BigOperator::Sum => "sum",
        BigOperator::Product => "prod",
        BigOperator::Limit => "lim",
        BigOperator::Maximum => "max",
        BigOperator::Minimum => "min",
        BigOperator::ArgMaximum => "argmax",
        BigOperator::ArgMinimum => "argmin",
        BigOperator::Union => "⋃",
        BigOperator::Intersection => "⋂",
    }
}

/// The arrow that words of LaTeX text stand for.
pub(super) fn arrow_words(words: &str) -> Option<Arrow> {
    Some(match words {
        "implies" | "so" | "hence" | "thus" | "then" | "therefore" | "gives" | "yields"
        | "we get" | "it follows that" | "and so" | "and hence" | "and thus" | "and therefore"
        | "which implies" | "which gives" | "so that" => Arrow::Implies,
        "iff" | "if and only if" | "is equivalent to" => Arrow::Iff,
        _ => return None,
    })
}
