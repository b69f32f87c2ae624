//! Sums of differences: `sums.telescoping`. The certificate gives F with f(k) = F(k + 1) − F(k).
//! Σ f from a to b is F(b + 1) − F(a); to ∞ it is L − F(a) where F(k) → L.

use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Check, Head, Id};

/// How many coefficients of the expansion of F are worked out.
const LENGTHS: [usize; 2] = [6, 12];

impl Checker<'_> {
    /// Σ f = F(b + 1) − F(a), or L − F(a); F is defined at each integer from a to b + 1.
    pub(crate) fn telescoping(
        &mut self,
        scope: &Scope,
        substitution: &[(&str, Id)],
        (left, right): (Id, Id),
    ) -> Check<()> {
        let find = |wanted: &str| {
            let found = substitution.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, term)| *term)
        };
        let (Some(k), Some(whole)) = (find("k"), find("F")) else {
            return Err("a sum of differences of nothing".to_owned());
        };
        let end = find("L");
        if substitution.len() != 2 + usize::from(end.is_some()) {
            return Err("a sum of differences of another form".to_owned());
        }
        let (from, to, body) = self.one_sum(scope, left, right, k)?;
        let Head::Symbol(symbol) = *self.terms.head(k) else {
            return Err("an index that is no symbol".to_owned());
        };
        if !scope.is_integer(&self.terms, from) || !self.defined(scope, from)? {
            return Err("a bound that may be no integer".to_owned());
        }
        let one = self.terms.integer(1)?;
        let mut local = scope.clone();
        let integers = self.terms.add(Head::Integers, Vec::new())?;
        let integer = self.terms.add(Head::In, vec![k, integers])?;
        local.assume(&mut self.terms, integer)?;
        let behind = self.terms.add(Head::LessEqual, vec![from, k])?;
        local.assume(&mut self.terms, behind)?;
        // Where F must be defined, and within it where f is a difference.
        let mut within = local.clone();
        let last = if end.is_some() {
            if *self.terms.head(to) != Head::Constant("infinity") {
                return Err("no series".to_owned());
            }
            None
        } else {
            if self.is_infinite(to)
                || !scope.is_integer(&self.terms, to)
                || !self.defined(scope, to)?
            {
                return Err("a bound that may be no integer".to_owned());
            }
            let beyond = self.terms.flat(Head::Add, &[to, one])?;
            let some = self.terms.add(Head::LessEqual, vec![from, beyond])?;
            if !self.decided(scope, some)? {
                return Err("a range that may run backwards".to_owned());
            }
            let at_most = self.terms.add(Head::LessEqual, vec![k, beyond])?;
            local.assume(&mut self.terms, at_most)?;
            let at_most = self.terms.add(Head::LessEqual, vec![k, to])?;
            within.assume(&mut self.terms, at_most)?;
            Some(beyond)
        };
        if !self.defined(&local, whole)? || !self.defined(&within, body)? {
            return Err("a difference that may be undefined".to_owned());
        }
        let next = self.terms.flat(Head::Add, &[k, one])?;
        let next = self.terms.substitute(whole, k, next)?;
        let difference = self.terms.minus(next, whole)?;
        if !self.ring(&within, body, difference)? {
            return Err("the terms are no such differences".to_owned());
        }
        let first = self.terms.substitute(whole, k, from)?;
        let far = match (last, end) {
            (Some(last), _) => self.terms.substitute(whole, k, last)?,
            (None, Some(end)) => {
                if self.terms.mentions(end, symbol)
                    || self.is_infinite(end)
                    || !self.defined(scope, end)?
                {
                    return Err("a limit that may be undefined".to_owned());
                }
                self.tends(scope, whole, k, end)?;
                end
            }
            (None, None) => return Err("a series without an end".to_owned()),
        };
        let value = self.terms.minus(far, first)?;
        if self.ring(scope, value, right)? {
            return Ok(());
        }
        Err("the sum is another".to_owned())
    }

    /// F(k) → L as k → ∞.
    fn tends(&mut self, scope: &Scope, whole: Id, k: Id, end: Id) -> Check<()> {
        let infinity = self.terms.add(Head::Constant("infinity"), Vec::new())?;
        let directions = self.directions(infinity, 0)?;
        let mut failed = String::new();
        for length in LENGTHS {
            match self.approached(scope, whole, k, &directions, end, length) {
                Ok(()) => return Ok(()),
                Err(reason) => failed = reason,
            }
        }
        Err(failed)
    }
}
