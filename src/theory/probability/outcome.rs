//! Random symbols at an outcome.
//!
//! A random symbol X is a function of the outcome. As goals are judged, X stands for its value at
//! one outcome, `X(ω)`, and E, Var, Cov and P bind the outcome: E[X²] is the mean of X(ω)² over ω.
//! So a hypothesis about X (at the outcome in question) says nothing of what stands within E; what
//! the context assumes of X holds at every outcome, which is said as P(…) = 1.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::law::Laws;
use crate::term::{Function, Node, Relation, Store, Symbol, TermId};

/// The name of the outcome in question.
pub const OUTCOME: &str = "ω#";

/// Whether the function speaks of random variables or events as a whole.
#[must_use]
pub fn is_chance(function: Function) -> bool {
    matches!(
        function,
        Function::Expectation
            | Function::ConditionalExpectation
            | Function::Variance
            | Function::ConditionalVariance
            | Function::Covariance
            | Function::Correlation
            | Function::Probability
            | Function::ConditionalProbability
    )
}

/// What is random, and how terms with it are spelled at an outcome.
#[derive(Debug)]
pub struct Spelling {
    random: BTreeSet<Symbol>,
    events: BTreeSet<Symbol>,
    /// For each random symbol the ordinary symbols on which its law depends.
    parameters: BTreeMap<Symbol, BTreeSet<Symbol>>,
    /// Of what is random that of which nobody says so.
    presumed: BTreeSet<Symbol>,
    /// What the context says, and what is independent.
    told: Vec<TermId>,
    laws: Laws,
    outcome: TermId,
    memory: FxHashMap<TermId, Option<TermId>>,
}

/// Calls `visit` with each argument of E, Var, Cov, P in the term, and with whether it is an event.
fn each_argument(store: &Store, term: TermId, visit: &mut dyn FnMut(TermId)) {
    let mut seen = FxHashSet::default();
    let mut stack = vec![term];
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if let Node::Function(function, arguments) = node
            && is_chance(*function)
        {
            arguments.iter().copied().for_each(&mut *visit);
        }
        node.for_each_child(|child| stack.push(child));
    }
}

/// The symbols of a set that stand within E, Var, Cov, P in the term.
#[must_use]
pub fn random_in(store: &Store, term: TermId, random: &BTreeSet<Symbol>) -> BTreeSet<Symbol> {
    let mut found = BTreeSet::new();
    each_argument(store, term, &mut |argument| {
        found.extend(
            store
                .symbols(argument)
                .into_iter()
                .filter(|s| random.contains(s)),
        );
    });
    found
}

/// The random symbols and members on which the value of a term depends at an outcome: those over
/// which a mean is taken do not count.
#[must_use]
pub fn random_atoms(
    store: &Store,
    term: TermId,
    is_random: &dyn Fn(Symbol) -> bool,
) -> Vec<TermId> {
    let (mut found, mut stack) = (Vec::new(), vec![term]);
    let mut seen = FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        match store.node(next) {
            Node::Symbol(symbol) | Node::Member(symbol, _) if is_random(*symbol) => {
                found.push(next);
            }
            Node::Function(function, arguments) if is_chance(*function) => match function {
                Function::ConditionalExpectation
                | Function::ConditionalVariance
                | Function::ConditionalProbability => stack.extend(arguments.get(1)),
                _ => {}
            },
            node => node.for_each_child(|child| stack.push(child)),
        }
    }
    found.sort_unstable();
    found
}

/// Whether a letter stands within a mean that is an argument of the term's head, or deeper.
#[must_use]
pub fn held_by_mean(store: &Store, term: TermId, letter: Symbol) -> bool {
    let mut stack = Vec::new();
    store.node(term).for_each_child(|child| stack.push(child));
    let mut seen = FxHashSet::default();
    while let Some(next) = stack.pop() {
        if !seen.insert(next) {
            continue;
        }
        let node = store.node(next);
        if matches!(node, Node::Function(function, _) if is_chance(*function))
            && store.mentions(next, letter)
        {
            return true;
        }
        node.for_each_child(|child| stack.push(child));
    }
    false
}

impl Spelling {
    /// With these random symbols and events; the statements tell on what laws depend, of which the
    /// context gives some.
    pub fn new(
        store: &mut Store,
        random: BTreeSet<Symbol>,
        events: BTreeSet<Symbol>,
        statements: &[TermId],
        given: &[TermId],
        laws: Laws,
    ) -> Self {
        let mut parameters: BTreeMap<Symbol, BTreeSet<Symbol>> = BTreeMap::new();
        let all: BTreeSet<Symbol> = random.union(&events).copied().collect();
        for statement in statements {
            let own = random_in(store, *statement, &all);
            let others: Vec<Symbol> = store
                .symbols(*statement)
                .into_iter()
                .filter(|s| !all.contains(s))
                .collect();
            for symbol in own {
                parameters.entry(symbol).or_default().extend(&others);
            }
        }
        let outcome = store.variable(OUTCOME);
        Spelling {
            random,
            events,
            parameters,
            presumed: BTreeSet::new(),
            told: given.to_vec(),
            laws,
            outcome,
            memory: FxHashMap::default(),
        }
    }

    /// Of these nobody says that they are random: beside them only letters that are written for
    /// numbers are constants.
    pub fn presume(&mut self, presumed: BTreeSet<Symbol>) {
        self.presumed = presumed;
    }

    /// The outcome in question.
    #[must_use]
    pub fn outcome(&self) -> TermId {
        self.outcome
    }

    /// The term with each random symbol at the outcome; `None` where that has no meaning that is
    /// known here.
    pub fn term(&mut self, store: &mut Store, term: TermId) -> Option<TermId> {
        if let Some(known) = self.memory.get(&term) {
            return *known;
        }
        let spelled = self.spelled(store, term);
        self.memory.insert(term, spelled);
        spelled
    }

    fn all(&mut self, store: &mut Store, terms: &[TermId]) -> Option<Vec<TermId>> {
        terms.iter().map(|t| self.term(store, *t)).collect()
    }

    fn spelled(&mut self, store: &mut Store, term: TermId) -> Option<TermId> {
        let node = store.node(term).clone();
        match &node {
            Node::Symbol(symbol) if self.random.contains(symbol) => {
                Some(store.add_node(Node::Member(*symbol, [self.outcome].into())))
            }
            Node::Symbol(symbol) if self.events.contains(symbol) => {
                Some(store.add_node(Node::Element(self.outcome, term)))
            }
            Node::Member(symbol, indices) if self.random.contains(symbol) => {
                let mut indices = self.all(store, indices)?;
                indices.push(self.outcome);
                Some(store.add_node(Node::Member(*symbol, indices.into())))
            }
            Node::Member(symbol, indices) if self.events.contains(symbol) => {
                let indices = self.all(store, indices)?;
                let event = store.add_node(Node::Member(*symbol, indices.into()));
                Some(store.add_node(Node::Element(self.outcome, event)))
            }
            Node::Function(function, arguments) if is_chance(*function) => {
                self.chance(store, *function, arguments)
            }
            Node::Derivative(_, body, at) if self.depends(store, *body, *at) => {
                self.moving(store, term, *at)
            }
            Node::Antiderivative(_, body, at)
            | Node::Limit(_, body, at, _)
            | Node::Gradient(_, body, at, _)
                if self.depends(store, *body, *at) =>
            {
                None
            }
            Node::Integral(_, body, _, _) if self.holds_chance(store, *body) => None,
            _ => {
                let mut failed = false;
                let spelled = store.map(term, &mut |store, child| match self.term(store, child) {
                    Some(child) => child,
                    None => {
                        failed = true;
                        child
                    }
                });
                (!failed).then_some(spelled)
            }
        }
    }

    /// A derivative by a letter on which a law depends: of what the context gives as a function of
    /// it, if that is all.
    fn moving(&mut self, store: &mut Store, term: TermId, at: TermId) -> Option<TermId> {
        let single = match store.node(at) {
            Node::Symbol(_) => true,
            Node::Member(_, indices) => indices.len() == 1,
            _ => false,
        };
        if !single {
            return None;
        }
        let (symbol, scope) = store.open_fresh(term)?;
        let variable = store.add_node(Node::Symbol(symbol));
        let body = *scope.first()?;
        let (told, laws) = (self.told.clone(), self.laws.clone());
        let body = super::moving::given_moments(store, &told, &laws, body, (variable, at));
        if self.depends(store, body, at) {
            return None;
        }
        let (body, at) = (self.term(store, body)?, self.term(store, at)?);
        Some(store.bind(symbol, &[body], |scope| {
            Node::Derivative(0, scope.first().copied().unwrap_or(body), at)
        }))
    }

    /// Whether a law of what stands within E in the body depends on what is varied at that point.
    fn depends(&self, store: &Store, body: TermId, at: TermId) -> bool {
        let all: BTreeSet<Symbol> = self.random.union(&self.events).copied().collect();
        let varied = store.symbols(at);
        random_in(store, body, &all).iter().any(|symbol| {
            self.parameters
                .get(symbol)
                .is_some_and(|parameters| varied.iter().any(|s| parameters.contains(s)))
        })
    }

    fn holds_chance(&self, store: &Store, term: TermId) -> bool {
        let mut found = false;
        each_argument(store, term, &mut |_| found = true);
        found
    }

    /// A random variable or event as a whole.
    fn whole(&mut self, store: &mut Store, term: TermId) -> Option<TermId> {
        let body = self.term(store, term)?;
        Some(self.bound(store, body))
    }

    fn bound(&self, store: &mut Store, body: TermId) -> TermId {
        let Node::Symbol(outcome) = *store.node(self.outcome) else {
            return body;
        };
        store.bind(outcome, &[body], |scope| {
            Node::Outcomes(0, scope.first().copied().unwrap_or(body))
        })
    }

    /// Where it is said what is random, other letters stand for numbers: but for one that stands
    /// alone within E, and for capitals.
    fn is_constant(&self, store: &Store, term: TermId) -> bool {
        !matches!(store.node(term), Node::Symbol(_) | Node::Member(..))
            && store.symbols(term).iter().all(|s| {
                let first = store.name(*s).chars().next();
                first.is_some_and(|c| !c.is_uppercase())
            })
    }

    /// Whether a letter may be random beside one of which nobody says that it is.
    fn is_doubtful(&self, store: &Store, argument: TermId) -> bool {
        let symbols = store.symbols(argument);
        symbols.iter().any(|s| self.presumed.contains(s))
            && !symbols.iter().all(|s| {
                self.random.contains(s)
                    || self.events.contains(s)
                    || is_constant_name(store.name(*s))
                    || self.is_estimated(store, *s)
                    || matches!(store.name(*s), "i" | "j" | "l" | "t")
            })
    }

    /// Whether it is θ where θ̂ is random.
    fn is_estimated(&self, store: &Store, symbol: Symbol) -> bool {
        let name = store.name(symbol);
        self.random.iter().any(|random| {
            store
                .name(*random)
                .strip_prefix(name)
                .is_some_and(|rest| matches!(rest, "\u{302}" | "\u{303}" | "*"))
        })
    }

    fn chance(
        &mut self,
        store: &mut Store,
        function: Function,
        arguments: &[TermId],
    ) -> Option<TermId> {
        // A letter that nobody calls random may be meant to be.
        let named = arguments.iter().any(|argument| {
            let symbols = store.symbols(*argument);
            symbols.is_empty()
                || symbols
                    .iter()
                    .any(|s| self.random.contains(s) || self.events.contains(s))
                || symbols.iter().all(|s| is_constant_name(store.name(*s)))
                || (!self.random.is_empty() && self.is_constant(store, *argument))
        });
        if !named
            || arguments
                .iter()
                .any(|argument| self.is_doubtful(store, *argument))
        {
            return None;
        }
        match (function, arguments) {
            (Function::Expectation | Function::Variance, [u]) => {
                if self.is_statement(store, *u) {
                    return None;
                }
                let u = self.whole(store, *u)?;
                Some(store.function(function, &[u]))
            }
            (Function::Probability, [a]) => {
                let a = self.event(store, *a)?;
                let a = self.bound(store, a);
                Some(store.function(function, &[a]))
            }
            // Of a vector with itself.
            (Function::Covariance, [u]) => {
                let u = self.whole(store, *u)?;
                Some(store.function(function, &[u, u]))
            }
            (Function::Covariance | Function::Correlation, [u, v]) => {
                let both = [self.whole(store, *u)?, self.whole(store, *v)?];
                Some(store.function(function, &both))
            }
            (Function::ConditionalProbability, [a, b]) => {
                let a = self.event(store, *a)?;
                if self.is_statement(store, *b) {
                    let b = self.event(store, *b)?;
                    let both = [self.bound(store, a), self.bound(store, b)];
                    return Some(store.function(function, &both));
                }
                let a = store.function(Function::Indicator, &[a]);
                let a = self.bound(store, a);
                self.given(store, Function::ConditionalExpectation, a, *b)
            }
            (Function::ConditionalExpectation, [u, v]) if self.is_statement(store, *v) => {
                // E[u ∣ A] = E[u·1_A]/P(A)
                let (u, event) = (self.term(store, *u)?, self.event(store, *v)?);
                let indicator = store.function(Function::Indicator, &[event]);
                let product = store.mul(&[u, indicator]);
                let (product, event) = (self.bound(store, product), self.bound(store, event));
                let above = store.function(Function::Expectation, &[product]);
                let below = store.function(Function::Probability, &[event]);
                Some(store.div(above, below))
            }
            (Function::ConditionalExpectation | Function::ConditionalVariance, [u, v]) => {
                let u = self.whole(store, *u)?;
                self.given(store, function, u, *v)
            }
            _ => None,
        }
    }

    /// E[u ∣ v] where v is a number at each outcome.
    fn given(
        &mut self,
        store: &mut Store,
        function: Function,
        u: TermId,
        v: TermId,
    ) -> Option<TermId> {
        if self.is_statement(store, v) {
            return None;
        }
        let here = self.term(store, v)?;
        let v = self.bound(store, here);
        Some(store.function(function, &[u, v, here]))
    }

    /// An event at the outcome: a statement.
    fn event(&mut self, store: &mut Store, term: TermId) -> Option<TermId> {
        let event = self.term(store, term)?;
        is_statement(store, event).then_some(event)
    }

    fn is_statement(&self, store: &Store, term: TermId) -> bool {
        is_statement(store, term)
            || matches!(store.node(term),
                Node::Symbol(s) | Node::Member(s, _) if self.events.contains(s))
    }

    /// What the context assumes: at the outcome in question, and if it speaks of what is random,
    /// almost surely.
    pub fn assumption(&mut self, store: &mut Store, statement: TermId) -> Option<Vec<TermId>> {
        let here = self.term(store, statement)?;
        let Node::Symbol(outcome) = *store.node(self.outcome) else {
            return None;
        };
        if !store.mentions(here, outcome) {
            return Some(vec![here]);
        }
        let event = self.bound(store, here);
        let chance = store.function(Function::Probability, &[event]);
        let one = store.integer(1);
        Some(vec![here, store.relation(Relation::Equal, chance, one)])
    }
}

fn is_statement(store: &Store, term: TermId) -> bool {
    matches!(
        store.node(term),
        Node::Truth(_)
            | Node::Relation(..)
            | Node::Element(..)
            | Node::Has(..)
            | Node::And(_)
            | Node::Or(_)
            | Node::Not(_)
            | Node::ForAll(..)
    )
}

/// Letters that are written for numbers, not for what is random.
#[must_use]
pub fn is_constant_name(name: &str) -> bool {
    let base = name.split(['|', '_', '#']).next().unwrap_or(name);
    matches!(
        base,
        "a" | "b" | "c" | "d" | "k" | "m" | "n" | "p" | "q" | "α" | "β" | "λ" | "μ" | "σ"
    )
}
