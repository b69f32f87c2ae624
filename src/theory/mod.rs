//! Takes: terms. Gives: for each field of mathematics a normal form, the side conditions it can decide, and how its symbols are evaluated.
//! Never: answers outside its ground; "not mine" is an answer.
//! Start reading at: `facts.rs`, then `field/mod.rs`.

pub mod calculus;
pub mod domain;
pub mod evaluate;
pub mod exception;
pub mod facts;
pub mod field;
pub mod logic;
pub mod matrices;
pub mod order;
pub mod power_series;
pub mod probability;
