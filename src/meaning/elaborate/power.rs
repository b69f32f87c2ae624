//! What stands raised behind a name or bracket: powers, indices, transposition, inverses, primes.

use super::Unreadable;
use super::name::{Indexed, letters};
use super::reader::{Read, Reader};
use crate::meaning::name::{Peeled, peel};
use crate::meaning::observe::name_and_indices;
use crate::syntax::{Bracket, Kind, Name, Sign, Tree};
use crate::term::{Constant, Function, Node, Symbol, TermId};

/// The key under which a bound name with an index (`k_1`) is known while it is bound.
pub(super) fn bound_key(tree: &Tree) -> Option<String> {
    let peeled = peel(tree)?;
    if peeled.above.iter().any(|(_, surely)| !surely) {
        return None;
    }
    let (mut key, indices) = name_and_indices(tree)?;
    if peeled.primes > 0 && !indices.is_empty() {
        return None;
    }
    key.push_str(&"′".repeat(peeled.primes as usize));
    for index in indices {
        key.push('_');
        match &index.kind {
            Kind::Number(digits) => key.push_str(digits),
            Kind::Name(name) => key.push_str(&name.base),
            _ => return None,
        }
    }
    Some(key)
}

/// The tree with another name at its root.
fn with_name(tree: &Tree, name: &Tree) -> Tree {
    let kind = match &tree.kind {
        Kind::Subscript(base, index) => {
            Kind::Subscript(Box::new(with_name(base, name)), index.clone())
        }
        Kind::Superscript(base, exponent, surely) => {
            Kind::Superscript(Box::new(with_name(base, name)), exponent.clone(), *surely)
        }
        Kind::Prime(base, count) => Kind::Prime(Box::new(with_name(base, name)), *count),
        _ => return name.clone(),
    };
    Tree {
        span: tree.span,
        kind,
    }
}

/// A run of letters with something on it: the letters, the last one with it.
pub(super) fn split_run(tree: &Tree, name: &Name) -> Vec<Tree> {
    let mut parts = letters(tree, name);
    if let Some(last) = parts.pop() {
        parts.push(with_name(tree, &last));
    }
    parts
}

/// Whether an exponent is written as a transposition; and whether it can be nothing else.
fn is_transposition(exponent: &Tree) -> Option<bool> {
    match &exponent.kind {
        Kind::Name(name) => match name.base.as_str() {
            "T" => Some(false),
            "⊤" | "⊺" | "ᵀ" | "top" => Some(true),
            _ => None,
        },
        Kind::Text(word) if word.trim() == "T" => Some(true),
        _ => None,
    }
}

/// Whether an exponent is −1.
pub(super) fn is_minus_one(exponent: &Tree) -> bool {
    match &exponent.kind {
        Kind::Group(_, inner) => is_minus_one(inner),
        Kind::Terms(terms) => matches!(
            terms.as_slice(),
            [(Sign::Minus, Tree { kind: Kind::Number(one), .. })] if one == "1"
        ),
        _ => false,
    }
}

/// Whether an index is a bare +: the positive part.
fn is_plus(index: &Tree) -> bool {
    matches!(
        &index.kind,
        Kind::Terms(terms) if matches!(
            terms.as_slice(),
            [(Sign::Plus, Tree { kind: Kind::Empty, .. })]
        )
    )
}

/// Whether an exponent is −T.
fn is_inverse_transposition(exponent: &Tree) -> bool {
    match &exponent.kind {
        Kind::Group(_, inner) => is_inverse_transposition(inner),
        Kind::Terms(terms) => matches!(
            terms.as_slice(),
            [(Sign::Minus, inner)] if is_transposition(inner).is_some()
        ),
        _ => false,
    }
}

/// What stands between double bars.
fn norm_within(tree: &Tree) -> Option<&Tree> {
    match &tree.kind {
        Kind::Group(Bracket::DoubleBar, inner) => Some(inner),
        _ => None,
    }
}

impl Reader<'_> {
    /// `x_i`, `x²`, `x'` and what is made of them.
    pub(super) fn raised(&mut self, tree: &Tree) -> Read {
        if !matches!(tree.kind, Kind::Superscript(..))
            && let Some(key) = bound_key(tree)
            && self.is_held(&key)
        {
            return Ok(self.store.variable(&key));
        }
        if let Some(read) = self.chance_below(tree) {
            return read;
        }
        let Some(peeled) = peel(tree) else {
            return self.raised_group(tree);
        };
        if peeled.below.is_empty() && !self.is_word(peeled.name) {
            let parts = split_run(tree, peeled.name);
            return self.juxtaposition(&parts);
        }
        if let Some(key) = innermost_bound(tree)
            && self.is_held(&key)
        {
            let mut value = self.store.variable(&key);
            for (exponent, _) in &peeled.above {
                value = self.power(value, exponent)?;
            }
            return Ok(value);
        }
        let indexed = self.indexed(&peeled)?;
        let mut value = if peeled.primes > 0 {
            self.primed(tree, &peeled, &indexed)?
        } else {
            self.member(tree, peeled.name, &indexed)?
        };
        if self.scope.upper.contains(&indexed.name) {
            return Ok(value);
        }
        for (exponent, surely) in &peeled.above {
            if !surely {
                value = self.power(value, exponent)?;
            }
        }
        Ok(value)
    }

    fn raised_group(&mut self, tree: &Tree) -> Read {
        match &tree.kind {
            Kind::Superscript(base, exponent, _) => {
                let base = self.term(base)?;
                self.power(base, exponent)
            }
            Kind::Subscript(base, index) if norm_within(base).is_some() => {
                self.norm(tree.span, norm_within(base).unwrap_or(base), Some(index))
            }
            Kind::Subscript(base, index) if is_plus(index) => {
                let value = self.term(base)?;
                let zero = self.store.integer(0);
                let (from, to) = (self.slice(tree.span), self.slice(base.span));
                self.note(format!("read {from} as the larger of {to} and 0"));
                Ok(self.store.function(Function::Max, &[value, zero]))
            }
            Kind::Subscript(_, index) if matches!(index.kind, Kind::Terms(_) | Kind::Text(_)) => {
                Err(Unreadable::beyond(
                    tree.span,
                    "an index is read behind a name or a matrix only",
                ))
            }
            Kind::Subscript(base, index) => {
                let base = self.term(base)?;
                let mut indices = Vec::new();
                for part in self.parts_of_index(index) {
                    indices.push(self.index_term(&part)?);
                }
                if self.is_array(base) {
                    return Ok(self.entry(base, &indices));
                }
                Err(Unreadable::beyond(
                    tree.span,
                    "an index is read behind a name or a matrix only",
                ))
            }
            Kind::Prime(base, count) => {
                let inner = self.term(base)?;
                if *count == 1 && self.is_array(inner) {
                    return Ok(self.store.function(Function::Transpose, &[inner]));
                }
                let Some(variable) = self.scope.prime_variable else {
                    return Err(Unreadable::new(
                        tree.span,
                        "d/dx is expected: nothing says by which variable ′ differentiates",
                    ));
                };
                self.differentiate(tree.span, inner, variable, *count)
            }
            _ => Err(Unreadable::new(tree.span, "an expression is expected here")),
        }
    }

    /// A value with an exponent.
    pub(super) fn power(&mut self, base: TermId, exponent: &Tree) -> Read {
        let matrix = self.is_array(base);
        let one = matches!(self.store.node(base), Node::Number(n) if n.is_one())
            && self.scope.has_matrices()
            && !self.scope.names.contains("T");
        if let Some(surely) = is_transposition(exponent)
            && (matrix || surely || one || self.scope.observed.transposes())
        {
            let base = if one { self.ones() } else { base };
            return Ok(self.store.function(Function::Transpose, &[base]));
        }
        if matrix && is_minus_one(exponent) {
            return Ok(self.store.function(Function::Inverse, &[base]));
        }
        if matrix && is_inverse_transposition(exponent) {
            let inverse = self.store.function(Function::Inverse, &[base]);
            return Ok(self.store.function(Function::Transpose, &[inverse]));
        }
        if exponent.kind == Kind::Empty {
            return Ok(base);
        }
        if let Kind::Terms(terms) = &exponent.kind
            && terms.iter().any(|(_, term)| term.kind == Kind::Empty)
        {
            return Err(Unreadable::beyond(
                exponent.span,
                "a raised sign is read below lim only",
            ));
        }
        let outside = std::mem::replace(&mut self.index, false);
        let value = self.term(exponent);
        self.index = outside;
        let value = value?;
        if matrix && matches!(self.store.node(value), Node::Number(n) if !n.is_integer()) {
            return Err(Unreadable::beyond(
                exponent.span,
                "of the powers of a matrix those with whole exponents are read",
            ));
        }
        Ok(self.store.pow(base, value))
    }

    /// `1ᵀ x`, `A 1`
    pub(super) fn ones(&mut self) -> TermId {
        self.note("read 1 beside a matrix as the vector of ones".to_owned());
        self.store.function(Function::Ones, &[])
    }

    /// `f'`, `y''`: the derivative of a function that has no argument written, or another symbol.
    fn primed(&mut self, tree: &Tree, peeled: &Peeled<'_>, indexed: &Indexed) -> Read {
        let symbol = self.store.symbol(&indexed.function());
        if indexed.upper.is_empty() && indexed.lower.is_empty() {
            if let Some(value) = self.scope.function_alone(self.store, symbol)
                && let Node::Call(function, orders, arguments) = self.store.node(value).clone()
                && let [order] = *orders
            {
                let order = order + peeled.primes;
                return Ok(self
                    .store
                    .add_node(Node::Call(function, [order].into(), arguments)));
            }
            if let Some(variable) = self.variable_of(symbol) {
                let value = self.store.add_node(Node::Symbol(symbol));
                return self.differentiate(tree.span, value, variable, peeled.primes);
            }
        }
        let value = self.member(tree, peeled.name, indexed)?;
        if peeled.primes == 1 && self.is_array(value) {
            return Ok(self.store.function(Function::Transpose, &[value]));
        }
        let other = Indexed {
            name: format!("{}{}", indexed.name, "′".repeat(peeled.primes as usize)),
            lower: indexed.lower.clone(),
            upper: indexed.upper.clone(),
        };
        if other.indices().is_empty() {
            return Ok(self.store.variable(&other.name));
        }
        let family = self.store.symbol(&other.family());
        let indices = other.indices();
        Ok(self.store.add_node(Node::Member(family, indices.into())))
    }

    /// The variable by which ′ differentiates a defined symbol: the one that the block names, or
    /// the only one that its definition holds.
    fn variable_of(&mut self, symbol: Symbol) -> Option<Symbol> {
        self.scope.definitions.get(&symbol)?;
        let value = self.store.add_node(Node::Symbol(symbol));
        let unfolded = self.scope.unfold(self.store, value)?;
        let free = self.store.symbols(unfolded);
        if let Some(variable) = self.scope.prime_variable
            && free.contains(&variable)
        {
            return Some(variable);
        }
        match free.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The derivative of a value by a symbol, so many times, at the symbol itself.
    pub(super) fn differentiate(
        &mut self,
        span: crate::source::Span,
        value: TermId,
        by: Symbol,
        times: u32,
    ) -> Read {
        if times > 20 {
            return Err(Unreadable::new(span, "a derivative of lower order"));
        }
        let at = self.store.add_node(Node::Symbol(by));
        let mut value = value;
        for _ in 0..times {
            let body = self.exposed(span, value, by)?;
            value = self.store.bind(by, &[body], |closed| {
                Node::Derivative(0, closed.first().copied().unwrap_or(body), at)
            });
        }
        Ok(value)
    }

    /// Whether a term is the constant e.
    pub(super) fn is_euler(&self, term: TermId) -> bool {
        *self.store.node(term) == Node::Constant(Constant::E)
    }
}

/// The key of the name with its index below all powers.
fn innermost_bound(tree: &Tree) -> Option<String> {
    match &tree.kind {
        Kind::Superscript(base, _, false) => innermost_bound(base),
        _ => bound_key(tree),
    }
}
