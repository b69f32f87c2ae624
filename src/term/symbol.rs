//! Names of terms.

/// An interned name of a [`super::Store`], numbered by first occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub(super) u32);

impl Symbol {
    /// Its number in the store.
    #[must_use]
    pub fn index(self) -> u32 {
        self.0
    }
}
