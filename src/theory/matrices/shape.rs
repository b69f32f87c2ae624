//! Shapes of vectors and matrices, and whether they fit.

use rustc_hash::FxHashMap;

use crate::term::{Function, Node, Sort, Store, Symbol, TermId};

/// The shape of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A number (one row and one column).
    Scalar,
    /// Rows and columns, which are not both 1.
    Matrix(TermId, TermId),
    /// The number 0, which is also a vector or matrix of zeros.
    Zero,
    /// The identity, or a multiple of it, of whatever size fits.
    Identity,
    /// Nothing is known.
    Unknown,
}

/// Why a term has no shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// Only a square matrix has powers: the base, and its shape.
    Power(TermId, Shape),
    /// A square matrix is expected: the argument, and its shape.
    NotSquare(TermId, Shape),
    /// The factors so far, their shape, the next factor and its shape.
    Product(Vec<TermId>, Shape, TermId, Shape),
    /// Values of one shape are expected: two terms with their shapes.
    Unequal(TermId, Shape, TermId, Shape),
}

/// What is known of the shapes of symbols.
pub trait Sorts {
    /// The shape of a symbol, of a family that of each member.
    fn shape_of(&self, store: &Store, symbol: Symbol) -> Shape;
}

/// Symbols without a sort are numbers; those that were made up may stand for anything.
impl Sorts for FxHashMap<Symbol, Sort> {
    fn shape_of(&self, store: &Store, symbol: Symbol) -> Shape {
        match self.get(&symbol) {
            Some(Sort::Matrix(rows, columns)) => Shape::Matrix(rows.0, columns.0),
            Some(_) => Shape::Scalar,
            None if store.name(symbol).contains('#') => Shape::Unknown,
            None => Shape::Scalar,
        }
    }
}

/// Nesting that is looked at; what lies deeper is not known.
const DEPTH: usize = 300;

/// Rows or columns of a written matrix of which the shape is known in any case.
const WRITTEN: i64 = 6;

/// The shapes of terms, as far as they are declared.
pub struct Shapes<'a, S: Sorts> {
    store: &'a Store,
    sorts: &'a S,
    one: TermId,
    seen: FxHashMap<TermId, Shape>,
    /// Shapes of the variables of the binders around.
    bound: Vec<(u32, Shape)>,
}

impl<'a, S: Sorts> Shapes<'a, S> {
    /// The shapes of this store's terms, symbols being of these sorts.
    pub fn new(store: &'a mut Store, sorts: &'a S) -> Self {
        let one = store.integer(1);
        for size in 2..=WRITTEN {
            store.integer(size);
        }
        Shapes {
            store,
            sorts,
            one,
            seen: FxHashMap::default(),
            bound: Vec::new(),
        }
    }

    /// The shape of a term.
    ///
    /// # Errors
    /// Two shapes within it do not fit.
    pub fn of(&mut self, term: TermId) -> Result<Shape, Misfit> {
        self.within_depth(term, 0)
    }

    /// The common shape of two sides of a relation.
    ///
    /// # Errors
    /// They do not fit, or something within them.
    pub fn common(&mut self, left: TermId, right: TermId) -> Result<Shape, Misfit> {
        let a = self.of(left)?;
        let b = self.of(right)?;
        self.same(left, a, right, b)
    }

    fn within_depth(&mut self, term: TermId, depth: usize) -> Result<Shape, Misfit> {
        if let Some(shape) = self.seen.get(&term) {
            return Ok(*shape);
        }
        if depth > DEPTH {
            return Ok(Shape::Unknown);
        }
        let shape = self.find(term, depth + 1)?;
        if self.store.is_closed(term) {
            self.seen.insert(term, shape);
        }
        Ok(shape)
    }

    fn of_symbol(&self, symbol: Symbol) -> Shape {
        match self.sorts.shape_of(self.store, symbol) {
            Shape::Matrix(rows, columns) => self.matrix(rows, columns),
            other => other,
        }
    }

    /// One row and one column make a number.
    fn matrix(&self, rows: TermId, columns: TermId) -> Shape {
        if rows == self.one && columns == self.one {
            Shape::Scalar
        } else {
            Shape::Matrix(rows, columns)
        }
    }

    fn find(&mut self, term: TermId, depth: usize) -> Result<Shape, Misfit> {
        let store = self.store;
        match store.node(term) {
            Node::Number(value) if value.is_zero() => Ok(Shape::Zero),
            Node::Symbol(symbol) | Node::Member(symbol, _) => Ok(self.of_symbol(*symbol)),
            Node::Bound(number) => Ok(self
                .bound
                .iter()
                .rev()
                .find(|(n, _)| n == number)
                .map_or(Shape::Unknown, |(_, shape)| *shape)),
            Node::Call(symbol, _, arguments) => {
                for argument in arguments {
                    self.within_depth(*argument, depth)?;
                }
                Ok(match self.of_symbol(*symbol) {
                    shape @ Shape::Matrix(..) => shape,
                    _ => Shape::Scalar,
                })
            }
            Node::Function(function, arguments) => self.function(*function, arguments, depth),
            Node::Add(terms) => {
                let mut whole: Option<(TermId, Shape)> = None;
                for part in terms {
                    let shape = self.within_depth(*part, depth)?;
                    whole = Some(match whole {
                        None => (*part, shape),
                        Some((before, known)) => {
                            let joined = self.same(before, known, *part, shape)?;
                            if joined == known {
                                (before, joined)
                            } else {
                                (*part, joined)
                            }
                        }
                    });
                }
                Ok(whole.map_or(Shape::Scalar, |(_, shape)| shape))
            }
            Node::Mul(factors) => self.product(factors, depth),
            Node::Pow(base, exponent) => {
                let raised = self.within_depth(*exponent, depth)?;
                let shape = self.within_depth(*base, depth)?;
                // e^z of a vector is taken entry by entry.
                if shape == Shape::Scalar && self.is_line(raised) {
                    return Ok(raised);
                }
                if let Shape::Matrix(rows, columns) = shape
                    && self.differ(rows, columns)
                {
                    return Err(Misfit::Power(*base, shape));
                }
                Ok(match shape {
                    Shape::Zero => Shape::Scalar,
                    other => other,
                })
            }
            Node::Derivative(number, body, at) => {
                let at = self.within_depth(*at, depth)?;
                let value = self.within(*number, at, *body, depth)?;
                Ok(match at {
                    Shape::Matrix(..) => Shape::Unknown,
                    _ => value,
                })
            }
            Node::Gradient(number, body, at, order) => {
                let at = self.within_depth(*at, depth)?;
                let value = self.within(*number, at, *body, depth)?;
                Ok(match (value, at, order) {
                    (Shape::Scalar | Shape::Zero, Shape::Matrix(rows, columns), 2)
                        if columns == self.one =>
                    {
                        self.matrix(rows, rows)
                    }
                    (Shape::Scalar | Shape::Zero, at, 1) => at,
                    // The Jacobian ∂y_i/∂x_j.
                    (Shape::Matrix(m, one), Shape::Matrix(n, another), 1)
                        if one == self.one && another == self.one =>
                    {
                        self.matrix(m, n)
                    }
                    _ => Shape::Unknown,
                })
            }
            Node::Integral(number, body, ..)
            | Node::Antiderivative(number, body, _)
            | Node::Limit(number, body, ..)
            | Node::Sum(number, body, ..)
            | Node::Product(number, body, ..)
            | Node::Extremum(number, body, ..) => self.within(*number, Shape::Scalar, *body, depth),
            Node::ForAll(number, body, _) => self.within(*number, Shape::Unknown, *body, depth),
            Node::Matrix(rows, columns, entries) => {
                let mut scalars = true;
                for entry in entries {
                    let shape = self.within_depth(*entry, depth)?;
                    scalars &= matches!(shape, Shape::Scalar | Shape::Zero);
                }
                let size = |count: u32| store.find_integer(i64::from(count));
                Ok(match (size(*rows), size(*columns)) {
                    // Entries that are matrices are blocks.
                    (Some(rows), Some(columns)) if scalars => self.matrix(rows, columns),
                    _ => Shape::Unknown,
                })
            }
            Node::Piecewise(_) => Ok(Shape::Unknown),
            Node::Relation(_, a, b) => {
                let (left, right) = (self.within_depth(*a, depth)?, self.within_depth(*b, depth)?);
                self.same(*a, left, *b, right)?;
                Ok(Shape::Unknown)
            }
            Node::And(parts) | Node::Or(parts) => {
                for part in parts {
                    self.within_depth(*part, depth)?;
                }
                Ok(Shape::Unknown)
            }
            Node::Not(inner) => self.within_depth(*inner, depth),
            _ => Ok(Shape::Scalar),
        }
    }

    fn within(
        &mut self,
        number: u32,
        shape: Shape,
        body: TermId,
        depth: usize,
    ) -> Result<Shape, Misfit> {
        self.bound.push((number, shape));
        let result = self.within_depth(body, depth);
        self.bound.pop();
        result
    }

    /// Whether it is a column or a row.
    fn is_line(&self, shape: Shape) -> bool {
        matches!(shape, Shape::Matrix(rows, columns) if rows == self.one || columns == self.one)
    }

    fn function(
        &mut self,
        function: Function,
        arguments: &[TermId],
        depth: usize,
    ) -> Result<Shape, Misfit> {
        let mut shapes = Vec::new();
        for argument in arguments {
            shapes.push(self.within_depth(*argument, depth)?);
        }
        Ok(match (function, shapes.as_slice()) {
            (Function::Transpose, [Shape::Matrix(rows, columns)]) => Shape::Matrix(*columns, *rows),
            (Function::Inverse | Function::Determinant | Function::Trace, [shape]) => {
                if let (Shape::Matrix(rows, columns), [argument]) = (shape, arguments)
                    && self.differ(*rows, *columns)
                {
                    return Err(Misfit::NotSquare(*argument, *shape));
                }
                if function == Function::Inverse {
                    *shape
                } else {
                    Shape::Scalar
                }
            }
            (
                Function::Transpose | Function::Expectation | Function::ConditionalExpectation,
                [shape, ..],
            ) => *shape,
            (Function::Identity, _) => match arguments {
                [size] => self.matrix(*size, *size),
                _ => Shape::Identity,
            },
            (Function::Ones, _) if arguments.len() == 1 => self.matrix(arguments[0], self.one),
            (Function::Unit, _) if arguments.len() == 2 => self.matrix(arguments[1], self.one),
            (function, [shape]) if function.is_elementwise() && self.is_line(*shape) => *shape,
            (Function::Hadamard, [a, b]) => match arguments {
                [left, right] => self.same(*left, *a, *right, *b)?,
                _ => Shape::Unknown,
            },
            (Function::Diagonal, [Shape::Matrix(rows, columns)]) if *columns == self.one => {
                self.matrix(*rows, *rows)
            }
            (
                Function::Ones
                | Function::Unit
                | Function::Vectorized
                | Function::Diagonal
                | Function::Kronecker,
                _,
            ) => Shape::Unknown,
            (Function::Variance | Function::Covariance, shapes)
                if shapes.iter().any(|s| *s != Shape::Scalar) =>
            {
                Shape::Unknown
            }
            _ => Shape::Scalar,
        })
    }

    /// Products in brackets were written out, so that A (xᵀ y) is A xᵀ y: what makes a number
    /// within a product is a factor of its own.
    fn product(&mut self, factors: &[TermId], depth: usize) -> Result<Shape, Misfit> {
        let mut zero = false;
        let mut unknown = false;
        let mut stack: Vec<(Vec<TermId>, Shape)> = Vec::new();
        for factor in factors {
            let shape = self.within_depth(*factor, depth)?;
            match shape {
                Shape::Scalar => continue,
                Shape::Zero => {
                    zero = true;
                    continue;
                }
                Shape::Unknown => unknown = true,
                Shape::Identity | Shape::Matrix(..) => {}
            }
            let mut last = (vec![*factor], shape);
            while last.1 != Shape::Scalar
                && let Some((before, known)) = stack.pop()
            {
                let joined = match (known, last.1) {
                    (Shape::Matrix(a, b), Shape::Matrix(c, d)) => {
                        if self.differ(b, c) {
                            stack.push((before, known));
                            break;
                        }
                        if b == c {
                            self.matrix(a, d)
                        } else {
                            unknown = true;
                            Shape::Unknown
                        }
                    }
                    (Shape::Identity, other) | (other, Shape::Identity) => other,
                    _ => Shape::Unknown,
                };
                last.0.splice(0..0, before);
                last.1 = joined;
            }
            if last.1 != Shape::Scalar {
                stack.push(last);
            }
        }
        let mut parts = stack.into_iter();
        Ok(match (parts.next(), parts.next()) {
            (Some((before, a)), Some((next, b))) if !unknown => {
                let Some(first) = next.first() else {
                    return Ok(Shape::Unknown);
                };
                return Err(Misfit::Product(before, a, *first, b));
            }
            _ if unknown => Shape::Unknown,
            (Some((_, shape)), _) => shape,
            (None, _) if zero => Shape::Zero,
            (None, _) => Shape::Scalar,
        })
    }

    /// The common shape of two sides or terms.
    fn same(&self, left: TermId, a: Shape, right: TermId, b: Shape) -> Result<Shape, Misfit> {
        let fits = match (a, b) {
            (Shape::Unknown, _) | (_, Shape::Unknown) => return Ok(Shape::Unknown),
            (Shape::Zero, other) | (other, Shape::Zero) => return Ok(other),
            (Shape::Identity, Shape::Identity) => return Ok(Shape::Identity),
            (Shape::Identity, Shape::Matrix(rows, columns))
            | (Shape::Matrix(rows, columns), Shape::Identity) => {
                if !self.differ(rows, columns) {
                    return Ok(Shape::Matrix(rows, columns));
                }
                false
            }
            (Shape::Matrix(a, b), Shape::Matrix(c, d)) => !self.differ(a, c) && !self.differ(b, d),
            (Shape::Scalar, Shape::Scalar) => true,
            // I alone may be a number's name.
            (Shape::Identity, Shape::Scalar) | (Shape::Scalar, Shape::Identity) => {
                return Ok(Shape::Unknown);
            }
            _ => false,
        };
        if fits {
            return Ok(a);
        }
        Err(Misfit::Unequal(left, a, right, b))
    }

    /// Whether two dimensions are surely not meant to be the same.
    fn differ(&self, a: TermId, b: TermId) -> bool {
        let plain = |t: TermId| matches!(self.store.node(t), Node::Number(_) | Node::Symbol(_));
        a != b && plain(a) && plain(b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::Dimension;

    fn ground() -> (Store, FxHashMap<Symbol, Sort>) {
        let mut store = Store::new();
        let (m, n, one) = (store.variable("m"), store.variable("n"), store.integer(1));
        let mut sorts = FxHashMap::default();
        for (name, rows, columns) in [
            ("A", m, n),
            ("S", n, n),
            ("b", m, one),
            ("x", n, one),
            ("y", n, one),
        ] {
            let symbol = store.symbol(name);
            sorts.insert(symbol, Sort::Matrix(Dimension(rows), Dimension(columns)));
        }
        (store, sorts)
    }

    #[test]
    fn a_number_made_of_vectors_may_stand_behind_a_matrix() {
        let (mut store, sorts) = ground();
        let [a, x, y, m, n] = ["A", "x", "y", "m", "n"].map(|name| store.variable(name));
        let row = store.function(Function::Transpose, &[x]);
        let product = store.mul(&[a, row, y]);
        let other = store.mul(&[a, row, y, x]);
        let mut shapes = Shapes::new(&mut store, &sorts);
        assert_eq!(shapes.of(product), Ok(Shape::Matrix(m, n)));
        let one = shapes.one;
        assert_eq!(shapes.of(other), Ok(Shape::Matrix(m, one)));
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let (mut store, sorts) = ground();
        let [a, b, s, x] = ["A", "b", "S", "x"].map(|name| store.variable(name));
        let good = store.mul(&[a, s, x]);
        let bad = store.mul(&[a, b]);
        let trace = store.function(Function::Trace, &[a]);
        let mut shapes = Shapes::new(&mut store, &sorts);
        assert!(shapes.of(good).is_ok());
        assert!(matches!(shapes.of(bad), Err(Misfit::Product(..))));
        assert!(matches!(shapes.of(trace), Err(Misfit::NotSquare(..))));
        assert!(shapes.common(good, b).is_ok());
        assert!(matches!(shapes.common(good, x), Err(Misfit::Unequal(..))));
    }

    #[test]
    fn a_written_matrix_has_its_rows_and_columns() {
        let (mut store, sorts) = ground();
        let (one, two) = (store.integer(1), store.integer(2));
        let x = store.variable("x");
        let column = store.add_node(Node::Matrix(2, 1, [one, two].into()));
        let blocks = store.add_node(Node::Matrix(2, 1, [x, x].into()));
        let mut shapes = Shapes::new(&mut store, &sorts);
        assert_eq!(shapes.of(column), Ok(Shape::Matrix(two, one)));
        assert_eq!(shapes.of(blocks), Ok(Shape::Unknown));
    }
}
