//! Using rules: one at a time, each with its conditions decided.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::line::{Line, Why};
use super::pattern::{Pattern, symbol_of};
use super::signs::{NEGATIVE, POSITIVE, Signs, ZERO};
use super::smooth;
use super::table::{Condition, Rule, Test, table};
use crate::number::Rational;
use crate::term::{Node, Proof, Relation, Sort, Store, Symbol, TermId};
use crate::theory::domain::domain;
use crate::theory::facts::Facts;
use crate::theory::field::{Assumed, Field};
use crate::theory::probability::{independent, members};
use crate::theory::{logic, order};

/// Uses rules under facts.
pub struct Engine<'a> {
    /// The terms.
    pub store: &'a mut Store,
    /// What is true where the terms are looked at.
    pub facts: Facts,
    /// The signs that can be seen.
    pub signs: Signs,
    /// Normal forms under the facts.
    pub field: Field,
    decided: FxHashMap<TermId, Option<Proof>>,
    smooth: FxHashMap<(TermId, TermId, TermId), bool>,
    /// The outcomes that stand open around the terms.
    pub outcomes: Vec<Symbol>,
    /// Whether an inequality between means is being proved.
    pub within_means: bool,
    /// Whether an equation is being solved for a moment.
    pub solving: bool,
    /// How many of the facts, from the first, are hypotheses by which moments are replaced.
    pub given: usize,
    /// How many conditions may still be given to a theory.
    pub fuel: u32,
    /// The names of the sums around the term that is looked at.
    pub indices: Vec<Symbol>,
}

impl<'a> Engine<'a> {
    /// An engine under facts.
    pub fn new(store: &'a mut Store, facts: Facts, fuel: u32) -> Self {
        let signs = Signs::new(store, &facts);
        let field = Field::new(Assumed::of(store, &facts));
        Engine {
            store,
            facts,
            signs,
            field,
            decided: FxHashMap::default(),
            smooth: FxHashMap::default(),
            outcomes: Vec::new(),
            given: 0,
            solving: false,
            within_means: false,
            fuel,
            indices: Vec::new(),
        }
    }

    /// Works under further facts; afterwards they are forgotten.
    pub fn under<T>(&mut self, more: &[TermId], work: impl FnOnce(&mut Self) -> T) -> T {
        if more.is_empty() {
            return work(self);
        }
        let facts = self.facts.clone();
        let signs = self.signs.clone();
        let decided = std::mem::take(&mut self.decided);
        let smooth = std::mem::take(&mut self.smooth);
        for statement in more {
            self.facts.statements.push(*statement);
            self.signs.learn(self.store, *statement);
        }
        let result = work(self);
        self.facts = facts;
        self.signs = signs;
        self.decided = decided;
        self.smooth = smooth;
        result
    }

    /// Whether both terms have one normal form.
    pub fn ring(&mut self, a: TermId, b: TermId) -> bool {
        a == b || self.field.equal(self.store, a, b)
    }

    /// The canonical term of the term's normal form.
    pub fn normal(&mut self, term: TermId) -> Option<TermId> {
        self.field.normal(self.store, term)
    }

    /// Goes on along the line by a rule with these terms for its variables. Where the end of the
    /// line is not the rule's left side up to order, it is first brought there by `ring`. Returns
    /// whether the rule could be used; if not, the line stays as it was.
    pub fn by_rule(&mut self, line: &mut Line, name: &str, terms: &[(&str, TermId)]) -> bool {
        let Some(number) = table().find(name) else {
            debug_assert!(false, "no rule {name}");
            return false;
        };
        let rule = &table().rules[number];
        let mut substitution = Vec::with_capacity(rule.variables.len());
        for variable in &rule.variables {
            let Some((_, term)) = terms.iter().find(|(name, _)| name == variable) else {
                debug_assert!(false, "{name} needs {variable}");
                return false;
            };
            substitution.push(*term);
        }
        self.use_rule(line, number, substitution, None)
    }

    /// The left side of the rule with those terms.
    pub fn left_side(&mut self, name: &str, terms: &[(&str, TermId)]) -> Option<TermId> {
        let rule = &table().rules[table().find(name)?];
        let substitution: Option<Vec<TermId>> = (rule.variables.iter())
            .map(|variable| terms.iter().find(|(name, _)| name == variable))
            .map(|found| found.map(|(_, term)| *term))
            .collect();
        rule.left.fill(self.store, &substitution?)
    }

    /// Goes on along the line by a rule that matches its end.
    pub fn by_match(&mut self, line: &mut Line, number: usize) -> bool {
        let rule = &table().rules[number];
        let Some(found) = rule.left.matches(self.store, line.to, rule.variables.len()) else {
            return false;
        };
        let Some(substitution) = found.substitution.into_iter().collect::<Option<Vec<_>>>() else {
            return false;
        };
        self.use_rule(line, number, substitution, found.rest)
    }

    fn use_rule(
        &mut self,
        line: &mut Line,
        number: usize,
        substitution: Vec<TermId>,
        rest: Option<TermId>,
    ) -> bool {
        if !self.store.spend(10) {
            return false;
        }
        let rule = &table().rules[number];
        let Some(conditions) = self.conditions(rule, &substitution) else {
            return false;
        };
        let left = rule.left.fill(self.store, &substitution);
        let right = rule.right.fill(self.store, &substitution);
        let (Some(mut left), Some(mut right)) = (left, right) else {
            return false;
        };
        if let Some(rest) = rest {
            (left, right) = if matches!(rule.left, Pattern::Sum(_)) {
                (
                    self.store.add(&[left, rest]),
                    self.store.add(&[right, rest]),
                )
            } else {
                (
                    self.store.mul(&[left, rest]),
                    self.store.mul(&[right, rest]),
                )
            };
        }
        let mut longer = line.clone();
        if !alike(self.store, left, line.to) {
            if !self.ring(left, line.to) {
                return false;
            }
            longer.push(left, Why::Ring);
        }
        longer.push(
            right,
            Why::Rule {
                rule: number,
                forward: true,
                substitution: substitution.into(),
                rest,
                conditions: Rc::from(conditions),
            },
        );
        *line = longer;
        true
    }

    fn conditions(&mut self, rule: &Rule, terms: &[TermId]) -> Option<Vec<Option<Proof>>> {
        rule.conditions
            .iter()
            .map(|condition| self.condition(condition, terms))
            .collect()
    }

    fn condition(&mut self, condition: &Condition, terms: &[TermId]) -> Option<Option<Proof>> {
        match condition {
            Condition::Relation(relation, a, b) => {
                let statement = Pattern::relate(self.store, *relation, a, b, terms)?;
                self.holds(statement).map(Some)
            }
            Condition::Integer(a) => {
                let a = a.fill(self.store, terms)?;
                let set = self.store.add_node(Node::Integers);
                let statement = self.store.add_node(Node::Element(a, set));
                self.holds(statement).map(Some)
            }
            Condition::Natural(a) => {
                let a = a.fill(self.store, terms)?;
                let set = self.store.add_node(Node::Naturals);
                let statement = self.store.add_node(Node::Element(a, set));
                self.holds(statement).map(Some)
            }
            Condition::Real(a) => {
                let a = a.fill(self.store, terms)?;
                let set = self.store.add_node(Node::Reals);
                let statement = self.store.add_node(Node::Element(a, set));
                super::sums::is_defined(self, a).then(|| {
                    Some(Proof::Decision {
                        theory: "order",
                        method: "defined",
                        statement,
                        uses: Vec::new(),
                        witness: Vec::new(),
                    })
                })
            }
            Condition::Test(test, parts) => {
                let parts: Option<Vec<TermId>> = parts
                    .iter()
                    .map(|part| part.fill(self.store, terms))
                    .collect();
                self.test(*test, &parts?).then_some(None)
            }
        }
    }

    fn test(&mut self, test: Test, terms: &[TermId]) -> bool {
        let number = |store: &Store, place: usize| match terms.get(place).map(|t| store.node(*t)) {
            Some(Node::Number(value)) => Some(value.clone()),
            _ => None,
        };
        let even = |value: &Rational| {
            value.is_integer()
                && value
                    .div(&Rational::from(2))
                    .is_some_and(|half| half.is_integer())
        };
        match test {
            Test::Free => {
                let (Some(term), Some(variable)) = (terms.first(), terms.get(1)) else {
                    return false;
                };
                symbol_of(self.store, *variable).is_some_and(|x| !self.store.mentions(*term, x))
            }
            Test::Odd => number(self.store, 0).is_some_and(|n| n.is_integer() && !even(&n)),
            Test::Even => number(self.store, 0).is_some_and(|n| even(&n) && !n.is_zero()),
            Test::Rational => number(self.store, 0).is_some(),
            Test::Root => number(self.store, 0)
                .is_some_and(|n| n.is_integer() && n.sub(&Rational::from(2)).signum() >= 0),
            Test::Coprime => {
                let (Some(p), Some(q)) = (number(self.store, 0), number(self.store, 1)) else {
                    return false;
                };
                p.is_integer()
                    && q.is_integer()
                    && q.sub(&Rational::from(2)).signum() >= 0
                    && p.div(&q).is_some_and(|r| r.denominator() == q.numerator())
            }
            Test::Independent => {
                let [f, g, w] = terms else {
                    return false;
                };
                self.independent(*f, *g, *w)
            }
            Test::Members => {
                let [f, g, k, w] = terms else {
                    return false;
                };
                members(self.store, &self.facts.laws, (*f, *g), *k, *w)
            }
            Test::Dominated => {
                let [f, x, w] = terms else {
                    return false;
                };
                super::dominated::dominated(self, *f, *x, *w)
            }
            Test::Smooth => {
                let [f, x, p] = terms else {
                    return false;
                };
                self.smooth(*f, *x, *p)
            }
        }
    }

    /// Whether a law says that f and g are independent as functions of the outcome w.
    pub fn independent(&mut self, f: TermId, g: TermId, w: TermId) -> bool {
        let laws = self.facts.laws.clone();
        let mut pairs = Vec::new();
        // What is not the same is taken to be different, and decided afterwards.
        let seen = independent(self.store, &laws, (f, g), w, &mut |_, i, j| {
            pairs.push((i, j));
            i != j
        });
        seen && pairs.into_iter().all(|(i, j)| {
            let apart = self.store.relation(Relation::NotEqual, i, j);
            i == j || self.holds(apart).is_some()
        })
    }

    /// Whether f is differentiable in x at p, if it is defined around p.
    pub fn smooth(&mut self, f: TermId, x: TermId, p: TermId) -> bool {
        if let Some(known) = self.smooth.get(&(f, x, p)) {
            return *known;
        }
        let result = smooth::smooth(self, f, x, p);
        self.smooth.insert((f, x, p), result);
        result
    }

    /// A proof of the statement, if it is seen or decided.
    pub fn holds(&mut self, statement: TermId) -> Option<Proof> {
        if let Some(known) = self.decided.get(&statement) {
            return known.clone();
        }
        let result = self.look(statement).or_else(|| {
            if self.fuel == 0 {
                return None;
            }
            self.fuel -= 1;
            let facts = self.facts.clone();
            order::decide(self.store, &facts, statement)
                .or_else(|| logic::entails(self.store, &facts, statement))
                .or_else(|| {
                    // The variance is not negative.
                    let order = matches!(
                        self.store.node(statement),
                        Node::Relation(Relation::Less | Relation::LessEqual, _, _)
                    );
                    if !order || self.within_means {
                        return None;
                    }
                    super::chance::inequality(self.store, &facts, &[], statement, 20)
                })
        });
        self.decided.insert(statement, result.clone());
        result
    }

    /// What can be seen without a theory.
    fn look(&mut self, statement: TermId) -> Option<Proof> {
        let seen = |method| {
            Some(Proof::Decision {
                theory: "order",
                method,
                statement,
                uses: Vec::new(),
                witness: Vec::new(),
            })
        };
        if self.facts.statements.contains(&statement) {
            return seen("hypothesis");
        }
        match *self.store.node(statement) {
            Node::Relation(relation, a, b) => {
                let mask = if matches!(self.store.node(b), Node::Number(n) if n.is_zero()) {
                    self.signs.mask(self.store, a)
                } else {
                    let difference = if matches!(self.store.node(a), Node::Number(n) if n.is_zero())
                    {
                        self.store.neg(b)
                    } else {
                        self.store.sub(a, b)
                    };
                    self.difference_mask(a, b, difference)
                };
                let wanted = match relation {
                    Relation::Equal => ZERO,
                    Relation::NotEqual => NEGATIVE | POSITIVE,
                    Relation::Less => NEGATIVE,
                    Relation::LessEqual => NEGATIVE | ZERO,
                };
                if mask & !wanted == 0 && mask != 0 {
                    return seen("sign");
                }
                if relation != Relation::Equal && self.shifted(relation, a, b) {
                    return seen("shift");
                }
                if self.said_otherwise(relation, a, b) {
                    return seen("hypothesis");
                }
                None
            }
            Node::Element(a, set) => match self.store.node(set).clone() {
                Node::Integers if self.is_integer(a) => seen("integer"),
                Node::Naturals
                    if self.is_integer(a) && self.signs.mask(self.store, a) & NEGATIVE == 0 =>
                {
                    seen("integer")
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a fact says it of terms with the same normal forms, where these are sums: the bounds
    /// and the body of a sum are looked at by nothing else.
    fn said_otherwise(&mut self, relation: Relation, a: TermId, b: TermId) -> bool {
        let is_sum = |store: &Store, term: TermId| {
            matches!(store.node(term), Node::Sum(..) | Node::Product(..))
        };
        if !is_sum(self.store, a) && !is_sum(self.store, b) {
            return false;
        }
        let facts: Vec<(TermId, TermId)> = (self.facts.statements.iter().rev())
            .filter_map(|fact| match *self.store.node(*fact) {
                Node::Relation(r, x, y)
                    if (r == relation || relation == Relation::NotEqual && r == Relation::Less)
                        && is_sum(self.store, a) == is_sum(self.store, x)
                        && is_sum(self.store, b) == is_sum(self.store, y) =>
                {
                    Some((x, y))
                }
                _ => None,
            })
            .take(12)
            .collect();
        facts
            .into_iter()
            .any(|(x, y)| self.ring(a, x) && self.ring(b, y))
    }

    /// Whether a fact says it with a constant difference: n ≥ 1 gives n + 2 > 0.
    fn shifted(&mut self, relation: Relation, a: TermId, b: TermId) -> bool {
        let facts: Vec<(Relation, TermId, TermId)> = self
            .facts
            .statements
            .iter()
            .rev()
            .filter_map(|fact| match *self.store.node(*fact) {
                Node::Relation(r @ (Relation::Less | Relation::LessEqual), x, y) => Some((r, x, y)),
                _ => None,
            })
            .take(12)
            .collect();
        if facts.is_empty() {
            return false;
        }
        let wanted = self.store.sub(b, a);
        for (known, x, y) in facts {
            let slack = self.store.sub(y, x);
            let above = self
                .field
                .constant_difference(self.store, wanted, slack)
                .is_some_and(|c| {
                    let strict = relation != Relation::LessEqual && known == Relation::LessEqual;
                    c.signum() > i32::from(strict) - 1
                });
            if above {
                return true;
            }
            if relation == Relation::NotEqual {
                let other = self.store.sub(a, b);
                let below = self.field.constant_difference(self.store, other, slack);
                if below.is_some_and(|c| c.signum() > i32::from(known == Relation::LessEqual) - 1) {
                    return true;
                }
            }
        }
        false
    }

    fn difference_mask(&mut self, a: TermId, b: TermId, difference: TermId) -> u8 {
        if let (Node::Number(x), Node::Number(y)) = (self.store.node(a), self.store.node(b)) {
            return match x.sub(y).signum() {
                0 => ZERO,
                1 => POSITIVE,
                _ => NEGATIVE,
            };
        }
        if matches!(self.store.node(a), Node::Number(n) if n.is_zero()) {
            // 0 R b: the signs of −b.
            let mask = self.signs.mask(self.store, b);
            return (mask & ZERO)
                | if mask & POSITIVE == 0 { 0 } else { NEGATIVE }
                | if mask & NEGATIVE == 0 { 0 } else { POSITIVE };
        }
        self.signs.mask(self.store, difference)
    }

    /// Whether the term is seen to be an integer.
    pub fn is_integer(&self, term: TermId) -> bool {
        if self.signs.is_integer(self.store, term) {
            return true;
        }
        symbol_of(self.store, term).is_some_and(|symbol| {
            matches!(
                self.facts.sorts.get(&symbol),
                Some(Sort::Integer | Sort::Natural)
            )
        })
    }

    /// Whether the term is seen or decided to be positive.
    pub fn is_positive(&mut self, term: TermId) -> bool {
        let zero = self.store.integer(0);
        let statement = self.store.relation(Relation::Less, zero, term);
        self.holds(statement).is_some()
    }

    /// Whether the term is seen or decided not to be 0.
    pub fn is_not_zero(&mut self, term: TermId) -> bool {
        let zero = self.store.integer(0);
        let statement = self.store.relation(Relation::NotEqual, term, zero);
        self.holds(statement).is_some()
    }
}

/// Both sides of a rule with these terms for its variables, if its conditions are decided where
/// the left side is defined: for trying rules at values.
pub fn instance(store: &mut Store, rule: &Rule, terms: &[TermId]) -> Option<(TermId, TermId)> {
    let left = rule.left.fill(store, terms)?;
    let right = rule.right.fill(store, terms)?;
    let facts = Facts {
        statements: domain(store, left).conditions,
        ..Facts::default()
    };
    let never = store.add_node(Node::Truth(false));
    if facts.statements.contains(&never) {
        return None;
    }
    let mut engine = Engine::new(store, facts, 20);
    engine.conditions(rule, terms)?;
    Some((left, right))
}

/// Whether two terms are the same up to the order of terms in sums and of factors in products.
pub fn alike(store: &Store, a: TermId, b: TermId) -> bool {
    if a == b {
        return true;
    }
    if !store.spend(1) {
        return false;
    }
    let (x, y) = (store.node(a), store.node(b));
    match (x, y) {
        (Node::Add(xs), Node::Add(ys)) | (Node::Mul(xs), Node::Mul(ys)) => {
            if xs.len() != ys.len() {
                return false;
            }
            let mut used = vec![false; ys.len()];
            xs.iter().all(|x| {
                let place = (0..ys.len()).find(|p| !used[*p] && alike(store, *x, ys[*p]));
                place.is_some_and(|p| {
                    used[p] = true;
                    true
                })
            })
        }
        _ => {
            if x.map_children(|_| a) != y.map_children(|_| a) {
                return false;
            }
            let (mut xs, mut ys) = (Vec::new(), Vec::new());
            x.for_each_child(|child| xs.push(child));
            y.for_each_child(|child| ys.push(child));
            !xs.is_empty() && xs.iter().zip(&ys).all(|(x, y)| alike(store, *x, *y))
        }
    }
}
