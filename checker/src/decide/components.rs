//! An equation between vectors and matrices whose sizes are letters, written with sums over indices.
//!
//! The entries are written down here; what the certificate brings is two symbols for a row and a
//! column, a family of entries for each letter, and a proof of the one equation about them.

use std::collections::{BTreeMap, BTreeSet};

use crate::coordinates::{Components, Family, Form};
use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id};
use crate::wire::Node;

impl Checker<'_> {
    /// An equation of a step: its sides have values.
    pub(crate) fn components(&mut self, scope: &Scope, statement: Id, proof: u32) -> Check<()> {
        let before = (self.given.clone(), self.hypotheses.clone());
        let result = self.by_components(scope, statement, proof);
        (self.given, self.hypotheses) = before;
        result
    }

    fn by_components(&mut self, scope: &Scope, statement: Id, proof: u32) -> Check<()> {
        self.at = proof;
        let node = self.terms.node(statement).clone();
        let (Head::Equal, [a, b]) = (&node.head, node.args.as_slice()) else {
            return Err("an equation expected".to_owned());
        };
        let Node::Decision { uses, witness, .. } = self.node(proof)? else {
            return Err("a decision expected".to_owned());
        };
        let [used] = uses.as_slice() else {
            return Err("one proof expected".to_owned());
        };
        if *used >= proof {
            return Err("a node rests on a later one".to_owned());
        }
        let [row, column, letters @ ..] = witness.as_slice() else {
            return Err("two symbols expected".to_owned());
        };
        let mut fresh = BTreeSet::new();
        let row = self.unheard(*row, statement, &mut fresh)?.1;
        let column = self.unheard(*column, statement, &mut fresh)?.1;
        let mut families = BTreeMap::new();
        for pair in letters.chunks(2) {
            let [letter, entries] = pair else {
                return Err("a letter without its entries".to_owned());
            };
            let letter = self.any(*letter)?;
            let Head::Symbol(symbol) = *self.terms.head(letter) else {
                return Err("a letter that is no symbol".to_owned());
            };
            let (rows, columns) = *self
                .sizes
                .get(&symbol)
                .ok_or("a letter that is no matrix")?;
            let entries = self.unheard(*entries, statement, &mut fresh)?.0;
            let family = Family {
                rows,
                columns,
                entries,
                form: self.form(letter, rows == columns),
            };
            if families.insert(symbol, family).is_some() {
                return Err("a letter with two families".to_owned());
            }
        }
        let one = self.terms.integer(1)?;
        let given = self.given.clone();
        let mut components = Components::new(&mut self.terms, families, row, column)?;
        let (rows, columns, left, right) = components.alike(*a, *b)?;
        let mut written = Vec::new();
        for (place, hypothesis) in given.into_iter().enumerate() {
            if components.terms.is_strange(hypothesis)
                && let Ok(said) = of_entries(&mut components, hypothesis, [row, column])
                && !components.terms.is_strange(said)
            {
                written.push((place, said));
            }
        }
        let mut local = scope.clone();
        for (place, said) in written {
            if let Some(slot) = self.hypotheses.get_mut(place) {
                *slot = said;
                local.assume(&mut self.terms, said)?;
            }
        }
        for (place, size) in [(row, rows), (column, columns)] {
            if size != one {
                let integers = self.terms.add(Head::Integers, Vec::new())?;
                for said in [
                    self.terms.add(Head::In, vec![place, integers])?,
                    self.terms.add(Head::LessEqual, vec![one, place])?,
                    self.terms.add(Head::LessEqual, vec![place, size])?,
                ] {
                    self.given.push(said);
                    self.hypotheses.push(said);
                    local.assume(&mut self.terms, said)?;
                }
            }
        }
        let equation = self.terms.add(Head::Equal, vec![left, right])?;
        if self.terms.is_strange(equation) {
            return Err("an entry that is no number".to_owned());
        }
        self.step(&local, equation, *used)
    }

    /// What is given of a square matrix.
    fn form(&self, letter: Id, square: bool) -> Form {
        let said = |names: &[&str]| {
            square
                && self.given.iter().any(|given| {
                    matches!(self.terms.head(*given), Head::Has(name) if names.contains(name))
                        && self.terms.args(*given) == [letter]
                })
        };
        if said(&["diagonal"]) {
            Form::Diagonal
        } else if said(&["symmetric", "positive-definite", "positive-semidefinite"]) {
            Form::Symmetric
        } else if said(&["skew-symmetric"]) {
            Form::Skew
        } else {
            Form::Any
        }
    }

    /// A symbol without a sort that stands in no hypothesis, law or claim.
    fn unheard(&self, term: u32, statement: Id, fresh: &mut BTreeSet<u32>) -> Check<(u32, Id)> {
        let term = self.id(term)?;
        let Head::Symbol(name) = *self.terms.head(term) else {
            return Err("what stands for an entry is no symbol".to_owned());
        };
        let given = self.given.iter().chain(self.laws.iter().flatten());
        let mut known = given.chain([&statement]);
        let sorted = self.certificate.sorts.iter().any(|(s, _)| *s == name);
        let sized = self
            .sizes
            .values()
            .any(|(a, b)| self.terms.mentions(*a, name) || self.terms.mentions(*b, name));
        if sorted || sized || known.any(|t| self.terms.mentions(*t, name)) || !fresh.insert(name) {
            return Err("an entry that stands elsewhere".to_owned());
        }
        Ok((name, term))
    }
}

/// What is given of matrices is given of their entries, for all rows and columns.
fn of_entries(
    components: &mut Components<'_>,
    hypothesis: Id,
    [row, column]: [Id; 2],
) -> Check<Id> {
    let node = components.terms.node(hypothesis).clone();
    let terms = &mut *components.terms;
    let equations = match (&node.head, node.args.as_slice()) {
        (Head::Equal, [a, b]) => vec![(*a, *b)],
        (Head::Has(quality), [matrix]) => {
            let flipped = terms.add(Head::Function("transpose"), vec![*matrix])?;
            match *quality {
                "orthogonal" => {
                    let identity = terms.add(Head::Function("identity"), Vec::new())?;
                    let first = terms.flat(Head::Mul, &[flipped, *matrix])?;
                    let second = terms.flat(Head::Mul, &[*matrix, flipped])?;
                    vec![(first, identity), (second, identity)]
                }
                _ => return Err("a quality that says nothing of entries".to_owned()),
            }
        }
        _ => return Err("a statement that says nothing of entries".to_owned()),
    };
    let mut all = Vec::new();
    for (a, b) in equations {
        let (rows, columns, a, b) = components.alike(a, b)?;
        let terms = &mut *components.terms;
        let one = terms.integer(1)?;
        let mut said = terms.add(Head::Equal, vec![a, b])?;
        for (place, size) in [(column, columns), (row, rows)] {
            if size != one {
                let range = terms.add(Head::Range, vec![one, size])?;
                said = terms.bind(Binder::ForAll, place, &[said, range])?;
            }
        }
        all.push(said);
    }
    match all.as_slice() {
        [only] => Ok(*only),
        _ => components.terms.add(Head::And, all),
    }
}
