//! Sums that have a closed form.

use super::choose::choose;
use super::range::{Range, within};
use super::series::{binomial_moments, power_series};
use super::telescoping::telescoping;
use crate::prove::engine::Engine;
use crate::prove::line::{Line, Why};
use crate::term::{Function, Node, TermId};

/// Closed forms that are seen as they are written: binomial sums and series.
pub fn known(engine: &mut Engine, term: TermId) -> Option<Line> {
    let range = Range::open(engine.store, term)?;
    if range.product || !range.is_plain(engine.store) {
        return None;
    }
    if range.is_infinite(engine.store) {
        return power_series(engine, term, &range)
            .or_else(|| taylor(engine, term, &range))
            .or_else(|| telescoping(engine, term, &range));
    }
    binomials(engine, term, &range).or_else(|| telescoping(engine, term, &range))
}

fn factors(engine: &Engine, body: TermId) -> Vec<TermId> {
    match engine.store.node(body) {
        Node::Mul(parts) => parts.to_vec(),
        _ => vec![body],
    }
}

/// n and k of a binomial coefficient.
fn binomial(engine: &Engine, term: TermId) -> Option<(TermId, TermId)> {
    match engine.store.node(term) {
        Node::Function(Function::Binomial, arguments) => match arguments.as_ref() {
            [n, k] => Some((*n, *k)),
            _ => None,
        },
        _ => None,
    }
}

/// The binomial theorem and its kin.
fn binomials(engine: &mut Engine, term: TermId, range: &Range) -> Option<Line> {
    let all = factors(engine, range.body);
    let free = |engine: &Engine, t: TermId| !engine.store.mentions(t, range.symbol);
    let mut coefficients = Vec::new();
    let mut squared = None;
    for factor in &all {
        if let Some(found) = binomial(engine, *factor) {
            coefficients.push(found);
        } else if let Node::Pow(base, exponent) = *engine.store.node(*factor)
            && matches!(engine.store.node(exponent), Node::Number(c) if c.to_i64() == Some(2))
        {
            squared = squared.or(binomial(engine, base));
        }
    }
    let k = range.k;
    let mut line = Line::start(term);
    match coefficients.as_slice() {
        [] => {
            let (n, below) = squared?;
            let terms = [("n", n), ("k", k)];
            (below == k && engine.by_rule(&mut line, "sums.squares-of-binomials", &terms))
                .then_some(line)
        }
        [(m, below), (n, other)] => {
            let r = range.to;
            if (*m, *below) == (*n, *other) {
                let terms = [("n", *n), ("k", k)];
                return engine
                    .by_rule(&mut line, "sums.squares-of-binomials", &terms)
                    .then_some(line);
            }
            let pairs = [(*m, *n, *below, *other), (*n, *m, *other, *below)];
            pairs.into_iter().find_map(|(m, n, below, _)| {
                let terms = [("m", m), ("n", n), ("k", k), ("r", r)];
                let mut line = Line::start(term);
                (below == k && engine.by_rule(&mut line, "sums.vandermonde", &terms))
                    .then_some(line)
            })
        }
        [(n, below)] if *n == k => {
            let terms = [("m", *below), ("n", range.to), ("k", k)];
            if free(engine, *below) && engine.by_rule(&mut line, "sums.hockey-stick", &terms) {
                return Some(line);
            }
            choose(engine, term, range, (*n, *below))
        }
        [(n, below)] => {
            let (n, below) = (*n, *below);
            let begins = matches!(engine.store.node(range.from), Node::Number(c) if c.is_zero());
            let direct = if below == k && begins {
                theorem(engine, term, range, n, &all)
            } else {
                None
            };
            direct.or_else(|| choose(engine, term, range, (n, below)))
        }
        _ => None,
    }
}

/// Σ c kᵉ binomial(n, k) xᵏ y^(n − k)
fn theorem(
    engine: &mut Engine,
    term: TermId,
    range: &Range,
    n: TermId,
    all: &[TermId],
) -> Option<Line> {
    let k = range.k;
    let (mut x, mut y) = (vec![], vec![]);
    let mut polynomial = vec![];
    let mut others = vec![];
    for factor in all {
        if binomial(engine, *factor).is_some() {
            continue;
        }
        if !engine.store.mentions(*factor, range.symbol) {
            others.push(*factor);
            continue;
        }
        let power = match *engine.store.node(*factor) {
            Node::Pow(base, exponent) if !engine.store.mentions(base, range.symbol) => {
                Some((base, exponent))
            }
            _ => None,
        };
        let Some((base, exponent)) = power else {
            polynomial.push(*factor);
            continue;
        };
        // base^(α k) or base^(α (n − k))
        let coefficients = (engine.field).coefficients_in(engine.store, exponent, range.symbol)?;
        let [still, rate] = *coefficients.as_slice() else {
            return None;
        };
        if matches!(engine.store.node(still), Node::Number(c) if c.is_zero()) {
            x.push(engine.store.pow(base, rate));
            continue;
        }
        let rate = engine.store.neg(rate);
        let wanted = engine.store.mul(&[rate, n]);
        if !engine.ring(still, wanted) {
            return None;
        }
        y.push(engine.store.pow(base, rate));
    }
    let (x, y) = (engine.store.mul(&x), engine.store.mul(&y));
    let (x, y) = (engine.normal(x)?, engine.normal(y)?);
    let mut line = Line::start(term);
    if !others.is_empty() {
        let c = engine.store.mul(&others);
        let inner: Vec<TermId> = all
            .iter()
            .copied()
            .filter(|f| !others.contains(f))
            .collect();
        let f = engine.store.mul(&inner);
        let terms = [
            ("c", c),
            ("f", f),
            ("k", k),
            ("a", range.from),
            ("b", range.to),
        ];
        if !engine.by_rule(&mut line, "sums.constant-factor", &terms)
            && !engine.by_rule(&mut line, "sums.constant-factor-of-any-range", &terms)
        {
            return None;
        }
        let sum = Range { body: f, ..*range }.close(engine.store);
        let inner = known(engine, sum)?;
        let mut table = rustc_hash::FxHashMap::default();
        table.insert(sum, inner);
        let more = crate::prove::congruence::congruence(engine.store, line.to, &table, 2);
        line.append(&more);
        return Some(line);
    }
    if !polynomial.is_empty() {
        let polynomial = engine.store.mul(&polynomial);
        return binomial_moments(engine, term, range, [n, x, y], polynomial);
    }
    let terms = [("n", n), ("k", k), ("x", x), ("y", y)];
    engine
        .by_rule(&mut line, "sums.binomial-theorem", &terms)
        .then_some(line)
}

/// Taylor series of elementary functions.
fn taylor(engine: &mut Engine, term: TermId, range: &Range) -> Option<Line> {
    let mut bases = vec![];
    for factor in factors(engine, range.body) {
        if let Node::Pow(base, exponent) = *engine.store.node(factor)
            && engine.store.mentions(exponent, range.symbol)
            && !engine.store.mentions(base, range.symbol)
            && !matches!(engine.store.node(base), Node::Number(c) if c.to_i64() == Some(-1))
        {
            bases.push(base);
        }
    }
    let unit = bases.is_empty();
    let x = engine.store.mul(&bases);
    let rules = [
        "sums.cosine-series",
        "sums.sine-series",
        "sums.hyperbolic-cosine-series",
        "sums.hyperbolic-sine-series",
        "sums.logarithm-series",
        "sums.alternating-logarithm-series",
        "sums.arctangent-series",
    ];
    for rule in rules {
        // With no power in sight x is 1, or −1 of which the sign is the power.
        let minus = unit && rule == "sums.logarithm-series";
        let x = if minus { engine.store.integer(-1) } else { x };
        let mut line = Line::start(term);
        if unit && !spelled(engine, &mut line, rule, (x, range)) {
            continue;
        }
        if engine.by_rule(&mut line, rule, &[("x", x), ("k", range.k)]) {
            return Some(line);
        }
    }
    None
}

/// Goes on within the sum to the body that the left side of the rule has there: the sum converges
/// as it is written.
fn spelled(engine: &mut Engine, line: &mut Line, rule: &str, (x, range): (TermId, &Range)) -> bool {
    let Some(left) = engine.left_side(rule, &[("x", x), ("k", range.k)]) else {
        return false;
    };
    if left == line.to {
        return true;
    }
    let Some(other) = Range::open(engine.store, left) else {
        return false;
    };
    if (other.from, other.to) != (range.from, range.to) {
        return false;
    }
    let body = (engine.store).substitute(other.body, other.symbol, range.k);
    within(engine, line, range, |engine| {
        let mut inner = Line::start(range.body);
        let same = engine.ring(range.body, body);
        inner.push(body, Why::Ring);
        same.then_some(inner)
    })
}

/// Closed forms of a body that is one product in normal form: powers of k, and geometric.
pub fn powers(engine: &mut Engine, line: &mut Line) -> bool {
    let Some(range) = Range::open(engine.store, line.to) else {
        return false;
    };
    let Some(body) = engine.normal(range.body) else {
        return false;
    };
    let (k, mut degree, mut ratio, mut constants) = (range.k, 0, vec![], vec![]);
    for factor in factors(engine, body) {
        if factor == k {
            degree += 1;
            continue;
        }
        let Node::Pow(base, exponent) = *engine.store.node(factor) else {
            return false;
        };
        if base == k {
            match engine.store.node(exponent) {
                Node::Number(c) => match c.to_i64() {
                    Some(n @ 1..=4) => degree += n,
                    _ => return false,
                },
                _ => return false,
            }
        } else if !engine.store.mentions(base, range.symbol) {
            // r^k, (r^c)^k, or r^(c k + d)
            let coefficients = (engine.field).coefficients_in(engine.store, exponent, range.symbol);
            let Some([still, rate]) = coefficients.as_deref() else {
                return false;
            };
            if !matches!(engine.store.node(*still), Node::Number(c) if c.is_zero()) {
                constants.push(engine.store.pow(base, *still));
            }
            ratio.push(
                if matches!(engine.store.node(*rate), Node::Number(c) if c.is_one()) {
                    base
                } else {
                    engine.store.pow(base, *rate)
                },
            );
        } else {
            return false;
        }
    }
    let ends = [("k", k), ("a", range.from), ("b", range.to)];
    if !constants.is_empty() {
        let (c, r) = (engine.store.mul(&constants), engine.store.mul(&ratio));
        let degree = engine.store.integer(degree);
        let (power, whole) = (engine.store.pow(k, degree), engine.store.pow(r, k));
        let f = engine.store.mul(&[power, whole]);
        let terms = [("c", c), ("f", f), ends[0], ends[1], ends[2]];
        return engine.by_rule(line, "sums.constant-factor", &terms)
            || engine.by_rule(line, "sums.constant-factor-of-any-range", &terms);
    }
    if ratio.is_empty() {
        let name = match degree {
            1 => "sums.sum-of-integers",
            2 => "sums.sum-of-squares",
            3 => "sums.sum-of-cubes",
            4 => "sums.sum-of-fourth-powers",
            _ => return false,
        };
        return engine.by_rule(line, name, &ends);
    }
    let name = match degree {
        0 => "sums.geometric",
        1 => "sums.arithmetic-geometric",
        _ => return false,
    };
    let r = engine.store.mul(&ratio);
    let mut terms = ends.to_vec();
    terms.push(("r", r));
    engine.by_rule(line, name, &terms)
}
