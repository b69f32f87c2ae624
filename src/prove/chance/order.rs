//! Inequalities between means: the difference of the sides is the mean of something that is not
//! negative (or, for an equation, is 0) at any outcome. What that is: with the means mᵢ = E[fᵢ] in the difference G(m), its
//! tangent G(m) + Σ ∂G/∂mᵢ (fᵢ − mᵢ), the mean of which is G(m) (Jensen, 1906).

use rustc_hash::FxHashMap;

use super::super::canonical::Canonical;
use super::super::engine::Engine;
use super::super::line::Line;
use super::super::step;
use super::bound::Candidate;
use super::facts::{indicator, tangents};
use crate::term::{Function, Link, Node, Proof, Reason, Relation, Store, Symbol, TermId, Trace};
use crate::theory::domain::domain;
use crate::theory::facts::Facts;
use crate::theory::order;

/// As many indicators are told apart.
const INDICATORS: usize = 5;

/// What a term is to be at every outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Zero,
    Positive,
    NotNegative,
}

impl Sort {
    fn of(relation: Relation) -> Option<Self> {
        Some(match relation {
            Relation::Equal => Sort::Zero,
            Relation::Less => Sort::Positive,
            Relation::LessEqual => Sort::NotNegative,
            Relation::NotEqual => return None,
        })
    }

    fn statement(self, store: &mut Store, term: TermId) -> TermId {
        let zero = store.integer(0);
        match self {
            Sort::Zero => store.relation(Relation::Equal, term, zero),
            Sort::Positive => store.relation(Relation::Less, zero, term),
            Sort::NotNegative => store.relation(Relation::LessEqual, zero, term),
        }
    }
}

/// A proof of a = b, a ≤ b or a < b about means, or about indicators at an outcome.
pub fn inequality(
    store: &mut Store,
    facts: &Facts,
    hypotheses: &[TermId],
    claim: TermId,
    fuel: u32,
) -> Option<Proof> {
    let Node::Relation(relation, a, b) = *store.node(claim) else {
        return None;
    };
    let sort = Sort::of(relation)?;
    if !holds_chance(store, claim) {
        return None;
    }
    if sort == Sort::Zero && !any(store, claim, &mut is_indicator) {
        return None;
    }
    // |u| ≤ b is −b ≤ u ≤ b.
    if let Node::Function(Function::Abs, arguments) = store.node(a).clone()
        && sort != Sort::Zero
    {
        let u = *arguments.first()?;
        let minus = store.neg(u);
        let mut uses = Vec::new();
        for side in [u, minus] {
            let part = store.relation(relation, side, b);
            uses.push(inequality(store, facts, hypotheses, part, fuel)?);
        }
        return Some(decision("absolute", claim, uses, Vec::new()));
    }
    if let Some(parts) = each_below(store, a, b).filter(|_| sort != Sort::Zero) {
        let mut uses = Vec::new();
        for (left, right) in parts {
            let part = store.relation(relation, left, right);
            uses.push(inequality(store, facts, hypotheses, part, fuel)?);
        }
        return Some(decision("extremes", claim, uses, Vec::new()));
    }
    let difference = store.sub(b, a);
    if pointwise(store, facts, difference, sort, INDICATORS) {
        return Some(decision("indicators", claim, Vec::new(), Vec::new()));
    }
    let candidates = match sort {
        Sort::Zero => Vec::new(),
        _ => super::bound::candidates(store, facts, (a, b), difference, fuel),
    };
    for candidate in candidates {
        let found = by_candidate(
            store,
            facts,
            hypotheses,
            (claim, sort),
            difference,
            candidate,
            fuel,
        );
        if found.is_some() {
            return found;
        }
    }
    let renamed = by_moments(store, hypotheses, difference);
    for start in [Some(difference), renamed].into_iter().flatten() {
        if let Some(proof) = by_tangent(
            store,
            facts,
            hypotheses,
            (claim, sort),
            difference,
            start,
            fuel,
        ) {
            return Some(proof);
        }
    }
    if sort != Sort::NotNegative {
        return None;
    }
    by_cauchy_schwarz(store, facts, hypotheses, claim, difference, fuel)
        .or_else(|| by_squares(store, facts, hypotheses, (claim, a, b), fuel))
}

/// max(u, v) ≤ b is u ≤ b and v ≤ b; a ≤ min(u, v) likewise.
fn each_below(store: &Store, a: TermId, b: TermId) -> Option<Vec<(TermId, TermId)>> {
    if let Node::Function(Function::Max, arguments) = store.node(a) {
        return Some(arguments.iter().map(|u| (*u, b)).collect());
    }
    if let Node::Function(Function::Min, arguments) = store.node(b) {
        return Some(arguments.iter().map(|u| (a, *u)).collect());
    }
    None
}

/// a ≤ b where a² ≤ b² and 0 ≤ b, if roots stand in the sides.
fn by_squares(
    store: &mut Store,
    facts: &Facts,
    hypotheses: &[TermId],
    (claim, a, b): (TermId, TermId, TermId),
    fuel: u32,
) -> Option<Proof> {
    let roots = |term: TermId| {
        any(store, term, &mut |node| {
            matches!(node, Node::Function(Function::Root, _))
        })
    };
    let number = |term: TermId| matches!(store.node(term), Node::Number(_));
    let squared = |term: TermId| matches!(store.node(term), Node::Pow(..));
    if squared(a) && squared(b) || number(a) || number(b) || !(roots(a) || roots(b)) || fuel == 0 {
        return None;
    }
    let zero = store.integer(0);
    let positive = store.relation(Relation::LessEqual, zero, b);
    let mut there = facts.clone();
    there.statements.extend(domain(store, b).conditions);
    order::decide(store, &there, positive)?;
    let two = store.integer(2);
    let squares = [a, b].map(|side| store.add_node(Node::Pow(side, two)));
    let part = store.relation(Relation::LessEqual, squares[0], squares[1]);
    // Once: the square of a root is what stands under it.
    let inner = match squares.map(|square| reduced(store, facts, square, fuel)) {
        [x, y] if !roots_of(store, x) && !roots_of(store, y) => {
            inequality(store, facts, hypotheses, part, fuel)?
        }
        _ => return None,
    };
    Some(decision("squares", claim, vec![inner], Vec::new()))
}

pub(super) fn reduced(store: &mut Store, facts: &Facts, term: TermId, fuel: u32) -> TermId {
    let mut engine = means_only(store, facts, fuel);
    let line = Canonical::new(&mut engine).of(term);
    engine.normal(line.to).unwrap_or(line.to)
}

/// Whether a root stands in the term outside of what is random.
fn roots_of(store: &Store, term: TermId) -> bool {
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        let node = store.node(next);
        if matches!(node, Node::Function(Function::Root, _)) {
            return true;
        }
        if node.binds().is_none() {
            node.for_each_child(|child| stack.push(child));
        }
    }
    false
}

/// The difference as the mean of that random variable, which is of that sort at any outcome.
fn by_candidate(
    store: &mut Store,
    facts: &Facts,
    hypotheses: &[TermId],
    (claim, sort): (TermId, Sort),
    difference: TermId,
    Candidate {
        outcome,
        body,
        bounds,
        any,
        square,
    }: Candidate,
    fuel: u32,
) -> Option<Proof> {
    let w = store.add_node(Node::Symbol(outcome));
    let mut there = facts.clone();
    let known = super::outcome::almost_sure(store, &facts.statements, w);
    there.statements.extend(known);
    let mut uses = Vec::new();
    let mut seen = body;
    let mut witness = Vec::new();
    for part in any {
        let letter = store.fresh_symbol("u");
        let letter = store.add_node(Node::Symbol(letter));
        let mut table = FxHashMap::default();
        table.insert(part, letter);
        seen = store.replace(seen, &mut table);
        witness.push(store.bind(outcome, &[part], |scope| Node::Outcomes(0, scope[0])));
    }
    for bound in bounds {
        order::decide(store, facts, bound)?;
        uses.push(decision("bound", bound, Vec::new(), Vec::new()));
        // Of what is positive no more is needed: a letter stands for it.
        let Node::Relation(Relation::Less, zero, value) = *store.node(bound) else {
            continue;
        };
        let letter = store.fresh_symbol("t");
        let letter = store.add_node(Node::Symbol(letter));
        let mut table = FxHashMap::default();
        table.insert(value, letter);
        seen = store.replace(seen, &mut table);
        let positive = store.relation(Relation::Less, zero, letter);
        there.statements.push(positive);
    }
    for condition in domain(store, seen).conditions {
        there.statements.push(condition);
    }
    // What speaks of other letters is left out at first.
    let own = store.symbols(seen);
    let mut near = there.clone();
    (near.statements).retain(|said| store.symbols(*said).iter().any(|s| own.contains(s)));
    if !pointwise(store, &near, seen, sort, INDICATORS)
        && !pointwise(store, &there, seen, sort, INDICATORS)
    {
        return None;
    }
    let whole = store.bind(outcome, &[body], |scope| Node::Outcomes(0, scope[0]));
    let mean = store.function(Function::Expectation, &[whole]);
    let target = match square {
        Some(root) => {
            let two = store.integer(2);
            let square = store.pow(root, two);
            store.add(&[mean, square])
        }
        None => mean,
    };
    let mut engine = means_only(store, facts, fuel);
    engine.given = given(facts, hypotheses);
    let line = step::equality(&mut engine, difference, target)?;
    uses.insert(0, written(store, &line)?);
    Some(match square {
        Some(root) => decision("mean-and-square", claim, uses, vec![whole, root]),
        None => {
            witness.insert(0, whole);
            decision("mean", claim, uses, witness)
        }
    })
}

fn is_indicator(node: &Node) -> bool {
    matches!(
        node,
        Node::Function(Function::Indicator | Function::Probability, _)
    )
}

/// An engine that asks for no further inequalities between means.
fn means_only<'a>(store: &'a mut Store, facts: &Facts, fuel: u32) -> Engine<'a> {
    let mut engine = Engine::new(store, facts.clone(), fuel);
    engine.within_means = true;
    engine
}

fn decision(
    method: &'static str,
    statement: TermId,
    uses: Vec<Proof>,
    witness: Vec<TermId>,
) -> Proof {
    Proof::Decision {
        theory: "probability",
        method,
        statement,
        uses,
        witness,
    }
}

fn holds_chance(store: &Store, term: TermId) -> bool {
    any(store, term, &mut |node| {
        matches!(node, Node::Function(f, _)
            if crate::theory::probability::is_chance(*f) || *f == Function::Indicator)
    })
}

fn any(store: &Store, term: TermId, test: &mut dyn FnMut(&Node) -> bool) -> bool {
    let mut stack = vec![term];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if test(node) {
            return true;
        }
        node.for_each_child(|child| stack.push(child));
    }
    false
}

/// The term with the values that hypotheses give to means replaced by these.
fn by_moments(store: &mut Store, hypotheses: &[TermId], term: TermId) -> Option<TermId> {
    let mut table = FxHashMap::default();
    for hypothesis in hypotheses {
        let Node::Relation(Relation::Equal, a, b) = *store.node(*hypothesis) else {
            continue;
        };
        for (mean, value) in [(a, b), (b, a)] {
            let is_mean = matches!(store.node(mean), Node::Function(f, _)
                if crate::theory::probability::is_chance(*f));
            if is_mean && !matches!(store.node(value), Node::Number(_)) {
                table.entry(value).or_insert(mean);
            }
        }
    }
    let replaced = store.replace(term, &mut table);
    (replaced != term).then_some(replaced)
}

/// The means in a term that stand within no binder, in order.
fn means(store: &Store, term: TermId) -> Vec<TermId> {
    let (mut found, mut stack) = (Vec::new(), vec![term]);
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if matches!(node, Node::Function(Function::Expectation, _)) {
            found.push(next);
        } else if node.binds().is_none() {
            node.for_each_child(|child| stack.push(child));
        }
    }
    found.sort_unstable();
    found
}

fn by_tangent(
    store: &mut Store,
    facts: &Facts,
    hypotheses: &[TermId],
    (claim, sort): (TermId, Sort),
    difference: TermId,
    start: TermId,
    fuel: u32,
) -> Option<Proof> {
    let normal = {
        let mut engine = means_only(store, facts, fuel);
        let line = Canonical::new(&mut engine).of(start);
        engine.normal(line.to).unwrap_or(line.to)
    };
    let atoms = means(store, normal);
    if atoms.is_empty() || atoms.len() > 8 {
        return None;
    }
    let outcome = {
        let mut terms = vec![difference, normal];
        terms.extend(&atoms);
        let mut engine = means_only(store, facts, fuel);
        super::outcome::fresh(&mut engine, &terms)
    };
    let tangent = tangent(store, facts, normal, &atoms, outcome)?;
    let w = store.add_node(Node::Symbol(outcome));
    let mut there = facts.clone();
    let known = super::outcome::almost_sure(store, &facts.statements, w);
    there.statements.extend(known);
    // What is known of the means' signs.
    let mut signs = Vec::new();
    for atom in &atoms {
        let Node::Function(_, arguments) = store.node(*atom).clone() else {
            continue;
        };
        let Some(body) = arguments
            .first()
            .and_then(|whole| store.open(*whole, w))
            .and_then(|scope| scope.first().copied())
        else {
            continue;
        };
        for sort in [Sort::Positive, Sort::NotNegative] {
            if pointwise(store, &there, body, sort, 0) {
                let statement = sort.statement(store, *atom);
                signs.push(decision("sign", statement, Vec::new(), Vec::new()));
                there.statements.push(statement);
                break;
            }
        }
    }
    for condition in domain(store, tangent).conditions {
        there.statements.push(condition);
    }
    if !pointwise(store, &there, tangent, sort, INDICATORS) {
        return None;
    }
    let whole = store.bind(outcome, &[tangent], |scope| Node::Outcomes(0, scope[0]));
    let mean = store.function(Function::Expectation, &[whole]);
    let mut engine = means_only(store, facts, fuel);
    engine.given = given(facts, hypotheses);
    let line = step::equality(&mut engine, difference, mean)?;
    let mut uses = vec![written(store, &line)?];
    uses.extend(signs);
    Some(decision("mean", claim, uses, vec![whole]))
}

/// A line's proof; one that stands still is one link, so that its ends are told.
fn written(store: &Store, line: &Line) -> Option<Proof> {
    if line.is_still() {
        let link = Link {
            before: line.from,
            after: line.to,
            reason: Reason::Ring,
        };
        return Some(Proof::Equality(Trace { links: vec![link] }));
    }
    line.proof(store)
}

fn given(facts: &Facts, hypotheses: &[TermId]) -> usize {
    let same = hypotheses
        .iter()
        .zip(&facts.statements)
        .all(|(a, b)| a == b);
    if same { hypotheses.len() } else { 0 }
}

/// G(m) + Σ ∂G/∂mᵢ (fᵢ − mᵢ) at an outcome.
fn tangent(
    store: &mut Store,
    facts: &Facts,
    term: TermId,
    atoms: &[TermId],
    outcome: Symbol,
) -> Option<TermId> {
    let w = store.add_node(Node::Symbol(outcome));
    let mut table = FxHashMap::default();
    let mut letters = Vec::new();
    for atom in atoms {
        let letter = store.fresh_symbol("m");
        let variable = store.add_node(Node::Symbol(letter));
        table.insert(*atom, variable);
        letters.push((letter, variable));
    }
    let body = store.replace(term, &mut table);
    let back: FxHashMap<TermId, TermId> = atoms
        .iter()
        .zip(&letters)
        .map(|(atom, (_, variable))| (*variable, *atom))
        .collect();
    let mut parts = vec![term];
    for (atom, (letter, variable)) in atoms.iter().zip(&letters) {
        let derivative = store.bind(*letter, &[body], |scope| {
            Node::Derivative(0, scope[0], *variable)
        });
        let mut around = facts.clone();
        around.statements = domain(store, body).conditions;
        let slope = super::super::simplify(store, &around, derivative);
        if any(store, slope, &mut |node| {
            matches!(node, Node::Derivative(..))
        }) {
            return None;
        }
        let slope = store.replace(slope, &mut back.clone());
        let Node::Function(_, arguments) = store.node(*atom).clone() else {
            return None;
        };
        let value = *store.open(*arguments.first()?, w)?.first()?;
        let off = store.sub(value, *atom);
        parts.push(store.mul(&[slope, off]));
    }
    let sum = store.add(&parts);
    let mut engine = means_only(store, facts, 10);
    Some(engine.normal(sum).unwrap_or(sum))
}

/// Whether the term is of that sort where the facts hold, its indicators told apart.
fn pointwise(store: &mut Store, facts: &Facts, term: TermId, sort: Sort, left: usize) -> bool {
    let Some((indicator, event)) = indicator(store, term) else {
        let statement = sort.statement(store, term);
        if order::decide(store, facts, statement).is_some() {
            return true;
        }
        let tangents = tangents(store, &facts.statements, term);
        if tangents.is_empty() {
            return false;
        }
        let mut there = facts.clone();
        there.statements.extend(tangents);
        return order::decide(store, &there, statement).is_some();
    };
    if left == 0 || !store.spend(50) {
        return false;
    }
    [true, false].into_iter().all(|holds| {
        let value = store.integer(i64::from(holds));
        let mut table = FxHashMap::default();
        table.insert(indicator, value);
        let rest = store.replace(term, &mut table);
        let mut there = facts.clone();
        for statement in &facts.statements {
            let said = store.replace(*statement, &mut table);
            if said != *statement {
                there.statements.push(said);
            }
        }
        let told = if holds {
            Some(event)
        } else {
            opposite(store, event)
        };
        if let Some(told) = told {
            match store.node(told).clone() {
                Node::And(parts) => there.statements.extend(parts.iter()),
                _ => there.statements.push(told),
            }
        }
        pointwise(store, &there, rest, sort, left - 1)
    })
}

/// What holds where a relation between terms that are always defined does not.
fn opposite(store: &mut Store, event: TermId) -> Option<TermId> {
    let Node::Relation(relation, a, b) = *store.node(event) else {
        return None;
    };
    for side in [a, b] {
        let domain = domain(store, side);
        if !domain.complete || !domain.conditions.is_empty() {
            return None;
        }
    }
    Some(match relation {
        Relation::Less => store.relation(Relation::LessEqual, b, a),
        Relation::LessEqual => store.relation(Relation::Less, b, a),
        Relation::Equal => store.relation(Relation::NotEqual, a, b),
        Relation::NotEqual => store.relation(Relation::Equal, a, b),
    })
}

/// E[f g]² ≤ E[f²] E[g²], for symbols and their distances from their means.
fn by_cauchy_schwarz(
    store: &mut Store,
    facts: &Facts,
    hypotheses: &[TermId],
    claim: TermId,
    difference: TermId,
    fuel: u32,
) -> Option<Proof> {
    // Random symbols and members at an outcome that stand within means.
    let mut wholes = Vec::new();
    let mut stack = vec![difference];
    let mut seen = rustc_hash::FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next).clone();
        if let Node::Function(
            Function::Expectation | Function::Variance | Function::Covariance,
            arguments,
        ) = &node
        {
            wholes.extend(arguments.iter().copied());
        } else if node.binds().is_none() {
            node.for_each_child(|child| stack.push(child));
        }
    }
    wholes.sort_unstable();
    wholes.dedup();
    let mut engine = means_only(store, facts, fuel);
    let outcome = super::outcome::fresh(&mut engine, &[difference]);
    let w = store.add_node(Node::Symbol(outcome));
    let mut plain = Vec::new();
    for whole in wholes {
        let body = *store.open(whole, w)?.first()?;
        collect_atoms(store, body, w, &mut plain);
    }
    plain.sort_unstable();
    plain.dedup();
    if plain.len() != 2 {
        return None;
    }
    for form in 0..3 {
        let mut pair = Vec::new();
        for atom in &plain {
            let whole = store.bind(outcome, &[*atom], |scope| Node::Outcomes(0, scope[0]));
            let mean = store.function(Function::Expectation, &[whole]);
            let value = match form {
                0 => store.sub(*atom, mean),
                1 => *atom,
                _ => store.function(Function::Abs, &[*atom]),
            };
            pair.push(value);
        }
        let (f, g) = (pair[0], pair[1]);
        let two = store.integer(2);
        let products = [store.pow(f, two), store.pow(g, two), store.mul(&[f, g])];
        let [ff, gg, fg] = products.map(|product| {
            let whole = store.bind(outcome, &[product], |scope| Node::Outcomes(0, scope[0]));
            store.function(Function::Expectation, &[whole])
        });
        let above = store.mul(&[ff, gg]);
        let below = store.pow(fg, two);
        let target = store.sub(above, below);
        let mut engine = means_only(store, facts, fuel);
        engine.given = given(facts, hypotheses);
        if let Some(line) = step::equality(&mut engine, difference, target) {
            let proof = written(store, &line)?;
            let witness = [f, g]
                .map(|value| store.bind(outcome, &[value], |scope| Node::Outcomes(0, scope[0])));
            return Some(decision(
                "cauchy-schwarz",
                claim,
                vec![proof],
                witness.to_vec(),
            ));
        }
    }
    None
}

fn collect_atoms(store: &Store, term: TermId, w: TermId, found: &mut Vec<TermId>) {
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        let node = store.node(next);
        if let Node::Member(_, indices) = node
            && indices.last() == Some(&w)
        {
            found.push(next);
        } else if node.binds().is_none() {
            node.for_each_child(|child| stack.push(child));
        }
    }
}
