//! Polynomials over ℚ in one variable: real roots by Sturm's theorem, and exact signs at them.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;

use super::polynomial::Polynomial;
use crate::number::Rational;

/// A polynomial in one variable: coefficients from the constant one upwards, the last not 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Univariate(pub Vec<Rational>);

/// A real root: a rational number, or the only root of a square-free polynomial strictly between
/// two rationals that are no roots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Root {
    /// This number.
    Rational(Rational),
    /// The root of this square-free polynomial between these numbers.
    Between(Univariate, Rational, Rational),
}

/// Rational roots are found exactly if the leading coefficient has at most so many bits.
const RATIONAL_BITS: u64 = 30;

fn half(a: &Rational, b: &Rational) -> Rational {
    a.add(b)
        .mul(&Rational::new(1, 2).unwrap_or_else(Rational::zero))
}

impl Univariate {
    /// Drops leading zeros.
    pub fn new(mut coefficients: Vec<Rational>) -> Self {
        while coefficients.last().is_some_and(Rational::is_zero) {
            coefficients.pop();
        }
        Univariate(coefficients)
    }

    /// The polynomial if it has no other variable than that.
    pub fn of(polynomial: &Polynomial, variable: u32) -> Option<Self> {
        let coefficients = polynomial
            .coefficients(variable)
            .iter()
            .map(Polynomial::as_constant)
            .collect::<Option<Vec<_>>>()?;
        Some(Univariate::new(coefficients))
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The degree; 0 of constants.
    pub fn degree(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// Its value (Horner).
    pub fn value(&self, at: &Rational) -> Rational {
        let mut out = Rational::zero();
        for c in self.0.iter().rev() {
            out = out.mul(at).add(c);
        }
        out
    }

    /// The derivative.
    pub fn derivative(&self) -> Self {
        let coefficients = (0i64..)
            .zip(&self.0)
            .skip(1)
            .map(|(k, c)| c.mul(&Rational::from(k)))
            .collect();
        Univariate::new(coefficients)
    }

    /// Coprime integer coefficients, by a positive factor.
    pub fn primitive(&self) -> Self {
        let (mut numerator, mut denominator) = (BigInt::from(0), BigInt::from(1));
        for c in &self.0 {
            numerator = numerator.gcd(&c.numerator());
            denominator = denominator.lcm(&c.denominator());
        }
        if numerator == BigInt::from(0) {
            return self.clone();
        }
        let by = Rational::from_big(BigRational::new(denominator, numerator));
        Univariate(self.0.iter().map(|c| c.mul(&by)).collect())
    }

    fn divide(&self, by: &Self) -> (Self, Self) {
        let mut rest = self.0.clone();
        let mut quotient = vec![Rational::zero(); self.0.len().saturating_sub(by.degree())];
        let Some(lead) = by.0.last() else {
            return (Univariate(Vec::new()), self.clone());
        };
        while rest.len() >= by.0.len() {
            let shift = rest.len() - by.0.len();
            let factor = rest
                .last()
                .and_then(|c| c.div(lead))
                .unwrap_or_else(Rational::zero);
            for (place, c) in rest.iter_mut().skip(shift).zip(&by.0) {
                *place = place.sub(&c.mul(&factor));
            }
            if let Some(place) = quotient.get_mut(shift) {
                *place = factor;
            }
            rest.pop();
        }
        (Univariate::new(quotient), Univariate::new(rest))
    }

    /// The greatest common divisor, primitive.
    pub fn gcd(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.clone(), other.clone());
        while !b.is_zero() {
            let (_, rest) = a.divide(&b);
            a = b;
            b = rest.primitive();
        }
        a.primitive()
    }

    /// The product.
    pub fn mul(&self, other: &Self) -> Self {
        if self.is_zero() || other.is_zero() {
            return Univariate(Vec::new());
        }
        let mut out = vec![Rational::zero(); self.0.len() + other.0.len() - 1];
        for (i, a) in self.0.iter().enumerate() {
            for (place, b) in out.iter_mut().skip(i).zip(&other.0) {
                *place = place.add(&a.mul(b));
            }
        }
        Univariate::new(out)
    }

    /// The polynomial with the same roots, each simple.
    pub fn square_free(&self) -> Self {
        let common = self.gcd(&self.derivative());
        self.divide(&common).0.primitive()
    }

    /// The product of both with each root simple.
    pub fn join(&self, other: &Self) -> Self {
        let common = self.gcd(other);
        self.mul(&other.divide(&common).0).square_free()
    }

    /// Its Sturm sequence (Sturm, 1835), for a square-free polynomial.
    fn sturm(&self) -> Vec<Univariate> {
        let mut chain = vec![self.primitive(), self.derivative().primitive()];
        while let [.., a, b] = chain.as_slice() {
            if b.is_zero() {
                break;
            }
            let (_, rest) = a.divide(b);
            let next = Univariate(rest.0.iter().map(Rational::neg).collect()).primitive();
            chain.push(next);
        }
        chain
    }

    /// A power of 2 that exceeds the absolute value of each root (Cauchy's bound).
    fn bound(&self) -> Rational {
        let Some(lead) = self.0.last() else {
            return Rational::one();
        };
        let mut most = Rational::zero();
        for c in &self.0 {
            if let Some(ratio) = c.div(lead) {
                let size = if ratio.signum() < 0 {
                    ratio.neg()
                } else {
                    ratio
                };
                most = most.max(size);
            }
        }
        let mut bound = Rational::from(2);
        while bound <= most.add(&Rational::one()) {
            bound = bound.add(&bound.clone());
        }
        bound
    }

    /// Its real roots, rising.
    pub fn roots(&self) -> Vec<Root> {
        let polynomial = self.square_free();
        let mut found = Vec::new();
        if polynomial.degree() == 0 {
            return found;
        }
        let chain = polynomial.sturm();
        let bound = polynomial.bound();
        let mut todo = vec![(bound.neg(), bound)];
        while let Some((low, high)) = todo.pop() {
            let count = changes(&chain, &low).saturating_sub(changes(&chain, &high));
            if count == 0 {
                continue;
            }
            if count == 1 {
                found.push(polynomial.sharpen(low, high));
                continue;
            }
            let mut middle = half(&low, &high);
            if polynomial.value(&middle).is_zero() {
                // Halves of a cut between roots must not end on one.
                middle = half(&middle, &high);
                while polynomial.value(&middle).is_zero() {
                    middle = half(&middle, &high);
                }
            }
            todo.push((middle.clone(), high));
            todo.push((low, middle));
        }
        found
    }

    /// The one root between; as a rational number if it is one and the leading coefficient is not
    /// large. Refines until one rational is the only candidate.
    fn sharpen(&self, mut low: Rational, mut high: Rational) -> Root {
        let whole = self.primitive();
        let lead = whole.0.last().cloned().unwrap_or_else(Rational::one);
        let lead = Rational::from_big(BigRational::from_integer(
            lead.numerator().magnitude().clone().into(),
        ));
        if lead.numerator().bits() > RATIONAL_BITS {
            return Root::Between(whole, low, high);
        }
        let sign = self.value(&low).signum();
        while high.sub(&low).mul(&lead) >= Rational::one() {
            let middle = half(&low, &high);
            match self.value(&middle).signum() {
                0 => return Root::Rational(middle),
                s if s == sign => low = middle,
                _ => high = middle,
            }
        }
        let candidate = low
            .mul(&lead)
            .numerator()
            .div_floor(&low.mul(&lead).denominator());
        for k in [candidate.clone(), candidate + 1] {
            let k = Rational::from_big(BigRational::from_integer(k));
            if let Some(r) = k.div(&lead)
                && r > low
                && r < high
                && self.value(&r).is_zero()
            {
                return Root::Rational(r);
            }
        }
        Root::Between(whole, low, high)
    }

    /// The exact sign of this polynomial at a root of another.
    pub fn sign_at(&self, root: &mut Root) -> i32 {
        let (of, low, high) = match root {
            Root::Rational(r) => return self.value(r).signum(),
            Root::Between(of, low, high) => (of, low, high),
        };
        if self.is_zero() {
            return 0;
        }
        let common = of.gcd(self);
        if common.degree() > 0 && common.value(low).signum() * common.value(high).signum() < 0 {
            return 0;
        }
        let chain = self.square_free().sturm();
        loop {
            if !self.value(low).is_zero()
                && !self.value(high).is_zero()
                && changes(&chain, low) == changes(&chain, high)
            {
                return self.value(high).signum();
            }
            if let Some(exact) = refine(of, low, high) {
                let sign = self.value(&exact).signum();
                *root = Root::Rational(exact);
                return sign;
            }
        }
    }
}

fn refine(of: &Univariate, low: &mut Rational, high: &mut Rational) -> Option<Rational> {
    let middle = half(low, high);
    let at = of.value(&middle).signum();
    if at == 0 {
        return Some(middle);
    }
    if at == of.value(low).signum() {
        *low = middle;
    } else {
        *high = middle;
    }
    None
}

fn changes(chain: &[Univariate], at: &Rational) -> usize {
    let mut last = 0;
    let mut count = 0;
    for polynomial in chain {
        let sign = polynomial.value(at).signum();
        if sign != 0 {
            if last * sign < 0 {
                count += 1;
            }
            last = sign;
        }
    }
    count
}

impl Root {
    /// Two rationals around it (equal for a rational root).
    pub fn bounds(&self) -> (Rational, Rational) {
        match self {
            Root::Rational(r) => (r.clone(), r.clone()),
            Root::Between(_, low, high) => (low.clone(), high.clone()),
        }
    }

    /// Halves the interval around it.
    pub fn refine(&mut self) {
        if let Root::Between(of, low, high) = self
            && let Some(exact) = refine(of, low, high)
        {
            *self = Root::Rational(exact);
        }
    }
}

/// The line cut at the real roots of some polynomials: their roots, rising, with rationals
/// between, below and above them: `gaps` has one more than `roots`.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The roots, rising.
    pub roots: Vec<Root>,
    /// A rational in each gap.
    pub gaps: Vec<Rational>,
}

impl Line {
    /// Cuts the line; `None` where the degree of the joint polynomial would exceed `degree`.
    pub fn cut(polynomials: &[Univariate], degree: usize) -> Option<Line> {
        let mut all = Univariate(vec![Rational::one()]);
        let mut points = Vec::new();
        for p in polynomials {
            match p.0.as_slice() {
                [] | [_] => {}
                [c, d] => points.extend(c.neg().div(d)),
                _ => {
                    if p.degree() > 2 * degree {
                        return None;
                    }
                    all = all.join(p);
                    if all.degree() > degree {
                        return None;
                    }
                }
            }
        }
        points.sort();
        points.dedup();
        let mut roots = all.roots();
        for point in points {
            let is_root = all.value(&point).is_zero();
            for root in &mut roots {
                loop {
                    let (low, high) = root.bounds();
                    if point <= low || high <= point {
                        break;
                    }
                    if is_root {
                        *root = Root::Rational(point.clone());
                        break;
                    }
                    root.refine();
                }
            }
            let place = roots
                .iter()
                .position(|root| root.bounds().1 >= point)
                .unwrap_or(roots.len());
            let known = matches!(roots.get(place), Some(Root::Rational(r)) if *r == point);
            // An interval may end at the point, with its root on the left.
            let place = match roots.get(place) {
                Some(Root::Between(_, _, high)) if *high == point => place + 1,
                _ => place,
            };
            let known = known || matches!(roots.get(place), Some(Root::Rational(r)) if *r == point);
            if !known {
                roots.insert(place, Root::Rational(point));
            }
        }
        let mut gaps = Vec::new();
        for i in 1..roots.len() {
            loop {
                let (left, right) = (roots[i - 1].bounds().1, roots[i].bounds().0);
                if left < right {
                    gaps.push(simplest(&left, &right));
                    break;
                }
                if left == right
                    && matches!(roots[i - 1], Root::Between(..))
                    && matches!(roots[i], Root::Between(..))
                {
                    // Ends of intervals are no roots.
                    gaps.push(left);
                    break;
                }
                roots[i - 1].refine();
                roots[i].refine();
            }
        }
        match (roots.first(), roots.last()) {
            (Some(first), Some(last)) => {
                let below = first.bounds().0.sub(&Rational::one());
                let above = last.bounds().1.add(&Rational::one());
                gaps.insert(0, floor(&below));
                gaps.push(floor(&above).add(&Rational::one()));
            }
            _ => gaps.push(Rational::zero()),
        }
        Some(Line { roots, gaps })
    }
}

fn floor(a: &Rational) -> Rational {
    Rational::from_big(BigRational::from_integer(
        a.numerator().div_floor(&a.denominator()),
    ))
}

/// The rational of least denominator strictly between two.
pub fn simplest(low: &Rational, high: &Rational) -> Rational {
    let mut denominator = Rational::one();
    for _ in 0..64 {
        let next = floor(&low.mul(&denominator)).add(&Rational::one());
        if let Some(candidate) = next.div(&denominator)
            && candidate < *high
        {
            return candidate;
        }
        denominator = denominator.add(&Rational::one());
    }
    half(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(coefficients: &[i64]) -> Univariate {
        Univariate::new(coefficients.iter().map(|c| Rational::from(*c)).collect())
    }

    #[test]
    fn roots_are_found_rational_ones_exactly() {
        // (x − 1/3)(x − 2)² · 9 has the roots 1/3 and 2.
        let roots = p(&[-4, 16, -13, 3]).roots();
        assert_eq!(
            roots,
            vec![
                Root::Rational(Rational::new(1, 3).unwrap()),
                Root::Rational(Rational::from(2))
            ]
        );
        assert_eq!(p(&[1, 0, 1]).roots(), vec![]);
        assert_eq!(p(&[-2, 0, 1]).roots().len(), 2);
        assert_eq!(p(&[0, -1, 0, 1]).roots().len(), 3);
    }

    #[test]
    fn signs_at_irrational_roots_are_exact() {
        let mut roots = p(&[-2, 0, 1]).roots();
        let root = roots.last_mut().unwrap();
        assert_eq!(p(&[-4, 0, 0, 0, 1]).sign_at(root), 0);
        assert_eq!(p(&[-3, 2]).sign_at(root), -1);
        assert_eq!(p(&[-7, 5]).sign_at(root), 1);
    }

    #[test]
    fn the_line_is_cut_between_close_roots() {
        let line = Line::cut(&[p(&[-2, 0, 1]), p(&[-3, 2]), p(&[0, 1]), p(&[0, 3])], 20).unwrap();
        assert_eq!(line.roots.len(), 4);
        let line = Line::cut(&[p(&[-4, 0, 1]), p(&[-2, 1]), p(&[-5, 1])], 20).unwrap();
        assert_eq!(line.roots.len(), 3);
        // √2 and 1.414213562: two roots, three gaps.
        let line = Line::cut(&[p(&[-2, 0, 1]), p(&[-1_414_213_562, 1_000_000_000])], 20).unwrap();
        assert_eq!(line.roots.len(), 3);
        assert_eq!(line.gaps.len(), 4);
    }
}
