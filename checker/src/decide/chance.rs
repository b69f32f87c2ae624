//! Random variables: terms at outcomes, what holds at almost all of them, and independence by a
//! law. A random symbol is a member of a family whose last index is the outcome.

use num_traits::One;

use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id};

/// A random atom: the family, and its indices without the outcome.
type Atom = (u32, Vec<Id>);

impl Checker<'_> {
    /// A random variable is defined if its value is, at an outcome of which nothing is known but
    /// what is almost sure.
    pub(crate) fn outcomes(&mut self, local: &Scope, term: Id, depth: u32) -> Check<bool> {
        let (_, name) = self.terms.fresh()?;
        let body = self.terms.open(term, name)?[0];
        let mut inner = self.at_outcome(local, name)?;
        if matches!(
            self.terms.head(body),
            Head::Equal
                | Head::NotEqual
                | Head::Less
                | Head::LessEqual
                | Head::In
                | Head::And
                | Head::Or
                | Head::Not
                | Head::Truth(_)
        ) {
            // A statement that is undefined is not true.
            return Ok(true);
        }
        self.define(&mut inner, body, depth + 1)
    }

    /// What holds at an outcome: what has probability 1, besides.
    pub(crate) fn at_outcome(&mut self, scope: &Scope, name: Id) -> Check<Scope> {
        let mut local = scope.clone();
        for statement in scope.statements.clone() {
            let (Head::Equal, [chance, one]) =
                (self.terms.head(statement), self.terms.args(statement))
            else {
                continue;
            };
            let (chance, one) = (*chance, *one);
            let certain = self.terms.value(one).is_some_and(One::is_one);
            if let (Head::Function("probability"), [event], true) =
                (self.terms.head(chance), self.terms.args(chance), certain)
            {
                let event = *event;
                if matches!(
                    self.terms.head(event),
                    Head::Binder(crate::kernel::term::Binder::Outcomes, _)
                ) {
                    let there = self.terms.open(event, name)?[0];
                    local.assume(&mut self.terms, there)?;
                }
            }
        }
        Ok(local)
    }

    /// Whether f and g are independent as functions of the outcome, by one of the laws.
    pub(crate) fn independent(&mut self, scope: &Scope, f: Id, g: Id, w: Id) -> Check<bool> {
        let (Some(left), Some(right)) = (self.atoms(f, w)?, self.atoms(g, w)?) else {
            return Ok(false);
        };
        if left.is_empty() || right.is_empty() {
            return Ok(true);
        }
        for law in self.laws.clone() {
            if self.by_law(scope, &law, &left, &right)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether what is random in f and g are members with the index k of one family whose members
    /// are independent.
    pub(crate) fn members(&mut self, f: Id, g: Id, k: Id, w: Id) -> Check<bool> {
        let (Some(left), Some(right)) = (self.atoms(f, w)?, self.atoms(g, w)?) else {
            return Ok(false);
        };
        Ok(self.laws.iter().any(|law| {
            law.len() == 1
                && left.iter().chain(&right).all(|atom| {
                    atom.1.as_slice() == [k] && self.place(law, atom) == Some((0, true))
                })
        }))
    }

    fn by_law(&mut self, scope: &Scope, law: &[Id], left: &[Atom], right: &[Atom]) -> Check<bool> {
        for a in left {
            for b in right {
                let (Some((p, _)), Some((q, family))) = (self.place(law, a), self.place(law, b))
                else {
                    return Ok(false);
                };
                if p != q {
                    continue;
                }
                if !family || law.len() != 1 {
                    return Ok(false);
                }
                let mut apart = false;
                for (i, j) in a.1.iter().zip(&b.1) {
                    if self.terms.dangling(*i) != 0 || self.terms.dangling(*j) != 0 {
                        continue;
                    }
                    let statement = self.terms.add(Head::NotEqual, vec![*i, *j])?;
                    apart = apart || self.proves(scope, statement)?;
                }
                if !apart {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Which of the law's terms is about the atom, and whether that is a family.
    fn place(&self, law: &[Id], (symbol, indices): &Atom) -> Option<(usize, bool)> {
        law.iter().enumerate().find_map(|(place, said)| {
            let node = self.terms.node(*said);
            match node.head {
                Head::Symbol(s) if s == *symbol && indices.is_empty() => Some((place, false)),
                Head::Member(s) if s == *symbol && indices.len() == node.args.len() => {
                    let mut family = false;
                    let same = node.args.iter().zip(indices).all(|(said, index)| {
                        let letter = matches!(self.terms.head(*said), Head::Symbol(_));
                        family |= letter;
                        letter || said == index
                    });
                    same.then_some((place, family))
                }
                _ => None,
            }
        })
    }

    /// The random atoms of a term; `None` where the outcome stands elsewhere.
    fn atoms(&mut self, term: Id, w: Id) -> Check<Option<Vec<Atom>>> {
        let Head::Symbol(name) = *self.terms.head(w) else {
            return Ok(None);
        };
        let mut found: Vec<Atom> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        let mut open = vec![term];
        while let Some(next) = open.pop() {
            self.terms.spend(1)?;
            if !seen.insert(next) {
                continue;
            }
            let node = self.terms.node(next).clone();
            let atom = match (&node.head, node.args.as_slice()) {
                (Head::Member(symbol), [written @ .., last]) if *last == w => {
                    Some((*symbol, written.to_vec()))
                }
                (Head::In, [place, event]) if *place == w => match self.terms.head(*event) {
                    Head::Symbol(symbol) => Some((*symbol, Vec::new())),
                    Head::Member(symbol) => Some((*symbol, self.terms.args(*event).to_vec())),
                    _ => None,
                },
                _ => None,
            };
            match atom {
                Some(atom) => {
                    if atom.1.iter().any(|i| self.terms.mentions(*i, name)) {
                        return Ok(None);
                    }
                    found.push(atom);
                }
                None if next == w => return Ok(None),
                None => open.extend(node.args),
            }
        }
        Ok(Some(found))
    }

    /// An equation that holds in the scope, such as at an outcome.
    pub(crate) fn equation_at_hand(&mut self, scope: &Scope, left: Id, right: Id) -> Check<()> {
        for statement in scope.statements.clone() {
            let node = self.terms.node(statement).clone();
            let (Head::Equal, [a, b]) = (&node.head, node.args.as_slice()) else {
                continue;
            };
            let (a, b) = (*a, *b);
            let there = self.terms.alike(a, left)? && self.terms.alike(b, right)?;
            if there || self.terms.alike(a, right)? && self.terms.alike(b, left)? {
                return Ok(());
            }
        }
        Err("no such equation is known there".to_owned())
    }

    /// The indicator of joined events: "and" multiplies, "or" and "not" of bare events go by the
    /// complement.
    pub(crate) fn indicator(&mut self, scope: &Scope, left: Id, right: Id) -> Check<()> {
        let other = || Err("the indicator is another".to_owned());
        let (Head::Function("indicator"), [statement]) =
            (self.terms.head(left), self.terms.args(left))
        else {
            return other();
        };
        let statement = *statement;
        let node = self.terms.node(statement).clone();
        let after = match (&node.head, node.args.as_slice()) {
            (Head::Truth(value), _) => self.terms.integer(i64::from(*value))?,
            (Head::And, parts) => {
                let mut all = Vec::new();
                for part in parts {
                    all.push(self.indicator_of(*part)?);
                }
                self.terms.flat(Head::Mul, &all)?
            }
            (Head::Or, parts) => {
                let mut none = Vec::new();
                for part in parts {
                    none.push(self.complement(*part)?);
                }
                let none = self.terms.flat(Head::Mul, &none)?;
                let one = self.terms.integer(1)?;
                self.terms.minus(one, none)?
            }
            (Head::Less | Head::LessEqual, [a, b]) if self.extreme(*a) || self.extreme(*b) => {
                let (a, b) = (*a, *b);
                if !(self.defined(scope, a)? && self.defined(scope, b)?) {
                    return other();
                }
                // t < min(u, v) is t < u and t < v; t < max(u, v) is t < u or t < v; and so on.
                let right = self.extreme(b);
                let whole = if right { b } else { a };
                let largest = self.terms.head(whole) == &Head::Function("max");
                let mut parts = Vec::new();
                for u in self.terms.args(whole).to_vec() {
                    let sides = if right { vec![a, u] } else { vec![u, b] };
                    parts.push(self.terms.add(node.head.clone(), sides)?);
                }
                let head = if largest == right {
                    Head::Or
                } else {
                    Head::And
                };
                let joined = self.terms.add(head, parts)?;
                self.indicator_of(joined)?
            }
            (Head::LessEqual | Head::NotEqual, [a, b])
                if self.defined(scope, *a)? && self.defined(scope, *b)? =>
            {
                let statement = if node.head == Head::LessEqual {
                    self.terms.add(Head::Less, vec![*b, *a])?
                } else {
                    self.terms.add(Head::Equal, vec![*a, *b])?
                };
                self.complement(statement)?
            }
            (Head::Binder(Binder::ForAll, _), _) => match self.product_over(scope, statement)? {
                Some(product) => product,
                None => return other(),
            },
            (Head::Not, [inner]) => {
                let node = self.terms.node(*inner).clone();
                match (&node.head, node.args.as_slice()) {
                    (Head::Binder(Binder::ForAll, _), _) => {
                        let Some(product) = self.product_over(scope, *inner)? else {
                            return other();
                        };
                        let one = self.terms.integer(1)?;
                        self.terms.minus(one, product)?
                    }
                    (Head::In, _) if self.is_bare(*inner) => self.complement(*inner)?,
                    (Head::Less | Head::LessEqual | Head::Equal | Head::NotEqual, [a, b])
                        if self.defined(scope, *a)? && self.defined(scope, *b)? =>
                    {
                        self.complement(*inner)?
                    }
                    (Head::Not, [again]) if self.is_bare(*again) => self.indicator_of(*again)?,
                    (Head::And | Head::Or, parts) => {
                        let mut negated = Vec::new();
                        for part in parts {
                            negated.push(self.terms.add(Head::Not, vec![*part])?);
                        }
                        let joined = if node.head == Head::Or {
                            Head::And
                        } else {
                            Head::Or
                        };
                        let joined = self.terms.add(joined, negated)?;
                        self.indicator_of(joined)?
                    }
                    _ => return other(),
                }
            }
            _ => return other(),
        };
        if self.terms.alike(after, right)? {
            return Ok(());
        }
        other()
    }

    /// The product of the indicators of events of which all are to happen, each bare or not bare.
    fn product_over(&mut self, scope: &Scope, all: Id) -> Check<Option<Id>> {
        let (_, name) = self.terms.fresh()?;
        let args = self.terms.open(all, name)?;
        let [event, set] = *args.as_slice() else {
            return Ok(None);
        };
        let set = self.terms.node(set).clone();
        let (Head::Range, [from, to]) = (&set.head, set.args.as_slice()) else {
            return Ok(None);
        };
        let (from, to) = (*from, *to);
        if !(scope.is_integer(&self.terms, from) && scope.is_integer(&self.terms, to)) {
            return Ok(None);
        }
        let node = self.terms.node(event).clone();
        let plain = match (&node.head, node.args.as_slice()) {
            (Head::Not, [inner]) => *inner,
            _ => event,
        };
        if !self.is_bare(plain) {
            return Ok(None);
        }
        let indicator = self.indicator_of(event)?;
        let truth = self.terms.add(Head::Truth(true), Vec::new())?;
        let product = [indicator, from, to, truth];
        self.terms.bind(Binder::Product, name, &product).map(Some)
    }

    fn extreme(&self, term: Id) -> bool {
        matches!(self.terms.head(term), Head::Function("max" | "min"))
    }

    fn indicator_of(&mut self, statement: Id) -> Check<Id> {
        self.terms.add(Head::Function("indicator"), vec![statement])
    }

    fn complement(&mut self, statement: Id) -> Check<Id> {
        let one = self.terms.integer(1)?;
        let indicator = self.indicator_of(statement)?;
        self.terms.minus(one, indicator)
    }

    /// Whether it is an event at an outcome, which is true or false.
    fn is_bare(&self, statement: Id) -> bool {
        let node = self.terms.node(statement);
        matches!((&node.head, node.args.as_slice()), (Head::In, [_, event])
            if matches!(self.terms.head(*event), Head::Symbol(_) | Head::Member(_)))
    }
}
