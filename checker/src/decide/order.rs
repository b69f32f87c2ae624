//! Decides statements by refutation: what is known and the failing of the statement are split into
//! cases, and each is shown to be impossible by linear inequalities over monomials (with products
//! of pairs), by squares, or by Sturm's theorem. Nothing is trusted but the arithmetic here.

use std::collections::BTreeSet;

use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use crate::arithmetic::fraction::Fraction;
use crate::arithmetic::polynomial::{Monomial, Poly, small};
use crate::arithmetic::ring::{Kernel, Ring};
use crate::decide::beside::signs_beside_roots;
use crate::decide::case::{Atom, Case};
use crate::decide::formula::{Formula, formula};
use crate::decide::linear::impossible;
use crate::decide::roots::{self, Sign};
use crate::decide::rows::rows;
use crate::decide::squares::{never_negative, squares};
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
    for (facts, budget) in [(&Vec::new(), 40), (&near, 80), (&scope.statements, 160)] {
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
    let case = Case::new(open, integers(&ring, scope));
    refuted(&mut ring, case, 0, &mut budget)
}

fn refuted(ring: &mut Ring, mut case: Case, depth: u32, budget: &mut u32) -> Check<bool> {
    if *budget == 0 || depth > 16 {
        return Ok(false);
    }
    *budget -= 1;
    for _ in 0..12 {
        if !case.settle(ring)? || !case.eliminate(ring)? {
            return Ok(true);
        }
        let more = case.learn(ring)?
            || case.circles(ring)?
            || case.compare_powers(ring)?
            || stripped(ring, &mut case)?
            || vanishing(ring, &mut case)?
            || unscaled(ring, &mut case)?;
        if !more {
            break;
        }
    }
    if impossible_together(ring, &case)? {
        return Ok(true);
    }
    let linear = rows(ring, &case, false)?;
    if impossible(&linear, ring.terms)? {
        return Ok(true);
    }
    // A choice that was left open: equations first, then one with the fewest alternatives.
    let smallest = (0..case.open.len()).min_by_key(|place| match &case.open[*place] {
        Formula::Or(parts) => (!parts.iter().all(gives_equation), parts.len()),
        _ => (true, usize::MAX),
    });
    if let Some(place) = smallest {
        let Formula::Or(parts) = case.open.remove(place) else {
            return Ok(false);
        };
        return each(ring, &case, parts, depth, budget);
    }
    let found = split(ring, &case);
    if found
        .as_ref()
        .is_none_or(|(atom, _)| atom.1 == Sign::NotZero)
    {
        let products = rows(ring, &case, true)?;
        if impossible(&products, ring.terms)? {
            return Ok(true);
        }
    }
    let Some((atom, parts)) = found else {
        return match signs_beside_roots(ring, &case) {
            Some(signs) => each(ring, &case, signs, depth, budget),
            None => Ok(false),
        };
    };
    case.atoms.remove(&atom);
    let parts = parts
        .into_iter()
        .map(|(p, s)| Formula::Atom(s, p))
        .collect();
    each(ring, &case, parts, depth, budget)
}

fn gives_equation(formula: &Formula) -> bool {
    match formula {
        Formula::Atom(sign, _) => *sign == Sign::Zero,
        Formula::And(parts) => parts.iter().any(gives_equation),
        Formula::Or(parts) => parts.iter().all(gives_equation),
    }
}

fn each(
    ring: &mut Ring,
    case: &Case,
    parts: Vec<Formula>,
    depth: u32,
    budget: &mut u32,
) -> Check<bool> {
    for part in parts {
        let mut next = case.clone();
        next.open.push(part);
        if !refuted(ring, next, depth + 1, budget)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes factors that are not 0 out of equations. `true` if there was one.
fn stripped(ring: &mut Ring, case: &mut Case) -> Check<bool> {
    let factors: Vec<Poly> = [Sign::NotZero, Sign::Positive]
        .into_iter()
        .flat_map(|sign| case.of_sign(sign))
        .filter(|poly| poly.0.len() <= 12)
        .cloned()
        .collect();
    let zeros: Vec<Poly> = case.of_sign(Sign::Zero).into_iter().cloned().collect();
    for zero in zeros {
        if zero.0.len() > 40 {
            continue;
        }
        for factor in &factors {
            if let Some(rest) = zero.divide(factor, ring.terms)? {
                case.atoms.remove(&(zero, Sign::Zero));
                case.open.push(Formula::Atom(Sign::Zero, rest));
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Takes factors that are positive, by other conditions, out of inequalities. `true` if there was one.
fn unscaled(ring: &mut Ring, case: &mut Case) -> Check<bool> {
    let short = |poly: &&Poly| (2..=12).contains(&poly.0.len());
    let factors = case.of_sign(Sign::Positive).into_iter().filter(short);
    let factors: Vec<Poly> = factors.take(6).cloned().collect();
    for atom in case.atoms.clone() {
        let (poly, sign) = &atom;
        if !matches!(sign, Sign::Positive | Sign::NotNegative) || poly.0.len() > 40 {
            continue;
        }
        for factor in factors.iter().filter(|factor| *factor != poly) {
            if let Some(rest) = poly.divide(factor, ring.terms)? {
                case.atoms.remove(&atom);
                case.open.push(Formula::Atom(*sign, rest));
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// A sum of squares that is 0 makes each of them 0. `true` if there was one.
fn vanishing(ring: &mut Ring, case: &mut Case) -> Check<bool> {
    for poly in case
        .of_sign(Sign::Zero)
        .into_iter()
        .cloned()
        .collect::<Vec<_>>()
    {
        if poly.0.len() < 2 || poly.0.len() > 20 {
            continue;
        }
        for side in [poly.clone(), poly.scale(&-Q::one())] {
            if let Some(forms) = squares(&side, ring)? {
                case.atoms.remove(&(poly, Sign::Zero));
                let atoms = forms.into_iter().map(|(_, f)| Formula::Atom(Sign::Zero, f));
                case.open.extend(atoms);
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// A condition as cases: an equation that is a product, one that is linear in an unknown whose
/// coefficient may be 0, or an inequality ≠.
fn split(ring: &mut Ring, case: &Case) -> Option<(Atom, Vec<(Poly, Sign)>)> {
    for atom in &case.atoms {
        if atom.1 != Sign::Zero {
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
        if let Some((first, second)) = difference_of_squares(ring, &atom.0) {
            return Some((
                atom.clone(),
                vec![(first, Sign::Zero), (second, Sign::Zero)],
            ));
        }
    }
    for (poly, sign) in &case.atoms {
        if *sign != Sign::Zero {
            continue;
        }
        for generator in poly.generators() {
            let coefficients = poly.coefficients(generator).unwrap_or_default();
            let [rest, by] = coefficients.as_slice() else {
                continue;
            };
            if by.as_number().is_none() {
                // by·x + rest = 0 and by = 0 give rest = 0; the equation itself stays.
                let mut here = vec![(by.clone(), Sign::NotZero)];
                let known = here
                    .iter()
                    .all(|(p, s)| case.atoms.contains(&(p.scale(&p.lead().recip()), *s)));
                if known {
                    continue;
                }
                here.push((by.clone(), Sign::Zero));
                let _ = rest;
                return Some(((Poly::default(), Sign::Zero), here));
            }
        }
    }
    let unequal = case
        .atoms
        .iter()
        .filter(|(poly, sign)| *sign == Sign::NotZero && poly.0.len() <= 12)
        .min_by_key(|(poly, _)| poly.0.len())?;
    let minus = unequal.0.scale(&-Q::one());
    Some((
        unequal.clone(),
        vec![(unequal.0.clone(), Sign::Positive), (minus, Sign::Positive)],
    ))
}

/// The factors of a x²ⁿ + c, where −c/a is a positive number or an even power.
fn difference_of_squares(ring: &mut Ring, poly: &Poly) -> Option<(Poly, Poly)> {
    for generator in poly.generators() {
        let Some(coefficients) = poly.coefficients(generator) else {
            continue;
        };
        let [c, between @ .., a] = coefficients.as_slice() else {
            continue;
        };
        let (Some(a), true) = (a.as_number(), between.iter().all(Poly::is_zero)) else {
            continue;
        };
        let half = u32::try_from(coefficients.len() / 2).ok()?;
        let square = c.scale(&-a.recip());
        let Some((monomial, value)) = square.single() else {
            continue;
        };
        let two = Q::whole(2);
        let even = |(g, e): &(u32, Q)| ring.is_positive(*g) || (e / &two).is_integer();
        if coefficients.len() % 2 == 0 || !value.is_positive() || !monomial.iter().all(even) {
            continue;
        }
        let sides = monomial.iter().map(|(g, e)| (*g, e / &two)).collect();
        let number = Fraction::number(value.clone());
        let Ok(root) = ring.root(2, &number) else {
            continue;
        };
        let Ok(side) = root.above.mul(&Poly::term(sides, Q::one()), ring.terms) else {
            continue;
        };
        let x = Poly::term(vec![(generator, Q::from(i64::from(half)))], Q::one());
        return Some((x.add(&side.scale(&-Q::one())), x.add(&side)));
    }
    None
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

fn impossible_together(ring: &mut Ring, case: &Case) -> Check<bool> {
    let zeros = case.of_sign(Sign::Zero);
    let unequal = case.of_sign(Sign::NotZero);
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
    for (poly, sign) in &case.atoms {
        let minus = poly.scale(&-Q::one());
        let wrong = match *sign {
            Sign::Positive => never_negative(&minus, false, ring)?,
            Sign::NotNegative => never_negative(&minus, true, ring)?,
            Sign::Zero => never_negative(poly, true, ring)? || never_negative(&minus, true, ring)?,
            Sign::NotZero => false,
        };
        if wrong {
            return Ok(true);
        }
    }
    one_unknown(ring, case)
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
        for (poly, sign) in &case.atoms {
            if let Some((g, mut dense)) = univariate(poly)
                && g == generator
            {
                while dense.last().is_some_and(Zero::is_zero) {
                    dense.pop();
                }
                conditions.push((dense, *sign));
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

fn integers(ring: &Ring, scope: &Scope) -> BTreeSet<u32> {
    let integer = |kernel: &Kernel| match kernel {
        Kernel::Exact(term) => scope.is_integer(ring.terms, *term),
        Kernel::Apply(Head::Function("floor" | "ceiling" | "factorial"), _) => true,
        Kernel::Apply(Head::Member(s), _) => scope.known.integers.contains(s),
        _ => false,
    };
    let all = ring.kernels.iter().enumerate();
    all.filter(|(_, (kernel, _))| integer(kernel))
        .filter_map(|(place, _)| u32::try_from(place).ok())
        .collect()
}
