//! Inequalities between sums by what holds of their terms, and statements that follow from such.

use crate::decide::ranges::Range;
use crate::kernel::checker::Checker;
use crate::kernel::line::Ends;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id};

/// What is summed, and over which range: bounds and condition.
type Summed = (Id, [Id; 3]);

impl Checker<'_> {
    /// A statement that follows from facts about its sums, each of which is one of
    /// - an inequality term by term: 0 ≤ Σ f, Σ f ≤ Σ g, |Σ f| ≤ Σ g; with < where the range is
    ///   not empty;
    /// - Cauchy and Schwarz: (Σ h)² ≤ (Σ p)(Σ q) where h² = p q and 0 ≤ p, 0 ≤ q; the number of
    ///   the terms may stand for Σ 1;
    /// - Σ f ≤ c N or c N ≤ Σ f for N terms, where f ≤ c or c ≤ f;
    /// - c ≤ Σ f where 0 ≤ f and c is f at the place of an extremum;
    /// - an equation, by the next of the lines that are used.
    pub(crate) fn termwise(
        &mut self,
        scope: &Scope,
        statement: Id,
        facts: &[u32],
        uses: &[u32],
    ) -> Check<()> {
        let mut local = scope.clone();
        let mut lines = uses.iter();
        for fact in facts {
            let fact = self.id(*fact)?;
            let node = self.terms.node(fact).clone();
            let [a, b] = *node.args.as_slice() else {
                return Err("no relation of sums".to_owned());
            };
            match node.head {
                Head::Equal => {
                    let line = *lines.next().ok_or("an equation without a line")?;
                    if line >= self.at || self.ends(line)? != (a, b) {
                        return Err("a line for another equation".to_owned());
                    }
                    let at = self.at;
                    if !self.defined(scope, a)? {
                        return Err("a sum that may be undefined".to_owned());
                    }
                    self.line(scope, line, Ends::First, 0)?;
                    self.at = at;
                }
                Head::LessEqual | Head::Less => {
                    let strict = node.head == Head::Less;
                    let mut holds = self.each(scope, strict, a, b)?;
                    if !strict {
                        holds = holds
                            || self.cauchy_schwarz(scope, a, b)?
                            || self.as_many(scope, a, b)?
                            || self.attained(scope, a, b)?;
                    }
                    if !holds {
                        return Err("an inequality that may fail for a term".to_owned());
                    }
                }
                _ => return Err("no relation of sums".to_owned()),
            }
            local.assume(&mut self.terms, fact)?;
        }
        if self.proves(&local, statement)? {
            return Ok(());
        }
        Err("the terms do not give the statement".to_owned())
    }

    /// Term by term.
    fn each(&mut self, scope: &Scope, strict: bool, a: Id, b: Id) -> Check<bool> {
        let (_, name) = self.terms.fresh()?;
        let (Some((small, first)), Some((large, second))) =
            (self.side(a, name)?, self.side(b, name)?)
        else {
            return Ok(false);
        };
        let range = match (first, second) {
            (Some(one), Some(other)) if one == other => one,
            (Some(one), None) | (None, Some(one)) => one,
            _ => return Ok(false),
        };
        let truth = *self.terms.head(range[2]) == Head::Truth(true);
        if strict && !(truth && self.some(scope, range)?) {
            return Ok(false);
        }
        let head = if strict { Head::Less } else { Head::LessEqual };
        self.throughout(scope, name, range, (head, small, large))
    }

    /// Whether the range is not empty.
    fn some(&mut self, scope: &Scope, [from, to, _]: [Id; 3]) -> Check<bool> {
        let some = self.terms.add(Head::LessEqual, vec![from, to])?;
        self.proves(scope, some)
    }

    /// Whether a relation holds at each integer of a range.
    fn throughout(
        &mut self,
        scope: &Scope,
        name: Id,
        [from, to, condition]: [Id; 3],
        (head, small, large): (Head, Id, Id),
    ) -> Check<bool> {
        let mut within = scope.clone();
        let range = Range {
            name,
            from,
            to,
            condition,
        };
        self.enter(&mut within, &range)?;
        let each = self.terms.add(head, vec![small, large])?;
        self.proves(&within, each)
    }

    /// What is summed and the range, of 0, Σ f or |Σ f| (then |f|).
    fn side(&mut self, term: Id, name: Id) -> Check<Option<(Id, Option<[Id; 3]>)>> {
        let node = self.terms.node(term).clone();
        Ok(match (&node.head, node.args.as_slice()) {
            (Head::Number(value), _) if num_traits::Zero::is_zero(value) => Some((term, None)),
            (Head::Function("abs"), [sum]) => match self.summed(*sum, name)? {
                Some((body, range)) => {
                    let size = self.terms.add(Head::Function("abs"), vec![body])?;
                    Some((size, Some(range)))
                }
                None => None,
            },
            _ => self
                .summed(term, name)?
                .map(|(body, range)| (body, Some(range))),
        })
    }

    fn summed(&mut self, term: Id, name: Id) -> Check<Option<Summed>> {
        if !matches!(self.terms.head(term), Head::Binder(Binder::Sum, _)) {
            return Ok(None);
        }
        let args = self.terms.open(term, name)?;
        Ok(match *args.as_slice() {
            [body, from, to, condition] => Some((body, [from, to, condition])),
            _ => None,
        })
    }

    /// Whether the term is how many integers there are from the one to the other.
    fn counts(&mut self, scope: &Scope, term: Id, [from, to, _]: [Id; 3]) -> Check<bool> {
        let one = self.terms.integer(1)?;
        let less = self.terms.minus(to, from)?;
        let count = self.terms.flat(Head::Add, &[less, one])?;
        let behind = self.terms.flat(Head::Add, &[to, one])?;
        let some = self.terms.add(Head::LessEqual, vec![from, behind])?;
        Ok(self.ring(scope, term, count)?
            && self.defined(scope, term)?
            && self.proves(scope, some)?)
    }

    /// (Σ h)² ≤ (Σ p)(Σ q)
    fn cauchy_schwarz(&mut self, scope: &Scope, a: Id, b: Id) -> Check<bool> {
        let (left, right) = (self.terms.node(a).clone(), self.terms.node(b).clone());
        let two = self.terms.integer(2)?;
        let (Head::Pow, [middle, exponent], Head::Mul, [first, second]) = (
            &left.head,
            left.args.as_slice(),
            &right.head,
            right.args.as_slice(),
        ) else {
            return Ok(false);
        };
        if *exponent != two {
            return Ok(false);
        }
        let (_, name) = self.terms.fresh()?;
        let all = [*middle, *first, *second];
        let mut range = None;
        for term in all {
            if let Some((_, found)) = self.summed(term, name)? {
                if range.is_some_and(|known| known != found) {
                    return Ok(false);
                }
                range = Some(found);
            }
        }
        let Some(range) = range else {
            return Ok(false);
        };
        if *self.terms.head(range[2]) != Head::Truth(true) {
            return Ok(false);
        }
        let mut bodies = Vec::new();
        for term in all {
            bodies.push(match self.summed(term, name)? {
                Some((body, _)) => body,
                None if self.counts(scope, term, range)? => self.terms.integer(1)?,
                None => return Ok(false),
            });
        }
        let [h, p, q] = *bodies.as_slice() else {
            return Ok(false);
        };
        let zero = self.terms.integer(0)?;
        for body in [p, q] {
            if !self.throughout(scope, name, range, (Head::LessEqual, zero, body))? {
                return Ok(false);
            }
        }
        let square = self.terms.add(Head::Pow, vec![h, two])?;
        let product = self.terms.flat(Head::Mul, &[p, q])?;
        self.throughout(scope, name, range, (Head::Equal, square, product))
    }

    /// Σ f ≤ c N and c N ≤ Σ f.
    fn as_many(&mut self, scope: &Scope, a: Id, b: Id) -> Check<bool> {
        let (_, name) = self.terms.fresh()?;
        for (sum, multiple, below) in [(a, b, false), (b, a, true)] {
            let Some((body, range)) = self.summed(sum, name)? else {
                continue;
            };
            let node = self.terms.node(multiple).clone();
            let (Head::Mul, [c, count]) = (&node.head, node.args.as_slice()) else {
                continue;
            };
            let plain = *self.terms.head(range[2]) == Head::Truth(true);
            if !plain || !self.counts(scope, *count, range)? || !self.defined(scope, *c)? {
                continue;
            }
            let (small, large) = if below { (*c, body) } else { (body, *c) };
            if self.throughout(scope, name, range, (Head::LessEqual, small, large))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// c ≤ Σ f: where the extremum in c is attained, f is c.
    fn attained(&mut self, scope: &Scope, a: Id, b: Id) -> Check<bool> {
        let (_, name) = self.terms.fresh()?;
        let Some((body, range)) = self.summed(b, name)? else {
            return Ok(false);
        };
        if *self.terms.head(range[2]) != Head::Truth(true) || !self.some(scope, range)? {
            return Ok(false);
        }
        for part in self.terms.subterms(a, |_, _| true) {
            if !matches!(self.terms.head(part), Head::Binder(Binder::Extremum(_), _))
                || self.terms.dangling(part) != 0
            {
                continue;
            }
            let args = self.terms.open(part, name)?;
            if args[1..3] != range[..2] {
                continue;
            }
            let there = self.terms.substitute(a, part, args[0])?;
            if self.throughout(scope, name, range, (Head::Equal, there, body))? {
                let zero = self.terms.integer(0)?;
                return self.throughout(scope, name, range, (Head::LessEqual, zero, body));
            }
        }
        Ok(false)
    }
}
