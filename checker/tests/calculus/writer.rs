//! Terms and proofs written by hand.

use hence_checker::Rules;
use hence_checker::wire::{Claim, Node, Proof, Term};

/// Terms as they are read from lists: `(add x (pow a 2))`, `(member w)`, `(call u v)`; `x` is the variable bound by the inner
/// binder, `y` by the outer one (`diff-y`, `integral`).
#[derive(Default)]
pub struct Writer {
    /// The terms.
    pub terms: Vec<Term>,
    /// The symbols.
    pub symbols: Vec<String>,
}

impl Writer {
    /// Adds it.
    pub fn push(&mut self, op: &str, name: &str, data: Vec<u32>, args: Vec<u32>) -> u32 {
        let term = Term {
            op: op.to_owned(),
            name: name.to_owned(),
            data,
            args,
        };
        self.terms.push(term);
        u32::try_from(self.terms.len() - 1).unwrap()
    }

    /// Adds it.
    pub fn symbol(&mut self, name: &str) -> u32 {
        let known = self.symbols.iter().position(|s| s == name);
        let place = known.unwrap_or_else(|| {
            self.symbols.push(name.to_owned());
            self.symbols.len() - 1
        });
        u32::try_from(place).unwrap()
    }

    /// Adds it.
    pub fn read(&mut self, text: &str) -> u32 {
        let spaced = text.replace('(', " ( ").replace(')', " ) ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let (term, rest) = self.next(&words);
        assert!(rest.is_empty(), "{text}");
        term
    }

    fn next<'a>(&mut self, words: &'a [&'a str]) -> (u32, &'a [&'a str]) {
        let (first, mut rest) = words.split_first().unwrap();
        if *first != "(" {
            let term = match *first {
                "x" => self.push("bound", "", vec![1], vec![]),
                "y" => self.push("bound", "", vec![2], vec![]),
                "integers" => self.push("integers", "", vec![], vec![]),
                "true" => self.push("truth", "", vec![1], vec![]),
                "pi" | "e" | "infinity" => self.push("constant", first, vec![], vec![]),
                n if n.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                    self.push("number", n, vec![], vec![])
                }
                name => {
                    let symbol = self.symbol(name);
                    self.push("symbol", "", vec![symbol], vec![])
                }
            };
            return (term, rest);
        }
        let (head, after) = rest.split_first().unwrap();
        rest = after;
        let mut args = Vec::new();
        while rest[0] != ")" {
            let (arg, left) = self.next(rest);
            args.push(arg);
            rest = left;
        }
        let term = match *head {
            "add" | "mul" | "pow" | "=" | "<" | "≤" | "≠" | "∈" => {
                self.push(head, "", vec![], args)
            }
            "f" | "f'" => {
                let symbol = self.symbol("f");
                let order = u32::from(*head == "f'");
                self.push("call", "", vec![symbol, order], args)
            }
            "member" | "call" => {
                let symbol = self.symbol("X");
                if *head == "member" {
                    self.push(head, "", vec![symbol], args)
                } else {
                    let orders = vec![0; args.len()];
                    let symbol = self.symbol("g");
                    self.push(head, "", [vec![symbol], orders].concat(), args)
                }
            }
            "diff-y" => self.push("derivative", "", vec![2], args),
            "sum" => self.push("sum", "", vec![1], args),
            "sum-y" => self.push("sum", "", vec![2], args),
            "outcomes" => self.push("outcomes", "", vec![1], args),
            "outcomes-y" => self.push("outcomes", "", vec![2], args),
            "diff" => self.push("derivative", "", vec![1], args),
            "integral" => self.push("integral", "", vec![2], args),
            "both" | "below" | "above" => self.push("limit", head, vec![1], args),
            name => self.push("function", name, vec![], args),
        };
        (term, &rest[1..])
    }
}

/// Whether a proof of the claim is accepted; its last node is the root.
pub fn accepted(writer: Writer, hypotheses: Vec<u32>, claim: Claim, nodes: Vec<Node>) -> bool {
    accepted_under(&[], writer, hypotheses, claim, nodes)
}

/// The same, with rules.
pub fn accepted_under(
    rules: &[(&str, &str)],
    writer: Writer,
    hypotheses: Vec<u32>,
    claim: Claim,
    nodes: Vec<Node>,
) -> bool {
    let proof = Proof {
        symbols: writer.symbols,
        terms: writer.terms,
        sorts: Vec::new(),
        laws: Vec::new(),
        hypotheses,
        claim,
        conditions: Vec::new(),
        root: u32::try_from(nodes.len() - 1).unwrap(),
        nodes,
    };
    Rules::read(rules).unwrap().replay(&proof).is_ok()
}
