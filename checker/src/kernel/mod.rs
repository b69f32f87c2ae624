//! Takes: a certificate and the rule table. Gives: accepted, or the node that is not. Terms, rules and lines: what everything else rests on.
//! Never: searches for a proof; what a theory decides stands in `decide/`.
//! Start reading at: `checker.rs`, then `line.rs`, `rule.rs`, `proves.rs`.

pub mod binder;
pub mod checker;
pub mod domain;
pub mod instance;
pub mod line;
pub mod load;
pub mod proves;
pub mod rule;
pub mod scope;
pub mod term;
