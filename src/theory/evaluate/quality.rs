//! Whether a matrix is symmetric, orthogonal, definite, …

use super::array::Array;
use super::evaluator::Evaluator;
use super::quantity::Quantity;
use super::tensor::Tensor;
use crate::number::Enclosure;
use crate::term::{Node, Quality, Relation, TermId};

/// The largest matrix of which all principal minors are looked at.
const LARGEST: usize = 5;

impl<E: Enclosure> Evaluator<'_, E> {
    /// Whether a statement about that symbol speaks of each member of a family.
    pub(super) fn is_family(&self, of: TermId) -> bool {
        let Node::Symbol(symbol) = self.store.node(of) else {
            return false;
        };
        let mut members = self.model.arrays.keys();
        members.any(|(other, indices)| other == symbol && !indices.is_empty())
    }

    /// Whether a value has a quality; `None` where that is not decided.
    pub(super) fn has(&mut self, quality: Quality, value: &Tensor<E>) -> Option<bool> {
        let array = match value {
            Tensor::Full(array) => array.clone(),
            Tensor::Scalar(value) => Array::new(1, 1, vec![value.clone()]).ok()?,
            _ => return None,
        };
        if !array.is_square() {
            return Some(false);
        }
        let bits = self.bits;
        match quality {
            Quality::Symmetric => self.equal(&array, &array.transpose().ok()?),
            Quality::SkewSymmetric => {
                let negative = array.map(|entry| Ok(entry.neg())).ok()?;
                self.equal(&array.transpose().ok()?, &negative)
            }
            Quality::Orthogonal => {
                let product = array.transpose().ok()?.mul(&array, bits).ok()?;
                let ones = vec![Quantity::integer(1); array.rows()];
                self.equal(&product, &Array::diagonal(&ones).ok()?)
            }
            Quality::Diagonal => self.zero_where(&array, |i, j| i != j),
            Quality::UpperTriangular => self.zero_where(&array, |i, j| i > j),
            Quality::LowerTriangular => self.zero_where(&array, |i, j| i < j),
            Quality::Triangular => {
                let upper = self.zero_where(&array, |i, j| i > j);
                let lower = self.zero_where(&array, |i, j| i < j);
                match (upper, lower) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                }
            }
            Quality::PositiveDefinite => self.definite(&array, true),
            Quality::PositiveSemidefinite => self.definite(&array, false),
            Quality::Idempotent => {
                let square = array.mul(&array, bits).ok()?;
                self.equal(&square, &array)
            }
            Quality::Invertible => {
                let determinant = array.determinant(bits).ok()?;
                self.holds(Relation::NotEqual, &determinant, &Quantity::integer(0))
            }
        }
    }

    fn equal(&mut self, a: &Array<E>, b: &Array<E>) -> Option<bool> {
        let mut unsure = false;
        for (x, y) in a.entries().iter().zip(b.entries()) {
            match self.holds(Relation::Equal, x, y) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => unsure = true,
            }
        }
        (!unsure).then_some(true)
    }

    /// Whether all entries at these places are 0.
    fn zero_where(&mut self, array: &Array<E>, at: impl Fn(usize, usize) -> bool) -> Option<bool> {
        let kept = Array::build(array.rows(), array.columns(), |i, j| {
            if at(i, j) {
                Ok(Quantity::integer(0))
            } else {
                array.entry(i, j).cloned()
            }
        });
        self.equal(array, &kept.ok()?)
    }

    /// Symmetric, with positive leading minors (Sylvester), or with no negative principal minor.
    fn definite(&mut self, array: &Array<E>, strictly: bool) -> Option<bool> {
        let size = array.rows();
        if size > LARGEST {
            return None;
        }
        let mut unsure = match self.equal(array, &array.transpose().ok()?) {
            Some(true) => false,
            Some(false) => return Some(false),
            None => true,
        };
        let zero = Quantity::integer(0);
        for kept in 1..(1_usize << size) {
            // The leading minors keep the first rows and columns.
            if strictly && kept & (kept + 1) != 0 {
                continue;
            }
            let places: Vec<usize> = (0..size).filter(|k| kept >> k & 1 == 1).collect();
            let minor = Array::build(places.len(), places.len(), |i, j| {
                match (places.get(i), places.get(j)) {
                    (Some(i), Some(j)) => array.entry(*i, *j).cloned(),
                    _ => Err(super::real::Stop::Unknown),
                }
            });
            let minor = minor.ok()?.determinant(self.bits).ok()?;
            let relation = if strictly {
                Relation::Less
            } else {
                Relation::LessEqual
            };
            match self.holds(relation, &zero, &minor) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => unsure = true,
            }
        }
        (!unsure).then_some(true)
    }
}
