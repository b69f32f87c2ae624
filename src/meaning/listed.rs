//! Values in a list: `⇒ x = 1, 2` says that x is one of them.

use crate::syntax::{Connective, Kind, Relation, Tree};

use super::block::{Block, Part};
use super::line::{Line, is_expression, is_name};
use super::tree_walk;

/// Whether the tree is a number that is written out.
fn is_closed(tree: &Tree) -> bool {
    is_expression(tree)
        && !tree_walk::any(tree, &mut |part| {
            matches!(
                part.kind,
                Kind::Name(_) | Kind::Ellipsis | Kind::List(_) | Kind::Empty
            )
        })
}

/// The name and the first value of `x = 1`.
fn first_value<'t>(line: &'t Line<'_>) -> Option<&'t Tree> {
    let Kind::Chain(name, rest) = &line.tree.kind else {
        return None;
    };
    let [(Relation::Equal, _, value)] = rest.as_slice() else {
        return None;
    };
    (is_name(name) && is_closed(value)).then_some(name)
}

/// Behind other lines of its block, `x = 1, 2` is `x = 1 or x = 2`.
pub(super) fn joined(block: Block<'_>) -> Block<'_> {
    let mut parts: Vec<Part<'_>> = Vec::with_capacity(block.parts.len());
    let mut lines = 0;
    for part in block.parts {
        if let (Some(Part::Line(before)), Part::Line(next)) = (parts.last_mut(), &part)
            && lines > 1
            && join(before, next)
        {
            continue;
        }
        lines += usize::from(matches!(part, Part::Line(_)));
        parts.push(part);
    }
    Block { parts, ..block }
}

/// Takes the value in, if it goes on with the list.
fn join(line: &mut Line<'_>, next: &Line<'_>) -> bool {
    let beside = std::ptr::eq(line.fragment, next.fragment)
        && next.lead.is_none()
        && next.label.is_none()
        && line.row == next.row
        && is_closed(&next.tree)
        && (line.fragment.text)
            .get(line.tree.span.end as usize..next.tree.span.start as usize)
            .is_some_and(|between| between.trim() == ",");
    if !beside {
        return false;
    }
    let name = match &line.tree.kind {
        Kind::Joined(Connective::Or, parts) => match parts.first().map(|part| &part.kind) {
            Some(Kind::Chain(name, _)) => (**name).clone(),
            _ => return false,
        },
        _ => match first_value(line) {
            Some(name) => name.clone(),
            None => return false,
        },
    };
    let sign = next.tree.span;
    let more = Tree {
        span: sign,
        kind: Kind::Chain(
            Box::new(name),
            vec![(Relation::Equal, sign, next.tree.clone())],
        ),
    };
    let span = line.tree.span.to(sign);
    let mut parts = match &line.tree.kind {
        Kind::Joined(Connective::Or, parts) => parts.clone(),
        _ => vec![line.tree.clone()],
    };
    parts.push(more);
    line.tree = Tree {
        span,
        kind: Kind::Joined(Connective::Or, parts),
    };
    true
}
