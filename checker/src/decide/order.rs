//! Decides statements by refutation: what is known and the failing of the statement are split into
//! cases, and each is shown to be impossible by linear inequalities over monomials (with products
//! of pairs), by squares, or by Sturm's theorem. Nothing is trusted but the arithmetic here.

use std::collections::BTreeSet;

use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use crate::arithmetic::polynomial::{Monomial, Poly, small};
use crate::arithmetic::ring::{Kernel, Part, Ring};
use crate::decide::formula::{Formula, formula};
use crate::decide::linear::{Row, impossible};
use crate::decide::roots::{self, Sign};
use crate::decide::squares::never_negative;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Check, Head, Id, Q, Terms};

/// Whether the statement holds wherever the scope's facts do and its terms are defined.
pub fn holds(terms: &mut Terms, scope: &Scope, statement: Id) -> Check<bool> {
    if scope.statements.contains(&statement) {
        return Ok(true);
    }
    // First from what the statement says alone, then from the facts about its symbols, then from
    // all facts.
    let about = symbols(terms, statement);
    let near: Vec<Id> = scope
        .statements
        .iter()
        .copied()
        .filter(|fact| symbols(terms, *fact).intersection(&about).next().is_some())
        .collect();
    let mut tried = None;
    for (facts, budget) in [(&Vec::new(), 12), (&near, 40), (&scope.statements, 100)] {
        if tried == Some(facts.len()) {
            continue;
        }
        tried = Some(facts.len());
        if from(terms, scope, facts, statement, budget)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The symbols in a term, families and functions included.
fn symbols(terms: &Terms, term: Id) -> BTreeSet<u32> {
    let all = terms.subterms(term, |_, _| true);
    let symbol = |t: &Id| match terms.head(*t) {
        Head::Symbol(s) | Head::Member(s) | Head::Call(s, _) => Some(*s),
        _ => None,
    };
    all.iter().filter_map(symbol).collect()
}

fn from(
    terms: &mut Terms,
    scope: &Scope,
    facts: &[Id],
    statement: Id,
    mut budget: u32,
) -> Check<bool> {
    terms.spend(20)?;
    let known = scope.known.clone();
    let mut ring = Ring::new(terms, &known);
    let mut open = vec![formula(&mut ring, scope, statement, false)?];
    for fact in facts {
        open.push(formula(&mut ring, scope, *fact, true)?);
    }
    for kernel in kernel_facts(&mut ring)? {
        open.push(Formula::Atom(kernel.1, kernel.0));
    }
    let case = Case {
        integers: integers(&ring, scope),
        open,
        ..Case::default()
    };
    refuted(&mut ring, case, 0, &mut budget)
}

/// Conditions that hold together.
#[derive(Clone, Debug, Default)]
struct Case {
    atoms: BTreeSet<(Poly, u8)>,
    open: Vec<Formula>,
    integers: BTreeSet<u32>,
}

fn sign(code: u8) -> Sign {
    match code {
        0 => Sign::Positive,
        1 => Sign::NotNegative,
        2 => Sign::Zero,
        _ => Sign::NotZero,
    }
}

fn code(sign: Sign) -> u8 {
    match sign {
        Sign::Positive => 0,
        Sign::NotNegative => 1,
        Sign::Zero => 2,
        Sign::NotZero => 3,
    }
}

impl Case {
    /// Adds a condition; `false` where it cannot hold.
    fn add(&mut self, poly: Poly, sign: Sign) -> bool {
        if let Some(value) = poly.as_number() {
            let value = i32::from(value.is_positive()) - i32::from(value.is_negative());
            return sign.allows(value);
        }
        let lead = poly.lead();
        let by = match sign {
            Sign::Positive | Sign::NotNegative => lead.abs().recip(),
            Sign::Zero | Sign::NotZero => lead.recip(),
        };
        self.atoms.insert((poly.scale(&by), code(sign)));
        true
    }

    /// Sorts what is open into conditions; `false` where it cannot hold.
    fn settle(&mut self) -> bool {
        let mut choices = Vec::new();
        while let Some(next) = self.open.pop() {
            match next {
                Formula::And(parts) => self.open.extend(parts),
                Formula::Or(mut parts) if parts.len() == 1 => self.open.extend(parts.pop()),
                Formula::Or(parts) => {
                    if parts.is_empty() {
                        return false;
                    }
                    choices.push(Formula::Or(parts));
                }
                Formula::Atom(sign, poly) => {
                    if !self.add(poly, sign) {
                        return false;
                    }
                }
            }
        }
        self.open = choices;
        true
    }
}

fn refuted(ring: &mut Ring, mut case: Case, depth: u32, budget: &mut u32) -> Check<bool> {
    if *budget == 0 || depth > 12 {
        return Ok(false);
    }
    *budget -= 1;
    if !case.settle() || !eliminate(ring, &mut case)? || impossible_together(ring, &case)? {
        return Ok(true);
    }
    // A choice that was left open.
    let smallest = (0..case.open.len()).min_by_key(|place| match &case.open[*place] {
        Formula::Or(parts) => parts.len(),
        _ => usize::MAX,
    });
    if let Some(place) = smallest {
        let Formula::Or(parts) = case.open.remove(place) else {
            return Ok(false);
        };
        for part in parts {
            let mut next = case.clone();
            next.open.push(part);
            if !refuted(ring, next, depth + 1, budget)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    let Some((atom, parts)) = split(&case) else {
        return Ok(false);
    };
    case.atoms.remove(&atom);
    for (poly, sign) in parts {
        let mut next = case.clone();
        next.open.push(Formula::Atom(sign, poly));
        if !refuted(ring, next, depth + 1, budget)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// An equation that is a product, or an inequality ≠, as cases.
type Split = ((Poly, u8), Vec<(Poly, Sign)>);

fn split(case: &Case) -> Option<Split> {
    for atom in &case.atoms {
        if sign(atom.1) != Sign::Zero {
            continue;
        }
        let content = crate::arithmetic::fraction::common(&atom.0);
        let natural = content.iter().all(|(_, e)| small(e).is_some());
        if let Some((generator, exponent)) = content.first().filter(|_| natural) {
            let single = Poly::term(vec![(*generator, Q::one())], Q::one());
            let inverse = vec![(*generator, -exponent)];
            let rest = atom
                .0
                .0
                .iter()
                .map(|(m, c)| (crate::arithmetic::polynomial::times(m, &inverse), c.clone()));
            let rest = Poly(rest.collect());
            return Some((atom.clone(), vec![(single, Sign::Zero), (rest, Sign::Zero)]));
        }
        if let Some((root, rest)) = rational_root(&atom.0) {
            return Some((atom.clone(), vec![(root, Sign::Zero), (rest, Sign::Zero)]));
        }
    }
    let unequal = case
        .atoms
        .iter()
        .find(|atom| sign(atom.1) == Sign::NotZero)?;
    let minus = unequal.0.scale(&-Q::one());
    Some((
        unequal.clone(),
        vec![(unequal.0.clone(), Sign::Positive), (minus, Sign::Positive)],
    ))
}

/// A factor with a rational root of a polynomial in one unknown of degree ≥ 2, and the rest.
fn rational_root(poly: &Poly) -> Option<(Poly, Poly)> {
    let (generator, dense) = univariate(poly)?;
    if dense.len() < 3 {
        return None;
    }
    let common = dense
        .iter()
        .fold(num_bigint::BigInt::one(), |l, c| l.lcm(&c.denom()));
    let first = (dense.first()? * Q::from_integer(common.clone()))
        .to_integer()
        .abs();
    let last = (dense.last()? * Q::from_integer(common)).to_integer().abs();
    let divisors = |n: &num_bigint::BigInt| -> Vec<num_bigint::BigInt> {
        let small = (1u32..=200).map(num_bigint::BigInt::from);
        let mut all: Vec<_> = small.filter(|d| (n % d).is_zero()).collect();
        all.push(n.clone());
        all
    };
    if first.is_zero() || last.is_zero() {
        return None;
    }
    for p in divisors(&first) {
        for q in divisors(&last) {
            for sign in [1, -1] {
                let root = Q::new(p.clone() * sign, q.clone());
                let mut rest = Vec::new();
                let mut sum = Q::zero();
                for c in dense.iter().rev() {
                    sum = sum * &root + c;
                    rest.push(sum.clone());
                }
                if rest.pop().is_some_and(|remainder| remainder.is_zero()) {
                    rest.reverse();
                    let mut linear = Poly::term(vec![(generator, Q::one())], Q::one());
                    linear.plus(Monomial::new(), &-root);
                    return Some((linear, sparse(generator, &rest)));
                }
            }
        }
    }
    None
}

fn sparse(generator: u32, dense: &[Q]) -> Poly {
    let mut poly = Poly::default();
    for (n, c) in dense.iter().enumerate() {
        let power = Q::from_integer((n as u64).into());
        let monomial = if n == 0 {
            Vec::new()
        } else {
            vec![(generator, power)]
        };
        poly.plus(monomial, c);
    }
    poly
}

/// The coefficients of a polynomial in one unknown.
fn univariate(poly: &Poly) -> Option<(u32, Vec<Q>)> {
    let all = poly.generators();
    let generator = all.first().copied().filter(|_| all.len() == 1)?;
    let dense = poly.coefficients(generator)?;
    let dense: Option<Vec<Q>> = dense.iter().map(Poly::as_number).collect();
    dense.map(|dense| (generator, dense))
}

/// Uses equations that are linear in an unknown with a number before it; `false` where the case
/// became impossible.
fn eliminate(ring: &mut Ring, case: &mut Case) -> Check<bool> {
    for _ in 0..12 {
        let found = case.atoms.iter().find_map(|atom| {
            if sign(atom.1) != Sign::Zero {
                return None;
            }
            atom.0.0.iter().find_map(|(monomial, value)| {
                let [(generator, exponent)] = monomial.as_slice() else {
                    return None;
                };
                let others = atom.0.0.keys().filter(|m| *m != monomial);
                let alone = others.flatten().all(|(g, _)| g != generator);
                let plain = matches!(
                    ring.kernels.get(*generator as usize),
                    Some((Kernel::Exact(_) | Kernel::Apply(..), _))
                );
                (exponent.is_one() && alone && plain)
                    .then(|| (atom.clone(), *generator, value.clone()))
            })
        });
        let Some((atom, generator, value)) = found else {
            return Ok(true);
        };
        // generator = by, on all points of this case
        let mut by = atom.0.clone();
        by.0.remove(&vec![(generator, Q::one())]);
        let by = by.scale(&-value.recip());
        if ring.is_positive(generator) && !case.add(by.clone(), Sign::Positive) {
            return Ok(false);
        }
        case.atoms.remove(&atom);
        let old = std::mem::take(&mut case.atoms);
        let mut stuck = false;
        for (poly, sign_code) in &old {
            match replace(ring, poly, generator, &by)? {
                Some(next) => {
                    if !case.add(next, sign(*sign_code)) {
                        return Ok(false);
                    }
                }
                None => stuck = true,
            }
        }
        for open in &mut case.open {
            if !replace_in(ring, open, generator, &by)? {
                stuck = true;
            }
        }
        if stuck {
            // Some place could not be written without the unknown: keep all as it was there.
            case.atoms.extend(old);
            case.atoms.insert(atom);
            return Ok(true);
        }
        if case.integers.contains(&generator) && by.as_number().is_some_and(|c| !c.is_integer()) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn replace(ring: &mut Ring, poly: &Poly, generator: u32, by: &Poly) -> Check<Option<Poly>> {
    if !poly.generators().contains(&generator) {
        return Ok(Some(poly.clone()));
    }
    let Some(coefficients) = poly.coefficients(generator) else {
        return Ok(None);
    };
    let mut sum = Poly::default();
    for coefficient in coefficients.iter().rev() {
        sum = sum.mul(by, ring.terms)?.add(coefficient);
    }
    let reduced = ring.radicals(sum)?;
    Ok(reduced.below.is_empty().then_some(reduced.above))
}

fn replace_in(ring: &mut Ring, open: &mut Formula, generator: u32, by: &Poly) -> Check<bool> {
    match open {
        Formula::And(parts) | Formula::Or(parts) => {
            for part in parts {
                if !replace_in(ring, part, generator, by)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Formula::Atom(_, poly) => match replace(ring, poly, generator, by)? {
            Some(next) => {
                *poly = next;
                Ok(true)
            }
            None => Ok(false),
        },
    }
}

fn impossible_together(ring: &mut Ring, case: &Case) -> Check<bool> {
    let zeros: Vec<&Poly> = of_sign(case, Sign::Zero);
    let unequal: Vec<&Poly> = of_sign(case, Sign::NotZero);
    // The product of what is not 0 is a multiple of what is 0 (or 0 itself).
    let mut product = Poly::number(Q::one());
    for poly in unequal.iter().take(6) {
        product = product.mul(poly, ring.terms)?;
        let reduced = ring.radicals(product.clone())?;
        if reduced.below.is_empty() {
            product = reduced.above;
        }
    }
    if product.is_zero() {
        return Ok(true);
    }
    for zero in &zeros {
        if product.divide(zero, ring.terms)?.is_some() {
            return Ok(true);
        }
        for poly in &unequal {
            if poly.divide(zero, ring.terms)?.is_some() {
                return Ok(true);
            }
        }
    }
    // Squares.
    for (poly, code) in &case.atoms {
        let minus = poly.scale(&-Q::one());
        let wrong = match sign(*code) {
            Sign::Positive => never_negative(&minus, false, ring)?,
            Sign::NotNegative => never_negative(&minus, true, ring)?,
            Sign::Zero => never_negative(poly, true, ring)? || never_negative(&minus, true, ring)?,
            Sign::NotZero => false,
        };
        if wrong {
            return Ok(true);
        }
    }
    if one_unknown(ring, case)? {
        return Ok(true);
    }
    let rows = rows(ring, case)?;
    impossible(&rows, ring.terms)
}

fn of_sign(case: &Case, wanted: Sign) -> Vec<&Poly> {
    let all = case.atoms.iter().filter(|(_, code)| sign(*code) == wanted);
    all.map(|(poly, _)| poly).collect()
}

/// Conditions in one unknown, by Sturm's theorem.
fn one_unknown(ring: &mut Ring, case: &Case) -> Check<bool> {
    let all: BTreeSet<u32> = case
        .atoms
        .iter()
        .flat_map(|(p, _)| p.generators())
        .collect();
    for generator in all {
        let mut conditions = Vec::new();
        for (poly, code) in &case.atoms {
            if let Some((g, mut dense)) = univariate(poly)
                && g == generator
            {
                while dense.last().is_some_and(Zero::is_zero) {
                    dense.pop();
                }
                conditions.push((dense, sign(*code)));
            }
        }
        if conditions.len() > 1 || conditions.iter().any(|(p, _)| p.len() > 2) {
            if ring.is_positive(generator) {
                conditions.push((vec![Q::zero(), Q::one()], Sign::Positive));
            }
            if roots::impossible(&conditions, ring.terms)? {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The linear inequalities over monomials: what is known, the signs of monomials, and products.
fn rows(ring: &mut Ring, case: &Case) -> Check<Vec<Row>> {
    let mut rows = Vec::new();
    for (poly, code) in &case.atoms {
        let minus = poly.scale(&-Q::one());
        match sign(*code) {
            Sign::Positive => rows.push(sharpened(poly.clone(), case)),
            Sign::NotNegative => rows.push(Row {
                poly: poly.clone(),
                strict: false,
            }),
            Sign::Zero => rows.extend([poly.clone(), minus].map(|poly| Row {
                poly,
                strict: false,
            })),
            Sign::NotZero => {}
        }
    }
    let first: Vec<Row> = rows.clone();
    if first.len() <= 12 {
        for (place, a) in first.iter().enumerate() {
            for b in first.iter().skip(place) {
                if a.poly.0.len() * b.poly.0.len() > 40 {
                    continue;
                }
                let product = a.poly.mul(&b.poly, ring.terms)?;
                let reduced = ring.radicals(product)?;
                if reduced.below.is_empty() {
                    rows.push(Row {
                        poly: reduced.above,
                        strict: a.strict && b.strict,
                    });
                }
            }
        }
    }
    let monomials: BTreeSet<Monomial> =
        rows.iter().flat_map(|r| r.poly.0.keys().cloned()).collect();
    let two = Q::whole(2);
    for monomial in monomials {
        let even = |e: &Q| (e / &two).is_integer() && e.is_positive();
        if !monomial.is_empty()
            && monomial
                .iter()
                .all(|(g, e)| ring.is_positive(*g) || even(e))
        {
            let strict = monomial.iter().all(|(g, _)| ring.is_positive(*g));
            rows.push(Row {
                poly: Poly::term(monomial, Q::one()),
                strict,
            });
        }
    }
    Ok(rows)
}

/// p > 0 for integers is p ≥ 1.
fn sharpened(poly: Poly, case: &Case) -> Row {
    let natural = |m: &Monomial| {
        m.iter()
            .all(|(g, e)| case.integers.contains(g) && small(e).is_some())
    };
    if !poly.0.keys().all(natural) {
        return Row { poly, strict: true };
    }
    let common = poly
        .0
        .values()
        .fold(num_bigint::BigInt::one(), |l, c| l.lcm(&c.denom()));
    let mut whole = poly.scale(&Q::from_integer(common));
    whole.plus(Monomial::new(), &-Q::one());
    Row {
        poly: whole,
        strict: false,
    }
}

fn integers(ring: &Ring, scope: &Scope) -> BTreeSet<u32> {
    let integer = |kernel: &Kernel| match kernel {
        Kernel::Exact(term) => scope.is_integer(ring.terms, *term),
        Kernel::Apply(Head::Function("floor" | "ceiling" | "factorial"), _) => true,
        Kernel::Apply(Head::Member(s), _) => scope.integers.contains(s),
        _ => false,
    };
    let all = ring.kernels.iter().enumerate();
    all.filter(|(_, (kernel, _))| integer(kernel))
        .filter_map(|(place, _)| u32::try_from(place).ok())
        .collect()
}

/// What is known of kernels by what they are.
fn kernel_facts(ring: &mut Ring) -> Check<Vec<(Poly, Sign)>> {
    let mut facts = Vec::new();
    for place in 0..ring.kernels.len() {
        let (kernel, positive) = ring.kernels[place].clone();
        let generator = u32::try_from(place).map_err(|_| "too many kernels")?;
        let unit = Poly::term(vec![(generator, Q::one())], Q::one());
        let near = |low: (i64, i64), high: (i64, i64)| {
            let mut above = unit.clone();
            above.plus(Monomial::new(), &-Q::new(low.0.into(), low.1.into()));
            let mut below = unit.scale(&-Q::one());
            below.plus(Monomial::new(), &Q::new(high.0.into(), high.1.into()));
            [above, below]
        };
        if positive {
            facts.push((unit.clone(), Sign::Positive));
        }
        match &kernel {
            Kernel::Exact(term) if *ring.terms.head(*term) == Head::Constant("pi") => {
                facts.extend(near((31415, 10000), (31416, 10000)).map(|p| (p, Sign::Positive)));
            }
            Kernel::Exact(term) => {
                if let Head::Symbol(s) = ring.terms.head(*term)
                    && ring.known_natural(*s)
                {
                    facts.push((unit, Sign::NotNegative));
                }
            }
            Kernel::Exponential(u) if u.as_number().is_some_and(|c| c.is_one()) => {
                facts.extend(near((271828, 100000), (271829, 100000)).map(|p| (p, Sign::Positive)));
            }
            Kernel::Exponential(u) if u.below.is_empty() => {
                let mut above = unit.add(&u.above.scale(&-Q::one()));
                above.plus(Monomial::new(), &-Q::one());
                facts.push((above, Sign::NotNegative));
            }
            Kernel::Root(order, _) if order % 2 == 0 => facts.push((unit, Sign::NotNegative)),
            Kernel::Apply(Head::Function("sin" | "cos" | "tanh" | "sgn"), _) => {
                facts.extend(near((-1, 1), (1, 1)).map(|p| (p, Sign::NotNegative)));
            }
            Kernel::Apply(Head::Function("sigmoid" | "sech"), _) => {
                facts.extend(near((0, 1), (1, 1)).map(|p| (p, Sign::NotNegative)));
            }
            Kernel::Apply(Head::Function("cosh" | "factorial"), _) => {
                let [above, _] = near((1, 1), (2, 1));
                facts.push((above, Sign::NotNegative));
            }
            Kernel::Apply(Head::Function("abs"), parts) => {
                facts.push((unit.clone(), Sign::NotNegative));
                if let [Part::Value(u)] = parts.as_slice()
                    && u.below.is_empty()
                {
                    facts.push((unit.add(&u.above), Sign::NotNegative));
                    let minus = u.above.scale(&-Q::one());
                    facts.push((unit.add(&minus), Sign::NotNegative));
                    let square = unit.mul(&unit, ring.terms)?;
                    let other = u.above.mul(&minus, ring.terms)?;
                    facts.push((square.add(&other), Sign::Zero));
                }
            }
            Kernel::Apply(Head::Function("relu"), _) => facts.push((unit, Sign::NotNegative)),
            _ => {}
        }
    }
    Ok(facts)
}
