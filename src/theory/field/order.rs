//! An order of terms that depends on how they are written alone, not on the store.

use std::cmp::Ordering;

use crate::term::{Node, Store, TermId};

/// Compares two terms: simple ones first, symbols by name.
pub(super) fn compare(store: &Store, a: TermId, b: TermId) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    let (x, y) = (store.node(a), store.node(b));
    let by_kind = kind(x).cmp(&kind(y));
    if by_kind != Ordering::Equal {
        return by_kind;
    }
    let by_head = match (x, y) {
        (Node::Number(p), Node::Number(q)) => p.cmp(q),
        (Node::Constant(p), Node::Constant(q)) => p.cmp(q),
        (Node::Bound(p), Node::Bound(q)) => p.cmp(q),
        (Node::Function(p, _), Node::Function(q, _)) => p.cmp(q),
        (
            Node::Symbol(p) | Node::Member(p, _) | Node::Call(p, _, _),
            Node::Symbol(q) | Node::Member(q, _) | Node::Call(q, _, _),
        ) => by_name(store.name(*p), store.name(*q)),
        _ => Ordering::Equal,
    };
    if by_head != Ordering::Equal {
        return by_head;
    }
    let children = |node: &Node| {
        let mut list = Vec::new();
        node.for_each_child(|child| list.push(child));
        list
    };
    let (left, right) = (children(x), children(y));
    for (p, q) in left.iter().zip(&right) {
        let by_child = compare(store, *p, *q);
        if by_child != Ordering::Equal {
            return by_child;
        }
    }
    // Heads that hold more than children (orders of derivatives, sizes) differ last.
    left.len().cmp(&right.len()).then_with(|| match (x, y) {
        (Node::Call(_, p, _), Node::Call(_, q, _)) => p.cmp(q),
        _ => x.cmp(y),
    })
}

/// Fresh names `b#9` and `b#10` count by number.
fn by_name(a: &str, b: &str) -> Ordering {
    match (a.split_once('#'), b.split_once('#')) {
        (Some((p, m)), Some((q, n))) => p.cmp(q).then(m.len().cmp(&n.len())).then_with(|| m.cmp(n)),
        (None, None) => a.cmp(b),
        // Fresh names come last: what is bound is ordered among itself.
        (Some(_), None) => Ordering::Greater,
        (None, Some(_)) => Ordering::Less,
    }
}

fn kind(node: &Node) -> u8 {
    match node {
        Node::Number(_) => 0,
        Node::Constant(_) => 1,
        Node::Symbol(_) => 2,
        Node::Bound(_) => 3,
        Node::Member(..) => 4,
        Node::Pow(..) => 5,
        Node::Add(_) => 6,
        Node::Mul(_) => 7,
        Node::Call(..) => 8,
        Node::Function(..) => 9,
        Node::Derivative(..) => 10,
        Node::Integral(..) => 11,
        Node::Antiderivative(..) => 12,
        Node::Limit(..) => 13,
        Node::Sum(..) => 14,
        Node::Product(..) => 15,
        _ => 16,
    }
}
