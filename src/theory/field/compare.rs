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
            if a == b {
                return field.fraction(store, a).map(|_| true);
            }
            let (mut above, mut below) = (Vec::new(), Vec::new());
            field.factors_of(store, a, 1, &mut above)?;
            field.factors_of(store, b, 1, &mut below)?;
            let zero = |(factor, _): &(Fraction, i64)| factor.numerator.is_zero();
            let vanish = above.iter().chain(&below).any(zero);
            if (above.len() > 1 || below.len() > 1) && !vanish {
                match field.products_agree(above, below) {
                    // What is too long to be multiplied out may stand as a power in both.
                    Err(Stop::Budget) => {}
                    other => return other,
                }
            }
            let left = field.fraction(store, a)?;
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

    /// The factors of a term as it is written, with integer exponents.
    fn factors_of(
        &mut self,
        store: &mut Store,
        term: TermId,
        exponent: i64,
        found: &mut Vec<(Fraction, i64)>,
    ) -> Result<(), Stop> {
        match store.node(term).clone() {
            Node::Mul(factors) if !self.has_matrix(store, &factors) => {
                for factor in &factors {
                    self.factors_of(store, *factor, exponent, found)?;
                }
                Ok(())
            }
            Node::Pow(base, power)
                if matches!(store.node(power), Node::Number(n) if n.to_i64().is_some_and(|n| n != 0))
                    && !self.is_ordered(store, base) =>
            {
                let Node::Number(n) = store.node(power).clone() else {
                    return Err(Stop::NotMine);
                };
                let n = n.to_i64().and_then(|n| n.checked_mul(exponent));
                self.factors_of(store, base, n.ok_or(Stop::Budget)?, found)
            }
            _ => {
                let fraction = self.fraction(store, term)?;
                if exponent < 0 && fraction.numerator.is_zero() {
                    return Err(Stop::Undefined);
                }
                match found.iter_mut().find(|(known, _)| *known == fraction) {
                    Some((_, e)) => *e = e.checked_add(exponent).ok_or(Stop::Budget)?,
                    None => found.push((fraction, exponent)),
                }
                Ok(())
            }
        }
    }

    /// Whether two products agree: what stands on both sides is left out before the rest is
    /// multiplied out.
    fn products_agree(
        &mut self,
        mut left: Vec<(Fraction, i64)>,
        right: Vec<(Fraction, i64)>,
    ) -> Result<bool, Stop> {
        for (factor, exponent) in right {
            match left.iter_mut().find(|(known, _)| *known == factor) {
                Some((_, e)) => *e = e.checked_sub(exponent).ok_or(Stop::Budget)?,
                None => left.push((factor, -exponent)),
            }
        }
        let (mut above, mut below) = (Fraction::one(), Fraction::one());
        for (factor, exponent) in left {
            let size = i64::try_from(exponent.unsigned_abs()).map_err(|_| Stop::Budget)?;
            let power = self.arithmetic().pow(&factor, size)?;
            let side = if exponent > 0 { &mut above } else { &mut below };
            *side = self.arithmetic().mul(side, &power)?;
        }
        let difference = self.arithmetic().add(&above, &below.neg())?;
        Ok(difference.numerator.is_zero())
    }

    /// The canonical term: the same term for all terms with one normal form. It is defined
    /// wherever `term` is, and equal to it there. `None` where the term is not of this theory,
    /// never defined, or too large; and where a power with letters in its exponent has a sum as
    /// its base: (x + 1)^(n + 1) has a value at x = −1, n = −1, its expansion has none.
    pub fn normal(&mut self, store: &mut Store, term: TermId) -> Option<TermId> {
        if !self.takes(store, term) {
            return None;
        }
        let normal = self
            .run(store, |field, store| field.canonical(store, term))
            .ok()?;
        (normal == term || !self.has_power_of_sum(store, normal)).then_some(normal)
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

    /// A symbol under a transpose, inverse, trace or determinant is a matrix: where its sort does
    /// not say so, its products would be taken to commute, and the term is not taken.
    pub(super) fn takes(&self, store: &Store, term: TermId) -> bool {
        let mut stack = vec![term];
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = store.node(next);
            let matrix = match node {
                Node::Matrix(..) | Node::Gradient(..) => self.assumed.matrices.is_empty(),
                Node::Function(f, arguments) => {
                    (f.gives_matrix() || matches!(f, Function::Trace | Function::Determinant))
                        && (self.assumed.matrices.is_empty()
                            || arguments.iter().any(|u| !self.is_matrix(store, *u)))
                }
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

    /// Whether a sum, or a negative number, that might be 0 or less stands under an exponent that
    /// is no number.
    fn has_power_of_sum(&self, store: &Store, term: TermId) -> bool {
        let mut stack = vec![term];
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = store.node(next);
            if let Node::Pow(base, exponent) = node
                && !matches!(store.node(*exponent), Node::Number(_))
            {
                let plain = match store.node(*base) {
                    Node::Number(c) => c.signum() > 0 || *c == Rational::from(-1),
                    Node::Add(_)
                    | Node::Mul(_)
                    | Node::Pow(..)
                    | Node::Function(Function::Root, _) => false,
                    _ => true,
                };
                if !plain && !self.assumed.positive.contains(base) {
                    return true;
                }
            }
            node.for_each_child(|child| stack.push(child));
        }
        false
    }
}
