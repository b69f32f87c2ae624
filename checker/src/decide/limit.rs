//! Limits, worked out anew: `calculus.limit`.
//!
//! For the variable stands a + t, a − t, 1/t or −1/t, and the body is expanded in powers of t > 0
//! as t → 0, to a finite order with remainder. Each operation is carried out only where it is
//! seen to be defined for all small t: what is divided by has a leading coefficient that is not 0,
//! what stands under a logarithm or an even root has a positive one. So a limit for which this
//! succeeds exists. Coefficients are fractions without t; their zero test is the normal form, their signs
//! are decided as other statements are.

use num_traits::Signed;

use crate::arithmetic::ring::Ring;
use crate::decide::expansion::Expansion;
use crate::kernel::checker::Checker;
use crate::kernel::domain::is_strict;
use crate::kernel::line::Ends;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id};

/// How many coefficients are worked out: first few, then more.
const LENGTHS: [usize; 2] = [6, 12];
impl Checker<'_> {
    /// The limit exists and is that value.
    pub(crate) fn limit(&mut self, scope: &Scope, left: Id, right: Id, ends: Ends) -> Check<()> {
        let node = self.terms.node(left).clone();
        let (Head::Binder(Binder::Limit(side), _), [_, to]) = (&node.head, node.args.as_slice())
        else {
            return Err("no limit".to_owned());
        };
        let (_, name) = self.terms.fresh()?;
        let body = self.terms.open(left, name)?[0];
        let mut local = scope.clone();
        self.constants(&mut local, body, name, ends)?;
        let directions = self.directions(*to, *side)?;
        let mut failed = String::new();
        for length in LENGTHS {
            match self.approached(&local, body, name, &directions, right, length) {
                Ok(()) => {
                    if ends == Ends::First && !self.defined(&local, right)? {
                        return Err("the value of a limit may be undefined".to_owned());
                    }
                    return Ok(());
                }
                Err(reason) => failed = reason,
            }
        }
        Err(failed)
    }

    /// Where a limit is defined, so is its body near the point: hence what stands there and does not depend on the
    /// variable. Where it must first be shown to be defined, so must they.
    fn constants(&mut self, local: &mut Scope, body: Id, name: Id, ends: Ends) -> Check<()> {
        let Head::Symbol(symbol) = *self.terms.head(name) else {
            return Err("a limit by no symbol".to_owned());
        };
        let terms = &self.terms;
        let parts = terms.subterms(body, |node, place| {
            let child = node.args[place];
            is_strict(&node.head, place) && !node.in_scope(place) && terms.dangling(child) == 0
        });
        let parts: Vec<Id> = parts
            .into_iter()
            .filter(|part| !self.terms.mentions(*part, symbol))
            .collect();
        for part in parts {
            if ends != Ends::Last {
                local.define(&mut self.terms, part)?;
            } else if !self.define(local, part, 0)? {
                return Err("a limit that may be undefined".to_owned());
            }
        }
        Ok(())
    }

    /// What stands for the variable, each with a t > 0 that goes to 0.
    pub(crate) fn directions(&mut self, to: Id, side: u8) -> Check<Vec<(u32, Id)>> {
        let (symbol, t) = self.terms.fresh()?;
        let minus = self.terms.integer(-1)?;
        let back = self.terms.flat(Head::Mul, &[minus, t])?;
        let sign = self.infinite_sign(to);
        if sign == 0 {
            if self.is_infinite(to) {
                return Err("a limit at no point".to_owned());
            }
            let above = self.terms.flat(Head::Add, &[to, t])?;
            let below = self.terms.flat(Head::Add, &[to, back])?;
            return Ok(match side {
                0 => vec![(symbol, above), (symbol, below)],
                1 => vec![(symbol, below)],
                _ => vec![(symbol, above)],
            });
        }
        let far = self.terms.add(Head::Pow, vec![t, minus])?;
        let far = if sign > 0 {
            far
        } else {
            self.terms.flat(Head::Mul, &[minus, far])?
        };
        Ok(vec![(symbol, far)])
    }

    /// 1 for ∞, −1 for a negative number times ∞, 0 for others.
    pub(crate) fn infinite_sign(&self, term: Id) -> i32 {
        let infinite = |t: Id| *self.terms.head(t) == Head::Constant("infinity");
        let node = self.terms.node(term);
        match (&node.head, node.args.as_slice()) {
            (Head::Constant("infinity"), _) => 1,
            (Head::Mul, [a, b]) if infinite(*b) => {
                let negative = self.terms.value(*a).is_some_and(Signed::is_negative);
                i32::from(!negative && self.terms.value(*a).is_some_and(Signed::is_positive))
                    - i32::from(negative)
            }
            _ => 0,
        }
    }

    /// Whether the expansions of the body in these directions begin with the value.
    pub(crate) fn approached(
        &mut self,
        scope: &Scope,
        body: Id,
        name: Id,
        directions: &[(u32, Id)],
        value: Id,
        length: usize,
    ) -> Check<()> {
        for (t, by) in directions {
            let spelled = self.terms.substitute(body, name, *by)?;
            let ring = Ring::new(&mut self.terms, &scope.known);
            let mut expansion = Expansion::new(ring, scope.clone(), *t, length);
            let series = expansion.series(spelled)?;
            let polar = (series.start..0).any(|n| series.at(n).is_some_and(|c| !c.above.is_zero()));
            if polar || series.end() < 0 {
                return Err("the body of a limit is not seen to stay bounded".to_owned());
            }
            let found = series.at(0).cloned().unwrap_or_default();
            let told = expansion.ring.fraction(value)?;
            if found != told && !expansion.ring.difference(&found, &told)?.above.is_zero() {
                return Err("the limit has another value".to_owned());
            }
        }
        Ok(())
    }
}
