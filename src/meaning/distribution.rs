//! Distributions by name: what is known of their moments.

use super::goal::Distribution;
use crate::number::Rational;
use crate::term::{Function, Node, Relation, Store, TermId};

/// Names of distributions, and how many parameters each has.
const NAMES: &[(&[&str], Distribution, usize)] = &[
    (
        &["N", "Normal", "normal", "Gaussian"],
        Distribution::Normal,
        2,
    ),
    (
        &["Poisson", "Pois", "Po", "Poi", "poisson"],
        Distribution::Poisson,
        1,
    ),
    (
        &["Bernoulli", "Ber", "Bern", "bernoulli"],
        Distribution::Bernoulli,
        1,
    ),
    (
        &["Binomial", "Bin", "B", "binomial"],
        Distribution::Binomial,
        2,
    ),
    (
        &["Geometric", "Geom", "Geo", "geometric"],
        Distribution::Geometric,
        1,
    ),
    (
        &["Exponential", "Exp", "exponential"],
        Distribution::Exponential,
        1,
    ),
    (
        &["Uniform", "Unif", "U", "uniform"],
        Distribution::Uniform,
        2,
    ),
];

/// The distribution of a name with so many parameters.
pub(super) fn named(name: &str, parameters: usize) -> Option<Distribution> {
    NAMES
        .iter()
        .find(|(names, _, count)| *count == parameters && names.contains(&name))
        .map(|(_, distribution, _)| *distribution)
}

/// A sum of products of powers of the parameters: coefficient, and the exponent of each.
type Moment = &'static [(i64, i64, [i64; 3])];

/// E[X], E[X²], E[X³], E[X⁴] by terms (numerator, denominator, exponents of the parameters; of the
/// binomial those of n(n−1)…, see below, and p).
fn moments(distribution: Distribution) -> [Moment; 4] {
    match distribution {
        Distribution::Normal => [
            &[(1, 1, [1, 0, 0])],
            &[(1, 1, [2, 0, 0]), (1, 1, [0, 1, 0])],
            &[(1, 1, [3, 0, 0]), (3, 1, [1, 1, 0])],
            &[(1, 1, [4, 0, 0]), (6, 1, [2, 1, 0]), (3, 1, [0, 2, 0])],
        ],
        Distribution::Poisson => [
            &[(1, 1, [1, 0, 0])],
            &[(1, 1, [2, 0, 0]), (1, 1, [1, 0, 0])],
            &[(1, 1, [3, 0, 0]), (3, 1, [2, 0, 0]), (1, 1, [1, 0, 0])],
            &[
                (1, 1, [4, 0, 0]),
                (6, 1, [3, 0, 0]),
                (7, 1, [2, 0, 0]),
                (1, 1, [1, 0, 0]),
            ],
        ],
        Distribution::Bernoulli => [&[(1, 1, [1, 0, 0])]; 4],
        Distribution::Exponential => [
            &[(1, 1, [-1, 0, 0])],
            &[(2, 1, [-2, 0, 0])],
            &[(6, 1, [-3, 0, 0])],
            &[(24, 1, [-4, 0, 0])],
        ],
        Distribution::Geometric => [
            &[(1, 1, [-1, 0, 0])],
            &[(2, 1, [-2, 0, 0]), (-1, 1, [-1, 0, 0])],
            &[(6, 1, [-3, 0, 0]), (-6, 1, [-2, 0, 0]), (1, 1, [-1, 0, 0])],
            &[
                (24, 1, [-4, 0, 0]),
                (-36, 1, [-3, 0, 0]),
                (14, 1, [-2, 0, 0]),
                (-1, 1, [-1, 0, 0]),
            ],
        ],
        Distribution::Uniform => [
            &[(1, 2, [1, 0, 0]), (1, 2, [0, 1, 0])],
            &[(1, 3, [2, 0, 0]), (1, 3, [1, 1, 0]), (1, 3, [0, 2, 0])],
            &[
                (1, 4, [3, 0, 0]),
                (1, 4, [2, 1, 0]),
                (1, 4, [1, 2, 0]),
                (1, 4, [0, 3, 0]),
            ],
            &[
                (1, 5, [4, 0, 0]),
                (1, 5, [3, 1, 0]),
                (1, 5, [2, 2, 0]),
                (1, 5, [1, 3, 0]),
                (1, 5, [0, 4, 0]),
            ],
        ],
        // The third exponent k stands for n(n−1)⋯(n−k+1).
        Distribution::Binomial => [
            &[(1, 1, [0, 1, 1])],
            &[(1, 1, [0, 2, 2]), (1, 1, [0, 1, 1])],
            &[(1, 1, [0, 3, 3]), (3, 1, [0, 2, 2]), (1, 1, [0, 1, 1])],
            &[
                (1, 1, [0, 4, 4]),
                (6, 1, [0, 3, 3]),
                (7, 1, [0, 2, 2]),
                (1, 1, [0, 1, 1]),
            ],
        ],
    }
}

/// What holds where the symbol has the law: its first four moments, and what its parameters must
/// be.
pub(super) fn statements(
    store: &mut Store,
    distribution: Distribution,
    symbol: TermId,
    parameters: &[TermId],
) -> Vec<TermId> {
    let mut all = restrictions(store, distribution, parameters);
    for (order, moment) in (1_i64..).zip(moments(distribution)) {
        let order = store.integer(order);
        let power = if matches!(store.node(order), Node::Number(n) if n.is_one()) {
            symbol
        } else {
            store.pow(symbol, order)
        };
        let mean = store.function(Function::Expectation, &[power]);
        let terms: Vec<TermId> = moment
            .iter()
            .map(|(n, d, exponents)| product(store, (*n, *d), *exponents, parameters))
            .collect();
        let value = store.add(&terms);
        all.push(store.relation(Relation::Equal, mean, value));
    }
    all
}

fn product(
    store: &mut Store,
    (n, d): (i64, i64),
    [first, second, falling]: [i64; 3],
    parameters: &[TermId],
) -> TermId {
    let mut factors = Vec::new();
    if (n, d) != (1, 1) {
        factors.push(store.number(Rational::new(n, d).unwrap_or_else(Rational::one)));
    }
    for (exponent, parameter) in [first, second].into_iter().zip(parameters) {
        match exponent {
            0 => {}
            1 => factors.push(*parameter),
            _ => {
                let exponent = store.integer(exponent);
                factors.push(store.pow(*parameter, exponent));
            }
        }
    }
    if let Some(count) = parameters.first() {
        for less in 0..falling {
            let less = store.integer(-less);
            let zero = matches!(store.node(less), Node::Number(n) if n.is_zero());
            factors.push(if zero {
                *count
            } else {
                store.add(&[*count, less])
            });
        }
    }
    store.mul(&factors)
}

/// What the parameters must be.
fn restrictions(
    store: &mut Store,
    distribution: Distribution,
    parameters: &[TermId],
) -> Vec<TermId> {
    let (zero, one) = (store.integer(0), store.integer(1));
    let parameter = |place: usize| parameters.get(place).copied().unwrap_or(zero);
    match distribution {
        Distribution::Normal => vec![store.relation(Relation::LessEqual, zero, parameter(1))],
        Distribution::Poisson | Distribution::Exponential => {
            vec![store.relation(Relation::Less, zero, parameter(0))]
        }
        Distribution::Bernoulli => vec![
            store.relation(Relation::LessEqual, zero, parameter(0)),
            store.relation(Relation::LessEqual, parameter(0), one),
        ],
        Distribution::Geometric => vec![
            store.relation(Relation::Less, zero, parameter(0)),
            store.relation(Relation::LessEqual, parameter(0), one),
        ],
        Distribution::Binomial => {
            let naturals = store.add_node(Node::Naturals);
            vec![
                store.add_node(Node::Element(parameter(0), naturals)),
                store.relation(Relation::LessEqual, zero, parameter(1)),
                store.relation(Relation::LessEqual, parameter(1), one),
            ]
        }
        Distribution::Uniform => {
            vec![store.relation(Relation::Less, parameter(0), parameter(1))]
        }
    }
}
