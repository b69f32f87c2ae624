//! `hence explain`

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::arguments::Explain;
use super::input;
use super::output::Outcome;

/// Prints the proof, or the counterexample, of the steps on one line of a file.
pub(super) fn run(command: &Explain) -> Result<Outcome> {
    let (file, line) = command
        .place
        .rsplit_once(':')
        .and_then(|(file, line)| Some((file, line.parse::<u32>().ok()?)))
        .with_context(|| format!("{}: FILE:LINE is expected", command.place))?;
    let given = input::given(&command.common.given)?;
    let source = input::source(Path::new(file))?;
    let container = input::container(&source);
    let options = command.common.options();
    let Some(text) = crate::explain(&source, container, &given, &options, line) else {
        bail!("{file}: no step stands on line {line}");
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Outcome::Valid)
}
