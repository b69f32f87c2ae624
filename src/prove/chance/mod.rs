//! Takes: a line that ends in E, Var, Cov or P of something. Gives: the line led on to moments that cannot be split, by the rules of `rules/probability.rules`.
//! Never: takes terms to be independent without a law, or a fact about one outcome for one about all.
//! Start reading at: this file, then `moment.rs`.

mod bound;
mod condition;
mod event;
mod facts;
mod given;
mod moment;
mod order;
mod outcome;
mod partition;

pub use event::{indicator_power, is_indicator};
pub use order::inequality;
pub use outcome::{almost_sure, fresh, inside, within};
pub use partition::partition;

use super::canonical::Canonical;
use super::line::Line;
use crate::term::{Function, Node, Symbol, TermId};

/// One step at the head of the line's end; whether there was one.
pub fn head(canonical: &mut Canonical, line: &mut Line) -> bool {
    let Node::Function(function, arguments) = canonical.engine.store.node(line.to).clone() else {
        return false;
    };
    match (function, &*arguments) {
        (Function::Expectation, [u]) => moment::expectation(canonical, line, *u),
        (Function::Variance, [u]) => by_parts(canonical, line, "probability.variance", &[*u]),
        (Function::Covariance, [u, v]) => {
            by_parts(canonical, line, "probability.covariance", &[*u, *v])
        }
        (Function::Correlation, [u, v]) => {
            by_parts(canonical, line, "probability.correlation", &[*u, *v])
        }
        (Function::Probability, [a]) => {
            by_events(canonical, line, "probability.probability", &[*a])
        }
        (Function::ConditionalProbability, [a, b]) => by_events(
            canonical,
            line,
            "probability.conditional-probability",
            &[*a, *b],
        ),
        (Function::ConditionalExpectation, [f, g, y]) => {
            condition::expectation(canonical, line, [*f, *g, *y])
        }
        (Function::ConditionalVariance, [f, g, y]) => {
            condition::variance(canonical, line, [*f, *g, *y])
        }
        (Function::Indicator, [s]) => event::indicator(canonical, line, *s),
        _ => false,
    }
}

/// The bodies of random variables, all at one fresh outcome.
fn opened(canonical: &mut Canonical, wholes: &[TermId]) -> Option<(Symbol, TermId, Vec<TermId>)> {
    let symbol = outcome::fresh(canonical.engine, wholes);
    let store = &mut *canonical.engine.store;
    let w = store.add_node(Node::Symbol(symbol));
    let mut bodies = Vec::with_capacity(wholes.len());
    for whole in wholes {
        if !matches!(store.node(*whole), Node::Outcomes(..)) {
            return None;
        }
        bodies.push(*store.open(*whole, w)?.first()?);
    }
    Some((symbol, w, bodies))
}

fn by_parts(canonical: &mut Canonical, line: &mut Line, rule: &str, wholes: &[TermId]) -> bool {
    named(canonical, line, rule, wholes, ["f", "g"])
}

fn by_events(canonical: &mut Canonical, line: &mut Line, rule: &str, wholes: &[TermId]) -> bool {
    named(canonical, line, rule, wholes, ["s", "t"])
}

fn named(
    canonical: &mut Canonical,
    line: &mut Line,
    rule: &str,
    wholes: &[TermId],
    names: [&str; 2],
) -> bool {
    let Some((_, w, bodies)) = opened(canonical, wholes) else {
        return false;
    };
    let mut terms: Vec<(&str, TermId)> = names.into_iter().zip(bodies).collect();
    terms.push(("w", w));
    canonical.engine.by_rule(line, rule, &terms)
}
