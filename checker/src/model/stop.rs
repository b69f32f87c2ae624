//! Why there is no value.

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// There surely is none.
    Undefined,
    /// More digits may settle it.
    Digits,
    /// It is not known to the checker.
    Unknown(&'static str),
}

/// A value, or why there is none.
pub type Found<T> = Result<T, Stop>;

impl Stop {
    /// Of two reasons the one that more digits do not mend.
    pub fn worse(self, other: Stop) -> Stop {
        match (self, other) {
            (Stop::Undefined, _) | (_, Stop::Undefined) => Stop::Undefined,
            (Stop::Unknown(_), _) => self,
            _ => other,
        }
    }

    /// Where a rule has no value, nothing is known of what it would have said.
    pub fn at_most_unknown(self, reason: &'static str) -> Stop {
        match self {
            Stop::Undefined => Stop::Unknown(reason),
            other => other,
        }
    }

    /// In words.
    pub fn reason(self) -> &'static str {
        match self {
            Stop::Undefined => "a term without a value",
            Stop::Digits => "not decided with the digits allowed",
            Stop::Unknown(reason) => reason,
        }
    }
}

impl From<String> for Stop {
    fn from(_: String) -> Stop {
        Stop::Unknown("too much work")
    }
}
