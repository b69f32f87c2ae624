//! The largest or smallest of a family over a range: it is one of the members, and none is beyond it.

use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id};

/// How many of them are looked at.
const MOST: usize = 4;

impl Checker<'_> {
    /// It is defined if its range, between integers, is not empty, and its body is defined for each
    /// integer of it.
    pub(crate) fn extremum_defined(&mut self, local: &Scope, term: Id, depth: u32) -> Check<bool> {
        let (symbol, name) = self.terms.fresh()?;
        let args = self.terms.open(term, name)?;
        let [body, low, high] = *args.as_slice() else {
            return Ok(false);
        };
        let mut inner = local.clone();
        for end in [low, high] {
            if self.is_infinite(end)
                || !self.define(&mut inner, end, depth + 1)?
                || !inner.is_integer(&self.terms, end)
            {
                return Ok(false);
            }
        }
        let nonempty = self.terms.add(Head::LessEqual, vec![low, high])?;
        if !self.decided(&inner, nonempty)? {
            return Ok(false);
        }
        inner.known.integers.insert(symbol);
        for (a, b) in [(low, name), (name, high)] {
            let statement = self.terms.add(Head::LessEqual, vec![a, b])?;
            inner.assume(&mut self.terms, statement)?;
        }
        self.define(&mut inner, body, depth + 1)
    }

    /// Takes note, for those in the statement and in what is known that are defined: at some integer
    /// of the range the body has that value, and at each it is at most (at least) that.
    pub(crate) fn extremes(&mut self, local: &mut Scope, statement: Id) -> Check<()> {
        let mut found: Vec<(Id, bool)> = Vec::new();
        for said in local.statements.iter().chain([&statement]) {
            for term in self.terms.subterms(*said, |_, _| true) {
                if let Head::Binder(Binder::Extremum(largest), _) = *self.terms.head(term)
                    && self.terms.dangling(term) == 0
                    && !found.contains(&(term, largest))
                {
                    found.push((term, largest));
                }
            }
        }
        found.truncate(MOST);
        for (term, largest) in found {
            if !local.defined.contains(&term) {
                continue;
            }
            let (_, name) = self.terms.fresh()?;
            let args = self.terms.open(term, name)?;
            let [body, low, high] = *args.as_slice() else {
                continue;
            };
            let ends = [low, high];
            if ends
                .iter()
                .any(|end| self.is_infinite(*end) || !local.is_integer(&self.terms, *end))
            {
                continue;
            }
            let set = self.terms.add(Head::Range, vec![low, high])?;
            let ordered = if largest { [body, term] } else { [term, body] };
            let bound = self.terms.add(Head::LessEqual, ordered.to_vec())?;
            let general = self.terms.bind(Binder::ForAll, name, &[bound, set])?;
            let integers = self.terms.add(Head::Integers, Vec::new())?;
            let mut said = vec![
                self.terms.add(Head::In, vec![name, integers])?,
                self.terms.add(Head::Equal, vec![term, body])?,
                general,
            ];
            for (a, b) in [(low, name), (name, high)] {
                said.push(self.terms.add(Head::LessEqual, vec![a, b])?);
            }
            for statement in said {
                local.assume(&mut self.terms, statement)?;
            }
        }
        Ok(())
    }
}
