//! `hence read`

use std::io::Write;

use anyhow::Result;

use super::arguments::Read;
use super::input;
use super::output::Outcome;
use crate::report;

/// Prints how a file is read.
pub(super) fn run(command: &Read) -> Result<Outcome> {
    let given = input::given(&command.given)?;
    let source = input::source(&command.file)?;
    let document = crate::read(&source, input::container(&source), &given);
    let text = report::reading(&source, &document);
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Valid)
}
