//! Newcomers: symbols that a step is the first to hold.

use crate::term::{self, Node, Store, Symbol, TermId};

use super::elaborate::Elaborated;
use super::reader::Reader;

impl Reader<'_, '_> {
    /// Notes about symbols that are met for the first time within a step.
    pub(super) fn undefined_notes(
        &mut self,
        meaning: &Elaborated,
        with_constant: bool,
    ) -> Vec<String> {
        // A long list of new names says nothing, and looking for like ones takes its time.
        const MOST: usize = 40;
        let mut notes = Vec::new();
        for symbol in &meaning.fresh {
            let constant =
                with_constant && ["C", "c", "K", "const"].contains(&self.store.name(*symbol));
            if constant || self.undefined >= MOST {
                continue;
            }
            let Some(shown) = shown(self.store, meaning.written, *symbol) else {
                continue;
            };
            self.undefined += 1;
            notes.push(match self.like(&shown) {
                Some(like) => format!("{shown} is not defined; {like} may be meant"),
                None => format!("{shown} is not defined"),
            });
        }
        notes
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
