//! Takes: digits and arithmetic. Gives: exact rationals, decimals with their digits, enclosures with outward rounding.
//! Never: knows a symbol, or answers with a number that is not enclosed.
//! Start reading at: `rational.rs`.
#![allow(clippy::float_arithmetic)]

mod rational;

pub use rational::Rational;
