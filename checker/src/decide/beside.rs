//! Unknowns beside a root: where nothing else is left to try, by their signs.

use num_traits::One;

use crate::arithmetic::polynomial::Poly;
use crate::arithmetic::ring::{Kernel, Ring};
use crate::decide::case::Case;
use crate::decide::formula::Formula;
use crate::decide::roots::Sign;
use crate::kernel::term::Q;

/// The three signs of an unknown that stands with a root in one inequality, as in x + √(x² − 1) > 0,
/// if none was assumed yet.
pub fn signs_beside_roots(ring: &Ring, case: &Case) -> Option<Vec<Formula>> {
    let kernel = |g: u32| ring.kernels.get(g as usize).map(|(kernel, _)| kernel);
    let is_root = |g: u32| matches!(kernel(g), Some(Kernel::Root(..)));
    for (poly, sign) in &case.atoms {
        let generators = poly.generators();
        let inequality = matches!(sign, Sign::Positive | Sign::NotNegative);
        if !inequality || generators.len() != 2 || !generators.iter().any(|g| is_root(*g)) {
            continue;
        }
        let unknown = generators
            .into_iter()
            .find(|g| matches!(kernel(*g), Some(Kernel::Exact(_))) && !ring.is_positive(*g));
        let Some(unknown) = unknown else {
            continue;
        };
        let plain = Poly::term(vec![(unknown, Q::one())], Q::one());
        let minus = plain.scale(&-Q::one());
        let cases = [
            (plain.clone(), Sign::Positive),
            (minus, Sign::Positive),
            (plain, Sign::Zero),
        ];
        if cases.iter().any(|atom| case.atoms.contains(atom)) {
            continue;
        }
        let formula = |(poly, sign)| Formula::Atom(sign, poly);
        return Some(cases.into_iter().map(formula).collect());
    }
    None
}
