//! A line of equal terms while it is being found: cheap to share, turned into a trace at the end.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::table::table;
use crate::term::{Limit, Link, Proof, Reason, Store, Symbol, TermId, Trace};

/// The most links that a proof is written down with.
const LONGEST: u64 = 100_000;

/// Why one term of a line equals the next.
#[derive(Clone, Debug)]
pub enum Why {
    /// The rule of that number in the table, from left to right or back, what its variables
    /// stand for, the rest of the sum or product, and the proofs of its conditions.
    Rule {
        /// Number in the table.
        rule: usize,
        /// From left to right.
        forward: bool,
        /// What the variables stand for, in the order of the rule's variables.
        substitution: Rc<[TermId]>,
        /// The remaining terms or factors, if the rule was used on a part.
        rest: Option<TermId>,
        /// Proofs of the conditions.
        conditions: Rc<[Option<Proof>]>,
    },
    /// Children are equal; if not forward, read from the end.
    Congruence {
        /// From before to after.
        forward: bool,
        /// What the bound name is opened with.
        opened: Option<Symbol>,
        /// The children's lines.
        parts: Rc<Vec<(u32, Line)>>,
    },
    /// A rule that no pattern can say, described in the file of its family: its name, what it
    /// takes, and the proofs it rests on; from left to right or back.
    Named(&'static str, bool, Rc<Named>),
    /// One normal form as fractions.
    Ring,
    /// A hypothesis.
    Hypothesis(usize, bool),
}

/// What a rule without a pattern is used with.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Terms by name.
    pub substitution: Vec<(String, TermId)>,
    /// Proofs it rests on.
    pub conditions: Vec<Option<Proof>>,
}

/// One step of a line.
#[derive(Clone, Debug)]
pub struct Step {
    /// The term before.
    pub before: TermId,
    /// The term after.
    pub after: TermId,
    /// Why they are equal.
    pub why: Why,
}

/// Equal terms, each with the reason why it equals the next.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where it begins.
    pub from: TermId,
    /// Where it ends.
    pub to: TermId,
    steps: Option<Rc<Vec<Step>>>,
}

impl Why {
    /// Children are equal.
    pub fn parts(opened: Option<Symbol>, parts: Vec<(u32, Line)>) -> Self {
        Why::Congruence {
            forward: true,
            opened,
            parts: Rc::new(parts),
        }
    }
}

impl Line {
    /// The line of one term.
    pub fn start(term: TermId) -> Self {
        Line {
            from: term,
            to: term,
            steps: None,
        }
    }

    /// Whether it has no step.
    pub fn is_still(&self) -> bool {
        self.steps.is_none()
    }

    /// Its steps.
    pub fn steps(&self) -> &[Step] {
        self.steps.as_ref().map_or(&[], |steps| steps.as_slice())
    }

    /// Goes on to `after`; nothing happens where that is the end already.
    pub fn push(&mut self, after: TermId, why: Why) {
        if after == self.to {
            return;
        }
        let step = Step {
            before: self.to,
            after,
            why,
        };
        Rc::make_mut(self.steps.get_or_insert_with(Rc::default)).push(step);
        self.to = after;
    }

    /// Goes on along another line, which begins where this one ends.
    pub fn append(&mut self, other: &Line) {
        debug_assert_eq!(self.to, other.from);
        if other.is_still() {
            return;
        }
        if self.is_still() {
            *self = Line {
                from: self.from,
                ..other.clone()
            };
            return;
        }
        Rc::make_mut(self.steps.get_or_insert_with(Rc::default))
            .extend(other.steps().iter().cloned());
        self.to = other.to;
    }

    /// The same line from its end to its beginning.
    pub fn reversed(&self) -> Line {
        let steps: Vec<Step> = self
            .steps()
            .iter()
            .rev()
            .map(|step| Step {
                before: step.after,
                after: step.before,
                why: match &step.why {
                    Why::Rule {
                        rule,
                        forward,
                        substitution,
                        rest,
                        conditions,
                    } => Why::Rule {
                        rule: *rule,
                        forward: !forward,
                        substitution: substitution.clone(),
                        rest: *rest,
                        conditions: conditions.clone(),
                    },
                    Why::Congruence {
                        forward,
                        opened,
                        parts,
                    } => Why::Congruence {
                        forward: !forward,
                        opened: *opened,
                        parts: parts.clone(),
                    },
                    Why::Named(name, forward, named) => Why::Named(name, !forward, named.clone()),
                    Why::Ring => Why::Ring,
                    Why::Hypothesis(number, forward) => Why::Hypothesis(*number, !forward),
                },
            })
            .collect();
        Line {
            from: self.to,
            to: self.from,
            steps: (!steps.is_empty()).then(|| Rc::new(steps)),
        }
    }

    /// As a proof; `None` where it would be too long to write down: a line may share parts, a proof
    /// has each at each of its places.
    pub fn proof(&self, store: &Store) -> Option<Proof> {
        if self.length(&mut FxHashMap::default()) > LONGEST {
            store.meter().note(Limit::Operations, LONGEST);
            return None;
        }
        Some(Proof::Equality(self.trace()))
    }

    /// How many links its trace has at all levels.
    fn length(&self, known: &mut FxHashMap<*const Step, u64>) -> u64 {
        let key = self.steps().as_ptr();
        if let Some(length) = known.get(&key) {
            return *length;
        }
        let mut length: u64 = 0;
        for step in self.steps() {
            length = length.saturating_add(1);
            if let Why::Congruence { parts, .. } = &step.why {
                for (_, line) in parts.iter() {
                    length = length.saturating_add(line.length(known));
                }
            }
        }
        known.insert(key, length);
        length
    }

    /// As a trace.
    pub fn trace(&self) -> Trace {
        Trace {
            links: self
                .steps()
                .iter()
                .map(|step| Link {
                    before: step.before,
                    after: step.after,
                    reason: reason(&step.why),
                })
                .collect(),
        }
    }
}

fn reason(why: &Why) -> Reason {
    match why {
        Why::Rule {
            rule,
            forward,
            substitution,
            rest,
            conditions,
        } => {
            let rule = &table().rules[*rule];
            let mut named: Vec<(String, TermId)> = rule
                .variables
                .iter()
                .cloned()
                .zip(substitution.iter().copied())
                .collect();
            named.extend(rest.map(|rest| ("_".to_owned(), rest)));
            Reason::Rule {
                name: rule.name.clone(),
                forward: *forward,
                substitution: named,
                conditions: conditions.to_vec(),
            }
        }
        Why::Congruence {
            forward,
            opened,
            parts,
        } => Reason::Congruence {
            forward: *forward,
            opened: *opened,
            parts: parts
                .iter()
                .map(|(place, line)| (*place, line.trace()))
                .collect(),
        },
        Why::Named(name, forward, named) => Reason::Rule {
            name: (*name).to_owned(),
            forward: *forward,
            substitution: named.substitution.clone(),
            conditions: named.conditions.clone(),
        },
        Why::Ring => Reason::Ring,
        Why::Hypothesis(number, forward) => Reason::Hypothesis(*number, *forward),
    }
}
