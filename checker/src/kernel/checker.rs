//! One certificate: its terms, nodes and claim.

use std::collections::BTreeMap;

use crate::arithmetic::ring::Ring;
use crate::kernel::line::Ends;
use crate::kernel::load::{load, rational};
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id, Q, Terms};
use crate::model::closed::enclose;
use crate::table::rules::Rule;
use crate::wire::{Claim, Node, Proof};

const NODES: usize = 100_000;
const WORK: u64 = 20_000_000;

/// What is looked at while a certificate is checked.
pub struct Checker<'a> {
    pub(crate) terms: Terms,
    pub(crate) rules: &'a BTreeMap<String, Rule>,
    /// The hypotheses; `true` in the place of those that speak of matrices.
    pub(crate) hypotheses: Vec<Id>,
    /// The hypotheses as they are.
    pub(crate) given: Vec<Id>,
    /// The rows and columns of vectors and matrices.
    pub(crate) sizes: BTreeMap<u32, (Id, Id)>,
    /// What is independent of what.
    pub(crate) laws: Vec<Vec<Id>>,
    /// The node that is looked at.
    pub(crate) at: u32,
    pub(crate) certificate: &'a Proof,
    ids: Vec<Id>,
}

impl<'a> Checker<'a> {
    /// Loads the terms.
    pub fn load(certificate: &'a Proof, rules: &'a BTreeMap<String, Rule>) -> Check<Self> {
        if certificate.nodes.len() > NODES || certificate.terms.len() > NODES {
            return Err("too long".to_owned());
        }
        let symbols = u32::try_from(certificate.symbols.len()).map_err(|_| "too many symbols")?;
        let mut names: Vec<&String> = certificate.symbols.iter().collect();
        names.sort();
        names.dedup();
        if names.len() != certificate.symbols.len() {
            return Err("two symbols of one name".to_owned());
        }
        let mut terms = Terms::new(symbols, WORK);
        for (symbol, sort) in &certificate.sorts {
            if sort.starts_with("matrix") {
                terms.matrices.insert(*symbol);
            }
        }
        let mut ids = Vec::new();
        for term in &certificate.terms {
            ids.push(load(&mut terms, term, &ids, symbols)?);
        }
        let mut checker = Checker {
            terms,
            rules,
            hypotheses: Vec::new(),
            given: Vec::new(),
            sizes: BTreeMap::new(),
            laws: Vec::new(),
            at: certificate.root,
            certificate,
            ids,
        };
        let truth = checker.terms.add(Head::Truth(true), Vec::new())?;
        for hypothesis in &certificate.hypotheses {
            let hypothesis = checker.any(*hypothesis)?;
            checker.given.push(hypothesis);
            let strange = checker.terms.is_strange(hypothesis);
            checker
                .hypotheses
                .push(if strange { truth } else { hypothesis });
        }
        for law in &certificate.laws {
            let law: Check<Vec<Id>> = law.iter().map(|term| checker.any(*term)).collect();
            checker.laws.push(law?);
        }
        Ok(checker)
    }

    /// A closed term of the certificate in which no matrix stands.
    pub(crate) fn id(&self, place: u32) -> Check<Id> {
        let id = self.any(place)?;
        if self.terms.is_strange(id) {
            return Err("a matrix where numbers are expected".to_owned());
        }
        Ok(id)
    }

    /// A closed term of the certificate.
    pub(crate) fn any(&self, place: u32) -> Check<Id> {
        let id = self
            .ids
            .get(place as usize)
            .copied()
            .ok_or("no such term")?;
        if self.terms.dangling(id) != 0 {
            return Err("a bound variable without its binder".to_owned());
        }
        Ok(id)
    }

    /// A symbol of the certificate.
    pub(crate) fn symbol(&self, place: u32) -> Check<u32> {
        if (place as usize) < self.certificate.symbols.len() {
            return Ok(place);
        }
        Err("no such symbol".to_owned())
    }

    /// A node.
    pub(crate) fn node(&self, number: u32) -> Check<&'a Node> {
        let node = self.certificate.nodes.get(number as usize);
        node.ok_or_else(|| "no such node".to_owned())
    }

    /// Whether both terms have one normal form.
    pub(crate) fn ring(&mut self, scope: &Scope, a: Id, b: Id) -> Check<bool> {
        let mut ring = Ring::new(&mut self.terms, &scope.known);
        ring.both_defined = true;
        ring.equal(a, b)
    }

    /// Checks the claim.
    pub fn claim(&mut self) -> Check<()> {
        let certificate = self.certificate;
        let mut scope = Scope::default();
        for (symbol, sort) in &certificate.sorts {
            let symbol = self.symbol(*symbol)?;
            match sort.as_str() {
                "integer" => {
                    scope.known.integers.insert(symbol);
                }
                "natural" => {
                    scope.known.integers.insert(symbol);
                    scope.known.naturals.insert(symbol);
                }
                "real" | "function" | "event" => {}
                matrix if matrix.starts_with("matrix ") => {
                    let sizes = self.sizes(matrix)?;
                    if self.sizes.insert(symbol, sizes).is_some() {
                        return Err("a matrix of two shapes".to_owned());
                    }
                }
                other => return Err(format!("the sort {other} is not known to the checker")),
            }
        }
        for hypothesis in self.hypotheses.clone() {
            scope.assume(&mut self.terms, hypothesis)?;
        }
        let proof = certificate.root;
        match &certificate.claim {
            Claim::Step { statement } => {
                let statement = self.any(*statement)?;
                self.goal(&scope, statement, true, proof)
            }
            Claim::Statement { statement } => {
                let statement = self.any(*statement)?;
                self.goal(&scope, statement, false, proof)
            }
            Claim::Equivalence { left, right } => {
                let (left, right) = (self.any(*left)?, self.any(*right)?);
                let Node::Decision { method, uses, .. } = self.node(proof)? else {
                    return Err("two proofs expected".to_owned());
                };
                let ("equivalence", [there, back]) = (method.as_str(), uses.as_slice()) else {
                    return Err(unknown(method));
                };
                for (from, to, proof) in [(left, right, *there), (right, left, *back)] {
                    if self.is_about_matrices(proof)? {
                        self.given.push(from);
                        self.matrices(&scope, to, false, proof)?;
                        self.given.pop();
                        continue;
                    }
                    let (from, to) = (self.plain(from)?, self.plain(to)?);
                    let mut local = scope.clone();
                    local.assume(&mut self.terms, from)?;
                    self.statement(&local, to, proof)?;
                }
                Ok(())
            }
            Claim::UpToConstant {
                left,
                right,
                variable,
            } => {
                let (left, right) = (self.id(*left)?, self.id(*right)?);
                let variable = self.symbol(*variable)?;
                self.up_to_constant(scope, left, right, variable, proof)
            }
            Claim::Rounded {
                term,
                others,
                decimal,
                places,
            } => self.rounded(*term, others, &rational(decimal)?, *places),
        }
    }

    /// A statement, or a step whose sides are presumed to have values.
    pub(crate) fn goal(
        &mut self,
        scope: &Scope,
        statement: Id,
        step: bool,
        proof: u32,
    ) -> Check<()> {
        if self.is_recurrence(proof)? {
            return self.recurrence(scope, statement, step, proof);
        }
        if self.is_about_matrices(proof)? {
            return self.matrices(scope, statement, step, proof);
        }
        if self.is_by_entries(proof)? {
            if step
                && let Node::Decision { method, .. } = self.node(proof)?
                && method == "components"
            {
                return self.components(scope, statement, proof);
            }
            return self.entries(scope, statement, step, proof);
        }
        let statement = self.plain(statement)?;
        if step {
            self.step(scope, statement, proof)
        } else {
            self.statement(scope, statement, proof)
        }
    }

    /// `matrix ROWS COLUMNS`, both places of terms.
    fn sizes(&self, sort: &str) -> Check<(Id, Id)> {
        let places: Vec<u32> = sort
            .split(' ')
            .skip(1)
            .filter_map(|place| place.parse().ok())
            .collect();
        match places.as_slice() {
            [rows, columns] if sort.split(' ').count() == 3 => {
                // Sizes that nobody wrote are said of the matrix itself.
                Ok((self.any(*rows)?, self.any(*columns)?))
            }
            _ => Err("a matrix without rows and columns".to_owned()),
        }
    }

    /// One of the closed terms lies within half a unit of the last place of the decimal.
    fn rounded(&mut self, term: u32, others: &[u32], decimal: &Q, places: i32) -> Check<()> {
        if places.abs() > 40 {
            return Err("too many places".to_owned());
        }
        let ten = Q::whole(10);
        let half = num_traits::Pow::pow(&ten, -places) / Q::whole(2);
        let mut reason = String::new();
        for term in std::iter::once(&term).chain(others) {
            let term = self.id(*term)?;
            let mut enclosed = enclose(&mut self.terms, term);
            // What is half-way between two decimals is so exactly.
            if enclosed.is_ok() {
                let known = crate::arithmetic::ring::Known::default();
                let exact =
                    crate::arithmetic::ring::Ring::new(&mut self.terms, &known).fraction(term);
                if let Some(value) = exact.ok().and_then(|f| f.as_number()) {
                    enclosed = Ok((value.clone(), value));
                }
            }
            match enclosed {
                Ok((low, high)) if low >= decimal - &half && high <= decimal + &half => {
                    return Ok(());
                }
                Ok(_) => reason = "the value does not round to the decimal".to_owned(),
                Err(unknown) => reason = unknown,
            }
        }
        Err(reason)
    }

    /// A statement in which no matrix stands.
    fn plain(&self, statement: Id) -> Check<Id> {
        if self.terms.is_strange(statement) {
            return Err("a statement about matrices".to_owned());
        }
        Ok(statement)
    }

    fn is_about_matrices(&self, proof: u32) -> Check<bool> {
        let node = self.node(proof)?;
        Ok(matches!(node, Node::Decision { theory, .. } if theory == "matrices"))
    }

    fn is_by_entries(&self, proof: u32) -> Check<bool> {
        let node = self.node(proof)?;
        Ok(matches!(node, Node::Decision { theory, .. } if theory == "coordinates"))
    }

    pub(crate) fn step(&mut self, scope: &Scope, statement: Id, proof: u32) -> Check<()> {
        self.at = proof;
        let node = self.terms.node(statement).clone();
        if let (Head::And, Node::Decision { method, uses, .. }) = (&node.head, self.node(proof)?)
            && method == "each"
        {
            if uses.len() != node.args.len() {
                return Err("a part without a proof".to_owned());
            }
            for (part, used) in node.args.iter().zip(uses) {
                if *used >= proof {
                    return Err("a node rests on a later one".to_owned());
                }
                self.step(scope, *part, *used)?;
            }
            return Ok(());
        }
        if let (Head::In, [x, _]) = (&node.head, node.args.as_slice()) {
            let mut local = scope.clone();
            local.define(&mut self.terms, *x)?;
            return self.statement(&local, statement, proof);
        }
        let (Head::Equal | Head::NotEqual | Head::Less | Head::LessEqual, [a, b]) =
            (&node.head, node.args.as_slice())
        else {
            return self.statement(scope, statement, proof);
        };
        let mut local = scope.clone();
        local.define(&mut self.terms, *a)?;
        local.define(&mut self.terms, *b)?;
        match self.node(proof)? {
            Node::Line { .. } => {
                if node.head != Head::Equal || self.ends(proof)? != (*a, *b) {
                    return Err("the line proves something else".to_owned());
                }
                self.line(&local, proof, Ends::Both, 0)
            }
            Node::Decision { method, .. } if method == "induction" => {
                self.induction(scope, &local, (*a, *b), proof)
            }
            _ => self.statement(&local, statement, proof),
        }
    }

    /// An equation whose sides are defined wherever the facts hold, and which holds as a step does.
    fn defined_equation(&mut self, scope: &Scope, statement: Id, proof: u32) -> Check<()> {
        let Node::Decision { uses, .. } = self.node(proof)?.clone() else {
            return Err("a decision expected".to_owned());
        };
        let Some(used) = uses.first().copied().filter(|used| *used < proof) else {
            return Err("no proof of the equation".to_owned());
        };
        let node = self.terms.node(statement).clone();
        let (Head::Equal, [a, b]) = (&node.head, node.args.as_slice()) else {
            return Err("no equation".to_owned());
        };
        let mut local = scope.clone();
        // What is needed of sums is shown term by term.
        for need in uses.iter().skip(1).filter(|need| **need < proof) {
            if let Node::Decision {
                theory, statement, ..
            } = self.node(*need)?
                && theory == "sums"
            {
                let told = self.id(*statement)?;
                self.statement(scope, told, *need)?;
                local.assume(&mut self.terms, told)?;
            }
        }
        self.at = proof;
        if !self.define(&mut local, *a, 0)? || !self.define(&mut local, *b, 0)? {
            return Err("a side that may be undefined".to_owned());
        }
        if matches!(self.node(used)?, Node::Decision { method, .. } if method == "defined-equation")
        {
            return Err("a line expected".to_owned());
        }
        self.step(scope, statement, used)
    }

    /// A statement that a theory decided: decided anew.
    pub(crate) fn statement(&mut self, scope: &Scope, statement: Id, proof: u32) -> Check<()> {
        self.at = proof;
        let Node::Decision {
            theory,
            method,
            statement: told,
            uses,
            witness,
        } = self.node(proof)?
        else {
            return Err("a decision expected".to_owned());
        };
        if self.id(*told)? != statement {
            return Err("another statement was decided".to_owned());
        }
        if theory == "probability" {
            return self.means(scope, statement, proof);
        }
        if theory == "sums" && method == "termwise" {
            return self.termwise(scope, statement, witness, uses);
        }
        if !matches!(theory.as_str(), "order" | "logic") {
            return Err(unknown(method));
        }
        if method == "defined-equation" {
            return self.defined_equation(scope, statement, proof);
        }
        if self.proves(scope, statement)? {
            return Ok(());
        }
        Err(unknown(&format!("{theory}, {method}")))
    }

    fn up_to_constant(
        &mut self,
        mut scope: Scope,
        left: Id,
        right: Id,
        variable: u32,
        proof: u32,
    ) -> Check<()> {
        // What is known of the variable must hold around each point.
        for hypothesis in &self.hypotheses {
            let open = matches!(self.terms.head(*hypothesis), Head::Less | Head::NotEqual);
            if !open && self.terms.mentions(*hypothesis, variable) {
                return Err("a hypothesis about the variable".to_owned());
            }
        }
        if scope.known.integers.contains(&variable) {
            return Err("the variable is an integer".to_owned());
        }
        let Node::Decision { method, uses, .. } = self.node(proof)? else {
            return Err("a decision expected".to_owned());
        };
        let ("differentiate", [line]) = (method.as_str(), uses.as_slice()) else {
            return Err(unknown(method));
        };
        let at = self.terms.add(Head::Symbol(variable), Vec::new())?;
        let mut sides = Vec::new();
        for side in [left, right] {
            scope.define(&mut self.terms, side)?;
            let derivative = self.terms.bind(Binder::Derivative, at, &[side, at])?;
            scope.define(&mut self.terms, derivative)?;
            sides.push(derivative);
        }
        let (from, to) = self.ends(*line)?;
        if [from, to] != sides.as_slice() || *line >= proof {
            return Err("the line proves something else".to_owned());
        }
        self.line(&scope, *line, Ends::Both, 0)
    }
}

/// The reason for a method without a checker.
pub(crate) fn unknown(method: &str) -> String {
    format!("not known to the checker: {method}")
}
