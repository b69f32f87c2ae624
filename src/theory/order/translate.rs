//! From terms to fractions of polynomials in kernels, with where they have a value.

use rustc_hash::FxHashMap;

use super::branch::Branch;
use super::build::key;
use super::formula::{Formula, Literal, Sign, opposite};
use super::kernel::{Fraction, Kernel, Kernels};
use super::polynomial::Polynomial;
use crate::number::Rational;
use crate::term::{Constant, Function, Node, Relation, Sort, Store, TermId};
use crate::theory::domain::domain;
use crate::theory::facts::Facts;

/// Largest exponent that is written out.
const EXPONENT: i64 = 64;

/// A translation in the making: the store, the sorts, and the kernels met so far.
pub struct Translator<'a> {
    /// Where the terms are.
    pub store: &'a mut Store,
    /// Sorts of symbols.
    pub facts: &'a Facts,
    /// Kernels met so far.
    pub kernels: Kernels,
    /// Whether some atom was not mine.
    pub foreign: bool,
    /// How many opaque kernels the current one lies in.
    pub depth: u32,
    /// Terms that may be indices of families.
    pub places: Vec<TermId>,
    /// Statements about all members of a set that hold (where that kernel has a value).
    pub general: Vec<(TermId, Option<u32>)>,
    /// Terms that were translated, each with its conditions.
    known: FxHashMap<TermId, (Option<Fraction>, Conditions)>,
}

/// Statements that hold exactly where a term has a value, each with a value itself wherever those
/// before it hold.
pub type Conditions = Vec<Formula>;

impl<'a> Translator<'a> {
    /// A translation under facts, with nothing met yet.
    pub fn new(store: &'a mut Store, facts: &'a Facts) -> Self {
        Translator {
            store,
            facts,
            kernels: Kernels::default(),
            foreign: false,
            depth: 0,
            places: Vec::new(),
            general: Vec::new(),
            known: FxHashMap::default(),
        }
    }

    /// What the facts say.
    pub fn facts_branch(&mut self) -> Branch {
        let mut branch = Branch::default();
        for fact in &self.facts.statements {
            let holds = self.holds(*fact);
            branch.add(&holds);
        }
        branch
    }

    fn kernel(&mut self, kernel: Kernel) -> Fraction {
        let variable = self.kernels.variable(kernel);
        Fraction::whole(Polynomial::variable(variable))
    }

    fn opaque(&mut self, term: TermId, conditions: &mut Conditions) -> Option<Fraction> {
        let before = self.kernels.len();
        let variable = self.kernels.variable(Kernel::Opaque(term));
        if self.kernels.len() > before {
            self.depth += 1;
            let domain = domain(self.store, term);
            let (mut holds, mut fails) = (Vec::new(), Vec::new());
            if self.depth <= 3 {
                for condition in &domain.conditions {
                    holds.push(self.holds(*condition));
                    fails.push(self.fails(*condition));
                }
            }
            let all = self.depth <= 3 && domain.complete;
            self.depth -= 1;
            let fails = if all {
                Formula::or(fails)
            } else {
                Formula::TRUE
            };
            self.kernels
                .domains
                .insert(variable, (Formula::and(holds), fails));
            if let Node::Extremum(_, _, low, high, maximum) = *self.store.node(term) {
                self.extremum(term, variable, (low, high), maximum);
            }
        }
        if self
            .kernels
            .domains
            .get(&variable)
            .is_none_or(|(_, fails)| *fails != Formula::FALSE)
        {
            conditions.push(Formula::Literal(Literal::Defined(variable)));
        }
        Some(Fraction::whole(Polynomial::variable(variable)))
    }

    /// The fraction of a term with a real value; `None` where the term is not mine.
    pub fn term(&mut self, term: TermId, conditions: &mut Conditions) -> Option<Fraction> {
        let leaf = matches!(
            self.store.node(term),
            Node::Number(_) | Node::Symbol(_) | Node::Constant(_)
        );
        if leaf {
            return self.new_term(term, conditions);
        }
        let (fraction, own) = match self.known.get(&term) {
            Some(known) => known.clone(),
            None => {
                let mut own = Conditions::new();
                let fraction = if self.store.spend(4) {
                    self.new_term(term, &mut own)
                } else {
                    None
                };
                self.known.insert(term, (fraction.clone(), own.clone()));
                (fraction, own)
            }
        };
        for condition in own {
            if !self.store.spend(1 + conditions.len() as u64 / 16) {
                return None;
            }
            if !conditions.contains(&condition) {
                conditions.push(condition);
            }
        }
        fraction
    }

    fn new_term(&mut self, term: TermId, conditions: &mut Conditions) -> Option<Fraction> {
        match self.store.node(term).clone() {
            Node::Number(value) => Some(Fraction::number(value)),
            Node::Constant(Constant::E) => {
                Some(self.kernels.exp(&Fraction::number(Rational::one())))
            }
            Node::Constant(Constant::Pi) => Some(self.kernel(Kernel::Constant(term))),
            Node::Symbol(symbol) => match self.facts.sorts.get(&symbol) {
                None | Some(Sort::Real | Sort::Integer | Sort::Natural) => {
                    Some(self.kernel(Kernel::Atom(term)))
                }
                Some(_) => None,
            },
            Node::Member(symbol, _) => match self.facts.sorts.get(&symbol) {
                None | Some(Sort::Real | Sort::Integer | Sort::Natural) => {
                    Some(self.kernel(Kernel::Atom(term)))
                }
                Some(_) => None,
            },
            Node::Add(parts) => {
                let mut sum = Fraction::number(Rational::zero());
                for part in parts {
                    let part = self.term(part, conditions)?;
                    sum = sum.add(&part)?;
                }
                Some(sum)
            }
            Node::Mul(parts) => {
                let mut product = Fraction::number(Rational::one());
                for part in parts {
                    let part = self.term(part, conditions)?;
                    product = product.mul(&part)?;
                }
                Some(product)
            }
            Node::Pow(base, exponent) => self.power(base, exponent, conditions),
            Node::Function(function, arguments) => {
                self.function(term, function, &arguments, conditions)
            }
            Node::Call(symbol, orders, arguments) => {
                let mut keys = Vec::new();
                for argument in arguments {
                    keys.push(key(self.term(argument, conditions)?));
                }
                Some(self.kernel(Kernel::Call(symbol, orders, keys)))
            }
            Node::Derivative(..)
            | Node::Integral(..)
            | Node::Limit(..)
            | Node::Sum(..)
            | Node::Product(..)
            | Node::Extremum(..)
            | Node::Piecewise(_) => self.opaque(term, conditions),
            _ => None,
        }
    }

    fn power(
        &mut self,
        base: TermId,
        exponent: TermId,
        conditions: &mut Conditions,
    ) -> Option<Fraction> {
        if let Node::Constant(Constant::E) = self.store.node(base) {
            let exponent = self.term(exponent, conditions)?;
            return Some(self.kernels.exp(&exponent));
        }
        let u = self.term(base, conditions)?;
        let e = self.term(exponent, conditions)?;
        let Some(value) = e.as_number() else {
            if let Some(c) = u.as_number()
                && c.signum() > 0
            {
                let log = self.kernels.log_number(&c);
                return Some(match log.and_then(|log| log.mul(&e)) {
                    Some(product) => self.kernels.exp(&product),
                    None => return None,
                });
            }
            let variable = self.kernels.variable(Kernel::Power(key(u.clone()), key(e)));
            let natural = match self.store.node(exponent) {
                Node::Symbol(s) => matches!(self.facts.sorts.get(s), Some(Sort::Natural)),
                _ => false,
            };
            if !natural {
                conditions.push(Formula::or(vec![
                    u.compare(Sign::Positive),
                    Formula::and(vec![
                        u.neg().compare(Sign::NonNegative),
                        Formula::Literal(Literal::Defined(variable)),
                    ]),
                ]));
            }
            return Some(Fraction::whole(Polynomial::variable(variable)));
        };
        if let Some(n) = value.to_i64() {
            if n.abs() > EXPONENT {
                return None;
            }
            if n < 0 {
                conditions.push(u.compare(Sign::NonZero));
                // A base that is 0 everywhere makes the conditions false; any value will do.
                let inverse = u
                    .inverse()
                    .unwrap_or_else(|| Fraction::number(Rational::one()));
                return inverse.pow(u32::try_from(-n).ok()?);
            }
            return u.pow(u32::try_from(n).ok()?);
        }
        let degree =
            u32::try_from(Rational::from_big(value.denominator().into()).to_i64()?).ok()?;
        let up = Rational::from_big(value.numerator().into()).to_i64()?;
        if degree > 12 || up.abs() > EXPONENT {
            return None;
        }
        conditions.push(u.compare(if up > 0 {
            Sign::NonNegative
        } else {
            Sign::Positive
        }));
        let root = self.kernels.root(degree, &u)?;
        let power = root.pow(u32::try_from(up.abs()).ok()?)?;
        if up > 0 {
            Some(power)
        } else {
            Some(
                power
                    .inverse()
                    .unwrap_or_else(|| Fraction::number(Rational::one())),
            )
        }
    }

    fn function(
        &mut self,
        term: TermId,
        function: Function,
        arguments: &[TermId],
        conditions: &mut Conditions,
    ) -> Option<Fraction> {
        use Function as F;
        let one = Fraction::number(Rational::one());
        match (function, arguments) {
            (F::Root, [degree, of]) => {
                let degree = match self.store.node(*degree) {
                    Node::Number(n) => u32::try_from(n.to_i64()?).ok()?,
                    _ => return self.opaque(term, conditions),
                };
                let u = self.term(*of, conditions)?;
                if !(2..=12).contains(&degree) {
                    return None;
                }
                if degree % 2 == 0 {
                    conditions.push(u.compare(Sign::NonNegative));
                }
                self.kernels.root(degree, &u)
            }
            (F::Log, [of]) => {
                let u = self.term(*of, conditions)?;
                conditions.push(u.compare(Sign::Positive));
                self.kernels.log(&u)
            }
            (F::LogBase, [base, of]) => {
                let b = self.term(*base, conditions)?;
                conditions.push(b.compare(Sign::Positive));
                let below = self.kernels.log(&b)?;
                conditions.push(below.compare(Sign::NonZero));
                let u = self.term(*of, conditions)?;
                conditions.push(u.compare(Sign::Positive));
                let above = self.kernels.log(&u)?;
                above.mul(&below.inverse().unwrap_or(one))
            }
            (F::Tan | F::Sec, [of]) | (F::Cot | F::Csc, [of]) => {
                let u = self.term(*of, conditions)?;
                let sin = self.kernel(Kernel::Function(F::Sin, vec![key(u.clone())]));
                let cos = self.kernel(Kernel::Function(F::Cos, vec![key(u)]));
                let (above, below) = match function {
                    F::Tan => (sin, cos),
                    F::Cot => (cos, sin),
                    F::Sec => (one, cos),
                    _ => (one, sin),
                };
                conditions.push(below.compare(Sign::NonZero));
                above.mul(&below.inverse()?)
            }
            (F::Sinh | F::Cosh | F::Tanh | F::Sigmoid | F::Softplus, [of]) => {
                let u = self.term(*of, conditions)?;
                let up = self.kernels.exp(&u);
                let down = up.inverse()?;
                let half = Fraction::number(Rational::new(1, 2)?);
                let sum = up.add(&down)?;
                let difference = up.add(&down.neg())?;
                match function {
                    F::Sinh => difference.mul(&half),
                    F::Cosh => sum.mul(&half),
                    F::Tanh => difference.mul(&sum.inverse()?),
                    F::Sigmoid => one.add(&down)?.inverse(),
                    _ => self.kernels.log(&one.add(&up)?),
                }
            }
            (F::Softmax, [component, values @ ..]) => {
                let place = match self.store.node(*component) {
                    Node::Number(n) => usize::try_from(n.to_i64()?).ok()?,
                    _ => return self.opaque(term, conditions),
                };
                let mut sum = Fraction::number(Rational::zero());
                let mut own = None;
                for (i, value) in (1usize..).zip(values) {
                    let u = self.term(*value, conditions)?;
                    let up = self.kernels.exp(&u);
                    sum = sum.add(&up)?;
                    if i == place {
                        own = Some(up);
                    }
                }
                own?.mul(&sum.inverse()?)
            }
            (F::Max | F::Min, [first, rest @ ..]) if !rest.is_empty() => {
                let mut most = self.term(*first, conditions)?;
                for next in rest {
                    let next = self.term(*next, conditions)?;
                    most = self.kernel(Kernel::Function(function, vec![key(most), key(next)]));
                }
                Some(most)
            }
            (
                F::Sin
                | F::Cos
                | F::Arctan
                | F::Arsinh
                | F::Abs
                | F::Relu
                | F::Signum
                | F::Floor
                | F::Ceiling,
                [of],
            ) => {
                let u = self.term(*of, conditions)?;
                if let (F::Abs, Some(value)) = (function, u.as_number()) {
                    return Some(Fraction::number(if value.signum() < 0 {
                        value.neg()
                    } else {
                        value
                    }));
                }
                if let (F::Sin, Some(value)) = (function, u.as_number())
                    && value.is_zero()
                {
                    return Some(Fraction::number(value));
                }
                if let (F::Cos, Some(value)) = (function, u.as_number())
                    && value.is_zero()
                {
                    return Some(one);
                }
                Some(self.kernel(Kernel::Function(function, vec![key(u)])))
            }
            (
                F::Transpose
                | F::Inverse
                | F::Diagonal
                | F::Identity
                | F::Ones
                | F::Kronecker
                | F::Hadamard,
                _,
            ) => None,
            _ => self.opaque(term, conditions),
        }
    }

    /// The formula that is true exactly where the statement is true (hence defined); what is not
    /// mine counts as true, so that the formula follows from the statement in any case.
    pub fn holds(&mut self, statement: TermId) -> Formula {
        self.statement(statement, true).unwrap_or(Formula::TRUE)
    }

    /// The formula that is true exactly where the statement is not true (false or undefined);
    /// what is not mine counts as true.
    pub fn fails(&mut self, statement: TermId) -> Formula {
        if let Some(same) = self.finite(statement) {
            return self.fails(same);
        }
        match self.store.node(statement).clone() {
            Node::Truth(value) => {
                if value {
                    Formula::FALSE
                } else {
                    Formula::TRUE
                }
            }
            Node::And(parts) => Formula::or(parts.iter().map(|p| self.fails(*p)).collect()),
            Node::Or(parts) => Formula::and(parts.iter().map(|p| self.fails(*p)).collect()),
            Node::ForAll(_, _, set) => {
                let Some((symbol, scope)) = self.store.open_fresh(statement) else {
                    return Formula::TRUE;
                };
                let Some(body) = scope.first() else {
                    return Formula::TRUE;
                };
                let variable = self.store.add_node(Node::Symbol(symbol));
                let member = self.store.add_node(Node::Element(variable, set));
                let inside = self.holds(member);
                Formula::and(vec![inside, self.fails(*body)])
            }
            Node::Not(inner) if self.finite(inner).is_some() => {
                let same = self.finite(inner).unwrap_or(inner);
                let same = self.not(same);
                self.fails(same)
            }
            Node::Not(inner) => match self.store.node(inner).clone() {
                Node::And(parts) => {
                    let parts: Vec<TermId> = parts.iter().map(|p| self.not(*p)).collect();
                    Formula::and(parts.into_iter().map(|p| self.fails(p)).collect())
                }
                Node::Or(parts) => {
                    let parts: Vec<TermId> = parts.iter().map(|p| self.not(*p)).collect();
                    Formula::or(parts.into_iter().map(|p| self.fails(p)).collect())
                }
                Node::Not(twice) => self.fails(twice),
                _ => self.atom_fails(statement),
            },
            _ => self.atom_fails(statement),
        }
    }

    fn not(&mut self, statement: TermId) -> TermId {
        self.store.add_node(Node::Not(statement))
    }

    /// `x ∈ {a, b}` as `x = a or x = b`.
    fn finite(&mut self, statement: TermId) -> Option<TermId> {
        let Node::Element(a, set) = *self.store.node(statement) else {
            return None;
        };
        let Node::Finite(members) = self.store.node(set).clone() else {
            return None;
        };
        let mut parts: Vec<TermId> = members
            .iter()
            .map(|m| self.store.relation(Relation::Equal, a, *m))
            .collect();
        match parts.len() {
            0 => Some(self.store.add_node(Node::Truth(false))),
            1 => parts.pop(),
            _ => Some(self.store.add_node(Node::Or(parts.into()))),
        }
    }

    fn atom_fails(&mut self, statement: TermId) -> Formula {
        let Some((conditions, relation)) = self.atom(statement, true) else {
            self.foreign = true;
            return Formula::TRUE;
        };
        let mut parts = Vec::new();
        let mut before: Vec<Formula> = Vec::new();
        for condition in conditions.into_iter().chain([relation]) {
            let mut all = before.clone();
            all.push(negate(&condition));
            parts.push(Formula::and(all));
            before.push(condition);
        }
        Formula::or(parts)
    }

    fn statement(&mut self, statement: TermId, truth: bool) -> Option<Formula> {
        if let Some(same) = self.finite(statement) {
            return self.statement(same, truth);
        }
        match self.store.node(statement).clone() {
            Node::Truth(value) => Some(if value == truth {
                Formula::TRUE
            } else {
                Formula::FALSE
            }),
            Node::And(parts) | Node::Or(parts) => {
                let and = matches!(self.store.node(statement), Node::And(_)) == truth;
                let parts: Vec<Formula> = parts
                    .iter()
                    .map(|p| self.statement(*p, truth).unwrap_or(Formula::TRUE))
                    .collect();
                Some(if and {
                    Formula::and(parts)
                } else {
                    Formula::or(parts)
                })
            }
            Node::Not(inner) => self.statement(inner, !truth),
            _ => {
                let (mut conditions, relation) = self.atom(statement, truth)?;
                conditions.push(relation);
                Some(Formula::and(conditions))
            }
        }
    }

    /// Where an atom is defined, and where it is true (or false) there.
    fn atom(&mut self, statement: TermId, truth: bool) -> Option<(Conditions, Formula)> {
        let mut conditions = Vec::new();
        let formula = match self.store.node(statement).clone() {
            Node::Not(inner) => return self.atom(inner, !truth),
            Node::Relation(relation, a, b) => {
                self.relation(relation, a, b, truth, &mut conditions)?
            }
            Node::Element(a, set) => {
                let formula = self.element(a, set, &mut conditions)?;
                if truth { formula } else { negate(&formula) }
            }
            Node::Truth(value) => {
                if value == truth {
                    Formula::TRUE
                } else {
                    Formula::FALSE
                }
            }
            _ => return None,
        };
        Some((conditions, formula))
    }

    fn relation(
        &mut self,
        relation: Relation,
        a: TermId,
        b: TermId,
        truth: bool,
        conditions: &mut Conditions,
    ) -> Option<Formula> {
        let zero = |s: &Store, t| matches!(s.node(t), Node::Number(n) if n.is_zero());
        let difference = if zero(self.store, b) {
            let a = self.low_powers(a);
            self.term(a, conditions)?.neg()
        } else if zero(self.store, a) {
            let b = self.low_powers(b);
            self.term(b, conditions)?
        } else {
            let (a, b) = (self.term(a, conditions)?, self.term(b, conditions)?);
            b.add(&a.neg())?
        };
        let formula = match relation {
            Relation::Equal => difference.compare(Sign::Zero),
            Relation::NotEqual => difference.compare(Sign::NonZero),
            Relation::Less => difference.compare(Sign::Positive),
            Relation::LessEqual => difference.compare(Sign::NonNegative),
        };
        Some(if truth { formula } else { negate(&formula) })
    }

    /// A product that compares with 0 as the given one does: exponents of its factors beyond 2
    /// become 1 or 2.
    fn low_powers(&mut self, term: TermId) -> TermId {
        match self.store.node(term).clone() {
            Node::Mul(parts) => {
                let parts: Vec<TermId> = parts.iter().map(|p| self.low_powers(*p)).collect();
                self.store.mul(&parts)
            }
            Node::Pow(base, exponent) => match self.store.node(exponent) {
                Node::Number(n) => match n.to_i64() {
                    Some(n) if n > 2 => {
                        let base = self.low_powers(base);
                        if n % 2 == 1 {
                            base
                        } else {
                            let two = self.store.integer(2);
                            self.store.pow(base, two)
                        }
                    }
                    _ => term,
                },
                _ => term,
            },
            _ => term,
        }
    }

    fn element(&mut self, a: TermId, set: TermId, conditions: &mut Conditions) -> Option<Formula> {
        let u = self.term(a, conditions)?;
        let integer = |u: &Fraction| {
            let p = match u.denominator.as_constant() {
                Some(c) => u.numerator.scale(&Rational::one().div(&c)?),
                None => return None,
            };
            Some(Formula::Literal(Literal::Integer(p, true)))
        };
        match self.store.node(set).clone() {
            Node::Reals => Some(Formula::TRUE),
            Node::Integers => integer(&u),
            Node::Naturals => Some(Formula::and(vec![
                u.compare(Sign::NonNegative),
                integer(&u)?,
            ])),
            Node::Interval(low, high, left, right) => {
                let mut parts = Vec::new();
                let sign = |closed| {
                    if closed {
                        Sign::NonNegative
                    } else {
                        Sign::Positive
                    }
                };
                if !self.infinite(low) {
                    let low = self.term(low, conditions)?;
                    parts.push(u.add(&low.neg())?.compare(sign(left)));
                }
                if !self.infinite(high) {
                    let high = self.term(high, conditions)?;
                    parts.push(high.add(&u.neg())?.compare(sign(right)));
                }
                Some(Formula::and(parts))
            }
            Node::Range(low, high) => {
                let mut parts = vec![integer(&u)?];
                let low = self.term(low, conditions)?;
                parts.push(u.add(&low.neg())?.compare(Sign::NonNegative));
                if !self.infinite(high) {
                    let high = self.term(high, conditions)?;
                    parts.push(high.add(&u.neg())?.compare(Sign::NonNegative));
                }
                Some(Formula::and(parts))
            }
            _ => None,
        }
    }

    fn infinite(&self, term: TermId) -> bool {
        match self.store.node(term) {
            Node::Constant(Constant::Infinity) => true,
            Node::Mul(parts) => parts
                .iter()
                .any(|p| matches!(self.store.node(*p), Node::Constant(Constant::Infinity))),
            _ => false,
        }
    }
}

/// The negation of a formula whose kernels all have values.
pub fn negate(formula: &Formula) -> Formula {
    match formula {
        Formula::Literal(literal) => opposite(literal),
        Formula::And(parts) => Formula::or(parts.iter().map(negate).collect()),
        Formula::Or(parts) => Formula::and(parts.iter().map(negate).collect()),
    }
}
