//! Claims about the entries of vectors and matrices whose sizes are letters: sums over indices.

use rustc_hash::FxHashMap;

use super::{Proved, prove};
use crate::meaning::{Context, Goal, Shape};
use crate::refute::Budget;
use crate::term::{Function, Node, Proof, Quality, Relation, Sort, Store, Symbol, TermId};
use crate::theory::matrices::{Components, Family, Form};

/// A proof of an equation, written with sums over indices.
pub(super) fn by_components(
    store: &mut Store,
    context: &Context,
    goal: &Goal,
    budget: &Budget,
) -> Option<Proved> {
    let Shape::Step(claim) = goal.shape else {
        return None;
    };
    let Node::Relation(Relation::Equal, a, b) = *store.node(claim) else {
        return None;
    };
    let (row, column) = (store.fresh_symbol("i"), store.fresh_symbol("j"));
    let places = [row, column].map(|symbol| store.add_node(Node::Symbol(symbol)));
    let mut witness = places.to_vec();
    let letters = letters(store, context, goal, &[a, b], &mut witness);
    // Where all sizes fit as 1 only, numbers are no vectors that somebody meant.
    let number = |family: &Family| {
        family.rows == family.columns && store.find_integer(1) == Some(family.rows)
    };
    if letters.values().any(number) {
        return None;
    }
    let mut components = Components::new(store, letters, row, column);
    if !components.is_about(claim) {
        return None;
    }
    let (rows, columns, left, right) = components.alike(a, b)?;
    let one = components.store.integer(1);
    let truth = components.store.add_node(Node::Truth(true));
    let mut hypotheses = Vec::with_capacity(goal.hypotheses.len() + 6);
    for hypothesis in &goal.hypotheses {
        hypotheses.push(if components.is_about(*hypothesis) {
            written(&mut components, *hypothesis, (row, column)).unwrap_or(truth)
        } else {
            *hypothesis
        });
    }
    let equation = components.store.relation(Relation::Equal, left, right);
    if components.is_about(equation) {
        return None;
    }
    for (place, size) in places.into_iter().zip([rows, columns]) {
        if size != one {
            let integers = store.add_node(Node::Integers);
            hypotheses.push(store.add_node(Node::Element(place, integers)));
            hypotheses.push(store.relation(Relation::LessEqual, one, place));
            hypotheses.push(store.relation(Relation::LessEqual, place, size));
        }
    }
    let part = Goal {
        hypotheses,
        shape: Shape::Step(equation),
        solved_for: None,
    };
    let proved = prove(store, context, &part, budget)?;
    let mut conditions = Vec::new();
    let pairs = witness.get(2..).unwrap_or_default().chunks(2);
    let plain: Vec<(TermId, TermId)> = pairs
        .filter_map(|pair| match pair {
            [letter, family] => Some((*letter, *family)),
            _ => None,
        })
        .filter(|(letter, _)| form(store, &goal.hypotheses, *letter) == Form::Any)
        .collect();
    for (condition, narrower) in proved.conditions {
        let told = with_letters(store, condition, &plain);
        let fresh = |symbol: &TermId| match store.node(*symbol) {
            Node::Symbol(name) => store.mentions(told, *name),
            _ => false,
        };
        // A condition on each row or column is none that can be told.
        if places.iter().any(fresh) || witness.iter().skip(3).step_by(2).any(fresh) {
            return None;
        }
        conditions.push((told, narrower));
    }
    Some(Proved {
        proof: Proof::Decision {
            theory: "coordinates",
            method: "components",
            statement: equation,
            uses: vec![proved.proof],
            witness,
        },
        conditions,
    })
}

/// A statement with entries of letters in the place of their families.
fn with_letters(store: &mut Store, statement: TermId, pairs: &[(TermId, TermId)]) -> TermId {
    if let Node::Member(family, indices) = store.node(statement).clone() {
        let entries = store.add_node(Node::Symbol(family));
        if let Some((letter, _)) = pairs.iter().find(|(_, known)| *known == entries) {
            let arguments = [&[*letter], &*indices].concat();
            return store.function(Function::Entry, &arguments);
        }
    }
    store.map(statement, &mut |store, part| {
        with_letters(store, part, pairs)
    })
}

/// What is given of matrices is given of their entries: for all rows and columns.
fn written(
    components: &mut Components<'_>,
    hypothesis: TermId,
    (row, column): (Symbol, Symbol),
) -> Option<TermId> {
    let equations = match *components.store.node(hypothesis) {
        Node::Relation(Relation::Equal, a, b) => vec![(a, b)],
        Node::Has(quality, matrix) => {
            let store = &mut *components.store;
            let flipped = store.function(Function::Transpose, &[matrix]);
            match quality {
                Quality::Orthogonal => {
                    let identity = store.function(Function::Identity, &[]);
                    let products = [store.mul(&[flipped, matrix]), store.mul(&[matrix, flipped])];
                    products.map(|product| (product, identity)).to_vec()
                }
                _ => return None,
            }
        }
        _ => return None,
    };
    let mut all = Vec::new();
    for (a, b) in equations {
        let (rows, columns, a, b) = components.alike(a, b)?;
        let mut said = components.store.relation(Relation::Equal, a, b);
        if components.is_about(said) {
            return None;
        }
        let store = &mut *components.store;
        let one = store.integer(1);
        for (place, size) in [(column, columns), (row, rows)] {
            if size != one {
                let range = store.add_node(Node::Range(one, size));
                said = store.bind(place, &[said], |closed| {
                    Node::ForAll(0, closed.first().copied().unwrap_or(said), range)
                });
            }
        }
        all.push(said);
    }
    Some(match all.as_slice() {
        [only] => *only,
        _ => components.store.add_node(Node::And(all.into())),
    })
}

/// What is given of a square matrix.
fn form(store: &Store, hypotheses: &[TermId], letter: TermId) -> Form {
    let said = |qualities: &[Quality]| {
        hypotheses.iter().any(|h| {
            matches!(store.node(*h), Node::Has(quality, of)
                if *of == letter && qualities.contains(quality))
        })
    };
    let definite = [
        Quality::Symmetric,
        Quality::PositiveDefinite,
        Quality::PositiveSemidefinite,
    ];
    if said(&[Quality::Diagonal]) {
        Form::Diagonal
    } else if said(&definite) {
        Form::Symmetric
    } else if said(&[Quality::SkewSymmetric]) {
        Form::Skew
    } else {
        Form::Any
    }
}

/// Each letter, with the family of its entries: fresh.
fn letters(
    store: &mut Store,
    context: &Context,
    goal: &Goal,
    claims: &[TermId],
    witness: &mut Vec<TermId>,
) -> FxHashMap<Symbol, Family> {
    let mut letters = FxHashMap::default();
    let inferred = goal.sizes(store, context);
    for declaration in &context.declarations {
        let Sort::Matrix(rows, columns) = declaration.sort else {
            continue;
        };
        let symbol = declaration.symbol;
        let sizes = inferred.iter().find(|(known, _)| **known == symbol);
        let (rows, columns) = sizes.map_or((rows.0, columns.0), |(_, sizes)| *sizes);
        let mut terms = claims.iter().chain(&goal.hypotheses);
        if !terms.any(|term| store.mentions(*term, symbol)) {
            continue;
        }
        let name = store.name(symbol).to_owned();
        let entries = store.fresh_symbol(&name);
        let pair = [symbol, entries].map(|symbol| store.add_node(Node::Symbol(symbol)));
        witness.extend(pair);
        let form = if rows == columns {
            form(store, &goal.hypotheses, pair[0])
        } else {
            Form::Any
        };
        let family = Family {
            rows,
            columns,
            entries,
            form,
        };
        letters.insert(symbol, family);
    }
    letters
}
