//! Where terms are defined: what each head needs of its children.

use num_traits::{One, Zero};

use crate::arithmetic::polynomial::small;
use crate::kernel::term::{Binder, Check, Head, Id, Q, Terms};

/// What a head needs beyond its children being defined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// All of these statements.
    All(Vec<Id>),
    /// A power bᵉ whose exponent is no number.
    Power(Id, Id),
    /// A binomial coefficient: the lower one natural, or an integer if the upper one is natural.
    Choice(Id, Id),
    /// Something that is not said here.
    Unknown,
}

/// Whether a term is undefined as soon as the child of that place is.
#[must_use]
pub fn is_strict(head: &Head, place: usize) -> bool {
    match head {
        Head::Function("indicator") => false,
        Head::Add
        | Head::Mul
        | Head::Pow
        | Head::Function(_)
        | Head::Member(_)
        | Head::Call(..)
        | Head::Equal
        | Head::NotEqual
        | Head::Less
        | Head::LessEqual => true,
        Head::In => place == 0,
        Head::Binder(Binder::ForAll, _) => false,
        Head::Binder(..) => place > 0,
        _ => false,
    }
}

/// The subterms that are defined wherever the term is: bodies of derivatives at their points too.
pub fn defined_with(terms: &mut Terms, term: Id) -> Check<Vec<Id>> {
    let strict = |node: &crate::kernel::term::Node, place: usize| {
        is_strict(&node.head, place) && !(node.in_scope(place))
    };
    let mut found = terms.subterms(term, strict);
    let mut next = 0;
    while let Some(id) = found.get(next).copied() {
        next += 1;
        if matches!(terms.head(id), Head::Binder(Binder::Derivative, _)) && terms.dangling(id) == 0
        {
            let at = terms.args(id)[1];
            let (_, name) = terms.fresh()?;
            let body = terms.open(id, name)?[0];
            let there = terms.substitute(body, name, at)?;
            for more in terms.subterms(there, strict) {
                if !found.contains(&more) {
                    found.push(more);
                }
            }
        }
        if found.len() > 5000 {
            return Err("too many subterms".to_owned());
        }
    }
    Ok(found)
}

/// The value of a number, or of a quotient of numbers as rules fill it in: 3·2⁻¹.
fn quotient(terms: &Terms, term: Id) -> Option<Q> {
    let node = terms.node(term);
    match (&node.head, node.args.as_slice()) {
        (Head::Mul, parts) => {
            let mut product = Q::one();
            for part in parts {
                product *= match (terms.head(*part), terms.args(*part)) {
                    (Head::Pow, [below, minus])
                        if terms.value(*minus).is_some_and(|c| (-c).is_one()) =>
                    {
                        let below = terms.value(*below).filter(|c| !c.is_zero())?;
                        below.recip()
                    }
                    _ => terms.value(*part)?.clone(),
                };
            }
            Some(product)
        }
        _ => terms.value(term).cloned(),
    }
}

/// What the head of the term needs.
pub fn need(terms: &mut Terms, term: Id) -> Check<Need> {
    let node = terms.node(term).clone();
    let none = Need::All(Vec::new());
    let zero = terms.integer(0)?;
    let one = terms.integer(1)?;
    Ok(match (&node.head, node.args.as_slice()) {
        (
            Head::Number(_)
            | Head::Symbol(_)
            | Head::Add
            | Head::Mul
            | Head::Member(_)
            | Head::Call(..)
            | Head::Truth(_)
            | Head::Bound(_),
            _,
        ) => none,
        (Head::Constant(name), _) if *name != "infinity" => none,
        (Head::Pow, [base, exponent]) => {
            let positive = matches!(terms.head(*base), Head::Constant("e" | "pi"))
                || terms.value(*base).is_some_and(Q::is_positive);
            match quotient(terms, *exponent) {
                _ if positive => none,
                Some(value) if value.is_integer() && !value.is_negative() => none,
                Some(value) if value.is_integer() => {
                    Need::All(vec![terms.add(Head::NotEqual, vec![*base, zero])?])
                }
                Some(value) => {
                    let head = if value.is_positive() {
                        Head::LessEqual
                    } else {
                        Head::Less
                    };
                    Need::All(vec![terms.add(head, vec![zero, *base])?])
                }
                None => Need::Power(*base, *exponent),
            }
        }
        (Head::Function("root"), [order, under]) => {
            match terms.value(*order).and_then(small).filter(|n| *n >= 2) {
                Some(n) if n % 2 == 1 => none,
                Some(_) => Need::All(vec![terms.add(Head::LessEqual, vec![zero, *under])?]),
                None => Need::Unknown,
            }
        }
        (Head::Function("logbase"), [base, u]) => {
            let mut all = vec![terms.add(Head::Less, vec![zero, *base])?];
            all.push(terms.add(Head::NotEqual, vec![*base, one])?);
            all.push(terms.add(Head::Less, vec![zero, *u])?);
            Need::All(all)
        }
        (Head::Function("max" | "min" | "softmax" | "delta"), _) => none,
        (Head::Function("binomial"), [above, below]) => Need::Choice(*above, *below),
        // A random variable has the moments that a step needs.
        (
            Head::Function("expectation" | "variance" | "covariance" | "probability" | "indicator"),
            _,
        ) => none,
        // Given what is the case at an outcome, which has a positive chance.
        (Head::Function("conditionalexpectation" | "conditionalvariance"), [_, g, y])
            if is_own_value(terms, *g, *y)? =>
        {
            none
        }
        (Head::Function(name), [u]) => return function(terms, name, *u),
        _ => Need::Unknown,
    })
}

/// Whether y is the value of the random variable g at an outcome.
fn is_own_value(terms: &mut Terms, g: Id, y: Id) -> Check<bool> {
    if !matches!(terms.head(g), Head::Binder(Binder::Outcomes, _)) {
        return Ok(false);
    }
    for part in terms.subterms(y, |_, _| true) {
        if matches!(terms.head(part), Head::Symbol(_)) {
            let here = terms.open(g, part)?[0];
            if terms.alike(here, y)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn function(terms: &mut Terms, name: &str, u: Id) -> Check<Need> {
    let zero = terms.integer(0)?;
    let one = terms.number(Q::one())?;
    let minus = terms.number(-Q::one())?;
    let size = terms.add(Head::Function("abs"), vec![u])?;
    let cos = terms.add(Head::Function("cos"), vec![u])?;
    let sin = terms.add(Head::Function("sin"), vec![u])?;
    let naturals = terms.add(Head::Naturals, Vec::new())?;
    let statements = match name {
        "sin" | "cos" | "arctan" | "arccot" | "sinh" | "cosh" | "tanh" | "sech" | "arsinh"
        | "sigmoid" | "relu" | "softplus" | "abs" | "sgn" | "floor" | "ceiling" => vec![],
        "log" => vec![(Head::Less, zero, u)],
        "tan" | "sec" => vec![(Head::NotEqual, cos, zero)],
        "cot" | "csc" => vec![(Head::NotEqual, sin, zero)],
        "coth" | "csch" | "arcsch" => vec![(Head::NotEqual, u, zero)],
        "arcsin" | "arccos" => vec![(Head::LessEqual, minus, u), (Head::LessEqual, u, one)],
        "artanh" => vec![(Head::Less, minus, u), (Head::Less, u, one)],
        "arcosh" => vec![(Head::LessEqual, one, u)],
        "arsech" => vec![(Head::Less, zero, u), (Head::LessEqual, u, one)],
        "arcsec" | "arccsc" => vec![(Head::LessEqual, one, size)],
        "arcoth" => vec![(Head::Less, one, size)],
        "factorial" => vec![(Head::In, u, naturals)],
        _ => return Ok(Need::Unknown),
    };
    let mut all = Vec::new();
    for (head, a, b) in statements {
        all.push(terms.add(head, vec![a, b])?);
    }
    Ok(Need::All(all))
}
