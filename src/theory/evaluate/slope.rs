//! Derivatives by a letter, also of terms that hold antiderivatives, whose values nobody knows.

use super::evaluator::Evaluator;
use super::quantity::Quantity;
use super::real::{Result, Stop};
use crate::number::Enclosure;
use crate::term::{Node, Symbol, TermId};

impl<E: Enclosure> Evaluator<'_, E> {
    /// The derivative of a term by a letter, at the letter's value in the model.
    pub fn slope(&mut self, term: TermId, letter: Symbol) -> Result<Quantity<E>> {
        let store = self.store;
        if !self.has_antiderivative(term) {
            if !store.mentions(term, letter) {
                // Constant, but it must have a value.
                self.quantity(term)?;
                return Ok(Quantity::integer(0));
            }
            return self.smooth_slope(term, letter);
        }
        match store.node(term) {
            Node::Add(parts) => {
                let mut total = Quantity::integer(0);
                let mut unknown = None;
                for part in parts {
                    match self.slope(*part, letter) {
                        Ok(slope) => total = total.add(&slope, self.bits)?,
                        Err(Stop::Undefined) => return Err(Stop::Undefined),
                        Err(stop) => unknown = Some(stop),
                    }
                }
                unknown.map_or(Ok(total), Err)
            }
            Node::Mul(factors) => {
                // Constants times one antiderivative.
                let mut product = Quantity::integer(1);
                let mut held = None;
                for factor in factors {
                    if self.has_antiderivative(*factor) {
                        if held.replace(*factor).is_some() {
                            return Err(Stop::Unknown);
                        }
                    } else if store.mentions(*factor, letter) {
                        return Err(Stop::Unknown);
                    } else {
                        let value = self.quantity(*factor)?;
                        product = product.mul(&value, self.bits)?;
                    }
                }
                let held = held.ok_or(Stop::Unknown)?;
                product.mul(&self.slope(held, letter)?, self.bits)
            }
            Node::Antiderivative(number, body, at) => {
                // Its parameters other than the variable must not move with the letter.
                if store.mentions(*body, letter) {
                    return Err(Stop::Unknown);
                }
                let inner = self.slope(*at, letter)?;
                let point = self.quantity(*at)?;
                let value = self.with(*number, point, |inner| inner.quantity(*body))?;
                value.mul(&inner, self.bits)
            }
            _ => Err(Stop::Unknown),
        }
    }

    fn smooth_slope(&mut self, term: TermId, letter: Symbol) -> Result<Quantity<E>> {
        let value = self.model.symbols.get(&letter).ok_or(Stop::Unknown)?;
        self.level += 1;
        let level = self.level;
        let variable = Quantity::dual(
            level,
            Quantity::quadratic(value.clone()),
            Quantity::integer(1),
        );
        let mut inner = Evaluator::<E>::new(self.store, self.model, self.bits);
        inner.level = level;
        inner.moving = Some((letter, variable));
        let result = inner.quantity(term);
        self.level -= 1;
        Ok(result?.split(level).1)
    }

    fn has_antiderivative(&self, term: TermId) -> bool {
        let mut seen = rustc_hash::FxHashSet::default();
        let mut stack = vec![term];
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = self.store.node(next);
            if matches!(node, Node::Antiderivative(..)) {
                return true;
            }
            node.for_each_child(|child| stack.push(child));
        }
        false
    }
}
