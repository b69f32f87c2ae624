//! Takes: limits, under facts. Gives: their values, as terms.
//! Never: takes a limit from one side for that from both, or a coefficient that might be 0 for one that is not.
//! Start reading at: `limit.rs`, then `series.rs` and `expansion.rs`.

mod expansion;
mod limit;
mod series;

pub use limit::{limit, limit_under};
