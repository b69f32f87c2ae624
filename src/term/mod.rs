//! Takes: numbers and names. Gives: hash-consed terms with sorts, binders that respect alpha-equivalence, substitution, printing, rewrite traces.
//! Never: simplifies behind the reader's back, or decides anything.
//! Start reading at: `node.rs`, then `store.rs`.

mod binder;
mod function;
mod meter;
mod node;
mod print;
mod sort;
mod store;
mod symbol;
mod trace;

pub use function::{Constant, Function};
pub use meter::{Allowance, Limit, Meter};
pub use node::{Direction, Node, Quality, Relation, TermId};
pub use print::{print, print_symbol};
pub use sort::{Dimension, Sort};
pub use store::Store;
pub use symbol::Symbol;
pub use trace::{Link, Proof, Reason, Trace};
