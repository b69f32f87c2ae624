//! Sums and products over the same points: `sums.reindex`, `sums.partition`, and `sums.log-of-product`.
//! All ranges are finite, their bounds integers that are defined; so a sum is defined if its body is
//! at each of its points.

use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id};

/// A range: the name, the bounds, the condition.
pub(crate) struct Range {
    pub(crate) name: Id,
    pub(crate) from: Id,
    pub(crate) to: Id,
    pub(crate) condition: Id,
}

impl Checker<'_> {
    /// The ranges and the body of a nest of sums, or of products, opened with these names, the
    /// outermost first; and what is known within.
    pub(crate) fn nest(
        &mut self,
        scope: &Scope,
        term: Id,
        names: &[Id],
    ) -> Check<(Binder, Vec<Range>, Id, Scope)> {
        let mut local = scope.clone();
        let (mut ranges, mut body, mut kind) = (Vec::new(), term, None);
        for name in names {
            let Head::Binder(here @ (Binder::Sum | Binder::Product), _) = *self.terms.head(body)
            else {
                return Err("no sum or product to open".to_owned());
            };
            if kind.is_some_and(|kind| kind != here) {
                return Err("sums and products mixed".to_owned());
            }
            kind = Some(here);
            let args = self.terms.open(body, *name)?;
            let [inner, from, to, condition] = *args.as_slice() else {
                return Err("no sum or product to open".to_owned());
            };
            let range = Range {
                name: *name,
                from,
                to,
                condition,
            };
            self.enter(&mut local, &range)?;
            ranges.push(range);
            body = inner;
        }
        let kind = kind.ok_or("no sum or product to open")?;
        Ok((kind, ranges, body, local))
    }

    /// Takes it as known that the name lies in the range, whose bounds must be integers.
    pub(crate) fn enter(&mut self, local: &mut Scope, range: &Range) -> Check<()> {
        for end in [range.from, range.to] {
            if self.is_infinite(end)
                || !local.is_integer(&self.terms, end)
                || !self.defined(local, end)?
            {
                return Err("a bound that may be no integer".to_owned());
            }
        }
        for statement in self.inside(range)? {
            local.assume(&mut self.terms, statement)?;
        }
        Ok(())
    }

    /// The statements that the name is an integer in the range.
    fn inside(&mut self, range: &Range) -> Check<Vec<Id>> {
        let integers = self.terms.add(Head::Integers, Vec::new())?;
        Ok(vec![
            self.terms.add(Head::In, vec![range.name, integers])?,
            self.terms
                .add(Head::LessEqual, vec![range.from, range.name])?,
            self.terms
                .add(Head::LessEqual, vec![range.name, range.to])?,
            range.condition,
        ])
    }

    /// Names that are symbols, none twice, of which nothing is known.
    pub(crate) fn fresh_names(&mut self, scope: &Scope, names: &[Id], terms: [Id; 2]) -> Check<()> {
        for (place, name) in names.iter().enumerate() {
            let Head::Symbol(symbol) = *self.terms.head(*name) else {
                return Err("a name that is no symbol".to_owned());
            };
            if names[..place].contains(name)
                || scope.mentions(&self.terms, symbol)
                || terms.iter().any(|t| self.terms.mentions(*t, symbol))
            {
                return Err("a name that is not fresh".to_owned());
            }
        }
        Ok(())
    }

    fn put(&mut self, term: Id, names: &[Id], by: &[Id]) -> Check<Id> {
        let mut result = term;
        for (name, by) in names.iter().zip(by) {
            result = self.terms.substitute(result, *name, *by)?;
        }
        Ok(result)
    }

    /// Σ over i of f is Σ over j of f(u(j)), where u and v are inverse to each other and lead from
    /// the points of the one nest to those of the other.
    pub(crate) fn reindex(
        &mut self,
        scope: &Scope,
        substitution: &[(&str, Id)],
        (left, right): (Id, Id),
    ) -> Check<()> {
        let depth = substitution.len() / 4;
        if !(1..=4).contains(&depth) || substitution.len() != 4 * depth {
            return Err("a reindexing of another form".to_owned());
        }
        let mut lists: [Vec<Id>; 4] = Default::default();
        for (list, letter) in lists.iter_mut().zip(["i", "j", "u", "v"]) {
            for number in 0..depth {
                let wanted = format!("{letter}{number}");
                let mut found = substitution.iter().filter(|(name, _)| *name == wanted);
                let (Some((_, term)), None) = (found.next(), found.next()) else {
                    return Err(format!("{wanted} stands for no one term"));
                };
                list.push(*term);
            }
        }
        let [i, j, u, v] = lists;
        let mut names = i.clone();
        names.extend_from_slice(&j);
        self.fresh_names(scope, &names, [left, right])?;
        for (terms, others) in [(&u, &i), (&v, &j)] {
            for (term, other) in terms
                .iter()
                .flat_map(|t| others.iter().map(move |o| (t, o)))
            {
                if let Head::Symbol(symbol) = *self.terms.head(*other)
                    && self.terms.mentions(*term, symbol)
                {
                    return Err("an index in terms of itself".to_owned());
                }
            }
        }
        let (kind, before, old, within) = self.nest(scope, left, &i)?;
        let (other, after, new, without) = self.nest(scope, right, &j)?;
        if kind != other {
            return Err("a sum for a product".to_owned());
        }
        let body = self.put(old, &i, &u)?;
        if !self.terms.alike(body, new)? {
            return Err("the bodies differ".to_owned());
        }
        for (local, ranges, names, places, own, back) in [
            (&within, &after, &j, &v, &i, &u),
            (&without, &before, &i, &u, &j, &v),
        ] {
            for range in ranges {
                for statement in self.inside(range)? {
                    let there = self.put(statement, names, places)?;
                    if !self.proves(local, there)? {
                        return Err("a point that may lie outside of the other range".to_owned());
                    }
                }
            }
            for (name, term) in own.iter().zip(back) {
                let there = self.put(*term, names, places)?;
                if !self.ring(local, there, *name)? {
                    return Err("the indices are not inverse to each other".to_owned());
                }
            }
        }
        Ok(())
    }

    /// A sum is the sum of the sums over pieces that hold the same integers, each once.
    pub(crate) fn partition(
        &mut self,
        scope: &Scope,
        substitution: &[(&str, Id)],
        (left, right): (Id, Id),
    ) -> Check<()> {
        let [("k", name)] = *substitution else {
            return Err("a partition of another form".to_owned());
        };
        self.fresh_names(scope, &[name], [left, right])?;
        let (kind, whole, body, inside) = self.nest(scope, left, &[name])?;
        let joined = if kind == Binder::Sum {
            Head::Add
        } else {
            Head::Mul
        };
        let parts = if *self.terms.head(right) == joined {
            self.terms.args(right).to_vec()
        } else {
            vec![right]
        };
        let mut pieces = Vec::new();
        for part in &parts {
            let (other, ranges, same, local) = self.nest(scope, *part, &[name])?;
            if other != kind || !self.terms.alike(same, body)? {
                return Err("a piece of another sum".to_owned());
            }
            for range in &whole {
                for statement in self.inside(range)? {
                    if !self.proves(&local, statement)? {
                        return Err("a piece that may lie outside of the range".to_owned());
                    }
                }
            }
            for range in ranges {
                pieces.push((self.inside(&range)?, local.clone()));
            }
        }
        let mut cases = Vec::new();
        for (statements, _) in &pieces {
            cases.push(self.terms.add(Head::And, statements[1..].to_vec())?);
        }
        let covered = match cases.as_slice() {
            [one] => *one,
            _ => self.terms.add(Head::Or, cases)?,
        };
        if !self.proves(&inside, covered)? {
            return Err("the pieces may not hold all of the range".to_owned());
        }
        let falsehood = self.terms.add(Head::Truth(false), Vec::new())?;
        for (place, (statements, _)) in pieces.iter().enumerate() {
            for (_, local) in &pieces[place + 1..] {
                let mut both = local.clone();
                for statement in statements {
                    both.assume(&mut self.terms, *statement)?;
                }
                if !crate::decide::order::holds(&mut self.terms, &both, falsehood)? {
                    return Err("two pieces may have an integer in common".to_owned());
                }
            }
        }
        Ok(())
    }

    /// log Π f = Σ log f where each f is positive.
    pub(crate) fn log_of_product(
        &mut self,
        scope: &Scope,
        substitution: &[(&str, Id)],
        (left, right): (Id, Id),
    ) -> Check<()> {
        let [("k", name)] = *substitution else {
            return Err("a logarithm of another form".to_owned());
        };
        self.fresh_names(scope, &[name], [left, right])?;
        let (Head::Function("log"), [product]) = (self.terms.head(left), self.terms.args(left))
        else {
            return Err("no logarithm".to_owned());
        };
        let product = *product;
        let (kind, ranges, body, local) = self.nest(scope, product, &[name])?;
        let ([range], Binder::Product) = (ranges.as_slice(), kind) else {
            return Err("no product".to_owned());
        };
        let log = self.terms.add(Head::Function("log"), vec![body])?;
        let args = [log, range.from, range.to, range.condition];
        let sum = self.terms.bind(Binder::Sum, name, &args)?;
        if !self.terms.alike(sum, right)? {
            return Err("another sum of logarithms".to_owned());
        }
        let zero = self.terms.integer(0)?;
        let positive = self.terms.add(Head::Less, vec![zero, body])?;
        if self.proves(&local, positive)? {
            return Ok(());
        }
        Err("a factor that may not be positive".to_owned())
    }
}
