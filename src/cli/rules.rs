//! `hence rules`

use std::io::Write;

use anyhow::{Result, bail};

use super::arguments::Rules;
use super::output::Outcome;
use crate::prove::table::FILES;

/// Prints the rules that proofs may use: all, or those whose name holds a text.
pub(super) fn run(command: &Rules) -> Result<Outcome> {
    let wanted = command.name.as_deref().unwrap_or("");
    let mut out = std::io::stdout().lock();
    let mut found = false;
    for (family, text) in FILES {
        for line in text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let name = line.split(':').next().unwrap_or("");
            let full = format!("{family}.{name}");
            if full.contains(wanted) {
                found = true;
                writeln!(out, "{family}.{line}")?;
            }
        }
    }
    out.flush()?;
    if !found {
        bail!("no rule has {wanted} in its name");
    }
    Ok(Outcome::Valid)
}
