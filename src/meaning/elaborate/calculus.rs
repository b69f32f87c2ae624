//! Derivatives, gradients, integrals, limits.

use rustc_hash::FxHashMap;

use super::Unreadable;
use super::power::bound_key;
use super::reader::{Doubt, Read, Reader};
use crate::meaning::name::peel;
use crate::meaning::unfold::Target;
use crate::source::Span;
use crate::syntax::{Kind, Sign, Tree};
use crate::term::{Constant, Direction, Function, Node, Store, Symbol, TermId};

impl Reader<'_> {
    /// A value with what is defined through the symbol written out.
    pub(super) fn exposed(&mut self, span: Span, value: TermId, by: Symbol) -> Read {
        self.exposed_to(span, value, &Target::Symbol(by))
    }

    fn exposed_to(&mut self, span: Span, value: TermId, target: &Target) -> Read {
        self.scope
            .expose(self.store, value, target)
            .ok_or_else(|| Unreadable::new(span, "a term whose definitions can be written out"))
    }

    /// `∂A/∂v`, `d/dx A`.
    pub(super) fn derivative(
        &mut self,
        span: Span,
        body: &Tree,
        by: &[(Tree, u32)],
        guessed: bool,
    ) -> Read {
        if guessed
            && let Kind::Juxtaposition(factors) = &body.kind
            && let [first, rest @ ..] = factors.as_slice()
            && let Some(last) = rest.last()
        {
            let operator = self.slice(Span::new(span.start, first.span.start.max(span.start)));
            let (inner, outer) = (
                self.slice(first.span),
                self.slice(Span::new(first.span.end, last.span.end.max(first.span.end))),
            );
            let note = format!("read {operator} {inner} {outer} as the derivative of the product");
            let written = format!("({operator} {inner}) {outer}");
            let kept = format!("{operator} ({inner} {outer})");
            if self.guess(span, Doubt::Differentiated, note, written, kept) {
                let value = self.derivative(span, first, by, false)?;
                let rest = self.juxtaposition(rest)?;
                return Ok(self.store.mul(&[value, rest]));
            }
        }
        let value = self.term(body)?;
        self.derivative_of(span, value, by)
    }

    /// The derivative of a value by the variables, the last of them first.
    pub(super) fn derivative_of(&mut self, span: Span, value: TermId, by: &[(Tree, u32)]) -> Read {
        let mut value = value;
        for (variable, times) in by.iter().rev() {
            value = self.derivative_by(span, value, variable, *times)?;
        }
        Ok(value)
    }

    fn derivative_by(&mut self, span: Span, value: TermId, by: &Tree, times: u32) -> Read {
        let at = self.index_term(by)?;
        match self.store.node(at).clone() {
            Node::Symbol(symbol) if self.is_matrix_symbol(symbol) => {
                if times > 2 {
                    return Err(Unreadable::new(span, "a derivative of lower order"));
                }
                let body = self.exposed(span, value, symbol)?;
                Ok(self.store.bind(symbol, &[body], |closed| {
                    Node::Gradient(0, closed.first().copied().unwrap_or(body), at, times)
                }))
            }
            Node::Symbol(symbol) => self.differentiate(span, value, symbol, times),
            Node::Member(family, indices) => {
                self.by_member(span, value, at, family, &indices, times)
            }
            Node::Function(Function::Entry, parts) => match parts.split_first() {
                Some((vector, indices)) => {
                    let Node::Symbol(family) = *self.store.node(*vector) else {
                        return Err(Unreadable::new(by.span, "a symbol is expected below ∂"));
                    };
                    self.by_member(span, value, at, family, indices, times)
                }
                None => Err(Unreadable::new(by.span, "a symbol is expected below ∂")),
            },
            // ∂y/∂xᵀ is the Jacobian, of a number the gradient as a row.
            Node::Function(Function::Transpose, parts) if times == 1 => {
                let vector = parts.first().copied().unwrap_or(at);
                let Node::Symbol(symbol) = *self.store.node(vector) else {
                    return Err(Unreadable::new(by.span, "a symbol is expected below ∂"));
                };
                let number = !self.is_array(value);
                let body = self.exposed(span, value, symbol)?;
                let gradient = self.store.bind(symbol, &[body], |closed| {
                    Node::Gradient(0, closed.first().copied().unwrap_or(body), vector, 1)
                });
                Ok(if number {
                    self.store.function(Function::Transpose, &[gradient])
                } else {
                    gradient
                })
            }
            Node::Function(Function::Transpose, _) => Err(Unreadable::beyond(
                by.span,
                "a derivative by a transposed vector is not read; write ∂/∂x",
            )),
            _ => Err(Unreadable::new(
                by.span,
                "a symbol is expected below ∂, by which to differentiate",
            )),
        }
    }

    /// The derivative by one member of a family: every member a_k in the body is
    /// a_k + δ(k, i) (v − a_i), differentiated by v at v = a_i.
    fn by_member(
        &mut self,
        span: Span,
        value: TermId,
        at: TermId,
        family: Symbol,
        indices: &[TermId],
        times: u32,
    ) -> Read {
        if times > 20 {
            return Err(Unreadable::new(span, "a derivative of lower order"));
        }
        let target = Target::Member(family, at);
        let mut value = self.exposed_to(span, value, &target)?;
        if !self.store.mentions(value, family)
            && let Some(whole) = self.at_a_point(span, value, at, family, times)?
        {
            return Ok(whole);
        }
        let vector = self.store.add_node(Node::Symbol(family));
        let is_entry = matches!(self.store.node(at), Node::Function(Function::Entry, _));
        if is_entry && stands_whole(self.store, value, vector) {
            // The vector stands as a whole too: its entry of the gradient.
            for _ in 0..times {
                let gradient = self.store.bind(family, &[value], |closed| {
                    Node::Gradient(0, closed.first().copied().unwrap_or(value), vector, 1)
                });
                let mut arguments = vec![gradient];
                arguments.extend_from_slice(indices);
                value = self.store.function(Function::Entry, &arguments);
            }
            return Ok(value);
        }
        for _ in 0..times {
            let symbol = self.store.fresh_symbol("v");
            let variable = self.store.add_node(Node::Symbol(symbol));
            let mut perturbation = Perturbation {
                at,
                family,
                indices,
                variable,
                seen: FxHashMap::default(),
            };
            let body = perturbation.run(self.store, value);
            value = self.store.bind(symbol, &[body], |closed| {
                Node::Derivative(0, closed.first().copied().unwrap_or(body), at)
            });
        }
        Ok(value)
    }

    /// `∂A/∂v⁽⁰⁾` where A depends on v: the derivative by v at v = v⁽⁰⁾ (a guess).
    fn at_a_point(
        &mut self,
        span: Span,
        value: TermId,
        at: TermId,
        family: Symbol,
        times: u32,
    ) -> Read<Option<TermId>> {
        let name = self.store.name(family).to_owned();
        let name = name.split('|').next().unwrap_or_default().to_owned();
        let symbol = self.store.symbol(&name);
        let body = self.exposed(span, value, symbol)?;
        let plain = self.store.add_node(Node::Symbol(symbol));
        if !stands_in(self.store, body, plain) {
            return Ok(None);
        }
        let note = format!(
            "read the derivative by {0} as the derivative by {name} at {name} = {0}",
            crate::term::print(self.store, at)
        );
        let written = format!("let {name} be constant");
        let kept = format!(
            "∂/∂{name}, at {name} = {}",
            crate::term::print(self.store, at)
        );
        if self.guess(span, Doubt::Point, note, written, kept) {
            return Ok(None);
        }
        let mut value = body;
        for order in 1..=times {
            let point = if order == times { at } else { plain };
            value = self.store.bind(symbol, &[value], |closed| {
                Node::Derivative(0, closed.first().copied().unwrap_or(value), point)
            });
        }
        Ok(Some(value))
    }

    /// `∇f(w)`, `∇²f(w)`, `∇_θ L`.
    pub(super) fn gradient(
        &mut self,
        span: Span,
        by: Option<&Tree>,
        order: u32,
        body: &Tree,
    ) -> Read {
        let value = self.term(body)?;
        // ∇f(u) is the gradient of f, at u.
        if let Node::Call(function, orders, arguments) = self.store.node(value).clone()
            && let Some((at, before)) = arguments.split_last()
        {
            let symbol = self.store.fresh_symbol("u");
            let variable = self.store.add_node(Node::Symbol(symbol));
            let mut open = before.to_vec();
            open.push(variable);
            let inner = self
                .store
                .add_node(Node::Call(function, orders, open.into()));
            let inner = self
                .scope
                .unfold(self.store, inner)
                .ok_or_else(|| Unreadable::new(span, "a function that can be written out"))?;
            return Ok(self.store.bind(symbol, &[inner], |closed| {
                Node::Gradient(0, closed.first().copied().unwrap_or(inner), *at, order)
            }));
        }
        let at = match by {
            Some(by) => self.index_term(by)?,
            None => {
                let unfolded = self.scope.unfold(self.store, value).unwrap_or(value);
                let vectors: Vec<Symbol> = self
                    .store
                    .symbols(unfolded)
                    .into_iter()
                    .filter(|s| self.is_matrix_symbol(*s))
                    .collect();
                let mut columns = vectors.clone();
                columns.retain(|symbol| {
                    let vector = self.store.add_node(Node::Symbol(*symbol));
                    self.is_column(vector)
                });
                match (vectors.as_slice(), columns.as_slice()) {
                    ([only], _) => self.store.add_node(Node::Symbol(*only)),
                    (_, [only]) => {
                        let name = self.store.name(*only).to_owned();
                        self.note(format!("read ∇ as ∇_{name}"));
                        self.store.add_node(Node::Symbol(*only))
                    }
                    _ => {
                        return Err(Unreadable::beyond(
                            span,
                            "∇_x f is expected: nothing says by which vector ∇ differentiates",
                        ));
                    }
                }
            }
        };
        let (symbol, at) = match *self.store.node(at) {
            Node::Symbol(symbol) => (symbol, at),
            _ => return Err(Unreadable::new(span, "a symbol is expected below ∇")),
        };
        let value = self.exposed(span, value, symbol)?;
        Ok(self.store.bind(symbol, &[value], |closed| {
            Node::Gradient(0, closed.first().copied().unwrap_or(value), at, order)
        }))
    }

    /// `∫ f dx`, `∫_a^b f dx`.
    pub(super) fn integral(
        &mut self,
        span: Span,
        limits: Option<(&Tree, &Tree)>,
        body: &Tree,
        by: &Tree,
    ) -> Read {
        let Some(name) = bound_key(by) else {
            let message = "a variable is expected behind d";
            return Err(match by.kind {
                Kind::Empty => Unreadable::new(by.span, message),
                _ => Unreadable::beyond(by.span, message),
            });
        };
        let limits = match limits {
            Some((set, above)) if above.kind == Kind::Empty => Some(self.limits_of(set)?),
            Some((a, b)) => Some((self.term(a)?, self.term(b)?)),
            None => None,
        };
        let value = match body.kind {
            Kind::Empty => self.store.integer(1),
            _ => self.holding(&name, |reader| reader.term(body))?,
        };
        let symbol = self.store.symbol(&name);
        let value = self.exposed(span, value, symbol)?;
        if let Some((lower, upper)) = limits {
            return Ok(self.store.bind(symbol, &[value], |closed| {
                let body = closed.first().copied().unwrap_or(value);
                Node::Integral(0, body, lower, upper)
            }));
        }
        let at = self.store.add_node(Node::Symbol(symbol));
        self.antiderivative = self.antiderivative.or(Some(symbol));
        Ok(self.store.bind(symbol, &[value], |closed| {
            Node::Antiderivative(0, closed.first().copied().unwrap_or(value), at)
        }))
    }

    /// The limits of an integral over a set.
    fn limits_of(&mut self, set: &Tree) -> Read<(TermId, TermId)> {
        let unread = Unreadable::beyond(set.span, "the two limits of the integral are expected");
        let Ok(term) = self.set(set) else {
            return Err(unread);
        };
        match *self.store.node(term) {
            Node::Reals => {
                let infinity = self.store.constant(Constant::Infinity);
                Ok((self.store.neg(infinity), infinity))
            }
            Node::Interval(lower, upper, _, _) => Ok((lower, upper)),
            _ => Err(unread),
        }
    }

    /// `lim_{x → a} f`.
    pub(super) fn limit(&mut self, span: Span, below: Option<&Tree>, body: &Tree) -> Read {
        let expected = || Unreadable::new(span, "lim is expected with x → a below");
        let (variable, to) = match below.map(|b| &b.kind) {
            Some(Kind::Implication(_, a, b)) => (&**a, &**b),
            Some(Kind::Chain(a, rest)) => match rest.as_slice() {
                [(_, _, b)] => (&**a, b),
                _ => return Err(expected()),
            },
            _ => return Err(expected()),
        };
        let name = bound_key(variable).ok_or_else(expected)?;
        let (to, direction) = match &to.kind {
            Kind::Superscript(base, side, _) => match one_sided(side) {
                Some(direction) => (&**base, direction),
                None => (to, Direction::Both),
            },
            _ => (to, Direction::Both),
        };
        let to = self.term(to)?;
        let value = self.holding(&name, |reader| reader.term(body))?;
        let symbol = self.store.symbol(&name);
        let value = self.exposed(span, value, symbol)?;
        Ok(self.store.bind(symbol, &[value], |closed| {
            Node::Limit(0, closed.first().copied().unwrap_or(value), to, direction)
        }))
    }

    /// `[F]_a^b`, `F|_a^b`, `F|_{x=a}`.
    pub(super) fn evaluated(
        &mut self,
        span: Span,
        inner: &Tree,
        lower: Option<&Tree>,
        upper: Option<&Tree>,
    ) -> Read {
        let value = self.term(inner)?;
        let (named, lower) = match lower {
            Some(tree) => point(tree),
            None => (None, None),
        };
        let (also, upper) = match upper {
            Some(tree) => point(tree),
            None => (None, None),
        };
        let symbol = match named.or(also).and_then(bound_key) {
            Some(name) => self.store.symbol(&name),
            None => self.evaluated_variable(span, value)?,
        };
        let value = self.exposed(span, value, symbol)?;
        let mut ends = Vec::new();
        for end in [lower, upper].into_iter().flatten() {
            let end = self.term(end)?;
            ends.push(self.value_at(value, symbol, end));
        }
        match ends.as_slice() {
            [a, b] => Ok(self.store.sub(*b, *a)),
            [at] => Ok(*at),
            _ => Err(Unreadable::new(span, "a point is expected below the bar")),
        }
    }

    fn value_at(&mut self, value: TermId, symbol: Symbol, end: TermId) -> TermId {
        let infinite = match self.store.node(end) {
            Node::Constant(Constant::Infinity) => true,
            Node::Mul(parts) => parts
                .iter()
                .any(|p| *self.store.node(*p) == Node::Constant(Constant::Infinity)),
            _ => false,
        };
        if infinite {
            return self.store.bind(symbol, &[value], |closed| {
                let body = closed.first().copied().unwrap_or(value);
                Node::Limit(0, body, end, Direction::Both)
            });
        }
        self.store.substitute(value, symbol, end)
    }

    /// The variable of [F]_a^b: the one of the section's integrals, else the only letter of F.
    fn evaluated_variable(&mut self, span: Span, value: TermId) -> Read<Symbol> {
        let free = self.store.symbols(value);
        for name in &self.scope.observed.integrated {
            let symbol = self.store.symbol(name);
            if free.contains(&symbol) {
                return Ok(symbol);
            }
        }
        match free.as_slice() {
            [only] => Ok(*only),
            [] => Ok(self.store.symbol("x")),
            _ => {
                for name in ["x", "t", "u", "y", "z"] {
                    let symbol = self.store.symbol(name);
                    if free.contains(&symbol) {
                        self.note(format!("read the bounds as values of {name}"));
                        return Ok(symbol);
                    }
                }
                Err(Unreadable::new(
                    span,
                    "nothing says which letter takes the values of the bounds; write x = a below",
                ))
            }
        }
    }
}

/// `x = a` below a bar, or `a`.
fn point(tree: &Tree) -> (Option<&Tree>, Option<&Tree>) {
    match &tree.kind {
        Kind::Chain(variable, rest) => match rest.as_slice() {
            [(_, _, at)] => (Some(variable), Some(at)),
            _ => (None, Some(tree)),
        },
        Kind::Empty => (None, None),
        _ => (None, Some(tree)),
    }
}

fn one_sided(side: &Tree) -> Option<Direction> {
    match &side.kind {
        Kind::Terms(terms) => match terms.as_slice() {
            [
                (
                    sign,
                    Tree {
                        kind: Kind::Empty, ..
                    },
                ),
            ] => match sign {
                Sign::Plus => Some(Direction::Above),
                Sign::Minus => Some(Direction::Below),
                _ => None,
            },
            _ => None,
        },
        Kind::Text(word) => match word.trim() {
            "+" => Some(Direction::Above),
            "-" | "−" => Some(Direction::Below),
            _ => None,
        },
        _ => match peel(side).map(|p| p.name.base.as_str()) {
            Some("+") => Some(Direction::Above),
            Some("-" | "−") => Some(Direction::Below),
            _ => None,
        },
    }
}

fn stands_in(store: &Store, term: TermId, part: TermId) -> bool {
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if next == part {
            return true;
        }
        if seen.insert(next) {
            store.node(next).for_each_child(|child| stack.push(child));
        }
    }
    false
}

/// Whether a vector stands in a term otherwise than by its entries.
fn stands_whole(store: &Store, term: TermId, vector: TermId) -> bool {
    let mut seen = rustc_hash::FxHashSet::default();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if next == vector {
            return true;
        }
        if !seen.insert(next) {
            continue;
        }
        match store.node(next) {
            Node::Function(Function::Entry, parts) if parts.first() == Some(&vector) => {
                stack.extend(parts.iter().skip(1).copied());
            }
            node => node.for_each_child(|child| stack.push(child)),
        }
    }
    false
}

/// Every member a_k of a family becomes a_k + δ(k, i) (v − a_i).
struct Perturbation<'a> {
    at: TermId,
    family: Symbol,
    indices: &'a [TermId],
    variable: TermId,
    seen: FxHashMap<TermId, TermId>,
}

impl Perturbation<'_> {
    fn run(&mut self, store: &mut Store, term: TermId) -> TermId {
        if let Some(known) = self.seen.get(&term) {
            return *known;
        }
        let result = match self.member_indices(store, term) {
            Some(indices) => self.member(store, term, &indices),
            None if !store.mentions(term, self.family) => term,
            None => store.map(term, &mut |store, child| self.run(store, child)),
        };
        self.seen.insert(term, result);
        result
    }

    fn member_indices(&self, store: &Store, term: TermId) -> Option<Vec<TermId>> {
        match store.node(term) {
            Node::Member(s, indices) if *s == self.family => Some(indices.to_vec()),
            Node::Function(Function::Entry, parts) => {
                let (of, indices) = parts.split_first()?;
                (*store.node(*of) == Node::Symbol(self.family)).then(|| indices.to_vec())
            }
            _ => None,
        }
    }

    fn member(&mut self, store: &mut Store, term: TermId, indices: &[TermId]) -> TermId {
        if term == self.at {
            return self.variable;
        }
        let mut factors = Vec::new();
        for (here, there) in indices.iter().zip(self.indices) {
            if here == there {
                continue;
            }
            if let (Node::Number(_), Node::Number(_)) = (store.node(*here), store.node(*there)) {
                return term;
            }
            factors.push(store.function(Function::KroneckerDelta, &[*here, *there]));
        }
        let step = store.sub(self.variable, self.at);
        factors.push(step);
        let step = store.mul(&factors);
        store.add(&[term, step])
    }
}
