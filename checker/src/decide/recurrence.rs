//! Families given by a rule for all their members: what it says of single members, and induction.

use num_traits::Zero;

use crate::kernel::checker::{Checker, unknown};
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id, Q};
use crate::wire::Node;

/// Instances of one node.
const MOST: usize = 40;

impl Checker<'_> {
    /// Whether the node is one of this file.
    pub(crate) fn is_recurrence(&self, proof: u32) -> Check<bool> {
        let node = self.node(proof)?;
        Ok(matches!(node, Node::Decision { theory, .. } if theory == "recurrences"))
    }

    /// A claim that rests on a proof of it, or of its instances, from more hypotheses.
    pub(crate) fn recurrence(
        &mut self,
        scope: &Scope,
        statement: Id,
        step: bool,
        proof: u32,
    ) -> Check<()> {
        self.at = proof;
        let Node::Decision {
            method,
            statement: told,
            ..
        } = self.node(proof)?
        else {
            return Err("a decision expected".to_owned());
        };
        if self.any(*told)? != statement {
            return Err("another statement was decided".to_owned());
        }
        let before = (self.given.clone(), self.hypotheses.clone());
        let result = match method.as_str() {
            "instances" => self.at_members(scope, statement, step, proof),
            "induction" => self.induction_on(scope, statement, proof),
            "powers" => self.powers(scope, statement, step, proof),
            other => Err(unknown(other)),
        };
        (self.given, self.hypotheses) = before;
        result
    }

    /// Takes a further hypothesis.
    fn suppose(&mut self, scope: &mut Scope, statement: Id) -> Check<()> {
        self.given.push(statement);
        if self.terms.is_strange(statement) {
            let truth = self.terms.add(Head::Truth(true), Vec::new())?;
            self.hypotheses.push(truth);
            return Ok(());
        }
        self.hypotheses.push(statement);
        scope.assume(&mut self.terms, statement)
    }

    /// What holds for all members of a set holds for these.
    fn at_members(&mut self, scope: &Scope, statement: Id, step: bool, proof: u32) -> Check<()> {
        let Node::Decision { uses, witness, .. } = self.node(proof)? else {
            return Err("a decision expected".to_owned());
        };
        let [used] = uses.as_slice() else {
            return Err("one proof expected".to_owned());
        };
        if *used >= proof || witness.len() > 2 * MOST {
            return Err("a node rests on a later one".to_owned());
        }
        let mut general: Vec<Id> = Vec::new();
        let mut open = self.given.clone();
        while let Some(next) = open.pop() {
            match self.terms.head(next) {
                Head::And => open.extend(self.terms.args(next).iter().copied()),
                Head::Binder(Binder::ForAll, _) => general.push(next),
                _ => {}
            }
        }
        let mut local = scope.clone();
        for pair in witness.chunks(2) {
            let [fact, place] = pair else {
                return Err("a rule without a place".to_owned());
            };
            let (fact, place) = (self.any(*fact)?, self.id(*place)?);
            if !general.contains(&fact) {
                return Err("what is said of all is no hypothesis".to_owned());
            }
            let Some(said) = self.at_place(scope, fact, place)? else {
                return Err("the place may lie outside the set".to_owned());
            };
            let said = self.folded(said)?;
            self.suppose(&mut local, said)?;
        }
        self.goal(&local, statement, step, *used)
    }

    /// The statement is true at a start, and at m + 1 where it is true at m: it is true from the
    /// start on.
    fn induction_on(&mut self, scope: &Scope, statement: Id, proof: u32) -> Check<()> {
        let Node::Decision { uses, witness, .. } = self.node(proof)? else {
            return Err("a decision expected".to_owned());
        };
        let ([base, next], [n, start, m]) = (uses.as_slice(), witness.as_slice()) else {
            return Err("an induction of another form".to_owned());
        };
        if *base >= proof || *next >= proof {
            return Err("a node rests on a later one".to_owned());
        }
        let (n, start, m) = (self.id(*n)?, self.id(*start)?, self.id(*m)?);
        let (Head::Symbol(name), Head::Symbol(other)) =
            (self.terms.head(n).clone(), self.terms.head(m).clone())
        else {
            return Err("an induction by no symbol".to_owned());
        };
        let natural = self
            .terms
            .value(start)
            .is_some_and(|v: &Q| v.is_integer() && *v >= Q::zero());
        let sized = self
            .sizes
            .values()
            .any(|(a, b)| self.terms.mentions(*a, name) || self.terms.mentions(*b, name));
        let known = sized
            || self.sizes.contains_key(&other)
            || scope.known.integers.contains(&other)
            || scope.mentions(&self.terms, other)
            || self.terms.mentions(statement, other)
            || self.given.iter().any(|h| self.terms.mentions(*h, other))
            || self
                .laws
                .iter()
                .flatten()
                .any(|h| self.terms.mentions(*h, other));
        // A law of what n stands in says nothing of another n.
        let told = self
            .laws
            .iter()
            .flatten()
            .any(|h| self.terms.mentions(*h, name));
        if !natural || known || told || name == other {
            return Err("the symbol of the induction is not fresh".to_owned());
        }
        let from_start = self.terms.add(Head::LessEqual, vec![start, n])?;
        if !scope.is_integer(&self.terms, n) || !self.proves(scope, from_start)? {
            return Err("n may lie before the start".to_owned());
        }
        // What is known without n.
        let mut general = Scope::default();
        general.known.integers.clone_from(&scope.known.integers);
        general.known.naturals.clone_from(&scope.known.naturals);
        general.known.integers.remove(&name);
        general.known.naturals.remove(&name);
        for said in scope.statements.clone() {
            if !self.terms.mentions(said, name) {
                general.assume(&mut self.terms, said)?;
            }
        }
        let truth = self.terms.add(Head::Truth(true), Vec::new())?;
        for place in 0..self.given.len() {
            if self.terms.mentions(self.given[place], name) {
                self.given[place] = truth;
            }
        }
        for place in 0..self.hypotheses.len() {
            if self.terms.mentions(self.hypotheses[place], name) {
                self.hypotheses[place] = truth;
            }
        }
        let first = self.terms.substitute(statement, n, start)?;
        let first = self.folded(first)?;
        self.goal(&general, first, false, *base)?;
        let naturals = self.terms.add(Head::Naturals, Vec::new())?;
        let inside = self.terms.add(Head::In, vec![m, naturals])?;
        let from = self.terms.add(Head::LessEqual, vec![start, m])?;
        let here = self.terms.substitute(statement, n, m)?;
        let here = self.folded(here)?;
        for said in [inside, from, here] {
            self.suppose(&mut general, said)?;
        }
        let one = self.terms.integer(1)?;
        let behind = self.terms.flat(Head::Add, &[m, one])?;
        let there = self.terms.substitute(statement, n, behind)?;
        let there = self.folded(there)?;
        self.goal(&general, there, false, *next)
    }

    /// The term with the numbers in the indices of families added up: w_(1 + 1) is w_2.
    fn folded(&mut self, term: Id) -> Check<Id> {
        self.terms.spend(1)?;
        let node = self.terms.node(term).clone();
        if let Head::Binder(kind, _) = node.head {
            let (_, name) = self.terms.fresh()?;
            let opened = self.terms.open(term, name)?;
            let mut args = Vec::with_capacity(opened.len());
            for arg in opened {
                args.push(self.folded(arg)?);
            }
            return self.terms.bind(kind, name, &args);
        }
        let family = matches!(node.head, Head::Member(_));
        let mut args = Vec::with_capacity(node.args.len());
        for arg in &node.args {
            args.push(if family {
                self.added_up(*arg)?
            } else {
                self.folded(*arg)?
            });
        }
        self.terms.with(&node.head, args)
    }

    /// A sum with its numbers added up, behind what else stands in it.
    fn added_up(&mut self, term: Id) -> Check<Id> {
        let node = self.terms.node(term).clone();
        if node.head != Head::Add {
            return Ok(term);
        }
        let (mut number, mut rest) = (Q::zero(), Vec::new());
        for part in &node.args {
            match self.terms.value(*part) {
                Some(value) => number += value,
                None => rest.push(*part),
            }
        }
        if !number.is_zero() || rest.is_empty() {
            rest.push(self.terms.number(number)?);
        }
        self.terms.flat(Head::Add, &rest)
    }
}
