//! Decimals: closed numeric equations that hold to the digits shown.

use crate::number::Rational;
use crate::syntax::{Kind, Relation, Tree};
use crate::term::TermId;

use super::elaborate::Elaborated;
use super::goal::Shape;
use super::reader::Reader;
use super::tree_walk;

/// The shape of a step that is judged to the digits shown: a closed numeric equation with a
/// decimal on either side, or `s ≈ d`.
pub(super) fn shape(
    reader: &mut Reader<'_, '_>,
    relation: Relation,
    (a, left): (&Elaborated, &Tree),
    (b, right): (&Elaborated, &Tree),
) -> Option<Shape> {
    let about = relation == Relation::Approximately;
    if !about && relation != Relation::Equal {
        return None;
    }
    let (first, second) = (decimal(a, left, about), decimal(b, right, about));
    let (value, (decimal, places)) = match (first, second) {
        (Some(x), Some(y)) if x.1 < y.1 => (b.term, x),
        (_, Some(y)) => (a.term, y),
        (Some(x), None) => (b.term, x),
        (None, None) => return None,
    };
    let closed = reader.store.symbols(value).is_empty();
    let fixed = about && (!reader.block.premises.is_empty() || reader.block.statements > 0);
    if !closed && !fixed {
        return None;
    }
    let others = stand_ins(reader, value);
    if closed {
        let given = reader.store.number(decimal.clone());
        if given != value && reader.decimals.len() < 256 {
            reader.decimals.push((value, given));
        }
    }
    Some(Shape::Rounded {
        term: value,
        others,
        decimal,
        places,
    })
}

/// The term with decimals of earlier lines in the place of what they were given for.
fn stand_ins(reader: &mut Reader<'_, '_>, term: TermId) -> Vec<TermId> {
    let mut table = reader
        .decimals
        .iter()
        .filter(|(value, _)| *value != term)
        .copied()
        .collect();
    let other = reader.store.replace(term, &mut table);
    if other == term {
        Vec::new()
    } else {
        vec![other]
    }
}

/// The decimal that a side is, and the digits shown behind the point.
fn decimal(meaning: &Elaborated, tree: &Tree, about: bool) -> Option<(Rational, i32)> {
    let (value, places) = meaning.decimal.clone()?;
    let pointed = tree_walk::any(
        tree,
        &mut |tree| matches!(&tree.kind, Kind::Number(digits) if digits.contains('.')),
    );
    if pointed {
        return Some((value, places));
    }
    if !about {
        return None;
    }
    // A whole number behind ≈ is rounded to its last digit that is not 0.
    let zeros = tree_walk::any(
        tree,
        &mut |tree| matches!(&tree.kind, Kind::Number(digits) if digits.len() > 1 && digits.ends_with('0')),
    );
    let trailing = match &tree.kind {
        Kind::Number(digits) if zeros => digits.len() - digits.trim_end_matches('0').len(),
        _ => 0,
    };
    Some((value, places - i32::try_from(trailing).unwrap_or(0)))
}
