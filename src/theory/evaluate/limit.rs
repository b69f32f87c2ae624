//! Limits by the series of the body at the point.

use super::evaluator::Evaluator;
use super::germ::Germ;
use super::quantity::Quantity;
use super::real::{Real, Result, Stop};
use crate::number::{Enclosure, Rational};
use crate::term::{Constant, Direction, Function, Node, TermId};

/// The variable is a ± t^m or ±t^−m: roots need m > 1.
const SCALES: [i64; 3] = [1, 2, 3];

/// How deep a body may be.
const DEEPEST: u32 = 200;

/// The bound variable and how it depends on t.
struct Approach<E> {
    number: u32,
    variable: Germ<E>,
    /// Whether something depended on the side from which the point is approached.
    one_sided: bool,
    depth: u32,
}

impl<E: Enclosure> Evaluator<'_, E> {
    pub(super) fn limit(
        &mut self,
        number: u32,
        body: TermId,
        to: TermId,
        direction: Direction,
    ) -> Result<Quantity<E>> {
        if let Some(sign) = self.infinite(to) {
            let sign = Real::integer(i64::from(sign));
            return self.scaled(number, body, |m| Ok(Germ::monomial(sign.clone(), -m)));
        }
        let point = Germ::constant(self.real(to)?);
        let bits = self.bits;
        let beside = |sign: i64, m: i64| point.add(&Germ::monomial(Real::integer(sign), m), bits);
        match direction {
            Direction::Above => self.scaled(number, body, |m| beside(1, m)),
            Direction::Below => self.scaled(number, body, |m| beside(-1, m)),
            Direction::Both => {
                let (above, sided) = self.approach(number, body, beside(1, 1)?)?;
                if !sided {
                    return Ok(Quantity::Real(above));
                }
                let (below, _) = self.approach(number, body, beside(-1, 1)?)?;
                match (above.as_quadratic(), below.as_quadratic()) {
                    (Some(a), Some(b)) if a == b => Ok(Quantity::Real(above)),
                    _ => Err(Stop::Unknown),
                }
            }
        }
    }

    /// A limit from one side, with the first scale that serves.
    fn scaled(
        &mut self,
        number: u32,
        body: TermId,
        variable: impl Fn(i64) -> Result<Germ<E>>,
    ) -> Result<Quantity<E>> {
        let mut last = Stop::Unknown;
        for m in SCALES {
            match self.approach(number, body, variable(m)?) {
                Ok((value, _)) => return Ok(Quantity::Real(value)),
                Err(stop) => last = stop,
            }
        }
        Err(last)
    }

    fn approach(
        &mut self,
        number: u32,
        body: TermId,
        variable: Germ<E>,
    ) -> Result<(Real<E>, bool)> {
        let mut approach = Approach {
            number,
            variable,
            one_sided: false,
            depth: 0,
        };
        let germ = self.germ(body, &mut approach);
        // A function may have a limit where it has no value.
        let germ = germ.map_err(|stop| match stop {
            Stop::Undefined => Stop::Unknown,
            other => other,
        })?;
        Ok((germ.limit()?, approach.one_sided))
    }

    fn germ(&mut self, term: TermId, approach: &mut Approach<E>) -> Result<Germ<E>> {
        let (store, bits) = (self.store, self.bits);
        if approach.depth > DEEPEST {
            return Err(Stop::Unknown);
        }
        match store.node(term) {
            Node::Bound(n) if *n == approach.number => return Ok(approach.variable.clone()),
            _ if !self.depends(term, approach.number) => {
                return Ok(Germ::constant(self.real(term)?));
            }
            _ => {}
        }
        approach.depth += 1;
        let result = match store.node(term) {
            Node::Add(parts) => {
                let mut sum = Germ::constant(Real::integer(0));
                for part in parts {
                    sum = sum.add(&self.germ(*part, approach)?, bits)?;
                }
                Ok(sum)
            }
            Node::Mul(parts) => {
                let mut product = Germ::constant(Real::integer(1));
                for part in parts {
                    product = product.mul(&self.germ(*part, approach)?, bits)?;
                }
                Ok(product)
            }
            Node::Pow(base, exponent) => self.germ_power(*base, *exponent, approach),
            Node::Function(function, arguments) => {
                let mut germs = Vec::with_capacity(arguments.len());
                for argument in arguments {
                    germs.push(self.germ(*argument, approach)?);
                }
                self.germ_function(*function, &germs, approach)
            }
            _ => Err(Stop::Unknown),
        };
        approach.depth -= 1;
        result
    }

    fn germ_power(
        &mut self,
        base: TermId,
        exponent: TermId,
        approach: &mut Approach<E>,
    ) -> Result<Germ<E>> {
        let bits = self.bits;
        if matches!(self.store.node(base), Node::Constant(Constant::E)) {
            let germ = self.germ(exponent, approach)?.exp(bits)?;
            approach.one_sided |= !matches!(germ, Germ::Series(..));
            return Ok(germ);
        }
        let germ = self.germ(base, approach)?;
        if !self.depends(exponent, approach.number)
            && let Some(number) = self.real(exponent)?.as_exact()
        {
            approach.one_sided |= !number.is_integer();
            return germ.power(number, bits);
        }
        approach.one_sided = true;
        let log = germ.log(bits)?;
        self.germ(exponent, approach)?.mul(&log, bits)?.exp(bits)
    }

    fn germ_function(
        &mut self,
        function: Function,
        arguments: &[Germ<E>],
        approach: &mut Approach<E>,
    ) -> Result<Germ<E>> {
        use Function as F;
        let bits = self.bits;
        let one = || Germ::constant(Real::integer(1));
        let half = || Rational::new(1, 2).map(|h| Germ::constant(Real::Exact(h)));
        match (function, arguments) {
            (F::Root, [degree, u]) => {
                let degree = degree.limit()?;
                let degree = degree.as_exact().and_then(Rational::to_i64);
                let exponent = Rational::new(1, degree.ok_or(Stop::Unknown)?);
                approach.one_sided = true;
                u.power(&exponent.ok_or(Stop::Unknown)?, bits)
            }
            (F::Log, [u]) => u.log(bits),
            (F::Sin, [u]) => Ok(u.waves(bits)?.0),
            (F::Cos, [u]) => Ok(u.waves(bits)?.1),
            (F::Tan, [u]) => {
                let (s, c) = u.waves(bits)?;
                s.mul(&c.inverse(bits)?, bits)
            }
            (F::Cot, [u]) => {
                let (s, c) = u.waves(bits)?;
                c.mul(&s.inverse(bits)?, bits)
            }
            (F::Sec, [u]) => u.waves(bits)?.1.inverse(bits),
            (F::Csc, [u]) => u.waves(bits)?.0.inverse(bits),
            (F::Arctan, [u]) => {
                approach.one_sided = true;
                u.arctan(bits)
            }
            (F::Arcsin, [u]) => u.arcsin(bits),
            (F::Abs, [u]) => {
                approach.one_sided = true;
                Ok(if u.sign()? < 0 { u.neg() } else { u.clone() })
            }
            (F::Sinh | F::Cosh | F::Tanh, [u]) => {
                approach.one_sided = true;
                let (up, down) = (u.exp(bits)?, u.neg().exp(bits)?);
                let half = half().ok_or(Stop::Unknown)?;
                match function {
                    F::Sinh => up.add(&down.neg(), bits)?.mul(&half, bits),
                    F::Cosh => up.add(&down, bits)?.mul(&half, bits),
                    _ => {
                        // 1 − 2/(e^2u + 1)
                        let below = up.mul(&up, bits)?.add(&one(), bits)?.inverse(bits)?;
                        let two = Germ::constant(Real::integer(-2));
                        one().add(&below.mul(&two, bits)?, bits)
                    }
                }
            }
            (F::Sigmoid, [u]) => {
                approach.one_sided = true;
                u.neg().exp(bits)?.add(&one(), bits)?.inverse(bits)
            }
            _ => Err(Stop::Unknown),
        }
    }

    /// Whether the bound variable of that number stands in the term.
    fn depends(&self, term: TermId, number: u32) -> bool {
        let mut seen = rustc_hash::FxHashSet::default();
        let mut stack = vec![term];
        while let Some(next) = stack.pop() {
            if self.store.is_closed(next) || !seen.insert(next) {
                continue;
            }
            let node = self.store.node(next);
            if *node == Node::Bound(number) {
                return true;
            }
            node.for_each_child(|child| stack.push(child));
        }
        false
    }
}
