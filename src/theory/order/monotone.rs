//! What exponentials and logarithms say by being monotone: atoms between their values become
//! atoms between their arguments.

use super::branch::Branch;
use super::formula::{Formula, Sign};
use super::kernel::{Fraction, Kernel, Kernels};
use super::polynomial::{Monomial, Polynomial};
use crate::number::Rational;
use crate::term::Function;

/// Atoms that follow from those of the branch: `c·e^u ⋈ d·e^v` gives `log c + u ⋈ log d + v`, and
/// `Σ kᵢ log uᵢ + r ⋈ 0` gives `Π uᵢ^kᵢ · e^r ⋈ 1` for integers kᵢ. Each atom is looked at once.
pub fn consequences(branch: &mut Branch, kernels: &mut Kernels) -> Vec<Formula> {
    let mut out = Vec::new();
    let mut atoms = branch.literals();
    for (v, f) in &branch.solved {
        let equation = f
            .denominator
            .mul(&Polynomial::variable(*v))
            .sub(&f.numerator);
        atoms.push((equation.primitive(), Sign::Zero));
    }
    for (p, sign) in atoms {
        if p.len() > 12 || !branch.compared_atoms.insert((p.clone(), sign)) {
            continue;
        }
        if let Some(formula) = powers(&p, sign, kernels) {
            out.push(formula);
        }
        if let Some(formula) = logarithms(&p, sign, kernels) {
            out.push(formula);
        }
    }
    circle(branch, kernels, &mut out);
    out
}

/// log of a monomial in exponentials with a positive coefficient.
fn log_of(m: &Monomial, c: &Rational, kernels: &mut Kernels) -> Option<Fraction> {
    let mut sum = kernels.log_number(c)?;
    for (v, e) in &m.0 {
        let Some(Kernel::Exp(of)) = kernels.get(*v) else {
            return None;
        };
        let part = of.0.mul(&Fraction::number(Rational::from(i64::from(*e))))?;
        sum = sum.add(&part)?;
    }
    Some(sum)
}

fn powers(p: &Polynomial, sign: Sign, kernels: &mut Kernels) -> Option<Formula> {
    let terms: Vec<(&Monomial, &Rational)> = p.0.iter().collect();
    let [(m, c), (n, d)] = terms.as_slice() else {
        return None;
    };
    let ((m, c), (n, d)) = match (c.signum(), d.signum()) {
        (1, -1) => ((*m, (*c).clone()), (*n, d.neg())),
        (-1, 1) => ((*n, (*d).clone()), (*m, c.neg())),
        _ => return None,
    };
    if m.degree() + n.degree() == 0 {
        return None;
    }
    let above = log_of(m, &c, kernels)?;
    let below = log_of(n, &d, kernels)?;
    Some(above.add(&below.neg())?.compare(sign))
}

fn logarithms(p: &Polynomial, sign: Sign, kernels: &mut Kernels) -> Option<Formula> {
    let is_log = |v: u32| matches!(kernels.get(v), Some(Kernel::Log(_) | Kernel::LogNumber(_)));
    let (mut logs, mut rest) = (Vec::new(), Polynomial::default());
    for (m, c) in &p.0 {
        match m.0.as_slice() {
            [(v, 1)] if is_log(*v) => logs.push((*v, c.clone())),
            parts if parts.iter().any(|(v, _)| is_log(*v)) => return None,
            _ => {
                rest.0.insert(m.clone(), c.clone());
            }
        }
    }
    if !logs
        .iter()
        .any(|(v, _)| matches!(kernels.get(*v), Some(Kernel::Log(_))))
    {
        return None;
    }
    // Integer factors, as small as can be.
    let content = {
        let mut only = Polynomial::default();
        for (v, c) in &logs {
            only = only.add(&Polynomial::variable(*v).scale(c));
        }
        let content = only.content();
        if content.signum() < 0 {
            content.neg()
        } else {
            content
        }
    };
    let by = Rational::one().div(&content)?;
    let mut product = kernels.exp(&Fraction::whole(rest.scale(&by)));
    for (v, c) in logs {
        let k = c.mul(&by).to_i64()?;
        if k.abs() > 12 {
            return None;
        }
        let base = match kernels.get(v)? {
            Kernel::Log(of) => of.0.clone(),
            Kernel::LogNumber(n) => Fraction::number(Rational::from_big(n.clone().into())),
            _ => return None,
        };
        let size = u32::try_from(k.abs()).ok()?;
        let power = base.pow(size)?;
        product = product.mul(&if k < 0 { power.inverse()? } else { power })?;
    }
    let minus = Fraction::number(Rational::from(-1));
    Some(product.add(&minus)?.compare(sign))
}

/// sin² u + cos² u = 1 where both are met.
fn circle(branch: &mut Branch, kernels: &mut Kernels, out: &mut Vec<Formula>) {
    let mut met = branch.variables();
    met.extend(branch.solved.keys());
    for v in met {
        let Some(Kernel::Function(Function::Sin, of)) = kernels.get(v) else {
            continue;
        };
        let before = kernels.len();
        let of = of.clone();
        let cos = kernels.variable(Kernel::Function(Function::Cos, of));
        if kernels.len() > before {
            kernels.forget(before);
            continue;
        }
        if branch.compared.insert((v, cos)) {
            let (x, y) = (Polynomial::variable(v), Polynomial::variable(cos));
            let sum = x.mul(&x).add(&y.mul(&y)).sub(&Polynomial::one());
            out.push(Formula::compare(sum, Sign::Zero));
        }
    }
}
