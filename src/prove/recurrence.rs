//! Families that are given by a rule for all their members: w_(n+1) = M w_n for all n.
//!
//! What holds for all members of a set is said of those that stand in the claim (`instances`), and
//! a claim about all n from a start on is shown there, and at m + 1 where it holds at m
//! (`induction`). Both rest on a proof of another goal with more hypotheses.

use std::collections::{BTreeMap, BTreeSet};

use super::{Proved, powers};
use crate::meaning::{Context, Declaration, Goal, Shape};
use crate::number::Rational;
use crate::refute::Budget;
use crate::term::{Node, Proof, Relation, Sort, Store, Symbol, TermId};
use crate::theory::facts::Facts;
use crate::theory::logic;

/// Instances that are taken.
const MOST: usize = 10;
/// Rounds in which the members of instances give places for more.
const ROUNDS: usize = 8;

/// How a goal without recurrences is proved.
pub type Direct = fn(&mut Store, &Context, &Goal, &Budget) -> Option<Proved>;

/// Proves a goal by instances of what holds for all members, or by induction.
pub fn prove(
    store: &mut Store,
    context: &Context,
    goal: &Goal,
    budget: &Budget,
    direct: Direct,
) -> Option<Proved> {
    let (Shape::Step(claim) | Shape::Statement(claim)) = goal.shape else {
        return None;
    };
    if !matches!(store.node(claim), Node::Relation(..) | Node::Has(..)) {
        return None;
    }
    let rules = rules(store, &goal.hypotheses);
    let exponents = powers::exponents(store, context, claim);
    if rules.is_empty() && exponents.is_empty() {
        return None;
    }
    plainly(store, context, goal, budget, direct, &rules)
        .or_else(|| by_induction(store, context, goal, budget, direct, &rules))
}

/// An equation for all members of a set.
struct Rule {
    statement: TermId,
    set: TermId,
    families: BTreeSet<Symbol>,
}

/// The equations that hold for all members of a set and hold families.
fn rules(store: &mut Store, hypotheses: &[TermId]) -> Vec<Rule> {
    let mut found = Vec::new();
    let mut open: Vec<TermId> = hypotheses.iter().rev().copied().collect();
    while let Some(next) = open.pop() {
        match store.node(next).clone() {
            Node::And(parts) => open.extend(parts.iter().rev()),
            Node::ForAll(_, _, set) => {
                let Some((symbol, scope)) = store.open_fresh(next) else {
                    continue;
                };
                let Some(body) = scope.first().copied() else {
                    continue;
                };
                if !matches!(store.node(body), Node::Relation(Relation::Equal, ..)) {
                    continue;
                }
                let place = store.add_node(Node::Symbol(symbol));
                let families: BTreeSet<Symbol> = members(store, body)
                    .into_iter()
                    .filter(|(_, indices)| indices.iter().any(|i| stands_in(store, *i, place)))
                    .map(|(family, _)| family)
                    .collect();
                if !families.is_empty() {
                    found.push(Rule {
                        statement: next,
                        set,
                        families,
                    });
                }
            }
            _ => {}
        }
    }
    found
}

/// The members of families in a term, under no binder, with their indices.
fn members(store: &Store, term: TermId) -> Vec<(Symbol, Vec<TermId>)> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if !seen.insert(next) || !store.is_closed(next) {
            continue;
        }
        if let Node::Member(family, indices) = store.node(next) {
            found.push((*family, indices.to_vec()));
        }
        store.node(next).for_each_child(|child| stack.push(child));
    }
    found.reverse();
    found
}

fn stands_in(store: &Store, term: TermId, part: TermId) -> bool {
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if next == part {
            return true;
        }
        store.node(next).for_each_child(|child| stack.push(child));
    }
    false
}

/// The term with the numbers in the indices of families added up: w_(1 + 1) is w_2.
fn folded(store: &mut Store, term: TermId) -> TermId {
    let node = store.node(term).clone();
    if let Node::Member(family, indices) = node {
        let indices: Vec<TermId> = indices.iter().map(|i| sum(store, *i)).collect();
        return store.add_node(Node::Member(family, indices.into()));
    }
    store.map(term, &mut folded)
}

/// A sum with its numbers added up, behind what else stands in it.
fn sum(store: &mut Store, term: TermId) -> TermId {
    let Node::Add(parts) = store.node(term).clone() else {
        return term;
    };
    let mut number = Rational::zero();
    let mut rest = Vec::new();
    for part in parts.iter() {
        match store.node(*part) {
            Node::Number(value) => number = number.add(value),
            _ => rest.push(*part),
        }
    }
    if !number.is_zero() || rest.is_empty() {
        rest.push(store.number(number));
    }
    store.add(&rest)
}

/// What a rule says of a place.
fn instance(store: &mut Store, rule: &Rule, place: TermId) -> Option<TermId> {
    let body = store.open(rule.statement, place)?.first().copied()?;
    Some(folded(store, body))
}

fn facts_of(context: &Context, hypotheses: &[TermId]) -> Facts {
    let mut facts = Facts {
        statements: hypotheses.to_vec(),
        laws: context.independence(),
        ..Facts::default()
    };
    for declaration in &context.declarations {
        facts.sorts.insert(declaration.symbol, declaration.sort);
    }
    facts
}

/// Places at which the rule says what a member that was met is: the rule's last member.
fn places(store: &mut Store, rule: &Rule, met: &[(Symbol, Vec<TermId>)]) -> Vec<TermId> {
    let Some((symbol, scope)) = store.open_fresh(rule.statement) else {
        return Vec::new();
    };
    let Some(body) = scope.first().copied() else {
        return Vec::new();
    };
    let variable = store.add_node(Node::Symbol(symbol));
    // n + c for each family and place of an index, with the largest c.
    let mut last: BTreeMap<(Symbol, usize), Rational> = BTreeMap::new();
    for (family, indices) in members(store, body) {
        for (position, index) in indices.iter().enumerate() {
            let offset = store.sub(*index, variable);
            if let Some(offset) = constant(store, offset, symbol) {
                let known = last.entry((family, position)).or_insert(offset.clone());
                if offset > *known {
                    *known = offset;
                }
            }
        }
    }
    let mut found = Vec::new();
    for (family, there) in met {
        for (position, index) in there.iter().enumerate() {
            let Some(offset) = last.get(&(*family, position)) else {
                continue;
            };
            let minus = store.number(offset.neg());
            let place = store.add(&[*index, minus]);
            let place = sum(store, place);
            if !found.contains(&place) {
                found.push(place);
            }
        }
    }
    found
}

/// The number that is left of a difference in which a symbol stands once with each sign.
fn constant(store: &Store, term: TermId, symbol: Symbol) -> Option<Rational> {
    let Node::Add(parts) = store.node(term) else {
        return None;
    };
    let (mut number, mut count) = (Rational::zero(), 0);
    for part in parts.iter() {
        match store.node(*part) {
            Node::Number(value) => number = number.add(value),
            Node::Symbol(s) if *s == symbol => count += 1,
            Node::Mul(factors) => match factors.as_ref() {
                [minus, s]
                    if matches!(store.node(*minus), Node::Number(n) if (*n) == Rational::from(-1))
                        && *store.node(*s) == Node::Symbol(symbol) =>
                {
                    count -= 1;
                }
                _ => return None,
            },
            _ => return None,
        }
    }
    (count == 0).then_some(number)
}

fn by_instances(
    store: &mut Store,
    context: &Context,
    goal: &Goal,
    budget: &Budget,
    direct: Direct,
    rules: &[Rule],
) -> Option<Proved> {
    let (Shape::Step(claim) | Shape::Statement(claim)) = goal.shape else {
        return None;
    };
    let facts = facts_of(context, &goal.hypotheses);
    let mut met = members(store, claim);
    for hypothesis in &goal.hypotheses {
        if !matches!(store.node(*hypothesis), Node::ForAll(..)) {
            met.extend(members(store, *hypothesis));
        }
    }
    let mut witness = Vec::new();
    let mut given = goal.hypotheses.clone();
    let mut tried: BTreeSet<(TermId, TermId)> = BTreeSet::new();
    for _ in 0..ROUNDS {
        let mut fresh = Vec::new();
        for rule in rules {
            for place in places(store, rule, &met) {
                if !tried.insert((rule.statement, place)) || witness.len() >= 2 * MOST {
                    continue;
                }
                let inside = store.add_node(Node::Element(place, rule.set));
                if logic::entails(store, &facts, inside).is_none() {
                    continue;
                }
                let Some(said) = instance(store, rule, place) else {
                    continue;
                };
                witness.extend([rule.statement, place]);
                given.push(said);
                fresh.extend(members(store, said));
            }
        }
        if fresh.is_empty() {
            break;
        }
        met = fresh;
    }
    if witness.is_empty() {
        return None;
    }
    let inner = Goal {
        hypotheses: given,
        ..goal.clone()
    };
    let proved = powers::prove(store, context, &inner, budget, direct)
        .or_else(|| direct(store, context, &inner, budget))?;
    Some(Proved {
        proof: Proof::Decision {
            theory: "recurrences",
            method: "instances",
            statement: claim,
            uses: vec![proved.proof],
            witness,
        },
        conditions: proved.conditions,
    })
}

/// Letters of the claim that an induction may go by, with a number from which on they are known to
/// be: first those that stand as an index of a family with a rule.
fn letters(
    store: &mut Store,
    facts: &Facts,
    claim: TermId,
    rules: &[Rule],
    exponents: &[Symbol],
) -> Vec<(Symbol, i64)> {
    let families: BTreeSet<Symbol> = rules.iter().flat_map(|r| r.families.clone()).collect();
    let mut found: Vec<(Symbol, i64)> = Vec::new();
    let mut candidates: Vec<Vec<TermId>> = Vec::new();
    for (family, indices) in members(store, claim) {
        if families.contains(&family) {
            candidates.push(indices);
        }
    }
    for symbol in exponents {
        candidates.push(vec![store.add_node(Node::Symbol(*symbol))]);
    }
    for indices in candidates {
        for index in indices {
            let Node::Symbol(symbol) = *store.node(index) else {
                continue;
            };
            if found.iter().any(|(known, _)| *known == symbol) {
                continue;
            }
            let integers = store.add_node(Node::Integers);
            let whole = store.add_node(Node::Element(index, integers));
            if logic::entails(store, facts, whole).is_none() {
                continue;
            }
            for start in [2, 1, 0] {
                let from = store.integer(start);
                let said = store.relation(Relation::LessEqual, from, index);
                if logic::entails(store, facts, said).is_some() {
                    found.push((symbol, start));
                    break;
                }
            }
        }
    }
    found.truncate(2);
    found
}

fn by_induction(
    store: &mut Store,
    context: &Context,
    goal: &Goal,
    budget: &Budget,
    direct: Direct,
    rules: &[Rule],
) -> Option<Proved> {
    let (Shape::Step(claim) | Shape::Statement(claim)) = goal.shape else {
        return None;
    };
    let facts = facts_of(context, &goal.hypotheses);
    let truth = store.add_node(Node::Truth(true));
    let exponents = powers::exponents(store, context, claim);
    for (n, start) in letters(store, &facts, claim, rules, &exponents) {
        let variable = store.add_node(Node::Symbol(n));
        let from = store.integer(start);
        // What is known without n, each in its place.
        let general: Vec<TermId> = goal
            .hypotheses
            .iter()
            .map(|h| if store.mentions(*h, n) { truth } else { *h })
            .collect();
        let at = |store: &mut Store, place: TermId| {
            let there = store.substitute(claim, n, place);
            folded(store, there)
        };
        let first = Goal {
            hypotheses: general.clone(),
            shape: Shape::Statement(at(store, from)),
            solved_for: None,
        };
        let Some(base) = plainly(store, context, &first, budget, direct, rules) else {
            continue;
        };
        let m = store.fresh_symbol("m");
        let here = store.add_node(Node::Symbol(m));
        let one = store.integer(1);
        let next = store.add(&[here, one]);
        let mut stepping = general;
        let naturals = store.add_node(Node::Naturals);
        stepping.push(store.add_node(Node::Element(here, naturals)));
        stepping.push(store.relation(Relation::LessEqual, from, here));
        stepping.push(at(store, here));
        let then = Goal {
            hypotheses: stepping,
            shape: Shape::Statement(at(store, next)),
            solved_for: None,
        };
        let mut wider = context.clone();
        wider.declarations.push(Declaration {
            symbol: m,
            sort: Sort::Natural,
            properties: Vec::new(),
        });
        let Some(step) = plainly(store, &wider, &then, budget, direct, rules) else {
            continue;
        };
        return Some(Proved::plain(Proof::Decision {
            theory: "recurrences",
            method: "induction",
            statement: claim,
            uses: vec![base.proof, step.proof],
            witness: vec![variable, from, here],
        }));
    }
    None
}

/// A goal with powers of matrices as matrices of their own, by instances, or by itself.
fn plainly(
    store: &mut Store,
    context: &Context,
    goal: &Goal,
    budget: &Budget,
    direct: Direct,
    rules: &[Rule],
) -> Option<Proved> {
    by_instances(store, context, goal, budget, direct, rules)
        .or_else(|| powers::prove(store, context, goal, budget, direct))
        .or_else(|| direct(store, context, goal, budget))
}
