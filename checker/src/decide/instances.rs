//! What holds for all members of a set, for the indices that stand in a statement.

use crate::decide::order;
use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id};

const PLACES: usize = 8;

/// What is said of all members of a set.
fn general(checker: &Checker<'_>, scope: &Scope) -> Vec<Id> {
    let all = scope.statements.iter().copied();
    all.filter(|t| matches!(checker.terms.head(*t), Head::Binder(Binder::ForAll, _)))
        .collect()
}

impl Checker<'_> {
    /// Whether the statement follows from the scope's facts and their instances.
    pub(crate) fn by_instances(&mut self, scope: &Scope, statement: Id) -> Check<bool> {
        let mut local = scope.clone();
        self.extremes(&mut local, statement)?;
        let inside = local.clone();
        self.longer_sums(&mut local, statement)?;
        if local.statements.len() == scope.statements.len() && general(self, scope).is_empty() {
            return Ok(false);
        }
        let mut places: Vec<Id> = Vec::new();
        let sums = local.statements.iter().skip(scope.statements.len());
        // Then those of which something else is known.
        let known = scope
            .statements
            .iter()
            .filter(|t| !matches!(self.terms.head(**t), Head::Binder(Binder::ForAll, _)));
        for said in std::iter::once(&statement).chain(sums).chain(known) {
            if places.len() >= PLACES {
                break;
            }
            for term in self.terms.subterms(*said, |_, _| true) {
                if matches!(self.terms.head(term), Head::Member(_) | Head::Call(..)) {
                    for place in self.terms.args(term) {
                        if self.terms.dangling(*place) == 0 && !places.contains(place) {
                            places.push(*place);
                        }
                    }
                }
            }
        }
        let begun = local.clone();
        places.truncate(PLACES);
        self.at_places(&inside, &mut local, &places)?;
        if local.statements.len() > scope.statements.len()
            && order::holds(&mut self.terms, &local, statement)?
        {
            return Ok(true);
        }
        // A range that is not empty holds its ends.
        let mut ends: Vec<Id> = Vec::new();
        for fact in general(self, &begun) {
            let Some(set) = self.terms.args(fact).get(1).copied() else {
                continue;
            };
            if matches!(self.terms.head(set), Head::Range) {
                let new = self.terms.args(set).iter().copied();
                ends.extend(
                    new.filter(|end| self.terms.dangling(*end) == 0 && !places.contains(end)),
                );
            }
        }
        if ends.is_empty() {
            return Ok(false);
        }
        places.extend(ends);
        places.truncate(PLACES);
        local = begun;
        self.at_places(&inside, &mut local, &places)?;
        if local.statements.len() == scope.statements.len() {
            return Ok(false);
        }
        order::holds(&mut self.terms, &local, statement)
    }

    /// Takes note of what holds for all members of sets, for these places.
    fn at_places(&mut self, inside: &Scope, local: &mut Scope, places: &[Id]) -> Check<()> {
        // Twice, for statements about two indices.
        for _ in 0..2 {
            for fact in general(self, local) {
                for place in places {
                    if let Some(instance) = self.at_place(inside, fact, *place)? {
                        local.assume(&mut self.terms, instance)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// What is said of one place, if it is a member of the set.
    pub(crate) fn at_place(&mut self, scope: &Scope, fact: Id, place: Id) -> Check<Option<Id>> {
        let (_, name) = self.terms.fresh()?;
        let args = self.terms.open(fact, name)?;
        let [body, set] = *args.as_slice() else {
            return Ok(None);
        };
        let set = self.terms.node(set).clone();
        let (mut wanted, mut integer) = (Vec::new(), true);
        match (&set.head, set.args.as_slice()) {
            (Head::Reals, _) => integer = false,
            (Head::Integers, _) => {}
            (Head::Naturals, _) => {
                let zero = self.terms.integer(0)?;
                wanted.push([zero, place]);
            }
            (Head::Range, [low, high]) => wanted.extend([[*low, place], [place, *high]]),
            _ => return Ok(None),
        }
        if integer && !scope.is_integer(&self.terms, place) || !self.defined(scope, place)? {
            return Ok(None);
        }
        for [a, b] in wanted {
            let statement = self.terms.add(Head::LessEqual, vec![a, b])?;
            if !order::holds(&mut self.terms, scope, statement)? {
                return Ok(None);
            }
        }
        Ok(Some(self.terms.substitute(body, name, place)?))
    }
}
