//! The independent checker of hence's certificates: `verify` says yes only to a proof that it has
//! gone through by itself. It holds its own terms, rules, polynomials and decisions.
//!
//! Takes: a certificate as JSON and the text of the rule table. Gives: accepted, or the first node that is not, with the reason.
//! Never: searches in `src/`, uses egg, or believes what a certificate says without having checked it.
//! Start reading at: `wire.rs`, `checker.rs`, `line.rs`, `rule.rs`.
#![allow(
    clippy::missing_errors_doc,
    reason = "an error is always the reason of a rejection"
)]
#![allow(clippy::iter_over_hash_type, reason = "no hash table is iterated")]

mod binder;
mod checker;
mod digest;
mod domain;
mod exists;
mod formula;
mod fraction;
mod function;
mod interval;
mod line;
mod linear;
mod load;
mod order;
mod pattern;
mod polynomial;
mod proves;
mod ring;
mod roots;
mod rule;
mod rules;
mod scope;
mod smooth;
mod special;
mod squares;
mod term;
pub mod wire;

pub use digest::{digest, sha256};

use checker::Checker;
use wire::{Certificate, FORMAT};

/// What was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// How many nodes the certificate has.
    pub nodes: usize,
}

/// Why a certificate is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The first node that is not accepted; `None` where the certificate as a whole is not.
    pub node: Option<u32>,
    /// The reason.
    pub reason: String,
}

const LENGTH: usize = 16 << 20;
const STACK: usize = 64 << 20;

/// Checks a certificate against the rule table (families and their texts, in order).
pub fn verify(certificate: &str, rules: &[(&str, &str)]) -> Result<Accepted, Rejection> {
    let whole = |reason: String| Rejection { node: None, reason };
    if certificate.len() > LENGTH {
        return Err(whole("too long".to_owned()));
    }
    let parsed: Certificate =
        serde_json::from_str(certificate).map_err(|error| whole(error.to_string()))?;
    if parsed.format != FORMAT {
        return Err(whole(format!("not of the form {FORMAT}")));
    }
    if parsed.rules != digest(rules) {
        return Err(whole("made with another rule table".to_owned()));
    }
    if parsed.content != content(&parsed) {
        return Err(whole("changed since it was made".to_owned()));
    }
    let table = rules::read(rules).map_err(whole)?;
    let work = || {
        let mut checker = Checker::load(&parsed, &table).map_err(whole)?;
        match checker.claim() {
            Ok(()) => Ok(Accepted {
                nodes: parsed.nodes.len(),
            }),
            Err(reason) => Err(Rejection {
                node: Some(checker.at),
                reason,
            }),
        }
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let handle = thread.spawn_scoped(scope, work).ok();
        handle
            .and_then(|handle| handle.join().ok())
            .unwrap_or_else(|| Err(whole("the checker could not finish".to_owned())))
    })
}

/// The digest of a certificate's content: of its JSON with the field `content` empty.
#[must_use]
pub fn content(certificate: &Certificate) -> String {
    let mut blank = certificate.clone();
    blank.content.clear();
    sha256(&serde_json::to_vec(&blank).unwrap_or_default())
}
