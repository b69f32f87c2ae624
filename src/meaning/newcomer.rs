//! Newcomers: symbols that a step is the first to hold.

use crate::term::{self, Node, Store, Symbol, TermId};

use super::chain::Operand;
use super::elaborate::Elaborated;
use super::reader::Reader;

impl Reader<'_, '_> {
    /// Notes about symbols that are met for the first time within a step.
    pub(super) fn undefined_notes(
        &mut self,
        meaning: &Elaborated,
        members: &[TermId],
        with_constant: bool,
    ) -> Vec<String> {
        // A long list of new names says nothing, and looking for like ones takes its time.
        const MOST: usize = 40;
        let loose = |shown: &str| {
            let mut notes = meaning.notes.iter();
            notes.any(|note| {
                note.strip_prefix(shown)
                    .is_some_and(|n| n.starts_with(" is bound by no sum"))
            })
        };
        let mut notes = Vec::new();
        for symbol in &meaning.fresh {
            let constant =
                with_constant && ["C", "c", "K", "const"].contains(&self.store.name(*symbol));
            // The end of a range that is not written is nobody's symbol.
            let unwritten = self.store.name(*symbol).ends_with("#range");
            if constant || unwritten || self.undefined >= MOST {
                continue;
            }
            if let Some(shown) = shown(self.store, meaning.written, *symbol)
                && !loose(&shown)
            {
                notes.push(self.undefined(&shown));
            }
        }
        for member in members {
            let shown = term::print(self.store, *member);
            if self.undefined < MOST && !loose(&shown) {
                notes.push(self.undefined(&shown));
            }
        }
        notes
    }

    fn undefined(&mut self, shown: &str) -> String {
        self.undefined += 1;
        match self.like(shown) {
            Some(like) => format!("{shown} is not defined; {like} may be meant"),
            None => format!("{shown} is not defined"),
        }
    }

    /// Members with a number for an index, of families of which others were met (`W_3` after
    /// `W_1` and `W_2`) but nothing that holds for all of them.
    pub(super) fn new_members(&self, meaning: &Elaborated) -> Vec<TermId> {
        let mut found = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        let mut stack = vec![meaning.written];
        while let Some(next) = stack.pop() {
            if !seen.insert(next) {
                continue;
            }
            let node = self.store.node(next);
            if let Node::Member(family, indices) = node
                && !meaning.fresh.contains(family)
                && indices.iter().all(|index| self.store.is_closed(*index))
                && self
                    .standing
                    .is_new_member(self.store, next, *family, indices)
            {
                found.push(next);
            }
            node.for_each_child(|child| stack.push(child));
        }
        found.sort_unstable();
        found
    }

    /// Why `left := right` is a claim and no definition.
    pub(super) fn no_definition(&self, left: &Operand<'_>, right: &Operand<'_>) -> Option<String> {
        let (left, right) = (left.meaning.as_ref().ok()?, right.meaning.as_ref().ok()?);
        let name = term::print(self.store, left.written);
        Some(
            if super::standing::contains(self.store, right.written, left.written) {
                format!(
                    "{name} would be defined by itself, so this is a claim; {name} ← … gives it a new value"
                )
            } else {
                format!("{name} has a meaning already, so this is a claim")
            },
        )
    }

    /// A name that was met and differs from `name` in its accents alone.
    fn like(&self, name: &str) -> Option<String> {
        use unicode_normalization::UnicodeNormalization;
        let bare = |name: &str| -> String {
            name.nfd()
                .filter(|c| {
                    !matches!(
                        c,
                        '\u{300}'..='\u{36f}' | '*' | '′' | '\'' | '_' | '[' | ']'
                    )
                })
                .collect::<String>()
                .to_lowercase()
        };
        let wanted = bare(name);
        self.standing
            .scope
            .met
            .iter()
            .filter(|key| {
                key.strip_prefix(name)
                    .is_none_or(|rest| !rest.starts_with('['))
            })
            .find(|key| key.replace('[', "_").trim_end_matches(']') != name && bare(key) == wanted)
            .map(|key| key.replace('[', "_").trim_end_matches(']').nfc().collect())
    }
}

/// A symbol as it stands in a term, with its indices; `None` where it stands in indices alone.
fn shown(store: &Store, term: TermId, symbol: Symbol) -> Option<String> {
    let mut stack = vec![term];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        match store.node(next) {
            Node::Symbol(s) if *s == symbol => return Some(term::print(store, next)),
            Node::Member(s, indices) => {
                if *s == symbol {
                    let closed = indices.iter().all(|index| store.is_closed(*index));
                    return Some(if closed {
                        term::print(store, next)
                    } else {
                        store.name(symbol).to_owned()
                    });
                }
            }
            node => node.for_each_child(|child| stack.push(child)),
        }
    }
    None
}
