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
    /// Names that words only mention.
    pub(super) mentioned: BTreeSet<String>,
    /// Names that words call functions.
    pub(super) called: BTreeSet<String>,
    /// Names that stand before a bracket somewhere.
    pub(super) applied: BTreeSet<String>,
    /// What stands in the brackets behind a name.
    pub(super) brackets: BTreeMap<String, BTreeSet<String>>,
    /// Members of families with a number for an index.
    pub(super) members: BTreeMap<String, BTreeSet<i64>>,
    /// Over which range a sum runs through a family, by name and place of the index.
    pub(super) ranges: BTreeMap<(String, usize), WrittenRange>,
    /// Over which range a sum with this index runs.
    pub(super) sums: BTreeMap<String, WrittenRange>,
    /// What `for i = 1, …, n` behind a statement says of the families in it.
    pub(super) said: BTreeMap<(String, usize), WrittenRange>,
    /// Indices of sums over different ranges: what one that is left out would be, nobody knows.
    pub(super) mixed: BTreeSet<String>,
    /// Families that sums over different ranges run through.
    pub(super) cut: BTreeSet<(String, usize)>,
    /// Which letters stand as the index of a family at a place.
    pub(super) indexed: BTreeMap<(String, usize), BTreeSet<String>>,
    /// Indices of sums and the like whose range is left out.
    pub(super) unwritten: BTreeSet<String>,
    /// Names that stand with ′ before a bracket.
    pub(super) primed: BTreeSet<String>,
    /// Names that stand with an exponent T.
    pub(super) transposed: BTreeSet<String>,
    /// Whether a matrix is written out, or a capital letter is bold, underlined or arrowed.
    pub(super) matrices: bool,
    /// The names that are factors of one product, for each product, in order.
    pub(super) products: BTreeSet<Vec<String>>,
    /// Laws below E that are written out as functions.
    pub(super) densities: BTreeSet<String>,
    /// Variables of integrals, in order.
    pub(super) integrated: Vec<String>,
}

/// Whether a factor is a bracket that could hold arguments, perhaps with a power behind it.
pub(super) fn is_bracket(tree: &Tree) -> bool {
    match &tree.kind {
        Kind::Group(Bracket::Round | Bracket::Square | Bracket::Curly, _) => true,
        Kind::Superscript(base, _, false) | Kind::Factorial(base) | Kind::Subscript(base, _) => {
            is_bracket(base)
        }
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

    /// Names that a sentence mentions: they stand without arguments nowhere for that.
    pub(super) fn mention(&mut self, names: &[&Tree], functions: bool) {
        for tree in names {
            self.family(tree);
            if let Some((name, _)) = name_and_indices(tree) {
                if functions {
                    self.called.insert(name.clone());
                }
                self.mentioned.insert(name);
            }
        }
    }

    /// Looks at a tree; `place` tells nothing of what is around it.
    pub(super) fn look(&mut self, tree: &Tree) {
        match &tree.kind {
            Kind::Juxtaposition(factors) => {
                self.product(factors);
                for (place, factor) in factors.iter().enumerate() {
                    let next = factors.get(place + 1).filter(|next| is_bracket(next));
                    if let (Some(next), Kind::Name(name)) = (next, &factor.kind) {
                        let inside = self.brackets.entry(canonical(name)).or_default();
                        inside.insert(next.to_string());
                    }
                    let applied = next.is_some();
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
                if *operator != BigOperator::Limit {
                    self.sum(below.as_deref(), above.as_deref(), body);
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
                self.bound(body, bound);
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
        // What has a trace or determinant is a matrix.
        self.matrices |= matches!(peeled.name.base.as_str(), "tr" | "det");
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
            self.members.entry(name.clone()).or_default().insert(number);
        }
        for (place, letter) in letters_of(&indices).into_iter().enumerate() {
            if let Some(letter) = letter {
                let letters = self.indexed.entry((name.clone(), place)).or_default();
                letters.insert(letter);
            }
        }
    }

    /// Remembers what `for i = 1, …, n` behind a statement says of its families.
    pub(super) fn bound(&mut self, body: &Tree, bound: &Tree) {
        if let Some((index, range)) = bound_range(bound) {
            for family in run_through(body, &index) {
                self.said
                    .entry(family.clone())
                    .or_insert_with(|| range.clone());
                self.ranges.entry(family).or_insert_with(|| range.clone());
            }
            self.sums.entry(index).or_insert(range);
        }
    }

    /// Remembers through which families the sum runs.
    fn sum(&mut self, below: Option<&Tree>, above: Option<&Tree>, body: &Tree) {
        let below = below.filter(|below| below.kind != Kind::Empty);
        for condition in below.map(conditions).unwrap_or_default() {
            if let Some((name, range)) = written_index(condition, above) {
                self.runs(body, name, &range);
                continue;
            }
            let operands: Vec<&Tree> = match &condition.kind {
                // `i ≠ j`, `i < j`
                Kind::Chain(first, rest) => std::iter::once(first.as_ref())
                    .chain(rest.iter().map(|(_, _, operand)| operand))
                    .collect(),
                _ => vec![condition],
            };
            self.unwritten
                .extend(operands.into_iter().filter_map(plain_name));
        }
        if below.is_none() {
            let mut indices = BTreeSet::new();
            letters_of_indices(body, &mut indices);
            if indices.len() == 1 {
                self.unwritten.extend(indices);
            }
        }
    }

    /// What is indexed by the same letters as the index or family, step by step: whatever one of
    /// them runs through, all do. Letters and families, the nearest first.
    pub(super) fn linked(&self, start: Linked) -> Vec<Linked> {
        let mut found = vec![start];
        let mut place = 0;
        while let Some(next) = found.get(place).cloned() {
            place += 1;
            let more: Vec<Linked> = match &next {
                Linked::Letter(letter) => (self.indexed.iter())
                    .filter(|(_, letters)| letters.contains(letter))
                    .map(|(family, _)| Linked::Family(family.clone()))
                    .collect(),
                Linked::Family(family) => (self.indexed.get(family).into_iter().flatten())
                    .map(|letter| Linked::Letter(letter.clone()))
                    .collect(),
            };
            for other in more {
                if !found.contains(&other) {
                    found.push(other);
                }
            }
        }
        found
    }

    /// Whether a range that begins with 2 or later begins behind a member of the family that was
    /// met: then it is not the family's.
    pub(super) fn begins_before(&self, family: &(String, usize), range: &WrittenRange) -> bool {
        let first = self.members.get(&family.0).and_then(|all| all.first());
        first
            .zip(literal(&range.0))
            .is_some_and(|(first, from)| from > 1 && *first < from)
    }

    /// The range of all sums that run through the family, if they agree and leave out no member.
    pub(super) fn whole_range(&self, family: &(String, usize)) -> Option<&WrittenRange> {
        let range = self.ranges.get(family)?;
        (!self.cut.contains(family) && !self.begins_before(family, range)).then_some(range)
    }

    /// Whether what is indexed like this family at this place has a sum without a range.
    pub(super) fn runs_unwritten(&self, family: &(String, usize)) -> bool {
        let linked = self.linked(Linked::Family(family.clone()));
        linked
            .iter()
            .any(|other| matches!(other, Linked::Letter(letter) if self.unwritten.contains(letter)))
    }

    /// Remembers that a sum with this index has this range.
    fn runs(&mut self, body: &Tree, name: String, range: &WrittenRange) {
        for family in run_through(body, &name) {
            let known = self.ranges.entry(family.clone());
            if !are_same(known.or_insert_with(|| range.clone()), range) {
                self.cut.insert(family);
            }
        }
        let known = self.sums.entry(name.clone());
        if !are_same(known.or_insert_with(|| range.clone()), range) {
            self.mixed.insert(name);
        }
    }
}

fn are_same(a: &WrittenRange, b: &WrittenRange) -> bool {
    a.0.to_string() == b.0.to_string() && a.1.to_string() == b.1.to_string()
}

/// The families that the index runs through.
fn run_through(tree: &Tree, index: &str) -> BTreeSet<(String, usize)> {
    let mut found = BTreeSet::new();
    let mut stack = vec![tree];
    while let Some(next) = stack.pop() {
        if let Some((name, indices)) = name_and_indices(next) {
            for (place, letter) in letters_of(&indices).into_iter().enumerate() {
                if letter.as_deref() == Some(index) {
                    found.insert((name.clone(), place));
                }
            }
        }
        stack.extend(next.children());
    }
    found
}

/// An index, or a family and a place of an index of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Linked {
    Letter(String),
    Family((String, usize)),
}

/// What stands in each place of the indices, where it is a letter; `ij` is two of them.
pub(super) fn letters_of(indices: &[&Tree]) -> Vec<Option<String>> {
    if let [only] = indices
        && let Kind::Name(name) = &only.kind
        && name.run
    {
        let letters = canonical(name);
        return letters.chars().map(|c| Some(c.to_string())).collect();
    }
    indices.iter().map(|index| plain_name(index)).collect()
}

/// Letters that stand as indices.
fn letters_of_indices(tree: &Tree, found: &mut BTreeSet<String>) {
    if let Some((_, indices)) = name_and_indices(tree) {
        found.extend(letters_of(&indices).into_iter().flatten());
    }
    for part in tree.children() {
        letters_of_indices(part, found);
    }
}

/// `i = 1` with something above, `1 ≤ i ≤ n`, `i ∈ {1, …, n}` below a sign, `i = 1, …, n`: an
/// index with its range.
fn written_index(condition: &Tree, above: Option<&Tree>) -> Option<(String, WrittenRange)> {
    let Kind::Chain(first, rest) = &condition.kind else {
        return None;
    };
    match rest.as_slice() {
        [(Relation::Equal, _, lower)] => {
            let range = match above {
                Some(above) => (lower.clone(), above.clone()),
                None => written_range(lower)?,
            };
            Some((plain_name(first)?, range))
        }
        [(Relation::Element, _, set)] => Some((plain_name(first)?, written_range(set)?)),
        [
            (Relation::LessEqual, _, index),
            (Relation::LessEqual, _, upper),
        ] => Some((plain_name(index)?, ((**first).clone(), upper.clone()))),
        _ => None,
    }
}

/// `i = 1, …, n`, `i ∈ {1, …, n}`, `1 ≤ i ≤ n` behind “for all”: the index and its range.
pub(super) fn bound_range(bound: &Tree) -> Option<(String, WrittenRange)> {
    if let Kind::List(parts) = &bound.kind
        && parts.iter().any(|part| part.kind == Kind::Ellipsis)
        && let (Some(chain), Some(last)) = (parts.first(), parts.last())
        && let Kind::Chain(index, rest) = &chain.kind
        && let [(Relation::Equal, _, lower)] = rest.as_slice()
    {
        return Some((plain_name(index)?, (lower.clone(), last.clone())));
    }
    written_index(bound, None)
}
