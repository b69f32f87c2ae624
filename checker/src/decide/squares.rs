//! Sums of squares: quadratic forms that are never negative.

use num_traits::Zero;

use crate::arithmetic::polynomial::{Monomial, Poly};
use crate::arithmetic::ring::Ring;
use crate::kernel::term::{Check, Q};

/// Whether the polynomial is a sum of squares (and a positive number, if it must be `strict`ly
/// positive).
pub fn never_negative(poly: &Poly, strict: bool, ring: &mut Ring) -> Check<bool> {
    let Some(forms) = squares(poly, ring)? else {
        return Ok(false);
    };
    Ok(!strict || forms.iter().any(|(_, form)| form.as_number().is_some()))
}

/// The polynomial as a sum of positive numbers times squares, by completing squares in a basis of
/// monomials: the pairs; a number that is left over stands with the form 1.
pub fn squares(poly: &Poly, ring: &mut Ring) -> Check<Option<Vec<(Q, Poly)>>> {
    let half = Q::new(1.into(), 2.into());
    let two = Q::whole(2);
    let mut basis: Vec<Monomial> = Vec::new();
    for monomial in poly.0.keys() {
        if monomial.iter().all(|(_, e)| (e / &two).is_integer()) {
            basis.push(monomial.iter().map(|(g, e)| (*g, e * &half)).collect());
        }
    }
    if basis.len() > 8 {
        return Ok(None);
    }
    ring.terms.spend(64)?;
    // The constant last, so that it is what remains.
    basis.sort_by_key(|m| (m.is_empty(), m.clone()));
    let n = basis.len();
    let mut matrix = vec![vec![Q::zero(); n]; n];
    let mut rest = poly.clone();
    for i in 0..n {
        for j in i..n {
            // Each monomial belongs to the first pair that gives it.
            let product = crate::arithmetic::polynomial::times(&basis[i], &basis[j]);
            let Some(value) = rest.0.remove(&product) else {
                continue;
            };
            let value = if i == j { value } else { value * &half };
            matrix[i][j] = value.clone();
            matrix[j][i] = value;
        }
    }
    if !rest.is_zero() {
        return Ok(None);
    }
    let mut forms = Vec::new();
    for k in 0..n {
        let pivot = matrix[k][k].clone();
        if pivot.is_negative() {
            return Ok(None);
        }
        if pivot.is_zero() {
            if matrix[k].iter().skip(k).any(|c| !c.is_zero()) {
                return Ok(None);
            }
            continue;
        }
        let mut form = Poly::default();
        for i in k..n {
            form.plus(basis[i].clone(), &(&matrix[k][i] / &pivot));
        }
        forms.push((pivot.clone(), form));
        for i in k + 1..n {
            let factor = &matrix[i][k] / &pivot;
            let row = matrix[k].clone();
            for (entry, above) in matrix[i].iter_mut().zip(&row).skip(k + 1) {
                *entry -= &factor * above;
            }
        }
    }
    Ok(Some(forms))
}
