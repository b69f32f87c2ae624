//! Takes: a claim about vectors and matrices. Gives: a proof by normal forms and by the equations that are given.
//! Never: believes a search: what it finds is written down as a combination that can be multiplied out.
//! Start reading at: this file, then `completion.rs`.

mod completion;
mod inequality;

use crate::term::{Function, Node, Proof, Quality, Relation, Sort, Store, Symbol, TermId};
use crate::theory::facts::Facts;
use crate::theory::matrices::{Rules, Value, Words};
use completion::{Completion, Outcome};

use super::Proved;
use super::engine::Engine;
use super::step::equality;

/// Whether the claim, or what is given, speaks of matrices.
pub(super) fn is_strange(store: &mut Store, facts: &Facts, statement: TermId) -> bool {
    Words::new(store, facts).is_strange(statement)
}

/// Whether any symbol is a vector or matrix.
pub(super) fn has_matrices(facts: &Facts) -> bool {
    let matrices = |sort: &Sort| matches!(sort, Sort::Matrix(..));
    facts.sorts.values().any(matrices)
}

/// A proof of a statement about matrices; of a `step` its terms are presumed to have values.
pub(super) fn prove(
    store: &mut Store,
    facts: &Facts,
    hypotheses: &[TermId],
    claim: TermId,
    step: bool,
) -> Option<Proved> {
    if let Node::And(parts) = store.node(claim).clone() {
        let (mut uses, mut conditions) = (Vec::new(), Vec::new());
        for part in &parts {
            let proved = prove(store, facts, hypotheses, *part, step)?;
            uses.push(proved.proof);
            conditions.extend(proved.conditions);
        }
        let proof = decision("each", claim, uses, Vec::new());
        return Some(Proved { proof, conditions });
    }
    let mut words = Words::new(store, facts);
    learn(&mut words, hypotheses, step.then_some(claim));
    let proof = statement(&mut words, hypotheses, claim, step)?;
    let conditions = if step {
        conditions(store, facts, hypotheses, claim)
    } else {
        Vec::new()
    };
    Some(Proved { proof, conditions })
}

fn decision(
    method: &'static str,
    statement: TermId,
    uses: Vec<Proof>,
    witness: Vec<TermId>,
) -> Proof {
    Proof::Decision {
        theory: "matrices",
        method,
        statement,
        uses,
        witness,
    }
}

/// Takes what the hypotheses say, and that the terms of a step have values.
fn learn(words: &mut Words<'_>, hypotheses: &[TermId], claim: Option<TermId>) {
    let mut open: Vec<TermId> = hypotheses.iter().rev().copied().collect();
    let mut told = Vec::new();
    while let Some(next) = open.pop() {
        match words.store.node(next).clone() {
            Node::And(parts) => open.extend(parts.iter().rev()),
            Node::Has(quality, matrix) => {
                if let Node::Symbol(symbol) = *words.store.node(matrix) {
                    words.tell(symbol, quality);
                }
                told.push(next);
            }
            Node::Relation(relation, a, b) => {
                if relation == Relation::Equal
                    && let Some((symbol, quality)) = said(words, a, b).or_else(|| said(words, b, a))
                {
                    words.tell(symbol, quality);
                }
                if relation == Relation::Equal {
                    for symbol in inverses(words, a, b)
                        .into_iter()
                        .chain(inverses(words, b, a))
                    {
                        words.tell(symbol, Quality::Invertible);
                    }
                }
                if relation == Relation::NotEqual {
                    for (vector, zero) in [(a, b), (b, a)] {
                        if let Node::Symbol(symbol) = *words.store.node(vector)
                            && words.number_of(zero).is_some_and(|value| value.is_zero())
                        {
                            words.tell_nonzero(symbol);
                        }
                    }
                }
                told.push(next);
            }
            _ => {}
        }
    }
    words.presumed = true;
    for statement in told {
        read(words, statement);
        let inverted = match words.store.node(statement).clone() {
            Node::Has(
                Quality::Invertible | Quality::PositiveDefinite | Quality::Orthogonal,
                matrix,
            ) => Some(matrix),
            Node::Relation(Relation::NotEqual, determinant, zero)
                if words.number_of(zero).is_some_and(|value| value.is_zero()) =>
            {
                match words.store.node(determinant) {
                    Node::Function(Function::Determinant, xs) => xs.first().copied(),
                    _ => None,
                }
            }
            _ => None,
        };
        if let Some(matrix) = inverted
            && let Some(Value::Matrix(matrix)) = words.spell(matrix)
        {
            let _ = words.inverse(&matrix);
            if matches!(
                words.store.node(statement),
                Node::Has(Quality::PositiveDefinite, _)
            ) {
                let _ = words.is_definite(&matrix);
            }
        }
    }
    if let Some(claim) = claim {
        read(words, claim);
    }
    words.presumed = false;
}

/// What an equation says of one letter: Aᵀ = A, Aᵀ = −A, QᵀQ = I.
fn said(words: &Words<'_>, a: TermId, b: TermId) -> Option<(Symbol, Quality)> {
    let store = &words.store;
    let symbol = |t: TermId| match store.node(t) {
        Node::Symbol(symbol) => Some(*symbol),
        _ => None,
    };
    let flipped = |t: TermId| match store.node(t) {
        Node::Function(Function::Transpose, xs) => xs.first().and_then(|x| symbol(*x)),
        _ => None,
    };
    let minus = |t: TermId| words.number_of(t).is_some_and(|v| v.neg().is_one());
    if let Some(letter) = flipped(a) {
        return match store.node(b) {
            Node::Symbol(other) if *other == letter => Some((letter, Quality::Symmetric)),
            Node::Mul(xs) if xs.len() == 2 && minus(xs[0]) && symbol(xs[1]) == Some(letter) => {
                Some((letter, Quality::SkewSymmetric))
            }
            _ => None,
        };
    }
    let identity = matches!(store.node(b), Node::Function(Function::Identity, _));
    match store.node(a) {
        Node::Mul(xs) if xs.len() == 2 && identity => {
            let letter = symbol(xs[0]).or(symbol(xs[1]))?;
            let other = flipped(xs[0]).or(flipped(xs[1]))?;
            (letter == other && words.is_square(letter)).then_some((letter, Quality::Orthogonal))
        }
        _ => None,
    }
}

/// Square matrices whose product is the identity are inverses of each other.
fn inverses(words: &Words<'_>, a: TermId, b: TermId) -> Vec<Symbol> {
    let store = &words.store;
    let Node::Mul(factors) = store.node(a) else {
        return Vec::new();
    };
    if !matches!(store.node(b), Node::Function(Function::Identity, _)) || factors.len() != 2 {
        return Vec::new();
    }
    let symbols = factors
        .iter()
        .filter_map(|factor| match store.node(*factor) {
            Node::Symbol(symbol) if words.is_square(*symbol) => Some(*symbol),
            _ => None,
        });
    let symbols: Vec<Symbol> = symbols.collect();
    if symbols.len() == 2 {
        symbols
    } else {
        Vec::new()
    }
}

/// Reads the terms of a statement.
fn read(words: &mut Words<'_>, statement: TermId) {
    let mut parts = Vec::new();
    words
        .store
        .node(statement)
        .for_each_child(|part| parts.push(part));
    for part in parts {
        let _ = words.spell(part);
    }
}

fn statement(
    words: &mut Words<'_>,
    hypotheses: &[TermId],
    claim: TermId,
    step: bool,
) -> Option<Proof> {
    if let (Node::Relation(Relation::Equal, a, b), true) = (words.store.node(claim).clone(), step)
        && words.holds_blocks(claim)
    {
        words.presumed = true;
        let found = words.agree_by_blocks(a, b);
        words.presumed = false;
        if found == Some(true) {
            let none = vec![words.zero];
            return Some(decision("blocks", claim, Vec::new(), none));
        }
    }
    words.presumed = step;
    let mut sides = Vec::new();
    let mut parts = Vec::new();
    words
        .store
        .node(claim)
        .for_each_child(|part| parts.push(part));
    for part in parts {
        sides.push(words.spell(part)?);
    }
    words.presumed = false;
    match (words.store.node(claim).clone(), sides.as_slice()) {
        (Node::Relation(Relation::Equal, ..), [a, b]) => {
            let difference = words.minus(a, b)?;
            for letters in [false, true] {
                let mut completion = if letters {
                    Completion::of_letters(words, hypotheses)
                } else {
                    Completion::new(words, hypotheses)
                };
                let found = completion
                    .search(&mut |words, rules| {
                        let rest = words.reduced(rules, &difference)?;
                        Some(words.is_nothing(&rest))
                    })
                    .or_else(|| completion.multiple(&difference));
                if let Some(Outcome {
                    uses,
                    mut witness,
                    rules,
                    parts,
                }) = found
                {
                    witness.push(completion.count(parts.len()));
                    for (place, factor) in parts {
                        let one = completion.count(1);
                        witness.extend([completion.count(place), factor, one]);
                    }
                    completion.list(&mut witness, &rules);
                    return Some(decision("combination", claim, uses, witness));
                }
                if !hypotheses.iter().any(|h| defines(words, *h)) {
                    break;
                }
            }
            numbers(words, hypotheses, claim, Relation::Equal, &sides)
                .or_else(|| inequality::vanishes(words, hypotheses, claim, &difference))
        }
        (Node::Relation(relation, ..), [_, _]) => {
            numbers(words, hypotheses, claim, relation, &sides)
        }
        (Node::Has(quality, _), [matrix]) => {
            let mut completion = Completion::new(words, hypotheses);
            let Outcome {
                uses,
                mut witness,
                rules,
                ..
            } = completion.search(&mut |words, rules| {
                let value = words.reduced(rules, matrix)?;
                words.has(quality, &value, rules)
            })?;
            completion.list(&mut witness, &rules);
            Some(decision("quality", claim, uses, witness))
        }
        _ => None,
    }
}

/// Whether an equation says what a vector or matrix is.
fn defines(words: &Words<'_>, statement: TermId) -> bool {
    match *words.store.node(statement) {
        Node::Relation(Relation::Equal, a, b) => [a, b].iter().any(|side| {
            matches!(words.store.node(*side), Node::Symbol(symbol) if words.is_shaped(*symbol))
        }),
        _ => false,
    }
}

/// A relation of numbers in which matrices stand.
fn numbers(
    words: &mut Words<'_>,
    hypotheses: &[TermId],
    claim: TermId,
    relation: Relation,
    sides: &[Value],
) -> Option<Proof> {
    let [a, b] = sides else { return None };
    words.plain(a)?;
    words.plain(b)?;
    let mut completion = Completion::new(words, hypotheses);
    let found = completion.search(&mut |words, rules: &mut Rules| {
        let a = words.reduced(rules, a)?;
        let b = words.reduced(rules, b)?;
        let (a, b) = (words.plain(&a)?, words.plain(&b)?);
        let statement = words.store.relation(relation, a, b);
        Some(words.holds(statement) || relation == Relation::Equal && equal(words, a, b))
    });
    if let Some(Outcome {
        uses,
        mut witness,
        rules,
        ..
    }) = found
    {
        completion.list(&mut witness, &rules);
        return Some(decision("numbers", claim, uses, witness));
    }
    inequality::prove(words, hypotheses, claim, relation, sides)
}

/// Whether two numbers are the same by the rules for numbers.
fn equal(words: &mut Words<'_>, a: TermId, b: TermId) -> bool {
    let mut facts = words.facts.clone();
    facts
        .sorts
        .retain(|_, sort| !matches!(sort, Sort::Matrix(..)));
    let mut engine = Engine::new(words.store, facts, 100);
    equality(&mut engine, a, b).is_some()
}

/// Inverses that one side needs and the other does not.
fn conditions(
    store: &mut Store,
    facts: &Facts,
    hypotheses: &[TermId],
    claim: TermId,
) -> Vec<(TermId, bool)> {
    let Node::Relation(_, a, b) = *store.node(claim) else {
        return Vec::new();
    };
    let (left, right) = (inverted(store, a), inverted(store, b));
    let mut found = Vec::new();
    for (needs, others, side, narrower) in [(&left, &right, b, false), (&right, &left, a, true)] {
        for matrix in needs {
            if others.contains(matrix) {
                continue;
            }
            let mut words = Words::new(store, facts);
            learn(&mut words, hypotheses, None);
            words.presumed = true;
            let _ = words.spell(side);
            words.presumed = false;
            let known = match words.spell(*matrix) {
                Some(Value::Matrix(matrix)) => words.inverse(&matrix).is_some(),
                _ => true,
            };
            let condition = store.add_node(Node::Has(Quality::Invertible, *matrix));
            if !known && !found.contains(&(condition, narrower)) {
                found.push((condition, narrower));
            }
        }
    }
    found
}

/// What is inverted in a term.
#[must_use]
pub fn inverted(store: &Store, term: TermId) -> Vec<TermId> {
    let (mut open, mut found) = (vec![term], Vec::new());
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = open.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if let Node::Function(Function::Inverse, xs) = node {
            found.extend(xs.first().copied());
        }
        if node.binds().is_none() {
            node.for_each_child(|child| open.push(child));
        }
    }
    found
}
