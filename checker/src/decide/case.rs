//! Conditions that hold together, and what equations among them give.

use std::collections::BTreeSet;

use num_traits::{One, Zero};

use crate::arithmetic::fraction::Fraction;
use crate::arithmetic::polynomial::{Monomial, Poly, times};
use crate::arithmetic::replace::cleared;
use crate::arithmetic::ring::{Kernel, Ring};
use crate::decide::formula::Formula;
use crate::decide::laws::laws;
use crate::decide::roots::Sign;
use crate::kernel::term::{Check, Head, Q};

/// A polynomial and how it compares with 0.
pub type Atom = (Poly, Sign);

/// Conditions that hold together.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// Conditions, scaled.
    pub atoms: BTreeSet<Atom>,
    /// Alternatives of which one holds, and what was not sorted yet.
    pub open: Vec<Formula>,
    /// Generators that are integers.
    pub integers: BTreeSet<u32>,
    /// Generators that were replaced, and by what.
    solved: Vec<(u32, Fraction)>,
    /// Generators whose laws were added.
    known: BTreeSet<u32>,
    /// Conditions from which exponentials were taken away.
    compared: BTreeSet<Atom>,
}

/// For c·g^(1/n) + r with a number c and r without g: −r/c, whose n-th power g is.
fn under_a_root(poly: &Poly, generator: u32) -> Option<(Poly, u32)> {
    let mut found = poly
        .0
        .iter()
        .filter(|(m, _)| m.iter().any(|(g, _)| *g == generator));
    let (monomial, value) = found.next().filter(|_| found.next().is_none())?;
    let [(_, exponent)] = monomial.as_slice() else {
        return None;
    };
    let order = exponent.recip().to_u32().filter(|n| (2..=12).contains(n))?;
    let mut rest = poly.clone();
    rest.0.remove(monomial);
    Some((rest.scale(&-value.recip()), order))
}

/// The polynomial times what is positive, so that no positive generator has a negative exponent.
fn without_negative_powers(ring: &Ring, poly: Poly) -> Poly {
    let mut by = Monomial::new();
    for generator in poly.generators() {
        let exponents = poly.0.keys().flat_map(|m| m.iter());
        let least = exponents
            .filter(|(g, _)| *g == generator)
            .map(|(_, e)| e)
            .min();
        if let Some(least) = least.filter(|e| e.is_negative() && ring.is_positive(generator)) {
            by.push((generator, -least.clone()));
        }
    }
    if by.is_empty() {
        return poly;
    }
    let moved = poly.0.iter().map(|(m, c)| (times(m, &by), c.clone()));
    Poly(moved.collect())
}

impl Case {
    /// What is to be sorted, and the generators that are integers.
    pub fn new(open: Vec<Formula>, integers: BTreeSet<u32>) -> Self {
        Case {
            open,
            integers,
            ..Case::default()
        }
    }

    /// The polynomials that compare so with 0.
    pub fn of_sign(&self, wanted: Sign) -> Vec<&Poly> {
        let all = self.atoms.iter().filter(|(_, sign)| *sign == wanted);
        all.map(|(poly, _)| poly).collect()
    }

    /// Adds a condition; `false` where it cannot hold.
    pub fn add(&mut self, ring: &mut Ring, poly: Poly, sign: Sign) -> Check<bool> {
        let poly = self.replaced(ring, poly, sign)?;
        if let Some(value) = poly.as_number() {
            return Ok(sign.allows(value.sign()));
        }
        let lead = poly.lead();
        let by = match sign {
            Sign::Positive | Sign::NotNegative => lead.abs().recip(),
            Sign::Zero | Sign::NotZero => lead.recip(),
        };
        self.atoms.insert((poly.scale(&by), sign));
        Ok(true)
    }

    /// The polynomial without the generators that were replaced; it compares with 0 in the same way.
    fn replaced(&self, ring: &mut Ring, mut poly: Poly, sign: Sign) -> Check<Poly> {
        let strict = matches!(sign, Sign::Positive | Sign::NotNegative);
        for (generator, by) in &self.solved {
            if poly.generators().contains(generator)
                && let Some(fraction) = ring.put(&poly, *generator, by)?
            {
                poly = cleared(ring, fraction, strict)?;
            }
        }
        Ok(without_negative_powers(ring, poly))
    }

    /// Sorts what is open into conditions; `false` where it cannot hold.
    pub fn settle(&mut self, ring: &mut Ring) -> Check<bool> {
        let mut choices = Vec::new();
        while let Some(next) = self.open.pop() {
            match next {
                Formula::And(parts) => self.open.extend(parts),
                Formula::Or(mut parts) if parts.len() == 1 => self.open.extend(parts.pop()),
                Formula::Or(parts) => {
                    if parts.is_empty() {
                        return Ok(false);
                    }
                    choices.push(Formula::Or(parts));
                }
                Formula::Atom(sign, poly) => {
                    if !self.add(ring, poly, sign)? {
                        return Ok(false);
                    }
                }
            }
        }
        // What is known by now decides some of them.
        for choice in choices {
            match self.simplified(ring, choice)? {
                Formula::Or(parts) if parts.is_empty() => return Ok(false),
                Formula::And(parts) if parts.is_empty() => {}
                other => self.open.push(other),
            }
        }
        Ok(true)
    }

    /// The formula without what is known to hold or to fail.
    fn simplified(&self, ring: &mut Ring, formula: Formula) -> Check<Formula> {
        Ok(match formula {
            Formula::Atom(sign, poly) => {
                let poly = self.replaced(ring, poly, sign)?;
                match self.known_sign(&poly, sign) {
                    Some(true) => Formula::TRUE,
                    Some(false) => Formula::FALSE,
                    None => Formula::Atom(sign, poly),
                }
            }
            Formula::And(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    match self.simplified(ring, part)? {
                        Formula::Or(parts) if parts.is_empty() => return Ok(Formula::FALSE),
                        Formula::And(parts) if parts.is_empty() => {}
                        other => all.push(other),
                    }
                }
                Formula::And(all)
            }
            Formula::Or(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    match self.simplified(ring, part)? {
                        Formula::And(parts) if parts.is_empty() => return Ok(Formula::TRUE),
                        Formula::Or(parts) if parts.is_empty() => {}
                        other => all.push(other),
                    }
                }
                Formula::Or(all)
            }
        })
    }

    /// Whether a condition stands among the others, or one that it contradicts.
    fn known_sign(&self, poly: &Poly, sign: Sign) -> Option<bool> {
        if let Some(value) = poly.as_number() {
            return Some(sign.allows(value.sign()));
        }
        let lead = poly.lead();
        let (plain, size) = (poly.scale(&lead.recip()), poly.scale(&lead.abs().recip()));
        let minus = size.scale(&-Q::one());
        let has = |poly: &Poly, sign| self.atoms.contains(&(poly.clone(), sign));
        let (zero, unequal) = (has(&plain, Sign::Zero), has(&plain, Sign::NotZero));
        let (above, below) = (has(&size, Sign::Positive), has(&minus, Sign::Positive));
        match sign {
            Sign::Zero if zero => Some(true),
            Sign::Zero if unequal || above || below => Some(false),
            Sign::NotZero if unequal || above || below => Some(true),
            Sign::NotZero if zero => Some(false),
            Sign::Positive if above => Some(true),
            Sign::Positive if zero || below || has(&minus, Sign::NotNegative) => Some(false),
            Sign::NotNegative if above || zero || has(&size, Sign::NotNegative) => Some(true),
            Sign::NotNegative if below => Some(false),
            _ => None,
        }
    }

    /// Adds the laws of the kernels that stand in conditions: they have values there. `true` if
    /// there were any.
    pub fn learn(&mut self, ring: &mut Ring) -> Check<bool> {
        let mut met: BTreeSet<u32> = self
            .atoms
            .iter()
            .flat_map(|(p, _)| p.generators())
            .collect();
        met.extend(self.solved.iter().map(|(g, _)| *g));
        let mut changed = false;
        for generator in met {
            if !self.known.insert(generator) {
                continue;
            }
            for law in laws(ring, generator)? {
                changed = true;
                self.open.push(law);
            }
            for (solved, by) in self.solved.clone() {
                if let Some(value) = ring.again(generator, solved, &by)? {
                    changed = true;
                    self.renew(ring, generator, &value)?;
                }
            }
        }
        Ok(changed)
    }

    /// The kernel has that value too.
    fn renew(&mut self, ring: &mut Ring, kernel: u32, value: &Fraction) -> Check<()> {
        let difference = ring.difference(&Fraction::generator(kernel), value)?;
        self.open.push(Formula::Atom(Sign::Zero, difference.above));
        Ok(())
    }

    /// Whether the polynomial is known not to be 0.
    fn is_unequal(&self, ring: &Ring, poly: &Poly) -> bool {
        if let Some(value) = poly.as_number() {
            return !value.is_zero();
        }
        let lead = poly.lead();
        let known = |by: &Q, sign| self.atoms.contains(&(poly.scale(by), sign));
        let size = lead.abs().recip();
        if known(&lead.recip(), Sign::NotZero)
            || known(&size, Sign::Positive)
            || known(&-size, Sign::Positive)
        {
            return true;
        }
        let Some((monomial, _)) = poly.single() else {
            return false;
        };
        monomial.len() + usize::from(monomial.iter().any(|(_, e)| !e.is_one())) > 1
            && monomial.iter().all(|(generator, _)| {
                let unit = Poly::term(vec![(*generator, Q::one())], Q::one());
                ring.is_positive(*generator) || self.is_unequal(ring, &unit)
            })
            || matches!(monomial.as_slice(), [(g, _)] if ring.is_positive(*g))
    }

    /// An equation that gives a generator by others.
    fn solvable(&self, ring: &mut Ring) -> Check<Option<(Atom, u32, Fraction)>> {
        let mut best: Option<(usize, Atom, u32, Poly, Poly)> = None;
        for atom in &self.atoms {
            if atom.1 != Sign::Zero || atom.0.0.len() > 40 {
                continue;
            }
            for generator in atom.0.generators() {
                let rank = match ring.kernels.get(generator as usize) {
                    Some((Kernel::Exact(_), _)) => 0,
                    Some((Kernel::Apply(..), _)) => 1,
                    Some((Kernel::Root(..), _)) => 2,
                    _ => continue,
                };
                let Some(coefficients) = atom.0.coefficients(generator) else {
                    if best.is_none()
                        && let Some((by, order)) = under_a_root(&atom.0, generator)
                    {
                        let others = by.generators();
                        if !others.into_iter().any(|g| ring.depends(g, generator, 0)) {
                            let power = by.pow(order, ring.terms)?;
                            return Ok(Some((atom.clone(), generator, Fraction::of(power))));
                        }
                    }
                    continue;
                };
                let [rest, by] = coefficients.as_slice() else {
                    continue;
                };
                let rank =
                    rank + 2 * atom.0.0.len() + if by.as_number().is_some() { 0 } else { 100 };
                if best.as_ref().is_some_and(|(known, ..)| *known <= rank)
                    || !self.is_unequal(ring, by)
                {
                    continue;
                }
                let others = rest.generators().into_iter().chain(by.generators());
                let around = others.into_iter().any(|g| ring.depends(g, generator, 0));
                if !around {
                    best = Some((rank, atom.clone(), generator, rest.clone(), by.clone()));
                }
            }
        }
        let Some((_, atom, generator, rest, by)) = best else {
            return Ok(None);
        };
        let below = ring.reciprocal(&Fraction::of(by))?;
        let value = ring.product(&Fraction::of(rest.scale(&-Q::one())), &below)?;
        Ok(Some((atom, generator, value)))
    }

    /// Uses equations up that give a generator; `false` where the case became impossible.
    pub fn eliminate(&mut self, ring: &mut Ring) -> Check<bool> {
        for _ in 0..16 {
            let Some((atom, generator, by)) = self.solvable(ring)? else {
                return Ok(true);
            };
            if self.integers.contains(&generator) && by.as_number().is_some_and(|c| !c.is_integer())
            {
                return Ok(false);
            }
            self.atoms.remove(&atom);
            let mut known: Vec<Formula> = Vec::new();
            // What is known of the generator holds of its value.
            for law in laws(ring, generator)? {
                known.push(law);
            }
            if let Some((Kernel::Root(order, under), _)) =
                ring.kernels.get(generator as usize).cloned()
            {
                let power = ring.natural_power(&by, order)?;
                let difference = ring.difference(&power, &under)?;
                known.push(Formula::Atom(Sign::Zero, difference.above));
            }
            self.known.insert(generator);
            let kernels: BTreeSet<u32> = self
                .atoms
                .iter()
                .flat_map(|(p, _)| p.generators())
                .chain(self.solved.iter().map(|(g, _)| *g))
                .collect();
            let old = std::mem::take(&mut self.atoms);
            let earlier = std::mem::take(&mut self.solved);
            for (other, value) in earlier {
                // Otherwise the old value stays: it holds too.
                let value = ring.put_in(&value, generator, &by)?.unwrap_or(value);
                self.solved.push((other, value));
            }
            self.solved.push((generator, by.clone()));
            for (poly, sign) in old {
                if !self.add(ring, poly, sign)? {
                    return Ok(false);
                }
            }
            self.open.extend(known);
            for kernel in kernels {
                if let Some(value) = ring.again(kernel, generator, &by)? {
                    self.renew(ring, kernel, &value)?;
                }
            }
            if !self.settle(ring)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// c·M ⋈ d·N between powers of positive bases: as it is between their logarithms. `true` if
    /// there was one.
    pub fn compare_powers(&mut self, ring: &mut Ring) -> Check<bool> {
        let mut changed = false;
        for (poly, sign) in self.atoms.clone() {
            let mut parts = poly.0.iter();
            let (Some((m, c)), Some((n, d)), None) = (parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            let kernel = |g: u32| match ring.kernels.get(g as usize) {
                Some((kernel, true)) => Some(kernel),
                _ => None,
            };
            // Beside a power of e any other positive number has its logarithm.
            let natural = [m, n].iter().any(|monomial| {
                let mut kernels = monomial.iter().filter_map(|(g, _)| kernel(*g));
                kernels.any(|kernel| matches!(kernel, Kernel::Exponential(_)))
            });
            let power = |monomial: &Monomial| {
                monomial.iter().all(|(g, _)| match kernel(*g) {
                    Some(Kernel::Exponential(_) | Kernel::Positive(..) | Kernel::Integer(_)) => {
                        true
                    }
                    Some(Kernel::Exact(_) | Kernel::Apply(..)) => natural,
                    _ => false,
                })
            };
            if c.sign() * d.sign() > 0
                || !power(m)
                || !power(n)
                || !self.compared.insert((poly.clone(), sign))
            {
                continue;
            }
            let ((m, c), (n, d)) = if c.is_positive() {
                ((m, c), (n, d))
            } else {
                ((n, d), (m, c))
            };
            let above = ring.logarithm(&Fraction::of(Poly::term(m.clone(), c.clone())))?;
            let below = ring.logarithm(&Fraction::of(Poly::term(n.clone(), d.abs())))?;
            let difference = ring.difference(&above, &below)?;
            self.open
                .push(crate::decide::laws::compare(ring, &difference, sign)?);
            changed = true;
        }
        Ok(changed)
    }

    /// sin² u + cos² u = 1 where both stand in conditions. `true` if that was added.
    pub fn circles(&mut self, ring: &mut Ring) -> Check<bool> {
        let all: BTreeSet<u32> = self
            .atoms
            .iter()
            .flat_map(|(p, _)| p.generators())
            .collect();
        let mut changed = false;
        for sin in &all {
            let Some((Kernel::Apply(Head::Function("sin"), u), _)) =
                ring.kernels.get(*sin as usize).cloned()
            else {
                continue;
            };
            let cos = all.iter().find(|g| {
                matches!(ring.kernels.get(**g as usize), Some((Kernel::Apply(Head::Function("cos"), v), _)) if *v == u)
            });
            let Some(cos) = cos else { continue };
            let two = Q::whole(2);
            let mut sum = Poly::term(vec![(*sin, two.clone())], Q::one());
            sum.plus(vec![(*cos, two)], &Q::one());
            sum.plus(Monomial::new(), &-Q::one());
            if self.compared.insert((sum.clone(), Sign::Zero)) {
                self.open.push(Formula::Atom(Sign::Zero, sum));
                changed = true;
            }
        }
        Ok(changed)
    }
}
