//! Takes: terms in which vectors and matrices stand. Gives: their normal forms as polynomials whose words keep their order.
//! Never: multiplies what does not fit, or takes an inverse to exist that is not shown to.
//! Start reading at: `letter.rs`, `polynomial.rs`, then `spell.rs`; what is decided with it: `decide/matrices.rs`.

pub mod blocks;
pub mod definite;
pub mod differential;
pub mod fold;
pub mod forms;
pub mod inequality;
pub mod kernel;
pub mod letter;
pub mod polynomial;
pub mod power;
pub mod present;
pub mod reduce;
pub mod spell;
