//! Takes: digits and arithmetic. Gives: exact rationals, decimals with their digits, enclosures with outward rounding.
//! Never: knows a symbol, or answers with a number that is not enclosed.
//! Start reading at: `rational.rs`, then `enclosure.rs`.
#![allow(clippy::float_arithmetic)]

mod dyadic;
mod dyadic_interval;
mod enclosure;
mod float_interval;
mod modular;
mod quadratic;
mod rational;

pub use dyadic_interval::DyadicInterval;
pub use enclosure::Enclosure;
pub use float_interval::FloatInterval;
pub use modular::{Residue, are_coprime};
pub use quadratic::Quadratic;
pub use rational::Rational;
