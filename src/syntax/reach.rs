//! How far Σ and Π reach: through the following terms that use their index.

use super::tree::{BigOperator, Kind, Relation, Sign, Tree};

/// Where the last term ends in a Σ or Π whose index stands free in `term`, moves `term` into its
/// body (a guess); else gives `term` back.
pub(super) fn extend(terms: &mut [(Sign, Tree)], sign: Sign, term: Tree) -> Option<Tree> {
    let Some((_, last)) = terms.last_mut() else {
        return Some(term);
    };
    if !ends_in_big(last) {
        return Some(term);
    }
    into(last, sign, term)
}

fn ends_in_big(tree: &Tree) -> bool {
    matches!(
        tail(tree).kind,
        Kind::Big {
            operator: BigOperator::Sum | BigOperator::Product,
            ..
        }
    )
}

fn tail(tree: &Tree) -> &Tree {
    match &tree.kind {
        Kind::Juxtaposition(factors) => factors.last().map_or(tree, tail),
        Kind::Times(_, right) | Kind::Slash(_, right) => tail(right),
        _ => tree,
    }
}

/// Moves `term` into the innermost operator at the tail of `tree` that binds what it uses.
fn into(tree: &mut Tree, sign: Sign, term: Tree) -> Option<Tree> {
    let end = term.span;
    let left = match &mut tree.kind {
        Kind::Juxtaposition(factors) => match factors.last_mut() {
            Some(last) => into(last, sign, term),
            None => Some(term),
        },
        Kind::Times(_, right) | Kind::Slash(_, right) => into(right, sign, term),
        Kind::Big {
            operator: BigOperator::Sum | BigOperator::Product,
            below,
            body,
            guessed,
            ..
        } => {
            let inner = if let Kind::Terms(parts) = &mut body.kind {
                match parts.last_mut() {
                    Some((_, last)) => into(last, sign, term),
                    None => Some(term),
                }
            } else {
                into(body, sign, term)
            };
            match inner {
                None => {
                    body.span = body.span.to(end);
                    None
                }
                Some(term) => {
                    let indices = below.as_deref().map(indices).unwrap_or_default();
                    if indices.is_empty() || !indices.iter().any(|index| uses(&term, index)) {
                        Some(term)
                    } else {
                        *guessed = true;
                        append(body, sign, term);
                        None
                    }
                }
            }
        }
        _ => Some(term),
    };
    if left.is_none() {
        tree.span = tree.span.to(end);
    }
    left
}

fn append(body: &mut Tree, sign: Sign, term: Tree) {
    let span = body.span.to(term.span);
    if let Kind::Terms(parts) = &mut body.kind {
        parts.push((sign, term));
    } else {
        let first = std::mem::replace(
            body,
            Tree {
                span,
                kind: Kind::Empty,
            },
        );
        body.kind = Kind::Terms(vec![(Sign::Plus, first), (sign, term)]);
    }
    body.span = span;
}

/// The indices that a bound binds: `k` in `k = 1`, `i` and `j` in `i < j`, `j` in `j ≠ i`.
pub(super) fn indices(below: &Tree) -> Vec<Kind> {
    let mut found = Vec::new();
    collect(below, &mut found);
    found
}

fn collect(below: &Tree, found: &mut Vec<Kind>) {
    match &below.kind {
        Kind::Name(_) | Kind::Subscript(..) => found.push(below.kind.clone()),
        Kind::List(items) => items.iter().for_each(|item| collect(item, found)),
        Kind::Juxtaposition(items) if items.iter().all(|t| matches!(t.kind, Kind::Name(_))) => {
            items.iter().for_each(|item| collect(item, found));
        }
        Kind::Given(names, _) => collect(names, found),
        Kind::Group(_, inner) | Kind::Boxed(inner) | Kind::Not(inner) => collect(inner, found),
        Kind::Chain(first, links) => {
            collect(first, found);
            let ordered = links
                .iter()
                .all(|(r, _, _)| matches!(r, Relation::Less | Relation::LessEqual));
            if ordered {
                for (_, _, operand) in links {
                    if let Kind::Name(name) = &operand.kind
                        && (links.len() > 1 || "ijklmrst".contains(&name.base))
                    {
                        found.push(operand.kind.clone());
                    }
                }
            }
        }
        _ => {}
    }
}

/// Whether two symbols are written alike, wherever they stand.
fn same(a: &Kind, b: &Kind) -> bool {
    match (a, b) {
        (Kind::Name(a), Kind::Name(b)) => a == b,
        (Kind::Number(a), Kind::Number(b)) => a == b,
        (Kind::Subscript(a, i), Kind::Subscript(b, j)) => {
            same(&a.kind, &b.kind) && same(&i.kind, &j.kind)
        }
        _ => false,
    }
}

/// Whether `index` stands free in `tree`.
pub(super) fn uses(tree: &Tree, index: &Kind) -> bool {
    if same(&tree.kind, index) {
        return true;
    }
    match &tree.kind {
        Kind::Big {
            below, above, body, ..
        } => {
            let bound = below
                .as_deref()
                .is_some_and(|below| indices(below).iter().any(|bound| same(bound, index)));
            let outside = |t: &Option<Box<Tree>>| t.as_deref().is_some_and(|t| uses(t, index));
            (!bound && (uses(body, index) || outside(below))) || outside(above)
        }
        Kind::Name(name) => {
            // Within a run of letters it is one of them.
            name.run
                && matches!(index, Kind::Name(i) if i.base.chars().count() == 1 && name.base.contains(&i.base))
        }
        _ => tree.children().into_iter().any(|child| uses(child, index)),
    }
}
