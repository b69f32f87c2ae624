//! Sums and derivatives that are shown to be defined.

use num_traits::Zero;

use crate::arithmetic::ring::Ring;
use crate::decide::slope::slope;
use crate::kernel::checker::Checker;
use crate::kernel::domain::{Need, is_strict, need};
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id, Terms};

impl Checker<'_> {
    /// Whether a sum, product or derivative is defined.
    pub(crate) fn binder(&mut self, local: &Scope, term: Id, depth: u32) -> Check<bool> {
        match self.terms.head(term) {
            Head::Binder(Binder::Sum | Binder::Product, _) => self.sum(local, term, depth),
            Head::Binder(Binder::Derivative, _) => self.derivative(local, term, depth),
            Head::Binder(Binder::Outcomes, _) => self.outcomes(local, term, depth),
            Head::Binder(Binder::Extremum(_), _) => self.extremum_defined(local, term, depth),
            _ => Ok(false),
        }
    }

    /// A finite sum is defined if its body is, for each integer of its range.
    fn sum(&mut self, local: &Scope, term: Id, depth: u32) -> Check<bool> {
        let (symbol, name) = self.terms.fresh()?;
        let args = self.terms.open(term, name)?;
        if self.is_infinite(args[1]) || self.is_infinite(args[2]) {
            return Ok(false);
        }
        let mut inner = local.clone();
        for end in [args[1], args[2]] {
            if !self.define(&mut inner, end, depth + 1)? || !inner.is_integer(&self.terms, end) {
                return Ok(false);
            }
        }
        inner.known.integers.insert(symbol);
        for (a, b) in [(args[1], name), (name, args[2])] {
            let statement = self.terms.add(Head::LessEqual, vec![a, b])?;
            inner.assume(&mut self.terms, statement)?;
        }
        if *self.terms.head(args[3]) != Head::Truth(true) {
            if !self.is_decisive(&inner, args[3], depth)? {
                return Ok(false);
            }
            inner.assume(&mut self.terms, args[3])?;
        }
        self.define(&mut inner, args[0], depth + 1)
    }

    /// Whether a condition below a sign is true or false at each integer of the range.
    fn is_decisive(&mut self, scope: &Scope, condition: Id, depth: u32) -> Check<bool> {
        let node = self.terms.node(condition).clone();
        for part in node.args {
            let fine = match node.head {
                Head::And => self.is_decisive(scope, part, depth + 1)?,
                Head::Equal | Head::NotEqual | Head::Less | Head::LessEqual => {
                    self.define(&mut scope.clone(), part, depth + 1)?
                }
                _ => false,
            };
            if !fine {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A derivative is defined if its body is smooth, and what its parts need holds strictly at
    /// the point, hence around it.
    fn derivative(&mut self, local: &Scope, term: Id, depth: u32) -> Check<bool> {
        let at = self.terms.args(term)[1];
        let mut inner = local.clone();
        if !self.define(&mut inner, at, depth + 1)? {
            return Ok(false);
        }
        let (_, name) = self.terms.fresh()?;
        let body = self.terms.open(term, name)?[0];
        let there = self.terms.substitute(body, name, at)?;
        if !self.define(&mut inner, there, depth + 1)? {
            return Ok(false);
        }
        if !self.strictly(&inner, body, (name, at), depth + 1)? {
            return Ok(false);
        }
        self.smooth(&inner, body, name, at, depth + 1)
    }

    /// Whether what the parts of a body need holds strictly at the point.
    fn strictly(
        &mut self,
        scope: &Scope,
        body: Id,
        (name, at): (Id, Id),
        depth: u32,
    ) -> Check<bool> {
        if depth > 100 {
            return Ok(false);
        }
        let strict = |node: &crate::kernel::term::Node, place: usize| {
            is_strict(&node.head, place)
                && !matches!(node.head, Head::Binder(Binder::Sum | Binder::Product, _))
        };
        for part in self.terms.subterms(body, strict) {
            if matches!(
                self.terms.head(part),
                Head::Binder(Binder::Sum | Binder::Product, _)
            ) {
                if !self.strictly_in_sum(scope, part, (name, at), depth)? {
                    return Ok(false);
                }
                continue;
            }
            let statements = match need(&mut self.terms, part)? {
                Need::All(statements) => statements,
                Need::Power(base, _) => {
                    let zero = self.terms.integer(0)?;
                    vec![self.terms.add(Head::Less, vec![zero, base])?]
                }
                Need::Choice(..) | Need::Unknown => return Ok(false),
            };
            for statement in statements {
                let node = self.terms.node(statement).clone();
                let head = match node.head {
                    Head::NotEqual => Head::NotEqual,
                    Head::Less | Head::LessEqual => Head::Less,
                    _ => return Ok(false),
                };
                let open = self.terms.add(head, node.args)?;
                let open = self.terms.substitute(open, name, at)?;
                if !self.decided(scope, open)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// The same for the body of a finite sum, at each integer of a range that stays as it is.
    fn strictly_in_sum(
        &mut self,
        scope: &Scope,
        sum: Id,
        (name, at): (Id, Id),
        depth: u32,
    ) -> Check<bool> {
        let Head::Symbol(variable) = *self.terms.head(name) else {
            return Ok(false);
        };
        let (symbol, index) = self.terms.fresh()?;
        let args = self.terms.open(sum, index)?;
        let still = !args[1..]
            .iter()
            .any(|part| self.terms.mentions(*part, variable));
        if !still || self.is_infinite(args[1]) || self.is_infinite(args[2]) {
            return Ok(false);
        }
        let mut inner = scope.clone();
        inner.known.integers.insert(symbol);
        for (a, b) in [(args[1], index), (index, args[2])] {
            let statement = self.terms.add(Head::LessEqual, vec![a, b])?;
            inner.assume(&mut self.terms, statement)?;
        }
        if *self.terms.head(args[3]) != Head::Truth(true) {
            inner.assume(&mut self.terms, args[3])?;
        }
        self.strictly(&inner, args[0], (name, at), depth + 1)
    }
}

/// What holds at the point of a derivative that is defined: where its body needs u ≥ 0, u is
/// positive or 0 with slope 0, for else it would be negative on one side of the point.
pub fn around(terms: &mut Terms, body: Id, name: Id, at: Id) -> Check<Vec<Id>> {
    let Head::Symbol(symbol) = *terms.head(name) else {
        return Ok(Vec::new());
    };
    let strict = |node: &crate::kernel::term::Node, place: usize| is_strict(&node.head, place);
    let mut found = Vec::new();
    for part in terms.subterms(body, strict) {
        let Need::All(statements) = need(terms, part)? else {
            continue;
        };
        for statement in statements {
            let node = terms.node(statement).clone();
            if node.head != Head::LessEqual || !terms.mentions(statement, symbol) {
                continue;
            }
            let difference = terms.minus(node.args[1], node.args[0])?;
            let Some(slope) = slope(terms, difference, symbol)? else {
                continue;
            };
            let open = terms.add(Head::Less, node.args)?;
            let inside = terms.substitute(open, name, at)?;
            let slope = terms.substitute(slope, name, at)?;
            let known = crate::arithmetic::ring::Known::default();
            let value = Ring::new(terms, &known).fraction(slope)?.as_number();
            found.push(match value {
                Some(value) if value.is_zero() => continue,
                Some(_) => inside,
                None => {
                    let zero = terms.integer(0)?;
                    let under = terms.substitute(difference, name, at)?;
                    let vanishes = terms.add(Head::Equal, vec![under, zero])?;
                    let still = terms.add(Head::Equal, vec![slope, zero])?;
                    let edge = terms.add(Head::And, vec![vanishes, still])?;
                    terms.add(Head::Or, vec![inside, edge])?
                }
            });
        }
    }
    Ok(found)
}
