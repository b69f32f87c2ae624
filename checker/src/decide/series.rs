//! Sums whose terms are a polynomial times powers: `sums.power-series` (to ∞, perhaps divided by
//! k!) and `sums.binomial-moments`. The certificate gives the polynomial by its coefficients c of
//! 1, k, k(k − 1), …; with them Σ c xᵏ, Σ c xᵏ/k! and Σ c binomial(n, k) xᵏ yⁿ⁻ᵏ are derivatives of
//! the geometric series, of e^x and of (x + y)ⁿ.

use num_traits::{One, ToPrimitive, Zero};

use crate::kernel::checker::Checker;
use crate::kernel::scope::Scope;
use crate::kernel::term::{Binder, Check, Head, Id, Q, Terms};

/// The most terms before the beginning of a series that are written out.
const LEFT_OUT: i64 = 40;
/// The highest degree of a polynomial.
const DEGREE: usize = 12;

/// One base with the coefficients of 1, k, k(k − 1), ….
struct Powers {
    base: Id,
    coefficients: Vec<Id>,
}

/// The terms of a substitution by name.
struct Named<'a>(&'a [(&'a str, Id)]);

impl Named<'_> {
    fn find(&self, wanted: &str) -> Option<Id> {
        let found = self.0.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, term)| *term)
    }

    fn get(&self, wanted: &str) -> Check<Id> {
        self.find(wanted)
            .ok_or_else(|| format!("{wanted} stands for no term"))
    }

    /// `x0` with its coefficients `x0.0`, `x0.1`, …, then `x1`, ….
    fn powers(&self, letter: &str) -> Check<Vec<Powers>> {
        let mut all = Vec::new();
        while let Some(base) = self.find(&format!("{letter}{}", all.len())) {
            let mut coefficients = Vec::new();
            while let Some(c) = self.find(&format!("{letter}{}.{}", all.len(), coefficients.len()))
            {
                coefficients.push(c);
            }
            if coefficients.len() > DEGREE || all.len() > 8 {
                return Err("a polynomial of too high a degree".to_owned());
            }
            all.push(Powers { base, coefficients });
        }
        Ok(all)
    }
}

impl Checker<'_> {
    /// Σ from k = a to ∞ of f(k), where f(k − s) is the sum of polynomials times xᵏ, with |x| < 1, and
    /// of polynomials times yᵏ/k!; a + s is a small natural number.
    pub(crate) fn power_series(
        &mut self,
        scope: &Scope,
        substitution: &[(&str, Id)],
        (left, right): (Id, Id),
    ) -> Check<()> {
        let named = Named(substitution);
        let (k, shift, first) = (named.get("k")?, named.get("s")?, named.get("a")?);
        let (geometric, exponential) = (named.powers("x")?, named.powers("y")?);
        let size =
            |powers: &[Powers]| -> usize { powers.iter().map(|p| 1 + p.coefficients.len()).sum() };
        if size(&geometric) + size(&exponential) + 3 != substitution.len() {
            return Err("a series of another form".to_owned());
        }
        let (from, to, body) = self.one_sum(scope, left, right, k)?;
        if *self.terms.head(to) != Head::Constant("infinity") {
            return Err("no series".to_owned());
        }
        let begin = self.terms.value(first).filter(|a| a.is_integer());
        let begin = begin.and_then(|a| a.numer().to_i64());
        let Some(begin) = begin.filter(|a| (0..=LEFT_OUT).contains(a)) else {
            return Err("a series that begins elsewhere".to_owned());
        };
        for end in [from, shift] {
            if self.is_infinite(end)
                || !scope.is_integer(&self.terms, end)
                || !self.defined(scope, end)?
            {
                return Err("an index that may be no integer".to_owned());
            }
        }
        let start = self.terms.flat(Head::Add, &[from, shift])?;
        if !self.ring(scope, start, first)? {
            return Err("the series begins elsewhere".to_owned());
        }
        let all: Vec<&Powers> = geometric.iter().chain(&exponential).collect();
        self.parameters(scope, k, &all)?;
        let index = self.terms.minus(k, shift)?;
        let body = self.terms.substitute(body, k, index)?;
        let mut terms = Vec::new();
        for powers in &geometric {
            terms.push(self.term_of_series(powers, k, false)?);
        }
        for powers in &exponential {
            terms.push(self.term_of_series(powers, k, true)?);
        }
        let term = self.terms.flat(Head::Add, &terms)?;
        let mut local = scope.clone();
        self.natural_from(&mut local, k, first)?;
        if !self.ring(&local, body, term)? {
            return Err("the terms of the series are others".to_owned());
        }
        self.converges(scope, &geometric)?;
        let mut sum = Vec::new();
        for powers in &geometric {
            sum.push(self.sum_of_geometric(powers)?);
        }
        let e = self.terms.add(Head::Constant("e"), Vec::new())?;
        for powers in &exponential {
            let value = self.by_degree(powers, |_, _| Ok(Vec::new()))?;
            let whole = self.terms.add(Head::Pow, vec![e, powers.base])?;
            sum.push(self.terms.flat(Head::Mul, &[value, whole])?);
        }
        for place in 0..begin {
            for powers in &geometric {
                sum.push(self.left_out(powers, place, Q::one())?);
            }
            let factorial = (1..=place).fold(Q::one(), |product, k| product * Q::from(k));
            for powers in &exponential {
                sum.push(self.left_out(powers, place, factorial.clone())?);
            }
        }
        let sum = self.terms.flat(Head::Add, &sum)?;
        if self.ring(scope, sum, right)? {
            return Ok(());
        }
        Err("the series has another sum".to_owned())
    }

    /// Σ from k = 0 to n of a polynomial times binomial(n, k) xᵏ yⁿ⁻ᵏ.
    pub(crate) fn binomial_moments(
        &mut self,
        scope: &Scope,
        substitution: &[(&str, Id)],
        (left, right): (Id, Id),
    ) -> Check<()> {
        let named = Named(substitution);
        let (k, n, y) = (named.get("k")?, named.get("n")?, named.get("y")?);
        let all = named.powers("x")?;
        let [powers] = all.as_slice() else {
            return Err("moments of another form".to_owned());
        };
        if powers.coefficients.len() + 4 != substitution.len() {
            return Err("moments of another form".to_owned());
        }
        let (from, to, body) = self.one_sum(scope, left, right, k)?;
        let zero = self.terms.integer(0)?;
        if from != zero || to != n || !scope.is_natural(&self.terms, n) {
            return Err("no sum from 0 to a natural number".to_owned());
        }
        let second = Powers {
            base: y,
            coefficients: vec![n],
        };
        self.parameters(scope, k, &[powers, &second])?;
        let polynomial = self.polynomial_in(powers, k)?;
        let choices = self.terms.add(Head::Function("binomial"), vec![n, k])?;
        let first = self.terms.add(Head::Pow, vec![powers.base, k])?;
        let others = self.terms.minus(n, k)?;
        let rest = self.terms.add(Head::Pow, vec![y, others])?;
        let term = self
            .terms
            .flat(Head::Mul, &[polynomial, choices, first, rest])?;
        let mut local = scope.clone();
        self.natural_from(&mut local, k, zero)?;
        let at_most = self.terms.add(Head::LessEqual, vec![k, n])?;
        local.assume(&mut self.terms, at_most)?;
        if !self.ring(&local, body, term)? {
            return Err("the terms of the sum are others".to_owned());
        }
        let whole = self.terms.flat(Head::Add, &[powers.base, y])?;
        let highest = powers.coefficients.len().saturating_sub(1);
        let highest = i64::try_from(highest).map_err(|_| "too high a degree")?;
        let highest = self.terms.integer(highest)?;
        let enough = self.terms.add(Head::LessEqual, vec![highest, n])?;
        let other = self.terms.add(Head::NotEqual, vec![whole, zero])?;
        if !self.decided(scope, enough)? && !self.decided(scope, other)? {
            return Err("a power that may be undefined".to_owned());
        }
        let sum = self.sum_of_binomial(powers, n, whole)?;
        if self.ring(scope, sum, right)? {
            return Ok(());
        }
        Err("the sum is another".to_owned())
    }

    /// The bounds and the body, under a fresh name, of a sum without condition.
    pub(crate) fn one_sum(
        &mut self,
        scope: &Scope,
        left: Id,
        right: Id,
        k: Id,
    ) -> Check<(Id, Id, Id)> {
        self.fresh_names(scope, &[k], [left, right])?;
        if !matches!(self.terms.head(left), Head::Binder(Binder::Sum, _)) {
            return Err("no sum".to_owned());
        }
        let args = self.terms.open(left, k)?;
        let [body, from, to, condition] = *args.as_slice() else {
            return Err("no sum".to_owned());
        };
        if *self.terms.head(condition) != Head::Truth(true) {
            return Err("a sum with a condition".to_owned());
        }
        Ok((from, to, body))
    }

    /// Bases and coefficients are defined and free of the index.
    fn parameters(&mut self, scope: &Scope, k: Id, all: &[&Powers]) -> Check<()> {
        let Head::Symbol(symbol) = *self.terms.head(k) else {
            return Err("an index that is no symbol".to_owned());
        };
        for powers in all {
            for term in powers.coefficients.iter().chain([&powers.base]) {
                if self.terms.mentions(*term, symbol) || self.is_infinite(*term) {
                    return Err("a coefficient that is not constant".to_owned());
                }
                if !self.defined(scope, *term)? {
                    return Err("a coefficient that may be undefined".to_owned());
                }
            }
        }
        Ok(())
    }

    fn natural_from(&mut self, local: &mut Scope, k: Id, first: Id) -> Check<()> {
        let naturals = self.terms.add(Head::Naturals, Vec::new())?;
        let natural = self.terms.add(Head::In, vec![k, naturals])?;
        local.assume(&mut self.terms, natural)?;
        let behind = self.terms.add(Head::LessEqual, vec![first, k])?;
        local.assume(&mut self.terms, behind)
    }

    /// |x| < 1 for each base. Of a single base that is no number this need not be known where a
    /// coefficient is a number other than 0: the terms of a series that has a sum tend to 0.
    fn converges(&mut self, scope: &Scope, geometric: &[Powers]) -> Check<()> {
        if let [one] = geometric {
            let certain = |c: &Id| {
                let value = self.terms.value(*c);
                value.is_some_and(|c| !c.is_zero())
            };
            if self.terms.value(one.base).is_none() && one.coefficients.iter().any(certain) {
                return Ok(());
            }
        }
        for powers in geometric {
            let (low, high) = (self.terms.integer(-1)?, self.terms.integer(1)?);
            for ends in [[low, powers.base], [powers.base, high]] {
                let statement = self.terms.add(Head::Less, ends.to_vec())?;
                if !self.decided(scope, statement)? {
                    return Err("a series that may not converge".to_owned());
                }
            }
        }
        Ok(())
    }

    /// c₀ + c₁ k + c₂ k(k − 1) + …
    fn polynomial_in(&mut self, powers: &Powers, k: Id) -> Check<Id> {
        let mut sum = Vec::new();
        let mut falling = Vec::new();
        for (degree, c) in powers.coefficients.iter().enumerate() {
            let mut parts = vec![*c];
            parts.extend_from_slice(&falling);
            sum.push(self.terms.flat(Head::Mul, &parts)?);
            let place = i64::try_from(degree).map_err(|_| "too high a degree")?;
            let place = self.terms.integer(place)?;
            falling.push(self.terms.minus(k, place)?);
        }
        self.terms.flat(Head::Add, &sum)
    }

    fn term_of_series(&mut self, powers: &Powers, k: Id, divided: bool) -> Check<Id> {
        let polynomial = self.polynomial_in(powers, k)?;
        let power = self.terms.add(Head::Pow, vec![powers.base, k])?;
        let mut parts = vec![polynomial, power];
        if divided {
            let factorial = self.terms.add(Head::Function("factorial"), vec![k])?;
            let minus = self.terms.integer(-1)?;
            parts.push(self.terms.add(Head::Pow, vec![factorial, minus])?);
        }
        self.terms.flat(Head::Mul, &parts)
    }

    /// Minus the term at a place, divided by a number.
    fn left_out(&mut self, powers: &Powers, place: i64, below: Q) -> Check<Id> {
        let place = self.terms.integer(place)?;
        let parts = [
            self.terms.number(-(Q::one() / below))?,
            self.polynomial_in(powers, place)?,
            self.terms.add(Head::Pow, vec![powers.base, place])?,
        ];
        self.terms.flat(Head::Mul, &parts)
    }

    /// Σ over m of c_m x^m times what else there is of degree m.
    fn by_degree(
        &mut self,
        powers: &Powers,
        more: impl Fn(&mut Terms, i64) -> Check<Vec<Id>>,
    ) -> Check<Id> {
        let mut sum = Vec::new();
        for (degree, c) in (0i64..).zip(&powers.coefficients) {
            if self.terms.value(*c).is_some_and(Zero::is_zero) {
                continue;
            }
            let exponent = self.terms.integer(degree)?;
            let mut parts = vec![*c, self.terms.add(Head::Pow, vec![powers.base, exponent])?];
            parts.extend(more(&mut self.terms, degree)?);
            sum.push(self.terms.flat(Head::Mul, &parts)?);
        }
        self.terms.flat(Head::Add, &sum)
    }

    /// Σ over m of m! c_m x^m/(1 − x)^(m + 1).
    fn sum_of_geometric(&mut self, powers: &Powers) -> Check<Id> {
        let one = self.terms.integer(1)?;
        let below = self.terms.minus(one, powers.base)?;
        self.by_degree(powers, |terms, degree| {
            let factorial = terms.integer((1..=degree).product())?;
            let exponent = terms.integer(-degree - 1)?;
            Ok(vec![
                factorial,
                terms.add(Head::Pow, vec![below, exponent])?,
            ])
        })
    }

    /// Σ over m of n(n − 1)…(n − m + 1) c_m x^m (x + y)^(n − m).
    fn sum_of_binomial(&mut self, powers: &Powers, n: Id, whole: Id) -> Check<Id> {
        self.by_degree(powers, |terms, degree| {
            let mut parts = Vec::new();
            for place in 0..degree {
                let place = terms.integer(place)?;
                parts.push(terms.minus(n, place)?);
            }
            let degree = terms.integer(degree)?;
            let rest = terms.minus(n, degree)?;
            parts.push(terms.add(Head::Pow, vec![whole, rest])?);
            Ok(parts)
        })
    }
}
