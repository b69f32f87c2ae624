//! Uniting classes by normal form: what is equal in a class makes an ideal of polynomials in the
//! kernels, and terms with one remainder by it are equal. The line for that takes
//! s = t + Σ mᵢ·(uᵢ − vᵢ), which the ring knows, and replaces each uᵢ by vᵢ of its class.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::graph::Graph;
use super::kernels::{Kernels, is_kernel, monic};
use super::language::arguments;
use crate::prove::congruence::with_parts;
use crate::prove::engine::Engine;
use crate::prove::line::{Line, Why};
use crate::term::{Node, Store, TermId};
use crate::theory::order::membership::{Ideal, Multipliers, add_multiple};
use crate::theory::order::polynomial::Polynomial;

/// Most equations between polynomials.
const MOST: usize = 24;

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Classes were united.
    Joined,
    /// Nothing was.
    Nothing,
    /// The equations hold nowhere together.
    Contradiction,
}

/// Two terms that are equal: by a line, or because they are in one class.
pub struct Pair {
    /// The two terms.
    pub ends: [TermId; 2],
    /// The line from one to the other, if it is known already.
    pub line: Option<Line>,
}

/// The equations of a moment: pairs of terms of one class with different polynomials.
struct Equations {
    pairs: Vec<Pair>,
    ideal: Ideal,
}

/// Unites a and b, and arguments of kernels, where their remainders are equal.
pub fn join(
    engine: &mut Engine,
    graph: &mut Graph,
    kernels: &mut Kernels,
    ends: [TermId; 2],
) -> Outcome {
    let equations = equations(engine.store, graph, kernels);
    if equations.ideal.is_everything() {
        return Outcome::Contradiction;
    }
    let mut joined = false;
    let mut first: BTreeMap<Polynomial, (TermId, Multipliers)> = BTreeMap::new();
    for term in candidates(engine.store, graph, &ends) {
        let Some(polynomial) = kernels.polynomial(engine.store, term) else {
            continue;
        };
        let reduced = equations.ideal.remainder(&polynomial);
        let Some((other, multipliers)) = first.get(&reduced.rest) else {
            first.insert(reduced.rest, (term, reduced.multipliers));
            continue;
        };
        if graph.same(*other, term) {
            continue;
        }
        let mut difference = multipliers.clone();
        let minus = Polynomial::one().neg();
        add_multiple(&mut difference, &reduced.multipliers, &minus);
        let line = combination(
            engine,
            Some(graph),
            kernels,
            &equations.pairs,
            &difference,
            [*other, term],
        );
        if let Some(line) = line {
            joined |= graph.unite(engine.store, line);
        }
    }
    if joined {
        graph.rebuild();
        Outcome::Joined
    } else {
        Outcome::Nothing
    }
}

/// Arguments of kernels with the lines to their remainders, where those are something else.
pub fn reduced_arguments(
    engine: &mut Engine,
    graph: &mut Graph,
    kernels: &mut Kernels,
) -> FxHashMap<TermId, Line> {
    let mut found = FxHashMap::default();
    let equations = equations(engine.store, graph, kernels);
    for term in candidates(engine.store, graph, &[]) {
        let Some(polynomial) = kernels.polynomial(engine.store, term) else {
            continue;
        };
        let reduced = equations.ideal.remainder(&polynomial);
        if reduced.rest == polynomial {
            continue;
        }
        let Some(rest) = kernels.term(engine.store, &reduced.rest) else {
            continue;
        };
        let line = combination(
            engine,
            Some(graph),
            kernels,
            &equations.pairs,
            &reduced.multipliers,
            [term, rest],
        );
        if let Some(line) = line {
            found.insert(term, line);
        }
    }
    found
}

/// What is worth comparing: the two sides of the step first, then arguments of kernels.
fn candidates(store: &Store, graph: &Graph, ends: &[TermId]) -> Vec<TermId> {
    let mut found = ends.to_vec();
    for term in graph.terms() {
        if !is_kernel(store, *term) {
            continue;
        }
        for argument in arguments(store.node(*term)) {
            if !found.contains(&argument) {
                found.push(argument);
            }
        }
    }
    found
}

fn equations(store: &mut Store, graph: &Graph, kernels: &mut Kernels) -> Equations {
    let mut pairs = Vec::new();
    let mut generators = Vec::new();
    let mut seen = Vec::new();
    for class in graph.classes() {
        let members: Vec<(TermId, Polynomial)> = class
            .iter()
            .filter_map(|term| Some((*term, kernels.polynomial(store, *term)?)))
            .collect();
        let Some((least, value)) = members.iter().min_by_key(|(_, p)| (p.degree(), p.len())) else {
            continue;
        };
        for (term, polynomial) in &members {
            let difference = polynomial.sub(value);
            let scaled = monic(&difference);
            if difference.is_zero() || seen.contains(&scaled) || pairs.len() >= MOST {
                continue;
            }
            seen.push(scaled);
            pairs.push(Pair {
                ends: [*term, *least],
                line: None,
            });
            generators.push(difference);
        }
    }
    Equations {
        pairs,
        ideal: Ideal::of(&generators),
    }
}

/// The line from s to t, for s − t = Σ mᵢ·(uᵢ − vᵢ).
pub fn combination(
    engine: &mut Engine,
    mut graph: Option<&mut Graph>,
    kernels: &Kernels,
    pairs: &[Pair],
    multipliers: &Multipliers,
    [s, t]: [TermId; 2],
) -> Option<Line> {
    let mut line = Line::start(s);
    if multipliers.is_empty() {
        if !engine.ring(s, t) {
            return None;
        }
        line.push(t, Why::Ring);
        return Some(line);
    }
    let mut terms = match engine.store.node(t) {
        Node::Add(parts) => parts.to_vec(),
        _ => vec![t],
    };
    let mut parts = Vec::new();
    for (number, multiplier) in multipliers {
        let pair = pairs.get(*number)?;
        let [u, v] = pair.ends;
        let replaced = match (&pair.line, &mut graph) {
            (Some(line), _) => line.clone(),
            (None, Some(graph)) => graph.line(engine.store, u, v)?,
            (None, None) => return None,
        };
        let multiplier = kernels.term(engine.store, multiplier)?;
        let place = u32::try_from(terms.len()).ok()?;
        let Multiple { term, line, rest } = multiple(engine.store, multiplier, v, &replaced);
        terms.push(term);
        parts.push((place, line));
        terms.extend(rest);
    }
    let sum = engine.store.add(&terms);
    if !engine.ring(s, sum) {
        return None;
    }
    line.push(sum, Why::Ring);
    let replaced = with_parts(engine.store, sum, parts);
    line.append(&replaced);
    if !engine.ring(line.to, t) {
        return None;
    }
    line.push(t, Why::Ring);
    Some(line)
}

/// m·(u − v), or m·u and −m·v, in which a line leads from u to v.
struct Multiple {
    term: TermId,
    line: Line,
    rest: Option<TermId>,
}

/// Sums within sums and products within products are flat, so that u must stand where it keeps
/// its form: a sum as a factor, anything else as a term.
fn multiple(store: &mut Store, m: TermId, v: TermId, replaced: &Line) -> Multiple {
    let u = replaced.from;
    let is_sum = matches!(store.node(u), Node::Add(_));
    let (factor, inner, rest) = if is_sum {
        let minus = store.integer(-1);
        (u, replaced.clone(), Some(store.mul(&[minus, m, v])))
    } else {
        let difference = store.sub(u, v);
        let inner = with_parts(store, difference, vec![(0, replaced.clone())]);
        (difference, inner, None)
    };
    let term = store.mul(&[m, factor]);
    let place = match store.node(term) {
        Node::Mul(factors) => factors.len() - 1,
        _ => 0,
    };
    let place = u32::try_from(place).unwrap_or(u32::MAX);
    let line = with_parts(store, term, vec![(place, inner)]);
    Multiple { term, line, rest }
}
