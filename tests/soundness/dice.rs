//! Choices that are the same in every run.
#![allow(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a second opinion"
)]

/// A linear congruential generator.
pub struct Dice(pub u64);

impl Dice {
    /// A number less than `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % (sides as u64)).unwrap()
    }

    /// A number from 0 to 1.
    pub fn fraction(&mut self) -> f64 {
        self.roll(10_000) as f64 / 10_000.0
    }

    /// A small number other than 0.
    pub fn number(&mut self) -> i64 {
        [-3, -2, -1, 1, 2, 3, 4, 5][self.roll(8)]
    }
}
