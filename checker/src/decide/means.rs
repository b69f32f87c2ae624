//! Inequalities between means: a difference that is the mean of what is not negative at any outcome,
//! and the inequality of Cauchy and Schwarz.

use crate::decide::order;
use crate::kernel::checker::{Checker, unknown};
use crate::kernel::domain::is_strict;
use crate::kernel::line::Ends;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id};
use crate::wire::Node;

/// As many indicators are told apart.
const INDICATORS: usize = 5;

/// What a term is to be at every outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Zero,
    Positive,
    NotNegative,
}

impl Checker<'_> {
    /// A statement a ≤ b or a < b that the theory of probability decided.
    pub(crate) fn means(&mut self, scope: &Scope, statement: Id, proof: u32) -> Check<()> {
        self.at = proof;
        self.terms.spend(50)?;
        let Node::Decision {
            method,
            statement: told,
            uses,
            witness,
            ..
        } = self.node(proof)?.clone()
        else {
            return Err("a decision expected".to_owned());
        };
        if self.id(told)? != statement || uses.iter().any(|used| *used >= proof) {
            return Err("another statement was decided".to_owned());
        }
        let node = self.terms.node(statement).clone();
        let [a, b] = *node.args.as_slice() else {
            return Err("no relation".to_owned());
        };
        let sort = match node.head {
            Head::Equal => Sort::Zero,
            Head::Less => Sort::Positive,
            Head::LessEqual => Sort::NotNegative,
            _ => return Err("no relation".to_owned()),
        };
        let mut local = scope.clone();
        for side in [a, b] {
            if !self.define(&mut local, side, 0)? {
                return Err("a side that may be undefined".to_owned());
            }
        }
        let difference = self.terms.minus(b, a)?;
        match (method.as_str(), uses.as_slice(), witness.as_slice()) {
            ("absolute", [above, below], []) if sort != Sort::Zero => {
                let (Head::Function("abs"), [u]) = (self.terms.head(a), self.terms.args(a)) else {
                    return Err("no absolute value".to_owned());
                };
                let u = *u;
                let minus = self.terms.negative(u)?;
                for (side, used) in [(u, above), (minus, below)] {
                    let part = self.terms.add(node.head.clone(), vec![side, b])?;
                    self.means(&local, part, *used)?;
                }
                Ok(())
            }
            ("indicators", [], []) => self.everywhere(&local, difference, sort),
            ("sign", [], []) => {
                let zero = self.terms.value(a).is_some_and(num_traits::Zero::is_zero);
                let (Head::Function("expectation"), [whole], true) =
                    (self.terms.head(b), self.terms.args(b), zero)
                else {
                    return Err("no mean beside 0".to_owned());
                };
                let body = self.at_fresh(*whole)?;
                let mut there = self.at_outcome(&local, body.1)?;
                there.define(&mut self.terms, body.0)?;
                self.everywhere(&there, body.0, sort)
            }
            ("mean", [line, signs @ ..], [whole]) => {
                let whole = self.id(*whole)?;
                let mean = self.terms.add(Head::Function("expectation"), vec![whole])?;
                self.difference(&local, *line, difference, mean)?;
                self.at = proof;
                for sign in signs {
                    let Node::Decision { statement, .. } = self.node(*sign)? else {
                        return Err("a decision expected".to_owned());
                    };
                    let statement = self.id(*statement)?;
                    self.means(&local, statement, *sign)?;
                    local.assume(&mut self.terms, statement)?;
                }
                self.at = proof;
                let body = self.at_fresh(whole)?;
                let mut there = self.at_outcome(&local, body.1)?;
                // The mean is defined, hence so is its body almost surely.
                there.define(&mut self.terms, body.0)?;
                self.everywhere(&there, body.0, sort)
            }
            ("cauchy-schwarz", [line], [f, g]) if sort == Sort::NotNegative => {
                let wholes = [self.id(*f)?, self.id(*g)?];
                let (_, name) = self.terms.fresh()?;
                let mut bodies = Vec::new();
                for whole in wholes {
                    if !matches!(self.terms.head(whole), Head::Binder(Binder::Outcomes, _)) {
                        return Err("no random variable".to_owned());
                    }
                    bodies.push(self.terms.open(whole, name)?[0]);
                }
                let two = self.terms.integer(2)?;
                let mut means = Vec::new();
                for (x, y) in [(0, 0), (1, 1), (0, 1)] {
                    let product = if x == y {
                        self.terms.add(Head::Pow, vec![bodies[x], two])?
                    } else {
                        self.terms.flat(Head::Mul, &[bodies[x], bodies[y]])?
                    };
                    let whole = self.terms.bind(Binder::Outcomes, name, &[product])?;
                    means.push(self.terms.add(Head::Function("expectation"), vec![whole])?);
                }
                let above = self.terms.flat(Head::Mul, &means[..2])?;
                let below = self.terms.add(Head::Pow, vec![means[2], two])?;
                let target = self.terms.minus(above, below)?;
                self.difference(&local, *line, difference, target)
            }
            _ => Err(unknown(&method)),
        }
    }

    /// A line from the difference of the sides to that term.
    fn difference(&mut self, scope: &Scope, line: u32, from: Id, to: Id) -> Check<()> {
        let (first, last) = self.ends(line)?;
        if !self.terms.alike(first, from)? || !self.terms.alike(last, to)? {
            return Err("the line proves something else".to_owned());
        }
        let mut local = scope.clone();
        local.define(&mut self.terms, first)?;
        self.line(&local, line, Ends::First, 0)
    }

    /// A random variable at a fresh outcome, and that.
    fn at_fresh(&mut self, whole: Id) -> Check<(Id, Id)> {
        if !matches!(self.terms.head(whole), Head::Binder(Binder::Outcomes, _)) {
            return Err("no random variable".to_owned());
        }
        let (_, name) = self.terms.fresh()?;
        Ok((self.terms.open(whole, name)?[0], name))
    }

    /// That a term that is defined is of that sort in the scope, its indicators told apart.
    fn everywhere(&mut self, scope: &Scope, term: Id, sort: Sort) -> Check<()> {
        if self.told_apart(scope, term, sort, INDICATORS)? {
            return Ok(());
        }
        Err("a term that may have another sign at an outcome".to_owned())
    }

    fn told_apart(&mut self, scope: &Scope, term: Id, sort: Sort, left: usize) -> Check<bool> {
        self.terms.spend(50)?;
        let parts = self.terms.subterms(term, |node, place| {
            !matches!(node.head, Head::Binder(..)) && is_strict(&node.head, place)
        });
        let found = parts.iter().copied().find(|t| {
            self.terms.head(*t) == &Head::Function("indicator") && self.terms.dangling(*t) == 0
        });
        let Some(indicator) = found else {
            let zero = self.terms.integer(0)?;
            let statement = match sort {
                Sort::Zero => self.terms.add(Head::Equal, vec![term, zero])?,
                Sort::Positive => self.terms.add(Head::Less, vec![zero, term])?,
                Sort::NotNegative => self.terms.add(Head::LessEqual, vec![zero, term])?,
            };
            let mut local = scope.clone();
            local.define(&mut self.terms, term)?;
            self.assume_tangents(&mut local, &parts)?;
            return order::holds(&mut self.terms, &local, statement);
        };
        if left == 0 {
            return Ok(false);
        }
        let event = self.terms.args(indicator)[0];
        for holds in [true, false] {
            let value = self.terms.integer(i64::from(holds))?;
            let rest = self.instead(term, indicator, value)?;
            let mut local = scope.clone();
            if holds {
                self.assume_all(&mut local, event)?;
            } else if let Some(opposite) = self.opposite(scope, event)? {
                local.assume(&mut self.terms, opposite)?;
            }
            if !self.told_apart(&local, rest, sort, left - 1)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The exponential lies above its tangents, the logarithm below: e^v (1 + u − v) ≤ e^u, and
    /// log u ≤ log v + (u − v)/v, of those among the parts, which are defined.
    fn assume_tangents(&mut self, scope: &mut Scope, parts: &[Id]) -> Check<()> {
        let (mut powers, mut logarithms) = (Vec::new(), Vec::new());
        for part in parts {
            if self.terms.dangling(*part) != 0 {
                continue;
            }
            match (self.terms.head(*part), self.terms.args(*part)) {
                (Head::Pow, [base, exponent])
                    if matches!(self.terms.head(*base), Head::Constant("e")) =>
                {
                    powers.push((*part, *exponent));
                }
                (Head::Function("log"), [u]) => logarithms.push((*part, *u)),
                _ => {}
            }
        }
        let one = self.terms.integer(1)?;
        for (first, u) in powers.iter().take(4) {
            for (second, v) in powers.iter().take(4).filter(|(second, _)| second != first) {
                let off = self.terms.minus(*u, *v)?;
                let slope = self.terms.flat(Head::Add, &[one, off])?;
                let below = self.terms.flat(Head::Mul, &[*second, slope])?;
                let fact = self.terms.add(Head::LessEqual, vec![below, *first])?;
                scope.assume(&mut self.terms, fact)?;
            }
        }
        let minus = self.terms.integer(-1)?;
        for (first, u) in logarithms.iter().take(4) {
            for (second, v) in logarithms
                .iter()
                .take(4)
                .filter(|(second, _)| second != first)
            {
                let off = self.terms.minus(*u, *v)?;
                let over = self.terms.add(Head::Pow, vec![*v, minus])?;
                let slope = self.terms.flat(Head::Mul, &[off, over])?;
                let above = self.terms.flat(Head::Add, &[*second, slope])?;
                let fact = self.terms.add(Head::LessEqual, vec![*first, above])?;
                scope.assume(&mut self.terms, fact)?;
            }
        }
        Ok(())
    }

    fn assume_all(&mut self, scope: &mut Scope, event: Id) -> Check<()> {
        let node = self.terms.node(event).clone();
        if node.head == Head::And {
            for part in node.args {
                scope.assume(&mut self.terms, part)?;
            }
            return Ok(());
        }
        scope.assume(&mut self.terms, event)
    }

    /// What holds where a relation between defined terms does not.
    fn opposite(&mut self, scope: &Scope, event: Id) -> Check<Option<Id>> {
        let node = self.terms.node(event).clone();
        let (head, flipped) = match node.head {
            Head::Less => (Head::LessEqual, true),
            Head::LessEqual => (Head::Less, true),
            Head::Equal => (Head::NotEqual, false),
            Head::NotEqual => (Head::Equal, false),
            _ => return Ok(None),
        };
        let [a, b] = node.args.as_slice() else {
            return Ok(None);
        };
        let (a, b) = (*a, *b);
        if !self.defined(scope, a)? || !self.defined(scope, b)? {
            return Ok(None);
        }
        let args = if flipped { vec![b, a] } else { vec![a, b] };
        self.terms.add(head, args).map(Some)
    }

    /// The term with another in the place of a part of it, outside the scope of binders.
    fn instead(&mut self, term: Id, part: Id, by: Id) -> Check<Id> {
        self.terms.spend(1)?;
        if term == part {
            return Ok(by);
        }
        let node = self.terms.node(term).clone();
        if node.args.is_empty() || matches!(node.head, Head::Binder(..)) {
            return Ok(term);
        }
        let mut args = Vec::with_capacity(node.args.len());
        for arg in &node.args {
            args.push(self.instead(*arg, part, by)?);
        }
        if args == node.args {
            return Ok(term);
        }
        self.terms.with(&node.head, args)
    }
}
