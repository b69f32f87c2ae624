//! Powers of matrices with a letter for the exponent, each as a matrix of its own.

use num_traits::ToPrimitive;

use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Check, Head, Id};
use crate::matrices::letter::Words;
use crate::matrices::polynomial::Value;
use crate::wire::Node;

/// A power B^m: the letter P for it, B, m.
struct Power {
    letter: Id,
    base: Id,
    exponent: Id,
}

impl Checker<'_> {
    /// What holds for every square matrix P that commutes with B holds for B^m, m natural, where
    /// B^(m + c) is P B^c.
    pub(crate) fn powers(
        &mut self,
        scope: &Scope,
        statement: Id,
        step: bool,
        proof: u32,
    ) -> Check<()> {
        let Node::Decision { uses, witness, .. } = self.node(proof)? else {
            return Err("a decision expected".to_owned());
        };
        let [used] = uses.as_slice() else {
            return Err("one proof expected".to_owned());
        };
        if *used >= proof || witness.is_empty() || witness.len() > 30 {
            return Err("powers of another form".to_owned());
        }
        let mut all: Vec<Power> = Vec::new();
        for triple in witness.chunks(3) {
            let [letter, power, rows] = triple else {
                return Err("powers of another form".to_owned());
            };
            let (letter, power, rows) = (self.any(*letter)?, self.any(*power)?, self.id(*rows)?);
            let node = self.terms.node(power).clone();
            let (Head::Symbol(symbol), Head::Pow, [base, exponent]) = (
                self.terms.head(letter).clone(),
                &node.head,
                node.args.as_slice(),
            ) else {
                return Err("no power".to_owned());
            };
            let terms = self.given.iter().chain([&statement, &power]);
            let fresh = !terms
                .chain(self.laws.iter().flatten())
                .any(|t| self.terms.mentions(*t, symbol))
                && !scope.mentions(&self.terms, symbol)
                && all
                    .iter()
                    .all(|p: &Power| p.letter != letter && !self.terms.mentions(p.base, symbol));
            if !fresh || self.sizes.get(&symbol) != Some(&(rows, rows)) {
                return Err("the letter of a power is not fresh".to_owned());
            }
            if !matches!(self.terms.head(*exponent), Head::Symbol(m) if scope.known.naturals.contains(m))
            {
                return Err("an exponent that may be no natural number".to_owned());
            }
            if !self.is_whole(*base, 0) {
                return Err("a base that may be undefined".to_owned());
            }
            // That its inverses exist was seen; here its size is asked for.
            let mut words = Words::new(self, scope)?;
            words.presumed = true;
            let Value::Matrix(spelled) = words.spell(*base)? else {
                return Err("a base that is no matrix".to_owned());
            };
            if spelled.rows != rows || spelled.columns != rows {
                return Err("a base of another size".to_owned());
            }
            all.push(Power {
                letter,
                base: *base,
                exponent: *exponent,
            });
        }
        for place in 0..self.given.len() {
            let there = self.apart(&all, self.given[place])?;
            if there != self.given[place] {
                self.given[place] = there;
            }
        }
        for power in &all {
            let left = self.terms.flat(Head::Mul, &[power.letter, power.base])?;
            let right = self.terms.flat(Head::Mul, &[power.base, power.letter])?;
            let commutes = self.terms.add(Head::Equal, vec![left, right])?;
            self.given.push(commutes);
            let truth = self.terms.add(Head::Truth(true), Vec::new())?;
            self.hypotheses.push(truth);
        }
        let said = self.apart(&all, statement)?;
        self.goal(scope, said, step, *used)
    }

    /// The term with each of the powers as its letter, under no binder.
    fn apart(&mut self, powers: &[Power], term: Id) -> Check<Id> {
        self.terms.spend(1)?;
        let node = self.terms.node(term).clone();
        if matches!(node.head, Head::Binder(..)) {
            return Ok(term);
        }
        if let (Head::Pow, [base, exponent]) = (&node.head, node.args.as_slice())
            && let Some((letter, more)) = self.letter_and_number(*exponent)
            && let Some(power) = powers
                .iter()
                .find(|p| p.base == *base && p.exponent == letter)
        {
            return match more {
                0 => Ok(power.letter),
                1 => self.terms.flat(Head::Mul, &[power.letter, *base]),
                _ => {
                    let more = self.terms.integer(more)?;
                    let rest = self.terms.add(Head::Pow, vec![*base, more])?;
                    self.terms.flat(Head::Mul, &[power.letter, rest])
                }
            };
        }
        let mut args = Vec::with_capacity(node.args.len());
        for arg in &node.args {
            args.push(self.apart(powers, *arg)?);
        }
        if args == node.args {
            return Ok(term);
        }
        self.terms.with(&node.head, args)
    }

    /// m and c of m + c, with c ≥ 0.
    fn letter_and_number(&self, exponent: Id) -> Option<(Id, i64)> {
        let symbol = |id: Id| matches!(self.terms.head(id), Head::Symbol(_));
        let number = |id: Id| {
            self.terms
                .value(id)
                .filter(|v| v.is_integer())
                .and_then(|v| v.to_integer().to_i64())
                .filter(|c| (0..=8).contains(c))
        };
        if symbol(exponent) {
            return Some((exponent, 0));
        }
        let node = self.terms.node(exponent);
        match (&node.head, node.args.as_slice()) {
            (Head::Add, [a, b]) if symbol(*a) => Some((*a, number(*b)?)),
            (Head::Add, [a, b]) if symbol(*b) => Some((*b, number(*a)?)),
            _ => None,
        }
    }

    /// Whether a matrix is defined by its form: sums and products of letters, and inverses of what
    /// is said to be invertible.
    fn is_whole(&self, term: Id, depth: u32) -> bool {
        let node = self.terms.node(term);
        if depth > 40 {
            return false;
        }
        let args = || node.args.iter().all(|arg| self.is_whole(*arg, depth + 1));
        match &node.head {
            Head::Number(_) | Head::Symbol(_) | Head::Function("identity") => true,
            Head::Member(_) => node
                .args
                .iter()
                .all(|i| matches!(self.terms.head(*i), Head::Number(_) | Head::Symbol(_))),
            Head::Add | Head::Mul | Head::Function("transpose") => args(),
            Head::Function("inverse") => {
                let told = |part: &Id| {
                    self.given.iter().any(|said| {
                        matches!(
                            self.terms.head(*said),
                            Head::Has("invertible" | "positive-definite" | "orthogonal")
                        ) && self.terms.args(*said) == [*part]
                    })
                };
                args() && node.args.iter().all(told)
            }
            _ => false,
        }
    }
}
