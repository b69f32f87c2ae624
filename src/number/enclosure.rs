//! What every kind of enclosure can do.

use super::Rational;

/// A closed interval of reals that surely holds the value it stands for. All results are rounded
/// outwards. `None` means that the result cannot be enclosed in this kind (it is too large, or the
/// argument is not wholly inside the function's domain); whoever asks about domains looks at the
/// signs of the ends first.
pub trait Enclosure: Clone + std::fmt::Debug {
    /// Encloses a rational; `bits` is the precision to work with from there on.
    fn enclose(value: &Rational, bits: u32) -> Option<Self>;
    /// The smallest enclosure of both.
    #[must_use]
    fn hull(&self, other: &Self) -> Self;
    /// The two ends, exactly.
    fn bounds(&self) -> (Rational, Rational);
    /// The sign of the lower end.
    fn low_sign(&self) -> i32;
    /// The sign of the upper end.
    fn high_sign(&self) -> i32;
    /// Whether each number in it is less than each number in the other.
    fn surely_below(&self, other: &Self) -> bool;
    /// Whether each number in it is at most each number in the other.
    fn surely_not_above(&self, other: &Self) -> bool;
    /// The sum.
    fn add(&self, other: &Self) -> Option<Self>;
    /// The negative.
    #[must_use]
    fn neg(&self) -> Self;
    /// The product.
    fn mul(&self, other: &Self) -> Option<Self>;
    /// The inverse; 0 must not lie in it.
    fn inverse(&self) -> Option<Self>;
    /// The square: never negative.
    fn square(&self) -> Option<Self>;
    /// The root of that degree of a non-negative number.
    fn root(&self, degree: u32) -> Option<Self>;
    /// e to the power of it.
    fn exp(&self) -> Option<Self>;
    /// The natural logarithm of a positive number.
    fn log(&self) -> Option<Self>;
    /// The sine.
    fn sin(&self) -> Option<Self>;
    /// The cosine.
    fn cos(&self) -> Option<Self>;
    /// The arc tangent.
    fn arctan(&self) -> Option<Self>;
    /// The arc sine of a number from −1 to 1.
    fn arcsin(&self) -> Option<Self>;
    /// The ratio of circumference to diameter.
    fn pi(bits: u32) -> Self;
    /// The lower end and the upper end exchanged for the larger of each.
    #[must_use]
    fn max(&self, other: &Self) -> Self;

    /// −1, 0 or 1 where the sign is sure.
    fn sign(&self) -> Option<i32> {
        match (self.low_sign(), self.high_sign()) {
            (0, 0) => Some(0),
            (1, _) => Some(1),
            (_, -1) => Some(-1),
            _ => None,
        }
    }

    /// The absolute value.
    #[must_use]
    fn abs(&self) -> Self {
        if self.low_sign() >= 0 {
            self.clone()
        } else {
            self.max(&self.neg())
        }
    }

    /// The power with a natural exponent.
    fn power(&self, exponent: u64) -> Option<Self> {
        if exponent == 0 {
            return Self::enclose(&Rational::one(), 64);
        }
        let (mut result, mut square, mut left): (Option<Self>, Self, u64) =
            (None, self.clone(), exponent);
        loop {
            if left & 1 == 1 {
                result = Some(match result {
                    None => square.clone(),
                    Some(so_far) => so_far.mul(&square)?,
                });
            }
            left >>= 1;
            if left == 0 {
                return result;
            }
            square = square.square()?;
        }
    }
}
