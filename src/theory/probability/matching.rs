//! Instances of what holds for all.

use crate::term::{Node, Store, Symbol, TermId};

/// Whether the pattern becomes the term with terms for its letters, which are added to `found`:
/// the same for the same letter. They may hold bound variables.
pub fn matches(
    store: &Store,
    pattern: TermId,
    term: TermId,
    letters: &[Symbol],
    found: &mut Vec<(Symbol, TermId)>,
) -> bool {
    if let Node::Symbol(symbol) = store.node(pattern)
        && letters.contains(symbol)
    {
        if let Some((_, known)) = found.iter().find(|(s, _)| s == symbol) {
            return *known == term;
        }
        found.push((*symbol, term));
        return true;
    }
    if pattern == term {
        return true;
    }
    let (x, y) = (store.node(pattern), store.node(term));
    if x.map_children(|_| pattern) != y.map_children(|_| pattern) {
        return false;
    }
    let (mut xs, mut ys) = (Vec::new(), Vec::new());
    x.for_each_child(|child| xs.push(child));
    y.for_each_child(|child| ys.push(child));
    !xs.is_empty()
        && xs.len() == ys.len()
        && xs
            .iter()
            .zip(&ys)
            .all(|(p, t)| matches(store, *p, *t, letters, found))
}
