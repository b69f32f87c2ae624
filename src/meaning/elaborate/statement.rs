//! Statements: relations, connectives, quantifiers, events.

use super::Unreadable;
use super::decimal::{decimal, near};
use super::power::bound_key;
use super::reader::{Doubt, Read, Reader};
use crate::meaning::observe::bound_range;
use crate::meaning::tree_walk;
use crate::source::Span;
use crate::syntax::{Arrow, Bracket, Connective, Kind, Relation, Sign as Plus, Tree};
use crate::term::{Node, Relation as Sign, TermId};

impl Reader<'_> {
    /// The statement that a tree is; with ± in it, the one or the other.
    pub(super) fn statement(&mut self, tree: &Tree) -> Read {
        match &tree.kind {
            Kind::Chain(first, rest) => self.with_signs(|reader| reader.chain(first, rest)),
            Kind::Joined(Connective::And, parts) => {
                let outside = self.together;
                self.together = outside || self.reads_together(tree.span, parts);
                let read = if self.together && !outside {
                    self.together = false;
                    self.with_signs(|reader| {
                        reader.together = true;
                        let parts = reader.all(parts);
                        reader.together = false;
                        Ok(reader.join(&parts?, true))
                    })
                } else {
                    self.all(parts).map(|parts| self.join(&parts, true))
                };
                self.together = outside;
                read
            }
            Kind::Joined(Connective::Or, parts) => {
                let parts = self.all(parts)?;
                Ok(self.join(&parts, false))
            }
            Kind::Not(inner) => {
                let inner = self.statement(inner)?;
                Ok(self.store.add_node(Node::Not(inner)))
            }
            Kind::Truth(value) => Ok(self.store.add_node(Node::Truth(*value))),
            Kind::ForAll(body, bound) => self.for_all(body, bound),
            Kind::Is(subject, traits) => {
                let subject = self.term(subject)?;
                let said = self.traits(tree.span, subject, traits)?;
                Ok(self.join(&said, true))
            }
            Kind::Implication(arrow, a, b) => {
                let (a, b) = (self.statement(a)?, self.statement(b)?);
                let forth = self.implication(a, b);
                Ok(match arrow {
                    Arrow::Implies => forth,
                    Arrow::ImpliedBy => self.implication(b, a),
                    Arrow::Iff => {
                        let back = self.implication(b, a);
                        self.join(&[forth, back], true)
                    }
                })
            }
            Kind::Group(_, inner) | Kind::Boxed(inner) | Kind::Underbrace(inner, _) => {
                self.statement(inner)
            }
            Kind::List(parts) => {
                let parts = self.all(parts)?;
                Ok(self.join(&parts, true))
            }
            _ => Err(Unreadable::new(
                tree.span,
                "a statement is expected here, and this is an expression",
            )),
        }
    }

    fn all(&mut self, parts: &[Tree]) -> Read<Vec<TermId>> {
        parts.iter().map(|part| self.statement(part)).collect()
    }

    pub(super) fn join(&mut self, parts: &[TermId], and: bool) -> TermId {
        let mut flat = Vec::new();
        for part in parts {
            match (self.store.node(*part), and) {
                (Node::And(inner), true) | (Node::Or(inner), false) => {
                    flat.extend_from_slice(inner);
                }
                _ => flat.push(*part),
            }
        }
        match flat.as_slice() {
            [] => self.store.add_node(Node::Truth(and)),
            [one] => *one,
            _ if and => self.store.add_node(Node::And(flat.into())),
            _ => self.store.add_node(Node::Or(flat.into())),
        }
    }

    fn implication(&mut self, a: TermId, b: TermId) -> TermId {
        let not = self.store.add_node(Node::Not(a));
        self.join(&[not, b], false)
    }

    /// Whether the signs ± of statements joined by `and` go together: with ∓ among them they do;
    /// else each statement has its own (a guess).
    fn reads_together(&mut self, span: Span, parts: &[Tree]) -> bool {
        let signed = |part: &&Tree| tree_walk::has_double_sign(part, false);
        if parts.iter().filter(signed).count() < 2 {
            return false;
        }
        if parts
            .iter()
            .any(|part| tree_walk::has_double_sign(part, true))
        {
            return true;
        }
        let one = "one statement for each sign, joined by “or”".to_owned();
        let note = "read each ± by itself".to_owned();
        self.guess(span, Doubt::Together, note, one.clone(), one)
    }

    /// Whether ± on both sides says that the two values are the same, in whatever order; else the
    /// upper signs go together, and the lower ones (a guess).
    fn reads_as_values(&mut self, span: Span) -> bool {
        let values = "the same two values on both sides, in one order or the other".to_owned();
        let note = "read the upper signs together, and the lower ones".to_owned();
        self.guess(span, Doubt::Values, note, values.clone(), values)
    }

    /// All signs ± within one statement are read alike: all upper, or all lower. Where they stand
    /// on both sides of each relation, both hold; else the one or the other does.
    fn with_signs(&mut self, mut read: impl FnMut(&mut Self) -> Read) -> Read {
        if self.together {
            return read(self);
        }
        let (upper, signs) = (self.upper, std::mem::replace(&mut self.signs, false));
        let first = read(self)?;
        if !self.signs {
            self.signs = signs;
            return Ok(first);
        }
        if signs {
            // A statement within one that has a sign already goes with it.
            return Ok(first);
        }
        self.upper = !upper;
        let second = read(self);
        self.upper = upper;
        self.signs = false;
        let second = second?;
        if first == second {
            return Ok(first);
        }
        Ok(self.join(&[first, second], false))
    }

    fn chain(&mut self, first: &Tree, rest: &[(Relation, Span, Tree)]) -> Read {
        let mut parts = Vec::new();
        let mut left = first;
        for (relation, sign, right) in rest {
            parts.push(self.relation(left, *relation, *sign, right)?);
            left = right;
        }
        Ok(self.join(&parts, true))
    }

    fn relation(&mut self, left: &Tree, relation: Relation, sign: Span, right: &Tree) -> Read {
        // `x, y > 0` says it of both.
        if let Kind::List(parts) = &left.kind
            && !parts.iter().any(|p| p.kind == Kind::Ellipsis)
        {
            let mut all = Vec::new();
            for part in parts {
                all.push(self.relation(part, relation, sign, right)?);
            }
            return Ok(self.join(&all, true));
        }
        if relation == Relation::Element {
            let element = self.term(left)?;
            return self.belongs(element, right);
        }
        if relation == Relation::Similar {
            return Err(Unreadable::new(
                sign,
                "∼ and ∝ make no claim that can be checked",
            ));
        }
        if relation == Relation::Approximately {
            let (a, b) = (self.term(left)?, self.term(right)?);
            let beside = decimal(right).map(|d| (a, d));
            let found = beside.or_else(|| decimal(left).map(|d| (b, d)));
            return found
                .and_then(|(value, (d, places))| near(self.store, value, &d, places))
                .ok_or_else(|| Unreadable::beyond(sign, "≈ makes a claim only beside a decimal"));
        }
        let outside = std::mem::replace(&mut self.signs, false);
        let a = self.term(left)?;
        let signed_left = std::mem::replace(&mut self.signs, false);
        let b = self.term(right)?;
        let signed_right = self.signs;
        self.signs = outside || signed_left || signed_right;
        let read = self.related(relation, a, b);
        if !signed_left {
            return Ok(read);
        }
        if !signed_right {
            if opens_with_double_sign(left) {
                return Ok(read);
            }
            return Err(Unreadable::beyond(
                sign,
                "± on the left side alone: write one relation for each sign, or ± on both sides",
            ));
        }
        // Signs on both sides go together: (a ± b)² = a² ± 2ab + b² says two things.
        self.upper = !self.upper;
        let other = self.term(left).and_then(|a| Ok((a, self.term(right)?)));
        self.upper = !self.upper;
        let (c, d) = other?;
        self.signs = outside;
        let other = self.related(relation, c, d);
        // ∓ shows that they do.
        let lower = |side: &Tree| tree_walk::has_double_sign(side, true);
        if read != other
            && relation == Relation::Equal
            && !lower(left)
            && !lower(right)
            && self.reads_as_values(sign)
        {
            let both = self.join(&[read, other], true);
            let crossed = [self.related(relation, a, d), self.related(relation, c, b)];
            let crossed = self.join(&crossed, true);
            return Ok(self.join(&[both, crossed], false));
        }
        Ok(match (read == other, self.upper) {
            (true, _) => read,
            (_, true) => self.join(&[read, other], true),
            _ => self.join(&[other, read], true),
        })
    }

    fn related(&mut self, relation: Relation, a: TermId, b: TermId) -> TermId {
        let (sign, a, b) = match relation {
            Relation::NotEqual => (Sign::NotEqual, a, b),
            Relation::Less => (Sign::Less, a, b),
            Relation::LessEqual => (Sign::LessEqual, a, b),
            Relation::Greater => (Sign::Less, b, a),
            Relation::GreaterEqual => (Sign::LessEqual, b, a),
            _ => (Sign::Equal, a, b),
        };
        self.store.relation(sign, a, b)
    }

    /// That a value belongs to a set; for sets joined by ∪, ∩, ∖ a joined statement.
    pub(super) fn belongs(&mut self, element: TermId, set: &Tree) -> Read {
        match &set.kind {
            Kind::Joined(connective, sets) => {
                let parts: Read<Vec<TermId>> =
                    sets.iter().map(|set| self.belongs(element, set)).collect();
                let parts = parts?;
                Ok(self.join(&parts, *connective == Connective::And))
            }
            Kind::Not(inner) => {
                let inner = self.belongs(element, inner)?;
                Ok(self.store.add_node(Node::Not(inner)))
            }
            Kind::Group(Bracket::Round, inner) if is_joined_set(inner) => {
                self.belongs(element, inner)
            }
            _ => {
                let set = self.set(set)?;
                Ok(self.store.add_node(Node::Element(element, set)))
            }
        }
    }

    /// `A for all k ∈ S`, `∀ i = 1, …, n`.
    fn for_all(&mut self, body: &Tree, bound: &Tree) -> Read {
        let mut names: Vec<(String, Option<TermId>)> = Vec::new();
        self.bound_names(bound, &mut names)?;
        let held = self.held.len();
        self.held.extend(names.iter().map(|(name, _)| name.clone()));
        let inner = self.statement(body);
        self.held.truncate(held);
        let mut value = inner?;
        for (name, set) in names.into_iter().rev() {
            let symbol = self.store.symbol(&name);
            value = self.exposed(body.span, value, symbol)?;
            let set = match set {
                Some(set) => set,
                None => self.own_set(symbol),
            };
            value = self.store.bind(symbol, &[value], |closed| {
                Node::ForAll(0, closed.first().copied().unwrap_or(value), set)
            });
        }
        Ok(value)
    }

    /// The set that a letter runs through where none is written: its declared range or sort.
    fn own_set(&mut self, symbol: crate::term::Symbol) -> TermId {
        use crate::term::Sort;
        if let Some((lower, upper)) = self.scope.ranges.get(&symbol).copied() {
            return self.store.add_node(Node::Range(lower, upper));
        }
        let index = matches!(
            self.store.name(symbol),
            "i" | "j" | "k" | "l" | "m" | "n" | "t"
        );
        self.store.add_node(match self.scope.sort_of(symbol) {
            Some(Sort::Natural) => Node::Naturals,
            Some(Sort::Integer) => Node::Integers,
            None if index => Node::Integers,
            _ => Node::Reals,
        })
    }

    fn bound_names(&mut self, bound: &Tree, names: &mut Vec<(String, Option<TermId>)>) -> Read<()> {
        let expected = || Unreadable::new(bound.span, "a letter is expected behind “for all”");
        if let Some((name, (lower, upper))) = bound_range(bound) {
            let (lower, upper) = (self.index_term(&lower)?, self.index_term(&upper)?);
            self.imply_range(lower, upper);
            let set = self.store.add_node(Node::Range(lower, upper));
            names.push((name, Some(set)));
            return Ok(());
        }
        match &bound.kind {
            Kind::List(parts) => {
                for part in parts {
                    self.bound_names(part, names)?;
                }
                Ok(())
            }
            Kind::Chain(first, rest) => {
                let [(relation, _, right)] = rest.as_slice() else {
                    return Err(expected());
                };
                let set = match relation {
                    Relation::Element => self.set(right)?,
                    Relation::Equal => return Err(expected()),
                    _ => {
                        let right = self.term(right)?;
                        let infinity = self.store.constant(crate::term::Constant::Infinity);
                        let minus = self.store.neg(infinity);
                        self.store.add_node(match relation {
                            Relation::Greater => Node::Interval(right, infinity, false, false),
                            Relation::GreaterEqual => Node::Interval(right, infinity, true, false),
                            Relation::Less => Node::Interval(minus, right, false, false),
                            Relation::LessEqual => Node::Interval(minus, right, false, true),
                            _ => return Err(expected()),
                        })
                    }
                };
                let parts: Vec<&Tree> = match &first.kind {
                    Kind::List(parts) => parts.iter().collect(),
                    _ => vec![first],
                };
                for part in parts {
                    let name = bound_key(part).ok_or_else(expected)?;
                    names.push((name, Some(set)));
                }
                Ok(())
            }
            Kind::Group(_, inner) => self.bound_names(inner, names),
            _ => {
                let name = bound_key(bound).ok_or_else(expected)?;
                names.push((name, None));
                Ok(())
            }
        }
    }
}

/// Whether sets are joined by ∪, ∩ or ∖.
pub(in crate::meaning) fn is_joined_set(tree: &Tree) -> bool {
    match &tree.kind {
        Kind::Joined(..) => true,
        Kind::Group(Bracket::Round, inner) => is_joined_set(inner),
        _ => false,
    }
}

/// Whether a side is one term with ± before it.
fn opens_with_double_sign(tree: &Tree) -> bool {
    match &tree.kind {
        Kind::Terms(terms) => {
            matches!(terms.as_slice(), [(Plus::PlusMinus | Plus::MinusPlus, _)])
        }
        Kind::Group(_, inner) => opens_with_double_sign(inner),
        _ => false,
    }
}
