//! What words say of vectors and matrices, as statements.

use super::Unreadable;
use super::reader::{Read, Reader};
use crate::source::Span;
use crate::syntax::{ElementKind, Trait, Tree, parse};
use crate::term::{Function, Node, Quality, Relation, TermId};

/// The property of a name that the syntax gives it.
fn quality(name: &str) -> Option<Quality> {
    Some(match name {
        "symmetric" => Quality::Symmetric,
        "skew-symmetric" => Quality::SkewSymmetric,
        "orthogonal" => Quality::Orthogonal,
        "diagonal" => Quality::Diagonal,
        "upper triangular" => Quality::UpperTriangular,
        "lower triangular" => Quality::LowerTriangular,
        "triangular" => Quality::Triangular,
        "positive definite" => Quality::PositiveDefinite,
        "positive semidefinite" => Quality::PositiveSemidefinite,
        "idempotent" => Quality::Idempotent,
        "invertible" => Quality::Invertible,
        _ => return None,
    })
}

impl Reader<'_> {
    /// The statements that the traits make of the subject; what says of which sort it is makes
    /// none.
    pub(super) fn traits(
        &mut self,
        span: Span,
        subject: TermId,
        traits: &[Trait],
    ) -> Read<Vec<TermId>> {
        let mut said = Vec::new();
        for found in traits {
            match found {
                Trait::Quality(name) => {
                    let Some(quality) = quality(name) else {
                        return Err(Unreadable::beyond(
                            span,
                            format!("“{name}” is no property that is known"),
                        ));
                    };
                    said.push(self.store.add_node(Node::Has(quality, subject)));
                }
                Trait::Unit => {
                    let (square, one) = (self.squared(subject, true), self.store.integer(1));
                    said.push(self.store.relation(Relation::Equal, square, one));
                }
                Trait::FullColumnRank | Trait::FullRowRank => {
                    let square = self.squared(subject, *found == Trait::FullColumnRank);
                    let has = Node::Has(Quality::PositiveDefinite, square);
                    said.push(self.store.add_node(has));
                }
                Trait::OrthonormalColumns => {
                    let square = self.squared(subject, true);
                    let identity = self.store.function(Function::Identity, &[]);
                    said.push(self.store.relation(Relation::Equal, square, identity));
                }
                Trait::Sign(kind) => {
                    if self.is_array(subject) && *kind != "nonzero" {
                        return Err(Unreadable::beyond(
                            span,
                            format!("whether each entry is {kind} is not read"),
                        ));
                    }
                    let zero = self.store.integer(0);
                    let (sign, a, b) = match *kind {
                        "positive" => (Relation::Less, zero, subject),
                        "nonnegative" => (Relation::LessEqual, zero, subject),
                        "negative" => (Relation::Less, subject, zero),
                        _ => (Relation::NotEqual, subject, zero),
                    };
                    said.push(self.store.relation(sign, a, b));
                }
                Trait::Whole(kind) => {
                    let integers = self.store.add_node(Node::Integers);
                    said.push(self.store.add_node(Node::Element(subject, integers)));
                    if *kind == "natural" {
                        let zero = self.store.integer(0);
                        said.push(self.store.relation(Relation::LessEqual, zero, subject));
                    }
                }
                Trait::Eigenvector(matrix, value) => {
                    let (matrix, value) = (self.written(span, matrix)?, self.written(span, value)?);
                    let left = self.store.mul(&[matrix, subject]);
                    let right = self.store.mul(&[value, subject]);
                    said.push(self.store.relation(Relation::Equal, left, right));
                    let zero = self.store.integer(0);
                    said.push(self.store.relation(Relation::NotEqual, subject, zero));
                }
                Trait::Size(..) | Trait::Matrix | Trait::Square | Trait::Vector | Trait::Scalar => {
                }
            }
        }
        Ok(said)
    }

    /// AᵀA, or A Aᵀ.
    fn squared(&mut self, a: TermId, transposed_first: bool) -> TermId {
        let turned = self.store.function(Function::Transpose, &[a]);
        if transposed_first {
            self.store.mul(&[turned, a])
        } else {
            self.store.mul(&[a, turned])
        }
    }

    /// The term of a piece of maths that stands among words.
    fn written(&mut self, span: Span, text: &str) -> Read {
        let trees: Vec<Tree> = parse(text, text.contains('\\'))
            .into_iter()
            .filter_map(|element| match element.kind {
                ElementKind::Formula(tree) => Some(tree),
                _ => None,
            })
            .collect();
        match trees.as_slice() {
            [tree] => self.term(tree),
            _ => Err(Unreadable::new(span, "an expression is expected here")),
        }
    }
}
