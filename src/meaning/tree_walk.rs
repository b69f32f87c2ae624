//! Walks over surface trees.

use crate::syntax::{Kind, Tree};

/// Whether a part of the tree has the property.
pub(super) fn any(tree: &Tree, property: &mut dyn FnMut(&Tree) -> bool) -> bool {
    let mut stack = vec![tree];
    while let Some(next) = stack.pop() {
        if property(next) {
            return true;
        }
        stack.extend(next.children());
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
