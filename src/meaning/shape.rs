//! What is said of vectors and matrices whose shapes do not fit.

use super::elaborate::Unreadable;
use super::scope::Scope;
use super::styled::is_styled;
use crate::source::Span;
use crate::term::{Node, Sort, Store, Symbol, TermId, print};
use crate::theory::matrices::{Misfit, Shape, Shapes, Sorts};

impl Sorts for Scope {
    fn shape_of(&self, store: &Store, symbol: Symbol) -> Shape {
        match self.sort_of(symbol) {
            // Of a size that nobody wrote nothing is held against what stands beside it.
            Some(Sort::Matrix(rows, _)) if matches!(store.node(rows.0), Node::Call(..)) => {
                Shape::Unknown
            }
            Some(Sort::Matrix(rows, columns)) => Shape::Matrix(rows.0, columns.0),
            Some(_) => Shape::Scalar,
            None => {
                let name = store.name(symbol);
                // What a definition or a rule made up may stand for anything.
                if is_styled(name) || name.contains('#') {
                    Shape::Unknown
                } else {
                    Shape::Scalar
                }
            }
        }
    }
}

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
    let result = Shapes::new(store, scope).of(term);
    result
        .map(|_| ())
        .map_err(|misfit| Unreadable::new(span, message(store, &misfit)))
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
    let result = Shapes::new(store, scope).common(left, right);
    result
        .map(|_| ())
        .map_err(|misfit| Unreadable::new(span, message(store, &misfit)))
}

/// Both shapes, and what would fit.
fn message(store: &Store, misfit: &Misfit) -> String {
    match misfit {
        Misfit::Power(base, shape) => format!(
            "{} is {}, and only a square matrix has powers",
            print(store, *base),
            show(store, *shape)
        ),
        Misfit::NotSquare(argument, shape) => format!(
            "a square matrix is expected, and {} is {}",
            print(store, *argument),
            show(store, *shape)
        ),
        Misfit::Product(before, a, next, b) => product(store, before, *a, *next, *b),
        Misfit::Unequal(left, a, right, b) => format!(
            "{} is {} and {} is {}: values of one shape are expected",
            print(store, *left),
            show(store, *a),
            print(store, *right),
            show(store, *b)
        ),
    }
}

fn product(store: &Store, before: &[TermId], a: Shape, next: TermId, b: Shape) -> String {
    let left: Vec<String> = before.iter().map(|t| factor(store, *t)).collect();
    let (left, right) = (left.join(" "), factor(store, next));
    let would = match (a, b) {
        (Shape::Matrix(rows, columns), Shape::Matrix(c, d)) => {
            if d == rows {
                format!("{right} {left} would fit")
            } else if rows == c {
                format!("{left}ᵀ {right} would fit")
            } else {
                format!("a factor with {} rows would fit", print(store, columns))
            }
        }
        _ => String::new(),
    };
    let (shown_a, shown_b) = (show(store, a), show(store, b));
    format!("{left} is {shown_a} and {right} is {shown_b}: {would}")
}

fn factor(store: &Store, term: TermId) -> String {
    let text = print(store, term);
    match store.node(term) {
        Node::Add(_) | Node::Mul(_) => format!("({text})"),
        _ => text,
    }
}

fn show(store: &Store, shape: Shape) -> String {
    match shape {
        Shape::Matrix(rows, columns) => {
            format!("{} × {}", print(store, rows), print(store, columns))
        }
        Shape::Identity => "a square matrix".to_owned(),
        _ => "a number".to_owned(),
    }
}
