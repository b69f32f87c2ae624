//! Angles: all arguments of sine and cosine in a step are integer combinations of a few base
//! angles; the addition theorems take every sine and cosine to those of the base angles.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};
use rustc_hash::{FxHashMap, FxHashSet};

use super::congruence::with_parts;
use super::engine::Engine;
use super::line::Line;
use crate::number::Rational;
use crate::term::{Constant, Function, Node, Store, TermId};

/// How far a sum of angles is taken apart: the sum of the multiples.
const REACH: i64 = 12;

/// A linear combination of products, which are terms.
type Combination = BTreeMap<TermId, Rational>;

/// Splits a term into rational multiples of products of other terms.
pub fn combination(store: &mut Store, term: TermId) -> Option<Combination> {
    let mut found = Combination::new();
    gather(store, term, &Rational::one(), &mut found, 3)?;
    found.retain(|_, coefficient| !coefficient.is_zero());
    Some(found)
}

fn gather(
    store: &mut Store,
    term: TermId,
    factor: &Rational,
    into: &mut Combination,
    depth: u32,
) -> Option<()> {
    if into.len() > 64 {
        return None;
    }
    match store.node(term).clone() {
        Node::Number(value) => {
            let one = store.integer(1);
            put(into, one, &value.mul(factor));
        }
        Node::Add(parts) => {
            for part in parts.iter() {
                gather(store, *part, factor, into, depth)?;
            }
        }
        Node::Mul(factors) => {
            let mut number = factor.clone();
            let mut others = Vec::new();
            let mut sum = None;
            for f in factors.iter() {
                match store.node(*f) {
                    Node::Number(value) => number = number.mul(value),
                    Node::Pow(base, exponent)
                        if power_of_number(store, *base, *exponent).is_some() =>
                    {
                        let value = power_of_number(store, *base, *exponent)?;
                        number = number.mul(&value);
                    }
                    Node::Add(parts) if sum.is_none() => sum = Some(parts.to_vec()),
                    Node::Add(_) => {}
                    _ => others.push(*f),
                }
            }
            if let Some(parts) = sum.filter(|_| depth > 0) {
                let mut skipped = false;
                others.extend(factors.iter().copied().filter(|f| {
                    matches!(store.node(*f), Node::Add(_)) && std::mem::replace(&mut skipped, true)
                }));
                for part in parts {
                    let mut product = others.clone();
                    product.push(part);
                    let product = store.mul(&product);
                    gather(store, product, &number, into, depth - 1)?;
                }
                return Some(());
            }
            // A sum that is not distributed any more, or none.
            others.extend(
                factors
                    .iter()
                    .copied()
                    .filter(|f| matches!(store.node(*f), Node::Add(_))),
            );
            let product = product_of(store, &others);
            put(into, product, &number);
        }
        _ => put(into, term, factor),
    }
    Some(())
}

/// 4^−1 is a number.
fn power_of_number(store: &Store, base: TermId, exponent: TermId) -> Option<Rational> {
    match (store.node(base), store.node(exponent)) {
        (Node::Number(b), Node::Number(e)) => b.pow(e.to_i64()?),
        _ => None,
    }
}

fn put(into: &mut Combination, term: TermId, value: &Rational) {
    let entry = into.entry(term).or_insert_with(Rational::zero);
    *entry = entry.add(value);
}

/// The product with factors in order and powers gathered.
fn product_of(store: &mut Store, factors: &[TermId]) -> TermId {
    let mut powers: BTreeMap<TermId, i64> = BTreeMap::new();
    for factor in factors {
        let (base, exponent) = match store.node(*factor) {
            Node::Pow(base, exponent) => match store.node(*exponent) {
                Node::Number(value) => match value.to_i64() {
                    Some(n) => (*base, n),
                    None => (*factor, 1),
                },
                _ => (*factor, 1),
            },
            _ => (*factor, 1),
        };
        *powers.entry(base).or_insert(0) += exponent;
    }
    let mut product = Vec::new();
    for (base, exponent) in powers {
        if exponent == 1 {
            product.push(base);
        } else if exponent != 0 {
            let exponent = store.integer(exponent);
            product.push(store.pow(base, exponent));
        }
    }
    store.mul(&product)
}

/// The base angles of a step.
pub struct Angles {
    /// The products that the angles are combinations of; π apart.
    monomials: Vec<TermId>,
    /// Rows in echelon form.
    rows: Vec<Vec<Rational>>,
    pi: TermId,
    lines: FxHashMap<TermId, Line>,
}

impl Angles {
    /// The base angles of all sines and cosines in the terms; `None` if there are none.
    pub fn of(store: &mut Store, terms: &[TermId]) -> Option<Self> {
        let pi = store.constant(Constant::Pi);
        let mut arguments = Vec::new();
        let mut seen = FxHashSet::default();
        let mut stack = terms.to_vec();
        while let Some(term) = stack.pop() {
            if !seen.insert(term) || !store.is_closed(term) {
                continue;
            }
            let node = store.node(term);
            if let Node::Function(Function::Sin | Function::Cos, xs) = node {
                arguments.push(xs[0]);
                continue;
            }
            node.for_each_child(|child| stack.push(child));
        }
        if arguments.is_empty() {
            return None;
        }
        arguments.sort_unstable();
        arguments.dedup();
        let combinations: Vec<Combination> = arguments
            .iter()
            .filter_map(|argument| combination(store, *argument))
            .collect();
        let mut monomials: Vec<TermId> = combinations
            .iter()
            .flat_map(|c| c.keys().copied())
            .filter(|m| *m != pi)
            .collect();
        monomials.sort_unstable();
        monomials.dedup();
        let rows = echelon(
            combinations
                .iter()
                .map(|c| {
                    monomials
                        .iter()
                        .map(|m| c.get(m).cloned().unwrap_or_else(Rational::zero))
                        .collect()
                })
                .collect(),
        );
        Some(Angles {
            monomials,
            rows,
            pi,
            lines: FxHashMap::default(),
        })
    }

    /// The line to the term with sines and cosines of base angles only.
    pub fn expand(&mut self, engine: &mut Engine, term: TermId) -> Line {
        if let Some(known) = self.lines.get(&term) {
            return known.clone();
        }
        let node = engine.store.node(term).clone();
        let line = match &node {
            Node::Function(function @ (Function::Sin | Function::Cos), arguments) => self
                .function(engine, *function == Function::Sin, arguments[0])
                .unwrap_or_else(|| Line::start(term)),
            _ if node.binds().is_some() => Line::start(term),
            _ => {
                let mut children = Vec::new();
                node.for_each_child(|child| children.push(child));
                let mut parts = Vec::new();
                for (place, child) in children.into_iter().enumerate() {
                    let line = self.expand(engine, child);
                    if !line.is_still() {
                        parts.push((u32::try_from(place).unwrap_or(u32::MAX), line));
                    }
                }
                with_parts(engine.store, term, parts)
            }
        };
        self.lines.insert(term, line.clone());
        line
    }

    fn function(&mut self, engine: &mut Engine, sine: bool, argument: TermId) -> Option<Line> {
        let combination = combination(engine.store, argument)?;
        let turn = combination
            .get(&self.pi)
            .cloned()
            .unwrap_or_else(Rational::zero);
        let mut rest: Vec<Rational> = self
            .monomials
            .iter()
            .map(|m| combination.get(m).cloned().unwrap_or_else(Rational::zero))
            .collect();
        let mut pieces = Vec::new();
        let mut total = 0;
        for row in &self.rows {
            let pivot = row.iter().position(|c| !c.is_zero())?;
            let count = rest[pivot].div(&row[pivot])?.to_i64()?;
            total += count.abs();
            for (c, r) in rest.iter_mut().zip(row) {
                *c = c.sub(&r.mul(&Rational::from(count)));
            }
            if count != 0 {
                pieces.push((count, row.clone()));
            }
        }
        if total > REACH || rest.iter().any(|c| !c.is_zero()) {
            return None;
        }
        let pieces: Vec<(i64, TermId)> = pieces
            .into_iter()
            .map(|(count, row)| (count, self.angle(engine.store, &row)))
            .collect();
        let start = apply(engine.store, sine, argument);
        let whole = self.whole(engine.store, &pieces, &turn);
        let mut line = Line::start(start);
        if whole != argument {
            // Spell the argument as the combination.
            let spelled = apply(engine.store, sine, whole);
            line.push(spelled, super::line::Why::Ring);
        }
        let rest = self.pieces(engine, sine, &pieces, &turn)?;
        line.append(&rest);
        Some(line)
    }

    /// The angle of a row.
    fn angle(&self, store: &mut Store, row: &[Rational]) -> TermId {
        let mut parts = Vec::new();
        for (monomial, coefficient) in self.monomials.iter().zip(row) {
            if coefficient.is_zero() {
                continue;
            }
            parts.push(multiple(store, coefficient, *monomial));
        }
        store.add(&parts)
    }

    fn whole(&self, store: &mut Store, pieces: &[(i64, TermId)], turn: &Rational) -> TermId {
        let mut parts: Vec<TermId> = pieces
            .iter()
            .map(|(count, angle)| multiple(store, &Rational::from(*count), *angle))
            .collect();
        if !turn.is_zero() {
            parts.push(multiple(store, turn, self.pi));
        }
        store.add(&parts)
    }

    /// sin or cos of Σ count·angle + turn·π.
    fn pieces(
        &mut self,
        engine: &mut Engine,
        sine: bool,
        pieces: &[(i64, TermId)],
        turn: &Rational,
    ) -> Option<Line> {
        let whole = self.whole(engine.store, pieces, turn);
        let start = apply(engine.store, sine, whole);
        if let Some(known) = self.lines.get(&start)
            && !known.is_still()
        {
            return Some(known.clone());
        }
        let mut line = Line::start(start);
        match pieces {
            [] => self.value(engine, sine, turn, &mut line)?,
            [(1, angle)] if turn.is_zero() => {
                if matches!(engine.store.node(*angle), Node::Number(n) if n.is_zero()) {
                    return None;
                }
                self.half_turns(engine, sine, *angle, &mut line);
            }
            [(count, angle)] if turn.is_zero() && *count < 0 => {
                let positive = self.whole(engine.store, &[(-count, *angle)], turn);
                let name = negative_rule(sine);
                if !engine.by_rule(&mut line, name, &[("u", positive)]) {
                    return None;
                }
                let inner = self.pieces(engine, sine, &[(-count, *angle)], turn)?;
                self.inside(engine, &mut line, vec![inner]);
            }
            [(count, angle)] if turn.is_zero() => {
                let half = count / 2;
                self.sum(
                    engine,
                    sine,
                    &mut line,
                    (&[(half, *angle)], &Rational::zero()),
                    (&[(count - half, *angle)], turn),
                )?;
            }
            [first, rest @ ..] => {
                let first = [*first];
                self.sum(
                    engine,
                    sine,
                    &mut line,
                    (&first, &Rational::zero()),
                    (rest, turn),
                )?;
            }
        }
        self.lines.insert(start, line.clone());
        Some(line)
    }

    fn sum(
        &mut self,
        engine: &mut Engine,
        sine: bool,
        line: &mut Line,
        a: (&[(i64, TermId)], &Rational),
        b: (&[(i64, TermId)], &Rational),
    ) -> Option<()> {
        let first = self.whole(engine.store, a.0, a.1);
        let second = self.whole(engine.store, b.0, b.1);
        let name = if sine {
            "trigonometry.sine-of-sum"
        } else {
            "trigonometry.cosine-of-sum"
        };
        if !engine.by_rule(line, name, &[("a", first), ("b", second)]) {
            return None;
        }
        let mut inner = Vec::new();
        for sine in [true, false] {
            inner.push(self.pieces(engine, sine, a.0, a.1)?);
            inner.push(self.pieces(engine, sine, b.0, b.1)?);
        }
        self.inside(engine, line, inner);
        Some(())
    }

    fn inside(&mut self, engine: &mut Engine, line: &mut Line, inner: Vec<Line>) {
        let table: FxHashMap<TermId, Line> = inner
            .into_iter()
            .filter(|line| !line.is_still())
            .map(|line| (line.from, line))
            .collect();
        let rest = super::congruence::congruence(engine.store, line.to, &table, 3);
        line.append(&rest);
    }

    /// sin or cos of n·π for an integer n.
    fn half_turns(&self, engine: &mut Engine, sine: bool, angle: TermId, line: &mut Line) {
        let Node::Mul(factors) = engine.store.node(angle).clone() else {
            return;
        };
        let Some(place) = factors.iter().position(|factor| *factor == self.pi) else {
            return;
        };
        let mut others = factors.to_vec();
        others.remove(place);
        let n = engine.store.mul(&others);
        if engine.is_integer(n) {
            let name = if sine {
                "trigonometry.sine-of-multiple-of-pi"
            } else {
                "trigonometry.cosine-of-multiple-of-pi"
            };
            engine.by_rule(line, name, &[("n", n)]);
        }
    }

    /// sin or cos of turn·π.
    fn value(
        &mut self,
        engine: &mut Engine,
        sine: bool,
        turn: &Rational,
        line: &mut Line,
    ) -> Option<()> {
        let twelfths = turn.mul(&Rational::from(12)).to_i64();
        let Some(twelfths) = twelfths else {
            return Some(());
        };
        if twelfths < 0 {
            let positive = multiple(engine.store, &turn.neg(), self.pi);
            if !engine.by_rule(line, negative_rule(sine), &[("u", positive)]) {
                return None;
            }
            let inner = self.pieces(engine, sine, &[], &turn.neg())?;
            self.inside(engine, line, vec![inner]);
            return Some(());
        }
        if twelfths > 6 {
            let less = turn.sub(&Rational::new(1, 2)?);
            let u = multiple(engine.store, &less, self.pi);
            let name = if sine {
                "trigonometry.sine-of-right-angle-more"
            } else {
                "trigonometry.cosine-of-right-angle-more"
            };
            if !engine.by_rule(line, name, &[("u", u)]) {
                return None;
            }
            let inner = self.pieces(engine, !sine, &[], &less)?;
            self.inside(engine, line, vec![inner]);
            return Some(());
        }
        let angle = [
            "zero",
            "pi-twelfth",
            "pi-sixth",
            "pi-quarter",
            "pi-third",
            "five-twelfths",
            "right-angle",
        ]
        .get(usize::try_from(twelfths).ok()?)?;
        let function = if sine { "sine" } else { "cosine" };
        engine
            .by_rule(line, &format!("trigonometry.{function}-of-{angle}"), &[])
            .then_some(())
    }
}

fn negative_rule(sine: bool) -> &'static str {
    if sine {
        "trigonometry.sine-of-negative"
    } else {
        "trigonometry.cosine-of-negative"
    }
}

fn apply(store: &mut Store, sine: bool, argument: TermId) -> TermId {
    let function = if sine { Function::Sin } else { Function::Cos };
    store.function(function, &[argument])
}

fn multiple(store: &mut Store, coefficient: &Rational, term: TermId) -> TermId {
    if coefficient.is_one() {
        return term;
    }
    if let Node::Number(value) = store.node(term) {
        let value = value.mul(coefficient);
        return store.number(value);
    }
    let coefficient = store.number(coefficient.clone());
    store.mul(&[coefficient, term])
}

/// A basis of the lattice that rows generate over the integers, in echelon form (Hermite).
fn echelon(rows: Vec<Vec<Rational>>) -> Vec<Vec<Rational>> {
    let mut common = BigInt::from(1);
    for c in rows.iter().flatten() {
        common = common.lcm(&c.denominator());
    }
    let mut rows: Vec<Vec<BigInt>> = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|c| c.numerator() * (&common / c.denominator()))
                .collect()
        })
        .collect();
    let width = rows.first().map_or(0, Vec::len);
    let mut done = 0;
    for column in 0..width {
        loop {
            // The row with the smallest entry that is not 0 divides the others.
            let pivot = (done..rows.len())
                .filter(|r| !rows[*r][column].is_zero())
                .min_by_key(|r| rows[*r][column].abs());
            let Some(pivot) = pivot else {
                break;
            };
            rows.swap(done, pivot);
            if rows[done][column].is_negative() {
                rows[done].iter_mut().for_each(|c| *c = -&*c);
            }
            let leader = rows[done].clone();
            let mut clean = true;
            for row in rows.iter_mut().skip(done + 1) {
                let quotient = row[column].div_floor(&leader[column]);
                if !quotient.is_zero() {
                    for (c, l) in row.iter_mut().zip(&leader) {
                        *c -= &quotient * l;
                    }
                }
                clean &= row[column].is_zero();
            }
            if clean {
                done += 1;
                break;
            }
        }
    }
    rows.truncate(done);
    rows.into_iter()
        .map(|row| {
            row.into_iter()
                .map(|c| Rational::from_big(num_rational::BigRational::new(c, common.clone())))
                .collect()
        })
        .collect()
}
