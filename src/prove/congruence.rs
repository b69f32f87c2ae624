//! Replacing parts of a term, with the reason.

use rustc_hash::FxHashMap;

use super::line::{Line, Why};
use crate::term::{Node, Store, TermId};

/// The line from `term` to the term in which each part that begins a line of `table` is replaced
/// by that line's end; down to `depth` levels, not within the scope of binders.
pub fn congruence(
    store: &mut Store,
    term: TermId,
    table: &FxHashMap<TermId, Line>,
    depth: u32,
) -> Line {
    let mut replacing = Replacing {
        store,
        table,
        known: FxHashMap::default(),
    };
    replacing.line(term, depth)
}

/// The parts of one term being replaced.
struct Replacing<'a> {
    store: &'a mut Store,
    table: &'a FxHashMap<TermId, Line>,
    /// What was found for a term at so many levels: a term may stand at many places.
    known: FxHashMap<(TermId, u32), Line>,
}

impl Replacing<'_> {
    fn line(&mut self, term: TermId, depth: u32) -> Line {
        if let Some(line) = self.table.get(&term) {
            return line.clone();
        }
        if depth == 0 {
            return Line::start(term);
        }
        if let Some(line) = self.known.get(&(term, depth)) {
            return line.clone();
        }
        let line = self.new_line(term, depth);
        self.known.insert((term, depth), line.clone());
        line
    }

    fn new_line(&mut self, term: TermId, depth: u32) -> Line {
        let node = self.store.node(term).clone();
        let mut children = Vec::new();
        node.for_each_child(|child| children.push(child));
        let mut parts = Vec::new();
        for (place, child) in children.iter().enumerate() {
            if node.in_scope(place) {
                continue;
            }
            let line = self.line(*child, depth - 1);
            if !line.is_still() {
                parts.push((u32::try_from(place).unwrap_or(u32::MAX), line));
            }
        }
        with_parts(self.store, term, parts)
    }
}

/// The line from a term to the term with children replaced (outside the scope of a binder).
pub fn with_parts(store: &mut Store, term: TermId, parts: Vec<(u32, Line)>) -> Line {
    let mut line = Line::start(term);
    if parts.is_empty() {
        return line;
    }
    let node = store.node(term).clone();
    let mut place = 0;
    let mut next = parts.iter().peekable();
    let rebuilt = node.map_children(|child| {
        let here = place;
        place += 1;
        match next.peek() {
            Some((number, line)) if *number == here => {
                next.next();
                line.to
            }
            _ => child,
        }
    });
    let after = match rebuilt {
        Node::Add(xs) => store.add(&xs),
        Node::Mul(xs) => store.mul(&xs),
        other => store.add_node(other),
    };
    line.push(after, Why::parts(None, parts));
    line
}
