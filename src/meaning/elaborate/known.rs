//! Functions known by name, as data.

use crate::term::Function;

/// How a known function is written and applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::meaning) enum Known {
    /// One argument; without brackets it takes the implied product that follows (`sin 2x`).
    Elementary(Function),
    /// `exp`: a power of e.
    Exponential,
    /// `lg`: the logarithm with base 10.
    Decadic,
    /// `sqrt`, `cbrt`: the root of that degree.
    Root(i64),
    /// One argument, and a function only before a bracket (`σ(z)`, `Γ(n)`, `tr(A)`).
    Bracketed(Function),
    /// So many arguments in a bracket: from, to.
    Several(Function, usize, usize),
    /// The component of the family that its argument belongs to.
    Softmax,
    /// E, with a condition behind a bar.
    Expectation,
    /// P of statements or events, with a condition behind a bar.
    Probability,
    /// The root of the variance.
    Deviation,
}

/// The function of that name.
pub(in crate::meaning) fn known(name: &str) -> Option<Known> {
    use Known::{Bracketed, Elementary, Several};
    Some(match name {
        "sin" => Elementary(Function::Sin),
        "cos" => Elementary(Function::Cos),
        "tan" | "tg" => Elementary(Function::Tan),
        "cot" | "ctg" | "cotan" => Elementary(Function::Cot),
        "sec" => Elementary(Function::Sec),
        "csc" | "cosec" => Elementary(Function::Csc),
        "arcsin" | "asin" => Elementary(Function::Arcsin),
        "arccos" | "acos" => Elementary(Function::Arccos),
        "arctan" | "atan" | "arctg" => Elementary(Function::Arctan),
        "arccot" | "acot" | "arcctg" => Elementary(Function::Arccot),
        "arcsec" | "asec" => Elementary(Function::Arcsec),
        "arccsc" | "acsc" => Elementary(Function::Arccsc),
        "sinh" | "sh" => Elementary(Function::Sinh),
        "cosh" | "ch" => Elementary(Function::Cosh),
        "tanh" | "th" => Elementary(Function::Tanh),
        "coth" | "cth" => Elementary(Function::Coth),
        "sech" => Elementary(Function::Sech),
        "csch" | "cosech" => Elementary(Function::Csch),
        "arsinh" | "asinh" | "arcsinh" => Elementary(Function::Arsinh),
        "arcosh" | "acosh" | "arccosh" => Elementary(Function::Arcosh),
        "artanh" | "atanh" | "arctanh" => Elementary(Function::Artanh),
        "arcoth" | "acoth" | "arccoth" => Elementary(Function::Arcoth),
        "arsech" | "asech" | "arcsech" => Elementary(Function::Arsech),
        "arcsch" | "acsch" | "arccsch" => Elementary(Function::Arcsch),
        "ln" | "log" => Elementary(Function::Log),
        "lg" => Known::Decadic,
        "exp" => Known::Exponential,
        "sqrt" => Known::Root(2),
        "cbrt" => Known::Root(3),
        "sgn" | "sign" | "signum" => Elementary(Function::Signum),
        "abs" => Bracketed(Function::Abs),
        "floor" => Bracketed(Function::Floor),
        "ceil" | "ceiling" => Bracketed(Function::Ceiling),
        "σ" | "sigmoid" => Bracketed(Function::Sigmoid),
        "relu" | "ReLU" => Bracketed(Function::Relu),
        "softplus" => Bracketed(Function::Softplus),
        "Γ" | "gamma" => Bracketed(Function::Gamma),
        "tr" | "Tr" | "trace" => Elementary(Function::Trace),
        "det" => Elementary(Function::Determinant),
        "diag" => Bracketed(Function::Diagonal),
        "vec" => Bracketed(Function::Vectorized),
        "norm" => Bracketed(Function::Norm),
        "transpose" => Bracketed(Function::Transpose),
        "inv" => Bracketed(Function::Inverse),
        "max" => Several(Function::Max, 1, usize::MAX),
        "min" => Several(Function::Min, 1, usize::MAX),
        "binom" => Several(Function::Binomial, 2, 2),
        "root" => Several(Function::Root, 2, 2),
        "factorial" => Bracketed(Function::Factorial),
        "Var" | "var" | "𝕍" => Bracketed(Function::Variance),
        "Cov" | "cov" => Several(Function::Covariance, 1, 2),
        "sd" | "SD" | "Sd" | "std" | "Std" | "stdev" | "stddev" => Known::Deviation,
        "Corr" | "corr" => Several(Function::Correlation, 2, 2),
        "softmax" => Known::Softmax,
        "E" | "𝔼" => Known::Expectation,
        "P" | "Pr" | "ℙ" => Known::Probability,
        "𝟙" => Bracketed(Function::Indicator),
        _ => return None,
    })
}

/// Whether the function stands only before a bracket; else its name is a symbol there.
pub(in crate::meaning) fn needs_bracket(known: Known) -> bool {
    !matches!(
        known,
        Known::Elementary(_) | Known::Exponential | Known::Decadic | Known::Root(_)
    )
}

/// What `sin⁻¹` and its like are.
pub(in crate::meaning) fn inverse(function: Function) -> Option<Function> {
    Some(match function {
        Function::Sin => Function::Arcsin,
        Function::Cos => Function::Arccos,
        Function::Tan => Function::Arctan,
        Function::Cot => Function::Arccot,
        Function::Sec => Function::Arcsec,
        Function::Csc => Function::Arccsc,
        Function::Sinh => Function::Arsinh,
        Function::Cosh => Function::Arcosh,
        Function::Tanh => Function::Artanh,
        Function::Coth => Function::Arcoth,
        Function::Sech => Function::Arsech,
        Function::Csch => Function::Arcsch,
        _ => return None,
    })
}

/// Letters that are smooth functions where nothing says otherwise and they never stand without
/// arguments.
pub(in crate::meaning) fn is_function_letter(name: &str) -> bool {
    matches!(
        name,
        "f" | "g" | "h" | "p" | "q" | "F" | "G" | "H" | "φ" | "ψ"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_function_are_one_function() {
        for (a, b) in [
            ("asinh", "arcsinh"),
            ("ln", "log"),
            ("tg", "tan"),
            ("sign", "sgn"),
        ] {
            assert_eq!(known(a), known(b));
        }
    }

    #[test]
    fn a_plain_letter_is_no_known_function() {
        for name in ["x", "e", "f", "π", "sine"] {
            assert_eq!(known(name), None, "{name}");
        }
    }
}
