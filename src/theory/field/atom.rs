//! Atoms: the terms that polynomials are polynomials in.

use rustc_hash::FxHashMap;

use super::fraction::Fraction;
use super::monomial::AtomId;
use crate::term::TermId;

/// What is known of an atom besides its name.
#[derive(Clone, Debug, PartialEq)]
pub enum Relation {
    /// Nothing.
    Free,
    /// The atom counts in roots of a base that is no single atom: atom^unit = base.
    Root(Fraction),
    /// The atom is 1 or −1 wherever it is defined: its square is 1.
    Sign,
}

/// An atom. With exponent k it stands for base^(k/unit).
#[derive(Clone, Debug, PartialEq)]
pub struct Atom {
    /// The base: a symbol, a kernel with normal arguments, a prime, or a polynomial under a root.
    pub base: TermId,
    /// The least common denominator of the exponents of this base met so far.
    pub unit: i32,
    /// Whether it is positive wherever it is defined.
    pub positive: bool,
    /// What is known of it.
    pub relation: Relation,
}

/// The atoms of one comparison, numbered by first occurrence.
#[derive(Clone, Debug, Default)]
pub struct Atoms {
    list: Vec<Atom>,
    index: FxHashMap<TermId, AtomId>,
    units: FxHashMap<TermId, i32>,
}

impl Atoms {
    /// Forgets the atoms, but not in which units their exponents count.
    pub fn restart(&mut self) {
        self.list.clear();
        self.index.clear();
    }

    /// The atom of that number.
    #[must_use]
    pub fn get(&self, atom: AtomId) -> Option<&Atom> {
        self.list.get(atom as usize)
    }

    /// The unit in which exponents of this base count.
    #[must_use]
    pub fn unit(&self, base: TermId) -> i32 {
        self.units.get(&base).copied().unwrap_or(1)
    }

    /// Sets the unit for the next start.
    pub fn set_unit(&mut self, base: TermId, unit: i32) {
        self.units.insert(base, unit);
    }

    /// The number of the atom with that base; made if there is none yet.
    pub fn number(&mut self, base: TermId, positive: bool, relation: Relation) -> Option<AtomId> {
        if let Some(known) = self.index.get(&base) {
            return Some(*known);
        }
        let number = AtomId::try_from(self.list.len()).ok()?;
        self.list.push(Atom {
            base,
            unit: self.unit(base),
            positive,
            relation,
        });
        self.index.insert(base, number);
        Some(number)
    }
}
