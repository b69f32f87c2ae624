//! What is proved of statements: that their terms are defined, and that they hold.

use crate::decide::integers::is_integer;
use crate::decide::order;
use crate::kernel::checker::Checker;
use crate::kernel::domain::{Need, is_strict, need};
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id};
use crate::model::closed::compare;

impl Checker<'_> {
    /// Whether the term is defined wherever the scope's facts hold.
    pub(crate) fn defined(&mut self, scope: &Scope, term: Id) -> Check<bool> {
        let mut local = scope.clone();
        self.define(&mut local, term, 0)
    }

    pub(crate) fn define(&mut self, local: &mut Scope, term: Id, depth: u32) -> Check<bool> {
        self.terms.spend(2)?;
        if local.defined.contains(&term) {
            return Ok(true);
        }
        if depth > 100 || self.terms.dangling(term) != 0 {
            return Ok(false);
        }
        let node = self.terms.node(term).clone();
        if node.head == Head::Function("indicator") {
            // A statement that is undefined is not true.
            return Ok(true);
        }
        if matches!(node.head, Head::Binder(..)) {
            let here = self.among(local, term)? || self.binder(local, term, depth)?;
            if here {
                local.define(&mut self.terms, term)?;
            }
            return Ok(here);
        }
        for (place, arg) in node.args.iter().enumerate() {
            if !is_strict(&node.head, place) || !self.define(local, *arg, depth + 1)? {
                return Ok(false);
            }
        }
        let here = match need(&mut self.terms, term)? {
            Need::All(statements) => {
                let mut all = true;
                for statement in statements {
                    all = all && self.decided(local, statement)?;
                }
                all
            }
            Need::Power(base, exponent) => self.power(local, base, exponent)?,
            Need::Choice(above, below) => {
                let below_natural = self.natural(local, below)?;
                below_natural || self.whole(local, below)? && self.natural(local, above)?
            }
            Need::Unknown => false,
        };
        if here {
            local.define(&mut self.terms, term)?;
            return Ok(true);
        }
        self.among(local, term)
    }

    /// Whether a term that is known to be defined is the same up to order.
    fn among(&mut self, local: &Scope, term: Id) -> Check<bool> {
        let head = self.terms.head(term).clone();
        let all: Vec<Id> = local.defined.iter().copied().collect();
        for known in all {
            let same = match (self.terms.head(known), &head) {
                (Head::Binder(a, _), Head::Binder(b, _)) => a == b,
                (a, b) => a == b,
            };
            if same && self.terms.alike(known, term)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn whole(&mut self, local: &Scope, term: Id) -> Check<bool> {
        let set = self.terms.add(Head::Integers, Vec::new())?;
        let statement = self.terms.add(Head::In, vec![term, set])?;
        self.decided(local, statement)
    }

    fn natural(&mut self, local: &Scope, term: Id) -> Check<bool> {
        let set = self.terms.add(Head::Naturals, Vec::new())?;
        let statement = self.terms.add(Head::In, vec![term, set])?;
        self.decided(local, statement)
    }

    fn power(&mut self, local: &Scope, base: Id, exponent: Id) -> Check<bool> {
        let zero = self.terms.integer(0)?;
        let above = self.terms.add(Head::LessEqual, vec![zero, exponent])?;
        let integer = local.is_integer(&self.terms, exponent);
        if local.is_natural(&self.terms, exponent) || (integer && self.decided(local, above)?) {
            return Ok(true);
        }
        let positive = self.terms.add(Head::Less, vec![zero, base])?;
        if self.decided(local, positive)? {
            return Ok(true);
        }
        let off = self.terms.add(Head::NotEqual, vec![base, zero])?;
        Ok(integer && self.decided(local, off)?)
    }

    /// Whether a statement whose terms are known to be defined holds.
    pub(crate) fn decided(&mut self, scope: &Scope, statement: Id) -> Check<bool> {
        if scope.statements.contains(&statement) {
            return Ok(true);
        }
        let node = self.terms.node(statement).clone();
        if let (Head::In, [x, set]) = (&node.head, node.args.as_slice()) {
            match self.terms.head(*set) {
                Head::Integers => return is_integer(&mut self.terms, scope, *x),
                Head::Naturals => {
                    if scope.is_natural(&self.terms, *x) {
                        return Ok(true);
                    }
                    let zero = self.terms.integer(0)?;
                    let above = self.terms.add(Head::LessEqual, vec![zero, *x])?;
                    return Ok(
                        is_integer(&mut self.terms, scope, *x)? && self.decided(scope, above)?
                    );
                }
                Head::Reals => return Ok(true),
                _ => {}
            }
        }
        if self.closed(statement) {
            return Ok(true);
        }
        Ok(order::holds(&mut self.terms, scope, statement)?
            || self.by_instances(scope, statement)?)
    }

    /// Whether a relation of two closed terms is seen by enclosing both.
    fn closed(&mut self, statement: Id) -> bool {
        let node = self.terms.node(statement).clone();
        let [a, b] = node.args.as_slice() else {
            return false;
        };
        if !self.terms.is_closed(statement)
            || self.terms.value(*a).is_some() && self.terms.value(*b).is_some()
        {
            return false;
        }
        let Some(order) = compare(&mut self.terms, *a, *b) else {
            return false;
        };
        match node.head {
            Head::Less => order.is_lt(),
            Head::LessEqual => order.is_le(),
            Head::NotEqual => order.is_ne(),
            _ => false,
        }
    }

    /// Whether the statement is true, hence its terms defined, wherever the scope's facts hold.
    pub(crate) fn proves(&mut self, scope: &Scope, statement: Id) -> Check<bool> {
        let node = self.terms.node(statement).clone();
        if scope.statements.contains(&statement) || node.head == Head::Truth(true) {
            return Ok(true);
        }
        if node.head == Head::And {
            let mut local = scope.clone();
            for part in &node.args {
                if !self.proves(&local, *part)? {
                    return Ok(false);
                }
                local.assume(&mut self.terms, *part)?;
            }
            return Ok(true);
        }
        if matches!(node.head, Head::Binder(Binder::ForAll, _)) {
            return self.proves_for_all(scope, statement);
        }
        let mut local = scope.clone();
        let (mut open, mut all) = (vec![statement], true);
        while let Some(next) = open.pop() {
            let node = self.terms.node(next).clone();
            match node.head {
                Head::And | Head::Or | Head::Not => open.extend(node.args),
                Head::Truth(_) => {}
                Head::Equal | Head::NotEqual | Head::Less | Head::LessEqual => {
                    for arg in &node.args {
                        all = self.define(&mut local, *arg, 0)? && all;
                    }
                }
                Head::In => {
                    let set = self.terms.node(node.args[1]).clone();
                    let ends = set.args.iter().copied();
                    for part in ends.chain([node.args[0]]) {
                        let infinite = self.is_infinite(part);
                        all = (infinite || self.define(&mut local, part, 0)?) && all;
                    }
                }
                _ => return self.absurd(scope),
            }
        }
        if all {
            return self.decided(&local, statement);
        }
        // Where a term is undefined is one more case.
        Ok(order::holds(&mut self.terms, &local, statement)?
            || self.by_instances(&local, statement)?)
    }

    /// Whether the body holds of a fresh symbol of which no more is known than that it belongs to
    /// the set, which must be defined.
    fn proves_for_all(&mut self, scope: &Scope, statement: Id) -> Check<bool> {
        self.terms.spend(20)?;
        let (_, name) = self.terms.fresh()?;
        let args = self.terms.open(statement, name)?;
        let [body, set] = *args.as_slice() else {
            return Ok(false);
        };
        let mut local = scope.clone();
        let node = self.terms.node(set).clone();
        match node.head {
            Head::Reals | Head::Integers | Head::Naturals => {}
            Head::Range | Head::Interval(..) | Head::Finite => {
                for end in node.args {
                    if !self.is_infinite(end) && !self.define(&mut local, end, 0)? {
                        return Ok(false);
                    }
                }
            }
            _ => return Ok(false),
        }
        if node.head == Head::Range {
            let integers = self.terms.add(Head::Integers, Vec::new())?;
            let integer = self.terms.add(Head::In, vec![name, integers])?;
            local.assume(&mut self.terms, integer)?;
        }
        let inside = self.terms.add(Head::In, vec![name, set])?;
        local.assume(&mut self.terms, inside)?;
        self.proves(&local, body)
    }

    fn absurd(&mut self, scope: &Scope) -> Check<bool> {
        let falsehood = self.terms.add(Head::Truth(false), Vec::new())?;
        order::holds(&mut self.terms, scope, falsehood)
    }

    pub(crate) fn is_infinite(&self, term: Id) -> bool {
        self.terms.is_infinite(term)
    }
}
