//! Takes: a goal, its context and the rule table. Gives: a proof (a trace of rewrites, or a decision with its witness).
//! Never: uses a rule that does not stand in `rules/`.
//! Start reading at: `table.rs`, `engine.rs`, then `step.rs`.

mod angles;
mod antiderivative;
mod canonical;
mod chance;
mod combine;
mod components;
mod congruence;
mod coordinates;
mod derive;
mod dominated;
mod egraph;
mod engine;
mod factorials;
mod induction;
mod integral;
mod line;
mod matrices;
mod partial;
mod pattern;
mod powers;
mod recurrence;
mod rounded;
mod said;
mod signs;
mod smooth;
mod step;
mod sums;
pub mod table;
#[cfg(test)]
mod tests;

pub use table::{Condition, Rule, Table, Test, read_family, read_term, table};

use rustc_hash::FxHashSet;

use crate::meaning::{Context, Goal, Shape};
use crate::refute::Budget;
use crate::term::{Dimension, Node, Proof, Relation, Sort, Store, Symbol, TermId};
use crate::theory::domain::{compare, domain};
use crate::theory::facts::Facts;
use crate::theory::matrices::holds_sized;
use crate::theory::{logic, order};
use engine::Engine;

pub use engine::instance;
pub use matrices::inverted;
pub use pattern::{Binder, Pattern};

/// A proof of a goal, with the places where one side is defined and the other is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    /// The proof.
    pub proof: Proof,
    /// Conditions that one side needs and the other does not: `true` for *narrower* (the right
    /// side is defined at fewer places than the left).
    pub conditions: Vec<(TermId, bool)>,
}

impl Proved {
    fn plain(proof: Proof) -> Self {
        Proved {
            proof,
            conditions: Vec::new(),
        }
    }
}

/// Looks for a proof of the goal.
pub fn prove(store: &mut Store, context: &Context, goal: &Goal, budget: &Budget) -> Option<Proved> {
    direct(store, context, goal, budget)
        .or_else(|| recurrence::prove(store, context, goal, budget, direct))
}

/// A proof that takes no rule for all members of a family.
fn direct(store: &mut Store, context: &Context, goal: &Goal, budget: &Budget) -> Option<Proved> {
    let mut facts = Facts {
        statements: goal.hypotheses.clone(),
        laws: context.independence(),
        ..Facts::default()
    };
    for declaration in &context.declarations {
        facts.sorts.insert(declaration.symbol, declaration.sort);
    }
    let one = store.integer(1);
    for (symbol, (rows, columns)) in goal.sizes(store, context) {
        if (rows, columns) == (one, one) {
            continue;
        }
        let sort = Sort::Matrix(Dimension(rows), Dimension(columns));
        facts.sorts.insert(symbol, sort);
    }
    if (matrices::has_matrices(&facts) || holds_sized(store, &goal.terms()))
        && let Some(found) = about_matrices(store, &mut facts, goal)
    {
        return match found {
            Some(proved) => Some(proved),
            None => coordinates::about_entries(store, context, goal, budget).flatten(),
        };
    }
    if let Some(found) = coordinates::about_entries(store, context, goal, budget) {
        return found;
    }
    match &goal.shape {
        Shape::Step(claim) => prove_step(store, facts, goal, *claim, budget),
        Shape::Statement(claim) => prove_statement(store, facts, goal, *claim, budget),
        Shape::Equivalence(a, b) => {
            let there = logic::entails(store, &facts.with(&[*a]), *b)?;
            let back = logic::entails(store, &facts.with(&[*b]), *a)?;
            let statement = store.add_node(Node::And([*a, *b].into()));
            Some(Proved::plain(Proof::Decision {
                theory: "logic",
                method: "equivalence",
                statement,
                uses: vec![there, back],
                witness: Vec::new(),
            }))
        }
        Shape::UpToConstant {
            left,
            right,
            variable,
        } => up_to_constant(store, facts, *left, *right, *variable, budget),
        Shape::Rounded {
            term,
            others,
            decimal,
            places,
        } => {
            let mut terms = vec![*term];
            terms.extend_from_slice(others);
            rounded::rounded(store, &terms, decimal, *places, budget).map(Proved::plain)
        }
    }
}

/// Where matrices stand in the claim, they are for their theory alone; where not, what is given
/// of them says nothing to the others.
fn about_matrices(store: &mut Store, facts: &mut Facts, goal: &Goal) -> Option<Option<Proved>> {
    let claims = match &goal.shape {
        Shape::Step(claim) | Shape::Statement(claim) => vec![*claim],
        Shape::Equivalence(a, b) => vec![*a, *b],
        Shape::UpToConstant { left, right, .. } => vec![*left, *right],
        Shape::Rounded { .. } => return None,
    };
    let all = Facts {
        statements: goal.hypotheses.clone(),
        ..facts.clone()
    };
    let mut strange = false;
    for claim in &claims {
        strange |= matrices::is_strange(store, &all, *claim);
    }
    let truth = store.add_node(Node::Truth(true));
    for place in 0..facts.statements.len() {
        if matrices::is_strange(store, &all, facts.statements[place]) {
            facts.statements[place] = truth;
        }
    }
    let plain = facts.statements == goal.hypotheses;
    let found = match &goal.shape {
        Shape::Step(claim) if strange || !plain => {
            matrices::prove(store, &all, &goal.hypotheses, *claim, true)
        }
        Shape::Statement(claim) if strange || !plain => {
            matrices::prove(store, &all, &goal.hypotheses, *claim, false)
        }
        Shape::Equivalence(a, b) if strange || !plain => {
            let mut uses = Vec::new();
            for (from, to) in [(*a, *b), (*b, *a)] {
                let mut given = goal.hypotheses.clone();
                given.push(from);
                let Some(proved) = matrices::prove(store, &all.with(&[from]), &given, to, false)
                else {
                    return strange.then_some(None);
                };
                uses.push(proved.proof);
            }
            let statement = store.add_node(Node::And([*a, *b].into()));
            Some(Proved::plain(Proof::Decision {
                theory: "logic",
                method: "equivalence",
                statement,
                uses,
                witness: Vec::new(),
            }))
        }
        _ => None,
    };
    (strange || found.is_some()).then_some(found)
}

/// Two terms of which one holds an antiderivative: their derivatives are equal.
fn up_to_constant(
    store: &mut Store,
    mut facts: Facts,
    left: TermId,
    right: TermId,
    variable: Symbol,
    budget: &Budget,
) -> Option<Proved> {
    let at = store.add_node(Node::Symbol(variable));
    if ![left, right]
        .iter()
        .all(|side| integrated_by(store, *side, at))
    {
        return None;
    }
    let sides = [left, right]
        .map(|side| store.bind(variable, &[side], |scope| Node::Derivative(0, scope[0], at)));
    // The variable moves through all real numbers, whatever its sort.
    facts.sorts.remove(&variable);
    let around = facts.clone();
    learn_domains(store, &mut facts, &[left, right, sides[0], sides[1]])?;
    let mut engine = Engine::new(store, facts, budget.nodes.min(200));
    let line = step::equality(&mut engine, sides[0], sides[1])?;
    let between = line.proof(engine.store)?;
    let statement = store.relation(Relation::Equal, left, right);
    let conditions = compare(store, &around, left, right);
    Some(Proved {
        proof: Proof::Decision {
            theory: "calculus",
            method: "differentiate",
            statement,
            uses: vec![between],
            witness: vec![at],
        },
        conditions,
    })
}

/// Whether every antiderivative in the term is one by this variable.
fn integrated_by(store: &Store, term: TermId, variable: TermId) -> bool {
    let mut stack = vec![term];
    let mut seen = FxHashSet::default();
    while let Some(next) = stack.pop() {
        let node = store.node(next);
        if let Node::Antiderivative(_, _, at) = *node
            && at != variable
            && !matches!(store.node(at), Node::Bound(_))
        {
            return false;
        }
        if seen.insert(next) {
            node.for_each_child(|child| stack.push(child));
        }
    }
    true
}

/// A statement: what follows by logic, or an equation that holds as a step does and whose sides
/// are shown to be defined wherever the facts hold.
fn prove_statement(
    store: &mut Store,
    facts: Facts,
    goal: &Goal,
    claim: TermId,
    budget: &Budget,
) -> Option<Proved> {
    if let Some(proof) = logic::entails(store, &facts, claim) {
        return Some(Proved::plain(proof));
    }
    let Node::Relation(Relation::Equal, a, b) = *store.node(claim) else {
        return sums::termwise(store, &facts, claim).map(Proved::plain);
    };
    let mut uses = Vec::new();
    for side in [a, b] {
        uses.extend(said::defined(store, &facts, side)?);
    }
    let step = prove_step(store, facts, goal, claim, budget)?;
    uses.insert(0, step.proof);
    Some(Proved::plain(Proof::Decision {
        theory: "logic",
        method: "defined-equation",
        statement: claim,
        uses,
        witness: Vec::new(),
    }))
}

/// Takes it as true that the terms are defined; `None` where one of them never is.
fn learn_domains(store: &mut Store, facts: &mut Facts, terms: &[TermId]) -> Option<()> {
    for term in terms {
        for condition in domain(store, *term).conditions {
            if matches!(store.node(condition), Node::Truth(false)) {
                return None;
            }
            if !facts.statements.contains(&condition) {
                facts.statements.push(condition);
            }
        }
    }
    Some(())
}

/// A relation between two terms that are presumed to have values.
fn prove_step(
    store: &mut Store,
    mut facts: Facts,
    goal: &Goal,
    claim: TermId,
    budget: &Budget,
) -> Option<Proved> {
    let (relation, a, b) = match store.node(claim) {
        Node::Relation(relation, a, b) => (*relation, *a, *b),
        Node::And(parts) => {
            let parts = parts.clone();
            return prove_each(store, &facts, goal, claim, &parts, budget);
        }
        Node::Element(element, _) => {
            learn_domains(store, &mut facts, &[*element])?;
            return logic::entails(store, &facts, claim).map(Proved::plain);
        }
        _ => return logic::entails(store, &facts, claim).map(Proved::plain),
    };
    let around = facts.clone();
    learn_domains(store, &mut facts, &[a, b])?;
    let proof = if relation == Relation::Equal {
        prove_equality(store, &facts, &goal.hypotheses, claim, budget)
    } else {
        order::decide(store, &facts, claim)
            .or_else(|| sums::termwise(store, &facts, claim))
            .or_else(|| {
                let fuel = budget.nodes.min(200);
                chance::inequality(store, &facts, &goal.hypotheses, claim, fuel)
            })
    }?;
    let conditions = compare(store, &around, a, b);
    Some(Proved { proof, conditions })
}

/// Relations joined by `and`, each a step of its own.
fn prove_each(
    store: &mut Store,
    facts: &Facts,
    goal: &Goal,
    claim: TermId,
    parts: &[TermId],
    budget: &Budget,
) -> Option<Proved> {
    let (mut uses, mut conditions) = (Vec::new(), Vec::new());
    for part in parts {
        let proved = prove_step(store, facts.clone(), goal, *part, budget)?;
        uses.push(proved.proof);
        for condition in proved.conditions {
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
    }
    Some(Proved {
        proof: Proof::Decision {
            theory: "logic",
            method: "each",
            statement: claim,
            uses,
            witness: Vec::new(),
        },
        conditions,
    })
}

fn prove_equality(
    store: &mut Store,
    facts: &Facts,
    hypotheses: &[TermId],
    claim: TermId,
    budget: &Budget,
) -> Option<Proof> {
    let Node::Relation(_, a, b) = *store.node(claim) else {
        return None;
    };
    let mut engine = Engine::new(store, facts.clone(), budget.nodes.min(200));
    if hypotheses
        .iter()
        .zip(&facts.statements)
        .all(|(a, b)| a == b)
    {
        engine.given = hypotheses.len();
    }
    let found = step::equality(&mut engine, a, b)
        .or_else(|| step::equality_with(&mut engine, hypotheses, a, b))
        .or_else(|| combine::equality(&mut engine, hypotheses, a, b))
        .or_else(|| egraph::equality(store, facts, hypotheses, [a, b], budget));
    if let Some(line) = found {
        return line.proof(store);
    }
    induction::induction(store, facts, a, b)
        .or_else(|| order::decide(store, facts, claim))
        .or_else(|| chance::inequality(store, facts, hypotheses, claim, budget.nodes.min(200)))
}

/// The term in the basis, with given moments for expectations: the facts are hypotheses.
pub fn in_basis(store: &mut Store, facts: &Facts, term: TermId) -> TermId {
    let mut engine = Engine::new(store, facts.clone(), 50);
    engine.given = facts.statements.len();
    let line = canonical::Canonical::new(&mut engine).of(term);
    engine.normal(line.to).unwrap_or(line.to)
}

/// The term with its derivatives worked out, other functions kept as they are; the term itself
/// where that cannot be done.
pub fn simplify(store: &mut Store, facts: &Facts, term: TermId) -> TermId {
    let mut engine = Engine::new(store, facts.clone(), 50);
    match derive::without_derivatives(&mut engine, term) {
        Some(line) => engine.normal(line.to).unwrap_or(line.to),
        None => term,
    }
}
