//! Within the scope of an outcome.

use super::super::canonical::Canonical;
use super::super::engine::Engine;
use super::super::line::{Line, Why};
use crate::term::{Function, Node, Relation, Store, Symbol, TermId};
use crate::theory::domain::domain;

/// A name for an outcome that stands nowhere around or in these; the same for the same terms.
pub fn fresh(engine: &mut Engine, terms: &[TermId]) -> Symbol {
    for number in 1.. {
        let symbol = engine.store.symbol(&format!("ω#{number}"));
        let free = |t: &TermId| !engine.store.mentions(*t, symbol);
        if !engine.outcomes.contains(&symbol)
            && terms.iter().all(free)
            && engine.facts.statements.iter().all(free)
        {
            return symbol;
        }
    }
    engine.store.fresh_symbol("ω")
}

/// The line from a random variable to one whose values are in the basis, multiplied out.
pub fn within(canonical: &mut Canonical, term: TermId) -> Line {
    let mut line = Line::start(term);
    let symbol = fresh(canonical.engine, &[term]);
    let store = &mut *canonical.engine.store;
    let w = store.add_node(Node::Symbol(symbol));
    let Some(body) = store.open(term, w).and_then(|scope| scope.first().copied()) else {
        return line;
    };
    if super::event::is_event(store, body) {
        return line;
    }
    // What is needed for a value holds at (almost) every outcome, as does what is almost sure.
    let mut facts = domain(store, body).conditions;
    facts.extend(almost_sure(store, &canonical.engine.facts.statements, w));
    canonical.engine.outcomes.push(symbol);
    let inner = canonical.under(&facts, |within| {
        let mut inner = within.of(body);
        if let Some(normal) = super::moment::spread(within, inner.to)
            && normal != inner.to
        {
            inner.push(normal, Why::Ring);
            // Multiplied out it may show powers of indicators.
            if super::event::holds_power(within.engine.store, normal) {
                let reduced = within.of(normal);
                inner.append(&reduced);
                if let Some(again) = super::moment::spread(within, inner.to) {
                    inner.push(again, Why::Ring);
                }
            }
        }
        inner
    });
    canonical.engine.outcomes.pop();
    if inner.is_still() {
        return line;
    }
    let after = canonical
        .engine
        .store
        .bind(symbol, &[inner.to], |scope| Node::Outcomes(0, scope[0]));
    line.push(after, Why::parts(Some(symbol), vec![(0, inner)]));
    line
}

/// Goes on from E[u] along a line of u's values at that outcome.
pub fn inside(engine: &mut Engine, line: &mut Line, outcome: Symbol, inner: &Line) -> bool {
    let store = &mut *engine.store;
    let Node::Function(function, arguments) = store.node(line.to).clone() else {
        return false;
    };
    let [whole] = *arguments else {
        return false;
    };
    let before = store.bind(outcome, &[inner.from], |scope| Node::Outcomes(0, scope[0]));
    if before != whole || inner.is_still() {
        return false;
    }
    let after = store.bind(outcome, &[inner.to], |scope| Node::Outcomes(0, scope[0]));
    let mut of = Line::start(whole);
    of.push(after, Why::parts(Some(outcome), vec![(0, inner.clone())]));
    let _ = function;
    let more = super::super::congruence::with_parts(store, line.to, vec![(0, of)]);
    line.append(&more);
    true
}

/// What is true with probability 1, at an outcome.
pub fn almost_sure(store: &mut Store, statements: &[TermId], w: TermId) -> Vec<TermId> {
    let mut found = Vec::new();
    for statement in statements {
        let Node::Relation(Relation::Equal, chance, one) = *store.node(*statement) else {
            continue;
        };
        let Node::Function(Function::Probability, arguments) = store.node(chance) else {
            continue;
        };
        let (Some(event), Node::Number(value)) = (arguments.first().copied(), store.node(one))
        else {
            continue;
        };
        if value.is_one()
            && let Some(scope) = store.open(event, w)
        {
            found.extend(scope);
        }
    }
    found
}
