//! From terms to fractions.

use rustc_hash::FxHashMap;

use super::assumed::Assumed;
use super::atom::{Atoms, Relation};
use super::fraction::{Arithmetic, Fraction, Stop};
use super::polynomial::{Polynomial, Purse};
use crate::term::{Constant, Function, Limit, Node, Store, TermId};

/// How often a comparison may begin again because an exponent has a new denominator.
const STARTS: u32 = 24;
/// How deep terms may be nested.
const DEPTH: u32 = 600;
/// The largest denominator of an exponent.
pub(super) const UNIT: i32 = 5_040;

/// Normal forms under what is assumed. It keeps what it has found, so that many terms of one
/// store can be brought to normal form with one `Field`.
#[derive(Clone, Debug)]
pub struct Field {
    pub(super) assumed: Assumed,
    pub(super) atoms: Atoms,
    pub(super) purse: Purse,
    cache: FxHashMap<TermId, Result<Fraction, Stop>>,
    canonical: FxHashMap<TermId, TermId>,
    depth: u32,
}

impl Field {
    /// A field that assumes this.
    #[must_use]
    pub fn new(assumed: Assumed) -> Self {
        Field {
            assumed,
            atoms: Atoms::default(),
            purse: Purse::new(0),
            cache: FxHashMap::default(),
            canonical: FxHashMap::default(),
            depth: 0,
        }
    }

    pub(super) fn arithmetic(&mut self) -> Arithmetic<'_> {
        Arithmetic {
            atoms: &self.atoms,
            purse: &mut self.purse,
        }
    }

    /// Runs with a full purse, again and again while bases meet new denominators.
    pub(super) fn run<T>(
        &mut self,
        store: &mut Store,
        mut work: impl FnMut(&mut Field, &mut Store) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        let allowance = store.meter().allowance();
        for _ in 0..STARTS {
            let most = allowance.products.min(store.meter().left());
            if most == 0 || !store.has_room() {
                return Err(Stop::Budget);
            }
            self.purse = Purse {
                terms: allowance.terms as usize,
                ..Purse::new(most)
            };
            self.depth = 0;
            let result = work(self, store);
            store.spend(most - self.purse.left);
            if self.purse.met_terms {
                let terms = u64::from(allowance.terms);
                store.meter().note(Limit::Terms, terms);
            } else if self.purse.met_products {
                store.meter().note(Limit::Products, allowance.products);
            }
            match result {
                Err(Stop::Again) => {
                    self.atoms.restart();
                    self.cache.clear();
                }
                other => return other,
            }
        }
        Err(Stop::Budget)
    }

    /// The fraction of a term.
    pub(super) fn fraction(&mut self, store: &mut Store, term: TermId) -> Result<Fraction, Stop> {
        if let Some(known) = self.cache.get(&term) {
            return known.clone();
        }
        if self.depth >= DEPTH {
            return Err(Stop::Budget);
        }
        self.depth += 1;
        let result = self.build(store, term);
        self.depth -= 1;
        // What ran out of budget is kept too, else it would be tried again at every place.
        if result != Err(Stop::Again) {
            self.cache.insert(term, result.clone());
        }
        result
    }

    fn build(&mut self, store: &mut Store, term: TermId) -> Result<Fraction, Stop> {
        match store.node(term).clone() {
            Node::Number(value) => Ok(Fraction::number(&value)),
            Node::Add(terms) => {
                let mut parts = Vec::with_capacity(terms.len());
                for term in &terms {
                    parts.push(self.fraction(store, *term)?);
                }
                self.sum(parts)
            }
            Node::Mul(factors) => {
                if self.has_matrix(store, &factors) {
                    return self.word_product(store, &factors);
                }
                let mut product = Fraction::one();
                for factor in &factors {
                    let factor = self.fraction(store, *factor)?;
                    product = self.arithmetic().mul(&product, &factor)?;
                }
                Ok(product)
            }
            Node::Pow(base, exponent) => {
                if self.is_matrix(store, base) {
                    return self.word_power(store, term, base, exponent);
                }
                self.power(store, base, exponent)
            }
            Node::Function(Function::Root, arguments) => match arguments.as_ref() {
                [index, radicand] => self.root_node(store, term, *index, *radicand),
                _ => Err(Stop::NotMine),
            },
            Node::Constant(Constant::Infinity) => Err(Stop::NotMine),
            Node::Constant(Constant::E | Constant::Pi) => self.atom(store, term, true),
            Node::Symbol(_) | Node::Constant(_) | Node::Bound(_) => self.atom(store, term, false),
            _ => {
                let kernel = self.kernel(store, term)?;
                self.atom(store, kernel, false)
            }
        }
    }

    /// Adds balanced, so that a long sum does not copy its beginning again and again.
    pub(super) fn sum(&mut self, mut parts: Vec<Fraction>) -> Result<Fraction, Stop> {
        // Parts over 1 are gathered at once: the usual sum.
        if parts
            .iter()
            .all(|part| part.factors.is_empty() && part.integer.is_one())
        {
            let terms = parts
                .into_iter()
                .flat_map(|part| part.numerator.terms().to_vec())
                .collect();
            return Ok(Fraction::whole(Polynomial::collect(terms)));
        }
        while parts.len() > 1 {
            let mut next = Vec::with_capacity(parts.len().div_ceil(2));
            for pair in parts.chunks(2) {
                next.push(match pair {
                    [a, b] => self.arithmetic().add(a, b)?,
                    [a] => a.clone(),
                    _ => continue,
                });
            }
            parts = next;
        }
        Ok(parts
            .pop()
            .unwrap_or_else(|| Fraction::whole(Polynomial::default())))
    }

    /// The fraction that is one atom: the term as it is, which must be normal.
    pub(super) fn atom(
        &mut self,
        store: &Store,
        term: TermId,
        positive: bool,
    ) -> Result<Fraction, Stop> {
        let _ = store;
        let positive = positive || self.assumed.positive.contains(&term);
        let unit = self.atoms.unit(term);
        let number = self
            .atoms
            .number(term, positive, Relation::Free)
            .ok_or(Stop::Budget)?;
        Ok(Fraction::whole(Polynomial::atom(number, unit)))
    }

    /// The term with its arguments in normal form, where they are numbers.
    fn kernel(&mut self, store: &mut Store, term: TermId) -> Result<TermId, Stop> {
        if is_statement_or_set(store.node(term)) {
            return Ok(term);
        }
        if let Node::Limit(_, body, _, _) = store.node(term)
            && !gaps_are_isolated(store, *body)
        {
            // A wider body could be looked at from more sides.
            return Ok(term);
        }
        if matches!(
            store.node(term),
            Node::Gradient(..) | Node::Antiderivative(..)
        ) {
            return Ok(term);
        }
        if matches!(store.node(term), Node::Sum(..) | Node::Product(..)) {
            return self.kernel_over_integers(store, term);
        }
        let mut failed = None;
        let kernel = store.map(term, &mut |store, child| {
            self.argument(store, child, &mut failed)
        });
        match failed {
            Some(stop) => Err(stop),
            None => Ok(kernel),
        }
    }

    /// Σ and Π: the bound name stands for integers.
    fn kernel_over_integers(&mut self, store: &mut Store, term: TermId) -> Result<TermId, Stop> {
        let node = store.node(term).clone();
        let (Node::Sum(_, _, low, high, _) | Node::Product(_, _, low, high, _)) = node else {
            return Ok(term);
        };
        let Some((symbol, scope)) = store.open_fresh(term) else {
            return Ok(term);
        };
        let [body, condition] = scope.as_slice() else {
            return Ok(term);
        };
        let mut failed = None;
        let new = self.assumed.integers.insert(symbol);
        let body = self.argument(store, *body, &mut failed);
        if new {
            self.assumed.integers.remove(&symbol);
        }
        let low = self.argument(store, low, &mut failed);
        let high = self.argument(store, high, &mut failed);
        if let Some(stop) = failed {
            return Err(stop);
        }
        let product = matches!(node, Node::Product(..));
        Ok(
            store.bind(symbol, &[body, *condition], |closed| match closed {
                [body, condition] if product => Node::Product(0, *body, low, high, *condition),
                [body, condition] => Node::Sum(0, *body, low, high, *condition),
                _ => node,
            }),
        )
    }

    fn argument(&mut self, store: &mut Store, child: TermId, failed: &mut Option<Stop>) -> TermId {
        if failed.is_some() || is_statement_or_set(store.node(child)) {
            return child;
        }
        match self.canonical(store, child) {
            Ok(normal) => normal,
            // ∞ as a bound, and what costs too much, stays as it is written.
            Err(Stop::NotMine | Stop::Budget) => child,
            Err(stop) => {
                *failed = Some(stop);
                child
            }
        }
    }

    /// The canonical term of a term: the same for terms with one normal form.
    pub(super) fn canonical(&mut self, store: &mut Store, term: TermId) -> Result<TermId, Stop> {
        if let Some(known) = self.canonical.get(&term) {
            return Ok(*known);
        }
        let fraction = self.fraction(store, term)?;
        let normal = self.present(store, &fraction)?;
        self.canonical.insert(term, normal);
        Ok(normal)
    }
}

/// Whether it is no number, vector or matrix.
fn is_statement_or_set(node: &Node) -> bool {
    matches!(
        node,
        Node::Truth(_)
            | Node::Relation(..)
            | Node::Element(..)
            | Node::Has(..)
            | Node::And(_)
            | Node::Or(_)
            | Node::Not(_)
            | Node::ForAll(..)
            | Node::Finite(_)
            | Node::Interval(..)
            | Node::Range(..)
            | Node::Reals
            | Node::Integers
            | Node::Naturals
    )
}

/// Whether a term is undefined at isolated points only: no even root, logarithm, |·|, or the like,
/// that could leave out a half-line or make a denominator vanish on one.
fn gaps_are_isolated(store: &Store, body: TermId) -> bool {
    let mut stack = vec![body];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(term) = stack.pop() {
        if !seen.insert(term) {
            continue;
        }
        let node = store.node(term);
        let fine = match node {
            Node::Number(_)
            | Node::Constant(_)
            | Node::Symbol(_)
            | Node::Bound(_)
            | Node::Add(_)
            | Node::Mul(_) => true,
            Node::Pow(base, exponent) => {
                matches!(
                    store.node(*base),
                    Node::Constant(Constant::E | Constant::Pi)
                ) || matches!(store.node(*base), Node::Number(c) if c.signum() > 0)
                    || matches!(store.node(*exponent), Node::Number(c) if c.is_integer())
            }
            Node::Function(f, _) => matches!(
                f,
                Function::Sin
                    | Function::Cos
                    | Function::Tan
                    | Function::Sinh
                    | Function::Cosh
                    | Function::Tanh
                    | Function::Arctan
                    | Function::Sigmoid
            ),
            _ => false,
        };
        if !fine {
            return false;
        }
        node.for_each_child(|child| stack.push(child));
    }
    true
}
