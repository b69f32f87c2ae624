//! Names and their indices.

use super::Unreadable;
use super::known::{known, needs_bracket};
use super::reader::{Doubt, Read, Reader};
use crate::meaning::name::{Peeled, canonical, label, peel};
use crate::meaning::observe::{Linked, split_indices};
use crate::syntax::{Accent, Kind, Name, Style, Tree};
use crate::term::{Constant, Function, Node, Relation, Sort, Symbol, TermId};
use crate::theory::matrices::Shape;

/// A name with its label, and its indices as terms.
pub(super) struct Indexed {
    /// The letters with style, accents and label.
    pub(super) name: String,
    /// Lower indices.
    pub(super) lower: Vec<TermId>,
    /// Upper indices.
    pub(super) upper: Vec<TermId>,
}

impl Indexed {
    /// The name of the family: upper indices make it another one.
    pub(super) fn family(&self) -> String {
        if self.upper.is_empty() {
            self.name.clone()
        } else {
            format!("{}|{},{}", self.name, self.lower.len(), self.upper.len())
        }
    }

    /// The name of the function with these indices.
    pub(super) fn function(&self) -> String {
        if self.lower.is_empty() && self.upper.is_empty() {
            self.name.clone()
        } else {
            format!("{}|{},{}", self.name, self.lower.len(), self.upper.len())
        }
    }

    /// All indices, lower ones first.
    pub(super) fn indices(&self) -> Vec<TermId> {
        self.lower.iter().chain(&self.upper).copied().collect()
    }
}

impl Reader<'_> {
    /// Whether a run of letters is one name and not a product.
    pub(super) fn is_word(&self, name: &Name) -> bool {
        let text = canonical(name);
        !name.run
            || name.base.chars().count() == 1
            || known(&name.base).is_some()
            || self.scope.names.contains(&text)
            || self.is_held(&text)
    }

    /// The name, its label and its indices; raised letters are indices where `above` says so.
    pub(super) fn indexed(&mut self, peeled: &Peeled<'_>) -> Read<Indexed> {
        let mut indexed = Indexed {
            name: canonical(peeled.name),
            lower: Vec::new(),
            upper: Vec::new(),
        };
        let mut below = Vec::new();
        for tree in &peeled.below {
            match label(tree) {
                Some(word) => {
                    indexed.name.push('_');
                    indexed.name.push_str(&word);
                }
                None => below.push(*tree),
            }
        }
        for tree in below {
            for part in self.index_parts(&indexed.name, tree) {
                let index = self.index_term(&part)?;
                self.imply_index(&indexed.name, indexed.lower.len(), &part, index);
                indexed.lower.push(index);
            }
        }
        for (tree, surely) in &peeled.above {
            if *surely || self.scope.upper.contains(&indexed.name) {
                for part in split_indices(tree) {
                    let index = self.index_term(part)?;
                    let place = indexed.lower.len() + indexed.upper.len();
                    self.imply_index(&indexed.name, place, part, index);
                    indexed.upper.push(index);
                }
            }
        }
        Ok(indexed)
    }

    /// The indices below a name one by one; `A_{12}` of a declared matrix has two.
    fn index_parts(&mut self, name: &str, tree: &Tree) -> Vec<Tree> {
        if let Kind::Number(digits) = &tree.kind
            && digits.len() == 2
            && digits.bytes().all(|b| b.is_ascii_digit())
        {
            let symbol = self.store.symbol(name);
            if let Some(Sort::Matrix(_, columns)) = self.scope.sort_of(symbol)
                && !matches!(self.store.node(columns.0), Node::Number(n) if n.is_one())
            {
                return digits
                    .chars()
                    .map(|digit| Tree {
                        span: tree.span,
                        kind: Kind::Number(digit.to_string()),
                    })
                    .collect();
            }
        }
        self.parts_of_index(tree)
    }

    /// The indices one by one: `ij` is two.
    pub(super) fn parts_of_index(&self, tree: &Tree) -> Vec<Tree> {
        if let Kind::Name(run) = &tree.kind
            && run.run
            && !self.is_word(run)
        {
            return letters(tree, run);
        }
        split_indices(tree).into_iter().cloned().collect()
    }

    /// The entry of a vector or matrix: an index that nothing binds is an integer, and of its range.
    pub(super) fn entry(&mut self, array: TermId, indices: &[TermId]) -> TermId {
        let sizes = match self.shape(array) {
            Shape::Matrix(rows, columns) => vec![rows, columns],
            _ => Vec::new(),
        };
        for (place, index) in indices.iter().enumerate() {
            let Node::Symbol(symbol) = *self.store.node(*index) else {
                continue;
            };
            let name = self.store.name(symbol).to_owned();
            if self.is_held(&name)
                || self.scope.sort_of(symbol).is_some()
                || self.scope.ranges.contains_key(&symbol)
                || self.scope.definitions.contains_key(&symbol)
            {
                continue;
            }
            let integers = self.store.add_node(Node::Integers);
            let integer = self.store.add_node(Node::Element(*index, integers));
            self.implied.push(integer);
            if let Some(size) = sizes.get(place) {
                let one = self.store.integer(1);
                let from = self.store.relation(Relation::LessEqual, one, *index);
                let to = self.store.relation(Relation::LessEqual, *index, *size);
                self.implied.extend([from, to]);
            }
        }
        let mut arguments = vec![array];
        arguments.extend(indices);
        self.store.function(Function::Entry, &arguments)
    }

    /// An index: letters in it are never constants.
    pub(super) fn index_term(&mut self, tree: &Tree) -> Read {
        let outside = std::mem::replace(&mut self.index, true);
        let result = self.term(tree);
        self.index = outside;
        result
    }

    /// An index that nothing binds is an integer, in its range where one is known.
    fn imply_index(&mut self, family: &str, place: usize, tree: &Tree, index: TermId) {
        let Some(name) = peel(tree).map(|p| canonical(p.name)) else {
            return;
        };
        let letter = name
            .chars()
            .next()
            .is_some_and(|c| c.is_ascii_lowercase() && name.len() == 1);
        let Node::Symbol(symbol) = *self.store.node(index) else {
            return;
        };
        if !letter
            || self.is_held(&name)
            || !matches!(
                name.as_str(),
                "i" | "j" | "k" | "l" | "m" | "n" | "r" | "s" | "t" | "p" | "q"
            )
        {
            return;
        }
        let declared = self.scope.sort_of(symbol).is_some();
        if !declared {
            let integers = self.store.add_node(Node::Integers);
            let integer = self.store.add_node(Node::Element(index, integers));
            self.implied.push(integer);
        }
        // Whoever says of an index that it is any integer means it.
        if declared || self.scope.ranges.contains_key(&symbol) {
            return;
        }
        let key = (family.to_owned(), place);
        let outside = (self.sites.len(), self.notes.len());
        let range = match self.scope.observed.ranges.get(&key).cloned() {
            Some((lower, upper)) => [lower, upper].map(|end| self.index_term(&end).ok()),
            // Where a sum through it leaves its range out, its members are those of that sum.
            None if self.scope.observed.runs_unwritten(&key) => {
                match self.linked_range(Linked::Family(key)) {
                    Ok(Some((lower, upper))) => {
                        self.imply_range(lower, upper);
                        [Some(lower), Some(upper)]
                    }
                    _ => return,
                }
            }
            None => return,
        };
        self.sites.truncate(outside.0);
        self.notes.truncate(outside.1);
        for (end, upper) in range.into_iter().zip([false, true]) {
            let Some(bound) = end else {
                continue;
            };
            let (a, b) = if upper {
                (index, bound)
            } else {
                (bound, index)
            };
            if matches!(self.store.node(bound), Node::Constant(Constant::Infinity)) {
                continue;
            }
            let within = self.store.relation(Relation::LessEqual, a, b);
            self.implied.push(within);
        }
    }

    /// A name by itself.
    pub(super) fn named(&mut self, tree: &Tree) -> Read {
        let Some(peeled) = peel(tree) else {
            return Err(Unreadable::new(tree.span, "a name is expected here"));
        };
        if !self.is_word(peeled.name) {
            let parts = letters(tree, peeled.name);
            return self.juxtaposition(&parts);
        }
        self.symbol(tree, peeled.name, &canonical(peeled.name))
    }

    /// The symbol, constant or function of that name, standing without indices.
    pub(super) fn symbol(&mut self, tree: &Tree, name: &Name, text: &str) -> Read {
        if self.is_held(text) {
            return Ok(self.store.variable(text));
        }
        if self.scope.names.contains(text) {
            let symbol = self.store.symbol(text);
            if let Some(value) = self.scope.function_alone(self.store, symbol) {
                return Ok(value);
            }
            if self.scope.is_identity(symbol, text) {
                self.note(format!("read {text} as the identity matrix"));
                return Ok(self.store.function(Function::Identity, &[]));
            }
            return Ok(self.store.variable(text));
        }
        if text == "•" {
            return Err(Unreadable::beyond(
                tree.span,
                "• in the place of an index stands for a sum or mean; write it out",
            ));
        }
        if self.index {
            return Ok(self.store.variable(text));
        }
        let plain = name.accents.is_empty();
        match name.base.as_str() {
            "e" if plain && name.style == Style::Plain => {
                return Ok(self.store.constant(Constant::E));
            }
            "π" if plain && name.style == Style::Plain => {
                return Ok(self.store.constant(Constant::Pi));
            }
            "I" if plain && (name.style == Style::Vector || self.scope.has_matrices()) => {
                return Ok(self.store.function(Function::Identity, &[]));
            }
            "𝟏" if plain => return Ok(self.store.function(Function::Ones, &[])),
            "1" if plain && name.style == Style::Vector => {
                return Ok(self.store.function(Function::Ones, &[]));
            }
            "0" if plain => return Ok(self.store.integer(0)),
            _ => {}
        }
        if let Some(function) = known(text)
            && (!needs_bracket(function) || text.chars().count() > 1)
        {
            return Err(Unreadable::new(
                tree.span,
                format!("an argument is expected behind {text}"),
            ));
        }
        if name.accents.as_slice() == [Accent::Bar]
            && let Some(mean) = self.mean(tree, name, text)?
        {
            return Ok(mean);
        }
        Ok(self.store.variable(text))
    }

    /// x̄ beside a family x_1, …, x_n.
    fn mean(&mut self, tree: &Tree, name: &Name, text: &str) -> Read<Option<TermId>> {
        let family = Name {
            accents: Vec::new(),
            ..name.clone()
        };
        let family = canonical(&family);
        let key = (family.clone(), 0);
        let Some((lower, upper)) = self.scope.observed.ranges.get(&key).cloned() else {
            return Ok(None);
        };
        let note = format!("read {text} as the mean of {family}_1, …");
        let other = self.guess(
            tree.span,
            Doubt::Mean(text.to_owned()),
            note,
            format!("{text} ∈ ℝ"),
            format!("{text} = 1/n Σ_k {family}_k"),
        );
        if other {
            return Ok(None);
        }
        let (lower, upper) = (self.index_term(&lower)?, self.index_term(&upper)?);
        let index = self.store.fresh_symbol("k");
        let variable = self.store.add_node(Node::Symbol(index));
        let symbol = self.store.symbol(&family);
        let body = self.store.add_node(Node::Member(symbol, [variable].into()));
        let always = self.store.add_node(Node::Truth(true));
        let sum = self.store.bind(index, &[body], |closed| {
            let body = closed.first().copied().unwrap_or(body);
            Node::Sum(0, body, lower, upper, always)
        });
        let one = self.store.integer(1);
        let before = self.store.sub(lower, one);
        let count =
            if matches!(self.store.node(before), Node::Number(n) if n.is_zero()) || lower == one {
                upper
            } else {
                self.store.sub(upper, before)
            };
        Ok(Some(self.store.div(sum, count)))
    }

    /// I_n, 𝟏_n and e_i beside matrices: the identity and the vector of ones of that size, and the
    /// i-th unit vector.
    fn sized(&mut self, name: &str, indices: &[TermId]) -> Option<TermId> {
        let [index] = indices else { return None };
        let whole = match self.store.node(*index) {
            Node::Symbol(_) => true,
            Node::Number(size) => size.to_i64().is_some_and(|size| size > 0),
            _ => false,
        };
        let function = match name {
            "I" if self.scope.has_matrices() => Function::Identity,
            "𝐈" => Function::Identity,
            "𝟏" => Function::Ones,
            "e" if self.scope.has_matrices() && self.scope.observed.transposed.contains("e") => {
                Function::Unit
            }
            "𝐞" => Function::Unit,
            _ => return None,
        };
        if self.scope.names.contains(name) || function == Function::Unit && !whole {
            return None;
        }
        if function == Function::Unit {
            self.note(format!("read {name} with an index as a unit vector"));
        }
        let sizes: &[TermId] = if whole { indices } else { &[] };
        Some(self.store.function(function, sizes))
    }

    /// Whether a symbol is defined as a vector or matrix with so many indices.
    pub(super) fn is_entry_of_defined(&mut self, symbol: Symbol, indices: usize) -> bool {
        let defined = self
            .scope
            .definitions
            .get(&symbol)
            .is_some_and(|all| all.iter().any(|d| d.pattern.is_empty() && !d.applied));
        if !defined {
            return false;
        }
        let (array, one) = (
            self.store.add_node(Node::Symbol(symbol)),
            self.store.integer(1),
        );
        match self.shape(array) {
            Shape::Matrix(_, columns) => indices == if columns == one { 1 } else { 2 },
            _ => false,
        }
    }

    /// The symbol, member of a family, entry of a matrix or δ that a name with indices is.
    pub(super) fn member(&mut self, tree: &Tree, name: &Name, indexed: &Indexed) -> Read {
        let indices = indexed.indices();
        if indices.is_empty() {
            return self.symbol(tree, name, &indexed.name);
        }
        let symbol = self.store.symbol(&indexed.name);
        if indexed.upper.is_empty() {
            if indexed.name == "δ" && indices.len() == 2 && !self.scope.names.contains("δ") {
                self.note("read δ with two indices as 1 where they are equal, else 0".to_owned());
                return Ok(self.store.function(Function::KroneckerDelta, &indices));
            }
            if indexed.name == "I"
                && indices.len() == 2
                && self.scope.has_matrices()
                && !self.scope.names.contains("I")
            {
                return Ok(self.store.function(Function::KroneckerDelta, &indices));
            }
            if let Some(constant) = self.sized(&indexed.name, &indices) {
                return Ok(constant);
            }
            let entry = match self.scope.sort_of(symbol) {
                Some(Sort::Matrix(_, columns)) => {
                    let vector =
                        matches!(self.store.node(columns.0), Node::Number(n) if n.is_one());
                    !self.scope.is_family(symbol) && indices.len() == if vector { 1 } else { 2 }
                }
                Some(_) => false,
                None => self.is_entry_of_defined(symbol, indices.len()),
            };
            if entry {
                let array = self.store.variable(&indexed.name);
                return Ok(self.entry(array, &indices));
            }
        }
        let family = self.store.symbol(&indexed.family());
        Ok(self.store.add_node(Node::Member(family, indices.into())))
    }
}

/// The letters of a run, one tree each.
pub(super) fn letters(tree: &Tree, name: &Name) -> Vec<Tree> {
    let mut at = tree.span.start;
    let mut parts: Vec<Tree> = name
        .base
        .chars()
        .map(|letter| {
            let start = at;
            at += u32::try_from(letter.len_utf8()).unwrap_or(1);
            Tree {
                span: crate::source::Span::new(start, at.min(tree.span.end.max(start))),
                kind: Kind::Name(Name {
                    base: letter.to_string(),
                    ..Name::default()
                }),
            }
        })
        .collect();
    // Style and accents of a run belong to all its letters and to its last one.
    let count = parts.len();
    for (place, part) in parts.iter_mut().enumerate() {
        if let Kind::Name(letter) = &mut part.kind {
            letter.style = name.style;
            if place + 1 == count {
                letter.accents.clone_from(&name.accents);
            }
        }
    }
    parts
}
