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
    /// The identity matrix, of the size that fits, or of a size that is told: `Identity(n)`.
    Identity,
    /// The vector of ones, of the size that fits, or `Ones(n)`.
    Ones,
    /// The unit vector e_i, of the size that fits, or `Unit(i, n)`.
    Unit,
    /// The columns of a matrix below each other.
    Vectorized,
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

impl Function {
    /// Whether its arguments or its value are vectors or matrices.
    #[must_use]
    pub fn is_of_matrices(self) -> bool {
        self.gives_matrix()
            || matches!(
                self,
                Function::Norm | Function::Trace | Function::Determinant | Function::Entry
            )
    }

    /// Whether it is taken of a vector entry by entry.
    #[must_use]
    pub fn is_elementwise(self) -> bool {
        matches!(
            self,
            Function::Log
                | Function::Sin
                | Function::Cos
                | Function::Sinh
                | Function::Cosh
                | Function::Tanh
                | Function::Arctan
                | Function::Sigmoid
                | Function::Softplus
                | Function::Relu
        )
    }

    /// Whether its value is a vector or matrix, where its arguments are.
    #[must_use]
    pub fn gives_matrix(self) -> bool {
        matches!(
            self,
            Function::Transpose
                | Function::Inverse
                | Function::Diagonal
                | Function::Identity
                | Function::Ones
                | Function::Unit
                | Function::Vectorized
                | Function::Kronecker
                | Function::Hadamard
        )
    }
}
