//! Functions and constants known by name.

/// Functions of real arguments with a real value, as certificates name them.
pub const FUNCTIONS: &[&str] = &[
    "root",
    "log",
    "logbase",
    "sin",
    "cos",
    "tan",
    "cot",
    "sec",
    "csc",
    "arcsin",
    "arccos",
    "arctan",
    "arccot",
    "arcsec",
    "arccsc",
    "sinh",
    "cosh",
    "tanh",
    "coth",
    "sech",
    "csch",
    "arsinh",
    "arcosh",
    "artanh",
    "arcoth",
    "arsech",
    "arcsch",
    "sigmoid",
    "softmax",
    "relu",
    "softplus",
    "abs",
    "sgn",
    "floor",
    "ceiling",
    "factorial",
    "binomial",
    "delta",
    "gamma",
    "max",
    "min",
    "expectation",
    "conditionalexpectation",
    "variance",
    "conditionalvariance",
    "covariance",
    "correlation",
    "probability",
    "conditionalprobability",
    "indicator",
];

/// What may be said of a matrix.
pub const QUALITIES: &[&str] = &[
    "symmetric",
    "skew-symmetric",
    "orthogonal",
    "diagonal",
    "upper-triangular",
    "lower-triangular",
    "triangular",
    "positive-definite",
    "positive-semidefinite",
    "idempotent",
    "invertible",
];

/// Functions of vectors and matrices.
pub const MATRICES: &[&str] = &[
    "norm",
    "transpose",
    "inverse",
    "trace",
    "determinant",
    "diagonal",
    "identity",
    "ones",
    "unit",
    "vectorized",
    "kronecker",
    "hadamard",
    "entry",
];

/// Constants.
pub const CONSTANTS: &[&str] = &["e", "pi", "infinity"];

/// The name in a table.
#[must_use]
pub fn known(table: &[&'static str], name: &str) -> Option<&'static str> {
    table.iter().copied().find(|known| *known == name)
}

/// How many arguments a function takes; `None` where that varies.
#[must_use]
pub fn arity(name: &str) -> Option<usize> {
    match name {
        // The identity and the ones may be told their size, a unit vector always its place.
        "softmax" | "max" | "min" | "entry" | "identity" | "ones" | "unit" => None,
        "kronecker" | "hadamard" => Some(2),
        "root"
        | "logbase"
        | "binomial"
        | "delta"
        | "covariance"
        | "correlation"
        | "conditionalprobability" => Some(2),
        "conditionalexpectation" | "conditionalvariance" => Some(3),
        _ => Some(1),
    }
}
