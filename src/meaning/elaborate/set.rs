//! Sets, and the sorts that they declare.

use super::Unreadable;
use super::reader::{Read, Reader};
use super::sum::written_range;
use crate::meaning::name::canonical;
use crate::syntax::{Bracket, Kind, Relation, Sign, Tree};
use crate::term::{Constant, Dimension, Node, Sort, TermId};

/// Number sets by their letters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbers {
    Reals,
    Integers,
    Naturals,
}

impl Reader<'_> {
    /// A set of numbers.
    pub(super) fn set(&mut self, tree: &Tree) -> Read {
        if let Some(numbers) = self.numbers(tree) {
            return Ok(self.store.add_node(match numbers {
                Numbers::Reals => Node::Reals,
                Numbers::Integers => Node::Integers,
                Numbers::Naturals => Node::Naturals,
            }));
        }
        match &tree.kind {
            Kind::Superscript(base, mark, _) | Kind::Subscript(base, mark) => {
                let Some(numbers) = self.numbers(base) else {
                    return Err(unknown(tree));
                };
                let Some((zero, negative)) = restriction(mark) else {
                    return Err(unknown(tree));
                };
                let (nothing, one) = (self.store.integer(0), self.store.integer(1));
                let infinity = self.store.constant(Constant::Infinity);
                Ok(match numbers {
                    Numbers::Reals if negative => {
                        let minus = self.store.neg(infinity);
                        self.store
                            .add_node(Node::Interval(minus, nothing, false, zero))
                    }
                    Numbers::Reals => self
                        .store
                        .add_node(Node::Interval(nothing, infinity, zero, false)),
                    _ if negative => return Err(unknown(tree)),
                    _ if zero => self.store.add_node(Node::Naturals),
                    _ => self.store.add_node(Node::Range(one, infinity)),
                })
            }
            Kind::Group(Bracket::Curly, inner) => {
                if let Some((first, last)) = written_range(tree) {
                    let (first, last) = (self.term(&first)?, self.term(&last)?);
                    return Ok(self.store.add_node(Node::Range(first, last)));
                }
                let parts: Vec<&Tree> = match &inner.kind {
                    Kind::List(parts) => parts.iter().collect(),
                    Kind::Empty => Vec::new(),
                    _ => vec![inner],
                };
                let mut elements = Vec::new();
                for part in parts {
                    elements.extend(self.both_signs(part)?);
                }
                Ok(self.store.add_node(Node::Finite(elements.into())))
            }
            Kind::Group(bracket, inner) => {
                let Kind::List(parts) = &inner.kind else {
                    return Err(unknown(tree));
                };
                let [a, b] = parts.as_slice() else {
                    return Err(unknown(tree));
                };
                let (with_a, with_b) = match bracket {
                    Bracket::Round => (false, false),
                    Bracket::Square => (true, true),
                    Bracket::HalfOpenLeft => (false, true),
                    Bracket::HalfOpenRight => (true, false),
                    _ => return Err(unknown(tree)),
                };
                let (a, b) = (self.term(a)?, self.term(b)?);
                Ok(self.store.add_node(Node::Interval(a, b, with_a, with_b)))
            }
            _ => Err(unknown(tree)),
        }
    }

    /// A value, or its two values where it holds ±.
    fn both_signs(&mut self, tree: &Tree) -> Read<Vec<TermId>> {
        let (upper, signs) = (self.upper, std::mem::replace(&mut self.signs, false));
        let first = self.term(tree)?;
        let mut values = vec![first];
        if self.signs {
            self.upper = !upper;
            let second = self.term(tree);
            self.upper = upper;
            values.push(second?);
        }
        self.signs = signs;
        Ok(values)
    }

    fn numbers(&self, tree: &Tree) -> Option<Numbers> {
        let Kind::Name(name) = &tree.kind else {
            return None;
        };
        let text = canonical(name);
        Some(match text.as_str() {
            "ℝ" => Numbers::Reals,
            "ℤ" => Numbers::Integers,
            "ℕ" => Numbers::Naturals,
            _ if self.scope.names.contains(&text) || self.is_held(&text) => return None,
            "R" => Numbers::Reals,
            "Z" => Numbers::Integers,
            "N" => Numbers::Naturals,
            _ => return None,
        })
    }

    /// The sort that membership in a set gives, and the set where it says more than the sort.
    pub(in crate::meaning) fn sort_of_set(&mut self, tree: &Tree) -> Read<(Sort, Option<TermId>)> {
        if let Kind::Superscript(base, power, _) = &tree.kind
            && self.numbers(base) == Some(Numbers::Reals)
            && restriction(power).is_none()
        {
            let (rows, columns) = self.dimensions(power)?;
            return Ok((Sort::Matrix(Dimension(rows), Dimension(columns)), None));
        }
        let set = self.set(tree)?;
        Ok(match self.store.node(set) {
            Node::Reals => (Sort::Real, None),
            Node::Integers => (Sort::Integer, None),
            Node::Naturals => (Sort::Natural, None),
            Node::Range(..) => (Sort::Integer, Some(set)),
            _ => (Sort::Real, Some(set)),
        })
    }

    fn dimensions(&mut self, tree: &Tree) -> Read<(TermId, TermId)> {
        let one = self.store.integer(1);
        match &tree.kind {
            Kind::Times(a, b) => Ok((self.index_term(a)?, self.index_term(b)?)),
            Kind::Group(_, inner) => self.dimensions(inner),
            // `n x m` in ASCII.
            Kind::Juxtaposition(parts) => match parts.as_slice() {
                [
                    a,
                    Tree {
                        kind: Kind::Name(x),
                        ..
                    },
                    b,
                ] if x.base == "x" => Ok((self.index_term(a)?, self.index_term(b)?)),
                _ => Ok((self.index_term(tree)?, one)),
            },
            _ => Ok((self.index_term(tree)?, one)),
        }
    }
}

fn unknown(tree: &Tree) -> Unreadable {
    let message = "a set is expected here: ℝ, ℤ, ℕ, an interval, or {…}";
    match &tree.kind {
        Kind::Number(_) | Kind::Terms(_) | Kind::Fraction(..) | Kind::Empty => {
            Unreadable::new(tree.span, message)
        }
        _ => Unreadable::beyond(tree.span, message),
    }
}

/// What `+`, `*`, `> 0`, `≥ 0`, `0` say behind a set's letter: whether 0 belongs to it, and
/// whether it is the negative half.
fn restriction(mark: &Tree) -> Option<(bool, bool)> {
    match &mark.kind {
        Kind::Name(name) => match name.base.as_str() {
            "+" | "*" => Some((false, false)),
            _ => None,
        },
        Kind::Text(word) => match word.trim() {
            "+" | "*" => Some((false, false)),
            _ => None,
        },
        Kind::Number(zero) if zero == "0" => Some((true, false)),
        Kind::Terms(terms) => match terms.as_slice() {
            [
                (
                    Sign::Plus,
                    Tree {
                        kind: Kind::Empty, ..
                    },
                ),
            ] => Some((false, false)),
            [
                (
                    Sign::Minus,
                    Tree {
                        kind: Kind::Empty, ..
                    },
                ),
            ] => Some((false, true)),
            _ => None,
        },
        Kind::Chain(first, rest) if first.kind == Kind::Empty => match rest.as_slice() {
            [
                (
                    relation,
                    _,
                    Tree {
                        kind: Kind::Number(zero),
                        ..
                    },
                ),
            ] if zero == "0" => match relation {
                Relation::Greater => Some((false, false)),
                Relation::GreaterEqual => Some((true, false)),
                Relation::Less => Some((false, true)),
                Relation::LessEqual => Some((true, true)),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}
