//! The search for small matrices at which a claim fails.

use std::collections::{BTreeMap, BTreeSet};

use super::chance::Vectors;
use super::draw::draw;
use super::letters::{Arrays, Letter};
use super::recurrence::{self, Recurrence};
use super::{shrink, solve};
use crate::meaning::{Context, Goal, Shape};
use crate::number::{FloatInterval, Quadratic, Rational};
use crate::refute::Budget;
use crate::refute::compare::{Check, check};
use crate::refute::definitions::without_definitions;
use crate::refute::letters::{Kind, Letter as Scalar, letters};
use crate::refute::search::{Found, claims, ranges};
use crate::term::{Node, Relation, Store, Symbol, TermId};
use crate::theory::evaluate::{Evaluator, Mixer, Model, Value, truth};

/// Digits to which truth is decided.
const DIGITS: u32 = 20;
/// Models that agree, behind which no more are looked at.
const ENOUGH: u32 = 8;
/// Draws of one matrix until what is said of it alone holds.
const REDRAWS: u32 = 4;
/// Rounds of completing a model of numbers.
const ROUNDS: u32 = 18;
/// The largest dimension.
const LARGEST: i64 = 5;

/// Sizes of the first, second, third … dimension, round by round; the list goes round.
const SIZES: [[i64; 5]; 9] = [
    [2, 3, 1, 2, 3],
    [2, 2, 2, 2, 2],
    [3, 2, 1, 3, 2],
    [1, 2, 3, 1, 2],
    [2, 1, 3, 2, 1],
    [3, 3, 3, 3, 3],
    [2, 3, 3, 2, 2],
    [3, 2, 2, 3, 1],
    [1, 1, 1, 1, 1],
];

/// A goal with what is needed to look for matrices.
pub(in crate::refute) struct Matrices<'a> {
    pub(super) store: &'a Store,
    pub(super) goal: &'a Goal,
    /// The hypotheses that restrict anything.
    hypotheses: Vec<TermId>,
    pub(super) arrays: Arrays,
    pub(super) scalars: Vec<Scalar>,
    vectors: Option<Vectors>,
    pub(super) recurrences: Vec<Recurrence>,
    functions: BTreeSet<Symbol>,
    whole: BTreeMap<Symbol, bool>,
    ranges: Vec<(TermId, TermId)>,
    /// Letters that stand in bounds.
    bounds: BTreeSet<Symbol>,
}

impl<'a> Matrices<'a> {
    /// `qualities` are what the declarations say of matrices.
    pub(in crate::refute) fn new(
        store: &'a Store,
        context: &Context,
        goal: &'a Goal,
        qualities: &[TermId],
    ) -> Self {
        let claims = claims(&goal.shape);
        let mut hypotheses = without_definitions(store, context, &goal.hypotheses, &claims);
        let mut terms = hypotheses.clone();
        terms.extend_from_slice(&claims);
        for quality in qualities {
            let spoken = store.symbols(*quality);
            let concerned = |s: &Symbol| terms.iter().any(|t| store.mentions(*t, *s));
            if spoken.iter().any(concerned) && !hypotheses.contains(quality) {
                hypotheses.push(*quality);
            }
        }
        let recurrences = recurrence::recurrences(store, &hypotheses);
        let mut arrays = Arrays::of(store, context, &terms, &hypotheses);
        for rule in &recurrences {
            arrays.begin(store, rule.family);
        }
        let mut scalars = letters(store, context, &terms);
        scalars.retain(|letter| {
            !arrays.dimensions.contains(&letter.atom)
                && matches!(store.node(letter.atom), Node::Symbol(_))
        });
        let is_array = |symbol| arrays.sizes.iter().any(|(s, ..)| *s == symbol);
        let vectors = Vectors::of(store, context, &terms, &hypotheses, is_array);
        let ranges = ranges(store, &terms);
        let bounds = ranges
            .iter()
            .flat_map(|(a, b)| [*a, *b])
            .flat_map(|bound| store.symbols(bound))
            .collect();
        Matrices {
            store,
            goal,
            hypotheses,
            arrays,
            scalars,
            vectors,
            recurrences,
            functions: crate::refute::smooth_functions(context),
            whole: crate::refute::whole_families(context),
            ranges,
            bounds,
        }
    }

    pub(in crate::refute) fn run(&self, budget: &Budget, simplify: bool) -> Found {
        let rounds = (budget.samples / 2).max(6);
        let mut agreeing = 0;
        let mut undefined: Option<Model> = None;
        let mut open = false;
        let mut witness: Option<Model> = None;
        let closed = self.arrays.letters.is_empty()
            && self.arrays.dimensions.is_empty()
            && self.scalars.is_empty();
        for round in 0..if closed { 1 } else { rounds } {
            let Some(model) = self.model(round) else {
                continue;
            };
            match self.look(&model) {
                Check::Fails(left, right) => {
                    let failing = (model, left, right);
                    let (model, left, right) = if simplify {
                        shrink::shrunk(self, failing, round)
                    } else {
                        failing
                    };
                    return Found::Failing(Box::new(model), left, right);
                }
                Check::Holds => {
                    if agreeing == 0 {
                        witness = Some(model);
                    }
                    agreeing += 1;
                    if agreeing >= ENOUGH {
                        break;
                    }
                }
                Check::NoValue(..) => undefined = undefined.or(Some(model)),
                Check::Open => {
                    open = true;
                    witness = witness.or(Some(model));
                }
            }
        }
        match (witness, undefined) {
            (Some(model), _) => Found::Agrees(agreeing, Box::new(model)),
            (None, Some(model)) if open => Found::Agrees(0, Box::new(model)),
            (None, Some(model)) => Found::NoValue(Box::new(model), None),
            (None, None) => Found::NoModel,
        }
    }

    /// A model of numbers at which a claim about numbers fails, with vectors and matrices that
    /// satisfy what the hypotheses say of them.
    pub(in crate::refute) fn completed(&self, numbers: &Model) -> Option<(Model, Value, Value)> {
        self.with(&self.widened(numbers))
            .or_else(|| self.with(numbers))
    }

    /// The numbers where dimensions that are 1 are 2, and members of families beside the first are
    /// as the first.
    fn widened(&self, numbers: &Model) -> Model {
        let mut model = numbers.clone();
        for atom in &self.arrays.dimensions {
            if let Node::Symbol(symbol) = self.store.node(*atom)
                && let Some(size) = model.symbols.get_mut(symbol)
                && size.as_rational().is_some_and(Rational::is_one)
            {
                *size = Rational::from(2).into();
            }
        }
        for ((family, indices), value) in &numbers.members {
            if *indices == [1] {
                model
                    .members
                    .entry((*family, vec![2]))
                    .or_insert_with(|| value.clone());
            }
        }
        model
    }

    fn with(&self, numbers: &Model) -> Option<(Model, Value, Value)> {
        (0..ROUNDS).find_map(|round| {
            let mut model = numbers.clone();
            model.has_arrays = true;
            self.size(&mut model, round)?;
            let same = |(symbol, value): (&Symbol, &Quadratic)| {
                model.symbols.get(symbol).is_none_or(|here| here == value)
            };
            if !numbers.symbols.iter().all(same) {
                return None;
            }
            // Numbers that stand beside matrices alone.
            let mut others = model.clone();
            self.number(&mut others, round);
            for (symbol, value) in others.symbols {
                model.symbols.entry(symbol).or_insert(value);
            }
            for letter in &self.arrays.letters {
                self.draw(&mut model, letter, round)?;
            }
            self.happen(&mut model, round)?;
            if round % 2 == 1 {
                self.vanish(&mut model);
            }
            self.mend(&mut model, round)?;
            let kept = numbers
                .symbols
                .iter()
                .all(|(symbol, value)| model.symbols.get(symbol) == Some(value));
            kept.then_some(())?;
            self.failing(model)
        })
    }

    /// Makes the vectors that begin a recurrence 0: then it goes on whatever the numbers are.
    fn vanish(&self, model: &mut Model) {
        for rule in &self.recurrences {
            for ((symbol, _), entries) in &mut model.arrays {
                if *symbol == rule.family {
                    *entries = vec![Rational::zero().into(); entries.len()];
                }
            }
        }
    }

    /// Whether all hypotheses hold at a model, and its letters are of their sorts.
    pub(super) fn satisfies(&self, model: &Model) -> bool {
        let whole = self.scalars.iter().all(|letter| {
            let Node::Symbol(symbol) = self.store.node(letter.atom) else {
                return true;
            };
            let value = model.symbols.get(symbol);
            let integral =
                value.is_some_and(|value| value.as_rational().is_some_and(Rational::is_integer));
            match letter.kind {
                Kind::Real => true,
                Kind::Integer => integral,
                Kind::Natural => integral && value.is_some_and(|value| value.signum() >= 0),
            }
        });
        whole
            && model.respects_sorts()
            && self.ranges_hold(model)
            && self.hypotheses.iter().all(|h| {
                let rule = self.recurrences.iter().find(|r| r.hypothesis == *h);
                rule.is_some_and(|rule| self.obeys(rule, model))
                    || self.said_of_all(*h, model)
                    || truth(self.store, *h, model, DIGITS) == Some(true)
            })
    }

    /// Whether what is said of each member of a family holds of those that have entries; no others
    /// are drawn.
    fn said_of_all(&self, hypothesis: TermId, model: &Model) -> bool {
        let Node::Has(_, of) = self.store.node(hypothesis) else {
            return false;
        };
        let Node::Symbol(symbol) = self.store.node(*of) else {
            return false;
        };
        if !self.arrays.bound_families.contains(symbol) {
            return false;
        }
        let mut members = model.arrays.iter().filter(|((s, _), _)| s == symbol);
        let size = model.sizes.get(symbol).copied();
        members.all(|(_, entries)| {
            let mut alone = Model::default();
            let Some(size) = size else { return false };
            alone.set_array(*symbol, Vec::new(), size, entries.clone());
            truth(self.store, hypothesis, &alone, DIGITS) == Some(true)
        })
    }

    fn ranges_hold(&self, model: &Model) -> bool {
        self.ranges.iter().all(|(low, high)| {
            let mut evaluator = Evaluator::<FloatInterval>::new(self.store, model, 53);
            match (evaluator.real(*low), evaluator.real(*high)) {
                (Ok(low), Ok(high)) => low.at_most(&high, 53) == Some(true),
                _ => true,
            }
        })
    }

    /// The model of a round, if one is found that satisfies the hypotheses.
    fn model(&self, round: u32) -> Option<Model> {
        self.drawn(round, true).or_else(|| self.drawn(round, false))
    }

    /// The model of a round, matrices coinciding where they may.
    fn drawn(&self, round: u32, coinciding: bool) -> Option<Model> {
        let seed = u64::from(round) + 1;
        let mut model = Model::drawing(seed, &self.functions, &self.whole);
        model.has_arrays = true;
        self.size(&mut model, round)?;
        self.number(&mut model, round);
        for letter in &self.arrays.letters {
            self.draw(&mut model, letter, round)?;
        }
        self.happen(&mut model, round)?;
        if coinciding && !self.coincide(&mut model, round) {
            return None;
        }
        self.mend(&mut model, round)?;
        self.satisfies(&model).then_some(model)
    }

    /// Gives random vectors their laws.
    fn happen(&self, model: &mut Model, round: u32) -> Option<()> {
        match &self.vectors {
            Some(vectors) => vectors.draw(self.store, model, round),
            None => Some(()),
        }
    }

    /// Changes what must be changed so that the equations hold.
    pub(super) fn mend(&self, model: &mut Model, round: u32) -> Option<()> {
        self.unroll(model);
        let mut settled: Vec<TermId> = Vec::new();
        for hypothesis in &self.hypotheses {
            let Node::Relation(Relation::Equal, ..) = self.store.node(*hypothesis) else {
                continue;
            };
            settled.push(*hypothesis);
            if truth(self.store, *hypothesis, model, DIGITS) != Some(true) {
                solve::solve(self, model, &settled, *hypothesis, round)?;
            }
        }
        Some(())
    }

    /// Gives the dimensions their values, and each symbol its size.
    fn size(&self, model: &mut Model, round: u32) -> Option<()> {
        let dimensions = &self.arrays.dimensions;
        let restricting: Vec<TermId> = self
            .hypotheses
            .iter()
            .copied()
            .filter(|h| self.is_about_dimensions(*h))
            .collect();
        let fits = |model: &Model| {
            restricting
                .iter()
                .all(|h| truth(self.store, *h, model, DIGITS) != Some(false))
        };
        let set = |model: &mut Model, sizes: &[i64]| {
            for (at, atom) in dimensions.iter().enumerate() {
                let size = sizes.get(at % sizes.len().max(1)).copied().unwrap_or(2);
                model.set(self.store, *atom, Rational::from(size).into());
            }
        };
        let place = usize::try_from(round).unwrap_or(0);
        let first = (place..place + SIZES.len()).find_map(|at| {
            let sizes = SIZES.get(at % SIZES.len())?;
            set(model, sizes);
            fits(model).then_some(())
        });
        if first.is_none() {
            // No usual sizes: all small ones, in order of their sum.
            let count = dimensions.len().min(3);
            let mut all: Vec<Vec<i64>> = vec![Vec::new()];
            for _ in 0..count {
                all = all
                    .into_iter()
                    .flat_map(|sizes| {
                        (1..=LARGEST).map(move |size| {
                            let mut sizes = sizes.clone();
                            sizes.push(size);
                            sizes
                        })
                    })
                    .collect();
            }
            all.sort_by_key(|sizes| sizes.iter().sum::<i64>());
            let mut fitting = all.into_iter().filter(|sizes| {
                set(model, sizes);
                fits(model)
            });
            let chosen = fitting.nth(place % 4)?;
            set(model, &chosen);
        }
        for (symbol, rows, columns) in &self.arrays.sizes {
            let size = |term: TermId| {
                let mut evaluator = Evaluator::<FloatInterval>::new(self.store, model, 53);
                let value = evaluator.real(term).ok()?;
                let value = value.as_exact()?.to_i64()?;
                usize::try_from(value)
                    .ok()
                    .filter(|size| (1..=8).contains(size))
            };
            let size = (size(*rows)?, size(*columns)?);
            model.sizes.insert(*symbol, size);
            if self.arrays.bound_families.contains(symbol) {
                model.random.insert(*symbol);
            }
        }
        model
            .random
            .extend(self.recurrences.iter().map(|rule| rule.family));
        Some(())
    }

    fn is_about_dimensions(&self, hypothesis: TermId) -> bool {
        let symbols = self.store.symbols(hypothesis);
        let is_dimension = |symbol: &Symbol| {
            let mut all = self.arrays.dimensions.iter();
            all.any(|d| matches!(self.store.node(*d), Node::Symbol(s) if s == symbol))
        };
        !symbols.is_empty() && symbols.iter().all(is_dimension)
    }

    /// Gives the letters for numbers values that the hypotheses about numbers alone allow.
    fn number(&self, model: &mut Model, round: u32) {
        const REAL: [(i64, i64); 10] = [
            (2, 1),
            (3, 1),
            (-1, 1),
            (1, 2),
            (1, 1),
            (-2, 1),
            (1, 3),
            (5, 1),
            (-1, 2),
            (4, 1),
        ];
        const WHOLE: [i64; 6] = [2, 1, 3, 0, -1, 4];
        let place = usize::try_from(round).unwrap_or(0);
        for (at, letter) in self.scalars.iter().enumerate() {
            let Node::Symbol(symbol) = self.store.node(letter.atom) else {
                continue;
            };
            let values: Vec<Rational> = match letter.kind {
                Kind::Real => (0..REAL.len())
                    .filter_map(|k| REAL.get((k + at + 3 * place) % REAL.len()))
                    .filter_map(|(n, d)| Rational::new(*n, *d))
                    .collect(),
                // Bounds are small and positive first.
                _ if self.bounds.contains(symbol) => (0..WHOLE.len())
                    .filter_map(|k| WHOLE.get(if k < 3 { (k + at + place) % 3 } else { k }))
                    .map(|n| Rational::from(*n))
                    .collect(),
                _ => (0..WHOLE.len())
                    .filter_map(|k| WHOLE.get((k + at + place) % WHOLE.len()))
                    .map(|n| Rational::from(*n))
                    .filter(|n| letter.kind != Kind::Natural || n.signum() >= 0)
                    .collect(),
            };
            let assigned: Vec<TermId> = self
                .hypotheses
                .iter()
                .copied()
                .filter(|h| self.store.mentions(*h, *symbol))
                .filter(|h| self.is_assigned(*h, model, *symbol))
                .collect();
            for value in &values {
                model.symbols.insert(*symbol, value.clone().into());
                let fits = assigned
                    .iter()
                    .all(|h| truth(self.store, *h, model, DIGITS) != Some(false));
                if fits {
                    break;
                }
            }
        }
    }

    /// Whether all letters of a hypothesis but that one have values.
    fn is_assigned(&self, hypothesis: TermId, model: &Model, but: Symbol) -> bool {
        let symbols = self.store.symbols(hypothesis);
        symbols
            .iter()
            .all(|s| *s == but || model.symbols.contains_key(s))
    }

    /// Draws a vector or matrix so that what is said of it alone holds.
    fn draw(&self, model: &mut Model, letter: &Letter, round: u32) -> Option<()> {
        let size = model.sizes.get(&letter.symbol).copied()?;
        let own: Vec<TermId> = self
            .hypotheses
            .iter()
            .copied()
            .filter(|h| match self.store.node(*h) {
                Node::Has(_, of) => match self.store.node(*of) {
                    Node::Symbol(symbol) => *symbol == letter.symbol && letter.indices.is_empty(),
                    _ => false,
                },
                _ => false,
            })
            .collect();
        for attempt in 0..REDRAWS {
            let seed = u64::from(round * REDRAWS + attempt) + 1;
            let mut mixer = Mixer::new(seed, &letter.name);
            let Some(entries) = draw(&letter.form, size, &mut mixer, round) else {
                continue;
            };
            let entries = entries.into_iter().map(Quadratic::from).collect();
            model.set_array(letter.symbol, letter.indices.clone(), size, entries);
            let fits = own
                .iter()
                .all(|h| truth(self.store, *h, model, DIGITS) == Some(true));
            if fits {
                return Some(());
            }
        }
        None
    }

    /// Claims that are no equations change where a vector or matrix is 0, or plus or minus another:
    /// in two of three rounds one is. Whether there is
    /// such a one.
    fn coincide(&self, model: &mut Model, round: u32) -> bool {
        let equation = match &self.goal.shape {
            Shape::Step(claim) => {
                matches!(self.store.node(*claim), Node::Relation(Relation::Equal, ..))
            }
            Shape::Rounded { .. } | Shape::UpToConstant { .. } => true,
            Shape::Statement(_) | Shape::Equivalence(..) => false,
        };
        let letters = &self.arrays.letters;
        if equation || round == 0 || round % 3 == 1 || letters.is_empty() {
            return false;
        }
        let turn = usize::try_from(round / 3).unwrap_or(0);
        let Some(letter) = letters.get(turn % letters.len()) else {
            return false;
        };
        let key = |letter: &Letter| (letter.symbol, letter.indices.clone());
        let others: Option<Vec<Quadratic>> = if round % 3 == 2 {
            let entries = model.arrays.get(&key(letter));
            entries.map(|entries| vec![Rational::zero().into(); entries.len()])
        } else {
            let sign = Rational::from(if round.is_multiple_of(2) { 1 } else { -1 });
            let size = model.sizes.get(&letter.symbol);
            let twin = letters
                .iter()
                .rev()
                .find(|other| key(other) != key(letter) && model.sizes.get(&other.symbol) == size);
            twin.and_then(|twin| model.arrays.get(&key(twin)))
                .and_then(|entries| {
                    let all = entries.iter().map(|entry| entry.as_rational());
                    all.map(|entry| Some(entry?.mul(&sign).into())).collect()
                })
        };
        if let (Some(others), Some(entries)) = (others, model.arrays.get_mut(&key(letter))) {
            *entries = others;
            return true;
        }
        false
    }

    /// Looks at the claim at a model.
    pub(super) fn look(&self, model: &Model) -> Check {
        check(self.store, &self.goal.shape, self.goal.solved_for, model)
    }

    /// Members of recurrences at which the failing claim does not look are left out.
    pub(super) fn prune(&self, model: &mut Model) {
        for rule in &self.recurrences {
            for k in (1..=recurrence::MOST_MEMBERS).rev() {
                let mut trial = model.clone();
                trial.arrays.remove(&(rule.family, vec![k]));
                trial.members.remove(&(rule.family, vec![k]));
                if !matches!(self.look(&trial), Check::Fails(..)) {
                    break;
                }
                *model = trial;
            }
        }
    }

    /// The values of the sides if the claim fails at a model of the hypotheses.
    pub(super) fn failing(&self, model: Model) -> Option<(Model, Value, Value)> {
        if !self.satisfies(&model) {
            return None;
        }
        match self.look(&model) {
            Check::Fails(left, right) => Some((model, left, right)),
            _ => None,
        }
    }
}
