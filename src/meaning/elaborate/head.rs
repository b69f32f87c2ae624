//! What could be defined: a symbol, perhaps with indices and arguments.

use super::super::goal::Property;
use super::known::{known, needs_bracket};
use super::name::Indexed;
use super::power::is_minus_one;
use super::reader::Reader;
use crate::meaning::name::{Peeled, canonical, peel};
use crate::meaning::scope::Scope;
use crate::source::Span;
use crate::syntax::{Bracket, Kind, Tree};
use crate::term::{Node, Sort, Store, Symbol, TermId, print};

/// The head of a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Where it stands.
    pub span: Span,
    /// Under which name the scope remembers that it was met: the symbol; for a member of a family
    /// also its index if that is closed (`w⁽¹⁾` and `w⁽⁰⁾` have different keys).
    pub key: String,
    /// Its letters with style, accents and label.
    pub name: String,
    /// The symbol, family or function.
    pub symbol: Symbol,
    /// Indices and arguments in order.
    pub pattern: Vec<TermId>,
    /// The letters of the pattern, for all values of which the definition holds.
    pub parameters: Vec<Symbol>,
    /// Whether arguments stand in brackets behind it.
    pub applied: bool,
    /// Whether an index is raised without brackets (`y^k(x)`).
    pub raised: bool,
    /// The head as a term (`Symbol`, `Member` or `Call`).
    pub term: TermId,
}

/// The head that a tree is, if it could be defined: a symbol, a symbol with indices, or with
/// arguments that are letters or numbers.
pub fn head(store: &mut Store, scope: &Scope, tree: &Tree) -> Option<Head> {
    let (named, arguments) = match &tree.kind {
        Kind::Juxtaposition(parts) => {
            let [name, bracket] = parts.as_slice() else {
                return None;
            };
            let Kind::Group(Bracket::Round, inner) = &bracket.kind else {
                return None;
            };
            let arguments: Vec<&Tree> = match &inner.kind {
                Kind::List(parts) => parts.iter().collect(),
                _ => vec![inner],
            };
            (name, arguments)
        }
        Kind::Boxed(inner) => return head(store, scope, inner),
        _ => (tree, Vec::new()),
    };
    let peeled = peel(named)?;
    let mut reader = Reader::new(store, scope, "", None);
    if peeled.primes > 0 || peeled.below.is_empty() && !reader.is_word(peeled.name) {
        return None;
    }
    let name = canonical(peeled.name);
    if reader.is_of_chance(tree, &peeled, &arguments) {
        return None;
    }
    let defined = scope.names.contains(&name);
    let alone = scope.observed.alone.contains(&name);
    if let Some(function) = known(&name)
        && peeled.below.is_empty()
        && !defined
    {
        // E, P, σ and their like may be symbols of their own, sin may not.
        let letter = name.chars().count() == 1;
        if !needs_bracket(function) || !letter || !(alone || name == "P" || name == "E") {
            return None;
        }
        if !arguments.is_empty() && name == "E" {
            return None;
        }
    }
    // Beside matrices, I is the identity.
    if matches!(name.as_str(), "I" | "𝐈") && !defined && scope.has_matrices() {
        return None;
    }
    let applied = !arguments.is_empty();
    let (indexed, raised) = indices(&mut reader, &peeled, applied)?;
    let mut pattern = indexed.indices();
    for argument in &arguments {
        let name = peel(argument).is_some() || matches!(argument.kind, Kind::Number(_));
        if !name {
            return None;
        }
        let value = reader.index_term(argument).ok()?;
        let simple = matches!(
            reader.store.node(value),
            Node::Symbol(_) | Node::Member(..) | Node::Number(_)
        );
        if !simple {
            return None;
        }
        pattern.push(value);
    }
    let mut parameters: Vec<Symbol> = Vec::new();
    for part in &pattern {
        for symbol in store.symbols(*part) {
            if !parameters.contains(&symbol) {
                parameters.push(symbol);
            }
        }
    }
    // P(A) of an event is its probability, no new function of A.
    let random = |s: &Symbol| {
        scope.has_property(*s, Property::Event) || scope.has_property(*s, Property::Random)
    };
    if applied && indexed.name == "P" && parameters.iter().any(random) {
        return None;
    }
    let name = indexed.name.clone();
    let symbol = store.symbol(&if applied {
        indexed.function()
    } else {
        indexed.family()
    });
    // An entry of a declared vector or matrix is no name of its own.
    if !applied
        && !pattern.is_empty()
        && matches!(scope.sort_of(symbol), Some(Sort::Matrix(..)))
        && !scope.is_family(symbol)
    {
        return None;
    }
    if !applied
        && !pattern.is_empty()
        && Reader::new(store, scope, "", None).is_entry_of_defined(symbol, pattern.len())
    {
        return None;
    }
    let term = if applied {
        let orders = vec![0; pattern.len()];
        store.add_node(Node::Call(symbol, orders.into(), pattern.clone().into()))
    } else if pattern.is_empty() {
        store.add_node(Node::Symbol(symbol))
    } else {
        store.add_node(Node::Member(symbol, pattern.clone().into()))
    };
    let key = key(store, term);
    Some(Head {
        span: tree.span,
        key,
        name,
        symbol,
        pattern,
        parameters,
        applied,
        raised,
        term,
    })
}

/// The indices of a head; a raised letter before arguments is one too.
fn indices(reader: &mut Reader<'_>, peeled: &Peeled<'_>, applied: bool) -> Option<(Indexed, bool)> {
    let mut peeled = peeled.clone();
    let mut raised = false;
    for (exponent, surely) in &mut peeled.above {
        if *surely || reader.scope.upper.contains(&canonical(peeled.name)) {
            continue;
        }
        let letter = matches!(&exponent.kind, Kind::Name(n) if n.base.chars().count() == 1);
        if !(applied && letter) || is_minus_one(exponent) {
            return None;
        }
        *surely = true;
        raised = true;
    }
    Some((reader.indexed(&peeled).ok()?, raised))
}

/// The name under which a symbol, member or call is remembered.
pub(in crate::meaning) fn key(store: &Store, term: TermId) -> String {
    match store.node(term) {
        Node::Symbol(s) => store.name(*s).to_owned(),
        Node::Member(s, indices) => {
            let mut key = format!("{}[", store.name(*s));
            let closed = indices.iter().all(|i| store.symbols(*i).is_empty());
            if closed {
                let shown: Vec<String> = indices.iter().map(|i| print(store, *i)).collect();
                key.push_str(&shown.join(","));
            } else {
                key.push('*');
            }
            key.push(']');
            key
        }
        Node::Call(s, ..) => format!("{}()", store.name(*s)),
        _ => String::new(),
    }
}
