//! From the words of a certificate to terms.

use crate::kernel::term::{Binder, Check, Head, Id, Q, Terms};
use crate::table::function::{CONSTANTS, FUNCTIONS, MATRICES, QUALITIES, arity, known};
use crate::wire::Term;

/// Adds a term whose children are there already.
pub fn load(terms: &mut Terms, term: &Term, ids: &[Id], symbols: u32) -> Check<Id> {
    let mut args = Vec::new();
    for place in &term.args {
        let id = ids.get(*place as usize).copied();
        args.push(id.ok_or("a term stands before its child")?);
    }
    let data = |place: usize| {
        term.data
            .get(place)
            .copied()
            .ok_or("a term without its data")
    };
    let symbol = || {
        data(0).and_then(|s| {
            if s < symbols {
                Ok(s)
            } else {
                Err("no such symbol")
            }
        })
    };
    let flag = |place: usize| data(place).map(|value| value != 0);
    let (head, count, width) = match term.op.as_str() {
        "number" => (Head::Number(rational(&term.name)?), Some(0), 0),
        "constant" => {
            let name = known(CONSTANTS, &term.name).ok_or("unknown constant")?;
            (Head::Constant(name), Some(0), 0)
        }
        "symbol" => (Head::Symbol(symbol()?), Some(0), 1),
        "member" => (Head::Member(symbol()?), None, 1),
        "call" => {
            let orders = term.data.get(1..).unwrap_or_default().to_vec();
            if orders.len() != args.len() || orders.iter().any(|n| *n > 60) {
                return Err("a call with other orders than arguments".to_owned());
            }
            let width = term.data.len();
            (Head::Call(symbol()?, orders), None, width)
        }
        "function" => {
            let name = known(FUNCTIONS, &term.name)
                .or_else(|| known(MATRICES, &term.name))
                .ok_or_else(|| format!("the function {} is not known to the checker", term.name))?;
            (Head::Function(name), arity(name), 0)
        }
        "add" | "mul" => {
            let head = if term.op == "add" {
                Head::Add
            } else {
                Head::Mul
            };
            if args.len() < 2 || args.iter().any(|arg| *terms.head(*arg) == head) {
                return Err("a sum or product that is not flat".to_owned());
            }
            (head, None, 0)
        }
        "pow" => (Head::Pow, Some(2), 0),
        "bound" => (Head::Bound(data(0)?), Some(0), 1),
        "derivative" => (Head::Binder(Binder::Derivative, data(0)?), Some(2), 1),
        "antiderivative" => (Head::Binder(Binder::Antiderivative, data(0)?), Some(2), 1),
        "integral" => (Head::Binder(Binder::Integral, data(0)?), Some(3), 1),
        "limit" => {
            let side = match term.name.as_str() {
                "both" => 0,
                "below" => 1,
                "above" => 2,
                _ => return Err("a limit from no side".to_owned()),
            };
            (Head::Binder(Binder::Limit(side), data(0)?), Some(2), 1)
        }
        "sum" => (Head::Binder(Binder::Sum, data(0)?), Some(4), 1),
        "product" => (Head::Binder(Binder::Product, data(0)?), Some(4), 1),
        "extremum" => (
            Head::Binder(Binder::Extremum(flag(1)?), data(0)?),
            Some(3),
            2,
        ),
        "gradient" => {
            let order = match data(1)? {
                1 => 1,
                2 => 2,
                _ => return Err("a gradient of higher order".to_owned()),
            };
            (Head::Binder(Binder::Gradient(order), data(0)?), Some(2), 2)
        }
        "matrix" => {
            let (rows, columns) = (data(0)?, data(1)?);
            if rows.checked_mul(columns) != u32::try_from(args.len()).ok() || args.is_empty() {
                return Err("a matrix with other entries than rows and columns".to_owned());
            }
            (Head::Matrix(rows, columns), None, 2)
        }
        "outcomes" => (Head::Binder(Binder::Outcomes, data(0)?), Some(1), 1),
        "for-all" => (Head::Binder(Binder::ForAll, data(0)?), Some(2), 1),
        "piecewise" => (Head::Piecewise, None, 0),
        "truth" => (Head::Truth(flag(0)?), Some(0), 1),
        "=" => (Head::Equal, Some(2), 0),
        "≠" => (Head::NotEqual, Some(2), 0),
        "<" => (Head::Less, Some(2), 0),
        "≤" => (Head::LessEqual, Some(2), 0),
        "∈" => (Head::In, Some(2), 0),
        "has" => {
            let name = known(QUALITIES, &term.name).ok_or("unknown quality")?;
            (Head::Has(name), Some(1), 0)
        }
        "and" => (Head::And, None, 0),
        "or" => (Head::Or, None, 0),
        "not" => (Head::Not, Some(1), 0),
        "finite" => (Head::Finite, None, 0),
        "interval" => (Head::Interval(flag(0)?, flag(1)?), Some(2), 2),
        "range" => (Head::Range, Some(2), 0),
        "reals" => (Head::Reals, Some(0), 0),
        "integers" => (Head::Integers, Some(0), 0),
        "naturals" => (Head::Naturals, Some(0), 0),
        other => return Err(format!("the term {other} is not known to the checker")),
    };
    let named = matches!(
        term.op.as_str(),
        "number" | "constant" | "function" | "limit" | "has"
    );
    if count.is_some_and(|count| count != args.len())
        || term.data.len() != width
        || term.name.is_empty() == named
    {
        return Err(format!("a {} of another form", term.op));
    }
    terms.add(head, args)
}

/// A number as it is written: `-3/4`.
pub fn rational(text: &str) -> Check<Q> {
    if text.len() > 5000 {
        return Err("a number that is too long".to_owned());
    }
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    let plain = |digits: &str| {
        let body = digits.strip_prefix('-').unwrap_or(digits);
        !body.is_empty() && body.bytes().all(|b| b.is_ascii_digit())
    };
    let parse = |digits: &str| digits.parse::<num_bigint::BigInt>().ok();
    match (parse(above), parse(below)) {
        (Some(a), Some(b)) if plain(above) && plain(below) && b > 0.into() => Ok(Q::new(a, b)),
        _ => Err(format!("{text} is no number")),
    }
}
