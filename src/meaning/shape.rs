//! Shapes of vectors and matrices, and whether they fit.

use rustc_hash::FxHashMap;

use super::elaborate::Unreadable;
use super::scope::Scope;
use crate::source::Span;
use crate::term::{Function, Node, Sort, Store, Symbol, TermId, print};

/// The shape of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A number.
    Scalar,
    /// Rows and columns.
    Matrix(TermId, TermId),
    /// The number 0, which is also a vector or matrix of zeros.
    Zero,
    /// The identity of whatever size fits.
    Identity,
    /// Nothing is known.
    Unknown,
}

/// Nesting that is looked at; what lies deeper is not known.
const DEPTH: usize = 300;

/// Whether the products and sums of a term fit, as far as shapes are declared.
///
/// # Errors
/// Two shapes do not fit: both, and what would.
pub(super) fn check(
    store: &mut Store,
    scope: &Scope,
    span: Span,
    term: TermId,
) -> Result<(), Unreadable> {
    if !scope.has_matrices() {
        return Ok(());
    }
    let mut shapes = Shapes::new(store, scope);
    shapes
        .of(term, 0)
        .map(|_| ())
        .map_err(|message| Unreadable::new(span, message))
}

/// Whether two sides of a relation fit.
///
/// # Errors
/// Two shapes do not fit: both.
pub(super) fn fits(
    store: &mut Store,
    scope: &Scope,
    span: Span,
    left: TermId,
    right: TermId,
) -> Result<(), Unreadable> {
    if !scope.has_matrices() {
        return Ok(());
    }
    let mut shapes = Shapes::new(store, scope);
    let result = shapes.of(left, 0).and_then(|a| {
        let b = shapes.of(right, 0)?;
        shapes.same(left, a, right, b).map(|_| ())
    });
    result.map_err(|message| Unreadable::new(span, message))
}

struct Shapes<'a> {
    store: &'a Store,
    scope: &'a Scope,
    one: TermId,
    seen: FxHashMap<TermId, Shape>,
    /// Shapes of the variables of the binders around.
    bound: Vec<(u32, Shape)>,
}

impl<'a> Shapes<'a> {
    fn new(store: &'a mut Store, scope: &'a Scope) -> Self {
        let one = store.integer(1);
        Shapes {
            store,
            scope,
            one,
            seen: FxHashMap::default(),
            bound: Vec::new(),
        }
    }

    /// The shape of a term.
    fn of(&mut self, term: TermId, depth: usize) -> Result<Shape, String> {
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
        match self.scope.sort_of(symbol) {
            Some(Sort::Matrix(rows, columns)) => self.matrix(rows.0, columns.0),
            Some(_) => Shape::Scalar,
            None => {
                let name = self.store.name(symbol);
                // What a definition or a rule made up may stand for anything.
                if super::styled::is_styled(name) || name.contains('#') {
                    Shape::Unknown
                } else {
                    Shape::Scalar
                }
            }
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

    fn find(&mut self, term: TermId, depth: usize) -> Result<Shape, String> {
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
            Node::Call(_, _, arguments) => {
                for argument in arguments {
                    self.of(*argument, depth)?;
                }
                Ok(Shape::Scalar)
            }
            Node::Function(function, arguments) => self.function(*function, arguments, depth),
            Node::Add(terms) => {
                let mut whole: Option<(TermId, Shape)> = None;
                for part in terms {
                    let shape = self.of(*part, depth)?;
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
                self.of(*exponent, depth)?;
                let shape = self.of(*base, depth)?;
                if let Shape::Matrix(rows, columns) = shape
                    && self.differ(rows, columns)
                {
                    return Err(format!(
                        "{} is {}, and only a square matrix has powers",
                        print(store, *base),
                        self.show(shape)
                    ));
                }
                Ok(match shape {
                    Shape::Zero => Shape::Scalar,
                    other => other,
                })
            }
            Node::Derivative(number, body, at) => {
                let at = self.of(*at, depth)?;
                self.within(*number, at, *body, depth)
            }
            Node::Gradient(number, body, at, order) => {
                let at = self.of(*at, depth)?;
                self.within(*number, at, *body, depth)?;
                Ok(match (at, order) {
                    (Shape::Matrix(rows, columns), 2) if columns == self.one => {
                        Shape::Matrix(rows, rows)
                    }
                    (_, 2) => Shape::Unknown,
                    _ => at,
                })
            }
            Node::Integral(number, body, ..)
            | Node::Antiderivative(number, body, _)
            | Node::Limit(number, body, ..)
            | Node::Sum(number, body, ..)
            | Node::Product(number, body, ..)
            | Node::Extremum(number, body, ..) => self.within(*number, Shape::Scalar, *body, depth),
            Node::ForAll(number, body, _) => self.within(*number, Shape::Unknown, *body, depth),
            Node::Matrix(rows, columns, _) if *rows == 1 && *columns == 1 => Ok(Shape::Scalar),
            Node::Matrix(..) | Node::Piecewise(_) => Ok(Shape::Unknown),
            Node::Relation(_, a, b) => {
                let (left, right) = (self.of(*a, depth)?, self.of(*b, depth)?);
                self.same(*a, left, *b, right)?;
                Ok(Shape::Unknown)
            }
            Node::And(parts) | Node::Or(parts) => {
                for part in parts {
                    self.of(*part, depth)?;
                }
                Ok(Shape::Unknown)
            }
            Node::Not(inner) => self.of(*inner, depth),
            _ => Ok(Shape::Scalar),
        }
    }

    fn within(
        &mut self,
        number: u32,
        shape: Shape,
        body: TermId,
        depth: usize,
    ) -> Result<Shape, String> {
        self.bound.push((number, shape));
        let result = self.of(body, depth);
        self.bound.pop();
        result
    }

    fn function(
        &mut self,
        function: Function,
        arguments: &[TermId],
        depth: usize,
    ) -> Result<Shape, String> {
        let mut shapes = Vec::new();
        for argument in arguments {
            shapes.push(self.of(*argument, depth)?);
        }
        Ok(match (function, shapes.as_slice()) {
            (Function::Transpose, [Shape::Matrix(rows, columns)]) => Shape::Matrix(*columns, *rows),
            (Function::Inverse | Function::Determinant | Function::Trace, [shape]) => {
                if let (Shape::Matrix(rows, columns), [argument]) = (shape, arguments)
                    && self.differ(*rows, *columns)
                {
                    return Err(format!(
                        "a square matrix is expected, and {} is {}",
                        print(self.store, *argument),
                        self.show(*shape)
                    ));
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
            (Function::Identity, _) => Shape::Identity,
            (Function::Hadamard, [a, b]) => match arguments {
                [left, right] => self.same(*left, *a, *right, *b)?,
                _ => Shape::Unknown,
            },
            (Function::Ones | Function::Diagonal | Function::Kronecker, _) => Shape::Unknown,
            (Function::Variance | Function::Covariance, shapes)
                if shapes.iter().any(|s| *s != Shape::Scalar) =>
            {
                Shape::Unknown
            }
            _ => Shape::Scalar,
        })
    }

    fn product(&mut self, factors: &[TermId], depth: usize) -> Result<Shape, String> {
        let mut whole: Option<(Vec<TermId>, Shape)> = None;
        let mut zero = false;
        let mut unknown = false;
        for factor in factors {
            let shape = self.of(*factor, depth)?;
            match shape {
                Shape::Scalar => continue,
                Shape::Zero => {
                    zero = true;
                    continue;
                }
                Shape::Unknown => unknown = true,
                Shape::Identity | Shape::Matrix(..) => {}
            }
            whole = Some(match whole {
                None => (vec![*factor], shape),
                Some((mut before, known)) => {
                    let joined = match (known, shape) {
                        (Shape::Matrix(a, b), Shape::Matrix(c, d)) => {
                            if self.differ(b, c) {
                                return Err(self.misfit(&before, known, *factor, shape));
                            }
                            if b == c {
                                self.matrix(a, d)
                            } else {
                                Shape::Unknown
                            }
                        }
                        (Shape::Identity, other) | (other, Shape::Identity) => other,
                        // A number made of vectors (xᵀy) may stand before any other.
                        (Shape::Scalar, other) => other,
                        _ => Shape::Unknown,
                    };
                    before.push(*factor);
                    (before, joined)
                }
            });
        }
        Ok(match whole {
            _ if unknown => Shape::Unknown,
            Some((_, shape)) => shape,
            None if zero => Shape::Zero,
            None => Shape::Scalar,
        })
    }

    fn misfit(&self, before: &[TermId], a: Shape, factor: TermId, b: Shape) -> String {
        let left: Vec<String> = before.iter().map(|t| self.factor(*t)).collect();
        let (left, right) = (left.join(" "), self.factor(factor));
        let (shown_a, shown_b) = (self.show(a), self.show(b));
        let would = match (a, b) {
            (Shape::Matrix(rows, columns), Shape::Matrix(c, d)) => {
                if d == rows {
                    format!("{right} {left} would fit")
                } else if rows == c {
                    format!("{left}ᵀ {right} would fit")
                } else {
                    format!(
                        "a factor with {} rows would fit",
                        print(self.store, columns)
                    )
                }
            }
            _ => String::new(),
        };
        format!("{left} is {shown_a} and {right} is {shown_b}: {would}")
    }

    fn factor(&self, term: TermId) -> String {
        let text = print(self.store, term);
        match self.store.node(term) {
            Node::Add(_) | Node::Mul(_) => format!("({text})"),
            _ => text,
        }
    }

    /// The common shape of two sides or terms.
    fn same(&self, left: TermId, a: Shape, right: TermId, b: Shape) -> Result<Shape, String> {
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
        Err(format!(
            "{} is {} and {} is {}: values of one shape are expected",
            print(self.store, left),
            self.show(a),
            print(self.store, right),
            self.show(b)
        ))
    }

    /// Whether two dimensions are surely not meant to be the same.
    fn differ(&self, a: TermId, b: TermId) -> bool {
        let plain = |t: TermId| matches!(self.store.node(t), Node::Number(_) | Node::Symbol(_));
        a != b && plain(a) && plain(b)
    }

    fn show(&self, shape: Shape) -> String {
        match shape {
            Shape::Matrix(rows, columns) => format!(
                "{} × {}",
                print(self.store, rows),
                print(self.store, columns)
            ),
            Shape::Identity => "a square matrix".to_owned(),
            _ => "a number".to_owned(),
        }
    }
}
