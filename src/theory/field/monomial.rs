//! Power products of atoms.

use std::cmp::Ordering;

use smallvec::SmallVec;

/// The number of an atom in its table.
pub type AtomId = u32;

/// A power product: atoms in increasing order with exponents other than 0. The exponent counts in
/// units of the atom (see [`super::atom::Atom`]); it is never negative in a polynomial.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Monomial(SmallVec<[(AtomId, i32); 4]>);

impl Monomial {
    /// The empty product.
    #[must_use]
    pub fn one() -> Self {
        Monomial::default()
    }

    /// One atom to a power.
    #[must_use]
    pub fn power(atom: AtomId, exponent: i32) -> Self {
        let mut factors = SmallVec::new();
        if exponent != 0 {
            factors.push((atom, exponent));
        }
        Monomial(factors)
    }

    /// Whether it is the empty product.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.0.is_empty()
    }

    /// Its atoms and exponents in increasing order of atoms.
    pub fn factors(&self) -> impl Iterator<Item = (AtomId, i32)> + '_ {
        self.0.iter().copied()
    }

    /// The exponent of an atom, 0 if it has none.
    #[must_use]
    pub fn exponent(&self, atom: AtomId) -> i32 {
        self.0
            .iter()
            .find(|(a, _)| *a == atom)
            .map_or(0, |(_, e)| *e)
    }

    fn combine(&self, other: &Self, op: impl Fn(i32, i32) -> Option<i32>) -> Option<Self> {
        let mut factors = SmallVec::with_capacity(self.0.len().max(other.0.len()));
        let (mut left, mut right) = (
            self.0.iter().copied().peekable(),
            other.0.iter().copied().peekable(),
        );
        loop {
            let (atom, a, b) = match (left.peek().copied(), right.peek().copied()) {
                (None, None) => break,
                (Some((atom, a)), None) => {
                    left.next();
                    (atom, a, 0)
                }
                (None, Some((atom, b))) => {
                    right.next();
                    (atom, 0, b)
                }
                (Some((x, a)), Some((y, b))) => match x.cmp(&y) {
                    Ordering::Less => {
                        left.next();
                        (x, a, 0)
                    }
                    Ordering::Greater => {
                        right.next();
                        (y, 0, b)
                    }
                    Ordering::Equal => {
                        left.next();
                        right.next();
                        (x, a, b)
                    }
                },
            };
            let exponent = op(a, b)?;
            if exponent != 0 {
                factors.push((atom, exponent));
            }
        }
        Some(Monomial(factors))
    }

    /// The product; `None` where an exponent overflows.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Option<Self> {
        self.combine(other, i32::checked_add)
    }

    /// The quotient if no exponent becomes negative.
    #[must_use]
    pub fn div(&self, other: &Self) -> Option<Self> {
        self.combine(other, |a, b| a.checked_sub(b).filter(|e| *e >= 0))
    }

    /// The greatest common divisor.
    #[must_use]
    pub fn gcd(&self, other: &Self) -> Self {
        self.combine(other, |a, b| Some(a.min(b).max(0)))
            .unwrap_or_default()
    }

    /// The power; `None` where an exponent overflows.
    #[must_use]
    pub fn pow(&self, exponent: i32) -> Option<Self> {
        if exponent == 0 {
            return Some(Monomial::one());
        }
        let mut factors = self.0.clone();
        for (_, e) in &mut factors {
            *e = e.checked_mul(exponent)?;
        }
        Some(Monomial(factors))
    }

    /// The part without that atom.
    #[must_use]
    pub fn without(&self, atom: AtomId) -> Self {
        Monomial(self.0.iter().copied().filter(|(a, _)| *a != atom).collect())
    }
}

/// Lexicographic: the lower atom counts first, the higher exponent is greater. This is a monomial
/// order: it respects products.
impl Ord for Monomial {
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut left, mut right) = (self.0.iter(), other.0.iter());
        loop {
            match (left.next(), right.next()) {
                (None, None) => return Ordering::Equal,
                (Some(_), None) => return Ordering::Greater,
                (None, Some(_)) => return Ordering::Less,
                (Some((x, a)), Some((y, b))) => {
                    let order = y.cmp(x).then(a.cmp(b));
                    if order != Ordering::Equal {
                        return order;
                    }
                }
            }
        }
    }
}

impl PartialOrd for Monomial {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
