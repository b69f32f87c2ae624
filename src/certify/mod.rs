//! Takes: a goal, its context, and its proof or counterexample. Gives: the certificate that the independent checker reads.
//! Never: proves, decides, or says more than the proof does.
//! Start reading at: this file, then `proof.rs`, `refutation.rs`; the format is described in `docs/certificates.md`.

mod known;
mod proof;
mod refutation;
mod term;

pub use refutation::refutation;

use std::sync::OnceLock;

use hence_checker::wire::{self, Claim, FORMAT};
use hence_checker::{Rejection, Rules};

use crate::meaning::{Context, Goal, Property, Shape};
use crate::prove::{Proved, table};
use crate::term::{Node, Proof, Sort, Store};
use crate::theory::matrices::Sizes;
use known::Known;
use proof::Writer;
use term::Terms;

/// Proofs of a derivation's steps as they are written to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The JSON.
    pub json: String,
    /// The digest of its content, `sha256:…`.
    pub digest: String,
}

/// The rule table as the checker reads it.
fn rules() -> Result<&'static Rules, Rejection> {
    static RULES: OnceLock<Result<Rules, String>> = OnceLock::new();
    let read = RULES.get_or_init(|| Rules::read(&table::FILES));
    read.as_ref().map_err(|reason| Rejection {
        step: None,
        node: None,
        reason: reason.clone(),
    })
}

/// The certificate of these steps.
#[must_use]
pub fn certificate(steps: Vec<wire::Step>) -> Certificate {
    let mut written = wire::Certificate {
        format: FORMAT.to_owned(),
        rules: rules().map_or(String::new(), |rules| rules.digest().to_owned()),
        content: String::new(),
        steps,
    };
    written.content = hence_checker::content(&written);
    Certificate {
        json: serde_json::to_string(&written).unwrap_or_default(),
        digest: written.content,
    }
}

/// A goal's proof as it is written down.
#[must_use]
pub fn proof(store: &Store, context: &Context, goal: &Goal, proved: &Proved) -> wire::Proof {
    let mut writer = Writer::new(store);
    // What a proof does not know, it cannot use: `true` in the place of a hypothesis claims more.
    let known = Known::new(store, context);
    let hypotheses = goal
        .hypotheses
        .iter()
        .map(|h| match known.is_readable(*h) {
            true => writer.terms.term(*h),
            false => writer.terms.truth(),
        })
        .collect();
    let claim = claim(&mut writer.terms, goal);
    let ends = match goal.shape {
        Shape::Step(statement) => writer.sides(statement),
        _ => None,
    };
    let root = writer.proof(&proved.proof, ends);
    let conditions = proved
        .conditions
        .iter()
        .filter(|(condition, _)| known.is_readable(*condition))
        .map(|(condition, narrower)| (writer.terms.term(*condition), *narrower))
        .collect();
    let laws = context
        .independence()
        .independent
        .iter()
        .map(|law| law.iter().map(|term| writer.terms.term(*term)).collect())
        .collect();
    let sizes = goal.sizes(store, context);
    let mut sorts = sorts(&mut writer.terms, context, &sizes);
    powers(store, &mut writer.terms, &proved.proof, &mut sorts);
    wire::Proof {
        symbols: writer.terms.names,
        terms: writer.terms.terms,
        sorts,
        laws,
        hypotheses,
        claim,
        conditions,
        nodes: writer.nodes,
        root,
    }
}

/// A goal's claim as it is written down.
fn claim(terms: &mut Terms<'_>, goal: &Goal) -> Claim {
    match &goal.shape {
        Shape::Step(statement) => Claim::Step {
            statement: terms.term(*statement),
        },
        Shape::Statement(statement) => Claim::Statement {
            statement: terms.term(*statement),
        },
        Shape::Equivalence(left, right) => Claim::Equivalence {
            left: terms.term(*left),
            right: terms.term(*right),
        },
        Shape::UpToConstant {
            left,
            right,
            variable,
        } => Claim::UpToConstant {
            left: terms.term(*left),
            right: terms.term(*right),
            variable: terms.symbol(*variable),
        },
        Shape::Rounded {
            term,
            others,
            decimal,
            places,
        } => Claim::Rounded {
            term: terms.term(*term),
            others: others.iter().map(|other| terms.term(*other)).collect(),
            decimal: decimal.to_big().to_string(),
            places: *places,
        },
    }
}

/// The sorts of the symbols that were written.
fn sorts(terms: &mut Terms<'_>, context: &Context, sizes: &Sizes) -> Vec<(u32, String)> {
    let mut sorts = Vec::new();
    for declaration in &context.declarations {
        if let Some(symbol) = terms.known(declaration.symbol) {
            let sort = match declaration.sort {
                Sort::Real => "real",
                Sort::Integer => "integer",
                Sort::Natural => "natural",
                Sort::Matrix(rows, columns) => {
                    let declared = (rows.0, columns.0);
                    let (rows, columns) =
                        sizes.get(&declaration.symbol).copied().unwrap_or(declared);
                    let (rows, columns) = (terms.term(rows), terms.term(columns));
                    sorts.push((symbol, format!("matrix {rows} {columns}")));
                    continue;
                }
                Sort::Statement if declaration.properties.contains(&Property::Event) => "event",
                Sort::Statement => "statement",
                Sort::Set => "set",
                Sort::Function(_) => "function",
            };
            sorts.push((symbol, sort.to_owned()));
        }
    }
    sorts
}

/// The sorts of the letters that a proof puts in the place of powers of matrices.
fn powers(store: &Store, terms: &mut Terms<'_>, proof: &Proof, sorts: &mut Vec<(u32, String)>) {
    let Proof::Decision {
        theory,
        method,
        uses,
        witness,
        ..
    } = proof
    else {
        return;
    };
    if (*theory, *method) == ("recurrences", "powers") {
        for triple in witness.chunks(3) {
            if let [letter, _, rows] = triple
                && let Node::Symbol(symbol) = *store.node(*letter)
                && let Some(symbol) = terms.known(symbol)
            {
                let rows = terms.term(*rows);
                sorts.push((symbol, format!("matrix {rows} {rows}")));
            }
        }
    }
    for used in uses {
        powers(store, terms, used, sorts);
    }
}

/// Has a proof gone through by the independent checker, on the stack of the caller.
///
/// # Errors
/// The first node that is not accepted, with the reason.
pub fn replay(proof: &wire::Proof) -> Result<(), Rejection> {
    rules()?.replay(proof)
}

/// Has a refutation worked out by the independent checker, on the stack of the caller.
///
/// # Errors
/// Why it is not accepted.
pub fn recompute(refutation: &wire::Refutation) -> Result<(), Rejection> {
    rules()?.recompute(refutation)
}

/// Has a certificate gone through by the independent checker, against the rules of this program.
///
/// # Errors
/// The first step and node that is not accepted, with the reason.
pub fn verify(json: &str) -> Result<hence_checker::Accepted, Rejection> {
    rules()?.verify(json)
}
