//! The sentence that says why a step has its verdict.

use crate::judge::{Exhausted, Judged, Verdict, Why};
use crate::meaning::{Role, Shape, Step};
use crate::refute::Counterexample;
use crate::term::{Limit, Node, Proof, Reason, Relation, Store, print};
use crate::theory::evaluate::Value;

use super::counterexample::{goal, is_closed, value};
use super::finding::Witness;
use super::wording::statement;

/// One sentence that a student understands.
pub(super) fn reason(
    store: &Store,
    step: &Step,
    judged: &Judged,
    witness: Option<&Witness>,
) -> String {
    match (&judged.why, &step.role) {
        (Why::AsRead, Role::Skipped(why) | Role::Unreadable(why) | Role::Beyond(why)) => {
            why.clone()
        }
        (Why::Stated, Role::Premise(_)) => "taken as a premise".to_owned(),
        (Why::Stated, _) => stated(step),
        (Why::Proof(proved), _) => proved_because(&proved.proof, judged),
        (Why::Counterexample(found), _) => refuted_because(store, step, judged, found, witness),
        (Why::Rejected(rejection), _) => format!(
            "a proof was found, but the independent checker does not accept it ({rejection}); \
             please report this line"
        ),
        (Why::Agreed(count), _) => format!(
            "neither a proof nor a counterexample was found; the two sides agree at the {count} \
             points that were tried"
        ),
        (Why::Exhausted(found), _) => exhausted(found),
        (Why::NoModel, _) => {
            "the assumptions contradict each other, so they prove nothing".to_owned()
        }
        (Why::NowhereBoth, _) => "both sides have values, but nowhere at the same place".to_owned(),
        (Why::NoValue(side), _) => format!("{} has a value nowhere", print(store, *side)),
        (Why::OtherReading(number), _) => other_reading(step, *number),
        (Why::Unread, _) => {
            "it does not hold for all values, but something that it may rest on could not be read for sure"
                .to_owned()
        }
        (Why::Complex, _) => {
            "it holds only if i² = −1, and complex numbers are outside the ground: i is read as a \
             real symbol"
                .to_owned()
        }
        _ => "neither a proof nor a counterexample was found".to_owned(),
    }
}

/// Which limit was met, and what to do about it.
fn exhausted(found: &Exhausted) -> String {
    let count = grouped(found.count);
    let what = match found.limit {
        Limit::Terms => format!("a polynomial of more than {count} terms"),
        Limit::Products => format!("more than {count} products of two terms in one normal form"),
        Limit::Cases => format!("more than {count} cases, or inequalities too long to compare"),
        Limit::Nodes => format!("more than {count} terms in the e-graph"),
        Limit::Rounds => format!("more than {count} rounds of rewriting"),
        Limit::Digits => format!("more than {count} digits"),
        Limit::Operations => format!("more than {count} operations"),
        Limit::Document => "more terms than one document may have".to_owned(),
    };
    let advice = match found.limit {
        Limit::Document => "split the document",
        _ if found.largest => "try a smaller step",
        _ => "try --budget large, or a smaller step",
    };
    let seen = found.agreeing.map_or(String::new(), |points| {
        format!("the two sides agree at the {points} points that were tried, but ")
    });
    format!("{seen}the budget ran out before a proof was found ({what}); {advice}")
}

/// 20000 as 20,000.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Remarks besides the reason.
pub(super) fn notes(judged: &Judged) -> Vec<String> {
    let mut notes = Vec::new();
    if judged.carried_forward {
        notes.push(
            "carried forward: judged from the refuted line before it, as if that line were right"
                .to_owned(),
        );
    }
    if judged.returns_to_truth {
        notes.push("returns to the truth: it follows from the good lines before the error".into());
    }
    if judged.holds_for_some {
        notes.push("this premise holds for some values only".to_owned());
    }
    if judged.without_witness && judged.verdict == Verdict::Proved {
        notes.push("no example was found that satisfies the assumptions".to_owned());
    }
    if judged.ends_unknown {
        notes.push(
            "the ends of this chain were not shown equal everywhere, so later lines do not use it"
                .to_owned(),
        );
    }
    notes
}

fn stated(step: &Step) -> String {
    match step.relation {
        ":=" => "definition".to_owned(),
        _ => "given".to_owned(),
    }
}

fn proved_because(proof: &Proof, judged: &Judged) -> String {
    let how = match proof {
        Proof::Equality(trace) => {
            let rules: Vec<&str> = trace
                .links
                .iter()
                .filter_map(|link| match &link.reason {
                    Reason::Rule { name, .. } => Some(name.as_str()),
                    _ => None,
                })
                .collect();
            match rules.as_slice() {
                [] => "both sides are the same after collecting terms".to_owned(),
                [one] => format!("by {one}"),
                _ => "the left side is rewritten into the right side".to_owned(),
            }
        }
        Proof::Decision { theory, method, .. } => format!("decided by {theory} ({method})"),
    };
    if judged.carried_forward {
        format!("{how}, from the line that was refuted")
    } else {
        how
    }
}

fn refuted_because(
    store: &Store,
    step: &Step,
    judged: &Judged,
    found: &Counterexample,
    witness: Option<&Witness>,
) -> String {
    let (left, right) = (value(&found.left), value(&found.right));
    if judged.ends_differ {
        return format!(
            "this step narrows the domain: the ends of the chain are {left} and {right} there"
        );
    }
    if is_closed(store, step) {
        return match goal(step).map(|g| &g.shape) {
            Some(Shape::Rounded {
                decimal, places, ..
            }) => format!(
                "its value is {}, not {}, to the digits shown",
                rounded(&found.left, *places),
                decimal.to_decimal(*places)
            ),
            _ => format!("the left side is {left}, the right side is {right}"),
        };
    }
    let at = at(witness);
    match goal(step).map(|g| &g.shape) {
        Some(Shape::Step(claim) | Shape::Statement(claim))
            if matches!(store.node(*claim), Node::Has(..)) =>
        {
            let claim = statement(store, *claim);
            format!("it is not true that {claim}: {at} the matrix is {left}")
        }
        Some(Shape::Equivalence(..)) => {
            format!("the two statements are not equivalent: {at} one is {left}, the other {right}")
        }
        Some(Shape::Statement(claim)) => {
            let claim = statement(store, *claim);
            match (&found.left, &found.right) {
                (Value::Truth(_), _) => {
                    format!("it does not follow: {at} what was known holds, but {claim} does not")
                }
                _ => format!(
                    "it does not follow: {at} what was known holds, but in {claim} the left side is \
                     {left} and the right side is {right}"
                ),
            }
        }
        Some(Shape::Step(relation)) => {
            let relation = match store.node(*relation) {
                Node::Relation(Relation::Equal, _, _) | Node::Truth(_) => "equal",
                _ => "so related",
            };
            format!("the two sides are not {relation}: {at} they are {left} and {right}")
        }
        Some(Shape::UpToConstant { .. }) => format!(
            "the two sides differ by more than a constant: {at} their derivatives are {left} and \
             {right}"
        ),
        _ => format!("{at} the sides are {left} and {right}"),
    }
}

/// A value to so many places.
fn rounded(value: &Value, places: i32) -> String {
    match value {
        Value::Exact(x) | Value::Between(x, _) => x.to_decimal(places),
        other => self::value(other),
    }
}

/// `at x = 1, y = 2`; `here` where nothing is assigned.
fn at(witness: Option<&Witness>) -> String {
    let shown: Vec<String> = witness
        .map(|w| &w.assignment)
        .into_iter()
        .flatten()
        .map(|(atom, value)| format!("{atom} = {value}"))
        .collect();
    if shown.is_empty() {
        "here".to_owned()
    } else {
        format!("at {}", shown.join(", "))
    }
}

fn other_reading(step: &Step, number: usize) -> String {
    let written = step
        .alternatives
        .get(number)
        .map_or("", |r| r.written.as_str());
    format!(
        "as read it is wrong, but it would be right if read as {written}: write it so if that is \
         what is meant"
    )
}
