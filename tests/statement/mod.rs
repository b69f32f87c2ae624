//! Statements written as text, for tests: `a^2 = b^2 and a > 0`.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use hence::number::Rational;
use hence::term::{Constant, Function, Node, Relation, Store, TermId};

/// Reads a statement.
pub fn statement(store: &mut Store, text: &str) -> TermId {
    let mut reader = Reader::new(store, text);
    let out = reader.or();
    assert!(
        reader.at >= reader.tokens.len(),
        "{text}: {:?}",
        &reader.tokens[reader.at..]
    );
    out
}

struct Reader<'a> {
    store: &'a mut Store,
    tokens: Vec<String>,
    at: usize,
    sign: Option<bool>,
}

fn tokens(text: &str) -> Vec<String> {
    let text = text
        .replace("no solution", "false")
        .replace("<=", "≤")
        .replace(">=", "≥")
        .replace("!=", "≠");
    let mut out: Vec<String> = Vec::new();
    let chars: Vec<char> = text.chars().collect();
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        if c.is_whitespace() {
            i += 1;
        } else if c.is_ascii_digit() {
            let start = i;
            while i < chars.len() && (chars[i].is_ascii_digit() || chars[i] == '.') {
                i += 1;
            }
            out.push(chars[start..i].iter().collect());
        } else if c.is_alphabetic() {
            let start = i;
            while i < chars.len() && (chars[i].is_alphanumeric() || chars[i] == '_') {
                i += 1;
            }
            out.push(chars[start..i].iter().collect());
        } else {
            out.push(c.to_string());
            i += 1;
        }
    }
    out
}

impl<'a> Reader<'a> {
    fn new(store: &'a mut Store, text: &str) -> Self {
        Reader {
            store,
            tokens: tokens(text),
            at: 0,
            sign: None,
        }
    }

    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", String::as_str)
    }

    fn take(&mut self, what: &str) -> bool {
        let hit = self.peek() == what;
        if hit {
            self.at += 1;
        }
        hit
    }

    fn or(&mut self) -> TermId {
        let mut parts = vec![self.and()];
        while self.take("or") {
            parts.push(self.and());
        }
        if parts.len() == 1 {
            return parts[0];
        }
        self.store.add_node(Node::Or(parts.into()))
    }

    fn and(&mut self) -> TermId {
        let mut parts = vec![self.not()];
        while self.take("and") {
            parts.push(self.not());
        }
        if parts.len() == 1 {
            return parts[0];
        }
        self.store.add_node(Node::And(parts.into()))
    }

    fn not(&mut self) -> TermId {
        if self.take("not") {
            let inner = self.not();
            return self.store.add_node(Node::Not(inner));
        }
        if self.take("true") {
            return self.store.add_node(Node::Truth(true));
        }
        if self.take("false") {
            return self.store.add_node(Node::Truth(false));
        }
        // A bracket around a statement.
        if self.peek() == "(" {
            let (mut depth, mut k, mut logical) = (0, self.at, false);
            while k < self.tokens.len() {
                match self.tokens[k].as_str() {
                    "(" => depth += 1,
                    ")" => depth -= 1,
                    "or" | "and" | "=" | "<" | ">" | "≤" | "≥" | "≠" => logical |= depth > 0,
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
                k += 1;
            }
            if logical {
                self.at += 1;
                let inner = self.or();
                assert!(self.take(")"));
                return inner;
            }
        }
        self.relation()
    }

    fn relation(&mut self) -> TermId {
        let start = self.at;
        let mut both = Vec::new();
        for sign in [true, false] {
            self.at = start;
            self.sign = Some(sign);
            both.push(self.chain());
        }
        self.sign = None;
        if both[0] == both[1] {
            return both[0];
        }
        self.store.add_node(Node::Or(both.into()))
    }

    fn chain(&mut self) -> TermId {
        let mut left = self.sum();
        let mut parts = Vec::new();
        loop {
            let relation = self.peek().to_owned();
            if !["=", "<", ">", "≤", "≥", "≠"].contains(&relation.as_str()) {
                break;
            }
            self.at += 1;
            let right = self.sum();
            parts.push(match relation.as_str() {
                "=" => self.store.relation(Relation::Equal, left, right),
                "≠" => self.store.relation(Relation::NotEqual, left, right),
                "<" => self.store.relation(Relation::Less, left, right),
                "≤" => self.store.relation(Relation::LessEqual, left, right),
                ">" => self.store.relation(Relation::Less, right, left),
                _ => self.store.relation(Relation::LessEqual, right, left),
            });
            left = right;
        }
        assert!(!parts.is_empty(), "no relation in {:?}", self.tokens);
        if parts.len() == 1 {
            return parts[0];
        }
        self.store.add_node(Node::And(parts.into()))
    }

    fn sum(&mut self) -> TermId {
        let mut minus = false;
        if self.take("-") {
            minus = true;
        } else if self.take("±") {
            minus = self.sign == Some(false);
        } else {
            self.take("+");
        }
        let first = self.product();
        let mut parts = vec![if minus { self.store.neg(first) } else { first }];
        loop {
            let minus = match self.peek() {
                "+" => false,
                "-" => true,
                "±" => self.sign == Some(false),
                _ => break,
            };
            self.at += 1;
            let next = self.product();
            parts.push(if minus { self.store.neg(next) } else { next });
        }
        self.store.add(&parts)
    }

    fn product(&mut self) -> TermId {
        let mut left = self.power();
        loop {
            if self.take("*") {
                let right = self.power();
                left = self.store.mul(&[left, right]);
            } else if self.take("/") {
                let right = self.power();
                left = self.store.div(left, right);
            } else {
                return left;
            }
        }
    }

    fn power(&mut self) -> TermId {
        if self.take("-") {
            let inner = self.power();
            return self.store.neg(inner);
        }
        let base = self.primary();
        if self.take("^") {
            let exponent = self.power();
            return self.store.pow(base, exponent);
        }
        base
    }

    fn primary(&mut self) -> TermId {
        let token = self.peek().to_owned();
        self.at += 1;
        if token == "(" {
            let inner = self.sum();
            assert!(self.take(")"), "{:?} at {}", self.tokens, self.at);
            return inner;
        }
        if token.starts_with(|c: char| c.is_ascii_digit()) {
            let value = Rational::from_decimal(&token).unwrap();
            return self.store.number(value);
        }
        let function = match token.as_str() {
            "sqrt" => Some(Function::Root),
            "abs" => Some(Function::Abs),
            "log" | "ln" => Some(Function::Log),
            "sin" => Some(Function::Sin),
            "cos" => Some(Function::Cos),
            "tan" => Some(Function::Tan),
            "exp" => Some(Function::Softplus),
            "sigma" => Some(Function::Sigmoid),
            "max" => Some(Function::Max),
            name if name.starts_with("log_") => Some(Function::LogBase),
            _ => None,
        };
        if let Some(function) = function
            && self.peek() == "("
        {
            self.at += 1;
            let mut arguments = vec![self.sum()];
            while self.take(",") {
                arguments.push(self.sum());
            }
            assert!(self.take(")"));
            return match token.as_str() {
                "sqrt" => self.store.sqrt(arguments[0]),
                "exp" => self.store.exp(arguments[0]),
                name if name.starts_with("log_") => {
                    let base = Rational::from_decimal(&name[4..]).unwrap();
                    let base = self.store.number(base);
                    self.store.function(function, &[base, arguments[0]])
                }
                _ => self.store.function(function, &arguments),
            };
        }
        match token.as_str() {
            "e" => return self.store.constant(Constant::E),
            "pi" => return self.store.constant(Constant::Pi),
            _ => {}
        }
        if ["f", "g"].contains(&token.as_str()) && self.take("(") {
            let argument = self.sum();
            assert!(self.take(")"));
            let symbol = self.store.symbol(&token);
            return self
                .store
                .add_node(Node::Call(symbol, [0].into(), [argument].into()));
        }
        assert!(
            token.chars().all(|c| c.is_alphanumeric() || c == '_') && !token.is_empty(),
            "unexpected {token:?} in {:?}",
            self.tokens
        );
        self.store.variable(&token)
    }
}
