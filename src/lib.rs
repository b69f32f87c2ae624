//! `hence` checks that every line of a derivation follows from the ones before.
#![forbid(unsafe_code)]

pub mod certify;
pub mod cli;
pub mod diagnose;
mod front;
pub mod judge;
pub mod meaning;
pub mod number;
pub mod prove;
pub mod refute;
pub mod report;
pub mod source;
pub mod syntax;
pub mod term;
pub mod theory;

pub use front::{Certified, Options, certify, check, explain, read};
