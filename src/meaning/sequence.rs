//! Which part each statement of a block plays by its place among the arrows.

use crate::syntax::Arrow;

use super::block::Block;
use super::line::{Line, Stand};

/// The part that a statement plays by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It stands just before the first arrow of its display or run of lines.
    Premise,
    /// Before the first arrow, but not just before it.
    BeforeArrow,
    /// Behind ⇒.
    Follows,
    /// Behind ⇔.
    Equivalent,
    /// Behind ⇐.
    ImpliedBy,
    /// None of these.
    Plain,
}

/// The places of a block's lines, in order; a line that goes on with a chain has the place of the
/// chain.
#[derive(Clone, Debug, Default)]
pub(super) struct Sequence {
    /// One for each line of the block.
    pub(super) places: Vec<Place>,
    /// Whether an arrow stands in the block.
    pub(super) has_arrow: bool,
    /// For each line, whether ⇔ or ⇐ stands in its run of arrows.
    pub(super) equivalence: Vec<bool>,
    /// For each line, whether the next one goes on with its chain.
    pub(super) goes_on: Vec<bool>,
}

/// Whether a line is a statement of its block, no remark and no context.
fn counts(line: &Line<'_>) -> bool {
    match line.stand {
        Stand::Alone => true,
        Stand::Sentence => line.lead.is_some(),
        Stand::Context(_) => false,
    }
}

/// The places of a block's lines.
pub(super) fn sequence(block: &Block<'_>) -> Sequence {
    let lines: Vec<&Line<'_>> = block.lines().collect();
    let mut result = Sequence {
        places: vec![Place::Plain; lines.len()],
        has_arrow: false,
        equivalence: vec![false; lines.len()],
        goes_on: vec![false; lines.len()],
    };
    // The statement that each line belongs to: the last line that begins one.
    let mut statement = Vec::with_capacity(lines.len());
    let mut current = None;
    for (index, line) in lines.iter().enumerate() {
        if counts(line) {
            if !line.continues() || current.is_none() {
                current = Some(index);
            }
            statement.push(current);
        } else {
            statement.push(None);
        }
    }
    let first = statement.iter().flatten().next().copied();
    let mut unit = None;
    let mut before: Option<usize> = None;
    let mut arrow_met = false;
    let mut unit_start = 0;
    for (index, line) in lines.iter().enumerate() {
        if unit != Some(line.unit) {
            unit = Some(line.unit);
            before = None;
            arrow_met = false;
            unit_start = index;
        }
        let Some(own) = statement.get(index).copied().flatten() else {
            continue;
        };
        if let Some(lead) = &line.lead
            && !line.continues()
        {
            result.has_arrow = true;
            if let Some(place) = result.places.get_mut(index) {
                *place = match lead.kind {
                    Arrow::Implies => Place::Follows,
                    Arrow::Iff => Place::Equivalent,
                    Arrow::ImpliedBy => Place::ImpliedBy,
                };
            }
            if !arrow_met {
                arrow_met = true;
                let premise = before.or(first.filter(|first| *first != index));
                let own_unit = before.is_some();
                // With one statement of a system all of it is the premise.
                let system = premise.and_then(|p| lines.get(p)).and_then(|p| p.system);
                let whole = lines.iter().enumerate().filter(|(p, other)| {
                    Some(*p) == premise
                        || system.is_some()
                            && *p < index
                            && other.unit == line.unit
                            && other.system == system
                });
                for (p, _) in whole {
                    if let Some(place) = result.places.get_mut(p)
                        && *place == Place::Plain
                    {
                        *place = Place::Premise;
                    }
                }
                if own_unit {
                    for place in result.places.get_mut(unit_start..index).unwrap_or(&mut []) {
                        if *place == Place::Plain {
                            *place = Place::BeforeArrow;
                        }
                    }
                }
            }
        }
        before = Some(own);
    }
    result.mark_runs(&lines, &statement);
    for (index, own) in statement.iter().enumerate() {
        if let Some(own) = own
            && *own != index
            && let Some(place) = result.places.get(*own).copied()
            && let Some(slot) = result.places.get_mut(index)
        {
            *slot = place;
        }
    }
    result
}

impl Sequence {
    /// Marks the statements that ⇔ joins with others: the run from a premise to its last arrow.
    fn mark_runs(&mut self, lines: &[&Line<'_>], statement: &[Option<usize>]) {
        let mut run: Vec<usize> = Vec::new();
        let mut with_equivalence = false;
        let mut last_line: Option<usize> = None;
        for (index, line) in lines.iter().enumerate() {
            let Some(own) = statement.get(index).copied().flatten() else {
                continue;
            };
            if own != index {
                if let Some(slot) = last_line.and_then(|last| self.goes_on.get_mut(last)) {
                    *slot = true;
                }
            } else {
                if line.lead.is_none() {
                    self.close_run(&run, with_equivalence);
                    run.clear();
                    with_equivalence = false;
                }
                with_equivalence |= line
                    .lead
                    .as_ref()
                    .is_some_and(|lead| matches!(lead.kind, Arrow::Iff | Arrow::ImpliedBy));
            }
            run.push(index);
            last_line = Some(index);
        }
        self.close_run(&run, with_equivalence);
    }

    fn close_run(&mut self, run: &[usize], with_equivalence: bool) {
        for index in run {
            if let Some(slot) = self.equivalence.get_mut(*index) {
                *slot = with_equivalence;
            }
        }
    }
}
