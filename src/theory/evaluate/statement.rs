//! The truth of statements, atom by atom: an atom with an undefined term is not true, and its
//! negation is not true either.

use super::evaluator::{Evaluator, MOST_TERMS};
use super::model::PERIOD;
use super::quantity::Quantity;
use super::real::Stop;
use crate::number::{Enclosure, Rational};
use crate::term::{Node, Relation, TermId};

impl<E: Enclosure> Evaluator<'_, E> {
    /// Whether a statement (or, unless `positive`, its negation) is true; `None` where that was
    /// not decided.
    pub fn truth(&mut self, statement: TermId, positive: bool) -> Option<bool> {
        let store = self.store;
        match store.node(statement) {
            Node::Truth(value) => Some(*value == positive),
            Node::Not(inner) => self.truth(*inner, !positive),
            Node::And(parts) => self.join(parts, positive, positive),
            Node::Or(parts) => self.join(parts, positive, !positive),
            Node::Relation(relation, a, b) => {
                let relation = *relation;
                if self.is_about_arrays(*a) || self.is_about_arrays(*b) {
                    return self.arrays_relate(relation, *a, *b, positive);
                }
                let sides = [*a, *b];
                let sides = match self.all(&sides) {
                    Ok(sides) => sides,
                    Err(Stop::Undefined) => return Some(false),
                    Err(stop) => {
                        self.wants_digits |= stop == Stop::Precision;
                        return None;
                    }
                };
                let [left, right] = sides.as_slice() else {
                    return None;
                };
                let holds = self.holds(relation, left, right)?;
                Some(holds == positive)
            }
            Node::Element(outcome, event)
                if matches!(store.node(*event), Node::Symbol(_) | Node::Member(..)) =>
            {
                Some(self.happens(*outcome, *event)? == positive)
            }
            Node::Element(element, set) => {
                let value = match self.quantity(*element) {
                    Ok(value) => value,
                    Err(Stop::Undefined) => return Some(false),
                    Err(stop) => {
                        self.wants_digits |= stop == Stop::Precision;
                        return None;
                    }
                };
                let inside = self.element(&value, *set)?;
                Some(inside == positive)
            }
            Node::Has(quality, of) => {
                if self.is_family(*of) {
                    return None;
                }
                match self.tensor(*of) {
                    Ok(value) => Some(self.has(*quality, &value)? == positive),
                    Err(Stop::Undefined) => Some(false),
                    Err(stop) => {
                        self.wants_digits |= stop == Stop::Precision;
                        None
                    }
                }
            }
            Node::ForAll(number, body, set) => self.for_all(*number, *body, *set, positive),
            _ => None,
        }
    }

    fn arrays_relate(
        &mut self,
        relation: Relation,
        a: TermId,
        b: TermId,
        positive: bool,
    ) -> Option<bool> {
        let (left, right) = (self.tensor(a), self.tensor(b));
        if left.as_ref().err() == Some(&Stop::Undefined)
            || right.as_ref().err() == Some(&Stop::Undefined)
        {
            return Some(false);
        }
        match (left, right) {
            (Ok(left), Ok(right)) => Some(self.tensors_hold(relation, &left, &right)? == positive),
            (left, right) => {
                let precision = |side: &Result<_, Stop>| match side {
                    Err(stop) => *stop == Stop::Precision,
                    Ok(_) => true,
                };
                self.wants_digits |= precision(&left) && precision(&right);
                None
            }
        }
    }

    /// All of them (`every`) or one of them.
    fn join(&mut self, parts: &[TermId], positive: bool, every: bool) -> Option<bool> {
        let mut unsure = false;
        for part in parts {
            match self.truth(*part, positive) {
                Some(value) if value != every => return Some(!every),
                Some(_) => {}
                None => unsure = true,
            }
        }
        (!unsure).then_some(every)
    }

    /// Whether a value lies in a set; undefined ends make it false either way, so they stay
    /// undecided.
    fn element(&mut self, value: &Quantity<E>, set: TermId) -> Option<bool> {
        let store = self.store;
        match store.node(set) {
            Node::Reals => Some(true),
            Node::Integers => self.whole(value),
            Node::Naturals => {
                let zero = Quantity::integer(0);
                match self.holds(Relation::LessEqual, &zero, value) {
                    Some(false) => Some(false),
                    Some(true) => self.whole(value),
                    None => None,
                }
            }
            Node::Finite(members) => {
                let mut unsure = false;
                for member in members {
                    match self.quantity(*member) {
                        Ok(member) => match self.holds(Relation::Equal, value, &member) {
                            Some(true) => return Some(true),
                            Some(false) => {}
                            None => unsure = true,
                        },
                        Err(_) => unsure = true,
                    }
                }
                (!unsure).then_some(false)
            }
            Node::Interval(low, high, with_low, with_high) => {
                let above = self.beyond(*low, value, *with_low, false);
                let below = self.beyond(*high, value, *with_high, true);
                match (above, below) {
                    (Some(false), _) | (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                }
            }
            Node::Range(low, high) => {
                let whole = self.whole(value);
                let above = self.beyond(*low, value, true, false);
                let below = self.beyond(*high, value, true, true);
                match (whole, above, below) {
                    (Some(false), _, _) | (_, Some(false), _) | (_, _, Some(false)) => Some(false),
                    (Some(true), Some(true), Some(true)) => Some(true),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether the value lies on the right side of an end of an interval.
    fn beyond(
        &mut self,
        end: TermId,
        value: &Quantity<E>,
        closed: bool,
        upper: bool,
    ) -> Option<bool> {
        if let Some(sign) = self.infinite(end) {
            return Some((sign > 0) == upper);
        }
        let end = self.quantity(end).ok()?;
        let relation = if closed {
            Relation::LessEqual
        } else {
            Relation::Less
        };
        if upper {
            self.holds(relation, value, &end)
        } else {
            self.holds(relation, &end, value)
        }
    }

    /// 1 for ∞, −1 for −∞.
    pub(super) fn infinite(&self, term: TermId) -> Option<i32> {
        use crate::term::Constant;
        match self.store.node(term) {
            Node::Constant(Constant::Infinity) => Some(1),
            Node::Mul(factors) => match **factors {
                [minus, infinity]
                    if self.infinite(infinity) == Some(1)
                        && matches!(self.store.node(minus), Node::Number(n) if n.signum() < 0) =>
                {
                    Some(-1)
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn whole(&mut self, value: &Quantity<E>) -> Option<bool> {
        let value = value.as_real()?;
        if let Some(value) = value.as_exact() {
            return Some(value.is_integer());
        }
        let (low, high) = value.bounds();
        if low.ceil() > high {
            return Some(false);
        }
        self.wants_digits = true;
        None
    }

    /// Whether the bound variable stands as the only index of members of families and nowhere else.
    fn is_pointwise(&self, body: TermId, number: u32) -> bool {
        let mut stack = vec![body];
        while let Some(term) = stack.pop() {
            if self.store.is_closed(term) {
                continue;
            }
            match self.store.node(term) {
                Node::Bound(n) if *n == number => return false,
                Node::Member(_, indices) if indices.len() == 1 => {
                    let own = |t: &TermId| *self.store.node(*t) == Node::Bound(number);
                    if !indices.iter().all(own) {
                        stack.extend(indices.iter().copied());
                    }
                }
                node => node.for_each_child(|child| stack.push(child)),
            }
        }
        true
    }

    fn for_all(&mut self, number: u32, body: TermId, set: TermId, positive: bool) -> Option<bool> {
        let store = self.store;
        let (candidates, complete): (Vec<Quantity<E>>, bool) = match store.node(set) {
            Node::Finite(members) => {
                let mut values = Vec::new();
                for member in members {
                    values.push(self.quantity(*member).ok()?);
                }
                (values, true)
            }
            Node::Range(low, high) => {
                let (low, high) = (self.integer(*low).ok()?, self.integer(*high).ok()?);
                if high.checked_sub(low)? > MOST_TERMS {
                    return None;
                }
                ((low..=high).map(Quantity::integer).collect(), true)
            }
            Node::Naturals | Node::Integers => {
                // Members that are drawn repeat, so one period and the listed ones say all about a
                // body that looks at nothing but the members with that index.
                let repeats = self.model.seed.is_some() && self.is_pointwise(body, number);
                let naturals = matches!(store.node(set), Node::Naturals);
                let mut indices = self.model.listed_indices();
                indices.extend(0..PERIOD);
                if naturals {
                    indices.retain(|k| *k >= 0);
                } else if !repeats {
                    indices.extend(-3..0);
                }
                (
                    indices.into_iter().map(Quantity::integer).collect(),
                    repeats,
                )
            }
            _ => {
                let mut values = Vec::new();
                for value in [(0, 1), (1, 1), (-1, 1), (2, 1), (1, 2), (-3, 2)] {
                    let value = Rational::new(value.0, value.1)?;
                    let value = Quantity::exact(value);
                    if self.element(&value, set) == Some(true) {
                        values.push(value);
                    }
                }
                (values, false)
            }
        };
        // ∀ fails at one member at which its body does; the negation holds at one at which the
        // negated body is true.
        let mut unsure = !complete;
        for value in candidates {
            let at = self.with(number, value, |inner| inner.truth(body, positive));
            match at {
                Some(true) if !positive => return Some(true),
                Some(false) if positive => return Some(false),
                Some(_) => {}
                None => unsure = true,
            }
        }
        (!unsure).then_some(positive)
    }
}
