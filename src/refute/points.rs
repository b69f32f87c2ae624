//! Laws on a few points with given moments: two points, three with the moments of a normal variable,
//! small values.

use crate::number::{Quadratic, Rational};
use crate::theory::evaluate::Mixer;

/// n/d
pub(super) fn fraction(n: i64, d: i64) -> Rational {
    Rational::new(n, d).unwrap_or_else(Rational::one)
}

/// Small values at the points of the common space.
pub(super) fn simple(place: usize, point: usize, round: u32, mixer: &mut Mixer) -> Rational {
    const PAIRS: [[i64; 2]; 6] = [[0, 1], [1, 2], [-1, 1], [1, 3], [2, 1], [3, -1]];
    let turn = usize::try_from(round).unwrap_or(0);
    if round % 8 == 7 {
        // What is random may be constant.
        return Rational::from(i64::try_from(place % 3).unwrap_or(0));
    }
    if round < 3 {
        // Two letters are alike at first, then they go apart.
        let pair = PAIRS.get((place * turn + turn) % PAIRS.len());
        let value = pair.and_then(|pair| pair.get(point)).copied().unwrap_or(0);
        return Rational::from(value);
    }
    if round % 8 == 5 {
        return fraction(1 + i64::try_from(mixer.below(3)).unwrap_or(0), 4);
    }
    match round % 4 {
        0 => Rational::from(i64::try_from(mixer.below(2)).unwrap_or(0)),
        1 => Rational::from(1 + i64::try_from(mixer.below(4)).unwrap_or(0)),
        2 => Rational::from(i64::try_from(mixer.below(7)).unwrap_or(0) - 3),
        _ => mixer.rational(false),
    }
}

/// Three points with the first five moments of a normal variable (Gauss and Hermite), where the
/// first four are given and are such.
pub(super) fn as_normal(
    mean: Option<&Rational>,
    variance: Option<&Rational>,
    square: Option<&Rational>,
    [third, fourth]: [Option<Rational>; 2],
) -> Option<(Vec<Rational>, Vec<Quadratic>)> {
    let (mean, third, fourth) = (mean?, third?, fourth?);
    let own = mean.mul(mean);
    let spread = match (variance, square) {
        (Some(variance), _) => variance.clone(),
        (None, Some(square)) => square.sub(&own),
        (None, None) => return None,
    };
    if spread.signum() <= 0 {
        return None;
    }
    let three = Rational::from(3);
    let cube = mean.mul(&own).add(&three.mul(mean).mul(&spread));
    let quartic = own
        .mul(&own)
        .add(&Rational::from(6).mul(&own).mul(&spread))
        .add(&three.mul(&spread).mul(&spread));
    if third != cube || fourth != quartic {
        return None;
    }
    let off = Quadratic::square_root(&three.mul(&spread))?;
    let centre = Quadratic::from(mean.clone());
    let minus = Quadratic::from(Rational::from(-1)).mul(&off)?;
    let weights = vec![fraction(1, 6), fraction(2, 3), fraction(1, 6)];
    Some((
        weights,
        vec![centre.add(&minus)?, centre.clone(), centre.add(&off)?],
    ))
}

/// Two points with weights, of that mean and variance.
pub(super) fn own(
    event: bool,
    mean: Option<Rational>,
    variance: Option<Rational>,
    square: Option<Rational>,
    turn: i64,
    number: i64,
) -> Option<(Vec<Rational>, Vec<Quadratic>)> {
    let points = |values: [Rational; 2]| values.into_iter().map(Quadratic::from).collect();
    let one = Rational::one();
    if event {
        let chances = [fraction(1, 2), fraction(1, 3), fraction(3, 4)];
        let place = usize::try_from((turn + number) % 3).unwrap_or(0);
        let chance = mean.or_else(|| chances.get(place).cloned())?;
        let other = one.sub(&chance);
        if chance.signum() < 0 || other.signum() < 0 {
            return None;
        }
        return Some((vec![other, chance], points([Rational::zero(), one])));
    }
    let centre = mean.clone().unwrap_or_else(|| {
        if square.is_some() {
            Rational::zero()
        } else {
            Rational::from(number % 3 + turn % 2)
        }
    });
    if mean.is_some() && mean == square && variance.is_none() {
        // Such a symbol may be 0 or 1.
        let other = one.sub(&centre);
        if centre.signum() >= 0 && other.signum() >= 0 {
            return Some((vec![other, centre], points([Rational::zero(), one])));
        }
    }
    let spread = variance.or_else(|| square.map(|s| s.sub(&centre.mul(&centre))));
    let Some(spread) = spread else {
        // A third at two above, two thirds at one below.
        let step = Rational::from(1 + (turn + number) % 3);
        let two = Rational::from(2);
        let values = [centre.add(&step.mul(&two)), centre.sub(&step)];
        return Some((vec![fraction(1, 3), fraction(2, 3)], points(values)));
    };
    match spread.signum() {
        0 => {
            let value = centre.clone();
            return Some((vec![one], vec![value.into()]));
        }
        1 => {}
        _ => return None,
    }
    if turn % 2 == 0
        && let Some(root) = spread.exact_root(2)
    {
        let values = [centre.add(&root), centre.sub(&root)];
        return Some((vec![fraction(1, 2), fraction(1, 2)], points(values)));
    }
    let below = Rational::from(1 + turn % 3);
    let above = spread.div(&below)?;
    let total = above.add(&below);
    let weights = vec![below.div(&total)?, above.div(&total)?];
    Some((weights, points([centre.add(&above), centre.sub(&below)])))
}
