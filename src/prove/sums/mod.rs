//! Takes: a finite sum or product, under facts. Gives: one step nearer to its canonical form.
//! Never: moves what may be undefined out of a range that may be empty.
//! Start reading at: `head.rs` (the order of the steps), then `reindex.rs` and `partition.rs`.

mod anchor;
mod bounds;
mod choose;
mod closed;
mod defined;
mod guard;
mod head;
mod means;
mod meet;
mod nest;
mod partition;
mod product;
mod range;
mod reindex;
mod series;
mod solve;
mod telescoping;
mod written_out;

pub use bounds::termwise;
pub use closed::known;
pub use defined::{is_defined, outermost};
pub use guard::guard;
pub use head::sum;
pub use meet::meet;
pub use product::{logarithm, product};
pub use range::{Range, within};
