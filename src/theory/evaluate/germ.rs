//! How a function behaves as t ↓ 0: its Laurent series as far as it is needed, or that it grows or
//! dies faster than every power.
//!
//! Coefficients obey the recurrences that differentiation gives (Knuth, TAOCP 2, 4.7): for
//! e = exp u, e′ = u′e; for l = log u, u·l′ = u′; for p = u^r, u·p′ = r·u′·p.

use super::real::{Real, Result, Stop};
use crate::number::{Enclosure, Rational};

/// How many coefficients are kept.
const ORDER: usize = 9;

/// The behaviour of a function of t as t ↓ 0.
#[derive(Clone, Debug)]
pub(super) enum Germ<E> {
    /// t^valuation · (c₀ + c₁t + … ), known as far as the coefficients go.
    Series(i64, Vec<Real<E>>),
    /// Smaller than every power of t; its sign, 0 where unknown.
    Flat(i32),
    /// Larger than every power of 1/t; its sign.
    Huge(i32),
}

impl<E: Enclosure> Germ<E> {
    /// A number.
    pub(super) fn constant(value: Real<E>) -> Self {
        Self::monomial(value, 0)
    }

    /// `value · t^power`.
    pub(super) fn monomial(value: Real<E>, power: i64) -> Self {
        let mut coefficients = vec![value];
        coefficients.resize(ORDER, Real::integer(0));
        Germ::Series(power, coefficients)
    }

    /// Without leading zeros; `None` in the place of the first coefficient where all are 0.
    fn lead(&self) -> Result<(i64, Vec<Real<E>>)> {
        let Germ::Series(valuation, coefficients) = self else {
            return Err(Stop::Unknown);
        };
        let zeros = coefficients.iter().take_while(|c| c.is_zero()).count();
        let rest: Vec<Real<E>> = coefficients.iter().skip(zeros).cloned().collect();
        match rest.first() {
            None => Err(Stop::Unknown),
            Some(first) if first.sign().is_none() => Err(Stop::Precision),
            Some(_) => Ok((valuation + i64::try_from(zeros).unwrap_or(0), rest)),
        }
    }

    /// The sign for small t.
    pub(super) fn sign(&self) -> Result<i32> {
        match self {
            Germ::Flat(0) => Err(Stop::Unknown),
            Germ::Flat(sign) | Germ::Huge(sign) => Ok(*sign),
            Germ::Series(..) => {
                let (_, coefficients) = self.lead()?;
                let first = coefficients.first().ok_or(Stop::Unknown)?;
                first.sign().ok_or(Stop::Precision)
            }
        }
    }

    /// The limit, if it is finite and known.
    pub(super) fn limit(&self) -> Result<Real<E>> {
        match self {
            Germ::Flat(_) => Ok(Real::integer(0)),
            Germ::Huge(_) => Err(Stop::Unknown),
            Germ::Series(valuation, coefficients) => {
                let mut power = *valuation;
                for c in coefficients {
                    if power == 0 {
                        return Ok(c.clone());
                    }
                    if power > 0 {
                        break;
                    }
                    if !c.is_zero() {
                        return Err(if c.sign().is_none() {
                            Stop::Precision
                        } else {
                            Stop::Unknown
                        });
                    }
                    power += 1;
                }
                if power > 0 {
                    Ok(Real::integer(0))
                } else {
                    Err(Stop::Unknown)
                }
            }
        }
    }

    pub(super) fn neg(&self) -> Self {
        match self {
            Germ::Series(v, c) => Germ::Series(*v, c.iter().map(Real::neg).collect()),
            Germ::Flat(sign) => Germ::Flat(-sign),
            Germ::Huge(sign) => Germ::Huge(-sign),
        }
    }

    pub(super) fn add(&self, other: &Self, bits: u32) -> Result<Self> {
        match (self, other) {
            (Germ::Series(v, a), Germ::Series(w, b)) => {
                let low = *v.min(w);
                let end = (v + length(a)).min(w + length(b));
                let mut sum = Vec::new();
                for power in low..end.min(low + length(a).max(length(b))) {
                    let (x, y) = (coefficient(*v, a, power), coefficient(*w, b, power));
                    sum.push(x.add(&y, bits)?);
                }
                Ok(Germ::Series(low, sum))
            }
            (Germ::Huge(s), Germ::Huge(t)) if s != t => Err(Stop::Unknown),
            (Germ::Huge(s), _) | (_, Germ::Huge(s)) => Ok(Germ::Huge(*s)),
            (Germ::Flat(s), Germ::Flat(t)) => Ok(Germ::Flat(if s == t { *s } else { 0 })),
            (Germ::Flat(_), series) | (series, Germ::Flat(_)) => Ok(series.clone()),
        }
    }

    pub(super) fn mul(&self, other: &Self, bits: u32) -> Result<Self> {
        match (self, other) {
            (Germ::Series(v, a), Germ::Series(w, b)) => {
                let count = a.len().min(b.len());
                let mut product = Vec::with_capacity(count);
                for n in 0..count {
                    let mut sum = Real::integer(0);
                    for (x, y) in a.iter().take(n + 1).zip(b.iter().take(n + 1).rev()) {
                        sum = sum.add(&x.mul(y, bits)?, bits)?;
                    }
                    product.push(sum);
                }
                Ok(Germ::Series(v + w, product))
            }
            (Germ::Huge(_), Germ::Flat(_)) | (Germ::Flat(_), Germ::Huge(_)) => Err(Stop::Unknown),
            (Germ::Huge(s), rest) | (rest, Germ::Huge(s)) => Ok(Germ::Huge(s * rest.sign()?)),
            (Germ::Flat(s), rest) | (rest, Germ::Flat(s)) => {
                Ok(Germ::Flat(s * rest.sign().unwrap_or(0)))
            }
        }
    }

    pub(super) fn inverse(&self, bits: u32) -> Result<Self> {
        match self {
            Germ::Flat(0) => Err(Stop::Unknown),
            Germ::Flat(sign) => Ok(Germ::Huge(*sign)),
            Germ::Huge(sign) => Ok(Germ::Flat(*sign)),
            Germ::Series(..) => self.power(&Rational::from(-1), bits),
        }
    }

    /// The power with a constant exponent.
    pub(super) fn power(&self, exponent: &Rational, bits: u32) -> Result<Self> {
        if exponent.is_zero() {
            return Ok(Self::constant(Real::integer(1)));
        }
        match self {
            Germ::Flat(1) if exponent.signum() > 0 => return Ok(Germ::Flat(1)),
            Germ::Flat(1) => return Ok(Germ::Huge(1)),
            Germ::Huge(1) if exponent.signum() > 0 => return Ok(Germ::Huge(1)),
            Germ::Huge(1) => return Ok(Germ::Flat(1)),
            Germ::Flat(_) | Germ::Huge(_) => return Err(Stop::Unknown),
            Germ::Series(..) => {}
        }
        let (valuation, u) = match self.lead() {
            Err(Stop::Unknown) if exponent.to_i64().is_some_and(|n| (1..=16).contains(&n)) => {
                // A series of zeros to a natural power.
                let mut product = self.clone();
                for _ in 1..exponent.to_i64().unwrap_or(1) {
                    product = product.mul(self, bits)?;
                }
                return Ok(product);
            }
            other => other?,
        };
        let shifted = Rational::from(valuation).mul(exponent);
        let valuation = shifted.to_i64().ok_or(Stop::Unknown)?;
        let first = u.first().ok_or(Stop::Unknown)?;
        let start = match exponent.to_i64() {
            Some(n) => first.integer_power(n, bits)?,
            None if first.sign() == Some(1) => {
                let quantity = super::Quantity::Real(first.clone());
                let power = quantity.power(&super::Quantity::exact(exponent.clone()), bits)?;
                power.value().clone()
            }
            None => return Err(Stop::Unknown),
        };
        // u·p′ = r·u′·p: n·u₀·p_n = Σ (r·k − (n − k))·u_k·p_(n−k)
        let below = first.inverse()?;
        let mut p = vec![start];
        for n in 1..u.len() {
            let mut sum = Real::integer(0);
            for (k, (x, y)) in u.iter().skip(1).zip(p.iter().rev()).enumerate() {
                let k = i64::try_from(k + 1).unwrap_or(0);
                let n = i64::try_from(n).unwrap_or(0);
                let weight = exponent.mul(&Rational::from(k)).sub(&Rational::from(n - k));
                let term = x.mul(y, bits)?.mul(&Real::Exact(weight), bits)?;
                sum = sum.add(&term, bits)?;
            }
            p.push(sum.mul(&below, bits)?.mul(&part(n), bits)?);
        }
        Ok(Germ::Series(valuation, p))
    }

    /// The coefficients from t⁰ on, where there is no pole.
    fn regular(&self) -> Result<Vec<Real<E>>> {
        let Germ::Series(valuation, coefficients) = self else {
            return Err(Stop::Unknown);
        };
        if *valuation >= 0 {
            let mut all =
                vec![Real::integer(0); usize::try_from(*valuation).unwrap_or(ORDER).min(ORDER)];
            all.extend(coefficients.iter().cloned());
            all.truncate(ORDER.max(coefficients.len()));
            return Ok(all);
        }
        let skip = usize::try_from(-valuation).unwrap_or(usize::MAX);
        if skip >= coefficients.len() || coefficients.iter().take(skip).any(|c| !c.is_zero()) {
            return Err(Stop::Unknown);
        }
        Ok(coefficients.iter().skip(skip).cloned().collect())
    }

    pub(super) fn exp(&self, bits: u32) -> Result<Self> {
        match self {
            Germ::Flat(_) => return Ok(Self::constant(Real::integer(1))),
            Germ::Huge(1) => return Ok(Germ::Huge(1)),
            Germ::Huge(_) => return Ok(Germ::Flat(1)),
            Germ::Series(..) => {}
        }
        let Ok(u) = self.regular() else {
            let (valuation, _) = self.lead()?;
            return match (valuation < 0, self.sign()?) {
                (true, 1) => Ok(Germ::Huge(1)),
                (true, -1) => Ok(Germ::Flat(1)),
                _ => Err(Stop::Unknown),
            };
        };
        let first = u.first().ok_or(Stop::Unknown)?;
        let mut e = vec![first.exp(bits)?];
        for n in 1..u.len() {
            e.push(weighted(&u, &e, bits)?.mul(&part(n), bits)?);
        }
        Ok(Germ::Series(0, e))
    }

    pub(super) fn log(&self, bits: u32) -> Result<Self> {
        let u = self.regular()?;
        let first = u.first().ok_or(Stop::Unknown)?;
        match first.sign() {
            Some(1) => {}
            None => return Err(Stop::Precision),
            _ => return Err(Stop::Unknown),
        }
        // l′ = u′/u
        let slope = Germ::Series(0, derivative(&u, bits)?);
        let below = Germ::Series(0, u.clone()).inverse(bits)?;
        integral(first.log(bits)?, &slope.mul(&below, bits)?.regular()?, bits)
    }

    /// Sine and cosine.
    pub(super) fn waves(&self, bits: u32) -> Result<(Self, Self)> {
        if let Germ::Flat(_) = self {
            let one = Self::constant(Real::integer(1));
            return Ok((self.clone(), one));
        }
        let u = self.regular()?;
        let first = u.first().ok_or(Stop::Unknown)?;
        let (mut s, mut c) = (vec![first.sin(bits)?], vec![first.cos(bits)?]);
        for n in 1..u.len() {
            let (up, down) = (weighted(&u, &c, bits)?, weighted(&u, &s, bits)?);
            s.push(up.mul(&part(n), bits)?);
            c.push(down.mul(&part(n), bits)?.neg());
        }
        Ok((Germ::Series(0, s), Germ::Series(0, c)))
    }

    pub(super) fn arctan(&self, bits: u32) -> Result<Self> {
        let one = Self::constant(Real::integer(1));
        let Ok(u) = self.regular() else {
            // arctan u = ±π/2 − arctan 1/u
            let half = Rational::new(1, 2).ok_or(Stop::Unknown)?;
            let right_angle = Real::pi(bits).mul(&Real::Exact(half), bits)?;
            let right_angle = Self::constant(right_angle);
            let right_angle = if self.sign()? > 0 {
                right_angle
            } else {
                right_angle.neg()
            };
            let rest = self.inverse(bits)?;
            if matches!(rest, Germ::Flat(_)) {
                return Ok(right_angle);
            }
            return right_angle.add(&rest.arctan(bits)?.neg(), bits);
        };
        let first = u.first().ok_or(Stop::Unknown)?.arctan(bits)?;
        let whole = Germ::Series(0, u.clone());
        let below = whole.mul(&whole, bits)?.add(&one, bits)?.inverse(bits)?;
        let slope = Germ::Series(0, derivative(&u, bits)?);
        integral(first, &slope.mul(&below, bits)?.regular()?, bits)
    }

    pub(super) fn arcsin(&self, bits: u32) -> Result<Self> {
        let u = self.regular()?;
        let first = u.first().ok_or(Stop::Unknown)?.arcsin(bits)?;
        let whole = Germ::Series(0, u.clone());
        let one = Self::constant(Real::integer(1));
        let below = one.add(&whole.mul(&whole, bits)?.neg(), bits)?;
        let exponent = Rational::new(-1, 2).ok_or(Stop::Unknown)?;
        let slope = Germ::Series(0, derivative(&u, bits)?);
        let slope = slope.mul(&below.power(&exponent, bits)?, bits)?;
        integral(first, &slope.regular()?, bits)
    }
}

fn length<E>(coefficients: &[Real<E>]) -> i64 {
    i64::try_from(coefficients.len()).unwrap_or(0)
}

fn coefficient<E: Enclosure>(valuation: i64, coefficients: &[Real<E>], power: i64) -> Real<E> {
    usize::try_from(power - valuation)
        .ok()
        .and_then(|i| coefficients.get(i).cloned())
        .unwrap_or_else(|| Real::integer(0))
}

/// 1/n.
fn part<E: Enclosure>(n: usize) -> Real<E> {
    let n = i64::try_from(n).unwrap_or(1);
    Real::Exact(Rational::new(1, n).unwrap_or_else(Rational::one))
}

/// Σ k·u_k·e_(n−k) for k = 1 … n, where n is the length of e.
fn weighted<E: Enclosure>(u: &[Real<E>], e: &[Real<E>], bits: u32) -> Result<Real<E>> {
    let mut sum = Real::integer(0);
    for (k, (x, y)) in u.iter().skip(1).zip(e.iter().rev()).enumerate() {
        let k = i64::try_from(k + 1).unwrap_or(0);
        let term = x.mul(y, bits)?.mul(&Real::integer(k), bits)?;
        sum = sum.add(&term, bits)?;
    }
    Ok(sum)
}

fn derivative<E: Enclosure>(u: &[Real<E>], bits: u32) -> Result<Vec<Real<E>>> {
    u.iter()
        .enumerate()
        .skip(1)
        .map(|(k, c)| c.mul(&Real::integer(i64::try_from(k).unwrap_or(0)), bits))
        .collect()
}

fn integral<E: Enclosure>(first: Real<E>, slope: &[Real<E>], bits: u32) -> Result<Germ<E>> {
    let mut coefficients = vec![first];
    for (k, c) in slope.iter().enumerate() {
        coefficients.push(c.mul(&part(k + 1), bits)?);
    }
    Ok(Germ::Series(0, coefficients))
}
