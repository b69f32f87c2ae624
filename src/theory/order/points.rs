//! Candidates for points at which a formula holds.

use std::collections::BTreeMap;

use super::branch::Branch;
use super::formula::Formula;
use super::kernel::{Fraction, Kernel};
use super::polynomial::Polynomial;
use super::search::Search;
use super::univariate::{Line, Root, Univariate};
use crate::number::{Quadratic, Rational};
use crate::term::TermId;

/// Branches that are looked at, and values for one variable.
const BRANCHES: usize = 12;
const VALUES: usize = 9;
const POINTS: usize = 120;

/// Values for the atoms in a branch's formula; not every point satisfies it.
pub fn candidates(
    search: &mut Search,
    branch: Branch,
    atoms: &BTreeMap<u32, TermId>,
) -> Vec<BTreeMap<TermId, Quadratic>> {
    let mut out = Vec::new();
    let mut todo = vec![branch];
    let mut looked = 0;
    while let Some(mut branch) = todo.pop() {
        if looked >= BRANCHES || out.len() >= POINTS {
            break;
        }
        looked += 1;
        if search.saturate(&mut branch) {
            continue;
        }
        let next: Option<Vec<Formula>> = match search.factors(&branch) {
            Some((p, alternatives)) => {
                branch.zero.remove(&p);
                Some(alternatives)
            }
            None => branch.pending.pop(),
        };
        if let Some(alternatives) = next {
            for alternative in alternatives.iter().rev() {
                let mut further = branch.clone();
                further.add(alternative);
                if !further.closed {
                    todo.push(further);
                }
            }
            continue;
        }
        fill(search, &branch, atoms, &mut out);
    }
    out
}

/// The values that are tried for a free variable: roots and gaps of its own atoms, else small
/// numbers.
fn values(branch: &Branch, variable: u32) -> Vec<Quadratic> {
    let own: Vec<Univariate> = branch
        .literals()
        .iter()
        .filter(|(p, _)| p.variables() == [variable])
        .filter_map(|(p, _)| Univariate::of(p, variable))
        .collect();
    let mut out = Vec::new();
    if let Some(line) = Line::cut(&own, 16)
        && !own.is_empty()
    {
        for root in &line.roots {
            match root {
                Root::Rational(r) => out.push(Quadratic::from(r.clone())),
                Root::Between(p, low, high) => out.extend(quadratic(p, low, high)),
            }
        }
        out.extend(line.gaps.iter().cloned().map(Quadratic::from));
    }
    for (a, b) in [(1, 1), (2, 1), (-1, 1), (0, 1), (1, 2), (3, 1), (-2, 1)] {
        if out.len() < VALUES
            && let Some(r) = Rational::new(a, b)
        {
            let r = Quadratic::from(r);
            if !out.contains(&r) {
                out.push(r);
            }
        }
    }
    out.truncate(VALUES);
    out
}

/// The root of a quadratic polynomial between two numbers.
fn quadratic(p: &Univariate, low: &Rational, high: &Rational) -> Option<Quadratic> {
    let [c, b, a] = p.0.as_slice() else {
        return None;
    };
    let discriminant = b.mul(b).sub(&a.mul(c).mul(&Rational::from(4)));
    let root = Quadratic::square_root(&discriminant)?;
    let by = Quadratic::from(Rational::one().div(&a.mul(&Rational::from(2)))?);
    let middle = Quadratic::from(b.neg());
    [root.clone(), root.neg()].iter().find_map(|root| {
        let value = middle.add(root)?.mul(&by)?;
        let (low, high) = (Quadratic::from(low.clone()), Quadratic::from(high.clone()));
        (low.compare(&value)?.is_lt() && value.compare(&high)?.is_lt()).then_some(value)
    })
}

fn fill(
    search: &Search,
    branch: &Branch,
    atoms: &BTreeMap<u32, TermId>,
    out: &mut Vec<BTreeMap<TermId, Quadratic>>,
) {
    let mut free: Vec<u32> = atoms
        .keys()
        .copied()
        .filter(|v| !branch.solved.contains_key(v))
        .collect();
    // Kernels by which atoms are expressed get values too (x = y² − 2 where y is √(x + 2)).
    for (v, f) in &branch.solved {
        if atoms.contains_key(v) {
            free.extend(f.numerator.variables());
            free.extend(f.denominator.variables());
        }
    }
    free.sort_unstable();
    free.dedup();
    free.retain(|v| {
        atoms.contains_key(v) || !matches!(search.kernels.get(*v), Some(Kernel::Atom(_)))
    });
    let mut points: Vec<BTreeMap<u32, Quadratic>> = vec![BTreeMap::new()];
    for (place, v) in free.iter().enumerate() {
        let all = values(branch, *v);
        let mut next = Vec::new();
        for (i, point) in points.iter().enumerate() {
            for (k, value) in all.iter().enumerate() {
                // With many variables, one changes at a time.
                if place > 1 && k > 0 && (i + k) % all.len() != 0 {
                    continue;
                }
                let mut point = point.clone();
                point.insert(*v, value.clone());
                next.push(point);
            }
        }
        next.truncate(POINTS);
        points = next;
    }
    for point in points {
        let mut full = BTreeMap::new();
        for (v, term) in atoms {
            let value = match branch.solved.get(v) {
                Some(f) => value_of(f, &point),
                None => point.get(v).cloned(),
            };
            if let Some(value) = value {
                full.insert(*term, value);
            }
        }
        if full.len() == atoms.len() && out.len() < POINTS {
            out.push(full);
        }
    }
}

fn value_of(f: &Fraction, at: &BTreeMap<u32, Quadratic>) -> Option<Quadratic> {
    let polynomial = |p: &Polynomial| {
        let mut sum = Quadratic::from(Rational::zero());
        for (m, c) in &p.0 {
            let mut product = Quadratic::from(c.clone());
            for (v, e) in &m.0 {
                for _ in 0..*e {
                    product = product.mul(at.get(v)?)?;
                }
            }
            sum = sum.add(&product)?;
        }
        Some(sum)
    };
    polynomial(&f.numerator)?.mul(&polynomial(&f.denominator)?.inverse()?)
}
