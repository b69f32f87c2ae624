//! Sums that differ by a few terms at the end.

use crate::arithmetic::polynomial::small;
use crate::arithmetic::ring::Ring;
use crate::decide::order;
use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id};

/// How many sums are looked at.
const SUMS: usize = 6;
/// How many terms more one of them may have.
const TERMS: u32 = 3;

impl Checker<'_> {
    /// Takes note of Σ f from a to b + d = Σ f from a to b, and f at b + 1, …, b + d, for those sums
    /// in the statement and in what is known: a and b are integers, a ≤ b + 1, d ≤ 3, and the longer
    /// sum is known to be defined, hence each of its terms.
    pub(crate) fn longer_sums(&mut self, local: &mut Scope, statement: Id) -> Check<()> {
        let mut sums: Vec<Id> = Vec::new();
        for said in local.statements.iter().chain([&statement]) {
            for term in self.terms.subterms(*said, |_, _| true) {
                let sum = matches!(self.terms.head(term), Head::Binder(Binder::Sum, _));
                if sum && self.terms.dangling(term) == 0 && !sums.contains(&term) {
                    sums.push(term);
                }
            }
        }
        sums.truncate(SUMS);
        let scope = local.clone();
        for long in &sums {
            for short in &sums {
                if long != short && scope.defined.contains(long) {
                    self.longer_sum(&scope, local, *long, *short)?;
                }
            }
        }
        Ok(())
    }

    fn longer_sum(&mut self, scope: &Scope, local: &mut Scope, long: Id, short: Id) -> Check<()> {
        let (a, b) = (
            self.terms.node(long).clone(),
            self.terms.node(short).clone(),
        );
        let (&[f, from, last, condition], &[g, start, end, other]) =
            (a.args.as_slice(), b.args.as_slice())
        else {
            return Ok(());
        };
        let every = *self.terms.head(condition) == Head::Truth(true) && condition == other;
        if f != g || from != start || !every || a.head != b.head {
            return Ok(());
        }
        let ends = [from, end, last];
        if ends.iter().any(|end| self.terms.is_infinite(*end))
            || !scope.is_integer(&self.terms, from)
            || !scope.is_integer(&self.terms, end)
            || !self.defined(scope, from)?
            || !self.defined(scope, end)?
        {
            return Ok(());
        }
        let more = self.terms.minus(last, end)?;
        let value = Ring::new(&mut self.terms, &scope.known)
            .fraction(more)?
            .as_number();
        let Some(more) = value.as_ref().and_then(small) else {
            return Ok(());
        };
        if !(1..=TERMS).contains(&more) {
            return Ok(());
        }
        let one = self.terms.integer(1)?;
        let behind = self.terms.flat(Head::Add, &[end, one])?;
        let reached = self.terms.add(Head::LessEqual, vec![from, behind])?;
        if !order::holds(&mut self.terms, scope, reached)? {
            return Ok(());
        }
        let (_, name) = self.terms.fresh()?;
        let body = self.terms.open(long, name)?[0];
        let mut parts = vec![short];
        for step in 1..=more {
            let step = self.terms.integer(i64::from(step))?;
            let place = self.terms.flat(Head::Add, &[end, step])?;
            parts.push(self.terms.substitute(body, name, place)?);
        }
        let sum = self.terms.flat(Head::Add, &parts)?;
        let equation = self.terms.add(Head::Equal, vec![long, sum])?;
        local.assume(&mut self.terms, equation)
    }
}
