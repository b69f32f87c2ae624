//! Vectors and matrices: norms, inner products, covariances, and whether a value is one.

use rustc_hash::FxHashMap;

use super::Unreadable;
use super::reader::{Read, Reader};
use crate::source::Span;
use crate::syntax::{Kind, Tree};
use crate::term::{Constant, Function, Node, Sort, Symbol, TermId};
use crate::theory::matrices::{Shape, Shapes};

/// What was found of terms, and of the definitions of symbols.
#[derive(Default)]
struct Looked {
    terms: FxHashMap<TermId, bool>,
    symbols: FxHashMap<Symbol, bool>,
}

impl Reader<'_> {
    /// The shape of a value, with what is defined written out.
    pub(super) fn shape(&mut self, term: TermId) -> Shape {
        let Some(term) = self.scope.unfold(self.store, term) else {
            return Shape::Unknown;
        };
        Shapes::new(self.store, self.scope)
            .of(term)
            .unwrap_or(Shape::Unknown)
    }

    /// Whether the value is a vector or matrix, and no number made of them.
    pub(super) fn is_array(&mut self, term: TermId) -> bool {
        self.is_matrix(term) && self.shape(term) != Shape::Scalar
    }

    /// Whether the value is a function of a vector entry by entry, perhaps with a number before it.
    pub(super) fn is_entrywise(&mut self, term: TermId) -> bool {
        let term = match self.store.node(term) {
            Node::Mul(factors) => factors.last().copied().unwrap_or(term),
            _ => term,
        };
        let own = match self.store.node(term) {
            Node::Function(Function::Hadamard, parts) => {
                let parts = parts.to_vec();
                return parts.into_iter().any(|part| self.is_entrywise(part));
            }
            Node::Function(function, _) => function.is_elementwise(),
            Node::Pow(base, _) => matches!(self.store.node(*base), Node::Constant(Constant::E)),
            _ => false,
        };
        own && self.is_array(term)
    }

    /// Whether the value is a column: by its shape, else by how its letters are set.
    fn is_column_value(&mut self, term: TermId) -> bool {
        if !self.is_matrix(term) {
            return false;
        }
        let one = self.store.integer(1);
        match self.shape(term) {
            Shape::Matrix(_, columns) => columns == one,
            Shape::Unknown => self.is_column(term),
            _ => false,
        }
    }

    /// `a · b`: of two columns the inner product.
    pub(super) fn times(&mut self, left: &Tree, right: &Tree) -> Read {
        let (a, b) = (self.term(left)?, self.term(right)?);
        if self.is_column_value(a) && self.is_column_value(b) {
            let between = Span::new(left.span.end, right.span.start.max(left.span.end));
            let sign = self.slice(between);
            if sign.contains('×') || sign.contains("times") {
                return Err(Unreadable::beyond(
                    left.span.to(right.span),
                    "the cross product of two vectors is not read",
                ));
            }
            if !sign.contains('*') {
                let a = self.store.function(Function::Transpose, &[a]);
                return Ok(self.store.mul(&[a, b]));
            }
        }
        Ok(self.store.mul(&[a, b]))
    }

    /// `‖u‖`, `‖u‖_2`, `‖A‖_F`.
    pub(super) fn norm(&mut self, span: Span, inner: &Tree, which: Option<&Tree>) -> Read {
        let value = self.term(inner)?;
        let which = which.map_or("", |tree| match &tree.kind {
            Kind::Name(name) => name.base.as_str(),
            Kind::Number(digits) => digits.as_str(),
            Kind::Text(word) => word.trim(),
            _ => "?",
        });
        let one = self.store.integer(1);
        let vector = match self.shape(value) {
            Shape::Matrix(rows, columns) => Some(rows == one || columns == one),
            Shape::Scalar => Some(true),
            _ if self.is_column(value) => Some(true),
            _ => None,
        };
        match (which, vector) {
            ("" | "2" | "F", Some(true)) | ("2", None) | ("F" | "Fro", _) => {}
            ("", Some(false) | None) => {
                // For many it is the operator norm.
                self.doubtful = true;
                self.note("read the norm of a matrix as ‖·‖_F, the root of the sum of the squares of its entries".to_owned());
            }
            _ => {
                return Err(Unreadable::beyond(
                    span,
                    "of norms, ‖x‖ = ‖x‖_2 of a vector and ‖A‖_F of a matrix are read",
                ));
            }
        }
        Ok(self.store.function(Function::Norm, &[value]))
    }

    /// `|u|`: the determinant of a square matrix, the length of a vector, the absolute value.
    pub(super) fn bars(&mut self, value: TermId) -> TermId {
        let function = if !self.is_array(value) {
            Function::Abs
        } else if self.is_column_value(value) {
            self.note("read | | of a vector as its length".to_owned());
            Function::Norm
        } else {
            Function::Determinant
        };
        self.store.function(function, &[value])
    }

    /// Cov(u, v), of one argument the variance; E[u vᵀ] − E[u] E[v]ᵀ where one of them is a vector.
    pub(super) fn covariance(&mut self, u: TermId, v: TermId, arguments: usize) -> TermId {
        if !self.is_array(u) && !self.is_array(v) {
            return if arguments == 1 {
                self.store.function(Function::Variance, &[u])
            } else {
                self.store.function(Function::Covariance, &[u, v])
            };
        }
        let row = self.store.function(Function::Transpose, &[v]);
        let product = self.store.mul(&[u, row]);
        let [both, left, right] =
            [product, u, v].map(|part| self.store.function(Function::Expectation, &[part]));
        let right = self.store.function(Function::Transpose, &[right]);
        let apart = self.store.mul(&[left, right]);
        self.store.sub(both, apart)
    }

    /// Whether the value is a vector or matrix, as far as its letters tell.
    pub(super) fn is_matrix(&self, term: TermId) -> bool {
        self.matrix_within(term, 0, &mut Looked::default())
    }

    fn matrix_within(&self, term: TermId, depth: usize, looked: &mut Looked) -> bool {
        if depth > 40 {
            return false;
        }
        if let Some(known) = looked.terms.get(&term) {
            return *known;
        }
        let mut inner = |t: &TermId| self.matrix_within(*t, depth + 1, looked);
        let found = match self.store.node(term) {
            Node::Call(s, ..) => matches!(self.scope.sort_of(*s), Some(Sort::Matrix(..))),
            Node::Symbol(s) | Node::Member(s, _) => {
                self.is_matrix_symbol(*s) || self.is_defined_as_matrix(*s, depth, looked)
            }
            Node::Matrix(..) | Node::Gradient(..) => true,
            Node::Function(
                Function::Transpose
                | Function::Inverse
                | Function::Identity
                | Function::Ones
                | Function::Unit
                | Function::Vectorized
                | Function::Kronecker
                | Function::Hadamard
                | Function::Diagonal,
                _,
            ) => true,
            Node::Function(Function::Expectation, xs) => xs.iter().any(inner),
            Node::Add(xs) => xs.iter().any(inner),
            Node::Mul(xs) => {
                let arrays: Vec<TermId> = xs.iter().copied().filter(|x| inner(x)).collect();
                !arrays.is_empty() && !self.is_inner_product(&arrays)
            }
            Node::Pow(base, exponent) => {
                inner(base)
                    || matches!(self.store.node(*base), Node::Constant(Constant::E))
                        && inner(exponent)
            }
            Node::Function(function, xs) if function.is_elementwise() => xs.iter().any(inner),
            Node::Sum(_, body, ..) => inner(body),
            Node::Derivative(_, body, _) => inner(body),
            _ => false,
        };
        looked.terms.insert(term, found);
        found
    }

    /// Whether a definition of the symbol, or of a member of the family, is a vector or matrix. Each
    /// family is looked at once, however many members are defined by others.
    fn is_defined_as_matrix(&self, symbol: Symbol, depth: usize, looked: &mut Looked) -> bool {
        if let Some(known) = looked.symbols.get(&symbol) {
            return *known;
        }
        looked.symbols.insert(symbol, false);
        let definitions = self.scope.definitions.get(&symbol);
        let found = definitions.is_some_and(|all| {
            all.iter()
                .any(|d| !d.applied && self.matrix_within(d.body, depth + 1, looked))
        });
        looked.symbols.insert(symbol, found);
        found
    }

    /// `vᵀ … w`, of which these factors are vectors and matrices: a row at the left and a column at
    /// the right make a number.
    fn is_inner_product(&self, arrays: &[TermId]) -> bool {
        let [first, .., last] = arrays else {
            return false;
        };
        let row = match self.store.node(*first) {
            Node::Function(Function::Transpose, xs) => {
                xs.first().is_some_and(|x| self.is_column(*x))
            }
            _ => false,
        };
        row && self.is_column(*last)
    }

    pub(super) fn is_column(&self, term: TermId) -> bool {
        match self.store.node(term) {
            Node::Symbol(s) | Node::Member(s, _) => match self.scope.sort_of(*s) {
                Some(Sort::Matrix(_, columns)) => {
                    matches!(self.store.node(columns.0), Node::Number(n) if n.is_one())
                }
                _ => crate::meaning::styled::is_vector(self.store.name(*s)),
            },
            Node::Function(Function::Ones | Function::Unit | Function::Vectorized, _) => true,
            Node::Mul(xs) => xs.last().is_some_and(|x| self.is_column(*x)),
            Node::Add(xs) => xs.iter().any(|x| self.is_column(*x)),
            _ => false,
        }
    }

    /// Whether a symbol is declared as a vector or matrix, or set as one.
    pub(super) fn is_matrix_symbol(&self, symbol: Symbol) -> bool {
        match self.scope.sort_of(symbol) {
            Some(Sort::Matrix(..)) => true,
            Some(_) => false,
            None => crate::meaning::styled::is_styled(self.store.name(symbol)),
        }
    }
}
