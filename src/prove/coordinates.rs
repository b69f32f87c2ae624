//! Claims about matrices that are written out, or whose sizes are numbers: entry by entry.

use rustc_hash::{FxHashMap, FxHashSet};

use super::components::by_components;
use super::{Proved, prove};
use crate::meaning::{Context, Goal, Shape};
use crate::refute::Budget;
use crate::term::{Node, Proof, Relation, Sort, Store, Symbol, TermId};
use crate::theory::matrices::{Expander, Grid};

/// The largest number of rows or columns.
const LARGEST: i64 = 4;
/// The most entries that are claims of their own.
const MOST: usize = 16;

/// A proof of an equation between matrices, one for each entry; `None` where the claim is about no
/// matrix that is written out or declared.
pub(super) fn about_entries(
    store: &mut Store,
    context: &Context,
    goal: &Goal,
    budget: &Budget,
) -> Option<Option<Proved>> {
    let claims = match goal.shape {
        Shape::Step(claim) | Shape::Statement(claim) => vec![claim],
        Shape::Equivalence(a, b) => vec![a, b],
        Shape::UpToConstant { left, right, .. } => vec![left, right],
        Shape::Rounded { term, .. } => vec![term],
    };
    let mut expander = Expander::new(store, FxHashMap::default());
    let mut about = claims.iter().any(|claim| expander.is_about(*claim));
    for declaration in &context.declarations {
        let matrix = matches!(declaration.sort, Sort::Matrix(..));
        let mentioned = |claim: &TermId| store.mentions(*claim, declaration.symbol);
        about |= matrix && claims.iter().any(mentioned);
    }
    about.then(|| {
        by_entries(store, context, goal, budget)
            .or_else(|| by_components(store, context, goal, budget))
    })
}

fn by_entries(
    store: &mut Store,
    context: &Context,
    goal: &Goal,
    budget: &Budget,
) -> Option<Proved> {
    let (claim, step) = match goal.shape {
        Shape::Step(claim) => (claim, true),
        Shape::Statement(claim) => (claim, false),
        _ => return None,
    };
    let Node::Relation(Relation::Equal, a, b) = *store.node(claim) else {
        return None;
    };
    let (letters, witness) = letters(store, context, &[a, b], &goal.hypotheses)?;
    let mut expander = Expander::new(store, letters);
    if !expander.is_about(a) && !expander.is_about(b) {
        return None;
    }
    let mut pairs = expander.alike(a, b)?;
    if !step {
        // What must have a value is equal to itself where it has.
        pairs.extend(expander.needs.iter().map(|need| (*need, *need)));
    }
    if pairs.len() > MOST {
        return None;
    }
    // What is given of matrices is given of their entries.
    let mut given = Vec::new();
    for hypothesis in &goal.hypotheses {
        let about = expander.is_about(*hypothesis);
        given.push((*hypothesis, about, expander.written(*hypothesis)));
    }
    let truth = store.add_node(Node::Truth(true));
    let matrices: FxHashSet<Symbol> = context
        .declarations
        .iter()
        .filter(|d| matches!(d.sort, Sort::Matrix(..)))
        .map(|d| d.symbol)
        .collect();
    let mut hypotheses = Vec::with_capacity(given.len());
    for (hypothesis, about, equations) in given {
        let mut spoken = store.symbols(hypothesis).into_iter();
        hypotheses.push(match equations {
            Some(pairs) if about => {
                let mut parts = Vec::new();
                for (x, y) in pairs {
                    parts.push(store.relation(Relation::Equal, x, y));
                }
                match parts.as_slice() {
                    [only] => *only,
                    _ => store.add_node(Node::And(parts.into())),
                }
            }
            _ if about || spoken.any(|symbol| matrices.contains(&symbol)) => truth,
            _ => hypothesis,
        });
    }
    let (mut uses, mut parts, mut conditions) = (Vec::new(), Vec::new(), Vec::new());
    for (x, y) in pairs {
        let equation = store.relation(Relation::Equal, x, y);
        let part = Goal {
            hypotheses: hypotheses.clone(),
            shape: if step {
                Shape::Step(equation)
            } else {
                Shape::Statement(equation)
            },
            solved_for: None,
        };
        let proved = prove(store, context, &part, budget)?;
        uses.push(proved.proof);
        parts.push(equation);
        for condition in proved.conditions {
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
    }
    let statement = store.add_node(Node::And(parts.into()));
    Some(Proved {
        proof: Proof::Decision {
            theory: "coordinates",
            method: "each",
            statement,
            uses,
            witness,
        },
        conditions,
    })
}

/// The entries of the letters of known size: fresh symbols. The letters with their matrices, in
/// pairs. `None` where the size of one in the claim is not known.
fn letters(
    store: &mut Store,
    context: &Context,
    claims: &[TermId],
    hypotheses: &[TermId],
) -> Option<(FxHashMap<Symbol, Grid>, Vec<TermId>)> {
    let (mut letters, mut witness) = (FxHashMap::default(), Vec::new());
    for declaration in &context.declarations {
        let Sort::Matrix(rows, columns) = declaration.sort else {
            continue;
        };
        let symbol = declaration.symbol;
        let mentioned = |terms: &[TermId]| terms.iter().any(|term| store.mentions(*term, symbol));
        let claimed = mentioned(claims);
        if !claimed && !mentioned(hypotheses) {
            continue;
        }
        let size = |term: TermId| match store.node(term) {
            Node::Number(n) => n
                .to_i64()
                .filter(|n| (1..=LARGEST).contains(n))
                .and_then(|n| usize::try_from(n).ok()),
            _ => None,
        };
        let (Some(rows), Some(columns)) = (size(rows.0), size(columns.0)) else {
            if claimed {
                return None;
            }
            continue;
        };
        let name = store.name(symbol).to_owned();
        let mut entries = Vec::new();
        for _ in 0..rows * columns {
            let entry = store.fresh_symbol(&name);
            entries.push(store.add_node(Node::Symbol(entry)));
        }
        let letter = store.add_node(Node::Symbol(symbol));
        let side = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let matrix = Node::Matrix(side(rows), side(columns), entries.clone().into());
        witness.extend([letter, store.add_node(matrix)]);
        letters.insert(symbol, Grid::new(rows, columns, entries)?);
    }
    Some((letters, witness))
}
