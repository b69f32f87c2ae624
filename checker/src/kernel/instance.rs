//! What holds for all members of a set, at one of them.

use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id};

/// How many letters a statement may be about.
const LETTERS: usize = 4;

impl Checker<'_> {
    /// Whether the statement is about all members of sets, and says that a = b of some that belong
    /// to them.
    pub(crate) fn instance(
        &mut self,
        scope: &Scope,
        statement: Id,
        (a, b): (Id, Id),
    ) -> Check<bool> {
        let mut letters = Vec::new();
        let mut body = statement;
        while matches!(self.terms.head(body), Head::Binder(Binder::ForAll, _)) {
            if letters.len() == LETTERS {
                return Ok(false);
            }
            let (_, name) = self.terms.fresh()?;
            letters.push(name);
            body = self.terms.open(body, name)?[0];
        }
        let node = self.terms.node(body).clone();
        let (Head::Equal, [x, y], false) = (&node.head, node.args.as_slice(), letters.is_empty())
        else {
            return Ok(false);
        };
        let mut found = Vec::new();
        if !self.met(*x, a, &letters, &mut found)? || !self.met(*y, b, &letters, &mut found)? {
            return Ok(false);
        }
        // The same again with the places put in, each in its set.
        let mut instance = statement;
        for letter in &letters {
            let Some((_, place)) = found.iter().find(|(known, _)| known == letter) else {
                return Ok(false);
            };
            let set = self.terms.args(instance)[1];
            let inside = self.terms.add(Head::In, vec![*place, set])?;
            if !self.defined(scope, *place)? || !self.decided(scope, inside)? {
                return Ok(false);
            }
            let (_, name) = self.terms.fresh()?;
            let opened = self.terms.open(instance, name)?[0];
            instance = self.terms.substitute(opened, name, *place)?;
        }
        let node = self.terms.node(instance);
        Ok(node.head == Head::Equal && node.args == [a, b])
    }

    /// Goes through a pattern and a term together and notes what stands at the letters.
    fn met(
        &mut self,
        pattern: Id,
        term: Id,
        letters: &[Id],
        found: &mut Vec<(Id, Id)>,
    ) -> Check<bool> {
        self.terms.spend(1)?;
        if letters.contains(&pattern) {
            if found.iter().all(|(known, _)| *known != pattern) {
                found.push((pattern, term));
            }
            return Ok(self.terms.dangling(term) == 0);
        }
        if pattern == term {
            return Ok(true);
        }
        let (x, y) = (
            self.terms.node(pattern).clone(),
            self.terms.node(term).clone(),
        );
        if x.head != y.head || x.args.len() != y.args.len() {
            return Ok(false);
        }
        for (p, t) in x.args.iter().zip(&y.args) {
            if !self.met(*p, *t, letters, found)? {
                return Ok(false);
            }
        }
        Ok(!x.args.is_empty())
    }
}
