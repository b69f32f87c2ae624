//! Takes: a refuted step. Gives: the slip that explains it, if one does.
//! Never: puts a wrong rule into a proof: a slip is applied to what was written, and what comes out is proved as it stands.
//! Start reading at: `suspect.rs`, then the slips, one file each.

mod bound;
mod factor;
mod index;
mod matrix;
mod prime;
mod sign;
mod start;
mod suspect;
mod term;
mod terms;

use super::finding::Diagnosis;
use crate::judge::Judged;
use crate::meaning::{Context, Derivation, Step};
use crate::term::Store;
use suspect::Suspect;

/// The slip that explains a refuted step: first those that make it right by themselves, then the
/// factor or the term by which its sides differ.
pub(super) fn diagnose(
    store: &mut Store,
    context: &Context,
    derivation: &Derivation,
    step: &Step,
    judged: &Judged,
    exchanged: Option<&str>,
) -> Option<Diagnosis> {
    let mut suspect = Suspect::new(store, context, derivation, step, judged)?;
    let matrices = suspect
        .claim()
        .is_some_and(|claim| suspect.is_about_matrices(store, claim));
    if matrices {
        return index::diagnose(store, &mut suspect, step, exchanged)
            .or_else(|| start::diagnose(store, &mut suspect))
            .or_else(|| sign::diagnose(store, &mut suspect))
            .or_else(|| matrix::diagnose(store, &mut suspect))
            .or_else(|| bound::diagnose(store, &mut suspect));
    }
    index::diagnose(store, &mut suspect, step, exchanged)
        .or_else(|| start::diagnose(store, &mut suspect))
        .or_else(|| prime::diagnose(store, &mut suspect))
        .or_else(|| sign::diagnose(store, &mut suspect))
        .or_else(|| terms::diagnose(store, &mut suspect))
        .or_else(|| factor::diagnose(store, &mut suspect))
        .or_else(|| term::diagnose(store, &mut suspect))
        .or_else(|| prime::with_another_slip(store, &mut suspect))
        .or_else(|| bound::diagnose(store, &mut suspect))
}
