//! Hash-consed terms: heads and children. Every recursion over terms is bounded by [`DEPTH`], every
//! table by [`SIZE`].

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::table::function::{MATRICES, known};

pub use crate::arithmetic::rational::Q;

/// What a check gives: a value, or why not.
pub type Check<T> = Result<T, String>;

const DEPTH: u32 = 400;
const SIZE: usize = 400_000;
const BINDERS: u32 = 60;

/// A term of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(u32);

/// Binders; the first child is the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is the binder of that name")]
pub enum Binder {
    Derivative,
    Integral,
    Antiderivative,
    /// 0: both sides, 1: from below, 2: from above
    Limit(u8),
    Sum,
    Product,
    /// Whether it is the largest value.
    Extremum(bool),
    ForAll,
    /// A random variable or event: what the body is at each outcome.
    Outcomes,
    /// By a vector or matrix: the gradient or Jacobian (1), or the Hessian (2), at a point.
    Gradient(u8),
}

/// The head of a term.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the page of certificates says what each is")]
pub enum Head {
    Number(Q),
    Constant(&'static str),
    Symbol(u32),
    Member(u32),
    Call(u32, Vec<u32>),
    Function(&'static str),
    Add,
    Mul,
    Pow,
    Bound(u32),
    Binder(Binder, u32),
    Piecewise,
    Truth(bool),
    Equal,
    NotEqual,
    Less,
    LessEqual,
    In,
    /// The matrix has the quality of that name.
    Has(&'static str),
    /// Rows, columns; the children are the entries by rows.
    Matrix(u32, u32),
    And,
    Or,
    Not,
    Finite,
    Interval(bool, bool),
    Range,
    Reals,
    Integers,
    Naturals,
}

/// A term: head and children.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// The head.
    pub head: Head,
    /// The children.
    pub args: Vec<Id>,
}

#[derive(Clone, Copy, Debug)]
struct Facts {
    depth: u32,
    height: u32,
    dangling: u64,
    /// A bit for each symbol (families and functions too), by its number's last six digits.
    symbols: u64,
    infinite: bool,
    /// Whether a vector or matrix stands in it, or what is made of one.
    strange: bool,
}

/// The terms of one certificate.
#[derive(Debug, Default)]
pub struct Terms {
    nodes: Vec<Node>,
    facts: Vec<Facts>,
    places: FxHashMap<Node, Id>,
    /// How many symbols there are.
    symbols: u32,
    /// Symbols and families that are vectors or matrices.
    pub(crate) matrices: BTreeSet<u32>,
    /// Work that may still be done.
    fuel: u64,
}

impl Node {
    /// Whether the child of that place lies within the binder's scope.
    pub fn in_scope(&self, place: usize) -> bool {
        match self.head {
            Head::Binder(Binder::Sum | Binder::Product, _) => place == 0 || place == 3,
            Head::Binder(..) => place == 0,
            _ => false,
        }
    }
}

impl Terms {
    /// No terms yet; so many symbols, so much work allowed.
    pub fn new(symbols: u32, fuel: u64) -> Self {
        Terms {
            symbols,
            fuel,
            ..Terms::default()
        }
    }

    /// The node of a term.
    pub fn node(&self, id: Id) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The head of a term.
    pub fn head(&self, id: Id) -> &Head {
        &self.node(id).head
    }

    /// The children of a term.
    pub fn args(&self, id: Id) -> &[Id] {
        &self.node(id).args
    }

    /// The highest number of a binder in it.
    pub fn height(&self, id: Id) -> u32 {
        self.facts[id.0 as usize].height
    }

    /// The bound variables without a binder in it, a bit each.
    pub fn dangling(&self, id: Id) -> u64 {
        self.facts[id.0 as usize].dangling
    }

    /// Whether neither a symbol nor a binder stands in it.
    pub fn is_closed(&self, id: Id) -> bool {
        let facts = self.facts[id.0 as usize];
        facts.symbols == 0 && facts.height == 0
    }

    /// Whether ∞ stands in it.
    pub fn is_infinite(&self, id: Id) -> bool {
        self.facts[id.0 as usize].infinite
    }

    /// Whether a vector or matrix stands in it: then it is for the theory of matrices alone.
    pub fn is_strange(&self, id: Id) -> bool {
        self.facts[id.0 as usize].strange
    }

    /// Takes note of work; an error where there was too much.
    pub fn spend(&mut self, work: u64) -> Check<()> {
        self.fuel = self.fuel.checked_sub(work).ok_or("too much work")?;
        Ok(())
    }

    /// The term of that head and these children, as they are.
    pub fn add(&mut self, head: Head, args: Vec<Id>) -> Check<Id> {
        let node = Node { head, args };
        if let Some(id) = self.places.get(&node) {
            return Ok(*id);
        }
        if self.nodes.len() >= SIZE {
            return Err("too many terms".to_owned());
        }
        let mut facts = Facts {
            depth: 1,
            height: 0,
            dangling: 0,
            symbols: match node.head {
                Head::Symbol(s) | Head::Member(s) | Head::Call(s, _) => 1 << (s % 64),
                _ => 0,
            },
            infinite: node.head == Head::Constant("infinity"),
            strange: match &node.head {
                Head::Symbol(s) | Head::Member(s) | Head::Call(s, _) => self.matrices.contains(s),
                Head::Function(name) => known(MATRICES, name).is_some(),
                Head::Has(_) | Head::Matrix(..) | Head::Binder(Binder::Gradient(_), _) => true,
                _ => false,
            },
        };
        let own = match node.head {
            Head::Bound(n) | Head::Binder(_, n) => {
                if n > BINDERS {
                    return Err("binders nested too deeply".to_owned());
                }
                1u64 << n
            }
            _ => 0,
        };
        for (place, arg) in node.args.iter().enumerate() {
            let inner = self.facts[arg.0 as usize];
            facts.depth = facts.depth.max(inner.depth + 1);
            facts.height = facts.height.max(inner.height);
            facts.symbols |= inner.symbols;
            facts.infinite |= inner.infinite;
            facts.strange |= inner.strange;
            facts.dangling |= if node.in_scope(place) {
                inner.dangling & !own
            } else {
                inner.dangling
            };
        }
        match node.head {
            Head::Bound(_) => facts.dangling = own,
            Head::Binder(_, n) => {
                let scope = (0..node.args.len()).filter(|place| node.in_scope(*place));
                let inner = scope.map(|place| self.height(node.args[place])).max();
                if n != inner.unwrap_or(0) + 1 {
                    return Err("a binder's number is not one more than those within".to_owned());
                }
                facts.height = facts.height.max(n);
            }
            _ => {}
        }
        if facts.depth > DEPTH {
            return Err("a term nested too deeply".to_owned());
        }
        let id = Id(u32::try_from(self.nodes.len()).map_err(|_| "too many terms")?);
        self.places.insert(node.clone(), id);
        self.nodes.push(node);
        self.facts.push(facts);
        Ok(id)
    }

    /// A number.
    pub fn number(&mut self, value: Q) -> Check<Id> {
        self.add(Head::Number(value), Vec::new())
    }

    /// An integer.
    pub fn integer(&mut self, value: i64) -> Check<Id> {
        self.number(Q::from(value))
    }

    /// The value of a number.
    pub fn value(&self, id: Id) -> Option<&Q> {
        match self.head(id) {
            Head::Number(value) => Some(value),
            _ => None,
        }
    }

    /// A flat sum (or product): nothing else is simplified.
    pub fn flat(&mut self, head: Head, parts: &[Id]) -> Check<Id> {
        let mut all = Vec::new();
        for part in parts {
            if *self.head(*part) == head {
                all.extend_from_slice(self.args(*part));
            } else {
                all.push(*part);
            }
        }
        match all.as_slice() {
            [] => self.integer(i64::from(head == Head::Mul)),
            [one] => Ok(*one),
            _ => self.add(head, all),
        }
    }

    /// `−a`; of a number, the negative number.
    pub fn negative(&mut self, a: Id) -> Check<Id> {
        if let Some(value) = self.value(a) {
            let value = -value.clone();
            return self.number(value);
        }
        let minus = self.integer(-1)?;
        self.flat(Head::Mul, &[minus, a])
    }

    /// `a − b`
    pub fn minus(&mut self, a: Id, b: Id) -> Check<Id> {
        let b = self.negative(b)?;
        self.flat(Head::Add, &[a, b])
    }

    /// A node with other children; sums and products become flat.
    pub fn with(&mut self, head: &Head, args: Vec<Id>) -> Check<Id> {
        match head {
            Head::Add | Head::Mul => self.flat(head.clone(), &args),
            _ => self.add(head.clone(), args),
        }
    }

    /// A symbol that stands nowhere else.
    pub fn fresh(&mut self) -> Check<(u32, Id)> {
        let symbol = self.symbols;
        self.symbols = symbol.checked_add(1).ok_or("too many symbols")?;
        Ok((symbol, self.add(Head::Symbol(symbol), Vec::new())?))
    }

    /// The same, of a vector or matrix.
    pub fn fresh_matrix(&mut self) -> Check<(u32, Id)> {
        self.matrices.insert(self.symbols);
        self.fresh()
    }

    /// Whether the symbol stands in the term (also as a family or function).
    pub fn mentions(&self, term: Id, symbol: u32) -> bool {
        if self.facts[term.0 as usize].symbols >> (symbol % 64) & 1 == 0 {
            return false;
        }
        // Exact where there are no more than 64 symbols.
        self.symbols <= 64
            || self
                .subterms(term, |_, _| true)
                .iter()
                .any(|t| match self.head(*t) {
                    Head::Symbol(s) | Head::Member(s) | Head::Call(s, _) => *s == symbol,
                    _ => false,
                })
    }

    /// The subterms of a term, itself first, each once; below those alone that `into` lets through
    /// (it sees the node and the place of the child).
    pub fn subterms(&self, term: Id, into: impl Fn(&Node, usize) -> bool) -> Vec<Id> {
        let mut found = vec![term];
        let mut seen = FxHashSet::from_iter([term]);
        let mut next = 0;
        while let Some(id) = found.get(next).copied() {
            next += 1;
            let node = self.node(id);
            for (place, arg) in node.args.iter().enumerate() {
                if into(node, place) && seen.insert(*arg) {
                    found.push(*arg);
                }
            }
        }
        found
    }
}
