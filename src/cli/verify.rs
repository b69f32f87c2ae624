//! `hence verify`

use std::fs;
use std::io::Write;

use anyhow::{Context, Result};

use super::arguments::Verify;
use super::output::Outcome;
use crate::certify;

/// Has each certificate gone through by the independent checker.
pub(super) fn run(command: &Verify) -> Result<Outcome> {
    let mut out = std::io::stdout().lock();
    let mut outcome = Outcome::Valid;
    for path in &command.certificates {
        let text = fs::read_to_string(path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        let said = match certify::verify(&text) {
            Ok(accepted) => format!(
                "accepted ({} steps, {} nodes)",
                accepted.steps, accepted.nodes
            ),
            Err(rejection) => {
                outcome = Outcome::Invalid;
                format!("rejected: {rejection}")
            }
        };
        writeln!(out, "{}: {said}", path.display())?;
    }
    Ok(outcome)
}
