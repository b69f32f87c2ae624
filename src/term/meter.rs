//! What a step may spend, and which limits it met: counts, never seconds.

use std::cell::Cell;

/// A limit that was met, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// Terms of a polynomial.
    Terms,
    /// Products of two terms on the way to one normal form.
    Products,
    /// Cases that a statement was split into.
    Cases,
    /// Nodes of an e-graph.
    Nodes,
    /// Rounds of rewriting.
    Rounds,
    /// Digits of an enclosure.
    Digits,
    /// All operations of a step together.
    Operations,
    /// Room for the terms of a document, in units of a small term.
    Document,
}

const LIMITS: [Limit; 8] = [
    Limit::Terms,
    Limit::Products,
    Limit::Cases,
    Limit::Nodes,
    Limit::Rounds,
    Limit::Digits,
    Limit::Operations,
    Limit::Document,
];

/// How much a step may spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Terms of a polynomial.
    pub terms: u32,
    /// Products of two terms on the way to one normal form.
    pub products: u64,
    /// What case distinctions and linear programs may cost, in percent of the usual.
    pub cases: u32,
    /// All operations of a step together: products, values of terms, uses of rules.
    pub operations: u64,
}

impl Allowance {
    /// The usual one.
    pub const NORMAL: Allowance = Allowance {
        terms: 20_000,
        products: 400_000,
        cases: 100,
        operations: 3_000_000,
    };
    /// A small one.
    pub const SMALL: Allowance = Allowance {
        terms: 5_000,
        products: 100_000,
        cases: 50,
        operations: 1_000_000,
    };
    /// A large one.
    pub const LARGE: Allowance = Allowance {
        terms: 100_000,
        products: 4_000_000,
        cases: 500,
        operations: 40_000_000,
    };
}

/// What the current step has spent; before the first step begins, operations are only counted. It stands in the store, since whatever works on terms has
/// that at hand; `begin` makes each step start with nothing spent, so no step knows of another.
#[derive(Clone, Debug)]
pub struct Meter {
    allowance: Cell<Allowance>,
    spent: Cell<u64>,
    met: Cell<[u64; LIMITS.len()]>,
}

impl Default for Meter {
    fn default() -> Self {
        Meter {
            allowance: Cell::new(Allowance {
                operations: u64::MAX,
                ..Allowance::NORMAL
            }),
            spent: Cell::new(0),
            met: Cell::default(),
        }
    }
}

impl Meter {
    /// A step begins.
    pub fn begin(&self, allowance: Allowance) {
        self.allowance.set(allowance);
        self.spent.set(0);
        self.met.set([0; LIMITS.len()]);
    }

    /// What the step may spend.
    #[must_use]
    pub fn allowance(&self) -> Allowance {
        self.allowance.get()
    }

    /// What the step has spent.
    #[must_use]
    pub fn spent(&self) -> u64 {
        self.spent.get()
    }

    /// How many operations are left.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.allowance.get().operations.saturating_sub(self.spent())
    }

    /// Spends so many operations. Whether there were so many.
    pub fn spend(&self, count: u64) -> bool {
        let spent = self.spent().saturating_add(count);
        self.spent.set(spent);
        let most = self.allowance.get().operations;
        if spent > most {
            self.note(Limit::Operations, most);
        }
        spent <= most
    }

    /// Notes that a limit of so many was met.
    pub fn note(&self, limit: Limit, count: u64) {
        let mut met = self.met.get();
        if let Some(most) = met.get_mut(limit as usize) {
            *most = count.max(*most);
        }
        self.met.set(met);
    }

    /// The limits that were met, with how many each allows.
    #[must_use]
    pub fn met(&self) -> Vec<(Limit, u64)> {
        let counts = self.met.get().into_iter();
        let all = LIMITS.into_iter().zip(counts);
        all.filter(|(_, count)| *count > 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_begins_with_nothing_spent() {
        let meter = Meter::default();
        meter.begin(Allowance {
            operations: 10,
            ..Allowance::NORMAL
        });
        assert!(meter.spend(10));
        assert!(meter.met().is_empty());
        assert!(!meter.spend(1));
        meter.note(Limit::Terms, 5);
        assert_eq!(meter.met(), [(Limit::Terms, 5), (Limit::Operations, 10)]);
        meter.begin(Allowance::SMALL);
        assert_eq!(meter.spent(), 0);
        assert!(meter.met().is_empty());
    }

    #[test]
    fn limits_are_told_in_their_order() {
        for (place, limit) in LIMITS.into_iter().enumerate() {
            assert_eq!(limit as usize, place);
        }
    }
}
