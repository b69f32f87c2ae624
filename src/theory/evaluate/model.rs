//! Values for symbols, families and unknown functions.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::Assignment;
use crate::number::{Quadratic, Rational};
use crate::term::{Function, Node, Store, Symbol, TermId};

/// What the atoms of a term stand for. Where it has a seed, members of families and unknown
/// functions that it does not list have values too, which depend on the seed, the name and the
/// indices alone.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Symbols.
    pub symbols: BTreeMap<Symbol, Quadratic>,
    /// Members of families by their indices.
    pub members: BTreeMap<(Symbol, Vec<i64>), Quadratic>,
    /// Other atoms.
    pub atoms: FxHashMap<TermId, Quadratic>,
    /// From which members of families are drawn that are not listed, and functions.
    pub seed: Option<u64>,
    /// The unknown functions in whose place a smooth one may be put.
    pub functions: BTreeSet<Symbol>,
    /// The random families, of which no other members are drawn than are listed.
    pub random: BTreeSet<Symbol>,
    /// Families of integers; whether of natural numbers.
    pub whole: BTreeMap<Symbol, bool>,
    /// Rows and columns of the vectors and matrices, of a family those of each member.
    pub sizes: BTreeMap<Symbol, (usize, usize)>,
    /// Their entries by rows; of a family by the indices of the member.
    pub arrays: BTreeMap<(Symbol, Vec<i64>), Vec<Quadratic>>,
    /// Whether vectors and matrices have values.
    pub has_arrays: bool,
    /// Whether drawn values are positive, less than 1 unless they are integers.
    pub positive: bool,
    /// Members and function values that were drawn.
    drawn: RefCell<BTreeSet<Drawn>>,
}

/// An atom that was drawn, with what it stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Drawn {
    /// A member of a family.
    Member(Symbol, Vec<i64>, Rational),
    /// A vector or matrix of a family, its entries by rows.
    Array(Symbol, Vec<i64>, Vec<Rational>),
    /// A value of an unknown function: orders of its derivative, arguments, value.
    Call(Symbol, Vec<u32>, Vec<Rational>, Rational),
}

/// Drawn members of a family repeat after so many in each index, so that what is said of all of
/// them can be checked.
pub const PERIOD: i64 = 8;

/// One in so many seeds draws nothing but 0 for members of families.
const NOUGHTS: u64 = 16;

/// How many values are noted as drawn.
const MOST_DRAWN: usize = 64;

/// The degree of the polynomial that stands for an unknown function, in all its arguments
/// together.
const DEGREE: u32 = 3;

impl Model {
    /// A model without values of its own: members of families, integers in these of them, and
    /// these functions are drawn.
    #[must_use]
    pub fn drawing(
        seed: u64,
        functions: &BTreeSet<Symbol>,
        whole: &BTreeMap<Symbol, bool>,
    ) -> Self {
        Model {
            seed: Some(seed),
            positive: seed.is_multiple_of(2),
            functions: functions.clone(),
            whole: whole.clone(),
            ..Model::default()
        }
    }

    /// The model of an assignment.
    #[must_use]
    pub fn of(store: &Store, assignment: &Assignment) -> Self {
        let mut model = Model::default();
        let mut written: BTreeMap<_, BTreeMap<(usize, usize), Quadratic>> = BTreeMap::new();
        for (atom, value) in assignment {
            match entry(store, *atom) {
                Some((symbol, indices, place)) => {
                    let entries = written.entry((symbol, indices)).or_default();
                    entries.insert(place, value.clone());
                }
                None => model.set(store, *atom, value.clone()),
            }
        }
        for ((symbol, indices), entries) in written {
            let size = |of: fn(&(usize, usize)) -> usize| entries.keys().map(of).max();
            if let (Some(rows), Some(columns)) = (size(|p| p.0), size(|p| p.1))
                && entries.len() == rows * columns
            {
                let entries = entries.into_values().collect();
                model.set_array(symbol, indices, (rows, columns), entries);
            }
        }
        model
    }

    /// Gives a vector or matrix its entries, by rows.
    pub fn set_array(
        &mut self,
        symbol: Symbol,
        indices: Vec<i64>,
        size: (usize, usize),
        entries: Vec<Quadratic>,
    ) {
        self.has_arrays = true;
        self.sizes.insert(symbol, size);
        self.arrays.insert((symbol, indices), entries);
    }

    /// The entries of a vector or matrix, by rows.
    pub fn array(&self, store: &Store, symbol: Symbol, indices: &[i64]) -> Option<Vec<Quadratic>> {
        let key = (symbol, indices.to_vec());
        if let Some(entries) = self.arrays.get(&key) {
            return Some(entries.clone());
        }
        let (rows, columns) = *self.sizes.get(&symbol)?;
        if indices.is_empty() || self.random.contains(&symbol) {
            return None;
        }
        let mut mixed = Mixer::new(self.seed?, store.name(symbol));
        for index in indices {
            mixed.mix(index.rem_euclid(PERIOD).unsigned_abs());
        }
        let entries: Vec<Rational> = (0..rows * columns)
            .map(|_| mixed.integer(false, false))
            .collect();
        self.note(|| Drawn::Array(symbol, indices.to_vec(), entries.clone()));
        Some(entries.into_iter().map(Quadratic::from).collect())
    }

    /// Gives an atom a value.
    pub fn set(&mut self, store: &Store, atom: TermId, value: Quadratic) {
        match store.node(atom) {
            Node::Symbol(symbol) => {
                self.symbols.insert(*symbol, value);
            }
            Node::Member(symbol, indices) => {
                let numbers: Option<Vec<i64>> = indices
                    .iter()
                    .map(|index| match store.node(*index) {
                        Node::Number(n) => n.to_i64(),
                        _ => None,
                    })
                    .collect();
                match numbers {
                    Some(numbers) => {
                        self.members.insert((*symbol, numbers), value);
                    }
                    None => {
                        self.atoms.insert(atom, value);
                    }
                }
            }
            _ => {
                self.atoms.insert(atom, value);
            }
        }
    }

    /// The member of a family with these indices.
    pub fn member(&self, store: &Store, symbol: Symbol, indices: Vec<i64>) -> Option<Quadratic> {
        let key = (symbol, indices);
        if let Some(value) = self.members.get(&key) {
            return Some(value.clone());
        }
        let (symbol, indices) = key;
        if self.random.contains(&symbol) {
            return None;
        }
        let seed = self.seed?;
        let mut mixed = Mixer::new(seed, store.name(symbol));
        for index in &indices {
            mixed.mix(index.rem_euclid(PERIOD).unsigned_abs());
        }
        let value = match self.whole.get(&symbol) {
            _ if seed % NOUGHTS == NOUGHTS / 2 => Rational::from(0),
            Some(natural) => mixed.integer(self.positive, *natural),
            None => mixed.rational(self.positive),
        };
        self.note(|| Drawn::Member(symbol, indices, value.clone()));
        Some(value.into())
    }

    /// Whether all listed members of families of integers are such.
    #[must_use]
    pub fn respects_sorts(&self) -> bool {
        self.whole.is_empty()
            || self.members.iter().all(|((symbol, _), value)| {
                self.whole.get(symbol).is_none_or(|natural| {
                    value.as_rational().is_some_and(Rational::is_integer)
                        && (!natural || value.signum() >= 0)
                })
            })
    }

    /// The coefficients of the polynomial that stands for an unknown function of so many
    /// arguments, with the exponents of each monomial.
    #[must_use]
    pub fn polynomial(
        &self,
        store: &Store,
        symbol: Symbol,
        arguments: usize,
    ) -> Option<Vec<(Vec<u32>, Rational)>> {
        if arguments > 6 || !self.functions.contains(&symbol) {
            return None;
        }
        let mut mixed = Mixer::new(self.seed?, store.name(symbol));
        let mut monomials = Vec::new();
        exponents(arguments, DEGREE, &mut Vec::new(), &mut monomials);
        Some(
            monomials
                .into_iter()
                .map(|powers| (powers, mixed.rational(self.positive)))
                .collect(),
        )
    }

    /// The indices at which members of any family are listed.
    pub(super) fn listed_indices(&self) -> BTreeSet<i64> {
        let all = self.members.keys().flat_map(|(_, indices)| indices);
        all.copied().collect()
    }

    /// Notes the value of an unknown function.
    pub fn note_call(&self, symbol: Symbol, orders: &[u32], at: &[Rational], value: &Rational) {
        self.note(|| Drawn::Call(symbol, orders.to_vec(), at.to_vec(), value.clone()));
    }

    fn note(&self, what: impl FnOnce() -> Drawn) {
        if let Ok(mut drawn) = self.drawn.try_borrow_mut()
            && drawn.len() < MOST_DRAWN
        {
            drawn.insert(what());
        }
    }

    /// What was drawn since the last call, in a fixed order.
    #[must_use]
    pub fn take_drawn(&self) -> Vec<Drawn> {
        self.drawn.take().into_iter().collect()
    }
}

/// The matrix of which an atom is an entry, with the indices of the member of a family, and the
/// place from 1: a column has rows alone.
fn entry(store: &Store, atom: TermId) -> Option<(Symbol, Vec<i64>, (usize, usize))> {
    let Node::Function(Function::Entry, parts) = store.node(atom) else {
        return None;
    };
    let number = |term: &TermId| match store.node(*term) {
        Node::Number(n) => n.to_i64(),
        _ => None,
    };
    let (of, places) = parts.split_first()?;
    let (symbol, indices) = match store.node(*of) {
        Node::Symbol(symbol) => (*symbol, Vec::new()),
        Node::Member(symbol, indices) => {
            let indices: Option<Vec<i64>> = indices.iter().map(number).collect();
            (*symbol, indices?)
        }
        _ => return None,
    };
    let place = |term: &TermId| usize::try_from(number(term)?).ok().filter(|p| *p > 0);
    let place = match places {
        [row] => (place(row)?, 1),
        [row, column] => (place(row)?, place(column)?),
        _ => return None,
    };
    Some((symbol, indices, place))
}

/// All exponents of so many letters whose sum is at most `degree`.
fn exponents(letters: usize, degree: u32, so_far: &mut Vec<u32>, all: &mut Vec<Vec<u32>>) {
    if so_far.len() == letters {
        all.push(so_far.clone());
        return;
    }
    for power in 0..=degree {
        so_far.push(power);
        exponents(letters, degree - power, so_far, all);
        so_far.pop();
    }
}

/// A fixed scrambling of numbers and names (Steele, Lea and Flood's SplitMix64).
#[derive(Clone, Debug)]
pub struct Mixer(u64);

impl Mixer {
    /// From a seed and a name.
    #[must_use]
    pub fn new(seed: u64, name: &str) -> Self {
        let mut mixer = Mixer(seed);
        for byte in name.bytes() {
            mixer.mix(u64::from(byte) + 1);
        }
        mixer
    }

    /// Takes a further number in.
    pub fn mix(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.draw();
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The next number less than `below` (≥ 1).
    pub fn below(&mut self, below: u64) -> u64 {
        self.draw() % below.max(1)
    }

    /// A small integer.
    pub fn integer(&mut self, positive: bool, natural: bool) -> Rational {
        let size = i64::try_from(self.below(6)).unwrap_or(0);
        let negative = self.below(2) == 0 && !natural;
        Rational::from(match (positive, negative) {
            (true, _) => size + 1,
            (false, true) => -size,
            (false, false) => size,
        })
    }

    /// A small fraction other than 0; between 0 and 1 if `positive`.
    pub fn rational(&mut self, positive: bool) -> Rational {
        const DENOMINATORS: [i64; 5] = [1, 2, 3, 5, 7];
        if positive {
            let numerator = 1 + self.below(10);
            let numerator = i64::try_from(numerator).unwrap_or(1);
            return Rational::new(numerator, 11).unwrap_or_else(Rational::one);
        }
        let at = usize::try_from(self.below(5)).unwrap_or(0);
        let denominator = DENOMINATORS.get(at).copied().unwrap_or(1);
        let numerator = i64::try_from(self.below(9) + 1).unwrap_or(1);
        let numerator = if self.below(2) == 0 {
            numerator
        } else {
            -numerator
        };
        Rational::new(numerator, denominator).unwrap_or_else(Rational::one)
    }
}
