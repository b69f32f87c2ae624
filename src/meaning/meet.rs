//! Which symbols a tree holds: they are met, and no longer fresh.

use super::elaborate::{head, key};
use super::name::{canonical, peel};
use super::scope::Scope;
use crate::syntax::{Kind, Tree};
use crate::term::Store;

/// Remembers each name of the tree, with its indices.
pub(super) fn meet(store: &mut Store, scope: &mut Scope, tree: &Tree) {
    match &tree.kind {
        Kind::Name(name) if name.run && name.base.chars().count() > 1 => {
            let text = canonical(name);
            if scope.names.contains(&text) {
                scope.meet_key(text);
            } else {
                for letter in name.base.chars() {
                    scope.meet_key(letter.to_string());
                }
            }
        }
        Kind::Name(name) => scope.meet_key(canonical(name)),
        Kind::Subscript(..) | Kind::Superscript(..) => {
            match head(store, scope, tree) {
                Some(head) => {
                    scope.meet_key(key(store, head.term));
                    // The indices are met as letters.
                    if let Some(peeled) = peel(tree) {
                        for part in peeled
                            .below
                            .iter()
                            .chain(peeled.above.iter().map(|(t, _)| t))
                        {
                            meet_index(store, scope, part);
                        }
                    }
                }
                None => {
                    for part in tree.children() {
                        meet(store, scope, part);
                    }
                }
            }
        }
        Kind::Juxtaposition(parts) => {
            for (place, part) in parts.iter().enumerate() {
                let applied = parts.get(place + 1).is_some_and(super::observe::is_bracket);
                match peel(part) {
                    Some(peeled) if applied && scope.is_called(&canonical(peeled.name)) => {
                        scope.meet_key(format!("{}()", canonical(peeled.name)));
                    }
                    _ => meet(store, scope, part),
                }
            }
        }
        _ => {
            for part in tree.children() {
                meet(store, scope, part);
            }
        }
    }
}

/// Labels are no symbols.
fn meet_index(store: &mut Store, scope: &mut Scope, tree: &Tree) {
    if super::name::label(tree).is_none() {
        meet(store, scope, tree);
    }
}
