//! Proofs as they are written down: nodes, each after those that it rests on.

use hence_checker::wire::Node;

use super::term::Terms;
use crate::term::{self, Link, Proof, Reason, Store, TermId, Trace};

/// The nodes of one certificate.
pub(super) struct Writer<'a> {
    pub(super) terms: Terms<'a>,
    pub(super) nodes: Vec<Node>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(store: &'a Store) -> Self {
        Writer {
            terms: Terms::new(store),
            nodes: Vec::new(),
        }
    }

    /// The two sides of a relation.
    pub(super) fn sides(&self, statement: TermId) -> Option<(TermId, TermId)> {
        match self.terms.store.node(statement) {
            term::Node::Relation(_, a, b) => Some((*a, *b)),
            _ => None,
        }
    }

    fn push(&mut self, node: Node) -> u32 {
        self.nodes.push(node);
        u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX)
    }

    /// Writes a proof; `ends` are those of a line without links.
    pub(super) fn proof(&mut self, proof: &Proof, ends: Option<(TermId, TermId)>) -> u32 {
        match proof {
            Proof::Equality(trace) => self.line(trace, ends),
            Proof::Decision {
                theory,
                method,
                statement,
                uses,
                witness,
            } => {
                let ends: Vec<_> = match self.terms.store.node(*statement) {
                    term::Node::And(parts) if *method == "each" => {
                        parts.iter().map(|part| self.sides(*part)).collect()
                    }
                    _ if *method == "components" => vec![self.sides(*statement)],
                    _ => vec![None; uses.len()],
                };
                let ends = ends.into_iter().chain(std::iter::repeat(None));
                let uses = uses.iter().zip(ends);
                let uses = uses.map(|(used, ends)| self.proof(used, ends)).collect();
                let statement = self.terms.term(*statement);
                let witness = witness.iter().map(|t| self.terms.term(*t)).collect();
                self.push(Node::Decision {
                    theory: (*theory).to_owned(),
                    method: (*method).to_owned(),
                    statement,
                    uses,
                    witness,
                })
            }
        }
    }

    fn line(&mut self, trace: &Trace, ends: Option<(TermId, TermId)>) -> u32 {
        let ends = match (trace.links.first(), trace.links.last()) {
            (Some(first), Some(last)) => Some((first.before, last.after)),
            _ => ends,
        };
        let links = trace.links.iter().map(|link| self.link(link)).collect();
        // A line without links of which nobody says where it is: the checker finds that it is not
        // what was asked for.
        let (from, to) = match ends {
            Some((from, to)) => (self.terms.term(from), self.terms.term(to)),
            None => (u32::MAX, u32::MAX),
        };
        self.push(Node::Line { from, to, links })
    }

    fn link(&mut self, link: &Link) -> u32 {
        let before = self.terms.term(link.before);
        let after = self.terms.term(link.after);
        let node = match &link.reason {
            Reason::Ring => Node::Ring { before, after },
            Reason::Evaluate => Node::Evaluate { before, after },
            Reason::Hypothesis(number, forward) => Node::Hypothesis {
                before,
                after,
                number: u32::try_from(*number).unwrap_or(u32::MAX),
                forward: *forward,
            },
            Reason::Rule {
                name,
                forward,
                substitution,
                conditions,
            } => Node::Rule {
                before,
                after,
                name: name.clone(),
                forward: *forward,
                substitution: substitution
                    .iter()
                    .map(|(name, term)| (name.clone(), self.terms.term(*term)))
                    .collect(),
                evidence: conditions
                    .iter()
                    .map(|proof| proof.as_ref().map(|proof| self.proof(proof, None)))
                    .collect(),
            },
            Reason::Congruence {
                forward,
                opened,
                parts,
            } => Node::Congruence {
                before,
                after,
                forward: *forward,
                opened: opened.map(|symbol| self.terms.symbol(symbol)),
                parts: parts
                    .iter()
                    .map(|(place, trace)| (*place, self.line(trace, None)))
                    .collect(),
            },
        };
        self.push(node)
    }
}
