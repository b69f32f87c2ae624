//! The steps of a derivation, from first to last: which earlier lines a step may use, and what is
//! carried forward after an error.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use crate::meaning::{Carry, Context, Derivation, Document, Goal, Role, Step};
use crate::refute::witness;
use crate::term::{Store, Symbol, TermId};

use super::Options;
use super::chain::{self, Ends};
use super::complex;
use super::ladder::{self, Found};
use super::verdict::{Judged, JudgedDerivation, Verdict, Why};

/// How many of the premises of a ⇒ line are tried first.
const NEAR: usize = 32;

/// Whether a context is known to be contradictory: looked at once.
type Contradictory = Option<bool>;

/// Judges the steps of one derivation.
pub(super) fn judge(
    store: &mut Store,
    document: &Document,
    contexts: &mut [Contradictory],
    derivation: &Derivation,
    options: &Options,
) -> JudgedDerivation {
    let nothing = Context::default();
    let mut court = Court {
        judged: Vec::new(),
        good: Vec::new(),
        last_refuted: None,
        since: Vec::new(),
    };
    for (index, step) in derivation.steps.iter().enumerate() {
        store.meter().begin(options.budget.theories);
        let context = document.contexts.get(step.context).unwrap_or(&nothing);
        let mut judged =
            if makes_claim(step) && is_contradictory(store, context, contexts, step.context) {
                plain(Verdict::Undecided, Why::NoModel)
            } else {
                court.step(store, context, derivation, step, options)
            };
        if judged.verdict == Verdict::Refuted {
            court.try_other_readings(store, context, derivation, step, &mut judged, options);
        }
        leave_open(step, &mut judged);
        court.judged.push(judged);
        court.close_chain(store, context, derivation, index, options);
        court.remember(index, &derivation.steps);
    }
    JudgedDerivation {
        steps: court.judged,
    }
}

struct Court {
    judged: Vec<Judged>,
    /// Whether each is good: given or proved, not carried forward, and resting on good steps.
    good: Vec<bool>,
    /// The last refuted line that later lines may be carried forward from.
    last_refuted: Option<usize>,
    /// Lines concluded from it since.
    since: Vec<usize>,
}

impl Court {
    fn step(
        &self,
        store: &mut Store,
        context: &Context,
        derivation: &Derivation,
        step: &Step,
        options: &Options,
    ) -> Judged {
        match &step.role {
            Role::Given => plain(Verdict::Given, Why::Stated),
            Role::Skipped(_) => plain(Verdict::Skipped, Why::AsRead),
            Role::Unreadable(_) => plain(Verdict::Unreadable, Why::AsRead),
            Role::Beyond(_) => plain(Verdict::Undecided, Why::AsRead),
            Role::Premise(goal) => premise(ladder::decide(store, context, goal, options)),
            Role::Claim(goal) => judged(ladder::decide(store, context, goal, options)),
            Role::Follows(goal, carry) => {
                self.follows(store, context, derivation, goal, carry, options)
            }
        }
    }

    /// A ⇒ line: from the good statements before it; failing that, from the last refuted line and
    /// what was concluded from it since, in the declared context alone.
    fn follows(
        &self,
        store: &mut Store,
        context: &Context,
        derivation: &Derivation,
        goal: &Goal,
        carry: &Carry,
        options: &Options,
    ) -> Judged {
        let good: Vec<usize> = carry
            .premises
            .clone()
            .filter(|i| self.is_good(*i))
            .collect();
        let mut found = match &carry.converse {
            Some(converse) if good.len() == carry.premises.len() => {
                let mut found = judged(ladder::decide(store, context, converse, options));
                found.from = good;
                found
            }
            _ => self.concluded_from(store, context, derivation, goal, good, options),
        };
        // A later sign of a chain compares with its neighbour: what is wrong in its own chain
        // carries nothing to it.
        let Some(refuted) = self.last_refuted.filter(|i| carry.premises.contains(i)) else {
            return found;
        };
        if found.verdict == Verdict::Proved {
            found.returns_to_truth = true;
            return found;
        }
        let mut wrong = vec![refuted];
        wrong.extend(&self.since);
        let mut from_wrong = with_hypotheses(goal, &carry.declared, derivation, &wrong, |s| {
            s.declared.or(s.states)
        });
        if let Some(plain) = &carry.plain {
            from_wrong.shape = plain.clone();
        }
        // A refuted line that holds nowhere carries nothing.
        let added: Vec<TermId> = from_wrong.hypotheses.clone();
        if ladder::contradiction(store, context, &added).is_some() {
            return found;
        }
        let carried = ladder::decide(store, context, &from_wrong, options);
        match carried.verdict {
            Verdict::Proved => {
                let mut carried = judged(carried);
                carried.from = wrong;
                carried.carried_forward = true;
                carried
            }
            // It is refuted only if it follows from neither.
            Verdict::Refuted => {
                self.beyond_both(store, context, &mut found, &from_wrong, options);
                found.tried_from = wrong;
                found
            }
            _ if found.verdict == Verdict::Refuted => {
                let mut open = judged(carried);
                open.verdict = Verdict::Undecided;
                open.from = wrong;
                open.carried_forward = true;
                open
            }
            _ => found,
        }
    }

    /// Shows a refuted line a point at which what it might be carried forward from holds as well,
    /// if there is one: it convinces whoever followed the wrong line too.
    fn beyond_both(
        &self,
        store: &mut Store,
        context: &Context,
        found: &mut Judged,
        from_wrong: &Goal,
        options: &Options,
    ) {
        if found.verdict != Verdict::Refuted {
            return;
        }
        let Some(mut goal) = found.goal.clone() else {
            return;
        };
        for statement in &from_wrong.hypotheses {
            if !goal.hypotheses.contains(statement) {
                goal.hypotheses.push(*statement);
            }
        }
        let both = ladder::decide(store, context, &goal, options);
        if both.verdict == Verdict::Refuted && matches!(both.why, Why::Counterexample(_)) {
            found.why = both.why;
        }
    }

    /// Good statements: given or proved, not concluded from a refuted line, and where they rest on
    /// other steps (the chain before them, what a ⇔ compares with) these are good as well.
    fn is_good(&self, index: usize) -> bool {
        self.good.get(index).copied().unwrap_or(false)
    }

    /// A step that is refuted as read, but true in another reading of a guess or over the complex
    /// numbers, is undecided.
    fn try_other_readings(
        &self,
        store: &mut Store,
        context: &Context,
        derivation: &Derivation,
        step: &Step,
        judged: &mut Judged,
        options: &Options,
    ) {
        for (number, reading) in step.alternatives.iter().enumerate() {
            let holds = match &reading.role {
                Role::Given => true,
                Role::Premise(goal) | Role::Claim(goal) => {
                    ladder::decide(store, context, goal, options).is_proved()
                }
                Role::Follows(goal, carry) => {
                    self.follows(store, context, derivation, goal, carry, options)
                        .verdict
                        == Verdict::Proved
                }
                _ => false,
            };
            if holds {
                judged.verdict = Verdict::Undecided;
                judged.why = Why::OtherReading(number);
                return;
            }
        }
        if self.rests_on_remarks(store, context, derivation, step, options) {
            judged.verdict = Verdict::Undecided;
            judged.why = Why::Unread;
            return;
        }
        if let Role::Claim(goal) | Role::Follows(goal, _) = &step.role
            && complex::holds_over_complex_numbers(store, context, goal)
        {
            judged.verdict = Verdict::Undecided;
            judged.why = Why::Complex;
        }
    }

    /// Whether a refuted step no longer is, where what sentences mention of its letters holds.
    fn rests_on_remarks(
        &self,
        store: &mut Store,
        context: &Context,
        derivation: &Derivation,
        step: &Step,
        options: &Options,
    ) -> bool {
        let (Role::Claim(goal) | Role::Follows(goal, _)) = &step.role else {
            return false;
        };
        let Some(under) = with_remarks(store, context, goal) else {
            return false;
        };
        let verdict = match &step.role {
            Role::Follows(_, carry) => {
                self.follows(store, context, derivation, &under, carry, options)
                    .verdict
            }
            _ => judged(ladder::decide(store, context, &under, options)).verdict,
        };
        verdict != Verdict::Refuted
    }

    /// A ⇒ line from these steps: in a long derivation from the nearest ones first. What is proved
    /// from some is proved from all.
    fn concluded_from(
        &self,
        store: &mut Store,
        context: &Context,
        derivation: &Derivation,
        goal: &Goal,
        good: Vec<usize>,
        options: &Options,
    ) -> Judged {
        let mut decide = |from: Vec<usize>| {
            let goal = with_hypotheses(goal, &goal.hypotheses, derivation, &from, |s| s.states);
            let mut found = judged(ladder::decide(store, context, &goal, options));
            if found.without_witness {
                found.without_witness = !self.has_witness(store, context, derivation, &from, goal);
            }
            found.from = from;
            found
        };
        if let Some((_, near)) = good.len().checked_sub(NEAR).map(|n| good.split_at(n)) {
            let found = decide(near.to_vec());
            if found.verdict == Verdict::Proved {
                return found;
            }
        }
        decide(good)
    }

    /// Whether an example satisfies what was given: what was proved from it holds there as well,
    /// though it may not be seen by evaluating it.
    fn has_witness(
        &self,
        store: &mut Store,
        context: &Context,
        derivation: &Derivation,
        from: &[usize],
        mut goal: Goal,
    ) -> bool {
        let proved = |index: &&usize| {
            let judged = self.judged.get(**index);
            judged.is_some_and(|judged| judged.verdict == Verdict::Proved)
        };
        let mut some = false;
        for step in from
            .iter()
            .filter(proved)
            .filter_map(|i| derivation.steps.get(*i))
        {
            let before = goal.hypotheses.len();
            goal.hypotheses.retain(|known| step.states != Some(*known));
            some |= goal.hypotheses.len() < before;
        }
        some && witness(store, context, &goal.hypotheses).is_some()
    }

    fn remember(&mut self, index: usize, steps: &[Step]) {
        let Some(step) = steps.get(index) else {
            return;
        };
        let Some(judged) = self.judged.get(index) else {
            return;
        };
        let good = matches!(
            judged.verdict,
            Verdict::Given | Verdict::Proved | Verdict::Skipped
        ) && !judged.carried_forward
            && !judged.ends_unknown
            && step.chain.iter().all(|i| self.is_good(*i));
        self.good.push(good);
        if judged.verdict == Verdict::Refuted {
            // What stands below a brace is part of its line.
            let within = self
                .last_refuted
                .and_then(|i| steps.get(i))
                .is_some_and(|line| step.states.is_none() && line.span.contains(step.span));
            if !within {
                self.last_refuted = Some(index);
                self.since.clear();
            }
        } else if judged.carried_forward && judged.verdict == Verdict::Proved {
            self.since.push(index);
        }
    }

    /// Where the chain's steps are all proved but its ends differ, the step that narrowed is
    /// refuted with the point at which they differ.
    fn close_chain(
        &mut self,
        store: &mut Store,
        context: &Context,
        derivation: &Derivation,
        index: usize,
        options: &Options,
    ) {
        let Some(step) = derivation.steps.get(index) else {
            return;
        };
        let proved = self
            .judged
            .last()
            .is_some_and(|j| j.verdict == Verdict::Proved);
        if !proved || !chain::all_proved_equal(store, derivation, step, &self.judged) {
            return;
        }
        match chain::ends(store, context, derivation, step, &self.judged, options) {
            Ends::Equal => {}
            Ends::Differ(goal, found) => {
                let guilty = chain::narrowing_step(step, index, &self.judged);
                if let Some(good) = self.good.get_mut(guilty) {
                    *good = false;
                }
                if let Some(judged) = self.judged.get_mut(guilty) {
                    judged.verdict = Verdict::Refuted;
                    judged.why = Why::Counterexample(*found);
                    judged.goal = Some(goal);
                    judged.ends_differ = true;
                }
            }
            Ends::Unknown => {
                if let Some(judged) = self.judged.get_mut(index) {
                    judged.ends_unknown = true;
                }
            }
        }
    }
}

/// The goal with the statements of these steps added to the given hypotheses.
fn with_hypotheses(
    goal: &Goal,
    hypotheses: &[TermId],
    derivation: &Derivation,
    steps: &[usize],
    stated: impl Fn(&Step) -> Option<TermId>,
) -> Goal {
    let mut all = hypotheses.to_vec();
    let mut known: FxHashSet<TermId> = all.iter().copied().collect();
    for step in steps.iter().filter_map(|i| derivation.steps.get(*i)) {
        if let Some(statement) = stated(step)
            && known.insert(statement)
        {
            all.push(statement);
            all.extend(step.implied.iter().filter(|said| known.insert(**said)));
        }
    }
    Goal {
        hypotheses: all,
        shape: goal.shape.clone(),
        solved_for: goal.solved_for,
    }
}

/// The goal where what sentences mention of its letters holds too; nothing if they mention none.
fn with_remarks(store: &Store, context: &Context, goal: &Goal) -> Option<Goal> {
    let claim = goal.terms().split_off(goal.hypotheses.len());
    let mut letters: BTreeSet<Symbol> = BTreeSet::new();
    for term in claim {
        letters.extend(store.symbols(term));
    }
    for hypothesis in goal.hypotheses.iter().chain(&context.assumptions) {
        let own = store.symbols(*hypothesis);
        if own.iter().any(|letter| letters.contains(letter)) {
            letters.extend(own);
        }
    }
    let mut under = goal.clone();
    for remark in &context.remarks {
        let own = store.symbols(*remark);
        let new = !context.assumptions.contains(remark) && !under.hypotheses.contains(remark);
        if new && own.iter().any(|letter| letters.contains(letter)) {
            under.hypotheses.push(*remark);
        }
    }
    (under.hypotheses.len() > goal.hypotheses.len()).then_some(under)
}

/// A step that may rest on what could not be read is not refuted, unless it holds no symbol.
fn leave_open(step: &Step, judged: &mut Judged) {
    if let Why::Counterexample(found) = &judged.why
        && (step.doubtful || step.unread && !found.assignment.is_empty())
        && judged.verdict == Verdict::Refuted
    {
        judged.verdict = Verdict::Undecided;
        judged.why = Why::Unread;
    }
}

fn makes_claim(step: &Step) -> bool {
    matches!(step.role, Role::Claim(_) | Role::Follows(..))
}

fn is_contradictory(
    store: &mut Store,
    context: &Context,
    contexts: &mut [Contradictory],
    index: usize,
) -> bool {
    if context.assumptions.is_empty() {
        return false;
    }
    if let Some(Some(known)) = contexts.get(index) {
        return *known;
    }
    let known = ladder::contradiction(store, context, &context.assumptions).is_some();
    if let Some(entry) = contexts.get_mut(index) {
        *entry = Some(known);
    }
    known
}

/// A premise is given, or proved where the context already gives it.
fn premise(found: Found) -> Judged {
    match found.verdict {
        Verdict::Proved => judged(found),
        Verdict::Refuted => {
            let mut judged = plain(Verdict::Given, Why::Stated);
            judged.holds_for_some = true;
            judged
        }
        _ => plain(Verdict::Given, Why::Stated),
    }
}

fn judged(found: Found) -> Judged {
    let mut judged = plain(found.verdict, found.why);
    judged.goal = Some(found.goal);
    judged.without_witness = !found.witnessed;
    judged
}

fn plain(verdict: Verdict, why: Why) -> Judged {
    Judged {
        verdict,
        why,
        goal: None,
        from: Vec::new(),
        tried_from: Vec::new(),
        carried_forward: false,
        returns_to_truth: false,
        holds_for_some: false,
        without_witness: false,
        ends_differ: false,
        ends_unknown: false,
    }
}
