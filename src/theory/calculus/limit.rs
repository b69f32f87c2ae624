//! Limits, by the leading terms of expansions.

use super::expansion::Expander;
use super::series::Arithmetic;
use crate::term::{Constant, Direction, Node, Store, TermId};
use crate::theory::facts::Facts;
use crate::theory::field::{Assumed, Field};

/// The value of a limit; `None` where it was not found (or is infinite, or there is none).
pub fn limit(store: &mut Store, term: TermId) -> Option<TermId> {
    limit_under(store, &Facts::default(), term)
}

/// The same, with what the facts say of symbols.
pub fn limit_under(store: &mut Store, facts: &Facts, term: TermId) -> Option<TermId> {
    let Node::Limit(_, _, to, direction) = *store.node(term) else {
        return None;
    };
    let (symbol, scope) = store.open_fresh(term)?;
    let body = scope[0];
    let t_symbol = store.fresh_symbol("t");
    let t = store.add_node(Node::Symbol(t_symbol));
    // x = 1/t, −1/t, a + t, a − t with t ↓ 0
    let one = store.integer(1);
    let reciprocal = store.div(one, t);
    let sides = if matches!(store.node(to), Node::Constant(Constant::Infinity)) {
        vec![reciprocal]
    } else if is_minus_infinity(store, to) {
        vec![store.neg(reciprocal)]
    } else {
        let above = store.add(&[to, t]);
        let below = store.sub(to, t);
        match direction {
            Direction::Above => vec![above],
            Direction::Below => vec![below],
            Direction::Both => vec![above, below],
        }
    };
    let mut value = None;
    for side in sides {
        let spelled = store.substitute(body, symbol, side);
        let next = [6, 12]
            .into_iter()
            .find_map(|length| constant_term(store, facts, spelled, t_symbol, length))?;
        let mut field = Field::new(Assumed::of(store, facts));
        match value {
            None => value = Some(next),
            Some(known) if field.equal(store, known, next) => {}
            Some(_) => return None,
        }
    }
    value
}

fn constant_term(
    store: &mut Store,
    facts: &Facts,
    term: TermId,
    t: crate::term::Symbol,
    length: usize,
) -> Option<TermId> {
    let field = Field::new(Assumed::of(store, facts));
    let mut expander = Expander {
        arithmetic: Arithmetic {
            store,
            field,
            length,
        },
        t,
        facts: facts.clone(),
        fuel: 400,
    };
    let series = expander.series(term)?;
    if series.end() < 0 {
        return None;
    }
    for exponent in series.start..0 {
        if !expander.arithmetic.is_zero(series.at(exponent)?) {
            return None;
        }
    }
    let zero = expander.arithmetic.store.integer(0);
    Some(series.at(0).unwrap_or(zero))
}

fn is_minus_infinity(store: &Store, term: TermId) -> bool {
    let Node::Mul(factors) = store.node(term) else {
        return false;
    };
    matches!(
        factors.as_ref(),
        [a, b] if matches!(store.node(*a), Node::Number(n) if n.signum() < 0)
            && matches!(store.node(*b), Node::Constant(Constant::Infinity))
    )
}
