//! Every rule of `rules/` on trial at boundary points: both sides equal where both are defined, and
//! the right side defined wherever the left is, given the conditions. Wrong rules are caught.
#![allow(clippy::expect_used)]

use hence::prove::{Pattern, Rule, instance, read_family, read_term, table};
use hence::term::{Store, TermId};
use hence::theory::evaluate::{Assignment, Value, evaluate};

/// Values for a pattern variable: boundary points first.
const VALUES: [&str; 15] = [
    "0",
    "1",
    "-1",
    "1/2",
    "-1/2",
    "2",
    "-2",
    "1/1000",
    "-1/1000",
    "40",
    "-40",
    "3",
    "5/3",
    "pi",
    "1/sqrt(2)",
];
/// Functions of x for variables under a binder.
const FUNCTIONS: [&str; 10] = [
    "x", "x^2", "3", "sin(x)", "1/x", "sqrt(x)", "abs(x)", "x^3 - x", "e^x - 2", "k*x",
];
/// How many instances of a rule are tried.
const TRIALS: usize = 250;

/// Which variables stand under a binder, and which are bound.
fn roles(pattern: &Pattern, within: bool, bodies: &mut Vec<usize>, bound: &mut Vec<usize>) {
    match pattern {
        Pattern::Variable(n) if within => bodies.push(*n),
        Pattern::Variable(_) | Pattern::Number(_) | Pattern::Constant(_) => {}
        Pattern::Function(_, parts) | Pattern::Sum(parts) | Pattern::Product(parts) => {
            parts
                .iter()
                .for_each(|part| roles(part, within, bodies, bound));
        }
        Pattern::Negative(a) => roles(a, within, bodies, bound),
        Pattern::Power(a, b) => {
            roles(a, within, bodies, bound);
            roles(b, within, bodies, bound);
        }
        Pattern::Binder(_, body, variable, outer) => {
            roles(body, true, bodies, bound);
            bound.push(*variable);
            outer
                .iter()
                .for_each(|part| roles(part, within, bodies, bound));
        }
        Pattern::At(body, _, at) => {
            roles(body, within, bodies, bound);
            roles(at, within, bodies, bound);
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

/// What is wrong with the rule, and how many instances had a value on the left.
fn trial(rule: &Rule) -> (Option<String>, usize) {
    let (mut bodies, mut bound) = (Vec::new(), Vec::new());
    roles(&rule.left, false, &mut bodies, &mut bound);
    let count = rule.variables.len();
    let choices: Vec<Vec<&str>> = (0..count)
        .map(|n| {
            if bound.contains(&n) {
                // Two bound names are never the same.
                vec![if bound.first() == Some(&n) { "x" } else { "k" }]
            } else if bodies.contains(&n) {
                FUNCTIONS.to_vec()
            } else {
                VALUES.to_vec()
            }
        })
        .collect();
    let total: usize = choices.iter().map(Vec::len).product();
    let stride = (total / TRIALS).max(1) | 1;
    let mut seen = 0;
    let mut store = Store::new();
    for number in (0..total).step_by(stride) {
        let mut rest = number;
        let terms: Vec<TermId> = choices
            .iter()
            .map(|choice| {
                let text = choice[rest % choice.len()];
                rest /= choice.len();
                read_term(&mut store, text).expect("a term")
            })
            .collect();
        let Some((left, right)) = instance(&mut store, rule, &terms) else {
            continue;
        };
        let a = evaluate(&store, left, &Assignment::new(), 15);
        if !has_value(&a) {
            continue;
        }
        seen += 1;
        let b = evaluate(&store, right, &Assignment::new(), 15);
        if b == Value::Undefined || different(&a, &b) {
            let shown: Vec<String> = terms
                .iter()
                .zip(&rule.variables)
                .map(|(term, name)| format!("{name} = {}", hence::term::print(&store, *term)))
                .collect();
            return (
                Some(format!(
                    "{}: {}: {a:?} and {b:?}",
                    rule.name,
                    shown.join(", ")
                )),
                seen,
            );
        }
    }
    (None, seen)
}

#[test]
fn every_rule_holds_at_the_boundary() {
    let mut wrong = Vec::new();
    let mut untried = Vec::new();
    for rule in &table().rules {
        let (fault, seen) = trial(rule);
        wrong.extend(fault);
        if seen == 0 {
            untried.push(rule.name.clone());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("without a value on the left: {untried:?}");
    assert!(untried.len() < 12, "{untried:?}");
}

#[test]
fn wrong_rules_are_caught() {
    let planted = "
        root-of-square: sqrt(x^2) -> x because it is wrong at -1
        log-of-square: log(x^2) -> 2*log(x) because it is wrong at -1
        quotient-back: 1 + 0*x -> x/x because it is wrong at 0
        root-of-product: sqrt(a*b) -> sqrt(a)*sqrt(b) because it is wrong at -1, -1
        log-of-product: log(a*b) -> log(a) + log(b) because it is wrong at -1, -1
        power-of-sum: a^(m + n) -> a^m*a^n because it is wrong at 0
        square-of-sum: (a + b)^2 -> a^2 + b^2 because it is wrong at 1, 1
        reciprocal-of-sum: 1/(a + b) -> 1/a + 1/b because it is wrong at 1, 1
        arcsine-of-sine: arcsin(sin(u)) -> u because it is wrong at pi
        sign: sgn(a) -> a/abs(a) because it is wrong at 0
        absolute-value: abs(a) -> a because it is wrong at -1
        power-of-power: (a^b)^c -> a^(b*c) because it is wrong at -1, 2, 1/2
        product: diff(f*g, x, p) -> diff(f, x, p)*diff(g, x, p) because it is wrong for x and x
        chain: diff(sin(f), x, p) -> cos(at(f, x, p)) because it is wrong for x^2
    ";
    let rules = read_family("planted", planted).expect("the planted rules are read");
    assert_eq!(rules.len(), 14);
    for rule in &rules {
        assert!(trial(rule).0.is_some(), "{} was not caught", rule.name);
    }
}
