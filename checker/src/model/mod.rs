//! Takes: a refutation. Gives: accepted where its hypotheses are true at its model and its claim fails there.
//! Never: takes a value that is told for one that it has worked out.
//! Start reading at: `refutation.rs`, then `evaluate.rs`, `truth.rs`, `real.rs`.

mod arrays;
mod chance;
pub mod closed;
mod dyadic;
mod evaluate;
mod functions;
mod integral;
mod interval;
mod limit;
mod real;
mod recurrence;
mod refutation;
mod series;
mod slope;
pub mod stop;
mod truth;

pub use refutation::recompute;
