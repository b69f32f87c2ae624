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
            ("extremes", parts, []) if sort != Sort::Zero => {
                let pairs: Vec<(Id, Id)> = match (self.terms.head(a), self.terms.head(b)) {
                    (Head::Function("max"), _) => {
                        self.terms.args(a).iter().map(|u| (*u, b)).collect()
                    }
                    (_, Head::Function("min")) => {
                        self.terms.args(b).iter().map(|u| (a, *u)).collect()
                    }
                    _ => return Err("no extreme".to_owned()),
                };
                if pairs.len() != parts.len() {
                    return Err("another number of parts".to_owned());
                }
                for ((left, right), used) in pairs.into_iter().zip(parts) {
                    let part = self.terms.add(node.head.clone(), vec![left, right])?;
                    self.means(&local, part, *used)?;
                }
                Ok(())
            }
            ("squares", [used], []) if sort == Sort::NotNegative => {
                let (zero, two) = (self.terms.integer(0)?, self.terms.integer(2)?);
                let positive = self.terms.add(Head::LessEqual, vec![zero, b])?;
                if !order::holds(&mut self.terms, &local, positive)? {
                    return Err("a bound that may be negative".to_owned());
                }
                let left = self.terms.add(Head::Pow, vec![a, two])?;
                let right = self.terms.add(Head::Pow, vec![b, two])?;
                let part = self.terms.add(Head::LessEqual, vec![left, right])?;
                self.means(&local, part, *used)
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
            ("bound", [], []) => {
                if order::holds(&mut self.terms, &local, statement)? {
                    return Ok(());
                }
                Err("a bound that is not known".to_owned())
            }
            ("mean" | "mean-and-square", [line, signs @ ..], [whole, root @ ..])
                if sort != Sort::Zero || method == "mean" =>
            {
                let whole = self.id(*whole)?;
                let mut target = self.terms.add(Head::Function("expectation"), vec![whole])?;
                let mut any = Vec::new();
                match (method.as_str(), root) {
                    ("mean", parts) => {
                        for part in parts {
                            any.push(self.id(*part)?);
                        }
                    }
                    ("mean-and-square", [root]) => {
                        let (root, two) = (self.id(*root)?, self.terms.integer(2)?);
                        let square = self.terms.add(Head::Pow, vec![root, two])?;
                        target = self.terms.flat(Head::Add, &[target, square])?;
                    }
                    _ => return Err("another witness".to_owned()),
                }
                self.difference(&local, *line, difference, target)?;
                self.at = proof;
                let mut positive = Vec::new();
                for sign in signs {
                    let Node::Decision {
                        statement, method, ..
                    } = self.node(*sign)?.clone()
                    else {
                        return Err("a decision expected".to_owned());
                    };
                    let statement = self.id(statement)?;
                    self.means(&local, statement, *sign)?;
                    local.assume(&mut self.terms, statement)?;
                    if method == "bound" {
                        positive.push(statement);
                    }
                }
                self.at = proof;
                let (mut value, outcome) = self.at_fresh(whole)?;
                let mut there = self.at_outcome(&local, outcome)?;
                // Of some parts nothing is used: a letter stands for each.
                for part in any {
                    if !matches!(self.terms.head(part), Head::Binder(Binder::Outcomes, _)) {
                        return Err("no random variable".to_owned());
                    }
                    let part = self.terms.open(part, outcome)?[0];
                    let (_, letter) = self.terms.fresh()?;
                    value = self.instead(value, part, letter)?;
                }
                // Of what is positive no more is used: a letter stands for it.
                for bound in positive {
                    let node = self.terms.node(bound).clone();
                    let (Head::Less, [zero, constant]) = (&node.head, node.args.as_slice()) else {
                        continue;
                    };
                    let (_, letter) = self.terms.fresh()?;
                    value = self.instead(value, *constant, letter)?;
                    let known = self.terms.add(Head::Less, vec![*zero, letter])?;
                    there.assume(&mut self.terms, known)?;
                }
                // The mean is defined, hence so is its body almost surely.
                there.define(&mut self.terms, value)?;
                self.everywhere(&there, value, sort)
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
            if order::holds(&mut self.terms, &local, statement)? {
                return Ok(true);
            }
            self.assume_tangents(&mut local, &parts)?;
            self.assume_pairs(&mut local, &parts)?;
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
            for said in scope.statements.clone() {
                let there = self.instead(said, indicator, value)?;
                if there != said {
                    local.assume(&mut self.terms, there)?;
                }
            }
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
    /// log u ≤ log v + (u − v)/v, of those among the parts, which are defined; a correlation lies
    /// between −1 and 1.
    fn assume_tangents(&mut self, scope: &mut Scope, parts: &[Id]) -> Check<()> {
        let (mut powers, mut logarithms) = (Vec::new(), Vec::new());
        let (mut correlations, mut products) = (Vec::new(), Vec::new());
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
                (Head::Function("correlation"), _) => correlations.push(*part),
                (Head::Binder(Binder::Product, _), _) => products.push(*part),
                _ => {}
            }
        }
        let one = self.terms.integer(1)?;
        for product in products.into_iter().take(4) {
            if let Some(fact) = self.below_product(scope, product)? {
                scope.assume(&mut self.terms, fact)?;
            }
        }
        let less = self.terms.integer(-1)?;
        for correlation in correlations.into_iter().take(4) {
            for sides in [vec![correlation, one], vec![less, correlation]] {
                let fact = self.terms.add(Head::LessEqual, sides)?;
                scope.assume(&mut self.terms, fact)?;
            }
        }
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

    /// 1 − Σ x_k ≤ Π (1 − x_k) where each x_k is an indicator.
    fn below_product(&mut self, scope: &Scope, product: Id) -> Check<Option<Id>> {
        let (_, name) = self.terms.fresh()?;
        let [body, from, to, condition] = *self.terms.open(product, name)?.as_slice() else {
            return Ok(None);
        };
        let finite = scope.is_integer(&self.terms, from) && scope.is_integer(&self.terms, to);
        if !finite || *self.terms.head(condition) != Head::Truth(true) {
            return Ok(None);
        }
        let parts = self
            .terms
            .subterms(body, |node, _| !matches!(node.head, Head::Binder(..)));
        let indicator = parts
            .into_iter()
            .find(|part| self.terms.head(*part) == &Head::Function("indicator"));
        let Some(indicator) = indicator.filter(|i| self.terms.dangling(*i) == 0) else {
            return Ok(None);
        };
        let one = self.terms.integer(1)?;
        let other = self.terms.minus(one, indicator)?;
        if !self.terms.alike(body, other)? {
            return Ok(None);
        }
        let sum = [indicator, from, to, condition];
        let sum = self.terms.bind(Binder::Sum, name, &sum)?;
        let below = self.terms.minus(one, sum)?;
        self.terms
            .add(Head::LessEqual, vec![below, product])
            .map(Some)
    }

    /// What is known of an unknown function at all pairs of reals, at the pairs of different
    /// arguments that it has among the parts, which are defined.
    fn assume_pairs(&mut self, scope: &mut Scope, parts: &[Id]) -> Check<()> {
        let real = |terms: &crate::kernel::term::Terms, id: Id| {
            let node = terms.node(id);
            match (&node.head, node.args.as_slice()) {
                (Head::Binder(Binder::ForAll, _), [body, set])
                    if matches!(terms.head(*set), Head::Reals) =>
                {
                    Some(*body)
                }
                _ => None,
            }
        };
        for statement in scope.statements.clone() {
            let inner = real(&self.terms, statement);
            if inner.and_then(|inner| real(&self.terms, inner)).is_none() {
                continue;
            }
            let functions: Vec<u32> = self
                .terms
                .subterms(statement, |_, _| true)
                .into_iter()
                .filter_map(|id| match self.terms.head(id) {
                    Head::Call(symbol, _) => Some(*symbol),
                    _ => None,
                })
                .collect();
            let mut places: Vec<Id> = Vec::new();
            for part in parts {
                if let (Head::Call(symbol, _), [u]) =
                    (self.terms.head(*part), self.terms.args(*part))
                    && functions.contains(symbol)
                    && self.terms.dangling(*u) == 0
                    && !places.contains(u)
                {
                    places.push(*u);
                }
            }
            places.truncate(4);
            for u in places.clone() {
                for v in places.iter().copied().filter(|v| *v != u) {
                    self.terms.spend(5)?;
                    let inside = scope.clone();
                    let Some(inner) = self.at_place(&inside, statement, u)? else {
                        continue;
                    };
                    if let Some(fact) = self.at_place(&inside, inner, v)? {
                        scope.assume(&mut self.terms, fact)?;
                    }
                }
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
