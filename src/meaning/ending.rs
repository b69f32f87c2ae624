//! Where a condition ends: with the sentence that draws its conclusion (`If A is symmetric, then
//! Aᵀ = A.`), where a later one takes its place, and for the letters of `Now for any x`.

use std::collections::BTreeSet;

use crate::syntax::{Element, ElementKind, Kind, Relation, Tree};
use crate::term::{Node, Symbol};

use super::block::{Grouping, Part, Said};
use super::goal::Property;
use super::reader::Reader;
use super::scope::Scope;

/// Words behind `for` that leave a letter free.
const QUANTIFIERS: &[&str] = &["any", "every", "all", "each", "arbitrary", "general"];

/// What may stand between them and the letter.
const KINDS: &[&str] = &["real", "number", "numbers", "value", "values", "of", "the"];

/// Whether the words end in `for any`, `for every real number`, …
fn quantifies(words: &str) -> bool {
    let lower = words.to_lowercase();
    let mut all = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .rev()
        .skip_while(|word| KINDS.contains(word));
    all.next().is_some_and(|word| QUANTIFIERS.contains(&word)) && all.next() == Some("for")
}

/// The names that stand there by themselves, or each with its set.
fn names<'t>(trees: impl Iterator<Item = &'t Tree>) -> Option<Vec<String>> {
    let mut found = Vec::new();
    for tree in trees {
        let named = match &tree.kind {
            Kind::Chain(first, rest) if matches!(rest.as_slice(), [(Relation::Element, ..)]) => {
                first
            }
            _ => tree,
        };
        match &named.kind {
            Kind::List(parts) => {
                for part in parts {
                    found.push(Scope::name_of(part)?);
                }
            }
            _ => found.push(Scope::name_of(named)?),
        }
    }
    (!found.is_empty()).then_some(found)
}

impl<'a> Grouping<'_, 'a> {
    /// `Now for any x`: what a condition says of x ends here.
    pub(super) fn freed(&mut self, elements: &[Element]) {
        let trees = elements.iter().filter_map(|element| match &element.kind {
            ElementKind::Formula(tree) => Some(tree),
            _ => None,
        });
        self.freed_names(trees);
    }

    /// The same for names.
    pub(super) fn freed_names<'t>(&mut self, trees: impl Iterator<Item = &'t Tree>) {
        if self.after_maths || !quantifies(&self.sentence) {
            return;
        }
        if let Some(names) = names(trees) {
            self.aside(Part::Ended(Some(names)));
        }
    }

    /// The same in words alone: `Now for any x,`.
    pub(super) fn freed_in_words(&mut self, words: &str) {
        let words = words.trim_end_matches(|c: char| !c.is_alphanumeric());
        let Some((before, letter)) = words.rsplit_once(char::is_whitespace) else {
            return;
        };
        if letter.chars().nth(1).is_none() && quantifies(before) && !self.after_maths {
            self.aside(Part::Ended(Some(vec![letter.to_owned()])));
        }
    }

    /// The sentence that draws a condition's conclusion ends, and the condition with it.
    pub(super) fn conclude(&mut self) {
        if std::mem::take(&mut self.concluded) {
            self.aside(Part::Ended(None));
        }
    }

    /// Something that is neither a line nor context stands here.
    pub(super) fn aside(&mut self, part: Part<'a>) {
        if self.open && !self.blocks.is_empty() {
            self.here().push(part);
        } else {
            self.pending.push(part);
        }
    }
}

impl<'a> Reader<'_, 'a> {
    /// A condition ends: nothing follows from it any more. Where it ended with its sentence, what
    /// is wrong without it alone is not refuted.
    pub(super) fn end_condition(&mut self, names: Option<&[String]>) {
        match names {
            None => {
                let ended = std::mem::take(&mut self.standing.case);
                (self.standing.ended).extend(ended.iter().map(|stated| stated.full));
                let qualities = std::mem::take(&mut self.standing.case_qualities);
                for (symbol, property) in qualities {
                    self.drop_quality(symbol, property);
                }
            }
            Some(names) => {
                let freed: BTreeSet<Symbol> =
                    names.iter().map(|name| self.store.symbol(name)).collect();
                let store = &*self.store;
                let speaks = |stated: &super::standing::Stated| {
                    store.symbols(stated.full).iter().any(|s| freed.contains(s))
                };
                self.standing.case.retain(|stated| !speaks(stated));
                let qualities = std::mem::take(&mut self.standing.case_qualities);
                for (symbol, property) in qualities {
                    if freed.contains(&symbol) {
                        self.drop_quality(symbol, property);
                    } else {
                        self.standing.case_qualities.push((symbol, property));
                    }
                }
            }
        }
        self.refresh_context();
    }

    /// A condition says of matrices what they are, until one that is about them too.
    pub(super) fn say_condition(&mut self, said: &Said<'a>, before: &[(Symbol, Property)]) {
        if !said.word.is_condition() {
            return;
        }
        let new: Vec<(Symbol, Property)> = (self.qualities().into_iter())
            .filter(|one| !before.contains(one))
            .collect();
        if !said.again {
            let about: BTreeSet<Symbol> = new.iter().map(|(symbol, _)| *symbol).collect();
            let earlier = std::mem::take(&mut self.standing.case_qualities);
            for (symbol, property) in earlier {
                if about.contains(&symbol) {
                    self.drop_quality(symbol, property);
                } else {
                    self.standing.case_qualities.push((symbol, property));
                }
            }
        }
        self.standing.case_qualities.extend(new);
    }

    /// What the declarations say of matrices.
    pub(super) fn qualities(&self) -> Vec<(Symbol, Property)> {
        let all = self.standing.scope.declarations.values();
        all.flat_map(|d| d.properties.iter().map(|p| (d.symbol, *p)))
            .filter(|(_, property)| property.quality().is_some())
            .collect()
    }

    fn drop_quality(&mut self, symbol: Symbol, property: Property) {
        for scope in [&mut self.standing.scope, &mut self.standing.declared] {
            if let Some(declaration) = scope.declarations.get_mut(&symbol) {
                declaration.properties.retain(|one| *one != property);
            }
        }
        if let Some(quality) = property.quality() {
            let name = self.store.add_node(Node::Symbol(symbol));
            let remark = self.store.add_node(Node::Has(quality, name));
            self.standing.ended.push(remark);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_leave_a_letter_free_are_told_from_others() {
        for words in ["Now for any ", "For every real number ", "so, for all "] {
            assert!(quantifies(words), "{words}");
        }
        for words in ["If ", "for ", "for some ", "Any ", "for any choice with "] {
            assert!(!quantifies(words), "{words}");
        }
    }
}
