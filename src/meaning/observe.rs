//! What a section shows before it is read: names that stand alone, families and their ranges.

use std::collections::{BTreeMap, BTreeSet};

use super::elaborate::written_range;
use super::name::{canonical, label, literal, peel, plain_name};
use crate::syntax::{BigOperator, Bracket, Kind, Relation, Style, Tree};

/// A range of an index as it is written: from, to.
pub(super) type WrittenRange = (Tree, Tree);

/// What was seen of names in a section.
#[derive(Clone, Debug, Default)]
pub(super) struct Observed {
    /// Names that stand without arguments somewhere.
    pub(super) alone: BTreeSet<String>,
    /// Names that stand before a bracket somewhere.
    pub(super) applied: BTreeSet<String>,
    /// Members of families with a number for an index.
    pub(super) members: BTreeMap<String, BTreeSet<i64>>,
    /// Over which range a sum runs through a family, by name and place of the index.
    pub(super) ranges: BTreeMap<(String, usize), WrittenRange>,
    /// Over which range a sum with this index runs.
    pub(super) sums: BTreeMap<String, WrittenRange>,
    /// Names that stand with ′ before a bracket.
    pub(super) primed: BTreeSet<String>,
    /// Names that stand with an exponent T.
    pub(super) transposed: BTreeSet<String>,
    /// Whether a matrix is written out, or a capital letter is bold, underlined or arrowed.
    pub(super) matrices: bool,
    /// The names that are factors of one product, for each product, in order.
    pub(super) products: BTreeSet<Vec<String>>,
    /// Variables of integrals, in order.
    pub(super) integrated: Vec<String>,
}

/// Whether a factor is a bracket that could hold arguments, perhaps with a power behind it.
pub(super) fn is_bracket(tree: &Tree) -> bool {
    match &tree.kind {
        Kind::Group(Bracket::Round | Bracket::Square | Bracket::Curly, _) => true,
        Kind::Superscript(base, _, false) | Kind::Factorial(base) => is_bracket(base),
        _ => false,
    }
}

/// The name of an index or symbol with its label, and the indices that are none.
pub(super) fn name_and_indices(tree: &Tree) -> Option<(String, Vec<&Tree>)> {
    let peeled = peel(tree)?;
    let mut name = canonical(peeled.name);
    let mut indices = Vec::new();
    for below in &peeled.below {
        match label(below) {
            Some(word) => {
                name.push('_');
                name.push_str(&word);
            }
            None => indices.extend(split_indices(below)),
        }
    }
    for (above, index) in &peeled.above {
        if *index {
            indices.extend(split_indices(above));
        }
    }
    Some((name, indices))
}

/// Several indices side by side or with commas.
pub(super) fn split_indices(tree: &Tree) -> Vec<&Tree> {
    match &tree.kind {
        Kind::List(parts) => parts.iter().collect(),
        Kind::Group(Bracket::Round, inner) => split_indices(inner),
        Kind::Juxtaposition(parts)
            if parts
                .iter()
                .all(|p| peel(p).is_some() || literal(p).is_some())
                && parts.first().and_then(literal).is_none_or(|n| n == 1) =>
        {
            parts.iter().collect()
        }
        _ => vec![tree],
    }
}

/// The conditions below a sum, one by one.
pub(super) fn conditions(below: &Tree) -> Vec<&Tree> {
    match &below.kind {
        Kind::List(parts) | Kind::Joined(_, parts) => parts.iter().flat_map(conditions).collect(),
        _ => vec![below],
    }
}

/// Whether an exponent is the letter T, in whatever spelling.
fn is_t(exponent: &Tree) -> bool {
    match &exponent.kind {
        Kind::Name(name) => {
            matches!(name.base.as_str(), "T" | "⊤" | "⊺" | "ᵀ" | "top") && name.accents.is_empty()
        }
        Kind::Text(word) => word.trim() == "T",
        _ => false,
    }
}

impl Observed {
    /// Whether T stands as an exponent only, and behind a capital letter: then it transposes.
    pub(super) fn transposes(&self) -> bool {
        !self.alone.contains("T")
            && self
                .transposed
                .iter()
                .any(|name| name.chars().next().is_some_and(char::is_uppercase))
    }

    /// Looks at a tree; `place` tells nothing of what is around it.
    pub(super) fn look(&mut self, tree: &Tree) {
        match &tree.kind {
            Kind::Juxtaposition(factors) => {
                self.product(factors);
                for (place, factor) in factors.iter().enumerate() {
                    let applied = factors.get(place + 1).is_some_and(is_bracket);
                    self.factor(factor, applied);
                }
            }
            Kind::Name(_) | Kind::Subscript(..) | Kind::Superscript(..) | Kind::Prime(..) => {
                self.factor(tree, false);
            }
            Kind::Derivative { body, by, .. } => {
                // `df/dx` says nothing of whether f has arguments elsewhere.
                match body {
                    Some(body) if peel(body).is_some() => self.family(body),
                    Some(body) => self.look(body),
                    None => {}
                }
                for (v, _) in by {
                    self.look(v);
                }
            }
            Kind::Gradient(by, _, body) => {
                if let Some(by) = by {
                    self.look(by);
                }
                if peel(body).is_none() {
                    self.look(body);
                }
            }
            Kind::Big {
                operator,
                below,
                above,
                body,
                ..
            } => {
                if let (BigOperator::Sum | BigOperator::Product, Some(below), Some(above)) =
                    (operator, below, above)
                {
                    self.sum(below, above, body);
                }
                for part in tree.children() {
                    self.look(part);
                }
            }
            Kind::Integral { by, .. } => {
                if let Some(name) = plain_name(by)
                    && !self.integrated.contains(&name)
                {
                    self.integrated.push(name);
                }
                for part in tree.children() {
                    self.look(part);
                }
            }
            Kind::Matrix(_) => {
                self.matrices = true;
                for part in tree.children() {
                    self.look(part);
                }
            }
            Kind::ForAll(body, bound) => {
                if let Some((index, range)) = bound_range(bound) {
                    self.run_through(body, &index, &range);
                    self.sums.entry(index).or_insert(range);
                }
                for part in tree.children() {
                    self.look(part);
                }
            }
            _ => {
                for part in tree.children() {
                    self.look(part);
                }
            }
        }
    }

    /// Remembers which names stand side by side as factors.
    fn product(&mut self, factors: &[Tree]) {
        let mut names = Vec::new();
        for (place, factor) in factors.iter().enumerate() {
            let applied = factors.get(place + 1).is_some_and(is_bracket);
            if let Some(peeled) = peel(factor)
                && peeled.below.is_empty()
                && !applied
                && !peeled.name.run
            {
                names.push(canonical(peeled.name));
            }
        }
        if names.len() > 1 {
            self.products.insert(names);
        }
    }

    fn factor(&mut self, factor: &Tree, applied: bool) {
        let Some(peeled) = peel(factor) else {
            match &factor.kind {
                Kind::Superscript(base, exponent, _) => {
                    self.look(base);
                    if !is_t(exponent) {
                        self.look(exponent);
                    }
                }
                Kind::Name(_) | Kind::Subscript(..) | Kind::Prime(..) => {
                    for part in factor.children() {
                        self.look(part);
                    }
                }
                _ => self.look(factor),
            }
            return;
        };
        self.family(factor);
        self.matrices |=
            peeled.name.style == Style::Vector && peeled.name.base.chars().all(char::is_uppercase);
        let name = name_and_indices(factor).map(|(name, _)| name);
        for (exponent, index) in &peeled.above {
            if is_t(exponent) {
                self.transposed.extend(name.clone());
            } else if !index {
                self.look(exponent);
            }
        }
        let Some(name) = name else {
            return;
        };
        if applied && peeled.primes > 0 {
            self.primed.insert(name.clone());
        }
        if peeled.name.run && peeled.below.is_empty() {
            // A run of letters may be a product; the last letter may have the bracket.
            let count = name.chars().count();
            for (place, letter) in name.chars().enumerate() {
                if count == 1 || !(applied && place + 1 == count) {
                    self.seen(letter.to_string(), applied && count == 1, peeled.primes);
                } else {
                    self.applied.insert(letter.to_string());
                }
            }
            if count == 1 {
                return;
            }
        }
        self.seen(name, applied, peeled.primes);
    }

    fn seen(&mut self, name: String, applied: bool, primes: u32) {
        if applied {
            self.applied.insert(name);
        } else if primes == 0 {
            self.alone.insert(name);
        }
    }

    fn family(&mut self, tree: &Tree) {
        let Some((name, indices)) = name_and_indices(tree) else {
            return;
        };
        if let [index] = indices.as_slice()
            && let Some(number) = literal(index)
        {
            self.members.entry(name).or_default().insert(number);
        }
    }

    /// Remembers through which families the sum runs.
    fn sum(&mut self, below: &Tree, above: &Tree, body: &Tree) {
        for condition in conditions(below) {
            let Kind::Chain(index, relations) = &condition.kind else {
                continue;
            };
            let [(Relation::Equal, _, lower)] = relations.as_slice() else {
                continue;
            };
            let Some(name) = plain_name(index) else {
                continue;
            };
            let range = (lower.clone(), above.clone());
            self.run_through(body, &name, &range);
            self.sums.entry(name).or_insert(range);
        }
    }

    fn run_through(&mut self, tree: &Tree, index: &str, range: &WrittenRange) {
        if let Some((name, indices)) = name_and_indices(tree) {
            for (place, i) in indices.iter().enumerate() {
                if plain_name(i).as_deref() == Some(index) {
                    self.ranges
                        .entry((name.clone(), place))
                        .or_insert_with(|| range.clone());
                }
            }
        }
        for part in tree.children() {
            self.run_through(part, index, range);
        }
    }
}

/// `i = 1, …, n` behind “for all”: the index and its range.
fn bound_range(bound: &Tree) -> Option<(String, WrittenRange)> {
    let (chain, last) = match &bound.kind {
        Kind::List(parts) => {
            let dots = parts.iter().any(|part| part.kind == Kind::Ellipsis);
            (parts.first().filter(|_| dots)?, parts.last()?)
        }
        _ => (bound, bound),
    };
    let Kind::Chain(index, rest) = &chain.kind else {
        return None;
    };
    let [(Relation::Equal | Relation::Element, _, lower)] = rest.as_slice() else {
        return None;
    };
    let range = match written_range(lower) {
        Some(range) => range,
        None if chain != last => (lower.clone(), last.clone()),
        None => return None,
    };
    Some((plain_name(index)?, range))
}
