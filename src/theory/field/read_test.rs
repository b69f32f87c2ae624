//! A reader of small expressions, for tests of this room and its neighbours only.

use crate::number::Rational;
use crate::term::{Constant, Function, Store, TermId};

/// Reads `2x^2 − sin(x)/y` style ASCII: letters are symbols, `e` and `pi` the constants.
pub(crate) fn read(store: &mut Store, text: &str) -> TermId {
    let mut reader = Reader {
        text: text.chars().filter(|c| !c.is_whitespace()).collect(),
        at: 0,
    };
    let term = reader.sum(store);
    assert_eq!(reader.at, reader.text.len(), "not read to the end: {text}");
    term
}

struct Reader {
    text: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn sum(&mut self, store: &mut Store) -> TermId {
        let minus = self.eat('-');
        let mut first = self.product(store);
        if minus {
            first = store.neg(first);
        }
        let mut terms = vec![first];
        loop {
            if self.eat('+') {
                terms.push(self.product(store));
            } else if self.eat('-') {
                let term = self.product(store);
                terms.push(store.neg(term));
            } else {
                return store.add(&terms);
            }
        }
    }

    fn product(&mut self, store: &mut Store) -> TermId {
        let mut result = self.power(store);
        loop {
            if self.eat('/') {
                let below = self.power(store);
                result = store.div(result, below);
            } else if self.eat('*') || self.peek().is_some_and(|c| c.is_alphanumeric() || c == '(')
            {
                let factor = self.power(store);
                result = store.mul(&[result, factor]);
            } else {
                return result;
            }
        }
    }

    fn power(&mut self, store: &mut Store) -> TermId {
        let base = self.primary(store);
        if self.eat('^') {
            let minus = self.eat('-');
            let mut exponent = self.power(store);
            if minus {
                exponent = store.neg(exponent);
            }
            return store.pow(base, exponent);
        }
        base
    }

    fn primary(&mut self, store: &mut Store) -> TermId {
        if self.eat('(') {
            let inner = self.sum(store);
            assert!(self.eat(')'), "a bracket is open");
            return inner;
        }
        let rest: String = self.text[self.at..].iter().collect();
        let functions = [
            ("sqrt", None),
            ("cbrt", None),
            ("sin", Some(Function::Sin)),
            ("cos", Some(Function::Cos)),
            ("tan", Some(Function::Tan)),
            ("log", Some(Function::Log)),
            ("abs", Some(Function::Abs)),
            ("arcsin", Some(Function::Arcsin)),
            ("arcosh", Some(Function::Arcosh)),
            ("transpose", Some(Function::Transpose)),
            ("factorial", Some(Function::Factorial)),
        ];
        for (name, function) in functions {
            if rest.starts_with(&format!("{name}(")) {
                self.at += name.len();
                let argument = self.primary(store);
                return match function {
                    Some(function) => store.function(function, &[argument]),
                    None => {
                        let index = store.integer(if name == "sqrt" { 2 } else { 3 });
                        store.function(Function::Root, &[index, argument])
                    }
                };
            }
        }
        if rest.starts_with("pi") {
            self.at += 2;
            return store.constant(Constant::Pi);
        }
        let digits: String = rest
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == '.')
            .collect();
        if !digits.is_empty() {
            self.at += digits.len();
            return store.number(Rational::from_decimal(&digits).unwrap());
        }
        let letter = self.peek().expect("something to read");
        self.at += 1;
        if letter == 'e' {
            store.constant(Constant::E)
        } else {
            store.variable(&letter.to_string())
        }
    }
}
