//! Elimination: an equation in which a letter stands once, and only as such, is solved for it, and
//! the letter replaced everywhere; the addition theorems and derivatives then see what it is.

use rustc_hash::FxHashMap;

use super::given::Equation;
use super::join::{Pair, combination};
use super::kernels::Kernels;
use crate::number::Rational;
use crate::prove::congruence::congruence;
use crate::prove::engine::Engine;
use crate::prove::line::Line;
use crate::term::{Node, Store, TermId};
use crate::theory::order::polynomial::{Monomial, Polynomial};

/// How deep letters are replaced.
const DEPTH: u32 = 64;

/// The two sides, and the equations that are left, after elimination; each with the line that
/// leads there.
pub struct Eliminated {
    /// From each side of the step to what it became.
    pub sides: [Line; 2],
    /// The equations that were not solved.
    pub given: Vec<Equation>,
}

/// Solves equations for letters; `None` where none can be solved.
pub fn eliminate(
    engine: &mut Engine,
    given: &[Equation],
    sides: [TermId; 2],
) -> Option<Eliminated> {
    let mut table: FxHashMap<TermId, Line> = FxHashMap::default();
    let mut order: Vec<TermId> = Vec::new();
    let mut left = Vec::new();
    for equation in given {
        let mut line = congruence(engine.store, equation.line.from, &table, DEPTH).reversed();
        line.append(&equation.line);
        let end = congruence(engine.store, line.to, &table, DEPTH);
        line.append(&end);
        let Some(solved) = solve(engine, &line) else {
            left.push(Equation { line });
            continue;
        };
        let letter = solved.from;
        let new = FxHashMap::from_iter([(letter, solved.clone())]);
        for known in &order {
            if let Some(line) = table.get_mut(known) {
                let more = congruence(engine.store, line.to, &new, DEPTH);
                line.append(&more);
            }
        }
        table.insert(letter, solved);
        order.push(letter);
    }
    if order.is_empty() {
        return None;
    }
    // What was left before a letter was solved for may hold it.
    for equation in &mut left {
        let mut line = congruence(engine.store, equation.line.from, &table, DEPTH).reversed();
        line.append(&equation.line);
        let end = congruence(engine.store, line.to, &table, DEPTH);
        line.append(&end);
        equation.line = line;
    }
    Some(Eliminated {
        sides: sides.map(|side| congruence(engine.store, side, &table, DEPTH)),
        given: left,
    })
}

/// The line from a letter to what the equation says it is.
fn solve(engine: &mut Engine, equation: &Line) -> Option<Line> {
    let mut kernels = Kernels::default();
    let left = kernels.polynomial(engine.store, equation.from)?;
    let right = kernels.polynomial(engine.store, equation.to)?;
    let difference = left.sub(&right);
    for variable in difference.variables() {
        let letter = kernels.kernel_of(variable)?;
        if !is_letter(engine.store, letter) || difference.degree_in(variable) != 1 {
            continue;
        }
        let alone = Monomial(vec![(variable, 1)]);
        let with = difference
            .0
            .keys()
            .filter(|m| m.exponent(variable) > 0)
            .count();
        let Some(coefficient) = difference.0.get(&alone).filter(|_| with == 1) else {
            continue;
        };
        let within = difference.variables().into_iter().any(|other| {
            other != variable
                && kernels
                    .kernel_of(other)
                    .is_none_or(|kernel| holds(engine.store, kernel, letter))
        });
        if within {
            continue;
        }
        // x − value = (left − right)/c.
        let inverse = Rational::one().div(coefficient)?;
        let value = Polynomial::variable(variable).sub(&difference.scale(&inverse));
        let value = kernels.term(engine.store, &value)?;
        let pair = Pair {
            ends: [equation.from, equation.to],
            line: Some(equation.clone()),
        };
        let multipliers = [(0, Polynomial::constant(inverse))].into();
        return combination(
            engine,
            None,
            &kernels,
            &[pair],
            &multipliers,
            [letter, value],
        );
    }
    None
}

fn is_letter(store: &Store, term: TermId) -> bool {
    matches!(
        store.node(term),
        Node::Symbol(_) | Node::Member(..) | Node::Call(..)
    )
}

/// Whether a term holds a part, bodies of binders aside.
fn holds(store: &Store, whole: TermId, part: TermId) -> bool {
    let mut stack = vec![whole];
    while let Some(next) = stack.pop() {
        if next == part {
            return true;
        }
        store.node(next).for_each_child(|child| stack.push(child));
    }
    false
}
