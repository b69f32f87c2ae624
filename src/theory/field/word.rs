//! Products that keep their order.

use super::fraction::{Fraction, Stop};
use super::normal::Field;
use super::polynomial::Polynomial;
use crate::term::{Function, Node, Store, TermId};

impl Field {
    /// Whether a product with this factor must keep its order.
    pub(super) fn is_matrix(&self, store: &Store, term: TermId) -> bool {
        let mut stack = vec![term];
        let mut seen = 0_u32;
        while let Some(next) = stack.pop() {
            seen += 1;
            if seen > 4_096 {
                return true;
            }
            match store.node(next) {
                Node::Symbol(s) | Node::Member(s, _) | Node::Call(s, _, _)
                    if self.assumed.matrices.contains(s) =>
                {
                    return true;
                }
                Node::Matrix(..) | Node::Gradient(..) => return true,
                Node::Function(f, _) if f.gives_matrix() => return true,
                Node::Function(Function::Expectation | Function::ConditionalExpectation, args) => {
                    stack.extend(args.first());
                }
                Node::Add(xs) | Node::Mul(xs) => stack.extend_from_slice(xs),
                Node::Pow(a, _) => stack.push(*a),
                Node::Derivative(_, body, _)
                | Node::Integral(_, body, _, _)
                | Node::Antiderivative(_, body, _)
                | Node::Limit(_, body, _, _)
                | Node::Sum(_, body, _, _, _)
                | Node::Product(_, body, _, _, _) => stack.push(*body),
                Node::Piecewise(parts) => stack.extend(parts.iter().step_by(2)),
                _ => {}
            }
        }
        false
    }

    pub(super) fn has_matrix(&self, store: &Store, factors: &[TermId]) -> bool {
        factors.iter().any(|factor| self.is_matrix(store, *factor))
    }

    /// A product in which some factors keep their order: the others come out as a scalar, sums of
    /// words are multiplied out.
    pub(super) fn word_product(
        &mut self,
        store: &mut Store,
        factors: &[TermId],
    ) -> Result<Fraction, Stop> {
        let mut scalar = Fraction::one();
        let mut words: Vec<(Fraction, Vec<TermId>)> = vec![(Fraction::one(), Vec::new())];
        for factor in factors {
            if !self.is_matrix(store, *factor) {
                let factor = self.fraction(store, *factor)?;
                scalar = self.arithmetic().mul(&scalar, &factor)?;
                continue;
            }
            let parts = self.linear_parts(store, *factor)?;
            self.purse
                .spend(words.len() as u64 * parts.len() as u64 * 64)
                .ok_or(Stop::Budget)?;
            let mut next = Vec::with_capacity(words.len() * parts.len());
            for (coefficient, word) in &words {
                for (c, letters) in &parts {
                    let product = self.arithmetic().mul(coefficient, c)?;
                    let mut longer = word.clone();
                    longer.extend_from_slice(letters);
                    next.push((product, longer));
                }
            }
            words = next;
        }
        let mut parts = Vec::with_capacity(words.len());
        for (coefficient, word) in words {
            let word = store.mul(&word);
            let word = self.atom(store, word, false)?;
            let part = self.arithmetic().mul(&coefficient, &word)?;
            parts.push(self.arithmetic().mul(&part, &scalar)?);
        }
        self.sum(parts)
    }

    /// A factor as a sum of words with scalar coefficients.
    fn linear_parts(
        &mut self,
        store: &mut Store,
        factor: TermId,
    ) -> Result<Vec<(Fraction, Vec<TermId>)>, Stop> {
        let fraction = self.fraction(store, factor)?;
        let below = Fraction {
            numerator: Polynomial::one(),
            ..fraction.clone()
        };
        let mut parts = Vec::new();
        for (monomial, coefficient) in fraction.numerator.terms() {
            let mut word = None;
            let mut rest = monomial.clone();
            for (atom, exponent) in monomial.factors() {
                let base = self.atoms.get(atom).ok_or(Stop::NotMine)?.base;
                if self.is_matrix(store, base) {
                    if word.is_some() || exponent != 1 {
                        return Err(Stop::NotMine);
                    }
                    word = Some(base);
                    rest = rest.without(atom);
                }
            }
            let scalar = Fraction::whole(Polynomial::monomial(rest, coefficient.clone()));
            let scalar = self.arithmetic().mul(&scalar, &below)?;
            let letters = match word.map(|word| (word, store.node(word).clone())) {
                Some((_, Node::Mul(letters))) => letters.to_vec(),
                Some((word, _)) => vec![word],
                // A number among matrices: not ours to say what is meant.
                None => return Err(Stop::NotMine),
            };
            parts.push((scalar, letters));
        }
        Ok(parts)
    }

    /// Aⁿ for a small natural number n is a word; any other power is a letter.
    pub(super) fn word_power(
        &mut self,
        store: &mut Store,
        term: TermId,
        base: TermId,
        exponent: TermId,
    ) -> Result<Fraction, Stop> {
        if let Node::Number(value) = store.node(exponent)
            && let Some(n @ 2..=6) = value.to_i64()
        {
            let factors = vec![base; usize::try_from(n).unwrap_or(0)];
            return self.word_product(store, &factors);
        }
        let _ = term;
        let base = self.canonical(store, base)?;
        let letter = store.pow(base, exponent);
        self.atom(store, letter, false)
    }
}
