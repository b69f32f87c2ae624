//! A rule at values: both sides equal where both are defined, and the right side defined wherever
//! the left is, given the conditions. Conditions are looked at twice: as statements, by their
//! values, and as the prover decides them.

use hence::number::Rational;
use hence::prove::{Condition, Pattern, Rule, Test, instance, read_term};
use hence::term::{Node, Store, Symbol, TermId};
use hence::theory::evaluate::{Assignment, Value, evaluate};
use rustc_hash::FxHashMap;

/// Values for a pattern variable: the boundary, tiny, huge, and what angles and roots need.
const VALUES: [&str; 24] = [
    "0",
    "1",
    "-1",
    "1/2",
    "-1/2",
    "2",
    "-2",
    "1/1000000000",
    "-1/1000000000",
    "1000000",
    "-1000000",
    "3",
    "-3",
    "4",
    "40",
    "5/3",
    "-7/4",
    "pi",
    "-pi",
    "pi/2",
    "1/sqrt(2)",
    "e",
    "log(2)",
    "-log(3)/2",
];
/// Functions of x for variables under a binder: smooth ones, corners, poles, ends, families.
const FUNCTIONS: [&str; 20] = [
    "x",
    "x^2",
    "3",
    "sin(x)",
    "1/x",
    "sqrt(x)",
    "abs(x)",
    "x^3 - x",
    "e^x - 2",
    "k*x",
    "-abs(x)",
    "root(3, x)",
    "1/(1 + x^2)",
    "cos(x)/2",
    "log(x)",
    "x*abs(x)",
    "x^3",
    "1 - abs(x)",
    "2^x",
    "-x/3",
];
/// How many instances of a rule are tried on the grid.
const GRID: usize = 6_000;
/// How many of them are given to the prover's own conditions too.
const ASKED: usize = 150;
/// How many are drawn at random.
const DRAWN: usize = 150;

/// What came of a rule.
#[derive(Debug, Default)]
pub struct Trial {
    /// The first thing that is wrong.
    pub fault: Option<String>,
    /// Instances of which both sides have a value.
    pub seen: usize,
    /// Instances of which the left side has a value and the right one is not known.
    pub unknown: usize,
}

/// What a variable may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Value,
    Body,
    Bound(usize),
}

/// Which variables stand under a binder, and which are bound.
fn roles(pattern: &Pattern, within: bool, parts: &mut Vec<Part>, bound: &mut usize) {
    match pattern {
        Pattern::Variable(n) if within && parts[*n] == Part::Value => parts[*n] = Part::Body,
        Pattern::Variable(_) | Pattern::Number(_) | Pattern::Constant(_) => {}
        Pattern::Function(_, all) | Pattern::Sum(all) | Pattern::Product(all) => {
            for part in all {
                roles(part, within, parts, bound);
            }
        }
        Pattern::Negative(a) => roles(a, within, parts, bound),
        Pattern::Power(a, b) => {
            roles(a, within, parts, bound);
            roles(b, within, parts, bound);
        }
        Pattern::Binder(_, body, variable, outer) => {
            if !matches!(parts[*variable], Part::Bound(_)) {
                parts[*variable] = Part::Bound(*bound);
                *bound += 1;
            }
            roles(body, true, parts, bound);
            for part in outer {
                roles(part, within, parts, bound);
            }
        }
        Pattern::At(body, _, at) => {
            roles(body, within, parts, bound);
            roles(at, within, parts, bound);
        }
    }
}

fn different(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Exact(x), Value::Exact(y)) => x != y,
        (Value::Exact(x), Value::Between(low, high))
        | (Value::Between(low, high), Value::Exact(x)) => x < low || x > high,
        (Value::Between(a, b), Value::Between(c, d)) => b < c || d < a,
        _ => false,
    }
}

fn has_value(value: &Value) -> bool {
    matches!(value, Value::Exact(_) | Value::Between(..))
}

/// The value of one side. A derivative that the evaluator does not know is a slope to both sides;
/// a sum whose range ends before it begins is empty.
fn value(store: &mut Store, term: TermId) -> Value {
    let known = evaluate(store, term, &Assignment::new(), 15);
    if known != Value::Unknown {
        return known;
    }
    let mut table = FxHashMap::default();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        let node = store.node(next).clone();
        let here = store.is_closed(next).then(|| match node {
            Node::Derivative(_, _, at) => slope(store, next, at),
            Node::Sum(_, _, from, to, _) => empty(store, [from, to], 0),
            Node::Product(_, _, from, to, _) => empty(store, [from, to], 1),
            _ => None,
        });
        match here.flatten() {
            Some(number) => {
                let number = store.number(number);
                table.insert(next, number);
            }
            None => node.for_each_child(|child| stack.push(child)),
        }
    }
    if table.is_empty() {
        return known;
    }
    let settled = store.replace(term, &mut table);
    match evaluate(store, settled, &Assignment::new(), 15) {
        Value::Exact(value) => wide(&value, &value),
        Value::Between(low, high) => wide(&low, &high),
        other => other,
    }
}

/// With the margin of a value that was approached.
fn wide(low: &Rational, high: &Rational) -> Value {
    let size = low.abs().max(high.abs()).add(&Rational::one());
    let margin = size.mul(&Rational::new(1, 1000).expect("a fraction"));
    Value::Between(low.sub(&margin), high.add(&margin))
}

fn empty(store: &Store, [from, to]: [TermId; 2], value: i64) -> Option<Rational> {
    let (from, to) = (whole(store, from)?, whole(store, to)?);
    (to < from).then(|| Rational::from(value))
}

/// A derivative by differences: those to the left and to the right, near and nearer, agree.
fn slope(store: &mut Store, derivative: TermId, at: TermId) -> Option<Rational> {
    let mut near = |numerator: i64, denominator: i64| {
        let step = store.number(Rational::new(numerator, denominator)?);
        let place = store.add(&[at, step]);
        let body = store.open(derivative, place)?[0];
        match evaluate(store, body, &Assignment::new(), 30) {
            Value::Exact(value) => Some(value),
            Value::Between(low, high) => low.add(&high).div(&Rational::from(2)),
            _ => None,
        }
    };
    let here = near(0, 1)?;
    let mut slopes = Vec::new();
    for denominator in [1_000_000, 1_000_000_000] {
        for sign in [-1, 1] {
            let rise = near(sign, denominator)?.sub(&here);
            slopes.push(rise.mul(&Rational::from(sign * denominator)));
        }
    }
    let margin = slopes[3]
        .abs()
        .add(&Rational::one())
        .div(&Rational::from(1000))?;
    let close = slopes.iter().all(|s| s.sub(&slopes[3]).abs() <= margin);
    close.then(|| slopes[3].clone())
}

fn whole(store: &Store, term: TermId) -> Option<i64> {
    match store.node(term) {
        Node::Number(n) => n.to_i64(),
        _ => None,
    }
}

/// Whether a condition holds, by values; `None` where that is not known.
fn holds(store: &mut Store, condition: &Condition, terms: &[TermId]) -> Option<bool> {
    let (parts, test) = match condition {
        Condition::Relation(relation, a, b) => {
            let statement = Pattern::relate(store, *relation, a, b, terms)?;
            return match value(store, statement) {
                Value::Truth(truth) => Some(truth),
                _ => None,
            };
        }
        Condition::Integer(a) | Condition::Natural(a) => {
            let term = a.fill(store, terms)?;
            return match value(store, term) {
                Value::Exact(n) => Some(
                    n.is_integer()
                        && (matches!(condition, Condition::Integer(_)) || n.signum() >= 0),
                ),
                Value::Between(low, high) => {
                    (low.floor() < low && low.floor() == high.floor()).then_some(false)
                }
                _ => Some(false),
            };
        }
        Condition::Real(a) => {
            let term = a.fill(store, terms)?;
            return match value(store, term) {
                Value::Exact(_) | Value::Between(..) => Some(true),
                Value::Undefined => Some(false),
                _ => None,
            };
        }
        Condition::Test(test, parts) => (parts, *test),
    };
    let filled: Option<Vec<TermId>> = parts.iter().map(|part| part.fill(store, terms)).collect();
    let filled = filled?;
    let first = filled.first().copied()?;
    let number = whole(store, first);
    match test {
        Test::Odd => Some(number.is_some_and(|n| n % 2 != 0)),
        Test::Even => Some(number.is_some_and(|n| n % 2 == 0 && n != 0)),
        Test::Root => Some(number.is_some_and(|n| n >= 2)),
        Test::Rational => Some(matches!(store.node(first), Node::Number(_))),
        Test::Coprime => {
            let (p, q) = (number?, whole(store, filled[1])?);
            Some(q >= 2 && (2..=q).all(|d| p % d != 0 || q % d != 0))
        }
        Test::Free => {
            let Node::Symbol(symbol) = *store.node(filled[1]) else {
                return Some(false);
            };
            Some(!store.mentions(first, symbol))
        }
        // Looked at in `chance.rs`, over finitely many outcomes.
        Test::Independent | Test::Members | Test::Dominated => None,
        Test::Smooth => {
            let [f, x, p] = filled[..] else {
                return None;
            };
            let Node::Symbol(symbol) = *store.node(x) else {
                return None;
            };
            let slope = store.bind(symbol, &[f], |body| Node::Derivative(0, body[0], p));
            match value(store, slope) {
                Value::Exact(_) | Value::Between(..) => Some(true),
                Value::Undefined => Some(false),
                _ => None,
            }
        }
    }
}

/// A linear congruential generator: the same values in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % (sides as u64)).unwrap_or(0)
    }
}

/// A rule on trial.
pub fn trial(rule: &Rule) -> Trial {
    let mut parts = vec![Part::Value; rule.variables.len()];
    let mut bound = 0;
    roles(&rule.left, false, &mut parts, &mut bound);
    let mut store = Store::new();
    let mut terms_of = |texts: &[&str]| -> Vec<TermId> {
        texts
            .iter()
            .map(|text| read_term(&mut store, text).expect("a term"))
            .collect()
    };
    let (values, functions) = (terms_of(&VALUES), terms_of(&FUNCTIONS));
    let names = terms_of(&["x", "k"]);
    let choices: Vec<Vec<TermId>> = parts
        .iter()
        .map(|part| match part {
            Part::Value => values.clone(),
            Part::Body => functions.clone(),
            // Two bound names are never the same.
            Part::Bound(n) => vec![names[*n]],
        })
        .collect();
    let total: usize = choices.iter().map(Vec::len).product();
    // A stride without a common divisor with the numbers of choices reaches every one of them.
    let stride = (total / GRID..)
        .find(|n| n % 2 != 0 && n % 3 != 0)
        .unwrap_or(1);
    let mut trial = Trial::default();
    let tried = total.div_ceil(stride);
    for (place, number) in (0..total).step_by(stride).enumerate() {
        let mut rest = number;
        let terms: Vec<TermId> = choices
            .iter()
            .map(|choice| {
                let term = choice[rest % choice.len()];
                rest /= choice.len();
                term
            })
            .collect();
        let ask = place % (tried / ASKED).max(1) == 0;
        trial.look(&mut store, rule, &terms, ask);
        if trial.fault.is_some() {
            return trial;
        }
    }
    let mut dice = Dice(31);
    for _ in 0..DRAWN {
        let terms: Vec<TermId> = choices
            .iter()
            .zip(&parts)
            .map(|(choice, part)| {
                if *part != Part::Value || dice.roll(3) == 0 {
                    return choice[dice.roll(choice.len())];
                }
                let n = i64::try_from(dice.roll(401)).unwrap_or(0) - 200;
                let d = i64::try_from(dice.roll(60)).unwrap_or(0) + 1;
                store.number(Rational::new(n, d).expect("a fraction"))
            })
            .collect();
        trial.look(&mut store, rule, &terms, false);
    }
    trial
}

impl Trial {
    /// Whether one of the values is so large or small that functions of it are out of reach.
    fn extreme(&self, store: &mut Store, terms: &[TermId]) -> bool {
        terms.iter().any(|term| match value(store, *term) {
            Value::Exact(value) => {
                let inverse = value.inverse().unwrap_or_else(Rational::zero);
                value.abs().max(inverse.abs()) > Rational::from(100)
            }
            _ => false,
        })
    }

    fn look(&mut self, store: &mut Store, rule: &Rule, terms: &[TermId], ask: bool) {
        if self.fault.is_some() {
            return;
        }
        let mut truth = Some(true);
        for condition in &rule.conditions {
            match holds(store, condition, terms) {
                Some(true) => {}
                Some(false) => truth = Some(false),
                None => truth = truth.and_then(|known| if known { None } else { Some(false) }),
            }
        }
        let asked = (ask && truth != Some(true))
            .then(|| instance(store, rule, terms))
            .flatten();
        if truth != Some(true) && asked.is_none() {
            return;
        }
        let (Some(left), Some(right)) =
            (rule.left.fill(store, terms), rule.right.fill(store, terms))
        else {
            return;
        };
        let a = value(store, left);
        if !has_value(&a) {
            return;
        }
        let mut b = value(store, right);
        let escapes = |name: &Symbol| !store.mentions(left, *name);
        if store.symbols(right).iter().any(escapes) {
            b = Value::Undefined;
        }
        if has_value(&b) {
            self.seen += 1;
        } else if b == Value::Unknown && self.extreme(store, terms) {
            self.unknown += 1;
        } else {
            b = Value::Undefined;
        }
        if b == Value::Undefined || different(&a, &b) || truth == Some(false) {
            let shown: Vec<String> = terms
                .iter()
                .zip(&rule.variables)
                .map(|(term, name)| format!("{name} = {}", hence::term::print(store, *term)))
                .collect();
            let what = if truth == Some(false) {
                "its conditions are not true"
            } else {
                "its sides differ"
            };
            let name = &rule.name;
            self.fault = Some(format!(
                "{name}: {}: {what}: {a:?}, {b:?}",
                shown.join(", ")
            ));
        }
    }
}
