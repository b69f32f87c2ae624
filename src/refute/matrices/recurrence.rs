//! Families of which each member says the next: x_(k+1) = f(x_k) for all k.
//!
//! For k ∈ ℕ, f always having a value, it holds for one x whatever x_0 is. For k ∈ ℤ it does where
//! f(x) = M x + c with an invertible M, whatever k is. Other members than those that are worked
//! out have no values.

use super::search::Matrices;
use crate::number::{FloatInterval, Quadratic, Rational};
use crate::refute::definitions;
use crate::term::{Function, Node, Relation, Store, Symbol, TermId};
use crate::theory::evaluate::{Array, Evaluator, Model, Quantity, Tensor};

/// Members of a recurrence that are worked out.
pub(super) const MOST_MEMBERS: i64 = 5;

/// A family of which each member says the next.
pub(super) struct Recurrence {
    pub(super) hypothesis: TermId,
    pub(super) family: Symbol,
    number: u32,
    value: TermId,
    body: TermId,
    /// For all integers, not for the natural numbers alone.
    both_ways: bool,
}

/// The recurrences among the hypotheses, one for each family.
pub(super) fn recurrences(store: &Store, hypotheses: &[TermId]) -> Vec<Recurrence> {
    let mut found: Vec<Recurrence> = Vec::new();
    for hypothesis in hypotheses {
        if let Some(rule) = recurrence(store, *hypothesis)
            && found.iter().all(|other| other.family != rule.family)
        {
            found.push(rule);
        }
    }
    found
}

fn recurrence(store: &Store, hypothesis: TermId) -> Option<Recurrence> {
    let Node::ForAll(number, body, set) = store.node(hypothesis) else {
        return None;
    };
    let both_ways = match store.node(*set) {
        Node::Naturals => false,
        Node::Integers => true,
        _ => return None,
    };
    let Node::Relation(Relation::Equal, next, value) = store.node(*body) else {
        return None;
    };
    let family = definitions::recurrence(store, *number, *next, *value)?;
    if both_ways && !is_affine(store, *value, family, *number) {
        return None;
    }
    Some(Recurrence {
        hypothesis,
        family,
        number: *number,
        value: *value,
        body: *body,
        both_ways,
    })
}

/// Whether a value depends on the index through x_k alone, and on x_k in an affine way.
fn is_affine(store: &Store, value: TermId, family: Symbol, number: u32) -> bool {
    degree(store, value, family, number, 0).is_some_and(|degree| degree <= 1)
}

fn degree(store: &Store, term: TermId, family: Symbol, number: u32, depth: u32) -> Option<u32> {
    if depth > 60 {
        return None;
    }
    if store.is_closed(term) {
        return Some(0);
    }
    match store.node(term) {
        Node::Member(symbol, indices) => match **indices {
            [index] if *symbol == family && *store.node(index) == Node::Bound(number) => Some(1),
            _ => None,
        },
        Node::Add(parts) => {
            let mut most = 0;
            for part in parts {
                most = most.max(degree(store, *part, family, number, depth + 1)?);
            }
            Some(most)
        }
        Node::Mul(factors) => {
            let mut total = 0;
            for factor in factors {
                total += degree(store, *factor, family, number, depth + 1)?;
            }
            Some(total)
        }
        Node::Function(Function::Transpose, arguments) => {
            degree(store, *arguments.first()?, family, number, depth + 1)
        }
        _ => None,
    }
}

impl Matrices<'_> {
    /// Works out the first members of the families that a recurrence says.
    pub(super) fn unroll(&self, model: &mut Model) {
        for rule in &self.recurrences {
            if !model.sizes.contains_key(&rule.family)
                && !model.members.contains_key(&(rule.family, vec![0]))
            {
                let first = model.symbols.len();
                let first = i64::try_from(first % 3).unwrap_or(0) + 1;
                model
                    .members
                    .insert((rule.family, vec![0]), Rational::from(first).into());
            }
        }
        // Members of one family may need those of another.
        for k in 0..MOST_MEMBERS {
            for _ in 0..self.recurrences.len() {
                for rule in &self.recurrences {
                    self.follow(rule, model, k);
                }
            }
        }
    }

    fn follow(&self, rule: &Recurrence, model: &mut Model, k: i64) {
        let Some(value) = self.next(rule, model, k) else {
            return;
        };
        match (value, model.sizes.get(&rule.family).copied()) {
            (Tensor::Full(array), Some(size)) if size == (array.rows(), array.columns()) => {
                let entries: Option<Vec<Quadratic>> = array
                    .entries()
                    .iter()
                    .map(|entry| entry.as_real()?.as_quadratic())
                    .collect();
                if let Some(entries) = entries {
                    model.set_array(rule.family, vec![k + 1], size, entries);
                }
            }
            (Tensor::Zero, Some(size)) => {
                let entries = vec![Rational::zero().into(); size.0 * size.1];
                model.set_array(rule.family, vec![k + 1], size, entries);
            }
            (value, Some((1, 1))) => {
                if let Some(value) = number(value) {
                    model.set_array(rule.family, vec![k + 1], (1, 1), vec![value]);
                }
            }
            (value, None) => {
                if let Some(value) = number(value) {
                    model.members.insert((rule.family, vec![k + 1]), value);
                }
            }
            _ => {}
        }
    }

    /// f(x_k)
    fn next(&self, rule: &Recurrence, model: &Model, k: i64) -> Option<Tensor<FloatInterval>> {
        let mut evaluator = Evaluator::<FloatInterval>::new(self.store, model, 53);
        let value = evaluator.with(rule.number, Quantity::integer(k), |inner| {
            inner.tensor(rule.value)
        });
        value.ok()
    }

    /// Whether the members that were worked out obey, and so others may go on.
    pub(super) fn obeys(&self, rule: &Recurrence, model: &Model) -> bool {
        for k in 0..MOST_MEMBERS {
            let mut evaluator = Evaluator::<FloatInterval>::new(self.store, model, 53);
            let holds = evaluator.with(rule.number, Quantity::integer(k), |inner| {
                inner.truth(rule.body, true)
            });
            if holds != Some(true) {
                return false;
            }
        }
        !rule.both_ways || self.goes_back(rule, model) == Some(true)
    }

    /// Whether x_k can be found from x_(k+1): the linear part of f is invertible.
    fn goes_back(&self, rule: &Recurrence, model: &Model) -> Option<bool> {
        let Some((rows, columns)) = model.sizes.get(&rule.family).copied() else {
            let at = |x: i64| {
                let mut other = model.clone();
                let first = Rational::from(x).into();
                other.members.insert((rule.family, vec![0]), first);
                number(self.next(rule, &other, 0)?)?.as_rational().cloned()
            };
            return Some(at(0)? != at(1)?);
        };
        let count = rows * columns;
        let at = |one: Option<usize>| -> Option<Vec<Rational>> {
            let mut other = model.clone();
            let mut entries = vec![Quadratic::from(Rational::zero()); count];
            if let Some(entry) = one.and_then(|one| entries.get_mut(one)) {
                *entry = Rational::one().into();
            }
            other.set_array(rule.family, vec![0], (rows, columns), entries);
            match self.next(rule, &other, 0)? {
                Tensor::Full(array) => array
                    .entries()
                    .iter()
                    .map(|entry| entry.as_exact().cloned())
                    .collect(),
                Tensor::Zero => Some(vec![Rational::zero(); count]),
                other => Some(vec![number(other)?.as_rational()?.clone()]),
            }
        };
        let constant = at(None)?;
        let mut entries = Vec::with_capacity(count * count);
        for column in 0..count {
            for (x, c) in at(Some(column))?.iter().zip(&constant) {
                entries.push(Quantity::exact(x.sub(c)));
            }
        }
        let matrix = Array::<FloatInterval>::new(count, count, entries).ok()?;
        let determinant = matrix.determinant(53).ok()?;
        Some(!determinant.as_exact()?.is_zero())
    }
}

fn number(value: Tensor<FloatInterval>) -> Option<Quadratic> {
    value.scalar().ok()?.as_real()?.as_quadratic()
}
