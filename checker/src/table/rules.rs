//! The rule table, read from its text by recursive descent.

use std::collections::BTreeMap;

use num_traits::{One, Zero};

use crate::kernel::term::{Binder, Check, Head, Q};
use crate::table::function::{CONSTANTS, FUNCTIONS, arity, known};
use crate::table::pattern::Pattern;

/// A condition of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// A relation.
    Relation(Head, Pattern, Pattern),
    /// An integer.
    Integer(Pattern),
    /// 0, 1, 2, …
    Natural(Pattern),
    /// It is defined.
    Real(Pattern),
    /// A test of form, by name.
    Test(String, Vec<Pattern>),
}

/// A rule of the table.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The left side.
    pub left: Pattern,
    /// The right side.
    pub right: Pattern,
    /// Whether both sides are defined at the same places.
    pub both_ways: bool,
    /// What must hold.
    pub conditions: Vec<Condition>,
    /// The variables' names by number.
    pub variables: Vec<String>,
}

/// Reads the families: rules by full name.
pub fn read(rules: &[(&str, &str)]) -> Check<BTreeMap<String, Rule>> {
    let mut table = BTreeMap::new();
    for (family, text) in rules {
        let mut reader = Reader {
            rest: text,
            variables: Vec::new(),
            depth: 0,
        };
        while !reader.peek().is_empty() {
            let (name, rule) = reader.rule()?;
            if table.insert(format!("{family}.{name}"), rule).is_some() {
                return Err(format!("two rules {family}.{name}"));
            }
        }
    }
    Ok(table)
}

struct Reader<'a> {
    rest: &'a str,
    variables: Vec<String>,
    depth: u32,
}

impl<'a> Reader<'a> {
    /// What is left, behind white space and comments.
    fn peek(&mut self) -> &'a str {
        loop {
            self.rest = self.rest.trim_start();
            if !self.rest.starts_with('#') {
                return self.rest;
            }
            self.rest = self.rest.find('\n').map_or("", |end| &self.rest[end..]);
        }
    }

    fn eat(&mut self, sign: &str) -> bool {
        let found = self.peek().starts_with(sign);
        if found {
            self.rest = &self.rest[sign.len()..];
        }
        found
    }

    fn need(&mut self, sign: &str) -> Check<()> {
        if self.eat(sign) {
            return Ok(());
        }
        let here: String = self.rest.chars().take(20).collect();
        Err(format!("the rules: `{sign}` expected before `{here}`"))
    }

    fn word(&mut self, more: &[char]) -> &'a str {
        let rest = self.peek();
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && !more.contains(&c))
            .unwrap_or(rest.len());
        self.rest = &rest[end..];
        &rest[..end]
    }

    fn rule(&mut self) -> Check<(String, Rule)> {
        self.variables.clear();
        let name = self.word(&['-']).to_owned();
        self.need(":")?;
        let left = self.sum()?;
        let both_ways = self.eat("<->");
        if !both_ways {
            self.need("->")?;
        }
        let named = self.variables.len();
        let right = self.sum()?;
        let mut conditions = Vec::new();
        if self.keyword("if") {
            conditions.push(self.condition()?);
            while self.eat(",") {
                conditions.push(self.condition()?);
            }
        }
        if !self.keyword("because") {
            return Err(format!("the rules: {name} has no reason"));
        }
        self.rest = self.rest.find('\n').map_or("", |end| &self.rest[end..]);
        if self.variables.len() != named {
            return Err(format!(
                "the rules: {name} speaks of what its left side does not name"
            ));
        }
        let variables = std::mem::take(&mut self.variables);
        let rule = Rule {
            left,
            right,
            both_ways,
            conditions,
            variables,
        };
        Ok((name, rule))
    }

    fn keyword(&mut self, word: &str) -> bool {
        let before = self.peek();
        if self.word(&[]) == word {
            return true;
        }
        self.rest = before;
        false
    }

    fn condition(&mut self) -> Check<Condition> {
        let before = self.peek();
        let name = self.word(&[]);
        let tests = [
            "free",
            "odd",
            "even",
            "coprime",
            "rational",
            "root",
            "smooth",
            "dominated",
            "independent",
            "members",
        ];
        if tests.contains(&name) && self.eat("(") {
            let parts = self.list()?;
            // `root(n)` is a test, `root(n, a)` a term.
            if name != "root" || parts.len() == 1 {
                return Ok(Condition::Test(name.to_owned(), parts));
            }
        }
        self.rest = before;
        let a = self.sum()?;
        if self.keyword("in") {
            return Ok(match self.word(&[]) {
                "Z" => Condition::Integer(a),
                "N" => Condition::Natural(a),
                "R" => Condition::Real(a),
                other => return Err(format!("the rules: unknown set {other}")),
            });
        }
        for (sign, head, swapped) in [
            ("!=", Head::NotEqual, false),
            (">=", Head::LessEqual, true),
            ("<=", Head::LessEqual, false),
            (">", Head::Less, true),
            ("<", Head::Less, false),
            ("=", Head::Equal, false),
        ] {
            if self.eat(sign) {
                let b = self.sum()?;
                let (a, b) = if swapped { (b, a) } else { (a, b) };
                return Ok(Condition::Relation(head, a, b));
            }
        }
        Err("the rules: a condition without a relation".to_owned())
    }

    fn list(&mut self) -> Check<Vec<Pattern>> {
        let mut parts = vec![self.sum()?];
        while self.eat(",") {
            parts.push(self.sum()?);
        }
        self.need(")")?;
        Ok(parts)
    }

    fn minus(&mut self) -> bool {
        !self.peek().starts_with("->") && self.eat("-")
    }

    fn sum(&mut self) -> Check<Pattern> {
        self.depth += 1;
        if self.depth > 50 {
            return Err("the rules: nested too deeply".to_owned());
        }
        let negative = self.minus();
        let mut parts = vec![self.product(negative)?];
        loop {
            if self.eat("+") {
                parts.push(self.product(false)?);
            } else if self.minus() {
                parts.push(self.product(true)?);
            } else {
                break;
            }
        }
        self.depth -= 1;
        Ok(if parts.len() == 1 {
            parts.swap_remove(0)
        } else {
            Pattern::Sum(parts)
        })
    }

    fn product(&mut self, negative: bool) -> Check<Pattern> {
        let mut parts = vec![self.factor()?];
        loop {
            if self.eat("*") {
                parts.push(self.factor()?);
            } else if self.eat("/") {
                let below = self.factor()?;
                parts.push(match below {
                    Pattern::Number(value) if !value.is_zero() => Pattern::Number(value.recip()),
                    other => {
                        let minus = Pattern::Number(-Q::one());
                        Pattern::Power(Box::new(other), Box::new(minus))
                    }
                });
            } else {
                break;
            }
        }
        let product = if parts.len() == 1 {
            parts.swap_remove(0)
        } else {
            gathered(parts)
        };
        Ok(if negative {
            Pattern::Negative(Box::new(product))
        } else {
            product
        })
    }

    fn factor(&mut self) -> Check<Pattern> {
        let base = self.atom()?;
        if !self.eat("^") {
            return Ok(base);
        }
        let negative = self.minus();
        self.depth += 1;
        if self.depth > 50 {
            return Err("the rules: nested too deeply".to_owned());
        }
        let mut exponent = self.factor()?;
        self.depth -= 1;
        if negative {
            exponent = Pattern::Negative(Box::new(exponent));
        }
        Ok(Pattern::Power(Box::new(base), Box::new(exponent)))
    }

    fn atom(&mut self) -> Check<Pattern> {
        if self.eat("(") {
            let inner = self.sum()?;
            self.need(")")?;
            return Ok(inner);
        }
        let word = self.word(&[]);
        if word.is_empty() {
            return Err("the rules: a term expected".to_owned());
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let value: num_bigint::BigInt = word
                .parse()
                .map_err(|_| format!("the rules: {word} is no number"))?;
            return Ok(Pattern::Number(Q::from_integer(value)));
        }
        if self.eat("(") {
            return self.call(word);
        }
        Ok(match known(CONSTANTS, word) {
            Some(constant) => Pattern::Constant(constant),
            None => Pattern::Variable(self.variable(word)),
        })
    }

    fn variable(&mut self, name: &str) -> usize {
        let place = self.variables.iter().position(|known| known == name);
        place.unwrap_or_else(|| {
            self.variables.push(name.to_owned());
            self.variables.len() - 1
        })
    }

    fn call(&mut self, name: &str) -> Check<Pattern> {
        let (binder, outer) = match name {
            "diff" => (Some(Binder::Derivative), 1),
            "sum" => (Some(Binder::Sum), 2),
            "prod" => (Some(Binder::Product), 2),
            "integral" => (Some(Binder::Integral), 2),
            "antiderivative" => (Some(Binder::Antiderivative), 1),
            "limit" => (Some(Binder::Limit(0)), 1),
            "outcomes" => (Some(Binder::Outcomes), 0),
            "at" => (None, 1),
            _ => return self.function(name),
        };
        let parts = self.list()?;
        let mut parts = parts.into_iter();
        let (Some(body), Some(Pattern::Variable(bound))) = (parts.next(), parts.next()) else {
            return Err(format!("the rules: {name} binds no variable"));
        };
        let rest: Vec<Pattern> = parts.collect();
        if rest.len() != outer {
            return Err(format!("the rules: {name} with too many or too few parts"));
        }
        Ok(match (binder, rest.first()) {
            (None, Some(at)) => Pattern::At(Box::new(body), bound, Box::new(at.clone())),
            (Some(kind), _) => Pattern::Binder(kind, Box::new(body), bound, rest),
            (None, None) => return Err("the rules: at without a place".to_owned()),
        })
    }

    fn function(&mut self, name: &str) -> Check<Pattern> {
        let mut parts = self.list()?;
        let mut name = name;
        if name == "sqrt" {
            parts.insert(0, Pattern::Number(Q::whole(2)));
            name = "root";
        }
        let function =
            known(FUNCTIONS, name).ok_or_else(|| format!("the rules: unknown function {name}"))?;
        if arity(function).is_some_and(|n| n != parts.len()) {
            return Err(format!(
                "the rules: {name} with too many or too few arguments"
            ));
        }
        Ok(Pattern::Function(function, parts))
    }
}

/// The numbers of a product become one.
fn gathered(parts: Vec<Pattern>) -> Pattern {
    let (mut number, mut others, mut seen) = (Q::one(), Vec::new(), false);
    for part in parts {
        match part {
            Pattern::Number(value) => {
                number *= value;
                seen = true;
            }
            other => others.push(other),
        }
    }
    if seen && (!number.is_one() || others.is_empty()) {
        others.insert(0, Pattern::Number(number));
    }
    if others.len() == 1 {
        others.swap_remove(0)
    } else {
        Pattern::Product(others)
    }
}
