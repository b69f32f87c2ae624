//! Patterns: the two sides of a rule, matched against terms and filled in.
//!
//! A pattern variable stands for any term. A sum (or product) of a pattern matches a sum of at
//! least as many terms: its parts each take one term, in any order, its last variable takes what
//! remains; with nothing to take it, what remains is the rest that the rule leaves alone.

use crate::number::Rational;
use crate::term::{Constant, Direction, Function, Node, Relation, Store, Symbol, TermId};

/// One side of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// The pattern variable of that number.
    Variable(usize),
    /// A number.
    Number(Rational),
    /// A constant.
    Constant(Constant),
    /// A known function.
    Function(Function, Vec<Pattern>),
    /// A sum.
    Sum(Vec<Pattern>),
    /// A product.
    Product(Vec<Pattern>),
    /// `−a`
    Negative(Box<Pattern>),
    /// A power.
    Power(Box<Pattern>, Box<Pattern>),
    /// A binder: its kind, the body, the variable that stands for the bound name, and what lies
    /// outside its scope.
    Binder(Binder, Box<Pattern>, usize, Vec<Pattern>),
    /// `at(f, x, p)`: f with p in the place of x; on right sides and in conditions only.
    At(Box<Pattern>, usize, Box<Pattern>),
}

/// Kinds of binders that rules speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binder {
    /// `diff(f, x, p)`
    Derivative,
    /// `sum(f, k, a, b)`
    Sum,
    /// `prod(f, k, a, b)`
    Product,
    /// `integral(f, x, a, b)`
    Integral,
    /// `antiderivative(f, t, x)`
    Antiderivative,
    /// `limit(f, x, a)`
    Limit,
    /// `outcomes(f, w)`
    Outcomes,
}

/// What pattern variables stand for; `None` where that is open.
pub type Substitution = Vec<Option<TermId>>;

/// A match: the substitution and what is left over of a sum or product.
#[derive(Clone, Debug)]
pub struct Match {
    /// What the variables stand for.
    pub substitution: Substitution,
    /// The rest.
    pub rest: Option<TermId>,
}

impl Pattern {
    /// Whether the pattern has no variable.
    fn fixed(&self, substitution: &Substitution) -> bool {
        match self {
            Pattern::Variable(number) => substitution.get(*number).is_some_and(Option::is_some),
            Pattern::Number(_) | Pattern::Constant(_) => true,
            Pattern::Function(_, parts) | Pattern::Sum(parts) | Pattern::Product(parts) => {
                parts.iter().all(|part| part.fixed(substitution))
            }
            Pattern::Negative(a) => a.fixed(substitution),
            Pattern::Power(a, b) => a.fixed(substitution) && b.fixed(substitution),
            Pattern::Binder(..) | Pattern::At(..) => false,
        }
    }

    /// Matches the whole term, or for a sum or product a part of it.
    pub fn matches(&self, store: &mut Store, term: TermId, variables: usize) -> Option<Match> {
        let mut substitution = vec![None; variables];
        let (parts, sum) = match self {
            Pattern::Sum(parts) => (parts, true),
            Pattern::Product(parts) => (parts, false),
            _ => {
                return self.unify(store, term, &mut substitution).then_some(Match {
                    substitution,
                    rest: None,
                });
            }
        };
        let children = children_of(store, term, sum)?;
        let rest = unify_parts(store, parts, &children, sum, true, &mut substitution)?;
        let rest = match (rest.is_empty(), sum) {
            (true, _) => None,
            (false, true) => Some(store.add(&rest)),
            (false, false) => Some(store.mul(&rest)),
        };
        Some(Match { substitution, rest })
    }

    fn unify(&self, store: &mut Store, term: TermId, substitution: &mut Substitution) -> bool {
        match self {
            Pattern::Variable(number) => match substitution.get(*number).copied() {
                Some(Some(known)) => known == term,
                Some(None) => {
                    substitution[*number] = Some(term);
                    true
                }
                None => false,
            },
            Pattern::Number(value) => matches!(store.node(term), Node::Number(n) if n == value),
            Pattern::Constant(value) => {
                matches!(store.node(term), Node::Constant(c) if c == value)
            }
            Pattern::Function(function, parts) => {
                let arguments = match store.node(term) {
                    Node::Function(f, arguments)
                        if f == function && arguments.len() == parts.len() =>
                    {
                        arguments.clone()
                    }
                    _ => return false,
                };
                parts
                    .iter()
                    .zip(arguments.iter())
                    .all(|(part, argument)| part.unify(store, *argument, substitution))
            }
            Pattern::Sum(parts) | Pattern::Product(parts) => {
                let sum = matches!(self, Pattern::Sum(_));
                let Some(children) = children_of(store, term, sum) else {
                    return false;
                };
                unify_parts(store, parts, &children, sum, false, substitution).is_some()
            }
            Pattern::Negative(a) => match store.node(term) {
                Node::Number(value) if value.signum() < 0 => {
                    let value = value.neg();
                    let positive = store.number(value);
                    a.unify(store, positive, substitution)
                }
                Node::Mul(factors) => {
                    let factors = factors.clone();
                    let Node::Number(first) = store.node(factors[0]) else {
                        return false;
                    };
                    let first = first.clone();
                    if first != Rational::from(-1) {
                        return false;
                    }
                    let rest = store.mul(&factors[1..]);
                    a.unify(store, rest, substitution)
                }
                _ => false,
            },
            Pattern::Power(a, b) => {
                let Node::Pow(base, exponent) = *store.node(term) else {
                    return false;
                };
                a.unify(store, base, substitution) && b.unify(store, exponent, substitution)
            }
            Pattern::Binder(kind, body, variable, outer) => {
                let node = store.node(term).clone();
                let ends: Vec<TermId> = match (kind, &node) {
                    (Binder::Outcomes, Node::Outcomes(..)) => Vec::new(),
                    (Binder::Derivative, Node::Derivative(_, _, at)) => vec![*at],
                    (Binder::Antiderivative, Node::Antiderivative(_, _, at)) => vec![*at],
                    (Binder::Integral, Node::Integral(_, _, from, to)) => vec![*from, *to],
                    (Binder::Limit, Node::Limit(_, _, to, Direction::Both)) => vec![*to],
                    (Binder::Sum, Node::Sum(_, _, from, to, condition))
                    | (Binder::Product, Node::Product(_, _, from, to, condition))
                        if matches!(store.node(*condition), Node::Truth(true)) =>
                    {
                        vec![*from, *to]
                    }
                    _ => return false,
                };
                if !outer
                    .iter()
                    .zip(&ends)
                    .all(|(part, end)| part.unify(store, *end, substitution))
                {
                    return false;
                }
                let Some((symbol, scope)) = store.open_fresh(term) else {
                    return false;
                };
                let name = store.add_node(Node::Symbol(symbol));
                if let Some(place) = substitution.get_mut(*variable) {
                    *place = Some(name);
                }
                body.unify(store, scope[0], substitution)
            }
            Pattern::At(..) => false,
        }
    }

    /// The term that the pattern becomes; built with the store's builders (sums and products are
    /// flat, the negative of a number is a number). `None` where a variable stands for nothing.
    pub fn fill(&self, store: &mut Store, substitution: &[TermId]) -> Option<TermId> {
        Some(match self {
            Pattern::Variable(number) => *substitution.get(*number)?,
            Pattern::Number(value) => store.number(value.clone()),
            Pattern::Constant(constant) => store.constant(*constant),
            Pattern::Function(function, parts) => {
                let parts = fill_all(store, parts, substitution)?;
                store.function(*function, &parts)
            }
            Pattern::Sum(parts) => {
                let parts = fill_all(store, parts, substitution)?;
                store.add(&parts)
            }
            Pattern::Product(parts) => {
                let parts = fill_all(store, parts, substitution)?;
                store.mul(&parts)
            }
            Pattern::Negative(a) => {
                let a = a.fill(store, substitution)?;
                store.neg(a)
            }
            Pattern::Power(a, b) => {
                let a = a.fill(store, substitution)?;
                let b = b.fill(store, substitution)?;
                store.pow(a, b)
            }
            Pattern::Binder(kind, body, variable, outer) => {
                let symbol = symbol_of(store, *substitution.get(*variable)?)?;
                let body = body.fill(store, substitution)?;
                let outer = fill_all(store, outer, substitution)?;
                let truth = store.add_node(Node::Truth(true));
                let end = |place: usize| outer.get(place).copied().unwrap_or(truth);
                let (first, second) = (end(0), end(1));
                match kind {
                    Binder::Sum | Binder::Product => store.bind(symbol, &[body, truth], |scope| {
                        if *kind == Binder::Sum {
                            Node::Sum(0, scope[0], first, second, scope[1])
                        } else {
                            Node::Product(0, scope[0], first, second, scope[1])
                        }
                    }),
                    _ => store.bind(symbol, &[body], |scope| match kind {
                        Binder::Outcomes => Node::Outcomes(0, scope[0]),
                        Binder::Derivative => Node::Derivative(0, scope[0], first),
                        Binder::Antiderivative => Node::Antiderivative(0, scope[0], first),
                        Binder::Limit => Node::Limit(0, scope[0], first, Direction::Both),
                        _ => Node::Integral(0, scope[0], first, second),
                    }),
                }
            }
            Pattern::At(body, variable, at) => {
                let symbol = symbol_of(store, *substitution.get(*variable)?)?;
                let body = body.fill(store, substitution)?;
                let at = at.fill(store, substitution)?;
                store.substitute(body, symbol, at)
            }
        })
    }

    /// The term of a relation between two patterns.
    pub fn relate(
        store: &mut Store,
        relation: Relation,
        a: &Pattern,
        b: &Pattern,
        substitution: &[TermId],
    ) -> Option<TermId> {
        let a = a.fill(store, substitution)?;
        let b = b.fill(store, substitution)?;
        Some(store.relation(relation, a, b))
    }
}

/// The symbol that a term is.
pub fn symbol_of(store: &Store, term: TermId) -> Option<Symbol> {
    match store.node(term) {
        Node::Symbol(symbol) => Some(*symbol),
        _ => None,
    }
}

fn fill_all(store: &mut Store, parts: &[Pattern], substitution: &[TermId]) -> Option<Vec<TermId>> {
    parts
        .iter()
        .map(|part| part.fill(store, substitution))
        .collect()
}

fn children_of(store: &Store, term: TermId, sum: bool) -> Option<Vec<TermId>> {
    match store.node(term) {
        Node::Add(xs) if sum => Some(xs.to_vec()),
        Node::Mul(xs) if !sum => Some(xs.to_vec()),
        _ => None,
    }
}

/// Matches the parts of a sum or product with its terms; what remains is the rest, which only
/// `partial` allows if the pattern has no open variable to take it.
fn unify_parts(
    store: &mut Store,
    parts: &[Pattern],
    children: &[TermId],
    sum: bool,
    partial: bool,
    substitution: &mut Substitution,
) -> Option<Vec<TermId>> {
    // The last open variable takes what remains.
    let taker = parts.iter().rposition(
        |part| matches!(part, Pattern::Variable(n) if substitution.get(*n) == Some(&None)),
    );
    let order: Vec<&Pattern> = {
        let open = |part: &Pattern| matches!(part, Pattern::Variable(_));
        let kept = |place: &usize| Some(*place) != taker;
        let closed = (0..parts.len())
            .filter(kept)
            .filter(|p| !open(&parts[*p]) || parts[*p].fixed(substitution));
        let loose = (0..parts.len())
            .filter(kept)
            .filter(|p| open(&parts[*p]) && !parts[*p].fixed(substitution));
        closed.chain(loose).map(|place| &parts[place]).collect()
    };
    let mut used = vec![false; children.len()];
    if !assign(store, &order, children, &mut used, substitution) {
        return None;
    }
    let rest: Vec<TermId> = children
        .iter()
        .zip(&used)
        .filter(|(_, used)| !**used)
        .map(|(child, _)| *child)
        .collect();
    let Some(taker) = taker else {
        return (rest.is_empty() || partial).then_some(rest);
    };
    if rest.is_empty() {
        return None;
    }
    let rest = if sum {
        store.add(&rest)
    } else {
        store.mul(&rest)
    };
    parts[taker].unify(store, rest, substitution).then(Vec::new)
}

fn assign(
    store: &mut Store,
    order: &[&Pattern],
    children: &[TermId],
    used: &mut [bool],
    substitution: &mut Substitution,
) -> bool {
    let Some((first, others)) = order.split_first() else {
        return true;
    };
    for place in 0..children.len() {
        if used[place] {
            continue;
        }
        let saved = substitution.clone();
        used[place] = true;
        if first.unify(store, children[place], substitution)
            && assign(store, others, children, used, substitution)
        {
            return true;
        }
        used[place] = false;
        *substitution = saved;
    }
    false
}
