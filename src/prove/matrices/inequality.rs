//! Numbers made of matrices: what is known of inner products, and what equations say that are
//! multiplied by rows.

use super::decision;
use crate::term::{Node, Proof, Relation, TermId};
use crate::theory::matrices::{Base, Letter, Value, Words};

/// Equations that are multiplied, and rows by which each is.
const EQUATIONS: usize = 4;
const ROWS: usize = 8;

/// A relation of numbers.
pub(super) fn prove(
    words: &mut Words<'_>,
    hypotheses: &[TermId],
    claim: TermId,
    relation: Relation,
    sides: &[Value],
) -> Option<Proof> {
    let [a, b] = sides else { return None };
    let (a, b) = (words.plain(a)?, words.plain(b)?);
    let statement = words.store.relation(relation, a, b);
    let witness = take(words, hypotheses);
    if witness.len() > 1 && words.holds(statement) {
        return Some(decision("inequality", claim, Vec::new(), witness));
    }
    if relation == Relation::LessEqual {
        let difference = words.store.sub(b, a);
        if let Some(number) = words.by_numbers(difference) {
            let zero = words.zero;
            let statement = words.store.relation(Relation::LessEqual, zero, number);
            if words.holds(statement) {
                let none = vec![zero];
                return Some(decision("quadratic", claim, Vec::new(), none));
            }
        }
    }
    let pairs = words.inner_products()?;
    let mut found = false;
    if pairs.len() > 1 {
        // One pair is mostly enough.
        let known = words.facts.statements.len();
        for pair in &pairs {
            words.facts.statements.extend(pair);
            found = words.holds(statement);
            words.facts.statements.truncate(known);
            if found {
                break;
            }
        }
    }
    if !found {
        words.facts.statements.extend(pairs.iter().flatten());
        found = words.holds(statement);
    }
    found.then(|| decision("inequality", claim, Vec::new(), witness))
}

/// What vanishes, as the sum of the squares of its entries does.
pub(super) fn vanishes(
    words: &mut Words<'_>,
    hypotheses: &[TermId],
    claim: TermId,
    difference: &Value,
) -> Option<Proof> {
    let Value::Matrix(difference) = difference else {
        return None;
    };
    let square = words.square_sum(difference)?;
    let statement = words.store.relation(Relation::Equal, square, words.zero);
    let witness = take(words, hypotheses);
    words
        .holds(statement)
        .then(|| decision("square", claim, Vec::new(), witness))
}

/// Takes what the given equations say: between numbers, and between columns that are multiplied by
/// rows. Gives the hypotheses with the rows, in pairs.
fn take(words: &mut Words<'_>, hypotheses: &[TermId]) -> Vec<TermId> {
    // No equations are derived first.
    let mut witness = vec![words.zero];
    let mut taken = 0;
    for (number, hypothesis) in hypotheses.iter().enumerate() {
        let Node::Relation(Relation::Equal, a, b) = *words.store.node(*hypothesis) else {
            continue;
        };
        words.presumed = true;
        let sides = words.spell(a).zip(words.spell(b));
        words.presumed = false;
        let Some((a, b)) = sides else { continue };
        if taken == EQUATIONS {
            break;
        }
        let place = i64::try_from(number).unwrap_or(i64::MAX);
        let place = words.store.integer(place);
        let one = words.one;
        let unit = Value::Scalar(one);
        if words.plain(&a).is_some() && words.plain(&b).is_some() {
            if words.is_strange(*hypothesis) && words.take_multiple(&unit, &a, &b).is_some() {
                witness.extend([place, one]);
                taken += 1;
            }
            continue;
        }
        taken += 1;
        if words.take_multiple(&unit, &a, &b).is_some() {
            // Of square matrices the traces.
            witness.extend([place, one]);
            continue;
        }
        for row in rows(words, &a, &b) {
            words.presumed = false;
            if let Some(factor) = words.spell(row)
                && words.take_multiple(&factor, &a, &b).is_some()
            {
                witness.extend([place, row]);
            }
        }
    }
    witness
}

/// Rows by which an equation between columns may be multiplied: its columns transposed, also
/// times the inverses of matrices that are known to have them.
fn rows(words: &mut Words<'_>, a: &Value, b: &Value) -> Vec<TermId> {
    let mut columns = Vec::new();
    let mut inverses = Vec::new();
    for value in [a, b] {
        let Value::Matrix(matrix) = value else {
            continue;
        };
        if matrix.columns != words.one {
            return Vec::new();
        }
        let whole = words.present_matrix(matrix);
        if !columns.contains(&whole) {
            columns.push(whole);
        }
        for letter in matrix.words.keys().flatten().copied() {
            let atom = &words.atoms[letter.atom];
            if !matches!(atom.base, Base::Term(_)) {
                continue;
            }
            let plain = Letter {
                inverse: false,
                transposed: false,
                ..letter
            };
            let (column, invertible) = (atom.columns == words.one, atom.traits.invertible);
            let term = words.present_letter(plain);
            if column && !columns.contains(&term) {
                columns.push(term);
            }
            if invertible && !inverses.contains(&term) {
                inverses.push(term);
            }
        }
    }
    let function = crate::term::Function::Transpose;
    let mut rows = Vec::new();
    for column in columns {
        let row = words.store.function(function, &[column]);
        rows.push(row);
        for matrix in &inverses {
            let inverse = words
                .store
                .function(crate::term::Function::Inverse, &[*matrix]);
            rows.push(words.store.mul(&[row, inverse]));
        }
    }
    rows.truncate(ROWS);
    rows
}
