//! A conjunction of atoms, simplified until it is contradictory or nothing more is known.

use std::collections::{BTreeMap, BTreeSet};

use super::formula::{Formula, Literal, Sign};
use super::ideal;
use super::kernel::{Fraction, Kernel, Kernels, TERMS};
use super::polynomial::{Monomial, Polynomial};
use super::simplex;
use super::univariate::{Line, Univariate};
use crate::number::Rational;

/// What holds at the points in question.
#[derive(Clone, Debug, Default)]
pub struct Branch {
    /// Polynomials that are 0.
    pub zero: BTreeSet<Polynomial>,
    /// Polynomials that are not 0 (and of no known sign).
    pub nonzero: BTreeSet<Polynomial>,
    /// Polynomials that are > 0.
    pub positive: BTreeSet<Polynomial>,
    /// Polynomials that are ≥ 0.
    pub nonnegative: BTreeSet<Polynomial>,
    /// Opaque kernels with a value.
    pub defined: BTreeSet<u32>,
    /// Opaque kernels without one.
    pub undefined: BTreeSet<u32>,
    /// Polynomials whose values are integers, or are none.
    pub integer: BTreeSet<(Polynomial, bool)>,
    /// Alternatives of which one holds.
    pub pending: Vec<Vec<Formula>>,
    /// Kernels whose laws were added.
    pub known: BTreeSet<u32>,
    /// Kernels that were eliminated, with what they equal.
    pub solved: BTreeMap<u32, Fraction>,
    /// Kernels that were compared with their value after elimination.
    pub renewed: BTreeSet<(u32, Fraction)>,
    /// Whether monotone functions were compared.
    pub compared: BTreeSet<(u32, u32)>,
    /// Opaque kernels whose domain was looked at.
    pub placed: BTreeSet<(u32, bool)>,
    /// Equations that were split by a square root.
    pub clauses: BTreeSet<Polynomial>,
    /// Atoms from which exponentials and logarithms were taken away.
    pub compared_atoms: BTreeSet<(Polynomial, Sign)>,
    /// Whether it was shown to be contradictory.
    pub closed: bool,
}

/// How many inequalities are weighed against each other.
const CONSTRAINTS: usize = 60;

/// The scaled polynomial with coprime integers, by a positive factor.
fn positive_primitive(p: &Polynomial) -> Polynomial {
    let primitive = p.primitive();
    if p.leading().is_some_and(|(_, c)| c.signum() < 0) {
        primitive.neg()
    } else {
        primitive
    }
}

/// Puts a fraction in the place of a variable of another.
pub fn put(into: &Fraction, variable: u32, value: &Fraction) -> Option<Fraction> {
    let power = into
        .numerator
        .degree_in(variable)
        .max(into.denominator.degree_in(variable));
    if power == 0 {
        return Some(into.clone());
    }
    Fraction::new(
        into.numerator
            .substitute(variable, &value.numerator, &value.denominator, power),
        into.denominator
            .substitute(variable, &value.numerator, &value.denominator, power),
    )
}

impl Branch {
    /// Adds what a formula says.
    pub fn add(&mut self, formula: &Formula) {
        match formula {
            Formula::Literal(literal) => self.add_literal(literal),
            Formula::And(parts) => parts.iter().for_each(|p| self.add(p)),
            Formula::Or(parts) => match parts.as_slice() {
                [] => self.closed = true,
                [one] => self.add(one),
                _ => self.pending.push(parts.clone()),
            },
        }
    }

    fn add_literal(&mut self, literal: &Literal) {
        match literal {
            Literal::Compare(p, sign) => self.compare(p, *sign),
            Literal::Defined(k) => {
                self.defined.insert(*k);
                self.closed |= self.undefined.contains(k);
            }
            Literal::Undefined(k) => {
                self.undefined.insert(*k);
                self.closed |= self.defined.contains(k);
            }
            Literal::Integer(p, is) => {
                self.closed |= self.integer.contains(&(p.clone(), !is));
                if let Some(c) = p.as_constant() {
                    self.closed |= c.is_integer() != *is;
                } else {
                    self.integer.insert((p.clone(), *is));
                }
            }
        }
    }

    /// Adds that a polynomial compares so with 0.
    pub fn compare(&mut self, p: &Polynomial, sign: Sign) {
        let p = self.substitute_solved(p, sign);
        self.compare_reduced(&p, sign);
    }

    fn compare_reduced(&mut self, p: &Polynomial, sign: Sign) {
        let Formula::Literal(_) = Formula::compare(p.clone(), sign) else {
            self.closed |= Formula::compare(p.clone(), sign) == Formula::FALSE;
            return;
        };
        match sign {
            Sign::Zero => {
                self.zero.insert(p.primitive());
            }
            Sign::NonZero => {
                let p = p.primitive();
                self.closed |= self.zero.contains(&p);
                let minus = p.neg();
                if self.nonnegative.remove(&p) {
                    self.positive.insert(p);
                } else if self.nonnegative.remove(&minus) {
                    self.positive.insert(minus);
                } else if !self.positive.contains(&p) && !self.positive.contains(&minus) {
                    self.nonzero.insert(p);
                }
            }
            Sign::Positive => {
                let p = positive_primitive(p);
                let minus = p.neg();
                self.closed |= self.nonnegative.contains(&minus)
                    || self.positive.contains(&minus)
                    || self.zero.contains(&p)
                    || self.zero.contains(&minus);
                self.nonnegative.remove(&p);
                self.nonzero.remove(&p);
                self.nonzero.remove(&minus);
                self.positive.insert(p);
            }
            Sign::NonNegative => {
                let p = positive_primitive(p);
                let minus = p.neg();
                self.closed |= self.positive.contains(&minus);
                if self.nonnegative.remove(&minus) {
                    self.zero.insert(p.primitive());
                } else if self.nonzero.remove(&p.primitive()) {
                    self.positive.insert(p);
                } else if !self.positive.contains(&p) {
                    self.nonnegative.insert(p);
                }
            }
        }
    }

    /// A polynomial of the same sign (or zeros) with the eliminated kernels replaced.
    fn substitute_solved(&self, p: &Polynomial, sign: Sign) -> Polynomial {
        let mut p = p.clone();
        for (v, f) in &self.solved {
            let degree = p.degree_in(*v);
            if degree > 0 {
                let even = degree.is_multiple_of(2) || matches!(sign, Sign::Zero | Sign::NonZero);
                p = p.substitute(
                    *v,
                    &f.numerator,
                    &f.denominator,
                    if even { degree } else { degree + 1 },
                );
            }
        }
        p
    }

    /// All polynomials that compare with 0, with their signs.
    pub fn literals(&self) -> Vec<(Polynomial, Sign)> {
        let tag =
            |set: &BTreeSet<Polynomial>, s| set.iter().map(|p| (p.clone(), s)).collect::<Vec<_>>();
        let mut all = tag(&self.zero, Sign::Zero);
        all.extend(tag(&self.nonzero, Sign::NonZero));
        all.extend(tag(&self.positive, Sign::Positive));
        all.extend(tag(&self.nonnegative, Sign::NonNegative));
        all
    }

    /// The variables of all literals.
    pub fn variables(&self) -> BTreeSet<u32> {
        let mut all: BTreeSet<u32> = self
            .zero
            .iter()
            .chain(&self.nonzero)
            .chain(&self.positive)
            .chain(&self.nonnegative)
            .flat_map(Polynomial::variables)
            .collect();
        for f in self.solved.values() {
            all.extend(f.numerator.variables());
            all.extend(f.denominator.variables());
        }
        all
    }

    /// Adds the laws of kernels that are met, and what becomes of kernels whose parts were
    /// eliminated. Whether something was added.
    pub fn learn(
        &mut self,
        kernels: &mut Kernels,
        integers: &BTreeSet<u32>,
        naturals: &BTreeSet<u32>,
    ) -> bool {
        let mut changed = false;
        let mut all = self.variables();
        all.extend(self.solved.keys());
        for v in &all {
            if self.known.insert(*v) {
                changed = true;
                let law = kernels.law(*v);
                self.add(&law);
                let y = Polynomial::variable(*v);
                if integers.contains(v) {
                    self.add(&Formula::Literal(Literal::Integer(y.clone(), true)));
                }
                if naturals.contains(v) {
                    self.compare(&y, Sign::NonNegative);
                }
            }
        }
        if self.closed {
            return true;
        }
        let met: Vec<(u32, bool)> = self
            .defined
            .iter()
            .map(|k| (*k, true))
            .chain(self.undefined.iter().map(|k| (*k, false)))
            .collect();
        for (k, has) in met {
            if self.placed.insert((k, has))
                && let Some((holds, fails)) = kernels.domains.get(&k)
            {
                changed = true;
                let formula = if has { holds.clone() } else { fails.clone() };
                self.add(&formula);
            }
        }
        if self.closed {
            return true;
        }
        for formula in super::monotone::consequences(self, kernels) {
            changed = true;
            self.add(&formula);
        }
        for v in all {
            let solved = self.solved.clone();
            let again = kernels.again(v, &|f| {
                let mut f = f.clone();
                for (w, value) in &solved {
                    f = put(&f, *w, value)?;
                }
                Some(f)
            });
            if let Some(again) = again
                && self.renewed.insert((v, again.clone()))
            {
                let y = Fraction::whole(Polynomial::variable(v));
                if let Some(difference) = y.add(&again.neg()) {
                    changed = true;
                    self.compare(&difference.numerator, Sign::Zero);
                }
            }
        }
        changed
    }

    /// Whether a polynomial is known to be positive (1), negative (−1), or else unknown (0); `2`
    /// and `−2` where it may be 0 too.
    pub fn sign(&self, p: &Polynomial) -> i32 {
        let unit = positive_primitive(p);
        if self.positive.contains(&unit) {
            return 1;
        }
        let minus = unit.neg();
        if self.positive.contains(&minus) {
            return -1;
        }
        let own = self.own_sign(p);
        if own != 0 {
            return own;
        }
        if self.nonnegative.contains(&unit) {
            return 2;
        }
        if self.nonnegative.contains(&minus) {
            return -2;
        }
        0
    }

    /// The sign by the monomials' signs, or as a sum of squares.
    pub fn own_sign(&self, p: &Polynomial) -> i32 {
        let mut total = 0;
        for (m, c) in &p.0 {
            let next = self.monomial_sign(m) * c.signum();
            total = match (total, next) {
                (_, 0) => {
                    total = 0;
                    break;
                }
                (0, s) => s,
                (a, b) if a * b > 0 => a.abs().min(b.abs()) * a.signum(),
                _ => {
                    total = 0;
                    break;
                }
            };
        }
        if total != 0 {
            return total;
        }
        if p.degree() >= 2 {
            for (q, s) in [(p.clone(), 1), (p.neg(), -1)] {
                if let Some(sum) = simplex::squares(&q) {
                    let strict = sum.iter().any(|(_, l)| l.as_constant().is_some());
                    return if strict { s } else { 2 * s };
                }
            }
        }
        0
    }

    /// Between integers, p > 0 is p − 1 ≥ 0.
    pub fn tighten(&mut self, integers: &BTreeSet<u32>) {
        // By their sorts, or because a fact says so.
        let said = self.integer.clone();
        let integer =
            |v: &u32| integers.contains(v) || said.contains(&(Polynomial::variable(*v), true));
        let whole = |p: &Polynomial| {
            p.0.values().all(Rational::is_integer) && p.variables().iter().all(integer)
        };
        let found: Vec<Polynomial> = self.positive.iter().filter(|p| whole(p)).cloned().collect();
        for p in found {
            self.compare_reduced(&p.sub(&Polynomial::one()), Sign::NonNegative);
        }
        self.closed |= self.integer.iter().any(|(p, is)| !is && whole(p));
    }

    /// Closes the branch where an atom's own sign contradicts it.
    pub fn check_signs(&mut self) {
        let bad = self.zero.iter().any(|p| self.own_sign(p).abs() == 1)
            || self
                .positive
                .iter()
                .any(|p| p.len() > 1 && self.own_sign(p) < 0)
            || self
                .nonnegative
                .iter()
                .any(|p| p.len() > 1 && self.own_sign(p) == -1);
        self.closed |= bad;
    }

    fn monomial_sign(&self, m: &Monomial) -> i32 {
        let mut sign = 1i32;
        for (v, e) in &m.0 {
            let y = Polynomial::variable(*v);
            let own: i32 = if self.positive.contains(&y) {
                1
            } else if self.positive.contains(&y.neg()) {
                -1
            } else if e % 2 == 0 && self.nonzero.contains(&y) {
                1
            } else if e % 2 == 0 || self.nonnegative.contains(&y) {
                2
            } else if self.nonnegative.contains(&y.neg()) {
                -2
            } else {
                return 0;
            };
            let own = if e % 2 == 0 { i32::abs(own) } else { own };
            let size = if own.abs() == 2 || sign.abs() == 2 {
                2
            } else {
                1
            };
            sign = size * own.signum() * sign.signum();
        }
        sign
    }

    /// Whether a polynomial is known not to be 0.
    pub fn is_nonzero(&self, p: &Polynomial) -> bool {
        if p.as_constant().is_some_and(|c| !c.is_zero()) {
            return true;
        }
        if self.nonzero.contains(&p.primitive()) || self.sign(p).abs() == 1 {
            return true;
        }
        // Each factor that is known not to be 0 taken away.
        let rest = self.strip(p, Sign::Zero);
        rest.as_constant().is_some_and(|c| !c.is_zero())
            || (rest != *p
                && (self.nonzero.contains(&rest.primitive()) || self.sign(&rest).abs() == 1))
    }

    /// Divides by factors of known sign: what is left compares with 0 in the same way.
    pub fn strip(&self, p: &Polynomial, sign: Sign) -> Polynomial {
        let equation = matches!(sign, Sign::Zero | Sign::NonZero);
        let mut rest = p.clone();
        let mut factors: Vec<(Polynomial, i32)> =
            self.positive.iter().map(|q| (q.clone(), 1)).collect();
        factors.extend(self.nonzero.iter().map(|q| (q.clone(), 0)));
        for (q, s) in factors {
            if q == *p || q.neg() == *p || rest.degree() < q.degree() || q.len() > 20 {
                continue;
            }
            while rest.degree() > 0
                && let Some(next) = rest.divide(&q)
            {
                if s == 1 || equation {
                    rest = next;
                } else if let Some(twice) = next.divide(&q) {
                    // By the square of what is not 0.
                    rest = twice;
                } else {
                    break;
                }
            }
        }
        rest
    }

    /// Rewrites every literal by a map that keeps its meaning.
    pub fn rewrite(&mut self, mut to: impl FnMut(&Polynomial, Sign) -> Polynomial) {
        let all = self.literals();
        self.zero.clear();
        self.nonzero.clear();
        self.positive.clear();
        self.nonnegative.clear();
        for (p, sign) in all {
            let p = to(&p, sign);
            self.compare_reduced(&p, sign);
        }
    }

    /// Replaces a variable everywhere by a fraction whose denominator is not 0.
    pub fn eliminate(&mut self, variable: u32, value: &Fraction) -> Option<()> {
        let size = value.numerator.len().max(value.denominator.len());
        let too_large = |p: &Polynomial| {
            let degree = p.degree_in(variable).min(20);
            degree > 12 || size > 1 && p.len() * size.pow(degree.min(6)) > 20_000
        };
        if self.literals().iter().any(|(p, _)| too_large(p)) {
            return None;
        }
        let mut solved = BTreeMap::new();
        for (v, f) in &self.solved {
            solved.insert(*v, put(f, variable, value)?);
        }
        solved.insert(variable, value.clone());
        self.solved = solved;
        self.rewrite(|p, sign| {
            let degree = p.degree_in(variable);
            let even = degree.is_multiple_of(2) || matches!(sign, Sign::Zero | Sign::NonZero);
            let power = if even { degree } else { degree + 1 };
            p.substitute(variable, &value.numerator, &value.denominator, power)
        });
        let integers = std::mem::take(&mut self.integer);
        for (p, is) in integers {
            match put(&Fraction::whole(p), variable, value) {
                Some(f) => {
                    if let Some(c) = f.denominator.as_constant()
                        && let Some(by) = Rational::one().div(&c)
                    {
                        self.add_literal(&Literal::Integer(f.numerator.scale(&by), is));
                    }
                }
                None => continue,
            }
        }
        let pending = std::mem::take(&mut self.pending);
        for alternatives in pending {
            let alternatives = alternatives
                .iter()
                .map(|f| self.replaced(f))
                .collect::<Vec<_>>();
            self.add(&Formula::or(alternatives));
        }
        Some(())
    }

    fn replaced(&self, formula: &Formula) -> Formula {
        match formula {
            Formula::Literal(Literal::Compare(p, sign)) => {
                Formula::compare(self.substitute_solved(p, *sign), *sign)
            }
            Formula::Literal(_) => formula.clone(),
            Formula::And(parts) => Formula::and(parts.iter().map(|p| self.replaced(p)).collect()),
            Formula::Or(parts) => Formula::or(parts.iter().map(|p| self.replaced(p)).collect()),
        }
    }

    /// Whether a transcendental kernel has another in its parts.
    fn depends(&self, kernels: &Kernels, kernel: u32, on: u32, depth: u32) -> bool {
        if depth == 0 {
            return true;
        }
        kernels.parts(kernel).iter().any(|part| {
            part.numerator
                .variables()
                .into_iter()
                .chain(part.denominator.variables())
                .any(|w| {
                    let inside = |f: &Fraction| {
                        let all = f.numerator.variables().into_iter();
                        all.chain(f.denominator.variables())
                            .any(|u| u == on || self.depends(kernels, u, on, depth - 1))
                    };
                    w == on
                        || self.depends(kernels, w, on, depth - 1)
                        || self.solved.get(&w).is_some_and(inside)
                })
        })
    }

    /// An equation that gives one variable by the others: `None` if there is none with a
    /// coefficient that is known not to be 0.
    pub fn solvable(&self, kernels: &Kernels) -> Option<(u32, Fraction)> {
        let mut best: Option<((usize, usize, u32), u32, Fraction)> = None;
        for p in &self.zero {
            for v in p.variables() {
                if p.degree_in(v) != 1 {
                    continue;
                }
                let coefficients = p.coefficients(v);
                let [rest, by] = coefficients.as_slice() else {
                    continue;
                };
                if !self.is_nonzero(by) {
                    continue;
                }
                let Some(value) = Fraction::new(rest.neg(), by.clone()) else {
                    continue;
                };
                // x = e^(x − 1) does not give x.
                let around = value
                    .numerator
                    .variables()
                    .into_iter()
                    .chain(value.denominator.variables())
                    .any(|w| self.depends(kernels, w, v, 12));
                if around {
                    continue;
                }
                let constant = usize::from(by.as_constant().is_none());
                let kernel = usize::from(!matches!(kernels.get(v), Some(Kernel::Atom(_))));
                let rank = (constant * 100 + p.len() * 2 + kernel, p.len(), v);
                if best.as_ref().is_none_or(|(r, _, _)| rank < *r) {
                    best = Some((rank, v, value));
                }
            }
        }
        best.map(|(_, v, f)| (v, f))
    }

    /// The atoms in one variable alone, for each variable that has two or more (or one that is not
    /// linear).
    pub fn lines(&self) -> Vec<(u32, Vec<(Polynomial, Sign)>)> {
        let mut by_variable: BTreeMap<u32, Vec<(Polynomial, Sign)>> = BTreeMap::new();
        for (p, sign) in self.literals() {
            if let [v] = p.variables().as_slice() {
                by_variable.entry(*v).or_default().push((p, sign));
            }
        }
        by_variable
            .into_iter()
            .filter(|(_, all)| all.len() > 1 || all.iter().any(|(p, _)| p.degree() > 1))
            .collect()
    }

    /// Whether the product of what is not 0 lies in the ideal of what is 0.
    pub fn ideal_is_contradictory(&self) -> bool {
        if self.zero.is_empty() {
            return false;
        }
        let basis = ideal::basis(&self.zero.iter().cloned().collect::<Vec<_>>());
        if basis.iter().any(|p| p.as_constant().is_some()) {
            return true;
        }
        let mut product = Polynomial::one();
        for p in self.nonzero.iter().chain(&self.positive) {
            product = ideal::reduce(&product.mul(p), &basis);
            if product.is_zero() {
                return true;
            }
            if product.len() > TERMS / 4 {
                return false;
            }
        }
        // Once more, for radicals.
        let once = product.clone();
        product = ideal::reduce(&product.mul(&once), &basis);
        product.is_zero()
    }

    /// Whether inequalities contradict each other: Farkas' lemma over monomials, with products of
    /// pairs and squares added.
    pub fn inequalities_are_contradictory(&self, products: bool, fuel: &mut u64) -> bool {
        let mut basis: Vec<(Polynomial, bool)> = Vec::new();
        for p in &self.positive {
            basis.push((p.clone(), true));
        }
        for p in &self.nonnegative {
            basis.push((p.clone(), false));
        }
        basis.retain(|(p, _)| p.len() <= 30);
        let equations: Vec<&Polynomial> = self.zero.iter().filter(|p| p.len() <= 30).collect();
        if products
            && basis.iter().all(|(p, _)| p.degree() <= 1)
            && equations.iter().all(|p| p.degree() <= 1)
        {
            // Without products Farkas' lemma is complete here.
            return false;
        }
        let mut all = basis.clone();
        for p in &equations {
            all.push(((*p).clone(), false));
            all.push((p.neg(), false));
        }
        if products {
            // Those first that speak of what stands in products alone.
            let mixed: BTreeSet<u32> = basis
                .iter()
                .flat_map(|(p, _)| p.0.keys())
                .filter(|m| m.degree() > 1)
                .flat_map(|m| m.0.iter().map(|(v, _)| *v))
                .collect();
            let (near, far): (Vec<_>, Vec<_>) = basis
                .iter()
                .partition(|(p, _)| p.variables().iter().all(|v| mixed.contains(v)));
            let few: Vec<_> = near.into_iter().chain(far).take(8).collect();
            for (i, (p, s)) in few.iter().enumerate() {
                for (q, t) in few.iter().skip(i) {
                    let product = p.mul(q);
                    if product.degree() <= 4 && product.len() <= 30 {
                        all.push((product, *s && *t));
                    }
                }
            }
            let variables: Vec<u32> = self.variables().into_iter().take(4).collect();
            for p in equations.iter().take(3) {
                for v in &variables {
                    let product = p.mul(&Polynomial::variable(*v));
                    if product.degree() <= 4 {
                        all.push((product.clone(), false));
                        all.push((product.neg(), false));
                    }
                }
            }
            for (i, v) in variables.iter().enumerate() {
                let x = Polynomial::variable(*v);
                all.push((x.mul(&x), false));
                for w in variables.iter().skip(i + 1) {
                    let y = Polynomial::variable(*w);
                    for form in [x.add(&y), x.sub(&y)] {
                        all.push((form.mul(&form), false));
                    }
                }
            }
        }
        // Monomials of known sign.
        let monomials: BTreeSet<Monomial> = all
            .iter()
            .flat_map(|(p, _)| p.0.keys().cloned())
            .filter(|m| m.degree() > 1)
            .collect();
        for m in monomials.into_iter().take(24) {
            let sign = self.monomial_sign(&m);
            if sign != 0 {
                let mut p = Polynomial::default();
                p.0.insert(m, Rational::from(i64::from(sign.signum())));
                all.push((p, sign.abs() == 1));
            }
        }
        all.dedup();
        all.truncate(CONSTRAINTS);
        simplex::farkas(&all, fuel).is_some()
    }
}

/// Whether atoms in one variable hold at no point of the line (Sturm).
pub fn no_point_on_a_line(variable: u32, atoms: &[(Polynomial, Sign)]) -> bool {
    let Some(literals) = atoms
        .iter()
        .map(|(p, sign)| Some((Univariate::of(p, variable)?, *sign)))
        .collect::<Option<Vec<_>>>()
    else {
        return false;
    };
    let polynomials: Vec<Univariate> = literals.iter().map(|(p, _)| p.clone()).collect();
    let Some(mut line) = Line::cut(&polynomials, 16) else {
        return false;
    };
    let holds = |sign: i32, how: Sign| match how {
        Sign::Zero => sign == 0,
        Sign::NonZero => sign != 0,
        Sign::Positive => sign > 0,
        Sign::NonNegative => sign >= 0,
    };
    !line
        .gaps
        .iter()
        .any(|x| literals.iter().all(|(p, s)| holds(p.value(x).signum(), *s)))
        && !line
            .roots
            .iter_mut()
            .any(|x| literals.iter().all(|(p, s)| holds(p.sign_at(x), *s)))
}
