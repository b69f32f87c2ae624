//! An equation between matrices that are written out, or whose sizes are numbers: entry by entry.
//!
//! The entries are worked out here; what the certificate brings is a proof for each of them, and
//! for each letter of known size a matrix of symbols that stand nowhere else.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::ToPrimitive;

use crate::coordinates::{Expander, Grid, Ground, alike};
use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Check, Head, Id, Terms};
use crate::model::stop::{Found, Stop};
use crate::wire::Node;

/// Entries of two sides, side by side.
type Pairs = Vec<(Id, Id)>;

/// The letters by their entries.
struct Letters<'a> {
    terms: &'a mut Terms,
    /// All vectors and matrices.
    arrays: BTreeSet<u32>,
    entries: BTreeMap<u32, Grid>,
}

impl Ground for Letters<'_> {
    fn terms(&mut self) -> &mut Terms {
        self.terms
    }

    fn is_array(&self, symbol: u32) -> bool {
        self.arrays.contains(&symbol)
    }

    fn letter(&mut self, symbol: u32, indices: &[Id]) -> Found<Grid> {
        let known = self.entries.get(&symbol).filter(|_| indices.is_empty());
        known
            .cloned()
            .ok_or(Stop::Unknown("a matrix whose entries are not known"))
    }

    fn integer(&mut self, term: Id) -> Found<i64> {
        let value = self.terms.value(term).and_then(|value| value.to_i64());
        value.ok_or(Stop::Unknown("an index or bound that is no number"))
    }

    fn truth(&mut self, statement: Id) -> Found<bool> {
        match self.terms.head(statement) {
            Head::Truth(value) => Ok(*value),
            _ => Err(Stop::Unknown("a condition that is not decided")),
        }
    }
}

impl Letters<'_> {
    /// The entries of two sides, and what must have a value.
    fn sides(&mut self, a: Id, b: Id) -> Found<(Pairs, Vec<Id>)> {
        let mut expander = Expander::new(self);
        let left = expander.value(a)?;
        let right = expander.value(b)?;
        let needs = std::mem::take(&mut expander.needs);
        Ok((alike(self.terms, &left, &right)?, needs))
    }
}

impl Checker<'_> {
    /// An equation between matrices; of a `step` the sides are presumed to have values.
    pub(crate) fn entries(
        &mut self,
        scope: &Scope,
        statement: Id,
        step: bool,
        proof: u32,
    ) -> Check<()> {
        self.at = proof;
        let node = self.terms.node(statement).clone();
        let (Head::Equal, [a, b]) = (&node.head, node.args.as_slice()) else {
            return Err("an equation expected".to_owned());
        };
        let Node::Decision { uses, witness, .. } = self.node(proof)? else {
            return Err("a decision expected".to_owned());
        };
        let entries = self.letters(witness, statement)?;
        let arrays = self.sizes.keys().copied().collect();
        let reason = |stop: Stop| stop.reason().to_owned();
        let mut letters = Letters {
            terms: &mut self.terms,
            arrays,
            entries,
        };
        let (mut pairs, needs) = letters.sides(*a, *b).map_err(reason)?;
        // What is given of matrices is given of their entries.
        let mut written = Vec::new();
        for (place, hypothesis) in self.given.iter().enumerate() {
            let node = letters.terms.node(*hypothesis).clone();
            if letters.terms.is_strange(*hypothesis)
                && let (Head::Equal, [a, b]) = (&node.head, node.args.as_slice())
                && let Ok((pairs, _)) = letters.sides(*a, *b)
            {
                let mut parts = Vec::new();
                for (x, y) in pairs {
                    parts.push(letters.terms.add(Head::Equal, vec![x, y])?);
                }
                let all = match parts.as_slice() {
                    [only] => *only,
                    _ => letters.terms.add(Head::And, parts)?,
                };
                if !letters.terms.is_strange(all) {
                    written.push((place, all));
                }
            }
        }
        let mut scope = scope.clone();
        let before = self.hypotheses.clone();
        for (place, hypothesis) in written {
            if let Some(slot) = self.hypotheses.get_mut(place) {
                *slot = hypothesis;
                scope.assume(&mut self.terms, hypothesis)?;
            }
        }
        if !step {
            // The terms must be shown to have values.
            pairs.extend(needs.into_iter().map(|need| (need, need)));
        }
        if pairs.len() != uses.len() {
            return Err("an entry without a proof".to_owned());
        }
        for ((x, y), used) in pairs.into_iter().zip(uses) {
            if *used >= proof {
                return Err("a node rests on a later one".to_owned());
            }
            let equation = self.terms.add(Head::Equal, vec![x, y])?;
            if self.terms.is_strange(equation) {
                return Err("an entry that is no number".to_owned());
            }
            if step {
                self.step(&scope, equation, *used)?;
            } else {
                self.statement(&scope, equation, *used)?;
            }
        }
        self.hypotheses = before;
        Ok(())
    }

    /// Letters of known size with their entries, symbols that stand nowhere else.
    fn letters(&self, witness: &[u32], statement: Id) -> Check<BTreeMap<u32, Grid>> {
        let mut letters = BTreeMap::new();
        let mut fresh = BTreeSet::new();
        let sorted: BTreeSet<u32> = self.certificate.sorts.iter().map(|(s, _)| *s).collect();
        for pair in witness.chunks(2) {
            let [letter, matrix] = pair else {
                return Err("a letter without its entries".to_owned());
            };
            let (letter, matrix) = (self.any(*letter)?, self.any(*matrix)?);
            let Head::Symbol(symbol) = *self.terms.head(letter) else {
                return Err("a letter that is no symbol".to_owned());
            };
            let (rows, columns) = *self
                .sizes
                .get(&symbol)
                .ok_or("a letter that is no matrix")?;
            let size = |term: Id| {
                let value = self.terms.value(term).and_then(|value| value.to_i64());
                value.and_then(|value| usize::try_from(value).ok())
            };
            let Head::Matrix(high, wide) = *self.terms.head(matrix) else {
                return Err("entries that are no matrix".to_owned());
            };
            let (high, wide) = (high as usize, wide as usize);
            if (size(rows), size(columns)) != (Some(high), Some(wide)) {
                return Err("a matrix of another shape".to_owned());
            }
            let entries = self.terms.args(matrix).to_vec();
            for entry in &entries {
                let Head::Symbol(name) = *self.terms.head(*entry) else {
                    return Err("an entry that is no symbol".to_owned());
                };
                let given = self.given.iter().chain(self.laws.iter().flatten());
                let known = given
                    .chain([&statement])
                    .any(|t| self.terms.mentions(*t, name));
                if known || sorted.contains(&name) || !fresh.insert(name) {
                    return Err("an entry that stands elsewhere".to_owned());
                }
            }
            let grid = Grid::new(high, wide, entries).map_err(|stop| stop.reason().to_owned())?;
            if letters.insert(symbol, grid).is_some() {
                return Err("a letter with two matrices".to_owned());
            }
        }
        Ok(letters)
    }
}
