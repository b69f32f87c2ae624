//! Laws of random vectors on a few outcomes: m ± 2 L e_k with the chance 1/8 each, else m, have the
//! mean m and the covariance L Lᵀ. Those that are independent have spaces of their own.

use std::collections::BTreeSet;

use crate::meaning::Context;
use crate::number::{FloatInterval, Quadratic, Rational};
use crate::term::{Function, Node, Relation, Store, Symbol, TermId};
use crate::theory::evaluate::{Array, Evaluator, Mixer, Model, Quantity, Tensor, WEIGHTS, common};
use crate::theory::probability::OUTCOME;

/// The most outcomes of a model.
const MOST: usize = 64;

/// The random vectors of a goal.
#[derive(Clone, Debug)]
pub(super) struct Vectors {
    /// Each, and whether a law says that it is independent of others.
    symbols: Vec<(Symbol, bool)>,
    weights: Symbol,
    outcome: Option<Symbol>,
    /// What is given of their means and covariances.
    given: Vec<Given>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    Mean,
    Covariance,
    Square,
}

#[derive(Clone, Copy, Debug)]
struct Given {
    symbol: Symbol,
    moment: Moment,
    value: TermId,
}

/// A random vector of a model: its size, the space whose points it takes values at, and these values.
struct Drawn {
    symbol: Symbol,
    size: (usize, usize),
    space: usize,
    points: Vec<Vec<Rational>>,
}

impl Vectors {
    /// The random vectors of the terms, if nothing else is random there.
    pub(super) fn of(
        store: &Store,
        context: &Context,
        terms: &[TermId],
        hypotheses: &[TermId],
        is_array: impl Fn(Symbol) -> bool,
    ) -> Option<Vectors> {
        let weights = store.find_symbol(WEIGHTS)?;
        let (random, events) = context.random();
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut stack = terms.to_vec();
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = store.node(next);
            match node {
                Node::Member(symbol, indices) if random.contains(symbol) => {
                    if indices.len() != 1 || !is_array(*symbol) {
                        return None;
                    }
                    found.insert(*symbol);
                }
                Node::Symbol(symbol) if events.contains(symbol) => return None,
                _ => {}
            }
            node.for_each_child(|child| stack.push(child));
        }
        if found.is_empty() {
            return None;
        }
        let mut laws = BTreeSet::new();
        for law in &context.drawn().independent {
            for term in law {
                laws.extend(store.symbols(*term));
            }
        }
        let mut given = Vec::new();
        for hypothesis in hypotheses {
            let Node::Relation(Relation::Equal, a, b) = *store.node(*hypothesis) else {
                continue;
            };
            for (side, value) in [(a, b), (b, a)] {
                let certain = !store.symbols(value).iter().any(|s| found.contains(s));
                if let Some((symbol, moment)) = moment_of(store, side)
                    && certain
                {
                    given.push(Given {
                        symbol,
                        moment,
                        value,
                    });
                }
            }
        }
        Some(Vectors {
            symbols: found
                .into_iter()
                .map(|symbol| (symbol, laws.contains(&symbol)))
                .collect(),
            weights,
            outcome: store.find_symbol(OUTCOME),
            given,
        })
    }

    /// Gives the model outcomes with weights, and the entries of the vectors at each.
    pub(super) fn draw(&self, store: &Store, model: &mut Model, round: u32) -> Option<()> {
        let mut spaces: Vec<Vec<Rational>> = Vec::new();
        let mut drawn: Vec<Drawn> = Vec::new();
        let mut shared: Option<usize> = None;
        for (symbol, apart) in &self.symbols {
            let size = *model.sizes.get(symbol)?;
            let (weights, points) = self.law(store, model, *symbol, round)?;
            let space = match shared.filter(|_| !apart) {
                // In common with others, in another order of the points.
                Some(space) if spaces.get(space)?.len() == points.len() => space,
                _ => {
                    spaces.push(weights);
                    spaces.len() - 1
                }
            };
            if !apart {
                shared = shared.or(Some(space));
            }
            drawn.push(Drawn {
                symbol: *symbol,
                size,
                space,
                points,
            });
        }
        let mut states: Vec<(Vec<usize>, Rational)> = vec![(Vec::new(), Rational::one())];
        for weights in &spaces {
            if states.len() * weights.len() > MOST {
                return None;
            }
            states = states
                .into_iter()
                .flat_map(|(state, weight)| {
                    weights.iter().enumerate().map(move |(point, more)| {
                        let mut state = state.clone();
                        state.push(point);
                        (state, weight.mul(more))
                    })
                })
                .collect();
        }
        for (outcome, (_, weight)) in (1..).zip(&states) {
            let key = (self.weights, vec![outcome]);
            model.members.insert(key, weight.clone().into());
        }
        for vector in drawn {
            model.random.insert(vector.symbol);
            for (outcome, (state, _)) in (1..).zip(&states) {
                let point = vector.points.get(*state.get(vector.space)?)?;
                let entries: Vec<Quadratic> = point.iter().cloned().map(Quadratic::from).collect();
                model.set_array(vector.symbol, vec![outcome], vector.size, entries);
            }
        }
        if let Some(outcome) = self.outcome {
            model.symbols.insert(outcome, Rational::one().into());
        }
        Some(())
    }

    /// Weights and points of a random vector, which has the given moments where these have values.
    fn law(
        &self,
        store: &Store,
        model: &Model,
        symbol: Symbol,
        round: u32,
    ) -> Option<(Vec<Rational>, Vec<Vec<Rational>>)> {
        let (rows, columns) = *model.sizes.get(&symbol)?;
        let count = rows * columns;
        let mut mixer = Mixer::new(u64::from(round), store.name(symbol));
        let mut small = || {
            let value = i64::try_from(mixer.below(4)).unwrap_or(0);
            Rational::from(value - 1)
        };
        let free: Vec<Rational> = (0..count).map(|_| small()).collect();
        let mean = self.value(store, model, symbol, Moment::Mean, count, 1);
        let mean = mean.unwrap_or(free);
        let spread: Vec<Vec<Rational>> = (0..count)
            .map(|i| {
                let entry = |j| match i.cmp(&j) {
                    std::cmp::Ordering::Equal => Rational::one(),
                    std::cmp::Ordering::Greater => small(),
                    std::cmp::Ordering::Less => Rational::zero(),
                };
                (0..count).map(entry).collect()
            })
            .collect();
        let covariance = self
            .value(store, model, symbol, Moment::Covariance, count, count)
            .or_else(|| {
                let square = self.value(store, model, symbol, Moment::Square, count, count)?;
                let entries = square.iter().enumerate().map(|(at, entry)| {
                    let product = mean.get(at / count)?.mul(mean.get(at % count)?);
                    Some(entry.sub(&product))
                });
                entries.collect()
            });
        let spread = covariance
            .and_then(|entries| cholesky(&entries, count))
            .unwrap_or(spread);
        let two = Rational::from(2);
        let eighth = Rational::new(1, 8)?;
        let (mut weights, mut points) = (Vec::new(), Vec::new());
        for k in 0..count {
            for sign in [two.clone(), two.neg()] {
                let mut point = Vec::with_capacity(count);
                for (i, middle) in mean.iter().enumerate() {
                    let step = spread.get(i)?.get(k)?.mul(&sign);
                    point.push(middle.add(&step));
                }
                points.push(point);
                weights.push(eighth.clone());
            }
        }
        let used = Rational::new(i64::try_from(count).ok()?, 4)?;
        let rest = Rational::one().sub(&used);
        if rest.signum() < 0 {
            return None;
        }
        if !rest.is_zero() {
            weights.push(rest);
            points.push(mean);
        }
        Some((weights, points))
    }

    /// The entries of a moment that is given, where its value is known at the model.
    fn value(
        &self,
        store: &Store,
        model: &Model,
        symbol: Symbol,
        moment: Moment,
        rows: usize,
        columns: usize,
    ) -> Option<Vec<Rational>> {
        let given = self
            .given
            .iter()
            .find(|g| g.symbol == symbol && g.moment == moment)?;
        let mut evaluator = Evaluator::<FloatInterval>::new(store, model, 53);
        let value = evaluator.tensor(given.value).ok()?;
        let zero = Array::build(rows, columns, |_, _| Ok(Quantity::integer(0)));
        let (entries, _) = common(&value, &Tensor::Full(zero.ok()?))?;
        let exact = entries.iter().map(|entry| entry.as_exact().cloned());
        exact.collect()
    }
}

/// E[x], Cov(x), E[x xᵀ] of a random vector alone.
fn moment_of(store: &Store, term: TermId) -> Option<(Symbol, Moment)> {
    let Node::Function(function, arguments) = store.node(term) else {
        return None;
    };
    let bodies: Option<Vec<TermId>> = arguments
        .iter()
        .map(|argument| match store.node(*argument) {
            Node::Outcomes(_, body) => Some(*body),
            _ => None,
        })
        .collect();
    let alone = |body: TermId| match store.node(body) {
        Node::Member(symbol, indices) if indices.len() == 1 => Some(*symbol),
        _ => None,
    };
    match (function, bodies?.as_slice()) {
        (Function::Covariance, [u, v]) if u == v => Some((alone(*u)?, Moment::Covariance)),
        (Function::Variance, [u]) => Some((alone(*u)?, Moment::Covariance)),
        (Function::Expectation, [body]) => {
            if let Some(symbol) = alone(*body) {
                return Some((symbol, Moment::Mean));
            }
            let Node::Mul(factors) = store.node(*body) else {
                return None;
            };
            let [x, row] = **factors else { return None };
            match store.node(row) {
                Node::Function(Function::Transpose, xs) if xs.first() == Some(&x) => {
                    Some((alone(x)?, Moment::Square))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// L with L Lᵀ = A, where all its entries are rational.
fn cholesky(entries: &[Rational], count: usize) -> Option<Vec<Vec<Rational>>> {
    let mut factor = vec![vec![Rational::zero(); count]; count];
    for i in 0..count {
        for j in 0..=i {
            let mut rest = entries.get(i * count + j)?.clone();
            if entries.get(j * count + i)? != &rest {
                return None;
            }
            for k in 0..j {
                rest = rest.sub(&factor.get(i)?.get(k)?.mul(factor.get(j)?.get(k)?));
            }
            let value = if i == j {
                if rest.signum() < 0 {
                    return None;
                }
                rest.exact_root(2)?
            } else {
                let below = factor.get(j)?.get(j)?.clone();
                if below.is_zero() {
                    rest.is_zero().then(Rational::zero)?
                } else {
                    rest.div(&below)?
                }
            };
            *factor.get_mut(i)?.get_mut(j)? = value;
        }
    }
    Some(factor)
}
