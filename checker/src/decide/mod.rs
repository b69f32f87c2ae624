//! Takes: a statement, what holds, and a witness. Gives: whether the statement follows. One file for each kind of witness.
//! Never: says yes to what it does not know.
//! Start reading at: `order.rs`.

pub mod beside;
pub mod bounds;
pub mod case;
pub mod chance;
pub mod components;
pub mod dominated;
pub mod entries;
pub mod exists;
pub mod expansion;
pub mod extremum;
pub mod formula;
pub mod instances;
pub mod integers;
pub mod laws;
pub mod limit;
pub mod linear;
pub mod longer;
pub mod matrices;
pub mod means;
pub mod order;
pub mod powers;
pub mod ranges;
pub mod recurrence;
pub mod roots;
pub mod rows;
pub mod series;
pub mod slope;
pub mod smooth;
pub mod special;
pub mod squares;
mod telescoping;
