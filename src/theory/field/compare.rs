//! Questions about terms that the normal form answers.

use super::fraction::{Fraction, Stop};
use super::normal::Field;
use crate::number::Rational;
use crate::term::{Function, Node, Store, TermId};

impl Field {
    /// Whether both terms have one normal form: true means equal wherever both are defined and
    /// that neither is undefined everywhere by its form alone; false means nothing.
    pub fn equal(&mut self, store: &mut Store, a: TermId, b: TermId) -> bool {
        if !self.takes(store, a) || !self.takes(store, b) {
            return a == b && self.run(store, |f, s| f.fraction(s, a)) != Err(Stop::Undefined);
        }
        let difference = self.run(store, |field, store| {
            let left = field.fraction(store, a)?;
            if a == b {
                return Ok(true);
            }
            let right = field.fraction(store, b)?;
            if left == right {
                return Ok(true);
            }
            let sum = field.arithmetic().add(&left, &right.neg())?;
            Ok(sum.numerator.is_zero())
        });
        match difference {
            Ok(same) => same,
            Err(Stop::Undefined) => false,
            Err(_) => a == b,
        }
    }

    /// The canonical term: the same term for all terms with one normal form. It is defined
    /// wherever `term` is, and equal to it there. `None` where the term is not of this theory,
    /// never defined, or too large.
    pub fn normal(&mut self, store: &mut Store, term: TermId) -> Option<TermId> {
        if !self.takes(store, term) {
            return None;
        }
        self.run(store, |field, store| field.canonical(store, term))
            .ok()
    }

    /// Whether the term is undefined everywhere by its form: a division by the zero polynomial,
    /// an even root of a negative number.
    pub fn never_defined(&mut self, store: &mut Store, term: TermId) -> bool {
        self.run(store, |f, s| f.fraction(s, term)) == Err(Stop::Undefined)
    }

    /// a − b if it is a rational number wherever both are defined.
    pub fn constant_difference(
        &mut self,
        store: &mut Store,
        a: TermId,
        b: TermId,
    ) -> Option<Rational> {
        self.combination(store, a, b, |field, a, b| {
            field.arithmetic().add(a, &b.neg())
        })?
        .as_number()
    }

    /// a / b if it is a rational number wherever both are defined.
    pub fn constant_ratio(&mut self, store: &mut Store, a: TermId, b: TermId) -> Option<Rational> {
        let ratio = self.combination(store, a, b, |field, a, b| {
            let inverse = field.arithmetic().inverse(b)?;
            let ratio = field.arithmetic().mul(a, &inverse)?;
            field.reduced(&ratio)
        })?;
        ratio.as_number()
    }

    fn combination(
        &mut self,
        store: &mut Store,
        a: TermId,
        b: TermId,
        with: impl Fn(&mut Field, &Fraction, &Fraction) -> Result<Fraction, Stop>,
    ) -> Option<Fraction> {
        if !self.takes(store, a) || !self.takes(store, b) {
            return None;
        }
        self.run(store, |field, store| {
            let left = field.fraction(store, a)?;
            let right = field.fraction(store, b)?;
            with(field, &left, &right)
        })
        .ok()
    }

    /// Without sorts a symbol beside a transpose or trace might be a matrix: such terms are taken
    /// only where the matrices are known.
    fn takes(&self, store: &Store, term: TermId) -> bool {
        if !self.assumed.matrices.is_empty() {
            return true;
        }
        let mut stack = vec![term];
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = store.node(next);
            let matrix = match node {
                Node::Matrix(..) | Node::Gradient(..) => true,
                Node::Function(f, _) => matches!(
                    f,
                    Function::Transpose
                        | Function::Inverse
                        | Function::Trace
                        | Function::Determinant
                        | Function::Diagonal
                        | Function::Identity
                        | Function::Ones
                        | Function::Kronecker
                        | Function::Hadamard
                ),
                _ => false,
            };
            if matrix {
                return false;
            }
            node.for_each_child(|child| stack.push(child));
        }
        true
    }
}

impl Field {
    /// Whether products with this term keep their order: it holds a matrix or vector.
    #[must_use]
    pub fn is_ordered(&self, store: &Store, term: TermId) -> bool {
        self.is_matrix(store, term)
    }
}
