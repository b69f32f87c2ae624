//! Unknown functions: where nothing defines A, dA/dv makes A a smooth function of v in its block.

use std::collections::{BTreeMap, BTreeSet};

use super::elaborate::known::is_function_letter;
use super::elaborate::{Head, head};
use super::goal::{Declaration, Property};
use super::name::{canonical, peel};
use super::observe::{Observed, name_and_indices};
use super::scope::{Definition, Scope};
use crate::syntax::{Kind, Tree};
use crate::term::{Dimension, Node, Sort, Store, Symbol, TermId, print};

/// Names that are functions rather than other symbols when they stand with ′.
const PRIMED: &[&str] = &["y", "u", "v", "w", "f", "g", "h", "F", "G", "H", "φ", "ψ"];

/// Small letters that are vectors where they stand behind a matrix.
const VECTORS: &[&str] = &[
    "a", "b", "c", "f", "g", "h", "r", "u", "v", "w", "x", "y", "z", "β", "θ", "μ", "ω", "ν", "ξ",
    "γ", "φ", "ψ",
];

/// What a block shows of derivatives.
#[derive(Default)]
struct Shown<'t> {
    /// What is differentiated, and by what.
    derivatives: Vec<(&'t Tree, &'t Tree)>,
    /// Names with ′ and without arguments.
    primed: Vec<&'t Tree>,
    /// Whether a bracket stands with ′, or a name with ″.
    operator: bool,
    /// Names that stand in it.
    names: Vec<String>,
    /// Names before a bracket, with how many arguments.
    applied: Vec<(String, usize)>,
}

impl<'t> Shown<'t> {
    fn look(&mut self, tree: &'t Tree) {
        match &tree.kind {
            Kind::Derivative {
                body: Some(body),
                by,
                ..
            } => {
                for (v, _) in by {
                    self.derivatives.push((body, v));
                }
            }
            Kind::Juxtaposition(factors) => {
                for (place, factor) in factors.iter().enumerate() {
                    let bracket = factors
                        .get(place + 1)
                        .is_some_and(super::observe::is_bracket);
                    if let (Some(name), Some(count)) =
                        (peel(factor), factors.get(place + 1).and_then(arguments))
                    {
                        self.applied.push((canonical(name.name), count));
                    }
                    if !bracket || !matches!(factor.kind, Kind::Prime(..)) {
                        self.look(factor);
                    }
                }
                return;
            }
            Kind::Prime(base, count) => {
                if peel(base).is_some() {
                    self.primed.push(base);
                    self.operator |= *count > 1;
                } else {
                    self.operator = true;
                }
            }
            Kind::Name(name) => self.names.push(canonical(name)),
            _ => {}
        }
        for part in tree.children() {
            self.look(part);
        }
    }
}

/// How many arguments a bracket holds.
fn arguments(tree: &Tree) -> Option<usize> {
    match &tree.kind {
        Kind::Superscript(base, _, false) | Kind::Factorial(base) => arguments(base),
        Kind::Group(_, inner) => match &inner.kind {
            Kind::List(parts) => Some(parts.len()),
            _ => Some(1),
        },
        _ => None,
    }
}

impl Scope {
    /// Letters that are read as smooth functions are declared as such, so that they have models.
    fn declare_letters(&mut self, store: &mut Store, shown: &Shown<'_>) {
        for (name, count) in &shown.applied {
            let symbol = store.symbol(name);
            let known = self.names.contains(name)
                || self.definitions.contains_key(&symbol)
                || self.declarations.contains_key(&symbol);
            let letter = is_function_letter(name) || self.observed.primed.contains(name);
            if known || !letter || self.observed.alone.contains(name) {
                continue;
            }
            let count = u32::try_from(*count).unwrap_or(1);
            self.declarations.insert(
                symbol,
                Declaration {
                    symbol,
                    sort: Sort::Function(count),
                    properties: vec![Property::Smooth],
                },
            );
        }
    }

    /// Names with an exponent T, where T is never a number, are matrices of unknown shape.
    pub(super) fn declare_transposed(&mut self, store: &mut Store) -> Vec<String> {
        let mut notes = Vec::new();
        if !self.observed.transposes() {
            return notes;
        }
        let names = self.observed.clone();
        for name in names.transposed.iter().chain(&beside(&names)) {
            let symbol = store.symbol(name);
            if self.names.contains(name)
                || self.definitions.contains_key(&symbol)
                || self.declarations.contains_key(&symbol)
            {
                continue;
            }
            let mut sort = super::styled::unknown_shape(store, symbol);
            if let Sort::Matrix(rows, _) = sort
                && VECTORS.contains(&name.as_str())
            {
                sort = Sort::Matrix(rows, Dimension(store.integer(1)));
            }
            let transposed = names.transposed.contains(name);
            self.declarations.insert(
                symbol,
                Declaration {
                    symbol,
                    sort,
                    // Of a letter that only stands beside a transposed one nothing is refuted.
                    properties: if transposed {
                        Vec::new()
                    } else {
                        vec![Property::Presumed]
                    },
                },
            );
            notes.push(if transposed {
                format!("read {name} as a vector or matrix, since {name}^T stands here")
            } else {
                format!("read {name} as a vector or matrix, since it stands beside one")
            });
        }
        notes
    }

    /// Looks at the trees of a block ahead of their reading, when the definitions before it (and
    /// its own) are known: `dA/dv` of an undefined A makes A an unknown smooth function of v.
    /// Returns notes. The scope keeps this until it is put back.
    pub fn enter_block(&mut self, store: &mut Store, trees: &[&Tree]) -> Vec<String> {
        let mut shown = Shown::default();
        for tree in trees {
            shown.look(tree);
        }
        self.declare_letters(store, &shown);
        let mut notes = Vec::new();
        let mut unknown: BTreeMap<String, (Head, Vec<TermId>)> = BTreeMap::new();
        for (body, by) in &shown.derivatives {
            let Some(variable) = head(store, self, by) else {
                continue;
            };
            self.depends(store, body, variable.term, &mut unknown);
        }
        self.prime(store, &shown, &mut unknown);
        without_indirect(store, &mut unknown);
        for (head, variables) in unknown.into_values() {
            let definition = unknown_function(store, &head, &variables);
            if self.leads_back(store, head.symbol, &definition) {
                continue;
            }
            let by: Vec<String> = variables.iter().map(|v| print(store, *v)).collect();
            notes.push(format!(
                "{} is not defined: read as an unknown smooth function of {}",
                print(store, head.term),
                by.join(", ")
            ));
            self.put(head.symbol, definition);
        }
        notes
    }

    /// Remembers that the name depends on the variable, if nothing defines it.
    fn depends(
        &self,
        store: &mut Store,
        body: &Tree,
        variable: TermId,
        unknown: &mut BTreeMap<String, (Head, Vec<TermId>)>,
    ) {
        let Some(name) = peel(body) else {
            return;
        };
        if name.primes > 0 {
            return;
        }
        let Some(head) = head(store, self, body) else {
            return;
        };
        let rule = self
            .definitions
            .get(&head.symbol)
            .is_some_and(|all| all.iter().any(|d| d.applied));
        if head.term == variable || head.applied || rule || self.is_defined(store, &head) {
            return;
        }
        let known = unknown
            .entry(head.key.clone())
            .or_insert_with(|| (head, Vec::new()));
        if !known.1.contains(&variable) {
            known.1.push(variable);
        }
    }

    /// By which variable ′ differentiates, and which names it makes functions.
    fn prime(
        &mut self,
        store: &mut Store,
        shown: &Shown<'_>,
        unknown: &mut BTreeMap<String, (Head, Vec<TermId>)>,
    ) {
        if shown.primed.is_empty() && !shown.operator {
            return;
        }
        let mut named = shown
            .derivatives
            .iter()
            .filter_map(|(_, by)| name_and_indices(by).map(|(name, _)| name));
        let variable = named.next().unwrap_or_else(|| {
            let has = |name: &str| shown.names.iter().any(|n| n == name);
            if !has("x") && has("t") { "t" } else { "x" }.to_owned()
        });
        let symbol = store.symbol(&variable);
        let term = store.add_node(Node::Symbol(symbol));
        self.prime_variable = Some(symbol);
        for tree in &shown.primed {
            let Some((name, _)) = name_and_indices(tree) else {
                continue;
            };
            let function = shown.operator
                || PRIMED.contains(&name.as_str())
                || unknown.contains_key(&name)
                || self.observed.applied.contains(&name) && !self.observed.alone.contains(&name);
            if function && name != variable {
                self.depends(store, tree, term, unknown);
            }
        }
        if shown.operator {
            return;
        }
        // Without a derivative in the block and without a function, ′ makes other symbols.
        if unknown.is_empty() {
            self.prime_variable = Some(symbol);
        }
    }
}

/// `A := A(v)`, for every value of A's own indices.
fn unknown_function(store: &mut Store, head: &Head, variables: &[TermId]) -> Definition {
    let mut arguments = head.pattern.clone();
    arguments.extend_from_slice(variables);
    let name = if head.pattern.is_empty() {
        store.name(head.symbol).to_owned()
    } else {
        let name = store.name(head.symbol).to_owned();
        if name.contains('|') {
            name
        } else {
            format!("{name}|{},0", head.pattern.len())
        }
    };
    let function = store.symbol(&name);
    let orders = vec![0; arguments.len()];
    let body = store.add_node(Node::Call(function, orders.into(), arguments.into()));
    let mut symbols: Vec<Symbol> = Vec::new();
    for variable in variables {
        symbols.extend(store.symbols(*variable));
    }
    symbols.retain(|s| !head.parameters.contains(s));
    Definition {
        pattern: head.pattern.clone(),
        parameters: head.parameters.clone(),
        body,
        symbols,
        applied: false,
    }
}

/// Where z depends on y and on x, and y on x, z depends on x through y alone.
fn without_indirect(store: &Store, unknown: &mut BTreeMap<String, (Head, Vec<TermId>)>) {
    let direct: Vec<(TermId, Vec<TermId>)> = unknown
        .values()
        .map(|(head, variables)| (head.term, variables.clone()))
        .collect();
    let through = |variable: TermId| -> Vec<TermId> {
        direct
            .iter()
            .find(|(term, _)| *term == variable)
            .map(|(_, variables)| variables.clone())
            .unwrap_or_default()
    };
    let _ = store;
    for (_, variables) in unknown.values_mut() {
        let mut indirect = Vec::new();
        let mut stack = variables.clone();
        let mut seen = Vec::new();
        while let Some(next) = stack.pop() {
            if seen.contains(&next) {
                continue;
            }
            seen.push(next);
            for deeper in through(next) {
                indirect.push(deeper);
                stack.push(deeper);
            }
        }
        variables.retain(|v| !indirect.contains(v));
    }
}

/// Capital letters that stand in a product with a transposed one, and small ones right behind such
/// at a product's end.
fn beside(observed: &Observed) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    loop {
        let before = found.len();
        for product in &observed.products {
            let matrix = |name: &String| observed.transposed.contains(name) || found.contains(name);
            if !product.iter().any(matrix) {
                continue;
            }
            let capitals: Vec<String> = product
                .iter()
                .filter(|name| {
                    let mut letters = name.chars();
                    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
                })
                .filter(|name| !matches!(name.as_str(), "I" | "T" | "N" | "K" | "E" | "P"))
                .cloned()
                .collect();
            found.extend(capitals);
            if let [.., before, last] = product.as_slice()
                && (observed.transposed.contains(before) || found.contains(before))
                && VECTORS.contains(&last.as_str())
            {
                found.insert(last.clone());
            }
        }
        if found.len() == before {
            found.retain(|name| !observed.transposed.contains(name));
            return found;
        }
    }
}
