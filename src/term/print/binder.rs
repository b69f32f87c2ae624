//! Binders: a name is chosen for the bound variable, then it reads as on paper.

use std::collections::BTreeSet;

use super::word::function_word;
use super::{Level, Printer, print_symbol};
use crate::term::node::{Direction, Node, TermId};

const INDICES: &[&str] = &["k", "j", "i", "l", "m", "r", "s"];
const VARIABLES: &[&str] = &["x", "t", "u", "v", "z", "s", "y"];
/// How names of outcomes begin: indices that are not written.
pub(super) const OUTCOME: &str = "ω#";
const POINTS: &[&str] = &["z", "u", "v", "s", "t"];

impl Printer<'_> {
    /// A name for the bound variable that nothing else within its scope has.
    fn choose(&self, scope: &[TermId], names: &[&str]) -> String {
        let mut used: BTreeSet<String> = self.bound.iter().map(|(_, n)| n.clone()).collect();
        for term in scope {
            used.extend(
                self.store
                    .symbols(*term)
                    .into_iter()
                    .map(|s| print_symbol(self.store, s)),
            );
        }
        (0..)
            .flat_map(|round| names.iter().map(move |name| (round, name)))
            .map(|(round, name)| {
                if round == 0 {
                    (*name).to_owned()
                } else {
                    format!("{name}_{round}")
                }
            })
            .find(|name| !used.contains(name))
            .unwrap_or_default()
    }

    fn within(&mut self, number: u32, name: &str, term: TermId, place: Level) -> String {
        self.bound.push((number, name.to_owned()));
        let text = self.at(term, place);
        self.bound.pop();
        text
    }

    /// What an operator stands before: a product without brackets.
    fn operand(&mut self, number: u32, name: &str, body: TermId) -> String {
        self.within(number, name, body, Level::Product)
    }

    /// The same, in brackets where it begins with one.
    fn bracketed(&mut self, number: u32, name: &str, body: TermId) -> String {
        let text = self.operand(number, name, body);
        if text.starts_with('(') && matches!(self.store.node(body), Node::Mul(_)) {
            return format!("({text})");
        }
        text
    }

    /// Whether nothing stands in the body but the bound variable.
    fn alone(&self, body: TermId) -> bool {
        let mut stack = vec![body];
        let mut seen = BTreeSet::new();
        while let Some(next) = stack.pop() {
            let node = self.store.node(next);
            if matches!(node, Node::Symbol(_) | Node::Member(..)) {
                return false;
            }
            if seen.insert(next) {
                node.for_each_child(|child| stack.push(child));
            }
        }
        true
    }

    /// The name of the variable at the point `at`, if that is a name which does not stand in the
    /// body already.
    fn own_name(&mut self, body: TermId, at: TermId) -> Option<String> {
        let name = match self.store.node(at) {
            Node::Symbol(symbol) => {
                let name = print_symbol(self.store, *symbol);
                let free = self.store.symbols(body);
                if free.iter().any(|s| print_symbol(self.store, *s) == name) {
                    return None;
                }
                name
            }
            Node::Bound(number) => self.bound_name(*number),
            Node::Member(family, indices) if !self.store.mentions(body, *family) => {
                self.member(*family, indices)
            }
            _ => return None,
        };
        Some(name)
    }

    pub(super) fn binder(&mut self, term: TermId) -> (String, Level) {
        let store = self.store;
        match store.node(term) {
            Node::Derivative(number, body, at) => {
                let alone = self.alone(*body);
                let d = if alone { "d" } else { "∂" };
                if let Some(name) = self.own_name(*body, *at) {
                    let body = self.bracketed(*number, &name, *body);
                    return (format!("{d}/{d}{name} {body}"), Level::Factor);
                }
                if let Node::Function(function, arguments) = self.store.node(*body)
                    && let [argument] = arguments.as_ref()
                    && *self.store.node(*argument) == Node::Bound(*number)
                {
                    let at = self.at(*at, Level::Sum);
                    return (format!("{}′({at})", function_word(*function)), Level::Atom);
                }
                let name = self.choose(&[*body, *at], POINTS);
                let body = self.bracketed(*number, &name, *body);
                let at = self.at(*at, Level::Sum);
                (format!("[{d}/{d}{name} {body}]_({name}={at})"), Level::Atom)
            }
            Node::Integral(number, body, lower, upper) => {
                let name = self.choose(&[*body], VARIABLES);
                let body = self.within(*number, &name, *body, Level::Sum);
                let (lower, upper) = (self.limit(*lower), self.limit(*upper));
                (format!("∫_{lower}^{upper} {body} d{name}"), Level::Factor)
            }
            Node::Antiderivative(number, body, at) => {
                if let Some(name) = self.own_name(*body, *at) {
                    let body = self.within(*number, &name, *body, Level::Sum);
                    return (format!("∫ {body} d{name}"), Level::Factor);
                }
                let name = self.choose(&[*body, *at], VARIABLES);
                let body = self.within(*number, &name, *body, Level::Sum);
                let at = self.at(*at, Level::Sum);
                (format!("[∫ {body} d{name}]_({name}={at})"), Level::Atom)
            }
            Node::Limit(number, body, to, direction) => {
                let name = self.choose(&[*body], VARIABLES);
                let body = self.operand(*number, &name, *body);
                let to = self.at(*to, Level::Sum);
                let side = match direction {
                    Direction::Both => "",
                    Direction::Below => "⁻",
                    Direction::Above => "⁺",
                };
                (format!("lim_({name}→{to}{side}) {body}"), Level::Factor)
            }
            Node::Sum(number, body, lower, upper, condition)
            | Node::Product(number, body, lower, upper, condition) => {
                let sign = if matches!(store.node(term), Node::Sum(..)) {
                    "Σ"
                } else {
                    "Π"
                };
                let name = self.choose(&[*body, *condition], INDICES);
                let body = self.operand(*number, &name, *body);
                let mut below = format!("{name}={}", self.at(*lower, Level::Sum));
                if *store.node(*condition) != Node::Truth(true) {
                    let condition = self.within(*number, &name, *condition, Level::Relation);
                    below.push_str(&format!(", {condition}"));
                }
                let upper = self.limit(*upper);
                (format!("{sign}_({below})^{upper} {body}"), Level::Factor)
            }
            Node::Extremum(number, body, lower, upper, maximum) => {
                let name = self.choose(&[*body], INDICES);
                let body = self.operand(*number, &name, *body);
                let word = if *maximum { "max" } else { "min" };
                let (lower, upper) = (self.at(*lower, Level::Sum), self.limit(*upper));
                (
                    format!("{word}_({name}={lower})^{upper} {body}"),
                    Level::Factor,
                )
            }
            Node::Gradient(number, body, at, order) => {
                let power = if *order == 2 { "²" } else { "" };
                if let Some(name) = self.own_name(*body, *at) {
                    let body = self.within(*number, &name, *body, Level::Power);
                    return (format!("∇{power}_{name} {body}"), Level::Factor);
                }
                let name = self.choose(&[*body, *at], POINTS);
                let body = self.within(*number, &name, *body, Level::Power);
                let at = self.at(*at, Level::Sum);
                (
                    format!("[∇{power}_{name} {body}]_({name}={at})"),
                    Level::Atom,
                )
            }
            Node::ForAll(number, body, set) => {
                let name = self.choose(&[*body], INDICES);
                let body = self.within(*number, &name, *body, Level::And);
                let set = self.at(*set, Level::Sum);
                (format!("{body} for all {name} ∈ {set}"), Level::Or)
            }
            Node::Outcomes(number, body) => {
                (self.within(*number, OUTCOME, *body, Level::Or), Level::Or)
            }
            _ => ("…".to_owned(), Level::Atom),
        }
    }

    /// A bound above or below a sign, in brackets unless it is one letter or number.
    fn limit(&mut self, term: TermId) -> String {
        self.at(term, Level::Atom)
    }
}
