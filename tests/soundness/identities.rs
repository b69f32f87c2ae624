//! True lines and their mutants: whatever a slip makes false is never proved, and what is only
//! written in another way is never refuted. The long form tries 50,000 instead of 2,000.
#![allow(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a second opinion"
)]

use std::rc::Rc;

use hence::report::StepVerdict;

use crate::dice::Dice;
use crate::float::{apply, power};
use crate::{last, long};

/// An expression in x and y.
#[derive(Clone, Debug, PartialEq)]
enum E {
    Number(i64),
    Letter(char),
    Add(Rc<E>, Rc<E>),
    Sub(Rc<E>, Rc<E>),
    Mul(Rc<E>, Rc<E>),
    Div(Rc<E>, Rc<E>),
    Pow(Rc<E>, i64),
    Call(&'static str, Rc<E>),
}

use E::{Add, Call, Div, Letter, Mul, Number, Pow, Sub};

const CALLS: [&str; 7] = ["sin", "cos", "exp", "log", "sqrt", "abs", "tanh"];

fn add(a: E, b: E) -> E {
    Add(Rc::new(a), Rc::new(b))
}

fn sub(a: E, b: E) -> E {
    Sub(Rc::new(a), Rc::new(b))
}

fn mul(a: E, b: E) -> E {
    Mul(Rc::new(a), Rc::new(b))
}

fn div(a: E, b: E) -> E {
    Div(Rc::new(a), Rc::new(b))
}

fn pow(a: E, n: i64) -> E {
    Pow(Rc::new(a), n)
}

fn call(name: &'static str, a: E) -> E {
    Call(name, Rc::new(a))
}

impl std::fmt::Display for E {
    /// Every composite part in brackets, so that nothing hangs on precedence.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Number(n) if *n < 0 => write!(f, "({n})"),
            Number(n) => write!(f, "{n}"),
            Letter(c) => write!(f, "{c}"),
            Add(a, b) => write!(f, "({a} + {b})"),
            Sub(a, b) => write!(f, "({a} - {b})"),
            Mul(a, b) => write!(f, "({a}*{b})"),
            Div(a, b) => write!(f, "({a}/{b})"),
            Pow(a, n) if *n < 0 => write!(f, "({a}^({n}))"),
            Pow(a, n) => write!(f, "({a}^{n})"),
            Call(name, a) => write!(f, "{name}({a})"),
        }
    }
}

fn expression(dice: &mut Dice, depth: usize) -> E {
    if depth == 0 || dice.roll(6) == 0 {
        return match dice.roll(5) {
            0 | 1 => Letter('x'),
            2 => Letter('y'),
            _ => Number(dice.number()),
        };
    }
    let a = expression(dice, depth - 1);
    match dice.roll(10) {
        0 | 1 => add(a, expression(dice, depth - 1)),
        2 => sub(a, expression(dice, depth - 1)),
        3 | 4 => mul(a, expression(dice, depth - 1)),
        5 => div(a, expression(dice, depth - 1)),
        6 | 7 => pow(a, [2, 2, 3, -1][dice.roll(4)]),
        _ => call(CALLS[dice.roll(CALLS.len())], a),
    }
}

/// The same value, written in another way.
fn rewritten(dice: &mut Dice, e: &E, depth: usize) -> E {
    if depth == 0 {
        return e.clone();
    }
    let toss = dice.roll(2);
    let mut again = |e: &E| rewritten(dice, e, depth - 1);
    match e {
        Number(_) | Letter(_) => e.clone(),
        Add(a, b) => {
            let (a, b) = (again(a), again(b));
            if toss == 0 {
                add(b, a)
            } else {
                sub(a, mul(Number(-1), b))
            }
        }
        Sub(a, b) => {
            let (a, b) = (again(a), again(b));
            match toss {
                0 => mul(Number(-1), sub(b, a)),
                _ => add(mul(Number(-1), b), a),
            }
        }
        Mul(a, b) => match (&**a, toss) {
            (Add(p, q), 0) => add(
                mul((**p).clone(), (**b).clone()),
                mul((**q).clone(), (**b).clone()),
            ),
            _ => mul(again(b), again(a)),
        },
        Div(a, b) => mul(again(a), pow(again(b), -1)),
        Pow(a, 2) => match &**a {
            Add(p, q) => add(
                add(
                    pow((**p).clone(), 2),
                    mul(Number(2), mul((**p).clone(), (**q).clone())),
                ),
                pow((**q).clone(), 2),
            ),
            Call("sin", u) => sub(Number(1), pow(call("cos", (**u).clone()), 2)),
            Call("abs", u) => pow((**u).clone(), 2),
            _ => {
                let a = again(a);
                mul(a.clone(), a)
            }
        },
        Pow(a, n) => pow(again(a), *n),
        Call("sqrt", u) => match &**u {
            Pow(v, 2) => call("abs", (**v).clone()),
            _ => call("sqrt", again(u)),
        },
        Call("exp", u) => match &**u {
            Add(p, q) => mul(call("exp", (**p).clone()), call("exp", (**q).clone())),
            Call("log", v) => (**v).clone(),
            _ => call("exp", again(u)),
        },
        Call(name, u) => call(name, again(u)),
    }
}

/// The derivative by x.
fn derivative(e: &E) -> E {
    match e {
        Number(_) => Number(0),
        Letter(c) => Number(i64::from(*c == 'x')),
        Add(a, b) => add(derivative(a), derivative(b)),
        Sub(a, b) => sub(derivative(a), derivative(b)),
        Mul(a, b) => add(
            mul(derivative(a), (**b).clone()),
            mul((**a).clone(), derivative(b)),
        ),
        Div(a, b) => div(
            sub(
                mul(derivative(a), (**b).clone()),
                mul((**a).clone(), derivative(b)),
            ),
            pow((**b).clone(), 2),
        ),
        Pow(a, n) => mul(mul(Number(*n), pow((**a).clone(), n - 1)), derivative(a)),
        Call(name, u) => {
            let inner = (**u).clone();
            let outer = match *name {
                "sin" => call("cos", inner),
                "cos" => mul(Number(-1), call("sin", inner)),
                "exp" => call("exp", inner),
                "log" => div(Number(1), inner),
                "sqrt" => div(Number(1), mul(Number(2), call("sqrt", inner))),
                "abs" => div(inner.clone(), call("abs", inner)),
                _ => sub(Number(1), pow(call("tanh", inner), 2)),
            };
            mul(outer, derivative(u))
        }
    }
}

fn size(e: &E) -> usize {
    1 + match e {
        Number(_) | Letter(_) => 0,
        Add(a, b) | Sub(a, b) | Mul(a, b) | Div(a, b) => size(a) + size(b),
        Pow(a, _) | Call(_, a) => size(a),
    }
}

/// One slip at one place.
fn slip(dice: &mut Dice, e: &E) -> E {
    let place = dice.roll(size(e));
    slip_at(dice, e, &mut { place })
}

fn slip_at(dice: &mut Dice, e: &E, place: &mut usize) -> E {
    if *place == 0 {
        *place = usize::MAX;
        return slipped(dice, e);
    }
    *place = place.saturating_sub(usize::from(*place != usize::MAX));
    let mut down = |e: &E| Rc::new(slip_at(dice, e, place));
    match e {
        Number(_) | Letter(_) => e.clone(),
        Add(a, b) => Add(down(a), down(b)),
        Sub(a, b) => Sub(down(a), down(b)),
        Mul(a, b) => Mul(down(a), down(b)),
        Div(a, b) => Div(down(a), down(b)),
        Pow(a, n) => Pow(down(a), *n),
        Call(name, a) => Call(name, down(a)),
    }
}

fn slipped(dice: &mut Dice, e: &E) -> E {
    match e {
        Number(n) => Number([n + 1, n - 1, -n, 2 * n][dice.roll(4)]),
        Letter(c) => match dice.roll(4) {
            0 => Letter(if *c == 'x' { 'y' } else { 'x' }),
            1 => mul(Number(-1), e.clone()),
            2 => call("abs", e.clone()),
            _ => add(e.clone(), Number(1)),
        },
        Add(a, b) => match dice.roll(3) {
            0 => Sub(a.clone(), b.clone()),
            1 => (**a).clone(),
            _ => Mul(a.clone(), b.clone()),
        },
        Sub(a, b) => match dice.roll(3) {
            0 => Add(a.clone(), b.clone()),
            1 => Sub(b.clone(), a.clone()),
            _ => (**a).clone(),
        },
        Mul(a, b) => match dice.roll(3) {
            0 => Add(a.clone(), b.clone()),
            1 => (**a).clone(),
            _ => Div(a.clone(), b.clone()),
        },
        Div(a, b) => match dice.roll(2) {
            0 => Div(b.clone(), a.clone()),
            _ => Mul(a.clone(), b.clone()),
        },
        Pow(a, n) => match (&**a, dice.roll(3)) {
            (Add(p, q), 0) => Add(Rc::new(Pow(p.clone(), *n)), Rc::new(Pow(q.clone(), *n))),
            (_, 1) => Pow(a.clone(), n + 1),
            _ => Pow(a.clone(), -n),
        },
        Call(name, a) => match (*name, dice.roll(3)) {
            ("sqrt" | "abs", 0) => (**a).clone(),
            (_, 1) => call(CALLS[dice.roll(CALLS.len())], (**a).clone()),
            _ => mul(Number(-1), e.clone()),
        },
    }
}

/// What the values at the points say of two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Truth {
    /// At one of them both have values, and these differ.
    Differ,
    /// Both have values at several of them, equal as far as they are known.
    Agree,
    /// There is too little to say.
    Little,
}

/// The value at a point; nothing where it has none, or is nearly out of reach.
fn value(e: &E, x: f64, y: f64) -> Option<f64> {
    let of = |e: &E| value(e, x, y);
    let value = match e {
        Number(n) => *n as f64,
        Letter('x') => x,
        Letter(_) => y,
        Add(a, b) => of(a)? + of(b)?,
        Sub(a, b) => of(a)? - of(b)?,
        Mul(a, b) => of(a)? * of(b)?,
        Div(a, b) => of(a)? * power(of(b)?, -1.0).ok()?,
        Pow(a, n) => power(of(a)?, *n as f64).ok()?,
        Call(name, a) => {
            let inside = of(a)?;
            // Too near to the end of the domain, or to a corner.
            if matches!(*name, "log" | "sqrt" | "abs") && inside.abs() < 1e-9 {
                return None;
            }
            apply(name, inside).ok()?
        }
    };
    (value.abs() < 1e6).then_some(value)
}

/// `within`: an expression that has a value at the points that count.
fn truth(a: &E, b: &E, within: &E) -> Truth {
    let mut both = 0;
    for (x, y) in [
        (0.5, 0.37),
        (-0.5, 2.0),
        (2.0, -0.31),
        (-3.0, -2.0),
        (1.4, 2.25),
        (-1.3, 1.7),
        (0.11, -1.6),
        (4.0, 3.0),
        (0.0, 1.0),
        (1.0, 0.0),
    ] {
        let sides = (value(a, x, y), value(b, x, y), value(within, x, y));
        if let (Some(left), Some(right), Some(_)) = sides {
            let size = 1.0 + left.abs().max(right.abs());
            if (left - right).abs() > 1e-4 * size {
                return Truth::Differ;
            }
            both += usize::from((left - right).abs() < 1e-7 * size);
        }
    }
    if both >= 3 {
        Truth::Agree
    } else {
        Truth::Little
    }
}

fn verdict(text: &str) -> StepVerdict {
    last("", text)
}

fn rounds(ordinary: usize) -> usize {
    if long() { ordinary * 25 } else { ordinary }
}

/// Lines and what came of them.
#[derive(Debug, Default)]
struct Count {
    false_lines: usize,
    refuted: usize,
    true_lines: usize,
    proved: usize,
    wrong: Vec<String>,
}

impl Count {
    fn look(&mut self, text: &str, truth: Truth) {
        let verdict = match truth {
            Truth::Little => return,
            _ => verdict(text),
        };
        if truth == Truth::Differ {
            self.false_lines += 1;
            self.refuted += usize::from(verdict == StepVerdict::Refuted);
            if verdict == StepVerdict::Proved {
                self.wrong.push(format!("proved, but false: {text}"));
            }
        } else {
            self.true_lines += 1;
            self.proved += usize::from(verdict == StepVerdict::Proved);
        }
    }

    fn look_at_variant(&mut self, text: &str, truth: Truth) {
        if truth != Truth::Agree {
            return;
        }
        self.true_lines += 1;
        let verdict = verdict(text);
        self.proved += usize::from(verdict == StepVerdict::Proved);
        if verdict == StepVerdict::Refuted {
            self.wrong.push(format!("refuted, but true: {text}"));
        }
    }

    fn conclude(self, what: &str) {
        println!(
            "{what}: {} false lines ({} refuted), {} true lines ({} proved)",
            self.false_lines, self.refuted, self.true_lines, self.proved
        );
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
    }
}

#[test]
fn no_mutant_of_an_identity_is_proved_and_no_variant_is_refuted() {
    let mut dice = Dice(20);
    let mut count = Count::default();
    while count.false_lines < rounds(1000) {
        let left = expression(&mut dice, 3);
        let right = rewritten(&mut dice, &left, 3);
        count.look_at_variant(&format!("{left} = {right}"), truth(&left, &right, &left));
        for _ in 0..3 {
            let mutant = slip(&mut dice, &right);
            count.look(&format!("{left} = {mutant}"), truth(&left, &mutant, &left));
        }
    }
    count.conclude("identities");
}

#[test]
fn no_mutant_of_a_derivative_is_proved_and_no_variant_is_refuted() {
    let mut dice = Dice(21);
    let mut count = Count::default();
    while count.false_lines < rounds(500) {
        let body = expression(&mut dice, 3);
        let right = derivative(&body);
        count.look_at_variant(
            &format!("d/dx ({body}) = {right}"),
            truth(&right, &right, &body),
        );
        for _ in 0..3 {
            let mutant = slip(&mut dice, &right);
            count.look(
                &format!("d/dx ({body}) = {mutant}"),
                truth(&right, &mutant, &body),
            );
        }
    }
    count.conclude("derivatives");
}

#[test]
fn no_mutant_of_a_sum_is_proved_and_no_variant_is_refuted() {
    let mut dice = Dice(22);
    let mut count = Count::default();
    while count.false_lines < rounds(250) {
        let (a, b, c) = (dice.number(), dice.number(), dice.number());
        let mut closed = [2 * a, 3 * a + 3 * b, a + 3 * b + 6 * c, 0];
        let first = dice.roll(2);
        if first == 0 {
            // From k = 0 on there is one term more.
            closed[3] = 6 * c;
        }
        let line = |p: &[i64; 4]| {
            format!(
                "Σ_(k={first})^n (({a})*k^2 + ({b})*k + ({c})) = (({})*n^3 + ({})*n^2 + ({})*n + ({}))/6",
                p[0], p[1], p[2], p[3]
            )
        };
        count.look_at_variant(&line(&closed), Truth::Agree);
        let mut mutant = closed;
        let place = dice.roll(4);
        mutant[place] += dice.number();
        count.look(&line(&mutant), Truth::Differ);
    }
    count.conclude("sums");
}

#[test]
fn no_mutant_of_a_solution_is_proved_and_no_variant_is_refuted() {
    let mut dice = Dice(23);
    let mut count = Count::default();
    while count.false_lines < rounds(250) {
        let (p, q, a) = (dice.number(), dice.number(), dice.number());
        let premise = format!("({a})*x^2 + ({})*x + ({}) = 0", -a * (p + q), a * p * q);
        let roots = |p: i64, q: i64| format!("x = {p} or x = {q}");
        let both = format!("{premise}\n⇔ {}", roots(q, p));
        count.look_at_variant(&both, Truth::Agree);
        let other = dice.number();
        if other == p || other == q {
            continue;
        }
        for (mutant, arrow) in [(roots(p, other), "⇔"), (roots(other, -other), "⇔")] {
            count.look(&format!("{premise}\n{arrow} {mutant}"), Truth::Differ);
        }
        if p != q {
            count.look(&format!("{premise}\n⇒ x = {p}"), Truth::Differ);
            // A factor divided away, and one that comes in.
            count.look_at_variant(&format!("x = {p}\n⇒ {premise}"), Truth::Agree);
            count.look(
                &format!("x - {} = {}\n⇔ {premise}", p + 10, -10),
                Truth::Differ,
            );
        }
    }
    count.conclude("solutions");
}
