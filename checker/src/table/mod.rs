//! Takes: the text of the rule table. Gives: its rules as patterns with conditions, the functions they speak of, and the table's digest.
//! Never: uses a rule; that is the kernel's.
//! Start reading at: `rules.rs`.

pub mod digest;
pub mod function;
pub mod pattern;
pub mod rules;
