//! Takes: a term. Gives: one line of Unicode as a student reads it, with as few brackets as the precedence of CONTRACT §2 allows.
//! Never: changes the term, or prints more than a few thousand nodes (`…` stands for the rest).
//! Start reading at: `print`, then `Printer::term`.

mod binder;
mod product;
mod word;

use super::function::{Constant, Function};
use super::node::{Node, Relation, TermId};
use super::store::Store;
use super::symbol::Symbol;
use word::{function_word, script, superscript};

/// How tightly a place binds; a term that binds less tightly is put in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Relation,
    Sum,
    Product,
    Factor,
    Power,
    Atom,
}

/// Nodes printed before `…` stands for the rest.
const NODES: usize = 3000;
/// Nesting printed before `…` stands for the rest.
const DEPTH: usize = 200;

/// The term in Unicode.
#[must_use]
pub fn print(store: &Store, term: TermId) -> String {
    let mut printer = Printer {
        store,
        bound: Vec::new(),
        nodes: 0,
        depth: 0,
    };
    printer.at(term, Level::Or)
}

/// The name of a symbol as it is shown: without what tells families apart, and a name that was
/// made up without its number.
#[must_use]
pub fn print_symbol(store: &Store, symbol: Symbol) -> String {
    let name = store.name(symbol);
    let name = name.split_once('|').map_or(name, |(base, _)| base);
    name.split_once('#')
        .map_or(name, |(base, _)| base)
        .to_owned()
}

struct Printer<'a> {
    store: &'a Store,
    /// Names of the binders around, by number, the innermost last.
    bound: Vec<(u32, String)>,
    nodes: usize,
    depth: usize,
}

impl Printer<'_> {
    /// The term, in brackets if it binds less tightly than its place.
    fn at(&mut self, term: TermId, place: Level) -> String {
        let (text, level) = self.bare(term);
        if level < place {
            format!("({text})")
        } else {
            text
        }
    }

    /// The term without brackets around it, and how tightly it binds.
    fn bare(&mut self, term: TermId) -> (String, Level) {
        self.nodes += 1;
        if self.nodes > NODES || self.depth > DEPTH {
            return ("…".to_owned(), Level::Atom);
        }
        self.depth += 1;
        let shown = self.term(term);
        self.depth -= 1;
        shown
    }

    fn list(&mut self, terms: &[TermId]) -> String {
        let parts: Vec<String> = terms.iter().map(|t| self.at(*t, Level::Or)).collect();
        parts.join(", ")
    }

    fn term(&mut self, term: TermId) -> (String, Level) {
        let store = self.store;
        match store.node(term) {
            Node::Number(value) => {
                let level = if value.signum() < 0 {
                    Level::Sum
                } else if value.is_integer() {
                    Level::Atom
                } else {
                    Level::Product
                };
                (value.to_string().replace('-', "−"), level)
            }
            Node::Constant(constant) => (
                match constant {
                    Constant::E => "e",
                    Constant::Pi => "π",
                    Constant::Infinity => "∞",
                    Constant::ImaginaryUnit => "i",
                }
                .to_owned(),
                Level::Atom,
            ),
            Node::Symbol(symbol) => (print_symbol(store, *symbol), Level::Atom),
            Node::Bound(number) => (self.bound_name(*number), Level::Atom),
            Node::Member(symbol, indices) => (self.member(*symbol, indices), Level::Atom),
            Node::Call(symbol, orders, arguments) => {
                (self.call(*symbol, orders, arguments), Level::Atom)
            }
            Node::Function(function, arguments) => self.function(*function, arguments),
            Node::Add(terms) => (self.sum(terms), Level::Sum),
            Node::Mul(_) | Node::Pow(..) => self.product(term),
            Node::Derivative(..)
            | Node::Integral(..)
            | Node::Antiderivative(..)
            | Node::Limit(..)
            | Node::Sum(..)
            | Node::Product(..)
            | Node::Extremum(..)
            | Node::Gradient(..)
            | Node::Outcomes(..)
            | Node::ForAll(..) => self.binder(term),
            Node::Matrix(_, columns, entries) => {
                let columns = (*columns as usize).max(1);
                let rows: Vec<String> = entries.chunks(columns).map(|row| self.list(row)).collect();
                (format!("[{}]", rows.join("; ")), Level::Atom)
            }
            Node::Piecewise(parts) => (self.piecewise(parts), Level::Atom),
            Node::Truth(true) => ("true".to_owned(), Level::Atom),
            Node::Truth(false) => ("false".to_owned(), Level::Atom),
            Node::Relation(relation, a, b) => {
                let (a, b) = (self.at(*a, Level::Sum), self.at(*b, Level::Sum));
                (
                    format!("{a} {} {b}", relation_sign(*relation)),
                    Level::Relation,
                )
            }
            Node::Element(a, set) if self.is_outcome(*a) => {
                (self.at(*set, Level::Atom), Level::Atom)
            }
            Node::Element(a, set) => {
                let (a, set) = (self.at(*a, Level::Sum), self.at(*set, Level::Sum));
                (format!("{a} ∈ {set}"), Level::Relation)
            }
            Node::Has(quality, a) => {
                let a = self.at(*a, Level::Sum);
                (
                    format!("{a} is {}", word::quality(*quality)),
                    Level::Relation,
                )
            }
            Node::And(parts) => (self.conjunction(parts), Level::And),
            Node::Or(parts) => {
                let parts: Vec<String> = parts.iter().map(|p| self.at(*p, Level::And)).collect();
                (parts.join(" or "), Level::Or)
            }
            Node::Not(a) => (format!("not {}", self.at(*a, Level::Atom)), Level::Relation),
            Node::Finite(elements) => (format!("{{{}}}", self.list(elements)), Level::Atom),
            Node::Interval(a, b, with_a, with_b) => {
                let inside = self.list(&[*a, *b]);
                let open = if *with_a { '[' } else { '(' };
                let close = if *with_b { ']' } else { ')' };
                (format!("{open}{inside}{close}"), Level::Atom)
            }
            Node::Range(a, b) => {
                let (a, b) = (self.at(*a, Level::Or), self.at(*b, Level::Or));
                (format!("{{{a}, …, {b}}}"), Level::Atom)
            }
            Node::Reals => ("ℝ".to_owned(), Level::Atom),
            Node::Integers => ("ℤ".to_owned(), Level::Atom),
            Node::Naturals => ("ℕ".to_owned(), Level::Atom),
        }
    }

    fn bound_name(&self, number: u32) -> String {
        self.bound
            .iter()
            .rev()
            .find(|(n, _)| *n == number)
            .map_or_else(|| format!("b{number}"), |(_, name)| name.clone())
    }

    fn sum(&mut self, terms: &[TermId]) -> String {
        let mut text = String::new();
        for (place, term) in terms.iter().enumerate() {
            let part = self.at(*term, Level::Sum);
            // A sum directly within a sum cannot be; what begins with a minus is a negative term.
            match (place, part.strip_prefix('−')) {
                (0, _) => text.push_str(&part),
                (_, Some(rest)) => {
                    text.push_str(" − ");
                    text.push_str(rest);
                }
                (_, None) => {
                    text.push_str(" + ");
                    text.push_str(&part);
                }
            }
        }
        text
    }

    fn index(&mut self, indices: &[TermId]) -> String {
        let parts: Vec<String> = indices.iter().map(|i| self.at(*i, Level::Or)).collect();
        let short = parts.iter().all(|p| p.chars().count() == 1);
        match parts.as_slice() {
            [one] if short || one.chars().all(|c| c.is_ascii_digit()) => one.clone(),
            [one] => format!("({one})"),
            _ if short => format!("{{{}}}", parts.concat()),
            _ => format!("{{{}}}", parts.join(",")),
        }
    }

    /// A name with its lower and upper indices. How many of the first `indices` are which stands
    /// behind the bar in the symbol's name; without a bar all are lower ones.
    fn indexed(&mut self, symbol: Symbol, indices: &[TermId]) -> (String, usize) {
        let (lower, upper) = index_counts(self.store.name(symbol)).unwrap_or((indices.len(), 0));
        let lower = lower.min(indices.len());
        let upper = upper.min(indices.len() - lower);
        let mut text = print_symbol(self.store, symbol);
        if lower > 0 {
            let inside = self.index(&indices[..lower]);
            // `L_reg` with an index: the label is already behind an underscore.
            text.push('_');
            text.push_str(&inside);
        }
        if upper > 0 {
            let inside = self.list(&indices[lower..lower + upper]);
            match script(&inside) {
                Some(raised) => text.push_str(&format!("⁽{raised}⁾")),
                None => text.push_str(&format!("^{{({inside})}}")),
            }
        }
        (text, lower + upper)
    }

    fn member(&mut self, symbol: Symbol, indices: &[TermId]) -> String {
        let written = match indices {
            [written @ .., last] if self.is_outcome(*last) => written,
            _ => indices,
        };
        self.indexed(symbol, written).0
    }

    /// Whether it is an outcome, which is not written.
    fn is_outcome(&self, term: TermId) -> bool {
        match self.store.node(term) {
            Node::Symbol(symbol) => self.store.name(*symbol).starts_with(binder::OUTCOME),
            Node::Bound(number) => {
                let innermost = self.bound.iter().rev().find(|(n, _)| n == number);
                innermost.is_some_and(|(_, name)| name == binder::OUTCOME)
            }
            _ => false,
        }
    }

    fn call(&mut self, symbol: Symbol, orders: &[u32], arguments: &[TermId]) -> String {
        let (mut text, used) = if index_counts(self.store.name(symbol)).is_some() {
            self.indexed(symbol, arguments)
        } else {
            (print_symbol(self.store, symbol), 0)
        };
        let rest = &arguments[used.min(arguments.len())..];
        let orders = &orders[used.min(orders.len())..];
        match orders {
            [0] => {}
            [order @ 1..=3] => text.push_str(&"'".repeat(*order as usize)),
            _ if orders.iter().all(|o| *o == 0) => {}
            _ => {
                let orders: Vec<String> = orders.iter().map(u32::to_string).collect();
                text.push_str(&format!("⁽{}⁾", superscript(&orders.join(","))));
            }
        }
        let behind = places_given(self.store.name(symbol)).min(rest.len());
        let (before, behind) = rest.split_at(rest.len() - behind);
        let inside = self.list(before);
        if behind.is_empty() {
            return format!("{text}({inside})");
        }
        let behind = self.list(behind);
        format!("{text}({inside} ∣ {behind})")
    }

    fn function(&mut self, function: Function, arguments: &[TermId]) -> (String, Level) {
        let text = match (function, arguments) {
            (Function::Root, [degree, u]) => return self.root(*degree, *u),
            (Function::Abs, [u]) => format!("|{}|", self.at(*u, Level::Or)),
            (Function::Norm, [u]) => format!("‖{}‖", self.at(*u, Level::Or)),
            (Function::Floor, [u]) => format!("⌊{}⌋", self.at(*u, Level::Or)),
            (Function::Ceiling, [u]) => format!("⌈{}⌉", self.at(*u, Level::Or)),
            (Function::Factorial, [u]) => format!("{}!", self.at(*u, Level::Atom)),
            (Function::Transpose, [u]) => format!("{}ᵀ", self.at(*u, Level::Atom)),
            (Function::Inverse, [u]) => {
                return (format!("{}⁻¹", self.at(*u, Level::Atom)), Level::Power);
            }
            (Function::LogBase, [base, u]) => {
                let base = self.index(&[*base]);
                format!("log_{base}({})", self.at(*u, Level::Or))
            }
            (Function::Entry, [of, indices @ ..]) => {
                let of = self.at(*of, Level::Atom);
                format!("{of}_{}", self.index(indices))
            }
            (Function::KroneckerDelta, indices) => format!("δ_{}", self.index(indices)),
            (Function::Softmax, [component, rest @ ..]) => {
                let component = self.index(&[*component]);
                format!("softmax_{component}({})", self.list(rest))
            }
            (Function::Expectation | Function::Variance, [u]) => {
                format!("{}[{}]", function_word(function), self.at(*u, Level::Or))
            }
            (
                Function::ConditionalExpectation | Function::ConditionalVariance,
                [u, v] | [u, v, _],
            ) => {
                let (u, v) = (self.at(*u, Level::Or), self.at(*v, Level::Or));
                format!("{}[{u} ∣ {v}]", function_word(function))
            }
            (Function::ConditionalProbability, [u, v]) => {
                let (u, v) = (self.at(*u, Level::Or), self.at(*v, Level::Or));
                format!("P({u} ∣ {v})")
            }
            (Function::Kronecker | Function::Hadamard, [a, b]) => {
                let (a, b) = (self.at(*a, Level::Power), self.at(*b, Level::Power));
                return (
                    format!("{a} {} {b}", function_word(function)),
                    Level::Product,
                );
            }
            (Function::Identity | Function::Ones, [size]) | (Function::Unit, [size, ..]) => {
                format!("{}_{}", function_word(function), self.index(&[*size]))
            }
            (_, []) => function_word(function).to_owned(),
            _ => format!("{}({})", function_word(function), self.list(arguments)),
        };
        (text, Level::Atom)
    }

    fn root(&mut self, degree: TermId, u: TermId) -> (String, Level) {
        let sign = match self.store.node(degree) {
            Node::Number(n) if n.to_i64() == Some(2) => "√".to_owned(),
            Node::Number(n) if n.to_i64() == Some(3) => "∛".to_owned(),
            Node::Number(n) if n.to_i64() == Some(4) => "∜".to_owned(),
            _ => {
                let inside = self.list(&[degree, u]);
                return (format!("root({inside})"), Level::Atom);
            }
        };
        (format!("{sign}{}", self.at(u, Level::Atom)), Level::Power)
    }

    fn piecewise(&mut self, parts: &[TermId]) -> String {
        let rows: Vec<String> = parts
            .chunks(2)
            .map(|row| match row {
                [value, condition] if *self.store.node(*condition) == Node::Truth(true) => {
                    format!("{} otherwise", self.at(*value, Level::Or))
                }
                [value, condition] => {
                    let value = self.at(*value, Level::Or);
                    format!("{value} if {}", self.at(*condition, Level::Or))
                }
                _ => String::new(),
            })
            .collect();
        format!("{{{}}}", rows.join("; "))
    }

    /// `a < x and x < b` is `a < x < b`.
    fn conjunction(&mut self, parts: &[TermId]) -> String {
        let mut texts: Vec<String> = Vec::new();
        let mut last: Option<(Relation, TermId)> = None;
        for part in parts {
            match (self.store.node(*part), last) {
                (Node::Relation(relation, a, b), Some((before, end)))
                    if *a == end
                        && *relation != Relation::NotEqual
                        && before != Relation::NotEqual =>
                {
                    let more = format!(" {} {}", relation_sign(*relation), self.at(*b, Level::Sum));
                    if let Some(text) = texts.last_mut() {
                        text.push_str(&more);
                    }
                    last = Some((*relation, *b));
                }
                (Node::Relation(relation, _, b), _) => {
                    texts.push(self.at(*part, Level::Relation));
                    last = Some((*relation, *b));
                }
                _ => {
                    texts.push(self.at(*part, Level::Relation));
                    last = None;
                }
            }
        }
        texts.join(" and ")
    }
}

fn relation_sign(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "=",
        Relation::NotEqual => "≠",
        Relation::Less => "<",
        Relation::LessEqual => "≤",
    }
}

/// How many lower and upper indices a family of that name has, where the name says so.
fn index_counts(name: &str) -> Option<(usize, usize)> {
    let (_, counts) = name.split_once('|')?;
    let (lower, upper) = counts.split_once(',')?;
    let upper = upper.split(['#', '∣']).next().unwrap_or(upper);
    Some((lower.parse().ok()?, upper.parse().ok()?))
}

/// How many arguments of a function stand behind a bar, as in p(x ∣ y), where its name says so.
fn places_given(name: &str) -> usize {
    name.rsplit_once('∣')
        .and_then(|(_, count)| count.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests;
