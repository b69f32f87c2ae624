//! The truth of statements, atom by atom: an atom with an undefined term is not true, and its
//! negation is not true either.

use std::cmp::Ordering;

use super::evaluate::{Evaluator, MOST};
use super::real::Real;
use super::stop::{Found, Stop};
use crate::kernel::term::{Binder, Head, Id, Q};

const STRANGE: Stop = Stop::Unknown("a statement");

impl Evaluator<'_> {
    /// Whether a statement (or, unless `positive`, its negation) is true.
    pub fn truth(&mut self, statement: Id, positive: bool) -> Found<bool> {
        self.terms.spend(1)?;
        let node = self.terms.node(statement).clone();
        match (&node.head, node.args.as_slice()) {
            (Head::Truth(value), _) => Ok(*value == positive),
            (Head::Not, [inner]) => self.truth(*inner, !positive),
            (Head::And, parts) => self.join(parts, positive, positive),
            (Head::Or, parts) => self.join(parts, positive, !positive),
            (Head::Equal | Head::NotEqual | Head::Less | Head::LessEqual, [a, b]) => {
                match self.relation(&node.head, *a, *b) {
                    Ok(holds) => Ok(holds == positive),
                    Err(Stop::Undefined) => Ok(false),
                    Err(stop) => Err(stop),
                }
            }
            (Head::In, [outcome, event])
                if matches!(self.terms.head(*event), Head::Symbol(_) | Head::Member(_)) =>
            {
                Ok(self.happens(*outcome, *event)? == positive)
            }
            (Head::In, [element, set]) => match self.value(*element) {
                Ok(value) => Ok(self.element(&value, *set)? == positive),
                Err(Stop::Undefined) => Ok(false),
                Err(stop) => Err(stop),
            },
            (Head::Has(quality), [of]) => match self.has(quality, *of) {
                Ok(has) => Ok(has == positive),
                Err(Stop::Undefined) => Ok(false),
                Err(stop) => Err(stop),
            },
            (Head::Binder(Binder::ForAll, _), _) => self.for_all(statement, positive),
            _ => Err(STRANGE),
        }
    }

    /// All of them (`every`) or one of them.
    fn join(&mut self, parts: &[Id], positive: bool, every: bool) -> Found<bool> {
        let mut stop: Option<Stop> = None;
        for part in parts {
            match self.truth(*part, positive) {
                Ok(value) if value != every => return Ok(!every),
                Ok(_) => {}
                Err(other) => stop = Some(stop.map_or(other, |before| before.worse(other))),
            }
        }
        stop.map_or(Ok(every), Err)
    }

    /// Whether a relation holds between two terms; undefined where one of them is.
    pub fn relation(&mut self, head: &Head, a: Id, b: Id) -> Found<bool> {
        if self.is_strange(a) || self.is_strange(b) {
            return self.arrays_relate(head, a, b);
        }
        let sides = self.all(&[a, b])?;
        let [left, right] = sides.as_slice() else {
            return Err(STRANGE);
        };
        // A symbol that stands for a term is that term.
        if a == b || self.stands_for(a, b) || self.stands_for(b, a) {
            return Ok(matches!(head, Head::Equal | Head::LessEqual));
        }
        self.related(head, left, right)
    }

    fn stands_for(&self, name: Id, term: Id) -> bool {
        match self.terms.head(name) {
            Head::Symbol(symbol) => self.meaning.values.get(symbol) == Some(&term),
            _ => false,
        }
    }

    /// Whether a relation holds between two numbers.
    pub fn related(&mut self, head: &Head, left: &Real, right: &Real) -> Found<bool> {
        let bits = self.bits;
        match head {
            Head::Equal => Ok(left.compare(right, bits)? == Ordering::Equal),
            Head::NotEqual => Ok(left.compare(right, bits)? != Ordering::Equal),
            Head::Less => Ok(!right.at_most(left, bits)?),
            _ => left.at_most(right, bits),
        }
    }

    /// Whether a value lies in a set.
    fn element(&mut self, value: &Real, set: Id) -> Found<bool> {
        let bits = self.bits;
        let node = self.terms.node(set).clone();
        match (&node.head, node.args.as_slice()) {
            (Head::Reals, _) => Ok(true),
            (Head::Integers, _) => value.is_integer(bits),
            (Head::Naturals, _) => {
                let above = Real::integer(0).at_most(value, bits);
                if above == Ok(false) {
                    return Ok(false);
                }
                Ok(value.is_integer(bits)? && above?)
            }
            (Head::Finite, members) => {
                let mut stop = None;
                for member in members {
                    let member = self.known(*member);
                    match member.and_then(|m| self.related(&Head::Equal, value, &m)) {
                        Ok(true) => return Ok(true),
                        Ok(false) => {}
                        Err(other) => stop = Some(other),
                    }
                }
                stop.map_or(Ok(false), Err)
            }
            (Head::Interval(with_low, with_high), [low, high]) => {
                let above = self.beyond(*low, value, *with_low, false);
                let below = self.beyond(*high, value, *with_high, true);
                match (above, below) {
                    (Ok(false), _) | (_, Ok(false)) => Ok(false),
                    (above, below) => Ok(above? && below?),
                }
            }
            (Head::Range, [low, high]) => {
                let whole = value.is_integer(bits);
                let above = self.beyond(*low, value, true, false);
                let below = self.beyond(*high, value, true, true);
                match (whole, above, below) {
                    (Ok(false), _, _) | (_, Ok(false), _) | (_, _, Ok(false)) => Ok(false),
                    (whole, above, below) => Ok(whole? && above? && below?),
                }
            }
            _ => Err(STRANGE),
        }
    }

    /// A value that must be there.
    fn known(&mut self, term: Id) -> Found<Real> {
        self.value(term)
            .map_err(|stop| stop.at_most_unknown("a set whose ends have no value"))
    }

    /// Whether a value lies on the right side of an end.
    fn beyond(&mut self, end: Id, value: &Real, closed: bool, upper: bool) -> Found<bool> {
        if let Some(above) = self.infinite(end) {
            return Ok(above == upper);
        }
        let end = self.known(end)?;
        let head = if closed { Head::LessEqual } else { Head::Less };
        if upper {
            self.related(&head, value, &end)
        } else {
            self.related(&head, &end, value)
        }
    }

    /// Whether a term is ∞ (or −∞: `Some(false)`).
    pub fn infinite(&self, term: Id) -> Option<bool> {
        match (self.terms.head(term), self.terms.args(term)) {
            (Head::Constant("infinity"), _) => Some(true),
            (Head::Mul, [sign, infinity])
                if matches!(self.terms.head(*infinity), Head::Constant("infinity")) =>
            {
                let sign = self.terms.value(*sign)?;
                (*sign < Q::from_integer(0.into())).then_some(false)
            }
            _ => None,
        }
    }

    /// ∀ fails at one member at which its body does; its negation holds at one at which the
    /// negated body is true.
    fn for_all(&mut self, statement: Id, positive: bool) -> Found<bool> {
        let (symbol, opened) = self.open(statement)?;
        let [body, set] = opened.as_slice() else {
            return Err(STRANGE);
        };
        let (body, set) = (*body, *set);
        let (members, complete) = self.members(symbol, body, set)?;
        let mut stop = (!complete).then_some(Stop::Unknown("a statement about all of a set"));
        for member in members {
            match self.with(symbol, member, |inner| inner.truth(body, positive)) {
                Ok(true) if !positive => return Ok(true),
                Ok(false) if positive => return Ok(false),
                Ok(_) => {}
                Err(other) => stop = Some(stop.map_or(other, |before| before.worse(other))),
            }
        }
        stop.map_or(Ok(positive), Err)
    }

    /// Members of a set, and whether they say all about the body.
    fn members(&mut self, symbol: u32, body: Id, set: Id) -> Found<(Vec<Real>, bool)> {
        let node = self.terms.node(set).clone();
        match (&node.head, node.args.as_slice()) {
            (Head::Finite, members) => {
                let mut values = Vec::new();
                for member in members {
                    values.push(self.known(*member)?);
                }
                Ok((values, true))
            }
            (Head::Range, [low, high]) => {
                let (low, high) = (self.integer(*low)?, self.integer(*high)?);
                if high.checked_sub(low).is_none_or(|count| count >= MOST) {
                    return Err(Stop::Unknown("a range that is too long"));
                }
                Ok(((low..=high).map(Real::integer).collect(), true))
            }
            (Head::Naturals | Head::Integers, _) => {
                let repeats = self.repeats(symbol, body);
                let mut indices = std::collections::BTreeSet::new();
                match &repeats {
                    Some(places) => indices.extend(places),
                    None => indices.extend(-3..9),
                }
                if node.head == Head::Naturals {
                    indices.retain(|k| *k >= 0);
                }
                let values = indices.into_iter().map(Real::integer).collect();
                Ok((values, repeats.is_some()))
            }
            _ => {
                let mut values = Vec::new();
                for (n, d) in [(0, 1), (1, 1), (-1, 1), (2, 1), (1, 2), (-3, 2)] {
                    let value = Real::Exact(Q::new(n.into(), d.into()));
                    if self.element(&value, set) == Ok(true) {
                        values.push(value);
                    }
                }
                Ok((values, false))
            }
        }
    }

    /// Indices that say all about a body in which the symbol stands as the only index of members
    /// of families alone: those listed, and one period of the others.
    fn repeats(&mut self, symbol: u32, body: Id) -> Option<Vec<i64>> {
        let meaning = self.meaning;
        let mut places = Vec::new();
        let mut period = 1;
        for part in self.terms.subterms(body, |_, _| true) {
            let node = self.terms.node(part);
            let own = |id: &Id| matches!(self.terms.head(*id), Head::Symbol(s) if *s == symbol);
            match &node.head {
                Head::Member(family) if node.args.len() == 1 && node.args.iter().any(own) => {
                    let family = meaning.families.get(&(*family, 1))?;
                    if family.period == 0 {
                        return None;
                    }
                    places.extend(family.members.keys().flatten().copied());
                    // Periods are few; their product is one of all of them.
                    period *= family.period;
                    if period > MOST {
                        return None;
                    }
                }
                _ if node.args.iter().any(own) => return None,
                _ => {}
            }
        }
        if matches!(self.terms.head(body), Head::Symbol(s) if *s == symbol) {
            return None;
        }
        // Beyond those listed, one whole period on each side.
        let low = places.iter().copied().min().unwrap_or(0).min(0);
        let high = places.iter().copied().max().unwrap_or(0).max(0);
        if high - low > MOST {
            return None;
        }
        Some((low - period..=high + period).collect())
    }
}
