//! Takes: terms. Gives: their normal forms as fractions of polynomials over ℚ in kernels.
//! Never: decides a condition; it is told what holds.
//! Start reading at: `polynomial.rs`, then `ring.rs`.

pub mod fraction;
pub mod polynomial;
pub mod power;
pub mod rational;
pub mod replace;
pub mod ring;
pub mod series;
pub mod spell;
