//! Rounds of rewriting and joining.

use egg::Id;
use rustc_hash::FxHashMap;

use super::given::Equation;
use super::graph::Graph;
use super::join::{Outcome, join, reduced_arguments};
use super::kernels::{Kernels, is_kernel, reciprocal, whole};
use super::language::places;
use crate::prove::angles::Angles;
use crate::prove::canonical::Canonical;
use crate::prove::congruence::congruence;
use crate::prove::engine::Engine;
use crate::prove::line::{Line, Why};
use crate::prove::step;
use crate::refute::Budget;
use crate::term::{Function, Limit, Node, Relation, Store, TermId};

/// Most terms tried with another member of a class in the place of an argument.
const VARIANTS: usize = 48;

/// How deep arguments are replaced.
const DEPTH: u32 = 64;

/// The e-graph of a step with all that works on it.
pub struct Saturation<'e, 'a> {
    engine: &'e mut Engine<'a>,
    graph: Graph,
    kernels: Kernels,
    ends: [TermId; 2],
    /// How many terms had their laws added, and how many were brought to the basis.
    lawful: usize,
    directed: usize,
    variants: usize,
}

impl<'e, 'a> Saturation<'e, 'a> {
    /// The two sides and the equations' sides; `None` where they are too large.
    pub fn new(
        engine: &'e mut Engine<'a>,
        given: &[Equation],
        ends: [TermId; 2],
        budget: &Budget,
    ) -> Option<Self> {
        let limit = usize::try_from(budget.nodes / 4).unwrap_or(usize::MAX);
        let mut graph = Graph::new(limit);
        for end in ends {
            graph.insert(engine.store, end)?;
        }
        for equation in given {
            graph.insert(engine.store, equation.line.from)?;
            graph.insert(engine.store, equation.line.to)?;
            graph.unite(engine.store, equation.line.clone());
        }
        let mut saturation = Saturation {
            engine,
            graph,
            kernels: Kernels::default(),
            ends,
            lawful: 0,
            directed: 0,
            variants: VARIANTS,
        };
        let mut sides = ends.to_vec();
        sides.extend(given.iter().flat_map(|e| [e.line.from, e.line.to]));
        saturation.normalise(&sides);
        Some(saturation)
    }

    /// A line from one side to the other.
    pub fn run(mut self, budget: &Budget) -> Option<Line> {
        self.inverses();
        let mut rounds = 0;
        loop {
            if rounds == budget.rounds {
                let meter = self.engine.store.meter();
                meter.note(Limit::Rounds, u64::from(budget.rounds));
                break;
            }
            if !self.engine.store.spend(100) {
                break;
            }
            rounds += 1;
            self.laws();
            self.direct();
            self.graph.rebuild();
            if self.graph.is_contradictory(self.engine.store) {
                return None;
            }
            let [a, b] = self.ends;
            let mut outcome = Outcome::Nothing;
            if !self.graph.same(a, b) {
                outcome = join(self.engine, &mut self.graph, &mut self.kernels, self.ends);
            }
            if outcome == Outcome::Contradiction {
                return None;
            }
            if self.graph.same(a, b) {
                return self.graph.line(self.engine.store, a, b);
            }
            if !self.vary() && outcome == Outcome::Nothing {
                break;
            }
        }
        self.by_arguments()
    }

    /// Directed rewriting of the sides with simpler arguments: x y = 1 makes sin(2 x y) sin 2.
    fn by_arguments(&mut self) -> Option<Line> {
        let table = reduced_arguments(self.engine, &mut self.graph, &mut self.kernels);
        if table.is_empty() {
            return None;
        }
        let [mut left, right] = self
            .ends
            .map(|end| congruence(self.engine.store, end, &table, DEPTH));
        if left.is_still() && right.is_still() {
            return None;
        }
        let between = step::equality(self.engine, left.to, right.to)?;
        left.append(&between);
        left.append(&right.reversed());
        Some(left)
    }

    /// Each side with its normal form: by directed rewriting, the addition theorems for all
    /// angles of the step together, and the ring.
    fn normalise(&mut self, sides: &[TermId]) {
        let mut canonical = Canonical::new(self.engine);
        let mut lines: Vec<Line> = sides.iter().map(|side| canonical.of(*side)).collect();
        let ends: Vec<TermId> = lines.iter().map(|line| line.to).collect();
        if let Some(mut angles) = Angles::of(self.engine.store, &ends) {
            for line in &mut lines {
                let more = angles.expand(self.engine, line.to);
                line.append(&more);
            }
        }
        for mut line in lines {
            if let Some(normal) = self.engine.normal(line.to) {
                line.push(normal, Why::Ring);
            }
            if !line.is_still() {
                self.graph.unite(self.engine.store, line);
            }
        }
    }

    /// 1/u for each u that a fact says is not 0.
    fn inverses(&mut self) {
        let statements = self.engine.facts.statements.clone();
        for statement in statements {
            let Node::Relation(relation, a, b) = *self.engine.store.node(statement) else {
                continue;
            };
            let zero =
                |t: TermId| matches!(self.engine.store.node(t), Node::Number(n) if n.is_zero());
            let nonzero = match relation {
                Relation::NotEqual | Relation::Less if zero(b) => a,
                Relation::NotEqual | Relation::Less if zero(a) => b,
                _ => continue,
            };
            // Only of what is spoken of.
            if self.graph.class(nonzero).is_some() {
                let inverse = reciprocal(self.engine.store, nonzero);
                self.graph.insert(self.engine.store, inverse);
            }
        }
    }

    /// For new terms what holds of them alone: u·(1/u) = 1, (ⁿ√u)ⁿ = u, |u|² = u², and the
    /// theorem of Pythagoras where sine and cosine of one angle are there.
    fn laws(&mut self) {
        while let Some(term) = self.graph.terms().get(self.lawful).copied() {
            self.lawful += 1;
            match self.engine.store.node(term).clone() {
                Node::Pow(base, exponent)
                    if whole(self.engine.store, exponent).is_some_and(|n| n < 0) =>
                {
                    let inverse = reciprocal(self.engine.store, base);
                    let product = self.engine.store.mul(&[base, inverse]);
                    let one = self.engine.store.integer(1);
                    self.unite_by_ring(product, one);
                }
                Node::Function(Function::Root, parts) => {
                    let power = self.engine.store.pow(term, parts[0]);
                    self.unite_by_ring(power, parts[1]);
                }
                Node::Function(Function::Abs, parts) => {
                    self.unite_square(term, "powers.abs-square", ("a", parts[0]));
                }
                Node::Function(Function::Cos, parts) => {
                    let sine = self.engine.store.function(Function::Sin, &parts);
                    if self.graph.class(sine).is_some() {
                        self.unite_square(sine, "trigonometry.pythagoras", ("u", parts[0]));
                    }
                }
                Node::Function(Function::Sin, parts) => {
                    let cosine = self.engine.store.function(Function::Cos, &parts);
                    if self.graph.class(cosine).is_some() {
                        self.unite_square(term, "trigonometry.pythagoras", ("u", parts[0]));
                    }
                }
                _ => {}
            }
        }
    }

    fn unite_by_ring(&mut self, a: TermId, b: TermId) {
        if !self.graph.same(a, b) && self.engine.ring(a, b) {
            let mut line = Line::start(a);
            line.push(b, Why::Ring);
            self.graph.unite(self.engine.store, line);
        }
    }

    /// A rule about the square of a term.
    fn unite_square(&mut self, term: TermId, rule: &str, variable: (&str, TermId)) {
        let two = self.engine.store.integer(2);
        let square = self.engine.store.pow(term, two);
        let mut line = Line::start(square);
        if self.engine.by_rule(&mut line, rule, &[variable]) {
            self.graph.unite(self.engine.store, line);
        }
    }

    /// New kernels are brought to the basis.
    fn direct(&mut self) {
        let terms = self.graph.terms().get(self.directed..).unwrap_or_default();
        let new: Vec<TermId> = terms
            .iter()
            .copied()
            .filter(|term| is_kernel(self.engine.store, *term))
            .collect();
        self.directed = self.graph.terms().len();
        let mut canonical = Canonical::new(self.engine);
        let lines: Vec<Line> = new.into_iter().map(|term| canonical.of(term)).collect();
        for line in lines {
            if !line.is_still() {
                self.graph.unite(self.engine.store, line);
            }
        }
    }

    /// Kernels with another member of an argument's class in its place, where a rule then says
    /// something of them; whether there was one.
    fn vary(&mut self) -> bool {
        let mut lines = Vec::new();
        let members = self.members();
        for term in self.graph.terms().to_vec() {
            let node = self.engine.store.node(term).clone();
            if !matches!(node, Node::Function(..) | Node::Pow(..)) {
                continue;
            }
            let mut children = Vec::new();
            node.for_each_child(|child| children.push(child));
            for place in places(&node) {
                if is_fixed(self.engine.store, &node, place) {
                    continue;
                }
                let class = self.graph.class(children[place]);
                let others = class.and_then(|class| members.get(&class));
                for member in others.into_iter().flatten().take(5).copied() {
                    if self.variants == 0 {
                        break;
                    }
                    if member == children[place] {
                        continue;
                    }
                    self.variants -= 1;
                    let mut count = 0;
                    let varied = node.map_children(|child| {
                        count += 1;
                        if count - 1 == place { member } else { child }
                    });
                    let varied = self.engine.store.add_node(varied);
                    if self.graph.class(varied).is_some() {
                        continue;
                    }
                    let line = Canonical::new(self.engine).of(varied);
                    if !line.is_still() {
                        lines.push(line);
                    }
                }
            }
        }
        let mut changed = false;
        for line in lines {
            changed |= self.graph.unite(self.engine.store, line);
        }
        changed
    }

    /// Classes of two or more terms.
    fn members(&self) -> FxHashMap<Id, Vec<TermId>> {
        self.graph
            .classes()
            .into_iter()
            .filter_map(|class| Some((self.graph.class(*class.first()?)?, class)))
            .collect()
    }
}

/// Whether a child is a number that makes the node what it is: an index, or the exponent of what
/// is no constant.
fn is_fixed(store: &Store, node: &Node, place: usize) -> bool {
    match node {
        Node::Pow(base, exponent) => {
            place == 1
                && matches!(store.node(*exponent), Node::Number(_))
                && !matches!(store.node(*base), Node::Constant(_) | Node::Number(_))
        }
        Node::Function(Function::Root, _) => place == 0,
        _ => false,
    }
}
