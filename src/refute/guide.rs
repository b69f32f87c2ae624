//! Where to look for assignments: what the hypotheses say about single letters and pairs, and the
//! equations that fix one letter by the others. A guide only proposes; every assignment is checked
//! against the hypotheses themselves afterwards.

use std::collections::BTreeMap;

use super::letters::{Kind, Letter};
use crate::number::Rational;
use crate::term::{Constant, Node, Relation, Store, TermId};
use crate::theory::evaluate::{Assignment, Value, evaluate};

/// The most ways in which "or" is split.
const MOST_BRANCHES: usize = 12;

/// Where a letter may lie.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Region {
    /// The lower end, and whether it belongs to the region.
    pub(super) low: Option<(Rational, bool)>,
    /// The upper end, and whether it belongs to the region.
    pub(super) high: Option<(Rational, bool)>,
    /// The only values.
    pub(super) among: Option<Vec<Rational>>,
    /// Whether it must be an integer.
    pub(super) whole: bool,
}

/// What one way through the hypotheses says.
#[derive(Clone, Debug, Default)]
pub(super) struct Guide {
    /// Regions of letters.
    pub(super) regions: BTreeMap<TermId, Region>,
    /// Letters of which the first is less than (or at most) the second.
    pub(super) pairs: Vec<(TermId, TermId)>,
    /// Equations.
    pub(super) equations: Vec<(TermId, TermId)>,
}

/// The guides of a list of statements: one for each way to make their disjunctions true.
pub(super) fn guides(store: &Store, letters: &[Letter], statements: &[TermId]) -> Vec<Guide> {
    let mut branches: Vec<Vec<TermId>> = vec![Vec::new()];
    for statement in statements {
        branches = spread(store, branches, *statement, 0);
    }
    branches
        .into_iter()
        .map(|atoms| {
            let mut guide = Guide::default();
            for letter in letters {
                let region = guide.regions.entry(letter.atom).or_default();
                match letter.kind {
                    Kind::Natural => {
                        region.low = Some((Rational::zero(), true));
                        region.whole = true;
                    }
                    Kind::Integer => region.whole = true,
                    Kind::Real => {}
                }
            }
            for atom in atoms {
                guide.take(store, atom);
            }
            guide
        })
        .collect()
}

/// Joins a statement to each branch, one branch for each of its alternatives.
fn spread(
    store: &Store,
    branches: Vec<Vec<TermId>>,
    statement: TermId,
    depth: u32,
) -> Vec<Vec<TermId>> {
    match store.node(statement) {
        Node::And(parts) if depth < 8 => parts.iter().fold(branches, |branches, part| {
            spread(store, branches, *part, depth + 1)
        }),
        Node::Or(parts) if depth < 8 => {
            let mut all = Vec::new();
            for part in parts {
                if all.len() + branches.len() > MOST_BRANCHES {
                    break;
                }
                all.extend(spread(store, branches.clone(), *part, depth + 1));
            }
            all
        }
        _ => branches
            .into_iter()
            .map(|mut branch| {
                branch.push(statement);
                branch
            })
            .collect(),
    }
}

impl Guide {
    fn take(&mut self, store: &Store, atom: TermId) {
        match store.node(atom) {
            Node::Relation(relation, a, b) => self.relation(store, *relation, *a, *b),
            Node::Element(x, set) => self.element(store, *x, *set),
            Node::Not(inner) => {
                if let Node::Relation(relation, a, b) = store.node(*inner) {
                    match relation {
                        Relation::Less => self.relation(store, Relation::LessEqual, *b, *a),
                        Relation::LessEqual => self.relation(store, Relation::Less, *b, *a),
                        Relation::NotEqual => self.relation(store, Relation::Equal, *a, *b),
                        Relation::Equal => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn relation(&mut self, store: &Store, relation: Relation, a: TermId, b: TermId) {
        let closed = match relation {
            Relation::Equal => {
                self.equations.push((a, b));
                return;
            }
            Relation::NotEqual => return,
            Relation::Less => false,
            Relation::LessEqual => true,
        };
        self.below(store, a, b, closed);
    }

    /// a < b, or a ≤ b if `closed`.
    fn below(&mut self, store: &Store, a: TermId, b: TermId, closed: bool) {
        let (is_a, is_b) = (self.regions.contains_key(&a), self.regions.contains_key(&b));
        if is_a && is_b {
            self.pairs.push((a, b));
        } else if is_a {
            if let Some(value) = number(store, b, false) {
                self.cap(a, value, closed);
            }
        } else if is_b && let Some(value) = number(store, a, true) {
            self.floor(b, value, closed);
        }
    }

    fn cap(&mut self, letter: TermId, value: Rational, closed: bool) {
        let region = self.regions.entry(letter).or_default();
        let tighter = region
            .high
            .as_ref()
            .is_none_or(|(old, was)| value < *old || (value == *old && *was));
        if tighter {
            region.high = Some((value, closed));
        }
    }

    fn floor(&mut self, letter: TermId, value: Rational, closed: bool) {
        let region = self.regions.entry(letter).or_default();
        let tighter = region
            .low
            .as_ref()
            .is_none_or(|(old, was)| value > *old || (value == *old && *was));
        if tighter {
            region.low = Some((value, closed));
        }
    }

    fn element(&mut self, store: &Store, x: TermId, set: TermId) {
        if !self.regions.contains_key(&x) {
            return;
        }
        match store.node(set) {
            Node::Interval(low, high, with_low, with_high) => {
                self.below(store, *low, x, *with_low);
                self.below(store, x, *high, *with_high);
            }
            Node::Range(low, high) => {
                self.below(store, *low, x, true);
                self.below(store, x, *high, true);
                self.regions.entry(x).or_default().whole = true;
            }
            Node::Integers => self.regions.entry(x).or_default().whole = true,
            Node::Naturals => {
                self.regions.entry(x).or_default().whole = true;
                self.floor(x, Rational::zero(), true);
            }
            Node::Finite(members) => {
                let values: Vec<Rational> = members
                    .iter()
                    .filter_map(|member| match store.node(*member) {
                        Node::Number(value) => Some(value.clone()),
                        _ => None,
                    })
                    .collect();
                if !values.is_empty() {
                    self.regions.entry(x).or_default().among = Some(values);
                }
            }
            _ => {}
        }
    }
}

/// A closed term as a number: of an enclosure the end that lies inside what it bounds.
fn number(store: &Store, term: TermId, lower: bool) -> Option<Rational> {
    match store.node(term) {
        Node::Number(value) => Some(value.clone()),
        Node::Constant(Constant::Infinity) | Node::Symbol(_) | Node::Member(..) => None,
        _ => match evaluate(store, term, &Assignment::new(), 6) {
            Value::Exact(value) => Some(value),
            Value::Between(low, high) => Some(if lower { high } else { low }),
            _ => None,
        },
    }
}

impl Region {
    /// A value in the region, as near to the wish as its shape allows; the wish itself if it lies
    /// within.
    pub(super) fn fit(&self, wish: &Rational) -> Rational {
        if let Some(among) = &self.among {
            let count = i64::try_from(among.len()).unwrap_or(1);
            let place = wish.numerator() % count;
            let place = Rational::from_integer(place).abs().to_i64().unwrap_or(0);
            let place = usize::try_from(place).unwrap_or(0);
            return among.get(place).cloned().unwrap_or_else(|| wish.clone());
        }
        let moved = self.fit_real(wish);
        if !self.whole || moved.is_integer() {
            return moved;
        }
        let down = moved.floor();
        if self.holds(&down) {
            down
        } else {
            moved.ceil()
        }
    }

    /// Whether a value lies within.
    pub(super) fn holds(&self, value: &Rational) -> bool {
        let above = self
            .low
            .as_ref()
            .is_none_or(|(low, closed)| value > low || (*closed && value == low));
        let below = self
            .high
            .as_ref()
            .is_none_or(|(high, closed)| value < high || (*closed && value == high));
        let one_of = self
            .among
            .as_ref()
            .is_none_or(|among| among.contains(value));
        above && below && one_of && (!self.whole || value.is_integer())
    }

    fn fit_real(&self, wish: &Rational) -> Rational {
        let one = Rational::one();
        let inside = Region {
            whole: false,
            among: None,
            ..self.clone()
        };
        if inside.holds(wish) {
            return wish.clone();
        }
        let size = wish.abs();
        // Strictly between 0 and 1, and different for different wishes.
        let share = size
            .add(&one)
            .div(&size.add(&one).add(&one))
            .unwrap_or_else(|| one.clone());
        match (&self.low, &self.high) {
            (Some((low, _)), Some((high, _))) => low.add(&high.sub(low).mul(&share)),
            (Some((low, closed)), None) => {
                if size.is_zero() && *closed {
                    low.clone()
                } else if size.is_zero() {
                    low.add(&one)
                } else {
                    low.add(&size)
                }
            }
            (None, Some((high, closed))) => {
                if size.is_zero() && *closed {
                    high.clone()
                } else if size.is_zero() {
                    high.sub(&one)
                } else {
                    high.sub(&size)
                }
            }
            (None, None) => wish.clone(),
        }
    }
}
