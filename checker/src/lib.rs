//! The independent checker of hence's certificates: `verify` says yes only to a proof that it has
//! gone through by itself. It holds its own terms, rules, polynomials and decisions.
//!
//! Takes: a certificate as JSON and the text of the rule table. Gives: accepted, or the first node that is not, with the reason.
//! Never: searches in `src/`, uses egg, or believes what a certificate says without having checked it.
//! Start reading at: `wire.rs`, then `kernel/checker.rs`, `kernel/line.rs`, `kernel/rule.rs`.
#![allow(
    clippy::missing_errors_doc,
    reason = "an error is always the reason of a rejection"
)]
#![allow(clippy::iter_over_hash_type, reason = "no hash table is iterated")]

mod arithmetic;
mod coordinates;
mod decide;
mod kernel;
mod matrices;
mod model;
mod table;
pub mod wire;

pub use table::digest::sha256;

use std::collections::BTreeMap;

use kernel::checker::Checker;
use table::digest::digest;
use table::rules::{self, Rule};
use wire::{Certificate, Evidence, FORMAT, Proof, Refutation};

/// What was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// How many steps the certificate has.
    pub steps: usize,
    /// How many nodes their proofs have.
    pub nodes: usize,
}

/// Why a certificate is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The step that is not accepted; `None` where the certificate as a whole is not.
    pub step: Option<u32>,
    /// Its first node that is not accepted; `None` where its claim or its terms are not.
    pub node: Option<u32>,
    /// The reason.
    pub reason: String,
}

impl std::fmt::Display for Rejection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(step) = self.step {
            write!(f, "step {step}: ")?;
        }
        if let Some(node) = self.node {
            write!(f, "node {node}: ")?;
        }
        f.write_str(&self.reason)
    }
}

impl Rejection {
    fn whole(reason: impl Into<String>) -> Self {
        Rejection {
            step: None,
            node: None,
            reason: reason.into(),
        }
    }
}

const LENGTH: usize = 64 << 20;
const STACK: usize = 64 << 20;

/// The rule table: all that the checker believes.
#[derive(Clone, Debug)]
pub struct Rules {
    table: BTreeMap<String, Rule>,
    digest: String,
}

impl Rules {
    /// Reads the families and their texts, in order.
    ///
    /// # Errors
    /// What is not a rule, with the place.
    pub fn read(families: &[(&str, &str)]) -> Result<Self, String> {
        Ok(Rules {
            table: rules::read(families)?,
            digest: digest(families),
        })
    }

    /// The table's digest, `sha256:…`.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Goes through a certificate as it was written down.
    pub fn verify(&self, certificate: &str) -> Result<Accepted, Rejection> {
        if certificate.len() > LENGTH {
            return Err(Rejection::whole("too long"));
        }
        let parsed: Certificate = serde_json::from_str(certificate)
            .map_err(|error| Rejection::whole(error.to_string()))?;
        if parsed.format != FORMAT {
            return Err(Rejection::whole(format!("not of the form {FORMAT}")));
        }
        if parsed.rules != self.digest {
            return Err(Rejection::whole("made with another rule table"));
        }
        if parsed.content != content(&parsed) {
            return Err(Rejection::whole("changed since it was made"));
        }
        let work = || self.steps(&parsed);
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK);
            let handle = thread.spawn_scoped(scope, work).ok();
            handle
                .and_then(|handle| handle.join().ok())
                .unwrap_or_else(|| Err(Rejection::whole("the checker could not finish")))
        })
    }

    fn steps(&self, certificate: &Certificate) -> Result<Accepted, Rejection> {
        let mut nodes = 0;
        for step in &certificate.steps {
            let done = match &step.evidence {
                Evidence::Proof(proof) => {
                    nodes += proof.nodes.len();
                    self.replay(proof)
                }
                Evidence::Refutation(refutation) => self.recompute(refutation),
            };
            done.map_err(|rejection| Rejection {
                step: Some(step.step),
                ..rejection
            })?;
        }
        Ok(Accepted {
            steps: certificate.steps.len(),
            nodes,
        })
    }

    /// Goes through one proof, on the stack of the caller.
    pub fn replay(&self, proof: &Proof) -> Result<(), Rejection> {
        let mut checker = Checker::load(proof, &self.table).map_err(Rejection::whole)?;
        checker.claim().map_err(|reason| Rejection {
            step: None,
            node: Some(checker.at),
            reason,
        })
    }

    /// Works out a refutation: the hypotheses are true at the model, the claim fails there, and
    /// the sides have the values that are told.
    pub fn recompute(&self, refutation: &Refutation) -> Result<(), Rejection> {
        model::recompute(refutation).map_err(Rejection::whole)
    }
}

/// Whether a term may be made of this function.
#[must_use]
pub fn knows_function(name: &str) -> bool {
    let tables = [table::function::FUNCTIONS, table::function::MATRICES];
    let mut tables = tables.into_iter();
    tables.any(|table| table::function::known(table, name).is_some())
}

/// The digest of a certificate's content: of its JSON with the field `content` empty.
#[must_use]
pub fn content(certificate: &Certificate) -> String {
    let blank = Certificate {
        content: String::new(),
        ..certificate.clone()
    };
    sha256(&serde_json::to_vec(&blank).unwrap_or_default())
}
