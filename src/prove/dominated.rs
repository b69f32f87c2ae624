//! Dominated convergence: the test `dominated(f, x, w)` of the rule by which E and ∂ change places.

use super::engine::Engine;
use super::pattern::symbol_of;
use crate::term::{Constant, Function, Node, Symbol, TermId};

/// Whether the difference quotients of f in x have, where its mean is defined around a point, the
/// mean of the derivative for their limit. So it is where f is
/// - a finite sum of products of a function of x and one of the outcome w: the derivative is a
///   linear combination of values of f;
/// - the same with factors e^(x Y + Z), which have a mean between two places where they have one,
///   or x^Y instead, where no function of x is unknown: one that vanishes on one side of p and is
///   flat there may hide that the others have no mean;
/// - made of polynomials in random symbols and of functions that grow no faster than linearly, and
///   have a bounded slope: the derivative is at most a polynomial in random symbols.
pub fn dominated(engine: &mut Engine, f: TermId, x: TermId, w: TermId) -> bool {
    let (Some(symbol), Some(outcome)) = (symbol_of(engine.store, x), symbol_of(engine.store, w))
    else {
        return false;
    };
    let mut test = Dominated {
        engine,
        x,
        symbol,
        outcome,
        fuel: 2_000,
        exponential: false,
        power: false,
    };
    if test.expands(f) {
        let fine = match (test.exponential, test.power) {
            (true, true) => false,
            (false, false) => true,
            _ => test.is_known(f),
        };
        if fine {
            return true;
        }
    }
    test.fuel = 2_000;
    test.tame(f)
}

struct Dominated<'e, 'a> {
    engine: &'e mut Engine<'a>,
    x: TermId,
    symbol: Symbol,
    outcome: Symbol,
    fuel: u32,
    /// Whether there is a random exponent with x in it, and a power of x with one.
    exponential: bool,
    power: bool,
}

impl Dominated<'_, '_> {
    fn moves(&self, term: TermId) -> bool {
        self.engine.store.mentions(term, self.symbol)
    }

    fn random(&self, term: TermId) -> bool {
        self.engine.store.mentions(term, self.outcome)
    }

    fn parted(&self, term: TermId) -> bool {
        !self.moves(term) || !self.random(term)
    }

    fn node(&mut self, term: TermId) -> Option<Node> {
        self.fuel = self.fuel.checked_sub(1)?;
        Some(self.engine.store.node(term).clone())
    }

    fn is_natural(&self, term: TermId) -> bool {
        matches!(self.engine.store.node(term), Node::Number(n) if n.is_integer() && n.signum() >= 0)
    }

    /// Whether no unknown function of x is in the term.
    fn is_known(&mut self, term: TermId) -> bool {
        if !self.moves(term) {
            return true;
        }
        let Some(node) = self.node(term) else {
            return false;
        };
        let mut known = !matches!(node, Node::Call(..) | Node::Member(..));
        node.for_each_child(|part| known = known && self.is_known(part));
        known
    }

    /// The body of a finite sum whose range stays as it is.
    fn summed(&mut self, sum: TermId, ends: [TermId; 3]) -> Option<TermId> {
        let held = |this: &Self, part: TermId| !this.moves(part) && !this.random(part);
        let [from, to, _] = ends;
        if !ends.iter().all(|part| held(self, *part))
            || !self.engine.is_integer(from)
            || !self.engine.is_integer(to)
        {
            return None;
        }
        let (_, scope) = self.engine.store.open_fresh(sum)?;
        scope.first().copied()
    }

    fn expands(&mut self, f: TermId) -> bool {
        if self.parted(f) {
            return true;
        }
        match self.node(f) {
            Some(Node::Add(parts) | Node::Mul(parts)) => parts.iter().all(|p| self.expands(*p)),
            Some(Node::Pow(base, exponent)) => {
                if matches!(self.engine.store.node(base), Node::Constant(Constant::E)) {
                    self.exponential = true;
                    return self.is_steady(exponent);
                }
                if base == self.x && !self.moves(exponent) {
                    self.power = true;
                    return true;
                }
                !self.moves(exponent)
                    && !self.random(exponent)
                    && (self.is_natural(exponent) && self.expands(base) || self.separates(base))
            }
            Some(Node::Function(Function::Log | Function::Abs | Function::Root, arguments)) => {
                arguments.iter().all(|u| self.separates(*u))
            }
            Some(Node::Sum(_, _, from, to, condition)) => self
                .summed(f, [from, to, condition])
                .is_some_and(|body| self.expands(body)),
            _ => false,
        }
    }

    /// Whether the term is a product of functions of x and functions of the outcome.
    fn separates(&mut self, term: TermId) -> bool {
        self.parted(term)
            || matches!(self.node(term), Some(Node::Mul(parts))
                if parts.iter().all(|part| self.parted(*part)))
    }

    /// Whether the exponent is x Y + Z but for what is not random.
    fn is_steady(&mut self, term: TermId) -> bool {
        if self.parted(term) {
            return true;
        }
        match self.node(term) {
            Some(Node::Add(parts)) => parts.iter().all(|part| self.is_steady(*part)),
            Some(Node::Mul(parts)) => {
                let (moving, still): (Vec<TermId>, Vec<TermId>) =
                    parts.iter().partition(|part| self.moves(**part));
                let [moving] = moving.as_slice() else {
                    return false;
                };
                self.is_linear(*moving)
                    || still.iter().all(|c| !self.random(*c)) && self.is_steady(*moving)
            }
            Some(Node::Pow(base, exponent)) => {
                let two = self.engine.store.integer(2);
                exponent == two && self.is_shifted(base)
            }
            _ => false,
        }
    }

    /// Whether the term is linear in x.
    fn is_linear(&mut self, term: TermId) -> bool {
        if term == self.x || !self.moves(term) {
            return true;
        }
        match self.node(term) {
            Some(Node::Add(parts)) => parts.iter().all(|part| self.is_linear(*part)),
            Some(Node::Mul(parts)) => {
                let moving: Vec<TermId> =
                    parts.iter().copied().filter(|p| self.moves(*p)).collect();
                moving.len() == 1 && moving.iter().all(|part| self.is_linear(*part))
            }
            _ => false,
        }
    }

    /// Whether the term is linear in x with a slope that is not random.
    fn is_shifted(&mut self, term: TermId) -> bool {
        let parts = match self.node(term) {
            Some(Node::Add(parts)) => parts.to_vec(),
            _ => vec![term],
        };
        parts
            .iter()
            .all(|part| !self.moves(*part) || !self.random(*part) && self.is_linear(*part))
    }

    fn tame(&mut self, f: TermId) -> bool {
        if !self.random(f) {
            return true;
        }
        match self.node(f) {
            Some(Node::Member(..)) => !self.moves(f),
            Some(Node::Add(parts) | Node::Mul(parts)) => parts.iter().all(|p| self.tame(*p)),
            Some(Node::Pow(base, exponent)) => self.is_natural(exponent) && self.tame(base),
            Some(Node::Function(function, arguments)) => match (function, &*arguments) {
                (
                    Function::Sin
                    | Function::Cos
                    | Function::Tanh
                    | Function::Sigmoid
                    | Function::Softplus
                    | Function::Arctan
                    | Function::Arsinh,
                    [u],
                ) => self.tame(*u),
                (Function::Log, [u]) => match self.node(*u) {
                    Some(Node::Function(Function::Sigmoid, inner)) => {
                        inner.iter().all(|u| self.tame(*u))
                    }
                    _ => false,
                },
                (Function::Abs, [u]) => !self.moves(*u) && self.tame(*u),
                _ => false,
            },
            Some(Node::Sum(_, _, from, to, condition)) => self
                .summed(f, [from, to, condition])
                .is_some_and(|body| self.tame(body)),
            _ => false,
        }
    }
}
