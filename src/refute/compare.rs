//! Whether a claim holds at one assignment.

use crate::meaning::Shape;
use crate::number::{DyadicInterval, Enclosure, FloatInterval, Rational};
use crate::term::{Node, Relation, Store, Symbol, TermId};
use crate::theory::evaluate::{
    Evaluator, Model, Quantity, Real, Stop, Value, common, truth, value,
};

/// What one assignment shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Check {
    /// The claim surely fails: the values of its sides.
    Fails(Value, Value),
    /// It holds, or its sides agree to many digits.
    Holds,
    /// A side surely has no value: whether the left, whether the right.
    NoValue(bool, bool),
    /// Not decided.
    Open,
}

/// Bits of the enclosures to which a comparison is taken before it is left open.
const BITS: [u32; 2] = [120, 300];
/// Digits to which truth is decided.
const DIGITS: u32 = 20;
/// Digits of the values shown.
const SHOWN: u32 = 15;

/// Looks at a claim at one assignment. `solved_for`: the letter in whose solved form it ends.
pub(super) fn check(
    store: &Store,
    shape: &Shape,
    solved_for: Option<Symbol>,
    model: &Model,
) -> Check {
    match shape {
        Shape::Step(claim) => match store.node(*claim) {
            Node::Relation(relation, a, b) => step(store, *relation, *a, *b, model),
            _ => other_step(store, *claim, model),
        },
        Shape::Statement(claim) => match truth(store, *claim, model, DIGITS) {
            Some(true) => Check::Holds,
            Some(false) if is_condition(store, &[*claim], solved_for, model) => Check::Open,
            Some(false) => {
                let (left, right) = first_failing(store, *claim, model);
                Check::Fails(left, right)
            }
            None => Check::Open,
        },
        Shape::Equivalence(a, b) => {
            let sides = (
                truth(store, *a, model, DIGITS),
                truth(store, *b, model, DIGITS),
            );
            match sides {
                (Some(x), Some(y)) if x == y => Check::Holds,
                (Some(_), Some(_)) if is_condition(store, &[*a, *b], solved_for, model) => {
                    Check::Open
                }
                (Some(x), Some(y)) => Check::Fails(Value::Truth(x), Value::Truth(y)),
                _ => Check::Open,
            }
        }
        Shape::Rounded {
            term,
            others,
            decimal,
            places,
        } => rounded(store, *term, others, decimal, *places, model),
        Shape::UpToConstant {
            left,
            right,
            variable,
        } => up_to_constant(store, *left, *right, *variable, model),
    }
}

/// A relation between two expressions that are presumed to have a meaning.
fn step(store: &Store, relation: Relation, a: TermId, b: TermId, model: &Model) -> Check {
    let mut fast = Evaluator::<FloatInterval>::new(store, model, 53);
    let first = sides(&mut fast, relation, a, b);
    let mut answer = match first {
        Ok(answer) => answer,
        Err(better) => {
            if fast.coarse {
                better
            } else {
                let mut answer = better;
                for bits in BITS {
                    let mut precise = Evaluator::<DyadicInterval>::new(store, model, bits);
                    match sides(&mut precise, relation, a, b) {
                        Ok(settled) => {
                            answer = settled;
                            break;
                        }
                        Err(better) => answer = better,
                    }
                }
                answer
            }
        }
    };
    if let Check::Fails(left, right) = &mut answer {
        (*left, *right) = both_shown(store, a, b, model);
    }
    answer
}

/// The values of two sides; of the identity and the like as large as the other side is.
fn both_shown(store: &Store, a: TermId, b: TermId, model: &Model) -> (Value, Value) {
    let (left, right) = (value(store, a, model, SHOWN), value(store, b, model, SHOWN));
    let size = match (&left, &right) {
        (Value::Matrix(rows, columns, _), _) | (_, Value::Matrix(rows, columns, _)) => {
            (*rows, *columns)
        }
        _ => return (left, right),
    };
    let mut evaluator = Evaluator::<FloatInterval>::new(store, model, 53);
    let (Ok(x), Ok(y)) = (evaluator.tensor(a), evaluator.tensor(b)) else {
        return (left, right);
    };
    let Some((x, y)) = common(&x, &y) else {
        return (left, right);
    };
    let matrix = |entries: &[Quantity<FloatInterval>]| {
        Value::Matrix(size.0, size.1, entries.iter().map(shown).collect())
    };
    (matrix(&x), matrix(&y))
}

/// Compares two sides; `Err` where more digits might say more.
fn sides<E: Enclosure>(
    evaluator: &mut Evaluator<'_, E>,
    relation: Relation,
    a: TermId,
    b: TermId,
) -> Result<Check, Check> {
    if evaluator.is_about_arrays(a) || evaluator.is_about_arrays(b) {
        return array_sides(evaluator, relation, a, b);
    }
    let sides = (evaluator.quantity(a), evaluator.quantity(b));
    let (left, right) = match both(sides.0, sides.1) {
        Ok(sides) => sides,
        Err(answer) => return answer,
    };
    match evaluator.holds(relation, &left, &right) {
        Some(true) => Ok(Check::Holds),
        Some(false) => Ok(Check::Fails(Value::Unknown, Value::Unknown)),
        None => match relation {
            Relation::Equal | Relation::LessEqual if agree(&left, &right) => Ok(Check::Holds),
            Relation::Equal | Relation::LessEqual => Err(Check::Open),
            _ => Err(Check::Open),
        },
    }
}

/// The values of both sides, or what it says of the claim that there are none.
fn both<T>(left: Result<T, Stop>, right: Result<T, Stop>) -> Result<(T, T), Result<Check, Check>> {
    let undefined = (
        left.as_ref().err() == Some(&Stop::Undefined),
        right.as_ref().err() == Some(&Stop::Undefined),
    );
    if undefined.0 || undefined.1 {
        return Err(Ok(Check::NoValue(undefined.0, undefined.1)));
    }
    match (left, right) {
        (Ok(left), Ok(right)) => Ok((left, right)),
        (Err(Stop::Unknown), _) | (_, Err(Stop::Unknown)) => Err(Ok(Check::Open)),
        _ => Err(Err(Check::Open)),
    }
}

/// Compares two sides that are about vectors or matrices.
fn array_sides<E: Enclosure>(
    evaluator: &mut Evaluator<'_, E>,
    relation: Relation,
    a: TermId,
    b: TermId,
) -> Result<Check, Check> {
    let sides = (evaluator.tensor(a), evaluator.tensor(b));
    let (left, right) = match both(sides.0, sides.1) {
        Ok(sides) => sides,
        Err(answer) => return answer,
    };
    match evaluator.tensors_hold(relation, &left, &right) {
        Some(true) => Ok(Check::Holds),
        Some(false) => Ok(Check::Fails(Value::Unknown, Value::Unknown)),
        None => match common(&left, &right) {
            Some((left, right)) => {
                let narrow = left.iter().zip(&right).all(|(x, y)| agree(x, y));
                if narrow && matches!(relation, Relation::Equal | Relation::LessEqual) {
                    Ok(Check::Holds)
                } else {
                    Err(Check::Open)
                }
            }
            None => Ok(Check::Open),
        },
    }
}

/// Whether two enclosures that meet are narrow.
fn agree<E: Enclosure>(left: &Quantity<E>, right: &Quantity<E>) -> bool {
    let narrow = |value: &Real<E>| {
        let (low, high) = value.bounds();
        let size = low.abs().max(high.abs()).max(Rational::one());
        let unit = Rational::new(1, 100_000).unwrap_or_else(Rational::zero);
        high.sub(&low) <= size.mul(&unit)
    };
    narrow(left.value()) && narrow(right.value())
}

/// A step that is no single relation: it fails where it is false and its negation is true, so
/// that no undefined atom decided.
fn other_step(store: &Store, claim: TermId, model: &Model) -> Check {
    match truth(store, claim, model, DIGITS) {
        Some(true) => Check::Holds,
        Some(false) => {
            let mut evaluator = Evaluator::<FloatInterval>::new(store, model, 53);
            if evaluator.truth(claim, false) == Some(true) {
                let (left, right) = first_failing(store, claim, model);
                Check::Fails(left, right)
            } else {
                Check::Open
            }
        }
        None => Check::Open,
    }
}

/// The two sides of the first atom of a statement that is not true.
fn first_failing(store: &Store, statement: TermId, model: &Model) -> (Value, Value) {
    match store.node(statement) {
        Node::Relation(_, a, b) => both_shown(store, *a, *b, model),
        Node::Has(_, of) => (value(store, *of, model, SHOWN), Value::Truth(false)),
        Node::Element(a, b) => (
            value(store, *a, model, SHOWN),
            match store.node(*b) {
                Node::Interval(..)
                | Node::Range(..)
                | Node::Finite(_)
                | Node::Reals
                | Node::Integers
                | Node::Naturals => Value::Truth(false),
                _ => value(store, *b, model, SHOWN),
            },
        ),
        Node::And(parts) | Node::Or(parts) => {
            let failing = parts
                .iter()
                .find(|part| truth(store, **part, model, DIGITS) == Some(false));
            match failing {
                Some(part) => first_failing(store, *part, model),
                None => (Value::Truth(false), Value::Unknown),
            }
        }
        Node::Not(inner) => match store.node(*inner) {
            Node::Relation(..) => first_failing(store, *inner, model),
            _ => (Value::Truth(false), Value::Unknown),
        },
        _ => (Value::Truth(false), Value::Unknown),
    }
}

/// Whether some term of the statements has no value at this assignment whatever the letter is
/// that they are solved for.
fn is_condition(
    store: &Store,
    statements: &[TermId],
    solved_for: Option<Symbol>,
    model: &Model,
) -> bool {
    const OTHERS: [(i64, i64); 7] = [(0, 1), (1, 1), (-1, 1), (2, 1), (1, 3), (-5, 2), (17, 1)];
    let Some(symbol) = solved_for else {
        return false;
    };
    let mut models = vec![model.clone()];
    for (n, d) in OTHERS {
        if let Some(x) = Rational::new(n, d) {
            let mut other = model.clone();
            other.symbols.insert(symbol, x.into());
            models.push(other);
        }
    }
    let mut evaluators: Vec<Evaluator<'_, FloatInterval>> = models
        .iter()
        .map(|model| Evaluator::new(store, model, 53))
        .collect();
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = statements.to_vec();
    while let Some(term) = stack.pop() {
        if !seen.insert(term) || !store.is_closed(term) {
            continue;
        }
        if matches!(
            store.node(term),
            Node::Pow(..) | Node::Function(..) | Node::Derivative(..) | Node::Piecewise(_)
        ) && evaluators
            .iter_mut()
            .all(|e| matches!(e.quantity(term), Err(Stop::Undefined)))
        {
            return true;
        }
        store.node(term).for_each_child(|child| stack.push(child));
    }
    false
}

/// A closed term against its decimal: it fails if it is surely further from it than half a unit
/// of the last digit shown, and so is each term that may stand for it.
fn rounded(
    store: &Store,
    term: TermId,
    others: &[TermId],
    decimal: &Rational,
    places: i32,
    model: &Model,
) -> Check {
    let Some(unit) = Rational::from(10).pow(-i64::from(places)) else {
        return Check::Open;
    };
    let Some(half) = Rational::new(1, 2).map(|half| half.mul(&unit)) else {
        return Check::Open;
    };
    let (low_limit, high_limit) = (decimal.sub(&half), decimal.add(&half));
    let digits = u32::try_from(places.max(0)).unwrap_or(0) + 20;
    let mut shown = None;
    let mut undefined = 0;
    for candidate in std::iter::once(&term).chain(others) {
        let found = value(store, *candidate, model, digits);
        let (low, high) = match &found {
            Value::Exact(value) => (value.clone(), value.clone()),
            Value::Between(low, high) => (low.clone(), high.clone()),
            Value::Undefined => {
                undefined += 1;
                continue;
            }
            _ => return Check::Open,
        };
        if low >= low_limit && high <= high_limit {
            return Check::Holds;
        }
        if low <= high_limit && high >= low_limit {
            return Check::Open;
        }
        shown = shown.or(Some(found));
    }
    match shown {
        Some(found) if undefined == 0 => Check::Fails(found, Value::Exact(decimal.clone())),
        _ => Check::NoValue(true, false),
    }
}

/// Two antiderivatives: they differ by more than a constant where their derivatives differ.
fn up_to_constant(
    store: &Store,
    left: TermId,
    right: TermId,
    variable: Symbol,
    model: &Model,
) -> Check {
    let mut fast = Evaluator::<FloatInterval>::new(store, model, 53);
    let answer = slopes(&mut fast, left, right, variable);
    if answer != Check::Open {
        return answer;
    }
    let mut precise = Evaluator::<DyadicInterval>::new(store, model, 120);
    slopes(&mut precise, left, right, variable)
}

fn slopes<E: Enclosure>(
    evaluator: &mut Evaluator<'_, E>,
    left: TermId,
    right: TermId,
    variable: Symbol,
) -> Check {
    let (a, b) = (
        evaluator.slope(left, variable),
        evaluator.slope(right, variable),
    );
    let undefined = (
        a.as_ref().err() == Some(&Stop::Undefined),
        b.as_ref().err() == Some(&Stop::Undefined),
    );
    if undefined.0 || undefined.1 {
        return Check::NoValue(undefined.0, undefined.1);
    }
    let (Ok(a), Ok(b)) = (a, b) else {
        return Check::Open;
    };
    match evaluator.holds(Relation::Equal, &a, &b) {
        Some(true) => Check::Holds,
        Some(false) => Check::Fails(shown(&a), shown(&b)),
        None if agree(&a, &b) => Check::Holds,
        None => Check::Open,
    }
}

fn shown<E: Enclosure>(quantity: &Quantity<E>) -> Value {
    match quantity.value() {
        Real::Exact(value) => Value::Exact(value.clone()),
        other => {
            let (low, high) = other.bounds();
            Value::Between(low, high)
        }
    }
}
