//! Decimals: closed numeric equations that hold to the digits shown.

use crate::syntax::Relation;
use crate::term::{Node, TermId};

use super::elaborate::{self, Elaborated};
use super::goal::Shape;
use super::reader::Reader;

/// The shape of a step that is judged to the digits shown: a closed numeric equation with a
/// decimal on either side, or `s ≈ d`.
pub(super) fn shape(
    reader: &mut Reader<'_, '_>,
    relation: Relation,
    a: &Elaborated,
    b: &Elaborated,
) -> Option<Shape> {
    let about = relation == Relation::Approximately;
    if !about && relation != Relation::Equal {
        return None;
    }
    let (first, second) = (a.decimal.clone(), b.decimal.clone());
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
    if !closed {
        return elaborate::near(reader.store, value, &decimal, places).map(Shape::Statement);
    }
    let others = stand_ins(reader, value);
    let given = reader.store.number(decimal.clone());
    if given != value && reader.decimals.len() < 256 {
        reader.decimals.push((value, given));
    }
    Some(Shape::Rounded {
        term: value,
        others,
        decimal,
        places,
    })
}

/// A closed numeric statement, or the same with decimals of earlier lines in the place of what
/// they were given for; none where no line gave one.
pub(super) fn with_stand_ins(reader: &mut Reader<'_, '_>, statement: TermId) -> Option<TermId> {
    if reader.decimals.is_empty() || !reader.store.symbols(statement).is_empty() {
        return None;
    }
    let mut either = vec![statement];
    either.extend(stand_ins(reader, statement));
    (either.len() > 1).then(|| reader.store.add_node(Node::Or(either.into())))
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
