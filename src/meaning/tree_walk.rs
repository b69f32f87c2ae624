//! Walks over surface trees.

use crate::syntax::{Kind, Tree};

/// The children of a tree, in order.
pub(super) fn children(tree: &Tree) -> Vec<&Tree> {
    let mut found: Vec<&Tree> = Vec::new();
    match &tree.kind {
        Kind::Number(_)
        | Kind::Name(_)
        | Kind::Infinity
        | Kind::Ellipsis
        | Kind::Text(_)
        | Kind::Empty
        | Kind::Truth(_) => {}
        Kind::Group(_, a)
        | Kind::Prime(a, _)
        | Kind::Factorial(a)
        | Kind::Boxed(a)
        | Kind::Not(a) => found.push(a),
        Kind::List(all) | Kind::Juxtaposition(all) | Kind::Joined(_, all) => found.extend(all),
        Kind::Given(a, b)
        | Kind::Subscript(a, b)
        | Kind::Superscript(a, b, _)
        | Kind::Fraction(a, b)
        | Kind::Binomial(a, b)
        | Kind::Times(a, b)
        | Kind::CircledTimes(a, b, _)
        | Kind::Slash(a, b)
        | Kind::Underbrace(a, b)
        | Kind::ForAll(a, b)
        | Kind::Implication(_, a, b) => found.extend([a.as_ref(), b.as_ref()]),
        Kind::Root(degree, a) => {
            found.extend(degree.as_deref());
            found.push(a);
        }
        Kind::Terms(terms) => found.extend(terms.iter().map(|(_, term)| term)),
        Kind::Derivative { body, by, .. } => {
            found.extend(body.as_deref());
            found.extend(by.iter().map(|(variable, _)| variable));
        }
        Kind::Gradient(by, _, a) => {
            found.extend(by.as_deref());
            found.push(a);
        }
        Kind::Big {
            below, above, body, ..
        } => {
            found.extend(below.as_deref());
            found.extend(above.as_deref());
            found.push(body);
        }
        Kind::Integral { limits, body, by } => {
            if let Some((lower, upper)) = limits {
                found.extend([lower.as_ref(), upper.as_ref()]);
            }
            found.extend([body.as_ref(), by.as_ref()]);
        }
        Kind::Evaluated(a, lower, upper) => {
            found.push(a);
            found.extend(lower.as_deref());
            found.extend(upper.as_deref());
        }
        Kind::Matrix(rows) => found.extend(rows.iter().flatten()),
        Kind::Cases(rows) => {
            for (value, condition) in rows {
                found.push(value);
                found.extend(condition);
            }
        }
        Kind::Chain(first, rest) => {
            found.push(first);
            found.extend(rest.iter().map(|(_, _, operand)| operand));
        }
    }
    found
}

/// Whether a part of the tree has the property.
pub(super) fn any(tree: &Tree, property: &mut dyn FnMut(&Tree) -> bool) -> bool {
    let mut stack = vec![tree];
    while let Some(next) = stack.pop() {
        if property(next) {
            return true;
        }
        stack.extend(children(next));
    }
    false
}

/// Whether ± or ∓ (or the second alone) stands in a tree.
pub(super) fn has_double_sign(tree: &Tree, lower_only: bool) -> bool {
    use crate::syntax::{Kind, Sign};
    any(tree, &mut |tree| match &tree.kind {
        Kind::Terms(terms) => terms.iter().any(|(sign, _)| match sign {
            Sign::MinusPlus => true,
            Sign::PlusMinus => !lower_only,
            _ => false,
        }),
        _ => false,
    })
}

/// Whether a derivative stands in the tree.
pub(super) fn has_derivative(tree: &Tree) -> bool {
    any(tree, &mut |tree| {
        matches!(
            tree.kind,
            Kind::Derivative { .. } | Kind::Gradient(..) | Kind::Prime(..)
        )
    })
}
