//! The rule that the members of a sequence follow of which the first ones and the last are known:
//! `1, 3, …, 2n − 1`, `a, a r, …, a rⁿ`. Where no rule fits, or more than one, there is none.

use super::evaluate::{Assignment, Value, evaluate};
use super::field;
use crate::number::Rational;
use crate::term::{Constant, Node, Store, Symbol, TermId};

/// A rule for the members of a sequence.
pub struct Progression {
    /// The member at the letter.
    pub member: TermId,
    /// The letter that counts.
    pub letter: Symbol,
    /// Where it begins.
    pub first: TermId,
    /// Where it ends.
    pub last: TermId,
}

/// How far the first member may lie from 0.
const NEAR: std::ops::RangeInclusive<i64> = -3..=12;

/// As many members of a progression of numbers are counted one by one.
const COUNTED: i64 = 512;

/// The largest whole exponent that is taken apart.
const MOST: i64 = 64;

/// The longest member that is counted to, in bits.
const LONG: u64 = 4096;

/// Digits that numbers are worked out to.
const DIGITS: u32 = 20;

impl Progression {
    /// The rule of a sequence that begins with these members and ends with this one.
    pub fn up_to(store: &mut Store, leading: &[TermId], last: TermId) -> Option<Self> {
        if let Some(found) = by_letter(store, leading, last) {
            return Some(found);
        }
        let steps = by_steps(store, leading, last);
        match (steps, by_powers(store, leading, Some(last))) {
            (Some(found), None) | (None, Some(found)) => Some(found),
            // 1, 2, …, 64: 64 numbers, or 7 powers?
            _ => None,
        }
    }

    /// The rule of a sequence without an end: that of its general member, or that of powers.
    pub fn endless(store: &mut Store, leading: &[TermId], general: Option<TermId>) -> Option<Self> {
        match general {
            Some(general) => {
                let infinity = store.constant(Constant::Infinity);
                let mut found = by_letter(store, leading, general)?;
                found.last = infinity;
                Some(found)
            }
            None if leading.len() < 3 => None,
            None => by_powers(store, leading, None),
        }
    }
}

/// The last member names a letter that the first ones do not: it is theirs with the letter in
/// the place of a number.
fn by_letter(store: &mut Store, leading: &[TermId], last: TermId) -> Option<Progression> {
    let known: Vec<Symbol> = leading
        .iter()
        .flat_map(|term| store.symbols(*term))
        .collect();
    let new: Vec<Symbol> = store
        .symbols(last)
        .into_iter()
        .filter(|symbol| !known.contains(symbol))
        .collect();
    let [letter] = new.as_slice() else {
        return None;
    };
    let end = store.add_node(Node::Symbol(*letter));
    let outright = last == end || is_indexed_by(store, last, end);
    if leading.is_empty() || leading.len() == 1 && !outright {
        return None;
    }
    if counts_up(store, leading) && leading.len() == 2 && !differs_by_number(store, last, end) {
        // 1 + 2 + … + 2ⁿ: powers, or all numbers up to there?
        return None;
    }
    let first = NEAR.into_iter().find(|start| {
        leading.iter().zip(*start..).all(|(term, place)| {
            let place = store.integer(place);
            let member = store.substitute(last, *letter, place);
            same(store, member, *term)
        })
    })?;
    let inner = store.fresh_symbol("k");
    let variable = store.add_node(Node::Symbol(inner));
    Some(Progression {
        member: store.substitute(last, *letter, variable),
        letter: inner,
        first: store.integer(first),
        last: end,
    })
}

/// Whether a member of a family with that index stands in the term.
fn is_indexed_by(store: &Store, term: TermId, index: TermId) -> bool {
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        let node = store.node(next);
        if matches!(node, Node::Member(_, indices) if indices.contains(&index)) {
            return true;
        }
        node.for_each_child(|child| stack.push(child));
    }
    false
}

fn all_numbers(store: &Store, terms: &[TermId]) -> Option<Vec<Rational>> {
    terms
        .iter()
        .map(|term| match store.node(*term) {
            Node::Number(n) => Some(n.clone()),
            _ => None,
        })
        .collect()
}

/// Whether the terms are numbers of which each is one more than the one before.
fn counts_up(store: &Store, terms: &[TermId]) -> bool {
    let one = Rational::from(1);
    all_numbers(store, terms)
        .is_some_and(|all| all.windows(2).all(|pair| pair[1].sub(&pair[0]) == one))
}

fn differs_by_number(store: &mut Store, a: TermId, b: TermId) -> bool {
    NEAR.into_iter().any(|number| {
        let number = store.integer(number);
        let sum = store.add(&[b, number]);
        field::equal(store, a, sum)
    })
}

/// Members that grow or fall by one, and numbers that grow by some other number.
fn by_steps(store: &mut Store, leading: &[TermId], last: TermId) -> Option<Progression> {
    let first = *leading.first()?;
    if leading.len() < 2 {
        return None;
    }
    let letter = store.fresh_symbol("k");
    let variable = store.add_node(Node::Symbol(letter));
    for step in [1, -1] {
        let fits = leading.iter().zip(0..).all(|(term, place)| {
            let distance = store.integer(step * place);
            let member = store.add(&[first, distance]);
            same(store, member, *term)
        });
        if fits {
            let (from, to) = if step > 0 {
                (first, last)
            } else {
                (last, first)
            };
            return Some(Progression {
                member: variable,
                letter,
                first: from,
                last: to,
            });
        }
    }
    let numbers = all_numbers(store, leading)?;
    let end = all_numbers(store, &[last])?.pop()?;
    let step = numbers[1].sub(&numbers[0]);
    let even = numbers.windows(2).all(|pair| pair[1].sub(&pair[0]) == step);
    let count = end.sub(&numbers[0]).div(&step)?;
    if !even || !count.is_integer() {
        return None;
    }
    let zero = store.integer(0);
    let step = store.number(step);
    let distance = store.mul(&[step, variable]);
    Some(Progression {
        member: store.add(&[first, distance]),
        letter,
        first: zero,
        last: store.number(count),
    })
}

/// Powers of the same bases, each with an exponent that grows by the same number from member to
/// member.
fn by_powers(store: &mut Store, leading: &[TermId], last: Option<TermId>) -> Option<Progression> {
    let (first, second) = (*leading.first()?, *leading.get(1)?);
    let (start, next) = (Powers::of(store, first), Powers::of(store, second));
    let ratio = next.number.div(&start.number)?;
    let mut bases: Vec<TermId> = start.exponents.iter().map(|(base, _)| *base).collect();
    for (base, _) in &next.exponents {
        if !bases.contains(base) {
            bases.push(*base);
        }
    }
    let letter = store.fresh_symbol("k");
    let variable = store.add_node(Node::Symbol(letter));
    let mut factors = Vec::new();
    if !start.number.is_one() {
        factors.push(store.number(start.number.clone()));
    }
    if !ratio.is_one() {
        let ratio = store.number(ratio.clone());
        factors.push(store.pow(ratio, variable));
    }
    let mut end = None;
    for base in bases {
        let (from, to) = (start.exponent(store, base), next.exponent(store, base));
        let step = difference(store, to, from)?;
        if step.is_zero() {
            factors.push(power(store, base, from));
            continue;
        }
        let grown = if step.is_one() {
            variable
        } else {
            let step = store.number(step.clone());
            store.mul(&[step, variable])
        };
        let exponent = match store.node(from) {
            Node::Number(zero) if zero.is_zero() => grown,
            _ => store.add(&[from, grown]),
        };
        factors.push(store.pow(base, exponent));
        if let Some(last) = last
            && end.is_none()
        {
            let until = Powers::of(store, last).exponent(store, base);
            end = Some(steps_between(store, from, until, &step));
        }
    }
    let member = store.mul(&factors);
    let found = Progression {
        member,
        letter,
        first: store.integer(0),
        last: match (last, end) {
            (None, _) => store.constant(Constant::Infinity),
            (Some(_), Some(end)) => end,
            (Some(last), None) => count_to(store, &start.number, &ratio, last)?,
        },
    };
    let fits = leading.iter().zip(0..).all(|(term, place)| {
        let place = store.integer(place);
        let member = store.substitute(member, letter, place);
        same(store, member, *term)
    });
    let ends = last.is_none_or(|last| {
        let member = store.substitute(member, letter, found.last);
        same(store, member, last)
    });
    let moves = !ratio.is_one() || end.is_some() || last.is_none();
    (fits && ends && moves).then_some(found)
}

/// A number times powers.
struct Powers {
    number: Rational,
    exponents: Vec<(TermId, TermId)>,
}

impl Powers {
    fn of(store: &mut Store, term: TermId) -> Self {
        let mut powers = Self {
            number: Rational::one(),
            exponents: Vec::new(),
        };
        powers.take(store, term, 1);
        powers
    }

    /// Takes a power of a term with a whole exponent in.
    fn take(&mut self, store: &mut Store, term: TermId, times: i64) {
        match store.node(term).clone() {
            Node::Mul(factors) => {
                for factor in factors.iter() {
                    self.take(store, *factor, times);
                }
            }
            Node::Number(number) if number.pow(times).is_some() => {
                let number = number.pow(times).unwrap_or_else(Rational::one);
                self.number = self.number.mul(&number);
            }
            Node::Pow(base, exponent) => {
                let whole = match store.node(exponent) {
                    Node::Number(exponent) => exponent.to_i64(),
                    _ => None,
                };
                match whole.and_then(|whole| whole.checked_mul(times)) {
                    Some(whole) if whole.abs() <= MOST => self.take(store, base, whole),
                    _ if times == 1 => self.exponents.push((base, exponent)),
                    _ => {
                        let times = store.integer(times);
                        let exponent = store.mul(&[times, exponent]);
                        self.exponents.push((base, exponent));
                    }
                }
            }
            _ => {
                let exponent = store.integer(times);
                self.exponents.push((term, exponent));
            }
        }
    }

    /// The exponent of a base: 0 of one that does not stand there.
    fn exponent(&self, store: &mut Store, base: TermId) -> TermId {
        let all: Vec<TermId> = self
            .exponents
            .iter()
            .filter(|(known, _)| *known == base)
            .map(|(_, exponent)| *exponent)
            .collect();
        match all.as_slice() {
            [] => store.integer(0),
            [one] => *one,
            _ => store.add(&all),
        }
    }
}

fn power(store: &mut Store, base: TermId, exponent: TermId) -> TermId {
    match store.node(exponent) {
        Node::Number(one) if one.is_one() => base,
        _ => store.pow(base, exponent),
    }
}

/// a − b where it is a number.
fn difference(store: &mut Store, a: TermId, b: TermId) -> Option<Rational> {
    if let (Node::Number(a), Node::Number(b)) = (store.node(a), store.node(b)) {
        return Some(a.sub(b));
    }
    NEAR.into_iter().find_map(|number| {
        let distance = store.integer(number);
        let sum = store.add(&[b, distance]);
        field::equal(store, a, sum).then(|| Rational::from(number))
    })
}

/// How many steps lead from an exponent to another.
fn steps_between(store: &mut Store, from: TermId, to: TermId, step: &Rational) -> TermId {
    let is_zero =
        |store: &Store, term| matches!(store.node(term), Node::Number(zero) if zero.is_zero());
    if step.is_one() && is_zero(store, from) {
        return to;
    }
    if step.neg().is_one() && is_zero(store, to) {
        return from;
    }
    let way = store.sub(to, from);
    let step = store.number(step.clone());
    store.div(way, step)
}

/// The exponent with which the ratio of numbers makes the last member of the first.
fn count_to(store: &mut Store, first: &Rational, ratio: &Rational, last: TermId) -> Option<TermId> {
    let base = store.number(ratio.clone());
    let beginning = store.number(first.clone());
    for symbol in store.symbols(last) {
        let letter = store.add_node(Node::Symbol(symbol));
        for offset in [0, -1, 1, -2] {
            let count = match offset {
                0 => letter,
                _ => {
                    let offset = store.integer(offset);
                    store.add(&[letter, offset])
                }
            };
            let power = store.pow(base, count);
            let member = store.mul(&[beginning, power]);
            if same(store, member, last) {
                return Some(count);
            }
        }
    }
    let end = all_numbers(store, &[last])?.pop()?;
    let mut member = first.clone();
    for count in 0..COUNTED {
        if member == end {
            return Some(store.integer(count));
        }
        member = member.mul(ratio);
        if member.bits() > LONG {
            break;
        }
    }
    None
}

/// Whether two terms are equal where both have values.
fn same(store: &mut Store, a: TermId, b: TermId) -> bool {
    let (a, b) = (settled(store, a), settled(store, b));
    field::equal(store, a, b)
}

/// The term with the numbers in it worked out: 0! = 1, x⁰ = 1.
fn settled(store: &mut Store, term: TermId) -> TermId {
    let node = store.node(term).clone();
    if node.binds().is_some() {
        return term;
    }
    let node = node.map_children(|child| settled(store, child));
    let term = store.add_node(node);
    match store.node(term) {
        Node::Pow(_, exponent) if matches!(store.node(*exponent), Node::Number(zero) if zero.is_zero()) => {
            store.integer(1)
        }
        Node::Add(_) | Node::Mul(_) | Node::Pow(..) | Node::Function(..)
            if store.symbols(term).is_empty() =>
        {
            match evaluate(store, term, &Assignment::default(), DIGITS) {
                Value::Exact(number) => store.number(number),
                _ => term,
            }
        }
        _ => term,
    }
}
