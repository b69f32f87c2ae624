//! Takes: terms with random symbols, and laws. Gives: the same terms with each random symbol at an outcome; what is independent.
//! Never: takes a fact about one outcome for a fact about all.
//! Start reading at: `outcome.rs`.

mod law;
mod matching;
mod moving;
mod outcome;
mod spread;

pub use law::{Laws, independent, members};
pub use matching::matches;
pub use outcome::{
    OUTCOME, Spelling, held_by_mean, is_chance, is_constant_name, random_atoms, random_in,
};
pub use spread::spread_out;
