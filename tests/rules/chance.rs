//! The rules of probability on trial, over four outcomes with exact weights.

use hence::number::Rational;
use hence::prove::{Condition, Pattern, Rule, Test, read_family, table};
use hence::term::{Node, Relation, Store, TermId};
use hence::theory::evaluate::{Assignment, Value, WEIGHTS, evaluate};

/// The chances of the two bits' being 1; they are independent.
const BITS: [(i64, i64); 2] = [(1, 3), (1, 2)];
/// Random symbols: U of the first bit, V of the second, W of both; F_1 and F_2 are independent.
const VALUES: [(&str, &[i64], [i64; 4]); 5] = [
    ("U", &[], [1, 1, -1, -1]),
    ("V", &[], [2, 0, 2, 0]),
    ("W", &[], [1, 2, 2, -3]),
    ("F", &[1], [1, 1, -2, -2]),
    ("F", &[2], [3, -1, 3, -1]),
];

struct Space {
    store: Store,
    at: Assignment,
    weights: Vec<Rational>,
}

impl Space {
    fn new() -> Self {
        let (mut store, mut at, mut weights) = (Store::new(), Assignment::new(), Vec::new());
        let one = Rational::one();
        for outcome in 0..4_i64 {
            let chance = |(n, d): (i64, i64), hit: bool| {
                let p = Rational::new(n, d).expect("a fraction");
                if hit { p } else { one.sub(&p) }
            };
            let weight = chance(BITS[0], outcome < 2).mul(&chance(BITS[1], outcome % 2 == 0));
            let atom = member(&mut store, WEIGHTS, &[outcome + 1]);
            at.insert(atom, weight.clone().into());
            weights.push(weight);
            for (name, indices, values) in VALUES {
                let mut indices = indices.to_vec();
                indices.push(outcome + 1);
                let atom = member(&mut store, name, &indices);
                let value = Rational::from(values[usize::try_from(outcome).expect("small")]);
                at.insert(atom, value.into());
            }
        }
        Space { store, at, weights }
    }

    fn random(&mut self, name: &str, index: Option<TermId>, w: TermId) -> TermId {
        let symbol = self.store.symbol(name);
        let indices: Vec<TermId> = index.into_iter().chain([w]).collect();
        self.store.add_node(Node::Member(symbol, indices.into()))
    }

    /// What a variable of a rule may stand for.
    fn choices(&mut self, rule: &Rule, name: &str) -> Vec<TermId> {
        let has = |v: &str| rule.variables.iter().any(|known| known == v);
        let w = self
            .store
            .variable(if has("v") && name != "c" { "v" } else { "w" });
        let family = rule
            .conditions
            .iter()
            .any(|c| matches!(c, Condition::Test(Test::Members, _)));
        let numbers = |store: &mut Store, all: &[i64]| -> Vec<TermId> {
            all.iter().map(|n| store.integer(*n)).collect()
        };
        match name {
            "w" | "v" | "x" | "k" => vec![self.store.variable(name)],
            "t" if has("h") => vec![self.store.variable("t")],
            "a" | "i" => numbers(&mut self.store, &[1, 2]),
            "b" | "j" => numbers(&mut self.store, &[2, 1]),
            "y" => numbers(&mut self.store, &[1, -1, 2]),
            "c" | "p" | "n" => numbers(&mut self.store, &[2, 0, -3]),
            "s" | "t" => {
                let (u, v, x) = (
                    self.random("U", None, w),
                    self.random("V", None, w),
                    self.random("W", None, w),
                );
                let one = self.store.integer(1);
                vec![
                    self.store.relation(Relation::Equal, u, one),
                    self.store.relation(Relation::Less, v, x),
                    self.store.relation(Relation::LessEqual, x, one),
                ]
            }
            "h" if has("t") => {
                let t = self.store.variable("t");
                let (two, one) = (self.store.integer(2), self.store.integer(1));
                vec![t, self.store.pow(t, two), self.store.add(&[t, one])]
            }
            _ if family => {
                let k = self.store.variable("k");
                let f = self.random("F", Some(k), w);
                let u = self.random("U", None, w);
                let two = self.store.integer(2);
                vec![f, self.store.pow(f, two), u]
            }
            _ => {
                let names = ["U", "V", "W"].map(|n| self.random(n, None, w));
                let two = self.store.integer(2);
                let minus = self.store.integer(-1);
                let mut all = vec![
                    names[0],
                    names[1],
                    names[2],
                    self.store.mul(&[names[0], names[1]]),
                    self.store.pow(names[2], two),
                    self.store.pow(names[2], minus),
                    self.store.pow(names[1], minus),
                ];
                for letter in ["x", "k"].into_iter().filter(|l| has(l)) {
                    let letter = self.store.variable(letter);
                    all.push(self.store.mul(&[letter, letter, names[2]]));
                }
                all
            }
        }
    }

    fn value(&self, term: TermId) -> Value {
        evaluate(&self.store, term, &self.at, 20)
    }

    /// The values of a term at the outcomes.
    fn values(&mut self, term: TermId, w: TermId) -> Option<Vec<Rational>> {
        let Node::Symbol(symbol) = *self.store.node(w) else {
            return None;
        };
        (1..=4)
            .map(|outcome| {
                let outcome = self.store.integer(outcome);
                let there = self.store.substitute(term, symbol, outcome);
                match self.value(there) {
                    Value::Exact(value) => Some(value),
                    _ => None,
                }
            })
            .collect()
    }

    /// Whether the chances of pairs of values are products.
    fn independent(&mut self, f: TermId, g: TermId, w: TermId) -> Option<bool> {
        let (f, g) = (self.values(f, w)?, self.values(g, w)?);
        let chance = |hit: &dyn Fn(usize) -> bool| {
            (0..4)
                .filter(|o| hit(*o))
                .fold(Rational::zero(), |sum, o| sum.add(&self.weights[o]))
        };
        Some((0..4).all(|a| {
            (0..4).all(|b| {
                let both = chance(&|o| f[o] == f[a] && g[o] == g[b]);
                both == chance(&|o| f[o] == f[a]).mul(&chance(&|o| g[o] == g[b]))
            })
        }))
    }

    fn holds(&mut self, condition: &Condition, terms: &[TermId]) -> Option<bool> {
        match condition {
            Condition::Relation(relation, a, b) => {
                let statement = Pattern::relate(&mut self.store, *relation, a, b, terms)?;
                match self.value(statement) {
                    Value::Truth(truth) => Some(truth),
                    _ => None,
                }
            }
            Condition::Test(test, parts) => {
                let parts: Option<Vec<TermId>> = parts
                    .iter()
                    .map(|part| part.fill(&mut self.store, terms))
                    .collect();
                let parts = parts?;
                match (test, parts.as_slice()) {
                    (Test::Free, [f, x]) => match *self.store.node(*x) {
                        Node::Symbol(symbol) => Some(!self.store.mentions(*f, symbol)),
                        _ => Some(false),
                    },
                    (Test::Smooth | Test::Dominated, _) => Some(true),
                    (Test::Independent, [f, g, w]) => self.independent(*f, *g, *w),
                    (Test::Members, [f, g, _, _]) => {
                        let family = self.store.symbol("F");
                        let all = [f, g].map(|t| self.store.mentions(*t, family));
                        Some(all == [true, true])
                    }
                    _ => None,
                }
            }
            // Only numbers that are integers are tried.
            _ => Some(true),
        }
    }

    /// How often both sides had a value, or where they differ.
    fn trial(&mut self, rule: &Rule) -> Result<usize, String> {
        let choices: Vec<Vec<TermId>> = rule
            .variables
            .iter()
            .map(|name| self.choices(rule, name))
            .collect();
        let total: usize = choices.iter().map(Vec::len).product();
        let mut seen = 0;
        for number in 0..total {
            let mut rest = number;
            let terms: Vec<TermId> = choices
                .iter()
                .map(|choice| {
                    let term = choice[rest % choice.len()];
                    rest /= choice.len();
                    term
                })
                .collect();
            if !rule
                .conditions
                .iter()
                .all(|c| self.holds(c, &terms) == Some(true))
            {
                continue;
            }
            let (Some(left), Some(right)) = (
                rule.left.fill(&mut self.store, &terms),
                rule.right.fill(&mut self.store, &terms),
            ) else {
                continue;
            };
            // What stands free is looked at in both sides at one outcome.
            for outcome in 1..=4 {
                let outcome = self.store.integer(outcome);
                let [a, b] = [left, right].map(|mut side| {
                    for name in ["w", "v"] {
                        let symbol = self.store.symbol(name);
                        side = self.store.substitute(side, symbol, outcome);
                    }
                    self.value(side)
                });
                if !matches!(a, Value::Exact(_) | Value::Between(..)) {
                    continue;
                }
                seen += 1;
                let fine = match (&a, &b) {
                    (Value::Exact(x), Value::Exact(y)) => x == y,
                    (Value::Between(p, q), Value::Between(r, s)) => q >= r && s >= p,
                    (Value::Between(p, q), Value::Exact(x))
                    | (Value::Exact(x), Value::Between(p, q)) => p <= x && x <= q,
                    _ => false,
                };
                if !fine {
                    let shown = hence::term::print(&self.store, left);
                    return Err(format!("{}: {shown}: {a:?}, {b:?}", rule.name));
                }
            }
        }
        Ok(seen)
    }
}

fn member(store: &mut Store, name: &str, indices: &[i64]) -> TermId {
    let symbol = store.symbol(name);
    let indices: Vec<TermId> = indices.iter().map(|i| store.integer(*i)).collect();
    store.add_node(Node::Member(symbol, indices.into()))
}

#[test]
fn every_rule_of_probability_holds_on_four_outcomes() {
    let mut wrong = Vec::new();
    for rule in &table().rules {
        if !rule.name.starts_with("probability.") {
            continue;
        }
        match Space::new().trial(rule) {
            Ok(seen) if seen >= 4 => println!("{}: {seen}", rule.name),
            Ok(seen) => wrong.push(format!("{}: tried {seen} times only", rule.name)),
            Err(fault) => wrong.push(fault),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Wrong rules.
const PLANTED: &[&str] = &[
    "expectation(outcomes(f*g, w)) -> expectation(outcomes(f, w))*expectation(outcomes(g, w))",
    "expectation(outcomes(1/f, w)) -> 1/expectation(outcomes(f, w))",
    "expectation(outcomes(f^2, w)) -> expectation(outcomes(f, w))^2",
    "expectation(outcomes(c + f, w)) -> c*expectation(outcomes(f, w))",
    "variance(outcomes(f, w)) -> expectation(outcomes(f^2, w))",
    "variance(outcomes(f + g, w)) -> variance(outcomes(f, w)) + variance(outcomes(g, w))",
    "variance(outcomes(c*f, w)) -> c*variance(outcomes(f, w)) if free(c, w)",
    "covariance(outcomes(f, w), outcomes(g, w)) -> expectation(outcomes(f*g, w))",
    "correlation(outcomes(f, w), outcomes(g, w)) -> covariance(outcomes(f, w), outcomes(g, w))",
    "probability(outcomes(s, w)) -> indicator(s)",
    "conditionalprobability(outcomes(s, w), outcomes(t, w)) -> conditionalprobability(outcomes(t, w), outcomes(s, w))",
    "expectation(outcomes(indicator(s)*indicator(t), w)) -> expectation(outcomes(indicator(s), w))*expectation(outcomes(indicator(t), w))",
    "conditionalexpectation(outcomes(f, v), outcomes(g, v), y) -> expectation(outcomes(f, v))",
    "conditionalexpectation(outcomes(f*h, v), outcomes(g, v), y) -> h*conditionalexpectation(outcomes(f, v), outcomes(g, v), y)",
    "expectation(outcomes(conditionalexpectation(outcomes(f, v), outcomes(g, v), at(g, v, w)), w)) -> expectation(outcomes(g, v))",
    "conditionalvariance(outcomes(f, v), outcomes(g, v), y) -> variance(outcomes(f, v))",
    "expectation(outcomes(at(f, k, i)*at(g, k, j), w)) -> expectation(outcomes(at(f, k, i), w))*expectation(outcomes(at(g, k, j), w)) if members(f, g, k, w)",
];

#[test]
fn wrong_rules_of_probability_are_caught() {
    for text in PLANTED {
        let text = format!("planted: {text} because it is not\n");
        let rules = read_family("probability", &text).expect("a rule");
        assert!(Space::new().trial(&rules[0]).is_err(), "{text}");
    }
}
