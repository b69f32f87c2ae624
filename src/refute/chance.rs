//! Joint laws on a few outcomes for the random symbols of a goal: independent ones on a product of
//! small spaces, others in common. Given means and variances are met by construction where they
//! can be; whether a model has what is given is checked afterwards, as for all models.

use std::collections::{BTreeMap, BTreeSet};

use crate::meaning::{Context, Law};
use crate::number::{FloatInterval, Quadratic, Rational};
use crate::term::{Function, Node, Relation, Store, Symbol, TermId};
use crate::theory::evaluate::{Evaluator, Mixer, Model, Quantity, WEIGHTS};
use crate::theory::probability::{Laws, OUTCOME};

use super::points::{as_normal, fraction, own, simple};

/// The most outcomes of a model.
const MOST: usize = 256;
/// How many members of a family with one index (with more) have values.
const MEMBERS: [i64; 2] = [3, 2];

/// How far members without values are looked at; drawn values repeat before that.
const FAR: i64 = 9;

/// A random symbol, a member of a random family, or an event.
#[derive(Clone, Debug)]
struct Variable {
    symbol: Symbol,
    indices: Vec<i64>,
    event: bool,
    /// Whether a law says that it is independent of others.
    independent: bool,
    /// The first variable that has the same law, by its place.
    like: usize,
}

/// What is given of the moments of a symbol or of the members of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    Mean,
    Square,
    Variance,
    /// The mean of the third or fourth power.
    Power(i64),
}

/// A given moment: of which symbol, with which indices, under which “for all”, and its value.
#[derive(Clone, Debug)]
struct Given {
    moment: Moment,
    symbol: Symbol,
    indices: Vec<TermId>,
    number: Option<u32>,
    value: TermId,
}

/// The random symbols of a goal, and what is given of them.
#[derive(Clone, Debug)]
pub(super) struct Chances {
    variables: Vec<Variable>,
    given: Vec<Given>,
    conditional: Vec<Conditional>,
    weights: Symbol,
    outcome: Option<Symbol>,
}

/// An independent part of the space of outcomes: its points' weights.
struct Base {
    weights: Vec<Rational>,
}

/// Of a variable that has a space of its own, its values there.
enum Values {
    Own(usize, Vec<Quadratic>),
    Common(usize),
    /// Those of another variable.
    Same(usize),
    /// Of an event whose chance depends on whether another event happens: the part of the space
    /// whose points tell what it does if that happens, and if not; and that event's place.
    Reply(usize, usize),
}

/// P(event ∣ other, or not other) = value.
#[derive(Clone, Debug)]
struct Conditional {
    event: Symbol,
    other: Symbol,
    /// Whether the other happens.
    happens: bool,
    /// Whether the value is that of the event's complement.
    complement: bool,
    value: TermId,
}

impl Chances {
    /// The random symbols of the terms, if there are any.
    pub(super) fn of(
        store: &Store,
        context: &Context,
        terms: &[TermId],
        hypotheses: &[TermId],
    ) -> Option<Self> {
        let weights = store.find_symbol(WEIGHTS)?;
        let outcome = store.find_symbol(OUTCOME);
        let (random, events) = context.random();
        let mut arities: BTreeMap<(Symbol, usize), BTreeSet<i64>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let mut stack = terms.to_vec();
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = store.node(next);
            let mut note = |symbol: Symbol, indices: &[TermId]| {
                let numbers = arities.entry((symbol, indices.len())).or_default();
                for index in indices {
                    if let Node::Number(n) = store.node(*index) {
                        numbers.extend(n.to_i64());
                    }
                }
            };
            match node {
                Node::Member(symbol, indices) if random.contains(symbol) => {
                    if let Some((_, written)) = indices.split_last() {
                        note(*symbol, written);
                    }
                }
                Node::Element(_, event) => match store.node(*event) {
                    Node::Symbol(symbol) if events.contains(symbol) => note(*symbol, &[]),
                    Node::Member(symbol, indices) if events.contains(symbol) => {
                        note(*symbol, indices);
                    }
                    _ => {}
                },
                _ => {}
            }
            node.for_each_child(|child| stack.push(child));
        }
        if arities.is_empty() {
            return None;
        }
        let laws = context.drawn();
        let mut variables = Vec::new();
        for ((symbol, arity), mut numbers) in arities {
            let event = events.contains(&symbol);
            let most = MEMBERS.get(arity.saturating_sub(1)).copied().unwrap_or(1);
            numbers.extend(1..=most);
            for indices in tuples(&numbers, arity) {
                let independent = is_independent(store, &laws, symbol, &indices);
                variables.push(Variable {
                    symbol,
                    indices,
                    event,
                    independent,
                    like: variables.len(),
                });
            }
        }
        for law in &context.laws {
            if let Law::Identical(terms, _) = law {
                let same: Vec<usize> = (0..variables.len())
                    .filter(|place| {
                        variables.get(*place).is_some_and(|v: &Variable| {
                            terms
                                .iter()
                                .any(|term| is_named(store, *term, v.symbol, &v.indices))
                        })
                    })
                    .collect();
                let independent = same
                    .iter()
                    .any(|place| variables.get(*place).is_some_and(|v| v.independent));
                for place in &same {
                    if let (Some(variable), Some(first)) = (variables.get_mut(*place), same.first())
                    {
                        variable.like = *first;
                        variable.independent |= independent;
                    }
                }
            }
        }
        let mut given = Vec::new();
        for hypothesis in hypotheses {
            take(store, *hypothesis, None, &mut given);
        }
        let conditional = hypotheses
            .iter()
            .filter_map(|hypothesis| conditional_in(store, *hypothesis))
            .collect();
        Some(Chances {
            variables,
            given,
            conditional,
            weights,
            outcome,
        })
    }

    /// Whether the atom is a random symbol at an outcome, or the outcome.
    pub(super) fn owns(&self, store: &Store, atom: TermId) -> bool {
        match store.node(atom) {
            Node::Symbol(symbol) => Some(*symbol) == self.outcome,
            Node::Member(_, indices) => indices.last().is_some_and(
                |last| matches!(store.node(*last), Node::Symbol(s) if Some(*s) == self.outcome),
            ),
            _ => false,
        }
    }

    /// The value of a given moment of a variable at the model, or of another that has its law.
    fn moment(
        &self,
        store: &Store,
        model: &Model,
        variable: &Variable,
        wanted: Moment,
    ) -> Option<Rational> {
        let own = self.own_moment(store, model, variable, wanted);
        own.or_else(|| {
            let mut listed = self.variables.iter();
            let here = listed
                .find(|v| v.symbol == variable.symbol && v.indices == variable.indices)?
                .like;
            let mut alike = self.variables.iter().filter(|other| other.like == here);
            alike.find_map(|other| self.own_moment(store, model, other, wanted))
        })
    }

    fn own_moment(
        &self,
        store: &Store,
        model: &Model,
        variable: &Variable,
        wanted: Moment,
    ) -> Option<Rational> {
        self.given.iter().find_map(|given| {
            if given.moment != wanted
                || given.symbol != variable.symbol
                || given.indices.len() != variable.indices.len()
            {
                return None;
            }
            let mut bound = None;
            for (said, index) in given.indices.iter().zip(&variable.indices) {
                match store.node(*said) {
                    Node::Bound(n) if Some(*n) == given.number && bound.is_none() => {
                        bound = Some((*n, *index));
                    }
                    Node::Number(n) if n.to_i64() == Some(*index) => {}
                    _ => return None,
                }
            }
            let mut evaluator = Evaluator::<FloatInterval>::new(store, model, 53);
            let value = match bound {
                Some((number, index)) => {
                    evaluator.with(number, Quantity::integer(index), |e| e.real(given.value))
                }
                None => evaluator.real(given.value),
            };
            value.ok()?.as_exact().cloned()
        })
    }

    /// Whether a moment that is given for all members of a family is met: by those that have
    /// values, and for the others by some law, for what it says of them is no contradiction.
    pub(super) fn meets(&self, store: &Store, model: &Model, statement: TermId) -> bool {
        let Node::ForAll(number, body, set) = store.node(statement) else {
            return false;
        };
        let Node::Relation(Relation::Equal, a, b) = store.node(*body) else {
            return false;
        };
        let infinite = matches!(
            store.node(*set),
            Node::Integers | Node::Naturals | Node::Reals
        );
        let side = [*a, *b].into_iter().find_map(|s| moment_of(store, s));
        let Some((_, symbol, indices)) = side.filter(|_| infinite) else {
            return false;
        };
        if !matches!(indices.as_slice(), [one] if matches!(store.node(*one), Node::Bound(n) if n == number))
        {
            return false;
        }
        let from = if matches!(store.node(*set), Node::Naturals) {
            0
        } else {
            -FAR
        };
        (from..=2 * FAR).all(|index| {
            let variable = Variable {
                symbol,
                indices: vec![index],
                event: false,
                independent: true,
                like: 0,
            };
            let listed = self
                .variables
                .iter()
                .any(|v| v.symbol == symbol && v.indices == variable.indices);
            if listed {
                let mut evaluator = Evaluator::<FloatInterval>::new(store, model, 53);
                return evaluator.with(*number, Quantity::integer(index), |e| e.truth(*body, true))
                    == Some(true);
            }
            self.possible(store, model, &variable)
        })
    }

    /// Whether there is a law with what is given of a member.
    fn possible(&self, store: &Store, model: &Model, variable: &Variable) -> bool {
        let told = |moment: Moment| {
            self.given
                .iter()
                .any(|g| g.moment == moment && g.symbol == variable.symbol)
        };
        let value = |moment: Moment| self.moment(store, model, variable, moment);
        let (mean, variance, square) = (
            value(Moment::Mean),
            value(Moment::Variance),
            value(Moment::Square),
        );
        if (told(Moment::Mean) && mean.is_none())
            || (told(Moment::Variance) && variance.is_none())
            || (told(Moment::Square) && square.is_none())
        {
            return false;
        }
        let higher = [3, 4].map(|n| value(Moment::Power(n)));
        if as_normal(mean.as_ref(), variance.as_ref(), square.as_ref(), higher).is_some() {
            return true;
        }
        // The powers of what is 0 or 1 have one mean.
        for power in [3, 4].map(Moment::Power) {
            if told(power) {
                let known = value(power);
                if variance.is_some() || known.is_none() || known != mean || known != square {
                    return false;
                }
            }
        }
        let zero = Rational::zero();
        let least = mean.map_or(zero, |m| m.mul(&m));
        match (variance, square) {
            (None, None) => true,
            (Some(v), None) => v.signum() >= 0,
            (None, Some(s)) => s.sub(&least).signum() >= 0,
            (Some(_), Some(_)) => false,
        }
    }

    /// Gives the model outcomes, weights, and the values of all random symbols; whether that could
    /// be done with what is given.
    pub(super) fn draw(&self, store: &Store, model: &mut Model, round: u32) -> bool {
        let mut bases: Vec<Base> = Vec::new();
        let mut values: Vec<Values> = Vec::new();
        let apart = round % 3 == 2;
        let turn = i64::from(round);
        let common = if round < 3 { 2 } else { 3 };
        let mut has_common = None;
        for (place, variable) in self.variables.iter().enumerate() {
            let number = i64::try_from(variable.like).unwrap_or(0);
            let mean = self.moment(store, model, variable, Moment::Mean);
            let certain = variable.event
                && (mean.is_some()
                    || self
                        .conditional
                        .iter()
                        .any(|c| c.event == variable.symbol || c.other == variable.symbol));
            if variable.like != place && !(variable.independent || apart || certain) {
                values.push(Values::Same(variable.like));
                continue;
            }
            if !(variable.independent || apart || certain) {
                let base = *has_common.get_or_insert_with(|| {
                    let weights = match (common, round % 2) {
                        (2, 0) => vec![fraction(1, 2), fraction(1, 2)],
                        (2, _) => vec![fraction(1, 3), fraction(2, 3)],
                        (_, 0) => vec![fraction(1, 2), fraction(1, 4), fraction(1, 4)],
                        _ => vec![fraction(1, 6), fraction(1, 3), fraction(1, 2)],
                    };
                    bases.push(Base { weights });
                    bases.len() - 1
                });
                values.push(Values::Common(base));
                continue;
            }
            if let Some((other, weights)) = self.reply(store, model, variable) {
                bases.push(Base { weights });
                values.push(Values::Reply(bases.len() - 1, other));
                continue;
            }
            let variance = self.moment(store, model, variable, Moment::Variance);
            let square = self.moment(store, model, variable, Moment::Square);
            let higher = [3, 4].map(|n| self.moment(store, model, variable, Moment::Power(n)));
            let normal = as_normal(mean.as_ref(), variance.as_ref(), square.as_ref(), higher);
            let drawn =
                normal.or_else(|| own(variable.event, mean, variance, square, turn, number));
            let Some((weights, points)) = drawn else {
                return false;
            };
            bases.push(Base { weights });
            values.push(Values::Own(bases.len() - 1, points));
        }
        let mut states: Vec<(Vec<usize>, Rational)> = vec![(Vec::new(), Rational::one())];
        for base in &bases {
            if states.len() * base.weights.len() > MOST {
                return false;
            }
            states = states
                .into_iter()
                .flat_map(|(state, weight)| {
                    base.weights.iter().enumerate().map(move |(point, more)| {
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
        // What replies comes behind what it replies to.
        let mut order: Vec<usize> = (0..self.variables.len()).collect();
        order.sort_by_key(|place| matches!(values.get(*place), Some(Values::Reply(..))));
        for place in order {
            let Some(variable) = self.variables.get(place) else {
                return false;
            };
            // What has the law of another and hangs together with it is that other.
            let (place, of) = match values.get(place) {
                Some(Values::Same(first)) => (*first, self.variables.get(*first)),
                _ => (place, Some(variable)),
            };
            let (Some(of), Some(how)) = (of, values.get(place)) else {
                return false;
            };
            let Some(all) = self.values(store, model, of, how, &states, (place, round)) else {
                return false;
            };
            model.random.insert(variable.symbol);
            for (outcome, value) in (1..).zip(all) {
                let mut indices = variable.indices.clone();
                indices.push(outcome);
                model.members.insert((variable.symbol, indices), value);
            }
        }
        if let Some(outcome) = self.outcome {
            let count = i64::try_from(states.len()).unwrap_or(1).max(1);
            let here = Rational::from(1 + turn % count);
            model.symbols.insert(outcome, here.into());
        }
        true
    }

    /// Of an event with a chance given that another happens: the other's place, and the chances of
    /// what it does if that happens, and if not: both, the first alone, the second alone, neither.
    fn reply(
        &self,
        store: &Store,
        model: &Model,
        variable: &Variable,
    ) -> Option<(usize, Vec<Rational>)> {
        if !variable.event || !variable.indices.is_empty() {
            return None;
        }
        let first = self
            .conditional
            .iter()
            .find(|c| c.event == variable.symbol)?;
        let other = self
            .variables
            .iter()
            .position(|v| v.symbol == first.other && v.indices.is_empty() && v.event)?;
        // Only one of two events replies to the other.
        let back = |c: &&Conditional| c.event == first.other;
        if self.conditional.iter().any(|c| back(&c)) {
            return None;
        }
        let one = Rational::one();
        let chance = |happens: bool| {
            let told = self.conditional.iter().find(|c| {
                c.event == variable.symbol && c.other == first.other && c.happens == happens
            });
            let Some(told) = told else {
                return Some(fraction(1, 3));
            };
            let mut evaluator = Evaluator::<FloatInterval>::new(store, model, 53);
            let value = evaluator.real(told.value).ok()?.as_exact().cloned()?;
            Some(if told.complement {
                one.sub(&value)
            } else {
                value
            })
        };
        let (yes, no) = (chance(true)?, chance(false)?);
        let (not_yes, not_no) = (one.sub(&yes), one.sub(&no));
        let weights = vec![
            yes.mul(&no),
            yes.mul(&not_no),
            not_yes.mul(&no),
            not_yes.mul(&not_no),
        ];
        weights
            .iter()
            .all(|weight| weight.signum() > 0)
            .then_some((other, weights))
    }

    /// The values of a variable at all outcomes.
    fn values(
        &self,
        store: &Store,
        model: &Model,
        variable: &Variable,
        how: &Values,
        states: &[(Vec<usize>, Rational)],
        (place, round): (usize, u32),
    ) -> Option<Vec<Quadratic>> {
        let base = match how {
            Values::Same(_) => return None,
            Values::Reply(base, other) => {
                let other = self.variables.get(*other)?;
                let happens = |outcome: i64| {
                    let key = (other.symbol, vec![outcome]);
                    model
                        .members
                        .get(&key)
                        .map(|value| *value != Quadratic::from(Rational::zero()))
                };
                let mut all = Vec::with_capacity(states.len());
                for (outcome, (state, _)) in (1..).zip(states) {
                    let point = *state.get(*base)?;
                    let yes = if happens(outcome)? {
                        point < 2
                    } else {
                        point % 2 == 0
                    };
                    all.push(Quadratic::from(Rational::from(i64::from(yes))));
                }
                return Some(all);
            }
            Values::Own(base, points) => {
                let at = |(state, _): &(Vec<usize>, Rational)| {
                    state
                        .get(*base)
                        .and_then(|point| points.get(*point))
                        .cloned()
                };
                return states.iter().map(at).collect();
            }
            Values::Common(base) => *base,
        };
        let mut mixer = Mixer::new(u64::from(round), store.name(variable.symbol));
        for index in &variable.indices {
            mixer.mix(index.unsigned_abs());
        }
        let mut raw = Vec::with_capacity(states.len());
        let mut memory: BTreeMap<usize, Rational> = BTreeMap::new();
        let alone = round < 4 || states.iter().all(|(state, _)| state.len() == 1);
        for (number, (state, _)) in states.iter().enumerate() {
            let point = *state.get(base)?;
            // At first a function of the common space alone, then of the whole outcome.
            let key = if alone { point } else { number };
            let value = memory.entry(key).or_insert_with(|| {
                if variable.event {
                    if round == 0 {
                        let flip = usize::from(place % 3 == 1);
                        return Rational::from(i64::from(point % 2 == flip));
                    }
                    return Rational::from(i64::try_from(mixer.below(2)).unwrap_or(0));
                }
                simple(place, point, round, &mut mixer)
            });
            raw.push(value.clone());
        }
        if variable.event {
            return Some(raw.into_iter().map(Quadratic::from).collect());
        }
        let average = |values: &[Rational]| {
            values
                .iter()
                .zip(states)
                .fold(Rational::zero(), |sum, (v, (_, w))| sum.add(&v.mul(w)))
        };
        let mean = self.moment(store, model, variable, Moment::Mean);
        let variance = self.moment(store, model, variable, Moment::Variance);
        let square = self.moment(store, model, variable, Moment::Square);
        if mean.is_none() && variance.is_none() && square.is_none() {
            return Some(raw.into_iter().map(Quadratic::from).collect());
        }
        let own = average(&raw);
        let centre = mean.unwrap_or_else(|| {
            if square.is_some() {
                Rational::zero()
            } else {
                own.clone()
            }
        });
        let spread = variance.or_else(|| square.map(|s| s.sub(&centre.mul(&centre))));
        let off: Vec<Rational> = raw.iter().map(|v| v.sub(&own)).collect();
        let Some(spread) = spread else {
            return Some(off.iter().map(|v| v.add(&centre).into()).collect());
        };
        if spread.signum() < 0 {
            return None;
        }
        let squares: Vec<Rational> = off.iter().map(|v| v.mul(v)).collect();
        let scale = Quadratic::square_root(&spread.div(&average(&squares))?)?;
        off.iter()
            .map(|v| {
                let part = Quadratic::from(v.clone()).mul(&scale)?;
                part.add(&Quadratic::from(centre.clone()))
            })
            .collect()
    }
}

/// P(A ∣ B) = v, of events or their complements.
fn conditional_in(store: &Store, statement: TermId) -> Option<Conditional> {
    let Node::Relation(Relation::Equal, a, b) = *store.node(statement) else {
        return None;
    };
    let plain = |whole: TermId| {
        let Node::Outcomes(_, body) = *store.node(whole) else {
            return None;
        };
        let (body, holds) = match *store.node(body) {
            Node::Not(inner) => (inner, false),
            _ => (body, true),
        };
        match store.node(body) {
            Node::Element(_, event) => match store.node(*event) {
                Node::Symbol(symbol) => Some((*symbol, holds)),
                _ => None,
            },
            _ => None,
        }
    };
    [(a, b), (b, a)].into_iter().find_map(|(side, value)| {
        let Node::Function(Function::ConditionalProbability, arguments) = store.node(side) else {
            return None;
        };
        let [first, second] = **arguments else {
            return None;
        };
        let ((event, whole), (other, happens)) = (plain(first)?, plain(second)?);
        (event != other).then_some(Conditional {
            event,
            other,
            happens,
            complement: !whole,
            value,
        })
    })
}

/// All tuples of so many of the numbers.
fn tuples(numbers: &BTreeSet<i64>, length: usize) -> Vec<Vec<i64>> {
    (0..length.min(2)).fold(vec![Vec::new()], |tuples, _| {
        tuples
            .into_iter()
            .flat_map(|tuple: Vec<i64>| {
                numbers.iter().map(move |number| {
                    let mut tuple = tuple.clone();
                    tuple.push(*number);
                    tuple
                })
            })
            .collect()
    })
}

/// Whether a law names the symbol, or the member.
fn is_independent(store: &Store, laws: &Laws, symbol: Symbol, indices: &[i64]) -> bool {
    laws.independent
        .iter()
        .flatten()
        .any(|term| is_named(store, *term, symbol, indices))
}

/// Whether the term is the symbol, the member, or its family.
fn is_named(store: &Store, term: TermId, symbol: Symbol, indices: &[i64]) -> bool {
    match store.node(term) {
        Node::Symbol(s) => *s == symbol && indices.is_empty(),
        Node::Member(s, said) => {
            *s == symbol
                && said.len() == indices.len()
                && said
                    .iter()
                    .zip(indices)
                    .all(|(said, index)| match store.node(*said) {
                        Node::Number(n) => n.to_i64() == Some(*index),
                        _ => true,
                    })
        }
        _ => false,
    }
}

/// The moment of one symbol that a term is.
fn moment_of(store: &Store, term: TermId) -> Option<(Moment, Symbol, Vec<TermId>)> {
    let Node::Function(function, arguments) = store.node(term) else {
        return None;
    };
    let [argument] = arguments.as_ref() else {
        return None;
    };
    let Node::Outcomes(number, body) = store.node(*argument) else {
        return None;
    };
    let plain = |term: TermId| match store.node(term) {
        Node::Member(symbol, indices) => {
            let (last, written) = indices.split_last()?;
            matches!(store.node(*last), Node::Bound(n) if n == number)
                .then(|| (*symbol, written.to_vec()))
        }
        Node::Element(_, event) => match store.node(*event) {
            Node::Symbol(symbol) => Some((*symbol, Vec::new())),
            Node::Member(symbol, indices) => Some((*symbol, indices.to_vec())),
            _ => None,
        },
        _ => None,
    };
    let (moment, inner) = match (function, store.node(*body)) {
        (Function::Expectation, Node::Pow(base, exponent)) => {
            let power = match store.node(*exponent) {
                Node::Number(n) => n.to_i64(),
                _ => None,
            };
            match power {
                Some(2) => (Moment::Square, *base),
                Some(n @ (3 | 4)) => (Moment::Power(n), *base),
                _ => return None,
            }
        }
        (Function::Expectation | Function::Probability, _) => (Moment::Mean, *body),
        (Function::Variance, _) => (Moment::Variance, *body),
        _ => return None,
    };
    let (symbol, indices) = plain(inner)?;
    Some((moment, symbol, indices))
}

/// Gathers the moments that a statement gives.
fn take(store: &Store, statement: TermId, number: Option<u32>, given: &mut Vec<Given>) {
    match store.node(statement) {
        Node::And(parts) => parts.iter().for_each(|p| take(store, *p, number, given)),
        Node::ForAll(n, body, _) if number.is_none() => take(store, *body, Some(*n), given),
        Node::Relation(Relation::Equal, a, b) => {
            for (side, value) in [(*a, *b), (*b, *a)] {
                if let Some((moment, symbol, indices)) = moment_of(store, side) {
                    given.push(Given {
                        moment,
                        symbol,
                        indices,
                        number,
                        value,
                    });
                    return;
                }
            }
        }
        _ => {}
    }
}
