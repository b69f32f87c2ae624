//! Given moments.

use super::super::canonical::Canonical;
use super::super::line::Line;

/// Goes on by a given moment.
pub fn use_moment(_canonical: &mut Canonical, _line: &mut Line) -> bool {
    false
}
