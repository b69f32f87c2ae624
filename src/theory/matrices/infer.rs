//! Dimensions that nobody wrote: bold letters have those with which the terms fit.

use std::collections::BTreeMap;

use crate::term::{Function, Node, Store, Symbol, TermId};

/// Rows and columns of symbols.
pub type Sizes = BTreeMap<Symbol, (TermId, TermId)>;

/// Puts for each dimension that is free the one with which the terms fit.
pub fn infer(store: &Store, sizes: &mut Sizes, terms: &[TermId]) {
    let free = |term: TermId| matches!(store.node(term), Node::Call(..));
    let Some(one) = store.find_integer(1) else {
        return;
    };
    if !sizes
        .values()
        .any(|(rows, columns)| free(*rows) || free(*columns))
    {
        return;
    }
    for (symbol, (_, columns)) in sizes.iter_mut() {
        if free(*columns) && is_small(store.name(*symbol)) {
            *columns = one;
        }
    }
    let mut walk = Walk {
        store,
        sizes,
        one,
        same: BTreeMap::new(),
        bound: BTreeMap::new(),
        seen: BTreeMap::new(),
    };
    // What is found out at the end of a term may help at its beginning.
    for _ in 0..2 {
        walk.seen.clear();
        for term in terms {
            walk.of(*term, 0);
        }
    }
    let found: Sizes = walk
        .sizes
        .iter()
        .map(|(symbol, (rows, columns))| (*symbol, (walk.root(*rows), walk.root(*columns))))
        .collect();
    *sizes = found;
}

/// Bold lower-case letters are columns.
fn is_small(name: &str) -> bool {
    name.chars()
        .next()
        .is_some_and(|c| ('𝐚'..='𝐳').contains(&c) || ('𝛂'..='𝛚').contains(&c) || c.is_lowercase())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Scalar,
    Matrix(TermId, TermId),
    /// The identity, zero, or what is not known.
    Any,
    Square,
}

struct Walk<'a> {
    store: &'a Store,
    sizes: &'a Sizes,
    one: TermId,
    /// Dimensions that are others.
    same: BTreeMap<TermId, TermId>,
    bound: BTreeMap<u32, Fit>,
    seen: BTreeMap<TermId, Fit>,
}

impl Walk<'_> {
    fn root(&self, mut dimension: TermId) -> TermId {
        while let Some(next) = self.same.get(&dimension) {
            dimension = *next;
        }
        dimension
    }

    fn unify(&mut self, a: TermId, b: TermId) {
        let (a, b) = (self.root(a), self.root(b));
        let free = |term: TermId| matches!(self.store.node(term), Node::Call(..));
        if a == b {
            return;
        }
        if free(a) {
            self.same.insert(a, b);
        } else if free(b) {
            self.same.insert(b, a);
        }
    }

    fn join(&mut self, a: Fit, b: Fit) -> Fit {
        match (a, b) {
            (Fit::Matrix(m, n), Fit::Matrix(p, q)) => {
                self.unify(m, p);
                self.unify(n, q);
                a
            }
            (Fit::Matrix(m, n), Fit::Square) | (Fit::Square, Fit::Matrix(m, n)) => {
                self.unify(m, n);
                Fit::Matrix(m, n)
            }
            (Fit::Matrix(m, n), Fit::Scalar) | (Fit::Scalar, Fit::Matrix(m, n)) => {
                self.unify(m, self.one);
                self.unify(n, self.one);
                Fit::Scalar
            }
            (Fit::Any, other) | (other, Fit::Any) => other,
            (a, _) => a,
        }
    }

    fn of(&mut self, term: TermId, depth: u32) -> Fit {
        if depth > 200 {
            return Fit::Any;
        }
        let closed = self.store.is_closed(term);
        if closed && let Some(known) = self.seen.get(&term) {
            return *known;
        }
        let fit = self.find(term, depth + 1);
        let fit = match fit {
            Fit::Matrix(m, n) if self.root(m) == self.one && self.root(n) == self.one => {
                Fit::Scalar
            }
            other => other,
        };
        if closed {
            self.seen.insert(term, fit);
        }
        fit
    }

    fn find(&mut self, term: TermId, depth: u32) -> Fit {
        let store = self.store;
        match store.node(term) {
            Node::Number(n) if n.is_zero() => Fit::Any,
            Node::Symbol(symbol) | Node::Member(symbol, _) => match self.sizes.get(symbol) {
                Some((m, n)) => Fit::Matrix(*m, *n),
                None => Fit::Scalar,
            },
            Node::Bound(number) => self.bound.get(number).copied().unwrap_or(Fit::Scalar),
            Node::Add(parts) => {
                let mut whole = Fit::Any;
                for part in parts {
                    let fit = self.of(*part, depth);
                    whole = self.join(whole, fit);
                }
                whole
            }
            Node::Relation(_, a, b) => {
                let (a, b) = (self.of(*a, depth), self.of(*b, depth));
                self.join(a, b);
                Fit::Any
            }
            Node::Mul(factors) => {
                let fits: Vec<Fit> = factors.iter().map(|f| self.of(*f, depth)).collect();
                self.product(&fits)
            }
            Node::Pow(base, exponent) => {
                self.of(*exponent, depth);
                let fit = self.of(*base, depth);
                self.join(fit, Fit::Square)
            }
            Node::Function(Function::Transpose, xs) => match xs.first() {
                Some(x) => match self.of(*x, depth) {
                    Fit::Matrix(m, n) => Fit::Matrix(n, m),
                    other => other,
                },
                None => Fit::Any,
            },
            Node::Function(Function::Inverse, xs) => match xs.first() {
                Some(x) => {
                    let fit = self.of(*x, depth);
                    self.join(fit, Fit::Square)
                }
                None => Fit::Any,
            },
            Node::Function(Function::Identity, xs) => match **xs {
                [size] => Fit::Matrix(size, size),
                _ => Fit::Square,
            },
            Node::Function(Function::Ones, xs) if xs.len() == 1 => Fit::Matrix(xs[0], self.one),
            Node::Function(Function::Unit, xs) if xs.len() == 2 => Fit::Matrix(xs[1], self.one),
            Node::Function(Function::Trace | Function::Determinant, xs) => {
                if let Some(x) = xs.first() {
                    let fit = self.of(*x, depth);
                    self.join(fit, Fit::Square);
                }
                Fit::Scalar
            }
            Node::Function(Function::Hadamard, xs) => {
                let fits: Vec<Fit> = xs.iter().map(|x| self.of(*x, depth)).collect();
                fits.into_iter().fold(Fit::Any, |a, b| self.join(a, b))
            }
            Node::Function(
                Function::Ones | Function::Diagonal | Function::Kronecker | Function::Expectation,
                xs,
            ) => {
                for x in xs {
                    self.of(*x, depth);
                }
                Fit::Any
            }
            Node::Has(_, of) => {
                let fit = self.of(*of, depth);
                self.join(fit, Fit::Square)
            }
            Node::Gradient(number, body, at, order) => {
                let at = self.of(*at, depth);
                self.bound.insert(*number, at);
                let value = self.of(*body, depth);
                match (value, at, order) {
                    (Fit::Matrix(m, _), Fit::Matrix(n, _), 1) => Fit::Matrix(m, n),
                    (_, Fit::Matrix(n, _), 2) => Fit::Matrix(n, n),
                    _ => at,
                }
            }
            Node::Sum(_, body, ..) | Node::Derivative(_, body, _) => self.of(*body, depth),
            node => {
                let mut children = Vec::new();
                node.for_each_child(|child| children.push(child));
                for child in children {
                    self.of(child, depth);
                }
                match node {
                    Node::Matrix(..) | Node::Piecewise(_) => Fit::Any,
                    _ => Fit::Scalar,
                }
            }
        }
    }

    /// A row behind a matrix of more columns begins a number of its own.
    fn product(&mut self, fits: &[Fit]) -> Fit {
        let mut stack: Vec<(TermId, TermId)> = Vec::new();
        let mut any = false;
        for fit in fits {
            match *fit {
                Fit::Scalar | Fit::Square => continue,
                Fit::Any => {
                    any = true;
                    continue;
                }
                Fit::Matrix(mut m, mut n) => {
                    while let Some((p, q)) = stack.pop() {
                        let (left, right) = (self.root(q), self.root(m));
                        if left != right && (left == self.one || right == self.one) {
                            stack.push((p, q));
                            break;
                        }
                        self.unify(q, m);
                        (m, n) = (p, n);
                        if self.root(m) == self.one && self.root(n) == self.one {
                            break;
                        }
                    }
                    if self.root(m) != self.one || self.root(n) != self.one {
                        stack.push((m, n));
                    }
                }
            }
        }
        match stack.as_slice() {
            _ if any => Fit::Any,
            [] if fits.contains(&Fit::Square) => Fit::Square,
            [] => Fit::Scalar,
            [(m, n)] => Fit::Matrix(*m, *n),
            _ => Fit::Any,
        }
    }
}
