//! The joint law of a counterexample, as a small table.

use std::collections::{BTreeMap, BTreeSet};

use crate::number::{Quadratic, Rational};
use crate::term::{Node, Store, Symbol, TermId, print_symbol};
use crate::theory::evaluate::{Assignment, WEIGHTS};

/// How many cases of a joint law are shown.
const MOST: usize = 12;

/// A random symbol, or a member of a random family.
type Variable = (Symbol, Vec<i64>);
/// What variables are together, with which chance.
type Table = BTreeMap<Vec<String>, Rational>;

/// The random symbols of an assignment, with their laws; and the atoms that these lines stand for.
pub(super) fn laws(
    store: &Store,
    assignment: &Assignment,
    concerned: &BTreeSet<Symbol>,
) -> (Vec<(String, String)>, BTreeSet<TermId>) {
    let mut weights: BTreeMap<i64, Rational> = BTreeMap::new();
    let mut values: BTreeMap<Variable, BTreeMap<i64, &Quadratic>> = BTreeMap::new();
    let mut atoms: BTreeMap<Variable, Vec<TermId>> = BTreeMap::new();
    let mut spent = BTreeSet::new();
    for (atom, value) in assignment {
        let Node::Member(symbol, indices) = store.node(*atom) else {
            continue;
        };
        let numbers: Option<Vec<i64>> = indices
            .iter()
            .map(|i| match store.node(*i) {
                Node::Number(n) => n.to_i64(),
                _ => None,
            })
            .collect();
        let Some((outcome, prefix)) = numbers.as_deref().and_then(<[i64]>::split_last) else {
            continue;
        };
        if store.name(*symbol) == WEIGHTS {
            weights.extend(value.as_rational().map(|w| (*outcome, w.clone())));
            spent.insert(*atom);
            continue;
        }
        let variable = (*symbol, prefix.to_vec());
        values
            .entry(variable.clone())
            .or_default()
            .insert(*outcome, value);
        atoms.entry(variable).or_default().push(*atom);
    }
    if weights.is_empty() {
        return (Vec::new(), BTreeSet::new());
    }
    values.retain(|_, at| at.keys().eq(weights.keys()));
    for variable in values.keys() {
        spent.extend(atoms.get(variable).into_iter().flatten());
    }
    values.retain(|(symbol, _), _| concerned.contains(symbol));
    let variables: Vec<&Variable> = values.keys().collect();
    let table = |of: &[&Variable]| -> Table {
        let mut table = Table::new();
        for (outcome, weight) in &weights {
            let state = of
                .iter()
                .filter_map(|v| Some(values.get(*v)?.get(outcome)?.to_string()))
                .collect();
            let entry = table.entry(state).or_insert_with(Rational::zero);
            *entry = entry.add(weight);
        }
        table
    };
    // Variables that hang together stand together.
    let mut groups: Vec<Vec<&Variable>> = Vec::new();
    for variable in variables {
        let tied: Vec<usize> = (0..groups.len())
            .filter(|g| {
                !apart(&table(&groups[*g]), &table(&[variable]), &{
                    let mut both = groups[*g].clone();
                    both.push(variable);
                    table(&both)
                })
            })
            .collect();
        let mut joined = vec![variable];
        for place in tied.into_iter().rev() {
            let mut group = groups.remove(place);
            group.append(&mut joined);
            joined = group;
        }
        groups.push(joined);
    }
    let lines = groups
        .iter()
        .map(|group| {
            let names: Vec<String> = group.iter().map(|v| name(store, v)).collect();
            (bracketed(&names), cases(&table(group)))
        })
        .collect();
    (lines, spent)
}

/// Whether the chances of both together are the products of the chances of each.
fn apart(left: &Table, right: &Table, both: &Table) -> bool {
    left.iter().all(|(a, p)| {
        right.iter().all(|(b, q)| {
            let state: Vec<String> = a.iter().chain(b).cloned().collect();
            let chance = both.get(&state).cloned().unwrap_or_else(Rational::zero);
            chance == p.mul(q)
        })
    })
}

fn name(store: &Store, (symbol, indices): &Variable) -> String {
    let base = print_symbol(store, *symbol);
    match indices.as_slice() {
        [] => base,
        [one] => format!("{base}_{one}"),
        more => {
            let more: Vec<String> = more.iter().map(i64::to_string).collect();
            format!("{base}_{{{}}}", more.join(","))
        }
    }
}

fn bracketed(parts: &[String]) -> String {
    match parts {
        [one] => one.clone(),
        more => format!("({})", more.join(", ")),
    }
}

fn cases(table: &Table) -> String {
    let mut shown: Vec<String> = table
        .iter()
        .take(MOST)
        .map(|(state, chance)| match chance.is_one() {
            true => bracketed(state),
            false => format!("{} with probability {chance}", bracketed(state)),
        })
        .collect();
    if table.len() > MOST {
        shown.push("…".to_owned());
    }
    shown.join(", ")
}
