//! Products over a range: factor by factor, powers and constants out; logarithms of products.

use std::rc::Rc;

use super::anchor::anchor;
use super::guard::guard;
use super::range::Range;
use super::written_out::written_out;
use crate::prove::engine::Engine;
use crate::prove::line::{Line, Named, Why};
use crate::term::{Constant, Function, Node, Relation, Store, TermId};

/// One step at the product at the line's end.
pub fn product(engine: &mut Engine, line: &mut Line) -> bool {
    let Some(range) = Range::open(engine.store, line.to) else {
        return false;
    };
    if range.is_infinite(engine.store) {
        return false;
    }
    if !range.is_plain(engine.store) {
        return guard(engine, line);
    }
    let rules = [
        "sums.product-of-one-factor",
        "sums.empty-product",
        "sums.last-factor",
    ];
    if let Some(done) = written_out(engine, line, &range, rules) {
        return done;
    }
    split(engine, line, &range) || anchor(engine, line)
}

fn split(engine: &mut Engine, line: &mut Line, range: &Range) -> bool {
    let Some(body) = engine.normal(range.body) else {
        return false;
    };
    let ends = [("k", range.k), ("a", range.from), ("b", range.to)];
    let mut use_rule = |engine: &mut Engine, name: &str, terms: &[(&str, TermId)]| {
        let mut all = ends.to_vec();
        all.extend_from_slice(terms);
        engine.by_rule(line, name, &all)
    };
    let still = |engine: &Engine, t: TermId| !engine.store.mentions(t, range.symbol);
    if still(engine, body) {
        return use_rule(engine, "sums.product-of-constant", &[("c", body)]);
    }
    if body == range.k {
        return use_rule(engine, "sums.factorial", &[]);
    }
    match engine.store.node(body).clone() {
        Node::Mul(factors) => {
            let (rest, first): (Vec<TermId>, Vec<TermId>) =
                factors.iter().partition(|f| !still(engine, **f));
            let (first, rest) = if first.is_empty() {
                (factors[0], engine.store.mul(&factors[1..]))
            } else {
                (engine.store.mul(&first), engine.store.mul(&rest))
            };
            use_rule(
                engine,
                "sums.product-of-product",
                &[("f", first), ("g", rest)],
            )
        }
        Node::Pow(base, exponent)
            if matches!(engine.store.node(base), Node::Constant(Constant::E)) =>
        {
            use_rule(engine, "sums.product-of-exponentials", &[("f", exponent)])
        }
        Node::Pow(base, exponent) if still(engine, exponent) => use_rule(
            engine,
            "sums.product-of-power",
            &[("f", base), ("c", exponent)],
        ),
        Node::Pow(base, exponent) if still(engine, base) => use_rule(
            engine,
            "sums.product-of-powers",
            &[("c", base), ("f", exponent)],
        ),
        Node::Add(_) => {
            let Some(factored) = engine.field.factored(engine.store, body) else {
                return false;
            };
            let mut parts: Vec<TermId> = Vec::new();
            for factor in &factored.factors {
                let exponent = engine.store.number(factor.exponent.clone());
                parts.push(engine.store.pow(factor.term, exponent));
            }
            if !factored.coefficient.is_one() {
                parts.push(engine.store.number(factored.coefficient));
            }
            // The complement of an event stays as it is.
            let complement = parts.len() == 2
                && factored.factors.len() == 1
                && holds_indicator(engine.store, body);
            if parts.len() < 2 || complement {
                return false;
            }
            let (f, g) = (parts[0], engine.store.mul(&parts[1..]));
            use_rule(engine, "sums.product-of-product", &[("f", f), ("g", g)])
        }
        _ => false,
    }
}

fn holds_indicator(store: &Store, body: TermId) -> bool {
    match store.node(body) {
        Node::Add(parts) => parts.iter().any(|part| holds_indicator(store, *part)),
        Node::Mul(factors) => factors.iter().any(|factor| holds_indicator(store, *factor)),
        node => matches!(node, Node::Function(Function::Indicator, _)),
    }
}

/// The logarithm of a product of positive factors.
pub fn logarithm(engine: &mut Engine, line: &mut Line, product: TermId) -> bool {
    let Some(range) = Range::open(engine.store, product) else {
        return false;
    };
    if !range.product || range.is_infinite(engine.store) {
        return false;
    }
    let facts = range.facts(engine.store);
    let zero = engine.store.integer(0);
    let positive = engine.store.relation(Relation::Less, zero, range.body);
    if !engine.under(&facts, |engine| engine.holds(positive).is_some()) {
        return false;
    }
    let body = engine
        .store
        .function(crate::term::Function::Log, &[range.body]);
    let sum = Range {
        product: false,
        body,
        ..range
    }
    .close(engine.store);
    let named = Named {
        substitution: vec![("k".to_owned(), range.k)],
        conditions: Vec::new(),
    };
    line.push(sum, Why::Named("sums.log-of-product", true, Rc::new(named)));
    true
}
