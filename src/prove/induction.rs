//! Sums with a symbol for their upper bound: proof by induction on that symbol.
//!
//! E(n), the difference of the two sides, is shown to vanish at the first n, and E(n + 1) − E(n)
//! to vanish for each n from there on. Hypotheses that speak of n are used for the first n only.

use rustc_hash::FxHashMap;

use super::engine::Engine;
use super::line::Line;
use super::step;
use crate::term::{Node, Proof, Relation, Sort, Store, Symbol, TermId};
use crate::theory::domain::domain;
use crate::theory::facts::Facts;

/// Proves a = b by induction, if a sum in it has an upper bound of the form n or n + c.
pub fn induction(store: &mut Store, facts: &Facts, a: TermId, b: TermId) -> Option<Proof> {
    let sums = sums(store, &[a, b]);
    let (_, lower, upper) = *sums.first()?;
    let (n, offset) = bound(store, upper)?;
    if store.mentions(lower, n) {
        return None;
    }
    // All sums run to n + c with numbers c, and have nothing else to do with n.
    for (sum, from, to) in &sums {
        let (symbol, _) = bound(store, *to)?;
        let (_, scope) = store.open_fresh(*sum)?;
        if symbol != n || store.mentions(*from, n) || store.mentions(scope[0], n) {
            return None;
        }
        if !matches!(store.node(scope[1]), Node::Truth(true)) {
            return None;
        }
    }
    let is_integer = matches!(facts.sorts.get(&n), Some(Sort::Integer | Sort::Natural))
        || facts.statements.iter().any(|s| says_integer(store, *s, n));
    if !is_integer {
        return None;
    }
    // The first n: one term, or none where that cannot be excluded.
    let variable = store.add_node(Node::Symbol(n));
    let offset = store.integer(offset);
    let one_term = store.sub(lower, offset);
    let one = store.integer(1);
    let no_term = store.sub(one_term, one);
    let mut engine = Engine::new(store, facts.clone(), 20);
    let ends = [engine.normal(one_term)?, engine.normal(no_term)?];
    let mut start = None;
    for first in ends {
        let at_least = store.relation(Relation::LessEqual, first, variable);
        let mut engine = Engine::new(store, facts.clone(), 20);
        if engine.holds(at_least).is_some() {
            start = Some(first);
            break;
        }
    }
    let start = start?;
    let mut general = Facts {
        statements: facts
            .statements
            .iter()
            .copied()
            .filter(|s| !store.mentions(*s, n))
            .collect(),
        sorts: facts.sorts.clone(),
        laws: facts.laws.clone(),
    };
    // A fresh m for the n of the induction.
    let m = store.fresh_symbol("n");
    let at = store.add_node(Node::Symbol(m));
    general.sorts.insert(m, Sort::Integer);
    let integers = store.add_node(Node::Integers);
    general
        .statements
        .push(store.add_node(Node::Element(at, integers)));
    general
        .statements
        .push(store.relation(Relation::LessEqual, start, at));
    let difference = store.sub(a, b);
    let here = store.substitute(difference, n, at);
    if !defined_apart_from_sums(store, &general, here) {
        return None;
    }
    let next = store.add(&[at, one]);
    let there = store.substitute(difference, n, next);
    let first = store.substitute(difference, n, start);
    let zero = store.integer(0);
    let base = {
        let mut engine = Engine::new(store, general.clone(), 60);
        step::equality(&mut engine, first, zero)?
    };
    let mut stepping = general.clone();
    stepping.statements.extend(domain(store, there).conditions);
    let mut engine = Engine::new(store, stepping, 60);
    let mut table = FxHashMap::default();
    for (sum, _, _) in sums_of(engine.store, there) {
        let mut line = Line::start(sum);
        if last_term(&mut engine, &mut line).is_some() {
            table.insert(sum, line);
        }
    }
    let mut line = super::congruence::congruence(engine.store, there, &table, 12);
    let rest = step::equality(&mut engine, line.to, here)?;
    line.append(&rest);
    let uses = vec![base.proof(engine.store)?, line.proof(engine.store)?];
    let statement = store.relation(Relation::Equal, a, b);
    Some(Proof::Decision {
        theory: "sums",
        method: "induction",
        statement,
        uses,
        witness: vec![variable, start, at],
    })
}

/// Takes off the last term: Σ to u is Σ to u − 1 and the term at u.
pub fn last_term(engine: &mut Engine, line: &mut Line) -> Option<()> {
    let sum = line.to;
    let Node::Sum(_, _, from, to, _) = *engine.store.node(sum) else {
        return None;
    };
    let (symbol, scope) = engine.store.open_fresh(sum)?;
    let k = engine.store.add_node(Node::Symbol(symbol));
    let one = engine.store.integer(1);
    let less = engine.store.sub(to, one);
    let less = engine.normal(less)?;
    engine
        .by_rule(
            line,
            "sums.last-term",
            &[("f", scope[0]), ("k", k), ("a", from), ("b", less)],
        )
        .then_some(())
}

fn says_integer(store: &Store, statement: TermId, n: Symbol) -> bool {
    match store.node(statement) {
        Node::Element(a, set) => {
            matches!(store.node(*a), Node::Symbol(s) if *s == n)
                && matches!(store.node(*set), Node::Integers | Node::Naturals)
        }
        Node::And(parts) => parts.iter().any(|part| says_integer(store, *part, n)),
        _ => false,
    }
}

/// Whether all that is no sum in the term is defined under the facts.
fn defined_apart_from_sums(store: &mut Store, facts: &Facts, term: TermId) -> bool {
    let mut table = FxHashMap::default();
    for (sum, _, _) in sums_of(store, term) {
        let hole = store.fresh_symbol("s");
        let hole = store.add_node(Node::Symbol(hole));
        table.insert(sum, hole);
    }
    let rest = store.replace(term, &mut table);
    let domain = domain(store, rest);
    let mut engine = Engine::new(store, facts.clone(), 40);
    domain.complete
        && domain
            .conditions
            .into_iter()
            .all(|condition| engine.holds(condition).is_some())
}

/// n and c of n + c.
fn bound(store: &Store, upper: TermId) -> Option<(Symbol, i64)> {
    match store.node(upper) {
        Node::Symbol(n) => Some((*n, 0)),
        Node::Add(parts) => match parts.as_ref() {
            [x, y] => match (store.node(*x), store.node(*y)) {
                (Node::Symbol(n), Node::Number(c)) | (Node::Number(c), Node::Symbol(n)) => {
                    Some((*n, c.to_i64()?))
                }
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn sums(store: &Store, terms: &[TermId]) -> Vec<(TermId, TermId, TermId)> {
    terms
        .iter()
        .flat_map(|term| sums_of(store, *term))
        .collect()
}

/// The sums in a term that stand under no binder, with their bounds.
fn sums_of(store: &Store, term: TermId) -> Vec<(TermId, TermId, TermId)> {
    let mut found = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if let Node::Sum(_, _, from, to, _) = node {
            found.push((next, *from, *to));
        }
        if node.binds().is_none() {
            node.for_each_child(|child| stack.push(child));
        }
    }
    found
}
