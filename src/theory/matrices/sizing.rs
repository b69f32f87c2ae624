//! Vectors of ones and unit vectors take the size that fits what stands beside them.

use rustc_hash::FxHashSet;

use super::infer::Sizes;
use crate::term::{Function, Node, Store, TermId};

/// Rows and columns, as far as they are known.
type Size = (Option<TermId>, Option<TermId>);

/// How deep terms may be nested.
const DEEPEST: u32 = 250;

/// Whether a vector stands in the term whose size is to be found out.
#[must_use]
pub fn is_unsized(store: &Store, terms: &[TermId]) -> bool {
    holds(store, terms, |function, count| match function {
        Function::Ones => count == 0,
        Function::Unit => count == 1,
        _ => false,
    })
}

/// Whether an identity, a vector of ones or a unit vector stands in the terms whose size is told.
#[must_use]
pub fn holds_sized(store: &Store, terms: &[TermId]) -> bool {
    holds(store, terms, |function, count| match function {
        Function::Ones | Function::Identity => count == 1,
        Function::Unit => count == 2,
        _ => false,
    })
}

fn holds(store: &Store, terms: &[TermId], found: impl Fn(Function, usize) -> bool) -> bool {
    let mut stack = terms.to_vec();
    let mut seen = FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        match store.node(next) {
            Node::Function(function, xs) if found(*function, xs.len()) => return true,
            node => node.for_each_child(|child| stack.push(child)),
        }
    }
    false
}

/// The term in which each of them has the size that fits, where that can be told.
pub fn sized(store: &mut Store, sizes: &Sizes, term: TermId) -> TermId {
    let one = store.integer(1);
    let sizing = Sizing { sizes, one };
    sizing.fit(store, term, (None, None), 0)
}

#[derive(Clone, Copy)]
struct Sizing<'a> {
    sizes: &'a Sizes,
    one: TermId,
}

fn joined(a: Size, b: Size) -> Size {
    (a.0.or(b.0), a.1.or(b.1))
}

fn square(a: Size) -> Size {
    let size = a.0.or(a.1);
    (size, size)
}

impl Sizing<'_> {
    fn number(self) -> Size {
        (Some(self.one), Some(self.one))
    }

    fn is_number(self, size: Size) -> bool {
        size == self.number()
    }

    fn all(self, store: &Store, parts: &[TermId], depth: u32) -> Size {
        let sizes = parts.iter().map(|part| self.of(store, *part, depth));
        sizes.fold((None, None), joined)
    }

    /// What is known of the size of a term.
    fn of(self, store: &Store, term: TermId, depth: u32) -> Size {
        let depth = depth + 1;
        if depth > DEEPEST {
            return (None, None);
        }
        match store.node(term) {
            Node::Number(value) if value.is_zero() => (None, None),
            Node::Symbol(symbol) | Node::Member(symbol, _) => match self.sizes.get(symbol) {
                Some((rows, columns)) => (Some(*rows), Some(*columns)),
                None => self.number(),
            },
            Node::Add(parts) => self.all(store, parts, depth),
            Node::Mul(factors) => {
                let mut stack: Vec<Size> = Vec::new();
                for factor in factors {
                    self.multiply(&mut stack, self.of(store, *factor, depth));
                }
                match stack.as_slice() {
                    [] => self.number(),
                    [only] => *only,
                    _ => (None, None),
                }
            }
            Node::Pow(base, _) => self.of(store, *base, depth),
            Node::Sum(_, body, ..) | Node::Outcomes(_, body) => self.of(store, *body, depth),
            Node::Function(function, xs) => match (function, &**xs) {
                (Function::Transpose, [x]) => {
                    let (rows, columns) = self.of(store, *x, depth);
                    (columns, rows)
                }
                (Function::Inverse, [x]) => square(self.of(store, *x, depth)),
                (Function::Identity, [size]) => (Some(*size), Some(*size)),
                (Function::Ones, [size]) | (Function::Unit, [_, size]) => {
                    (Some(*size), Some(self.one))
                }
                (Function::Ones | Function::Unit | Function::Vectorized, _) => {
                    (None, Some(self.one))
                }
                (Function::Hadamard, _) => self.all(store, xs, depth),
                (Function::Diagonal, [x]) => {
                    let rows = self.of(store, *x, depth).0;
                    (rows, rows)
                }
                (Function::Expectation, [x]) => self.of(store, *x, depth),
                (Function::Identity | Function::Kronecker | Function::Covariance, _) => {
                    (None, None)
                }
                _ => self.number(),
            },
            Node::Matrix(..) | Node::Gradient(..) | Node::Piecewise(_) => (None, None),
            _ => self.number(),
        }
    }

    /// A factor behind others; what makes a number within a product is a factor of its own.
    fn multiply(self, stack: &mut Vec<Size>, factor: Size) {
        let mut last = factor;
        loop {
            if self.is_number(last) {
                return;
            }
            let Some((rows, columns)) = stack.pop() else {
                break;
            };
            let fits = match (columns, last.0) {
                (Some(a), Some(b)) => a == b,
                (Some(a), None) => a != self.one,
                (None, Some(b)) => b != self.one,
                (None, None) => true,
            };
            if !fits {
                stack.push((rows, columns));
                break;
            }
            last = (rows, last.1);
        }
        stack.push(last);
    }

    /// The term with that size.
    fn fit(self, store: &mut Store, term: TermId, want: Size, depth: u32) -> TermId {
        if depth > DEEPEST || !is_unsized(store, &[term]) {
            return term;
        }
        let depth = depth + 1;
        let size = want.0.filter(|size| *size != self.one);
        match store.node(term).clone() {
            Node::Function(function @ (Function::Ones | Function::Unit), xs) => {
                let mut arguments = xs.to_vec();
                arguments.extend(size);
                store.function(function, &arguments)
            }
            Node::Function(Function::Transpose, xs) if xs.len() == 1 => {
                let inner = self.fit(store, xs[0], (want.1, want.0), depth);
                store.function(Function::Transpose, &[inner])
            }
            Node::Mul(factors) => {
                let sizes: Vec<Size> = factors.iter().map(|f| self.of(store, *f, 0)).collect();
                let beside: Vec<usize> = (0..factors.len())
                    .filter(|place| !self.is_number(sizes[*place]))
                    .collect();
                let known = |other: Option<usize>, columns: bool| {
                    let size = sizes[*beside.get(other?)?];
                    let size = if columns { size.1 } else { size.0 };
                    size.filter(|size| *size != self.one)
                };
                let mut fitted = Vec::with_capacity(factors.len());
                for (place, factor) in factors.iter().enumerate() {
                    let at = beside.iter().position(|other| *other == place);
                    let before = at.and_then(|at| known(at.checked_sub(1), true));
                    let behind = at.and_then(|at| known(Some(at + 1), false));
                    let rows = sizes[place].0.or(before).or(want.0);
                    let columns = sizes[place].1.or(behind).or(want.1);
                    fitted.push(self.fit(store, *factor, (rows, columns), depth));
                }
                store.mul(&fitted)
            }
            Node::Function(Function::Diagonal, xs) if xs.len() == 1 => {
                let want = (want.0.or(want.1), Some(self.one));
                let inner = self.fit(store, xs[0], want, depth);
                store.function(Function::Diagonal, &[inner])
            }
            Node::Add(_)
            | Node::Relation(..)
            | Node::Function(Function::Hadamard, _)
            | Node::Sum(..) => {
                let mut parts = Vec::new();
                match store.node(term) {
                    Node::Sum(_, body, ..) => parts.push(*body),
                    node => node.for_each_child(|child| parts.push(child)),
                }
                let want = joined(want, self.all(store, &parts, 0));
                store.map(term, &mut |store, part| self.fit(store, part, want, depth))
            }
            Node::Function(Function::Trace | Function::Determinant | Function::Inverse, _)
            | Node::Has(..)
            | Node::Pow(..) => store.map(term, &mut |store, part| {
                let size = square(joined(self.of(store, part, 0), want));
                self.fit(store, part, size, depth)
            }),
            _ => store.map(term, &mut |store, part| {
                let size = joined(self.of(store, part, 0), want);
                self.fit(store, part, size, depth)
            }),
        }
    }
}
