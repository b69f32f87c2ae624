//! The language of the e-graph: a head and children. Heads are numbered by first occurrence, so
//! no order of interning and no name of a symbol reaches the e-graph.

use egg::{Id, Language};
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use crate::term::{Function, Node, Store, TermId};

/// An operation: the number of its head, and its children. Sums and products have as many
/// children as they have terms and factors.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Operation {
    head: u32,
    children: Box<[Id]>,
}

impl Operation {
    /// An operation.
    pub fn new(head: u32, children: Vec<Id>) -> Self {
        Operation {
            head,
            children: children.into(),
        }
    }

    /// The number of its head.
    pub fn head(&self) -> u32 {
        self.head
    }
}

impl Language for Operation {
    type Discriminant = u32;

    fn discriminant(&self) -> u32 {
        self.head
    }

    fn matches(&self, other: &Self) -> bool {
        self.head == other.head && self.children.len() == other.children.len()
    }

    fn children(&self) -> &[Id] {
        &self.children
    }

    fn children_mut(&mut self) -> &mut [Id] {
        &mut self.children
    }
}

/// The heads met so far: nodes in which each child that the e-graph sees is blanked out.
#[derive(Debug, Default)]
pub struct Heads(IndexSet<Node, FxBuildHasher>);

impl Heads {
    /// The number of a node's head.
    pub fn number(&mut self, store: &mut Store, node: &Node) -> u32 {
        let blank = store.integer(0);
        let open = places(node);
        let mut place = 0;
        let head = node.map_children(|child| {
            place += 1;
            if open.contains(&(place - 1)) {
                blank
            } else {
                child
            }
        });
        u32::try_from(self.0.insert_full(head).0).unwrap_or(u32::MAX)
    }

    /// The term with that head and these children.
    pub fn build(&self, store: &mut Store, head: u32, children: &[TermId]) -> Option<TermId> {
        let head = self.0.get_index(head as usize)?;
        Some(match head {
            Node::Add(_) => store.add(children),
            Node::Mul(_) => store.mul(children),
            _ => {
                let open = places(head);
                let (mut place, mut next) = (0, children.iter().copied());
                let node = head.map_children(|child| {
                    place += 1;
                    if open.contains(&(place - 1)) {
                        next.next().unwrap_or(child)
                    } else {
                        child
                    }
                });
                store.add_node(node)
            }
        })
    }
}

/// The places of the children that the e-graph sees: those of whose values the node's value is a
/// function. What a binder binds in is part of its head: a hypothesis about x says nothing about
/// a bound x, nor about the other outcomes that an expectation looks at. Statements, cases and
/// matrices are atoms.
pub fn places(node: &Node) -> Vec<usize> {
    let seen = match node {
        Node::Member(..)
        | Node::Call(..)
        | Node::Add(_)
        | Node::Mul(_)
        | Node::Pow(..)
        | Node::Derivative(..)
        | Node::Integral(..)
        | Node::Limit(..)
        | Node::Sum(..)
        | Node::Product(..)
        | Node::Extremum(..) => true,
        Node::Function(function, _) => is_numeric(*function),
        _ => false,
    };
    let mut count = 0;
    node.for_each_child(|_| count += 1);
    (0..count)
        .filter(|place| seen && !node.in_scope(*place))
        .collect()
}

/// The children at those places.
pub fn arguments(node: &Node) -> Vec<TermId> {
    let mut children = Vec::new();
    node.for_each_child(|child| children.push(child));
    places(node)
        .into_iter()
        .filter_map(|place| children.get(place).copied())
        .collect()
}

/// Whether a function takes numbers to a number.
fn is_numeric(function: Function) -> bool {
    use Function as F;
    !matches!(
        function,
        F::Norm
            | F::Transpose
            | F::Inverse
            | F::Trace
            | F::Determinant
            | F::Diagonal
            | F::Identity
            | F::Ones
            | F::Kronecker
            | F::Hadamard
            | F::Entry
            | F::Expectation
            | F::ConditionalExpectation
            | F::Variance
            | F::Covariance
            | F::Correlation
            | F::Probability
            | F::ConditionalProbability
            | F::Indicator
    )
}
