//! Values of what is written, worked out from the surface tree alone in plain floating point: a
//! second opinion that shares nothing with the rooms behind the parser.
#![allow(
    clippy::float_arithmetic,
    clippy::float_cmp,
    clippy::cast_possible_truncation,
    reason = "the point of this file"
)]

use std::collections::BTreeMap;

use hence::syntax::{BigOperator, Bracket, Connective, Kind, Relation, Sign, Tree};

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It has none.
    Undefined,
    /// It is not for this evaluator to say.
    Unknown,
}

/// Values of letters.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// By name.
    pub letters: BTreeMap<String, f64>,
    /// Where antiderivatives are 0.
    pub base: f64,
}

type Valued = Result<f64, Stop>;

/// A second opinion on a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    Holds,
    Fails,
    /// Too close, or not known.
    Unclear,
}

const FUNCTIONS: [&str; 27] = [
    "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
    "coth", "sech", "csch", "arsinh", "arcosh", "artanh", "arcoth", "log", "ln", "exp", "sqrt",
    "arsech", "arcsch", "sgn", "abs",
];

/// The name of a known function.
pub fn function(tree: &Tree) -> Option<&'static str> {
    match &tree.kind {
        Kind::Name(name) => FUNCTIONS.iter().find(|known| **known == name.base).copied(),
        _ => None,
    }
}

/// The letters of a tree, and which of them stand in a bound of a sum.
pub fn letters(tree: &Tree, within: bool, found: &mut BTreeMap<String, bool>) {
    if let Kind::Name(name) = &tree.kind
        && function(tree).is_none()
    {
        let parts = match name.run {
            true => name.base.chars().map(String::from).collect(),
            false => vec![name.base.clone()],
        };
        for letter in parts {
            *found.entry(letter).or_default() |= within;
        }
    }
    for child in tree.children() {
        let bound = match &tree.kind {
            Kind::Big { below, above, .. } => [below, above].iter().any(|side| {
                side.as_deref()
                    .is_some_and(|side| std::ptr::eq(side, child))
            }),
            Kind::Factorial(_) | Kind::Binomial(..) => true,
            _ => false,
        };
        letters(child, within || bound, found);
    }
}

fn close(a: f64, b: f64, margin: f64) -> bool {
    (a - b).abs() <= margin * (1.0 + a.abs().max(b.abs()))
}

fn finite(value: f64) -> Valued {
    if value.is_finite() && value.abs() < 1e9 {
        Ok(value)
    } else {
        Err(Stop::Unknown)
    }
}

/// The value of an expression.
pub fn value(tree: &Tree, world: &World) -> Valued {
    match &tree.kind {
        Kind::Number(digits) if !digits.contains('.') => {
            digits.parse().map_err(|_| Stop::Unknown).and_then(finite)
        }
        Kind::Name(name) => named(&name.base, name.run, world),
        Kind::Group(Bracket::Round | Bracket::Square, inner) | Kind::Boxed(inner) => {
            value(inner, world)
        }
        Kind::Group(Bracket::Bar, inner) => Ok(value(inner, world)?.abs()),
        Kind::Group(Bracket::Floor, inner) => Ok(value(inner, world)?.floor()),
        Kind::Subscript(base, index) => member(base, index, world),
        Kind::Superscript(base, exponent, false) => superscript(base, exponent, world),
        Kind::Factorial(inner) => factorial(value(inner, world)?),
        Kind::Binomial(n, k) => {
            let (n, k) = (value(n, world)?, value(k, world)?);
            if n < k || k < 0.0 {
                return Err(Stop::Unknown);
            }
            Ok(factorial(n)? / factorial(k)? / factorial(n - k)?)
        }
        Kind::Fraction(a, b) => quotient(value(a, world), value(b, world)),
        Kind::Slash(_, b) if matches!(b.kind, Kind::Juxtaposition(_)) => Err(Stop::Unknown),
        Kind::Slash(a, b) => quotient(value(a, world), value(b, world)),
        Kind::Times(a, b) => finite(value(a, world)? * value(b, world)?),
        Kind::Juxtaposition(parts) => product(parts, world),
        Kind::Terms(parts) => {
            let mut sum = 0.0;
            for (sign, part) in parts {
                let part = value(part, world)?;
                sum += match sign {
                    Sign::Plus => part,
                    Sign::Minus => -part,
                    _ => return Err(Stop::Unknown),
                };
            }
            finite(sum)
        }
        Kind::Root(degree, inner) => {
            let degree = degree.as_ref().map_or(Ok(2.0), |d| value(d, world))?;
            let inner = value(inner, world)?;
            if degree == 3.0 {
                Ok(inner.cbrt())
            } else if inner < 0.0 {
                Err(if degree % 2.0 == 0.0 {
                    Stop::Undefined
                } else {
                    Stop::Unknown
                })
            } else {
                Ok(inner.powf(1.0 / degree))
            }
        }
        Kind::Derivative {
            body: Some(body),
            by,
            guessed: false,
            ..
        } => {
            let mut steps = Vec::new();
            for (letter, order) in by {
                let name = letter_of(letter).ok_or(Stop::Unknown)?;
                steps.extend((0..*order).map(|_| name.clone()));
            }
            derivative(body, &steps, world)
        }
        Kind::Integral { limits, body, by } => {
            let letter = letter_of(by).ok_or(Stop::Unknown)?;
            let (from, to) = match limits {
                Some((from, to)) => (value(from, world)?, value(to, world)?),
                None => (
                    world.base,
                    world.letters.get(&letter).copied().ok_or(Stop::Unknown)?,
                ),
            };
            integral(body, &letter, from, to, world)
        }
        Kind::Big {
            operator,
            below,
            above,
            body,
            guessed: false,
        } => big(*operator, below.as_deref(), above.as_deref(), body, world),
        _ => Err(Stop::Unknown),
    }
}

fn named(base: &str, run: bool, world: &World) -> Valued {
    let one = |letter: &str| match letter {
        "e" => Ok(std::f64::consts::E),
        "π" | "pi" => Ok(std::f64::consts::PI),
        "i" if !world.letters.contains_key("i") => Err(Stop::Unknown),
        _ => world.letters.get(letter).copied().ok_or(Stop::Unknown),
    };
    if !run || base.chars().count() == 1 {
        return one(base);
    }
    base.chars().try_fold(1.0, |product, letter| {
        Ok(product * one(&letter.to_string())?)
    })
}

/// A member of a family: a value that depends on the name and the index alone.
fn member(base: &Tree, index: &Tree, world: &World) -> Valued {
    let Kind::Name(name) = &base.kind else {
        return Err(Stop::Unknown);
    };
    let index = value(index, world)?;
    if index.fract() != 0.0 || index.abs() > 1000.0 || function(base).is_some() {
        return Err(Stop::Unknown);
    }
    let seed = name
        .base
        .bytes()
        .fold(7.0, |sum, byte| sum * 1.7 + f64::from(byte));
    Ok((seed + index * 2.3).sin() * 2.0 + 0.25)
}

fn letter_of(tree: &Tree) -> Option<String> {
    match &tree.kind {
        Kind::Name(name) if name.base.chars().count() == 1 => Some(name.base.clone()),
        _ => None,
    }
}

fn factorial(n: f64) -> Valued {
    if n < 0.0 || n.fract() != 0.0 || n > 20.0 {
        return Err(Stop::Unknown);
    }
    let mut product = 1.0;
    let mut k = 2.0;
    while k <= n {
        product *= k;
        k += 1.0;
    }
    Ok(product)
}

fn quotient(a: Valued, b: Valued) -> Valued {
    let b = b?;
    if b == 0.0 {
        return Err(Stop::Undefined);
    }
    // Nearly 0: who knows.
    if b.abs() < 1e-9 {
        return Err(Stop::Unknown);
    }
    finite(a? / b)
}

/// A power as the contract says.
pub fn power(base: f64, exponent: f64) -> Valued {
    if exponent.fract() == 0.0 {
        return if exponent >= 0.0 {
            finite(base.powi(exponent as i32))
        } else {
            quotient(Ok(1.0), finite(base.powi(-exponent as i32)))
        };
    }
    match base {
        b if b < -1e-9 => Err(Stop::Undefined),
        b if b < 1e-9 => Err(Stop::Unknown),
        b => finite(b.powf(exponent)),
    }
}

fn superscript(base: &Tree, exponent: &Tree, world: &World) -> Valued {
    if let Kind::Name(name) = &base.kind
        && (name.run && name.base.chars().count() > 1)
    {
        return Err(Stop::Unknown);
    }
    if let Kind::Name(name) = &exponent.kind
        && name.base.chars().next().is_some_and(char::is_uppercase)
    {
        return Err(Stop::Unknown);
    }
    power(value(base, world)?, value(exponent, world)?)
}

/// Factors side by side; a function name takes the bracket behind it, or the one factor left.
fn product(parts: &[Tree], world: &World) -> Valued {
    let mut total = 1.0;
    let mut place = 0;
    while place < parts.len() {
        let part = &parts[place];
        let (name, exponent) = match &part.kind {
            Kind::Superscript(base, exponent, false) => (function(base), Some(exponent)),
            _ => (function(part), None),
        };
        let Some(name) = name else {
            // A letter before a bracket may be a function.
            let bracket = parts.get(place + 1);
            let applied = bracket.is_some_and(|b| matches!(b.kind, Kind::Group(Bracket::Round, _)));
            if applied && letter_of(part).is_some_and(|l| !"abcdknmtuvwxyzrsABC".contains(&l)) {
                return Err(Stop::Unknown);
            }
            total *= value(part, world)?;
            place += 1;
            continue;
        };
        let argument = parts.get(place + 1).ok_or(Stop::Unknown)?;
        let simple = matches!(argument.kind, Kind::Group(Bracket::Round, _));
        if !simple && place + 2 != parts.len() {
            return Err(Stop::Unknown);
        }
        // sin(x)^2, where the parser leaves the exponent with the bracket, is not read here.
        if matches!(argument.kind, Kind::Superscript(..)) {
            return Err(Stop::Unknown);
        }
        let result = apply(name, value(argument, world)?)?;
        total *= match exponent {
            Some(exponent) => {
                let exponent = value(exponent, world)?;
                if exponent < 1.0 {
                    return Err(Stop::Unknown);
                }
                power(result, exponent)?
            }
            None => result,
        };
        place += 2;
    }
    finite(total)
}

/// A known function.
pub fn apply(name: &str, u: f64) -> Valued {
    let pole = |below: f64, above: f64| {
        if below.abs() < 1e-6 {
            Err(Stop::Unknown)
        } else {
            finite(above / below)
        }
    };
    let within = |inside: bool, value: f64| {
        if inside {
            finite(value)
        } else {
            Err(Stop::Undefined)
        }
    };
    let inverse = |u: f64| quotient(Ok(1.0), Ok(u));
    match name {
        "sin" => Ok(u.sin()),
        "cos" => Ok(u.cos()),
        "tan" => pole(u.cos(), u.sin()),
        "cot" => pole(u.sin(), u.cos()),
        "sec" => pole(u.cos(), 1.0),
        "csc" => pole(u.sin(), 1.0),
        "arcsin" => within(u.abs() <= 1.0, u.asin()),
        "arccos" => within(u.abs() <= 1.0, u.acos()),
        "arctan" => Ok(u.atan()),
        "sinh" => finite(u.sinh()),
        "cosh" => finite(u.cosh()),
        "tanh" => Ok(u.tanh()),
        "coth" => pole(u.sinh(), u.cosh()),
        "sech" => pole(u.cosh(), 1.0),
        "csch" => pole(u.sinh(), 1.0),
        "arsinh" => Ok(u.asinh()),
        "arcosh" => within(u >= 1.0, u.acosh()),
        "artanh" => within(u.abs() < 1.0, u.atanh()),
        "arcoth" => within(u.abs() > 1.0, (1.0 / u).atanh()),
        "arsech" => within(u > 0.0 && u <= 1.0, inverse(u)?.acosh()),
        "arcsch" => Ok(inverse(u)?.asinh()),
        "log" | "ln" => within(u > 0.0, u.ln()),
        "exp" => finite(u.exp()),
        "sqrt" => within(u >= 0.0, u.sqrt()),
        "sgn" => Ok(if u == 0.0 { 0.0 } else { u.signum() }),
        "abs" => Ok(u.abs()),
        _ => Err(Stop::Unknown),
    }
}

/// A derivative by differences, believed where two step sizes agree.
fn derivative(body: &Tree, letters: &[String], world: &World) -> Valued {
    let Some((letter, rest)) = letters.split_first() else {
        return value(body, world);
    };
    if rest.len() > 1 {
        return Err(Stop::Unknown);
    }
    let at = world.letters.get(letter).copied().ok_or(Stop::Unknown)?;
    let near = |step: f64| {
        let mut there = world.clone();
        there.letters.insert(letter.clone(), at + step);
        derivative(body, rest, &there)
    };
    let slope = |h: f64| -> Valued {
        let near_slope = (near(h)? - near(-h)?) / (2.0 * h);
        let far_slope = (near(2.0 * h)? - near(-2.0 * h)?) / (4.0 * h);
        Ok((4.0 * near_slope - far_slope) / 3.0)
    };
    let h = if rest.is_empty() { 1e-3 } else { 1e-2 };
    let unclear = |_| Stop::Unknown;
    let (coarse, fine) = (slope(2.0 * h).map_err(unclear)?, slope(h).map_err(unclear)?);
    if close(coarse, fine, 1e-4) {
        finite(fine)
    } else {
        Err(Stop::Unknown)
    }
}

/// An integral by Simpson's rule, believed where two step sizes agree.
fn integral(body: &Tree, letter: &str, from: f64, to: f64, world: &World) -> Valued {
    let mut inner = world.clone();
    let mut simpson = |pieces: u32| -> Valued {
        let h = (to - from) / f64::from(pieces);
        let mut sum = 0.0;
        for k in 0..=pieces {
            let weight = match k {
                0 => 1.0,
                k if k == pieces => 1.0,
                k if k % 2 == 1 => 4.0,
                _ => 2.0,
            };
            inner
                .letters
                .insert(letter.to_owned(), from + h * f64::from(k));
            let empty = matches!(body.kind, Kind::Empty);
            let here = if empty { Ok(1.0) } else { value(body, &inner) };
            sum += weight * here.map_err(|_| Stop::Unknown)?;
        }
        Ok(sum * h / 3.0)
    };
    let (coarse, fine) = (simpson(40)?, simpson(160)?);
    if close(coarse, fine, 1e-4) {
        Ok(fine)
    } else {
        Err(Stop::Unknown)
    }
}

fn big(
    operator: BigOperator,
    below: Option<&Tree>,
    above: Option<&Tree>,
    body: &Tree,
    world: &World,
) -> Valued {
    let below = below.ok_or(Stop::Unknown)?;
    if operator == BigOperator::Limit {
        let Kind::Implication(_, letter, to) = &below.kind else {
            return Err(Stop::Unknown);
        };
        return limit(body, &letter_of(letter).ok_or(Stop::Unknown)?, to, world);
    }
    let Kind::Chain(letter, parts) = &below.kind else {
        return Err(Stop::Unknown);
    };
    let [(Relation::Equal, _, from)] = parts.as_slice() else {
        return Err(Stop::Unknown);
    };
    let letter = letter_of(letter).ok_or(Stop::Unknown)?;
    let (from, to) = (
        value(from, world)?,
        value(above.ok_or(Stop::Unknown)?, world)?,
    );
    // An empty range is left to others.
    if from.fract() != 0.0 || to.fract() != 0.0 || to < from || to - from > 60.0 {
        return Err(Stop::Unknown);
    }
    let mut inner = world.clone();
    let (mut sum, mut product) = (0.0, 1.0);
    let mut k = from;
    while k <= to {
        inner.letters.insert(letter.clone(), k);
        let here = value(body, &inner)?;
        sum += here;
        product *= here;
        k += 1.0;
    }
    match operator {
        BigOperator::Sum => finite(sum),
        BigOperator::Product => finite(product),
        _ => Err(Stop::Unknown),
    }
}

/// A limit, where values nearer and nearer agree roughly.
fn limit(body: &Tree, letter: &str, to: &Tree, world: &World) -> Valued {
    let infinite = |tree: &Tree| matches!(tree.kind, Kind::Infinity);
    let places: Vec<f64> = match &to.kind {
        Kind::Infinity => vec![2e3, 2e4, 2e5],
        Kind::Terms(parts) if parts.len() == 1 && infinite(&parts[0].1) => {
            let sign = if parts[0].0 == Sign::Minus { -1.0 } else { 1.0 };
            vec![2e3 * sign, 2e4 * sign, 2e5 * sign]
        }
        _ => {
            let to = value(to, world)?;
            vec![
                to + 1e-2,
                to - 1e-2,
                to + 1e-3,
                to - 1e-3,
                to + 1e-4,
                to - 1e-4,
            ]
        }
    };
    let mut inner = world.clone();
    let mut values = Vec::new();
    for place in places {
        inner.letters.insert(letter.to_owned(), place);
        values.push(value(body, &inner).map_err(|_| Stop::Unknown)?);
    }
    let last = values[values.len() - 1];
    let near = &values[values.len() / 2..];
    if near.iter().all(|v| close(*v, last, 3e-3)) {
        Ok(last)
    } else {
        Err(Stop::Unknown)
    }
}

/// Whether `a R b` holds, with a wide margin.
fn compare(relation: Relation, a: f64, b: f64, margin: f64) -> Truth {
    let (same, apart) = (close(a, b, 1e-9), !close(a, b, margin));
    let of = |holds: bool| if holds { Truth::Holds } else { Truth::Fails };
    match relation {
        Relation::Equal if same => Truth::Holds,
        Relation::NotEqual if same => Truth::Fails,
        Relation::LessEqual | Relation::GreaterEqual if same => Truth::Unclear,
        Relation::Equal if apart => Truth::Fails,
        Relation::NotEqual if apart => Truth::Holds,
        Relation::Less | Relation::LessEqual if apart => of(a < b),
        Relation::Greater | Relation::GreaterEqual if apart => of(a > b),
        _ => Truth::Unclear,
    }
}

/// Whether the operands of a step relate, where both have values.
pub fn step(relation: Relation, a: &Tree, b: &Tree, world: &World, margin: f64) -> Option<Truth> {
    match (value(a, world), value(b, world)) {
        (Ok(a), Ok(b)) => {
            let near = matches!(relation, Relation::Equal)
                && close(a, b, if margin < 1e-3 { 1e-7 } else { margin / 10.0 });
            Some(match compare(relation, a, b, margin) {
                Truth::Unclear if near => Truth::Holds,
                other => other,
            })
        }
        _ => None,
    }
}

/// The truth of a statement: false where a term is undefined, atom by atom.
pub fn statement(tree: &Tree, world: &World) -> Truth {
    match &tree.kind {
        Kind::Truth(truth) => match truth {
            true => Truth::Holds,
            false => Truth::Fails,
        },
        Kind::Group(_, inner) | Kind::Boxed(inner) => statement(inner, world),
        Kind::Not(inner) => match statement(inner, world) {
            Truth::Holds => Truth::Fails,
            // It may be false only because a term is undefined.
            _ => Truth::Unclear,
        },
        Kind::Joined(connective, parts) => {
            let all: Vec<Truth> = parts.iter().map(|part| statement(part, world)).collect();
            let (absorbing, neutral) = match connective {
                Connective::And => (Truth::Fails, Truth::Holds),
                Connective::Or => (Truth::Holds, Truth::Fails),
            };
            if all.contains(&absorbing) {
                absorbing
            } else if all.iter().all(|truth| *truth == neutral) {
                neutral
            } else {
                Truth::Unclear
            }
        }
        Kind::Chain(first, parts) => {
            let mut left = &**first;
            let mut result = Truth::Holds;
            for (relation, _, right) in parts {
                let here = match (value(left, world), value(right, world)) {
                    (Ok(a), Ok(b)) => compare(*relation, a, b, 1e-3),
                    (Err(Stop::Undefined), _) | (_, Err(Stop::Undefined)) => Truth::Fails,
                    _ => Truth::Unclear,
                };
                result = match (result, here) {
                    (Truth::Fails, _) | (_, Truth::Fails) => Truth::Fails,
                    (Truth::Unclear, _) | (_, Truth::Unclear) => Truth::Unclear,
                    _ => Truth::Holds,
                };
                left = right;
            }
            result
        }
        _ => Truth::Unclear,
    }
}
