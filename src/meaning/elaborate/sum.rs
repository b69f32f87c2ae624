//! Σ, Π, max and min over an index.

use super::Unreadable;
use super::power::bound_key;
use super::reader::{Doubt, Read, Reader};
use crate::meaning::observe::{Linked, WrittenRange, conditions, letters_of, name_and_indices};
use crate::source::Span;
use crate::syntax::{BigOperator, Kind, Relation, Tree};
use crate::term::{Constant, Node, Relation as Sign, Symbol, TermId};
use crate::theory::matrices::Shape;

/// An index with its range, as it is written.
pub(super) struct Index {
    pub(super) name: String,
    lower: Option<Tree>,
    upper: Option<Tree>,
    /// The range does not hold its first or last number.
    open: (bool, bool),
    /// An index around it that it is compared with.
    beside: Option<String>,
    /// Only a comparison names it.
    compared: bool,
    /// Letters without a range that it is unequal to: they are of its range.
    unlike: Vec<Tree>,
}

impl Index {
    fn without_range(name: String) -> Self {
        Index {
            name,
            lower: None,
            upper: None,
            open: (false, false),
            beside: None,
            compared: false,
            unlike: Vec::new(),
        }
    }
}

impl Reader<'_> {
    /// An operator with an index below.
    pub(super) fn big(&mut self, tree: &Tree) -> Read {
        let Kind::Big {
            operator,
            below,
            above,
            body,
            guessed,
        } = &tree.kind
        else {
            return Err(Unreadable::new(tree.span, "Σ is expected here"));
        };
        match operator {
            BigOperator::Limit => self.limit(tree.span, below.as_deref(), body),
            BigOperator::ArgMaximum | BigOperator::ArgMinimum => Err(Unreadable::beyond(
                tree.span,
                "argmax and argmin are read in words only; write what holds at the extremum",
            )),
            BigOperator::Union | BigOperator::Intersection => Err(Unreadable::beyond(
                tree.span,
                "⋃ and ⋂ are read of events, within P(…)",
            )),
            _ => {
                if *guessed
                    && let Kind::Terms(terms) = &body.kind
                    && let [(sign, first), rest @ ..] = terms.as_slice()
                    && !rest.is_empty()
                {
                    let head = self.slice(Span::new(tree.span.start, body.span.start));
                    let (inner, whole) = (self.slice(first.span), self.slice(body.span));
                    let tail = self.slice(Span::new(first.span.end, body.span.end));
                    let note = format!("read {head} {whole} with all of its terms in the sum");
                    let written = format!("({head} {inner}) {tail}");
                    let kept = format!("{head} ({whole})");
                    if self.guess(tree.span, Doubt::Extent, note, written, kept) {
                        let first = Tree {
                            span: first.span,
                            kind: Kind::Terms(vec![(*sign, first.clone())]),
                        };
                        let sum = self.over(tree, *operator, below, above, &first)?;
                        let rest = Tree {
                            span: body.span,
                            kind: Kind::Terms(rest.to_vec()),
                        };
                        let rest = self.term(&rest)?;
                        return Ok(self.store.add(&[sum, rest]));
                    }
                }
                if let Some((first, rest)) = self.until_bound_again(tree) {
                    let value = self.over(tree, *operator, below, above, &first)?;
                    let rest = self.term(&rest)?;
                    return Ok(self.store.mul(&[value, rest]));
                }
                self.over(tree, *operator, below, above, body)
            }
        }
    }

    /// The factors before and from an operator on that binds an index of this one again: there
    /// the reach of this one ends.
    fn until_bound_again(&self, tree: &Tree) -> Option<(Tree, Tree)> {
        let names = |tree: &Tree, all: bool| -> Vec<String> {
            let Kind::Big {
                below, above, body, ..
            } = &tree.kind
            else {
                return Vec::new();
            };
            self.indices(tree.span, below.as_deref(), above.as_deref(), body)
                .map(|(indices, _)| indices)
                .unwrap_or_default()
                .into_iter()
                .filter(|index| all || !index.compared)
                .map(|index| index.name)
                .collect()
        };
        let Kind::Big { body, .. } = &tree.kind else {
            return None;
        };
        let own = names(tree, true);
        // What an inner sum compares its index with, it need not bind.
        let again = |tree: &Tree| names(tree, false).iter().any(|name| own.contains(name));
        if let Kind::Times(first, rest) = &body.kind {
            let first_of_rest = match &rest.kind {
                Kind::Juxtaposition(factors) => factors.first()?,
                _ => rest.as_ref(),
            };
            return again(first_of_rest).then(|| (first.as_ref().clone(), rest.as_ref().clone()));
        }
        let Kind::Juxtaposition(factors) = &body.kind else {
            return None;
        };
        let place = factors.iter().position(again)?;
        let (first, rest) = factors.split_at(place);
        let joined = |part: &[Tree]| match part {
            [] => None,
            [one] => Some(one.clone()),
            [one, .., last] => Some(Tree {
                span: Span::new(one.span.start, last.span.end),
                kind: Kind::Juxtaposition(part.to_vec()),
            }),
        };
        Some((joined(first)?, joined(rest)?))
    }

    pub(super) fn over(
        &mut self,
        tree: &Tree,
        operator: BigOperator,
        below: &Option<Box<Tree>>,
        above: &Option<Box<Tree>>,
        body: &Tree,
    ) -> Read {
        let (mut indices, conditions) =
            self.indices(tree.span, below.as_deref(), above.as_deref(), body)?;
        if let Some(below) = below {
            self.second_index(tree.span, below, &mut indices);
        }
        let held = self.held.len();
        let mut ranges = Vec::new();
        let running = self.running.len();
        for index in &indices {
            let range = self.range(index, body)?;
            for other in &index.unlike {
                self.imply_within(other, range)?;
            }
            ranges.push(range);
            self.running.push((index.name.clone(), range.0, range.1));
            self.held.push(index.name.clone());
        }
        let joined = matches!(operator, BigOperator::Union | BigOperator::Intersection);
        let inner = if joined && conditions.is_empty() {
            let truth = self.store.add_node(Node::Truth(true));
            self.event(body).map(|event| (event, truth))
        } else {
            self.inner(body, &conditions)
        };
        self.held.truncate(held);
        self.running.truncate(running);
        let (mut value, mut condition) = inner?;
        if joined {
            return self.all_or_some(tree, operator, value, &indices, &ranges);
        }
        self.note_unused(&indices, value);
        let always = self.store.add_node(Node::Truth(true));
        for (index, (lower, upper)) in indices.iter().zip(ranges).rev() {
            let symbol = self.store.symbol(&index.name);
            value = self.exposed(tree.span, value, symbol)?;
            value = self.store.bind(symbol, &[value, condition], |closed| {
                let body = closed.first().copied().unwrap_or(value);
                let condition = closed.get(1).copied().unwrap_or(condition);
                match operator {
                    BigOperator::Product => Node::Product(0, body, lower, upper, condition),
                    BigOperator::Maximum => Node::Extremum(0, body, lower, upper, true),
                    BigOperator::Minimum => Node::Extremum(0, body, lower, upper, false),
                    _ => Node::Sum(0, body, lower, upper, condition),
                }
            });
            condition = always;
        }
        Ok(value)
    }

    /// `Σ_{i≠j}`: where j is free as well, it is an index as i is, if it stands behind i in the
    /// alphabet.
    fn second_index(&mut self, span: Span, condition: &Tree, indices: &mut Vec<Index>) {
        let Kind::Chain(first, rest) = &condition.kind else {
            return;
        };
        let [(Relation::NotEqual, _, second)] = rest.as_slice() else {
            return;
        };
        let (Some(a), Some(b), [index]) = (bound_key(first), bound_key(second), &mut **indices)
        else {
            return;
        };
        let ranged = self.scope.ranges.contains_key(&self.store.symbol(&b));
        if index.name != a
            || index.lower.is_some()
            || ranged
            || self.is_held(&b)
            || self.scope.names.contains(&b)
        {
            return;
        }
        let head = self.slice(condition.span);
        let both = format!("read Σ over {head} as a sum over {a} and {b}");
        let one = format!("read Σ over {head} as a sum over {a}, for a fixed {b}");
        let pair = format!("Σ_{a} Σ_{{{b} ≠ {a}}}");
        let single = format!("Σ_{{{a}, {head}}}");
        let pairs = if a < b {
            !self.guess(span, Doubt::Indices, both, single, pair)
        } else {
            self.guess(span, Doubt::Indices, one, pair, single)
        };
        if pairs {
            index.unlike.clear();
            let mut other = Index::without_range(b);
            other.beside = Some(a);
            indices.push(other);
        }
    }

    /// Notes an index that does not occur in what its sum runs through, where another one stands
    /// there that nothing binds.
    fn note_unused(&mut self, indices: &[Index], value: TermId) {
        let mut loose = Vec::new();
        let mut stands = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        let mut stack = vec![value];
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = self.store.node(next);
            if let Node::Symbol(letter) = node {
                stands.push(*letter);
            }
            if let Node::Member(_, places) = node {
                let letters = places.iter().filter(|place| {
                    matches!(self.store.node(**place), Node::Symbol(_) | Node::Member(..))
                });
                loose.extend(letters);
            }
            node.for_each_child(|child| stack.push(child));
        }
        let unused = indices.iter().find(|index| {
            !stands
                .iter()
                .any(|letter| self.store.name(*letter) == index.name)
        });
        let Some(unused) = unused.map(|index| &index.name) else {
            return;
        };
        let loose = loose
            .into_iter()
            .find(|place| match self.store.node(*place) {
                Node::Symbol(letter) => {
                    let name = self.store.name(*letter);
                    !indices.iter().any(|index| index.name == name)
                        && !self.is_held(name)
                        && !self.scope.names.contains(name)
                        && !self.scope.ranges.contains_key(letter)
                }
                _ => true,
            });
        if let Some(letter) = loose {
            let letter = crate::term::print(self.store, letter);
            self.note(format!(
                "{letter} is bound by no sum, and the sum over {unused} has no {unused} in it"
            ));
        }
    }

    fn inner(&mut self, body: &Tree, conditions: &[&Tree]) -> Read<(TermId, TermId)> {
        let value = self.term(body)?;
        let mut statements = Vec::new();
        for condition in conditions {
            statements.push(self.statement(condition)?);
        }
        let condition = match statements.as_slice() {
            [] => self.store.add_node(Node::Truth(true)),
            [one] => *one,
            _ => self.store.add_node(Node::And(statements.into())),
        };
        Ok((value, condition))
    }

    /// The indices below the sign and the conditions on them.
    fn indices<'t>(
        &self,
        span: Span,
        below: Option<&'t Tree>,
        above: Option<&Tree>,
        body: &Tree,
    ) -> Read<(Vec<Index>, Vec<&'t Tree>)> {
        let mut found: Vec<Index> = Vec::new();
        let mut others = Vec::new();
        let parts = match below {
            Some(below) if below.kind != Kind::Empty => conditions(below),
            _ => Vec::new(),
        };
        for part in parts {
            match &part.kind {
                Kind::Chain(first, rest) => match rest.as_slice() {
                    [(Relation::Equal, _, _)]
                        if above.is_none() && self.index_of_member(first).is_some() =>
                    {
                        // `g_i = k`: over the i for which that holds.
                        let name = self.index_of_member(first).unwrap_or_default();
                        if !found.iter().any(|index| index.name == name) {
                            found.push(Index::without_range(name));
                        }
                        others.push(part);
                    }
                    [(Relation::Equal, _, list)]
                        if above.is_none()
                            && bound_key(first).is_some()
                            && written_range(list).is_some() =>
                    {
                        let mut index = Index::without_range(bound_key(first).unwrap_or_default());
                        (index.lower, index.upper) = written_range(list).unzip();
                        found.push(index);
                    }
                    [(Relation::Equal, _, lower)] if bound_key(first).is_some() => {
                        // `i, j = 1`: names before it begin there too.
                        for earlier in found.iter_mut().filter(|i| i.lower.is_none()) {
                            earlier.lower = Some(lower.clone());
                            earlier.upper = above.cloned();
                        }
                        found.push(Index {
                            name: bound_key(first).unwrap_or_default(),
                            lower: Some(lower.clone()),
                            upper: above.cloned(),
                            open: (false, false),
                            beside: None,
                            compared: false,
                            unlike: Vec::new(),
                        });
                    }
                    [(a, _, middle), (b, _, upper)]
                        if is_less(*a) && is_less(*b) && self.may_be_index(middle, &found) =>
                    {
                        found.push(Index {
                            name: bound_key(middle).unwrap_or_default(),
                            lower: Some((**first).clone()),
                            upper: Some(upper.clone()),
                            open: (*a == Relation::Less, *b == Relation::Less),
                            beside: None,
                            compared: false,
                            unlike: Vec::new(),
                        });
                    }
                    [between @ .., (last, _, upper)]
                        if between.len() > 1
                            && rest.iter().all(|(sign, _, _)| is_less(*sign))
                            && between.iter().all(|(_, _, t)| self.may_be_index(t, &found)) =>
                    {
                        // `1 ≤ i < j ≤ n`: each begins behind the one before.
                        let mut lower = &**first;
                        for (sign, _, middle) in between {
                            found.push(Index {
                                name: bound_key(middle).unwrap_or_default(),
                                lower: Some(lower.clone()),
                                upper: Some(upper.clone()),
                                open: (*sign == Relation::Less, *last == Relation::Less),
                                beside: None,
                                compared: false,
                                unlike: Vec::new(),
                            });
                            lower = middle;
                        }
                    }
                    [(Relation::Element, _, set)] if bound_key(first).is_some() => {
                        let name = bound_key(first).unwrap_or_default();
                        let Some((lower, upper)) = written_range(set) else {
                            return Err(Unreadable::beyond(
                                set.span,
                                "a range {1, …, n} is expected below the sign",
                            ));
                        };
                        found.push(Index {
                            name,
                            lower: Some(lower),
                            upper: Some(upper),
                            open: (false, false),
                            beside: None,
                            compared: false,
                            unlike: Vec::new(),
                        });
                    }
                    _ => others.push(part),
                },
                _ if bound_key(part).is_some() => {
                    let mut index = Index::without_range(bound_key(part).unwrap_or_default());
                    index.upper = above.cloned();
                    found.push(index);
                }
                _ => others.push(part),
            }
        }
        // `i < j`, `j ≠ i`: names that nothing else binds are indices.
        for other in &others {
            let Kind::Chain(first, rest) = &other.kind else {
                continue;
            };
            // What an equation says is no index: `g_i = k`, `i + j = n`.
            if rest.iter().any(|(r, _, _)| *r == Relation::Equal) {
                continue;
            }
            let unequal = rest.iter().all(|(r, _, _)| *r == Relation::NotEqual);
            let mut operands: Vec<&Tree> = vec![first];
            operands.extend(rest.iter().map(|(_, _, t)| t));
            let around = operands
                .iter()
                .filter_map(|operand| bound_key(operand))
                .find(|name| self.running.iter().any(|(n, _, _)| n == name));
            // Beside an index with a range of its own the others are given.
            let ranged = operands.iter().any(|operand| {
                let name = bound_key(operand);
                found
                    .iter()
                    .any(|index| index.lower.is_some() && Some(&index.name) == name.as_ref())
            });
            if ranged && !unequal {
                continue;
            }
            for (place, operand) in operands.into_iter().enumerate() {
                let Some(name) = bound_key(operand) else {
                    continue;
                };
                let known = found.iter().any(|i| i.name == name) || self.is_held(&name);
                let fixed = self.scope.names.contains(&name) && place > 0;
                if let Some(index) = found.iter_mut().find(|i| i.name == name) {
                    index.beside = index.beside.take().or(around.clone());
                }
                let bound = known || fixed || unequal && place > 0;
                if !bound {
                    let mut index = Index::without_range(name);
                    index.compared = true;
                    index.beside.clone_from(&around);
                    found.push(index);
                }
            }
        }
        for other in &others {
            let Kind::Chain(first, rest) = &other.kind else {
                continue;
            };
            let [(Relation::NotEqual, _, second)] = rest.as_slice() else {
                continue;
            };
            let (Some(a), Some(b)) = (bound_key(first), bound_key(second)) else {
                continue;
            };
            let outside = |name: &String| !self.is_held(name) && !self.scope.names.contains(name);
            for (own, other, tree) in [(&a, &b, second), (&b, &a, &**first)] {
                let bound = found.iter().any(|index| index.name == *other);
                if !bound
                    && outside(other)
                    && let Some(index) = found.iter_mut().find(|index| index.name == *own)
                {
                    index.unlike.push(tree.clone());
                }
            }
        }
        if found.is_empty() {
            let mut free = Vec::new();
            self.free_indices(body, &mut free);
            match free.as_slice() {
                [one] => found.push(Index::without_range(one.clone())),
                _ => {
                    return Err(Unreadable::beyond(
                        span,
                        "an index with its range is expected below the sign",
                    ));
                }
            }
        }
        Ok((found, others))
    }

    /// The letter that nothing binds for an index of a member of a family (the i of g_i).
    fn index_of_member(&self, tree: &Tree) -> Option<String> {
        let (_, indices) = name_and_indices(tree)?;
        let [index] = indices.as_slice() else {
            return None;
        };
        let name = bound_key(index)?;
        let letter = matches!(index.kind, Kind::Name(_));
        (letter && !self.is_held(&name) && !self.scope.names.contains(&name)).then_some(name)
    }

    fn may_be_index(&self, tree: &Tree, found: &[Index]) -> bool {
        bound_key(tree)
            .is_some_and(|name| !self.is_held(&name) && !found.iter().any(|i| i.name == name))
    }

    /// Letters that stand as an index in the body and are not bound.
    fn free_indices(&self, tree: &Tree, found: &mut Vec<String>) {
        if let Some((_, indices)) = name_and_indices(tree) {
            for index in indices {
                if let Some(name) = bound_key(index)
                    && !self.is_held(&name)
                    && !self.scope.names.contains(&name)
                    && !found.contains(&name)
                {
                    found.push(name);
                }
            }
        }
        for part in tree.children() {
            self.free_indices(part, found);
        }
    }

    /// The range of an index: as written, else declared, else that of another sum.
    fn range(&mut self, index: &Index, body: &Tree) -> Read<(TermId, TermId)> {
        if let (Some(lower), Some(upper)) = (&index.lower, &index.upper) {
            let (mut lower, mut upper) = (self.index_term(lower)?, self.index_term(upper)?);
            let one = self.store.integer(1);
            if index.open.0 {
                lower = self.store.add(&[lower, one]);
            }
            if index.open.1 {
                upper = self.store.sub(upper, one);
            }
            self.imply_range(lower, upper);
            return Ok((lower, upper));
        }
        let symbol = self.store.symbol(&index.name);
        let lower = match &index.lower {
            Some(lower) => Some(self.index_term(lower)?),
            None => None,
        };
        let upper = match &index.upper {
            Some(upper) => Some(self.index_term(upper)?),
            None => None,
        };
        let beside = index.beside.as_ref().and_then(|name| {
            let found = self.running.iter().rev().find(|(n, _, _)| n == name);
            found.map(|(_, lower, upper)| (*lower, *upper))
        });
        let known = match self.scope.ranges.get(&symbol).copied().or(beside) {
            Some(range) => Some(range),
            None => self.seen_range(&index.name, body)?,
        };
        let (lower, upper) = match (lower, upper, known) {
            (Some(lower), Some(upper), _) => (lower, upper),
            (lower, upper, Some((from, to))) => (lower.unwrap_or(from), upper.unwrap_or(to)),
            (lower, upper, None) => {
                let from = self.store.integer(1);
                let to = self.store.variable(&unwritten_end(&index.name));
                (lower.unwrap_or(from), upper.unwrap_or(to))
            }
        };
        if !self.scope.ranges.contains_key(&symbol) {
            let (a, b) = (
                crate::term::print(self.store, lower),
                crate::term::print(self.store, upper),
            );
            self.note(format!("read {} as running from {a} to {b}", index.name));
        }
        self.imply_range(lower, upper);
        Ok((lower, upper))
    }

    /// The range of another sum with this index, or through the same family, or of what else is
    /// indexed alike.
    fn seen_range(&mut self, name: &str, body: &Tree) -> Read<Option<(TermId, TermId)>> {
        let observed = &self.scope.observed;
        let mut families = Vec::new();
        families_with(body, name, &mut families);
        let said = families.iter().find_map(|key| observed.said.get(key));
        let written = said
            .or_else(|| {
                let range = observed.sums.get(name)?;
                let mut through = families.iter();
                let late = through.any(|key| observed.begins_before(key, range));
                (!observed.mixed.contains(name) && !late).then_some(range)
            })
            .or_else(|| families.iter().find_map(|key| observed.whole_range(key)));
        if let Some((lower, upper)) = written.cloned() {
            return Ok(Some((self.index_term(&lower)?, self.index_term(&upper)?)));
        }
        match self.sized_range(name, body) {
            Some(range) => Ok(Some(range)),
            None => self.linked_range(Linked::Letter(name.to_owned())),
        }
    }

    /// The range of the nearest letter or family with one that is indexed alike; else, where a sum
    /// among them leaves its range out, from 1 to an end that they share.
    pub(super) fn linked_range(&mut self, start: Linked) -> Read<Option<(TermId, TermId)>> {
        let scope = self.scope;
        let linked = scope.observed.linked(start);
        let families = linked.iter().filter_map(|other| match other {
            Linked::Family(family) => Some(family),
            Linked::Letter(_) => None,
        });
        let families: Vec<_> = families.collect();
        let late = |range: &WrittenRange| {
            let mut families = families.iter();
            families.any(|family| scope.observed.begins_before(family, range))
        };
        for other in &linked {
            let written = match other {
                Linked::Letter(letter) => {
                    let symbol = self.store.symbol(letter);
                    if let Some(range) = scope.ranges.get(&symbol) {
                        return Ok(Some(*range));
                    }
                    let one = !scope.observed.mixed.contains(letter);
                    let range = one.then(|| scope.observed.sums.get(letter)).flatten();
                    range.filter(|range| !late(range))
                }
                Linked::Family(family) => {
                    let said = scope.observed.said.get(family);
                    said.or_else(|| scope.observed.whole_range(family))
                }
            };
            if let Some((lower, upper)) = written {
                return Ok(Some((self.index_term(lower)?, self.index_term(upper)?)));
            }
        }
        let unwritten = linked.iter().filter_map(|other| match other {
            Linked::Letter(letter) if scope.observed.unwritten.contains(letter) => Some(letter),
            _ => None,
        });
        Ok(unwritten.min().map(|letter| {
            let from = self.store.integer(1);
            (from, self.store.variable(&unwritten_end(letter)))
        }))
    }

    /// The rows or columns of a vector or matrix whose entries have this index.
    fn sized_range(&mut self, name: &str, body: &Tree) -> Option<(TermId, TermId)> {
        let mut families = Vec::new();
        self.arrays_with(body, name, &mut families);
        let one = self.store.integer(1);
        for (family, place) in families {
            let symbol = self.store.symbol(&family);
            if self.scope.is_family(symbol) {
                continue;
            }
            let array = self.store.add_node(Node::Symbol(symbol));
            if let Shape::Matrix(rows, columns) = self.shape(array) {
                let size = [rows, columns].get(place).copied();
                if let Some(size) = size.filter(|size| *size != one) {
                    return Some((one, size));
                }
            }
        }
        None
    }

    /// Names with this index, and its place among their indices.
    fn arrays_with(&self, tree: &Tree, index: &str, found: &mut Vec<(String, usize)>) {
        if let Some((name, indices)) = name_and_indices(tree) {
            let parts = indices.iter().flat_map(|i| self.parts_of_index(i));
            for (place, part) in parts.enumerate() {
                if bound_key(&part).as_deref() == Some(index) {
                    found.push((name.clone(), place));
                }
            }
        }
        for part in tree.children() {
            self.arrays_with(part, index, found);
        }
    }

    /// A letter that an index is compared with is of its range.
    fn imply_within(&mut self, tree: &Tree, (lower, upper): (TermId, TermId)) -> Read<()> {
        let letter = self.index_term(tree)?;
        let (Node::Symbol(symbol) | Node::Member(symbol, _)) = *self.store.node(letter) else {
            return Ok(());
        };
        if self.scope.ranges.contains_key(&symbol) || self.scope.sort_of(symbol).is_some() {
            return Ok(());
        }
        let integers = self.store.add_node(Node::Integers);
        let integer = self.store.add_node(Node::Element(letter, integers));
        let from = self.store.relation(Sign::LessEqual, lower, letter);
        self.implied.extend([integer, from]);
        if *self.store.node(upper) != Node::Constant(Constant::Infinity) {
            let to = self.store.relation(Sign::LessEqual, letter, upper);
            self.implied.push(to);
        }
        Ok(())
    }

    /// The symbols of a bound are integers and the range is not empty, unless they are declared.
    pub(super) fn imply_range(&mut self, lower: TermId, upper: TermId) {
        let mut symbols: Vec<Symbol> = self.store.symbols(lower);
        symbols.extend(self.store.symbols(upper));
        let mut undeclared = true;
        for symbol in &symbols {
            let name = self.store.name(*symbol).to_owned();
            let bound = self.is_held(&name);
            if bound
                || self.scope.sort_of(*symbol).is_some()
                || self.scope.ranges.contains_key(symbol)
            {
                undeclared = false;
                continue;
            }
            let term = self.store.add_node(Node::Symbol(*symbol));
            let integers = self.store.add_node(Node::Integers);
            let integer = self.store.add_node(Node::Element(term, integers));
            self.implied.push(integer);
        }
        let infinite = *self.store.node(upper) == Node::Constant(Constant::Infinity);
        if undeclared && !infinite && !symbols.is_empty() {
            let nonempty = self.store.relation(Sign::LessEqual, lower, upper);
            self.implied.push(nonempty);
        }
    }
}

/// The name of the end of a range that is left out.
fn unwritten_end(letter: &str) -> String {
    format!("n_{letter}#range")
}

fn is_less(relation: Relation) -> bool {
    matches!(relation, Relation::Less | Relation::LessEqual)
}

/// `{1, …, n}`, `1, …, n`.
pub(in crate::meaning) fn written_range(set: &Tree) -> Option<(Tree, Tree)> {
    match &set.kind {
        Kind::Group(_, inner) => written_range(inner),
        Kind::List(parts) => {
            let dots = parts.iter().any(|p| p.kind == Kind::Ellipsis);
            match (parts.first(), parts.last()) {
                (Some(first), Some(last)) if dots => Some((first.clone(), last.clone())),
                _ => None,
            }
        }
        _ => None,
    }
}

fn families_with(tree: &Tree, index: &str, found: &mut Vec<(String, usize)>) {
    if let Some((name, indices)) = name_and_indices(tree) {
        for (place, letter) in letters_of(&indices).into_iter().enumerate() {
            let key = indices.get(place).and_then(|i| bound_key(i));
            if letter.or(key).as_deref() == Some(index) {
                found.push((name.clone(), place));
            }
        }
    }
    for part in tree.children() {
        families_with(part, index, found);
    }
}
