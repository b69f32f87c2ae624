//! Powers of matrices with a letter for the exponent: B^m is a matrix P that commutes with B, and
//! B^(m + c) is P B^c.

use rustc_hash::FxHashMap;

use super::Proved;
use super::recurrence::Direct;
use crate::meaning::{Context, Declaration, Goal, Shape};
use crate::refute::Budget;
use crate::term::{
    Dimension, Function, Node, Proof, Quality, Relation, Sort, Store, Symbol, TermId,
};
use crate::theory::matrices::{Shape as Size, Shapes};

/// Powers that are looked at.
const MOST: usize = 6;

/// A power that is a matrix of its own.
struct Power {
    base: TermId,
    exponent: TermId,
    rows: TermId,
    letter: TermId,
}

/// Whether a power of a matrix with a letter for the exponent stands in the term; the letters.
pub fn exponents(store: &mut Store, context: &Context, term: TermId) -> Vec<Symbol> {
    let mut found = Vec::new();
    for (_, exponent, _) in powers(store, context, &[term]) {
        if let Node::Symbol(symbol) = *store.node(exponent)
            && !found.contains(&symbol)
        {
            found.push(symbol);
        }
    }
    found
}

/// A proof of a goal in which each such power is a matrix of its own.
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
    let mut terms = vec![claim];
    terms.extend(&goal.hypotheses);
    let found = powers(store, context, &terms);
    if found.is_empty() {
        return None;
    }
    let mut wider = context.clone();
    let mut all = Vec::new();
    for (base, exponent, rows) in found {
        if !is_defined(store, &goal.hypotheses, base, 0) {
            return None;
        }
        let symbol = store.fresh_symbol("P");
        wider.declarations.push(Declaration {
            symbol,
            sort: Sort::Matrix(Dimension(rows), Dimension(rows)),
            properties: Vec::new(),
        });
        let letter = store.add_node(Node::Symbol(symbol));
        all.push(Power {
            base,
            exponent,
            rows,
            letter,
        });
    }
    let mut table = FxHashMap::default();
    let mut hypotheses = Vec::with_capacity(goal.hypotheses.len() + all.len());
    for hypothesis in &goal.hypotheses {
        hypotheses.push(apart(store, &all, &mut table, *hypothesis));
    }
    let mut witness = Vec::new();
    for power in &all {
        let left = store.mul(&[power.letter, power.base]);
        let right = store.mul(&[power.base, power.letter]);
        hypotheses.push(store.relation(Relation::Equal, left, right));
        let whole = store.pow(power.base, power.exponent);
        witness.extend([power.letter, whole, power.rows]);
    }
    let said = apart(store, &all, &mut table, claim);
    let inner = Goal {
        hypotheses,
        shape: match goal.shape {
            Shape::Step(_) => Shape::Step(said),
            _ => Shape::Statement(said),
        },
        solved_for: None,
    };
    let proved = direct(store, &wider, &inner, budget)?;
    // Conditions are about what was written.
    proved.conditions.is_empty().then(|| {
        Proved::plain(Proof::Decision {
            theory: "recurrences",
            method: "powers",
            statement: claim,
            uses: vec![proved.proof],
            witness,
        })
    })
}

/// Base, letter of the exponent and rows of each power of a matrix with a letter, perhaps with a
/// number added, for the exponent.
fn powers(store: &mut Store, context: &Context, terms: &[TermId]) -> Vec<(TermId, TermId, TermId)> {
    let sorts: FxHashMap<Symbol, Sort> = context
        .declarations
        .iter()
        .map(|d| (d.symbol, d.sort))
        .collect();
    if !sorts.values().any(|s| matches!(s, Sort::Matrix(..))) {
        return Vec::new();
    }
    let mut found: Vec<(TermId, TermId, TermId)> = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack: Vec<TermId> = terms.iter().rev().copied().collect();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) || store.node(next).binds().is_some() {
            continue;
        }
        if let Node::Pow(base, exponent) = *store.node(next)
            && let Some((letter, _)) = letter_and_number(store, exponent)
            && let Ok(Size::Matrix(rows, columns)) = Shapes::new(store, &sorts).of(base)
            && rows == columns
        {
            if !found.iter().any(|(b, e, _)| *b == base && *e == letter) {
                found.push((base, letter, rows));
            }
            continue;
        }
        let mut parts = Vec::new();
        store.node(next).for_each_child(|child| parts.push(child));
        stack.extend(parts.into_iter().rev());
    }
    found.truncate(MOST);
    found
}

/// m and c of m + c, with c ≥ 0.
fn letter_and_number(store: &Store, exponent: TermId) -> Option<(TermId, i64)> {
    match store.node(exponent) {
        Node::Symbol(_) => Some((exponent, 0)),
        Node::Add(parts) => match parts.as_ref() {
            [a, b] => match (store.node(*a), store.node(*b)) {
                (Node::Symbol(_), Node::Number(c)) => Some((*a, c.to_i64()?)),
                (Node::Number(c), Node::Symbol(_)) => Some((*b, c.to_i64()?)),
                _ => None,
            },
            _ => None,
        }
        .filter(|(_, c)| (0..=8).contains(c)),
        _ => None,
    }
}

/// The term with each of the powers as its letter, under no binder.
fn apart(
    store: &mut Store,
    powers: &[Power],
    table: &mut FxHashMap<TermId, TermId>,
    term: TermId,
) -> TermId {
    if let Some(known) = table.get(&term) {
        return *known;
    }
    let node = store.node(term).clone();
    let result = if node.binds().is_some() {
        term
    } else if let Node::Pow(base, exponent) = node
        && let Some((letter, more)) = letter_and_number(store, exponent)
        && let Some(power) = powers
            .iter()
            .find(|p| p.base == base && p.exponent == letter)
    {
        match more {
            0 => power.letter,
            1 => store.mul(&[power.letter, base]),
            _ => {
                let more = store.integer(more);
                let rest = store.pow(base, more);
                store.mul(&[power.letter, rest])
            }
        }
    } else {
        store.map(term, &mut |store, child| apart(store, powers, table, child))
    };
    table.insert(term, result);
    result
}

/// Whether a matrix is defined by its form: sums and products of letters, and inverses of what is
/// said to be invertible.
fn is_defined(store: &Store, hypotheses: &[TermId], term: TermId, depth: u32) -> bool {
    let all = |parts: &[TermId]| {
        parts
            .iter()
            .all(|part| is_defined(store, hypotheses, *part, depth + 1))
    };
    match store.node(term) {
        _ if depth > 40 => false,
        Node::Number(_) | Node::Symbol(_) => true,
        Node::Member(_, indices) => indices.iter().all(|i| {
            matches!(store.node(*i), Node::Number(_) | Node::Symbol(_))
        }),
        Node::Add(parts) | Node::Mul(parts) | Node::Function(Function::Transpose, parts) => {
            all(parts)
        }
        Node::Function(Function::Identity, _) => true,
        Node::Function(Function::Inverse, parts) => {
            all(parts)
                && parts.iter().all(|part| {
                    hypotheses.iter().any(|h| {
                        matches!(store.node(*h), Node::Has(Quality::Invertible | Quality::PositiveDefinite | Quality::Orthogonal, said) if said == part)
                    })
                })
        }
        _ => false,
    }
}
