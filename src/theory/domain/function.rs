//! What known functions need of their arguments.

use super::collect::Collector;
use crate::term::{Function, Node, Relation, Store, TermId};

impl Collector<'_> {
    pub(super) fn function(&mut self, store: &mut Store, function: Function, arguments: &[TermId]) {
        if matches!(
            function,
            Function::Indicator | Function::Probability | Function::ConditionalProbability
        ) {
            // Statements: what is undefined in them is merely not true.
            self.complete &= function == Function::Indicator;
            return;
        }
        for argument in arguments {
            self.visit(store, *argument);
        }
        match *arguments {
            [u] => self.unary(store, function, u),
            [a, u] if function == Function::Root => self.root(store, a, u),
            [b, u] if function == Function::LogBase => {
                let one = store.integer(1);
                let away = store.sub(b, one);
                self.require_sign(store, b, true);
                self.require_nonzero(store, away);
                self.require_sign(store, u, true);
            }
            _ => self.other(function),
        }
    }

    fn root(&mut self, store: &mut Store, index: TermId, radicand: TermId) {
        match store.node(index) {
            Node::Number(n) if n.is_integer() && n.signum() > 0 => {
                if n.numerator().bit(0) {
                    return;
                }
                self.require_sign(store, radicand, false);
            }
            _ => self.complete = false,
        }
    }

    fn unary(&mut self, store: &mut Store, function: Function, u: TermId) {
        let one = store.integer(1);
        let minus_one = store.integer(-1);
        match function {
            Function::Log => self.require_sign(store, u, true),
            Function::Tan | Function::Sec => {
                let cos = store.function(Function::Cos, &[u]);
                self.require_nonzero(store, cos);
            }
            Function::Cot | Function::Csc => {
                let sin = store.function(Function::Sin, &[u]);
                self.require_nonzero(store, sin);
            }
            Function::Coth | Function::Csch | Function::Arcsch => self.require_nonzero(store, u),
            Function::Arcsin | Function::Arccos => {
                self.require_less(store, minus_one, u, false);
                self.require_less(store, u, one, false);
            }
            Function::Artanh => {
                self.require_less(store, minus_one, u, true);
                self.require_less(store, u, one, true);
            }
            Function::Arcosh => self.require_less(store, one, u, false),
            Function::Arsech => {
                self.require_sign(store, u, true);
                self.require_less(store, u, one, false);
            }
            Function::Arcsec | Function::Arccsc | Function::Arcoth => {
                let size = store.function(Function::Abs, &[u]);
                let strict = function == Function::Arcoth;
                self.require_less(store, one, size, strict);
            }
            Function::Factorial => {
                if !self.is_natural(store, u) {
                    let naturals = store.add_node(Node::Naturals);
                    let natural = store.add_node(Node::Element(u, naturals));
                    self.require(natural);
                }
            }
            Function::Gamma => {
                let zero = store.integer(0);
                let integers = store.add_node(Node::Integers);
                let integral = store.add_node(Node::Element(u, integers));
                let off = store.add_node(Node::Not(integral));
                let positive = store.relation(Relation::Less, zero, u);
                match store.node(u) {
                    Node::Number(c) if c.signum() > 0 || !c.is_integer() => {}
                    _ => {
                        let either = store.add_node(Node::Or([positive, off].into()));
                        self.require(either);
                    }
                }
            }
            _ => self.other(function),
        }
    }

    fn is_natural(&self, store: &Store, u: TermId) -> bool {
        matches!(self.kind(store, u), Some(crate::term::Sort::Natural))
    }

    /// Functions that are defined everywhere, and those of which it is not said here.
    fn other(&mut self, function: Function) {
        let total = matches!(
            function,
            Function::Sin
                | Function::Cos
                | Function::Arctan
                | Function::Arccot
                | Function::Sinh
                | Function::Cosh
                | Function::Tanh
                | Function::Sech
                | Function::Arsinh
                | Function::Sigmoid
                | Function::Softmax
                | Function::Relu
                | Function::Softplus
                | Function::Abs
                | Function::Signum
                | Function::Floor
                | Function::Ceiling
                | Function::Max
                | Function::Min
                | Function::Norm
                | Function::Transpose
                | Function::Trace
                | Function::Determinant
                | Function::Diagonal
                | Function::Identity
                | Function::Ones
                | Function::Vectorized
                | Function::Kronecker
                | Function::Hadamard
                | Function::KroneckerDelta
                | Function::Expectation
                | Function::Variance
                | Function::Covariance
        );
        self.complete &= total;
    }
}
