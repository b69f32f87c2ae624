//! Rules that no pattern can say: `calculus.unknown-function`, `calculus.fundamental-theorem`, those
//! of `ranges.rs`; and induction over a sum's bound.

use num_traits::Zero;

use crate::kernel::checker::{Checker, unknown};
use crate::kernel::line::Ends;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id};
use crate::wire::Node;

impl Checker<'_> {
    /// A rule that the table does not hold.
    #[allow(
        clippy::too_many_arguments,
        reason = "what the use of a rule consists of"
    )]
    pub(crate) fn special(
        &mut self,
        scope: &Scope,
        name: &str,
        substitution: &[(&str, Id)],
        evidence: &[Option<u32>],
        (left, right): (Id, Id),
        ends: Ends,
        depth: u32,
    ) -> Check<()> {
        match name {
            "calculus.unknown-function" => {
                self.unknown_function(scope, left, right)?;
                if ends == Ends::Last && !self.defined(scope, left)? {
                    return Err("a derivative that may be undefined".to_owned());
                }
                Ok(())
            }
            "calculus.fundamental-theorem" => {
                if ends == Ends::Last && !self.defined(scope, left)? {
                    return Err("an integral that may be undefined".to_owned());
                }
                self.fundamental_theorem(scope, substitution, evidence, (left, right), depth)
            }
            "probability.indicator" => self.indicator(scope, left, right),
            "probability.equation-at-an-outcome" => {
                self.equation_at_hand(scope, left, right)?;
                let other = match ends {
                    Ends::First => Some(right),
                    Ends::Last => Some(left),
                    Ends::Both => None,
                };
                match other {
                    Some(term) if !self.defined(scope, term)? => {
                        Err("one side may be undefined where the other is not".to_owned())
                    }
                    _ => Ok(()),
                }
            }
            "calculus.limit" => self.limit(scope, left, right, ends),
            "sums.reindex" => self.reindex(scope, substitution, (left, right)),
            "sums.partition" => self.partition(scope, substitution, (left, right)),
            "sums.power-series" => self.power_series(scope, substitution, (left, right)),
            "sums.binomial-moments" => self.binomial_moments(scope, substitution, (left, right)),
            "sums.telescoping" => self.telescoping(scope, substitution, (left, right)),
            "sums.log-of-product" => self.log_of_product(scope, substitution, (left, right)),
            _ => Err(unknown(&format!("the rule {name}"))),
        }
    }

    /// d/dx f(u₁, …) at p is the sum of ∂ᵢf(u₁, …) at p times d/dx uᵢ at p.
    fn unknown_function(&mut self, scope: &Scope, left: Id, right: Id) -> Check<()> {
        let node = self.terms.node(left).clone();
        let (Head::Binder(Binder::Derivative, _), [_, at]) = (&node.head, node.args.as_slice())
        else {
            return Err("no derivative".to_owned());
        };
        let (_, name) = self.terms.fresh()?;
        let body = self.terms.open(left, name)?[0];
        let call = self.terms.node(body).clone();
        let Head::Call(function, orders) = call.head else {
            return Err("no unknown function".to_owned());
        };
        let mut sum = Vec::new();
        for (place, u) in call.args.iter().enumerate() {
            if !self.smooth(scope, *u, name, *at, 0)? {
                return Err("an argument that may have no derivative".to_owned());
            }
            // What does not move adds nothing.
            let Head::Symbol(symbol) = *self.terms.head(name) else {
                return Err("a symbol expected".to_owned());
            };
            if !self.terms.mentions(*u, symbol) {
                continue;
            }
            let mut orders = orders.clone();
            orders[place] += 1;
            let partial = self
                .terms
                .add(Head::Call(function, orders), call.args.clone())?;
            let partial = self.terms.substitute(partial, name, *at)?;
            let inner = self.terms.bind(Binder::Derivative, name, &[*u, *at])?;
            sum.push(self.terms.flat(Head::Mul, &[partial, inner])?);
        }
        let sum = self.terms.flat(Head::Add, &sum)?;
        if self.terms.alike(sum, right)? {
            return Ok(());
        }
        Err("the chain rule gives another sum".to_owned())
    }

    /// ∫ f from a to b is F(b) − F(a) where F is continuous from a to b, both included, and F′ = f
    /// between them.
    fn fundamental_theorem(
        &mut self,
        scope: &Scope,
        substitution: &[(&str, Id)],
        evidence: &[Option<u32>],
        (left, right): (Id, Id),
        depth: u32,
    ) -> Check<()> {
        let get = |wanted: &str| {
            let found = substitution.iter().find(|(name, _)| *name == wanted);
            found.map(|(_, term)| *term).ok_or("a variable is missing")
        };
        let (f, big, x) = (get("f")?, get("F")?, get("x")?);
        let (a, b) = (get("a")?, get("b")?);
        let Head::Symbol(symbol) = *self.terms.head(x) else {
            return Err("a bound variable that is no symbol".to_owned());
        };
        if scope.mentions(&self.terms, symbol)
            || [a, b].iter().any(|end| self.terms.mentions(*end, symbol))
        {
            return Err("a bound variable that is not fresh".to_owned());
        }
        if self.is_infinite(a) || self.is_infinite(b) {
            return Err(unknown("integrals to ∞"));
        }
        let integral = self.terms.bind(Binder::Integral, x, &[f, a, b])?;
        let high = self.terms.substitute(big, x, b)?;
        let low = self.terms.substitute(big, x, a)?;
        let value = self.terms.minus(high, low)?;
        if integral != left || !self.terms.alike(value, right)? {
            return Err("the theorem gives another value".to_owned());
        }
        let order = self.terms.add(Head::LessEqual, vec![a, b])?;
        let other = self.terms.add(Head::LessEqual, vec![b, a])?;
        let range = if self.proves(scope, order)? {
            Some((a, b))
        } else if self.proves(scope, other)? {
            Some((b, a))
        } else {
            // Then all must hold everywhere.
            None
        };
        let (mut closed, mut local) = (scope.clone(), scope.clone());
        if let Some((low, high)) = range {
            for (from, to) in [(low, x), (x, high)] {
                let within = self.terms.add(Head::LessEqual, vec![from, to])?;
                closed.assume(&mut self.terms, within)?;
                let between = self.terms.add(Head::Less, vec![from, to])?;
                local.assume(&mut self.terms, between)?;
            }
        }
        if !self.defined(&closed, big)? {
            return Err("the antiderivative may be undefined between the limits".to_owned());
        }
        if !self.continuous(&closed, big, x)? && !self.smooth(&closed, big, x, x, 0)? {
            return Err("the antiderivative may jump between the limits".to_owned());
        }
        local.define(&mut self.terms, big)?;
        if !self.smooth(&local, big, x, x, 0)? {
            return Err("the antiderivative may have no derivative between the limits".to_owned());
        }
        let derivative = self.terms.bind(Binder::Derivative, x, &[big, x])?;
        let line = match evidence {
            [Some(line)] if *line < self.at => *line,
            _ => return Err("no proof that the derivative is the integrand".to_owned()),
        };
        let (from, to) = self.ends(line)?;
        if (from, to) != (derivative, f) {
            return Err("the proof is about something else".to_owned());
        }
        if !self.defined(&local, f)? {
            return Err("the integrand may be undefined between the limits".to_owned());
        }
        self.line(&local, line, Ends::Both, depth + 1)
    }

    /// a = b for all integers n from a start on: at the start, and a − b at n + 1 is a − b at n.
    pub(crate) fn induction(
        &mut self,
        scope: &Scope,
        presumed: &Scope,
        (a, b): (Id, Id),
        proof: u32,
    ) -> Check<()> {
        let Node::Decision { uses, witness, .. } = self.node(proof)? else {
            return Err("a decision expected".to_owned());
        };
        let ([base, step], [n, start, m]) = (uses.as_slice(), witness.as_slice()) else {
            return Err("an induction of another form".to_owned());
        };
        let (n, start, m) = (self.id(*n)?, self.id(*start)?, self.id(*m)?);
        let (Head::Symbol(name), Head::Symbol(other)) =
            (self.terms.head(n).clone(), self.terms.head(m).clone())
        else {
            return Err("an induction by no symbol".to_owned());
        };
        let claim = [a, b];
        if scope.mentions(&self.terms, other)
            || claim.iter().any(|t| self.terms.mentions(*t, other))
        {
            return Err("the symbol of the induction is not fresh".to_owned());
        }
        let from_start = self.terms.add(Head::LessEqual, vec![start, n])?;
        if self.terms.mentions(start, name)
            || !presumed.is_integer(&self.terms, n)
            || !presumed.is_integer(&self.terms, start)
            || !self.proves(presumed, from_start)?
        {
            return Err("n may lie before the start".to_owned());
        }
        // What is known without n.
        let mut general = Scope::default();
        general.known.integers.clone_from(&scope.known.integers);
        general.known.naturals.clone_from(&scope.known.naturals);
        for statement in scope.statements.clone() {
            if !self.terms.mentions(statement, name) {
                general.assume(&mut self.terms, statement)?;
            }
        }
        let difference = self.terms.minus(a, b)?;
        let first = self.terms.substitute(difference, n, start)?;
        if *base >= proof || *step >= proof || !self.defined(&general, first)? {
            return Err("the start may be undefined".to_owned());
        }
        let (from, to) = self.ends(*base)?;
        if from != first || !self.terms.value(to).is_some_and(Zero::is_zero) {
            return Err("the start proves something else".to_owned());
        }
        let mut local = general.clone();
        local.define(&mut self.terms, first)?;
        self.line(&local, *base, Ends::Both, 0)?;
        let mut stepping = general;
        let integers = self.terms.add(Head::Integers, Vec::new())?;
        for (head, args) in [
            (Head::In, vec![m, integers]),
            (Head::LessEqual, vec![start, m]),
        ] {
            let statement = self.terms.add(head, args)?;
            stepping.assume(&mut self.terms, statement)?;
        }
        let one = self.terms.integer(1)?;
        let next = self.terms.flat(Head::Add, &[m, one])?;
        let here = self.terms.substitute(difference, n, m)?;
        let there = self.terms.substitute(difference, n, next)?;
        let (from, to) = self.ends(*step)?;
        if from != there || to != here {
            return Err("the step proves something else".to_owned());
        }
        for term in [here, there] {
            if !self.defined(&stepping, term)? {
                return Err("the step may be undefined".to_owned());
            }
        }
        stepping.define(&mut self.terms, here)?;
        stepping.define(&mut self.terms, there)?;
        self.at = *step;
        self.line(&stepping, *step, Ends::Both, 0)
    }
}
