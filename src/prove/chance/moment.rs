//! The expectation of sums, multiples and products.

use super::super::canonical::Canonical;
use super::super::line::{Line, Why};
use super::{condition, opened};
use crate::term::{Constant, Node, Symbol, TermId};
use crate::theory::probability::spread_out;

/// One step at the head of E[u].
pub fn expectation(canonical: &mut Canonical, line: &mut Line, u: TermId) -> bool {
    let Some((symbol, w, bodies)) = opened(canonical, &[u]) else {
        return false;
    };
    let body = bodies[0];
    let engine = &mut *canonical.engine;
    if !engine.store.mentions(body, symbol) {
        let terms = [("c", body), ("w", w)];
        return engine.by_rule(line, "probability.mean-of-constant", &terms);
    }
    match engine.store.node(body).clone() {
        Node::Add(parts) => {
            let rest = engine.store.add(&parts[1..]);
            let terms = [("f", parts[0]), ("g", rest), ("w", w)];
            engine.by_rule(line, "probability.mean-of-sum", &terms)
        }
        Node::Mul(factors) => {
            let (moving, still): (Vec<TermId>, Vec<TermId>) = factors
                .iter()
                .partition(|f| engine.store.mentions(**f, symbol));
            if !still.is_empty() && !moving.is_empty() {
                let c = engine.store.mul(&still);
                let f = engine.store.mul(&moving);
                let terms = [("c", c), ("f", f), ("w", w)];
                return engine.by_rule(line, "probability.mean-of-multiple", &terms);
            }
            if let Some((f, g)) = independent_groups(canonical, &factors, w) {
                let terms = [("f", f), ("g", g), ("w", w)];
                return canonical
                    .engine
                    .by_rule(line, "probability.mean-of-product", &terms);
            }
            condition::tower(canonical, line, body, w)
                || into_sum(canonical, line, symbol, &factors)
                || pair(canonical, line, &factors, w)
                || super::given::use_moment(canonical, line)
                || super::given::by_condition(canonical, line, symbol)
        }
        Node::Pow(base, exponent)
            if matches!(engine.store.node(base), Node::Constant(Constant::E))
                && matches!(engine.store.node(exponent), Node::Add(_) | Node::Mul(_)) =>
        {
            exponential(canonical, line, symbol, exponent)
                || super::given::use_moment(canonical, line)
                || super::given::by_condition(canonical, line, symbol)
        }
        Node::Pow(base, _) if matches!(engine.store.node(base), Node::Sum(..)) => {
            into_sum(canonical, line, symbol, &[body])
                || super::given::use_moment(canonical, line)
                || super::given::by_condition(canonical, line, symbol)
        }
        Node::Sum(_, _, from, to, _) => {
            let Some((index, scope)) = engine.store.open_fresh(body) else {
                return false;
            };
            let k = engine.store.add_node(Node::Symbol(index));
            let terms = [("f", scope[0]), ("k", k), ("a", from), ("b", to), ("w", w)];
            engine.by_rule(line, "probability.mean-of-finite-sum", &terms)
        }
        Node::Product(_, _, from, to, condition)
            if matches!(engine.store.node(condition), Node::Truth(true)) =>
        {
            let Some((index, scope)) = engine.store.open_fresh(body) else {
                return false;
            };
            let k = engine.store.add_node(Node::Symbol(index));
            let terms = [("f", scope[0]), ("k", k), ("a", from), ("b", to), ("w", w)];
            engine.by_rule(line, "probability.mean-of-members", &terms)
        }
        _ => {
            condition::tower(canonical, line, body, w)
                || super::given::use_moment(canonical, line)
                || super::given::by_condition(canonical, line, symbol)
        }
    }
}

/// e^(a + b) is e^a e^b: a constant factor, or independent ones.
fn exponential(
    canonical: &mut Canonical,
    line: &mut Line,
    outcome: Symbol,
    exponent: TermId,
) -> bool {
    let parts = spread_out(canonical.engine.store, exponent);
    if parts.len() < 2 {
        return false;
    }
    let store = &mut *canonical.engine.store;
    let w = store.add_node(Node::Symbol(outcome));
    let (moving, still): (Vec<TermId>, Vec<TermId>) = parts
        .iter()
        .partition(|part| store.mentions(**part, outcome));
    if !still.is_empty() && !moving.is_empty() {
        let (c, f) = (store.add(&still), store.add(&moving));
        let (c, f) = (store.exp(c), store.exp(f));
        let terms = [("c", c), ("f", f), ("w", w)];
        return canonical
            .engine
            .by_rule(line, "probability.mean-of-multiple", &terms);
    }
    let factors: Vec<TermId> = moving.iter().map(|part| store.exp(*part)).collect();
    let Some((f, g)) = independent_groups(canonical, &factors, w) else {
        return false;
    };
    let terms = [("f", f), ("g", g), ("w", w)];
    canonical
        .engine
        .by_rule(line, "probability.mean-of-product", &terms)
}

/// A factor Σ takes the others in: E[f Σ g] = E[Σ f g].
fn into_sum(
    canonical: &mut Canonical,
    line: &mut Line,
    outcome: Symbol,
    factors: &[TermId],
) -> bool {
    let store = &mut *canonical.engine.store;
    let Some((place, sum, count)) =
        factors
            .iter()
            .enumerate()
            .find_map(|(place, factor)| match store.node(*factor) {
                Node::Sum(..) => Some((place, *factor, 1)),
                Node::Pow(base, exponent) if matches!(store.node(*base), Node::Sum(..)) => {
                    match store.node(*exponent) {
                        Node::Number(n) => {
                            Some((place, *base, n.to_i64().filter(|n| (2..=4).contains(n))?))
                        }
                        _ => None,
                    }
                }
                _ => None,
            })
    else {
        return false;
    };
    let Node::Sum(_, _, from, to, _) = *store.node(sum) else {
        return false;
    };
    let mut rest = factors.to_vec();
    rest.remove(place);
    if count > 1 {
        let less = store.integer(count - 1);
        rest.push(if count == 2 {
            sum
        } else {
            store.pow(sum, less)
        });
    }
    if rest.is_empty() {
        return false;
    }
    let g = store.mul(&rest);
    let Some((index, scope)) = store.open_fresh(sum) else {
        return false;
    };
    let k = store.add_node(Node::Symbol(index));
    let product = store.mul(&[g, sum]);
    let mut inner = Line::start(*factors.first().unwrap_or(&sum));
    if factors.len() > 1 {
        inner = Line::start(store.mul(factors));
    }
    inner.push(product, Why::Ring);
    let terms = [("g", g), ("f", scope[0]), ("k", k), ("a", from), ("b", to)];
    if !canonical
        .engine
        .by_rule(&mut inner, "sums.factor-into-sum", &terms)
    {
        return false;
    }
    let mut longer = line.clone();
    if !super::outcome::inside(canonical.engine, &mut longer, outcome, &inner) {
        return false;
    }
    // At once, for within E the sum would go back to a product.
    let store = &mut *canonical.engine.store;
    let w = store.add_node(Node::Symbol(outcome));
    let Some((index, scope)) = store.open_fresh(inner.to) else {
        return false;
    };
    let k = store.add_node(Node::Symbol(index));
    let terms = [("f", scope[0]), ("k", k), ("a", from), ("b", to), ("w", w)];
    let moved = canonical
        .engine
        .by_rule(&mut longer, "probability.mean-of-finite-sum", &terms);
    if moved {
        *line = longer;
    }
    moved
}

/// E[f_i g_j] where the members of a family are independent unless i = j.
fn pair(canonical: &mut Canonical, line: &mut Line, factors: &[TermId], w: TermId) -> bool {
    let store = &mut *canonical.engine.store;
    let mut groups: Vec<(TermId, Vec<TermId>)> = Vec::new();
    for factor in factors {
        let base = match store.node(*factor) {
            Node::Pow(base, _) => *base,
            _ => *factor,
        };
        let Node::Member(_, indices) = store.node(base) else {
            return false;
        };
        let [index, last] = **indices else {
            return false;
        };
        if last != w {
            return false;
        }
        match groups.iter_mut().find(|(known, _)| *known == index) {
            Some((_, group)) => group.push(*factor),
            None => groups.push((index, vec![*factor])),
        }
    }
    let [(i, first), (j, second)] = groups.as_slice() else {
        return false;
    };
    let symbol = store.fresh_symbol("k");
    let k = store.add_node(Node::Symbol(symbol));
    let sides = [(*i, first), (*j, second)].map(|(index, group)| {
        let product = store.mul(group);
        let mut table = rustc_hash::FxHashMap::default();
        table.insert(index, k);
        store.replace(product, &mut table)
    });
    let terms = [
        ("f", sides[0]),
        ("g", sides[1]),
        ("k", k),
        ("i", *i),
        ("j", *j),
        ("w", w),
    ];
    canonical
        .engine
        .by_rule(line, "probability.mean-of-pair", &terms)
}

/// Two groups of factors that are independent of each other.
fn independent_groups(
    canonical: &mut Canonical,
    factors: &[TermId],
    w: TermId,
) -> Option<(TermId, TermId)> {
    if canonical.engine.facts.laws.independent.is_empty() || factors.len() > 12 {
        return None;
    }
    let (first, others) = factors.split_first()?;
    let mut group = vec![*first];
    let mut rest: Vec<TermId> = others.to_vec();
    loop {
        let before = group.len();
        let mut kept = Vec::new();
        for factor in rest {
            let apart = group
                .iter()
                .all(|member| canonical.engine.independent(*member, factor, w));
            if apart {
                kept.push(factor);
            } else {
                group.push(factor);
            }
        }
        rest = kept;
        if group.len() == before {
            break;
        }
    }
    if rest.is_empty() {
        return None;
    }
    let store = &mut *canonical.engine.store;
    Some((store.mul(&group), store.mul(&rest)))
}

/// The term multiplied out: a sum over one denominator as a sum of fractions.
pub fn spread(canonical: &mut Canonical, term: TermId) -> Option<TermId> {
    let engine = &mut *canonical.engine;
    let normal = engine.normal(term)?;
    let Node::Mul(factors) = engine.store.node(normal).clone() else {
        return Some(normal);
    };
    let Some(place) = factors
        .iter()
        .position(|f| matches!(engine.store.node(*f), Node::Add(_)))
    else {
        return Some(normal);
    };
    let Node::Add(parts) = engine.store.node(factors[place]).clone() else {
        return Some(normal);
    };
    let mut terms = Vec::with_capacity(parts.len());
    for part in parts.iter() {
        let mut product = factors.to_vec();
        product[place] = *part;
        let product = engine.store.mul(&product);
        terms.push(engine.normal(product).unwrap_or(product));
    }
    Some(engine.store.add(&terms))
}
