//! Functions and constants known by name.

/// A constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Constant {
    /// Euler's number.
    E,
    /// The ratio of circumference to diameter.
    Pi,
    /// +∞, in bounds of limits, sums, integrals and intervals only.
    Infinity,
    /// i with i² = −1; a step that needs it is outside the ground.
    ImaginaryUnit,
}

/// A function with a fixed meaning. Arguments are real unless said otherwise; each is undefined
/// outside its natural real domain. e^u is `Pow(Constant(E), u)`, never a function of its own;
/// √u and other roots are [`Function::Root`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is the function of that name")]
pub enum Function {
    /// `Root(n, u)`: the real n-th root, n an integer ≥ 2; for even n defined where u ≥ 0, for
    /// odd n everywhere. √u is `Root(2, u)`.
    Root,
    /// The natural logarithm.
    Log,
    /// `LogBase(b, u)` = log u / log b.
    LogBase,
    Sin,
    Cos,
    Tan,
    Cot,
    Sec,
    Csc,
    Arcsin,
    Arccos,
    Arctan,
    Arccot,
    Arcsec,
    Arccsc,
    Sinh,
    Cosh,
    Tanh,
    Coth,
    Sech,
    Csch,
    Arsinh,
    Arcosh,
    Artanh,
    Arcoth,
    Arsech,
    Arcsch,
    /// 1/(1 + e^−u)
    Sigmoid,
    /// `Softmax(component, z_1, …)`
    Softmax,
    /// max(u, 0)
    Relu,
    /// log(1 + e^u)
    Softplus,
    Abs,
    /// −1, 0 or 1
    Signum,
    Floor,
    Ceiling,
    /// `Factorial(n)`, n a natural number
    Factorial,
    /// `Binomial(n, k)`
    Binomial,
    /// The gamma function.
    Gamma,
    Max,
    Min,
    /// The Euclidean norm of a vector.
    Norm,
    Transpose,
    Inverse,
    Trace,
    Determinant,
    Diagonal,
    /// The identity matrix, without arguments; its size is inferred.
    Identity,
    /// The vector of ones, without arguments.
    Ones,
    Kronecker,
    Hadamard,
    /// Entry of a matrix or vector: `Entry(A, i, j)`, `Entry(v, i)`.
    Entry,
    /// `E[u]`; as a goal is judged, u is a [`super::Node::Outcomes`], as in the functions below.
    Expectation,
    /// `E[u | v]`; as a goal is judged, (u, v, the value of v at the outcome in question).
    ConditionalExpectation,
    Variance,
    /// `Var(u | v)`, with arguments as for the conditional expectation.
    ConditionalVariance,
    Covariance,
    Correlation,
    /// P(A) of a statement or event
    Probability,
    /// P(A | B)
    ConditionalProbability,
    /// 1 where a statement holds, else 0
    Indicator,
    /// 1 where two indices are equal, else 0
    KroneckerDelta,
}
