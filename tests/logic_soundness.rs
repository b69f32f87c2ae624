//! Whatever is proved holds at every point of a grid: random statements, with and without places
//! where they are undefined.

#![allow(clippy::unwrap_used, reason = "a test")]

mod statement;

use std::collections::BTreeMap;

use hence::number::{Quadratic, Rational};
use hence::term::{Function, Node, Relation, Store, TermId};
use hence::theory::evaluate::{Assignment, Model, truth};
use hence::theory::facts::Facts;
use hence::theory::logic::entails;

/// A linear congruential generator: the same statements in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn term(store: &mut Store, dice: &mut Dice, depth: u32) -> TermId {
    let leaf = depth == 0 || dice.roll(4) == 0;
    if leaf {
        return match dice.roll(5) {
            0 | 1 => store.variable("x"),
            2 => store.variable("y"),
            _ => {
                let n = i64::try_from(dice.roll(5)).unwrap() - 2;
                store.integer(n)
            }
        };
    }
    let a = term(store, dice, depth - 1);
    match dice.roll(16) {
        0..=3 => {
            let b = term(store, dice, depth - 1);
            store.add(&[a, b])
        }
        4 | 5 => {
            let b = term(store, dice, depth - 1);
            store.sub(a, b)
        }
        6..=8 => {
            let b = term(store, dice, depth - 1);
            store.mul(&[a, b])
        }
        9 => {
            let b = term(store, dice, depth - 1);
            store.div(a, b)
        }
        10 | 11 => {
            let two = store.integer(2);
            store.pow(a, two)
        }
        12 => store.sqrt(a),
        13 => store.function(Function::Abs, &[a]),
        14 => store.exp(a),
        _ => store.function(Function::Log, &[a]),
    }
}

fn random(store: &mut Store, dice: &mut Dice, depth: u32) -> TermId {
    if depth > 0 && dice.roll(3) == 0 {
        let a = random(store, dice, depth - 1);
        let b = random(store, dice, depth - 1);
        return match dice.roll(5) {
            0 | 1 => store.add_node(Node::And([a, b].into())),
            2 | 3 => store.add_node(Node::Or([a, b].into())),
            _ => store.add_node(Node::Not(a)),
        };
    }
    let size = 1 + u32::try_from(dice.roll(2)).unwrap();
    let a = term(store, dice, size);
    let b = term(store, dice, size);
    let relation = match dice.roll(6) {
        0..=2 => Relation::Equal,
        3 => Relation::NotEqual,
        4 => Relation::Less,
        _ => Relation::LessEqual,
    };
    store.relation(relation, a, b)
}

#[test]
fn nothing_false_is_proved() {
    let rounds: u64 = std::env::var("ROUNDS")
        .ok()
        .and_then(|r| r.parse().ok())
        .unwrap_or(200);
    let seed: u64 = std::env::var("SEED")
        .ok()
        .and_then(|r| r.parse().ok())
        .unwrap_or(7);
    let (mut proved, mut shaky, mut wrong) = (0, 0, Vec::new());
    let values = [
        (0, 1),
        (1, 1),
        (-1, 1),
        (2, 1),
        (-2, 1),
        (1, 2),
        (-1, 2),
        (3, 1),
        (-3, 1),
        (3, 2),
        (1, 3),
        (-7, 5),
        (4, 1),
        (10, 1),
    ]
    .map(|(a, b)| Rational::new(a, b).unwrap());
    for round in 0..rounds {
        let mut store = Store::new();
        let mut dice = Dice(seed * 1_000_003 + round);
        for _ in 0..5 {
            dice.roll(2);
        }
        let (x, y) = (store.variable("x"), store.variable("y"));
        let a = random(&mut store, &mut dice, 1);
        let b = random(&mut store, &mut dice, 1);
        let facts = Facts {
            statements: vec![a],
            ..Facts::default()
        };
        let start = std::time::Instant::now();
        if std::env::var("TRACE").is_ok() {
            eprintln!(
                "{round}: {} ⇒ {}",
                hence::term::print(&store, a),
                hence::term::print(&store, b)
            );
        }
        let holds = entails(&mut store, &facts, b).is_some();
        if std::env::var("SLOW").is_ok() && start.elapsed().as_millis() > 500 {
            println!(
                "{} ms: {} ⇒ {}",
                start.elapsed().as_millis(),
                hence::term::print(&store, a),
                hence::term::print(&store, b)
            );
        }
        if !holds {
            continue;
        }
        proved += 1;
        let mut met = false;
        for p in &values {
            for q in &values {
                let at: Assignment = BTreeMap::from([
                    (x, Quadratic::from(p.clone())),
                    (y, Quadratic::from(q.clone())),
                ]);
                let model = Model::of(&store, &at);
                if truth(&store, a, &model, 20) == Some(true) {
                    met = true;
                    if truth(&store, b, &model, 20) == Some(false) {
                        wrong.push(format!(
                            "{} ⇒ {} at x = {p}, y = {q}",
                            hence::term::print(&store, a),
                            hence::term::print(&store, b)
                        ));
                        break;
                    }
                }
            }
        }
        shaky += u32::from(!met);
    }
    println!("{proved} proved, {shaky} of them from premises that hold at no point of the grid");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(proved > 0);
}
