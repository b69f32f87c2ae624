//! What holds where a term is looked at.

use std::collections::BTreeSet;

use num_traits::{One, Zero};

use crate::arithmetic::ring::Known;
use crate::decide::exists::around;
use crate::kernel::domain::{Need, defined_with, need};
use crate::kernel::term::{Binder, Check, Head, Id, Terms};

/// Hypotheses, terms that are defined, and sorts.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Statements that are true.
    pub statements: Vec<Id>,
    /// Terms that are defined, with all that is defined where they are.
    pub defined: BTreeSet<Id>,
    /// Members of families that are integers.
    pub whole: BTreeSet<Id>,
    /// What the ring may take as known.
    pub known: Known,
}

impl Scope {
    /// Takes a statement as true.
    pub fn assume(&mut self, terms: &mut Terms, statement: Id) -> Check<()> {
        if self.statements.contains(&statement) {
            return Ok(());
        }
        if self.statements.len() > 400 {
            return Err("too many facts".to_owned());
        }
        self.statements.push(statement);
        let node = terms.node(statement).clone();
        match (&node.head, node.args.as_slice()) {
            (Head::And, parts) => {
                for part in parts {
                    self.assume(terms, *part)?;
                }
            }
            (Head::Less | Head::LessEqual, [a, b]) => {
                let least = terms.value(*a).filter(|c| !c.is_negative()).cloned();
                if least.is_some_and(|c| node.head == Head::Less || !c.is_zero()) {
                    self.known.positive.insert(*b);
                }
                if let Head::Symbol(name) = *terms.head(*b)
                    && self.known.integers.contains(&name)
                    && terms.value(*a).is_some_and(|c| !c.is_negative())
                {
                    self.known.naturals.insert(name);
                }
                self.define(terms, *a)?;
                self.define(terms, *b)?;
            }
            (Head::Equal | Head::NotEqual, [a, b]) => {
                self.define(terms, *a)?;
                self.define(terms, *b)?;
                if node.head == Head::NotEqual && terms.value(*b).is_some_and(Zero::is_zero) {
                    for part in factors(terms, *a)? {
                        self.assume(terms, part)?;
                    }
                }
            }
            (Head::In, [x, set]) => {
                self.define(terms, *x)?;
                self.member(terms, *x, *set);
            }
            _ => {}
        }
        Ok(())
    }

    fn member(&mut self, terms: &Terms, x: Id, set: Id) {
        let set = terms.node(set);
        match (terms.head(x), &set.head) {
            (Head::Symbol(s), Head::Integers | Head::Naturals) => {
                self.known.integers.insert(*s);
                if set.head == Head::Naturals {
                    self.known.naturals.insert(*s);
                }
            }
            (Head::Member(_), Head::Integers | Head::Naturals) => {
                self.whole.insert(x);
            }
            // An integer and other integers: the rest is one too.
            (Head::Add, Head::Integers | Head::Naturals) => {
                let mut rest = terms
                    .args(x)
                    .iter()
                    .filter(|part| !self.is_integer(terms, **part));
                if let (Some(one), None) = (rest.next(), rest.next()) {
                    let node = terms.node(*one);
                    match (&node.head, node.args.as_slice()) {
                        (Head::Symbol(s), _) => {
                            self.known.integers.insert(*s);
                        }
                        (Head::Mul, [minus, part])
                            if terms.value(*minus).is_some_and(|c| (-c).is_one()) =>
                        {
                            if let Head::Symbol(s) = terms.head(*part) {
                                self.known.integers.insert(*s);
                            }
                        }
                        _ => {}
                    }
                }
            }
            (_, Head::Interval(closed, _)) => {
                let low = set.args.first().and_then(|low| terms.value(*low));
                if low.is_some_and(|c| c.is_positive() || (c.is_zero() && !closed)) {
                    self.known.positive.insert(x);
                }
            }
            _ => {}
        }
    }

    /// Takes it as true that a term is defined.
    pub fn define(&mut self, terms: &mut Terms, term: Id) -> Check<()> {
        if self.defined.contains(&term) {
            return Ok(());
        }
        let all = defined_with(terms, term)?;
        let new: Vec<Id> = all
            .into_iter()
            .filter(|t| self.defined.insert(*t))
            .collect();
        for part in new {
            if terms.dangling(part) != 0 {
                continue;
            }
            if matches!(terms.head(part), Head::Binder(Binder::Derivative, _)) {
                let at = terms.args(part)[1];
                let (_, name) = terms.fresh()?;
                let body = terms.open(part, name)?[0];
                for statement in around(terms, body, name, at)? {
                    self.assume(terms, statement)?;
                }
            }
            if let Need::All(statements) = need(terms, part)? {
                for statement in statements {
                    self.assume(terms, statement)?;
                }
            }
        }
        Ok(())
    }

    /// Whether a symbol stands in what is taken as true.
    #[must_use]
    pub fn mentions(&self, terms: &Terms, symbol: u32) -> bool {
        self.known.integers.contains(&symbol)
            || self.statements.iter().any(|t| terms.mentions(*t, symbol))
            || self.defined.iter().any(|t| terms.mentions(*t, symbol))
    }

    /// Whether the term is an integer by its form.
    #[must_use]
    pub fn is_integer(&self, terms: &Terms, term: Id) -> bool {
        let node = terms.node(term);
        match (&node.head, node.args.as_slice()) {
            (Head::Number(value), _) => value.is_integer(),
            (Head::Symbol(s) | Head::Member(s), _) => {
                self.known.integers.contains(s) || self.whole.contains(&term)
            }
            (Head::Add | Head::Mul, parts) => parts.iter().all(|p| self.is_integer(terms, *p)),
            (Head::Pow, [base, exponent]) => {
                self.is_integer(terms, *base) && self.is_natural(terms, *exponent)
            }
            (Head::Function("floor" | "ceiling" | "factorial" | "sgn"), _) => true,
            (Head::Function("abs" | "max" | "min"), parts) => {
                parts.iter().all(|p| self.is_integer(terms, *p))
            }
            _ => false,
        }
    }

    /// Whether the term is a natural number by its form.
    #[must_use]
    pub fn is_natural(&self, terms: &Terms, term: Id) -> bool {
        let node = terms.node(term);
        match (&node.head, node.args.as_slice()) {
            (Head::Number(value), _) => value.is_integer() && !value.is_negative(),
            (Head::Symbol(s) | Head::Member(s), _) => self.known.naturals.contains(s),
            (Head::Add | Head::Mul, parts) => parts.iter().all(|p| self.is_natural(terms, *p)),
            (Head::Pow, [base, exponent]) => {
                self.is_natural(terms, *base) && self.is_natural(terms, *exponent)
            }
            (Head::Function("factorial"), _) => true,
            (Head::Function("abs"), [u]) => self.is_integer(terms, *u),
            _ => false,
        }
    }
}

/// What holds where a product, power or root is not 0: its factors are not, and what stands under
/// a root is positive if it must not be negative.
fn factors(terms: &mut Terms, term: Id) -> Check<Vec<Id>> {
    let node = terms.node(term).clone();
    let zero = terms.integer(0)?;
    let (parts, positive) = match (&node.head, node.args.as_slice()) {
        (Head::Mul, parts) => (parts.to_vec(), false),
        (Head::Pow, [base, exponent]) => match terms.value(*exponent) {
            Some(n) if n.is_positive() => (vec![*base], !n.is_integer()),
            _ => return Ok(Vec::new()),
        },
        (Head::Function("root"), [order, under]) => {
            let even = terms
                .value(*order)
                .is_some_and(|n| n.is_integer() && n.to_integer() % 2 == 0.into());
            (vec![*under], even)
        }
        _ => return Ok(Vec::new()),
    };
    let mut found = Vec::new();
    for part in parts {
        if matches!(terms.head(part), Head::Number(_) | Head::Constant(_)) {
            continue;
        }
        found.push(if positive {
            terms.add(Head::Less, vec![zero, part])?
        } else {
            terms.add(Head::NotEqual, vec![part, zero])?
        });
    }
    Ok(found)
}
