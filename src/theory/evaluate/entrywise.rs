//! Entries of values that may be vectors or matrices, and functions that are taken entry by entry.

use super::functions::one;
use super::quantity::Quantity;
use super::real::{Result, Stop};
use super::tensor::Tensor;
use crate::number::Enclosure;
use crate::term::Function;
use Tensor::{Full, Identity, Ones, Scalar, Zero};

/// A function of a number, or of a row or column entry by entry.
pub(super) fn entrywise<E: Enclosure>(
    function: Function,
    value: &Tensor<E>,
    bits: u32,
) -> Result<Tensor<E>> {
    match value {
        Scalar(number) => one(function, number, bits).map(Scalar),
        Zero => one(function, &Quantity::integer(0), bits).map(Scalar),
        Full(array) if array.rows() == 1 || array.columns() == 1 => {
            array.map(|number| one(function, number, bits)).map(Full)
        }
        _ => Err(Stop::Unknown),
    }
}

/// The entry at these places, from 0.
pub(super) fn entry<E: Enclosure>(value: &Tensor<E>, places: &[usize]) -> Result<Quantity<E>> {
    match (value, places) {
        (Full(array), [i, j]) => array.entry(*i, *j).cloned(),
        (Full(array), [i]) if array.columns() == 1 => array.entry(*i, 0).cloned(),
        (Full(array), [j]) if array.rows() == 1 => array.entry(0, *j).cloned(),
        (Identity(multiple), [i, j]) => Ok(if i == j {
            multiple.clone()
        } else {
            Quantity::integer(0)
        }),
        (Ones(_), [_]) => Ok(Quantity::integer(1)),
        (Zero, _) => Ok(Quantity::integer(0)),
        _ => Err(Stop::Unknown),
    }
}
