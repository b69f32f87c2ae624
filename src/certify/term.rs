//! Terms as they are written down.

use std::collections::BTreeMap;

use hence_checker::wire::Term;

use crate::term::{Constant, Direction, Function, Node, Quality, Relation, Store, Symbol, TermId};

/// The terms and names of one certificate.
pub(super) struct Terms<'a> {
    pub(super) store: &'a Store,
    pub(super) names: Vec<String>,
    pub(super) terms: Vec<Term>,
    symbols: BTreeMap<Symbol, u32>,
    places: BTreeMap<TermId, u32>,
}

fn place(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl<'a> Terms<'a> {
    pub(super) fn new(store: &'a Store) -> Self {
        Terms {
            store,
            names: Vec::new(),
            terms: Vec::new(),
            symbols: BTreeMap::new(),
            places: BTreeMap::new(),
        }
    }

    /// The place of a symbol.
    pub(super) fn symbol(&mut self, symbol: Symbol) -> u32 {
        if let Some(known) = self.symbols.get(&symbol) {
            return *known;
        }
        let number = place(self.names.len());
        self.names.push(self.store.name(symbol).to_owned());
        self.symbols.insert(symbol, number);
        number
    }

    /// The place of a symbol that was written.
    pub(super) fn known(&self, symbol: Symbol) -> Option<u32> {
        self.symbols.get(&symbol).copied()
    }

    /// A symbol that stands nowhere else.
    pub(super) fn fresh(&mut self) -> u32 {
        let number = place(self.names.len());
        self.names.push(format!("#{number}"));
        number
    }

    /// The place of a term that is none of the store.
    pub(super) fn plain(&mut self, op: &str, name: &str, data: Vec<u32>, args: Vec<u32>) -> u32 {
        let term = Term {
            op: op.to_owned(),
            name: name.to_owned(),
            data,
            args,
        };
        let number = place(self.terms.len());
        self.terms.push(term);
        number
    }

    /// The place of the statement that is true everywhere.
    pub(super) fn truth(&mut self) -> u32 {
        let truth = Term {
            op: "truth".to_owned(),
            data: vec![1],
            ..Term::default()
        };
        if let Some(known) = self.terms.iter().position(|term| *term == truth) {
            return place(known);
        }
        self.terms.push(truth);
        place(self.terms.len() - 1)
    }

    /// The place of a term, written with all below it.
    pub(super) fn term(&mut self, term: TermId) -> u32 {
        if let Some(known) = self.places.get(&term) {
            return *known;
        }
        let node = self.store.node(term).clone();
        let mut children = Vec::new();
        node.for_each_child(|child| children.push(child));
        let args = children.into_iter().map(|child| self.term(child)).collect();
        let (op, name, data) = self.head(&node);
        let number = place(self.terms.len());
        self.terms.push(Term {
            op: op.to_owned(),
            name,
            data,
            args,
        });
        self.places.insert(term, number);
        number
    }

    fn head(&mut self, node: &Node) -> (&'static str, String, Vec<u32>) {
        let plain = |op| (op, String::new(), Vec::new());
        let with = |op, data| (op, String::new(), data);
        let named = |op, name: &str| (op, name.to_owned(), Vec::new());
        match node {
            Node::Number(value) => named("number", &value.to_big().to_string()),
            Node::Constant(constant) => named(
                "constant",
                match constant {
                    Constant::E => "e",
                    Constant::Pi => "pi",
                    Constant::Infinity => "infinity",
                    Constant::ImaginaryUnit => "imaginary-unit",
                },
            ),
            Node::Symbol(symbol) => with("symbol", vec![self.symbol(*symbol)]),
            Node::Member(symbol, _) => with("member", vec![self.symbol(*symbol)]),
            Node::Call(symbol, orders, _) => {
                let mut data = vec![self.symbol(*symbol)];
                data.extend_from_slice(orders);
                with("call", data)
            }
            Node::Function(function, _) => named("function", &function_name(*function)),
            Node::Add(_) => plain("add"),
            Node::Mul(_) => plain("mul"),
            Node::Pow(..) => plain("pow"),
            Node::Bound(number) => with("bound", vec![*number]),
            Node::Derivative(number, ..) => with("derivative", vec![*number]),
            Node::Integral(number, ..) => with("integral", vec![*number]),
            Node::Antiderivative(number, ..) => with("antiderivative", vec![*number]),
            Node::Limit(number, _, _, direction) => {
                let side = match direction {
                    Direction::Both => "both",
                    Direction::Below => "below",
                    Direction::Above => "above",
                };
                ("limit", side.to_owned(), vec![*number])
            }
            Node::Sum(number, ..) => with("sum", vec![*number]),
            Node::Product(number, ..) => with("product", vec![*number]),
            Node::Extremum(number, .., maximum) => {
                with("extremum", vec![*number, u32::from(*maximum)])
            }
            Node::Gradient(number, _, _, order) => with("gradient", vec![*number, *order]),
            Node::Matrix(rows, columns, _) => with("matrix", vec![*rows, *columns]),
            Node::Piecewise(_) => plain("piecewise"),
            Node::Truth(value) => with("truth", vec![u32::from(*value)]),
            Node::Relation(Relation::Equal, ..) => plain("="),
            Node::Relation(Relation::NotEqual, ..) => plain("≠"),
            Node::Relation(Relation::Less, ..) => plain("<"),
            Node::Relation(Relation::LessEqual, ..) => plain("≤"),
            Node::Element(..) => plain("∈"),
            Node::Has(quality, _) => named("has", quality_name(*quality)),
            Node::And(_) => plain("and"),
            Node::Or(_) => plain("or"),
            Node::Not(_) => plain("not"),
            Node::Outcomes(number, _) => with("outcomes", vec![*number]),
            Node::ForAll(number, ..) => with("for-all", vec![*number]),
            Node::Finite(_) => plain("finite"),
            Node::Interval(_, _, left, right) => {
                with("interval", vec![u32::from(*left), u32::from(*right)])
            }
            Node::Range(..) => plain("range"),
            Node::Reals => plain("reals"),
            Node::Integers => plain("integers"),
            Node::Naturals => plain("naturals"),
        }
    }
}

/// The word of a quality.
fn quality_name(quality: Quality) -> &'static str {
    match quality {
        Quality::Symmetric => "symmetric",
        Quality::SkewSymmetric => "skew-symmetric",
        Quality::Orthogonal => "orthogonal",
        Quality::Diagonal => "diagonal",
        Quality::UpperTriangular => "upper-triangular",
        Quality::LowerTriangular => "lower-triangular",
        Quality::Triangular => "triangular",
        Quality::PositiveDefinite => "positive-definite",
        Quality::PositiveSemidefinite => "positive-semidefinite",
        Quality::Idempotent => "idempotent",
        Quality::Invertible => "invertible",
    }
}

/// The name of a function: as in the rules, otherwise in lower case.
pub(super) fn function_name(function: Function) -> String {
    match function {
        Function::Signum => "sgn".to_owned(),
        Function::KroneckerDelta => "delta".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}
