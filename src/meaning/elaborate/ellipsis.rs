//! `1 + 2 + … + n`, `x_1 x_2 ⋯ x_n`: sums and products whose middle is left out. What stands before
//! and behind the dots must agree with one rule for all members; where no rule, or more than one,
//! fits, nothing is read.

use super::Unreadable;
use super::reader::{Read, Reader};
use crate::source::Span;
use crate::syntax::{Kind, Relation, Sign, Tree};
use crate::term::{Node, TermId, print};
use crate::theory::progression::Progression;

/// What is made of the members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joined {
    /// Their sum.
    Sum,
    /// Their product.
    Product,
    /// The largest (or least) of them.
    Extremum(bool),
}

/// The factors of a product that is written with signs or without.
pub(super) fn factors(tree: &Tree) -> Vec<Tree> {
    match &tree.kind {
        Kind::Times(a, b) => {
            let mut all = factors(a);
            all.extend(factors(b));
            all
        }
        Kind::Juxtaposition(parts) => parts.clone(),
        _ => vec![tree.clone()],
    }
}

/// Whether dots stand among the factors of a product.
pub(super) fn has_dots(tree: &Tree) -> bool {
    match &tree.kind {
        Kind::Times(a, b) => has_dots(a) || has_dots(b),
        Kind::Juxtaposition(parts) => parts.iter().any(|part| part.kind == Kind::Ellipsis),
        Kind::Ellipsis => true,
        _ => false,
    }
}

impl Reader<'_> {
    /// A sum with dots among its terms.
    pub(super) fn dotted_terms(&mut self, span: Span, terms: &[(Sign, Tree)]) -> Read {
        let mut parts = vec![Vec::new()];
        for (sign, term) in terms {
            if term.kind == Kind::Ellipsis {
                parts.push(Vec::new());
                continue;
            }
            let value = self.term(term)?;
            let value = match sign {
                Sign::Plus => value,
                Sign::Minus => self.store.neg(value),
                _ => return Err(no_rule(span)),
            };
            if let Some(part) = parts.last_mut() {
                part.push(value);
            }
        }
        self.joined(span, Joined::Sum, &parts)
    }

    /// A product with dots among its factors.
    pub(super) fn dotted_factors(&mut self, tree: &Tree) -> Read {
        let all = factors(tree);
        let mut parts = Vec::new();
        for part in all.split(|factor| factor.kind == Kind::Ellipsis) {
            parts.push(self.factors(part)?);
        }
        self.joined(tree.span, Joined::Product, &parts)
    }

    /// `max{x_1, …, x_n}`.
    pub(super) fn dotted_list(&mut self, span: Span, joined: Joined, list: &[Tree]) -> Read {
        let mut parts = Vec::new();
        for part in list.split(|item| item.kind == Kind::Ellipsis) {
            let mut values = Vec::new();
            for item in part {
                values.push(self.term(item)?);
            }
            parts.push(values);
        }
        self.joined(span, joined, &parts)
    }

    /// `x_1 ≤ x_2 ≤ … ≤ x_n`, `x_1 = … = x_n = c`.
    pub(super) fn dotted_chain(&mut self, first: &Tree, rest: &[(Relation, Span, Tree)]) -> Read {
        let trees: Vec<&Tree> = std::iter::once(first)
            .chain(rest.iter().map(|(_, _, tree)| tree))
            .collect();
        let mut all = Vec::new();
        for (place, (relation, sign, right)) in rest.iter().enumerate() {
            let left = trees[place];
            if left.kind != Kind::Ellipsis && right.kind != Kind::Ellipsis {
                all.push(self.relation(left, *relation, *sign, right)?);
                continue;
            }
            if right.kind != Kind::Ellipsis {
                continue;
            }
            // The members before the dots, and the one behind.
            let same = |link: &(Relation, Span, Tree)| link.0 == *relation;
            let back = rest[..place].iter().rev().take_while(|link| same(link));
            let begin = place - back.count();
            let (Some(behind), Some(last)) = (rest.get(place + 1), trees.get(place + 2)) else {
                return Err(no_rule(right.span));
            };
            if !same(behind) || matches!(relation, Relation::NotEqual | Relation::Element) {
                return Err(no_rule(right.span));
            }
            let mut leading = Vec::new();
            for tree in &trees[begin..=place] {
                leading.push(self.term(tree)?);
            }
            let last = self.term(last)?;
            let found = (0..leading.len())
                .find_map(|skip| Progression::up_to(self.store, &leading[skip..], last))
                .ok_or_else(|| no_rule(right.span))?;
            // What all of equal members are equal to.
            let value = match rest.get(place + 2) {
                Some((Relation::Equal, _, value)) => Some(self.term(value)?),
                _ => None,
            };
            self.chained(*relation, &found, value, &mut all);
        }
        Ok(self.join(&all, true))
    }

    /// Each member stands in a relation to the next, and to the first and the last.
    fn chained(
        &mut self,
        relation: Relation,
        found: &Progression,
        value: Option<TermId>,
        all: &mut Vec<TermId>,
    ) {
        let Progression {
            member,
            letter,
            first,
            last,
        } = *found;
        self.imply_range(first, last);
        let mut each = |reader: &mut Self, statement: TermId, from: TermId, to: TermId| {
            let set = reader.store.add_node(Node::Range(from, to));
            all.push(reader.store.bind(letter, &[statement], |closed| {
                Node::ForAll(0, closed.first().copied().unwrap_or(statement), set)
            }));
        };
        let at = |reader: &mut Self, place: TermId| reader.store.substitute(member, letter, place);
        let begin = at(self, first);
        if relation == Relation::Equal {
            let statement = self.related(relation, member, value.unwrap_or(begin));
            each(self, statement, first, last);
            return;
        }
        let variable = self.store.add_node(Node::Symbol(letter));
        let (one, minus) = (self.store.integer(1), self.store.integer(-1));
        let next = self.store.add(&[variable, one]);
        let (next, end) = (at(self, next), at(self, last));
        let before = self.store.add(&[last, minus]);
        let statement = self.related(relation, member, next);
        each(self, statement, first, before);
        let weak = match relation {
            Relation::Less => Relation::LessEqual,
            Relation::Greater => Relation::GreaterEqual,
            _ => relation,
        };
        for (a, b) in [(begin, member), (member, end)] {
            let statement = self.related(weak, a, b);
            each(self, statement, first, last);
        }
    }

    /// What stands between the dots, put together.
    fn joined(&mut self, span: Span, joined: Joined, parts: &[Vec<TermId>]) -> Read {
        let (before, found, after) = match parts {
            [before, after] if !after.is_empty() => {
                let (skip, found) = self.finite(before, after[0]).ok_or_else(|| no_rule(span))?;
                (&before[..skip], found, &after[1..])
            }
            // `1 + x + x² + …`
            [before, _] => {
                let found = Progression::endless(self.store, before, None);
                let found = found.ok_or_else(|| no_rule(span))?;
                (&before[..0], found, &before[..0])
            }
            // `1 + x + … + xⁿ/n! + …`
            [before, middle, after] if after.is_empty() => {
                let [general] = middle.as_slice() else {
                    return Err(no_rule(span));
                };
                let found = Progression::endless(self.store, before, Some(*general));
                let found = found.ok_or_else(|| no_rule(span))?;
                (&before[..0], found, &before[..0])
            }
            _ => return Err(no_rule(span)),
        };
        let extremum = matches!(joined, Joined::Extremum(_));
        if extremum && (!before.is_empty() || !after.is_empty()) {
            return Err(no_rule(span));
        }
        let Progression {
            member,
            letter,
            first,
            last,
        } = found;
        let always = self.store.add_node(Node::Truth(true));
        let value = self.store.bind(letter, &[member], |closed| {
            let body = closed.first().copied().unwrap_or(member);
            match joined {
                Joined::Sum => Node::Sum(0, body, first, last, always),
                Joined::Product => Node::Product(0, body, first, last, always),
                Joined::Extremum(largest) => Node::Extremum(0, body, first, last, largest),
            }
        });
        self.imply_range(first, last);
        let note = format!(
            "read {} with {}",
            self.slice(span),
            print(self.store, value)
        );
        self.note(note);
        let mut all = before.to_vec();
        all.push(value);
        all.extend(after);
        Ok(match joined {
            Joined::Sum => self.store.add(&all),
            Joined::Product => self.store.mul(&all),
            Joined::Extremum(_) => value,
        })
    }

    /// The rule for the members before the dots, of which some at the beginning may be none, and
    /// the one behind.
    fn finite(&mut self, before: &[TermId], last: TermId) -> Option<(usize, Progression)> {
        for skip in 0..before.len() {
            let leading = &before[skip..];
            if skip > 0 && leading.len() < 2 {
                break;
            }
            if let Some(found) = Progression::up_to(self.store, leading, last) {
                return Some((skip, found));
            }
        }
        None
    }
}

pub(super) fn no_rule(span: Span) -> Unreadable {
    Unreadable::beyond(
        span,
        "no one rule for what “…” leaves out fits what stands around it; write Σ or Π with its range",
    )
}
