//! Laws of random symbols, and what they say of terms at an outcome.

use crate::term::{Node, Store, Symbol, TermId};

/// What is known of how random symbols hang together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laws {
    /// Symbols, members, or families (a member whose indices are letters) that are independent of
    /// one another; the members of a family that stands alone are independent too.
    pub independent: Vec<Vec<TermId>>,
}

/// A random atom of a term: a member of a family whose last index is the outcome, or an event.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Atom {
    symbol: Symbol,
    indices: Vec<TermId>,
}

fn atom(store: &Store, term: TermId, outcome: TermId) -> Option<Atom> {
    match store.node(term) {
        Node::Member(symbol, indices) => {
            let (last, written) = indices.split_last()?;
            (*last == outcome).then(|| Atom {
                symbol: *symbol,
                indices: written.to_vec(),
            })
        }
        Node::Element(place, event) if *place == outcome => match store.node(*event) {
            Node::Symbol(symbol) => Some(Atom {
                symbol: *symbol,
                indices: Vec::new(),
            }),
            Node::Member(symbol, indices) => Some(Atom {
                symbol: *symbol,
                indices: indices.to_vec(),
            }),
            _ => None,
        },
        _ => None,
    }
}

/// The random atoms of a term at that outcome; `None` where the outcome stands elsewhere.
fn atoms(store: &Store, term: TermId, outcome: TermId) -> Option<Vec<Atom>> {
    let Node::Symbol(name) = *store.node(outcome) else {
        return None;
    };
    let mut found: Vec<Atom> = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        if let Some(atom) = atom(store, next, outcome) {
            if atom.indices.iter().any(|i| store.mentions(*i, name)) {
                return None;
            }
            if !found.contains(&atom) {
                found.push(atom);
            }
            continue;
        }
        if next == outcome {
            return None;
        }
        store.node(next).for_each_child(|child| stack.push(child));
    }
    Some(found)
}

/// Whether the declared term (a symbol, a member, or a family with letters for indices) is about
/// the atom; and whether it is a family.
fn covers(store: &Store, declared: TermId, atom: &Atom) -> Option<bool> {
    match store.node(declared) {
        Node::Symbol(symbol) => {
            (*symbol == atom.symbol && atom.indices.is_empty()).then_some(false)
        }
        Node::Member(symbol, indices) => {
            let mut family = false;
            let same = *symbol == atom.symbol
                && indices.len() == atom.indices.len()
                && indices.iter().zip(&atom.indices).all(|(said, index)| {
                    if matches!(store.node(*said), Node::Symbol(_)) {
                        family = true;
                        return true;
                    }
                    said == index
                });
            same.then_some(family)
        }
        _ => None,
    }
}

/// Whether two terms at an outcome are independent by a law. `distinct` says whether two indices
/// are never equal.
pub fn independent(
    store: &mut Store,
    laws: &Laws,
    (f, g): (TermId, TermId),
    outcome: TermId,
    distinct: &mut dyn FnMut(&mut Store, TermId, TermId) -> bool,
) -> bool {
    let (Some(left), Some(right)) = (atoms(store, f, outcome), atoms(store, g, outcome)) else {
        return false;
    };
    laws.independent.iter().any(|law| {
        let place = |store: &Store, atom: &Atom| {
            law.iter()
                .enumerate()
                .find_map(|(place, declared)| Some((place, covers(store, *declared, atom)?)))
        };
        left.iter().all(|a| {
            right.iter().all(|b| {
                let (Some((p, _)), Some((q, family))) = (place(store, a), place(store, b)) else {
                    return false;
                };
                if p != q {
                    return true;
                }
                // Members of one family.
                family
                    && law.len() == 1
                    && a.indices.iter().zip(&b.indices).any(|(i, j)| {
                        store.is_closed(*i) && store.is_closed(*j) && distinct(store, *i, *j)
                    })
            })
        }) && (left.is_empty()
            || right.is_empty()
            || left
                .iter()
                .chain(&right)
                .all(|atom| place(store, atom).is_some()))
    })
}

/// Whether what is random in f and g are members with the index k of one family whose members are
/// independent.
#[must_use]
pub fn members(
    store: &Store,
    laws: &Laws,
    (f, g): (TermId, TermId),
    k: TermId,
    outcome: TermId,
) -> bool {
    let (Some(left), Some(right)) = (atoms(store, f, outcome), atoms(store, g, outcome)) else {
        return false;
    };
    laws.independent.iter().any(|law| {
        let [family] = law.as_slice() else {
            return false;
        };
        left.iter().chain(&right).all(|atom| {
            atom.indices.as_slice() == [k] && covers(store, *family, atom) == Some(true)
        })
    })
}
