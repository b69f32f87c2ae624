//! Takes: terms. Gives: normal forms as fractions of sparse polynomials over ℚ in their kernels, with radicals and powers.
//! Never: uses an identity of a kernel (sin, log, i² = −1, …), or takes a root of a square for the number.
//! Start reading at: `normal.rs`, then `fraction.rs` and `power.rs`.
//!
//! What the normal form knows, besides the field laws (u/u = 1 included, as everywhere where both
//! sides are defined): (u^(1/q))^q = u · roots of primes multiply · √(c·u) = √c·√u for c > 0 ·
//! √(1/u) = 1/√u · √(u^p) = (√u)^p for odd p · b^u·b^v = b^(u+v), (b^u)^k = b^(ku) for k ∈ ℤ ·
//! (bᵘ)ᵛ = bᵘᵛ, (ab)ᵘ = aᵘbᵘ for positive b, a · with integer exponents for all · ((−1)ᵘ)² = 1.

mod assumed;
mod atom;
mod coefficient;
mod compare;
mod factor;
mod fraction;
mod gcd;
mod integer;
mod linear;
mod monomial;
mod normal;
mod number;
mod order;
mod polynomial;
mod power;
mod present;
mod word;

pub use assumed::Assumed;
pub use factor::{Factor, Factored};
pub use linear::{Parts, coefficient, combination};
pub use normal::Field;

use super::facts::Facts;
use crate::term::{Store, TermId};

/// Whether both terms have one normal form as fractions of polynomials over ℚ in their kernels:
/// true means equal wherever both are defined; false means nothing. All products of symbols
/// commute; terms with transposes, matrices or traces are not compared.
pub fn equal(store: &mut Store, a: TermId, b: TermId) -> bool {
    equal_under(store, &Facts::default(), a, b)
}

/// The same with what the facts say of sorts and signs: matrices keep their order, integer
/// exponents split over products, roots split over positive factors.
pub fn equal_under(store: &mut Store, facts: &Facts, a: TermId, b: TermId) -> bool {
    Field::new(Assumed::of(store, facts)).equal(store, a, b)
}

#[cfg(test)]
mod property_tests;
#[cfg(test)]
pub(crate) mod read_test;
#[cfg(test)]
mod tests;
