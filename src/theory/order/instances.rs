//! What holds for all members of a set, for the members that were met; sums that differ by a few
//! terms; the largest of a family.

use super::formula::{Formula, Literal};
use super::kernel::Kernel;
use super::translate::Translator;
use crate::term::{Node, Relation, TermId};

impl Translator<'_> {
    /// The largest (or smallest) of a family is one of its members.
    pub fn extremum(
        &mut self,
        term: TermId,
        variable: u32,
        (low, high): (TermId, TermId),
        maximum: bool,
    ) {
        let Some((index, scope)) = self.store.open_fresh(term) else {
            return;
        };
        let Some(body) = scope.first().copied() else {
            return;
        };
        let place = self.store.add_node(Node::Symbol(index));
        let set = self.store.add_node(Node::Range(low, high));
        let inside = self.store.add_node(Node::Element(place, set));
        let value = self.store.relation(Relation::Equal, term, body);
        let parts = vec![self.holds(inside), self.holds(value)];
        self.kernels.laws.insert(variable, Formula::and(parts));
        self.places.push(place);
        // Each member is at most (at least) as large.
        let (left, right) = if maximum { (body, term) } else { (term, body) };
        let bound = self.store.relation(Relation::LessEqual, left, right);
        let all = self.store.bind(index, &[bound], |closed| {
            Node::ForAll(0, closed.first().copied().unwrap_or(bound), set)
        });
        self.general.push((all, Some(variable)));
    }

    /// Σ up to n + d is Σ up to n and the d terms behind, for sums that were met, d ≤ 3.
    fn longer_sums(&mut self, out: &mut Vec<Formula>) {
        let sums: Vec<(u32, TermId)> = self
            .kernels
            .iter()
            .filter_map(|(v, kernel)| match kernel {
                Kernel::Opaque(term) => Some((v, *term)),
                _ => None,
            })
            .take(6)
            .collect();
        for (v, short) in &sums {
            for (w, long) in &sums {
                if v != w
                    && let Some(formula) = self.longer_sum((*v, *short), (*w, *long))
                {
                    out.push(formula);
                }
            }
        }
    }

    fn longer_sum(&mut self, short: (u32, TermId), long: (u32, TermId)) -> Option<Formula> {
        let Node::Sum(_, body, low, high, condition) = *self.store.node(short.1) else {
            return None;
        };
        let Node::Sum(_, other, first, last, also) = *self.store.node(long.1) else {
            return None;
        };
        let all = matches!(self.store.node(condition), Node::Truth(true));
        if body != other || low != first || condition != also || !all {
            return None;
        }
        let mut conditions = Vec::new();
        let (near, far) = (
            self.term(high, &mut conditions)?,
            self.term(last, &mut conditions)?,
        );
        let distance = far.add(&near.neg())?.as_number()?.to_i64()?;
        if !(1..=3).contains(&distance) {
            return None;
        }
        let mut parts = vec![
            Formula::Literal(Literal::Undefined(short.0)),
            Formula::Literal(Literal::Undefined(long.0)),
        ];
        let integers = self.store.add_node(Node::Integers);
        for end in [low, high] {
            let whole = self.store.add_node(Node::Element(end, integers));
            parts.push(self.fails(whole));
        }
        let one = self.store.integer(1);
        let behind = self.store.add(&[high, one]);
        let reached = self.store.relation(Relation::LessEqual, low, behind);
        parts.push(self.fails(reached));
        let mut terms = vec![short.1];
        for k in 1..=distance {
            let k = self.store.integer(k);
            let place = self.store.add(&[high, k]);
            let term = *self.store.open(long.1, place)?.first()?;
            let same = self.store.relation(Relation::Equal, term, term);
            parts.push(self.fails(same));
            terms.push(term);
        }
        let sum = self.store.add(&terms);
        let equation = self.store.relation(Relation::Equal, long.1, sum);
        parts.push(self.holds(equation));
        Some(Formula::or(parts))
    }

    /// What the statements about all members of a set say of the places that were met.
    pub fn instances(&mut self, statements: &[TermId]) -> Vec<Formula> {
        let mut out = Vec::new();
        self.longer_sums(&mut out);
        let mut general = self.general.clone();
        for statement in statements {
            self.collect_general(*statement, &mut general);
        }
        if general.is_empty() {
            return out;
        }
        let mut places = self.places.clone();
        let kernels: Vec<Kernel> = self.kernels.iter().map(|(_, k)| k.clone()).collect();
        for kernel in kernels {
            if let Kernel::Atom(term) = kernel {
                match self.store.node(term) {
                    Node::Member(_, indices) => places.extend(indices.iter().copied()),
                    Node::Symbol(_) if places.len() < 12 => places.push(term),
                    _ => {}
                }
            }
        }
        places.sort_unstable();
        places.dedup();
        places.truncate(12);
        for (statement, guard) in general {
            let Node::ForAll(_, _, set) = *self.store.node(statement) else {
                continue;
            };
            for place in places.clone() {
                let Some(scope) = self.store.open(statement, place) else {
                    continue;
                };
                let Some(body) = scope.first().copied() else {
                    continue;
                };
                let member = self.store.add_node(Node::Element(place, set));
                let outside = self.fails(member);
                let inside = self.holds(body);
                let mut parts = vec![outside, inside];
                parts.extend(guard.map(|k| Formula::Literal(Literal::Undefined(k))));
                out.push(Formula::or(parts));
            }
        }
        out
    }

    fn collect_general(&self, statement: TermId, into: &mut Vec<(TermId, Option<u32>)>) {
        match self.store.node(statement) {
            Node::ForAll(..) => into.push((statement, None)),
            Node::And(parts) => parts.iter().for_each(|p| self.collect_general(*p, into)),
            _ => {}
        }
    }
}
