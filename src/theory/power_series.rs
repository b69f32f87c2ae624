//! Infinite sums whose terms are polynomials times powers: Σ P(k) xᵏ and Σ P(k) yᵏ/k!, where the
//! index may be shifted.

use crate::number::Rational;
use crate::term::{Constant, Function, Node, Store, Symbol, TermId};
use crate::theory::field::Field;

/// The most terms before the beginning of a series that are written out.
const LEFT_OUT: i64 = 40;

/// A base with the coefficients of 1, k, k(k − 1), … of the polynomial before its powers.
#[derive(Clone, Debug)]
pub struct Powers {
    /// x, free of the index.
    pub base: TermId,
    /// The coefficients, the constant first, free of the index.
    pub coefficients: Vec<TermId>,
}

impl Powers {
    /// c_m x^m times what else there is of degree m, for each m.
    pub fn by_degree(
        &self,
        store: &mut Store,
        more: impl Fn(&mut Store, i64) -> Vec<TermId>,
    ) -> Vec<TermId> {
        let mut sum = Vec::new();
        for (degree, c) in (0i64..).zip(&self.coefficients) {
            if matches!(store.node(*c), Node::Number(c) if c.is_zero()) {
                continue;
            }
            let exponent = store.integer(degree);
            let mut parts = vec![*c, store.pow(self.base, exponent)];
            parts.extend(more(store, degree));
            sum.push(store.mul(&parts));
        }
        sum
    }

    /// Minus the terms of a series at a place before its beginning, divided by a number.
    fn left_out(&self, store: &mut Store, place: i64, below: &Rational) -> Vec<TermId> {
        let (mut sum, mut falling) = (Vec::new(), -1);
        let exponent = store.integer(place);
        for (degree, c) in (0i64..).zip(&self.coefficients) {
            let below = store.number(below.clone());
            let weight = store.integer(falling);
            let weight = store.div(weight, below);
            let power = store.pow(self.base, exponent);
            sum.push(store.mul(&[weight, *c, power]));
            falling *= place - degree;
        }
        sum
    }
}

/// The parts of a series Σ f(k), k from a to ∞: f(k − shift) is the sum of the polynomials times xᵏ
/// and the polynomials times yᵏ/k!, and a + shift = first.
#[derive(Clone, Debug)]
pub struct PowerSeries {
    /// By how much the index is shifted.
    pub shift: TermId,
    /// Where the shifted series begins.
    pub first: i64,
    /// The parts without factorial.
    pub geometric: Vec<Powers>,
    /// The parts divided by k!.
    pub exponential: Vec<Powers>,
}

impl PowerSeries {
    /// Takes the terms f(k) of a series apart that begins at `from`; `None` where they have
    /// another form.
    pub fn read(
        store: &mut Store,
        field: &mut Field,
        body: TermId,
        k: Symbol,
        from: TermId,
    ) -> Option<Self> {
        let variable = store.add_node(Node::Symbol(k));
        let (shift, divided) = match factorial(store, body, k) {
            Some(below) => {
                let shift = store.sub(below, variable);
                (field.normal(store, shift)?, true)
            }
            None => (start(store, field, body, k, from), false),
        };
        let start = store.add(&[from, shift]);
        let start = field.normal(store, start)?;
        let Node::Number(first) = store.node(start) else {
            return None;
        };
        let first = first.is_integer().then(|| first.to_i64())??;
        if store.mentions(shift, k) || !(0..=LEFT_OUT).contains(&first) {
            return None;
        }
        let index = store.sub(variable, shift);
        let body = store.substitute(body, k, index);
        let (above, below) = field.quotient(store, body)?;
        let minus = store.integer(-1);
        let below: Vec<TermId> = store
            .factors(below)
            .iter()
            .map(|factor| inverse(store, *factor, minus))
            .collect();
        let mut parts: Vec<(TermId, bool, Vec<TermId>)> = Vec::new();
        for term in store.summands(above) {
            let mut factors = store.factors(term);
            factors.extend_from_slice(&below);
            let (base, over, rest) = apart(store, field, &factors, k)?;
            if over > usize::from(divided) {
                return None;
            }
            match parts.iter_mut().find(|p| (p.0, p.1) == (base, over == 1)) {
                Some(part) => part.2.push(rest),
                None => parts.push((base, over == 1, vec![rest])),
            }
        }
        let mut series = PowerSeries {
            shift,
            first,
            geometric: Vec::new(),
            exponential: Vec::new(),
        };
        for (base, over, terms) in parts {
            let polynomial = store.add(&terms);
            let coefficients = falling(store, field, polynomial, k)?;
            let powers = Powers { base, coefficients };
            if over {
                series.exponential.push(powers);
            } else {
                series.geometric.push(powers);
            }
        }
        Some(series)
    }

    /// The sum, where the series has one: Σ m! c_m x^m/(1 − x)^(m + 1) of each geometric part,
    /// Σ c_m y^m e^y of each exponential one, less the terms before the beginning.
    pub fn sum(&self, store: &mut Store) -> TermId {
        let mut sum = Vec::new();
        for powers in &self.geometric {
            let one = store.integer(1);
            let below = store.sub(one, powers.base);
            sum.extend(powers.by_degree(store, |store, degree| {
                let exponent = store.integer(-degree - 1);
                let factorial = store.integer((1..=degree).product());
                vec![factorial, store.pow(below, exponent)]
            }));
        }
        let e = store.add_node(Node::Constant(Constant::E));
        for powers in &self.exponential {
            let whole = store.pow(e, powers.base);
            sum.extend(powers.by_degree(store, |_, _| vec![whole]));
        }
        let mut factorial = Rational::from(1);
        for place in 0..self.first {
            factorial = &factorial * &Rational::from(place.max(1));
            for powers in &self.geometric {
                sum.extend(powers.left_out(store, place, &Rational::from(1)));
            }
            for powers in &self.exponential {
                sum.extend(powers.left_out(store, place, &factorial));
            }
        }
        store.add(&sum)
    }

    /// Whether the series has a sum only where |x| < 1, x the base of its one geometric part.
    pub fn needs_small_base(&self, store: &Store) -> bool {
        matches!(self.geometric.as_slice(), [one] if one.coefficients.iter().any(|c| {
            matches!(store.node(*c), Node::Number(c) if !c.is_zero())
        }))
    }
}

/// By how much the index is shifted so that powers x^(k + c) of the body become x^k, if the series
/// then begins at a small number; else so that it begins at 0.
fn start(store: &mut Store, field: &mut Field, body: TermId, k: Symbol, from: TermId) -> TermId {
    let begin = match store.node(from) {
        Node::Number(begin) if begin.is_integer() => begin.to_i64(),
        _ => None,
    };
    let shift = begin.and_then(|begin| {
        let mut shift = 0;
        for factor in store.factors(body) {
            if let Node::Pow(base, exponent) = *store.node(factor)
                && !store.mentions(base, k)
                && let Some([c, rate]) = field.coefficients_in(store, exponent, k).as_deref()
                && let (Node::Number(c), Node::Number(rate)) = (store.node(*c), store.node(*rate))
                && rate.is_one()
            {
                shift = c.is_integer().then(|| c.to_i64())??;
            }
        }
        (0..=LEFT_OUT).contains(&(begin + shift)).then_some(shift)
    });
    match shift {
        Some(shift) => store.integer(shift),
        None => store.neg(from),
    }
}

/// The argument of the first factorial by which a term is divided and that holds the index.
fn factorial(store: &Store, body: TermId, k: Symbol) -> Option<TermId> {
    let mut stack = vec![body];
    while let Some(next) = stack.pop() {
        match store.node(next) {
            Node::Add(parts) | Node::Mul(parts) => stack.extend(parts.iter().rev()),
            Node::Pow(base, _) => {
                if let Node::Function(Function::Factorial, below) = store.node(*base)
                    && let [below] = below.as_ref()
                    && store.mentions(*below, k)
                {
                    return Some(*below);
                }
                stack.push(*base);
            }
            _ => {}
        }
    }
    None
}

/// 1/f, 1/b^c as b^(−c).
fn inverse(store: &mut Store, factor: TermId, minus: TermId) -> TermId {
    match *store.node(factor) {
        Node::Pow(base, exponent) => {
            let exponent = store.neg(exponent);
            store.pow(base, exponent)
        }
        _ => store.pow(factor, minus),
    }
}

/// A product as (base, how often divided by k!, polynomial in k): base^k / k!^often · polynomial.
fn apart(
    store: &mut Store,
    field: &mut Field,
    factors: &[TermId],
    k: Symbol,
) -> Option<(TermId, usize, TermId)> {
    let (mut bases, mut over, mut rest) = (Vec::new(), 0, Vec::new());
    for factor in factors.iter().copied() {
        if !store.mentions(factor, k) {
            rest.push(factor);
            continue;
        }
        match *store.node(factor) {
            Node::Pow(base, exponent) if !store.mentions(base, k) => {
                let coefficients = field.coefficients_in(store, exponent, k)?;
                let [still, rate] = *coefficients.as_slice() else {
                    return None;
                };
                bases.push(store.pow(base, rate));
                rest.push(store.pow(base, still));
            }
            Node::Pow(base, exponent)
                if matches!(store.node(base), Node::Function(Function::Factorial, u)
                    if u.first().is_some_and(|u| matches!(store.node(*u), Node::Symbol(s) if *s == k)))
                    && matches!(store.node(exponent), Node::Number(e) if e.to_i64() == Some(-1)) =>
            {
                over += 1;
            }
            _ => rest.push(factor),
        }
    }
    let base = store.mul(&bases);
    let base = field.normal(store, base)?;
    Some((base, over, store.mul(&rest)))
}

/// The coefficients of 1, k, k(k − 1), … of a polynomial in k.
pub fn falling(
    store: &mut Store,
    field: &mut Field,
    polynomial: TermId,
    k: Symbol,
) -> Option<Vec<TermId>> {
    let powers = field.coefficients_in(store, polynomial, k)?;
    if powers.len() > 9 {
        return None;
    }
    // Stirling's numbers of the second kind: k^d = Σ S(d, m) k(k − 1)…(k − m + 1).
    let mut stirling = vec![1i64];
    let mut sums: Vec<Vec<TermId>> = vec![Vec::new(); powers.len()];
    for c in &powers {
        for (sum, count) in sums.iter_mut().zip(&stirling) {
            let count = store.integer(*count);
            sum.push(store.mul(&[count, *c]));
        }
        let mut next = vec![0; stirling.len() + 1];
        for (m, count) in stirling.iter().enumerate() {
            next[m] += count * i64::try_from(m).unwrap_or(0);
            next[m + 1] += count;
        }
        stirling = next;
    }
    sums.iter()
        .map(|sum| {
            let sum = store.add(sum);
            field.normal(store, sum)
        })
        .collect()
}

/// Whether an upper bound is ∞.
#[must_use]
pub fn is_endless(store: &Store, upper: TermId) -> bool {
    matches!(store.node(upper), Node::Constant(Constant::Infinity))
}
