//! Takes: a document as it was read, its verdicts and what is said about them. Gives: reports: as data, JSON, and text as a compiler prints it.
//! Never: decides or explains anything.
//! Start reading at: `model.rs`, then `build.rs`.

mod build;
mod certificates;
mod explanation;
mod human;
mod json;
mod model;
mod reading;
#[cfg(test)]
mod tests;

pub use build::{report, unreadable};
pub use certificates::certificates;
pub use explanation::explanation;
pub use human::{Detail, human};
pub use json::{json, schema};
pub use model::{
    Counterexample, Counts, DerivationReport, Diagnosis, Overall, Place, Report, StepReport,
    StepVerdict,
};
pub use reading::reading;
