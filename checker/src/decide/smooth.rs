//! Differentiability: the tests of form in the rules' conditions.

use num_integer::Integer;
use num_traits::{One, Zero};

use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Check, Head, Id, Q};

impl Checker<'_> {
    /// A condition about form alone.
    pub(crate) fn test(&mut self, scope: &Scope, name: &str, parts: &[Id]) -> Check<bool> {
        let number = |place: usize| parts.get(place).and_then(|t| self.terms.value(*t)).cloned();
        let whole = |place: usize| number(place).filter(Q::is_integer).map(|n| n.to_integer());
        let two = num_bigint::BigInt::from(2);
        Ok(match (name, parts) {
            ("free", [f, x]) => match self.terms.head(*x) {
                Head::Symbol(s) => !self.terms.mentions(*f, *s),
                _ => false,
            },
            ("odd", [_]) => whole(0).is_some_and(|n| n.is_odd()),
            ("even", [_]) => whole(0).is_some_and(|n| n.is_even() && !n.is_zero()),
            ("rational", [_]) => number(0).is_some(),
            ("root", [_]) => whole(0).is_some_and(|n| n >= two),
            ("coprime", [_, _]) => match (whole(0), whole(1)) {
                (Some(p), Some(q)) => q >= two && p.gcd(&q).is_one(),
                _ => false,
            },
            ("members", [f, g, k, w]) => self.members(*f, *g, *k, *w)?,
            ("independent", [f, g, w]) => self.independent(scope, *f, *g, *w)?,
            ("dominated", [f, x, w]) => self.dominated(scope, *f, *x, *w)?,
            ("smooth", [f, x, p]) => self.smooth(scope, *f, *x, *p, 0)?,
            _ => false,
        })
    }

    /// Whether f is differentiable in x at p, if it is defined around p.
    pub(crate) fn smooth(&mut self, scope: &Scope, f: Id, x: Id, p: Id, depth: u32) -> Check<bool> {
        self.terms.spend(5)?;
        let Head::Symbol(symbol) = *self.terms.head(x) else {
            return Ok(false);
        };
        if f == x || !self.terms.mentions(f, symbol) {
            return Ok(true);
        }
        if depth > 100 {
            return Ok(false);
        }
        let node = self.terms.node(f).clone();
        let parts = match &node.head {
            Head::Binder(crate::kernel::term::Binder::Outcomes, _) => {
                let (_, name) = self.terms.fresh()?;
                let opened = self.terms.open(f, name)?;
                let there = self.at_outcome(scope, name)?;
                return Ok(self.dominated(&there, opened[0], x, name)?
                    && self.smooth(&there, opened[0], x, p, depth + 1)?);
            }
            // The mean over outcomes whose weights do not depend on x.
            Head::Function("expectation" | "variance") => {
                for part in node.args.clone() {
                    if !self.smooth(scope, part, x, p, depth + 1)? {
                        return Ok(false);
                    }
                }
                return Ok(true);
            }
            Head::Binder(crate::kernel::term::Binder::Sum, _) => {
                if node.args[1..4]
                    .iter()
                    .any(|t| self.terms.mentions(*t, symbol))
                {
                    return Ok(false);
                }
                // The limit of functions that have a derivative need not have one.
                if !scope.is_integer(&self.terms, node.args[1])
                    || !scope.is_integer(&self.terms, node.args[2])
                {
                    return self.is_power_series(f, x);
                }
                // At each integer of the range.
                let (index, name) = self.terms.fresh()?;
                let opened = self.terms.open(f, name)?;
                let mut within = scope.clone();
                within.known.integers.insert(index);
                for sides in [[node.args[1], name], [name, node.args[2]]] {
                    let bound = self.terms.add(Head::LessEqual, sides.to_vec())?;
                    within.assume(&mut self.terms, bound)?;
                }
                return self.smooth(&within, opened[0], x, p, depth + 1);
            }
            Head::Add | Head::Mul | Head::Call(..) | Head::Pow | Head::Function(_) => &node.args,
            _ => return Ok(false),
        };
        for part in parts {
            if !self.smooth(scope, *part, x, p, depth + 1)? {
                return Ok(false);
            }
        }
        match (&node.head, node.args.as_slice()) {
            (Head::Pow, [base, exponent]) => {
                let varies = self.terms.mentions(*exponent, symbol);
                if !varies && scope.is_integer(&self.terms, *exponent) {
                    return Ok(true);
                }
                let one = self.terms.integer(1)?;
                let above = self.terms.add(Head::Less, vec![one, *exponent])?;
                if !varies && self.proves(scope, above)? {
                    return Ok(true);
                }
                let there = self.terms.substitute(*base, x, p)?;
                let zero = self.terms.integer(0)?;
                let positive = self.terms.add(Head::Less, vec![zero, there])?;
                self.proves(scope, positive)
            }
            (Head::Function(name), arguments) => {
                let Some(critical) = self.critical(name, arguments)? else {
                    return Ok(false);
                };
                let Some(critical) = critical else {
                    return Ok(true);
                };
                let there = self.terms.substitute(critical, x, p)?;
                let zero = self.terms.integer(0)?;
                let statement = self.terms.add(Head::NotEqual, vec![there, zero])?;
                self.proves(scope, statement)
            }
            _ => Ok(true),
        }
    }

    /// Whether a sum is Σ c·x^k or Σ x^k to ∞ from a natural number, with c free of x: it converges
    /// around a point only inside of its circle of convergence.
    fn is_power_series(&mut self, sum: Id, x: Id) -> Check<bool> {
        let (_, k) = self.terms.fresh()?;
        let args = self.terms.open(sum, k)?;
        let natural = self
            .terms
            .value(args[1])
            .is_some_and(|n| n.is_integer() && *n >= Q::zero());
        if !natural
            || *self.terms.head(args[2]) != Head::Constant("infinity")
            || *self.terms.head(args[3]) != Head::Truth(true)
        {
            return Ok(false);
        }
        let Head::Symbol(symbol) = *self.terms.head(x) else {
            return Ok(false);
        };
        let power = self.terms.add(Head::Pow, vec![x, k])?;
        let body = self.terms.node(args[0]).clone();
        let factors = match body.head {
            Head::Mul => body.args,
            _ => vec![args[0]],
        };
        let (powers, rest): (Vec<Id>, Vec<Id>) = factors.iter().partition(|f| **f == power);
        Ok(powers.len() == 1 && rest.iter().all(|c| !self.terms.mentions(*c, symbol)))
    }

    /// Whether f is continuous in x where the scope's facts hold, if it is defined there.
    pub(crate) fn continuous(&mut self, scope: &Scope, f: Id, x: Id) -> Check<bool> {
        let Head::Symbol(symbol) = *self.terms.head(x) else {
            return Ok(false);
        };
        let zero = self.terms.integer(0)?;
        for part in self.terms.subterms(f, |_, _| true) {
            if part == x || !self.terms.mentions(part, symbol) {
                continue;
            }
            let node = self.terms.node(part).clone();
            let needed = match (&node.head, node.args.as_slice()) {
                (Head::Add | Head::Mul | Head::Call(..), _) => continue,
                (Head::Pow, [_, exponent]) if !self.terms.mentions(*exponent, symbol) => continue,
                (Head::Pow, [base, _]) => self.terms.add(Head::Less, vec![zero, *base])?,
                (Head::Function("arccot"), [u]) => {
                    self.terms.add(Head::NotEqual, vec![*u, zero])?
                }
                (Head::Function("abs" | "relu" | "max" | "min" | "root"), _) => continue,
                (Head::Function(name), [_]) if self.critical(name, &node.args)?.is_some() => {
                    continue;
                }
                _ => return Ok(false),
            };
            if !self.proves(scope, needed)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The term at whose zeros a function is not differentiable (`Some(None)`: it is everywhere
    /// inside its domain; `None`: not known).
    fn critical(&mut self, name: &str, arguments: &[Id]) -> Check<Option<Option<Id>>> {
        let Some(u) = arguments.last().copied() else {
            return Ok(None);
        };
        let one = self.terms.integer(1)?;
        let two = self.terms.integer(2)?;
        let minus = self.terms.integer(-1)?;
        let square = self.terms.add(Head::Pow, vec![u, two])?;
        Ok(match name {
            "log" | "sin" | "cos" | "tan" | "cot" | "sec" | "csc" | "arctan" | "sinh" | "cosh"
            | "tanh" | "coth" | "sech" | "csch" | "arsinh" | "artanh" | "arcoth" | "arcsch"
            | "sigmoid" | "softplus" => Some(None),
            "root" | "abs" | "relu" | "arccot" => Some(Some(u)),
            "arcsin" | "arccos" | "arsech" => Some(Some(self.terms.minus(one, square)?)),
            "arcosh" => Some(Some(self.terms.minus(square, one)?)),
            "arcsec" | "arccsc" => {
                let inverse = self.terms.add(Head::Pow, vec![square, minus])?;
                Some(Some(self.terms.minus(one, inverse)?))
            }
            "max" | "min" if arguments.len() == 2 => {
                Some(Some(self.terms.minus(arguments[0], arguments[1])?))
            }
            _ => None,
        })
    }
}
