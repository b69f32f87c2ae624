//! Limits: the body is expanded from each side, with the values of the model in it.

use super::evaluate::Evaluator;
use super::real::Real;
use super::stop::{Found, Stop};
use crate::arithmetic::ring::{Known, Ring};
use crate::decide::expansion::Expansion;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Head, Id, Q};

/// How many coefficients are worked out: first few, then more.
const LENGTHS: [usize; 2] = [6, 12];

const STRANGE: Stop = Stop::Unknown("a limit");

impl Evaluator<'_> {
    /// The limit of what has an expansion that begins with a constant, the same from each side.
    pub(super) fn limit(&mut self, term: Id) -> Found<Real> {
        let Head::Binder(Binder::Limit(side), _) = *self.terms.head(term) else {
            return Err(STRANGE);
        };
        let (symbol, opened) = self.open(term)?;
        let [body, to] = opened.as_slice() else {
            return Err(STRANGE);
        };
        let name = self.terms.add(Head::Symbol(symbol), Vec::new())?;
        let body = self.spelled(*body, name)?;
        let mut values = Vec::new();
        for (t, by) in self.directions(*to, side, name)? {
            let spelled = self.terms.substitute(body, name, by)?;
            let mut found = Err(STRANGE);
            for length in LENGTHS {
                found = self.beginning(spelled, t, length);
                if found.is_ok() {
                    break;
                }
            }
            values.push(found?);
        }
        let [first, others @ ..] = values.as_slice() else {
            return Err(STRANGE);
        };
        for other in others {
            if first != other && !Ring::new(self.terms, &Known::default()).equal(*first, *other)? {
                return Err(Stop::Unknown("a limit that differs from side to side"));
            }
        }
        self.value(*first)
    }

    /// What stands for the variable, each with a t > 0 that goes to 0.
    fn directions(&mut self, to: Id, side: u8, name: Id) -> Found<Vec<(u32, Id)>> {
        let (symbol, t) = self.terms.fresh()?;
        let minus = self.terms.integer(-1)?;
        let back = self.terms.flat(Head::Mul, &[minus, t])?;
        if let Some(above) = self.infinite(to) {
            let far = self.terms.add(Head::Pow, vec![t, minus])?;
            let far = if above {
                far
            } else {
                self.terms.flat(Head::Mul, &[minus, far])?
            };
            return Ok(vec![(symbol, far)]);
        }
        let to = self.spelled(to, name)?;
        let above = self.terms.flat(Head::Add, &[to, t])?;
        let below = self.terms.flat(Head::Add, &[to, back])?;
        Ok(match side {
            0 => vec![(symbol, above), (symbol, below)],
            1 => vec![(symbol, below)],
            _ => vec![(symbol, above)],
        })
    }

    /// The coefficient of t⁰, where there are none before it.
    fn beginning(&mut self, term: Id, t: u32, length: usize) -> Found<Id> {
        let scope = Scope::default();
        let known = Known::default();
        let ring = Ring::new(self.terms, &known);
        let mut expansion = Expansion::new(ring, scope, t, length);
        let series = expansion.series(term).map_err(|_| STRANGE)?;
        let polar = (series.start..0).any(|n| series.at(n).is_some_and(|c| !c.above.is_zero()));
        if polar || series.end() < 0 {
            return Err(Stop::Unknown("a limit that may not be finite"));
        }
        let found = series.at(0).cloned().unwrap_or_default();
        expansion.ring.term(&found).map_err(|_| STRANGE)
    }

    /// A term without symbols but this one; what does not depend on it has a value.
    fn spelled(&mut self, term: Id, name: Id) -> Found<Id> {
        self.terms.spend(2)?;
        if term == name {
            return Ok(term);
        }
        let node = self.terms.node(term).clone();
        let symbol = match *self.terms.head(name) {
            Head::Symbol(symbol) => symbol,
            _ => return Err(STRANGE),
        };
        if !self.terms.mentions(term, symbol) {
            let value = self.value(term);
            match value.map_err(|stop| stop.at_most_unknown("a limit of what has no value"))? {
                Real::Exact(value) => return Ok(self.terms.number(value)?),
                Real::Surd(parts) => {
                    let (a, b, d) = *parts;
                    let d = self.terms.number(Q::from_integer(d))?;
                    let two = self.terms.integer(2)?;
                    let root = self.terms.add(Head::Function("root"), vec![two, d])?;
                    let (a, b) = (self.terms.number(a)?, self.terms.number(b)?);
                    let part = self.terms.flat(Head::Mul, &[b, root])?;
                    return Ok(self.terms.flat(Head::Add, &[a, part])?);
                }
                Real::Near(_) => {}
            }
            if let Head::Symbol(symbol) = node.head {
                let value = self.meaning.values.get(&symbol).copied();
                return self.spelled(value.ok_or(STRANGE)?, name);
            }
        }
        match node.head {
            Head::Constant("e" | "pi") => Ok(term),
            Head::Add | Head::Mul | Head::Pow | Head::Function(_) => {
                let mut args = Vec::with_capacity(node.args.len());
                for arg in node.args {
                    args.push(self.spelled(arg, name)?);
                }
                Ok(self.terms.with(&node.head, args)?)
            }
            _ => Err(STRANGE),
        }
    }
}
