//! Shows that a formula holds nowhere: splits it into branches and closes each.

use std::collections::{BTreeMap, BTreeSet};

use super::branch::{Branch, no_point_on_a_line};
use super::build;
use super::formula::{Formula, Literal, Sign};
use super::ideal;
use super::kernel::{Fraction, Kernel, Kernels, TERMS};
use super::polynomial::{Monomial, Polynomial};
use super::simplex;
use super::univariate::{Root, Univariate};
use crate::number::Rational;
use crate::term::{Node, Sort, Store};
use crate::theory::facts::Facts;

/// A search: the kernels, and how much may still be spent.
pub struct Search {
    /// The kernels; more may be met on the way.
    pub kernels: Kernels,
    /// Kernels whose values are integers.
    pub integers: BTreeSet<u32>,
    /// Kernels whose values are natural numbers.
    pub naturals: BTreeSet<u32>,
    /// Branches that may still be looked at.
    pub branches: u32,
    /// What linear programs and rewriting may still cost.
    pub fuel: u64,
    /// What was spent on looking through branches.
    pub work: u64,
    /// Atoms in one variable that were looked at, and whether they hold nowhere.
    pub lines: BTreeMap<Vec<(Polynomial, Sign)>, bool>,
    /// Whether to try what costs more.
    pub thorough: bool,
}

impl Search {
    /// A search over those kernels.
    pub fn new(
        store: &Store,
        facts: &Facts,
        kernels: Kernels,
        branches: u32,
        thorough: bool,
    ) -> Self {
        let (mut integers, mut naturals) = (BTreeSet::new(), BTreeSet::new());
        for (v, kernel) in kernels.iter() {
            if let Kernel::Atom(term) = kernel
                && let Node::Symbol(s) | Node::Member(s, _) = store.node(*term)
            {
                match facts.sorts.get(s) {
                    Some(Sort::Integer) => {
                        integers.insert(v);
                    }
                    Some(Sort::Natural) => {
                        integers.insert(v);
                        naturals.insert(v);
                    }
                    _ => {}
                }
            }
        }
        Search {
            kernels,
            integers,
            naturals,
            branches,
            fuel: u64::from(store.meter().allowance().cases) * if thorough { 2_000 } else { 200 },
            work: 0,
            lines: BTreeMap::new(),
            thorough,
        }
    }

    /// Whether the branch holds nowhere.
    pub fn refute(&mut self, mut branch: Branch, depth: u32) -> bool {
        if self.branches == 0 || self.fuel == 0 || depth > 24 {
            return false;
        }
        self.branches -= 1;
        if self.saturate(&mut branch) {
            return true;
        }
        if self.no_point_on_a_line(&branch)
            || branch.inequalities_are_contradictory(false, &mut self.fuel)
        {
            return true;
        }
        if let Some(alternatives) = self.factors(&branch) {
            let (p, alternatives) = alternatives;
            branch.zero.remove(&p);
            return self.split(&branch, &alternatives, depth);
        }
        if let Some(place) = (0..branch.pending.len()).min_by_key(|i| branch.pending[*i].len()) {
            let alternatives = branch.pending.remove(place);
            return self.split(&branch, &alternatives, depth);
        }
        if branch.ideal_is_contradictory() {
            return true;
        }
        if let Some(alternatives) = self.coefficient(&branch) {
            return self.split(&branch, &alternatives, depth);
        }
        if branch.inequalities_are_contradictory(true, &mut self.fuel) {
            return true;
        }
        if let Some(alternatives) = self.monotone(&mut branch) {
            return self.split(&branch, &alternatives, depth);
        }
        if !self.thorough {
            return self.split_nonzero(branch, depth);
        }
        if self.consequences(&mut branch) {
            return self.refute(branch, depth + 1);
        }
        self.split_nonzero(branch, depth)
    }

    /// Whether the atoms in some variable alone contradict each other.
    fn no_point_on_a_line(&mut self, branch: &Branch) -> bool {
        branch.lines().into_iter().any(|(variable, atoms)| {
            if let Some(known) = self.lines.get(&atoms) {
                return *known;
            }
            let result = no_point_on_a_line(variable, &atoms);
            self.lines.insert(atoms, result);
            result
        })
    }

    fn split(&mut self, branch: &Branch, alternatives: &[Formula], depth: u32) -> bool {
        alternatives.iter().all(|alternative| {
            let mut next = branch.clone();
            next.add(alternative);
            next.closed || self.refute(next, depth + 1)
        })
    }

    /// What ≠ 0 is > 0 or < 0: where the polynomial stands in inequalities too.
    fn split_nonzero(&mut self, branch: Branch, depth: u32) -> bool {
        let candidate = branch
            .nonzero
            .iter()
            .filter(|p| p.len() <= 8)
            .min_by_key(|p| (p.degree(), p.len()))
            .cloned();
        let Some(p) = candidate else {
            return false;
        };
        if branch.positive.is_empty() && branch.nonnegative.is_empty() {
            return false;
        }
        let alternatives = [
            Formula::compare(p.clone(), Sign::Positive),
            Formula::compare(p.neg(), Sign::Positive),
        ];
        self.split(&branch, &alternatives, depth)
    }

    /// Adds what follows at once, until nothing changes; whether the branch is closed.
    pub fn saturate(&mut self, branch: &mut Branch) -> bool {
        for _ in 0..40 {
            if branch.closed {
                return true;
            }
            let literals = branch.literals();
            let terms: usize = literals.iter().map(|(p, _)| p.len() * p.len()).sum();
            let pending: usize = branch.pending.iter().flatten().map(Formula::size).sum();
            let cost = terms * literals.len() / 4 + pending / 16;
            let cost = u64::try_from(cost).unwrap_or(u64::MAX);
            self.fuel = self.fuel.saturating_sub(cost);
            self.work += cost + 4 * u64::try_from(4 * terms + pending).unwrap_or(u64::MAX);
            if self.fuel == 0 {
                return false;
            }
            let learned = branch.learn(&mut self.kernels, &self.integers, &self.naturals);
            if branch.closed {
                return true;
            }
            let view = branch.clone();
            branch.rewrite(|p, sign| view.strip(p, sign));
            if branch.closed {
                return true;
            }
            branch.check_signs();
            branch.tighten(&self.integers);
            if branch.closed {
                return true;
            }
            if self.sums_of_squares(branch) {
                continue;
            }
            if let Some((v, value)) = branch.solvable(&self.kernels)
                && branch.eliminate(v, &value).is_some()
            {
                continue;
            }
            if branch.closed {
                return true;
            }
            let propagated = propagate(branch);
            if !learned && !propagated {
                return branch.closed;
            }
        }
        branch.closed
    }

    /// A sum of squares that is 0 makes each square 0.
    fn sums_of_squares(&mut self, branch: &mut Branch) -> bool {
        if let Some((p, variables)) = branch
            .zero
            .iter()
            .find_map(|p| Some((p.clone(), definite_form(p)?)))
        {
            branch.zero.remove(&p);
            for v in variables {
                branch.compare(&Polynomial::variable(v), Sign::Zero);
            }
            return true;
        }
        let found = branch.zero.iter().find_map(|p| {
            let sum = simplex::squares(p).or_else(|| simplex::squares(&p.neg()))?;
            Some((p.clone(), sum))
        });
        let Some((p, sum)) = found else {
            return false;
        };
        branch.zero.remove(&p);
        for (_, l) in sum {
            branch.compare(&l, Sign::Zero);
        }
        true
    }

    /// An equation whose left side is a product: the equation, and its factors' equations.
    pub fn factors(&mut self, branch: &Branch) -> Option<(Polynomial, Vec<Formula>)> {
        let others = branch.literals();
        for p in &branch.zero {
            if p.degree() < 2 {
                continue;
            }
            if let Some(parts) = factor(p, &others) {
                let alternatives = parts
                    .into_iter()
                    .map(|f| Formula::compare(f, Sign::Zero))
                    .collect();
                return Some((p.clone(), alternatives));
            }
        }
        None
    }

    /// A linear equation for a variable, whose coefficient may be 0: both cases.
    fn coefficient(&mut self, branch: &Branch) -> Option<Vec<Formula>> {
        let mut best: Option<(usize, Polynomial, Polynomial)> = None;
        for p in &branch.zero {
            for v in p.variables() {
                if p.degree_in(v) != 1 {
                    continue;
                }
                let coefficients = p.coefficients(v);
                let [_, by] = coefficients.as_slice() else {
                    continue;
                };
                if best.as_ref().is_none_or(|(len, _, _)| by.len() < *len) {
                    best = Some((by.len(), by.clone(), p.clone()));
                }
            }
        }
        let (_, by, _) = best?;
        Some(vec![
            Formula::compare(by.clone(), Sign::NonZero),
            Formula::compare(by, Sign::Zero),
        ])
    }

    /// Compares two values of one monotone function, or one with a number.
    fn monotone(&mut self, branch: &mut Branch) -> Option<Vec<Formula>> {
        let mut all: Vec<u32> = branch.variables().into_iter().collect();
        all.extend(branch.solved.keys());
        all.sort_unstable();
        all.dedup();
        let arguments: Vec<(u32, u8, Fraction)> = all
            .iter()
            .filter_map(|v| match self.kernels.get(*v)? {
                Kernel::Exp(of) => Some((*v, 0, of.0.clone())),
                Kernel::Log(of) => Some((*v, 1, of.0.clone())),
                Kernel::Root(n, of) => Some((*v, 2 + u8::try_from(*n).ok()?, of.0.clone())),
                _ => None,
            })
            .collect();
        for (i, (v, kind, u)) in arguments.iter().enumerate() {
            for (w, other, t) in arguments.iter().skip(i + 1) {
                if kind == other && branch.compared.insert((*v, *w)) {
                    let (x, y) = (Polynomial::variable(*v), Polynomial::variable(*w));
                    return trichotomy(u, t, &x, &y);
                }
            }
            if *kind == 1
                && branch.compared.insert((*v, *v))
                && let Some(clause) = self.kernels.log_law(*v)
            {
                return Some(clause);
            }
        }
        None
    }

    /// Further equations: members of the Gröbner basis, and products of roots. Whether there
    /// were any.
    fn consequences(&mut self, branch: &mut Branch) -> bool {
        if branch.zero.len() < 2 {
            return false;
        }
        let all: Vec<Polynomial> = branch.zero.iter().cloned().collect();
        let basis = ideal::basis(&all);
        let mut changed = false;
        let mut next = branch.zero.clone();
        for p in basis {
            let p = p.primitive();
            if p.len() <= 40 && next.insert(p) {
                changed = true;
            }
        }
        let literals = branch.literals();
        // Combinations without a constant term, where they are products.
        for (i, p) in all.iter().enumerate() {
            for q in all.iter().skip(i + 1) {
                let unit = Monomial::default();
                let (Some(c), Some(d)) = (p.0.get(&unit), q.0.get(&unit)) else {
                    continue;
                };
                let combination = p.scale(d).sub(&q.scale(c)).primitive();
                if combination.len() <= 12 && factor(&combination, &literals).is_some() {
                    changed |= next.insert(combination);
                }
            }
        }
        for p in &all {
            for q in &all {
                if let Some(clause) = square_of(p, q) {
                    let clause: Vec<Formula> = clause
                        .iter()
                        .map(|l| Formula::compare(l.clone(), Sign::Zero))
                        .collect();
                    if branch.clauses.insert(p.clone()) {
                        branch.pending.push(clause);
                        changed = true;
                    }
                }
            }
        }
        if !changed {
            return false;
        }
        branch.zero = next;
        // Each basis is computed once in a branch.
        branch
            .compared
            .insert((u32::MAX, u32::try_from(all.len()).unwrap_or(0)))
    }
}

/// For A v² + B v + C = 0 and a s² = e whose discriminant B² − 4AC is a square times s²: the two
/// linear equations of which one holds.
fn square_of(p: &Polynomial, q: &Polynomial) -> Option<[Polynomial; 2]> {
    if p == q {
        return None;
    }
    for s in q.variables() {
        if q.degree_in(s) != 2 {
            continue;
        }
        let coefficients = q.coefficients(s);
        let [c, b, a] = coefficients.as_slice() else {
            continue;
        };
        if !b.is_zero() {
            continue;
        }
        for v in p.variables() {
            if p.degree_in(v) != 2 || v == s {
                continue;
            }
            let parts = p.coefficients(v);
            let [below, middle, lead] = parts.as_slice() else {
                continue;
            };
            let four = Rational::from(4);
            let discriminant = middle.mul(middle).sub(&lead.mul(below).scale(&four));
            if discriminant.len() * a.len() * c.len() > 40 {
                continue;
            }
            // With e = −c: (e (2Av + B))² = e² D = (D a e) s².
            let e = c.neg();
            let Some(root) = build::square_root(&discriminant.mul(a).mul(&e)) else {
                continue;
            };
            let side = Polynomial::variable(v)
                .mul(&lead.scale(&Rational::from(2)))
                .add(middle)
                .mul(&e);
            let other = root.mul(&Polynomial::variable(s));
            if side.is_zero() {
                continue;
            }
            return Some([side.sub(&other), side.add(&other)]);
        }
    }
    None
}

/// A form in two variables that is 0 only where both are.
fn definite_form(p: &Polynomial) -> Option<[u32; 2]> {
    let variables = p.variables();
    let [x, y] = variables.as_slice() else {
        return None;
    };
    let degree = p.degree();
    if degree % 2 == 1 || degree > 20 || p.0.keys().any(|m| m.degree() != degree) {
        return None;
    }
    let line = p.substitute(*y, &Polynomial::one(), &Polynomial::one(), 0);
    let line = Univariate::of(&line, *x)?;
    (line.degree() == degree as usize && line.roots().is_empty()).then_some([*x, *y])
}

fn trichotomy(u: &Fraction, t: &Fraction, x: &Polynomial, y: &Polynomial) -> Option<Vec<Formula>> {
    let difference = u.add(&t.neg())?;
    let back = difference.neg();
    Some(vec![
        Formula::and(vec![
            difference.compare(Sign::Positive),
            Formula::compare(x.sub(y), Sign::Positive),
        ]),
        Formula::and(vec![
            difference.compare(Sign::Zero),
            Formula::compare(x.sub(y), Sign::Zero),
        ]),
        Formula::and(vec![
            back.compare(Sign::Positive),
            Formula::compare(y.sub(x), Sign::Positive),
        ]),
    ])
}

/// Drops alternatives that are contradictory at once, and clauses of which one holds already.
fn propagate(branch: &mut Branch) -> bool {
    let pending = std::mem::take(&mut branch.pending);
    let mut changed = false;
    let mut base = branch.clone();
    base.pending.clear();
    for alternatives in pending {
        let mut rest = Vec::new();
        let mut done = false;
        for alternative in &alternatives {
            if holds_already(&base, alternative) {
                done = true;
                break;
            }
            let mut trial = base.clone();
            trial.add(alternative);
            if !trial.closed {
                trial.check_signs();
            }
            if !trial.closed {
                rest.push(alternative.clone());
            }
        }
        if done {
            changed = true;
            continue;
        }
        changed |= rest.len() < alternatives.len();
        if rest.len() <= 1 {
            branch.add(&Formula::or(rest));
        } else {
            branch.pending.push(rest);
        }
        if branch.closed {
            return true;
        }
    }
    changed
}

fn holds_already(branch: &Branch, formula: &Formula) -> bool {
    match formula {
        Formula::Literal(Literal::Compare(p, sign)) => match sign {
            Sign::Zero => branch.zero.contains(&p.primitive()),
            Sign::NonZero => branch.is_nonzero(p),
            Sign::Positive => branch.sign(p) == 1,
            Sign::NonNegative => matches!(branch.sign(p), 1 | 2),
        },
        Formula::Literal(Literal::Defined(k)) => branch.defined.contains(k),
        Formula::Literal(Literal::Undefined(k)) => branch.undefined.contains(k),
        Formula::Literal(Literal::Integer(p, is)) => branch.integer.contains(&(p.clone(), *is)),
        Formula::And(parts) => parts.iter().all(|p| holds_already(branch, p)),
        Formula::Or(parts) => parts.iter().any(|p| holds_already(branch, p)),
    }
}

/// Two or more factors whose product vanishes where the polynomial does (or one simpler
/// polynomial); `None` if none were found. `others` suggest common factors.
pub fn factor(p: &Polynomial, others: &[(Polynomial, Sign)]) -> Option<Vec<Polynomial>> {
    let variables = p.variables();
    // Variables that divide it.
    for v in &variables {
        let x = Polynomial::variable(*v);
        if let Some(rest) = p.divide(&x) {
            return Some(vec![x, rest]);
        }
    }
    // Repeated factors.
    for v in &variables {
        let common = p.gcd(&p.derivative(*v), TERMS);
        if common.as_constant().is_none()
            && let Some(rest) = p.divide(&common)
        {
            return Some(vec![rest.primitive(), common]);
        }
    }
    // Factors without one of the variables.
    if variables.len() > 1 {
        for v in &variables {
            if let Some(content) = p.content_in(*v, TERMS)
                && content.as_constant().is_none()
                && let Some(rest) = p.divide(&content)
            {
                return Some(vec![content, rest]);
            }
        }
    }
    // Common factors with other atoms.
    for (q, _) in others {
        if q.primitive() == p.primitive() || q.len() > 30 {
            continue;
        }
        let common = p.gcd(q, TERMS);
        if common.as_constant().is_none()
            && common.degree() < p.degree()
            && let Some(rest) = p.divide(&common)
        {
            return Some(vec![common, rest]);
        }
    }
    // Rational roots.
    if let [v] = variables.as_slice() {
        let u = Univariate::of(p, *v)?;
        if u.degree() > 40 {
            return None;
        }
        for root in u.roots() {
            if let Root::Rational(r) = root {
                let linear = Polynomial::variable(*v).sub(&Polynomial::constant(r));
                let rest = p.divide(&linear)?;
                return Some(vec![linear, rest]);
            }
        }
        return None;
    }
    // A quadratic in a power of one variable whose discriminant is a square.
    for v in &variables {
        let coefficients = p.coefficients(*v);
        let half = (coefficients.len() - 1) / 2;
        let inner = coefficients
            .iter()
            .enumerate()
            .any(|(k, c)| !c.is_zero() && k != 0 && k != half && k != 2 * half);
        let [Some(c), Some(b), Some(a)] = [0, half, 2 * half].map(|k| coefficients.get(k)) else {
            continue;
        };
        if inner || half == 0 || coefficients.len() != 2 * half + 1 {
            continue;
        }
        let four = Rational::from(4);
        let discriminant = b.mul(b).sub(&a.mul(c).scale(&four));
        let Some(side) = build::square_root(&discriminant) else {
            continue;
        };
        let x = Polynomial::variable(*v)
            .pow(u32::try_from(half).unwrap_or(1), TERMS)?
            .mul(&a.scale(&Rational::from(2)));
        let first = x.add(b).sub(&side);
        let content = first.content_in(*v, TERMS)?;
        let first = first.divide(&content)?.primitive();
        if let Some(rest) = p.divide(&first)
            && rest.degree() > 0
        {
            return Some(vec![first, rest]);
        }
    }
    None
}
